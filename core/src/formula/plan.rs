//! How the nodes that some answers need are computed, row by row, so that what the answers turn out not to rest on is passed
//! over.
//!
//! A condition that fails makes the other conditions of an *and* idle, a case that holds makes the later ones idle. The
//! nodes that only an idle operand rests on stand together, behind a test that passes them over.

use super::{Formula, Needed, NodeId, Op, Root};
use crate::household::{FRAMES, FieldId, Frame};
use crate::order::Listed as _;
use crate::slot::Slot;

/// What is done one after the other for each row of a list.
#[derive(Debug)]
pub(crate) struct Run {
    pub frame: Frame,
    /// Facts that are taken over before anything is done.
    pub facts: Vec<(NodeId, FieldId)>,
    pub tasks: Vec<Task>,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// A node is computed.
    Read(NodeId, Op),
    /// If a value before is such, the next so many tasks are passed over; if a node is named, which is the last of them, that is
    /// its value, too.
    Pass(NodeId, Test, u16, Option<NodeId>),
}

/// What makes operands idle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// Certainly no.
    No,
    /// Certainly yes.
    Yes,
    /// No or 0, with nothing to remark.
    JustNo,
    /// Yes or 1, with nothing to remark.
    JustYes,
    /// Known.
    Settled,
}

impl Test {
    pub fn holds(self, slot: Slot) -> bool {
        match self {
            Self::No => slot.is_no(),
            Self::Yes => slot.is_yes(),
            Self::JustNo => slot == Slot::NO,
            Self::JustYes => slot == Slot::YES,
            Self::Settled => slot.is_settled(),
        }
    }
}

/// Nodes that are idle together; the first of all parts is never idle.
#[derive(Debug, Default)]
struct Part {
    /// The part it is part of.
    within: usize,
    depth: usize,
    /// Parts of one class are idle at the same time: the same test stands before them, in parts of one class.
    class: usize,
    /// Which of the needed nodes the part stands before.
    owner: usize,
    /// Among which run of nodes it is computed.
    run: usize,
    /// From the last to the first.
    nodes: Vec<NodeId>,
}

/// A part of which a node needs nothing if a test holds.
#[derive(Clone, Debug)]
struct Guard {
    test: (NodeId, Test),
    part: usize,
    then: Then,
}

/// What is known of the node behind a part of which it needs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// It may need the parts that follow.
    Nothing,
    /// It needs none of them.
    NoMore,
    /// It has the value that was tested.
    Same,
}

/// How the roots are computed: the first of each pair, and the second where the first is not certainly no; `needed` are all
/// nodes they are computed from.
pub(super) fn runs(formula: &Formula, roots: &[Root], needed: &Needed) -> Vec<Run> {
    let mut planner = Planner::new(formula, needed);
    for (first, second) in roots {
        planner.uses(*first, 0);
        if let Some(second) = second {
            planner.due(*first, *second);
        }
    }
    for (run, own) in needed.runs.iter().enumerate().rev() {
        for task in own.tasks.iter().rev() {
            if let Task::Read(id, _) = task {
                planner.place(*id, run);
            }
        }
    }
    planner.finish(needed)
}

struct Planner<'f> {
    formula: &'f Formula,
    /// Each behind the part it is part of; the first is only a root.
    parts: Vec<Part>,
    /// What is never idle, for each run, from the last to the first.
    always: Vec<Vec<NodeId>>,
    /// In which part each node is, as far as its users are known.
    of: Vec<Option<usize>>,
    /// What stands before each node.
    guards: Vec<Vec<Guard>>,
    /// What stands at the end of each run: amounts, behind the test whether they are due.
    answers: Vec<Vec<Guard>>,
    /// The last run of each list.
    last: [usize; FRAMES.len()],
    /// Which of the needed nodes each is.
    places: Vec<usize>,
    /// For each node, the class of parts behind a test of it in parts of a class.
    classes: Vec<Vec<(usize, Test, usize)>>,
    next_class: usize,
    /// For each node, those that are only looked at if the conditions before it do not all fail to hold.
    due: Vec<Vec<NodeId>>,
}

impl<'f> Planner<'f> {
    fn new(formula: &'f Formula, needed: &Needed) -> Self {
        let mut last = [0; FRAMES.len()];
        for (at, run) in needed.runs.iter().enumerate() {
            if let Some(last) = last.get_mut(run.frame.index()) {
                *last = at;
            }
        }
        let (nodes, runs) = (formula.len(), needed.runs.len());
        let mut places = vec![0; nodes];
        for (at, id) in needed.nodes.iter().enumerate() {
            places.get_mut(id.position()).into_iter().for_each(|place| *place = at);
        }
        Self {
            formula,
            parts: vec![Part::default()],
            always: vec![Vec::new(); runs],
            of: vec![None; nodes],
            guards: vec![Vec::new(); nodes],
            answers: vec![Vec::new(); runs],
            last,
            places,
            classes: vec![Vec::new(); nodes],
            next_class: 1,
            due: vec![Vec::new(); nodes],
        }
    }

    /// A part of a part, idle if the test holds.
    fn part(&mut self, within: usize, (id, test): (NodeId, Test), (owner, run): (usize, usize)) -> usize {
        let depth = self.depth(within).saturating_add(1);
        let outer = self.class(within);
        let mut class = self.next_class;
        if let Some(known) = self.classes.get_mut(id.position()) {
            match known.iter().find(|(of, own, _)| (*of, *own) == (outer, test)) {
                Some((.., same)) => class = *same,
                None => {
                    known.push((outer, test, class));
                    self.next_class = class.saturating_add(1);
                }
            }
        }
        self.parts.push(Part { within, depth, class, owner, run, nodes: Vec::new() });
        self.parts.len().saturating_sub(1)
    }

    fn class(&self, part: usize) -> usize {
        self.parts.get(part).map_or(0, |part| part.class)
    }

    /// Of two parts of one class, whether the first is computed before the second.
    fn is_before(&self, mut a: usize, mut b: usize) -> bool {
        let within = |part: usize| self.parts.get(part).map_or(0, |part| part.within);
        while within(a) != within(b) {
            (a, b) = (within(a), within(b));
        }
        let place = |part: usize| (self.parts.get(part).map_or(0, |part| part.owner), part);
        place(a) < place(b)
    }

    fn depth(&self, part: usize) -> usize {
        self.parts.get(part).map_or(0, |part| part.depth)
    }

    /// A node is needed by something in a part.
    fn uses(&mut self, id: NodeId, by: usize) {
        let Some(known) = self.of.get(id.position()).copied() else { return };
        let (mut a, mut b) = (known.unwrap_or(by), by);
        while self.class(a) != self.class(b) {
            let deeper = if self.depth(a) > self.depth(b) { &mut a } else { &mut b };
            *deeper = self.parts.get(*deeper).map_or(0, |part| part.within);
        }
        let first = if self.is_before(a, b) { a } else { b };
        if let Some(of) = self.of.get_mut(id.position()) {
            *of = Some(first);
        }
    }

    /// The second is only looked at if the first is not certainly no.
    fn due(&mut self, first: NodeId, second: NodeId) {
        let frame = self.formula.node(first).frame;
        if self.formula.node(second).frame != frame {
            return self.uses(second, 0);
        }
        let place = |id: NodeId| self.places.get(id.position());
        if matches!(self.formula.node(first).op, Op::Both(..) | Op::All(_)) && place(second) < place(first) {
            return self.due.get_mut(first.position()).into_iter().for_each(|due| due.push(second));
        }
        let run = self.last.get(frame.index()).copied().unwrap_or(0);
        let part = self.part(0, (first, Test::No), (usize::MAX, run));
        self.uses(second, part);
        if let Some(answers) = self.answers.get_mut(run) {
            answers.push(Guard { test: (first, Test::No), part, then: Then::Nothing });
        }
    }

    /// All users of a node of this run have been placed: so can it be, and its operands can be told.
    fn place(&mut self, id: NodeId, run: usize) {
        let Some(own) = self.of.get(id.position()).copied().flatten() else { return };
        let run = if own == 0 { run } else { self.parts.get(own).map_or(run, |part| part.run) };
        let mut within = own;
        let mut guards = Vec::new();
        let place = self.places.get(id.position()).copied().unwrap_or(0);
        let mut behind = |planner: &mut Self, within: usize, test: (NodeId, Test), then: Then| {
            let part = planner.part(within, test, (place, run));
            guards.push(Guard { test, part, then });
            part
        };
        let node = *self.formula.node(id);
        match node.op {
            Op::Multiply(a, b) => {
                self.uses(a, own);
                let part = behind(self, own, (a, Test::JustNo), Then::Same);
                self.uses(b, part);
            }
            Op::Both(..) | Op::Either(..) | Op::All(_) | Op::Any(_) => {
                let idle = if matches!(node.op, Op::Any(_) | Op::Either(..)) { Test::JustYes } else { Test::JustNo };
                let mut operands = Vec::new();
                { node.op }.each_operand(&self.formula.operands, &mut |id| operands.push(id));
                for id in operands {
                    self.uses(id, within);
                    within = behind(self, within, (id, idle), Then::Same);
                }
                // What is not due for any of these reasons need not be computed for it.
                for amount in self.due.get_mut(id.position()).map(std::mem::take).unwrap_or_default() {
                    self.uses(amount, within);
                }
            }
            Op::Told(a, b) => {
                self.uses(a, own);
                // A word that is known settles whatever is asked of it; so what only other words need stands behind one test.
                let (known, then) = match self.formula.node(a).op {
                    Op::IsOneOf(word, _) if self.formula.node(word).frame == node.frame => (word, Then::Nothing),
                    _ => (a, Then::Same),
                };
                let part = behind(self, own, (known, Test::Settled), then);
                self.uses(b, part);
            }
            Op::Select(list) => {
                for pair in self.formula.list(list).chunks(2) {
                    let [condition, value] = pair else {
                        pair.iter().for_each(|otherwise| self.uses(*otherwise, within));
                        continue;
                    };
                    self.uses(*condition, within);
                    let part = behind(self, within, (*condition, Test::No), Then::Nothing);
                    self.uses(*value, part);
                    within = behind(self, within, (*condition, Test::Yes), Then::NoMore);
                }
            }
            mut op => {
                op.each_operand(&self.formula.operands, &mut |operand| {
                    let part = if node.op.is_of_other_rows(operand, self.formula.node(operand).frame == node.frame) { 0 } else { own };
                    self.uses(operand, part);
                });
            }
        }
        if let Some(place) = self.guards.get_mut(id.position()) {
            *place = guards;
        }
        let place = if own == 0 { self.always.get_mut(run) } else { self.parts.get_mut(own).map(|part| &mut part.nodes) };
        place.into_iter().for_each(|nodes| nodes.push(id));
    }

    /// The tasks of each run.
    fn finish(self, needed: &Needed) -> Vec<Run> {
        let mut tasks: Vec<Vec<Task>> = vec![Vec::new(); self.parts.len()];
        for (at, part) in self.parts.iter().enumerate().rev() {
            let mut own = Vec::new();
            self.nodes(&part.nodes, &mut tasks, &mut own);
            if let Some(place) = tasks.get_mut(at) {
                *place = own;
            }
        }
        let runs = needed.runs.iter().zip(&self.always).zip(&self.answers).map(|((run, nodes), answers)| {
            let mut own = Vec::new();
            answers.iter().for_each(|guard| guarded(std::slice::from_ref(guard), None, &mut tasks, &mut own));
            let (mut facts, mut others) = (Vec::new(), Vec::new());
            for id in nodes {
                match self.formula.node(*id).op {
                    Op::Fact(field) => facts.push((*id, field)),
                    _ => others.push(*id),
                }
            }
            self.nodes(&others, &mut tasks, &mut own);
            own.reverse();
            Run { frame: run.frame, facts, tasks: own }
        });
        runs.listed()
    }

    /// Nodes, each behind what only it needs; as they are listed, from the last to the first.
    fn nodes(&self, nodes: &[NodeId], tasks: &mut [Vec<Task>], all: &mut Vec<Task>) {
        for id in nodes {
            all.push(Task::Read(*id, self.formula.node(*id).op));
            guarded(self.guards.get(id.position()).map(Vec::as_slice).unwrap_or_default(), Some(*id), tasks, all);
        }
    }
}

/// What stands before a node, from the last to the first.
fn guarded(guards: &[Guard], node: Option<NodeId>, tasks: &mut [Vec<Task>], all: &mut Vec<Task>) {
    let first = all.len();
    for Guard { test: (id, test), part, then } in guards.iter().rev() {
        let same = node.filter(|_| *then == Then::Same);
        let behind = match then {
            Then::Nothing => all.len(),
            Then::NoMore => first,
            Then::Same => first.saturating_sub(1),
        };
        all.append(tasks.get_mut(*part).unwrap_or(&mut Vec::new()));
        let over = all.len().saturating_sub(behind);
        if let (true, Ok(over)) = (over >= WORTH_A_TEST, u16::try_from(over)) {
            all.push(Task::Pass(*id, *test, over, same));
        }
    }
}

/// Fewer tasks are done sooner than passed over.
const WORTH_A_TEST: usize = 2;
