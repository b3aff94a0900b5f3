//! What the builder has collected, in the order in which it is read.

use std::sync::{Arc, OnceLock};

use super::node::{CellId, Node, NodeId, Op};
use super::{Formula, Root};
use crate::household::{FIELDS, FRAMES, FieldId, Frame};
use crate::order::{Listed as _, sort_by_number};
use crate::slot::Slot;

/// The same formula without the nodes that no benefit needs, the fixed ones first, and in runs of one list as long as can be.
pub(super) fn tidied(mut draft: Formula) -> Formula {
    // An amount stands before the node that says whether it is due, unless it is computed from it.
    let due: Vec<Root> = draft.outlines.iter().map(|outline| (outline.qualifies, outline.amount)).listed();
    let mut roots: Vec<NodeId> = due.iter().flat_map(|(first, second)| second.iter().copied().chain([*first])).listed();
    draft.each_root(&mut |_, id| roots.push(*id));
    let mut order = in_order(&draft, &roots);
    // How often the list changes before a node can be computed, in whole rounds over the lists.
    let mut rounds = vec![0_i64; draft.nodes.len()];
    for id in &order {
        let Node { op, frame } = *draft.node(*id);
        let before = |operand: NodeId| rounds.get(operand.position()).copied().unwrap_or(0);
        let mut round = i64::from(!op.is_fixed());
        { op }.each_operand(&draft.operands, &mut |operand| {
            let own = draft.node(operand).frame;
            // Of the same list, too, all rows must be there before one looks at another.
            let is_late = own > frame || (own == frame && op.is_of_any_row(operand));
            round = round.max(before(operand).saturating_add(i64::from(is_late)));
        });
        // Whether an amount is due is seen when it can be computed, and not before.
        for (_, second) in due.iter().filter(|(first, _)| first == id) {
            round = second.map_or(round, |second| round.max(before(second)));
        }
        if let Some(own) = rounds.get_mut(id.position()) {
            *own = round;
        }
    }
    let list = |id: &NodeId| i64::try_from(draft.node(*id).frame.index()).unwrap_or(0);
    let lists = i64::try_from(FRAMES.len()).unwrap_or(i64::MAX);
    let round = |id: &NodeId| rounds.get(id.position()).copied().unwrap_or(0);
    sort_by_number(&mut order, |id| round(id).saturating_mul(lists).saturating_add(list(id)));

    let mut formula = Formula::default();
    let mut places = order.clone();
    sort_by_number(&mut places, list);
    let mut names = vec![NodeId::at(0); draft.nodes.len()];
    let mut fixed: [Vec<Slot>; FRAMES.len()] = Default::default();
    for (new, id) in places.iter().enumerate() {
        if let Some(name) = names.get_mut(id.position()) {
            *name = NodeId::at(new);
        }
    }
    let renamed = |id: NodeId| names.get(id.position()).copied().unwrap_or(id);
    formula.order = order.into_iter().map(renamed).listed();
    for (new, id) in places.into_iter().enumerate() {
        let Node { mut op, frame } = *draft.node(id);
        let value = match &mut op {
            Op::Constant(value) => Some(Slot::exact(*value)),
            Op::Cell(cell) => {
                let cell_slot = draft.cell(*cell).clone();
                *cell = CellId(u32::try_from(formula.cells.len()).unwrap_or(u32::MAX));
                formula.cells.push(cell_slot);
                formula.cells.last().map(|cell| cell.slot)
            }
            other => {
                other.rename(&draft.operands, &mut formula.operands, &renamed);
                None
            }
        };
        if let (Some(value), Some(all)) = (value, fixed.get_mut(frame.index())) {
            all.push(value);
        }
        if let Some(span) = formula.spans.get_mut(frame.index()) {
            span.start = if span.end == 0 { new } else { span.start };
            span.end = new.saturating_add(1);
        }
        formula.nodes.push(Node { op, frame });
        formula.sorts.push(draft.sort(id));
    }
    formula.fixed = Arc::new(fixed);
    let mut roots = Vec::new();
    draft.each_root(&mut |role, id| {
        *id = names.get(id.position()).copied().unwrap_or(*id);
        roots.push((role, *id));
    });
    formula.roots = roots;
    formula.outlines = draft.outlines;
    formula.combined = draft.combined;
    formula.needed_by.resize_with(formula.outlines.len(), OnceLock::new);
    formula.reads = fields_read(&formula);
    formula
}

/// What these nodes are computed from and themselves, each behind what it is computed from.
fn in_order(formula: &Formula, roots: &[NodeId]) -> Vec<NodeId> {
    let mut order = Vec::new();
    let mut is_seen = vec![false; formula.nodes.len()];
    let mut open: Vec<(NodeId, bool)> = roots.iter().rev().map(|id| (*id, false)).listed();
    while let Some((id, is_ready)) = open.pop() {
        if is_ready {
            order.push(id);
            continue;
        }
        if is_seen.get(id.position()) != Some(&false) {
            continue;
        }
        is_seen.get_mut(id.position()).into_iter().for_each(|seen| *seen = true);
        open.push((id, true));
        let first = open.len();
        { formula.node(id).op }.each_operand(&formula.operands, &mut |operand| open.push((operand, false)));
        open.get_mut(first..).unwrap_or_default().reverse();
    }
    order
}

fn fields_read(formula: &Formula) -> Vec<FieldId> {
    let fields = formula.nodes.iter().filter_map(|node| match node.op {
        Op::Fact(field) | Op::DayOrToday(field) | Op::Entry(field, ..) => Some(field),
        // Counting the rows of a plain list reads its items.
        Op::Fold(_, row, ..) => formula.nodes.get(row.position()).and_then(|row| plain_item(row.frame)),
        _ => None,
    });
    let mut fields: Vec<FieldId> = fields.listed();
    sort_by_number(&mut fields, |field| i64::from(field.0));
    fields.dedup();
    fields
}

/// The item of a list of plain values, such as days.
fn plain_item(frame: Frame) -> Option<FieldId> {
    let position = FIELDS.iter().position(|field| field.frame == frame && field.path.is_empty())?;
    u16::try_from(position).ok().map(FieldId)
}
