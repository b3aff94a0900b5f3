//! Suites that look at the whole of Huisuan; the `mod` lines are the table of contents.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    reason = "all of this is test code: what goes wrong should stop it"
)]

mod sources;
mod support;

mod affected;
mod anything;
mod birthdays;
mod broken;
mod by_hand;
mod chosen;
mod combination;
mod contrasts;
mod distances;
mod forgetting;
mod inputs;
mod meal_bill;
mod one_after_another;
mod oracle;
mod over_time;
mod packets;
mod population;
mod questions;
mod ranges;
mod scenarios;
mod schemas;
mod sweeps;
mod tables;
mod tidy;
mod wording;
