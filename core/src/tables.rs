//! Policy tables: every number beside its source, dated, and looked up by parameter, area and day.

mod lookup;
pub mod pack;
pub mod parameters;
mod read;
pub mod rules;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::area::{AreaCode, Areas};
use crate::calendar::Calendar;
use crate::date::Date;
use crate::household::dictionary::{AbilityLevel, Benefit, DayKind, DisabilityKind, Meal, Settlement, Status};
use crate::money::{Rate, Rounding, Yuan};
use crate::source::{Clause, Grade};
pub use lookup::{Answer, Found, Group, State};
pub use read::load;

/// Everything the tables say: areas, documents, zones, calendar and rows.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// All areas.
    pub areas: Areas,
    /// Workdays and holidays.
    pub calendar: Calendar,
    /// Documents by id.
    pub documents: BTreeMap<String, Document>,
    /// Zones inside cities, with dated members.
    pub zones: Vec<Zone>,
    /// Benefits that are only tables.
    pub benefits: Vec<LocalBenefit>,
    /// All tables, by parameter and area.
    pub tables: BTreeMap<(String, AreaCode), Table>,
    /// The layers these came from, where they came from packs.
    pub layers: BTreeMap<AreaCode, String>,
}

/// An official document (文件).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Title as published.
    pub title: String,
    /// Number (文号), where known.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Issued on; a day, a month or a year.
    pub issued: Option<String>,
    /// In force from.
    pub in_force: Option<String>,
    /// Address at a government or newspaper site.
    pub link: Option<String>,
}

/// A part of a city with its own numbers (七区、三市).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its id.
    pub id: String,
    /// Areas and since when they belong to it (`None`: as long as we know).
    pub members: Vec<(AreaCode, Option<Date>)>,
}

/// A benefit that needs no Rust: its table says who and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalBenefit {
    /// Its id, which is also its parameter.
    pub id: String,
    /// Whether it concerns a bill rather than a member.
    pub is_bill: bool,
}

/// What happens after a table's last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// It ends with the year in which it began.
    YearEnd,
    /// It goes on; after `last_seen` unconfirmed.
    UntilReplaced,
    /// Only the rows' own `until` end anything.
    AtUntil,
}

/// What a person outside all rows is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// The table covers everyone it means: not eligible.
    Ineligible,
    /// We do not know.
    Unknown,
}

/// Which row counts when several fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// Only one can fit.
    Unique,
    /// The first in the table's order.
    First,
    /// The one that gives most.
    Highest,
    /// Every row counts for itself.
    All,
}

/// One parameter of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Parameter.
    pub parameter: String,
    /// Area.
    pub area: AreaCode,
    /// File it was read from.
    pub file: String,
    /// What happens after the last row.
    pub lapse: Lapse,
    /// Last day it was seen in force.
    pub last_seen: Option<Date>,
    /// What a person outside all rows is.
    pub otherwise: Otherwise,
    /// Which row counts.
    pub hit: Hit,
    /// Rows, newest first.
    pub rows: Vec<TableRow>,
}

/// A first day that may be known only within limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Start {
    /// Not before this day.
    pub not_before: Date,
    /// Not after this day; the same if the day is known.
    pub not_after: Date,
}

/// One dated row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// First day.
    pub from: Start,
    /// First day on which it no longer holds.
    pub until: Option<Start>,
    /// Whom it concerns; all must hold.
    pub when: Vec<Condition>,
    /// What it says.
    pub value: CellValue,
    /// Whether the value is a floor or a ceiling.
    pub bound: Option<Bound>,
    /// Where it is written.
    pub clause: Clause,
    /// How sure we are.
    pub grade: Grade,
    /// Not yet checked by a second person.
    pub unconfirmed: bool,
    /// Stable code of an exclusion.
    pub reason: Option<String>,
    /// The value as written, to show.
    pub written: String,
}

/// A value that is not the amount itself but a limit to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// 不低于: at least this.
    AtLeast,
    /// 指导标准: lower levels set their own, not below this.
    Guide,
    /// 最高: at most this.
    UpTo,
}

/// Whom a row concerns; the closed registry of dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Town or village side.
    Settlement(Settlement),
    /// The area belongs to one of these zones; settled when the formula is built.
    Zone(Vec<String>),
    /// The household's category.
    Category(Vec<Status>),
    /// Completed years: at least, below.
    AgeYears(Option<i64>, Option<i64>),
    /// Grade of the most severe disability.
    DisabilityGrade(Vec<i64>),
    /// A disability of one of these kinds and grades.
    Disability(Vec<(Vec<DisabilityKind>, Vec<i64>)>),
    /// Two kinds of disability or more (多重残疾).
    SeveralDisabilities,
    /// Assessed ability level.
    AbilityLevel(Vec<AbilityLevel>),
    /// One-child family in special hardship (计划生育特殊家庭).
    FamilyPlanningSpecial(bool),
    /// Registered in this area.
    RegisteredIn(AreaCode),
    /// Lives in this area.
    LivesIn(AreaCode),
    /// Draws this.
    Receiving(Benefit),
    /// Draws this in full.
    ReceivingInFull(Benefit),
    /// Certificate of a disabled soldier or police officer, of one of these grades.
    ServiceInjury(Vec<i64>),
    /// Which meal.
    Meal(Vec<Meal>),
    /// Which kind of day.
    DayKind(Vec<DayKind>),
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// Yuan.
    Money(Yuan),
    /// A ratio.
    Rate(Rate),
    /// One of the parameter's words.
    Word(String),
    /// A ratio of another parameter, rounded if a rounding is given.
    Ratio(Rate, String, Option<Rounding>),
    /// The same as another parameter.
    Equals(String),
    /// A share of the bill, at most the cap.
    ShareOfBill(Rate, Option<Yuan>),
    /// How to round.
    Rounding(Rounding),
    /// Not written anywhere; within one such unit either way.
    UnknownWithin(Yuan),
    /// We do not know the value.
    Unknown,
}
