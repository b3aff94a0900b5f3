//! Living allowance for the children of borderline households (低保边缘儿童): a category of some cities, Qingdao among them.
//!
//! # What it pays
//! A monthly share of the minimum living standard.
//!
//! # Who qualifies
//! Minors of a borderline household.
//!
//! # How much
//! The area's row.
//!
//! # What this file does not cover
//! How it goes with the other allowances for children: no text that was read says, so it is told as not known.
//!
//! # Sources
//! 青岛市2024年儿童保障标准 (2024-10-08), as its table cites it.

use super::Draft;
use super::children::minor_of_the_area;
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{row, unit};
use crate::tables::rules::Rules;
use crate::tables::subject::OfMember;

const AMOUNT: &str = "borderline-child-allowance";

/// Writes it where a place has it; `other` says who has another allowance for children.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, other: Expr<'b, unit::Truth, row::Member>) {
    if !rules.is_set(AMOUNT) {
        return;
    }
    let law = rules.clause(AMOUNT);
    let mut draft = Draft::<row::Member>::new(rules, AMOUNT, Gives::Cash, Per::Month);
    minor_of_the_area(rules, member, &mut draft, &law);
    let borderline = member.categories.map_or(rules.builder.always(false), |own| own.borderline_household);
    draft.requires("in-borderline-household", borderline, law.clone());
    let open = rules.missing::<unit::Yuan, _>("borderline-child-with-other-allowance", "unknown", rules.area, None).fits;
    draft.requires("no-other-child-allowance", other.not().or(open), law);
    let standard = rules.amount::<unit::Monthly, _>(AMOUNT, member).value;
    draft.step("child-standard", standard, Unit::YuanPerMonth);
    draft.pays(standard);
    draft.finish(None);
}
