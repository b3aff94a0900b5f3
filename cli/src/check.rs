//! `huisuan check`: everything that is wrong with a folder of tables.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use huisuan_core::TableError;
use huisuan_core::check::{Person, check};
use serde::Serialize;

use crate::failure::Failure;
use crate::files::Folder;
use crate::messages::Catalogue;

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    folder: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// One sentence for each finding
    #[default]
    Text,
    /// One JSON object: `errors`, and what was counted
    Json,
}

/// What there is in a folder without mistakes.
#[derive(Debug, Serialize)]
struct Counts {
    tables: usize,
    rows: usize,
    areas: usize,
    documents: usize,
    unconfirmed: usize,
}

pub(crate) fn run(arguments: &Check, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let folder = Folder::read(arguments.folder.as_deref())?;
    let (counts, errors, findings) = match folder.load() {
        Ok(tables) => {
            let rows = || tables.all().flat_map(|table| &table.rows);
            let counts = Counts {
                tables: tables.all().count(),
                rows: rows().count(),
                areas: folder.areas_with_tables().len(),
                documents: tables.documents.len(),
                unconfirmed: rows().filter(|row| row.unconfirmed).count(),
            };
            (Some(counts), Vec::new(), check(&tables))
        }
        Err(Failure::Tables(errors)) => (None, errors, Vec::new()),
        Err(other) => return Err(other),
    };
    match arguments.format {
        Format::Json => {
            let report = serde_json::json!({ "errors": errors, "findings": findings, "counts": counts });
            writeln!(out, "{report}")?;
        }
        Format::Text => {
            for error in &errors {
                writeln!(out, "{}", sentence(error, words))?;
            }
            for finding in &findings {
                writeln!(out, "{}", sentence(&finding.error, words))?;
                if let Some(person) = &finding.person {
                    writeln!(out, "  {}", concerned(person, words))?;
                }
            }
            let count = errors.len().saturating_add(findings.len());
            writeln!(out, "{}", summary(counts.as_ref().filter(|_| count == 0), count, words))?;
        }
    }
    Ok(if errors.is_empty() && findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn summary(counts: Option<&Counts>, errors: usize, words: &Catalogue) -> String {
    let Some(counts) = counts else { return words.say("cli.check.errors", &[("count", &errors.to_string())]) };
    let [tables, rows, areas, documents, unconfirmed] =
        [counts.tables, counts.rows, counts.areas, counts.documents, counts.unconfirmed].map(|count| count.to_string());
    words.say(
        "cli.check.clean",
        &[("tables", &tables), ("rows", &rows), ("areas", &areas), ("documents", &documents), ("unconfirmed", &unconfirmed)],
    )
}

/// Whom a finding concerns: “2024-01-01，72 岁，农村”.
fn concerned(person: &Person, words: &Catalogue) -> String {
    let traits = person.traits.iter().map(|one| {
        let own = format!("dimension.{}", one.dimension);
        words.first_of(&[&own, "dimension.other"], &[("dimension", one.dimension), ("value", &value(&one.value, words))])
    });
    let traits: Vec<String> = traits.collect();
    words.say("cli.check.person", &[("date", &person.date.to_string()), ("who", &traits.join(&words.say("statement.comma", &[])))])
}

/// Names of a table in plain words, where there are some.
fn value(written: &str, words: &Catalogue) -> String {
    let parts = written.split(' ').map(|part| words.first_of(&[&format!("value.{part}")], &[]));
    let parts: Vec<String> =
        parts.zip(written.split(' ')).map(|(said, part)| if said.starts_with("value.") { part.to_owned() } else { said }).collect();
    parts.join(" ")
}

/// `370683/minimum-living-standard.json:4: …`: the place as editors read it, then what is wrong there.
pub(crate) fn sentence(error: &TableError, words: &Catalogue) -> String {
    let mut place = error.file.clone();
    if error.line > 0 {
        place.push_str(&format!(":{}", error.line));
    }
    let row = error.row.map_or_else(String::new, |row| words.say("cli.row", &[("row", &row.to_string())]));
    let code = format!("tableError.{}", error.code);
    let said = words.first_of(
        &[&code, "tableError.other"],
        &[("code", error.code), ("field", &error.field), ("got", &words.got(&error.got)), ("expected", &words.expected(&error.expected))],
    );
    format!("{place}: {row}{said} [{}]", error.code)
}
