//! What a row says: amounts, ratios, words, shares of a bill; and how each is written in a table.

use super::condition::choices;
use super::parameters::ValueKind;
use super::relation::{self, Relation};
use crate::area::AreaCode;
use crate::formula::Per;
use crate::household::dictionary::{ExpenseKind, Names, Settlement};
use crate::json::{Json, Value};
use crate::money::{Rate, Rounding, RoundingMode, Yuan};
use crate::order::Listed as _;

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellValue {
    /// Yuan.
    Money(Yuan),
    /// A ratio.
    Rate(Rate),
    /// A number of months, days, years or people.
    Count(i64),
    /// One of the parameter's words.
    Word(String),
    /// A list of kinds of expense.
    Kinds(Vec<ExpenseKind>),
    /// A ratio of another parameter.
    Ratio(Reference),
    /// The same as another parameter.
    Equals(String),
    /// So many times what the other rows of the table give the person.
    TimesOwn(Rate, Option<Rounding>),
    /// So much more than the other rows of the table give the person.
    PlusOwn(Yuan),
    /// A share of the bill, at most the cap.
    ShareOfBill(Rate, Option<Yuan>),
    /// What the person pays of the bill, whatever its list price (a price list).
    Pays(Yuan),
    /// Hours of service a month, each paid at this price.
    Hours(Rate, Yuan),
    /// What a benefit is called.
    Name(String),
    /// How to round.
    Rounding(Rounding),
    /// Not written anywhere; within one such unit either way.
    UnknownWithin(Yuan),
    /// How benefits go together.
    Relation(Relation),
    /// We do not know the value.
    Unknown,
}

impl CellValue {
    /// Whether it says how much more the person has than other rows give.
    #[must_use]
    pub const fn is_of_own(&self) -> bool {
        matches!(self, Self::TimesOwn(..) | Self::PlusOwn(_))
    }
}

/// A ratio of another parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The ratio.
    pub ratio: Rate,
    /// The parameter.
    pub of: String,
    /// The town or village number, whichever side the person is on.
    pub side: Option<Settlement>,
    /// The area whose number it is, where that is not the person's own.
    pub of_area: Option<AreaCode>,
    /// How the product is rounded; no text says so if absent.
    pub rounding: Option<Rounding>,
    /// What it never comes to less than, such as the number before (不低于原标准).
    pub not_below: Option<Yuan>,
}

/// A value that is not the amount itself but a limit to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// 不低于: at least this.
    AtLeast,
    /// 指导标准: lower levels set their own, not below this.
    Guide,
    /// 最高: at most this.
    UpTo,
}

/// Names of the bounds in tables.
pub(super) const BOUNDS: &[(&str, Bound)] = &[("at-least", Bound::AtLeast), ("guide", Bound::Guide), ("up-to", Bound::UpTo)];

/// Names of the periods in tables.
pub(super) const PERIODS: &[(&str, Per)] =
    &[("month", Per::Month), ("quarter", Per::Quarter), ("year", Per::Year), ("day", Per::Day), ("meal", Per::Meal), ("once", Per::Once)];

/// Who pays which part of an amount (负担比例), for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayerShare {
    /// One of [`PAYERS`].
    pub payer: &'static str,
    /// Yuan, in the period of the row.
    pub amount: Yuan,
}

/// How often an amount for bills can be had, and how much of it in a span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Bills a day for the same meal at most.
    pub per_meal: Option<i64>,
    /// Bills a day at most.
    pub per_day: Option<i64>,
    /// Bills a week at most, Monday to Sunday.
    pub per_week: Option<i64>,
    /// Yuan a day at most.
    pub yuan_per_day: Option<Yuan>,
    /// Yuan a calendar month at most, by this row.
    pub yuan_per_month: Option<Yuan>,
    /// Yuan for a person at most, in all.
    pub yuan_in_all: Option<Yuan>,
}

/// Yuan as text.
pub(super) fn yuan_of(json: &Json<'_>) -> Option<Yuan> {
    json.text().and_then(|text| Yuan::parse(text).ok())
}

/// A ratio as text.
pub(super) fn rate_of(json: &Json<'_>) -> Option<Rate> {
    json.text().and_then(|text| Rate::parse(text).ok())
}

/// The value of a row of a parameter of this kind; `None` if it cannot be one.
pub(super) fn read(json: &Json<'_>, kind: ValueKind) -> Option<CellValue> {
    if json.text() == Some("unknown") {
        return Some(CellValue::Unknown);
    }
    match (kind, json.text()) {
        (ValueKind::Money, Some(_)) => yuan_of(json).map(CellValue::Money),
        (ValueKind::Money, None) => computed(json),
        (ValueKind::Rate, Some(_)) => rate_of(json).map(CellValue::Rate),
        (ValueKind::Count, None) => json.integer().filter(|count| (0..=9_999).contains(count)).map(CellValue::Count),
        (ValueKind::Word(words), Some(text)) => words.contains(&text).then(|| CellValue::Word(text.to_owned())),
        (ValueKind::Name, Some(name)) => (1..=30).contains(&name.chars().count()).then(|| CellValue::Name(name.to_owned())),
        (ValueKind::Kinds, None) => choices(json).map(CellValue::Kinds),
        (ValueKind::Relation, None) => relation::read(json).map(CellValue::Relation),
        (ValueKind::Rounding, None) => match json.get("unknownWithin") {
            Some(within) => yuan_of(within).map(CellValue::UnknownWithin),
            None => rounding(json).map(CellValue::Rounding),
        },
        _ => None,
    }
}

/// What would have been accepted.
pub(super) fn expected(kind: ValueKind) -> String {
    match kind {
        ValueKind::Money => "yuan such as \"1069.00\", \"unknown\", or a value that is computed".to_owned(),
        ValueKind::Rate => "a ratio such as \"1.5\"".to_owned(),
        ValueKind::Count => "a whole number such as 6".to_owned(),
        ValueKind::Word(words) => words.join(", "),
        ValueKind::Name => "a name of at most 30 characters".to_owned(),
        ValueKind::Kinds => format!("a list of {}", ExpenseKind::NAMES.join(", ")),
        ValueKind::Relation => {
            let kinds: Vec<&str> = relation::KINDS.iter().map(|(name, _)| *name).listed();
            format!("{{ \"relation\": one of {}, \"of\": two benefits or more }}", kinds.join(", "))
        }
        ValueKind::Rounding => "{ \"unit\": \"1.00\", \"mode\": \"up\" } with mode up, down or half-up".to_owned(),
    }
}

fn computed(json: &Json<'_>) -> Option<CellValue> {
    let rate = |name: &str| json.get(name).and_then(rate_of);
    let yuan = |name: &str| json.get(name).and_then(yuan_of);
    let text = |name: &str| json.get(name).and_then(Json::text);
    let names: Vec<&str> = json.entries().iter().map(|(name, _)| &**name).listed();
    let only = |known: &[&str]| names.iter().all(|name| known.contains(name));
    let optional_rounding = || json.get("rounding").map_or(Some(None), |given| rounding(given).map(Some));
    if let Some(of) = text("of").filter(|_| only(&["ratio", "of", "ofArea", "side", "rounding", "notBelow"])) {
        let side = match text("side") {
            Some(side) => Some(Settlement::named(side)?),
            None => None,
        };
        let of_area = match text("ofArea") {
            Some(area) => Some(AreaCode::parse(area)?),
            None => None,
        };
        let not_below = match json.get("notBelow") {
            Some(least) => Some(yuan_of(least)?),
            None => None,
        };
        let rounding = optional_rounding()?;
        return Some(CellValue::Ratio(Reference { ratio: rate("ratio")?, of: of.to_owned(), side, of_area, rounding, not_below }));
    }
    match names.as_slice() {
        ["timesOwn"] | ["timesOwn", "rounding"] => Some(CellValue::TimesOwn(rate("timesOwn")?, optional_rounding()?)),
        ["plusOwn"] => yuan("plusOwn").map(CellValue::PlusOwn),
        ["equals"] => text("equals").map(|of| CellValue::Equals(of.to_owned())),
        ["share"] => rate("share").map(|share| CellValue::ShareOfBill(share, None)),
        ["share", "cap"] | ["cap", "share"] => Some(CellValue::ShareOfBill(rate("share")?, Some(yuan("cap")?))),
        ["pays"] => yuan("pays").map(CellValue::Pays),
        ["hours", "price"] | ["price", "hours"] => Some(CellValue::Hours(rate("hours")?, yuan("price")?)),
        _ => None,
    }
}

fn rounding(json: &Json<'_>) -> Option<Rounding> {
    let mode = match json.get("mode")?.text()? {
        "up" => RoundingMode::Up,
        "down" => RoundingMode::Down,
        "half-up" => RoundingMode::HalfUp,
        _ => return None,
    };
    Rounding::new(yuan_of(json.get("unit")?)?, mode)
}

/// Who may pay a part of an amount; what the operator gets never reaches the person.
pub const PAYERS: &[&str] = &["province", "city", "district", "street", "operator"];

/// `[{ "payer": "district", "amount": "8.00" }]`.
pub(super) fn payers(json: &Json<'_>) -> Option<Vec<PayerShare>> {
    let shares = json.items().iter().map(|item| {
        let payer = item.get("payer")?.text()?;
        let payer = PAYERS.iter().find(|known| **known == payer)?;
        Some(PayerShare { payer, amount: yuan_of(item.get("amount")?)? })
    });
    shares.collect::<Option<Vec<_>>>().filter(|shares| !shares.is_empty())
}

/// `{ "perDay": 1, "perWeek": 5, "yuanPerDay": "3.00" }`.
pub(super) fn limits(json: &Json<'_>) -> Option<Limits> {
    let mut limits = Limits::default();
    for (name, value) in json.entries() {
        match &**name {
            "perMeal" => limits.per_meal = Some(value.integer()?),
            "perDay" => limits.per_day = Some(value.integer()?),
            "perWeek" => limits.per_week = Some(value.integer()?),
            "yuanPerDay" => limits.yuan_per_day = Some(yuan_of(value)?),
            "yuanPerMonth" => limits.yuan_per_month = Some(yuan_of(value)?),
            "yuanInAll" => limits.yuan_in_all = Some(yuan_of(value)?),
            _ => return None,
        }
    }
    (matches!(json.value, Value::Record(_)) && limits != Limits::default()).then_some(limits)
}
