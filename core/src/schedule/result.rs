//! What a schedule consists of. Codes and numbers only; no sentences.

use std::sync::Arc;

use serde::Serialize;

use crate::area::AreaCode;
use crate::date::{Date, Month};
use crate::decision::{Amount, CellUsed, MissingCell, PackUsed, Total};
use crate::money::Yuan;
use crate::source::Clause;

/// Month by month what is due to a household, and what is paid when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// Version of this form.
    pub schema_version: u32,
    /// Version of the engine.
    pub engine: &'static str,
    /// The tables used, layer by layer.
    pub packs: Vec<PackUsed>,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// Notices made public after this day were left aside.
    pub known_on: Option<Date>,
    /// One for each benefit and person.
    pub lines: Vec<Line>,
    /// What is paid in which month, where the day of the decision is known or a raise reaches back.
    pub payments: Vec<Payment>,
    /// Cash of all months together.
    pub total: Total,
    /// Paths of dates that were absent and taken for granted.
    pub assumed: Vec<String>,
    /// Rules of time for which no text of the area was found, so that the usual one was taken.
    pub conventions: Vec<&'static str>,
}

/// One benefit of one person, month by month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// What it gives.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["cash", "discount", "voucher", "hours", "in-kind", "status"])))]
    pub gives: &'static str,
    /// The months in their order.
    pub months: Vec<MonthDue>,
    /// All months together.
    pub total: Total,
    /// What is not told by the month, such as an amount once a year; in no total, for no text says in which month it is paid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub besides: Vec<Besides>,
}

/// An amount that is not one of a month, and the months in which it is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Besides {
    /// How much, and for which period.
    pub amount: Amount,
    /// First month of a run in which the person is entitled to it.
    pub from: Month,
    /// Last month of the run.
    pub to: Month,
}

/// One month of one benefit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MonthDue {
    /// The month.
    pub month: Month,
    /// Whether it is due.
    pub state: Due,
    /// The area whose tables decide, which decides and pays.
    pub area: Option<AreaCode>,
    /// What is due, as far as it is known; absent where nothing is.
    pub amount: Option<Amount>,
    /// Why it is as it is, where it is not simply the amount of the tables.
    pub because: Vec<Because>,
    /// The table rows it rests on, where they are not those of the month before.
    pub rows: Vec<CellUsed>,
    /// When it is paid out, where that is not in the month itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_out: Option<PaidOut>,
    /// A raise that was made public or paid only later, and what it adds to what was first paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raise: Option<Raise>,
    /// Paths of the facts that keep it open.
    pub needs: Vec<Arc<str>>,
    /// What the tables lack.
    pub missing: Vec<MissingCell>,
}

/// When a month is paid out: in advance, or together with the other months of its quarter (按季发放).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaidOut {
    /// Not before this month.
    pub earliest: Month,
    /// Not after this month; the same where the text names it.
    pub latest: Month,
    /// Where the rule is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
}

/// Whether a month is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Due {
    /// It is.
    Due,
    /// It is not.
    NotDue,
    /// The office may pay it.
    Discretionary,
    /// Facts are missing.
    Undetermined,
    /// No number is in force that we know.
    NoTable,
}

/// Why a month is as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Because {
    /// Stable code.
    pub code: String,
    /// The fact it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Where the rule is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<Clause>,
}

/// What a raise that reaches back adds to a month already paid (补发差额).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Raise {
    /// What was due by what had been made public by the end of the month.
    pub first_paid: Amount,
    /// What is owed besides, at least.
    pub difference_min: Yuan,
    /// At most; `null` if no limit is known.
    pub difference_max: Option<Yuan>,
    /// The month in which it could first be paid.
    pub settled_in: Month,
}

/// What is paid in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Payment {
    /// The month of the payment; the last one that it can be, for parts that say from when.
    pub month: Month,
    /// At least.
    pub min: Yuan,
    /// At most; `null` if no limit is known.
    pub max: Option<Yuan>,
    /// What it is for.
    pub parts: Vec<PaymentPart>,
}

/// What a part of a payment is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentPart {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// The month it is for.
    pub for_month: Month,
    /// From which month on it can be paid, where the text names only the quarter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Month>,
    /// The month itself, a month before the decision, or what a raise adds to a month already paid.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["month", "arrears", "raise"])))]
    pub kind: &'static str,
    /// At least.
    pub min: Yuan,
    /// At most; `null` if no limit is known.
    pub max: Option<Yuan>,
}

impl Because {
    pub(crate) fn code(code: &str) -> Self {
        Self { code: code.to_owned(), path: None, clause: None }
    }

    pub(crate) fn fact(code: &str, path: String) -> Self {
        Self { path: Some(path), ..Self::code(code) }
    }
}
