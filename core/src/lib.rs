#![doc = include_str!("../ARCHITECTURE.md")]

pub mod money;

pub mod date;

pub mod area;
pub mod benefits;
pub mod calendar;
pub mod decide;
pub mod decision;
pub mod error;
pub mod formula;
pub mod household;
pub mod json;
mod means;
pub mod reading;
pub mod slot;
pub mod source;
mod standing;
pub mod tables;

pub use decide::{Detail, Engine, Scratch};
pub use decision::Decision;
pub use error::{FactError, TableError};
