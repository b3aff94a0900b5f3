//! Looks parameters up and turns what is found into expressions: which rows concern a person, and what they say.

use std::cell::RefCell;

use super::beside::{Limit, NO_LIMIT};
use super::condition::Span;
use super::lookup::{Answer, AsOf, Group, State};
use super::subject::Subject;
use super::{CellValue, Condition, Hit, Otherwise, Relation, Table, TableRow, Tables};
use crate::area::AreaCode;
use crate::date::AgeRule;
use crate::formula::{Builder, Cell, Expr, NodeId, Per, RoundRule, Scalar, TableNote, Times};
use crate::household::Frame;
use crate::household::dictionary::{ExpenseKind, Settlement};
use crate::household::dictionary::{Row, row, unit};
use crate::order::{Listed as _, sort_by_number};
use crate::slot::{Flags, Slot};
use crate::source::Clause;

/// Everything a benefit needs to write its formula for one area and day.
pub struct Rules<'b> {
    /// Where nodes go.
    pub builder: &'b Builder,
    /// The tables.
    pub tables: &'b Tables,
    /// The area.
    pub area: AreaCode,
    /// The day.
    pub as_of: AsOf,
    /// Parameters being looked up just now, so that a table that refers to itself is found.
    pub(super) open: RefCell<Vec<String>>,
}

/// What a table gives: whom it covers, and the value.
#[derive(Clone, Copy)]
pub struct Term<'b, U, R> {
    /// Whether one of its rows concerns the person.
    pub fits: Expr<'b, unit::Truth, R>,
    /// The value of that row.
    pub value: Expr<'b, U, R>,
}

/// What a table with a single word says.
pub enum Word<'t> {
    /// This word.
    Known(&'t str),
    /// Not known to us.
    Unknown,
}

/// A [`Subject`] without its list and unit.
pub(super) trait Reader {
    /// One value for each row of this list.
    fn frame(&self) -> Frame;
    /// Whether a row's condition holds.
    fn holds(&self, condition: &Condition) -> NodeId;
    /// The bill, where there is one.
    fn bill(&self) -> Option<NodeId>;
}

pub(super) struct Plain<'s, 'b, R>(pub &'s dyn Subject<'b, R>);

impl<'b, R: Row> Reader for Plain<'_, 'b, R> {
    fn frame(&self) -> Frame {
        R::FRAME
    }

    fn holds(&self, condition: &Condition) -> NodeId {
        self.0.holds(condition).id()
    }

    fn bill(&self) -> Option<NodeId> {
        self.0.bill().map(Expr::id)
    }
}

/// What a row says of whom.
struct Told<'g> {
    group: &'g Group<'g>,
    /// Whom it concerns, age left aside.
    concerned: NodeId,
    /// The same, and it is in force.
    covered: NodeId,
    /// Whether it is paid for what is wanted.
    is_paid: bool,
    value: NodeId,
    /// The most that its amount can be.
    rank: i64,
}

/// Younger than any age in a row.
const NO_AGE: i64 = -1;

/// Beyond the last grade of disability: that of who has none.
const NO_GRADE: i64 = 5;

/// The highest age below another at which one of the rows begins or ends.
fn age_below(above: i64, groups: &[Group<'_>]) -> i64 {
    let mut age = NO_AGE;
    for condition in groups.iter().flat_map(|group| &group.when) {
        if let Condition::AgeYears(span) = condition {
            for bound in [span.at_least, span.below] {
                if let Some(bound) = bound
                    && age < bound
                    && bound < above
                {
                    age = bound;
                }
            }
        }
    }
    age
}

/// A [`Term`] without its list and unit.
pub(super) struct Nodes {
    pub fits: NodeId,
    pub value: NodeId,
}

/// What is wanted of the rows of a table.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// Yuan a month; what is set for a year or a quarter is divided.
    Monthly,
    /// Yuan as the rows have it; of the rows paid for this alone, if a period is named.
    Paid(Option<Period>),
    /// A ratio.
    Rate,
    /// A whole number.
    Count,
    /// A limit of the row; [`NO_LIMIT`] where it has none.
    Limit(Limit),
    /// What one of [`PAYERS`] pays of it.
    Payer(&'static str),
    /// Which row it is.
    Which,
}

/// For what the rows wanted are paid.
#[derive(Clone, Copy)]
pub(super) struct Period {
    wanted: Per,
    /// For what rows are paid that do not say.
    usual: Per,
}

/// What looking up comes to for one list: the parameter, what is wanted, for whom.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub reader: &'a dyn Reader,
    pub wanted: Wanted,
    /// The town or village number, whichever side the person is on.
    pub side: Option<Settlement>,
    /// The number that is written, even where it is a floor or a ceiling.
    pub as_written: bool,
}

impl<'b> Rules<'b> {
    /// Rules for one area and day.
    #[must_use]
    pub fn new(builder: &'b Builder, tables: &'b Tables, area: AreaCode, as_of: AsOf) -> Self {
        Self { builder, tables, area, as_of, open: RefCell::default() }
    }

    /// Yuan a month, for each row of `R`.
    pub fn amount<U: Scalar + Times<unit::Rate, Product = U>, R: Row>(
        &self,
        parameter: &str,
        subject: &dyn Subject<'b, R>,
    ) -> Term<'b, U, R> {
        self.asked(parameter, subject, Wanted::Monthly)
    }

    /// Yuan as the rows have it, whatever they are paid for.
    pub fn yuan<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>) -> Term<'b, unit::Yuan, R> {
        self.asked(parameter, subject, Wanted::Paid(None))
    }

    /// Yuan as the rows have it, of a floor or a ceiling the limit itself.
    pub fn yuan_as_written<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>) -> Expr<'b, unit::Yuan, R> {
        let asked = Asked { reader: &Plain(subject), wanted: Wanted::Paid(None), side: None, as_written: true };
        self.builder.expr(self.nodes(parameter, asked).value)
    }

    /// Yuan as the rows have it, of those paid for `wanted`; rows that do not say for what are paid for `usual`, and whom
    /// only rows paid for something else concern gets nothing.
    pub fn paid<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>, wanted: Per, usual: Per) -> Term<'b, unit::Yuan, R> {
        self.asked(parameter, subject, Wanted::Paid(Some(Period { wanted, usual })))
    }

    /// A ratio from the tables.
    pub fn rate<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>) -> Term<'b, unit::Rate, R> {
        self.asked(parameter, subject, Wanted::Rate)
    }

    /// A whole number from the tables.
    pub fn count<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>) -> Term<'b, unit::Count, R> {
        self.asked(parameter, subject, Wanted::Count)
    }

    pub(super) fn asked<U, R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>, wanted: Wanted) -> Term<'b, U, R> {
        self.typed(self.nodes(parameter, Asked { reader: &Plain(subject), wanted, side: None, as_written: false }))
    }

    fn typed<U, R: Row>(&self, nodes: Nodes) -> Term<'b, U, R> {
        Term { fits: self.builder.expr(nodes.fits), value: self.builder.expr(nodes.value) }
    }

    // From here on units and lists are left aside, so that looking something up is compiled once for all of them.

    /// What the table in force gives.
    pub(super) fn nodes(&self, parameter: &str, asked: Asked<'_>) -> Nodes {
        if self.open.borrow().iter().any(|open| open == parameter) {
            return self.missing_nodes(parameter, "unknown", self.area, None, asked.reader.frame());
        }
        self.open.borrow_mut().push(parameter.to_owned());
        let found = self.resolved(parameter, asked);
        self.open.borrow_mut().pop();
        found
    }

    fn resolved(&self, parameter: &str, asked: Asked<'_>) -> Nodes {
        let frame = asked.reader.frame();
        let found = self.tables.find(parameter, self.area, self.as_of);
        let mut nodes = match &found.certain {
            Ok(answer) => self.answered(answer, asked),
            Err(cause) => self.missing_nodes(parameter, cause, self.area, None, frame),
        };
        // A nearer table that may not have begun yet: its answer or the one above, unless they are the same.
        for answer in found.perhaps.iter().rev() {
            let near = self.answered(answer, asked);
            let begun = self.missing_nodes(parameter, "start-unknown", answer.table.area, None, frame).fits;
            nodes = Nodes {
                fits: self.builder.select_of(&[(begun, near.fits)], nodes.fits, frame),
                value: self.builder.select_of(&[(begun, near.value)], nodes.value, frame),
            };
        }
        nodes
    }

    fn answered(&self, answer: &Answer<'_>, asked: Asked<'_>) -> Nodes {
        let Answer { table, groups } = answer;
        let frame = asked.reader.frame();
        if groups.is_empty() {
            return self.missing_nodes(&table.parameter, "no-table", table.area, None, frame);
        }
        let mut rows = Vec::new();
        for group in groups {
            rows.push(self.ageless(table, group, asked));
        }
        if table.hit == Hit::Highest {
            // Rows stand in the order of their value, the highest first, where all values are known.
            sort_by_number(&mut rows, |row| row.rank.saturating_neg());
        }
        let outside = self.outside(table, asked);
        // From the highest age at which a row begins or ends down to the lowest, and from the first grade of disability to none:
        // between two that are both possible it is what is written for these, and nothing else.
        let is_of_grade = |condition: &&Condition| matches!(condition, Condition::DisabilityGrade(_));
        let first = if groups.iter().flat_map(|group| &group.when).any(is_of_grade) { 1 } else { NO_GRADE };
        let (mut fits, mut values, mut above) = (Vec::new(), Vec::new(), i64::MAX);
        loop {
            let age = age_below(above, groups);
            let (mut fits_grade, mut of_grade, mut grades) = (Vec::new(), Vec::new(), Vec::new());
            for grade in first..=NO_GRADE {
                let (mut cases, mut covering) = (Vec::new(), Vec::new());
                // Whom only rows paid for something else concern gets nothing.
                for wanted in [true, false] {
                    for row in &rows {
                        if row.is_paid == wanted && row.group.is_of(age, grade) {
                            cases.push((row.concerned, row.value));
                            covering.push(row.covered);
                        }
                    }
                }
                if table.otherwise == Otherwise::Unknown {
                    covering.push(outside.fits);
                }
                grades.push(grade);
                let reached = match grade {
                    NO_GRADE => self.builder.truth_node(true, frame),
                    _ => self.holds(&Condition::DisabilityGrade(grades.clone()), asked),
                };
                step_down(&mut fits_grade, reached, self.builder.any_of(&covering, frame));
                step_down(&mut of_grade, reached, self.builder.select_of(&cases, outside.value, frame));
            }
            let reached = match age {
                NO_AGE => self.builder.truth_node(true, frame),
                _ => self.holds(&Condition::AgeYears(Span { at_least: Some(age), below: None }), asked),
            };
            step_down(&mut fits, reached, self.builder.select_of(&fits_grade, outside.fits, frame));
            step_down(&mut values, reached, self.builder.select_of(&of_grade, outside.value, frame));
            if age == NO_AGE {
                break;
            }
            above = age;
        }
        // Once every row is over, nobody knows whom the next table will concern.
        let fits = if groups.iter().all(|group| group.state == State::Expired) {
            self.missing_nodes(&table.parameter, "expired", table.area, None, frame).fits
        } else {
            self.builder.select_of(&fits, outside.fits, frame)
        };
        Nodes { fits, value: self.builder.select_of(&values, outside.value, frame) }
    }

    /// What a row says of whom, age and grade of disability left aside.
    fn ageless<'g>(&self, table: &Table, group: &'g Group<'g>, asked: Asked<'_>) -> Told<'g> {
        let frame = asked.reader.frame();
        let concerned = self.builder.all_of(&self.conditions(group, asked, false), frame);
        let covered = match self.in_force(table, group, frame) {
            Some(in_force) => self.builder.all_of(&[concerned, in_force], frame),
            None => concerned,
        };
        let is_paid = is_paid_for(table, group, asked.wanted);
        let value = if is_paid { self.group_value(table, group, asked) } else { self.builder.constant(0, frame) };
        let ranked = match asked.wanted {
            // What stands beside a value is that of the row whose value is the highest.
            Wanted::Limit(_) | Wanted::Payer(_) | Wanted::Which if table.hit == Hit::Highest => {
                self.group_value(table, group, Asked { wanted: Wanted::Paid(None), ..asked })
            }
            _ => value,
        };
        let rank = i64::try_from(self.builder.most(ranked)).unwrap_or(i64::MAX);
        Told { group, concerned, covered, is_paid, value, rank }
    }

    /// What is said of who is outside all rows: nobody knows; where the table covers everyone it means, nothing is paid.
    fn outside(&self, table: &Table, asked: Asked<'_>) -> Nodes {
        let frame = asked.reader.frame();
        let unknown = self.missing_nodes(&table.parameter, "unknown", table.area, None, frame);
        let nothing = self.builder.constant(0, frame);
        match asked.wanted {
            Wanted::Limit(_) => Nodes { value: self.builder.constant(NO_LIMIT, frame), ..unknown },
            Wanted::Payer(_) | Wanted::Which => Nodes { value: nothing, ..unknown },
            Wanted::Paid(_) | Wanted::Monthly if table.otherwise == Otherwise::Ineligible => Nodes { value: nothing, ..unknown },
            _ => unknown,
        }
    }

    /// Whether a row of a group is in force, where that is open or something is to be remarked on it.
    pub(super) fn in_force(&self, table: &Table, group: &Group<'_>, frame: Frame) -> Option<NodeId> {
        let row = table.rows.get(group.row)?;
        let missing = |cause| Some(self.missing_nodes(&table.parameter, cause, table.area, Some(group.row), frame).fits);
        match group.state {
            State::Expired => missing("expired"),
            State::OneOf(_, true) => missing("start-unknown"),
            State::OneOf(_, false) => None,
            State::InForce => {
                let slot = Slot::YES.flagged(remarks(row, group));
                (slot != Slot::YES).then(|| self.builder.cell_node(self.cell(table, TableNote::Row(group.row), slot), frame, 1))
            }
        }
    }

    /// Whether the rows of a group concern the person.
    pub(super) fn concerns(&self, group: &Group<'_>, asked: Asked<'_>) -> NodeId {
        self.builder.all_of(&self.conditions(group, asked, true), asked.reader.frame())
    }

    /// What the rows of a group ask for; what they say of age and grade of disability may be left aside.
    fn conditions(&self, group: &Group<'_>, asked: Asked<'_>, with_steps: bool) -> Vec<NodeId> {
        let mut conditions = Vec::new();
        for condition in &group.when {
            if with_steps || !matches!(condition, Condition::AgeYears(_) | Condition::DisabilityGrade(_)) {
                conditions.push(self.holds(condition, asked));
            }
        }
        conditions
    }

    fn holds(&self, condition: &Condition, asked: Asked<'_>) -> NodeId {
        match (condition, asked.side) {
            (Condition::Settlement(own), Some(side)) => self.builder.truth_node(*own == side, asked.reader.frame()),
            _ => asked.reader.holds(condition),
        }
    }

    pub(super) fn cell(&self, table: &Table, note: TableNote, slot: Slot) -> Cell {
        Cell { slot, parameter: table.parameter.clone(), area: table.area, note }
    }

    /// A value nobody has told us.
    pub fn missing<U, R: Row>(&self, parameter: &str, cause: &'static str, area: AreaCode, last_known: Option<usize>) -> Term<'b, U, R> {
        self.typed(self.missing_nodes(parameter, cause, area, last_known, R::FRAME))
    }

    /// The word a parameter has here, if its table names one for everybody.
    pub fn word<'s, R: Row>(&'s self, parameter: &str) -> (Word<'s>, Expr<'b, unit::Truth, R>) {
        let (word, known) = self.word_node(parameter, R::FRAME);
        (word, self.builder.expr(known))
    }

    fn word_node<'s>(&'s self, parameter: &str, frame: Frame) -> (Word<'s>, NodeId) {
        let found = self.tables.find(parameter, self.area, self.as_of);
        let answers: Vec<&Answer<'_>> = found.perhaps.iter().chain(&found.certain).listed();
        let words: Vec<Option<(&str, Cell)>> = answers.iter().map(|answer| self.one_word(answer)).listed();
        let first = words.iter().flatten().next();
        if let Some((word, cell)) = first
            && found.certain.is_ok()
            && words.iter().all(|other| other.as_ref().is_some_and(|(other, _)| other == word))
        {
            let tables_word = answers.iter().find_map(|answer| {
                answer.table.rows.iter().find_map(|row| match &row.value {
                    CellValue::Word(own) if own == word => Some(own.as_str()),
                    _ => None,
                })
            });
            return (tables_word.map_or(Word::Unknown, Word::Known), self.builder.cell_node(cell.clone(), frame, 1));
        }
        let (cause, area) = match &found.certain {
            Ok(answer) if answer.groups.iter().all(|group| group.state == State::Expired) => ("expired", answer.table.area),
            Ok(answer) => ("unknown", answer.table.area),
            Err(cause) => (*cause, self.area),
        };
        (Word::Unknown, self.missing_nodes(parameter, cause, area, None, frame).fits)
    }

    /// Whether a parameter has this word here; open where no text was read.
    #[must_use]
    pub fn says<R: Row>(&self, parameter: &str, word: &str) -> Expr<'b, unit::Truth, R> {
        match self.word(parameter) {
            (Word::Known(own), known) if own == word => known,
            (Word::Known(_), _) => self.builder.always(false),
            (Word::Unknown, unknown) => unknown,
        }
    }

    /// The word of a table that has one for everybody, and its cell.
    fn one_word<'t>(&self, answer: &Answer<'t>) -> Option<(&'t str, Cell)> {
        let (group, row) = only_row(answer)?;
        match &row.value {
            CellValue::Word(word) => {
                let slot = Slot::YES.flagged(remarks(row, group));
                Some((word, self.cell(answer.table, TableNote::Row(group.row), slot)))
            }
            _ => None,
        }
    }

    /// `a` compared with `b` by the operator a table names: strictly below, or at most.
    pub fn compare<U: Scalar, R: Row>(&self, parameter: &str, a: Expr<'b, U, R>, b: Expr<'b, U, R>) -> Expr<'b, unit::Truth, R> {
        match self.word(parameter) {
            (Word::Known("below"), known) => a.below(b).and(known),
            (Word::Known(_), known) => a.at_most(b).and(known),
            // Below is certain under either reading; equal depends on it.
            (Word::Unknown, unknown) => a.below(b).or(a.at_most(b).and(unknown)),
        }
    }

    /// `a` compared with `b` by the operator a table names: at least, or more than.
    pub fn reaches<U: Scalar, R: Row>(&self, parameter: &str, a: Expr<'b, U, R>, b: Expr<'b, U, R>) -> Expr<'b, unit::Truth, R> {
        match self.word(parameter) {
            (Word::Known("above"), known) => b.below(a).and(known),
            (Word::Known(_), known) => a.at_least(b).and(known),
            (Word::Unknown, unknown) => b.below(a).or(a.at_least(b).and(unknown)),
        }
    }

    /// How a parameter rounds; where nobody has told us, to the yuan either way.
    #[must_use]
    pub fn rounding(&self, parameter: &str) -> RoundRule {
        self.rounding_written(parameter).unwrap_or(RoundRule { unit_fen: 100, mode: None })
    }

    /// How a parameter rounds, where a table says so.
    pub(super) fn rounding_written(&self, parameter: &str) -> Option<RoundRule> {
        match self.only_value(parameter)? {
            CellValue::Rounding(rounding) => Some(RoundRule { unit_fen: rounding.unit_fen(), mode: Some(rounding.mode()) }),
            CellValue::UnknownWithin(unit) => Some(RoundRule { unit_fen: unit.fen(), mode: None }),
            _ => None,
        }
    }

    /// The kinds of expense a parameter names, if its table names them for everybody.
    #[must_use]
    pub fn kinds(&self, parameter: &str) -> Option<&'b [ExpenseKind]> {
        match self.only_value(parameter) {
            Some(CellValue::Kinds(kinds)) => Some(kinds),
            _ => None,
        }
    }

    /// The value of a parameter whose table has one for everybody, certainly in force.
    fn only_value(&self, parameter: &str) -> Option<&'b CellValue> {
        let found = self.tables.find(parameter, self.area, self.as_of);
        let (true, Ok(answer)) = (found.perhaps.is_empty(), &found.certain) else { return None };
        only_row(answer).map(|(_, row)| &row.value)
    }

    /// The counting rule for ages of a benefit; `None` where no text was read.
    #[must_use]
    pub fn age_rule(&self, benefit: &str) -> Option<AgeRule> {
        match self.word::<row::Member>(&format!("{benefit}-age-rule")).0 {
            Word::Known(word) => AgeRule::parse(word),
            Word::Unknown => None,
        }
    }

    /// The rows of every level that stand for themselves (exclusions, groups of people): each with its code, its clause,
    /// its value and whether it concerns the person.
    pub fn each_row<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>) -> Vec<OwnRow<'b, R>> {
        self.own_rows(parameter, &Plain(subject)).into_iter().map(OwnRow::of_list).listed()
    }

    /// The same for whichever list, compiled once.
    fn own_rows(&self, parameter: &str, reader: &dyn Reader) -> Vec<OwnRow<'b, ()>> {
        let (asked, frame) = (Asked { reader, wanted: Wanted::Rate, side: None, as_written: false }, reader.frame());
        let mut found = Vec::new();
        for Answer { table, groups } in self.tables.find_all(parameter, self.area, self.as_of) {
            for group in groups.iter().filter(|group| group.state != State::Expired) {
                let Some(row) = table.rows.get(group.row) else { continue };
                let in_force = if let State::OneOf(..) = group.state {
                    self.missing_nodes(&table.parameter, "start-unknown", table.area, Some(group.row), frame).fits
                } else {
                    let slot = Slot::YES.flagged(remarks(row, group));
                    self.builder.cell_node(self.cell(table, TableNote::Row(group.row), slot), frame, 1)
                };
                let mut conditions = self.conditions(group, asked, true);
                conditions.push(in_force);
                let holds = self.builder.expr(self.builder.all_of(&conditions, frame));
                let word = if let CellValue::Word(word) = &row.value { word.as_str() } else { "" };
                let code = row.reason.as_deref().unwrap_or("other");
                let relation = if let CellValue::Relation(relation) = &row.value { Some(relation) } else { None };
                let always = group.when.is_empty() && group.state == State::InForce;
                found.push(OwnRow { code, word, relation, area: table.area, always, clause: row.clause.clone(), holds });
            }
        }
        found
    }

    /// Whether a parameter differs among the people of a household, and not only between town and village.
    #[must_use]
    pub fn tells_people_apart(&self, parameter: &str) -> bool {
        let found = self.tables.find(parameter, self.area, self.as_of);
        let of_person = |condition: &&Condition| !matches!(condition, Condition::Settlement(_));
        found.certain.iter().chain(&found.perhaps).flat_map(|answer| &answer.groups).any(|group| group.when.iter().any(of_person))
    }

    /// The clause of the row a parameter stands on here, for reasons that come from a table.
    #[must_use]
    pub fn clause(&self, parameter: &str) -> Option<Clause> {
        let found = self.tables.find(parameter, self.area, self.as_of);
        let answer = found.certain.ok()?;
        answer.groups.first().and_then(|group| answer.table.rows.get(group.row)).map(|row| row.clause.clone())
    }
}

/// A row that stands for itself.
pub struct OwnRow<'b, R> {
    /// Its stable code.
    pub code: &'b str,
    /// Its word.
    pub word: &'b str,
    /// What it says of benefits that go together.
    pub relation: Option<&'b Relation>,
    /// The area whose table it is in.
    pub area: AreaCode,
    /// It concerns everybody and is certainly in force.
    pub always: bool,
    /// Where it is written.
    pub clause: Clause,
    /// Whether it is in force and concerns the person.
    pub holds: Expr<'b, unit::Truth, R>,
}

impl<'b> OwnRow<'b, ()> {
    /// As a row about one list.
    fn of_list<R>(self) -> OwnRow<'b, R> {
        let Self { code, word, relation, area, always, clause, holds } = self;
        OwnRow { code, word, relation, area, always, clause, holds: holds.in_list() }
    }
}

impl<R> OwnRow<'_, R> {
    /// Whether it says for everybody, and nearer than another row, how two benefits go together.
    #[must_use]
    fn overrules(&self, other: &Self, a: &str, b: &str) -> bool {
        let names = |relation: &&Relation| relation.kind.binds() && [a, b].iter().all(|name| relation.of.iter().any(|of| of == name));
        self.always && self.area != other.area && self.relation.filter(names).is_some()
    }
}

/// Whether a row nearer than the one at a position overrules what that says of two benefits.
pub fn is_overruled<R>(rows: &[OwnRow<'_, R>], position: usize, a: &str, b: &str) -> bool {
    rows.get(position).is_some_and(|own| rows.iter().take(position).any(|nearer| nearer.overrules(own, a, b)))
}

/// One step down in age; a step at which nothing changes is none.
fn step_down(steps: &mut Vec<(NodeId, NodeId)>, reached: NodeId, says: NodeId) {
    steps.pop_if(|(_, above)| *above == says);
    steps.push((reached, says));
}

/// The one row of a table that has one for everybody, if it is in force.
fn only_row<'a, 't>(answer: &'a Answer<'t>) -> Option<(&'a Group<'t>, &'t TableRow)> {
    let [group] = answer.groups.as_slice() else { return None };
    (group.state == State::InForce).then_some(())?;
    answer.table.rows.get(group.row).map(|row| (group, row))
}

/// Whether the rows of a group are paid for what is wanted.
pub(super) fn is_paid_for(table: &Table, group: &Group<'_>, wanted: Wanted) -> bool {
    match (wanted, table.rows.get(group.row)) {
        (Wanted::Paid(Some(period)), Some(row)) => row.per.unwrap_or(period.usual) == period.wanted,
        _ => true,
    }
}

/// What is to be remarked on a value of a row.
pub(super) fn remarks(row: &TableRow, group: &Group<'_>) -> Flags {
    if row.unconfirmed || row.grade.needs_confirmation() || group.stale { Flags::UNCONFIRMED } else { Flags::NONE }
}
