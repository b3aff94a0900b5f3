//! `huisuan decide`, as people run it.

use crate::support::{folder, household, huisuan, root};
use serde_json::Value;
use std::fs;

const BORN: &str = "\"birthDate\": \"1950-05-01\",";
const LAIZHOU: &str = "js-demo/citizen/examples/laizhou.json";

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_household_of_many_lines_gives_one_line() {
    let ran = huisuan(&["decide", LAIZHOU], "");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let results = lines(&ran.out);
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["date"], "2024-04-15");
    assert_eq!(results[0]["totals"]["cashPerMonth"]["min"], "807.00");
}

#[test]
fn pretty_json_is_the_same_json() {
    let plain = huisuan(&["decide", LAIZHOU], "").out;
    let pretty = huisuan(&["decide", "--pretty", LAIZHOU], "").out;
    assert!(pretty.lines().count() > 100);
    assert_eq!(serde_json::from_str::<Value>(&pretty).unwrap(), lines(&plain)[0]);
}

#[test]
fn a_bad_line_is_named_and_the_lines_around_it_are_decided() {
    let good = household("990101", BORN);
    let bad = household("990101", "\"brithDate\": \"1950-05-01\",");
    let ran = huisuan(&["decide", "--date", "2024-04-15", "--lang", "en"], &format!("{good}\n{bad}\n{good}\n"));
    assert_eq!(ran.code, Some(1));
    let results = lines(&ran.out);
    assert_eq!(results.len(), 3);
    assert_eq!(results[0], results[2]);
    assert_eq!(results[1]["line"], 2);
    assert_eq!(results[1]["errors"][0]["code"], "unknown-field");
    assert_eq!(results[1]["errors"][0]["suggest"], "birthDate");
    let said = "line 2, members/0/brithDate: “brithDate” is not something we know.";
    assert!(ran.err.contains(said), "{}", ran.err);
    assert!(ran.err.contains("Did you mean “birthDate”?"), "{}", ran.err);
    assert!(ran.err.contains("1 of 3 households were not decided"), "{}", ran.err);
}

#[test]
fn broken_json_between_two_lines_is_named_too() {
    let good = household("990101", BORN);
    let ran = huisuan(&["decide", "--date", "2024-04-15"], &format!("{good}\n{{ \"members\": [\n\n{good}\n"));
    let results = lines(&ran.out);
    assert_eq!((ran.code, results.len()), (Some(1), 3));
    assert_eq!(results[1]["line"], 2);
    assert_eq!(results[1]["errors"][0]["code"], "invalid-json");
    assert!(ran.err.contains("第 2 行"), "{}", ran.err);
}

#[test]
fn in_a_household_of_many_lines_broken_json_is_named_with_its_own_line() {
    let ran = huisuan(&["decide", "--date", "2024-04-15"], "{ \"schemaVersion\": 1,\n  \"members\": [\n  }\n");
    assert_eq!((ran.code, lines(&ran.out).len()), (Some(1), 1));
    assert!(ran.err.starts_with("第 3 行"), "{}", ran.err);
}

#[test]
fn every_mistake_of_a_line_is_named() {
    let bad = household("370299", "\"birthDate\": \"1950-02-30\", \"incomes\": [ { \"kind\": \"wages\", \"gross\": 2400 } ],");
    let ran = huisuan(&["decide", "--date", "2024-04-15"], &bad);
    let results = lines(&ran.out);
    let codes: Vec<&str> = results[0]["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!(codes.len(), 3, "{codes:?}");
    assert!(["no-such-day", "money-as-number", "unknown-area"].iter().all(|code| codes.contains(code)), "{codes:?}");
}

#[test]
fn a_line_with_a_date_of_its_own_keeps_it() {
    let line = |date: &str| format!("{{ \"date\": \"{date}\", \"household\": {} }}\n", household("990101", BORN));
    let ran = huisuan(&["decide", "--date", "2023-01-01"], &(line("2024-04-15") + &line("2024-05-15") + &household("990101", BORN)));
    let dates: Vec<Value> = lines(&ran.out).into_iter().map(|result| result["date"].clone()).collect();
    assert_eq!(dates, ["2024-04-15", "2024-05-15", "2023-01-01"]);
}

#[test]
fn without_any_date_nothing_is_assumed() {
    let ran = huisuan(&["decide"], &household("990101", BORN));
    assert_eq!(ran.code, Some(1));
    assert_eq!(lines(&ran.out)[0]["errors"][0]["code"], "missing-date");
}

#[test]
fn a_pack_gives_the_result_that_its_tables_give() {
    let folder = folder("decide-with-packs");
    for (area, date) in [("370683", "2024-04-15"), ("370102", "2022-04-15"), ("370282", "2024-04-15"), ("469001", "2024-04-15")] {
        let packed = if area == "469001" { "000000" } else { area };
        let pack = folder.join(format!("{area}.json"));
        let pack = pack.to_str().unwrap();
        assert_eq!(huisuan(&["pack", "--area", packed, "--out", pack], "").code, Some(0));
        let input = household(area, BORN);
        let by_pack = huisuan(&["decide", "--date", date, "--steps", "--cells", "--pack", pack], &input);
        let by_tables = huisuan(&["decide", "--date", date, "--steps", "--cells"], &input);
        assert_eq!((by_pack.code, by_pack.err.as_str()), (Some(0), ""));
        assert_eq!(by_pack.out, by_tables.out, "{area}");
        let layers = lines(&by_pack.out)[0]["packs"][0]["layers"].as_array().unwrap().len();
        assert_eq!(layers, if area == "469001" { 1 } else { 4 }, "{area}");
    }
}

#[test]
fn steps_and_cells_come_when_asked_for() {
    let entry = |flags: &[&str]| lines(&huisuan(&[&["decide", LAIZHOU], flags].concat(), "").out)[0]["benefits"][0].clone();
    assert!(entry(&[]).get("steps").is_none());
    assert!(entry(&["--steps"])["steps"].as_array().is_some_and(|steps| !steps.is_empty()));
    assert!(entry(&["--cells"])["cells"].as_array().is_some_and(|cells| !cells.is_empty()));
}

#[test]
fn the_statement_says_how_much_why_and_from_when() {
    let ran = huisuan(&["decide", "--format", "text", "--steps", LAIZHOU], "");
    assert_eq!(ran.code, Some(0));
    for said in [
        "按 2024-04-15 这一天的规定计算。",
        "每月能领的钱：能算出来的，每月 807.00 元",
        "最低生活保障（低保）：可以领，每月 807.00 元",
        "从 2024年5月 起发。",
        "由莱州市决定和发放。",
        "比全家的低保线 3207.00 元低 807.00 元。",
        "（民发〔2021〕57号） 第 14 条",
        "第 1 个人 · 本人（a）",
        "要满 60 周岁，还差 12 岁",
        "全家的低保线：3207.00 元",
        "核对码：",
        "以办理机关的决定为准。",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
    assert!(!ran.out.contains('{') && !ran.out.contains("reason."), "{}", ran.out);
}

#[test]
fn the_statement_names_what_is_missing_and_the_last_number_known() {
    let mut case: Value = serde_json::from_str(&fs::read_to_string(root().join(LAIZHOU)).unwrap()).unwrap();
    case["date"] = "2025-04-15".into();
    let ran = huisuan(&["decide", "--format", "text", "--lang", "en"], &case.to_string());
    for said in [
        "has run out",
        "The last rate we know is 1069.00 yuan",
        "ask the civil-affairs office of 莱州市",
        "Not in the total above, because the number is not known: Minimum living allowance (dibao)",
        "The decision of the office is what counts.",
    ] {
        assert!(ran.out.contains(said), "{said}\n{}", ran.out);
    }
}

#[test]
fn the_statement_lists_what_is_still_to_be_asked() {
    let ran = huisuan(&["decide", "--format", "text", "--date", "2024-04-15"], &household("990101", ""));
    assert!(ran.out.contains("→ 哪年哪月哪日出生？ (members/0/birthDate)"), "{}", ran.out);
    assert!(ran.out.contains("这个地方是虚构的示例"), "{}", ran.out);
}

#[test]
fn wrong_arguments_and_unreadable_tables_exit_with_2() {
    let empty = folder("decide-without-tables");
    let empty = empty.to_str().unwrap();
    for arguments in [
        &["decide", "--nothing"][..],
        &["decide", "--date", "2024-13-01"],
        &["decide", "--date", "2024-04-15", "no-such-file.json"],
        &["decide", "--date", "2024-04-15", "--tables", empty],
        &["decide", "--date", "2024-04-15", "--tables", "no-such-folder"],
        &["decide", "--date", "2024-04-15", "--pack", "README.md"],
        &["decide", "--tables", "policy-tables", "--pack", "README.md"],
    ] {
        let ran = huisuan(arguments, "");
        assert_eq!(ran.code, Some(2), "{arguments:?} {}", ran.err);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    use std::process::{Command, Stdio};
    let line = household("990101", BORN) + "\n";
    let file = folder("decide-closed-pipe").join("many.ndjson");
    fs::write(&file, line.repeat(200)).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_huisuan"))
        .args(["decide", "--date", "2024-04-15"])
        .arg(&file)
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn a_sweep_tells_the_cliff_in_words() {
    // 莱州, three people in town: 3 × 1069 = 3207; with 3206.99 a month they have 0.01, rounded up to 1 yuan; at 3207 nothing.
    let sweep = ["sweep", "--format", "text", "--along", "members/0/incomes/0/gross", "--from", "2000.00", "--until", "4000.00"];
    let ran = huisuan(&[&sweep[..], &["--date", "2024-04-15", LAIZHOU]].concat(), "");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("2000.00 至 3206.99：符合条件，每月 1207.00 元 → 每月最多 1.00 元"), "{}", ran.out);
    assert!(ran.out.contains("3207.00 至 4000.00：目前不符合条件"), "{}", ran.out);
    assert!(ran.out.contains("从 2024-03-05 起用 (1069.00)"), "{}", ran.out);
    assert!(ran.out.contains("条件：全家每月收入低于低保线 [income-below-standard]"), "{}", ran.out);
}

#[test]
fn open_answers_of_a_sweep_and_a_schedule_say_so() {
    // Whether an office has recognised the family already was not told: nothing is certain of the sum of the whole stretch.
    let household = r#"{ "schemaVersion": 1, "application": { "appliedOn": "2024-03-02" }, "expenses": [],
        "assessments": [{ "test": "assets-within-limit", "holds": true }, { "test": "borderline-assets-within-limit", "holds": true }],
        "members": [{ "id": "a", "relation": "self", "birthDate": "1970-03-10", "livesWithHousehold": { "value": true },
            "registeredArea": [{ "area": "370683", "from": "2010-01-01" }], "registeredSettlement": "urban", "transfersPaid": [],
            "incomes": [{ "kind": "wages", "gross": "1200.00", "costs": "0.00", "months": 1 }], "disabilities": [],
            "employment": { "status": "employed", "refusedOn": [] }, "workAbility": "full", "receiving": { "noOther": true },
            "groups": { "noOther": true } }] }"#;
    let sweep = ["sweep", "--format", "text", "--along", "members/0/incomes/0/gross", "--from", "0.00", "--until", "2500.00"];
    let ran = huisuan(&[&sweep[..], &["--date", "2024-03-10", "-"]].concat(), household);
    assert!(ran.out.ends_with("每月能领的钱\n  0.00 至 2500.00：数目不知道\n"), "{}", ran.out);
    let ran = huisuan(&["schedule", "--from", "2024-01", "--to", "2024-04"], household);
    assert!(ran.out.contains("2024-03 – 2024-04  还差信息，现在能确定的范围：0.00 元\n"), "{}", ran.out);
    // No status yet. 1.5 × 1069 = 1603.5: a mere status, for which nobody gets money.
    let household = household.replacen("\"expenses\"", "\"standing\": [], \"expenses\"", 1);
    let ran = huisuan(&[&sweep[..], &["--date", "2024-03-10", "-"]].concat(), &household);
    assert!(ran.out.contains("1069.00 至 1603.49：符合条件\n"), "{}", ran.out);
    let ran = huisuan(&["schedule", "--from", "2024-01", "--to", "2024-04"], &household);
    assert!(ran.out.contains("2024-01 – 2024-02  不算这一类\n"), "{}", ran.out);
    assert!(ran.out.contains("2024-03 – 2024-04  属于这一类\n"), "{}", ran.out);
}

#[test]
fn distances_and_contrasts_are_told_in_words() {
    let ran = huisuan(&["distances", "--format", "text", "--date", "2024-04-15", LAIZHOU], "");
    // 2400 a month now, 3207 is the line: 807 more.
    assert!(ran.out.contains("现在是 2400.00，变成 3207.00（相差 807.00 元）就满足这一条。"), "{}", ran.out);
    let ran = huisuan(&["contrast", "--format", "text", "--date", "2024-02-15", "--to", "2024-04-15", LAIZHOU], "");
    assert!(ran.out.contains("因为两天的规定不同：2024-02-15 → 2024-04-15"), "{}", ran.out);
    let ran = huisuan(&["--lang", "en", "contrast", "--format", "text", "--date", "2024-04-15", LAIZHOU], "");
    assert_eq!(ran.out.trim(), "Both come out the same.");
    // Above the line whether the husband may apply alone is open, and so is what he would have: nothing is said of that.
    let richer = fs::read_to_string(root().join(LAIZHOU)).unwrap().replace("2400.00", "3300.00");
    let ran = huisuan(&["contrast", "--format", "text", "--date", "2024-04-15", LAIZHOU, "-"], &richer);
    assert!(ran.out.contains("目前不符合条件 → 还差信息\n"), "{}", ran.out);
    assert!(!ran.out.contains("至少 0.00"), "{}", ran.out);
}

#[test]
fn a_last_number_that_was_computed_from_another_is_told_in_words() {
    let person = household("370202", "\"birthDate\": \"1950-05-01\", \"registeredSettlement\": \"urban\",");
    let household =
        person.replace("\"members\"", "\"standing\": [ { \"status\": \"destitute-support\", \"area\": \"370202\" } ], \"members\"");
    let ran = huisuan(&["decide", "--date", "2026-04-15", "--format", "text"], &household);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.contains("我们最后知道的是 低保线的 1.5 倍，从 2024-01-01 起用"), "{}", ran.out);
    assert!(!ran.out.contains("ratio 1.5"), "{}", ran.out);
}

#[test]
fn what_was_taken_for_granted_is_told_in_words() {
    let household =
        household("370683", "\"birthDate\": \"1960-05-01\", \"receiving\": { \"minimum-living-allowance\": { \"state\": \"STATE\" } },");
    let said = |state: &str| huisuan(&["decide", "--date", "2024-04-15", "--format", "text"], &household.replace("STATE", state)).out;
    let paid = said("paying");
    assert!(paid.contains("没填从哪天起的，按一直如此算：\n  第 1 个人 · 本人（a）：户口地、在领的钱（最低生活保障（低保））\n"), "{paid}");
    assert!(paid.contains("没填到哪天止的，按没有期限算：\n  第 1 个人 · 本人（a）：户口地\n"), "{paid}");
    assert!(paid.contains("没填的，按计算的那一天算：\n  决定的日期\n"), "{paid}");
    // What nobody draws has no first day.
    let none = said("none");
    assert!(none.contains("没填从哪天起的，按一直如此算：\n  第 1 个人 · 本人（a）：户口地\n"), "{none}");
    let json = huisuan(&["decide", "--date", "2024-04-15"], &household.replace("STATE", "none")).out;
    assert!(!json.contains("receiving/minimum-living-allowance/from"), "{json}");
    let months = huisuan(&["schedule", "--from", "2024-04", "--to", "2024-05"], &household.replace("STATE", "none")).out;
    assert!(months.contains("没填去世日期的，按在世算：\n  第 1 个人 · 本人（a）\n"), "{months}");
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_reason() {
    let into = folder("unreadable");
    let file = |name: &str, bytes: &[u8]| {
        let path = into.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (empty, bytes, list) = (file("empty.json", b""), file("bytes.json", b"\xff\xfe{"), file("broken.json", b"{\n\"a\": 1,\n"));
    for (arguments, code, said) in [
        (&["decide", "--date", "2024-04-15", "no-such.json"][..], 2, "“no-such.json”：没有这个文件或文件夹"),
        (&["decide", "--date", "2024-04-15", "tests"], 2, "“tests”：这是文件夹，不是文件"),
        (&["check", "no-such-folder"], 2, "“no-such-folder”：没有这个文件或文件夹"),
        (&["meal-bill", &empty], 0, "没有读到任何家庭"),
        (&["compare", "policy-tables", "policy-tables", &empty, "--date", "2024-04-15"], 0, "没有读到任何家庭"),
        (&["schedule", "--from", "2024-01", "--to", "2024-02", &empty], 1, "读到“文件末尾”时出错"),
        (&["packet", "show", &empty], 2, "第 1 行不是完整的 JSON"),
        (&["packet", "show", &bytes], 2, "不是 UTF-8 编码的文本"),
        (&["replay", &list, LAIZHOU], 2, "第 3 行不是完整的 JSON"),
    ] {
        let ran = huisuan(arguments, "");
        assert_eq!(ran.code, Some(code), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
    // A mistake is told with where it is and what would have been right, whichever command finds it.
    let wrong = household("370683", "\"sex\": \"man\",");
    for command in [&["schedule", "--from", "2024-01", "--to", "2024-02"][..], &["distances", "--date", "2024-04-15"], &["meal-bill"]] {
        let ran = huisuan(command, &wrong);
        assert!(ran.err.contains("members/0/sex：“man”不在可以选的答案里") && ran.err.contains("female"), "{command:?}: {}", ran.err);
    }
}

#[test]
fn a_statement_tells_what_to_bring_in_the_ordinary_case() {
    // 民发〔2021〕57号 art. 9: household register (which offices look up) and identity card; art. 10: what the family has, signed.
    let ran = huisuan(&["decide", "--date", "2024-04-15", "--format", "text", LAIZHOU], "");
    assert!(ran.out.contains("要带的材料：户口簿（多数能联网查到，查不到时再带）、身份证、收入情况说明（"), "{}", ran.out);
    assert!(ran.out.contains("同意核对家庭经济状况的授权书（窗口有表，全家签字）"), "{}", ran.out);
}
