//! What stands in a row beside its value: how often it can be had, who pays which part, which row it is.

use super::lookup::{Group, State};
use super::rules::{Asked, Rules, Wanted, remarks};
use super::subject::Subject;
use super::{Condition, Table, TableRow};
use crate::formula::{Expr, NodeId, TableNote};
use crate::household::dictionary::{Row, unit};
use crate::money::Yuan;
use crate::order::Listed as _;
use crate::slot::Slot;

/// A limit of a row, see [`super::Limits`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bills a day for the same meal.
    PerMeal,
    /// Bills a day.
    PerDay,
    /// Bills a week.
    PerWeek,
    /// Yuan a day.
    YuanPerDay,
    /// Yuan a month by this row.
    YuanPerMonth,
    /// Yuan for a person in all.
    YuanInAll,
}

impl Limit {
    /// What it is in a row: a number, and parts of a whole.
    fn of(self, row: &TableRow) -> Option<(i64, i64)> {
        let limits = row.limits?;
        let fen = |yuan: Option<Yuan>| yuan.map(|yuan| (yuan.fen(), 100));
        match self {
            Self::PerMeal => limits.per_meal.map(|most| (most, 1)),
            Self::PerDay => limits.per_day.map(|most| (most, 1)),
            Self::PerWeek => limits.per_week.map(|most| (most, 1)),
            Self::YuanPerDay => fen(limits.yuan_per_day),
            Self::YuanPerMonth => fen(limits.yuan_per_month),
            Self::YuanInAll => fen(limits.yuan_in_all),
        }
    }
}

/// More than all bills of a household can come to.
pub const NO_LIMIT: i64 = 1_000_000_000_000;

impl<'b> Rules<'b> {
    /// A limit of the rows, and whether one was set; `None` where no row has it.
    pub fn limit<U, R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>, limit: Limit) -> Option<Expr<'b, U, R>> {
        let has = self.some_row(parameter, &|row| limit.of(row).is_some());
        has.then(|| self.asked(parameter, subject, Wanted::Limit(limit)).value)
    }

    /// What one of [`PAYERS`] pays of the amount; `None` where no row says so.
    pub fn payer<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>, payer: &'static str) -> Option<Expr<'b, unit::Yuan, R>> {
        let has = self.some_row(parameter, &|row| row.payers.iter().any(|share| share.payer == payer));
        has.then(|| self.asked(parameter, subject, Wanted::Payer(payer)).value)
    }

    /// Whether each of the rows is for meals that are brought: then even where a table leaves open who else is covered, it is
    /// nobody whose meal is not.
    #[must_use]
    pub fn is_for_delivered(&self, parameter: &str) -> bool {
        !self.some_row(parameter, &|row| !row.when.contains(&Condition::Delivered(true)))
    }

    /// Which row of its table concerns the subject, as a number of its own.
    pub fn which<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>) -> Expr<'b, unit::Count, R> {
        self.asked(parameter, subject, Wanted::Which).value
    }

    /// Of each row that may be in force the conditions on anything but age, and the least age.
    #[must_use]
    pub fn ages(&self, parameter: &str) -> Vec<(Vec<&'b Condition>, Option<i64>)> {
        let found = self.tables.find(parameter, self.area, self.as_of);
        let groups = found.certain.into_iter().chain(found.perhaps).flat_map(|answer| answer.groups);
        let rows = groups.filter(|group| group.state != State::Expired).map(|group| {
            let least = group.when.iter().find_map(|condition| match condition {
                Condition::AgeYears(span) => span.at_least,
                _ => None,
            });
            (group.when.into_iter().filter(|condition| !matches!(condition, Condition::AgeYears(_))).listed(), least)
        });
        rows.listed()
    }

    /// Whether there is such a row among those that may be in force.
    fn some_row(&self, parameter: &str, is_such: &dyn Fn(&TableRow) -> bool) -> bool {
        let found = self.tables.find(parameter, self.area, self.as_of);
        let rows = found.certain.iter().chain(&found.perhaps).flat_map(|answer| {
            let table = answer.table;
            answer.groups.iter().flat_map(move |group| match &group.state {
                State::OneOf(rows, _) => rows.iter().filter_map(|row| table.rows.get(*row)).listed(),
                _ => table.rows.get(group.row).into_iter().listed(),
            })
        });
        rows.into_iter().any(is_such)
    }

    /// What is wanted of a row beside its value, where that is wanted.
    ///
    /// Of rows of which one is in force the first speaks: a limit that changes on a day nobody knows is not followed.
    pub(super) fn beside_value(&self, table: &Table, group: &Group<'_>, asked: Asked<'_>) -> Option<NodeId> {
        let (frame, row) = (asked.reader.frame(), table.rows.get(group.row)?);
        let (value, parts) = match asked.wanted {
            Wanted::Limit(limit) => limit.of(row).unwrap_or((NO_LIMIT, 1)),
            Wanted::Payer(payer) => {
                let share = row.payers.iter().find(|share| share.payer == payer);
                (share.map_or(0, |share| share.amount.fen()), 100)
            }
            Wanted::Which => (i64::try_from(group.row).unwrap_or(i64::MAX), 1),
            _ => return None,
        };
        let slot = Slot::exact(value).flagged(remarks(row, group));
        Some(self.builder.cell_node(self.cell(table, TableNote::Row(group.row), slot), frame, parts))
    }
}
