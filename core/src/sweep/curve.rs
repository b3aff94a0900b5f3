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
}

/// The line is rounded, multiplied and shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rounded {
    parts: i64,
    unit_fen: i64,
    mode: RoundingMode,
    times: i64,
    plus: i64,
}

impl Curve {
    /// Always the same.
    pub const fn level(at: i64) -> Self {
        Self { at, slope: 0, round: None }
    }

    /// A line.
    pub const fn line(at: i64, slope: i64) -> Self {
        Self { at, slope, round: None }
    }

    /// The value after `t` grains.
    pub fn value(self, t: i64) -> i64 {
        let line = if self.is_level() { self.at } else { self.at.saturating_add(self.slope.saturating_mul(t)) };
        match self.round {
            None => line,
            Some(Rounded { parts, unit_fen, mode, times, plus }) => {
                let fen = to_fen(line, parts, unit_fen, mode);
                if fen == INFINITE { INFINITE } else { fen.saturating_mul(times).saturating_add(plus) }
            }
        }
    }

    /// Whether it never changes.
    pub const fn is_level(self) -> bool {
        self.slope == 0
    }

    /// Whether it changes in steps.
    pub const fn is_rounded(self) -> bool {
        self.round.is_some() && self.slope != 0
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
            _ => None,
        }
    }

    fn shifted(self, by: i64) -> Self {
        match self.round {
            None => Self { at: self.at.saturating_add(by), ..self },
            Some(round) => Self { round: Some(Rounded { plus: round.plus.saturating_add(by), ..round }), ..self },
        }
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
        match self.round {
            None => Self::line(self.at.saturating_mul(factor), self.slope.saturating_mul(factor)),
            Some(round) => {
                let round = Rounded { times: round.times.saturating_mul(factor), plus: round.plus.saturating_mul(factor), ..round };
                Self { round: Some(round), ..self }
            }
        }
    }

    /// Rounded to fen from a count of parts of a yuan, if it is not rounded already.
    pub fn rounded(self, parts: i64, unit_fen: i64, mode: RoundingMode) -> Option<Self> {
        if self.is_level() {
            return Some(Self::level(to_fen(self.value(0), parts, unit_fen, mode)));
        }
        let round = Rounded { parts, unit_fen, mode, times: 1, plus: 0 };
        self.round.is_none().then_some(Self { round: Some(round), ..self })
    }

    /// As a rule rounds; without a mode down for the least and up for the most.
    pub fn rounded_by(self, parts: i64, rule: RoundRule, otherwise: RoundingMode) -> Option<Self> {
        self.rounded(parts, rule.unit_fen, rule.mode.unwrap_or(otherwise))
    }
}
