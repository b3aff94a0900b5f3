//! `huisuan pack`: the files that portals download, one for each area, and the list of them.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use huisuan_core::area::AreaCode;
use huisuan_core::tables::{Tables, pack};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::failure::Failure;
use crate::files::{AreaNames, Folder};
use crate::messages::Catalogue;

#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// Six-digit code of the area whose pack is written
    #[arg(long, required_unless_present = "all", conflicts_with = "all")]
    area: Option<String>,
    /// Write a pack for every area that needs one, `index.json`, and `areas.txt` for choosers
    #[arg(long)]
    all: bool,
    /// File to write (folder with --all); made if it is not there
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Folder of tables [default: the nearest `policy-tables` from here upwards]
    #[arg(long, value_name = "DIR")]
    tables: Option<PathBuf>,
}

/// One place a person can choose, and the pack to load for it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    area: String,
    file: String,
    name: String,
    /// Its own name first, then those it lies in.
    names: Vec<String>,
    pinyin: String,
    former_names: Vec<String>,
    /// The code that took this one's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    successor: Option<String>,
    synthetic: bool,
    bytes: usize,
    sha256: String,
}

pub(crate) fn run(arguments: &Pack, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let folder = Folder::read(arguments.tables.as_deref())?;
    let tables = folder.load()?;
    match &arguments.area {
        Some(text) => {
            let code = AreaCode::parse(text).and_then(|code| tables.areas.resolve(code));
            let area = code.ok_or_else(|| Failure::Argument("--area", text.clone()))?;
            let pack = pack::write(&folder.files, &tables.areas, area).map_err(Failure::Tables)?;
            save(&arguments.out, &pack)?;
            writeln!(out, "{area} {} {} {}", arguments.out.display(), pack.len(), sha256(&pack))?;
        }
        None => all(&folder, &tables, &arguments.out, words, out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Every area with tables of its own has a pack; a place without shares that of the nearest area above it.
fn all(folder: &Folder, tables: &Tables, into: &Path, words: &Catalogue, out: &mut impl Write) -> Result<(), Failure> {
    fs::create_dir_all(into).map_err(|error| Failure::Unwritable(into.to_owned(), error))?;
    let own = folder.areas_with_tables();
    let mut written: BTreeMap<AreaCode, (usize, String)> = BTreeMap::new();
    let mut entries = Vec::new();
    let mut chooser = String::new();
    let names = folder.names();
    let parents: BTreeSet<AreaCode> = tables.areas.all().iter().map(|area| tables.areas.parent(area.code)).collect();
    for area in tables.areas.all() {
        let is_place = !parents.contains(&area.code);
        if !(is_place || own.contains(&area.code) || area.code == AreaCode::NATION) {
            chooser += &line(area.code, None, tables, &names);
            continue;
        }
        let current = tables.areas.resolve(area.code).unwrap_or(area.code);
        let packed = pack::packed_as(&folder.files, &tables.areas, current).unwrap_or(AreaCode::NATION);
        let (bytes, sha256) = match written.entry(packed) {
            Slot::Occupied(known) => known.get().clone(),
            Slot::Vacant(slot) => {
                let pack = pack::write(&folder.files, &tables.areas, packed).map_err(Failure::Tables)?;
                save(&into.join(file(packed)), &pack)?;
                slot.insert((pack.len(), sha256(&pack))).clone()
            }
        };
        chooser += &line(area.code, Some(packed), tables, &names);
        entries.push(entry(area.code, packed, tables, &names, bytes, sha256));
    }
    save(&into.join("areas.txt"), &chooser)?;
    let lines: Vec<String> = entries.iter().map(serde_json::to_string).collect::<Result<_, _>>().map_err(io::Error::from)?;
    let index = format!("{{ \"areas\": [\n{}\n] }}\n", lines.join(",\n"));
    save(&into.join("index.json"), &index)?;
    writeln!(out, "{}", words.say("cli.packed", &[("packs", &written.len().to_string()), ("areas", &entries.len().to_string())]))?;
    Ok(())
}

/// The hash of each layer, as packs of these tables have it: so a result says the same whichever of the two it came from.
pub(crate) fn layers(folder: &Folder, tables: &Tables) -> BTreeMap<AreaCode, String> {
    let areas = folder.areas_with_tables().into_iter();
    areas.map(|area| (area, sha256(&pack::layer(area, &folder.files, &tables.areas)))).collect()
}

fn entry(area: AreaCode, packed: AreaCode, tables: &Tables, names: &AreaNames, bytes: usize, sha256: String) -> Entry {
    let code = area.to_string();
    let known = names.0.get(&code);
    let levels = tables.areas.chain(area).filter(|level| *level != AreaCode::NATION || area == AreaCode::NATION);
    Entry {
        file: file(packed),
        name: names.of(area),
        names: levels.map(|level| names.of(level)).collect(),
        pinyin: known.map(|known| known.pinyin.clone()).unwrap_or_default(),
        former_names: known.map(|known| known.former_names.clone()).unwrap_or_default(),
        successor: tables.areas.get(area).and_then(|area| area.successor).map(|next| next.to_string()),
        synthetic: area.is_synthetic(),
        area: code,
        bytes,
        sha256,
    }
}

/// The same for a page's chooser, at half the size: code, name, pinyin, former names; then `+` for a pack of its own, `-` for
/// what is only a name above others, nothing for the pack of the nearest area above that has one; then the successor. A tab
/// stands between them, none at the end.
fn line(area: AreaCode, packed: Option<AreaCode>, tables: &Tables, names: &AreaNames) -> String {
    let code = area.to_string();
    let known = names.0.get(&code);
    let pack = packed.map_or("-", |packed| if packed == area { "+" } else { "" }).to_owned();
    let successor = tables.areas.get(area).and_then(|area| area.successor).map(|next| next.to_string()).unwrap_or_default();
    let pinyin = known.map(|known| known.pinyin.clone()).unwrap_or_default();
    let former = known.map(|known| known.former_names.join("|")).unwrap_or_default();
    let line = [code, names.of(area), pinyin, former, pack, successor].join("\t");
    format!("{}\n", line.trim_end_matches('\t'))
}

fn file(area: AreaCode) -> String {
    format!("{area}.json")
}

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::Unwritable(path.to_owned(), error))
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
