//! What a household has to live on: who counts, countable income, expenses that cannot be avoided, property.
//!
//! # Sources
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 7 (members), 13 (income), 14 (property).

use crate::formula::Expr;
use crate::household::dictionary::{EmploymentStatus, ExpenseKind, IncomeKind, Test, WorkAbility, fact, row, unit};
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{Incomes, OfHousehold, OfHouseholdSide, OfMember};

/// The minimum living standard (低保标准).
const STANDARD: &str = "minimum-living-standard";

/// Income kinds that art. 13 counts.
const COUNTED: &[IncomeKind] = &[
    IncomeKind::Wages,
    IncomeKind::Business,
    IncomeKind::Property,
    IncomeKind::Pension,
    IncomeKind::ResidentPension,
    IncomeKind::Maintenance,
    IncomeKind::UnemploymentBenefit,
    IncomeKind::SurvivorsBenefit,
    IncomeKind::Compensation,
    IncomeKind::Gift,
    IncomeKind::Other,
];

/// Kinds that art. 13 leaves to the cities: it names neither side.
const LEFT_TO_CITIES: &[IncomeKind] = &[IncomeKind::AdvancedAgeAllowance];

/// The means of a household as the minimum living allowance sees them.
#[derive(Clone, Copy)]
pub struct Means<'b> {
    /// Members counted (共同生活的家庭成员).
    pub members: Expr<'b, unit::Count, row::Household>,
    /// Countable income of each member, before what they pay to others.
    pub received: Expr<'b, unit::Monthly, row::Member>,
    /// Countable income of all of them (家庭月收入).
    pub income: Expr<'b, unit::Monthly, row::Household>,
    /// The minimum living standard (低保标准) of the applicant.
    pub standard: Expr<'b, unit::Monthly, row::Household>,
    /// The standards of all members: what the household is topped up to.
    pub line: Expr<'b, unit::Monthly, row::Household>,
    /// Members who have refused three suitable jobs or more and must work.
    pub refusing: Expr<'b, unit::Count, row::Household>,
}

impl<'b> Means<'b> {
    /// Works them out for the rules' area and day.
    pub fn new(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Self {
        let builder = rules.builder;
        let members = builder.always::<row::Member>(true).count_rows();
        let standard = rules.amount::<unit::Monthly, _>(STANDARD, &OfHousehold(member)).value;
        // Some places have a higher standard for minors.
        let line = match rules.tells_people_apart(STANDARD) {
            true => rules.amount::<unit::Monthly, _>(STANDARD, &OfHouseholdSide(member)).value.sum(),
            false => standard * members,
        };
        let received = received(rules);
        let income = income(rules, received);
        Self { members, received, income, standard, line, refusing: refusing(rules, member) }
    }

    /// Incomes as the conditions of tables ask for them.
    pub fn incomes(&self) -> Incomes<'b> {
        Incomes { own: self.received, household: self.income, members: self.members }
    }
}

/// Countable income of each member a month.
///
/// Each income net of what it cost, spread over its months; the centrally fixed basic pension is left out while the
/// disregard lasts. Never below zero.
fn received<'b>(rules: &Rules<'b>) -> Expr<'b, unit::Monthly, row::Member> {
    let builder = rules.builder;
    let kind = builder.fact(fact::INCOME_KIND);
    let local = rules.missing::<unit::Yuan, row::Income>("income-disregards", "unknown", rules.area, None).fits;
    let counted = kind.is_one_of(COUNTED).or(kind.is_one_of(LEFT_TO_CITIES).and(local));
    let net = builder.fact(fact::INCOME_GROSS) - builder.fact(fact::INCOME_COSTS);
    let basic = builder.fact(fact::INCOME_BASIC_PART);
    let nothing = builder.nothing();
    let disregard = match rules.word::<row::Income>("basic-pension-disregard") {
        (Word::Known("disregarded"), known) => builder.choose(known, basic, nothing),
        (Word::Known(_), _) => nothing,
        (Word::Unknown, unknown) => builder.choose(unknown, basic, nothing),
    };
    let net = builder.choose(kind.is(IncomeKind::ResidentPension), net - disregard, net).at_least_zero();
    let monthly = net.per_month(builder.fact(fact::INCOME_MONTHS));
    builder.choose(counted, monthly, builder.nothing()).sum()
}

/// Countable income of all members a month (家庭月收入), less taxes, insurance and maintenance paid; never below zero.
fn income<'b>(rules: &Rules<'b>, received: Expr<'b, unit::Monthly, row::Member>) -> Expr<'b, unit::Monthly, row::Household> {
    let builder = rules.builder;
    let paid: Expr<'b, unit::Monthly, row::Transfer> = builder.retyped(builder.fact(fact::TRANSFER_AMOUNT));
    (received.sum() - paid.sum().sum()).at_least_zero()
}

/// What was paid oneself in the last twelve months for these kinds, as a monthly share (刚性支出).
pub fn expenses<'b>(rules: &Rules<'b>, kinds: &[ExpenseKind]) -> Expr<'b, unit::Monthly, row::Household> {
    let builder = rules.builder;
    let own = builder.fact(fact::EXPENSE_GROSS) - builder.fact(fact::EXPENSE_INSURANCE) - builder.fact(fact::EXPENSE_ASSISTANCE);
    let counts = builder.fact(fact::EXPENSE_KIND).is_one_of(kinds);
    builder.choose(counts, own.at_least_zero(), builder.nothing()).per_month(builder.count(12)).sum()
}

/// Members who have refused suitable work three times and must work: of working age, able to, without a job (art. 34).
fn refusing<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Count, row::Household> {
    let builder = rules.builder;
    let refusals = builder.always::<row::Refusal>(true).count_rows();
    let of_age = member.age().at_least(builder.count(16)).and(member.age().below(builder.count(60)));
    let jobless = builder.fact(fact::EMPLOYMENT_STATUS).is(EmploymentStatus::Unemployed);
    let able = builder.fact(fact::WORK_ABILITY).is(WorkAbility::Unable).not();
    // Three refusals are what counts; who has none need not tell the rest.
    let refused = refusals.at_least(builder.count(3));
    builder.all(&[refused, of_age, jobless, able]).count_rows()
}

/// Whether property is within the limit: stated by an office, or worked out from the multiple a table gives.
///
/// Where a table gives only the multiple for money in the bank, the other tests (vehicles, homes, firms) stay open
/// until someone states the result.
pub fn assets_within<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    test: Test,
    multiple: &str,
) -> Expr<'b, unit::Truth, row::Household> {
    let builder = rules.builder;
    let rate = rules.rate(multiple, &OfHousehold(member));
    let financial = builder.fact(fact::FINANCIAL_ASSETS);
    let limit: Expr<'b, unit::Yuan, row::Household> = builder.retyped(means.line * rate.value);
    let within = financial.at_most(limit);
    let others = match rules.word::<row::Household>("asset-test") {
        (Word::Known("financial-only"), known) => known,
        _ => builder.unasked::<row::Assessment>(),
    };
    let worked_out = within.and(others);
    builder.fact(fact::ASSESSMENT_HOLDS).entry(fact::ASSESSMENT_TEST, test, worked_out)
}

/// Both entry tests of a city that has two: income below the line, or income after unavoidable expenses below it
/// while it stays below the average (支出型).
pub fn expenditure_test<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    kinds: &[ExpenseKind],
    line: Expr<'b, unit::Monthly, row::Household>,
) -> Expr<'b, unit::Truth, row::Household> {
    let average = rules.amount::<unit::Monthly, _>("disposable-income-per-person", &OfHousehold(member)).value * means.members;
    let left = (means.income - expenses(rules, kinds)).at_least_zero();
    means.income.below(average).and(left.below(line))
}
