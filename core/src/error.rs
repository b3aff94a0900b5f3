//! What can be wrong with a table or with a fact: stable codes, where it is, what was there, what would do.
//!
//! The sentences are in the message catalogues, never here.

use serde::Serialize;

use crate::json::shorten;
use crate::order::Listed as _;

/// A mistake in what a person or a host page sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[error("{code} at `{path}`: got `{got}`, expected {expected}")]
#[serde(rename_all = "camelCase")]
pub struct FactError {
    /// Stable code, such as `unknown-field`.
    pub code: &'static str,
    /// Where, such as `members/0/birthDate`; empty for the whole text.
    pub path: String,
    /// What was there, shortened.
    pub got: String,
    /// What would have been accepted: a format, a list of names, a limit.
    pub expected: String,
    /// The nearest thing that would have been accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggest: Option<String>,
}

impl FactError {
    /// A mistake for which nothing near would have been accepted; what was there is shortened.
    #[must_use]
    pub fn new(code: &'static str, path: &str, got: &str, expected: &str) -> Self {
        Self { code, path: path.to_owned(), got: shorten(got), expected: expected.to_owned(), suggest: None }
    }
}

/// A mistake in a table, the documents register or a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[error("{file}:{line}: {code} in {field}: got `{got}`, expected {expected}")]
#[serde(rename_all = "camelCase")]
pub struct TableError {
    /// Stable code, such as `overlapping-rows`.
    pub code: &'static str,
    /// File name, relative to the tables' folder.
    pub file: String,
    /// Line in the file, from 1; 0 for the whole file.
    pub line: u32,
    /// Row number, from 1 and counted from the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// Field, such as `from`.
    pub field: String,
    /// What was there, shortened.
    pub got: String,
    /// What would have been accepted.
    pub expected: String,
}

/// The name nearest to `written` among `known`, if it is near enough to be a slip of the keyboard.
#[must_use]
pub fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    let limit = written.chars().count().div_euclid(3).clamp(1, 4);
    known.map(|name| (distance(written, name), name)).filter(|(distance, _)| *distance <= limit).min().map(|(_, name)| name.to_owned())
}

/// Insertions, deletions, replacements and exchanges of neighbours that turn `a` into `b`, case aside.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).map(|letter| letter.to_ascii_lowercase()).listed();
    let b: Vec<char> = b.chars().take(64).map(|letter| letter.to_ascii_lowercase()).listed();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).listed();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i.saturating_add(1)];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX);
            let next = j.saturating_add(1);
            let mut best = at(&last, j).saturating_add(usize::from(x != y));
            best = best.min(at(&last, next).saturating_add(1)).min(at(&row, j).saturating_add(1));
            let exchanged = i > 0 && j > 0 && a.get(i.saturating_sub(1)) == Some(y) && b.get(j.saturating_sub(1)) == Some(x);
            if exchanged {
                best = best.min(at(&before_last, j.saturating_sub(1)).saturating_add(1));
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_only_for_a_slip() {
        let known = ["birthDate", "registeredArea", "incomes"];
        assert_eq!(nearest("brithDate", known.into_iter()).as_deref(), Some("birthDate"));
        assert_eq!(nearest("birthdate", known.into_iter()).as_deref(), Some("birthDate"));
        assert_eq!(nearest("income", known.into_iter()).as_deref(), Some("incomes"));
        assert_eq!(nearest("salary", known.into_iter()), None);
    }
}
