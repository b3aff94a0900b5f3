//! Benefits that are only tables: age allowances, older people's service and nursing allowances, meal discounts.
//!
//! # What it pays
//! Whatever the row says that fits the person (or the bill).
//!
//! # Who qualifies
//! Older people (老年人, 60 and over) in one of the rows of the area's table.
//!
//! # How much
//! The row's value: yuan, a share of the bill with a cap, or a share of another parameter.
//!
//! # What this file does not cover
//! When a month is paid out: that is for the schedule.
//!
//! # Sources
//! 老年人权益保障法 art. 2 (who is an older person); the documents named in each row.

use super::{Draft, OLDER_PERSON_AGE, clause, exclusions};
use crate::date::AgeRule;
use crate::formula::{Expr, Per, Unit};
use crate::household::dictionary::{fact, row, unit};
use crate::order::Listed as _;
use crate::tables::LocalBenefit;
use crate::tables::rules::Rules;
use crate::tables::subject::{OfMember, Subject};

type MonthOf<'b> = Expr<'b, unit::MonthUnit, row::Member>;

/// Writes one.
pub fn write<'b>(member: &OfMember<'_, 'b>, benefit: &LocalBenefit) {
    let member = OfMember { age_rule: member.rules.age_rule(&benefit.id), ..*member };
    for_member(&member, benefit);
}

fn for_member<'b>(member: &OfMember<'_, 'b>, benefit: &LocalBenefit) {
    let (rules, id) = (member.rules, benefit.id.as_str());
    let builder = rules.builder;
    let periods = periods(rules, id, benefit.per);
    let mut draft = Draft::<row::Member>::new(rules, id, benefit.gives, periods.main).by(benefit.basis);
    draft.requires("registered-in-area", member.registered_in(rules.area), rules.clause(id));
    let age = member.age();
    let least = builder.count(benefit.age_from.unwrap_or(OLDER_PERSON_AGE));
    draft.requires("of-age", age.at_least(least), clause("elderly-rights-act", "2"));
    draft.measured(age, least, Unit::Years);
    exclusions(rules, member, &format!("{id}-exclusions"), &mut draft);
    let term = rules.paid(id, member, periods.main, benefit.per);
    draft.requires("age-and-group-in-table", term.fits, rules.clause(id));
    draft.step("age", age, Unit::Years);
    draft.step("allowance-amount", term.value, Unit::Yuan);
    draft.pays(term.value);
    for per in &periods.others {
        draft.pays_besides(*per, rules.paid(id, member, *per, benefit.per).value);
    }
    extras(&mut draft, member, id);
    if let Some(reached) = month_of_age(member, benefit) {
        draft.starts(first_month(rules, id, reached));
        apply_early(&mut draft, member, id, reached);
    }
    draft.finish(None);
}

/// The month in which the person reaches the first age of a row. A row of a higher age later follows by itself.
///
/// `None` where no text says by which day ages count, or where whole years count from January on.
fn month_of_age<'b>(member: &OfMember<'_, 'b>, benefit: &LocalBenefit) -> Option<MonthOf<'b>> {
    let (rules, id) = (member.rules, benefit.id.as_str());
    let builder = rules.builder;
    let later = match member.age_rule? {
        AgeRule::Birthday | AgeRule::BirthMonth => 0,
        AgeRule::NextMonth => 1,
        AgeRule::CalendarYear | AgeRule::CompletedMonths => return None,
    };
    let born = builder.fact(fact::BIRTH_DATE).month();
    let never = builder.retyped(builder.count::<row::Member>(NEVER));
    let mut reached = never;
    for (conditions, least) in rules.ages(id) {
        let years = least.unwrap_or(benefit.age_from.unwrap_or(OLDER_PERSON_AGE));
        let others: Vec<_> = conditions.iter().map(|condition| member.holds(condition)).listed();
        let month = born.later(years.saturating_mul(12).saturating_add(later));
        reached = reached.or_less(builder.choose(builder.all(&others), month, never));
    }
    Some(reached)
}

/// The first month paid: that in which the age is reached, and where a late application is not paid back (逾期不补发) not one
/// before the application.
fn first_month<'b>(rules: &Rules<'b>, benefit: &str, reached: MonthOf<'b>) -> MonthOf<'b> {
    let builder = rules.builder;
    let applied = builder.day_or_today(fact::APPLIED_ON).month();
    let lost = rules.says(&format!("{benefit}-late-application"), "none");
    builder.choose(lost, reached.or_more(applied), reached)
}

/// Whether the application was not handed in too long before the age (可提前几个月申请), where the place says how long. Told with
/// the reasons: an application that was taken is not undone by it.
fn apply_early<'b>(draft: &mut Draft<'b, row::Member>, member: &OfMember<'_, 'b>, benefit: &str, reached: MonthOf<'b>) {
    let (rules, parameter) = (member.rules, format!("{benefit}-early-application-months"));
    let builder = rules.builder;
    if !rules.is_set(&parameter) {
        return;
    }
    let applied = builder.day_or_today(fact::APPLIED_ON).month();
    let never = builder.retyped(builder.count::<row::Member>(NEVER));
    let ahead: Expr<'b, unit::Count, row::Member> = builder.retyped(reached.or_more(applied) - applied);
    let ahead = builder.choose(reached.below(never), ahead, builder.count(0));
    let most = rules.count(&parameter, member).value;
    draft.remarks("not-applied-too-early", ahead.at_most(most), rules.clause(&parameter));
    draft.measured(ahead, most, Unit::Count);
}

/// A month that no formula reaches.
const NEVER: i64 = 29_999;

/// What a table of extras adds: so much a year on top, say; a person outside all its rows gets nothing from it.
fn extras<'b>(draft: &mut Draft<'b, row::Member>, member: &OfMember<'_, 'b>, benefit: &str) {
    let (rules, parameter) = (member.rules, format!("{benefit}-extra"));
    for per in periods(rules, &parameter, Per::Year).all() {
        let term = rules.paid(&parameter, member, per, Per::Year);
        let amount = rules.builder.choose(term.fits, term.value, rules.builder.nothing());
        draft.pays_besides(per, amount);
    }
}

/// For what the rows of a table in force are paid.
struct Periods {
    main: Per,
    others: Vec<Per>,
    any: bool,
}

impl Periods {
    fn all(self) -> impl Iterator<Item = Per> {
        self.any.then_some(self.main).into_iter().chain(self.others)
    }
}

/// The period of most rows comes first; rows that name none are paid for `usual`.
fn periods(rules: &Rules<'_>, parameter: &str, usual: Per) -> Periods {
    let found = rules.tables.find(parameter, rules.area, rules.as_of);
    let answers = found.certain.iter().chain(&found.perhaps);
    let mut counts: Vec<(Per, usize)> = Vec::new();
    for answer in answers {
        for row in answer.groups.iter().filter_map(|group| answer.table.rows.get(group.row)) {
            let per = row.per.unwrap_or(usual);
            match counts.iter_mut().find(|(known, _)| *known == per) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => counts.push((per, 1)),
            }
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let main = counts.iter().find(|(_, count)| *count == most).map_or(usual, |(per, _)| *per);
    let others = counts.iter().map(|(per, _)| *per).filter(|per| *per != main).listed();
    Periods { main, others, any: !counts.is_empty() }
}
