//! `huisuan show`: the rows of a parameter from an area up to the nation, and which of them hold on a day.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use huisuan_core::area::AreaCode;
use huisuan_core::benefits::NATIONAL;
use huisuan_core::date::Date;
use huisuan_core::tables::{Answer, AsOf, CellValue, Start, State, Table, TableRow, Tables, parameters};
use huisuan_workbench::held::{Cells, Held, Row};
use huisuan_workbench::words::Words;
use huisuan_workbench::{column, tidy};
use serde_json::Value;

use crate::failure::Failure;
use crate::files::{AreaNames, Folder};
use crate::messages::Catalogue;
use crate::text::clause_text;

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
    check_parameter(&tables, parameter)?;
    let names = folder.names();
    let name = words.first_of(&[&format!("parameter.{parameter}"), "parameter.other"], &[]);
    writeln!(out, "{parameter} ({name}) {area} {}", names.of(area))?;
    let mut marked = Marked::default();
    if let Some(day) = day {
        marked = mark(&tables, parameter, area, day, &names, words, out)?;
    }
    let mut in_sheets = Catalogue::words_of_sheets(words.language);
    in_sheets.name_zones(folder.files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let told = Told { names: &names, tables: &tables, words, in_sheets };
    for level in tables.areas.chain(area) {
        if let Some(table) = tables.table(parameter, level) {
            told.table(table, folder.text(&table.file).unwrap_or_default(), &marked, out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a parameter that no table can have.
pub(crate) fn check_parameter(tables: &Tables, parameter: &str) -> Result<(), Failure> {
    match parameters::kind(parameter, |name| tables.benefits.iter().any(|benefit| benefit.id == name)) {
        Some(_) => Ok(()),
        None => Err(Failure::Parameter(parameter.to_owned(), known(tables))),
    }
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

/// What everything is called.
struct Told<'t> {
    names: &'t AreaNames,
    tables: &'t Tables,
    words: &'t Catalogue,
    /// What clerks read in a sheet.
    in_sheets: Words,
}

impl Told<'_> {
    fn table(&self, table: &Table, text: &str, marked: &Marked<'_>, out: &mut impl Write) -> Result<(), Failure> {
        writeln!(out, "\n{} {} · {}", table.area, self.names.of(table.area), table.file)?;
        let cells = Cells::of(text);
        for (number, row) in table.rows.iter().enumerate() {
            let is_in = |rows: &[(&Table, usize)]| rows.iter().any(|(of, at)| of.area == table.area && *at == number);
            let mark = match (is_in(&marked.certain), is_in(&marked.perhaps)) {
                (true, _) => "*",
                (_, true) => "?",
                _ => " ",
            };
            let written = cells.rows.get(number).cloned().unwrap_or_default();
            writeln!(out, "{mark} {}", self.row(row, &written, &table.parameter))?;
        }
        Ok(())
    }

    /// When, how much, for whom, where it is written and how sure we are.
    fn row(&self, row: &TableRow, written: &Row, parameter: &str) -> String {
        let mut parts = vec![start_text(row.from)];
        parts.extend(row.until.map(|until| format!("– {}", start_text(until))));
        let said = |field: &str, text: &str| tidy::shown(column::kind(field, parameter), text, &self.in_sheets);
        let value = |text: &String| self.relation(text).unwrap_or_else(|| said("value", text));
        parts.push(written.get("value").map_or_else(|| row.written.clone(), value));
        parts.extend(["bound", "per"].into_iter().filter_map(|field| Some(said(field, written.get(field)?))));
        let held = Held::of(written, &[]);
        if !held.when.is_empty() {
            parts.push(held.who(parameter, &self.in_sheets));
        }
        let rest = written.iter().filter(|(field, _)| !is_told(field));
        let rest = rest.map(|(field, text)| format!("{} {}", column::title(field, &self.in_sheets), self.place(field, &said(field, text))));
        parts.extend(rest);
        parts.push(clause_text(&row.clause, self.tables, self.words));
        parts.push(row.grade.name().to_owned());
        if row.unconfirmed {
            parts.push(self.words.say("cli.show.unconfirmed", &[]));
        }
        parts.join("  ")
    }
}

impl Told<'_> {
    /// Which benefits go together and which do not.
    fn relation(&self, text: &str) -> Option<String> {
        let value: Value = serde_json::from_str(text).ok()?;
        let kind = value.get("relation")?.as_str()?;
        let names = value.get("of")?.as_array()?.iter().filter_map(Value::as_str);
        let names: Vec<String> = names.map(|name| self.words.say(&format!("benefit.{name}"), &[])).collect();
        let codes = [format!("combination.relation.{kind}"), format!("cli.relation.{kind}")];
        Some(
            self.words
                .first_of(&codes.each_ref().map(String::as_str), &[("names", &names.join(&self.words.say("ui.list-separator", &[])))]),
        )
    }

    /// An area with its name.
    fn place(&self, field: &str, text: &str) -> String {
        let area = AreaCode::parse(text).filter(|_| field == "setBy");
        area.map_or_else(|| text.to_owned(), |area| format!("{text} {}", self.names.of(area)))
    }
}

/// Whether a field is told in its own place, or is for those alone who keep the tables.
fn is_told(field: &str) -> bool {
    const OWN: [&str; 11] = ["from", "until", "value", "bound", "per", "document", "article", "grade", "unconfirmed", "quote", "note"];
    OWN.contains(&field) || field.starts_with("when.") || field == "accepts"
}

fn start_text(start: Start) -> String {
    if start.not_before == start.not_after { start.not_after.to_string() } else { format!("{}…{}", start.not_before, start.not_after) }
}
