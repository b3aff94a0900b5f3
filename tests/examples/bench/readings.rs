//! What the further readings cost beside one decision, for the bench household with six of its facts open.

use std::hint::black_box;
use std::time::Instant;

use huisuan_core::decision::Entry;
use huisuan_core::household::{self, Household};
use huisuan_core::sweep::Along;
use huisuan_core::tables::AsOf;
use huisuan_core::{Detail, Engine, Question, Scratch};
use huisuan_tests::facts::{facts, without};
use huisuan_tests::population::Dice;
use serde_json::Value;

use super::{ratio, report};

/// Ways to leave six facts open.
const WAYS: u64 = 200;

fn six_open(household: &Value, way: u64) -> Value {
    let mut dice = Dice::new(way);
    let all = facts(household);
    let forgotten: Vec<_> = (0..6).map(|_| &all[dice.below(all.len())]).collect();
    without(household, &forgotten)
}

/// How often each is called; the fastest call counts, so that what else the machine does is left out.
const TIMES: usize = 7;

/// Prints what a call costs for the median and the worst of all cases, in nanoseconds; the median. Cases that are refused do not
/// count.
fn each<C>(what: &str, cases: &[C], mut call: impl FnMut(&C) -> bool) -> f64 {
    let mut fastest = |case: &C| {
        let mut time = || {
            let start = Instant::now();
            call(case).then(|| start.elapsed().as_nanos() as f64)
        };
        (0..TIMES).filter_map(|_| time()).min_by(f64::total_cmp)
    };
    let mut times: Vec<f64> = cases.iter().filter_map(&mut fastest).collect();
    times.sort_by(f64::total_cmp);
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    report(what, (median, worst), "ns, median and worst");
    median
}

/// Prints them.
pub fn costs(engine: &Engine, complete: &Value, as_of: AsOf) {
    let read = |value: &Value| household::read(&value.to_string(), &engine.tables().areas).expect("a household");
    let open: Vec<Household> = (0..WAYS).map(|way| read(&six_open(complete, way))).collect();
    let (mut scratch, mut found) = (Scratch::default(), Vec::new());
    let one = each("six open: decide, outcomes and ranges", &open, |household| {
        engine.outcomes(&mut scratch, household, as_of, &mut found).is_ok()
    });
    // The next question is part of it.
    let needs = each("six open: ranges, needs and the next question", &open, |household| {
        black_box(engine.decide(&mut scratch, household, as_of, Detail::default())).is_ok()
    });
    let tight = Detail { tight: true, ..Detail::default() };
    each("six open: tight ranges", &open, |household| black_box(engine.decide(&mut scratch, household, as_of, tight)).is_ok());
    ratio("ranges, needs and the next question to one decision", needs / one);
    let along = Along { path: "members/0/incomes/0/gross", from: "0.00", until: "10000.00" };
    let texts: Vec<String> = (0..WAYS).map(|way| six_open(complete, way).to_string()).collect();
    let date = as_of.day.to_string();
    // Where that income itself is open there is nothing to run along.
    let sweep = each("six open: along an income", &texts, |text| black_box(engine.sweep(text, Question::on(&date), &along)).is_ok());
    ratio("along an income to one decision", sweep / one);
    let (mut loose, mut tight) = (0_i64, 0_i64);
    for household in &open {
        let widths = |scratch: &mut Scratch, tight| {
            let decision = engine.decide(scratch, household, as_of, Detail { tight, ..Detail::default() }).expect("ok");
            decision.benefits.iter().map(width).collect::<Vec<_>>()
        };
        let pairs = widths(&mut scratch, false).into_iter().zip(widths(&mut scratch, true));
        for (default, narrowed) in pairs.filter_map(|(default, narrowed)| default.zip(narrowed)) {
            loose += default;
            tight += narrowed;
        }
    }
    ratio("width of the default range to the tight one", loose as f64 / tight.max(1) as f64);
}

/// How wide the range of an entry is, in fen; `None` where there is no limit to be narrowed: a table has no number, or an open
/// bill could be for any sum.
fn width(entry: &Entry) -> Option<i64> {
    const ANY_SUM: i64 = 1_000_000_000;
    let range = entry.range.as_ref().filter(|_| entry.missing.is_empty())?;
    range.max.map(|most| most.fen() - range.min.fen()).filter(|width| *width < ANY_SUM)
}
