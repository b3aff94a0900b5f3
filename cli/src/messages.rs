//! Wording by code, from the catalogues in `messages/`.

use std::collections::BTreeMap;

use clap::ValueEnum;
use huisuan_workbench::words::{Words, fill};

/// A language there is a catalogue for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// 中文
    #[default]
    #[value(name = "zh-CN", alias = "zh")]
    Chinese,
    /// English
    #[value(name = "en")]
    English,
}

/// Sentences by code.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) language: Language,
    sentences: BTreeMap<String, String>,
}

impl Catalogue {
    pub(crate) fn new(language: Language) -> Self {
        let text = match language {
            Language::Chinese => include_str!("../../messages/zh-CN.json"),
            Language::English => include_str!("../../messages/en.json"),
        };
        Self { language, sentences: sentences(text) }
    }

    /// With what only staff read.
    pub(crate) fn of_staff(language: Language) -> Self {
        let mut all = Self::new(language);
        all.sentences.extend(sentences(match language {
            Language::Chinese => include_str!("../../messages/staff/zh-CN.json"),
            Language::English => include_str!("../../messages/staff/en.json"),
        }));
        all
    }

    /// The words that a clerk may write in a sheet, in this language and in the other.
    pub(crate) fn words_of_sheets(language: Language) -> Words {
        let other = if language == Language::English { Language::Chinese } else { Language::English };
        Words::of([language, other].map(|language| Self::of_staff(language).sentences).into())
    }

    pub(crate) fn has(&self, code: &str) -> bool {
        self.sentences.contains_key(code)
    }

    /// The sentence for `code`, with `{name}` replaced by the value of `name`.
    pub(crate) fn say(&self, code: &str, parameters: &[(&str, &str)]) -> String {
        let Some(sentence) = self.sentences.get(code) else { return code.to_owned() };
        fill(sentence, parameters)
    }

    /// The first of `codes` that has a sentence.
    pub(crate) fn first_of(&self, codes: &[&str], parameters: &[(&str, &str)]) -> String {
        let known = codes.iter().find(|code| self.has(code)).or(codes.first());
        known.map_or_else(String::new, |code| self.say(code, parameters))
    }

    /// The sentence `code`, or `code.plain` where one of its parameters is not known.
    pub(crate) fn say_with_numbers(&self, code: &str, parameters: &[(&str, &str)]) -> String {
        let plain = format!("{code}.plain");
        let sentence = self.say(code, parameters);
        if sentence.contains('{') && self.has(&plain) { self.say(&plain, parameters) } else { sentence }
    }

    /// What is said of a condition that is such (`holds`, `fails`, `unknown`); without numbers where one of them is not known.
    pub(crate) fn condition(&self, code: &str, state: &str, numbers: &[(&str, &str)]) -> String {
        let general = if code.starts_with("not-excluded") { "not-excluded" } else { "other" };
        let codes = [code, general, "other"].map(|code| format!("reason.{code}.{state}"));
        self.say_with_numbers(codes.iter().find(|code| self.has(code)).unwrap_or(&codes[2]), numbers)
    }

    /// What was found where something else was expected: a text as it stands, or what the reader calls it.
    pub(crate) fn got(&self, got: &str) -> String {
        self.first_of(&[&format!("cli.got.{got}"), "cli.got"], &[("got", got)])
    }

    /// What would have been accepted in a table, in words: a whole phrase of the checks, or one that begins with such a phrase.
    pub(crate) fn expected(&self, phrase: &str) -> String {
        let code = format!("tableExpected.{phrase}");
        if self.has(&code) {
            return self.say(&code, &[]);
        }
        if let Some(name) = phrase.strip_suffix('?') {
            return self.say("tableExpected.did-you-mean", &[("value", name)]);
        }
        let levels: Vec<String> = phrase.split(", ").map(|part| format!("level.{part}")).collect();
        if levels.iter().all(|level| self.has(level)) {
            return levels.iter().map(|level| self.say(level, &[])).collect::<Vec<_>>().join(&self.say("statement.comma", &[]));
        }
        let begins = BEGINNINGS.iter().find_map(|beginning| Some((beginning, phrase.strip_prefix(beginning)?.strip_prefix(' ')?)));
        begins.map_or_else(|| phrase.to_owned(), |(beginning, rest)| self.say(&format!("tableExpected.{beginning}"), &[("value", rest)]))
    }

    /// The question that asks for a fact, from its path; a part without its own question takes that of the whole.
    pub(crate) fn question(&self, path: &str) -> String {
        self.nearest("fact", path)
    }

    /// What a fact is called in a word or two; a part without its own name takes that of the whole.
    pub(crate) fn short(&self, path: &str) -> String {
        self.nearest("short", path)
    }

    fn nearest(&self, kind: &str, path: &str) -> String {
        let mut parts: Vec<&str> =
            path.split('/').map(|part| if part.bytes().all(|byte| byte.is_ascii_digit()) { "[]" } else { part }).collect();
        while !parts.is_empty() {
            let code = format!("{kind}.{}", parts.join(".").replace(".[]", "[]"));
            // One question for `receiving.<any benefit>.monthly`.
            let any = any_receiving(&code);
            if let Some(known) = [code, any].iter().find(|code| self.has(code)) {
                return self.say(known, &[]);
            }
            parts.pop();
        }
        self.say(&format!("{kind}.other"), &[("path", path)])
    }
}

/// How phrases begin that go on with a value.
const BEGINNINGS: &[&str] = &["something like", "another day than row", "after", "not after", "a list of"];

/// That the catalogues can be read is a test; a code without a sentence shows as itself.
fn sentences(text: &str) -> BTreeMap<String, String> {
    serde_json::from_str(text).unwrap_or_default()
}

fn any_receiving(code: &str) -> String {
    match code.split_once("receiving.") {
        Some((before, after)) => {
            let end = after.split_once('.').map_or(String::new(), |(_, end)| format!(".{end}"));
            format!("{before}receiving[]{end}")
        }
        None => code.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_have_the_same_codes() {
        let [chinese, english] = [Language::Chinese, Language::English].map(Catalogue::new);
        assert!(chinese.sentences.len() > 600);
        assert!(chinese.sentences.keys().eq(english.sentences.keys()));
    }

    #[test]
    fn a_parameter_is_filled_in_once_and_never_read_as_wording() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
        assert_eq!(fill("{a", &[("a", "1")]), "{a");
    }

    #[test]
    fn a_fact_without_its_own_question_takes_that_of_the_whole() {
        let english = Catalogue::new(Language::English);
        assert_eq!(english.question("members/0/incomes"), english.say("fact.members[].incomes", &[]));
        assert_eq!(english.question("members/2/incomes/1/gross"), english.say("fact.members[].incomes[].gross", &[]));
        assert_eq!(english.question("members/0/receiving/orphan-allowance/full"), english.say("fact.members[].receiving[].full", &[]));
        assert_eq!(english.question("standing/0/nothing"), english.say("fact.standing", &[]));
    }
}
