//! Stands in for the core's description of its tables until it is there.

use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct Description {}
