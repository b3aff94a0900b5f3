//! What is paid only from a later month on, by the tables of that month.

use crate::date::Date;
use crate::decision::{Amount, Decision};
use crate::engine::{Detail, Engine};
use crate::error::FactError;
use crate::household::Household;
use crate::money::Yuan;
use crate::tables::AsOf;

impl Engine {
    /// Says beside each amount of the day what it comes to in the first month paid, where tables change until then and it is
    /// another amount, or none that is known.
    ///
    /// # Errors
    /// `arithmetic-limit`, as [`Engine::decide`].
    pub(crate) fn first_amounts(&self, household: &Household, as_of: AsOf, decision: &mut Decision) -> Result<(), FactError> {
        // Most benefits begin in one of two months: each is decided once.
        let mut decided: Vec<(Date, Decision)> = Vec::new();
        for entry in &mut decision.benefits {
            let (Some(month), Some(area), Some(amount)) = (entry.first_month, entry.area, &entry.amount) else { continue };
            let day = month.first_day();
            if self.next_change(area, as_of.day).is_none_or(|change| change > day) {
                continue;
            }
            if !decided.iter().any(|(known, _)| *known == day) {
                let then = AsOf { day, ..as_of };
                decided.push((day, self.with_scratch(|scratch| self.decide(scratch, household, then, Detail::default()))?));
            }
            let mut first = Amount::between(Yuan::ZERO, None, amount.per);
            for other in decided.iter().filter(|(known, _)| *known == day).flat_map(|(_, then)| &then.benefits) {
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
