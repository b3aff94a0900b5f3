//! Speed of the engine on one committed household, beside the same rules written by hand, in one run.
//!
//! Prints JSON lines: `{ "what", "mean", "p99", "unit" }`; `cargo xtask bench` adds Node and the sizes.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::float_arithmetic,
    reason = "a bench on committed data: a failure should stop it"
)]

mod readings;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use huisuan_core::area::AreaCode;
use huisuan_core::date::Date;
use huisuan_core::household::{self, Household};
use huisuan_core::tables::AsOf;
use huisuan_core::{Detail, Engine, Question, Scratch, tables};
use huisuan_tests::by_hand::{BENEFITS, Home, Number, Numbers, decide};
use huisuan_tests::published::{root, table_files};
use rust_decimal::Decimal;

const ROUNDS: usize = 400;
const EACH: usize = 50;

/// Mean and 99th percentile of one call, in nanoseconds, over rounds of calls.
fn measure(mut call: impl FnMut()) -> (f64, f64) {
    for _ in 0..EACH * 20 {
        call();
    }
    let mut rounds: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..EACH {
                call();
            }
            start.elapsed().as_nanos() as f64 / EACH as f64
        })
        .collect();
    rounds.sort_by(f64::total_cmp);
    let mean = rounds.iter().sum::<f64>() / rounds.len() as f64;
    (mean, rounds[rounds.len() * 99 / 100])
}

fn report(what: &str, (mean, p99): (f64, f64), unit: &str) -> f64 {
    println!("{}", serde_json::json!({ "what": what, "mean": mean.round(), "p99": p99.round(), "unit": unit }));
    mean
}

fn ratio(what: &str, value: f64) {
    println!("{}", serde_json::json!({ "what": what, "mean": (value * 100.0).round() / 100.0, "unit": "times" }));
}

fn load(files: &BTreeMap<String, String>) -> Engine {
    Engine::new(tables::load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).expect("tables that load"))
}

/// The codes of the city and the district of a copy; a city has 99.
fn copied_to(copy: usize) -> (usize, usize) {
    let city = 990_300 + copy / 99 * 100;
    (city, city + copy % 99 + 1)
}

/// The published tables with copies of the made-up city, and in these `count` copies of its district.
fn with_copies(files: &BTreeMap<String, String>, count: usize) -> BTreeMap<String, String> {
    let mut all = files.clone();
    let mut areas = String::new();
    for copy in 0..count {
        let (city, district) = copied_to(copy);
        let copies = if copy % 99 == 0 { vec![("990100", city), ("990101", district)] } else { vec![("990101", district)] };
        for (from, to) in copies {
            let parent = if to == city { 990_000 } else { city };
            areas.push_str(&format!(",{{\"code\":\"{to}\",\"name\":\"{to}\",\"pinyin\":\"\",\"parent\":\"{parent}\"}}"));
            for (name, text) in files.iter().filter(|(name, _)| name.starts_with(&format!("{from}/"))) {
                let moved = text.replace("\"990100\"", &format!("\"{city}\"")).replace("\"990101\"", &format!("\"{district}\""));
                all.insert(name.replace(from, &to.to_string()), moved);
            }
        }
    }
    let known = &files["areas.json"];
    let end = known.rfind(']').expect("a list of areas");
    all.insert("areas.json".to_owned(), format!("{}{areas}{}", known.split_at(end).0, known.split_at(end).1));
    all
}

fn main() {
    let files: BTreeMap<String, String> = table_files().into_iter().collect();
    let case: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(root().join("tests/bench/household.json")).expect("the household")).expect("JSON");
    let text = case["household"].to_string();
    let date = case["date"].as_str().expect("a date");
    let as_of = AsOf::day(Date::parse(date).expect("a date"));

    report("load all tables", measure_few(|| drop(black_box(load(&files)))), "ns");
    let engine = load(&files);
    let home: Household = household::read(&text, &engine.tables().areas).expect("a household");
    let area = AreaCode::parse("990101").expect("a code");
    let tables = engine.tables().clone();
    report("build one area's formula", measure_few(|| drop(black_box(Engine::new(tables.clone()).formula(area, as_of)))), "ns");
    let nodes = engine.formula(area, as_of).expect("a formula").len();
    println!("{}", serde_json::json!({ "what": "nodes of the formula", "mean": nodes, "unit": "nodes" }));

    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    report("decide, outcomes and amounts", measure(|| engine.outcomes(&mut scratch, &home, as_of, &mut found).expect("ok")), "ns");
    let plain = Detail::default();
    report("decide with reasons", measure(|| drop(black_box(engine.decide(&mut scratch, &home, as_of, plain)))), "ns");
    let steps = Detail { steps: true, ..Detail::default() };
    report("decide with reasons and steps", measure(|| drop(black_box(engine.decide(&mut scratch, &home, as_of, steps)))), "ns");
    let cells = Detail { steps: true, cells: true, ..Detail::default() };
    report("decide with reasons, steps and cells", measure(|| drop(black_box(engine.decide(&mut scratch, &home, as_of, cells)))), "ns");
    report("read and decide from text", measure(|| drop(black_box(engine.evaluate(&text, Question::on(date))))), "ns");

    let fen = report("limit: by hand in fen", by_hand::<i64>(&case["household"], date).0, "ns");
    let (time, paid) = by_hand::<Decimal>(&case["household"], date);
    let decimal = report("limit: by hand in rust_decimal", time, "ns");
    let same = load(&files).only(&BENEFITS).expect("benefits there are");
    let same_rules = measure(|| same.outcomes(&mut scratch, &home, as_of, &mut found).expect("ok"));
    let same_rules = report("decide the rules of the limit alone", same_rules, "ns");
    ratio("engine to fen limit", same_rules / fen);
    ratio("engine to decimal limit", same_rules / decimal);
    // The limit must decide the same, or it is no limit.
    same.outcomes(&mut scratch, &home, as_of, &mut found).expect("ok");
    let drawn = found.iter().filter(|entry| entry.outcome == huisuan_core::decision::Outcome::Eligible);
    let sum: i64 = drawn.map(|entry| entry.least_fen).sum();
    assert_eq!(sum, paid, "engine and limit pay the same: {found:#?}");

    readings::costs(&engine, &case["household"], as_of);

    let mut costs = Vec::new();
    for count in [10, 1_000] {
        let engine = load(&with_copies(&files, count));
        for copy in 0..count {
            engine.formula(AreaCode::parse(&copied_to(copy).1.to_string()).expect("a code"), as_of).expect("a formula");
        }
        let what = format!("decide, {count} further areas loaded and built");
        costs.push(report(&what, measure(|| engine.outcomes(&mut scratch, &home, as_of, &mut found).expect("ok")), "ns"));
    }
    ratio("1,000 areas to 10", costs[1] / costs[0]);
}

/// The time of the rules by hand, and what they pay in all, in fen.
fn by_hand<N: Number>(household: &serde_json::Value, date: &str) -> ((f64, f64), i64) {
    let (home, numbers) = (Home::<N>::told(household, date), Numbers::published());
    let mut paid = Vec::new();
    let time = measure(|| decide(black_box(&home), black_box(&numbers), &mut paid));
    (time, paid.iter().flatten().map(|amount| amount.fen()).sum())
}

/// For calls that take milliseconds.
fn measure_few(mut call: impl FnMut()) -> (f64, f64) {
    let mut times: Vec<f64> = (0..40)
        .map(|_| {
            let start = Instant::now();
            call();
            start.elapsed().as_nanos() as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times.iter().sum::<f64>() / times.len() as f64, times[times.len() * 99 / 100])
}
