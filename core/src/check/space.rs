//! Everybody a table can tell apart: on each axis one person for each different set of answers, and all combinations.
//!
//! Whether a condition holds for a person is read off the very expression the engine uses, so a table is checked as it
//! will be applied.

use std::sync::Arc;

use super::axis::{Axis, Part, Stand, share_holds};
use super::{Person, Trait};
use crate::area::AreaCode;
use crate::date::{AgeRule, Date};
use crate::formula::{Basis, Builder, Depth, Formula, Gives, NodeId, Outline, Per, Requirement};
use crate::household::dictionary::{Row, fact, row};
use crate::household::{Frame, Household, read};
use crate::order::Listed as _;
use crate::reading::value::{Values, World};
use crate::standing;
use crate::tables::rules::Rules;
use crate::tables::subject::{Categories, OfBill, OfHousehold, OfIncome, OfMember, Subject};
use crate::tables::{AsOf, Condition, Tables};

/// More combinations than this are not gone through.
const MOST: usize = 100_000;

/// All people some conditions can tell apart.
pub(super) struct Space<'t> {
    axes: Vec<AxisClasses<'t>>,
    /// For each condition, its axis and its position there.
    places: Vec<(&'t Condition, usize, usize)>,
    day: Date,
    area: AreaCode,
}

/// One person for a set of answers, and those answers.
type Class = (Stand, Vec<bool>);

struct AxisClasses<'t> {
    axis: Axis,
    conditions: Vec<&'t Condition>,
    /// One person for each different set of answers.
    classes: Vec<Class>,
}

impl<'t> Space<'t> {
    /// The people these conditions can tell apart; `None` if there are too many.
    pub fn new(tables: &Tables, area: AreaCode, day: Date, conditions: &[&'t Condition]) -> Option<Self> {
        Self::of(tables, area, day, conditions, merged)
    }

    /// The same with somebody on either side of every edge: the last that is not and the first that is.
    pub fn with_edges(tables: &Tables, area: AreaCode, day: Date, conditions: &[&'t Condition]) -> Option<Self> {
        Self::of(tables, area, day, conditions, in_order)
    }

    fn of(tables: &Tables, area: AreaCode, day: Date, conditions: &[&'t Condition], arrange: fn(Vec<Class>) -> Vec<Class>) -> Option<Self> {
        let mut axes: Vec<AxisClasses<'t>> = Vec::new();
        let mut places = Vec::new();
        for condition in conditions {
            if places.iter().any(|(known, ..): &(&Condition, usize, usize)| known == condition) {
                continue;
            }
            let axis = Axis::of(condition);
            let at = axes.iter().position(|known| known.axis == axis).unwrap_or(axes.len());
            if at == axes.len() {
                axes.push(AxisClasses { axis, conditions: Vec::new(), classes: Vec::new() });
            }
            if let Some(axis) = axes.get_mut(at) {
                places.push((*condition, at, axis.conditions.len()));
                axis.conditions.push(condition);
            }
        }
        let mut size: usize = 1;
        for axis in &mut axes {
            axis.classes = arrange(classes(tables, area, day, axis));
            size = size.saturating_mul(axis.classes.len().max(1));
        }
        (size <= MOST).then_some(Self { axes, places, day, area })
    }

    /// Every combination: for each axis the position of a class.
    pub fn combinations(&self) -> impl Iterator<Item = Vec<usize>> + '_ {
        let mut next: Option<Vec<usize>> = Some(vec![0; self.axes.len()]);
        std::iter::from_fn(move || {
            let here = next.take()?;
            let mut after = here.clone();
            for (position, axis) in after.iter_mut().zip(&self.axes) {
                *position = position.saturating_add(1);
                if *position < axis.classes.len() {
                    next = Some(after);
                    break;
                }
                *position = 0;
            }
            Some(here)
        })
    }

    /// Whether all of these hold for a combination.
    pub fn fits(&self, combination: &[usize], conditions: &[&Condition]) -> bool {
        conditions.iter().all(|condition| {
            let Some((_, axis, position)) = self.places.iter().find(|(known, ..)| known == condition) else { return true };
            let class = combination.get(*axis).and_then(|class| self.axes.get(*axis)?.classes.get(*class));
            class.and_then(|(_, truths)| truths.get(*position)) == Some(&true)
        })
    }

    /// The neighbour of a combination on one axis that stands in order: the class of the next more need.
    pub fn next_in_need(&self, combination: &[usize], axis: usize) -> Option<Vec<usize>> {
        let classes = &self.axes.get(axis)?.classes;
        let own = classes.get(*combination.get(axis)?)?.0.need?;
        let later = classes.iter().enumerate().filter_map(|(at, (stand, _))| Some((stand.need?, at))).filter(|(need, _)| *need > own);
        let (_, next) = later.min()?;
        let mut neighbour = combination.to_vec();
        *neighbour.get_mut(axis)? = next;
        Some(neighbour)
    }

    /// All combinations that differ from one on this axis alone.
    pub fn line(&self, combination: &[usize], axis: usize) -> Vec<Vec<usize>> {
        let classes = self.axes.get(axis).map_or(0, |axis| axis.classes.len());
        let at = |class: usize| {
            let mut other = combination.to_vec();
            *other.get_mut(axis)? = class;
            Some(other)
        };
        (0..classes).filter_map(at).listed()
    }

    /// Combinations that differ in one place: on an axis in order the next to either side, on others all.
    pub fn neighbours(&self, combination: &[usize]) -> Vec<(&'static str, Vec<usize>)> {
        let mut found = Vec::new();
        for (at, axis) in self.axes.iter().enumerate() {
            let Some(own) = combination.get(at).copied() else { continue };
            let is_ordered = axis.classes.iter().all(|(stand, _)| stand.need.is_some());
            for (class, other) in self.line(combination, at).into_iter().enumerate() {
                if class != own && (!is_ordered || class.abs_diff(own) == 1) {
                    found.push((axis.axis.name(), other));
                }
            }
        }
        found
    }

    /// The positions of the axes that stand in order.
    pub fn ordered_axes(&self) -> impl Iterator<Item = usize> + '_ {
        let in_order = |(at, axis): (usize, &AxisClasses<'_>)| axis.classes.iter().any(|(stand, _)| stand.need.is_some()).then_some(at);
        self.axes.iter().enumerate().filter_map(in_order)
    }

    /// The person of a combination.
    pub fn person(&self, combination: &[usize]) -> Person {
        let stands: Vec<&Stand> = self.stands(combination).listed();
        let traits = self.axes.iter().zip(&stands).filter(|(axis, _)| axis.axis != Axis::Nothing);
        let traits = traits.map(|(axis, stand)| Trait { dimension: axis.axis.name(), value: stand.value.clone() });
        Person { date: self.day, traits: traits.listed(), household: household(&stands, self.area, self.day) }
    }

    fn stands<'s>(&'s self, combination: &'s [usize]) -> impl Iterator<Item = &'s Stand> {
        self.axes.iter().zip(combination).filter_map(|(axis, class)| axis.classes.get(*class).map(|(stand, _)| stand))
    }
}

/// A household of someone who stands there on each axis; on the others the person is in nobody's way.
fn household(stands: &[&Stand], area: AreaCode, day: Date) -> String {
    let part = |wanted: Part| {
        let facts = stands.iter().flat_map(|stand| &stand.facts).filter(|(part, facts)| *part == wanted && !facts.is_empty());
        facts.map(|(_, facts)| facts.as_str()).collect::<Vec<&str>>().join(",")
    };
    let here = if area == AreaCode::NATION { "370215".to_owned() } else { area.to_string() };
    let with =
        |facts: String, fact: &str, usual: String| if facts.contains(&format!("\"{fact}\":")) { facts } else { joined(&[facts, usual]) };
    let mut member = part(Part::Member);
    member = with(member, "registeredArea", format!("\"registeredArea\":[{{\"area\":\"{here}\"}}]"));
    member = with(member, "birthDate", format!("\"birthDate\":\"{}\"", day.plus_years(-30).unwrap_or(day)));
    let groups = joined(&[part(Part::Groups), "\"noOther\":true".to_owned()]);
    let receiving = joined(&[part(Part::Receiving), "\"noOther\":true".to_owned()]);
    let own = format!("{{\"id\":\"a\",\"relation\":\"self\",\"groups\":{{{groups}}},\"receiving\":{{{receiving}}},{member}}}");
    let other = part(Part::OtherMember);
    let other = if other.is_empty() { String::new() } else { format!(",{{\"id\":\"b\",\"relation\":\"parent\",{other}}}") };
    let bill = with(part(Part::Bill), "date", format!("\"date\":\"{day}\""));
    let bills = format!("\"bills\":[{{\"member\":\"a\",\"area\":\"{here}\",{bill}}}]");
    let incident = format!("\"incident\":{{{}}}", part(Part::Incident));
    let whole = with(part(Part::Household), "standing", "\"standing\":[]".to_owned());
    format!("{{\"schemaVersion\":1,{},\"members\":[{own}{other}]}}", joined(&[whole, bills, incident]))
}

fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).map(String::as_str).listed().join(",")
}

/// One person for each different set of answers to the conditions of an axis.
fn classes(tables: &Tables, area: AreaCode, day: Date, axis: &AxisClasses<'_>) -> Vec<Class> {
    let formula = conditions_as_formula(tables, area, day, &axis.conditions);
    let mut values = Values::default();
    let mut found: Vec<Class> = Vec::new();
    for stand in axis.axis.stands(&axis.conditions, day, &tables.calendar) {
        let Some(truths) = answers(tables, area, day, &formula, &mut values, axis, &stand) else { continue };
        // Of several with the same answers the first, and on an ordered axis each place of its own.
        if !found.iter().any(|(known, others)| *others == truths && known.need == stand.need) {
            found.push((stand, truths));
        }
    }
    found
}

/// In the order of need; of those between two edges the first and the last.
fn in_order(mut found: Vec<Class>) -> Vec<Class> {
    found.sort_by_key(|(stand, _)| stand.need);
    let inner: Vec<bool> = (0..found.len())
        .map(|at| {
            let truths =
                |at: Option<usize>| at.and_then(|at| found.get(at)).filter(|(stand, _)| stand.need.is_some()).map(|(_, truths)| truths);
            let (before, own, after) = (truths(at.checked_sub(1)), truths(Some(at)), truths(at.checked_add(1)));
            own.is_some() && before == own && after == own
        })
        .listed();
    let mut inner = inner.into_iter();
    found.retain(|_| inner.next() != Some(true));
    found
}

/// On an ordered axis neighbours with the same answers are one class.
fn merged(mut found: Vec<Class>) -> Vec<Class> {
    found.sort_by_key(|(stand, _)| stand.need);
    found.dedup_by(|(stand, truths), (before, others)| truths == others && stand.need.is_some() == before.need.is_some());
    found
}

fn answers(
    tables: &Tables,
    area: AreaCode,
    day: Date,
    formula: &Option<Formula>,
    values: &mut Values,
    axis: &AxisClasses<'_>,
    stand: &Stand,
) -> Option<Vec<bool>> {
    if let Some(share) = stand.share {
        let holds = |condition: &&Condition| if let Condition::Income(test) = condition { share_holds(test, share) } else { false };
        return Some(axis.conditions.iter().map(holds).listed());
    }
    let formula = formula.as_ref()?;
    let household: Household = read(&household(&[stand], area, day), &tables.areas).ok()?;
    values.read(
        formula,
        formula.needed(&Depth::All),
        World { household: &household, areas: &tables.areas, calendar: &tables.calendar, today: day },
    );
    let outline = formula.outlines.first()?;
    outline.requirements.iter().map(|requirement| values.get(requirement.node, 0).known_truth()).collect()
}

/// The conditions as the engine would read them.
fn conditions_as_formula(tables: &Tables, area: AreaCode, day: Date, conditions: &[&Condition]) -> Option<Formula> {
    let builder = Builder::default();
    {
        let rules = Rules::new(&builder, tables, area, AsOf::day(day));
        let categories = stated_categories(&rules);
        let member = OfMember { rules: &rules, categories: Some(categories), incomes: None, age_rule: Some(AgeRule::Birthday) };
        let price = builder.fact(fact::BILL_PRICE);
        let bill = OfBill { member: &member, amount: price, least_held_against: price };
        let requirements = conditions.iter().map(|condition| {
            let node = match Axis::of(condition) {
                Axis::Meal | Axis::Day | Axis::BillCategory | Axis::BillPrice | Axis::Delivered | Axis::Distance | Axis::Stay => {
                    node(&bill, condition)
                }
                Axis::Incident | Axis::SelfPaid => node(&OfHousehold(&member), condition),
                Axis::IncomeKind => node(&OfIncome(&member), condition),
                _ => node(&member, condition),
            };
            Requirement { code: "condition".into(), node, clause: None, measure: None, is_tacit: false }
        });
        let requirements: Vec<Requirement> = requirements.listed();
        let never = builder.always::<row::Member>(false).id();
        builder.outline(Outline {
            benefit: "conditions".into(),
            local_name: None,
            decided_at: None,
            decided_within: Vec::new(),
            papers: Arc::default(),
            frame: Frame::Member,
            gives: Gives::Status,
            per: Per::Month,
            basis: Basis::RegisteredArea,
            requirements,
            qualifies: never,
            stated: None,
            computed: never,
            amount: None,
            extras: Vec::new(),
            payers: Vec::new(),
            day_most: None,
            first_month: None,
            review_month: None,
            people: None,
            alternatives: Vec::new(),
            steps: Vec::new(),
        });
    }
    builder.finish().ok()
}

fn node<'b, R: Row>(subject: &impl Subject<'b, R>, condition: &Condition) -> NodeId {
    subject.holds(condition).id()
}

/// Household categories as an office has stated them.
fn stated_categories<'b>(rules: &Rules<'b>) -> Categories<'b> {
    let never = rules.builder.always(false);
    let found =
        standing::Found { counted: rules.builder.always(false), allowance: never, borderline: never, hardship: never, low_income: never };
    standing::categories(rules, &found)
}
