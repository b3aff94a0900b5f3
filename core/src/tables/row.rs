//! Reads one row of a table: its days, whom it concerns, what it says and where it is written.

use super::condition::{self, Around};
use super::parameters::ValueKind;
use super::read::{Loader, Place, flag};
use super::values::{self, BOUNDS, Bound, PERIODS};
use super::{Start, TableRow};
use crate::area::AreaCode;
use crate::error::nearest;
use crate::json::{Json, Value};
use crate::order::Listed as _;
use crate::source::{Clause, Grade};

const KNOWN: &[&str] = &[
    "from",
    "until",
    "published",
    "paidFrom",
    "when",
    "value",
    "per",
    "bound",
    "notBelowBefore",
    "payers",
    "limits",
    "setBy",
    "document",
    "article",
    "quote",
    "grade",
    "unconfirmed",
    "note",
    "reason",
];

impl Loader {
    /// A row of a table of `area`; `None` if it cannot be used, and then it has been said why.
    pub(super) fn row(&mut self, json: &Json<'_>, place: Place, area: AreaCode, kind: Option<ValueKind>) -> Option<TableRow> {
        self.known_fields(json, KNOWN, place);
        let (from, until) = self.span(json, place);
        let (published, paid_from) = (self.day(json, "published", place), self.day(json, "paidFrom", place));
        let clause = self.clause(json, place);
        let (grade, unconfirmed) = self.grade(json, place);
        let bound = json.get("bound").is_some().then(|| self.choice(json, "bound", place, BOUNDS, Bound::AtLeast));
        let not_below_before = flag(json, "notBelowBefore");
        let per = json.get("per").is_some().then(|| self.choice(json, "per", place, PERIODS, crate::formula::Per::Month));
        let value = self.value(json, place, kind);
        let when = self.when(json, place, area);
        let payers = self.part(json, "payers", place, "who pays how much of it", values::payers).unwrap_or_default();
        let limits = self.part(json, "limits", place, "perMeal, perDay, perWeek, yuanPerDay, yuanPerMonth or yuanInAll", values::limits);
        let set_by = json.get("setBy").is_some().then(|| self.area(json, "setBy", place));
        let text = |name: &str| json.get(name).and_then(Json::text).map(str::to_owned);
        // A relation stands for itself: what it says is what tells it from the others of its table.
        let own_name = matches!(value, Some(super::CellValue::Relation(_))).then(|| json.get("value").map(written).unwrap_or_default());
        Some(TableRow {
            from: from?,
            until,
            published,
            paid_from,
            when,
            value: value?,
            per,
            bound,
            not_below_before,
            payers,
            limits,
            set_by,
            clause,
            grade: grade?,
            unconfirmed,
            reason: text("reason").or(own_name),
            written: json.get("value").map(written).unwrap_or_default(),
            line: place.line,
        })
    }

    fn span(&mut self, json: &Json<'_>, place: Place) -> (Option<Start>, Option<Start>) {
        let from = self.start(json, "from", place);
        if from.is_none() && json.get("from").is_none() {
            self.refuse("missing-field", place, "from", "nothing", "the first day");
        }
        let until = self.start(json, "until", place);
        if let (Some(from), Some(until)) = (from, until)
            && until.not_after <= from.not_before
        {
            self.refuse("dates-reversed", place, "until", until.not_after.to_string(), format!("after {}", from.not_before));
        }
        (from, until)
    }

    pub(super) fn clause(&mut self, json: &Json<'_>, place: Place) -> Clause {
        let document = self.text(json, "document", place);
        if !document.is_empty() && !self.tables.documents.get(&document).is_some_and(|known| self.may_name(known.area)) {
            let within_reach = self.tables.documents.iter().filter(|(_, known)| self.may_name(known.area));
            let expected = nearest(&document, within_reach.map(|(id, _)| id.as_str()));
            let expected =
                expected.map_or_else(|| "an id in documents.json of this area or one above it".to_owned(), |id| format!("`{id}`?"));
            self.refuse("unknown-document", place, "document", document.clone(), expected);
        }
        Clause::new(&document, json.get("article").and_then(Json::text).unwrap_or(""))
    }

    fn grade(&mut self, json: &Json<'_>, place: Place) -> (Option<Grade>, bool) {
        let text = self.text(json, "grade", place);
        let (grade, unconfirmed) = (Grade::parse(&text), flag(json, "unconfirmed"));
        match grade {
            None => self.refuse("grade-too-weak", place, "grade", text, "A, A1, A2, A-calc, A* or A3"),
            Some(grade) if grade.needs_confirmation() && !unconfirmed => {
                self.refuse("must-be-unconfirmed", place, "grade", text, "`unconfirmed: true` beside this grade");
            }
            Some(_) => {}
        }
        (grade, unconfirmed)
    }

    fn value(&mut self, json: &Json<'_>, place: Place, kind: Option<ValueKind>) -> Option<super::CellValue> {
        let Some(given) = json.get("value") else {
            self.refuse("missing-field", place, "value", "nothing", "a value or \"unknown\"");
            return None;
        };
        let kind = kind?;
        let read = values::read(given, kind);
        if read.is_none() {
            self.refuse("wrong-value", place, "value", given.shown(), values::expected(kind));
        }
        read
    }

    fn when(&mut self, json: &Json<'_>, place: Place, area: AreaCode) -> Vec<super::Condition> {
        json.get("when").map_or_else(Vec::new, |given| self.conditions(given, "when", place, area))
    }

    /// Conditions under a name; what cannot be read is refused with what would do.
    pub(super) fn conditions(&mut self, given: &Json<'_>, field: &str, place: Place, area: AreaCode) -> Vec<super::Condition> {
        if !matches!(given.value, Value::Record(_)) {
            self.refuse("wrong-condition", place, field, given.shown(), "a record of dimensions");
        }
        let mut refused = Vec::new();
        let around = Around { area, is_zone: &|id| self.tables.zones.iter().any(|zone| zone.id == id && self.may_name(zone.area)) };
        let found = condition::read(given, &around, &mut |name, value| refused.push((name.to_owned(), value.shown())));
        for (name, got) in refused {
            let known = condition::DIMENSIONS.iter().find(|(known, _)| *known == name);
            let near = || nearest(&name, condition::DIMENSIONS.iter().map(|(known, _)| *known));
            let expected = match known {
                Some(("zone", _)) => self.zone_near(&got),
                Some((_, example)) => format!("something like {example}"),
                None => near().map_or_else(|| "a dimension of policy-tables/README.md".to_owned(), |name| format!("`{name}`?")),
            };
            self.refuse("wrong-condition", place, &format!("{field}.{name}"), got, expected);
        }
        found
    }

    /// The zone within reach whose name is nearest.
    fn zone_near(&self, given: &str) -> String {
        let within_reach = self.tables.zones.iter().filter(|zone| self.may_name(zone.area));
        let near = nearest(given, within_reach.map(|zone| zone.id.as_str()));
        near.map_or_else(|| "an id in zones.json of this area or one above it".to_owned(), |id| format!("`{id}`?"))
    }

    /// A part of a row that may be absent; said to be wrong if it cannot be read.
    fn part<T>(
        &mut self,
        json: &Json<'_>,
        name: &str,
        place: Place,
        expected: &str,
        read: impl FnOnce(&Json<'_>) -> Option<T>,
    ) -> Option<T> {
        let given = json.get(name)?;
        let found = read(given);
        if found.is_none() {
            self.refuse("wrong-value", place, name, given.shown(), expected);
        }
        found
    }
}

/// A value as it stands in the table, short enough to show.
fn written(json: &Json<'_>) -> String {
    match &json.value {
        Value::Record(entries) => {
            let parts: Vec<String> = entries.iter().map(|(name, value)| format!("{name} {}", written(value))).listed();
            parts.join(", ")
        }
        Value::List(items) => items.iter().map(written).listed().join(", "),
        _ => json.shown(),
    }
}
