//! How every node runs from a point on, and up to where it runs so: a second pass over the nodes that a fact moves.
//!
//! The intervals of the point are known already. What is worked out here is how both ends of each run, along a line or in the
//! steps of a rounding or the calendar, and how far each comparison and each choice of the smaller or larger stays as it is:
//! the nearest of these is where the next piece begins.

use super::curve::{Curve, Unit};
use super::reach::Reach;
use crate::date::AgeRule;
use crate::formula::{Depth, FoldKind, Formula, NodeId, Op, Outline, Role, Sort};
use crate::household::{FieldId, Frame, Inputs};
use crate::money::RoundingMode;
use crate::order::Listed as _;
use crate::reading::interval::UNBOUNDED;
use crate::reading::value::{Values, World};
use crate::slot::Slot;

/// Along what is swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// A fact in a row.
    Fact(FieldId, usize),
    /// The day of the decision.
    Day,
}

/// The least and the most of a node, as they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The least.
    pub lo: Curve,
    /// The most.
    pub hi: Curve,
}

impl Span {
    fn level(slot: Slot) -> Self {
        Self { lo: Curve::level(slot.lo), hi: Curve::level(slot.hi) }
    }

    /// What grows as the variable does.
    fn with_variable(slot: Slot) -> Self {
        Self { lo: Curve::line(slot.lo, 1), hi: Curve::line(slot.hi, 1) }
    }

    /// Whether it never changes.
    pub fn is_level(self) -> bool {
        self.lo.is_level() && self.hi.is_level()
    }

    /// The same seen from `t` grains on.
    pub fn from(self, t: i64) -> Self {
        Self { lo: self.lo.from(t), hi: self.hi.from(t) }
    }
}

/// The nodes of a formula that a variable moves and that something watched rests on, in order.
#[derive(Debug, Default)]
pub struct Moved {
    nodes: Vec<NodeId>,
    /// For each node of the formula, which of the moved ones it is.
    place: Vec<Option<usize>>,
    /// Those that cash of every month is added up from.
    cash: Vec<NodeId>,
}

impl Moved {
    /// Works it out: watched is what a depth of reading needs.
    pub fn by(variable: Variable, formula: &Formula, depth: &Depth) -> Self {
        let mut moves = Inputs::default();
        match variable {
            Variable::Fact(field, _) => moves.insert_field(field),
            Variable::Day => moves.insert_day(),
        }
        let nodes: Vec<NodeId> = formula.needed(depth).nodes.iter().copied().filter(|id| formula.rests_on_any(*id, moves)).listed();
        let mut place = vec![None; formula.len()];
        for (at, id) in nodes.iter().enumerate() {
            if let Some(place) = place.get_mut(id.position()) {
                *place = Some(at);
            }
        }
        let of_cash = formula.roots.iter().filter(|(role, _)| matches!(role, Role::OfCash | Role::Together)).map(|(_, id)| *id);
        let cash = of_cash.filter(|id| place.get(id.position()).is_some_and(Option::is_some)).listed();
        Self { nodes, place, cash }
    }

    /// Whether a benefit is as it is wherever the variable is.
    pub fn leaves(&self, outline: &Outline) -> bool {
        let conditions = outline.requirements.iter().map(|requirement| requirement.node);
        let steps = outline.steps.iter().map(|step| step.node);
        let mut watched = [Some(outline.qualifies), outline.amount].into_iter().flatten().chain(conditions).chain(steps);
        watched.all(|id| self.place.get(id.position()).is_some_and(Option::is_none))
    }
}

/// How the moved nodes run from a point on.
#[derive(Debug, Default)]
pub struct Spans {
    spans: Vec<Span>,
    /// Where those of a moved node begin; nothing for one that rests on nothing that moves here.
    starts: Vec<Option<usize>>,
    /// So many grains on everything still runs as it does here.
    pub reach: Reach,
    /// The node that does not run on.
    pub cause: Option<(NodeId, usize)>,
}

impl Spans {
    /// Works out all of them, `reach` grains on at most.
    pub fn read(mut self, formula: &Formula, values: &Values, world: World<'_>, variable: Variable, moved: &Moved, reach: i64) -> Self {
        self.spans.clear();
        self.starts.clear();
        let mut lines = Lines { formula, values, world, variable, moved, run: Self { reach: Reach(reach), cause: None, ..self } };
        for id in &moved.nodes {
            let node = formula.node(*id);
            if !lines.is_moving(node.op) {
                lines.run.starts.push(None);
                continue;
            }
            lines.keep_ages_settled(node.op);
            let start = lines.run.spans.len();
            let mut is_level = true;
            for row in 0..values.rows(node.frame) {
                let before = lines.run.reach;
                let span = lines.span_of(*id, row);
                if !is_open_age(node.op) {
                    lines.run.reach.keep_settled(span);
                }
                lines.run.caused_by(before, *id, row);
                is_level &= span.is_level();
                lines.run.spans.push(span);
            }
            if is_level {
                lines.run.spans.truncate(start);
            }
            lines.run.starts.push((!is_level).then_some(start));
        }
        for amount in formula.outlines.iter().filter_map(|outline| outline.amount) {
            lines.keep_in_fen(amount);
        }
        lines.run
    }

    /// If the piece ends sooner than it did before, a node is why.
    fn caused_by(&mut self, before: Reach, id: NodeId, row: usize) {
        if self.reach < before {
            self.cause = Some((id, row));
        }
    }

    /// Where the spans of a node begin, if it moves here.
    fn start(&self, moved: &Moved, id: NodeId) -> Option<usize> {
        let place = moved.place.get(id.position()).copied().flatten()?;
        self.starts.get(place).copied().flatten()
    }

    /// Whether something of which the cash of every month is added up is not the same all the way.
    pub fn moves_cash(&self, moved: &Moved) -> bool {
        moved.cash.iter().any(|id| self.start(moved, *id).is_some())
    }

    /// Puts everything to what it comes to so many grains on, while it runs so.
    pub fn run_on(&self, formula: &Formula, values: &mut Values, moved: &Moved, t: i64) {
        for id in &moved.nodes {
            let Some(start) = self.start(moved, *id) else { continue };
            for row in 0..values.rows(formula.node(*id).frame) {
                if let Some(span) = self.spans.get(start.saturating_add(row)) {
                    values.set_ends(*id, row, (span.lo.value(t), span.hi.value(t)));
                }
            }
        }
    }

    /// How a node runs.
    pub fn span(&self, moved: &Moved, values: &Values, id: NodeId, row: usize) -> Span {
        let found = self.start(moved, id).and_then(|start| self.spans.get(start.saturating_add(row)));
        found.copied().unwrap_or_else(|| Span::level(values.get(id, row)))
    }
}

fn compares(op: Op) -> bool {
    matches!(op, Op::Below(..) | Op::AtMost(..) | Op::Equal(..))
}

fn is_open_age(op: Op) -> bool {
    matches!(op, Op::Age(_, _, None))
}

/// The pass over the moved nodes at one point.
struct Lines<'l> {
    formula: &'l Formula,
    values: &'l Values,
    world: World<'l>,
    variable: Variable,
    moved: &'l Moved,
    run: Spans,
}

impl Lines<'_> {
    fn span(&self, id: NodeId, row: usize) -> Span {
        self.run.span(self.moved, self.values, id, row)
    }

    /// Whether an operation is the variable, or rests on something that moves here.
    fn is_moving(&self, mut op: Op) -> bool {
        let mut is_moving = matches!(op, Op::Fact(_) | Op::Today | Op::DayOrToday(_));
        op.each_operand(&self.formula.operands, &mut |id| is_moving |= self.run.start(self.moved, id).is_some());
        is_moving
    }

    /// An age counted by no rule is open around each birthday. What compares it sees to that itself; anything else rests on it.
    fn keep_ages_settled(&mut self, mut op: Op) {
        if compares(op) {
            return;
        }
        let mut ages = Vec::new();
        op.each_operand(&self.formula.operands, &mut |id| {
            if is_open_age(self.formula.node(id).op) {
                ages.push(id);
            }
        });
        for id in ages {
            for row in 0..self.values.rows(self.formula.node(id).frame) {
                let before = self.run.reach;
                self.run.reach.keep_settled(self.span(id, row));
                self.run.caused_by(before, id, row);
            }
        }
    }

    /// An amount is told in fen and runs evenly: what has been rounded before, or jumps as the calendar does, is so as long as it
    /// keeps its value.
    fn keep_in_fen(&mut self, amount: NodeId) {
        let parts = crate::reading::reasons::parts(self.formula.sort(amount));
        let Some(start) = self.run.start(self.moved, amount) else { return };
        for row in 0..self.values.rows(self.formula.node(amount).frame) {
            let (before, span) = (self.run.reach, self.span(amount, row));
            let mut told = |curve: Curve, mode| {
                let is_even = !curve.is_of_calendar() && (parts == 100 || curve.rounded(parts, 1, mode).is_some());
                if is_even { curve } else { self.run.reach.step(curve) }
            };
            let span = Span { lo: told(span.lo, RoundingMode::Down), hi: told(span.hi, RoundingMode::Up) };
            self.run.caused_by(before, amount, row);
            if let Some(place) = self.run.spans.get_mut(start.saturating_add(row)) {
                *place = span;
            }
        }
    }

    /// Nothing is known of how it runs on.
    fn stop(&mut self, slot: Slot) -> Span {
        self.run.reach = Reach(0);
        Span::level(slot)
    }

    fn span_of(&mut self, id: NodeId, row: usize) -> Span {
        let node = *self.formula.node(id);
        let own = self.values.get(id, row);
        let level = || Span::level(own);
        match node.op {
            Op::Fact(field) => match self.variable {
                Variable::Fact(swept, at) if swept == field && at == row => Span::with_variable(own),
                _ => level(),
            },
            Op::Today => Span::with_variable(own),
            Op::DayOrToday(field) => {
                let moves = match self.variable {
                    Variable::Fact(swept, at) => (swept, at) == (field, field.row_for(row)),
                    Variable::Day => self.world.household.told(field, row).is_none(),
                };
                if moves { Span::with_variable(own) } else { level() }
            }
            Op::Add(a, b) => {
                let (a, b) = (self.span(a, row), self.span(b, row));
                Span { lo: self.run.reach.sum(a.lo, b.lo), hi: self.run.reach.sum(a.hi, b.hi) }
            }
            Op::Subtract(a, b) => {
                let (a, b) = (self.span(a, row), self.span(b, row));
                if a.hi.value(0) >= UNBOUNDED || b.hi.value(0) >= UNBOUNDED {
                    // One end is out of sight; the other runs as it does.
                    let lo = if b.hi.value(0) >= UNBOUNDED { Curve::level(own.lo) } else { self.run.reach.sum(a.lo, b.hi.times(-1)) };
                    let hi = if a.hi.value(0) >= UNBOUNDED { Curve::level(own.hi) } else { self.run.reach.sum(a.hi, b.lo.times(-1)) };
                    return Span { lo, hi };
                }
                Span { lo: self.run.reach.sum(a.lo, b.hi.times(-1)), hi: self.run.reach.sum(a.hi, b.lo.times(-1)) }
            }
            Op::Multiply(a, b) => {
                let (a, b) = (self.span(a, row), self.span(b, row));
                self.product(a, b, own)
            }
            Op::Scale(a, factor) => {
                let a = self.span(a, row);
                Span { lo: a.lo.times(factor), hi: a.hi.times(factor) }
            }
            Op::Least(a, b) => {
                let (a, b) = (self.span(a, row), self.span(b, row));
                Span { lo: self.run.reach.smaller(a.lo, b.lo), hi: self.run.reach.smaller(a.hi, b.hi) }
            }
            Op::Greatest(a, b) => {
                let (a, b) = (self.span(a, row), self.span(b, row));
                Span { lo: self.run.reach.larger(a.lo, b.lo), hi: self.run.reach.larger(a.hi, b.hi) }
            }
            Op::Below(a, b) | Op::AtMost(a, b) | Op::Equal(a, b) => {
                let (a, b) = (self.span(a, row), self.span(b, row));
                let ends = [(a.lo, b.lo), (a.hi, b.lo), (a.lo, b.hi), (a.hi, b.hi)];
                let are_known = a.lo == a.hi && b.lo == b.hi;
                // Why it is open may change where one of both comes to be known.
                if !own.is_settled() {
                    self.run.reach.keep_settled(a);
                    self.run.reach.keep_settled(b);
                }
                for (a, b) in ends.into_iter().take(if are_known { 1 } else { 4 }) {
                    match node.op {
                        Op::Below(..) => self.run.reach.keep(a, b, |a, b| i64::from(a < b)),
                        Op::AtMost(..) => self.run.reach.keep(a, b, |a, b| i64::from(a <= b)),
                        _ => self.run.reach.keep_order(a, b),
                    }
                }
                level()
            }
            Op::Share(..) | Op::IsAmong(..) | Op::WeekOf(_) | Op::WeekdayOf(_) | Op::DayKind(_) | Op::LastWithWorkdays(..) => {
                { node.op }.each_operand(&self.formula.operands, &mut |id| {
                    let span = self.span(id, row);
                    self.run.reach.unchanged(span);
                });
                level()
            }
            Op::MonthOf(a) => {
                let a = self.span(a, row);
                Span { lo: self.run.reach.counted(a.lo, Unit::Month), hi: self.run.reach.counted(a.hi, Unit::Month) }
            }
            Op::Before(a, alike) => self.before(a, self.formula.list(alike), row),
            Op::Age(birth, day, rule) => {
                let (birth, day) = (self.span(birth, row), self.span(day, row));
                Span { lo: self.age(birth.hi, day.lo, rule, false), hi: self.age(birth.lo, day.hi, rule, true) }
            }
            Op::Select(operands) => self.select(self.formula.list(operands), row).unwrap_or_else(level),
            Op::Round(a, rule) => {
                let parts = crate::reading::reasons::parts(self.formula.sort(a));
                let a = self.span(a, row);
                let mut round = |curve: Curve, otherwise| {
                    curve.rounded_by(parts, rule, otherwise).unwrap_or_else(|| {
                        let step = self.run.reach.step(curve);
                        step.rounded_by(parts, rule, otherwise).unwrap_or(step)
                    })
                };
                Span { lo: round(a.lo, RoundingMode::Down), hi: round(a.hi, RoundingMode::Up) }
            }
            Op::Between(a, b) => {
                let (a, b) = (self.span(a, row), self.span(b, row));
                Span { lo: self.run.reach.smaller(a.lo, b.lo), hi: b.hi }
            }
            Op::Lift(a) => self.span(a, self.world.household.parent(node.frame, row)),
            Op::AtPerson(a, person) => {
                let who = self.values.get(person, row);
                self.of_members(a, who.lo, who.hi).unwrap_or_else(level)
            }
            Op::OfApplicant(a) => match self.world.household.applicant() {
                Some(member) => self.span(a, member),
                None => self.of_members(a, 0, i64::MAX).unwrap_or_else(level),
            },
            Op::Fold(kind, a, least, _) => self.fold(kind, a, least, row, own),
            Op::Entry(key, bit, a, otherwise) if matches!(self.formula.sort(id), Sort::Number { .. }) => {
                let household = self.world.household;
                let mut rows = household.rows_of(key.field().frame, row);
                let own_row = rows.find(|entry| household.slot(key, *entry).value() == Some(bit));
                match own_row {
                    Some(entry) => self.span(a, entry),
                    None if self.span(otherwise, row).is_level() => level(),
                    None => self.stop(own),
                }
            }
            Op::Constant(_)
            | Op::Cell(_)
            | Op::Unasked(_)
            | Op::Both(..)
            | Op::Either(..)
            | Op::All(_)
            | Op::Any(_)
            | Op::Not(_)
            | Op::IsOneOf(..)
            | Op::Within(..)
            | Op::AnyForPerson(..)
            | Op::Told(..)
            | Op::ToldWhere(..)
            | Op::Entry(..) => level(),
        }
    }

    /// The years from a birth to a day, of which one moves; where both do, as long as they stay the same.
    fn age(&mut self, birth: Curve, day: Curve, rule: Option<AgeRule>, is_earliest: bool) -> Curve {
        let is_earliest = is_earliest && rule.is_none();
        let years = |is_birth, other| Unit::Years { other, is_birth, rule, is_earliest };
        match (birth.is_level(), day.is_level()) {
            (true, _) => self.run.reach.counted(day, years(true, birth.value(0))),
            (_, true) => self.run.reach.counted(birth, years(false, day.value(0))),
            _ => {
                let both = |t| years(true, birth.value(t)).count(day.value(t));
                let now = both(0);
                self.run.reach.while_so(&|t| both(t) == now);
                Curve::level(now)
            }
        }
    }

    fn product(&mut self, a: Span, b: Span, own: Slot) -> Span {
        let (moving, factor) = match (a.is_level(), b.is_level()) {
            (true, true) => return Span::level(own),
            (false, true) => (a, b),
            (true, false) => (b, a),
            (false, false) => return self.stop(own),
        };
        let (least, most) = (factor.lo.value(0), factor.hi.value(0));
        if least < 0 || own == Slot::exact(0) && (least, most) == (0, 0) {
            return if least < 0 { self.stop(own) } else { Span::level(own) };
        }
        let mut by = |curve: Curve, positive: i64, negative: i64| {
            // Neither end crosses zero on the way.
            let factor = if self.run.reach.is_smaller(Curve::level(0), curve) { positive } else { negative };
            if factor >= UNBOUNDED { Curve::level(curve.value(0).saturating_mul(factor)) } else { curve.times(factor) }
        };
        Span { lo: by(moving.lo, least, most), hi: by(moving.hi, most, least) }
    }

    fn before(&mut self, a: NodeId, alike: &[NodeId], row: usize) -> Span {
        let zero = Curve::level(0);
        let mut sum = Span { lo: zero, hi: zero };
        for earlier in 0..row {
            for key in alike {
                let (own, other) = (self.span(*key, row), self.span(*key, earlier));
                self.run.reach.unchanged(own);
                self.run.reach.unchanged(other);
            }
            let both = |key: &NodeId| (self.values.get(*key, row), self.values.get(*key, earlier));
            let differ = |key: &NodeId| matches!(both(key), (a, b) if a.is_settled() && b.is_settled() && a.lo != b.lo);
            if alike.iter().any(differ) {
                continue;
            }
            let span = self.span(a, earlier);
            let agree = alike.iter().all(|key| matches!(both(key), (a, b) if a.is_settled() && b.is_settled()));
            let span = if agree { span } else { self.run.reach.hull(Some(Span { lo: zero, hi: zero }), span) };
            sum = Span { lo: self.run.reach.sum(sum.lo, span.lo), hi: self.run.reach.sum(sum.hi, span.hi) };
        }
        sum
    }

    fn select(&mut self, operands: &[NodeId], row: usize) -> Option<Span> {
        let mut found: Option<Span> = None;
        let mut pairs = operands.chunks_exact(2);
        for pair in &mut pairs {
            let [condition, value] = pair else { continue };
            let condition = self.values.get(*condition, row);
            if condition.is_no() {
                continue;
            }
            let value = self.span(*value, row);
            found = Some(self.run.reach.hull(found, value));
            if condition.is_yes() {
                return found;
            }
        }
        let otherwise = self.span(*pairs.remainder().first()?, row);
        Some(self.run.reach.hull(found, otherwise))
    }

    fn of_members(&mut self, a: NodeId, first: i64, last: i64) -> Option<Span> {
        let mut found = None;
        for member in 0..self.values.rows(Frame::Member) {
            if (first..=last).contains(&i64::try_from(member).unwrap_or(i64::MAX)) {
                let span = self.span(a, member);
                found = Some(self.run.reach.hull(found, span));
            }
        }
        found
    }

    fn fold(&mut self, kind: FoldKind, a: NodeId, least: i64, row: usize, own: Slot) -> Span {
        let list = self.formula.node(a).frame;
        let is_open = self.world.household.list(list, row).open_flags().is_some();
        let rows = self.world.household.rows_of(list, row);
        match kind {
            FoldKind::Any => Span::level(own),
            FoldKind::Sum => {
                let (mut lo, mut hi) = (Curve::level(0), Curve::level(0));
                for entry in rows {
                    let span = self.span(a, entry);
                    lo = self.run.reach.sum(lo, span.lo);
                    hi = self.run.reach.sum(hi, span.hi);
                }
                if is_open {
                    Span { lo: self.run.reach.sum(lo, Curve::level(least.min(0))), hi: Curve::level(own.hi) }
                } else {
                    Span { lo, hi }
                }
            }
            FoldKind::Least => {
                let mut found: Option<Span> = None;
                for entry in rows {
                    let span = self.span(a, entry);
                    found = Some(match found {
                        None => span,
                        Some(found) => {
                            Span { lo: self.run.reach.smaller(found.lo, span.lo), hi: self.run.reach.smaller(found.hi, span.hi) }
                        }
                    });
                }
                match (found, is_open) {
                    (Some(found), true) => Span { lo: Curve::level(own.lo), hi: found.hi },
                    (Some(found), false) => found,
                    (None, _) => Span::level(own),
                }
            }
        }
    }
}
