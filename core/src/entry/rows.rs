//! The table rows that an answer rests on, and what the tables lack for it.

use crate::area::AreaCode;
use crate::date::Date;
use crate::decision::{CellUsed, LastKnown, Layer, MissingCell, PackUsed};
use crate::engine::Engine;
use crate::formula::{CellId, Formula, Per, TableNote};
use crate::order::Listed as _;
use crate::slot::Flags;

impl Engine {
    /// What a cell without a number, or with no more than a limit, lacks.
    pub(super) fn missing_cell(&self, formula: &Formula, cell: CellId, day: Date) -> Option<MissingCell> {
        let cell = formula.cell(cell);
        let TableNote::Missing(cause, last) = cell.note else {
            // A floor or a ceiling is a row, and what is missing is the exact value.
            return cell.slot.flags.has(Flags::BOUND).then(|| MissingCell {
                parameter: cell.parameter.clone(),
                area: cell.area,
                cause: "only-a-limit",
                last_known: None,
            });
        };
        let table = self.tables().table(&cell.parameter, cell.area);
        // A row that is itself unknown is no last known number, nor is one of which only a later day is sure to lie within it.
        let last = table.and_then(|table| last.and_then(|row| table.rows.get(row)));
        let known = last.filter(|row| row.written != "unknown" && row.from.not_after <= day);
        let last_known = known.map(|row| LastKnown {
            value: row.written.clone(),
            per: row.per.map(Per::name),
            from: row.from.not_after.to_string(),
            document: row.clause.document.clone(),
        });
        Some(MissingCell { parameter: cell.parameter.clone(), area: cell.area, cause, last_known })
    }

    /// The row behind a cell.
    pub(crate) fn cell_used(&self, formula: &Formula, cell: CellId) -> Option<CellUsed> {
        let cell = formula.cell(cell);
        let TableNote::Row(number) = cell.note else { return None };
        let row = self.tables().table(&cell.parameter, cell.area)?.rows.get(number)?;
        Some(CellUsed {
            parameter: cell.parameter.clone(),
            area: cell.area,
            row: number,
            value: row.written.clone(),
            from: row.from.not_after.to_string(),
            clause: row.clause.clone(),
            grade: row.grade.name(),
            unconfirmed: row.unconfirmed || cell.slot.flags.has(Flags::UNCONFIRMED),
        })
    }

    /// The tables of an area.
    pub(super) fn pack_used(&self, area: AreaCode) -> PackUsed {
        let layers = self.tables().areas.chain(area).filter_map(|level| {
            let sha256 = self.tables().layers.get(&level)?.clone();
            Some(Layer { area: level, sha256 })
        });
        PackUsed { area, layers: layers.listed() }
    }
}

/// One entry for each parameter and area, the one that knows a last number if there is one.
pub(super) fn without_repeats(all: Vec<MissingCell>) -> Vec<MissingCell> {
    let mut kept: Vec<MissingCell> = Vec::new();
    for cell in all {
        match kept.iter_mut().find(|known| known.parameter == cell.parameter && known.area == cell.area) {
            Some(known) if known.last_known.is_none() => *known = cell,
            Some(_) => {}
            None => kept.push(cell),
        }
    }
    kept
}

/// A rule of an area that is not known.
pub(super) fn no_rule(parameter: &str, area: AreaCode) -> MissingCell {
    MissingCell { parameter: parameter.to_owned(), area, cause: "unknown", last_known: None }
}

/// Something no text says.
pub(super) fn no_text(parameter: String) -> MissingCell {
    MissingCell { parameter, area: AreaCode::NATION, cause: "unknown", last_known: None }
}
