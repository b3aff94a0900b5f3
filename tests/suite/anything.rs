//! Anything at all as input gives a decision or a list of mistakes, the same each time, and never a panic.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use huisuan_core::date::Date;
use huisuan_core::money::Yuan;
use huisuan_core::{Detail, Question};
use huisuan_tests::fuzzed;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value, json};

use crate::support::{engine, files, root, scenarios};

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

/// The name of the fact at a place.
fn name_of(place: &str) -> &str {
    place.rsplit('/').find(|step| !step.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("")
}

/// What the scenarios have under each name, with nothing known and with the least and the most of its kind.
fn of_the_same_name(name: &str) -> &'static [Value] {
    static VALUES: OnceLock<BTreeMap<String, Vec<Value>>> = OnceLock::new();
    let all = VALUES.get_or_init(|| {
        let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for scenario in scenarios() {
            let household = &scenario.json["household"];
            let mut places = Vec::new();
            leaves(household, "", &mut places);
            for place in places {
                let values = found.entry(name_of(&place).to_owned()).or_default();
                values.extend(household.pointer(&place).filter(|value| !values.contains(value)).cloned());
            }
        }
        for values in found.values_mut() {
            let any = |fits: fn(&str) -> bool| values.iter().filter_map(Value::as_str).any(fits);
            let money = if any(|text| Yuan::parse(text).is_ok()) { &["0.00", "0.01", "999999999.99"][..] } else { &[] };
            let dates = if any(|text| Date::parse(text).is_ok()) { &["1900-01-01", "2024-02-29", "2199-12-31"][..] } else { &[] };
            values.extend(money.iter().chain(dates).map(|text| Value::from(*text)));
            values.push(Value::Null);
        }
        found
    });
    all.get(name).map_or(&[], Vec::as_slice)
}

/// What takes the place of a fact.
#[derive(Clone, Debug)]
enum Instead {
    /// One of the values the scenarios have for it.
    Alike(prop::sample::Index),
    Anything(Value),
}

fn instead() -> impl Strategy<Value = Instead> {
    prop_oneof![
        5 => any::<prop::sample::Index>().prop_map(Instead::Alike),
        1 => any_json().prop_map(Instead::Anything),
    ]
}

/// The household with something else in place of some facts.
fn changed(household: &Value, changes: Vec<(prop::sample::Index, Instead)>) -> Value {
    let mut places = Vec::new();
    leaves(household, "", &mut places);
    let mut changed = household.clone();
    for (place, instead) in changes {
        let place = &places[place.index(places.len())];
        // A place inside a fact that was replaced already is gone.
        if let Some(fact) = changed.pointer_mut(place) {
            *fact = match instead {
                Instead::Alike(one) => one.get(of_the_same_name(name_of(place))).clone(),
                Instead::Anything(value) => value,
            };
        }
    }
    changed
}

/// Decides a text twice; the same comes out, and mistakes say what and what would do.
fn decide_twice(text: &str, day: &str) -> Result<(), TestCaseError> {
    let detail = Detail { steps: true, cells: true, ..Detail::default() };
    let [first, second] = [(); 2].map(|()| engine().evaluate(text, Question { detail, ..Question::on(day) }));
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
    fn any_text_gives_a_decision_or_mistakes(text in any::<String>(), day in any::<String>()) {
        decide_twice(&text, &day)?;
    }

    #[test]
    fn a_household_with_something_else_in_place_of_facts_gives_a_decision_or_mistakes(
        scenario in 0..scenarios().len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), instead()), 1..4),
    ) {
        let scenario = &scenarios()[scenario].json;
        let household = changed(&scenario["household"], changes);
        decide_twice(&household.to_string(), scenario["date"].as_str().unwrap_or(DAY))?;
    }

    #[test]
    fn a_household_that_breaks_off_gives_mistakes(scenario in 0..scenarios().len(), end in any::<prop::sample::Index>()) {
        let text = scenarios()[scenario].json["household"].to_string();
        let beginning: String = text.chars().take(end.index(text.chars().count())).collect();
        prop_assert!(engine().evaluate(&beginning, Question::on(DAY)).is_err());
    }
}

/// Runs a fuzz target over the corpus that fuzzing has left.
fn replay(target: &str, run: fn(&[u8])) {
    let folder = root().join("tests/fuzz/corpus").join(target);
    let names = files(&folder, "");
    assert!(names.len() > 30, "{target}: {} inputs", names.len());
    for name in names {
        run(&std::fs::read(folder.join(name)).unwrap());
    }
}

#[test]
fn what_fuzzing_has_found_is_read_or_refused() {
    replay("table", fuzzed::table);
    replay("packed", fuzzed::packed);
    replay("cells", fuzzed::cells);
    replay("household", fuzzed::household);
}
