//! The calendar and the age rules, compared day by day with jiff, an independent implementation.

#![expect(clippy::unwrap_used, reason = "a wrong unwrap in a test fails the test, as it should")]

use huisuan_core::date::{AgeRule, Date, Month, Weekday};
use jiff::ToSpan;
use jiff::civil;

const AGE_RULES: [AgeRule; 4] = [AgeRule::Birthday, AgeRule::BirthMonth, AgeRule::NextMonth, AgeRule::CalendarYear];

#[test]
fn every_day_has_the_same_name_and_weekday_as_in_jiff() {
    let mut expected = civil::date(1900, 1, 1);
    let mut date = Date::MIN;
    loop {
        let (year, month, day) = ymd(expected);
        assert_eq!(date.ymd(), (year, month, day));
        assert_eq!(Date::from_ymd(year, month, day), Some(date));
        assert_eq!(Date::from_days(date.days()), Some(date));
        assert_eq!(date.weekday(), weekday(expected), "{date}");

        let tomorrow = expected.tomorrow().unwrap();
        let Some(next) = date.next_day() else { break };
        assert_eq!(next.days(), date.days() + 1);
        assert_eq!(next.previous_day(), Some(date));
        assert!(date < next);
        (expected, date) = (tomorrow, next);
    }
    assert_eq!(expected, civil::date(2199, 12, 31));
    assert_eq!(date, Date::MAX);
    assert_eq!(Date::from_ymd(1970, 1, 1).unwrap().days(), 0);
}

#[test]
fn every_day_is_read_back_as_it_is_printed() {
    for date in all_days() {
        assert_eq!(Date::parse(&date.to_string()), Ok(date));
    }
}

#[test]
fn no_day_exists_that_jiff_does_not_have() {
    for year in 1898..=2201 {
        for month in 0..=13 {
            for day in 0..=32 {
                let expected = civil::Date::new(year, month, day).ok().filter(|_| (1900..=2199).contains(&year)).map(ymd);
                let date = Date::from_ymd(year.into(), month.cast_unsigned().into(), day.cast_unsigned().into());
                assert_eq!(date.map(Date::ymd), expected, "{year}-{month}-{day}");
                let read = Date::parse(&format!("{year:04}-{month:02}-{day:02}"));
                assert_eq!(read.ok(), date);
            }
        }
    }
}

#[test]
fn every_month_begins_and_ends_as_in_jiff() {
    let mut month = Month::MIN;
    let mut expected = civil::date(1900, 1, 1);
    let mut count = 0;
    loop {
        assert_eq!(month.first_day(), from_jiff(expected).unwrap());
        assert_eq!(month.last_day(), from_jiff(expected.last_of_month()).unwrap());
        assert_eq!(month.first_day().month(), month);
        assert_eq!(month.last_day().month(), month);
        assert_eq!(Month::parse(&month.to_string()), Ok(month));
        assert_eq!(Month::MIN.months_until(month), count);
        assert_eq!(month.months_until(Month::MIN), -count);
        assert_eq!(Month::MIN.plus(count), Some(month));
        let Some(next) = month.next() else { break };
        assert_eq!(next.previous(), Some(month));
        (month, expected) = (next, expected.last_of_month().tomorrow().unwrap());
        count += 1;
    }
    assert_eq!(month, Month::MAX);
    assert_eq!(count, 3599);
}

#[test]
fn a_corresponding_day_months_away_is_the_one_jiff_finds() {
    for date in all_days() {
        let (year, month, day) = date.ymd();
        let start = civil::date(year.try_into().unwrap(), month.try_into().unwrap(), day.try_into().unwrap());
        for months in [-11, 1, 12, 25] {
            let expected = from_jiff(start.checked_add(months.months()).unwrap());
            assert_eq!(date.plus_months(months), expected, "{date} + {months} months");
        }
    }
}

#[test]
fn a_month_end_keeps_its_corresponding_day_however_many_months_away() {
    for start in [civil::date(2024, 1, 31), civil::date(2024, 2, 29), civil::date(2023, 12, 30)] {
        let date = from_jiff(start).unwrap();
        for months in -1_600..=2_200 {
            let expected = from_jiff(start.checked_add(months.months()).unwrap());
            assert_eq!(date.plus_months(months), expected, "{date} + {months} months");
        }
        for years in -130..=180 {
            let expected = from_jiff(start.checked_add(years.years()).unwrap());
            assert_eq!(date.plus_years(years), expected, "{date} + {years} years");
        }
    }
}

/// Every month-day of birth against every day of the year of decision, for leap and common years on both sides,
/// for the century years 1900 and 2100 (common) and 2000 (leap), and for gaps of zero to 299 years.
#[test]
fn every_birth_day_has_the_right_age_on_every_day_of_the_year() {
    for (birth_year, decision_year) in [
        (1900, 1900),
        (1900, 2000),
        (1900, 2199),
        (1904, 1964),
        (1904, 2023),
        (1943, 2023),
        (1943, 2024),
        (1944, 2024),
        (2000, 2000),
        (2000, 2001),
        (2000, 2100),
        (2004, 2003),
        (2006, 2024),
        (2096, 2100),
        (2100, 2160),
    ] {
        for birth in days_of_year(birth_year) {
            let birth_date = from_jiff(birth).unwrap();
            let gap = i32::from(decision_year - birth_year);
            for rule in AGE_RULES {
                // Under every rule the age changes at most once in a year, so three thresholds settle it.
                let thresholds: Vec<(i32, Option<Date>)> =
                    (gap - 1..=gap + 1).filter(|years| *years > 0).map(|years| (years, first_day_at(rule, birth, years))).collect();
                for (years, first) in &thresholds {
                    assert_eq!(rule.reaches(birth_date, *years), *first, "{rule:?} {birth}");
                }
                let mut day = Date::from_ymd(decision_year.into(), 1, 1);
                while let Some(today) = day.filter(|today| today.ymd().0 == i32::from(decision_year)) {
                    let expected = thresholds
                        .iter()
                        .filter(|(_, first)| first.is_some_and(|first| first <= today))
                        .map(|(years, _)| *years)
                        .next_back()
                        .unwrap_or(if birth_date <= today { 0 } else { -1 });
                    assert_eq!(rule.age_on(birth_date, today), expected, "{rule:?} {birth} {today}");
                    day = today.next_day();
                }
            }
        }
    }
}

#[test]
fn an_age_is_reached_on_one_day_and_not_before() {
    for birth_year in [1900, 1904, 1943, 2000, 2100, 2198, 2199] {
        for birth in days_of_year(birth_year) {
            let birth_date = from_jiff(birth).unwrap();
            for rule in AGE_RULES {
                for years in [0, 1, 3, 16, 18, 60, 64, 80, 100, 299] {
                    let first = rule.reaches(birth_date, years);
                    if years > 0 {
                        assert_eq!(first, first_day_at(rule, birth, years));
                    }
                    let last_before = match first {
                        Some(first) => {
                            assert!(rule.age_on(birth_date, first) >= years);
                            first.previous_day()
                        }
                        None => Some(Date::MAX),
                    };
                    if let Some(day) = last_before {
                        assert!(rule.age_on(birth_date, day) < years, "{rule:?} {birth} {day}");
                    }
                }
            }
        }
    }
}

/// The first day on which the age of `years`, 1 or more, is completed, worked out in jiff from the words of
/// each rule; `None` after 2199.
fn first_day_at(rule: AgeRule, birth: civil::Date, years: i32) -> Option<Date> {
    let birthday = birth.checked_add(years.years()).unwrap();
    from_jiff(match rule {
        AgeRule::Birthday => birthday,
        AgeRule::BirthMonth => birthday.first_of_month(),
        AgeRule::NextMonth => birthday.last_of_month().tomorrow().unwrap(),
        AgeRule::CalendarYear => birthday.first_of_year(),
        AgeRule::CompletedMonths => birth.checked_add(years.months()).unwrap(),
    })
}

fn all_days() -> impl Iterator<Item = Date> {
    (Date::MIN.days()..=Date::MAX.days()).map(|days| Date::from_days(days).unwrap())
}

fn days_of_year(year: i16) -> impl Iterator<Item = civil::Date> {
    civil::date(year, 1, 1).series(1.day()).take_while(move |day| day.year() == year)
}

fn ymd(date: civil::Date) -> (i32, u32, u32) {
    (date.year().into(), date.month().cast_unsigned().into(), date.day().cast_unsigned().into())
}

/// The same day counted by jiff in days since 1970-01-01, or `None` outside 1900 to 2199.
fn from_jiff(date: civil::Date) -> Option<Date> {
    let days = civil::date(1970, 1, 1).until(date).unwrap().get_days();
    Date::from_days(days)
}

fn weekday(date: civil::Date) -> Weekday {
    match date.weekday() {
        civil::Weekday::Monday => Weekday::Monday,
        civil::Weekday::Tuesday => Weekday::Tuesday,
        civil::Weekday::Wednesday => Weekday::Wednesday,
        civil::Weekday::Thursday => Weekday::Thursday,
        civil::Weekday::Friday => Weekday::Friday,
        civil::Weekday::Saturday => Weekday::Saturday,
        civil::Weekday::Sunday => Weekday::Sunday,
    }
}

#[test]
fn days_and_months_are_serialized_as_strings() {
    let date = Date::parse("2024-03-01").unwrap();
    assert_eq!(Serialized(date).to_string(), "2024-03-01");
    assert_eq!(Serialized(date.month()).to_string(), "2024-03");
}

/// Writes a value through serde, whose formatter serializer takes a plain string and refuses a struct.
struct Serialized<T>(T);

impl<T: serde::Serialize> std::fmt::Display for Serialized<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.serialize(formatter)
    }
}

#[test]
fn the_ages_of_all_rules_lie_between_the_two_that_ages_on_gives() {
    let mut birth = Date::from_ymd(1999, 12, 1).unwrap();
    while birth < Date::from_ymd(2001, 2, 1).unwrap() {
        let mut day = Date::from_ymd(2003, 1, 1).unwrap();
        while day < Date::from_ymd(2004, 4, 1).unwrap() {
            let rules = [AgeRule::Birthday, AgeRule::BirthMonth, AgeRule::NextMonth, AgeRule::CalendarYear];
            let ages = rules.map(|rule| rule.age_on(birth, day));
            let expected = (*ages.iter().min().unwrap(), *ages.iter().max().unwrap());
            assert_eq!(AgeRule::ages_on(birth, day), expected, "{birth} {day}");
            day = day.next_day().unwrap();
        }
        birth = birth.next_day().unwrap();
    }
}
