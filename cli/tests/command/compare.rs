//! `huisuan compare`, as somebody does who raises a number.

use crate::support::{folder, household, huisuan, tables};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const STANDARD: &str = "370683/minimum-living-standard.json";

/// A copy of the tables in which one text of a file is another.
fn draft(name: &str, file: &str, was: &str, is: &str) -> PathBuf {
    let copy = tables(name);
    let path = copy.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(was), "{file} does not say {was}");
    fs::write(&path, text.replacen(was, is, 1)).unwrap();
    copy
}

/// Two single people of Laizhou without income, in town and in a village, and one of Beijing.
fn households(folder: &Path) -> PathBuf {
    let poor = "\"birthDate\": \"1980-03-10\", \"incomes\": [], \"transfersPaid\": [], \
                \"employment\": { \"status\": \"unemployed\", \"refusedOn\": [] },";
    let whole =
        "\"standing\": [], \"expenses\": [], \"assessments\": [ { \"test\": \"assets-within-limit\", \"holds\": true } ], \"members\"";
    let one = |area: &str, side: &str| {
        household(area, &format!("{poor} \"registeredSettlement\": \"{side}\",")).replacen("\"members\"", whole, 1)
    };
    let lines = [one("370683", "urban"), one("370683", "rural"), one("110101", "urban"), "{".to_owned()];
    let path = folder.join("households.ndjson");
    fs::write(&path, lines.join("\n")).unwrap();
    path
}

#[test]
fn who_gets_more_is_told_with_the_row_that_makes_it_so() {
    let new = draft("compare-new", STANDARD, "\"1069.00\"", "\"1100.00\"");
    let into = folder("compare-households");
    let list = households(&into);
    let run = |more: &[&str]| {
        let all = [&["compare", "policy-tables", new.to_str().unwrap(), list.to_str().unwrap(), "--date", "2024-04-15"], more].concat();
        huisuan(&all, "")
    };
    let ran = run(&["--format", "json"]);
    assert_eq!(ran.code, Some(1), "the last line is no household: {}", ran.err);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let changes = report["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (&changes[0]["change"], &changes[0]["before"]["value"], &changes[0]["after"]["value"]),
        (&"row-changed".into(), &"1069.00".into(), &"1100.00".into())
    );
    let concerned = report["households"].as_array().unwrap();
    assert_eq!(concerned.iter().map(|one| one["line"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 4]);
    let entry = &concerned[0]["entries"][0];
    assert_eq!(
        (&entry["benefit"], &entry["difference"], &entry["because"]),
        (&"minimum-living-allowance".into(), &"31.00".into(), &serde_json::json!([0]))
    );
    assert_eq!(concerned[1]["errors"][0]["code"], "invalid-json");
    let tally = &report["tally"];
    assert_eq!(
        (&tally["households"], &tally["changed"], &tally["gaining"], &tally["losing"]),
        (&3.into(), &1.into(), &1.into(), &0.into())
    );
    assert_eq!(tally["sums"], serde_json::json!([{ "per": "month", "more": "31.00", "less": "0.00", "netAYear": "372.00" }]));

    let text = run(&[]);
    assert!(text.out.contains("多 31.00 元") && text.out.contains("1069.00") && text.out.contains("莱州市"), "{}", text.out);
    assert!(!text.out.contains("cli."), "{}", text.out);
    // A row is told by its days and its people, and not by its number alone.
    assert!(text.out.contains("第 1 行（自 2024-01-01 与 2024-03-05 之间某日 起，城镇，1069.00）"), "{}", text.out);
    let english = run(&["--lang", "en"]);
    assert!(
        english.out.contains("31.00 yuan more") && english.out.contains("3 households decided; 1 come out differently"),
        "{}",
        english.out
    );

    let sheet = run(&["--format", "csv"]);
    let mut rows = csv::Reader::from_reader(sheet.out.as_bytes());
    let head = rows.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 1);
    let cell = |name: &str| &rows[0][head.iter().position(|own| own == name).unwrap()];
    assert_eq!((cell("line"), cell("difference"), cell("because")), ("1", "31.00", "370683/minimum-living-standard row 1"));
    // Who has the sheet alone finds the place, the row's days and people, both numbers and the notice.
    let because = cell("becauseInWords");
    for part in
        ["370683 莱州市", "低保线", "自 2024-01-01 与 2024-03-05 之间某日 起，城镇", "1069.00", "1100.00", "[烟台市2024年困难群众救助标准"]
    {
        assert!(because.contains(part), "{part}: {because}");
    }
}

#[test]
fn taking_a_notice_away_is_told_as_what_is_missing_then() {
    let new = tables("compare-gone");
    fs::remove_file(new.join(STANDARD)).unwrap();
    let ran = huisuan(&["compare", "policy-tables", new.to_str().unwrap()], "");
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.contains("整张表去掉了"), "{}", ran.out);
    let list = households(&folder("compare-gone-households"));
    let lines = fs::read_to_string(&list).unwrap();
    let first = lines.lines().next().unwrap();
    let ran = huisuan(&["compare", "policy-tables", new.to_str().unwrap(), "-", "--date", "2024-04-15", "--format", "json"], first);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    let entries = report["households"][0]["entries"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry["because"] == serde_json::json!([0])), "{entries:?}");
    let allowance = entries.iter().find(|entry| entry["benefit"] == "minimum-living-allowance").unwrap();
    assert_eq!((&allowance["after"]["outcome"], &allowance["difference"]), (&"noTable".into(), &Value::Null));
}

#[test]
fn tables_that_are_the_same_change_nothing() {
    let list = households(&folder("compare-same"));
    let ran =
        huisuan(&["compare", "policy-tables", "policy-tables", list.to_str().unwrap(), "--date", "2024-04-15", "--format", "csv"], "");
    assert_eq!(ran.out.lines().count(), 1);
    assert_eq!(huisuan(&["compare", "policy-tables", "no-such-folder"], "").code, Some(2));
    assert_eq!(huisuan(&["compare", "policy-tables", "policy-tables", "-", "--date", "2024-13-01"], "").code, Some(2));
}
