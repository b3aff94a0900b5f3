//! From when to when we know a number, and how surely.

use serde::Serialize;

use crate::area::AreaCode;
use crate::date::Date;
use crate::order::{AppendAll as _, Listed as _};
use crate::source::Grade;
use crate::tables::{AsOf, CellValue, Condition, Group, Lapse, State, Table, Tables};

/// A stretch of time for which a table says the same much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Known {
    /// Parameter.
    pub parameter: String,
    /// Whose table.
    pub area: AreaCode,
    /// First day.
    pub from: Date,
    /// First day on which it is no longer so; `null` where nothing ends it.
    pub until: Option<Date>,
    /// How many of the people the rows tell apart we know a number for.
    pub extent: Extent,
    /// The weakest grade of a row in force.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["A", "A1", "A-calc", "A2", "A*", "A3"])))]
    pub grade: &'static str,
    /// Some of it has not been compared with its document.
    pub unconfirmed: bool,
}

/// For how many of the people the rows tell apart there is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// For all of them.
    All,
    /// For all of them at least a limit.
    Limits,
    /// For some.
    Some,
}

/// What a table says between two of its days.
#[derive(PartialEq, Eq)]
struct Told {
    extent: Extent,
    grade: Grade,
    unconfirmed: bool,
}

/// All that is known, by parameter and area, oldest first; where nothing is known there is no entry.
#[must_use]
pub fn coverage(tables: &Tables) -> Vec<Known> {
    tables.all().flat_map(|table| of_table(tables, table)).listed()
}

/// What one table knows.
fn of_table(tables: &Tables, table: &Table) -> Vec<Known> {
    let mut found: Vec<Known> = Vec::new();
    let mut last: Option<Told> = None;
    for day in days(table) {
        let told = told(tables, table, day);
        if told == last {
            continue;
        }
        if let Some(open) = found.last_mut().filter(|known| known.until.is_none()) {
            open.until = Some(day);
        }
        if let Some(told) = &told {
            found.push(Known {
                parameter: table.parameter.clone(),
                area: table.area,
                from: day,
                until: None,
                extent: told.extent,
                grade: told.grade.name(),
                unconfirmed: told.unconfirmed,
            });
        }
        last = told;
    }
    found
}

/// The days on which a table may come to say something else, in order.
fn days(table: &Table) -> Vec<Date> {
    let rows = || table.rows.iter();
    let mut days: Vec<Date> = rows().flat_map(|row| [row.from.not_before, row.from.not_after]).listed();
    days.append_all(rows().filter_map(|row| row.until).flat_map(|until| [until.not_before, until.not_after]));
    if table.lapse == Lapse::YearEnd {
        days.append_all(rows().filter_map(|row| Date::from_ymd(row.from.not_after.ymd().0.saturating_add(1), 1, 1)));
    }
    days.append_all(table.last_seen.and_then(Date::next_day));
    days.sort_unstable();
    days.dedup();
    days
}

/// What the rows in force say on a day, whichever zones they are for.
fn told(tables: &Tables, table: &Table, day: Date) -> Option<Told> {
    let groups: Vec<Group<'_>> =
        zones(tables, table).into_iter().flat_map(|area| tables.groups(table, area, AsOf::day(day), false)).listed();
    let in_force: Vec<_> =
        groups.iter().filter(|group| group.state == State::InForce).filter_map(|group| Some((group, table.rows.get(group.row)?))).listed();
    let known: Vec<_> = in_force.iter().filter(|(_, row)| row.value != CellValue::Unknown).listed();
    let grade = known.iter().map(|(_, row)| row.grade).max()?;
    let extent = if known.len() < groups.iter().filter(|group| group.state != State::Expired).count() {
        Extent::Some
    } else if known.iter().any(|(_, row)| row.bound.is_some()) {
        Extent::Limits
    } else {
        Extent::All
    };
    let unconfirmed = known.iter().any(|(group, row)| row.unconfirmed || group.stale);
    Some(Told { extent, grade, unconfirmed })
}

/// The table's own area, and those its zones name in its place.
fn zones(tables: &Tables, table: &Table) -> Vec<AreaCode> {
    let ids = table.rows.iter().flat_map(|row| &row.when).filter_map(|condition| match condition {
        Condition::Zone(ids) => Some(ids),
        _ => None,
    });
    let ids: Vec<&String> = ids.flatten().listed();
    let zones = tables.zones.iter().filter(|zone| ids.contains(&&zone.id));
    let mut areas: Vec<AreaCode> = zones.flat_map(|zone| zone.members.iter().map(|(area, ..)| *area)).listed();
    areas.sort_unstable();
    areas.dedup();
    if areas.is_empty() { vec![table.area] } else { areas }
}
