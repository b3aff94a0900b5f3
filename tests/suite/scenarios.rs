//! Runs every scenario through one `check` and keeps the index of worked examples complete.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{engine, evaluate, read_json, root, scenarios};

/// What a result lacks of what a scenario expects, in words; empty if it has everything.
fn check(expect: &Value, result: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(errors) = result.get("errors").filter(|_| expect.get("errors").is_none()) {
        return vec![format!("input refused: {errors}")];
    }
    for expected in list(expect, "benefits") {
        let entries = list(result, "benefits");
        let same = |name: &str, entry: &Value| expected.get(name).is_none_or(|own| entry.get(name) == Some(own));
        let found = entries.iter().find(|entry| same("benefit", entry) && same("member", entry) && same("bill", entry));
        match found {
            Some(entry) => wrong.extend(check_entry(expected, entry)),
            None => wrong.push(format!("no entry for {expected}")),
        }
    }
    if let Some(total) = expect.pointer("/totals/cashPerMonth") {
        let own = result.pointer("/totals/cashPerMonth/min");
        if Some(total) != own {
            wrong.push(format!("total cash {} instead of {total}", own.unwrap_or(&Value::Null)));
        }
    }
    if let Some(total) = expect.pointer("/totals/meals") {
        let own = result.pointer("/totals/meals/min");
        if Some(total) != own {
            wrong.push(format!("total meals {} instead of {total}", own.unwrap_or(&Value::Null)));
        }
    }
    wrong
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn check_entry(expected: &Value, entry: &Value) -> Vec<String> {
    let name = format!("{} {}", expected["benefit"], entry["member"]);
    let mut wrong = Vec::new();
    let mut same = |what: &str, own: Option<&Value>| {
        if let Some(wanted) = expected.get(what)
            && own != Some(wanted)
        {
            wrong.push(format!("{name}: {what} is {}, expected {wanted}", own.unwrap_or(&Value::Null)));
        }
    };
    for what in ["outcome", "qualifies", "firstMonth", "unconfirmed", "stated"] {
        same(what, entry.get(what));
    }
    same("amount", entry.pointer("/amount/value"));
    same("amountMin", entry.pointer("/amount/min"));
    same("amountMax", entry.pointer("/amount/max"));
    same("per", entry.pointer("/amount/per"));
    let known: Vec<&Value> = list(entry, "missing").iter().filter_map(|missing| missing.pointer("/lastKnown/value")).collect();
    if let Some(last) = expected.get("lastKnown")
        && !known.contains(&last)
    {
        wrong.push(format!("{name}: last known {known:?}, expected {last}"));
    }
    for reason in list(expected, "because") {
        let found = list(entry, "reasons").iter().find(|own| own["code"] == reason["code"]);
        match found {
            Some(own) if reason.get("holds").is_none_or(|holds| own["holds"] == *holds) => {
                if let Some(margin) = reason.get("margin").filter(|margin| own.get("margin") != Some(*margin)) {
                    wrong.push(format!("{name}: {} has margin {:?}, expected {margin}", reason["code"], own.get("margin")));
                }
            }
            Some(own) => wrong.push(format!("{name}: {} holds {}, expected {}", reason["code"], own["holds"], reason["holds"])),
            None => wrong.push(format!("{name}: no reason {}", reason["code"])),
        }
    }
    for parameter in list(expected, "missing") {
        if !list(entry, "missing").iter().any(|missing| missing["parameter"] == *parameter) {
            wrong.push(format!("{name}: {parameter} is not among the missing {}", entry["missing"]));
        }
    }
    for alternative in list(expected, "alternatives") {
        let fits = |own: &Value| own["code"] == alternative["code"] && own["amount"] == alternative["amount"];
        if !list(entry, "alternatives").iter().any(fits) {
            wrong.push(format!("{name}: alternative {alternative} not in {}", entry["alternatives"]));
        }
    }
    wrong
}

#[test]
fn every_scenario_comes_out_as_its_document_or_its_arithmetic_says() {
    let mut failures = Vec::new();
    for scenario in scenarios() {
        let result = evaluate(engine(), &scenario.json["household"], scenario.json["date"].as_str().unwrap_or(""));
        for wrong in check(&scenario.json["expect"], &result) {
            failures.push(format!("{}\n    {wrong}", scenario.file));
        }
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_scenario_has_a_sentence_a_source_and_a_calculation() {
    for scenario in scenarios() {
        for part in ["name", "source", "calculation", "date", "household", "expect"] {
            assert!(scenario.json.get(part).is_some(), "{}: no {part}", scenario.file);
        }
        let expected = list(&scenario.json["expect"], "benefits");
        assert!(!expected.is_empty(), "{}: expects nothing", scenario.file);
    }
}

#[test]
fn the_index_names_every_worked_example_and_only_scenarios_that_exist() {
    let index = read_json(&root().join("tests/scenarios/INDEX.json"));
    let known: BTreeSet<&str> = scenarios().iter().map(|scenario| scenario.file.as_str()).collect();
    for (family, count) in [("social-assistance", 30), ("disability", 24), ("elderly-and-meals", 35)] {
        for number in 1..=count {
            let entry = &index[family][number.to_string()];
            let one = entry.get("scenario").and_then(Value::as_str).into_iter();
            let several = entry.get("scenarios").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            let named: Vec<&str> = one.chain(several).collect();
            let reason = entry.get("reason").and_then(Value::as_str).unwrap_or("");
            assert!(!named.is_empty() || reason.len() > 10, "{family} {number} has neither a scenario nor a reason");
            for name in named {
                assert!(known.contains(name), "{family} {number} names {name}, which does not exist");
            }
        }
    }
}
