//! `huisuan compare`: the same households under two sets of tables; who gets something else, and because of which rows.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use huisuan_core::area::AreaCode;
use huisuan_core::compare::{Answer, Change, ChangeKind, Comparison, EntryChange, RowSeen, Tally};
use huisuan_core::tables::Tables;
use huisuan_core::{Engine, FactError, Question};
use huisuan_workbench::held::{Cells, Held};
use huisuan_workbench::words::Words;
use serde::Serialize;

use crate::failure::Failure;
use crate::files::{AreaNames, Folder};
use crate::input::{self, Item};
use crate::messages::Catalogue;
use crate::text::{Person, amount_so_far, answer_text, document_text, error_line, is_answered, people};

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// Folder of the tables as they are
    old: PathBuf,
    /// Folder of the tables as they would be
    new: PathBuf,
    /// Households, as `huisuan decide` reads them; `-` reads standard input; without it only the tables are compared
    households: Option<PathBuf>,
    /// Day to decide for; a line with a date of its own keeps it
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// How the report is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A report to read
    #[default]
    Text,
    /// One JSON object: `changes`, `households`, `tally`
    Json,
    /// One line for each benefit that comes out differently, for a spreadsheet
    Csv,
}

/// A household for which something comes out differently, or which could not be decided.
#[derive(Serialize)]
struct Household {
    line: usize,
    date: String,
    /// What its people are called in a report.
    #[serde(skip)]
    people: Vec<Person>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    entries: Vec<EntryChange>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FactError>,
}

#[derive(Serialize)]
struct Report<'r> {
    changes: &'r [Change],
    households: &'r [Household],
    tally: &'r Tally,
}

pub(crate) fn run(arguments: &Compare, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--date", arguments.date.as_deref())?;
    let folder = Folder::read(Some(&arguments.new))?;
    let before = Folder::read(Some(&arguments.old))?;
    let (old, new) = (engine_of(&before, &arguments.old)?, engine_of(&folder, &arguments.new)?);
    let mut comparison = Comparison::new(Arc::clone(&old), Arc::clone(&new));
    let mut tally = Tally::new(comparison.changes().len());
    let mut households = Vec::new();
    let mut bad = false;
    if let Some(path) = &arguments.households {
        each(path, words, |item| {
            let household = household(&mut comparison, item, arguments.date.as_deref(), words);
            match household.errors.is_empty() {
                true => tally.add(&household.entries),
                false => bad = true,
            }
            if !(household.entries.is_empty() && household.errors.is_empty()) {
                households.push(household);
            }
        })?;
    }
    let names = folder.names();
    let report = Report { changes: comparison.changes(), households: &households, tally: &tally };
    let mut in_sheets = Catalogue::words_of_sheets(words.language);
    in_sheets.name_zones(folder.files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let tables = [&before, &folder].map(|folder| changed_tables(comparison.changes(), folder));
    let telling = Telling { words, names: &names, report: &report, tables, rules: [old.tables(), new.tables()], in_sheets };
    match arguments.format {
        Format::Text => telling.text(arguments.households.is_some(), out)?,
        Format::Json => {
            serde_json::to_writer(&mut *out, &report).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Csv => telling.csv(out)?,
    }
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Of two folders a mistake tells in which it is.
fn engine_of(folder: &Folder, path: &Path) -> Result<Arc<Engine>, Failure> {
    let within = |failure| match failure {
        Failure::Tables(mut errors) => {
            errors.iter_mut().for_each(|error| error.file = path.join(&error.file).display().to_string());
            Failure::Tables(errors)
        }
        other => other,
    };
    Ok(Arc::new(Engine::new(folder.load().map_err(within)?)))
}

fn each(path: &Path, words: &Catalogue, mut then: impl FnMut(&Item)) -> Result<(), Failure> {
    for item in input::households(path, words)? {
        then(&item.map_err(|error| Failure::Unreadable(path.to_owned(), error))?);
    }
    Ok(())
}

fn household(comparison: &mut Comparison, item: &Item, date: Option<&str>, words: &Catalogue) -> Household {
    let mut found = Household { line: item.line, date: String::new(), people: Vec::new(), entries: Vec::new(), errors: Vec::new() };
    let case = match item.text.as_ref().map_err(|error| vec![error.clone()]).and_then(|text| input::unwrap(text)) {
        Ok(case) => case,
        Err(errors) => return Household { errors, ..found },
    };
    found.date = case.date.as_deref().or(date).unwrap_or_default().to_owned();
    match comparison.household(case.household, Question::on(&found.date)) {
        Ok(entries) => {
            found.people = if entries.is_empty() { Vec::new() } else { people(case.household, words) };
            found.entries = entries;
        }
        Err(errors) => found.errors = errors.into_iter().map(|error| input::told_without_date(error, &found.date)).collect(),
    }
    found
}

/// The table of a change, by its file.
fn file(change: &Change) -> String {
    let area = if change.area == AreaCode::NATION { "national".to_owned() } else { change.area.to_string() };
    format!("{area}/{}.json", change.parameter)
}

/// The changed tables of a folder.
fn changed_tables(changes: &[Change], folder: &Folder) -> BTreeMap<String, Cells> {
    let mut found = BTreeMap::new();
    for file in changes.iter().map(file) {
        if let Some(text) = folder.text(&file) {
            found.entry(file).or_insert_with(|| Cells::of(text));
        }
    }
    found
}

/// When and for whom a row holds that was changed.
fn held(change: &Change, seen: &RowSeen, tables: &BTreeMap<String, Cells>) -> Held {
    let rows = tables.get(&file(change)).map(|cells| cells.rows.as_slice()).unwrap_or_default();
    rows.get(seen.row).map_or_else(|| Held { from: seen.from.clone(), ..Held::default() }, |row| Held::of(row, rows))
}

/// Puts a report into words.
struct Telling<'t> {
    words: &'t Catalogue,
    names: &'t AreaNames,
    report: &'t Report<'t>,
    /// The changed tables as they were and as they are now.
    tables: [BTreeMap<String, Cells>; 2],
    /// All tables as they were and as they are now.
    rules: [&'t Tables; 2],
    /// What clerks read in a sheet.
    in_sheets: Words,
}

impl Telling<'_> {
    fn text(&self, with_households: bool, out: &mut impl Write) -> Result<(), Failure> {
        let (words, report) = (self.words, self.report);
        writeln!(out, "{}", words.say("cli.compare.changes", &[("count", &report.changes.len().to_string())]))?;
        for (at, change) in report.changes.iter().enumerate() {
            let concerned = report.tally.by_change.get(at).copied().unwrap_or(0).to_string();
            let concerned = words.say("cli.compare.concerned", &[("count", &concerned)]);
            writeln!(out, "  {}. {}{}", at.saturating_add(1), self.change(change), if with_households { &concerned } else { "" })?;
        }
        for household in report.households {
            let line = household.line.to_string();
            writeln!(out, "\n{}", words.say("cli.compare.household", &[("line", &line), ("date", &household.date)]))?;
            for entry in &household.entries {
                writeln!(out, "  {}", self.entry(entry, &household.people))?;
            }
            for error in &household.errors {
                writeln!(out, "  ! {}", error_line(error, words))?;
            }
        }
        if with_households {
            self.tally(out)?;
        }
        Ok(())
    }

    fn tally(&self, out: &mut impl Write) -> Result<(), Failure> {
        let tally = self.report.tally;
        let counts = [("all", tally.households), ("changed", tally.changed), ("gaining", tally.gaining), ("losing", tally.losing)];
        let counts: Vec<(&str, String)> = counts.into_iter().map(|(name, count)| (name, count.to_string())).collect();
        let counts: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
        writeln!(out, "\n{}", self.words.say("cli.compare.tally", &counts))?;
        for sum in &tally.sums {
            let per = self.words.say(&format!("per.{}", sum.per.name()), &[]);
            let (more, less) = (sum.more.to_string(), sum.less.to_string());
            writeln!(out, "{}", self.words.say("cli.compare.sum", &[("per", &per), ("more", &more), ("less", &less)]))?;
        }
        Ok(())
    }

    /// “370200 青岛市 低保线：新增第 1 行（自 2025-01-01 起，城镇、七区，1184.00）”.
    fn change(&self, change: &Change) -> String {
        let words = self.words;
        let parameter = words.first_of(&[&format!("parameter.{}", change.parameter), &format!("cli.compare.{}", change.parameter)], &[]);
        let parameter = if parameter.starts_with("parameter.") { change.parameter.clone() } else { parameter };
        let row = |seen: &Option<RowSeen>, tables: &BTreeMap<String, Cells>| {
            seen.as_ref().map_or_else(String::new, |seen| {
                let held = held(change, seen, tables);
                let row = seen.row.saturating_add(1).to_string();
                let (period, who) = (held.period(&self.in_sheets), held.who(&change.parameter, &self.in_sheets));
                self.in_sheets.fill("bench.change.row", &[("row", &row), ("period", &period), ("who", &who), ("value", &seen.value)])
            })
        };
        let [old, new] = &self.tables;
        let code = match change.kind {
            ChangeKind::TableAdded => "cli.compare.table-added",
            ChangeKind::TableRemoved => "cli.compare.table-removed",
            ChangeKind::HeadChanged => "cli.compare.head-changed",
            ChangeKind::RowAdded => "cli.compare.row-added",
            ChangeKind::RowRemoved => "cli.compare.row-removed",
            ChangeKind::RowChanged => "cli.compare.row-changed",
            ChangeKind::RegisterChanged => "cli.compare.register-changed",
        };
        let area = format!("{} {}", change.area, self.names.of(change.area));
        words.say(
            code,
            &[("area", &area), ("parameter", &parameter), ("before", &row(&change.before, old)), ("after", &row(&change.after, new))],
        )
    }

    fn entry(&self, entry: &EntryChange, people: &[Person]) -> String {
        let words = self.words;
        let name = words.say(&format!("benefit.{}", entry.benefit), &[]);
        let whole = words.say("ui.whole-household", &[]);
        let person = entry.member.as_deref().map(|id| people.iter().find(|person| person.id == id).map_or(id, |person| &person.name));
        let who = entry.bill.as_deref().or(person).unwrap_or(&whole);
        let because: Vec<String> = entry.because.iter().map(|at| at.saturating_add(1).to_string()).collect();
        let difference = entry.difference.map_or_else(String::new, |difference| {
            words.say(
                if difference.fen() < 0 { "cli.compare.less" } else { "cli.compare.more" },
                &[("amount", difference.to_string().trim_start_matches('-'))],
            )
        });
        words.say(
            "cli.compare.entry",
            &[
                ("benefit", &name),
                ("who", who),
                ("before", &self.answer(entry.before.as_ref())),
                ("after", &self.answer(entry.after.as_ref())),
                ("difference", &difference),
                ("because", &because.join(&words.say("ui.list-separator", &[]))),
            ],
        )
    }

    fn answer(&self, answer: Option<&Answer>) -> String {
        let words = self.words;
        let Some(answer) = answer else { return words.say("cli.compare.not-there", &[]) };
        let mut parts = vec![answer_text(answer.outcome, words)];
        let amounts = answer.amount.iter().chain(&answer.extras);
        parts.extend(amounts.filter_map(|amount| amount_so_far(amount, is_answered(answer.outcome), words)));
        parts.extend(answer.first_month.map(|month| month.to_string()));
        parts.join(&words.say("statement.comma", &[]))
    }

    /// A change and where it is written, for who has no list of changes beside it.
    fn change_with_documents(&self, change: &Change) -> String {
        let [old, new] = self.rules;
        let document = |seen: &Option<RowSeen>, tables: &Tables| Some(document_text(&seen.as_ref()?.document, tables, self.words));
        let documents = [document(&change.before, old), document(&change.after, new)];
        let mut documents: Vec<String> = documents.into_iter().flatten().collect();
        documents.dedup();
        let named = if documents.is_empty() { String::new() } else { format!(" [{}]", documents.join(" → ")) };
        format!("{}{named}", self.change(change))
    }

    /// Names of columns are those of the JSON form, so that a sheet and a program speak of the same.
    fn csv(&self, out: &mut impl Write) -> Result<(), Failure> {
        let mut sheet = csv::Writer::from_writer(out);
        let head = ["line", "date", "benefit", "member", "bill", "area", "outcomeBefore", "outcomeAfter", "minBefore", "maxBefore"];
        let rest = ["minAfter", "maxAfter", "per", "difference", "because", "becauseInWords"];
        sheet.write_record(head.iter().chain(&rest)).map_err(io::Error::from)?;
        for household in self.report.households {
            for entry in &household.entries {
                sheet.write_record(self.cells(household, entry)).map_err(io::Error::from)?;
            }
        }
        sheet.flush()?;
        Ok(())
    }

    fn cells(&self, household: &Household, entry: &EntryChange) -> Vec<String> {
        let [before, after] = [&entry.before, &entry.after].map(|answer| answer.as_ref());
        let outcome = |answer: Option<&Answer>| answer.map_or_else(String::new, |answer| answer.outcome.name().to_owned());
        let amount = |answer: Option<&Answer>| answer.and_then(|answer| answer.amount.clone());
        let min = |answer: Option<&Answer>| amount(answer).map_or_else(String::new, |amount| amount.min.to_string());
        let max = |answer: Option<&Answer>| amount(answer).and_then(|amount| amount.max).map_or_else(String::new, |max| max.to_string());
        let per = amount(after).or(amount(before)).map_or("", |amount| amount.per);
        let because = || entry.because.iter().filter_map(|at| self.report.changes.get(*at));
        let in_words = because().map(|change| self.change_with_documents(change));
        vec![
            household.line.to_string(),
            household.date.clone(),
            entry.benefit.to_string(),
            entry.member.as_deref().unwrap_or_default().to_owned(),
            entry.bill.clone().unwrap_or_default(),
            entry.area.map_or_else(String::new, |area| area.to_string()),
            outcome(before),
            outcome(after),
            min(before),
            max(before),
            min(after),
            max(after),
            per.to_owned(),
            entry.difference.map_or_else(String::new, |difference| difference.to_string()),
            because().map(place).collect::<Vec<_>>().join("; "),
            in_words.collect::<Vec<_>>().join("; "),
        ]
    }
}

/// `370200/disability-living-subsidy row 1`.
fn place(change: &Change) -> String {
    let row =
        change.after.as_ref().or(change.before.as_ref()).map_or_else(String::new, |seen| format!(" row {}", seen.row.saturating_add(1)));
    format!("{}/{}{row}", change.area, change.parameter)
}
