//! Days (日), months (月) and periods (期间); ages on a day (周岁) are in `age.rs`.
//!
//! Everything is a proleptic Gregorian calendar day without a clock or a time zone; "today" is passed in by
//! the caller. Days run from 1900-01-01 to 2199-12-31, wide enough for every birth and every row of a table,
//! and narrow enough that a mistyped year is noticed.

mod age;

use std::fmt;

use serde::{Serialize, Serializer};

pub use age::AgeRule;

/// Calendar day (日), 1900-01-01 to 2199-12-31, counted from 1970-01-01.
///
/// Prints and serializes as `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(
    /// Days since 1970-01-01, within `MIN` and `MAX`.
    i32,
);

impl Date {
    /// The first day there is (最早日期), 1900-01-01.
    pub const MIN: Date = Date(days_before(1900, 1, 1));
    /// The last day there is (最晚日期), 2199-12-31.
    pub const MAX: Date = Date(days_before(2199, 12, 31));

    /// Reads a day (日) written exactly as `YYYY-MM-DD`.
    ///
    /// # Errors
    /// [`DateError`], the first that applies in the order of its variants.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let [year @ .., b'-', month_tens, month_ones, b'-', day_tens, day_ones] = text.as_bytes() else {
            return Err(DateError::Malformed);
        };
        let year = read_year(year)?;
        let month = read_two_digits(*month_tens, *month_ones)?;
        let day = read_two_digits(*day_tens, *day_ones)?;
        if !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
            return Err(DateError::NoSuchDay);
        }
        Date::from_ymd(year, month, day).ok_or(DateError::OutOfRange)
    }

    /// The day (日) of that year, month and day of the month, both counted from 1; `None` if there is none.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        let exists =
            (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        exists.then(|| Date(days_before(year, month, day)))
    }

    /// Year, month and day of the month (年月日), the latter two counted from 1.
    #[expect(clippy::arithmetic_side_effects, reason = "a day of 1900 to 2199 stays below a million in every step")]
    pub fn ymd(self) -> (i32, u32, u32) {
        // The inverse of `days_before`, after Cassio Neri's and Lorenz Schneider's Euclidean affine functions: years begin in
        // March, so that the leap day comes last, and a century is four times its days and 3 for the leap day it may lack.
        let quarters = 4 * (self.0 + DAYS_FROM_YEAR_ZERO).cast_unsigned() + 3;
        let (century, quarter_of_century) = (quarters / 146_097, (quarters % 146_097) | 3);
        let (year_of_century, day_of_year) = (quarter_of_century / 1_461, quarter_of_century % 1_461 / 4);
        let month_and_day = 2_141 * day_of_year + 197_913;
        let (month, day) = (month_and_day >> 16, month_and_day % 65_536 / 2_141 + 1);
        let (years_on, month) = if month > 12 { (1, month - 12) } else { (0, month) };
        ((100 * century + year_of_century + years_on).cast_signed(), month, day)
    }

    /// Days since 1970-01-01 (天数), negative before it.
    pub fn days(self) -> i32 {
        self.0
    }

    /// The day with this count of days from 1970-01-01, as formulas hold it; `None` outside 1900 to 2199.
    #[must_use]
    pub fn from_count(days: i64) -> Option<Date> {
        i32::try_from(days).ok().and_then(Date::from_days)
    }

    /// The day (日) that many days after 1970-01-01; `None` outside 1900 to 2199.
    pub fn from_days(days: i32) -> Option<Date> {
        (Date::MIN.0..=Date::MAX.0).contains(&days).then_some(Date(days))
    }

    /// The day of the week (星期).
    #[expect(clippy::arithmetic_side_effects, reason = "a day of 1900 to 2199 plus three")]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, three days after a Monday.
        match (self.0 + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The month (月) the day lies in.
    pub fn month(self) -> Month {
        let (year, month, _) = self.ymd();
        Month::of(year, month)
    }

    /// The day after (次日); `None` after 2199-12-31.
    pub fn next_day(self) -> Option<Date> {
        self.plus_days(1)
    }

    /// The day before (前一日); `None` before 1900-01-01.
    pub fn previous_day(self) -> Option<Date> {
        self.plus_days(-1)
    }

    /// The day that many days later, or earlier if negative (若干日后); `None` outside 1900 to 2199.
    pub fn plus_days(self, days: i32) -> Option<Date> {
        self.0.checked_add(days).and_then(Date::from_days)
    }

    /// The corresponding day that many months later, or earlier if negative (若干月后的对应日).
    ///
    /// Where the month has no such day, its last day: a month after 31 January is 28 or 29 February.
    /// `None` outside 1900 to 2199.
    ///
    /// # Source
    /// Civil Code (民法典), art. 202.
    pub fn plus_months(self, months: i32) -> Option<Date> {
        let (year, month, day) = self.ymd();
        let (year, month) = Month::of(year, month).plus(months)?.year_and_month();
        Date::from_ymd(year, month, day.min(days_in_month(year, month)))
    }

    /// The corresponding day that many years later, or earlier if negative (若干年后的对应日).
    ///
    /// 29 February corresponds to 28 February in a common year. `None` outside 1900 to 2199.
    ///
    /// # Source
    /// Civil Code (民法典), art. 202.
    pub fn plus_years(self, years: i32) -> Option<Date> {
        self.plus_months(years.checked_mul(12)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Date({self})")
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "a day, YYYY-MM-DD" })
    }
}

/// Calendar month (月), 1900-01 to 2199-12.
///
/// Prints and serializes as `YYYY-MM`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(
    /// Twelve times the year, plus the month counted from 0.
    i32,
);

impl Month {
    /// The first month there is (最早月份), 1900-01.
    pub const MIN: Month = Month::of(FIRST_YEAR, 1);
    /// The last month there is (最晚月份), 2199-12.
    pub const MAX: Month = Month::of(LAST_YEAR, 12);

    /// Reads a month (月) written exactly as `YYYY-MM`.
    ///
    /// # Errors
    /// [`DateError`], the first that applies in the order of its variants.
    pub fn parse(text: &str) -> Result<Month, DateError> {
        let [year @ .., b'-', month_tens, month_ones] = text.as_bytes() else {
            return Err(DateError::Malformed);
        };
        let year = read_year(year)?;
        let month = read_two_digits(*month_tens, *month_ones)?;
        if !(1..=12).contains(&month) {
            return Err(DateError::NoSuchDay);
        }
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(DateError::OutOfRange);
        }
        Ok(Month::of(year, month))
    }

    /// The month with that many whole months before it since year 0; `None` outside 1900 to 2199.
    pub fn from_count(months: i64) -> Option<Month> {
        let month = Month(i32::try_from(months).ok()?);
        (Month::MIN..=Month::MAX).contains(&month).then_some(month)
    }

    /// The first day of the month (当月一日).
    pub fn first_day(self) -> Date {
        let (year, month) = self.year_and_month();
        Date(days_before(year, month, 1))
    }

    /// The last day of the month (当月末日).
    pub fn last_day(self) -> Date {
        let (year, month) = self.year_and_month();
        Date(days_before(year, month, days_in_month(year, month)))
    }

    /// The month after (次月); `None` after 2199-12.
    pub fn next(self) -> Option<Month> {
        self.plus(1)
    }

    /// The month before (上月); `None` before 1900-01.
    pub fn previous(self) -> Option<Month> {
        self.plus(-1)
    }

    /// The month that many months later, or earlier if negative (若干月后); `None` outside 1900 to 2199.
    pub fn plus(self, months: i32) -> Option<Month> {
        let month = Month(self.0.checked_add(months)?);
        (Month::MIN..=Month::MAX).contains(&month).then_some(month)
    }

    /// The first month of its quarter (季度首月).
    #[expect(clippy::arithmetic_side_effects, reason = "a year begins with a multiple of three, and none is below it")]
    pub fn first_of_quarter(self) -> Month {
        Month(self.0 - self.0 % 3)
    }

    /// How many months later `other` is (相差月数), negative if it is earlier.
    #[expect(clippy::arithmetic_side_effects, reason = "the difference of two months is below 3600")]
    pub fn months_until(self, other: Month) -> i32 {
        other.0 - self.0
    }

    /// The month of a year of 1900 to 2199, `month` counted from 1: not checked here.
    #[expect(clippy::arithmetic_side_effects, reason = "the callers pass checked years and months")]
    const fn of(year: i32, month: u32) -> Month {
        Month(year * 12 + month.cast_signed() - 1)
    }

    /// Year, and month counted from 1.
    #[expect(clippy::arithmetic_side_effects, reason = "a remainder of twelve, plus one")]
    fn year_and_month(self) -> (i32, u32) {
        (self.0 / 12, (self.0 % 12).cast_unsigned() + 1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.year_and_month();
        write!(formatter, "{year:04}-{month:02}")
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Month({self})")
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Month {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Month".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$", "description": "a month, YYYY-MM" })
    }
}

/// Period (期间) from a day up to, but not including, another: `[from, until)`.
///
/// A period that ends where it starts, or earlier, contains no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day of the period (施行日).
    pub from: Date,
    /// The day on which it holds no longer (废止日); `None` if no end is known.
    pub until: Option<Date>,
}

impl Period {
    /// Whether the period holds on the day (当日有效).
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Day of the week (星期).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weekday {
    /// 星期一.
    Monday,
    /// 星期二.
    Tuesday,
    /// 星期三.
    Wednesday,
    /// 星期四.
    Thursday,
    /// 星期五.
    Friday,
    /// 星期六.
    Saturday,
    /// 星期日.
    Sunday,
}

impl Weekday {
    /// How many days after Monday, 0 to 6.
    #[must_use]
    pub const fn from_monday(self) -> u32 {
        match self {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        }
    }
}

/// Why a text is not a day (日) or a month (月), in the order in which the reasons are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has another shape (格式不符): a digit too few, a slash, a time, a blank, full-width digits.
    #[error("not a date: write `YYYY-MM-DD`, or `YYYY-MM` for a month")]
    Malformed,
    /// The calendar has no such day or month (日期不存在), as 2023-02-29.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// The year is before 1900 or after 2199 (超出范围).
    #[error("out of range: the year must be from 1900 to 2199")]
    OutOfRange,
}

impl DateError {
    /// The stable code (错误代码) that callers and the message catalogues know this error by.
    pub fn code(self) -> &'static str {
        match self {
            DateError::Malformed => "malformed-date",
            DateError::NoSuchDay => "no-such-day",
            DateError::OutOfRange => "date-out-of-range",
        }
    }
}

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2199;

/// Days from 1 March of the year 0 to 1970-01-01.
const DAYS_FROM_YEAR_ZERO: i32 = 719_468;

/// Days from 1970-01-01 to a day of 1900 to 2199, month and day counted from 1: not checked here.
#[expect(clippy::arithmetic_side_effects, reason = "the callers pass checked days, for which every step stays below a million")]
const fn days_before(year: i32, month: u32, day: u32) -> i32 {
    // After Howard Hinnant's `days_from_civil`: the year begins in March, so that the leap day comes last.
    let months_since_march = (month.cast_signed() + 9) % 12;
    let year = if month <= 2 { year - 1 } else { year };
    let days_before_year = 365 * year + year / 4 - year / 100 + year / 400;
    let days_before_month = (153 * months_since_march + 2) / 5;
    days_before_year + days_before_month + day.cast_signed() - 1 - DAYS_FROM_YEAR_ZERO
}

/// Days of a month that is counted from 1.
fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether the year has a 29 February (闰年).
fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// A year of exactly four digits.
fn read_year(digits: &[u8]) -> Result<i32, DateError> {
    let [thousands, hundreds, tens, ones] = digits else {
        return Err(DateError::Malformed);
    };
    let century = read_two_digits(*thousands, *hundreds)?;
    let year_of_century = read_two_digits(*tens, *ones)?;
    let year = century.saturating_mul(100).saturating_add(year_of_century);
    Ok(year.cast_signed())
}

/// A number of exactly two digits.
fn read_two_digits(tens: u8, ones: u8) -> Result<u32, DateError> {
    let digit = |byte| char::from(byte).to_digit(10).ok_or(DateError::Malformed);
    Ok(digit(tens)?.saturating_mul(10).saturating_add(digit(ones)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_days_written_in_full_are_read() {
        assert_eq!(Date::parse("1970-01-01").map(Date::days), Ok(0));
        assert_eq!(Date::parse("1900-01-01"), Ok(Date::MIN));
        assert_eq!(Date::parse("2199-12-31"), Ok(Date::MAX));
        let texts = concat!(
            "|-|2024|2024-1-01|2024-01-1|24-01-01|02024-01-01|2024/01/01|20240101|",
            "2024-01-01 | 2024-01-01|2024-01-01T00:00|+024-01-01|-024-01-01|2024-0a-01|",
            "2024-01-|2024-01-01-01|2024-01|２０２４-01-01|2024年1月1日|2024‐01‐01"
        );
        for text in texts.split('|') {
            assert_eq!(Date::parse(text), Err(DateError::Malformed), "{text}");
        }
        let texts = "2023-02-29|2100-02-29|2024-04-31|2024-13-01|2024-00-01|2024-01-00|1899-02-30";
        for text in texts.split('|') {
            assert_eq!(Date::parse(text), Err(DateError::NoSuchDay), "{text}");
        }
        for text in ["1899-12-31", "2200-01-01", "0000-01-01", "9999-12-31"] {
            assert_eq!(Date::parse(text), Err(DateError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn only_months_written_in_full_are_read() {
        assert_eq!(Month::parse("1900-01"), Ok(Month::MIN));
        assert_eq!(Month::parse("2199-12"), Ok(Month::MAX));
        assert_eq!(Month::parse("2024-02").map(Month::last_day), Ok(day("2024-02-29")));
        let texts = "|2024|2024-1|2024-01-01|2024/01|202401|0x24-01|2024-０1";
        for text in texts.split('|') {
            assert_eq!(Month::parse(text), Err(DateError::Malformed), "{text}");
        }
        for text in ["2024-00", "2024-13", "1899-13"] {
            assert_eq!(Month::parse(text), Err(DateError::NoSuchDay), "{text}");
        }
        for text in ["1899-12", "2200-01"] {
            assert_eq!(Month::parse(text), Err(DateError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn the_calendar_ends_without_overflow() {
        assert_eq!(Date::MAX.next_day(), None);
        assert_eq!(Date::MIN.previous_day(), None);
        assert_eq!(Month::MAX.next(), None);
        assert_eq!(Month::MIN.previous(), None);
        for amount in [i32::MIN, i32::MAX] {
            assert_eq!(Date::from_days(amount), None);
            assert_eq!(Date::MAX.plus_days(amount), None);
            assert_eq!(Date::MAX.plus_months(amount), None);
            assert_eq!(Date::MAX.plus_years(amount), None);
            assert_eq!(Month::MAX.plus(amount), None);
            assert_eq!(Date::from_ymd(amount, 1, 1), None);
        }
        assert_eq!(Date::from_ymd(2024, u32::MAX, 1), None);
        assert_eq!(Date::from_ymd(2024, 1, u32::MAX), None);
        assert_eq!(AgeRule::Birthday.reaches(Date::MIN, i32::MAX), None);
        assert_eq!(AgeRule::Birthday.reaches(Date::MIN, i32::MIN), Some(Date::MIN));
        assert_eq!(AgeRule::NextMonth.reaches(day("2198-12-01"), 1), None);
    }

    #[test]
    fn a_month_later_is_the_corresponding_day_or_the_last_one() {
        assert_eq!(day("2024-01-31").plus_months(1), Some(day("2024-02-29")));
        assert_eq!(day("2024-03-31").plus_months(-13), Some(day("2023-02-28")));
        assert_eq!(day("2024-02-29").plus_years(1), Some(day("2025-02-28")));
        assert_eq!(day("2024-02-29").plus_years(4), Some(day("2028-02-29")));
        assert_eq!(day("2023-12-15").month().months_until(day("2024-03-01").month()), 3);
    }

    #[test]
    fn a_period_holds_on_its_first_day_and_not_on_its_last() {
        let year = Period { from: day("2024-01-01"), until: Some(day("2025-01-01")) };
        assert!(!year.contains(day("2023-12-31")));
        assert!(year.contains(day("2024-01-01")));
        assert!(year.contains(day("2024-12-31")));
        assert!(!year.contains(day("2025-01-01")));
        assert!(Period { until: None, ..year }.contains(Date::MAX));
        assert!(!Period { until: Some(year.from), ..year }.contains(year.from));
    }

    #[test]
    fn a_day_shows_itself_in_full() {
        assert_eq!(day("2024-03-01").to_string(), "2024-03-01");
        assert_eq!(day("2024-03-01").month().to_string(), "2024-03");
        assert_eq!(format!("{:?}", day("2024-03-01")), "Date(2024-03-01)");
        assert_eq!(format!("{:?}", day("2024-03-01").month()), "Month(2024-03)");
    }
}
