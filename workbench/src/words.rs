//! Words for names: what a clerk reads in a cell, and back.

use std::collections::BTreeMap;

use huisuan_core::json::{self, Json, Limits};

/// The catalogues, the language in use first.
#[derive(Debug, Default)]
pub struct Words {
    current: BTreeMap<String, String>,
    /// What a word in any language stands for: `column.`, `value.` and `parameter.` apart; words that stand for two names are left out.
    meanings: BTreeMap<(&'static str, String), Option<String>>,
}

/// The parts of the catalogues whose words are read back.
const READ_BACK: [&str; 3] = ["column.", "value.", "parameter."];

impl Words {
    /// From the text of catalogues, each one JSON record of sentences; the first is the one that is written with.
    #[must_use]
    pub fn new(catalogues: &[&str]) -> Self {
        Self::of(catalogues.iter().map(|text| serde_json::from_str(text).unwrap_or_default()).collect())
    }

    /// From catalogues, sentences by code; the first is the one that is written with.
    #[must_use]
    pub fn of(all: Vec<BTreeMap<String, String>>) -> Self {
        let mut words = Self { current: all.first().cloned().unwrap_or_default(), meanings: BTreeMap::new() };
        for (code, word) in all.iter().flatten() {
            let Some(part) = READ_BACK.into_iter().find(|part| code.starts_with(part)) else { continue };
            let name = code.trim_start_matches(part).to_owned();
            let meaning = words.meanings.entry((part, word.to_lowercase())).or_insert_with(|| Some(name.clone()));
            if meaning.as_ref() != Some(&name) {
                *meaning = None;
            }
        }
        words
    }

    /// What zones are called, from the registers among the files of a folder of tables.
    pub fn name_zones<'t>(&mut self, files: impl IntoIterator<Item = (&'t str, &'t str)>) {
        for (_, text) in files.into_iter().filter(|(name, _)| name.ends_with("/zones.json")) {
            let Ok(json) = json::read(text, Limits::TABLES) else { continue };
            let zones = json.get("zones").map(Json::items).unwrap_or_default();
            self.name(zones.iter().filter_map(|zone| Some((zone.get("id")?.text()?, zone.get("name")?.text()?))));
        }
    }

    /// More names and the words for them, such as those of zones; a word that two names share stands for neither.
    pub fn name<'n>(&mut self, names: impl IntoIterator<Item = (&'n str, &'n str)>) {
        for (name, word) in names {
            self.current.entry(format!("value.{name}")).or_insert_with(|| word.to_owned());
            let meaning = self.meanings.entry(("value.", word.to_lowercase())).or_insert_with(|| Some(name.to_owned()));
            if meaning.as_deref() != Some(name) {
                *meaning = None;
            }
        }
    }

    /// The sentence for a code; the code itself where there is none.
    #[must_use]
    pub fn say<'w>(&'w self, code: &'w str) -> &'w str {
        self.current.get(code).map_or(code, String::as_str)
    }

    /// The sentence for a code, with `{name}` replaced by the value of `name`.
    #[must_use]
    pub fn fill(&self, code: &str, parameters: &[(&str, &str)]) -> String {
        fill(self.say(code), parameters)
    }

    /// The sentence for a code, if there is one.
    #[must_use]
    pub fn has(&self, code: &str) -> Option<&str> {
        self.current.get(code).map(String::as_str)
    }

    /// What a word of `column.` or `value.` stands for. Of values only Chinese words stand for names: an English one may be a
    /// name itself.
    #[must_use]
    pub fn meaning(&self, part: &'static str, word: &str) -> Option<&str> {
        if part != "column." && word.is_ascii() {
            return None;
        }
        self.meanings.get(&(part, word.to_lowercase()))?.as_deref()
    }

    /// The word for a name inside a cell, which may be that of another number, if it reads back as the same name.
    #[must_use]
    pub fn word_within(&self, name: &str) -> Option<&str> {
        let of_number = || self.current.get(&format!("parameter.{name}")).map(String::as_str);
        self.word(name).or_else(|| of_number().filter(|word| self.name_within(word) == Some(name)))
    }

    /// The name that a word inside a cell stands for.
    #[must_use]
    pub fn name_within(&self, word: &str) -> Option<&str> {
        self.meaning("value.", word).or_else(|| self.meaning("parameter.", word))
    }

    /// The word for a name, if it reads back as the same name.
    #[must_use]
    pub fn word(&self, name: &str) -> Option<&str> {
        let word = self.current.get(&format!("value.{name}"))?;
        (self.meaning("value.", word) == Some(name)).then_some(word.as_str())
    }
}

/// A sentence with `{name}` replaced by the value of `name`; what has no value stays as it stands.
#[must_use]
pub fn fill(sentence: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let named = after.split_once('}').and_then(|(name, end)| {
            let (_, value) = parameters.iter().find(|(known, _)| *known == name)?;
            Some((value, end))
        });
        rest = match named {
            Some((value, end)) => {
                out.push_str(value);
                end
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out.push_str(rest);
    out
}
