//! The readings of a formula, one file each: the rule is written once, in `benefits`, and read here.

pub mod interval;
pub mod reasons;
pub mod trace;
pub mod until;
pub mod value;
