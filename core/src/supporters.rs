//! Who must by law support someone, and whether they can (法定赡养、抚养、扶养义务人).
//!
//! Supporters outside the household are the list `obligors`; those inside it follow from how members are related to
//! the applicant. People in prison or missing do not count as living in the household: they belong in the list, and where
//! one is told as a member all the same, the same tests hold.
//!
//! What this file does not cover: further people a province lets count as unable (art. 8 item 6; none was read).
//!
//! # Sources
//! 特困人员认定办法 (in force 2021-07-01) art. 8; 民法典 art. 1059, 1067, 1074 (spouses, parents and children,
//! grandparents and grandchildren). How a couple without means is looked at, each of whom is the other's supporter,
//! no text read says: that is the parameter `destitute-couples`.

use crate::formula::{Expr, Per};
use crate::household::dictionary::{DisabilityKind, ObligorState, Relation, Status, Test, fact, row, unit};
use crate::means::family::absent;
use crate::means::{Means, assets_within};
use crate::order::Listed as _;
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::{OfHousehold, OfMember};

type Holds<'b, R> = Expr<'b, unit::Truth, R>;

/// From this age a recipient of the minimum living allowance need not support anyone.
const ALLOWANCE_AGE: i64 = 60;
/// From this age someone of small means need not support anyone.
const OLD_AGE: i64 = 70;
/// Below this age nobody must support anyone.
const GROWN_UP: i64 = 18;
/// Below this age parents must still support a child that cannot live by itself; above it, the child is an older person.
const OLDER_PERSON: i64 = 60;

/// Whether someone who must support the member can do so. `without_means` says which members have neither the ability
/// to work nor a livelihood.
pub fn someone_can_support<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    without_means: Holds<'b, row::Member>,
) -> Holds<'b, row::Member> {
    outside(rules, member).or(inside(rules, member, means, without_means))
}

/// A person of small means: income below last year's disposable income per person, and property within the limit.
fn small_means<'b, R: crate::household::dictionary::Row>(
    income: Expr<'b, unit::Monthly, R>,
    average: Expr<'b, unit::Monthly, R>,
    assets: Holds<'b, R>,
) -> Holds<'b, R> {
    income.below(average).and(assets)
}

/// Disposable income per person of last year (上年度人均可支配收入), of the place that decides: exactly a twelfth.
pub(crate) fn average<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Monthly, row::Household> {
    let year = rules.paid("disposable-income-per-person", &OfHousehold(member), Per::Year, Per::Year).value;
    rules.builder.expr(rules.builder.divided(year.id(), 12))
}

/// Before 2021-07-01 no text that was read says who is unable to support.
fn tests_are_known(rules: &Rules<'_>) -> bool {
    rules.as_of.is_since("2021-07-01")
}

/// Supporters of the list `obligors`.
fn outside<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Holds<'b, row::Member> {
    let builder = rules.builder;
    let age = builder.fact(fact::OBLIGOR_BIRTH).age_on(builder.today(), Some(crate::date::AgeRule::Birthday));
    let standing = builder.fact(fact::OBLIGOR_STANDING);
    let state = builder.fact(fact::OBLIGOR_STATE);
    let assets = builder.fact(fact::OBLIGOR_ASSETS);
    let income = builder.retyped(builder.fact(fact::OBLIGOR_INCOME));
    let poor = small_means(income, average(rules, member).lift(), assets);
    let kind = builder.fact(fact::OBLIGOR_DISABILITY_KIND);
    let severe = severe(kind, builder.fact(fact::OBLIGOR_DISABILITY_GRADE)).any_row();
    let nobody = state.is(ObligorState::Died).or(age.below(builder.count(GROWN_UP)));
    let unable = if tests_are_known(rules) {
        builder.any(&[
            nobody,
            standing.is(Status::DestituteSupport),
            standing.is(Status::MinimumLivingAllowance).and(age.at_least(builder.count(ALLOWANCE_AGE))),
            age.at_least(builder.count(OLD_AGE)).and(poor),
            severe.and(poor),
            state.is_one_of(&[ObligorState::WithoutCapacity, ObligorState::Missing, ObligorState::Imprisoned]).and(assets),
        ])
    } else {
        nobody.or(rules.missing::<unit::Yuan, row::Obligor>("destitute-supporters", "unknown", rules.area, None).fits)
    };
    unable.not().any_for_person(fact::OBLIGOR_FOR)
}

/// A severe disability of a supporter: level 1 or 2, or level 3 of intellect or mind (art. 8 item 4).
fn severe<'b, R: crate::household::dictionary::Row>(
    kind: Expr<'b, unit::Named<DisabilityKind>, R>,
    grade: Expr<'b, unit::Count, R>,
) -> Holds<'b, R> {
    let of_mind = kind.is_one_of(&[DisabilityKind::Intellectual, DisabilityKind::Mental]).and(grade.is_among(&[3]));
    grade.is_among(&[1, 2]).or(of_mind)
}

/// Members of the household who can support others in it.
fn able<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Holds<'b, row::Member> {
    let builder = rules.builder;
    let age = member.age();
    let absent = absent(rules);
    let grown_up = age.at_least(builder.count(GROWN_UP)).and(absent.died.not());
    let (Some(categories), true) = (member.categories, tests_are_known(rules)) else {
        let unable = rules.missing::<unit::Yuan, row::Member>("destitute-supporters", "unknown", rules.area, None).fits;
        return grown_up.and(unable.not());
    };
    let assets = assets_within(rules, member, means, Test::BorderlineAssetsWithinLimit, "borderline-asset-limit-multiple");
    let own = member.incomes.map_or(means.received, |incomes| incomes.own);
    let poor = small_means(own, average(rules, member).lift(), assets.lift());
    let severe = severe(builder.fact(fact::DISABILITY_KIND), builder.fact(fact::DISABILITY_GRADE)).any_row();
    let unable = builder.any(&[
        categories.destitute_support,
        categories.minimum_living_allowance.and(age.at_least(builder.count(ALLOWANCE_AGE))),
        age.at_least(builder.count(OLD_AGE)).and(poor),
        severe.and(poor),
        absent.in_prison.or(absent.missing).and(assets.lift()),
    ]);
    grown_up.and(unable.not())
}

/// Supporters inside the household, by their relation to the applicant.
fn inside<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    without_means: Holds<'b, row::Member>,
) -> Holds<'b, row::Member> {
    use Relation::{Child, Grandchild, Grandparent, Oneself, Parent, Sibling, Spouse};
    let builder = rules.builder;
    let able = able(rules, member, means);
    let together = match rules.word("destitute-couples") {
        (Word::Known("together"), known) => known,
        (Word::Known(_), known) => known.not(),
        (Word::Unknown, unknown) => unknown,
    };
    let able_spouse = able.and(without_means.and(together).not());
    let relation = builder.fact(fact::RELATION);
    let one_of = |of: Holds<'b, row::Member>, relations: &[Relation]| -> Holds<'b, row::Member> {
        of.and(relation.is_one_of(relations)).any_row().lift()
    };
    let age = member.age();
    let (minor, dependent) = (age.below(builder.count(GROWN_UP)), age.below(builder.count(OLDER_PERSON)));
    // A parent's own row must not count as the other parent.
    let able_parents = able.and(relation.is(Parent)).count_rows().lift::<row::Member>();
    let own = builder.choose(able, builder.count(1), builder.count(0));
    let other_parent = builder.count(1).at_most(able_parents - own);
    let cases = [
        (Oneself, one_of(able_spouse, &[Spouse])),
        (Oneself, one_of(able, &[Child])),
        (Oneself, dependent.and(one_of(able, &[Parent]))),
        (Oneself, minor.and(one_of(able, &[Grandparent]))),
        (Spouse, one_of(able_spouse, &[Oneself])),
        (Spouse, one_of(able, &[Child])),
        (Child, dependent.and(one_of(able, &[Oneself, Spouse]))),
        (Child, minor.and(one_of(able, &[Parent]))),
        (Parent, one_of(able, &[Oneself, Sibling])),
        (Parent, other_parent),
        (Grandchild, minor.and(one_of(able, &[Oneself, Spouse, Child]))),
        (Grandparent, one_of(able, &[Parent])),
    ];
    let each: Vec<Holds<'b, row::Member>> = cases.into_iter().map(|(own, obliged)| relation.is(own).and(obliged)).listed();
    builder.any(&each)
}
