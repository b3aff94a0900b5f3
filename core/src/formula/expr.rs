//! Typed expressions: ordinary Rust that reads like the law and leaves nodes behind.
//!
//! The types keep units and lists apart; what the nodes are is worked out in `builder`.

use std::marker::PhantomData;
use std::ops::{Add, Mul, Sub};

use super::builder::{Builder, HERE};
use super::node::{Cell, FoldKind, NodeId, Op, RoundRule, Sort};
use crate::area::AreaCode;
use crate::date::AgeRule;
use crate::household::Frame;
use crate::household::dictionary::{Fact, Names, Row, row, unit};
use crate::money::{Rate, Yuan};
use crate::order::Listed as _;

/// Least common multiple of 1 to 12: a monthly share of any of these spans is a whole number of such parts.
const MONTH_PARTS: i64 = 27_720;
/// Least common multiple of 1 to 16: an equal share among so many members is a whole number of such parts.
const MEMBER_PARTS: i64 = 720_720;

/// A value of unit `U` for each row of list `R`.
pub struct Expr<'b, U, R> {
    id: NodeId,
    types: PhantomData<(&'b Builder, U, R)>,
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
impl Times<unit::Count> for unit::Count {
    type Product = unit::Count;
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
    Receiving of Member, Refusal of Member, Parent of Member, ParentId of Member, Standing of Household, Assessment of Household,
    Dwelling of Household, Vehicle of Household, Business of Household, ExemptAsset of Household, LargeOutgoing of Household,
    Expense of Household, Bill of Household, Obligor of Household, ObligorDisability of Obligor, Choice of Household,
    AppliedBenefit of Household, ParentDisability of Parent
);

impl Builder {
    pub(crate) fn expr<U, R>(&self, id: NodeId) -> Expr<'_, U, R> {
        Expr { id, types: PhantomData }
    }

    fn truth<R: Row>(&self, op: Op) -> Expr<'_, unit::Truth, R> {
        self.expr(self.node(op, R::FRAME, Sort::Truth))
    }

    /// A fact.
    pub fn fact<U, R: Row>(&self, fact: Fact<U, R>) -> Expr<'_, U, R> {
        self.expr(self.fact_node(fact.id))
    }

    /// The amount of a benefit that has been written already; the caller names its unit and list.
    pub(crate) fn amount_of<U, R>(&self, benefit: &str) -> Option<Expr<'_, U, R>> {
        self.amount_node(benefit).map(|id| self.expr(id))
    }

    /// A value from the tables, in `1 / denominator`s.
    pub fn cell<U, R: Row>(&self, cell: Cell, denominator: i64) -> Expr<'_, U, R> {
        self.expr(self.cell_node(cell, R::FRAME, denominator))
    }

    /// A truth from the tables.
    pub fn truth_cell<R: Row>(&self, cell: Cell) -> Expr<'_, unit::Truth, R> {
        self.cell(cell, 1)
    }

    /// A whole number written in the law itself.
    pub fn count<R: Row>(&self, count: i64) -> Expr<'_, unit::Count, R> {
        self.expr(self.constant(count, R::FRAME))
    }

    /// Yuan written in a condition.
    pub fn yuan<U: Scalar, R: Row>(&self, yuan: Yuan) -> Expr<'_, U, R> {
        self.expr(self.fixed(yuan.fen(), 100, R::FRAME))
    }

    /// A ratio written in a condition.
    pub fn rate<R: Row>(&self, rate: Rate) -> Expr<'_, unit::Rate, R> {
        self.expr(self.fixed(rate.mantissa(), 10_i64.checked_pow(rate.scale()).unwrap_or(1), R::FRAME))
    }

    /// No yuan.
    pub fn nothing<U: Scalar, R: Row>(&self) -> Expr<'_, U, R> {
        self.expr(self.constant(0, R::FRAME))
    }

    /// Always, or never.
    pub fn always<R: Row>(&self, yes: bool) -> Expr<'_, unit::Truth, R> {
        self.expr(self.truth_node(yes, R::FRAME))
    }

    /// The day of the decision.
    pub fn today<R: Row>(&self) -> Expr<'_, unit::Day, R> {
        self.expr(self.day(Op::Today, R::FRAME))
    }

    /// A day of the procedure; the day decided for where none was given, which the result says it assumed.
    pub fn day_or_today<R: Row>(&self, day: Fact<unit::Day, row::Household>) -> Expr<'_, unit::Day, R> {
        self.expr(self.day(Op::DayOrToday(day.id), R::FRAME))
    }

    /// A day of each row; the day decided for where none was given for that row, which the result says it assumed.
    pub fn own_day_or_today<R: Row>(&self, day: Fact<unit::Day, R>) -> Expr<'_, unit::Day, R> {
        self.expr(self.day(Op::DayOrToday(day.id), R::FRAME))
    }

    /// A yes-or-no that only the list `C` of this row could settle.
    pub fn unasked<C: ChildRow>(&self) -> Expr<'_, unit::Truth, C::Up> {
        self.truth(Op::Unasked(C::FRAME))
    }

    /// All of them hold.
    pub fn all<'b, R: Row>(&'b self, parts: &[Expr<'b, unit::Truth, R>]) -> Expr<'b, unit::Truth, R> {
        self.expr(self.all_of(&ids(parts), R::FRAME))
    }

    /// At least one of them holds.
    pub fn any<'b, R: Row>(&'b self, parts: &[Expr<'b, unit::Truth, R>]) -> Expr<'b, unit::Truth, R> {
        self.expr(self.any_of(&ids(parts), R::FRAME))
    }

    /// The value of the first condition that holds, else `otherwise`.
    pub fn select<'b, U, R: Row>(&'b self, cases: &[Case<'b, U, R>], otherwise: Expr<'b, U, R>) -> Expr<'b, U, R> {
        let cases: Vec<_> = cases.iter().map(|(condition, value)| (condition.id, value.id)).listed();
        self.expr(self.select_of(&cases, otherwise.id, R::FRAME))
    }

    /// `value` if `condition` holds, else `otherwise`.
    pub fn choose<'b, U, R: Row>(
        &'b self,
        condition: Expr<'b, unit::Truth, R>,
        value: Expr<'b, U, R>,
        otherwise: Expr<'b, U, R>,
    ) -> Expr<'b, U, R> {
        self.expr(self.select_of(&[(condition.id, value.id)], otherwise.id, R::FRAME))
    }

    /// The same node under another unit of money: a discount on a bill is yuan for that bill.
    pub(crate) fn retyped<U, V, R>(&self, value: Expr<'_, U, R>) -> Expr<'_, V, R> {
        self.expr(value.id)
    }

    /// A yes-or-no that the text leaves to the office (可以).
    pub fn left_to_office<R: Row>(&self) -> Expr<'_, unit::Truth, R> {
        self.between::<unit::Count, R>(self.count(0), self.count(1)).at_least(self.count(1))
    }

    /// Anything from `least` to `most`: the text leaves it to the office.
    pub fn between<'b, U: Scalar, R: Row>(&'b self, least: Expr<'b, U, R>, most: Expr<'b, U, R>) -> Expr<'b, U, R> {
        self.expr(self.range(least.id, most.id, R::FRAME))
    }
}

fn ids<U, R>(parts: &[Expr<'_, U, R>]) -> Vec<NodeId> {
    parts.iter().map(|part| part.id).listed()
}

impl<'b, U> Expr<'b, U, ()> {
    /// The same node, known to belong to a list.
    pub(crate) fn in_list<R>(self) -> Expr<'b, U, R> {
        Expr { id: self.id, types: PhantomData }
    }
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
        HERE.expr(HERE.lifted(self.id, R::FRAME, C::FRAME))
    }
}

impl<'b, U: Scalar, R: Row> Expr<'b, U, R> {
    fn compare(self, other: Self, op: fn(NodeId, NodeId) -> Op) -> Expr<'b, unit::Truth, R> {
        HERE.expr(HERE.comparison(self.id, other.id, R::FRAME, op))
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

    /// One of these small numbers, each from 0 to 62.
    #[must_use]
    pub fn is_among(self, numbers: &[i64]) -> Expr<'b, unit::Truth, R> {
        let bits = numbers.iter().filter_map(|number| u32::try_from(*number).ok()).filter_map(|number| 1_i64.checked_shl(number));
        HERE.truth(Op::IsAmong(self.id, bits.fold(0, |all, bit| all | bit)))
    }

    /// The larger of the two.
    #[must_use]
    pub fn or_more(self, other: Self) -> Self {
        HERE.expr(HERE.larger(self.id, other.id, R::FRAME))
    }

    /// The smaller of the two.
    #[must_use]
    pub fn or_less(self, other: Self) -> Self {
        HERE.expr(HERE.smaller(self.id, other.id, R::FRAME))
    }

    /// Nothing instead of a negative value.
    #[must_use]
    pub fn at_least_zero(self) -> Self {
        self.or_more(HERE.nothing())
    }
}

impl<'b, U: Additive + Scalar, R: Row> Add for Expr<'b, U, R> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        HERE.expr(HERE.sum(self.id, other.id, R::FRAME))
    }
}

impl<'b, U: Additive + Scalar, R: Row> Sub for Expr<'b, U, R> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        HERE.expr(HERE.difference(self.id, other.id, R::FRAME))
    }
}

impl<'b, U: Times<V>, V, R: Row> Mul<Expr<'b, V, R>> for Expr<'b, U, R> {
    type Output = Expr<'b, U::Product, R>;
    fn mul(self, other: Expr<'b, V, R>) -> Self::Output {
        HERE.expr(HERE.product(self.id, other.id, R::FRAME))
    }
}

impl<'b, R: Row> Expr<'b, unit::Yuan, R> {
    /// One month's share of an amount for a number of months from 1 to 12, exactly.
    #[must_use]
    pub fn per_month(self, months: Expr<'b, unit::Count, R>) -> Expr<'b, unit::Monthly, R> {
        HERE.expr(HERE.shared(self.id, MONTH_PARTS, months.id, R::FRAME))
    }
}

impl<'b, R: Row> Expr<'b, unit::Yuan, R> {
    /// An equal share among up to 16 members, exactly.
    #[must_use]
    pub fn shared_equally(self, members: Expr<'b, unit::Count, R>) -> Self {
        HERE.expr(HERE.shared(self.id, MEMBER_PARTS, members.id, R::FRAME))
    }
}

impl<'b, R: Row> Expr<'b, unit::Monthly, R> {
    /// An equal share among up to 16 members, exactly.
    #[must_use]
    pub fn shared_among(self, members: Expr<'b, unit::Count, R>) -> Self {
        HERE.expr(HERE.shared(self.id, MEMBER_PARTS, members.id, R::FRAME))
    }
}

impl<'b, U: Scalar, R: Row> Expr<'b, U, R> {
    /// Rounded to yuan and fen as a table says.
    #[must_use]
    pub fn rounded(self, rule: RoundRule) -> Self {
        HERE.expr(HERE.round(self.id, rule, R::FRAME))
    }
}

impl<'b, R: Row> Expr<'b, unit::Truth, R> {
    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        HERE.all(&[self, other])
    }

    /// One of the two holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        HERE.any(&[self, other])
    }

    /// Two accounts of one truth: this one where it is known, else the other.
    #[must_use]
    pub fn told_or(self, other: Self) -> Self {
        HERE.truth(Op::Told(self.id, other.id))
    }

    /// One account of a truth: where it is known as it is, else only if the other holds.
    #[must_use]
    pub fn told_where(self, other: Self) -> Self {
        HERE.truth(Op::ToldWhere(self.id, other.id))
    }

    /// Does not hold.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "`!` on a condition is easily overread in a rule")]
    pub fn not(self) -> Self {
        HERE.truth(Op::Not(self.id))
    }
}

impl<'b, C: Names, R: Row> Expr<'b, unit::Named<C>, R> {
    /// It is one of these.
    #[must_use]
    pub fn is_one_of(self, names: &[C]) -> Expr<'b, unit::Truth, R> {
        let bits = names.iter().fold(0, |bits, name| bits | name.bit());
        HERE.truth(Op::IsOneOf(self.id, bits))
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
        HERE.truth(Op::Within(self.id, area))
    }
}

impl<'b, R: Row> Expr<'b, unit::Day, R> {
    /// Completed years (周岁) of someone born on this day; without a rule, anything the known rules would give.
    #[must_use]
    pub fn age_on(self, day: Expr<'b, unit::Day, R>, rule: Option<AgeRule>) -> Expr<'b, unit::Count, R> {
        HERE.expr(HERE.number(Op::Age(self.id, day.id, rule), R::FRAME, 1, -1, 300))
    }

    /// Completed months (满若干个月) from this day to another.
    #[must_use]
    pub fn months_to(self, day: Expr<'b, unit::Day, R>) -> Expr<'b, unit::Count, R> {
        HERE.expr(HERE.number(Op::Age(self.id, day.id, Some(AgeRule::CompletedMonths)), R::FRAME, 1, -1, 3_600))
    }

    /// Its calendar month.
    #[must_use]
    pub fn month(self) -> Expr<'b, unit::MonthUnit, R> {
        HERE.expr(HERE.number(Op::MonthOf(self.id), R::FRAME, 1, 0, 30_000))
    }

    /// Its week, Monday to Sunday.
    #[must_use]
    pub fn week(self) -> Expr<'b, unit::Count, R> {
        HERE.expr(HERE.number(Op::WeekOf(self.id), R::FRAME, 1, 0, 200_000))
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Expr<'b, unit::Named<crate::household::dictionary::Weekday>, R> {
        HERE.expr(HERE.node(Op::WeekdayOf(self.id), R::FRAME, Sort::Choice))
    }

    /// What kind of day it is, by the calendar of workdays and holidays.
    #[must_use]
    pub fn day_kind(self) -> Expr<'b, unit::Named<crate::household::dictionary::DayKind>, R> {
        HERE.expr(HERE.node(Op::DayKind(self.id), R::FRAME, Sort::Choice))
    }
}

impl<'b, R: Row> Expr<'b, unit::MonthUnit, R> {
    /// Its last day after which so many of its workdays are left, by the calendar of workdays and holidays; the day before it if
    /// there is none.
    #[must_use]
    pub fn last_with_workdays(self, count: Expr<'b, unit::Count, R>) -> Expr<'b, unit::Day, R> {
        HERE.expr(HERE.day(Op::LastWithWorkdays(self.id, count.id), R::FRAME))
    }

    /// `months` later.
    #[must_use]
    pub fn later(self, months: i64) -> Self {
        self + HERE.expr(HERE.constant(months, R::FRAME))
    }
}

impl<'b, U: Additive + Scalar, R: ChildRow> Expr<'b, U, R> {
    /// The sum over the rows of this list.
    #[must_use]
    pub fn sum(self) -> Expr<'b, U, R::Up> {
        HERE.expr(HERE.sum_of(self.id, R::FRAME, <R::Up as Row>::FRAME))
    }

    /// The smallest over the rows of this list; `none` if there is no row.
    #[must_use]
    pub fn least(self, none: i64) -> Expr<'b, U, R::Up> {
        HERE.expr(HERE.least_of(self.id, none, <R::Up as Row>::FRAME))
    }
}

impl<'b, U: Additive + Scalar, R: ChildRow<Up = row::Household>> Expr<'b, U, R> {
    /// The sum over those earlier rows of this list that agree with the row in all of `alike`.
    #[must_use]
    pub fn before(self, alike: &[NodeId]) -> Self {
        HERE.expr(HERE.sum_before(self.id, alike, R::FRAME))
    }
}

impl<'b, R: ChildRow> Expr<'b, unit::Truth, R> {
    /// Whether it holds in one row of this list.
    #[must_use]
    pub fn any_row(self) -> Expr<'b, unit::Truth, R::Up> {
        HERE.truth(Op::Fold(FoldKind::Any, self.id, 0, 1))
    }

    /// In how many rows of this list it holds.
    #[must_use]
    pub fn count_rows(self) -> Expr<'b, unit::Count, R::Up> {
        let most = i64::try_from(R::FRAME.info().most).unwrap_or(i64::MAX);
        let op = Op::Fold(FoldKind::Sum, self.id, 0, most);
        HERE.expr(HERE.number(op, <R::Up as Row>::FRAME, 1, 0, i128::from(most)))
    }

    /// In the row whose `key` is `name`: this; without such a row: `otherwise`.
    #[must_use]
    pub fn entry<C: Names>(
        self,
        key: Fact<unit::Named<C>, R>,
        name: C,
        otherwise: Expr<'b, unit::Truth, R::Up>,
    ) -> Expr<'b, unit::Truth, R::Up> {
        HERE.truth(Op::Entry(key.id, name.bit(), self.id, otherwise.id))
    }
}

impl<'b, U: Scalar, R: ChildRow> Expr<'b, U, R> {
    /// In the row whose `key` is `name`: this amount; without such a row: `otherwise`.
    #[must_use]
    pub fn amount_of_entry<C: Names>(self, key: Fact<unit::Named<C>, R>, name: C, otherwise: Expr<'b, U, R::Up>) -> Expr<'b, U, R::Up> {
        let builder = HERE;
        builder.expr(builder.entry_of((key.id, name.bit()), self.id, otherwise.id, <R::Up as Row>::FRAME))
    }
}

impl<'b, R: ChildRow<Up = row::Household>> Expr<'b, unit::Truth, R> {
    /// Whether it holds in a row of this list that concerns the member; `person` names whom a row concerns.
    #[must_use]
    pub fn any_for_person(self, person: Fact<unit::Person, R>) -> Expr<'b, unit::Truth, row::Member> {
        let person = HERE.fact(person);
        HERE.truth(Op::AnyForPerson(self.id, person.id))
    }
}

impl<'b, U> Expr<'b, U, row::Member> {
    /// The value of the member who applies.
    #[must_use]
    pub fn of_applicant(self) -> Expr<'b, U, row::Household> {
        let sort = HERE.sort(self.id);
        HERE.expr(HERE.node(Op::OfApplicant(self.id), Frame::Household, sort))
    }

    /// The value of the member a row of another list names.
    #[must_use]
    pub fn at<R: Row>(self, person: Expr<'b, unit::Person, R>) -> Expr<'b, U, R> {
        let sort = HERE.sort(self.id);
        HERE.expr(HERE.node(Op::AtPerson(self.id, person.id), R::FRAME, sort))
    }
}
