//! Second, independent computations in whole fen, written from the policy sheets by reading them afresh.

pub mod assistance;
