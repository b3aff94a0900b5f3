//! `huisuan decide`: households in, results out, line by line.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use huisuan_core::benefits::NATIONAL;
use huisuan_core::{Decision, Detail, Engine, FactError, Question, TableError, json};
use serde::Serialize;

use crate::failure::Failure;
use crate::files::{AreaNames, Folder};
use crate::input::{self, Item};
use crate::messages::Catalogue;
use crate::{output, pack, text};

#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// Day to decide for, such as 2024-04-15; a line with a date of its own keeps it
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Leave aside notices made public after this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    known_on: Option<String>,
    #[command(flatten)]
    sources: Sources,
    /// How results are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Spread JSON over many lines
    #[arg(long)]
    pretty: bool,
    /// Add the named intermediate values
    #[arg(long)]
    steps: bool,
    /// Add the table rows each answer rests on
    #[arg(long)]
    cells: bool,
    /// Narrow what is open as far as it goes, with answers that reach both ends
    #[arg(long)]
    tight: bool,
    /// Households: one JSON, or one in each line (always so for .ndjson and .jsonl); `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

/// Where the tables come from.
#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    #[arg(long, value_name = "DIR")]
    tables: Option<PathBuf>,
    /// Pack to decide with instead of a folder; may be given several times
    #[arg(long, value_name = "FILE", conflicts_with = "tables")]
    pack: Vec<PathBuf>,
    /// Decide this benefit alone, such as disability-living-subsidy; may be given several times [default: all]
    #[arg(long, value_name = "ID")]
    only: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One JSON object in each line
    #[default]
    Json,
    /// A statement to read
    Text,
}

/// What is printed in place of a result.
#[derive(Serialize)]
pub(crate) struct Refused<'a> {
    pub(crate) line: usize,
    pub(crate) errors: &'a [FactError],
}

pub(crate) fn run(arguments: &Decide, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--date", arguments.date.as_deref())?;
    input::check_day("--known-on", arguments.known_on.as_deref())?;
    let (engine, names) = arguments.sources.engine()?;
    let deciding = Deciding { arguments, engine: &engine, names: &names, words };
    let (mut all, mut bad): (usize, usize) = (0, 0);
    for item in input::households(&arguments.file, words)? {
        let item = item.map_err(|error| Failure::Unreadable(arguments.file.clone(), error))?;
        all = all.saturating_add(1);
        if let Err(errors) = deciding.item(&item, all, out)? {
            bad = bad.saturating_add(1);
            deciding.refuse(&item, all, &errors, out)?;
        }
    }
    if bad > 0 && all > 1 {
        input::tell(&words.say("cli.bad-lines", &[("bad", &bad.to_string()), ("all", &all.to_string())]));
    }
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Sources {
    /// An engine on a folder of tables, or on packs where some are given, and what its areas are called.
    pub(crate) fn engine(&self) -> Result<(Engine, AreaNames), Failure> {
        let (engine, names) = self.whole_engine()?;
        Ok((only(engine, &self.only)?, names))
    }

    /// The core knows a pack by no name; where there is one alone it is that file.
    fn with_file(&self, mut errors: Vec<TableError>) -> Vec<TableError> {
        if let [file] = self.pack.as_slice() {
            for error in errors.iter_mut().filter(|error| error.file == "pack") {
                error.file = file.display().to_string();
            }
        }
        errors
    }

    /// Whether somebody said which tables to take.
    pub(crate) const fn are_named(&self) -> bool {
        self.tables.is_some() || !self.pack.is_empty()
    }

    fn whole_engine(&self) -> Result<(Engine, AreaNames), Failure> {
        if self.pack.is_empty() {
            let folder = Folder::read(self.tables.as_deref())?;
            let mut tables = folder.load()?;
            tables.layers.extend(pack::layers(&folder, &tables));
            return Ok((Engine::new(tables), folder.names()));
        }
        let read = |path: &PathBuf| fs::read(path).map_err(|error| Failure::Unreadable(path.clone(), error));
        let bytes: Vec<Vec<u8>> = self.pack.iter().map(read).collect::<Result<_, _>>()?;
        let bytes: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
        let engine = Engine::from_packs(&bytes).map_err(|errors| Failure::Tables(self.with_file(errors)))?;
        let names = self.pack.first().map(|pack| AreaNames::beside(pack, &engine.tables().areas)).unwrap_or_default();
        Ok((engine, names))
    }
}

/// The engine for some benefits alone.
pub(crate) fn only(engine: Engine, benefits: &[impl AsRef<str>]) -> Result<Engine, Failure> {
    let local = engine.tables().benefits.iter().map(|benefit| benefit.id.to_string());
    let known: Vec<String> = NATIONAL.iter().map(|name| (*name).to_owned()).chain(local).collect();
    engine.only(benefits).map_err(|errors| Failure::Benefits(errors, known))
}

struct Deciding<'d> {
    arguments: &'d Decide,
    engine: &'d Engine,
    names: &'d AreaNames,
    words: &'d Catalogue,
}

impl Deciding<'_> {
    /// Decides one household and prints the result, or says everything that is wrong with it.
    fn item(&self, item: &Item, number: usize, out: &mut impl Write) -> Result<Result<(), Vec<FactError>>, Failure> {
        let decided = self.decide(item);
        let (decision, household) = match decided {
            Ok(decided) => decided,
            Err(errors) => return Ok(Err(errors)),
        };
        match self.arguments.format {
            Format::Json => self.json(&decision, out)?,
            Format::Text => {
                if number > 1 {
                    writeln!(out, "\n{}\n", "─".repeat(40))?;
                }
                let statement = text::Statement::new(&decision, household, self.engine.tables(), self.names, self.words);
                statement.write(out)?;
            }
        }
        Ok(Ok(()))
    }

    fn decide<'i>(&self, item: &'i Item) -> Result<(Decision, &'i str), Vec<FactError>> {
        let text = item.text.as_ref().map_err(|error| vec![error.clone()])?;
        let case = input::unwrap(text)?;
        let date = case.date.as_deref().or(self.arguments.date.as_deref());
        let detail = Detail { steps: self.arguments.steps, cells: self.arguments.cells, tight: self.arguments.tight };
        let question = Question { date: date.unwrap_or_default(), known_on: self.arguments.known_on.as_deref(), detail };
        let decided = self.engine.evaluate(case.household, question);
        let told = |error| input::told_without_date(error, date.unwrap_or_default());
        let decision = decided.map_err(|errors| errors.into_iter().map(told).collect::<Vec<_>>())?;
        Ok((decision, case.household))
    }

    fn json(&self, value: &impl Serialize, out: &mut impl Write) -> Result<(), Failure> {
        if self.arguments.pretty { output::pretty(value, out) } else { output::json(value, out) }
    }

    /// Names each mistake on standard error, and leaves a line in the output so that no household is lost.
    fn refuse(&self, item: &Item, number: usize, errors: &[FactError], out: &mut impl Write) -> Result<(), Failure> {
        let sentences = sentences(item, errors, self.words);
        for sentence in &sentences {
            input::tell(sentence);
        }
        match self.arguments.format {
            Format::Json => self.json(&Refused { line: item.line, errors }, out),
            Format::Text => {
                if number > 1 {
                    writeln!(out, "\n{}\n", "─".repeat(40))?;
                }
                for sentence in &sentences {
                    writeln!(out, "{sentence}")?;
                }
                Ok(())
            }
        }
    }
}

/// Everything that is wrong with a household of a list, each with its line.
pub(crate) fn sentences(item: &Item, errors: &[FactError], words: &Catalogue) -> Vec<String> {
    let sentence = |error: &FactError| {
        let line = line_of(item, error).to_string();
        let place = words.say(if error.path.is_empty() { "cli.at-line" } else { "cli.at-path" }, &[("line", &line), ("path", &error.path)]);
        format!("{place}{}", text::mistake(error, words))
    };
    errors.iter().map(sentence).collect()
}

/// The line in the file: the household's first, or the very line where the JSON breaks off.
fn line_of(item: &Item, error: &FactError) -> usize {
    let text = item.text.as_deref().unwrap_or_default();
    let broken = json::read(text, json::Limits::HOUSEHOLD).err().unwrap_or_default();
    let inside = broken.iter().find(|found| found.code == error.code && found.path == error.path).map_or(1, |found| found.line);
    usize::try_from(inside).unwrap_or(1).saturating_sub(1).saturating_add(item.line)
}
