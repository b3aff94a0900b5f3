//! Household in hardship from essential expenses (刚性支出困难家庭).
//!
//! # What it pays
//! Nationally nothing by itself: it opens medical, education and temporary assistance. A few places, such as Shanghai,
//! pay every month what is lacking to the standard once the expenses are taken off.
//!
//! # Who qualifies
//! A household that is neither on the minimum living allowance nor borderline, with income below last year's average and
//! property within the limit, whose necessary expenses of the last twelve months are more than a share of its income, or
//! leave it with too little; which of the two is a local rule.
//!
//! # How much
//! Where it is paid: the standard times the members, less what income leaves after the expenses.
//!
//! # What this file does not cover
//! When the twelve months of a recognition end; expenses whose month lies further back, which must not be stated.
//!
//! # Sources
//! 刚性支出困难家庭认定办法 (in force 2025-01-01) art. 4, 5, 10; from 2026-07-01 社会救助法 art. 22;
//! 上海市社会救助条例 art. 12, 18.

use super::{Draft, clause, since};
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{Status, Test, fact, row, unit};
use crate::means::expenses::average;
use crate::means::{Means, TEN_MILLION_YUAN, assets_within, expenses};
use crate::money::Yuan;
use crate::standing::{is_destitute, is_of, stated};
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{OfHousehold, OfMember};

type Money<'b> = Expr<'b, unit::Monthly, row::Household>;
type Truth<'b> = Expr<'b, unit::Truth, row::Household>;

/// Writes it; returns whether the household qualifies by its facts.
pub fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    (allowance, borderline): (Truth<'b>, Truth<'b>),
) -> Truth<'b> {
    let builder = rules.builder;
    let household = OfHousehold(member);
    let paid = matches!(rules.word::<row::Household>("essential-expense-cash").0, Word::Known("paid"));
    let gives = if paid { Gives::Cash } else { Gives::Status };
    let mut draft = Draft::new(rules, "essential-expense-hardship", gives, Per::Month);
    let national = since(rules, "2025-01-01");
    let law =
        if since(rules, "2026-07-01") { clause("social-assistance-act-2026", "22") } else { clause("essential-expense-rules-2025", "4") };
    let has_begun = builder.always(national || rules.is_set("essential-expense-test"));
    draft.requires("programme-has-begun", has_begun, law.clone());
    draft.requires("registered-in-area", member.registered_in(rules.area).of_applicant(), law.clone());
    draft.requires("not-minimum-living", is_of(rules, Status::MinimumLivingAllowance, allowance).not(), law.clone());

    // Shanghai's own rule of 2019 asks neither of these.
    if national {
        let someone_else = means.family.counted.and(is_destitute(rules).not()).any_row();
        draft.requires("not-destitute-support", someone_else, law.clone());
        draft.requires("not-borderline-household", is_of(rules, Status::BorderlineHousehold, borderline).not(), law.clone());
        let average = average(rules, member, means);
        draft.requires("income-below-average", means.income.below(average), law.clone());
        draft.measured(means.income, average, Unit::YuanPerMonth);
    }
    let assets = assets_within(rules, member, means, Test::HardshipAssetsWithinLimit, "essential-expense-asset-limit-multiple");
    draft.requires("assets-within-limit", assets, law.clone());

    let spent = match rules.kinds("essential-expense-items") {
        Some(kinds) => expenses(rules, kinds),
        None => rules.missing("essential-expense-items", "unknown", rules.area, None).value,
    };
    draft.requires("expenses-outweigh-income", expense_tests(rules, member, means, spent), law);
    let left = (means.income - spent).at_least_zero();
    draft.step("household-income", means.income, Unit::YuanPerMonth);
    draft.step("essential-expenses", spent, Unit::YuanPerMonth);
    draft.step("income-after-expenses", left, Unit::YuanPerMonth);
    draft.concerns(&means.family, means.family.counted);
    if paid {
        let lacking = (means.line - left).at_least_zero().rounded(rules.rounding("minimum-living-allowance-rounding"));
        draft.pays(lacking);
    }
    // The finding is valid for so many months, then the household applies again.
    let valid = rules.count::<row::Household>("essential-expense-valid-months", &household).value;
    draft.reviewed(builder.day_or_today::<row::Household>(fact::DECIDED_ON).month() + builder.retyped(valid));
    let computed = draft.computed();
    draft.finish(Some(stated(rules, &[Status::EssentialExpenseHardship])));
    computed
}

/// The test of the place: expenses as a share of income, what is left of income, either of them, or expenses above income.
fn expense_tests<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>, spent: Money<'b>) -> Truth<'b> {
    const TEST: &str = "essential-expense-test";
    let builder = rules.builder;
    let household = OfHousehold(member);
    let by_ratio = || {
        let ratio = rules.rate("essential-expense-ratio", &household).value;
        // Nobody has more; a share of more could not be held exactly.
        let most = builder.yuan(Yuan::from_fen(TEN_MILLION_YUAN));
        rules.reaches("essential-expense-operator", spent.or_less(most), means.income.or_less(most) * ratio)
    };
    let by_subtraction = || {
        let multiple = rules.rate("essential-expense-subtraction-multiple", &household).value;
        (means.income - spent).at_least_zero().below(means.line * multiple)
    };
    let mut tests = Vec::new();
    for test in rules.words_named(TEST) {
        let passed = match test {
            "ratio" => by_ratio(),
            "subtraction" => by_subtraction(),
            "either" => by_ratio().or(by_subtraction()),
            _ => means.income.below(spent),
        };
        tests.push((rules.has_word(TEST, test, &household), passed));
    }
    builder.select(&tests, rules.missing::<unit::Yuan, _>(TEST, "unknown", rules.area, None).fits)
}
