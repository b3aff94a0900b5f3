//! Tables through workbooks and back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "all of this is test code: what goes wrong should stop it"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use huisuan_core::check::boundary_cases;
use huisuan_core::json::{self, Json, Limits};
use huisuan_core::tables::sheet;
use huisuan_core::{Engine, Question};
use huisuan_workbench::book::{self, Book};
use huisuan_workbench::column;
use huisuan_workbench::compare::Running;
use huisuan_workbench::draft::Draft;
use huisuan_workbench::error::BookError;
use huisuan_workbench::export;
use huisuan_workbench::grid::{self, Value};
use huisuan_workbench::people;
use huisuan_workbench::tidy::{shown, tidy};
use support::{files, root, table_names, words};

fn exported(files: &BTreeMap<String, String>, tables: &[String]) -> Vec<u8> {
    let wanted = export::Wanted { files, tables, areas: &BTreeMap::new(), cases: &[] };
    export::workbook(&wanted, &words()).unwrap()
}

#[test]
fn every_cell_of_every_table_reads_back_as_it_is_shown() {
    let (files, words) = (files(), words());
    let tables = table_names(&files);
    assert!(tables.len() > 600);
    for name in tables {
        let json = json::read(&files[&name], Limits::TABLES).unwrap();
        let parameter = json.get("parameter").and_then(Json::text).unwrap();
        let lines = sheet::export(&json);
        let titles = lines.iter().position(|line| line.first().is_some_and(|first| first == "from")).unwrap();
        let of_head = lines[..titles].iter().filter(|line| !line.is_empty()).map(|line| (&line[0], &line[1]));
        let of_rows = lines[titles + 1..].iter().flat_map(|line| lines[titles].iter().zip(line));
        for (field, text) in of_head.chain(of_rows).filter(|(_, text)| !text.is_empty()) {
            let kind = column::kind(field, parameter);
            let back = tidy(kind, &Value::Text(shown(kind, text, &words)), &words).unwrap();
            assert_eq!((back.text.as_str(), back.note), (text.as_str(), None), "{name} {field}");
        }
    }
}

#[test]
fn a_chinese_sheet_shows_words_and_hardly_a_name() {
    let (files, mut words) = (files(), words());
    words.name_zones(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let (mut all, mut names) = (0, Vec::new());
    for name in table_names(&files) {
        let json = json::read(&files[&name], Limits::TABLES).unwrap();
        let parameter = json.get("parameter").and_then(Json::text).unwrap();
        let lines: Vec<_> = sheet::export(&json).into_iter().skip_while(|line| !line.is_empty()).skip(1).collect();
        let cells = lines[1..].iter().flat_map(|line| lines[0].iter().zip(line)).filter(|(_, text)| !text.is_empty());
        // Ids of documents and of places, grades and what was read are what they are.
        for (field, text) in
            cells.filter(|(field, _)| !["document", "article", "note", "quote", "grade", "setBy"].contains(&field.as_str()))
        {
            let said = shown(column::kind(field, parameter), text, &words);
            all += 1;
            if !said.starts_with('{') && said.bytes().filter(u8::is_ascii_alphabetic).count() > 1 {
                names.push(format!("{name} {field}: {said}"));
            }
        }
    }
    assert!(all > 6000 && names.len() < 25, "{} of {all}:\n{}", names.len(), names.join("\n"));
}

/// A few areas of every kind; all of them in the heavy campaign.
const AREAS: [&str; 4] = ["national", "370200", "990000", "990101"];

#[test]
fn a_table_comes_back_from_its_area_s_workbook_byte_for_byte() {
    let (files, words) = (files(), words());
    let mut by_area: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in table_names(&files) {
        by_area.entry(name.split('/').next().unwrap().to_owned()).or_default().push(name);
    }
    by_area.retain(|area, _| AREAS.contains(&area.as_str()) || std::env::var_os("HUISUAN_THOROUGH").is_some());
    assert!(by_area.len() >= AREAS.len());
    for (area, tables) in by_area {
        let bytes = exported(&files, &tables);
        let book = book::read(grid::workbook(&bytes).unwrap(), &files, &words);
        assert!(book.errors.is_empty() && book.notes.is_empty(), "{area}: {:#?} {:#?}", book.errors, book.notes);
        assert_eq!(book.tables.len(), tables.len(), "{area}");
        for table in book.tables {
            assert_eq!(table.text, files[&table.file], "{}", table.file);
        }
    }
}

/// `code@cell`, as `expected.json` has it.
fn told(errors: &[BookError]) -> Vec<String> {
    errors.iter().map(|error| format!("{}@{}", error.code, error.cell)).collect()
}

#[test]
fn each_messy_workbook_is_understood_or_refused_with_its_cell() {
    let (files, words, folder) = (files(), words(), root().join("tests/workbooks"));
    let expected: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    assert!(expected.len() >= 50);
    let mut wrong = Vec::new();
    for (name, expected) in expected {
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let begun = Instant::now();
        let sheets = if name.ends_with(".csv") { grid::csv(&name, &bytes).map(|sheet| vec![sheet]) } else { grid::workbook(&bytes) };
        let book = match sheets {
            Ok(sheets) => book::read(sheets, &files, &words),
            Err(error) => Book { errors: vec![error], ..Book::default() },
        };
        let texts =
            |field: &str| expected[field].as_array().map(|all| all.iter().map(|one| one.as_str().unwrap().to_owned()).collect::<Vec<_>>());
        let cells = |field: &str| {
            let table = book.tables.first()?;
            let json: serde_json::Value = serde_json::from_str(&table.text).unwrap();
            let rows = json["rows"].as_array().unwrap().iter();
            let cell = |row: &serde_json::Value| match &row[field] {
                serde_json::Value::String(text) => text.clone(),
                other => format!("{}…{}", other["notBefore"].as_str().unwrap(), other["notAfter"].as_str().unwrap()),
            };
            Some(rows.map(cell).collect::<Vec<_>>())
        };
        if told(&book.errors) != texts("errors").unwrap() || told(&book.notes) != texts("notes").unwrap() {
            wrong.push(format!("{name}: {:?} {:?}", book.errors, book.notes));
        }
        for (field, column) in [("values", "value"), ("from", "from")] {
            if texts(field).is_some_and(|texts| cells(column) != Some(texts)) {
                wrong.push(format!("{name}: {column} is {:?}", cells(column)));
            }
        }
        for error in book.errors.iter().chain(&book.notes) {
            assert!(words.has(&format!("bookError.{}", error.code)).is_some(), "{name}: {} has no wording", error.code);
        }
        assert!(begun.elapsed().as_secs() < 5, "{name} took {:?}", begun.elapsed());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_cell_that_was_edited_is_one_difference() {
    let (files, words) = (files(), words());
    let name = "370200/minimum-living-standard.json".to_owned();
    let bytes = exported(&files, std::slice::from_ref(&name));
    let mut sheets = grid::workbook(&bytes).unwrap();
    let sheet = sheets.iter_mut().find(|sheet| sheet.text((0, 0)) == "370200/minimum-living-standard").unwrap();
    let value = (0..20).find(|column| sheet.text((2, *column)) == "value").unwrap();
    assert_eq!(sheet.text((3, value)), "1115.00");
    sheet.cells.insert((3, value), Value::Text("1184.00".to_owned()));
    let book = book::read(sheets, &files, &words);
    assert_eq!(book.errors, []);
    let mut draft = Draft::new(files);
    for table in book.tables {
        draft.set(&table.file, Some(table.text));
    }
    let edits = draft.edits();
    let told: Vec<_> =
        edits.iter().map(|edit| (edit.row, edit.field.as_str(), edit.before.as_deref(), edit.after.as_deref(), edit.kind)).collect();
    assert_eq!(told, [(1, "value", Some("1115.00"), Some("1184.00"), "row-changed")]);
    let running = Running::new(&draft, None, false).unwrap();
    assert_eq!(running.changes().len(), 1);
}

#[test]
fn a_document_is_entered_once_and_the_register_stands_as_before() {
    let mut draft = Draft::new(files());
    let known = |draft: &Draft| draft.text("370200/documents.json").unwrap().to_owned();
    let before = known(&draft);
    let record = |id: &str, title: &str| BTreeMap::from([("id".to_owned(), id.to_owned()), ("title".to_owned(), title.to_owned())]);
    draft.enter_documents(&[record("qingdao-2025-draft", "关于提高标准的通知（草案）")], "370200");
    let after = known(&draft);
    assert_eq!(after.lines().count(), before.lines().count() + 1);
    assert!(before.lines().all(|line| after.contains(line.trim_end_matches(','))), "the other lines are as they were");
    draft.enter_documents(&[record("qingdao-2025-draft", "关于提高标准的通知（草案）")], "370200");
    assert_eq!(known(&draft), after);
    assert!(draft.proposed(None).is_ok());
}

#[test]
fn a_list_of_people_becomes_households_and_what_is_not_understood_is_named_with_its_cell() {
    let csv = "户号,出生日期,性别,户籍地代码,城镇或农村,家庭类别,月收入,残疾类别,残疾等级,需要长期照护\n\
               1,1950年5月1日,女,370202,城镇,低保,０,肢体,1,是\n\
               1,1980-02-03,男,370202,城镇,低保,1200元,没有,,\n\
               2,1990-13-01,女,370202,城镇,没有,,,,\n\
               3,1940/1/1,女,370281,农村,没有,八百六十元/月,,,\n\
               4,1940-01-01,男,370281,农村,没有,14400元/年,,,\n";
    let sheet = grid::csv("people.csv", csv.as_bytes()).unwrap();
    let found = people::read(&[sheet], "2024-06-01", &words());
    assert_eq!(told(&found.errors), ["person-cell@B4", "person-cell@G6"], "what one has in a year is not what one has in a month");
    assert_eq!(found.lines.len(), 2);
    let draft = Draft::new(files());
    let engine = Engine::new(draft.current(Some("370202")).unwrap());
    for line in &found.lines {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let decision = engine.evaluate(&line["household"].to_string(), Question::on("2024-06-01"));
        assert!(decision.is_ok(), "{decision:?}");
    }
    assert_eq!(found.lines[0].matches("birthDate").count(), 2, "a family is one household");
    assert!(found.lines[1].contains(r#""gross":"860.00""#), "{}", found.lines[1]);
}

#[test]
fn boundary_cases_reach_every_row_with_a_certain_day_and_none_can_be_spared() {
    let draft = Draft::new(files());
    for file in ["990100/advanced-age-allowance.json", "370200/minimum-living-standard.json", "990101/meal-discount.json"] {
        let tables = draft.current(Some(file.split('/').next().unwrap())).unwrap();
        let table = tables.all().find(|table| table.file == file).unwrap();
        let found = boundary_cases(&tables, table);
        assert!(!found.cut && !found.cases.is_empty(), "{file}");
        for (row, count) in found.rows.iter().enumerate() {
            let own = &table.rows[row];
            let has_certain_day = own.until.is_none_or(|until| own.from.not_after < until.not_before);
            assert!(*count > 0 || !has_certain_day, "{file}: row {row} has no case");
        }
    }
    // 79 and 80, 89 and 90, 99 and 100 under the newest rows.
    let file = "990100/advanced-age-allowance.json";
    let tables = draft.current(Some("990100")).unwrap();
    let table = tables.all().find(|table| table.file == file).unwrap();
    let newest = table.rows[0].from.not_after;
    let cases = boundary_cases(&tables, table).cases;
    let ages: BTreeSet<&str> = cases
        .iter()
        .filter(|case| case.person.date == newest)
        .flat_map(|case| &case.person.traits)
        .filter(|one| one.dimension == "ageYears")
        .map(|one| one.value.as_str())
        .collect();
    for age in ["79", "80", "89", "90", "99", "100"] {
        assert!(ages.contains(age), "{ages:?}");
    }
}

#[test]
fn documents_and_cases_come_back_from_their_sheets() {
    let (files, words) = (files(), words());
    let case = |field: &str, text: &str| (field.to_owned(), text.to_owned());
    let cases = [BTreeMap::from([
        case("name", "一户"),
        case("date", "2024-06-01"),
        case("household", "{}"),
        case("expect", "{}"),
        case("source", "工作台"),
    ])];
    let tables = ["370200/minimum-living-standard.json".to_owned()];
    let wanted = export::Wanted { files: &files, tables: &tables, areas: &BTreeMap::new(), cases: &cases };
    let bytes = export::workbook(&wanted, &words).unwrap();
    let book = book::read(grid::workbook(&bytes).unwrap(), &files, &words);
    assert_eq!(book.cases, cases);
    assert!(book.documents.iter().any(|document| document.get("id").is_some_and(|id| id == "qingdao-2023-63")));
    let mut draft = Draft::new(files);
    draft.enter_documents(&book.documents, "370200");
    assert_eq!(draft.changed(), Vec::<String>::new(), "documents that were not touched change nothing");
}
