//! A case handed in at another place than the one that decides (跨省通办): who accepts, who decides and pays, by when, with which papers.
//!
//! Any window in the country takes the application; the county of household registration decides by its own rules and pays. The
//! clock counts working days by the calendar of the tables; in a year whose calendar is not known it counts weekends alone off and
//! says so.
//!
//! # Source
//! 民办发〔2021〕2号, in force 2021-04-22: 3 working days to push, 10 to decide, 3 to tell the applicant.

use std::sync::Arc;

use crate::area::AreaCode;
use crate::benefits::ANYWHERE_SINCE;
use crate::calendar::Calendar;
use crate::date::Date;
use crate::decision::{ClockStep, Crossing, Entry};
use crate::household::Household;
use crate::household::dictionary::{Channel, Fact, Names, fact, row, unit};
use crate::order::Listed as _;
use crate::source::Clause;

/// Working days for each step, in their order.
const STEPS: [(&str, u32); 3] = [("push", 3), ("decide", 10), ("notify", 3)];

/// Papers asked for everywhere; the deciding area may ask for proof of the household's category besides.
const PAPERS: [&str; 6] = ["identity-card", "household-register", "disability-card", "bank-account", "signed-form", "category-proof"];

/// Benefits that may be applied for at any window.
const ANYWHERE: [&str; 2] = ["disability-living-subsidy", "disability-nursing-subsidy"];

/// Every entry whose application crosses from one place to another; an application without a day is one of the day decided for.
pub(crate) fn crossings<'e>(
    household: &Household,
    today: Date,
    entries: impl Iterator<Item = &'e Entry>,
    calendar: &Calendar,
) -> Vec<Crossing> {
    let Some(accepted_at) = accepted_at(household) else { return Vec::new() };
    let mut found = Vec::new();
    let applied = told(household, fact::APPLIED_ON).unwrap_or(today);
    if Date::parse(ANYWHERE_SINCE).is_ok_and(|since| applied < since) {
        return found;
    }
    for entry in entries.filter(|entry| ANYWHERE.contains(&&*entry.benefit)) {
        let Some(decided_by) = entry.decided_by.filter(|office| *office != accepted_at && !accepted_at.is_within(*office)) else {
            continue;
        };
        found.push(Crossing {
            benefit: Arc::clone(&entry.benefit),
            member: entry.member.clone(),
            accepted_at,
            decided_by,
            paid_by: entry.paid_by.unwrap_or(decided_by),
            clock: clock(household, calendar),
            papers: papers(household),
            clause: Clause::new("mca-office-2021-2", ""),
        });
    }
    found
}

/// The area of the window that took the application.
pub(crate) fn accepted_at(household: &Household) -> Option<AreaCode> {
    household.given_slot(fact::ACCEPTING_AREA.id, 0)?.value().and_then(AreaCode::from_number)
}

/// A day of the procedure.
fn told(household: &Household, day: Fact<unit::Day, row::Household>) -> Option<Date> {
    household.given_slot(day.id, 0)?.value().and_then(Date::from_count)
}

/// Each step begins on the day the one before was done, or had to be.
fn clock(household: &Household, calendar: &Calendar) -> Vec<ClockStep> {
    let Some(complete) = told(household, fact::COMPLETE_ON) else { return Vec::new() };
    let done = [Some(complete), told(household, fact::RECEIVED_ON), told(household, fact::DECIDED_ON)];
    let mut before = complete;
    let mut steps = Vec::new();
    for ((step, working_days), done) in STEPS.into_iter().zip(done) {
        let from = done.unwrap_or(before);
        let (by, official) = calendar.working_days_after(from, working_days);
        let calendar_kind = if official { "official" } else { "weekends-only" };
        steps.push(ClockStep { step, working_days, from, by, calendar: calendar_kind, unconfirmed: calendar.unconfirmed });
        before = by;
    }
    steps
}

fn papers(household: &Household) -> Vec<&'static str> {
    let by_agent = Channel::Agent.bit();
    let agent = household.given_slot(fact::CHANNEL.id, 0).and_then(crate::slot::Slot::value) == Some(by_agent)
        || household.has(fact::AGENT_RELATION.id);
    PAPERS.into_iter().chain(agent.then_some("agent-papers")).listed()
}
