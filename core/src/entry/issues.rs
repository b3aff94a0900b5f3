//! Remarks on what was given: facts that no rule reads, and statements that other facts contradict.

use super::Entries;
use crate::ability;
use crate::decision::Issue;
use crate::household::dictionary::{CLOSED_BY_NO_OTHER, CardState, Names, fact};
use crate::household::{FieldId, Frame};
use crate::slot::Slot;

impl Entries<'_> {
    /// Makes all remarks but those on stated standings, which come with the benefits.
    pub(super) fn remark(&mut self) {
        self.unused_facts();
        for member in (0..self.household.rows(Frame::Member)).filter(|member| ability::is_contradicted(self.household, *member)) {
            self.issues.push(Issue { code: "ability-contradicted", path: self.household.path(fact::ABILITY_LEVEL.id, member) });
        }
        self.issues.dedup();
        self.expired_cards();
    }

    /// Members whose disability certificate is said to be valid, with its last day where that was told.
    pub(super) fn cards(&self) -> impl Iterator<Item = (usize, Option<Slot>)> + '_ {
        let household = self.household;
        let in_hand = [CardState::Valid, CardState::Reissuing].map(|state| 1_i64.checked_shl(state.position()));
        let members =
            (0..household.rows(Frame::Member)).filter(move |row| in_hand.contains(&household.slot(fact::CARD_STATE.id, *row).value()));
        members.map(move |row| (row, household.told(fact::CARD_EXPIRES.id, row)))
    }

    /// Certificates that are said to be valid although their last day has passed.
    fn expired_cards(&mut self) {
        let today = i64::from(self.day.days());
        let over: Vec<usize> =
            self.cards().filter(|(_, expires)| expires.is_some_and(|expires| expires.hi < today)).map(|(row, _)| row).collect();
        for row in over {
            self.issues.push(Issue { code: "card-contradicted", path: self.household.path(fact::CARD_EXPIRES.id, row) });
        }
    }

    /// Facts that were given and that no rule of the areas concerned reads.
    fn unused_facts(&mut self) {
        const READ_ELSEWHERE: [FieldId; 6] = [
            fact::SCHEMA_VERSION.id,
            fact::MEMBER_ID.id,
            fact::RELATION.id,
            fact::APPLICANT_ID.id,
            fact::BILL_AREA.id,
            fact::RECEIVING_NO_OTHER.id,
        ];
        if self.used.is_empty() {
            return;
        }
        for (field, slots) in self.household.given() {
            let closes = field.field().path.ends_with("noOther") || READ_ELSEWHERE.contains(&field);
            if closes || self.used.iter().any(|(_, formula)| formula.reads.binary_search(&field).is_ok()) {
                continue;
            }
            let unknown = self.household.unknown(field);
            for (row, _) in slots.iter().enumerate().filter(|(_, slot)| **slot != unknown && !closed_by_no_other(**slot, field)) {
                let path = self.household.path(field, row);
                if !self.household.assumed().contains(&path) {
                    self.issues.push(Issue { code: "fact-not-used", path });
                }
            }
        }
    }
}

/// A no that comes from `noOther` and was not typed by anyone.
fn closed_by_no_other(slot: Slot, field: FieldId) -> bool {
    let field = field.field();
    slot.is_no() && CLOSED_BY_NO_OTHER.iter().any(|(frame, prefix, _)| field.frame == *frame && field.path.starts_with(prefix))
}
