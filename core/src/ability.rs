//! The ability of older people to look after themselves (老年人能力评估): the level that was found, or that a score gives.
//!
//! A level is a word on a scale. GB/T 42195-2022 has five, from a total score of 90 down to 0; MZ/T 039-2013 has the first
//! four and no score that is read here; local scales have words of their own. A score says nothing on another scale than
//! its own, and a level is only held against a row on a scale that the row names.
//!
//! A stated level is the end of an assessment: its changes of level are in it already. Only a score is still changed.
//!
//! # Sources
//! GB/T 42195-2022 老年人能力评估规范, as read second hand: the bands of the total score and the changes of level.

use crate::formula::{Builder, Expr};
use crate::household::Household;
use crate::household::dictionary::{AbilityLevel, AbilityScale, Names};
use crate::household::dictionary::{fact, row, unit};
use crate::order::Listed as _;

/// The highest total score; a higher number was found on some other scale.
const FULL_SCORE: i64 = 90;

/// Below this total score the level is at least so much worse, step by step: 90, 66 to 89, 46 to 65, 30 to 45, 0 to 29.
const BANDS: [i64; 4] = [90, 66, 46, 30];

/// Falls and other risk events in 30 days from which on the level is one worse.
const RISK_EVENTS: i64 = 2;

/// Whether the person's level is one of these, on one of these scales if any are named.
///
/// `each_counts` says whether two reasons to change the level change it twice; no text that was read says so.
pub fn level_is<'b>(
    builder: &'b Builder,
    levels: &[AbilityLevel],
    scales: &[AbilityScale],
    each_counts: Expr<'b, unit::Truth, row::Member>,
) -> Expr<'b, unit::Truth, row::Member> {
    let scale = builder.fact(fact::ABILITY_SCALE);
    let stated = builder.fact(fact::ABILITY_LEVEL).is_one_of(levels);
    let scored_here = scale.is(AbilityScale::GbT42195).and(builder.fact(fact::ABILITY_SCORE).at_most(builder.count(FULL_SCORE)));
    let positions: Vec<i64> = levels.iter().map(|level| i64::from(level.position())).listed();
    // What a score does not say is for the level to say.
    let scored = builder.choose(scored_here, scored_level(builder, each_counts).is_among(&positions), stated);
    let level = stated.told_or(scored);
    if scales.is_empty() { level } else { level.and(scale.is_one_of(scales)) }
}

/// Whether what is told of a member's assessment cannot all be true: a level better than its own score gives or more than two
/// steps worse without a coma, a score beyond the scale, a level that MZ/T 039-2013 does not have.
pub fn is_contradicted(household: &Household, member: usize) -> bool {
    let known = |field| household.slot(field, member).value();
    let position = |bits: i64| i64::from(bits.trailing_zeros());
    let level = known(fact::ABILITY_LEVEL.id).map(position);
    let Some(scale) = known(fact::ABILITY_SCALE.id).map(position) else { return false };
    if scale == i64::from(AbilityScale::MzT039.position()) {
        return level == Some(i64::from(AbilityLevel::Complete.position()));
    }
    let (true, Some(score)) = (scale == i64::from(AbilityScale::GbT42195.position()), known(fact::ABILITY_SCORE.id)) else {
        return false;
    };
    let band = i64::try_from(BANDS.iter().filter(|least| score < **least).count()).unwrap_or(0);
    let no_coma = household.slot(fact::ABILITY_COMA.id, member).is_no();
    score > FULL_SCORE || level.is_some_and(|level| level < band || level > band.saturating_add(2) && no_coma)
}

/// The level of a total score on GB/T 42195-2022, from 0 (intact) to 4 (complete), after the changes of level: in a coma the
/// worst; one worse with diagnosed dementia or another mental disorder; one worse after two risk events in 30 days.
fn scored_level<'b>(builder: &'b Builder, each_counts: Expr<'b, unit::Truth, row::Member>) -> Expr<'b, unit::Count, row::Member> {
    let number = |truth: Expr<'b, unit::Truth, row::Member>| builder.retyped::<_, unit::Count, _>(truth);
    let score = builder.fact(fact::ABILITY_SCORE);
    let band = BANDS.iter().fold(builder.count(0), |level, least| level + number(score.below(builder.count(*least))));
    let diagnosed = builder.fact(fact::ABILITY_DIAGNOSIS);
    let at_risk = builder.fact(fact::ABILITY_RISK_EVENTS).at_least(builder.count(RISK_EVENTS));
    let worse = number(diagnosed.or(at_risk)) + number(diagnosed.and(at_risk).and(each_counts));
    let worst = builder.count(i64::from(AbilityLevel::Complete.position()));
    builder.choose(builder.fact(fact::ABILITY_COMA), worst, (band + worse).or_less(worst))
}
