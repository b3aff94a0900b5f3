//! The columns of a sheet: what each holds, by which names a clerk may choose, and how they are called.

use huisuan_core::household::dictionary::{
    AbilityLevel, AbilityScale, BillCategory, CarePlace, DayKind, EmploymentStatus, ExpenseKind, Illness, IncidentKind, IncomeKind, Meal,
    Names, SelfCare, Settlement, Sex, StandingClass, Status, Weekday,
};
use huisuan_core::tables::condition::DIMENSIONS;
use huisuan_core::tables::parameters::ValueKind;
use huisuan_core::tables::sheet::{Kind, kind_of};
use huisuan_core::tables::write::{HEAD, ROW};

use crate::words::Words;

/// What a field holds. Texts that are names are read as names: `每月` is `month`, `Ａ２` is `A2`.
#[must_use]
pub fn kind(field: &str, parameter: &str) -> Kind {
    match field {
        "per" | "bound" | "lapse" | "otherwise" | "hit" | "document" | "grade" | "setBy" | "area" | "parameter" | "reason" => Kind::Word,
        _ => kind_of(field, parameter),
    }
}

/// Whether a row of a table has this field.
#[must_use]
pub fn is_known(name: &str) -> bool {
    match name.strip_prefix("when.") {
        Some(dimension) => DIMENSIONS.iter().any(|(known, _)| *known == dimension),
        None => name != "when" && ROW.contains(&name),
    }
}

/// Whether the head of a table has this field.
#[must_use]
pub fn is_of_head(name: &str) -> bool {
    HEAD.contains(&name.split('.').next().unwrap_or(name))
}

/// The field that a column's title stands for: its name, or what it is called.
#[must_use]
pub fn field_of(title: &str, words: &Words) -> Option<String> {
    let title = title.trim();
    if is_known(title) {
        return Some(title.to_owned());
    }
    words.meaning("column.", title).filter(|field| is_known(field)).map(str::to_owned)
}

/// What a column is called.
#[must_use]
pub fn title(field: &str, words: &Words) -> String {
    words.has(&format!("column.{field}")).unwrap_or(field).to_owned()
}

/// The names to choose from; empty if anything may stand there.
#[must_use]
pub fn choices(field: &str, parameter: &str) -> Vec<&'static str> {
    let names: &[&str] = match field.strip_prefix("when.").unwrap_or(field) {
        "settlement" => Settlement::NAMES,
        "sex" => Sex::NAMES,
        "category" => Status::NAMES,
        "standingClass" => StandingClass::NAMES,
        "abilityLevel" => AbilityLevel::NAMES,
        "abilityScale" => AbilityScale::NAMES,
        "selfCare" => SelfCare::NAMES,
        "carePlace" => CarePlace::NAMES,
        "illness" => Illness::NAMES,
        "employment" => EmploymentStatus::NAMES,
        "meal" => Meal::NAMES,
        "dayKind" => DayKind::NAMES,
        "weekday" => Weekday::NAMES,
        "billCategory" => BillCategory::NAMES,
        "incident" => IncidentKind::NAMES,
        "incomeKind" => IncomeKind::NAMES,
        "expenseKind" => ExpenseKind::NAMES,
        "registeredIn" | "livesIn" | "permitIn" => &["area-of-table"],
        "per" => &["month", "quarter", "year", "day", "meal", "once"],
        "bound" => &["at-least", "guide", "up-to"],
        "grade" => &["A", "A1", "A-calc", "A2", "A*", "A3"],
        "lapse" => &["year-end", "until-replaced", "at-until"],
        "otherwise" => &["ineligible", "unknown", "none"],
        "hit" => &["unique", "first", "highest", "all"],
        "value" => {
            if let Kind::Value(ValueKind::Word(names)) = kind(field, parameter) {
                return names.iter().copied().chain(["unknown"]).collect();
            }
            &[]
        }
        _ if matches!(kind(field, parameter), Kind::Truth | Kind::Flag) => &["yes", "no"],
        _ => &[],
    };
    names.to_vec()
}
