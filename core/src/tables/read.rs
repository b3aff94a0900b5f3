//! Reads the tables and reports everything that is wrong with them at once.

use std::sync::Arc;

use super::condition::choices;
use super::parameters::{self, OWN, PARAMETERS};
use super::relation;
use super::values::PERIODS;
use super::{CellValue, Document, Hit, Lapse, Level, LocalBenefit, Material, Otherwise, Setter, Start, Table, TableRow, Tables, Zone};
use crate::area::{AreaCode, Areas};
use crate::calendar::Calendar;
use crate::date::{Date, DateError};
use crate::error::{TableError, nearest};
use crate::formula::{Basis, Gives, Per};
use crate::household::dictionary::{BillCategory, Names};
use crate::json::{self, Json, Limits, Value};
use crate::order::{AppendAll as _, Listed as _, sort_by_number};

/// Loads a whole set of tables: pairs of a file name such as `370683/minimum-living-standard.json` and its text.
///
/// `areas.json`, `benefits.json`, `materials.json`, `setters.json` and `national/calendar.json` are found by name, `documents.json` and
/// `zones.json` in the nation's folder and each area's; every other `.json` file is a table.
///
/// # Errors
/// Everything found wrong, in the order of the files.
pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Tables, Vec<TableError>> {
    let mut loader = Loader::new();
    let mut parsed: Vec<(&str, Json<'a>)> = Vec::new();
    for (file, text) in files {
        match json::read(text, Limits::TABLES) {
            Ok(json) => parsed.push((file, json)),
            Err(errors) => loader.errors.append_all(errors.into_iter().map(|error| TableError {
                code: error.code,
                file: file.to_owned(),
                line: error.line,
                row: None,
                field: error.path,
                got: error.got,
                expected: "valid JSON".to_owned(),
            })),
        }
    }
    loader.files(parsed.iter().map(|(file, json)| (*file, json)));
    // Of a pack this cannot be asked: what a table refers to may be set elsewhere, and not for this area.
    loader.references();
    loader.finish()
}

/// Reads files one after the other and collects what is wrong with them.
pub(super) struct Loader {
    errors: Vec<TableError>,
    pub(super) tables: Tables,
    file: String,
    /// Whose folder the file lies in.
    area: AreaCode,
}

/// Where in a file we are, for errors.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub line: u32,
    pub row: Option<usize>,
}

impl Loader {
    pub(super) fn refuse(&mut self, code: &'static str, place: Place, field: &str, got: impl Into<String>, expected: impl Into<String>) {
        self.errors.push(TableError {
            code,
            file: self.file.clone(),
            line: place.line,
            row: place.row.map(|row| row.saturating_add(1)),
            field: field.to_owned(),
            got: got.into(),
            expected: expected.into(),
        });
    }

    pub(super) fn new() -> Self {
        Self { errors: Vec::new(), tables: Tables::default(), file: String::new(), area: AreaCode::NATION }
    }

    pub(super) fn finish(self) -> Result<Tables, Vec<TableError>> {
        if self.errors.is_empty() { Ok(self.tables) } else { Err(self.errors) }
    }

    /// Registers first: tables refer to areas, documents, zones and benefits.
    pub(super) fn files<'f>(&mut self, files: impl IntoIterator<Item = (&'f str, &'f Json<'f>)>) {
        let (mut registers, tables): (Vec<_>, Vec<_>) = files.into_iter().partition(|(file, _)| is_register(file));
        sort_by_number(&mut registers, |(file, _)| i64::from(*file != "areas.json"));
        for (file, json) in registers {
            self.open(file);
            match file.rsplit('/').next() {
                Some("areas.json") => self.tables.areas = Areas::read(json, file, &mut self.errors),
                Some("documents.json") => self.documents(json),
                Some("zones.json") => self.zones(json),
                Some("benefits.json") => self.benefits(json),
                Some("setters.json") => self.setters(json),
                Some("materials.json") => self.materials(json),
                _ => self.calendar(json),
            }
        }
        for (file, json) in tables {
            self.open(file);
            self.table(json);
        }
    }

    fn open(&mut self, file: &str) {
        file.clone_into(&mut self.file);
        self.area = area_of(file).unwrap_or(AreaCode::NATION);
    }

    /// Whether what `area` keeps can be named in the file we are in: its own area's and those of the areas above it.
    pub(super) fn may_name(&self, area: AreaCode) -> bool {
        // That an area is unknown is said once, and not again for all that its files name.
        self.tables.areas.get(self.area).is_none() || self.area.is_within(area)
    }

    pub(super) fn text(&mut self, json: &Json<'_>, name: &str, place: Place) -> String {
        match json.get(name).and_then(Json::text) {
            Some(text) => text.to_owned(),
            None => {
                let got = json.get(name).map_or_else(|| "nothing".to_owned(), Json::shown);
                self.refuse("missing-field", place, name, got, "a text");
                String::new()
            }
        }
    }

    fn documents(&mut self, json: &Json<'_>) {
        for (row, entry) in json.get("documents").map(Json::items).unwrap_or_default().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(row) };
            let id = self.text(entry, "id", place);
            let title = self.text(entry, "title", place);
            let part = |name: &str| entry.get(name).and_then(Json::text).map(str::to_owned);
            let document = Document {
                title,
                number: part("number"),
                issuer: part("issuer"),
                issued: part("issued"),
                in_force: part("inForce"),
                link: part("link"),
                area: self.area,
            };
            if let Some((id, _)) = self.tables.documents.try_insert(id, document) {
                self.refuse("duplicate-document", place, "id", id, "an id no other document has");
            }
        }
    }

    fn zones(&mut self, json: &Json<'_>) {
        for (row, entry) in json.get("zones").map(Json::items).unwrap_or_default().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(row) };
            let id = self.text(entry, "id", place);
            let mut members = Vec::new();
            for member in entry.get("members").map(Json::items).unwrap_or_default() {
                // People are looked for under the code that took the place of an old one.
                let area = self.area(member, "area", place);
                let area = self.tables.areas.resolve(area).unwrap_or(area);
                let (from, until) = (self.day(member, "from", place), self.day(member, "until", place));
                members.push((area, from, until));
            }
            self.tables.zones.push(Zone { id, area: self.area, members });
        }
    }

    fn benefits(&mut self, json: &Json<'_>) {
        const KNOWN: &[&str] =
            &["benefit", "family", "basis", "gives", "per", "ageFrom", "bills", "onlyWhereListed", "after", "besidePrice"];
        for (row, entry) in json.items().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(row) };
            self.known_fields(entry, KNOWN, place);
            let id = self.text(entry, "benefit", place);
            let bills = entry.get("bills").map_or(Some(Vec::new()), choices);
            if bills.is_none() {
                let got = entry.get("bills").map(Json::shown).unwrap_or_default();
                self.refuse("unknown-choice", place, "bills", got, BillCategory::NAMES.join(", "));
            }
            let bills = bills.unwrap_or_default();
            let bases =
                [("registeredArea", Basis::RegisteredArea), ("usualResidence", Basis::UsualResidence), ("serviceArea", Basis::ServiceArea)];
            let basis = self.choice(entry, "basis", place, &bases, Basis::RegisteredArea);
            let gives = [
                ("cash", Gives::Cash),
                ("discount", Gives::Discount),
                ("voucher", Gives::Voucher),
                ("hours", Gives::Hours),
                ("in-kind", Gives::InKind),
            ];
            let gives = self.choice(entry, "gives", place, &gives, Gives::Cash);
            let per = self.choice(entry, "per", place, PERIODS, Per::Month);
            let age_from = entry.get("ageFrom").and_then(Json::integer);
            let only_where_listed = flag(entry, "onlyWhereListed");
            let beside_price = flag(entry, "besidePrice");
            let after = entry.get("after").and_then(Json::text).map(str::to_owned);
            if let Some(first) = after.as_ref().filter(|first| !self.tables.benefits.iter().any(|known| known.id == **first)) {
                self.refuse("unknown-choice", place, "after", first.clone(), "a benefit further up in this file");
            }
            self.tables.benefits.push(LocalBenefit { id, bills, basis, gives, per, age_from, only_where_listed, after, beside_price });
        }
    }

    fn setters(&mut self, json: &Json<'_>) {
        const KNOWN: &[&str] = &["parameter", "from", "until", "levels", "document", "article", "note"];
        let levels = [Level::Nation, Level::Province, Level::City, Level::County].map(|level| (level.name(), level));
        for (row, entry) in json.get("setters").map(Json::items).unwrap_or_default().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(row) };
            self.known_fields(entry, KNOWN, place);
            let parameter = self.text(entry, "parameter", place);
            if self.kind(&parameter).is_none() {
                self.refuse("unknown-parameter", place, "parameter", parameter.clone(), "a known parameter");
            }
            let mut found = Vec::new();
            for given in entry.get("levels").map(Json::items).unwrap_or_default() {
                match levels.iter().find(|(name, _)| given.text() == Some(name)) {
                    Some((_, level)) => found.push(*level),
                    None => self.refuse("unknown-choice", place, "levels", given.shown(), names(&levels)),
                }
            }
            let (from, until) = (self.day(entry, "from", place), self.day(entry, "until", place));
            let clause = self.clause(entry, place);
            match from {
                Some(from) if !found.is_empty() => self.tables.setters.push(Setter { parameter, from, until, levels: found, clause }),
                _ => self.refuse("missing-field", place, "from", "nothing", "a first day and the levels"),
            }
        }
    }

    fn materials(&mut self, json: &Json<'_>) {
        const KNOWN: &[&str] = &["reason", "papers", "checkedOnline", "document", "article"];
        for (row, entry) in json.get("materials").map(Json::items).unwrap_or_default().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(row) };
            self.known_fields(entry, KNOWN, place);
            let reason = self.text(entry, "reason", place);
            let papers = entry.get("papers").map(Json::items).unwrap_or_default();
            let papers: Vec<Arc<str>> = papers.iter().filter_map(|paper| paper.text().map(Arc::from)).listed();
            if papers.is_empty() {
                self.refuse("missing-field", place, "papers", "nothing", "the papers that go with the condition");
            }
            let clause = self.clause(entry, place);
            self.tables.materials.push(Material { reason: reason.into(), papers, checked_online: flag(entry, "checkedOnline"), clause });
        }
    }

    /// What the values of a parameter are.
    fn kind(&self, parameter: &str) -> Option<parameters::ValueKind> {
        parameters::kind(parameter, |name| self.tables.benefits.iter().any(|benefit| benefit.id == name))
    }

    fn calendar(&mut self, json: &Json<'_>) {
        let mut calendar = Calendar { unconfirmed: flag(json, "unconfirmed"), ..Calendar::default() };
        for (row, entry) in json.get("years").map(Json::items).unwrap_or_default().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(row) };
            if let Some(year) = entry.get("year").and_then(Json::integer).and_then(|year| i32::try_from(year).ok()) {
                calendar.years.push(year);
            }
            for (name, days) in [("holidays", &mut calendar.holidays), ("workingWeekends", &mut calendar.working_weekends)] {
                for day in entry.get(name).map(Json::items).unwrap_or_default() {
                    match day.text().map(Date::parse) {
                        Some(Ok(date)) => days.push(date),
                        _ => self.refuse("no-such-day", place, name, day.shown(), "a date"),
                    }
                }
            }
        }
        sort_by_number(&mut calendar.years, |year| i64::from(*year));
        sort_by_number(&mut calendar.holidays, |day| i64::from(day.days()));
        sort_by_number(&mut calendar.working_weekends, |day| i64::from(day.days()));
        self.tables.calendar = calendar;
    }

    pub(super) fn area(&mut self, json: &Json<'_>, name: &str, place: Place) -> AreaCode {
        let code = json.get(name).and_then(Json::text).and_then(AreaCode::parse);
        match code.filter(|code| self.tables.areas.get(*code).is_some()) {
            Some(code) => code,
            None => {
                let got = json.get(name).map_or_else(|| "nothing".to_owned(), Json::shown);
                self.refuse("unknown-area", place, name, got, "a code in areas.json");
                AreaCode::NATION
            }
        }
    }

    pub(super) fn choice<T: Copy>(&mut self, json: &Json<'_>, name: &str, place: Place, known: &[(&str, T)], default: T) -> T {
        let Some(given) = json.get(name) else {
            self.refuse("missing-field", place, name, "nothing", names(known));
            return default;
        };
        match given.text().and_then(|text| known.iter().find(|(word, _)| *word == text)) {
            Some((_, value)) => *value,
            None => {
                self.refuse("unknown-choice", place, name, given.shown(), names(known));
                default
            }
        }
    }

    pub(super) fn day(&mut self, json: &Json<'_>, name: &str, place: Place) -> Option<Date> {
        let given = json.get(name).filter(|given| given.value != Value::Null)?;
        match given.text().map(Date::parse) {
            Some(Ok(date)) => Some(date),
            Some(Err(DateError::NoSuchDay)) => {
                self.refuse("no-such-day", place, name, given.shown(), "a date such as 2024-01-01");
                None
            }
            _ => {
                self.refuse("date-format", place, name, given.shown(), "a date such as 2024-01-01");
                None
            }
        }
    }

    pub(super) fn start(&mut self, json: &Json<'_>, name: &str, place: Place) -> Option<Start> {
        let given = json.get(name)?;
        if matches!(given.value, Value::Record(_)) {
            let start = Start { not_before: self.day(given, "notBefore", place)?, not_after: self.day(given, "notAfter", place)? };
            if start.not_before > start.not_after {
                self.refuse("dates-reversed", place, name, start.not_before.to_string(), format!("not after {}", start.not_after));
            }
            return Some(start);
        }
        self.day(json, name, place).map(|day| Start { not_before: day, not_after: day })
    }

    fn table(&mut self, json: &Json<'_>) {
        const KNOWN: &[&str] = &[
            "parameter",
            "area",
            "unit",
            "transcribed",
            "confirmed",
            "lapse",
            "lastSeen",
            "otherwise",
            "reason",
            "hit",
            "accepts",
            "covers",
            "rowCount",
            "rows",
            "note",
        ];
        let top = Place { line: json.line, row: None };
        self.known_fields(json, KNOWN, top);
        let parameter = self.text(json, "parameter", top);
        let area = self.area(json, "area", top);
        let kind = self.kind(&parameter);
        if kind.is_none() {
            let own = self.tables.benefits.iter().flat_map(|benefit| OWN.iter().map(|(ending, _)| format!("{}{ending}", benefit.id)));
            let all: Vec<String> = PARAMETERS.iter().map(|(name, _)| (*name).to_owned()).chain(own).listed();
            let near = nearest(&parameter, all.iter().map(String::as_str));
            let expected = near.map_or_else(|| "a known parameter".to_owned(), |name| format!("`{name}`?"));
            self.refuse("unknown-parameter", top, "parameter", parameter.clone(), expected);
        }
        self.named_as_its_file(&parameter, area, top);
        self.text(json, "unit", top);
        let transcribed = self.day(json, "transcribed", top);
        let lapses = [("year-end", Lapse::YearEnd), ("until-replaced", Lapse::UntilReplaced), ("at-until", Lapse::AtUntil)];
        let lapse = self.choice(json, "lapse", top, &lapses, Lapse::AtUntil);
        let otherwises = [("unknown", Otherwise::Unknown), ("ineligible", Otherwise::Ineligible), ("none", Otherwise::Ineligible)];
        let otherwise = self.choice(json, "otherwise", top, &otherwises, Otherwise::Unknown);
        let hits = [("unique", Hit::Unique), ("first", Hit::First), ("highest", Hit::Highest), ("all", Hit::All)];
        let hit = self.choice(json, "hit", top, &hits, Hit::Unique);
        let (last_seen, confirmed) = (self.day(json, "lastSeen", top), self.day(json, "confirmed", top));
        let accepts = self.accepts(json, top);
        let row_count = json.get("rowCount").and_then(Json::integer).and_then(|count| usize::try_from(count).ok());
        let covers = json.get("covers").map(|given| self.conditions(given, "covers", top, area));
        let entries = json.get("rows").map(Json::items).unwrap_or_default();
        let mut rows = Vec::with_capacity(entries.len().min(64));
        for (number, entry) in entries.iter().enumerate() {
            let place = Place { line: entry.line, row: Some(number) };
            rows.append_all(self.row(entry, place, area, kind));
        }
        if entries.is_empty() {
            self.refuse("missing-field", top, "rows", "nothing", "at least one row");
        }
        self.duplicates(&rows);
        let table = Table {
            parameter: parameter.clone(),
            area,
            file: self.file.clone(),
            lapse,
            last_seen,
            otherwise,
            hit,
            transcribed,
            row_count,
            covers,
            confirmed,
            accepts,
            rows,
        };
        if self.tables.add(table).is_some() {
            self.refuse("duplicate-table", top, "parameter", parameter, "one file for each parameter and area");
        }
    }

    /// A table that says it is another than its file would be looked for in the wrong place.
    fn named_as_its_file(&mut self, parameter: &str, area: AreaCode, top: Place) {
        let folder = if area == AreaCode::NATION { "national".to_owned() } else { area.to_string() };
        let expected = format!("{folder}/{parameter}.json");
        if self.file != expected && !parameter.is_empty() {
            self.refuse("misplaced-table", top, "parameter", format!("{parameter} of {area}"), expected);
        }
    }

    fn accepts(&mut self, json: &Json<'_>, top: Place) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (code, why) in json.get("accepts").map(Json::entries).unwrap_or_default() {
            match why.text().filter(|why| !why.is_empty()) {
                Some(why) => found.push((code.to_string(), why.to_owned())),
                None => self.refuse("wrong-value", top, "accepts", why.shown(), "the reason why this finding is right as it is"),
            }
        }
        found
    }

    pub(super) fn known_fields(&mut self, json: &Json<'_>, known: &[&str], place: Place) {
        for (name, _) in json.entries() {
            if !known.contains(&name.as_ref()) {
                let expected = nearest(name, known.iter().copied()).map_or_else(|| known.join(", "), |name| format!("`{name}`?"));
                self.refuse("unknown-field", place, name, name.to_string(), expected);
            }
        }
    }

    /// Two rows of the same people that may start on the same day.
    fn duplicates(&mut self, rows: &[TableRow]) {
        let mut seen: Vec<(&TableRow, usize)> = Vec::new();
        let mut found = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            if let Some((_, first)) =
                seen.iter().find(|(other, _)| other.when == row.when && other.from == row.from && other.reason == row.reason)
            {
                found.push((Place { line: row.line, row: Some(number) }, *first, row.from.not_before));
            }
            seen.push((row, number));
        }
        for (place, first, day) in found {
            self.refuse("duplicate-start", place, "from", day.to_string(), format!("another day than row {}", first.saturating_add(1)));
        }
    }

    /// References between tables, once all are read.
    fn references(&mut self) {
        let mut wrong = Vec::new();
        for table in self.tables.all() {
            for (number, row) in table.rows.iter().enumerate() {
                let mut refuse = |code, field, got: String, expected| {
                    wrong.push((table.file.clone(), Place { line: row.line, row: Some(number) }, code, field, got, expected));
                };
                let (of, area) = match &row.value {
                    CellValue::Ratio(reference) => (Some(&reference.of), reference.of_area),
                    CellValue::Equals(of) => (Some(of), None),
                    _ => (None, None),
                };
                if let Some(area) = area.filter(|area| !self.tables.areas.chain(table.area).any(|level| level == *area)) {
                    refuse("unknown-area", "value.ofArea", area.to_string(), "the table's own area or one above it");
                }
                if row.value.is_of_own() && table.hit != Hit::First {
                    refuse("wrong-value", "value", row.written.clone(), "`hit: first` in the head");
                }
                if let Some(of) = of.filter(|of| !self.tables.has(of) || **of == table.parameter) {
                    refuse("unknown-parameter", "value", of.clone(), "another parameter that has a table");
                }
            }
        }
        for (file, place, code, field, got, expected) in wrong {
            self.file = file;
            self.refuse(code, place, field, got, expected);
        }
        self.relations();
    }

    /// Relations that name what is no benefit, or that go in a circle.
    fn relations(&mut self) {
        let mut wrong = Vec::new();
        for table in self.tables.all() {
            for (number, row) in table.rows.iter().enumerate() {
                let CellValue::Relation(found) = &row.value else { continue };
                let unknown = found.of.iter().filter(|of| !relation::is_benefit(&self.tables, of));
                let place = || Place { line: row.line, row: Some(number) };
                wrong.append_all(unknown.map(|of| ("unknown-benefit", table.file.clone(), place(), of.clone(), "a benefit")));
            }
        }
        for (table, number, between) in relation::circles(&self.tables) {
            let place = Place { line: table.rows.get(number).map_or(0, |row| row.line), row: Some(number) };
            wrong.push(("benefit-cycle", table.file.clone(), place, between, "one that needs the other settled first"));
        }
        for (code, file, place, got, expected) in wrong {
            self.file = file;
            self.refuse(code, place, "value", got, expected);
        }
    }
}

/// Whose folder a file lies in; what lies in none is the nation's.
pub(super) fn area_of(file: &str) -> Option<AreaCode> {
    match file.split_once('/') {
        None | Some(("national", _)) => Some(AreaCode::NATION),
        Some((folder, _)) => AreaCode::parse(folder),
    }
}

fn is_register(file: &str) -> bool {
    matches!(file, "areas.json" | "benefits.json" | "materials.json" | "setters.json" | "national/calendar.json")
        || file.ends_with("documents.json")
        || file.ends_with("zones.json")
}

/// A field that is `true`.
pub(super) fn flag(json: &Json<'_>, name: &str) -> bool {
    json.get(name).is_some_and(|value| value.value == Value::Bool(true))
}

fn names<T>(known: &[(&str, T)]) -> String {
    known.iter().map(|(word, _)| *word).listed().join(", ")
}
