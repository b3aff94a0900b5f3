//! Decides a household: each benefit in the tables of its own area, for the day the money is for.
//!
//! The order and the branches are here; what becomes of each answer is for the [`Sink`].

use crate::area::AreaCode;
use crate::date::Date;
use crate::engine::Engine;
use crate::error::FactError;
use crate::formula::{Basis, Formula, Gives, Outline, Per};
use crate::household::dictionary::fact;
use crate::household::{Frame, Household};
use crate::reading::value::{Values, World};
use crate::tables::AsOf;

/// Takes the answers one by one.
pub(crate) trait Sink {
    /// A benefit for one row of its list, all values read.
    fn decided(&mut self, values: &Values, place: &Place<'_>);
    /// A benefit for which not even the area is known; `needs` are the facts that would say so.
    fn without_area(&mut self, place: &Nowhere<'_>, needs: &[String]);
    /// All benefits of an area have been told; whoever looks at benefits one by one need not listen.
    fn combined(&mut self, _values: &Values, _formula: &Formula, _place: &Whole<'_>) {}
    /// A formula has been read for an area.
    fn used(&mut self, area: AreaCode, formula: &std::sync::Arc<Formula>);
}

/// One benefit, for whom, where and when.
pub(crate) struct Place<'p> {
    /// The formula it is part of.
    pub formula: &'p Formula,
    /// Its parts.
    pub outline: &'p Outline,
    /// The row of its list.
    pub row: usize,
    /// The area whose tables decide.
    pub area: AreaCode,
    /// What the formula was read against.
    pub world: World<'p>,
}

/// All benefits of one area, for whom.
pub(crate) struct Whole<'p> {
    /// The area.
    pub area: AreaCode,
    /// Members registered there.
    pub members: &'p [usize],
    /// Whether it decides for the household.
    pub is_home: bool,
}

/// One benefit for whom, with no area to decide it.
pub(crate) struct Nowhere<'p> {
    /// Its id.
    pub benefit: &'p str,
    /// What it gives.
    pub gives: Gives,
    /// For what it is paid.
    pub per: Per,
    /// Which of the person's areas would decide.
    pub basis: Basis,
    /// The member it is for.
    pub member: Option<usize>,
    /// The bill it is for.
    pub bill: Option<usize>,
}

/// One reading of one area's formula on one day.
struct Visit {
    area: AreaCode,
    day: Date,
    bills: Vec<usize>,
}

/// Household benefits first, then each member's, then the bills; the applicant's area before the others.
///
/// # Errors
/// `arithmetic-limit` if the tables of an area multiply beyond what stays exact.
pub(crate) fn decide(
    engine: &Engine,
    household: &Household,
    as_of: AsOf,
    values: &mut Values,
    sink: &mut dyn Sink,
) -> Result<(), FactError> {
    let day = as_of.day;
    let members = household.rows(Frame::Member);
    let registered: Vec<Option<AreaCode>> = (0..members).map(|member| household.registered_area(member, day)).collect();
    let applicant = household.applicant();
    let home = applicant.and_then(|member| registered.get(member).copied().flatten());
    let mut visits: Vec<Visit> = Vec::new();
    for area in home.into_iter().chain(registered.iter().flatten().copied()) {
        if !visits.iter().any(|visit| visit.area == area) {
            visits.push(Visit { area, day, bills: Vec::new() });
        }
    }
    if home.is_none() {
        household_nowhere(household, applicant, sink);
    }
    for (member, area) in registered.iter().enumerate() {
        if area.is_none() {
            member_nowhere(engine, household, member, sink);
        }
    }
    bills(engine, household, &mut visits, sink);
    for visit in visits {
        let formula = engine.formula(visit.area, AsOf { day: visit.day, ..as_of })?;
        let world = World { household, areas: &engine.tables().areas, calendar: &engine.tables().calendar, today: visit.day };
        values.read(&formula, world);
        let mut tell =
            |outline: &Outline, row: usize| sink.decided(values, &Place { formula: &formula, outline, row, area: visit.area, world });
        for outline in &formula.outlines {
            match outline.frame {
                Frame::Household if Some(visit.area) == home && visit.day == day => tell(outline, 0),
                Frame::Member if visit.day == day => {
                    let here = registered.iter().enumerate().filter(|(_, area)| **area == Some(visit.area));
                    here.for_each(|(member, _)| tell(outline, member));
                }
                Frame::Bill => visit.bills.iter().for_each(|bill| tell(outline, *bill)),
                _ => {}
            }
        }
        if visit.day == day {
            let here = registered.iter().enumerate().filter(|(_, area)| **area == Some(visit.area));
            let members: Vec<usize> = here.map(|(member, _)| member).collect();
            sink.combined(values, &formula, &Whole { area: visit.area, members: &members, is_home: Some(visit.area) == home });
        }
        sink.used(visit.area, &formula);
    }
    Ok(())
}

/// Each bill is decided where and when the meal is eaten.
fn bills(engine: &Engine, household: &Household, visits: &mut Vec<Visit>, sink: &mut dyn Sink) {
    for bill in 0..household.rows(Frame::Bill) {
        let area = household.slot(fact::BILL_AREA.id, bill).value().and_then(AreaCode::from_number);
        let day = household.slot(fact::BILL_DATE.id, bill).value().and_then(|days| i32::try_from(days).ok()).and_then(Date::from_days);
        match (area, day) {
            (Some(area), Some(day)) => match visits.iter_mut().find(|visit| visit.area == area && visit.day == day) {
                Some(visit) => visit.bills.push(bill),
                None => visits.push(Visit { area, day, bills: vec![bill] }),
            },
            (area, day) => {
                let lacking = [(fact::BILL_AREA.id, area.is_none()), (fact::BILL_DATE.id, day.is_none())];
                let needs: Vec<String> =
                    lacking.iter().filter(|(_, lacks)| *lacks).map(|(field, _)| household.path(*field, bill)).collect();
                for benefit in engine.tables().benefits.iter().filter(|benefit| !benefit.bills.is_empty() && !benefit.only_where_listed) {
                    let member = eater(household, bill);
                    let place = Nowhere {
                        benefit: &benefit.id,
                        gives: benefit.gives,
                        per: benefit.per,
                        basis: benefit.basis,
                        member,
                        bill: Some(bill),
                    };
                    sink.without_area(&place, &needs);
                }
            }
        }
    }
}

/// The member a bill is for.
pub(crate) fn eater(household: &Household, bill: usize) -> Option<usize> {
    household.slot(fact::BILL_MEMBER.id, bill).value().and_then(|member| usize::try_from(member).ok())
}

fn household_nowhere(household: &Household, applicant: Option<usize>, sink: &mut dyn Sink) {
    let need = match applicant {
        Some(member) => household.list_path(Frame::Registered, member),
        None => household.path(fact::APPLICANT_ID.id, 0),
    };
    for (benefit, gives) in [
        ("minimum-living-allowance", Gives::Cash),
        ("borderline-household", Gives::Status),
        ("essential-expense-hardship", Gives::Status),
        ("exit-grace-period", Gives::Cash),
    ] {
        let place = Nowhere { benefit, gives, per: Per::Month, basis: Basis::RegisteredArea, member: None, bill: None };
        sink.without_area(&place, std::slice::from_ref(&need));
    }
}

fn member_nowhere(engine: &Engine, household: &Household, member: usize, sink: &mut dyn Sink) {
    let need = household.list_path(Frame::Registered, member);
    let local = engine.tables().benefits.iter().filter(|benefit| benefit.bills.is_empty() && !benefit.only_where_listed);
    for benefit in ["covered-individually", "disability-living-subsidy", "disability-nursing-subsidy"]
        .into_iter()
        .chain(local.map(|benefit| &*benefit.id))
    {
        let place =
            Nowhere { benefit, gives: Gives::Cash, per: Per::Month, basis: Basis::RegisteredArea, member: Some(member), bill: None };
        sink.without_area(&place, std::slice::from_ref(&need));
    }
}
