//! Our own files as text, for the rules about how they are written.

use std::sync::OnceLock;

use crate::support::root;

/// A text file of ours.
pub struct Source {
    /// Its path from the root.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// Every text file of ours: all there is, except what `.gitignore` names and what is not text.
pub fn own() -> &'static [Source] {
    static OWN: OnceLock<Vec<Source>> = OnceLock::new();
    OWN.get_or_init(|| {
        let ignored = std::fs::read_to_string(root().join(".gitignore")).expect("a readable .gitignore");
        assert!(!ignored.contains(['*', '!', '#']), ".gitignore holds more than plain names");
        let mut found = Vec::new();
        let mut open = vec![String::new()];
        while let Some(folder) = open.pop() {
            for entry in std::fs::read_dir(root().join(&folder)).expect("a readable folder") {
                let path = format!("{folder}{}", entry.expect("a readable folder").file_name().to_string_lossy());
                if root().join(&path).is_dir() {
                    let path = format!("{path}/");
                    if path != ".git/" && !ignored.lines().any(|line| is_named(&path, line)) {
                        open.push(path);
                    }
                } else if path == ".git" {
                    // In a worktree git keeps a file of this name that says where its folder is.
                } else if let Ok(text) = std::fs::read_to_string(root().join(&path)) {
                    found.push(Source { path, text });
                }
            }
        }
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    })
}

/// Whether a line of `.gitignore` names a folder: from the root if it starts with a slash, anywhere if not.
fn is_named(folder: &str, line: &str) -> bool {
    match line.strip_prefix('/') {
        Some(from_root) => folder == from_root,
        None => format!("/{folder}").ends_with(&format!("/{line}")),
    }
}

/// Our files below a folder, with one of these endings.
pub fn own_below(folder: &str, endings: &[&str]) -> impl Iterator<Item = &'static Source> {
    own().iter().filter(move |source| source.path.starts_with(folder) && endings.iter().any(|ending| source.path.ends_with(ending)))
}

/// The file at this path from the root.
pub fn own_file(path: &str) -> &'static str {
    own().iter().find(|source| source.path == path).map_or_else(|| panic!("there is no {path}"), |source| &source.text)
}

/// Rust code without comments and without what stands in quotes.
pub fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let aside = length_set_aside(rest);
        out.push(if aside == 0 { next } else { ' ' });
        rest = rest.split_at(aside.max(next.len_utf8())).1;
    }
    out
}

/// Bytes of the comment or literal that the text begins with; 0 if it begins with code.
fn length_set_aside(text: &str) -> usize {
    let until = |start: usize, end: &str| text.split_at(start).1.find(end).map_or(text.len(), |at| start + at + end.len());
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return until(2, "*/");
    }
    if text.starts_with('"') {
        return length_quoted(text, '"');
    }
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = "#".repeat(raw.len() - raw.trim_start_matches('#').len());
        let opening = format!("r{hashes}\"");
        return if text.starts_with(&opening) { until(opening.len(), &format!("\"{hashes}")) } else { 0 };
    }
    // A quote that does not close after one character is the start of a lifetime.
    let is_character = text.starts_with('\'') && (text.starts_with("'\\") || text.chars().nth(2) == Some('\''));
    if is_character { length_quoted(text, '\'') } else { 0 }
}

/// Bytes up to and with the closing quote; a backslash takes the next character with it.
fn length_quoted(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            return at + 1;
        }
    }
    text.len()
}

/// The identifiers and keywords of some code, in order.
pub fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

/// The texts in quotes that directly follow `opening`, such as the codes after `refuse(`.
pub fn literals_after<'t>(text: &'t str, opening: &str) -> Vec<&'t str> {
    let followed = text.split(opening).skip(1).filter_map(|after| after.trim_start().strip_prefix('"'));
    followed.filter_map(|after| after.split('"').next()).collect()
}

#[test]
fn comments_and_what_stands_in_quotes_are_no_code() {
    let text = "let a = \"f\\\"32\"; // f64\n/* f64 */ fn b<'c>(d: &'c str) -> char { '\\'' } r#\"f\"64\"# '\"' e";
    assert_eq!(words(&code(text)).collect::<Vec<_>>(), ["let", "a", "fn", "b", "c", "d", "c", "str", "char", "e"]);
}

#[test]
fn codes_are_found_behind_what_opens_them() {
    assert_eq!(literals_after("refuse(\"a\", 1); refuse(b); refuse(\n    \"c\")", "refuse("), ["a", "c"]);
}
