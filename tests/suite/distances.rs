//! How far someone is from qualifying: at the distance told the condition holds, and a fen or a day before it does not.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use huisuan_core::date::Date;
use huisuan_core::decision::{Decision, Entry, Quantity};
use huisuan_core::distance::Way;
use huisuan_core::household::Written;
use huisuan_core::{Detail, Question, Scratch};
use huisuan_tests::facts::put;
use huisuan_tests::population::{Case, Population};
use serde_json::Value;

use crate::support::{both_processors, engine, is_thorough, read_json, root};

/// The value one grain nearer to what the fact is now.
fn one_nearer(way: &Way) -> Value {
    let (Quantity::Whole(_) | Quantity::Yuan(_)) = way.change else { panic!("{way:?} is no number") };
    let back = match way.change {
        Quantity::Yuan(yuan) => -yuan.fen().signum(),
        Quantity::Whole(count) => -count.signum(),
        Quantity::Truth(_) => 0,
    };
    match &way.needed {
        Written::Text(text) => match Date::parse(text) {
            Ok(day) => Value::from(day.plus_days(i32::try_from(back).expect("one")).expect("a day").to_string()),
            Err(_) => {
                let fen = text.replace('.', "").parse::<i64>().expect("yuan") + back;
                Value::from(format!("{}.{:02}", fen / 100, fen % 100))
            }
        },
        Written::Whole(count) => Value::from(count + back),
        other => panic!("{other:?} is no number"),
    }
}

fn decide(case: &Case, path: &str, value: &Value) -> Option<Decision> {
    let (mut household, mut day) = (case.household.clone(), case.date.as_str());
    match path {
        "date" => day = value.as_str().expect("a day"),
        _ => put(&mut household, path, value.clone()),
    }
    let (household, as_of) = engine().asked(&household.to_string(), Question::on(day)).ok()?;
    engine().decide(&mut Scratch::default(), &household, as_of, Detail::default()).ok()
}

/// What is decided with other values of a fact, each worked out once.
#[derive(Default)]
struct Decided(HashMap<(String, String), Option<Decision>>);

impl Decided {
    fn with(&mut self, case: &Case, path: &str, value: &Value) -> Option<&Decision> {
        let known = self.0.entry((path.to_owned(), value.to_string()));
        known.or_insert_with(|| decide(case, path, value)).as_ref()
    }
}

/// Every way of a household that does not do what it says; counts the ways.
fn wrong_ways(case: &Case, number: u64, ways: &AtomicUsize) -> Vec<String> {
    let (mut wrong, mut decided) = (Vec::new(), Decided::default());
    let distances = engine().distances(&case.household.to_string(), Question::on(&case.date)).expect("distances");
    for distance in &distances.benefits {
        for condition in &distance.conditions {
            for way in &condition.ways {
                ways.fetch_add(1, Ordering::Relaxed);
                let mut holds = |value: &Value| {
                    let decision = decided.with(case, &way.path, value)?;
                    // An entry for a bill names who ate, its distance does not.
                    let same = |entry: &&Entry| {
                        entry.benefit == distance.benefit
                            && entry.bill == distance.bill
                            && (distance.bill.is_some() || entry.member == distance.member)
                    };
                    let entry = decision.benefits.iter().find(same)?;
                    entry.reasons.iter().find(|reason| reason.code == condition.code).map(|reason| reason.holds)
                };
                let there = holds(&serde_json::to_value(&way.needed).expect("JSON"));
                let before = holds(&one_nearer(way));
                if there != Some(Some(true)) || before == Some(Some(true)) {
                    wrong.push(format!(
                        "case {number}: {} {:?} {}: {way:?} gives {there:?}, one before {before:?}",
                        distance.benefit, distance.member, condition.code
                    ));
                }
            }
        }
    }
    wrong
}

#[test]
fn a_failed_condition_holds_at_its_distance_and_not_a_fen_or_a_day_before() {
    let population = Population::new(engine().tables());
    let ways = AtomicUsize::new(0);
    both_processors(0..if is_thorough() { 100_000 } else { 20_000 }, |number| wrong_ways(&population.case(number), number, &ways));
    let ways = ways.into_inner();
    println!("{ways} ways");
    assert!(ways > 100, "{ways} ways are too few to say anything");
}

#[test]
fn a_family_just_over_the_line_is_told_by_how_much() {
    // 莱州 in town from 2024-03-05: 1069 yuan a person, 3207 for three. With 3300 yuan they are 93 yuan over it, and must
    // earn 93.01 less to be below it.
    let mut household = read_json(&root().join("js-demo/citizen/examples/laizhou.json"))["household"].take();
    put(&mut household, "members/0/incomes/0/gross", Value::from("3300.00"));
    let distances = engine().distances(&household.to_string(), Question::on("2024-04-15")).expect("distances");
    let allowance = distances.benefits.iter().find(|distance| &*distance.benefit == "minimum-living-allowance").expect("it fails");
    let income = allowance.opens.iter().find(|way| way.path == "members/0/incomes/0/gross").expect("income would do");
    assert_eq!(income.change.to_string(), "-93.01");
    assert_eq!(income.needed, Written::Text("3206.99".to_owned()));
    assert!(income.changeable);
}
