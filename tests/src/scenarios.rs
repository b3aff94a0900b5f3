//! The scenarios: households with what is expected of them, in the words of the office.

use std::sync::OnceLock;

use huisuan_core::schedule::Span;
use huisuan_core::{Detail, Engine, Question};
use serde_json::Value;

use crate::published::{files, read_json, root};

/// One scenario file.
pub struct Scenario {
    /// Its path below `tests/scenarios`.
    pub file: String,
    /// Its content.
    pub json: Value,
}

/// All scenarios.
pub fn scenarios() -> &'static [Scenario] {
    static SCENARIOS: OnceLock<Vec<Scenario>> = OnceLock::new();
    SCENARIOS.get_or_init(|| {
        let folder = root().join("tests/scenarios");
        let names = files(&folder, ".json").into_iter().filter(|name| name != "INDEX.json");
        names.map(|file| Scenario { json: read_json(&folder.join(&file)), file }).collect()
    })
}

/// Decides a household with everything shown; errors come back as `{ "errors": … }`.
pub fn evaluate(engine: &Engine, household: &Value, date: &str) -> Value {
    let detail = Detail { steps: true, cells: true, ..Detail::default() };
    match engine.evaluate(&household.to_string(), Question { detail, ..Question::on(date) }) {
        Ok(decision) => serde_json::to_value(decision).expect("a decision is JSON"),
        Err(errors) => serde_json::json!({ "errors": errors }),
    }
}

/// What a result lacks of what a scenario expects, in words; empty if it has everything.
#[must_use]
pub fn check(expect: &Value, result: &Value) -> Vec<String> {
    let mut wrong = unread(expect);
    if let Some(errors) = result.get("errors").filter(|_| expect.get("errors").is_none()) {
        return vec![format!("input refused: {errors}")];
    }
    for expected in list(expect, "benefits") {
        let entries = list(result, "benefits");
        let same = |name: &str, entry: &Value| expected.get(name).is_none_or(|own| entry.get(name) == Some(own));
        let found = entries.iter().find(|entry| same("benefit", entry) && same("member", entry) && same("bill", entry));
        match found {
            Some(entry) => wrong.extend(check_entry(expected, entry)),
            None => wrong.push(format!("no entry for {expected}")),
        }
    }
    for (totals, end) in [("totals", "min"), ("totalsMost", "max")] {
        for (name, total) in expect.get(totals).and_then(Value::as_object).into_iter().flatten() {
            let own = result.pointer(&format!("/totals/{name}/{end}"));
            if Some(total) != own {
                wrong.push(format!("total {name} {end} {} instead of {total}", own.unwrap_or(&Value::Null)));
            }
        }
    }
    if let Some(next) = expect.get("next").filter(|next| **next != result["next"]) {
        wrong.push(format!("asks for {} next, expected {next}", result["next"]));
    }
    for issue in list(expect, "issues").iter().filter(|issue| !list(result, "issues").contains(issue)) {
        wrong.push(format!("{issue} is not among the issues {}", result["issues"]));
    }
    for part in ["choices", "adjusted"] {
        let found = result.pointer(&format!("/combination/{part}")).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for expected in expect.get("combination").map_or(&[][..], |combination| list(combination, part)) {
            if !found.iter().any(|own| contains(expected, own)) {
                wrong.push(format!("combination: {part} lacks {expected}, has {found:?}"));
            }
        }
    }
    wrong
}

/// Expectations that nothing looks at, and that could not fail.
fn unread(expect: &Value) -> Vec<String> {
    const READ: [&str; 9] = ["benefits", "totals", "totalsMost", "next", "issues", "combination", "schedule", "timeline", "errors"];
    const OF_AN_ENTRY: [&str; 29] = [
        "benefit",
        "member",
        "bill",
        "outcome",
        "qualifies",
        "firstMonth",
        "firstAmount",
        "reviewMonth",
        "unconfirmed",
        "stated",
        "payers",
        "decidedAt",
        "combined",
        "amount",
        "amountMin",
        "amountMax",
        "per",
        "localName",
        "deadlineKinds",
        "steps",
        "lastKnown",
        "because",
        "people",
        "needs",
        "papers",
        "deadlines",
        "missing",
        "candidates",
        "alternatives",
    ];
    let names = |of: &Value| of.as_object().map(|of| of.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    let own = names(expect).into_iter().filter(|name| !READ.contains(&name.as_str()));
    let of_entries = list(expect, "benefits").iter().flat_map(names).filter(|name| !OF_AN_ENTRY.contains(&name.as_str()));
    own.chain(of_entries).map(|name| format!("nothing looks at the expectation {name}")).collect()
}

/// What the readings over time lack of what a scenario expects of them: everything in `expect` must be in the result.
#[must_use]
pub fn check_over_time(engine: &Engine, scenario: &Value) -> Vec<String> {
    let household = scenario["household"].to_string();
    let mut wrong = Vec::new();
    for reading in ["schedule", "timeline"] {
        for asked in list(&scenario["expect"], reading) {
            let text = |name: &str| asked.get(name).and_then(Value::as_str);
            let span = Span { from: text("from").unwrap_or(""), to: text("to").unwrap_or(""), known_on: text("knownOn") };
            let result = match reading {
                "schedule" => engine.schedule(&household, span).map(|made| serde_json::to_value(made).expect("it is JSON")),
                _ => engine.timeline(&household, span).map(|made| serde_json::to_value(made).expect("it is JSON")),
            };
            match result {
                Ok(result) if contains(&asked["expect"], &result) => {}
                Ok(result) => wrong.push(format!("{reading} {}: not in it: {}\n{result:#}", asked["from"], asked["expect"])),
                Err(errors) => wrong.push(format!("{reading} refused: {errors:?}")),
            }
        }
    }
    wrong
}

/// Whether everything in `part` is in `whole`; each of a list's items in some item, in any order.
fn contains(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Array(parts), Value::Array(whole)) => parts.iter().all(|part| whole.iter().any(|own| contains(part, own))),
        (Value::Object(parts), Value::Object(whole)) => {
            parts.iter().all(|(name, part)| contains(part, whole.get(name).unwrap_or(&Value::Null)))
        }
        _ => part == whole,
    }
}

/// The list of this name; empty if there is none.
#[must_use]
pub fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn check_entry(expected: &Value, entry: &Value) -> Vec<String> {
    let name = format!("{} {}", expected["benefit"], entry["member"]);
    let mut wrong = Vec::new();
    let mut same = |what: &str, own: Option<&Value>| {
        if let Some(wanted) = expected.get(what)
            && own != Some(wanted)
        {
            wrong.push(format!("{name}: {what} is {}, expected {wanted}", own.unwrap_or(&Value::Null)));
        }
    };
    for what in ["outcome", "qualifies", "firstMonth", "reviewMonth", "unconfirmed", "stated", "payers", "decidedAt", "combined"] {
        same(what, entry.get(what));
    }
    same("amount", entry.pointer("/amount/value"));
    same("amountMin", entry.pointer("/amount/min"));
    same("amountMax", entry.pointer("/amount/max"));
    same("per", entry.pointer("/amount/per"));
    if let Some(wanted) = expected.get("firstAmount")
        && !contains(wanted, entry.get("firstAmount").unwrap_or(&Value::Null))
    {
        wrong.push(format!("{name}: firstAmount is {}, expected {wanted}", entry["firstAmount"]));
    }
    if let Some(called) = expected.get("localName")
        && called != entry.get("localName").unwrap_or(&Value::Null)
    {
        wrong.push(format!("{name}: called {:?}, expected {called}", entry.get("localName")));
    }
    if let Some(kinds) = expected.get("deadlineKinds") {
        let own: Vec<&Value> = list(entry, "deadlines").iter().map(|deadline| &deadline["kind"]).collect();
        if serde_json::json!(own) != *kinds {
            wrong.push(format!("{name}: deadlines {own:?}, expected {kinds}"));
        }
    }
    for step in list(expected, "steps") {
        if !list(entry, "steps").iter().any(|own| contains(step, own)) {
            wrong.push(format!("{name}: no step {step}"));
        }
    }
    let known: Vec<&Value> = list(entry, "missing").iter().filter_map(|missing| missing.pointer("/lastKnown/value")).collect();
    if let Some(last) = expected.get("lastKnown")
        && !known.contains(&last)
    {
        wrong.push(format!("{name}: last known {known:?}, expected {last}"));
    }
    for reason in list(expected, "because") {
        let found = list(entry, "reasons").iter().find(|own| own["code"] == reason["code"]);
        match found {
            Some(own) if reason.get("holds").is_none_or(|holds| own["holds"] == *holds) => {
                if let Some(margin) = reason.get("margin").filter(|margin| own.get("margin") != Some(*margin)) {
                    wrong.push(format!("{name}: {} has margin {:?}, expected {margin}", reason["code"], own.get("margin")));
                }
            }
            Some(own) => wrong.push(format!("{name}: {} holds {}, expected {}", reason["code"], own["holds"], reason["holds"])),
            None => wrong.push(format!("{name}: no reason {}", reason["code"])),
        }
    }
    wrong.extend(list(expected, "people").iter().filter_map(|person| check_person(person, entry)).map(|what| format!("{name}: {what}")));
    for need in list(expected, "needs") {
        if !list(entry, "needs").contains(need) {
            wrong.push(format!("{name}: {need} is not among the needs {}", entry["needs"]));
        }
    }
    for paper in list(expected, "papers") {
        if !list(entry, "papers").iter().any(|own| own["paper"] == *paper) {
            wrong.push(format!("{name}: {paper} is not among the papers {}", entry["papers"]));
        }
    }
    for deadline in list(expected, "deadlines") {
        if !list(entry, "deadlines").iter().any(|own| contains(deadline, own)) {
            wrong.push(format!("{name}: {deadline} is not among the deadlines {}", entry["deadlines"]));
        }
    }
    for parameter in list(expected, "missing") {
        if !list(entry, "missing").iter().any(|missing| missing["parameter"] == *parameter) {
            wrong.push(format!("{name}: {parameter} is not among the missing {}", entry["missing"]));
        }
    }
    for candidate in list(expected, "candidates") {
        let fits = |own: &Value| {
            let plain = ["area", "via", "rule", "holds", "outcome"]
                .iter()
                .all(|name| candidate.get(name).is_none_or(|value| own.get(name) == Some(value)));
            plain && candidate.get("amount").is_none_or(|amount| own.pointer("/amount/value") == Some(amount))
        };
        if !list(entry, "candidates").iter().any(fits) {
            wrong.push(format!("{name}: candidate {candidate} not in {}", entry["candidates"]));
        }
    }
    for alternative in list(expected, "alternatives") {
        let fits = |own: &Value| own["code"] == alternative["code"] && own["amount"] == alternative["amount"];
        if !list(entry, "alternatives").iter().any(fits) {
            wrong.push(format!("{name}: alternative {alternative} not in {}", entry["alternatives"]));
        }
    }
    wrong
}

/// What is wrong about whether a person counts, and why.
fn check_person(expected: &Value, entry: &Value) -> Option<String> {
    let found = list(entry, "people").iter().find(|person| person["member"] == expected["member"]);
    let Some(person) = found else { return Some(format!("nothing is said about {}", expected["member"])) };
    if expected.get("counted").is_some_and(|counted| *counted != person["counted"]) {
        return Some(format!("{} counts: {}, expected {}", person["member"], person["counted"], expected["counted"]));
    }
    let because = expected.get("because")?;
    let holds = list(person, "because").iter().any(|ground| ground["code"] == *because);
    (!holds).then(|| format!("{} because of {}, expected {because}", person["member"], person["because"]))
}
