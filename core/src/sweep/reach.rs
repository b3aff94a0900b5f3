//! How far things stay as they are that are said of curves: the nearest end is where the next piece begins.

use super::curve::{Curve, Unit};
use super::lines::Span;

/// So many grains on everything looked at still is as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach(pub i64);

impl Reach {
    /// Looks no further than a thing holds that holds now and, once it has ended, stays ended.
    pub fn while_so(&mut self, holds: &dyn Fn(i64) -> bool) {
        if holds(self.0) {
            return;
        }
        let (mut so, mut ended) = (0, self.0);
        while ended.saturating_sub(so) > 1 {
            let middle = so.midpoint(ended);
            if holds(middle) {
                so = middle;
            } else {
                ended = middle;
            }
        }
        self.0 = so;
    }

    /// A curve that has steps, as long as it keeps its value.
    pub fn step(&mut self, curve: Curve) -> Curve {
        if !curve.is_stepped() {
            return curve;
        }
        let now = curve.value(0);
        self.while_so(&|t| curve.value(t) == now);
        curve.now()
    }

    /// Both stay in the order in which they are.
    pub fn keep_order(&mut self, a: Curve, b: Curve) {
        self.keep(a, b, |a, b| a.saturating_sub(b).signum());
    }

    /// What is said of both, which only their order decides, stays as it is.
    pub fn keep(&mut self, a: Curve, b: Curve, says: fn(i64, i64) -> i64) {
        if a == b || a.is_level() && b.is_level() {
            return;
        }
        let is_stepped = a.is_stepped() && !b.is_level() || b.is_stepped() && !a.is_level();
        if is_stepped && self.keep_apart(a, b) {
            return;
        }
        // One that has steps, beside another that moves, is followed for one step only.
        let (a, b) = if is_stepped { (self.step(a), self.step(b)) } else { (a, b) };
        let now = says(a.value(0), b.value(0));
        self.while_so(&|t| says(a.value(t), b.value(t)) == now);
    }

    /// The first of both is no larger than the second, from here on; if not even now, it is no smaller.
    pub fn is_smaller(&mut self, a: Curve, b: Curve) -> bool {
        // Where they meet, what follows counts.
        let meet = a.value(0) == b.value(0);
        let is_smaller = if meet { a.value(1) <= b.value(1) } else { a.value(0) < b.value(0) };
        self.keep(a, b, if is_smaller { |a, b| i64::from(a <= b) } else { |a, b| i64::from(a >= b) });
        is_smaller
    }

    /// Whether two curves are so far apart that their steps do not matter, and then no further than they are.
    ///
    /// Each is within a step of its line. Twice that apart at both ends of a stretch, the lines are apart all along it,
    /// by more than the steps. And each runs one way only: neither gets past what it is at both ends.
    fn keep_apart(&mut self, a: Curve, b: Curve) -> bool {
        let (low, high) = if a.value(0) < b.value(0) { (a, b) } else { (b, a) };
        let steps = low.off().saturating_add(high.off()).saturating_mul(2);
        let (most, least) = (low.value(0), high.value(0));
        let is_apart = |t: i64| {
            let (below, above) = (low.value(t), high.value(t));
            above.saturating_sub(below) > steps || most.max(below) < least.min(above)
        };
        if !is_apart(0) {
            return false;
        }
        self.while_so(&is_apart);
        true
    }

    /// What is settled stays settled, what is open stays open.
    pub fn keep_settled(&mut self, span: Span) {
        if span.lo != span.hi && !span.is_level() {
            self.keep_order(span.lo, span.hi);
        }
    }

    /// The smaller of both.
    pub fn smaller(&mut self, a: Curve, b: Curve) -> Curve {
        if self.is_smaller(a, b) { a } else { b }
    }

    /// The larger of both.
    pub fn larger(&mut self, a: Curve, b: Curve) -> Curve {
        if self.is_smaller(a, b) { b } else { a }
    }

    /// What holds both.
    pub fn hull(&mut self, before: Option<Span>, next: Span) -> Span {
        match before {
            None => next,
            Some(before) => Span { lo: self.smaller(before.lo, next.lo), hi: self.larger(before.hi, next.hi) },
        }
    }

    /// The sum; of curves that have none as long as both keep their values.
    pub fn sum(&mut self, a: Curve, b: Curve) -> Curve {
        a.plus(b).unwrap_or_else(|| {
            let (a, b) = (self.step(a), self.step(b));
            a.plus(b).unwrap_or(Curve::level(0))
        })
    }

    /// A curve counted in a unit of the calendar; one that has steps already, as long as it keeps its value.
    pub fn counted(&mut self, curve: Curve, unit: Unit) -> Curve {
        curve.counted(unit).unwrap_or_else(|| self.step(curve).counted(unit).unwrap_or(curve))
    }

    /// No further than its value stays what it is.
    pub fn unchanged(&mut self, span: Span) {
        if !span.is_level() {
            let (lo, hi) = (span.lo.value(0), span.hi.value(0));
            self.while_so(&|t| span.lo.value(t) == lo && span.hi.value(t) == hi);
        }
    }
}
