//! What differs between two sets of tables, and taking some of it back.

use serde::Serialize;

use crate::area::AreaCode;
use crate::order::{AppendAll as _, Listed as _, ordered};
use crate::tables::{Table, TableRow, Tables};

/// One difference between two sets of tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// What kind of difference.
    #[serde(rename = "change")]
    pub kind: ChangeKind,
    /// The parameter; `zones`, `calendar` or `benefits` for a register.
    pub parameter: String,
    /// Whose table.
    pub area: AreaCode,
    /// The row as it was.
    pub before: Option<RowSeen>,
    /// The row as it is now.
    pub after: Option<RowSeen>,
}

/// What kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A table there was none of.
    TableAdded,
    /// A table that is gone.
    TableRemoved,
    /// What the head says of all rows: when they lapse, which of them counts …
    HeadChanged,
    /// A new row.
    RowAdded,
    /// A row that is gone.
    RowRemoved,
    /// A row that says something else.
    RowChanged,
    /// Zones, calendar or list of benefits.
    RegisterChanged,
}

/// A row of one of the two tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RowSeen {
    /// Row, from 0 at the top.
    pub row: usize,
    /// The value as the table has it.
    pub value: String,
    /// First day (the latest possible).
    pub from: String,
    /// Its document.
    pub document: String,
}

impl RowSeen {
    fn new(table: &Table, number: usize) -> Option<Self> {
        let row = table.rows.get(number)?;
        let (value, from, document) = (row.written.clone(), row.from.not_after.to_string(), row.clause.document.clone());
        Some(Self { row: number, value, from, document })
    }
}

/// Everything that can make a decision come out differently.
#[must_use]
pub fn changes(old: &Tables, new: &Tables) -> Vec<Change> {
    let mut found = Vec::new();
    let registers =
        [("zones", old.zones != new.zones), ("calendar", old.calendar != new.calendar), ("benefits", old.benefits != new.benefits)];
    for (name, _) in registers.into_iter().filter(|(_, differs)| *differs) {
        let (parameter, area) = (name.to_owned(), AreaCode::NATION);
        found.push(Change { kind: ChangeKind::RegisterChanged, parameter, area, before: None, after: None });
    }
    for (parameter, area) in ordered(old.all().chain(new.all()).map(|table| (table.parameter.as_str(), table.area))) {
        let whole = |kind| Change { kind, parameter: parameter.to_owned(), area, before: None, after: None };
        match (old.table(parameter, area), new.table(parameter, area)) {
            (Some(before), Some(after)) => {
                if head(before) != head(after) {
                    found.push(whole(ChangeKind::HeadChanged));
                }
                found.append_all(of_rows(before, after));
            }
            (Some(_), None) => found.push(whole(ChangeKind::TableRemoved)),
            _ => found.push(whole(ChangeKind::TableAdded)),
        }
    }
    found
}

/// What the head of a table says that counts for its rows.
fn head(table: &Table) -> impl PartialEq {
    (table.lapse, table.last_seen, table.otherwise, table.hit)
}

/// Rows that are the same stand for themselves; of the others, those that begin on the same day for the same people
/// belong together, then those for the same people.
fn of_rows(before: &Table, after: &Table) -> Vec<Change> {
    let mut left: Vec<usize> = (0..before.rows.len()).listed();
    let mut right: Vec<usize> = (0..after.rows.len()).listed();
    let mut pairs = Vec::new();
    let alike: [fn(&TableRow, &TableRow) -> bool; 3] = [
        is_same,
        |a, b| a.when == b.when && a.from == b.from && a.reason == b.reason && a.per == b.per,
        |a, b| a.when == b.when && a.reason == b.reason && a.per == b.per && a.value == b.value,
    ];
    for (round, alike) in alike.into_iter().enumerate() {
        left.retain(|number| {
            let partner = right.iter().position(|other| match (before.rows.get(*number), after.rows.get(*other)) {
                (Some(row), Some(other)) => alike(row, other),
                _ => false,
            });
            let Some(partner) = partner else { return true };
            let other = right.remove(partner);
            if round > 0 {
                pairs.push((*number, other));
            }
            false
        });
    }
    let change = |kind, old: Option<usize>, new: Option<usize>| Change {
        kind,
        parameter: before.parameter.clone(),
        area: before.area,
        before: old.and_then(|number| RowSeen::new(before, number)),
        after: new.and_then(|number| RowSeen::new(after, number)),
    };
    let changed = pairs.into_iter().map(|(old, new)| change(ChangeKind::RowChanged, Some(old), Some(new)));
    let removed = left.into_iter().map(|old| change(ChangeKind::RowRemoved, Some(old), None));
    let added = right.into_iter().map(|new| change(ChangeKind::RowAdded, None, Some(new)));
    changed.chain(removed).chain(added).listed()
}

/// Whether two rows say the same, on whatever line.
fn is_same(a: &TableRow, b: &TableRow) -> bool {
    *a == TableRow { line: a.line, written: a.written.clone(), ..b.clone() }
}

/// The new tables with these changes taken back.
#[must_use]
pub fn reverted<'c>(old: &Tables, new: &Tables, taken_back: impl IntoIterator<Item = &'c Change>) -> Tables {
    let mut tables = new.clone();
    let mut rows: Vec<((&str, AreaCode), Vec<&Change>)> = Vec::new();
    for change in taken_back {
        let (parameter, area) = (change.parameter.as_str(), change.area);
        match change.kind {
            ChangeKind::RegisterChanged => match parameter {
                "zones" => tables.zones.clone_from(&old.zones),
                "calendar" => tables.calendar.clone_from(&old.calendar),
                _ => tables.benefits.clone_from(&old.benefits),
            },
            ChangeKind::TableAdded => drop(tables.remove(parameter, area)),
            ChangeKind::TableRemoved => drop(old.table(parameter, area).and_then(|table| tables.add(table.clone()))),
            ChangeKind::HeadChanged => {
                if let (Some(table), Some(before)) = (tables.table_mut(parameter, area), old.table(parameter, area)) {
                    (table.lapse, table.last_seen) = (before.lapse, before.last_seen);
                    (table.otherwise, table.hit) = (before.otherwise, before.hit);
                }
            }
            ChangeKind::RowAdded | ChangeKind::RowRemoved | ChangeKind::RowChanged => {
                match rows.iter_mut().find(|(known, _)| *known == (parameter, area)) {
                    Some((_, changes)) => changes.push(change),
                    None => rows.push(((parameter, area), vec![change])),
                }
            }
        }
    }
    for ((parameter, area), changes) in rows {
        let (before, after) = (old.table(parameter, area), new.table(parameter, area));
        if let (Some(table), Some(before), Some(after)) = (tables.table_mut(parameter, area), before, after) {
            table.rows = rows_reverted(before, after, &changes);
        }
    }
    tables
}

fn rows_reverted(before: &Table, after: &Table, changes: &[&Change]) -> Vec<TableRow> {
    let position = |seen: &Option<RowSeen>| seen.as_ref().map(|seen| seen.row);
    let mut rows = Vec::new();
    for (number, row) in after.rows.iter().enumerate() {
        match changes.iter().find(|change| position(&change.after) == Some(number)) {
            None => rows.push(row.clone()),
            // A row that was added is gone again, one that was changed is as it was.
            Some(change) => rows.append_all(position(&change.before).and_then(|old| before.rows.get(old)).cloned()),
        }
    }
    for old in changes.iter().filter(|change| change.after.is_none()).filter_map(|change| position(&change.before)) {
        if let Some(row) = before.rows.get(old) {
            rows.insert(old.min(rows.len()), row.clone());
        }
    }
    rows
}
