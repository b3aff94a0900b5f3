//! Money (金额), rates (比例) and named rounding (取整).
//!
//! An amount is a whole number of fen (分, a hundredth of a yuan) and is always exact: a sum that does not
//! fit is `None`, never a nearby number, and the only place where an amount is rounded is [`Rounding`], whose
//! unit and mode are given by a table.
//! This file alone touches `rust_decimal`. Its operators panic on overflow, its `checked_*` methods round
//! silently at 28 digits, its `round_dp` is banker's rounding and its reader accepts `1_000`; so it stores and
//! prints amounts here, while reading and arithmetic are done on whole fen.

use std::fmt;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Amount of money in yuan (元), exact to the fen (分).
///
/// Any `i64` number of fen, so at most about 92 quadrillion yuan either way; negative amounts arise only as
/// differences, since [`Yuan::parse`] refuses them. Prints and serializes as a string with two decimals, such
/// as `1110.00` or `-807.00`; there is no negative zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Yuan(
    /// Scale 2, mantissa within `i64`: only `ZERO` and `from_fen` make one.
    Decimal,
);

impl Yuan {
    /// No money (零元), `0.00`.
    pub const ZERO: Yuan = Yuan(Decimal::from_parts(0, 0, 0, false, FEN_DECIMALS));

    /// Reads an amount in yuan (元) as people and tables write it: `0`, `1110`, `0.5`, `1110.00`.
    ///
    /// The grammar is `^(0|[1-9][0-9]{0,8})(\.[0-9]{1,2})?$`, so the largest amount is `999999999.99`.
    ///
    /// # Errors
    /// [`MoneyError`], the first that applies in the order of its variants.
    pub fn parse(text: &str) -> Result<Yuan, MoneyError> {
        let fen = read_decimal(text, YUAN_DIGITS, FEN_DECIMALS)?;
        Ok(Yuan::from_fen(fen))
    }

    /// Amount of so many fen (分). Every `i64` is an amount, so this cannot fail.
    pub fn from_fen(fen: i64) -> Yuan {
        Yuan(Decimal::new(fen, FEN_DECIMALS))
    }

    /// The amount in fen (分). Infallible, because every amount was made from an `i64`.
    #[expect(clippy::expect_used, reason = "an amount outside i64 would be our own mistake, and must not be paid")]
    pub fn fen(self) -> i64 {
        i64::try_from(self.0.mantissa()).expect("an amount is made from an `i64` of fen")
    }

    /// Sum of two amounts (合计), exact; `None` if it does not fit.
    pub fn checked_plus(self, other: Yuan) -> Option<Yuan> {
        self.fen().checked_add(other.fen()).map(Yuan::from_fen)
    }

    /// Difference of two amounts (差额), exact and possibly negative; `None` if it does not fit.
    pub fn checked_minus(self, other: Yuan) -> Option<Yuan> {
        self.fen().checked_sub(other.fen()).map(Yuan::from_fen)
    }

    /// The amount times a rate (按比例计算), rounded once, at the end; `None` if the product does not fit.
    pub fn checked_times(self, rate: Rate, rounding: Rounding) -> Option<Yuan> {
        let numerator = i128::from(self.fen()).checked_mul(i128::from(rate.mantissa))?;
        let denominator = 10_i128.checked_pow(rate.scale)?;
        rounding.apply(numerator, denominator).map(Yuan::from_fen)
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(Digits::new(self.fen(), FEN_DECIMALS).text())
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Digits::new(self.fen(), FEN_DECIMALS).text())
    }
}

/// An amount of our own results, exactly as it was written; what people write is for [`Yuan::parse`].
impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = text.replacen('.', "", 1).parse().ok().map(Yuan::from_fen);
        read.filter(|yuan| yuan.to_string() == text).ok_or_else(|| D::Error::custom("no amount as results have it"))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Yuan {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Yuan".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": r"^-?(0|[1-9][0-9]*)\.[0-9]{2}$", "description": "yuan, with two decimals" })
    }
}

/// A whole number as decimal text with some places after the point, written without asking for memory.
pub(crate) struct Digits {
    bytes: [u8; 24],
    start: usize,
}

impl Digits {
    /// `number` divided by ten to the power of `decimals` (at most 4).
    pub fn new(number: i64, decimals: u32) -> Self {
        let mut digits = Self { bytes: [b'0'; 24], start: 24 };
        let (mut rest, mut written) = (number.unsigned_abs(), 0_u32);
        while rest > 0 || written <= decimals {
            if written == decimals && decimals > 0 {
                digits.push(b'.');
            }
            digits.push(b'0'.saturating_add(u8::try_from(rest % 10).unwrap_or(0)));
            rest /= 10;
            written = written.saturating_add(1);
        }
        if number < 0 {
            digits.push(b'-');
        }
        digits
    }

    fn push(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

/// Rate, a ratio without a unit (比例、倍数) such as `0.15`, `1.5` or `48`.
///
/// The value is [`mantissa`](Rate::mantissa) divided by ten to the power of [`scale`](Rate::scale). Trailing
/// zeros are dropped on reading, so that equal rates are equal values: `1.50` and `1.5` are one rate, which
/// prints and serializes as the string `1.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    mantissa: i64,
    scale: u32,
}

impl Rate {
    /// Reads a rate (比例), grammar `^(0|[1-9][0-9]{0,4})(\.[0-9]{1,4})?$`, so from `0` to `99999.9999`.
    ///
    /// # Errors
    /// [`MoneyError`], the first that applies in the order of its variants.
    pub fn parse(text: &str) -> Result<Rate, MoneyError> {
        let mut mantissa = read_decimal(text, RATE_DIGITS, RATE_DECIMALS)?;
        let mut scale = RATE_DECIMALS;
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale = scale.saturating_sub(1);
        }
        Ok(Rate { mantissa, scale })
    }

    /// The digits of the rate (比例) as one whole number, 0 to 999999999.
    pub fn mantissa(self) -> i64 {
        self.mantissa
    }

    /// How many of those digits stand after the decimal point (小数位数), 0 to 4.
    pub fn scale(self) -> u32 {
        self.scale
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", Decimal::new(self.mantissa, self.scale))
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Rounding (取整方式): the unit an amount is rounded to, and the way it goes.
///
/// Both come from a table, because each area states its own: whole yuan upwards in most, fen or five yuan in
/// some. The unit is more than zero and at most 1000 yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rounding {
    unit_fen: i64,
    mode: RoundingMode,
}

impl Rounding {
    /// Rounding to a multiple of `unit` (取整单位); `None` unless the unit is from 0.01 to 1000.00 yuan.
    pub fn new(unit: Yuan, mode: RoundingMode) -> Option<Rounding> {
        let unit_fen = unit.fen();
        (1..=LARGEST_UNIT_FEN).contains(&unit_fen).then_some(Rounding { unit_fen, mode })
    }

    /// The unit (取整单位) in fen, 1 to 100000.
    pub fn unit_fen(self) -> i64 {
        self.unit_fen
    }

    /// The way it goes (取整方向).
    pub fn mode(self) -> RoundingMode {
        self.mode
    }

    /// Rounds the exact fraction `numerator / denominator`, in fen, to a multiple of the unit, in fen.
    ///
    /// The fraction is rounded once, so a share of a sum is exact up to this call. `None` if the denominator
    /// is zero, or if a number on the way does not fit `i128` or the result does not fit `i64`.
    pub fn apply(self, numerator: i128, denominator: i128) -> Option<i64> {
        let unit = i128::from(self.unit_fen);
        let mut numerator = numerator;
        let mut step = denominator.checked_mul(unit)?;
        if step < 0 {
            numerator = numerator.checked_neg()?;
            step = step.checked_neg()?;
        }

        // With a positive divisor Euclidean division is the floor, also for a negative numerator. Numbers half
        // as wide are divided faster, where they will do.
        let (units_below, rest) = match (i64::try_from(numerator), i64::try_from(step)) {
            (Ok(numerator), Ok(step)) => (i128::from(numerator.checked_div_euclid(step)?), i128::from(numerator.checked_rem_euclid(step)?)),
            _ => (numerator.checked_div_euclid(step)?, numerator.checked_rem_euclid(step)?),
        };
        let goes_up = match self.mode {
            RoundingMode::Up => rest > 0,
            RoundingMode::Down => false,
            RoundingMode::HalfUp => rest >= step.checked_sub(rest)?,
        };

        let units = units_below.checked_add(i128::from(goes_up))?;
        i64::try_from(units.checked_mul(unit)?).ok()
    }
}

/// Which way an amount between two multiples of the unit goes (取整方向).
///
/// Up and down are along the number line, also below zero: minus 0.5 goes up to 0 and down to minus 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoundingMode {
    /// To the next higher multiple (向上取整、见分进元); an exact multiple stays.
    Up,
    /// To the next lower multiple (向下取整、舍去尾数); an exact multiple stays.
    Down,
    /// To the nearest multiple, the middle going up (四舍五入).
    HalfUp,
}

/// Why a text is not an amount (金额) or a rate (比例), in the order in which the reasons are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The text is empty (未填写).
    #[error("empty text: write `0` if it is zero")]
    Empty,
    /// There is something other than ASCII digits and one point between them (不是数字): a thousands separator,
    /// a blank, a plus sign, an exponent, full-width digits, a point with no digit on one side.
    #[error("not a plain number: only the digits 0-9 and one point between them")]
    NotANumber,
    /// A number with a minus sign (负数), `-0` included.
    #[error("negative number: amounts and rates are zero or more")]
    Negative,
    /// A zero in front of another digit (多余的前导零), as in `007`.
    #[error("superfluous zero in front")]
    LeadingZero,
    /// Too many digits after the point (小数位数过多): more than two in an amount or four in a rate.
    #[error("too many decimals: at most two in an amount and four in a rate")]
    TooManyDecimals,
    /// Too many digits before the point (数值过大): more than nine in an amount or five in a rate.
    #[error("too large: at most nine digits before the point in an amount and five in a rate")]
    TooLarge,
}

impl MoneyError {
    /// The stable code (错误代码) that callers and the message catalogues know this error by.
    pub fn code(self) -> &'static str {
        match self {
            MoneyError::Empty => "empty",
            MoneyError::NotANumber => "not-a-number",
            MoneyError::Negative => "negative",
            MoneyError::LeadingZero => "leading-zero",
            MoneyError::TooManyDecimals => "too-many-decimals",
            MoneyError::TooLarge => "too-large",
        }
    }
}

/// Decimals of an amount: a fen is a hundredth of a yuan.
const FEN_DECIMALS: u32 = 2;
/// Most digits before the point of an amount.
const YUAN_DIGITS: usize = 9;
/// Most decimals of a rate.
const RATE_DECIMALS: u32 = 4;
/// Most digits before the point of a rate.
const RATE_DIGITS: usize = 5;
/// Coarsest rounding unit: 1000 yuan.
const LARGEST_UNIT_FEN: i64 = 100_000;

/// Reads a decimal number strictly and returns it as a whole number of its smallest unit, `10^-max_decimals`.
///
/// Every byte is looked at before any digit is counted, so the length of a hostile text does no harm.
fn read_decimal(text: &str, max_digits: usize, max_decimals: u32) -> Result<i64, MoneyError> {
    if text.is_empty() {
        return Err(MoneyError::Empty);
    }
    if let Some(positive) = text.strip_prefix('-') {
        let is_number = split_digits(positive).is_some();
        return Err(if is_number { MoneyError::Negative } else { MoneyError::NotANumber });
    }
    let (whole, decimals) = split_digits(text).ok_or(MoneyError::NotANumber)?;
    if whole.len() > 1 && whole.starts_with('0') {
        return Err(MoneyError::LeadingZero);
    }
    let missing_decimals =
        u32::try_from(decimals.len()).ok().and_then(|count| max_decimals.checked_sub(count)).ok_or(MoneyError::TooManyDecimals)?;
    if whole.len() > max_digits {
        return Err(MoneyError::TooLarge);
    }
    number_of(whole.chars().chain(decimals.chars()))
        .and_then(|number| number.checked_mul(10_i64.checked_pow(missing_decimals)?))
        .ok_or(MoneyError::TooLarge)
}

/// The digits before and after the point, the latter empty if there is no point; `None` for any other shape.
fn split_digits(text: &str) -> Option<(&str, &str)> {
    let (whole, decimals) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(halves) => halves,
        None => (text, ""),
    };
    let all_digits = whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit());
    (all_digits && !whole.is_empty()).then_some((whole, decimals))
}

/// The number that decimal digits spell; `None` if one is not a digit or the number does not fit.
fn number_of(mut digits: impl Iterator<Item = char>) -> Option<i64> {
    digits.try_fold(0_i64, |number, digit| {
        let digit = digit.to_digit(10)?;
        number.checked_mul(10)?.checked_add(i64::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounding(unit_fen: i64, mode: RoundingMode) -> Option<Rounding> {
        Rounding::new(Yuan::from_fen(unit_fen), mode)
    }

    #[test]
    fn an_amount_always_prints_two_decimals() {
        for (fen, text) in [
            (0, "0.00"),
            (1, "0.01"),
            (-1, "-0.01"),
            (-80_700, "-807.00"),
            (99_999_999_999, "999999999.99"),
            (i64::MAX, "92233720368547758.07"),
            (i64::MIN, "-92233720368547758.08"),
        ] {
            let amount = Yuan::from_fen(fen);
            assert_eq!(amount.to_string(), text);
            assert_eq!(format!("{amount:.0}"), text, "a precision changes nothing");
            assert_eq!(amount.fen(), fen);
        }
        assert_eq!(Yuan::ZERO, Yuan::from_fen(0));
        assert_eq!(Yuan::ZERO.to_string(), "0.00");
    }

    #[test]
    fn a_difference_of_equal_amounts_is_plain_zero() {
        let amount = Yuan::from_fen(-5);
        assert_eq!(amount.checked_minus(amount).unwrap().to_string(), "0.00");
    }

    #[test]
    fn sums_that_do_not_fit_are_none() {
        let most = Yuan::from_fen(i64::MAX);
        let least = Yuan::from_fen(i64::MIN);
        let one_fen = Yuan::from_fen(1);
        assert_eq!(most.checked_plus(one_fen), None);
        assert_eq!(least.checked_minus(one_fen), None);
        let to_the_fen = rounding(1, RoundingMode::Down).unwrap();
        let double = Rate::parse("2").unwrap();
        assert_eq!(most.checked_times(double, to_the_fen), None);
    }

    #[test]
    fn equal_rates_are_equal_values() {
        for (text, mantissa, scale) in [
            ("0", 0, 0),
            ("0.0000", 0, 0),
            ("1.50", 15, 1),
            ("0.15", 15, 2),
            ("48.0", 48, 0),
            ("100", 100, 0),
            ("99999.9999", 999_999_999, 4),
        ] {
            let rate = Rate::parse(text).unwrap();
            assert_eq!((rate.mantissa(), rate.scale()), (mantissa, scale), "{text}");
            assert_eq!(Rate::parse(&rate.to_string()), Ok(rate));
        }
        assert_eq!(Rate::parse("1.50").unwrap().to_string(), "1.5");
    }

    #[test]
    fn a_rounding_unit_is_more_than_zero_and_at_most_1000_yuan() {
        for (unit_fen, allowed) in [(-1, false), (0, false), (1, true), (100_000, true), (100_001, false)] {
            assert_eq!(rounding(unit_fen, RoundingMode::Up).is_some(), allowed);
        }
    }

    #[test]
    fn a_middle_amount_goes_the_way_the_mode_names() {
        for (mode, above_zero, below_zero) in [(RoundingMode::Up, 3, -2), (RoundingMode::Down, 2, -3), (RoundingMode::HalfUp, 3, -2)] {
            let to_the_fen = rounding(1, mode).unwrap();
            assert_eq!(to_the_fen.apply(5, 2), Some(above_zero));
            assert_eq!(to_the_fen.apply(-5, 2), Some(below_zero));
            assert_eq!(to_the_fen.apply(5, -2), Some(below_zero));
            assert_eq!(to_the_fen.apply(-5, -2), Some(above_zero));
        }
    }

    #[test]
    fn a_fraction_that_cannot_be_rounded_is_none() {
        let to_the_fen = rounding(1, RoundingMode::HalfUp).unwrap();
        assert_eq!(to_the_fen.apply(1, 0), None);
        assert_eq!(to_the_fen.apply(i128::MAX, 1), None);
        assert_eq!(to_the_fen.apply(i128::MIN, -1), None);
        assert_eq!(to_the_fen.apply(1, i128::MIN), None);
        assert_eq!(rounding(100, RoundingMode::Up).unwrap().apply(1, i128::MAX), None);
        assert_eq!(rounding(100, RoundingMode::Up).unwrap().apply(i128::from(i64::MAX), 1), None);
    }
}
