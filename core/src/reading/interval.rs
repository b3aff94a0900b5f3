//! Arithmetic on values that may not be fully known: what each operation makes of the intervals it is given.
//!
//! Every function returns an interval that holds all values its operands could give, so learning more only narrows it.

use crate::date::{AgeRule, Date};
use crate::formula::{RoundRule, Sort};
use crate::money::{Rounding, RoundingMode, Yuan};
use crate::slot::{Flags, INFINITE, Slot};

/// From here on a number stands for "no limit known".
pub const UNBOUNDED: i64 = 1 << 62;

/// A truth that can be yes, no or both.
pub fn truth(can_be_yes: bool, can_be_no: bool, flags: Flags) -> Slot {
    Slot::between(i64::from(!can_be_no), i64::from(can_be_yes), flags)
}

/// *And*: a known no settles it, the better confirmed of two.
pub fn both(a: Slot, b: Slot) -> Slot {
    match (a.is_no(), b.is_no()) {
        (true, true) if b.flags == Flags::NONE => b,
        (true, _) => a,
        (_, true) => b,
        _ => Slot::between(a.lo.min(b.lo), a.hi.min(b.hi), a.flags | b.flags),
    }
}

/// *Or*: a known yes settles it, the better confirmed of two.
pub fn either(a: Slot, b: Slot) -> Slot {
    match (a.is_yes(), b.is_yes()) {
        (true, true) if b.flags == Flags::NONE => b,
        (true, _) => a,
        (_, true) => b,
        _ => Slot::between(a.lo.max(b.lo), a.hi.max(b.hi), a.flags | b.flags),
    }
}

/// Two accounts of one truth: the first where it is known, else the second.
pub fn told(a: Slot, b: Slot) -> Slot {
    match (a.is_settled(), b.is_settled()) {
        (true, _) => a,
        (_, true) => b,
        _ => Slot::between(a.lo.max(b.lo), a.hi.min(b.hi), a.flags | b.flags),
    }
}

/// *Not*.
pub fn not(a: Slot) -> Slot {
    Slot::between(1_i64.saturating_sub(a.hi), 1_i64.saturating_sub(a.lo), a.flags)
}

/// Strictly less.
pub fn below(a: Slot, b: Slot) -> Slot {
    compare(a, b, |a, b| a < b)
}

/// Less or equal.
pub fn at_most(a: Slot, b: Slot) -> Slot {
    compare(a, b, |a, b| a <= b)
}

/// Equal.
pub fn equal(a: Slot, b: Slot) -> Slot {
    let flags = a.flags | b.flags;
    if a.hi < b.lo || b.hi < a.lo {
        return Slot::NO.flagged(flags.settled());
    }
    Slot::between(i64::from(a.is_settled() && b.is_settled()), 1, flags)
}

/// A comparison that holds the more easily, the less is on the left and the more on the right.
fn compare(a: Slot, b: Slot, holds: impl Fn(i64, i64) -> bool) -> Slot {
    let flags = a.flags | b.flags;
    let (always, ever) = (holds(a.hi, b.lo), holds(a.lo, b.hi));
    if always || !ever {
        return Slot::truth(always).flagged(flags.settled());
    }
    // The facts stand on one side, the unknown cells on the other, and no answer could get past the cells.
    let cells = Flags::CELL | Flags::BOUND;
    let only = |slot: Slot, own: Flags, other: Flags| slot.flags.has(own) && !slot.flags.has(other);
    let blocked = if only(a, Flags::FACT, cells) && only(b, cells, Flags::FACT) {
        !holds(a.lo, b.lo) && holds(a.hi, b.hi)
    } else if only(a, cells, Flags::FACT) && only(b, Flags::FACT, cells) {
        !holds(a.hi, b.hi) && holds(a.lo, b.lo)
    } else {
        false
    };
    Slot::maybe(if blocked { flags.without(Flags::FACT | Flags::ASKED) } else { flags })
}

/// Sum.
pub fn add(a: Slot, b: Slot) -> Slot {
    Slot::between(a.lo.saturating_add(b.lo), a.hi.saturating_add(b.hi), a.flags | b.flags)
}

/// Difference.
pub fn subtract(a: Slot, b: Slot) -> Slot {
    let hi = if a.hi >= UNBOUNDED { INFINITE } else { a.hi.saturating_sub(b.lo) };
    Slot::between(a.lo.saturating_sub(b.hi), hi, a.flags | b.flags)
}

/// Product; a known zero settles it.
pub fn multiply(a: Slot, b: Slot) -> Slot {
    if a == Slot::exact(0) || b == Slot::exact(0) {
        return Slot::exact(0);
    }
    let corners = [a.lo.saturating_mul(b.lo), a.lo.saturating_mul(b.hi), a.hi.saturating_mul(b.lo), a.hi.saturating_mul(b.hi)];
    let lo = corners.into_iter().min().unwrap_or(0);
    let hi = corners.into_iter().max().unwrap_or(0);
    Slot::between(lo, hi, a.flags | b.flags)
}

/// The smaller.
pub fn least(a: Slot, b: Slot) -> Slot {
    Slot::between(a.lo.min(b.lo), a.hi.min(b.hi), a.flags | b.flags)
}

/// The larger.
pub fn greatest(a: Slot, b: Slot) -> Slot {
    Slot::between(a.lo.max(b.lo), a.hi.max(b.hi), a.flags | b.flags)
}

/// Whether a choice is one of these names.
pub fn is_one_of(a: Slot, bits: i64) -> Slot {
    truth(a.lo & bits != 0, a.lo & !bits != 0, a.flags)
}

/// Whether a small number is one of those whose bits are set.
pub fn is_among(a: Slot, bits: i64) -> Slot {
    // The bits of all numbers it can be; those below 0 and above 63 are in no set.
    let below =
        |limit: i64| u32::try_from(limit.clamp(0, 64)).map_or(0, |count| u64::MAX.checked_shr(64_u32.saturating_sub(count)).unwrap_or(0));
    let can_be = below(a.hi.saturating_add(1)) & !below(a.lo);
    let set = bits.cast_unsigned();
    truth(can_be & set != 0, can_be & !set != 0 || a.lo < 0 || a.hi > 63, a.flags)
}

/// What two branches have in common: all that either could be.
pub fn joined(before: Option<Slot>, next: Slot, sort: Sort) -> Slot {
    match (before, sort) {
        (None, _) => next,
        (Some(before), Sort::Choice) => Slot::choice(before.lo | next.lo, before.flags | next.flags),
        (Some(before), _) => before.hull(next),
    }
}

/// Completed years; without a rule, from the latest counting to the earliest.
pub fn age(rule: Option<AgeRule>, birth: Slot, day: Slot) -> Slot {
    let flags = birth.flags | day.flags;
    let years = |birth, day| match (Date::from_count(birth), Date::from_count(day)) {
        (Some(birth), Some(day)) => match rule {
            Some(rule) => [rule.age_on(birth, day); 2].into(),
            None => AgeRule::ages_on(birth, day),
        },
        _ => (-1, -1),
    };
    let known = birth.is_settled() && day.is_settled();
    let (latest, otherwise) = years(birth.hi, day.lo);
    let earliest = if known { otherwise } else { years(birth.lo, day.hi).1 };
    Slot::between(i64::from(latest), i64::from(earliest), if known && rule.is_none() { flags | Flags::CELL } else { flags })
}

/// The week of a day, Monday to Sunday; 1970-01-01 was a Thursday, and no day lies before the week of [`Date::MIN`].
pub fn week(days: i64) -> i64 {
    let monday = i64::from(Date::MIN.days()).saturating_sub(i64::from(Date::MIN.days()).saturating_add(3).rem_euclid(7));
    days.saturating_sub(monday).div_euclid(7)
}

/// The month of a day, counted from year 0.
pub fn month(days: i64) -> i64 {
    Date::from_count(days).map_or(0, |date| {
        let (year, month, _) = date.ymd();
        i64::from(year).saturating_mul(12).saturating_add(i64::from(month)).saturating_sub(1)
    })
}

/// What never falls as a number grows.
pub fn monotone(of: impl Fn(i64) -> i64, a: Slot) -> Slot {
    let lo = of(a.lo);
    Slot::between(lo, if a.is_settled() { lo } else { of(a.hi) }, a.flags)
}

/// A number of parts as fen, rounded.
pub fn to_fen(value: i64, parts: i64, unit_fen: i64, mode: RoundingMode) -> i64 {
    if value >= UNBOUNDED {
        return INFINITE;
    }
    let rounding = Rounding::new(Yuan::from_fen(unit_fen), mode);
    rounding.and_then(|rounding| rounding.apply(i128::from(value).saturating_mul(100), i128::from(parts))).unwrap_or(INFINITE)
}

/// A fraction of yuan rounded to fen; without a mode, to the unit on either side.
pub fn round(value: Slot, parts: i64, rule: RoundRule) -> Slot {
    let to = |value: i64, mode| to_fen(value, parts, rule.unit_fen, mode);
    match rule.mode {
        Some(mode) => Slot::between(to(value.lo, mode), to(value.hi, mode), value.flags),
        None => {
            let (lo, hi) = (to(value.lo, RoundingMode::Down), to(value.hi, RoundingMode::Up));
            Slot::between(lo, hi, value.flags | if lo == hi { Flags::NONE } else { Flags::BOUND })
        }
    }
}

/// The bit of a day's day of the week, Monday first; every day of the week for a day that is not known.
pub fn weekday(day: Slot) -> Slot {
    match day.value().and_then(Date::from_count) {
        Some(known) => Slot::choice(1 << known.weekday().from_monday(), day.flags),
        None => Slot::choice(0b111_1111, day.flags),
    }
}
