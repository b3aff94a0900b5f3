//! The engine: tables ready to decide with, and what it answers.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, PoisonError, RwLock};

use crate::area::AreaCode;
use crate::benefits;
use crate::date::Date;
use crate::decide::decide;
use crate::decision::{Decision, Receipt};
use crate::entry::{Entries, Summaries, Summary};
use crate::error::{FactError, TableError};
use crate::formula::Formula;
use crate::hash::sha256;
use crate::household::dictionary::fact;
use crate::household::{Frame, Household, read};
use crate::json::shorten;
use crate::reading::trace::Trace;
use crate::reading::value::Values;
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
        let mut entries = Entries::new(self, household, detail, day, &mut scratch.trace);
        decide(self, household, day, &mut scratch.values, &mut entries)?;
        Ok(entries.finish())
    }

    /// Only outcomes and amounts, for many households: no reasons, no steps, nothing to read aloud.
    ///
    /// # Errors
    /// `arithmetic-limit`, as [`Engine::decide`].
    pub fn outcomes(&self, scratch: &mut Scratch, household: &Household, day: Date, found: &mut Vec<Summary>) -> Result<(), FactError> {
        found.clear();
        decide(self, household, day, &mut scratch.values, &mut Summaries(found))
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
        let Some(birth) =
            household.slot(fact::BIRTH_DATE.id, row).value().and_then(|days| i32::try_from(days).ok()).and_then(Date::from_days)
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

fn receipt(decision: &Decision, household: &str) -> Receipt {
    let household = sha256(household.as_bytes());
    let mut text = format!("huisuan {} {} {household}\n", decision.engine, decision.date);
    for pack in &decision.packs {
        for layer in &pack.layers {
            let _ = writeln!(text, "layer {} {}", layer.area, layer.sha256);
        }
    }
    for entry in &decision.benefits {
        let amount = entry
            .amount
            .as_ref()
            .map_or_else(String::new, |amount| format!("{}..{}", amount.min, amount.max.map_or_else(String::new, |most| most.to_string())));
        let member = entry.member.as_deref().or(entry.bill.as_deref()).unwrap_or("");
        let _ = writeln!(text, "{} {member} {:?} {amount}", entry.benefit, entry.outcome);
    }
    let digest = sha256(text.as_bytes());
    Receipt { household, digest }
}
