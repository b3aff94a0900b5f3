//! What both disability subsidies ask: the certificate, and that nothing excludes the person.

use super::{Draft, clause};
use crate::household::dictionary::{CardState, fact, row};
use crate::tables::rules::Rules;

/// A disability, and a certificate that is valid on the day (残疾人证).
pub fn certificate<'b>(rules: &Rules<'b>, draft: &mut Draft<'b, row::Member>) {
    let builder = rules.builder;
    let has_disability = builder.always::<row::Disability>(true).count_rows().at_least(builder.count(1));
    draft.requires("has-disability", has_disability, clause("state-council-2015-52", ""));
    let valid = builder.fact(fact::CARD_STATE).is(CardState::Valid);
    draft.requires("disability-card-valid", valid, clause("state-council-2015-52", ""));
}
