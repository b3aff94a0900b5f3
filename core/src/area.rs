//! Administrative areas (行政区划): codes, parents, lifetimes, successors.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::TableError;
use crate::json::Json;
use crate::order::{Listed as _, sort_by_number};

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

    /// Whether it is `area` or lies in it, which its digits say.
    #[must_use]
    pub fn is_within(self, area: Self) -> bool {
        [self, self.city(), self.province(), Self::NATION].contains(&area)
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
    /// The area that took its place, for codes no longer in use (370282 → 370215).
    pub successor: Option<AreaCode>,
}

/// All areas, sorted by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Areas(Vec<Area>);

impl Areas {
    /// Reads `areas.json`: `{ "areas": [ { "code", "parent", "successor"? } ] }`; names are not kept.
    pub(crate) fn read(json: &Json<'_>, file: &str, errors: &mut Vec<TableError>) -> Self {
        let entries = json.get("areas").map(Json::items).unwrap_or_default();
        let code = |entry: &Json<'_>, name: &str| entry.get(name).and_then(Json::text).and_then(AreaCode::parse);
        let own = entries.iter().filter_map(|entry| Some(Area { code: code(entry, "code")?, successor: code(entry, "successor") }));
        let areas = Self::new(own.listed());
        for (row, entry) in entries.iter().enumerate() {
            let says_where = |own: AreaCode| own == AreaCode::NATION || code(entry, "parent") == Some(areas.parent(own));
            if !code(entry, "code").is_some_and(says_where) {
                errors.push(TableError {
                    code: "unknown-area",
                    file: file.to_owned(),
                    line: entry.line,
                    row: Some(row.saturating_add(1)),
                    field: "code".to_owned(),
                    got: entry.shown(),
                    expected: "a six-digit code, and the parent its digits name".to_owned(),
                });
            }
        }
        areas
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

    /// The area it lies in: the city it is numbered in if there is one, else the province; the nation lies in itself.
    #[must_use]
    pub fn parent(&self, code: AreaCode) -> AreaCode {
        let levels = [code.city(), code.province()];
        levels.into_iter().find(|level| *level != code && self.get(*level).is_some()).unwrap_or(AreaCode::NATION)
    }

    /// The area and those it lies in, nearest first, the nation last; each looked up only when it is asked for.
    pub fn chain(&self, code: AreaCode) -> impl Iterator<Item = AreaCode> + '_ {
        std::iter::successors(Some(code), |at| (*at != AreaCode::NATION).then(|| self.parent(*at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_code_resolves_to_the_area_that_took_its_place() {
        let codes =
            [(0, None), (370_000, None), (370_200, None), (370_215, None), (370_282, Some(370_215)), (419_001, None), (410_000, None)];
        let areas = Areas::new(codes.map(|(code, next)| Area { code: AreaCode(code), successor: next.map(AreaCode) }).to_vec());
        assert_eq!(areas.resolve(AreaCode(370_282)), Some(AreaCode(370_215)));
        assert_eq!(areas.resolve(AreaCode(370_299)), None);
        let chain = |code| areas.chain(AreaCode(code)).map(|code| code.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(chain(370_215), "370215 370200 370000 000000");
        // 济源 lies in no city.
        assert_eq!(chain(419_001), "419001 410000 000000");
        for area in areas.all() {
            let above: Vec<AreaCode> = areas.chain(area.code).collect();
            for other in areas.all() {
                assert_eq!(area.code.is_within(other.code), above.contains(&other.code), "{} in {}", area.code, other.code);
            }
        }
    }

    #[test]
    fn an_area_lies_where_its_digits_say_or_is_refused() {
        let text = r#"{"areas": [{"code": "000000"}, {"code": "370000", "parent": "000000"}, {"code": "370200", "parent": "370000"},
            {"code": "370215", "parent": "370000"}, {"code": "370283"}, {"code": "3702", "parent": "370000"}]}"#;
        let json = crate::json::read(text, crate::json::Limits::TABLES).expect("well-formed");
        let mut errors = Vec::new();
        assert_eq!(Areas::read(&json, "areas.json", &mut errors).all().len(), 5);
        let found: Vec<_> = errors.iter().map(|error| (error.code, error.row)).collect();
        assert_eq!(found, [("unknown-area", Some(4)), ("unknown-area", Some(5)), ("unknown-area", Some(6))]);
    }

    #[test]
    fn a_code_is_six_digits() {
        assert_eq!(AreaCode::parse("370215").map(|code| code.to_string()).as_deref(), Some("370215"));
        for text in ["37021", "3702155", "37021a", "", "３７０２１５"] {
            assert_eq!(AreaCode::parse(text), None, "{text}");
        }
    }
}
