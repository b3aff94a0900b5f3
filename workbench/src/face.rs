//! What the page calls: text and bytes in, JSON text and bytes out.

use std::collections::BTreeMap;

use huisuan_core::area::AreaCode;
use huisuan_core::check::boundary_cases;
use huisuan_core::compare::Tally;
use huisuan_core::json::{self, Json, Limits};
use huisuan_core::money::Yuan;
use huisuan_core::tables::{pack, sheet};
use huisuan_core::{Detail, Engine, Question};
use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use crate::book;
use crate::column;
use crate::compare::Running;
use crate::curve::curve;
use crate::draft::{Draft, Files};
use crate::export::{self, Wanted};
use crate::grid::{self, Sheet};
use crate::people;
use crate::tidy::shown;
use crate::words::Words;

/// Everything one page works with.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Workbench {
    draft: Draft,
    words: Words,
    areas: BTreeMap<String, String>,
    running: Option<Running>,
    /// The engine asked last: of the proposed tables or not, and around which area.
    engine: Option<(bool, Option<String>, Engine)>,
}

#[wasm_bindgen]
impl Workbench {
    /// `files` is one JSON record of all files of the tables' folder; of the catalogues the language in use comes first.
    ///
    /// # Errors
    /// A text that is not such a record.
    #[wasm_bindgen(constructor)]
    pub fn new(files: &str, catalogues: Vec<String>) -> Result<Workbench, JsError> {
        let base: Files = serde_json::from_str(files)?;
        let texts: Vec<&str> = catalogues.iter().map(String::as_str).collect();
        let mut words = Words::new(&texts);
        words.name_zones(base.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        let areas = base.get("areas.json").map(|text| names_of_areas(text)).unwrap_or_default();
        Ok(Self { draft: Draft::new(base), words, areas, running: None, engine: None })
    }

    /// All tables: file, area, place, parameter, title, rows, whether changed.
    #[must_use]
    pub fn list(&self) -> String {
        let files = self.draft.files();
        let changed = self.draft.changed();
        let mut found = Vec::new();
        for (name, text) in files.iter().filter(|(name, _)| name.contains('/')) {
            let Ok(json) = json::read(text, Limits::TABLES) else { continue };
            let (Some(parameter), Some(rows)) = (json.get("parameter").and_then(Json::text), json.get("rows")) else { continue };
            let area = json.get("area").and_then(Json::text).unwrap_or("");
            found.push(json!({
                "file": name, "area": area, "place": self.place(area), "parameter": parameter, "title": self.title(parameter),
                "rows": rows.items().len(), "changed": changed.contains(name),
            }));
        }
        Value::Array(found).to_string()
    }

    /// A proposed table as the page edits it: head, columns with what to choose from, rows.
    #[must_use]
    pub fn sheet(&self, file: &str) -> String {
        let Some(text) = self.draft.text(file) else { return "null".to_owned() };
        let Ok(json) = json::read(text, Limits::TABLES) else { return "null".to_owned() };
        let parameter = json.get("parameter").and_then(Json::text).unwrap_or("");
        let lines = sheet::export(&json);
        let mut parts = lines.split(Vec::is_empty);
        let head: Vec<Value> = parts
            .next()
            .unwrap_or_default()
            .iter()
            .filter_map(|line| Some((line.first()?, line.get(1)?)))
            .map(|(field, text)| {
                let kind = column::kind(field, parameter);
                json!({ "field": field, "title": column::title(field, &self.words), "text": shown(kind, text, &self.words) })
            })
            .collect();
        let (fields, rows) =
            parts.next().and_then(<[_]>::split_first).map_or((&[][..], &[][..]), |(fields, rows)| (fields.as_slice(), rows));
        let columns: Vec<Value> = fields.iter().map(|field| self.column(field, parameter)).collect();
        let row = |row: &Vec<String>| {
            fields.iter().zip(row).map(|(field, text)| shown(column::kind(field, parameter), text, &self.words)).collect::<Vec<String>>()
        };
        let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
        json!({ "file": file, "parameter": parameter, "title": self.title(parameter), "head": head, "columns": columns, "rows": rows })
            .to_string()
    }

    fn column(&self, field: &str, parameter: &str) -> Value {
        let kind = column::kind(field, parameter);
        let choices: Vec<String> = column::choices(field, parameter).iter().map(|name| shown(kind, name, &self.words)).collect();
        json!({ "field": field, "title": column::title(field, &self.words), "choices": choices })
    }

    /// Takes what the page has edited: `{ head: [[field, text]], fields: [field], rows: [[text]] }`. Every cell that is not
    /// understood comes back with its address in a sheet of the head, one line of titles, and the rows.
    #[must_use]
    pub fn write(&mut self, file: &str, edited: &str) -> String {
        #[derive(serde::Deserialize)]
        struct Edited {
            head: Vec<(String, String)>,
            fields: Vec<String>,
            rows: Vec<Vec<String>>,
        }
        let Ok(edited) = serde_json::from_str::<Edited>(edited) else { return json!({ "errors": [] }).to_string() };
        let mut lines: Vec<Vec<String>> = edited.head.into_iter().map(|(field, text)| vec![field, text]).collect();
        lines.push(edited.fields);
        lines.extend(edited.rows);
        let mut sheet = Sheet::default();
        for (row, line) in (0_u32..).zip(lines) {
            for (column, text) in (0_u32..).zip(line).filter(|(_, text)| !text.trim().is_empty()) {
                sheet.cells.insert((row, column), grid::Value::Text(text));
            }
        }
        let book = book::read(vec![sheet], self.draft.base(), &self.words);
        if let Some(table) = book.tables.first().filter(|_| book.errors.is_empty()) {
            self.draft.set(file, Some(table.text.clone()));
            self.changed_now();
        }
        text(&json!({ "errors": book.errors, "notes": book.notes }))
    }

    /// Takes a text for a file; `undefined` takes the file away.
    pub fn set(&mut self, file: &str, text: Option<String>) {
        self.draft.set(file, text);
        self.changed_now();
    }

    /// The proposed text of a file.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<String> {
        self.draft.text(file).map(str::to_owned)
    }

    /// Forgets all changes.
    pub fn reset(&mut self) {
        self.draft.reset();
        self.changed_now();
    }

    /// Names of the changed files.
    #[must_use]
    pub fn changed(&self) -> Vec<String> {
        self.draft.changed()
    }

    /// Findings for one table, or for all that is changed if no file is named.
    #[must_use]
    pub fn check(&self, file: Option<String>) -> String {
        text(&file.map_or_else(|| self.draft.check_changed(), |file| self.draft.check_one(&file)))
    }

    /// Every cell that says something else.
    #[must_use]
    pub fn edits(&self) -> String {
        let edits: Vec<Value> = self
            .draft
            .edits()
            .iter()
            .map(|edit| {
                let folder = edit.file.split('/').next().unwrap_or("");
                let area = if folder == "national" { "000000" } else { folder };
                let parameter = edit.file.split('/').nth(1).unwrap_or("").trim_end_matches(".json");
                let said = |cell: &Option<String>| cell.as_ref().map(|text| shown(column::kind(&edit.field, parameter), text, &self.words));
                json!({
                    "from": edit.held.from, "period": edit.held.period(&self.words), "who": edit.held.who(parameter, &self.words),
                    "file": edit.file, "row": edit.row, "field": edit.field, "title": column::title(&edit.field, &self.words),
                    "kind": edit.kind, "document": edit.document, "before": said(&edit.before), "after": said(&edit.after),
                    "table": self.title(parameter), "area": area, "place": self.place(area),
                })
            })
            .collect();
        Value::Array(edits).to_string()
    }

    /// A workbook of these tables (a JSON list of files) and cases (a JSON list of records).
    ///
    /// # Errors
    /// A table that no workbook can hold.
    pub fn workbook(&self, tables: &str, cases: &str) -> Result<Vec<u8>, JsError> {
        let tables: Vec<String> = serde_json::from_str(tables)?;
        let cases: Vec<BTreeMap<String, String>> = serde_json::from_str(cases)?;
        let files = self.draft.files();
        let wanted = Wanted { files: &files, tables: &tables, areas: &self.areas, cases: &cases };
        Ok(export::workbook(&wanted, &self.words)?)
    }

    /// A table as CSV, as `huisuan tables export` writes it.
    #[must_use]
    pub fn csv(&self, file: &str) -> String {
        let Some(Ok(json)) = self.draft.text(file).map(|text| json::read(text, Limits::TABLES)) else { return String::new() };
        let lines = sheet::export(&json);
        let width = lines.iter().map(Vec::len).max().unwrap_or(0);
        let mut out = "\u{feff}".to_owned();
        for line in lines {
            let cells = line.iter().map(String::as_str).chain(std::iter::repeat("")).take(width).map(quoted);
            out.push_str(&cells.collect::<Vec<_>>().join(","));
            out.push_str("\r\n");
        }
        out
    }

    /// What a workbook or CSV file holds; nothing is taken yet.
    #[must_use]
    pub fn read(&self, name: &str, bytes: &[u8]) -> String {
        text(&book::open(name, bytes, &self.draft.files(), &self.words))
    }

    /// Enters documents (a JSON list of records) into the registers.
    ///
    /// # Errors
    /// A text that is no such list.
    pub fn documents(&mut self, documents: &str, usual_area: &str) -> Result<(), JsError> {
        let documents: Vec<BTreeMap<String, String>> = serde_json::from_str(documents)?;
        self.draft.enter_documents(&documents, usual_area);
        self.changed_now();
        Ok(())
    }

    /// Households from a workbook or CSV file: `{ lines, errors }`.
    #[must_use]
    pub fn households(&self, name: &str, bytes: &[u8], day: &str) -> String {
        let found = match grid::sheets(name, bytes) {
            Ok(sheets) => people::read(&sheets, day, &self.words),
            Err(error) => people::People { errors: vec![error], ..people::People::default() },
        };
        text(&found)
    }

    /// Begins a comparison: the changes, or `{ errors }`. With `carried` the changed tables go on until replaced.
    #[must_use]
    pub fn compare(&mut self, carried: bool) -> String {
        match Running::new(&self.draft, None, carried) {
            Ok(running) => {
                let changes = text(&json!({ "changes": running.changes() }));
                self.running = Some(running);
                changes
            }
            Err(errors) => {
                self.running = None;
                text(&json!({ "errors": errors }))
            }
        }
    }

    /// For each change somebody whom it concerns.
    #[must_use]
    pub fn concerned(&mut self) -> String {
        self.running.as_mut().map_or_else(|| "[]".to_owned(), |running| text(&running.concerned()))
    }

    /// Compares one household and counts it; empty if nothing is different.
    #[must_use]
    pub fn line(&mut self, number: usize, line: &str, day: &str) -> String {
        let Some(running) = self.running.as_mut() else { return String::new() };
        let compared = running.line(number, line, day);
        if compared.entries.is_empty() && compared.errors.is_empty() { String::new() } else { text(&compared) }
    }

    /// What several have counted, in one.
    ///
    /// # Errors
    /// A text that none of them has given.
    pub fn joined(&self, tallies: Vec<String>) -> Result<String, JsError> {
        let mut whole = Tally::new(self.running.as_ref().map_or(0, |running| running.changes().len()));
        for tally in tallies {
            whole.join(&serde_json::from_str(&tally)?);
        }
        Ok(text(&whole))
    }

    /// What has been counted; counting begins anew.
    #[must_use]
    pub fn tally(&mut self) -> String {
        let Some(running) = self.running.as_mut() else { return "null".to_owned() };
        let tally = text(running.tally());
        running.restart();
        tally
    }

    /// Decides a household under the current or the proposed tables, with steps: the decision, or `{ errors }`.
    #[must_use]
    pub fn decide(&mut self, household: &str, date: &str, is_proposed: bool) -> String {
        let question = Question { detail: Detail { steps: true, cells: true, ..Detail::default() }, ..Question::on(date) };
        let area = area_of(household);
        if !self.engine.as_ref().is_some_and(|(proposed, around, _)| *proposed == is_proposed && *around == area) {
            let tables = if is_proposed { self.draft.proposed(area.as_deref()) } else { self.draft.current(area.as_deref()) };
            match tables {
                Ok(tables) => self.engine = Some((is_proposed, area, Engine::new(tables))),
                Err(errors) => return text(&json!({ "errors": errors })),
            }
        }
        match self.engine.as_ref().map(|(.., engine)| engine.evaluate(household, question)) {
            Some(Ok(decision)) => text(&decision),
            Some(Err(errors)) => text(&json!({ "errors": errors })),
            None => "null".to_owned(),
        }
    }

    /// What rests on the draft as it was is forgotten.
    fn changed_now(&mut self) {
        self.running = None;
        self.engine = None;
    }

    /// The fewest people a proposed table should be tried with, and how many each row has.
    #[must_use]
    pub fn cases(&self, file: &str) -> String {
        let area = file.split('/').next();
        let tables = match self.draft.proposed(area) {
            Ok(tables) => tables,
            Err(errors) => return text(&json!({ "errors": errors })),
        };
        let Some(table) = tables.all().find(|table| table.file == file) else { return "null".to_owned() };
        let mut found = boundary_cases(&tables, table);
        for case in &mut found.cases {
            case.person.household = people::completed(&case.person.household, &case.person.date.to_string());
        }
        text(&found)
    }

    /// A household of somebody with nothing special about them, wherever it does not say otherwise.
    #[must_use]
    pub fn completed(&self, household: &str, day: &str) -> String {
        people::completed(household, day)
    }

    /// Cash each month along the income of a member, on both sides of the running comparison.
    #[must_use]
    pub fn curve(&self, household: &str, date: &str, member: usize, to: &str) -> String {
        let (Some(running), Ok(to)) = (&self.running, Yuan::parse(to)) else { return "[]".to_owned() };
        text(&curve(running.engine(false), running.engine(true), household, date, member, to))
    }

    /// The pack of an area from the proposed tables, or from the current ones.
    ///
    /// # Errors
    /// Tables that cannot be used, as JSON.
    pub fn pack(&self, area: &str, is_proposed: bool) -> Result<String, JsError> {
        let files = if is_proposed { self.draft.files() } else { self.draft.base().clone() };
        let loaded = if is_proposed { self.draft.proposed(Some(area)) } else { self.draft.current(Some(area)) };
        let tables = loaded.map_err(|errors| JsError::new(&text(&errors)))?;
        let code = AreaCode::parse(area).ok_or_else(|| JsError::new("unknown-area"))?;
        let files: Vec<(String, String)> = files.into_iter().collect();
        pack::write(&files, &tables.areas, code).map_err(|errors| JsError::new(&text(&errors)))
    }

    fn place(&self, area: &str) -> String {
        self.areas
            .get(area)
            .cloned()
            .unwrap_or_else(|| if area == "000000" { self.words.say("ui.nation").to_owned() } else { area.to_owned() })
    }

    fn title(&self, parameter: &str) -> String {
        self.words.has(&format!("parameter.{parameter}")).unwrap_or(parameter).to_owned()
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn names_of_areas(text: &str) -> BTreeMap<String, String> {
    let Ok(json) = json::read(text, Limits::TABLES) else { return BTreeMap::new() };
    let areas = json.get("areas").map(Json::items).unwrap_or_default();
    areas.iter().filter_map(|area| Some((area.get("code")?.text()?.to_owned(), area.get("name")?.text()?.to_owned()))).collect()
}

/// Where the first member is registered: the tables around it are loaded.
fn area_of(household: &str) -> Option<String> {
    let json: Value = serde_json::from_str(household).ok()?;
    json.pointer("/members/0/registeredArea/0/area").and_then(Value::as_str).map(str::to_owned)
}
