//! Reads one point of a sweep: what each benefit says there, how it runs on, and how far.

use std::sync::Arc;

use super::curve::Curve;
use super::lines::{Moved, Span, Spans, Variable};
use super::reach::Reach;
use super::{Run, Track};
use crate::area::AreaCode;
use crate::combination::Together;
use crate::date::Date;
use crate::decide::{Nowhere, Place, Sink, Whole};
use crate::decision::{CellUsed, Outcome};
use crate::engine::Engine;
use crate::entry::Answer;
use crate::formula::{Depth, Formula, Gives, NodeId, Per, Step};
use crate::household::{Frame, Household};
use crate::money::RoundingMode;
use crate::order::{AppendAll as _, Listed as _};
use crate::reading::reasons::parts;
use crate::reading::trace::{End, Look, Trace};
use crate::reading::value::{Values, World};
use crate::slot::{INFINITE, Slot};

/// What is not due.
const NOTHING: Span = Span { lo: Curve::level(0), hi: Curve::level(0) };

/// Reads one point of the sweep.
pub(super) struct Liner<'s> {
    engine: &'s Engine,
    variable: Variable,
    /// What is followed.
    depth: Depth,
    at: i64,
    /// So many grains on everything told here still is as it is.
    pub reach: i64,
    /// What the variable moves in each formula, by where the formula lies.
    moved: Vec<(usize, Moved)>,
    /// The formula, the day and the applicant for whom nodes run as `spans` say.
    run: Option<(usize, Date, Option<usize>)>,
    spans: Spans,
    /// What a benefit pays in each place where the household may apply.
    candidates: Vec<(Arc<str>, Option<Span>)>,
    /// Only the sum is asked for.
    pub adds_up: bool,
    /// The sum may be another at the end of the piece.
    pub moves_cash: bool,
    trace: &'s mut Trace,
    pub tracks: Vec<Track>,
    /// The track that is told next if all is told in the order of the piece before.
    next: usize,
    /// What the nearest end of a piece rests on.
    cells: Vec<CellUsed>,
    pub together: Together,
}

impl<'s> Liner<'s> {
    /// One that has been nowhere yet.
    pub fn new(engine: &'s Engine, variable: Variable, depth: Depth, trace: &'s mut Trace) -> Self {
        Self {
            engine,
            variable,
            depth,
            at: 0,
            reach: 0,
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
        }
    }

    /// A piece begins, which reaches to a last value at most.
    pub fn begin(&mut self, at: i64, last: i64, household: &Household) {
        (self.at, self.reach) = (at, last.saturating_sub(at));
        self.run = None;
        self.next = 0;
        self.candidates.clear();
        self.moves_cash = false;
        self.cells.clear();
        if self.depth == Depth::Along {
            self.together = Together::new(household);
        }
    }

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
            self.moves_cash |= self.depth == Depth::Along && spans.moves_cash(moved);
            if self.reaches(spans.reach)
                && self.depth == Depth::Along
                && let Some((node, row)) = spans.cause
            {
                self.trace.clear();
                let mut op = place.formula.node(node).op;
                let mut operands = Vec::new();
                op.each_operand(&place.formula.operands, &mut |id| operands.push(id));
                let own_frame = |id: &NodeId| place.formula.node(*id).frame == place.formula.node(node).frame;
                for id in operands.into_iter().filter(own_frame) {
                    self.trace.walk(place.formula, values, place.world, id, row, Look::Ground);
                }
                for end in &self.trace.ends {
                    if let End::Cell(cell) = end {
                        self.cells.append_all(self.engine.cell_used(place.formula, *cell));
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
    pub fn added_up(&self, value: i64) -> Slot {
        let paid = self.tracks.iter().filter(|track| track.gives == Gives::Cash && track.per == Per::Month);
        let runs = paid.filter_map(|track| track.runs.last()).filter(|run| run.until == value && run.outcome != Outcome::NoTable);
        runs.filter_map(|run| run.ends_at(value)).fold(Slot::exact(0), |sum, (least, most)| {
            let most = if sum.hi == INFINITE || most == INFINITE { INFINITE } else { sum.hi.saturating_add(most) };
            Slot::between(sum.lo.saturating_add(least), most, sum.flags)
        })
    }

    /// All entries run up to here.
    pub fn close(&mut self, until: i64) {
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
        Run { amount, steps: outline.steps.iter().filter_map(step).listed(), ..self.bare(answer.outcome) }
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
        let needed = formula.needed(&self.depth);
        // At the end of a piece everything is as it has been worked out to run there.
        if self.adds_up
            && let Some((of, day, applicant)) = self.run
            && (of, applicant) == (formula.identity(), world.household.applicant())
            && values.are_of(needed, day, world.household)
        {
            let at = self.moved(formula);
            if let Some((_, moved)) = self.moved.get(at) {
                self.spans.run_on(formula, values, moved, self.reach);
            }
            return values.stand_for(world.household, world.today);
        }
        values.read_on(formula, needed, world);
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

/// A span in fen; amounts that are not whole fen widen to the fen on either side.
fn in_fen(span: Span, parts: i64) -> Span {
    if parts == 100 {
        return span;
    }
    let to = |curve: Curve, mode| curve.rounded(parts, 1, mode).unwrap_or(curve);
    Span { lo: to(span.lo, RoundingMode::Down), hi: to(span.hi, RoundingMode::Up) }
}
