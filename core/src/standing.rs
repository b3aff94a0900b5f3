//! The household's category (家庭类别): what an office has decided, or else what the facts say.
//!
//! A stated standing is used as it is; where the given facts say otherwise the result says so openly.

use crate::formula::Expr;
use crate::household::dictionary::{Status, fact, row, unit};
use crate::tables::rules::Rules;
use crate::tables::subject::Categories;

/// Whether an office has decided this about the household, in force on the day.
pub fn stated<'b>(rules: &Rules<'b>, statuses: &[Status]) -> Expr<'b, unit::Truth, row::Household> {
    in_force(rules, statuses).any_row()
}

fn in_force<'b>(rules: &Rules<'b>, statuses: &[Status]) -> Expr<'b, unit::Truth, row::Standing> {
    let builder = rules.builder;
    let today = builder.today();
    builder.all(&[
        builder.fact(fact::STANDING_STATUS).is_one_of(statuses),
        builder.fact(fact::STANDING_FROM).at_most(today),
        today.below(builder.fact(fact::STANDING_UNTIL)),
    ])
}

/// The category of each member; `allowance` and `borderline` say what the facts alone give.
pub fn categories<'b>(
    rules: &Rules<'b>,
    allowance: Expr<'b, unit::Truth, row::Household>,
    borderline: Expr<'b, unit::Truth, row::Household>,
) -> Categories<'b> {
    let household = |statuses: &[Status]| stated(rules, statuses);
    // What an office has said about the category takes the place of what the facts would give.
    let other_than = |own: Status| {
        let all = [
            Status::MinimumLivingAllowance,
            Status::BorderlineHousehold,
            Status::EssentialExpenseHardship,
            Status::LowIncome,
            Status::Nothing,
        ];
        let others: Vec<Status> = all.into_iter().filter(|status| *status != own).collect();
        household(&others)
    };
    let of = |own: Status, computed: Expr<'b, unit::Truth, row::Household>| {
        household(&[own]).or(computed.and(other_than(own).not())).lift::<row::Member>()
    };
    let person = in_force(rules, &[Status::DestituteSupport]).any_for_person(fact::STANDING_MEMBER);
    Categories {
        destitute_support: person,
        minimum_living_allowance: of(Status::MinimumLivingAllowance, allowance).and(person.not()),
        borderline_household: of(Status::BorderlineHousehold, borderline).and(person.not()),
        essential_expense_hardship: household(&[Status::EssentialExpenseHardship]).lift(),
        low_income: household(&[Status::LowIncome]).lift(),
    }
}
