//! What the suites share: the published tables, the scenarios, and failing with a list.

use std::path::Path;
use std::sync::OnceLock;

use huisuan_core::{Detail, Engine, Question};
pub use huisuan_tests::published::{engine, files, root, table_files};
use serde_json::Value;

/// One scenario file.
pub struct Scenario {
    /// Its path below `tests/scenarios`.
    pub file: String,
    /// Its content.
    pub json: Value,
}

/// All scenarios.
pub fn scenarios() -> &'static [Scenario] {
    static SCENARIOS: OnceLock<Vec<Scenario>> = OnceLock::new();
    SCENARIOS.get_or_init(|| {
        let folder = root().join("tests/scenarios");
        let names = files(&folder, ".json").into_iter().filter(|name| name != "INDEX.json");
        names.map(|file| Scenario { json: read_json(&folder.join(&file)), file }).collect()
    })
}

/// Reads a JSON file.
pub fn read_json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Decides a household with everything shown; errors come back as `{ "errors": … }`.
pub fn evaluate(engine: &Engine, household: &Value, date: &str) -> Value {
    let detail = Detail { steps: true, cells: true };
    match engine.evaluate(&household.to_string(), Question { detail, ..Question::on(date) }) {
        Ok(decision) => serde_json::to_value(decision).expect("a decision is JSON"),
        Err(errors) => serde_json::json!({ "errors": errors }),
    }
}

/// Whether the heavy campaigns run (`cargo xtask test --thorough`).
pub fn is_thorough() -> bool {
    std::env::var_os("HUISUAN_THOROUGH").is_some()
}

/// Fails with the list of everything that should not be there.
pub fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}
