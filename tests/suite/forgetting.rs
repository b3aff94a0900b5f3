//! Never guess: forgetting facts may leave an answer open, it never turns one settled answer into another.

use huisuan_core::date::Date;
use huisuan_core::decision::{Entry, Outcome};
use huisuan_core::tables::AsOf;
use huisuan_core::{Decision, Detail, FactError, Scratch, household};
use serde_json::Value;

use huisuan_tests::facts::{Path, facts, while_without, without};
use huisuan_tests::scenarios::Scenario;

use crate::support::{both_processors, engine, is_thorough, scenarios};

/// Where a result with fewer facts contradicts the one with all.
fn contradictions(all: &Decision, fewer: &Decision) -> Vec<String> {
    let mut found = Vec::new();
    for before in &all.benefits {
        let same = |after: &&Entry| (&after.benefit, &after.member, &after.bill) == (&before.benefit, &before.member, &before.bill);
        // A bill nobody has told us about has no entry.
        let Some(after) = fewer.benefits.iter().find(same) else { continue };
        let name = || format!("{} {:?} {:?}", before.benefit, before.member, before.bill);
        if before.outcome != after.outcome && after.outcome != Outcome::Undetermined {
            found.push(format!("{}: {:?} becomes {:?}", name(), before.outcome, after.outcome));
        }
        if after.qualifies.is_some() && after.qualifies != before.qualifies {
            found.push(format!("{}: qualifies {:?} becomes {:?}", name(), before.qualifies, after.qualifies));
        }
        if let (Some(true), Some(was), Some(is)) = (before.qualifies, &before.amount, &after.amount) {
            let holds_most = is.max.is_none_or(|most| was.max.is_some_and(|was| was <= most));
            if was.min < is.min || !holds_most {
                found.push(format!("{}: {was:?} is outside {is:?}", name()));
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
fn forget(scenario: &Scenario) -> Vec<String> {
    let household = &scenario.json["household"];
    let day = scenario.json["date"].as_str().and_then(|date| Date::parse(date).ok()).expect("a scenario has a date");
    let all = decide(household, day).expect("a scenario's household can be read");
    if all.issues.iter().any(|issue| issue.code.ends_with("-contradicted")) {
        return Vec::new();
    }
    let facts = facts(household);
    let mut wrong = Vec::new();
    let mut check = |rest: &Value, paths: &[&Path]| {
        // Consent is given with a signature at the window, and only who has refused it is told so; an expense without a month is
        // the total of twelve; nobody is asked whether somebody has died or has been released. To leave these out says something else.
        let says_otherwise = |path: &&Path| {
            matches!(path[..], [ref list, .., ref name] if list == "expenses" && name == "month")
                || path.join("/") == "application/verificationConsent"
                || matches!(path[..], [.., ref name] if name == "diedOn")
                || matches!(path[..], [.., ref term, ref name] if term == "imprisoned" && name == "until")
        };
        if paths.iter().any(says_otherwise) {
            return;
        }
        let found = match decide(rest, day) {
            // What is left may contradict itself: a term in prison that was over has no end any more.
            Ok(fewer) if fewer.issues.iter().any(|issue| issue.code.ends_with("-contradicted")) => Vec::new(),
            Ok(fewer) => contradictions(&all, &fewer),
            Err(errors) => vec![format!("{errors:?}")],
        };
        wrong.extend(found.into_iter().map(|what| format!("{} without {paths:?}: {what}", scenario.file)));
    };
    let pairs = facts.len() * facts.len() / 2;
    let step = if is_thorough() { 1 } else { pairs.div_ceil(PAIRS).max(1) };
    for (position, first) in facts.iter().enumerate() {
        let mut rest = without(household, &[first]);
        check(&rest, &[first]);
        // Of a large household every so many pairs, from another start for each fact; all of them when thorough.
        for second in facts[position + 1..].iter().skip(position % step).step_by(step) {
            while_without(&mut rest, second, |rest| check(rest, &[first, second]));
        }
    }
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut draw = || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        &facts[usize::try_from(random >> 33).expect("31 bits") % facts.len()]
    };
    for _ in 0..(if is_thorough() { 200 } else { 20 }) {
        let three = [draw(), draw(), draw()];
        check(&without(household, &three), &three);
    }
    wrong
}

#[test]
fn forgetting_any_fact_or_pair_of_facts_never_turns_an_answer_into_another() {
    both_processors(scenarios(), forget);
}

#[test]
fn a_place_that_was_not_told_is_not_taken_from_an_older_row() {
    let member = serde_json::json!({
        "id": "a", "relation": "self", "birthDate": "1940-05-01",
        "registeredArea": [{ "from": "2024-01-01" }, { "area": "110101", "from": "1990-01-01" }]
    });
    let household = serde_json::json!({ "schemaVersion": 1, "members": [member] });
    let decision = decide(&household, Date::parse("2024-04-15").expect("a day")).expect("a good household");
    let allowance = decision.benefits.iter().find(|entry| &*entry.benefit == "advanced-age-allowance").expect("an entry");
    assert_eq!((allowance.outcome, allowance.area), (Outcome::Undetermined, None));
}
