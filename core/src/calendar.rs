//! Workdays, weekends and statutory holidays (工作日、周末、法定节假日) as far as the year's calendar is known.

use crate::date::{Date, Weekday};
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
            let bits = if weekend { of(DayKind::Workday) | of(DayKind::Weekend) } else { of(DayKind::Workday) };
            return Slot::choice(bits | of(DayKind::StatutoryHoliday), Flags::CELL);
        }
        let kind = if self.holidays.binary_search(&day).is_ok() {
            DayKind::StatutoryHoliday
        } else if weekend && self.working_weekends.binary_search(&day).is_err() {
            DayKind::Weekend
        } else {
            DayKind::Workday
        };
        Slot::choice(of(kind), remarks)
    }

    /// How many workdays of its month come after a day; where a year's calendar is not known, all weekdays may be workdays.
    #[must_use]
    pub fn workdays_left(&self, day: Date) -> Slot {
        let mut left = Slot::exact(0);
        let mut next = day.next_day();
        while let Some(later) = next.filter(|later| later.month() == day.month()) {
            let kind = self.kind(later);
            let workday = of(DayKind::Workday);
            let (least, most) = (i64::from(kind.value() == Some(workday)), i64::from(kind.lo & workday != 0));
            left = Slot::between(left.lo.saturating_add(least), left.hi.saturating_add(most), left.flags | kind.flags);
            next = later.next_day();
        }
        left
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
            let works = if known { self.kind(now).value() == Some(of(DayKind::Workday)) } else { !weekend };
            left = left.saturating_sub(u32::from(works));
        }
        (now, official)
    }
}

fn of(kind: DayKind) -> i64 {
    1_i64.checked_shl(kind.position()).unwrap_or(0)
}
