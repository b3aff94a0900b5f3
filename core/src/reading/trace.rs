//! Follows a value back to where it comes from: the facts and cells that keep it open, or the cells it rests on.
//!
//! One backward walk over the same nodes, with a list of places still to visit; each place is visited once.

use super::value::{Values, World};
use crate::formula::{CellId, Formula, NodeId, Op};
use crate::household::dictionary::fact;
use crate::household::{FieldId, Frame};
use crate::slot::Slot;

/// What the walk looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What keeps an unsettled value open.
    Open,
    /// What a settled value rests on.
    Ground,
}

/// Something found at the end of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// A fact in a row.
    Fact(FieldId, usize),
    /// A list of a row of its parent.
    List(Frame, usize),
    /// A table cell.
    Cell(CellId),
    /// The way ages are counted is written nowhere.
    AgeRule,
    /// The calendar of a year.
    Calendar,
    /// The way an amount is rounded is written nowhere.
    Rounding,
}

/// The places a walk has seen; kept between walks to save its memory.
#[derive(Debug, Default)]
pub struct Trace {
    /// For each value, the walk that last came by it.
    seen: Vec<u32>,
    walk: u32,
    stack: Vec<(NodeId, usize)>,
    /// What was found, in the order found.
    pub ends: Vec<End>,
    /// Open comparisons that were passed, in the order found.
    pub pivots: Vec<(NodeId, usize)>,
}

impl Trace {
    /// Walks back from `root` in `row`.
    pub fn walk(&mut self, formula: &Formula, values: &Values, world: World<'_>, root: NodeId, row: usize, look: Look) {
        if self.seen.len() < values.len() {
            self.seen.resize(values.len(), 0);
        }
        let mut walk = Walk { formula, values, world, look, trace: self };
        walk.push(root, row);
        while let Some((node, row)) = walk.trace.stack.pop() {
            walk.visit(node, row);
        }
    }

    /// Forgets what was found; to be called before the first walk.
    pub fn clear(&mut self) {
        self.walk = self.walk.wrapping_add(1);
        if self.walk <= 1 {
            // Marks of walks long past would be taken for this one's.
            self.seen.clear();
            self.walk = 1;
        }
        self.stack.clear();
        self.ends.clear();
        self.pivots.clear();
    }
}

struct Walk<'w> {
    formula: &'w Formula,
    values: &'w Values,
    world: World<'w>,
    look: Look,
    trace: &'w mut Trace,
}

impl Walk<'_> {
    fn push(&mut self, node: NodeId, row: usize) {
        let place = self.values.place(node, row);
        if self.look == Look::Open && self.values.at(place).is_settled() {
            return;
        }
        let walk = self.trace.walk;
        if let Some(mark) = self.trace.seen.get_mut(place).filter(|mark| **mark != walk) {
            *mark = walk;
            self.trace.stack.push((node, row));
        }
    }

    fn end(&mut self, end: End) {
        if !self.trace.ends.contains(&end) {
            self.trace.ends.push(end);
        }
    }

    fn open_list(&mut self, list: Frame, parent: usize) {
        if self.look == Look::Open && self.world.household.list(list, parent).open_flags().is_some() {
            self.end(End::List(list, parent));
        }
    }

    fn visit(&mut self, id: NodeId, row: usize) {
        let formula = self.formula;
        let node = formula.node(id);
        let value = self.values.get(id, row);
        if matches!(node.op, Op::Below(..) | Op::AtMost(..) | Op::Equal(..) | Op::Least(..) | Op::Greatest(..)) && !value.is_settled() {
            self.trace.pivots.push((id, row));
        }
        match node.op {
            Op::Constant(_) | Op::Today => {}
            Op::DayOrToday(field) => self.end(End::Fact(field, field.row_for(row))),
            Op::Cell(cell) => self.end(End::Cell(cell)),
            Op::Fact(field) => self.end(End::Fact(field, row)),
            Op::Unasked(list) => self.end(End::List(list, row)),
            Op::Add(a, b)
            | Op::Subtract(a, b)
            | Op::Least(a, b)
            | Op::Greatest(a, b)
            | Op::Below(a, b)
            | Op::AtMost(a, b)
            | Op::Equal(a, b)
            | Op::Between(a, b) => {
                // The last pushed is visited first: facts are found in the order in which the rule names them.
                self.push(b, row);
                self.push(a, row);
            }
            Op::Multiply(a, b) => {
                // Nothing times whatever is nothing.
                if self.values.get(a, row) != Slot::exact(0) {
                    self.push(b, row);
                }
                self.push(a, row);
            }
            Op::Scale(a, _)
            | Op::Share(_, a)
            | Op::Not(a)
            | Op::IsOneOf(a, _)
            | Op::IsAmong(a, _)
            | Op::Within(a, _)
            | Op::MonthOf(a)
            | Op::WeekOf(a)
            | Op::WeekdayOf(a) => {
                self.push(a, row);
            }
            Op::Round(a, rule) => {
                self.push(a, row);
                if rule.mode.is_none() && self.look == Look::Open && self.values.get(a, row).is_settled() {
                    self.end(End::Rounding);
                }
            }
            Op::DayKind(a) => {
                self.push(a, row);
                if self.values.get(a, row).is_settled() && !value.is_settled() {
                    self.end(End::Calendar);
                }
            }
            Op::Age(birth, day, rule) => {
                self.push(day, row);
                self.push(birth, row);
                if rule.is_none() && self.values.get(birth, row).is_settled() && !value.is_settled() {
                    self.end(End::AgeRule);
                }
            }
            Op::All(operands) => self.joint(formula.list(operands), value, 0, row),
            Op::Any(operands) => self.joint(formula.list(operands), value, 1, row),
            Op::Both(a, b) => self.joint(&[a, b], value, 0, row),
            Op::Either(a, b) => self.joint(&[a, b], value, 1, row),
            Op::Select(operands) => self.select(formula.list(operands), row),
            Op::Lift(a) => self.push(a, self.world.household.parent(node.frame, row)),
            Op::AtPerson(a, person) => {
                let who = self.values.get(person, row);
                self.members(a, who.lo, who.hi);
                self.push(person, row);
            }
            Op::OfApplicant(a) => match self.world.household.applicant() {
                Some(member) => self.push(a, member),
                None => {
                    self.end(End::Fact(fact::APPLICANT_ID.id, 0));
                    self.members(a, 0, i64::MAX);
                }
            },
            Op::Fold(_, a, _, _) => {
                let list = formula.node(a).frame;
                for entry in (0..self.values.rows(list)).rev() {
                    if self.world.household.parent(list, entry) == row {
                        self.push(a, entry);
                    }
                }
                self.open_list(list, row);
            }
            Op::Told(a, b) => {
                let first = self.values.get(a, row).is_settled();
                if self.look == Look::Open || !first {
                    self.push(b, row);
                }
                if self.look == Look::Open || first {
                    self.push(a, row);
                }
            }
            Op::ToldWhere(a, _) if self.look != Look::Open && self.values.get(a, row).is_settled() => self.push(a, row),
            Op::ToldWhere(a, b) => self.joint(&[b, a], value, 0, row),
            Op::Before(a, alike) => {
                for earlier in (0..row).rev() {
                    self.push(a, earlier);
                    for key in formula.list(alike).iter().rev() {
                        self.push(*key, row);
                        self.push(*key, earlier);
                    }
                }
            }
            Op::LastWithWorkdays(month, count) => {
                self.push(count, row);
                self.push(month, row);
                if [month, count].iter().all(|id| self.values.get(*id, row).is_settled()) && !value.is_settled() {
                    self.end(End::Calendar);
                }
            }
            Op::AnyForPerson(a, person) => {
                let list = formula.node(a).frame;
                for entry in (0..self.values.rows(list)).rev() {
                    self.push(person, entry);
                    self.push(a, entry);
                }
                self.open_list(list, 0);
            }
            Op::Entry(key, bit, a, otherwise) => {
                let list = key.field().frame;
                let household = self.world.household;
                let own = |entry: usize| household.slot(key, entry);
                match household.rows_of(list, row).find(|entry| own(*entry).value() == Some(bit)) {
                    Some(entry) => self.push(a, entry),
                    None => {
                        self.push(otherwise, row);
                        for entry in household.rows_of(list, row).filter(|entry| !own(*entry).is_settled() && own(*entry).lo & bit != 0) {
                            self.push(a, entry);
                            if self.look == Look::Open {
                                self.end(End::Fact(key, entry));
                            }
                        }
                        self.open_list(list, row);
                    }
                }
            }
        }
    }

    /// *And* or *or*: where one operand that is `ends_at` is enough, only such operands count.
    fn joint(&mut self, operands: &[NodeId], value: Slot, ends_at: i64, row: usize) {
        let one_is_enough = value.value() == Some(ends_at);
        for operand in operands.iter().rev() {
            if !one_is_enough || self.values.get(*operand, row).value() == Some(ends_at) {
                self.push(*operand, row);
            }
        }
    }

    fn members(&mut self, a: NodeId, first: i64, last: i64) {
        for member in (0..self.values.rows(Frame::Member)).rev() {
            if (first..=last).contains(&i64::try_from(member).unwrap_or(i64::MAX)) {
                self.push(a, member);
            }
        }
    }

    fn select(&mut self, operands: &[NodeId], row: usize) {
        // Conditions and their values alternate, and the last is the value where none holds.
        let cases = operands.chunks_exact(2);
        let is_settled = |case: &[NodeId]| case.first().is_some_and(|condition| self.values.get(*condition, row).is_yes());
        let looked_at = match cases.clone().position(is_settled) {
            Some(case) => case.saturating_add(1),
            None => {
                cases.remainder().first().into_iter().for_each(|last| self.push(*last, row));
                cases.len()
            }
        };
        for case in cases.take(looked_at).rev() {
            let [condition, value] = case else { continue };
            if !self.values.get(*condition, row).is_no() {
                self.push(*value, row);
                self.push(*condition, row);
            }
        }
    }
}
