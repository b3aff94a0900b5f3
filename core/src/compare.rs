//! The same households under two sets of tables: who gets something else, how much, and because of which rows.

mod changes;
mod tally;

use std::sync::Arc;

use serde::Serialize;

pub use changes::{Change, ChangeKind, RowSeen, changes, reverted};
pub use tally::{Step, Sum, Tally};

use crate::area::AreaCode;
use crate::date::Month;
use crate::decide::{Nowhere, Place, Sink, decide};
use crate::decision::{Amount, Entry, Outcome};
use crate::engine::{Detail, Engine, Question, Scratch};
use crate::entry::{self, Entries};
use crate::error::FactError;
use crate::formula::{Depth, Formula, Per};
use crate::household::Household;
use crate::money::Yuan;
use crate::order::{AppendAll as _, Listed as _};
use crate::reading::value::Values;
use crate::slot::Slot;
use crate::tables::AsOf;

/// Trials with some of the changes taken back that are kept at hand.
const KEPT_TRIALS: usize = 64;

/// One household, and its entries with some of the changes taken back: mostly they change by the same ones.
struct Case<'c> {
    text: &'c str,
    question: Question<'c>,
    /// As it is read with the old tables' areas.
    read: Household,
    as_of: AsOf,
    /// What comes out differently: benefits, each with the row of its list.
    unlike: Vec<(Arc<str>, usize)>,
    tried: Vec<(Vec<usize>, Vec<Entry>)>,
}

/// Two sets of tables, ready to compare one household after another.
#[derive(Debug)]
pub struct Comparison {
    old: Arc<Engine>,
    new: Arc<Engine>,
    changes: Vec<Change>,
    /// The new tables with some changes taken back, the latest last.
    trials: Vec<(Vec<usize>, Arc<Engine>)>,
    scratch: Scratch,
}

/// All that an [`Answer`] is made from, for every benefit: where this is the same, so is the answer.
#[derive(Debug, Default, PartialEq)]
struct Glance(Vec<Seen>);

/// What it is made from for one benefit.
#[derive(Debug, PartialEq)]
struct Seen {
    benefit: Arc<str>,
    /// The member or the bill.
    row: usize,
    area: Option<AreaCode>,
    per: Per,
    answer: Option<entry::Answer>,
    extras: Vec<Amount>,
    first_month: Option<Slot>,
}

impl Sink for Glance {
    fn depth(&self) -> Depth {
        Depth::Told
    }

    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let outline = place.outline;
        self.0.push(Seen {
            benefit: Arc::clone(&outline.benefit),
            row: place.row,
            area: Some(place.area),
            per: outline.per,
            answer: Some(entry::Answer::read(values, place)),
            extras: entry::extras(values, place),
            first_month: outline.first_month.map(|node| values.get(node, place.row)),
        });
    }

    fn without_area(&mut self, place: &Nowhere<'_>, _needs: &[String]) {
        let (benefit, row) = (place.benefit.into(), place.row());
        self.0.push(Seen { benefit, row, area: None, per: place.per, answer: None, extras: Vec::new(), first_month: None });
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}

/// The entries of some benefits alone.
struct Chosen<'s> {
    entries: Entries<'s>,
    of: &'s [(Arc<str>, usize)],
}

impl Chosen<'_> {
    fn has(&self, benefit: &str, row: usize) -> bool {
        self.of.iter().any(|(id, at)| **id == *benefit && *at == row)
    }
}

impl Sink for Chosen<'_> {
    fn depth(&self) -> Depth {
        self.entries.depth()
    }

    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        if self.has(&place.outline.benefit, place.row) {
            self.entries.decided(values, place);
        }
    }

    fn without_area(&mut self, place: &Nowhere<'_>, needs: &[String]) {
        if self.has(place.benefit, place.row()) {
            self.entries.without_area(place, needs);
        }
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}

/// What a decision says about one benefit, without the reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The answer.
    pub outcome: Outcome,
    /// Whether the person qualifies.
    pub qualifies: Option<bool>,
    /// The amount, as far as it is known.
    pub amount: Option<Amount>,
    /// Amounts besides.
    pub extras: Vec<Amount>,
    /// First month paid.
    pub first_month: Option<Month>,
}

/// One benefit that comes out differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct EntryChange {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// Path of the bill.
    pub bill: Option<String>,
    /// The area whose tables decide.
    pub area: Option<AreaCode>,
    /// The old answer; `null` if there was nothing to say about it.
    pub before: Option<Answer>,
    /// The new answer.
    pub after: Option<Answer>,
    /// The new amount less the old one, if both are known exactly and paid for the same; what nobody gets is 0.
    pub difference: Option<Yuan>,
    /// Positions, in the list of changes, of those it takes: taking them back brings the old answer back, and none can be spared.
    pub because: Vec<usize>,
}

impl Case<'_> {
    /// The household as an engine reads it, if its areas are others than those it has been read with.
    fn read_for(&self, engine: &Engine, known: &Engine) -> Result<Option<Household>, Vec<FactError>> {
        let is_known = std::ptr::eq(engine, known) || engine.tables().areas == known.tables().areas;
        if is_known { Ok(None) } else { engine.asked(self.text, self.question).map(|(read, _)| Some(read)) }
    }
}

/// The benefits, and for whom, of which two glances see different things.
fn unlike(before: &Glance, after: &Glance) -> Vec<(Arc<str>, usize)> {
    let only_in = |own: &Glance, other: &Glance| -> Vec<(Arc<str>, usize)> {
        let lacking = own.0.iter().filter(|seen| !other.0.contains(seen));
        lacking.map(|seen| (Arc::clone(&seen.benefit), seen.row)).listed()
    };
    if before == after {
        return Vec::new();
    }
    let mut found = only_in(after, before);
    found.append_all(only_in(before, after));
    found
}

impl Answer {
    fn of(entry: &Entry) -> Self {
        Self {
            outcome: entry.outcome,
            qualifies: entry.qualifies,
            amount: entry.amount.clone(),
            extras: entry.extras.clone(),
            first_month: entry.first_month,
        }
    }
}

/// Yuan and for what they are paid, if exactly known; who does not qualify gets nothing.
fn exact(answer: Option<&Answer>) -> Option<(Yuan, Option<&'static str>)> {
    match answer {
        Some(answer) if answer.outcome == Outcome::Ineligible => Some((Yuan::ZERO, None)),
        Some(Answer { amount: Some(amount), qualifies: Some(true), .. }) => amount.value.map(|value| (value, Some(amount.per))),
        _ => None,
    }
}

fn difference(before: Option<&Answer>, after: Option<&Answer>) -> Option<Yuan> {
    let ((before, before_per), (after, after_per)) = (exact(before)?, exact(after)?);
    let comparable = before_per.is_none() || after_per.is_none() || before_per == after_per;
    if comparable { after.checked_minus(before) } else { None }
}

/// Which entries are about the same.
fn is_about(entry: &Entry, other: &Entry) -> bool {
    entry.benefit == other.benefit && entry.member == other.member && entry.bill == other.bill
}

fn answer_about(entries: &[Entry], entry: &Entry) -> Option<Answer> {
    entries.iter().find(|other| is_about(entry, other)).map(Answer::of)
}

impl Comparison {
    /// Finds what differs between the tables.
    #[must_use]
    pub fn new(old: Arc<Engine>, new: Arc<Engine>) -> Self {
        let changes = changes(old.tables(), new.tables());
        Self { old, new, changes, trials: Vec::new(), scratch: Scratch::default() }
    }

    /// What differs between the tables.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What comes out differently for one household, and because of which changes.
    ///
    /// # Errors
    /// Every mistake in the household, or what stops either set of tables from deciding it.
    pub fn household(&mut self, household: &str, question: Question<'_>) -> Result<Vec<EntryChange>, Vec<FactError>> {
        let (read, as_of) = self.old.asked(household, question)?;
        let mut case = Case { text: household, question, read, as_of, unlike: Vec::new(), tried: Vec::new() };
        let (old, new) = (Arc::clone(&self.old), Arc::clone(&self.new));
        case.unlike = unlike(&self.glance(&old, &case)?, &self.glance(&new, &case)?);
        if case.unlike.is_empty() {
            return Ok(Vec::new());
        }
        let cells = Detail { cells: true, ..Detail::default() };
        let (before, after) = (self.entries(&old, &case, cells)?, self.entries(&new, &case, cells)?);
        let gone = before.iter().filter(|entry| answer_about(&after, entry).is_none());
        let mut found = Vec::new();
        for entry in after.iter().chain(gone) {
            let (was, is) = (answer_about(&before, entry), answer_about(&after, entry));
            if was == is {
                continue;
            }
            let because = self.because(entry, was.as_ref(), [&before, &after], &mut case)?;
            found.push(EntryChange {
                benefit: Arc::clone(&entry.benefit),
                member: entry.member.clone(),
                bill: entry.bill.clone(),
                area: entry.area,
                difference: difference(was.as_ref(), is.as_ref()),
                before: was,
                after: is,
                because,
            });
        }
        Ok(found)
    }

    /// All that the answers of an engine are made from. Most households are not touched by a change, and need not be told.
    fn glance(&mut self, engine: &Engine, case: &Case<'_>) -> Result<Glance, Vec<FactError>> {
        let mut glance = Glance::default();
        let read = case.read_for(engine, &self.old)?;
        decide(engine, read.as_ref().unwrap_or(&case.read), case.as_of, &mut self.scratch.values, &mut glance)
            .map_err(|error| vec![error])?;
        Ok(glance)
    }

    /// The entries of an engine that come out differently.
    fn entries(&mut self, engine: &Engine, case: &Case<'_>, detail: Detail) -> Result<Vec<Entry>, Vec<FactError>> {
        let read = case.read_for(engine, &self.old)?;
        let household = read.as_ref().unwrap_or(&case.read);
        let Scratch { values, trace, .. } = &mut self.scratch;
        let entries = Entries::new(engine, household, detail, case.as_of.day, trace);
        let mut chosen = Chosen { entries, of: &case.unlike };
        decide(engine, household, case.as_of, values, &mut chosen).map_err(|error| vec![error])?;
        Ok(chosen.entries.told())
    }

    /// The changes that must be taken back for an entry to be as it was: first guessed from the rows that either answer
    /// rests on, then from all there are; then each that can be spared is left out.
    fn because(
        &mut self,
        entry: &Entry,
        was: Option<&Answer>,
        both: [&[Entry]; 2],
        case: &mut Case<'_>,
    ) -> Result<Vec<usize>, Vec<FactError>> {
        let mut needed = self.seen_by(entry, both);
        if !self.brings_back(&needed, entry, was, case)? {
            needed = self.on_the_way_from(entry.area);
        }
        let mut at = 0;
        // With nothing taken back the answer is the new one: of a single change none can be spared.
        while at < needed.len() && needed.len() > 1 {
            let mut without = needed.clone();
            without.remove(at);
            if self.brings_back(&without, entry, was, case)? {
                needed = without;
            } else {
                at = at.saturating_add(1);
            }
        }
        Ok(needed)
    }

    /// Changes of rows that one of the answers rests on.
    fn seen_by(&self, entry: &Entry, both: [&[Entry]; 2]) -> Vec<usize> {
        let entries = both.map(|entries| entries.iter().find(|other| is_about(entry, other)));
        let rests = |seen: &Option<RowSeen>, entry: Option<&Entry>, change: &Change| {
            let cells = entry.and_then(|entry| entry.cells.as_deref()).unwrap_or_default();
            let lacks = entry.map(|entry| entry.missing.as_slice()).unwrap_or_default();
            cells.iter().any(|cell| {
                let is_row = seen.as_ref().is_none_or(|seen| seen.row == cell.row);
                cell.parameter == change.parameter && cell.area == change.area && is_row
            }) || lacks.iter().any(|cell| cell.parameter == change.parameter)
        };
        let [before, after] = entries;
        let positions = self.changes.iter().enumerate();
        let seen = positions.filter(|(_, change)| match change.kind {
            ChangeKind::RegisterChanged => true,
            _ => rests(&change.before, before, change) || rests(&change.after, after, change),
        });
        seen.map(|(at, _)| at).listed()
    }

    /// Changes of the tables that decide an area, and of the registers.
    fn on_the_way_from(&self, area: Option<AreaCode>) -> Vec<usize> {
        let concerns = |change: &Change| area.is_some_and(|area| area.is_within(change.area));
        self.changes.iter().enumerate().filter(|(_, change)| concerns(change)).map(|(at, _)| at).listed()
    }

    /// Whether an entry is as it was once these changes are taken back.
    fn brings_back(
        &mut self,
        taken_back: &[usize],
        entry: &Entry,
        was: Option<&Answer>,
        case: &mut Case<'_>,
    ) -> Result<bool, Vec<FactError>> {
        if taken_back.is_empty() {
            return Ok(false);
        }
        if let Some((_, entries)) = case.tried.iter().find(|(known, _)| known == taken_back) {
            return Ok(answer_about(entries, entry).as_ref() == was);
        }
        let trial = self.trial(taken_back);
        let entries = self.entries(&trial, case, Detail::default())?;
        let is_back = answer_about(&entries, entry).as_ref() == was;
        case.tried.push((taken_back.to_vec(), entries));
        Ok(is_back)
    }

    fn trial(&mut self, taken_back: &[usize]) -> Arc<Engine> {
        if let Some(at) = self.trials.iter().position(|(known, _)| known == taken_back) {
            // The latest used stands last.
            let known = self.trials.remove(at);
            self.trials.push(known);
        } else {
            if self.trials.len() >= KEPT_TRIALS {
                self.trials.remove(0);
            }
            let chosen = taken_back.iter().filter_map(|at| self.changes.get(*at));
            let engine = Arc::new(Engine::new(reverted(self.old.tables(), self.new.tables(), chosen)));
            self.trials.push((taken_back.to_vec(), engine));
        }
        Arc::clone(self.trials.last().map_or(&self.new, |(_, engine)| engine))
    }
}
