//! Anything at all as input gives a decision or a list of mistakes, the same each time, and never a panic.

use huisuan_core::Detail;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value, json};

use crate::support::{engine, scenarios};

const DAY: &str = "2024-04-15";

/// As many cases as asked for by `PROPTEST_CASES`, else few enough for every run.
fn cases() -> Config {
    if std::env::var_os("PROPTEST_CASES").is_some() { Config::default() } else { Config::with_cases(64) }
}

/// Names, choices, amounts and dates that mean something somewhere, so that chance gets further than the first check.
fn meaningful() -> Vec<String> {
    let facts = engine().describe().facts;
    let names = facts.iter().flat_map(|fact| fact.path.split(['.', '[', ']']).filter(|name| !name.is_empty() && *name != "*"));
    let choices = facts.iter().flat_map(|fact| fact.choices.iter().copied());
    let others = ["0.00", "0.01", "999999999.99", "1900-01-01", "2199-12-31", "2024-02-29", "990101", "370215", "a", "b", "", "-1", "０"];
    names.chain(choices).chain(others).map(str::to_owned).collect()
}

/// Any JSON value, most often of words that mean something.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![4 => prop::sample::select(meaningful()), 1 => any::<String>()].boxed();
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (0..130_i64).prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        4 => word.clone().prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((word.clone(), inner), 0..8).prop_map(|entries| Value::from(Map::from_iter(entries))),
        ]
    })
}

/// Places of all values that are neither a list nor a record, as JSON pointers.
fn leaves(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(entries) => entries.iter().for_each(|(name, inner)| leaves(inner, &format!("{place}/{name}"), found)),
        Value::Array(items) => items.iter().zip(0..).for_each(|(inner, at)| leaves(inner, &format!("{place}/{at}"), found)),
        _ => found.push(place.to_owned()),
    }
}

/// Decides a text twice; the same comes out, and mistakes say what and what would do.
fn decide_twice(text: &str, day: &str) -> Result<(), TestCaseError> {
    let detail = Detail { steps: true, cells: true };
    let [first, second] = [(); 2].map(|()| engine().evaluate(text, day, detail));
    prop_assert_eq!(&first, &second);
    for error in first.err().into_iter().flatten() {
        prop_assert!(!error.code.is_empty() && !error.expected.is_empty(), "{:?}", error);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_json_gives_a_decision_or_mistakes(household in any_json(), members in any_json()) {
        decide_twice(&household.to_string(), DAY)?;
        decide_twice(&json!({ "schemaVersion": 1, "members": [members] }).to_string(), DAY)?;
    }

    #[test]
    fn any_text_gives_mistakes(text in any::<String>(), day in any::<String>()) {
        decide_twice(&text, &day)?;
    }

    #[test]
    fn a_household_with_anything_in_place_of_a_fact_gives_a_decision_or_mistakes(
        scenario in 0..scenarios().len(),
        places in prop::collection::vec(any::<prop::sample::Index>(), 1..4),
        values in prop::collection::vec(any_json(), 4),
        cut in any::<prop::sample::Index>(),
    ) {
        let scenario = &scenarios()[scenario].json;
        let day = scenario["date"].as_str().unwrap_or(DAY);
        let mut household = scenario["household"].clone();
        let mut all = Vec::new();
        leaves(&household, "", &mut all);
        for (place, value) in places.iter().zip(values) {
            if let Some(leaf) = household.pointer_mut(&all[place.index(all.len())]) {
                *leaf = value;
            }
        }
        let text = household.to_string();
        decide_twice(&text, day)?;
        let beginning: String = text.chars().take(cut.index(text.chars().count())).collect();
        decide_twice(&beginning, day)?;
    }
}
