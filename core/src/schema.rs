//! The JSON Schemas (draft 2020-12) of what goes in and of what comes out, as they are published in `schema/`.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::contrast::Contrast;
use crate::decision::Decision;
use crate::describe::Description;
use crate::distance::Distances;
use crate::error::{FactError, TableError};
use crate::household;
use crate::meal_bill::MealBill;
use crate::packet::{Packet, Verification};
use crate::schedule::Schedule;
use crate::sweep::Sweep;
use crate::timeline::Timeline;

/// Each published schema: its file's name without the ending, and its text.
#[must_use]
pub fn all() -> [(&'static str, String); 13] {
    [
        ("household", household::schema()),
        ("decision", written::<Decision>()),
        ("description", written::<Description>()),
        ("sweep", written::<Sweep>()),
        ("distances", written::<Distances>()),
        ("contrast", written::<Contrast>()),
        ("meal-bill", written::<MealBill>()),
        ("fact-error", written::<FactError>()),
        ("packet", written::<Packet>()),
        ("schedule", written::<Schedule>()),
        ("table-error", written::<TableError>()),
        ("timeline", written::<Timeline>()),
        ("verification", written::<Verification>()),
    ]
}

/// The schema of what a type is written as.
fn written<T: JsonSchema>() -> String {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    RecursiveTransform(plain).transform(&mut schema);
    #[expect(clippy::expect_used, reason = "a schema is JSON, and this is never built into the engine")]
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    text + "\n"
}

/// Leaves out Rust's own number formats, and `null` where a part without a value is not written at all.
fn plain(schema: &mut Schema) {
    if schema.get("format").and_then(Value::as_str).is_some_and(|name| name.starts_with("uint") || name.starts_with("int")) {
        schema.remove("format");
    }
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(parts) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (_, part) in parts.iter_mut().filter(|(name, _)| !required.contains(&name.as_str().into())) {
        if let Ok(part) = part.try_into() {
            without_null(part);
        }
    }
}

fn without_null(schema: &mut Schema) {
    let first = |schema: &Schema, of: &str| schema.get(of).and_then(Value::as_array).and_then(|all| all.first()).cloned();
    if let Some(kind) = first(schema, "type") {
        schema.insert("type".to_owned(), kind);
    }
    if let Some(reference) = first(schema, "anyOf").and_then(|defined| defined.get("$ref").cloned()) {
        schema.remove("anyOf");
        schema.insert("$ref".to_owned(), reference);
    }
}
