//! Benefits of the household beside those of its members, where both may not be drawn.
//!
//! In a household of one the two are the same person's: *choose-one* and its like make one knot of them. In a larger one
//! no text that was read says what becomes of the rest of the household's benefit once one member leaves it for another
//! (whether they still count, what their share is), so what is left of it is told within limits. The same holds where a
//! member's benefit *replaces* the household's for some of its members; for all of them nothing is left. Who draws the
//! household's benefit already may keep it instead of what it bars, so that none of that is certain.

use std::sync::Arc;

use super::{Cash, Seat, TO_THE_FEN, Truth};
use crate::formula::{Adjusted, Expr, MONTHS_COMPARED};
use crate::household::Frame;
use crate::household::dictionary::{Benefit, Names, row};
use crate::means::Means;
use crate::order::Listed as _;
use crate::tables::relation::RelationKind;
use crate::tables::rules::{OwnRow, Rules, is_overruled};
use crate::tables::subject::OfMember;

/// What is said of the household's benefits by relations that also name a member's.
pub(super) struct Beside<'r, 'b> {
    pub rules: &'r Rules<'b>,
    pub means: &'r Means<'b>,
    pub rows: &'r [OwnRow<'b, row::Member>],
    pub persons: &'r [Seat<'b, row::Member>],
}

/// Members who have something instead of the household's benefit, in one relation.
struct Instead<'b> {
    /// Who perhaps has it.
    perhaps: Truth<'b, row::Member>,
    /// Who has it whatever they choose.
    surely: Truth<'b, row::Member>,
    /// Cash of all of them.
    cash: Cash<'b, row::Household>,
    /// The least that anybody who has it has.
    least: Cash<'b, row::Household>,
    by: Vec<Arc<str>>,
}

impl<'b> Beside<'_, 'b> {
    /// The household's benefits that a member could have to choose against, as the one member of the household has them.
    pub fn of_the_one(&self, household: &[Seat<'b, row::Household>]) -> Vec<Seat<'b, row::Member>> {
        let chosen_against = |seat: &&Seat<'b, row::Household>| {
            let bars = |own: &OwnRow<'b, row::Member>| own.relation.is_some_and(|relation| is_choice(relation.kind));
            self.rows.iter().any(|own| bars(own) && !self.named(own, &seat.benefit).is_empty())
        };
        let lift = |seat: &Seat<'b, row::Household>| {
            let gets = seat.gets.and(alone(self.rules)).lift::<row::Member>().and(self.means.family.counted);
            let cash = self.rules.builder.choose(gets, seat.cash.lift(), self.rules.builder.nothing());
            Seat { benefit: seat.benefit.clone(), is_drawn: false, gets, cash, amount: cash }
        };
        household.iter().filter(chosen_against).map(lift).listed()
    }

    /// Takes off what members have instead.
    pub fn settle(&self, household: &mut [Seat<'b, row::Household>], adjusted: &mut Vec<Adjusted>) {
        let builder = self.rules.builder;
        for seat in household {
            for (position, own) in self.rows.iter().enumerate() {
                let Some(relation) = own.relation else { continue };
                let Some(instead) = self.instead(position, own, &seat.benefit) else { continue };
                let (gets, after) = if relation.kind == RelationKind::Replaces {
                    self.replaced(seat, &instead)
                } else {
                    let least = (seat.cash - instead.cash).at_least_zero();
                    let open = instead.perhaps.any_row().and(alone(self.rules).not());
                    (seat.gets, builder.choose(open, builder.between(least, seat.cash), seat.cash))
                };
                adjusted.push(Adjusted {
                    benefit: seat.benefit.as_str().into(),
                    frame: Frame::Household,
                    relation: relation.kind.name(),
                    by: instead.by,
                    gets: gets.id(),
                    before: seat.cash.id(),
                    after: after.id(),
                    clause: Arc::new(own.clause.clone()),
                });
                (seat.gets, seat.cash) = (gets, after);
            }
        }
    }

    /// What is left where some or all members have something that takes the benefit's place.
    ///
    /// While it is open whether anybody has, at least the lesser of the two is certain, so that together they are never
    /// told as less than either.
    fn replaced(&self, seat: &Seat<'b, row::Household>, instead: &Instead<'b>) -> (Truth<'b, row::Household>, Cash<'b, row::Household>) {
        let builder = self.rules.builder;
        let nothing = builder.nothing();
        let certainly = |truth: Truth<'b, row::Household>| truth.told_or(builder.always(false));
        let anyone = instead.perhaps.any_row();
        let everyone = self.means.family.counted.and(instead.surely.not()).any_row().not();
        let most = self.most_of_the_others(seat, instead.surely);
        let open = builder.between(seat.cash.or_less(instead.least), most.or_more(seat.cash));
        let left = builder.choose(certainly(anyone), builder.between(nothing, most), builder.choose(anyone, open, seat.cash));
        (seat.gets.and(everyone.not()), builder.choose(certainly(everyone), nothing, left))
    }

    /// Who has what instead of the household's benefit by one row; `None` where it says nothing of both.
    fn instead(&self, position: usize, own: &OwnRow<'b, row::Member>, benefit: &str) -> Option<Instead<'b>> {
        let builder = self.rules.builder;
        let relation = own.relation?;
        let (first, others) = relation.of.split_first()?;
        let named = match relation.kind {
            RelationKind::Replaces if others.iter().any(|other| other == benefit) => {
                self.persons.iter().filter(|seat| seat.benefit == *first).listed()
            }
            kind if is_choice(kind) => self.named(own, benefit),
            _ => Vec::new(),
        };
        let overruled = |seat: &Seat<'b, row::Member>| is_overruled(self.rows, position, &seat.benefit, benefit);
        let found: Vec<&Seat<'b, row::Member>> = named.into_iter().filter(|seat| !overruled(seat)).listed();
        if found.is_empty() {
            return None;
        }
        let concerned = own.holds.and(self.means.family.counted);
        let has = |seat: &Seat<'b, row::Member>| seat.gets.and(concerned);
        let perhaps: Vec<_> = found.iter().map(|seat| has(seat)).listed();
        let surely: Vec<_> = found.iter().map(|seat| has(seat).and(self.has_rival(seat).not())).listed();
        let cash =
            found.iter().map(|seat| builder.choose(has(seat), seat.cash, builder.nothing())).fold(builder.nothing(), |sum, one| sum + one);
        let least = found.iter().map(|seat| seat.amount).reduce(Expr::or_less).unwrap_or_else(|| builder.nothing()).least(0);
        let by = found.iter().map(|seat| seat.benefit.as_str().into()).listed();
        Some(Instead { perhaps: builder.any(&perhaps), surely: builder.any(&surely), cash: cash.sum(), least, by })
    }

    /// Members' benefits that a row names beside the household's.
    fn named(&self, own: &OwnRow<'b, row::Member>, benefit: &str) -> Vec<&Seat<'b, row::Member>> {
        let Some(relation) = own.relation.filter(|relation| relation.of.iter().any(|name| name == benefit)) else { return Vec::new() };
        self.persons.iter().filter(|seat| relation.of.contains(&seat.benefit)).listed()
    }

    /// Whether the person could have something else instead of this benefit.
    fn has_rival(&self, seat: &Seat<'b, row::Member>) -> Truth<'b, row::Member> {
        let rivals = self.rows.iter().filter(|own| own.relation.is_some_and(|relation| is_choice(relation.kind)));
        let of_row = |own: &OwnRow<'b, row::Member>| {
            let others = self.named(own, &seat.benefit).into_iter().filter(|other| other.benefit != seat.benefit);
            others.map(|other| other.gets.and(own.holds)).listed()
        };
        self.rules.builder.any(&rivals.flat_map(of_row).listed())
    }

    /// The most that is left once some members have something else: of the allowance the standards of the others, who may
    /// be looked at without them; else what was there before.
    fn most_of_the_others(&self, seat: &Seat<'b, row::Household>, gone: Truth<'b, row::Member>) -> Cash<'b, row::Household> {
        let builder = self.rules.builder;
        if seat.benefit != "minimum-living-allowance" {
            return seat.cash;
        }
        let stays = self.means.family.counted.and(gone.not());
        let standards = builder.choose(stays, self.means.own_standard, builder.nothing()).sum();
        let a_year: Cash<'b, row::Household> = builder.retyped(standards.rounded(TO_THE_FEN));
        builder.choose(seat.gets, a_year * builder.count(MONTHS_COMPARED), builder.nothing())
    }
}

/// Leaves open how much of a member's benefit is had beside a benefit of a household of several that is drawn already, where
/// whether the household still gets it is not certain: where it is, that is where the choice is told.
pub(super) fn beside_drawn<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    rows: &[OwnRow<'b, row::Member>],
    household: &[Seat<'b, row::Household>],
    persons: &mut [Seat<'b, row::Member>],
    adjusted: &mut Vec<Adjusted>,
) {
    let builder = rules.builder;
    let alone = alone(rules).lift::<row::Member>();
    for seat in persons.iter_mut().filter(|seat| !seat.is_drawn) {
        for (position, own) in rows.iter().enumerate() {
            let Some(relation) = own.relation.filter(|relation| is_choice(relation.kind) && relation.of.contains(&seat.benefit)) else {
                continue;
            };
            for theirs in household.iter().filter(|theirs| relation.of.contains(&theirs.benefit)) {
                let Some(benefit) = Benefit::named(&theirs.benefit) else { continue };
                if is_overruled(rows, position, &seat.benefit, &theirs.benefit) {
                    continue;
                }
                let certain = theirs.gets.told_or(builder.always(false)).lift();
                let keeps = member.draws(benefit, false).and(own.holds).and(certain.not()).and(alone.not());
                let after = builder.choose(keeps, builder.between(builder.nothing(), seat.cash), seat.cash);
                adjusted.push(Adjusted {
                    benefit: seat.benefit.as_str().into(),
                    frame: Frame::Member,
                    relation: relation.kind.name(),
                    by: vec![theirs.benefit.as_str().into()],
                    gets: seat.gets.id(),
                    before: seat.cash.id(),
                    after: after.id(),
                    clause: Arc::new(own.clause.clone()),
                });
                seat.cash = after;
            }
        }
    }
}

/// Whether only one person is listed, whose both kinds of benefit are.
pub(super) fn alone<'b>(rules: &Rules<'b>) -> Truth<'b, row::Household> {
    let builder = rules.builder;
    builder.always::<row::Member>(true).count_rows().equals(builder.count(1))
}

/// Whether a relation lets only one of those it names be drawn.
fn is_choice(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::ChooseHigher | RelationKind::ChooseOne | RelationKind::NotTogether | RelationKind::FullOrTopUp)
}
