//! Typed expressions: ordinary Rust that reads like the law and leaves nodes behind.
//!
//! The types keep units and lists apart; the builder keeps denominators and limits, so that no node can overflow:
//! a formula whose values could is refused when it is built.

use std::cell::RefCell;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::ops::{Add, Mul, Sub};

use super::node::{Cell, CellId, FoldKind, Node, NodeId, Op, Operands, RoundRule, Sort};
use super::{Formula, Outline};
use crate::area::AreaCode;
use crate::date::{AgeRule, Date};
use crate::household::dictionary::{Fact, MONEY_MAX, Names, Row, row, unit};
use crate::household::{FIELDS, FieldId, Frame, Kind};
use crate::slot::{INFINITE, Slot};

/// Finite values stay below this, so that every sum and product of a step fits; anything above means "no limit known".
const LIMIT: i128 = 1 << 62;
/// Least common multiple of 1 to 12: a monthly share of any of these spans is a whole number of such parts.
const MONTH_PARTS: i64 = 27_720;
/// Least common multiple of 1 to 16: an equal share among so many members is a whole number of such parts.
const MEMBER_PARTS: i64 = 720_720;

/// Collects the nodes of one formula.
#[derive(Default)]
pub struct Builder {
    inner: RefCell<Inner>,
}

#[derive(Default)]
struct Inner {
    formula: Formula,
    known: HashMap<(Op, Frame, i64), NodeId>,
    too_large: bool,
}

/// A value of unit `U` for each row of list `R`.
pub struct Expr<'b, U, R> {
    builder: &'b Builder,
    id: NodeId,
    types: PhantomData<(U, R)>,
}

impl<U, R> Clone for Expr<'_, U, R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U, R> Copy for Expr<'_, U, R> {}

/// A condition and the value that goes with it.
pub type Case<'b, U, R> = (Expr<'b, unit::Truth, R>, Expr<'b, U, R>);

/// Units that can be added to themselves.
pub trait Additive {}
impl Additive for unit::Yuan {}
impl Additive for unit::Monthly {}
impl Additive for unit::Count {}
impl Additive for unit::MonthUnit {}

/// Units that are numbers and can be compared.
pub trait Scalar {}
impl Scalar for unit::Yuan {}
impl Scalar for unit::Monthly {}
impl Scalar for unit::Count {}
impl Scalar for unit::Rate {}
impl Scalar for unit::Day {}
impl Scalar for unit::MonthUnit {}

/// Units whose product with `V` is `Product`.
pub trait Times<V> {
    /// What comes out.
    type Product;
}
impl Times<unit::Count> for unit::Yuan {
    type Product = unit::Yuan;
}
impl Times<unit::Rate> for unit::Yuan {
    type Product = unit::Yuan;
}
impl Times<unit::Count> for unit::Monthly {
    type Product = unit::Monthly;
}
impl Times<unit::Rate> for unit::Monthly {
    type Product = unit::Monthly;
}

/// A list whose rows belong to rows of `Up`.
pub trait ChildRow: Row {
    /// The list they belong to.
    type Up: Row;
}
macro_rules! child_rows { ($($child:ident of $up:ident),*) => { $(impl ChildRow for row::$child { type Up = row::$up; })* } }
child_rows!(
    Member of Household, Income of Member, Transfer of Member, Disability of Member, Registered of Member, Residence of Member,
    Receiving of Member, Refusal of Member, Standing of Household, Assessment of Household, Expense of Household, Bill of Household
);

impl Builder {
    /// The finished formula; `Err` if a value in it could be too large to be exact.
    ///
    /// # Errors
    /// `arithmetic-limit`: a table multiplies beyond 4.6 quadrillion parts.
    pub fn finish(self) -> Result<Formula, &'static str> {
        let Inner { mut formula, too_large, .. } = self.inner.into_inner();
        let fields = formula.nodes.iter().filter_map(|node| match node.op {
            Op::Fact(field) | Op::DayOrToday(field) | Op::Entry(field, ..) => Some(field),
            // Counting the rows of a plain list reads its items.
            Op::Fold(_, row, ..) => formula.nodes.get(row.position()).and_then(|row| plain_item(row.frame)),
            _ => None,
        });
        formula.reads = fields.collect();
        formula.reads.sort_unstable();
        formula.reads.dedup();
        if too_large { Err("arithmetic-limit") } else { Ok(formula) }
    }

    /// Adds a benefit.
    pub fn outline(&self, outline: Outline) {
        self.inner.borrow_mut().formula.outlines.push(outline);
    }

    fn node(&self, op: Op, frame: Frame, sort: Sort) -> NodeId {
        let mut inner = self.inner.borrow_mut();
        let parts = if let Sort::Number { denominator, .. } = sort { denominator } else { 0 };
        if let Some(known) = inner.known.get(&(op, frame, parts)) {
            return *known;
        }
        let id = NodeId(u32::try_from(inner.formula.nodes.len()).unwrap_or(u32::MAX));
        let fixed = match op {
            Op::Constant(value) => Some(Slot::exact(value)),
            Op::Cell(cell) => inner.formula.cells.get(cell.position()).map(|cell| cell.slot),
            _ => None,
        };
        inner.formula.fixed.extend(fixed);
        inner.formula.nodes.push(Node { op, frame, is_fixed: fixed.is_some() });
        inner.formula.sorts.push(sort);
        inner.known.insert((op, frame, parts), id);
        id
    }

    fn number(&self, op: Op, frame: Frame, denominator: i64, least: i128, most: i128) -> NodeId {
        if least < -LIMIT || most > LIMIT {
            self.inner.borrow_mut().too_large = true;
        }
        let clamp = |value: i128| i64::try_from(value.clamp(-LIMIT, LIMIT)).unwrap_or(INFINITE);
        self.node(op, frame, Sort::Number { denominator, least: clamp(least), most: clamp(most) })
    }

    fn sort(&self, id: NodeId) -> Sort {
        self.inner.borrow().formula.sorts.get(id.position()).copied().unwrap_or(Sort::Truth)
    }

    fn parts(&self, id: NodeId) -> (i64, i128, i128) {
        match self.sort(id) {
            Sort::Number { denominator, least, most } => (denominator, i128::from(least), i128::from(most)),
            Sort::Truth | Sort::Choice => (1, 0, 1),
        }
    }

    fn frame(&self, id: NodeId) -> Frame {
        self.inner.borrow().formula.nodes.get(id.position()).map_or(Frame::Household, |node| node.frame)
    }

    fn list(&self, ids: &[NodeId]) -> Operands {
        let mut inner = self.inner.borrow_mut();
        let operands = &mut inner.formula.operands;
        // The same run again, so that the same condition is the same node.
        let found = if ids.is_empty() { None } else { operands.windows(ids.len()).position(|run| run == ids) };
        let start = found.unwrap_or(operands.len());
        if found.is_none() {
            operands.extend_from_slice(ids);
        }
        let end = start.saturating_add(ids.len());
        Operands { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// The node times a whole number, so that its denominator becomes `denominator`.
    fn scaled(&self, id: NodeId, denominator: i64) -> NodeId {
        let (own, least, most) = self.parts(id);
        let factor = denominator.checked_div(own).unwrap_or(1);
        if factor == 1 {
            return id;
        }
        let times = |value: i128| value.saturating_mul(i128::from(factor));
        self.number(Op::Scale(id, factor), self.frame(id), denominator, times(least), times(most))
    }

    fn aligned(&self, a: NodeId, b: NodeId) -> (NodeId, NodeId, i64) {
        let common = least_common_multiple(self.parts(a).0, self.parts(b).0);
        (self.scaled(a, common), self.scaled(b, common), common)
    }

    fn expr<U, R>(&self, id: NodeId) -> Expr<'_, U, R> {
        Expr { builder: self, id, types: PhantomData }
    }

    fn truth<R: Row>(&self, op: Op) -> Expr<'_, unit::Truth, R> {
        self.expr(self.node(op, R::FRAME, Sort::Truth))
    }

    /// A fact.
    pub fn fact<U, R: Row>(&self, fact: Fact<U, R>) -> Expr<'_, U, R> {
        let (day_min, day_max) = (i128::from(Date::MIN.days()), i128::from(Date::MAX.days()));
        let op = Op::Fact(fact.id);
        let id = match fact.id.field().kind {
            Kind::Money => self.number(op, R::FRAME, 100, 0, i128::from(MONEY_MAX)),
            Kind::Count { min, max } => self.number(op, R::FRAME, 1, i128::from(min), i128::from(max)),
            Kind::Day => self.number(op, R::FRAME, 1, day_min, day_max),
            Kind::Place => self.number(op, R::FRAME, 1, 0, 999_999),
            Kind::Person => self.number(op, R::FRAME, 1, 0, 16),
            Kind::Truth | Kind::Text => self.node(op, R::FRAME, Sort::Truth),
            Kind::Choice(_) => self.node(op, R::FRAME, Sort::Choice),
        };
        self.expr(id)
    }

    /// A value from the tables, in `1 / denominator`s.
    pub fn cell<U, R: Row>(&self, cell: Cell, denominator: i64) -> Expr<'_, U, R> {
        // What has no limit stays unlimited however often it is multiplied; only finite values can grow too large.
        let (least, most) = (i128::from(cell.slot.lo), i128::from(if cell.slot.hi == INFINITE { cell.slot.lo } else { cell.slot.hi }));
        let id = {
            let mut inner = self.inner.borrow_mut();
            let id = CellId(u32::try_from(inner.formula.cells.len()).unwrap_or(u32::MAX));
            inner.formula.cells.push(cell);
            id
        };
        self.expr(self.number(Op::Cell(id), R::FRAME, denominator, least, most))
    }

    /// A truth from the tables.
    pub fn truth_cell<R: Row>(&self, cell: Cell) -> Expr<'_, unit::Truth, R> {
        let expr: Expr<'_, unit::Truth, R> = self.cell(cell, 1);
        expr
    }

    /// A whole number written in the law itself.
    pub fn count<R: Row>(&self, count: i64) -> Expr<'_, unit::Count, R> {
        self.expr(self.number(Op::Constant(count), R::FRAME, 1, i128::from(count), i128::from(count)))
    }

    /// No yuan.
    pub fn nothing<U: Scalar, R: Row>(&self) -> Expr<'_, U, R> {
        self.expr(self.number(Op::Constant(0), R::FRAME, 1, 0, 0))
    }

    /// Always, or never.
    pub fn always<R: Row>(&self, yes: bool) -> Expr<'_, unit::Truth, R> {
        self.truth(Op::Constant(i64::from(yes)))
    }

    /// The day of the decision.
    pub fn today<R: Row>(&self) -> Expr<'_, unit::Day, R> {
        self.expr(self.number(Op::Today, R::FRAME, 1, i128::from(Date::MIN.days()), i128::from(Date::MAX.days())))
    }

    /// A day of the procedure; the day decided for where none was given, which the result says it assumed.
    pub fn day_or_today<R: Row>(&self, day: Fact<unit::Day, row::Household>) -> Expr<'_, unit::Day, R> {
        self.expr(self.number(Op::DayOrToday(day.id), R::FRAME, 1, i128::from(Date::MIN.days()), i128::from(Date::MAX.days())))
    }

    /// A yes-or-no that only the list `C` of this row could settle.
    pub fn unasked<C: ChildRow>(&self) -> Expr<'_, unit::Truth, C::Up> {
        self.truth(Op::Unasked(C::FRAME))
    }

    /// All of them hold.
    pub fn all<'b, R: Row>(&'b self, parts: &[Expr<'b, unit::Truth, R>]) -> Expr<'b, unit::Truth, R> {
        match parts {
            [one] => *one,
            _ => self.truth(Op::All(self.list(&ids(parts)))),
        }
    }

    /// At least one of them holds.
    pub fn any<'b, R: Row>(&'b self, parts: &[Expr<'b, unit::Truth, R>]) -> Expr<'b, unit::Truth, R> {
        match parts {
            [one] => *one,
            _ => self.truth(Op::Any(self.list(&ids(parts)))),
        }
    }

    /// The value of the first condition that holds, else `otherwise`.
    pub fn select<'b, U, R: Row>(&'b self, cases: &[Case<'b, U, R>], otherwise: Expr<'b, U, R>) -> Expr<'b, U, R> {
        if cases.is_empty() {
            return otherwise;
        }
        let is_truth = self.sort(otherwise.id) == Sort::Truth;
        let values: Vec<NodeId> = cases.iter().map(|(_, value)| value.id).chain([otherwise.id]).collect();
        let common = values.iter().map(|id| self.parts(*id).0).fold(1, least_common_multiple);
        let values: Vec<NodeId> = values.into_iter().map(|id| self.scaled(id, common)).collect();
        let mut operands = Vec::new();
        for ((condition, _), value) in cases.iter().zip(&values) {
            operands.extend([condition.id, *value]);
        }
        operands.extend(values.last());
        let op = Op::Select(self.list(&operands));
        if is_truth {
            return self.expr(self.node(op, R::FRAME, Sort::Truth));
        }
        let (least, most) =
            values.iter().map(|id| self.parts(*id)).fold((i128::MAX, i128::MIN), |(l, m), (_, least, most)| (l.min(least), m.max(most)));
        self.expr(self.number(op, R::FRAME, common, least, most))
    }

    /// `value` if `condition` holds, else `otherwise`.
    pub fn choose<'b, U, R: Row>(
        &'b self,
        condition: Expr<'b, unit::Truth, R>,
        value: Expr<'b, U, R>,
        otherwise: Expr<'b, U, R>,
    ) -> Expr<'b, U, R> {
        self.select(&[(condition, value)], otherwise)
    }

    /// The most a value can be.
    pub(crate) fn most<U, R>(&self, value: Expr<'_, U, R>) -> i128 {
        let inner = self.inner.borrow();
        match inner.formula.nodes.get(value.id.position()).map(|node| node.op) {
            Some(Op::Cell(cell)) => inner.formula.cells.get(cell.position()).map_or(0, |cell| i128::from(cell.slot.hi)),
            _ => {
                drop(inner);
                self.parts(value.id).2
            }
        }
    }

    /// The same node under another unit of money: a discount on a bill is yuan for that bill.
    pub(crate) fn retyped<U, V, R>(&self, value: Expr<'_, U, R>) -> Expr<'_, V, R> {
        self.expr(value.id)
    }

    /// Anything from `least` to `most`: the text leaves it to the office.
    pub fn between<'b, U: Scalar, R: Row>(&'b self, least: Expr<'b, U, R>, most: Expr<'b, U, R>) -> Expr<'b, U, R> {
        let (a, b, common) = self.aligned(least.id, most.id);
        let (low, high) = (self.parts(a).1, self.parts(b).2);
        self.expr(self.number(Op::Between(a, b), R::FRAME, common, low.min(high), high))
    }
}

/// The item of a list of plain values, such as days.
fn plain_item(frame: Frame) -> Option<FieldId> {
    let position = FIELDS.iter().position(|field| field.frame == frame && field.path.is_empty())?;
    u16::try_from(position).ok().map(FieldId)
}

fn ids<U, R>(parts: &[Expr<'_, U, R>]) -> Vec<NodeId> {
    parts.iter().map(|part| part.id).collect()
}

fn least_common_multiple(a: i64, b: i64) -> i64 {
    let (mut x, mut y) = (a.max(1), b.max(1));
    while y != 0 {
        (x, y) = (y, x.checked_rem(y).unwrap_or(0));
    }
    a.max(1).checked_div(x).and_then(|quotient| quotient.checked_mul(b.max(1))).unwrap_or(1)
}

impl<'b, U, R: Row> Expr<'b, U, R> {
    /// The node it stands for.
    #[must_use]
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The same value for each row of `C`, a list that hangs below this one.
    #[must_use]
    pub fn lift<C: Row>(self) -> Expr<'b, U, C> {
        let mut way = Vec::new();
        let mut frame = C::FRAME;
        while frame != R::FRAME && frame != Frame::Household {
            way.push(frame);
            frame = frame.info().parent;
        }
        let mut id = self.id;
        for frame in way.into_iter().rev() {
            let sort = self.builder.sort(id);
            id = self.builder.node(Op::Lift(id), frame, sort);
        }
        self.builder.expr(id)
    }
}

impl<'b, U: Scalar, R: Row> Expr<'b, U, R> {
    fn compare(self, other: Self, op: impl Fn(NodeId, NodeId) -> Op) -> Expr<'b, unit::Truth, R> {
        let (a, b, _) = self.builder.aligned(self.id, other.id);
        self.builder.truth(op(a, b))
    }

    /// Strictly less (低于、不满).
    #[must_use]
    pub fn below(self, other: Self) -> Expr<'b, unit::Truth, R> {
        self.compare(other, Op::Below)
    }

    /// Less or equal (以下、不超过).
    #[must_use]
    pub fn at_most(self, other: Self) -> Expr<'b, unit::Truth, R> {
        self.compare(other, Op::AtMost)
    }

    /// Greater or equal (以上、达到).
    #[must_use]
    pub fn at_least(self, other: Self) -> Expr<'b, unit::Truth, R> {
        other.at_most(self)
    }

    /// Equal.
    #[must_use]
    pub fn equals(self, other: Self) -> Expr<'b, unit::Truth, R> {
        self.compare(other, Op::Equal)
    }

    fn pair(self, other: Self, op: impl Fn(NodeId, NodeId) -> Op, limits: impl Fn((i128, i128), (i128, i128)) -> (i128, i128)) -> Self {
        let (a, b, common) = self.builder.aligned(self.id, other.id);
        let (_, a_least, a_most) = self.builder.parts(a);
        let (_, b_least, b_most) = self.builder.parts(b);
        let (least, most) = limits((a_least, a_most), (b_least, b_most));
        self.builder.expr(self.builder.number(op(a, b), R::FRAME, common, least, most))
    }

    /// The larger of the two.
    #[must_use]
    pub fn or_more(self, other: Self) -> Self {
        self.pair(other, Op::Greatest, |a, b| (a.0.max(b.0), a.1.max(b.1)))
    }

    /// The smaller of the two.
    #[must_use]
    pub fn or_less(self, other: Self) -> Self {
        self.pair(other, Op::Least, |a, b| (a.0.min(b.0), a.1.min(b.1)))
    }

    /// Nothing instead of a negative value.
    #[must_use]
    pub fn at_least_zero(self) -> Self {
        self.or_more(self.builder.nothing())
    }
}

impl<'b, U: Additive + Scalar, R: Row> Add for Expr<'b, U, R> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.pair(other, Op::Add, |a, b| (a.0.saturating_add(b.0), a.1.saturating_add(b.1)))
    }
}

impl<'b, U: Additive + Scalar, R: Row> Sub for Expr<'b, U, R> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.pair(other, Op::Subtract, |a, b| (a.0.saturating_sub(b.1), a.1.saturating_sub(b.0)))
    }
}

impl<'b, U: Times<V>, V, R: Row> Mul<Expr<'b, V, R>> for Expr<'b, U, R> {
    type Output = Expr<'b, U::Product, R>;
    fn mul(self, other: Expr<'b, V, R>) -> Self::Output {
        let builder = self.builder;
        let (a_parts, a_least, a_most) = builder.parts(self.id);
        let (b_parts, b_least, b_most) = builder.parts(other.id);
        let corners = [
            a_least.saturating_mul(b_least),
            a_least.saturating_mul(b_most),
            a_most.saturating_mul(b_least),
            a_most.saturating_mul(b_most),
        ];
        let least = corners.into_iter().min().unwrap_or(0);
        let most = corners.into_iter().max().unwrap_or(0);
        let parts = a_parts.saturating_mul(b_parts);
        builder.expr(builder.number(Op::Multiply(self.id, other.id), R::FRAME, parts, least, most))
    }
}

impl<'b, R: Row> Expr<'b, unit::Yuan, R> {
    /// One month's share of an amount for a number of months from 1 to 12, exactly.
    #[must_use]
    pub fn per_month(self, months: Expr<'b, unit::Count, R>) -> Expr<'b, unit::Monthly, R> {
        let builder = self.builder;
        let share: Expr<'b, unit::Rate, R> =
            builder.expr(builder.number(Op::Share(MONTH_PARTS, months.id), R::FRAME, MONTH_PARTS, 1, i128::from(MONTH_PARTS)));
        builder.expr((self * share).id)
    }
}

impl<'b, R: Row> Expr<'b, unit::Monthly, R> {
    /// An equal share among up to 16 members, exactly.
    #[must_use]
    pub fn shared_among(self, members: Expr<'b, unit::Count, R>) -> Self {
        let builder = self.builder;
        let share: Expr<'b, unit::Rate, R> =
            builder.expr(builder.number(Op::Share(MEMBER_PARTS, members.id), R::FRAME, MEMBER_PARTS, 1, i128::from(MEMBER_PARTS)));
        self * share
    }
}

impl<'b, U: Scalar, R: Row> Expr<'b, U, R> {
    /// Rounded to yuan and fen as a table says.
    #[must_use]
    pub fn rounded(self, rule: RoundRule) -> Self {
        let (parts, least, most) = self.builder.parts(self.id);
        let to_fen = |value: i128| value.saturating_mul(100).checked_div(i128::from(parts)).unwrap_or(0);
        let unit = i128::from(rule.unit_fen);
        let (least, most) = (to_fen(least).saturating_sub(unit), to_fen(most).saturating_add(unit));
        self.builder.expr(self.builder.number(Op::Round(self.id, rule), R::FRAME, 100, least, most))
    }
}

impl<'b, R: Row> Expr<'b, unit::Truth, R> {
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.builder.all(&[self, other])
    }

    /// One of the two holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.builder.any(&[self, other])
    }

    /// Does not hold.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "`!` on a condition is easily overread in a rule")]
    pub fn not(self) -> Self {
        self.builder.truth(Op::Not(self.id))
    }
}

impl<'b, C: Names, R: Row> Expr<'b, unit::Named<C>, R> {
    /// It is one of these.
    #[must_use]
    pub fn is_one_of(self, names: &[C]) -> Expr<'b, unit::Truth, R> {
        let bits = names.iter().fold(0, |bits, name| bits | bit(*name));
        self.builder.truth(Op::IsOneOf(self.id, bits))
    }

    /// It is this one.
    #[must_use]
    pub fn is(self, name: C) -> Expr<'b, unit::Truth, R> {
        self.is_one_of(&[name])
    }
}

impl<'b, R: Row> Expr<'b, unit::Place, R> {
    /// It lies in this area.
    #[must_use]
    pub fn within(self, area: AreaCode) -> Expr<'b, unit::Truth, R> {
        self.builder.truth(Op::Within(self.id, area))
    }
}

impl<'b, R: Row> Expr<'b, unit::Day, R> {
    /// Completed years (周岁) of someone born on this day; without a rule, anything the known rules would give.
    #[must_use]
    pub fn age_on(self, day: Expr<'b, unit::Day, R>, rule: Option<AgeRule>) -> Expr<'b, unit::Count, R> {
        self.builder.expr(self.builder.number(Op::Age(self.id, day.id, rule), R::FRAME, 1, -1, 300))
    }

    /// Its calendar month.
    #[must_use]
    pub fn month(self) -> Expr<'b, unit::MonthUnit, R> {
        self.builder.expr(self.builder.number(Op::MonthOf(self.id), R::FRAME, 1, 0, 30_000))
    }

    /// What kind of day it is, by the calendar of workdays and holidays.
    #[must_use]
    pub fn day_kind(self) -> Expr<'b, unit::Named<crate::household::dictionary::DayKind>, R> {
        self.builder.expr(self.builder.node(Op::DayKind(self.id), R::FRAME, Sort::Choice))
    }
}

impl<'b, R: Row> Expr<'b, unit::MonthUnit, R> {
    /// `months` later.
    #[must_use]
    pub fn later(self, months: i64) -> Self {
        let later: Expr<'b, unit::MonthUnit, R> =
            self.builder.expr(self.builder.number(Op::Constant(months), R::FRAME, 1, i128::from(months), i128::from(months)));
        self + later
    }
}

impl<'b, U: Additive + Scalar, R: ChildRow> Expr<'b, U, R> {
    /// The sum over the rows of this list.
    #[must_use]
    pub fn sum(self) -> Expr<'b, U, R::Up> {
        let (parts, least, most) = self.builder.parts(self.id);
        let rows = i128::try_from(R::FRAME.info().most).unwrap_or(i128::MAX);
        let (least, most) = (least.min(0).saturating_mul(rows), most.max(0).saturating_mul(rows));
        let limit = |value: i128| i64::try_from(value.clamp(-LIMIT, LIMIT)).unwrap_or(INFINITE);
        let op = Op::Fold(FoldKind::Sum, self.id, limit(least), limit(most));
        self.builder.expr(self.builder.number(op, <R::Up as Row>::FRAME, parts, least, most))
    }

    /// The smallest over the rows of this list; `none` if there is no row.
    #[must_use]
    pub fn least(self, none: i64) -> Expr<'b, U, R::Up> {
        let (parts, least, most) = self.builder.parts(self.id);
        let op = Op::Fold(FoldKind::Least, self.id, i64::try_from(least).unwrap_or(0), none);
        self.builder.expr(self.builder.number(op, <R::Up as Row>::FRAME, parts, least, most.max(i128::from(none))))
    }
}

impl<'b, R: ChildRow> Expr<'b, unit::Truth, R> {
    /// Whether it holds in one row of this list.
    #[must_use]
    pub fn any_row(self) -> Expr<'b, unit::Truth, R::Up> {
        self.builder.truth(Op::Fold(FoldKind::Any, self.id, 0, 1))
    }

    /// In how many rows of this list it holds.
    #[must_use]
    pub fn count_rows(self) -> Expr<'b, unit::Count, R::Up> {
        let most = i64::try_from(R::FRAME.info().most).unwrap_or(i64::MAX);
        let op = Op::Fold(FoldKind::Sum, self.id, 0, most);
        self.builder.expr(self.builder.number(op, <R::Up as Row>::FRAME, 1, 0, i128::from(most)))
    }

    /// In the row whose `key` is `name`: this; without such a row: `otherwise`.
    #[must_use]
    pub fn entry<C: Names>(
        self,
        key: Fact<unit::Named<C>, R>,
        name: C,
        otherwise: Expr<'b, unit::Truth, R::Up>,
    ) -> Expr<'b, unit::Truth, R::Up> {
        self.builder.truth(Op::Entry(key.id, bit(name), self.id, otherwise.id))
    }
}

impl<'b, R: ChildRow<Up = row::Household>> Expr<'b, unit::Truth, R> {
    /// Whether it holds in a row of this list that concerns the member; `person` names whom a row concerns.
    #[must_use]
    pub fn any_for_person(self, person: Fact<unit::Person, R>) -> Expr<'b, unit::Truth, row::Member> {
        let person = self.builder.fact(person);
        self.builder.truth(Op::AnyForPerson(self.id, person.id))
    }
}

impl<'b, U> Expr<'b, U, row::Member> {
    /// The value of the member who applies.
    #[must_use]
    pub fn of_applicant(self) -> Expr<'b, U, row::Household> {
        let sort = self.builder.sort(self.id);
        self.builder.expr(self.builder.node(Op::OfApplicant(self.id), Frame::Household, sort))
    }

    /// The value of the member a row of another list names.
    #[must_use]
    pub fn at<R: Row>(self, person: Expr<'b, unit::Person, R>) -> Expr<'b, U, R> {
        let sort = self.builder.sort(self.id);
        self.builder.expr(self.builder.node(Op::AtPerson(self.id, person.id), R::FRAME, sort))
    }
}

/// The bit of a name in a slot.
pub(crate) fn bit<C: Names>(name: C) -> i64 {
    1_i64.checked_shl(name.position()).unwrap_or(0)
}
