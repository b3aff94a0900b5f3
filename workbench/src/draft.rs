//! The tables as they are and as they would be: findings, differences cell by cell, and both as engines.

use std::collections::{BTreeMap, BTreeSet};

use huisuan_core::check::{Finding, check, check_table};
use huisuan_core::error::TableError;
use huisuan_core::json::{self, Json, Limits};
use huisuan_core::tables::{self, Tables};
use serde::Serialize;

use crate::column;
use crate::held::{Cells, Held, Row, same_people};

/// Files by name.
pub type Files = BTreeMap<String, String>;

/// The current tables and what somebody has changed of them.
#[derive(Debug, Default)]
pub struct Draft {
    base: Files,
    changed: BTreeMap<String, Option<String>>,
}

/// One cell that says something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The file.
    pub file: String,
    /// Row in the proposed table, from 1 at the top; that in the current one if it is gone; 0 for the head.
    pub row: usize,
    /// The field.
    pub field: String,
    /// What stood there; `null` for a cell of a new row.
    pub before: Option<String>,
    /// What stands there now; `null` for a cell of a row that is gone.
    pub after: Option<String>,
    /// `head`, `row-added`, `row-removed` or `row-changed`.
    pub kind: &'static str,
    /// The document of the row.
    pub document: String,
    /// When and for whom the row holds.
    #[serde(skip)]
    pub held: Held,
}

/// What the checks say of the proposed tables.
#[derive(Debug, Serialize)]
pub struct Findings {
    /// What keeps tables from being used.
    pub errors: Vec<TableError>,
    /// What to look at.
    pub findings: Vec<Finding>,
}

impl Draft {
    /// Nothing changed yet.
    #[must_use]
    pub fn new(base: Files) -> Self {
        Self { base, changed: BTreeMap::new() }
    }

    /// The current files.
    #[must_use]
    pub fn base(&self) -> &Files {
        &self.base
    }

    /// Takes a text for a file, or the file away; the text it has now changes nothing.
    pub fn set(&mut self, file: &str, text: Option<String>) {
        if self.base.get(file) == text.as_ref() {
            self.changed.remove(file);
        } else {
            self.changed.insert(file.to_owned(), text);
        }
    }

    /// Forgets all changes.
    pub fn reset(&mut self) {
        self.changed.clear();
    }

    /// Names of the files that are not as they were.
    #[must_use]
    pub fn changed(&self) -> Vec<String> {
        self.changed.keys().cloned().collect()
    }

    /// The proposed text of a file.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        match self.changed.get(file) {
            Some(changed) => changed.as_deref(),
            None => self.base.get(file).map(String::as_str),
        }
    }

    /// All proposed files.
    #[must_use]
    pub fn files(&self) -> Files {
        let mut files = self.base.clone();
        for (name, text) in &self.changed {
            match text {
                Some(text) => files.insert(name.clone(), text.clone()),
                None => files.remove(name),
            };
        }
        files
    }

    /// The areas whose tables are changed; the nation's folder is `national`.
    fn touched(&self) -> BTreeSet<&str> {
        self.changed.keys().filter_map(|name| name.split_once('/')).map(|(folder, _)| folder).collect()
    }

    /// Whether a file can matter to the places that the changes touch: theirs, those above and those below.
    ///
    /// Comparing needs no other, because every other file is the same on both sides.
    fn concerns(&self, name: &str, also: Option<&str>) -> bool {
        let Some((folder, _)) = name.split_once('/') else { return true };
        let mut touched = self.touched();
        touched.extend(also);
        folder == "national"
            || touched.iter().any(|area| {
                let common = |digits: usize| area.get(..digits).is_some_and(|start| folder.starts_with(start));
                let is_province = |code: &str| code.get(2..) == Some("0000");
                let is_city = |code: &str| code.get(4..) == Some("00");
                *area == "national"
                    || common(2)
                        && (is_province(area) || is_province(folder) || common(4) && (is_city(area) || is_city(folder) || *area == folder))
            })
    }

    fn loaded(files: &Files, wanted: impl Fn(&str) -> bool) -> Result<Tables, Vec<TableError>> {
        tables::load(files.iter().filter(|(name, _)| wanted(name)).map(|(name, text)| (name.as_str(), text.as_str())))
    }

    /// The current tables that matter to the changes, and to one area beside them.
    ///
    /// # Errors
    /// What keeps them from being used.
    pub fn current(&self, also: Option<&str>) -> Result<Tables, Vec<TableError>> {
        Self::loaded(&self.base, |name| self.concerns(name, also))
    }

    /// The proposed tables that matter to the changes, and to one area beside them.
    ///
    /// # Errors
    /// What keeps them from being used.
    pub fn proposed(&self, also: Option<&str>) -> Result<Tables, Vec<TableError>> {
        Self::loaded(&self.files(), |name| self.concerns(name, also))
    }

    /// Everything the checks find in one proposed table, or what keeps the tables around it from being used.
    #[must_use]
    pub fn check_one(&self, file: &str) -> Findings {
        let area = file.split('/').next();
        match self.proposed(area) {
            Ok(tables) => {
                let own = tables.all().filter(|table| table.file == file);
                Findings { errors: Vec::new(), findings: own.flat_map(|table| check_table(&tables, table)).collect() }
            }
            Err(errors) => Findings { errors, findings: Vec::new() },
        }
    }

    /// Everything the checks find in the changed tables; in all of them if nothing is changed.
    #[must_use]
    pub fn check_changed(&self) -> Findings {
        let loaded = if self.changed.is_empty() { Self::loaded(&self.base, |_| true) } else { self.proposed(None) };
        match loaded {
            Ok(tables) if self.changed.is_empty() => Findings { errors: Vec::new(), findings: check(&tables) },
            Ok(tables) => {
                // A changed number may fall below what a table above or beside it demands: all of the area are looked at.
                let touched = self.touched();
                let own = tables.all().filter(|table| table.file.split('/').next().is_some_and(|folder| touched.contains(folder)));
                Findings { errors: Vec::new(), findings: own.flat_map(|table| check_table(&tables, table)).collect() }
            }
            Err(errors) => Findings { errors, findings: Vec::new() },
        }
    }

    /// Every cell that says something else.
    #[must_use]
    pub fn edits(&self) -> Vec<Edit> {
        let tables = self
            .changed
            .iter()
            .filter(|(name, _)| is_table(name, self.base.get(*name)) || is_table(name, self.text(name).map(str::to_owned).as_ref()));
        tables.flat_map(|(name, text)| edits(name, self.base.get(name).map(String::as_str), text.as_deref())).collect()
    }

    /// Enters documents into the registers of their areas: new ones at the end, known ones in their place.
    pub fn enter_documents(&mut self, documents: &[BTreeMap<String, String>], usual_area: &str) {
        let mut by_area: BTreeMap<&str, Vec<&BTreeMap<String, String>>> = BTreeMap::new();
        for document in documents.iter().filter(|document| document.contains_key("id")) {
            by_area.entry(document.get("area").map_or(usual_area, String::as_str)).or_default().push(document);
        }
        for (area, documents) in by_area {
            let file = if area == "000000" { "documents.json".to_owned() } else { format!("{area}/documents.json") };
            let text = self.text(&file).unwrap_or("{ \"documents\": [\n] }\n").to_owned();
            if let Some(changed) = with_documents(&text, &documents) {
                self.set(&file, Some(changed));
            }
        }
    }
}

/// Fields of a document, in the order in which they are written.
const DOCUMENT: [&str; 8] = ["id", "title", "number", "issuer", "issued", "inForce", "link", "grade"];

/// The register with these documents; `None` if it says the same already.
fn with_documents(text: &str, documents: &[&BTreeMap<String, String>]) -> Option<String> {
    let json = json::read(text, Limits::TABLES).ok()?;
    let known = json.get("documents").map(Json::items).unwrap_or_default();
    let mut lines: Vec<(String, String)> = Vec::new();
    for document in known {
        let mut line = String::new();
        tables::write::spaced(document, &mut line);
        lines.push((document.get("id").and_then(Json::text).unwrap_or("").to_owned(), line));
    }
    let mut changed = false;
    for document in documents {
        let own = |field: &str| document.get(field).map(String::as_str).filter(|text| !text.is_empty());
        let id = own("id")?;
        let before = known.iter().find(|known| known.get("id").and_then(Json::text) == Some(id));
        let is_same = before.is_some_and(|before| DOCUMENT.iter().all(|field| before.get(field).and_then(Json::text) == own(field)));
        if is_same {
            continue;
        }
        changed = true;
        let field = |field: &&str| {
            let value = own(field).or(if **field == *"grade" { Some("A2") } else { None });
            format!("{}: {}", tables::write::quoted(field), value.map_or_else(|| "null".to_owned(), tables::write::quoted))
        };
        let line = format!("{{ {} }}", DOCUMENT.iter().map(field).collect::<Vec<_>>().join(", "));
        match lines.iter_mut().find(|(known, _)| known == id) {
            Some((_, known)) => *known = line,
            None => lines.push((id.to_owned(), line)),
        }
    }
    let all: Vec<String> = lines.into_iter().map(|(_, line)| format!("  {line}")).collect();
    changed.then(|| format!("{{ \"documents\": [\n{}\n] }}\n", all.join(",\n")))
}

fn is_table(name: &str, text: Option<&String>) -> bool {
    name.contains('/') && text.is_some_and(|text| text.contains("\"parameter\"") && text.contains("\"rows\""))
}

/// What differs between two texts of a table, cell by cell.
///
/// Rows that are the same stand for themselves, wherever they stand. Of the others, those that begin on the same day for
/// the same people belong together, then those for the same people, then those that stand in the same place.
#[must_use]
pub fn edits(file: &str, before: Option<&str>, after: Option<&str>) -> Vec<Edit> {
    let [old, new] = [before, after].map(|text| text.map(Cells::of).unwrap_or_default());
    let mut found = Vec::new();
    let fields: BTreeSet<&String> = old.head.keys().chain(new.head.keys()).collect();
    for field in fields {
        let (before, after) = (old.head.get(field).cloned(), new.head.get(field).cloned());
        if before != after {
            let (file, field, document, held) = (file.to_owned(), field.clone(), String::new(), Held::default());
            found.push(Edit { file, row: 0, field, before, after, kind: "head", document, held });
        }
    }
    let mut left: Vec<usize> = (0..old.rows.len()).collect();
    let mut right: Vec<usize> = (0..new.rows.len()).collect();
    let mut pairs = Vec::new();
    type Alike<'a> = &'a dyn Fn(usize, &Row, usize, &Row) -> bool;
    let count = (old.rows.len(), new.rows.len());
    let rounds: [Alike<'_>; 4] = [
        &|_, a, _, b| a == b,
        &|_, a, _, b| a.get("from") == b.get("from") && same_people(a, b),
        &|_, a, _, b| a.get("value") == b.get("value") && same_people(a, b),
        &|at, a, other, b| {
            count.0 == count.1 && at == other && a.keys().filter(|key| a.get(*key) == b.get(*key)).count().saturating_mul(2) >= a.len()
        },
    ];
    for alike in rounds {
        left.retain(|at| {
            let partner = right.iter().position(|other| match (old.rows.get(*at), new.rows.get(*other)) {
                (Some(a), Some(b)) => alike(*at, a, *other, b),
                _ => false,
            });
            let Some(partner) = partner else { return true };
            pairs.push((*at, right.remove(partner)));
            false
        });
    }
    pairs.sort_by_key(|(_, new)| *new);
    let mut row = |number: usize, kind: &'static str, a: Option<&Row>, b: Option<&Row>| {
        let Some(own) = b.or(a) else { return };
        let document = own.get("document").cloned().unwrap_or_default();
        let held = Held::of(own, if b.is_some() { &new.rows } else { &old.rows });
        let fields: BTreeSet<&String> = a.into_iter().chain(b).flat_map(BTreeMap::keys).collect();
        for field in fields {
            let (before, after) = (a.and_then(|row| row.get(field)).cloned(), b.and_then(|row| row.get(field)).cloned());
            if before != after {
                let file = file.to_owned();
                found.push(Edit {
                    file,
                    row: number.saturating_add(1),
                    field: field.clone(),
                    before,
                    after,
                    kind,
                    document: document.clone(),
                    held: held.clone(),
                });
            }
        }
    };
    for (at, other) in pairs {
        row(other, "row-changed", old.rows.get(at), new.rows.get(other));
    }
    for other in right {
        row(other, "row-added", None, new.rows.get(other));
    }
    for at in left {
        row(at, "row-removed", old.rows.get(at), None);
    }
    found
}

/// Whether a field of a row says something that decisions rest on.
#[must_use]
pub fn counts(field: &str) -> bool {
    column::is_known(field) && !matches!(field, "note" | "quote" | "article" | "payers")
}
