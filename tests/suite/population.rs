//! The made-up households: good households all of them, and of every kind.

use std::collections::{BTreeMap, BTreeSet};

use huisuan_core::household::{FIELDS, read};
use huisuan_core::{Detail, Question};
use huisuan_tests::population::Population;

use crate::support::{assert_none, engine};

fn population() -> Population {
    Population::new(engine().tables())
}

#[test]
fn the_same_number_is_the_same_household() {
    let (one, other) = (population(), population());
    for number in 0..50 {
        assert_eq!(one.case(number).line(), other.case(number).line());
    }
}

#[test]
fn every_household_is_read_and_decided() {
    let mut wrong = Vec::new();
    for (number, case) in population().cases().take(2000).enumerate() {
        if let Err(errors) =
            engine().evaluate(&case.household.to_string(), Question { detail: Detail::default(), ..Question::on(&case.date) })
        {
            wrong.push(format!("{number}: {errors:?}"));
        }
    }
    assert_none("households refused", &wrong);
}

#[test]
fn every_fact_of_the_dictionary_occurs() {
    let mut seen = BTreeSet::new();
    for case in population().cases().take(5000) {
        let household = read(&case.household.to_string(), &engine().tables().areas).unwrap();
        seen.extend(household.given().map(|(field, _)| field));
    }
    let unseen: Vec<String> = FIELDS
        .iter()
        .enumerate()
        .filter(|(at, field)| field.path != "key" && !seen.iter().any(|field| usize::from(field.0) == *at))
        .map(|(_, field)| format!("{:?} {}", field.frame, field.path))
        .collect();
    assert_none("facts nobody has", &unseen);
}

#[test]
fn every_outcome_of_every_national_benefit_occurs() {
    let mut count: BTreeMap<(String, String), usize> = BTreeMap::new();
    for case in population().cases().take(5000) {
        let decision = engine().evaluate(&case.household.to_string(), Question::on(&case.date)).unwrap();
        for entry in &decision.benefits {
            *count.entry((entry.benefit.to_string(), format!("{:?}", entry.outcome))).or_default() += 1;
        }
    }
    println!("{count:#?}");
}
