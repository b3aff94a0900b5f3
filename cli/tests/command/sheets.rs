//! `huisuan tables`: to a spreadsheet and back.

use crate::support::{folder, huisuan, root, tables};
use std::fs;
use std::path::Path;

const STANDARD: &str = "370683/minimum-living-standard.json";
const SHEET: &str = "370683-minimum-living-standard.csv";

/// Folders of areas with tables.
fn areas() -> Vec<String> {
    let folders = fs::read_dir(root().join("policy-tables")).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

fn export(which: &[&str], into: &Path) {
    let ran = huisuan(&[&["tables", "export"], which, &["--out", into.to_str().unwrap()]].concat(), "");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

fn import(sheets: &[&Path], into: &Path) -> crate::support::Ran {
    let sheets = sheets.iter().map(|path| path.to_str().unwrap());
    let arguments: Vec<&str> = ["tables", "import", "--tables", into.to_str().unwrap()].into_iter().chain(sheets).collect();
    huisuan(&arguments, "")
}

#[test]
fn every_published_table_comes_back_from_its_sheet_byte_for_byte() {
    let sheets = folder("sheets-all");
    let areas = areas();
    export(&areas.iter().map(String::as_str).collect::<Vec<_>>(), &sheets);
    let back = folder("sheets-back");
    let files: Vec<_> = fs::read_dir(&sheets).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() > 500);
    assert_eq!(import(&files.iter().map(std::path::PathBuf::as_path).collect::<Vec<_>>(), &back).code, Some(0));
    let mut compared = 0;
    for area in &areas {
        let Ok(tables) = fs::read_dir(back.join(area)) else { continue };
        for table in tables.map(|entry| entry.unwrap().path()) {
            let published = root().join("policy-tables").join(table.strip_prefix(&back).unwrap());
            assert_eq!(fs::read_to_string(&table).unwrap(), fs::read_to_string(&published).unwrap(), "{}", table.display());
            compared += 1;
        }
    }
    assert_eq!(compared, files.len());
}

#[test]
fn one_cell_edited_is_one_difference() {
    let (sheets, new) = (folder("sheets-edit"), tables("sheets-edited"));
    export(&["370683/minimum-living-standard"], &sheets);
    let sheet = sheets.join(SHEET);
    let text = fs::read_to_string(&sheet).unwrap();
    assert!(text.starts_with("\u{feff}parameter,minimum-living-standard,"), "{text}");
    assert!(text.contains("\r\nfrom,until,published,when.settlement,value,"), "{text}");
    fs::write(&sheet, text.replacen("1069.00", "1100.00", 1)).unwrap();
    assert_eq!(import(&[&sheet], &new).code, Some(0));
    assert_eq!(huisuan(&["check", new.to_str().unwrap()], "").code, Some(0));
    let ran = huisuan(&["compare", "policy-tables", new.to_str().unwrap(), "--format", "json"], "");
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["changes"].as_array().unwrap().len(), 1);
    assert_eq!(report["changes"][0]["after"]["value"], "1100.00");
}

#[test]
fn cells_that_cannot_be_read_are_named_by_line_and_column() {
    let (sheets, new) = (folder("sheets-wrong"), folder("sheets-wrong-tables"));
    let sheet = sheets.join("x.csv");
    let text = "parameter,advanced-age-allowance\narea,990101\nlasep,year-end\n\nfrom,when.ageYears,when.age,value,value\n\
                2024-01-01,eighty,,60.00,\n2024-01-01,80–,,60.00,,extra\n";
    fs::write(&sheet, text).unwrap();
    let ran = import(&[&sheet], &new);
    assert_eq!(ran.code, Some(1));
    for place in [":3:1: ", ":5:3: ", ":5:5: ", ":6:2: ", ":7:6: "] {
        assert!(ran.out.contains(place), "{place}\n{}", ran.out);
    }
    assert!(!ran.out.contains("sheetError."), "{}", ran.out);
    assert_eq!(fs::read_dir(&new).unwrap().count(), 0);
    fs::write(&sheet, "a,b\n").unwrap();
    assert!(import(&[&sheet], &new).out.contains("[no-columns]"));
}

#[test]
fn an_amount_for_the_year_is_none_for_the_month() {
    let (sheets, new) = (folder("sheets-period"), tables("sheets-period-tables"));
    // By the month in Laizhou, by the year in Huainan.
    export(&["370683/minimum-living-standard", "340400/disability-living-subsidy"], &sheets);
    for (name, was, is, said) in [
        (SHEET, "1069.00", "12828元/年", Some("和这一行的发放周期（每月）对不上")),
        (SHEET, "1069.00", "每年一万二千八百二十八元", Some("和这一行的发放周期（每月）对不上")),
        (SHEET, "1069.00", "一千零六十九元/月", None),
        ("340400-disability-living-subsidy.csv", ",840.00", ",70元/月", Some("和这一行的发放周期（每年）对不上")),
        ("340400-disability-living-subsidy.csv", ",840.00", ",840元/年", None),
    ] {
        let text = fs::read_to_string(sheets.join(name)).unwrap();
        assert!(text.contains(was), "{text}");
        let sheet = folder("sheets-period-edited").join(name);
        fs::write(&sheet, text.replacen(was, is, 1)).unwrap();
        let ran = import(&[&sheet], &new);
        assert_eq!(ran.code, Some(if said.is_some() { 1 } else { 0 }), "{is}: {}", ran.out);
        assert!(said.is_none_or(|said| ran.out.contains(said)), "{is}: {}", ran.out);
    }
}

#[test]
fn rows_that_a_sheet_no_longer_has_are_told() {
    let (sheets, new) = (folder("sheets-fewer"), tables("sheets-fewer-tables"));
    export(&["370683/minimum-living-standard"], &sheets);
    let sheet = sheets.join(SHEET);
    assert!(!import(&[&sheet], &new).out.contains("原来"), "nothing is missing");
    let text = fs::read_to_string(&sheet).unwrap();
    let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("2023-01-01")).collect();
    fs::write(&sheet, kept.join("\r\n").replace("rowCount,4", "rowCount,2")).unwrap();
    let ran = import(&[&sheet], &new);
    assert!(ran.code == Some(0) && ran.out.contains("原来 4 行，现在 2 行"), "{}", ran.out);
}

#[test]
fn files_stand_as_they_should_and_can_be_put_right() {
    assert_eq!(huisuan(&["tables", "format", "--check"], "").code, Some(0));
    let copy = tables("sheets-format");
    let file = copy.join(STANDARD);
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("\n    {", "\n  {  ")).unwrap();
    let path = copy.to_str().unwrap();
    let ran = huisuan(&["tables", "format", path, "--check"], "");
    assert_eq!((ran.code, ran.out.trim()), (Some(1), STANDARD));
    assert_eq!(huisuan(&["tables", "format", path], "").code, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), good);
}

#[test]
fn what_is_not_there_is_refused() {
    assert_eq!(huisuan(&["tables", "export", "370683/no-such-table"], "").code, Some(2));
    assert_eq!(huisuan(&["tables", "import", "no-such-file.csv"], "").code, Some(2));
}

/// The sheet of Qingdao's standard as Excel in China saves it: days with slashes, numbers without their last zeros.
fn as_excel_saves_it(text: &str) -> String {
    let slashed = |cell: &str| match cell.split('-').collect::<Vec<_>>().as_slice() {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            format!("{year}/{}/{}", month.trim_start_matches('0'), day.trim_start_matches('0'))
        }
        _ => cell.strip_suffix(".00").unwrap_or(cell).to_owned(),
    };
    text.split_inclusive("\r\n").map(|line| line.trim_end().split(',').map(slashed).collect::<Vec<_>>().join(",") + "\r\n").collect()
}

/// The text of a sheet and the file that its import has made, with the same name for each test's folder.
fn saved(name: &str, bytes: &[u8]) -> (crate::support::Ran, Option<String>) {
    let folder = folder(name);
    let (sheet, new) = (folder.join("sheet.csv"), folder.join("tables"));
    fs::write(&sheet, bytes).unwrap();
    let ran = import(&[&sheet], &new);
    (ran, fs::read_to_string(new.join(STANDARD)).ok())
}

#[test]
fn what_excel_in_china_saves_is_the_same_table_again() {
    let sheets = folder("sheets-excel");
    export(&["370683/minimum-living-standard"], &sheets);
    let published = fs::read_to_string(root().join("policy-tables").join(STANDARD)).unwrap();
    let plain = fs::read_to_string(sheets.join(SHEET)).unwrap().trim_start_matches('\u{feff}').to_owned();
    let excel = as_excel_saves_it(&plain);
    assert!(excel.contains(",2024/3/5,") && !excel.contains(",2024-03-05,") && excel.contains(",1069,"), "{excel}");
    let tabs = excel.replace(',', "\t");
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(tabs.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (gb, _, unmapped) = encoding_rs::GB18030.encode(&excel);
    assert!(!unmapped && std::str::from_utf8(&gb).is_err(), "the sheet has Chinese in it");
    let marked = encoding_rs::GB18030.encode(&format!("\u{feff}{excel}")).0.into_owned();
    let chinese = plain.replace(",2024-03-05,", ",2024年3月5日,").replace("1069.00", "\"1,069.00\"").replace("1001.00", "１００１元");
    for (name, bytes) in
        [("utf8", excel.as_bytes()), ("gb18030", &gb), ("marked", &marked), ("utf16", &wide), ("chinese", chinese.as_bytes())]
    {
        let (ran, made) = saved(&format!("sheets-excel-{name}"), bytes);
        assert_eq!((ran.code, made.as_deref()), (Some(0), Some(published.as_str())), "{name}: {}", ran.out);
    }
}

#[test]
fn what_could_mean_two_things_is_refused_and_never_guessed() {
    let sheets = folder("sheets-two-things");
    export(&["370683/minimum-living-standard"], &sheets);
    let text = fs::read_to_string(sheets.join(SHEET)).unwrap();
    for (name, from, to, code) in [
        ("day", ",2024-03-05,", ",3/5/2024,", "[not-a-day]"),
        ("short-year", ",2024-03-05,", ",24/3/5,", "[not-a-day]"),
        ("month", ",2024-03-05,", ",2024/3,", "[not-a-day]"),
        ("no-day", ",2024-03-05,", ",2024/6/31,", "[no-such-day]"),
        ("comma", "1069.00", "\"1,06\"", "[wrong-cell]"),
        ("two-points", "1069.00", "1.069.00", "[wrong-cell]"),
        ("fen", "1069.00", "1069.005", "[too-many-decimals]"),
    ] {
        let (ran, made) = saved(&format!("sheets-two-things-{name}"), text.replacen(from, to, 1).as_bytes());
        assert_eq!((ran.code, made), (Some(1), None), "{name}: {}", ran.out);
        assert!(ran.out.contains(code) && ran.out.contains(to.trim_matches([',', '"'])), "{name}: {}", ran.out);
        assert!(!ran.out.contains("such as") && !ran.out.contains("bookError."), "{name}: {}", ran.out);
    }
    assert!(saved("sheets-two-things-bytes", b"from,\x81\xff\x80,value\n").0.out.contains("[not-text]"));
}

#[test]
fn the_nation_s_code_survives_a_spreadsheet_that_takes_it_for_a_number() {
    let folder = folder("sheets-nation");
    let name = fs::read_dir(root().join("policy-tables/national")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = name.filter(|name| name.ends_with("-workdays.json")).min().unwrap();
    let parameter = name.trim_end_matches(".json");
    export(&[&format!("national/{parameter}")], &folder);
    let sheet = folder.join(format!("national-{parameter}.csv"));
    let text = fs::read_to_string(&sheet).unwrap();
    assert!(text.contains("area,000000,"), "{text}");
    fs::write(&sheet, text.replace("area,000000,", "area,0,")).unwrap();
    let new = folder.join("tables");
    assert_eq!(import(&[&sheet], &new).code, Some(0));
    let published = fs::read_to_string(root().join("policy-tables/national").join(&name)).unwrap();
    assert_eq!(fs::read_to_string(new.join("national").join(&name)).unwrap(), published);
}

#[test]
fn a_workbook_of_the_workbench_is_taken_too_and_named_by_sheet_and_cell() {
    let new = tables("sheets-workbook");
    let messy = |name: &str| root().join("tests/workbooks").join(name);
    let ran = import(&[&messy("full-width-digits.xlsx")], &new);
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    let refused = import(&[&messy("month-without-day.xlsx"), &messy("old-format.xls")], &new);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.out.contains("!A4: ") && refused.out.contains("[not-a-day]") && refused.out.contains("[old-format]"),
        "{}",
        refused.out
    );
}
