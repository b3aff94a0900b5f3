//! What a change of tables comes to over many households.

use serde::{Deserialize, Serialize};

use super::EntryChange;
use crate::formula::Per;
use crate::money::Yuan;

/// Counts and sums over households compared one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What amounts known on both sides come to, for each period they are paid for, in their order.
    pub sums: Vec<Sum>,
    /// For each change of the tables, how many households it concerns.
    pub by_change: Vec<usize>,
    /// How many benefits come out by how much more or less, for each period they are paid for; the least first.
    pub by_difference: Vec<Step>,
}

/// Benefits that come out by the same amount more or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// For what the amounts are paid.
    pub per: Per,
    /// New less old, yuan.
    pub difference: Yuan,
    /// How many benefits of how many people.
    pub benefits: usize,
}

/// Differences paid for the same period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sum {
    /// For what the amounts are paid.
    pub per: Per,
    /// What is paid more, yuan.
    pub more: Yuan,
    /// What is paid less, yuan.
    pub less: Yuan,
    /// New less old over a year; `null` for what is not paid at regular times.
    pub net_a_year: Option<Yuan>,
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
            let amounts = [&entry.after, &entry.before].into_iter().flatten().filter_map(|answer| answer.amount.as_ref());
            let per = amounts.filter_map(|amount| Per::ALL.into_iter().find(|per| per.name() == amount.per)).next();
            if let (Some(difference), Some(per)) = (entry.difference, per) {
                self.add_benefits(per, difference, 1);
            }
        }
    }

    /// Adds what was counted over other households, for the same changes.
    pub fn join(&mut self, other: &Self) {
        let counts = [
            (&mut self.households, other.households),
            (&mut self.changed, other.changed),
            (&mut self.gaining, other.gaining),
            (&mut self.losing, other.losing),
        ];
        let by_change = self.by_change.iter_mut().zip(other.by_change.iter().copied());
        for (count, more) in counts.into_iter().chain(by_change) {
            *count = count.saturating_add(more);
        }
        for step in &other.by_difference {
            self.add_benefits(step.per, step.difference, step.benefits);
        }
    }

    /// Adds so many benefits that come out by so much more or less each.
    fn add_benefits(&mut self, per: Per, difference: Yuan, benefits: usize) {
        match self.by_difference.binary_search_by_key(&(per, difference), |step| (step.per, step.difference)) {
            Ok(at) => {
                if let Some(step) = self.by_difference.get_mut(at) {
                    step.benefits = step.benefits.saturating_add(benefits);
                }
            }
            Err(at) => self.by_difference.insert(at, Step { per, difference, benefits }),
        }
        let at = self.sums.binary_search_by_key(&per, |sum| sum.per).unwrap_or_else(|at| {
            self.sums.insert(at, Sum { per, more: Yuan::ZERO, less: Yuan::ZERO, net_a_year: None });
            at
        });
        let Some(sum) = self.sums.get_mut(at) else { return };
        let together = i64::try_from(benefits).ok().and_then(|times| difference.fen().checked_mul(times));
        let (side, amount) =
            if difference < Yuan::ZERO { (&mut sum.less, together.and_then(i64::checked_neg)) } else { (&mut sum.more, together) };
        if let Some(total) = amount.and_then(|amount| side.checked_plus(Yuan::from_fen(amount))) {
            *side = total;
        }
        let net = sum.more.fen().checked_sub(sum.less.fen());
        sum.net_a_year = per.times_a_year().zip(net).and_then(|(times, net)| net.checked_mul(times)).map(Yuan::from_fen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Answer;
    use crate::decision::{Amount, Outcome};

    fn change(per: Per, difference: i64, because: usize) -> EntryChange {
        let amount = Amount::between(Yuan::ZERO, None, per.name());
        let answer =
            Answer { outcome: Outcome::Eligible, qualifies: Some(true), amount: Some(amount), extras: Vec::new(), first_month: None };
        EntryChange {
            benefit: "any".into(),
            member: None,
            bill: None,
            area: None,
            before: None,
            after: Some(answer),
            difference: Some(Yuan::from_fen(difference)),
            because: vec![because],
        }
    }

    #[test]
    fn counted_in_parts_and_joined_in_any_order_it_is_what_is_counted_in_one_go_and_survives_being_written() {
        let households = [
            vec![change(Per::Month, 1001, 0), change(Per::Once, -250, 1)],
            vec![],
            vec![change(Per::Month, -7, 1)],
            vec![change(Per::Month, 1001, 0), change(Per::Quarter, 30, 0)],
        ];
        let count = |of: &[usize]| {
            let mut tally = Tally::new(2);
            of.iter().for_each(|at| tally.add(&households[*at]));
            tally
        };
        let whole = count(&[0, 1, 2, 3]);
        for (first, second) in [(vec![0, 1], vec![2, 3]), (vec![3, 2], vec![1, 0]), (vec![], vec![0, 1, 2, 3])] {
            let mut joined = count(&first);
            let written = serde_json::to_string(&count(&second)).unwrap();
            joined.join(&serde_json::from_str(&written).unwrap());
            assert_eq!(joined, whole);
        }
        let sums: Vec<(Per, i64, i64)> = whole.sums.iter().map(|sum| (sum.per, sum.more.fen(), sum.less.fen())).collect();
        assert_eq!(sums, [(Per::Month, 2002, 7), (Per::Quarter, 30, 0), (Per::Once, 0, 250)]);
    }
}
