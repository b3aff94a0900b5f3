//! A household decided over a span of days: one decision for each piece of it in which nothing can change.
//!
//! The days on which a piece ends are found, not tried one by one: changes of the tables, dates in the facts, and what
//! [`holds_until`] says of the formulas read.

use std::sync::Arc;

use crate::area::AreaCode;
use crate::date::{Date, Month};
use crate::decide::{Nowhere, Place, Sink, Whole, decide};
use crate::decision::Decision;
use crate::engine::{Detail, Engine};
use crate::entry::Entries;
use crate::error::FactError;
use crate::formula::Formula;
use crate::household::{Frame, Household};
use crate::order::AppendAll as _;
use crate::reading::trace::Trace;
use crate::reading::until::holds_until;
use crate::reading::value::Values;
use crate::tables::AsOf;

/// A span may be this many months long.
pub const MOST_MONTHS: i32 = 600;

/// The days from `from` up to, not including, `until`, on which the decision stays as it is.
#[derive(Debug)]
pub struct Piece {
    /// First day.
    pub from: Date,
    /// First day after it.
    pub until: Date,
    /// The decision on each of these days.
    pub decision: Decision,
}

/// The pieces from the first day up to, not including, another.
///
/// # Errors
/// `arithmetic-limit`, as [`Engine::decide`].
pub fn pieces(
    engine: &Engine,
    household: &Household,
    span: (Date, Date),
    known_on: Option<Date>,
    detail: Detail,
) -> Result<Vec<Piece>, FactError> {
    let (mut day, end) = span;
    let dates = dates(household);
    let (mut values, mut trace) = (Values::default(), Trace::default());
    let mut found = Vec::new();
    while day < end {
        let entries = Entries::new(engine, household, detail, day, &mut trace);
        let mut watch = Watch { engine, entries, day, next: None, seen: Vec::new() };
        decide(engine, household, AsOf { day, known_on }, &mut values, &mut watch)?;
        let in_facts = dates.get(dates.partition_point(|date| *date <= day)).copied();
        let until = watch.next.into_iter().chain(in_facts).min().map_or(end, |next| next.min(end));
        found.push(Piece { from: day, until, decision: watch.entries.finish() });
        day = until;
    }
    Ok(found)
}

/// Checks a span of months given as text.
///
/// # Errors
/// A month that does not exist, one that ends before it begins, or one that is too long.
pub fn months(from: &str, to: &str) -> Result<(Month, Month), Vec<FactError>> {
    let mut errors = Vec::new();
    let mut month = |path: &str, text: &str| {
        Month::parse(text).map_err(|error| errors.push(FactError::new(error.code(), path, text, "a month such as 2024-04"))).ok()
    };
    let (Some(first), Some(last)) = (month("from", from), month("to", to)) else { return Err(errors) };
    match first.months_until(last) {
        months if months < 0 => Err(vec![FactError::new("span-reversed", "to", to, &format!("{first} or later"))]),
        months if months >= MOST_MONTHS => Err(vec![FactError::new("span-too-long", "to", to, &format!("at most {MOST_MONTHS} months"))]),
        _ => Ok((first, last)),
    }
}

/// Every day named in the facts and the day after it, in order.
fn dates(household: &Household) -> Vec<Date> {
    let mut days = Vec::new();
    for (_, slots) in household.given().filter(|(field, _)| field.field().kind.is_day()) {
        for bound in slots.iter().flat_map(|slot| [slot.lo, slot.hi]) {
            let day = Date::from_count(bound);
            days.append_all(day);
            days.append_all(day.and_then(Date::next_day));
        }
    }
    crate::order::sort_by_number(&mut days, |day| i64::from(day.days()));
    days.dedup();
    days
}

/// Collects the decision and, beside it, the first day on which it could change.
struct Watch<'w> {
    engine: &'w Engine,
    entries: Entries<'w>,
    day: Date,
    next: Option<Date>,
    seen: Vec<AreaCode>,
}

impl Watch<'_> {
    fn take(&mut self, day: Option<Date>) {
        self.next = self.next.into_iter().chain(day).min();
    }
}

impl Sink for Watch<'_> {
    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        // A bill is decided for its own day.
        if place.outline.frame != Frame::Bill && !self.seen.contains(&place.area) {
            self.seen.push(place.area);
            self.take(holds_until(place.formula, values, place.world));
            self.take(self.engine.next_change(place.area, self.day));
        }
        self.entries.decided(values, place);
    }

    fn without_area(&mut self, place: &Nowhere<'_>, needs: &[String]) {
        self.entries.without_area(place, needs);
    }

    fn combined(&mut self, values: &Values, formula: &Formula, place: &Whole<'_>) {
        self.entries.combined(values, formula, place);
    }

    fn used(&mut self, area: AreaCode, formula: &Arc<Formula>) {
        self.entries.used(area, formula);
    }
}
