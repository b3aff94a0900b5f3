//! How far someone is from qualifying, in their own terms: the smallest change of one fact, or the shortest wait, that
//! makes a failed condition hold, and the one that makes the whole answer another.
//!
//! Solved through the formula: each fact a failed condition rests on is swept, and the nearest value at which the
//! condition holds is exact to the fen and the day.

use std::sync::Arc;

use serde::Serialize;

use crate::date::Date;
use crate::decide::{Nowhere, Place, Sink, decide};
use crate::decision::{Outcome, Quantity, SCHEMA_VERSION};
use crate::engine::{Engine, OLDEST_AGE, Question};
use crate::entry::Answer;
use crate::error::FactError;
use crate::formula::Depth;
use crate::household::dictionary::{MONEY_MAX, fact};
use crate::household::{FieldId, Frame, Household, Kind, Written};
use crate::money::Yuan;
use crate::order::{AppendAll as _, Listed as _, sort_by_number};
use crate::reading::trace::{End, Look, Trace};
use crate::reading::value::Values;
use crate::sweep::{self, Track, Variable};
use crate::tables::AsOf;

/// So long a wait is worth telling.
const LONGEST_WAIT_DAYS: i64 = 20 * 366;

/// For one household, how far each person is from what they do not get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Distances {
    /// Version of this form.
    pub schema_version: u32,
    /// One entry for each benefit someone does not qualify for.
    pub benefits: Vec<Distance>,
}

/// How far one person is from one benefit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Distance {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// Path of the bill, such as `bills/0`.
    pub bill: Option<String>,
    /// For each failed condition the changes of one fact after which it holds; none for what no number changes.
    pub conditions: Vec<Condition>,
    /// Changes of one fact after which the answer is no longer no, the smallest first, waits last.
    pub opens: Vec<Way>,
}

/// A failed condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Condition {
    /// Its stable code.
    pub code: Arc<str>,
    /// What would make it hold.
    pub ways: Vec<Way>,
}

/// A change of one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Way {
    /// The path of the fact; `date` for a wait.
    pub path: String,
    /// What it is now.
    pub now: Written,
    /// The nearest value that will do.
    pub needed: Written,
    /// The second less the first: yuan, a count, or days.
    pub change: Quantity,
    /// In what it is counted.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["yuan", "count", "days"])))]
    pub unit: &'static str,
    /// Whether it is something a person can change; a day of birth is not, and time passes by itself.
    pub changeable: bool,
}

/// Something that failed.
struct Failed {
    benefit: Arc<str>,
    row: usize,
    frame: Frame,
    /// The codes of the conditions.
    conditions: Vec<Arc<str>>,
    /// The facts any of them rests on.
    facts: Vec<(FieldId, usize)>,
}

impl Engine {
    /// How far each person is from what they do not get.
    ///
    /// # Errors
    /// Every mistake in the household or the dates.
    pub fn distances(&self, household: &str, question: Question<'_>) -> Result<Distances, Vec<FactError>> {
        let (read, as_of) = self.asked(household, question)?;
        self.distances_of(&read, as_of).map_err(|error| vec![error])
    }

    /// The same for a household that has been read.
    ///
    /// # Errors
    /// `arithmetic-limit`, as [`Engine::decide`].
    pub fn distances_of(&self, household: &Household, as_of: AsOf) -> Result<Distances, FactError> {
        let mut failures = Failures { household, trace: Trace::default(), found: Vec::new(), day: as_of };
        decide(self, household, as_of, &mut Values::default(), &mut failures)?;
        let found = failures.found;
        let mut swept: Vec<(Variable, Option<Vec<Track>>)> = Vec::new();
        let mut told = Vec::new();
        for failed in &found {
            let mut ways: Vec<Vec<Way>> = vec![Vec::new(); failed.conditions.len()];
            let mut opens = Vec::new();
            let facts = failed.facts.iter().map(|(field, row)| Variable::Fact(*field, *row));
            for variable in facts.chain([Variable::Day]) {
                let Some((from, now, until)) = stretch(household, as_of, variable) else { continue };
                let at = match swept.iter().position(|(known, _)| *known == variable) {
                    Some(at) => at,
                    None => {
                        // A stretch on which nearly every value is a piece of its own says nothing; it is left aside.
                        swept.push((
                            variable,
                            sweep::follow(self, household, as_of, variable, (from, until), Depth::Conditions)
                                .ok()
                                .map(|followed| followed.tracks),
                        ));
                        swept.len().saturating_sub(1)
                    }
                };
                let tracks = swept.get(at).and_then(|(_, tracks)| tracks.as_ref());
                let same = |track: &&Track| track.row == failed.row && track.benefit == failed.benefit;
                let Some(track) = tracks.and_then(|tracks| tracks.iter().find(same)) else { continue };
                for (code, ways) in failed.conditions.iter().zip(&mut ways) {
                    let position = track.codes.iter().position(|known| known == code);
                    let holds = |run: &sweep::Run| position.and_then(|position| run.holds.get(position)) == Some(&Some(true));
                    ways.append_all(
                        nearest(track, now, holds).into_iter().filter_map(|needed| way(household, as_of, variable, now, needed)),
                    );
                }
                let is_open = |run: &sweep::Run| run.outcome != Outcome::Ineligible;
                opens
                    .append_all(nearest(track, now, is_open).into_iter().filter_map(|needed| way(household, as_of, variable, now, needed)));
            }
            // Money first, then what is counted, then days; of each kind the smallest change first.
            sort_by_number(&mut opens, |way| size(way.change));
            sort_by_number(&mut opens, |way| i64::from(way.path == "date"));
            sort_by_number(&mut opens, |way| i64::from(way.unit != "yuan"));
            let member = (failed.frame == Frame::Member).then(|| household.member_ids().get(failed.row).cloned()).flatten();
            let conditions = failed.conditions.iter().zip(ways).map(|(code, ways)| Condition { code: Arc::clone(code), ways });
            told.push(Distance {
                benefit: Arc::clone(&failed.benefit),
                member,
                bill: (failed.frame == Frame::Bill).then(|| household.row_path(Frame::Bill, failed.row)),
                conditions: conditions.listed(),
                opens,
            });
        }
        Ok(Distances { schema_version: SCHEMA_VERSION, benefits: told })
    }
}

/// From where to where a fact can go, and where it is.
fn stretch(household: &Household, as_of: AsOf, variable: Variable) -> Option<(i64, i64, i64)> {
    let today = i64::from(as_of.day.days());
    let Variable::Fact(field, row) = variable else {
        return Some((today, today, today.saturating_add(LONGEST_WAIT_DAYS).min(last_day(household))));
    };
    if sweep::decides_where(field) {
        return None;
    }
    let now = household.slot(field, row).value()?;
    match field.field().kind {
        Kind::Money => Some((0, now, MONEY_MAX)),
        Kind::Count { min, max } => Some((min, now, max)),
        // Nobody is born on another day than they are; the day of the decision is what moves.
        Kind::Day if field == fact::BIRTH_DATE.id => None,
        Kind::Day => Some((now.saturating_sub(LONGEST_WAIT_DAYS), now, now.saturating_add(LONGEST_WAIT_DAYS))),
        _ => None,
    }
}

/// The last day on which nobody is older than anyone has been.
fn last_day(household: &Household) -> i64 {
    let births = (0..household.rows(Frame::Member)).filter_map(|row| household.slot(fact::BIRTH_DATE.id, row).value());
    let last = births.filter_map(|birth| Date::from_count(birth)?.plus_years(OLDEST_AGE.saturating_add(1))?.previous_day());
    last.map(|day| i64::from(day.days())).min().unwrap_or(i64::MAX)
}

/// The nearest values below and above at which it is so.
fn nearest(track: &Track, now: i64, is_so: impl Fn(&sweep::Run) -> bool) -> Vec<i64> {
    let below = track.runs.iter().filter(|run| run.until < now && is_so(run)).map(|run| run.until).max();
    let above = track.runs.iter().filter(|run| run.from > now && is_so(run)).map(|run| run.from).min();
    below.into_iter().chain(above).listed()
}

fn way(household: &Household, as_of: AsOf, variable: Variable, now: i64, needed: i64) -> Option<Way> {
    let change = needed.saturating_sub(now);
    let (path, now, needed, kind) = match variable {
        Variable::Day => {
            ("date".to_owned(), Written::Text(as_of.day.to_string()), Written::Text(Date::from_count(needed)?.to_string()), Kind::Day)
        }
        Variable::Fact(field, row) => {
            let written = |value: i64| household.written(field, value);
            (household.path(field, row), written(now)?, written(needed)?, field.field().kind)
        }
    };
    let (change, unit) = match kind {
        Kind::Money => (Quantity::Yuan(Yuan::from_fen(change)), "yuan"),
        Kind::Day => (Quantity::Whole(change), "days"),
        _ => (Quantity::Whole(change), "count"),
    };
    Some(Way { path, now, needed, change, unit, changeable: !matches!(kind, Kind::Day) })
}

fn size(change: Quantity) -> i64 {
    match change {
        Quantity::Yuan(yuan) => yuan.fen().saturating_abs(),
        Quantity::Whole(count) => count.saturating_abs(),
        Quantity::Truth(_) => 0,
    }
}

/// Collects what failed and on which facts it rests.
struct Failures<'f> {
    household: &'f Household,
    trace: Trace,
    found: Vec<Failed>,
    day: AsOf,
}

impl Sink for Failures<'_> {
    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        if Answer::read(values, place).outcome != Outcome::Ineligible {
            return;
        }
        let requirements = place.outline.requirements.iter();
        let failed: Vec<_> = requirements.filter(|requirement| values.get(requirement.node, place.row).is_no()).listed();
        self.trace.clear();
        for requirement in &failed {
            self.trace.walk(place.formula, values, place.world, requirement.node, place.row, Look::Ground);
        }
        let facts = self.trace.ends.iter().filter_map(|end| if let End::Fact(field, row) = *end { Some((field, row)) } else { None });
        self.found.push(Failed {
            benefit: Arc::clone(&place.outline.benefit),
            row: place.row,
            frame: place.outline.frame,
            conditions: failed.iter().map(|requirement| Arc::clone(&requirement.code)).listed(),
            facts: facts.filter(|(field, row)| stretch(self.household, self.day, Variable::Fact(*field, *row)).is_some()).listed(),
        });
    }

    fn without_area(&mut self, _place: &Nowhere<'_>, _needs: &[String]) {}

    fn used(&mut self, _area: crate::area::AreaCode, _formula: &Arc<crate::formula::Formula>) {}
}
