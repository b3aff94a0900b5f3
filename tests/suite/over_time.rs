//! Readings over time against deciding every single day: nothing changes between the days a timeline names, each of them changes
//! something, and a schedule says of a month what its days say.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use huisuan_core::area::AreaCode;
use huisuan_core::date::{Date, Month};
use huisuan_core::decision::{Amount, Decision, Outcome};
use huisuan_core::schedule::{Due, MonthDue, Schedule, Span};
use huisuan_core::tables::AsOf;
use huisuan_core::{Detail, Scratch, Summary, household};
use huisuan_tests::population::{Case, Population};
use huisuan_tests::scenarios::check_over_time;

use crate::support::{both_processors, engine, files, is_thorough, read_json, root};

/// How each benefit stands, by benefit and member.
type Standings = BTreeMap<(String, Option<String>), String>;

fn told(outcome: Outcome, amount: Option<&Amount>, area: Option<AreaCode>) -> String {
    let (least, most) = amount.map_or((0, None), |amount| (amount.min.fen(), amount.max.map(|most| most.fen())));
    // What does not qualify for certain may come to nothing, and a mere status to no amount.
    match outcome {
        Outcome::Ineligible => format!("{outcome:?} {area:?}"),
        Outcome::Undetermined | Outcome::NoTable => format!("{outcome:?} {:?} {area:?}", amount.is_some().then_some(most)),
        _ => format!("{outcome:?} {least} {most:?} {area:?}"),
    }
}

fn standings(decision: &Decision) -> Standings {
    let entries = decision.benefits.iter().filter(|entry| entry.bill.is_none());
    let standing = entries.map(|entry| {
        let key = (entry.benefit.to_string(), entry.member.as_ref().map(ToString::to_string));
        (key, told(entry.outcome, entry.amount.as_ref(), entry.area))
    });
    standing.collect()
}

fn case(number: u64) -> Case {
    static POPULATION: OnceLock<Population> = OnceLock::new();
    POPULATION.get_or_init(|| Population::new(engine().tables())).case(number)
}

/// Ten years of one household, day by day; counts the changes met.
fn ten_years(number: u64, met: &AtomicUsize) -> Vec<String> {
    let mut case = case(number);
    as_valid_to_the_last_day(&mut case);
    let text = case.household.to_string();
    let from = Date::parse(&case.date).expect("a day").month();
    let to = from.plus(119).expect("ten years");
    let span = (from.to_string(), to.to_string());
    let timeline = engine().timeline(&text, Span { from: &span.0, to: &span.1, known_on: None }).expect("a timeline");
    met.fetch_add(timeline.changes.len(), Ordering::Relaxed);
    let mut current: Standings = BTreeMap::new();
    for standing in &timeline.start {
        let state = &standing.state;
        let key = (standing.benefit.to_string(), standing.member.as_ref().map(ToString::to_string));
        current.insert(key, told(state.outcome, state.amount.as_ref(), state.area));
    }
    let read = household::read(&text, &engine().tables().areas).expect("a good household");
    let mut changes = timeline.changes.iter().peekable();
    let mut scratch = Scratch::default();
    let (mut day, end) = (from.first_day(), to.last_day());
    let mut wrong = Vec::new();
    let mut before: Option<Vec<Summary>> = None;
    while day <= end {
        let changed = changes.peek().is_some_and(|change| change.day == day);
        while let Some(change) = changes.next_if(|change| change.day == day) {
            let key = (change.benefit.to_string(), change.member.as_ref().map(ToString::to_string));
            if change.before == change.after || change.causes.is_empty() {
                wrong.push(format!("case {number}, {day}: {change:?} changes nothing or has no cause"));
            }
            match &change.after {
                Some(state) => {
                    current.insert(key, told(state.outcome, state.amount.as_ref(), state.area));
                }
                None => {
                    current.remove(&key);
                }
            }
        }
        // The short answers say whether anything is new; only then, and where the timeline changes, are all read in full.
        let mut summaries = Vec::new();
        engine().outcomes(&mut scratch, &read, AsOf::day(day), &mut summaries).expect("decided");
        let is_same = before.as_ref() == Some(&summaries);
        before = Some(summaries);
        if is_same && !changed {
            day = day.next_day().expect("within the calendar");
            continue;
        }
        let decided = engine().decide(&mut scratch, &read, AsOf::day(day), Detail::default()).expect("decided");
        let standings = standings(&decided);
        for (key, state) in &standings {
            if current.get(key) != Some(state) {
                wrong.push(format!("case {number}, {day}: {key:?} is {state}, the timeline says {:?}", current.get(key)));
                return wrong;
            }
        }
        day = day.next_day().expect("within the calendar");
    }
    wrong
}

/// A certificate said to be expired or being issued again was valid until its last day: so readings over time take it, and a
/// decision for one day does not know it.
fn as_valid_to_the_last_day(case: &mut Case) {
    for member in case.household["members"].as_array_mut().expect("members") {
        let Some(card) = member.get_mut("disabilityCard").filter(|card| card["expiresOn"].is_string()) else { continue };
        if card["state"] == "expired" || card["state"] == "reissuing" {
            card["state"] = "valid".into();
        }
    }
}

#[test]
fn a_timeline_names_every_day_on_which_a_decision_changes_and_no_other() {
    let met = AtomicUsize::new(0);
    both_processors(0..if is_thorough() { 1000 } else { 100 }, |number| ten_years(number, &met));
    let met = met.into_inner();
    assert!(met > 100, "only {met} changes");
}

/// A daughter who works elsewhere counts until she is 18: of 2 × 1069 − 500 = 1638 yuan 1069 − 500 = 569 are left. That her mother
/// has the same birthday makes no difference, nor does it that a year of hers begins on the day on which the line is over.
#[test]
fn a_birthday_that_changes_nothing_is_no_cause() {
    let scenario = read_json(&root().join("tests/scenarios/370683/a-child-who-works-elsewhere-does-not-count-on-the-18th-birthday.json"));
    let causes = |born: &str, day: &str| {
        let mut household = scenario["household"].clone();
        household["members"][0]["birthDate"] = born.into();
        let span = Span { from: "2024-04", to: "2025-01", known_on: None };
        let timeline = engine().timeline(&household.to_string(), span).expect("a timeline");
        let mut changes = timeline.changes.into_iter().filter(|change| change.day.to_string() == day);
        let change = changes.find(|change| &*change.benefit == "minimum-living-allowance").expect("a change");
        let causes = change.causes.iter().map(|cause| (cause.code, cause.member.as_deref().map(str::to_owned)));
        (change.after.and_then(|after| after.amount).map(|amount| amount.min.to_string()), causes.collect::<Vec<_>>())
    };
    assert_eq!(causes("1980-04-15", "2024-04-15"), (Some("569.00".to_owned()), vec![("age-reached", Some("b".to_owned()))]));
    let (_, over) = causes("1980-01-01", "2025-01-01");
    assert!(over.iter().any(|(code, _)| *code == "row-missing") && over.iter().all(|(code, _)| *code != "age-reached"), "{over:?}");
}

/// Whether nothing but the conditions decides about the months of a household: it has applied before them and no event is told.
fn without_rules_of_time(case: &mut Case, from: Month) {
    let household = case.household.as_object_mut().expect("a household");
    let application = household.entry("application").or_insert_with(|| serde_json::json!({}));
    application["appliedOn"] = from.previous().expect("a month before").first_day().to_string().into();
    application["decidedOn"] = application["appliedOn"].clone();
    for member in household["members"].as_array_mut().expect("members") {
        let member = member.as_object_mut().expect("a member");
        for event in ["diedOn", "imprisoned", "declaredMissingOn", "receiving"] {
            member.remove(event);
        }
        if let Some(card) = member.get_mut("disabilityCard").and_then(|card| card.as_object_mut()) {
            card.retain(|name, _| name == "state");
        }
        if let Some(places) = member.get_mut("registeredArea").and_then(|places| places.as_array_mut()) {
            places.truncate(1);
            places.iter_mut().for_each(|place| *place = serde_json::json!({ "area": place["area"] }));
        }
    }
}

fn schedule(case: &Case, from: Month, to: Month) -> Schedule {
    let span = (from.to_string(), to.to_string());
    engine().schedule(&case.household.to_string(), Span { from: &span.0, to: &span.1, known_on: None }).expect("a schedule")
}

/// A year of one household: a month is due if it is on some day, and its amount holds every day's.
fn year(number: u64) -> Vec<String> {
    let mut case = case(number);
    let from = Date::parse(&case.date).expect("a day").month();
    let to = from.plus(11).expect("a year");
    without_rules_of_time(&mut case, from);
    let schedule = schedule(&case, from, to);
    let read = household::read(&case.household.to_string(), &engine().tables().areas).expect("a good household");
    let mut wrong = Vec::new();
    let mut scratch = Scratch::default();
    for line in &schedule.lines {
        let months: Vec<Month> = line.months.iter().map(|month| month.month).collect();
        if months.len() != 12 || !months.is_sorted() || months.windows(2).any(|pair| pair[0] == pair[1]) {
            wrong.push(format!("case {number}: {} has the months {months:?}", line.benefit));
        }
    }
    let mut day = from.first_day();
    let mut met: BTreeMap<(usize, Month), bool> = BTreeMap::new();
    while day <= to.last_day() {
        let decided = engine().decide(&mut scratch, &read, AsOf::day(day), Detail::default()).expect("decided");
        for (at, line) in schedule.lines.iter().enumerate() {
            let due = line.months.iter().find(|due| due.month == day.month()).expect("every month");
            let entry =
                decided.benefits.iter().find(|entry| entry.benefit == line.benefit && entry.member == line.member && entry.bill.is_none());
            let Some(entry) = entry else { continue };
            let gives_way = matches!(entry.combined, Some("replaced" | "dropped"));
            let pays = entry.outcome != Outcome::Ineligible && !gives_way && entry.first_month.is_none_or(|first| first <= day.month());
            *met.entry((at, day.month())).or_default() |= pays;
            if let (true, Some(amount), Some(all)) = (pays && entry.combined.is_none(), &entry.amount, &due.amount) {
                let is_within = all.min <= amount.min && all.max.is_none_or(|most| amount.max.is_some_and(|own| own <= most));
                if !is_within {
                    wrong.push(format!("case {number}, {day}: {} {amount:?} is not within {all:?}", line.benefit));
                }
            }
        }
        day = day.next_day().expect("within the calendar");
    }
    for ((at, month), pays) in met {
        let line = &schedule.lines[at];
        let due = line.months.iter().find(|due| due.month == month).expect("every month");
        if pays != (due.state != Due::NotDue) {
            wrong.push(format!(
                "case {number}, {month}: {} {:?} is {:?} because of {:?}, by its days {pays}",
                line.benefit, line.member, due.state, due.because
            ));
        }
    }
    wrong
}

#[test]
fn a_schedule_says_of_a_month_what_its_days_say() {
    both_processors(0..if is_thorough() { 1000 } else { 30 }, year);
}

/// What is paid for a month of one benefit: in how many parts, raises aside, and how much in all, in fen.
#[derive(Debug)]
struct Paid {
    times: usize,
    least: i64,
    most: Option<i64>,
}

/// Two years of one household: each month that is due is paid once, in full, and no other month is paid.
fn payments(number: u64, met: &AtomicUsize) -> Vec<String> {
    let case = case(number);
    let from = Date::parse(&case.date).expect("a day").month();
    let to = from.plus(23).expect("two years");
    let schedule = schedule(&case, from, to);
    let decided = case.household["application"]["decidedOn"].as_str().map(|day| Date::parse(day).expect("a day").month());
    // The month in which a month is paid out at the latest: later than itself where a quarter is paid at once or nothing was
    // decided yet, earlier where it is paid in advance.
    let paid_in = |due: &MonthDue| {
        let latest = due.paid_out.as_ref().map_or(due.month, |paid| paid.latest);
        [Some(latest), decided.filter(|decided| *decided > latest)]
    };
    let mut paid: BTreeMap<(&str, Option<&str>, Month), Paid> = BTreeMap::new();
    for part in schedule.payments.iter().flat_map(|payment| &payment.parts) {
        let key = (&*part.benefit, part.member.as_deref(), part.for_month);
        let own = paid.entry(key).or_insert(Paid { times: 0, least: 0, most: Some(0) });
        // What a raise adds comes beside what was paid first.
        own.times += usize::from(part.kind != "raise");
        own.least += part.min.fen();
        own.most = own.most.zip(part.max).map(|(sum, more)| sum + more.fen());
    }
    let mut wrong = Vec::new();
    for line in schedule.lines.iter().filter(|line| line.gives == "cash") {
        for due in &line.months {
            let found = paid.remove(&(&line.benefit, line.member.as_deref(), due.month));
            let amount = due.amount.as_ref().filter(|amount| due.state == Due::Due && amount.per == "month");
            let is_right = match (amount, &found) {
                (None, None) => true,
                // What is paid before or after the span is not in it.
                (Some(_), None) => paid_in(due).iter().flatten().any(|month| *month < from || *month > to),
                (Some(amount), Some(Paid { times: 1, least, most })) => {
                    met.fetch_add(1, Ordering::Relaxed);
                    // A raise that is settled after the span is not in it either.
                    let raised = due.raise.as_ref().filter(|raise| raise.settled_in > to);
                    let in_all = raised.map_or(amount.min, |raise| raise.first_paid.min).fen();
                    // Where it was not known how much was paid at first, neither part is, but only what they come to.
                    let parts_are_open = raised.is_none() && due.raise.as_ref().is_some_and(|raise| raise.first_paid.kind != "exact");
                    if parts_are_open { *least <= in_all && most.is_none_or(|most| in_all <= most) } else { *least == in_all }
                }
                _ => false,
            };
            if !is_right {
                wrong.push(format!("case {number}: {} of {} is {:?} {amount:?} and paid {found:?}", line.benefit, due.month, due.state));
            }
        }
    }
    wrong.extend(paid.iter().map(|(what, paid)| format!("case {number}: {what:?} is paid {paid:?} and is no month of a line")));
    wrong
}

#[test]
fn no_month_is_paid_twice_and_every_month_that_is_due_is_paid_once() {
    let met = AtomicUsize::new(0);
    both_processors(0..if is_thorough() { 5000 } else { 100 }, |number| payments(number, &met));
    let met = met.into_inner();
    assert!(met > 100, "only {met} months are due");
}

#[test]
fn who_moves_is_paid_by_the_place_left_then_by_the_new_one_and_never_twice() {
    let folder = root().join("tests/moving");
    let cases = files(&folder, ".json");
    assert_eq!(cases.len(), 4);
    for case in cases {
        let wrong = check_over_time(engine(), &read_json(&folder.join(&case)));
        assert!(wrong.is_empty(), "{case}: {wrong:#?}");
    }
}
