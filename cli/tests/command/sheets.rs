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
