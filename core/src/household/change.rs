//! Facts learned one after the other: what a household would be if an open question had this answer.

use std::sync::Arc;

use super::dictionary::{FIELDS, FRAMES, FieldId, Frame, Kind};
use super::shape::key_field;
use super::{Household, ListState, unknown};
use crate::slot::Slot;

impl Household {
    /// Takes `slot` for a fact, in place of what was known of it.
    pub fn set(&mut self, field: FieldId, row: usize, slot: Slot) {
        let kind = field.field().kind;
        let rows = self.rows(field.field().frame);
        let missing = self.unknown(field);
        let Some(place) = self.columns.get_mut(usize::from(field.0)) else { return };
        let column = Arc::make_mut(place.get_or_insert_with(|| Arc::new(vec![missing; rows])));
        if let Some(known) = column.get_mut(row) {
            *known = slot;
        }
        if kind == Kind::Person && field == super::dictionary::fact::APPLICANT_ID.id {
            self.applicant = slot.value().and_then(|member| usize::try_from(member).ok());
        }
    }

    /// The rows a list has are all there are.
    pub fn close(&mut self, frame: Frame, parent: usize) {
        if let Some(list) = Arc::make_mut(&mut self.lists).get_mut(frame.index()).and_then(|lists| lists.get_mut(parent)) {
            *list = ListState::Complete;
        }
    }

    /// Where a further row of a list would stand.
    #[must_use]
    pub fn next_row(&self, frame: Frame, parent: usize) -> usize {
        self.layout.spans.get(frame.index()).and_then(|spans| spans.get(parent)).map_or(self.rows(frame), |(_, end)| *end)
    }

    /// One row more, of which nothing is known yet; `None` where a list can have no further row.
    pub fn add_row(&mut self, frame: Frame, parent: usize) -> Option<usize> {
        if frame == Frame::Member || frame == Frame::Household || self.rows_of(frame, parent).len() >= frame.info().most {
            return None;
        }
        let at = self.next_row(frame, parent);
        let (rows, parents) = (self.rows(frame).saturating_add(1), self.rows(frame.info().parent));
        let layout = Arc::make_mut(&mut self.layout);
        *layout.rows.get_mut(frame.index())? = rows;
        let spans = layout.spans.get_mut(frame.index())?;
        spans.resize(parents, (at, at));
        for (of, (start, end)) in spans.iter_mut().enumerate() {
            // Rows behind the new one move up; its own list grows by one.
            *start = start.saturating_add(usize::from(*start >= at && of != parent));
            *end = end.saturating_add(usize::from(*end > at || of == parent || (*end == at && *start > at)));
        }
        layout.parents.get_mut(frame.index())?.insert(at, parent);
        for (column, field) in self.columns.iter_mut().zip(FIELDS).filter(|(_, field)| field.frame == frame) {
            if let Some(column) = column.as_mut().map(Arc::make_mut) {
                column.insert(at, unknown(field.kind));
            }
        }
        for (of, row, _) in &mut layout.keys {
            *row = row.saturating_add(usize::from(*of == frame && *row >= at));
        }
        for info in FRAMES.iter().filter(|info| info.parent == frame && info.frame != frame) {
            layout.parents.get_mut(info.frame.index())?.iter_mut().filter(|row| **row >= at).for_each(|row| *row = row.saturating_add(1));
            let spans = layout.spans.get_mut(info.frame.index())?;
            let end = spans.get(at.wrapping_sub(1)).map_or(0, |(_, end)| *end);
            spans.insert(at.min(spans.len()), (end, end));
            let lists = Arc::make_mut(&mut self.lists).get_mut(info.frame.index())?;
            lists.insert(at.min(lists.len()), ListState::Open);
        }
        Some(at)
    }

    /// One entry more of a map, under the name with this position.
    pub fn add_entry(&mut self, frame: Frame, parent: usize, name: usize) -> Option<usize> {
        let key = key_field(frame)?;
        let row = self.add_row(frame, parent)?;
        self.set(key, row, Slot::exact(u32::try_from(name).ok().and_then(|name| 1_i64.checked_shl(name))?));
        if let Kind::Choice(names) = key.field().kind {
            Arc::make_mut(&mut self.layout).keys.push((frame, row, (*names.get(name)?).to_owned()));
        }
        Some(row)
    }
}
