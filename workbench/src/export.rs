//! A workbook of tables: one sheet for each, every cell typed as text so that a spreadsheet changes nothing by itself.

use std::collections::{BTreeMap, BTreeSet};

use huisuan_core::json::{self, Json, Limits};
use huisuan_core::tables::sheet::{self, Kind};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use crate::book::{CASES, DOCUMENTS, INDEX};
use crate::column;
use crate::tidy::shown;
use crate::words::Words;

/// Lines above the first row of a table: what table it is, titles, names.
const ABOVE: u32 = 3;
/// Rows below the last one that have drop-downs too.
const MORE_ROWS: u32 = 300;
/// Fields of a document, in the order of the register.
const DOCUMENT_FIELDS: [&str; 9] = ["id", "area", "title", "number", "issuer", "issued", "inForce", "link", "grade"];
/// Fields of a frozen case.
const CASE_FIELDS: [&str; 5] = ["name", "date", "household", "expect", "source"];
/// A drop-down that lists its names itself may have so many characters.
const LIST_CHARACTERS: usize = 250;

/// What goes into a workbook.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// All files of the tables' folder, by name.
    pub files: &'a BTreeMap<String, String>,
    /// The tables to write, by file.
    pub tables: &'a [String],
    /// What areas are called, by code.
    pub areas: &'a BTreeMap<String, String>,
    /// Frozen cases.
    pub cases: &'a [BTreeMap<String, String>],
}

struct Formats {
    text: Format,
    title: Format,
    name: Format,
    id: Format,
}

/// Writes a workbook.
///
/// # Errors
/// What the library says; names and texts are cut to what a spreadsheet takes.
pub fn workbook(wanted: &Wanted<'_>, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats {
        text: Format::new().set_num_format("@").set_align(FormatAlign::Top).set_text_wrap(),
        title: Format::new()
            .set_bold()
            .set_num_format("@")
            .set_background_color(Color::RGB(0x00E3_F2EC))
            .set_border_bottom(FormatBorder::Thin),
        name: Format::new().set_num_format("@").set_font_color(Color::RGB(0x0055_554F)),
        id: Format::new().set_bold().set_num_format("@").set_font_size(12),
    };
    let mut book = Workbook::new();
    let read: Vec<(&String, Json<'_>)> =
        wanted.tables.iter().filter_map(|file| Some((file, json::read(wanted.files.get(file)?, Limits::TABLES).ok()?))).collect();
    let documents = documents(wanted);
    readme(book.add_worksheet(), words, &formats)?;
    let mut used = BTreeSet::new();
    let names: Vec<String> = read.iter().map(|(_, json)| sheet_name(json, words, &mut used)).collect();
    index(book.add_worksheet(), &read, &names, words, &formats)?;
    for ((_, json), name) in read.iter().zip(&names) {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        table(sheet, json, wanted, documents.len(), words, &formats)?;
    }
    let lines: Vec<Vec<String>> = documents;
    records(book.add_worksheet(), "bench.book.documents", DOCUMENTS, &DOCUMENT_FIELDS, &lines, words, &formats)?;
    if !wanted.cases.is_empty() {
        let line =
            |case: &BTreeMap<String, String>| CASE_FIELDS.iter().map(|field| case.get(*field).cloned().unwrap_or_default()).collect();
        let lines: Vec<Vec<String>> = wanted.cases.iter().map(line).collect();
        records(book.add_worksheet(), "bench.book.cases", CASES, &CASE_FIELDS, &lines, words, &formats)?;
    }
    book.save_to_buffer()
}

fn text_of<'j>(json: &'j Json<'_>, field: &str) -> &'j str {
    json.get(field).and_then(Json::text).unwrap_or("")
}

/// What a table is called.
fn called(json: &Json<'_>, words: &Words) -> String {
    let parameter = text_of(json, "parameter");
    words.has(&format!("parameter.{parameter}")).unwrap_or(parameter).to_owned()
}

/// `370200 低保线`: at most 31 characters, none that a spreadsheet refuses, none twice.
fn sheet_name(json: &Json<'_>, words: &Words, used: &mut BTreeSet<String>) -> String {
    let plain: String = called(json, words).chars().filter(|c| !"[]:*?/\\'".contains(*c)).collect();
    let base: String = format!("{} {plain}", text_of(json, "area")).chars().take(27).collect();
    let mut name = base.clone();
    let mut number = 1_u32;
    while !used.insert(name.to_lowercase()) {
        number = number.saturating_add(1);
        name = format!("{base} {number}");
    }
    name
}

fn readme(sheet: &mut Worksheet, words: &Words, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(words.say("bench.book.readme"))?;
    sheet.set_column_width(0, 100)?;
    sheet.write_string_with_format(0, 0, words.say("bench.book.readme.title"), &formats.id)?;
    let wrap = Format::new().set_text_wrap();
    for line in 1_u32.. {
        let Some(text) = words.has(&format!("bench.book.readme.{line}")) else { break };
        sheet.write_string_with_format(line, 0, text, &wrap)?;
    }
    Ok(())
}

/// The heads of all tables.
fn index(sheet: &mut Worksheet, read: &[(&String, Json<'_>)], names: &[String], words: &Words, formats: &Formats) -> Result<(), XlsxError> {
    let mut fields: Vec<String> = Vec::new();
    let heads: Vec<Vec<Vec<String>>> =
        read.iter().map(|(_, json)| sheet::export(json).into_iter().take_while(|line| !line.is_empty()).collect()).collect();
    for field in heads.iter().flatten().filter_map(|line| line.first()) {
        if !fields.contains(field) {
            fields.push(field.clone());
        }
    }
    let all: Vec<&str> = [INDEX, "sheet"].into_iter().chain(fields.iter().map(String::as_str)).collect();
    let mut lines = Vec::new();
    for (((_, json), name), head) in read.iter().zip(names).zip(&heads) {
        let parameter = text_of(json, "parameter");
        let mut line = vec![format!("{}/{parameter}", text_of(json, "area")), name.clone()];
        for field in &fields {
            let text = head.iter().find(|line| line.first() == Some(field)).and_then(|line| line.get(1)).cloned().unwrap_or_default();
            line.push(shown(column::kind(field, parameter), &text, words));
        }
        lines.push(line);
    }
    records(sheet, "bench.book.index", INDEX, &all, &lines, words, formats)
}

/// A sheet of records: titles, names, lines.
fn records(
    sheet: &mut Worksheet,
    name: &str,
    first: &str,
    fields: &[&str],
    lines: &[Vec<String>],
    words: &Words,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(words.say(name))?;
    for (column, field) in (0_u16..).zip(fields) {
        let title = words.has(&format!("column.{field}")).unwrap_or(field);
        let wide = matches!(*field, "title" | "sheet" | "household" | "expect" | "unit" | "name");
        sheet.set_column_width(column, if wide { 36 } else { 18 })?;
        sheet.set_column_format(column, &formats.text)?;
        sheet.write_string_with_format(0, column, title, &formats.title)?;
        sheet.write_string_with_format(1, column, if column == 0 { first } else { field }, &formats.name)?;
    }
    for (row, line) in (2_u32..).zip(lines) {
        for (column, text) in (0_u16..).zip(line).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string_with_format(row, column, text, &formats.text)?;
        }
    }
    sheet.set_freeze_panes(2, 1)?;
    Ok(())
}

/// The sheet of one table.
fn table(
    sheet: &mut Worksheet,
    json: &Json<'_>,
    wanted: &Wanted<'_>,
    documents: usize,
    words: &Words,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let (area, parameter) = (text_of(json, "area"), text_of(json, "parameter"));
    sheet.write_string_with_format(0, 0, format!("{area}/{parameter}"), &formats.id)?;
    let place = wanted.areas.get(area).map_or("", String::as_str);
    sheet.write_string_with_format(0, 2, format!("{place} {}", called(json, words)), &formats.id)?;
    let lines: Vec<Vec<String>> = sheet::export(json).into_iter().skip_while(|line| !line.is_empty()).skip(1).collect();
    let Some((fields, rows)) = lines.split_first() else { return Ok(()) };
    let last = u32::try_from(rows.len()).unwrap_or(0).saturating_add(ABOVE).saturating_add(MORE_ROWS);
    for (column, field) in (0_u16..).zip(fields) {
        let kind = column::kind(field, parameter);
        sheet.set_column_width(column, width(field, kind))?;
        sheet.set_column_format(column, &formats.text)?;
        sheet.write_string_with_format(1, column, column::title(field, words), &formats.title)?;
        sheet.write_string_with_format(2, column, field, &formats.name)?;
        for (row, line) in (ABOVE..).zip(rows) {
            if let Some(text) = line.get(usize::from(column)).filter(|text| !text.is_empty()) {
                sheet.write_string_with_format(row, column, shown(kind, text, words), &formats.text)?;
            }
        }
        if let Some(choice) = drop_down(field, parameter, area, documents, wanted, words) {
            sheet.add_data_validation(ABOVE, column, last, column, &choice)?;
        }
    }
    sheet.set_freeze_panes(ABOVE, 1)?;
    Ok(())
}

fn width(field: &str, kind: Kind) -> u16 {
    match field {
        "quote" | "note" => 44,
        "document" | "value" => 26,
        "article" | "grade" | "unconfirmed" => 10,
        _ if matches!(kind, Kind::Income | Kind::Groups | Kind::Disabilities) => 30,
        _ => 16,
    }
}

/// What to choose from in a column. A list may be typed too, where the column takes several names.
fn drop_down(field: &str, parameter: &str, area: &str, documents: usize, wanted: &Wanted<'_>, words: &Words) -> Option<DataValidation> {
    let kind = column::kind(field, parameter);
    if field == "document" {
        let range = format!("='{}'!$A$3:$A${}", words.say("bench.book.documents"), documents.saturating_add(40));
        return Some(soft(DataValidation::new().allow_list_formula(Formula::new(range))));
    }
    let names = if field == "when.zone" {
        zones(wanted.files, area)
    } else {
        column::choices(field, parameter).into_iter().map(str::to_owned).collect()
    };
    if names.is_empty() {
        return None;
    }
    let mut shown: Vec<String> = names.iter().map(|name| shown(kind, name, words)).collect();
    while shown.iter().map(|name| name.chars().count().saturating_add(1)).sum::<usize>() > LIST_CHARACTERS {
        shown.pop();
    }
    let choice = DataValidation::new().allow_list_strings(&shown).ok()?;
    Some(soft(choice))
}

/// A spreadsheet warns of anything else, and takes it.
fn soft(choice: DataValidation) -> DataValidation {
    choice.set_error_style(DataValidationErrorStyle::Information).ignore_blank(true)
}

/// The zones of an area's own register and of those above it.
fn zones(files: &BTreeMap<String, String>, area: &str) -> Vec<String> {
    let prefixes = prefixes(area);
    let mut found = Vec::new();
    for (_, text) in files.iter().filter(|(name, _)| prefixes.iter().any(|prefix| **name == format!("{prefix}/zones.json"))) {
        let Ok(json) = json::read(text, Limits::TABLES) else { continue };
        let zones = json.get("zones").map(Json::items).unwrap_or_default();
        found.extend(zones.iter().filter_map(|zone| zone.get("id").and_then(Json::text)).map(str::to_owned));
    }
    found
}

/// The folders of an area and of those above it.
fn prefixes(area: &str) -> Vec<String> {
    let cut = |digits: usize| area.get(..digits).map(|start| format!("{start:0<6}"));
    [Some(area.to_owned()), cut(4), cut(2)].into_iter().flatten().collect()
}

/// The documents that the tables may cite, as lines of the sheet.
fn documents(wanted: &Wanted<'_>) -> Vec<Vec<String>> {
    let areas: BTreeSet<String> = wanted.tables.iter().filter_map(|file| file.split('/').next()).flat_map(prefixes).collect();
    let mut lines = Vec::new();
    for (name, text) in wanted.files.iter().filter(|(name, _)| name.ends_with("documents.json")) {
        let area = name.split_once('/').map_or("000000", |(area, _)| area);
        if area != "000000" && !areas.contains(area) {
            continue;
        }
        let Ok(json) = json::read(text, Limits::TABLES) else { continue };
        for document in json.get("documents").map(Json::items).unwrap_or_default() {
            let field = |field: &&str| match *field {
                "area" => area.to_owned(),
                field => document.get(field).and_then(Json::text).unwrap_or("").to_owned(),
            };
            lines.push(DOCUMENT_FIELDS.iter().map(field).collect());
        }
    }
    // Those of the areas themselves first: they are cited most.
    lines.sort_by_key(|line: &Vec<String>| line.get(1).is_some_and(|area| area == "000000"));
    lines
}
