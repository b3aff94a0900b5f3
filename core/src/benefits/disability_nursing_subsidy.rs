//! Nursing subsidy for severely disabled people (重度残疾人护理补贴).
//!
//! # What it pays
//! A monthly amount, in some areas by grade, set by province, city or district.
//!
//! # Who qualifies
//! Holders of a valid disability certificate of grade 1 or 2 (more where the area says so) who need long-term care;
//! some areas have dropped the care test, some accept the certificate of a disabled soldier or police officer of grade 1 to
//! 4 instead. Income does not matter nationally.
//!
//! # How much
//! The row of the area's table for the grade of the most severe disability.
//!
//! # What this file does not cover
//! Arrears and suspension over time. The choice between this and other nursing benefits is a table of relations.
//!
//! # Sources
//! 国发〔2015〕52号; 民发〔2021〕70号; 民发〔2022〕79号; local notices in the tables.

use super::disability::{WithServiceCard, certificate, first_month, service_card};
use super::{Draft, exclusions};
use crate::formula::{Gives, Per, Unit};
use crate::household::dictionary::{fact, row, unit};
use crate::tables::rules::{Rules, Word};
use crate::tables::subject::OfMember;

/// Writes it.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) {
    let builder = rules.builder;
    let mut draft = Draft::<row::Member>::new(rules, "disability-nursing-subsidy", Gives::Cash, Per::Month);
    let service_card = service_card(rules);
    certificate(member, &mut draft, Some(service_card));
    let term = rules.amount::<unit::Monthly, _>("disability-nursing-subsidy", &WithServiceCard { member, holds: service_card });
    let needs_care = builder.fact(fact::CARE_NEEDED);
    let law = rules.clause("disability-nursing-subsidy-care-test");
    let care_test = rules.word("disability-nursing-subsidy-care-test");
    // Where the test has been dropped, that is all the row says.
    let dropped = if let (Word::Known("dropped"), known) = &care_test { *known } else { builder.always(true) };
    draft.requires("disability-grade-fits", term.fits.and(dropped), rules.clause("disability-nursing-subsidy"));
    match care_test {
        (Word::Known("dropped"), _) => {}
        (Word::Known(_), known) => draft.requires("long-term-care-needed", needs_care.and(known), law),
        (Word::Unknown, unknown) => draft.requires("long-term-care-needed", needs_care.or(unknown), law),
    }
    exclusions(rules, member, "disability-nursing-subsidy-exclusions", &mut draft);
    draft.step("subsidy-amount", term.value, Unit::YuanPerMonth);
    draft.pays(term.value);
    draft.starts(first_month(rules, Some(service_card)));
    draft.finish(None);
}
