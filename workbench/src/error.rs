//! What is wrong with a workbook: a stable code, where, what stands there and what would do. The sentences are in
//! `messages/staff`.

use serde::Serialize;

/// A mistake in a workbook or a CSV file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BookError {
    /// Stable code; the sentence is `bookError.<code>`.
    pub code: &'static str,
    /// The sheet; empty for the whole file.
    pub sheet: String,
    /// The cell as spreadsheets name it, such as `C7`; empty for the whole sheet.
    pub cell: String,
    /// What stands there.
    pub got: String,
    /// What would have been accepted.
    pub expected: String,
}

impl BookError {
    /// About the file as a whole.
    #[must_use]
    pub fn file(code: &'static str, got: &str, expected: &str) -> Self {
        Self { code, sheet: String::new(), cell: String::new(), got: got.to_owned(), expected: expected.to_owned() }
    }

    /// About a sheet as a whole.
    #[must_use]
    pub fn sheet(code: &'static str, sheet: &str, got: &str, expected: &str) -> Self {
        Self { sheet: sheet.to_owned(), ..Self::file(code, got, expected) }
    }

    /// Row and column of the cell, from 1; `None` if no cell is meant.
    #[must_use]
    pub fn place(&self) -> Option<(u32, u32)> {
        let (letters, digits) = self.cell.split_at_checked(self.cell.find(|c: char| c.is_ascii_digit())?)?;
        let column = letters.bytes().try_fold(0_u32, |sum, letter| {
            sum.checked_mul(26)?.checked_add(u32::from(letter.checked_sub(b'A')?)).and_then(|sum| sum.checked_add(1))
        });
        Some((digits.parse().ok()?, column?))
    }

    /// About a cell: row and column from 0.
    #[must_use]
    pub fn cell(code: &'static str, sheet: &str, at: (u32, u32), got: &str, expected: &str) -> Self {
        Self { cell: address(at), ..Self::sheet(code, sheet, &shortened(got), expected) }
    }
}

/// `(6, 2)` is `C7`.
#[must_use]
pub fn address((row, column): (u32, u32)) -> String {
    format!("{}{}", column_name(column), row.saturating_add(1))
}

/// `2` is `C`, `26` is `AA`.
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut left = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A'.saturating_add(u8::try_from(left.rem_euclid(26)).unwrap_or(0))));
        match left.div_euclid(26).checked_sub(1) {
            Some(more) => left = more,
            None => break,
        }
    }
    letters.iter().rev().collect()
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(60).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        assert_eq!(
            [address((6, 2)), address((0, 25)), address((9, 26)), address((0, 701)), address((0, 702))],
            ["C7", "Z1", "AA10", "ZZ1", "AAA1"]
        );
        for at in [(6, 2), (0, 25), (9, 26), (0, 701), (0, 702)] {
            assert_eq!(BookError::cell("no-title", "", at, "", "").place(), Some((at.0 + 1, at.1 + 1)));
        }
        assert_eq!(BookError::file("no-tables", "", "").place(), None);
    }
}
