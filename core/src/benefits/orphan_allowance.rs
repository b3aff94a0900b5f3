//! Orphan living allowance (孤儿基本生活费).
//!
//! # What it pays
//! A monthly amount, higher in an institution than with a family.
//!
//! # Who qualifies
//! Minors whose parents are dead, missing or not to be found, and who have not chosen destitute support instead.
//!
//! # How much
//! The area's row for the place of care, less what the child already has of the minimum living allowance or as a living
//! subsidy: the total is the orphan standard.
//!
//! # What this file does not cover
//! Orphans who go on at school after 18, and that the living subsidy ends: that is for the relations between benefits.
//!
//! # Sources
//! 国务院办公厅关于加强孤儿保障工作的意见 (2010) part 2; 特困人员认定办法 art. 9.

use super::children::{Parents, destitute_support_not_chosen, minor_of_the_area, pays};
use super::{Draft, clause};
use crate::formula::{Expr, Gives, Per};
use crate::household::dictionary::{row, unit};
use crate::means::Means;
use crate::tables::rules::Rules;
use crate::tables::subject::OfMember;

/// Writes it; `destitute` says who could have destitute support.
pub fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    parents: &Parents<'b>,
    destitute: Expr<'b, unit::Truth, row::Member>,
) -> Expr<'b, unit::Truth, row::Member> {
    let law = clause("orphan-opinion-2010", "");
    let mut draft = Draft::<row::Member>::new(rules, "orphan-allowance", Gives::Cash, Per::Month);
    minor_of_the_area(rules, member, &mut draft, &law);
    draft.requires("both-parents-told", parents.both_told, law.clone());
    draft.requires("parents-lost", parents.all_lost, law);
    destitute_support_not_chosen(rules, &mut draft, destitute);
    pays(rules, member, means, &mut draft, "orphan-allowance");
    draft.finish(None)
}
