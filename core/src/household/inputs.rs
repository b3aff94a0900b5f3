//! What a value rests on: fields, lists, the day, and which of two accounts is taken, as a set.

use super::{FIELDS, FRAMES, FieldId, Frame, Household};
use std::sync::Arc;

/// A set of fields and lists, perhaps the day, and perhaps which of two accounts is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inputs([u64; 4]);

const DAY: usize = 255;
const ACCOUNTS: usize = 254;
const _: () = assert!(FIELDS.len() + FRAMES.len() <= ACCOUNTS, "each field and each list has a place of its own");

impl Inputs {
    fn insert(&mut self, place: usize) {
        if let Some(bits) = self.0.get_mut(place / 64) {
            *bits |= 1 << (place % 64);
        }
    }

    /// With a field.
    pub fn insert_field(&mut self, field: FieldId) {
        self.insert(usize::from(field.0));
    }

    /// With what is known of a list.
    pub fn insert_list(&mut self, list: Frame) {
        self.insert(FIELDS.len().saturating_add(list.index()));
    }

    /// With the day of the decision.
    pub fn insert_day(&mut self) {
        self.insert(DAY);
    }

    /// With which of two accounts of one truth is taken: the one that is may give way to the other.
    pub fn insert_accounts(&mut self) {
        self.insert(ACCOUNTS);
    }

    /// With all of another set.
    pub fn insert_all(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(own, more)| *own |= more);
    }

    /// Whether two sets have something in common.
    #[must_use]
    pub fn meet(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(own, other)| own & other != 0)
    }
}

impl Household {
    /// What is answered otherwise than in another household; `None` if they do not have the same rows.
    pub(crate) fn answers_unlike(&self, other: &Self) -> Option<Inputs> {
        let mut unlike = Inputs::default();
        if self.applicant != other.applicant {
            return None;
        }
        if !Arc::ptr_eq(&self.layout, &other.layout) {
            let (own, other) = (&self.layout, &other.layout);
            if (&own.rows, &own.parents, &own.spans) != (&other.rows, &other.parents, &other.spans) {
                return None;
            }
        }
        if !Arc::ptr_eq(&self.lists, &other.lists) {
            for (info, (own, other)) in FRAMES.iter().zip(self.lists.iter().zip(&*other.lists)) {
                if own != other {
                    unlike.insert_list(info.frame);
                }
            }
        }
        for (field, (own, other)) in (0..).map(FieldId).zip(self.columns.iter().zip(&other.columns)) {
            let same = match (own, other) {
                (Some(own), Some(other)) => Arc::ptr_eq(own, other),
                (own, other) => own.is_none() && other.is_none(),
            };
            if !same {
                unlike.insert_field(field);
            }
        }
        Some(unlike)
    }
}
