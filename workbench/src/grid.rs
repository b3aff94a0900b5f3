//! The sheets of a workbook or of a CSV file: what stands in each cell, and what a spreadsheet does around it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, SheetVisible, Xlsx};
use zip::ZipArchive;

use crate::bounds;
use crate::error::{BookError, address};

/// One sheet.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// The cells that are not empty, by row and column from 0.
    pub cells: BTreeMap<(u32, u32), Value>,
    /// Rows that are hidden.
    pub hidden: Vec<u32>,
    /// Merged cells: the first and the last, both included.
    pub merged: Vec<((u32, u32), (u32, u32))>,
    /// Whether the sheet as a whole is hidden.
    pub is_hidden: bool,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number, in the shortest digits that stand for it.
    Number(String),
    /// A day, `2026-01-01`.
    Day(String),
    /// Yes or no.
    Flag(bool),
    /// What a spreadsheet shows where a formula fails: `#REF!`.
    Failed(String),
}

impl Value {
    /// As a reader sees it.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Day(text) | Self::Failed(text) => text.clone(),
            Self::Flag(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }
}

impl Sheet {
    /// What stands in a cell.
    #[must_use]
    pub fn get(&self, at: (u32, u32)) -> Option<&Value> {
        self.cells.get(&at)
    }

    /// The cell as trimmed text; empty if there is none.
    #[must_use]
    pub fn text(&self, at: (u32, u32)) -> String {
        self.get(at).map_or_else(String::new, |value| value.shown().trim().to_owned())
    }

    /// The last row with a cell, and the last column.
    #[must_use]
    pub fn extent(&self) -> (u32, u32) {
        let last = |pick: fn(&(u32, u32)) -> u32| self.cells.keys().map(pick).max().unwrap_or(0);
        (last(|at| at.0), last(|at| at.1))
    }
}

/// Whether a file is a workbook; anything else is read as CSV.
#[must_use]
pub fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    bounds::is_zip(bytes) || [".xlsx", ".xls", ".et", ".xlsm"].iter().any(|ending| name.to_lowercase().ends_with(ending))
}

/// The sheets of a file, whatever it is called.
///
/// # Errors
/// As for [`workbook`] and [`csv`].
pub fn sheets(name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, BookError> {
    if is_workbook(name, bytes) { workbook(bytes) } else { csv(name, bytes).map(|sheet| vec![sheet]) }
}

/// Reads a workbook that has been found within bounds.
///
/// # Errors
/// `not-a-workbook`, `too-many-sheets`, `cell-out-of-bounds`.
pub fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, BookError> {
    bounds::check(bytes)?;
    let broken = |error: calamine::XlsxError| BookError::file("not-a-workbook", &error.to_string(), ".xlsx");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let metadata = book.sheets_metadata().to_vec();
    if metadata.len() > bounds::SHEETS {
        return Err(BookError::file("too-many-sheets", &metadata.len().to_string(), &bounds::SHEETS.to_string()));
    }
    let parts = parts_of_sheets(bytes);
    let mut sheets = Vec::new();
    for (number, about) in metadata.iter().enumerate() {
        let mut sheet = Sheet { name: about.name.clone(), is_hidden: about.visible != SheetVisible::Visible, ..Sheet::default() };
        {
            // A chart sheet has no cells.
            let Ok(mut reader) = book.worksheet_cells_reader(&about.name) else { continue };
            while let Some(cell) = reader.next_cell().map_err(broken)? {
                let at = cell.get_position();
                let Some(value) = value_of(cell.get_value()) else { continue };
                if at.0 >= bounds::ROWS || at.1 >= bounds::COLUMNS {
                    return Err(BookError::cell(
                        "cell-out-of-bounds",
                        &sheet.name,
                        at,
                        &value.shown(),
                        &address((bounds::ROWS, bounds::COLUMNS)),
                    ));
                }
                sheet.cells.insert(at, value);
            }
        }
        sheet.merged =
            book.merge_cells_by_sheet_name(&about.name).unwrap_or_default().into_iter().map(|area| (area.start, area.end)).collect();
        sheet.hidden = parts.get(number).map(|part| hidden_rows(part)).unwrap_or_default();
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn value_of(data: &DataRef<'_>) -> Option<Value> {
    match data {
        DataRef::Empty => None,
        DataRef::String(text) => text_of(text),
        DataRef::SharedString(text) => text_of(text),
        DataRef::Int(number) => Some(Value::Number(number.to_string())),
        // The shortest digits that stand for the same number: 0.1 and not 0.1000000000000000055.
        DataRef::Float(number) => Some(Value::Number(number.to_string())),
        DataRef::Bool(yes) => Some(Value::Flag(*yes)),
        DataRef::DateTime(day) if day.is_datetime() => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            Some(Value::Day(format!("{year:04}-{month:02}-{day:02}")))
        }
        DataRef::DateTime(span) => Some(Value::Number(span.as_f64().to_string())),
        DataRef::DateTimeIso(text) => Some(Value::Day(text.chars().take(10).collect())),
        DataRef::DurationIso(text) => Some(Value::Text(text.clone())),
        DataRef::Error(error) => Some(Value::Failed(error.to_string())),
    }
}

fn text_of(text: &str) -> Option<Value> {
    (!text.trim().is_empty()).then(|| Value::Text(text.to_owned()))
}

/// The XML of each sheet, in the order of the workbook; empty where it is not found. Only for what calamine leaves out.
fn parts_of_sheets(bytes: &[u8]) -> Vec<String> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut read = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).ok().and_then(|mut part| part.read_to_string(&mut text).ok())?;
        Some(text)
    };
    let book = read("xl/workbook.xml").unwrap_or_default();
    let links = read("xl/_rels/workbook.xml.rels").unwrap_or_default();
    let ids = elements(&book, "sheet").filter_map(|element| attribute(element, "id")).collect::<Vec<_>>();
    let part = |id: &str| {
        let link = elements(&links, "Relationship").find(|element| attribute(element, "Id") == Some(id))?;
        let target = attribute(link, "Target")?;
        read(&target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
    };
    ids.into_iter().map(part).map(Option::unwrap_or_default).collect()
}

/// What stands inside `<name …>`, for each element of this name, with or without a prefix.
fn elements<'x>(xml: &'x str, name: &str) -> impl Iterator<Item = &'x str> {
    xml.split('<').skip(1).filter_map(move |piece| {
        let inside = piece.split('>').next()?;
        let (tag, rest) = inside.split_once([' ', '\t', '\r', '\n'])?;
        (tag.rsplit(':').next() == Some(name)).then_some(rest)
    })
}

/// The value of an attribute, with or without a prefix.
fn attribute<'x>(inside: &'x str, name: &str) -> Option<&'x str> {
    let mut rest = inside;
    while let Some((before, after)) = rest.split_once('=') {
        let quote = after.trim_start().chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, behind) = after.trim_start().strip_prefix(quote)?.split_once(quote)?;
        if before.trim().rsplit(':').next() == Some(name) {
            return Some(value);
        }
        rest = behind;
    }
    None
}

fn hidden_rows(xml: &str) -> Vec<u32> {
    let is_hidden = |row: &&str| matches!(attribute(row, "hidden"), Some("1" | "true"));
    let number = |row: &str| attribute(row, "r")?.parse::<u32>().ok()?.checked_sub(1);
    elements(xml, "row").filter(is_hidden).filter_map(number).collect()
}

/// Reads a CSV file: UTF-8, UTF-16 with its mark, or else GB 18030; commas, tabs or semicolons.
///
/// # Errors
/// `too-large`, `not-text`, `too-many-cells`.
pub fn csv(name: &str, bytes: &[u8]) -> Result<Sheet, BookError> {
    if bytes.len() > bounds::PACKED {
        return Err(BookError::file("too-large", &bytes.len().to_string(), &bounds::PACKED.to_string()));
    }
    let text = decoded(bytes).ok_or_else(|| BookError::file("not-text", name, "UTF-8, GB 18030"))?;
    let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    let separator = separator(&text);
    let (mut row, mut column): (u32, u32) = (0, 0);
    let (mut cell, mut is_quoted) = (String::new(), false);
    let mut rest = text.chars().peekable();
    loop {
        let next = rest.next();
        match next {
            Some('"') if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            Some('"') if is_quoted => is_quoted = false,
            Some('"') if cell.is_empty() => is_quoted = true,
            Some(c) if is_quoted => cell.push(c),
            Some('\r') if rest.peek() == Some(&'\n') => {}
            Some(c) if c != separator && c != '\n' && c != '\r' => cell.push(c),
            end => {
                if let Some(value) = text_of(&cell) {
                    sheet.cells.insert((row, column), value);
                }
                cell.clear();
                (row, column) = if end == Some(separator) { (row, column.saturating_add(1)) } else { (row.saturating_add(1), 0) };
                if sheet.cells.len() > bounds::CELLS || row > bounds::ROWS || column > bounds::COLUMNS {
                    return Err(BookError::file("too-many-cells", &sheet.cells.len().to_string(), &bounds::CELLS.to_string()));
                }
                if end.is_none() {
                    return Ok(sheet);
                }
            }
        }
    }
}

fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _, is_broken) = encoding.decode(bytes);
        return (!is_broken).then(|| text.into_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (!text.contains('\0')).then(|| text.to_owned());
    }
    let (text, is_broken) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    // Made from a text with a mark, it has one too.
    (!is_broken && !text.contains('\0')).then(|| text.trim_start_matches('\u{feff}').to_owned())
}

/// The sign that stands most often in the first lines outside quotes.
fn separator(text: &str) -> char {
    let mut counts = [(',', 0_usize), ('\t', 0), (';', 0)];
    let mut is_quoted = false;
    for c in text.chars().take(4000) {
        is_quoted ^= c == '"';
        for (_, count) in counts.iter_mut().filter(|(sign, _)| *sign == c && !is_quoted) {
            *count = count.saturating_add(1);
        }
    }
    // Semicolons stand inside cells too: they separate only where nothing else does.
    match counts {
        [(_, commas), (_, tabs), _] if tabs > commas => '\t',
        [(_, 0), (_, 0), (_, 1..)] => ';',
        _ => ',',
    }
}
