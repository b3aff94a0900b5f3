//! Minimum living allowance (最低生活保障, 低保).
//!
//! # What it pays
//! Every month what a household lacks to the minimum living standard of its area, or an amount by grades.
//!
//! # Who qualifies
//! A household registered in the area whose countable income is below the standard (in some cities also one whose
//! income is, once unavoidable medical and school bills are taken off) and whose property is within the limit.
//!
//! # How much
//! By difference: the standard times the members counted, less their income; from totals, never from a rounded figure
//! per head. Where a place says so, each member has at least a floor, or the amount of the grade the income falls in.
//!
//! # What this file does not cover
//! Supplements by category of member and the grace period after it ends, which are entries of their own; registration in
//! several provinces; consent to checks.
//!
//! # Sources
//! 社会救助暂行办法 (国务院令第649号) art. 9, 12; from 2026-07-01 社会救助法 art. 18 to 20;
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 5, 7, 13, 14, 21, 23, 31, 34.

use super::{Draft, clause, recognition, since};
use crate::formula::{Expr, Gives, Per, RoundRule, Unit};
use crate::household::dictionary::{EmploymentStatus, ExpenseKind, Status, Test, WorkAbility, fact, row, unit};
use crate::means::family::paid_for;
use crate::means::{Means, assets_within, expenditure_test, not_refused, property};
use crate::source::Clause;
use crate::standing::stated;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{OfHousehold, OfMember};

/// What is rounded: each person's share, the household's sum, or that together with supplements.
const ROUNDING_STAGE: &str = "minimum-living-allowance-rounding-stage";

/// Whether the place rounds the allowance together with supplements by category.
pub fn is_rounded_with_supplements(rules: &Rules<'_>) -> bool {
    matches!(rules.word::<row::Household>(ROUNDING_STAGE).0, Word::Known("with-supplements"))
}

type Money<'b> = Expr<'b, unit::Monthly, row::Household>;

/// Writes it; returns whether the household qualifies by its facts.
///
/// `supplements` is what supplements by category come to, where the place rounds them together with the allowance.
pub fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    supplements: Option<Money<'b>>,
) -> Expr<'b, unit::Truth, row::Household> {
    let builder = rules.builder;
    let mut draft = Draft::new(rules, "minimum-living-allowance", Gives::Cash, Per::Month);
    draft.requires("registered-in-area", member.may_apply_in(rules.area).of_applicant(), recognition(rules, "5", conditions()));
    entry_tests(rules, member, means, &mut draft);
    let assets = assets_within(rules, member, means, Test::AssetsWithinLimit, "asset-limit-multiple");
    draft.requires("assets-within-limit", assets, recognition(rules, "14", conditions()));
    draft.requires("verification-not-refused", not_refused(rules), recognition(rules, "29", None));
    if let Some(large) = property::large_outgoings(rules, member, means) {
        draft.remarks("no-large-outgoings", large.not(), rules.clause("large-outgoing-once-multiple"));
    }

    let paid_for = paid_for(rules, member, &means.family);
    draft.concerns(&means.family, paid_for);
    let payment = Payment { rules, member, means, paid_for, all_are: paid_for.id() == means.family.counted.id(), supplements };
    let amount = payment.amount();
    draft.step("counted-members", means.members, Unit::Count);
    draft.step("minimum-living-standard", means.standard, Unit::YuanPerMonth);
    draft.step("line-total", means.line, Unit::YuanPerMonth);
    draft.step("household-income", means.income, Unit::YuanPerMonth);
    draft.step("top-up", amount, Unit::YuanPerMonth);

    // Refusing three suitable jobs costs that person's share, and no text says what a share is.
    let someone_refuses = builder.count(1).at_most(means.refusing);
    let reduced = builder.between(builder.nothing(), amount);
    let duty = recognition(rules, "34", clause("state-council-649", "45"));
    draft.remarks("not-refusing-work", someone_refuses.not(), duty.clone());
    draft.pays(builder.choose(someone_refuses, reduced, amount));
    draft.alternative("equal-share", amount - equal_share(means, amount), duty.unwrap_or_else(|| Clause::new("mca-2021-57", "34")));

    let decided = builder.day_or_today::<row::Household>(fact::DECIDED_ON).month();
    let first = match rules.word::<row::Household>("minimum-living-allowance-start").0 {
        Word::Known("same-month") => decided,
        _ => decided.later(1),
    };
    draft.starts(first);
    draft.reviewed(first + builder.retyped(months_to_review(rules, member, means)));
    let computed = draft.computed();
    draft.finish(Some(stated(rules, &[Status::MinimumLivingAllowance])));
    computed
}

/// What 社会救助暂行办法 says of who may have it, for days before the rules of 2021.
fn conditions() -> Option<Clause> {
    clause("state-council-649", "9")
}

/// Income below the standard, or in a city with two entry tests either of them.
fn entry_tests<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>, draft: &mut Draft<'b, row::Household>) {
    let law = if since(rules, "2026-07-01") { clause("social-assistance-act-2026", "18") } else { clause("state-council-649", "9") };
    let by_income = rules.compare("minimum-living-allowance-operator", means.income, means.line);
    let by_expenses = || expenditure_test(rules, member, means, &[ExpenseKind::Medical, ExpenseKind::Education], means.line);
    match rules.word("minimum-living-allowance-entry") {
        (Word::Known("income"), known) => draft.requires("income-below-standard", by_income.and(known), law),
        (Word::Known(_), known) => {
            let either = by_income.or(by_expenses()).and(known);
            draft.requires("income-or-expenses-below-standard", either, rules.clause("minimum-living-allowance-entry"));
        }
        (Word::Unknown, unknown) => {
            let either = by_income.or(by_expenses().and(unknown));
            draft.requires("income-or-expenses-below-standard", either, rules.clause("minimum-living-allowance-entry"));
        }
    }
    draft.measured(means.income, means.line, Unit::YuanPerMonth);
}

/// How much is paid, in the forms that places have for it.
struct Payment<'r, 'b> {
    rules: &'r Rules<'b>,
    member: &'r OfMember<'r, 'b>,
    means: &'r Means<'b>,
    /// Members who are paid for.
    paid_for: Expr<'b, unit::Truth, row::Member>,
    /// Whether these are all members who are counted.
    all_are: bool,
    /// Supplements by category, where they are rounded together with the allowance.
    supplements: Option<Money<'b>>,
}

impl<'b> Payment<'_, 'b> {
    /// What is paid in the form of the place (差额、分档), which may differ between town and village.
    fn amount(&self) -> Money<'b> {
        const FORM: &str = "minimum-living-allowance-form";
        let (rules, builder) = (self.rules, self.rules.builder);
        let household = OfHousehold(self.member);
        let mut forms = Vec::new();
        for form in rules.words_named(FORM) {
            let money = match form {
                "difference" => self.difference(),
                "graded" => self.grade(),
                "floor-of-difference" => self.with_floor(),
                // The county has chosen one of the two, and we do not know which.
                _ => builder.between(self.difference().or_less(self.grade()), self.difference().or_more(self.grade())),
            };
            forms.push((rules.has_word(FORM, form, &household), money));
        }
        builder.select(&forms, rules.missing(FORM, "unknown", rules.area, None).value)
    }

    /// How many members are paid for.
    fn heads(&self) -> Expr<'b, unit::Count, row::Household> {
        if self.all_are { self.means.members } else { self.paid_for.count_rows() }
    }

    /// How the place rounds, and whether it rounds each person's share.
    fn rounding(&self) -> (RoundRule, bool) {
        let stage = self.rules.word::<row::Household>(ROUNDING_STAGE).0;
        (self.rules.rounding("minimum-living-allowance-rounding"), matches!(stage, Word::Known("person")))
    }

    /// The whole amount rounded; where a place rounds it together with the supplements, so that both together are round.
    fn rounded(&self, amount: Money<'b>) -> Money<'b> {
        let rule = self.rules.rounding("minimum-living-allowance-rounding");
        match self.supplements {
            Some(supplements) => ((amount + supplements).rounded(rule) - supplements).at_least_zero(),
            None => amount.rounded(rule),
        }
    }

    /// What is lacking to the line, all of it or the shares of those who are paid for.
    fn difference(&self) -> Money<'b> {
        let lacking = top_up(self.means.line, self.means.income);
        match self.rounding() {
            (rule, true) => self.share(lacking).rounded(rule) * self.heads(),
            (_, false) if self.all_are => self.rounded(lacking),
            (_, false) => self.rounded(self.share(lacking) * self.heads()),
        }
    }

    /// The amount of the grade that income falls in, for each member.
    fn grade(&self) -> Money<'b> {
        let payer = OfMember { incomes: Some(self.means.incomes()), ..*self.member };
        let grade = self.rules.amount::<unit::Monthly, _>("minimum-living-allowance-grades", &OfHousehold(&payer));
        grade.value * self.heads()
    }

    /// Each member's share of what is lacking, or the floor for that member where it is more (差额不低于).
    fn with_floor(&self) -> Money<'b> {
        let builder = self.rules.builder;
        let floor = self.rules.amount::<unit::Monthly, _>("minimum-living-allowance-floor", self.member).value;
        let share = self.share(top_up(self.means.line, self.means.income)).lift::<row::Member>().or_more(floor);
        let all = |share| builder.choose(self.paid_for, share, builder.nothing()).sum();
        match self.rounding() {
            (rule, true) => all(share.rounded(rule)),
            (_, false) => self.rounded(all(share)),
        }
    }

    /// One member's equal share; nobody's is more than the standard, which keeps the arithmetic small.
    fn share(&self, amount: Money<'b>) -> Money<'b> {
        let share = amount.shared_among(self.means.members);
        if self.means.standards_differ { share } else { share.or_less(self.means.standard) }
    }
}

/// Top-up that lifts a household to the minimum living standard (补差).
///
/// The line of all members less the household's countable income; zero once income reaches it. Yuan per month, not
/// yet rounded.
///
/// # Source
/// 社会救助暂行办法 art. 12; 民发〔2021〕57号 art. 23.
fn top_up<'b>(line: Money<'b>, income: Money<'b>) -> Money<'b> {
    (line - income).at_least_zero()
}

/// The shares of the members who refuse work, if every member's share is the same.
fn equal_share<'b>(means: &Means<'b>, top_up: Money<'b>) -> Money<'b> {
    (top_up * means.refusing).shared_among(means.members)
}

/// How many months later the household is looked at again: a year, or half a year where income is unsteady or somebody
/// could work (art. 31).
fn months_to_review<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Expr<'b, unit::Count, row::Household> {
    const MONTHS: &str = "minimum-living-allowance-review-months";
    let builder = rules.builder;
    if rules.is_set(MONTHS) {
        return rules.count::<row::Household>(MONTHS, &OfHousehold(member)).value;
    }
    let unsteady = builder.fact(fact::NO_FIXED_INCOME);
    let of_age = member.age().at_least(builder.count(16)).and(member.age().below(builder.count(60)));
    let studies = builder.fact(fact::EMPLOYMENT_STATUS).is(EmploymentStatus::Student);
    let able = builder.all(&[of_age, studies.not(), builder.fact(fact::WORK_ABILITY).is(WorkAbility::Unable).not()]);
    let soon = unsteady.or(able).and(means.family.counted).any_row();
    builder.choose(soon, builder.count(6), builder.count(12))
}
