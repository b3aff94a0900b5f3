//! How each kind of node is computed in one row, from the values before it.

use std::cell::Cell;
use std::ops::Range;

use super::{NOTHING, Rows, World};
use crate::area::AreaCode;
use crate::date::{Date, Month};
use crate::formula::{FoldKind, Formula, Idle, NodeId, Op, Operands, Run, Sort, Task};
use crate::household::{FRAMES, FieldId, Frame};
use crate::reading::interval::{self, both, either, joined, truth};
use crate::slot::{Flags, Slot};

/// The values computed so far, and the places of those to come.
#[derive(Clone, Copy)]
pub(super) struct Pass<'p> {
    pub formula: &'p Formula,
    pub world: World<'p>,
    pub slots: &'p [Cell<Slot>],
    pub lists: &'p [Rows; FRAMES.len()],
}

impl<'p> Pass<'p> {
    fn rows(self, frame: Frame) -> Rows {
        self.lists.get(frame.index()).copied().unwrap_or_default()
    }

    /// Takes over the facts of a run.
    pub fn take_over(self, run: &Run) {
        let (rows, household) = (self.rows(run.frame), self.world.household);
        for (id, field) in &run.facts {
            let told = household.column(*field).unwrap_or_default();
            let mut unknown = None;
            for row in 0..rows.count {
                let value = told.get(row).copied().unwrap_or_else(|| *unknown.get_or_insert_with(|| household.unknown(*field)));
                if let Some(place) = self.slots.get(rows.at(row).wrapping_add(id.position())) {
                    place.set(value);
                }
            }
        }
    }

    /// Does a run for each row of its list. Says how many values were computed.
    pub fn run(self, run: &Run, idle: Idle) -> usize {
        self.take_over(run);
        (0..self.rows(run.frame).count).map(|row| self.run_row(run.frame, row, &run.tasks, idle)).sum()
    }

    /// Does these tasks for one row of a list. Says how many values were computed.
    pub fn run_row(self, frame: Frame, row: usize, tasks: &[Task], idle: Idle) -> usize {
        let start = self.rows(frame).at(row);
        Row { pass: self, frame, row, start }.follow(tasks, idle)
    }

    fn at(self, start: usize, id: NodeId) -> Slot {
        match self.slots.get(start.wrapping_add(id.position())) {
            Some(slot) => slot.get(),
            None => nothing(),
        }
    }
}

/// One row of a list; every operand of a node is computed before it.
struct Row<'p> {
    pass: Pass<'p>,
    frame: Frame,
    row: usize,
    /// Where it begins.
    start: usize,
}

impl<'p> Row<'p> {
    /// The value of a node of this list.
    fn at(&self, id: NodeId) -> Slot {
        self.pass.at(self.start, id)
    }

    /// The value of a node of another list, or in another row.
    fn there(&self, frame: Frame, row: usize, id: NodeId) -> Slot {
        let rows = self.pass.rows(frame);
        if row < rows.count { self.pass.at(rows.at(row), id) } else { NOTHING }
    }

    fn sort(&self, id: NodeId) -> Sort {
        self.pass.formula.sort(id)
    }

    /// Does these tasks. Says how many values were computed.
    #[inline(always)]
    fn follow(&self, mut tasks: &[Task], idle: Idle) -> usize {
        let (all, mut others): (usize, usize) = (tasks.len(), 0);
        while let [task, rest @ ..] = tasks {
            tasks = rest;
            match *task {
                Task::Read(id, ref op) => self.read(id, op),
                Task::Pass(id, test, over, same) if test.holds(self.at(id)) => {
                    others = others.wrapping_add(1).wrapping_add(usize::from(over));
                    let (passed, behind) = rest.split_at_checked(usize::from(over)).unwrap_or_default();
                    let passed = if idle == Idle::NotKnown { passed } else { &[] };
                    for task in passed {
                        if let Task::Read(id, _) = task {
                            self.put(*id, NOTHING);
                        }
                    }
                    if let Some(same) = same {
                        self.put(same, self.at(id));
                    }
                    tasks = behind;
                }
                Task::Pass(..) => others = others.wrapping_add(1),
            }
        }
        all.wrapping_sub(others)
    }

    fn put(&self, id: NodeId, slot: Slot) {
        if let Some(place) = self.pass.slots.get(self.start.wrapping_add(id.position())) {
            place.set(slot);
        }
    }

    /// Computes one node. Each operation hands over its own result: one place for the results of all, which are in parts as
    /// they are made, would be read again as a whole before it has been written.
    #[inline(always)]
    fn read(&self, id: NodeId, op: &Op) {
        let (formula, household) = (self.pass.formula, self.pass.world.household);
        let put = |slot| self.put(id, slot);
        match *op {
            Op::Constant(value) => put(Slot::exact(value)),
            Op::Cell(cell) => put(formula.cell(cell).slot),
            Op::Today => put(self.today()),
            Op::DayOrToday(field) => put(household.told(field, self.row).unwrap_or_else(|| self.today())),
            Op::Fact(field) => put(household.slot(field, self.row)),
            Op::Unasked(list) => put(Slot::maybe(household.list(list, self.row).open_flags().unwrap_or(Flags::FACT))),
            Op::Add(a, b) => put(interval::add(self.at(a), self.at(b))),
            Op::Subtract(a, b) => put(interval::subtract(self.at(a), self.at(b))),
            Op::Multiply(a, b) => put(interval::multiply(self.at(a), self.at(b))),
            Op::Scale(a, factor) => {
                let a = self.at(a);
                put(Slot::between(a.lo.saturating_mul(factor), a.hi.saturating_mul(factor), a.flags));
            }
            Op::Share(whole, of) => {
                // A count may be kept in parts of one.
                let one = self.parts(of);
                let part = |count: i64| whole.saturating_mul(one).checked_div(count.max(one)).unwrap_or(0);
                let of = self.at(of);
                put(Slot::between(part(of.hi), part(of.lo), of.flags));
            }
            Op::Least(a, b) => put(interval::least(self.at(a), self.at(b))),
            Op::Greatest(a, b) => put(interval::greatest(self.at(a), self.at(b))),
            Op::Below(a, b) => put(interval::below(self.at(a), self.at(b))),
            Op::AtMost(a, b) => put(interval::at_most(self.at(a), self.at(b))),
            Op::Equal(a, b) => put(interval::equal(self.at(a), self.at(b))),
            Op::Both(a, b) => put(self.joint(&[a, b], Slot::NO, Slot::YES, both)),
            Op::Either(a, b) => put(self.joint(&[a, b], Slot::YES, Slot::NO, either)),
            Op::All(operands) => put(self.joint(formula.list(operands), Slot::NO, Slot::YES, both)),
            Op::Any(operands) => put(self.joint(formula.list(operands), Slot::YES, Slot::NO, either)),
            Op::Not(a) => put(interval::not(self.at(a))),
            Op::IsOneOf(a, bits) => put(interval::is_one_of(self.at(a), bits)),
            Op::IsAmong(a, bits) => put(interval::is_among(self.at(a), bits)),
            Op::Within(a, area) => put(within(self.at(a), area)),
            Op::Age(birth, day, rule) => put(interval::age(rule, self.at(birth), self.at(day))),
            Op::MonthOf(a) => put(interval::monotone(interval::month, self.at(a))),
            Op::WeekdayOf(a) => put(interval::weekday(self.at(a))),
            Op::DayKind(a) => put(self.day_kind(self.at(a))),
            Op::Select(operands) => put(self.select(operands, self.sort(id))),
            Op::Round(a, rule) => put(interval::round(self.at(a), self.parts(a), rule)),
            Op::Between(a, b) => {
                let (a, b) = (self.at(a), self.at(b));
                put(Slot::between(a.lo.min(b.lo), b.hi, a.flags | b.flags | Flags::CHOICE));
            }
            Op::Lift(a) => put(self.there(self.frame.info().parent, household.parent(self.frame, self.row), a)),
            Op::AtPerson(a, person) => put(self.at_person(a, self.at(person), self.sort(id))),
            Op::OfApplicant(a) => match household.applicant() {
                Some(member) => put(self.there(Frame::Member, member, a)),
                None => put(self.hull(a, 0..self.pass.rows(Frame::Member).count, self.sort(id), Flags::FACT)),
            },
            Op::Fold(kind, a, least, most) => put(self.fold(kind, a, (least, most))),
            Op::AnyForPerson(a, person) => put(self.any_for_person(a, person)),
            Op::Entry(key, bit, a, otherwise) => put(self.entry((key, bit), a, otherwise)),
            Op::Told(a, b) => put(interval::told(self.at(a), self.at(b))),
            Op::ToldWhere(a, b) => {
                let a = self.at(a);
                put(if a.is_settled() { a } else { both(self.at(b), a) });
            }
            Op::Before(a, alike) => put(self.before(a, alike)),
            Op::WeekOf(a) => put(interval::monotone(interval::week, self.at(a))),
            Op::LastWithWorkdays(month, count) => put(self.last_with_workdays(self.at(month), self.at(count))),
        }
    }

    /// *And* or *or*: `last` settles it, and what is behind it may have been passed over; `idle` changes nothing.
    #[inline(always)]
    fn joint(&self, ids: &[NodeId], last: Slot, idle: Slot, joint: impl Fn(Slot, Slot) -> Slot) -> Slot {
        let mut all = idle;
        for id in ids {
            let next = self.at(*id);
            if next == last {
                return last;
            }
            if next != idle {
                all = joint(all, next);
            }
        }
        all
    }

    fn today(&self) -> Slot {
        Slot::exact(i64::from(self.pass.world.today.days()))
    }

    fn parts(&self, id: NodeId) -> i64 {
        if let Sort::Number { denominator, .. } = self.sort(id) { denominator } else { 1 }
    }

    fn day_kind(&self, day: Slot) -> Slot {
        match day.value().and_then(Date::from_count) {
            Some(day) => self.pass.world.calendar.kind(day),
            None => Slot::choice(0b111, day.flags),
        }
    }

    /// The later the month and the fewer the workdays, the later the day.
    fn last_with_workdays(&self, month: Slot, count: Slot) -> Slot {
        let of = |month, count| self.pass.world.calendar.last_with_workdays(Month::from_count(month).unwrap_or(Date::MAX.month()), count);
        let (earliest, latest) = (of(month.lo, count.hi), of(month.hi, count.lo));
        Slot::between(earliest.lo, latest.hi, month.flags | count.flags | earliest.flags | latest.flags)
    }

    fn before(&self, a: NodeId, alike: Operands) -> Slot {
        (0..self.row).fold(Slot::exact(0), |sum, earlier| {
            let agrees = self.agrees(alike, earlier);
            if agrees.is_no() {
                return sum;
            }
            let value = self.there(self.frame, earlier, a);
            interval::add(sum, if agrees.is_yes() { value } else { value.hull(Slot::exact(0)).flagged(agrees.flags) })
        })
    }

    /// Whether an earlier row agrees with this one in all operands.
    fn agrees(&self, alike: Operands, earlier: usize) -> Slot {
        self.pass.formula.list(alike).iter().fold(Slot::YES, |all, id| {
            let (a, b) = (self.there(self.frame, earlier, *id), self.at(*id));
            let same = match (a.value(), b.value(), self.sort(*id)) {
                (Some(a), Some(b), _) => Slot::truth(a == b),
                (.., Sort::Choice) => truth(a.lo & b.lo != 0, true, a.flags | b.flags),
                _ => interval::equal(a, b),
            };
            both(all, same)
        })
    }

    fn select(&self, operands: Operands, sort: Sort) -> Slot {
        let mut result: Option<Slot> = None;
        let mut conditions = Flags::NONE;
        let mut cases = self.pass.formula.list(operands);
        while let [condition, value, others @ ..] = cases {
            cases = others;
            let condition = self.at(*condition);
            if condition.is_no() {
                continue;
            }
            let value = self.at(*value);
            conditions = conditions | condition.flags;
            if condition.is_yes() {
                return joined(result, value, sort).flagged(conditions);
            }
            result = Some(joined(result, value, sort));
        }
        let otherwise = cases.first().map_or(Slot::NO, |id| self.at(*id));
        joined(result, otherwise, sort).flagged(conditions)
    }

    fn hull(&self, a: NodeId, members: Range<usize>, sort: Sort, flags: Flags) -> Slot {
        let mut result: Option<Slot> = None;
        for member in members {
            result = Some(joined(result, self.there(Frame::Member, member, a), sort));
        }
        result.unwrap_or(Slot::maybe(flags)).flagged(flags)
    }

    fn at_person(&self, a: NodeId, person: Slot, sort: Sort) -> Slot {
        let index = |value: i64| usize::try_from(value).unwrap_or(usize::MAX);
        match person.value() {
            Some(member) => self.there(Frame::Member, index(member), a),
            None => self.hull(a, index(person.lo)..index(person.hi).saturating_add(1), sort, person.flags),
        }
    }

    fn fold(&self, kind: FoldKind, a: NodeId, (least, most): (i64, i64)) -> Slot {
        let (list, household) = (self.pass.formula.node(a).frame, self.pass.world.household);
        let open = household.list(list, self.row).open_flags();
        let rows = household.rows_of(list, self.row).map(|row| self.there(list, row, a));
        match kind {
            FoldKind::Sum => {
                let sum = rows.fold(Slot::exact(0), interval::add);
                match open {
                    Some(open) => Slot::between(sum.lo.min(sum.lo.saturating_add(least)), most, sum.flags | open),
                    None => sum,
                }
            }
            FoldKind::Least => {
                let smallest = rows.fold(Slot::exact(most), interval::least);
                match open {
                    Some(open) => Slot::between(least, smallest.hi, smallest.flags | open),
                    None => smallest,
                }
            }
            FoldKind::Any => perhaps_more(rows.fold(Slot::NO, either), open),
        }
    }

    fn any_for_person(&self, a: NodeId, person: NodeId) -> Slot {
        let list = self.pass.formula.node(a).frame;
        let own = i64::try_from(self.row).unwrap_or(-1);
        let any = (0..self.pass.rows(list).count).fold(Slot::NO, |any, row| {
            let who = self.there(list, row, person);
            let concerns = truth((who.lo..=who.hi).contains(&own), who.value() != Some(own), who.flags);
            either(any, both(self.there(list, row, a), concerns))
        });
        perhaps_more(any, self.pass.world.household.list(list, 0).open_flags())
    }

    fn entry(&self, (key, bit): (FieldId, i64), a: NodeId, otherwise: NodeId) -> Slot {
        let (list, household, sort) = (key.field().frame, self.pass.world.household, self.sort(a));
        debug_assert_eq!(list.info().parent, self.frame, "an entry stands in a list of its own row");
        let without = self.at(otherwise);
        // Rows of which it is not known whether they are the one.
        let mut perhaps: Option<Slot> = None;
        let mut flags = Flags::NONE;
        for entry in household.rows_of(list, self.row) {
            let own = household.slot(key, entry);
            if own.value() == Some(bit) {
                return self.there(list, entry, a);
            }
            if !own.is_settled() && own.lo & bit != 0 {
                perhaps = Some(joined(perhaps, self.there(list, entry, a), sort));
                flags = flags | own.flags;
            }
        }
        let found = perhaps.map_or(without, |perhaps| joined(Some(perhaps), without, sort).flagged(flags));
        match household.list(list, self.row).open_flags() {
            // One that was not told may be there and say anything.
            Some(open) => match sort {
                Sort::Truth => Slot::between(0, 1, open | found.flags),
                Sort::Number { least, most, .. } => Slot::between(least.min(found.lo), most.max(found.hi), open | found.flags),
                Sort::Choice => Slot::choice(i64::MAX, open | found.flags),
            },
            None => found,
        }
    }
}

/// Out of the way of what is always there.
#[cold]
fn nothing() -> Slot {
    NOTHING
}

fn within(place: Slot, area: AreaCode) -> Slot {
    match place.value().and_then(AreaCode::from_number) {
        Some(code) => Slot::truth(code.is_within(area)).flagged(place.flags),
        None => Slot::maybe(place.flags),
    }
}

/// Whether it holds in one row, where there may be further rows.
fn perhaps_more(any: Slot, open: Option<Flags>) -> Slot {
    match open {
        Some(open) if !any.is_yes() => Slot::between(any.lo, 1, any.flags | open),
        _ => any,
    }
}
