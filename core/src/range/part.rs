//! A part of what the open facts could be.

use super::Found;
use crate::date::Date;
use crate::decide::{is_list_of_places, is_of_places};
use crate::engine::OLDEST_AGE;
use crate::household::dictionary::fact;
use crate::household::{FieldId, Frame, GivenFact, Household};
use crate::slot::{Flags, Slot};

/// One thing taken for known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A fact lies within these values.
    Fact(FieldId, usize, Slot),
    /// A list has the rows it has and no more.
    Close(Frame, usize),
    /// A list has one row more.
    Row(Frame, usize),
    /// A map has an entry of the name with this position.
    Entry(Frame, usize, usize),
}

impl Setting {
    fn is_of_places(&self) -> bool {
        match self {
            Self::Fact(field, ..) => is_of_places(*field),
            Self::Close(list, _) | Self::Row(list, _) | Self::Entry(list, ..) => is_list_of_places(*list),
        }
    }

    /// A list has a row more at this position: later rows move up.
    fn make_room(&mut self, list: Frame, at: usize) {
        let (frame, row) = match self {
            Self::Fact(field, row, _) => (field.field().frame, row),
            Self::Close(frame, parent) | Self::Row(frame, parent) | Self::Entry(frame, parent, _) => (frame.info().parent, parent),
        };
        if frame == list && *row >= at {
            *row = row.saturating_add(1);
        }
    }
}

/// Some of the possibilities, and what they come to.
#[derive(Default)]
pub(crate) struct Part {
    /// The part it is part of.
    pub parent: Option<usize>,
    /// What sets it apart from that one.
    pub more: Vec<Setting>,
    /// What it is like, once it has been read.
    pub seen: Option<Seen>,
    /// Along what it could be divided.
    pub cut: Option<Vec<Vec<Setting>>>,
    /// The parts it has been divided into, once it has been.
    pub children: Option<Vec<usize>>,
}

/// What a part is like.
pub(crate) struct Seen {
    /// The household as it is here.
    pub household: Household,
    /// What sets it apart from the whole.
    pub settings: Vec<Setting>,
    /// Other areas than of the whole may decide in it.
    pub is_elsewhere: bool,
    /// The part where lists had rows more last; the whole has the number 0.
    pub rows_of: usize,
    /// What it says of the target.
    pub found: Found,
}

/// All that the household could be on a day.
pub(super) fn whole(household: &Household, day: Date) -> Household {
    let mut household = household.clone();
    for row in 0..household.rows(Frame::Member) {
        if !household.slot(fact::BIRTH_DATE.id, row).is_settled() {
            let too_old = day.plus_years(OLDEST_AGE.saturating_add(1).saturating_neg());
            let oldest = too_old.and_then(Date::next_day).unwrap_or(Date::MIN);
            let flags = household.slot(fact::BIRTH_DATE.id, row).flags;
            household.set(fact::BIRTH_DATE.id, row, Slot::between(i64::from(oldest.days()), i64::from(day.days()), flags));
        }
    }
    household
}

/// Whether a part lies within another, and has the same rows.
pub(super) fn has_rows_of(parts: &[Part], at: usize, seen: &Seen, other: usize) -> bool {
    let mut above = std::iter::successors(parts.get(at), |part| parts.get(part.parent?));
    let same_rows = |other: &Part| other.seen.as_ref().is_some_and(|other| other.rows_of == seen.rows_of);
    parts.get(other).is_some_and(same_rows) && above.any(|part| part.parent == Some(other))
}

impl Part {
    /// The part of a part in which these are so, too.
    pub fn of(parent: usize, more: Vec<Setting>) -> Self {
        Self { parent: Some(parent), more, ..Self::default() }
    }

    /// What it is like, from the part it is part of; what it says of the target is what that says. The number is its own.
    pub fn inherit(&self, parent: &Seen, number: usize) -> Seen {
        let (mut household, mut settings) = (parent.household.clone(), parent.settings.clone());
        let (mut is_elsewhere, mut rows_of) = (parent.is_elsewhere, parent.rows_of);
        for setting in self.more.iter().copied() {
            is_elsewhere |= setting.is_of_places();
            let added = match setting {
                Setting::Fact(field, row, slot) => {
                    household.set(field, row, slot.flagged(Flags::FACT));
                    None
                }
                Setting::Close(frame, parent) => {
                    household.close(frame, parent);
                    None
                }
                Setting::Row(frame, parent) => household.add_row(frame, parent).map(|at| (frame, at)),
                Setting::Entry(frame, parent, name) => household.add_entry(frame, parent, name).map(|at| (frame, at)),
            };
            if let Some((frame, at)) = added {
                rows_of = number;
                settings.iter_mut().for_each(|known| known.make_room(frame, at));
            }
            settings.push(setting);
        }
        Seen { household, settings, is_elsewhere, rows_of, found: parent.found }
    }
}

impl Seen {
    /// What has to be told so that the household lies in this part, in the order in which it was found; `None` if a list has more
    /// rows in it and nothing is told of those.
    pub fn example(&self) -> Option<Vec<GivenFact>> {
        let mut facts: Vec<GivenFact> = Vec::new();
        let mut tell = |fact: Option<GivenFact>| {
            if let Some(fact) = fact.filter(|fact| !facts.iter().any(|known| known.path == fact.path)) {
                facts.push(fact);
            }
        };
        for setting in &self.settings {
            match *setting {
                Setting::Fact(field, row, _) => tell(self.household.given_fact(field, row, self.household.slot(field, row))),
                Setting::Close(frame, parent) => tell(self.household.closed_list(frame, parent)),
                Setting::Row(list, _) | Setting::Entry(list, ..) => {
                    let is_of_it = |other: &Setting| matches!(other, Setting::Fact(field, ..) if field.field().frame == list);
                    self.settings.iter().find(|other| is_of_it(other))?;
                }
            }
        }
        Some(facts)
    }
}
