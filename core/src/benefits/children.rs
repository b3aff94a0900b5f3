//! What the allowances for children without the care of their parents share: what has happened to the parents, what
//! the child draws already, and the choice against destitute support.
//!
//! A parent who is not known or cannot be found is told as `missing`; an answer about one parent alone stays open. Whoever
//! applies for a household with their own child is there: such a child is no orphan, and not without care if that parent is
//! neither severely disabled nor seriously ill.
//!
//! What this file does not cover: children affected by AIDS (艾滋病影响儿童), who have the orphans' amount in Shandong; no
//! fact asks for it.

use super::{Draft, clause};
use crate::formula::{Expr, Unit};
use crate::household::dictionary::{Benefit, DisabilityKind, ParentState, PaymentState, Relation, Row, fact, row, unit};
use crate::means::Means;
use crate::means::family::paid_for;
use crate::source::Clause;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::OfMember;

type Holds<'b, R> = Expr<'b, unit::Truth, R>;

/// A minor (未成年人) is younger than this.
const GROWN_UP: i64 = 18;
/// Prison, compulsory rehabilitation, other restrictions and lost contact count from so many months.
const TIME_TEST: i64 = 6;

/// What has happened to the parents of each member.
pub struct Parents<'b> {
    /// Both are told.
    pub both_told: Holds<'b, row::Member>,
    /// None is left who is neither dead nor missing.
    pub all_lost: Holds<'b, row::Member>,
    /// Each is dead, missing, or in a circumstance that keeps them from caring.
    pub none_can_care: Holds<'b, row::Member>,
    /// One at least is dead or missing.
    pub one_lost: Holds<'b, row::Member>,
    /// Each is severely disabled, seriously ill, in prison or in compulsory rehabilitation, however long.
    pub all_unable: Holds<'b, row::Member>,
    /// Each is so, or dead or missing.
    pub all_lost_or_unable: Holds<'b, row::Member>,
}

/// Reads the list `parents` of each member.
pub fn parents<'b>(rules: &Rules<'b>) -> Parents<'b> {
    let builder = rules.builder;
    let state = builder.fact(fact::PARENT_STATE);
    let today = is_so_today(rules);
    let lost = state.is_one_of(&[ParentState::Died, ParentState::Missing]).and(today);
    let cannot = lost.or(cannot_care(rules).and(today));
    let rows = builder.always::<row::Parent>(true).count_rows();
    let of_applicant = builder.fact(fact::RELATION).is(Relation::Child);
    let disability = (builder.fact(fact::DISABILITY_KIND), builder.fact(fact::DISABILITY_GRADE));
    let applicant_cannot = severe(disability).any_row().or(builder.fact(fact::SERIOUS_ILLNESS));
    let cared_for = of_applicant.and(applicant_cannot.of_applicant().lift().not());
    // A list with one parent says nothing about the other.
    let both_told = rows.at_least(builder.count(2)).or(builder.count(1).at_most(rows).and(builder.unasked::<row::Parent>()));
    let every = |state: Holds<'b, row::Parent>| state.not().any_row().not();
    let unable = unable(rules).and(today);
    Parents {
        both_told,
        all_lost: of_applicant.not().and(every(lost)),
        none_can_care: cared_for.not().and(every(cannot)),
        one_lost: lost.any_row(),
        all_unable: cared_for.not().and(every(unable)),
        all_lost_or_unable: cared_for.not().and(every(lost.or(unable))),
    }
}

/// What is told of a parent has begun and is not over: a day that was not told is no reason to doubt what was.
fn is_so_today<'b>(rules: &Rules<'b>) -> Holds<'b, row::Parent> {
    let (builder, today) = (rules.builder, rules.builder.today());
    let begun = builder.fact(fact::PARENT_SINCE).at_most(today).told_or(builder.always(true));
    let over = builder.fact(fact::PARENT_UNTIL).at_most(today).told_or(builder.always(false));
    begun.and(over.not())
}

/// The circumstances of 事实无人抚养 for one parent, with their time tests.
fn cannot_care<'b>(rules: &Rules<'b>) -> Holds<'b, row::Parent> {
    let builder = rules.builder;
    let state = builder.fact(fact::PARENT_STATE);
    let months = builder.count(TIME_TEST);
    let since = builder.fact(fact::PARENT_SINCE);
    let so_far = since.months_to(builder.today()).at_least(months);
    let term = since.months_to(builder.fact(fact::PARENT_UNTIL)).at_least(months);
    let severe = severe((builder.fact(fact::PARENT_DISABILITY_KIND), builder.fact(fact::PARENT_DISABILITY_GRADE))).any_row();
    let restricted = [ParentState::Imprisoned, ParentState::CompulsoryRehab, ParentState::LibertyRestricted];
    let later = state.is_one_of(&[ParentState::GuardianshipRevoked, ParentState::Deported]);
    let included = match rules.word("unattended-child-more-circumstances") {
        (Word::Known(_), known) | (Word::Unknown, known) => known,
    };
    builder.any(&[
        state.is(ParentState::SeverelyDisabled).and(severe),
        state.is(ParentState::SeriouslyIll),
        state.is_one_of(&restricted).and(so_far.or(term)),
        state.is(ParentState::LostContact).and(so_far),
        later.and(included),
    ])
}

/// Severely disabled, seriously ill, in prison or in compulsory rehabilitation, without a time test.
fn unable<'b>(rules: &Rules<'b>) -> Holds<'b, row::Parent> {
    let builder = rules.builder;
    let state = builder.fact(fact::PARENT_STATE);
    let severe = severe((builder.fact(fact::PARENT_DISABILITY_KIND), builder.fact(fact::PARENT_DISABILITY_GRADE))).any_row();
    let others = state.is_one_of(&[ParentState::SeriouslyIll, ParentState::Imprisoned, ParentState::CompulsoryRehab]);
    others.or(state.is(ParentState::SeverelyDisabled).and(severe))
}

/// A disability of a parent that counts as severe here (重残): grade 1 or 2, of the mind 3 or 4 as well.
fn severe<'b, R: Row>((kind, grade): (Expr<'b, unit::Named<DisabilityKind>, R>, Expr<'b, unit::Count, R>)) -> Holds<'b, R> {
    let of_mind = kind.is_one_of(&[DisabilityKind::Intellectual, DisabilityKind::Mental]).and(grade.is_among(&[3, 4]));
    grade.is_among(&[1, 2]).or(of_mind)
}

/// A minor registered in the area.
pub fn minor_of_the_area<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, draft: &mut Draft<'b, row::Member>, law: &Option<Clause>) {
    let builder = rules.builder;
    draft.requires("registered-in-area", member.registered_in(rules.area), law.clone());
    let (age, limit) = (member.age(), builder.count(GROWN_UP));
    draft.requires("is-a-minor", age.below(limit), law.clone());
    draft.measured(age, limit, Unit::Years);
}

/// A child who could have destitute support as well chooses one of the two.
pub fn destitute_support_not_chosen<'b>(rules: &Rules<'b>, draft: &mut Draft<'b, row::Member>, destitute: Holds<'b, row::Member>) {
    let chose = rules.builder.fact(fact::CHOICE_BENEFIT).is(Benefit::DestituteSupport).any_row().lift();
    draft.requires("destitute-support-not-chosen", destitute.and(chose).not(), clause("destitute-recognition-2021", "9"));
}

/// The area's standard for the child, less what the child has already.
pub fn pays<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>, draft: &mut Draft<'b, row::Member>, standard: &str) {
    let (_, lacking) = standard_and_lacking(rules, member, means, draft, standard);
    draft.pays(lacking);
}

/// The area's standard for the child, and what the child's other assistance lacks to it; both are told with how they come about.
pub fn standard_and_lacking<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    draft: &mut Draft<'b, row::Member>,
    standard: &str,
) -> (Expr<'b, unit::Monthly, row::Member>, Expr<'b, unit::Monthly, row::Member>) {
    let standard = rules.amount::<unit::Monthly, _>(standard, member).value;
    let drawn = drawn_already(rules, member, means);
    draft.step("child-standard", standard, Unit::YuanPerMonth);
    draft.step("drawn-already", drawn, Unit::YuanPerMonth);
    (standard, (standard - drawn).at_least_zero())
}

/// What the child has already, a month: a share of the household's minimum living allowance for each member it is paid for,
/// and a living subsidy that is being paid (补差).
///
/// # Source
/// 关于进一步加强事实无人抚养儿童保障工作的意见 (2019) part 3 (1).
fn drawn_already<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Expr<'b, unit::Monthly, row::Member> {
    let builder = rules.builder;
    let paying = builder.fact(fact::RECEIVING_STATE).is(PaymentState::Paying);
    let monthly: Expr<'b, unit::Monthly, row::Receiving> = builder.retyped(builder.fact(fact::RECEIVING_MONTHLY));
    let in_payment = |amount, benefit| {
        builder.choose(paying, amount, builder.nothing()).amount_of_entry(fact::RECEIVING_KEY, benefit, builder.nothing())
    };
    let drawn = in_payment(monthly.shared_among(builder.fact(fact::RECEIVING_MEMBERS)), Benefit::MinimumLivingAllowance);
    let subsidy = in_payment(monthly, Benefit::DisabilityLivingSubsidy);
    // What is drawn is told; else what the household would get by its facts.
    let computed: Option<Expr<'b, unit::Monthly, row::Household>> = builder.amount_of("minimum-living-allowance");
    let paid_for = paid_for(rules, member, &means.family);
    let shared = computed.unwrap_or(builder.nothing()).shared_among(paid_for.count_rows()).lift();
    let computed = builder.choose(paid_for, shared, builder.nothing());
    let on_allowance = member.categories.map_or(builder.always(false), |categories| categories.minimum_living_allowance);
    let cases = [(member.draws(Benefit::MinimumLivingAllowance, false), drawn), (on_allowance, computed)];
    builder.select(&cases, builder.nothing()) + subsidy
}
