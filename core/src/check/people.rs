//! Gaps, overlaps and rows that can never count; numbers below their floor, and numbers that fall where need grows.

use super::Found;
use super::space::Space;
use crate::area::AreaCode;
use crate::date::Date;
use crate::formula::Per;
use crate::order::Listed as _;
use crate::tables::{AsOf, Bound, CellValue, Condition, Group, Hit, State, Table, TableRow, Tables};

/// The rows of a table in force for an area on a day, and everybody they can tell apart.
pub(super) struct Scene<'t> {
    table: &'t Table,
    /// Position of each row, and its conditions but for zones.
    rows: Vec<(usize, Vec<&'t Condition>)>,
    pub(super) space: Space<'t>,
}

pub(super) fn check(tables: &Tables, found: &mut Found<'_>) {
    let table = found.table;
    let mut reached = vec![false; table.rows.len()];
    let mut complete = true;
    for area in areas(tables, table) {
        for day in days(table) {
            same_people(tables, found, area, day);
            let groups = in_force(tables, table, area, day);
            if groups.is_empty() {
                continue;
            }
            match Scene::new(tables, table, area, day, &groups) {
                Some(scene) => {
                    scene.combinations(found, &mut reached);
                    scene.falling(found);
                    floors(tables, found, area, day, &scene);
                    ratchets(tables, found, area, day, &groups);
                    discontinued(tables, found, area, day);
                }
                None => complete = false,
            }
        }
    }
    if !complete {
        found.add("too-many-combinations", None, "rows", table.rows.len().to_string(), "< 100000".to_owned(), None);
        return;
    }
    for (number, _) in reached.iter().enumerate().filter(|(_, reached)| !**reached) {
        let row = table.rows.get(number);
        // A first day that is not known exactly may lie behind the next row's: such a row is in force on no day for certain.
        let has_certain_day = row.is_some_and(|row| row.until.is_none_or(|until| row.from.not_after < until.not_before));
        if has_certain_day {
            found.add("unreachable-row", Some(number), "when", "0".to_owned(), "≥ 1".to_owned(), None);
        }
    }
}

/// The areas for which the rows of a table may differ: its own, and those its zones name.
pub(super) fn areas(tables: &Tables, table: &Table) -> Vec<AreaCode> {
    let mut found = vec![table.area];
    for row in &table.rows {
        for condition in &row.when {
            let Condition::Zone(ids) = condition else { continue };
            let zones = tables.zones.iter().filter(|zone| ids.contains(&zone.id));
            for (area, ..) in zones.flat_map(|zone| &zone.members) {
                if !found.contains(area) && area.is_within(table.area) {
                    found.push(*area);
                }
            }
        }
    }
    found
}

/// Each day on which a row has certainly begun, and the last on which one certainly holds.
pub(super) fn days(table: &Table) -> Vec<Date> {
    let starts = table.rows.iter().map(|row| row.from.not_after);
    let ends = table.rows.iter().filter_map(|row| row.until.and_then(|until| until.not_before.previous_day()));
    let mut days: Vec<Date> = starts.chain(ends).listed();
    days.sort_unstable();
    days.dedup();
    days
}

pub(super) fn in_force<'t>(tables: &'t Tables, table: &'t Table, area: AreaCode, day: Date) -> Vec<Group<'t>> {
    let groups = tables.groups(table, area, AsOf::day(day), false);
    groups.into_iter().filter(|group| group.state == State::InForce).listed()
}

impl<'t> Scene<'t> {
    pub(super) fn new(tables: &Tables, table: &'t Table, area: AreaCode, day: Date, groups: &[Group<'t>]) -> Option<Self> {
        let rows: Vec<(usize, Vec<&'t Condition>)> = groups.iter().map(|group| (group.row, group.when.clone())).listed();
        let covers = table.covers.iter().flatten();
        let conditions: Vec<&'t Condition> = rows.iter().flat_map(|(_, when)| when.iter().copied()).chain(covers).listed();
        let space = Space::new(tables, area, day, &conditions)?;
        Some(Self { table, rows, space })
    }

    /// The same with somebody on either side of every edge; the plain one where that would be too many.
    pub(super) fn with_edges(tables: &Tables, table: &'t Table, area: AreaCode, day: Date, groups: &[Group<'t>]) -> Option<Self> {
        let plain = Self::new(tables, table, area, day, groups)?;
        let conditions: Vec<&'t Condition> = plain.rows.iter().flat_map(|(_, when)| when.iter().copied()).listed();
        Some(match Space::with_edges(tables, area, day, &conditions) {
            Some(space) => Self { space, ..plain },
            None => plain,
        })
    }

    fn row(&self, number: usize) -> Option<&'t TableRow> {
        self.table.rows.get(number)
    }

    /// The rows that concern a combination.
    pub(super) fn fitting(&self, combination: &[usize]) -> Vec<usize> {
        self.rows.iter().filter(|(_, when)| self.space.fits(combination, when)).map(|(number, _)| *number).listed()
    }

    /// For what rows are paid; those paid for something else stand for themselves.
    fn periods(&self) -> Vec<Option<Per>> {
        let mut found = Vec::new();
        for per in self.rows.iter().filter_map(|(number, _)| self.row(*number)).map(|row| row.per) {
            if !found.contains(&per) {
                found.push(per);
            }
        }
        found
    }

    /// Of the rows paid for `per`, the one that counts for a combination, if exactly one does.
    fn counting(&self, combination: &[usize], per: Option<Per>) -> Option<usize> {
        let mut fitting = self.fitting(combination);
        fitting.retain(|number| self.row(*number).is_some_and(|row| row.per == per));
        match self.table.hit {
            Hit::Unique => {
                if let [one] = fitting.as_slice() {
                    Some(*one)
                } else {
                    None
                }
            }
            Hit::First => fitting.first().copied(),
            Hit::Highest => {
                // One of which we do not know the value may be the highest.
                let known: Option<Vec<(i64, usize)>> =
                    fitting.iter().map(|number| Some((self.row(*number).and_then(fen)?, *number))).collect();
                known?.into_iter().max_by_key(|(fen, number)| (*fen, usize::MAX.wrapping_sub(*number))).map(|(_, number)| number)
            }
            Hit::All => None,
        }
    }

    fn combinations(&self, found: &mut Found<'_>, reached: &mut [bool]) {
        let mut gap: Option<Vec<usize>> = None;
        let periods = self.periods();
        for combination in self.space.combinations() {
            let fitting = self.fitting(&combination);
            if let (Hit::Unique, Some((first, second))) = (self.table.hit, self.paid_alike(&fitting)) {
                let person = self.space.person(&combination);
                found.add(
                    "overlapping-rows",
                    Some(second),
                    "when",
                    first.saturating_add(1).to_string(),
                    "one row for each person".to_owned(),
                    Some(person),
                );
            }
            let counting = match self.table.hit {
                Hit::Unique | Hit::All => fitting.clone(),
                Hit::First => periods.iter().filter_map(|per| self.counting(&combination, *per)).collect::<Vec<usize>>(),
                // A share may be the highest of one bill and not of another.
                Hit::Highest => match periods.iter().map(|per| self.counting(&combination, *per)).collect::<Option<Vec<usize>>>() {
                    Some(all) => all,
                    None => fitting.clone(),
                },
            };
            for number in counting {
                if let Some(mark) = reached.get_mut(number) {
                    *mark = true;
                }
            }
            if fitting.is_empty() && gap.is_none() && self.should_be_covered(&combination) {
                gap = Some(combination);
            }
        }
        if let Some(combination) = gap {
            let person = self.space.person(&combination);
            found.add("gap-in-rows", None, "rows", "0".to_owned(), "≥ 1".to_owned(), Some(person));
        }
    }

    /// Two rows that are paid for the same.
    fn paid_alike(&self, fitting: &[usize]) -> Option<(usize, usize)> {
        let per = |number: usize| self.row(number).map(|row| row.per);
        fitting.iter().enumerate().find_map(|(at, second)| {
            let first = fitting.iter().take(at).find(|first| per(**first) == per(*second))?;
            Some((*first, *second))
        })
    }

    /// Whether the table says that it covers this person, or covers those on both sides of them.
    fn should_be_covered(&self, combination: &[usize]) -> bool {
        if let Some(covers) = &self.table.covers {
            let covers: Vec<&Condition> = covers.iter().listed();
            return self.space.fits(combination, &covers);
        }
        self.table.hit != Hit::All && self.space.ordered_axes().any(|axis| self.lies_between(combination, axis))
    }

    fn lies_between(&self, combination: &[usize], axis: usize) -> bool {
        let after = self.space.next_in_need(combination, axis).is_some_and(|next| !self.fitting(&next).is_empty());
        let is_before = |other: &Vec<usize>| self.space.next_in_need(other, axis).as_deref() == Some(combination);
        after && self.space.line(combination, axis).iter().any(|other| is_before(other) && !self.fitting(other).is_empty())
    }

    /// Amounts that are lower for someone older, more disabled or less able, all else equal.
    fn falling(&self, found: &mut Found<'_>) {
        if self.table.hit == Hit::All {
            return;
        }
        let periods = self.periods();
        for combination in self.space.combinations() {
            for (axis, per) in self.space.ordered_axes().flat_map(|axis| periods.iter().map(move |per| (axis, *per))) {
                let Some(next) = self.space.next_in_need(&combination, axis) else { continue };
                let (Some(less), Some(more)) = (self.counting(&combination, per), self.counting(&next, per)) else { continue };
                let (Some(lower), Some(higher)) = (self.row(less).and_then(fen), self.row(more).and_then(fen)) else { continue };
                if higher < lower && less != more {
                    let (got, expected) = (self.written(more), format!("≥ {}", self.written(less)));
                    found.add("falls-with-need", Some(more), "value", got, expected, Some(self.space.person(&next)));
                }
            }
        }
    }

    fn written(&self, number: usize) -> String {
        self.row(number).map(|row| row.written.clone()).unwrap_or_default()
    }
}

/// Numbers below the floor that a level above has set.
fn floors(tables: &Tables, found: &mut Found<'_>, area: AreaCode, day: Date, scene: &Scene<'_>) {
    for answer in tables.find_above(&scene.table.parameter, scene.table.area, area, AsOf::day(day)) {
        let floor_rows: Vec<(usize, Vec<&Condition>)> = answer
            .groups
            .iter()
            .filter(|group| group.state == State::InForce)
            .filter(|group| answer.table.rows.get(group.row).is_some_and(|row| matches!(row.bound, Some(Bound::AtLeast | Bound::Guide))))
            .map(|group| (group.row, group.when.clone()))
            .listed();
        if floor_rows.is_empty() {
            continue;
        }
        let own = scene.rows.iter().flat_map(|(_, when)| when.iter().copied());
        let conditions: Vec<&Condition> = own.chain(floor_rows.iter().flat_map(|(_, when)| when.iter().copied())).listed();
        let Some(space) = Space::new(tables, area, day, &conditions) else { continue };
        let both = Scene { table: scene.table, rows: scene.rows.clone(), space };
        for combination in both.space.combinations() {
            let floor = floor_rows.iter().find(|(_, when)| both.space.fits(&combination, when));
            let Some(row) = floor.and_then(|(floor, _)| answer.table.rows.get(*floor)) else { continue };
            for number in both.periods().into_iter().filter_map(|per| both.counting(&combination, per)) {
                let Some(own) = both.row(number).filter(|own| own.bound != Some(Bound::UpTo)) else { continue };
                let amounts = if own.per == row.per { fen(own).zip(fen(row)) } else { fen_a_year(own).zip(fen_a_year(row)) };
                if amounts.is_some_and(|(value, floor)| value < floor) {
                    let expected = format!("≥ {} ({})", row.written, answer.table.file);
                    let person = both.space.person(&combination);
                    found.add("below-floor", Some(number), "value", both.written(number), expected, Some(person));
                }
            }
        }
    }
}

/// Numbers below those of the day before, where a level forbids that to whoever sets them (不低于本地原标准).
fn ratchets(tables: &Tables, found: &mut Found<'_>, area: AreaCode, day: Date, groups: &[Group<'_>]) {
    let table = found.table;
    let levels = tables.find_all(&table.parameter, area, AsOf::day(day));
    let forbidding: Vec<Vec<&Condition>> = levels
        .into_iter()
        .flat_map(|answer| answer.groups.into_iter().map(move |group| (answer.table, group)))
        .filter(|(level, group)| group.state == State::InForce && level.rows.get(group.row).is_some_and(|row| row.not_below_before))
        .map(|(_, group)| group.when)
        .listed();
    let Some(eve) = day.previous_day().filter(|_| !forbidding.is_empty()) else { return };
    let before = in_force(tables, table, area, eve);
    let whens = groups.iter().chain(&before).map(|group| &group.when).chain(&forbidding);
    let conditions: Vec<&Condition> = whens.flatten().copied().listed();
    let Some(space) = Space::new(tables, area, day, &conditions) else { return };
    for combination in space.combinations().filter(|combination| forbidding.iter().any(|when| space.fits(combination, when))) {
        let paid = |groups: &[Group<'_>]| {
            let number = groups.iter().find(|group| space.fits(&combination, &group.when))?.row;
            let row = table.rows.get(number)?;
            Some((number, fen_a_year(row)?, row.written.clone()))
        };
        if let (Some((number, is, written)), Some((_, was, earlier))) = (paid(groups), paid(&before))
            && is < was
        {
            let person = space.person(&combination);
            found.add("below-own-before", Some(number), "value", written, format!("≥ {earlier}"), Some(person));
        }
    }
}

/// People who had a row before others got new ones, and have none from then on: the notice may have been copied incompletely.
fn discontinued(tables: &Tables, found: &mut Found<'_>, area: AreaCode, day: Date) {
    let table = found.table;
    let begins = |row: &TableRow| row.from.not_before == day && row.from.not_after == day && tables.zones_fit(row, area, day);
    let Some(eve) = day.previous_day().filter(|_| table.hit != Hit::All && table.rows.iter().any(begins)) else { return };
    // A row with an end of its own was meant to end; one that lapsed was only not renewed.
    let awaits_more = |group: &Group<'_>| {
        let open_ended = table.rows.get(group.row).is_some_and(|row| row.value != CellValue::Unknown && row.until.is_none());
        open_ended && matches!(group.state, State::InForce | State::Expired)
    };
    let before: Vec<Group<'_>> = tables.groups(table, area, AsOf::day(eve), false).into_iter().filter(awaits_more).listed();
    let mut now = tables.groups(table, area, AsOf::day(day), false);
    now.retain(|group| group.state != State::Expired);
    let conditions: Vec<&Condition> = before.iter().chain(&now).flat_map(|group| group.when.iter().copied()).listed();
    let Some(space) = Space::new(tables, area, day, &conditions) else { return };
    let of = |groups: &[Group<'_>], combination: &[usize]| {
        groups.iter().find(|group| space.fits(combination, &group.when)).map(|group| group.row)
    };
    for combination in space.combinations().filter(|combination| of(&now, combination).is_none()) {
        if let Some(number) = of(&before, &combination) {
            found.add("not-continued", Some(number), "rows", day.to_string(), "≥ 1".to_owned(), Some(space.person(&combination)));
        }
    }
}

/// Two rows that begin on one day and, once their zones are settled, concern the same people.
fn same_people(tables: &Tables, found: &mut Found<'_>, area: AreaCode, day: Date) {
    let table = found.table;
    let whom = |row: &TableRow| row.when.iter().filter(|condition| !matches!(condition, Condition::Zone(_))).cloned().listed();
    let begin = |row: &&TableRow| row.from.not_after == day && tables.zones_fit(row, area, day);
    let rows: Vec<(usize, &TableRow)> = table.rows.iter().enumerate().filter(|(_, row)| begin(row)).listed();
    for (at, (number, row)) in rows.iter().enumerate() {
        let same = |(_, other): &&(usize, &TableRow)| {
            other.from == row.from && other.per == row.per && other.reason == row.reason && whom(other) == whom(row)
        };
        let Some((first, _)) = rows.iter().take(at).find(same) else { continue };
        let conditions = whom(row);
        let conditions: Vec<&Condition> = conditions.iter().listed();
        let person = Space::new(tables, area, day, &conditions).and_then(|space| {
            let one = space.combinations().find(|combination| space.fits(combination, &conditions))?;
            Some(space.person(&one))
        });
        found.add(
            "overlapping-rows",
            Some(*number),
            "when",
            first.saturating_add(1).to_string(),
            "one row for each person".to_owned(),
            person,
        );
    }
}

fn fen(row: &TableRow) -> Option<i64> {
    if let CellValue::Money(yuan) = &row.value { Some(yuan.fen()) } else { None }
}

/// What a row paid at regular times comes to in a year; one that does not say for what it is paid is paid monthly.
fn fen_a_year(row: &TableRow) -> Option<i64> {
    let times = match row.per.unwrap_or(Per::Month) {
        Per::Month => 12,
        Per::Quarter => 4,
        Per::Year => 1,
        Per::Day | Per::Meal | Per::Once => return None,
    };
    fen(row).map(|fen| fen.saturating_mul(times))
}
