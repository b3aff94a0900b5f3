//! The value of every node, known or not: list by list and row by row, each node after those it is computed from.
//!
//! A known false settles an *and*, a known zero settles a product, equal branches settle a choice; everything else
//! that rests on something unknown stays an interval that holds every value the missing answers could give.

mod rest;
mod row;

use std::cell::Cell;
use std::sync::Arc;

use crate::area::Areas;
use crate::calendar::Calendar;
use crate::date::Date;
use crate::formula::{Formula, Idle, Needed, NodeId};
use crate::household::{FRAMES, Frame, Household, Inputs};
use crate::slot::{Flags, Slot};

pub(crate) use rest::Rest;
use row::Pass;

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

/// The values of nodes for one household; kept between households so that reading allocates nothing.
#[derive(Debug, Default)]
pub struct Values {
    /// List by list, row by row, and in a row node by node.
    slots: Vec<Slot>,
    lists: [Rows; FRAMES.len()],
    /// The values of the fixed nodes, which have been written into every row.
    fixed: Arc<[Vec<Slot>; FRAMES.len()]>,
    /// The list of each node that has been read.
    known: Arc<[Option<Frame>]>,
    /// What was read last, where it may be read on from.
    last: Option<Last>,
    /// What was done again last, which is often the same.
    again: Again,
}

/// The rows of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rows {
    /// Where the first begins, less the number of the first node of the list.
    start: usize,
    count: usize,
    /// How many nodes each has.
    width: usize,
}

impl Rows {
    /// Where a row begins, less the number of its first node. A place that does not exist is caught where it is looked up.
    const fn at(self, row: usize) -> usize {
        self.start.wrapping_add(row.wrapping_mul(self.width))
    }
}

/// A reading, by where what it needs lies, for whom and when.
#[derive(Debug)]
struct Last {
    needed: usize,
    today: Date,
    household: Household,
}

/// What of a formula rests on some answers.
#[derive(Debug, Default)]
struct Again {
    needed: usize,
    unlike: Inputs,
    rest: Rest,
}

/// What is read where nothing was computed.
const NOTHING: Slot = Slot::maybe(Flags::FACT);

impl Values {
    /// The value of a node in a row of its list.
    #[must_use]
    pub fn get(&self, node: NodeId, row: usize) -> Slot {
        self.at(self.place(node, row))
    }

    /// The value that lies at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> Slot {
        self.slots.get(place).copied().unwrap_or(NOTHING)
    }

    /// Where the value of a node in a row lies; nowhere if it has not been read.
    #[must_use]
    pub fn place(&self, node: NodeId, row: usize) -> usize {
        let Some(Some(list)) = self.known.get(node.position()) else { return usize::MAX };
        match self.lists.get(list.index()) {
            Some(rows) if row < rows.count => rows.at(row).wrapping_add(node.position()),
            _ => usize::MAX,
        }
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
        self.lists.get(frame.index()).map_or(0, |rows| rows.count)
    }

    /// Computes every node that is `needed` of `formula`; the others read as not known. Says how many were computed.
    pub fn read(&mut self, formula: &Formula, needed: &Needed, world: World<'_>) -> usize {
        self.last = None;
        let (mut size, mut same_rows): (usize, bool) = (0, true);
        for ((rows, info), span) in self.lists.iter_mut().zip(FRAMES).zip(&formula.spans) {
            let new = Rows { start: size.wrapping_sub(span.start), count: world.household.rows(info.frame), width: span.len() };
            same_rows &= *rows == new;
            *rows = new;
            size = size.saturating_add(rows.count.saturating_mul(rows.width));
        }
        // What was done again was so for rows as they were.
        if !same_rows {
            self.again = Again::default();
        }
        // What an earlier household left is overwritten before it is read.
        if self.slots.len() < size {
            self.slots.resize(size, NOTHING);
        }
        if !Arc::ptr_eq(&self.known, &needed.known) {
            self.known = Arc::clone(&needed.known);
        }
        if !(same_rows && Arc::ptr_eq(&self.fixed, &formula.fixed)) {
            self.fixed = Arc::clone(&formula.fixed);
            for ((rows, span), fixed) in self.lists.iter().zip(&formula.spans).zip(&*formula.fixed) {
                for row in 0..rows.count {
                    let start = rows.at(row).wrapping_add(span.start);
                    if let Some(to) = self.slots.get_mut(start..start.wrapping_add(fixed.len())) {
                        to.copy_from_slice(fixed);
                    }
                }
            }
        }
        let pass = self.pass(formula, world);
        needed.runs.iter().map(|run| pass.run(run, needed.idle)).sum()
    }

    /// Reads what is needed, and computes all of it, for one who reads formulas of one engine again and again: where the same was
    /// read for a household that differs in some answers, only what rests on those is computed.
    pub(crate) fn read_on(&mut self, formula: &Formula, needed: &Needed, world: World<'_>) {
        debug_assert_eq!(needed.idle, Idle::Computed, "what was passed over could not be read on from");
        let place = needed.identity();
        let last = self.last.take().filter(|last| last.needed == place);
        match last.and_then(|last| Some((world.household.answers_unlike(&last.household)?, last.today != world.today))) {
            Some((mut unlike, is_another_day)) => {
                if is_another_day {
                    unlike.insert_day();
                }
                self.read_again(formula, needed, world, unlike);
            }
            None => {
                self.read(formula, needed, world);
            }
        }
        self.last = Some(Last { needed: place, today: world.today, household: world.household.clone() });
    }

    /// Whether what was read last is all that is needed, on a day, for a household with the same rows as this one.
    pub(crate) fn are_of(&self, needed: &Needed, today: Date, household: &Household) -> bool {
        match &self.last {
            Some(last) => (last.needed, last.today) == (needed.identity(), today) && household.answers_unlike(&last.household).is_some(),
            None => false,
        }
    }

    /// Takes the ends of a value from elsewhere.
    pub(crate) fn set_ends(&mut self, node: NodeId, row: usize, (lo, hi): (i64, i64)) {
        let place = self.place(node, row);
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = Slot::between(lo, hi, slot.flags);
        }
    }

    /// What has been taken from elsewhere is what would be read for a household on a day.
    pub(crate) fn stand_for(&mut self, household: &Household, today: Date) {
        if let Some(last) = &mut self.last {
            (last.today, last.household) = (today, household.clone());
        }
    }

    /// Computes what rests on answers that are `unlike` those it was computed from.
    fn read_again(&mut self, formula: &Formula, needed: &Needed, world: World<'_>, unlike: Inputs) {
        let place = needed.identity();
        let mut again = std::mem::take(&mut self.again);
        if (again.needed, again.unlike) != (place, unlike) {
            again = Again { needed: place, unlike, rest: self.rest(needed, &|id, _| formula.rests_on_any(id, unlike)) };
        }
        self.read_rest(formula, needed, world, &again.rest);
        self.again = again;
    }

    fn pass<'p>(&'p mut self, formula: &'p Formula, world: World<'p>) -> Pass<'p> {
        Pass { formula, world, slots: Cell::from_mut(self.slots.as_mut_slice()).as_slice_of_cells(), lists: &self.lists }
    }
}
