//! A value that runs along a line, exactly: `at + slope * t` for each whole `t` from 0, or in the steps that a rounding or the
//! calendar makes of it.

use crate::date::AgeRule;
use crate::formula::RoundRule;
use crate::money::RoundingMode;
use crate::reading::interval::{self, UNBOUNDED, to_fen};
use crate::slot::{INFINITE, Slot};

/// How a number runs while a fact grows by its grain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    at: i64,
    slope: i64,
    stairs: Option<Stairs>,
    /// What comes of the first stairs may be rounded once more: a share of an amount in whole yuan.
    again: Option<Stairs>,
}

/// A number is counted in units; of each unit there comes a step, and all is shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stairs {
    unit: Unit,
    step: i64,
    plus: i64,
}

/// In what a number is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A count of parts of a yuan, rounded to so many fen.
    Fen { parts: i64, fen: i64, mode: RoundingMode },
    /// The month of a day.
    Month,
    /// The years from a birth to a day, of which the other one is counted; without a rule the latest counting or the earliest.
    Years { other: i64, is_birth: bool, rule: Option<AgeRule>, is_earliest: bool },
}

impl Unit {
    /// So many units; each way of counting either never falls or never rises with what is counted.
    pub fn count(self, of: i64) -> i64 {
        match self {
            Self::Fen { parts, fen: unit, mode } => {
                let fen = to_fen(of, parts, unit, mode);
                if fen == INFINITE { INFINITE } else { fen.checked_div(unit).unwrap_or(0) }
            }
            Self::Month => interval::month(of),
            Self::Years { other, is_birth, rule, is_earliest } => {
                let (birth, day) = if is_birth { (other, of) } else { (of, other) };
                let age = interval::age(rule, Slot::exact(birth), Slot::exact(day));
                if is_earliest { age.hi } else { age.lo }
            }
        }
    }
}

impl Stairs {
    fn value(self, of: i64) -> i64 {
        let units = self.unit.count(of);
        if units == INFINITE { INFINITE } else { units.saturating_mul(self.step).saturating_add(self.plus) }
    }

    /// How far from what would come of it unrounded it is at most, if what is rounded is off by so much; nothing is said of what
    /// the calendar makes of days.
    fn off(self, by: i64) -> i64 {
        let Unit::Fen { parts, fen, .. } = self.unit else { return i64::MAX };
        let unit = parts.saturating_mul(fen).checked_div(100).unwrap_or(1).max(1);
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
        Self { at, slope, stairs: None, again: None }
    }

    /// The value after `t` grains.
    pub fn value(self, t: i64) -> i64 {
        let line = if self.is_level() { self.at } else { self.at.saturating_add(self.slope.saturating_mul(t)) };
        [self.stairs, self.again].into_iter().flatten().fold(line, |value, stairs| stairs.value(value))
    }

    /// Whether it never changes.
    pub const fn is_level(self) -> bool {
        self.slope == 0
    }

    /// Whether it changes in steps.
    pub const fn is_stepped(self) -> bool {
        self.stairs.is_some() && self.slope != 0
    }

    /// Whether it changes in steps that are no rounding.
    pub fn is_of_calendar(self) -> bool {
        self.is_stepped() && self.stairs.is_some_and(|stairs| !matches!(stairs.unit, Unit::Fen { .. }))
    }

    /// How far from its line it is at most.
    pub fn off(self) -> i64 {
        if self.is_level() { 0 } else { [self.stairs, self.again].into_iter().flatten().fold(0, |by, stairs| stairs.off(by)) }
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
            _ if self.stairs.is_none() && other.stairs.is_none() => {
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
        let added = |own: Stairs, other: Stairs| {
            let step = own.step.saturating_add(other.step);
            (own.unit == other.unit).then(|| Stairs { step, ..own.shifted(other.plus) })
        };
        let sum = match (self.stairs?, self.again, other.stairs?, other.again) {
            (own, None, stairs, None) => Self { stairs: Some(added(own, stairs)?), ..self },
            (own, Some(again), stairs, Some(other)) if own == stairs => Self { again: Some(added(again, other)?), ..self },
            _ => return None,
        };
        let last = sum.again.or(sum.stairs)?;
        Some(if last.step == 0 { Self::level(last.plus) } else { sum })
    }

    /// What is done to what it comes to; `line` where it has no steps.
    fn with(self, line: impl FnOnce(Self) -> Self, stepped: impl FnOnce(Stairs) -> Stairs) -> Self {
        match (self.stairs, self.again) {
            (None, _) => line(self),
            (Some(stairs), None) => Self { stairs: Some(stepped(stairs)), ..self },
            (_, Some(again)) => Self { again: Some(stepped(again)), ..self },
        }
    }

    fn shifted(self, by: i64) -> Self {
        self.with(|line| Self::line(line.at.saturating_add(by), line.slope), |stairs| stairs.shifted(by))
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
        self.with(line, |stairs| stairs.times(factor))
    }

    /// Rounded to fen from a count of parts of a yuan, unless it is rounded twice already and this would change it once more.
    pub fn rounded(self, parts: i64, unit_fen: i64, mode: RoundingMode) -> Option<Self> {
        if self.is_level() {
            return Some(Self::level(to_fen(self.value(0), parts, unit_fen, mode)));
        }
        let stairs = Stairs { unit: Unit::Fen { parts, fen: unit_fen, mode }, step: unit_fen, plus: 0 };
        match (self.stairs, self.again) {
            (None, _) => Some(Self { stairs: Some(stairs), ..self }),
            (Some(before), None) => Some(match before.told(parts, unit_fen) {
                Some(told) => Self { stairs: Some(told), ..self },
                None => Self { again: Some(stairs), ..self },
            }),
            (_, Some(before)) => before.told(parts, unit_fen).map(|told| Self { again: Some(told), ..self }),
        }
    }

    /// Counted in a unit of the calendar, unless it has steps already.
    pub fn counted(self, unit: Unit) -> Option<Self> {
        match (self.is_level(), self.stairs) {
            (true, _) => Some(Self::level(unit.count(self.value(0)))),
            (false, None) => Some(Self { stairs: Some(Stairs { unit, step: 1, plus: 0 }), ..self }),
            (false, Some(_)) => None,
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
