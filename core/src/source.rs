//! Where a number or a condition comes from, and how sure we are of it.

use serde::Serialize;

/// A place in an official document (条, 款, 项).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Clause {
    /// Id in `policy-tables/documents.json`.
    pub document: String,
    /// Article (条), where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

impl Clause {
    /// Article `article` of document `document`; an empty article means the document as a whole.
    #[must_use]
    pub fn new(document: &str, article: &str) -> Self {
        Self { document: document.to_owned(), article: (!article.is_empty()).then(|| article.to_owned()) }
    }
}

/// How sure we are of a number, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The official wording was read.
    A,
    /// The full text was read in a public copy.
    A1,
    /// Arithmetic on graded numbers.
    ACalc,
    /// Read in the press or in a translation.
    A2,
    /// Read second hand; usable only as unconfirmed.
    AStar,
    /// Read in a public program; usable only as unconfirmed.
    A3,
}

impl Grade {
    /// Reads a grade; the weaker ones (B, C, inference) are not loadable and give `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "A" => Self::A,
            "A1" => Self::A1,
            "A-calc" => Self::ACalc,
            "A2" => Self::A2,
            "A*" => Self::AStar,
            "A3" => Self::A3,
            _ => return None,
        })
    }

    /// As written in the tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::A1 => "A1",
            Self::ACalc => "A-calc",
            Self::A2 => "A2",
            Self::AStar => "A*",
            Self::A3 => "A3",
        }
    }

    /// Whether a row of this grade must say `unconfirmed`.
    #[must_use]
    pub const fn needs_confirmation(self) -> bool {
        matches!(self, Self::AStar | Self::A3)
    }
}
