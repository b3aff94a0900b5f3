//! Decides a household: each benefit in the tables of its own area, for the day the money is for.
//!
//! The order and the branches are here; what becomes of each answer is for the [`Sink`].

use std::sync::Arc;

use crate::area::AreaCode;
use crate::candidates::{self, Candidate, Places};
use crate::date::Date;
use crate::engine::Engine;
use crate::entry::Answer;
use crate::error::FactError;
use crate::formula::{Basis, Depth, Formula, Gives, Outline, Per};
use crate::household::dictionary::fact;
use crate::household::{FieldId, Frame, Household};
use crate::order::Listed as _;
use crate::reading::value::{Values, World};
use crate::tables::{AsOf, LocalBenefit};

/// Takes the answers one by one.
pub(crate) trait Sink {
    /// How much it looks at.
    fn depth(&self) -> Depth {
        Depth::All
    }
    /// Reads the values of a formula; who knows what has changed since the last time need not read all.
    fn read(&mut self, values: &mut Values, formula: &Formula, world: World<'_>) {
        values.read(formula, formula.needed(&self.depth()), world);
    }
    /// The same benefit will be told once for several places where the household may apply; this is one of them.
    fn candidate(&mut self, _values: &Values, _place: &Place<'_>) {}
    /// A benefit for one row of its list, all values read.
    fn decided(&mut self, values: &Values, place: &Place<'_>);
    /// A benefit for which not even the area is known; `needs` are the facts that would say so.
    fn without_area(&mut self, place: &Nowhere<'_>, needs: &[String]);
    /// All benefits of an area have been told; whoever looks at benefits one by one need not listen.
    fn combined(&mut self, _values: &Values, _formula: &Formula, _place: &Whole<'_>) {}
    /// A formula has been read for an area.
    fn used(&mut self, area: AreaCode, formula: &Arc<Formula>);
}

/// One benefit, for whom, where and when.
#[derive(Clone, Copy)]
pub(crate) struct Place<'p> {
    /// The formula it is part of.
    pub formula: &'p Arc<Formula>,
    /// Its parts.
    pub outline: &'p Outline,
    /// The row of its list.
    pub row: usize,
    /// The area whose tables decide.
    pub area: AreaCode,
    /// What the formula was read against.
    pub world: World<'p>,
    /// The places where the household may apply, if there are several.
    pub several: Option<&'p Several>,
}

/// What each place where the household may apply comes to.
pub(crate) struct Several {
    /// The places.
    pub places: Places,
    /// Each benefit in each place.
    pub answers: Vec<(Arc<str>, Candidate, Answer)>,
}

/// All benefits of one area, for whom.
#[derive(Clone, Copy)]
pub(crate) struct Whole<'p> {
    /// What the formula was read against.
    pub world: World<'p>,
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

impl Nowhere<'_> {
    /// The row of its list.
    pub fn row(&self) -> usize {
        self.bill.or(self.member).unwrap_or(0)
    }
}

/// One reading of one area's formula on one day.
struct Visit {
    area: AreaCode,
    day: Date,
    bills: Vec<usize>,
}

/// Facts that say what happened where; one of them told, help for it is decided.
const INCIDENT: [FieldId; 5] =
    [fact::INCIDENT_KIND.id, fact::INCIDENT_AREA.id, fact::INCIDENT_DATE.id, fact::INCIDENT_LOSS.id, fact::INCIDENT_SELF_PAID.id];

/// Whether it rests on a fact which areas decide what, for whom and when. Households that have all of these alike are decided
/// by the same formulas.
pub(crate) fn is_of_places(field: FieldId) -> bool {
    let single = [fact::APPLICANT_ID.id, fact::PERMIT_AREA.id, fact::PERMIT_FROM.id];
    is_list_of_places(field.field().frame) || single.contains(&field) || INCIDENT.contains(&field)
}

/// Whether it rests on the rows of a list.
pub(crate) fn is_list_of_places(list: Frame) -> bool {
    matches!(list, Frame::Registered | Frame::Residence | Frame::Bill)
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
    let registered: Vec<Option<AreaCode>> = (0..members).map(|member| household.registered_area(member, day)).listed();
    let applicant = household.applicant();
    let places = candidates::find(engine.tables(), household, as_of);
    let own = applicant.and_then(|member| registered.get(member).copied().flatten());
    let told = places.are_several(applicant);
    if told {
        several(engine, household, as_of, values, places, sink)?;
    }
    // What is told for several places at once is not told again for the applicant's own.
    let home = own.filter(|_| !told);
    let mut visits: Vec<Visit> = Vec::new();
    for area in own.into_iter().chain(registered.iter().flatten().copied()) {
        if !visits.iter().any(|visit| visit.area == area) {
            visits.push(Visit { area, day, bills: Vec::new() });
        }
    }
    if own.is_none() {
        household_nowhere(engine, household, applicant, sink);
    }
    for (member, area) in registered.iter().enumerate() {
        if area.is_none() {
            member_nowhere(engine, household, member, sink);
        }
    }
    let incident = incident(engine, household, day, &mut visits, sink);
    bills(engine, household, &mut visits, sink);
    for visit in visits {
        let formula = engine.formula(visit.area, AsOf { day: visit.day, ..as_of })?;
        let world = World { household, areas: &engine.tables().areas, calendar: &engine.tables().calendar, today: visit.day };
        sink.read(values, &formula, world);
        let mut tell = |outline: &Outline, row: usize| {
            sink.decided(values, &Place { formula: &formula, outline, row, area: visit.area, world, several: None })
        };
        for outline in &formula.outlines {
            match outline.frame {
                Frame::Household if visit.day == day => {
                    // Help in an emergency is for the place where it happened, all else for that of the applicant.
                    let place = if outline.basis == Basis::IncidentArea { incident } else { home };
                    if place == Some(visit.area) {
                        tell(outline, 0);
                    }
                }
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
            let members: Vec<usize> = here.map(|(member, _)| member).listed();
            sink.combined(values, &formula, &Whole { world, area: visit.area, members: &members, is_home: Some(visit.area) == home });
        }
        sink.used(visit.area, &formula);
    }
    Ok(())
}

/// The household's benefits in each place where it may apply; the entry is that of the place chosen.
fn several(
    engine: &Engine,
    household: &Household,
    as_of: AsOf,
    values: &mut Values,
    places: Places,
    sink: &mut dyn Sink,
) -> Result<(), FactError> {
    let Some(chosen) = places.chosen(household.applicant()) else { return Ok(()) };
    type Tell<'t> = dyn FnMut(&mut dyn Sink, &Values, &Place<'_>) + 't;
    let mut in_place = |candidate: Candidate, sink: &mut dyn Sink, tell: &mut Tell<'_>| -> Result<(), FactError> {
        let formula = engine.formula(candidate.area, as_of)?;
        let household = household.with_applicant(candidate.via);
        let world = World { household: &household, areas: &engine.tables().areas, calendar: &engine.tables().calendar, today: as_of.day };
        sink.read(values, &formula, world);
        let own = |outline: &&Outline| outline.frame == Frame::Household && outline.basis == Basis::RegisteredArea;
        for outline in formula.outlines.iter().filter(own) {
            tell(sink, values, &Place { formula: &formula, outline, row: 0, area: candidate.area, world, several: None });
        }
        Ok(())
    };
    let mut answers = Vec::new();
    for candidate in &places.all {
        in_place(*candidate, sink, &mut |sink, values, place| {
            sink.candidate(values, place);
            answers.push((Arc::clone(&place.outline.benefit), *candidate, Answer::read(values, place)));
        })?;
    }
    let several = Several { places, answers };
    in_place(chosen, sink, &mut |sink, values, place| sink.decided(values, &Place { several: Some(&several), ..*place }))
}

/// Help in an emergency is decided where it happened, whoever is registered where; nobody is told of it unasked.
fn incident(engine: &Engine, household: &Household, day: Date, visits: &mut Vec<Visit>, sink: &mut dyn Sink) -> Option<AreaCode> {
    if !INCIDENT.iter().any(|field| household.has(*field)) {
        return None;
    }
    let area = household.slot(fact::INCIDENT_AREA.id, 0).value().and_then(AreaCode::from_number);
    match area {
        Some(area) if !visits.iter().any(|visit| visit.area == area) => visits.push(Visit { area, day, bills: Vec::new() }),
        Some(_) => {}
        None => {
            let need = household.path(fact::INCIDENT_AREA.id, 0);
            let benefit = "temporary-assistance";
            if !engine.decides(benefit) {
                return None;
            }
            let place = Nowhere { benefit, gives: Gives::Cash, per: Per::Once, basis: Basis::IncidentArea, member: None, bill: None };
            sink.without_area(&place, std::slice::from_ref(&need));
        }
    }
    area
}

/// Each bill is decided where and when the meal is eaten.
fn bills(engine: &Engine, household: &Household, visits: &mut Vec<Visit>, sink: &mut dyn Sink) {
    for bill in 0..household.rows(Frame::Bill) {
        let area = household.slot(fact::BILL_AREA.id, bill).value().and_then(AreaCode::from_number);
        let day = household.slot(fact::BILL_DATE.id, bill).value().and_then(Date::from_count);
        match (area, day) {
            (Some(area), Some(day)) => match visits.iter_mut().find(|visit| visit.area == area && visit.day == day) {
                Some(visit) => visit.bills.push(bill),
                None => visits.push(Visit { area, day, bills: vec![bill] }),
            },
            (area, day) => {
                let lacking = [(fact::BILL_AREA.id, area.is_none()), (fact::BILL_DATE.id, day.is_none())];
                let needs: Vec<String> = lacking.iter().filter(|(_, lacks)| *lacks).map(|(field, _)| household.path(*field, bill)).listed();
                let of_bills =
                    |benefit: &&LocalBenefit| !benefit.bills.is_empty() && !benefit.only_where_listed && engine.decides(&benefit.id);
                for benefit in engine.tables().benefits.iter().filter(of_bills) {
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

fn household_nowhere(engine: &Engine, household: &Household, applicant: Option<usize>, sink: &mut dyn Sink) {
    let need = match applicant {
        Some(member) => household.list_path(Frame::Registered, member),
        None => household.path(fact::APPLICANT_ID.id, 0),
    };
    let all = [
        ("minimum-living-allowance", Gives::Cash),
        ("borderline-household", Gives::Status),
        ("essential-expense-hardship", Gives::Status),
        ("exit-grace-period", Gives::Cash),
        ("expense-assistance", Gives::Cash),
    ];
    for (benefit, gives) in all.into_iter().filter(|(benefit, _)| engine.decides(benefit)) {
        let place = Nowhere { benefit, gives, per: Per::Month, basis: Basis::RegisteredArea, member: None, bill: None };
        sink.without_area(&place, std::slice::from_ref(&need));
    }
}

fn member_nowhere(engine: &Engine, household: &Household, member: usize, sink: &mut dyn Sink) {
    let need = household.list_path(Frame::Registered, member);
    let local = engine.tables().benefits.iter().filter(|benefit| benefit.bills.is_empty() && !benefit.only_where_listed);
    let national = [
        "covered-individually",
        "destitute-support",
        "orphan-allowance",
        "unattended-child-allowance",
        "disability-living-subsidy",
        "disability-nursing-subsidy",
    ];
    for benefit in national.into_iter().chain(local.map(|benefit| &*benefit.id)).filter(|id| engine.decides(id)) {
        let place =
            Nowhere { benefit, gives: Gives::Cash, per: Per::Month, basis: Basis::RegisteredArea, member: Some(member), bill: None };
        sink.without_area(&place, std::slice::from_ref(&need));
    }
}
