//! Chance that comes out the same on every machine.

use rand_core::{Rng, SeedableRng};
use rand_xorshift::XorShiftRng;

/// Where all cases begin.
const SEED: u64 = 0x48_75_69_73_75_61_6e;

/// Numbers drawn one after the other.
pub struct Dice(XorShiftRng);

impl Dice {
    /// The dice of one case.
    pub fn new(case: u64) -> Self {
        let mut dice = Self(XorShiftRng::seed_from_u64(SEED.wrapping_add(case)));
        // Neighbouring seeds begin alike.
        for _ in 0..8 {
            dice.0.next_u64();
        }
        dice
    }

    /// A position in a list of so many.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.0.next_u64() % u64::try_from(count.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    /// A number from `least` to `most`, both included.
    pub fn number<N: TryFrom<i64> + Into<i64> + Copy>(&mut self, least: N, most: N) -> N {
        let span = u64::try_from(most.into() - least.into()).unwrap_or(0) + 1;
        let offset = i64::try_from(self.0.next_u64() % span).unwrap_or(0);
        N::try_from(least.into() + offset).unwrap_or(least)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, percent: u32) -> bool {
        self.number(0_u32, 99) < percent
    }

    /// One of these.
    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// One of these, each as often as the number beside it says.
    pub fn weighted<T: Copy>(&mut self, all: &[(u32, T)]) -> T {
        let mut left = self.number(1_u32, all.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in all {
            if left <= *weight {
                return *value;
            }
            left -= weight;
        }
        all[0].1
    }
}
