//! What the rows of a table say, as nodes: cells, shares of other parameters, and holes where nobody has told us.

use super::lookup::{Group, State};
use super::rules::{Asked, Nodes, Rules, Wanted, remarks};
use super::values::Reference;
use super::{Answer, Bound, CellValue, Table, TableRow};
use crate::area::AreaCode;
use crate::formula::{Cell, NodeId, Per, RoundRule, TableNote};
use crate::household::Frame;
use crate::money::Rate;
use crate::slot::{Flags, INFINITE, Slot};

/// A row of a table and what is to be remarked on it.
#[derive(Clone, Copy)]
struct RowPlace<'t> {
    table: &'t Table,
    number: usize,
    row: &'t TableRow,
    remarks: Flags,
}

/// To the fen either way: no text says how a share is rounded.
const NO_ROUNDING_WRITTEN: RoundRule = RoundRule { unit_fen: 1, mode: None };

impl Rules<'_> {
    /// The value of the rows that concern the same people.
    pub(super) fn group_value(&self, table: &Table, group: &Group<'_>, asked: Asked<'_>) -> NodeId {
        let frame = asked.reader.frame();
        let Some(row) = table.rows.get(group.row) else { return self.hole(table, "unknown", None, asked) };
        match &group.state {
            State::InForce if row.value == CellValue::Unknown => {
                let last = table.rows.iter().position(|other| other.value != CellValue::Unknown && other.from < row.from);
                self.hole(table, "unknown", last, asked)
            }
            State::InForce => self.row_value(RowPlace { table, number: group.row, row, remarks: remarks(row, group) }, asked),
            State::Expired => self.hole(table, "expired", Some(group.row), asked),
            State::OneOf(rows, perhaps_none) => {
                let rows: Vec<&TableRow> = rows.iter().filter_map(|number| table.rows.get(*number)).collect();
                let known: Vec<i64> = rows.iter().filter_map(|row| fen(row)).collect();
                let all_known = !perhaps_none && known.len() == rows.len();
                let least = known.iter().copied().min().filter(|_| all_known).unwrap_or(0);
                let most = known.iter().copied().max().filter(|_| all_known).unwrap_or(INFINITE);
                let slot = Slot::between(least, most, Flags::CELL);
                let cell = self.cell(table, TableNote::Missing("start-unknown", Some(group.row)), slot);
                self.builder.cell_node(cell, frame, 100)
            }
        }
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
        for group in groups.iter().filter(|group| group.state == State::InForce) {
            let Some(row) = table.rows.get(group.row) else { continue };
            if let (Some(fen), Some(Bound::AtLeast | Bound::Guide)) = (fen(row), row.bound) {
                let cell = self.cell(table, TableNote::Row(group.row), Slot::exact(fen).flagged(remarks(row, group)));
                cases.push((self.concerns(group, asked), self.builder.cell_node(cell, frame, 100)));
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
            (CellValue::Equals(of), _) => self.bounded(place, self.nodes(of, asked).value, frame),
            (CellValue::Hours(hours, price), _) => {
                let amount = builder.product(self.money_cell(place, price.fen(), frame), self.rate_cell(place, *hours, frame), frame);
                builder.round(amount, NO_ROUNDING_WRITTEN, frame)
            }
            (CellValue::ShareOfBill(share, cap), _) => {
                let Some(bill) = asked.reader.bill() else { return self.hole(table, "unknown", None, asked) };
                let part = builder.product(bill, self.rate_cell(place, *share, frame), frame);
                let part = builder.round(part, NO_ROUNDING_WRITTEN, frame);
                match cap {
                    Some(cap) => builder.smaller(part, self.money_cell(place, cap.fen(), frame), frame),
                    None => part,
                }
            }
            (CellValue::Pays(price), _) => {
                let Some(bill) = asked.reader.bill() else { return self.hole(table, "unknown", None, asked) };
                let off = builder.difference(bill, self.money_cell(place, price.fen(), frame), frame);
                builder.larger(off, builder.constant(0, frame), frame)
            }
            _ => return self.hole(table, "unknown", None, asked),
        };
        match (asked.wanted, row.per) {
            (Wanted::Paid(Some(wanted)), Some(per)) if wanted != per => builder.constant(0, frame),
            (Wanted::Monthly, Some(Per::Year)) => builder.round(builder.divided(value, 12), NO_ROUNDING_WRITTEN, frame),
            (Wanted::Monthly, Some(Per::Quarter)) => builder.round(builder.divided(value, 3), NO_ROUNDING_WRITTEN, frame),
            _ => value,
        }
    }

    fn ratio(&self, place: RowPlace<'_>, reference: &Reference, asked: Asked<'_>) -> NodeId {
        let frame = asked.reader.frame();
        let of = Asked { side: reference.side.or(asked.side), wanted: Wanted::Monthly, ..asked };
        let base = self.nodes(&reference.of, of).value;
        let value = self.builder.product(base, self.rate_cell(place, reference.ratio, frame), frame);
        let rule = reference
            .rounding
            .map_or(NO_ROUNDING_WRITTEN, |rounding| RoundRule { unit_fen: rounding.unit_fen(), mode: Some(rounding.mode()) });
        self.bounded(place, self.builder.round(value, rule, frame), frame)
    }

    /// The value of a row that is not an amount of its own but a floor or a ceiling.
    fn bounded(&self, place: RowPlace<'_>, value: NodeId, frame: Frame) -> NodeId {
        let open = |least, most| self.cell(place.table, TableNote::Row(place.number), Slot::between(least, most, Flags::BOUND));
        match place.row.bound {
            None => value,
            // The value and whatever more.
            Some(Bound::AtLeast | Bound::Guide) => self.builder.sum(value, self.builder.cell_node(open(0, INFINITE), frame, 100), frame),
            // Any part of the value.
            Some(Bound::UpTo) => self.builder.product(value, self.builder.cell_node(open(0, 1), frame, 1), frame),
        }
    }

    fn money_cell(&self, place: RowPlace<'_>, fen: i64, frame: Frame) -> NodeId {
        self.builder.cell_node(self.cell(place.table, TableNote::Row(place.number), bounds(place, fen)), frame, 100)
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

/// A number, a floor from it on, or a ceiling up to it.
fn bounds(place: RowPlace<'_>, value: i64) -> Slot {
    match place.row.bound {
        None => Slot::exact(value).flagged(place.remarks),
        Some(Bound::AtLeast | Bound::Guide) => Slot::between(value, INFINITE, place.remarks | Flags::BOUND),
        Some(Bound::UpTo) => Slot::between(0, value, place.remarks | Flags::BOUND),
    }
}

fn fen(row: &TableRow) -> Option<i64> {
    if let CellValue::Money(yuan) = &row.value { Some(yuan.fen()) } else { None }
}
