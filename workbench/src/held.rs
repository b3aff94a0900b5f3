//! From when to when a row holds and for whom, in words: a row that is named by its number alone tells nobody anything.

use std::collections::BTreeMap;

use huisuan_core::json::{self, Limits};
use huisuan_core::tables::sheet::{self, Kind};

use crate::column;
use crate::tidy::shown;
use crate::words::Words;

/// Cells by field.
pub type Row = BTreeMap<String, String>;

/// A table as a sheet: head fields, and rows as records of cells.
#[derive(Debug, Default)]
pub struct Cells {
    /// The fields of the head.
    pub head: Row,
    /// The rows, from the top.
    pub rows: Vec<Row>,
}

impl Cells {
    /// From the text of a table's file; nothing at all of what is no table.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let lines = json::read(text, Limits::TABLES).map(|json| sheet::export(&json)).unwrap_or_default();
        let mut parts = lines.split(Vec::is_empty);
        let head = parts.next().unwrap_or_default();
        let (titles, rows) =
            parts.next().and_then(<[_]>::split_first).map_or((&[][..], &[][..]), |(titles, rows)| (titles.as_slice(), rows));
        let record = |row: &Vec<String>| titles.iter().cloned().zip(row.iter().cloned()).filter(|(_, text)| !text.is_empty()).collect();
        Self {
            head: head.iter().filter_map(|line| Some((line.first()?.clone(), line.get(1)?.clone()))).collect(),
            rows: rows.iter().map(record).collect(),
        }
    }
}

/// Whom a row concerns.
fn people(row: &Row) -> impl Iterator<Item = (&String, &String)> {
    row.iter().filter(|(name, _)| name.starts_with("when.") || matches!(name.as_str(), "reason" | "per"))
}

/// Whether two rows concern the same people.
#[must_use]
pub fn same_people(a: &Row, b: &Row) -> bool {
    people(a).eq(people(b))
}

/// When and for whom a row holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The first day, or the two days between which it lies; empty for the head.
    pub from: String,
    /// The day on which it ends: its own, or the first one of the next row for the same people.
    pub until: Option<String>,
    /// Conditions and what they ask, `when.settlement` and `urban`.
    pub when: Vec<(String, String)>,
}

impl Held {
    /// Of a row among the rows of its table.
    #[must_use]
    pub fn of(row: &Row, all: &[Row]) -> Self {
        let from = row.get("from").cloned().unwrap_or_default();
        let starts = all.iter().filter(|other| same_people(row, other)).filter_map(|other| other.get("from"));
        let until = row.get("until").or_else(|| starts.filter(|other| **other > from).min()).cloned();
        let when = row.iter().filter(|(name, _)| name.starts_with("when.")).map(|(name, text)| (name.clone(), text.clone()));
        Self { when: when.collect(), from, until }
    }

    /// From when to when, in words; empty for the head.
    #[must_use]
    pub fn period(&self, words: &Words) -> String {
        let day = |day: &str| match day.split_once('…') {
            Some((first, last)) => words.fill("bench.period.between", &[("first", first), ("last", last)]),
            None => day.to_owned(),
        };
        match &self.until {
            _ if self.from.is_empty() => String::new(),
            Some(until) => words.fill("bench.period.span", &[("from", &day(&self.from)), ("until", &day(until))]),
            None => words.fill("bench.period.from", &[("from", &day(&self.from))]),
        }
    }

    /// For whom, in words.
    #[must_use]
    pub fn who(&self, parameter: &str, words: &Words) -> String {
        let asked = |(field, text): &(String, String)| {
            let kind = column::kind(field, parameter);
            let said = shown(kind, text, words);
            // A name speaks for itself; what is a number or a yes needs to say of what.
            if matches!(kind, Kind::Word | Kind::Words) { said } else { format!("{} {said}", column::title(field, words)) }
        };
        let all: Vec<String> = self.when.iter().map(asked).collect();
        if all.is_empty() { words.say("bench.everybody").to_owned() } else { all.join(words.say("ui.list-separator")) }
    }
}
