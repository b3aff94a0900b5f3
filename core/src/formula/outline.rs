//! What a benefit is made of: its conditions, its amounts and whatever else is told of it, by the nodes that say so.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::node::NodeId;
use crate::household::Frame;
use crate::source::Clause;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
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
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Month, Self::Quarter, Self::Year, Self::Day, Self::Meal, Self::Once];

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

    /// How often a year; `None` for what is not paid at regular times.
    #[must_use]
    pub const fn times_a_year(self) -> Option<i64> {
        match self {
            Self::Month => Some(MONTHS_COMPARED),
            Self::Quarter => Some(4),
            Self::Year => Some(1),
            Self::Day | Self::Meal | Self::Once => None,
        }
    }

    /// How often it is paid in [`MONTHS_COMPARED`]; `None` for what is not paid by the calendar.
    #[must_use]
    pub const fn times_compared(self) -> Option<i64> {
        if matches!(self, Self::Once) { Some(1) } else { self.times_a_year() }
    }
}

/// Months over which benefits are compared with one another: a year.
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
    /// It goes without saying: told only where it does not hold.
    pub is_tacit: bool,
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

/// By when an application for a benefit is to be decided (办理时限).
#[derive(Debug, Clone)]
pub struct DecisionTime {
    /// `usual`, `extended` or `delegated`.
    pub kind: &'static str,
    /// Working days from the day the office has it.
    pub working_days: u32,
    /// Nobody has checked the row against its document.
    pub unconfirmed: bool,
    /// Where it is written.
    pub clause: Arc<Clause>,
}

/// A paper to bring (材料), and for which condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaperToBring {
    /// Stable code of the paper.
    pub paper: Arc<str>,
    /// Codes of the conditions that it shows.
    pub shows: Vec<Arc<str>>,
    /// Offices can look most of it up themselves; bring it if they cannot.
    pub checked_online: bool,
    /// Where it is asked for.
    pub clause: Arc<Clause>,
}

/// The parts of one benefit in a formula.
#[derive(Debug)]
pub struct Outline {
    /// Id, such as `minimum-living-allowance`.
    pub benefit: Arc<str>,
    /// What the place calls it, where a table says so.
    pub local_name: Option<Arc<str>>,
    /// Which office of the place decides, where a table says so.
    pub decided_at: Option<&'static str>,
    /// By when; of that office, where it is known which one decides.
    pub decided_within: Vec<DecisionTime>,
    /// Papers to bring, each once.
    pub papers: Arc<[PaperToBring]>,
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
    /// The most that a person has of it on the day of the bill, with what earlier bills of the day have: no less than these.
    pub day_most: Option<NodeId>,
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
