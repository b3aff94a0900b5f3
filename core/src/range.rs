//! The least and the most that each benefit, and the cash of all together, can still come to: exactly, with an example.
//!
//! What the open facts could be is divided into parts, each read as intervals, and the part that could give the most (or
//! the least) is divided further, until it gives the same whatever is still open in it. That part is the example: no other
//! could give more. Of each part only what the benefit needs is read, and of that only what is open in a part around it with
//! the same rows; a budget bounds how much is read.

mod cut;
mod part;

use crate::area::AreaCode;
use crate::combination::Together;
use crate::date::Date;
use crate::decide::{Nowhere, Place, Sink, Whole, decide};
use crate::decision::{Decision, Outcome, Range};
use crate::engine::{Engine, Scratch};
use crate::entry::Answer;
use crate::error::FactError;
use crate::formula::{Depth, Formula, Gives, NodeId, Outline, Per};
use crate::household::{GivenFact, Household};
use crate::money::Yuan;
use crate::order::{AppendAll as _, Listed as _};
use crate::reading::trace::{Look, Trace};
use crate::reading::value::{Rest, Values, World};
use crate::slot::{Flags, INFINITE, Slot};
use crate::tables::AsOf;
use std::sync::Arc;

use cut::Cuts;
use part::{Part, Seen, Setting};

/// Values that are computed for one household at most.
const BUDGET: usize = 9_000;
/// Where few questions are open, so many: there the longer search more often finds an example.
const BUDGET_OF_FEW: usize = 40_000;
/// No more questions than these are few.
const FEW: usize = 12;
/// Values that are computed for one end of one range at most: so large a part of those for the household.
const PART_OF_ONE: usize = 8;

/// Parts that are read for one end of one range at most: who has not found an example by then hardly ever does.
const MOST_READ: usize = 32;

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
        matches!(self, Self::Entry(own, at) if *at == row && **own == *benefit)
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
pub(crate) fn tighten(
    engine: &Engine,
    household: &Household,
    as_of: AsOf,
    scratch: &mut Scratch,
    decision: &mut Decision,
) -> Result<(), FactError> {
    if decision.benefits.iter().all(|entry| entry.outcome != Outcome::Undetermined) {
        return Ok(());
    }
    let budget = if decision.needs.len() > FEW { BUDGET } else { BUDGET_OF_FEW };
    let mut search =
        Search { engine, as_of, scratch, whole: None, base: None, parts: Vec::new(), left: budget, of_one: budget / PART_OF_ONE };
    let whole = part::whole(household, as_of.day);
    let (entries, total) = search.overview(&whole)?;
    for (entry, listed) in decision.benefits.iter_mut().zip(entries) {
        if entry.range.is_some() {
            entry.range = Some(search.bounds(&whole, listed)?.told());
        }
    }
    decision.cash_range = Some(search.bounds(&whole, total)?.told());
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

struct Search<'e> {
    engine: &'e Engine,
    as_of: AsOf,
    scratch: &'e mut Scratch,
    /// The whole, whose values are kept.
    whole: Option<Base>,
    /// A part whose values are kept until another is read from the beginning.
    base: Option<Base>,
    /// The parts looked at for one target, the whole first.
    parts: Vec<Part>,
    /// Values that may still be computed.
    left: usize,
    /// Values that may be computed for one end.
    of_one: usize,
}

impl Search<'_> {
    /// What the whole says of each entry, in the order in which they are decided, and of the total.
    fn overview(&mut self, household: &Household) -> Result<(Vec<Listed>, Listed), FactError> {
        let mut reading = Reading::new(&Target::Total, &mut self.scratch.trace, household);
        reading.entries = Some(Vec::new());
        decide(self.engine, household, self.as_of, &mut self.scratch.values, &mut reading)?;
        self.whole = reading.new_base(0);
        let total = Listed { target: Target::Total, found: reading.found(), cut: reading.choice, spot: None };
        Ok((reading.entries.unwrap_or_default(), total))
    }

    fn bounds(&mut self, whole: &Household, Listed { target, found, cut, spot }: Listed) -> Result<Bounds, FactError> {
        let seen = Seen { household: whole.clone(), settings: Vec::new(), is_elsewhere: false, rows_of: 0, found };
        self.base = None;
        self.whole.iter_mut().for_each(|whole| whole.rest = None);
        self.parts = vec![Part { seen: Some(seen), cut, ..Part::default() }];
        // A total without limit is that of some entry, whose own range has the example.
        let is_endless = target == Target::Total && found.most == INFINITE;
        let most = if is_endless { Bound { fen: INFINITE, example: None } } else { self.bound(&target, spot.as_ref(), End::Most)? };
        Ok(Bounds { least: self.bound(&target, spot.as_ref(), End::Least)?, most })
    }

    /// Divides the part that could give the most (or the least) until nothing open in it matters.
    fn bound(&mut self, target: &Target, spot: Option<&Spot>, end: End) -> Result<Bound, FactError> {
        let mut frontier = vec![0];
        let reserve = self.left.saturating_sub(self.of_one);
        let mut read = 0_usize;
        // How far a part reaches that stays open and cannot be divided, or cannot be told; another may give just as much for certain.
        let mut stuck: Option<i64> = None;
        loop {
            let best = frontier.iter().enumerate().map(|(at, part)| (self.reach(*part, end), at));
            // Of several that reach as far the latest: it has been divided the most.
            let (reach, at) = match (best.max(), stuck) {
                (Some((reach, at)), stuck) if stuck.is_none_or(|stuck| reach >= stuck) => (reach, at),
                (_, Some(stuck)) => return Ok(Bound { fen: end.fen(stuck), example: None }),
                (_, None) => return Ok(Bound::default()),
            };
            let fen = end.fen(reach);
            let part = frontier.remove(at);
            if let Some(seen) = self.parts.get(part).and_then(|part| part.seen.as_ref()) {
                let example = if seen.found.open { None } else { seen.example() };
                if example.is_some() {
                    return Ok(Bound { fen, example });
                }
                match self.children(part) {
                    [] => stuck = stuck.or(Some(reach)),
                    children => frontier.extend(children),
                }
            } else if self.left <= reserve || read >= MOST_READ {
                return Ok(Bound { fen, example: None });
            } else {
                read = read.saturating_add(1);
                self.read(part, target, spot)?;
                frontier.push(part);
            }
        }
    }

    /// How far a part reaches, as a number that is larger the better; one that has not been read lies within the one it is
    /// part of.
    fn reach(&self, part: usize, end: End) -> i64 {
        let mut at = Some(part);
        let found = std::iter::from_fn(|| {
            let part = self.parts.get(at?)?;
            at = part.parent;
            Some(part.seen.as_ref().map(|seen| seen.found))
        });
        let found = found.flatten().next().unwrap_or(UNKNOWN);
        if end == End::Least { found.least.saturating_neg() } else { found.most }
    }

    /// Reads a part; on the way it is seen along what it could be divided.
    fn read(&mut self, at: usize, target: &Target, spot: Option<&Spot>) -> Result<(), FactError> {
        let Some(part) = self.parts.get(at) else { return Ok(()) };
        let parent = part.parent.and_then(|parent| self.parts.get(parent)?.seen.as_ref());
        let Some(mut seen) = parent.map(|parent| part.inherit(parent, at)) else { return Ok(()) };
        let spot = spot.filter(|_| !seen.is_elsewhere);
        let parts = &self.parts;
        let fits = |base: &&mut Base| !seen.is_elsewhere && base.reads(spot) && part::has_rows_of(parts, at, &seen, base.part);
        let mut reading = Reading::new(target, &mut self.scratch.trace, &seen.household);
        let values = match (self.whole.as_mut().filter(fits), self.base.as_mut().filter(fits)) {
            (Some(whole), _) => {
                reading.base = Some(whole);
                &mut self.scratch.values
            }
            (None, base) => {
                reading.base = base;
                &mut self.scratch.part
            }
        };
        match spot {
            Some(spot) => spot.read(self.engine, values, &mut reading),
            None => decide(self.engine, &seen.household, self.as_of, values, &mut reading)?,
        }
        self.left = self.left.saturating_sub(reading.computed);
        let base = reading.new_base(at);
        let (found, cut) = (reading.found(), reading.choice);
        self.base = base.or(self.base.take());
        debug_assert_eq!(found, self.as_decided(&seen.household, target)?, "{target:?} is read as it is decided");
        seen.found = found;
        if let Some(part) = self.parts.get_mut(at) {
            (part.seen, part.cut) = (Some(seen), cut);
        }
        Ok(())
    }

    /// What a household says of a target, decided from the beginning.
    fn as_decided(&self, household: &Household, target: &Target) -> Result<Found, FactError> {
        let mut trace = Trace::default();
        let mut reading = Reading::new(target, &mut trace, household);
        decide(self.engine, household, self.as_of, &mut Values::default(), &mut reading)?;
        Ok(reading.found())
    }

    /// The parts of a part, divided along an open fact that matters; none if there is no such fact.
    fn children(&mut self, at: usize) -> &[usize] {
        if self.parts.get(at).is_some_and(|part| part.children.is_none()) {
            let first = self.parts.len();
            let cut = self.parts.get_mut(at).and_then(|part| part.cut.take()).unwrap_or_default();
            self.parts.append_all(cut.into_iter().map(|more| Part::of(at, more)));
            let children = (first..self.parts.len()).listed();
            if let Some(part) = self.parts.get_mut(at) {
                part.children = Some(children);
            }
        }
        self.parts.get(at).and_then(|part| part.children.as_deref()).unwrap_or_default()
    }
}

/// A part that was read from the beginning and whose values are kept: for parts of it only what is open in it is read.
struct Base {
    part: usize,
    /// The formula the values are of, by where it lies, and for which day.
    of: (usize, Date),
    /// No other was read.
    is_only: bool,
    /// Which values are open in it; seen before the first part of it is read.
    open: Option<Vec<bool>>,
    /// What of the target is open in it.
    rest: Option<Rest>,
}

impl Base {
    /// Whether all that is read for a target was read for it.
    fn reads(&self, spot: Option<&Spot>) -> bool {
        spot.map_or(self.is_only, |spot| self.of == (spot.formula.identity(), spot.today))
    }
}

/// A target, what the whole says of it, and along what the whole could be divided for it.
struct Listed {
    target: Target,
    found: Found,
    cut: Option<Vec<Vec<Setting>>>,
    /// Where it is decided, if nothing but the facts of places could change that.
    spot: Option<Spot>,
}

/// Where an entry is decided, so that it can be read without looking for that again.
struct Spot {
    formula: Arc<Formula>,
    area: AreaCode,
    row: usize,
    today: Date,
}

impl Spot {
    fn world<'w>(&self, engine: &'w Engine, household: &'w Household) -> World<'w> {
        let tables = engine.tables();
        World { household, areas: &tables.areas, calendar: &tables.calendar, today: self.today }
    }

    /// As [`decide`] would read the entry.
    fn read(&self, engine: &Engine, values: &mut Values, reading: &mut Reading<'_>) {
        let (formula, world) = (&self.formula, self.world(engine, reading.household));
        reading.read(values, formula, world);
        let Target::Entry(benefit, _) = reading.target else { return };
        if let Some((_, outline)) = formula.outline(benefit) {
            reading.decided(values, &Place { formula, outline, row: self.row, area: self.area, world, several: None });
        }
    }
}

/// Of an entry that a part does not have: where it is not even known which area decides, it can be anything.
const UNKNOWN: Found = Found { least: 0, most: INFINITE, open: true };

/// Reads what one target can come to, and along what a part could be divided for it.
struct Reading<'r> {
    target: &'r Target,
    trace: &'r mut Trace,
    household: &'r Household,
    /// What the target can come to, if it is an entry.
    entry: Found,
    /// Values that have been computed.
    computed: usize,
    /// Whose values it reads on from.
    base: Option<&'r mut Base>,
    /// The formula that was read from the beginning last, by where it lies, and for which day.
    last: Option<(usize, Date)>,
    /// How many were.
    formulas: usize,
    /// What each entry can come to, where that is wanted.
    entries: Option<Vec<Listed>>,
    /// For the total.
    together: Together,
    /// A benefit that is part of the total is open.
    is_total_open: bool,
    /// What may be drawn together is open.
    is_relation_open: bool,
    /// How little is known of the entry that the choice is for, in fen.
    widest: i64,
    choice: Option<Vec<Vec<Setting>>>,
}

impl<'r> Reading<'r> {
    fn new(target: &'r Target, trace: &'r mut Trace, household: &'r Household) -> Self {
        Self {
            target,
            trace,
            household,
            entry: UNKNOWN,
            computed: 0,
            base: None,
            last: None,
            formulas: 0,
            entries: None,
            together: if *target == Target::Total { Together::new(household) } else { Together::default() },
            is_total_open: false,
            is_relation_open: false,
            widest: -1,
            choice: None,
        }
    }

    fn found(&self) -> Found {
        if *self.target != Target::Total {
            return self.entry;
        }
        let total = self.together.cash_per_month();
        Found { least: total.lo, most: total.hi, open: self.is_total_open || (self.is_relation_open && !total.is_settled()) }
    }

    /// What parts of this one can be read on from, if it was read from the beginning.
    fn new_base(&self, part: usize) -> Option<Base> {
        Some(Base { part, of: self.last?, is_only: self.formulas == 1, open: None, rest: None })
    }

    /// Along which fact to divide, so that what is at these places is settled.
    fn cut(
        &mut self,
        values: &Values,
        (formula, world): (&Formula, World<'_>),
        roots: impl Iterator<Item = (NodeId, usize)>,
        depth: &Depth,
    ) -> Option<Vec<Vec<Setting>>> {
        self.trace.clear();
        for (root, row) in roots {
            self.trace.walk(formula, values, world, root, row, Look::Open);
        }
        let needed = formula.needed(depth);
        let cuts = Cuts { formula, needed, values, household: self.household, world, pivots: &self.trace.pivots };
        self.trace.ends.iter().find_map(|end| cuts.of(*end))
    }
}

impl Sink for Reading<'_> {
    fn depth(&self) -> Depth {
        match self.target {
            Target::Entry(benefit, _) => Depth::Of(Arc::clone(benefit)),
            Target::Total if self.entries.is_some() => Depth::Told,
            Target::Total => Depth::Cash,
        }
    }

    fn read(&mut self, values: &mut Values, formula: &Formula, world: World<'_>) {
        let needed = formula.needed(&self.depth());
        let computed = match &mut self.base {
            Some(Base { open, rest, .. }) => {
                let open = open.get_or_insert_with(|| values.open());
                let rest = rest.get_or_insert_with(|| values.rest_of(formula, needed, open));
                values.read_rest(formula, needed, world, rest)
            }
            None => {
                self.last = Some((formula.identity(), world.today));
                self.formulas = self.formulas.saturating_add(1);
                values.read(formula, needed, world)
            }
        };
        self.computed = self.computed.saturating_add(computed);
    }

    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let Place { formula, outline, row, area, world, several } = *place;
        let of_total = *self.target == Target::Total;
        let concerns = match self.target {
            Target::Entry(..) => self.target.is(&outline.benefit, row),
            Target::Total => self.entries.is_some() || outline.gives == Gives::Cash,
        };
        if !concerns {
            return;
        }
        let answer = Answer::read(values, place);
        let range = answer.range();
        let open = is_open(answer.qualifies) || answer.amount.is_some_and(is_open);
        let found = Found { least: range.lo, most: range.hi, open };
        let roots = [Some(outline.qualifies), outline.amount.filter(|_| !answer.qualifies.is_no())];
        let roots = || roots.into_iter().flatten().map(|id| (id, row));
        if of_total {
            self.is_total_open |= open && adds_up(outline);
            self.together.decided(values, place);
        } else {
            self.entry = found;
        }
        if self.entries.is_some() {
            let own = Depth::Of(Arc::clone(&outline.benefit));
            // What pays nothing has no range to narrow.
            let is_sought = open && outline.amount.is_some();
            let cut = if is_sought { self.cut(values, (formula, world), roots(), &own) } else { None };
            let target = Target::Entry(Arc::clone(&outline.benefit), row);
            let spot = Spot { formula: Arc::clone(formula), area, row, today: world.today };
            self.entries.get_or_insert_default().push(Listed { target, found, cut, spot: Some(spot).filter(|_| several.is_none()) });
        }
        // The total is divided along whatever keeps that of its entries open of which least is known.
        let spread = range.hi.saturating_sub(range.lo);
        if open && (self.choice.is_none() || spread > self.widest) && (!of_total || adds_up(outline)) {
            self.choice = self.cut(values, (formula, world), roots(), &self.depth());
            self.widest = spread;
        }
    }

    fn without_area(&mut self, place: &Nowhere<'_>, _needs: &[String]) {
        if let Some(entries) = &mut self.entries {
            let target = Target::Entry(place.benefit.into(), place.row());
            entries.push(Listed { target, found: UNKNOWN, cut: None, spot: None });
        }
        self.is_total_open |= place.gives == Gives::Cash;
        self.together.without_area(place, &[]);
    }

    fn combined(&mut self, values: &Values, formula: &Formula, place: &Whole<'_>) {
        if *self.target != Target::Total {
            return;
        }
        self.together.combined(values, formula, place);
        if formula.combined.deciding(place.members).any(|(id, row)| is_open(values.get(id, row))) {
            self.is_relation_open = true;
            // Where all benefits are settled, what may be drawn together may still not be.
            if self.choice.is_none() {
                let roots = formula.combined.deciding(place.members);
                self.choice = self.cut(values, (formula, place.world), roots, &self.depth());
            }
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
