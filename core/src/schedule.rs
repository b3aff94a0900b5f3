//! The schedule: month by month what is due under each benefit, under which rows, with changes explained, and what is paid when.
//!
//! A month follows from the decisions on its days. Who meets the conditions on some day of it, after the application, is paid for
//! the month; where the amount changes within the month and no text says which day counts, both amounts stay possible. The rules of
//! time in `stops.rs` come on top. What was due by the notices known when the month ended is compared with what is due by all
//! that is known: the difference is owed (补发). What gives way to another benefit on the days of a month is not due in it.
//!
//! What this file does not cover: a benefit whose payment the rules of time stop still keeps what gives way to it from being due.

mod result;
mod stops;

use std::sync::Arc;

pub use result::{Because, Besides, Due, Line, MonthDue, PaidOut, Payment, PaymentPart, Raise, Schedule};
pub(crate) use stops::{Stops, Verdict, Who, over_time};

use crate::area::AreaCode;
use crate::date::{Date, Month};
use crate::decision::{Amount, CellUsed, Decision, Entry, Outcome, PackUsed, SCHEMA_VERSION, Total};
use crate::engine::{Detail, Engine, possible_on, wrong_date};
use crate::error::FactError;
use crate::formula::Per;
use crate::household::dictionary::fact;
use crate::household::{Household, read};
use crate::money::Yuan;
use crate::order::{AppendAll as _, Listed as _};
use crate::pieces::{Piece, months, pieces};
use crate::tables::relation::RelationKind;

/// What is asked: from which month to which, and up to which day notices are known (all of them if absent).
#[derive(Clone, Copy, Debug, Default)]
pub struct Span<'s> {
    /// First month, YYYY-MM.
    pub from: &'s str,
    /// Last month, YYYY-MM.
    pub to: &'s str,
    /// Leave aside what was made public after this day.
    pub known_on: Option<&'s str>,
}

impl Engine {
    /// Reads a household and says month by month what is due to it.
    ///
    /// # Errors
    /// Every mistake in the household, the months or the day.
    pub fn schedule(&self, household: &str, span: Span<'_>) -> Result<Schedule, Vec<FactError>> {
        let (household, (from, to), known_on) = asked(self, household, span)?;
        let household = over_time(&household);
        let end = to.last_day().next_day().unwrap_or(Date::MAX);
        let detail = Detail { cells: true, ..Detail::default() };
        let days = (from.first_day(), end);
        let mut found = pieces(self, &household, days, known_on, detail).map_err(|error| vec![error])?;
        found.iter_mut().for_each(|piece| as_drawn_together(&mut piece.decision));
        let stops = Stops { engine: self, household: &household, known_on, conventions: Vec::new() };
        let mut plan = Plan { engine: self, household: &household, known_on, pieces: &found, stops };
        let mut lines = Vec::new();
        for row in who(&found) {
            lines.push(plan.line(row, (from, to)).map_err(|error| vec![error])?);
        }
        let payments = payments(&lines, &household, (from, to));
        let total = total(lines.iter().filter(|line| line.gives == "cash").map(|line| (&line.benefit, &line.total)));
        Ok(Schedule {
            schema_version: SCHEMA_VERSION,
            engine: env!("CARGO_PKG_VERSION"),
            packs: packs(&found),
            from,
            to,
            known_on,
            lines,
            payments,
            total,
            assumed: assumed(&found, &household),
            conventions: plan.stops.conventions,
        })
    }
}

/// A household, the first and the last month, and up to which day notices are known.
type Asked = (Household, (Month, Month), Option<Date>);

/// A benefit and whom it is for.
struct Row {
    benefit: Arc<str>,
    member: Option<Arc<str>>,
    gives: &'static str,
    basis: &'static str,
}

/// Reads what was asked.
pub(crate) fn asked(engine: &Engine, household: &str, span: Span<'_>) -> Result<Asked, Vec<FactError>> {
    let mut errors = Vec::new();
    let months = months(span.from, span.to).map_err(|found| errors.append_all(found)).ok();
    let known_on =
        span.known_on.and_then(|text| Date::parse(text).map_err(|error| errors.push(wrong_date(error.code(), "knownOn", text))).ok());
    let household = read(household, &engine.tables().areas).map_err(|found| errors.append_all(found)).ok();
    if let (Some(household), Some((_, to))) = (&household, months) {
        errors.append_all(possible_on(household, to.last_day()));
    }
    match (household, months) {
        (Some(household), Some(months)) if errors.is_empty() => Ok((household, months, known_on)),
        _ => Err(errors),
    }
}

/// Every benefit and person that occurs, bills aside.
fn who(pieces: &[Piece]) -> Vec<Row> {
    let mut found: Vec<Row> = Vec::new();
    for entry in pieces.iter().flat_map(|piece| &piece.decision.benefits).filter(|entry| entry.bill.is_none()) {
        if !found.iter().any(|row| row.benefit == entry.benefit && row.member == entry.member) {
            let (benefit, member) = (Arc::clone(&entry.benefit), entry.member.clone());
            found.push(Row { benefit, member, gives: entry.gives, basis: entry.basis });
        }
    }
    found
}

/// The tables used on any day.
pub(crate) fn packs(pieces: &[Piece]) -> Vec<PackUsed> {
    let mut found: Vec<PackUsed> = Vec::new();
    for pack in pieces.iter().flat_map(|piece| &piece.decision.packs) {
        if !found.iter().any(|known| known.area == pack.area) {
            found.push(pack.clone());
        }
    }
    found
}

pub(crate) fn assumed(pieces: &[Piece], household: &Household) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for path in pieces.iter().flat_map(|piece| &piece.decision.assumed) {
        if !found.contains(path) {
            found.push(path.clone());
        }
    }
    for member in 0..household.rows(crate::household::Frame::Member) {
        if household.given_slot(fact::DIED_ON.id, member).is_none() {
            found.push(household.path(fact::DIED_ON.id, member));
        }
    }
    found
}

/// The schedule being made.
struct Plan<'p> {
    engine: &'p Engine,
    household: &'p Household,
    known_on: Option<Date>,
    pieces: &'p [Piece],
    stops: Stops<'p>,
}

/// A benefit's entry on some days of a month.
#[derive(Clone, Copy)]
struct Slice<'e> {
    entry: &'e Entry,
    area: Option<AreaCode>,
}

impl Plan<'_> {
    fn line(&mut self, Row { benefit, member, gives, basis }: Row, span: (Month, Month)) -> Result<Line, FactError> {
        let row = member.as_ref().and_then(|id| self.household.member_ids().iter().position(|own| own == id));
        let who = Who { benefit: &benefit, member: row, basis };
        let mut months: Vec<MonthDue> = Vec::new();
        let mut besides: Vec<Besides> = Vec::new();
        let mut rows_before = Vec::new();
        let mut month = Some(span.0);
        while let Some(now) = month.filter(|now| *now <= span.1) {
            let slices = slices(self.pieces, &benefit, member.as_ref(), now);
            let mut due = self.month(who, &slices, now);
            due.raise = self.raise(who, member.as_ref(), &due)?;
            due.paid_out = due.area.filter(|_| due.amount.is_some()).and_then(|area| self.stops.paid_out(&benefit, area, now));
            let rows = std::mem::take(&mut due.rows);
            if rows != rows_before {
                due.rows.clone_from(&rows);
            }
            rows_before = rows;
            add_besides(&mut besides, &slices, &due);
            months.push(due);
            month = now.next();
        }
        let total = month_total(&benefit, &months);
        Ok(Line { benefit, member, gives, months, total, besides })
    }

    /// One month: its days' decisions, under the rules of time.
    fn month(&mut self, who: Who<'_>, slices: &[Slice<'_>], month: Month) -> MonthDue {
        let mut made = MonthDue {
            month,
            state: Due::NotDue,
            area: slices.first().and_then(|slice| slice.area),
            amount: None,
            because: Vec::new(),
            rows: Vec::new(),
            paid_out: None,
            raise: None,
            needs: Vec::new(),
            missing: Vec::new(),
        };
        let mut open: Vec<Slice<'_>> = Vec::new();
        let mut stopped: Vec<Because> = Vec::new();
        let mut office = None;
        for slice in slices {
            let Some(area) = slice.area else {
                open.push(*slice);
                continue;
            };
            match self.stops.month(who, area, month, slice.entry.first_month) {
                Verdict::Paid => open.push(*slice),
                Verdict::Office(because) => {
                    office = Some((because, Due::Discretionary, area));
                    open.push(*slice);
                }
                Verdict::Open(because) => {
                    office = Some((because, Due::NoTable, area));
                    open.push(*slice);
                }
                Verdict::Stopped(because) => {
                    if !stopped.contains(&because) {
                        stopped.push(because);
                    }
                }
            }
        }
        // The month of a move is paid once, by the place that was left.
        if let Some(first) = open.iter().find(|slice| slice.entry.qualifies != Some(false)).map(|slice| slice.area) {
            if open.iter().any(|slice| slice.area != first) {
                made.because.push(Because::code("paid-by-the-place-left"));
            }
            open.retain(|slice| slice.area == first);
        }
        if open.is_empty() {
            made.because = stopped;
            return made;
        }
        settle(&mut made, &open);
        // What is open in the place moved to leaves the month that the place left pays as it is.
        if let Some((because, state, _)) = office.filter(|(.., area)| made.area == Some(*area))
            && made.state != Due::NotDue
        {
            made.because.push(because);
            if made.state == Due::Due {
                made.state = state;
            }
            made.amount = made.amount.map(|amount| Amount { kind: "upTo", value: None, min: Yuan::from_fen(0), ..amount });
        }
        made
    }

    /// What a notice that came later adds to what was paid for the month at first.
    fn raise(&mut self, who: Who<'_>, member: Option<&Arc<str>>, due: &MonthDue) -> Result<Option<Raise>, FactError> {
        let (Some(area), Some(amount), Some(known)) = (due.area, &due.amount, due.month.last_day().next_day()) else { return Ok(None) };
        let later = self.engine.publications_after(area, due.month.last_day());
        let later: Vec<Date> = later.into_iter().filter(|day| self.known_on.is_none_or(|known| *day <= known)).listed();
        if later.is_empty() {
            return Ok(None);
        }
        let days = (due.month.first_day(), known);
        let mut as_known = |day: Date| -> Result<MonthDue, FactError> {
            let found = pieces(self.engine, self.household, days, Some(day), Detail::default())?;
            let slices = slices(&found, who.benefit, member, due.month);
            Ok(self.month(who, &slices, due.month))
        };
        let Some(first_paid) = as_known(due.month.last_day())?.amount.filter(|first| first != amount) else { return Ok(None) };
        for day in later {
            if as_known(day)?.amount.as_ref() == Some(amount) {
                let fen = |yuan: Yuan, less: Yuan| Yuan::from_fen(yuan.fen().saturating_sub(less.fen()));
                return Ok(Some(Raise {
                    difference_min: fen(amount.min, first_paid.max.unwrap_or(first_paid.min)),
                    difference_max: amount.max.map(|most| fen(most, first_paid.min)),
                    first_paid,
                    settled_in: day.month(),
                }));
            }
        }
        Ok(None)
    }
}

/// The entries of one benefit and person over the days of a month.
fn slices<'e>(pieces: &'e [Piece], benefit: &str, member: Option<&Arc<str>>, month: Month) -> Vec<Slice<'e>> {
    let within = pieces.iter().filter(|piece| piece.from <= month.last_day() && piece.until > month.first_day());
    let entries = within.flat_map(|piece| {
        piece.decision.benefits.iter().filter(|entry| entry.bill.is_none() && &*entry.benefit == benefit && entry.member.as_ref() == member)
    });
    entries.map(|entry| Slice { entry, area: entry.area }).listed()
}

/// Leaves of what is paid a month what another benefit certainly leaves of it. What another one may still take the place of is
/// due until it does.
fn as_drawn_together(decision: &mut Decision) {
    for adjusted in decision.combination.adjusted.iter().filter(|adjusted| adjusted.relation == RelationKind::TopsUp.name()) {
        let reduced = |entry: &&mut Entry| {
            entry.combined == Some("reduced")
                && entry.benefit == adjusted.benefit
                && entry.member == adjusted.member
                && entry.bill.is_none()
        };
        let months = decision.combination.months;
        let a_month = |yuan: Yuan| Yuan::from_fen(yuan.fen().checked_div(months).unwrap_or(0));
        for entry in decision.benefits.iter_mut().filter(reduced) {
            if let Some(amount) = entry.amount.as_mut().filter(|amount| amount.per == Per::Month.name()) {
                *amount = Amount::between(a_month(adjusted.cash.min), adjusted.cash.max.map(a_month), amount.per);
            }
        }
    }
}

/// Makes one answer of those of the days that count.
fn settle(made: &mut MonthDue, open: &[Slice<'_>]) {
    made.area = open.first().and_then(|slice| slice.area);
    let met: Vec<&Entry> = open.iter().map(|slice| slice.entry).filter(|entry| entry.outcome != Outcome::Ineligible).listed();
    let (gave_way, met): (Vec<&Entry>, Vec<&Entry>) = met.into_iter().partition(|entry| gives_way(entry));
    if !gave_way.is_empty() {
        made.because.push(Because::code("gives-way-to-another"));
    }
    let Some(last) = met.last().copied() else {
        for slice in open {
            for reason in slice.entry.reasons.iter().filter(|reason| reason.holds == Some(false)) {
                let because = Because { code: format!("reason.{}", reason.code), path: None, clause: reason.clause.as_deref().cloned() };
                if !made.because.contains(&because) {
                    made.because.push(because);
                }
            }
        }
        return;
    };
    let has = |outcome: Outcome| met.iter().any(|entry| entry.outcome == outcome);
    made.state = match () {
        () if has(Outcome::Undetermined) => Due::Undetermined,
        () if has(Outcome::NoTable) => Due::NoTable,
        () if has(Outcome::Discretionary) => Due::Discretionary,
        () => Due::Due,
    };
    if met.len() < open.len() && gave_way.is_empty() {
        made.because.push(Because::code("conditions-part-of-month"));
    }
    let mut amounts = met.iter().filter_map(|entry| entry.amount.as_ref());
    made.amount = amounts.next().cloned().map(|first| {
        amounts.fold(first, |all, next| {
            if all == *next {
                return all;
            }
            if !made.because.iter().any(|because| because.code == "amount-changes-within-month") {
                made.because.push(Because::code("amount-changes-within-month"));
            }
            hull(&all, next)
        })
    });
    made.rows = once_each(last.cells.as_deref().unwrap_or_default());
    made.needs.clone_from(&last.needs);
    made.missing.clone_from(&last.missing);
}

/// What a month that is due brings beside its amount, or instead of one: once a year, say. Runs of months are told as one.
fn add_besides(besides: &mut Vec<Besides>, slices: &[Slice<'_>], due: &MonthDue) {
    let month = due.month;
    let entries = slices.iter().map(|slice| slice.entry).filter(|entry| due.state != Due::NotDue && pays(entry));
    let amounts = entries.flat_map(|entry| entry.amount.iter().chain(&entry.extras)).filter(|amount| amount.per != Per::Month.name());
    for amount in amounts {
        match besides.iter_mut().find(|known| known.amount == *amount && (known.to == month || known.to.next() == Some(month))) {
            Some(known) => known.to = month,
            None => besides.push(Besides { amount: amount.clone(), from: month, to: month }),
        }
    }
}

/// Whether an entry may bring something and does not give way to another.
fn pays(entry: &Entry) -> bool {
    entry.outcome != Outcome::Ineligible && !gives_way(entry)
}

fn gives_way(entry: &Entry) -> bool {
    entry.is_replaced() || entry.combined == Some("dropped")
}

/// Rows without repeats: one may be met on more than one way.
pub(crate) fn once_each(rows: &[CellUsed]) -> Vec<CellUsed> {
    let mut kept: Vec<CellUsed> = Vec::new();
    for row in rows {
        if !kept.iter().any(|known| (&known.parameter, known.area, known.row) == (&row.parameter, row.area, row.row)) {
            kept.push(row.clone());
        }
    }
    kept
}

/// All that either amount could be.
fn hull(one: &Amount, other: &Amount) -> Amount {
    let (min, max) = (one.min.min(other.min), one.max.zip(other.max).map(|(one, other)| one.max(other)));
    Amount::between(min, max, one.per)
}

/// Fen, or no limit.
type Most = Option<i64>;

fn month_total(benefit: &Arc<str>, months: &[MonthDue]) -> Total {
    let (mut least, mut most, mut left_out) = (0_i64, Some(0_i64), Vec::new());
    for month in months {
        let Some(amount) = month.amount.as_ref().filter(|amount| amount.per == Per::Month.name()) else { continue };
        if month.state == Due::NoTable && amount.max.is_none() {
            left_out = vec![Arc::clone(benefit)];
            continue;
        }
        let certain = month.state != Due::Undetermined;
        least = least.saturating_add(if certain { amount.min.fen() } else { 0 });
        most = add(most, amount.max.map(Yuan::fen));
    }
    Total::between(Yuan::from_fen(least), most.map(Yuan::from_fen), left_out)
}

fn total<'t>(parts: impl Iterator<Item = (&'t Arc<str>, &'t Total)>) -> Total {
    let (mut least, mut most, mut left_out) = (0_i64, Some(0_i64), Vec::new());
    for (benefit, part) in parts {
        least = least.saturating_add(part.min.fen());
        most = add(most, part.max.map(Yuan::fen));
        if !part.left_out.is_empty() && !left_out.contains(benefit) {
            left_out.push(Arc::clone(benefit));
        }
    }
    Total::between(Yuan::from_fen(least), most.map(Yuan::from_fen), left_out)
}

fn add(most: Most, more: Most) -> Most {
    most.zip(more).map(|(most, more)| most.saturating_add(more))
}

/// What is paid in each month: the month itself, months before the decision, and what a raise adds to months already paid.
fn payments(lines: &[Line], household: &Household, (from, to): (Month, Month)) -> Vec<Payment> {
    let decided = household.given_slot(fact::DECIDED_ON.id, 0).and_then(crate::slot::Slot::value);
    let decided = decided.and_then(Date::from_count).map(Date::month);
    let mut parts: Vec<(Month, PaymentPart)> = Vec::new();
    for line in lines.iter().filter(|line| line.gives == "cash") {
        for due in line.months.iter().filter(|due| due.state == Due::Due) {
            let Some(amount) = due.amount.as_ref().filter(|amount| amount.per == Per::Month.name()) else { continue };
            let first = due.raise.as_ref().map_or(amount, |raise| &raise.first_paid);
            let is_late = decided.is_some_and(|decided| due.month < decided && !line.is_drawn(household));
            let waits = decided.filter(|_| !line.is_drawn(household));
            let latest = due.paid_out.as_ref().map_or(due.month, |paid| paid.latest);
            let paid_in = waits.map_or(latest, |decided| decided.max(latest));
            let earliest = due.paid_out.as_ref().map(|paid| waits.map_or(paid.earliest, |decided| decided.max(paid.earliest)));
            let earliest = earliest.filter(|earliest| *earliest < paid_in);
            let part = |kind, min, max| PaymentPart {
                benefit: Arc::clone(&line.benefit),
                member: line.member.clone(),
                for_month: due.month,
                earliest,
                kind,
                min,
                max,
            };
            // What is paid only once a raise is known is paid in full at once.
            match &due.raise {
                Some(raise) if paid_in < raise.settled_in => {
                    parts.push((paid_in, part(if is_late { "arrears" } else { "month" }, first.min, first.max)));
                    parts.push((raise.settled_in, part("raise", raise.difference_min, raise.difference_max)));
                }
                _ => parts.push((paid_in, part(if is_late { "arrears" } else { "month" }, amount.min, amount.max))),
            }
        }
    }
    let mut found = Vec::new();
    let mut month = Some(from);
    while let Some(now) = month.filter(|now| *now <= to) {
        let own: Vec<PaymentPart> = parts.iter().filter(|(paid_in, _)| *paid_in == now).map(|(_, part)| part.clone()).listed();
        if !own.is_empty() {
            let least = own.iter().fold(0_i64, |sum, part| sum.saturating_add(part.min.fen()));
            let most = own.iter().try_fold(0_i64, |sum, part| add(Some(sum), part.max.map(Yuan::fen)));
            found.push(Payment { month: now, min: Yuan::from_fen(least), max: most.map(Yuan::from_fen), parts: own });
        }
        month = now.next();
    }
    found
}

impl Line {
    /// Whether it was drawn before the application, so that no month waits for the decision.
    fn is_drawn(&self, household: &Household) -> bool {
        self.months.first().is_some_and(|first| first.state == Due::Due)
            && self.months.first().zip(stops::applied(household)).is_some_and(|(first, applied)| first.month < applied.month())
    }
}
