//! Days that nobody told, and what was taken in their place.

use super::Person;
use crate::messages::Catalogue;

/// What is taken in place of a day, by how its path ends; of any other day the one that is decided for.
const KINDS: [(&str, &str); 5] = [("from", "from"), ("until", "until"), ("expiresOn", "until"), ("diedOn", "alive"), ("", "day")];

/// What was taken for granted, a paragraph for each kind of day and a line for each person.
pub(super) fn assumed_lines(paths: &[String], people: &[Person], words: &Catalogue) -> Vec<String> {
    let kind = |path: &str| KINDS.iter().find(|(end, _)| path.ends_with(end)).map(|(_, kind)| *kind);
    let mut lines = Vec::new();
    for wanted in ["from", "until", "alive", "day"] {
        let paths: Vec<&str> = paths.iter().map(String::as_str).filter(|path| kind(path) == Some(wanted)).collect();
        if !paths.is_empty() {
            lines.push(words.say(&format!("cli.assumed.{wanted}"), &[]));
            lines.extend(named(&paths, people, words).into_iter().map(|line| format!("  {line}")));
        }
    }
    lines
}

/// Facts by their short names, those of a person after whom they are about; of who is taken to live the person says it all.
fn named(paths: &[&str], people: &[Person], words: &Catalogue) -> Vec<String> {
    let mut groups: Vec<(Option<&Person>, Vec<String>)> = Vec::new();
    for path in paths {
        let person = position(path).and_then(|position| people.get(position));
        let name = if path.ends_with("diedOn") { String::new() } else { name(path, words) };
        match groups.iter_mut().find(|(of, _)| of.map(|of| &of.id) == person.map(|person| &person.id)) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => groups.push((person, vec![name])),
        }
    }
    let line = |(person, names): (Option<&Person>, Vec<String>)| {
        let names = names.join(&words.say("ui.list-separator", &[]));
        match person {
            Some(person) if names.is_empty() => person.name.clone(),
            Some(person) => format!("{}{names}", words.say("ui.about-person", &[("who", &person.name)])),
            None => names,
        }
    };
    groups.into_iter().map(line).collect()
}

/// “户口地”, “户口地（2）” of the second of several, “最低生活保障（低保）” of what somebody draws.
fn name(path: &str, words: &Catalogue) -> String {
    let mut parts = path.split('/').skip_while(|part| *part != "receiving").skip(1);
    if let Some(benefit) = parts.next().map(|benefit| format!("benefit.{benefit}")).filter(|code| words.has(code)) {
        return words.say("cli.assumed.receiving", &[("fact", &words.short(path)), ("benefit", &words.say(&benefit, &[]))]);
    }
    let own = path.strip_prefix("members/").and_then(|rest| rest.split_once('/')).map_or(path, |(_, own)| own);
    let row = own.split('/').find_map(|part| part.parse::<usize>().ok()).filter(|row| *row > 0);
    let number = row.map_or_else(String::new, |row| words.say("cli.assumed.row", &[("number", &row.saturating_add(1).to_string())]));
    format!("{}{number}", words.short(path))
}

/// Whom a path is about.
pub(super) fn position(path: &str) -> Option<usize> {
    path.strip_prefix("members/").and_then(|rest| rest.split('/').next()).and_then(|digits| digits.parse().ok())
}
