//! What the suites share: the published tables, the scenarios, and failing with a list.

use std::sync::Mutex;
use std::thread;

pub use huisuan_tests::published::{engine, files, read_json, root, table_files};
pub use huisuan_tests::scenarios::{evaluate, scenarios};

/// Whether the heavy campaigns run (`cargo xtask test --thorough`).
pub fn is_thorough() -> bool {
    std::env::var_os("HUISUAN_THOROUGH").is_some()
}

/// Whether a fact is told by itself and asked of nobody: a death, a judgment, that somebody refuses to have income and property
/// checked.
pub fn is_asked_of_nobody(path: &str) -> bool {
    ["/diedOn", "/judgmentOn", "/verificationConsent"].iter().any(|told| path.ends_with(told))
}

/// Fails with the list of everything that should not be there.
pub fn assert_none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

/// Checks all cases, each on the processor that is free next; each says what is wrong with it.
pub fn both_processors<T>(cases: impl IntoIterator<Item = T, IntoIter: Send>, check: impl Fn(T) -> Vec<String> + Sync) {
    let (cases, wrong) = (Mutex::new(cases.into_iter()), Mutex::new(Vec::new()));
    let next = || cases.lock().expect("no panic").next();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(case) = next() {
                    let found = check(case);
                    wrong.lock().expect("no panic").extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no panic");
    assert!(wrong.is_empty(), "{} differences, such as\n{}", wrong.len(), wrong[..wrong.len().min(10)].join("\n"));
}
