//! Reads the household JSON: every mistake at once, each with its path and what would have been accepted.

use std::borrow::Cow;
use std::sync::Arc;

use super::dictionary::{CLOSED_BY_NO_OTHER, FIELDS, FRAMES, FieldId, Frame, Kind, Names, PaymentState, Relation, fact};
use super::shape::{self, Shape};
use super::{Household, ListState, Written, unknown};
use crate::area::{AreaCode, Areas};
use crate::date::{Date, DateError};
use crate::error::{FactError, distance, nearest};
use crate::json::{self, Json, Limits, Value};
use crate::money::{MoneyError, Yuan};
use crate::order::Listed as _;
use crate::slot::{Flags, Slot};

/// Dates that are taken as open when they are absent: a list of dated rows is read as in force until something says otherwise.
const OPEN_DATES: &[(FieldId, Date)] = &[
    (fact::REGISTERED_FROM.id, Date::MIN),
    (fact::REGISTERED_UNTIL.id, Date::MAX),
    (fact::RESIDENCE_FROM.id, Date::MIN),
    (fact::RESIDENCE_UNTIL.id, Date::MAX),
    (fact::STANDING_FROM.id, Date::MIN),
    (fact::STANDING_UNTIL.id, Date::MAX),
    (fact::RECEIVING_FROM.id, Date::MIN),
];

/// Ends that are taken as open when they are absent, where the beginning is given: someone who went to prison and of whom
/// no release is told is still there.
const OPEN_ENDS: &[(FieldId, FieldId)] =
    &[(fact::IMPRISONED_UNTIL.id, fact::IMPRISONED_FROM.id), (fact::REHAB_UNTIL.id, fact::REHAB_FROM.id)];

/// Reads a household; `areas` decides which area codes exist.
///
/// # Errors
/// Every mistake found, in the order of the text; a text that is not JSON gives that one mistake.
pub fn read(text: &str, areas: &Areas) -> Result<Household, Vec<FactError>> {
    let json = json::read(text, Limits::HOUSEHOLD).map_err(|errors| {
        errors
            .into_iter()
            .map(|error| FactError {
                code: error.code,
                path: error.path,
                got: error.got,
                expected: format!("JSON, line {}", error.line),
                suggest: None,
            })
            .listed()
    })?;
    let mut reader = Reader { areas, errors: Vec::new(), household: empty(), path: String::new(), people: Vec::new() };
    reader.set_rows(Frame::Household, 1);
    reader.record(&json, shape::household(), Frame::Household, 0);
    reader.finish(&json)
}

fn empty() -> Household {
    Household { columns: vec![None; FIELDS.len()], ..Household::default() }
}

struct Reader<'a> {
    areas: &'a Areas,
    errors: Vec<FactError>,
    household: Household,
    /// Where the reader stands, such as `members/0/birthDate`; grows and shrinks as it goes.
    path: String,
    /// References to members, resolved once all ids are known: field, row, id, path.
    people: Vec<(FieldId, usize, String, String)>,
}

impl Reader<'_> {
    /// A mistake where the reader stands.
    fn refuse(&mut self, code: &'static str, got: String, expected: impl Into<String>, suggest: Option<String>) {
        let path = self.path.clone();
        self.errors.push(FactError { code, path, got, expected: expected.into(), suggest });
    }

    /// Does something one step further down the path.
    fn inside(&mut self, name: &str, then: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        if before > 0 {
            self.path.push('/');
        }
        self.path.push_str(name);
        then(self);
        self.path.truncate(before);
    }

    fn set_rows(&mut self, frame: Frame, rows: usize) {
        if let Some(count) = Arc::make_mut(&mut self.household.layout).rows.get_mut(frame.index()) {
            *count = rows;
        }
    }

    /// Adds a row to a list and returns its number.
    fn add_row(&mut self, frame: Frame, parent: usize) -> usize {
        let row = self.household.rows(frame);
        self.set_rows(frame, row.saturating_add(1));
        if let Some(parents) = Arc::make_mut(&mut self.household.layout).parents.get_mut(frame.index()) {
            parents.push(parent);
        }
        row
    }

    fn set_list(&mut self, frame: Frame, parent: usize, state: ListState) {
        if let Some(lists) = Arc::make_mut(&mut self.household.lists).get_mut(frame.index()) {
            if lists.len() <= parent {
                lists.resize(parent.saturating_add(1), ListState::Open);
            }
            if let Some(list) = lists.get_mut(parent) {
                *list = state;
            }
        }
    }

    fn set(&mut self, field: FieldId, row: usize, slot: Slot) {
        let kind = field.field().kind;
        if let Some(column) = self.household.columns.get_mut(usize::from(field.0)) {
            let column = Arc::make_mut(column.get_or_insert_default());
            if column.len() <= row {
                column.resize(row.saturating_add(1), unknown(kind));
            }
            if let Some(place) = column.get_mut(row) {
                *place = slot;
            }
        }
    }

    fn record(&mut self, json: &Json<'_>, shape: &Shape, frame: Frame, row: usize) {
        let Value::Record(entries) = &json.value else {
            self.refuse("wrong-type", json.shown(), "a record { … }", None);
            return;
        };
        for (name, value) in entries {
            self.inside(name, |reader| match shape.child(name) {
                Some(child) => reader.place(value, child, frame, row),
                None => {
                    let suggest = nearest(name, shape.children.iter().map(|(name, _)| *name));
                    let known: Vec<&str> = shape.children.iter().map(|(name, _)| *name).listed();
                    reader.refuse("unknown-field", json::shorten(name), known.join(", "), suggest);
                }
            });
        }
    }

    fn place(&mut self, json: &Json<'_>, shape: &Shape, frame: Frame, row: usize) {
        match (shape.frame, &shape.item) {
            (Some((list, false)), Some(item)) => self.list(json, item, list, row),
            (Some((map, true)), Some(item)) => self.map(json, shape, item, map, (frame, row)),
            _ => match shape.leaf {
                Some(field) if shape.children.is_empty() => self.leaf(json, field, row),
                _ if json.value == Value::Null => self.asked(shape, row),
                _ => self.record(json, shape, frame, row),
            },
        }
    }

    /// `null` for a whole record: every part of it was asked and is not known.
    fn asked(&mut self, shape: &Shape, row: usize) {
        for (_, child) in &shape.children {
            if let (Some(field), true) = (child.leaf, child.children.is_empty()) {
                self.set(field, row, unknown(field.field().kind).flagged(Flags::ASKED));
            }
        }
    }

    fn list(&mut self, json: &Json<'_>, item: &Shape, list: Frame, parent: usize) {
        let Value::List(items) = &json.value else {
            if json.value == Value::Null {
                self.set_list(list, parent, ListState::Asked);
            } else {
                self.refuse("wrong-type", json.shown(), "a list [ … ]", None);
            }
            return;
        };
        self.set_list(list, parent, ListState::Complete);
        if items.len() > list.info().most {
            self.refuse("too-many", items.len().to_string(), format!("at most {}", list.info().most), None);
            return;
        }
        for (position, value) in items.iter().enumerate() {
            let row = self.add_row(list, parent);
            self.inside(&position.to_string(), |reader| {
                match item.leaf {
                    Some(field) if item.children.is_empty() => reader.leaf(value, field, row),
                    _ => reader.record(value, item, list, row),
                }
                if list == Frame::Member {
                    reader.inside("id", |reader| reader.member_id(value));
                }
            });
        }
    }

    fn member_id(&mut self, value: &Json<'_>) {
        let id = value.get("id").and_then(Json::text).unwrap_or("").to_owned();
        if id.is_empty() {
            let got = value.get("id").map_or_else(|| "nothing".to_owned(), Json::shown);
            self.refuse("missing-field", got, "a short name for this person", None);
        } else if self.household.layout.member_ids.iter().any(|known| **known == id) {
            self.refuse("duplicate-member", json::shorten(&id), "a name no other member has", None);
        }
        Arc::make_mut(&mut self.household.layout).member_ids.push(id.into());
    }

    /// A map is a list whose rows have names, and a record for what is not a row (`noOther`).
    fn map(&mut self, json: &Json<'_>, shape: &Shape, item: &Shape, map: Frame, (frame, row): (Frame, usize)) {
        let Value::Record(entries) = &json.value else {
            if json.value == Value::Null {
                self.set_list(map, row, ListState::Asked);
            } else {
                self.refuse("wrong-type", json.shown(), "a record { … }", None);
            }
            return;
        };
        let Some(key) = shape::key_field(map) else { return };
        for (name, value) in entries {
            self.inside(name, |reader| match shape.child(name) {
                Some(fixed) => reader.place(value, fixed, frame, row),
                None => reader.entry(name, value, item, key, (map, row)),
            });
        }
        let no_other = json.get("noOther").is_some_and(|value| value.value == Value::Bool(true));
        let any_key = !matches!(key.field().kind, Kind::Choice(_));
        self.set_list(map, row, if no_other || any_key { ListState::Complete } else { ListState::Open });
    }

    fn entry(&mut self, name: &str, value: &Json<'_>, item: &Shape, key: FieldId, (map, parent): (Frame, usize)) {
        let position = match key.field().kind {
            Kind::Choice(names) => {
                let Some(position) = names.iter().position(|known| *known == name) else {
                    let suggest = nearest(name, names.iter().copied());
                    self.refuse("unknown-field", json::shorten(name), names.join(", "), suggest);
                    return;
                };
                Some(position)
            }
            _ => None,
        };
        let row = self.add_row(map, parent);
        if let Some(position) = position {
            self.set(key, row, Slot::choice(bit(position), Flags::NONE));
        }
        Arc::make_mut(&mut self.household.layout).keys.push((map, row, name.to_owned()));
        match item.leaf {
            Some(field) if item.children.is_empty() => self.leaf(value, field, row),
            _ if value.value == Value::Null => self.asked(item, row),
            _ => self.record(value, item, map, row),
        }
    }

    fn leaf(&mut self, json: &Json<'_>, field: FieldId, row: usize) {
        let kind = field.field().kind;
        if json.value == Value::Null {
            self.set(field, row, unknown(kind).flagged(Flags::ASKED));
            return;
        }
        let slot = match kind {
            Kind::Money => self.money(json),
            Kind::Count { min, max } => self.count(json, min, max),
            Kind::Truth => match json.value {
                Value::Bool(yes) => Some(Slot::truth(yes)),
                _ => self.wrong(json, "true, false or null"),
            },
            // What has never happened lies beyond all days.
            Kind::DayOrNone if json.text() == Some("none") => Some(Slot::exact(i64::from(Date::MAX.days()))),
            Kind::Day | Kind::DayOrNone => self.day(json),
            Kind::Choice(names) => self.name(json, names),
            Kind::Place => self.area(json),
            Kind::Text => match json.text() {
                Some(text) if text.chars().count() <= 64 => Some(Slot::YES),
                Some(_) => {
                    self.refuse("too-large", json.shown(), "at most 64 characters", None);
                    None
                }
                None => self.wrong(json, "a text"),
            },
            Kind::Person => {
                if let Some(id) = json.text() {
                    self.people.push((field, row, id.to_owned(), self.path.clone()));
                    None
                } else {
                    self.wrong(json, "the id of a member")
                }
            }
        };
        if let Some(slot) = slot {
            self.set(field, row, slot);
        }
    }

    fn wrong(&mut self, json: &Json<'_>, expected: &str) -> Option<Slot> {
        self.refuse("wrong-type", json.shown(), expected, None);
        None
    }

    fn money(&mut self, json: &Json<'_>) -> Option<Slot> {
        const EXPECTED: &str = "yuan as a text with at most two decimals, such as \"1110.00\"";
        match &json.value {
            Value::Text(text) => match Yuan::parse(text) {
                Ok(yuan) => return Some(Slot::exact(yuan.fen())),
                Err(error) => {
                    let suggest = money_suggestion(text, &error);
                    self.refuse(error.code(), json::shorten(text), EXPECTED, suggest);
                }
            },
            Value::Number(number) => {
                let suggest = Yuan::parse(number).ok().map(|yuan| format!("\"{yuan}\""));
                self.refuse("money-as-number", json::shorten(number), EXPECTED, suggest);
            }
            _ => return self.wrong(json, EXPECTED),
        }
        None
    }

    fn count(&mut self, json: &Json<'_>, min: i64, max: i64) -> Option<Slot> {
        let expected = format!("a whole number from {min} to {max}");
        match &json.value {
            Value::Number(_) => match json.integer() {
                Some(number) if (min..=max).contains(&number) => return Some(Slot::exact(number)),
                _ => self.refuse("out-of-range", json.shown(), expected, None),
            },
            Value::Text(text) => {
                let suggest = text.parse::<i64>().ok().filter(|n| (min..=max).contains(n)).map(|n| n.to_string());
                self.refuse("wrong-type", json.shown(), expected, suggest);
            }
            _ => return self.wrong(json, &expected),
        }
        None
    }

    fn day(&mut self, json: &Json<'_>) -> Option<Slot> {
        let Some(text) = json.text() else { return self.wrong(json, "a date such as \"1950-05-01\"") };
        match Date::parse(text) {
            Ok(date) => return Some(Slot::exact(i64::from(date.days()))),
            Err(error) => {
                let (code, expected) = date_error(&error);
                self.refuse(code, json.shown(), expected, None);
            }
        }
        None
    }

    fn name(&mut self, json: &Json<'_>, names: &'static [&'static str]) -> Option<Slot> {
        let Some(text) = json.text() else { return self.wrong(json, &names.join(", ")) };
        if let Some(position) = names.iter().position(|name| *name == text) {
            return Some(Slot::choice(bit(position), Flags::NONE));
        }
        let suggest = nearest(text, names.iter().copied());
        self.refuse("unknown-choice", json.shown(), names.join(", "), suggest);
        None
    }

    fn area(&mut self, json: &Json<'_>) -> Option<Slot> {
        let Some(text) = json.text() else { return self.wrong(json, "a six-digit area code such as \"370215\"") };
        let known = AreaCode::parse(text).and_then(|code| self.areas.resolve(code)).filter(|code| *code != AreaCode::NATION);
        match known {
            Some(code) => Some(Slot::exact(code.number())),
            None => {
                let suggest = self.nearest_area(text);
                self.refuse("unknown-area", json.shown(), "a six-digit code of a province, city or county", suggest);
                None
            }
        }
    }

    /// A code that differs by one slip of the keyboard, one in the same city before others; else the city itself.
    fn nearest_area(&self, text: &str) -> Option<String> {
        let codes = || self.areas.all().iter().map(|area| area.code.to_string()).filter(|code| code != "000000");
        let city = text.get(..4).filter(|_| text.len() == 6)?;
        let same_city: Vec<String> = codes().filter(|code| code.starts_with(city)).listed();
        let slip = |codes: &[String]| nearest(text, codes.iter().map(String::as_str)).filter(|near| distance(text, near) == 1);
        let own = slip(&same_city).or_else(|| same_city.first().cloned());
        own.or_else(|| slip(&codes().listed()))
    }

    fn finish(mut self, json: &Json<'_>) -> Result<Household, Vec<FactError>> {
        let version = self.household.slot(fact::SCHEMA_VERSION.id, 0);
        if matches!(json.value, Value::Record(_)) {
            let versioned = version.is_settled() && json.get("schemaVersion").is_some();
            self.require(versioned, "schemaVersion", "nothing", "1", Some("1"));
            self.require(self.household.rows(Frame::Member) > 0, "members", "nobody", "at least one member", None);
        }
        for (field, row, id, path) in std::mem::take(&mut self.people) {
            match self.household.layout.member_ids.iter().position(|known| **known == id) {
                Some(member) => self.set(field, row, Slot::exact(i64::try_from(member).unwrap_or(0))),
                None => {
                    let ids: Vec<&str> =
                        self.household.layout.member_ids.iter().map(|known| &**known).filter(|known| !known.is_empty()).listed();
                    let suggest = nearest(&id, ids.iter().copied());
                    let expected = if ids.is_empty() { "the id of a member".to_owned() } else { ids.join(", ") };
                    self.inside(&path, |reader| reader.refuse("unknown-member", json::shorten(&id), expected, suggest));
                }
            }
        }
        self.relate_the_only_member();
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.set_list(Frame::Member, 0, ListState::Complete);
        self.measure();
        self.open_dates();
        self.close_maps();
        self.pad();
        self.household.applicant = self.applicant();
        Ok(self.household)
    }

    /// A field at the top that has to be there, unless something worse was said of it.
    fn require(&mut self, told: bool, name: &str, got: &str, expected: &str, suggest: Option<&str>) {
        if !told && !self.errors.iter().any(|error| error.path.starts_with(name)) {
            self.inside(name, |reader| reader.refuse("missing-field", got.to_owned(), expected, suggest.map(str::to_owned)));
        }
    }

    /// Works out where the rows of each parent row lie.
    fn measure(&mut self) {
        for (at, info) in FRAMES.iter().enumerate().skip(1) {
            let parents = self.household.rows(info.parent);
            let rows = self.household.layout.parents.get(at).map_or(&[][..], Vec::as_slice);
            let spans = (0..parents).map(|parent| (rows.partition_point(|own| *own < parent), rows.partition_point(|own| *own <= parent)));
            let spans = spans.listed();
            if let Some(place) = Arc::make_mut(&mut self.household.layout).spans.get_mut(at) {
                *place = spans;
            }
        }
    }

    fn open_dates(&mut self) {
        for (field, default) in OPEN_DATES {
            let frame = field.field().frame;
            for row in 0..self.household.rows(frame) {
                let is_open = self.household.given_slot(*field, row).is_none_or(|slot| slot == unknown(Kind::Day));
                if is_open && !(*field == fact::RECEIVING_FROM.id && self.is_not_paid(row)) {
                    self.assume(*field, row, *default);
                }
            }
        }
        for (end, start) in OPEN_ENDS {
            for row in 0..self.household.rows(end.field().frame) {
                let given = |field: FieldId| self.household.given_slot(field, row).and_then(Slot::value);
                // What has never begun has no end.
                if given(*start).is_some_and(|start| start < i64::from(Date::MAX.days())) && given(*end).is_none() {
                    self.assume(*end, row, Date::MAX);
                }
            }
        }
    }

    /// What is not drawn has no first day either.
    fn is_not_paid(&self, row: usize) -> bool {
        let state = self.household.slot(fact::RECEIVING_STATE.id, row).value();
        state.is_some_and(|state| state != PaymentState::Paying.bit())
    }

    fn assume(&mut self, field: FieldId, row: usize, day: Date) {
        self.set(field, row, Slot::exact(i64::from(day.days())));
        let path = self.household.path(field, row);
        Arc::make_mut(&mut self.household.assumed).push(path);
    }

    /// Who lives in a household of one is the one who applies, and related to it as nobody else.
    fn relate_the_only_member(&mut self) {
        let told = self.household.slot(fact::RELATION.id, 0);
        if self.household.rows(Frame::Member) != 1 || told == oneself() {
            return;
        }
        if let Some(Written::Text(got)) = told.value().and_then(|told| self.household.written(fact::RELATION.id, told)) {
            let own = Relation::Oneself.name();
            self.inside("members/0/relation", |reader| reader.refuse("unknown-choice", got, own, Some(own.to_owned())));
        }
        self.set(fact::RELATION.id, 0, oneself());
    }

    fn close_maps(&mut self) {
        for (frame, prefix, closing) in CLOSED_BY_NO_OTHER {
            for row in 0..self.household.rows(*frame) {
                if !self.household.slot(*closing, row).is_yes() {
                    continue;
                }
                for (position, field) in FIELDS.iter().enumerate() {
                    let id = FieldId(u16::try_from(position).unwrap_or(u16::MAX));
                    let inside = field.frame == *frame && field.path.starts_with(prefix) && id != *closing;
                    if inside && self.household.slot(id, row) == unknown(field.kind) {
                        self.set(id, row, Slot::NO);
                    }
                }
            }
        }
    }

    /// Every given column gets a slot for every row.
    fn pad(&mut self) {
        for (field, column) in FIELDS.iter().zip(&mut self.household.columns) {
            let rows = self.household.layout.rows.get(field.frame.index()).copied().unwrap_or(0);
            if let Some(column) = column.as_mut().map(Arc::make_mut) {
                column.resize(rows, unknown(field.kind));
            }
        }
        let last_member = self.household.last_member();
        for (field, column) in FIELDS.iter().zip(&mut self.household.columns) {
            if field.kind == Kind::Person {
                for slot in column.iter_mut().flat_map(Arc::make_mut).filter(|slot| **slot == unknown(Kind::Person)) {
                    *slot = Slot::between(0, last_member, Flags::FACT);
                }
            }
        }
        for (at, info) in FRAMES.iter().enumerate() {
            let parents = self.household.rows(info.parent);
            if let Some(lists) = Arc::make_mut(&mut self.household.lists).get_mut(at) {
                lists.resize(parents, ListState::Open);
            }
        }
    }

    fn applicant(&self) -> Option<usize> {
        if let Some(named) = self.household.given_slot(fact::APPLICANT_ID.id, 0).and_then(Slot::value) {
            return usize::try_from(named).ok();
        }
        (0..self.household.rows(Frame::Member)).find(|row| self.household.slot(fact::RELATION.id, *row) == oneself())
    }
}

fn oneself() -> Slot {
    Slot::choice(Relation::Oneself.bit(), Flags::NONE)
}

fn bit(position: usize) -> i64 {
    u32::try_from(position).ok().and_then(|position| 1_i64.checked_shl(position)).unwrap_or(0)
}

fn date_error(error: &DateError) -> (&'static str, &'static str) {
    match error {
        DateError::Malformed => ("date-format", "a date such as \"1950-05-01\""),
        DateError::NoSuchDay => ("no-such-day", "a day that exists in the calendar"),
        DateError::OutOfRange => ("date-out-of-range", "a day from 1900-01-01 to 2199-12-31"),
    }
}

/// What the person probably meant: full-width digits, separators and a currency sign are taken out.
fn money_suggestion(text: &str, error: &MoneyError) -> Option<String> {
    if matches!(error, MoneyError::Negative) {
        return None;
    }
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | '_' | ' ' | '¥' | '￥' | '元' | '+'))
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
            '．' => '.',
            other => other,
        })
        .collect();
    // Nothing written is not a zero.
    if plain.is_empty() {
        return None;
    }
    let whole = plain.trim_start_matches('0');
    let plain = if whole.is_empty() || whole.starts_with('.') { Cow::Owned(format!("0{whole}")) } else { Cow::Borrowed(whole) };
    Yuan::parse(&plain).ok().map(|yuan| yuan.to_string()).filter(|suggestion| suggestion != text)
}
