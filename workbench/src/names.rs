//! Names inside a cell of several signs, as words and back: `vision+limb:1,2` is 视力+肢体:1,2, `equals minimum-wage` is
//! 等同 最低工资标准.

use huisuan_core::tables::parameters::ValueKind;
use huisuan_core::tables::sheet::Kind;

use crate::words::Words;

/// Whether a cell of this kind is put together from names, numbers and signs.
#[must_use]
pub fn has_names(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Income
            | Kind::Disabilities
            | Kind::Groups
            | Kind::Payers
            | Kind::Limits
            | Kind::Value(ValueKind::Money | ValueKind::Rounding | ValueKind::Word(_) | ValueKind::Count)
    )
}

/// A cell with words for its names.
#[must_use]
pub fn in_words(text: &str, words: &Words) -> String {
    replaced(text, |name| words.word_within(name))
}

/// A cell with the names that its words stand for.
#[must_use]
pub fn from_words(text: &str, words: &Words) -> String {
    replaced(text, |word| words.name_within(word))
}

/// Each piece between signs and spaces, where there is another for it.
fn replaced<'w>(text: &str, other: impl Fn(&str) -> Option<&'w str>) -> String {
    let is_sign = |c: char| matches!(c, ' ' | ';' | ':' | '+' | ',' | '×' | '<' | '>' | '≤' | '≥');
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(is_sign) {
        let name = piece.trim_end_matches(is_sign);
        out.push_str(other(name).unwrap_or(name));
        out.extend(piece.chars().last().filter(|last| is_sign(*last)));
    }
    out
}
