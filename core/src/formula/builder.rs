//! Nodes without types: the builder keeps denominators and limits, so that no node can overflow.
//!
//! A formula whose values could is refused when it is built. The typed expressions in `expr` only name what is done
//! here, so that it is compiled once for all units and lists.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use fnv::FnvHashMap;

use super::node::{Cell, CellId, FoldKind, Node, NodeId, Op, Operands, RoundRule, Sort};
use super::{Combined, Drafted, Formula, Outline, tidy};
use crate::date::Date;
use crate::household::dictionary::MONEY_MAX;
use crate::household::{FieldId, Frame, Kind, all_bits};
use crate::order::{AppendAll as _, Listed as _};
use crate::slot::INFINITE;

/// Finite values stay below this, so that every sum and product of a step fits; anything above means "no limit known".
const LIMIT: i128 = 1 << 62;

/// Writes one formula, node by node.
///
/// The nodes lie beside the expressions, not in each of them: an expression is a number then, which is handed on in a register
/// (17 kB less to download than with a reference to the builder in each). One formula is written at a time, from beginning to end
/// on one thread.
pub struct Builder(PhantomData<Rc<()>>);

/// The builder as an expression sees it, which cannot do without one.
pub(super) const HERE: &Builder = &Builder(PhantomData);

thread_local! {
    /// The formula that is being written.
    static DRAFT: RefCell<Draft> = RefCell::default();
}

#[derive(Default)]
struct Draft {
    formula: Formula,
    known: FnvHashMap<(Op, Frame, i64), NodeId>,
    too_large: bool,
}

/// The least and the most a node can be.
type Limits = (i128, i128);

impl Default for Builder {
    /// Begins a formula; one that was left unfinished is forgotten.
    fn default() -> Self {
        DRAFT.replace(Draft::default());
        Self(PhantomData)
    }
}

impl Builder {
    /// The finished formula; `Err` if a value in it could be too large to be exact.
    ///
    /// # Errors
    /// `arithmetic-limit`: a table multiplies beyond 4.6 quadrillion parts.
    pub fn finish(self) -> Result<Formula, &'static str> {
        let Draft { formula, too_large, .. } = DRAFT.take();
        if too_large { Err("arithmetic-limit") } else { Ok(tidy::tidied(formula)) }
    }

    /// Adds a benefit.
    pub fn outline(&self, outline: Outline) {
        DRAFT.with_borrow_mut(|draft| draft.formula.outlines.push(outline));
    }

    /// Forgets all benefits written so far but the wanted ones; what others need of them stays.
    pub(crate) fn keep(&self, wanted: &dyn Fn(&str) -> bool) {
        DRAFT.with_borrow_mut(|draft| draft.formula.outlines.retain(|outline| wanted(&outline.benefit)));
    }

    /// The amount of a benefit that has been written already.
    pub(crate) fn amount_node(&self, benefit: &str) -> Option<NodeId> {
        DRAFT.with_borrow(|draft| draft.formula.outlines.iter().find(|outline| &*outline.benefit == benefit)?.amount)
    }

    /// The benefits written so far, as relations see them.
    pub(crate) fn drafted(&self) -> Vec<Drafted> {
        let drafted = |outline: &Outline| Drafted {
            benefit: Arc::clone(&outline.benefit),
            frame: outline.frame,
            gives: outline.gives,
            qualifies: outline.qualifies,
            amounts: outline.amount.map(|node| (outline.per, node)).into_iter().chain(outline.extras.iter().copied()).listed(),
        };
        DRAFT.with_borrow(|draft| draft.formula.outlines.iter().map(drafted).listed())
    }

    /// What of them may be drawn together.
    pub(crate) fn combined(&self, combined: Combined) {
        DRAFT.with_borrow_mut(|draft| draft.formula.combined = combined);
    }

    pub(super) fn node(&self, op: Op, frame: Frame, sort: Sort) -> NodeId {
        let parts = if let Sort::Number { denominator, .. } = sort { denominator } else { 0 };
        DRAFT.with_borrow_mut(|draft| {
            if let Some(known) = draft.known.get(&(op, frame, parts)) {
                return *known;
            }
            let id = NodeId(u32::try_from(draft.formula.nodes.len()).unwrap_or(u32::MAX));
            draft.formula.nodes.push(Node { op, frame });
            draft.formula.order.push(id);
            draft.formula.sorts.push(sort);
            draft.known.insert((op, frame, parts), id);
            id
        })
    }

    pub(super) fn number(&self, op: Op, frame: Frame, denominator: i64, least: i128, most: i128) -> NodeId {
        if least < -LIMIT || most > LIMIT {
            DRAFT.with_borrow_mut(|draft| draft.too_large = true);
        }
        let clamp = |value: i128| i64::try_from(value.clamp(-LIMIT, LIMIT)).unwrap_or(INFINITE);
        self.node(op, frame, Sort::Number { denominator, least: clamp(least), most: clamp(most) })
    }

    pub(super) fn sort(&self, id: NodeId) -> Sort {
        DRAFT.with_borrow(|draft| draft.formula.sorts.get(id.position()).copied()).unwrap_or(Sort::Truth)
    }

    pub(super) fn parts(&self, id: NodeId) -> (i64, i128, i128) {
        match self.sort(id) {
            Sort::Number { denominator, least, most } => (denominator, i128::from(least), i128::from(most)),
            Sort::Truth | Sort::Choice => (1, 0, 1),
        }
    }

    fn frame(&self, id: NodeId) -> Frame {
        written(id).map_or(Frame::Household, |node| node.frame)
    }

    pub(super) fn list(&self, ids: &[NodeId]) -> Operands {
        let start = DRAFT.with_borrow_mut(|draft| {
            let operands = &mut draft.formula.operands;
            // The same run again, so that the same condition is the same node.
            let found = if ids.is_empty() { None } else { operands.windows(ids.len()).position(|run| run == ids) };
            let start = found.unwrap_or(operands.len());
            if found.is_none() {
                operands.extend_from_slice(ids);
            }
            start
        });
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
        if self.constant_value(id) == Some(0) {
            return self.number(Op::Constant(0), self.frame(id), denominator, 0, 0);
        }
        let times = |value: i128| value.saturating_mul(i128::from(factor));
        self.number(Op::Scale(id, factor), self.frame(id), denominator, times(least), times(most))
    }

    fn aligned(&self, a: NodeId, b: NodeId) -> (NodeId, NodeId, i64) {
        let common = least_common_multiple(self.parts(a).0, self.parts(b).0);
        (self.scaled(a, common), self.scaled(b, common), common)
    }

    /// A fact.
    pub(super) fn fact_node(&self, field: FieldId) -> NodeId {
        let (op, field) = (Op::Fact(field), field.field());
        let number = |least, most| self.number(op, field.frame, 1, least, most);
        match field.kind {
            Kind::Money => self.number(op, field.frame, 100, 0, i128::from(MONEY_MAX)),
            Kind::Count { min, max } => number(i128::from(min), i128::from(max)),
            Kind::Day | Kind::DayOrNone => number(i128::from(Date::MIN.days()), i128::from(Date::MAX.days())),
            Kind::Place => number(0, 999_999),
            Kind::Person => number(0, 16),
            Kind::Truth | Kind::Text => self.node(op, field.frame, Sort::Truth),
            Kind::Choice(_) => self.node(op, field.frame, Sort::Choice),
        }
    }

    /// A value from the tables, in `1 / denominator`s.
    pub(crate) fn cell_node(&self, cell: Cell, frame: Frame, denominator: i64) -> NodeId {
        // What has no limit stays unlimited however often it is multiplied; only finite values can grow too large.
        let (least, most) = (i128::from(cell.slot.lo), i128::from(if cell.slot.hi == INFINITE { cell.slot.lo } else { cell.slot.hi }));
        let id = DRAFT.with_borrow_mut(|draft| {
            let id = CellId(u32::try_from(draft.formula.cells.len()).unwrap_or(u32::MAX));
            draft.formula.cells.push(cell);
            id
        });
        self.number(Op::Cell(id), frame, denominator, least, most)
    }

    /// A whole number written in the law itself.
    pub(crate) fn constant(&self, value: i64, frame: Frame) -> NodeId {
        self.fixed(value, 1, frame)
    }

    /// So many parts of a whole, written in the law itself.
    pub(super) fn fixed(&self, value: i64, parts: i64, frame: Frame) -> NodeId {
        self.number(Op::Constant(value), frame, parts, i128::from(value), i128::from(value))
    }

    /// Always, or never.
    pub(crate) fn truth_node(&self, yes: bool, frame: Frame) -> NodeId {
        self.node(Op::Constant(i64::from(yes)), frame, Sort::Truth)
    }

    /// A day that the caller names or that stands in the procedure.
    pub(super) fn day(&self, op: Op, frame: Frame) -> NodeId {
        self.number(op, frame, 1, i128::from(Date::MIN.days()), i128::from(Date::MAX.days()))
    }

    /// All of them hold.
    pub(crate) fn all_of(&self, parts: &[NodeId], frame: Frame) -> NodeId {
        match parts {
            [] => self.truth_node(true, frame),
            [one] => *one,
            [always, one] if self.constant_value(*always) == Some(1) => *one,
            [a, b] => self.node(Op::Both(*a, *b), frame, Sort::Truth),
            _ => self.node(Op::All(self.list(parts)), frame, Sort::Truth),
        }
    }

    /// At least one of them holds.
    pub(crate) fn any_of(&self, parts: &[NodeId], frame: Frame) -> NodeId {
        // What always holds settles it.
        if let Some(always) = parts.iter().find(|part| self.constant_value(**part) == Some(1)) {
            return *always;
        }
        match parts {
            [] => self.truth_node(false, frame),
            [one] => *one,
            [a, b] => self.node(Op::Either(*a, *b), frame, Sort::Truth),
            _ => self.node(Op::Any(self.list(parts)), frame, Sort::Truth),
        }
    }

    /// What a node always is, if it is written in the law itself.
    fn constant_value(&self, id: NodeId) -> Option<i64> {
        match written(id).map(|node| node.op) {
            Some(Op::Constant(value)) => Some(value),
            _ => None,
        }
    }

    /// The value of the first condition that holds, else `otherwise`.
    pub(crate) fn select_of(&self, cases: &[(NodeId, NodeId)], otherwise: NodeId, frame: Frame) -> NodeId {
        // A case that always holds is the last one, one that never does is none.
        if let Some(at) = cases.iter().position(|(condition, _)| self.constant_value(*condition).is_some()) {
            let (before, rest) = cases.split_at(at);
            return match rest {
                [(always, value), ..] if self.constant_value(*always) == Some(1) => self.select_of(before, *value, frame),
                [_, after @ ..] => self.select_of(&[before, after].concat(), otherwise, frame),
                [] => otherwise,
            };
        }
        let Some(((_, last), before)) = cases.split_last() else { return otherwise };
        if self.leave_nothing(cases) {
            return self.select_of(before, *last, frame);
        }
        let is_truth = self.sort(otherwise) == Sort::Truth;
        let values = || cases.iter().map(|(_, value)| *value).chain([otherwise]);
        let common = values().map(|id| self.parts(id).0).fold(1, least_common_multiple);
        let values: Vec<NodeId> = values().map(|id| self.scaled(id, common)).listed();
        let mut operands = Vec::new();
        for ((condition, _), value) in cases.iter().zip(&values) {
            operands.append_all([*condition, *value]);
        }
        operands.extend(values.last());
        let op = Op::Select(self.list(&operands));
        if is_truth {
            return self.node(op, frame, Sort::Truth);
        }
        let (mut least, mut most) = (i128::MAX, i128::MIN);
        for id in values {
            let (_, own_least, own_most) = self.parts(id);
            (least, most) = (least.min(own_least), most.max(own_most));
        }
        self.number(op, frame, common, least, most)
    }

    /// Whether the conditions name all that one choice can be, so that one of them always holds.
    fn leave_nothing(&self, cases: &[(NodeId, NodeId)]) -> bool {
        let mut named = cases.iter().map(|(condition, _)| self.names(*condition));
        let Some(Some((choice, first))) = named.next() else { return false };
        let all = named.try_fold(first, |all, next| next.filter(|(other, _)| *other == choice).map(|(_, more)| all | more));
        let (field, _) = choice;
        let Kind::Choice(names) = field.field().kind else { return false };
        let every = all_bits(names.len());
        all.is_some_and(|all| all & every == every)
    }

    /// Which choice a condition is about, whether of the applicant, and what of it is named.
    fn names(&self, condition: NodeId) -> Option<((FieldId, bool), i64)> {
        let (mut id, mut is_of_applicant, mut bits) = (condition, false, None);
        loop {
            match written(id)?.op {
                Op::IsOneOf(of, named) if bits.is_none() => (id, bits) = (of, Some(named)),
                Op::OfApplicant(of) => (id, is_of_applicant) = (of, true),
                Op::Lift(of) => id = of,
                Op::Fact(field) => return Some(((field, is_of_applicant), bits?)),
                _ => return None,
            }
        }
    }

    /// A comparison.
    pub(super) fn comparison(&self, a: NodeId, b: NodeId, frame: Frame, op: fn(NodeId, NodeId) -> Op) -> NodeId {
        let (a, b, _) = self.aligned(a, b);
        self.node(op(a, b), frame, Sort::Truth)
    }

    /// A number worked out from two of the same unit; `limits` says how far it can go from how far they can.
    pub(super) fn pair(
        &self,
        a: NodeId,
        b: NodeId,
        frame: Frame,
        op: fn(NodeId, NodeId) -> Op,
        limits: fn(Limits, Limits) -> Limits,
    ) -> NodeId {
        let (a, b, common) = self.aligned(a, b);
        let (_, a_least, a_most) = self.parts(a);
        let (_, b_least, b_most) = self.parts(b);
        let (least, most) = limits((a_least, a_most), (b_least, b_most));
        self.number(op(a, b), frame, common, least, most)
    }

    /// The sum of the two.
    pub(crate) fn sum(&self, a: NodeId, b: NodeId, frame: Frame) -> NodeId {
        self.pair(a, b, frame, Op::Add, |a, b| (a.0.saturating_add(b.0), a.1.saturating_add(b.1)))
    }

    /// The first less the second.
    pub(crate) fn difference(&self, a: NodeId, b: NodeId, frame: Frame) -> NodeId {
        self.pair(a, b, frame, Op::Subtract, |a, b| (a.0.saturating_sub(b.1), a.1.saturating_sub(b.0)))
    }

    /// The larger of the two.
    pub(crate) fn larger(&self, a: NodeId, b: NodeId, frame: Frame) -> NodeId {
        self.pair(a, b, frame, Op::Greatest, |a, b| (a.0.max(b.0), a.1.max(b.1)))
    }

    /// One of `by` equal parts, exactly: the same whole number of parts that are so much smaller.
    pub(crate) fn divided(&self, value: NodeId, by: i64) -> NodeId {
        let (parts, least, most) = self.parts(value);
        self.number(Op::Scale(value, 1), self.frame(value), parts.saturating_mul(by), least, most)
    }

    /// The smaller of the two.
    pub(crate) fn smaller(&self, a: NodeId, b: NodeId, frame: Frame) -> NodeId {
        self.pair(a, b, frame, Op::Least, |a, b| (a.0.min(b.0), a.1.min(b.1)))
    }

    /// The product.
    pub(crate) fn product(&self, a: NodeId, b: NodeId, frame: Frame) -> NodeId {
        let (a_parts, a_least, a_most) = self.parts(a);
        let (b_parts, b_least, b_most) = self.parts(b);
        let corners = [
            a_least.saturating_mul(b_least),
            a_least.saturating_mul(b_most),
            a_most.saturating_mul(b_least),
            a_most.saturating_mul(b_most),
        ];
        let least = corners.into_iter().min().unwrap_or(0);
        let most = corners.into_iter().max().unwrap_or(0);
        self.number(Op::Multiply(a, b), frame, a_parts.saturating_mul(b_parts), least, most)
    }

    /// The product with one of `whole` parts, a fixed number that every count of `of` divides.
    pub(super) fn shared(&self, value: NodeId, whole: i64, of: NodeId, frame: Frame) -> NodeId {
        let share = self.number(Op::Share(whole, of), frame, whole, 1, i128::from(whole));
        self.product(value, share, frame)
    }

    /// Rounded to yuan and fen as a table says.
    pub(crate) fn round(&self, value: NodeId, rule: RoundRule, frame: Frame) -> NodeId {
        let (parts, least, most) = self.parts(value);
        let to_fen = |value: i128| value.saturating_mul(100).checked_div(i128::from(parts)).unwrap_or(0);
        let unit = i128::from(rule.unit_fen);
        self.number(Op::Round(value, rule), frame, 100, to_fen(least).saturating_sub(unit), to_fen(most).saturating_add(unit))
    }

    /// Anything from `least` to `most`.
    pub(super) fn range(&self, least: NodeId, most: NodeId, frame: Frame) -> NodeId {
        let (a, b, common) = self.aligned(least, most);
        let (low, high) = (self.parts(a).1, self.parts(b).2);
        self.number(Op::Between(a, b), frame, common, low.min(high), high)
    }

    /// The same value for each row of `below`, a list that hangs below `frame`.
    pub(super) fn lifted(&self, id: NodeId, frame: Frame, below: Frame) -> NodeId {
        let mut way = Vec::new();
        let mut next = below;
        while next != frame && next != Frame::Household {
            way.push(next);
            next = next.info().parent;
        }
        let sort = self.sort(id);
        way.into_iter().rev().fold(id, |id, frame| self.node(Op::Lift(id), frame, sort))
    }

    /// The sum over the rows of `list`.
    pub(super) fn sum_of(&self, id: NodeId, list: Frame, frame: Frame) -> NodeId {
        let (parts, least, most) = self.parts(id);
        let rows = i128::try_from(list.info().most).unwrap_or(i128::MAX);
        let (least, most) = (least.min(0).saturating_mul(rows), most.max(0).saturating_mul(rows));
        let limit = |value: i128| i64::try_from(value.clamp(-LIMIT, LIMIT)).unwrap_or(INFINITE);
        self.number(Op::Fold(FoldKind::Sum, id, limit(least), limit(most)), frame, parts, least, most)
    }

    /// The sum over the earlier rows of a list that agree with the row in all of `alike`.
    pub(super) fn sum_before(&self, id: NodeId, alike: &[NodeId], list: Frame) -> NodeId {
        let (parts, least, most) = self.parts(id);
        let rows = i128::try_from(list.info().most).unwrap_or(i128::MAX);
        let (least, most) = (least.min(0).saturating_mul(rows), most.max(0).saturating_mul(rows));
        self.number(Op::Before(id, self.list(alike)), list, parts, least, most)
    }

    /// The smallest over the rows of a list; `none` if there is no row.
    pub(super) fn least_of(&self, id: NodeId, none: i64, frame: Frame) -> NodeId {
        let (parts, least, most) = self.parts(id);
        let op = Op::Fold(FoldKind::Least, id, i64::try_from(least).unwrap_or(0), none);
        self.number(op, frame, parts, least, most.max(i128::from(none)))
    }

    /// In the row of a keyed list whose key is the bit: a number; without such a row `otherwise`.
    pub(super) fn entry_of(&self, (key, bit): (FieldId, i64), there: NodeId, otherwise: NodeId, frame: Frame) -> NodeId {
        let (there, otherwise, common) = self.aligned(there, otherwise);
        let (_, least, most) = self.parts(there);
        let (_, other_least, other_most) = self.parts(otherwise);
        self.number(Op::Entry(key, bit, there, otherwise), frame, common, least.min(other_least), most.max(other_most))
    }

    /// The most a value can be.
    pub(crate) fn most(&self, id: NodeId) -> i128 {
        match written(id).map(|node| node.op) {
            Some(Op::Cell(cell)) => {
                let most = DRAFT.with_borrow(|draft| draft.formula.cells.get(cell.position()).map(|cell| cell.slot.hi));
                most.map_or(0, i128::from)
            }
            _ => self.parts(id).2,
        }
    }
}

/// A node that has been written.
fn written(id: NodeId) -> Option<Node> {
    DRAFT.with_borrow(|draft| draft.formula.nodes.get(id.position()).copied())
}

fn least_common_multiple(a: i64, b: i64) -> i64 {
    let (mut x, mut y) = (a.max(1), b.max(1));
    while y != 0 {
        (x, y) = (y, x.checked_rem(y).unwrap_or(0));
    }
    a.max(1).checked_div(x).and_then(|quotient| quotient.checked_mul(b.max(1))).unwrap_or(1)
}
