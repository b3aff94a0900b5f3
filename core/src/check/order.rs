//! Rows of the same people one after the other: in order, without holes or overlaps, without leaps; and no circle of references.

use super::{Finding, Found};
use crate::error::TableError;
use crate::tables::{CellValue, Start, TableRow, Tables};

/// A number that grows to more than this many tenths of the one before it is probably typed wrongly.
const LEAP_TENTHS: i64 = 15;

pub(super) fn check(_tables: &Tables, found: &mut Found<'_>) {
    let rows = &found.table.rows;
    for (number, row) in rows.iter().enumerate() {
        let before = rows.iter().enumerate().skip(number.saturating_add(1)).find(|(_, other)| concern_the_same(row, other));
        let Some((earlier_number, earlier)) = before else { continue };
        if order(earlier.from) > order(row.from) {
            let (got, expected) = (span(row.from), format!("> {}", span(earlier.from)));
            found.add("rows-out-of-order", Some(number), "from", got, expected, None);
            continue;
        }
        between(found, (earlier_number, earlier), row);
        leap(found, number, earlier, row);
    }
}

fn concern_the_same(a: &TableRow, b: &TableRow) -> bool {
    a.when == b.when && a.reason == b.reason && a.per == b.per
}

fn order(start: Start) -> (i32, i32) {
    (start.not_before.days(), start.not_after.days())
}

fn span(start: Start) -> String {
    if start.not_before == start.not_after { start.not_after.to_string() } else { format!("{}…{}", start.not_before, start.not_after) }
}

/// The end of the earlier row and the start of the later one.
fn between(found: &mut Found<'_>, (number, earlier): (usize, &TableRow), later: &TableRow) {
    let Some(until) = earlier.until else { return };
    if until.not_after < later.from.not_before {
        found.add("hole-in-time", Some(number), "until", span(until), span(later.from), None);
    } else if until.not_before > later.from.not_after {
        found.add("overlap-in-time", Some(number), "until", span(until), span(later.from), None);
    }
}

fn leap(found: &mut Found<'_>, number: usize, earlier: &TableRow, later: &TableRow) {
    let (Some(was), Some(is)) = (number_of(earlier), number_of(later)) else { return };
    if is < was {
        found.add("falls-from-before", Some(number), "value", later.written.clone(), format!("≥ {}", earlier.written), None);
    } else if is.saturating_mul(10) > was.saturating_mul(LEAP_TENTHS) && was > 0 {
        let expected = format!("≤ {}.{} × {}", LEAP_TENTHS / 10, LEAP_TENTHS % 10, earlier.written);
        found.add("leaps-from-before", Some(number), "value", later.written.clone(), expected, None);
    }
}

fn number_of(row: &TableRow) -> Option<i64> {
    match &row.value {
        CellValue::Money(yuan) => Some(yuan.fen()),
        CellValue::Count(count) => Some(*count),
        _ => None,
    }
}

/// Parameters that refer to one another in a circle, so that none of them has a value.
pub(super) fn cycles(tables: &Tables) -> Vec<Finding> {
    let mut edges: Vec<(&str, &str, &crate::tables::Table, usize)> = Vec::new();
    for table in tables.all() {
        for (number, row) in table.rows.iter().enumerate() {
            let of = match &row.value {
                CellValue::Ratio(reference) => reference.of.as_str(),
                CellValue::Equals(of) => of.as_str(),
                _ => continue,
            };
            edges.push((&table.parameter, of, table, number));
        }
    }
    let leads_back = |start: &str, from: &str| {
        let mut seen: Vec<&str> = vec![from];
        let mut next = 0;
        while let Some(here) = seen.get(next).copied() {
            if here == start {
                return true;
            }
            for (own, of, ..) in &edges {
                if *own == here && !seen.contains(of) {
                    seen.push(of);
                }
            }
            next = next.saturating_add(1);
        }
        false
    };
    let circular = edges.iter().filter(|(own, of, ..)| leads_back(own, of));
    circular
        .map(|(_, of, table, number)| Finding {
            error: TableError {
                code: "reference-cycle",
                file: table.file.clone(),
                line: table.rows.get(*number).map_or(0, |row| row.line),
                row: Some(number.saturating_add(1)),
                field: "value".to_owned(),
                got: (*of).to_owned(),
                expected: table.parameter.clone(),
            },
            person: None,
        })
        .collect()
}
