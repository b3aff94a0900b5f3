//! Property (家庭财产): limits and exemptions, as far as the tables have them.
//!
//! Where an office has stated the result, that counts. Where no table gives a limit for one of the parts (money, homes,
//! vehicles, firms), that part stays open until an office does.
//!
//! # Sources
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 14; local rules in the tables.

use super::{Means, Rules};
use crate::formula::Expr;
use crate::household::dictionary::{BusinessKind, DwellingUse, ExemptReason, Names, Test, VehiclePurpose, fact, row, unit};
use crate::order::Listed as _;
use crate::tables::rules::Word;
use crate::tables::subject::{OfHousehold, OfMember};

/// Whether property is within the limit: stated by an office, or worked out from what the tables say.
pub fn assets_within<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    test: Test,
    multiple: &str,
) -> Expr<'b, unit::Truth, row::Household> {
    let builder = rules.builder;
    let rate = rules.rate(multiple, &OfHousehold(member));
    let limit: Expr<'b, unit::Yuan, row::Household> = builder.retyped(means.line * rate.value);
    let (others, are_told) = match rules.word::<row::Household>("asset-test") {
        (Word::Known("financial-only"), known) => (known, true),
        _ => (
            builder.all(&[homes(rules, member, means), vehicles(rules, member), businesses(rules)]),
            rules.is_set("homes-allowed") && rules.is_set("vehicles-allowed"),
        ),
    };
    // Nobody can be above a limit that no table gives, and keeping within it settles nothing while the rest stays open: then money
    // is not asked for.
    let within =
        if are_told || builder.most(limit.id()) > 0 { money(rules, member).at_most(limit) } else { rate.value.at_most(rate.value) };
    builder.fact(fact::ASSESSMENT_HOLDS).entry(fact::ASSESSMENT_TEST, test, within.and(others))
}

/// Money of all members without what does not count.
fn money<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Yuan, row::Household> {
    let builder = rules.builder;
    let all = builder.fact(fact::FINANCIAL_ASSETS);
    let exempt: Vec<_> = ExemptReason::ALL.iter().filter_map(|reason| exempt_months(rules, member, *reason)).listed();
    if exempt.is_empty() {
        return all;
    }
    let amount = builder.select(&exempt.into_iter().map(|holds| (holds, builder.fact(fact::EXEMPT_AMOUNT))).listed(), builder.nothing());
    (all - amount.sum()).at_least_zero()
}

/// Whether an amount does not count for this reason: since at most so many months.
fn exempt_months<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    reason: ExemptReason,
) -> Option<Expr<'b, unit::Truth, row::ExemptAsset>> {
    let builder = rules.builder;
    let parameter = format!("asset-exempt-months-{}", reason.name());
    rules.is_set(&parameter).then(|| {
        let months = rules.count::<row::Household>(&parameter, &OfHousehold(member)).value;
        let age: Expr<'b, unit::Count, row::ExemptAsset> =
            builder.retyped(builder.today::<row::ExemptAsset>().month() - builder.fact(fact::EXEMPT_ON).month());
        builder.fact(fact::EXEMPT_REASON).is(reason).and(age.at_most(months.lift()))
    })
}

/// Not more homes than allowed; a second one where the family has less floor than the average.
fn homes<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Expr<'b, unit::Truth, row::Household> {
    let builder = rules.builder;
    if !rules.is_set("homes-allowed") {
        return builder.unasked::<row::Assessment>();
    }
    let allowed = rules.count::<row::Household>("homes-allowed", &OfHousehold(member)).value;
    let to_live_in = builder.fact(fact::DWELLING_USE).is_one_of(&[DwellingUse::Home, DwellingUse::Rented, DwellingUse::Empty]);
    let few = to_live_in.count_rows().at_most(allowed);
    if !rules.is_set("average-floor-area") {
        return few;
    }
    let floor = builder.choose(to_live_in, builder.fact(fact::DWELLING_FLOOR), builder.count(0)).sum();
    // Square metres a head, held against the average without dividing.
    let average = rules.count::<row::Household>("average-floor-area", &OfHousehold(member)).value;
    let of_all = means.members * average;
    few.or(floor.below(of_all))
}

/// No vehicle, or one for a purpose that does not count, or one of little value.
fn vehicles<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Truth, row::Household> {
    let builder = rules.builder;
    if !rules.is_set("vehicles-allowed") {
        return builder.unasked::<row::Assessment>();
    }
    let purpose = builder.fact(fact::VEHICLE_PURPOSE);
    let exempt = match rules.word::<row::Vehicle>("vehicle-exemption") {
        (Word::Known("treatment"), known) => purpose.is_one_of(&[VehiclePurpose::Treatment, VehiclePurpose::Rehabilitation]).and(known),
        (Word::Known("treatment-and-livelihood"), known) => purpose.is(VehiclePurpose::Private).not().and(known),
        _ => builder.always(false),
    };
    let counts = exempt.not();
    let allowed = rules.count::<row::Household>("vehicles-allowed", &OfHousehold(member)).value;
    let few = counts.count_rows().at_most(allowed);
    if !rules.is_set("vehicle-value-limit") {
        return few;
    }
    let limit = rules.yuan::<row::Household>("vehicle-value-limit", &OfHousehold(member)).value;
    let dear = counts.and(limit.lift::<row::Vehicle>().below(builder.fact(fact::VEHICLE_VALUE)));
    few.and(dear.any_row().not())
}

/// No firm, or only what the place allows.
fn businesses<'b>(rules: &Rules<'b>) -> Expr<'b, unit::Truth, row::Household> {
    let builder = rules.builder;
    let kind = builder.fact(fact::BUSINESS_KIND);
    match rules.word::<row::Household>("business-registration") {
        (Word::Known("sole-trader-allowed"), known) => {
            kind.is_one_of(&[BusinessKind::SoleTrader, BusinessKind::Cooperative]).not().any_row().not().and(known)
        }
        (Word::Known("not-allowed"), known) => builder.always::<row::Business>(true).any_row().not().and(known),
        (Word::Known(_), known) => known,
        (Word::Unknown, _) => builder.unasked::<row::Assessment>(),
    }
}

/// One payment, or all payments of a year together, so large that they have to be explained (大额支出).
pub fn large_outgoings<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
) -> Option<Expr<'b, unit::Truth, row::Household>> {
    let builder = rules.builder;
    if !rules.is_set("large-outgoing-once-multiple") || !rules.is_set("large-outgoing-year-multiple") {
        return None;
    }
    let today = builder.today::<row::LargeOutgoing>();
    let on = builder.fact(fact::OUTGOING_ON);
    let within_a_year = on.at_most(today).and(on.age_on(today, Some(crate::date::AgeRule::Birthday)).below(builder.count(1)));
    let amount = builder.choose(within_a_year, builder.fact(fact::OUTGOING_AMOUNT), builder.nothing());
    let once = rules.rate::<row::Household>("large-outgoing-once-multiple", &OfHousehold(member)).value;
    let year = rules.rate::<row::Household>("large-outgoing-year-multiple", &OfHousehold(member)).value;
    let limit: Expr<'b, unit::Yuan, row::Household> = builder.retyped(means.standard * once);
    let limit_of_year: Expr<'b, unit::Yuan, row::Household> = builder.retyped(means.line * year);
    let one = limit.lift::<row::LargeOutgoing>().below(amount).any_row();
    Some(one.or(limit_of_year.below(amount.sum())))
}
