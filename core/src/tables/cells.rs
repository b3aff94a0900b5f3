//! What the rows of a table say, as nodes: cells, shares of other parameters, and holes where nobody has told us.

use super::lookup::{Group, State};
use super::rules::{Asked, Nodes, Rules, Wanted, is_paid_for, remarks};
use super::values::Reference;
use super::{Answer, Bound, CellValue, Table, TableRow};
use crate::area::AreaCode;
use crate::formula::{Cell, NodeId, Per, RoundRule, TableNote};
use crate::household::Frame;
use crate::money::{Rate, Rounding};
use crate::order::Listed as _;
use crate::slot::{Flags, INFINITE, Slot};

/// A row of a table and what is to be remarked on it.
#[derive(Clone, Copy)]
struct RowPlace<'t> {
    table: &'t Table,
    number: usize,
    row: &'t TableRow,
    /// Whether the value is a floor or a ceiling, for who asks.
    bound: Option<Bound>,
    remarks: Flags,
}

impl<'t> RowPlace<'t> {
    fn new(table: &'t Table, number: usize, row: &'t TableRow, group: &Group<'_>, asked: Asked<'_>) -> Self {
        Self { table, number, row, bound: row.bound.filter(|_| !asked.as_written), remarks: remarks(row, group) }
    }
}

/// To the fen either way: no text says how a share is rounded.
const NO_ROUNDING_WRITTEN: RoundRule = RoundRule { unit_fen: 1, mode: None };

impl Rules<'_> {
    /// The value of the rows that concern the same people.
    pub(super) fn group_value(&self, table: &Table, group: &Group<'_>, asked: Asked<'_>) -> NodeId {
        let Some(row) = table.rows.get(group.row) else { return self.hole(table, "unknown", None, asked) };
        if let Some(beside) = self.beside_value(table, group, asked) {
            return beside;
        }
        match &group.state {
            State::InForce if row.value == CellValue::Unknown => {
                // The last number known for the same people.
                let is_last = |other: &TableRow| other.value != CellValue::Unknown && other.from < row.from && other.when == row.when;
                self.hole(table, "unknown", table.rows.iter().position(is_last), asked)
            }
            State::InForce => self.row_value(RowPlace::new(table, group.row, row, group, asked), asked),
            State::Expired => self.hole(table, "expired", Some(group.row), asked),
            State::OneOf(rows, perhaps_none) => self.one_of(table, group, rows, *perhaps_none, asked),
        }
    }

    /// What the rows say of which one is in force, the newest first; if they say the same, nothing is open.
    fn one_of(&self, table: &Table, group: &Group<'_>, rows: &[usize], perhaps_none: bool, asked: Asked<'_>) -> NodeId {
        let mut values: Vec<NodeId> = Vec::new();
        for (number, row) in rows.iter().filter_map(|number| Some((*number, table.rows.get(*number)?))) {
            values.push(match row.value {
                CellValue::Unknown => self.hole(table, "unknown", None, asked),
                _ => self.row_value(RowPlace::new(table, number, row, group, asked), asked),
            });
        }
        if perhaps_none {
            values.push(self.hole(table, "start-unknown", Some(group.row), asked));
        }
        let begun = self.missing_nodes(&table.parameter, "start-unknown", table.area, Some(group.row), asked.reader.frame()).fits;
        let Some((last, earlier)) = values.split_last() else { return self.hole(table, "start-unknown", None, asked) };
        earlier.iter().rev().fold(*last, |rest, value| self.builder.select_of(&[(begun, *value)], rest, asked.reader.frame()))
    }

    /// A number that is missing at its own level; a floor set above it still holds.
    fn hole(&self, table: &Table, cause: &'static str, last_known: Option<usize>, asked: Asked<'_>) -> NodeId {
        let frame = asked.reader.frame();
        let missing = self.missing_nodes(&table.parameter, cause, table.area, last_known, frame).value;
        if !matches!(asked.wanted, Wanted::Monthly | Wanted::Paid(_)) {
            return missing;
        }
        let nothing = self.builder.constant(0, frame);
        let above = self.tables.find_above(&table.parameter, table.area, self.area, self.as_of);
        let floors = above.iter().map(|answer| self.floor(answer, asked));
        floors.flatten().fold(missing, |value, floor| self.builder.larger(value, self.builder.larger(floor, nothing, frame), frame))
    }

    /// What a level above demands at least of whoever sets the number below it.
    fn floor(&self, Answer { table, groups }: &Answer<'_>, asked: Asked<'_>) -> Option<NodeId> {
        let frame = asked.reader.frame();
        let mut cases = Vec::new();
        for group in groups.iter().filter(|group| group.state == State::InForce && is_paid_for(table, group, asked.wanted)) {
            let Some(row) = table.rows.get(group.row) else { continue };
            if matches!(row.bound, Some(Bound::AtLeast | Bound::Guide)) && row.value != CellValue::Unknown {
                cases.push((self.concerns(group, asked), self.row_value(RowPlace::new(table, group.row, row, group, asked), asked)));
            }
        }
        let nothing = self.builder.constant(0, frame);
        (!cases.is_empty()).then(|| self.builder.select_of(&cases, nothing, frame))
    }

    fn row_value(&self, place: RowPlace<'_>, asked: Asked<'_>) -> NodeId {
        let RowPlace { table, row, .. } = place;
        let frame = asked.reader.frame();
        let builder = self.builder;
        let value = match (&row.value, asked.wanted) {
            (CellValue::Rate(rate), Wanted::Rate) => self.rate_cell(place, *rate, frame),
            (CellValue::Count(count), Wanted::Count) => self.count_cell(place, *count, frame),
            (_, Wanted::Rate | Wanted::Count) => return self.hole(table, "unknown", None, asked),
            (CellValue::Money(yuan), _) => self.money_cell(place, yuan.fen(), frame),
            (CellValue::Ratio(reference), _) => self.ratio(place, reference, asked),
            (CellValue::Equals(of), _) => {
                // Nothing is added but where it is written and what is to be remarked on that.
                let here = self.cell(table, TableNote::Row(place.number), Slot::exact(0).flagged(place.remarks));
                // What is paid a month is as much as the other number is a month, even where that is set for the year.
                let wanted = match (asked.wanted, row.per) {
                    (Wanted::Paid(_), None | Some(Per::Month)) => Wanted::Monthly,
                    (Wanted::Paid(_), Some(_)) => Wanted::Paid(None),
                    (wanted, _) => wanted,
                };
                let other = self.nodes(of, Asked { wanted, ..asked }).value;
                let value = builder.sum(other, builder.cell_node(here, frame, 100), frame);
                self.bounded(place, value, frame)
            }
            (CellValue::TimesOwn(times, rounding), _) => {
                let value = builder.product(self.own(table, asked), self.rate_cell(place, *times, frame), frame);
                self.bounded(place, builder.round(value, written(*rounding), frame), frame)
            }
            (CellValue::PlusOwn(more), _) => {
                let value = builder.sum(self.own(table, asked), self.money_cell(place, more.fen(), frame), frame);
                self.bounded(place, value, frame)
            }
            (CellValue::Hours(hours, price), _) => {
                let amount = builder.product(self.money_cell(place, price.fen(), frame), self.rate_cell(place, *hours, frame), frame);
                self.bounded(place, builder.round(amount, self.rounding_of(table), frame), frame)
            }
            (CellValue::ShareOfBill(share, cap), _) => {
                let Some(bill) = asked.reader.bill() else { return self.hole(table, "unknown", None, asked) };
                let part = builder.product(bill, self.rate_cell(place, *share, frame), frame);
                let part = builder.round(part, self.rounding_of(table), frame);
                let capped = cap.map_or(part, |cap| builder.smaller(part, self.money_cell(place, cap.fen(), frame), frame));
                self.bounded(place, capped, frame)
            }
            (CellValue::Pays(price), _) => {
                let Some(bill) = asked.reader.bill() else { return self.hole(table, "unknown", None, asked) };
                let off = builder.difference(bill, self.money_cell(place, price.fen(), frame), frame);
                builder.larger(off, builder.constant(0, frame), frame)
            }
            _ => return self.hole(table, "unknown", None, asked),
        };
        match (asked.wanted, row.per) {
            (Wanted::Monthly, Some(Per::Year)) => builder.round(builder.divided(value, 12), NO_ROUNDING_WRITTEN, frame),
            (Wanted::Monthly, Some(Per::Quarter)) => builder.round(builder.divided(value, 3), NO_ROUNDING_WRITTEN, frame),
            _ => value,
        }
    }

    /// How the shares of a table are rounded.
    fn rounding_of(&self, table: &Table) -> RoundRule {
        self.rounding_written(&format!("{}-rounding", table.parameter)).unwrap_or(NO_ROUNDING_WRITTEN)
    }

    fn ratio(&self, place: RowPlace<'_>, reference: &Reference, asked: Asked<'_>) -> NodeId {
        let frame = asked.reader.frame();
        let of = Asked { side: reference.side.or(asked.side), wanted: Wanted::Monthly, ..asked };
        let base = match reference.of_area {
            None => self.nodes(&reference.of, of).value,
            Some(area) => {
                let there = Rules { area, open: self.open.clone(), ..*self };
                there.nodes(&reference.of, Asked { as_written: true, ..of }).value
            }
        };
        let value = self.builder.product(base, self.rate_cell(place, reference.ratio, frame), frame);
        let value = self.builder.round(value, written(reference.rounding), frame);
        let least = reference.not_below.map(|least| self.money_cell(place, least.fen(), frame));
        self.bounded(place, least.map_or(value, |least| self.builder.larger(value, least, frame)), frame)
    }

    /// What the rows of a table that stand for themselves give the person, for rows that give more than that.
    fn own(&self, table: &Table, asked: Asked<'_>) -> NodeId {
        let stands_alone = |group: &Group<'_>| {
            let row = table.rows.get(group.row);
            row.is_some_and(|row| !row.value.is_of_own()) && is_paid_for(table, group, asked.wanted)
        };
        let groups = self.tables.groups(table, self.area, self.as_of, false);
        let groups = groups.iter().filter(|group| stands_alone(group));
        let cases: Vec<_> = groups.map(|group| (self.concerns(group, asked), self.group_value(table, group, asked))).listed();
        self.builder.select_of(&cases, self.hole(table, "unknown", None, asked), asked.reader.frame())
    }

    /// The value of a row that is not an amount of its own but a floor or a ceiling.
    fn bounded(&self, place: RowPlace<'_>, value: NodeId, frame: Frame) -> NodeId {
        let open = |least, most| self.cell(place.table, TableNote::Row(place.number), Slot::between(least, most, Flags::BOUND));
        match place.bound {
            None => value,
            // The value and whatever more.
            Some(Bound::AtLeast | Bound::Guide) => self.builder.sum(value, self.builder.cell_node(open(0, INFINITE), frame, 100), frame),
            // Any part of the value.
            Some(Bound::UpTo) => self.builder.product(value, self.builder.cell_node(open(0, 1), frame, 1), frame),
        }
    }

    fn money_cell(&self, place: RowPlace<'_>, fen: i64, frame: Frame) -> NodeId {
        // Where the amount is worked out from this, the result is bounded, not this.
        let slot = match place.row.value {
            CellValue::Money(_) | CellValue::Pays(_) => bounds(place, fen),
            _ => Slot::exact(fen).flagged(place.remarks),
        };
        self.builder.cell_node(self.cell(place.table, TableNote::Row(place.number), slot), frame, 100)
    }

    fn count_cell(&self, place: RowPlace<'_>, count: i64, frame: Frame) -> NodeId {
        self.builder.cell_node(self.cell(place.table, TableNote::Row(place.number), bounds(place, count)), frame, 1)
    }

    fn rate_cell(&self, place: RowPlace<'_>, rate: Rate, frame: Frame) -> NodeId {
        let parts = 10_i64.checked_pow(rate.scale()).unwrap_or(1);
        // Of a share of something else the product is bounded, not the share.
        let slot = match place.row.value {
            CellValue::Rate(_) => bounds(place, rate.mantissa()),
            _ => Slot::exact(rate.mantissa()).flagged(place.remarks),
        };
        self.builder.cell_node(self.cell(place.table, TableNote::Row(place.number), slot), frame, parts)
    }

    pub(super) fn missing_nodes(
        &self,
        parameter: &str,
        cause: &'static str,
        area: AreaCode,
        last_known: Option<usize>,
        frame: Frame,
    ) -> Nodes {
        let cell = |slot| Cell { slot, parameter: parameter.to_owned(), area, note: TableNote::Missing(cause, last_known) };
        let fits = self.builder.cell_node(cell(Slot::maybe(Flags::CELL)), frame, 1);
        Nodes { fits, value: self.builder.cell_node(cell(Slot::between(0, INFINITE, Flags::CELL)), frame, 100) }
    }
}

/// How a text rounds a share; to the fen either way where none says.
fn written(rounding: Option<Rounding>) -> RoundRule {
    rounding.map_or(NO_ROUNDING_WRITTEN, |rounding| RoundRule { unit_fen: rounding.unit_fen(), mode: Some(rounding.mode()) })
}

/// A number, a floor from it on, or a ceiling up to it.
fn bounds(place: RowPlace<'_>, value: i64) -> Slot {
    match place.bound {
        None => Slot::exact(value).flagged(place.remarks),
        Some(Bound::AtLeast | Bound::Guide) => Slot::between(value, INFINITE, place.remarks | Flags::BOUND),
        Some(Bound::UpTo) => Slot::between(0, value, place.remarks | Flags::BOUND),
    }
}
