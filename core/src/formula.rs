//! The language of rules: a formula is a flat list of nodes, each computed from earlier ones.
//!
//! A benefit is written once with the expressions of [`Builder`] and then *read* in several ways (see `reading`).
//! Nothing here knows a rule or a number of any law.

mod builder;
mod combined;
mod expr;
mod node;

pub use builder::Builder;
pub use combined::{Adjusted, Bond, Combined, Drafted, Knot, KnotOption, Party, has, with};
pub use expr::{Additive, Case, ChildRow, Expr, Scalar, Times};
pub use node::{Cell, CellId, FoldKind, Node, NodeId, Op, Operands, RoundRule, Sort, TableNote};

use std::sync::Arc;

use crate::household::{FRAMES, FieldId, Frame};
use crate::slot::Slot;
use crate::source::Clause;

/// All rules of one area for one period, as nodes in an order in which each can be computed from those before it.
#[derive(Debug, Default)]
pub struct Formula {
    pub(crate) nodes: Vec<Node>,
    /// What sort of value each node holds.
    pub(crate) sorts: Vec<Sort>,
    /// The values of the fixed nodes, which come first, list by list.
    pub(crate) fixed: Vec<Slot>,
    /// How many fixed nodes each list has.
    pub(crate) fixed_of: [usize; FRAMES.len()],
    /// How many other nodes each list has.
    pub(crate) computed_of: [usize; FRAMES.len()],
    pub(crate) operands: Vec<NodeId>,
    pub(crate) cells: Vec<Cell>,
    /// Fields that some node reads, sorted.
    pub(crate) reads: Vec<FieldId>,
    /// What each benefit is made of.
    pub outlines: Vec<Outline>,
    /// What of them may be drawn together.
    pub combined: Combined,
}

/// What a benefit gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Money.
    Cash,
    /// A voucher: up to so much off what the person pays (消费券).
    Voucher,
    /// Hours of service.
    Hours,
    /// Goods or services.
    InKind,
    /// A lower price.
    Discount,
    /// Only a status that opens other doors.
    Status,
}

impl Gives {
    /// As results name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Voucher => "voucher",
            Self::Hours => "hours",
            Self::InKind => "in-kind",
            Self::Discount => "discount",
            Self::Status => "status",
        }
    }
}

/// For what an amount is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Every month.
    Month,
    /// Every quarter.
    Quarter,
    /// Every year.
    Year,
    /// Each day.
    Day,
    /// Each meal.
    Meal,
    /// Once.
    Once,
}

impl Per {
    /// As results name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Day => "day",
            Self::Meal => "meal",
            Self::Once => "once",
        }
    }

    /// How often it is paid in [`MONTHS_COMPARED`]; `None` for what is not paid by the calendar.
    #[must_use]
    pub const fn times_compared(self) -> Option<i64> {
        match self {
            Self::Month => Some(MONTHS_COMPARED),
            Self::Quarter => Some(4),
            Self::Year | Self::Once => Some(1),
            Self::Day | Self::Meal => None,
        }
    }
}

/// Months over which benefits are compared with one another.
pub const MONTHS_COMPARED: i64 = 12;

/// Which of a person's areas decides (户籍地、居住地、服务地).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Area of household registration.
    RegisteredArea,
    /// Area of usual residence.
    UsualResidence,
    /// Area where the emergency happened.
    IncidentArea,
    /// Area where the service is given.
    ServiceArea,
}

impl Basis {
    /// As results name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RegisteredArea => "registeredArea",
            Self::UsualResidence => "usualResidence",
            Self::IncidentArea => "incidentArea",
            Self::ServiceArea => "serviceArea",
        }
    }
}

/// In what a step or a distance is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Yuan per month.
    YuanPerMonth,
    /// Yuan.
    Yuan,
    /// A number of people or things.
    Count,
    /// Completed years.
    Years,
    /// Yes or no.
    Truth,
}

/// One condition of a benefit.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// Stable code, such as `income-below-standard`.
    pub code: Arc<str>,
    /// Whether it holds.
    pub node: NodeId,
    /// The clause that demands it.
    pub clause: Option<Arc<Clause>>,
    /// What is compared with what, for the distance.
    pub measure: Option<Measure>,
}

/// A measured value and the limit it is held against.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// What was found.
    pub measured: NodeId,
    /// The limit.
    pub limit: NodeId,
    /// In what both are counted.
    pub unit: Unit,
}

/// A named intermediate value.
#[derive(Debug, Clone)]
pub struct Step {
    /// Stable code, such as `household-income`.
    pub code: &'static str,
    /// The value.
    pub node: NodeId,
    /// In what it is counted.
    pub unit: Unit,
}

/// A lawful reading among several, where the text leaves the choice to the office.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// Stable code, such as `equal-share`.
    pub code: &'static str,
    /// The amount under this reading.
    pub amount: NodeId,
    /// The clause that leaves it open.
    pub clause: Clause,
}

/// Why a person counts as a member of the family, or does not.
#[derive(Debug, Clone)]
pub struct PersonGround {
    /// Stable code, such as `is-spouse`.
    pub code: &'static str,
    /// Whether it holds, for each member.
    pub node: NodeId,
    /// The clause.
    pub clause: Arc<Clause>,
}

/// Who of the people named counts as family, who of them is paid for, and why.
#[derive(Debug, Clone)]
pub struct People {
    /// Counts as a member.
    pub counted: NodeId,
    /// Is paid for.
    pub paid: NodeId,
    /// All grounds.
    pub grounds: Vec<PersonGround>,
}

/// The parts of one benefit in a formula.
#[derive(Debug)]
pub struct Outline {
    /// Id, such as `minimum-living-allowance`.
    pub benefit: Arc<str>,
    /// One result for each row of this list.
    pub frame: Frame,
    /// What it gives.
    pub gives: Gives,
    /// For what it is paid.
    pub per: Per,
    /// Whose tables count.
    pub basis: Basis,
    /// All conditions, in the order in which they are told.
    pub requirements: Vec<Requirement>,
    /// Whether the person qualifies.
    pub qualifies: NodeId,
    /// Whether an office has already said so.
    pub stated: Option<NodeId>,
    /// Whether the given facts alone say so.
    pub computed: NodeId,
    /// The amount; absent for a mere status.
    pub amount: Option<NodeId>,
    /// Amounts besides, paid for something else.
    pub extras: Vec<(Per, NodeId)>,
    /// Who pays which part, where a table says so.
    pub payers: Vec<(&'static str, NodeId)>,
    /// First month paid, counted from year 0.
    pub first_month: Option<NodeId>,
    /// Month of the next review, counted from year 0.
    pub review_month: Option<NodeId>,
    /// Who counts.
    pub people: Option<People>,
    /// Readings the text leaves open.
    pub alternatives: Vec<Alternative>,
    /// Named intermediate values.
    pub steps: Vec<Step>,
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

    /// Every node that a benefit names.
    fn each_root(&mut self, visit: &mut dyn FnMut(&mut NodeId)) {
        for outline in &mut self.outlines {
            visit(&mut outline.qualifies);
            visit(&mut outline.computed);
            let single = [&mut outline.stated, &mut outline.amount, &mut outline.first_month, &mut outline.review_month];
            single.into_iter().flatten().for_each(&mut *visit);
            if let Some(people) = &mut outline.people {
                visit(&mut people.counted);
                visit(&mut people.paid);
                people.grounds.iter_mut().for_each(|ground| visit(&mut ground.node));
            }
            for requirement in &mut outline.requirements {
                visit(&mut requirement.node);
                if let Some(measure) = &mut requirement.measure {
                    visit(&mut measure.measured);
                    visit(&mut measure.limit);
                }
            }
            outline.extras.iter_mut().for_each(|(_, amount)| visit(amount));
            outline.payers.iter_mut().for_each(|(_, amount)| visit(amount));
            outline.alternatives.iter_mut().for_each(|alternative| visit(&mut alternative.amount));
            outline.steps.iter_mut().for_each(|step| visit(&mut step.node));
        }
        self.combined.each_root(visit);
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
