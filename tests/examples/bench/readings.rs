//! What the further readings cost beside one decision, for the bench household with six of its facts open.

use std::time::Instant;

use huisuan_core::decision::Entry;
use huisuan_core::household::{self, Household};
use huisuan_core::sweep::Along;
use huisuan_core::tables::AsOf;
use huisuan_core::{Detail, Engine, Question, Scratch};
use huisuan_tests::facts::{facts, without};
use huisuan_tests::population::Dice;
use serde_json::Value;

use super::{measure, ratio, report};

/// Ways to leave six facts open.
const WAYS: u64 = 200;

fn six_open(household: &Value, way: u64) -> Value {
    let mut dice = Dice::new(way);
    let all = facts(household);
    let forgotten: Vec<_> = (0..6).map(|_| &all[dice.below(all.len())]).collect();
    without(household, &forgotten)
}

/// Prints them.
pub fn costs(engine: &Engine, complete: &Value, as_of: AsOf) {
    let read = |value: &Value| household::read(&value.to_string(), &engine.tables().areas).expect("a household");
    let open: Vec<Household> = (0..WAYS).map(|way| read(&six_open(complete, way))).collect();
    let mut scratch = Scratch::default();
    let mut found = Vec::new();
    let mut at = 0;
    let mut next = || {
        at = (at + 1) % open.len();
        &open[at]
    };
    let one = report(
        "six open: decide, outcomes and ranges",
        measure(|| engine.outcomes(&mut scratch, next(), as_of, &mut found).expect("ok")),
        "ns",
    );
    let each = |what: &str, detail: Detail| {
        let mut times: Vec<f64> = open
            .iter()
            .map(|household| {
                let start = Instant::now();
                drop(std::hint::black_box(engine.decide(&mut Scratch::default(), household, as_of, detail)));
                start.elapsed().as_nanos() as f64
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        report(what, (median, worst), "ns, median and worst");
        median
    };
    // The next question is part of it.
    let needs = each("six open: ranges, needs and the next question", Detail::default());
    each("six open: tight ranges", Detail { tight: true, ..Detail::default() });
    ratio("ranges, needs and the next question to one decision", needs / one);
    let along = Along { path: "members/0/incomes/0/gross", from: "0.00", until: "10000.00" };
    let texts: Vec<String> = (0..WAYS).map(|way| six_open(complete, way).to_string()).collect();
    let date = as_of.day.to_string();
    let mut times: Vec<f64> = Vec::new();
    for text in &texts {
        let start = Instant::now();
        // Where that income itself is open there is nothing to run along.
        if std::hint::black_box(engine.sweep(text, Question::on(&date), &along)).is_ok() {
            times.push(start.elapsed().as_nanos() as f64);
        }
    }
    times.sort_by(f64::total_cmp);
    let sweep = times[times.len() / 2];
    report("six open: along an income", (sweep, times[times.len() - 1]), "ns, median and worst");
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
