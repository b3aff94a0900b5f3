//! What ends a payment by itself: a death, and of the disability subsidies a sentence in prison, where the area's text says so.
//!
//! Written once for who decides for a day (conditions in `benefits`) and for who goes month by month (`schedule/stops.rs`). What
//! only the months know stands there: a word for the month of the death itself, and that who was released applies anew.
//!
//! # Sources
//! Local notices in the table [`PRISON_STOP`]; that the month of the event is still paid is how all of them that were read count.

use crate::date::Month;
use crate::formula::Expr;
use crate::household::dictionary::{Fact, Row, fact, row, unit};

/// What the area says of who serves a sentence.
pub const PRISON_STOP: &str = "disability-prison-stop";

/// The day a sentence counts from: that of the judgment, and where it was not told the first one in prison.
pub const SENTENCE: [Fact<unit::Day, row::Member>; 2] = [fact::IMPRISONED_JUDGMENT, fact::IMPRISONED_FROM];

/// Whether a word of [`PRISON_STOP`] stops payment.
pub fn stops(word: &str) -> bool {
    word != "not-stopped"
}

/// Whether a month is still paid for: the month of what ends payment is the last one.
pub fn is_still_paid<M: InTime>(month: M, ended: M) -> M::Truth {
    month.not_after(ended)
}

/// A month, as it is known or while a rule is written.
pub trait InTime {
    /// Yes or no, in the same form.
    type Truth;
    /// Whether it does not come after another.
    fn not_after(self, other: Self) -> Self::Truth;
}

impl InTime for Month {
    type Truth = bool;
    fn not_after(self, other: Self) -> bool {
        self <= other
    }
}

impl<'b, R: Row> InTime for Expr<'b, unit::MonthUnit, R> {
    type Truth = Expr<'b, unit::Truth, R>;
    fn not_after(self, other: Self) -> Self::Truth {
        self.at_most(other)
    }
}
