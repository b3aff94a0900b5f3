//! The published JSON Schemas are those of the Rust types.

use std::fs::read_to_string;

use huisuan_core::schema;

use crate::support::{files, root};

#[test]
fn the_published_schemas_are_those_of_the_rust_types() {
    let folder = root().join("schema");
    let mut given: Vec<(String, String)> = schema::all().into_iter().map(|(name, text)| (format!("{name}.json"), text)).collect();
    given.sort();
    let published = files(&folder, "").into_iter().map(|name| (name.clone(), read_to_string(folder.join(name)).unwrap()));
    assert!(published.eq(given), "schema/ is not what the Rust types give: run `cargo xtask generate`");
}
