//! The engine: tables ready to decide with, and what it answers.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use litemap::LiteMap;

use crate::area::AreaCode;
use crate::benefits;
use crate::date::Date;
use crate::decide::decide;
use crate::decision::{Decision, Receipt};
use crate::entry::{Entries, Summaries, Summary};
use crate::error::{FactError, TableError, nearest};
use crate::formula::Formula;
use crate::hash::sha256;
use crate::household::dictionary::fact;
use crate::household::{Frame, Household, read};
use crate::order::{AppendAll as _, Listed as _};
use crate::range;
use crate::reading::trace::Trace;
use crate::reading::value::Values;
use crate::tables::{AsOf, Tables, pack};

/// Nobody has been found to live longer than this; a birth date beyond it is a slip of the keyboard.
pub(crate) const OLDEST_AGE: i32 = 125;

/// What a result should contain beyond outcomes, amounts and reasons.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Named intermediate values.
    pub steps: bool,
    /// Table rows each answer rests on.
    pub cells: bool,
    /// Ranges as narrow as they can be, with examples, where the search for them ends in time.
    pub tight: bool,
}

/// What is asked about a household.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'q> {
    /// The day the money is for, YYYY-MM-DD.
    pub date: &'q str,
    /// Leave aside what was made public after this day.
    pub known_on: Option<&'q str>,
    /// What the result should contain.
    pub detail: Detail,
}

impl<'q> Question<'q> {
    /// About a day, knowing everything the tables hold, with outcomes, amounts and reasons.
    #[must_use]
    pub fn on(date: &'q str) -> Self {
        Self { date, ..Self::default() }
    }
}

/// The tables, ready to decide with; formulas are built once for each area and period.
#[derive(Debug)]
pub struct Engine {
    tables: Tables,
    /// The benefits it decides; all if there are none.
    only: Vec<Arc<str>>,
    plans: RwLock<LiteMap<AreaCode, Plan>>,
    /// Memory for who brings none.
    scratch: Mutex<Option<Scratch>>,
}

/// What has been worked out for an area.
#[derive(Debug)]
struct Plan {
    days: ChangeDays,
    /// For each period that has been asked about.
    formulas: Vec<(Period, Arc<Formula>)>,
}

/// The days on which the tables of an area change.
#[derive(Debug)]
struct ChangeDays {
    /// Something begins or ends.
    changes: Vec<Date>,
    /// Something was made public after its first day.
    publications: Vec<Date>,
}

/// Which of the periods between change days, and what was known: everything, or up to which publication.
type Period = (usize, Option<usize>);

impl Plan {
    fn formula(&self, period: Period) -> Option<Arc<Formula>> {
        self.formulas.iter().find(|(own, _)| *own == period).map(|(_, formula)| Arc::clone(formula))
    }
}

impl ChangeDays {
    fn period(&self, as_of: AsOf) -> Period {
        let position = |days: &[Date], day: Date| days.partition_point(|change| *change <= day);
        (position(&self.changes, as_of.day), as_of.known_on.map(|known| position(&self.publications, known)))
    }
}

/// Memory that deciding one household after another uses again.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) values: Values,
    /// Those of a part of what the open facts could be.
    pub(crate) part: Values,
    pub(crate) trace: Trace,
}

impl Engine {
    /// An engine on these tables.
    #[must_use]
    pub fn new(tables: Tables) -> Self {
        Self { tables, only: Vec::new(), plans: RwLock::default(), scratch: Mutex::default() }
    }

    /// An engine on packs.
    ///
    /// # Errors
    /// Everything that is wrong with the packs.
    pub fn from_packs(packs: &[&[u8]]) -> Result<Self, Vec<TableError>> {
        pack::read(packs).map(Self::new)
    }

    /// The same engine for some benefits alone: no other is decided, asked about or added up; all of them for an empty list.
    ///
    /// # Errors
    /// `unknown-benefit` for each id that no benefit has.
    pub fn only(self, benefits: &[impl AsRef<str>]) -> Result<Self, Vec<FactError>> {
        let known = self.benefits();
        let unknown = benefits.iter().enumerate().filter_map(|(at, id)| {
            let id = id.as_ref();
            let suggest = nearest(id, known.iter().copied());
            let error = || FactError { suggest, ..FactError::new("unknown-benefit", &format!("benefits/{at}"), id, "the id of a benefit") };
            (!known.contains(&id)).then(error)
        });
        let errors: Vec<FactError> = unknown.listed();
        if !errors.is_empty() {
            return Err(errors);
        }
        let only = known.iter().filter(|id| benefits.iter().any(|own| own.as_ref() == **id)).map(|id| Arc::from(*id)).listed();
        Ok(Self { only, ..Self::new(self.tables) })
    }

    /// The benefits it was limited to; none if it decides all.
    #[must_use]
    pub fn limited_to(&self) -> &[Arc<str>] {
        &self.only
    }

    /// Whether it decides a benefit.
    #[must_use]
    pub fn decides(&self, benefit: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|own| **own == *benefit)
    }

    /// Ids of all benefits that its tables and the law know.
    pub(crate) fn benefits(&self) -> Vec<&str> {
        benefits::NATIONAL.iter().copied().chain(self.tables.benefits.iter().map(|benefit| &*benefit.id)).listed()
    }

    /// The tables.
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Reads a household, decides it for a day, and says everything about it.
    ///
    /// # Errors
    /// Every mistake in the household or the dates.
    pub fn evaluate(&self, household: &str, question: Question<'_>) -> Result<Decision, Vec<FactError>> {
        let (read, as_of) = self.asked(household, question)?;
        let decided = self.with_scratch(|scratch| self.decide(scratch, &read, as_of, question.detail));
        let mut decision = decided.map_err(|error| vec![error])?;
        self.first_amounts(&read, as_of, &mut decision).map_err(|error| vec![error])?;
        decision.receipt = receipt(&decision, household);
        Ok(decision)
    }

    /// The household and the day of a question.
    ///
    /// # Errors
    /// Every mistake in the household or the dates.
    pub fn asked(&self, household: &str, question: Question<'_>) -> Result<(Household, AsOf), Vec<FactError>> {
        let mut errors = Vec::new();
        let mut day = |path: &str, text: &str| Date::parse(text).map_err(|error| errors.push(wrong_date(error.code(), path, text))).ok();
        let (date, known_on) = (day("date", question.date), question.known_on.and_then(|text| day("knownOn", text)));
        match (date, read(household, &self.tables.areas)) {
            (Some(date), Ok(read)) if errors.is_empty() => {
                let errors = possible_on(&read, date);
                if errors.is_empty() { Ok((read, AsOf { day: date, known_on })) } else { Err(errors) }
            }
            (_, read) => {
                errors.append_all(read.err().into_iter().flatten());
                Err(errors)
            }
        }
    }

    /// Decides a household that has been read.
    ///
    /// # Errors
    /// `arithmetic-limit` if the tables of an area multiply beyond what stays exact.
    pub fn decide(&self, scratch: &mut Scratch, household: &Household, as_of: AsOf, detail: Detail) -> Result<Decision, FactError> {
        let mut entries = Entries::new(self, household, detail, as_of.day, &mut scratch.trace);
        decide(self, household, as_of, &mut scratch.values, &mut entries)?;
        let mut decision = entries.finish();
        if detail.tight {
            range::tighten(self, household, as_of, scratch, &mut decision)?;
        }
        Ok(decision)
    }

    /// Does something with memory that is used again by who comes next.
    pub(crate) fn with_scratch<T>(&self, then: impl FnOnce(&mut Scratch) -> T) -> T {
        let spare = || self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = spare().take().unwrap_or_default();
        let done = then(&mut scratch);
        *spare() = Some(scratch);
        done
    }

    /// Only outcomes and amounts, for many households: no reasons, no steps, nothing to read aloud.
    ///
    /// # Errors
    /// `arithmetic-limit`, as [`Engine::decide`].
    pub fn outcomes(&self, scratch: &mut Scratch, household: &Household, as_of: AsOf, found: &mut Vec<Summary>) -> Result<(), FactError> {
        let mut summaries = Summaries::new(found);
        let decided = decide(self, household, as_of, &mut scratch.values, &mut summaries);
        summaries.finish();
        decided
    }

    /// The formula of an area for the period a day lies in.
    ///
    /// # Errors
    /// `arithmetic-limit` if its tables multiply beyond what stays exact.
    pub fn formula(&self, area: AreaCode, as_of: AsOf) -> Result<Arc<Formula>, FactError> {
        let known = {
            let plans = self.plans.read().unwrap_or_else(PoisonError::into_inner);
            plans.get(&area).and_then(|plan| plan.formula(plan.days.period(as_of)))
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let formula = benefits::build(&self.tables, area, as_of, &|benefit| self.decides(benefit))
            .map_err(|code| FactError::new(code, "", &area.to_string(), "tables whose amounts stay exact"))?;
        let formula = Arc::new(formula);
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        let plan = plans.entry(area).or_insert_with(|| Plan {
            days: ChangeDays { changes: self.tables.change_days(area), publications: self.tables.publication_days(area) },
            formulas: Vec::new(),
        });
        plan.formulas.push((plan.days.period(as_of), Arc::clone(&formula)));
        Ok(formula)
    }
}

impl Engine {
    /// The first day after `day` on which the tables of an area change.
    pub(crate) fn next_change(&self, area: AreaCode, day: Date) -> Option<Date> {
        let plans = self.plans.read().unwrap_or_else(PoisonError::into_inner);
        let days = &plans.get(&area)?.days;
        days.changes.get(days.changes.partition_point(|change| *change <= day)).copied()
    }

    /// The days after `day` on which something about an area was made public or first paid after its first day.
    pub(crate) fn publications_after(&self, area: AreaCode, day: Date) -> Vec<Date> {
        let mut days = self.tables.publication_days(area);
        days.retain(|published| *published > day);
        days
    }
}

pub(crate) fn wrong_date(code: &'static str, path: &str, date: &str) -> FactError {
    FactError::new(code, path, date, "a date such as 2024-04-15")
}

/// Births after the day, and people older than anyone.
pub(crate) fn possible_on(household: &Household, day: Date) -> Vec<FactError> {
    let mut errors = Vec::new();
    for row in 0..household.rows(Frame::Member) {
        let Some(birth) = household.slot(fact::BIRTH_DATE.id, row).value().and_then(Date::from_count) else {
            continue;
        };
        let age = crate::date::AgeRule::Birthday.age_on(birth, day);
        let (code, expected) = match age {
            age if age < 0 => ("born-in-future", format!("not after {day}")),
            age if age > OLDEST_AGE => ("person-too-old", format!("a person of at most {OLDEST_AGE} years on {day}")),
            _ => continue,
        };
        errors.push(FactError::new(code, &household.path(fact::BIRTH_DATE.id, row), &birth.to_string(), &expected));
    }
    errors
}

fn receipt(decision: &Decision, household: &str) -> Receipt {
    let household = sha256(household.as_bytes());
    let mut text = format!("huisuan {} {} {household}\n", decision.engine, decision.date);
    if !decision.only.is_empty() {
        let _ = writeln!(text, "only {}", decision.only.join(" "));
    }
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
