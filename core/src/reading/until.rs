//! Until when a reading holds: the next day on which a node could come out otherwise although no fact and no row changes.
//!
//! What moves with the day is known by its kind: comparisons with the day turn once, ages turn on birthdays or on the days an
//! age rule names, months turn with the month. Whatever else rests on the bare day is taken to turn tomorrow. So the answer may
//! come too early, never too late: who reads again on that day, and again from there, misses no change.

use crate::date::{AgeRule, Date};
use crate::formula::{Formula, Node, NodeId, Op};
use crate::household::Household;
use crate::reading::value::{Values, World};

/// The first day after `world.today` on which a value of `formula`, read there, could change by the passing of time; `None` if
/// there is none.
#[must_use]
pub fn holds_until(formula: &Formula, values: &Values, world: World<'_>) -> Option<Date> {
    let mut next = Next { today: world.today, first: None };
    let mut moves = vec![false; formula.nodes.len()];
    for node_id in &formula.order {
        let node = formula.node(*node_id);
        let is_day = |id: NodeId| is_bare_day(formula, world.household, id);
        let carries = |moves: &[bool], id: NodeId| moves.get(id.position()) == Some(&true);
        let rows = 0..values.rows(node.frame);
        let moving = match node.op {
            Op::Today | Op::DayOrToday(_) => is_day(*node_id),
            Op::Below(a, b) | Op::AtMost(a, b) | Op::Equal(a, b) if is_day(a) != is_day(b) => {
                let other = if is_day(a) { b } else { a };
                if carries(&moves, other) {
                    next.tomorrow();
                }
                for row in rows {
                    let slot = values.get(other, row);
                    [slot.lo, slot.hi].into_iter().for_each(|day| next.around(day));
                }
                false
            }
            Op::Age(birth, day, rule) if is_day(day) && !carries(&moves, birth) => {
                for row in rows {
                    let slot = values.get(birth, row);
                    [slot.lo, slot.hi].into_iter().for_each(|day| next.birthday(day, rule));
                }
                false
            }
            Op::MonthOf(day) if is_day(day) => {
                next.take(world.today.month().next().map(|month| month.first_day()));
                false
            }
            mut other => {
                let mut rests_on_day = false;
                other.each_operand(&formula.operands, &mut |id| rests_on_day |= carries(&moves, id));
                if rests_on_day {
                    next.tomorrow();
                }
                rests_on_day
            }
        };
        if let Some(place) = moves.get_mut(node_id.position()) {
            *place = moving;
        }
    }
    next.first
}

/// The day of the decision as it is, in some row.
fn is_bare_day(formula: &Formula, household: &Household, id: NodeId) -> bool {
    let Node { op, frame } = *formula.node(id);
    match op {
        Op::Today => true,
        Op::DayOrToday(field) => (0..household.rows(frame)).any(|row| household.told(field, row).is_none()),
        _ => false,
    }
}

/// The first of the days found after today.
struct Next {
    today: Date,
    first: Option<Date>,
}

impl Next {
    fn take(&mut self, day: Option<Date>) {
        let Some(day) = day.filter(|day| *day > self.today) else { return };
        self.first = Some(self.first.map_or(day, |first| first.min(day)));
    }

    fn tomorrow(&mut self) {
        self.take(self.today.next_day());
    }

    /// A comparison with a day turns on it or the day after.
    fn around(&mut self, day: i64) {
        let day = Date::from_count(day);
        self.take(day);
        self.take(day.and_then(Date::next_day));
    }

    fn birthday(&mut self, birth: i64, rule: Option<AgeRule>) {
        let Some(birth) = Date::from_count(birth) else { return };
        let rules = rule.as_ref().map_or(&AgeRule::ALL[..], std::slice::from_ref);
        for rule in rules {
            self.take(rule.reaches(birth, rule.age_on(birth, self.today).saturating_add(1)));
        }
    }
}
