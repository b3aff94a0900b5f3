//! Runs the command as people do.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What came of a command.
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs `huisuan` in the repository, with `input` on standard input.
pub fn huisuan(arguments: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_huisuan"))
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A command that refuses its arguments does not read.
    let feeding = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    Ran { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// An empty folder for one test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A copy of the published tables.
pub fn tables(name: &str) -> PathBuf {
    let copy = folder(name);
    let from = root().join("policy-tables");
    for entry in fs::read_dir(&from).unwrap().map(|entry| entry.unwrap().path()) {
        let to = copy.join(entry.file_name().unwrap());
        if entry.is_dir() {
            fs::create_dir_all(&to).unwrap();
            for inner in fs::read_dir(&entry).unwrap().map(|inner| inner.unwrap().path()) {
                fs::copy(&inner, to.join(inner.file_name().unwrap())).unwrap();
            }
        } else {
            fs::copy(&entry, &to).unwrap();
        }
    }
    copy
}

/// One person of the made-up county, with this in place of the usual facts.
pub fn household(area: &str, instead: &str) -> String {
    format!(
        "{{ \"schemaVersion\": 1, \"application\": {{ \"appliedOn\": \"2024-03-18\" }}, \
         \"members\": [ {{ \"id\": \"a\", \"relation\": \"self\", {instead} \"registeredArea\": [ {{ \"area\": \"{area}\" }} ] }} ] }}"
    )
}
