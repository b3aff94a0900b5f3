//! The questions asked until nothing more can change: few, in a stable order, and none without need.

use std::collections::BTreeMap;
use std::sync::Arc;

use huisuan_core::Question;
use huisuan_core::decision::{Decision, Entry};
use huisuan_core::household::FIELDS;
use huisuan_tests::facts::{Path, answers, at, facts, place, put};
use huisuan_tests::population::{Case, Dice, Population};
use serde_json::{Value, json};

use crate::support::{both_processors, engine, is_asked_of_nobody, is_thorough};

/// The household as it is before the first question: who lives in it and where they are registered.
fn blank(case: &Case) -> Value {
    let members = case.household["members"].as_array().expect("members");
    let members: Vec<Value> =
        members.iter().map(|member| json!({ "id": member["id"], "registeredArea": member["registeredArea"] })).collect();
    json!({ "schemaVersion": 1, "members": members, "application": case.household["application"] })
}

fn decide(household: &Value, date: &str) -> Decision {
    engine().evaluate(&household.to_string(), Question::on(date)).unwrap_or_else(|errors| panic!("{household} {errors:?}"))
}

fn steps(path: &str) -> Path {
    path.split('/').map(str::to_owned).collect()
}

/// Answers a question as the household would; what it does not say it does not know.
fn answer(told: &mut Value, case: &Case, path: &str) {
    put(told, path, at(&case.household, &steps(path)).cloned().unwrap_or(Value::Null));
}

/// Asks what `next` says until it says nothing; the questions, and the household as it is then.
fn ask(case: &Case) -> (Vec<Arc<str>>, Value) {
    let mut told = blank(case);
    let mut asked = Vec::new();
    while let Some(path) = decide(&told, &case.date).next {
        answer(&mut told, case, &path);
        assert!(!asked.contains(&path), "`{path}` is asked twice");
        asked.push(path);
    }
    (asked, told)
}

/// How many questions of a form are asked, one after the other, until nothing is open.
fn ask_form(case: &Case, form: &[String]) -> usize {
    let mut told = blank(case);
    for (number, path) in form.iter().enumerate() {
        let decision = decide(&told, &case.date);
        if decision.next.is_none() {
            return number;
        }
        // Inside a list that was told as a whole there is nothing left to ask.
        if at(&told, &steps(path)).is_none() {
            answer(&mut told, case, path);
        }
    }
    form.len()
}

/// How many of the questions that still matter are asked if `choose` picks among them.
fn ask_needed(case: &Case, choose: &mut dyn FnMut(&[&str]) -> usize) -> usize {
    let mut told = blank(case);
    let mut asked: Vec<String> = Vec::new();
    loop {
        let decision = decide(&told, &case.date);
        let needs = decision.needs.iter().map(|need| &*need.path);
        let open: Vec<&str> = needs.filter(|path| !asked.iter().any(|known| known == path)).collect();
        if open.is_empty() {
            return asked.len();
        }
        let path = open[choose(&open)].to_owned();
        answer(&mut told, case, &path);
        asked.push(path);
    }
}

/// Everything the people of a population are asked by name: lists as wholes, and facts outside lists.
fn names(population: &Population) -> Vec<String> {
    let order = |name: &str| {
        let plain = name.replace("members/*/", "");
        FIELDS.iter().position(|field| {
            let list = field.frame.info().path.replace("members[].", "").replace("[]", "").replace('.', "/");
            let own = field.path.replace('.', "/");
            plain == own || plain == list || plain == format!("{list}/{own}") || list.starts_with(&format!("{plain}/"))
        })
    };
    let mut names: BTreeMap<(usize, String), ()> = BTreeMap::new();
    for other in population.cases().take(300) {
        let all = facts(&other.household);
        for path in &all {
            let name = place(&path.join("/"));
            let inside_list = name.matches('*').count() > usize::from(name.starts_with("members/*"));
            if names.keys().any(|(_, known)| *known == name) {
                continue;
            }
            if !inside_list && !name.ends_with("registeredArea") && !name.starts_with("application") {
                names.insert((order(&name).unwrap_or(usize::MAX), name), ());
            }
        }
    }
    names.into_keys().map(|(_, name)| name).collect()
}

/// The same for one household.
fn form(names: &[String], case: &Case) -> Vec<String> {
    let members = case.household["members"].as_array().expect("members").len();
    let mut form = Vec::new();
    for name in names {
        match name.strip_prefix("members/*/") {
            Some(rest) => form.extend((0..members).map(|member| format!("members/{member}/{rest}"))),
            None => form.push(name.clone()),
        }
    }
    form
}

#[test]
fn few_questions_are_asked_until_nothing_more_can_change() {
    let population = Population::new(engine().tables());
    let cases = if is_thorough() { 1_000 } else { 40 };
    let names = names(&population);
    let mut sums = [0.0; 5];
    for number in 0..cases {
        let case = population.case(number);
        let mut dice = Dice::new(number + 99);
        let form = form(&names, &case);
        let mut shuffled = form.clone();
        for last in (1..shuffled.len()).rev() {
            shuffled.swap(last, dice.below(last + 1));
        }
        let rank = |path: &str| form.iter().position(|known| known == path).unwrap_or(usize::MAX);
        let counts = [
            ask(&case).0.len(),
            ask_form(&case, &form),
            ask_form(&case, &shuffled),
            ask_needed(&case, &mut |open| (0..open.len()).min_by_key(|at| rank(open[*at])).expect("one")),
            ask_needed(&case, &mut |open| dice.below(open.len())),
        ];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count as f64 / cases as f64;
        }
    }
    let [next, table, random, needed_table, needed_random] = sums;
    println!("mean number of questions over {cases} households: {next:.1}");
    println!("  in the order of the dictionary, until nothing is open: {table:.1}; at random: {random:.1}");
    println!("  the same, leaving out what no longer matters: {needed_table:.1}; at random: {needed_random:.1}");
    assert!(next <= 0.7 * table, "{next} questions instead of {table}");
    assert!(next <= 0.6 * random, "{next} questions instead of {random}");
    assert!(next < needed_table && next < needed_random);
}

/// Facts that open a question of their own: when it is asked for, a meal, an emergency.
const NOT_ASKED: [&str; 3] = ["application", "bills", "incident"];

/// Cases that are always looked at: several places where the household may apply and no rule which.
const ALWAYS: [u64; 1] = [297];

#[test]
fn what_is_not_asked_changes_nothing_whatever_the_answer() {
    let population = Population::new(engine().tables());
    let answers = answers(&population, 300, 5);
    let numbers = ALWAYS.into_iter().chain(0..if is_thorough() { 500 } else { 6 });
    both_processors(numbers, |number| not_asked(&population.case(number), number, &answers));
}

/// What is wrong about leaving out what a household is not asked.
fn not_asked(case: &Case, number: u64, answers: &BTreeMap<String, Vec<Value>>) -> Vec<String> {
    let mut wrong = Vec::new();
    let (_, told) = ask(case);
    let before = decide(&told, &case.date);
    let said = |decision: &Decision| {
        // What has something else in its place is nobody's question any more, whatever would come of it.
        let is_replaced = |entry: &&Entry| {
            let same = |own: &&Entry| (&own.benefit, &own.member) == (&entry.benefit, &entry.member);
            before.benefits.iter().find(same).is_some_and(Entry::is_replaced)
        };
        let entries = decision.benefits.iter().filter(|entry| entry.bill.is_none() && !is_replaced(entry));
        let told = entries.map(|entry| ((entry.benefit.clone(), entry.member.clone()), (entry.outcome, entry.amount.clone())));
        told.collect::<BTreeMap<_, _>>()
    };
    let members = case.household["members"].as_array().expect("members").len();
    for (name, values) in answers {
        let paths = match name.strip_prefix("members/*/") {
            Some(rest) => (0..members).map(|member| format!("members/{member}/{rest}")).collect(),
            None => vec![name.clone()],
        };
        for path in paths.iter().filter(|path| !path.contains('*')) {
            let open = before.needs.iter().any(|need| *need.path == **path || path.starts_with(&format!("{}/", need.path)));
            let assumed = before.assumed.contains(path);
            if open
                || assumed
                || is_asked_of_nobody(path)
                || at(&told, &steps(path)).is_some()
                || NOT_ASKED.iter().any(|name| path.starts_with(name))
            {
                continue;
            }
            for value in values {
                let mut more = told.clone();
                put(&mut more, path, value.clone());
                let Ok(after) = engine().evaluate(&more.to_string(), Question::on(&case.date)) else { continue };
                // What contradicts an answer that was given is no answer to a question left out.
                let contradicts = after.issues.iter().any(|issue| issue.code.ends_with("-contradicted"));
                if !contradicts && said(&after) != said(&before) {
                    let first = said(&before).into_iter().zip(said(&after)).find(|(a, b)| a != b);
                    wrong.push(format!("case {number}: `{path}` was not asked, and {value} changes an answer: {first:?}"));
                    break;
                }
            }
        }
    }
    wrong
}

/// What is asked of a household that knows this and nothing else.
fn asked(date: &str, known: Value) -> Vec<String> {
    ask(&Case { date: date.to_owned(), household: known }).0.iter().map(|path| path.to_string()).collect()
}

/// A household of these members in one place, each with what is told of them besides.
fn people(area: &str, members: &[Value]) -> Value {
    let ids = ["a", "b", "c"];
    let member = |(member, id): (&Value, &str)| {
        let mut member = member.clone();
        put(&mut member, "id", json!(id));
        put(&mut member, "registeredArea", json!([{ "area": area }]));
        member
    };
    json!({ "schemaVersion": 1, "members": members.iter().zip(ids).map(member).collect::<Vec<_>>(), "application": {} })
}

#[test]
fn who_has_no_disability_is_not_asked_for_a_certificate() {
    // Guangdong takes the certificate of a disabled soldier instead: that alone is asked, and without one nothing more.
    for kind in [json!("none"), Value::Null] {
        let person = json!({ "relation": "self", "birthDate": "1970-02-01", "disabilities": [], "serviceInjuryCard": { "kind": kind } });
        let asked = asked("2026-11-28", people("440106", &[person]));
        assert!(asked.iter().any(|path| path == "members/0/serviceInjuryCard/kind"), "{asked:?}");
        assert!(!asked.iter().any(|path| path.contains("disabilityCard")), "{asked:?}");
        let cares = asked.iter().any(|path| path.contains("longTermCareNeed"));
        assert_eq!(cares, kind.is_null(), "{asked:?}");
    }
}

#[test]
fn who_applies_is_not_asked_whether_they_live_with_the_household() {
    for area in ["440106", "640104", "370683", "110105"] {
        let person = json!({ "relation": "self", "birthDate": "1958-02-01" });
        let asked = asked("2026-11-28", people(area, &[person]));
        assert!(!asked.iter().any(|path| path.contains("livesWith") || path.contains("clergySince")), "{area}: {asked:?}");
    }
}

#[test]
fn between_what_a_child_chooses_is_asked_when_its_parents_and_all_else_are() {
    let grandmother = json!({ "relation": "self", "birthDate": "1950-02-01" });
    let child = json!({ "relation": "grandchild", "birthDate": "2014-02-01" });
    let asked = asked("2024-04-15", people("370683", &[grandmother, child]));
    let place = |wanted: &str| asked.iter().position(|path| path == wanted).expect(wanted);
    assert!(place("members/1/parents") < place("choices"), "{asked:?}");
    assert_eq!(place("choices"), asked.len() - 1, "{asked:?}");
}

#[test]
fn money_is_asked_for_where_a_limit_is_known_and_the_answer_can_settle_something() {
    let asks = |area: &str, date: &str| {
        let person = json!({ "relation": "self", "birthDate": "1970-02-01", "incomes": [], "transfersPaid": [] });
        asked(date, people(area, &[person])).iter().any(|path| path == "assets/financial")
    };
    // Laoshan's 48 times the standard stands for Qingdao; no text gives a number for Laizhou or Beijing.
    assert!(asks("370203", "2019-06-15"));
    assert!(asks("350203", "2025-06-15"));
    for (area, date) in [("370683", "2024-04-15"), ("110105", "2026-11-28"), ("640104", "2026-11-28")] {
        assert!(!asks(area, date), "{area}");
    }
}

#[test]
fn who_has_destitute_support_is_not_asked_for_what_it_takes_the_place_of() {
    // 国务院令第649号: nobody has the minimum living allowance or is of a borderline household beside it. A household of which
    // only one has it may still have the allowance for the others.
    let asks = |status: &str, with_spouse: bool| {
        let person = |relation: &str| json!({ "relation": relation, "birthDate": "1940-05-01" });
        let all = [person("self"), person("spouse")];
        let mut household = people("370303", if with_spouse { &all } else { &all[..1] });
        put(&mut household, "standing", json!([{ "status": status, "area": "370303", "member": "a" }]));
        put(&mut household, "application", json!({ "applicantId": "a" }));
        let asked = asked("2024-06-01", household);
        ["incomes", "transfersPaid", "employment", "assets"].map(|name| asked.iter().any(|path| path.contains(name)))
    };
    assert_eq!(asks("destitute-support", false), [false; 4]);
    assert!(asks("destitute-support", true)[0]);
    assert!(asks("none", false)[0]);
}

#[test]
fn who_does_not_draw_destitute_support_is_not_asked_about_school_for_it() {
    let asks = |receiving: Value| {
        let mut person = json!({ "relation": "self", "birthDate": "1980-02-01", "incomes": [], "transfersPaid": [], "disabilities": [] });
        put(&mut person, "receiving", receiving);
        let mut household = people("370203", &[person]);
        put(&mut household, "standing", json!([]));
        asked("2024-06-15", household).iter().any(|path| path.contains("schooling"))
    };
    assert!(!asks(json!({ "noOther": true })));
    assert!(asks(json!({ "destitute-support": { "state": "paying" }, "noOther": true })));
}

#[test]
fn where_no_circumstances_of_children_are_known_nobody_asks_about_their_supporters() {
    // Yantai's list ended with 2023; a child whose parents are there may have no other allowance for children.
    let asks = |date: &str| {
        let applicant = json!({ "relation": "self", "birthDate": "1950-02-01" });
        let parents = json!([{ "state": "present" }, { "state": "present" }]);
        let child = json!({ "relation": "grandchild", "birthDate": "2014-02-01", "parents": parents });
        let household = people("370683", &[applicant, child]);
        let decision = decide(&household, date);
        let entry = decision
            .benefits
            .iter()
            .find(|entry| &*entry.benefit == "key-difficulty-child-allowance" && entry.member.as_deref() == Some("b"));
        entry.expect("told of the child").needs.iter().any(|path| path.starts_with("obligors") || path.starts_with("land"))
    };
    assert!(asks("2023-06-15"));
    assert!(!asks("2024-04-15"));
}
