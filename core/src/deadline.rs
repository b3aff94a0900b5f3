//! By when an application for assistance is to be decided (办理时限): working days from the day the office took it, by the rows of
//! the area that decides.
//!
//! # What this file does not cover
//! Steps on the way (survey, publicity), and days that do not count because something is being asked for.

use std::sync::Arc;

use crate::calendar::Calendar;
use crate::date::Date;
use crate::decision::Deadline;
use crate::formula::Outline;
use crate::household::Household;
use crate::household::dictionary::fact;
use crate::order::Listed as _;

/// The deadlines of one benefit; none where no row is certain.
pub(crate) fn deadlines(outline: &Outline, household: &Household, calendar: &Calendar) -> Vec<Deadline> {
    let told = |field| household.given_slot(field, 0)?.value().and_then(Date::from_count);
    let from = told(fact::RECEIVED_ON.id).or_else(|| told(fact::COMPLETE_ON.id));
    let each = outline.decided_within.iter().map(|time| {
        let by = from.map(|from| calendar.working_days_after(from, time.working_days));
        Deadline {
            kind: time.kind,
            working_days: time.working_days,
            from,
            by: by.map(|(by, _)| by),
            calendar: by.map(|(_, official)| if official { "official" } else { "weekends-only" }),
            unconfirmed: time.unconfirmed || (by.is_some() && calendar.unconfirmed),
            clause: Arc::clone(&time.clause),
        }
    });
    each.listed()
}
