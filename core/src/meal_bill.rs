//! The bill of meals (助餐账单): what each meal costs the person, and who pays the rest; for one meal or for a week of them.
//!
//! Nothing is decided here: these are the entries of a decision about bills of the category meal, put side by side and
//! added up. What is not known stays an interval, so that what the person pays and the rest always make the price.

use std::sync::Arc;

use serde::Serialize;

use crate::date::Date;
use crate::decision::{Entry, Need, Outcome, PackUsed, SCHEMA_VERSION};
use crate::engine::{Engine, Question};
use crate::error::FactError;
use crate::formula::Gives;
use crate::household::dictionary::{BillCategory, Meal, Names, fact};
use crate::household::{Frame, Household, read};
use crate::money::Yuan;
use crate::order::{AppendAll as _, Listed as _};
use crate::slot::INFINITE;
use crate::tables::beside::NO_LIMIT;

/// The meals of a household and what they cost whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MealBill {
    /// Version of this form.
    pub schema_version: u32,
    /// Version of the engine.
    pub engine: &'static str,
    /// The tables used, layer by layer.
    pub packs: Vec<PackUsed>,
    /// Each meal, in the order of the household's bills.
    pub meals: Vec<MealLine>,
    /// What each person's meals come to.
    pub people: Vec<MealSum>,
    /// Facts that can still change something about a meal.
    pub needs: Vec<Need>,
}

/// One meal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MealLine {
    /// Path of the bill, such as `bills/0`.
    pub bill: String,
    /// Who eats.
    pub member: Option<Arc<str>>,
    /// On which day.
    pub date: Option<Date>,
    /// Which meal.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["breakfast", "lunch", "dinner", null])))]
    pub meal: Option<&'static str>,
    /// The list price, the person's part and the others'.
    #[serde(flatten)]
    pub shares: Shares,
    /// Each discount with its reasons.
    pub benefits: Vec<Entry>,
}

/// What the meals of one person come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MealSum {
    /// Who eats.
    pub member: Option<Arc<str>>,
    /// How many meals.
    pub meals: usize,
    /// The list prices, the person's part and the others'.
    #[serde(flatten)]
    pub shares: Shares,
}

/// A price and who pays which part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Shares {
    /// The list price, yuan.
    pub list_price: Span,
    /// What the person pays.
    pub pays: Span,
    /// What others pay of the price.
    pub rest: Vec<Share>,
    /// What others pay beside the price: for bringing the meal, or to the meal point for running.
    pub beside: Vec<Share>,
}

/// What one payer pays by one benefit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share {
    /// Who pays; `null` where the tables do not say.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["province", "city", "district", "street", "operator", null])))]
    pub payer: Option<&'static str>,
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Yuan.
    pub amount: Span,
}

/// Yuan, exactly or within limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// The amount, if it is known exactly.
    pub value: Option<Yuan>,
    /// Least, yuan.
    pub min: Yuan,
    /// Most, yuan; `null` if no limit is known.
    pub max: Option<Yuan>,
}

impl Span {
    fn of(least: i64, most: i64) -> Self {
        let most = (most != INFINITE).then_some(most);
        Self { value: (most == Some(least)).then(|| Yuan::from_fen(least)), min: Yuan::from_fen(least), max: most.map(Yuan::from_fen) }
    }

    const NOTHING: Self = Self { value: Some(Yuan::ZERO), min: Yuan::ZERO, max: Some(Yuan::ZERO) };

    fn most(self) -> i64 {
        self.max.map_or(INFINITE, Yuan::fen)
    }

    fn plus(self, other: Self) -> Self {
        let most = if self.most() == INFINITE || other.most() == INFINITE { INFINITE } else { self.most().saturating_add(other.most()) };
        Self::of(self.min.fen().saturating_add(other.min.fen()), most)
    }

    /// What is left of it after `other`, which is never more than it.
    fn less(self, other: Self) -> Self {
        let least = if other.most() == INFINITE { 0 } else { self.min.fen().saturating_sub(other.most()).max(0) };
        let most = if self.most() == INFINITE { INFINITE } else { self.most().saturating_sub(other.min.fen()).max(0) };
        Self::of(least, most)
    }
}

impl Engine {
    /// What the meals among the household's bills cost the people, and who pays the rest.
    ///
    /// Each meal is decided for its own day and place; `question.date` is the day the household is looked at, and may be
    /// empty: then it is the day of the last meal.
    ///
    /// # Errors
    /// Every mistake in the household or the dates.
    pub fn meal_bill(&self, household: &str, question: Question<'_>) -> Result<MealBill, Vec<FactError>> {
        let facts = read(household, &self.tables().areas)?;
        let last = last_day(&facts).map(|day| day.to_string()).unwrap_or_default();
        let date = if question.date.is_empty() { last.as_str() } else { question.date };
        let decision = self.evaluate(household, Question { date, ..question })?;
        let discounts = self.tables().benefits.iter().filter(|benefit| benefit.bills.contains(&BillCategory::Meal));
        let discounts: Vec<(&str, bool)> = discounts.map(|benefit| (benefit.id.as_str(), benefit.beside_price)).listed();
        let mut meals = Vec::new();
        for row in (0..facts.rows(Frame::Bill)).filter(|row| is_meal(&facts, *row)) {
            let bill = facts.row_path(Frame::Bill, row);
            let own = decision.benefits.iter().filter(|entry| entry.bill.as_ref() == Some(&bill));
            let entries: Vec<Entry> = own.filter(|entry| discounts.iter().any(|(id, _)| *id == &*entry.benefit)).cloned().listed();
            meals.push(MealLine {
                member: entries.first().and_then(|entry| entry.member.clone()),
                date: day_of(&facts, row),
                meal: meal_of(&facts, row),
                shares: shares(&facts, row, &entries, &discounts),
                benefits: entries,
                bill,
            });
        }
        let concerned = |need: &Need| need.benefits.iter().any(|id| discounts.iter().any(|(known, _)| *known == &**id));
        Ok(MealBill {
            schema_version: SCHEMA_VERSION,
            engine: decision.engine,
            people: people(&meals),
            packs: decision.packs,
            meals,
            needs: decision.needs.into_iter().filter(concerned).listed(),
        })
    }
}

fn is_meal(facts: &Household, row: usize) -> bool {
    let meal = BillCategory::Meal.bit();
    let category = facts.slot(fact::BILL_CATEGORY.id, row);
    !category.is_settled() || category.lo == meal
}

fn day_of(facts: &Household, row: usize) -> Option<Date> {
    facts.slot(fact::BILL_DATE.id, row).value().and_then(Date::from_count)
}

fn last_day(facts: &Household) -> Option<Date> {
    (0..facts.rows(Frame::Bill)).filter_map(|row| day_of(facts, row)).max()
}

fn meal_of(facts: &Household, row: usize) -> Option<&'static str> {
    let bits = facts.slot(fact::BILL_MEAL.id, row).value()?;
    Meal::ALL.iter().find(|meal| meal.bit() == bits).map(|meal| meal.name())
}

/// The price of a meal and its parts: the discounts one after another, and what is paid beside.
fn shares(facts: &Household, row: usize, entries: &[Entry], discounts: &[(&str, bool)]) -> Shares {
    let price = facts.slot(fact::BILL_PRICE.id, row);
    let list_price = Span::of(price.lo, if price.is_settled() { price.hi } else { INFINITE });
    let mut found = Shares { list_price, pays: list_price, rest: Vec::new(), beside: Vec::new() };
    for entry in entries {
        let amount = granted(entry, list_price);
        let parts: Vec<Share> = entry
            .payers
            .iter()
            .map(|part| Share {
                payer: Some(part.payer),
                benefit: Arc::clone(&entry.benefit),
                amount: Span::of(part.amount.fen(), part.amount.fen()),
            })
            .listed();
        // What the operator gets never was part of the amount.
        let (operator, parts): (Vec<Share>, Vec<Share>) = parts.into_iter().partition(|part| part.payer == Some("operator"));
        let told = parts.iter().fold(Span::NOTHING, |sum, part| sum.plus(part.amount));
        let untold = Share { payer: None, benefit: Arc::clone(&entry.benefit), amount: amount.less(told) };
        let own = parts.into_iter().chain((untold.amount != Span::NOTHING).then_some(untold));
        found.beside.append_all(operator);
        if discounts.iter().any(|(id, beside)| *id == &*entry.benefit && *beside) || entry.gives != Gives::Discount.name() {
            found.beside.append_all(own);
        } else {
            found.rest.append_all(own);
            found.pays = found.pays.less(amount);
        }
    }
    found
}

/// What a discount takes off for certain, and at most.
fn granted(entry: &Entry, price: Span) -> Span {
    let (least, most) = match (&entry.amount, entry.outcome) {
        (_, Outcome::Ineligible) => (0, 0),
        (Some(amount), _) => (amount.min.fen(), amount.max.map_or(price.most(), Yuan::fen)),
        (None, _) => (0, price.most()),
    };
    Span::of(if entry.qualifies == Some(true) { least } else { 0 }, most)
}

/// The meals of each person added up, in the order in which people first eat.
fn people(meals: &[MealLine]) -> Vec<MealSum> {
    let mut sums: Vec<MealSum> = Vec::new();
    let mut taken = Vec::new();
    for meal in meals {
        match sums.iter_mut().find(|sum| sum.member == meal.member) {
            Some(sum) => {
                sum.meals = sum.meals.saturating_add(1);
                add(&mut sum.shares, &meal.shares);
            }
            None => sums.push(MealSum { member: meal.member.clone(), meals: 1, shares: meal.shares.clone() }),
        }
        let Some(sum) = sums.iter_mut().find(|sum| sum.member == meal.member) else { continue };
        for entry in &meal.benefits {
            take_back(&mut sum.shares, &entry.benefit, too_much(&mut taken, meal, entry));
        }
    }
    sums
}

/// How much of a discount, in fen, cannot come on top of what earlier meals of the person's day have at most, so that a limit of
/// the day is counted once however many meals are open; nothing where the price is not known, which bounds the discount.
fn too_much<'m>(taken: &mut Vec<(&'m MealLine, &'m str, i64)>, meal: &'m MealLine, entry: &'m Entry) -> i64 {
    let day_most = entry.day_most.filter(|most| *most < NO_LIMIT && meal.shares.list_price.value.is_some());
    let (Some(day_most), Some(_), Some(_)) = (day_most, meal.date, &meal.member) else { return 0 };
    let of_the_day =
        taken.iter().filter(|(other, benefit, _)| (&other.member, other.date) == (&meal.member, meal.date) && *benefit == &*entry.benefit);
    let before = of_the_day.fold(0_i64, |sum, (.., fen)| sum.saturating_add(*fen));
    let alone = granted(entry, meal.shares.list_price).most();
    let own = alone.min(day_most.saturating_sub(before).max(0));
    taken.push((meal, &entry.benefit, own));
    alone.saturating_sub(own)
}

/// Takes so many fen off the most that somebody not named pays of a sum; then the person pays at least what the others leave.
fn take_back(sum: &mut Shares, benefit: &str, fen: i64) {
    let mut parts = sum.rest.iter_mut().chain(&mut sum.beside).filter(|share| share.amount.max.is_some());
    if let Some(share) = parts.find(|share| share.payer.is_none() && *share.benefit == *benefit) {
        share.amount = Span::of(share.amount.min.fen(), share.amount.most().saturating_sub(fen));
        let rest = sum.rest.iter().fold(Span::NOTHING, |all, share| all.plus(share.amount));
        sum.pays = Span::of(sum.pays.min.max(sum.list_price.less(rest).min).fen(), sum.pays.most());
    }
}

fn add(sum: &mut Shares, next: &Shares) {
    sum.list_price = sum.list_price.plus(next.list_price);
    sum.pays = sum.pays.plus(next.pays);
    for (into, from) in [(&mut sum.rest, &next.rest), (&mut sum.beside, &next.beside)] {
        for share in from {
            match into.iter_mut().find(|known| known.payer == share.payer && known.benefit == share.benefit) {
                Some(known) => known.amount = known.amount.plus(share.amount),
                None => into.push(share.clone()),
            }
        }
    }
}
