//! Turns the values of one benefit into an entry of the result, or into a bare outcome and amount.

mod issues;
mod open;
mod rows;
mod summary;

use std::sync::Arc;

use crate::area::AreaCode;
use crate::combination::{Together, USUAL_ENTRIES};
use crate::crossing::{accepted_at, crossings};
use crate::date::{Date, Month};
use crate::deadline::deadlines;
use crate::decide::{Nowhere, Place, Several, Sink, Whole, eater};
use crate::decision::{
    AlternativeAmount, Amount, CandidateArea, CellUsed, Decision, Entry, GroundHolds, Issue, MissingCell, Outcome, PayerPart,
    PersonCounted, Quantity, Range, Receipt, SCHEMA_VERSION, StepValue,
};
use crate::engine::{Detail, Engine};
use crate::formula::{Depth, Formula, NodeId, Outline, Per, Unit};
use crate::household::dictionary::{MONEY_MAX, fact};
use crate::household::{Frame, Household};
use crate::money::{Rounding, RoundingMode, Yuan};
use crate::order::{AppendAll as _, Listed as _};
use crate::reading::reasons::{self, parts, slot_quantity, unit_name};
use crate::reading::trace::{End, Look, Trace};
use crate::reading::value::Values;
use crate::slot::{Flags, INFINITE, Slot};

use open::OpenFacts;
use rows::{no_rule, no_text, without_repeats};
pub(crate) use summary::Summaries;
pub use summary::Summary;

/// What the values of one benefit say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub outcome: Outcome,
    pub qualifies: Slot,
    /// In fen.
    pub amount: Option<Slot>,
}

impl Answer {
    /// Reads it; where it is not known which of several places decides, anything their answers allow.
    pub fn read(values: &Values, place: &Place<'_>) -> Self {
        let qualifies = values.get(place.outline.qualifies, place.row);
        // The amount of what is not due may not even have been read.
        let amount = place.outline.amount.map(|node| match qualifies.is_no() {
            true => Slot::exact(0),
            false => fen(values.get(node, place.row), parts(place.formula.sort(node))),
        });
        let own = Self { outcome: outcome(qualifies, amount), qualifies, amount };
        place.several.map_or(own, |several| own.among(several, &place.outline.benefit))
    }

    /// This answer, if the places of which one decides agree on it.
    fn among(self, several: &Several, benefit: &str) -> Self {
        let answers = || several.answers.iter().filter(|(of, ..)| &**of == benefit).map(|(.., answer)| *answer);
        let same = |other: Self| {
            let told = |answer: Self| answer.amount.map(|slot| (slot.lo, slot.hi));
            let truth = |answer: Self| answer.qualifies.known_truth();
            other.outcome == self.outcome && truth(other) == truth(self) && told(other) == told(self)
        };
        if !several.places.is_open() || (answers().all(same) && !several.places.may_be_more) {
            return self;
        }
        // More facts may make the places agree even where no rule says which of them decides.
        let facts_help = !several.places.needs.is_empty() || answers().any(|answer| answer.outcome == Outcome::Undetermined);
        let (outcome, flags) = if facts_help { (Outcome::Undetermined, Flags::FACT) } else { (Outcome::NoTable, Flags::CELL) };
        let hull = |all: Option<Slot>, one: Option<Slot>| match (all, one) {
            (Some(all), Some(one)) => Some(all.hull(one)),
            (all, one) => all.or(one),
        };
        let qualifies = answers().fold(self.qualifies, |all, answer| all.hull(answer.qualifies));
        let amount = answers().fold(self.amount, |all, answer| hull(all, answer.amount));
        // A place not told yet may give anything.
        let amount =
            amount.map(
                |amount| if several.places.may_be_more { Slot::between(0, INFINITE, amount.flags | flags) } else { amount.flagged(flags) },
            );
        Self { outcome, qualifies: Slot::between(qualifies.lo.min(0), qualifies.hi.max(1), qualifies.flags | flags), amount }
    }

    /// What it can come to, in fen.
    pub fn range(&self) -> Slot {
        match self.outcome {
            Outcome::Ineligible => Slot::exact(0),
            _ if self.qualifies.is_yes() => self.amount.unwrap_or(Slot::exact(0)),
            _ => Slot::between(0, self.amount.map_or(0, |slot| slot.hi), self.qualifies.flags | Flags::FACT),
        }
    }
}

/// One of five, in the order of precedence: a failed condition, a missing fact that could still settle it, a missing
/// cell, the office's choice.
fn outcome(qualifies: Slot, amount: Option<Slot>) -> Outcome {
    let open = |slot: Slot| {
        if slot.is_settled() {
            None
        } else if slot.flags.has(Flags::FACT) {
            Some(Outcome::Undetermined)
        } else if slot.flags.has(Flags::CELL) {
            Some(Outcome::NoTable)
        } else if slot.flags.has(Flags::CHOICE) {
            Some(Outcome::Discretionary)
        } else {
            None
        }
    };
    if qualifies.is_no() {
        return Outcome::Ineligible;
    }
    let of_condition = if qualifies.is_yes() { None } else { Some(open(qualifies).unwrap_or(Outcome::NoTable)) };
    of_condition.or_else(|| amount.and_then(open)).unwrap_or(Outcome::Eligible)
}

/// An open amount of so much, in fen, is bounded by nothing but how much money can be told of at all: 10 million yuan.
const BOUNDLESS: i64 = MONEY_MAX / 100;

/// A slot in fen; amounts that are not whole fen widen to the fen on either side, and one that only an open answer bounds has
/// no limit that is known.
pub(crate) fn fen(slot: Slot, parts: i64) -> Slot {
    let slot = in_fen(slot, parts);
    if !slot.is_settled() && slot.hi >= BOUNDLESS { Slot::between(slot.lo, INFINITE, slot.flags) } else { slot }
}

fn in_fen(slot: Slot, parts: i64) -> Slot {
    if parts == 100 {
        return slot;
    }
    let scale = |value: i64, mode: RoundingMode| {
        if value == INFINITE {
            return INFINITE;
        }
        let numerator = i128::from(value).saturating_mul(100);
        let rounding = Rounding::new(Yuan::from_fen(1), mode);
        rounding.and_then(|rounding| rounding.apply(numerator, i128::from(parts))).unwrap_or(INFINITE)
    };
    Slot::between(scale(slot.lo, RoundingMode::Down), scale(slot.hi, RoundingMode::Up), slot.flags)
}

/// Whether something keeps an answer from being final.
fn is_open(answer: &Answer) -> bool {
    match answer.outcome {
        Outcome::Ineligible => false,
        Outcome::Undetermined | Outcome::NoTable => true,
        Outcome::Eligible | Outcome::Discretionary => answer.amount.is_some_and(|slot| slot.flags.has(Flags::BOUND)),
    }
}

/// Collects the entries of a full decision.
pub(crate) struct Entries<'d> {
    engine: &'d Engine,
    household: &'d Household,
    detail: Detail,
    day: Date,
    trace: &'d mut Trace,
    found: Vec<Entry>,
    open: OpenFacts,
    /// What keeps each benefit open in one of several places.
    elsewhere: Vec<Elsewhere>,
    issues: Vec<Issue>,
    used: Vec<(AreaCode, Arc<Formula>)>,
    together: Together,
}

/// The ends that keep a benefit open in one of several places where the household may apply.
struct Elsewhere {
    benefit: Arc<str>,
    formula: Arc<Formula>,
    ends: Vec<End>,
}

impl Sink for Entries<'_> {
    fn depth(&self) -> Depth {
        Depth::Told
    }

    fn candidate(&mut self, values: &Values, place: &Place<'_>) {
        if is_open(&Answer::read(values, place)) {
            self.walk_back(values, place);
            let (benefit, formula) = (Arc::clone(&place.outline.benefit), Arc::clone(place.formula));
            self.elsewhere.push(Elsewhere { benefit, formula, ends: self.trace.ends.clone() });
        }
    }

    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let Place { formula, outline, row, area, .. } = *place;
        let answer = Answer::read(values, place);
        let Answer { outcome, qualifies, amount } = answer;
        let stated = outline.stated.is_some_and(|node| values.get(node, row).is_yes());
        let computed = values.get(outline.computed, row);
        if stated && computed.is_no() {
            self.issues.push(Issue { code: "standing-contradicted", path: "standing".to_owned() });
        }
        let (needs, missing) = if is_open(&answer) { self.open_ends(values, place) } else { (Vec::new(), Vec::new()) };
        let flags = qualifies.flags | amount.map_or(Flags::NONE, |slot| slot.flags);
        let may_apply = outcome != Outcome::Ineligible && !stated;
        let first_month =
            outline.first_month.filter(|_| qualifies.is_yes()).and_then(|node| values.get(node, row).value()).and_then(Month::from_count);
        let entry = Entry {
            benefit: Arc::clone(&outline.benefit),
            member: self.member_of(outline, row),
            bill: (outline.frame == Frame::Bill).then(|| self.household.row_path(Frame::Bill, row)),
            area: Some(area),
            basis: outline.basis.name(),
            accepted_at: accepted_at(self.household),
            local_name: outline.local_name.clone(),
            decided_by: Some(area),
            decided_at: outline.decided_at,
            paid_by: Some(area),
            gives: outline.gives.name(),
            outcome,
            qualifies: qualifies.known_truth(),
            amount: amount.filter(|_| !qualifies.is_no()).map(|slot| amount_of(slot, outline.per)),
            range: (outcome == Outcome::Undetermined && outline.amount.is_some()).then(|| sound(answer.range())),
            extras: if qualifies.is_no() { Vec::new() } else { extras(values, place) },
            payers: if qualifies.is_no() { Vec::new() } else { payers(values, place) },
            day_most: outline.day_most.map(|node| fen(values.get(node, row), parts(formula.sort(node))).hi),
            first_month,
            first_amount: None,
            review_month: outline
                .review_month
                .filter(|_| qualifies.is_yes())
                .and_then(|node| values.get(node, row).value())
                .and_then(Month::from_count),
            people: self.people(values, outline),
            combined: None,
            stated: stated && !computed.is_yes(),
            unconfirmed: flags.has(Flags::UNCONFIRMED),
            reasons: reasons::read(formula, values, outline, row),
            needs,
            missing,
            alternatives: if outcome == Outcome::Discretionary { alternatives(values, place) } else { Vec::new() },
            candidates: place.several.map_or_else(Vec::new, |several| self.candidates(several, outline)),
            steps: self.detail.steps.then(|| self.steps(values, place)),
            deadlines: if may_apply { deadlines(outline, self.household, place.world.calendar) } else { Vec::new() },
            papers: if may_apply { Arc::clone(&outline.papers) } else { Arc::default() },
            cells: self.detail.cells.then(|| {
                let roots: Vec<NodeId> = [Some(outline.qualifies), outline.amount].into_iter().flatten().listed();
                self.cells(values, place, &roots)
            }),
        };
        self.together.decided(values, place);
        self.found.push(entry);
    }

    fn without_area(&mut self, place: &Nowhere<'_>, needs: &[String]) {
        let benefit: Arc<str> = place.benefit.into();
        let entry = Entry {
            needs: needs.iter().map(|path| self.open.fact(path, &benefit)).listed(),
            benefit,
            member: place.member.and_then(|member| self.household.member_ids().get(member).cloned()),
            bill: place.bill.map(|bill| self.household.row_path(Frame::Bill, bill)),
            area: None,
            basis: place.basis.name(),
            accepted_at: accepted_at(self.household),
            local_name: None,
            decided_by: None,
            decided_at: None,
            paid_by: None,
            gives: place.gives.name(),
            outcome: Outcome::Undetermined,
            qualifies: None,
            amount: None,
            range: None,
            extras: Vec::new(),
            payers: Vec::new(),
            day_most: None,
            first_month: None,
            first_amount: None,
            review_month: None,
            people: Vec::new(),
            combined: None,
            stated: false,
            unconfirmed: false,
            reasons: Vec::new(),
            missing: Vec::new(),
            alternatives: Vec::new(),
            candidates: Vec::new(),
            steps: None,
            deadlines: Vec::new(),
            papers: Arc::default(),
            cells: None,
        };
        self.together.without_area(place, needs);
        self.found.push(entry);
    }

    fn used(&mut self, area: AreaCode, formula: &Arc<Formula>) {
        self.used.push((area, Arc::clone(formula)));
    }

    fn combined(&mut self, values: &Values, formula: &Formula, place: &Whole<'_>) {
        self.together.combined(values, formula, place);
        for (node, row, benefit) in self.together.unasked() {
            self.trace.clear();
            self.trace.walk(formula, values, place.world, node, row, Look::Open);
            for end in &self.trace.ends {
                self.open.needed_for_total(*end, self.household, &benefit);
            }
        }
    }
}

impl<'d> Entries<'d> {
    pub(crate) fn new(engine: &'d Engine, household: &'d Household, detail: Detail, day: Date, trace: &'d mut Trace) -> Self {
        Self {
            engine,
            household,
            detail,
            day,
            trace,
            found: Vec::with_capacity(USUAL_ENTRIES),
            open: OpenFacts::default(),
            elsewhere: Vec::new(),
            issues: Vec::new(),
            used: Vec::new(),
            together: Together::new(household),
        }
    }

    /// The bare entries, for who does not ask what they come to together.
    pub(crate) fn told(self) -> Vec<Entry> {
        self.found
    }

    fn candidates(&self, several: &Several, outline: &Outline) -> Vec<CandidateArea> {
        let own = several.answers.iter().filter(|(benefit, ..)| *benefit == outline.benefit);
        let each = own.map(|(_, candidate, answer)| CandidateArea {
            area: candidate.area,
            via: self.household.member_ids().get(candidate.via).cloned(),
            rule: candidate.rule.name(),
            holds: candidate.certain.then_some(true),
            outcome: answer.outcome,
            qualifies: answer.qualifies.known_truth(),
            amount: answer.amount.filter(|_| !answer.qualifies.is_no()).map(|slot| amount_of(slot, outline.per)),
        });
        each.listed()
    }

    fn member_of(&self, outline: &Outline, row: usize) -> Option<Arc<str>> {
        let member = match outline.frame {
            Frame::Member => Some(row),
            Frame::Bill => eater(self.household, row),
            _ => None,
        };
        member.and_then(|member| self.household.member_ids().get(member).cloned())
    }

    /// Who counts as family, and why.
    fn people(&self, values: &Values, outline: &Outline) -> Vec<PersonCounted> {
        let Some(people) = &outline.people else { return Vec::new() };
        let ids = self.household.member_ids().iter().enumerate();
        ids.map(|(row, member)| {
            let holds = people.grounds.iter().filter(|ground| values.get(ground.node, row).is_yes());
            PersonCounted {
                member: Arc::clone(member),
                counted: values.get(people.counted, row).known_truth(),
                paid: values.get(people.paid, row).known_truth(),
                because: holds.map(|ground| GroundHolds { code: ground.code, clause: Arc::clone(&ground.clause) }).listed(),
            }
        })
        .listed()
    }

    /// The facts and the cells that keep an entry open; where it is not known which of several places decides, in any of them.
    fn open_ends(&mut self, values: &Values, place: &Place<'_>) -> (Vec<Arc<str>>, Vec<MissingCell>) {
        let benefit = &place.outline.benefit;
        self.walk_back(values, place);
        let (mut needs, mut missing) = (Vec::new(), Vec::new());
        for end in &self.trace.ends {
            needs.append_all(self.open.needed(*end, self.household, benefit));
            missing.append_all(self.missing(*end, place.formula, benefit));
        }
        if let Some(several) = place.several {
            let elsewhere = self.elsewhere.iter().filter(|place| several.places.is_open() && place.benefit == *benefit);
            for (formula, end) in elsewhere.flat_map(|place| place.ends.iter().map(|end| (&place.formula, *end))) {
                if !self.trace.ends.contains(&end) {
                    self.trace.ends.push(end);
                    needs.append_all(self.open.needed(end, self.household, benefit));
                }
                missing.append_all(self.missing(end, formula, benefit));
            }
            needs.append_all(several.places.needs.iter().map(|path| self.open.fact(path, benefit)));
            missing.append_all(several.places.missing.map(|(parameter, area)| no_rule(parameter, area)));
        }
        (needs, without_repeats(missing))
    }

    /// Finds what keeps a benefit open in one place.
    fn walk_back(&mut self, values: &Values, place: &Place<'_>) {
        self.trace.clear();
        self.trace.walk(place.formula, values, place.world, place.outline.qualifies, place.row, Look::Open);
        if let Some(amount) = place.outline.amount {
            self.trace.walk(place.formula, values, place.world, amount, place.row, Look::Open);
        }
    }

    /// What is written nowhere, if that is where a walk ended.
    fn missing(&self, end: End, formula: &Formula, benefit: &str) -> Option<MissingCell> {
        match end {
            End::Fact(..) | End::List(..) => None,
            End::Cell(cell) => self.engine.missing_cell(formula, cell, self.day),
            End::Rounding => Some(no_text(format!("{benefit}-rounding"))),
            End::AgeRule => Some(no_text(format!("{benefit}-age-rule"))),
            End::Calendar => Some(no_text("calendar".to_owned())),
        }
    }

    fn steps(&mut self, values: &Values, place: &Place<'_>) -> Vec<StepValue> {
        let mut steps = Vec::new();
        for step in &place.outline.steps {
            let value = slot_quantity(values.get(step.node, place.row), place.formula.sort(step.node), step.unit);
            let cells = if self.detail.cells { self.cells(values, place, &[step.node]) } else { Vec::new() };
            steps.push(StepValue { code: step.code, value, unit: unit_name(step.unit), cells });
        }
        steps
    }

    /// The table rows that these values rest on.
    fn cells(&mut self, values: &Values, place: &Place<'_>, roots: &[NodeId]) -> Vec<CellUsed> {
        self.trace.clear();
        for root in roots {
            self.trace.walk(place.formula, values, place.world, *root, place.row, Look::Ground);
        }
        let cells = self.trace.ends.iter().filter_map(|end| match end {
            End::Cell(cell) => self.engine.cell_used(place.formula, *cell),
            _ => None,
        });
        cells.listed()
    }

    pub(crate) fn finish(mut self) -> Decision {
        self.remark();
        for (entry, drawn) in self.found.iter_mut().zip(&self.together.drawn) {
            entry.combined = drawn.combined;
            if entry.is_replaced() {
                // Nobody applies for it.
                (entry.deadlines, entry.papers) = (Vec::new(), Arc::default());
            }
        }
        for entry in self.found.iter().filter(|entry| entry.is_replaced()) {
            self.open.release(entry, &self.found);
        }
        let (needs, next) = std::mem::take(&mut self.open).told();
        let mut assumed = self.household.assumed().to_vec();
        for day in [fact::APPLIED_ON.id, fact::DECIDED_ON.id] {
            if !self.household.has(day) {
                assumed.push(self.household.path(day, 0));
            }
        }
        assumed.append_all(
            self.cards().filter(|(_, expires)| expires.is_none()).map(|(row, _)| self.household.path(fact::CARD_EXPIRES.id, row)),
        );
        let mut areas: Vec<AreaCode> = Vec::new();
        for (area, _) in &self.used {
            if !areas.contains(area) {
                areas.push(*area);
            }
        }
        let tables = self.engine.tables();
        let crossings = crossings(self.household, self.day, self.found.iter(), &tables.calendar);
        Decision {
            schema_version: SCHEMA_VERSION,
            crossings,
            engine: env!("CARGO_PKG_VERSION"),
            only: self.engine.limited_to().to_vec(),
            packs: areas.into_iter().map(|area| self.engine.pack_used(area)).listed(),
            date: self.day,
            totals: self.together.totals(),
            combination: self.together.combination(),
            cash_range: None,
            needs,
            next,
            assumed,
            issues: self.issues,
            benefits: self.found,
            receipt: Receipt { household: String::new(), digest: String::new() },
        }
    }
}

fn alternatives(values: &Values, place: &Place<'_>) -> Vec<AlternativeAmount> {
    let amounts = place.outline.alternatives.iter().map(|alternative| {
        let value = values.get(alternative.amount, place.row);
        let amount = match slot_quantity(value, place.formula.sort(alternative.amount), Unit::YuanPerMonth) {
            Some(Quantity::Yuan(yuan)) => Some(yuan),
            _ => None,
        };
        AlternativeAmount { code: alternative.code, amount, clause: alternative.clause.clone() }
    });
    amounts.listed()
}

/// Amounts besides that come to anything.
pub(crate) fn extras(values: &Values, place: &Place<'_>) -> Vec<Amount> {
    let amounts =
        place.outline.extras.iter().map(|(per, node)| (fen(values.get(*node, place.row), parts(place.formula.sort(*node))), *per));
    amounts.filter(|(slot, _)| *slot != Slot::exact(0)).map(|(slot, per)| amount_of(slot, per)).listed()
}

/// The parts of the amount that are known.
pub(crate) fn payers(values: &Values, place: &Place<'_>) -> Vec<PayerPart> {
    let parts = place.outline.payers.iter().filter_map(|(payer, node)| {
        let fen = fen(values.get(*node, place.row), parts(place.formula.sort(*node))).value()?;
        (fen > 0).then(|| PayerPart { payer, amount: Yuan::from_fen(fen) })
    });
    parts.listed()
}

/// A range as the intervals give it.
fn sound(slot: Slot) -> Range {
    let max = (slot.hi != INFINITE).then(|| Yuan::from_fen(slot.hi));
    Range { min: Yuan::from_fen(slot.lo), max, bound: "sound", least_with: None, most_with: None }
}

fn amount_of(slot: Slot, per: Per) -> Amount {
    Amount::between(Yuan::from_fen(slot.lo), (slot.hi != INFINITE).then(|| Yuan::from_fen(slot.hi)), per.name())
}
