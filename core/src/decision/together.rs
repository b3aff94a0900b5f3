//! What of the entries is drawn together, and what all comes to.

use std::sync::Arc;

use serde::Serialize;

use crate::area::AreaCode;
use crate::money::Yuan;
use crate::source::Clause;

/// What of the entries may not be drawn together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Combination {
    /// Months over which cash is compared.
    pub months: i64,
    /// Benefits of a member of which not all may be drawn.
    pub choices: Vec<ChoiceAmong>,
    /// Benefits of which another leaves nothing or only a part.
    pub adjusted: Vec<AdjustedEntry>,
}

/// Benefits of a member of which not all may be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChoiceAmong {
    /// Id of the member.
    pub member: Arc<str>,
    /// The area whose tables say so.
    pub area: AreaCode,
    /// Every relation that bars something.
    pub relations: Vec<RelationUsed>,
    /// What may be drawn together; the first is kept, then those with the most certain cash.
    pub options: Vec<DrawnTogether>,
    /// Who settled it: the `law` (the higher is kept), the `person` (by `choices`), or nobody yet (`left-to-person`).
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["law", "person", "left-to-person"])))]
    pub settled_by: &'static str,
    /// A fact or a number that is not known may make another option the better one.
    pub open: bool,
}

/// A relation between benefits that was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RelationUsed {
    /// Its kind.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["choose-higher", "choose-one", "not-together", "full-or-top-up"])))]
    pub relation: &'static str,
    /// Ids of the benefits.
    pub of: Vec<Arc<str>>,
    /// Where it is written.
    pub clause: Arc<Clause>,
}

/// Benefits that may be drawn together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct DrawnTogether {
    /// What is drawn.
    pub kept: Vec<Arc<str>>,
    /// What is not.
    pub dropped: Vec<Arc<str>>,
    /// Of what is drawn: what the person draws already and is not decided here.
    pub drawn_already: Vec<Arc<str>>,
    /// Of what is drawn: what it is not known of whether the person qualifies for it.
    pub undecided: Vec<Arc<str>>,
    /// Cash of what is drawn over the months compared.
    pub cash: Total,
    /// How much less certain cash it brings than the best.
    pub costs: Yuan,
}

/// A benefit of which another leaves nothing or only a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdjustedEntry {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// How.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["replaces", "tops-up", "choose-one", "choose-higher", "not-together"])))]
    pub relation: &'static str,
    /// By which benefits.
    pub by: Vec<Arc<str>>,
    /// What is left of it over the months compared.
    pub cash: Total,
    /// Where it is written.
    pub clause: Arc<Clause>,
}

/// Sums of what is certain and drawn together. Cash, vouchers, discounts, goods and hours are never added to one another,
/// nor what is paid for different periods, but for `cash_over_twelve_months`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Cash every month.
    pub cash_per_month: Total,
    /// Cash over twelve months: what is paid a month twelve times, what is paid a year or once in full.
    pub cash_over_twelve_months: Total,
    /// Discounts on the meals given.
    pub meals: Total,
    /// Everything else, each kind and period for itself; vouchers are up to so much.
    pub apart: Vec<Apart>,
}

/// A sum of one kind and period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Apart {
    /// What is given.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["cash", "discount", "voucher", "hours", "in-kind"])))]
    pub gives: &'static str,
    /// For what it is paid.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["month", "quarter", "year", "day", "meal", "once"])))]
    pub per: &'static str,
    /// The sum.
    #[serde(flatten)]
    pub total: Total,
}

/// A sum and what it leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// How exactly it is known.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["exact", "atLeast", "between"])))]
    pub kind: &'static str,
    /// Yuan that are certain.
    pub min: Yuan,
    /// Yuan at most; `null` if no limit is known.
    pub max: Option<Yuan>,
    /// Benefits whose numbers are not known and that are in neither figure.
    pub left_out: Vec<Arc<str>>,
}

impl Total {
    /// From the least to the most; how exactly it is known follows.
    #[must_use]
    pub fn between(min: Yuan, max: Option<Yuan>, left_out: Vec<Arc<str>>) -> Self {
        let kind = match max {
            Some(max) if max == min => "exact",
            Some(_) => "between",
            None => "atLeast",
        };
        Self { kind, min, max, left_out }
    }
}
