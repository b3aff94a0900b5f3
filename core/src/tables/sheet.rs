//! A table as a sheet of text cells and back, without loss: clerks work in spreadsheets.
//!
//! First the head, one field in each line; an empty line; the names of the columns; then one line for each row. What is
//! said often has a short form (`80–89`, `1.5 × minimum-living-standard`); anything else stands in its cell as JSON.

mod cell;

use std::collections::BTreeMap;

use serde::Serialize;

use super::condition::DIMENSIONS;
use super::parameters::{self, ValueKind};
use super::write;
use super::write::{HEAD, ROW, quoted};
use crate::json::{self, Json, Limits};
use crate::order::{AppendAll as _, Listed as _};
pub use cell::Kind;

/// Columns that are there even where no row fills them: what somebody who adds a row will need.
const ALWAYS: &[&str] = &["from", "until", "value", "document", "article", "quote", "grade", "unconfirmed", "note"];

/// A cell that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SheetError {
    /// Stable code.
    pub code: &'static str,
    /// Line of the sheet, from 1.
    pub line: usize,
    /// Column, from 1; 0 if the line as a whole is meant.
    pub column: usize,
    /// What stands there.
    pub got: String,
    /// What would have been accepted.
    pub expected: String,
}

/// What a field holds, in the head or in a row of a table of `parameter`.
#[must_use]
pub fn kind_of(field: &str, parameter: &str) -> Kind {
    let dimension = field.strip_prefix("when.").or_else(|| field.strip_prefix("covers."));
    match (field, dimension) {
        (_, Some(name)) => cell::dimension(name),
        ("from" | "until" | "published" | "paidFrom" | "transcribed" | "confirmed" | "lastSeen", _) => Kind::Day,
        ("unconfirmed" | "notBelowBefore", _) => Kind::Flag,
        ("rowCount", _) => Kind::Number,
        // A name in no list is a benefit of its own, with amounts.
        ("value", _) => Kind::Value(parameters::kind(parameter, |name| name != parameter).unwrap_or(ValueKind::Money)),
        ("payers", _) => Kind::Payers,
        ("limits", _) => Kind::Limits,
        _ => Kind::Text,
    }
}

/// The sheet of a table that has been found good.
#[must_use]
pub fn export(json: &Json<'_>) -> Vec<Vec<String>> {
    let parameter = json.get("parameter").and_then(Json::text).unwrap_or("");
    let mut lines: Vec<Vec<String>> = Vec::new();
    for name in HEAD {
        let Some(value) = json.get(name) else { continue };
        for (field, value) in spread(name, value) {
            let text = cell::write(kind_of(&field, parameter), value);
            lines.push(vec![field, text]);
        }
    }
    lines.push(Vec::new());
    let rows = json.get("rows").map(Json::items).unwrap_or_default();
    let columns = columns(rows);
    lines.push(columns.clone());
    for row in rows {
        let fields: BTreeMap<String, &Json<'_>> = row.entries().iter().flat_map(|(name, value)| spread(name, value)).collect();
        let cell = |column: &String| fields.get(column).map_or_else(String::new, |value| cell::write(kind_of(column, parameter), value));
        lines.push(columns.iter().map(cell).listed());
    }
    lines
}

/// Records of conditions and of reasons take a column for each of their fields.
fn spread<'j, 'a>(name: &str, value: &'j Json<'a>) -> Vec<(String, &'j Json<'a>)> {
    match name {
        "when" | "covers" | "accepts" => value.entries().iter().map(|(inner, value)| (format!("{name}.{inner}"), value)).listed(),
        _ => vec![(name.to_owned(), value)],
    }
}

/// The columns of some rows: fields in their order, dimensions in the order of the registry.
fn columns(rows: &[Json<'_>]) -> Vec<String> {
    let is_used = |name: &str| rows.iter().any(|row| row.get(name).is_some());
    let asks = |dimension: &str| rows.iter().any(|row| row.get("when").is_some_and(|when| when.get(dimension).is_some()));
    let mut columns = Vec::new();
    for name in ROW {
        if *name == "when" {
            columns.append_all(DIMENSIONS.iter().filter(|(name, _)| asks(name)).map(|(name, _)| format!("when.{name}")));
        } else if is_used(name) || ALWAYS.contains(name) {
            columns.push((*name).to_owned());
        }
    }
    columns
}

/// The text of a table's file from its sheet.
///
/// # Errors
/// Every cell that cannot be read. Whether the table is a good one is for [`super::load`] to say.
pub fn import(lines: &[Vec<String>]) -> Result<String, Vec<SheetError>> {
    let mut reading = Reading { lines, errors: Vec::new(), parameter: String::new() };
    let Some(titles) = lines.iter().position(|line| line.first().is_some_and(|first| first.trim() == "from")) else {
        return Err(vec![SheetError {
            code: "no-columns",
            line: lines.len(),
            column: 0,
            got: String::new(),
            expected: "a line of column names that begins with `from`".to_owned(),
        }]);
    };
    let head = reading.head(titles);
    let rows = reading.rows(titles);
    if !reading.errors.is_empty() {
        return Err(reading.errors);
    }
    let text = format!("{{{head},\"rows\":[{}]}}", rows.join(","));
    match json::read(&text, Limits::TABLES) {
        Ok(json) => Ok(write::table(&json)),
        Err(errors) => {
            let told = errors.into_iter().map(|error| SheetError {
                code: error.code,
                line: 0,
                column: 0,
                got: error.got,
                expected: "cells that make a table".to_owned(),
            });
            Err(told.listed())
        }
    }
}

struct Reading<'l> {
    lines: &'l [Vec<String>],
    errors: Vec<SheetError>,
    parameter: String,
}

impl Reading<'_> {
    fn wrong(&mut self, code: &'static str, line: usize, column: usize, got: &str, expected: String) {
        let (line, column) = (line.saturating_add(1), column.saturating_add(1));
        self.errors.push(SheetError { code, line, column, got: json::shorten(got), expected });
    }

    /// The fields above the line of column names, as the inside of a JSON record.
    fn head(&mut self, titles: usize) -> String {
        let lines = self.lines;
        let above = lines.iter().take(titles).enumerate().filter_map(|(at, line)| Some((at, line.first()?.trim(), line.get(1)?.as_str())));
        self.parameter =
            above.clone().find(|(_, name, _)| *name == "parameter").map_or_else(String::new, |(.., value)| value.trim().to_owned());
        let mut parts = Parts::default();
        for (at, name, value) in above {
            if name.is_empty() || name.starts_with('#') || value.is_empty() {
                continue;
            }
            let outer = name.split('.').next().unwrap_or(name);
            if !HEAD.contains(&outer) {
                self.wrong("unknown-field", at, 0, name, HEAD.join(", "));
            } else if let Some(json) = self.cell(name, value, at, 1) {
                parts.add(name, &json);
            }
        }
        parts.written()
    }

    /// The rows below it, each as a JSON record.
    fn rows(&mut self, titles: usize) -> Vec<String> {
        let lines = self.lines;
        let names: Vec<&str> = lines.get(titles).map(|line| line.iter().map(|name| name.trim()).listed()).unwrap_or_default();
        for (column, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            let known = match name.strip_prefix("when.") {
                Some(dimension) => DIMENSIONS.iter().any(|(known, _)| *known == dimension),
                None => *name != "when" && ROW.contains(name),
            };
            if !known {
                self.wrong("unknown-field", titles, column, name, ROW.join(", "));
            } else if names.iter().take(column).any(|before| before == name) {
                self.wrong("duplicate-column", titles, column, name, "each column once".to_owned());
            }
        }
        let mut rows = Vec::new();
        for (at, line) in lines.iter().enumerate().skip(titles.saturating_add(1)) {
            if line.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let mut parts = Parts::default();
            for (column, value) in line.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
                match names.get(column).filter(|name| !name.is_empty()) {
                    Some(name) => {
                        if let Some(json) = self.cell(name, value, at, column) {
                            parts.add(name, &json);
                        }
                    }
                    None => self.wrong("no-column", at, column, value, "an empty cell, or a name above it".to_owned()),
                }
            }
            rows.push(format!("{{{}}}", parts.written()));
        }
        rows
    }

    /// A cell as JSON text.
    fn cell(&mut self, field: &str, text: &str, line: usize, column: usize) -> Option<String> {
        match cell::read(kind_of(field, &self.parameter), text) {
            Ok(json) => Some(json),
            Err(expected) => {
                self.wrong("wrong-cell", line, column, text, expected.to_owned());
                None
            }
        }
    }
}

/// Fields of a record being put together; `when.sex` goes inside `when`.
#[derive(Default)]
struct Parts {
    fields: Vec<(String, String)>,
}

impl Parts {
    fn add(&mut self, name: &str, json: &str) {
        let (outer, entry) = match name.split_once('.') {
            Some((outer, inner)) => (outer, format!("{}:{json}", quoted(inner))),
            None => {
                self.fields.push((name.to_owned(), json.to_owned()));
                return;
            }
        };
        match self.fields.iter_mut().find(|(known, _)| known == outer) {
            Some((_, inside)) => {
                inside.truncate(inside.len().saturating_sub(1));
                inside.push(',');
                inside.push_str(&entry);
                inside.push('}');
            }
            None => self.fields.push((outer.to_owned(), format!("{{{entry}}}"))),
        }
    }

    fn written(&self) -> String {
        self.fields.iter().map(|(name, json)| format!("{}:{json}", quoted(name))).listed().join(",")
    }
}
