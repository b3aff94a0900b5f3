//! What a household has to live on: who counts, countable income, expenses that cannot be avoided, property.
//!
//! # Sources
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 7 (members), 13 (income), 14 (property).

pub mod expenses;
pub mod family;
pub mod income;
pub mod property;

pub use expenses::{expenditure_test, expenses};
pub use family::{Family, Ground};
pub use property::assets_within;

use crate::formula::Expr;
use crate::household::dictionary::{EmploymentStatus, WorkAbility, fact, row, unit};
use crate::tables::rules::Rules;
use crate::tables::subject::{Incomes, OfHousehold, OfHouseholdSide, OfMember};

/// The minimum living standard (低保标准).
const STANDARD: &str = "minimum-living-standard";

/// The means of a household as the minimum living allowance sees them.
pub struct Means<'b> {
    /// Who is family, and why.
    pub family: Family<'b>,
    /// Members counted (共同生活的家庭成员).
    pub members: Expr<'b, unit::Count, row::Household>,
    /// Countable income of each member, before what they pay to others.
    pub received: Expr<'b, unit::Monthly, row::Member>,
    /// Countable income of all counted members (家庭月收入).
    pub income: Expr<'b, unit::Monthly, row::Household>,
    /// The minimum living standard (低保标准) of the applicant.
    pub standard: Expr<'b, unit::Monthly, row::Household>,
    /// The standard of each member, on the side of the household.
    pub own_standard: Expr<'b, unit::Monthly, row::Member>,
    /// Whether the standard differs among the members of a household.
    pub standards_differ: bool,
    /// The standards of all members: what the household is topped up to.
    pub line: Expr<'b, unit::Monthly, row::Household>,
    /// Members who have refused three suitable jobs or more and must work.
    pub refusing: Expr<'b, unit::Count, row::Household>,
}

impl<'b> Means<'b> {
    /// Works them out for the rules' area and day.
    pub fn new(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Self {
        let builder = rules.builder;
        let family = Family::new(rules, member);
        let members = family.counted.count_rows();
        let standard = rules.amount::<unit::Monthly, _>(STANDARD, &OfHousehold(member)).value;
        // Some places have a higher standard for minors.
        let apart = rules.tells_people_apart(STANDARD);
        let own_standard = match apart {
            true => rules.amount::<unit::Monthly, _>(STANDARD, &OfHouseholdSide(member)).value,
            false => standard.lift(),
        };
        let line = match apart {
            true => builder.choose(family.counted, own_standard, builder.nothing()).sum(),
            false => standard * members,
        };
        let received = income::received(rules, member);
        let income = income::of_family(rules, &family, received);
        let refusing = refusing(rules, member, &family);
        Self { family, members, received, income, standard, own_standard, standards_differ: apart, line, refusing }
    }

    /// Incomes as the conditions of tables ask for them.
    pub fn incomes(&self) -> Incomes<'b> {
        Incomes { own: self.received, household: self.income, members: self.members }
    }
}

/// Nobody has refused to have income and property checked; who was not asked has not.
pub fn not_refused<'b>(rules: &Rules<'b>) -> Expr<'b, unit::Truth, row::Household> {
    rules.builder.fact(fact::VERIFICATION_CONSENT).told_or(rules.builder.always(true))
}

/// Members who have refused suitable work three times and must work: of working age, able to, without a job (art. 34).
fn refusing<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, family: &Family<'b>) -> Expr<'b, unit::Count, row::Household> {
    let builder = rules.builder;
    let refusals = builder.fact(fact::REFUSED_ON).at_most(builder.today()).count_rows();
    let of_age = member.age().at_least(builder.count(16)).and(member.age().below(builder.count(60)));
    let jobless = builder.fact(fact::EMPLOYMENT_STATUS).is(EmploymentStatus::Unemployed);
    let able = builder.fact(fact::WORK_ABILITY).is(WorkAbility::Unable).not();
    // Three refusals are what counts; who has none need not tell the rest.
    let refused = refusals.at_least(builder.count(3));
    builder.all(&[refused, of_age, jobless, able, family.counted]).count_rows()
}

/// Nobody's income is higher: an income beyond it counts as this much where a share of it is taken, which keeps the
/// arithmetic exact and no household below any limit.
pub(crate) const TEN_MILLION_YUAN: i64 = 1_000_000_000;
