//! The household's category (家庭类别): what an office has decided, or else what the facts say.
//!
//! A stated standing is used as it is; where the given facts say otherwise the result says so openly.

use crate::formula::Expr;
use crate::household::dictionary::{Status, fact, row, unit};
use crate::order::Listed as _;
use crate::tables::rules::Rules;
use crate::tables::subject::Categories;

/// Whether an office has decided this about the household, in force on the day.
pub fn stated<'b>(rules: &Rules<'b>, statuses: &[Status]) -> Expr<'b, unit::Truth, row::Household> {
    in_force(rules, statuses).any_row()
}

/// Whether the household is of a category: its facts say so, or an office has decided it.
pub fn is_of<'b>(
    rules: &Rules<'b>,
    category: Status,
    computed: Expr<'b, unit::Truth, row::Household>,
) -> Expr<'b, unit::Truth, row::Household> {
    computed.or(stated(rules, &[category]))
}

/// Whether an office has decided that a member has destitute support.
pub fn is_destitute<'b>(rules: &Rules<'b>) -> Expr<'b, unit::Truth, row::Member> {
    in_force(rules, &[Status::DestituteSupport]).any_for_person(fact::STANDING_MEMBER)
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

/// What the facts alone give.
pub struct Found<'b> {
    /// Who counts as a member of the family.
    pub counted: Expr<'b, unit::Truth, row::Member>,
    /// The household qualifies for the minimum living allowance.
    pub allowance: Expr<'b, unit::Truth, row::Household>,
    /// It is a borderline household.
    pub borderline: Expr<'b, unit::Truth, row::Household>,
    /// It is in hardship from essential expenses.
    pub hardship: Expr<'b, unit::Truth, row::Household>,
    /// It is a low-income household by a line of the place's own.
    pub low_income: Expr<'b, unit::Truth, row::Household>,
}

/// The category of each member.
pub fn categories<'b>(rules: &Rules<'b>, found: &Found<'b>) -> Categories<'b> {
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
        let others: Vec<Status> = all.into_iter().filter(|status| *status != own).listed();
        household(&others)
    };
    // A stated category is everybody's; a computed one belongs to the family that was computed with.
    let of = |own: Status, computed: Expr<'b, unit::Truth, row::Household>| {
        let stated = household(&[own]);
        let is_one = stated.or(computed.and(other_than(own).not()));
        is_one.lift::<row::Member>().and(stated.lift().or(found.counted))
    };
    let low_income = found.low_income.and(household(&[Status::MinimumLivingAllowance, Status::Nothing]).not());
    let person = is_destitute(rules);
    let alone = in_force(rules, &[Status::CoveredIndividually]).any_for_person(fact::STANDING_MEMBER);
    Categories {
        destitute_support: person,
        minimum_living_allowance: of(Status::MinimumLivingAllowance, found.allowance).and(person.not()),
        borderline_household: of(Status::BorderlineHousehold, found.borderline).and(person.not()),
        essential_expense_hardship: of(Status::EssentialExpenseHardship, found.hardship).and(person.not()),
        // A household may be of low income and borderline at once: the one line lies above the other.
        low_income: household(&[Status::LowIncome]).lift::<row::Member>().or(low_income.lift().and(found.counted)),
        covered_individually: alone,
    }
}
