//! The JSON Schema of a household, printed along its shape: one line for each fact, one definition for the rows of each list.

use super::dictionary::{FieldId, Frame, Kind};
use super::shape::{self, Shape};
use crate::order::Listed as _;

/// The JSON Schema (draft 2020-12) of a household.
#[must_use]
pub fn schema() -> String {
    let mut rows = Vec::new();
    let top = record(shape::household(), 1, &["schemaVersion", "members"], &mut rows);
    let rows: Vec<String> = rows.iter().map(|(name, row)| format!("    {}: {{ \"type\": \"object\", {row} }}", quoted(name))).listed();
    let about = "Facts about the people and their means. Absent: not asked yet. Null: asked, not known. An empty list: none.";
    format!(
        "{{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": \"Household\",\n  \"description\": {},\n  \
         \"type\": \"object\", {top},\n  \"$defs\": {{\n{}\n  }}\n}}\n",
        quoted(about),
        rows.join(",\n")
    )
}

/// The rows of each list, by the list's name.
type Rows = Vec<(String, String)>;

/// What a record may consist of; everything but the `required` parts may be `null`.
fn record(shape: &Shape, depth: usize, required: &[&str], rows: &mut Rows) -> String {
    let pad = "  ".repeat(depth);
    let parts: Vec<String> = shape
        .children
        .iter()
        .map(|(name, child)| format!("{pad}  {}: {}", quoted(name), place(child, depth.saturating_add(1), !required.contains(name), rows)))
        .listed();
    let names: Vec<String> = required.iter().map(|name| quoted(name)).listed();
    let required = if names.is_empty() { String::new() } else { format!("\"required\": [{}], ", names.join(", ")) };
    format!("{required}\"additionalProperties\": false, \"properties\": {{\n{}\n{pad}}}", parts.join(",\n"))
}

/// What may stand at one place.
fn place(shape: &Shape, depth: usize, nullable: bool, rows: &mut Rows) -> String {
    match (shape.frame, &shape.item, shape.leaf) {
        (Some((list, false)), Some(item), _) => {
            let least = if list == Frame::Member { "\"minItems\": 1, " } else { "" };
            let row = row(item, list, false, rows);
            format!("{{ \"type\": {}, {least}\"maxItems\": {}, \"items\": {row} }}", kind("array", nullable), list.info().most)
        }
        (Some((list, true)), Some(item), _) => map(shape, item, list, depth, nullable, rows),
        (_, _, Some(field)) if shape.children.is_empty() => leaf(field, nullable),
        _ => format!("{{ \"type\": {}, {} }}", kind("object", nullable), record(shape, depth, &[], rows)),
    }
}

/// A map: parts of its own beside rows that stand under the names to choose from, or under any name.
fn map(shape: &Shape, item: &Shape, list: Frame, depth: usize, nullable: bool, rows: &mut Rows) -> String {
    let row = row(item, list, true, rows);
    let pad = "  ".repeat(depth);
    let names = match shape::key_field(list).map(|field| field.field().kind) {
        Some(Kind::Choice(names)) => names,
        _ => &[],
    };
    let own = shape.children.iter().map(|(name, child)| (*name, place(child, depth.saturating_add(1), true, rows)));
    let own: Vec<_> = own.chain(names.iter().map(|name| (*name, row.clone()))).listed();
    let own: Vec<String> = own.iter().map(|(name, part)| format!("{pad}  {}: {part}", quoted(name))).listed();
    let others = if names.is_empty() { &row } else { "false" };
    let own = if own.is_empty() { String::new() } else { format!(", \"properties\": {{\n{}\n{pad}}}", own.join(",\n")) };
    format!("{{ \"type\": {}, \"additionalProperties\": {others}{own} }}", kind("object", nullable))
}

/// A row of a list: a value, or a record that is defined once.
fn row(item: &Shape, list: Frame, nullable: bool, rows: &mut Rows) -> String {
    if let (Some(field), true) = (item.leaf, item.children.is_empty()) {
        return leaf(field, true);
    }
    let name = format!("{list:?}");
    let required: &[&str] = if list == Frame::Member { &["id"] } else { &[] };
    let at = rows.len();
    let text = record(item, 2, required, rows);
    rows.insert(at, (name.clone(), text));
    let defined = format!("{{ \"$ref\": \"#/$defs/{name}\" }}");
    if nullable { format!("{{ \"anyOf\": [{defined}, {{ \"type\": \"null\" }}] }}") } else { defined }
}

fn leaf(id: FieldId, nullable: bool) -> String {
    let field = id.field();
    let about = quoted(field.about);
    let typed = |name: &str, limits: &str| format!("{{ \"type\": {}, {limits}, \"description\": {about} }}", kind(name, nullable));
    match field.kind {
        Kind::Money => typed("string", r#""pattern": "^(0|[1-9][0-9]{0,8})(\\.[0-9]{1,2})?$""#),
        Kind::Count { min, max } => typed("integer", &format!("\"minimum\": {min}, \"maximum\": {max}")),
        Kind::Truth => format!("{{ \"type\": {}, \"description\": {about} }}", kind("boolean", nullable)),
        Kind::Day => typed("string", "\"format\": \"date\""),
        Kind::DayOrNone => typed("string", "\"pattern\": \"^([0-9]{4}-[0-9]{2}-[0-9]{2}|none)$\""),
        Kind::Place => typed("string", "\"pattern\": \"^[0-9]{6}$\""),
        Kind::Text | Kind::Person => typed("string", "\"maxLength\": 64"),
        Kind::Choice(names) => {
            let names = names.iter().map(|name| quoted(name)).chain(nullable.then(|| "null".to_owned()));
            format!("{{ \"enum\": [{}], \"description\": {about} }}", names.listed().join(", "))
        }
    }
}

fn kind(name: &str, nullable: bool) -> String {
    if nullable { format!("[\"{name}\", \"null\"]") } else { format!("\"{name}\"") }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
