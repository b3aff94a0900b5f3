//! How many slips of the pen get past us: each kind of defect is put into the published tables again and again, and what
//! changes any decision of the population should be found by `huisuan check` or by a scenario.
//!
//! `cargo xtask audit-tables` runs it. Same seed, same defects.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a chore: what goes wrong should stop it"
)]

mod defects;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use huisuan_core::area::AreaCode;
use huisuan_core::check::check;
use huisuan_core::date::Date;
use huisuan_core::household::{Household, read};
use huisuan_core::tables::{AsOf, Tables, load};
use huisuan_core::{Engine, Scratch, Summary};
use huisuan_tests::population::Population;
use huisuan_tests::published::{engine, table_files};
use huisuan_tests::scenarios::{self, evaluate, scenarios};

use defects::{Defect, KINDS, Kind};

/// Defects of each kind.
const EACH: u64 = 200;
/// Households.
const PEOPLE: u64 = 5_000;
/// Of a hundred structural defects that change a decision, so many must be found.
const ENOUGH: usize = 98;

/// A household of the population, what was decided for it, and the places it depends on.
struct Case {
    household: Household,
    as_of: AsOf,
    answers: Vec<Summary>,
    places: Vec<AreaCode>,
}

/// What became of a defect.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The tables do not even load.
    Refused,
    /// `huisuan check` reports it.
    Reported,
    /// A scenario comes out differently.
    Scenario,
    /// Nobody notices, and decisions change.
    Missed,
    /// Nobody notices, and nothing changes.
    Harmless,
}

fn decide(engine: &Engine, scratch: &mut Scratch, household: &Household, as_of: AsOf) -> Vec<Summary> {
    let mut found = Vec::new();
    engine.outcomes(scratch, household, as_of, &mut found).expect("amounts that stay exact");
    found
}

fn population(tables: &Tables) -> Vec<Case> {
    let mut scratch = Scratch::default();
    let made = Population::new(tables);
    let cases = (0..PEOPLE).map(|number| {
        let case = made.case(number);
        let household = read(&case.household.to_string(), &tables.areas).expect("a good household");
        let as_of = AsOf::day(Date::parse(&case.date).expect("a day"));
        let answers = decide(engine(), &mut scratch, &household, as_of);
        let mut places: Vec<AreaCode> = answers.iter().filter_map(|answer| answer.area).collect();
        places.sort_unstable();
        places.dedup();
        Case { household, as_of, answers, places }
    });
    cases.collect()
}

/// Whether any household that depends on the area comes out differently.
fn changes_a_decision(changed: &Engine, area: AreaCode, people: &[Case], scratch: &mut Scratch) -> bool {
    let concerned = people.iter().filter(|case| case.places.iter().any(|place| place.is_within(area)));
    concerned.into_iter().any(|case| decide(changed, scratch, &case.household, case.as_of) != case.answers)
}

fn fate(defect: &Defect, files: &BTreeMap<String, String>, people: &[Case], scratch: &mut Scratch) -> Fate {
    let with = files.iter().map(|(name, text)| (name.as_str(), if *name == defect.file { defect.text.as_str() } else { text.as_str() }));
    let Ok(tables) = load(with) else { return Fate::Refused };
    let reported = !check(&tables).is_empty();
    let changed = Engine::new(tables);
    if !changes_a_decision(&changed, defect.area, people, scratch) {
        return Fate::Harmless;
    }
    let fails = |scenario: &scenarios::Scenario| {
        let result = evaluate(&changed, &scenario.json["household"], scenario.json["date"].as_str().unwrap_or(""));
        !scenarios::check(&scenario.json["expect"], &result).is_empty()
    };
    match reported {
        true => Fate::Reported,
        false if scenarios().iter().any(fails) => Fate::Scenario,
        false => Fate::Missed,
    }
}

/// Draws defects of a kind until there are enough of them, and follows each.
fn follow(kind: Kind, files: &BTreeMap<String, String>, people: &[Case]) -> Vec<(Defect, Fate)> {
    let next = AtomicU64::new(0);
    let work = || {
        let mut scratch = Scratch::default();
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= EACH {
                return done;
            }
            if let Some(defect) = defects::draw(kind, number, files) {
                let fate = fate(&defect, files, people, &mut scratch);
                done.push((defect, fate));
            }
        }
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a thread that ends")).collect()
    })
}

fn main() -> ExitCode {
    let files: BTreeMap<String, String> = table_files().into_iter().collect();
    let people = population(engine().tables());
    println!(
        "{:<24}{:>7}{:>9}{:>10}{:>10}{:>8}{:>10}{:>8}",
        "defect", "made", "refused", "reported", "scenario", "missed", "harmless", "found"
    );
    let (mut found, mut mattering) = (0, 0);
    let mut missed = Vec::new();
    for kind in KINDS {
        let all = follow(kind, &files, &people);
        let count = |fate: Fate| all.iter().filter(|(_, own)| *own == fate).count();
        let own_found = count(Fate::Refused) + count(Fate::Reported) + count(Fate::Scenario);
        let own_mattering = own_found + count(Fate::Missed);
        println!(
            "{:<24}{:>7}{:>9}{:>10}{:>10}{:>8}{:>10}{:>7}%",
            kind.name(),
            all.len(),
            count(Fate::Refused),
            count(Fate::Reported),
            count(Fate::Scenario),
            count(Fate::Missed),
            count(Fate::Harmless),
            (own_found * 100).checked_div(own_mattering).unwrap_or(100)
        );
        if kind.is_structural() {
            found += own_found;
            mattering += own_mattering;
            missed.extend(all.into_iter().filter(|(_, fate)| *fate == Fate::Missed).map(|(defect, _)| defect.told));
        }
    }
    for told in &missed {
        println!("  missed: {told}");
    }
    println!("structural defects that change a decision: {mattering}, found: {found}, at least {ENOUGH} of a hundred wanted");
    if found * 100 >= mattering * ENOUGH { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
