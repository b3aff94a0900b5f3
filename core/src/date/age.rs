//! Ages on a day (周岁), by the rule from which day on a year of age counts.

use super::{Date, Month, days_in_month};

/// Age rule (年龄起算方式): from which day a person counts as having completed some years of age (周岁).
///
/// Who was born on 29 February completes a year of age on 28 February if the year has no 29th.
///
/// # Source
/// Civil Code (民法典), art. 202, on months without a corresponding day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AgeRule {
    /// From the birthday itself (生日当日起).
    Birthday,
    /// From the first day of the month of the birthday (生日当月起).
    BirthMonth,
    /// From the first day of the month after the birthday (生日次月起).
    NextMonth,
    /// From 1 January of the year of the birthday (当年一月起).
    CalendarYear,
    /// Not years but completed months, from the corresponding day (满若干个月): for terms, never for ages of people.
    CompletedMonths,
}

impl AgeRule {
    /// Every way of counting.
    pub const ALL: [AgeRule; 4] = [AgeRule::Birthday, AgeRule::BirthMonth, AgeRule::NextMonth, AgeRule::CalendarYear];

    /// Reads the rule by its name in tables: `birthday`, `birth-month`, `next-month` or `calendar-year`.
    pub fn parse(text: &str) -> Option<AgeRule> {
        match text {
            "birthday" => Some(AgeRule::Birthday),
            "birth-month" => Some(AgeRule::BirthMonth),
            "next-month" => Some(AgeRule::NextMonth),
            "calendar-year" => Some(AgeRule::CalendarYear),
            _ => None,
        }
    }

    /// Age in completed years (周岁) on a day: 0 from the day of birth on, -1 before it.
    #[expect(clippy::arithmetic_side_effects, reason = "the difference of two years is below 300, that of two months below 3600")]
    pub fn age_on(self, birth: Date, day: Date) -> i32 {
        if day < birth {
            return -1;
        }
        let (birth_year, birth_month, birth_day) = birth.ymd();
        let (year, month, day_of_month) = day.ymd();
        let months = 12 * (year - birth_year) + month.cast_signed() - birth_month.cast_signed();
        let completed_months = match self {
            AgeRule::Birthday | AgeRule::CompletedMonths => {
                let corresponding_day = birth_day.min(days_in_month(year, month));
                months - i32::from(day_of_month < corresponding_day)
            }
            AgeRule::BirthMonth => months,
            AgeRule::NextMonth => months - 1,
            AgeRule::CalendarYear => 12 * (year - birth_year),
        };
        if self == AgeRule::CompletedMonths {
            return completed_months;
        }
        // Minus one month, in the month of birth, is still no year: division cuts towards zero.
        completed_months / 12
    }

    /// The least and the most that any rule gives: counted from the month after the birthday, and from 1 January.
    #[expect(clippy::arithmetic_side_effects, reason = "the difference of two years is below 300")]
    #[must_use]
    pub fn ages_on(birth: Date, day: Date) -> (i32, i32) {
        if day < birth {
            return (-1, -1);
        }
        let (birth_year, birth_month, _) = birth.ymd();
        let (year, month, _) = day.ymd();
        let years = year - birth_year;
        ((years - i32::from(month <= birth_month)).max(0), years)
    }

    /// The first day on which the person has completed so many years (年满周岁之日).
    ///
    /// For every day, `age_on(birth, day) >= years` exactly if `reaches(birth, years)` is that day or earlier;
    /// so 0 gives the day of birth, and a negative number [`Date::MIN`]. `None` after 2199-12-31.
    pub fn reaches(self, birth: Date, years: i32) -> Option<Date> {
        if years < 0 {
            return Some(Date::MIN);
        }
        if years == 0 {
            return Some(birth);
        }
        if self == AgeRule::CompletedMonths {
            return birth.plus_months(years);
        }
        let birthday = birth.plus_years(years)?;
        match self {
            AgeRule::Birthday | AgeRule::CompletedMonths => Some(birthday),
            AgeRule::BirthMonth => Some(birthday.month().first_day()),
            AgeRule::NextMonth => birthday.month().next().map(Month::first_day),
            AgeRule::CalendarYear => {
                let (year, _, _) = birthday.ymd();
                Date::from_ymd(year, 1, 1)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn each_age_rule_counts_from_its_own_day() {
        let birth = day("1944-05-20");
        for (name, first) in
            [("birthday", "2024-05-20"), ("birth-month", "2024-05-01"), ("next-month", "2024-06-01"), ("calendar-year", "2024-01-01")]
        {
            let rule = AgeRule::parse(name).unwrap();
            let first = day(first);
            assert_eq!(rule.reaches(birth, 80), Some(first), "{name}");
            assert_eq!(rule.age_on(birth, first), 80, "{name}");
            assert_eq!(rule.age_on(birth, first.previous_day().unwrap()), 79, "{name}");
        }
        assert_eq!(AgeRule::parse("Birthday"), None);
    }

    #[test]
    fn a_person_born_on_29_february_completes_a_year_on_the_28th_of_a_common_year() {
        let birth = day("2004-02-29");
        assert_eq!(AgeRule::Birthday.age_on(birth, day("2022-02-27")), 17);
        assert_eq!(AgeRule::Birthday.age_on(birth, day("2022-02-28")), 18);
        assert_eq!(AgeRule::Birthday.age_on(birth, day("2024-02-28")), 19);
        assert_eq!(AgeRule::Birthday.age_on(birth, day("2024-02-29")), 20);
    }

    #[test]
    fn a_newborn_is_0_and_the_unborn_minus_1_under_every_rule() {
        let birth = day("2024-05-20");
        for rule in [AgeRule::Birthday, AgeRule::BirthMonth, AgeRule::NextMonth, AgeRule::CalendarYear] {
            assert_eq!(rule.age_on(birth, day("2024-05-19")), -1);
            assert_eq!(rule.age_on(birth, birth), 0);
            assert_eq!(rule.age_on(birth, day("2024-12-31")), 0);
            assert_eq!(rule.reaches(birth, 0), Some(birth));
        }
    }
}
