//! What both disability subsidies ask: the certificate, and that nothing excludes the person.
//!
//! # What this file does not cover
//! Arrears, suspension and the month a new certificate counts from: those are read along the months.
//!
//! # Sources
//! 国发〔2015〕52号; 民发〔2021〕70号 (a certificate that expires is paid for up to and with the month of its last day, and goes
//! on being paid for while it is issued anew); local notices in the tables.

use super::{ANYWHERE_SINCE, Draft, clause, since};
use crate::endings::{PRISON_STOP, SENTENCE, is_still_paid, stops};
use crate::formula::Expr;
use crate::household::dictionary::{CardState, ServiceInjuryKind, fact, row, unit};
use crate::tables::Condition;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{OfMember, Subject};

type Truth<'b> = Expr<'b, unit::Truth, row::Member>;

/// January 2016, counted in months.
const SUBSIDIES_SINCE: i64 = 2016 * 12;

/// Grades of a service injury certificate (残疾军人证、伤残人民警察证) that stand for a severe disability where it is accepted.
const SEVERE_SERVICE_GRADES: &[i64] = &[1, 2, 3, 4];

/// Registered in the area (户籍), with a disability and a certificate that is valid in the month of the day (残疾人证); `instead`
/// takes the place of the two.
pub fn certificate<'b>(member: &OfMember<'_, 'b>, draft: &mut Draft<'b, row::Member>, instead: Option<Truth<'b>>) {
    let rules = member.rules;
    let builder = rules.builder;
    // What said so before the notice of 2021 was not read.
    let law = if since(rules, ANYWHERE_SINCE) { clause("mca-office-2021-2", "") } else { None };
    let has_disability = builder.always::<row::Disability>(true).count_rows().at_least(builder.count(1));
    // Nothing is looked up for who has neither certificate.
    let concerned = has_disability.or(builder.fact(fact::SERVICE_INJURY_KIND).is(ServiceInjuryKind::Nothing).not());
    draft.implies(concerned);
    draft.requires("registered-in-area", member.registered_in(rules.area), law);
    let or_instead = |own: Truth<'b>| instead.map_or(own, |instead| own.or(instead));
    draft.requires("has-disability", or_instead(has_disability), clause("state-council-2015-52", ""));
    // Who has no disability has no certificate either, and is not asked for one.
    let card = has_disability.and(valid(rules));
    draft.requires("disability-card-valid", or_instead(card), clause("state-council-2015-52", ""));
    free(rules, draft, concerned);
}

/// Who serves a sentence is paid nothing from the month after the judgment, where the area's text says so; who does is told of, not
/// asked.
fn free<'b>(rules: &Rules<'b>, draft: &mut Draft<'b, row::Member>, concerned: Truth<'b>) {
    let builder = rules.builder;
    let today = builder.today::<row::Member>();
    let [judged, since] = SENTENCE;
    let judged = builder.fact(judged);
    let since = builder.choose(is_told(rules, judged), judged, builder.fact(since)).month();
    let not_yet = is_still_paid(today.month(), since).told_or(builder.always(true));
    let released = builder.fact(fact::IMPRISONED_UNTIL).at_most(today).told_or(builder.always(false));
    let paid_on = match rules.word(PRISON_STOP) {
        (Word::Known(word), known) if stops(word) => known.not(),
        (_, known_or_not) => known_or_not,
    };
    draft.requires_tacitly("not-in-prison", builder.any(&[concerned.not(), not_yet, released, paid_on]), rules.clause(PRISON_STOP));
}

/// Whether the certificate counts in the month of the day.
///
/// One that is valid or being issued anew counts, unless its last day lies in an earlier month; one that has expired still
/// counts to the end of the month of its last day; before it is issued none counts. Who says that it is valid need know neither
/// day.
///
/// # Source
/// 民发〔2021〕70号 as 湖北省民政厅 restates it: stopped from the month after expiry; the old amount goes on during re-issue.
fn valid<'b>(rules: &Rules<'b>) -> Truth<'b> {
    let builder = rules.builder;
    let state = builder.fact(fact::CARD_STATE);
    let today = builder.today::<row::Member>();
    let this_month = today.month();
    // Before one that was issued anew there was another, of which the rules of time know.
    let is_anew = is_told(rules, builder.fact(fact::CARD_PREVIOUS_EXPIRED));
    let issued = builder.own_day_or_today(fact::CARD_ISSUED).at_most(today).or(is_anew);
    let not_over = this_month.at_most(builder.own_day_or_today(fact::CARD_EXPIRES).month());
    let last_month = this_month.at_most(builder.fact(fact::CARD_EXPIRES).month());
    let in_hand = state.is_one_of(&[CardState::Valid, CardState::Reissuing]);
    in_hand.and(not_over).or(state.is(CardState::Expired).and(last_month)).and(issued)
}

/// The month of the application, but none before the certificate was issued, unless something takes its place (`instead`), and
/// none before there was a subsidy anywhere.
///
/// # Source
/// 国发〔2015〕52号 (from 2016-01-01; paid from the month of application); of a certificate issued anew the rules of time know.
pub fn first_month<'b>(rules: &Rules<'b>, instead: Option<Truth<'b>>) -> Expr<'b, unit::MonthUnit, row::Member> {
    let builder = rules.builder;
    let applied = builder.day_or_today::<row::Member>(fact::APPLIED_ON).month();
    let issued = builder.fact(fact::CARD_ISSUED);
    let is_new = is_told(rules, issued).and(is_told(rules, builder.fact(fact::CARD_PREVIOUS_EXPIRED)).not());
    let is_new = instead.map_or(is_new, |instead| is_new.and(instead.not()));
    let first = builder.retyped(builder.count(SUBSIDIES_SINCE));
    applied.or_more(builder.choose(is_new, issued.month(), first)).or_more(first)
}

fn is_told<'b>(rules: &Rules<'b>, day: Expr<'b, unit::Day, row::Member>) -> Truth<'b> {
    day.at_most(day).told_or(rules.builder.always(false))
}

/// Whether a certificate of a disabled soldier or police officer takes the place of the disability certificate here.
pub fn service_card<'b>(rules: &Rules<'b>) -> Truth<'b> {
    let builder = rules.builder;
    let kind = builder.fact(fact::SERVICE_INJURY_KIND);
    let grade = builder.fact(fact::SERVICE_INJURY_GRADE);
    let severe = kind.is(ServiceInjuryKind::Nothing).not().and(grade.is_among(SEVERE_SERVICE_GRADES));
    match rules.word("disability-service-card") {
        (Word::Known("accepted"), known) => severe.and(known),
        (Word::Known(_), known) => severe.and(known.not()),
        (Word::Unknown, unknown) => severe.and(unknown),
    }
}

/// A member as the nursing tables see who holds a service injury certificate: severely disabled, grade 1 or 2 not being said.
pub struct WithServiceCard<'m, 'r, 'b> {
    /// The member.
    pub member: &'m OfMember<'r, 'b>,
    /// Whether the certificate counts here.
    pub holds: Truth<'b>,
}

impl<'b> Subject<'b, row::Member> for WithServiceCard<'_, '_, 'b> {
    fn holds(&self, condition: &Condition) -> Truth<'b> {
        let own = self.member.holds(condition);
        let Condition::DisabilityGrade(grades) = condition else { return own };
        let builder = self.member.rules.builder;
        let has = |grade: i64| grades.contains(&grade);
        let severe = match (has(1), has(2)) {
            (true, true) => builder.always(true),
            (false, false) => builder.always(false),
            _ => self.member.rules.missing::<unit::Yuan, _>("disability-service-card-grade", "unknown", self.member.rules.area, None).fits,
        };
        let own_is_severe = self.member.worst_grade().is_among(&[1, 2]);
        builder.choose(self.holds.and(own_is_severe.not()), severe, own)
    }
}
