//! An engine that has answered for others answers as a new one does: nothing of a household is left behind for the next.

use huisuan_core::sweep::Along;
use huisuan_core::{Detail, Engine, Question};
use serde_json::{Value, json};

use crate::support::{assert_none, engine, read_json, root};

/// From here on the made-up tables do not change any more, so that every household is read with the same formula.
const LATER: &str = "2031-01-01";

/// What a household is told of itself, of how far it is, and of how it goes on: each by its own.
type Reading = fn(&Engine, &str) -> Value;

const READINGS: [Reading; 4] = [
    |engine, household| {
        let tight = Question { detail: Detail { tight: true, ..Detail::default() }, ..Question::on(LATER) };
        json!(engine.evaluate(household, tight).expect("a decision"))
    },
    |engine, household| json!(engine.distances(household, Question::on(LATER)).expect("distances")),
    |engine, household| {
        let days = Along { path: "date", from: LATER, until: "2040-12-31" };
        json!(engine.sweep(household, Question::on(LATER), &days).expect("days"))
    },
    |engine, household| {
        let income = Along { path: "members/0/incomes/0/gross", from: "0.00", until: "9000.00" };
        json!(engine.sweep(household, Question::on(LATER), &income).expect("an income"))
    },
];

/// Families of one place, each with other people than the one before, and each with somebody who grows old.
#[test]
fn nothing_of_a_household_is_left_for_the_next() {
    let mut household = read_json(&root().join("tests/bench/household.json"))["household"].take();
    household["bills"] = json!([]);
    let members = household["members"].as_array().expect("members").clone();
    let of = |people: &[usize]| {
        let mut own = household.clone();
        own["members"] = people.iter().map(|at| members[*at].clone()).collect();
        own["members"][0]["relation"] = "self".into();
        own["members"][0]["incomes"] = json!([{ "kind": "wages", "gross": "3000.00" }]);
        // Turns 60, 70 and 80 on the way.
        own["members"][people.len() - 1]["birthDate"] = ["1953-06-01", "1963-06-01", "1973-06-01"][people.len() % 3].into();
        own
    };
    let families = [of(&[0]), of(&[0, 1]), of(&[3]), of(&[0, 1, 2, 3]), of(&[0, 3]), of(&[0, 1, 2])];
    let new = || Engine::new(engine().tables().clone());
    let used = new();
    let mut wrong = Vec::new();
    for (number, reading) in READINGS.iter().enumerate() {
        for (at, family) in families.iter().chain(families.iter().rev()).map(Value::to_string).enumerate() {
            if reading(&used, &family) != reading(&new(), &family) {
                wrong.push(format!("reading {number} of family {at}"));
            }
        }
    }
    assert_none("answers that rest on who was there before", &wrong);
}
