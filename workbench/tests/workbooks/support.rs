//! What the tests of this package share: the tables and words of the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use huisuan_workbench::words::Words;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("below the root").to_owned()
}

/// The words, Chinese first.
pub fn words() -> Words {
    let texts: Vec<String> = ["messages/zh-CN.json", "messages/staff/zh-CN.json", "messages/en.json", "messages/staff/en.json"]
        .iter()
        .map(|name| std::fs::read_to_string(root().join(name)).expect("a catalogue"))
        .collect();
    let merged = |pair: &[String]| {
        let mut all: BTreeMap<String, String> = BTreeMap::new();
        for text in pair {
            all.extend(serde_json::from_str::<BTreeMap<String, String>>(text).expect("a catalogue"));
        }
        serde_json::to_string(&all).expect("text")
    };
    Words::new(&[&merged(&texts[..2]), &merged(&texts[2..])])
}

/// The published tables.
pub fn files() -> BTreeMap<String, String> {
    let folder = root().join("policy-tables");
    let mut found = BTreeMap::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let name = path.strip_prefix(&folder).expect("inside").to_string_lossy().into_owned();
                found.insert(name, std::fs::read_to_string(path).expect("a text"));
            }
        }
    }
    found
}

/// The names of the files that hold tables.
pub fn table_names(files: &BTreeMap<String, String>) -> Vec<String> {
    files.iter().filter(|(name, text)| name.contains('/') && text.contains("\"rows\"")).map(|(name, _)| name.clone()).collect()
}
