//! Turns table rows into expressions: the one place where a dimension of a table meets the facts it reads.

use std::cell::RefCell;

use super::lookup::{Answer, Group, State};
use super::{Bound, CellValue, Condition, Hit, Otherwise, Table, TableRow, Tables};
use crate::area::AreaCode;
use crate::date::{AgeRule, Date};
use crate::formula::{Builder, Cell, Expr, NodeId, RoundRule, Scalar, TableNote, Times};
use crate::household::Frame;
use crate::household::dictionary::{Benefit, PaymentState, Row, Status, fact, row, unit};
use crate::money::Rate;
use crate::order::sort_by_number;
use crate::slot::{Flags, INFINITE, Slot};
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
    pub day: Date,
    /// Parameters being looked up just now, so that a table that refers to itself is found.
    open: RefCell<Vec<String>>,
}

/// The household category of each member (家庭类别): one condition for each status.
#[derive(Clone, Copy)]
pub struct Categories<'b> {
    /// 特困人员
    pub destitute_support: Expr<'b, unit::Truth, row::Member>,
    /// 低保
    pub minimum_living_allowance: Expr<'b, unit::Truth, row::Member>,
    /// 低保边缘
    pub borderline_household: Expr<'b, unit::Truth, row::Member>,
    /// 刚性支出困难
    pub essential_expense_hardship: Expr<'b, unit::Truth, row::Member>,
    /// 低收入
    pub low_income: Expr<'b, unit::Truth, row::Member>,
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

/// For whom a table is read.
pub trait Subject<'b, R: Row> {
    /// Whether a row's condition holds.
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, R>;
    /// The bill, where a value can be a share of it.
    fn bill(&self) -> Option<Expr<'b, unit::Yuan, R>> {
        None
    }
}

/// A [`Subject`] without its list and unit.
trait Reader {
    /// One value for each row of this list.
    fn frame(&self) -> Frame;
    /// Whether a row's condition holds.
    fn holds(&self, condition: &Condition) -> NodeId;
    /// The bill, where there is one.
    fn bill(&self) -> Option<NodeId>;
}

struct Plain<'s, 'b, R>(&'s dyn Subject<'b, R>);

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

/// A [`Term`] without its list and unit.
struct Nodes {
    fits: NodeId,
    value: NodeId,
}

/// A row of a table and what is to be remarked on it.
struct RowPlace<'t> {
    table: &'t Table,
    number: usize,
    row: &'t TableRow,
    remarks: Flags,
}

impl<'b> Rules<'b> {
    /// Rules for one area and day.
    #[must_use]
    pub fn new(builder: &'b Builder, tables: &'b Tables, area: AreaCode, day: Date) -> Self {
        Self { builder, tables, area, day, open: RefCell::default() }
    }

    /// An amount from the tables, for each row of `R`.
    pub fn amount<U: Scalar + Times<unit::Rate, Product = U>, R: Row>(
        &self,
        parameter: &str,
        subject: &dyn Subject<'b, R>,
    ) -> Term<'b, U, R> {
        self.typed(self.amount_nodes(parameter, &Plain(subject)))
    }

    /// A ratio from the tables.
    pub fn rate<R: Row>(&self, parameter: &str, subject: &dyn Subject<'b, R>) -> Term<'b, unit::Rate, R> {
        self.typed(self.resolved(parameter, &Plain(subject), false))
    }

    fn typed<U, R: Row>(&self, nodes: Nodes) -> Term<'b, U, R> {
        Term { fits: self.builder.expr(nodes.fits), value: self.builder.expr(nodes.value) }
    }

    // From here on units and lists are left aside, so that looking something up is compiled once for all of them.

    fn amount_nodes(&self, parameter: &str, reader: &dyn Reader) -> Nodes {
        if self.open.borrow().iter().any(|open| open == parameter) {
            return self.missing_nodes(parameter, "unknown", self.area, None, reader.frame());
        }
        self.open.borrow_mut().push(parameter.to_owned());
        let found = self.resolved(parameter, reader, true);
        self.open.borrow_mut().pop();
        found
    }

    /// What the table in force gives; as yuan (`is_amount`) or as a ratio.
    fn resolved(&self, parameter: &str, reader: &dyn Reader, is_amount: bool) -> Nodes {
        let frame = reader.frame();
        let found = self.tables.find(parameter, self.area, self.day);
        let mut nodes = match &found.certain {
            Ok(answer) => self.answered(answer, reader, is_amount),
            Err(cause) => self.missing_nodes(parameter, cause, self.area, None, frame),
        };
        // A nearer table that may not have begun yet: its answer or the one above, unless they are the same.
        for answer in found.perhaps.iter().rev() {
            let near = self.answered(answer, reader, is_amount);
            let begun = self.missing_nodes(parameter, "start-unknown", answer.table.area, None, frame).fits;
            nodes = Nodes {
                fits: self.builder.select_of(&[(begun, near.fits)], nodes.fits, frame),
                value: self.builder.select_of(&[(begun, near.value)], nodes.value, frame),
            };
        }
        nodes
    }

    fn answered(&self, answer: &Answer<'_>, reader: &dyn Reader, is_amount: bool) -> Nodes {
        let Answer { table, groups } = answer;
        let frame = reader.frame();
        if groups.is_empty() {
            return self.missing_nodes(&table.parameter, "no-table", table.area, None, frame);
        }
        let mut cases = Vec::new();
        for group in groups {
            let conditions: Vec<NodeId> = group.when.iter().map(|condition| reader.holds(condition)).collect();
            cases.push((self.builder.all_of(&conditions, frame), self.group_value(table, group, reader, is_amount)));
        }
        let conditions: Vec<NodeId> = cases.iter().map(|(condition, _)| *condition).collect();
        let outside = self.missing_nodes(&table.parameter, "unknown", table.area, None, frame);
        // Once every row is over, nobody knows whom the next table will concern.
        let fits = if groups.iter().all(|group| group.state == State::Expired) {
            self.missing_nodes(&table.parameter, "expired", table.area, None, frame).fits
        } else if table.otherwise == Otherwise::Ineligible {
            self.builder.any_of(&conditions, frame)
        } else {
            let covered = self.builder.truth_node(true, frame);
            let known: Vec<_> = conditions.iter().map(|condition| (*condition, covered)).collect();
            self.builder.select_of(&known, outside.fits, frame)
        };
        let value = match table.hit {
            Hit::Highest => self.highest(&mut cases, &conditions, table.otherwise, outside.value, frame),
            Hit::Unique | Hit::First | Hit::All => self.builder.select_of(&cases, outside.value, frame),
        };
        Nodes { fits, value }
    }

    /// The largest value among the rows that fit; a person outside all rows gets nothing from a row.
    fn highest(
        &self,
        cases: &mut Vec<(NodeId, NodeId)>,
        conditions: &[NodeId],
        otherwise: Otherwise,
        outside: NodeId,
        frame: Frame,
    ) -> NodeId {
        // Rows stand in the order of their value, the highest first, where all values are known.
        sort_by_number(cases, |(_, value)| i64::try_from(self.builder.most(*value)).unwrap_or(i64::MAX).saturating_neg());
        let best = self.builder.select_of(cases, outside, frame);
        match otherwise {
            Otherwise::Unknown => best,
            Otherwise::Ineligible => self.builder.select_of(&[(self.builder.any_of(conditions, frame), best)], outside, frame),
        }
    }

    fn group_value(&self, table: &Table, group: &Group<'_>, reader: &dyn Reader, is_amount: bool) -> NodeId {
        let frame = reader.frame();
        let missing = |cause, last| self.missing_nodes(&table.parameter, cause, table.area, last, frame).value;
        let Some(row) = table.rows.get(group.row) else { return missing("unknown", None) };
        match &group.state {
            State::InForce if row.value == CellValue::Unknown => {
                let last = table.rows.iter().position(|other| other.value != CellValue::Unknown && other.from < row.from);
                missing("unknown", last)
            }
            State::InForce => {
                let stale = if group.stale { Flags::UNCONFIRMED } else { Flags::NONE };
                let place = RowPlace { table, number: group.row, row, remarks: remarks(row) | stale };
                if is_amount { self.row_value(&place, reader) } else { self.row_rate(&place, frame) }
            }
            State::Expired => missing("expired", Some(group.row)),
            State::OneOf(rows, perhaps_none) => {
                let fen: Vec<Option<i64>> = rows
                    .iter()
                    .map(|number| match table.rows.get(*number).map(|row| &row.value) {
                        Some(CellValue::Money(yuan)) => Some(yuan.fen()),
                        _ => None,
                    })
                    .collect();
                let least = fen.iter().copied().min().flatten().filter(|_| !perhaps_none).unwrap_or(0);
                let all_known = !perhaps_none && fen.iter().all(Option::is_some);
                let most = if all_known { fen.iter().copied().max().flatten().unwrap_or(INFINITE) } else { INFINITE };
                let slot = Slot::between(least, most, Flags::CELL);
                self.builder.cell_node(self.cell(table, TableNote::Missing("start-unknown", Some(group.row)), slot), frame, 100)
            }
        }
    }

    fn row_value(&self, place: &RowPlace<'_>, reader: &dyn Reader) -> NodeId {
        let RowPlace { table, row, .. } = *place;
        let frame = reader.frame();
        let builder = self.builder;
        let missing = || self.missing_nodes(&table.parameter, "unknown", table.area, None, frame).value;
        match &row.value {
            CellValue::Money(yuan) => self.money_cell(place, yuan.fen(), frame),
            CellValue::Ratio(rate, of, rounding) => {
                let base = self.amount_nodes(of, reader).value;
                let value = builder.product(base, self.rate_cell(place, *rate, frame), frame);
                let rule = rounding.map_or(RoundRule { unit_fen: 1, mode: None }, |rounding| RoundRule {
                    unit_fen: rounding.unit_fen(),
                    mode: Some(rounding.mode()),
                });
                builder.round(value, rule, frame)
            }
            CellValue::Equals(of) => self.amount_nodes(of, reader).value,
            CellValue::ShareOfBill(share, cap) => {
                let Some(bill) = reader.bill() else { return missing() };
                let part = builder.product(bill, self.rate_cell(place, *share, frame), frame);
                let part = builder.round(part, RoundRule { unit_fen: 1, mode: None }, frame);
                match cap {
                    Some(cap) => builder.smaller(part, self.money_cell(place, cap.fen(), frame), frame),
                    None => part,
                }
            }
            CellValue::Rate(_) | CellValue::Word(_) | CellValue::Rounding(_) | CellValue::UnknownWithin(_) | CellValue::Unknown => {
                missing()
            }
        }
    }

    fn row_rate(&self, place: &RowPlace<'_>, frame: Frame) -> NodeId {
        match &place.row.value {
            CellValue::Rate(rate) => self.rate_cell(place, *rate, frame),
            _ => self.missing_nodes(&place.table.parameter, "unknown", place.table.area, None, frame).value,
        }
    }

    fn money_cell(&self, place: &RowPlace<'_>, fen: i64, frame: Frame) -> NodeId {
        let slot = match place.row.bound {
            None => Slot::between(fen, fen, place.remarks),
            Some(Bound::AtLeast | Bound::Guide) => Slot::between(fen, INFINITE, place.remarks | Flags::BOUND),
            Some(Bound::UpTo) => Slot::between(0, fen, place.remarks | Flags::BOUND),
        };
        self.builder.cell_node(self.cell(place.table, TableNote::Row(place.number), slot), frame, 100)
    }

    fn rate_cell(&self, place: &RowPlace<'_>, rate: Rate, frame: Frame) -> NodeId {
        let parts = 10_i64.checked_pow(rate.scale()).unwrap_or(1);
        let slot = Slot::exact(rate.mantissa()).flagged(place.remarks);
        self.builder.cell_node(self.cell(place.table, TableNote::Row(place.number), slot), frame, parts)
    }

    fn cell(&self, table: &Table, note: TableNote, slot: Slot) -> Cell {
        Cell { slot, parameter: table.parameter.clone(), area: table.area, note }
    }

    /// A value nobody has told us.
    pub fn missing<U, R: Row>(&self, parameter: &str, cause: &'static str, area: AreaCode, last_known: Option<usize>) -> Term<'b, U, R> {
        self.typed(self.missing_nodes(parameter, cause, area, last_known, R::FRAME))
    }

    fn missing_nodes(&self, parameter: &str, cause: &'static str, area: AreaCode, last_known: Option<usize>, frame: Frame) -> Nodes {
        let cell = |slot| Cell { slot, parameter: parameter.to_owned(), area, note: TableNote::Missing(cause, last_known) };
        let fits = self.builder.cell_node(cell(Slot::maybe(Flags::CELL)), frame, 1);
        Nodes { fits, value: self.builder.cell_node(cell(Slot::between(0, INFINITE, Flags::CELL)), frame, 100) }
    }

    /// The word a parameter has here, if its table names one for everybody.
    pub fn word<'s, R: Row>(&'s self, parameter: &str) -> (Word<'s>, Expr<'b, unit::Truth, R>) {
        let (word, known) = self.word_node(parameter, R::FRAME);
        (word, self.builder.expr(known))
    }

    fn word_node<'s>(&'s self, parameter: &str, frame: Frame) -> (Word<'s>, NodeId) {
        let found = self.tables.find(parameter, self.area, self.day);
        let answers: Vec<&Answer<'_>> = found.perhaps.iter().chain(&found.certain).collect();
        let words: Vec<Option<(&str, Cell)>> = answers.iter().map(|answer| self.one_word(answer)).collect();
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

    /// The word of a table that has one for everybody, and its cell.
    fn one_word<'t>(&self, answer: &Answer<'t>) -> Option<(&'t str, Cell)> {
        let [group] = answer.groups.as_slice() else { return None };
        let row = answer.table.rows.get(group.row)?;
        match &row.value {
            CellValue::Word(word) if group.state == State::InForce => {
                let flags = if group.stale { Flags::UNCONFIRMED } else { remarks(row) };
                Some((word, self.cell(answer.table, TableNote::Row(group.row), Slot::YES.flagged(flags))))
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

    /// How a parameter rounds.
    #[must_use]
    pub fn rounding(&self, parameter: &str) -> RoundRule {
        let unknown = RoundRule { unit_fen: 100, mode: None };
        let found = self.tables.find(parameter, self.area, self.day);
        let (true, Ok(Answer { table, groups })) = (found.perhaps.is_empty(), &found.certain) else { return unknown };
        let [group] = groups.as_slice() else { return unknown };
        match (&group.state, table.rows.get(group.row).map(|row| &row.value)) {
            (State::InForce, Some(CellValue::Rounding(rounding))) => {
                RoundRule { unit_fen: rounding.unit_fen(), mode: Some(rounding.mode()) }
            }
            (State::InForce, Some(CellValue::UnknownWithin(unit))) => RoundRule { unit_fen: unit.fen(), mode: None },
            _ => unknown,
        }
    }

    /// The counting rule for ages of a benefit; `None` where no text was read.
    #[must_use]
    pub fn age_rule(&self, benefit: &str) -> Option<AgeRule> {
        match self.word::<row::Member>(&format!("{benefit}-age-rule")).0 {
            Word::Known(word) => AgeRule::parse(word),
            Word::Unknown => None,
        }
    }

    /// Exclusion rows of every level, each with its code, its clause and whether it holds.
    pub fn exclusions(
        &self,
        parameter: &str,
        subject: &dyn Subject<'b, row::Member>,
    ) -> Vec<(String, Clause, Expr<'b, unit::Truth, row::Member>)> {
        let mut found = Vec::new();
        for (table, groups) in self.tables.find_all(parameter, self.area, self.day) {
            for group in groups.iter().filter(|group| group.state != State::Expired) {
                let Some(row) = table.rows.get(group.row) else { continue };
                let mut conditions: Vec<_> = group.when.iter().map(|condition| subject.holds(condition)).collect();
                if let State::OneOf(..) = group.state {
                    conditions
                        .push(self.missing::<unit::Yuan, row::Member>(&table.parameter, "start-unknown", table.area, Some(group.row)).fits);
                } else {
                    let flags = if group.stale { Flags::UNCONFIRMED } else { remarks(row) };
                    conditions.push(self.builder.truth_cell(self.cell(table, TableNote::Row(group.row), Slot::YES.flagged(flags))));
                }
                let code = row.reason.clone().unwrap_or_else(|| "other".to_owned());
                found.push((code, row.clause.clone(), self.builder.all(&conditions)));
            }
        }
        found
    }

    /// The clause of the row a parameter stands on here, for reasons that come from a table.
    #[must_use]
    pub fn clause(&self, parameter: &str) -> Option<Clause> {
        let found = self.tables.find(parameter, self.area, self.day);
        let answer = found.certain.ok()?;
        answer.groups.first().and_then(|group| answer.table.rows.get(group.row)).map(|row| row.clause.clone())
    }
}

fn remarks(row: &TableRow) -> Flags {
    if row.unconfirmed || row.grade.needs_confirmation() { Flags::UNCONFIRMED } else { Flags::NONE }
}

/// Reads a table for each member.
pub struct OfMember<'r, 'b> {
    /// The rules.
    pub rules: &'r Rules<'b>,
    /// Household categories; `None` while they are being worked out.
    pub categories: Option<Categories<'b>>,
    /// How ages are counted; `None` where no text was read.
    pub age_rule: Option<AgeRule>,
}

impl<'b> OfMember<'_, 'b> {
    /// Completed years on the day of the decision.
    #[must_use]
    pub fn age(&self) -> Expr<'b, unit::Count, row::Member> {
        let builder = self.rules.builder;
        builder.fact(fact::BIRTH_DATE).age_on(builder.today(), self.age_rule)
    }

    /// The grade of the most severe disability; 9 if there is none.
    #[must_use]
    pub fn worst_grade(&self) -> Expr<'b, unit::Count, row::Member> {
        self.rules.builder.fact(fact::DISABILITY_GRADE).least(9)
    }

    fn category(&self, status: Status) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let Some(categories) = self.categories else { return builder.always(false) };
        match status {
            Status::DestituteSupport => categories.destitute_support,
            Status::MinimumLivingAllowance => categories.minimum_living_allowance,
            Status::BorderlineHousehold => categories.borderline_household,
            Status::EssentialExpenseHardship => categories.essential_expense_hardship,
            Status::LowIncome => categories.low_income,
            Status::CoveredIndividually | Status::Nothing => builder.always(false),
        }
    }

    /// Whether the member draws a benefit; `in_full` asks whether in full.
    #[must_use]
    pub fn draws(&self, benefit: Benefit, in_full: bool) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let paying = builder.fact(fact::RECEIVING_STATE).is(PaymentState::Paying);
        let row = if in_full { paying.and(builder.fact(fact::RECEIVING_FULL)) } else { paying };
        row.entry(fact::RECEIVING_KEY, benefit, builder.always(false))
    }
}

impl<'b> Subject<'b, row::Member> for OfMember<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        match condition {
            Condition::Zone(_) => builder.always(true),
            Condition::Settlement(side) => builder.fact(fact::REGISTERED_SETTLEMENT).is(*side),
            Condition::Category(statuses) => {
                let each: Vec<_> = statuses.iter().map(|status| self.category(*status)).collect();
                builder.any(&each)
            }
            Condition::AgeYears(at_least, below) => {
                let mut parts = Vec::new();
                parts.extend(at_least.map(|years| self.age().at_least(builder.count(years))));
                parts.extend(below.map(|years| self.age().below(builder.count(years))));
                builder.all(&parts)
            }
            Condition::DisabilityGrade(grades) => self.worst_grade().is_among(grades),
            Condition::Disability(items) => {
                let each: Vec<_> = items
                    .iter()
                    .map(|(kinds, grades)| {
                        let kind = builder.fact(fact::DISABILITY_KIND).is_one_of(kinds);
                        kind.and(builder.fact(fact::DISABILITY_GRADE).is_among(grades)).any_row()
                    })
                    .collect();
                builder.any(&each)
            }
            Condition::SeveralDisabilities => {
                let rows = builder.always::<row::Disability>(true).count_rows();
                rows.at_least(builder.count(2))
            }
            Condition::AbilityLevel(levels) => builder.fact(fact::ABILITY_LEVEL).is_one_of(levels),
            Condition::FamilyPlanningSpecial(yes) => {
                let special = builder.fact(fact::FAMILY_PLANNING_SPECIAL);
                if *yes { special } else { special.not() }
            }
            Condition::RegisteredIn(area) => {
                let today = builder.today();
                let current = builder.fact(fact::REGISTERED_FROM).at_most(today).and(today.below(builder.fact(fact::REGISTERED_UNTIL)));
                current.and(builder.fact(fact::REGISTERED_AREA).within(*area)).any_row()
            }
            Condition::LivesIn(area) => {
                let today = builder.today();
                let current = builder.fact(fact::RESIDENCE_FROM).at_most(today).and(today.below(builder.fact(fact::RESIDENCE_UNTIL)));
                current.and(builder.fact(fact::RESIDENCE_AREA).within(*area)).any_row()
            }
            Condition::Receiving(benefit) => self.draws(*benefit, false),
            Condition::ReceivingInFull(benefit) => self.draws(*benefit, true),
            Condition::ServiceInjury(grades) => {
                use crate::household::dictionary::ServiceInjuryKind;
                let holds_card = builder.fact(fact::SERVICE_INJURY_KIND).is(ServiceInjuryKind::Nothing).not();
                holds_card.and(builder.fact(fact::SERVICE_INJURY_GRADE).is_among(grades))
            }
            // These concern a bill, not a person.
            Condition::Meal(_) | Condition::DayKind(_) => builder.always(false),
        }
    }
}

/// Reads a table for the household: by its applicant.
pub struct OfHousehold<'r, 'b>(pub &'r OfMember<'r, 'b>);

impl<'b> Subject<'b, row::Household> for OfHousehold<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Household> {
        self.0.holds(condition).of_applicant()
    }
}

/// Reads a table for each bill: by the bill itself and the member it is for.
pub struct OfBill<'r, 'b>(pub &'r OfMember<'r, 'b>);

impl<'b> Subject<'b, row::Bill> for OfBill<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Bill> {
        let builder = self.0.rules.builder;
        match condition {
            Condition::Meal(meals) => builder.fact(fact::BILL_MEAL).is_one_of(meals),
            Condition::DayKind(kinds) => builder.fact(fact::BILL_DATE).day_kind().is_one_of(kinds),
            person => self.0.holds(person).at(builder.fact(fact::BILL_MEMBER)),
        }
    }

    fn bill(&self) -> Option<Expr<'b, unit::Yuan, row::Bill>> {
        Some(self.0.rules.builder.fact(fact::BILL_PRICE))
    }
}
