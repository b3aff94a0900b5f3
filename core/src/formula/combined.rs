//! What of all benefits may be drawn together, as nodes; see `combine`.

use std::sync::Arc;

use super::node::NodeId;
use super::{Gives, Per, Role};
use crate::household::Frame;
use crate::source::Clause;

/// A benefit as far as relations between benefits see it.
#[derive(Debug, Clone)]
pub struct Drafted {
    /// Id.
    pub benefit: Arc<str>,
    /// One for each row of this list.
    pub frame: Frame,
    /// What it gives.
    pub gives: Gives,
    /// Whether the person qualifies.
    pub qualifies: NodeId,
    /// All its amounts and for what each is paid.
    pub amounts: Vec<(Per, NodeId)>,
}

/// What of all benefits may be drawn together. Cash is counted over twelve months.
#[derive(Debug, Default)]
pub struct Combined {
    /// Benefits that others replace or leave only a part of.
    pub adjusted: Vec<Adjusted>,
    /// Benefits of a member that bar one another.
    pub knots: Vec<Knot>,
    /// Cash of the household from all benefits of this area.
    pub total: Option<NodeId>,
}

impl Combined {
    /// Every node named here, and what for.
    pub(super) fn each_root(&mut self, visit: &mut dyn FnMut(Role, &mut NodeId)) {
        for adjusted in &mut self.adjusted {
            [&mut adjusted.gets, &mut adjusted.before, &mut adjusted.after].into_iter().for_each(|id| visit(Role::Together, id));
        }
        for knot in &mut self.knots {
            knot.parties.iter_mut().flat_map(|party| [&mut party.gets, &mut party.cash]).for_each(|id| visit(Role::Together, id));
            knot.bonds.iter_mut().for_each(|bond| visit(Role::Together, &mut bond.holds));
            visit(Role::Total, &mut knot.own);
            for option in &mut knot.options {
                visit(Role::Together, &mut option.when);
                visit(Role::Total, &mut option.cash);
            }
        }
        self.total.iter_mut().for_each(|id| visit(Role::Total, id));
    }
}

impl Combined {
    /// Every node that says what of the benefits of a household and some of its members is drawn, with its row.
    pub(crate) fn deciding<'c>(&'c self, members: &'c [usize]) -> impl Iterator<Item = (NodeId, usize)> + 'c {
        let adjusted = self.adjusted.iter().flat_map(move |adjusted| {
            let rows = if adjusted.frame == Frame::Member { members } else { &[0] };
            rows.iter().flat_map(|row| [adjusted.gets, adjusted.before, adjusted.after].map(|id| (id, *row)))
        });
        let knots = self.knots.iter().flat_map(move |knot| {
            let parties = knot.parties.iter().flat_map(|party| [party.gets, party.cash]);
            let nodes = parties.chain(knot.bonds.iter().map(|bond| bond.holds)).chain(knot.options.iter().map(|option| option.when));
            nodes.flat_map(|id| members.iter().map(move |row| (id, *row)))
        });
        adjusted.chain(knots)
    }
}

/// A benefit of which something else leaves nothing or only a part.
#[derive(Debug)]
pub struct Adjusted {
    /// The benefit.
    pub benefit: Arc<str>,
    /// Its list.
    pub frame: Frame,
    /// `replaces` or `tops-up`.
    pub relation: &'static str,
    /// What does so.
    pub by: Vec<Arc<str>>,
    /// Whether the person still gets it.
    pub gets: NodeId,
    /// Cash without it.
    pub before: NodeId,
    /// Cash with it.
    pub after: NodeId,
    /// Where that is written.
    pub clause: Arc<Clause>,
}

/// Benefits of a member of which not all may be drawn.
#[derive(Debug)]
pub struct Knot {
    /// The benefits.
    pub parties: Vec<Party>,
    /// The relations that bar them.
    pub bonds: Vec<Bond>,
    /// Every largest set that may be drawn, those with the parties named first before others.
    pub options: Vec<KnotOption>,
    /// What the best set brings of what is decided here.
    pub own: NodeId,
}

/// A benefit in a knot.
#[derive(Debug)]
pub struct Party {
    /// Id.
    pub benefit: Arc<str>,
    /// Drawn already, and not decided here.
    pub is_drawn: bool,
    /// Whether the person gets it.
    pub gets: NodeId,
    /// Cash.
    pub cash: NodeId,
}

/// A relation within a knot.
#[derive(Debug)]
pub struct Bond {
    /// Its kind.
    pub relation: &'static str,
    /// The parties it names.
    pub of: Vec<usize>,
    /// Whether it is in force and concerns the person.
    pub holds: NodeId,
    /// Where it is written.
    pub clause: Arc<Clause>,
}

/// Whether a party is in a set kept as bits.
#[must_use]
pub fn has(set: u32, at: usize) -> bool {
    u32::try_from(at).ok().and_then(|at| set.checked_shr(at)).is_some_and(|rest| rest & 1 == 1)
}

/// The set with a party added.
#[must_use]
pub fn with(set: u32, at: usize) -> u32 {
    u32::try_from(at).ok().and_then(|at| 1_u32.checked_shl(at)).map_or(set, |bit| set | bit)
}

/// A set of the parties of a knot that may be drawn together.
#[derive(Debug)]
pub struct KnotOption {
    /// Whether the bars are those under which it is a largest set.
    pub when: NodeId,
    /// The parties, as bits.
    pub kept: u32,
    /// Cash of all of them.
    pub cash: NodeId,
}
