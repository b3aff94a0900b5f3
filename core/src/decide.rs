//! Decides a household: each benefit in the tables of its own area, for the day the money is for.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest, Sha256};

use crate::area::AreaCode;
use crate::benefits;
use crate::date::{Date, Month};
use crate::decision::{
    AlternativeAmount, Amount, CellUsed, Decision, Entry, Issue, LastKnown, Layer, MissingCell, Need, Outcome, PackUsed, Receipt,
    SCHEMA_VERSION, StepValue, Total, Totals,
};
use crate::error::{FactError, TableError};
use crate::formula::{Basis, CellId, Formula, Gives, NodeId, Op, Outline, Per, TableNote};
use crate::household::dictionary::fact;
use crate::household::{FieldId, Frame, Household, read};
use crate::json::shorten;
use crate::money::Yuan;
use crate::reading::reasons::{self, parts, slot_text, unit_name};
use crate::reading::trace::{End, Look, Trace};
use crate::reading::value::{Values, World};
use crate::slot::{Flags, INFINITE, Slot};
use crate::tables::{Tables, pack};

/// Nobody has been found to live longer than this; a birth date beyond it is a slip of the keyboard.
const OLDEST_AGE: i32 = 125;

/// What a result should contain beyond outcomes, amounts and reasons.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Named intermediate values.
    pub steps: bool,
    /// Table rows each answer rests on.
    pub cells: bool,
}

/// The tables, ready to decide with; formulas are built once for each area and period.
#[derive(Debug)]
pub struct Engine {
    tables: Tables,
    plans: RwLock<Plans>,
}

#[derive(Debug, Default)]
struct Plans {
    change_days: HashMap<AreaCode, Arc<Vec<Date>>>,
    formulas: HashMap<(AreaCode, usize), Arc<Formula>>,
}

/// Memory that deciding one household after another uses again.
#[derive(Debug, Default)]
pub struct Scratch {
    values: Values,
    trace: Trace,
}

impl Engine {
    /// An engine on these tables.
    #[must_use]
    pub fn new(tables: Tables) -> Self {
        Self { tables, plans: RwLock::default() }
    }

    /// An engine on packs.
    ///
    /// # Errors
    /// Everything that is wrong with the packs.
    pub fn from_packs(packs: &[&[u8]]) -> Result<Self, Vec<TableError>> {
        pack::read(packs).map(Self::new)
    }

    /// The tables.
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Reads a household, decides it for a day (YYYY-MM-DD), and says everything about it.
    ///
    /// # Errors
    /// Every mistake in the household or the date.
    pub fn evaluate(&self, household: &str, date: &str, detail: Detail) -> Result<Decision, Vec<FactError>> {
        let day = Date::parse(date).map_err(|error| vec![wrong_date(error.code(), date)]);
        let read = read(household, &self.tables.areas);
        let (day, read) = match (day, read) {
            (Ok(day), Ok(read)) => (day, read),
            (day, read) => {
                let errors = day.err().into_iter().chain(read.err()).flatten();
                return Err(errors.collect());
            }
        };
        let errors = possible_on(&read, day);
        if !errors.is_empty() {
            return Err(errors);
        }
        let mut decision = self.decide(&mut Scratch::default(), &read, day, detail).map_err(|error| vec![error])?;
        decision.receipt = receipt(&decision, household);
        Ok(decision)
    }

    /// Decides a household that has been read.
    ///
    /// # Errors
    /// `arithmetic-limit` if the tables of an area multiply beyond what stays exact.
    pub fn decide(&self, scratch: &mut Scratch, household: &Household, day: Date, detail: Detail) -> Result<Decision, FactError> {
        let mut deciding = Deciding { engine: self, household, detail, scratch, day, found: Vec::new(), issues: Vec::new(), used: Vec::new() };
        deciding.all()?;
        Ok(deciding.finish())
    }

    /// The formula of an area for the period a day lies in.
    ///
    /// # Errors
    /// `arithmetic-limit` if its tables multiply beyond what stays exact.
    pub fn formula(&self, area: AreaCode, day: Date) -> Result<Arc<Formula>, FactError> {
        let known = {
            let plans = self.plans.read().unwrap_or_else(PoisonError::into_inner);
            let days = plans.change_days.get(&area);
            days.and_then(|days| plans.formulas.get(&(area, period(days, day))).cloned())
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let days = Arc::new(self.tables.change_days(area));
        let formula = benefits::build(&self.tables, area, day).map_err(|code| FactError {
            code,
            path: String::new(),
            got: area.to_string(),
            expected: "tables whose amounts stay exact".to_owned(),
            suggest: None,
        })?;
        let formula = Arc::new(formula);
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        plans.formulas.insert((area, period(&days, day)), Arc::clone(&formula));
        plans.change_days.insert(area, days);
        Ok(formula)
    }
}

/// Which of the periods between change days a day lies in.
fn period(change_days: &[Date], day: Date) -> usize {
    change_days.partition_point(|change| *change <= day)
}

fn wrong_date(code: &'static str, date: &str) -> FactError {
    let expected = "a date such as 2024-04-15".to_owned();
    FactError { code, path: "date".to_owned(), got: shorten(date), expected, suggest: None }
}

/// Births after the day, and people older than anyone.
fn possible_on(household: &Household, day: Date) -> Vec<FactError> {
    let mut errors = Vec::new();
    for row in 0..household.rows(Frame::Member) {
        let Some(birth) = household.slot(fact::BIRTH_DATE.id, row).value().and_then(|days| i32::try_from(days).ok()).and_then(Date::from_days)
        else {
            continue;
        };
        let age = crate::date::AgeRule::Birthday.age_on(birth, day);
        let (code, expected) = match age {
            age if age < 0 => ("born-in-future", format!("not after {day}")),
            age if age > OLDEST_AGE => ("person-too-old", format!("a person of at most {OLDEST_AGE} years on {day}")),
            _ => continue,
        };
        errors.push(FactError { code, path: household.path(fact::BIRTH_DATE.id, row), got: birth.to_string(), expected, suggest: None });
    }
    errors
}

/// One entry together with what the totals and the open questions need of it.
struct Made {
    entry: Entry,
    gives: Gives,
    range: Slot,
    open: Vec<(String, bool)>,
}

struct Deciding<'d> {
    engine: &'d Engine,
    household: &'d Household,
    detail: Detail,
    scratch: &'d mut Scratch,
    day: Date,
    found: Vec<Made>,
    issues: Vec<Issue>,
    /// Formulas that were read, with their areas.
    used: Vec<(AreaCode, Arc<Formula>)>,
}

impl Deciding<'_> {
    /// The order and the branches: household benefits, then each member's, then the bills.
    fn all(&mut self) -> Result<(), FactError> {
        let members = self.household.rows(Frame::Member);
        let registered: Vec<Option<AreaCode>> = (0..members).map(|member| self.household.registered_area(member, self.day)).collect();
        let applicant = self.household.applicant();
        let home = applicant.and_then(|member| registered.get(member).copied().flatten());
        let mut areas: Vec<AreaCode> = registered.iter().flatten().copied().collect();
        areas.sort_unstable();
        areas.dedup();
        // The applicant's area comes first, with the household's own benefits.
        areas.sort_by_key(|area| Some(*area) != home);
        if home.is_none() {
            self.household_without_area(applicant);
        }
        for area in areas {
            let formula = self.engine.formula(area, self.day)?;
            self.read(&formula, self.day);
            for outline in &formula.outlines {
                match outline.frame {
                    Frame::Household if Some(area) == home => self.entry(&formula, outline, 0, area, self.day),
                    Frame::Member => {
                        let here = registered.iter().enumerate().filter(|(_, of)| **of == Some(area));
                        for (member, _) in here {
                            self.entry(&formula, outline, member, area, self.day);
                        }
                    }
                    _ => {}
                }
            }
            self.used.push((area, formula));
        }
        for (member, area) in registered.iter().enumerate() {
            if area.is_none() {
                self.member_without_area(member);
            }
        }
        self.bills()
    }

    fn read(&mut self, formula: &Formula, day: Date) {
        let world = world(self.engine, self.household, day);
        self.scratch.values.read(formula, world);
    }

    /// Each bill is decided where and when the meal is eaten.
    fn bills(&mut self) -> Result<(), FactError> {
        let mut places: BTreeMap<(AreaCode, Date), Vec<usize>> = BTreeMap::new();
        for bill in 0..self.household.rows(Frame::Bill) {
            let area = self.household.slot(fact::BILL_AREA.id, bill).value().and_then(AreaCode::from_number);
            let day = self.household.slot(fact::BILL_DATE.id, bill).value().and_then(|days| i32::try_from(days).ok()).and_then(Date::from_days);
            match (area, day) {
                (Some(area), Some(day)) => places.entry((area, day)).or_default().push(bill),
                (area, day) => {
                    let mut needs = Vec::new();
                    needs.extend(area.is_none().then(|| self.household.path(fact::BILL_AREA.id, bill)));
                    needs.extend(day.is_none().then(|| self.household.path(fact::BILL_DATE.id, bill)));
                    self.bill_without_place(bill, &needs);
                }
            }
        }
        for ((area, day), bills) in places {
            let formula = self.engine.formula(area, day)?;
            self.read(&formula, day);
            for outline in formula.outlines.iter().filter(|outline| outline.frame == Frame::Bill) {
                for bill in &bills {
                    self.entry(&formula, outline, *bill, area, day);
                }
            }
            self.used.push((area, formula));
        }
        Ok(())
    }

    fn household_without_area(&mut self, applicant: Option<usize>) {
        let need = match applicant {
            Some(member) => self.household.list_path(Frame::Registered, member),
            None => self.household.path(fact::APPLICANT_ID.id, 0),
        };
        for benefit in ["minimum-living-allowance", "borderline-household"] {
            self.open_entry(benefit, None, None, Basis::RegisteredArea, std::slice::from_ref(&need));
        }
    }

    fn member_without_area(&mut self, member: usize) {
        let need = self.household.list_path(Frame::Registered, member);
        let local = self.engine.tables.benefits.iter().filter(|benefit| !benefit.is_bill).map(|benefit| benefit.id.clone());
        let national = ["disability-living-subsidy", "disability-nursing-subsidy"].map(str::to_owned);
        for benefit in national.into_iter().chain(local) {
            self.open_entry(&benefit, Some(member), None, Basis::RegisteredArea, std::slice::from_ref(&need));
        }
    }

    fn bill_without_place(&mut self, bill: usize, needs: &[String]) {
        for benefit in self.engine.tables.benefits.iter().filter(|benefit| benefit.is_bill) {
            self.open_entry(&benefit.id, self.eater(bill), Some(bill), Basis::ServiceArea, needs);
        }
    }

    fn eater(&self, bill: usize) -> Option<usize> {
        self.household.slot(fact::BILL_MEMBER.id, bill).value().and_then(|member| usize::try_from(member).ok())
    }

    fn member_id(&self, member: usize) -> Option<String> {
        self.household.member_ids().get(member).cloned()
    }

    /// An entry for which not even the area is known.
    fn open_entry(&mut self, benefit: &str, member: Option<usize>, bill: Option<usize>, basis: Basis, needs: &[String]) {
        let gives = match (benefit, bill) {
            ("borderline-household", _) => Gives::Status,
            (_, Some(_)) => Gives::Discount,
            _ => Gives::Cash,
        };
        let entry = Entry {
            benefit: benefit.to_owned(),
            member: member.and_then(|member| self.member_id(member)),
            bill: bill.map(|bill| self.household.row_path(Frame::Bill, bill)),
            area: None,
            basis: basis_name(basis),
            decided_by: None,
            paid_by: None,
            gives: gives_name(gives),
            outcome: Outcome::Undetermined,
            qualifies: None,
            amount: None,
            first_month: None,
            stated: false,
            unconfirmed: false,
            reasons: Vec::new(),
            needs: needs.to_vec(),
            missing: Vec::new(),
            alternatives: Vec::new(),
            steps: None,
            cells: None,
        };
        let open = needs.iter().map(|path| (path.clone(), false)).collect();
        self.found.push(Made { entry, gives, range: Slot::between(0, INFINITE, Flags::FACT), open });
    }

    fn entry(&mut self, formula: &Formula, outline: &Outline, row: usize, area: AreaCode, day: Date) {
        let at = |node: NodeId| self.scratch.values.get(formula.node(node), row);
        let qualifies = at(outline.qualifies);
        let amount = outline.amount.map(|node| (at(node), parts(formula.node(node).sort)));
        let outcome = outcome(qualifies, amount.map(|(slot, _)| slot));
        let stated = outline.stated.is_some_and(|node| at(node).is_yes());
        let computed = at(outline.computed);
        let first_month = outline.first_month.filter(|_| qualifies.is_yes()).and_then(|node| month_text(at(node)));
        if stated && computed.is_no() {
            self.issues.push(Issue { code: "standing-contradicted", path: "standing".to_owned() });
        }
        let open = matches!(outcome, Outcome::Undetermined | Outcome::NoTable);
        let (needs, missing) = if open { self.open_ends(formula, outline, row, day) } else { (Vec::new(), Vec::new()) };
        let flags = qualifies.flags | amount.filter(|_| !qualifies.is_no()).map_or(Flags::NONE, |(slot, _)| slot.flags);
        let in_fen = amount.map(|(slot, parts)| fen(slot, parts));
        let alternatives = if outcome == Outcome::Discretionary { self.alternatives(formula, outline, row) } else { Vec::new() };
        let member = match outline.frame {
            Frame::Member => Some(row),
            Frame::Bill => self.eater(row),
            _ => None,
        };
        let entry = Entry {
            benefit: outline.benefit.clone(),
            member: member.and_then(|member| self.member_id(member)),
            bill: (outline.frame == Frame::Bill).then(|| self.household.row_path(Frame::Bill, row)),
            area: Some(area),
            basis: basis_name(outline.basis),
            decided_by: Some(area),
            paid_by: Some(area),
            gives: gives_name(outline.gives),
            outcome,
            qualifies: qualifies.known_truth(),
            amount: in_fen.filter(|_| !qualifies.is_no()).map(|slot| amount_of(slot, outline.per)),
            first_month,
            stated: stated && !computed.is_yes(),
            unconfirmed: flags.has(Flags::UNCONFIRMED),
            reasons: reasons::read(formula, &self.scratch.values, outline, row),
            needs: needs.iter().map(|(path, _)| path.clone()).collect(),
            missing,
            alternatives,
            steps: self.detail.steps.then(|| self.steps(formula, outline, row, day)),
            cells: self.detail.cells.then(|| {
                let roots: Vec<NodeId> = [Some(outline.qualifies), outline.amount].into_iter().flatten().collect();
                self.cells(formula, &roots, row, day)
            }),
        };
        let range = match outcome {
            Outcome::Ineligible => Slot::exact(0),
            _ if qualifies.is_yes() => in_fen.unwrap_or(Slot::exact(0)),
            _ => Slot::between(0, in_fen.map_or(0, |slot| slot.hi), qualifies.flags | Flags::FACT),
        };
        self.found.push(Made { entry, gives: outline.gives, range, open: needs });
    }

    /// The facts (with whether they were asked already) and the cells that keep an entry open.
    fn open_ends(&mut self, formula: &Formula, outline: &Outline, row: usize, day: Date) -> (Vec<(String, bool)>, Vec<MissingCell>) {
        let world = world(self.engine, self.household, day);
        let Scratch { values, trace } = &mut *self.scratch;
        trace.clear();
        trace.walk(formula, values, world, outline.qualifies, row, Look::Open);
        if let Some(amount) = outline.amount {
            trace.walk(formula, values, world, amount, row, Look::Open);
        }
        let mut needs = Vec::new();
        let mut missing = Vec::new();
        for end in &trace.ends {
            match *end {
                End::Fact(field, at) => {
                    let asked = world.household.slot(field, at).flags.has(Flags::ASKED);
                    needs.push((world.household.path(field, at), asked));
                }
                End::List(list, parent) => {
                    let asked = world.household.list(list, parent).open_flags().is_some_and(|flags| flags.has(Flags::ASKED));
                    needs.push((world.household.list_path(list, parent), asked));
                }
                End::Cell(cell) => missing.extend(self.engine.missing_cell(formula, cell)),
                End::AgeRule => missing.push(no_text(format!("{}-age-rule", outline.benefit))),
                End::Calendar => missing.push(no_text("calendar".to_owned())),
            }
        }
        (needs, without_repeats(missing))
    }

    fn alternatives(&self, formula: &Formula, outline: &Outline, row: usize) -> Vec<AlternativeAmount> {
        let amounts = outline.alternatives.iter().map(|alternative| {
            let node = formula.node(alternative.amount);
            let value = self.scratch.values.get(node, row);
            let amount = slot_text(value, node.sort, crate::formula::Unit::YuanPerMonth);
            AlternativeAmount { code: alternative.code, amount, clause: alternative.clause.clone() }
        });
        amounts.collect()
    }

    fn steps(&mut self, formula: &Formula, outline: &Outline, row: usize, day: Date) -> Vec<StepValue> {
        let steps = outline.steps.iter().map(|step| {
            let node = formula.node(step.node);
            let value = slot_text(self.scratch.values.get(node, row), node.sort, step.unit);
            let cells = if self.detail.cells { self.cells(formula, &[step.node], row, day) } else { Vec::new() };
            StepValue { code: step.code, value, unit: unit_name(step.unit), cells }
        });
        steps.collect()
    }

    /// The table rows that these values rest on.
    fn cells(&mut self, formula: &Formula, roots: &[NodeId], row: usize, day: Date) -> Vec<CellUsed> {
        let world = world(self.engine, self.household, day);
        let Scratch { values, trace } = &mut *self.scratch;
        trace.clear();
        for root in roots {
            trace.walk(formula, values, world, *root, row, Look::Ground);
        }
        let cells = trace.ends.iter().filter_map(|end| if let End::Cell(cell) = end { self.engine.cell_used(formula, *cell) } else { None });
        cells.collect()
    }

    fn finish(mut self) -> Decision {
        self.unused_facts();
        let mut needs: Vec<Need> = Vec::new();
        let mut next = None;
        for made in &self.found {
            for (path, asked) in &made.open {
                match needs.iter_mut().find(|need| need.path == *path) {
                    Some(need) if !need.benefits.contains(&made.entry.benefit) => need.benefits.push(made.entry.benefit.clone()),
                    Some(_) => {}
                    None => {
                        if !asked && next.is_none() {
                            next = Some(path.clone());
                        }
                        needs.push(Need { path: path.clone(), benefits: vec![made.entry.benefit.clone()] });
                    }
                }
            }
        }
        let mut assumed = self.household.assumed().to_vec();
        for day in [fact::APPLIED_ON.id, fact::DECIDED_ON.id] {
            if self.household.column(day).is_none() {
                assumed.push(self.household.path(day, 0));
            }
        }
        self.issues.dedup();
        let totals = Totals { cash_per_month: self.total(Gives::Cash), meals: self.total(Gives::Discount) };
        let mut areas: Vec<AreaCode> = self.used.iter().map(|(area, _)| *area).collect();
        areas.dedup();
        Decision {
            schema_version: SCHEMA_VERSION,
            engine: env!("CARGO_PKG_VERSION"),
            packs: areas.into_iter().map(|area| self.engine.pack_used(area)).collect(),
            date: self.day.to_string(),
            totals,
            needs,
            next,
            assumed,
            issues: self.issues,
            benefits: self.found.into_iter().map(|made| made.entry).collect(),
            receipt: Receipt { household: String::new(), digest: String::new() },
        }
    }

    /// Facts that were given and that no rule of the areas concerned reads.
    fn unused_facts(&mut self) {
        let mut read: Vec<FieldId> = vec![fact::SCHEMA_VERSION.id, fact::MEMBER_ID.id, fact::RELATION.id, fact::APPLICANT_ID.id];
        for (_, formula) in &self.used {
            for node in &formula.nodes {
                match node.op {
                    Op::Fact(field) => read.push(field),
                    Op::Entry(key, ..) => read.push(key),
                    Op::DayOrToday(field) => read.push(field),
                    _ => {}
                }
            }
        }
        read.extend([fact::BILL_AREA.id, fact::RECEIVING_NO_OTHER.id]);
        read.sort_unstable();
        read.dedup();
        for (field, slots) in self.household.given() {
            let closes = field.field().path.ends_with("noOther");
            if closes || read.binary_search(&field).is_ok() || self.used.is_empty() {
                continue;
            }
            for (row, slot) in slots.iter().enumerate() {
                let path = self.household.path(field, row);
                if *slot != self.household.unknown(field) && !self.household.assumed().contains(&path) && !closed_by_no_other(slot, field) {
                    self.issues.push(Issue { code: "fact-not-used", path });
                }
            }
        }
    }

    fn total(&self, gives: Gives) -> Total {
        let mut least: i64 = 0;
        let mut most: i64 = 0;
        let mut left_out: Vec<String> = Vec::new();
        for made in self.found.iter().filter(|made| made.gives == gives) {
            if made.entry.outcome == Outcome::NoTable {
                if !left_out.contains(&made.entry.benefit) {
                    left_out.push(made.entry.benefit.clone());
                }
                continue;
            }
            least = least.saturating_add(made.range.lo);
            most = if made.range.hi == INFINITE || most == INFINITE { INFINITE } else { most.saturating_add(made.range.hi) };
        }
        let kind = match most {
            most if most == least => "exact",
            INFINITE => "atLeast",
            _ => "between",
        };
        Total { kind, min: yuan(least), max: (most != INFINITE).then(|| yuan(most)), left_out }
    }
}

/// A no that comes from `noOther` and was not typed by anyone.
fn closed_by_no_other(slot: &Slot, field: FieldId) -> bool {
    slot.is_no() && crate::household::dictionary::CLOSED_BY_NO_OTHER.iter().any(|(frame, prefix, _)| {
        field.field().frame == *frame && field.field().path.starts_with(prefix)
    })
}

fn world<'w>(engine: &'w Engine, household: &'w Household, day: Date) -> World<'w> {
    World { household, areas: &engine.tables.areas, calendar: &engine.tables.calendar, today: day }
}

/// One of five, in the order of precedence: a failed condition, a missing cell, a missing fact, the office's choice.
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

/// A slot in fen; amounts that are not whole fen widen to the fen on either side.
fn fen(slot: Slot, parts: i64) -> Slot {
    let scale = |value: i64, up: bool| {
        if value == INFINITE {
            return INFINITE;
        }
        let mode = if up { crate::money::RoundingMode::Up } else { crate::money::RoundingMode::Down };
        let rounding = crate::money::Rounding::new(Yuan::from_fen(1), mode);
        let numerator = i128::from(value).saturating_mul(100);
        rounding.and_then(|rounding| rounding.apply(numerator, i128::from(parts))).unwrap_or(INFINITE)
    };
    Slot::between(scale(slot.lo, false), scale(slot.hi, true), slot.flags)
}

fn amount_of(slot: Slot, per: Per) -> Amount {
    let per = match per {
        Per::Month => "month",
        Per::Year => "year",
        Per::Meal => "meal",
        Per::Once => "once",
    };
    let kind = match (slot.is_settled(), slot.hi == INFINITE, slot.lo) {
        (true, ..) => "exact",
        (_, true, _) => "atLeast",
        (_, _, 0) => "upTo",
        _ => "between",
    };
    Amount { kind, value: slot.value().map(yuan), min: yuan(slot.lo), max: (slot.hi != INFINITE).then(|| yuan(slot.hi)), per }
}

fn yuan(fen: i64) -> String {
    Yuan::from_fen(fen).to_string()
}

fn month_text(slot: Slot) -> Option<String> {
    let months = slot.value()?;
    let (year, month) = (months.checked_div_euclid(12)?, months.checked_rem_euclid(12)?.checked_add(1)?);
    Month::parse(&format!("{year:04}-{month:02}")).ok().map(|month| month.to_string())
}

const fn basis_name(basis: Basis) -> &'static str {
    match basis {
        Basis::RegisteredArea => "registeredArea",
        Basis::ServiceArea => "serviceArea",
    }
}

const fn gives_name(gives: Gives) -> &'static str {
    match gives {
        Gives::Cash => "cash",
        Gives::Discount => "discount",
        Gives::Status => "status",
    }
}

/// One entry for each parameter and area, the one that knows a last number if there is one.
fn without_repeats(all: Vec<MissingCell>) -> Vec<MissingCell> {
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

/// Something no text says.
fn no_text(parameter: String) -> MissingCell {
    MissingCell { parameter, area: AreaCode::NATION, cause: "unknown", last_known: None }
}

impl Engine {
    fn missing_cell(&self, formula: &Formula, cell: CellId) -> Option<MissingCell> {
        let cell = formula.cell(cell);
        let TableNote::Missing(cause, last) = cell.note else {
            // A floor or a ceiling is a row, and what is missing is the exact value.
            return cell.slot.flags.has(Flags::BOUND).then(|| MissingCell {
                parameter: cell.parameter.clone(),
                area: cell.area,
                cause: "unknown",
                last_known: None,
            });
        };
        let table = self.tables.tables.get(&(cell.parameter.clone(), cell.area));
        let last_known = table.and_then(|table| last.and_then(|row| table.rows.get(row))).map(|row| LastKnown {
            value: row.written.clone(),
            from: row.from.not_after.to_string(),
            document: row.clause.document.clone(),
        });
        Some(MissingCell { parameter: cell.parameter.clone(), area: cell.area, cause, last_known })
    }

    fn cell_used(&self, formula: &Formula, cell: CellId) -> Option<CellUsed> {
        let cell = formula.cell(cell);
        let TableNote::Row(number) = cell.note else { return None };
        let row = self.tables.tables.get(&(cell.parameter.clone(), cell.area))?.rows.get(number)?;
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

    fn pack_used(&self, area: AreaCode) -> PackUsed {
        let layers = self.tables.areas.chain(area).filter_map(|level| {
            let sha256 = self.tables.layers.get(&level)?.clone();
            Some(Layer { area: level, sha256 })
        });
        PackUsed { area, layers: layers.collect() }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn receipt(decision: &Decision, household: &str) -> Receipt {
    let household = sha256(household.as_bytes());
    let mut text = format!("huisuan {} {} {household}\n", decision.engine, decision.date);
    for pack in &decision.packs {
        for layer in &pack.layers {
            let _ = writeln!(text, "layer {} {}", layer.area, layer.sha256);
        }
    }
    for entry in &decision.benefits {
        let amount = entry.amount.as_ref().map_or_else(String::new, |amount| format!("{}..{}", amount.min, amount.max.as_deref().unwrap_or("")));
        let member = entry.member.as_deref().or(entry.bill.as_deref()).unwrap_or("");
        let _ = writeln!(text, "{} {member} {:?} {amount}", entry.benefit, entry.outcome);
    }
    let digest = sha256(text.as_bytes());
    Receipt { household, digest }
}
