//! The comparison of the current and the proposed tables, household by household, so that a page can show how far it is
//! and stop it.

use std::sync::Arc;

use huisuan_core::check::{Person, people_in};
use huisuan_core::compare::{Change, ChangeKind, Comparison, EntryChange, RowSeen, Tally};
use huisuan_core::error::{FactError, TableError};
use huisuan_core::tables::{Lapse, Tables};
use huisuan_core::{Engine, Question};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::draft::Draft;
use crate::people::completed;

/// People tried for one change, until one is found whose answer it changes.
const PEOPLE_TRIED: usize = 24;

/// Both sets of tables, and what has been counted so far.
#[derive(Debug)]
pub struct Running {
    old: Arc<Engine>,
    new: Arc<Engine>,
    comparison: Comparison,
    tally: Tally,
}

/// Somebody for whom a change matters.
#[derive(Debug, Serialize)]
pub struct Concerned {
    /// Position of the change.
    pub change: usize,
    /// The person, and the day.
    pub person: Person,
    /// The household, complete.
    pub household: String,
    /// What comes out differently.
    pub entries: Vec<EntryChange>,
}

/// One household compared.
#[derive(Debug, Serialize)]
pub struct Compared {
    /// Its line, from 1.
    pub line: usize,
    /// The day.
    pub date: String,
    /// What comes out differently.
    pub entries: Vec<EntryChange>,
    /// Why it could not be decided.
    pub errors: Vec<FactError>,
}

#[derive(serde::Deserialize)]
struct Line<'l> {
    #[serde(default)]
    date: Option<String>,
    #[serde(borrow)]
    household: &'l RawValue,
}

impl Running {
    /// Loads both sides of a draft. Where a standard ends with its year, nothing is in force on the first day of the next
    /// and nobody could be said to gain: with `carried`, the changed tables go on until replaced, on both sides.
    ///
    /// # Errors
    /// What keeps either from being used.
    pub fn new(draft: &Draft, also: Option<&str>, carried: bool) -> Result<Self, Vec<TableError>> {
        let changed = draft.changed();
        let ready = |mut tables: Tables| {
            for table in tables.all_mut().filter(|table| carried && changed.contains(&table.file)) {
                table.lapse = Lapse::UntilReplaced;
            }
            Arc::new(Engine::new(tables))
        };
        let (old, new) = (ready(draft.current(also)?), ready(draft.proposed(also)?));
        let comparison = Comparison::new(Arc::clone(&old), Arc::clone(&new));
        let tally = Tally::new(comparison.changes().len());
        Ok(Self { old, new, comparison, tally })
    }

    /// What differs between the tables.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        self.comparison.changes()
    }

    /// What has been counted.
    #[must_use]
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The engine of the current or of the proposed tables.
    #[must_use]
    pub fn engine(&self, is_proposed: bool) -> &Engine {
        if is_proposed { &self.new } else { &self.old }
    }

    /// Forgets what has been counted.
    pub fn restart(&mut self) {
        self.tally = Tally::new(self.comparison.changes().len());
    }

    /// Compares one line of NDJSON and counts it: a household, or `{ "date": …, "household": … }`.
    pub fn line(&mut self, number: usize, text: &str, day: &str) -> Compared {
        let wrapped: Option<Line<'_>> = serde_json::from_str(text).ok();
        let (date, household) = match &wrapped {
            Some(line) => (line.date.as_deref().unwrap_or(day), line.household.get()),
            None => (day, text),
        };
        let mut found = Compared { line: number, date: date.to_owned(), entries: Vec::new(), errors: Vec::new() };
        match self.comparison.household(household, Question::on(date)) {
            Ok(entries) => {
                self.tally.add(&entries);
                found.entries = entries;
            }
            Err(errors) => found.errors = errors,
        }
        found
    }

    /// For each change of a row somebody whom it concerns, with what comes out differently for them.
    pub fn concerned(&mut self) -> Vec<Concerned> {
        let changes: Vec<(usize, Change)> = self.changes().iter().cloned().enumerate().collect();
        changes.into_iter().filter_map(|(at, change)| self.someone(at, &change)).collect()
    }

    fn someone(&mut self, at: usize, change: &Change) -> Option<Concerned> {
        let in_new = |seen: &Option<RowSeen>| seen.as_ref().map(|seen| seen.row);
        let sides: [(&Tables, Option<usize>); 2] =
            [(self.new.tables(), in_new(&change.after)), (self.old.tables(), in_new(&change.before))];
        let people = sides.into_iter().filter_map(|(tables, row)| {
            let table = tables.table(&change.parameter, change.area)?;
            let rows: Vec<usize> = match change.kind {
                // The head and the whole table concern whoever is in its newest rows.
                ChangeKind::TableAdded | ChangeKind::TableRemoved | ChangeKind::HeadChanged => (0..table.rows.len().min(3)).collect(),
                _ => row.into_iter().collect(),
            };
            Some(rows.into_iter().flat_map(|row| people_in(tables, table, row)).collect::<Vec<Person>>())
        });
        let people: Vec<Person> = people.flatten().take(PEOPLE_TRIED).collect();
        let mut first = None;
        for person in people {
            let date = person.date.to_string();
            let household = completed(&person.household, &date);
            let entries = self.comparison.household(&household, Question::on(&date)).unwrap_or_default();
            let concerns = entries.iter().any(|entry| entry.because.contains(&at));
            let concerned = Concerned { change: at, person, household, entries };
            if concerns {
                return Some(concerned);
            }
            first.get_or_insert(concerned);
        }
        first
    }
}
