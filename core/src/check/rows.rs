//! What a table's head promises: how many rows there are, that they were confirmed after they were typed in, how many are too many.

use super::Found;
use crate::area::AreaCode;
use crate::date::Date;
use crate::order::Listed as _;
use crate::tables::{Condition, Level, Tables};

/// More rows than anybody can check by eye, and than a page should carry.
const MOST_ROWS: usize = 2_000;

pub(super) fn check(tables: &Tables, found: &mut Found<'_>) {
    let table = found.table;
    match table.row_count {
        Some(count) if count == table.rows.len() => {}
        Some(count) => found.add("row-count", None, "rowCount", count.to_string(), table.rows.len().to_string(), None),
        None => found.add("row-count", None, "rowCount", "—".to_owned(), table.rows.len().to_string(), None),
    }
    if table.rows.len() > MOST_ROWS {
        found.add("too-many-rows", None, "rows", table.rows.len().to_string(), format!("≤ {MOST_ROWS}"), None);
    }
    if let (Some(confirmed), Some(transcribed)) = (table.confirmed, table.transcribed)
        && confirmed < transcribed
    {
        found.add("stale-confirmation", None, "confirmed", confirmed.to_string(), format!("≥ {transcribed}"), None);
    }
    setters(tables, found);
    documents(tables, found);
    unusual(tables, found);
}

/// Rows set by a level of government that may not set the parameter.
fn setters(tables: &Tables, found: &mut Found<'_>) {
    let table = found.table;
    for (number, row) in table.rows.iter().enumerate() {
        let setter = row.set_by.unwrap_or(table.area);
        if setter.is_synthetic() {
            continue;
        }
        let day = row.from.not_after;
        let in_force = |setter: &&crate::tables::Setter| {
            setter.parameter == table.parameter && setter.from <= day && setter.until.is_none_or(|until| day < until)
        };
        let Some(rule) = tables.setters.iter().find(in_force) else { continue };
        if !rule.levels.contains(&level(tables, setter)) {
            let levels: Vec<&str> = rule.levels.iter().map(|level| level.name()).listed();
            found.add("level-may-not-set", Some(number), "setBy", setter.to_string(), levels.join(", "), None);
        }
    }
}

/// The level of an area's government; counties directly under a province rank as its cities.
fn level(tables: &Tables, area: AreaCode) -> Level {
    match tables.areas.chain(area).count() {
        0 | 1 => Level::Nation,
        2 => Level::Province,
        3 => Level::City,
        _ => Level::County,
    }
}

/// A row that starts on another day than its document.
fn documents(tables: &Tables, found: &mut Found<'_>) {
    for (number, row) in found.table.rows.iter().enumerate() {
        let document = tables.documents.get(&row.clause.document);
        let in_force = document.and_then(|document| document.in_force.as_deref()).and_then(|day| Date::parse(day).ok());
        if let Some(day) = in_force.filter(|day| row.from.not_before == row.from.not_after && *day != row.from.not_after) {
            found.add("from-differs-from-document", Some(number), "from", row.from.not_after.to_string(), day.to_string(), None);
        }
    }
}

/// Ages beside multiples of five at which the law draws a line (刑事责任、劳动、成年).
const USUAL_AGES: [i64; 3] = [14, 16, 18];

/// Limits that are seldom meant: an age such as 81, or a day in the middle of a month that the document does not name.
fn unusual(tables: &Tables, found: &mut Found<'_>) {
    let rows = &found.table.rows;
    for (number, row) in rows.iter().enumerate() {
        for condition in &row.when {
            let Condition::AgeYears(span) = condition else { continue };
            let odd = |age: &i64| age.checked_rem(5) != Some(0) && !USUAL_AGES.contains(age);
            for age in [span.at_least, span.below].into_iter().flatten().filter(odd) {
                found.add(
                    "unusual-age",
                    Some(number),
                    "when.ageYears",
                    age.to_string(),
                    "14, 16, 18 · 60, 65, 70, 75, 80 …".to_owned(),
                    None,
                );
            }
        }
        let document = tables.documents.get(&row.clause.document);
        let named = |day: Date| {
            let text = day.to_string();
            let dates = document.iter().flat_map(|document| [document.issued.as_deref(), document.in_force.as_deref()]);
            dates.flatten().any(|known| known == text) || rows.iter().any(|other| other.from.not_after == day && other.from != row.from)
        };
        for (field, start) in [("from", Some(row.from)), ("until", row.until)] {
            let day = start.filter(|start| start.not_before == start.not_after).map(|start| start.not_after);
            if let Some(day) = day.filter(|day| day.ymd().2 != 1 && !named(*day)) {
                found.add("unusual-day", Some(number), field, day.to_string(), "YYYY-MM-01".to_owned(), None);
            }
        }
    }
}
