//! Slips of the pen, one at a time.

use std::collections::BTreeMap;

use huisuan_core::area::AreaCode;
use huisuan_core::date::Date;
use huisuan_core::tables::{Answer, AsOf, Bound, Group};
use huisuan_tests::population::Dice;
use huisuan_tests::published::engine;
use serde_json::{Value, json};

/// What slips.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    DeletedRow,
    ShiftedEdge,
    SwappedDates,
    DroppedSource,
    BelowFloor,
    WrongZone,
    DigitSwap,
}

pub const KINDS: [Kind; 7] =
    [Kind::DeletedRow, Kind::ShiftedEdge, Kind::SwappedDates, Kind::DroppedSource, Kind::BelowFloor, Kind::WrongZone, Kind::DigitSwap];

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::DeletedRow => "row deleted",
            Self::ShiftedEdge => "edge shifted",
            Self::SwappedDates => "dates swapped",
            Self::DroppedSource => "source dropped",
            Self::BelowFloor => "value below floor",
            Self::WrongZone => "wrong zone or side",
            Self::DigitSwap => "digits swapped (typo)",
        }
    }

    /// A wrong number is a wrong number; everything else breaks the shape of a table.
    pub fn is_structural(self) -> bool {
        self != Self::DigitSwap
    }
}

/// A published table with one slip in it.
pub struct Defect {
    pub file: String,
    pub text: String,
    pub area: AreaCode,
    pub told: String,
}

/// Attempts to find a table in which the kind of slip can happen.
const ATTEMPTS: usize = 2_000;

/// The defect of a kind with this number.
pub fn draw(kind: Kind, number: u64, files: &BTreeMap<String, String>) -> Option<Defect> {
    let of_kind = KINDS.iter().zip(1_u64..).find(|(other, _)| **other == kind).map_or(0, |(_, position)| position);
    let mut dice = Dice::new(of_kind * 1_000_000 + number);
    let tables: Vec<(&String, &String)> = files.iter().filter(|(_, text)| text.contains("\"rows\":")).collect();
    for _ in 0..ATTEMPTS {
        let (file, text) = tables[dice.below(tables.len())];
        let mut table: Value = serde_json::from_str(text).expect("a table");
        let rows = table["rows"].as_array().map_or(0, Vec::len);
        let row = dice.below(rows);
        let Some(what) = slip(kind, &mut table, row, &mut dice) else { continue };
        let area = table["area"].as_str().and_then(AreaCode::parse).expect("an area");
        let told = format!("{} in {file} row {}: {what}", kind.name(), row + 1);
        return Some(Defect { file: file.clone(), text: table.to_string(), area, told });
    }
    None
}

/// Lets it happen in a row, and says what happened; `None` if it cannot happen there.
fn slip(kind: Kind, table: &mut Value, number: usize, dice: &mut Dice) -> Option<String> {
    match kind {
        Kind::DeletedRow => {
            let rows = table["rows"].as_array_mut()?;
            (rows.len() > 1).then(|| rows.remove(number))?;
            Some("deleted".to_owned())
        }
        Kind::ShiftedEdge => shift(&mut table["rows"][number], dice),
        Kind::SwappedDates => swap_dates(table, number),
        Kind::DroppedSource => {
            table["rows"][number].as_object_mut()?.remove("document")?;
            Some("no document".to_owned())
        }
        Kind::BelowFloor => below_floor(table, number),
        Kind::WrongZone => wrong_zone(&mut table["rows"][number], dice),
        Kind::DigitSwap => swap_digits(&mut table["rows"][number], dice),
    }
}

/// Moves a limit of age or of days, or the first or last day, by one.
fn shift(row: &mut Value, dice: &mut Dice) -> Option<String> {
    let by = dice.one_of(&[-1_i64, 1]);
    let spans: Vec<String> = ["ageYears", "stayDays", "distanceKm"]
        .iter()
        .flat_map(|dimension| ["atLeast", "below"].map(|end| format!("/when/{dimension}/{end}")))
        .filter(|place| row.pointer(place).is_some())
        .collect();
    let days: Vec<&str> = ["from", "until"].into_iter().filter(|name| row[*name].is_string()).collect();
    let all = spans.len() + days.len();
    let chosen = (all > 0).then(|| dice.below(all))?;
    if let Some(place) = spans.get(chosen) {
        let edge = row.pointer_mut(place)?;
        let moved = edge.as_i64()? + by;
        *edge = json!(moved);
        return Some(format!("{place} {moved}"));
    }
    let name = days[chosen - spans.len()];
    let day = Date::parse(row[name].as_str()?).ok()?;
    let moved = if by > 0 { day.next_day() } else { day.previous_day() }?;
    row[name] = json!(moved.to_string());
    Some(format!("{name} {moved}"))
}

/// Exchanges the first and the last day of a row, or the first days of a row and of the next for the same people.
fn swap_dates(table: &mut Value, number: usize) -> Option<String> {
    let row = &table["rows"][number];
    if let (Some(from), Some(until)) = (row["from"].as_str(), row["until"].as_str()) {
        let (from, until) = (from.to_owned(), until.to_owned());
        table["rows"][number]["from"] = json!(until);
        table["rows"][number]["until"] = json!(from);
        return Some("from and until".to_owned());
    }
    let rows = table["rows"].as_array()?;
    let other = rows.iter().skip(number + 1).position(|other| other["when"] == row["when"] && other["from"] != row["from"])?;
    let (a, b) = (row["from"].clone(), rows[number + 1 + other]["from"].clone());
    table["rows"][number]["from"] = b;
    table["rows"][number + 1 + other]["from"] = a;
    Some(format!("with row {}", number + 2 + other))
}

/// A value under a floor that a level above has set, far too low.
fn below_floor(table: &mut Value, number: usize) -> Option<String> {
    let (parameter, area) = (table["parameter"].as_str()?, AreaCode::parse(table["area"].as_str()?)?);
    let day = Date::parse(table["rows"][number]["from"].as_str()?).ok()?;
    let above = engine().tables().find_above(parameter, area, area, AsOf::day(day));
    let is_floor = |answer: &Answer<'_>, group: &Group<'_>| answer.table.rows[group.row].bound == Some(Bound::AtLeast);
    let has_floor = above.iter().any(|answer| answer.groups.iter().any(|group| is_floor(answer, group)));
    let value = &mut table["rows"][number]["value"];
    (has_floor && value.is_string() && value != "unknown").then_some(())?;
    *value = json!("1.00");
    Some("1.00".to_owned())
}

/// Another zone of the same table's zones, or the other side of town and village.
fn wrong_zone(row: &mut Value, dice: &mut Dice) -> Option<String> {
    const QINGDAO: [&str; 3] = ["qingdao-seven-districts", "qingdao-four-districts", "qingdao-three-cities"];
    const GUANGDONG: [&str; 4] = ["guangdong-class-1-2021", "guangdong-class-2-2021", "guangdong-class-3-2021", "guangdong-class-4-2021"];
    const HANGZHOU: [&str; 3] = ["hangzhou-main-districts", "hangzhou-85-percent", "hangzhou-80-percent"];
    const EXAMPLE: [&str; 2] = ["example-core", "example-outer"];
    if let Some(zone) = row.pointer("/when/zone").and_then(Value::as_str) {
        let sets: [&[&str]; 4] = [&QINGDAO, &GUANGDONG, &HANGZHOU, &EXAMPLE];
        let others: Vec<&str> = sets.iter().find(|set| set.contains(&zone))?.iter().copied().filter(|other| *other != zone).collect();
        let other = others[dice.below(others.len())];
        row["when"]["zone"] = json!(other);
        return Some(other.to_owned());
    }
    let side = row.pointer("/when/settlement").and_then(Value::as_str)?;
    let other = if side == "urban" { "rural" } else { "urban" };
    row["when"]["settlement"] = json!(other);
    Some(other.to_owned())
}

/// Two neighbouring digits of an amount change places.
fn swap_digits(row: &mut Value, dice: &mut Dice) -> Option<String> {
    let text = row["value"].as_str()?.to_owned();
    let (yuan, fen) = text.split_once('.')?;
    let mut digits: Vec<char> = yuan.chars().collect();
    (digits.len() >= 2 && digits.iter().all(char::is_ascii_digit)).then_some(())?;
    let at = dice.below(digits.len() - 1);
    digits.swap(at, at + 1);
    let swapped: String = digits.into_iter().collect();
    (swapped != yuan && !swapped.starts_with('0')).then_some(())?;
    let value = format!("{swapped}.{fen}");
    row["value"] = json!(value);
    Some(value)
}
