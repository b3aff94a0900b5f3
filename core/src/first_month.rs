//! What is paid only from a later month on, by the tables of that month.

use crate::date::Date;
use crate::decision::{Amount, Decision};
use crate::engine::{Detail, Engine};
use crate::error::FactError;
use crate::household::Household;
use crate::money::Yuan;
use crate::pieces::pieces;
use crate::tables::AsOf;

impl Engine {
    /// Says beside each amount of the day what it comes to in the first month paid, where tables change until then and it is
    /// another amount, or none that is known.
    ///
    /// # Errors
    /// `arithmetic-limit`, as [`Engine::decide`].
    pub(crate) fn first_amounts(&self, household: &Household, as_of: AsOf, decision: &mut Decision) -> Result<(), FactError> {
        // What begins later begins in the same month, mostly: it is decided once.
        let (mut decided, mut then) = (as_of.day, Vec::new());
        for entry in &mut decision.benefits {
            let (Some(month), Some(area), Some(amount)) = (entry.first_month, entry.area, &entry.amount) else { continue };
            let day = month.first_day();
            if self.next_change(area, as_of.day).is_none_or(|change| change > day) {
                continue;
            }
            if decided != day {
                let days = (day, day.next_day().unwrap_or(Date::MAX));
                then = pieces(self, household, days, as_of.known_on, Detail::default())?;
                decided = day;
            }
            let mut first = Amount::between(Yuan::ZERO, None, amount.per);
            for other in then.iter().flat_map(|piece| &piece.decision.benefits) {
                if other.benefit == entry.benefit
                    && other.member == entry.member
                    && let Some(amount) = &other.amount
                {
                    first = amount.clone();
                }
            }
            entry.first_amount = (first != *amount).then_some(first);
        }
        Ok(())
    }
}
