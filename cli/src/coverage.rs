//! `huisuan coverage`: from when to when we know which number, where, and how surely.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use huisuan_core::area::AreaCode;
use huisuan_core::coverage::{Extent, Known, coverage};
use huisuan_core::tables::Tables;

use crate::failure::Failure;
use crate::files::{AreaNames, Folder};
use crate::messages::Catalogue;
use crate::show::check_parameter;

#[derive(Debug, Args)]
pub(crate) struct Coverage {
    /// Only this area and those in it
    #[arg(long)]
    area: Option<String>,
    /// Only this parameter
    #[arg(long)]
    parameter: Option<String>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    #[arg(long, value_name = "DIR")]
    tables: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line for each stretch of time
    #[default]
    Text,
    /// One JSON object: `known`
    Json,
    /// For a spreadsheet
    Csv,
    /// A table in Markdown, one line for each benefit, as the README has it
    Summary,
}

/// Parameters whose number is what a benefit of the national rules pays or rests on.
const NATIONAL: [&str; 12] = [
    "minimum-living-standard",
    "borderline-factor",
    "essential-expense-ratio",
    "destitute-basic-standard",
    "destitute-care-standard",
    "temporary-assistance-cap",
    "orphan-allowance",
    "unattended-child-allowance",
    "key-difficulty-child-allowance",
    "borderline-child-allowance",
    "disability-living-subsidy",
    "disability-nursing-subsidy",
];

pub(crate) fn run(arguments: &Coverage, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let folder = Folder::read(arguments.tables.as_deref())?;
    let tables = folder.load()?;
    let within = match &arguments.area {
        Some(text) => {
            let code = AreaCode::parse(text).and_then(|code| tables.areas.resolve(code));
            Some(code.ok_or_else(|| Failure::Argument("--area", text.clone()))?)
        }
        None => None,
    };
    if let Some(parameter) = &arguments.parameter {
        check_parameter(&tables, parameter)?;
    }
    let mut known = coverage(&tables);
    known.retain(|one| within.is_none_or(|area| one.area.is_within(area)));
    known.retain(|one| arguments.parameter.as_ref().is_none_or(|parameter| one.parameter == *parameter));
    match arguments.format {
        Format::Text => text(&known, &folder.names(), words, out)?,
        Format::Json => writeln!(out, "{}", serde_json::json!({ "known": known }))?,
        Format::Csv => sheet(&known, &folder.names(), out)?,
        Format::Summary => summary(&known, &tables, words, out)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::All => "all",
        Extent::Limits => "limits",
        Extent::Some => "some",
    }
}

fn until(known: &Known) -> String {
    known.until.map_or_else(String::new, |until| until.to_string())
}

fn text(known: &[Known], names: &AreaNames, words: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    let mut before = None;
    for one in known {
        if before != Some((&one.parameter, one.area)) {
            let parameter = words.first_of(&[&format!("parameter.{}", one.parameter), "parameter.other"], &[]);
            writeln!(out, "{} {}  {parameter} ({})", one.area, names.of(one.area), one.parameter)?;
            before = Some((&one.parameter, one.area));
        }
        let said = words.say(&format!("cli.coverage.{}", extent(one.extent)), &[]);
        let mark = if one.unconfirmed { words.say("cli.show.unconfirmed", &[]) } else { String::new() };
        writeln!(out, "    {} – {:<10}  {said} {} {mark}", one.from, until(one), one.grade)?;
    }
    Ok(())
}

fn sheet(known: &[Known], names: &AreaNames, out: &mut impl Write) -> Result<(), Failure> {
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(["parameter", "area", "name", "from", "until", "extent", "grade", "unconfirmed"]).map_err(io::Error::from)?;
    for one in known {
        let (from, until, unconfirmed) = (one.from.to_string(), until(one), one.unconfirmed.to_string());
        let (area, name) = (one.area.to_string(), names.of(one.area));
        let cells = [&one.parameter, &area, &name, &from, &until, extent(one.extent), one.grade, &unconfirmed];
        sheet.write_record(cells).map_err(io::Error::from)?;
    }
    sheet.flush()?;
    Ok(())
}

/// For each benefit: in how many places we know its number, in how many of them surely, from which day, and the newest.
fn summary(known: &[Known], tables: &Tables, words: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    let heads = ["benefit", "places", "sure", "earliest", "newest"].map(|head| words.say(&format!("cli.coverage.head.{head}"), &[]));
    writeln!(out, "| {} |", heads.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(heads.len()))?;
    let local = tables.benefits.iter().map(|benefit| benefit.id.as_str());
    for parameter in NATIONAL.into_iter().chain(local) {
        let own: Vec<&Known> = known.iter().filter(|one| one.parameter == parameter && !one.area.is_synthetic()).collect();
        let places: BTreeSet<AreaCode> = own.iter().map(|one| one.area).collect();
        let newest: BTreeMap<AreaCode, &Known> = own.iter().map(|one| (one.area, *one)).collect();
        let sure = newest.values().filter(|one| own.iter().any(|other| other.area == one.area && !other.unconfirmed)).count();
        let name = words.first_of(&[&format!("parameter.{parameter}"), "parameter.other"], &[]);
        let day = |day: Option<String>| day.unwrap_or_else(|| "–".to_owned());
        let first = day(own.iter().map(|one| one.from.to_string()).min());
        let last = day(own.iter().map(|one| one.from.to_string()).max());
        writeln!(out, "| {name} | {} | {sure} | {first} | {last} |", places.len())?;
    }
    Ok(())
}
