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
    /// How many benefits come out by how much more or less, for each period they are paid for; the least first.
    pub by_difference: Vec<Step>,
}

/// Benefits that come out by the same amount more or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// For what the amounts are paid.
    pub per: &'static str,
    /// New less old, yuan.
    pub difference: Yuan,
    /// How many benefits of how many people.
    pub benefits: usize,
}

/// Differences paid for the same period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sum {
    /// For what the amounts are paid.
    pub per: &'static str,
    /// What is paid more, yuan.
    pub more: Yuan,
    /// What is paid less, yuan.
    pub less: Yuan,
    /// New less old over a year; `null` for what is not paid at regular times.
    pub net_a_year: Option<Yuan>,
}

/// How often a year, for what is paid at regular times.
fn times_a_year(per: &str) -> Option<i64> {
    match per {
        "month" => Some(12),
        "quarter" => Some(4),
        "year" => Some(1),
        _ => None,
    }
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
            self.sums.push(Sum { per, more: Yuan::ZERO, less: Yuan::ZERO, net_a_year: None });
        }
        let step = self.by_difference.binary_search_by_key(&(per, difference.fen()), |step| (step.per, step.difference.fen()));
        match step {
            Ok(at) => {
                if let Some(step) = self.by_difference.get_mut(at) {
                    step.benefits = step.benefits.saturating_add(1);
                }
            }
            Err(at) => self.by_difference.insert(at, Step { per, difference, benefits: 1 }),
        }
        let Some(sum) = self.sums.get_mut(at) else { return };
        let (side, amount) =
            if difference.fen() < 0 { (&mut sum.less, Yuan::ZERO.checked_minus(difference)) } else { (&mut sum.more, Some(difference)) };
        if let Some(total) = amount.and_then(|amount| side.checked_plus(amount)) {
            *side = total;
        }
        let net = sum.more.fen().checked_sub(sum.less.fen());
        sum.net_a_year = times_a_year(per).zip(net).and_then(|(times, net)| net.checked_mul(times)).map(Yuan::from_fen);
    }
}
