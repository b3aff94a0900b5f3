//! Each condition of a benefit for one person: whether it holds, how far it is from holding, and the clause.

use std::sync::Arc;

use super::value::Values;
use crate::decision::{Quantity, Reason};
use crate::formula::{Formula, Measure, NodeId, Outline, Sort, Unit};
use crate::money::{Rounding, RoundingMode, Yuan};
use crate::order::Listed as _;
use crate::slot::{Flags, Slot};

/// The reasons of one benefit in one row of its list.
#[must_use]
pub fn read(formula: &Formula, values: &Values, outline: &Outline, row: usize) -> Vec<Reason> {
    let reasons = outline.requirements.iter().filter_map(|requirement| {
        let slot = values.get(requirement.node, row);
        if requirement.is_tacit && slot.is_yes() {
            return None;
        }
        let distance = requirement.measure.and_then(|measure| distance(formula, values, measure, row));
        let (measured, limit, margin) = distance.map_or((None, None, None), |[a, b, c]| (Some(a), Some(b), Some(c)));
        Some(Reason {
            code: Arc::clone(&requirement.code),
            holds: slot.known_truth(),
            open: open(slot),
            clause: requirement.clause.clone(),
            unit: requirement.measure.filter(|_| margin.is_some()).map(|measure| unit_name(measure.unit)),
            measured,
            limit,
            margin,
        })
    });
    reasons.listed()
}

/// What keeps a condition open; a fact that could still settle it comes before a missing number.
fn open(slot: Slot) -> Option<&'static str> {
    if slot.is_settled() {
        None
    } else if slot.flags.has(Flags::FACT) {
        Some("facts")
    } else if slot.flags.has(Flags::CELL | Flags::BOUND) {
        Some("tables")
    } else {
        Some("office")
    }
}

/// What was measured, the limit, and the first less the second; `None` unless both are known.
fn distance(formula: &Formula, values: &Values, measure: Measure, row: usize) -> Option<[Quantity; 3]> {
    let (measured, measured_parts) = fraction(formula, values, measure.measured, row)?;
    let (limit, limit_parts) = fraction(formula, values, measure.limit, row)?;
    let difference = measured.checked_mul(limit_parts)?.checked_sub(limit.checked_mul(measured_parts)?)?;
    Some([
        quantity(measured, measured_parts, measure.unit)?,
        quantity(limit, limit_parts, measure.unit)?,
        quantity(difference, measured_parts.checked_mul(limit_parts)?, measure.unit)?,
    ])
}

fn fraction(formula: &Formula, values: &Values, node: NodeId, row: usize) -> Option<(i128, i128)> {
    let value = values.get(node, row).value()?;
    Some((i128::from(value), i128::from(parts(formula.sort(node)))))
}

/// Parts of a whole in which a node counts.
#[must_use]
pub fn parts(sort: Sort) -> i64 {
    if let Sort::Number { denominator, .. } = sort { denominator } else { 1 }
}

/// A fraction in the form its unit is written in: yuan to the nearest fen, a count, or yes and no.
#[must_use]
pub fn quantity(value: i128, parts: i128, unit: Unit) -> Option<Quantity> {
    match unit {
        Unit::Yuan | Unit::YuanPerMonth => {
            let to_fen = Rounding::new(Yuan::from_fen(1), RoundingMode::HalfUp)?;
            to_fen.apply(value.checked_mul(100)?, parts).map(|fen| Quantity::Yuan(Yuan::from_fen(fen)))
        }
        Unit::Count | Unit::Years => value.checked_div(parts).and_then(|count| i64::try_from(count).ok()).map(Quantity::Whole),
        Unit::Truth => Some(Quantity::Truth(value != 0)),
    }
}

/// What a settled slot says.
#[must_use]
pub fn slot_quantity(slot: Slot, sort: Sort, unit: Unit) -> Option<Quantity> {
    quantity(i128::from(slot.value()?), i128::from(parts(sort)), unit)
}

/// The unit's stable name.
#[must_use]
pub const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::YuanPerMonth => "yuan-per-month",
        Unit::Yuan => "yuan",
        Unit::Count => "count",
        Unit::Years => "years",
        Unit::Truth => "truth",
    }
}
