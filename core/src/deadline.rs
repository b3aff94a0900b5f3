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
use crate::tables::{AsOf, CellValue, Tables};

/// Benefits with a deadline, and the start of its parameters' names.
const BENEFITS: [(&str, &str); 4] = [
    ("minimum-living-allowance", "minimum-living-allowance-decision-workdays"),
    ("essential-expense-hardship", "essential-expense-hardship-decision-workdays"),
    ("destitute-support", "destitute-support-decision-workdays"),
    ("unattended-child-allowance", "unattended-child-allowance-decision-workdays"),
];

/// How the usual deadline, a prolonged one and that of a township that decides itself are named, and the ending of each parameter.
const KINDS: [(&str, &str); 3] = [("usual", ""), ("extended", "-extended"), ("delegated", "-delegated")];

/// The deadlines of one benefit; none where no row is certain. Where it is known who decides, only that office's.
pub(crate) fn deadlines(
    tables: &Tables,
    household: &Household,
    (benefit, decided_at): (&str, Option<&str>),
    area: AreaCode,
    day: Date,
) -> Vec<Deadline> {
    let Some((_, parameter)) = BENEFITS.iter().find(|(name, _)| *name == benefit) else { return Vec::new() };
    let told = |field| household.given_slot(field, 0)?.value().and_then(Date::from_count);
    let from = told(fact::RECEIVED_ON.id).or_else(|| told(fact::COMPLETE_ON.id));
    let calendar = &tables.calendar;
    let mut found = Vec::new();
    for (kind, ending) in KINDS {
        let name = format!("{parameter}{ending}");
        let Some(row) = tables.only_row(&name, area, AsOf::day(day)) else { continue };
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
    let is_of_township = |deadline: &Deadline| deadline.kind == "delegated";
    match decided_at {
        Some("township") if found.iter().any(is_of_township) => found.retain(is_of_township),
        Some("county") => found.retain(|deadline| !is_of_township(deadline)),
        _ => {}
    }
    found
}
