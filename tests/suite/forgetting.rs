//! Never guess: forgetting facts may leave an answer open, it never turns one settled answer into another.

use std::sync::Mutex;
use std::thread;

use huisuan_core::date::Date;
use huisuan_core::decision::{Entry, Outcome};
use huisuan_core::tables::AsOf;
use huisuan_core::{Decision, Detail, FactError, Scratch, household};
use serde_json::Value;

use huisuan_tests::scenarios::Scenario;

use crate::support::{engine, is_thorough, scenarios};

/// Where a fact stands in a household.
type Path = Vec<String>;

/// Every fact of a household: a leaf, or a list as a whole; a map closed by `noOther` counts as one list.
fn facts(household: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    collect(household, &mut Vec::new(), &mut found);
    // Without these there is no household at all.
    found.retain(|path| {
        let last = path.last().map_or("", String::as_str);
        path != &["schemaVersion"] && path != &["members"] && !(path.len() == 3 && path[0] == "members" && last == "id")
    });
    found
}

fn collect(value: &Value, path: &mut Path, found: &mut Vec<Path>) {
    match value {
        Value::Object(entries) => {
            if entries.contains_key("noOther") {
                found.push(path.clone());
                return;
            }
            for (name, value) in entries {
                path.push(name.clone());
                collect(value, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            found.push(path.clone());
            for (position, item) in items.iter().enumerate() {
                path.push(position.to_string());
                // An item that is a value is no fact of its own: the list is.
                if item.is_object() {
                    collect(item, path, found);
                }
                path.pop();
            }
        }
        _ => found.push(path.clone()),
    }
}

/// The household without these facts; a fact inside another that goes too is gone already.
fn without(household: &Value, paths: &[&Path]) -> Value {
    let mut rest = household.clone();
    for path in paths {
        let (last, way) = path.split_last().expect("a fact has a path");
        let mut place = Some(&mut rest);
        for step in way {
            place = place.and_then(|value| match value {
                Value::Array(items) => step.parse::<usize>().ok().and_then(|position| items.get_mut(position)),
                Value::Object(entries) => entries.get_mut(step),
                _ => None,
            });
        }
        if let Some(Value::Object(entries)) = place {
            entries.remove(last);
        }
    }
    rest
}

/// Where a result with fewer facts contradicts the one with all.
fn contradictions(all: &Decision, fewer: &Decision) -> Vec<String> {
    let mut found = Vec::new();
    for before in &all.benefits {
        let same = |after: &&Entry| (&after.benefit, &after.member, &after.bill) == (&before.benefit, &before.member, &before.bill);
        // A bill nobody has told us about has no entry.
        let Some(after) = fewer.benefits.iter().find(same) else { continue };
        let name = format!("{} {:?} {:?}", before.benefit, before.member, before.bill);
        if before.outcome != after.outcome && after.outcome != Outcome::Undetermined {
            found.push(format!("{name}: {:?} becomes {:?}", before.outcome, after.outcome));
        }
        if after.qualifies.is_some() && after.qualifies != before.qualifies {
            found.push(format!("{name}: qualifies {:?} becomes {:?}", before.qualifies, after.qualifies));
        }
        if let (Some(true), Some(was), Some(is)) = (before.qualifies, &before.amount, &after.amount) {
            let holds_most = is.max.is_none_or(|most| was.max.is_some_and(|was| was <= most));
            if was.min < is.min || !holds_most {
                found.push(format!("{name}: {was:?} is outside {is:?}"));
            }
        }
    }
    found
}

fn decide(household: &Value, day: Date) -> Result<Decision, Vec<FactError>> {
    let read = household::read(&household.to_string(), &engine().tables().areas)?;
    engine().decide(&mut Scratch::default(), &read, AsOf::day(day), Detail::default()).map_err(|error| vec![error])
}

/// Pairs of facts of one household that are forgotten at most, unless thorough.
const PAIRS: usize = 1_000;

/// Forgets facts of one scenario; what went wrong, in words.
fn forget(scenario: &Scenario, several: usize) -> Vec<String> {
    let household = &scenario.json["household"];
    let day = scenario.json["date"].as_str().and_then(|date| Date::parse(date).ok()).expect("a scenario has a date");
    let all = decide(household, day).expect("a scenario's household can be read");
    if all.issues.iter().any(|issue| issue.code == "standing-contradicted") {
        return Vec::new();
    }
    let facts = facts(household);
    let mut wrong = Vec::new();
    let mut check = |paths: &[&Path]| {
        let found = match decide(&without(household, paths), day) {
            Ok(fewer) => contradictions(&all, &fewer),
            Err(errors) => vec![format!("{errors:?}")],
        };
        wrong.extend(found.into_iter().map(|what| format!("{} without {paths:?}: {what}", scenario.file)));
    };
    let pairs = facts.len() * facts.len() / 2;
    let step = if several > 2 { 1 } else { pairs.div_ceil(PAIRS).max(1) };
    for (position, first) in facts.iter().enumerate() {
        check(&[first]);
        // Of a large household every so many pairs, from another start for each fact; all of them when thorough.
        if several > 1 {
            facts[position + 1..].iter().skip(position % step).step_by(step).for_each(|second| check(&[first, second]));
        }
    }
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &facts[usize::try_from(random >> 33).expect("31 bits") % facts.len()]
    };
    for _ in 0..(if several > 2 { 200 } else { 20 }) {
        let three = [draw(), draw(), draw()];
        check(&three);
    }
    wrong
}

/// All scenarios, on both processors.
fn forget_everywhere(several: impl Fn(usize) -> usize + Sync) {
    let wrong = Mutex::new(Vec::new());
    let all = scenarios();
    thread::scope(|scope| {
        for part in 0..2 {
            let (wrong, several) = (&wrong, &several);
            scope.spawn(move || {
                for (position, scenario) in all.iter().enumerate().skip(part).step_by(2) {
                    wrong.lock().expect("no panic").extend(forget(scenario, several(position)));
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{} contradictions, such as\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
}

#[test]
fn forgetting_any_fact_or_pair_of_facts_never_turns_an_answer_into_another() {
    forget_everywhere(|_| if is_thorough() { 3 } else { 2 });
}
