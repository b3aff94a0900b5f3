//! `huisuan tables`: tables as sheets and back, and files as they should stand. What a spreadsheet saves is read as the
//! workbench reads it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use huisuan_core::json::{self, Json, Limits};
use huisuan_core::tables::{sheet, write};
use huisuan_workbench::draft::{Draft, Files};
use huisuan_workbench::error::BookError;
use huisuan_workbench::held::Cells;
use huisuan_workbench::{book, grid};

use crate::failure::Failure;
use crate::files::Folder;
use crate::messages::{Catalogue, Language};

#[derive(Debug, Args)]
pub(crate) struct Tables {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write tables as CSV, for a spreadsheet
    Export(Export),
    /// Make tables of CSV files and workbooks and put them into the folder
    Import(Import),
    /// Write every table as its file should stand: one row a line, fields in order
    Format(Format),
}

#[derive(Debug, Args)]
struct Export {
    /// Tables such as 370683/minimum-living-standard; or an area's code, for all of its tables
    #[arg(required = true)]
    which: Vec<String>,
    /// Folder for the CSV files; made if it is not there
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    #[arg(long, value_name = "DIR")]
    tables: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Import {
    /// CSV files as `huisuan tables export` writes them, saved by any spreadsheet; or workbooks of the workbench
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    #[arg(long, value_name = "DIR")]
    tables: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Format {
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    folder: Option<PathBuf>,
    /// Change nothing; fail if something would be changed
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Tables, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match &arguments.action {
        Action::Export(export) => self::export(export, out),
        Action::Import(import) => self::import(import, words.language, out),
        Action::Format(format) => self::format(format, out),
    }
}

/// Whether a file holds a table and not a register.
fn is_table(name: &str, json: &Json<'_>) -> bool {
    name.contains('/') && json.get("parameter").is_some() && json.get("rows").is_some()
}

fn export(arguments: &Export, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let folder = Folder::read(arguments.tables.as_deref())?;
    // Only good tables can be exported without loss.
    folder.load()?;
    fs::create_dir_all(&arguments.out).map_err(|error| Failure::Unwritable(arguments.out.clone(), error))?;
    for which in &arguments.which {
        let wanted = which.trim_end_matches(".json").trim_end_matches('/');
        let is_wanted = |name: &str| name.strip_suffix(".json") == Some(wanted) || name.split('/').next() == Some(wanted);
        let mut any = false;
        for (name, text) in folder.files.iter().filter(|(name, _)| is_wanted(name)) {
            let Ok(json) = json::read(text, Limits::TABLES) else { continue };
            if !is_table(name, &json) {
                continue;
            }
            any = true;
            let path = arguments.out.join(format!("{}.csv", name.trim_end_matches(".json").replace('/', "-")));
            save(&path, &csv_of(&sheet::export(&json))?)?;
            writeln!(out, "{}", path.display())?;
        }
        if !any {
            return Err(Failure::Argument("export", which.clone()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// With a byte order mark: spreadsheets take text without one for another encoding.
fn csv_of(lines: &[Vec<String>]) -> Result<String, Failure> {
    let mut writer = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    for line in lines {
        let filled = line.iter().map(String::as_str).chain(std::iter::repeat("")).take(width);
        writer.write_record(filled).map_err(io::Error::from)?;
    }
    let bytes = writer.into_inner().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(format!("\u{feff}{}", String::from_utf8_lossy(&bytes)))
}

fn import(arguments: &Import, language: Language, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let root = Folder::root(arguments.tables.as_deref())?;
    let said = Catalogue::of_staff(language);
    // A folder without tables yet has neither heads nor registers to begin from.
    let files: Files = Folder::read(Some(&root)).map(|folder| folder.files.into_iter().collect()).unwrap_or_default();
    let mut words = Catalogue::words_of_sheets(language);
    words.name_zones(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let mut draft = Draft::new(files);
    let mut bad = false;
    for file in &arguments.files {
        let bytes = fs::read(file).map_err(|error| Failure::Unreadable(file.clone(), error))?;
        let book = book::open(&file.to_string_lossy(), &bytes, &draft.files(), &words);
        for told in book.errors.iter().chain(&book.notes) {
            writeln!(out, "{}", line(file, &bytes, told, &said))?;
        }
        if !book.errors.is_empty() {
            bad = true;
            continue;
        }
        for table in &book.tables {
            let path = place(&root, &table.text);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|error| Failure::Unwritable(folder.to_owned(), error))?;
            }
            let rows = |text: &str| Cells::of(text).rows.len();
            let (before, after) = (draft.files().get(&table.file).map_or(0, |text| rows(text)), rows(&table.text));
            save(&path, &table.text)?;
            draft.set(&table.file, Some(table.text.clone()));
            writeln!(out, "{}", path.display())?;
            // A sheet holds a whole table: what an older copy of it lacks is gone from the table, too.
            if after < before {
                writeln!(out, "{}", said.say("cli.import.fewer", &[("before", &before.to_string()), ("after", &after.to_string())]))?;
            }
        }
        let area = book.tables.first().and_then(|table| table.file.split('/').next()).unwrap_or("national");
        let before = draft.files();
        draft.enter_documents(&book.documents, if area == "national" { "000000" } else { area });
        for (name, text) in draft.files().iter().filter(|(name, text)| before.get(*name) != Some(*text)) {
            save(&root.join(name), text)?;
            writeln!(out, "{}", root.join(name).display())?;
        }
        if !book.cases.is_empty() {
            writeln!(out, "{}", said.say("cli.import.cases", &[("count", &book.cases.len().to_string())]))?;
        }
    }
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is said of a place in a file: of a CSV file by line and column, of a workbook by sheet and cell.
fn line(file: &Path, bytes: &[u8], told: &BookError, words: &Catalogue) -> String {
    let place = match told.place() {
        Some((row, column)) if !grid::is_workbook(&file.to_string_lossy(), bytes) => format!("{row}:{column}:"),
        Some(_) => format!("{}!{}:", told.sheet, told.cell),
        None if grid::is_workbook(&file.to_string_lossy(), bytes) && !told.sheet.is_empty() => format!("{}:", told.sheet),
        None => String::new(),
    };
    let code = format!("bookError.{}", told.code);
    let said = words.first_of(&[&code, "bookError.other"], &[("got", &told.got), ("expected", &words.expected(&told.expected))]);
    format!("{}:{place} {said} [{}]", file.display(), told.code)
}

/// Where a table belongs; what it says of itself is for `huisuan check` to judge.
fn place(root: &Path, text: &str) -> PathBuf {
    let json = json::read(text, Limits::TABLES).ok();
    let part = |name: &str| {
        let text = json.as_ref().and_then(|json| json.get(name)).and_then(Json::text).unwrap_or("unnamed");
        text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>()
    };
    let area = part("area");
    root.join(if area == "000000" { "national".to_owned() } else { area }).join(format!("{}.json", part("parameter")))
}

fn format(arguments: &Format, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let root = Folder::root(arguments.folder.as_deref())?;
    let folder = Folder::read(Some(&root))?;
    folder.load()?;
    let mut changed = false;
    for (name, text) in &folder.files {
        let Ok(json) = json::read(text, Limits::TABLES) else { continue };
        if !is_table(name, &json) {
            continue;
        }
        let written = write::table(&json);
        if written != *text {
            changed = true;
            writeln!(out, "{name}")?;
            if !arguments.check {
                save(&root.join(name), &written)?;
            }
        }
    }
    Ok(if changed && arguments.check { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::Unwritable(path.to_owned(), error))
}
