//! Wording: both languages say the same, and every code the engine can answer with has a sentence.
//!
//! Codes are collected twice: from the source, where they are written, and from the scenarios, where they come out.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::{Value, json};

use crate::sources::{literals_after, own_below, own_file};
use crate::support::{assert_none, engine, evaluate, read_json, root, scenarios};

/// Files and folders with codes for what is wrong with a household, and what the codes follow there.
const FACT_ERRORS: &[(&str, &str)] = &[
    ("core/src/json.rs", ".error("),
    ("core/src/household/", "refuse("),
    ("core/src/household/read.rs", "=> ("),
    ("core/src/engine.rs", "=> ("),
    ("core/src/entry.rs", "Issue { code: "),
    ("core/src/formula/", "Err("),
    ("core/src/pieces.rs", "FactError::new("),
    ("core/src/packet.rs", "FactError::new("),
    ("core/src/sweep.rs", "FactError::new("),
    ("core/src/sweep/told.rs", "wrong("),
];

/// The same for what is wrong with a table or a pack.
const TABLE_ERRORS: &[(&str, &str)] =
    &[("core/src/json.rs", ".error("), ("core/src/area.rs", "code: "), ("core/src/tables/", "refuse("), ("core/src/tables/", "[error(")];

/// Files whose `fn code` gives each kind of mistake its code.
const CODE_FUNCTIONS: [&str; 2] = ["core/src/money.rs", "core/src/date.rs"];

/// A day on which few tables are in force.
const LATER: &str = "2040-01-01";

/// The sentences of a language, with their codes.
fn catalogue(language: &str) -> Vec<(String, String)> {
    let json = read_json(&root().join(format!("messages/{language}.json")));
    let entries = json.as_object().expect("a catalogue is a record").iter();
    entries.map(|(code, sentence)| (code.clone(), sentence.as_str().expect("a sentence is a text").to_owned())).collect()
}

/// Codes with a sentence; the same in both languages, which is a test of its own.
fn codes() -> &'static BTreeSet<String> {
    static CODES: OnceLock<BTreeSet<String>> = OnceLock::new();
    CODES.get_or_init(|| catalogue("zh-CN").into_iter().map(|(code, _)| code).collect())
}

/// The names in braces.
fn parameters(sentence: &str) -> BTreeSet<&str> {
    sentence.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or(rest)).collect()
}

fn assert_worded(what: &str, wanted: impl IntoIterator<Item = String>) {
    let wanted: BTreeSet<String> = wanted.into_iter().collect();
    assert!(!wanted.is_empty(), "no codes found for {what}");
    assert_none(&format!("no sentence for {what}"), &wanted.difference(codes()).cloned().collect::<Vec<_>>());
}

/// The catalogues: everybody's, and what only staff read.
#[test]
fn both_languages_have_the_same_codes_and_each_sentence_the_same_parameters() {
    for folder in ["", "staff/"] {
        same_in_both(["zh-CN", "en"].map(|language| catalogue(&format!("{folder}{language}"))));
    }
}

/// Parts of a clause, by the name of the part.
const PARTS: [&str; 3] = ["ui.article", "ui.paragraph", "ui.item"];

#[test]
fn no_sentence_of_the_pages_is_left_that_nobody_says() {
    let says = ["wasm/npm/", "js-demo/", "cli/src/"].into_iter().flat_map(|folder| own_below(folder, &[".js", ".html", ".rs"]));
    let texts: Vec<&str> = says.map(|source| source.text.as_str()).collect();
    // Either whole, or from the second point on put together.
    let is_said = |code: &str| {
        let begun = code.match_indices('.').skip(1).map(|(at, _)| format!("`{}.${{", code.split_at(at).0));
        let mut written = [format!("\"{code}\""), format!("`{code}`")].into_iter().chain(begun);
        written.any(|written| texts.iter().any(|text| text.contains(&written)))
    };
    let of_pages = codes().iter().filter(|code| code.starts_with("ui.") && !PARTS.contains(&code.as_str()));
    assert_none("sentences that nobody says", &of_pages.filter(|code| !is_said(code)).cloned().collect::<Vec<_>>());
}

#[test]
fn the_staff_s_words_are_none_of_everybody_s_and_every_mistake_in_a_workbook_has_one() {
    let staff: BTreeSet<String> = catalogue("staff/zh-CN").into_iter().map(|(code, _)| code).collect();
    assert_none("sentences in both catalogues", &staff.intersection(codes()).cloned().collect::<Vec<_>>());
    let marks = [
        "wrong(",
        "note(",
        "BookError::file(",
        "BookError::sheet(",
        "BookError::cell(",
        "Err((",
        "ok_or((",
        "ok_or_else(|| BookError::file(",
    ];
    let files = || own_below("workbench/src/", &[".rs"]);
    let codes: BTreeSet<&str> =
        marks.into_iter().flat_map(|mark| files().flat_map(move |source| literals_after(&source.text, mark))).collect();
    assert!(codes.len() > 20, "{codes:?}");
    let lacking = codes.into_iter().map(|code| format!("bookError.{code}")).filter(|code| !staff.contains(code));
    assert_none("no sentence for mistakes in a workbook", &lacking.collect::<Vec<_>>());
}

fn same_in_both([chinese, english]: [Vec<(String, String)>; 2]) {
    let only = |a: &[(String, String)], b: &[(String, String)]| -> Vec<String> {
        a.iter().map(|(code, _)| code).filter(|code| !b.iter().any(|(other, _)| other == *code)).cloned().collect()
    };
    assert_none("only in Chinese", &only(&chinese, &english));
    assert_none("only in English", &only(&english, &chinese));
    let pairs = chinese.iter().zip(&english);
    let differing = pairs.filter(|((_, a), (_, b))| parameters(a) != parameters(b)).map(|((code, _), _)| code.clone());
    assert_none("other parameters in one language than in the other", &differing.collect::<Vec<_>>());
}

#[test]
fn every_benefit_has_a_name_and_says_what_it_is() {
    let benefits = engine().describe().benefits.into_iter();
    assert_worded("benefits", benefits.flat_map(|benefit| [format!("benefit.{benefit}"), format!("benefit.{benefit}.about")]));
}

/// What benefits call by this method, such as the codes of all `requires`.
fn in_benefits(method: &str) -> BTreeSet<&'static str> {
    own_below("core/src/benefits", &[".rs"]).flat_map(|source| literals_after(&source.text, &format!(".{method}("))).collect()
}

/// What all scenarios come out with, for each entry: as they are, and with property that no office has looked at, both on
/// their own day and long after the last row of most tables, so that much stays open.
fn entries() -> &'static [Value] {
    static ENTRIES: OnceLock<Vec<Value>> = OnceLock::new();
    ENTRIES.get_or_init(|| {
        let results = scenarios().iter().flat_map(|scenario| {
            let household = &scenario.json["household"];
            let mut open = household.clone();
            open["assessments"] = json!([]);
            open["assets"] = json!({ "financial": "50000.00" });
            let date = scenario.json["date"].as_str().expect("a scenario has a date");
            [(household, date), (&open, date), (&open, LATER)].map(|(household, date)| evaluate(engine(), household, date))
        });
        results.flat_map(|result| result["benefits"].as_array().cloned().unwrap_or_default()).collect()
    })
}

/// One field of every item of a list, in all scenarios.
fn seen(list: &str, field: &str) -> BTreeSet<&'static str> {
    let items = entries().iter().filter_map(|entry| entry[list].as_array()).flatten();
    items.filter_map(|item| item[field].as_str()).collect()
}

/// The codes of the exclusions in the tables, as conditions.
fn exclusions() -> impl Iterator<Item = String> {
    let rows = engine().tables().all().flat_map(|table| &table.rows);
    rows.filter_map(|row| row.reason.as_ref()).map(|reason| format!("not-excluded-{reason}"))
}

/// The code of a reason's sentence; an exclusion without words of its own has the general ones.
fn reason_sentence(code: &str, state: &str) -> String {
    let own = format!("reason.{code}.{state}");
    let is_exclusion = code.starts_with("not-excluded-");
    if is_exclusion && !codes().contains(&own) { format!("reason.not-excluded.{state}") } else { own }
}

#[test]
fn every_condition_says_that_it_holds_that_it_fails_and_that_it_is_open() {
    let conditions: BTreeSet<String> =
        in_benefits("requires").into_iter().chain(in_benefits("remarks")).map(str::to_owned).chain(exclusions()).collect();
    let states = ["holds", "fails", "unknown"];
    assert_worded("conditions", conditions.iter().flat_map(|code| states.map(|state| reason_sentence(code, state))));
}

#[test]
fn a_condition_that_comes_out_open_says_whose_turn_it_is() {
    let reasons = entries().iter().filter_map(|entry| entry["reasons"].as_array()).flatten();
    let open = reasons.filter_map(|reason| Some((reason["code"].as_str()?, reason["open"].as_str()?)));
    let others = open.filter(|(_, open)| *open != "facts");
    assert_worded("open conditions", others.map(|(code, open)| reason_sentence(code, &format!("unknown.{open}"))));
}

#[test]
fn a_sentence_with_numbers_has_a_plain_one_beside_it() {
    let with_numbers = catalogue("en").into_iter().filter(|(code, sentence)| code.starts_with("reason.") && sentence.contains('{'));
    assert_worded("reasons whose numbers are not known", with_numbers.map(|(code, _)| format!("{code}.plain")));
}

#[test]
fn every_step_and_every_reading_the_law_leaves_open_has_wording() {
    assert_worded("steps", in_benefits("step").into_iter().chain(seen("steps", "code")).map(|code| format!("step.{code}")));
    let readings = in_benefits("alternative").into_iter().chain(seen("alternatives", "code"));
    assert_worded("readings", readings.map(|code| format!("alternative.{code}")));
}

#[test]
fn every_ground_on_which_somebody_counts_or_does_not_has_wording() {
    let family = own_file("core/src/means/family.rs");
    let grounds = ["ground(\"", "code: \""]
        .into_iter()
        .flat_map(|opening| family.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>());
    assert_worded("grounds", grounds.map(|code| format!("person.{code}")));
}

/// The names that the published schema lists for a part of a result, such as `MissingCell/properties/cause`.
fn listed(part: &str) -> BTreeSet<String> {
    listed_in("decision", part)
}

/// The same for another published schema.
fn listed_in(schema: &str, part: &str) -> BTreeSet<String> {
    let schema = read_json(&root().join(format!("schema/{schema}.json")));
    let part = schema.pointer(&format!("/$defs/{part}")).unwrap_or_else(|| panic!("the schema has no {part}"));
    let names = part["enum"].as_array().into_iter().flatten();
    let described = part["oneOf"].as_array().into_iter().flatten().map(|one| &one["const"]);
    names.chain(described).filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn what_the_tables_lack_has_a_name_and_a_cause_in_words() {
    let national = huisuan_core::tables::parameters::PARAMETERS.iter().map(|(name, _)| *name);
    let local = engine().tables().all().map(|table| table.parameter.as_str());
    let parameters: BTreeSet<&str> = national.chain(local).chain(seen("missing", "parameter")).collect();
    assert_worded("parameters", parameters.into_iter().map(|parameter| format!("parameter.{parameter}")));
    let causes = listed("MissingCell/properties/cause");
    let strange: Vec<String> = seen("missing", "cause").into_iter().map(str::to_owned).filter(|cause| !causes.contains(cause)).collect();
    assert_none("causes that the schema does not list", &strange);
    assert_worded("causes", causes.into_iter().map(|cause| format!("missing.{cause}")));
}

#[test]
fn every_answer_and_every_kind_of_amount_has_wording() {
    let answers = listed("Outcome").into_iter();
    assert_worded(
        "answers",
        answers.flat_map(|answer| [format!("outcome.{answer}"), format!("outcome.{answer}.short"), format!("answer.{answer}")]),
    );
    let kinds = listed("Amount/properties/kind");
    let amounts = listed("Amount/properties/per").into_iter();
    assert_worded("amounts", amounts.flat_map(|per| kinds.iter().map(move |kind| format!("amount.{kind}.{per}"))));
}

#[test]
fn what_a_schedule_and_a_timeline_say_has_wording() {
    let reasons = codes_in(&[
        ("core/src/schedule", "Because::code("),
        ("core/src/schedule", "Because::fact("),
        ("core/src/schedule.rs", "Because::code("),
    ]);
    assert_worded("reasons of months", reasons.into_iter().map(|code| format!("schedule.because.{code}")));
    let conventions = codes_in(&[("core/src/schedule/stops.rs", ".assume(")]);
    assert_worded("usual rules of time", conventions.into_iter().map(|code| format!("schedule.convention.{code}")));
    assert_worded("months", listed_in("schedule", "Due").into_iter().map(|state| format!("schedule.state.{state}")));
    let causes = listed_in("timeline", "ChangeCause/properties/code");
    assert_worded("causes", causes.into_iter().map(|code| format!("timeline.cause.{code}")));
}

#[test]
fn what_is_wrong_with_a_packet_and_the_steps_of_a_case_have_wording() {
    let problems = codes_in(&[("core/src/packet/verify.rs", "wrong("), ("core/src/packet/verify.rs", "Problem { code: ")]);
    let known = listed_in("verification", "Problem/properties/code");
    let unlisted: Vec<String> = problems.iter().filter(|code| !known.contains(**code)).map(|code| (*code).to_owned()).collect();
    assert_none("problems that the schema does not list", &unlisted);
    assert_worded("problems", known.into_iter().map(|code| format!("packet.problem.{code}")));
    let parts = own_file("core/src/packet.rs")
        .split("fn outcome(")
        .nth(1)
        .and_then(|rest| rest.split("Plain::record([").nth(3))
        .expect("the parts");
    let parts = parts.split("    (\"").skip(1).filter_map(|part| part.split('"').next());
    assert_worded("parts of an answer", parts.map(|part| format!("packet.part.{part}")));
    assert_worded("replays", listed_in("verification", "Replay").into_iter().map(|replay| format!("packet.replay.{replay}")));
    assert_worded("steps", listed("ClockStep/properties/step").into_iter().map(|step| format!("crossing.step.{step}")));
    let calendars = listed("ClockStep/properties/calendar").into_iter();
    let deadlines = listed("Deadline/properties/kind").into_iter();
    assert_worded("deadlines", deadlines.flat_map(|kind| [format!("deadline.{kind}"), format!("deadline.{kind}.by")]));
    assert_worded("calendars", calendars.map(|calendar| format!("crossing.calendar.{calendar}")));
}

#[test]
fn every_paper_has_a_name_and_shows_a_condition_that_some_benefit_has() {
    let materials = &engine().tables().materials;
    let of_cases = own_file("core/src/crossing.rs").split("const PAPERS").nth(1).and_then(|rest| rest.split(';').nth(1)).expect("the list");
    let of_cases = of_cases.split('"').skip(1).step_by(2).map(str::to_owned).chain(["agent-papers".to_owned()]);
    let papers = materials.iter().flat_map(|material| &material.papers).map(ToString::to_string).chain(of_cases);
    assert_worded("papers", papers.map(|paper| format!("paper.{paper}")));
    let conditions: BTreeSet<&str> = in_benefits("requires").into_iter().chain(seen("reasons", "code")).collect();
    let strange = materials.iter().map(|material| material.reason.to_string()).filter(|reason| !conditions.contains(reason.as_str()));
    assert_none("papers for conditions that no benefit has", &strange.collect::<Vec<_>>());
}

/// The codes in these places; each must have some, so that a renamed function does not go unread.
fn codes_in(places: &[(&str, &str)]) -> BTreeSet<&'static str> {
    let found = places.iter().flat_map(|(place, opening)| {
        let without_tests = own_below(place, &[".rs"]).filter_map(|source| source.text.split("#[cfg(test)]").next());
        let found: Vec<&str> = without_tests.flat_map(|text| literals_after(text, opening)).collect();
        assert!(!found.is_empty(), "no codes after `{opening}` in {place}");
        found
    });
    found.collect()
}

/// The codes that a `fn code` gives.
fn codes_of_function(file: &str) -> impl Iterator<Item = &'static str> {
    let body = own_file(file).split("fn code(").nth(1).and_then(|rest| rest.split("\n    }").next());
    body.unwrap_or_else(|| panic!("{file} has no `fn code`")).split('"').skip(1).step_by(2)
}

#[test]
fn every_mistake_in_a_household_has_wording() {
    let codes = codes_in(FACT_ERRORS).into_iter().chain(CODE_FUNCTIONS.into_iter().flat_map(codes_of_function));
    assert_worded("mistakes in a household", codes.map(|code| format!("error.{code}")));
}

#[test]
fn every_mistake_in_a_table_has_wording() {
    assert_worded("mistakes in a table", codes_in(TABLE_ERRORS).into_iter().map(|code| format!("tableError.{code}")));
    let phrases = codes().iter().filter_map(|code| code.strip_prefix("tableExpected.")).filter(|phrase| *phrase != "did-you-mean");
    let sources: Vec<&str> = ["core/src/tables", "core/src/check"]
        .iter()
        .flat_map(|place| own_below(place, &[".rs"]))
        .map(|source| source.text.as_str())
        .collect();
    let stale = phrases.filter(|phrase| !sources.iter().any(|text| text.replace("\\\"", "\"").contains(phrase)));
    assert_none("words for what nothing expects", &stale.map(str::to_owned).collect::<Vec<_>>());
    let in_sheets = codes_in(&[("core/src/tables/sheet.rs", "wrong("), ("core/src/tables/sheet.rs", "code: ")]);
    assert!(in_sheets.len() > 4, "{in_sheets:?}");
    let staff: BTreeSet<String> = catalogue("staff/zh-CN").into_iter().map(|(code, _)| code).collect();
    let lacking = in_sheets.into_iter().map(|code| format!("bookError.{code}")).filter(|code| !staff.contains(code));
    assert_none("no sentence for mistakes in a sheet", &lacking.collect::<Vec<_>>());
}
