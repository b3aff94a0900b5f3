//! The made-up households: good households all of them, and of every kind.

use std::collections::{BTreeMap, BTreeSet};

use huisuan_core::date::Date;
use huisuan_core::household::{FIELDS, read};
use huisuan_core::tables::AsOf;
use huisuan_core::{Detail, Question, Scratch};
use huisuan_tests::facts::{ends, facts, without};
use huisuan_tests::population::{Dice, Population};

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

/// Short answers pass over what they turn out not to rest on; one memory serves households of all kinds, one after the other.
#[test]
fn short_answers_are_those_told_in_full() {
    let mut wrong = Vec::new();
    let (mut short, mut full) = (Scratch::default(), Scratch::default());
    for (number, case) in population().cases().take(3000).enumerate() {
        let as_of = AsOf::day(Date::parse(&case.date).unwrap());
        let mut dice = Dice::new(u64::try_from(number).unwrap());
        let all = facts(&case.household);
        let forgotten: Vec<_> = (0..number % 7).map(|_| &all[dice.below(all.len())]).collect();
        let Ok(household) = read(&without(&case.household, &forgotten).to_string(), &engine().tables().areas) else { continue };
        let mut found = Vec::new();
        engine().outcomes(&mut short, &household, as_of, &mut found).unwrap();
        let decision = engine().decide(&mut full, &household, as_of, Detail::default()).unwrap();
        // Where it is not known which area decides, nothing is said of amounts.
        let told = decision.benefits.iter().map(|entry| (&entry.benefit, entry.outcome, entry.area.map(|_| ends(entry))));
        let found = found.iter().map(|found| (&found.benefit, found.outcome, found.area.map(|_| (found.least_fen, found.most_fen))));
        let (told, found): (Vec<_>, Vec<_>) = (told.collect(), found.collect());
        if told != found {
            wrong.push(format!("{number}: {:?}", told.iter().zip(&found).find(|(told, found)| told != found)));
        }
    }
    assert_none("households whose short answers differ", &wrong);
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
