//! What a household gets in cash each month along its income, under the current and the proposed tables: where it falls,
//! and by how much.

use huisuan_core::money::Yuan;
use huisuan_core::{Detail, Engine, Question};
use serde::Serialize;
use serde_json::{Value as Json, json};

/// Points between which nothing is looked for beyond a jump.
const POINTS: i64 = 80;
/// A fall by more than this much more than the income rose is looked for to the fen.
const JUMP_FEN: i64 = 100;

/// One point of the curve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Monthly income of the member, yuan.
    pub income: Yuan,
    /// Cash each month under the current tables.
    pub before: Option<Yuan>,
    /// Cash each month under the proposed ones.
    pub after: Option<Yuan>,
}

/// The curve of one household, with both sides of each jump.
#[must_use]
pub fn curve(old: &Engine, new: &Engine, household: &str, date: &str, member: usize, to: Yuan) -> Vec<Point> {
    let Ok(mut household) = serde_json::from_str::<Json>(household) else { return Vec::new() };
    let mut at = |fen: i64| {
        let income = Yuan::from_fen(fen);
        let incomes = if fen == 0 { json!([]) } else { json!([{ "kind": "wages", "gross": income, "costs": "0.00", "months": 1 }]) };
        if let Some(member) = household.pointer_mut(&format!("/members/{member}")).and_then(Json::as_object_mut) {
            member.insert("incomes".to_owned(), incomes);
        }
        let text = household.to_string();
        Point { income, before: cash(old, &text, date), after: cash(new, &text, date) }
    };
    let step = to.fen().div_euclid(POINTS).max(100);
    let mut points = vec![at(0)];
    while let Some(last) = points.last().cloned() {
        let next = last.income.fen().saturating_add(step);
        if next > to.fen() {
            break;
        }
        let point = at(next);
        if jumps(&last, &point) {
            let (mut low, mut high) = (last, point.clone());
            while high.income.fen().saturating_sub(low.income.fen()) > 1 {
                let middle = at(low.income.fen().saturating_add(high.income.fen()).div_euclid(2));
                if jumps(&low, &middle) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            points.extend([low, high]);
        }
        points.push(point);
    }
    points.dedup();
    points
}

/// Whether less is paid by more than the income rose, or it stops being known.
fn jumps(low: &Point, high: &Point) -> bool {
    let rise = high.income.fen().saturating_sub(low.income.fen());
    let falls = |low: Option<Yuan>, high: Option<Yuan>| match (low, high) {
        (Some(low), Some(high)) => low.fen().saturating_sub(high.fen()).abs() > rise.saturating_add(JUMP_FEN),
        (low, high) => low.is_some() != high.is_some(),
    };
    falls(low.before, high.before) || falls(low.after, high.after)
}

fn cash(engine: &Engine, household: &str, date: &str) -> Option<Yuan> {
    let question = Question { detail: Detail::default(), ..Question::on(date) };
    engine.evaluate(household, question).ok().map(|decision| decision.totals.cash_per_month.min)
}
