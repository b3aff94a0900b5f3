//! Who is affected by a draft: on a dense grid nobody's answer changes but by a change that is reported, and taking the
//! reported changes back brings every old answer back.

use std::collections::BTreeMap;
use std::sync::Arc;

use huisuan_core::compare::{Comparison, reverted};
use huisuan_core::tables::{Tables, load};
use huisuan_core::{Detail, Engine, Question};
use serde_json::{Value, json};

use crate::support::{engine, table_files};

/// What a draft does to one file: a text in place of another, which must be there.
type Edit = (&'static str, &'static str, &'static str);

/// Drafts of every kind: numbers, an edge, days, a row more and a row less, what happens at the end, a share of another.
const DRAFTS: &[(&str, &[Edit])] = &[
    (
        "numbers of the made-up city",
        &[
            ("990100/minimum-living-standard.json", "\"value\": \"1100.00\"", "\"value\": \"1150.00\""),
            ("990100/minimum-living-standard.json", "\"value\": \"900.00\"", "\"value\": \"890.00\""),
            ("990100/disability-nursing-subsidy.json", ".00\"", ".50\""),
        ],
    ),
    (
        "an edge of age",
        &[
            ("990101/advanced-age-allowance.json", "\"below\": 85", "\"below\": 80"),
            ("990101/advanced-age-allowance.json", "{ \"atLeast\": 85 }", "{ \"atLeast\": 80 }"),
        ],
    ),
    ("days", &[("990100/minimum-living-standard.json", "\"from\": \"2025-07-01\"", "\"from\": \"2025-06-01\"")]),
    (
        "Qingdao from 2025",
        &[
            (
                "370200/minimum-living-standard.json",
                "  \"rows\": [\n",
                concat!(
                    "  \"rows\": [\n    { \"from\": \"2025-01-01\", ",
                    "\"when\": { \"settlement\": \"urban\", \"zone\": \"qingdao-seven-districts\" }, ",
                    "\"value\": \"1184.00\", \"document\": \"qingdao-2023-63\", \"grade\": \"A\" },\n",
                ),
            ),
            ("370200/minimum-living-standard.json", "\"value\": \"860.00\"", "\"value\": \"900.00\""),
        ],
    ),
    ("what happens at the end", &[("370200/minimum-living-standard.json", "\"lapse\": \"year-end\"", "\"lapse\": \"until-replaced\"")]),
];

fn drafted(edits: &[Edit]) -> Tables {
    let mut files: BTreeMap<String, String> = table_files().into_iter().collect();
    for (file, before, after) in edits {
        let text = files.get_mut(*file).unwrap_or_else(|| panic!("there is no {file}"));
        assert!(text.contains(before), "{file} has no {before}");
        *text = text.replace(before, after);
    }
    load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// People on both sides of every edge that the drafts move, in every combination.
fn grid() -> Vec<(Value, &'static str)> {
    let mut found = Vec::new();
    for date in ["2024-06-30", "2025-06-01", "2025-07-02"] {
        for (area, settlement) in [("990101", "urban"), ("990101", "rural"), ("990102", "urban"), ("370202", "urban"), ("370281", "rural")]
        {
            for birth in ["1950-05-01", "1945-06-01", "1935-07-02", "1992-01-01"] {
                for income in ["0.00", "889.99", "1100.00", "1150.01", "1680.00"] {
                    for (standing, disability) in
                        [("none", 0), ("minimum-living-allowance", 0), ("minimum-living-allowance", 1), ("none", 2), ("none", 3)]
                    {
                        found.push((household(area, settlement, birth, income, standing, disability, date), date));
                    }
                }
            }
        }
    }
    found
}

fn household(area: &str, settlement: &str, birth: &str, income: &str, standing: &str, disability: u8, date: &str) -> Value {
    let incomes = if income == "0.00" { json!([]) } else { json!([{ "kind": "wages", "gross": income, "costs": "0.00", "months": 1 }]) };
    let standings = if standing == "none" { json!([]) } else { json!([{ "status": standing, "area": area, "from": "2010-01-01" }]) };
    let state = if disability == 0 { "none" } else { "valid" };
    let disabilities = if disability == 0 { json!([]) } else { json!([{ "kind": "limb", "grade": disability }]) };
    json!({
        "schemaVersion": 1, "application": { "appliedOn": date, "decidedOn": date }, "standing": standings, "expenses": [], "bills": [],
        "assessments": [{ "test": "assets-within-limit", "holds": true }],
        "members": [{
            "id": "a", "relation": "self", "birthDate": birth, "sex": "female", "registeredArea": [{ "area": area }],
            "registeredSettlement": settlement, "usualResidence": [{ "area": area }], "incomes": incomes, "transfersPaid": [],
            "disabilities": disabilities,
            "disabilityCard": { "state": state, "issuedOn": "2013-01-01", "expiresOn": "2033-01-01" },
            "longTermCareNeed": { "needed": disability != 0 }, "receiving": { "noOther": true }, "groups": { "noOther": true },
        }],
    })
}

/// The answers alone, without the packs they rest on.
fn answers(engine: &Engine, household: &str, date: &str) -> Vec<String> {
    let question = Question { detail: Detail::default(), ..Question::on(date) };
    let decision = engine.evaluate(household, question).unwrap_or_else(|errors| panic!("{errors:?}"));
    let answer = |entry: &huisuan_core::decision::Entry| {
        format!("{} {:?} {:?} {:?} {:?} {:?}", entry.benefit, entry.member, entry.outcome, entry.qualifies, entry.amount, entry.first_month)
    };
    decision.benefits.iter().map(answer).collect()
}

#[test]
fn whoever_s_answer_changes_is_covered_by_a_reported_change_and_nobody_else() {
    let old = Arc::new(Engine::new(engine().tables().clone()));
    let people: Vec<(String, &str)> = grid().into_iter().map(|(household, date)| (household.to_string(), date)).collect();
    let mut seen = 0;
    for (name, edits) in DRAFTS {
        let new = Arc::new(Engine::new(drafted(edits)));
        let mut comparison = Comparison::new(Arc::clone(&old), Arc::clone(&new));
        assert!(!comparison.changes().is_empty(), "{name}");
        let mut taken_back: BTreeMap<Vec<usize>, Engine> = BTreeMap::new();
        let mut changed = 0;
        for (household, date) in &people {
            let entries = comparison.household(household, Question::on(date)).unwrap();
            let (before, after) = (answers(&old, household, date), answers(&new, household, date));
            assert_eq!(before != after, !entries.is_empty(), "{name}: {household}");
            if entries.is_empty() {
                continue;
            }
            changed += 1;
            assert!(entries.iter().all(|entry| !entry.because.is_empty()), "{name}: nothing explains {household}");
            let mut reported: Vec<usize> = entries.iter().flat_map(|entry| entry.because.iter().copied()).collect();
            reported.sort_unstable();
            reported.dedup();
            let restored = taken_back.entry(reported.clone()).or_insert_with(|| {
                let changes = reported.iter().map(|at| &comparison.changes()[*at]);
                Engine::new(reverted(old.tables(), new.tables(), changes))
            });
            assert_eq!(answers(restored, household, date), before, "{name}: {reported:?} {household}");
        }
        assert!(changed > 0, "{name} changes nobody on the grid");
        seen += changed;
    }
    println!("{} people, {} drafts, {seen} answers changed", people.len(), DRAFTS.len());
}
