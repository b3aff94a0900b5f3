//! Packs: the tables of one area's chain in one compact file, in layers that provinces and cities share.
//!
//! A pack is lines of JSON: a header that names the area and each layer's area and SHA-256, then one line for each
//! layer. Same tables, same bytes. An altered, cut, mislabelled or newer pack is refused.

use std::fmt::Write as _;

use litemap::LiteMap;

use super::Tables;
use super::read::{Loader, area_of};
use super::write::quoted;
use crate::area::{Area, AreaCode, Areas};
use crate::error::TableError;
use crate::hash::sha256;
use crate::json::{self, Json, Limits};
use crate::order::{Listed as _, gathered, sort_by_number};

/// The pack format this engine reads and writes.
pub const VERSION: i64 = 1;

/// Registers that the engine does not need; areas are written in a shorter form.
const FOR_CLERKS: &[&str] = &["areas.json", "setters.json"];

/// What tables and registers say to clerks and not to the engine.
const LEFT_OUT: &[&str] = &["note", "accepts", "covers", "rowCount"];

/// Writes the pack of `area` from table files (name and text) that [`super::load`] has found good.
///
/// An area without tables of its own has the pack of the nearest area above it that has some.
///
/// # Errors
/// `unknown-area`.
pub fn write(files: &[(String, String)], areas: &Areas, area: AreaCode) -> Result<String, Vec<TableError>> {
    let Some(area) = packed_as(files, areas, area) else {
        return Err(vec![error("unknown-area", "area", &area.to_string(), "a code in areas.json")]);
    };
    let levels: Vec<AreaCode> = areas.chain(area).filter(|level| has_files(files, *level)).listed();
    let lines: Vec<(AreaCode, String)> = levels.iter().rev().map(|level| (*level, layer(*level, files, areas))).listed();
    let layers: Vec<String> =
        lines.iter().map(|(level, line)| format!("{{\"area\":\"{level}\",\"sha256\":\"{}\"}}", sha256(line.as_bytes()))).listed();
    let mut pack = format!("{{\"format\":\"huisuan-pack\",\"version\":{VERSION},\"area\":\"{area}\",\"layers\":[{}]}}\n", layers.join(","));
    for (_, line) in lines {
        pack.push_str(&line);
        pack.push('\n');
    }
    Ok(pack)
}

/// Whose pack an area uses: its own if it has tables, else that of the nearest area above it; `None` for an unknown area.
#[must_use]
pub fn packed_as(files: &[(String, String)], areas: &Areas, area: AreaCode) -> Option<AreaCode> {
    areas.chain(area).find(|level| has_files(files, *level))
}

fn has_files(files: &[(String, String)], area: AreaCode) -> bool {
    files.iter().any(|(file, _)| area_of(file) == Some(area))
}

/// One area's layer: the files of its folder; the nation's has what belongs to no area, too.
#[must_use]
pub fn layer(level: AreaCode, files: &[(String, String)], areas: &Areas) -> String {
    let is_own = |file: &str| area_of(file) == Some(level) && !FOR_CLERKS.contains(&file);
    let mut line = format!("{{\"area\":\"{level}\"");
    if level == AreaCode::NATION {
        let _ = write!(line, ",\"areas\":{}", compact_areas(areas));
    }
    let mut own: Vec<&(String, String)> = files.iter().filter(|(file, _)| is_own(file)).listed();
    own.sort_unstable();
    line.push_str(",\"files\":{");
    for (at, (file, text)) in own.into_iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        let small = json::read(text, Limits::TABLES).map(|json| small(&json)).unwrap_or_default();
        let _ = write!(line, "{comma}{}:{small}", quoted(file));
    }
    line.push_str("}}");
    line
}

/// Reads packs; layers that several packs share must be the same.
///
/// # Errors
/// `not-a-pack`, `newer-pack`, `truncated-pack`, `altered-pack`, `mixed-packs`, or what is wrong with the tables inside.
pub fn read(packs: &[&[u8]]) -> Result<Tables, Vec<TableError>> {
    let mut layers: LiteMap<AreaCode, (String, &str)> = LiteMap::default();
    for pack in packs {
        let text = std::str::from_utf8(pack).map_err(|_| vec![error("not-a-pack", "", "bytes", "a text in UTF-8")])?;
        for (area, hash, line) in split(text)? {
            match layers.get(&area) {
                Some((known, _)) if *known != hash => {
                    return Err(vec![error("mixed-packs", &area.to_string(), &hash, known)]);
                }
                Some(_) => {}
                None => {
                    layers.insert(area, (hash, line));
                }
            }
        }
    }
    // Layer by layer, the nation first: a layer names only what is its own or stands above it, and each is dropped once read.
    let mut loader = Loader::new();
    for (area, (_, line)) in &layers {
        let layer = json::read(line, Limits::TABLES).map_err(|_| vec![error("altered-pack", "", "", "valid JSON")])?;
        if *area == AreaCode::NATION {
            loader.tables.areas = layer.get("areas").map(expand_areas).unwrap_or_default();
        }
        loader.files(layer.get("files").map(Json::entries).unwrap_or_default().iter().map(|(file, json)| (file.as_ref(), json)));
    }
    let mut tables = loader.finish()?;
    tables.layers = gathered(layers.into_iter().map(|(area, (hash, _))| (area, hash)));
    Ok(tables)
}

/// The layers of a pack, each checked against the hash in the header.
fn split(text: &str) -> Result<Vec<(AreaCode, String, &str)>, Vec<TableError>> {
    let mut lines = text.lines();
    let header = lines.next().unwrap_or("");
    let json = json::read(header, Limits::TABLES).map_err(|_| vec![error("not-a-pack", "", &json::shorten(header), "a pack header")])?;
    if json.get("format").and_then(Json::text) != Some("huisuan-pack") {
        return Err(vec![error("not-a-pack", "format", &json::shorten(header), "huisuan-pack")]);
    }
    let version = json.get("version").and_then(Json::integer).unwrap_or(0);
    if version != VERSION {
        return Err(vec![error("newer-pack", "version", &version.to_string(), &VERSION.to_string())]);
    }
    let mut layers = Vec::new();
    for layer in json.get("layers").map(Json::items).unwrap_or_default() {
        let area = layer.get("area").and_then(Json::text).and_then(AreaCode::parse);
        let hash = layer.get("sha256").and_then(Json::text).unwrap_or("");
        let (Some(area), Some(line)) = (area, lines.next()) else {
            return Err(vec![error("truncated-pack", "layers", &layers.len().to_string(), "as many layers as the header names")]);
        };
        if sha256(line.as_bytes()) != hash {
            return Err(vec![error("altered-pack", &area.to_string(), &sha256(line.as_bytes()), hash)]);
        }
        if !line.starts_with(&format!("{{\"area\":\"{area}\"")) {
            return Err(vec![error("altered-pack", "area", &json::shorten(line), &area.to_string())]);
        }
        layers.push((area, hash.to_owned(), line));
    }
    let named = json.get("area").and_then(Json::text).and_then(AreaCode::parse);
    if layers.is_empty() || lines.next().is_some() || layers.last().map(|(area, ..)| *area) != named {
        return Err(vec![error("altered-pack", "layers", &layers.len().to_string(), "the layers of the area in the header")]);
    }
    Ok(layers)
}

fn error(code: &'static str, field: &str, got: &str, expected: &str) -> TableError {
    TableError {
        code,
        file: "pack".to_owned(),
        line: 0,
        row: None,
        field: field.to_owned(),
        got: got.to_owned(),
        expected: expected.to_owned(),
    }
}

/// Codes as differences between neighbours; parents follow from the codes, successors are listed.
fn compact_areas(areas: &Areas) -> String {
    let mut differences = String::new();
    let mut before = 0;
    for area in areas.all() {
        let number = area.code.number();
        let _ = write!(differences, "{}{}", if differences.is_empty() { "" } else { " " }, number.saturating_sub(before));
        before = number;
    }
    let successors: Vec<String> =
        areas.all().iter().filter_map(|area| area.successor.map(|next| format!("\"{}\":\"{next}\"", area.code))).listed();
    format!("{{\"codes\":\"{differences}\",\"successors\":{{{}}}}}", successors.join(","))
}

fn expand_areas(json: &Json<'_>) -> Areas {
    let mut number: i64 = 0;
    let codes: Vec<AreaCode> = json
        .get("codes")
        .and_then(Json::text)
        .unwrap_or("")
        .split(' ')
        .filter_map(|difference| {
            number = number.saturating_add(difference.parse::<i64>().ok()?);
            AreaCode::from_number(number)
        })
        .listed();
    let pairs = json.get("successors").map(Json::entries).unwrap_or_default().iter();
    let pairs = pairs.filter_map(|(code, next)| Some((AreaCode::parse(code)?, next.text().and_then(AreaCode::parse)?)));
    let mut successors: Vec<(AreaCode, AreaCode)> = pairs.listed();
    sort_by_number(&mut successors, |(code, _)| code.number());
    let successor = |code: AreaCode| {
        let at = successors.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        successors.get(at).map(|(_, next)| *next)
    };
    Areas::new(codes.into_iter().map(|code| Area { code, successor: successor(code) }).listed())
}

/// The value without white space and without what is for clerks only.
fn small(json: &Json<'_>) -> String {
    let mut out = String::new();
    json.write(&|name| !LEFT_OUT.contains(&name), &mut out);
    out
}
