//! The tables of this repository.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use huisuan_core::{Engine, tables};
use serde_json::Value;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are one folder below the root").to_owned()
}

/// Every file below `folder` with this ending, as paths relative to it, sorted.
pub fn files(folder: &Path, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let relative = path.strip_prefix(folder).expect("below the folder").to_string_lossy().replace('\\', "/");
                found.push(relative);
            }
        }
    }
    found.sort();
    found
}

/// The published tables as name and text.
pub fn table_files() -> Vec<(String, String)> {
    let folder = root().join("policy-tables");
    files(&folder, ".json")
        .into_iter()
        .map(|name| (name.clone(), std::fs::read_to_string(folder.join(&name)).expect("a readable table")))
        .collect()
}

/// An engine on the published tables.
pub fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let files = table_files();
        let loaded = tables::load(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        Engine::new(loaded.unwrap_or_else(|errors| panic!("the published tables do not load:\n{errors:#?}")))
    })
}

/// Reads a JSON file.
pub fn read_json(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
