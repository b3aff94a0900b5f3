//! Administrative areas (行政区划): codes, parents, lifetimes, successors.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::TableError;
use crate::json::Json;
use crate::order::sort_by_number;

/// Six-digit administrative division code (行政区划代码), GB/T 2260; `000000` is the nation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct AreaCode(u32);

impl AreaCode {
    /// The nation.
    pub const NATION: Self = Self(0);

    /// Reads six digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let six = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        if six { text.parse().ok().map(Self) } else { None }
    }

    /// The code as a number, for slots.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.0)
    }

    /// Codes from 990000 on are given to no real place: the made-up example province.
    #[must_use]
    pub const fn is_synthetic(self) -> bool {
        self.0 >= 990_000
    }

    /// The code of the city it is numbered in (first four digits); its own for a city.
    #[must_use]
    pub const fn city(self) -> Self {
        self.down_to(100)
    }

    /// The code of the province it is numbered in (first two digits); its own for a province.
    #[must_use]
    pub const fn province(self) -> Self {
        self.down_to(10_000)
    }

    const fn down_to(self, unit: u32) -> Self {
        Self(self.0.div_euclid(unit).saturating_mul(unit))
    }

    /// The code for a number from [`AreaCode::number`].
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        u32::try_from(number).ok().filter(|code| *code <= 999_999).map(Self)
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:06}", self.0)
    }
}

impl Serialize for AreaCode {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for AreaCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AreaCode".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string", "pattern": "^[0-9]{6}$", "description": "six digits of GB/T 2260; 000000 is the nation"
        })
    }
}

/// One area as the tables know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its code.
    pub code: AreaCode,
    /// The area it lies in; the nation lies in itself.
    pub parent: AreaCode,
    /// The area that took its place, for codes no longer in use (370282 → 370215).
    pub successor: Option<AreaCode>,
    /// Made up for examples, not a real place.
    pub synthetic: bool,
}

/// All areas, sorted by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas(Vec<Area>);

impl Areas {
    /// Reads `areas.json`: `{ "areas": [ { "code", "parent", "successor"?, "synthetic"? } ] }`; names are not kept.
    pub(crate) fn read(json: &Json<'_>, file: &str, errors: &mut Vec<TableError>) -> Self {
        let mut areas = Vec::new();
        for (row, entry) in json.get("areas").map(Json::items).unwrap_or_default().iter().enumerate() {
            let code = |name: &str| entry.get(name).and_then(Json::text).and_then(AreaCode::parse);
            if let (Some(own), Some(parent)) = (code("code"), code("parent").or_else(|| code("code").filter(|c| *c == AreaCode::NATION))) {
                areas.push(Area { code: own, parent, successor: code("successor"), synthetic: own.is_synthetic() });
            } else {
                errors.push(TableError {
                    code: "unknown-area",
                    file: file.to_owned(),
                    line: entry.line,
                    row: Some(row.saturating_add(1)),
                    field: "code".to_owned(),
                    got: entry.shown(),
                    expected: "a six-digit code and its parent".to_owned(),
                });
            }
        }
        Self::new(areas)
    }

    /// Sorts the areas; of two with the same code the first stays.
    #[must_use]
    pub fn new(mut areas: Vec<Area>) -> Self {
        sort_by_number(&mut areas, |area| area.code.number());
        areas.dedup_by_key(|area| area.code);
        Self(areas)
    }

    /// All of them, by code.
    #[must_use]
    pub fn all(&self) -> &[Area] {
        &self.0
    }

    /// The area with this code.
    #[must_use]
    pub fn get(&self, code: AreaCode) -> Option<Area> {
        self.0.binary_search_by_key(&code, |area| area.code).ok().and_then(|at| self.0.get(at)).copied()
    }

    /// The code in use now for a code that may have been replaced; `None` if it is no area at all.
    #[must_use]
    pub fn resolve(&self, code: AreaCode) -> Option<AreaCode> {
        let mut area = self.get(code)?;
        for _ in 0..8 {
            match area.successor.and_then(|next| self.get(next)) {
                Some(next) => area = next,
                None => break,
            }
        }
        Some(area.code)
    }

    /// The area and those it lies in, nearest first, the nation last; each looked up only when it is asked for.
    pub fn chain(&self, code: AreaCode) -> impl Iterator<Item = AreaCode> + '_ {
        let parent = |at: &AreaCode| self.get(*at).filter(|area| area.code != AreaCode::NATION).map(|area| area.parent);
        std::iter::successors(Some(code), parent).take(8)
    }

    /// Whether `code` is `ancestor` or lies in it.
    #[must_use]
    pub fn is_within(&self, code: AreaCode, ancestor: AreaCode) -> bool {
        self.chain(code).any(|area| area == ancestor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(code: u32, parent: u32, successor: Option<u32>) -> Area {
        Area { code: AreaCode(code), parent: AreaCode(parent), successor: successor.map(AreaCode), synthetic: false }
    }

    #[test]
    fn an_old_code_resolves_to_the_area_that_took_its_place() {
        let areas = Areas::new(vec![
            area(0, 0, None),
            area(370_000, 0, None),
            area(370_200, 370_000, None),
            area(370_215, 370_200, None),
            area(370_282, 370_200, Some(370_215)),
        ]);
        assert_eq!(areas.resolve(AreaCode(370_282)), Some(AreaCode(370_215)));
        assert_eq!(areas.resolve(AreaCode(370_299)), None);
        let chain: Vec<_> = areas.chain(AreaCode(370_215)).map(|code| code.to_string()).collect();
        assert_eq!(chain, ["370215", "370200", "370000", "000000"]);
        assert!(areas.is_within(AreaCode(370_215), AreaCode(370_000)));
        assert!(!areas.is_within(AreaCode(370_000), AreaCode(370_215)));
    }

    #[test]
    fn a_code_is_six_digits() {
        assert_eq!(AreaCode::parse("370215").map(|code| code.to_string()).as_deref(), Some("370215"));
        for text in ["37021", "3702155", "37021a", "", "３７０２１５"] {
            assert_eq!(AreaCode::parse(text), None, "{text}");
        }
    }
}
