//! Finds the rows of a parameter that are in force for an area on a day: climb, stop, and say what is missing.

use super::{Condition, Lapse, Start, Table, TableRow, Tables};
use crate::area::AreaCode;
use crate::date::Date;
use crate::order::{AppendAll as _, Listed as _, sort_by_number};

/// The day an amount is for, and the day up to which published notices are known: a later notice may reach back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AsOf {
    /// The day the amount is for.
    pub day: Date,
    /// Only what had been made public, and was paid, by this day; all of it if absent.
    pub known_on: Option<Date>,
}

impl AsOf {
    /// On a day, knowing everything the tables hold.
    #[must_use]
    pub const fn day(day: Date) -> Self {
        Self { day, known_on: None }
    }

    /// Whether it is this day (YYYY-MM-DD) or a later one, for what the law says from a day on.
    #[must_use]
    pub fn is_since(self, day: &str) -> bool {
        Date::parse(day).is_ok_and(|day| day <= self.day)
    }

    /// Whether a row had been made public, and was paid by.
    fn knows(self, row: &TableRow) -> bool {
        paid_since(row).is_none_or(|since| self.known_on.is_none_or(|known| since <= known))
    }
}

/// What a look-up found: the table that answers, after tables that answer instead if they had begun by the day.
#[derive(Debug)]
pub struct Found<'t> {
    /// Nearer levels whose first row may or may not have begun.
    pub perhaps: Vec<Answer<'t>>,
    /// The nearest level that has certainly begun, or why there is none: `no-table` or `not-yet`.
    pub certain: Result<Answer<'t>, &'static str>,
}

/// A table and its rows, by whom they concern.
#[derive(Debug)]
pub struct Answer<'t> {
    /// The table.
    pub table: &'t Table,
    /// Its rows on the day.
    pub groups: Vec<Group<'t>>,
}

/// The rows of a table that concern the same people, reduced to one day.
#[derive(Debug)]
pub struct Group<'t> {
    /// Whom they concern, zones settled.
    pub when: Vec<&'t Condition>,
    /// The row that stands for the group: in force, or the newest of those that may be, or the last one.
    pub row: usize,
    /// Whether that row is in force.
    pub state: State,
    /// Used after the day it was last seen in force.
    pub stale: bool,
}

impl Group<'_> {
    /// Whether the rows are for people of an age and a grade of disability.
    pub(super) fn is_of(&self, age: i64, grade: i64) -> bool {
        self.when.iter().all(|condition| match condition {
            Condition::DisabilityGrade(grades) => grades.contains(&grade),
            Condition::AgeYears(span) => span.at_least.is_none_or(|least| least <= age) && span.below.is_none_or(|below| age < below),
            _ => true,
        })
    }
}

/// How a group stands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// In force.
    InForce,
    /// One of these rows, or none (if so marked), is in force: a first day is not known exactly.
    OneOf(Vec<usize>, bool),
    /// Over.
    Expired,
}

impl Tables {
    /// The rows of `parameter` for `area`.
    ///
    /// Climbs from the area to the nation and stops at the nearest level whose table has begun: if that level's rows
    /// are over, or say `unknown`, no higher level answers in its place.
    #[must_use]
    pub fn find(&self, parameter: &str, area: AreaCode, as_of: AsOf) -> Found<'_> {
        let mut perhaps = Vec::new();
        let mut seen = false;
        for level in self.areas.chain(area) {
            let Some(table) = self.table(parameter, level) else { continue };
            let known = table.rows.iter().filter(|row| as_of.knows(row));
            let starts = known.filter(|row| self.zones_fit(row, area, as_of.day)).map(|row| row.from);
            seen = true;
            if starts.clone().any(|from| from.not_after <= as_of.day) {
                return Found { perhaps, certain: Ok(Answer { table, groups: self.groups(table, area, as_of, false) }) };
            }
            if starts.clone().any(|from| from.not_before <= as_of.day) {
                perhaps.push(Answer { table, groups: self.groups(table, area, as_of, true) });
            }
        }
        Found { perhaps, certain: Err(if seen { "not-yet" } else { "no-table" }) }
    }

    /// The row of a parameter that has one for everybody, if it is certainly in force.
    #[must_use]
    pub fn only_row(&self, parameter: &str, area: AreaCode, as_of: AsOf) -> Option<&TableRow> {
        let found = self.find(parameter, area, as_of);
        let (true, Ok(answer)) = (found.perhaps.is_empty(), &found.certain) else { return None };
        let [group] = answer.groups.as_slice() else { return None };
        (group.state == State::InForce).then_some(())?;
        answer.table.rows.get(group.row)
    }

    /// Every table of `parameter` on the way from `area` to the nation, for rows that add up along the way.
    #[must_use]
    pub fn find_all(&self, parameter: &str, area: AreaCode, as_of: AsOf) -> Vec<Answer<'_>> {
        self.on_the_way(parameter, self.areas.chain(area), area, as_of)
    }

    /// The tables of `parameter` above `level` on the way from `area`: their floors bind whoever sets a number below.
    #[must_use]
    pub fn find_above(&self, parameter: &str, level: AreaCode, area: AreaCode, as_of: AsOf) -> Vec<Answer<'_>> {
        self.on_the_way(parameter, self.areas.chain(level).skip(1), area, as_of)
    }

    fn on_the_way(&self, parameter: &str, levels: impl Iterator<Item = AreaCode>, area: AreaCode, as_of: AsOf) -> Vec<Answer<'_>> {
        let tables = levels.filter_map(|level| self.table(parameter, level));
        tables.map(|table| Answer { table, groups: self.groups(table, area, as_of, false) }).listed()
    }

    /// The rows that concern the area, by whom they concern; `begun` takes a first day that is not known as reached.
    pub(crate) fn groups<'t>(&'t self, table: &'t Table, area: AreaCode, as_of: AsOf, begun: bool) -> Vec<Group<'t>> {
        let mut groups: Vec<(Vec<&Condition>, &TableRow, Vec<usize>)> = Vec::new();
        for (number, row) in table.rows.iter().enumerate() {
            if !as_of.knows(row) || !self.zones_fit(row, area, as_of.day) {
                continue;
            }
            let when: Vec<&Condition> = row.when.iter().filter(|condition| !matches!(condition, Condition::Zone(_))).listed();
            let alike = |first: &TableRow| first.reason == row.reason && first.per == row.per;
            match groups.iter_mut().find(|(known, first, _)| *known == when && alike(first)) {
                Some((_, _, rows)) => rows.push(number),
                None => groups.push((when, row, vec![number])),
            }
        }
        groups.into_iter().filter_map(|(when, _, rows)| reduce(table, when, rows, as_of.day, begun)).listed()
    }

    pub(crate) fn zones_fit(&self, row: &TableRow, area: AreaCode, day: Date) -> bool {
        row.when.iter().all(|condition| {
            let Condition::Zone(ids) = condition else { return true };
            let zones = self.zones.iter().filter(|zone| ids.contains(&zone.id));
            zones.flat_map(|zone| &zone.members).any(|(member, from, until)| {
                *member == area && from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until)
            })
        })
    }

    /// The days on which a notice about the areas on the way to the nation was made public after its first day.
    #[must_use]
    pub fn publication_days(&self, area: AreaCode) -> Vec<Date> {
        let levels: Vec<AreaCode> = self.areas.chain(area).listed();
        let tables = self.all().filter(|table| levels.contains(&table.area));
        in_order(tables.flat_map(|table| table.rows.iter().filter_map(paid_since)).listed())
    }

    /// The days on which something in the tables begins or ends, for the areas on the way from `area` to the nation.
    #[must_use]
    pub fn change_days(&self, area: AreaCode) -> Vec<Date> {
        let levels: Vec<AreaCode> = self.areas.chain(area).listed();
        let mut days = Vec::new();
        for table in self.all().filter(|table| levels.contains(&table.area)) {
            for row in &table.rows {
                days.append_all([row.from.not_before, row.from.not_after]);
                days.append_all(row.until.iter().flat_map(|until| [until.not_before, until.not_after]));
                days.append_all(lapse_day(table, row));
            }
            days.append_all(table.last_seen.and_then(Date::next_day));
        }
        days.append_all(self.zones.iter().flat_map(|zone| zone.members.iter().flat_map(|(_, from, until)| [*from, *until])).flatten());
        days.append_all(crate::benefits::LAW_CHANGES.iter().filter_map(|text| Date::parse(text).ok()));
        in_order(days)
    }
}

/// The day from which a row could be paid by, where that is not its first day: made public later, or paid later still.
fn paid_since(row: &TableRow) -> Option<Date> {
    row.published.max(row.paid_from)
}

/// The days in their order, each once.
fn in_order(mut days: Vec<Date>) -> Vec<Date> {
    sort_by_number(&mut days, |day| i64::from(day.days()));
    days.dedup();
    days
}

/// The day a row lapses with its year, if its table says so and nothing else ends it.
pub(crate) fn lapse_day(table: &Table, row: &TableRow) -> Option<Date> {
    let ends = table.lapse == Lapse::YearEnd && row.until.is_none();
    if ends { Date::from_ymd(row.from.not_after.ymd().0.saturating_add(1), 1, 1) } else { None }
}

fn reduce<'t>(table: &'t Table, when: Vec<&'t Condition>, mut rows: Vec<usize>, day: Date, take_as_begun: bool) -> Option<Group<'t>> {
    let row = |number: usize| table.rows.get(number);
    // Newest first.
    sort_by_number(&mut rows, |number| {
        let days = |day: Date| i64::from(day.days());
        let start = |row: &TableRow| days(row.from.not_before).saturating_mul(1 << 20).saturating_add(days(row.from.not_after));
        row(*number).map_or(i64::MIN, start).saturating_neg()
    });
    let newest = rows.first().copied();
    let begun = |start: Start| if take_as_begun { start.not_before <= day } else { start.not_after <= day };
    let ended = |start: Start| start.not_after <= day;
    let may_have_begun = |start: Start| start.not_before <= day;
    let started = rows.iter().copied().find(|number| row(*number).is_some_and(|row| begun(row.from)));
    let maybe: Vec<usize> = rows
        .iter()
        .copied()
        .take_while(|number| Some(*number) != started)
        .filter(|number| row(*number).is_some_and(|row| may_have_begun(row.from)))
        .listed();
    if started.is_none() && maybe.is_empty() {
        return None;
    }
    // How the last row that has certainly begun stands: over, perhaps over, or in force.
    let (over, perhaps_over) = match started.and_then(row) {
        Some(last) => {
            let is_newest = started == newest;
            let lapsed = is_newest && lapse_day(table, last).is_some_and(|end| end <= day);
            (lapsed || last.until.is_some_and(ended), last.until.is_some_and(may_have_begun))
        }
        None => (true, true),
    };
    let stale = table.lapse == Lapse::UntilReplaced && table.last_seen.is_some_and(|seen| seen < day);
    let candidates: Vec<usize> = maybe.iter().copied().chain(started.filter(|_| !over)).listed();
    let representative = candidates.first().copied().or(started)?;
    let state = if over && maybe.is_empty() {
        State::Expired
    } else if maybe.is_empty() && !perhaps_over {
        State::InForce
    } else {
        State::OneOf(candidates, over || perhaps_over)
    };
    Some(Group { when, row: representative, state, stale: stale && Some(representative) == newest })
}
