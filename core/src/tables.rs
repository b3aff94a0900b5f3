//! Policy tables: every number beside its source, dated, and looked up by parameter, area and day.

pub mod beside;
mod cells;
pub mod condition;
mod lookup;
pub mod pack;
pub mod parameters;
mod read;
pub mod relation;
mod row;
pub mod rules;
pub mod sheet;
pub mod subject;
pub mod values;
pub mod words;
pub mod write;

use std::sync::Arc;

use litemap::LiteMap;
use serde::Serialize;

use crate::area::{AreaCode, Areas};
use crate::calendar::Calendar;
use crate::date::Date;
use crate::formula::{Basis, Gives, Per};
use crate::household::dictionary::BillCategory;
use crate::source::{Clause, Grade};
pub use condition::Condition;
pub(crate) use lookup::lapse_day;
pub use lookup::{Answer, AsOf, Found, Group, State};
pub use read::load;
pub use relation::{Relation, RelationKind};
pub use values::{Bound, CellValue, Limits, PAYERS, PayerShare, Reference};

/// Everything the tables say: areas, documents, zones, calendar and rows.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// All areas.
    pub areas: Areas,
    /// Workdays and holidays.
    pub calendar: Calendar,
    /// Documents by id.
    pub documents: LiteMap<String, Document>,
    /// Zones inside cities, with dated members.
    pub zones: Vec<Zone>,
    /// Benefits that are only tables.
    pub benefits: Vec<LocalBenefit>,
    /// Which levels may set a parameter, and since when.
    pub setters: Vec<Setter>,
    /// Papers that prove a condition.
    pub materials: Vec<Material>,
    /// All tables, by parameter and area.
    tables: LiteMap<String, LiteMap<AreaCode, Table>>,
    /// The layers these came from, where they came from packs.
    pub layers: LiteMap<AreaCode, String>,
}

impl Tables {
    /// All tables, parameter by parameter and area by area.
    pub fn all(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().flat_map(LiteMap::values)
    }

    /// The same, to change them.
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut Table> {
        self.tables.iter_mut().flat_map(|(_, areas)| areas.iter_mut().map(|(_, table)| table))
    }

    /// Whether any area has set a parameter.
    pub(crate) fn has(&self, parameter: &str) -> bool {
        self.tables.get(parameter).is_some_and(|areas| !areas.is_empty())
    }

    /// The table of a parameter that an area has set.
    #[must_use]
    pub fn table(&self, parameter: &str, area: AreaCode) -> Option<&Table> {
        self.tables.get(parameter)?.get(&area)
    }

    /// The same, to change it.
    pub(crate) fn table_mut(&mut self, parameter: &str, area: AreaCode) -> Option<&mut Table> {
        self.tables.get_mut(parameter)?.get_mut(&area)
    }

    /// Adds a table; gives back the one that stood in its place.
    pub(crate) fn add(&mut self, table: Table) -> Option<Table> {
        self.tables.entry(table.parameter.clone()).or_default().insert(table.area, table)
    }

    /// Takes a table out.
    pub(crate) fn remove(&mut self, parameter: &str, area: AreaCode) -> Option<Table> {
        self.tables.get_mut(parameter)?.remove(&area)
    }
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
    /// Whose register it is in: it can be named by that area and by those in it.
    #[serde(skip)]
    pub area: AreaCode,
}

/// A part of a city with its own numbers (七区、三市).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Its id.
    pub id: String,
    /// Whose register it is in.
    pub area: AreaCode,
    /// Areas, and from and until when they belong to it (`None`: as long as we know, and to this day).
    pub members: Vec<(AreaCode, Option<Date>, Option<Date>)>,
}

/// A benefit that needs no Rust: its table says who and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalBenefit {
    /// Its id, which is also its parameter.
    pub id: String,
    /// Which bills it concerns; none if it concerns a member.
    pub bills: Vec<BillCategory>,
    /// Which of the person's areas decides.
    pub basis: Basis,
    /// What it gives.
    pub gives: Gives,
    /// For what it is paid where a row does not say so.
    pub per: Per,
    /// Whom it can be for at all: completed years.
    pub age_from: Option<i64>,
    /// Only some places have it: where no table names it, there is nothing to say about it.
    pub only_where_listed: bool,
    /// The discount on the same bill that comes first; what it leaves is the bill.
    pub after: Option<String>,
    /// Nothing to do with the price: it pays for something beside, such as bringing a meal.
    pub beside_price: bool,
}

/// The papers that go with a condition (申请材料).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// The condition's code.
    pub reason: Arc<str>,
    /// Codes of the papers.
    pub papers: Vec<Arc<str>>,
    /// The office looks it up itself; the paper is asked for only where that fails.
    pub checked_online: bool,
    /// Where the condition is written.
    pub clause: Clause,
}

/// A level of government that may set a parameter for a time (谁有权规定).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setter {
    /// The parameter.
    pub parameter: String,
    /// First day.
    pub from: Date,
    /// First day on which it no longer may.
    pub until: Option<Date>,
    /// The levels.
    pub levels: Vec<Level>,
    /// Who says so.
    pub clause: Clause,
}

/// A level of government.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// 国家
    Nation,
    /// 省、自治区、直辖市
    Province,
    /// 设区的市
    City,
    /// 县、区
    County,
}

impl Level {
    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nation => "nation",
            Self::Province => "province",
            Self::City => "city",
            Self::County => "county",
        }
    }
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
    /// Day on which it was typed in.
    pub transcribed: Option<Date>,
    /// How many rows there are, counted by hand: a row that is lost is noticed.
    pub row_count: Option<usize>,
    /// For whom there must be a row on every day a row is in force; `None` if the table does not say.
    pub covers: Option<Vec<Condition>>,
    /// Day on which a second person compared every row with its document.
    pub confirmed: Option<Date>,
    /// Findings of `huisuan check` that are right as they are, each with the reason.
    pub accepts: Vec<(String, String)>,
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
    /// Day it was made public, where that is not the first day.
    pub published: Option<Date>,
    /// First day from which it was paid, where that is not the first day; what lies between is paid later.
    pub paid_from: Option<Date>,
    /// Whom it concerns; all must hold.
    pub when: Vec<Condition>,
    /// What it says.
    pub value: CellValue,
    /// For what the amount is paid, where that is not what the benefit is paid for.
    pub per: Option<Per>,
    /// Whether the value is a floor or a ceiling.
    pub bound: Option<Bound>,
    /// Whoever sets the number below this level may not set less than was paid there before (不低于上年).
    pub not_below_before: bool,
    /// Who pays which part.
    pub payers: Vec<PayerShare>,
    /// How often it can be had.
    pub limits: Option<Limits>,
    /// The area whose authority set it, where that is not the table's own.
    pub set_by: Option<AreaCode>,
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
    /// The line it stands on.
    pub line: u32,
}
