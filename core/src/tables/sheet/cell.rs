//! What stands in one cell, in short where there is a short form.

use super::super::parameters::ValueKind;
use super::super::write::{quoted, spaced};
use crate::date::Date;
use crate::json::{self, Json, Limits};
use crate::money::{Rate, Yuan};
use crate::order::Listed as _;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// `2024-01-01`, or `2023-07-01…2024-06-30` for a day known only within limits.
    Day,
    /// `yes`.
    Flag,
    /// Digits.
    Number,
    /// What a row says, of a parameter with values of this kind.
    Value(ValueKind),
    /// `city 8.00; district 8.00`.
    Payers,
    /// `perDay 1; perWeek 5`.
    Limits,
    /// One name.
    Word,
    /// Names: `lunch; dinner`.
    Words,
    /// Whole numbers: `1; 2`.
    Numbers,
    /// From and to, both included: `80–89`, `100–`, `–17`.
    Span,
    /// `> 20000.00; ≤ 50000.00`.
    YuanSpan,
    /// Yes or no.
    Truth,
    /// `livesAlone; not publicEmployee`.
    Groups,
    /// `vision+limb:1,2; hearing:3`.
    Disabilities,
    /// `own < 1.5 × minimum-living-standard`.
    Income,
    /// `15.00`, or `> 5.00`.
    BillFrom,
    /// `1; 2` of a certificate.
    Grades,
}

/// What a cell of a dimension holds.
pub(super) fn dimension(name: &str) -> Kind {
    match name {
        "settlement" | "sex" | "registeredIn" | "livesIn" | "permitIn" | "receiving" | "receivingInFull" => Kind::Word,
        "ageYears" | "distanceKm" | "stayDays" | "graceMonth" => Kind::Span,
        "disabilityGrade" | "localLevel" => Kind::Numbers,
        "severalDisabilities"
        | "careNeeded"
        | "carePlaceApproved"
        | "noFixedIncome"
        | "fullTimeStudent"
        | "severalDisabledMembers"
        | "olderCarer"
        | "delivered"
        | "dementia" => Kind::Truth,
        "group" | "service" => Kind::Groups,
        "disability" => Kind::Disabilities,
        "income" => Kind::Income,
        "selfPaid" => Kind::YuanSpan,
        "billFrom" => Kind::BillFrom,
        "serviceInjury" => Kind::Grades,
        _ => Kind::Words,
    }
}

/// The text of a cell: the short form if it reads back as the same, else JSON.
pub(super) fn write(kind: Kind, value: &Json<'_>) -> String {
    let mut whole = String::new();
    spaced(value, &mut whole);
    match short(kind, value) {
        Some(text) if read(kind, &text).as_deref() == Ok(whole.as_str()) => text,
        _ => whole,
    }
}

/// The JSON text of a cell, with a space inside braces and after commas.
///
/// # Errors
/// What would have been accepted.
pub(super) fn read(kind: Kind, text: &str) -> Result<String, &'static str> {
    let trimmed = text.trim();
    if trimmed.starts_with(['{', '[', '"']) {
        let json = json::read(trimmed, Limits::HOUSEHOLD).map_err(|_| "JSON")?;
        let mut out = String::new();
        spaced(&json, &mut out);
        return Ok(out);
    }
    let (long, expected) = match kind {
        Kind::Text => (Some(quoted(text.strip_prefix('\'').unwrap_or(text))), "a text"),
        Kind::Day => (day(trimmed), "2024-01-01, or 2023-07-01…2024-06-30, or null"),
        Kind::Flag | Kind::Truth => (truth(trimmed), "yes or no"),
        Kind::Number => (number(trimmed), "a whole number"),
        Kind::Value(kind) => (value(trimmed, kind), "a value such as 1115.00"),
        Kind::Payers => (each(trimmed, payer), "such as city 8.00; district 8.00"),
        Kind::Limits => (record(trimmed, limit), "such as perDay 1; perWeek 5; yuanPerDay 3.00"),
        Kind::Word => (Some(quoted(trimmed)), "a name"),
        Kind::Words if !trimmed.contains([';', '；']) => (Some(quoted(trimmed)), "a name"),
        Kind::Words => (each(trimmed, |name| Some(quoted(name))), "names such as lunch; dinner"),
        Kind::Numbers => (each(trimmed, number), "numbers such as 1; 2"),
        Kind::Span => (span(trimmed), "such as 80–89, 100– or –17"),
        Kind::YuanSpan => (record(trimmed, limit_of_yuan), "such as > 20000.00; ≤ 50000.00"),
        Kind::Groups => (record(trimmed, group), "such as livesAlone; not publicEmployee"),
        Kind::Disabilities => (each(trimmed, disability), "such as vision+limb:1,2; hearing:3"),
        Kind::Income => (income(trimmed), "such as own < 1.5 × minimum-living-standard"),
        Kind::BillFrom => (Some(bill_from(trimmed)), "such as 15.00 or > 5.00"),
        Kind::Grades => (each(trimmed, number).map(|grades| format!("{{ \"grades\": {grades} }}")), "numbers such as 1; 2"),
    };
    long.ok_or(expected)
}

fn short(kind: Kind, value: &Json<'_>) -> Option<String> {
    let text = value.text();
    match kind {
        // What a spreadsheet would take for a formula, and what we would take for JSON, is marked as text.
        Kind::Text => text.map(|text| match text.chars().next() {
            Some('=' | '+' | '-' | '@' | '\'' | '{' | '[' | '"') => format!("'{text}"),
            _ => text.to_owned(),
        }),
        Kind::Day => match text {
            Some(day) => Some(day.to_owned()),
            None if value.value == json::Value::Null => Some("null".to_owned()),
            None => Some(format!("{}…{}", value.get("notBefore")?.text()?, value.get("notAfter")?.text()?)),
        },
        Kind::Flag | Kind::Truth => match value.value {
            json::Value::Bool(yes) => Some(if yes { "yes" } else { "no" }.to_owned()),
            _ => None,
        },
        Kind::Number => value.integer().map(|number| number.to_string()),
        Kind::Value(_) => short_value(value),
        Kind::Word => text.map(str::to_owned),
        Kind::Words => text.map(str::to_owned).or_else(|| joined(value, |item| item.text().map(str::to_owned))),
        Kind::Numbers => joined(value, |item| item.integer().map(|number| number.to_string())),
        Kind::Payers => joined(value, |item| Some(format!("{} {}", item.get("payer")?.text()?, item.get("amount")?.text()?))),
        Kind::Limits => entries(value, |name, limit| Some(format!("{name} {}", limit.text().map_or_else(|| limit.shown(), str::to_owned)))),
        Kind::Span => {
            let least = value.get("atLeast").map_or(Some(String::new()), |least| Some(least.integer()?.to_string()))?;
            let most = value.get("below").map_or(Some(String::new()), |below| Some(below.integer()?.checked_sub(1)?.to_string()))?;
            Some(format!("{least}–{most}"))
        }
        Kind::YuanSpan => entries(value, |name, yuan| {
            let (sign, _) = SIGNS.iter().find(|(_, known)| *known == name)?;
            Some(format!("{sign} {}", yuan.text()?))
        }),
        Kind::Groups => entries(value, |name, yes| match yes.value {
            json::Value::Bool(true) => Some(name.to_owned()),
            json::Value::Bool(false) => Some(format!("not {name}")),
            _ => None,
        }),
        Kind::Disabilities => joined(value, |item| {
            let kinds: Option<Vec<&str>> = item.get("kinds")?.items().iter().map(Json::text).collect();
            let grades: Option<Vec<String>> = item.get("grades")?.items().iter().map(|grade| Some(grade.integer()?.to_string())).collect();
            Some(format!("{}:{}", kinds?.join("+"), grades?.join(",")))
        }),
        Kind::Income => {
            let part = |name: &str| value.get(name)?.text();
            let (sign, _) = OPERATORS.iter().find(|(_, known)| part("operator") == Some(known))?;
            Some(format!("{} {sign} {} × {}", part("measure")?, part("ratio")?, part("of")?))
        }
        Kind::BillFrom => text.map(str::to_owned).or_else(|| Some(format!("> {}", value.get("above")?.text()?))),
        Kind::Grades => joined(value.get("grades")?, |grade| grade.integer().map(|grade| grade.to_string())),
    }
}

/// Signs for the ends of a span in yuan.
const SIGNS: [(&str, &str); 4] = [("≥", "atLeast"), (">", "above"), ("≤", "atMost"), ("<", "below")];

/// Signs for how an income is compared.
const OPERATORS: [(&str, &str); 4] = [("<", "below"), ("≤", "at-most"), ("≥", "at-least"), (">", "above")];

fn joined(value: &Json<'_>, item: impl Fn(&Json<'_>) -> Option<String>) -> Option<String> {
    let all: Option<Vec<String>> = value.items().iter().map(item).collect();
    all.map(|all| all.join("; "))
}

fn entries(value: &Json<'_>, entry: impl Fn(&str, &Json<'_>) -> Option<String>) -> Option<String> {
    let all: Option<Vec<String>> = value.entries().iter().map(|(name, value)| entry(name, value)).collect();
    all.map(|all| all.join("; "))
}

fn short_value(value: &Json<'_>) -> Option<String> {
    if let Some(text) = value.text() {
        return Some(text.to_owned());
    }
    if let Some(number) = value.integer() {
        return Some(number.to_string());
    }
    if !value.items().is_empty() {
        return joined(value, |item| item.text().map(str::to_owned));
    }
    let part = |name: &str| value.get(name)?.text();
    let names: Vec<&str> = value.entries().iter().map(|(name, _)| &**name).listed();
    match names.as_slice() {
        ["ratio", "of", rest @ ..] if rest.iter().all(|name| matches!(*name, "side" | "rounding")) => {
            let side = part("side").map_or_else(String::new, |side| format!(" {side}"));
            let rounded = match value.get("rounding") {
                Some(rounding) => format!(" rounded {}", short_value(rounding)?),
                None => String::new(),
            };
            Some(format!("{} × {}{side}{rounded}", part("ratio")?, part("of")?))
        }
        ["timesOwn"] => Some(format!("{} × own", part("timesOwn")?)),
        ["timesOwn", "rounding"] => Some(format!("{} × own rounded {}", part("timesOwn")?, short_value(value.get("rounding")?)?)),
        ["plusOwn"] => Some(format!("own + {}", part("plusOwn")?)),
        ["equals"] => Some(format!("equals {}", part("equals")?)),
        ["pays"] => Some(format!("pays {}", part("pays")?)),
        ["share"] => Some(format!("share {}", part("share")?)),
        ["share", "cap"] => Some(format!("share {} cap {}", part("share")?, part("cap")?)),
        ["hours", "price"] => Some(format!("{} hours × {}", part("hours")?, part("price")?)),
        ["unknownWithin"] => Some(format!("unknown within {}", part("unknownWithin")?)),
        ["unit", "mode"] => Some(format!("{} to {}", part("mode")?, part("unit")?)),
        _ => None,
    }
}

/// `[a, b]` from parts between semicolons.
fn each(text: &str, item: impl Fn(&str) -> Option<String>) -> Option<String> {
    let all: Option<Vec<String>> = text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()).map(item).collect();
    all.map(|all| format!("[{}]", all.join(", ")))
}

/// `{ a, b }` from parts between semicolons.
fn record(text: &str, entry: impl Fn(&str) -> Option<String>) -> Option<String> {
    let all: Option<Vec<String>> = text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()).map(entry).collect();
    all.map(|all| format!("{{ {} }}", all.join(", ")))
}

fn day(text: &str) -> Option<String> {
    match text.split_once('…') {
        Some((from, to)) => Some(format!("{{ \"notBefore\": {}, \"notAfter\": {} }}", civil(from)?, civil(to)?)),
        None if text == "null" => Some("null".to_owned()),
        None => civil(text),
    }
}

fn civil(text: &str) -> Option<String> {
    Date::parse(text.trim()).is_ok().then(|| quoted(text.trim()))
}

fn truth(text: &str) -> Option<String> {
    match text {
        "yes" | "true" | "TRUE" | "是" => Some("true".to_owned()),
        "no" | "false" | "FALSE" | "否" => Some("false".to_owned()),
        _ => None,
    }
}

fn number(text: &str) -> Option<String> {
    text.parse::<i64>().ok().map(|number| number.to_string())
}

fn payer(text: &str) -> Option<String> {
    let (payer, amount) = text.split_once(' ')?;
    Some(format!("{{ \"payer\": {}, \"amount\": {} }}", quoted(payer), quoted(amount.trim())))
}

fn limit(text: &str) -> Option<String> {
    let (name, amount) = text.split_once(' ')?;
    let amount = amount.trim();
    let amount = if amount.contains('.') { quoted(amount) } else { number(amount)? };
    Some(format!("{}: {amount}", quoted(name)))
}

fn span(text: &str) -> Option<String> {
    let (least, most) = text.split_once(['–', '-', '~', '～'])?;
    let mut parts = Vec::new();
    if !least.trim().is_empty() {
        parts.push(format!("\"atLeast\": {}", number(least.trim())?));
    }
    if !most.trim().is_empty() {
        parts.push(format!("\"below\": {}", most.trim().parse::<i64>().ok()?.checked_add(1)?));
    }
    (!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", ")))
}

fn limit_of_yuan(text: &str) -> Option<String> {
    let (_, name, yuan) = SIGNS.iter().find_map(|(sign, name)| Some((sign, name, text.strip_prefix(sign)?)))?;
    Some(format!("{}: {}", quoted(name), quoted(yuan.trim())))
}

fn group(text: &str) -> Option<String> {
    let (name, yes) = text.strip_prefix("not ").map_or((text, true), |name| (name.trim(), false));
    Some(format!("{}: {yes}", quoted(name)))
}

fn disability(text: &str) -> Option<String> {
    let (kinds, grades) = text.split_once([':', '：'])?;
    let kinds: Vec<String> = kinds.split('+').map(|kind| quoted(kind.trim())).listed();
    let grades: Option<Vec<String>> = grades.split([',', '，']).map(|grade| number(grade.trim())).collect();
    Some(format!("{{ \"kinds\": [{}], \"grades\": [{}] }}", kinds.join(", "), grades?.join(", ")))
}

fn income(text: &str) -> Option<String> {
    let (left, of) = text.split_once('×')?;
    let (sign, operator) = OPERATORS.iter().find(|(sign, _)| left.contains(sign))?;
    let (measure, ratio) = left.split_once(sign)?;
    let parts = [("of", of), ("ratio", ratio), ("measure", measure), ("operator", operator)];
    let parts = parts.map(|(name, part)| format!("{}: {}", quoted(name), quoted(part.trim())));
    Some(format!("{{ {} }}", parts.join(", ")))
}

fn value(text: &str, kind: ValueKind) -> Option<String> {
    let pair = |first: &str, a: &str, second: &str, b: &str| {
        Some(format!("{{ {}: {}, {}: {} }}", quoted(first), quoted(a.trim()), quoted(second), quoted(b.trim())))
    };
    let one = |name: &str, a: &str| Some(format!("{{ {}: {} }}", quoted(name), quoted(a.trim())));
    match kind {
        _ if text == "unknown" => Some(quoted(text)),
        ValueKind::Count => number(text),
        ValueKind::Kinds => each(text, |name| Some(quoted(name))),
        ValueKind::Rounding => {
            if let Some(unit) = text.strip_prefix("unknown within ") {
                return one("unknownWithin", unit);
            }
            let (mode, unit) = text.split_once(" to ")?;
            pair("unit", unit, "mode", mode)
        }
        ValueKind::Money => {
            if let Some((hours, price)) = text.split_once(" hours × ") {
                return pair("hours", hours, "price", price);
            }
            if let Some(more) = text.strip_prefix("own + ") {
                return one("plusOwn", more);
            }
            if let Some((times, rest)) = text.split_once(" × own") {
                return times_own(times, rest);
            }
            if let Some((ratio, of)) = text.split_once('×') {
                return share_of_another(ratio, of);
            }
            if let Some(rest) = text.strip_prefix("share ") {
                return match rest.split_once(" cap ") {
                    Some((share, cap)) => pair("share", share, "cap", cap),
                    None => one("share", rest),
                };
            }
            text.strip_prefix("equals ").map_or_else(
                || text.strip_prefix("pays ").map_or_else(|| Yuan::parse(text).is_ok().then(|| quoted(text)), |price| one("pays", price)),
                |of| one("equals", of),
            )
        }
        ValueKind::Rate => Rate::parse(text).is_ok().then(|| quoted(text)),
        ValueKind::Word(words) => words.contains(&text).then(|| quoted(text)),
        ValueKind::Name => Some(quoted(text)),
        // It has no short form.
        ValueKind::Relation => None,
    }
}

/// `1.5 × own rounded up to 1.00`.
fn times_own(times: &str, rest: &str) -> Option<String> {
    let rounding = match rest.strip_prefix(" rounded ") {
        Some(rounding) => format!(", \"rounding\": {}", value(rounding, ValueKind::Rounding)?),
        None if rest.trim().is_empty() => String::new(),
        None => return None,
    };
    Some(format!("{{ \"timesOwn\": {}{rounding} }}", quoted(times.trim())))
}

/// `× minimum-living-standard urban rounded up to 1.00`.
fn share_of_another(ratio: &str, rest: &str) -> Option<String> {
    let (rest, rounding) = rest.split_once(" rounded ").map_or((rest, None), |(rest, rounding)| (rest, Some(rounding)));
    let mut words = rest.split_whitespace();
    let mut all = format!("{{ \"ratio\": {}, \"of\": {}", quoted(ratio.trim()), quoted(words.next()?));
    if let Some(side) = words.next() {
        all.push_str(&format!(", \"side\": {}", quoted(side)));
    }
    if let Some(rounding) = rounding {
        all.push_str(&format!(", \"rounding\": {}", value(rounding, ValueKind::Rounding)?));
    }
    words.next().is_none().then(|| format!("{all} }}"))
}

fn bill_from(text: &str) -> String {
    text.strip_prefix('>').map_or_else(|| quoted(text), |above| format!("{{ \"above\": {} }}", quoted(above.trim())))
}
