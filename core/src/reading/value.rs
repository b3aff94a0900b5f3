//! The value of every node, known or not: one pass over the nodes in order, over intervals.
//!
//! A known false settles an *and*, a known zero settles a product, equal branches settle a choice; everything else
//! that rests on something unknown stays an interval that holds every value the missing answers could give.
//!
//! Most values of most households are known. A node all of whose rows are known exactly, with nothing to remark, is
//! kept as plain numbers and computed by plain arithmetic; the intervals of `interval.rs` are for the others.

mod pass;

use std::cell::Cell;

use crate::area::Areas;
use crate::calendar::Calendar;
use crate::date::Date;
use crate::formula::{Depth, Formula, Needed, NodeId};
use crate::household::{FRAMES, Frame, Household, Inputs};
use crate::slot::{Flags, Slot};

use pass::{Out, Pass};

/// What a formula is read against.
#[derive(Clone, Copy)]
pub struct World<'w> {
    /// The facts.
    pub household: &'w Household,
    /// Which area lies in which.
    pub areas: &'w Areas,
    /// Workdays and holidays.
    pub calendar: &'w Calendar,
    /// The day of the decision.
    pub today: Date,
}

/// The values of nodes for one household, node by node and row by row; kept between households so that reading allocates
/// nothing.
#[derive(Debug, Default)]
pub struct Values {
    /// Values of the nodes that are exact in every row.
    exact: Vec<i64>,
    /// Values of the other nodes.
    slots: Vec<Slot>,
    places: Vec<Place>,
    rows: [usize; FRAMES.len()],
    /// What was read last, where it may be read on from.
    last: Option<Last>,
}

/// A reading: which nodes of which formula, by where they lie, for whom and when.
#[derive(Debug)]
struct Last {
    formula: usize,
    /// The nodes that have places, and those of them that were read last.
    placed: usize,
    needed: usize,
    today: Date,
    household: Household,
    /// All that has been answered otherwise since every node with a place was read.
    since: Inputs,
}

/// Where the values of a node are, and whether they are among the exact ones (the lowest bit).
#[derive(Clone, Copy, Debug)]
struct Place(u32);

impl Place {
    /// Of a node that was not read.
    const NOWHERE: Self = Self(u32::MAX << 1);

    fn new(at: usize, exact: bool) -> Self {
        // A household whose values do not fit would have been refused long before.
        Self(u32::try_from(at).unwrap_or(u32::MAX).wrapping_shl(1) | u32::from(exact))
    }

    #[expect(clippy::as_conversions, reason = "u32 fits usize on every target we build for")]
    const fn at(self) -> usize {
        (self.0 >> 1) as usize
    }

    const fn is_exact(self) -> bool {
        self.0 & 1 == 1
    }
}

/// What is read where nothing was computed.
const NOTHING: Slot = Slot::maybe(Flags::FACT);

impl Values {
    /// The value of a node in a row of its list.
    #[must_use]
    pub fn get(&self, node: NodeId, row: usize) -> Slot {
        self.places.get(node.position()).map_or(NOTHING, |place| self.slot(*place, row))
    }

    fn slot(&self, place: Place, row: usize) -> Slot {
        // A place that does not exist is caught here.
        let at = place.at().wrapping_add(row);
        if place.is_exact() {
            self.exact.get(at).map_or(NOTHING, |value| Slot::exact(*value))
        } else {
            self.slots.get(at).copied().unwrap_or(NOTHING)
        }
    }

    /// Where the value of a node in a row lies.
    #[must_use]
    pub fn place(&self, node: NodeId, row: usize) -> usize {
        self.places.get(node.position()).map_or(usize::MAX, |place| place.at().wrapping_add(row))
    }

    /// Number of values.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether nothing has been read yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// Number of rows of a list.
    #[must_use]
    pub fn rows(&self, frame: Frame) -> usize {
        self.rows.get(frame.index()).copied().unwrap_or(0)
    }

    /// Computes every node that is `needed` of `formula`; the others read as not known.
    pub fn read(&mut self, formula: &Formula, needed: &Needed, world: World<'_>) {
        self.last = None;
        let mut size: usize = 0;
        for ((rows, info), count) in self.rows.iter_mut().zip(FRAMES).zip(needed.of) {
            *rows = world.household.rows(info.frame);
            size = size.saturating_add(rows.saturating_mul(count));
        }
        // Every place is written below, in order; what an earlier household left there is never read.
        self.exact.resize(size, 0);
        self.slots.resize(size, Slot::NO);
        self.places.clear();
        self.places.resize(formula.nodes.len(), Place::NOWHERE);
        self.compute(formula, needed, world, None);
    }

    /// As [`Values::read`], for one who reads formulas of one engine again and again: where the same, or all of the formula,
    /// was read for a household that differs in some answers, only what rests on those is computed. Says how many nodes that
    /// were.
    pub(crate) fn read_on(&mut self, formula: &Formula, needed: &Needed, world: World<'_>) -> usize {
        let (at, of) = (formula.identity(), std::ptr::from_ref(needed).addr());
        let all = std::ptr::from_ref(formula.needed(&Depth::All)).addr();
        let last = self.last.take().filter(|last| last.formula == at && (last.needed == of || [of, all].contains(&last.placed)));
        let changed = last.and_then(|last| {
            let mut unlike = world.household.answers_unlike(&last.household)?;
            if last.today != world.today {
                unlike.insert_day();
            }
            let mut since = last.since;
            since.insert_all(unlike);
            Some((if last.needed == of { unlike } else { since }, since, last.placed))
        });
        let (computed, since, placed) = match changed {
            Some((unlike, since, placed)) => (self.compute(formula, needed, world, Some(unlike)), since, placed),
            None => {
                self.read(formula, needed, world);
                (needed.nodes.len(), Inputs::default(), of)
            }
        };
        self.last = Some(Last { formula: at, placed, needed: of, today: world.today, household: world.household.clone(), since });
        computed
    }

    /// Whether all of a formula was read last, or something of it since.
    pub(crate) fn holds_all_of(&self, formula: &Formula) -> bool {
        let all = std::ptr::from_ref(formula.needed(&Depth::All)).addr();
        self.last.as_ref().is_some_and(|last| last.placed == all)
    }

    /// Computes the nodes one after the other; if some answers are `unlike` those they were computed from, only what rests
    /// on them. Says how many nodes that were.
    fn compute(&mut self, formula: &Formula, needed: &Needed, world: World<'_>, unlike: Option<Inputs>) -> usize {
        let pass = Pass {
            formula,
            world,
            exact: Cell::from_mut(self.exact.as_mut_slice()).as_slice_of_cells(),
            slots: Cell::from_mut(self.slots.as_mut_slice()).as_slice_of_cells(),
            places: Cell::from_mut(self.places.as_mut_slice()).as_slice_of_cells(),
            rows: &self.rows,
        };
        let unlike = unlike.map(|unlike| (unlike, formula.rests_on()));
        let stays =
            |id: NodeId| unlike.is_some_and(|(unlike, rests_on)| !rests_on.get(id.position()).is_some_and(|inputs| inputs.meet(unlike)));
        let (mut at, mut computed): (usize, usize) = (0, 0);
        for id in &needed.nodes {
            let (Some(node), Some(place)) = (formula.nodes.get(id.position()), pass.places.get(id.position())) else { continue };
            if stays(*id) {
                continue;
            }
            // What was read before has its place.
            let out = Out { at: if unlike.is_some() { place.get().at() } else { at }, rows: pass.rows_of(node.frame) };
            at = at.wrapping_add(out.rows);
            let exact = match formula.fixed.get(id.position()) {
                Some(fixed) => pass.fill(out, *fixed),
                None => out.rows == 0 || pass.node(*id, node, out),
            };
            place.set(Place::new(out.at, exact));
            computed = computed.wrapping_add(1);
        }
        computed
    }
}
