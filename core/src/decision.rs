//! The result of a decision: everything a person needs to check the answer. Codes and numbers only; no sentences.

mod together;

use std::sync::Arc;

use serde::Serialize;

pub use crate::formula::PaperToBring;
pub use together::{AdjustedEntry, Apart, ChoiceAmong, Combination, DrawnTogether, RelationUsed, Total, Totals};

use crate::area::AreaCode;
use crate::date::{Date, Month};
use crate::household::GivenFact;
use crate::money::{Digits, Yuan};
use crate::source::Clause;

/// Version of the result's form.
pub const SCHEMA_VERSION: u32 = 1;

/// The answer for one household on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Version of this form.
    pub schema_version: u32,
    /// Version of the engine.
    pub engine: &'static str,
    /// The benefits that were asked about, where not all were: nothing is said of any other, nor of what it would bar.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only: Vec<Arc<str>>,
    /// The tables used, layer by layer.
    pub packs: Vec<PackUsed>,
    /// The day decided for.
    pub date: Date,
    /// One entry for each benefit and person (or bill).
    pub benefits: Vec<Entry>,
    /// Benefits applied for at another place than the one that decides: who does what, by when, with which papers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crossings: Vec<Crossing>,
    /// What of the entries may not be drawn together, and what is kept.
    pub combination: Combination,
    /// What the settled entries that are kept come to; entries without a known number are left out and named.
    pub totals: Totals,
    /// What the cash of every month can still come to, when tight ranges were asked for and it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cash_range: Option<Range>,
    /// Facts that can still change something, with the benefits they matter for.
    pub needs: Vec<Need>,
    /// The fact to ask for next.
    pub next: Option<Arc<str>>,
    /// Dates that were taken for granted because they were absent.
    pub assumed: Vec<String>,
    /// Facts given but read by no rule, and stated standings and certificates that other facts contradict.
    pub issues: Vec<Issue>,
    /// Identifies what was decided, by what, and the outcome.
    pub receipt: Receipt,
}

/// The tables of one area and what they were read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PackUsed {
    /// The area.
    pub area: AreaCode,
    /// The layers from this area up to the nation; empty where tables were not loaded from packs.
    pub layers: Vec<Layer>,
}

/// One layer of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Layer {
    /// Whose tables.
    pub area: AreaCode,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Exactly one of five answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// All conditions hold.
    Eligible,
    /// A condition fails whatever the rest is.
    Ineligible,
    /// Facts are missing.
    Undetermined,
    /// The text leaves it to the office.
    Discretionary,
    /// No number is in force that we know.
    NoTable,
}

impl Outcome {
    /// As results name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Ineligible => "ineligible",
            Self::Undetermined => "undetermined",
            Self::Discretionary => "discretionary",
            Self::NoTable => "noTable",
        }
    }
}

/// One benefit for one person, household or bill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// Path of the bill, such as `bills/0`.
    pub bill: Option<String>,
    /// The area whose tables decide; `null` while it is not known.
    pub area: Option<AreaCode>,
    /// Which of the person's areas that is.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["registeredArea", "usualResidence", "incidentArea", "serviceArea"])))]
    pub basis: &'static str,
    /// Whose window took the application; `null` where that was not told.
    pub accepted_at: Option<AreaCode>,
    /// What the place calls it on the day, where its tables say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local_name: Option<Arc<str>>,
    /// Who decides.
    pub decided_by: Option<AreaCode>,
    /// Which office there, where the tables say so: that of the county, or the township to which it has been handed down.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["county", "township"])))]
    pub decided_at: Option<&'static str>,
    /// Who pays.
    pub paid_by: Option<AreaCode>,
    /// What it gives: money, a lower price, or only a status that opens other doors.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["cash", "discount", "voucher", "hours", "in-kind", "status"])))]
    pub gives: &'static str,
    /// The answer.
    pub outcome: Outcome,
    /// Whether the person qualifies, whatever is known of the amount.
    pub qualifies: Option<bool>,
    /// The amount, as far as it is known; absent for a mere status and for who does not qualify.
    pub amount: Option<Amount>,
    /// What it can still come to, while that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// Amounts besides, paid for something else: once a year, say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Amount>,
    /// Who pays which part, where the tables say so; what the operator gets is not part of the amount.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub payers: Vec<PayerPart>,
    /// The most, in fen, that the person has of it on the day of the bill, unless earlier bills of the day have more; for who
    /// adds up bills.
    #[serde(skip)]
    pub day_most: Option<i64>,
    /// First month paid.
    pub first_month: Option<Month>,
    /// What it comes to in the first month paid, where that is later than the day and not the amount of the day; at least nothing
    /// where that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_amount: Option<Amount>,
    /// Month of the next review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_month: Option<Month>,
    /// Who counts as family, and why; only where the benefit is for a family.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonCounted>,
    /// What becomes of it beside the other entries, where not all of it is drawn (see `combination`).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["dropped", "replaced", "reduced"])))]
    pub combined: Option<&'static str>,
    /// Rests on what an office has decided rather than on the facts given.
    pub stated: bool,
    /// Rests on a number nobody has checked against its document yet.
    pub unconfirmed: bool,
    /// Every condition.
    pub reasons: Vec<Reason>,
    /// Paths of the facts that keep it open.
    pub needs: Vec<Arc<str>>,
    /// What the tables lack.
    pub missing: Vec<MissingCell>,
    /// Readings the text leaves open.
    pub alternatives: Vec<AlternativeAmount>,
    /// Every place where the household may apply, each with its own tables, where there are several; never added up.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<CandidateArea>,
    /// Named intermediate values, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<StepValue>>,
    /// By when it is to be decided, for who may have it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
    /// Papers that show what the conditions ask, for who may have it.
    #[serde(skip_serializing_if = "<[PaperToBring]>::is_empty")]
    pub papers: Arc<[PaperToBring]>,
    /// Table rows it rests on, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cells: Option<Vec<CellUsed>>,
}

/// What one of those who share an amount pays of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PayerPart {
    /// Who pays.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["province", "city", "district", "street", "operator"])))]
    pub payer: &'static str,
    /// Yuan.
    pub amount: Yuan,
}

/// A person named in the household: whether they count as family, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonCounted {
    /// Id of the member.
    pub member: Arc<str>,
    /// Whether they count; `null` while that is open.
    pub counted: Option<bool>,
    /// Whether the family is paid for them too.
    pub paid: Option<bool>,
    /// The grounds that hold, those for counting first.
    pub because: Vec<GroundHolds>,
}

impl Entry {
    /// Whether something certainly takes its place, whatever its own answer.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        self.combined == Some("replaced")
    }
}

impl PersonCounted {
    /// The grounds that decide: of who does not count, what leaves them out.
    #[must_use]
    pub fn decisive(&self) -> &[GroundHolds] {
        let last = self.because.len().saturating_sub(1);
        if self.counted == Some(false) { self.because.get(last..).unwrap_or_default() } else { &self.because }
    }
}

/// A ground that holds for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroundHolds {
    /// Stable code.
    pub code: &'static str,
    /// The clause.
    pub clause: Arc<Clause>,
}

/// An amount and how exactly it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Amount {
    /// How exactly it is known.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["exact", "atLeast", "upTo", "between"])))]
    pub kind: &'static str,
    /// Yuan, if it is exact.
    pub value: Option<Yuan>,
    /// Least, yuan.
    pub min: Yuan,
    /// Most, yuan; `null` if no limit is known.
    pub max: Option<Yuan>,
    /// For what it is paid.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["month", "quarter", "year", "day", "meal", "once"])))]
    pub per: &'static str,
}

impl Amount {
    /// From the least to the most; how exactly it is known follows.
    #[must_use]
    pub fn between(min: Yuan, max: Option<Yuan>, per: &'static str) -> Self {
        let kind = match max {
            None => "atLeast",
            Some(max) if max == min => "exact",
            Some(_) if min == Yuan::ZERO => "upTo",
            Some(_) => "between",
        };
        Self { kind, value: max.filter(|max| *max == min), min, max, per }
    }
}

/// The least and the most something can still come to, whatever the open facts turn out to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Range {
    /// Least, yuan.
    pub min: Yuan,
    /// Most, yuan; `null` if no limit is known.
    pub max: Option<Yuan>,
    /// `tight`: both ends can be reached, and the examples say how; `sound`: it lies within, but an end may be out of reach.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["tight", "sound"])))]
    pub bound: &'static str,
    /// Answers with which it comes to the least; only in a tight range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_with: Option<Vec<GivenFact>>,
    /// Answers with which it comes to the most; only in a tight range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_with: Option<Vec<GivenFact>>,
}

/// A number as it is told: always a text, in the form its unit is written in.
///
/// What kind it is takes as much room as the number: it is then written and read whole, which saves each reason a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Quantity {
    /// Yuan, with two decimals.
    Yuan(Yuan),
    /// A whole number.
    Whole(i64),
    /// `true` or `false`.
    Truth(bool),
}

impl Quantity {
    /// As text.
    pub fn with_text<T>(self, then: impl FnOnce(&str) -> T) -> T {
        match self {
            Self::Yuan(yuan) => then(Digits::new(yuan.fen(), 2).text()),
            Self::Whole(number) => then(Digits::new(number, 0).text()),
            Self::Truth(yes) => then(if yes { "true" } else { "false" }),
        }
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.with_text(|text| out.write_str(text))
    }
}

impl Serialize for Quantity {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| out.serialize_str(text))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Quantity {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Quantity".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "yuan with two decimals, a whole number, or true or false" })
    }
}

/// A condition for one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// Stable code.
    pub code: Arc<str>,
    /// Whether it holds; `null` while that is open.
    pub holds: Option<bool>,
    /// What keeps it open: `facts` that are missing, `tables` that lack a number, or the `office`'s choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["facts", "tables", "office"])))]
    pub open: Option<&'static str>,
    /// The clause that demands it.
    pub clause: Option<Arc<Clause>>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<Quantity>,
    /// The limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<Quantity>,
    /// What was found less the limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<Quantity>,
    /// In what these are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["yuan-per-month", "yuan", "count", "years", "truth"])))]
    pub unit: Option<&'static str>,
}

/// What the tables lack for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MissingCell {
    /// Parameter.
    pub parameter: String,
    /// The area whose table it would be in.
    pub area: AreaCode,
    /// Why there is no number, or (`only-a-limit`) no more than a floor or a ceiling.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["no-table", "not-yet", "expired", "unknown", "start-unknown", "only-a-limit"]))
    )]
    pub cause: &'static str,
    /// The last number we do know; never used and never added up.
    pub last_known: Option<LastKnown>,
}

/// A number that was in force earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LastKnown {
    /// As the table has it.
    pub value: String,
    /// For what it is paid, where the row says so: `year`, say.
    pub per: Option<&'static str>,
    /// From when (the latest possible first day).
    pub from: String,
    /// Its document.
    pub document: String,
}

/// An amount under one lawful reading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AlternativeAmount {
    /// Stable code.
    pub code: &'static str,
    /// Yuan, if it is known.
    pub amount: Option<Yuan>,
    /// The clause that leaves it open.
    pub clause: Clause,
}

/// A place where the household may apply, and what its tables give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CandidateArea {
    /// The place: it accepts, decides and pays.
    pub area: AreaCode,
    /// The member through whom the household applies there.
    pub via: Option<Arc<str>>,
    /// The rule that lets it.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["registered", "registered-and-resident", "residence-permit"])))]
    pub rule: &'static str,
    /// Whether the law certainly lets it; `null` while a fact or a rule is not known.
    pub holds: Option<bool>,
    /// The answer there.
    pub outcome: Outcome,
    /// Whether the household qualifies there.
    pub qualifies: Option<bool>,
    /// The amount there.
    pub amount: Option<Amount>,
}

/// By when an application is to be decided (办理时限).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Deadline {
    /// The `usual` one, one that was `extended` in a difficult case, or where the township decides itself (`delegated`).
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["usual", "extended", "delegated"])))]
    pub kind: &'static str,
    /// Working days it may take.
    pub working_days: u32,
    /// The day before the first that counts: the office received the case, or the papers were complete; absent while not told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Date>,
    /// `official`: by the year's calendar of holidays; `weekends-only`: that is not known, and only weekends are counted off.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["official", "weekends-only"])))]
    pub calendar: Option<&'static str>,
    /// Nobody has checked the row, or the calendar, against its document.
    pub unconfirmed: bool,
    /// Where it is written.
    pub clause: Arc<Clause>,
}

/// A named intermediate value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepValue {
    /// Stable code.
    pub code: &'static str,
    /// The value, once it is known.
    pub value: Option<Quantity>,
    /// In what it is counted.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["yuan-per-month", "yuan", "count", "years", "truth"])))]
    pub unit: &'static str,
    /// The table rows it rests on; empty unless cells were asked for.
    pub cells: Vec<CellUsed>,
}

/// A table row an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellUsed {
    /// Parameter.
    pub parameter: String,
    /// The area whose table it is in.
    pub area: AreaCode,
    /// Row, from 0 at the top.
    pub row: usize,
    /// The value as the table has it.
    pub value: String,
    /// First day (the latest possible).
    pub from: String,
    /// Its clause.
    pub clause: Clause,
    /// How sure we are of it.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["A", "A1", "A-calc", "A2", "A*", "A3"])))]
    pub grade: &'static str,
    /// Not yet checked against its document.
    pub unconfirmed: bool,
}

/// A fact that can still change something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Need {
    /// Its path.
    pub path: Arc<str>,
    /// The benefits it matters for.
    pub benefits: Vec<Arc<str>>,
}

/// A remark on what was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Issue {
    /// Stable code.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = [
            "card-contradicted", "fact-not-used", "standing-contradicted", "ability-contradicted", "absence-contradicted",
            "parent-contradicted"
        ]))
    )]
    pub code: &'static str,
    /// Where.
    pub path: String,
}

/// One benefit applied for at another place than the one that decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Crossing {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member.
    pub member: Option<Arc<str>>,
    /// The area whose window takes the application.
    pub accepted_at: AreaCode,
    /// The area that decides.
    pub decided_by: AreaCode,
    /// The area that pays.
    pub paid_by: AreaCode,
    /// By when each step is to be done; empty while the day the papers were complete is not known.
    pub clock: Vec<ClockStep>,
    /// Papers to bring, by code.
    pub papers: Vec<&'static str>,
    /// Where it is written.
    pub clause: Clause,
}

/// One step of a case and its last day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClockStep {
    /// To the deciding office, the decision, and telling the applicant.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["push", "decide", "notify"])))]
    pub step: &'static str,
    /// Working days it may take.
    pub working_days: u32,
    /// The day before the first that counts.
    pub from: Date,
    /// The last day.
    pub by: Date,
    /// `official`: by the year's calendar of holidays; `weekends-only`: that is not known, and only weekends are counted off.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["official", "weekends-only"])))]
    pub calendar: &'static str,
    /// Nobody has checked the calendar against the State Council's notice.
    pub unconfirmed: bool,
}

/// Identifies a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Receipt {
    /// SHA-256 of the household's text.
    pub household: String,
    /// SHA-256 of engine, packs, household, date and answers.
    pub digest: String,
}
