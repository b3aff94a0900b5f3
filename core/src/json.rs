//! The one bounded JSON reader (tables, packs, households and packets all pass through it).
//!
//! It keeps numbers as the text they were written in, remembers the line of every value, finds repeated keys,
//! and refuses what is too large or too deep before it allocates for it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// What a text may cost at most.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of the whole text.
    pub bytes: usize,
    /// Lists and records inside one another.
    pub depth: usize,
    /// Values in all.
    pub values: usize,
}

impl Limits {
    /// A household: at most 1 MiB, 12 levels, 20,000 values.
    pub const HOUSEHOLD: Self = Self { bytes: 1 << 20, depth: 12, values: 20_000 };
    /// A table file or a pack: at most 16 MiB, 16 levels, a million values.
    pub const TABLES: Self = Self { bytes: 1 << 24, depth: 16, values: 1_000_000 };
}

/// A value and the line it starts on (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json<'a> {
    /// The value.
    pub value: Value<'a>,
    /// The line it starts on.
    pub line: u32,
}

/// A JSON value; a number stays the text it was written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as written.
    Number(&'a str),
    /// A text, escapes resolved.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// A record; keys are unique and in the order written.
    Record(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Why a text is not the JSON we accept: a stable code, where, and what was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// `invalid-json`, `duplicate-key`, `too-deep` or `too-large`.
    pub code: &'static str,
    /// Path of the value it concerns, such as `members/0/birthDate`; empty for the whole text.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// What was found.
    pub got: String,
}

/// Reads a text.
///
/// # Errors
/// Every repeated key, and the first place that is not JSON, too deep or too large.
pub fn read(text: &str, limits: Limits) -> Result<Json<'_>, Vec<JsonError>> {
    let mut reader =
        Reader { text, at: 0, line: 1, values: 0, limits, path: Vec::new(), errors: Vec::new(), entries: Vec::new(), items: Vec::new() };
    if text.len() > limits.bytes {
        return Err(vec![reader.error("too-large", format!("{} bytes", text.len()))]);
    }
    let read = reader.value(0).and_then(|value| {
        reader.space();
        if reader.at == text.len() { Ok(value) } else { Err(reader.unexpected()) }
    });
    match read {
        Ok(value) if reader.errors.is_empty() => Ok(value),
        Ok(_) => Err(reader.errors),
        Err(last) => {
            reader.errors.push(last);
            Err(reader.errors)
        }
    }
}

impl<'a> Json<'a> {
    /// The members of a record; empty for anything else.
    #[must_use]
    pub fn entries(&self) -> &[(Cow<'a, str>, Json<'a>)] {
        if let Value::Record(entries) = &self.value { entries } else { &[] }
    }

    /// The member of a record with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.entries().iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The items of a list; empty for anything else.
    #[must_use]
    pub fn items(&self) -> &[Json<'a>] {
        if let Value::List(items) = &self.value { items } else { &[] }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The whole number, if it is one of at most nine digits.
    #[must_use]
    pub fn integer(&self) -> Option<i64> {
        match self.value {
            Value::Number(text) if text.len() <= 10 => text.parse().ok(),
            _ => None,
        }
    }

    /// Writes it without white space; members of records that `keeps` refuses by their name are left out.
    pub fn write(&self, keeps: &dyn Fn(&str) -> bool, out: &mut String) {
        match &self.value {
            Value::Null => out.push_str("null"),
            Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
            Value::Number(text) => out.push_str(text),
            Value::Text(text) => quote(text, out),
            Value::List(items) => {
                out.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    item.write(keeps, out);
                }
                out.push(']');
            }
            Value::Record(entries) => {
                out.push('{');
                for (position, (name, value)) in entries.iter().filter(|(name, _)| keeps(name)).enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    quote(name, out);
                    out.push(':');
                    value.write(keeps, out);
                }
                out.push('}');
            }
        }
    }

    /// What a person wrote here, shortened, for an error message.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Number(text) => shorten(text),
            Value::Text(text) => shorten(text),
            Value::List(_) => "[…]".to_owned(),
            Value::Record(_) => "{…}".to_owned(),
        }
    }
}

/// Writes a text in quotes; only what JSON does not allow as it is becomes an escape.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    // Hardly any text needs an escape: what lies between two of them is taken over in one piece.
    let mut rest = text;
    let first = |rest: &str| rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..b' '));
    while let Some((plain, escaped)) = first(rest).and_then(|at| rest.split_at_checked(at)) {
        out.push_str(plain);
        let mut letters = escaped.chars();
        match letters.next() {
            Some(sign @ ('"' | '\\')) => out.extend(['\\', sign]),
            control => {
                let _ = write!(out, "\\u{:04x}", control.map_or(0, u32::from));
            }
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// The first 60 characters.
pub(crate) fn shorten(text: &str) -> String {
    match text.char_indices().nth(60).and_then(|(end, _)| text.get(..end)) {
        Some(first) => format!("{first}…"),
        None => text.to_owned(),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    values: usize,
    limits: Limits,
    path: Vec<Step<'a>>,
    errors: Vec<JsonError>,
    /// The members of the records that are still open, the innermost last.
    entries: Vec<(Cow<'a, str>, Json<'a>)>,
    /// The items of the lists that are still open.
    items: Vec<Json<'a>>,
}

/// One step of the path to a value.
enum Step<'a> {
    /// Into a member, by its name as written.
    Member(&'a str),
    /// Into an item.
    Item(usize),
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn space(&mut self) {
        while let Some(byte @ (b' ' | b'\n' | b'\r' | b'\t')) = self.peek() {
            if byte == b'\n' {
                self.line = self.line.saturating_add(1);
            }
            self.step();
        }
    }

    fn error(&self, code: &'static str, got: String) -> JsonError {
        let mut path = String::new();
        for step in &self.path {
            let slash = if path.is_empty() { "" } else { "/" };
            let _ = match step {
                Step::Member(name) => write!(path, "{slash}{}", name.get(..60).unwrap_or(name)),
                Step::Item(number) => write!(path, "{slash}{number}"),
            };
        }
        JsonError { code, path, line: self.line, got }
    }

    fn unexpected(&self) -> JsonError {
        let rest = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        self.error("invalid-json", rest.map_or_else(|| "end of text".to_owned(), |c| c.to_string()))
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, JsonError> {
        self.space();
        self.values = self.values.saturating_add(1);
        if self.values > self.limits.values {
            return Err(self.error("too-large", format!("more than {} values", self.limits.values)));
        }
        let line = self.line;
        let value = match self.peek() {
            Some(b'{') if depth < self.limits.depth => self.record(depth)?,
            Some(b'[') if depth < self.limits.depth => self.list(depth)?,
            Some(b'{' | b'[') => return Err(self.error("too-deep", format!("more than {} levels", self.limits.depth))),
            Some(b'"') => Value::Text(self.string()?),
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => return Err(self.unexpected()),
        };
        Ok(Json { value, line })
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, JsonError> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at = self.at.saturating_add(word.len());
            Ok(value)
        } else {
            Err(self.unexpected())
        }
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.step();
        }
        self.at.saturating_sub(start)
    }

    fn number(&mut self) -> Result<Value<'a>, JsonError> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.step();
        }
        let leading_zero = self.peek() == Some(b'0');
        let digits = self.digits();
        if digits == 0 || (leading_zero && digits > 1) {
            return Err(self.unexpected());
        }
        if self.peek() == Some(b'.') {
            self.step();
            if self.digits() == 0 {
                return Err(self.unexpected());
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.step();
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.step();
            }
            if self.digits() == 0 {
                return Err(self.unexpected());
            }
        }
        Ok(Value::Number(self.text.get(start..self.at).unwrap_or("")))
    }

    fn string(&mut self) -> Result<Cow<'a, str>, JsonError> {
        self.step();
        let start = self.at;
        let mut owned: Option<String> = None;
        loop {
            let from = self.at;
            while matches!(self.peek(), Some(byte) if byte != b'"' && byte != b'\\' && byte >= 0x20) {
                self.step();
            }
            let run = self.text.get(from..self.at).unwrap_or("");
            match self.peek() {
                Some(b'"') => {
                    let end = self.at;
                    self.step();
                    return Ok(match owned {
                        Some(mut text) => {
                            text.push_str(run);
                            Cow::Owned(text)
                        }
                        None => Cow::Borrowed(self.text.get(start..end).unwrap_or("")),
                    });
                }
                Some(b'\\') => {
                    let mut text = owned.take().unwrap_or_default();
                    text.push_str(run);
                    text.push(self.escape()?);
                    owned = Some(text);
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        self.step();
        let byte = self.peek();
        self.step();
        Ok(match byte {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.hex()?;
                let code = if (0xD800..0xDC00).contains(&first) && self.text.get(self.at..).is_some_and(|r| r.starts_with("\\u")) {
                    self.at = self.at.saturating_add(2);
                    let second = self.hex()?;
                    0x10000_u32
                        .saturating_add(first.saturating_sub(0xD800).saturating_mul(0x400))
                        .saturating_add(second.saturating_sub(0xDC00))
                } else {
                    first
                };
                char::from_u32(code).ok_or_else(|| self.unexpected())?
            }
            _ => return Err(self.unexpected()),
        })
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let end = self.at.saturating_add(4);
        let digits = self.text.get(self.at..end).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let code = digits.and_then(|d| u32::from_str_radix(d, 16).ok()).ok_or_else(|| self.unexpected())?;
        self.at = end;
        Ok(code)
    }

    /// The value that `step` leads to.
    fn inside(&mut self, step: Step<'a>, depth: usize) -> Result<Json<'a>, JsonError> {
        self.path.push(step);
        let value = self.value(depth.saturating_add(1))?;
        self.path.pop();
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Result<Value<'a>, JsonError> {
        self.step();
        let start = self.items.len();
        self.space();
        if self.peek() == Some(b']') {
            self.step();
            return Ok(Value::List(Vec::new()));
        }
        loop {
            let number = self.items.len().saturating_sub(start);
            let item = self.inside(Step::Item(number), depth)?;
            self.items.push(item);
            self.space();
            match self.peek() {
                Some(b',') => self.step(),
                Some(b']') => {
                    self.step();
                    return Ok(Value::List(self.items.split_off(start)));
                }
                _ => return Err(self.unexpected()),
            }
        }
    }

    fn record(&mut self, depth: usize) -> Result<Value<'a>, JsonError> {
        self.step();
        let start = self.entries.len();
        self.space();
        if self.peek() == Some(b'}') {
            self.step();
            return Ok(Value::Record(Vec::new()));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.unexpected());
            }
            let opened = self.at.saturating_add(1);
            let key = self.string()?;
            let written = self.text.get(opened..self.at.saturating_sub(1)).unwrap_or("");
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.unexpected());
            }
            self.step();
            let value = self.inside(Step::Member(written), depth)?;
            if self.entries.iter().skip(start).any(|(known, _)| *known == key) {
                self.path.push(Step::Member(written));
                let repeated = self.error("duplicate-key", shorten(&key));
                self.path.pop();
                self.errors.push(repeated);
            } else {
                self.entries.push((key, value));
            }
            self.space();
            match self.peek() {
                Some(b',') => self.step(),
                Some(b'}') => {
                    self.step();
                    return Ok(Value::Record(self.entries.split_off(start)));
                }
                _ => return Err(self.unexpected()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits { bytes: 200, depth: 3, values: 12 };

    fn codes(text: &str) -> Vec<(&'static str, String, u32)> {
        read(text, SMALL).err().unwrap_or_default().into_iter().map(|e| (e.code, e.path, e.line)).collect()
    }

    #[test]
    fn numbers_stay_the_text_they_were_written_in() {
        let json = read("{\"a\": 1234567890123456.789}", SMALL).unwrap();
        assert_eq!(json.get("a").unwrap().value, Value::Number("1234567890123456.789"));
    }

    #[test]
    fn escapes_and_surrogate_pairs_are_resolved() {
        let json = read(r#""\u60e0\u7b97 \ud83d\ude00 \n\"""#, SMALL).unwrap();
        assert_eq!(json.text(), Some("惠算 😀 \n\""));
        assert_eq!(codes(r#""\ud83d""#)[0].0, "invalid-json");
    }

    #[test]
    fn only_what_may_not_stand_in_a_text_is_escaped() {
        for (text, written) in [
            ("", r#""""#),
            ("惠算 😀/", r#""惠算 😀/""#),
            ("\"", r#""\"""#),
            ("\\", r#""\\""#),
            ("甲\n\"乙\" \u{1f}\0\\", r#""甲\u000a\"乙\" \u001f\u0000\\""#),
        ] {
            let mut out = String::new();
            quote(text, &mut out);
            assert_eq!(out, written);
            assert_eq!(read(&out, SMALL).unwrap().text(), Some(text));
        }
    }

    #[test]
    fn every_repeated_key_is_reported_with_its_path_and_line() {
        assert_eq!(
            codes("{\"a\": [{\"b\": 1,\n\"b\": 2}],\n\"a\": 3}"),
            [("duplicate-key", "a/0/b".to_owned(), 2), ("duplicate-key", "a".to_owned(), 3)]
        );
    }

    #[test]
    fn what_is_too_deep_or_too_large_is_refused() {
        assert_eq!(codes("[[[[1]]]]")[0].0, "too-deep");
        assert_eq!(codes("[1,1,1,1,1,1,1,1,1,1,1,1,1]")[0].0, "too-large");
        assert_eq!(codes(&format!("\"{}\"", "a".repeat(300)))[0].0, "too-large");
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "{", "[1,]", "{\"a\":}", "01", "1.", "NaN", "'a'", "\"\t\"", "tru", "{} {}", "\u{feff}{}"] {
            assert_eq!(codes(text)[0].0, "invalid-json", "{text:?}");
        }
    }
}
