//! The household: every fact about the people and their means, known or not, bounded by construction.
//!
//! Facts are kept in columns, one for each field of the [dictionary] that was given, one slot for each row of the
//! field's list. A fact that is absent has no column and reads as *not known*; `null` reads as *asked, not known*.

mod change;
pub mod dictionary;
mod inputs;
#[cfg(feature = "schema")]
mod json_schema;
mod names;
mod read;
mod shape;
mod write;

use std::sync::Arc;

use crate::area::AreaCode;
use crate::date::Date;
use crate::slot::{Flags, Slot};

pub use dictionary::{FIELDS, FRAMES, Field, FieldId, Frame, Kind};
pub use inputs::Inputs;
#[cfg(feature = "schema")]
pub use json_schema::schema;
pub use read::read;
pub use write::{GivenFact, Written};

/// The facts of one household. Its parts are shared between households that differ in a few facts.
#[derive(Clone, Debug, Default)]
pub struct Household {
    layout: Arc<Layout>,
    /// For each list, what is known of it for each row of its parent.
    lists: Arc<[Vec<ListState>; FRAMES.len()]>,
    /// What was taken for told.
    assumed: Arc<Vec<String>>,
    columns: Vec<Option<Arc<Vec<Slot>>>>,
    applicant: Option<usize>,
}

/// Which rows there are in which lists, and what else no change of a fact touches.
#[derive(Clone, Debug, Default)]
struct Layout {
    rows: [usize; FRAMES.len()],
    /// For each list, the parent row of each of its rows.
    parents: [Vec<usize>; FRAMES.len()],
    /// For each list and each row of its parent, where its rows begin and end: they lie side by side.
    spans: [Vec<(usize, usize)>; FRAMES.len()],
    /// Keys of the rows of maps, for their paths.
    keys: Vec<(Frame, usize, String)>,
    member_ids: Vec<Arc<str>>,
}

/// What is known of one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ListState {
    /// Not asked yet: there may be more rows than are known.
    #[default]
    Open,
    /// Asked, and the person does not know.
    Asked,
    /// These rows and no others.
    Complete,
}

impl ListState {
    /// The flags of a value that an incomplete list leaves open; `None` for a complete list.
    #[must_use]
    pub fn open_flags(self) -> Option<Flags> {
        match self {
            Self::Open => Some(Flags::FACT),
            Self::Asked => Some(Flags::FACT | Flags::ASKED),
            Self::Complete => None,
        }
    }
}

impl Household {
    /// Number of rows of a list, over all rows of its parent.
    #[must_use]
    pub fn rows(&self, frame: Frame) -> usize {
        self.layout.rows.get(frame.index()).copied().unwrap_or(0)
    }

    /// The row of the parent list that a row belongs to.
    #[must_use]
    pub fn parent(&self, frame: Frame, row: usize) -> usize {
        self.layout.parents.get(frame.index()).and_then(|parents| parents.get(row)).copied().unwrap_or(0)
    }

    /// The rows of a list that belong to a row of its parent.
    #[must_use]
    pub fn rows_of(&self, frame: Frame, parent: usize) -> std::ops::Range<usize> {
        let span = self.layout.spans.get(frame.index()).and_then(|spans| spans.get(parent)).copied();
        span.map_or(0..0, |(start, end)| start..end)
    }

    /// What is known of the list `frame` of row `parent_row` of its parent.
    #[must_use]
    pub fn list(&self, frame: Frame, parent_row: usize) -> ListState {
        self.lists.get(frame.index()).and_then(|lists| lists.get(parent_row)).copied().unwrap_or_default()
    }

    /// Whether the field was given anywhere.
    #[must_use]
    pub fn has(&self, field: FieldId) -> bool {
        self.column(field).is_some()
    }

    /// What was told of a field, row by row, if it was given anywhere.
    pub(crate) fn column(&self, field: FieldId) -> Option<&[Slot]> {
        self.columns.get(usize::from(field.0)).and_then(Option::as_deref).map(Vec::as_slice)
    }

    /// The value of a field in a row, if the field was given anywhere.
    #[must_use]
    pub fn given_slot(&self, field: FieldId, row: usize) -> Option<Slot> {
        self.column(field).and_then(|column| column.get(row)).copied()
    }

    /// The value of a field in a row.
    #[must_use]
    pub fn slot(&self, field: FieldId, row: usize) -> Slot {
        self.given_slot(field, row).unwrap_or_else(|| self.unknown(field))
    }

    /// What was told of a field for a row, if anything; of a fact of the household for whichever row.
    #[must_use]
    pub fn told(&self, field: FieldId, row: usize) -> Option<Slot> {
        self.given_slot(field, field.row_for(row)).filter(|given| *given != self.unknown(field))
    }

    /// What a field reads as while it is not known: everything it could be.
    #[must_use]
    pub fn unknown(&self, field: FieldId) -> Slot {
        match field.field().kind {
            Kind::Person => Slot::between(0, self.last_member(), Flags::FACT),
            kind => unknown(kind),
        }
    }

    fn last_member(&self) -> i64 {
        i64::try_from(self.rows(Frame::Member).saturating_sub(1)).unwrap_or(0)
    }

    /// The ids of the members, in order.
    #[must_use]
    pub fn member_ids(&self) -> &[Arc<str>] {
        &self.layout.member_ids
    }

    /// The row of the member who applies, if it is known which one.
    #[must_use]
    pub fn applicant(&self) -> Option<usize> {
        self.applicant
    }

    /// The same household with another member applying.
    #[must_use]
    pub fn with_applicant(&self, member: usize) -> Self {
        Self { applicant: Some(member), ..self.clone() }
    }

    /// Paths of dates that were absent and taken as open.
    #[must_use]
    pub fn assumed(&self) -> &[String] {
        &self.assumed
    }

    /// The fields that were given, each with its rows.
    pub fn given(&self) -> impl Iterator<Item = (FieldId, &[Slot])> {
        (0_u16..).map(FieldId).zip(&self.columns).filter_map(|(id, column)| column.as_ref().map(|column| (id, column.as_slice())))
    }

    /// Path of a row, such as `members/0/incomes/1`; empty for the household itself.
    #[must_use]
    pub fn row_path(&self, frame: Frame, row: usize) -> String {
        let mut path = String::with_capacity(USUAL_PATH);
        self.push_row(&mut path, frame, row);
        path
    }

    fn push_row(&self, path: &mut String, frame: Frame, row: usize) {
        if frame == Frame::Household {
            return;
        }
        let parent = self.parent(frame, row);
        self.push_list(path, frame, parent);
        path.push('/');
        let number = row.saturating_sub(self.rows_of(frame, parent).start);
        if !frame.info().path.ends_with(".*") {
            return path.push_str(&number.to_string());
        }
        match self.layout.keys.iter().find(|(of, at, _)| *of == frame && *at == row) {
            Some((_, _, key)) => path.push_str(key),
            None => {
                // What an entry without a name of its own is called where every name will do.
                if shape::key_field(frame).is_some_and(|key| key.field().kind == Kind::Text) {
                    path.push_str("entry-");
                }
                path.push_str(&number.to_string());
            }
        }
    }

    /// Path of a list, such as `members/0/incomes`.
    #[must_use]
    pub fn list_path(&self, frame: Frame, parent_row: usize) -> String {
        let mut path = String::with_capacity(USUAL_PATH);
        self.push_list(&mut path, frame, parent_row);
        path
    }

    fn push_list(&self, path: &mut String, frame: Frame, parent_row: usize) {
        let info = frame.info();
        self.push_row(path, info.parent, parent_row);
        let own = info.path.strip_prefix(info.parent.info().path).unwrap_or(info.path);
        let own = own.strip_suffix("[]").or_else(|| own.strip_suffix(".*")).unwrap_or(own);
        push_names(path, own.strip_prefix('.').unwrap_or(own));
    }

    /// Path of a fact, such as `members/0/disabilityCard/state`.
    #[must_use]
    pub fn path(&self, field: FieldId, row: usize) -> String {
        let mut path = String::with_capacity(USUAL_PATH);
        self.push_row(&mut path, field.field().frame, row);
        push_names(&mut path, field.field().path);
        path
    }

    /// The area in which a member is registered on a day (户籍所在地), as far as it is known.
    #[must_use]
    pub fn registered_area(&self, member: usize, day: Date) -> Option<AreaCode> {
        use dictionary::fact::{REGISTERED_AREA, REGISTERED_FROM, REGISTERED_UNTIL};
        let day = i64::from(day.days());
        let is_now = |row: &usize| self.slot(REGISTERED_FROM.id, *row).hi <= day && day < self.slot(REGISTERED_UNTIL.id, *row).lo;
        // Where the place of that row was not told, no other row says it.
        let now = self.rows_of(Frame::Registered, member).find(is_now)?;
        self.slot(REGISTERED_AREA.id, now).value().and_then(AreaCode::from_number)
    }
}

/// What a kind reads as while it is not known.
fn unknown(kind: Kind) -> Slot {
    match kind {
        Kind::Money => Slot::between(0, dictionary::MONEY_MAX, Flags::FACT),
        Kind::Count { min, max } => Slot::between(min, max, Flags::FACT),
        Kind::Truth => Slot::maybe(Flags::FACT),
        Kind::Day | Kind::DayOrNone => Slot::between(i64::from(Date::MIN.days()), i64::from(Date::MAX.days()), Flags::FACT),
        Kind::Choice(names) => Slot::choice(all_bits(names.len()), Flags::FACT),
        Kind::Place => Slot::between(0, 999_999, Flags::FACT),
        Kind::Text | Kind::Person => Slot::between(0, 1, Flags::FACT),
    }
}

/// The set of the first `names` bits.
pub(crate) fn all_bits(names: usize) -> i64 {
    u32::try_from(names).ok().and_then(|names| 1_i64.checked_shl(names)).unwrap_or(i64::MAX).saturating_sub(1)
}

/// Most paths are no longer.
const USUAL_PATH: usize = 48;

/// Names separated by dots go to the end of a path.
fn push_names(path: &mut String, names: &str) {
    if !path.is_empty() && !names.is_empty() {
        path.push('/');
    }
    let mut names = names.split('.');
    path.push_str(names.next().unwrap_or_default());
    for name in names {
        path.push('/');
        path.push_str(name);
    }
}
