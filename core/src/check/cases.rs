//! The people a table should be tried with: somebody for every row, and somebody on either side of every edge.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Person;
use super::people::{Scene, areas, days, in_force};
use crate::area::AreaCode;
use crate::date::Date;
use crate::order::Listed as _;
use crate::tables::{Table, Tables};

/// People gone through for one table at most.
const MOST_PEOPLE: usize = 200_000;

/// The cases of a table, and what of it they reach.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BoundaryCases {
    /// The cases; none can be spared.
    pub cases: Vec<BoundaryCase>,
    /// For each row, from the top, how many cases it fits.
    pub rows: Vec<usize>,
    /// Not everybody the table can tell apart was gone through.
    pub cut: bool,
}

/// One person to try a table with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoundaryCase {
    /// The person.
    pub person: Person,
    /// Rows that fit, from 0 at the top; none where the person is outside the table.
    pub rows: Vec<usize>,
    /// What it stands at an edge of: the dimensions along which a neighbour fits other rows.
    pub edges: Vec<&'static str>,
}

/// What a case shows of a table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Shows {
    /// A row fits.
    Row(usize),
    /// One side of an edge: the dimension, the rows on this side, and those on the other.
    Side(&'static str, Vec<usize>, Vec<usize>),
}

/// The fewest people who reach every row of a table and both sides of each of its edges.
#[must_use]
pub fn boundary_cases(tables: &Tables, table: &Table) -> BoundaryCases {
    let mut found: Vec<(BoundaryCase, BTreeSet<Shows>)> = Vec::new();
    let mut shown: BTreeSet<Shows> = BTreeSet::new();
    let (mut seen, mut cut) = (0_usize, false);
    let mut newest_first = days(table);
    newest_first.reverse();
    for area in areas(tables, table) {
        for day in &newest_first {
            let groups = in_force(tables, table, area, *day);
            let Some(scene) = Scene::with_edges(tables, table, area, *day, &groups) else {
                cut = true;
                continue;
            };
            if groups.is_empty() {
                continue;
            }
            for combination in scene.space.combinations() {
                seen = seen.saturating_add(1);
                if seen > MOST_PEOPLE {
                    cut = true;
                    break;
                }
                let rows = scene.fitting(&combination);
                let sides = scene.space.neighbours(&combination).into_iter();
                let sides = sides.map(|(dimension, other)| (dimension, scene.fitting(&other))).filter(|(_, other)| *other != rows);
                let mut shows: BTreeSet<Shows> = sides.map(|(dimension, other)| Shows::Side(dimension, rows.clone(), other)).collect();
                shows.extend(rows.iter().map(|row| Shows::Row(*row)));
                if shows.iter().all(|one| shown.contains(one)) {
                    continue;
                }
                let mut edges: Vec<&'static str> = Vec::new();
                for one in &shows {
                    if let Shows::Side(dimension, ..) = one
                        && !edges.contains(dimension)
                    {
                        edges.push(dimension);
                    }
                }
                shown.extend(shows.iter().cloned());
                found.push((BoundaryCase { person: scene.space.person(&combination), rows, edges }, shows));
            }
        }
    }
    let cases = without_the_spare(found);
    let rows = (0..table.rows.len()).map(|row| cases.iter().filter(|case| case.rows.contains(&row)).count()).listed();
    BoundaryCases { cases, rows, cut }
}

/// Leaves out, from the last to the first, whatever the others show as well.
fn without_the_spare(mut found: Vec<(BoundaryCase, BTreeSet<Shows>)>) -> Vec<BoundaryCase> {
    let mut times: BTreeMap<Shows, usize> = BTreeMap::new();
    for one in found.iter().flat_map(|(_, shows)| shows) {
        let count = times.entry(one.clone()).or_default();
        *count = count.saturating_add(1);
    }
    let mut kept = Vec::new();
    while let Some((case, shows)) = found.pop() {
        if shows.iter().all(|one| times.get(one).is_some_and(|count| *count > 1)) {
            for one in &shows {
                times.entry(one.clone()).and_modify(|count| *count = count.saturating_sub(1));
            }
        } else {
            kept.push(case);
        }
    }
    kept.reverse();
    kept
}

/// People whom a row concerns, one in each area it may be for, on the first day on which it certainly holds there.
#[must_use]
pub fn people_in(tables: &Tables, table: &Table, row: usize) -> Vec<Person> {
    let Some(wanted) = table.rows.get(row) else { return Vec::new() };
    let mut when = days(table);
    when.retain(|day| *day >= wanted.from.not_after);
    when.sort_unstable();
    areas(tables, table).into_iter().filter_map(|area| person_in(tables, table, row, area, &when)).listed()
}

fn person_in(tables: &Tables, table: &Table, row: usize, area: AreaCode, when: &[Date]) -> Option<Person> {
    when.iter().take(3).find_map(|day| {
        let groups = in_force(tables, table, area, *day);
        if !groups.iter().any(|group| group.row == row) {
            return None;
        }
        let scene = Scene::new(tables, table, area, *day, &groups)?;
        let all = || scene.space.combinations().take(MOST_PEOPLE);
        // Best one whom no other row concerns.
        let alone = all().find(|combination| scene.fitting(combination) == [row]);
        let any = || all().find(|combination| scene.fitting(combination).contains(&row));
        alone.or_else(any).map(|combination| scene.space.person(&combination))
    })
}
