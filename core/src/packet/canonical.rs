//! Canonical JSON: the one way in which a packet may be written.
//!
//! Texts, truths, null and small whole numbers only; names in the order of their bytes; no white space. The same content is the
//! same bytes, whoever writes it.

use std::fmt::Write as _;

use litemap::LiteMap;

use crate::json::{Json, Value, quote};
use crate::order::{Listed as _, gathered};

/// A value that a packet may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Plain {
    Null,
    Truth(bool),
    Whole(i64),
    Text(String),
    List(Vec<Plain>),
    Record(LiteMap<String, Plain>),
}

impl Plain {
    pub fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }

    pub fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    pub fn record<const N: usize>(parts: [(&str, Self); N]) -> Self {
        Self::entries(Vec::from(parts).into_iter().map(|(name, value)| (name.to_owned(), value)).listed())
    }

    fn entries(entries: Vec<(String, Self)>) -> Self {
        Self::Record(gathered(entries))
    }

    /// From JSON that was read; `None` where it holds a number that is not whole and small.
    pub fn of(json: &Json<'_>) -> Option<Self> {
        Some(match &json.value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Truth(*truth),
            Value::Number(_) => Self::Whole(json.integer()?),
            Value::Text(text) => Self::text(text),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect::<Option<_>>()?),
            Value::Record(entries) => {
                let entries = entries.iter().map(|(name, value)| Some((name.to_string(), Self::of(value)?)));
                Self::entries(entries.collect::<Option<_>>()?)
            }
        })
    }

    pub fn get(&self, name: &str) -> Option<&Self> {
        if let Self::Record(entries) = self { entries.get(name) } else { None }
    }

    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// The value at the end of a path of names and positions.
    pub fn at_mut(&mut self, path: &[String]) -> Option<&mut Self> {
        path.iter().try_fold(self, |place, step| match place {
            Self::Record(entries) => entries.get_mut(step),
            Self::List(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// As it is written.
    pub fn written(&self) -> String {
        self.written_without(&[])
    }

    /// As it would be written if it had no entries of these names.
    pub fn written_without(&self, names: &[&str]) -> String {
        let mut out = String::new();
        self.write(names, &mut out);
        out
    }

    fn write(&self, without: &[&str], out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Truth(truth) => out.push_str(if *truth { "true" } else { "false" }),
            Self::Whole(number) => {
                let _ = write!(out, "{number}");
            }
            Self::Text(text) => quote(text, out),
            Self::List(items) => {
                out.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    item.write(&[], out);
                }
                out.push(']');
            }
            Self::Record(entries) => {
                out.push('{');
                let entries = entries.iter().filter(|(name, _)| !without.contains(&name.as_str()));
                for (position, (name, value)) in entries.enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    quote(name, out);
                    out.push(':');
                    value.write(&[], out);
                }
                out.push('}');
            }
        }
    }
}
