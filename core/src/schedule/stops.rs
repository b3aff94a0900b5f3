//! What starts, interrupts and ends a payment as time passes: the rules of time that stand beside the conditions.
//!
//! Months are the unit: a payment begins with the month of the application and stops with the month after what ends it, unless
//! a table of the area says otherwise. An event that nobody has told is taken not to have happened.
//!
//! What this file does not cover: transition at the old amount in force majeure, which a region may set; stops on one's own
//! request, for fraud or for a re-check that failed, and what is paid back or recovered then. No fact tells of them.
//!
//! # Sources
//! 民办发〔2021〕2号 (paid from the month of application); 民发〔2021〕70号 and 民发〔2022〕79号 (a certificate that expires, a new one,
//! back pay of at most three months); local notices in the tables `disability-…-stop`.

use super::result::{Because, PaidOut};
use crate::area::AreaCode;
use crate::date::{Date, Month};
use crate::endings::{PRISON_STOP, SENTENCE, is_still_paid, stops};
use crate::engine::Engine;
use crate::formula::Basis;
use crate::household::dictionary::{CardState, Fact, Names, PaymentState, Row, Status, fact, unit};
use crate::household::{FieldId, Frame, Household};
use crate::order::Listed as _;
use crate::slot::Slot;
use crate::source::Clause;
use crate::tables::{Answer, AsOf, CellValue, Group, State};

/// Whether the rules of time let a month be paid.
pub(crate) enum Verdict {
    /// They do.
    Paid,
    /// They do not.
    Stopped(Because),
    /// The office may pay it.
    Office(Because),
    /// One of two readings pays it, and which one holds is not known.
    Open(Because),
}

/// The rules of time for one household.
pub(crate) struct Stops<'s> {
    pub engine: &'s Engine,
    pub household: &'s Household,
    pub known_on: Option<Date>,
    /// Rules that were taken because no text of the area was found.
    pub conventions: Vec<&'static str>,
}

/// A benefit of one member, or of the household (then by its applicant).
#[derive(Clone, Copy)]
pub(crate) struct Who<'w> {
    pub benefit: &'w str,
    pub member: Option<usize>,
    /// Which of the person's areas decides.
    pub basis: &'w str,
}

impl Who<'_> {
    fn is_disability_subsidy(self) -> bool {
        matches!(self.benefit, "disability-living-subsidy" | "disability-nursing-subsidy")
    }
}

/// What a table with one word for everybody says on a day.
struct Rule {
    words: Vec<String>,
    /// Every row of it has certainly begun and is not over.
    certain: bool,
    clause: Option<Clause>,
}

impl Rule {
    fn is(&self, word: &str) -> bool {
        self.words.len() == 1 && self.words.first().is_some_and(|own| own == word)
    }
}

/// The household as it is for a span of time: a certificate that is said to be expired or being issued again was valid until
/// its last day, which the rules of time count with.
pub(crate) fn over_time(household: &Household) -> Household {
    let mut over_time = household.clone();
    for member in 0..household.rows(Frame::Member) {
        let state = household.slot(fact::CARD_STATE.id, member);
        let is = |one: CardState| state.value().is_some_and(|bits| bits == one.bit());
        if (is(CardState::Expired) || is(CardState::Reissuing)) && household.slot(fact::CARD_EXPIRES.id, member).value().is_some() {
            over_time.set(fact::CARD_STATE.id, member, Slot::exact(CardState::Valid.bit()));
        }
    }
    over_time
}

impl Stops<'_> {
    /// Whether a month can be paid at all, by the area that decides in it.
    pub fn month(&mut self, who: Who<'_>, area: AreaCode, month: Month, first: Option<Month>) -> Verdict {
        if let Some(verdict) = self.interrupted(who, area, month) {
            return verdict;
        }
        self.started(who, area, month, first)
    }

    /// What has happened to a payment that has begun; `None` if nothing.
    pub fn interrupted(&mut self, who: Who<'_>, area: AreaCode, month: Month) -> Option<Verdict> {
        if let Some(ended) = self.ended(who, area, month) {
            return Some(Verdict::Stopped(ended));
        }
        if who.is_disability_subsidy() { self.certificate(who, area, month) } else { None }
    }

    /// Whether the person has died, is in prison or has been declared missing.
    fn ended(&mut self, who: Who<'_>, area: AreaCode, month: Month) -> Option<Because> {
        let member = who.member?;
        if let Some((died, path)) = self.told(fact::DIED_ON, member) {
            let rule = self.rule("disability-death-stop", area, died);
            let at_once = who.is_disability_subsidy() && rule.is("same-month");
            if rule.words.is_empty() || !who.is_disability_subsidy() {
                self.assume("stops-month-after-death");
            }
            if !is_still_paid(month, died.month()) || at_once && month == died.month() {
                return Some(Because { clause: rule.clause, ..Because::fact("died", path) });
            }
        }
        if !who.is_disability_subsidy() {
            return None;
        }
        if let Some((missing, path)) = self.told(fact::DECLARED_MISSING, member) {
            self.assume("stops-month-after-missing");
            if !is_still_paid(month, missing.month()) {
                return Some(Because::fact("declared-missing", path));
            }
        }
        if let Some((judged, path)) = SENTENCE.into_iter().find_map(|day| self.told(day, member)) {
            let rule = self.rule(PRISON_STOP, area, judged);
            if rule.words.is_empty() {
                self.assume("stops-month-after-judgment");
            }
            let goes_on = matches!(rule.words.as_slice(), [word] if !stops(word));
            if !is_still_paid(month, judged.month()) && !goes_on {
                let released = self.told(fact::IMPRISONED_UNTIL, member).map(|(until, _)| until);
                let applied = self.told(fact::APPLIED_ON, 0).map(|(applied, _)| applied);
                let again = released.zip(applied).filter(|(released, applied)| applied >= released).map(|(_, applied)| applied.month());
                if again.is_none_or(|again| month < again) {
                    return Some(Because { clause: rule.clause, ..Because::fact("in-prison", path) });
                }
            }
        }
        None
    }

    /// Whether the certificate is valid in a month, and from when it is paid by again; `None` if it was never interrupted.
    fn certificate(&mut self, who: Who<'_>, area: AreaCode, month: Month) -> Option<Verdict> {
        let member = who.member?;
        let expires = self.told(fact::CARD_EXPIRES, member);
        if let Some((expires, path)) = expires
            && month > expires.month()
        {
            return Some(Verdict::Stopped(Because { clause: document("mca-2022-79"), ..Because::fact("card-lapsed", path) }));
        }
        let (previous, path) = self.told(fact::CARD_PREVIOUS_EXPIRED, member)?;
        let (issued, _) = self.told(fact::CARD_ISSUED, member)?;
        // Issued before payment stopped: nothing was interrupted.
        if month <= previous.month() || issued.month() <= previous.month() {
            return None;
        }
        let lapsed = || Because { clause: document("mca-2022-79"), ..Because::fact("card-lapsed", path.clone()) };
        let Some((applied, _)) = self.told(fact::APPLIED_ON, 0).filter(|(applied, _)| *applied > previous) else {
            let path = self.household.path(fact::APPLIED_ON.id, 0);
            return Some(Verdict::Stopped(Because::fact("new-application-needed", path)));
        };
        let rule = self.rule("disability-reissue-start", area, applied);
        let earliest = if rule.is("application-month") { applied.month() } else { issued.month().min(applied.month()) };
        let latest = if rule.is("card-issue-month") { issued.month().min(applied.month()) } else { applied.month() };
        let back = self.back_pay_months(area, applied);
        if month >= latest {
            return Some(Verdict::Paid);
        }
        if month >= earliest {
            return Some(Verdict::Open(Because { clause: rule.clause, ..lapsed() }));
        }
        if earliest.plus(back.saturating_neg()).is_some_and(|from| month >= from) {
            return Some(Verdict::Office(Because { code: "back-pay".to_owned(), clause: rule.clause, path: Some(path) }));
        }
        Some(Verdict::Stopped(lapsed()))
    }

    fn back_pay_months(&self, area: AreaCode, day: Date) -> i32 {
        let found = self.engine.tables().find("disability-reissue-back-pay-months", area, AsOf { day, known_on: self.known_on });
        let rows = found.certain.iter().chain(&found.perhaps).flat_map(rows);
        let counts = rows.filter_map(|row| if let CellValue::Count(months) = row.value { i32::try_from(months).ok() } else { None });
        counts.max().unwrap_or(0)
    }

    /// Whether payment has begun in the area that decides: because it was drawn before, stated, or applied for.
    fn started(&self, who: Who<'_>, area: AreaCode, month: Month, first: Option<Month>) -> Verdict {
        let household = self.household;
        let person = who.member.or(household.applicant());
        // Help in an emergency is for the place where it happened, whoever is registered where.
        let moves = who.basis == Basis::RegisteredArea.name();
        let place = |day: Date| household.registered_area(person?, day).filter(|_| moves);
        if let Some(since) = self.drawn_since(who) {
            let since = since.unwrap_or(Date::MIN);
            if since.month() <= month && self.registered_since(person, area, month.last_day()) <= since {
                return Verdict::Paid;
            }
        }
        let Some((applied, path)) = self.told(fact::APPLIED_ON, 0) else { return Verdict::Paid };
        // Another area than that of the registration decides for other reasons too; a move is none unless somebody has moved.
        let has_moved = |left: &AreaCode| *left != area && place(month.last_day()) != Some(*left);
        if let Some(left) = place(applied).filter(has_moved) {
            let because = Because::fact("new-application-needed", path);
            return if self.may_go_on(who, left, area, month.first_day()) { Verdict::Open(because) } else { Verdict::Stopped(because) };
        }
        match first.unwrap_or_else(|| applied.month()) {
            first if month < first => Verdict::Stopped(Because::fact("before-first-month", path)),
            _ => Verdict::Paid,
        }
    }

    /// Whether a subsidy may go on where the person has moved to: the place that was left stops it only for who has moved further.
    fn may_go_on(&self, who: Who<'_>, left: AreaCode, area: AreaCode, day: Date) -> bool {
        let rule = self.rule("disability-move-stop", left, day);
        let reaches = |word: &String| match word.as_str() {
            "left-city" => left.city() == area.city(),
            // How far is not known: at most the province.
            "left-province" | "unknown" => left.province() == area.province(),
            _ => false,
        };
        who.is_disability_subsidy() && rule.words.iter().any(reaches)
    }

    /// From when a person has been registered in an area without a break, seen from a day.
    fn registered_since(&self, person: Option<usize>, area: AreaCode, day: Date) -> Date {
        let Some(person) = person else { return Date::MIN };
        let household = self.household;
        let here = household.rows_of(Frame::Registered, person).filter(|row| {
            household.slot(fact::REGISTERED_AREA.id, *row).value() == Some(area.number())
                && household.slot(fact::REGISTERED_FROM.id, *row).hi <= i64::from(day.days())
        });
        let starts = here.filter_map(|row| i32::try_from(household.slot(fact::REGISTERED_FROM.id, row).lo).ok());
        starts.max().and_then(Date::from_days).unwrap_or(Date::MIN)
    }

    /// Since when the benefit is drawn, or an office has recognised the household, if so: `Some(None)` where the day was not told.
    fn drawn_since(&self, who: Who<'_>) -> Option<Option<Date>> {
        let household = self.household;
        if who.member.is_none() && who.benefit == "minimum-living-allowance" {
            let allowance = Status::MinimumLivingAllowance.bit();
            let is_in_force = |row: &usize| household.slot(fact::STANDING_STATUS.id, *row).value() == Some(allowance);
            let standing = (0..household.rows(Frame::Standing)).find(is_in_force)?;
            return Some(self.told(fact::STANDING_FROM, standing).map(|(from, _)| from));
        }
        let persons = match who.member {
            Some(member) => member..member.saturating_add(1),
            None => 0..household.rows(Frame::Member),
        };
        let names = <crate::household::dictionary::Benefit as Names>::NAMES;
        let bit = names.iter().position(|name| *name == who.benefit).and_then(|at| u32::try_from(at).ok()).map(|at| 1_i64 << at.min(62))?;
        let mut rows = persons.flat_map(|member| household.rows_of(Frame::Receiving, member));
        let drawn = rows.find(|row| {
            household.slot(fact::RECEIVING_KEY.id, *row).value() == Some(bit)
                && household.slot(fact::RECEIVING_STATE.id, *row).value() == Some(PaymentState::Paying.bit())
        })?;
        Some(self.told(fact::RECEIVING_FROM, drawn).map(|(from, _)| from))
    }

    fn assume(&mut self, convention: &'static str) {
        if !self.conventions.contains(&convention) {
            self.conventions.push(convention);
        }
    }

    /// A day that was told, and its path.
    fn told<R: Row>(&self, field: Fact<unit::Day, R>, row: usize) -> Option<(Date, String)> {
        let id: FieldId = field.id;
        let day = self.household.given_slot(id, row)?.value().and_then(Date::from_count)?;
        Some((day, self.household.path(id, row)))
    }

    /// In which month a month is paid out at the earliest and at the latest, where a table says it is not in itself.
    pub fn paid_out(&self, benefit: &str, area: AreaCode, month: Month) -> Option<PaidOut> {
        let rule = self.rule(&format!("{benefit}-paid-out"), area, month.first_day());
        let (earliest, latest) = match () {
            () if !rule.certain => return None,
            () if rule.is("month-before") => (month.plus(-1)?, month.plus(-1)?),
            () if rule.is("quarter-first-month") => (month.first_of_quarter(), month.first_of_quarter()),
            () if rule.is("quarter-last-month") => (month.first_of_quarter().plus(2)?, month.first_of_quarter().plus(2)?),
            // Before or after the months it is for, the text does not say.
            () if rule.is("quarter") => (month.first_of_quarter(), month.first_of_quarter().plus(3)?),
            () => return None,
        };
        Some(PaidOut { earliest, latest, clause: rule.clause })
    }

    fn rule(&self, parameter: &str, area: AreaCode, day: Date) -> Rule {
        let found = self.engine.tables().find(parameter, area, AsOf { day, known_on: self.known_on });
        let is_certain = |answer: &Answer<'_>| answer.groups.iter().all(|group| group.state == State::InForce);
        let certain = found.perhaps.is_empty() && found.certain.as_ref().is_ok_and(is_certain);
        let mut rule = Rule { words: Vec::new(), certain, clause: None };
        for row in found.certain.iter().chain(&found.perhaps).flat_map(rows) {
            let word = if let CellValue::Word(word) = &row.value { word.clone() } else { "unknown".to_owned() };
            if !rule.words.contains(&word) {
                rule.words.push(word);
            }
            rule.clause = rule.clause.or_else(|| Some(row.clause.clone()));
        }
        rule
    }
}

/// The rows that are, or may be, in force.
fn rows<'t>(answer: &Answer<'t>) -> Vec<&'t crate::tables::TableRow> {
    let of = |group: &Group<'t>| match &group.state {
        State::InForce => vec![group.row],
        State::OneOf(rows, _) => rows.clone(),
        State::Expired => Vec::new(),
    };
    answer.groups.iter().flat_map(of).filter_map(|number| answer.table.rows.get(number)).listed()
}

fn document(id: &str) -> Option<Clause> {
    Some(Clause::new(id, ""))
}

/// The day of the application, if it was told.
pub(super) fn applied(household: &Household) -> Option<Date> {
    household.given_slot(fact::APPLIED_ON.id, 0)?.value().and_then(Date::from_count)
}
