#![doc = include_str!("../ARCHITECTURE.md")]

pub mod money;
mod order;

pub mod date;

mod ability;
pub mod area;
pub mod benefits;
pub mod calendar;
mod candidates;
pub mod check;
mod combination;
mod combine;
pub mod compare;
pub mod contrast;
pub mod coverage;
mod crossing;
mod deadline;
mod decide;
pub mod decision;
mod describe;
pub mod distance;
mod endings;
mod engine;
mod entry;
pub mod error;
mod first_month;
pub mod formula;
mod hash;
pub mod household;
pub mod json;
pub mod meal_bill;
mod means;
pub mod packet;
pub mod pieces;
mod range;
pub mod reading;
pub mod schedule;
#[cfg(feature = "schema")]
pub mod schema;
pub mod slot;
pub mod source;
mod standing;
mod supporters;
pub mod sweep;
pub mod tables;
pub mod timeline;

pub use decision::Decision;
pub use describe::{Description, FactDescription};
pub use engine::{Detail, Engine, Question, Scratch};
pub use entry::Summary;
pub use error::{FactError, TableError};
pub use meal_bill::MealBill;
