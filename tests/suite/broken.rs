//! Tables that are wrong: each in one way, and nothing else is said about it.
//!
//! A case puts a table into the made-up district 990102 of the published tables, which have no findings of their own.

use std::collections::BTreeMap;

use huisuan_core::check::{Person, check};
use huisuan_core::tables::load;
use huisuan_core::{Engine, Question, TableError};
use serde_json::{Map, Value, json};

use crate::support::{assert_none, files, read_json, root, table_files};

/// Findings that a case has at least, one of them.
const ENOUGH: usize = 60;

/// The head of a case's table, but for what it says itself.
fn head(parameter: &Value, area: &str, rows: usize) -> Map<String, Value> {
    let head = json!({
        "parameter": parameter, "area": area, "unit": "yuan per person per month", "transcribed": "2026-11-24", "confirmed": null,
        "lapse": "until-replaced", "lastSeen": "2027-12-31", "otherwise": "ineligible", "hit": "unique", "rowCount": rows,
    });
    head.as_object().unwrap().clone()
}

/// A record with some fields set anew; null takes a field away.
fn with(mut record: Map<String, Value>, changes: &Value) -> Map<String, Value> {
    for (name, value) in changes.as_object().into_iter().flatten() {
        match value {
            Value::Null if name != "lastSeen" => drop(record.remove(name)),
            value => drop(record.insert(name.clone(), value.clone())),
        }
    }
    record
}

/// The published tables with those of the case.
fn files_of(case: &Value) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = table_files().into_iter().collect();
    if let Some(rows) = case["rows"].as_array() {
        let area = case["area"].as_str().unwrap_or("990102");
        let usual = json!({ "document": "synthetic-example", "grade": "A" });
        let rows: Vec<Value> = rows.iter().map(|row| Value::Object(with(usual.as_object().unwrap().clone(), row))).collect();
        let mut table = with(head(&case["parameter"], area, rows.len()), &case["head"]);
        table.insert("rows".to_owned(), Value::Array(rows));
        let usual_place = format!("{area}/{}.json", case["parameter"].as_str().unwrap());
        all.insert(case["file"].as_str().map_or(usual_place, str::to_owned), Value::Object(table).to_string());
    }
    for (name, content) in case["files"].as_object().into_iter().flatten() {
        all.insert(name.clone(), content.to_string());
    }
    for (name, text) in case["raw"].as_object().into_iter().flatten() {
        all.insert(name.clone(), text.as_str().unwrap().to_owned());
    }
    all
}

/// What is said of a set of tables, each with the person it concerns.
fn findings(files: &BTreeMap<String, String>) -> Vec<(TableError, Option<Person>)> {
    match load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))) {
        Ok(tables) => check(&tables).into_iter().map(|finding| (finding.error, finding.person)).collect(),
        Err(errors) => errors.into_iter().map(|error| (error, None)).collect(),
    }
}

fn cases() -> Vec<(String, Value)> {
    let folder = root().join("tests/broken");
    let of_file = |file: String| {
        let cases = read_json(&folder.join(&file)).as_array().unwrap().clone();
        cases.into_iter().map(move |case| (format!("{file}: {}", case["name"].as_str().unwrap()), case))
    };
    files(&folder, ".json").into_iter().flat_map(of_file).collect()
}

#[test]
fn each_broken_table_is_told_what_is_wrong_with_it_and_nothing_else() {
    let cases = cases();
    assert!(cases.len() >= ENOUGH, "{} cases", cases.len());
    let mut wrong = Vec::new();
    for (name, case) in &cases {
        let found = findings(&files_of(case));
        let mut left: Vec<&(TableError, Option<Person>)> = found.iter().collect();
        for expected in case["expect"].as_array().unwrap() {
            let is_it = |(error, person): &(TableError, Option<Person>)| {
                let traits = person.iter().flat_map(|person| &person.traits).map(|one| format!("{} {}", one.dimension, one.value));
                let traits: Vec<String> = traits.collect();
                expected["code"] == error.code
                    && expected["row"].as_u64() == error.row.map(|row| u64::try_from(row).unwrap())
                    && expected["field"].as_str().is_none_or(|field| field == error.field)
                    && expected["person"].as_str().is_none_or(|person| traits.iter().any(|one| one == person))
            };
            match left.iter().position(|one| is_it(one)) {
                Some(at) => drop(left.remove(at)),
                None => wrong.push(format!("{name}: nobody says {expected}")),
            }
        }
        wrong.extend(left.iter().map(|(error, person)| {
            let traits = person.as_ref().map(|person| &person.traits);
            format!("{name}: {} row {:?} {} got {} expected {} {traits:?}", error.code, error.row, error.field, error.got, error.expected)
        }));
    }
    assert_none("findings that should be otherwise", &wrong);
}

#[test]
fn the_person_of_a_finding_can_be_decided() {
    let mut decided = 0;
    for (name, case) in cases() {
        let files = files_of(&case);
        let Ok(tables) = load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))) else { continue };
        let people: Vec<Person> = check(&tables).into_iter().filter_map(|finding| finding.person).collect();
        let engine = Engine::new(tables);
        for person in people {
            let decision = engine.evaluate(&person.household, Question::on(&person.date.to_string()));
            assert!(decision.is_ok(), "{name}: {} {decision:?}", person.household);
            decided += 1;
        }
    }
    assert!(decided >= 12, "{decided}");
}

#[test]
fn every_code_is_the_expected_one_of_some_case() {
    let seen: Vec<String> = cases()
        .iter()
        .flat_map(|(_, case)| case["expect"].as_array().unwrap().clone())
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect();
    let sources = crate::sources::own_below("core/src/check", &[".rs"]);
    let codes = sources.flat_map(|source| crate::sources::literals_after(&source.text, "found.add("));
    let unseen: Vec<String> = codes.map(str::to_owned).filter(|code| *code != "too-many-rows" && !seen.contains(code)).collect();
    assert_none("codes that no case expects", &unseen);
}
