//! A value that runs along a line, exactly: `at + slope * t` for each whole `t` from 0, rounded where a rule rounds it.

use crate::formula::RoundRule;
use crate::money::RoundingMode;
use crate::reading::interval::{UNBOUNDED, to_fen};
use crate::slot::INFINITE;

/// How a number runs while a fact grows by its grain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    at: i64,
    slope: i64,
    round: Option<Rounded>,
    /// What comes of the first rounding may be rounded once more: a share of an amount in whole yuan.
    again: Option<Rounded>,
}

/// A number is rounded to a unit; of each unit there comes a step, and all is shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rounded {
    parts: i64,
    unit_fen: i64,
    mode: RoundingMode,
    step: i64,
    plus: i64,
}

impl Rounded {
    fn value(self, of: i64) -> i64 {
        let fen = to_fen(of, self.parts, self.unit_fen, self.mode);
        let units = fen.checked_div(self.unit_fen).unwrap_or(0);
        if fen == INFINITE { INFINITE } else { units.saturating_mul(self.step).saturating_add(self.plus) }
    }

    /// Whether both change at the same values of what is rounded.
    fn like(self, other: Self) -> bool {
        (self.parts, self.unit_fen, self.mode) == (other.parts, other.unit_fen, other.mode)
    }

    /// How far from what would come of it unrounded it is at most, if what is rounded is off by so much.
    fn off(self, by: i64) -> i64 {
        let unit = self.parts.saturating_mul(self.unit_fen).checked_div(100).unwrap_or(1).max(1);
        let units = by.checked_div(unit).unwrap_or(0).saturating_add(2);
        units.saturating_mul(self.step.saturating_abs())
    }

    /// Rounded to fen once more, where that leaves each step as it is.
    fn told(self, parts: i64, unit_fen: i64) -> Option<Self> {
        let (step, plus) = (in_fen(self.step, parts)?, in_fen(self.plus, parts)?);
        let is_whole = step.checked_rem(unit_fen)? == 0 && plus.checked_rem(unit_fen)? == 0;
        is_whole.then_some(Self { step, plus, ..self })
    }

    fn shifted(self, by: i64) -> Self {
        Self { plus: self.plus.saturating_add(by), ..self }
    }

    fn times(self, factor: i64) -> Self {
        Self { step: self.step.saturating_mul(factor), plus: self.plus.saturating_mul(factor), ..self }
    }
}

impl Curve {
    /// Always the same.
    pub const fn level(at: i64) -> Self {
        Self::line(at, 0)
    }

    /// A line.
    pub const fn line(at: i64, slope: i64) -> Self {
        Self { at, slope, round: None, again: None }
    }

    /// The value after `t` grains.
    pub fn value(self, t: i64) -> i64 {
        let line = if self.is_level() { self.at } else { self.at.saturating_add(self.slope.saturating_mul(t)) };
        [self.round, self.again].into_iter().flatten().fold(line, |value, round| round.value(value))
    }

    /// Whether it never changes.
    pub const fn is_level(self) -> bool {
        self.slope == 0
    }

    /// Whether it changes in steps.
    pub const fn is_rounded(self) -> bool {
        self.round.is_some() && self.slope != 0
    }

    /// How far from its line it is at most.
    pub fn off(self) -> i64 {
        if self.is_level() { 0 } else { [self.round, self.again].into_iter().flatten().fold(0, |by, round| round.off(by)) }
    }

    /// The same curve seen from `t` grains on.
    pub fn from(self, t: i64) -> Self {
        Self { at: if self.is_level() { self.at } else { self.at.saturating_add(self.slope.saturating_mul(t)) }, ..self }
    }

    /// The value now, for ever.
    pub fn now(self) -> Self {
        Self::level(self.value(0))
    }

    /// The sum, if it is such a curve again.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (a, b) = (self.value(0), other.value(0));
        if a >= UNBOUNDED || b >= UNBOUNDED || a <= -UNBOUNDED || b <= -UNBOUNDED {
            return Some(Self::level(a.saturating_add(b)));
        }
        match (self.is_level(), other.is_level()) {
            (true, true) => Some(Self::level(a.saturating_add(b))),
            (false, true) => Some(self.shifted(b)),
            (true, false) => Some(other.shifted(a)),
            _ if self.round.is_none() && other.round.is_none() => {
                Some(Self::line(a.saturating_add(b), self.slope.saturating_add(other.slope)))
            }
            _ => self.plus_alike(other),
        }
    }

    /// The sum with a curve that takes its steps where this one does.
    fn plus_alike(self, other: Self) -> Option<Self> {
        if (self.at, self.slope) != (other.at, other.slope) {
            return None;
        }
        let added = |own: Rounded, round: Rounded| {
            let step = own.step.saturating_add(round.step);
            own.like(round).then(|| Rounded { step, ..own.shifted(round.plus) })
        };
        let sum = match (self.round?, self.again, other.round?, other.again) {
            (own, None, round, None) => Self { round: Some(added(own, round)?), ..self },
            (own, Some(again), round, Some(other)) if own == round => Self { again: Some(added(again, other)?), ..self },
            _ => return None,
        };
        let last = sum.again.or(sum.round)?;
        Some(if last.step == 0 { Self::level(last.plus) } else { sum })
    }

    /// What is done to what it comes to; `line` where nothing is rounded.
    fn with(self, line: impl FnOnce(Self) -> Self, rounded: impl FnOnce(Rounded) -> Rounded) -> Self {
        match (self.round, self.again) {
            (None, _) => line(self),
            (Some(round), None) => Self { round: Some(rounded(round)), ..self },
            (_, Some(again)) => Self { again: Some(rounded(again)), ..self },
        }
    }

    fn shifted(self, by: i64) -> Self {
        self.with(|line| Self::line(line.at.saturating_add(by), line.slope), |round| round.shifted(by))
    }

    /// So many times as much.
    pub fn times(self, factor: i64) -> Self {
        if self.is_level() || factor == 0 {
            let now = self.value(0);
            return Self::level(if factor == 0 {
                0
            } else if now >= UNBOUNDED && factor > 0 {
                INFINITE
            } else {
                now.saturating_mul(factor)
            });
        }
        let line = |line: Self| Self::line(line.at.saturating_mul(factor), line.slope.saturating_mul(factor));
        self.with(line, |round| round.times(factor))
    }

    /// Rounded to fen from a count of parts of a yuan, unless it is rounded twice already and this would change it once more.
    pub fn rounded(self, parts: i64, unit_fen: i64, mode: RoundingMode) -> Option<Self> {
        if self.is_level() {
            return Some(Self::level(to_fen(self.value(0), parts, unit_fen, mode)));
        }
        let round = Rounded { parts, unit_fen, mode, step: unit_fen, plus: 0 };
        match (self.round, self.again) {
            (None, _) => Some(Self { round: Some(round), ..self }),
            (Some(before), None) => Some(match before.told(parts, unit_fen) {
                Some(told) => Self { round: Some(told), ..self },
                None => Self { again: Some(round), ..self },
            }),
            (_, Some(before)) => before.told(parts, unit_fen).map(|told| Self { again: Some(told), ..self }),
        }
    }

    /// As a rule rounds; without a mode down for the least and up for the most.
    pub fn rounded_by(self, parts: i64, rule: RoundRule, otherwise: RoundingMode) -> Option<Self> {
        self.rounded(parts, rule.unit_fen, rule.mode.unwrap_or(otherwise))
    }
}

/// A count of parts of a yuan in fen, if it is a whole number of them.
fn in_fen(value: i64, parts: i64) -> Option<i64> {
    let hundred = value.saturating_mul(100);
    (hundred.checked_rem(parts)? == 0).then(|| hundred.checked_div(parts)).flatten()
}
