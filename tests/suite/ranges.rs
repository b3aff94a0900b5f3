//! What a benefit can still come to: never escaped by any answers, and reached exactly wherever that is claimed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use huisuan_core::decision::{Decision, Entry, Outcome, Range};
use huisuan_core::money::Yuan;
use huisuan_core::{Detail, FactError, Question};
use huisuan_tests::facts::{Path, answers, at, ends, facts, place, put, without};
use huisuan_tests::population::{Case, Dice, Population};
use serde_json::Value;

use crate::support::{both_processors, engine, is_asked_of_nobody, is_thorough};

/// What households say at each place, with `*` for a position: what can be answered there.
type Answers = BTreeMap<String, Vec<Value>>;

fn evaluate(household: &Value, date: &str, tight: bool) -> Result<Decision, Vec<FactError>> {
    let detail = Detail { tight, ..Detail::default() };
    engine().evaluate(&household.to_string(), Question { detail, ..Question::on(date) })
}

fn name(entry: &Entry) -> String {
    format!("{} {:?}", entry.benefit, entry.bill.as_deref().or(entry.member.as_deref()))
}

/// Whether what an entry says lies within a range.
fn lies_within(entry: &Entry, range: &Range) -> bool {
    let (least, most) = ends(entry);
    range.min.fen() <= least && range.max.is_none_or(|limit| most.is_some_and(|most| most <= limit.fen()))
}

/// Whether an entry that is still open, and is told wider than it can be, lies within a range as soon as it is narrowed.
fn is_narrower(household: &Value, date: &str, entry: &Entry, range: &Range) -> bool {
    if entry.outcome != Outcome::Undetermined {
        return false;
    }
    let decision = evaluate(household, date, true).expect("it was decided before");
    let same = decision.benefits.iter().find(|same| name(same) == name(entry)).expect("the same entries");
    same.range.as_ref().is_some_and(|own| own.bound == "sound") || lies_within(same, range)
}

/// Applies the answers of an example; what it then comes to.
fn with_example(household: &Value, date: &str, example: &[huisuan_core::household::GivenFact]) -> Result<Decision, Vec<FactError>> {
    let mut told = household.clone();
    for fact in example {
        put(&mut told, &fact.path, serde_json::to_value(&fact.value).expect("it is JSON"));
    }
    evaluate(&told, date, false)
}

/// Whether forgetting this fact alone leaves an answer open.
fn leaves_open(case: &Case, path: &Path) -> bool {
    evaluate(&without(&case.household, &[path]), &case.date, false).is_ok_and(|decision| !decision.needs.is_empty())
}

/// Ranges that were looked at, and those of them that are said to be tight.
#[derive(Default)]
struct Count {
    open: AtomicUsize,
    tight: AtomicUsize,
}

/// Forgets `many` facts of a case and looks at the ranges that are left; what is wrong with them.
fn check(case: &Case, number: u64, many: usize, answers: &Answers, completions: usize, count: &Count) -> Vec<String> {
    let mut dice = Dice::new(number.wrapping_mul(31).wrapping_add(7));
    let all = facts(&case.household);
    let matters: Vec<&Path> = all.iter().filter(|path| leaves_open(case, path)).collect();
    let mut draw =
        || if matters.is_empty() || dice.below(4) == 0 { &all[dice.below(all.len())] } else { matters[dice.below(matters.len())] };
    let first = draw();
    let forgotten: Vec<&Path> = (1..many).map(|_| draw()).chain([first]).collect();
    let partial = without(&case.household, &forgotten);
    let Ok(open) = evaluate(&partial, &case.date, true) else { return Vec::new() };
    let mut found = Vec::new();
    let mut wrong = |what: String| found.push(format!("case {number} without {forgotten:?}: {what}"));
    for entry in &open.benefits {
        let Some(range) = &entry.range else { continue };
        count.open.fetch_add(1, Ordering::Relaxed);
        let (Some(least), Some(most)) = (&range.least_with, &range.most_with) else { continue };
        count.tight.fetch_add(1, Ordering::Relaxed);
        for (example, is_least) in [(least, true), (most, false)] {
            match with_example(&partial, &case.date, example) {
                Ok(told) => {
                    let same = told.benefits.iter().find(|told| name(told) == name(entry));
                    let reached =
                        same.is_some_and(
                            |told| if is_least { ends(told).0 == range.min.fen() } else { ends(told).1 == range.max.map(Yuan::fen) },
                        );
                    if !reached {
                        wrong(format!(
                            "{}: {range:?} is not reached with {example:?}: {:?}",
                            name(entry),
                            same.map(|told| (&told.amount, told.outcome, &told.needs))
                        ));
                    }
                }
                Err(errors) => wrong(format!("{}: the example {example:?} is refused: {errors:?}", name(entry))),
            }
        }
    }
    for _ in 0..completions {
        let mut told = partial.clone();
        // A day that was taken for granted is no open question: whoever tells another one changes what the range rests on.
        let is_no_question = |path: &Path| {
            let path = path.join("/");
            open.assumed.contains(&path) || is_asked_of_nobody(&path)
        };
        for path in forgotten.iter().filter(|path| !is_no_question(path)) {
            let known = answers.get(&place(&path.join("/"))).map(Vec::as_slice).unwrap_or_default();
            let own = at(&case.household, path).expect("it was found there");
            let value = if known.is_empty() || dice.below(4) == 0 { own } else { &known[dice.below(known.len())] };
            put(&mut told, &path.join("/"), value.clone());
        }
        // Some answers go badly together (a person nobody knows, say); those are refused, not decided.
        let Ok(decided) = evaluate(&told, &case.date, false) else { continue };
        // What contradicts an answer that was given is no answer to a question left open.
        if decided.issues.iter().any(|issue| issue.code.ends_with("-contradicted") && !open.issues.contains(issue)) {
            continue;
        }
        for entry in &decided.benefits {
            let before = open.benefits.iter().find(|before| name(before) == name(entry) && before.area == entry.area);
            if let Some(range) = before.and_then(|before| before.range.as_ref())
                && !lies_within(entry, range)
                && !is_narrower(&told, &case.date, entry, range)
            {
                wrong(format!("{}: {:?} escapes {range:?}", name(entry), entry.amount));
            }
        }
    }
    found
}

/// Checks so many cases; how many ranges there were, and how many tight ones.
fn check_all(cases: u64, many: usize, completions: usize) -> (usize, usize) {
    let population = Population::new(engine().tables());
    let answers = answers(&population, 400, 12);
    let count = Count::default();
    both_processors(0..cases, |number| check(&population.case(number), number, many, &answers, completions, &count));
    let (open, tight) = (count.open.into_inner(), count.tight.into_inner());
    println!("{open} open ranges, {tight} of them tight");
    (open, tight)
}

#[test]
fn with_up_to_three_facts_open_no_answers_escape_the_range_and_nine_of_ten_are_tight() {
    let (open, tight) = check_all(if is_thorough() { 10_000 } else { 400 }, 3, if is_thorough() { 60 } else { 12 });
    assert!(open > 400, "{open} open ranges are too few to say anything");
    assert!(tight * 10 >= open * 9, "{tight} of {open} are tight");
}

#[test]
fn with_six_facts_open_no_answers_escape_the_range() {
    check_all(if is_thorough() { 10_000 } else { 100 }, 6, if is_thorough() { 200 } else { 40 });
}
