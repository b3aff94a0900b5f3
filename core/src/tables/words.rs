//! The words a parameter has for a person: rows with conditions, where town and village families have different ones.

use std::sync::Arc;

use super::lookup::{Answer, Group, State};
use super::rules::{Asked, Plain, Rules, Wanted};
use super::subject::Subject;
use super::{CellValue, Condition, Table};
use crate::formula::{DecisionTime, Expr, NodeId, Scalar, TableNote, Times};
use crate::household::dictionary::{IncomeKind, Row, unit};
use crate::money::Rate;
use crate::order::{AppendAll as _, Listed as _};
use crate::slot::{Flags, Slot};

/// An amount that stands for itself, and whom it concerns.
pub type OwnAmount<'b, U, R> = (Expr<'b, unit::Truth, R>, Expr<'b, U, R>);

/// How the usual time, a prolonged one and that of a township that decides itself are named, and the ending of each parameter.
const DECISION_TIMES: [(&str, &str); 3] = [("usual", ""), ("extended", "-extended"), ("delegated", "-delegated")];

impl<'b> Rules<'b> {
    /// Whether some table sets a parameter here, in force or not.
    #[must_use]
    pub fn is_set(&self, parameter: &str) -> bool {
        let found = self.tables.find(parameter, self.area, self.as_of);
        found.certain.is_ok() || !found.perhaps.is_empty()
    }

    /// What a benefit is called here, where a table says so.
    #[must_use]
    pub fn local_name(&self, benefit: &str) -> Option<Arc<str>> {
        match &self.tables.only_row(&format!("{benefit}-name"), self.area, self.as_of)?.value {
            CellValue::Name(name) => Some(name.as_str().into()),
            _ => None,
        }
    }

    /// Which office decides a benefit here, where a table says so.
    #[must_use]
    pub fn decided_at(&self, benefit: &str) -> Option<&'static str> {
        let row = self.tables.only_row(&format!("{benefit}-decided-by"), self.area, self.as_of)?;
        let CellValue::Word(word) = &row.value else { return None };
        ["county", "township"].into_iter().find(|known| known == word)
    }

    /// By when a benefit is to be decided here, where a row is certain; where it is known which office decides, only its time.
    #[must_use]
    pub fn decided_within(&self, benefit: &str, decided_at: Option<&str>) -> Vec<DecisionTime> {
        let times = DECISION_TIMES.iter().filter_map(|(kind, ending)| {
            let row = self.tables.only_row(&format!("{benefit}-decision-workdays{ending}"), self.area, self.as_of)?;
            let CellValue::Count(days) = row.value else { return None };
            let working_days = u32::try_from(days).ok()?;
            Some(DecisionTime { kind, working_days, unconfirmed: row.unconfirmed, clause: Arc::new(row.clause.clone()) })
        });
        let mut times: Vec<DecisionTime> = times.listed();
        let is_of_township = |time: &DecisionTime| time.kind == "delegated";
        match decided_at {
            Some("township") if times.iter().any(is_of_township) => times.retain(is_of_township),
            Some("county") => times.retain(|time| !is_of_township(time)),
            _ => {}
        }
        times
    }

    /// The values that rows of a parameter have here, whomever they concern.
    fn values_named(&self, parameter: &str) -> Vec<&'b CellValue> {
        let tables = self.tables;
        let found = tables.find(parameter, self.area, self.as_of);
        let mut values = Vec::new();
        for answer in found.certain.iter().chain(&found.perhaps) {
            let table: &'b Table = answer.table;
            for group in &answer.groups {
                let rows: &[usize] = if let State::OneOf(rows, _) = &group.state { rows } else { std::slice::from_ref(&group.row) };
                values.append_all(rows.iter().filter_map(|row| table.rows.get(*row)).map(|row| &row.value));
            }
        }
        values
    }

    /// Every word a parameter has here for someone, each once.
    #[must_use]
    pub fn words_named(&self, parameter: &str) -> Vec<&'b str> {
        let mut words: Vec<&str> = Vec::new();
        for value in self.values_named(parameter) {
            if let CellValue::Word(word) = value
                && !words.contains(&word.as_str())
            {
                words.push(word);
            }
        }
        words
    }

    /// Whether a parameter has this word for the person.
    pub fn has_word<R: Row>(&self, parameter: &str, word: &str, subject: &dyn Subject<'b, R>) -> Expr<'b, unit::Truth, R> {
        self.tells(parameter, subject, &|value| match value {
            CellValue::Word(own) => Some(own == word),
            _ => None,
        })
    }

    /// Whether the value of a parameter for the person is of this sort; `None` from `sort` where a value cannot say.
    pub fn tells<R: Row>(
        &self,
        parameter: &str,
        subject: &dyn Subject<'b, R>,
        sort: &dyn Fn(&CellValue) -> Option<bool>,
    ) -> Expr<'b, unit::Truth, R> {
        let asked = Asked { reader: &Plain(subject), wanted: Wanted::Rate, side: None, as_written: false };
        self.builder.expr(self.told(parameter, asked, sort))
    }

    // From here on without units and lists, as in `rules.rs`.

    fn told(&self, parameter: &str, asked: Asked<'_>, sort: &dyn Fn(&CellValue) -> Option<bool>) -> NodeId {
        let frame = asked.reader.frame();
        let found = self.tables.find(parameter, self.area, self.as_of);
        let mut node = match &found.certain {
            Ok(answer) => self.told_by(answer, asked, sort),
            Err(cause) => self.missing_nodes(parameter, cause, self.area, None, frame).fits,
        };
        for answer in found.perhaps.iter().rev() {
            let near = self.told_by(answer, asked, sort);
            let begun = self.missing_nodes(parameter, "start-unknown", answer.table.area, None, frame).fits;
            node = self.builder.select_of(&[(begun, near)], node, frame);
        }
        node
    }

    fn told_by(&self, answer: &Answer<'_>, asked: Asked<'_>, sort: &dyn Fn(&CellValue) -> Option<bool>) -> NodeId {
        let Answer { table, groups } = answer;
        let cases: Vec<_> = groups.iter().map(|group| (self.concerns(group, asked), self.group_tells(table, group, asked, sort))).listed();
        let outside = self.missing_nodes(&table.parameter, "unknown", table.area, None, asked.reader.frame()).fits;
        self.builder.select_of(&cases, outside, asked.reader.frame())
    }

    fn group_tells(&self, table: &Table, group: &Group<'_>, asked: Asked<'_>, sort: &dyn Fn(&CellValue) -> Option<bool>) -> NodeId {
        let frame = asked.reader.frame();
        let told = |number: &usize| table.rows.get(*number).and_then(|row| sort(&row.value));
        let missing = |cause| self.missing_nodes(&table.parameter, cause, table.area, Some(group.row), frame).fits;
        let rows: &[usize] = match &group.state {
            State::Expired | State::OneOf(_, true) => {
                return missing(if group.state == State::Expired { "expired" } else { "start-unknown" });
            }
            State::OneOf(rows, false) => rows,
            State::InForce => std::slice::from_ref(&group.row),
        };
        // Rows of which one is in force settle it where they say the same.
        match rows.first().and_then(told) {
            Some(yes) if rows.iter().all(|row| told(row) == Some(yes)) => {
                let flags = table.rows.get(group.row).map_or(Flags::NONE, |row| super::rules::remarks(row, group));
                let slot = Slot::truth(yes).flagged(flags);
                self.builder.cell_node(self.cell(table, TableNote::Row(group.row), slot), frame, 1)
            }
            _ => missing("unknown"),
        }
    }

    /// Every row of the table in force with its amount and whether it concerns the person, for amounts of which several
    /// may count; `None` where no table is certainly the one.
    pub fn each_amount<U: Scalar + Times<unit::Rate, Product = U>, R: Row>(
        &self,
        parameter: &str,
        subject: &dyn Subject<'b, R>,
    ) -> Option<Vec<OwnAmount<'b, U, R>>> {
        let asked = Asked { reader: &Plain(subject), wanted: Wanted::Monthly, side: None, as_written: false };
        let found = self.tables.find(parameter, self.area, self.as_of);
        let (true, Ok(Answer { table, groups })) = (found.perhaps.is_empty(), &found.certain) else { return None };
        let amounts = groups.iter().map(|group| {
            let concerned = self.concerns(group, asked);
            let holds = match self.in_force(table, group, R::FRAME) {
                Some(in_force) => self.builder.all_of(&[concerned, in_force], R::FRAME),
                None => concerned,
            };
            (self.builder.expr(holds), self.builder.expr(self.group_value(table, group, asked)))
        });
        Some(amounts.listed())
    }

    /// The kinds of income that rows of a parameter name here.
    #[must_use]
    pub fn income_kinds_named(&self, parameter: &str) -> Vec<IncomeKind> {
        let found = self.tables.find(parameter, self.area, self.as_of);
        let groups = found.certain.iter().chain(&found.perhaps).flat_map(|answer| &answer.groups);
        let mut kinds = Vec::new();
        for condition in groups.flat_map(|group| &group.when) {
            if let Condition::IncomeKind(named) = condition {
                kinds.append_all(named.iter().copied().filter(|kind| !kinds.contains(kind)).listed());
            }
        }
        kinds
    }

    /// The shares between nothing and all that rows of a parameter name here, each once.
    #[must_use]
    pub fn rates_named(&self, parameter: &str) -> Vec<Rate> {
        let mut rates: Vec<Rate> = Vec::new();
        for value in self.values_named(parameter) {
            if let CellValue::Rate(rate) = value
                && ![Rate::parse("0"), Rate::parse("1")].contains(&Ok(*rate))
                && !rates.contains(rate)
            {
                rates.push(*rate);
            }
        }
        rates
    }

    /// Whether a row of a parameter here has a value of this sort.
    pub fn has_value(&self, parameter: &str, is_it: impl Fn(&CellValue) -> bool) -> bool {
        self.values_named(parameter).into_iter().any(is_it)
    }
}
