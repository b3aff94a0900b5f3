//! The facts that keep answers open, gathered entry by entry: each once, with the benefits it matters for.

use std::sync::Arc;

use crate::decision::{Entry, Need};
use crate::household::{Frame, Household};
use crate::reading::trace::End;
use crate::slot::Flags;

/// All of them, in the order in which they came up.
#[derive(Debug, Default)]
pub(super) struct OpenFacts {
    needs: Vec<Need>,
    /// How many answers each keeps open; none for what was asked already.
    weights: Vec<usize>,
    /// Which of them each end of a walk is.
    ends: Vec<(End, usize)>,
}

impl OpenFacts {
    /// The end of a walk keeps an answer of a benefit open; gives its path, if it is a fact. Between what somebody chooses they are
    /// asked once the rest is told.
    pub fn needed(&mut self, end: End, household: &Household, benefit: &Arc<str>) -> Option<Arc<str>> {
        let most = if is_choice(end) { 1 } else { usize::MAX };
        self.open(end, household, benefit, most)
    }

    /// The end of a walk keeps it open whether a benefit is added up. No answer waits for that, so it is asked for after all that
    /// keeps answers open.
    pub fn needed_for_total(&mut self, end: End, household: &Household, benefit: &Arc<str>) {
        self.open(end, household, benefit, 1);
    }

    /// What has a weight of `most` already gets no more of it.
    fn open(&mut self, end: End, household: &Household, benefit: &Arc<str>, most: usize) -> Option<Arc<str>> {
        match end {
            End::Fact(field, row) => {
                let asked = household.slot(field, row).flags.has(Flags::ASKED);
                Some(self.end(end, asked, (benefit, most), || household.path(field, row)))
            }
            End::List(list, parent) => {
                // A list that was told and lacks what is looked for was asked, too.
                let asked = household.list(list, parent).open_flags().is_none_or(|flags| flags.has(Flags::ASKED));
                Some(self.end(end, asked, (benefit, most), || household.list_path(list, parent)))
            }
            End::Cell(_) | End::AgeRule | End::Calendar | End::Rounding => None,
        }
    }

    /// `path` writes it, where it is not known yet.
    fn end(&mut self, end: End, is_asked: bool, (benefit, most): (&Arc<str>, usize), path: impl FnOnce() -> String) -> Arc<str> {
        let at = self.ends.iter().find(|(known, _)| *known == end).map(|(_, at)| *at).unwrap_or_else(|| {
            let at = self.at(&path());
            self.ends.push((end, at));
            at
        });
        self.matters(at, is_asked, benefit, most)
    }

    /// A fact that was not asked yet keeps an answer of a benefit open.
    pub fn fact(&mut self, path: &str, benefit: &Arc<str>) -> Arc<str> {
        let at = self.at(path);
        self.matters(at, false, benefit, usize::MAX)
    }

    fn at(&mut self, path: &str) -> usize {
        self.needs.iter().position(|need| *need.path == *path).unwrap_or_else(|| {
            self.needs.push(Need { path: path.into(), benefits: Vec::new() });
            self.weights.push(0);
            self.needs.len().saturating_sub(1)
        })
    }

    fn matters(&mut self, at: usize, is_asked: bool, benefit: &Arc<str>, most: usize) -> Arc<str> {
        let (Some(need), Some(weight)) = (self.needs.get_mut(at), self.weights.get_mut(at)) else { return Arc::default() };
        *weight = weight.saturating_add(usize::from(!is_asked && *weight < most));
        if !need.benefits.iter().rev().any(|known| Arc::ptr_eq(known, benefit) || known == benefit) {
            need.benefits.push(Arc::clone(benefit));
        }
        Arc::clone(&need.path)
    }

    /// Nobody waits for the answers of `entry`, which has something else in its place; `others` may need the same facts.
    pub fn release(&mut self, entry: &Entry, others: &[Entry]) {
        for (need, weight) in self.needs.iter_mut().zip(&mut self.weights) {
            if !entry.needs.contains(&need.path) {
                continue;
            }
            let keeps = |other: &Entry| other.benefit == entry.benefit && !other.is_replaced() && other.needs.contains(&need.path);
            if !others.iter().any(keeps) {
                need.benefits.retain(|benefit| *benefit != entry.benefit);
            }
            *weight = if need.benefits.is_empty() { 0 } else { weight.saturating_sub(1).max(usize::from(*weight > 0)) };
        }
    }

    /// All of them, what somebody chooses at the end, and the one to ask for next: of those not asked yet the one that keeps most
    /// answers open, of equals the first.
    pub fn told(mut self) -> (Vec<Need>, Option<Arc<str>>) {
        if let Some(at) = self.ends.iter().find(|(end, _)| is_choice(*end)).map(|(_, at)| *at) {
            let (need, weight) = (self.needs.remove(at), self.weights.remove(at));
            self.needs.push(need);
            self.weights.push(weight);
        }
        let heaviest = self.weights.iter().copied().max().filter(|most| *most > 0);
        let next = heaviest.and_then(|most| self.needs.iter().zip(&self.weights).find(|(_, weight)| **weight == most));
        let next = next.map(|(need, _)| Arc::clone(&need.path));
        self.needs.retain(|need| !need.benefits.is_empty());
        (self.needs, next)
    }
}

/// What a person chooses between benefits.
fn is_choice(end: End) -> bool {
    matches!(end, End::List(Frame::Choice, _))
}
