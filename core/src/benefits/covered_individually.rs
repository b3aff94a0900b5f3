//! Covered as a single person (单人保, 参照单人户纳入低保).
//!
//! # What it pays
//! A monthly amount to one member of a household that is itself above the line.
//!
//! # Who qualifies
//! Severely disabled or seriously ill members of a borderline household, clergy who have lived in a religious site for
//! years, and whom a place adds. Two more are for the office to decide: grown people without work who are severely
//! disabled, as a household of one whatever their family earns; and, since 2026-07-01, other members of a borderline
//! household who are in particular hardship (确有特殊困难人员), which no text that was read says more about.
//!
//! # How much
//! The standard less the person's own income, a fixed amount, or a share of the standard: each place has its own form.
//!
//! # What this file does not cover
//! That what siblings and carers of 60 or more give may be left out of the income of a household of one.
//!
//! # Sources
//! 民发〔2021〕57号 art. 8; 关于进一步做好最低生活保障等社会救助兜底工作的通知 (2022-10-20) 一(一);
//! from 2026-07-01 社会救助法 art. 21.

use super::{Draft, clause, recognition, since};
use crate::date::AgeRule;
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{DisabilityKind, EmploymentStatus, Names, WorkAbility, fact, row, unit};
use crate::means::Means;
use crate::means::family::away;
use crate::order::Listed as _;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{OfHousehold, OfMember};

type Truth<'b> = Expr<'b, unit::Truth, row::Member>;

/// Writes it; returns who is covered by the facts.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Truth<'b> {
    let builder = rules.builder;
    let mut draft = Draft::<row::Member>::new(rules, "covered-individually", Gives::Cash, Per::Month);
    let law = recognition(rules, "8", rules.clause("covered-individually-persons"));
    draft.requires("registered-in-area", member.registered_in(rules.area), law.clone());
    let categories = member.categories;
    let otherwise_covered = categories.map(|own| own.minimum_living_allowance.or(own.destitute_support));
    draft.requires("not-covered-otherwise", otherwise_covered.unwrap_or(builder.always(false)).not(), law.clone());

    let persons = persons(rules, member, &mut draft);
    draft.requires("one-of-the-persons", persons, law.clone());
    let standard = means.own_standard;
    draft.requires("own-income-below-standard", means.received.below(standard), law.clone());
    draft.measured(means.received, standard, Unit::YuanPerMonth);
    if let (Word::Known("able-member"), known) = rules.word::<row::Member>("covered-individually-blocked-by") {
        let of_age = member.age().at_least(builder.count(16)).and(member.age().below(builder.count(60)));
        let able = builder.all(&[of_age, builder.fact(fact::WORK_ABILITY).is(WorkAbility::Full), means.family.counted]);
        draft.requires("no-able-member", known.and(able.any_row().not().lift()), rules.clause("covered-individually-blocked-by"));
    }

    let own = (standard - means.received).at_least_zero().rounded(rules.rounding("minimum-living-allowance-rounding"));
    let amount = rules.amount::<unit::Monthly, _>("covered-individually-amount", member).value;
    let form = "covered-individually-form";
    let hole = rules.missing(form, "no-table", rules.area, None).value;
    let forms: Vec<_> = rules
        .words_named(form)
        .into_iter()
        .map(|word| (rules.has_word(form, word, member), if word == "amount" { amount } else { own }))
        .listed();
    draft.step("minimum-living-standard", standard, Unit::YuanPerMonth);
    draft.step("own-income", means.received, Unit::YuanPerMonth);
    draft.pays(builder.select(&forms, hole));
    let decided = builder.day_or_today::<row::Household>(fact::DECIDED_ON).month();
    draft.starts(match rules.word::<row::Household>("minimum-living-allowance-start").0 {
        Word::Known("same-month") => decided.lift(),
        _ => decided.later(1).lift(),
    });
    let computed = draft.computed();
    let stated = categories.map_or(builder.always(false), |own| own.covered_individually);
    draft.finish(Some(stated));
    computed
}

/// Whom the texts let apply alone; each ground is told as a remark.
fn persons<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, draft: &mut Draft<'b, row::Member>) -> Truth<'b> {
    let builder = rules.builder;
    let mut grounds = Vec::new();
    for row in rules.each_row("covered-individually-persons", member) {
        draft.remarks(&format!("may-apply-alone-{}", row.code), row.holds, Some(row.clause));
        grounds.push(row.holds);
    }
    let clergy = clergy(rules, member);
    draft.remarks("may-apply-alone-clergy", clergy, recognition(rules, "8", rules.clause("clergy-years")));
    grounds.push(clergy);
    // A household of one for grown people who are severely disabled and without work: the office may (可以).
    if since(rules, "2022-10-20") {
        let grown = member.age().at_least(builder.count(18));
        let jobless = builder.fact(fact::EMPLOYMENT_STATUS).is(EmploymentStatus::Unemployed);
        let alone = builder.all(&[severely_disabled(rules), grown, jobless]);
        draft.remarks("may-be-taken-as-household-of-one", alone, clause("bottom-line-notice-2022", "一(一)"));
        grounds.push(alone.and(builder.left_to_office()));
    }
    if since(rules, "2026-07-01") {
        let borderline = member.categories.map_or(builder.always(false), |own| own.borderline_household);
        draft.remarks("may-be-in-particular-hardship", borderline, clause("social-assistance-act-2026", "21"));
        grounds.push(borderline.and(builder.left_to_office()));
    }
    builder.any(&grounds)
}

/// Severely disabled as art. 8 has it: grade 1 or 2 of any kind, grade 3 of an intellectual or mental disability.
///
/// Each programme has a definition of its own (特困人员认定办法 art. 5 and 8, the rules for unattended children); they are
/// not the same people, so none of them is shared.
fn severely_disabled<'b>(rules: &Rules<'b>) -> Truth<'b> {
    let builder = rules.builder;
    let grade = builder.fact(fact::DISABILITY_GRADE);
    let any_kind = builder.fact(fact::DISABILITY_KIND).is_one_of(DisabilityKind::ALL).and(grade.is_among(&[1, 2]));
    let of_mind = builder.fact(fact::DISABILITY_KIND).is_one_of(&[DisabilityKind::Intellectual, DisabilityKind::Mental]);
    any_kind.or(of_mind.and(grade.is_among(&[3]))).any_row()
}

/// Clergy who have lived in a religious site for the years the place asks. Whoever applies for a household has not left it.
fn clergy<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Truth<'b> {
    let builder = rules.builder;
    let today = builder.today();
    let away = away(rules);
    let since = builder.fact(fact::CLERGY_SINCE);
    let years = rules.count::<row::Household>("clergy-years", &OfHousehold(member)).value;
    builder.all(&[away, since.at_most(today), since.age_on(today, Some(AgeRule::Birthday)).at_least(years.lift())])
}
