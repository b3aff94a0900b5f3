//! Benefits of a person that bar one another, and every largest set of them that may be drawn.

use std::sync::Arc;

use super::Seat;
use crate::formula::{Bond, Expr, Knot, KnotOption, Party, has, with};
use crate::household::dictionary::{Benefit, Names, row, unit};
use crate::order::{AppendAll as _, Listed as _, sort_by_number};
use crate::tables::relation::RelationKind;
use crate::tables::rules::{OwnRow, Rules};
use crate::tables::subject::OfMember;

/// Parties of one knot at most: all sets of them are looked at when the formula is built.
const MOST_PARTIES: usize = 12;
/// Bars at most of which it may be open whether they hold; further ones are taken to hold.
const MOST_OPEN: usize = 4;

type Truth<'b> = Expr<'b, unit::Truth, row::Member>;
type Cash<'b> = Expr<'b, unit::Yuan, row::Member>;

/// Two seats that bar each other.
struct Bar<'b> {
    pair: (usize, usize),
    /// Whether they do, where that is not certain.
    open: Option<Truth<'b>>,
    /// The row that says so.
    row: usize,
}

/// Writes the knots; returns the seats that are in one.
pub(super) fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    rows: &[OwnRow<'b, row::Member>],
    seats: &[Seat<'b, row::Member>],
    knots: &mut Vec<Knot>,
) -> Vec<usize> {
    let order = order_of_mention(rows, seats);
    let bars = bars(rules, member, rows, seats, &order);
    let mut knotted: Vec<usize> = Vec::new();
    for start in &order {
        if knotted.contains(start) {
            continue;
        }
        let parties = reached(*start, &bars, &order, &knotted);
        // What is only drawn and not decided here is no question of ours.
        if parties.len() < 2 || parties.iter().all(|at| seats.get(*at).is_none_or(|seat| seat.is_drawn)) {
            continue;
        }
        knotted.extend(&parties);
        knots.push(knot(rules, rows, seats, &parties, &bars));
    }
    knotted
}

/// Seats that relations name, as they name them: of equal benefits decided here the first named is kept.
fn order_of_mention(rows: &[OwnRow<'_, row::Member>], seats: &[Seat<'_, row::Member>]) -> Vec<usize> {
    let mut order = Vec::new();
    let binding = rows.iter().filter_map(|row| row.relation).filter(|relation| relation.kind.binds());
    for name in binding.flat_map(|relation| &relation.of) {
        if let Some(at) = seats.iter().position(|seat| seat.benefit == *name)
            && !order.contains(&at)
        {
            order.push(at);
        }
    }
    order
}

/// All seats that bars connect with one and that are in no knot yet, in the order of mention.
fn reached(start: usize, bars: &[Bar<'_>], order: &[usize], knotted: &[usize]) -> Vec<usize> {
    let mut found = vec![start];
    let mut next = 0;
    while let Some(here) = found.get(next).copied() {
        for Bar { pair: (a, b), .. } in bars {
            for (one, other) in [(a, b), (b, a)] {
                if *one == here && !found.contains(other) && !knotted.contains(other) && found.len() < MOST_PARTIES {
                    found.push(*other);
                }
            }
        }
        next = next.saturating_add(1);
    }
    order.iter().copied().filter(|at| found.contains(at)).listed()
}

fn bars<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    rows: &[OwnRow<'b, row::Member>],
    seats: &[Seat<'b, row::Member>],
    order: &[usize],
) -> Vec<Bar<'b>> {
    let mut found = Vec::new();
    for (position, first) in order.iter().enumerate() {
        for second in order.iter().skip(position.saturating_add(1)) {
            let (Some(a), Some(b)) = (seats.get(*first), seats.get(*second)) else { continue };
            if let Some((open, row)) = bar(rules, member, rows, (a, b)) {
                found.push(Bar { pair: (*first, *second), open, row });
            }
        }
    }
    found
}

/// Whether two seats bar each other, by the rows that speak of both, the nearest first.
fn bar<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    rows: &[OwnRow<'b, row::Member>],
    (a, b): (&Seat<'b, row::Member>, &Seat<'b, row::Member>),
) -> Option<(Option<Truth<'b>>, usize)> {
    let builder = rules.builder;
    let mut said: Vec<(Truth<'b>, Truth<'b>)> = Vec::new();
    let mut by = None;
    for (number, row) in rows.iter().enumerate() {
        let Some(relation) = row.relation.filter(|relation| relation.kind.binds()) else { continue };
        if !relation.of.contains(&a.benefit) || !relation.of.contains(&b.benefit) {
            continue;
        }
        let (does_bar, condition) = match relation.kind {
            RelationKind::ChooseHigher | RelationKind::ChooseOne | RelationKind::NotTogether => (true, None),
            // Who already draws the first as a top-up has settled it; who draws it in full is excluded from the second.
            RelationKind::FullOrTopUp => {
                let first = relation.of.first().filter(|first| seats_decide(a, b, first));
                let benefit = first.and_then(|first| Benefit::named(first));
                let Some(benefit) = benefit else { continue };
                (true, Some(member.draws(benefit, false).not()))
            }
            _ => (false, None),
        };
        if does_bar && by.is_none() {
            by = Some(number);
        }
        match (row.always, condition) {
            (true, None) => {
                said.push((builder.always(true), builder.always(does_bar)));
                break;
            }
            (_, condition) => {
                let bars = condition.unwrap_or_else(|| builder.always(does_bar));
                said.push((row.holds, bars));
            }
        }
    }
    let by = by?;
    let never = builder.always(false);
    match said.as_slice() {
        [(_, bars)] if rows.get(by).is_some_and(|row| row.always) && bars.id() == builder.always::<row::Member>(true).id() => {
            Some((None, by))
        }
        cases => Some((Some(builder.select(cases, never)), by)),
    }
}

/// Whether the benefit named is one of the two and decided here.
fn seats_decide(a: &Seat<'_, row::Member>, b: &Seat<'_, row::Member>, name: &str) -> bool {
    [a, b].iter().any(|seat| seat.benefit == name && !seat.is_drawn)
}

fn knot<'b>(
    rules: &Rules<'b>,
    rows: &[OwnRow<'b, row::Member>],
    seats: &[Seat<'b, row::Member>],
    parties: &[usize],
    bars: &[Bar<'b>],
) -> Knot {
    let builder = rules.builder;
    let place = |seat: usize| parties.iter().position(|party| *party == seat);
    let inside: Vec<(usize, usize, &Bar<'b>)> = bars.iter().filter_map(|bar| Some((place(bar.pair.0)?, place(bar.pair.1)?, bar))).listed();
    let open: Vec<Truth<'b>> = inside.iter().filter_map(|(.., bar)| bar.open).take(MOST_OPEN).listed();
    let own = |kept: u32| sum(rules, seats, parties, kept, false);
    let mut options = Vec::new();
    let mut cases: Vec<(Truth<'b>, Cash<'b>)> = Vec::new();
    for world in 0..(1_u32 << open.len()) {
        let holds = |bar: &Bar<'b>| match bar.open.and_then(|own| open.iter().position(|other| other.id() == own.id())) {
            Some(number) => has(world, number),
            None => true,
        };
        let barred: Vec<(usize, usize)> = inside.iter().filter(|(.., bar)| holds(bar)).map(|(a, b, _)| (*a, *b)).listed();
        let truths: Vec<Truth<'b>> =
            open.iter().enumerate().map(|(number, truth)| if has(world, number) { *truth } else { truth.not() }).listed();
        let when = builder.all(&truths);
        let sets = largest_sets(parties.len(), &barred);
        let cash: Vec<(u32, Cash<'b>)> = sets.iter().map(|kept| (*kept, sum(rules, seats, parties, *kept, true))).listed();
        cases.push((when, best(rules, seats, parties, &cash, &own)));
        options.append_all(cash.iter().map(|(kept, cash)| KnotOption { when: when.id(), kept: *kept, cash: cash.id() }));
    }
    let own = builder.select(&cases, builder.nothing());
    let party = |at: &usize| {
        let seat = seats.get(*at)?;
        Some(Party { benefit: seat.benefit.as_str().into(), is_drawn: seat.is_drawn, gets: seat.gets.id(), cash: seat.cash.id() })
    };
    let mut bonds: Vec<Bond> = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    for (.., bar) in &inside {
        let Some(row) = rows.get(bar.row).filter(|_| !used.contains(&bar.row)) else { continue };
        let Some(relation) = row.relation else { continue };
        used.push(bar.row);
        let of =
            relation.of.iter().filter_map(|name| parties.iter().position(|at| seats.get(*at).is_some_and(|seat| seat.benefit == *name)));
        let of = of.listed();
        bonds.push(Bond { relation: relation.kind.name(), of, holds: row.holds.id(), clause: Arc::new(row.clause.clone()) });
    }
    Knot { parties: parties.iter().filter_map(party).listed(), bonds, options, own: own.id() }
}

/// What the best set brings of what is decided here.
fn best<'b>(
    rules: &Rules<'b>,
    seats: &[Seat<'b, row::Member>],
    parties: &[usize],
    sets: &[(u32, Cash<'b>)],
    own: &dyn Fn(u32) -> Cash<'b>,
) -> Cash<'b> {
    let builder = rules.builder;
    let nothing = builder.nothing();
    if parties.iter().all(|at| seats.get(*at).is_none_or(|seat| !seat.is_drawn)) {
        return sets.iter().map(|(_, cash)| *cash).reduce(Expr::or_more).unwrap_or(nothing);
    }
    // Of sets with equal cash the one is kept that brings more of what is decided here.
    let unbeaten = |cash: Cash<'b>| {
        let against: Vec<Truth<'b>> =
            sets.iter().filter(|(_, other)| other.id() != cash.id()).map(|(_, other)| cash.at_least(*other)).listed();
        builder.all(&against)
    };
    let owns = sets.iter().map(|(kept, cash)| builder.choose(unbeaten(*cash), own(*kept), nothing));
    owns.reduce(Expr::or_more).unwrap_or(nothing)
}

fn sum<'b>(rules: &Rules<'b>, seats: &[Seat<'b, row::Member>], parties: &[usize], kept: u32, with_drawn: bool) -> Cash<'b> {
    let chosen = parties.iter().enumerate().filter(|(number, _)| has(kept, *number)).filter_map(|(_, at)| seats.get(*at));
    let counted = chosen.filter(|seat| with_drawn || !seat.is_drawn);
    counted.map(|seat| seat.cash).reduce(|sum, cash| sum + cash).unwrap_or_else(|| rules.builder.nothing())
}

/// Every set to which nothing can be added, those with the first named parties first.
fn largest_sets(size: usize, barred: &[(usize, usize)]) -> Vec<u32> {
    let lawful = |set: u32| barred.iter().all(|(a, b)| !(has(set, *a) && has(set, *b)));
    let all = 0..(1_u32 << size.min(MOST_PARTIES));
    let largest = |set: &u32| (0..size).filter(|at| !has(*set, *at)).all(|at| !lawful(with(*set, at)));
    let mut found: Vec<u32> = all.filter(|set| lawful(*set)).filter(largest).listed();
    sort_by_number(&mut found, |set| i64::from(set.reverse_bits()).saturating_neg());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_chain_of_bars_the_ends_or_the_middle_may_be_drawn() {
        assert_eq!(largest_sets(3, &[(0, 1), (1, 2)]), [0b101, 0b010]);
    }

    #[test]
    fn of_parties_that_all_bar_one_another_each_may_be_drawn_alone_and_the_first_named_comes_first() {
        assert_eq!(largest_sets(3, &[(0, 1), (0, 2), (1, 2)]), [0b001, 0b010, 0b100]);
    }

    #[test]
    fn without_bars_all_may_be_drawn() {
        assert_eq!(largest_sets(3, &[]), [0b111]);
    }
}
