//! The value of every node, known or not: one pass over the nodes in order, over intervals.
//!
//! A known false settles an *and*, a known zero settles a product, equal branches settle a choice; everything else
//! that rests on something unknown stays an interval that holds every value the missing answers could give.

use std::ops::Range;

use crate::area::{AreaCode, Areas};
use crate::calendar::Calendar;
use crate::date::{AgeRule, Date};
use crate::formula::{FoldKind, Formula, Node, NodeId, Op, Operands, RoundRule, Sort};
use crate::household::{FRAMES, Frame, Household};
use crate::money::{Rounding, RoundingMode, Yuan};
use crate::slot::{Flags, INFINITE, Slot};

/// From here on a number stands for "no limit known".
const UNBOUNDED: i64 = 1 << 62;

/// Operands of an *and* or an *or* that are looked up before the rows are gone through.
const AT_ONCE: usize = 16;

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

/// The values of all nodes for one household; kept between households so that reading allocates nothing.
///
/// The fixed values of the formula come first, then the values of the other nodes in their order, row by row.
#[derive(Debug, Default)]
pub struct Values {
    slots: Vec<Slot>,
    /// Where the values of each node begin.
    bases: Vec<Base>,
    rows: [usize; FRAMES.len()],
}

/// Where the values of a node begin, and how far apart those of neighbouring rows are: 0 for a fixed value.
#[derive(Clone, Copy, Debug, Default)]
struct Base {
    at: usize,
    step: usize,
}

impl Base {
    fn place(self, row: usize) -> usize {
        // A place that does not exist is caught where the slot is fetched.
        self.at.wrapping_add(row.wrapping_mul(self.step))
    }
}

impl Values {
    /// The value of a node in a row of its list.
    #[must_use]
    pub fn get(&self, node: NodeId, row: usize) -> Slot {
        self.slots.get(self.place(node, row)).copied().unwrap_or(Slot::maybe(Flags::FACT))
    }

    /// Where the value of a node in a row lies.
    #[must_use]
    pub fn place(&self, node: NodeId, row: usize) -> usize {
        self.bases.get(node.position()).map_or(usize::MAX, |base| base.place(row))
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

    /// Computes every node of `formula`.
    pub fn read(&mut self, formula: &Formula, world: World<'_>) {
        for (info, rows) in FRAMES.iter().zip(&mut self.rows) {
            *rows = world.household.rows(info.frame);
        }
        self.bases.clear();
        let (mut fixed, mut at) = (0_usize, formula.fixed.len());
        for node in &formula.nodes {
            if node.is_fixed {
                self.bases.push(Base { at: fixed, step: 0 });
                fixed = fixed.saturating_add(1);
            } else {
                self.bases.push(Base { at, step: 1 });
                at = at.saturating_add(self.rows.get(node.frame.index()).copied().unwrap_or(0));
            }
        }
        // Every place is written below, in order; what an earlier household left there is never read.
        self.slots.resize(at, Slot::NO);
        if let Some(start) = self.slots.get_mut(..formula.fixed.len()) {
            start.copy_from_slice(&formula.fixed);
        }
        for (position, node) in formula.nodes.iter().enumerate().filter(|(_, node)| !node.is_fixed) {
            let rows = self.rows.get(node.frame.index()).copied().unwrap_or(0);
            let base = self.bases.get(position).map_or(0, |base| base.at);
            let (done, rest) = self.slots.split_at_mut(base);
            let Some(out) = rest.get_mut(..rows) else { return };
            Pass { formula, world, done, bases: &self.bases, rows: &self.rows }.node(NodeId::at(position), node, out);
        }
    }
}

/// The values computed so far; every operand of a node is among them.
struct Pass<'p> {
    formula: &'p Formula,
    world: World<'p>,
    done: &'p [Slot],
    bases: &'p [Base],
    rows: &'p [usize; FRAMES.len()],
}

impl Pass<'_> {
    fn base(&self, id: NodeId) -> Base {
        self.bases.get(id.position()).copied().unwrap_or_default()
    }

    fn at(&self, id: NodeId, row: usize) -> Slot {
        self.done.get(self.base(id).place(row)).copied().unwrap_or(Slot::maybe(Flags::FACT))
    }

    fn one(&self, a: NodeId, out: &mut [Slot], compute: impl Fn(Slot) -> Slot) {
        let a = self.base(a);
        for (row, place) in out.iter_mut().enumerate() {
            if let Some(a) = self.done.get(a.place(row)) {
                *place = compute(*a);
            }
        }
    }

    fn two(&self, a: NodeId, b: NodeId, out: &mut [Slot], compute: impl Fn(Slot, Slot) -> Slot) {
        let (a, b) = (self.base(a), self.base(b));
        if let (1, 1, Some(a), Some(b)) = (a.step, b.step, self.done.get(a.at..), self.done.get(b.at..)) {
            for (place, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
                *place = compute(*a, *b);
            }
            return;
        }
        for (row, place) in out.iter_mut().enumerate() {
            if let (Some(a), Some(b)) = (self.done.get(a.place(row)), self.done.get(b.place(row))) {
                *place = compute(*a, *b);
            }
        }
    }

    fn each(out: &mut [Slot], compute: impl Fn(usize) -> Slot) {
        for (row, place) in out.iter_mut().enumerate() {
            *place = compute(row);
        }
    }

    fn node(&self, id: NodeId, node: &Node, out: &mut [Slot]) {
        match node.op {
            Op::Constant(_) | Op::Cell(_) => {}
            Op::Today => out.fill(self.today()),
            Op::DayOrToday(field) => {
                let given = self.world.household.column(field).and_then(|column| column.first()).copied();
                out.fill(given.unwrap_or_else(|| self.today()));
            }
            Op::Fact(field) => match self.world.household.column(field) {
                Some(column) => {
                    for (place, given) in out.iter_mut().zip(column) {
                        *place = *given;
                    }
                }
                None => out.fill(self.world.household.unknown(field)),
            },
            Op::Unasked(list) => Self::each(out, |row| {
                let flags = self.world.household.list(list, row).open_flags();
                Slot::maybe(flags.unwrap_or(Flags::FACT))
            }),
            Op::Add(a, b) => self.two(a, b, out, add),
            Op::Subtract(a, b) => self.two(a, b, out, subtract),
            Op::Multiply(a, b) => self.two(a, b, out, multiply),
            Op::Scale(a, factor) => {
                self.one(a, out, |a| Slot::between(a.lo.saturating_mul(factor), a.hi.saturating_mul(factor), a.flags));
            }
            Op::Share(whole, of) => self.one(of, out, |of| {
                let part = |count: i64| whole.checked_div(count.max(1)).unwrap_or(0);
                Slot::between(part(of.hi), part(of.lo), of.flags)
            }),
            Op::Least(a, b) => self.two(a, b, out, |a, b| Slot::between(a.lo.min(b.lo), a.hi.min(b.hi), a.flags | b.flags)),
            Op::Greatest(a, b) => self.two(a, b, out, |a, b| Slot::between(a.lo.max(b.lo), a.hi.max(b.hi), a.flags | b.flags)),
            Op::Below(a, b) => {
                self.two(a, b, out, |a, b| compare(a, b, a.hi < b.lo, a.lo >= b.hi, a.lo < b.lo, a.hi >= b.hi));
            }
            Op::AtMost(a, b) => {
                self.two(a, b, out, |a, b| compare(a, b, a.hi <= b.lo, a.lo > b.hi, a.lo <= b.lo, a.hi > b.hi));
            }
            Op::Equal(a, b) => self.two(a, b, out, |a, b| {
                let apart = a.hi < b.lo || b.hi < a.lo;
                compare(a, b, a.is_settled() && a.lo == b.lo && b.is_settled(), apart, true, true)
            }),
            Op::All(operands) => self.joint(operands, out, Slot::YES, both),
            Op::Any(operands) => self.joint(operands, out, Slot::NO, either),
            Op::Not(a) => {
                self.one(a, out, |a| Slot::between(1_i64.saturating_sub(a.hi), 1_i64.saturating_sub(a.lo), a.flags));
            }
            Op::IsOneOf(a, bits) => self.one(a, out, |a| truth(a.lo & bits != 0, a.lo & !bits != 0, a.flags)),
            Op::Within(a, area) => self.one(a, out, |place| self.within(place, area)),
            Op::Age(birth, day, rule) => self.two(birth, day, out, |birth, day| age(rule, birth, day)),
            Op::MonthOf(a) => self.one(a, out, |a| Slot::between(month(a.lo), month(a.hi), a.flags)),
            Op::DayKind(a) => self.one(a, out, |day| self.day_kind(day)),
            Op::Select(operands) => Self::each(out, |row| self.select(operands, self.formula.sort(id), row)),
            Op::Round(a, rule) => {
                let parts = self.parts(a);
                self.one(a, out, |a| round(a, parts, rule));
            }
            Op::Between(a, b) => {
                self.two(a, b, out, |a, b| Slot::between(a.lo.min(b.lo), b.hi, a.flags | b.flags | Flags::CHOICE));
            }
            Op::Lift(a) => Self::each(out, |row| self.at(a, self.world.household.parent(node.frame, row))),
            Op::AtPerson(a, person) => Self::each(out, |row| self.person(a, self.at(person, row), self.formula.sort(id))),
            Op::OfApplicant(a) => {
                let members = self.rows_in(Frame::Member);
                out.fill(match self.world.household.applicant() {
                    Some(member) => self.at(a, member),
                    None => self.hull(a, 0..members, self.formula.sort(id), Flags::FACT),
                });
            }
            Op::Fold(kind, a, least, most) => Self::each(out, |row| self.fold(kind, a, least, most, row)),
            Op::AnyForPerson(a, person) => Self::each(out, |row| self.any_for_person(a, person, row)),
            Op::Entry(key, bit, a, otherwise) => Self::each(out, |row| {
                let frame = key.field().frame;
                let household = self.world.household;
                let found = household.rows_of(frame, row).find(|entry| household.slot(key, *entry).value() == Some(bit));
                match (found, household.list(frame, row).open_flags()) {
                    (Some(entry), _) => self.at(a, entry),
                    (None, Some(open)) => {
                        let without = self.at(otherwise, row);
                        if without.is_settled() { Slot::maybe(open | without.flags) } else { without.flagged(open) }
                    }
                    (None, None) => self.at(otherwise, row),
                }
            }),
        }
    }

    fn rows_in(&self, frame: Frame) -> usize {
        self.rows.get(frame.index()).copied().unwrap_or(0)
    }

    fn today(&self) -> Slot {
        Slot::exact(i64::from(self.world.today.days()))
    }

    fn parts(&self, id: NodeId) -> i64 {
        if let Sort::Number { denominator, .. } = self.formula.sort(id) { denominator } else { 1 }
    }

    /// *And* or *or* over several operands.
    fn joint(&self, operands: Operands, out: &mut [Slot], none: Slot, join: impl Fn(Slot, Slot) -> Slot) {
        let list = self.formula.list(operands);
        if list.is_empty() {
            out.fill(none);
        }
        for (position, part) in list.chunks(AT_ONCE).enumerate() {
            let mut bases = [Base::default(); AT_ONCE];
            for (base, id) in bases.iter_mut().zip(part) {
                *base = self.base(*id);
            }
            let bases = bases.get(..part.len()).unwrap_or(&[]);
            for (row, place) in out.iter_mut().enumerate() {
                let before = if position == 0 { none } else { *place };
                *place = bases.iter().filter_map(|base| self.done.get(base.place(row))).fold(before, |all, operand| join(all, *operand));
            }
        }
    }

    fn within(&self, place: Slot, area: AreaCode) -> Slot {
        match place.value().and_then(AreaCode::from_number) {
            Some(code) => Slot::truth(self.world.areas.is_within(code, area)).flagged(place.flags),
            None => Slot::maybe(place.flags),
        }
    }

    fn day_kind(&self, day: Slot) -> Slot {
        match day.value().and_then(|days| i32::try_from(days).ok()).and_then(Date::from_days) {
            Some(day) => self.world.calendar.kind(day),
            None => Slot::choice(0b111, day.flags),
        }
    }

    fn select(&self, operands: Operands, sort: Sort, row: usize) -> Slot {
        let list = self.formula.list(operands);
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

    fn hull(&self, a: NodeId, members: Range<usize>, sort: Sort, flags: Flags) -> Slot {
        let mut result: Option<Slot> = None;
        for member in members {
            result = Some(joined(result, self.at(a, member), sort));
        }
        result.unwrap_or(Slot::maybe(flags)).flagged(flags)
    }

    fn person(&self, a: NodeId, person: Slot, sort: Sort) -> Slot {
        let index = |value: i64| usize::try_from(value).unwrap_or(0);
        match person.value() {
            Some(member) => self.at(a, index(member)),
            None => self.hull(a, index(person.lo)..index(person.hi).saturating_add(1), sort, person.flags),
        }
    }

    fn fold(&self, kind: FoldKind, a: NodeId, least: i64, most: i64, parent: usize) -> Slot {
        let frame = self.formula.node(a).frame;
        let open = self.world.household.list(frame, parent).open_flags();
        let rows = self.world.household.rows_of(frame, parent).map(|row| self.at(a, row));
        match kind {
            FoldKind::Sum => {
                let sum = rows.fold(Slot::exact(0), |sum, slot| {
                    Slot::between(sum.lo.saturating_add(slot.lo), sum.hi.saturating_add(slot.hi), sum.flags | slot.flags)
                });
                match open {
                    Some(open) => Slot::between(sum.lo.min(sum.lo.saturating_add(least)), most, sum.flags | open),
                    None => sum,
                }
            }
            FoldKind::Least => {
                let smallest = rows.fold(Slot::exact(most), |best, slot| {
                    Slot::between(best.lo.min(slot.lo), best.hi.min(slot.hi), best.flags | slot.flags)
                });
                match open {
                    Some(open) => Slot::between(least, smallest.hi, smallest.flags | open),
                    None => smallest,
                }
            }
            FoldKind::Any => {
                let any = rows.fold(Slot::NO, either);
                match open {
                    Some(open) if !any.is_yes() => Slot::between(any.lo, 1, any.flags | open),
                    _ => any,
                }
            }
        }
    }

    fn any_for_person(&self, a: NodeId, person: NodeId, member: usize) -> Slot {
        let frame = self.formula.node(a).frame;
        let own = i64::try_from(member).unwrap_or(-1);
        let open = self.world.household.list(frame, 0).open_flags();
        let any = (0..self.rows_in(frame)).fold(Slot::NO, |any, row| {
            let who = self.at(person, row);
            let concerns = truth((who.lo..=who.hi).contains(&own), who.value() != Some(own), who.flags);
            either(any, both(self.at(a, row), concerns))
        });
        match open {
            Some(open) if !any.is_yes() => Slot::between(any.lo, 1, any.flags | open),
            _ => any,
        }
    }
}

/// A truth that can be yes, no or both.
fn truth(can_be_yes: bool, can_be_no: bool, flags: Flags) -> Slot {
    Slot::between(i64::from(!can_be_no), i64::from(can_be_yes), flags)
}

/// *And*: a known no settles it, the better confirmed of two.
fn both(a: Slot, b: Slot) -> Slot {
    match (a.is_no(), b.is_no()) {
        (true, true) => {
            if b.flags == Flags::NONE {
                b
            } else {
                a
            }
        }
        (true, _) => a,
        (_, true) => b,
        _ => Slot::between(a.lo.min(b.lo), a.hi.min(b.hi), a.flags | b.flags),
    }
}

/// *Or*: a known yes settles it, the better confirmed of two.
fn either(a: Slot, b: Slot) -> Slot {
    match (a.is_yes(), b.is_yes()) {
        (true, true) => {
            if b.flags == Flags::NONE {
                b
            } else {
                a
            }
        }
        (true, _) => a,
        (_, true) => b,
        _ => Slot::between(a.lo.max(b.lo), a.hi.max(b.hi), a.flags | b.flags),
    }
}

/// A comparison; `can_yes` and `can_no` say whether the facts alone could still settle it with the cells as they are.
fn compare(a: Slot, b: Slot, yes: bool, no: bool, can_yes: bool, can_no: bool) -> Slot {
    if yes || no {
        return Slot::truth(yes).flagged((a.flags | b.flags).settled());
    }
    let flags = a.flags | b.flags;
    let cells = Flags::CELL | Flags::BOUND;
    // The facts stand on one side, the unknown cells on the other, and no answer could get past the cells.
    let apart = a.flags.has(Flags::FACT) != b.flags.has(Flags::FACT) && a.flags.has(cells) != b.flags.has(cells);
    let blocked = apart && if b.flags.has(cells) { !can_yes && !can_no } else { false };
    Slot::maybe(if blocked { flags.without(Flags::FACT | Flags::ASKED) } else { flags })
}

fn add(a: Slot, b: Slot) -> Slot {
    Slot::between(a.lo.saturating_add(b.lo), a.hi.saturating_add(b.hi), a.flags | b.flags)
}

fn subtract(a: Slot, b: Slot) -> Slot {
    let hi = if a.hi >= UNBOUNDED { INFINITE } else { a.hi.saturating_sub(b.lo) };
    Slot::between(a.lo.saturating_sub(b.hi), hi, a.flags | b.flags)
}

fn multiply(a: Slot, b: Slot) -> Slot {
    if a == Slot::exact(0) || b == Slot::exact(0) {
        return Slot::exact(0);
    }
    if a.lo >= 0 && b.lo >= 0 {
        return Slot::between(a.lo.saturating_mul(b.lo), a.hi.saturating_mul(b.hi), a.flags | b.flags);
    }
    let corners = [a.lo.saturating_mul(b.lo), a.lo.saturating_mul(b.hi), a.hi.saturating_mul(b.lo), a.hi.saturating_mul(b.hi)];
    let lo = corners.into_iter().min().unwrap_or(0);
    let hi = corners.into_iter().max().unwrap_or(0);
    Slot::between(lo, hi, a.flags | b.flags)
}

fn joined(before: Option<Slot>, next: Slot, sort: Sort) -> Slot {
    match (before, sort) {
        (None, _) => next,
        (Some(before), Sort::Choice) => Slot::choice(before.lo | next.lo, before.flags | next.flags),
        (Some(before), _) => before.hull(next),
    }
}

fn date(days: i64) -> Option<Date> {
    i32::try_from(days).ok().and_then(Date::from_days)
}

/// Completed years; without a rule, from the latest counting to the earliest.
fn age(rule: Option<AgeRule>, birth: Slot, day: Slot) -> Slot {
    let flags = birth.flags | day.flags;
    let years = |birth, day| match (date(birth), date(day)) {
        (Some(birth), Some(day)) => match rule {
            Some(rule) => (rule.age_on(birth, day), rule.age_on(birth, day)),
            None => AgeRule::ages_on(birth, day),
        },
        _ => (-1, -1),
    };
    if let (true, true) = (birth.is_settled(), day.is_settled()) {
        let (latest, earliest) = years(birth.lo, day.lo);
        return Slot::between(i64::from(latest), i64::from(earliest), flags | if rule.is_none() { Flags::CELL } else { Flags::NONE });
    }
    Slot::between(i64::from(years(birth.hi, day.lo).0), i64::from(years(birth.lo, day.hi).1), flags)
}

/// The month of a day, counted from year 0.
fn month(days: i64) -> i64 {
    date(days).map_or(0, |date| {
        let (year, month, _) = date.ymd();
        i64::from(year).saturating_mul(12).saturating_add(i64::from(month)).saturating_sub(1)
    })
}

fn round(value: Slot, parts: i64, rule: RoundRule) -> Slot {
    let to = |value: i64, mode: RoundingMode| {
        if value >= UNBOUNDED {
            return INFINITE;
        }
        let numerator = i128::from(value).saturating_mul(100);
        Rounding::new(Yuan::from_fen(rule.unit_fen), mode)
            .and_then(|rounding| rounding.apply(numerator, i128::from(parts)))
            .unwrap_or(INFINITE)
    };
    match rule.mode {
        Some(mode) => Slot::between(to(value.lo, mode), to(value.hi, mode), value.flags),
        None => {
            let (lo, hi) = (to(value.lo, RoundingMode::Down), to(value.hi, RoundingMode::Up));
            Slot::between(lo, hi, value.flags | if lo == hi { Flags::NONE } else { Flags::BOUND })
        }
    }
}
