//! Writes a table as its file should stand: the head on one line, each row on a line of its own, fields in a fixed order.

use std::fmt::Write as _;

use super::condition::DIMENSIONS;
use crate::json::{Json, Value, quote};
use crate::order::Listed as _;

/// Fields of the head, in their order.
pub const HEAD: &[&str] = &[
    "parameter",
    "area",
    "unit",
    "transcribed",
    "confirmed",
    "lapse",
    "lastSeen",
    "otherwise",
    "reason",
    "hit",
    "covers",
    "accepts",
    "note",
    "rowCount",
];

/// Fields of a row, in their order.
pub const ROW: &[&str] = &[
    "from",
    "until",
    "published",
    "paidFrom",
    "when",
    "value",
    "per",
    "bound",
    "notBelowBefore",
    "payers",
    "limits",
    "setBy",
    "document",
    "article",
    "quote",
    "grade",
    "unconfirmed",
    "reason",
    "note",
];

/// The text of a table's file.
#[must_use]
pub fn table(json: &Json<'_>) -> String {
    let mut out = String::from("{ ");
    fields(json, HEAD, &["rows"], part, &mut out);
    out.push_str(",\n  \"rows\": [\n");
    let rows = json.get("rows").map(Json::items).unwrap_or_default();
    for (position, row) in rows.iter().enumerate() {
        out.push_str("    { ");
        fields(row, ROW, &[], part, &mut out);
        out.push_str(if position.saturating_add(1) == rows.len() { " }\n" } else { " },\n" });
    }
    out.push_str("  ] }\n");
    out
}

/// The fields of a record in their order; those we do not know come last, so that nothing is lost.
fn fields(json: &Json<'_>, order: &[&str], but: &[&str], write: fn(&str, &Json<'_>, &mut String), out: &mut String) {
    let known = order.iter().filter_map(|name| json.get(name).map(|value| (*name, value)));
    let others = json.entries().iter().filter(|(name, _)| !order.contains(&&**name) && !but.contains(&&**name));
    for (position, (name, value)) in known.chain(others.map(|(name, value)| (&**name, value))).enumerate() {
        if position > 0 {
            out.push_str(", ");
        }
        let _ = write!(out, "{}: ", quoted(name));
        write(name, value, out);
    }
}

/// A field of the head or of a row; conditions stand in the order of the registry.
fn part(name: &str, value: &Json<'_>, out: &mut String) {
    if !matches!(name, "when" | "covers") || value.entries().is_empty() {
        return spaced(value, out);
    }
    let order: Vec<&str> = DIMENSIONS.iter().map(|(name, _)| *name).listed();
    out.push_str("{ ");
    fields(value, &order, &[], condition, out);
    out.push_str(" }");
}

/// A condition; one name alone stands without a list.
fn condition(_name: &str, value: &Json<'_>, out: &mut String) {
    match value.items() {
        [only] if only.text().is_some() => spaced(only, out),
        _ => spaced(value, out),
    }
}

/// On one line, with a space inside braces and after commas.
pub fn spaced(json: &Json<'_>, out: &mut String) {
    let list = |items: &[Json<'_>], out: &mut String| {
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                out.push_str(", ");
            }
            spaced(item, out);
        }
    };
    match &json.value {
        Value::List(items) => {
            out.push('[');
            list(items, out);
            out.push(']');
        }
        Value::Record(entries) if entries.is_empty() => out.push_str("{}"),
        Value::Record(_) => {
            out.push_str("{ ");
            fields(json, &[], &[], |_, value, out| spaced(value, out), out);
            out.push_str(" }");
        }
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::Text(text) => out.push_str(&quoted(text)),
    }
}

/// A text in quotes.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Limits};

    #[test]
    fn a_table_is_written_as_its_file_should_stand() {
        let text = r#"{"rows":[{"value":"1.00","from":"2024-01-01","when":{"ageYears":{"atLeast":80}}}],"area":"990100","parameter":"x"}"#;
        let expected = r#"{ "parameter": "x", "area": "990100",
  "rows": [
    { "from": "2024-01-01", "when": { "ageYears": { "atLeast": 80 } }, "value": "1.00" }
  ] }
"#;
        let once = table(&json::read(text, Limits::TABLES).unwrap());
        assert_eq!(once, expected);
        assert_eq!(table(&json::read(&once, Limits::TABLES).unwrap()), once);
    }
}
