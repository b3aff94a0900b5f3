//! What the loaded tables and this engine cover: areas, benefits, facts, documents.

use litemap::LiteMap;
use serde::Serialize;

use crate::decision::{Layer, SCHEMA_VERSION};
use crate::engine::Engine;
use crate::household::{FIELDS, Kind};
use crate::order::{Listed as _, ordered};
use crate::tables::Document;

/// What an engine covers.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Description {
    /// Version of the engine.
    pub engine: &'static str,
    /// Version of the household's and the result's form.
    pub schema_version: u32,
    /// Areas that have tables of their own, each with the hash of its layer (empty where it came from files).
    pub layers: Vec<Layer>,
    /// Ids of all benefits that it decides.
    pub benefits: Vec<String>,
    /// Every fact a household may state.
    pub facts: Vec<FactDescription>,
    /// Documents by id, as reasons and cells cite them.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Document>"))]
    pub documents: LiteMap<String, Document>,
}

/// A fact a household may state.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FactDescription {
    /// Where it stands, such as `members[].birthDate`; `*` stands for the keys of a map.
    pub path: String,
    /// What it holds.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = ["money", "count", "truth", "day", "choice", "area", "text", "member"]))
    )]
    pub kind: &'static str,
    /// The names to choose from, for a choice.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub choices: &'static [&'static str],
    /// What it means.
    pub about: &'static str,
}

impl Engine {
    /// What this engine covers.
    #[must_use]
    pub fn describe(&self) -> Description {
        let tables = self.tables();
        let areas = ordered(tables.all().map(|table| table.area));
        let layers = areas.into_iter().map(|area| Layer { area, sha256: tables.layers.get(&area).cloned().unwrap_or_default() });
        Description {
            engine: env!("CARGO_PKG_VERSION"),
            schema_version: SCHEMA_VERSION,
            layers: layers.listed(),
            benefits: self.benefits().into_iter().filter(|id| self.decides(id)).map(str::to_owned).listed(),
            facts: facts(),
            documents: tables.documents.clone(),
        }
    }
}

fn facts() -> Vec<FactDescription> {
    let described = FIELDS.iter().map(|field| {
        let list = field.frame.info().path;
        let dot = if list.is_empty() || field.path.is_empty() { "" } else { "." };
        let (kind, choices): (_, &'static [&'static str]) = match field.kind {
            Kind::Money => ("money", &[]),
            Kind::Count { .. } => ("count", &[]),
            Kind::Truth => ("truth", &[]),
            Kind::Day => ("day", &[]),
            Kind::DayOrNone => ("day", &["none"]),
            Kind::Choice(names) => ("choice", names),
            Kind::Place => ("area", &[]),
            Kind::Text => ("text", &[]),
            Kind::Person => ("member", &[]),
        };
        FactDescription { path: format!("{list}{dot}{}", field.path), kind, choices, about: field.about }
    });
    described.listed()
}
