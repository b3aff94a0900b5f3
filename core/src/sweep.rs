//! How every answer runs along one fact, or along days: all its breakpoints, exactly, each with what causes it.
//!
//! Nothing is sampled. At a point all values are read as for any decision; a second pass ([`lines`]) works out how each
//! value that the fact moves runs on and where the nearest comparison turns over; there the next piece begins.

mod curve;
mod liner;
mod lines;
mod reach;
mod told;

use std::sync::Arc;

use crate::area::AreaCode;
use crate::combination::Together;
use crate::date::Date;
use crate::decide::decide;
use crate::decision::{CellUsed, Outcome};
use crate::engine::{Engine, Question, Scratch};
use crate::error::FactError;
use crate::formula::{Depth, Gives, Per};
use crate::household::dictionary::fact;
use crate::household::{FieldId, Frame, Household, Kind};
use crate::order::{Listed as _, ordered};
use crate::slot::Slot;
use crate::tables::AsOf;

use curve::Curve;
use liner::Liner;
use lines::Span;

pub use lines::Variable;
pub use told::{Along, Ends, Knot, Piece, Sweep, Swept};

/// So many pieces are looked at for one sweep at most.
const MOST_PIECES: usize = 20_000;

/// How one entry runs over a stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// The first value of the variable.
    pub from: i64,
    /// The last.
    pub until: i64,
    pub outcome: Outcome,
    /// The least and the most, in fen.
    amount: Option<Span>,
    /// Whether each condition holds.
    pub holds: Vec<Option<bool>>,
    /// How the named steps run.
    steps: Vec<(&'static str, Span)>,
    /// The rows that the comparison which ends it rests on.
    cells: Arc<[CellUsed]>,
}

/// One entry over the whole sweep.
#[derive(Clone, Debug)]
pub(crate) struct Track {
    pub benefit: Arc<str>,
    pub row: usize,
    frame: Frame,
    area: AreaCode,
    gives: Gives,
    per: Per,
    pub codes: Vec<Arc<str>>,
    pub runs: Vec<Run>,
    /// The formula that the last run was read from, by where it lies.
    formula: usize,
}

/// The cash of every month of all benefits drawn together, over a stretch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sum {
    /// The first value of the variable.
    pub from: i64,
    /// The last.
    pub until: i64,
    /// The least and the most at the first value, in fen.
    pub first: (i64, i64),
    /// The same at the last.
    pub last: (i64, i64),
}

/// How all entries, and their cash together, run over the whole sweep.
#[derive(Clone, Debug, Default)]
pub(crate) struct Followed {
    /// The entries.
    pub tracks: Vec<Track>,
    /// The cash of every month.
    pub sums: Vec<Sum>,
}

/// Follows the variable from its first value to its last: all that is said of benefits (`Depth::Along`), or nothing but whether
/// they are due and what of their conditions holds (`Depth::Conditions`).
///
/// # Errors
/// `arithmetic-limit`, as [`Engine::decide`]; `too-many-pieces` where an answer changes with nearly every value.
pub(crate) fn follow(
    engine: &Engine,
    household: &Household,
    as_of: AsOf,
    variable: Variable,
    ends: (i64, i64),
    depth: Depth,
) -> Result<Followed, FactError> {
    engine.with_scratch(|scratch| follow_with(scratch, engine, household.clone(), as_of, variable, ends, depth))
}

fn follow_with(
    Scratch { values, trace, .. }: &mut Scratch,
    engine: &Engine,
    mut household: Household,
    as_of: AsOf,
    variable: Variable,
    (from, until): (i64, i64),
    depth: Depth,
) -> Result<Followed, FactError> {
    let mut sink = Liner::new(engine, variable, depth, trace);
    let mut sums: Vec<Sum> = Vec::new();
    let mut at = from;
    let moves = if variable == Variable::Day { moves(&household) } else { Vec::new() };
    for _ in 0..MOST_PIECES {
        let now = place(&mut household, as_of, variable, at);
        // No piece reaches over a day on which another area begins to decide.
        let next_move = moves.iter().copied().find(|day| *day > at).unwrap_or(i64::MAX);
        sink.begin(at, until.min(next_move.saturating_sub(1)), &household);
        decide(engine, &household, now, values, &mut sink)?;
        let last = at.saturating_add(sink.reach);
        sink.close(last);
        let first = sink.together.cash_per_month();
        let end = if last == at || !sink.moves_cash {
            first
        } else if sink.together.is_simple() {
            sink.added_up(last)
        } else {
            let now = place(&mut household, as_of, variable, last);
            sink.together = Together::new(&household);
            sink.adds_up = true;
            decide(engine, &household, now, values, &mut sink)?;
            sink.adds_up = false;
            sink.together.cash_per_month()
        };
        let (first, end) = ((first.lo, first.hi), (end.lo, end.hi));
        match sums.last_mut().filter(|before| before.is_level() && before.last == first && first == end) {
            Some(before) => before.until = last,
            None => sums.push(Sum { from: at, until: last, first, last: end }),
        }
        if last >= until {
            return Ok(Followed { tracks: sink.tracks, sums });
        }
        at = last.saturating_add(1);
    }
    Err(FactError::new("too-many-pieces", "", &format!("{MOST_PIECES} pieces"), "a shorter stretch"))
}

/// Puts the variable to a value; the question as it is asked then.
fn place(household: &mut Household, mut as_of: AsOf, variable: Variable, at: i64) -> AsOf {
    match variable {
        Variable::Fact(field, row) => household.set(field, row, Slot::exact(at)),
        Variable::Day => as_of.day = Date::from_count(at).unwrap_or(as_of.day),
    }
    as_of
}

/// Days on which somebody may come to be registered elsewhere, in order.
fn moves(household: &Household) -> Vec<i64> {
    let fields = [fact::REGISTERED_FROM.id, fact::REGISTERED_UNTIL.id];
    let rows = 0..household.rows(Frame::Registered);
    ordered(rows.flat_map(|row| fields.map(|field| household.slot(field, row))).filter_map(Slot::value))
}

impl Sum {
    fn is_level(&self) -> bool {
        self.first == self.last
    }
}

impl Run {
    /// Whether `next`, which begins where this one ends, only carries on what this one does.
    fn continues_as(&self, next: &Self) -> bool {
        if self.outcome != next.outcome || self.holds != next.holds || self.until.saturating_add(1) != next.from {
            return false;
        }
        let length = next.from.saturating_sub(self.from);
        let (Some(own), Some(other)) = (self.amount, next.amount) else { return self.amount.is_none() && next.amount.is_none() };
        let is_point = next.from == next.until;
        let carries_on = |own: Curve, other: Curve| {
            let later = own.from(length);
            later == other || is_point && later.value(0) == other.value(0)
        };
        carries_on(own.lo, other.lo) && carries_on(own.hi, other.hi)
    }

    /// Whether this single point could as well be the first of `next`.
    fn is_first_of(&self, next: &Self) -> bool {
        let same = self.from == self.until && self.outcome == next.outcome && self.holds == next.holds;
        let fits = |own: Curve, other: Curve| other.from(-1).value(0) == own.value(0);
        match (self.amount, next.amount) {
            (None, None) => same,
            (Some(own), Some(other)) => same && fits(own.lo, other.lo) && fits(own.hi, other.hi),
            _ => false,
        }
    }

    /// The least and the most at a value of the variable, in fen.
    fn ends_at(&self, value: i64) -> Option<(i64, i64)> {
        let t = value.saturating_sub(self.from);
        self.amount.map(|amount| (amount.lo.value(t), amount.hi.value(t)))
    }
}

impl Track {
    /// A further run and what its conditions say; another law may have other conditions.
    fn push<'c>(&mut self, mut run: Run, conditions: impl Iterator<Item = (&'c Arc<str>, Option<bool>)>) {
        run.holds = vec![None; self.codes.len()];
        for (expected, (code, holds)) in conditions.enumerate() {
            let is_expected = self.codes.get(expected) == Some(code);
            let at = if is_expected { Some(expected) } else { self.codes.iter().position(|known| known == code) };
            let at = at.unwrap_or_else(|| {
                self.codes.push(Arc::clone(code));
                for run in self.runs.iter_mut().chain([&mut run]) {
                    run.holds.push(None);
                }
                self.codes.len().saturating_sub(1)
            });
            if let Some(place) = run.holds.get_mut(at) {
                *place = holds;
            }
        }
        self.runs.push(run);
    }

    /// Takes the last two runs for one if the later only carries on what the earlier does.
    fn merge(&mut self) {
        while let [.., before, last] = self.runs.as_slice() {
            let (until, cells) = (last.until, Arc::clone(&last.cells));
            if before.continues_as(last) {
                self.runs.pop();
                if let Some(before) = self.runs.last_mut() {
                    (before.until, before.cells) = (until, cells);
                }
            } else if before.is_first_of(last) {
                let Some(mut last) = self.runs.pop() else { return };
                let Some(before) = self.runs.pop() else { return };
                last.from = before.from;
                last.amount = last.amount.map(|amount| amount.from(-1));
                last.steps = last.steps.into_iter().map(|(code, step)| (code, step.from(-1))).listed();
                self.runs.push(last);
            } else {
                return;
            }
        }
    }
}

impl Engine {
    /// How every answer for a household runs along a fact or along days.
    ///
    /// # Errors
    /// Every mistake in the household, the dates, the path and the stretch.
    pub fn sweep(&self, household: &str, question: Question<'_>, along: &Along<'_>) -> Result<Sweep, Vec<FactError>> {
        let (read, as_of) = self.asked(household, question)?;
        let (variable, from, until) = along.resolve(&read).map_err(|error| vec![error])?;
        let followed = follow(self, &read, as_of, variable, (from, until), Depth::Along).map_err(|error| vec![error])?;
        Ok(told::tell(&read, as_of, variable, (from, until), followed))
    }
}

/// Facts along which nothing can be swept: they say where and when something is decided.
pub(crate) fn decides_where(field: FieldId) -> bool {
    let places = [fact::REGISTERED_FROM.id, fact::REGISTERED_UNTIL.id, fact::BILL_DATE.id];
    places.contains(&field) || !matches!(field.field().kind, Kind::Money | Kind::Count { .. } | Kind::Day | Kind::DayOrNone)
}
