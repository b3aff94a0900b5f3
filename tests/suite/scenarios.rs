//! Runs every scenario through one `check` and keeps the index of worked examples complete.

use std::collections::BTreeSet;

use huisuan_tests::scenarios::{check, check_over_time, list};
use serde_json::Value;

use crate::support::{engine, evaluate, read_json, root, scenarios};

#[test]
fn every_scenario_comes_out_as_its_document_or_its_arithmetic_says() {
    let mut failures = Vec::new();
    for scenario in scenarios() {
        let result = evaluate(engine(), &scenario.json["household"], scenario.json["date"].as_str().unwrap_or(""));
        let over_time = check_over_time(engine(), &scenario.json);
        for wrong in check(&scenario.json["expect"], &result).into_iter().chain(over_time) {
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
