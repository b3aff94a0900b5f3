//! Supplement by category of member (分类施保、增发).
//!
//! # What it pays
//! A monthly amount on top of the minimum living allowance, for each member who is old, under age, severely disabled or
//! seriously ill, or whom a place adds.
//!
//! # Who qualifies
//! Members of a household on the minimum living allowance and people covered individually, or whom the place names instead
//! (`category-supplement-programmes`), in one of the rows of the area's table.
//!
//! # How much
//! The row's amount; where several rows fit, the highest or all of them, as the place says.
//!
//! # What this file does not cover
//! Supplements in kind.
//!
//! # Sources
//! 社会救助暂行办法 art. 12; 民发〔2021〕57号 art. 27; from 2026-07-01 社会救助法 art. 20; local rules in the tables.

use super::{Draft, clause, recognition, since};
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{fact, row, unit};
use crate::order::Listed as _;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::OfMember;

const AMOUNTS: &str = "category-supplement";

/// To what the supplement is paid, where a place goes beyond the allowance.
const PROGRAMMES: &str = "category-supplement-programmes";

/// Writes it.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) {
    // Every place decides for itself whether it has supplements, for whom and how much.
    if !rules.is_set(AMOUNTS) {
        return;
    }
    let builder = rules.builder;
    let mut draft = Draft::<row::Member>::new(rules, AMOUNTS, Gives::Cash, Per::Month);
    let law = match since(rules, "2026-07-01") {
        true => clause("social-assistance-act-2026", "20"),
        false => recognition(rules, "27", clause("state-council-649", "12")),
    };
    draft.requires("registered-in-area", member.registered_in(rules.area), law.clone());
    match rules.is_set(PROGRAMMES) {
        true => draft.requires("in-a-supplement-programme", in_a_programme(rules, member), rules.clause(PROGRAMMES)),
        false => draft.requires("on-minimum-living-allowance", in_a_programme(rules, member), law.clone()),
    }
    let (fits, amount) = amounts(rules, member);
    draft.requires("in-a-supplement-category", fits, rules.clause(AMOUNTS).or(law));
    draft.step("supplement-amount", amount, Unit::YuanPerMonth);
    draft.pays(amount);
    let decided = builder.day_or_today::<row::Household>(fact::DECIDED_ON).month();
    draft.starts(match rules.word::<row::Household>("minimum-living-allowance-start").0 {
        Word::Known("same-month") => decided.lift(),
        _ => decided.later(1).lift(),
    });
    draft.finish(None);
}

/// Whether a member draws what supplements are paid to: the allowance, as a household or alone, or what the place names instead.
fn in_a_programme<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Truth, row::Member> {
    if rules.is_set(PROGRAMMES) {
        let rows = rules.each_row(PROGRAMMES, member);
        return rules.builder.any(&rows.iter().map(|row| row.holds).listed());
    }
    let drawn = member.categories.map(|own| own.minimum_living_allowance.or(own.covered_individually));
    drawn.unwrap_or(rules.builder.always(false))
}

/// What the supplements of a household on the allowance come to, for places that round them together with it.
pub fn of_household<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Option<Expr<'b, unit::Monthly, row::Household>> {
    if !rules.is_set(AMOUNTS) {
        return None;
    }
    let (fits, amount) = amounts(rules, member);
    let paid = rules.builder.all(&[in_a_programme(rules, member), fits, member.registered_in(rules.area)]);
    Some(rules.builder.choose(paid, amount, rules.builder.nothing()).sum())
}

/// Whether a row fits, and what is paid.
fn amounts<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> (Expr<'b, unit::Truth, row::Member>, Expr<'b, unit::Monthly, row::Member>) {
    let builder = rules.builder;
    let table = rules.amount::<unit::Monthly, _>(AMOUNTS, member);
    let Some(rows) = rules.each_amount::<unit::Monthly, _>(AMOUNTS, member) else {
        return (table.fits, table.value);
    };
    let nothing = builder.nothing();
    let each: Vec<_> = rows.into_iter().map(|(holds, amount)| builder.choose(holds, amount, nothing)).listed();
    let highest = each.iter().copied().reduce(|best, one| best.or_more(one)).unwrap_or(nothing);
    let sum = each.iter().copied().reduce(|all, one| all + one).unwrap_or(nothing);
    let amount = match rules.word::<row::Member>("category-supplement-stacking") {
        (Word::Known("highest"), known) => builder.choose(known, highest, sum),
        (Word::Known(_), known) => builder.choose(known, sum, highest),
        (Word::Unknown, unknown) => builder.choose(unknown, sum, highest),
    };
    (table.fits, amount)
}
