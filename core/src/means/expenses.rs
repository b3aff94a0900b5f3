//! Expenses that cannot be avoided (刚性支出): what the family paid itself, by kind.
//!
//! # Sources
//! 刚性支出困难家庭认定办法 art. 5 (kinds, net of insurance and assistance); 民发〔2021〕57号 art. 13 (deductions).

use super::{Family, Means, Rules, TEN_MILLION_YUAN};
use crate::formula::Expr;
use crate::household::dictionary::{ExpenseKind, fact, row, unit};
use crate::money::Yuan;
use crate::tables::subject::{OfHousehold, OfMember};

/// What was paid oneself of each expense in the twelve months before the month of the application, as a monthly share: of what
/// was paid in that month itself no text says whether it counts. Without a month it is the total of these twelve.
fn own_share<'b>(rules: &Rules<'b>, kinds: &[ExpenseKind]) -> Expr<'b, unit::Monthly, row::Expense> {
    let builder = rules.builder;
    let own = builder.fact(fact::EXPENSE_GROSS) - builder.fact(fact::EXPENSE_INSURANCE) - builder.fact(fact::EXPENSE_ASSISTANCE);
    let counts = builder.fact(fact::EXPENSE_KIND).is_one_of(kinds);
    let (month, applied) = (builder.fact(fact::EXPENSE_MONTH).month(), builder.day_or_today::<row::Expense>(fact::APPLIED_ON).month());
    let (never, always) = (builder.always(false), builder.always(true));
    let in_its_month = month.at_most(applied).and(applied.at_most(month)).told_or(never);
    let before_it = month.later(1).at_most(applied).and(applied.at_most(month.later(12))).told_or(always);
    let own = own.at_least_zero();
    let counted = builder.select(&[(in_its_month, builder.between(builder.nothing(), own)), (before_it, own)], builder.nothing());
    builder.choose(counts, counted, builder.nothing()).per_month(builder.count(12))
}

/// What was paid oneself in the last twelve months for these kinds, as a monthly share (刚性支出).
pub fn expenses<'b>(rules: &Rules<'b>, kinds: &[ExpenseKind]) -> Expr<'b, unit::Monthly, row::Household> {
    own_share(rules, kinds).sum().or_less(rules.builder.yuan(Yuan::from_fen(TEN_MILLION_YUAN)))
}

/// What comes off income because a member is disabled or seriously ill; `None` where no table says which expenses do.
pub fn deductible<'b>(rules: &Rules<'b>, family: &Family<'b>) -> Option<Expr<'b, unit::Monthly, row::Household>> {
    let builder = rules.builder;
    let kinds = rules.kinds("income-deductible-expenses")?;
    let disabled = builder.always::<row::Disability>(true).count_rows().at_least(builder.count(1));
    let in_need = builder.all(&[disabled.or(builder.fact(fact::SERIOUS_ILLNESS)), family.counted]);
    let for_whom = in_need.at(builder.fact(fact::EXPENSE_MEMBER));
    let most = builder.yuan(Yuan::from_fen(TEN_MILLION_YUAN));
    Some(builder.choose(for_whom, own_share(rules, kinds), builder.nothing()).sum().or_less(most))
}

/// The second entry test of a city that has two (支出型): income after unavoidable expenses is below the line, while it
/// stays below the average.
pub fn expenditure_test<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    kinds: &[ExpenseKind],
    line: Expr<'b, unit::Monthly, row::Household>,
) -> Expr<'b, unit::Truth, row::Household> {
    let left = (means.income - expenses(rules, kinds)).at_least_zero();
    below_average(rules, member, means).and(left.below(line))
}

/// Income is below last year's disposable income per person of the place (低于上年度人均可支配收入).
pub fn below_average<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Expr<'b, unit::Truth, row::Household> {
    means.income.below(average(rules, member, means))
}

/// Last year's disposable income per person, for all members.
pub fn average<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Expr<'b, unit::Monthly, row::Household> {
    rules.amount::<unit::Monthly, _>("disposable-income-per-person", &OfHousehold(member)).value * means.members
}
