//! The packs that portals download, written by the command line from the tables.

use crate::shell::{Outcome, run, target};
use std::fs;
use std::path::PathBuf;

/// Where the packs are, with `index.json` beside them.
pub(crate) fn folder() -> PathBuf {
    target().join("packs")
}

/// Writes a pack for every area, and the list of them.
pub(crate) fn build() -> Outcome {
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let out = folder.to_str().ok_or("the repository's path is not UTF-8")?;
    run("cargo", &["run", "--quiet", "--package", "huisuan-cli", "--", "pack", "--all", "--out", out])
}
