//! What may be drawn together, worked out a second time: from the rows of the tables as they stand in their files, by
//! going through every set of a person's benefits. No lawful set may bring more certain cash than the one that is kept.

use std::collections::BTreeMap;

use huisuan_core::Question;
use huisuan_tests::population::Population;
use serde_json::{Value, json};

use crate::support::{assert_none, engine, is_thorough, table_files};

/// Areas whose relations are written to meet one another, and one whose relation has no date; most households are put there.
const BUSY: [&str; 4] = ["990101", "990102", "990102", "500106"];

/// One row of a table of relations.
struct Row {
    area: String,
    kind: String,
    of: Vec<String>,
    from: (String, String),
    /// First days on which it may and on which it must be over.
    until: Option<(String, String)>,
    at_least_age: Option<i64>,
}

/// A benefit of one person.
#[derive(Clone, Default)]
struct Party {
    /// Certain cash over twelve months and the most it can be, in fen; for adding up, 0 where no number is known.
    least: i64,
    most: i64,
    added: i64,
    gets: Option<bool>,
    drawn: bool,
}

fn rows() -> Vec<Row> {
    let tables = table_files().into_iter().filter(|(name, _)| name.ends_with("/benefit-relations.json"));
    let mut found = Vec::new();
    for (name, text) in tables {
        let table: Value = serde_json::from_str(&text).unwrap();
        for row in table["rows"].as_array().unwrap() {
            let days = |field: &str| {
                let day = |name: &str| row[field].as_str().or(row[field][name].as_str()).unwrap().to_owned();
                (day("notBefore"), day("notAfter"))
            };
            let conditions: Vec<&String> = row["when"].as_object().into_iter().flat_map(|when| when.keys()).collect();
            assert!(conditions.iter().all(|name| *name == "ageYears"), "{name}: this test knows no such condition");
            found.push(Row {
                area: table["area"].as_str().unwrap().to_owned(),
                kind: row["value"]["relation"].as_str().unwrap().to_owned(),
                of: row["value"]["of"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
                from: days("from"),
                until: row.get("until").map(|_| days("until")),
                at_least_age: row["when"]["ageYears"]["atLeast"].as_i64(),
            });
            assert!(row["when"]["ageYears"]["below"].is_null(), "{name}");
        }
    }
    found
}

fn levels(area: &str) -> [String; 4] {
    [area.to_owned(), format!("{}00", area.get(..4).unwrap()), format!("{}0000", area.get(..2).unwrap()), "000000".to_owned()]
}

fn fen(text: &Value) -> i64 {
    text.as_str().map_or(i64::MAX / 64, |text| text.replace('.', "").parse().unwrap())
}

fn times(per: &Value) -> i64 {
    match per.as_str() {
        Some("month") => 12,
        Some("quarter") => 4,
        Some("year" | "once") => 1,
        _ => 0,
    }
}

/// Completed years by the calendar, without a library.
fn age(birth: &str, date: &str) -> i64 {
    let year = |text: &str| text.get(..4).unwrap().parse::<i64>().unwrap();
    let before_birthday = date.get(5..) < birth.get(5..);
    year(date) - year(birth) - i64::from(before_birthday)
}

/// The parties of a member: entries decided in the member's area, those of the household if there is nobody else, and what
/// is drawn already.
fn parties(member: &Value, is_alone: bool, area: &str, result: &Value) -> BTreeMap<String, Party> {
    let mut found = BTreeMap::new();
    for entry in result["benefits"].as_array().unwrap() {
        let is_theirs = entry["member"] == member["id"] || is_alone && entry["member"].is_null();
        if !is_theirs || !entry["bill"].is_null() || entry["area"] != *area {
            continue;
        }
        let qualifies = entry["qualifies"].as_bool();
        let mut party = Party { gets: qualifies, ..Party::default() };
        if qualifies != Some(false) && entry["gives"] == "cash" {
            let amounts = [&entry["amount"]].into_iter().chain(entry["extras"].as_array().into_iter().flatten());
            for amount in amounts.filter(|amount| amount.is_object()) {
                let many = times(&amount["per"]);
                party.most = party.most.saturating_add(if many == 0 { 0 } else { fen(&amount["max"]).saturating_mul(many) });
                party.least += if qualifies == Some(true) { fen(&amount["min"]) * many } else { 0 };
            }
        }
        party.added = if entry["outcome"] == "noTable" { 0 } else { party.least };
        found.insert(entry["benefit"].as_str().unwrap().to_owned(), party);
    }
    // What a household of several draws is told of as a whole, and no choice of one of them.
    let of_several = |name: &String| {
        !is_alone && result["benefits"].as_array().unwrap().iter().any(|entry| entry["benefit"] == **name && entry["member"].is_null())
    };
    for (name, drawn) in member["receiving"].as_object().into_iter().flatten() {
        if drawn["state"] == "paying" && !found.contains_key(name) && !of_several(name) {
            let cash = if drawn["monthly"].is_string() { fen(&drawn["monthly"]) * 12 } else { 0 };
            let party = Party { least: cash, most: cash, added: cash, gets: Some(true), drawn: true };
            found.insert(name.clone(), party);
        }
    }
    found
}

/// The relations that speak of a person on a day; each with whether it certainly does.
fn speaking<'r>(rows: &'r [Row], area: &str, date: &str, birth: &str) -> Vec<(&'r Row, bool)> {
    let is_over = |row: &Row| row.until.as_ref().is_some_and(|(_, over)| over.as_str() <= date);
    let may_be_over = |row: &Row| row.until.as_ref().is_some_and(|(perhaps, _)| perhaps.as_str() <= date);
    let in_force =
        |row: &&Row| row.from.0.as_str() <= date && !is_over(row) && row.at_least_age.is_none_or(|least| age(birth, date) >= least);
    let of_level = |level: String| rows.iter().filter(move |row| row.area == level);
    levels(area)
        .into_iter()
        .flat_map(of_level)
        .filter(in_force)
        .map(|row| (row, row.from.1.as_str() <= date && !may_be_over(row)))
        .collect()
}

/// Whether two benefits bar each other: `Some(true)` certainly, `None` perhaps.
fn bars(rows: &[(&Row, bool)], parties: &BTreeMap<String, Party>, receiving: &Value, a: &str, b: &str) -> Option<bool> {
    let mut perhaps = false;
    for (row, certain) in rows.iter().filter(|(row, _)| [a, b].iter().all(|name| row.of.iter().any(|of| of == name))) {
        let bars = match row.kind.as_str() {
            "choose-higher" | "choose-one" | "not-together" => true,
            "full-or-top-up" => !parties[&row.of[0]].drawn && receiving[&row.of[0]]["state"] != "paying",
            "income" | "no-income" => continue,
            _ => false,
        };
        match (certain, bars) {
            (true, bars) => return if perhaps && !bars { None } else { Some(bars) },
            (false, bars) => perhaps |= bars,
        }
    }
    if perhaps { None } else { Some(false) }
}

/// Whether a nearer row says for everybody how two benefits go together.
fn is_overruled(rows: &[(&Row, bool)], row: &Row, a: &str, b: &str) -> bool {
    let nearer = rows.iter().take_while(|(own, _)| !std::ptr::eq(*own, row));
    let says =
        |own: &Row| own.area != row.area && !own.kind.ends_with("income") && [a, b].iter().all(|name| own.of.iter().any(|of| of == name));
    nearer.into_iter().any(|(own, certain)| *certain && own.at_least_age.is_none() && says(own))
}

/// Takes off what is replaced or only topped up; what others depend on comes first.
fn settle(rows: &[(&Row, bool)], parties: &mut BTreeMap<String, Party>, done: &mut Vec<String>, name: &str) {
    if done.iter().any(|known| known == name) || !parties.contains_key(name) {
        return;
    }
    done.push(name.to_owned());
    for (row, certain) in rows {
        let (first, others) = row.of.split_first().unwrap();
        match row.kind.as_str() {
            "replaces"
                if others.iter().any(|other| other == name) && parties.contains_key(first) && !is_overruled(rows, row, first, name) =>
            {
                settle(rows, parties, done, first);
                let gets = parties[first].gets;
                let own = parties.get_mut(name).unwrap();
                match (gets, certain) {
                    (Some(true), true) => *own = Party { gets: Some(false), drawn: own.drawn, ..Party::default() },
                    (Some(false), _) => {}
                    _ => {
                        (own.least, own.added) = (0, 0);
                        own.gets = if own.gets == Some(false) { Some(false) } else { None };
                    }
                }
            }
            "tops-up" if first == name => {
                let mut most = 0_i64;
                let mut least = 0_i64;
                for other in others {
                    settle(rows, parties, done, other);
                    let other = parties.get(other).cloned().unwrap_or_default();
                    most = most.saturating_add(other.most);
                    least += if *certain { other.least } else { 0 };
                }
                let own = parties.get_mut(name).unwrap();
                own.least = (own.least - most).max(0);
                own.added = (own.added - most).max(0);
                own.most = (own.most - least).max(0);
            }
            _ => {}
        }
    }
}

/// The most certain cash that a lawful set brings, over every set of those who are barred from anything.
fn best(names: &[String], parties: &BTreeMap<String, Party>, barred: &[(usize, usize)]) -> i64 {
    let is_free = |at: &usize| !barred.iter().any(|(a, b)| a == at || b == at);
    let free: i64 = (0..names.len()).filter(is_free).map(|at| parties[&names[at]].added).sum();
    let bound: Vec<usize> = (0..names.len()).filter(|at| !is_free(at)).collect();
    let has = |set: u32, at: usize| bound.iter().position(|other| *other == at).is_some_and(|place| set & (1 << place) != 0);
    let lawful = |set: u32| barred.iter().all(|(a, b)| !has(set, *a) || !has(set, *b));
    let cash = |set: u32| -> i64 { bound.iter().filter(|at| has(set, **at)).map(|at| parties[&names[*at]].added).sum() };
    free + (0..1_u32 << bound.len()).filter(|set| lawful(*set)).map(cash).max().unwrap_or(0)
}

/// What a result says wrongly of one member, and how many choices it lists.
fn check_member(rows: &[Row], (member, is_alone): (&Value, bool), area: &str, date: &str, result: &Value) -> (Vec<String>, usize) {
    let mut wrong = Vec::new();
    let rows = speaking(rows, area, date, member["birthDate"].as_str().unwrap());
    let mut parties = parties(member, is_alone, area, result);
    let all: Vec<String> = parties.keys().cloned().collect();
    let mut done = Vec::new();
    for name in &all {
        settle(&rows, &mut parties, &mut done, name);
    }
    let playing: Vec<String> = parties.iter().filter(|(_, party)| party.gets != Some(false)).map(|(name, _)| name.clone()).collect();
    let count = playing.len();
    let pairs = || (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)));
    let says = |a: usize, b: usize| bars(&rows, &parties, &member["receiving"], &playing[a], &playing[b]);
    let certain: Vec<(usize, usize)> = pairs().filter(|(a, b)| says(*a, *b) == Some(true)).collect();
    let possible: Vec<(usize, usize)> = pairs().filter(|(a, b)| says(*a, *b) != Some(false)).collect();
    // More bars never bring more, so the least certain is where every possible bar holds.
    let most = best(&playing, &parties, &possible);
    assert!(most <= best(&playing, &parties, &certain));

    let own = |choice: &&Value| choice["member"] == member["id"] && choice["area"] == *area;
    let choices: Vec<&Value> = result["combination"]["choices"].as_array().unwrap().iter().filter(own).collect();
    let named: Vec<&str> = choices
        .iter()
        .flat_map(|choice| ["kept", "dropped"].into_iter().flat_map(|part| choice["options"][0][part].as_array().unwrap()))
        .map(|name| name.as_str().unwrap())
        .collect();
    let alone: i64 = playing.iter().filter(|name| !named.contains(&name.as_str())).map(|name| parties[name].added).sum();
    let kept: i64 = choices.iter().map(|choice| fen(&choice["options"][0]["cash"]["min"])).sum();
    if alone + kept != most {
        wrong.push(format!("{} of {area}: {} certain, another lawful set brings {most}: {choices:?}", member["id"], alone + kept));
    }
    let twice = named.iter().enumerate().any(|(at, name)| named[..at].contains(name));
    if twice {
        wrong.push(format!("{}: a benefit in two choices: {named:?}", member["id"]));
    }
    for choice in &choices {
        let list =
            |part: &Value| -> Vec<String> { part.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect() };
        for option in choice["options"].as_array().unwrap() {
            let kept = list(&option["kept"]);
            let at = |name: &String| playing.iter().position(|other| other == name).unwrap();
            for (a, b) in kept.iter().enumerate().flat_map(|(number, a)| kept[number + 1..].iter().map(move |b| (a, b))) {
                let (a, b) = (at(a).min(at(b)), at(a).max(at(b)));
                if certain.contains(&(a, b)) {
                    wrong.push(format!("{}: {} and {} are barred and in one set", member["id"], playing[a], playing[b]));
                }
            }
        }
        let first = &choice["options"][0];
        for dropped in list(&first["dropped"]) {
            let kept = list(&first["kept"]);
            let names_both = |relation: &Value| {
                let of = list(&relation["of"]);
                of.contains(&dropped) && of.iter().any(|name| kept.contains(name))
            };
            if !choice["relations"].as_array().unwrap().iter().any(names_both) {
                wrong.push(format!("{}: nothing named says why {dropped} is not drawn: {choice}", member["id"]));
            }
        }
    }
    (wrong, choices.len())
}

/// The certain cash over twelve months as the total has it, and as it adds up entry by entry, each once; `None` where something
/// is open or only a part of an amount is left.
fn added_up(result: &Value) -> Option<(i64, i64)> {
    let combination = &result["combination"];
    let is_open = combination["choices"].as_array().unwrap().iter().any(|choice| choice["open"] == true);
    if is_open || !combination["adjusted"].as_array().unwrap().is_empty() {
        return None;
    }
    let mut sum = 0;
    for entry in result["benefits"].as_array().unwrap().iter().filter(|entry| entry["gives"] == "cash" && entry["bill"].is_null()) {
        match (entry["qualifies"].as_bool()?, entry["outcome"].as_str()) {
            (true, Some("noTable")) => return None,
            (true, _) if entry["combined"] != "dropped" => {
                let amounts = [&entry["amount"]].into_iter().chain(entry["extras"].as_array().into_iter().flatten());
                sum += amounts.filter(|amount| amount.is_object()).map(|amount| fen(&amount["min"]) * times(&amount["per"])).sum::<i64>();
            }
            _ => {}
        }
    }
    Some((fen(&result["totals"]["cashOverTwelveMonths"]["min"]), sum))
}

#[test]
fn no_lawful_set_of_benefits_brings_more_certain_cash_than_the_one_that_is_kept() {
    let rows = rows();
    let population = Population::new(engine().tables());
    let (mut wrong, mut choices, mut adjusted, mut added) = (Vec::new(), 0, 0, 0);
    for number in 0..if is_thorough() { 100_000_u64 } else { 20_000 } {
        let mut case = population.case(number);
        case.household["choices"] = json!({});
        let area_of = |member: &Value| member["registeredArea"].as_array().unwrap().last().unwrap()["area"].as_str().unwrap().to_owned();
        if number % 4 != 0 {
            let home = area_of(&case.household["members"][0]);
            let busy = BUSY[usize::try_from(number % 7 % 4).unwrap()];
            case.household = serde_json::from_str(&case.household.to_string().replace(&home, busy)).unwrap();
            if number % 4 == 1 {
                case.date = format!("2024-0{}-15", 1 + number % 9).max(case.date.clone());
            } else if number % 8 == 2 {
                // The allowance of the household is set against the age allowance of its members.
                "2027-08-15".clone_into(&mut case.date);
            }
        }
        let Ok(mut decision) = engine().evaluate(&case.household.to_string(), Question::on(&case.date)) else { continue };
        // Reasons are most of a result, and nobody here reads them.
        decision.benefits.iter_mut().for_each(|entry| entry.reasons.clear());
        let result = serde_json::to_value(decision).unwrap();
        let is_alone = case.household["members"].as_array().unwrap().len() == 1;
        for member in case.household["members"].as_array().unwrap() {
            let at = result["benefits"].as_array().unwrap().iter().find(|entry| entry["member"] == member["id"] && entry["bill"].is_null());
            let Some(area) = at.and_then(|entry| entry["area"].as_str()) else { continue };
            let (found, listed) = check_member(&rows, (member, is_alone), area, &case.date, &result);
            wrong.extend(found.into_iter().map(|what| format!("household {number} on {}: {what}", case.date)));
            choices += listed;
        }
        if let Some((total, sum)) = added_up(&result) {
            added += usize::from(sum > 0);
            if total != sum {
                wrong.push(format!("household {number} on {}: {total} fen in all, entry by entry {sum}", case.date));
            }
        }
        adjusted += result["combination"]["adjusted"].as_array().unwrap().len();
        if wrong.len() > 5 {
            break;
        }
    }
    assert_none("combinations", &wrong);
    let seen = format!("only {choices} choices, {adjusted} adjusted benefits and {added} sums were seen");
    assert!(choices > 300 && adjusted > 50 && added > 20, "{seen}");
}
