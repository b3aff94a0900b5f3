//! Reads households from a file or a pipe: one JSON of any shape, or one household in each line (NDJSON).
//!
//! A batch is read line by line and never held as a whole. A line that is too long or not text is refused alone.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;

use huisuan_core::FactError;
use huisuan_core::date::Date;
use huisuan_core::json::{self, Json, Limits};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::messages::Catalogue;

/// One household as it was found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// Line it starts on, from 1.
    pub(crate) line: usize,
    /// Its text, or why it could not be read.
    pub(crate) text: Result<String, FactError>,
}

/// The day and the household of a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Case<'a> {
    pub(crate) date: Option<String>,
    pub(crate) household: &'a str,
}

/// The households of a reader, one after another.
#[derive(Debug)]
pub(crate) struct Households<R> {
    reader: R,
    line: usize,
    waiting: VecDeque<Item>,
}

impl<R: BufRead> Households<R> {
    /// Finds out whether the text is one household over many lines, unless `one_per_line` says that it is not.
    pub(crate) fn new(reader: R, one_per_line: bool) -> io::Result<Self> {
        let mut households = Self { reader, line: 0, waiting: VecDeque::new() };
        let Some(first) = households.next_line()? else { return Ok(households) };
        let is_whole = first.text.as_ref().map_or(true, |text| is_complete(text));
        households.waiting.push_back(first);
        if !is_whole && !one_per_line {
            households.gather()?;
        }
        Ok(households)
    }

    /// The first line is not JSON by itself: the rest may belong to it.
    fn gather(&mut self) -> io::Result<()> {
        let mut size: usize = 0;
        while size <= Limits::HOUSEHOLD.bytes {
            let Some(line) = self.next_line()? else {
                self.join();
                return Ok(());
            };
            size = size.saturating_add(line.text.as_ref().map_or(0, String::len));
            self.waiting.push_back(line);
        }
        Ok(())
    }

    /// Makes one household of all lines, unless one of them is a household by itself.
    fn join(&mut self) {
        let texts: Option<Vec<&str>> = self.waiting.iter().map(|item| item.text.as_deref().ok()).collect();
        let Some(texts) = texts else { return };
        let mut whole = String::new();
        let mut reached = self.waiting.front().map_or(1, |item| item.line);
        for (item, text) in self.waiting.iter().zip(&texts) {
            // Empty lines count, so that a mistake is reported on its own line.
            for _ in reached..item.line {
                whole.push('\n');
            }
            reached = item.line;
            whole.push_str(text);
        }
        if is_complete(&whole) || !texts.iter().any(|text| is_household(text)) {
            let line = self.waiting.front().map_or(1, |item| item.line);
            self.waiting = VecDeque::from([Item { line, text: Ok(whole) }]);
        }
    }

    /// The next line that is not empty.
    fn next_line(&mut self) -> io::Result<Option<Item>> {
        loop {
            let mut bytes = Vec::new();
            let limit = u64::try_from(Limits::HOUSEHOLD.bytes).unwrap_or(u64::MAX).saturating_add(2);
            self.reader.by_ref().take(limit).read_until(b'\n', &mut bytes)?;
            if bytes.is_empty() {
                return Ok(None);
            }
            self.line = self.line.saturating_add(1);
            if bytes.last() != Some(&b'\n') && bytes.len() > Limits::HOUSEHOLD.bytes {
                self.reader.skip_until(b'\n')?;
                let expected = format!("at most {} bytes", Limits::HOUSEHOLD.bytes);
                return Ok(Some(Item { line: self.line, text: Err(refused("too-large", "", "a longer line", &expected)) }));
            }
            let bytes = if self.line == 1 { bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes) } else { &bytes };
            let text = match std::str::from_utf8(bytes) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => Ok(text.trim_end().to_owned()),
                Err(_) => Err(refused("invalid-json", "", "bytes that are not UTF-8", "JSON in UTF-8")),
            };
            return Ok(Some(Item { line: self.line, text }));
        }
    }
}

impl<R: BufRead> Iterator for Households<R> {
    type Item = io::Result<Item>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.waiting.pop_front() {
            Some(item) => Some(Ok(item)),
            None => self.next_line().transpose(),
        }
    }
}

/// Whether a text is JSON from its beginning to its end, whatever else may be wrong with it.
fn is_complete(text: &str) -> bool {
    json::read(text, Limits::HOUSEHOLD).map_or_else(|errors| errors.iter().all(|error| error.code != "invalid-json"), |_| true)
}

fn is_household(text: &str) -> bool {
    let known = ["members", "household", "schemaVersion"];
    json::read(text, Limits::HOUSEHOLD).is_ok_and(|json| known.iter().any(|name| json.get(name).is_some()))
}

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(borrow)]
    household: &'a RawValue,
}

/// Takes `{ "date": …, "household": … }` apart; anything else is a household.
pub(crate) fn unwrap(text: &str) -> Result<Case<'_>, Vec<FactError>> {
    let plain = Case { date: None, household: text };
    // What is wrong with the JSON itself is for the core to say.
    let Ok(json) = json::read(text, Limits::HOUSEHOLD) else { return Ok(plain) };
    if json.get("household").is_none() {
        return Ok(plain);
    }
    let mut errors = Vec::new();
    for (name, _) in json.entries().iter().filter(|(name, _)| !matches!(name.as_ref(), "date" | "household")) {
        errors.push(refused("unknown-field", name, name, "date, household"));
    }
    let date = json.get("date").and_then(|date| match date.text() {
        Some(text) => Some(text.to_owned()),
        None => {
            errors.push(refused("wrong-type", "date", &Json::shown(date), "a date such as 2024-04-15"));
            None
        }
    });
    match serde_json::from_str::<Wrapped<'_>>(text) {
        Ok(wrapped) if errors.is_empty() => return Ok(Case { date, household: wrapped.household.get() }),
        Ok(_) => {}
        Err(error) => errors.push(refused("invalid-json", "household", &error.to_string(), "a household")),
    }
    Err(errors)
}

/// Refuses a day that does not exist.
pub(crate) fn check_day(name: &'static str, day: Option<&str>) -> Result<(), Failure> {
    match day.filter(|day| Date::parse(day).is_err()) {
        Some(day) => Err(Failure::Argument(name, day.to_owned())),
        None => Ok(()),
    }
}

/// Where no day was given, the core finds an empty one; that is told as what it is, beside all other mistakes.
pub(crate) fn told_without_date(error: FactError, date: &str) -> FactError {
    if date.is_empty() && error.path == "date" { refused("missing-date", "date", "nothing", &error.expected) } else { error }
}

fn open(path: &Path, words: &Catalogue) -> Result<Box<dyn BufRead>, Failure> {
    if path.as_os_str() == "-" {
        if io::stdin().is_terminal() {
            tell(&words.say("cli.waiting", &[]));
        }
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).map_err(|error| Failure::Unreadable(path.to_owned(), error))?;
    Ok(Box::new(BufReader::new(file)))
}

/// The households of a file or of standard input; where there is none at all, that is said.
pub(crate) fn households(path: &Path, words: &Catalogue) -> Result<Households<Box<dyn BufRead>>, Failure> {
    let found = Households::new(open(path, words)?, is_ndjson(path)).map_err(|error| Failure::Unreadable(path.to_owned(), error))?;
    if found.waiting.is_empty() {
        tell(&words.say("cli.nothing", &[]));
    }
    Ok(found)
}

fn is_ndjson(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ndjson" || extension == "jsonl")
}

/// A whole file, or standard input for `-`.
pub(crate) fn whole(file: &Path) -> Result<String, Failure> {
    let read = if file.as_os_str() == "-" { io::read_to_string(io::stdin()) } else { std::fs::read_to_string(file) };
    read.map_err(|error| Failure::Unreadable(file.to_owned(), error))
}

/// The JSON of a file that is no household.
pub(crate) fn json(file: &Path, text: &str) -> Result<Value, Failure> {
    serde_json::from_str(text).map_err(|error| Failure::NotJson(file.to_owned(), error.line()))
}

/// The household in a file, on its own or with a day beside it as `decide` takes it.
pub(crate) fn household(file: &Path) -> Result<String, Failure> {
    let text = whole(file)?;
    let own = unwrap(&text).map(|case| case.household.to_owned());
    // What is wrong with it is for the engine to say.
    Ok(own.unwrap_or(text))
}

/// One sentence on standard error; where that is closed there is nobody left to tell.
pub(crate) fn tell(sentence: &str) {
    let _ = writeln!(io::stderr().lock(), "{sentence}");
}

/// A mistake the core does not get to see.
pub(crate) fn refused(code: &'static str, path: &str, got: &str, expected: &str) -> FactError {
    FactError { code, path: path.to_owned(), got: got.to_owned(), expected: expected.to_owned(), suggest: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, Result<String, &'static str>)> {
        let all = Households::new(text.as_bytes(), false).unwrap().map(Result::unwrap);
        all.map(|item| (item.line, item.text.map_err(|error| error.code))).collect()
    }

    fn one(line: usize, text: &str) -> (usize, Result<String, &'static str>) {
        (line, Ok(text.to_owned()))
    }

    #[test]
    fn each_line_that_is_json_is_a_household() {
        assert_eq!(found("{\"members\": []}\r\n\n{\"a\": 1}\n"), [one(1, "{\"members\": []}"), one(3, "{\"a\": 1}")]);
        assert_eq!(found(""), []);
        assert_eq!(found(" \n\n"), []);
    }

    #[test]
    fn a_household_may_take_many_lines_one_of_which_is_a_member() {
        let text = "{ \"members\": [\n\n{ \"id\": \"a\" }\n] }";
        assert_eq!(found(text), [one(1, text)]);
    }

    #[test]
    fn a_broken_first_line_does_not_take_the_others_with_it() {
        assert_eq!(found("{ \"members\":\n{\"members\": []}\n"), [one(1, "{ \"members\":"), one(2, "{\"members\": []}")]);
    }

    #[test]
    fn a_broken_household_of_many_lines_stays_one() {
        let text = "{ \"members\": [\n{ \"id\": \"a\" }\n}";
        assert_eq!(found(text), [one(1, text)]);
    }

    #[test]
    fn a_byte_order_mark_is_left_out_and_other_encodings_are_refused() {
        assert_eq!(found("\u{feff}{}"), [one(1, "{}")]);
        let bytes: &[u8] = b"{}\n\xff\xfe\n{}";
        let all: Vec<Item> = Households::new(bytes, false).unwrap().map(Result::unwrap).collect();
        assert_eq!(all.iter().map(|item| item.text.is_ok()).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn a_line_beyond_the_limit_is_refused_alone() {
        let text = format!("{{}}\n\"{}\"\n{{}}\n", "a".repeat(Limits::HOUSEHOLD.bytes));
        assert_eq!(found(&text), [one(1, "{}"), (2, Err("too-large")), one(3, "{}")]);
    }

    #[test]
    fn a_case_has_a_date_of_its_own() {
        let case = unwrap("{ \"date\": \"2024-04-15\", \"household\": { \"members\": [] } }").unwrap();
        assert_eq!(case, Case { date: Some("2024-04-15".to_owned()), household: "{ \"members\": [] }" });
        let codes = |text: &str| unwrap(text).unwrap_err().into_iter().map(|error| error.code).collect::<Vec<_>>();
        assert_eq!(codes("{ \"date\": 2024, \"household\": {}, \"expect\": 1 }"), ["unknown-field", "wrong-type"]);
    }
}
