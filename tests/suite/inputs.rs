//! What a person or a page can send: every mistake comes back with its code, its place and what would do.

use huisuan_core::{FactError, Question};
use serde_json::{Value, json};

use crate::support::engine;

const DAY: &str = "2024-04-15";

/// A couple in the made-up county, with one row of everything the tests below get wrong.
fn household() -> Value {
    json!({
        "schemaVersion": 1,
        "application": { "appliedOn": "2024-03-18" },
        "expenses": [{ "kind": "medical", "member": "a", "gross": "100.00" }],
        "members": [
            {
                "id": "a", "relation": "self", "birthDate": "1950-05-01", "sex": "female",
                "registeredArea": [{ "area": "990101" }],
                "incomes": [{ "kind": "wages", "gross": "1200.00", "months": 12 }],
                "receiving": { "orphan-allowance": { "state": "none" } },
                "groups": { "noOther": true }
            },
            { "id": "b", "relation": "spouse" }
        ]
    })
}

/// The household with this at this place; a name that is not there yet is added.
fn with(place: &str, value: Value) -> Value {
    let mut household = household();
    let (parent, name) = place.rsplit_once('/').unwrap_or(("", place));
    let parent = if parent.is_empty() { String::new() } else { format!("/{parent}") };
    match household.pointer_mut(&parent) {
        Some(Value::Object(entries)) => drop(entries.insert(name.to_owned(), value)),
        Some(Value::Array(items)) => items[name.parse::<usize>().expect("a position")] = value,
        _ => panic!("no {parent}"),
    }
    household
}

fn mistakes(text: &str, day: &str) -> Vec<FactError> {
    engine().evaluate(text, Question::on(day)).err().unwrap_or_default()
}

/// The one mistake that a household has with this at this place, which is also where it is reported.
fn mistake(place: &str, value: impl Into<Value>) -> FactError {
    let value = value.into();
    let mut found = mistakes(&with(place, value.clone()).to_string(), DAY);
    assert_eq!(found.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), [place], "with {value} at {place}");
    found.remove(0)
}

fn assert_fine(place: &str, value: impl Into<Value>) {
    let value = value.into();
    assert_eq!(mistakes(&with(place, value.clone()).to_string(), DAY), [], "with {value} at {place}");
}

/// What a mistake says, beside its place.
fn said(error: &FactError) -> (&str, &str, Option<&str>) {
    (error.code, &error.got, error.suggest.as_deref())
}

#[test]
fn the_household_of_these_tests_has_no_mistakes() {
    assert_eq!(mistakes(&household().to_string(), DAY), []);
}

#[test]
fn an_unknown_name_is_refused_with_the_nearest_known_one() {
    for (place, wrong, right) in [
        ("members/0/brithDate", "brithDate", Some("birthDate")),
        ("members/0/incomes/0/grosss", "grosss", Some("gross")),
        ("members/0/groups/livesalone", "livesalone", Some("livesAlone")),
        ("members/0/receiving/orphan-alowance", "orphan-alowance", Some("orphan-allowance")),
        ("application/apliedOn", "apliedOn", Some("appliedOn")),
        ("member", "member", Some("members")),
        ("salary", "salary", None),
    ] {
        let error = mistake(place, json!(null));
        assert_eq!(said(&error), ("unknown-field", wrong, right));
        assert!(right.is_none_or(|right| error.expected.split(", ").any(|name| name == right)), "{error}");
    }
    assert!(mistake("salary", "1.00").expected.contains("members"), "without a near name all are listed");
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_with_the_kind_that_would_do() {
    for (place, value, got, expected) in [
        ("members/0/incomes/0/gross", json!(true), "true", "yuan as a text"),
        ("members/0/incomes/0/gross", json!([]), "[…]", "yuan as a text"),
        ("members/0/incomes/0/months", json!("some"), "some", "a whole number from"),
        ("members/0/incomes/0/months", json!({}), "{…}", "a whole number from"),
        ("members/0/birthDate", json!(1950), "1950", "a date such as"),
        ("members/0/groups/noOther", json!("yes"), "yes", "true, false or null"),
        ("members/0/groups/noOther", json!(1), "1", "true, false or null"),
        ("members/0/sex", json!(2), "2", "female, male"),
        ("members/0/registeredArea/0/area", json!(990_101), "990101", "a six-digit area code"),
        ("members/0/registeredArea/0/area", json!(["990101"]), "[…]", "a six-digit area code"),
        ("members/0/incomes", json!({ "0": {} }), "{…}", "a list"),
        ("members/0/incomes", json!("0.00"), "0.00", "a list"),
        ("members/0/incomes/0", json!("wages"), "wages", "a record"),
        ("members/0/receiving", json!([]), "[…]", "a record"),
        ("members/0/receiving", json!("none"), "none", "a record"),
        ("application", json!([]), "[…]", "a record"),
        ("expenses/0/member", json!(0), "0", "the id of a member"),
    ] {
        let error = mistake(place, value);
        assert_eq!(said(&error), ("wrong-type", got, None), "{place}");
        assert!(error.expected.contains(expected), "{error}");
    }
}

#[test]
fn a_count_in_quotes_is_refused_with_the_number_and_one_outside_its_limits_with_the_limits() {
    assert_eq!(said(&mistake("members/0/incomes/0/months", "12")), ("wrong-type", "12", Some("12")));
    for wrong in [json!(-1), json!(0.5), json!(1e3), json!(1_000_000_000_000_i64)] {
        let error = mistake("members/0/incomes/0/months", wrong);
        assert_eq!((error.code, error.expected.as_str()), ("out-of-range", "a whole number from 1 to 12"));
    }
}

#[test]
fn an_answer_that_is_none_of_those_offered_is_refused_with_the_nearest() {
    let error = mistake("members/0/sex", "femail");
    assert_eq!((said(&error), error.expected.as_str()), (("unknown-choice", "femail", Some("female")), "female, male"));
    assert_eq!(said(&mistake("expenses/0/kind", "Medical")), ("unknown-choice", "Medical", Some("medical")));
    assert_eq!(said(&mistake("expenses/0/kind", "holiday")), ("unknown-choice", "holiday", None));
}

#[test]
fn a_day_that_does_not_exist_is_told_from_a_text_that_is_no_date() {
    let dates = [
        ("no-such-day", &["2023-02-29", "2024-02-30", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00"][..]),
        (
            "date-format",
            &["", "2024/04/15", "15.04.2024", "2024-4-5", "24-04-15", "2024年4月15日", "２０２４-04-15", "2024-04-15T00:00:00Z"],
        ),
        ("date-out-of-range", &["1899-12-31", "2200-01-01", "0001-01-01", "9999-12-31"]),
    ];
    for (code, texts) in dates {
        for text in texts {
            let error = mistake("application/appliedOn", *text);
            assert_eq!(said(&error), (code, *text, None));
            assert!(!error.expected.is_empty());
        }
    }
    assert_fine("application/appliedOn", "2024-02-29");
}

#[test]
fn the_day_to_decide_for_is_checked_like_any_other() {
    for (day, code) in
        [("2023-02-29", "no-such-day"), ("today", "malformed-date"), ("", "malformed-date"), ("1899-12-31", "date-out-of-range")]
    {
        let errors = mistakes(&household().to_string(), day);
        assert_eq!(errors.iter().map(|error| (error.path.as_str(), said(error))).collect::<Vec<_>>(), [("date", (code, day, None))]);
    }
}

#[test]
fn nobody_is_older_than_125_or_not_born_yet() {
    assert_eq!(mistake("members/0/birthDate", "1824-04-15").code, "date-out-of-range");
    let at = |birth: &str, day: &str| mistakes(&with("members/0/birthDate", json!(birth)).to_string(), day);
    let codes = |errors: &[FactError]| errors.iter().map(|error| (error.path.clone(), error.code)).collect::<Vec<_>>();
    let place = || "members/0/birthDate".to_owned();
    assert_eq!(codes(&at("1900-01-01", "2100-01-01")), [(place(), "person-too-old")]);
    assert_eq!(codes(&at("1900-01-01", "2026-01-01")), [(place(), "person-too-old")]);
    assert_eq!(codes(&at("1900-01-01", "2025-12-31")), []);
    assert_eq!(codes(&at("2024-04-16", DAY)), [(place(), "born-in-future")]);
    assert_eq!(codes(&at(DAY, DAY)), []);
    assert_eq!(at("2024-04-16", DAY)[0].expected, "not after 2024-04-15");
}

#[test]
fn money_is_a_plain_text_and_what_was_meant_is_offered() {
    for (written, code, meant) in [
        ("-1200.00", "negative", None),
        ("-0", "negative", None),
        ("", "empty", None),
        ("  ", "not-a-number", None),
        ("元", "not-a-number", None),
        ("1,200.00", "not-a-number", Some("1200.00")),
        ("1，200", "not-a-number", Some("1200.00")),
        ("１２００．５０", "not-a-number", Some("1200.50")),
        ("１２００", "not-a-number", Some("1200.00")),
        ("￥1200元", "not-a-number", Some("1200.00")),
        (" 1200 ", "not-a-number", Some("1200.00")),
        ("+5", "not-a-number", Some("5.00")),
        ("007", "leading-zero", Some("7.00")),
        ("00.50", "leading-zero", Some("0.50")),
        (".5", "not-a-number", Some("0.50")),
        ("5.", "not-a-number", None),
        ("1e3", "not-a-number", None),
        ("0x10", "not-a-number", None),
        ("NaN", "not-a-number", None),
        ("∞", "not-a-number", None),
        ("一千二百", "not-a-number", None),
        ("1200.505", "too-many-decimals", None),
        ("1000000000", "too-large", None),
    ] {
        let error = mistake("members/0/incomes/0/gross", written);
        assert_eq!(said(&error), (code, written, meant));
        assert!(error.expected.contains("\"1110.00\""), "{error}");
    }
    for fine in ["0", "0.00", "1200", "1200.5", "999999999.99"] {
        assert_fine("members/0/incomes/0/gross", fine);
    }
}

#[test]
fn a_json_number_is_no_money_and_the_text_to_write_is_offered() {
    let number = |written: &str| {
        let text = household().to_string().replace("\"1200.00\"", written);
        let errors = mistakes(&text, DAY);
        assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["members/0/incomes/0/gross"], "{written}");
        assert_eq!((errors[0].code, errors[0].got.as_str()), ("money-as-number", written));
        errors[0].suggest.clone()
    };
    assert_eq!(number("2400").as_deref(), Some("\"2400.00\""));
    assert_eq!(number("2400.5").as_deref(), Some("\"2400.50\""));
    for without_text in ["-5", "1234567890123456.789", "1e3", "0.001"] {
        assert_eq!(number(without_text), None);
    }
}

#[test]
fn an_unknown_area_is_refused_with_a_near_one() {
    let place = "members/0/registeredArea/0/area";
    for (written, city) in [("370216", "3702"), ("370684", "3706"), ("990109", "9901"), ("370299", "3702")] {
        let error = mistake(place, written);
        assert_eq!((error.code, error.got.as_str()), ("unknown-area", written));
        assert!(error.suggest.as_ref().is_some_and(|near| near.starts_with(city)), "{written}: {:?}", error.suggest);
    }
    // The nation is no place to be registered in.
    assert_eq!(mistake(place, "000000").code, "unknown-area");
    for written in ["379999", "37021", "3702155", "３７０２１５", "青岛市", ""] {
        assert_eq!(said(&mistake(place, written)), ("unknown-area", written, None));
    }
    assert_fine(place, "370282");
}

#[test]
fn members_have_names_of_their_own_and_others_refer_to_those() {
    assert_eq!(said(&mistake("members/1/id", "a")), ("duplicate-member", "a", None));
    assert_eq!(said(&mistake("members/1/id", "")), ("missing-field", "", None));
    let error = mistake("expenses/0/member", "c");
    assert_eq!((error.code, error.got.as_str(), error.expected.as_str()), ("unknown-member", "c", "a, b"));
    assert_eq!(mistake("application/applicantId", "Bob").code, "unknown-member");
    assert_fine("application/applicantId", "b");
}

#[test]
fn who_lives_alone_is_related_to_nobody_else_in_the_household() {
    let of_one = |relation: Value| json!({ "schemaVersion": 1, "members": [{ "id": "a", "relation": relation }] }).to_string();
    let errors = mistakes(&of_one(json!("child")), DAY);
    assert_eq!(errors.iter().map(said).collect::<Vec<_>>(), [("unknown-choice", "child", Some("self"))]);
    assert_eq!((errors[0].path.as_str(), errors[0].expected.as_str()), ("members/0/relation", "self"));
    for fine in [json!("self"), Value::Null] {
        assert_eq!(mistakes(&of_one(fine), DAY), []);
    }
}

#[test]
fn where_no_member_has_a_name_a_reference_still_says_what_would_do() {
    let errors = mistakes(&json!({ "schemaVersion": 1, "members": [{ "id": "" }], "expenses": [{ "member": "a" }] }).to_string(), DAY);
    assert_eq!(errors.iter().map(said).collect::<Vec<_>>(), [("missing-field", "", None), ("unknown-member", "a", None)]);
    assert_eq!(errors[1].expected, "the id of a member");
}

#[test]
fn what_must_be_there_is_asked_for() {
    for (without, got, suggest) in [("schemaVersion", "nothing", Some("1")), ("members", "nobody", None)] {
        let mut household = household();
        household.as_object_mut().expect("a record").remove(without);
        // Without members nobody can have an expense either.
        household.as_object_mut().expect("a record").remove("expenses");
        let errors = mistakes(&household.to_string(), DAY);
        assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), [without]);
        assert_eq!(said(&errors[0]), ("missing-field", got, suggest));
    }
    assert_eq!(mistake("schemaVersion", 2).code, "out-of-range");
}

#[test]
fn a_name_written_twice_is_reported_wherever_it_is() {
    let text = household().to_string().replacen("{", "{ \"schemaVersion\": 1, ", 1).replace("\"gross\"", "\"kind\": \"gift\", \"gross\"");
    let places: Vec<(String, &str)> = mistakes(&text, DAY).into_iter().map(|error| (error.path, error.code)).collect();
    assert!(places.contains(&("schemaVersion".to_owned(), "duplicate-key")), "{places:?}");
    assert!(places.contains(&("members/0/incomes/0/kind".to_owned(), "duplicate-key")), "{places:?}");
}

#[test]
fn what_is_too_deep_too_long_or_too_much_is_refused() {
    let code = |text: &str| mistakes(text, DAY).into_iter().map(|error| error.code).collect::<Vec<_>>();
    assert_eq!(code(&format!("{{\"members\":{}{}}}", "[".repeat(5_000), "]".repeat(5_000))), ["too-deep"]);
    assert_eq!(code(&"[".repeat(100_000)), ["too-deep"]);
    assert_eq!(code(&format!("[{}0]", "0,".repeat(20_000))), ["too-large"]);
    assert_eq!(code(&" ".repeat((1 << 20) + 1)), ["too-large"]);
    assert_eq!(mistake("members/1/id", "x".repeat(65)).code, "too-large");
    assert_eq!(said(&mistake("members/0/incomes", json!(vec![json!({}); 13]))), ("too-many", "13", None));
    assert_eq!(code(&json!({ "schemaVersion": 1, "members": vec![json!({ "id": "a" }); 17] }).to_string()), ["too-many"]);
}

#[test]
fn a_text_that_is_no_json_is_one_mistake() {
    for text in ["", " ", "{", "[1,]", "{'a': 1}", "{\"a\": NaN}", "{\"a\": 01}", "{} {}", "\u{feff}{}", "{\"a\": \"\u{1}\"}", "hello"] {
        let errors = mistakes(text, DAY);
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), ["invalid-json"], "{text:?}");
    }
    for (text, got) in [("null", "null"), ("[]", "[…]"), ("7", "7"), ("\"a\"", "a")] {
        let errors = mistakes(text, DAY);
        assert_eq!(errors.iter().map(said).collect::<Vec<_>>(), [("wrong-type", got, None)], "{text}");
    }
}

#[test]
fn all_mistakes_come_back_at_once_each_with_its_place_and_what_would_do() {
    let text = household().to_string();
    let text = text.replace("\"1200.00\"", "1200").replace("1950-05-01", "2023-02-29").replace("\"member\":\"a\"", "\"member\":\"c\"");
    let text = text.replace("990101", "990109").replace("\"sex\"", "\"sexx\"").replace("\"months\":12", "\"months\":\"12\"");
    let errors = mistakes(&text, "2024-04-31");
    let found: Vec<(&str, &str)> = errors.iter().map(|error| (error.path.as_str(), error.code)).collect();
    assert_eq!(
        found,
        [
            ("date", "no-such-day"),
            ("members/0/birthDate", "no-such-day"),
            ("members/0/incomes/0/gross", "money-as-number"),
            ("members/0/incomes/0/months", "wrong-type"),
            ("members/0/registeredArea/0/area", "unknown-area"),
            ("members/0/sexx", "unknown-field"),
            ("expenses/0/member", "unknown-member"),
        ]
    );
    assert!(errors.iter().all(|error| !error.got.is_empty() && !error.expected.is_empty()), "{errors:#?}");
    assert!(errors[2..6].iter().all(|error| error.suggest.is_some()), "{errors:#?}");
}
