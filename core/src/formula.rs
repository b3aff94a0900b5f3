//! The language of rules: a formula is a flat list of nodes, each computed from earlier ones.
//!
//! A benefit is written once with the expressions of [`Builder`] and then *read* in several ways (see `reading`).
//! Nothing here knows a rule or a number of any law.

mod builder;
mod combined;
mod expr;
mod node;
mod outline;
mod plan;
mod tidy;

pub use builder::Builder;
pub use combined::{Adjusted, Bond, Combined, Drafted, Knot, KnotOption, Party, has, with};
pub use expr::{Additive, Case, ChildRow, Expr, Scalar, Times};
pub use node::{Cell, CellId, FoldKind, Node, NodeId, Op, Operands, RoundRule, Sort, TableNote};
pub use outline::{
    Alternative, Basis, DecisionTime, Gives, MONTHS_COMPARED, Measure, Outline, PaperToBring, People, Per, PersonGround, Requirement, Step,
    Unit,
};
pub(crate) use plan::{Run, Task};

use std::ops::Range;
use std::sync::{Arc, LazyLock, OnceLock};

use crate::household::{FRAMES, FieldId, Frame, Inputs};
use crate::order::{AppendAll as _, Listed as _};
use crate::slot::Slot;

/// All rules of one area for one period, as nodes.
#[derive(Debug, Default)]
pub struct Formula {
    /// List by list, and of each list the fixed ones first.
    pub(crate) nodes: Vec<Node>,
    /// An order in which each can be computed from those before it.
    pub(crate) order: Vec<NodeId>,
    /// What sort of value each node holds.
    pub(crate) sorts: Vec<Sort>,
    /// Where the nodes of each list are.
    pub(crate) spans: [Range<usize>; FRAMES.len()],
    /// The values of the fixed nodes of each list, which come first.
    pub(crate) fixed: Arc<[Vec<Slot>; FRAMES.len()]>,
    pub(crate) operands: Vec<NodeId>,
    pub(crate) cells: Vec<Cell>,
    /// Fields that some node reads, sorted.
    pub(crate) reads: Vec<FieldId>,
    /// What each benefit is made of.
    pub outlines: Vec<Outline>,
    /// What of them may be drawn together.
    pub combined: Combined,
    /// Every node that a benefit names, and what for.
    pub(crate) roots: Vec<(Role, NodeId)>,
    /// What the depths of reading but the last need, in the order of [`Depth`], found when it is first asked for.
    pub(crate) needed: [OnceLock<Needed>; 6],
    /// What the outcome and the amount of each benefit need, found when they are first asked for.
    pub(crate) needed_by: Vec<OnceLock<Needed>>,
    /// What each node rests on, found when it is first asked for.
    pub(crate) rests_on: OnceLock<Vec<Inputs>>,
}

/// How much of a formula is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Depth {
    /// Outcomes and amounts.
    Outcomes,
    /// Those of cash, and what of it may be drawn together.
    Cash,
    /// Outcomes and amounts, all else that is told of each benefit, and what may be drawn together.
    Told,
    /// What is watched along a fact or along days: outcomes, amounts, conditions, steps, and what may be drawn together.
    Along,
    /// Every node.
    All,
    /// Whether benefits are due, and their conditions.
    Conditions,
    /// The outcome and the amount of one benefit.
    Of(Arc<str>),
}

/// Some nodes of a formula, in its order: all that certain values are computed from.
#[derive(Debug, Default)]
pub struct Needed {
    pub(crate) nodes: Vec<NodeId>,
    /// For every node, its list if it can be looked at once they are read.
    pub(crate) known: Arc<[Option<Frame>]>,
    /// How those that are not fixed are computed, list by list.
    pub(crate) runs: Vec<Run>,
    pub(crate) idle: Idle,
    /// Those of them that ask for names, places or whether a list may have more rows.
    pub(crate) asking: Vec<Op>,
}

impl Needed {
    /// Which of an engine's it is: where it lies.
    pub(crate) fn identity(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}

/// What becomes of a node that nothing turns out to rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Idle {
    /// It is computed all the same.
    #[default]
    Computed,
    /// It reads as not known.
    NotKnown,
    /// It is as it was: nobody looks at it.
    Left,
}

/// What a node is named for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    /// Outcome and amount of a benefit that gives cash.
    OfCash,
    /// Outcome and amount of another benefit.
    OfOther,
    /// What may be drawn together with what.
    Together,
    /// The cash of all that may be drawn together.
    Total,
    /// A condition of a benefit.
    Condition,
    /// A named intermediate value.
    Step,
    /// Whatever else is told of a benefit.
    Told,
}

impl Outline {
    /// Of its outcome and its amount.
    fn role(&self) -> Role {
        if self.gives == Gives::Cash { Role::OfCash } else { Role::OfOther }
    }
}

/// A node that is looked at, and perhaps one that is looked at only where that one is not certainly no.
type Root = (NodeId, Option<NodeId>);

fn nodes_of(roots: &[Root]) -> Vec<NodeId> {
    roots.iter().flat_map(|(first, second)| [Some(*first), *second]).flatten().listed()
}

impl Role {
    /// What each of the first five depths of reading needs.
    const NEEDED: [&[Self]; 5] = [
        &[Self::OfCash, Self::OfOther],
        &[Self::OfCash, Self::Together],
        &[Self::OfCash, Self::OfOther, Self::Together, Self::Condition, Self::Step, Self::Told],
        &[Self::OfCash, Self::OfOther, Self::Together, Self::Condition, Self::Step, Self::Total],
        &[Self::OfCash, Self::OfOther, Self::Together, Self::Condition, Self::Step, Self::Told, Self::Total],
    ];
}

impl Formula {
    /// The node with this id.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a NodeId is only made by the builder that made the node")]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.position()]
    }

    /// What sort of value a node holds.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a NodeId is only made by the builder that made the node")]
    pub fn sort(&self, id: NodeId) -> Sort {
        self.sorts[id.position()]
    }

    /// The cell with this id.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a CellId is only made by the builder that made the cell")]
    pub fn cell(&self, id: CellId) -> &Cell {
        &self.cells[id.position()]
    }

    /// The operands of a node with a list of them.
    #[must_use]
    pub fn list(&self, operands: Operands) -> &[NodeId] {
        self.operands.get(operands.range()).unwrap_or(&[])
    }

    /// Every node that a benefit names, and what for.
    fn each_root(&mut self, visit: &mut dyn FnMut(Role, &mut NodeId)) {
        for outline in &mut self.outlines {
            let answer = outline.role();
            visit(answer, &mut outline.qualifies);
            outline.amount.iter_mut().for_each(|amount| visit(answer, amount));
            outline.extras.iter_mut().for_each(|(_, amount)| visit(Role::Together, amount));
            let mut tell = |id: &mut NodeId| visit(Role::Told, id);
            tell(&mut outline.computed);
            [&mut outline.stated, &mut outline.day_most, &mut outline.first_month, &mut outline.review_month]
                .into_iter()
                .flatten()
                .for_each(&mut tell);
            if let Some(people) = &mut outline.people {
                tell(&mut people.counted);
                tell(&mut people.paid);
                people.grounds.iter_mut().for_each(|ground| tell(&mut ground.node));
            }
            let measures = outline.requirements.iter_mut().filter_map(|requirement| requirement.measure.as_mut());
            measures.flat_map(|measure| [&mut measure.measured, &mut measure.limit]).for_each(&mut tell);
            outline.payers.iter_mut().for_each(|(_, amount)| tell(amount));
            outline.alternatives.iter_mut().for_each(|alternative| tell(&mut alternative.amount));
            outline.requirements.iter_mut().for_each(|requirement| visit(Role::Condition, &mut requirement.node));
            outline.steps.iter_mut().for_each(|step| visit(Role::Step, &mut step.node));
        }
        self.combined.each_root(visit);
    }

    /// Which of an engine's formulas this is: where it lies.
    pub(crate) fn identity(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    /// The nodes that a depth of reading needs.
    #[must_use]
    pub fn needed(&self, depth: &Depth) -> &Needed {
        static NONE: LazyLock<Needed> = LazyLock::new(Needed::default);
        let [outcomes, cash, told, along, all, conditions] = &self.needed;
        let [of_outcomes, of_cash, of_told, of_along, of_all] = Role::NEEDED;
        match depth {
            Depth::Outcomes => outcomes.get_or_init(|| self.planned(&self.roots_of(of_outcomes), Idle::Left)),
            Depth::Cash => cash.get_or_init(|| self.planned(&self.roots_of(of_cash), Idle::NotKnown)),
            Depth::Told => told.get_or_init(|| self.planned(&self.roots_of(of_told), Idle::NotKnown)),
            Depth::Along => along.get_or_init(|| self.needed_for(&nodes_of(&self.roots_of(of_along)))),
            Depth::All => all.get_or_init(|| self.needed_for(&nodes_of(&self.roots_of(of_all)))),
            Depth::Conditions => conditions.get_or_init(|| {
                let mut roots = Vec::new();
                for outline in &self.outlines {
                    roots.push(outline.qualifies);
                    roots.append_all(outline.requirements.iter().map(|requirement| requirement.node));
                }
                self.needed_for(&roots)
            }),
            Depth::Of(benefit) => {
                let own = self.outline(benefit).and_then(|(at, outline)| Some((outline, self.needed_by.get(at)?)));
                own.map_or(&NONE, |(outline, needed)| {
                    needed.get_or_init(|| self.planned(&[(outline.qualifies, outline.amount)], Idle::NotKnown))
                })
            }
        }
    }

    /// The parts of a benefit, and where they stand.
    pub(crate) fn outline(&self, benefit: &Arc<str>) -> Option<(usize, &Outline)> {
        // Who asks has its name from here.
        let same = self.outlines.iter().position(|outline| Arc::ptr_eq(&outline.benefit, benefit));
        let at = same.or_else(|| self.outlines.iter().position(|outline| outline.benefit == *benefit))?;
        Some((at, self.outlines.get(at)?))
    }

    /// What is named for this.
    fn roots_of(&self, wanted: &[Role]) -> Vec<Root> {
        // An amount is told of only where it is due.
        let due = self.outlines.iter().filter(|outline| wanted.contains(&outline.role()));
        let due: Vec<Root> = due.map(|outline| (outline.qualifies, outline.amount)).listed();
        let is_due = |id: NodeId| due.iter().any(|(first, second)| *first == id || *second == Some(id));
        let others = self.roots.iter().filter(|(role, id)| wanted.contains(role) && !is_due(*id)).map(|(_, id)| (*id, None));
        due.iter().copied().chain(others).listed()
    }

    /// What these roots need, computed so that what they turn out not to rest on is passed over.
    fn planned(&self, roots: &[Root], idle: Idle) -> Needed {
        let needed = self.needed_for(&nodes_of(roots));
        Needed { runs: plan::runs(self, roots, &needed), idle, ..needed }
    }

    /// Whether a node rests on any of these.
    pub(crate) fn rests_on_any(&self, id: NodeId, inputs: Inputs) -> bool {
        self.rests_on().get(id.position()).is_some_and(|own| own.meet(inputs))
    }

    /// What each node rests on, in the order of the nodes.
    fn rests_on(&self) -> &[Inputs] {
        self.rests_on.get_or_init(|| {
            let mut found = vec![Inputs::default(); self.nodes.len()];
            for id in &self.order {
                let node = self.node(*id);
                let (mut op, mut inputs) = (node.op, Inputs::default());
                match op {
                    Op::Fact(field) => inputs.insert_field(field),
                    Op::Today => inputs.insert_day(),
                    Op::DayOrToday(field) => {
                        inputs.insert_field(field);
                        inputs.insert_day();
                    }
                    Op::Unasked(list) => inputs.insert_list(list),
                    Op::Told(..) | Op::ToldWhere(..) => inputs.insert_accounts(),
                    Op::Fold(_, a, ..) | Op::AnyForPerson(a, _) => inputs.insert_list(self.node(a).frame),
                    Op::Entry(key, ..) => {
                        inputs.insert_field(key);
                        inputs.insert_list(key.field().frame);
                    }
                    _ => {}
                }
                op.each_operand(&self.operands, &mut |id| inputs.insert_all(found.get(id.position()).copied().unwrap_or_default()));
                if let Some(place) = found.get_mut(id.position()) {
                    *place = inputs;
                }
            }
            found
        })
    }

    /// All nodes that these are computed from, themselves included.
    pub(crate) fn needed_for(&self, roots: &[NodeId]) -> Needed {
        let mut is_needed = vec![false; self.nodes.len()];
        let mark = |is_needed: &mut [bool], id: NodeId| is_needed.get_mut(id.position()).into_iter().for_each(|mark| *mark = true);
        roots.iter().for_each(|id| mark(&mut is_needed, *id));
        // One pass from the end finds all.
        for id in self.order.iter().rev() {
            if is_needed.get(id.position()) == Some(&true) {
                let mut op = self.node(*id).op;
                op.each_operand(&self.operands, &mut |id| mark(&mut is_needed, id));
            }
        }
        let known = is_needed.iter().zip(&self.nodes).map(|(is_needed, node)| is_needed.then_some(node.frame)).collect();
        let nodes: Vec<NodeId> = self.order.iter().copied().filter(|id| is_needed.get(id.position()) == Some(&true)).listed();
        let mut runs: Vec<Run> = Vec::new();
        for id in &nodes {
            let Node { frame, op } = *self.node(*id);
            let task = Task::Read(*id, op);
            match runs.last_mut() {
                _ if op.is_fixed() => {}
                Some(run) if run.frame == frame => run.tasks.push(task),
                _ => runs.push(Run { frame, facts: Vec::new(), tasks: vec![task] }),
            }
        }
        let ops = nodes.iter().map(|id| self.node(*id).op);
        let asks = |op: &Op| matches!(op, Op::Entry(..) | Op::IsOneOf(..) | Op::Within(..) | Op::Unasked(_));
        let asking = ops.filter(asks).collect();
        Needed { nodes, known, runs, idle: Idle::Computed, asking }
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing to compute.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}
