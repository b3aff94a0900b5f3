//! Households from a list: one person in each line, in columns that an office has, or whole households as JSON.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use huisuan_core::money::Yuan;
use huisuan_core::tables::parameters::ValueKind;
use huisuan_core::tables::sheet::Kind;

use crate::error::BookError;
use crate::grid::{Sheet, Value};
use crate::tidy::{period, tidy};
use crate::words::Words;

/// People of a list at most.
pub const MOST: usize = 20_000;

/// Columns that are understood: the name, and what offices call them.
const COLUMNS: &[(&str, &[&str])] = &[
    ("household", &["家庭（JSON）", "家庭", "household (JSON)"]),
    ("date", &["按哪一天", "日期", "day"]),
    ("familyId", &["户号", "家庭编号", "户编号", "family"]),
    ("birthDate", &["出生日期", "出生年月日", "生日", "birth date"]),
    ("sex", &["性别"]),
    ("area", &["户籍地代码", "地区代码", "行政区划代码", "户籍地", "区划代码"]),
    ("settlement", &["城镇或农村", "城乡", "户口性质", "户籍类别"]),
    ("standing", &["家庭类别", "救助类别", "身份", "类别"]),
    ("monthlyIncome", &["月收入", "本人月收入", "每月收入"]),
    ("disabilityKind", &["残疾类别"]),
    ("disabilityGrade", &["残疾等级"]),
    ("careNeeded", &["需要长期照护", "需要照护"]),
    ("abilityLevel", &["能力等级", "失能等级"]),
    ("livesAlone", &["独居", "一个人住"]),
];

/// Households read from a list.
#[derive(Debug, Default, Serialize)]
pub struct People {
    /// One line of NDJSON each: `{ "date": …, "household": … }`.
    pub lines: Vec<String>,
    /// Lines that were not understood.
    pub errors: Vec<BookError>,
}

/// Reads the first sheet that has the columns; `day` is for those lines that name none.
#[must_use]
pub fn read(sheets: &[Sheet], day: &str, words: &Words) -> People {
    let mut found = People::default();
    let Some((sheet, columns)) = sheets.iter().find_map(|sheet| Some((sheet, columns(sheet)?))) else {
        found.errors.push(BookError::file("people-columns", "", ""));
        return found;
    };
    let (rows, _) = sheet.extent();
    let mut families: BTreeMap<String, usize> = BTreeMap::new();
    let mut households: Vec<(String, Map<String, Json>)> = Vec::new();
    for row in 1..=rows {
        let cell = |name: &str| columns.get(name).and_then(|column| sheet.get((row, *column)));
        if columns.values().all(|column| sheet.get((row, *column)).is_none()) {
            continue;
        }
        if found.lines.len().saturating_add(households.len()) >= MOST {
            found.errors.push(BookError::sheet("too-many-cells", &sheet.name, &rows.to_string(), &MOST.to_string()));
            break;
        }
        if let Some(text) = cell("household").map(Value::shown) {
            let date = cell("date").map_or_else(|| day.to_owned(), Value::shown);
            match serde_json::from_str::<Json>(&text) {
                Ok(household) => found.lines.push(json!({ "date": date, "household": household }).to_string()),
                Err(_) => found.errors.push(wrong(sheet, row, &columns, "household", &text, "JSON")),
            }
            continue;
        }
        let mut reading = Person { sheet, row, columns: &columns, words, errors: Vec::new() };
        let (date, mut member, mut household) = reading.all(day);
        let errors = reading.errors;
        if !errors.is_empty() {
            found.errors.extend(errors);
            continue;
        }
        let family = cell("familyId").map(Value::shown).unwrap_or_default();
        let known = families.get(&family).copied().filter(|_| !family.is_empty());
        let at = known.unwrap_or(households.len());
        if known.is_none() {
            member.insert("relation".to_owned(), json!("self"));
            household.insert("members".to_owned(), json!([]));
            households.push((date, household));
            families.insert(family, at);
        } else {
            member.insert("relation".to_owned(), json!("other"));
        }
        if let Some(Json::Array(members)) = households.get_mut(at).and_then(|(_, household)| household.get_mut("members")) {
            member.insert("id".to_owned(), json!(format!("m{}", members.len().saturating_add(1))));
            members.push(Json::Object(member));
        }
    }
    found.lines.extend(households.into_iter().map(|(date, household)| json!({ "date": date, "household": household }).to_string()));
    if found.lines.is_empty() && found.errors.is_empty() {
        found.errors.push(BookError::file("people-columns", "", ""));
    }
    found
}

/// Which column holds what, if the first line says so of enough.
fn columns(sheet: &Sheet) -> Option<BTreeMap<&'static str, u32>> {
    let (_, last) = sheet.extent();
    let mut found = BTreeMap::new();
    for column in 0..=last {
        let title = sheet.text((0, column));
        let known = COLUMNS.iter().find(|(name, titles)| *name == title || titles.contains(&title.as_str()));
        if let Some((name, _)) = known {
            found.entry(*name).or_insert(column);
        }
    }
    (found.contains_key("birthDate") || found.contains_key("household")).then_some(found)
}

fn wrong(sheet: &Sheet, row: u32, columns: &BTreeMap<&str, u32>, name: &str, got: &str, expected: &str) -> BookError {
    BookError::cell("person-cell", &sheet.name, (row, columns.get(name).copied().unwrap_or(0)), got, expected)
}

struct Person<'s> {
    sheet: &'s Sheet,
    row: u32,
    columns: &'s BTreeMap<&'static str, u32>,
    words: &'s Words,
    errors: Vec<BookError>,
}

impl Person<'_> {
    /// A cell as a table would have it.
    fn cell(&mut self, name: &'static str, kind: Kind, expected: &'static str) -> Option<String> {
        let value = self.columns.get(name).and_then(|column| self.sheet.get((self.row, *column)))?;
        // Amounts of money are for the month here, and none for the year.
        let is_for_another = kind == Kind::Value(ValueKind::Money) && period(&value.shown()).is_some_and(|told| told != "month");
        match tidy(kind, value, self.words).ok().filter(|_| !is_for_another) {
            Some(tidy) => Some(tidy.text).filter(|text| !text.is_empty()),
            None => {
                self.errors.push(wrong(self.sheet, self.row, self.columns, name, &value.shown(), expected));
                None
            }
        }
    }

    /// The day, the member and the household of a line. What has no column stays unknown, and is treated so.
    fn all(&mut self, day: &str) -> (String, Map<String, Json>, Map<String, Json>) {
        let mut member = Map::new();
        let mut household = Map::new();
        household.insert("schemaVersion".to_owned(), json!(1));
        let date = self.cell("date", Kind::Day, "2026-01-01").unwrap_or_else(|| day.to_owned());
        household.insert("application".to_owned(), json!({ "appliedOn": date }));
        if let Some(birth) = self.cell("birthDate", Kind::Day, "1950-05-01") {
            member.insert("birthDate".to_owned(), json!(birth));
        }
        if let Some(sex) = self.cell("sex", Kind::Word, "男、女") {
            member.insert("sex".to_owned(), json!(sex));
        }
        let area = self.cell("area", Kind::Word, "370202");
        if let Some(area) = &area {
            member.insert("registeredArea".to_owned(), json!([{ "area": area }]));
            member.insert("usualResidence".to_owned(), json!([{ "area": area }]));
        }
        if let Some(side) = self.cell("settlement", Kind::Word, "城镇、农村") {
            member.insert("registeredSettlement".to_owned(), json!(side));
        }
        if let Some(standing) = self.cell("standing", Kind::Word, "低保、低保边缘、特困、没有") {
            let list = if standing == "none" { json!([]) } else { json!([{ "status": standing, "area": area, "from": "2010-01-01" }]) };
            household.insert("standing".to_owned(), list);
        }
        if let Some(income) = self.cell("monthlyIncome", Kind::Value(ValueKind::Money), "1200.00") {
            match Yuan::parse(&income) {
                Ok(none) if none == Yuan::ZERO => drop(member.insert("incomes".to_owned(), json!([]))),
                Ok(_) => {
                    drop(member.insert("incomes".to_owned(), json!([{ "kind": "wages", "gross": income, "costs": "0.00", "months": 1 }])))
                }
                Err(_) => self.errors.push(wrong(self.sheet, self.row, self.columns, "monthlyIncome", &income, "1200.00")),
            }
        }
        let (kind, grade) = (self.cell("disabilityKind", Kind::Word, "肢体"), self.cell("disabilityGrade", Kind::Numbers, "1"));
        match (kind.as_deref(), grade.as_deref().and_then(|grade| grade.parse::<u8>().ok())) {
            (Some("none"), _) => drop(member.insert("disabilities".to_owned(), json!([]))),
            (kind, Some(grade)) => {
                member.insert("disabilities".to_owned(), json!([{ "kind": kind.unwrap_or("limb"), "grade": grade }]));
                member.insert("disabilityCard".to_owned(), json!({ "state": "valid" }));
            }
            _ => {}
        }
        if let Some(needed) = self.cell("careNeeded", Kind::Truth, "是、否") {
            member.insert("longTermCareNeed".to_owned(), json!({ "needed": needed == "yes" }));
        }
        if let Some(level) = self.cell("abilityLevel", Kind::Word, "重度") {
            member.insert("ability".to_owned(), json!({ "level": level }));
        }
        if let Some(alone) = self.cell("livesAlone", Kind::Truth, "是、否") {
            member.insert("groups".to_owned(), json!({ "livesAlone": alone == "yes" }));
        }
        (date, member, household)
    }
}

/// A household of somebody with nothing special about them, wherever it does not say otherwise: what the checks name of a
/// person is only what a table asks.
#[must_use]
pub fn completed(household: &str, day: &str) -> String {
    let Ok(Json::Object(mut all)) = serde_json::from_str::<Json>(household) else { return household.to_owned() };
    let mut usual = |name: &str, value: Json| {
        all.entry(name.to_owned()).or_insert(value);
    };
    usual("application", json!({ "appliedOn": day, "decidedOn": day, "verificationConsent": true }));
    usual(
        "assessments",
        json!([
            { "test": "assets-within-limit", "holds": true },
            { "test": "borderline-assets-within-limit", "holds": true },
            { "test": "expenditure-test", "holds": false },
        ]),
    );
    usual("land", json!({ "noOther": true }));
    usual("expenses", json!([]));
    usual("bills", json!([]));
    usual("standing", json!([]));
    let is_empty = |value: Option<&Json>| value.and_then(Json::as_object).is_some_and(Map::is_empty);
    if is_empty(all.get("incident")) {
        all.remove("incident");
    }
    // A bill without an amount is the checks' way of saying whose it is.
    if all.get("bills").and_then(Json::as_array).is_some_and(|bills| {
        bills.iter().all(|bill| bill.get("listPrice").is_none() && bill.get("category").is_none() && bill.get("meal").is_none())
    }) {
        all.insert("bills".to_owned(), json!([]));
    }
    for member in all.get_mut("members").and_then(Json::as_array_mut).into_iter().flatten().filter_map(Json::as_object_mut) {
        let area = member.get("registeredArea").cloned().unwrap_or(json!([]));
        let mut usual = |name: &str, value: Json| {
            member.entry(name.to_owned()).or_insert(value);
        };
        usual("usualResidence", area);
        usual("registeredSettlement", json!("urban"));
        usual("sex", json!("female"));
        usual("incomes", json!([]));
        usual("transfersPaid", json!([]));
        usual("disabilities", json!([]));
        usual("livesWithHousehold", json!({ "value": true }));
        let has_disability = member.get("disabilities").and_then(Json::as_array).is_some_and(|list| !list.is_empty());
        let card = if has_disability {
            json!({ "state": "valid", "issuedOn": "2013-01-01", "expiresOn": "2099-01-01" })
        } else {
            json!({ "state": "none" })
        };
        let mut usual = |name: &str, value: Json| {
            member.entry(name.to_owned()).or_insert(value);
        };
        usual("disabilityCard", card);
        usual("maritalStatus", json!("single"));
        usual("employment", json!({ "status": "unemployed", "refusedOn": [] }));
        usual("noFixedIncome", json!(true));
        usual("schooling", json!({ "fullTime": false }));
        usual("serviceInjuryCard", json!({ "kind": "none" }));
        usual("longTermCareNeed", json!({ "needed": has_disability }));
        usual("carePlace", json!({ "kind": "home" }));
        usual("receiving", json!({ "noOther": true }));
        usual("groups", json!({ "noOther": true }));
    }
    Json::Object(all).to_string()
}
