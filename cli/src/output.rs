//! How results are written: one JSON object in a line, or spread over lines for reading.

use std::io::{self, Write};

use serde::Serialize;

use crate::failure::Failure;

/// One line.
pub(crate) fn json(value: &impl Serialize, out: &mut impl Write) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Many lines.
pub(crate) fn pretty(value: &impl Serialize, out: &mut impl Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}
