//! Temporary assistance (临时救助): for an emergency, for expenses that cannot be avoided, and the fast small kind.
//!
//! # What it pays
//! Once, up to a ceiling that each place sets by person or by household; in some places a share of what had to be paid
//! oneself, or no less than a floor. The office decides how much within the limits.
//!
//! # Who qualifies
//! For an emergency (急难型) any household, at the place where it happened, wherever it is registered. For expenses
//! (支出型) households of small income and property at the place of registration; of those already recognised as in
//! hardship only the expenses are looked at. The fast small kind (小额快救) asks for no check of means.
//!
//! # How much
//! The area's ceiling (`temporary-assistance-cap`, by what happened, what was paid oneself or what was paid for), times
//! the members where it counts by person, not below `temporary-assistance-least`, and within what earlier grants leave of
//! `temporary-assistance-yearly-cap`.
//!
//! # What this file does not cover
//! Help in stages and case-by-case aid above the ceilings (一事一议), the sums a township may decide, goods and services;
//! full-time students registered elsewhere, whom Qingdao helps with expenses too (no fact says where a school is).
//!
//! # Sources
//! 社会救助暂行办法 (国务院令第649号) art. 47 to 49; 关于进一步加强和改进临时救助工作的意见 (2018) part 2; from
//! 2026-01 关于进一步健全完善临时救助制度的意见; from 2026-07-01 社会救助法 art. 29, 37, 50.

use super::{Draft, clause, since};
use crate::formula::{Basis, Expr, Gives, Per, Unit};
use crate::household::dictionary::{ExpenseKind, Names, Status, Test, fact, row, unit};
use crate::means::{Means, assets_within};
use crate::order::Listed as _;
use crate::source::Clause;
use crate::standing::stated;
use crate::supporters::average;
use crate::tables::Condition;
use crate::tables::rules::{Rules, Term, Word};
use crate::tables::subject::{OfHousehold, OfMember, Subject, within_yuan};

type Holds<'b, R> = Expr<'b, unit::Truth, R>;
type Once<'b> = Expr<'b, unit::Yuan, row::Household>;

/// Writes the three kinds.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) {
    emergency(rules, member, means);
    fast(rules, member, means);
    expenses(rules, member, means);
}

/// The article of the law in force, or the opinion of 2018.
fn law(rules: &Rules<'_>, article: &str) -> Option<Clause> {
    if since(rules, "2026-07-01") {
        clause("social-assistance-act-2026", article)
    } else {
        clause("temporary-assistance-opinion-2018", "二(一)")
    }
}

/// Something happened in the area, and help was not had too often this year.
fn happened_here<'b>(rules: &Rules<'b>, draft: &mut Draft<'b, row::Household>) {
    let builder = rules.builder;
    let here = builder.fact(fact::INCIDENT_AREA).within(rules.area);
    draft.requires("emergency-in-area", here, law(rules, "37"));
}

fn not_too_often<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, draft: &mut Draft<'b, row::Household>) {
    let builder = rules.builder;
    let grants = builder.fact(fact::INCIDENT_GRANTS);
    let limit = rules.count("temporary-assistance-per-year", &OfHousehold(member)).value;
    // The first time is never once too often.
    let fewer = grants.at_most(builder.count(0)).or(grants.below(limit));
    let clause = rules.clause("temporary-assistance-per-year").or_else(|| law(rules, "29"));
    draft.requires("grants-within-yearly-limit", fewer, clause);
}

fn emergency<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) {
    let mut draft = Draft::new(rules, "temporary-assistance", Gives::Cash, Per::Once).by(Basis::IncidentArea);
    happened_here(rules, &mut draft);
    not_too_often(rules, member, &mut draft);
    let subject = OfHousehold(member);
    let most = counted(rules, means, "temporary-assistance-cap-counts", rules.yuan("temporary-assistance-cap", &subject).value);
    let ceiling = |parameter| counted(rules, means, "temporary-assistance-cap-counts", rules.yuan_as_written(parameter, &subject));
    draft.step("assistance-ceiling", ceiling("temporary-assistance-cap"), Unit::Yuan);
    draft.pays(within_year(rules, member, at_least(rules, &subject, most)));
    if is_listed(rules, "temporary-assistance-special-cap") {
        draft.step("assistance-special-ceiling", ceiling("temporary-assistance-special-cap"), Unit::Yuan);
    }
    draft.finish(None);
}

/// Small sums within days, without a check of means (急难事项小额快救); only where a ceiling is in force.
fn fast<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) {
    if !is_listed(rules, "temporary-assistance-fast-cap") {
        return;
    }
    let mut draft = Draft::new(rules, "fast-small-assistance", Gives::Cash, Per::Once).by(Basis::IncidentArea);
    happened_here(rules, &mut draft);
    let term = rules.yuan("temporary-assistance-fast-cap", &OfHousehold(member));
    draft.requires("fast-assistance-in-force", term.fits, rules.clause("temporary-assistance-fast-cap"));
    not_too_often(rules, member, &mut draft);
    draft.pays(counted(rules, means, "temporary-assistance-fast-counts", term.value));
    draft.finish(None);
}

/// Whether some table in force, here or above, has the parameter.
fn is_listed(rules: &Rules<'_>, parameter: &str) -> bool {
    let found = rules.tables.find(parameter, rules.area, rules.as_of);
    found.certain.is_ok() || !found.perhaps.is_empty()
}

/// An amount for each member or for the household as a whole, as the area says.
fn counted<'b>(rules: &Rules<'b>, means: &Means<'b>, parameter: &str, one: Once<'b>) -> Once<'b> {
    let each = one * means.members;
    match rules.word(parameter) {
        (Word::Known("household"), known) => rules.builder.choose(known, one, each),
        (Word::Known(_) | Word::Unknown, open) => rules.builder.choose(open, each, one),
    }
}

/// Not below the floor, where the area has one that fits.
fn at_least<'b>(rules: &Rules<'b>, subject: &dyn Subject<'b, row::Household>, most: Once<'b>) -> Once<'b> {
    if !is_listed(rules, "temporary-assistance-least") {
        return most;
    }
    let Term { fits, value } = rules.yuan("temporary-assistance-least", subject);
    most.or_more(rules.builder.choose(fits, value, rules.builder.nothing()))
}

/// Not more than what this year's grants leave of the ceiling for a year, where the area has one (年度累计限额).
fn within_year<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, amount: Once<'b>) -> Once<'b> {
    const CAP: &str = "temporary-assistance-yearly-cap";
    if !is_listed(rules, CAP) {
        return amount;
    }
    let builder = rules.builder;
    // Who had no grant this year was given nothing.
    let none = builder.fact(fact::INCIDENT_GRANTS).at_most(builder.count(0));
    let granted = builder.choose(none, builder.nothing(), builder.fact(fact::INCIDENT_GRANTED));
    amount.or_less((rules.yuan(CAP, &OfHousehold(member)).value - granted).at_least_zero())
}

fn expenses<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) {
    let builder = rules.builder;
    let mut draft = Draft::new(rules, "expense-assistance", Gives::Cash, Per::Once);
    draft.requires("registered-in-area", member.may_apply_in(rules.area).of_applicant(), law(rules, "37"));

    // Of who is recognised already only the expenses are looked at; since 2026-01-29 of more of them.
    let in_hardship = recognised(rules, member);
    let average = average(rules, member) * means.members;
    draft.requires("recognised-or-income-below-average", in_hardship.or(means.income.below(average)), law(rules, "29"));
    draft.measured(means.income, average, Unit::YuanPerMonth);
    let assets = assets_within(rules, member, means, Test::HardshipAssetsWithinLimit, "essential-expense-asset-limit-multiple");
    draft.requires("recognised-or-assets-within-limit", in_hardship.or(assets), law(rules, "29"));

    let kinds: Vec<OfExpenses<'_, 'b>> = ExpenseKind::ALL.iter().map(|kind| OfExpenses::new(member, *kind)).listed();
    let any = builder.any(&kinds.iter().map(OfExpenses::is_paid).listed());
    // How high expenses must be is for the office, unless it has said so already.
    let office = builder.between(builder.count(0), builder.count(1)).at_least(builder.count(1));
    let test = builder.fact(fact::ASSESSMENT_HOLDS).entry(fact::ASSESSMENT_TEST, Test::ExpenditureTest, any.and(office));
    // Nobody is asked what the office said of expenses before it is known that there are any.
    let certainly = any.told_or(builder.always(false));
    let test = builder.choose(certainly, test, test.told_or(builder.always(true)));
    draft.requires("expenses-too-high", any.and(test), law(rules, "29"));
    not_too_often(rules, member, &mut draft);

    let amounts = kinds.iter().map(|kind| kind.amount(rules, means));
    draft.pays(within_year(rules, member, amounts.fold(builder.nothing(), |sum, one| sum + one)));
    draft.finish(None);
}

/// Recognised as in hardship: minimum living allowance or destitute support; with the opinion of 2026 also borderline
/// households and hardship from essential expenses.
fn recognised<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Holds<'b, row::Household> {
    let builder = rules.builder;
    let Some(categories) = member.categories else {
        return stated(rules, &[Status::MinimumLivingAllowance, Status::DestituteSupport]);
    };
    let before = categories.minimum_living_allowance.or(categories.destitute_support);
    let also = categories.borderline_household.or(categories.essential_expense_hardship);
    let all = if since(rules, "2026-01-29") { before.or(also) } else { before };
    builder.any(&[all.any_row(), stated(rules, &[Status::MinimumLivingAllowance])])
}

/// What the household paid itself for one kind of expense.
struct OfExpenses<'r, 'b> {
    member: &'r OfMember<'r, 'b>,
    kind: ExpenseKind,
    paid: Once<'b>,
}

impl<'r, 'b> OfExpenses<'r, 'b> {
    fn new(member: &'r OfMember<'r, 'b>, kind: ExpenseKind) -> Self {
        let builder = member.rules.builder;
        let own = builder.fact(fact::EXPENSE_GROSS) - builder.fact(fact::EXPENSE_INSURANCE) - builder.fact(fact::EXPENSE_ASSISTANCE);
        let counts = builder.fact(fact::EXPENSE_KIND).is(kind);
        Self { member, kind, paid: builder.choose(counts, own.at_least_zero(), builder.nothing()).sum() }
    }

    fn is_paid(&self) -> Holds<'b, row::Household> {
        self.paid.at_most(self.member.rules.builder.nothing()).not()
    }

    /// The ceiling for this kind; by person it counts for each member for whom something was paid.
    fn amount(&self, rules: &Rules<'b>, means: &Means<'b>) -> Once<'b> {
        let builder = rules.builder;
        let most = rules.yuan("temporary-assistance-cap", self).value;
        let concerned = builder.fact(fact::EXPENSE_KIND).is(self.kind).any_for_person(fact::EXPENSE_MEMBER).count_rows();
        let persons = concerned.or_more(builder.count(1)).or_less(means.members);
        let counts = "temporary-assistance-cap-counts";
        let limited = match rules.word(counts) {
            (Word::Known("household"), known) => builder.choose(known, at_least(rules, self, most), most * persons),
            (Word::Known(_) | Word::Unknown, open) => {
                let least = at_least(rules, self, most);
                builder.choose(open, least * persons, least)
            }
        };
        builder.choose(self.is_paid(), limited, builder.nothing())
    }
}

impl<'b> Subject<'b, row::Household> for OfExpenses<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Holds<'b, row::Household> {
        let builder = self.member.rules.builder;
        match condition {
            Condition::ExpenseKind(kinds) => builder.always(kinds.contains(&self.kind)),
            Condition::SelfPaid(span) => within_yuan(self.member.rules, self.paid, *span),
            // What helps in an emergency is not for expenses.
            Condition::Incident(_) => builder.always(false),
            person => OfHousehold(self.member).holds(person),
        }
    }

    fn bill(&self) -> Option<Once<'b>> {
        Some(self.paid)
    }
}
