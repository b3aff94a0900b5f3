//! Social assistance once more: plain integers, written from the sheets, sharing no code with the engine.
//!
//! Money is counted in parts of a fen: 27,720 of them, so that a twelfth, a third or a seventh of a fen is whole.
//! Random households are drawn for a few places and days; both computations must say the same about each.

mod families;

use std::collections::BTreeMap;

use huisuan_core::Question;
use serde_json::{Value, json};

use crate::support::{engine, is_thorough};
use families::{Dice, as_json, family};

/// Parts of a fen.
const P: i128 = 27_720;

/// A place on a day, with the numbers of its tables typed in by hand.
struct Place {
    area: &'static str,
    date: &'static str,
    /// Yuan a month, town and village; none where the standard is not known.
    standard: Option<[i128; 2]>,
    two_entries: bool,
    /// Last year's disposable income of one person a month, yuan.
    average: Option<i128>,
    edge_included: bool,
    /// The cap of a widened band, yuan a head.
    edge_cap: Option<i128>,
    rounding: Rounding,
    form: Form,
    counts_basic_pension: bool,
    advanced_age_counts_half: bool,
    work_costs: WorkCosts,
    /// Wages of a new job: yuan left out (0: three standards), for how many months.
    new_wages: Option<(i128, i64)>,
    deducts_expenses: bool,
    alone: Alone,
    hardship: Hardship,
    supplement: Supplement,
    /// Months, whether capped, whether only within the band; none where the county decides.
    grace: Option<(i64, bool, bool)>,
}

#[derive(PartialEq, Clone, Copy)]
enum Rounding {
    NotWritten,
    UpToYuan,
    HalfUpToYuan,
}
#[derive(PartialEq, Clone, Copy)]
enum Form {
    Difference,
    /// At least 0.4 of the standard for each person, all of it for the severely disabled; each rounded.
    Floor,
}
#[derive(PartialEq, Clone, Copy)]
enum WorkCosts {
    None,
    /// 300 yuan for who earns 2,000 or more.
    FromMinimumWage,
}
#[derive(PartialEq, Clone, Copy)]
enum Alone {
    NotWritten,
    Fixed(i128),
    /// All, 0.75 or 0.65 of the standard by condition.
    Shares {
        able_member_blocks: bool,
    },
}
#[derive(PartialEq, Clone, Copy)]
enum Hardship {
    NotBegun,
    /// Medical and school bills leave less than the standard; what is lacking is paid.
    Subtraction,
    /// At least 0.6 of income, or less than twice the standard left.
    Either,
    AboveIncome,
}
#[derive(PartialEq, Clone, Copy)]
enum Supplement {
    NotWritten,
    /// 120 and 100 yuan once for the old, the ill and the severely disabled.
    Once,
    /// Shares of the standard that add up.
    Sum,
}

fn places() -> Vec<Place> {
    let base = || Place {
        area: "990101",
        date: "2026-10-15",
        standard: Some([1200, 1000]),
        two_entries: false,
        average: Some(3250),
        edge_included: false,
        edge_cap: None,
        rounding: Rounding::UpToYuan,
        form: Form::Difference,
        counts_basic_pension: true,
        advanced_age_counts_half: false,
        work_costs: WorkCosts::None,
        new_wages: None,
        deducts_expenses: false,
        alone: Alone::Fixed(330),
        hardship: Hardship::Subtraction,
        supplement: Supplement::Once,
        grace: Some((6, true, true)),
    };
    let second = || Place {
        area: "990102",
        two_entries: true,
        edge_included: true,
        rounding: Rounding::HalfUpToYuan,
        advanced_age_counts_half: true,
        alone: Alone::Shares { able_member_blocks: false },
        hardship: Hardship::Either,
        supplement: Supplement::Sum,
        grace: Some((12, false, false)),
        ..base()
    };
    vec![
        base(),
        Place {
            date: "2025-12-31",
            standard: Some([1100, 900]),
            average: None,
            counts_basic_pension: false,
            alone: Alone::Fixed(300),
            ..base()
        },
        second(),
        Place { date: "2026-08-31", standard: Some([1100, 900]), ..second() },
        Place {
            date: "2027-03-10",
            form: Form::Floor,
            edge_cap: Some(2000),
            work_costs: WorkCosts::FromMinimumWage,
            new_wages: Some((1000, 6)),
            deducts_expenses: true,
            alone: Alone::Shares { able_member_blocks: true },
            hardship: Hardship::AboveIncome,
            ..second()
        },
        Place {
            area: "370683",
            date: "2024-04-15",
            standard: Some([1069, 872]),
            average: None,
            rounding: Rounding::NotWritten,
            counts_basic_pension: false,
            alone: Alone::NotWritten,
            hardship: Hardship::NotBegun,
            supplement: Supplement::NotWritten,
            grace: None,
            ..base()
        },
        Place { area: "370683", date: "2025-03-05", standard: None, average: None, grace: None, rounding: Rounding::NotWritten, ..base() },
    ]
}

impl Place {
    /// Year, month or day of the date.
    fn part(&self, at: usize) -> i64 {
        self.date.split('-').nth(at).unwrap().parse().unwrap()
    }

    fn year(&self) -> i64 {
        self.part(0)
    }

    fn month(&self) -> i64 {
        self.year() * 12 + self.part(1)
    }
}

#[derive(Clone, Debug)]
struct Income {
    kind: &'static str,
    /// Fen; not told if absent.
    gross: Option<i128>,
    costs: i128,
    basic: i128,
    months: i128,
    /// Months since the job began.
    age: i64,
}

#[derive(Clone, Debug)]
struct Person {
    relation: &'static str,
    age: i64,
    lives: bool,
    away: &'static str,
    stage: &'static str,
    ability: &'static str,
    work: &'static str,
    disability: Option<(&'static str, i64)>,
    ill: bool,
    chronic: bool,
    refusals: usize,
    incomes: Vec<Income>,
    /// Kind and fen a month.
    paid: Vec<(&'static str, i128)>,
}

#[derive(Clone, Debug)]
struct Family {
    town: bool,
    within: [bool; 3],
    people: Vec<Person>,
    /// Kind, for whom, gross, insurance, assistance, in fen for twelve months.
    bills: Vec<(&'static str, usize, i128, i128, i128)>,
    /// Fen paid out at once last month, which decides nothing.
    outgoing: Option<i128>,
    /// Fen drawn before, and months since the decision.
    drew: Option<i128>,
    decided: i64,
    /// To having income and property checked.
    consents: bool,
}

/// What one computation says of a benefit for somebody.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    outcome: &'static str,
    /// Fen; the least and the most.
    amount: Option<(i128, i128)>,
}

fn said(outcome: &'static str, amount: Option<(i128, i128)>) -> Said {
    Said { outcome, amount: amount.filter(|_| outcome == "eligible") }
}

/// Rounds parts of a fen to fen, least and most.
fn rounded(parts: i128, rounding: Rounding) -> (i128, i128) {
    let yuan = 100 * P;
    let (down, up) = (parts / yuan * 100, (parts + yuan - 1) / yuan * 100);
    match rounding {
        Rounding::NotWritten => (down, up),
        Rounding::UpToYuan => (up, up),
        Rounding::HalfUpToYuan => {
            let half = (parts + yuan / 2) / yuan * 100;
            (half, half)
        }
    }
}

impl Person {
    fn severe(&self) -> bool {
        self.disability.is_some_and(|(kind, grade)| grade <= 2 || grade == 3 && ["intellectual", "mental"].contains(&kind))
    }

    /// N3 art. 7.
    fn counts(&self) -> bool {
        let student = self.stage == "bachelor" || self.stage == "compulsory" || self.stage == "senior-high";
        let by_law = match self.relation {
            "self" | "spouse" => true,
            "child" => self.age < 18 || student || self.ability == "unable" || self.lives,
            _ => self.lives,
        };
        by_law && (self.lives || self.away == "none")
    }

    /// N3 art. 13 with what the place leaves out, in parts of a fen a month.
    fn received(&self, place: &Place) -> i128 {
        let one = |income: &Income| {
            let basic = if income.kind == "resident-pension" && !place.counts_basic_pension { income.basic } else { 0 };
            let net = (income.gross.unwrap() - income.costs - basic).max(0) * P / income.months;
            match income.kind {
                "social-assistance" | "scholarship" | "preferential-pension" => 0,
                "advanced-age-allowance" if place.advanced_age_counts_half => net / 2,
                "advanced-age-allowance" => 0,
                _ => net,
            }
        };
        let all: i128 = self.incomes.iter().map(one).sum();
        let wages = |wanted: &dyn Fn(&Income) -> bool| -> i128 {
            self.incomes.iter().filter(|income| income.kind == "wages" && wanted(income)).map(one).sum()
        };
        let new = place.new_wages.map_or(0, |(most, months)| wages(&|income| income.age < months).min(most * 100 * P));
        let costs = match place.work_costs {
            WorkCosts::None => 0,
            WorkCosts::FromMinimumWage if all >= 2000 * 100 * P => 300 * 100 * P,
            WorkCosts::FromMinimumWage => 0,
        };
        (all - new - costs.min(wages(&|_| true))).max(0)
    }
}

/// A test of income, what was spent, and the line.
type Test = fn(i128, i128, i128) -> bool;

/// Everything the sheets say about the family; the key is the benefit and the number of the person, if it is for one.
fn decide(family: &Family, place: &Place) -> BTreeMap<(&'static str, Option<usize>), Said> {
    let mut all = BTreeMap::new();
    let Some(standards) = place.standard else {
        let outcome = if family.within[0] && family.consents { "noTable" } else { "ineligible" };
        all.insert(("minimum-living-allowance", None), said(outcome, None));
        return all;
    };
    let standard = standards[usize::from(!family.town)] * 100 * P;
    let counted: Vec<bool> = family.people.iter().map(Person::counts).collect();
    let n = counted.iter().filter(|counts| **counts).count() as i128;
    let received: Vec<i128> = family.people.iter().map(|one| one.received(place)).collect();
    let of_counted = |value: &dyn Fn(usize) -> i128| -> i128 { (0..counted.len()).filter(|at| counted[*at]).map(value).sum() };
    let paid = |at: usize| -> i128 { family.people[at].paid.iter().filter(|(kind, _)| *kind != "other").map(|(_, fen)| fen * P).sum() };
    let mut income = (of_counted(&|at| received[at]) - of_counted(&paid)).max(0);
    let bills = |kinds: &[&str], whose: &dyn Fn(usize) -> bool| -> i128 {
        let own = family.bills.iter().filter(|bill| kinds.contains(&bill.0) && whose(bill.1));
        own.map(|(_, _, gross, insurance, assistance)| (gross - insurance - assistance).max(0) * P / 12).sum()
    };
    if place.deducts_expenses {
        let in_need = |at: usize| counted[at] && (family.people[at].ill || family.people[at].disability.is_some());
        income = (income - bills(&["medical", "rehabilitation"], &in_need)).max(0);
    }
    let everyone = |_: usize| true;
    let line = standard * n;
    let average = place.average.map(|yuan| yuan * 100 * P * n);

    // Minimum living allowance: either test, property, then the form.
    let by_bills = place.two_entries && income < average.unwrap() && (income - bills(&["medical", "education"], &everyone)).max(0) < line;
    // Refusal ends the case: N3 art. 29.
    let poor = (income < line || by_bills) && family.within[0] && family.consents;
    let lacking = (line - income).max(0);
    let amount = match place.form {
        Form::Difference => rounded(lacking, place.rounding),
        Form::Floor => {
            // A share of what is lacking or the floor, each in n-ths of a part.
            let one = |at: usize| {
                let severe = family.people[at].disability.is_some_and(|(_, grade)| grade <= 2);
                let floor = if severe { standard } else { standard * 4 / 10 };
                let share = lacking.max(floor * n);
                let yuan = 100 * P * n;
                (share + yuan / 2) / yuan * 100
            };
            let sum = of_counted(&one);
            (sum, sum)
        }
    };
    let refuses = (0..counted.len()).any(|at| {
        let one = &family.people[at];
        counted[at] && one.refusals >= 3 && (16..60).contains(&one.age) && one.work == "unemployed" && one.ability != "unable"
    });
    let outcome = match (poor, refuses && amount.1 > 0) {
        (false, _) => "ineligible",
        (true, true) => "discretionary",
        (true, false) => "eligible",
    };
    all.insert(("minimum-living-allowance", None), said(outcome, Some(amount)));

    // Borderline: N3 art. 8.
    let mut edge = line * 3 / 2;
    if let Some(cap) = place.edge_cap {
        edge = edge.min(cap * 100 * P * n).max(line * 3 / 2);
    }
    let on_edge = !poor && (income < edge || place.edge_included && income == edge) && family.within[1] && family.consents;
    all.insert(("borderline-household", None), said(if on_edge { "eligible" } else { "ineligible" }, None));

    // Hardship from essential expenses: N5 and the place's test.
    let below_average = average.is_none_or(|average| income < average);
    let (kinds, passed): (&[&str], Test) = match place.hardship {
        Hardship::NotBegun => (&[], |_, _, _| false),
        Hardship::Subtraction => (&["medical", "education"], |income, spent, line| (income - spent).max(0) < line),
        Hardship::Either => (&["medical", "education", "rehabilitation", "housing"], |income, spent, line| {
            spent * 10 >= income * 6 || (income - spent).max(0) < 2 * line
        }),
        Hardship::AboveIncome => (&["medical", "education", "rehabilitation", "housing"], |income, spent, _| income < spent),
    };
    let spent = bills(kinds, &everyone);
    let hard = !poor && !on_edge && family.within[2] && below_average && passed(income, spent, line);
    // In 2025 the average of the made-up place is 37,000 a year, which no twelfth of a yuan divides.
    if average.is_some() || place.hardship == Hardship::NotBegun {
        let cash = rounded((line - (income - spent).max(0)).max(0), place.rounding);
        let amount = (place.hardship == Hardship::Subtraction).then_some(cash);
        all.insert(("essential-expense-hardship", None), said(if hard { "eligible" } else { "ineligible" }, amount));
    }

    // Grace period: N3 art. 33, N7.
    let works = (0..counted.len()).any(|at| counted[at] && ["employed", "self-employed"].contains(&family.people[at].work));
    let before = family.drew.unwrap_or(0);
    let grace = family.drew.is_some() && !poor && works;
    let answer = match place.grace {
        Some((months, capped, within_band)) => {
            let granted = grace && family.decided <= months && (!within_band || income < edge);
            let amount = if capped { before.min(line / P) } else { before };
            said(if granted { "eligible" } else { "ineligible" }, Some((amount, amount)))
        }
        // In principle (原则上) not more than six months: the county may still grant more.
        None => said(if grace { "discretionary" } else { "ineligible" }, None),
    };
    all.insert(("exit-grace-period", None), answer);

    let able = (0..counted.len()).any(|at| {
        let one = &family.people[at];
        counted[at] && one.ability == "full" && (16..60).contains(&one.age)
    });
    for (at, one) in family.people.iter().enumerate() {
        let alone = match one.away {
            "died" => said("ineligible", None),
            _ => alone(one, place, [poor && counted[at], on_edge && counted[at], hard && counted[at]], (received[at], standard), able),
        };
        // Whoever is covered alone counts, whether or not the amount is known.
        let hosted = poor && counted[at] || ["eligible", "noTable"].contains(&alone.outcome);
        let perhaps = alone.outcome == "discretionary";
        all.insert(("covered-individually", Some(at)), alone);
        if let Some(said) = supplement(one, place, standard, family.town, hosted, perhaps) {
            all.insert(("category-supplement", Some(at)), said);
        }
    }
    all
}

/// N3 art. 8, N7 一(一), and what the place adds.
fn alone(one: &Person, place: &Place, [poor, edge, hard]: [bool; 3], (received, standard): (i128, i128), able: bool) -> Said {
    let made_up = place.area.starts_with("990");
    let mut ground = edge && (one.severe() || one.ill);
    ground |= made_up && edge && one.age >= 70;
    ground |= place.area == "990102" && (edge && one.chronic || hard && one.ill);
    let clergy = one.away == "clergy";
    ground |= clergy;
    // 社会救助法 art. 21: whoever else of the household is in particular hardship, which nobody has written down.
    let may = place.date >= "2026-07-01" && edge;
    let by_office = one.severe() && one.age >= 18 && one.work == "unemployed" || may;
    let blocked = able && place.alone == Alone::Shares { able_member_blocks: true };
    if poor || received >= standard || blocked || !ground && !by_office {
        return said("ineligible", None);
    }
    if !ground {
        return said("discretionary", None);
    }
    match place.alone {
        Alone::NotWritten => said("noTable", None),
        Alone::Fixed(yuan) => said("eligible", Some((yuan * 100, yuan * 100))),
        Alone::Shares { .. } => {
            let mut share = 0;
            if one.disability.is_some_and(|(_, grade)| grade <= 2) {
                share = 65;
            }
            if one.disability.is_some_and(|(kind, grade)| grade == 3 && ["intellectual", "mental"].contains(&kind)) {
                share = 75;
            }
            if one.ill {
                share = 100;
            }
            // The table has no row for the old, the chronically ill and clergy.
            if share == 0 {
                return said("noTable", None);
            }
            let fen = standard / P * share / 100;
            said("eligible", Some((fen, fen)))
        }
    }
}

/// N3 art. 27, as the place has it; `None` where no text gives one.
fn supplement(one: &Person, place: &Place, standard: i128, town: bool, hosted: bool, perhaps: bool) -> Option<Said> {
    let severe = one.disability.is_some_and(|(_, grade)| grade <= 2);
    let fen = match place.supplement {
        Supplement::NotWritten => return None,
        Supplement::Once if one.age >= 60 || one.ill || severe => [12_000, 10_000][usize::from(!town)],
        Supplement::Once => 0,
        Supplement::Sum => {
            let tenths = match one.age {
                60..80 => 1,
                80.. => 2,
                ..18 => 1,
                _ => 0,
            };
            let student = one.stage != "none";
            (tenths + 2 * i128::from(one.ill) + 2 * i128::from(severe) + i128::from(student)) * (standard / P) / 10
        }
    };
    if fen == 0 || !hosted && !perhaps {
        return Some(said("ineligible", None));
    }
    // Whoever is covered alone only if the office decides so gets the supplement only then.
    Some(said(if hosted { "eligible" } else { "discretionary" }, Some((fen, fen))))
}

fn fen_of(value: &Value) -> Option<i128> {
    let text = value.as_str()?;
    text.replace('.', "").parse().ok()
}

/// Where an entry of the engine differs from what was said.
fn difference(entry: &Value, said: &Said, may_be_open: bool) -> Option<String> {
    let outcome = entry["outcome"].as_str().unwrap_or("");
    if may_be_open && outcome == "undetermined" {
        return None;
    }
    let own = (fen_of(&entry["amount"]["min"]), fen_of(&entry["amount"]["max"]));
    let wanted = said.amount.map_or((None, None), |(least, most)| (Some(least), Some(most)));
    let same = outcome == said.outcome && (said.amount.is_none() || own == wanted);
    (!same).then(|| format!("{outcome} {own:?}, by the sheets {} {wanted:?}", said.outcome))
}

/// What was seen of the engine's answers: outcomes by benefit, and whether each reason held.
#[derive(Default)]
struct Seen {
    outcomes: BTreeMap<(String, String), usize>,
    benefits: BTreeMap<String, usize>,
    reasons: BTreeMap<(String, String), [bool; 2]>,
}

impl Seen {
    fn note(&mut self, entry: &Value) {
        let text = |name: &str| entry[name].as_str().unwrap_or("").to_owned();
        *self.outcomes.entry((text("benefit"), text("outcome"))).or_default() += 1;
        *self.benefits.entry(text("benefit")).or_default() += 1;
        for reason in entry["reasons"].as_array().into_iter().flatten() {
            let key = (text("benefit"), reason["code"].as_str().unwrap_or("").to_owned());
            let held = self.reasons.entry(key).or_default();
            match reason["holds"].as_bool() {
                Some(true) => held[0] = true,
                Some(false) => held[1] = true,
                None => {}
            }
        }
    }
}

/// Outcomes that the drawn households must have, at least two in a hundred of each benefit's answers.
const WANTED: &[(&str, &[&str])] = &[
    ("minimum-living-allowance", &["eligible", "ineligible", "undetermined", "noTable", "discretionary"]),
    ("borderline-household", &["eligible", "ineligible", "undetermined"]),
    ("essential-expense-hardship", &["eligible", "ineligible", "undetermined"]),
    ("exit-grace-period", &["eligible", "ineligible", "undetermined", "discretionary"]),
    ("covered-individually", &["eligible", "ineligible", "undetermined", "discretionary", "noTable"]),
    ("category-supplement", &["eligible", "ineligible", "undetermined", "discretionary"]),
];

/// Conditions that always hold for these households: all live and are registered where they apply, and none has a status yet.
const ALWAYS: &[&str] = &["registered-in-area", "not-destitute-support"];

/// A condition that goes without saying is told only where it fails.
const TACIT: &[&str] = &["is-alive"];

fn entry_of<'v>(result: &'v Value, (benefit, who): &(&'static str, Option<usize>)) -> Option<&'v Value> {
    let member = who.map_or(Value::Null, |at| json!(format!("p{at}")));
    result["benefits"].as_array()?.iter().find(|entry| entry["benefit"] == **benefit && entry["member"] == member)
}

fn evaluate(household: &Value, date: &str) -> Value {
    let decision =
        engine().evaluate(&household.to_string(), Question::on(date)).unwrap_or_else(|errors| panic!("{errors:?} in {household}"));
    serde_json::to_value(decision).unwrap()
}

#[test]
fn both_computations_of_social_assistance_say_the_same_about_every_household() {
    let count = if is_thorough() { 200_000 } else { 5_000 };
    let places = places();
    let (mut dice, mut seen, mut wrong) = (Dice(0x5EED), Seen::default(), Vec::new());
    for number in 0..count {
        let place = &places[usize::try_from(dice.number(places.len() as u64)).unwrap()];
        let mut family = family(&mut dice, place);
        let known = decide(&family, place);
        let with_income: Vec<usize> = (0..family.people.len()).filter(|at| !family.people[*at].incomes.is_empty()).collect();
        let forget = place.standard.is_some() && !with_income.is_empty() && dice.in_hundred(20);
        if forget {
            let at = dice.of(&with_income);
            family.people[at].incomes[0].gross = None;
        }
        let result = evaluate(&as_json(&family, place), place.date);
        for (key, said) in &known {
            let Some(entry) = entry_of(&result, key) else {
                wrong.push(format!("{number}: no entry for {key:?}"));
                continue;
            };
            seen.note(entry);
            if let Some(different) = difference(entry, said, forget) {
                wrong.push(format!("{number}: {key:?} {different} on {} in {} {}", place.date, place.area, as_json(&family, place)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences, such as\n{}", wrong.len(), wrong[..wrong.len().min(6)].join("\n"));
    let mut lacking = Vec::new();
    for (benefit, outcomes) in WANTED {
        let all = seen.benefits.get(*benefit).copied().unwrap_or(0);
        for outcome in *outcomes {
            let found = seen.outcomes.get(&((*benefit).to_owned(), (*outcome).to_owned())).copied().unwrap_or(0);
            if found * 50 < all || found == 0 {
                lacking.push(format!("{benefit} {outcome}: {found} of {all}"));
            }
        }
    }
    for ((benefit, outcome), found) in &seen.outcomes {
        let wanted = WANTED.iter().find(|(name, _)| name == benefit);
        if wanted.is_none_or(|(_, outcomes)| !outcomes.contains(&outcome.as_str())) {
            lacking.push(format!("{benefit} {outcome}: {found}, and nobody counts them"));
        }
    }
    for ((benefit, code), [held, failed]) in &seen.reasons {
        let is_tacit = TACIT.contains(&code.as_str());
        if (*held == is_tacit || !*failed) && !ALWAYS.contains(&code.as_str()) {
            lacking.push(format!("{benefit} {code}: held {held}, failed {failed}"));
        }
    }
    assert!(lacking.is_empty(), "the households drawn do not show everything:\n{}", lacking.join("\n"));
}

#[test]
fn what_must_be_true_of_every_household_is_true() {
    let places = places();
    let mut dice = Dice(0xFA_417);
    for _ in 0..if is_thorough() { 20_000 } else { 600 } {
        let place = &places[usize::try_from(dice.number(places.len() as u64 - 1)).unwrap()];
        let family = family(&mut dice, place);
        let allowance = |family: &Family| {
            let result = evaluate(&as_json(family, place), place.date);
            let entry = entry_of(&result, &("minimum-living-allowance", None)).expect("an entry").clone();
            (entry["qualifies"] == json!(true), fen_of(&entry["amount"]["min"]).unwrap_or(0), fen_of(&entry["amount"]["max"]).unwrap_or(0))
        };
        let before = allowance(&family);
        let applicant = |kind: &'static str, fen: i128, months| {
            let mut more = family.clone();
            more.people[0].incomes.push(Income { kind, gross: Some(fen), costs: 0, basic: 0, months, age: 30 });
            more
        };
        let richer = allowance(&applicant("pension", 90_000, 3));
        assert!(richer.2 <= before.2, "more income raised the allowance: {family:?} in {}", place.area);
        assert!(!richer.0 || before.0, "more income opened the allowance: {family:?} in {}", place.area);
        assert_eq!(allowance(&applicant("social-assistance", 90_000, 1)), before, "disregarded income changed the answer: {family:?}");
        if place.form == Form::Difference && before.0 {
            let members = family.people.iter().filter(|one| one.counts()).count() as i128;
            let most = place.standard.unwrap()[usize::from(!family.town)] * 100 * members;
            assert!((0..=most).contains(&before.1) && before.2 <= most, "{before:?} is not between nothing and {most}");
        }
        let mut turned = family.clone();
        turned.people[1..].reverse();
        let last = turned.people.len();
        for bill in turned.bills.iter_mut().filter(|bill| bill.1 > 0) {
            bill.1 = last - bill.1;
        }
        assert_eq!(allowance(&turned), before, "the order of the members changed the answer: {family:?}");
    }
}
