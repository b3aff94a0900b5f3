//! Allowance for children whom in fact nobody brings up (事实无人抚养儿童基本生活费), "unattended child".
//!
//! # What it pays
//! A monthly amount, as a rule that of an orphan with a family; in full, or what other assistance lacks to it.
//!
//! # Who qualifies
//! Minors whose parents both cannot care for them: severely disabled, seriously ill, in prison, in compulsory
//! rehabilitation or otherwise not free for six months or more, out of contact for six months, without guardianship or
//! deported; or one is dead or missing and the other in such a state. Both dead or missing makes an orphan.
//!
//! # How much
//! The area's row, less the child's share of the household's minimum living allowance and a living subsidy in payment.
//!
//! # What this file does not cover
//! That a child with the full amount draws no living subsidy: that is for the relations between benefits. The level of
//! serious illness, which each place sets.
//!
//! # Sources
//! 关于进一步加强事实无人抚养儿童保障工作的意见 (2019) parts 1 to 3; for two later circumstances the 2020 notice named
//! in `unattended-child-more-circumstances`; 特困人员认定办法 art. 9.

use super::children::{Parents, destitute_support_not_chosen, minor_of_the_area, pays};
use super::{Draft, clause};
use crate::formula::{Expr, Gives, Per};
use crate::household::dictionary::{fact, row, unit};
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
    let law = clause("unattended-children-opinion-2019", "一");
    let mut draft = Draft::<row::Member>::new(rules, "unattended-child-allowance", Gives::Cash, Per::Month);
    minor_of_the_area(rules, member, &mut draft, &law);
    draft.requires("both-parents-told", parents.both_told, law.clone());
    draft.requires("parents-cannot-care", parents.none_can_care, law.clone());
    draft.requires("not-an-orphan", parents.all_lost.not(), law);
    destitute_support_not_chosen(rules, &mut draft, destitute);
    pays(rules, member, means, &mut draft, "unattended-child-allowance");
    draft.starts(rules.builder.day_or_today::<row::Member>(fact::DECIDED_ON).month().later(1));
    draft.finish(None)
}
