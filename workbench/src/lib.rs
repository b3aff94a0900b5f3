//! What policy staff need beside the engine, as one WebAssembly module that only their page loads: spreadsheets in and
//! out, all findings of the checks, the comparison of current and proposed tables, and boundary cases.
//!
//! Nothing is decided here: tables are checked, compared and read by `huisuan-core`. What arrives from a page is text or
//! the bytes of a file, what leaves is JSON text or the bytes of a file; sentences are in `messages/`.

pub mod book;
pub mod bounds;
pub mod column;
pub mod compare;
pub mod curve;
pub mod draft;
pub mod error;
pub mod export;
mod face;
pub mod grid;
pub mod held;
pub mod names;
pub mod numerals;
pub mod people;
pub mod tidy;
pub mod words;

pub use face::Workbench;
