//! Reads the tables and reports everything that is wrong with them at once.

use std::collections::BTreeMap;

use super::parameters::{self, PARAMETERS, ValueKind};
use super::{Bound, CellValue, Condition, Document, Hit, Lapse, LocalBenefit, Otherwise, Start, Table, TableRow, Tables, Zone};
use crate::area::{AreaCode, Areas};
use crate::calendar::Calendar;
use crate::date::Date;
use crate::error::{TableError, nearest};
use crate::household::dictionary::Names;
use crate::json::{self, Json, Limits, Value};
use crate::money::{Rate, Rounding, RoundingMode, Yuan};
use crate::order::sort_by_number;
use crate::source::{Clause, Grade};

/// Loads a whole set of tables: pairs of a file name such as `370683/minimum-living-standard.json` and its text.
///
/// `areas.json`, `documents.json`, `zones.json`, `benefits.json` and `national/calendar.json` are found by name;
/// every other `.json` file is a table.
///
/// # Errors
/// Everything found wrong, in the order of the files.
pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Tables, Vec<TableError>> {
    load_with(Areas::default(), files)
}

/// Loads tables whose areas are known already.
pub(super) fn load_with<'a>(areas: Areas, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Tables, Vec<TableError>> {
    let mut loader = Loader { errors: Vec::new(), tables: Tables { areas, ..Tables::default() }, file: String::new() };
    let mut parsed: Vec<(&str, Json<'a>)> = Vec::new();
    for (file, text) in files {
        file.clone_into(&mut loader.file);
        match json::read(text, Limits::TABLES) {
            Ok(json) => parsed.push((file, json)),
            Err(errors) => loader.errors.extend(errors.into_iter().map(|error| TableError {
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
    loader.files(parsed);
    if loader.errors.is_empty() { Ok(loader.tables) } else { Err(loader.errors) }
}

struct Loader {
    errors: Vec<TableError>,
    tables: Tables,
    file: String,
}

/// Where in a file we are, for errors.
#[derive(Clone, Copy)]
struct Place {
    line: u32,
    row: Option<usize>,
}

impl Loader {
    fn refuse(&mut self, code: &'static str, place: Place, field: &str, got: impl Into<String>, expected: impl Into<String>) {
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

    /// Order matters: tables refer to areas, documents, zones and benefits.
    fn files(&mut self, files: Vec<(&str, Json<'_>)>) {
        let (registers, tables): (Vec<_>, Vec<_>) = files.into_iter().partition(|(file, _)| is_register(file));
        for (file, json) in &registers {
            (*file).clone_into(&mut self.file);
            match *file {
                "areas.json" => self.tables.areas = Areas::read(json, file, &mut self.errors),
                "documents.json" => self.documents(json),
                "zones.json" => self.zones(json),
                "benefits.json" => self.benefits(json),
                _ => self.calendar(json),
            }
        }
        for (file, json) in &tables {
            (*file).clone_into(&mut self.file);
            self.table(json);
        }
        self.references();
    }

    fn text(&mut self, json: &Json<'_>, name: &str, place: Place) -> String {
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
            };
            if self.tables.documents.insert(id.clone(), document).is_some() {
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
                let area = self.area(member, "area", place);
                let from = member.get("from").and_then(Json::text).and_then(|text| Date::parse(text).ok());
                members.push((area, from));
            }
            self.tables.zones.push(Zone { id, members });
        }
    }

    fn benefits(&mut self, json: &Json<'_>) {
        for (row, entry) in json.items().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(row) };
            let id = self.text(entry, "benefit", place);
            let frame = self.text(entry, "frame", place);
            if frame != "member" && frame != "bill" {
                self.refuse("unknown-choice", place, "frame", frame.clone(), "member, bill");
            }
            self.tables.benefits.push(LocalBenefit { id, is_bill: frame == "bill" });
        }
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

    fn area(&mut self, json: &Json<'_>, name: &str, place: Place) -> AreaCode {
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

    fn choice<T: Copy>(&mut self, json: &Json<'_>, name: &str, place: Place, known: &[(&str, T)], default: T) -> T {
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

    fn day(&mut self, json: &Json<'_>, name: &str, place: Place) -> Option<Date> {
        let given = json.get(name).filter(|given| given.value != Value::Null)?;
        match given.text().map(Date::parse) {
            Some(Ok(date)) => Some(date),
            _ => {
                self.refuse("date-format", place, name, given.shown(), "a date such as 2024-01-01");
                None
            }
        }
    }

    fn start(&mut self, json: &Json<'_>, name: &str, place: Place) -> Option<Start> {
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
        const KNOWN: &[&str] =
            &["parameter", "area", "unit", "transcribed", "confirmed", "lapse", "lastSeen", "otherwise", "reason", "hit", "rows", "note"];
        let top = Place { line: json.line, row: None };
        self.known_fields(json, KNOWN, top);
        let parameter = self.text(json, "parameter", top);
        let area = self.area(json, "area", top);
        let benefits = std::mem::take(&mut self.tables.benefits);
        let kind = parameters::kind(&parameter, |name| benefits.iter().any(|benefit| benefit.id == name));
        if kind.is_none() {
            let all = PARAMETERS.iter().map(|(name, _)| *name).chain(benefits.iter().map(|benefit| benefit.id.as_str()));
            let expected = nearest(&parameter, all).map_or_else(|| "a known parameter".to_owned(), |name| format!("`{name}`?"));
            self.refuse("unknown-parameter", top, "parameter", parameter.clone(), expected);
        }
        self.tables.benefits = benefits;
        self.text(json, "unit", top);
        self.day(json, "transcribed", top);
        let lapses = [("year-end", Lapse::YearEnd), ("until-replaced", Lapse::UntilReplaced), ("at-until", Lapse::AtUntil)];
        let lapse = self.choice(json, "lapse", top, &lapses, Lapse::AtUntil);
        let otherwises = [("unknown", Otherwise::Unknown), ("ineligible", Otherwise::Ineligible), ("none", Otherwise::Ineligible)];
        let otherwise = self.choice(json, "otherwise", top, &otherwises, Otherwise::Unknown);
        let hits = [("unique", Hit::Unique), ("first", Hit::First), ("highest", Hit::Highest), ("all", Hit::All)];
        let hit = self.choice(json, "hit", top, &hits, Hit::Unique);
        let last_seen = self.day(json, "lastSeen", top);
        let mut rows = Vec::new();
        for (number, entry) in json.get("rows").map(Json::items).unwrap_or_default().iter().enumerate() {
            let place = Place { line: entry.line, row: Some(number) };
            if let Some(row) = self.row(entry, place, area, kind) {
                rows.push(row);
            }
        }
        if rows.is_empty() {
            self.refuse("missing-field", top, "rows", "nothing", "at least one row");
        }
        self.duplicates(&rows);
        let table = Table { parameter: parameter.clone(), area, file: self.file.clone(), lapse, last_seen, otherwise, hit, rows };
        if self.tables.tables.insert((parameter.clone(), area), table).is_some() {
            self.refuse("duplicate-table", top, "parameter", parameter, "one file for each parameter and area");
        }
    }

    fn known_fields(&mut self, json: &Json<'_>, known: &[&str], place: Place) {
        for (name, _) in json.entries() {
            if !known.contains(&name.as_ref()) {
                let expected = nearest(name, known.iter().copied()).map_or_else(|| known.join(", "), |name| format!("`{name}`?"));
                self.refuse("unknown-field", place, name, name.to_string(), expected);
            }
        }
    }

    fn row(&mut self, json: &Json<'_>, place: Place, area: AreaCode, kind: Option<ValueKind>) -> Option<TableRow> {
        const KNOWN: &[&str] = &[
            "from",
            "until",
            "published",
            "paidFrom",
            "when",
            "value",
            "bound",
            "document",
            "article",
            "quote",
            "grade",
            "unconfirmed",
            "note",
            "reason",
        ];
        self.known_fields(json, KNOWN, place);
        let from = self.start(json, "from", place);
        if from.is_none() && json.get("from").is_none() {
            self.refuse("missing-field", place, "from", "nothing", "the first day");
        }
        let until = self.start(json, "until", place);
        if let (Some(from), Some(until)) = (from, until)
            && until.not_after <= from.not_before
        {
            self.refuse("dates-reversed", place, "until", until.not_after.to_string(), format!("after {}", from.not_before));
        }
        self.day(json, "published", place);
        self.day(json, "paidFrom", place);
        let document = self.text(json, "document", place);
        if !document.is_empty() && !self.tables.documents.contains_key(&document) {
            let expected = nearest(&document, self.tables.documents.keys().map(String::as_str));
            let expected = expected.map_or_else(|| "an id in documents.json".to_owned(), |id| format!("`{id}`?"));
            self.refuse("unknown-document", place, "document", document.clone(), expected);
        }
        let grade_text = self.text(json, "grade", place);
        let grade = Grade::parse(&grade_text);
        let unconfirmed = flag(json, "unconfirmed");
        match grade {
            None => self.refuse("grade-too-weak", place, "grade", grade_text, "A, A1, A2, A-calc, A* or A3"),
            Some(grade) if grade.needs_confirmation() && !unconfirmed => {
                self.refuse("must-be-unconfirmed", place, "grade", grade_text, "`unconfirmed: true` beside this grade");
            }
            Some(_) => {}
        }
        let bounds = [("at-least", Bound::AtLeast), ("guide", Bound::Guide), ("up-to", Bound::UpTo)];
        let bound = json.get("bound").is_some().then(|| self.choice(json, "bound", place, &bounds, Bound::AtLeast));
        let value = self.value(json, place, kind);
        let mut when = Vec::new();
        for (name, given) in json.get("when").map(Json::entries).unwrap_or_default() {
            match self.condition(name, given, area) {
                Some(condition) => when.push(condition),
                None => {
                    self.refuse("wrong-condition", place, &format!("when.{name}"), given.shown(), "a dimension and a value it can have")
                }
            }
        }
        let clause = Clause::new(&document, json.get("article").and_then(Json::text).unwrap_or(""));
        let reason = json.get("reason").and_then(Json::text).map(str::to_owned);
        let written = json.get("value").map(Json::shown).unwrap_or_default();
        Some(TableRow { from: from?, until, when, value: value?, bound, clause, grade: grade?, unconfirmed, reason, written })
    }

    fn value(&mut self, json: &Json<'_>, place: Place, kind: Option<ValueKind>) -> Option<CellValue> {
        let Some(given) = json.get("value") else {
            self.refuse("missing-field", place, "value", "nothing", "a value or \"unknown\"");
            return None;
        };
        if given.text() == Some("unknown") {
            return Some(CellValue::Unknown);
        }
        let kind = kind?;
        let read = match (kind, given.text()) {
            (ValueKind::Money, Some(text)) => Yuan::parse(text).ok().map(CellValue::Money),
            (ValueKind::Rate, Some(text)) => Rate::parse(text).ok().map(CellValue::Rate),
            (ValueKind::Word(words), Some(text)) => words.contains(&text).then(|| CellValue::Word(text.to_owned())),
            (ValueKind::Money, None) => computed(given),
            (ValueKind::Rounding, None) => match part(given, "unknownWithin") {
                Some(within) => Yuan::parse(within).ok().map(CellValue::UnknownWithin),
                None => rounding(given).map(CellValue::Rounding),
            },
            _ => None,
        };
        if read.is_none() {
            let expected = match kind {
                ValueKind::Money => "yuan such as \"1069.00\", \"unknown\", or a ratio, an equal or a share".to_owned(),
                ValueKind::Rate => "a ratio such as \"1.5\"".to_owned(),
                ValueKind::Word(words) => words.join(", "),
                ValueKind::Rounding => "{ \"unit\": \"1.00\", \"mode\": \"up\" } with mode up, down or half-up".to_owned(),
            };
            self.refuse("wrong-value", place, "value", given.shown(), expected);
        }
        read
    }

    fn condition(&self, name: &str, json: &Json<'_>, area: AreaCode) -> Option<Condition> {
        let here = json.text() == Some("area-of-table");
        Some(match name {
            "settlement" => Condition::Settlement(*choices(json)?.first()?),
            "zone" => {
                let ids: Vec<String> = words(json)?;
                let known = ids.iter().all(|id| self.tables.zones.iter().any(|zone| zone.id == *id));
                known.then_some(Condition::Zone(ids))?
            }
            "category" => Condition::Category(choices(json)?),
            "ageYears" => {
                let limit = |name: &str| json.get(name).and_then(Json::integer);
                let (at_least, below) = (limit("atLeast"), limit("below"));
                let only =
                    json.entries().iter().all(|(name, value)| matches!(name.as_ref(), "atLeast" | "below") && value.integer().is_some());
                let sensible = at_least.or(below).is_some() && at_least.unwrap_or(0) < below.unwrap_or(i64::MAX);
                (only && sensible).then_some(Condition::AgeYears(at_least, below))?
            }
            "disabilityGrade" => Condition::DisabilityGrade(integers(json)?),
            "disability" => {
                let items: Option<Vec<_>> =
                    json.items().iter().map(|item| Some((choices(item.get("kinds")?)?, integers(item.get("grades")?)?))).collect();
                Condition::Disability(items.filter(|items| !items.is_empty())?)
            }
            "severalDisabilities" => (json.value == Value::Bool(true)).then_some(Condition::SeveralDisabilities)?,
            "abilityLevel" => Condition::AbilityLevel(choices(json)?),
            "familyPlanningSpecial" => match json.value {
                Value::Bool(yes) => Condition::FamilyPlanningSpecial(yes),
                _ => return None,
            },
            "registeredIn" => here.then_some(Condition::RegisteredIn(area))?,
            "livesIn" => here.then_some(Condition::LivesIn(area))?,
            "receiving" => Condition::Receiving(*choices(json)?.first()?),
            "receivingInFull" => Condition::ReceivingInFull(*choices(json)?.first()?),
            "serviceInjury" => Condition::ServiceInjury(integers(json.get("grades")?)?),
            "meal" => Condition::Meal(choices(json)?),
            "dayKind" => Condition::DayKind(choices(json)?),
            _ => return None,
        })
    }

    /// Two rows of the same people that may start on the same day.
    fn duplicates(&mut self, rows: &[TableRow]) {
        let mut seen: Vec<(&TableRow, usize)> = Vec::new();
        let mut found = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            if let Some((_, first)) =
                seen.iter().find(|(other, _)| other.when == row.when && other.from == row.from && other.reason == row.reason)
            {
                found.push((number, *first, row.from.not_before));
            }
            seen.push((row, number));
        }
        for (number, first, day) in found {
            let place = Place { line: 0, row: Some(number) };
            self.refuse("duplicate-start", place, "from", day.to_string(), format!("another day than row {}", first.saturating_add(1)));
        }
    }

    /// References between tables, once all are read.
    fn references(&mut self) {
        let names: BTreeMap<String, String> =
            self.tables.tables.values().map(|table| (table.parameter.clone(), table.file.clone())).collect();
        let mut unknown = Vec::new();
        for table in self.tables.tables.values() {
            for (number, row) in table.rows.iter().enumerate() {
                if let CellValue::Ratio(_, of, _) | CellValue::Equals(of) = &row.value
                    && (!names.contains_key(of) || *of == table.parameter)
                {
                    unknown.push((table.file.clone(), number, of.clone()));
                }
            }
        }
        for (file, number, of) in unknown {
            self.file = file;
            self.refuse("unknown-parameter", Place { line: 0, row: Some(number) }, "value", of, "another parameter that has a table");
        }
    }
}

fn is_register(file: &str) -> bool {
    matches!(file, "areas.json" | "documents.json" | "zones.json" | "benefits.json" | "national/calendar.json")
}

fn flag(json: &Json<'_>, name: &str) -> bool {
    json.get(name).is_some_and(|value| value.value == Value::Bool(true))
}

fn names<T>(known: &[(&str, T)]) -> String {
    known.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}

fn part<'j>(json: &'j Json<'_>, name: &str) -> Option<&'j str> {
    json.get(name).and_then(Json::text)
}

/// One text or a list of texts.
fn words(json: &Json<'_>) -> Option<Vec<String>> {
    if let Some(text) = json.text() {
        return Some(vec![text.to_owned()]);
    }
    let all: Option<Vec<String>> = json.items().iter().map(|item| item.text().map(str::to_owned)).collect();
    all.filter(|all| !all.is_empty())
}

fn choices<C: Names>(json: &Json<'_>) -> Option<Vec<C>> {
    words(json)?.iter().map(|word| C::ALL.iter().copied().find(|choice| choice.name() == word)).collect()
}

fn integers(json: &Json<'_>) -> Option<Vec<i64>> {
    let all: Option<Vec<i64>> = json.items().iter().map(Json::integer).collect();
    all.filter(|all| !all.is_empty())
}

fn computed(json: &Json<'_>) -> Option<CellValue> {
    let rate = |name: &str| part(json, name).and_then(|text| Rate::parse(text).ok());
    if let Some(of) = part(json, "of") {
        let rounding = match json.get("rounding") {
            Some(given) => Some(rounding(given)?),
            None => None,
        };
        return Some(CellValue::Ratio(rate("ratio")?, of.to_owned(), rounding));
    }
    if let Some(of) = part(json, "equals") {
        return Some(CellValue::Equals(of.to_owned()));
    }
    let cap = match json.get("cap") {
        Some(cap) => Some(Yuan::parse(cap.text()?).ok()?),
        None => None,
    };
    rate("share").map(|share| CellValue::ShareOfBill(share, cap))
}

fn rounding(json: &Json<'_>) -> Option<Rounding> {
    let mode = match part(json, "mode")? {
        "up" => RoundingMode::Up,
        "down" => RoundingMode::Down,
        "half-up" => RoundingMode::HalfUp,
        _ => return None,
    };
    Rounding::new(Yuan::parse(part(json, "unit")?).ok()?, mode)
}
