//! What of a reading has to be done again, for one who reads the same again and again for households that differ in little.

use std::ops::Range;
use std::sync::Arc;

use super::{Values, World};
use crate::formula::{Formula, Needed, NodeId, Task};
use crate::household::{Frame, Inputs};
use crate::order::Listed as _;

/// What may come out otherwise.
#[derive(Debug, Default)]
pub(crate) struct Rest {
    tasks: Vec<Task>,
    /// Which of them are done for which row of which list.
    rows: Vec<(Frame, usize, Range<usize>)>,
}

/// So many tasks are usually left.
const USUAL: usize = 256;

impl Values {
    /// Which values the last reading left open.
    pub(crate) fn open(&self) -> Vec<bool> {
        self.slots.iter().map(|slot| !slot.is_settled()).listed()
    }

    /// What has to be computed again of what is `needed` for a household that tells more: what was `open` before, and what rests
    /// on which of two accounts is taken, since the one taken may give way to the other.
    pub(crate) fn rest_of(&self, formula: &Formula, needed: &Needed, open: &[bool]) -> Rest {
        let mut accounts = Inputs::default();
        accounts.insert_accounts();
        self.rest(needed, &|id, place| open.get(place).is_none_or(|open| *open) || formula.rests_on_any(id, accounts))
    }

    /// What of what is `needed` may come out otherwise, row by row.
    pub(super) fn rest(&self, needed: &Needed, moves: &dyn Fn(NodeId, usize) -> bool) -> Rest {
        let mut rest = Rest { tasks: Vec::with_capacity(USUAL), ..Rest::default() };
        for run in &needed.runs {
            let rows = self.lists.get(run.frame.index()).copied().unwrap_or_default();
            for row in 0..rows.count {
                let first = rest.tasks.len();
                self.rest_of_row(&run.tasks, rows.at(row), moves, &mut rest.tasks);
                if rest.tasks.len() > first {
                    rest.rows.push((run.frame, row, first..rest.tasks.len()));
                }
            }
        }
        rest
    }

    /// The same of one row, which begins at a place less the number of its first node.
    fn rest_of_row(&self, tasks: &[Task], start: usize, moves: &dyn Fn(NodeId, usize) -> bool, rest: &mut Vec<Task>) {
        let place = |id: NodeId| start.wrapping_add(id.position());
        // Tests that may come out otherwise, and where what they pass over ends.
        let mut within: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        loop {
            while let Some((test, _)) = within.pop_if(|(_, end)| *end <= at) {
                let behind = rest.len().saturating_sub(test).saturating_sub(1);
                match rest.get_mut(test) {
                    Some(Task::Pass(_, _, over, _)) if behind > 0 => *over = u16::try_from(behind).unwrap_or(*over),
                    _ => rest.truncate(test),
                }
            }
            let Some(task) = tasks.get(at) else { return };
            at = at.saturating_add(1);
            match *task {
                Task::Read(id, _) if moves(id, place(id)) => rest.push(*task),
                Task::Pass(id, _, over, _) if moves(id, place(id)) => {
                    within.push((rest.len(), at.saturating_add(usize::from(over))));
                    rest.push(*task);
                }
                Task::Pass(id, test, over, _) if test.holds(self.at(place(id))) => at = at.saturating_add(usize::from(over)),
                Task::Read(..) | Task::Pass(..) => {}
            }
        }
    }

    /// Computes it. Says how many values were computed.
    pub(crate) fn read_rest(&mut self, formula: &Formula, needed: &Needed, world: World<'_>, rest: &Rest) -> usize {
        if !Arc::ptr_eq(&self.known, &needed.known) {
            self.known = Arc::clone(&needed.known);
        }
        let pass = self.pass(formula, world);
        needed.runs.iter().for_each(|run| pass.take_over(run));
        let rows = rest.rows.iter();
        rows.map(|(frame, row, tasks)| pass.run_row(*frame, *row, rest.tasks.get(tasks.clone()).unwrap_or_default(), needed.idle)).sum()
    }
}
