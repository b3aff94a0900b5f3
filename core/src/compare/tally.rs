//! What a change of tables comes to over many households.

use serde::Serialize;

use super::EntryChange;
use crate::money::Yuan;

/// Counts and sums over households compared one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Households compared.
    pub households: usize,
    /// Households for which something comes out differently.
    pub changed: usize,
    /// Households that get more, and nothing less, as far as amounts are known.
    pub gaining: usize,
    /// Households that get less of something, as far as amounts are known.
    pub losing: usize,
    /// What amounts known on both sides come to, for each period they are paid for.
    pub sums: Vec<Sum>,
    /// For each change of the tables, how many households it concerns.
    pub by_change: Vec<usize>,
}

/// Differences paid for the same period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sum {
    /// For what the amounts are paid.
    pub per: &'static str,
    /// What is paid more, yuan.
    pub more: Yuan,
    /// What is paid less, yuan.
    pub less: Yuan,
}

impl Tally {
    /// Nothing yet, for so many changes.
    #[must_use]
    pub fn new(changes: usize) -> Self {
        Self { by_change: vec![0; changes], ..Self::default() }
    }

    /// Adds one household.
    pub fn add(&mut self, entries: &[EntryChange]) {
        self.households = self.households.saturating_add(1);
        if entries.is_empty() {
            return;
        }
        self.changed = self.changed.saturating_add(1);
        let differences = || entries.iter().filter_map(|entry| entry.difference);
        if differences().any(|yuan| yuan.fen() < 0) {
            self.losing = self.losing.saturating_add(1);
        } else if differences().any(|yuan| yuan.fen() > 0) {
            self.gaining = self.gaining.saturating_add(1);
        }
        for (at, count) in self.by_change.iter_mut().enumerate() {
            if entries.iter().any(|entry| entry.because.contains(&at)) {
                *count = count.saturating_add(1);
            }
        }
        for entry in entries {
            self.add_sum(entry);
        }
    }

    fn add_sum(&mut self, entry: &EntryChange) {
        let amounts = [&entry.after, &entry.before].into_iter().flatten().filter_map(|answer| answer.amount.as_ref());
        let (Some(difference), Some(per)) = (entry.difference, amounts.map(|amount| amount.per).next()) else { return };
        let at = self.sums.iter().position(|sum| sum.per == per).unwrap_or(self.sums.len());
        if at == self.sums.len() {
            self.sums.push(Sum { per, more: Yuan::ZERO, less: Yuan::ZERO });
        }
        let Some(sum) = self.sums.get_mut(at) else { return };
        let (side, amount) =
            if difference.fen() < 0 { (&mut sum.less, Yuan::ZERO.checked_minus(difference)) } else { (&mut sum.more, Some(difference)) };
        if let Some(total) = amount.and_then(|amount| side.checked_plus(amount)) {
            *side = total;
        }
    }
}
