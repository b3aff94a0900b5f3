//! Tables from a workbook or a CSV file.
//!
//! A sheet of a table names it in its first cell (`370200/minimum-living-standard`), has a line of titles, and one line
//! for each row. The heads of all tables stand on a sheet of their own; a sheet that was copied without it takes the head
//! of the table as it is now. The form of `huisuan tables export` (head lines above the titles) is understood too.

use std::collections::BTreeMap;

use huisuan_core::json::{self, Json, Limits};
use huisuan_core::tables::parameters::ValueKind;
use huisuan_core::tables::sheet::{self, Kind};
use huisuan_core::tables::write::HEAD;
use serde::Serialize;

use crate::column;
use crate::error::{BookError, address, column_name};
use crate::grid::{self, Sheet, Value};
use crate::tidy::{period, tidy};
use crate::words::Words;

/// Rows above which titles are looked for.
const TITLES_WITHIN: u32 = 60;
/// What the sheets that hold no table have in the first cell of their second line.
pub(crate) const INDEX: &str = "table";
/// The sheet of documents.
pub(crate) const DOCUMENTS: &str = "document";
/// The sheet of frozen cases.
pub(crate) const CASES: &str = "scenario";

/// What was found in a file.
#[derive(Debug, Default, Serialize)]
pub struct Book {
    /// Tables, each as its file should stand.
    pub tables: Vec<Imported>,
    /// Documents: each a record of texts, with `area`.
    pub documents: Vec<BTreeMap<String, String>>,
    /// Frozen cases: each a record of texts.
    pub cases: Vec<BTreeMap<String, String>>,
    /// What a person should know was done.
    pub notes: Vec<BookError>,
    /// What has to be mended before anything is taken.
    pub errors: Vec<BookError>,
}

/// A table and where its cells stand.
#[derive(Debug, Serialize)]
pub struct Imported {
    /// Its file.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// The sheet.
    pub sheet: String,
    /// For each row of the table, the row of the sheet, from 1.
    pub rows: Vec<u32>,
    /// For each field, the column of the sheet, such as `C`.
    pub columns: BTreeMap<String, String>,
}

/// A head: field, text, and the cell it comes from.
type Head = Vec<(String, String, Option<(String, (u32, u32))>)>;

/// What a workbook or CSV file holds; `current` are the tables as they are.
#[must_use]
pub fn open(name: &str, bytes: &[u8], current: &BTreeMap<String, String>, words: &Words) -> Book {
    let mut book = match grid::sheets(name, bytes) {
        Ok(sheets) => read(sheets, current, words),
        Err(error) => Book { errors: vec![error], ..Book::default() },
    };
    // A CSV file is one sheet and should have been a table.
    if !grid::is_workbook(name, bytes) && book.errors.iter().any(|error| error.code == "no-tables") {
        book.notes.clear();
        book.errors = vec![BookError::file("no-columns", "", "")];
    }
    book
}

/// Reads the sheets of a file; `current` are the tables as they are.
#[must_use]
pub fn read(sheets: Vec<Sheet>, current: &BTreeMap<String, String>, words: &Words) -> Book {
    let mut book = Book::default();
    let mut heads: BTreeMap<String, Head> = BTreeMap::new();
    let mut rest = Vec::new();
    for sheet in sheets {
        match sheet.text((1, 0)).as_str() {
            INDEX => heads.extend(index(&sheet, words)),
            DOCUMENTS => book.documents.extend(records(&sheet, "id")),
            CASES => book.cases.extend(records(&sheet, "name")),
            _ => rest.push(sheet),
        }
    }
    for sheet in rest {
        let mut reading = Reading { sheet, words, notes: Vec::new(), errors: Vec::new() };
        if let Some(table) = reading.table(&heads, current) {
            if let Some(other) = book.tables.iter().find(|other| other.file == table.file) {
                reading.errors.push(BookError::sheet("table-twice", &reading.sheet.name, &table.file, &other.sheet));
            }
            book.tables.push(table);
        }
        book.notes.append(&mut reading.notes);
        book.errors.append(&mut reading.errors);
    }
    if book.tables.is_empty() && book.errors.is_empty() && book.documents.is_empty() && book.cases.is_empty() {
        book.errors.push(BookError::file("no-tables", "", ""));
    }
    book
}

/// The lines of a sheet of records: names in the second line, then one record in each. The first name says what sheet it
/// is; `first` is the field that stands under it.
fn records(sheet: &Sheet, first: &str) -> Vec<BTreeMap<String, String>> {
    let (rows, columns) = sheet.extent();
    let names = (1..=columns).map(|column| sheet.text((1, column)));
    let names: Vec<String> = std::iter::once(first.to_owned()).chain(names).collect();
    let record = |row: u32| {
        let cells = (0..).zip(&names).filter(|(_, name)| !name.is_empty());
        let record: BTreeMap<String, String> = cells.map(|(column, name)| (name.clone(), sheet.text((row, column)))).collect();
        record.into_iter().filter(|(_, text)| !text.is_empty()).collect::<BTreeMap<_, _>>()
    };
    (2..=rows).map(record).filter(|record| !record.is_empty()).collect()
}

/// The heads of tables, by table.
fn index(sheet: &Sheet, words: &Words) -> BTreeMap<String, Head> {
    let (rows, columns) = sheet.extent();
    let mut heads = BTreeMap::new();
    for row in 2..=rows {
        let table = sheet.text((row, 0));
        let parameter = table.split('/').nth(1).unwrap_or("").to_owned();
        let mut head: Head = Vec::new();
        for column in 1..=columns {
            let (field, at) = (sheet.text((1, column)), (row, column));
            let Some(value) = sheet.get(at).filter(|_| column::is_of_head(&field)) else { continue };
            let text = of_head(&field, &parameter, value, words);
            head.push((field, text, Some((sheet.name.clone(), at))));
        }
        if !table.is_empty() {
            heads.insert(table, head);
        }
    }
    heads
}

/// A field of the head in the form of the tables. What cannot be read stays as it is: the table's own reader will name it.
fn of_head(field: &str, parameter: &str, value: &Value, words: &Words) -> String {
    match tidy(column::kind(field, parameter), value, words) {
        // A spreadsheet takes the nation's code for a number; no other code begins so.
        Ok(tidy) if matches!(field, "area" | "setBy") && tidy.text == "0" => "000000".to_owned(),
        Ok(tidy) => tidy.text,
        Err(_) => value.shown(),
    }
}

struct Reading<'w> {
    sheet: Sheet,
    words: &'w Words,
    notes: Vec<BookError>,
    errors: Vec<BookError>,
}

impl Reading<'_> {
    fn wrong(&mut self, code: &'static str, at: (u32, u32), got: &str, expected: &str) {
        self.errors.push(BookError::cell(code, &self.sheet.name, at, got, expected));
    }

    fn note(&mut self, code: &'static str, at: (u32, u32), got: &str, expected: &str) {
        self.notes.push(BookError::cell(code, &self.sheet.name, at, got, expected));
    }

    /// The table of a sheet; `None` if it holds none, or none that can be read.
    fn table(&mut self, heads: &BTreeMap<String, Head>, current: &BTreeMap<String, String>) -> Option<Imported> {
        let named = named_table(&self.sheet.text((0, 0)));
        let Some(titles) = self.titles() else {
            match named {
                Some(table) => self.errors.push(BookError::sheet("no-titles", &self.sheet.name, &table, "from")),
                // Explanations, other people's lists: nothing is taken from them, and that is said.
                None if !self.sheet.cells.is_empty() && !self.is_explanation() => {
                    self.notes.push(BookError::sheet("sheet-passed-over", &self.sheet.name, "", ""));
                }
                None => {}
            }
            return None;
        };
        if self.sheet.is_hidden {
            self.notes.push(BookError::sheet("hidden-sheet", &self.sheet.name, "", ""));
        }
        let above = self.head_above(titles);
        let has_head = !above.is_empty();
        let table = named.or_else(|| {
            let part = |name: &str| above.iter().find(|(field, ..)| field == name).map(|(_, text, _)| text.as_str());
            Some(format!("{}/{}", part("area")?, part("parameter")?))
        });
        let Some(table) = table else {
            self.errors.push(BookError::sheet("which-table", &self.sheet.name, &self.sheet.text((0, 0)), "370200/minimum-living-standard"));
            return None;
        };
        let file = file_of(&table);
        if has_head {
            self.names_above(titles);
        }
        let head = match (has_head, heads.get(&table), current.get(&file)) {
            (true, ..) => above,
            (false, Some(head), _) => head.clone(),
            (false, None, Some(text)) => head_of(text),
            _ => {
                self.errors.push(BookError::sheet("no-head", &self.sheet.name, &table, ""));
                return None;
            }
        };
        self.rows(&table, titles, head, has_head)
    }

    fn is_explanation(&self) -> bool {
        self.sheet.text((0, 0)) == self.words.say("bench.book.readme.title")
    }

    /// The line of titles: of several that follow each other the last, which has the names.
    fn titles(&self) -> Option<u32> {
        let (rows, columns) = self.sheet.extent();
        let fields = |row: u32| {
            let fields = (0..=columns).filter_map(|column| column::field_of(&self.sheet.text((row, column)), self.words));
            fields.collect::<Vec<String>>()
        };
        let is_titles = |row: &u32| {
            let fields = fields(*row);
            fields.len() >= 3 && fields.iter().any(|field| field == "from") && fields.iter().any(|field| field == "value")
        };
        let first = (0..=rows.min(TITLES_WITHIN)).find(is_titles)?;
        Some((first..=rows).take_while(is_titles).last().unwrap_or(first))
    }

    /// Fields above the titles, as `huisuan tables export` writes them: name, text.
    fn head_above(&self, titles: u32) -> Head {
        let named = |row: u32| {
            let field = self.sheet.text((row, 0));
            column::is_of_head(&field).then_some((field, row))
        };
        let fields: Vec<(String, u32)> = (0..titles).filter_map(named).collect();
        let parameter =
            fields.iter().find(|(field, _)| field == "parameter").map_or_else(String::new, |(_, row)| self.sheet.text((*row, 1)));
        let mut head = Head::new();
        for (field, row) in fields {
            let Some(value) = self.sheet.get((row, 1)) else { continue };
            let text = of_head(&field, &parameter, value, self.words);
            head.push((field, text, Some((self.sheet.name.clone(), (row, 1)))));
        }
        head
    }

    /// Names beside the head's fields that no table has: one that was mistyped would be lost without a word.
    fn names_above(&mut self, titles: u32) {
        for row in 0..titles {
            let name = self.sheet.text((row, 0));
            let is_of_ours = column::is_of_head(&name) || column::field_of(&name, self.words).is_some() || named_table(&name).is_some();
            if !name.is_empty() && !name.starts_with('#') && !is_of_ours && self.sheet.get((row, 1)).is_some() {
                self.wrong("unknown-field", (row, 0), &name, &HEAD.join(", "));
            }
        }
    }

    /// Each column's field, `from` first; `all` titles must be known, or only those of columns with something in them.
    fn columns(&mut self, titles: u32, all: bool) -> Vec<(u32, String)> {
        let (rows, columns) = self.sheet.extent();
        let mut found: Vec<(u32, String)> = Vec::new();
        for column in 0..=columns {
            let title = self.sheet.text((titles, column));
            // A title that was typed over: the line above may still tell.
            let above = titles.checked_sub(1).map_or_else(String::new, |row| self.sheet.text((row, column)));
            let field = column::field_of(&title, self.words).or_else(|| column::field_of(&above, self.words));
            match field {
                Some(field) => match found.iter().find(|(_, known)| *known == field) {
                    Some((first, _)) => self.wrong("column-twice", (titles, column), &title, &address((titles, *first))),
                    None => found.push((column, field)),
                },
                None => {
                    let filled = (titles.saturating_add(1)..=rows).find(|row| self.sheet.get((*row, column)).is_some());
                    match filled {
                        Some(_) if title.is_empty() && !above.is_empty() => {
                            self.wrong("unknown-column", (titles.saturating_sub(1), column), &above, "");
                        }
                        Some(row) if title.is_empty() => {
                            let text = self.sheet.text((row, column));
                            self.wrong("no-title", (row, column), &text, "");
                        }
                        Some(_) => self.wrong("unknown-column", (titles, column), &title, ""),
                        None if all && !title.is_empty() => self.wrong("unknown-column", (titles, column), &title, ""),
                        None => {}
                    }
                }
            }
        }
        found.sort_by_key(|(column, field)| (field != "from", *column));
        found
    }

    /// What stands in merged cells holds for all of them: down a column, in the rows of the table.
    fn unmerge(&mut self, titles: u32) {
        let (rows, _) = self.sheet.extent();
        for (first, last) in std::mem::take(&mut self.sheet.merged) {
            let Some(value) = self.sheet.get(first).cloned().filter(|_| first.0 > titles) else { continue };
            if last.1 > first.1 {
                self.wrong("merged-across", first, &value.shown(), &address(last));
                continue;
            }
            self.note("merged-down", first, &value.shown(), &address(last));
            for row in first.0.saturating_add(1)..=last.0.min(rows) {
                self.sheet.cells.entry((row, first.1)).or_insert_with(|| value.clone());
            }
        }
    }

    fn rows(&mut self, table: &str, titles: u32, head: Head, has_head: bool) -> Option<Imported> {
        let parameter = table.split('/').nth(1).unwrap_or("").to_owned();
        self.unmerge(titles);
        let columns = self.columns(titles, has_head);
        let mut lines: Vec<Vec<String>> = head.iter().map(|(field, text, _)| vec![field.clone(), text.clone()]).collect();
        lines.push(Vec::new());
        lines.push(columns.iter().map(|(_, field)| field.clone()).collect());
        let above = lines.len();
        let (last, _) = self.sheet.extent();
        let unit = head.iter().find(|(field, ..)| field == "unit").map(|(_, text, _)| text.clone()).unwrap_or_default();
        let mut rows = Vec::new();
        let mut hidden = Vec::new();
        for row in titles.saturating_add(1)..=last {
            let mut line = Vec::new();
            for (column, field) in &columns {
                line.push(self.cell((row, *column), field, &parameter));
            }
            self.check_period(row, &columns, &line, (&parameter, &unit));
            if line.iter().all(String::is_empty) {
                continue;
            }
            if self.sheet.hidden.contains(&row) {
                hidden.push(row.saturating_add(1).to_string());
            }
            lines.push(line);
            rows.push(row);
        }
        if !hidden.is_empty() {
            self.notes.push(BookError::sheet("hidden-rows", &self.sheet.name, &hidden.join(", "), ""));
        }
        if rows.is_empty() {
            self.errors.push(BookError::sheet("no-rows", &self.sheet.name, table, ""));
        }
        // What has been refused so far was left out of the lines: the rest is looked at all the same.
        match sheet::import(&lines) {
            Ok(_) if !self.errors.is_empty() => None,
            Ok(text) => Some(Imported {
                file: file_of(table),
                text,
                sheet: self.sheet.name.clone(),
                rows: rows.iter().map(|row| row.saturating_add(1)).collect(),
                columns: columns.into_iter().map(|(column, field)| (field, column_name(column))).collect(),
            }),
            Err(errors) => {
                for error in errors {
                    let (line, column) = (error.line.saturating_sub(1), error.column.saturating_sub(1));
                    let from_head = head.get(line).and_then(|(.., cell)| cell.clone()).filter(|_| line < head.len());
                    let of_row = line.checked_sub(above).and_then(|at| rows.get(at)).zip(columns.get(column));
                    let (sheet, cell) = match (from_head.filter(|_| error.line > 0), of_row) {
                        (Some((sheet, at)), _) => (sheet, address(at)),
                        (None, Some((row, (column, _)))) => (self.sheet.name.clone(), address((*row, *column))),
                        _ => (self.sheet.name.clone(), String::new()),
                    };
                    self.errors.push(BookError { code: error.code, sheet, cell, got: error.got, expected: error.expected });
                }
                None
            }
        }
    }

    /// An amount that is written for another period than that of its row is not what the table would take it for.
    fn check_period(&mut self, row: u32, columns: &[(u32, String)], line: &[String], (parameter, unit): (&str, &str)) {
        let of = |wanted: &str| columns.iter().zip(line).find(|((_, field), text)| field == wanted && !text.is_empty());
        let Some(((column, field), _)) = of("value") else { return };
        if column::kind(field, parameter) != Kind::Value(ValueKind::Money) {
            return;
        }
        let value = self.sheet.get((row, *column)).map(Value::shown).unwrap_or_default();
        let own = of("per").map_or_else(|| unit.rsplit_once("per ").map_or("", |(_, period)| period), |(_, per)| per.as_str());
        let own = if matches!(own, "" | "person" | "household") { "month" } else { own };
        if period(&value).is_some_and(|told| told != own) {
            let expected = self.words.word(own).unwrap_or(own).to_owned();
            self.wrong("other-period", (row, *column), &value, &expected);
        }
    }

    /// A cell in the form of the tables; empty if there is none or it is refused.
    fn cell(&mut self, at: (u32, u32), field: &str, parameter: &str) -> String {
        let Some(value) = self.sheet.get(at).cloned() else { return String::new() };
        match tidy(column::kind(field, parameter), &value, self.words) {
            Ok(tidy) => {
                if let Some(note) = tidy.note {
                    self.note(note, at, &value.shown(), &tidy.text);
                }
                tidy.text
            }
            Err((code, expected)) => {
                self.wrong(code, at, &value.shown(), expected);
                String::new()
            }
        }
    }
}

/// `370200/minimum-living-standard`, as the first cell of a sheet names its table.
fn named_table(text: &str) -> Option<String> {
    let (area, parameter) = text.split_once('/')?;
    let (area, parameter) = (area.trim(), parameter.trim());
    let is_parameter = !parameter.is_empty() && parameter.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (area.len() == 6 && area.bytes().all(|byte| byte.is_ascii_digit()) && is_parameter).then(|| format!("{area}/{parameter}"))
}

/// The file of a table.
pub(crate) fn file_of(table: &str) -> String {
    format!("{}.json", table.strip_prefix("000000/").map_or_else(|| table.to_owned(), |parameter| format!("national/{parameter}")))
}

/// The head of a table as it is.
fn head_of(text: &str) -> Head {
    let Ok(json) = json::read(text, Limits::TABLES) else { return Head::new() };
    let lines = sheet::export(&json).into_iter().take_while(|line| !line.is_empty());
    lines.filter_map(|line| Some((line.first()?.clone(), line.get(1)?.clone(), None))).collect()
}

/// The sheet of a CSV file that `huisuan tables export` or a spreadsheet has written.
#[must_use]
pub fn parameter_of(text: &str) -> Option<String> {
    let json = json::read(text, Limits::TABLES).ok()?;
    json.get("parameter").and_then(Json::text).map(str::to_owned)
}

impl Value {
    /// Whether the cell holds a text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}
