//! Reads a folder of tables, and what its areas are called.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use huisuan_core::area::{AreaCode, Areas};
use huisuan_core::tables::{self, Tables};
use serde::Deserialize;

use crate::failure::Failure;

/// The name of the folder that is looked for where none is given.
const DEFAULT: &str = "policy-tables";

/// A folder of tables: every `.json` file in it and in its subfolders, by name.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Name such as `370683/minimum-living-standard.json`, and text; sorted by name.
    pub(crate) files: Vec<(String, String)>,
}

impl Folder {
    /// Reads the folder given, or the nearest `policy-tables` from here upwards.
    pub(crate) fn read(given: Option<&Path>) -> Result<Self, Failure> {
        let root = Self::root(given)?;
        let mut files = BTreeMap::new();
        for entry in list(&root)? {
            if entry.is_dir() {
                for inner in list(&entry)? {
                    add(&mut files, &root, &inner)?;
                }
            } else {
                add(&mut files, &root, &entry)?;
            }
        }
        if !files.contains_key("areas.json") {
            return Err(Failure::NotTables(root));
        }
        Ok(Self { files: files.into_iter().collect() })
    }

    /// The folder given, or the nearest `policy-tables` from here upwards.
    pub(crate) fn root(given: Option<&Path>) -> Result<PathBuf, Failure> {
        given.map(Path::to_owned).or_else(nearest).ok_or(Failure::NoTables)
    }

    /// Checks everything and makes the tables ready.
    pub(crate) fn load(&self) -> Result<Tables, Failure> {
        tables::load(self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).map_err(Failure::Tables)
    }

    /// The text of a file.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str())
    }

    /// What the areas are called.
    pub(crate) fn names(&self) -> AreaNames {
        let register: Option<Register> = self.text("areas.json").and_then(|text| serde_json::from_str(text).ok());
        let areas = register.map(|register| register.areas).unwrap_or_default();
        AreaNames(areas.into_iter().map(|area| (area.code.clone(), area)).collect())
    }

    /// Codes of the areas that have a folder of their own; the nation's is `000000`.
    pub(crate) fn areas_with_tables(&self) -> Vec<AreaCode> {
        let mut areas: Vec<AreaCode> = self
            .files
            .iter()
            .filter_map(|(name, _)| name.split_once('/'))
            .filter_map(|(folder, _)| if folder == "national" { Some(AreaCode::NATION) } else { AreaCode::parse(folder) })
            .collect();
        areas.dedup();
        areas
    }
}

fn nearest() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join(DEFAULT)).find(|folder| folder.join("areas.json").is_file())
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error| Failure::Unreadable(folder.to_owned(), error);
    fs::read_dir(folder).map_err(unreadable)?.map(|entry| entry.map(|entry| entry.path()).map_err(unreadable)).collect()
}

fn add(files: &mut BTreeMap<String, String>, root: &Path, path: &Path) -> Result<(), Failure> {
    if path.extension().is_none_or(|extension| extension != "json") {
        return Ok(());
    }
    let text = fs::read_to_string(path).map_err(|error| Failure::Unreadable(path.to_owned(), error))?;
    let inside = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    files.insert(parts.join("/"), text);
    Ok(())
}

/// Names of areas by code; empty where only packs were given.
#[derive(Debug, Default)]
pub(crate) struct AreaNames(pub(crate) BTreeMap<String, AreaName>);

/// What `areas.json` says of one area beyond what the engine needs.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AreaName {
    pub(crate) code: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) pinyin: String,
    #[serde(default)]
    pub(crate) former_names: Vec<String>,
}

#[derive(Deserialize)]
struct Register {
    areas: Vec<AreaName>,
}

/// What `index.json` beside a pack says of one place.
#[derive(Deserialize)]
struct Listed {
    area: String,
    names: Vec<String>,
}

#[derive(Deserialize)]
struct Index {
    areas: Vec<Listed>,
}

impl AreaNames {
    /// From the list of packs in the same folder, if there is one.
    pub(crate) fn beside(pack: &Path, areas: &Areas) -> Self {
        let text = fs::read_to_string(pack.with_file_name("index.json")).unwrap_or_default();
        let index: Option<Index> = serde_json::from_str(&text).ok();
        let mut names = BTreeMap::new();
        for listed in index.into_iter().flat_map(|index| index.areas) {
            let Some(area) = AreaCode::parse(&listed.area) else { continue };
            for (code, name) in areas.chain(area).zip(listed.names) {
                let code = code.to_string();
                names.entry(code.clone()).or_insert(AreaName { code, name, pinyin: String::new(), former_names: Vec::new() });
            }
        }
        Self(names)
    }

    /// The name, or the code where no name is known.
    pub(crate) fn of(&self, code: AreaCode) -> String {
        let code = code.to_string();
        self.0.get(&code).map_or(code, |area| area.name.clone())
    }
}
