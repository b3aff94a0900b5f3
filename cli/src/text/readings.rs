//! Sweeps, distances and contrasts in words: where something changes and by how much, what would have to be otherwise, why
//! two answers differ.

use std::io::{self, Write};

use huisuan_core::contrast::{Cause, Contrast, Said};
use huisuan_core::decision::{Amount, CellUsed, Outcome, Quantity};
use huisuan_core::distance::{Distances, Way};
use huisuan_core::household::Written;
use huisuan_core::money::Yuan;
use huisuan_core::source::Clause;
use huisuan_core::sweep::{Ends, Knot, Piece, Sweep};
use huisuan_core::tables::Tables;

use super::assumed::assumed_lines;
use super::{Person, amount_so_far, answer_text, clause_text, is_answered, people};
use crate::messages::Catalogue;

/// Everything that is needed to put a reading of one household into words.
#[derive(Debug)]
pub(crate) struct Reader<'r> {
    people: Vec<Person>,
    tables: &'r Tables,
    words: &'r Catalogue,
}

impl<'r> Reader<'r> {
    pub(crate) fn new(household: &str, tables: &'r Tables, words: &'r Catalogue) -> Self {
        Self { people: people(household, words), tables, words }
    }

    /// “低保 · 全家” or “困难残疾人生活补贴 · 第 1 个人 · 本人（a）”.
    pub(crate) fn title(&self, benefit: &str, member: Option<&str>, bill: Option<&str>) -> String {
        let person = member.and_then(|id| self.people.iter().find(|person| person.id == id));
        let who = person.map_or_else(|| self.words.say("ui.whole-household", &[]), |person| person.name.clone());
        let benefit = self.words.say(&format!("benefit.{benefit}"), &[]);
        let bill = bill.map_or_else(String::new, |path| self.words.say("statement.bill", &[("path", path)]));
        format!("{benefit}{bill} · {who}")
    }

    /// What was taken in place of days that nobody told.
    pub(crate) fn assumed(&self, paths: &[String]) -> Vec<String> {
        assumed_lines(paths, &self.people, self.words)
    }

    fn clause(&self, clause: &Clause) -> String {
        clause_text(clause, self.tables, self.words)
    }

    fn row(&self, cell: &CellUsed) -> String {
        let clause = self.clause(&cell.clause);
        format!("# {} ({})", self.words.say("ui.cell", &[("clause", &clause), ("from", &cell.from)]), cell.value)
    }

    /// Every breakpoint of every answer that has any, and then of the cash of a month.
    pub(crate) fn sweep(&self, sweep: &Sweep, out: &mut dyn Write) -> io::Result<()> {
        let words = self.words;
        let (from, until) = (value(&sweep.from), value(&sweep.until));
        let fact = if sweep.along == "date" { words.say("reading.date", &[]) } else { words.question(&sweep.along) };
        writeln!(out, "{}", words.say("reading.sweep", &[("fact", &fact), ("path", &sweep.along), ("from", &from), ("until", &until)]))?;
        for swept in sweep.benefits.iter().filter(|swept| !swept.knots.is_empty()) {
            writeln!(out, "\n{}", self.title(&swept.benefit, swept.member.as_deref(), swept.bill.as_deref()))?;
            for (position, piece) in swept.pieces.iter().enumerate() {
                writeln!(out, "  {}", self.piece(piece, swept.per))?;
                if let Some(knot) = swept.knots.get(position) {
                    for line in self.knot(knot, &sweep.along, swept.per) {
                        writeln!(out, "      {line}")?;
                    }
                }
            }
        }
        writeln!(out, "\n{}", words.say("total.cashPerMonth", &[]))?;
        for (piece, next) in sweep.cash_per_month.iter().zip(sweep.cash_per_month.iter().skip(1).map(Some).chain([None])) {
            writeln!(out, "  {}", self.piece(piece, "month"))?;
            if let Some(jump) = next.and_then(|next| exact(next.first)?.checked_minus(exact(piece.last)?))
                && jump != Yuan::ZERO
            {
                writeln!(out, "      {}", self.jump(jump, &sweep.along, next.map_or_else(String::new, |next| value(&next.from)), "month"))?;
            }
        }
        Ok(())
    }

    fn piece(&self, piece: &Piece, per: &'static str) -> String {
        let words = self.words;
        let outcome = piece.outcome.map(|outcome| answer_text(outcome, words));
        let pays = piece.outcome.is_none_or(|outcome| outcome != Outcome::Ineligible);
        let [first, last] = [piece.first.filter(|_| pays), piece.last].map(|end| {
            let end = end?;
            let said = amount_so_far(&Amount::between(end.min, end.max, per), piece.outcome.is_none_or(is_answered), words);
            // Of a sum nothing else is said.
            said.or_else(|| piece.outcome.is_none().then(|| words.say("amount.unknown", &[])))
        });
        let amount = first.map(|first| match last.filter(|last| *last != first) {
            Some(last) => words.say("reading.from-to", &[("first", &first), ("last", &last)]),
            None => first,
        });
        let said: Vec<String> = outcome.into_iter().chain(amount).collect();
        let (from, until) = (value(&piece.from), value(&piece.until));
        words.say("reading.piece", &[("from", &from), ("until", &until), ("answer", &said.join(&words.say("statement.comma", &[])))])
    }

    /// What happens between two pieces, which conditions turn, and the rows that say so.
    fn knot(&self, knot: &Knot, along: &str, per: &'static str) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(jump) = knot.jump.filter(|jump| *jump != Yuan::ZERO) {
            lines.push(self.jump(jump, along, value(&knot.after), per));
        }
        if !knot.reasons.is_empty() {
            let names: Vec<String> = knot.reasons.iter().map(|code| self.condition(code)).collect();
            lines.push(self.words.say("reading.turns", &[("names", &names.join(&self.words.say("ui.list-separator", &[])))]));
        }
        lines.extend(knot.cells.iter().map(|cell| self.row(cell)));
        lines
    }

    /// “本人收入低于低保线 [own-income-below-standard]”: what would hold.
    fn condition(&self, code: &str) -> String {
        format!("{} [{code}]", self.words.condition(code, "holds", &[]).trim_end_matches(['。', '.']))
    }

    /// “再多挣一点，到 3207.00，每月少 430.00 元”: a step up or a cliff.
    fn jump(&self, jump: Yuan, along: &str, after: String, per: &str) -> String {
        let fall = jump < Yuan::ZERO;
        let code = match (along == "date", fall) {
            (true, true) => "reading.cliff.date",
            (true, false) => "reading.rise.date",
            (false, true) => "reading.cliff",
            (false, false) => "reading.rise",
        };
        let size = jump.to_string();
        let size = self.words.say(&format!("amount.exact.{per}"), &[("value", size.trim_start_matches('-'))]);
        self.words.say(code, &[("after", &after), ("amount", &size)])
    }

    /// For each thing that is not to be had the changes of one fact that would open it, and for each condition those that would do.
    pub(crate) fn distances(&self, distances: &Distances, out: &mut dyn Write) -> io::Result<()> {
        for distance in &distances.benefits {
            writeln!(out, "{}", self.title(&distance.benefit, distance.member.as_deref(), distance.bill.as_deref()))?;
            for way in &distance.opens {
                writeln!(out, "  → {}", self.way("reading.opens", way))?;
            }
            if distance.opens.is_empty() {
                writeln!(out, "  {}", self.words.say("reading.no-one-change", &[]))?;
            }
            for condition in &distance.conditions {
                writeln!(out, "  ✗ {}", self.condition(&condition.code))?;
                for way in &condition.ways {
                    writeln!(out, "      {}", self.way("reading.way", way))?;
                }
            }
        }
        Ok(())
    }

    fn way(&self, code: &str, way: &Way) -> String {
        let words = self.words;
        let change = match way.change {
            Quantity::Yuan(yuan) => words.say("reading.change.yuan", &[("value", &yuan.to_string())]),
            other => words.say(&format!("reading.change.{}", way.unit), &[("value", &other.to_string())]),
        };
        let fact = if way.path == "date" { words.say("reading.date", &[]) } else { words.question(&way.path) };
        words.say(
            &if way.changeable { code.to_owned() } else { format!("{code}.not-changeable") },
            &[("fact", &fact), ("path", &way.path), ("now", &value(&way.now)), ("needed", &value(&way.needed)), ("change", &change)],
        )
    }

    /// Each answer that differs, with what makes it so.
    pub(crate) fn contrast(&self, contrast: &Contrast, out: &mut dyn Write) -> io::Result<()> {
        if contrast.benefits.is_empty() {
            writeln!(out, "{}", self.words.say("reading.same", &[]))?;
        }
        for differs in &contrast.benefits {
            writeln!(out, "{}", self.title(&differs.benefit, differs.member.as_deref(), differs.bill.as_deref()))?;
            let (before, after) = (self.said(differs.before.as_ref()), self.said(differs.after.as_ref()));
            writeln!(out, "  {}", self.words.say("reading.from-to", &[("first", &before), ("last", &after)]))?;
            for cause in &differs.because {
                writeln!(out, "      {}", self.cause(cause))?;
            }
            for cell in &differs.cells {
                writeln!(out, "      {}", self.row(cell))?;
            }
        }
        Ok(())
    }

    fn said(&self, said: Option<&Said>) -> String {
        let Some(said) = said else { return self.words.say("statement.unknown", &[]) };
        let outcome = answer_text(said.outcome, self.words);
        let amount = said.amount.as_ref().filter(|_| said.outcome != Outcome::Ineligible);
        let amount = amount.and_then(|amount| amount_so_far(amount, is_answered(said.outcome), self.words));
        std::iter::once(outcome).chain(amount).collect::<Vec<_>>().join(&self.words.say("statement.comma", &[]))
    }

    fn cause(&self, cause: &Cause) -> String {
        let unknown = self.words.say("statement.unknown", &[]);
        let (before, after) = (cause.before.as_ref().unwrap_or(&unknown), cause.after.as_ref().unwrap_or(&unknown));
        let fact = if cause.kind == "fact" { self.words.question(&cause.path) } else { String::new() };
        self.words.say(
            &format!("reading.because.{}", cause.kind),
            &[("fact", &fact), ("path", &cause.path), ("before", before), ("after", after)],
        )
    }
}

/// A value as the household has it.
fn value(written: &Written) -> String {
    match written {
        Written::Text(text) => text.clone(),
        Written::Whole(whole) => whole.to_string(),
        Written::Truth(truth) => truth.to_string(),
        Written::NoRows(_) => "[]".to_owned(),
        Written::NoEntries {} => "{}".to_owned(),
    }
}

fn exact(ends: Option<Ends>) -> Option<Yuan> {
    ends.filter(|ends| ends.max == Some(ends.min)).map(|ends| ends.min)
}
