//! Applications handed in elsewhere: who accepts, decides and pays, by when, and with which papers.

use huisuan_core::area::AreaCode;
use huisuan_core::decision::{ClockStep, Crossing};
use huisuan_core::tables::Tables;

use super::clause_text;
use crate::files::AreaNames;
use crate::messages::Catalogue;

/// What is said of all crossings of a decision: those with the same offices, days and papers together.
pub(crate) fn crossing_lines(crossings: &[Crossing], tables: &Tables, names: &AreaNames, words: &Catalogue) -> Vec<String> {
    let mut lines = Vec::new();
    let mut told: Vec<&Crossing> = Vec::new();
    for crossing in crossings {
        let is_same =
            |other: &Crossing| Crossing { benefit: other.benefit.clone(), member: other.member.clone(), ..crossing.clone() } == *other;
        if told.iter().any(|other| is_same(other)) {
            continue;
        }
        told.push(crossing);
        let mut benefits: Vec<String> = Vec::new();
        for other in crossings.iter().filter(|other| is_same(other)) {
            let name = words.say(&format!("benefit.{}", other.benefit), &[]);
            if !benefits.contains(&name) {
                benefits.push(name);
            }
        }
        lines.push(words.say("cli.crossing", &[("benefits", &benefits.join(&words.say("ui.list-separator", &[])))]));
        let offices = [("acceptedAt", crossing.accepted_at), ("decidedBy", crossing.decided_by), ("paidBy", crossing.paid_by)];
        let offices = offices.map(|(name, area)| (name, place(area, names, words)));
        let offices = words.say("counters.who", &offices.each_ref().map(|(name, place)| (*name, place.as_str())));
        lines.push(format!("  {offices} [{}]", clause_text(&crossing.clause, tables, words)));
        if crossing.clock.is_empty() {
            lines.push(format!("  {}", words.say("crossing.clock.unknown", &[])));
        }
        lines.extend(crossing.clock.iter().map(|step| format!("  {}", clock(step, words))));
        let papers: Vec<String> = crossing.papers.iter().map(|paper| words.say(&format!("paper.{paper}"), &[])).collect();
        lines.push(format!("  {}", words.say("cli.crossing.papers", &[("papers", &papers.join(&words.say("ui.list-separator", &[])))])));
    }
    lines
}

/// “莱州市（370683）”; the code alone of an area without a name.
pub(crate) fn place(area: AreaCode, names: &AreaNames, words: &Catalogue) -> String {
    let (name, code) = (names.of(area), area.to_string());
    if name == code { code } else { words.say("cli.crossing.place", &[("name", &name), ("code", &code)]) }
}

/// A step and its last day, and by which calendar that was counted.
fn clock(step: &ClockStep, words: &Catalogue) -> String {
    let (days, by) = (step.working_days.to_string(), step.by.to_string());
    let step_name = words.say(&format!("crossing.step.{}", step.step), &[]);
    let by = words.say("crossing.by", &[("days", &days), ("by", &by)]);
    let calendar = words.say(&format!("crossing.calendar.{}", step.calendar), &[]);
    words.say("cli.crossing.step", &[("step", &step_name), ("by", &by), ("calendar", &calendar)])
}
