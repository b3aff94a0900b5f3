//! What cannot be had together, in words: what counts, what does not, what another choice would cost.

use std::io::{self, Write};
use std::sync::Arc;

use huisuan_core::decision::{AdjustedEntry, ChoiceAmong, DrawnTogether, Entry};
use huisuan_core::money::Yuan;

use super::{Statement, total_kind};

impl Statement<'_> {
    pub(super) fn combination(&self, out: &mut impl Write) -> io::Result<()> {
        let combination = &self.decision.combination;
        // What nobody is known to get yet takes no place yet.
        let adjusted: Vec<_> = combination
            .adjusted
            .iter()
            .filter(|adjusted| is_drawn(adjusted) || self.gets_any(adjusted.member.as_ref(), &adjusted.by))
            .collect();
        if combination.choices.is_empty() && adjusted.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{}", self.words.say("ui.combination", &[]))?;
        for choice in &combination.choices {
            for (position, line) in self.choice(choice).into_iter().enumerate() {
                writeln!(out, "{}{line}", if position == 0 { "  " } else { "      " })?;
            }
        }
        for adjusted in adjusted {
            writeln!(out, "  {}", self.adjusted(adjusted))?;
        }
        Ok(())
    }

    /// Whether a member, or anybody, is known to get any of these benefits.
    fn gets_any(&self, member: Option<&Arc<str>>, benefits: &[Arc<str>]) -> bool {
        let is_theirs = |entry: &Entry| member.is_none() || entry.member.is_none() || entry.member.as_ref() == member;
        let gets = |entry: &Entry| entry.qualifies == Some(true) && benefits.contains(&entry.benefit);
        self.decision.benefits.iter().any(|entry| is_theirs(entry) && gets(entry))
    }

    fn choice(&self, choice: &ChoiceAmong) -> Vec<String> {
        let words = self.words;
        let Some((first, others)) = choice.options.split_first() else { return Vec::new() };
        let who = self.who(Some(&choice.member));
        let certain: Vec<_> = first.kept.iter().filter(|name| !first.undecided.contains(name)).cloned().collect();
        let relations = choice.relations.iter().map(|relation| {
            let said = words.say(&format!("combination.relation.{}", relation.relation), &[("names", &self.names_of(&relation.of))]);
            format!("· {said} [{}]", self.clause(&relation.clause))
        });
        if certain.is_empty() {
            let all: Vec<_> = first.kept.iter().chain(&first.dropped).cloned().collect();
            let said = words.say("combination.kept.none", &[("who", &who), ("dropped", &self.names_of(&all))]);
            return std::iter::once(said).chain(relations).collect();
        }
        let (kept, dropped) = (self.names_of(&certain), self.names_of(&first.dropped));
        let mut lines = vec![words.say("combination.kept", &[("who", &who), ("kept", &kept), ("dropped", &dropped)])];
        if !first.undecided.is_empty() {
            lines.push(words.say("combination.undecided", &[("names", &self.names_of(&first.undecided))]));
        }
        lines.push(words.say(&format!("combination.settled.{}", choice.settled_by), &[]));
        if !first.drawn_already.is_empty() {
            lines.push(words.say("combination.drawn-already", &[("names", &self.names_of(&first.drawn_already))]));
        }
        if choice.open {
            lines.push(format!("! {}", words.say("combination.open", &[])));
        }
        lines.extend(relations);
        lines.extend(others.iter().map(|option| self.option(option)));
        lines
    }

    fn option(&self, option: &DrawnTogether) -> String {
        let code = match (option.cash.kind, option.costs == Yuan::ZERO) {
            ("exact", true) => "combination.option.same",
            ("exact", false) => "combination.option",
            _ => "combination.option.unknown",
        };
        let costs = option.costs.to_string();
        self.words.say(code, &[("kept", &self.names_of(&option.kept)), ("costs", &costs)])
    }

    fn adjusted(&self, adjusted: &AdjustedEntry) -> String {
        let words = self.words;
        let cash = &adjusted.cash;
        let max = cash.max.map_or_else(String::new, |max| max.to_string());
        let amount =
            words.say(&format!("total.cashOverTwelveMonths.{}", total_kind(cash)), &[("min", &cash.min.to_string()), ("max", &max)]);
        // What is left of the household's benefit once one of several people has another is not settled.
        let is_open = adjusted.member.is_none() && self.people.len() > 1 && cash.max != Some(Yuan::ZERO);
        let code = match adjusted.relation {
            _ if is_open => "combination.adjusted.open".to_owned(),
            _ if is_drawn(adjusted) => "combination.adjusted.drawn".to_owned(),
            relation => format!("combination.adjusted.{relation}"),
        };
        let said = words.say(
            &code,
            &[
                ("who", &self.who(adjusted.member.as_deref())),
                ("benefit", &self.benefit(&adjusted.benefit)),
                ("by", &self.names_of(&adjusted.by)),
                ("amount", &amount),
            ],
        );
        format!("{said} [{}]", self.clause(&adjusted.clause))
    }

    pub(super) fn who(&self, member: Option<&str>) -> String {
        let person = member.and_then(|id| self.people.iter().find(|person| person.id == id));
        person.map_or_else(|| self.words.say("ui.whole-household", &[]), |person| person.name.clone())
    }

    /// What is decided here has a name of its own; what is only drawn is called as in the question about it.
    fn names_of(&self, benefits: &[Arc<str>]) -> String {
        let name = |benefit: &Arc<str>| {
            let codes = [format!("benefit.{benefit}"), format!("choice.receiving.{benefit}")];
            let code = codes.iter().find(|code| self.words.has(code)).unwrap_or(&codes[0]);
            self.words.say(code, &[])
        };
        let names: Vec<String> = benefits.iter().map(name).collect();
        names.join(&self.words.say("ui.list-separator", &[]))
    }
}

/// Whether it is the household's benefit, drawn already, that a member's own is not had beside.
fn is_drawn(adjusted: &AdjustedEntry) -> bool {
    adjusted.member.is_some() && !matches!(adjusted.relation, "replaces" | "tops-up")
}
