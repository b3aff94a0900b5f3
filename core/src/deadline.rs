//! By when an application for assistance is to be decided (办理时限): working days from the day the office took it, by the rows of
//! the area that decides.
//!
//! # What this file does not cover
//! Steps on the way (survey, publicity), and days that do not count because something is being asked for.

use crate::area::AreaCode;
use crate::date::Date;
use crate::decision::Deadline;
use crate::household::Household;
use crate::household::dictionary::fact;
use crate::tables::{AsOf, CellValue, State, Tables};

/// Benefits with a deadline, and the start of its parameters' names.
const BENEFITS: [(&str, &str); 4] = [
    ("minimum-living-allowance", "minimum-living-allowance-decision-workdays"),
    ("essential-expense-hardship", "essential-expense-hardship-decision-workdays"),
    ("destitute-support", "destitute-support-decision-workdays"),
    ("unattended-child-allowance", "unattended-child-allowance-decision-workdays"),
];

/// How the usual deadline, a prolonged one and that of a township that decides itself are named, and the ending of each parameter.
const KINDS: [(&str, &str); 3] = [("usual", ""), ("extended", "-extended"), ("delegated", "-delegated")];

/// The deadlines of one benefit; none where no row is certain.
pub(crate) fn deadlines(tables: &Tables, household: &Household, benefit: &str, area: AreaCode, day: Date) -> Vec<Deadline> {
    let Some((_, parameter)) = BENEFITS.iter().find(|(name, _)| *name == benefit) else { return Vec::new() };
    let told = |field| household.given_slot(field, 0)?.value().and_then(Date::from_count);
    let from = told(fact::RECEIVED_ON.id).or_else(|| told(fact::COMPLETE_ON.id));
    let calendar = &tables.calendar;
    let mut found = Vec::new();
    for (kind, ending) in KINDS {
        let name = format!("{parameter}{ending}");
        let found_rows = tables.find(&name, area, AsOf::day(day));
        let (Ok(answer), true) = (&found_rows.certain, found_rows.perhaps.is_empty()) else { continue };
        let [group] = answer.groups.as_slice() else { continue };
        let (State::InForce, Some(row)) = (&group.state, answer.table.rows.get(group.row)) else { continue };
        let CellValue::Count(days) = row.value else { continue };
        let Ok(working_days) = u32::try_from(days) else { continue };
        let by = from.map(|from| calendar.working_days_after(from, working_days));
        found.push(Deadline {
            kind,
            working_days,
            from,
            by: by.map(|(by, _)| by),
            calendar: by.map(|(_, official)| if official { "official" } else { "weekends-only" }),
            unconfirmed: row.unconfirmed || (by.is_some() && calendar.unconfirmed),
            clause: row.clause.clone(),
        });
    }
    found
}
