//! The facts of a household as its JSON has them: found, left out, put in.

use std::collections::BTreeMap;

use huisuan_core::decision::Entry;
use huisuan_core::money::Yuan;
use serde_json::{Map, Value, json};

use crate::population::Population;

/// Where a fact stands in a household.
pub type Path = Vec<String>;

/// Every fact of a household: a leaf, or a list as a whole; a map closed by `noOther` counts as one list, and so do the
/// choices: without one of them the household would say that it had not made it.
#[must_use]
pub fn facts(household: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    collect(household, &mut Vec::new(), &mut found);
    // Without these there is no household at all.
    found.retain(|path| {
        let last = path.last().map_or("", String::as_str);
        path != &["schemaVersion"] && path != &["members"] && !(path.len() == 3 && path[0] == "members" && last == "id")
    });
    found
}

fn collect(value: &Value, path: &mut Path, found: &mut Vec<Path>) {
    match value {
        Value::Object(entries) => {
            if entries.contains_key("noOther") || *path == ["choices"] {
                found.push(path.clone());
                return;
            }
            for (name, value) in entries {
                path.push(name.clone());
                collect(value, path, found);
                path.pop();
            }
        }
        Value::Array(items) => {
            found.push(path.clone());
            for (position, item) in items.iter().enumerate() {
                path.push(position.to_string());
                // An item that is a value is no fact of its own: the list is.
                if item.is_object() {
                    collect(item, path, found);
                }
                path.pop();
            }
        }
        _ => found.push(path.clone()),
    }
}

/// The household without these facts; a fact inside another that goes too is gone already.
#[must_use]
pub fn without(household: &Value, paths: &[&Path]) -> Value {
    let mut rest = household.clone();
    for path in paths {
        if let Some((entries, last)) = beside(&mut rest, path) {
            entries.remove(last);
        }
    }
    rest
}

/// What is said of a household without a fact, which is put back then.
pub fn while_without<T>(household: &mut Value, path: &Path, say: impl FnOnce(&Value) -> T) -> T {
    let left_out = beside(household, path).and_then(|(entries, last)| entries.remove(last));
    let said = say(household);
    if let (Some(fact), Some((entries, last))) = (left_out, beside(household, path)) {
        entries.insert(last.clone(), fact);
    }
    said
}

/// The record a fact stands in, and the fact's name there.
fn beside<'v, 'p>(household: &'v mut Value, path: &'p Path) -> Option<(&'v mut Map<String, Value>, &'p String)> {
    let (last, way) = path.split_last()?;
    Some((household.pointer_mut(&pointer(way))?.as_object_mut()?, last))
}

/// A path as a JSON pointer; no name of a fact has a sign in it that would have to be written otherwise there.
fn pointer(path: &[String]) -> String {
    path.iter().flat_map(|step| ["/", step.as_str()]).collect()
}

/// What stands at a path.
#[must_use]
pub fn at<'v>(household: &'v Value, path: &[String]) -> Option<&'v Value> {
    household.pointer(&pointer(path))
}

/// Writes a fact at a path, making the lists and records on the way.
pub fn put(household: &mut Value, path: &str, value: Value) {
    let mut here = household;
    for step in path.split('/') {
        match step.parse::<usize>() {
            Ok(position) => {
                if !here.is_array() {
                    *here = json!([]);
                }
                let items = here.as_array_mut().expect("made just above");
                while items.len() <= position {
                    items.push(Value::Null);
                }
                here = &mut items[position];
            }
            Err(_) => {
                if !here.is_object() {
                    *here = Value::Object(Map::new());
                }
                here = here.as_object_mut().expect("made just above").entry(step).or_insert(Value::Null);
            }
        }
    }
    *here = value;
}

/// The place of a path: the path with `*` for every position in a list.
#[must_use]
pub fn place(path: &str) -> String {
    path.split('/').map(|step| if step.parse::<usize>().is_ok() { "*" } else { step }).collect::<Vec<_>>().join("/")
}

/// What the first households of a population say at each place: up to `most` different answers.
#[must_use]
pub fn answers(population: &Population, households: usize, most: usize) -> BTreeMap<String, Vec<Value>> {
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for case in population.cases().take(households) {
        for path in facts(&case.household) {
            let known = found.entry(place(&path.join("/"))).or_default();
            let value = at(&case.household, &path).expect("it was found there");
            if known.len() < most && !known.contains(value) {
                known.push(value.clone());
            }
        }
    }
    found
}

/// The least and the most that an entry says, in fen; no most where no limit is known.
#[must_use]
pub fn ends(entry: &Entry) -> (i64, Option<i64>) {
    let fen = |least: Yuan, most: Option<Yuan>| (least.fen(), most.map(Yuan::fen));
    match (&entry.range, &entry.amount, entry.qualifies) {
        (Some(range), ..) => fen(range.min, range.max),
        (_, Some(amount), Some(true)) => fen(amount.min, amount.max),
        (_, Some(amount), None) => (0, amount.max.map(Yuan::fen)),
        _ => (0, Some(0)),
    }
}
