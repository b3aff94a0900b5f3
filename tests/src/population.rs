//! Made-up households, the same ones on every machine: household 17 is household 17 whoever asks for it.
//!
//! They are drawn so that every kind of fact occurs and many lie near the limits of the tables: on them, a fen or a
//! day beside them. Nobody's data is in here.

mod affairs;
mod dice;
mod people;

use std::collections::BTreeSet;

use huisuan_core::area::{Area, AreaCode};
use huisuan_core::date::Date;
use huisuan_core::formula::Per;
use huisuan_core::tables::{CellValue, Condition, Tables};
use serde_json::{Map, Value, json};

pub use dice::Dice;

/// One household and the day to decide it for.
#[derive(Clone, Debug)]
pub struct Case {
    /// The day, YYYY-MM-DD.
    pub date: String,
    /// The household JSON.
    pub household: Value,
}

/// What cases are drawn from: where there are tables, and the numbers and days that matter there.
#[derive(Debug)]
pub struct Population {
    places: Vec<Place>,
    others: Vec<AreaCode>,
}

/// A place with tables, its own or those of the areas above it.
#[derive(Debug)]
pub(crate) struct Place {
    pub area: AreaCode,
    /// Days on which something changes.
    pub days: Vec<Date>,
    /// Monthly limits, in fen: standards, and the ratios of them that tables compare with.
    pub limits: Vec<i64>,
}

/// First and last day of the cases that do not lie on a day of change.
const FIRST_DAY: &str = "2020-01-01";
const LAST_DAY: &str = "2026-12-31";

impl Population {
    /// Cases about the places of these tables.
    #[must_use]
    pub fn new(tables: &Tables) -> Self {
        let with_tables: BTreeSet<AreaCode> = tables.all().map(|table| table.area).filter(|area| *area != AreaCode::NATION).collect();
        let parents: BTreeSet<AreaCode> = tables.areas.all().iter().map(|area| tables.areas.parent(area.code)).collect();
        let counties: Vec<&Area> = tables.areas.all().iter().filter(|area| !parents.contains(&area.code)).collect();
        let has = |code: AreaCode| with_tables.contains(&code);
        // A place of its own, or the first county below an area whose tables end there.
        let mut places = Vec::new();
        for area in tables.areas.all().iter().filter(|area| has(area.code)) {
            let below = counties.iter().find(|county| county.code.is_within(area.code));
            let code = below.map_or(area.code, |county| county.code);
            if !places.iter().any(|place: &Place| place.area == code) {
                places.push(Place { area: code, days: tables.change_days(code), limits: limits(tables, code) });
            }
        }
        let others = counties.iter().map(|county| county.code).filter(|code| !tables.areas.chain(*code).any(has)).step_by(97).collect();
        Self { places, others }
    }

    /// The case with this number.
    #[must_use]
    pub fn case(&self, number: u64) -> Case {
        let mut dice = Dice::new(number);
        let place = &self.places[dice.below(self.places.len())];
        let date = self.day(place, &mut dice);
        let household = people::household(self, place, date, &mut dice);
        Case { date: date.to_string(), household: Value::Object(household) }
    }

    /// The first cases, one after the other.
    pub fn cases(&self) -> impl Iterator<Item = Case> + '_ {
        (0..).map(|number| self.case(number))
    }

    fn day(&self, place: &Place, dice: &mut Dice) -> Date {
        let day = |text: &str| Date::parse(text).expect("a day");
        if dice.percent(35) && !place.days.is_empty() {
            let change = place.days[dice.below(place.days.len())];
            let beside = Date::from_days(change.days() + dice.number(-1, 1)).unwrap_or(change);
            if (day(FIRST_DAY)..=day(LAST_DAY)).contains(&beside) {
                return beside;
            }
        }
        let last = day(LAST_DAY).days() - day(FIRST_DAY).days();
        Date::from_days(day(FIRST_DAY).days() + dice.number(0, last)).unwrap_or(day(FIRST_DAY))
    }

    /// An area other than the case's own.
    fn elsewhere(&self, dice: &mut Dice) -> AreaCode {
        if dice.percent(20) && !self.others.is_empty() {
            self.others[dice.below(self.others.len())]
        } else {
            self.places[dice.below(self.places.len())].area
        }
    }
}

impl Case {
    /// One line of NDJSON that `huisuan decide` reads.
    #[must_use]
    pub fn line(&self) -> String {
        json!({ "date": self.date, "household": self.household }).to_string()
    }
}

/// Monthly amounts near which something may change: what standards say, and what conditions on income compare with.
fn limits(tables: &Tables, area: AreaCode) -> Vec<i64> {
    let levels: Vec<AreaCode> = tables.areas.chain(area).collect();
    let own = || tables.all().filter(|table| levels.contains(&table.area));
    let mut found = Vec::new();
    for table in own().filter(|table| table.parameter.ends_with("standard") || table.parameter == "minimum-wage") {
        for row in &table.rows {
            if let CellValue::Money(yuan) = row.value {
                found.push(if row.per == Some(Per::Year) { yuan.fen() / 12 } else { yuan.fen() });
            }
        }
    }
    let ratios = own().flat_map(|table| &table.rows).flat_map(|row| &row.when).filter_map(|condition| match condition {
        Condition::Income(test) => Some(test.ratio),
        _ => None,
    });
    let times: Vec<i64> =
        ratios.flat_map(|ratio| found.iter().map(move |fen| fen * ratio.mantissa() / 10_i64.pow(ratio.scale()))).collect();
    found.extend(times);
    found.sort_unstable();
    found.dedup();
    found
}

/// A JSON object from pairs, leaving out what is null.
pub(crate) fn object<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value)).collect()
}
