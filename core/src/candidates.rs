//! Where a household may apply whose members are registered in several places (在哪里申请).
//!
//! The result names every place the law leaves open; each is computed with its own tables, and they are never added up.
//!
//! What this file does not cover: residence in the months before the application, and the older rule before 2021-07-01,
//! for which only the applicant's own place counts here.
//!
//! # Sources
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 5: in different provinces, where a member's registration and
//! habitual residence are the same place, through that member; if nobody has both, each at their own registration. In
//! one province the province decides (`same-province-application`); holders of a residence permit where pilots accept
//! them (`residence-permit-application`).

use crate::area::AreaCode;
use crate::date::Date;
use crate::formula::Builder;
use crate::household::dictionary::{fact, row};
use crate::household::{Frame, Household};
use crate::order::Listed as _;
use crate::tables::rules::{Rules, Word};
use crate::tables::{AsOf, Tables};

/// Which rule lets the household apply in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A member is registered there, and no other rule picks.
    Registered,
    /// A member is registered there and lives there.
    RegisteredAndResident,
    /// A member lives there with a residence permit.
    ResidencePermit,
}

impl Rule {
    /// As results name it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::RegisteredAndResident => "registered-and-resident",
            Self::ResidencePermit => "residence-permit",
        }
    }
}

/// A place where the household may apply, through one of its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub area: AreaCode,
    /// The member through whom.
    pub via: usize,
    /// The rule.
    pub rule: Rule,
    /// Whether the law certainly lets the household apply there.
    pub certain: bool,
}

/// All places where a household may apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Each place once.
    pub all: Vec<Candidate>,
    /// Facts that say which of them the law means.
    pub needs: Vec<String>,
    /// There may be further places: of some member it is not known where.
    pub may_be_more: bool,
    /// A rule that is not known, and whose it is.
    pub missing: Option<(&'static str, AreaCode)>,
}

impl Places {
    /// Where the household applies: through the applicant where that is lawful, else through the first who can.
    #[must_use]
    pub fn chosen(&self, applicant: Option<usize>) -> Option<Candidate> {
        let own = self.all.iter().find(|place| Some(place.via) == applicant && place.rule != Rule::ResidencePermit);
        own.or_else(|| self.all.first()).copied()
    }

    /// Whether it is not known which of the places the law means.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.needs.is_empty() || self.missing.is_some()
    }

    /// Whether there is more to say than the applicant's own place.
    #[must_use]
    pub fn are_several(&self, applicant: Option<usize>) -> bool {
        self.all.len() > 1 || self.is_open() || self.all.iter().any(|place| Some(place.via) != applicant)
    }

    fn add(&mut self, area: AreaCode, via: usize, rule: Rule, certain: bool) {
        if !self.all.iter().any(|known| known.area == area) {
            self.all.push(Candidate { area, via, rule, certain });
        }
    }
}

/// Finds them; nothing if not even the applicant's own place is known.
#[must_use]
pub fn find(tables: &Tables, household: &Household, as_of: AsOf) -> Places {
    let mut places = Places::default();
    let Some(applicant) = household.applicant() else { return places };
    let Some(home) = household.registered_area(applicant, as_of.day) else { return places };
    let is_elsewhere = |member| household.registered_area(member, as_of.day) != Some(home);
    if as_of.is_since("2021-07-01") && (0..household.rows(Frame::Member)).any(is_elsewhere) {
        // The applicant first, so that of two members in one place the applicant is the one named.
        let others = (0..household.rows(Frame::Member)).filter(|member| *member != applicant);
        let people: Vec<Person> = std::iter::once(applicant).chain(others).map(|member| person(household, member, as_of.day)).listed();
        several(tables, household, as_of, home, &people, &mut places);
    } else {
        places.add(home, applicant, Rule::Registered, true);
    }
    permits(tables, household, as_of, &mut places);
    places
}

/// A member, where registered, and whether living there.
struct Person {
    member: usize,
    area: Option<AreaCode>,
    lives_there: Option<bool>,
}

fn person(household: &Household, member: usize, day: Date) -> Person {
    let area = household.registered_area(member, day);
    let lives_there = area.and_then(|area| lives_in(household, member, area, day));
    Person { member, area, lives_there }
}

/// Whether a member lives in an area; `None` while that is open.
fn lives_in(household: &Household, member: usize, area: AreaCode, day: Date) -> Option<bool> {
    let day = i64::from(day.days());
    let mut is_open = household.list(Frame::Residence, member).open_flags().is_some();
    for row in household.rows_of(Frame::Residence, member) {
        let (from, until) = (household.slot(fact::RESIDENCE_FROM.id, row), household.slot(fact::RESIDENCE_UNTIL.id, row));
        if from.lo > day || until.hi <= day {
            continue;
        }
        let is_now = from.hi <= day && day < until.lo;
        match household.slot(fact::RESIDENCE_AREA.id, row).value().and_then(AreaCode::from_number) {
            Some(place) if place.is_within(area) && is_now => return Some(true),
            // Only the city or the province may have been told.
            Some(place) if place.is_within(area) || area.is_within(place) => is_open = true,
            Some(_) => {}
            None => is_open = true,
        }
    }
    if is_open { None } else { Some(false) }
}

/// Members are, or may be, registered in several places.
fn several(tables: &Tables, household: &Household, as_of: AsOf, home: AreaCode, people: &[Person], places: &mut Places) {
    let known = || people.iter().filter_map(|one| one.area.map(|area| (one, area)));
    let in_one_province = known().all(|(_, area)| area.province() == home.province());
    let in_one_place = known().all(|(_, area)| area == home);
    let builder = Builder::default();
    let rules = Rules::new(&builder, tables, home, as_of);
    let by_residence = match rules.word::<row::Household>("same-province-application").0 {
        _ if !in_one_province => Some(true),
        // Who is not known to be registered elsewhere may still be, in another county of this province.
        Word::Unknown => None,
        Word::Known(_) if in_one_place => Some(true),
        Word::Known(word) => Some(word == "usual-residence"),
    };
    let some_are_unknown = people.iter().any(|one| one.area.is_none());
    let resident: Vec<(&Person, AreaCode)> = known().filter(|(one, _)| one.lives_there == Some(true)).listed();
    let is_lawful_at_home = people.first().is_some_and(|one| one.lives_there == Some(true));
    match by_residence {
        Some(true) if is_lawful_at_home || !resident.is_empty() => {
            resident.iter().for_each(|(one, area)| places.add(*area, one.member, Rule::RegisteredAndResident, true));
            if !is_lawful_at_home {
                ask(household, people, places);
            }
            known()
                .filter(|(one, _)| one.lives_there.is_none())
                .for_each(|(one, area)| places.add(area, one.member, Rule::Registered, false));
        }
        Some(true) => {
            ask(household, people, places);
            let certain = places.needs.is_empty();
            known().for_each(|(one, area)| places.add(area, one.member, Rule::Registered, certain));
        }
        _ if some_are_unknown && (by_residence.is_none() || !is_lawful_at_home) => {
            ask(household, people, places);
            known().for_each(|(one, area)| places.add(area, one.member, Rule::Registered, false));
        }
        Some(false) => known().for_each(|(one, area)| places.add(area, one.member, Rule::Registered, true)),
        None => {
            places.missing = Some(("same-province-application", home));
            known().for_each(|(one, area)| places.add(area, one.member, Rule::Registered, false));
        }
    }
}

/// Asks where those are registered and live of whom it is not known.
fn ask(household: &Household, people: &[Person], places: &mut Places) {
    for one in people {
        match (one.area, one.lives_there) {
            (None, _) => {
                places.may_be_more = true;
                places.needs.push(household.list_path(Frame::Registered, one.member));
            }
            (_, None) => places.needs.push(household.list_path(Frame::Residence, one.member)),
            _ => {}
        }
    }
}

/// Places where a member lives with a residence permit, if applications are, or may be, taken there.
fn permits(tables: &Tables, household: &Household, as_of: AsOf, places: &mut Places) {
    let day = i64::from(as_of.day.days());
    for member in 0..household.rows(Frame::Member) {
        let area = household.slot(fact::PERMIT_AREA.id, member).value().and_then(AreaCode::from_number);
        let (Some(area), true) = (area, household.slot(fact::PERMIT_FROM.id, member).hi <= day) else { continue };
        let builder = Builder::default();
        match Rules::new(&builder, tables, area, as_of).word::<row::Household>("residence-permit-application").0 {
            Word::Known("accepted") => places.add(area, member, Rule::ResidencePermit, true),
            Word::Known(_) => {}
            Word::Unknown => places.add(area, member, Rule::ResidencePermit, false),
        }
    }
}
