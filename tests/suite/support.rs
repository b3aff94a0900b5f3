//! What the suites share: the published tables, the scenarios, and failing with a list.

pub use huisuan_tests::published::{engine, files, read_json, root, table_files};
pub use huisuan_tests::scenarios::{evaluate, scenarios};

/// Whether the heavy campaigns run (`cargo xtask test --thorough`).
pub fn is_thorough() -> bool {
    std::env::var_os("HUISUAN_THOROUGH").is_some()
}

/// Fails with the list of everything that should not be there.
pub fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}
