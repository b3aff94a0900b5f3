//! `huisuan show`: the rows of a parameter from an area up to the nation, and which of them hold on a day.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use huisuan_core::area::AreaCode;
use huisuan_core::benefits::NATIONAL;
use huisuan_core::date::Date;
use huisuan_core::tables::{Answer, AsOf, CellValue, Start, State, Table, TableRow, Tables, parameters};
use serde_json::Value;

use crate::failure::Failure;
use crate::files::{AreaNames, Folder};
use crate::messages::Catalogue;

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Parameter, such as minimum-living-standard
    parameter: String,
    /// Six-digit code of the area
    #[arg(long)]
    area: String,
    /// Day to look up; without it the rows are listed and none is marked
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    #[arg(long, value_name = "DIR")]
    tables: Option<PathBuf>,
}

/// Rows that hold on the day, and rows that may.
#[derive(Debug, Default)]
struct Marked<'t> {
    certain: Vec<(&'t Table, usize)>,
    perhaps: Vec<(&'t Table, usize)>,
}

pub(crate) fn run(arguments: &Show, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let folder = Folder::read(arguments.tables.as_deref())?;
    let tables = folder.load()?;
    let area = AreaCode::parse(&arguments.area).and_then(|code| tables.areas.resolve(code));
    let area = area.ok_or_else(|| Failure::Argument("--area", arguments.area.clone()))?;
    let day = match &arguments.date {
        Some(text) => Some(Date::parse(text).map_err(|_| Failure::Argument("--date", text.clone()))?),
        None => None,
    };
    let parameter = called(&tables, area, &arguments.parameter).unwrap_or(&arguments.parameter);
    if parameters::kind(parameter, |name| tables.benefits.iter().any(|benefit| benefit.id == name)).is_none() {
        return Err(Failure::Parameter(parameter.to_owned(), known(&tables)));
    }
    let names = folder.names();
    let name = words.first_of(&[&format!("parameter.{parameter}"), "parameter.other"], &[]);
    writeln!(out, "{parameter} ({name}) {area} {}", names.of(area))?;
    let mut marked = Marked::default();
    if let Some(day) = day {
        marked = mark(&tables, parameter, area, day, &names, words, out)?;
    }
    for level in tables.areas.chain(area) {
        if let Some(table) = tables.table(parameter, level) {
            let text = folder.text(&table.file).unwrap_or_default();
            write_table(table, text, &marked, &names, &tables, words, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The benefit that is, or was, called so in the area.
fn called<'t>(tables: &'t Tables, area: AreaCode, name: &str) -> Option<&'t str> {
    let is_called = |row: &TableRow| matches!(&row.value, CellValue::Name(own) if own == name);
    let within = tables.all().filter(|table| tables.areas.chain(area).any(|level| level == table.area));
    let mut named = within.filter(|table| table.rows.iter().any(is_called));
    named.find_map(|table| table.parameter.strip_suffix("-name"))
}

fn known(tables: &Tables) -> Vec<String> {
    let national = parameters::PARAMETERS.iter().map(|(name, _)| (*name).to_owned());
    let local = tables.benefits.iter().map(|benefit| benefit.id.as_str());
    let own = local.clone().flat_map(|benefit| parameters::OWN.iter().map(move |(ending, _)| format!("{benefit}{ending}")));
    let every = NATIONAL.iter().copied().chain(local);
    let of_any = every.flat_map(|benefit| parameters::OF_ANY.iter().map(move |(ending, _)| format!("{benefit}{ending}")));
    national.chain(own).chain(of_any).collect()
}

/// Says which level answers on the day, or why none does.
fn mark<'t>(
    tables: &'t Tables,
    parameter: &str,
    area: AreaCode,
    day: Date,
    names: &AreaNames,
    words: &Catalogue,
    out: &mut impl Write,
) -> Result<Marked<'t>, Failure> {
    let found = tables.find(parameter, area, AsOf::day(day));
    let mut marked = Marked::default();
    for answer in &found.perhaps {
        collect(answer, &mut marked, true);
    }
    let day = day.to_string();
    match &found.certain {
        Ok(answer) => {
            collect(answer, &mut marked, false);
            let level = answer.table.area;
            let over = answer.groups.iter().all(|group| group.state == State::Expired);
            let code = if over { "cli.show.expired" } else { "cli.show.answers" };
            writeln!(out, "{}", words.say(code, &[("date", &day), ("area", &format!("{level} {}", names.of(level)))]))?;
        }
        Err(cause) => {
            let name = words.first_of(&[&format!("parameter.{parameter}"), "parameter.other"], &[]);
            writeln!(out, "{day}: {}", words.first_of(&[&format!("missing.{cause}"), "missing.no-table"], &[("parameter", &name)]))?;
        }
    }
    Ok(marked)
}

fn collect<'t>(answer: &Answer<'t>, marked: &mut Marked<'t>, perhaps: bool) {
    for group in &answer.groups {
        match &group.state {
            State::InForce if perhaps => marked.perhaps.push((answer.table, group.row)),
            State::InForce => marked.certain.push((answer.table, group.row)),
            State::OneOf(rows, _) => marked.perhaps.extend(rows.iter().map(|row| (answer.table, *row))),
            State::Expired => {}
        }
    }
}

fn write_table(
    table: &Table,
    text: &str,
    marked: &Marked<'_>,
    names: &AreaNames,
    tables: &Tables,
    words: &Catalogue,
    out: &mut impl Write,
) -> Result<(), Failure> {
    writeln!(out, "\n{} {} · {}", table.area, names.of(table.area), table.file)?;
    let written: Value = serde_json::from_str(text).unwrap_or_default();
    for (number, row) in table.rows.iter().enumerate() {
        let is_in = |rows: &[(&Table, usize)]| rows.iter().any(|(of, at)| of.area == table.area && *at == number);
        let mark = match (is_in(&marked.certain), is_in(&marked.perhaps)) {
            (true, _) => "*",
            (_, true) => "?",
            _ => " ",
        };
        let raw = written.get("rows").and_then(|rows| rows.get(number)).unwrap_or(&Value::Null);
        writeln!(out, "{mark} {}", row_text(row, raw, tables, words))?;
    }
    Ok(())
}

/// When, for whom, how much, where it is written and how sure we are.
fn row_text(row: &TableRow, raw: &Value, tables: &Tables, words: &Catalogue) -> String {
    let mut parts = vec![start_text(row.from)];
    parts.extend(row.until.map(|until| format!("– {}", start_text(until))));
    parts.push(raw.get("value").map_or_else(|| row.written.clone(), shown));
    parts.extend(raw.get("bound").map(shown));
    parts.extend(raw.get("when").map(shown));
    let document = tables.documents.get(&row.clause.document);
    parts.push(document.map_or_else(
        || row.clause.document.clone(),
        |document| match &document.number {
            Some(number) => words.say("ui.document", &[("title", &document.title), ("number", number)]),
            None => document.title.clone(),
        },
    ));
    parts.extend(row.clause.article.as_ref().map(|article| words.say("ui.article", &[("number", article)])));
    parts.push(row.grade.name().to_owned());
    if row.unconfirmed {
        parts.push(words.say("cli.show.unconfirmed", &[]));
    }
    parts.join("  ")
}

fn start_text(start: Start) -> String {
    if start.not_before == start.not_after { start.not_after.to_string() } else { format!("{}…{}", start.not_before, start.not_after) }
}

/// A text without quotes, anything else as JSON.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
