//! A sweep as it is told: pieces and what happens between them.

use std::sync::Arc;

use serde::Serialize;

use super::lines::Variable;
use super::{Followed, Run, Sum, Track, decides_where};
use crate::area::AreaCode;
use crate::date::Date;
use crate::decision::{CellUsed, Outcome, SCHEMA_VERSION};
use crate::error::FactError;
use crate::household::{FIELDS, FieldId, Frame, Household, Kind, Written};
use crate::money::{Digits, Yuan};
use crate::order::Listed as _;
use crate::slot::INFINITE;
use crate::tables::AsOf;

/// Along what, from where and how far.
#[derive(Clone, Copy, Debug)]
pub struct Along<'a> {
    /// The path of a fact, such as `members/0/incomes/0/gross`; `date` for the day of the decision.
    pub path: &'a str,
    /// First value, as the household JSON would have it.
    pub from: &'a str,
    /// Last value.
    pub until: &'a str,
}

/// How every answer runs along one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Sweep {
    /// Version of this form.
    pub schema_version: u32,
    /// Version of the engine.
    pub engine: &'static str,
    /// The day decided for; where days are swept, the first of them.
    pub date: Date,
    /// The path of the fact, or `date`.
    pub along: String,
    /// First value.
    pub from: Written,
    /// Last value.
    pub until: Written,
    /// One entry for each benefit and person (or bill).
    pub benefits: Vec<Swept>,
    /// The cash of every month of all that may be drawn together.
    pub cash_per_month: Vec<Piece>,
}

/// How one answer runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Swept {
    /// Id of the benefit.
    pub benefit: Arc<str>,
    /// Id of the member; `null` for a household benefit.
    pub member: Option<Arc<str>>,
    /// Path of the bill, such as `bills/0`.
    pub bill: Option<String>,
    /// The area whose tables decide.
    pub area: AreaCode,
    /// For what it is paid.
    pub per: &'static str,
    /// Stretches over which nothing but the amount changes, and that along one line.
    pub pieces: Vec<Piece>,
    /// What happens between one piece and the next.
    pub knots: Vec<Knot>,
    #[serde(skip)]
    #[cfg_attr(feature = "schema", schemars(skip))]
    runs: Vec<Run>,
}

impl Swept {
    /// The answer for one value of the fact, as its grain counts it (fen, or days from 1970-01-01), and what it comes to
    /// at least and at most, in fen.
    #[must_use]
    pub fn at(&self, value: i64) -> Option<(Outcome, Option<(i64, i64)>)> {
        self.runs.iter().find(|run| (run.from..=run.until).contains(&value)).map(|run| (run.outcome, run.ends_at(value)))
    }

    /// The first value of each piece.
    pub fn starts(&self) -> impl Iterator<Item = i64> + '_ {
        self.runs.iter().map(|run| run.from)
    }
}

/// A stretch of values of the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    /// First value of the fact.
    pub from: Written,
    /// Last value of the fact.
    pub until: Written,
    /// The answer; absent for sums.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What it comes to at the first value; absent for a mere status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Ends>,
    /// What it comes to at the last value; between them it runs evenly, up to rounding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<Ends>,
}

/// The least and the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ends {
    /// Least, yuan.
    pub min: Yuan,
    /// Most, yuan; `null` if no limit is known.
    pub max: Option<Yuan>,
}

/// Where one piece ends and the next begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Knot {
    /// The last value of the piece before.
    pub before: Written,
    /// The first value of the piece after.
    pub after: Written,
    /// What changes: `amount` (it jumps, or runs on differently), `outcome`, `reasons`.
    pub changes: Vec<&'static str>,
    /// What it comes to after, less what it came to before, if both are exact; negative for a cliff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jump: Option<Yuan>,
    /// Conditions that hold on one side only, or are open on one side only.
    pub reasons: Vec<Arc<str>>,
    /// Named steps that run on differently.
    pub steps: Vec<&'static str>,
    /// The table rows that the comparison rests on.
    pub cells: Vec<CellUsed>,
}

impl Along<'_> {
    /// The fact, and the first and the last value.
    pub(super) fn resolve(&self, household: &Household) -> Result<(Variable, i64, i64), FactError> {
        let wrong = |code, got: &str, expected: &str| FactError::new(code, self.path, got, expected);
        let (variable, kind) = if self.path == "date" {
            (Variable::Day, Kind::Day)
        } else {
            let (field, row) =
                find(household, self.path).ok_or_else(|| wrong("no-such-fact", self.path, "the path of a fact of this household"))?;
            if decides_where(field) {
                return Err(wrong(
                    "not-followed",
                    self.path,
                    "a fact that is an amount, a count or a day, and does not decide where or when",
                ));
            }
            (Variable::Fact(field, row), field.field().kind)
        };
        let number = |text: &str| number(kind, text).ok_or_else(|| wrong("wrong-value", text, "a value such as the household has there"));
        let (from, until) = (number(self.from)?, number(self.until)?);
        if until < from {
            return Err(wrong("ends-before-it-begins", self.until, "a last value that is not less than the first"));
        }
        Ok((variable, from, until))
    }
}

/// The fact at a path.
pub(crate) fn find(household: &Household, path: &str) -> Option<(FieldId, usize)> {
    (0..u16::try_from(FIELDS.len()).unwrap_or(0)).map(FieldId).find_map(|id| {
        let own = id.field().path.replace('.', "/");
        path.ends_with(&own)
            .then(|| (0..household.rows(id.field().frame)).find(|row| household.path(id, *row) == path))?
            .map(|row| (id, row))
    })
}

/// The number a text stands for, as the kind counts it.
fn number(kind: Kind, text: &str) -> Option<i64> {
    match kind {
        Kind::Money => Yuan::parse(text).ok().map(Yuan::fen).filter(|fen| *fen >= 0),
        Kind::Day | Kind::DayOrNone => Date::parse(text).ok().map(|day| i64::from(day.days())),
        Kind::Count { min, max } => text.parse().ok().filter(|count| (min..=max).contains(count)),
        _ => None,
    }
}

/// Puts the tracks into words and numbers.
pub(super) fn tell(household: &Household, as_of: AsOf, variable: Variable, (from, until): (i64, i64), followed: Followed) -> Sweep {
    let teller = Teller { household, variable };
    let (along, date) = match variable {
        Variable::Fact(field, row) => (household.path(field, row), as_of.day),
        Variable::Day => ("date".to_owned(), Date::from_count(from).unwrap_or(as_of.day)),
    };
    Sweep {
        schema_version: SCHEMA_VERSION,
        engine: env!("CARGO_PKG_VERSION"),
        date,
        along,
        from: teller.value(from),
        until: teller.value(until),
        cash_per_month: followed.sums.iter().map(|sum| teller.sum(sum)).listed(),
        benefits: followed.tracks.into_iter().map(|track| teller.swept(track)).listed(),
    }
}

struct Teller<'t> {
    household: &'t Household,
    variable: Variable,
}

impl Teller<'_> {
    fn value(&self, value: i64) -> Written {
        match self.variable {
            Variable::Day => Written::Text(Date::from_count(value).map_or_else(String::new, |day| day.to_string())),
            Variable::Fact(field, _) => {
                self.household.written(field, value).unwrap_or_else(|| Written::Text(Digits::new(value, 0).text().to_owned()))
            }
        }
    }

    fn swept(&self, track: Track) -> Swept {
        let member = (track.frame == Frame::Member).then(|| self.household.member_ids().get(track.row).cloned()).flatten();
        let pairs = track.runs.windows(2);
        let knot = |pair: &[Run]| if let [before, after] = pair { Some(self.knot(&track, before, after)) } else { None };
        Swept {
            member,
            bill: (track.frame == Frame::Bill).then(|| self.household.row_path(Frame::Bill, track.row)),
            area: track.area,
            per: track.per.name(),
            pieces: track.runs.iter().map(|run| self.piece(run)).listed(),
            knots: pairs.filter_map(knot).listed(),
            benefit: track.benefit,
            runs: track.runs,
        }
    }

    fn piece(&self, run: &Run) -> Piece {
        Piece {
            from: self.value(run.from),
            until: self.value(run.until),
            outcome: Some(run.outcome),
            first: run.ends_at(run.from).map(ends),
            last: run.ends_at(run.until).map(ends),
        }
    }

    fn knot(&self, track: &Track, before: &Run, after: &Run) -> Knot {
        let mut changes = Vec::new();
        let length = after.from.saturating_sub(before.from);
        let same_amount = match (before.amount, after.amount) {
            (Some(own), Some(other)) => own.from(length) == other,
            (own, other) => own.is_none() && other.is_none(),
        };
        if !same_amount {
            changes.push("amount");
        }
        if before.outcome != after.outcome {
            changes.push("outcome");
        }
        let reasons: Vec<Arc<str>> = track
            .codes
            .iter()
            .zip(before.holds.iter().zip(&after.holds))
            .filter(|(_, (before, after))| before != after)
            .map(|(code, _)| Arc::clone(code))
            .listed();
        if !reasons.is_empty() {
            changes.push("reasons");
        }
        let runs_on = |(code, other): &(&'static str, super::Span)| {
            let own = before.steps.iter().find(|(known, _)| known == code).map(|(_, own)| own);
            own.is_some_and(|own| own.from(length) == *other)
        };
        let steps = after.steps.iter().filter(|step| !runs_on(step)).map(|(code, _)| *code).listed();
        let exact = |ends: Option<(i64, i64)>| ends.filter(|(least, most)| least == most).map(|(least, _)| least);
        let jump = exact(before.ends_at(before.until)).zip(exact(after.ends_at(after.from)));
        Knot {
            before: self.value(before.until),
            after: self.value(after.from),
            changes,
            jump: jump.map(|(before, after)| Yuan::from_fen(after.saturating_sub(before))),
            reasons,
            steps,
            cells: before.cells.to_vec(),
        }
    }

    fn sum(&self, sum: &Sum) -> Piece {
        let [first, last] = [sum.first, sum.last].map(|both| Some(ends(both)));
        Piece { from: self.value(sum.from), until: self.value(sum.until), outcome: None, first, last }
    }
}

fn ends((least, most): (i64, i64)) -> Ends {
    Ends { min: Yuan::from_fen(least), max: (most != INFINITE).then(|| Yuan::from_fen(most)) }
}
