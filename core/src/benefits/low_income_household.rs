//! Low-income household (低收入家庭) of a place that has a line of its own beside the borderline household.
//!
//! # What it pays
//! No money by itself; rows of other tables ask for the category `low-income`.
//!
//! # Who qualifies
//! A household that does not qualify for the minimum living allowance, with income below a multiple of the standard that
//! the place sets (`low-income-factor`) and property within its limit, where it has set one.
//!
//! # How much
//! Nothing is paid.
//!
//! # What this file does not cover
//! Places that have no line of their own: there the status is taken as an office has stated it.
//!
//! # Sources
//! Local rules in the tables.

use super::Draft;
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{Status, Test, row, unit};
use crate::means::{Means, assets_within};
use crate::standing::stated;
use crate::tables::rules::Rules;
use crate::tables::subject::{OfHousehold, OfMember};

const FACTOR: &str = "low-income-factor";
const ASSETS: &str = "low-income-asset-limit-multiple";

/// Writes it; returns whether the household qualifies by its facts, nobody where the place has no line of its own.
pub fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    allowance: Expr<'b, unit::Truth, row::Household>,
) -> Expr<'b, unit::Truth, row::Household> {
    if !rules.is_set(FACTOR) {
        return rules.builder.always(false);
    }
    let law = rules.clause(FACTOR);
    let mut draft = Draft::new(rules, "low-income-household", Gives::Status, Per::Month);
    draft.requires("registered-in-area", member.may_apply_in(rules.area).of_applicant(), law.clone());
    draft.requires("not-minimum-living", allowance.not(), law.clone());
    let line = means.line * rules.rate(FACTOR, &OfHousehold(member)).value;
    draft.requires("income-below-low-income-line", rules.compare("low-income-operator", means.income, line), law);
    draft.measured(means.income, line, Unit::YuanPerMonth);
    if rules.is_set(ASSETS) {
        let assets = assets_within(rules, member, means, Test::LowIncomeAssetsWithinLimit, ASSETS);
        draft.requires("assets-within-limit", assets, rules.clause(ASSETS));
    }
    draft.step("low-income-line", line, Unit::YuanPerMonth);
    draft.step("household-income", means.income, Unit::YuanPerMonth);
    draft.concerns(&means.family, means.family.counted);
    let computed = draft.computed();
    draft.finish(Some(stated(rules, &[Status::LowIncome])));
    computed
}
