//! Borderline household (最低生活保障边缘家庭), just above the dibao line.
//!
//! # What it pays
//! No money by itself; it opens medical, education and housing assistance and lets severely disabled or seriously
//! ill members apply alone.
//!
//! # Who qualifies
//! A household that does not qualify for the minimum living allowance, with income below a multiple of the standard
//! (1.5 nationally until 2026-06-30, then whatever the province fixes) and property within its limit.
//!
//! # How much
//! Nothing is paid.
//!
//! # What this file does not cover
//! Members covered individually (单人保), who have an entry of their own.
//!
//! # Sources
//! 民发〔2021〕57号 art. 8; from 2026-07-01 社会救助法 art. 21; where a province may widen the band up to the minimum
//! wage, its regulations (浙江省社会救助条例 art. 13).

use super::{Draft, clause, recognition, since};
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{ExpenseKind, Status, Test, row, unit};
use crate::means::{Means, assets_within, expenditure_test, not_refused};
use crate::money::Rate;
use crate::standing::{is_of, stated};
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{OfHousehold, OfMember};

/// Writes it; returns whether the household qualifies by its facts.
pub fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    allowance: Expr<'b, unit::Truth, row::Household>,
) -> Expr<'b, unit::Truth, row::Household> {
    let mut draft = Draft::new(rules, "borderline-household", Gives::Status, Per::Month);
    let local = rules.clause("borderline-factor");
    let law = match since(rules, "2026-07-01") {
        true => clause("social-assistance-act-2026", "21"),
        false => recognition(rules, "8", local.clone()),
    };
    draft.requires("registered-in-area", member.may_apply_in(rules.area).of_applicant(), recognition(rules, "5", local.clone()));
    draft.requires("not-minimum-living", is_of(rules, Status::MinimumLivingAllowance, allowance).not(), law.clone());

    let line = line(rules, member, means);
    let by_income = rules.compare("borderline-operator", means.income, line);
    match rules.word("borderline-entry") {
        (Word::Known("income-or-expenditure"), known) => {
            let kinds = [ExpenseKind::Medical, ExpenseKind::Education, ExpenseKind::Rehabilitation, ExpenseKind::Disaster];
            let by_expenses = expenditure_test(rules, member, means, &kinds, line);
            draft.requires("income-or-expenses-below-borderline", by_income.or(by_expenses).and(known), rules.clause("borderline-entry"));
        }
        _ => draft.requires("income-below-borderline", by_income, law),
    }
    draft.measured(means.income, line, Unit::YuanPerMonth);
    let assets = assets_within(rules, member, means, Test::BorderlineAssetsWithinLimit, "borderline-asset-limit-multiple");
    draft.requires("assets-within-limit", assets, recognition(rules, "14", local));
    draft.requires("verification-not-refused", not_refused(rules), recognition(rules, "29", None));
    draft.step("borderline-line", line, Unit::YuanPerMonth);
    draft.step("household-income", means.income, Unit::YuanPerMonth);
    draft.concerns(&means.family, means.family.counted);
    let computed = draft.computed();
    draft.finish(Some(stated(rules, &[Status::BorderlineHousehold])));
    computed
}

/// The upper end of the band, for all members.
///
/// Where the band may be widened up to a cap, the cap holds back only what goes beyond one and a half times the standard.
pub fn line<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Expr<'b, unit::Monthly, row::Household> {
    const CAP: &str = "borderline-income-cap";
    let builder = rules.builder;
    let line = means.line * rules.rate("borderline-factor", &OfHousehold(member)).value;
    let (true, Ok(usual)) = (rules.is_set(CAP), Rate::parse("1.5")) else { return line };
    let cap = rules.amount::<unit::Monthly, _>(CAP, &OfHousehold(member)).value * means.members;
    line.or_less(cap.or_more(means.line * builder.rate(usual)))
}
