//! What the suites share: the published tables, the scenarios, and failing with a list.

use std::sync::Mutex;
use std::thread;

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

/// Checks so many cases, every other one on each processor; each says what is wrong with it.
pub fn both_processors(count: u64, check: impl Fn(u64) -> Vec<String> + Sync) {
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for part in 0..2 {
            let (wrong, check) = (&wrong, &check);
            scope.spawn(move || {
                for number in (part..count).step_by(2) {
                    wrong.lock().expect("no panic").extend(check(number));
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{} differences, such as\n{}", wrong.len(), wrong[..wrong.len().min(10)].join("\n"));
}
