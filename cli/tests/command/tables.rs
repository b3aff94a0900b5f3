//! `huisuan check`, `pack`, `show`, `schema` and the help, as people run them.

use crate::support::{folder, huisuan, tables};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

const STANDARD: &str = "370683/minimum-living-standard.json";

#[test]
fn the_published_tables_have_no_mistakes() {
    let ran = huisuan(&["check"], "");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(ran.out.starts_with("没有发现问题："), "{}", ran.out);
    let report: Value = serde_json::from_str(&huisuan(&["check", "policy-tables", "--format", "json"], "").out).unwrap();
    assert_eq!(report["errors"], Value::Array(Vec::new()));
    assert!(report["counts"]["rows"].as_u64().is_some_and(|rows| rows > 100));
}

#[test]
fn every_mistake_is_named_at_once_with_its_line() {
    let broken = tables("check-broken");
    let file = broken.join(STANDARD);
    let text = fs::read_to_string(&file).unwrap();
    let text = text.replacen("\"1069.00\"", "1069.00", 1).replacen("\"grade\": \"A2\"", "\"grade\": \"C\"", 1).replacen(
        "\"lapse\"",
        "\"laspe\"",
        1,
    );
    fs::write(&file, text).unwrap();
    fs::write(broken.join("370683/asset-test.json"), "{ \"parameter\": ").unwrap();
    let path = broken.to_str().unwrap();
    let ran = huisuan(&["check", path, "--lang", "en"], "");
    assert_eq!(ran.code, Some(1));
    for code in ["[wrong-value]", "[grade-too-weak]", "[unknown-field]", "[invalid-json]"] {
        assert!(ran.out.contains(code), "{code}\n{}", ran.out);
    }
    assert!(ran.out.contains(&format!("{STANDARD}:3: row 1: ")), "{}", ran.out);
    assert!(!ran.out.contains("tableError."), "{}", ran.out);
    let chinese = huisuan(&["check", path], "").out;
    assert!(chinese.contains("半角金额") && chinese.contains("`lapse`（是不是写错了？）"), "{chinese}");
    assert!(!["such as", "something", " or "].iter().any(|english| chinese.contains(english)), "{chinese}");
    let report: Value = serde_json::from_str(&huisuan(&["check", path, "--format", "json"], "").out).unwrap();
    assert!(report["errors"].as_array().unwrap().iter().any(|error| error["file"] == STANDARD && error["line"] == 3 && error["row"] == 1));
    // Nothing is decided or packed with such tables.
    let out = broken.join("pack.json");
    for arguments in [
        &["decide", "--date", "2024-04-15", "--tables", path][..],
        &["pack", "--area", "370683", "--tables", path, "--out", out.to_str().unwrap()],
        &["show", "asset-test", "--area", "370683", "--tables", path],
    ] {
        let ran = huisuan(arguments, "");
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.out.is_empty() && ran.err.contains("[wrong-value]"), "{arguments:?} {}", ran.err);
    }
    assert!(!out.exists());
}

#[test]
fn a_folder_that_is_not_there_or_holds_no_tables_exits_with_2() {
    let empty = folder("check-empty");
    for path in [empty.to_str().unwrap(), "no-such-folder"] {
        assert_eq!(huisuan(&["check", path], "").code, Some(2));
    }
}

#[test]
fn there_is_a_pack_for_every_place_and_the_same_bytes_each_time() {
    let [first, second] = ["pack-first", "pack-second"].map(folder);
    for to in [&first, &second] {
        let ran = huisuan(&["pack", "--all", "--out", to.to_str().unwrap()], "");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    }
    let names = |of: &std::path::Path| {
        fs::read_dir(of).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&first), names(&second));
    for name in names(&first) {
        assert_eq!(fs::read(first.join(&name)).unwrap(), fs::read(second.join(&name)).unwrap(), "{name}");
    }
    let index: Value = serde_json::from_str(&fs::read_to_string(first.join("index.json")).unwrap()).unwrap();
    let areas = index["areas"].as_array().unwrap();
    let entry = |code: &str| areas.iter().find(|entry| entry["area"] == code).unwrap();
    let laizhou = entry("370683");
    assert_eq!(laizhou["names"], serde_json::json!(["莱州市", "烟台市", "山东省"]));
    assert_eq!((&laizhou["name"], &laizhou["pinyin"], &laizhou["file"]), (&"莱州市".into(), &"laizhou shi".into(), &"370683.json".into()));
    assert_eq!(entry("370215")["formerNames"], serde_json::json!(["即墨市"]));
    assert_eq!(entry("370282")["file"], "370215.json");
    assert_eq!(entry("110101")["file"], "110000.json");
    assert_eq!(entry("469001")["file"], "000000.json");
    assert_eq!(entry("990101")["synthetic"], true);
    assert!(areas.len() > 2_900);
    let listed: BTreeSet<String> = areas.iter().map(|entry| entry["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(listed, names(&first).into_iter().filter(|name| !["index.json", "areas.txt"].contains(&name.as_str())).collect());
    // The short list for choosers: code, name, pinyin, former names, whether the pack is its own, successor.
    let chooser = fs::read_to_string(first.join("areas.txt")).unwrap();
    for line in ["370683\t莱州市\tlaizhou shi\t\t+", "370600\t烟台市\tyantai shi\t\t+", "110101\t东城区\tdongcheng qu"] {
        assert!(chooser.lines().any(|known| known == line), "{line}");
    }
    assert!(chooser.lines().any(|line| line.starts_with("370282\t") && line.ends_with("\t370215")));
    for entry in areas {
        let bytes = fs::metadata(first.join(entry["file"].as_str().unwrap())).unwrap().len();
        assert_eq!(entry["bytes"], bytes, "{entry}");
    }
    // One pack written alone has the same bytes, and says so.
    let alone = first.join("alone.json");
    let ran = huisuan(&["pack", "--area", "370683", "--out", alone.to_str().unwrap()], "");
    assert_eq!(fs::read(&alone).unwrap(), fs::read(first.join("370683.json")).unwrap());
    assert!(ran.out.trim_end().ends_with(laizhou["sha256"].as_str().unwrap()), "{}", ran.out);
}

#[test]
fn a_pack_needs_an_area_or_all() {
    for arguments in [
        &["pack", "--out", "x"][..],
        &["pack", "--all", "--area", "370683", "--out", "x"],
        &["pack", "--area", "123456", "--out", "x"],
        &["pack", "--area", "370683", "--out", "no-such-folder/x"],
    ] {
        assert_eq!(huisuan(arguments, "").code, Some(2), "{arguments:?}");
    }
}

#[test]
fn the_row_in_force_is_shown_with_its_document() {
    let ran = huisuan(&["show", "minimum-living-standard", "--area", "370683", "--date", "2024-04-15"], "");
    assert_eq!(ran.code, Some(0));
    let row = ran.out.lines().find(|line| line.starts_with('*') && line.contains("城镇")).unwrap();
    assert!(row.contains("1069.00") && row.contains("A2") && row.contains("由哪里规定（代码） 370600 烟台市"), "{row}");
    assert!(ran.out.contains(STANDARD));
}

#[test]
fn a_number_is_shown_to_come_from_the_level_that_answers() {
    let ran = huisuan(&["show", "minimum-living-standard", "--area", "370202", "--date", "2024-04-15", "--lang", "en"], "");
    assert!(ran.out.contains("the table of 370200 青岛市 answers"), "{}", ran.out);
    let over = huisuan(&["show", "disability-living-subsidy", "--area", "370211", "--date", "2025-04-15", "--lang", "en"], "");
    assert!(over.out.contains("its rows are over") && !over.out.lines().any(|line| line.starts_with('*')), "{}", over.out);
}

#[test]
fn rows_are_shown_in_words_and_not_as_json() {
    let ran = huisuan(&["show", "disability-living-subsidy", "--area", "370200"], "");
    assert!(ran.out.contains("  2017-04-01  375.00  残疾等级 1、城镇、七区("), "{}", ran.out);
    assert!(ran.out.contains("  2023-01-01  不详  "), "{}", ran.out);
    // An amount for the year is not one for the month.
    let ran = huisuan(&["show", "destitute-care-standard", "--area", "990101"], "");
    assert!(ran.out.contains("2024-01-01  9600.00  每年  机构、不能自理  "), "{}", ran.out);
    let ran = huisuan(&["show", "benefit-relations", "--area", "370200"], "");
    assert!(ran.out.contains("前一项不算后面各项的收入：经济困难老年人补贴、最低生活保障（低保）、"), "{}", ran.out);
    for language in ["zh-CN", "en"] {
        for parameter in ["benefit-relations", "disability-nursing-subsidy", "meal-discount", "service-consumption-voucher"] {
            let ran = huisuan(&["show", parameter, "--area", "370202", "--lang", language], "");
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            assert!(!ran.out.contains(['{', '}']), "{}", ran.out);
        }
    }
}

#[test]
fn what_is_known_is_told_place_by_place_and_as_the_readmes_have_it() {
    let ran = huisuan(&["coverage", "--area", "370683", "--parameter", "minimum-living-standard", "--format", "csv"], "");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "parameter,area,name,from,until,extent,grade,unconfirmed");
    assert!(lines.contains(&"minimum-living-standard,370683,莱州市,2024-03-05,2025-01-01,all,A2,false"), "{}", ran.out);
    let english = huisuan(&["coverage", "--area", "370683", "--lang", "en"], "");
    assert!(english.out.contains("2024-03-05 – 2025-01-01") && !english.out.contains("cli."), "{}", english.out);
    for (file, language) in [("README.md", "en"), ("README.zh-CN.md", "zh-CN")] {
        let summary = huisuan(&["coverage", "--format", "summary", "--lang", language], "").out;
        let text = fs::read_to_string(crate::support::root().join(file)).unwrap();
        assert!(text.contains(&summary), "the coverage in {file} is not that of the tables: run `cargo xtask generate`");
    }
    assert_eq!(huisuan(&["coverage", "--area", "999999"], "").code, Some(2));
}

#[test]
fn what_no_table_can_have_is_refused_with_what_there_is() {
    let ran = huisuan(&["show", "minimum-wage-standard", "--area", "370683"], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("minimum-living-standard"), "{}", ran.err);
    assert_eq!(huisuan(&["show", "asset-test", "--area", "999999"], "").code, Some(2));
}

#[test]
fn every_schema_is_printed_as_it_is_written_into_a_folder() {
    let into = folder("schemas");
    assert_eq!(huisuan(&["schema", "--all", into.to_str().unwrap()], "").code, Some(0));
    let files = [
        ("household", "household", "members"),
        ("result", "decision", "benefits"),
        ("description", "description", "facts"),
        ("meal-bill", "meal-bill", "meals"),
        ("fact-error", "fact-error", "suggest"),
        ("contrast", "contrast", "benefits"),
        ("distances", "distances", "benefits"),
        ("sweep", "sweep", "cashPerMonth"),
        ("packet", "packet", "packet"),
        ("schedule", "schedule", "payments"),
        ("timeline", "timeline", "changes"),
        ("verification", "verification", "accepted"),
        ("table-error", "table-error", "line"),
    ];
    for (of, file, field) in files {
        let ran = huisuan(&["schema", of], "");
        assert_eq!(ran.out, fs::read_to_string(into.join(format!("{file}.json"))).unwrap());
        let schema: Value = serde_json::from_str(&ran.out).unwrap();
        assert!(schema["properties"].get(field).is_some(), "{of}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    assert_eq!(fs::read_dir(&into).unwrap().count(), files.len());
    assert_eq!(huisuan(&["schema"], "").code, Some(2));
}

#[test]
fn every_command_has_help_with_an_example() {
    assert!(huisuan(&["--version"], "").out.starts_with("huisuan "));
    assert!(huisuan(&["--help"], "").out.contains("Exit codes:"));
    for command in ["decide", "check", "compare", "coverage", "show", "tables", "pack", "schema"] {
        let ran = huisuan(&[command, "--help"], "");
        assert_eq!(ran.code, Some(0));
        assert!(ran.out.contains(&format!("\n  huisuan {command}")), "{}", ran.out);
    }
}

#[test]
fn every_code_of_a_table_error_has_wording() {
    let messages = huisuan_messages();
    let mut codes = BTreeSet::new();
    for file in ["tables/read.rs", "tables/row.rs", "tables/pack.rs", "json.rs", "area.rs"] {
        let text = fs::read_to_string(crate::support::root().join("core/src").join(file)).unwrap();
        for start in ["refuse(\"", "error(\"", "Err(\"", "code: \""] {
            codes.extend(text.split(start).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    assert!(codes.len() > 15, "{codes:?}");
    let without: Vec<_> = codes.iter().filter(|code| !messages.contains(&format!("tableError.{code}"))).collect();
    assert!(without.is_empty(), "{without:?}");
}

fn huisuan_messages() -> BTreeSet<String> {
    let text = fs::read_to_string(crate::support::root().join("messages/zh-CN.json")).unwrap();
    serde_json::from_str::<serde_json::Map<String, Value>>(&text).unwrap().keys().cloned().collect()
}

#[test]
fn a_wrong_argument_is_told_with_what_would_be_right() {
    let household = "js-demo/citizen/examples/laizhou.json";
    let span = |command: &'static str, from: &'static str| vec![command, "--from", from, "--to", "2024-02", household];
    for (arguments, said) in [
        (vec!["decide", "--date", "2024-2-1", household], "--date 的值“2024-2-1”不是日历上的一天，要写成 2024-04-15 的样子"),
        (vec!["contrast", "--date", "2024-04-15", "--to", "x", household], "--to 的值“x”不是日历上的一天"),
        (span("schedule", "2024-13"), "--from 的值“2024-13”不是一个月份，要写成 2024-04 的样子"),
        (span("timeline", "2024"), "--from 的值“2024”不是一个月份"),
        (vec!["coverage", "--area", "37068"], "--area 的值“37068”不是这些政策表里的地区代码"),
        (vec!["coverage", "--parameter", "nope"], "没有“nope”这个参数。有这些：minimum-living-standard"),
        (vec!["show", "minimum-living-standart", "--area", "370683"], "是不是想写“minimum-living-standard”？"),
        (vec!["decide", "--date", "2024-04-15", "--only", "disability-living", household], "disability-living-subsidy"),
        (vec!["tables", "export", "nope"], "没有“nope”的表"),
        (vec!["replay", household, household], "不是 huisuan decide 写出的结果"),
    ] {
        let ran = huisuan(&arguments, "");
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
    let no_pack = huisuan(&["decide", "--date", "2024-04-15", "--pack", household, household], "");
    assert!(no_pack.code == Some(2) && no_pack.err.starts_with("js-demo/citizen/examples/laizhou.json: "), "{}", no_pack.err);
    // Of two folders it is told in which the mistake is, and in words.
    let draft = tables("compare-broken");
    fs::write(draft.join(STANDARD), "{\n").unwrap();
    let ran = huisuan(&["compare", draft.to_str().unwrap(), "policy-tables"], "");
    let said = format!("{}:2: 这里不是完整的 JSON，读到“文件末尾”时出错", draft.join(STANDARD).display());
    assert!(ran.code == Some(2) && ran.err.contains(&said), "{}", ran.err);
}
