//! A result as a statement to read: who gets what, why, what is missing and what comes next.

mod assumed;
mod combination;
mod crossing;
mod last_known;
mod readings;

use std::io::{self, Write};

use huisuan_core::FactError;
use huisuan_core::area::AreaCode;
use huisuan_core::date::Month;
use huisuan_core::decision::{
    AlternativeAmount, Amount, CandidateArea, Decision, Entry, MissingCell, Outcome, PaperToBring, PersonCounted, Reason, StepValue, Total,
};
use huisuan_core::json::{self, Json, Limits};
use huisuan_core::money::Yuan;
use huisuan_core::source::Clause;
use huisuan_core::tables::Tables;

pub(crate) use crossing::{crossing_lines, place};
pub(crate) use readings::Reader;

use crate::files::AreaNames;
use crate::messages::{Catalogue, Language};

/// What can be had first, what cannot last.
const ORDER: [Outcome; 5] = [Outcome::Eligible, Outcome::Discretionary, Outcome::Undetermined, Outcome::NoTable, Outcome::Ineligible];

/// The code of a remark on a fact that no rule read.
const NOT_USED: &str = "fact-not-used";

/// One result and everything that is needed to put it into words.
#[derive(Debug)]
pub(crate) struct Statement<'s> {
    decision: &'s Decision,
    people: Vec<Person>,
    tables: &'s Tables,
    names: &'s AreaNames,
    words: &'s Catalogue,
}

/// Somebody of whom we never ask the name, and what to call them.
#[derive(Debug)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl<'s> Statement<'s> {
    pub(crate) fn new(decision: &'s Decision, household: &str, tables: &'s Tables, names: &'s AreaNames, words: &'s Catalogue) -> Self {
        Self { decision, people: people(household, words), tables, names, words }
    }

    /// Notices, totals, each person's benefits, open questions, and on what it all rests.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let (decision, words) = (self.decision, self.words);
        writeln!(out, "{}", words.say("ui.decided-for", &[("date", &decision.date.to_string())]))?;
        if decision.benefits.iter().filter_map(|entry| entry.area).any(AreaCode::is_synthetic) {
            writeln!(out, "! {}", words.say("ui.synthetic.long", &[]))?;
        }
        for issue in decision.issues.iter().filter(|issue| issue.code != NOT_USED) {
            writeln!(out, "! {}", error_text(issue.code, &issue.path, "", words))?;
        }
        self.totals(out)?;
        self.combination(out)?;
        self.group(None, &words.say("ui.whole-household", &[]), out)?;
        for person in &self.people {
            self.group(Some(&person.id), &person.name, out)?;
        }
        for (position, line) in crossing_lines(&decision.crossings, self.tables, self.names, words).into_iter().enumerate() {
            writeln!(out, "{}{line}", if position == 0 { "\n" } else { "" })?;
        }
        self.open_questions(out)?;
        self.not_used(out)?;
        self.basis(out)
    }

    fn totals(&self, out: &mut impl Write) -> io::Result<()> {
        let (totals, words) = (&self.decision.totals, self.words);
        writeln!(out, "\n{}", words.say("ui.totals", &[]))?;
        self.total("total.cashPerMonth", &totals.cash_per_month, out)?;
        let is_monthly_alone = !totals.apart.iter().any(|apart| apart.gives == "cash");
        if !is_monthly_alone {
            self.total("total.cashOverTwelveMonths", &totals.cash_over_twelve_months, out)?;
        }
        for apart in &totals.apart {
            let said = |kind: &str, name: &str| words.say(&format!("{kind}.{name}"), &[]);
            let name = words.say("total.apart", &[("gives", &said("gives", apart.gives)), ("per", &said("per", apart.per))]);
            self.named_total("total.apart", &name, &apart.total, out)?;
        }
        if self.decision.benefits.iter().any(|entry| entry.bill.is_some()) {
            self.total("total.meals", &totals.meals, out)?;
        }
        Ok(())
    }

    fn total(&self, code: &str, total: &Total, out: &mut impl Write) -> io::Result<()> {
        self.named_total(code, &self.words.say(code, &[]), total, out)
    }

    fn named_total(&self, code: &str, name: &str, total: &Total, out: &mut impl Write) -> io::Result<()> {
        let words = self.words;
        let (min, max) = (total.min.to_string(), total.max.map_or_else(String::new, |max| max.to_string()));
        let amount = words.say(&format!("{code}.{}", total_kind(total)), &[("min", &min), ("max", &max)]);
        writeln!(out, "  {}", words.say("statement.total", &[("name", name), ("amount", &amount)]))?;
        if total.left_out.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = total.left_out.iter().map(|benefit| self.benefit(benefit)).collect();
        let names = names.join(&self.words.say("ui.list-separator", &[]));
        writeln!(out, "  {}", self.words.say("statement.left-out", &[("names", &names)]))
    }

    fn benefit(&self, benefit: &str) -> String {
        self.words.say(&format!("benefit.{benefit}"), &[])
    }

    fn group(&self, member: Option<&str>, title: &str, out: &mut impl Write) -> io::Result<()> {
        let entries: Vec<&Entry> = self.decision.benefits.iter().filter(|entry| entry.member.as_deref() == member).collect();
        if entries.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{title}")?;
        for outcome in ORDER {
            for entry in entries.iter().filter(|entry| entry.outcome == outcome) {
                self.entry(entry, out)?;
            }
        }
        Ok(())
    }

    fn entry(&self, entry: &Entry, out: &mut impl Write) -> io::Result<()> {
        for (position, line) in self.entry_lines(entry).into_iter().enumerate() {
            writeln!(out, "{}{line}", if position == 0 { "  " } else { "      " })?;
        }
        Ok(())
    }

    /// The answer first, then what to do, marks, what is missing, every condition, readings, and how it was worked out.
    fn entry_lines(&self, entry: &Entry) -> Vec<String> {
        let words = self.words;
        let said = match (entry.outcome, entry.combined, entry.gives, entry.basis) {
            _ if entry.is_replaced() => "combined.replaced".to_owned(),
            (Outcome::Eligible, Some("dropped"), ..) => "outcome.eligible.dropped".to_owned(),
            (Outcome::Eligible, _, "status", _) => "outcome.eligible.status".to_owned(),
            (Outcome::Eligible, .., basis @ ("incidentArea" | "serviceArea")) => format!("outcome.eligible.{basis}"),
            (outcome, ..) => format!("outcome.{}", outcome.name()),
        };
        let answered = is_answered(entry.outcome);
        // Whoever has something else in its place need not know when and by whom this is paid.
        let is_beside = entry.combined.is_some_and(|combined| said.contains(combined));
        let settled = answered && !is_beside;
        let mut lines = vec![self.headline(entry, &said, answered)];
        if let Some(name) = &entry.local_name {
            lines.push(words.say("statement.local-name", &[("name", name)]));
        }
        lines.push(words.say(&said, &[]));
        if entry.outcome == Outcome::NoTable && entry.qualifies == Some(true) {
            lines.push(words.say("outcome.noTable.qualifies", &[]));
        }
        if let (true, Some(month)) = (settled, entry.first_month) {
            let month = self.month(month);
            lines.push(words.say("ui.first-month", &[("month", &month)]));
            if let Some(then) = &entry.first_amount {
                let then = amount_text(then, words).unwrap_or_else(|| words.say("amount.unknown", &[]));
                lines.push(format!("{month}{}{then}", words.say("ui.colon", &[])));
            }
        }
        if let (true, Some(decides), Some(pays)) = (settled, entry.decided_by, entry.paid_by) {
            let code = match (matches!(entry.gives, "status" | "discount"), decides == pays) {
                (true, _) => "statement.decides.status",
                (_, true) => "statement.decides.same",
                _ => "statement.decides",
            };
            lines.push(words.say(code, &[("decides", &self.area(decides)), ("pays", &self.area(pays))]));
        }
        if let (true, Some(office)) = (settled, entry.decided_at) {
            lines.push(words.say(&format!("statement.decided-at.{office}"), &[]));
        }
        for deadline in &entry.deadlines {
            let days = deadline.working_days.to_string();
            let (by, code) = match deadline.by {
                Some(by) => (by.to_string(), format!("deadline.{}.by", deadline.kind)),
                None => (String::new(), format!("deadline.{}", deadline.kind)),
            };
            lines.push(format!("{} [{}]", words.say(&code, &[("days", &days), ("by", &by)]), self.clause(&deadline.clause)));
        }
        if !entry.papers.is_empty() {
            let online = words.say("ui.todo.bring.online", &[]);
            let paper = |paper: &PaperToBring| {
                let name = words.say(&format!("paper.{}", paper.paper), &[]);
                if paper.checked_online { format!("{name}{online}") } else { name }
            };
            let papers: Vec<String> = entry.papers.iter().map(paper).collect();
            lines.push(words.say("cli.crossing.papers", &[("papers", &papers.join(&words.say("ui.list-separator", &[])))]));
        }
        if entry.stated {
            lines.push(format!("! {}", words.say("ui.stated", &[])));
        }
        if let Some(combined) = entry.combined.filter(|_| !is_beside) {
            lines.push(format!("! {}", words.say(&format!("combined.{combined}"), &[])));
        }
        if entry.unconfirmed {
            lines.push(format!("! {}", words.say("ui.unconfirmed", &[])));
        }
        // What is open about it matters to nobody then.
        if !entry.is_replaced() {
            lines.extend(entry.missing.iter().flat_map(|missing| self.missing(missing)));
        }
        lines.extend(self.places(entry));
        if entry.outcome != Outcome::Ineligible || entry.steps.is_some() {
            lines.extend(self.family(entry));
        }
        // What fails settles it whatever the rest is; the rest is there for who asks for the working.
        let states: &[Option<bool>] = match entry.outcome {
            Outcome::Ineligible if entry.steps.is_none() => &[Some(false)],
            _ if entry.is_replaced() => &[Some(false), Some(true)],
            _ => &[Some(false), None, Some(true)],
        };
        for holds in states {
            lines.extend(entry.reasons.iter().filter(|reason| reason.holds == *holds).map(|reason| self.reason(reason)));
        }
        if !entry.is_replaced() && entry.outcome == Outcome::Undetermined {
            lines.extend(entry.needs.iter().map(|path| format!("→ {}", self.question(path))));
        }
        lines.extend(entry.alternatives.iter().map(|alternative| self.alternative(alternative)));
        for step in entry.steps.iter().flatten() {
            lines.extend(self.step(step));
        }
        for cell in entry.cells.iter().flatten() {
            lines.push(self.cell(&cell.clause, &cell.from, &cell.value));
        }
        lines
    }

    /// Every place where the household may apply, if there are several, each with its answer.
    fn places(&self, entry: &Entry) -> Vec<String> {
        let words = self.words;
        let said = |place: &CandidateArea| {
            let rule = words.say(&format!("places.{}", place.rule), &[]);
            let open = place.holds.is_none().then(|| words.say("places.open", &[]));
            let short = words.say(&format!("outcome.{}.short", place.outcome.name()), &[]);
            let amount = place.amount.as_ref().filter(|_| place.outcome == Outcome::Eligible);
            let amount = amount.and_then(|amount| amount_text(amount, words));
            let answer: Vec<String> = [Some(short), amount, open].into_iter().flatten().collect();
            let answer = answer.join(&words.say("statement.comma", &[]));
            format!("- {}", words.say("places.answer", &[("area", &self.area(place.area)), ("rule", &rule), ("answer", &answer)]))
        };
        let mut lines: Vec<String> = entry.candidates.iter().map(said).collect();
        if !lines.is_empty() {
            lines.insert(0, words.say("ui.places", &[]));
        }
        lines
    }

    /// Who counts as family and on which grounds, where that is a question.
    fn family(&self, entry: &Entry) -> Vec<String> {
        let words = self.words;
        let people = &entry.people;
        if self.people.len() < 2 {
            return Vec::new();
        }
        let separator = words.say("ui.list-separator", &[]);
        let group = |code: &str, fits: &dyn Fn(&PersonCounted) -> bool| {
            let named = people.iter().filter(|person| fits(person)).map(|person| {
                let why: Vec<String> = person.decisive().iter().map(|ground| words.say(&format!("person.{}", ground.code), &[])).collect();
                let who = self.who(Some(&person.member));
                if why.is_empty() { who } else { words.say("people.one", &[("who", &who), ("why", &why.join(&separator))]) }
            });
            let names: Vec<String> = named.collect();
            (!names.is_empty()).then(|| words.say(code, &[("names", &names.join(&separator))]))
        };
        let unpaid = |person: &PersonCounted| person.counted == Some(true) && person.paid == Some(false);
        let groups = [
            group("people.counted", &|person| person.counted == Some(true) && !unpaid(person)),
            group("people.unpaid", &unpaid),
            group("people.left-out", &|person| person.counted == Some(false)),
            group("people.open", &|person| person.counted.is_none()),
        ];
        groups.into_iter().flatten().collect()
    }

    fn headline(&self, entry: &Entry, said: &str, settled: bool) -> String {
        let words = self.words;
        let mut line = self.benefit(&entry.benefit);
        if let Some(bill) = &entry.bill {
            line.push_str(&words.say("statement.bill", &[("path", bill)]));
        }
        let short = words.say(&format!("{said}.short"), &[]);
        let has_amount = entry.gives != "status" && entry.outcome != Outcome::Ineligible && !entry.is_replaced();
        let amount = entry.amount.as_ref().filter(|_| has_amount).and_then(|amount| amount_so_far(amount, settled, words));
        let separator = words.say("statement.comma", &[]);
        let answer: Vec<String> = std::iter::once(short).chain(amount).collect();
        words.say("statement.total", &[("name", &line), ("amount", &answer.join(&separator))])
    }

    fn reason(&self, reason: &Reason) -> String {
        let (mark, state) = match reason.holds {
            Some(true) => ("✓", "holds"),
            Some(false) => ("✗", "fails"),
            None => ("?", "unknown"),
        };
        // A question of facts asks for them; a number that is missing, or a choice of the office, is not the person's to fill in.
        let state = match reason.open {
            Some(open) if open != "facts" => format!("{state}.{open}"),
            _ => state.to_owned(),
        };
        let numbers = [("measured", reason.measured), ("limit", reason.limit), ("margin", reason.margin)];
        let numbers: Vec<(&str, String)> = numbers.into_iter().filter_map(|(name, value)| Some((name, value?.to_string()))).collect();
        let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, value)| (*name, value.trim_start_matches('-'))).collect();
        let mut sentence = format!("{mark} {}", self.words.condition(&reason.code, &state, &numbers));
        if let Some(clause) = &reason.clause {
            sentence.push_str(&format!(" [{}]", self.clause(clause)));
        }
        sentence
    }

    fn clause(&self, clause: &Clause) -> String {
        clause_text(clause, self.tables, self.words)
    }

    fn document(&self, id: &str) -> String {
        document_text(id, self.tables, self.words)
    }

    /// What we have no number for, the last one we know, and whom to ask.
    fn missing(&self, missing: &MissingCell) -> Vec<String> {
        let words = self.words;
        let mut lines = vec![format!("! {}", missing_text(missing, words))];
        if let Some(last) = &missing.last_known {
            lines.extend(
                last_known::sentence(&missing.parameter, last, words)
                    .map(|sentence| format!("  {sentence} [{}]", self.document(&last.document))),
            );
        }
        let ask = if missing.area == AreaCode::NATION { "missing.ask.nation" } else { "missing.ask" };
        lines.push(format!("  {}", words.say(ask, &[("area", &self.area(missing.area))])));
        lines
    }

    fn alternative(&self, alternative: &AlternativeAmount) -> String {
        let own = format!("alternative.{}", alternative.code);
        let unknown = self.words.say("statement.unknown", &[]);
        let amount = alternative.amount.map_or(unknown, |amount| amount.to_string());
        format!("~ {} [{}]", self.words.first_of(&[&own, "alternative.other"], &[("amount", &amount)]), self.clause(&alternative.clause))
    }

    fn step(&self, step: &StepValue) -> Vec<String> {
        let Some(value) = step.value.map(|value| value.to_string()) else { return Vec::new() };
        let own = format!("step.{}", step.code);
        let mut lines = vec![format!("= {}", self.words.first_of(&[&own, "step.other"], &[("code", step.code), ("value", &value)]))];
        lines.extend(step.cells.iter().map(|cell| format!("  {}", self.cell(&cell.clause, &cell.from, &cell.value))));
        lines
    }

    fn cell(&self, clause: &Clause, from: &str, value: &str) -> String {
        format!("# {} ({value})", self.words.say("ui.cell", &[("clause", &self.clause(clause)), ("from", from)]))
    }

    /// The question for a fact, after whom it is about if there are several people.
    fn question(&self, path: &str) -> String {
        let person = assumed::position(path).and_then(|position| self.people.get(position)).filter(|_| self.people.len() > 1);
        let who = person.map_or_else(String::new, |person| self.words.say("ui.about-person", &[("who", &person.name)]));
        format!("{who}{} ({path})", self.words.question(path))
    }

    fn open_questions(&self, out: &mut impl Write) -> io::Result<()> {
        if self.decision.needs.is_empty() {
            return Ok(());
        }
        let count = self.decision.needs.len().to_string();
        writeln!(out, "\n{}", self.words.say("ui.needs", &[("count", &count)]))?;
        for need in &self.decision.needs {
            let mark = if self.decision.next.as_ref() == Some(&need.path) { "→" } else { "-" };
            writeln!(out, "  {mark} {}", self.question(&need.path))?;
        }
        Ok(())
    }

    /// Facts given that no rule looked at: no reproach.
    fn not_used(&self, out: &mut impl Write) -> io::Result<()> {
        let paths = self.decision.issues.iter().filter(|issue| issue.code == NOT_USED).map(|issue| issue.path.as_str());
        let paths: Vec<&str> = paths.collect();
        if paths.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", self.words.say("cli.not-used", &[]))?;
        paths.iter().try_for_each(|path| writeln!(out, "  - {}", self.question(path)))
    }

    /// What was taken for granted, that the office decides, and what identifies this result.
    fn basis(&self, out: &mut impl Write) -> io::Result<()> {
        let (decision, words) = (self.decision, self.words);
        writeln!(out)?;
        for line in assumed::assumed_lines(&decision.assumed, &self.people, words) {
            writeln!(out, "{line}")?;
        }
        for pack in &decision.packs {
            for layer in &pack.layers {
                let short: String = layer.sha256.chars().take(12).collect();
                writeln!(
                    out,
                    "{}",
                    words.say("statement.layer", &[("area", &self.area(layer.area)), ("code", &layer.area.to_string()), ("hash", &short)])
                )?;
            }
        }
        writeln!(out, "{}", words.say("ui.receipt", &[("digest", &decision.receipt.digest), ("engine", decision.engine)]))?;
        writeln!(out, "{}", words.say("ui.disclaimer", &[]))
    }

    fn area(&self, code: AreaCode) -> String {
        if code == AreaCode::NATION { self.words.say("ui.nation", &[]) } else { self.names.of(code) }
    }

    /// “2024年5月”.
    fn month(&self, month: Month) -> String {
        let month = month.to_string();
        match (self.words.language, month.split_once('-')) {
            (Language::Chinese, Some((year, month))) => format!("{year}年{}月", month.trim_start_matches('0')),
            _ => month,
        }
    }
}

/// What the tables lack, in a sentence.
pub(crate) fn missing_text(missing: &MissingCell, words: &Catalogue) -> String {
    let parameter = words.first_of(&[&format!("parameter.{}", missing.parameter), "parameter.other"], &[]);
    words.first_of(&[&format!("missing.{}", missing.cause), "missing.no-table"], &[("parameter", &parameter)])
}

/// “最低生活保障审核确认办法（民发〔2021〕57号） 第 13 条”.
pub(crate) fn clause_text(clause: &Clause, tables: &Tables, words: &Catalogue) -> String {
    let title = document_text(&clause.document, tables, words);
    match clause.article.as_deref() {
        None | Some("") => title,
        Some(article) if article.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{title} {}", words.say("ui.article", &[("number", article)]))
        }
        Some(article) => format!("{title} {article}"),
    }
}

pub(crate) fn document_text(id: &str, tables: &Tables, words: &Catalogue) -> String {
    match tables.documents.get(id) {
        None => id.to_owned(),
        Some(document) => match &document.number {
            Some(number) => words.say("ui.document", &[("title", &document.title), ("number", number)]),
            None => document.title.clone(),
        },
    }
}

/// An amount in words; none where it could be anything, for from nothing to no limit says nothing.
pub(crate) fn amount_text(amount: &Amount, words: &Catalogue) -> Option<String> {
    if amount.max.is_none() && amount.min == Yuan::ZERO {
        return None;
    }
    if amount.value == Some(Yuan::ZERO) {
        return Some(words.say(if amount.per == "meal" { "amount.nothing.meal" } else { "amount.nothing" }, &[]));
    }
    let (value, min) = (amount.value.unwrap_or(amount.min).to_string(), amount.min.to_string());
    let max = amount.max.map_or_else(String::new, |max| max.to_string());
    Some(words.say(&format!("amount.{}.{}", amount.kind, amount.per), &[("value", &value), ("min", &min), ("max", &max)]))
}

/// An answer in a word, of money as of a mere status.
pub(crate) fn answer_text(outcome: Outcome, words: &Catalogue) -> String {
    words.say(&format!("answer.{}", outcome.name()), &[])
}

/// Whether an amount beside the answer is what is drawn, and not only how far an open answer could go.
pub(crate) const fn is_answered(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Eligible | Outcome::Discretionary)
}

/// An amount in words, said to be what is certain so far if the answer is not settled.
pub(crate) fn amount_so_far(amount: &Amount, is_settled: bool, words: &Catalogue) -> Option<String> {
    let said = amount_text(amount, words)?;
    Some(if is_settled { said } else { words.say("amount.soFar", &[("amount", &said)]) })
}

/// What is wrong with a household, in words.
pub(crate) fn mistake(error: &FactError, words: &Catalogue) -> String {
    let mut sentence = error_text(error.code, &error.path, &error.got, words);
    if matches!(error.code, "unknown-choice" | "too-many" | "out-of-range") {
        sentence.push_str(&words.say("cli.expected", &[("expected", &error.expected)]));
    }
    if let Some(suggest) = &error.suggest {
        sentence.push_str(&words.say("error.suggest", &[("suggest", suggest)]));
    }
    format!("{sentence} [{}]", error.code)
}

/// A mistake in a household in one line, with where it is and its code.
pub(crate) fn error_line(error: &FactError, words: &Catalogue) -> String {
    let place = if error.path.is_empty() { String::new() } else { words.say("cli.at", &[("path", &error.path)]) };
    format!("{place}{}", mistake(error, words))
}

/// A mistake or a remark in words.
pub(crate) fn error_text(code: &str, path: &str, got: &str, words: &Catalogue) -> String {
    let [own, page] = [format!("cli.error.{code}"), format!("error.{code}")];
    let got = words.got(got);
    words.first_of(&[&own, &page, "error.other"], &[("code", code), ("path", path), ("got", &got)])
}

/// How a total is said: by how exactly it is known and whether something had to be left out of it.
fn total_kind(total: &Total) -> &'static str {
    let more = !total.left_out.is_empty();
    match (total.min == Yuan::ZERO, total.kind) {
        (true, "between") => "upTo",
        (true, kind) if kind == "atLeast" || more => "unknown",
        (true, _) => "none",
        (false, "exact") if more => "part",
        (false, kind) => kind,
    }
}

/// What to call people of whom we never ask the name: the relation, and the id.
pub(crate) fn people(household: &str, words: &Catalogue) -> Vec<Person> {
    let Ok(json) = json::read(household, Limits::HOUSEHOLD) else { return Vec::new() };
    let members = json.get("members").map(Json::items).unwrap_or_default();
    let named = members.iter().enumerate().map(|(position, member)| {
        let text = |name: &str| member.get(name).and_then(Json::text);
        let id = text("id").unwrap_or_default().to_owned();
        let number = position.saturating_add(1).to_string();
        let relation = text("relation").map(|relation| words.say(&format!("choice.relation.{relation}"), &[]));
        let name = words.say("statement.person", &[("number", &number), ("name", relation.as_deref().unwrap_or(&id)), ("id", &id)]);
        Person { id, name }
    });
    named.collect()
}
