//! Amounts, rates and rounding, compared with rust_decimal's own rounding and with the definition in whole
//! numbers.

#![expect(clippy::arithmetic_side_effects, reason = "an overflow in a test fails the test, as it should")]

use huisuan_core::money::{MoneyError, Rate, Rounding, RoundingMode, Yuan};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

const MODES: [RoundingMode; 3] = [RoundingMode::Up, RoundingMode::Down, RoundingMode::HalfUp];

#[test]
fn a_text_outside_the_grammar_says_what_is_wrong_with_it() {
    use MoneyError::{Empty, LeadingZero, Negative, NotANumber, TooLarge, TooManyDecimals};
    // The texts stand between bars, because some contain blanks.
    for (error, texts) in [
        (Empty, ""),
        (
            NotANumber,
            concat!(
                " |1_000|1,000|1，000|1e3|1E3|1e-28|+1|１２３|1．5|٣|一百|1.|.5|.|1.2.3|..|--1|",
                "-|-.5|-1e3|−1|1 | 1|1\n|1\0|0x10|NaN|inf|¥1|1元|1/2|1:00|",
                "99999999999999999999999999999e9",
            ),
        ),
        (Negative, "-0|-0.00|-1|-1.005|-007|-99999999999999999999999999999"),
        (LeadingZero, "00|007|01.50|00.5|0000000000000000000000000000000"),
        (TooManyDecimals, concat!("0.00001|1.00000|2.34567|1234567890123456.78999|", "0.0000000000000000000000000001",)),
        (TooLarge, concat!("1000000000|1234567890123456.78|79228162514264337593543950335|", "79228162514264337593543950336",)),
    ] {
        for text in texts.split('|') {
            assert_eq!(Yuan::parse(text), Err(error), "{text:?}");
            assert_eq!(Rate::parse(text), Err(error), "{text:?}");
        }
    }
}

#[test]
fn amounts_and_rates_end_where_their_grammar_says() {
    assert_eq!(Yuan::parse("999999999.99").map(Yuan::fen), Ok(99_999_999_999));
    assert_eq!(Yuan::parse("1000000000"), Err(MoneyError::TooLarge));
    assert_eq!(Yuan::parse("0.001"), Err(MoneyError::TooManyDecimals));
    assert_eq!(Yuan::parse("0.010"), Err(MoneyError::TooManyDecimals));
    assert!(Rate::parse("99999.9999").is_ok());
    assert_eq!(Rate::parse("100000"), Err(MoneyError::TooLarge));
    assert_eq!(Rate::parse("0.00010"), Err(MoneyError::TooManyDecimals));
}

#[test]
fn a_text_of_a_million_digits_is_refused() {
    let digits = "9".repeat(1_000_000);
    assert_eq!(Yuan::parse(&digits), Err(MoneyError::TooLarge));
    assert_eq!(Yuan::parse(&format!("0.{digits}")), Err(MoneyError::TooManyDecimals));
    assert_eq!(Yuan::parse(&format!("-{digits}")), Err(MoneyError::Negative));
    assert_eq!(Yuan::parse(&format!("0{digits}")), Err(MoneyError::LeadingZero));
    assert_eq!(Yuan::parse(&format!("{digits}e")), Err(MoneyError::NotANumber));
}

#[test]
fn every_error_has_its_own_code() {
    let errors = [
        MoneyError::Empty,
        MoneyError::NotANumber,
        MoneyError::Negative,
        MoneyError::LeadingZero,
        MoneyError::TooManyDecimals,
        MoneyError::TooLarge,
    ];
    for (position, error) in errors.iter().enumerate() {
        let code = error.code();
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        assert!(errors.iter().skip(position + 1).all(|other| other.code() != code));
    }
}

/// A share of a yuan counts as a whole one; a product that is already whole stays.
#[test]
fn a_standard_raised_by_a_rate_is_rounded_up_to_whole_yuan() {
    let whole_yuan_up = Rounding::new(Yuan::from_fen(100), RoundingMode::Up).unwrap();
    for (standard, rate, expected) in [
        ("995", "1.5", "1493.00"),
        ("1045", "1.5", "1568.00"),
        ("791", "1.5", "1187.00"),
        ("182", "1.1", "201.00"),
        ("403", "1.1", "444.00"),
        ("820", "1.5", "1230.00"),
    ] {
        let standard = Yuan::parse(standard).unwrap();
        let rate = Rate::parse(rate).unwrap();
        let raised = standard.checked_times(rate, whole_yuan_up).unwrap();
        assert_eq!(raised.to_string(), expected);
    }
}

/// 632 yuan each for three people with 1894 yuan: dividing the income first would pay 3.00.
#[test]
fn a_top_up_is_exact_when_the_division_comes_last() {
    let whole_yuan_up = Rounding::new(Yuan::from_fen(100), RoundingMode::Up).unwrap();
    let gap_of_all = 63_200 * 3 - 189_400;
    assert_eq!(whole_yuan_up.apply(gap_of_all, 1), Some(200));
    assert_eq!(whole_yuan_up.apply(gap_of_all * 7, 7), Some(200));
    assert_eq!(whole_yuan_up.apply(gap_of_all, 3), Some(100));
}

#[test]
fn small_fractions_are_rounded_as_the_definition_says() {
    for unit in 1..=7 {
        for mode in MODES {
            let rounding = Rounding::new(Yuan::from_fen(unit), mode).unwrap();
            for denominator in (-9..=9).filter(|denominator| *denominator != 0) {
                for numerator in -200..=200 {
                    let rounded = rounding.apply(numerator, denominator);
                    assert_rounds(rounding, numerator, denominator, rounded);
                }
            }
        }
    }
}

fn any_mode() -> impl Strategy<Value = RoundingMode> {
    prop::sample::select(MODES.to_vec())
}

proptest! {
    #[test]
    fn an_amount_is_read_back_as_it_is_printed(fen in 0_i64..=99_999_999_999) {
        let amount = Yuan::from_fen(fen);
        prop_assert_eq!(amount.fen(), fen);
        prop_assert_eq!(Yuan::parse(&amount.to_string()), Ok(amount));
        prop_assert_eq!(amount.to_string(), format!("{}.{:02}", fen / 100, fen % 100));
    }

    #[test]
    fn every_text_of_the_grammar_is_read_exactly(text in r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,2})?") {
        let amount = Yuan::parse(&text).unwrap();
        let mut expected = Decimal::from_str_exact(&text).unwrap();
        expected.rescale(2);
        prop_assert_eq!(amount.to_string(), expected.to_string());
    }

    #[test]
    fn every_rate_of_the_grammar_is_read_exactly(text in r"(0|[1-9][0-9]{0,4})(\.[0-9]{1,4})?") {
        let rate = Rate::parse(&text).unwrap();
        let expected = Decimal::from_str_exact(&text).unwrap().normalize();
        prop_assert_eq!(i128::from(rate.mantissa()), expected.mantissa());
        prop_assert_eq!(rate.scale(), expected.scale());
        prop_assert_eq!(rate.to_string(), expected.to_string());
        prop_assert_eq!(Rate::parse(&rate.to_string()), Ok(rate));
    }

    #[test]
    fn what_is_read_is_in_the_grammar(text in r"[-+0-9.,_eE０ ]{0,13}") {
        if let Ok(amount) = Yuan::parse(&text) {
            let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
            prop_assert!(whole == "0" || !whole.starts_with('0'));
            prop_assert!((1..=9).contains(&whole.len()) && (1..=2).contains(&decimals.len()));
            prop_assert!(whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()));
            prop_assert_eq!(Yuan::parse(&amount.to_string()), Ok(amount));
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        let _ = (Yuan::parse(&text), Rate::parse(&text));
    }

    #[test]
    fn every_number_of_fen_survives_and_sorts(one in any::<i64>(), other in any::<i64>()) {
        let (a, b) = (Yuan::from_fen(one), Yuan::from_fen(other));
        prop_assert_eq!(a.fen(), one);
        prop_assert_eq!(a.cmp(&b), one.cmp(&other));
        prop_assert_eq!(a.checked_plus(b).map(Yuan::fen), one.checked_add(other));
        prop_assert_eq!(a.checked_minus(b).map(Yuan::fen), one.checked_sub(other));
    }

    #[test]
    fn rounding_agrees_with_rust_decimal(
        fen in -99_999_999_999_i64..=99_999_999_999,
        digits in 0_i64..=999_999_999,
        decimals in 0_u32..=2,
    ) {
        let rate = Rate::parse(&Decimal::new(digits, 4).to_string()).unwrap();
        let exact = Decimal::new(fen, 2) * Decimal::new(digits, 4);
        let unit = Yuan::from_fen(10_i64.pow(2 - decimals));
        let half_up = if exact.is_sign_negative() {
            RoundingStrategy::MidpointTowardZero
        } else {
            RoundingStrategy::MidpointAwayFromZero
        };
        for (mode, strategy) in [
            (RoundingMode::Up, RoundingStrategy::ToPositiveInfinity),
            (RoundingMode::Down, RoundingStrategy::ToNegativeInfinity),
            (RoundingMode::HalfUp, half_up),
        ] {
            let mut expected = exact.round_dp_with_strategy(decimals, strategy);
            expected.rescale(2);
            let rounded = Yuan::from_fen(fen).checked_times(rate, Rounding::new(unit, mode).unwrap());
            let expected_fen = i64::try_from(expected.mantissa()).ok();
            prop_assert_eq!(rounded.map(Yuan::fen), expected_fen);
        }
    }

    #[test]
    fn large_fractions_are_rounded_as_the_definition_says(
        numerator in -(1_i128 << 100)..(1_i128 << 100),
        denominator in prop_oneof![1_i128..100, -100_i128..0, 1_i128..(1 << 60)],
        unit in 1_i64..=100_000,
        mode in any_mode(),
    ) {
        let rounding = Rounding::new(Yuan::from_fen(unit), mode).unwrap();
        let rounded = rounding.apply(numerator, denominator);
        assert_rounds(rounding, numerator, denominator, rounded);
    }

    #[test]
    fn ties_are_rounded_as_the_definition_says(
        halves in -1_000_000_i128..1_000_000,
        unit in 1_i64..=100_000,
        factor in 1_i128..1_000,
        mode in any_mode(),
    ) {
        let rounding = Rounding::new(Yuan::from_fen(unit), mode).unwrap();
        let numerator = halves * i128::from(unit) * factor;
        let rounded = rounding.apply(numerator, 2 * factor);
        prop_assert!(rounded.is_some());
        assert_rounds(rounding, numerator, 2 * factor, rounded);
    }

    #[test]
    fn no_fraction_makes_rounding_panic(
        numerator in any::<i128>(),
        denominator in any::<i128>(),
        unit in 1_i64..=100_000,
        mode in any_mode(),
    ) {
        let rounding = Rounding::new(Yuan::from_fen(unit), mode).unwrap();
        let _ = rounding.apply(numerator, denominator);
    }
}

/// Checks a rounded fraction against the definition of its mode, in whole numbers and without dividing:
/// a multiple of the unit whose error, times the denominator, lies in the right half-open interval.
/// `None` is right only if the fraction is too large for `i64`, give or take one unit.
#[track_caller]
fn assert_rounds(rounding: Rounding, numerator: i128, denominator: i128, rounded: Option<i64>) {
    let (numerator, denominator) = if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
    let unit = i128::from(rounding.unit_fen());
    let Some(rounded) = rounded else {
        let largest = i128::from(i64::MAX) - unit;
        assert!(numerator.abs() > largest * denominator, "{numerator}/{denominator} fits");
        return;
    };
    let rounded = i128::from(rounded);
    assert_eq!(rounded % unit, 0);
    let error = rounded * denominator - numerator;
    let step = unit * denominator;
    let right = match rounding.mode() {
        RoundingMode::Up => (0..step).contains(&error),
        RoundingMode::Down => (0..step).contains(&-error),
        RoundingMode::HalfUp => -step < 2 * error && 2 * error <= step,
    };
    assert!(right, "{rounding:?} of {numerator}/{denominator} gave {rounded}");
}

#[test]
fn amounts_and_rates_are_serialized_as_strings() {
    let amount = Yuan::from_fen(111_000);
    assert_eq!(Serialized(amount).to_string(), "1110.00");
    assert_eq!(Serialized(Rate::parse("1.50").unwrap()).to_string(), "1.5");
}

/// Writes a value through serde, whose formatter serializer takes a plain string and refuses a struct.
struct Serialized<T>(T);

impl<T: serde::Serialize> std::fmt::Display for Serialized<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.serialize(formatter)
    }
}
