//! Benefits that are only tables: age allowances, older people's service and nursing allowances, meal discounts.
//!
//! # What it pays
//! Whatever the row says that fits the person (or the bill).
//!
//! # Who qualifies
//! Older people (老年人, 60 and over) in one of the rows of the area's table.
//!
//! # How much
//! The row's value: yuan, a share of the bill with a cap, or a share of another parameter.
//!
//! # What this file does not cover
//! Application deadlines, yearly extras, caps per day or week, benefits in hours instead of money.
//!
//! # Sources
//! 老年人权益保障法 art. 2 (who is an older person); the documents named in each row.

use super::{Draft, clause, registered_here};
use crate::formula::{Basis, Gives, Per, Unit};
use crate::household::dictionary::{BillCategory, fact, row, unit};
use crate::tables::LocalBenefit;
use crate::tables::rules::{Categories, OfBill, OfMember, Rules};

/// Who is an older person (老年人): 60 years or over.
const OLDER_PERSON_AGE: i64 = 60;

/// Writes one.
pub fn write<'b>(rules: &Rules<'b>, categories: Categories<'b>, benefit: &LocalBenefit) {
    let age_rule = rules.age_rule(&benefit.id);
    let member = OfMember { rules, categories: Some(categories), age_rule };
    if benefit.is_bill { for_bill(rules, &member, &benefit.id) } else { for_member(rules, &member, &benefit.id) }
}

fn for_member<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, benefit: &str) {
    let builder = rules.builder;
    let mut draft = Draft::<row::Member>::new(rules, benefit, Gives::Cash, Per::Month);
    let age = member.age();
    draft.requires("registered-in-area", registered_here(rules), rules.clause(benefit));
    let sixty = builder.count(OLDER_PERSON_AGE);
    draft.requires("of-age", age.at_least(sixty), clause("elderly-rights-act", "2"));
    draft.measured(age, sixty, Unit::Years);
    let term = rules.amount::<unit::Monthly, _>(benefit, member);
    draft.requires("age-and-group-in-table", term.fits, rules.clause(benefit));
    draft.step("age", age, Unit::Years);
    draft.step("allowance-amount", term.value, Unit::YuanPerMonth);
    draft.pays(term.value);
    draft.finish(None);
}

fn for_bill<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, benefit: &str) {
    let builder = rules.builder;
    let mut draft = Draft::<row::Bill>::new(rules, benefit, Gives::Discount, Per::Meal).by(Basis::ServiceArea);
    let bill = OfBill(member);
    draft.requires("is-a-meal", builder.fact(fact::BILL_CATEGORY).is(BillCategory::Meal), rules.clause(benefit));
    draft.requires("listed-provider", builder.fact(fact::BILL_LISTED), rules.clause(benefit));
    let age = member.age().at(builder.fact(fact::BILL_MEMBER));
    let sixty = builder.count(OLDER_PERSON_AGE);
    draft.requires("of-age", age.at_least(sixty), clause("elderly-rights-act", "2"));
    draft.measured(age, sixty, Unit::Years);
    let term = rules.amount::<unit::Yuan, _>(benefit, &bill);
    draft.requires("age-and-group-in-table", term.fits, rules.clause(benefit));
    let price = builder.fact(fact::BILL_PRICE);
    // A discount is never more than the bill.
    let discount = term.value.or_less(price);
    draft.step("meal-price", price, Unit::Yuan);
    draft.step("meal-discount", discount, Unit::Yuan);
    draft.step("meal-to-pay", price - discount, Unit::Yuan);
    draft.pays(discount);
    draft.finish(None);
}
