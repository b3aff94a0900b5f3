//! Workdays, weekends and statutory holidays (工作日、周末、法定节假日) as far as the year's calendar is known.

use crate::date::{Date, Month, Weekday};
use crate::household::dictionary::{DayKind, Names};
use crate::slot::{Flags, Slot};

/// The calendar of the years we know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Years covered, sorted.
    pub years: Vec<i32>,
    /// Days off in a holiday, sorted.
    pub holidays: Vec<Date>,
    /// Saturdays and Sundays that are worked, sorted.
    pub working_weekends: Vec<Date>,
    /// Nobody has checked it against the State Council's notice.
    pub unconfirmed: bool,
}

impl Calendar {
    /// What kind of day it is; where the year's calendar is not known, everything it could be.
    #[must_use]
    pub fn kind(&self, day: Date) -> Slot {
        let remarks = if self.unconfirmed { Flags::UNCONFIRMED } else { Flags::NONE };
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if self.years.binary_search(&day.ymd().0).is_err() {
            // A weekday may be a holiday, a weekend may be a holiday or worked.
            let bits = if weekend { DayKind::Workday.bit() | DayKind::Weekend.bit() } else { DayKind::Workday.bit() };
            return Slot::choice(bits | DayKind::StatutoryHoliday.bit(), Flags::CELL);
        }
        let kind = if self.holidays.binary_search(&day).is_ok() {
            DayKind::StatutoryHoliday
        } else if weekend && self.working_weekends.binary_search(&day).is_err() {
            DayKind::Weekend
        } else {
            DayKind::Workday
        };
        Slot::choice(kind.bit(), remarks)
    }

    /// The last day of a month after which so many of its workdays are left, the day before the month if there is none; where a
    /// year's calendar is not known, all weekdays may be workdays.
    #[must_use]
    pub fn last_with_workdays(&self, month: Month, count: i64) -> Slot {
        let (workday, mut day) = (DayKind::Workday.bit(), i64::from(month.last_day().days()));
        let (mut certain, mut possible, mut latest, mut flags) = (0_i64, 0_i64, None, Flags::NONE);
        while let Some(date) = Date::from_count(day).filter(|date| date.month() == month && certain < count) {
            if possible >= count {
                latest = latest.or(Some(day));
            }
            let kind = self.kind(date);
            certain = certain.saturating_add(i64::from(kind.value() == Some(workday)));
            possible = possible.saturating_add(i64::from(kind.lo & workday != 0));
            flags = flags | kind.flags;
            day = day.saturating_sub(1);
        }
        Slot::between(day, latest.unwrap_or(day), flags)
    }

    /// The last of so many working days after a day (工作日), and whether the calendars of all years met are known; where one is
    /// not, only weekends are counted off.
    #[must_use]
    pub fn working_days_after(&self, day: Date, count: u32) -> (Date, bool) {
        let (mut now, mut left, mut official) = (day, count, true);
        while left > 0 {
            let Some(next) = now.next_day() else { break };
            now = next;
            let weekend = matches!(now.weekday(), Weekday::Saturday | Weekday::Sunday);
            let known = self.years.binary_search(&now.ymd().0).is_ok();
            official &= known;
            let works = if known { self.kind(now).value() == Some(DayKind::Workday.bit()) } else { !weekend };
            left = left.saturating_sub(u32::from(works));
        }
        (now, official)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last day of a month with so many workdays behind it, counted day by day from each day on.
    fn counted(calendar: &Calendar, month: Month, count: i64, counts: impl Fn(Slot) -> bool) -> i64 {
        let days: Vec<Date> = (month.first_day().days()..=month.last_day().days()).filter_map(Date::from_days).collect();
        let left = |day: &Date| days.iter().filter(|later| *later > day && counts(calendar.kind(**later))).count();
        let last = days.iter().rfind(|day| i64::try_from(left(day)).unwrap() >= count);
        i64::from(last.map_or(month.first_day().days().saturating_sub(1), |day| day.days()))
    }

    #[test]
    fn the_last_day_with_enough_workdays_is_the_one_that_counting_finds() {
        let day = |text: &str| Date::parse(text).unwrap();
        let calendar = Calendar {
            years: vec![2025],
            holidays: (1..=8).filter_map(|day| Date::from_ymd(2025, 10, day)).collect(),
            working_weekends: vec![day("2025-09-28"), day("2025-10-11")],
            unconfirmed: false,
        };
        let months = ["2025-08", "2025-09", "2025-10", "2026-02"].map(|month| Month::parse(month).unwrap());
        for (month, count) in months.into_iter().flat_map(|month| (-1..=24).map(move |count| (month, count))) {
            let found = calendar.last_with_workdays(month, count);
            let workday = DayKind::Workday.bit();
            assert_eq!(found.lo, counted(&calendar, month, count, |kind| kind.value() == Some(workday)), "{month:?} {count}");
            assert_eq!(found.hi, counted(&calendar, month, count, |kind| kind.lo & workday != 0), "{month:?} {count}");
        }
        // August 2025 ends on a Sunday: after Friday the 22nd come 25 to 29, five workdays, and on Saturday and Sunday still.
        assert_eq!(calendar.last_with_workdays(months[0], 5), Slot::exact(i64::from(day("2025-08-24").days())));
        // All of a month's workdays are left only before the first of them: the 1st was a Friday.
        assert_eq!(calendar.last_with_workdays(months[0], 21), Slot::exact(i64::from(day("2025-07-31").days())));
    }
}
