//! `cargo xtask bench`: speeds native and in Node, and what a page downloads, in one run.

use crate::package;
use crate::shell::{self, Outcome};

pub(crate) fn run() -> Outcome {
    package::build_all()?;
    // Native speeds: `tests/examples/bench.rs` prints its own lines.
    shell::run("cargo", &["run", "--quiet", "--release", "--package", "huisuan-tests", "--example", "bench"])?;
    shell::run("node", &["tests/browser/bench.mjs"])
}
