//! Why two answers differ: what is named is needed, each part of it, and it is enough.

use huisuan_core::Question;
use huisuan_core::contrast::{Contrast, Contrasted};
use serde_json::{Value, json};

use crate::support::engine;

/// 莱州, in town: 1069 yuan a person from 2024-03-05.
fn couple(income: &str, born: &str) -> Value {
    json!({ "schemaVersion": 1, "application": { "applicantId": "a", "decidedOn": "2024-04-20" }, "standing": [],
        "assessments": [{ "test": "assets-within-limit", "holds": true }, { "test": "borderline-assets-within-limit", "holds": true }],
        "members": [
            { "id": "a", "birthDate": born, "registeredArea": [{ "area": "370683" }], "registeredSettlement": "urban",
              "incomes": [{ "kind": "wages", "gross": income, "costs": "0.00", "months": 1 }], "transfersPaid": [],
              "employment": { "refusedOn": [] } },
            { "id": "b", "birthDate": "1972-01-01", "incomes": [], "transfersPaid": [], "employment": { "refusedOn": [] } },
        ] })
}

fn contrast(before: (&Value, &str), after: (&Value, &str)) -> Contrast {
    let (old, new) = (before.0.to_string(), after.0.to_string());
    engine().contrast((&old, Question::on(before.1)), (&new, Question::on(after.1))).expect("a contrast")
}

fn of<'c>(contrast: &'c Contrast, benefit: &str) -> &'c Contrasted {
    contrast.benefits.iter().find(|difference| &*difference.benefit == benefit).unwrap_or_else(|| panic!("{benefit} differs: {contrast:?}"))
}

fn causes(difference: &Contrasted) -> Vec<(&str, &str)> {
    difference.because.iter().map(|cause| (cause.kind, cause.path.as_str())).collect()
}

#[test]
fn of_two_families_only_the_fact_that_makes_the_difference_is_named() {
    // Both the income and the day of birth differ; only the income matters for the allowance.
    let found = contrast((&couple("500.00", "1970-01-01"), "2024-04-20"), (&couple("2500.00", "1971-02-02"), "2024-04-20"));
    let allowance = of(&found, "minimum-living-allowance");
    assert_eq!(causes(allowance), [("fact", "members/0/incomes/0/gross")]);
    assert_eq!(allowance.because[0].before.as_deref(), Some("\"500.00\""));
}

#[test]
fn of_two_days_the_rules_are_told_from_the_time_that_has_passed() {
    // The standard rises on 2024-03-05, and nothing else changes for people of working age.
    let family = couple("500.00", "1970-01-01");
    let found = contrast((&family, "2024-02-20"), (&family, "2024-04-20"));
    assert_eq!(causes(of(&found, "minimum-living-allowance")), [("rules", "date")]);
}

#[test]
fn the_same_question_twice_differs_in_nothing() {
    let family = couple("500.00", "1970-01-01");
    assert!(contrast((&family, "2024-04-20"), (&family, "2024-04-20")).benefits.is_empty());
}
