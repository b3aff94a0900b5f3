//! `huisuan sweep`, `distances`, `contrast` and `replay`: more about one household than its decision.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use huisuan_core::error::FactError;
use huisuan_core::sweep::Along;
use huisuan_core::{Detail, Engine, Question};
use serde::Serialize;
use serde_json::Value;

use crate::decide::{Format, Sources};
use crate::failure::Failure;
use crate::input;
use crate::messages::Catalogue;
use crate::output::pretty;
use crate::text::{Reader, error_line};

#[derive(Debug, Args)]
pub(crate) struct Sweep {
    /// The path of a fact, such as members/0/incomes/0/gross; `date` for the day of the decision
    #[arg(long, value_name = "PATH")]
    along: String,
    /// First value, as the household would have it
    #[arg(long, value_name = "VALUE")]
    from: String,
    /// Last value
    #[arg(long, value_name = "VALUE")]
    until: String,
    /// Day to decide for
    #[arg(long, value_name = "DAY")]
    date: String,
    #[command(flatten)]
    sources: Sources,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The household, JSON; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Distances {
    /// Day to decide for
    #[arg(long, value_name = "DAY")]
    date: String,
    #[command(flatten)]
    sources: Sources,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The household, JSON; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Contrast {
    /// Day to decide the first household for
    #[arg(long, value_name = "DAY")]
    date: String,
    /// Day to decide the second for [default: the same]
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    #[command(flatten)]
    sources: Sources,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// First household
    before: PathBuf,
    /// Second household [default: the first]
    after: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Replay {
    #[command(flatten)]
    sources: Sources,
    /// The result, as `huisuan decide` wrote it
    result: PathBuf,
    /// The household it was decided for
    household: PathBuf,
}

/// Prints what was found, or every mistake on standard error.
fn print(found: Result<impl Serialize, Vec<FactError>>, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match found {
        Ok(found) => {
            pretty(&found, out)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(errors) => {
            for error in &errors {
                input::tell(&error_line(error, words));
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Prints a reading as JSON or in words.
fn tell<T: Serialize>(
    found: Result<T, Vec<FactError>>,
    format: Format,
    (reader, words): (&Reader<'_>, &Catalogue),
    out: &mut impl Write,
    in_words: impl FnOnce(&Reader<'_>, &T, &mut dyn Write) -> io::Result<()>,
) -> Result<ExitCode, Failure> {
    match (found, format) {
        (Ok(found), Format::Text) => {
            in_words(reader, &found, out)?;
            Ok(ExitCode::SUCCESS)
        }
        (found, _) => print(found, words, out),
    }
}

pub(crate) fn sweep(arguments: &Sweep, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--date", Some(&arguments.date))?;
    let engine = arguments.sources.engine()?.0;
    let household = input::household(&arguments.file)?;
    let along = Along { path: &arguments.along, from: &arguments.from, until: &arguments.until };
    let reader = Reader::new(&household, engine.tables(), words);
    let found = engine.sweep(&household, Question::on(&arguments.date), &along);
    tell(found, arguments.format, (&reader, words), out, |reader, found, out| reader.sweep(found, out))
}

pub(crate) fn distances(arguments: &Distances, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--date", Some(&arguments.date))?;
    let engine = arguments.sources.engine()?.0;
    let household = input::household(&arguments.file)?;
    let reader = Reader::new(&household, engine.tables(), words);
    let found = engine.distances(&household, Question::on(&arguments.date));
    tell(found, arguments.format, (&reader, words), out, |reader, found, out| reader.distances(found, out))
}

pub(crate) fn contrast(arguments: &Contrast, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--date", Some(&arguments.date))?;
    input::check_day("--to DAY", arguments.to.as_deref())?;
    let engine = arguments.sources.engine()?.0;
    let before = input::household(&arguments.before)?;
    let after = arguments.after.as_ref().map_or_else(|| Ok(before.clone()), |file| input::household(file))?;
    let to = arguments.to.as_deref().unwrap_or(&arguments.date);
    let reader = Reader::new(&after, engine.tables(), words);
    let found = engine.contrast((&before, Question::on(&arguments.date)), (&after, Question::on(to)));
    tell(found, arguments.format, (&reader, words), out, |reader, found, out| reader.contrast(found, out))
}

/// What replaying a result shows.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Replayed {
    /// Engine, tables, household, day and answers are the same.
    identical: bool,
    /// Parts of the receipt that differ: `household`, `engine`, `packs`, `answers`.
    differs: Vec<&'static str>,
    /// Paths in the result that differ, with both values.
    differences: Vec<Differs>,
}

#[derive(Debug, Serialize)]
struct Differs {
    path: String,
    then: Value,
    now: Value,
}

pub(crate) fn replay(arguments: &Replay, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let engine = arguments.sources.engine()?.0;
    let then = input::json(&arguments.result, &input::whole(&arguments.result)?)?;
    if !["date", "benefits", "receipt"].iter().all(|part| then.get(part).is_some()) {
        return Err(Failure::NotResult(arguments.result.clone()));
    }
    let household = input::household(&arguments.household)?;
    let only = then.get("only").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let engine = crate::decide::only(engine, &only.collect::<Vec<_>>())?;
    match replayed(&engine, &then, &household) {
        Ok(replayed) => {
            let code = if replayed.identical { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            print(Ok(replayed), words, out)?;
            Ok(code)
        }
        Err(errors) => print(Err::<Replayed, _>(errors), words, out),
    }
}

fn replayed(engine: &Engine, then: &Value, household: &str) -> Result<Replayed, Vec<FactError>> {
    let entries = then.pointer("/benefits").and_then(Value::as_array);
    let has = |name: &str| entries.into_iter().flatten().any(|entry| entry.get(name).is_some());
    let detail = Detail { steps: has("steps"), cells: has("cells"), tight: then.get("cashRange").is_some() };
    let date = then.get("date").and_then(Value::as_str).unwrap_or_default();
    let decision = engine.evaluate(household, Question { detail, ..Question::on(date) })?;
    let now = serde_json::to_value(&decision).unwrap_or_default();
    let same = |path: &str| then.pointer(path) == now.pointer(path);
    let parts = [
        ("household", same("/receipt/household")),
        ("engine", same("/engine")),
        ("packs", same("/packs")),
        ("answers", same("/benefits") && same("/totals")),
    ];
    let differs = parts.into_iter().filter(|(_, is_same)| !is_same).map(|(name, _)| name).collect();
    let mut differences = Vec::new();
    compare(then, &now, String::new(), &mut differences);
    Ok(Replayed { identical: same("/receipt/digest") && differences.is_empty(), differs, differences })
}

fn compare(then: &Value, now: &Value, path: String, found: &mut Vec<Differs>) {
    match (then, now) {
        (Value::Object(a), Value::Object(b)) => {
            for name in a.keys().chain(b.keys().filter(|name| !a.contains_key(*name))) {
                let side = |of: &serde_json::Map<String, Value>| of.get(name).cloned().unwrap_or_default();
                compare(&side(a), &side(b), format!("{path}/{name}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (position, (then, now)) in a.iter().zip(b).enumerate() {
                compare(then, now, format!("{path}/{position}"), found);
            }
        }
        _ if then == now => {}
        _ => found.push(Differs { path, then: then.clone(), now: now.clone() }),
    }
}
