//! Second computations, each written from the texts by itself; they share nothing with the engine but its answers.

mod assistance;
mod care;
mod disability;
mod elderly;
