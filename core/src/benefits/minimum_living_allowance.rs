//! Minimum living allowance (最低生活保障, 低保).
//!
//! # What it pays
//! Every month what a household lacks to the minimum living standard of its area.
//!
//! # Who qualifies
//! A household registered in the area whose countable income is below the standard (in some cities also one whose
//! income is, once unavoidable medical and school bills are taken off) and whose property is within the limit.
//!
//! # How much
//! The standard times the members counted, less their income; from totals, never from a rounded figure per head.
//!
//! # What this file does not cover
//! Exclusions from the family (clergy, prison …), payment by grades, category supplements, the exit grace period,
//! registration in several provinces, consent to checks.
//!
//! # Sources
//! 社会救助暂行办法 (国务院令第649号) art. 9, 12; from 2026-07-01 社会救助法 art. 18 to 20;
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 5, 7, 13, 14, 21, 23, 34.

use super::{Draft, clause, since};
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{ExpenseKind, Status, Test, fact, row, unit};
use crate::means::{Means, assets_within, expenditure_test};
use crate::source::Clause;
use crate::standing::stated;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::OfMember;

/// Writes it; returns whether the household qualifies by its facts.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Expr<'b, unit::Truth, row::Household> {
    let builder = rules.builder;
    let mut draft = Draft::new(rules, "minimum-living-allowance", Gives::Cash, Per::Month);
    draft.requires("registered-in-area", member.may_apply_in(rules.area).of_applicant(), clause("mca-2021-57", "5"));

    let law = if since(rules, "2026-07-01") { clause("social-assistance-act-2026", "18") } else { clause("state-council-649", "9") };
    let by_income = rules.compare("minimum-living-allowance-operator", means.income, means.line);
    let by_expenses = || expenditure_test(rules, member, means, &[ExpenseKind::Medical, ExpenseKind::Education], means.line);
    match rules.word("minimum-living-allowance-entry") {
        (Word::Known("income"), known) => draft.requires("income-below-standard", by_income.and(known), law),
        (Word::Known(_), known) => {
            let either = by_income.or(by_expenses()).and(known);
            draft.requires("income-or-expenses-below-standard", either, rules.clause("minimum-living-allowance-entry"));
        }
        (Word::Unknown, unknown) => {
            let either = by_income.or(by_expenses().and(unknown));
            draft.requires("income-or-expenses-below-standard", either, rules.clause("minimum-living-allowance-entry"));
        }
    }
    draft.measured(means.income, means.line, Unit::YuanPerMonth);

    let assets = assets_within(rules, member, means, Test::AssetsWithinLimit, "asset-limit-multiple");
    draft.requires("assets-within-limit", assets, clause("mca-2021-57", "14"));

    let rounding = rules.rounding("minimum-living-allowance-rounding");
    let top_up = top_up(means.line, means.income).rounded(rounding);
    draft.step("counted-members", means.members, Unit::Count);
    draft.step("minimum-living-standard", means.standard, Unit::YuanPerMonth);
    draft.step("line-total", means.line, Unit::YuanPerMonth);
    draft.step("household-income", means.income, Unit::YuanPerMonth);
    draft.step("top-up", top_up, Unit::YuanPerMonth);

    // Refusing three suitable jobs costs that person's share, and no text says what a share is.
    let someone_refuses = builder.count(1).at_most(means.refusing);
    let reduced = builder.between(builder.nothing(), top_up);
    draft.remarks("not-refusing-work", someone_refuses.not(), clause("mca-2021-57", "34"));
    let paid = match rules.word::<row::Household>("minimum-living-allowance-form") {
        (Word::Known("difference"), _) => builder.choose(someone_refuses, reduced, top_up),
        _ => rules.missing("minimum-living-allowance-form", "unknown", rules.area, None).value,
    };
    draft.pays(paid);
    draft.alternative("equal-share", top_up - equal_share(means, top_up), Clause::new("mca-2021-57", "34"));

    let decided = builder.day_or_today::<row::Household>(fact::DECIDED_ON).month();
    draft.starts(match rules.word::<row::Household>("minimum-living-allowance-start").0 {
        Word::Known("same-month") => decided,
        _ => decided.later(1),
    });
    let computed = draft.computed();
    draft.finish(Some(stated(rules, &[Status::MinimumLivingAllowance])));
    computed
}

/// Top-up that lifts a household to the minimum living standard (补差).
///
/// The line of all members less the household's countable income; zero once income reaches it. Yuan per month, not
/// yet rounded.
///
/// # Source
/// 社会救助暂行办法 art. 12; 民发〔2021〕57号 art. 23.
fn top_up<'b>(
    line: Expr<'b, unit::Monthly, row::Household>,
    income: Expr<'b, unit::Monthly, row::Household>,
) -> Expr<'b, unit::Monthly, row::Household> {
    (line - income).at_least_zero()
}

/// The shares of the members who refuse work, if every member's share is the same.
fn equal_share<'b>(means: &Means<'b>, top_up: Expr<'b, unit::Monthly, row::Household>) -> Expr<'b, unit::Monthly, row::Household> {
    (top_up * means.refusing).shared_among(means.members)
}
