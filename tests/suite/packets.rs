//! Case packets: one altered bit is noticed, the same case is the same bytes, and nobody is named in one.

use std::collections::BTreeMap;

use huisuan_core::Question;
use huisuan_core::packet::{Packet, PacketAsk, Replay, VerifyAsk};
use huisuan_core::{Engine, tables};
use huisuan_tests::population::Population;
use serde_json::{Value, json};

use crate::support::{both_processors, engine, evaluate, is_thorough, read_json, root, table_files};

const LINK: &str = "5f2b51ca2fdc5baa31ec02e002f69aec59e0e1b8a8f0c1e3a7b6d5c4f3e2d1c0";
const BOTH: [&str; 2] = ["disability-living-subsidy", "disability-nursing-subsidy"];

/// The person of worked example 21: registered in Chongqing, at a window in Jimo.
fn at_the_window() -> Value {
    let file = "tests/scenarios/500000/applied-for-in-jimo-in-may-the-first-payment-in-june-is-for-two-months.json";
    let mut household = read_json(&root().join(file))["household"].take();
    let application = household["application"].as_object_mut().unwrap();
    application.remove("decidedOn");
    application.remove("receivedOn");
    household
}

fn ask(date: &str) -> PacketAsk {
    let benefits = BOTH.map(str::to_owned).to_vec();
    PacketAsk { date: date.to_owned(), benefits, link: LINK.to_owned(), audience: None, valid_until: "2026-12-31".to_owned() }
}

fn made() -> Packet {
    engine().packet(&at_the_window().to_string(), &ask("2026-05-14")).unwrap()
}

fn taking(audience: &str) -> VerifyAsk {
    VerifyAsk { at: "2026-05-19".to_owned(), audience: audience.to_owned(), ..VerifyAsk::default() }
}

fn codes(packet: &str, ask: &VerifyAsk) -> Vec<&'static str> {
    engine().verify(packet, ask).unwrap().problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn a_packet_comes_out_identical_on_the_other_side() {
    let packet = made();
    let found = engine().verify(&packet.packet, &taking("500103")).unwrap();
    assert!(found.accepted, "{found:?}");
    assert_eq!((found.replay, found.same_tables, found.id.as_deref()), (Replay::Identical, Some(true), Some(packet.id.as_str())));
    // A file may end with a new line.
    assert!(engine().verify(&format!("{}\n", packet.packet), &taking("500103")).unwrap().accepted);
    assert_eq!(made(), packet);
}

#[test]
fn what_is_wrong_with_a_packet_has_a_code_of_its_own() {
    let packet = made();
    assert_eq!(codes(&packet.packet, &taking("500106")), ["packet-other-audience"]);
    assert_eq!(codes(&packet.packet, &VerifyAsk { at: "2027-01-01".to_owned(), ..taking("500103") }), ["packet-expired"]);
    assert_eq!(codes(&packet.packet, &VerifyAsk { at: "2026-05-13".to_owned(), ..taking("500103") }), ["packet-not-yet-valid"]);
    assert_eq!(codes(&packet.packet, &VerifyAsk { seen: vec![packet.id.clone()], ..taking("500103") }), ["packet-replayed"]);
    let signed = VerifyAsk { require_signatures: vec!["accepting".to_owned()], ..taking("500103") };
    assert_eq!(codes(&packet.packet, &signed), ["packet-unsigned"]);
    let with_signature = packet.packet.replacen(
        "{\"algorithm\":null,\"by\":\"accepting\",\"value\":null}",
        &format!("{{\"algorithm\":\"SM2\",\"by\":\"accepting\",\"value\":\"{}\"}}", "ab".repeat(64)),
        1,
    );
    assert!(codes(&with_signature, &signed).is_empty());
    assert_eq!(codes(&packet.packet.replacen("110.00", "990.00", 1), &taking("500103")), ["packet-altered"]);
    assert_eq!(codes(&packet.packet.replacen("\"version\":1", "\"version\":2", 1), &taking("500103")), ["packet-other-version"]);
    assert_eq!(codes(&packet.packet.replacen(':', ": ", 1), &taking("500103")), ["packet-not-canonical"]);
    assert_eq!(codes("{}", &taking("500103")), ["packet-unreadable"]);
}

#[test]
fn a_packet_holds_no_name_no_number_and_nothing_that_nothing_rests_on() {
    let mut household = at_the_window();
    household["members"][0]["id"] = "王小明".into();
    household["standing"][0]["member"] = "王小明".into();
    household["assessments"][0]["by"] = "李经办".into();
    household["application"]["agentRelation"] = "侄子张三 370282197502031234".into();
    household["assets"] = json!({ "financial": "123456.78" });
    let packet = engine().packet(&household.to_string(), &ask("2026-05-14")).unwrap().packet;
    for hidden in ["王小明", "李经办", "张三", "370282197502031234", "123456.78", "usualResidence", "maritalStatus"] {
        assert!(!packet.contains(hidden), "{hidden} is in {packet}");
    }
    let read: Value = serde_json::from_str(&packet).unwrap();
    assert_eq!(read["dates"], json!({ "applied": "2026-05-14", "complete": "2026-05-14", "received": null }));
    assert_eq!((&read["acceptedAt"], &read["decidedBy"]), (&json!("370215"), &json!("500103")));
}

#[test]
fn newer_tables_are_noticed_and_tell_what_comes_out_otherwise() {
    let packet = made().packet;
    let newer = table_files().into_iter().map(|(name, text)| {
        let raised = if name == "500000/disability-nursing-subsidy.json" { text.replace("\"110.00\"", "\"120.00\"") } else { text };
        (name, raised)
    });
    let newer: Vec<(String, String)> = newer.collect();
    let loaded = |files: &[(String, String)]| {
        let areas = tables::load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap().areas;
        let area = huisuan_core::area::AreaCode::parse("500000").unwrap();
        let pack = tables::pack::write(files, &areas, area).unwrap();
        Engine::from_packs(&[pack.as_bytes()]).unwrap()
    };
    let (old, newer) = (loaded(&table_files()), loaded(&newer));
    let case = old.packet(&at_the_window().to_string(), &ask("2026-05-14")).unwrap().packet;
    assert_ne!(case, packet, "tables from a folder have no hashes");
    let own = newer.verify(&case, &taking("500103")).unwrap();
    assert_eq!((own.problems[0].code, own.replay), ("packet-other-tables", Replay::NotReplayed));
    let current = newer.verify(&case, &VerifyAsk { with_current_tables: true, ..taking("500103") }).unwrap();
    assert_eq!((current.accepted, current.replay), (true, Replay::Different));
    let amount = current.differences.iter().find(|difference| difference.part == "amount").expect("another amount");
    assert!(amount.now.as_ref().unwrap().contains("120.00") && amount.packet.as_ref().unwrap().contains("110.00"));
    // The old case is decided again with its own old tables.
    assert_eq!(old.verify(&case, &taking("500103")).unwrap().replay, Replay::Identical);
}

/// Packets of made-up people, with the area that takes them up.
fn packets(count: usize) -> Vec<(String, String)> {
    let population = Population::new(engine().tables());
    let mut found = Vec::new();
    for case in population.cases() {
        let mut household = case.household;
        household["application"]["appliedOn"] = case.date.clone().into();
        household["application"]["completeOn"] = case.date.clone().into();
        let valid = PacketAsk { valid_until: "2199-12-31".to_owned(), ..ask(&case.date) };
        if let Ok(packet) = engine().packet(&household.to_string(), &valid) {
            let read: Value = serde_json::from_str(&packet.packet).unwrap();
            found.push((packet.packet, read["audience"].as_str().unwrap().to_owned()));
        }
        if found.len() == count {
            break;
        }
    }
    found
}

/// Every packet with one bit altered that is taken up all the same; of the bits every so-and-so-many-th is tried.
fn taken_up_although_altered(packet: &str, audience: &str) -> Vec<String> {
    let ask = VerifyAsk { at: "2190-01-01".to_owned(), ..taking(audience) };
    assert!(engine().verify(packet, &ask).unwrap().accepted, "{packet}");
    let mut bytes = packet.as_bytes().to_vec();
    let mut taken = Vec::new();
    for bit in 0..bytes.len() * 8 {
        bytes[bit / 8] ^= 1 << (bit % 8);
        // What is not text any more cannot even be handed over.
        if std::str::from_utf8(&bytes).is_ok_and(|altered| engine().verify(altered, &ask).unwrap().accepted) {
            taken.push(format!("bit {bit} of {packet}"));
        }
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    taken
}

#[test]
fn every_packet_with_one_bit_altered_is_refused() {
    let packets = packets(if is_thorough() { 1000 } else { 50 });
    both_processors(packets, |(packet, audience)| taken_up_although_altered(&packet, &audience));
}

#[test]
fn which_province_accepts_never_changes_who_decides_what_is_paid_or_from_when() {
    let population = Population::new(engine().tables());
    let nation = huisuan_core::area::AreaCode::NATION;
    let areas: Vec<_> = engine().tables().areas.all().iter().filter(|area| area.code != nation).collect();
    let mut crossings = 0;
    for (number, case) in population.cases().take(if is_thorough() { 5000 } else { 300 }).enumerate() {
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        for swap in 0..2 {
            let mut household = case.household.clone();
            household["application"]["acceptingArea"] = areas[(number * 37 + swap * 1_009) % areas.len()].code.to_string().into();
            household["application"]["completeOn"] = case.date.clone().into();
            let mut decided = evaluate(engine(), &household, &case.date);
            crossings += decided["crossings"].as_array().map_or(0, Vec::len);
            let refused = decided["errors"].to_string();
            for entry in decided["benefits"].as_array_mut().unwrap_or_else(|| panic!("case {number}: {refused}")) {
                entry.as_object_mut().unwrap().remove("acceptedAt");
            }
            *told.entry(decided["benefits"].to_string()).or_default() += 1;
        }
        assert_eq!(told.len(), 1, "case {number}");
    }
    assert!(crossings > 100, "only {crossings}");
}

#[test]
fn the_clock_of_a_case_counts_working_days_and_says_by_which_calendar() {
    let decided = engine().evaluate(&at_the_window().to_string(), Question::on("2026-05-14")).unwrap();
    let crossing = &decided.crossings[0];
    assert_eq!(crossing.accepted_at.to_string(), "370215");
    assert_eq!((crossing.decided_by.to_string(), crossing.paid_by.to_string()), ("500103".to_owned(), "500103".to_owned()));
    // Worked example 21: push by Tuesday 19 May, decision by Tuesday 2 June, notice by Friday 5 June.
    let days: Vec<(&str, String, &str)> = crossing.clock.iter().map(|step| (step.step, step.by.to_string(), step.calendar)).collect();
    let expected = [("push", "2026-05-19"), ("decide", "2026-06-02"), ("notify", "2026-06-05")];
    assert_eq!(days, expected.map(|(step, by)| (step, by.to_owned(), "official")));
    // Of 2031 no calendar is known.
    let mut later = at_the_window();
    later["application"]["completeOn"] = "2031-05-14".into();
    let decided = engine().evaluate(&later.to_string(), Question::on("2031-05-14")).unwrap();
    assert!(decided.crossings[0].clock.iter().all(|step| step.calendar == "weekends-only"));
    // Over the holiday of October 2026 nobody works: 8 days off, and a Saturday that is worked.
    later["application"]["completeOn"] = "2026-09-30".into();
    let decided = engine().evaluate(&later.to_string(), Question::on("2026-09-30")).unwrap();
    assert_eq!(decided.crossings[0].clock[0].by.to_string(), "2026-10-10");
}

/// 民办发〔2021〕2号, in force on 22 April 2021: before that day an application went to the place of registration.
#[test]
fn a_case_crosses_provinces_from_the_day_on_which_any_window_accepts() {
    for (applied, crosses) in [("2021-04-21", false), ("2021-04-22", true)] {
        let mut household = at_the_window();
        household["application"]["appliedOn"] = applied.into();
        let decided = engine().evaluate(&household.to_string(), Question::on("2021-05-10")).unwrap();
        assert_eq!(!decided.crossings.is_empty(), crosses, "{applied}");
    }
}
