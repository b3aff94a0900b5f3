//! A bare outcome and amount of each benefit, for many households.

use std::sync::Arc;

use super::Answer;
use crate::area::AreaCode;
use crate::decide::{Nowhere, Place, Sink};
use crate::decision::Outcome;
use crate::formula::{Depth, Formula};
use crate::reading::value::Values;
use crate::slot::{Flags, INFINITE, Slot};

/// Outcome and amount of one benefit, for batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// The row of its list: a member, a bill, or 0 for the household.
    pub row: usize,
    /// The area whose tables decide.
    pub area: Option<AreaCode>,
    /// The answer.
    pub outcome: Outcome,
    /// The least it can be, in fen; 0 for who does not qualify.
    pub least_fen: i64,
    /// The most it can be, in fen; `None` if no limit is known.
    pub most_fen: Option<i64>,
}

/// Collects summaries, each in the place of one of an earlier household while there are such.
pub(crate) struct Summaries<'s> {
    found: &'s mut Vec<Summary>,
    told: usize,
}

impl<'s> Summaries<'s> {
    pub fn new(found: &'s mut Vec<Summary>) -> Self {
        Self { found, told: 0 }
    }

    /// Takes what is left of an earlier household away.
    pub fn finish(self) {
        self.found.truncate(self.told);
    }

    fn tell(&mut self, benefit: &Arc<str>, (row, area): (usize, Option<AreaCode>), outcome: Outcome, range: Slot) {
        let (least_fen, most_fen) = (range.lo, Some(range.hi).filter(|most| *most != INFINITE));
        let told = |benefit| Summary { benefit, row, area, outcome, least_fen, most_fen };
        match self.found.get_mut(self.told) {
            // The same name need not be given back and taken again, which would take as long as reading the answer.
            Some(old) if Arc::ptr_eq(&old.benefit, benefit) => {
                (old.row, old.area, old.outcome, old.least_fen, old.most_fen) = (row, area, outcome, least_fen, most_fen);
            }
            Some(old) => *old = told(Arc::clone(benefit)),
            None => self.found.push(told(Arc::clone(benefit))),
        }
        self.told = self.told.saturating_add(1);
    }
}

impl Sink for Summaries<'_> {
    fn depth(&self) -> Depth {
        Depth::Outcomes
    }

    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let answer = Answer::read(values, place);
        self.tell(&place.outline.benefit, (place.row, Some(place.area)), answer.outcome, answer.range());
    }

    fn without_area(&mut self, place: &Nowhere<'_>, _needs: &[String]) {
        self.tell(&place.benefit.into(), (place.row(), None), Outcome::Undetermined, Slot::between(0, INFINITE, Flags::FACT));
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}
