//! Support for people in extreme poverty (特困人员救助供养), "destitute support".
//!
//! # What it pays
//! Every month a basic living standard and a care standard by how far the person looks after themself; in some places
//! hours of care instead of money. Paid in full: a small income of one's own is not taken off.
//!
//! # Who qualifies
//! Older, disabled and very young people who cannot work, have no livelihood (own income below the minimum living
//! standard, by a list of its own, and property within the limit), and whom nobody must support who could. A minor who
//! draws it keeps it to 18, and beyond while in compulsory or senior-high schooling.
//!
//! # How much
//! The area's rows for town or village (who has contracted land is on the village side, who was relocated to a town on
//! the town side), care place and self-care from the six daily activities.
//!
//! # What this file does not cover
//! Funerals, medical care, how a mid-month raise is paid, and that it takes the place of the minimum living allowance
//! and of the disability subsidies: that is for the relations between benefits.
//!
//! # Sources
//! 特困人员认定办法 (in force 2021-07-01) art. 4 to 9, 18, 19, 21 to 24; 社会救助暂行办法 (国务院令第649号) art. 14;
//! from 2026-07-01 社会救助法 art. 16, 17.

use super::{Draft, clause, since};
use crate::formula::{Expr, Gives, Per, Unit};
use crate::household::dictionary::{Benefit, IncomeKind, SchoolStage, Test, fact, row, unit};
use crate::means::{Means, assets_within};
use crate::order::{AppendAll as _, Listed as _};
use crate::supporters::someone_can_support;
use crate::tables::Condition;
use crate::tables::rules::Rules;
use crate::tables::subject::{OfIncome, OfMember, Subject};

type Holds<'b> = Expr<'b, unit::Truth, row::Member>;

/// Writes it; returns who qualifies by the given facts.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) -> Holds<'b> {
    let builder = rules.builder;
    let person = OfSupported(member);
    let drawn = member.categories.map_or(builder.always(false), |categories| categories.destitute_support);
    let law = |older: &str, newer: &str| {
        if since(rules, "2026-07-01") && !newer.is_empty() {
            clause("social-assistance-act-2026", newer)
        } else if since(rules, "2021-07-01") {
            clause("destitute-recognition-2021", older)
        } else {
            clause("state-council-649", "14")
        }
    };
    let mut draft = Draft::<row::Member>::new(rules, "destitute-support", Gives::Cash, Per::Month);
    draft.requires("registered-in-area", member.registered_in(rules.area), law("13", ""));

    let unable = unable_to_work(rules, member, drawn.or(member.draws(Benefit::DestituteSupport, false)));
    draft.requires("unable-to-work", unable, law("5", "16"));
    let standard = rules.amount::<unit::Monthly, _>("minimum-living-standard", &person).value;
    let income = own_income(rules, member);
    let below = income.below(standard);
    draft.requires("own-income-below-standard", below, law("6", "16"));
    draft.measured(income, standard, Unit::YuanPerMonth);
    let assets = assets_within(rules, member, means, Test::DestituteAssetsWithinLimit, "destitute-asset-limit-multiple").lift();
    draft.requires("assets-within-limit", assets, law("7", "23"));
    let supported = someone_can_support(rules, member, means, unable.and(below));
    draft.requires("nobody-can-support", supported.not(), law("8", "16"));
    let minor = member.age().below(builder.count(18));
    let child_benefits = [Benefit::OrphanAllowance, Benefit::UnattendedChildAllowance];
    let chose = builder.fact(fact::CHOICE_BENEFIT).is_one_of(&child_benefits).any_row().lift();
    draft.requires("child-allowance-not-chosen", minor.and(chose).not(), law("9", ""));

    let basic = rules.amount::<unit::Monthly, _>("destitute-basic-standard", &person).value;
    let care = rules.amount::<unit::Monthly, _>("destitute-care-standard", &person).value;
    draft.step("own-income", income, Unit::YuanPerMonth);
    draft.step("basic-living-standard", basic, Unit::YuanPerMonth);
    draft.step("care-standard", care, Unit::YuanPerMonth);
    if !rules.tables.find_all("destitute-care-hours", rules.area, rules.as_of).is_empty() {
        draft.step("care-hours", rules.count("destitute-care-hours", &person).value, Unit::Count);
    }
    draft.pays(basic + care);
    draft.starts(builder.day_or_today::<row::Member>(fact::DECIDED_ON).month().later(1));
    let computed = draft.computed();
    draft.finish(Some(drawn));
    computed
}

/// Who cannot work (无劳动能力): the rows of the nation and what provinces add; and minors who draw it already.
fn unable_to_work<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, drawing: Holds<'b>) -> Holds<'b> {
    let builder = rules.builder;
    let age = member.age();
    let mut cases: Vec<Holds<'b>> = rules.each_row("destitute-persons", member).into_iter().map(|row| row.holds).listed();
    if !since(rules, "2021-07-01") {
        // Older people, and minors under 16, are named; which disabled people are without the ability to work is not.
        let disabled = builder.always::<row::Disability>(true).count_rows().at_least(builder.count(1));
        let which = rules.missing::<unit::Yuan, row::Member>("destitute-persons", "unknown", rules.area, None).fits;
        cases.append_all([age.at_least(builder.count(60)), age.below(builder.count(16)), disabled.and(which)]);
    }
    let stages = [SchoolStage::Compulsory, SchoolStage::SeniorHigh, SchoolStage::Vocational];
    let at_school = builder.fact(fact::SCHOOL_STAGE).is_one_of(&stages);
    // Who drew it as a minor goes on drawing it; of who does not draw it nobody asks about school.
    cases.push(drawing.and(age.below(builder.count(18)).or(at_school)));
    builder.any(&cases)
}

/// Own income a month by the list of 特困人员认定办法 art. 6, less what the person must pay to others; never below zero.
///
/// The centrally fixed basic pension is left out, without an end; what else is left out stands in the tables, and of
/// kinds that art. 6 does not name for certain it is not known.
fn own_income<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Monthly, row::Member> {
    let builder = rules.builder;
    let net = builder.fact(fact::INCOME_GROSS) - builder.fact(fact::INCOME_COSTS);
    let of_pension = net - builder.fact(fact::INCOME_BASIC_PART);
    let kind = builder.fact(fact::INCOME_KIND);
    let net = builder.choose(kind.is(IncomeKind::ResidentPension), of_pension, net).at_least_zero();
    let left_out = rules.rate("destitute-income-disregard", &OfIncome(member)).value;
    let counted: Expr<'b, unit::Yuan, row::Income> = (net - net * left_out).at_least_zero();
    let received = counted.per_month(builder.fact(fact::INCOME_MONTHS)).sum();
    let paid: Expr<'b, unit::Monthly, row::Transfer> = builder.retyped(builder.fact(fact::TRANSFER_AMOUNT));
    (received - paid.sum()).at_least_zero()
}

/// A member, on the side of town or village that art. 19 gives, whatever the place goes by for the allowance.
struct OfSupported<'r, 'b>(&'r OfMember<'r, 'b>);

impl<'b> Subject<'b, row::Member> for OfSupported<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Holds<'b> {
        match condition {
            Condition::Settlement(side) => self.0.settlement_by_land(*side),
            other => self.0.holds(other),
        }
    }
}
