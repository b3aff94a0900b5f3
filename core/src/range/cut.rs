//! Along which values an open fact should be divided: where a comparison turns over, else at its ends.

use super::part::Setting;
use crate::date::{AgeRule, Date, Month};
use crate::formula::{FoldKind, Formula, Needed, NodeId, Op};
use crate::household::{FieldId, Frame, Household, Kind};
use crate::order::{AppendAll as _, Listed as _, ordered};
use crate::reading::trace::End;
use crate::reading::value::{Values, World};
use crate::slot::{Flags, Slot};

/// So few values are told apart one by one.
const FEW: i64 = 6;
/// Rows of a list that an open question about one row too few asks for: both parents.
const BOTH: usize = 2;
/// How far a walk back to a fact goes.
const DEEPEST: u32 = 24;

/// What is known when a part is to be divided.
pub(super) struct Cuts<'c> {
    pub formula: &'c Formula,
    /// The nodes that matter.
    pub needed: &'c Needed,
    pub values: &'c Values,
    pub household: &'c Household,
    pub world: World<'c>,
    /// Comparisons that are open.
    pub pivots: &'c [(NodeId, usize)],
}

impl Cuts<'_> {
    /// What the nodes ask for that matter.
    fn asking(&self) -> impl Iterator<Item = Op> {
        self.needed.asking.iter().copied()
    }

    /// The parts into which an open end divides what is possible: for each the settings that make it.
    pub fn of(&self, end: End) -> Option<Vec<Vec<Setting>>> {
        match end {
            End::Fact(field, row) => self.of_fact(field, row).filter(|parts| parts.len() > 1),
            End::List(list, parent) => Some(self.of_list(list, parent)).filter(|parts| !parts.is_empty()),
            End::Cell(_) | End::AgeRule | End::Calendar | End::Rounding => None,
        }
    }

    fn of_list(&self, list: Frame, parent: usize) -> Vec<Vec<Setting>> {
        let is_open = self.household.list(list, parent).open_flags().is_some();
        let names = self.names_asked(list, parent);
        let mut parts: Vec<Vec<Setting>> = names.iter().map(|(key, bit)| self.entry(list, parent, *key, *bit)).listed();
        if is_open && names.is_empty() && self.household.rows_of(list, parent).len() < list.info().most {
            parts.push(vec![Setting::Row(list, parent)]);
        }
        if is_open {
            // Last, so that of equals it is looked at first: a list without end says little. But where a row too few leaves
            // something open for ever, a further row is.
            parts.push(vec![Setting::Close(list, parent)]);
            if self.household.rows_of(list, parent).len() < BOTH && self.asking().any(|op| op == Op::Unasked(list)) {
                parts.reverse();
            }
        }
        parts
    }

    /// The names under which the formula looks for an entry of a list, and that it does not have yet.
    fn names_asked(&self, list: Frame, parent: usize) -> Vec<(FieldId, i64)> {
        let mut found: Vec<(FieldId, i64)> = Vec::new();
        for op in self.asking() {
            if let Op::Entry(key, bit, ..) = op
                && key.field().frame == list
                && !found.contains(&(key, bit))
                && !self.household.rows_of(list, parent).any(|row| self.household.slot(key, row).lo & bit != 0)
            {
                found.push((key, bit));
            }
        }
        found
    }

    /// A list has a further entry of this name.
    fn entry(&self, list: Frame, parent: usize, key: FieldId, bit: i64) -> Vec<Setting> {
        if key.field().path == "key" {
            return vec![Setting::Entry(list, parent, usize::try_from(bit.trailing_zeros()).unwrap_or(0))];
        }
        let row = self.household.next_row(list, parent);
        vec![Setting::Row(list, parent), Setting::Fact(key, row, Slot::exact(bit))]
    }

    fn of_fact(&self, field: FieldId, row: usize) -> Option<Vec<Vec<Setting>>> {
        let slot = self.household.slot(field, row);
        let within = |lo: i64, hi: i64| vec![Setting::Fact(field, row, Slot::between(lo, hi, Flags::FACT))];
        let kind = field.field().kind;
        match kind {
            Kind::Truth => Some(vec![within(0, 0), within(1, 1)]),
            Kind::Choice(_) => {
                let classes = self.classes(field, slot.lo);
                Some(classes.into_iter().map(|bits| vec![Setting::Fact(field, row, Slot::choice(bits, Flags::FACT))]).listed())
            }
            Kind::Place => Some(self.places(field).into_iter().map(|code| within(code, code)).listed()),
            Kind::Person | Kind::Count { .. } if slot.hi.saturating_sub(slot.lo) <= FEW => {
                Some((slot.lo..=slot.hi).map(|value| within(value, value)).listed())
            }
            Kind::Money | Kind::Count { .. } | Kind::Day | Kind::DayOrNone | Kind::Person => {
                let inside = |value: &i64| slot.lo < *value && *value < slot.hi;
                let cut = self.pivots.iter().find_map(|(node, at)| self.turns(*node, *at, (field, row)).filter(inside));
                Some(match cut {
                    Some(cut) => {
                        vec![within(slot.lo, cut.saturating_sub(1)), within(cut, cut), within(cut.saturating_add(1), slot.hi)]
                    }
                    None if slot.hi.saturating_sub(slot.lo) <= FEW => (slot.lo..=slot.hi).map(|value| within(value, value)).listed(),
                    None => {
                        // The ends, and what is between them in two halves.
                        let (first, last) = (slot.lo.saturating_add(1), slot.hi.saturating_sub(1));
                        let middle = first.midpoint(last);
                        let halves = [within(first, middle), within(middle.saturating_add(1), last)];
                        halves.into_iter().chain([within(slot.lo, slot.lo), within(slot.hi, slot.hi)]).listed()
                    }
                })
            }
            Kind::Text => None,
        }
    }

    /// The names still possible, in classes that no condition tells apart.
    fn classes(&self, field: FieldId, bits: i64) -> Vec<i64> {
        let mut classes = vec![bits];
        for op in self.asking() {
            let mask = match op {
                Op::IsOneOf(of, mask) if matches!(self.formula.node(of).op, Op::Fact(own) if own == field) => mask,
                Op::Entry(key, bit, ..) if key == field => bit,
                _ => continue,
            };
            classes = classes.iter().flat_map(|class| [class & mask, class & !mask]).filter(|class| *class != 0).listed();
        }
        // A class that no condition tells apart is as good as a name; but then it must be one, for the example.
        if classes.len() == 1 { classes.iter().map(|class| class & class.wrapping_neg()).listed() } else { classes }
    }

    /// Every area some condition asks about, and one that is none of them.
    fn places(&self, field: FieldId) -> Vec<i64> {
        let asked = self.asking().filter_map(|op| match op {
            Op::Within(of, area) if matches!(self.formula.node(of).op, Op::Fact(own) if own == field) => Some(area),
            _ => None,
        });
        let mut codes: Vec<i64> = asked.map(|area| area.number()).listed();
        let areas = self.world.areas;
        let outside = areas.all().iter().find(|area| {
            let within = |code: &i64| crate::area::AreaCode::from_number(*code).is_some_and(|asked| area.code.is_within(asked));
            area.code != crate::area::AreaCode::NATION && !codes.iter().any(within)
        });
        codes.append_all(outside.map(|area| area.code.number()));
        ordered(codes)
    }

    /// About where along a fact a comparison turns over, other open facts taken at their least.
    fn turns(&self, pivot: NodeId, row: usize, fact: (FieldId, usize)) -> Option<i64> {
        let (a, b) = match self.formula.node(pivot).op {
            Op::Below(a, b) | Op::AtMost(a, b) | Op::Equal(a, b) | Op::Least(a, b) | Op::Greatest(a, b) => (a, b),
            _ => return None,
        };
        let [low, high] = [a, b].map(|id| self.values.get(id, row).lo);
        self.solve(a, row, high, fact, DEEPEST).or_else(|| self.solve(b, row, low, fact, DEEPEST))
    }

    /// The value of a fact at which a node comes to about `goal`.
    fn solve(&self, id: NodeId, row: usize, goal: i64, fact: (FieldId, usize), deep: u32) -> Option<i64> {
        let deep = deep.checked_sub(1)?;
        let node = self.formula.node(id);
        let at = |id: NodeId| self.values.get(id, row);
        let solve = |id: NodeId, goal: i64| self.solve(id, row, goal, fact, deep);
        let at_row = |id: NodeId, row: usize| self.solve(id, row, goal, fact, deep);
        if self.values.get(id, row).is_settled() {
            return None;
        }
        match node.op {
            Op::Fact(field) => ((field, row) == fact).then_some(goal),
            Op::Add(a, b) => solve(a, goal.saturating_sub(at(b).lo)).or_else(|| solve(b, goal.saturating_sub(at(a).lo))),
            Op::Subtract(a, b) => solve(a, goal.saturating_add(at(b).lo)).or_else(|| solve(b, at(a).lo.saturating_sub(goal))),
            Op::Multiply(a, b) => {
                let by = |other: NodeId| goal.checked_div(at(other).lo);
                by(b).and_then(|goal| solve(a, goal)).or_else(|| by(a).and_then(|goal| solve(b, goal)))
            }
            Op::Scale(a, factor) => solve(a, goal.checked_div(factor)?),
            Op::Round(a, _) => {
                let parts = crate::reading::reasons::parts(self.formula.sort(a));
                solve(a, goal.checked_mul(parts)?.checked_div(100)?)
            }
            Op::Least(a, b) | Op::Greatest(a, b) | Op::Between(a, b) => solve(a, goal).or_else(|| solve(b, goal)),
            Op::Select(operands) => {
                let list = self.formula.list(operands);
                let values = list.chunks(2).filter_map(|pair| pair.last());
                values.copied().find_map(|id| solve(id, goal))
            }
            Op::MonthOf(a) => solve(a, i64::from(Month::from_count(goal)?.first_day().days())),
            Op::Told(a, b) | Op::ToldWhere(a, b) => solve(a, goal).or_else(|| solve(b, goal)),
            Op::Lift(a) => at_row(a, self.household.parent(node.frame, row)),
            Op::OfApplicant(a) => at_row(a, self.household.applicant()?),
            Op::AtPerson(a, person) => at_row(a, usize::try_from(at(person).value()?).ok()?),
            Op::Fold(FoldKind::Sum, a, ..) => {
                let rows = self.household.rows_of(self.formula.node(a).frame, row);
                let all = rows.clone().fold(0_i64, |sum, entry| sum.saturating_add(self.values.get(a, entry).lo));
                let mut rows = rows;
                rows.find_map(|entry| {
                    let own = self.values.get(a, entry).lo;
                    self.solve(a, entry, goal.saturating_sub(all.saturating_sub(own)), fact, deep)
                })
            }
            Op::Fold(_, a, ..) => {
                let mut rows = self.household.rows_of(self.formula.node(a).frame, row);
                rows.find_map(|entry| at_row(a, entry))
            }
            Op::Age(birth, day, rule) => {
                let years_or_months = i32::try_from(goal).ok()?;
                let moved = |from: NodeId, by: i32| {
                    let from = Date::from_count(at(from).lo)?;
                    let day = if rule == Some(AgeRule::CompletedMonths) { from.plus_months(by) } else { from.plus_years(by) };
                    day.map(|day| i64::from(day.days()))
                };
                let born = moved(day, years_or_months.checked_neg()?).and_then(|born| solve(birth, born));
                born.or_else(|| moved(birth, years_or_months).and_then(|then| solve(day, then)))
            }
            Op::Entry(key, bit, a, otherwise) => {
                let mut rows = self.household.rows_of(key.field().frame, row);
                let own = rows.find(|entry| self.household.slot(key, *entry).value() == Some(bit));
                own.map_or_else(|| solve(otherwise, goal), |entry| at_row(a, entry))
            }
            _ => None,
        }
    }
}
