//! How every answer runs along one fact, or along days: all its breakpoints, exactly, each with what causes it.
//!
//! Nothing is sampled. At a point all values are read as for any decision; a second pass ([`lines`]) works out how each
//! value that the fact moves runs on and where the nearest comparison turns over; there the next piece begins.

mod curve;
mod lines;
mod reach;
mod told;

use std::sync::Arc;

use crate::area::AreaCode;
use crate::combination::Together;
use crate::date::Date;
use crate::decide::{Nowhere, Place, Sink, Whole, decide};
use crate::decision::{CellUsed, Outcome};
use crate::engine::{Engine, Question, Scratch};
use crate::entry::Answer;
use crate::error::FactError;
use crate::formula::{Depth, Formula, Gives, Per, Step};
use crate::household::dictionary::fact;
use crate::household::{FieldId, Frame, Household, Kind};
use crate::money::RoundingMode;
use crate::reading::reasons::parts;
use crate::reading::trace::{End, Look, Trace};
use crate::reading::value::{Values, World};
use crate::slot::{INFINITE, Slot};
use crate::tables::AsOf;

use curve::Curve;
use lines::{Moved, Span, Spans};
use reach::Reach;

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
    /// What it comes to at the first value, in fen.
    pub first: Slot,
    /// What it comes to at the last.
    pub last: Slot,
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
    engine.with_scratch(|scratch| follow_with(scratch, engine, household.clone(), as_of, (variable, ends), depth))
}

fn follow_with(
    Scratch { values, trace }: &mut Scratch,
    engine: &Engine,
    mut household: Household,
    as_of: AsOf,
    (variable, (from, until)): (Variable, (i64, i64)),
    depth: Depth,
) -> Result<Followed, FactError> {
    let of_conditions = depth == Depth::Conditions;
    let mut sink = Liner {
        engine,
        variable,
        depth,
        reach: 0,
        at: from,
        moved: Vec::new(),
        run: None,
        spans: Spans::default(),
        candidates: Vec::new(),
        adds_up: false,
        moves_cash: false,
        trace,
        tracks: Vec::new(),
        next: 0,
        cells: Vec::new(),
        together: Together::default(),
    };
    let mut sums: Vec<Sum> = Vec::new();
    let mut at = from;
    let moves = if variable == Variable::Day { moves(&household) } else { Vec::new() };
    for _ in 0..MOST_PIECES {
        let now = place(&mut household, as_of, variable, at);
        // No piece reaches over a day on which another area begins to decide.
        let next_move = moves.iter().copied().find(|day| *day > at).unwrap_or(i64::MAX);
        sink.reach = until.min(next_move.saturating_sub(1)).saturating_sub(at);
        sink.at = at;
        sink.run = None;
        sink.next = 0;
        sink.candidates.clear();
        sink.moves_cash = false;
        sink.cells.clear();
        sink.together = Together::new(&household);
        decide(engine, &household, now, values, &mut sink)?;
        let last = at.saturating_add(sink.reach);
        sink.close(last);
        let first = sink.together.cash_per_month();
        let end = if of_conditions || last == at || !sink.moves_cash {
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
    let mut found: Vec<i64> = rows.flat_map(|row| fields.map(|field| household.slot(field, row))).filter_map(Slot::value).collect();
    found.sort_unstable();
    found
}

/// What is not due.
const NOTHING: Span = Span { lo: Curve::level(0), hi: Curve::level(0) };

/// Reads one point of the sweep.
struct Liner<'s> {
    engine: &'s Engine,
    variable: Variable,
    /// What is followed.
    depth: Depth,
    at: i64,
    reach: i64,
    /// What the variable moves in each formula, by where the formula lies.
    moved: Vec<(usize, Moved)>,
    /// The formula, the day and the applicant for whom nodes run as `spans` say.
    run: Option<(usize, Date, Option<usize>)>,
    spans: Spans,
    /// What a benefit pays in each place where the household may apply.
    candidates: Vec<(Arc<str>, Option<Span>)>,
    /// Only the sum is asked for.
    adds_up: bool,
    /// The sum may be another at the end of the piece.
    moves_cash: bool,
    trace: &'s mut Trace,
    tracks: Vec<Track>,
    /// The track that is told next if all is told in the order of the piece before.
    next: usize,
    /// What the nearest end of a piece rests on.
    cells: Vec<CellUsed>,
    together: Together,
}

impl Liner<'_> {
    /// What the variable moves in a formula, worked out once for each.
    fn moved(&mut self, formula: &Formula) -> usize {
        let key = formula.identity();
        self.moved.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.moved.push((key, Moved::by(self.variable, formula, &self.depth)));
            self.moved.len().saturating_sub(1)
        })
    }

    /// Works out how the nodes of a formula run, once for each reading of it.
    fn prepare(&mut self, values: &Values, place: &Place<'_>) -> usize {
        let at = self.moved(place.formula);
        let run = (place.formula.identity(), place.world.today, place.world.household.applicant());
        if self.run != Some(run)
            && let Some((_, moved)) = self.moved.get(at)
        {
            // Nor does a piece reach over a day on which the tables change.
            if self.variable == Variable::Day
                && let Some(change) = self.engine.next_change(place.area, place.world.today)
            {
                self.reach = self.reach.min(i64::from(change.days()).saturating_sub(1).saturating_sub(self.at));
            }
            let spans = std::mem::take(&mut self.spans);
            let spans = spans.read(place.formula, values, place.world, self.variable, moved, self.reach);
            self.moves_cash |= spans.moves_cash(moved);
            if self.reaches(spans.reach)
                && self.depth == Depth::Along
                && let Some((node, row)) = spans.cause
            {
                self.trace.clear();
                let mut op = place.formula.node(node).op;
                let mut operands = Vec::new();
                op.each_operand(&place.formula.operands, &mut |id| operands.push(id));
                let own_frame = |id: &crate::formula::NodeId| place.formula.node(*id).frame == place.formula.node(node).frame;
                for id in operands.into_iter().filter(own_frame) {
                    self.trace.walk(place.formula, values, place.world, id, row, Look::Ground);
                }
                for end in &self.trace.ends {
                    if let End::Cell(cell) = end {
                        self.cells.extend(self.engine.cell_used(place.formula, *cell));
                    }
                }
            }
            self.run = Some(run);
            self.spans = spans;
        }
        at
    }

    /// The piece reaches no further than this. Says whether that ends it sooner than what is known.
    fn reaches(&mut self, reach: Reach) -> bool {
        let is_nearer = reach.0 < self.reach;
        if is_nearer {
            self.reach = reach.0;
            self.cells.clear();
        }
        is_nearer
    }

    /// What a benefit pays in its place, in fen; nothing where it is not due.
    fn paid(&self, at: usize, values: &Values, place: &Place<'_>) -> Option<Span> {
        let (_, moved) = self.moved.get(at)?;
        let amount = place.outline.amount?;
        if values.get(place.outline.qualifies, place.row).is_no() {
            return Some(NOTHING);
        }
        Some(in_fen(self.spans.span(moved, values, amount, place.row), parts(place.formula.sort(amount))))
    }

    /// What a benefit pays wherever the household may apply: where that is open and the places do not agree, what any of them
    /// pays.
    fn paid_anywhere(&mut self, at: usize, values: &Values, place: &Place<'_>) -> Option<Span> {
        let own = self.paid(at, values, place)?;
        let Some(several) = place.several.filter(|several| several.places.is_open()) else { return Some(own) };
        let (mut reach, mut anywhere) = (Reach(self.reach), own);
        for other in self.candidates.iter().filter(|(benefit, _)| *benefit == place.outline.benefit).filter_map(|(_, paid)| *paid) {
            // Whether they agree stays as it is, too.
            reach.keep_order(own.lo, other.lo);
            reach.keep_order(own.hi, other.hi);
            anywhere = reach.hull(Some(anywhere), other);
        }
        self.reaches(reach);
        if Answer::read(values, &Place { several: None, ..*place }) == Answer::read(values, place) {
            Some(own)
        } else if several.places.may_be_more {
            Some(Span { lo: Curve::level(0), hi: Curve::level(INFINITE) })
        } else {
            Some(anywhere)
        }
    }

    /// The cash of every month at a value within the piece, where all of it is simply added up.
    fn added_up(&self, value: i64) -> Slot {
        let paid = self.tracks.iter().filter(|track| track.gives == Gives::Cash && track.per == Per::Month);
        let runs = paid.filter_map(|track| track.runs.last()).filter(|run| run.until == value && run.outcome != Outcome::NoTable);
        runs.filter_map(|run| run.ends_at(value)).fold(Slot::exact(0), |sum, (least, most)| {
            let most = if sum.hi == INFINITE || most == INFINITE { INFINITE } else { sum.hi.saturating_add(most) };
            Slot::between(sum.lo.saturating_add(least), most, sum.flags)
        })
    }

    /// All entries run up to here.
    fn close(&mut self, until: i64) {
        let at = self.at;
        let cells: Arc<[CellUsed]> = Arc::from(self.cells.as_slice());
        for track in &mut self.tracks {
            let Some(run) = track.runs.last_mut().filter(|run| run.until == at) else { continue };
            run.until = until;
            run.cells = Arc::clone(&cells);
            if run.from == at {
                track.merge();
            }
        }
    }
}

impl Liner<'_> {
    /// A run that begins here, of which all is told.
    fn told(&mut self, at: usize, values: &Values, place: &Place<'_>) -> Run {
        let paid = self.paid_anywhere(at, values, place);
        let outline = place.outline;
        let answer = Answer::read(values, place);
        let amount = match answer.outcome {
            Outcome::Ineligible => outline.amount.map(|_| NOTHING),
            _ if answer.qualifies.is_yes() => paid,
            _ => paid.map(|paid| Span { lo: Curve::level(0), hi: paid.hi }),
        };
        let moved = self.moved.get(at).map(|(_, moved)| moved);
        let step = |step: &Step| Some((step.code, self.spans.span(moved?, values, step.node, place.row)));
        Run { amount, steps: outline.steps.iter().filter_map(step).collect(), ..self.bare(answer.outcome) }
    }

    /// A run that begins here, of which nothing but whether the benefit may be due and what of its conditions holds is told.
    fn due(&self, values: &Values, place: &Place<'_>) -> Run {
        let is_not = Answer::read(values, place).qualifies.is_no();
        self.bare(if is_not { Outcome::Ineligible } else { Outcome::Undetermined })
    }

    fn bare(&self, outcome: Outcome) -> Run {
        Run { from: self.at, until: self.at, outcome, amount: None, holds: Vec::new(), steps: Vec::new(), cells: Arc::default() }
    }
}

impl Sink for Liner<'_> {
    fn read(&mut self, values: &mut Values, formula: &Formula, world: World<'_>) {
        values.read_on(formula, formula.needed(&self.depth), world);
    }

    fn candidate(&mut self, values: &Values, place: &Place<'_>) {
        if self.adds_up {
            return;
        }
        let at = self.prepare(values, place);
        if self.depth == Depth::Along {
            let paid = self.paid(at, values, place);
            self.candidates.push((Arc::clone(&place.outline.benefit), paid));
        }
    }

    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        if self.depth == Depth::Along {
            self.together.decided(values, place);
        }
        if self.adds_up {
            return;
        }
        // A bill is decided for its own day.
        if place.outline.frame == Frame::Bill && self.variable == Variable::Day {
            return;
        }
        let at = self.prepare(values, place);
        let Some((_, moved)) = self.moved.get(at) else { return };
        let outline = place.outline;
        let same = |track: &Track| track.row == place.row && track.area == place.area && track.benefit == outline.benefit;
        let expected = Some(self.next).filter(|next| self.tracks.get(*next).is_some_and(same));
        let known = expected.or_else(|| self.tracks.iter().position(same));
        let formula = place.formula.identity();
        if let Some(at) = known
            && let Some(track) = self.tracks.get_mut(at)
            && let Some(run) = track.runs.last_mut()
            && (track.formula, run.until) == (formula, self.at.saturating_sub(1))
            && place.several.is_none()
            && moved.leaves(outline)
        {
            run.until = self.at;
            self.next = at.saturating_add(1);
            return;
        }
        let run = if self.depth == Depth::Conditions { self.due(values, place) } else { self.told(at, values, place) };
        let known = known.unwrap_or_else(|| {
            self.tracks.push(Track {
                benefit: Arc::clone(&outline.benefit),
                row: place.row,
                frame: outline.frame,
                area: place.area,
                gives: outline.gives,
                per: outline.per,
                codes: Vec::new(),
                runs: Vec::new(),
                formula,
            });
            self.tracks.len().saturating_sub(1)
        });
        self.next = known.saturating_add(1);
        if let Some(track) = self.tracks.get_mut(known) {
            track.formula = formula;
            track.push(
                run,
                outline.requirements.iter().map(|requirement| (&requirement.code, values.get(requirement.node, place.row).known_truth())),
            );
        }
    }

    fn without_area(&mut self, place: &Nowhere<'_>, needs: &[String]) {
        self.together.without_area(place, needs);
    }

    fn combined(&mut self, values: &Values, formula: &Formula, place: &Whole<'_>) {
        if self.depth == Depth::Along {
            self.together.combined(values, formula, place);
        }
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}

impl Sum {
    fn is_level(&self) -> bool {
        self.first == self.last
    }
}

/// A span in fen; amounts that are not whole fen widen to the fen on either side.
fn in_fen(span: Span, parts: i64) -> Span {
    if parts == 100 {
        return span;
    }
    let to = |curve: Curve, mode| curve.rounded(parts, 1, mode).unwrap_or(curve);
    Span { lo: to(span.lo, RoundingMode::Down), hi: to(span.hi, RoundingMode::Up) }
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
                last.steps = last.steps.into_iter().map(|(code, step)| (code, step.from(-1))).collect();
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
