//! `huisuan schema`: the JSON Schema of what goes in and of what comes out.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use huisuan_core::{Decision, household};

use crate::failure::Failure;

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Which of the two
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// A household: the facts
    Household,
    /// A result
    Result,
}

pub(crate) fn run(arguments: &Schema, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match arguments.of {
        Of::Household => write!(out, "{}", household::schema())?,
        Of::Result => {
            serde_json::to_writer_pretty(&mut *out, &schemars::schema_for!(Decision)).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
