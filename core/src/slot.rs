//! A value that may not be fully known: an interval of whole numbers and why it is not a point.
//!
//! Everything a formula computes is a [`Slot`]. Money is counted in a node's own fraction of a yuan, truth is 0 or 1,
//! days are counted from 1970-01-01, and a choice among names is a set of bits (see [`Slot::choice`]).

use std::ops::BitOr;

/// Larger than every finite value a formula can hold; stands for "no upper limit known".
pub const INFINITE: i64 = i64::MAX;

/// Why a slot is not a single value, and what a single value rests on.
///
/// As wide as the numbers beside it: a slot is then written and read whole, which halves the time of a reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flags(u64);

impl Flags {
    /// Nothing to remark.
    pub const NONE: Self = Self(0);
    /// A fact is missing.
    pub const FACT: Self = Self(1);
    /// A table cell is missing or unknown.
    pub const CELL: Self = Self(1 << 1);
    /// The text leaves it to the office (可以, 视情).
    pub const CHOICE: Self = Self(1 << 2);
    /// A table cell gives only a floor or a ceiling.
    pub const BOUND: Self = Self(1 << 3);
    /// The person was asked and does not know.
    pub const ASKED: Self = Self(1 << 4);
    /// Rests on a table row that nobody has checked against the document.
    pub const UNCONFIRMED: Self = Self(1 << 5);

    /// The flags that say why a value is not settled; they vanish once it is.
    const CAUSES: Self = Self(0b1_1111);

    /// Whether any of `others` is set.
    #[must_use]
    pub const fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// These flags without `others`.
    #[must_use]
    pub const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// What a settled value keeps.
    #[must_use]
    pub const fn settled(self) -> Self {
        self.without(Self::CAUSES)
    }
}

impl BitOr for Flags {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// An interval `lo..=hi`; a point once it is settled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    /// The least it can be.
    pub lo: i64,
    /// The most it can be; [`INFINITE`] if no limit is known.
    pub hi: i64,
    /// Why it is not a point, or what the point rests on.
    pub flags: Flags,
}

impl Slot {
    /// Certainly false, or the number 0.
    pub const NO: Self = Self::exact(0);
    /// Certainly true, or the number 1.
    pub const YES: Self = Self::exact(1);

    /// A single value.
    #[must_use]
    pub const fn exact(value: i64) -> Self {
        Self { lo: value, hi: value, flags: Flags::NONE }
    }

    /// `yes` as a slot.
    #[must_use]
    pub const fn truth(yes: bool) -> Self {
        if yes { Self::YES } else { Self::NO }
    }

    /// An interval with its reasons; the causes are dropped if it is a point.
    #[must_use]
    pub const fn between(lo: i64, hi: i64, flags: Flags) -> Self {
        Self { lo, hi, flags: if lo == hi { flags.settled() } else { flags } }
    }

    /// A truth that is not known.
    #[must_use]
    pub const fn maybe(flags: Flags) -> Self {
        Self { lo: 0, hi: 1, flags }
    }

    /// One of several names, given as the set of bits still possible; settled when one bit is left.
    #[must_use]
    pub const fn choice(bits: i64, flags: Flags) -> Self {
        if bits.count_ones() == 1 { Self { lo: bits, hi: bits, flags: flags.settled() } } else { Self { lo: bits, hi: !bits, flags } }
    }

    /// Whether it is a point.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        self.lo == self.hi
    }

    /// The point, if it is one.
    #[must_use]
    pub const fn value(self) -> Option<i64> {
        if self.lo == self.hi { Some(self.lo) } else { None }
    }

    /// Certainly true.
    #[must_use]
    pub const fn is_yes(self) -> bool {
        self.lo >= 1
    }

    /// Certainly false.
    #[must_use]
    pub const fn is_no(self) -> bool {
        self.hi <= 0
    }

    /// `Some(true)`, `Some(false)`, or `None` while it can be either.
    #[must_use]
    pub const fn known_truth(self) -> Option<bool> {
        match (self.is_yes(), self.is_no()) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// The same slot with more remarks.
    #[must_use]
    pub fn flagged(self, flags: Flags) -> Self {
        Self::between(self.lo, self.hi, self.flags | flags)
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self::between(self.lo.min(other.lo), self.hi.max(other.hi), self.flags | other.flags)
    }
}
