//! How each kind of node is computed from the values before it: by plain arithmetic where all of them are exact, else over
//! intervals.

use std::cell::Cell;
use std::ops::Range;

use super::{NOTHING, Place, World};
use crate::area::{AreaCode, Areas};
use crate::date::{AgeRule, Date};
use crate::formula::{FoldKind, Formula, Node, NodeId, Op, Operands, Sort};
use crate::household::{Column, FRAMES, FieldId, Frame};
use crate::reading::interval::{self, among, both, either, joined, truth};
use crate::slot::{Flags, Slot};

/// The values computed so far, and the places of those to come; every operand of a node is computed before it.
pub(super) struct Pass<'p> {
    pub formula: &'p Formula,
    pub world: World<'p>,
    pub exact: &'p [Cell<i64>],
    pub slots: &'p [Cell<Slot>],
    pub places: &'p [Cell<Place>],
    pub rows: &'p [usize; FRAMES.len()],
}

/// Where the values of a node go.
#[derive(Clone, Copy)]
pub(super) struct Out {
    pub at: usize,
    pub rows: usize,
}

impl Pass<'_> {
    fn place(&self, id: NodeId) -> Place {
        self.places.get(id.position()).map_or(Place::NOWHERE, Cell::get)
    }

    fn slot(&self, place: Place, row: usize) -> Slot {
        let at = place.at().wrapping_add(row);
        if place.is_exact() {
            self.exact.get(at).map_or(NOTHING, |value| Slot::exact(value.get()))
        } else {
            self.slots.get(at).map_or(NOTHING, Cell::get)
        }
    }

    fn at(&self, id: NodeId, row: usize) -> Slot {
        self.slot(self.place(id), row)
    }

    /// The exact values of a place and what comes after them.
    fn from(&self, place: Place) -> &[Cell<i64>] {
        self.exact.get(place.at()..).unwrap_or_default()
    }

    pub fn rows_of(&self, frame: Frame) -> usize {
        self.rows.get(frame.index()).copied().unwrap_or(0)
    }

    /// The places of a node's exact values.
    fn out(&self, Out { at, rows }: Out) -> &[Cell<i64>] {
        self.exact.get(at..at.wrapping_add(rows)).unwrap_or_default()
    }

    /// Row by row; the answer says whether all came out exact.
    fn each(&self, out: Out, compute: impl Fn(usize) -> Slot) -> bool {
        let slots = self.slots.get(out.at..).unwrap_or_default();
        let mut plain = true;
        for (row, (exact, place)) in self.out(out).iter().zip(slots).enumerate() {
            let slot = compute(row);
            exact.set(slot.lo);
            place.set(slot);
            plain &= is_plain(slot);
        }
        plain
    }

    pub fn fill(&self, out: Out, slot: Slot) -> bool {
        if !is_plain(slot) {
            return self.each(out, |_| slot);
        }
        self.out(out).iter().for_each(|to| to.set(slot.lo));
        true
    }

    fn one(&self, a: NodeId, out: Out, plain: impl Fn(i64) -> i64, general: impl Fn(Slot) -> Slot) -> bool {
        let place = self.place(a);
        if !place.is_exact() {
            return self.each(out, |row| general(self.slot(place, row)));
        }
        for row in 0..out.rows {
            if let (Some(to), Some(a)) = (self.exact.get(out.at.wrapping_add(row)), self.exact.get(place.at().wrapping_add(row))) {
                to.set(plain(a.get()));
            }
        }
        true
    }

    fn two(&self, (a, b): (NodeId, NodeId), out: Out, plain: impl Fn(i64, i64) -> i64, general: impl Fn(Slot, Slot) -> Slot) -> bool {
        let (a, b) = (self.place(a), self.place(b));
        if !(a.is_exact() && b.is_exact()) {
            return self.each(out, |row| general(self.slot(a, row), self.slot(b, row)));
        }
        for row in 0..out.rows {
            if let (Some(to), Some(a), Some(b)) = (
                self.exact.get(out.at.wrapping_add(row)),
                self.exact.get(a.at().wrapping_add(row)),
                self.exact.get(b.at().wrapping_add(row)),
            ) {
                to.set(plain(a.get(), b.get()));
            }
        }
        true
    }

    /// Computes one node; whether all its rows are exact.
    #[inline(always)]
    pub fn node(&self, id: NodeId, node: &Node, out: Out) -> bool {
        match node.op {
            Op::Constant(value) => self.fill(out, Slot::exact(value)),
            Op::Cell(cell) => self.fill(out, self.formula.cell(cell).slot),
            Op::Today => self.fill(out, self.today()),
            Op::DayOrToday(field) if field.field().frame == Frame::Household => {
                let given = self.world.household.given_slot(field, 0);
                self.fill(out, given.unwrap_or_else(|| self.today()))
            }
            Op::DayOrToday(field) => self.each(out, |row| {
                let given = self.world.household.slot(field, row);
                if given == self.world.household.unknown(field) { self.today() } else { given }
            }),
            Op::Fact(field) => self.fact(field, out),
            Op::Unasked(list) => self.each(out, |row| {
                let flags = self.world.household.list(list, row).open_flags();
                Slot::maybe(flags.unwrap_or(Flags::FACT))
            }),
            Op::Add(a, b) => self.two((a, b), out, i64::wrapping_add, interval::add),
            Op::Subtract(a, b) => self.two((a, b), out, i64::wrapping_sub, interval::subtract),
            Op::Multiply(a, b) => self.two((a, b), out, i64::wrapping_mul, interval::multiply),
            Op::Scale(a, factor) => self.one(
                a,
                out,
                |a| a.wrapping_mul(factor),
                |a| Slot::between(a.lo.saturating_mul(factor), a.hi.saturating_mul(factor), a.flags),
            ),
            Op::Share(whole, of) => {
                // A count may be kept in parts of one.
                let one = self.parts(of);
                let part = |count: i64| whole.saturating_mul(one).checked_div(count.max(one)).unwrap_or(0);
                self.one(of, out, part, |of| Slot::between(part(of.hi), part(of.lo), of.flags))
            }
            Op::Least(a, b) => self.two((a, b), out, i64::min, interval::least),
            Op::Greatest(a, b) => self.two((a, b), out, i64::max, interval::greatest),
            Op::Below(a, b) => self.two((a, b), out, |a, b| i64::from(a < b), interval::below),
            Op::AtMost(a, b) => self.two((a, b), out, |a, b| i64::from(a <= b), interval::at_most),
            Op::Equal(a, b) => self.two((a, b), out, |a, b| i64::from(a == b), interval::equal),
            Op::Both(a, b) => self.two((a, b), out, |a, b| a & b, both),
            Op::Either(a, b) => self.two((a, b), out, |a, b| a | b, either),
            Op::All(operands) => self.joint(operands, out, Slot::YES, |a, b| a & b, both),
            Op::Any(operands) => self.joint(operands, out, Slot::NO, |a, b| a | b, either),
            Op::Not(a) => self.one(a, out, |a| 1 ^ a, interval::not),
            Op::IsOneOf(a, bits) => self.one(a, out, |a| i64::from(a & bits != 0), |a| interval::is_one_of(a, bits)),
            Op::IsAmong(a, bits) => self.one(a, out, |a| i64::from(among(a, bits)), |a| interval::is_among(a, bits)),
            Op::Within(a, area) => {
                let areas = self.world.areas;
                let within = |place: Slot| within(areas, place, area);
                self.one(a, out, |a| within(Slot::exact(a)).lo, within)
            }
            Op::Age(birth, day, rule) => self.age(birth, day, rule, out),
            Op::MonthOf(a) => self.one(a, out, interval::month, |a| Slot::between(interval::month(a.lo), interval::month(a.hi), a.flags)),
            Op::WeekdayOf(a) => self.one(a, out, |a| interval::weekday(Slot::exact(a)).lo, interval::weekday),
            Op::DayKind(a) => self.each(out, |row| self.day_kind(self.at(a, row))),
            Op::Select(operands) => self.choose(operands, self.formula.sort(id), out),
            Op::Round(a, rule) => {
                let parts = self.parts(a);
                match rule.mode {
                    Some(mode) => {
                        self.one(a, out, |a| interval::to_fen(a, parts, rule.unit_fen, mode), |a| interval::round(a, parts, rule))
                    }
                    None => self.each(out, |row| interval::round(self.at(a, row), parts, rule)),
                }
            }
            Op::Between(a, b) => self.each(out, |row| {
                let (a, b) = (self.at(a, row), self.at(b, row));
                Slot::between(a.lo.min(b.lo), b.hi, a.flags | b.flags | Flags::CHOICE)
            }),
            Op::Lift(a) => self.lift(a, node.frame, out),
            Op::AtPerson(a, person) => self.at_person(a, person, self.formula.sort(id), out),
            Op::OfApplicant(a) => {
                let members = self.rows_of(Frame::Member);
                let value = match self.world.household.applicant() {
                    Some(member) => self.at(a, member),
                    None => self.hull(self.place(a), 0..members, self.formula.sort(id), Flags::FACT),
                };
                self.fill(out, value)
            }
            Op::Fold(kind, a, least, most) => self.fold(kind, a, (least, most), out),
            Op::AnyForPerson(a, person) => self.each(out, |row| self.any_for_person(a, person, row)),
            Op::Entry(key, bit, a, otherwise) => self.entry(key, bit, (a, otherwise), node.frame, out),
            Op::Told(a, b) => self.two((a, b), out, |a, _| a, interval::told),
            Op::Before(a, alike) => self.each(out, |row| self.before(a, alike, row)),
            Op::WeekOf(a) => self.one(a, out, interval::week, |a| Slot::between(interval::week(a.lo), interval::week(a.hi), a.flags)),
            Op::WorkdaysLeft(a) => self.each(out, |row| self.workdays_left(self.at(a, row))),
        }
    }

    fn today(&self) -> Slot {
        Slot::exact(i64::from(self.world.today.days()))
    }

    fn parts(&self, id: NodeId) -> i64 {
        if let Sort::Number { denominator, .. } = self.formula.sort(id) { denominator } else { 1 }
    }

    fn fact(&self, field: FieldId, out: Out) -> bool {
        match self.world.household.column(field) {
            Some(Column { slots, exact: None }) => self.each(out, |row| slots.get(row).copied().unwrap_or(NOTHING)),
            Some(Column { exact: Some(given), .. }) => {
                for (to, given) in self.out(out).iter().zip(given) {
                    to.set(*given);
                }
                true
            }
            None => self.fill(out, self.world.household.unknown(field)),
        }
    }

    fn age(&self, birth: NodeId, day: NodeId, rule: Option<AgeRule>, out: Out) -> bool {
        let general = |birth, day| interval::age(rule, birth, day);
        match rule {
            Some(_) => self.two((birth, day), out, |birth, day| general(Slot::exact(birth), Slot::exact(day)).lo, general),
            None => self.each(out, |row| general(self.at(birth, row), self.at(day, row))),
        }
    }

    /// *And* or *or* over several operands.
    fn joint(
        &self,
        operands: Operands,
        out: Out,
        none: Slot,
        plain: impl Fn(i64, i64) -> i64,
        general: impl Fn(Slot, Slot) -> Slot,
    ) -> bool {
        let list = self.formula.list(operands);
        if list.iter().any(|id| !self.place(*id).is_exact()) {
            return self.each(out, |row| list.iter().fold(none, |all, id| general(all, self.at(*id, row))));
        }
        self.out(out).iter().for_each(|to| to.set(none.lo));
        for id in list {
            let place = self.place(*id);
            for (to, value) in self.out(out).iter().zip(self.from(place)) {
                to.set(plain(to.get(), value.get()));
            }
        }
        true
    }

    fn day_kind(&self, day: Slot) -> Slot {
        match day.value().and_then(Date::from_count) {
            Some(day) => self.world.calendar.kind(day),
            None => Slot::choice(0b111, day.flags),
        }
    }

    fn workdays_left(&self, day: Slot) -> Slot {
        match day.value().and_then(Date::from_count) {
            Some(date) => self.world.calendar.workdays_left(date).flagged(day.flags),
            None => Slot::between(0, 31, day.flags),
        }
    }

    fn before(&self, a: NodeId, alike: Operands, row: usize) -> Slot {
        (0..row).fold(Slot::exact(0), |sum, earlier| {
            let agrees = self.agrees(alike, earlier, row);
            if agrees.is_no() {
                return sum;
            }
            let value = self.at(a, earlier);
            interval::add(sum, if agrees.is_yes() { value } else { value.hull(Slot::exact(0)).flagged(agrees.flags) })
        })
    }

    /// Whether two rows agree in all operands.
    fn agrees(&self, alike: Operands, earlier: usize, row: usize) -> Slot {
        self.formula.list(alike).iter().fold(Slot::YES, |all, id| {
            let (a, b) = (self.at(*id, earlier), self.at(*id, row));
            let same = match (a.value(), b.value(), self.formula.sort(*id)) {
                (Some(a), Some(b), _) => Slot::truth(a == b),
                (.., Sort::Choice) => truth(a.lo & b.lo != 0, true, a.flags | b.flags),
                _ => interval::equal(a, b),
            };
            both(all, same)
        })
    }

    fn choose(&self, operands: Operands, sort: Sort, out: Out) -> bool {
        let list = self.formula.list(operands);
        if list.iter().any(|id| !self.place(*id).is_exact()) {
            return self.each(out, |row| self.select(list, sort, row));
        }
        // From the last to the first, so that the first condition that holds has the last word.
        let pairs = list.chunks_exact(2);
        if let Some(otherwise) = pairs.remainder().first() {
            self.one(*otherwise, out, |value| value, |slot| slot);
        }
        for pair in pairs.rev() {
            let [condition, value] = pair else { continue };
            let (condition, value) = (self.place(*condition), self.place(*value));
            for (to, (condition, value)) in self.out(out).iter().zip(self.from(condition).iter().zip(self.from(value))) {
                to.set(if condition.get() == 0 { to.get() } else { value.get() });
            }
        }
        true
    }

    fn select(&self, list: &[NodeId], sort: Sort, row: usize) -> Slot {
        let mut result: Option<Slot> = None;
        let mut conditions = Flags::NONE;
        let mut pairs = list.chunks_exact(2);
        for pair in &mut pairs {
            let [condition, value] = pair else { continue };
            let condition = self.at(*condition, row);
            if condition.is_no() {
                continue;
            }
            let value = self.at(*value, row);
            conditions = conditions | condition.flags;
            if condition.is_yes() {
                return joined(result, value, sort).flagged(conditions);
            }
            result = Some(joined(result, value, sort));
        }
        let otherwise = pairs.remainder().first().map_or(Slot::NO, |id| self.at(*id, row));
        joined(result, otherwise, sort).flagged(conditions)
    }

    fn lift(&self, a: NodeId, frame: Frame, out: Out) -> bool {
        let (place, household) = (self.place(a), self.world.household);
        if !place.is_exact() {
            return self.each(out, |row| self.slot(place, household.parent(frame, row)));
        }
        let values = self.from(place);
        for (to, parent) in self.out(out).iter().zip(household.parents(frame)) {
            to.set(values.get(*parent).map_or(0, Cell::get));
        }
        true
    }

    fn hull(&self, a: Place, members: Range<usize>, sort: Sort, flags: Flags) -> Slot {
        let mut result: Option<Slot> = None;
        for member in members {
            result = Some(joined(result, self.slot(a, member), sort));
        }
        result.unwrap_or(Slot::maybe(flags)).flagged(flags)
    }

    fn at_person(&self, a: NodeId, person: NodeId, sort: Sort, out: Out) -> bool {
        let (a, person) = (self.place(a), self.place(person));
        let index = |value: i64| usize::try_from(value).unwrap_or(usize::MAX);
        if a.is_exact() && person.is_exact() {
            for (to, person) in self.out(out).iter().zip(self.from(person)) {
                to.set(self.from(a).get(index(person.get())).map_or(0, Cell::get));
            }
            return true;
        }
        self.each(out, |row| {
            let person = self.slot(person, row);
            match person.value() {
                Some(member) => self.slot(a, index(member)),
                None => self.hull(a, index(person.lo)..index(person.hi).saturating_add(1), sort, person.flags),
            }
        })
    }

    fn fold(&self, kind: FoldKind, a: NodeId, (least, most): (i64, i64), out: Out) -> bool {
        let (place, frame, household) = (self.place(a), self.formula.node(a).frame, self.world.household);
        if !(place.is_exact() && household.is_complete(frame)) {
            return self.each(out, |row| self.fold_row(kind, place, frame, (least, most), row));
        }
        let out = self.out(out);
        out.iter().for_each(|to| to.set(if kind == FoldKind::Least { most } else { 0 }));
        for (value, parent) in self.from(place).iter().zip(household.parents(frame)) {
            if let Some(to) = out.get(*parent) {
                to.set(match kind {
                    FoldKind::Sum => to.get().wrapping_add(value.get()),
                    FoldKind::Least => to.get().min(value.get()),
                    FoldKind::Any => to.get() | value.get(),
                });
            }
        }
        true
    }

    fn fold_row(&self, kind: FoldKind, a: Place, frame: Frame, (least, most): (i64, i64), parent: usize) -> Slot {
        let open = self.world.household.list(frame, parent).open_flags();
        let rows = self.world.household.rows_of(frame, parent).map(|row| self.slot(a, row));
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

    fn any_for_person(&self, a: NodeId, person: NodeId, member: usize) -> Slot {
        let frame = self.formula.node(a).frame;
        let own = i64::try_from(member).unwrap_or(-1);
        let any = (0..self.rows_of(frame)).fold(Slot::NO, |any, row| {
            let who = self.at(person, row);
            let concerns = truth((who.lo..=who.hi).contains(&own), who.value() != Some(own), who.flags);
            either(any, both(self.at(a, row), concerns))
        });
        perhaps_more(any, self.world.household.list(frame, 0).open_flags())
    }

    fn entry(&self, key: FieldId, bit: i64, (a, otherwise): (NodeId, NodeId), frame: Frame, out: Out) -> bool {
        let (list, household, there_id) = (key.field().frame, self.world.household, a);
        let (there, otherwise) = (self.place(a), self.place(otherwise));
        if household.rows(list) == 0 && household.is_complete(list) && otherwise.is_exact() {
            for (to, value) in self.out(out).iter().zip(self.from(otherwise)) {
                to.set(value.get());
            }
            return true;
        }
        debug_assert_eq!(list.info().parent, frame, "an entry stands in a list of its own row");
        let sort = self.formula.sort(there_id);
        self.each(out, |row| {
            let without = self.slot(otherwise, row);
            // Rows of which it is not known whether they are the one.
            let mut perhaps: Option<Slot> = None;
            let mut flags = Flags::NONE;
            for entry in household.rows_of(list, row) {
                let own = household.slot(key, entry);
                if own.value() == Some(bit) {
                    return self.slot(there, entry);
                }
                if !own.is_settled() && own.lo & bit != 0 {
                    perhaps = Some(joined(perhaps, self.slot(there, entry), sort));
                    flags = flags | own.flags;
                }
            }
            let found = perhaps.map_or(without, |perhaps| joined(Some(perhaps), without, sort).flagged(flags));
            match household.list(list, row).open_flags() {
                // One that was not told may be there and say anything.
                Some(open) => match sort {
                    Sort::Truth => Slot::between(0, 1, open | found.flags),
                    Sort::Number { least, most, .. } => Slot::between(least.min(found.lo), most.max(found.hi), open | found.flags),
                    Sort::Choice => Slot::choice(i64::MAX, open | found.flags),
                },
                None => found,
            }
        })
    }
}

/// A point with nothing to remark.
fn is_plain(slot: Slot) -> bool {
    slot.is_settled() && slot.flags == Flags::NONE
}

fn within(areas: &Areas, place: Slot, area: AreaCode) -> Slot {
    match place.value().and_then(AreaCode::from_number) {
        Some(code) => Slot::truth(areas.is_within(code, area)).flagged(place.flags),
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
