//! Why one answer differs from another: of two people, or of two days, the fewest facts that are needed for it.
//!
//! Shown by reverting: all facts in which the two households differ are taken over, then each is taken back in turn and
//! left back where the answer stays. What remains is needed, every one of it. Where the day is needed, its two parts are
//! told apart: the rules of that day, and what has become of the person by then.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;

use crate::date::Date;
use crate::decide::Place;
use crate::decision::{Amount, CellUsed, Decision, Entry, Outcome, SCHEMA_VERSION};
use crate::engine::{Detail, Engine, Question};
use crate::entry::Answer;
use crate::error::FactError;
use crate::formula::Depth;
use crate::order::Listed as _;

use crate::json::{self, Json, Limits, Value, quote};
use crate::reading::value::{Values, World};

/// Why one result differs from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Contrast {
    /// Version of this form.
    pub schema_version: u32,
    /// The answers that differ.
    pub benefits: Vec<Contrasted>,
}

/// One answer that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Contrasted {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// Path of the bill, such as `bills/0`.
    pub bill: Option<String>,
    /// In the first result; absent if it has no such entry.
    pub before: Option<Said>,
    /// In the second; absent if it has no such entry.
    pub after: Option<Said>,
    /// What the difference needs: taken back one by one, each brings the answer away from the second.
    pub because: Vec<Cause>,
    /// Table rows the second answer rests on and the first does not.
    pub cells: Vec<CellUsed>,
}

/// What one result says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Said {
    /// The answer.
    pub outcome: Outcome,
    /// The amount, as far as it is known.
    pub amount: Option<Amount>,
}

/// One thing a difference needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cause {
    /// A `fact` of the household, the `rules` of the day, or the `time` that has passed (an age, a term).
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["fact", "rules", "time"])))]
    pub kind: &'static str,
    /// The path of the fact; `date` for the others.
    pub path: String,
    /// As the first has it; `null` where it is not told.
    pub before: Option<String>,
    /// As the second has it.
    pub after: Option<String>,
}

/// The path of the day among the things that may differ.
const DATE: &str = "date";

impl Engine {
    /// Why the second of two questions is answered otherwise than the first.
    ///
    /// # Errors
    /// Every mistake in the households or the dates.
    pub fn contrast(&self, before: (&str, Question<'_>), after: (&str, Question<'_>)) -> Result<Contrast, Vec<FactError>> {
        let detail = Detail { cells: true, ..Detail::default() };
        let decide = |text: &str, question: Question<'_>| self.evaluate(text, Question { detail, ..question });
        let (first, second) = (decide(before.0, before.1)?, decide(after.0, after.1)?);
        let (Ok(old), Ok(new)) = (json::read(before.0, Limits::HOUSEHOLD), json::read(after.0, Limits::HOUSEHOLD)) else {
            return Ok(Contrast { schema_version: SCHEMA_VERSION, benefits: Vec::new() });
        };
        let mut facts = Vec::new();
        differing(Some(&old), Some(&new), "", &mut facts);
        if before.1.date != after.1.date || before.1.known_on != after.1.known_on {
            facts.push(Fact { path: DATE.to_owned(), before: Some(before.1.date.to_owned()), after: Some(after.1.date.to_owned()) });
        }
        let mixed = |taken: &[&Fact]| {
            let is_taken = |path: &str| taken.iter().any(|fact| fact.path == path);
            let mut text = String::new();
            write_mixed(Some(&old), Some(&new), "", &is_taken, &mut text);
            let question = if is_taken(DATE) { after.1 } else { before.1 };
            self.evaluate(&text, Question { detail: Detail::default(), ..question }).ok()
        };
        let keys = first.benefits.iter().chain(&second.benefits).map(Key::of);
        let mut told = Vec::new();
        let mut seen: Vec<Key<'_>> = Vec::new();
        for key in keys {
            if seen.contains(&key) {
                continue;
            }
            let (own, other) = (key.said(&first), key.said(&second));
            if own != other {
                let mut needed: Vec<&Fact> = facts.iter().listed();
                for fact in &facts {
                    let fewer: Vec<&Fact> = needed.iter().copied().filter(|known| *known != fact).listed();
                    if mixed(&fewer).is_some_and(|decision| key.said(&decision) == other) {
                        needed = fewer;
                    }
                }
                let because = needed.iter().flat_map(|fact| self.causes(fact, &key, before, after)).listed();
                let cells_of = |decision: &Decision| key.entry(decision).and_then(|entry| entry.cells.clone()).unwrap_or_default();
                let known = cells_of(&first);
                told.push(Contrasted {
                    benefit: key.benefit.into(),
                    member: key.member.map(Into::into),
                    bill: key.bill.map(str::to_owned),
                    before: own,
                    after: other,
                    because,
                    cells: cells_of(&second).into_iter().filter(|cell| !known.contains(cell)).listed(),
                });
            }
            seen.push(key);
        }
        Ok(Contrast { schema_version: SCHEMA_VERSION, benefits: told })
    }

    /// A fact as a cause; the day as the rules of that day, as the time that has passed, or as both.
    fn causes(&self, fact: &Fact, key: &Key<'_>, before: (&str, Question<'_>), after: (&str, Question<'_>)) -> Vec<Cause> {
        let cause = |kind| Cause { kind, path: fact.path.clone(), before: fact.before.clone(), after: fact.after.clone() };
        if fact.path != DATE {
            return vec![cause("fact")];
        }
        let by_rules = self.under(key, after.0, after.1, before.1);
        let by_time = self.under(key, after.0, before.1, after.1);
        let same = self.under(key, after.0, after.1, after.1);
        match (by_rules == same, by_time == same) {
            (true, false) => vec![cause("rules")],
            (false, true) => vec![cause("time")],
            _ => vec![cause("rules"), cause("time")],
        }
    }

    /// What comes out with the rules of one day for a person as they are on another; `None` if the areas have no such entry.
    fn under(&self, key: &Key<'_>, household: &str, rules: Question<'_>, person: Question<'_>) -> Option<(Outcome, i64, i64)> {
        let (read, as_of) = self.asked(household, rules).ok()?;
        let today = Date::parse(person.date).ok()?;
        let member = key.member.and_then(|id| read.member_ids().iter().position(|own| **own == *id));
        let area = read.registered_area(member.or(read.applicant())?, today)?;
        let formula = self.formula(area, as_of).ok()?;
        let world = World { household: &read, areas: &self.tables().areas, calendar: &self.tables().calendar, today };
        let mut values = Values::default();
        values.read(&formula, formula.needed(&Depth::All), world);
        let outline = formula.outlines.iter().find(|outline| *outline.benefit == *key.benefit)?;
        let place = Place { formula: &formula, outline, row: member.unwrap_or(0), area, world, several: None };
        let answer = Answer::read(&values, &place);
        Some((answer.outcome, answer.range().lo, answer.range().hi))
    }
}

/// Which entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key<'k> {
    benefit: &'k str,
    member: Option<&'k str>,
    bill: Option<&'k str>,
}

impl<'k> Key<'k> {
    fn of(entry: &'k Entry) -> Self {
        Self { benefit: &entry.benefit, member: entry.member.as_deref(), bill: entry.bill.as_deref() }
    }

    fn entry<'d>(&self, decision: &'d Decision) -> Option<&'d Entry> {
        decision.benefits.iter().find(|entry| Key::of(entry) == *self)
    }

    fn said(&self, decision: &Decision) -> Option<Said> {
        self.entry(decision).map(|entry| Said { outcome: entry.outcome, amount: entry.amount.clone() })
    }
}

/// A fact in which two households differ, as each has it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fact {
    path: String,
    before: Option<String>,
    after: Option<String>,
}

/// Whether two lists can be compared item by item.
fn are_alike(old: &[Json<'_>], new: &[Json<'_>]) -> bool {
    let is_record = |item: &Json<'_>| matches!(item.value, Value::Record(_));
    old.len() == new.len() && old.iter().chain(new).all(is_record)
}

fn join(path: &str, step: &str) -> String {
    if path.is_empty() { step.to_owned() } else { format!("{path}/{step}") }
}

/// The names of two records, each once, in the order of the first.
fn names<'n>(old: &'n Json<'_>, new: &'n Json<'_>) -> Vec<&'n Cow<'n, str>> {
    let later = new.entries().iter().map(|(name, _)| name).filter(|name| old.get(name).is_none());
    old.entries().iter().map(|(name, _)| name).chain(later).listed()
}

fn differing(old: Option<&Json<'_>>, new: Option<&Json<'_>>, path: &str, found: &mut Vec<Fact>) {
    match (old, new) {
        (Some(old), Some(new)) if matches!((&old.value, &new.value), (Value::Record(_), Value::Record(_))) => {
            for name in names(old, new) {
                differing(old.get(name), new.get(name), &join(path, name), found);
            }
        }
        (Some(old), Some(new)) if !old.items().is_empty() && are_alike(old.items(), new.items()) => {
            for (position, (old, new)) in old.items().iter().zip(new.items()).enumerate() {
                differing(Some(old), Some(new), &join(path, &position.to_string()), found);
            }
        }
        (old, new) => {
            let text = |json: Option<&Json<'_>>| {
                json.map(|json| {
                    let mut text = String::new();
                    json.write(&|_| true, &mut text);
                    text
                })
            };
            let (before, after) = (text(old), text(new));
            if before != after {
                found.push(Fact { path: path.to_owned(), before, after });
            }
        }
    }
}

/// Writes the first household with the facts taken over that `is_taken` names.
fn write_mixed(old: Option<&Json<'_>>, new: Option<&Json<'_>>, path: &str, is_taken: &dyn Fn(&str) -> bool, out: &mut String) -> bool {
    match (old, new) {
        (Some(old), Some(new)) if matches!((&old.value, &new.value), (Value::Record(_), Value::Record(_))) => {
            out.push('{');
            for name in names(old, new) {
                let begin = out.len();
                let comma = !out.ends_with('{');
                if comma {
                    out.push(',');
                }
                quote(name, out);
                out.push(':');
                if !write_mixed(old.get(name), new.get(name), &join(path, name), is_taken, out) {
                    out.truncate(begin);
                }
            }
            out.push('}');
            true
        }
        (Some(old), Some(new)) if !old.items().is_empty() && are_alike(old.items(), new.items()) => {
            out.push('[');
            for (position, (old, new)) in old.items().iter().zip(new.items()).enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write_mixed(Some(old), Some(new), &join(path, &position.to_string()), is_taken, out);
            }
            out.push(']');
            true
        }
        (old, new) => {
            let chosen = if is_taken(path) { new } else { old };
            chosen.inspect(|json| json.write(&|_| true, out)).is_some()
        }
    }
}
