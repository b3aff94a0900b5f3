//! Why a command could not do what it was asked for, and how that is told.

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use huisuan_core::error::nearest;
use huisuan_core::{FactError, TableError};

use crate::check::sentence;
use crate::messages::Catalogue;
use crate::text::mistake;

/// What stopped a command.
#[derive(Debug)]
pub(crate) enum Failure {
    /// No folder of tables from here upwards.
    NoTables,
    /// A folder that holds no tables.
    NotTables(PathBuf),
    /// A file that cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file that is no JSON, and the line where it breaks off.
    NotJson(PathBuf, usize),
    /// A file that cannot be written.
    Unwritable(PathBuf, io::Error),
    /// Everything that is wrong with the tables or packs.
    Tables(Vec<TableError>),
    /// An argument with a value that does not exist: which, what was given.
    Argument(&'static str, String),
    /// A parameter that no table can have, and those there are.
    Parameter(String, Vec<String>),
    /// Benefits that do not exist, and those that do.
    Benefits(Vec<FactError>, Vec<String>),
    /// A file that is no result.
    NotResult(PathBuf),
    /// The result has nowhere to go.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// Tells it on standard error; the exit code is 2, or 0 where the reader of the output has simply gone away.
    pub(crate) fn tell(&self, words: &Catalogue) -> ExitCode {
        let sentences = match self {
            Self::Output(error) if error.kind() == ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Self::NoTables => vec![words.say("cli.no-tables", &[])],
            Self::NotTables(path) => vec![words.say("cli.not-tables", &[("path", &path.display().to_string())])],
            Self::Unreadable(path, error) => {
                vec![words.say("cli.unreadable", &[("path", &path.display().to_string()), ("error", &cause(error, words))])]
            }
            Self::NotJson(path, line) => {
                vec![words.say("cli.not-json", &[("path", &path.display().to_string()), ("line", &line.to_string())])]
            }
            Self::NotResult(path) => vec![words.say("cli.not-result", &[("path", &path.display().to_string())])],
            Self::Unwritable(path, error) => {
                vec![words.say("cli.unwritable", &[("path", &path.display().to_string()), ("error", &cause(error, words))])]
            }
            Self::Tables(errors) => errors.iter().map(|error| sentence(error, words)).collect(),
            Self::Argument(name, got) => vec![
                words.first_of(&[&format!("cli.argument.{name}"), kind_of(name)], &[("name", name.trim_end_matches(" DAY")), ("got", got)]),
            ],
            Self::Parameter(got, known) => {
                let meant = nearest(got, known.iter().map(String::as_str));
                let meant = meant.map_or_else(String::new, |name| words.say("error.suggest", &[("suggest", &name)]));
                vec![words.say("cli.unknown-parameter", &[("got", got), ("meant", &meant), ("known", &known.join(", "))])]
            }
            Self::Benefits(errors, known) => {
                let known = words.say("cli.known-benefits", &[("known", &known.join(", "))]);
                errors.iter().map(|error| mistake(error, words)).chain([known]).collect()
            }
            Self::Output(error) => vec![words.say("cli.output", &[("error", &cause(error, words))])],
        };
        let mut out = io::stderr().lock();
        for sentence in sentences {
            // Where standard error is closed there is nobody left to tell.
            let _ = writeln!(out, "{sentence}");
        }
        ExitCode::from(2)
    }
}

/// The sentence for an argument of this name: what is asked for is a place, a month or a day.
fn kind_of(name: &str) -> &'static str {
    match name {
        "--area" | "--audience" => "cli.argument.area",
        "--from" | "--to" => "cli.argument.month",
        _ => "cli.argument.day",
    }
}

/// Why a file could not be read or written, in words where it is one of the usual mistakes.
fn cause(error: &io::Error, words: &Catalogue) -> String {
    let code = match error.kind() {
        ErrorKind::NotFound => "cli.io.not-found",
        ErrorKind::PermissionDenied => "cli.io.denied",
        ErrorKind::IsADirectory => "cli.io.directory",
        ErrorKind::NotADirectory => "cli.io.not-directory",
        ErrorKind::InvalidData if error.get_ref().is_none() => "cli.io.text",
        _ => return error.to_string(),
    };
    words.say(code, &[])
}
