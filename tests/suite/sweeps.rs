//! A sweep says for every value what a decision says for it, and every breakpoint it names is one.

use huisuan_core::Question;
use huisuan_core::date::Date;
use huisuan_core::decision::{Decision, Entry, Outcome};
use huisuan_core::household::Written;
use huisuan_core::money::Yuan;
use huisuan_core::sweep::{Along, Ends, Sweep};
use huisuan_tests::facts::{Path, at, ends, facts, put};
use huisuan_tests::population::{Case, Dice, Population};
use serde_json::Value;

use crate::support::{assert_none, both_processors, engine, is_thorough, read_json, root};

/// What a fact is counted in.
#[derive(Clone, Copy, PartialEq)]
enum Grain {
    Fen,
    Days,
}

/// What all roundings of one household's amounts may come to together.
const MOST_ROUNDING_FEN: i64 = 1_000;

impl Grain {
    fn text(self, value: i64) -> String {
        match self {
            Self::Fen => format!("{}.{:02}", value / 100, value % 100),
            Self::Days => Date::from_days(i32::try_from(value).expect("days")).expect("a day").to_string(),
        }
    }

    fn value(self, text: &str) -> i64 {
        match self {
            Self::Fen => Yuan::parse(text).expect("an amount").fen(),
            Self::Days => i64::from(Date::parse(text).expect("a day").days()),
        }
    }
}

/// Money and days among the facts of a household, each with its grain and what it is now.
fn numbers(household: &Value) -> Vec<(Path, Grain, i64)> {
    let number = |path: Path| {
        let text = at(household, &path)?.as_str()?.to_owned();
        if let Ok(day) = Date::parse(&text) {
            let last = path.last()?.as_str();
            let decides =
                path.iter().any(|step| step == "registeredArea" || step == "usualResidence") || (path[0] == "bills" && last == "date");
            return (!decides).then(|| (path, Grain::Days, i64::from(day.days())));
        }
        let fen =
            text.strip_suffix(|_: char| true).is_some_and(|_| text.contains('.')).then(|| text.replace('.', "").parse::<i64>().ok())??;
        Some((path, Grain::Fen, fen))
    };
    facts(household).into_iter().filter_map(number).collect()
}

fn entry<'d>(decision: &'d Decision, benefit: &str, who: Option<&str>) -> Option<&'d Entry> {
    decision.benefits.iter().find(|entry| &*entry.benefit == benefit && entry.bill.as_deref().or(entry.member.as_deref()) == who)
}

/// Compares a sweep with decisions at these values; what differs.
fn compare(sweep: &Sweep, values: &[i64], decide: &dyn Fn(i64) -> Decision, wrong: &mut Vec<String>, about: &str) {
    for value in values {
        let decision = decide(*value);
        for swept in &sweep.benefits {
            let who = swept.bill.as_deref().or(swept.member.as_deref());
            let Some(entry) = entry(&decision, &swept.benefit, who) else { continue };
            let found = swept.at(*value);
            let said = found.map(|(outcome, ends)| (outcome, ends.map(|(least, most)| (least, (most != i64::MAX).then_some(most)))));
            let has_amount = said.is_some_and(|(_, ends)| ends.is_some());
            let expected = (entry.outcome, has_amount.then(|| ends(entry)));
            if said.is_some() && said != Some(expected) {
                wrong.push(format!("{about} at {value}: {} {who:?} is {expected:?}, the sweep says {said:?}", swept.benefit));
            }
        }
    }
}

/// Compares the cash of every month with decisions: at the ends of pieces exactly, within them up to rounding.
fn compare_sums(sweep: &Sweep, grain: Grain, inside: &[i64], decide: &dyn Fn(i64) -> Decision, wrong: &mut Vec<String>, about: &str) {
    let number = |written: &Written| match written {
        Written::Text(text) => grain.value(text),
        other => panic!("{about}: {other:?}"),
    };
    let decided = |value: i64| {
        let total = decide(value).totals.cash_per_month;
        (total.min.fen(), total.max.map(|most| most.fen()))
    };
    let sum = |ends: &Option<Ends>| ends.map_or((0, None), |ends| (ends.min.fen(), ends.max.map(|most| most.fen())));
    for piece in sweep.cash_per_month.iter().take(16) {
        for (value, said) in [(&piece.from, sum(&piece.first)), (&piece.until, sum(&piece.last))] {
            let expected = decided(number(value));
            if said != expected {
                wrong.push(format!("{about} at {value:?}: the cash of a month is {expected:?}, the sweep says {said:?}"));
            }
        }
    }
    for value in inside {
        let within = sweep.cash_per_month.iter().find(|piece| (number(&piece.from)..=number(&piece.until)).contains(value));
        let Some(piece) = within else {
            wrong.push(format!("{about}: no piece of the sum has {value}"));
            continue;
        };
        let (from, until) = (number(&piece.from), number(&piece.until));
        let (expected, first, last) = (decided(*value), sum(&piece.first), sum(&piece.last));
        let even = |first: i64, last: i64| first + (last - first) * (value - from) / (until - from).max(1);
        let near = |expected: i64, first: i64, last: i64| (expected - even(first, last)).abs() <= MOST_ROUNDING_FEN;
        let fits = near(expected.0, first.0, last.0)
            && match (expected.1, first.1, last.1) {
                (Some(expected), Some(first), Some(last)) => near(expected, first, last),
                (expected, first, last) => expected.is_none() && first.is_none() && last.is_none(),
            };
        if !fits {
            wrong.push(format!("{about} at {value}: the cash of a month is {expected:?}, the sweep runs from {first:?} to {last:?}"));
        }
    }
}

/// Sweeps a case along one number and looks at some values, or at every yuan or day; what is wrong.
fn check(case: &Case, number: u64, every: bool, wrong: &mut Vec<String>, knots: &mut usize) {
    let mut dice = Dice::new(number.wrapping_mul(17).wrapping_add(3));
    let all = numbers(&case.household);
    if all.is_empty() {
        return;
    }
    let (path, grain, now) = &all[dice.below(all.len())];
    let (path_text, now) = (path.join("/"), *now);
    let (from, until) = match grain {
        Grain::Fen => ((now - 300_000).max(0), now + 300_000),
        Grain::Days => (now - 3_000, now + 3_000),
    };
    // Nobody is born after the day, and nobody is older than 125.
    let until = if path_text.ends_with("birthDate") && path[0] == "members" {
        until.min(i64::from(Date::parse(&case.date).expect("a day").days()))
    } else {
        until
    };
    let about = format!("case {number} along `{path_text}`");
    let along = |until: i64| {
        let (first, last) = (grain.text(from), grain.text(until));
        engine().sweep(&case.household.to_string(), Question::on(&case.date), &Along { path: &path_text, from: &first, until: &last })
    };
    // Where an answer changes with nearly every value, a shorter stretch is asked for.
    let too_long = |errors: &[huisuan_core::FactError]| errors.iter().any(|error| error.code == "too-many-pieces");
    let (until, sweep) = match along(until) {
        Err(errors) if too_long(&errors) => (from + 9_000, along(from + 9_000)),
        swept => (until, swept),
    };
    let sweep = match sweep {
        Ok(sweep) => sweep,
        Err(errors) => return wrong.push(format!("{about}: {errors:?}")),
    };
    let decide = |value: i64| {
        let mut household = case.household.clone();
        put(&mut household, &path_text, Value::from(grain.text(value)));
        engine().evaluate(&household.to_string(), Question::on(&case.date)).unwrap_or_else(|errors| panic!("{about}: {errors:?}"))
    };
    let mut values: Vec<i64> =
        (0..24).map(|_| from + i64::try_from(dice.below(usize::try_from(until - from + 1).expect("small"))).expect("small")).collect();
    for swept in &sweep.benefits {
        for knot in &swept.knots {
            *knots += 1;
            if knot.changes.is_empty() {
                wrong.push(format!("{about}: {} has a knot where nothing changes: {knot:?}", swept.benefit));
            }
        }
        let starts = swept.starts().skip(1);
        values.extend(starts.take(12).flat_map(|start| [start - 1, start, start + 1]).filter(|value| (from..=until).contains(value)));
    }
    compare_sums(&sweep, *grain, &values[..12], &decide, wrong, &about);
    if every {
        values.extend((from..=until).step_by(if *grain == Grain::Fen { 100 } else { 1 }));
    }
    values.sort_unstable();
    values.dedup();
    compare(&sweep, &values, &decide, wrong, &about);
}

/// Cases that are always looked at: several places where the household may apply and no rule which, a day that may be `none`.
const ALWAYS: [u64; 2] = [272, 292];

#[test]
fn a_sweep_along_any_fact_says_what_decisions_say() {
    let population = Population::new(engine().tables());
    let (mut wrong, mut knots) = (Vec::new(), 0);
    for number in ALWAYS.into_iter().chain(0..if is_thorough() { 5_000 } else { 120 }) {
        check(&population.case(number), number, false, &mut wrong, &mut knots);
    }
    println!("{knots} knots");
    assert_none("sweeps that differ from decisions", &wrong[..wrong.len().min(20)]);
    assert!(knots > 20, "{knots} knots are too few to say anything");
}

#[test]
fn a_sweep_says_what_decisions_say_at_every_yuan_or_day() {
    let population = Population::new(engine().tables());
    both_processors(0..if is_thorough() { 200 } else { 6 }, |number| {
        let (mut wrong, mut knots) = (Vec::new(), 0);
        check(&population.case(number), number, true, &mut wrong, &mut knots);
        wrong
    });
}

#[test]
fn a_sweep_along_days_says_what_decisions_say() {
    let population = Population::new(engine().tables());
    let mut wrong = Vec::new();
    for number in ALWAYS.into_iter().chain(0..if is_thorough() { 1_000 } else { 40 }) {
        let case = population.case(number);
        let day = i64::from(Date::parse(&case.date).expect("a day").days());
        let (from, until) = (day, day + 1_500);
        let (first, last) = (Grain::Days.text(from), Grain::Days.text(until));
        let along = Along { path: "date", from: &first, until: &last };
        let about = format!("case {number} along days");
        let sweep = match engine().sweep(&case.household.to_string(), Question::on(&case.date), &along) {
            Ok(sweep) => sweep,
            Err(errors) => {
                wrong.push(format!("{about}: {errors:?}"));
                continue;
            }
        };
        let decide =
            |value: i64| engine().evaluate(&case.household.to_string(), Question::on(&Grain::Days.text(value))).expect("a decision");
        let starts = sweep.benefits.iter().flat_map(|swept| swept.starts().skip(1).take(8).collect::<Vec<_>>());
        let mut values: Vec<i64> = starts.flat_map(|start| [start - 1, start]).chain((from..until).step_by(37)).collect();
        values.sort_unstable();
        values.dedup();
        compare(&sweep, &values, &decide, &mut wrong, &about);
    }
    assert_none("sweeps that differ from decisions", &wrong[..wrong.len().min(20)]);
}

#[test]
fn one_yuan_more_of_income_takes_the_allowance_away_where_the_line_is() {
    // 莱州, three people in town at 2024-04: the line is 3 x 1069 yuan; the difference shrinks fen by fen to nothing.
    let household = read_json(&root().join("js-demo/citizen/examples/laizhou.json"))["household"].take().to_string();
    let along = Along { path: "members/0/incomes/0/gross", from: "0.00", until: "4000.00" };
    let sweep = engine().sweep(&household, Question::on("2024-04-15"), &along).expect("a sweep");
    let allowance = sweep.benefits.iter().find(|swept| &*swept.benefit == "minimum-living-allowance").expect("it is there");
    let outcomes: Vec<Outcome> = allowance.pieces.iter().filter_map(|piece| piece.outcome).collect();
    assert_eq!(outcomes, [Outcome::Eligible, Outcome::Ineligible]);
    assert_eq!(allowance.pieces[1].from, Written::Text("3207.00".to_owned()));
    assert_eq!(allowance.knots[0].reasons, ["income-below-standard".into()]);
}
