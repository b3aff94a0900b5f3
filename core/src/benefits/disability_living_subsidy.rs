//! Living subsidy for disabled people in hardship (困难残疾人生活补贴).
//!
//! # What it pays
//! A monthly amount by grade of disability, set by province, city or district.
//!
//! # Who qualifies
//! Holders of a valid disability certificate in households of the classes the area names (nationally 低保).
//!
//! # How much
//! The row of the area's table for the grade of the most severe disability.
//!
//! # What this file does not cover
//! Arrears and suspension over time. The choice between this and other living subsidies is a table of relations.
//!
//! # Sources
//! 国发〔2015〕52号; 民发〔2021〕70号; 民发〔2022〕79号; local notices in the tables.

use super::disability::{certificate, first_month};
use super::{Draft, exclusions};
use crate::formula::{Gives, Per, Unit};
use crate::household::dictionary::{row, unit};
use crate::tables::rules::Rules;
use crate::tables::subject::OfMember;

/// Writes it.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) {
    let mut draft = Draft::<row::Member>::new(rules, "disability-living-subsidy", Gives::Cash, Per::Month);
    certificate(member, &mut draft, None);

    let class = rules.amount::<unit::Monthly, _>("disability-living-subsidy-classes", member).fits;
    draft.requires("household-category-fits", class, rules.clause("disability-living-subsidy-classes"));
    let term = rules.amount::<unit::Monthly, _>("disability-living-subsidy", member);
    draft.requires("disability-grade-fits", term.fits, rules.clause("disability-living-subsidy"));
    exclusions(rules, member, "disability-living-subsidy-exclusions", &mut draft);
    draft.step("subsidy-amount", term.value, Unit::YuanPerMonth);
    draft.pays(term.value);
    draft.starts(first_month(rules, None));
    draft.finish(None);
}
