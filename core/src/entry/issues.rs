//! Remarks on what was given: facts that no rule reads, and statements that other facts contradict.

use super::Entries;
use crate::ability;
use crate::decision::Issue;
use crate::household::dictionary::{CLOSED_BY_NO_OTHER, CardState, Names, ParentState, Relation, fact};
use crate::household::{FieldId, Frame};
use crate::order::{AppendAll as _, Listed as _};
use crate::slot::Slot;

impl Entries<'_> {
    /// Makes all remarks but those on stated standings, which come with the benefits.
    pub(super) fn remark(&mut self) {
        self.unused_facts();
        for member in (0..self.household.rows(Frame::Member)).filter(|member| ability::is_contradicted(self.household, *member)) {
            self.issues.push(Issue { code: "ability-contradicted", path: self.household.path(fact::ABILITY_LEVEL.id, member) });
        }
        self.issues.dedup();
        self.contradicted_cards();
        self.absent_members();
        self.parents_at_other_times();
    }

    /// Members whose disability certificate is said to be valid, with its last day where that was told.
    pub(super) fn cards(&self) -> impl Iterator<Item = (usize, Option<Slot>)> + '_ {
        let household = self.household;
        let in_hand = [CardState::Valid, CardState::Reissuing].map(|state| Some(state.bit()));
        let members =
            (0..household.rows(Frame::Member)).filter(move |row| in_hand.contains(&household.slot(fact::CARD_STATE.id, *row).value()));
        members.map(move |row| (row, household.told(fact::CARD_EXPIRES.id, row)))
    }

    /// Certificates that are said to be valid although their last day has passed, or before they are issued.
    fn contradicted_cards(&mut self) {
        let today = i64::from(self.day.days());
        let found: Vec<(usize, Option<Slot>)> = self.cards().listed();
        for (row, expires) in found {
            if expires.is_some_and(|expires| expires.hi < today) {
                self.issues.push(Issue { code: "card-contradicted", path: self.household.path(fact::CARD_EXPIRES.id, row) });
            }
            if self.household.told(fact::CARD_ISSUED.id, row).is_some_and(|issued| issued.lo > today) {
                self.issues.push(Issue { code: "card-contradicted", path: self.household.path(fact::CARD_ISSUED.id, row) });
            }
        }
    }

    /// Members who are said to be there, and of whom it is told that they cannot be.
    fn absent_members(&mut self) {
        const ABSENCES: [(FieldId, Option<FieldId>); 4] = [
            (fact::DIED_ON.id, None),
            (fact::IMPRISONED_FROM.id, Some(fact::IMPRISONED_UNTIL.id)),
            (fact::REHAB_FROM.id, Some(fact::REHAB_UNTIL.id)),
            (fact::DECLARED_MISSING.id, None),
        ];
        let (household, today) = (self.household, i64::from(self.day.days()));
        let applies = |row| household.slot(fact::RELATION.id, row).value() == Some(Relation::Oneself.bit());
        for row in (0..household.rows(Frame::Member)).filter(|row| household.slot(fact::LIVES_WITH.id, *row).is_yes() || applies(*row)) {
            let holds = |(from, until): &(FieldId, Option<FieldId>)| {
                household.told(*from, row).is_some_and(|from| from.hi <= today)
                    && until.is_none_or(|until| household.slot(until, row).lo > today)
            };
            let paths = ABSENCES.iter().filter(|absence| holds(absence)).map(|(from, _)| household.path(*from, row));
            self.issues.append_all(paths.map(|path| Issue { code: "absence-contradicted", path }));
        }
    }

    /// Parents of whom something is told that has not begun or is over.
    fn parents_at_other_times(&mut self) {
        let (household, today) = (self.household, i64::from(self.day.days()));
        let told =
            |row: &usize| household.slot(fact::PARENT_STATE.id, *row).value().is_some_and(|state| state != ParentState::Present.bit());
        for row in (0..household.rows(Frame::Parent)).filter(told) {
            let later = household.told(fact::PARENT_SINCE.id, row).is_some_and(|since| since.lo > today);
            let over = household.told(fact::PARENT_UNTIL.id, row).is_some_and(|until| until.hi <= today);
            let days = [(later, fact::PARENT_SINCE.id), (over, fact::PARENT_UNTIL.id)];
            let paths = days.iter().filter(|(is_so, _)| *is_so).map(|(_, day)| household.path(*day, row));
            self.issues.append_all(paths.map(|path| Issue { code: "parent-contradicted", path }));
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
