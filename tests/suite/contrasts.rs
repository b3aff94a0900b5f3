//! Why two answers differ: what is named is needed, each part of it, and it is enough.

use huisuan_core::Question;
use huisuan_core::contrast::{Contrast, Contrasted};
use huisuan_tests::facts::put;
use serde_json::{Value, json};

use crate::support::{engine, read_json, root};

/// A couple and a child in 莱州, in town: 1069 yuan a person from 2024-03-05, 3207 for the three.
fn family(income: &str, born: &str) -> Value {
    let mut family = read_json(&root().join("js-demo/citizen/examples/laizhou.json"))["household"].take();
    put(&mut family, "members/0/incomes/0/gross", json!(income));
    put(&mut family, "members/0/birthDate", json!(born));
    family
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
    let found = contrast((&family("2400.00", "1976-03-12"), "2024-04-20"), (&family("3300.00", "1977-02-02"), "2024-04-20"));
    let allowance = of(&found, "minimum-living-allowance");
    assert_eq!(causes(allowance), [("fact", "members/0/incomes/0/gross")]);
    assert_eq!(allowance.because[0].before.as_deref(), Some("\"2400.00\""));
}

#[test]
fn of_two_days_the_rules_are_told_from_the_time_that_has_passed() {
    // The standard rises on 2024-03-05, and nothing else changes for people of working age.
    let household = family("2400.00", "1976-03-12");
    let found = contrast((&household, "2024-02-20"), (&household, "2024-04-20"));
    assert_eq!(causes(of(&found, "minimum-living-allowance")), [("rules", "date")]);
}

#[test]
fn the_same_question_twice_differs_in_nothing() {
    let household = family("2400.00", "1976-03-12");
    assert!(contrast((&household, "2024-04-20"), (&household, "2024-04-20")).benefits.is_empty());
}
