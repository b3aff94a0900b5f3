//! `huisuan schedule` and `huisuan timeline`: one household over a span of months.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use huisuan_core::date::Month;
use huisuan_core::decision::{Amount, Outcome, Total};
use huisuan_core::schedule::{self as core, Because, Due, Line, MonthDue, Payment, Schedule};
use huisuan_core::timeline::{Change, ChangeCause, StandState, Timeline};
use huisuan_core::{Engine, FactError};
use serde::Serialize;

use crate::decide::Sources;
use crate::failure::Failure;
use crate::files::AreaNames;
use crate::messages::Catalogue;
use crate::output::json;
use crate::text::{Reader, amount_text, answer_text, is_answered};
use crate::{input, text};

#[derive(Debug, Args)]
pub(crate) struct Span {
    /// First month, such as 2024-01
    #[arg(long, value_name = "YYYY-MM")]
    from: String,
    /// Last month, such as 2024-12
    #[arg(long, value_name = "YYYY-MM")]
    to: String,
    /// Leave aside notices made public after this day
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    #[command(flatten)]
    sources: Sources,
    /// How it is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The household, JSON; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A statement to read
    #[default]
    Text,
    /// One JSON object
    Json,
}

/// What is printed in place of a result.
#[derive(Serialize)]
struct Refused<'a> {
    errors: &'a [FactError],
}

pub(crate) fn schedule(span: &Span, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    run(span, words, out, Engine::schedule, |said, made, out| said.schedule(made, out))
}

pub(crate) fn timeline(span: &Span, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    run(span, words, out, Engine::timeline, |said, made, out| said.timeline(made, out))
}

fn run<M: Serialize, W: Write>(
    span: &Span,
    words: &Catalogue,
    out: &mut W,
    make: impl Fn(&Engine, &str, core::Span<'_>) -> Result<M, Vec<FactError>>,
    say: impl Fn(&Said<'_>, &M, &mut W) -> io::Result<()>,
) -> Result<ExitCode, Failure> {
    input::check_day("--date", span.date.as_deref())?;
    for (name, month) in [("--from", &span.from), ("--to", &span.to)] {
        Month::parse(month).map_err(|_| Failure::Argument(name, month.clone()))?;
    }
    let (engine, names) = span.sources.engine()?;
    let household = input::household(&span.file)?;
    match make(&engine, &household, core::Span { from: &span.from, to: &span.to, known_on: span.date.as_deref() }) {
        Ok(made) if span.format == Format::Json => json(&made, out).map(|()| ExitCode::SUCCESS),
        Ok(made) => {
            let reader = Reader::new(&household, engine.tables(), words);
            Ok(say(&Said { words, names: &names, reader }, &made, out).map(|()| ExitCode::SUCCESS)?)
        }
        Err(errors) => {
            for error in &errors {
                input::tell(&text::error_line(error, words));
            }
            if span.format == Format::Json {
                json(&Refused { errors: &errors }, out)?;
            }
            Ok(ExitCode::FAILURE)
        }
    }
}

/// How things are said.
struct Said<'s> {
    words: &'s Catalogue,
    names: &'s AreaNames,
    reader: Reader<'s>,
}

impl Said<'_> {
    fn schedule(&self, made: &Schedule, out: &mut impl Write) -> io::Result<()> {
        for line in made.lines.iter().filter(|line| line.months.iter().any(|month| month.state != Due::NotDue)) {
            writeln!(out, "{}", self.title(&line.benefit, line.member.as_deref()))?;
            self.months(line, out)?;
            for beside in &line.besides {
                let amount = amount_text(&beside.amount, self.words).unwrap_or_else(|| self.words.say("amount.unknown", &[]));
                let (from, to) = (beside.from.to_string(), beside.to.to_string());
                writeln!(out, "  {}", self.words.say("schedule.besides", &[("amount", &amount), ("from", &from), ("to", &to)]))?;
            }
            if line.gives == "cash" {
                self.total("  ", "schedule.total", &line.total, out)?;
            }
            writeln!(out)?;
        }
        self.payments(&made.payments, out)?;
        self.total("", "schedule.total.all", &made.total, out)?;
        for convention in &made.conventions {
            writeln!(out, "! {}", self.words.say(&format!("schedule.convention.{convention}"), &[]))?;
        }
        for line in self.reader.assumed(&made.assumed) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// What is paid when; months that only pay for themselves and pay the same are told together.
    fn payments(&self, payments: &[Payment], out: &mut impl Write) -> io::Result<()> {
        let is_plain = |payment: &Payment| payment.parts.iter().all(|part| part.kind == "month");
        let mut payments = payments.iter().peekable();
        while let Some(payment) = payments.next() {
            let mut last = payment;
            let continues = |last: &Payment, next: &Payment| {
                is_plain(last) && is_plain(next) && last.month.next() == Some(next.month) && (last.min, last.max) == (next.min, next.max)
            };
            while let Some(next) = payments.next_if(|next| continues(last, next)) {
                last = next;
            }
            let total = range(&payment.min.to_string(), payment.max.map(|max| max.to_string()).as_deref());
            let (month, to) = (payment.month.to_string(), last.month.to_string());
            let code = if month == to { "schedule.payment" } else { "schedule.payments" };
            writeln!(out, "{}", self.words.say(code, &[("month", &month), ("to", &to), ("amount", &total)]))?;
            for part in payment.parts.iter().filter(|part| part.kind != "month" || part.for_month != payment.month) {
                let amount = range(&part.min.to_string(), part.max.map(|max| max.to_string()).as_deref());
                let (name, month) = (self.title(&part.benefit, part.member.as_deref()), part.for_month.to_string());
                let earliest = part.earliest.map(|earliest| earliest.to_string());
                let code = if earliest.is_some() { "schedule.payment.within" } else { &format!("schedule.payment.{}", part.kind) };
                let earliest = earliest.unwrap_or_default();
                let parameters = [("name", name.as_str()), ("month", &month), ("amount", &amount), ("earliest", &earliest)];
                writeln!(out, "  {}", self.words.say(code, &parameters))?;
            }
        }
        Ok(())
    }

    /// Months that stand alike are told together.
    fn months(&self, line: &Line, out: &mut impl Write) -> io::Result<()> {
        let mut months = line.months.iter().peekable();
        while let Some(first) = months.next() {
            let mut last = first;
            while let Some(next) = months.next_if(|next| alike(first, next)) {
                last = next;
            }
            let span = if first.month == last.month { first.month.to_string() } else { format!("{} – {}", first.month, last.month) };
            let state = format!("schedule.state.{}", due_name(first.state));
            let state = self.words.first_of(&[&format!("{state}.{}", line.gives), &state], &[]);
            let is_open = matches!(first.state, Due::Undetermined | Due::NoTable);
            writeln!(out, "  {span}  {state}{}", self.beside(first.amount.as_ref(), is_open))?;
            for because in &first.because {
                writeln!(out, "      {}", self.because(because))?;
            }
            if first.state == Due::Undetermined {
                for need in &first.needs {
                    writeln!(out, "      → {} ({need})", self.words.question(need))?;
                }
            }
            if first.state == Due::NoTable {
                for missing in &first.missing {
                    writeln!(out, "      {}", text::missing_text(missing, self.words))?;
                }
            }
            if let Some(raise) = &first.raise {
                let difference = range(&raise.difference_min.to_string(), raise.difference_max.map(|max| max.to_string()).as_deref());
                let month = raise.settled_in.to_string();
                writeln!(out, "      {}", self.words.say("schedule.raise", &[("amount", &difference), ("month", &month)]))?;
            }
        }
        Ok(())
    }

    fn timeline(&self, made: &Timeline, out: &mut impl Write) -> io::Result<()> {
        if made.changes.is_empty() {
            writeln!(out, "{}", self.words.say("timeline.nothing", &[]))?;
        }
        for change in &made.changes {
            let Change { day, benefit, member, before, after, causes } = change;
            let title = self.title(benefit, member.as_deref());
            let area = |state: &Option<StandState>| state.as_ref().and_then(|state| state.area);
            let (was, is) = (self.state(before.as_ref()), self.state(after.as_ref()));
            let office = area(after).filter(|office| area(before).is_some_and(|before| before != *office));
            let is_had = after.as_ref().is_some_and(|state| state.outcome != Outcome::Ineligible);
            // What reads as before is only worth telling where another office decides on something that can be had.
            if was == is && !(office.is_some() && is_had) {
                continue;
            }
            let change = if was == is { is } else { format!("{was} → {is}") };
            writeln!(out, "{day}  {title}: {change}")?;
            if let Some(office) = office {
                writeln!(out, "      {}", self.words.say("timeline.other-office", &[("area", &self.names.of(office))]))?;
            }
            for cause in causes {
                writeln!(out, "      {}", self.cause(cause))?;
            }
        }
        Ok(())
    }

    fn state(&self, state: Option<&StandState>) -> String {
        let Some(state) = state else { return self.words.say("timeline.not-decided", &[]) };
        let mut said = answer_text(state.outcome, self.words);
        said.push_str(&self.beside(state.amount.as_ref(), !is_answered(state.outcome)));
        for extra in state.extras.iter().filter_map(|extra| amount_text(extra, self.words)) {
            said = format!("{said} + {extra}");
        }
        if let Some(stopped) = &state.stopped {
            said = format!("{said} ({})", self.because(stopped));
        }
        said
    }

    fn cause(&self, cause: &ChangeCause) -> String {
        let years = cause.years.map_or_else(String::new, |years| years.to_string());
        let row = cause.row.as_ref();
        let parameter = row.map(|row| row.parameter.as_str()).or(cause.missing.as_ref().map(|missing| missing.parameter.as_str()));
        let parameter = parameter.map_or_else(String::new, |parameter| self.words.say(&format!("parameter.{parameter}"), &[]));
        let value = row.map_or_else(String::new, |row| row.value.clone());
        let area = row.map(|row| row.area).or(cause.missing.as_ref().map(|missing| missing.area));
        let area = area.map_or_else(String::new, |area| self.names.of(area));
        let parameters = [
            ("member", cause.member.as_deref().unwrap_or("")),
            ("years", &years),
            ("path", cause.path.as_deref().unwrap_or("")),
            ("parameter", &parameter),
            ("value", &value),
            ("area", &area),
        ];
        // A word of the tables is no number to tell.
        let is_word = !value.is_empty() && !value.starts_with(|first: char| first.is_ascii_digit());
        if let Some(reason) = &cause.reason {
            return self.because(&Because { code: reason.clone(), path: cause.path.clone(), clause: None });
        }
        let code = format!("timeline.cause.{}", cause.code);
        let word = if is_word { format!("{code}.word") } else { code.clone() };
        self.words.first_of(&[&word, &code], &parameters)
    }

    fn because(&self, because: &Because) -> String {
        let path = because.path.as_deref().unwrap_or("");
        let said = match because.code.strip_prefix("reason.") {
            Some(reason) => self.words.condition(reason, "fails", &[]),
            None => self.words.say(&format!("schedule.because.{}", because.code), &[]),
        };
        if path.is_empty() { said } else { format!("{said} [{path}]") }
    }

    fn title(&self, benefit: &str, member: Option<&str>) -> String {
        self.reader.title(benefit, member, None)
    }

    /// The amount behind an answer; of an open one, what is certain of it so far.
    fn beside(&self, amount: Option<&Amount>, is_open: bool) -> String {
        match amount.and_then(|amount| self.amount(amount)) {
            Some(amount) if is_open => {
                let so_far = self.words.say("amount.soFar", &[("amount", &amount)]);
                format!("{}{so_far}", self.words.say("statement.comma", &[]))
            }
            Some(amount) => format!(" {amount}"),
            None => String::new(),
        }
    }

    /// The amount of a month, or of what else it is for; nothing where it could be anything.
    fn amount(&self, amount: &Amount) -> Option<String> {
        let said = amount_text(amount, self.words)?;
        if amount.per != "month" {
            return Some(said);
        }
        let amount = range(&amount.min.to_string(), amount.max.map(|max| max.to_string()).as_deref());
        Some(self.words.say("schedule.amount", &[("amount", &amount)]))
    }

    fn total(&self, indent: &str, code: &str, total: &Total, out: &mut impl Write) -> io::Result<()> {
        let amount = range(&total.min.to_string(), total.max.map(|max| max.to_string()).as_deref());
        let is_open = total.min.fen() == 0 && (total.max.is_none() || !total.left_out.is_empty());
        let code = if is_open { format!("{code}.open") } else { code.to_owned() };
        writeln!(out, "{indent}{}", self.words.say(&code, &[("amount", &amount)]))?;
        if total.left_out.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = total.left_out.iter().map(|benefit| self.words.say(&format!("benefit.{benefit}"), &[])).collect();
        let names = names.join(&self.words.say("ui.list-separator", &[]));
        writeln!(out, "{indent}{}", self.words.say("statement.left-out", &[("names", &names)]))
    }
}

fn alike(one: &MonthDue, other: &MonthDue) -> bool {
    (one.state, &one.amount, &one.because, one.area, &one.raise) == (other.state, &other.amount, &other.because, other.area, &other.raise)
}

const fn due_name(due: Due) -> &'static str {
    match due {
        Due::Due => "due",
        Due::NotDue => "notDue",
        Due::Discretionary => "discretionary",
        Due::Undetermined => "undetermined",
        Due::NoTable => "noTable",
    }
}

/// One amount, both limits, or a floor.
fn range(min: &str, max: Option<&str>) -> String {
    match max {
        Some(max) if max == min => min.to_owned(),
        Some(max) => format!("{min} – {max}"),
        None => format!("≥ {min}"),
    }
}
