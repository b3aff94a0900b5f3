//! Exit grace period (渐退期、缓退): the allowance goes on for some months after work has lifted a household above the line.
//!
//! # What it pays
//! What was paid before, for some months; where a place says so never more than the standard for the members there are now.
//!
//! # Who qualifies
//! A household that drew the minimum living allowance, no longer qualifies for it, and has a member at work, or for whatever
//! reason where the place says so (`exit-grace-reason`). Some places want income to stay within the borderline band.
//!
//! # How much
//! The earlier amount, or a share of it that falls from month to month (`exit-grace-share`). Nationally the county may grant
//! it and says how much, in principle for at most six months.
//!
//! # What this file does not cover
//! Longer grace periods for graduates and disabled people.
//!
//! # Sources
//! 民发〔2021〕57号 art. 33; 关于进一步做好最低生活保障等社会救助兜底工作的通知 (2022-10-20) 一(三); local rules in the tables.

use super::{Draft, clause, recognition, since};
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{Benefit, EmploymentStatus, PaymentState, fact, row, unit};
use crate::means::Means;
use crate::tables::Bound;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{OfHousehold, OfMember, months_of_grace};

/// Writes it.
pub fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    borderline_line: Expr<'b, unit::Monthly, row::Household>,
    allowance: Expr<'b, unit::Truth, row::Household>,
) {
    const MONTHS: &str = "exit-grace-months";
    const REASON: &str = "exit-grace-reason";
    let builder = rules.builder;
    let mut draft = Draft::new(rules, "exit-grace-period", Gives::Cash, Per::Month);
    let law = match since(rules, "2022-10-20") {
        true => clause("bottom-line-notice-2022", "一(三)"),
        false => recognition(rules, "33", rules.clause(MONTHS)),
    };
    let drew = builder.fact(fact::RECEIVING_STATE).is(PaymentState::Paying);
    let drew = drew.entry(fact::RECEIVING_KEY, Benefit::MinimumLivingAllowance, builder.always(false)).any_row();
    draft.requires("drew-minimum-living-allowance", drew, law.clone());
    draft.requires("not-minimum-living", allowance.not(), law.clone());
    let works = builder.fact(fact::EMPLOYMENT_STATUS).is_one_of(&[EmploymentStatus::Employed, EmploymentStatus::SelfEmployed]);
    let any_reason = if rules.is_set(REASON) { rules.says(REASON, "any") } else { builder.always(false) };
    draft.requires("a-member-works", any_reason.or(works.and(means.family.counted).any_row()), law.clone());

    let band = rules.words_named("exit-grace-band");
    if band.contains(&"borderline") {
        let any = rules.has_word("exit-grace-band", "any", &OfHousehold(member));
        draft.requires("income-in-grace-band", any.or(means.income.below(borderline_line)), rules.clause("exit-grace-band"));
        draft.measured(means.income, borderline_line, Unit::YuanPerMonth);
    }
    let decided = builder.fact(fact::DECIDED_ON).month();
    let passed = months_of_grace(builder);
    let months = rules.count::<row::Household>(MONTHS, &OfHousehold(member)).value;
    let amount_rule = rules.word::<row::Household>("exit-grace-amount").0;
    let within = passed.at_most(months);
    // Where no local rule says how much, the county may grant it or not (可以); and where so many months are only the
    // principle (原则上不超过), longer as well.
    let in_principle = rules.tables.only_row(MONTHS, rules.area, rules.as_of).is_some_and(|row| row.bound == Some(Bound::UpTo));
    let within = match amount_rule {
        Word::Unknown if in_principle => builder.left_to_office(),
        Word::Unknown => within.and(builder.left_to_office()),
        Word::Known(_) => within,
    };
    draft.requires("within-grace-months", within, rules.clause(MONTHS));
    draft.measured(passed, months, Unit::Count);

    let nothing = builder.nothing();
    let before: Expr<'b, unit::Monthly, row::Receiving> = builder.retyped(builder.fact(fact::RECEIVING_MONTHLY));
    let before = before.amount_of_entry(fact::RECEIVING_KEY, Benefit::MinimumLivingAllowance, nothing).sum();
    draft.step("amount-before", before, Unit::YuanPerMonth);
    draft.step("line-total", means.line, Unit::YuanPerMonth);
    draft.pays(match amount_rule {
        Word::Known("previous-amount-capped") => before.or_less(means.line),
        Word::Known("previous-amount-tapered") => {
            let share = rules.rate("exit-grace-share", &OfHousehold(member)).value;
            (before * share).rounded(rules.rounding("minimum-living-allowance-rounding"))
        }
        Word::Known(_) => before,
        // The county says how much.
        Word::Unknown => builder.between(builder.nothing(), before),
    });
    draft.alternative("amount-before", before, crate::source::Clause::new("mca-2021-57", "33"));
    draft.starts(decided.later(1));
    draft.finish(None);
}
