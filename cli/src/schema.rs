//! `huisuan schema`: the JSON Schemas of what goes in and of what comes out.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use huisuan_core::schema;

use crate::failure::Failure;

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Which of them to print
    #[arg(value_enum, required_unless_present = "all")]
    of: Option<Of>,
    /// Write all of them into a folder; made if it is not there
    #[arg(long, value_name = "DIR", conflicts_with = "of")]
    all: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// A household: the facts
    Household,
    /// A result: the decision
    #[value(alias = "decision")]
    Result,
    /// Why two results differ
    Contrast,
    /// What an engine covers
    Description,
    /// How far people are from what they do not get
    Distances,
    /// What meals cost whom
    MealBill,
    /// A mistake in a household
    FactError,
    /// A case packet with its id
    Packet,
    /// What is due month by month
    Schedule,
    /// How answers run along a fact
    Sweep,
    /// A mistake in a table or a pack
    TableError,
    /// What changes by itself
    Timeline,
    /// What came of taking a packet up
    Verification,
}

pub(crate) fn run(arguments: &Schema, out: &mut impl Write) -> Result<ExitCode, Failure> {
    if let Some(folder) = &arguments.all {
        write_all(folder)?;
    }
    let name = arguments.of.map(Of::file);
    for (_, text) in schema::all().into_iter().filter(|(file, _)| name == Some(file)) {
        write!(out, "{text}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn write_all(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| Failure::Unwritable(folder.to_owned(), error))?;
    for (name, text) in schema::all() {
        let file = folder.join(format!("{name}.json"));
        fs::write(&file, text).map_err(|error| Failure::Unwritable(file, error))?;
    }
    Ok(())
}

impl Of {
    const fn file(self) -> &'static str {
        match self {
            Self::Contrast => "contrast",
            Self::Distances => "distances",
            Self::Sweep => "sweep",
            Self::Household => "household",
            Self::Result => "decision",
            Self::Description => "description",
            Self::MealBill => "meal-bill",
            Self::FactError => "fact-error",
            Self::Packet => "packet",
            Self::Schedule => "schedule",
            Self::TableError => "table-error",
            Self::Timeline => "timeline",
            Self::Verification => "verification",
        }
    }
}
