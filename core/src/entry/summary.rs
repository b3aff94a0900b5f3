//! A bare outcome and amount of each benefit, for many households.

use std::sync::Arc;

use super::Answer;
use crate::area::AreaCode;
use crate::decide::{Nowhere, Place, Sink};
use crate::decision::Outcome;
use crate::formula::{Depth, Formula};
use crate::reading::value::Values;
use crate::slot::INFINITE;

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

/// Collects summaries.
pub(crate) struct Summaries<'s>(pub &'s mut Vec<Summary>);

impl Sink for Summaries<'_> {
    fn depth(&self) -> Depth {
        Depth::Outcomes
    }

    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let answer = Answer::read(values, place);
        self.0.push(Summary {
            benefit: Arc::clone(&place.outline.benefit),
            row: place.row,
            area: Some(place.area),
            outcome: answer.outcome,
            least_fen: answer.range().lo,
            most_fen: Some(answer.range().hi).filter(|most| *most != INFINITE),
        });
    }

    fn without_area(&mut self, place: &Nowhere<'_>, _needs: &[String]) {
        let (benefit, row) = (place.benefit.into(), place.row());
        self.0.push(Summary { benefit, row, area: None, outcome: Outcome::Undetermined, least_fen: 0, most_fen: None });
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}
