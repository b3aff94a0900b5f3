//! Facts as the household JSON has them: for examples that can be copied into a household.

use serde::Serialize;

use super::{FieldId, Frame, Household, Kind};
use crate::area::AreaCode;
use crate::date::Date;
use crate::money::Digits;
use crate::slot::Slot;

/// A fact and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GivenFact {
    /// Its path, such as `members/0/birthDate`.
    pub path: String,
    /// Its value as JSON has it.
    pub value: Written,
}

/// A value as the household JSON has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Written {
    /// Yuan, a day, a name, an area code or a member's id.
    Text(String),
    /// A count.
    Whole(i64),
    /// Yes or no.
    Truth(bool),
    /// A list that is known to have no rows.
    NoRows(Vec<bool>),
    /// A map that is known to have no entries.
    NoEntries {},
}

impl Household {
    /// A fact with the least of the values that `slot` allows; `None` for what is no value of the field.
    #[must_use]
    pub fn given_fact(&self, field: FieldId, row: usize, slot: Slot) -> Option<GivenFact> {
        self.written(field, slot.lo).map(|value| GivenFact { path: self.path(field, row), value })
    }

    /// A number that stands for a value of a field, as JSON has it; `None` for what is no value of it.
    pub(crate) fn written(&self, field: FieldId, least: i64) -> Option<Written> {
        Some(match field.field().kind {
            Kind::Money => Written::Text(Digits::new(least, 2).text().to_owned()),
            Kind::Count { .. } => Written::Whole(least),
            Kind::Truth => Written::Truth(least != 0),
            Kind::DayOrNone if least == i64::from(Date::MAX.days()) => Written::Text("none".to_owned()),
            Kind::Day | Kind::DayOrNone => Written::Text(Date::from_count(least)?.to_string()),
            Kind::Place => Written::Text(AreaCode::from_number(least)?.to_string()),
            Kind::Person => Written::Text(self.member_ids().get(usize::try_from(least).ok()?)?.to_string()),
            Kind::Choice(names) => Written::Text((*names.get(usize::try_from(least.trailing_zeros()).unwrap_or(usize::MAX))?).to_owned()),
            Kind::Text => return None,
        })
    }

    /// That a list has no further rows: nothing to write for a list whose rows are told.
    #[must_use]
    pub fn closed_list(&self, frame: Frame, parent: usize) -> Option<GivenFact> {
        let path = self.list_path(frame, parent);
        let value = match super::shape::key_field(frame).map(|key| key.field().kind) {
            Some(Kind::Choice(_)) => return Some(GivenFact { path: format!("{path}/noOther"), value: Written::Truth(true) }),
            Some(_) => Written::NoEntries {},
            None => Written::NoRows(Vec::new()),
        };
        self.rows_of(frame, parent).is_empty().then_some(GivenFact { path, value })
    }
}
