//! What the suites, the chores and the bench share: the published tables, and made-up households.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "all of this is test code: what goes wrong should stop it"
)]

pub mod by_hand;
pub mod facts;
pub mod fuzzed;
pub mod population;
pub mod published;
pub mod scenarios;
