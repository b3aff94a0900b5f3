//! `huisuan tables`: tables as sheets and back, and files as they should stand.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use huisuan_core::json::{self, Json, Limits};
use huisuan_core::tables::{sheet, write};

use crate::failure::Failure;
use crate::files::Folder;
use crate::messages::Catalogue;

#[derive(Debug, Args)]
pub(crate) struct Tables {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write tables as CSV, for a spreadsheet
    Export(Export),
    /// Make tables of CSV and put them into the folder
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
    /// CSV files as `huisuan tables export` writes them
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
        Action::Import(import) => self::import(import, words, out),
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

fn import(arguments: &Import, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let root = Folder::root(arguments.tables.as_deref())?;
    let mut bad = false;
    for file in &arguments.files {
        let bytes = fs::read(file).map_err(|error| Failure::Unreadable(file.clone(), error))?;
        let imported = lines_of(&bytes).map_err(|error| Failure::Unreadable(file.clone(), error)).map(|lines| sheet::import(&lines))?;
        match imported {
            Ok(text) => {
                let path = place(&root, &text);
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(|error| Failure::Unwritable(folder.to_owned(), error))?;
                }
                save(&path, &text)?;
                writeln!(out, "{}", path.display())?;
            }
            Err(errors) => {
                bad = true;
                for error in errors {
                    let code = format!("sheetError.{}", error.code);
                    let said = words
                        .first_of(&[&code, "sheetError.other"], &[("got", &error.got), ("expected", &words.expected(&error.expected))]);
                    writeln!(out, "{}:{}:{}: {said} [{}]", file.display(), error.line, error.column, error.code)?;
                }
            }
        }
    }
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn lines_of(bytes: &[u8]) -> io::Result<Vec<Vec<String>>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(io::Error::from)?;
        // The reader passes over empty lines; messages name the line of the file.
        let begins = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        let empty = bytes.iter().skip(begins).take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
        lines.extend(empty.map(|_| Vec::new()));
        lines.push(record.iter().map(str::to_owned).collect());
    }
    Ok(lines)
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
