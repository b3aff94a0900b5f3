//! What of all benefits may be drawn together, written into the formula (政策衔接).
//!
//! Which benefits go together stands in the tables (`benefit-relations`), regional and national alike. Here those of one
//! area and day become nodes: *replaces* is an and-not, *tops-up* a difference, and benefits that bar one another form a
//! knot, of which every largest set that may be drawn is written down when the formula is built. So nothing is searched
//! when a household is decided, and how far the total reaches and what keeps it open are read like any other node.
//!
//! Amounts are compared as cash over twelve months: what is paid once counts once, what is paid a month twelve times.
//!
//! # What this file does not cover
//! Bills (a discount bars nothing) and household benefits that bar one another (they replace one another).

mod household;
mod knots;

use std::sync::Arc;

use self::household::Beside;
use crate::formula::{Adjusted, Combined, Drafted, Expr, Gives, MONTHS_COMPARED, RoundRule};
use crate::household::dictionary::{Benefit, Names, Row, fact, row, unit};
use crate::means::Means;
use crate::order::{AppendAll as _, Listed as _, sort_by_number};
use crate::tables::relation::RelationKind;
use crate::tables::rules::{OwnRow, Rules, is_overruled};
use crate::tables::subject::{OfHousehold, OfMember};

/// The table of relations.
pub const PARAMETER: &str = "benefit-relations";

/// Amounts are compared in fen; one that is no whole number of them counts as either of its neighbours.
const TO_THE_FEN: RoundRule = RoundRule { unit_fen: 1, mode: None };

type Truth<'b, R> = Expr<'b, unit::Truth, R>;
type Cash<'b, R> = Expr<'b, unit::Yuan, R>;

/// Who one benefit's cash goes to and whether it does, as the relations see it.
pub(super) struct Seat<'b, R> {
    pub benefit: String,
    /// Drawn already and not decided here.
    pub is_drawn: bool,
    /// Whether the person gets it.
    pub gets: Expr<'b, unit::Truth, R>,
    /// Cash over twelve months, after what replaces it and what it tops up.
    pub cash: Expr<'b, unit::Yuan, R>,
    /// Cash over twelve months for who gets it, before any relation.
    pub amount: Expr<'b, unit::Yuan, R>,
}

/// Writes the relations of the benefits drafted so far; the household's are for the family of `means`.
pub fn write<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, means: &Means<'b>) {
    let builder = rules.builder;
    let drafted = builder.drafted();
    let mut combined = Combined::default();

    let rows = rules.each_row(PARAMETER, &OfHousehold(member));
    let mut household = seats::<row::Household>(rules, &drafted);
    settle(rules, &rows, &mut household, &[], &mut combined.adjusted);

    let rows = rules.each_row(PARAMETER, member);
    let mut persons = seats::<row::Member>(rules, &drafted);
    persons.append_all(drawn(rules, member, &rows, &drafted));
    let topped_up = |name: &str| {
        let relations = rows.iter().filter_map(|row| row.relation).filter(|relation| relation.kind == RelationKind::TopsUp);
        relations.flat_map(|relation| relation.of.iter().skip(1)).any(|other| other == name)
    };
    let lifted: Vec<Seat<'b, row::Member>> =
        household.iter().map(|seat| shared(rules, seat, means.members, topped_up(&seat.benefit))).listed();
    settle(rules, &rows, &mut persons, &lifted, &mut combined.adjusted);

    household::beside_drawn(rules, member, &rows, &household, &mut persons, &mut combined.adjusted);
    let beside = Beside { rules, means, rows: &rows, persons: &persons };
    beside.settle(&mut household, &mut combined.adjusted);
    let of_the_one = beside.of_the_one(&household);
    let alone = household::alone(rules);
    let own = persons.len();
    persons.append_all(of_the_one);

    let knotted = knots::write(rules, member, &rows, &persons, &mut combined.knots);
    let mut of_members = builder.nothing::<unit::Yuan, row::Member>();
    for (at, seat) in persons.iter().enumerate().take(own) {
        if !seat.is_drawn && !knotted.contains(&at) {
            of_members = of_members + seat.cash;
        }
    }
    for knot in &combined.knots {
        of_members = of_members + builder.expr(knot.own);
    }
    let mut total = of_members.sum();
    for seat in &household {
        let in_knot = persons.iter().skip(own).zip(own..).any(|(other, at)| other.benefit == seat.benefit && knotted.contains(&at));
        total = total + if in_knot { builder.choose(alone, builder.nothing(), seat.cash) } else { seat.cash };
    }
    combined.total = Some(total.id());
    builder.combined(combined);
}

/// The benefits of one list as they are before any relation.
fn seats<'b, R: Row>(rules: &Rules<'b>, drafted: &[Drafted]) -> Vec<Seat<'b, R>> {
    let builder = rules.builder;
    let own = drafted.iter().filter(|benefit| benefit.frame == R::FRAME);
    let seat = |benefit: &Drafted| {
        let gets = builder.expr::<unit::Truth, R>(benefit.qualifies);
        let amounts = benefit.amounts.iter().filter(|_| benefit.gives == Gives::Cash);
        let paid =
            amounts.filter_map(|(per, node)| Some((per.times_compared()?, builder.expr::<unit::Yuan, R>(*node).rounded(TO_THE_FEN))));
        let sum = paid.fold(builder.nothing(), |sum, (times, amount)| sum + amount * builder.count(times));
        Seat {
            benefit: benefit.benefit.to_string(),
            is_drawn: false,
            gets,
            cash: builder.choose(gets, sum, builder.nothing()),
            amount: sum,
        }
    };
    own.map(seat).listed()
}

/// Benefits that relations name, that are not decided here and that a person may be drawing.
fn drawn<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    rows: &[OwnRow<'b, row::Member>],
    drafted: &[Drafted],
) -> Vec<Seat<'b, row::Member>> {
    let builder = rules.builder;
    let mut found: Vec<Seat<'b, row::Member>> = Vec::new();
    for name in rows.iter().filter_map(|row| row.relation).filter(|relation| relation.kind.binds()).flat_map(|relation| &relation.of) {
        let is_known = drafted.iter().any(|benefit| *benefit.benefit == **name) || found.iter().any(|seat| seat.benefit == *name);
        let Some(benefit) = Benefit::named(name).filter(|_| !is_known) else { continue };
        let paying = builder.fact(fact::RECEIVING_KEY).is(benefit).and(member.is_paying());
        let monthly = builder.choose(paying, builder.fact(fact::RECEIVING_MONTHLY), builder.nothing());
        let cash = monthly.sum() * builder.count(MONTHS_COMPARED);
        found.push(Seat { benefit: name.clone(), is_drawn: true, gets: member.draws(benefit, false), cash, amount: cash });
    }
    found
}

/// A household's benefit as each member sees it: an equal share of it, where something tops that up.
fn shared<'b>(
    rules: &Rules<'b>,
    seat: &Seat<'b, row::Household>,
    members: Expr<'b, unit::Count, row::Household>,
    is_topped_up: bool,
) -> Seat<'b, row::Member> {
    let cash = if is_topped_up { seat.cash.shared_equally(members).rounded(TO_THE_FEN).lift() } else { rules.builder.nothing() };
    Seat { benefit: seat.benefit.clone(), is_drawn: seat.is_drawn, gets: seat.gets.lift(), cash, amount: cash }
}

/// Applies *replaces* and *tops-up*, what others depend on first.
fn settle<'b, R: Row>(
    rules: &Rules<'b>,
    rows: &[OwnRow<'b, R>],
    seats: &mut [Seat<'b, R>],
    above: &[Seat<'b, R>],
    adjusted: &mut Vec<Adjusted>,
) {
    let builder = rules.builder;
    for at in in_order(rows, seats) {
        let Some(own) = seats.get(at).map(|seat| seat.benefit.clone()) else { continue };
        for (position, row) in rows.iter().enumerate() {
            let Some(relation) = row.relation else { continue };
            let Some((first, others)) = relation.of.split_first() else { continue };
            let before = seats.get(at).map(|seat| (seat.gets, seat.cash));
            let Some((gets, cash)) = before else { continue };
            let of = |name: &String| seats.iter().chain(above).find(|seat| seat.benefit == *name);
            let speaks = |other: &String| !is_overruled(rows, position, &own, other);
            let (after_gets, after_cash, by) = match relation.kind {
                RelationKind::Replaces if others.contains(&own) && speaks(first) => {
                    let Some(first) = of(first) else { continue };
                    let replaced = first.gets.and(row.holds);
                    let cash = builder.choose(replaced, builder.nothing(), cash);
                    (gets.and(replaced.not()), cash, vec![first.benefit.clone()])
                }
                RelationKind::TopsUp if *first == own => {
                    let found: Vec<&Seat<'b, R>> = others.iter().filter(|other| speaks(other)).filter_map(of).listed();
                    if found.is_empty() {
                        continue;
                    }
                    let others = found.iter().fold(builder.nothing(), |sum, seat| sum + seat.cash);
                    let by = found.iter().map(|seat| seat.benefit.clone()).listed();
                    (gets, builder.choose(row.holds, (cash - others).at_least_zero(), cash), by)
                }
                _ => continue,
            };
            adjusted.push(Adjusted {
                benefit: own.as_str().into(),
                frame: R::FRAME,
                relation: relation.kind.name(),
                by: by.iter().map(|name| Arc::from(name.as_str())).listed(),
                gets: after_gets.id(),
                before: cash.id(),
                after: after_cash.id(),
                clause: Arc::new(row.clause.clone()),
            });
            if let Some(seat) = seats.get_mut(at) {
                (seat.gets, seat.cash) = (after_gets, after_cash);
            }
        }
    }
}

/// The seats in an order in which each comes after those it depends on; loading refuses circles.
fn in_order<R: Row>(rows: &[OwnRow<'_, R>], seats: &[Seat<'_, R>]) -> Vec<usize> {
    let depends = |own: &str, other: &str| {
        rows.iter().filter_map(|row| row.relation).any(|relation| {
            let is_first = |name: &str| relation.of.first().is_some_and(|first| first == name);
            let is_other = |name: &str| relation.of.iter().skip(1).any(|one| one == name);
            match relation.kind {
                RelationKind::Replaces => is_first(other) && is_other(own),
                RelationKind::TopsUp => is_first(own) && is_other(other),
                _ => false,
            }
        })
    };
    // How many steps lead down from a seat; a circle, which cannot be, ends after as many steps as there are seats.
    let mut depth = vec![0_i64; seats.len()];
    for _ in seats {
        let before = depth.clone();
        for (at, seat) in seats.iter().enumerate() {
            let below =
                seats.iter().zip(&before).filter(|(other, _)| depends(&seat.benefit, &other.benefit)).map(|(_, depth)| *depth).max();
            if let (Some(own), Some(below)) = (depth.get_mut(at), below) {
                *own = below.saturating_add(1);
            }
        }
    }
    let mut order: Vec<usize> = (0..seats.len()).listed();
    sort_by_number(&mut order, |at| depth.get(*at).copied().unwrap_or(0));
    order
}
