//! What a formula is made of.

use std::hash::{Hash, Hasher};
use std::mem::discriminant;
use std::ops::Range;

use crate::area::AreaCode;
use crate::date::AgeRule;
use crate::household::{FieldId, Frame};
use crate::money::RoundingMode;
use crate::order::AppendAll as _;
use crate::slot::Slot;

/// Position of a node; only the builder makes one, so it always names an existing node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The node at a position of the formula's list.
    pub(crate) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }

    /// As an index.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "u32 fits usize on every target we build for")]
    pub const fn position(self) -> usize {
        self.0 as usize
    }
}

/// Position of a table cell in a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(pub(super) u32);

impl CellId {
    /// As an index.
    #[must_use]
    #[expect(clippy::as_conversions, reason = "u32 fits usize on every target we build for")]
    pub const fn position(self) -> usize {
        self.0 as usize
    }
}

/// A run of operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Operands {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Operands {
    /// As a range of indices.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        NodeId(self.start).position()..NodeId(self.end).position()
    }
}

/// How the rows of a list become one value of its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoldKind {
    /// The sum.
    Sum,
    /// The smallest; `most` if there is none.
    Least,
    /// Whether one holds.
    Any,
}

/// How a fraction becomes an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RoundRule {
    /// Multiple of this many fen.
    pub unit_fen: i64,
    /// `None`: no text says which way, so both neighbours are possible.
    pub mode: Option<RoundingMode>,
}

/// What a node computes. Operands of one node are in the node's own frame, except where noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A fixed number.
    Constant(i64),
    /// A table cell.
    Cell(CellId),
    /// A fact of the household.
    Fact(FieldId),
    /// A yes-or-no that only an answer to the list `Frame` of this row could settle.
    Unasked(Frame),
    /// The day of the decision.
    Today,
    /// A dated fact of the household, or the day of the decision where none was given.
    DayOrToday(FieldId),
    /// Sum.
    Add(NodeId, NodeId),
    /// Difference.
    Subtract(NodeId, NodeId),
    /// Product.
    Multiply(NodeId, NodeId),
    /// Product with a fixed whole number.
    Scale(NodeId, i64),
    /// A fixed number divided by a small count that divides it.
    Share(i64, NodeId),
    /// The smaller.
    Least(NodeId, NodeId),
    /// The larger.
    Greatest(NodeId, NodeId),
    /// Strictly less.
    Below(NodeId, NodeId),
    /// Less or equal.
    AtMost(NodeId, NodeId),
    /// Equal.
    Equal(NodeId, NodeId),
    /// Both hold.
    Both(NodeId, NodeId),
    /// One of the two holds.
    Either(NodeId, NodeId),
    /// All of three or more hold.
    All(Operands),
    /// At least one of three or more holds.
    Any(Operands),
    /// Does not hold.
    Not(NodeId),
    /// The choice is one of these bits.
    IsOneOf(NodeId, i64),
    /// The small number is one of those whose bits are set.
    IsAmong(NodeId, i64),
    /// The area lies in this one.
    Within(NodeId, AreaCode),
    /// Completed years at a day: birth, day; without a rule, from the least to the most any known rule gives.
    Age(NodeId, NodeId, Option<AgeRule>),
    /// The calendar month of a day, counted from year 0.
    MonthOf(NodeId),
    /// What kind of day a day is.
    DayKind(NodeId),
    /// Which day of the week a day is.
    WeekdayOf(NodeId),
    /// Condition, value, condition, value …: the value of the first condition that holds, else the last operand.
    Select(Operands),
    /// A fraction of yuan rounded to fen.
    Round(NodeId, RoundRule),
    /// Anything from the first to the second, as the office decides.
    Between(NodeId, NodeId),
    /// The value of the parent row.
    Lift(NodeId),
    /// A member's value at the person named by the second operand.
    AtPerson(NodeId, NodeId),
    /// The applicant's value, in the household's frame.
    OfApplicant(NodeId),
    /// The rows of a list folded into their parent; the operand is in the list's frame.
    Fold(FoldKind, NodeId, i64, i64),
    /// Whether the first operand holds in a row of a household list that concerns this member; the second names the person.
    AnyForPerson(NodeId, NodeId),
    /// In the row of a keyed list whose key is the bit: the operand; without such a row the second operand, which is in this node's frame.
    Entry(FieldId, i64, NodeId, NodeId),
    /// Two accounts of one truth: the first where it is known, else the second.
    Told(NodeId, NodeId),
    /// One account of a truth: where it is known as it is, else only if the second holds.
    ToldWhere(NodeId, NodeId),
    /// The sum over those earlier rows of the same household list that agree with this one in all the operands.
    Before(NodeId, Operands),
    /// The week of a day, Monday to Sunday, counted from some week.
    WeekOf(NodeId),
    /// The last day of a month after which so many of its workdays are left; the day before the month if there is none.
    LastWithWorkdays(NodeId, NodeId),
}

impl Hash for Op {
    /// By what most nodes differ in; the few that are alike in all of that are told apart when they are compared.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut all = match *self {
            Self::Constant(number) => number,
            Self::Cell(CellId(number)) => i64::from(number),
            Self::Fact(FieldId(number)) | Self::DayOrToday(FieldId(number)) => i64::from(number),
            Self::All(list) | Self::Any(list) | Self::Select(list) | Self::Before(_, list) => i64::from(list.start),
            Self::IsOneOf(_, bits) | Self::IsAmong(_, bits) | Self::Entry(_, bits, ..) => bits,
            _ => 0,
        };
        { *self }.each_id(&mut |id| all = all.wrapping_mul(31).wrapping_add(i64::from(id.0)));
        (discriminant(self), all).hash(state);
    }
}

impl Op {
    /// Whether it is the same whatever the household says.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Constant(_) | Self::Cell(_))
    }

    /// Whether an operand's value may be taken from any row, even of the node's own list.
    pub(super) fn is_of_any_row(self, operand: NodeId) -> bool {
        matches!(self, Self::AtPerson(of, _) if of == operand)
    }

    /// Whether an operand's value is taken from other rows; `in_own_list` says whether it is in the node's own list.
    pub(super) fn is_of_other_rows(self, operand: NodeId, in_own_list: bool) -> bool {
        !in_own_list || self.is_of_any_row(operand) || matches!(self, Self::Before(..))
    }

    /// Its operands, one by one; `lists` are those of nodes with a list of them.
    pub fn each_operand(&mut self, lists: &[NodeId], visit: &mut dyn FnMut(NodeId)) {
        if let Self::All(list) | Self::Any(list) | Self::Select(list) | Self::Before(_, list) = self {
            lists.get(list.range()).unwrap_or_default().iter().for_each(|id| visit(*id));
        }
        self.each_id(&mut |id| visit(*id));
    }

    /// Gives every operand its new name; lists go from `lists` to the end of `renamed`.
    pub(super) fn rename(&mut self, lists: &[NodeId], renamed: &mut Vec<NodeId>, name: &dyn Fn(NodeId) -> NodeId) {
        if let Self::All(list) | Self::Any(list) | Self::Select(list) | Self::Before(_, list) = self {
            let start = renamed.len();
            renamed.append_all(lists.get(list.range()).unwrap_or_default().iter().map(|id| name(*id)));
            let position = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            *list = Operands { start: position(start), end: position(renamed.len()) };
        }
        self.each_id(&mut |id| *id = name(*id));
    }

    /// The operands written in the node itself.
    fn each_id(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        match self {
            Self::Constant(_)
            | Self::Cell(_)
            | Self::Fact(_)
            | Self::Unasked(_)
            | Self::Today
            | Self::DayOrToday(_)
            | Self::All(_)
            | Self::Any(_)
            | Self::Select(_) => {}
            Self::Add(a, b)
            | Self::Subtract(a, b)
            | Self::Multiply(a, b)
            | Self::Least(a, b)
            | Self::Greatest(a, b)
            | Self::Below(a, b)
            | Self::AtMost(a, b)
            | Self::Equal(a, b)
            | Self::Both(a, b)
            | Self::Either(a, b)
            | Self::Between(a, b)
            | Self::AtPerson(a, b)
            | Self::AnyForPerson(a, b)
            | Self::Age(a, b, _)
            | Self::Entry(_, _, a, b)
            | Self::LastWithWorkdays(a, b)
            | Self::Told(a, b)
            | Self::ToldWhere(a, b) => {
                visit(a);
                visit(b);
            }
            Self::Scale(a, _)
            | Self::Share(_, a)
            | Self::Not(a)
            | Self::IsOneOf(a, _)
            | Self::IsAmong(a, _)
            | Self::Within(a, _)
            | Self::MonthOf(a)
            | Self::DayKind(a)
            | Self::WeekdayOf(a)
            | Self::Round(a, _)
            | Self::Lift(a)
            | Self::OfApplicant(a)
            | Self::Fold(_, a, _, _)
            | Self::Before(a, _)
            | Self::WeekOf(a) => visit(a),
        }
    }
}

/// What sort of value a node holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A number of `1 / denominator`s; every finite value lies in `least..=most`.
    Number {
        /// Parts of a whole.
        denominator: i64,
        /// Least possible.
        least: i64,
        /// Most possible.
        most: i64,
    },
    /// 0 or 1.
    Truth,
    /// A set of bits.
    Choice,
}

/// A node: what it computes and for which list. Kept small: reading walks over all of them.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What it computes.
    pub op: Op,
    /// It has one value for each row of this list.
    pub frame: Frame,
}

/// A value from the tables and where it stands.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The value, in parts of its node's denominator.
    pub slot: Slot,
    /// Parameter, such as `minimum-living-standard`.
    pub parameter: String,
    /// The area whose table it is in.
    pub area: AreaCode,
    /// Where it stands and how sure we are, or why it is missing.
    pub note: TableNote,
}

/// Where a cell stands, or why there is none.
#[derive(Clone, Debug)]
pub enum TableNote {
    /// A row: number from the top (from 0).
    Row(usize),
    /// There is no number: `no-table`, `not-yet`, `expired` or `unknown`; and the last row that had one.
    Missing(&'static str, Option<usize>),
}
