//! The least and the most that each benefit, and the cash of all together, can still come to: exactly, with an example.
//!
//! What the open facts could be is divided into parts, each read as intervals, and the part that could give the most (or
//! the least) is divided further, until it gives the same whatever is still open in it. That part is the example: no other
//! could give more. Parts are shared between all benefits; a budget bounds how many are looked at.

mod cut;
mod part;

use crate::area::AreaCode;
use crate::combination::Together;
use crate::decide::{Nowhere, Place, Sink, Whole, decide};
use crate::decision::{Decision, Outcome, Range};
use crate::engine::Engine;
use crate::entry::Answer;
use crate::error::FactError;
use crate::formula::{Formula, Gives, NodeId, Outline, Per};
use crate::household::{GivenFact, Household};
use crate::money::Yuan;
use crate::reading::trace::{Look, Trace};
use crate::reading::value::{Values, World};
use crate::slot::{Flags, INFINITE, Slot};
use crate::tables::AsOf;
use std::sync::Arc;

use cut::Cuts;
use part::{Part, Setting};

/// Parts that are looked at for one household at most.
const BUDGET: usize = 300;
/// Parts that are looked at for one end of one range at most.
const BUDGET_OF_ONE: usize = 60;

/// What one benefit can come to, in fen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bounds {
    /// The least.
    least: Bound,
    /// The most; [`INFINITE`] if no limit is known.
    most: Bound,
}

/// One end of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Bound {
    /// In fen.
    fen: i64,
    /// Answers to open questions with which it comes to just that; `None` if none were found.
    example: Option<Vec<GivenFact>>,
}

/// What is asked about: a benefit for one row of its list, or the monthly cash of all together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Entry(Arc<str>, usize),
    Total,
}

impl Target {
    fn is(&self, benefit: &str, row: usize) -> bool {
        matches!(self, Self::Entry(own, at) if **own == *benefit && *at == row)
    }
}

/// What a part of the possibilities says of one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    least: i64,
    most: i64,
    /// Some fact could still change it.
    open: bool,
}

/// Which end is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Least,
    Most,
}

impl End {
    /// The amount for which a part reaches so far.
    fn fen(self, reach: i64) -> i64 {
        if self == Self::Least { reach.saturating_neg() } else { reach }
    }
}

/// Gives every open entry, and the cash of all together, the narrowest range that was found.
///
/// # Errors
/// `arithmetic-limit`, as [`Engine::decide`].
pub(crate) fn tighten(engine: &Engine, household: &Household, as_of: AsOf, decision: &mut Decision) -> Result<(), FactError> {
    if decision.benefits.iter().all(|entry| entry.outcome != Outcome::Undetermined) {
        return Ok(());
    }
    let (all, total) = bounds(engine, household, as_of)?;
    for (entry, bounds) in decision.benefits.iter_mut().zip(all) {
        if entry.range.is_some() {
            entry.range = Some(bounds.told());
        }
    }
    decision.cash_range = Some(total.told());
    Ok(())
}

impl Bounds {
    fn told(self) -> Range {
        let tight = self.least.example.is_some() && self.most.example.is_some();
        Range {
            min: Yuan::from_fen(self.least.fen),
            max: (self.most.fen != INFINITE).then(|| Yuan::from_fen(self.most.fen)),
            bound: if tight { "tight" } else { "sound" },
            least_with: self.least.example.filter(|_| tight),
            most_with: self.most.example.filter(|_| tight),
        }
    }
}

/// The bounds of every entry, in the order in which they are decided, and of the monthly cash of all together.
///
/// # Errors
/// `arithmetic-limit`, as [`Engine::decide`].
fn bounds(engine: &Engine, household: &Household, as_of: AsOf) -> Result<(Vec<Bounds>, Bounds), FactError> {
    let mut search = Search::new(engine, as_of);
    search.parts.push(Part::whole(household, as_of.day));
    search.read(0, 0)?;
    let mut all = Vec::new();
    // The total last: what was found out about its entries helps.
    for target in (1..search.targets.len()).chain([0]) {
        let [least, most] = [End::Least, End::Most].map(|end| search.bound(target, end));
        all.push(Bounds { least: least?, most: most? });
    }
    let total = all.pop().unwrap_or_default();
    Ok((all, total))
}

struct Search<'e> {
    engine: &'e Engine,
    as_of: AsOf,
    values: Values,
    trace: Trace,
    /// The total first, then the entries in the order in which the household as it is known has them.
    targets: Vec<Target>,
    parts: Vec<Part>,
    /// What parts say of the targets, part after part.
    found: Vec<Found>,
    /// Parts that may still be looked at.
    left: usize,
}

impl<'e> Search<'e> {
    fn new(engine: &'e Engine, as_of: AsOf) -> Self {
        Self {
            engine,
            as_of,
            values: Values::default(),
            trace: Trace::default(),
            targets: vec![Target::Total],
            parts: Vec::new(),
            found: Vec::new(),
            left: BUDGET,
        }
    }

    /// Divides the part that could give the most (or the least) until nothing open in it matters.
    fn bound(&mut self, target: usize, end: End) -> Result<Bound, FactError> {
        let mut frontier = vec![0];
        let mut left = self.left.min(BUDGET_OF_ONE);
        // How far a part reaches that stays open and cannot be divided; another may give just as much for certain.
        let mut stuck: Option<i64> = None;
        loop {
            let best = frontier.iter().enumerate().map(|(at, part)| (self.reach(*part, target, end), at));
            // Of several that reach as far the latest: it has been divided the most.
            let (reach, at) = match (best.max(), stuck) {
                (Some((reach, at)), stuck) if stuck.is_none_or(|stuck| reach >= stuck) => (reach, at),
                (_, Some(stuck)) => return Ok(Bound { fen: end.fen(stuck), example: None }),
                (_, None) => return Ok(Bound::default()),
            };
            let fen = end.fen(reach);
            let part = frontier.remove(at);
            if self.is_read(part) {
                if self.of(part, target).is_some_and(|found| !found.open) {
                    return Ok(Bound { fen, example: self.parts.get(part).map(Part::example) });
                }
                match self.children(part, target)? {
                    None => return Ok(Bound { fen, example: None }),
                    Some([]) => stuck = stuck.or(Some(reach)),
                    Some(children) => frontier.extend(children),
                }
            } else if left == 0 {
                return Ok(Bound { fen, example: None });
            } else {
                left = left.saturating_sub(1);
                self.left = self.left.saturating_sub(1);
                self.read(part, target)?;
                frontier.push(part);
            }
        }
    }

    fn is_read(&self, part: usize) -> bool {
        self.parts.get(part).is_some_and(|part| part.found.is_some())
    }

    /// What a part says of a target; one that has not been read lies within the one it is part of.
    fn of(&self, part: usize, target: usize) -> Option<&Found> {
        let mut part = self.parts.get(part)?;
        while part.found.is_none() && part.parent.is_some() {
            part = self.parts.get(part.parent?)?;
        }
        self.found.get(part.found?.saturating_add(target))
    }

    /// How far a part reaches, as a number that is larger the better.
    fn reach(&self, part: usize, target: usize, end: End) -> i64 {
        let found = self.of(part, target).copied().unwrap_or(UNKNOWN);
        if end == End::Least { found.least.saturating_neg() } else { found.most }
    }

    /// Reads a part; on the way it is seen along what it could be divided for this target.
    fn read(&mut self, at: usize, target: usize) -> Result<(), FactError> {
        let parent = self.parts.get(at).and_then(|part| self.parts.get(part.parent?));
        let inherited = parent.map(|parent| (parent.household.clone(), parent.settings.clone()));
        let begins = self.found.len();
        let Some(part) = self.parts.get_mut(at) else { return Ok(()) };
        if let Some((household, settings)) = inherited {
            part.inherit(household, settings);
        }
        let wanted = self.targets.get(target).cloned().unwrap_or(Target::Total);
        self.found.resize(begins.saturating_add(self.targets.len()), UNKNOWN);
        let mut reading = Reading {
            targets: &mut self.targets,
            begins,
            at: 0,
            found: &mut self.found,
            together: Together::new(&part.household),
            is_total_open: false,
            is_relation_open: false,
            looking: Looking { target: &wanted, trace: &mut self.trace, household: &part.household, choice: None },
        };
        decide(self.engine, &part.household, self.as_of, &mut self.values, &mut reading)?;
        reading.add_total();
        let choice = reading.looking.choice;
        part.found = Some(begins);
        part.cut = choice.map(|choice| (target, choice));
        Ok(())
    }

    /// The parts of a part, divided along the first open fact that matters for the target; none if there is no such fact,
    /// `None` if it may no longer be looked for.
    fn children(&mut self, at: usize, target: usize) -> Result<Option<&[usize]>, FactError> {
        let Some(part) = self.parts.get_mut(at) else { return Ok(None) };
        if part.children.is_empty() {
            let cut = part.cut.take_if(|(of, _)| *of == target).map(|(_, choice)| choice);
            let choice = match cut {
                Some(choice) => choice,
                None if self.left == 0 => return Ok(None),
                None => {
                    self.left = self.left.saturating_sub(1);
                    let wanted = self.targets.get(target).cloned().unwrap_or(Target::Total);
                    let mut looking = Looking { target: &wanted, trace: &mut self.trace, household: &part.household, choice: None };
                    decide(self.engine, &part.household, self.as_of, &mut self.values, &mut looking)?;
                    looking.choice.unwrap_or_default()
                }
            };
            let first = self.parts.len();
            self.parts.extend(choice.into_iter().map(|more| Part::of(at, more)));
            let children = (first..self.parts.len()).collect();
            if let Some(part) = self.parts.get_mut(at) {
                part.children = children;
            }
        }
        Ok(self.parts.get(at).map(|part| part.children.as_slice()))
    }
}

/// Of an entry that a part does not have: where it is not even known which area decides, it can be anything.
const UNKNOWN: Found = Found { least: 0, most: INFINITE, open: true };

/// Reads what each entry can come to.
struct Reading<'r> {
    targets: &'r mut Vec<Target>,
    /// Where the answers of this part begin; what the first part decides are the targets.
    begins: usize,
    /// The target decided last; most parts decide the same ones in the same order.
    at: usize,
    found: &'r mut Vec<Found>,
    together: Together,
    /// A benefit that is part of the total is open.
    is_total_open: bool,
    /// What may be drawn together is open.
    is_relation_open: bool,
    looking: Looking<'r>,
}

impl Reading<'_> {
    fn add(&mut self, benefit: &str, row: usize, found: Found) {
        self.at = self.at.saturating_add(1);
        if self.begins == 0 {
            self.targets.push(Target::Entry(benefit.into(), row));
            self.found.push(found);
            return;
        }
        if !self.targets.get(self.at).is_some_and(|target| target.is(benefit, row)) {
            match self.targets.iter().position(|target| target.is(benefit, row)) {
                Some(at) => self.at = at,
                // A benefit that other areas do not have.
                None => return,
            }
        }
        if let Some(place) = self.found.get_mut(self.begins.saturating_add(self.at)) {
            *place = found;
        }
    }

    fn add_total(&mut self) {
        let total = self.together.cash_per_month();
        let open = self.is_total_open || (self.is_relation_open && !total.is_settled());
        if let Some(place) = self.found.get_mut(self.begins) {
            *place = Found { least: total.lo, most: total.hi, open };
        }
    }
}

impl Sink for Reading<'_> {
    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let answer = Answer::read(values, place);
        let range = answer.range();
        let amount_matters = !answer.qualifies.is_no();
        let open = is_open(answer.qualifies) || (amount_matters && answer.amount.is_some_and(is_open));
        let found = Found { least: range.lo, most: range.hi, open };
        self.add(&place.outline.benefit, place.row, found);
        self.is_total_open |= open && adds_up(place.outline);
        self.together.decided(values, place);
        if open {
            self.looking.decided(values, place);
        }
    }

    fn without_area(&mut self, place: &Nowhere<'_>, _needs: &[String]) {
        self.add(place.benefit, place.bill.or(place.member).unwrap_or(0), UNKNOWN);
        self.is_total_open |= place.gives == Gives::Cash;
        self.together.without_area(place, &[]);
    }

    fn combined(&mut self, values: &Values, formula: &Formula, place: &Whole<'_>) {
        self.together.combined(values, formula, place);
        if formula.combined.total.is_some_and(|total| is_open(values.get(total, 0))) {
            self.is_relation_open = true;
            self.looking.combined(values, formula, place);
        }
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}

/// Whether some fact could still change it.
fn is_open(slot: Slot) -> bool {
    !slot.is_settled() && slot.flags.has(Flags::FACT)
}

/// Whether it is part of the cash of every month.
fn adds_up(outline: &Outline) -> bool {
    outline.gives == Gives::Cash && outline.per == Per::Month
}

/// Looks for a fact along which to divide.
struct Looking<'l> {
    target: &'l Target,
    trace: &'l mut Trace,
    household: &'l Household,
    choice: Option<Vec<Vec<Setting>>>,
}

impl Looking<'_> {
    fn look(&mut self, values: &Values, formula: &Formula, world: World<'_>, roots: impl Iterator<Item = NodeId>, row: usize) {
        self.trace.clear();
        for root in roots {
            self.trace.walk(formula, values, world, root, row, Look::Open);
        }
        let cuts = Cuts { formula, values, household: self.household, world, pivots: &self.trace.pivots };
        self.choice = self.trace.ends.iter().find_map(|end| cuts.of(*end));
    }
}

impl Sink for Looking<'_> {
    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let concerns = self.target.is(&place.outline.benefit, place.row) || (*self.target == Target::Total && adds_up(place.outline));
        // The total is divided along whatever keeps the first of its entries open.
        if self.choice.is_some() || !concerns {
            return;
        }
        let amount = place.outline.amount.filter(|_| !values.get(place.outline.qualifies, place.row).is_no());
        let roots = [Some(place.outline.qualifies), amount];
        self.look(values, place.formula, place.world, roots.into_iter().flatten(), place.row);
    }

    fn without_area(&mut self, _place: &Nowhere<'_>, _needs: &[String]) {}

    fn combined(&mut self, values: &Values, formula: &Formula, place: &Whole<'_>) {
        // Where all benefits are settled, what may be drawn together may still not be.
        if self.choice.is_none() && *self.target == Target::Total {
            self.look(values, formula, place.world, formula.combined.total.into_iter(), 0);
        }
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}
