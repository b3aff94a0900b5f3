//! What is wrong, or at least odd, with tables that load: gaps, overlaps, holes in time, numbers that fall where they
//! should rise. Each finding names its row, and the person it concerns where there is one.

mod axis;
mod cases;
mod links;
mod order;
mod people;
mod rows;
mod space;

pub use cases::{BoundaryCase, BoundaryCases, boundary_cases, people_in};
pub use links::{NEWSPAPERS, leads_to};

use serde::Serialize;

use crate::date::Date;
use crate::error::TableError;
use crate::order::AppendAll as _;
use crate::tables::{Table, Tables};

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What and where.
    #[serde(flatten)]
    pub error: TableError,
    /// The person it concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
}

/// Someone whom a finding concerns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Person {
    /// The day.
    pub date: Date,
    /// What matters about the person: dimension and value, as in a table.
    pub traits: Vec<Trait>,
    /// A household of this person, as JSON text: the beginning of a scenario.
    pub household: String,
}

/// One thing that matters about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Trait {
    /// The dimension, such as `ageYears`.
    pub dimension: &'static str,
    /// The value, such as `72`.
    pub value: String,
}

/// Everything there is to find, in the order of the tables.
#[must_use]
pub fn check(tables: &Tables) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in tables.all() {
        findings.append_all(check_table(tables, table));
    }
    findings.append_all(order::cycles(tables));
    findings.append_all(links::check(tables));
    findings
}

/// What there is to find in one of the tables.
#[must_use]
pub fn check_table(tables: &Tables, table: &Table) -> Vec<Finding> {
    let mut own = Found { table, findings: Vec::new() };
    rows::check(tables, &mut own);
    order::check(tables, &mut own);
    people::check(tables, &mut own);
    own.findings
}

/// Collects the findings of one table, but for those the table accepts with a reason.
struct Found<'t> {
    table: &'t Table,
    findings: Vec<Finding>,
}

impl Found<'_> {
    fn add(&mut self, code: &'static str, row: Option<usize>, field: &str, got: String, expected: String, person: Option<Person>) {
        let same = |known: &Finding| {
            known.error.code == code && known.error.row == row.map(|row| row.saturating_add(1)) && known.error.field == field
        };
        if self.table.accepts.iter().any(|(accepted, _)| accepted == code) || self.findings.iter().any(same) {
            return;
        }
        let line = row.and_then(|row| self.table.rows.get(row)).map_or(1, |row| row.line);
        let row = row.map(|row| row.saturating_add(1));
        let error = TableError { code, file: self.table.file.clone(), line, row, field: field.to_owned(), got, expected };
        self.findings.push(Finding { error, person });
    }
}
