//! The timeline: the days on which something changes by itself (年龄到档、标准到期、证件到期), with before, after and why.
//!
//! Read off the pieces of the span, so that no day is tried that cannot bring a change.

use std::sync::Arc;

use serde::Serialize;

use crate::area::AreaCode;
use crate::benefits::LAW_CHANGES;
use crate::date::{AgeRule, Date, Month};
use crate::decision::{Amount, CellUsed, Entry, MissingCell, Outcome, PackUsed, SCHEMA_VERSION};
use crate::engine::{Detail, Engine, Scratch};
use crate::error::FactError;
use crate::household::dictionary::fact;
use crate::household::{FieldId, Frame, Household};
use crate::order::{AppendAll as _, Listed as _};
use crate::pieces::{Piece, pieces};
use crate::schedule::{Because, Span, Stops, Verdict, Who, asked, assumed, once_each, over_time, packs};
use crate::slot::Slot;
use crate::tables::{AsOf, CellValue, Table, lapse_day};

/// What changes by itself between two months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// Version of this form.
    pub schema_version: u32,
    /// Version of the engine.
    pub engine: &'static str,
    /// The tables used, layer by layer.
    pub packs: Vec<PackUsed>,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Notices made public after this day were left aside.
    pub known_on: Option<Date>,
    /// How every benefit stands on the first day.
    pub start: Vec<Stand>,
    /// The changes in the order of their days.
    pub changes: Vec<Change>,
    /// Paths of dates that were absent and taken for granted.
    pub assumed: Vec<String>,
}

/// One benefit of one person and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stand {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// How it stands.
    pub state: StandState,
}

/// A benefit that stands otherwise from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// The first day on which it stands otherwise.
    pub day: Date,
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// How it stood before; `null` where it was not decided at all.
    pub before: Option<StandState>,
    /// How it stands from then on; `null` where it is not decided any more.
    pub after: Option<StandState>,
    /// What happens on that day.
    pub causes: Vec<ChangeCause>,
}

/// Facts that name a last day: what they bring comes with the day after.
const LAST_DAYS: [FieldId; 2] = [fact::CARD_EXPIRES.id, fact::CARD_PREVIOUS_EXPIRED.id];

/// How a benefit stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StandState {
    /// The answer.
    pub outcome: Outcome,
    /// Whether the person qualifies.
    pub qualifies: Option<bool>,
    /// The amount.
    pub amount: Option<Amount>,
    /// Amounts besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Amount>,
    /// The area that decides.
    pub area: Option<AreaCode>,
    /// Why it is not paid although the conditions are met: a certificate that has lapsed, say.
    pub stopped: Option<Because>,
}

/// What happens on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeCause {
    /// Stable code.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = [
            "age-reached", "date-reached", "law-changes", "month-begins", "row-begins", "row-certain", "row-ends", "row-missing",
            "row-uncertain", "stopped"
        ]))
    )]
    pub code: &'static str,
    /// The fact whose day it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Why payment stops, by a code of the schedule: `died`, `card-lapsed` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The member who reaches an age.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<Arc<str>>,
    /// The age, in completed years.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<i32>,
    /// The row of a table that begins or ends to count, or of which that becomes certain or uncertain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<CellUsed>,
    /// What the tables lack from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingCell>,
}

impl ChangeCause {
    fn code(code: &'static str) -> Self {
        Self { code, path: None, reason: None, member: None, years: None, row: None, missing: None }
    }
}

/// A benefit's entry at some moment, with what stops its payment whether or not the conditions are met.
#[derive(Clone)]
struct Seen<'e> {
    entry: &'e Entry,
    stopped: Option<Because>,
}

impl Seen<'_> {
    fn state(&self) -> StandState {
        let Entry { outcome, qualifies, amount, extras, area, .. } = self.entry;
        StandState {
            outcome: *outcome,
            qualifies: *qualifies,
            amount: amount.clone(),
            extras: extras.clone(),
            area: *area,
            stopped: self.stopped.clone().filter(|_| *outcome != Outcome::Ineligible),
        }
    }

    fn is_for(&self, other: &Seen<'_>) -> bool {
        self.entry.benefit == other.entry.benefit && self.entry.member == other.entry.member
    }
}

impl Engine {
    /// Reads a household and lists what changes by itself between two months.
    ///
    /// # Errors
    /// Every mistake in the household, the months or the day.
    pub fn timeline(&self, household: &str, span: Span<'_>) -> Result<Timeline, Vec<FactError>> {
        let (household, (from, to), known_on) = asked(self, household, span)?;
        let household = over_time(&household);
        let end = to.last_day().next_day().unwrap_or(Date::MAX);
        let days = (from.first_day(), end);
        let found = pieces(self, &household, days, known_on, Detail { cells: true, ..Detail::default() }).map_err(|error| vec![error])?;
        let mut stops = Stops { engine: self, household: &household, known_on, conventions: Vec::new() };
        let mut start = Vec::new();
        let mut changes = Vec::new();
        let mut before: Option<Vec<Seen<'_>>> = None;
        for (day, piece) in moments(&found) {
            let now = seen(&mut stops, &household, piece, day.month());
            match &before {
                Some(before) => Moment::new(self, &household, AsOf { day, known_on }).compare(before, &now, &mut changes),
                None => start = now.iter().map(standing).listed(),
            }
            before = Some(now);
        }
        let (packs, assumed) = (packs(&found), assumed(&found, &household));
        Ok(Timeline {
            schema_version: SCHEMA_VERSION,
            engine: env!("CARGO_PKG_VERSION"),
            packs,
            from,
            to,
            known_on,
            start,
            changes,
            assumed,
        })
    }
}

/// How a benefit stands but for what stops its payment.
fn decided(seen: &Seen<'_>) -> StandState {
    StandState { stopped: None, ..seen.state() }
}

fn standing(seen: &Seen<'_>) -> Stand {
    Stand { benefit: Arc::clone(&seen.entry.benefit), member: seen.entry.member.clone(), state: seen.state() }
}

/// The first days of all pieces, and of the months within them, with which payments stop.
fn moments(pieces: &[Piece]) -> Vec<(Date, &Piece)> {
    let mut found = Vec::new();
    for piece in pieces {
        found.push((piece.from, piece));
        let mut month = piece.from.month().next();
        while let Some(first) = month.map(Month::first_day).filter(|first| *first < piece.until) {
            found.push((first, piece));
            month = first.month().next();
        }
    }
    found
}

/// Every benefit in a piece, bills aside, with what stops its payment in a month.
fn seen<'e>(stops: &mut Stops<'_>, household: &Household, piece: &'e Piece, month: Month) -> Vec<Seen<'e>> {
    let entries = piece.decision.benefits.iter().filter(|entry| entry.bill.is_none());
    let all = entries.map(|entry| {
        let member = entry.member.as_ref().and_then(|id| household.member_ids().iter().position(|own| own == id));
        let who = Who { benefit: &entry.benefit, member, basis: entry.basis };
        let stopped = entry.area.and_then(|area| match stops.interrupted(who, area, month)? {
            Verdict::Paid => None,
            Verdict::Stopped(because) | Verdict::Office(because) | Verdict::Open(because) => Some(because),
        });
        Seen { entry, stopped }
    });
    all.listed()
}

/// A day on which something may stand otherwise than before.
struct Moment<'m> {
    engine: &'m Engine,
    household: &'m Household,
    as_of: AsOf,
    happenings: Vec<Happening>,
    /// What is decided had some of them come a year later, each worked out once.
    without: Vec<(Vec<usize>, Vec<Entry>)>,
}

/// Something that happens on a day because of a date in the facts.
struct Happening {
    field: FieldId,
    row: usize,
    cause: ChangeCause,
}

/// A date moved so many days on lies in the year after.
const A_YEAR: i64 = 366;

impl<'m> Moment<'m> {
    fn new(engine: &'m Engine, household: &'m Household, as_of: AsOf) -> Self {
        Self { engine, household, as_of, happenings: happenings(household, as_of.day), without: Vec::new() }
    }

    /// What stands otherwise than before.
    fn compare(mut self, before: &[Seen<'_>], now: &[Seen<'_>], changes: &mut Vec<Change>) {
        let day = self.as_of.day;
        for seen in now {
            let earlier = before.iter().find(|earlier| earlier.is_for(seen));
            let (was, is) = (earlier.map(Seen::state), seen.state());
            if was.as_ref() != Some(&is) {
                let causes = self.causes(earlier, Some(seen));
                let (benefit, member) = (Arc::clone(&seen.entry.benefit), seen.entry.member.clone());
                changes.push(Change { day, benefit, member, before: was, after: Some(is), causes });
            }
        }
        for earlier in before.iter().filter(|earlier| !now.iter().any(|seen| seen.is_for(earlier))) {
            let causes = self.causes(Some(earlier), None);
            let (benefit, member) = (Arc::clone(&earlier.entry.benefit), earlier.entry.member.clone());
            changes.push(Change { day, benefit, member, before: Some(earlier.state()), after: None, causes });
        }
    }

    /// What happens on the day that has to do with a benefit.
    fn causes(&mut self, before: Option<&Seen<'_>>, after: Option<&Seen<'_>>) -> Vec<ChangeCause> {
        if let Some(because) = after.and_then(|after| after.stopped.as_ref())
            && before.and_then(|before| before.stopped.as_ref()) != Some(because)
        {
            return vec![ChangeCause { path: because.path.clone(), reason: Some(because.code.clone()), ..ChangeCause::code("stopped") }];
        }
        let cells =
            |seen: Option<&Seen<'_>>| seen.map(|seen| once_each(seen.entry.cells.as_deref().unwrap_or_default())).unwrap_or_default();
        let (earlier, later) = (cells(before), cells(after));
        let mut found = self.that_matter(before, after);
        let cause = |row: &CellUsed, code| ChangeCause { row: Some(row.clone()), ..ChangeCause::code(code) };
        let over = earlier.iter().filter(|row| !later.contains(row));
        found.append_all(over.filter_map(|row| Some(cause(row, self.ends(row)?))));
        // A row that might have been in force the day before already may be so for certain from now on.
        let new = |row: &CellUsed, code: &str| code == "row-certain" || !earlier.contains(row);
        let turned = later.iter().filter_map(|row| Some((row, self.begins(row)?)));
        found.append_all(turned.filter(|(row, code)| new(row, code)).map(|(row, code)| cause(row, code)));
        let missing = |seen: Option<&Seen<'_>>| seen.map(|seen| seen.entry.missing.clone()).unwrap_or_default();
        let known = missing(before);
        for cell in missing(after).into_iter().filter(|cell| !known.contains(cell)) {
            found.push(ChangeCause { missing: Some(cell), ..ChangeCause::code("row-missing") });
        }
        if LAW_CHANGES.iter().any(|law| Date::parse(law) == Ok(self.as_of.day)) {
            found.push(ChangeCause::code("law-changes"));
        }
        if found.is_empty() {
            found.push(ChangeCause::code("month-begins"));
        }
        found
    }

    /// Whether a row counts from the day on because of its own first day: it begins, or has then certainly begun.
    fn begins(&self, row: &CellUsed) -> Option<&'static str> {
        let from = self.table(row)?.rows.get(row.row)?.from;
        let is_exact = from.not_before == from.not_after;
        (from.not_after == self.as_of.day).then_some(if is_exact { "row-begins" } else { "row-certain" })
    }

    /// Whether a row does not count any more, or not for certain, because its table has it so and for no reason of the person's.
    fn ends(&self, row: &CellUsed) -> Option<&'static str> {
        let table = self.table(row)?;
        let own = table.rows.get(row.row).filter(|own| own.value != CellValue::Unknown)?;
        let turns = own.until.into_iter().chain(table.rows.iter().map(|other| other.from));
        let (mut over, mut perhaps) = (lapse_day(table, own) == Some(self.as_of.day), false);
        for turn in turns {
            over |= turn.not_after == self.as_of.day;
            perhaps |= turn.not_before == self.as_of.day;
        }
        if over { Some("row-ends") } else { perhaps.then_some("row-uncertain") }
    }

    fn table(&self, row: &CellUsed) -> Option<&'m Table> {
        self.engine.tables().table(&row.parameter, row.area)
    }

    /// What of that which happens makes a difference to a benefit: had the rest come a year later, it would stand as it does.
    fn that_matter(&mut self, before: Option<&Seen<'_>>, after: Option<&Seen<'_>>) -> Vec<ChangeCause> {
        // Where nothing but the payment goes on again, no decision shows why.
        let is_decided_otherwise = before.map(decided) != after.map(decided);
        let (mut rest, mut found) = (Vec::new(), Vec::new());
        for at in 0..self.happenings.len() {
            rest.push(at);
            if !(is_decided_otherwise && self.stands_without(&rest, before, after)) {
                rest.pop();
                found.append_all(self.happenings.get(at).map(|happening| happening.cause.clone()));
            }
        }
        found
    }

    /// Whether a benefit would stand as it does after a change, had these come a year later.
    fn stands_without(&mut self, these: &[usize], before: Option<&Seen<'_>>, after: Option<&Seen<'_>>) -> bool {
        let Some(entries) = self.entries_without(these) else { return false };
        let mut seen = entries.iter().map(|entry| Seen { entry, stopped: None });
        let found = seen.find(|found| after.or(before).is_some_and(|of| of.is_for(found)));
        found.as_ref().map(decided) == after.map(decided)
    }

    fn entries_without(&mut self, these: &[usize]) -> Option<&[Entry]> {
        let at = match self.without.iter().position(|(known, _)| known == these) {
            Some(at) => at,
            None => {
                let mut household = self.household.clone();
                for Happening { field, row, .. } in these.iter().filter_map(|at| self.happenings.get(*at)) {
                    let own = household.slot(*field, *row);
                    household.set(*field, *row, Slot::exact(own.lo.saturating_add(A_YEAR)));
                }
                let decide = |scratch: &mut Scratch| self.engine.decide(scratch, &household, self.as_of, Detail::default());
                self.without.push((these.to_vec(), self.engine.with_scratch(decide).ok()?.benefits));
                self.without.len().saturating_sub(1)
            }
        };
        self.without.get(at).map(|(_, entries)| entries.as_slice())
    }
}

/// Members who reach an age on a day, by one of the ways of counting; dates in the facts that have come, and last days that have
/// passed.
fn happenings(household: &Household, day: Date) -> Vec<Happening> {
    let mut found = Vec::new();
    for (field, slots) in household.given().filter(|(field, _)| field.field().kind.is_day() && field.field().frame != Frame::Bill) {
        for (row, slot) in slots.iter().enumerate() {
            let cause = match slot.value().and_then(Date::from_count) {
                Some(birth) if field == fact::BIRTH_DATE.id => reached(birth, day).map(|years| ChangeCause {
                    member: household.member_ids().get(row).cloned(),
                    years: Some(years),
                    ..ChangeCause::code("age-reached")
                }),
                Some(date) => {
                    let due = if LAST_DAYS.contains(&field) { date.next_day() } else { Some(date) };
                    let reached = || ChangeCause { path: Some(household.path(field, row)), ..ChangeCause::code("date-reached") };
                    (due == Some(day)).then(reached)
                }
                None => None,
            };
            found.append_all(cause.map(|cause| Happening { field, row, cause }));
        }
    }
    found
}

/// The age, in completed years, that who was born then reaches on a day, by one of the ways of counting.
fn reached(birth: Date, day: Date) -> Option<i32> {
    AgeRule::ALL.iter().find_map(|rule| {
        let years = rule.age_on(birth, day);
        (years > 0 && rule.reaches(birth, years) == Some(day)).then_some(years)
    })
}
