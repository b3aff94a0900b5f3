//! Takes a packet up: whether it is whole, for us, in time and new, and whether deciding it again gives the same answer.

use serde::Serialize;

use super::canonical::Plain;
use super::{FORMAT, OFFICES, Options, VERSION, chosen, is_digest, outcome, packs};
use crate::date::Date;
use crate::engine::{Engine, Question};
use crate::error::FactError;
use crate::hash::{sha256, sm3};
use crate::json::{self, Limits};
use crate::order::{Listed as _, ordered};

/// What the host knows and the engine does not: the day, what it has seen, who it is, and what it insists on.
#[derive(Clone, Debug, Default)]
pub struct VerifyAsk {
    /// The day it is, YYYY-MM-DD.
    pub at: String,
    /// Area code of the office that takes the packet up.
    pub audience: String,
    /// Ids of the packets already taken up.
    pub seen: Vec<String>,
    /// Offices whose signature must be there: `accepting`, `deciding`. Whether it is right is for the host to check.
    pub require_signatures: Vec<String>,
    /// Decide again with the tables that are loaded, whichever they are, instead of insisting on those of the packet.
    pub with_current_tables: bool,
}

/// What came of taking a packet up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// The packet's id, if it can be read at all.
    pub id: Option<String>,
    /// Nothing is wrong with the packet; that the answer is the same is told apart from that.
    pub accepted: bool,
    /// Everything wrong with it.
    pub problems: Vec<Problem>,
    /// Whether the tables loaded are those it was decided with.
    pub same_tables: Option<bool>,
    /// What deciding it again gave.
    pub replay: Replay,
    /// Where the new answer is another.
    pub differences: Vec<Difference>,
}

/// Why a packet is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Stable code.
    #[cfg_attr(
        feature = "schema",
        schemars(extend("enum" = [
            "packet-altered", "packet-expired", "packet-household-refused", "packet-not-canonical", "packet-not-yet-valid",
            "packet-other-audience", "packet-other-tables", "packet-replayed", "packet-unreadable", "packet-unsigned",
            "packet-other-version"
        ]))
    )]
    pub code: &'static str,
    /// Which part of it.
    pub part: String,
}

/// What deciding a packet again gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Replay {
    /// The same answers and reasons.
    Identical,
    /// Others.
    Different,
    /// It was not decided again.
    NotReplayed,
}

/// One part of an answer that comes out otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// Id of the benefit.
    pub benefit: String,
    /// The letter of the member in the packet; `null` for a household benefit.
    pub member: Option<String>,
    /// What differs: `amount`, `outcome`, `firstMonth`, a condition as `reasons/<code>` …
    pub part: String,
    /// As the packet has it, written as JSON; `null` where it has nothing.
    pub packet: Option<String>,
    /// As it comes out now.
    pub now: Option<String>,
}

/// What the digests do not cover: themselves, and the signatures.
const SEALS: [&str; 2] = ["digest", "signatures"];

/// The parts of a packet, and no others.
const PARTS: [&str; 17] = [
    "acceptedAt",
    "audience",
    "benefits",
    "dates",
    "decidedBy",
    "decidedFor",
    "digest",
    "engine",
    "format",
    "household",
    "link",
    "outcome",
    "packs",
    "person",
    "signatures",
    "validUntil",
    "version",
];

impl VerifyAsk {
    /// From JSON: `{ at, audience, seen?, requireSignatures?, tables?: "own" | "current" }`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, Vec<FactError>> {
        let options = Options::read(text, &["at", "audience", "tables"], &["seen", "requireSignatures"])?;
        let text = |name: &str| options.text(name).unwrap_or_default();
        let tables = text("tables");
        if !["", "own", "current"].contains(&&*tables) {
            return Err(vec![FactError::new("unknown-choice", "tables", &tables, "own, current")]);
        }
        Ok(Self {
            at: text("at"),
            audience: text("audience"),
            seen: options.texts("seen"),
            require_signatures: options.texts("requireSignatures"),
            with_current_tables: tables == "current",
        })
    }
}

impl Engine {
    /// Takes a packet up and decides it again.
    ///
    /// # Errors
    /// A day that does not exist. What is wrong with the packet is in the answer.
    pub fn verify(&self, packet: &str, ask: &VerifyAsk) -> Result<Verification, Vec<FactError>> {
        let at = Date::parse(&ask.at).map_err(|error| vec![FactError::new(error.code(), "at", &ask.at, "a date such as 2026-05-19")])?;
        let mut found = Verification {
            id: None,
            accepted: false,
            problems: Vec::new(),
            same_tables: None,
            replay: Replay::NotReplayed,
            differences: Vec::new(),
        };
        let packet = packet.strip_suffix('\n').unwrap_or(packet);
        match whole(packet) {
            Ok(parts) => {
                found.id = Some(digest_of(&parts));
                self.take_up(&parts, at, ask, &mut found);
            }
            Err(problem) => found.problems.push(problem),
        }
        found.accepted = found.problems.is_empty();
        Ok(found)
    }

    /// A whole packet: is it for us, in time, new and signed; and what comes out of it now.
    fn take_up(&self, packet: &Plain, at: Date, ask: &VerifyAsk, found: &mut Verification) {
        let text = |name: &str| packet.get(name).and_then(Plain::as_text).unwrap_or("");
        let day = |name: &str| Date::parse(text(name)).ok();
        let mut wrong = |code, part: &str| found.problems.push(Problem { code, part: part.to_owned() });
        if text("audience") != ask.audience {
            wrong("packet-other-audience", "audience");
        }
        if day("validUntil").is_none_or(|until| at > until) {
            wrong("packet-expired", "validUntil");
        }
        if day("decidedFor").is_none_or(|made| at < made) {
            wrong("packet-not-yet-valid", "decidedFor");
        }
        if ask.seen.iter().any(|seen| Some(seen) == found.id.as_ref()) {
            wrong("packet-replayed", "digest");
        }
        for office in &ask.require_signatures {
            let signed = packet.get("signatures").map(Plain::items).unwrap_or_default().iter().any(|slot| {
                slot.get("by").and_then(Plain::as_text) == Some(office) && slot.get("value").and_then(Plain::as_text).is_some()
            });
            if !signed {
                wrong("packet-unsigned", &format!("signatures/{office}"));
            }
        }
        self.replay(packet, ask, found);
    }

    fn replay(&self, packet: &Plain, ask: &VerifyAsk, found: &mut Verification) {
        let text = |name: &str| packet.get(name).and_then(Plain::as_text).unwrap_or("");
        let household = packet.get("household").map(Plain::written).unwrap_or_default();
        let Ok(decided) = self.evaluate(&household, Question::on(text("decidedFor"))) else {
            found.problems.push(Problem { code: "packet-household-refused", part: "household".to_owned() });
            return;
        };
        let same = packet.get("packs") == Some(&packs(&decided));
        found.same_tables = Some(same);
        if !same && !ask.with_current_tables {
            found.problems.push(Problem { code: "packet-other-tables", part: "packs".to_owned() });
            return;
        }
        let benefits = packet.get("benefits").map(Plain::items).unwrap_or_default();
        let benefits: Vec<String> = benefits.iter().filter_map(Plain::as_text).map(str::to_owned).listed();
        let now: Vec<Plain> = chosen(&decided, &benefits, text("person")).into_iter().map(outcome).listed();
        found.differences = differences(packet.get("outcome").map(Plain::items).unwrap_or_default(), &now);
        found.replay = if found.differences.is_empty() { Replay::Identical } else { Replay::Different };
    }
}

/// Reads a packet and checks that it is whole: its form, every byte of it, and the digests.
fn whole(text: &str) -> Result<Plain, Problem> {
    let wrong = |code, part: &str| Problem { code, part: part.to_owned() };
    let read = json::read(text, Limits::HOUSEHOLD).ok().as_ref().and_then(Plain::of);
    let packet = read.ok_or_else(|| wrong("packet-unreadable", ""))?;
    if packet.get("format").and_then(Plain::as_text) != Some(FORMAT) {
        return Err(wrong("packet-unreadable", "format"));
    }
    if packet.get("version") != Some(&Plain::Whole(VERSION)) {
        return Err(wrong("packet-other-version", "version"));
    }
    let Plain::Record(parts) = &packet else { return Err(wrong("packet-unreadable", "")) };
    if !parts.keys().map(String::as_str).eq(PARTS) {
        return Err(wrong("packet-unreadable", ""));
    }
    if packet.written() != text {
        return Err(wrong("packet-not-canonical", ""));
    }
    let slots = packet.get("signatures").map(Plain::items).unwrap_or_default();
    if slots.len() != OFFICES.len() || !slots.iter().zip(OFFICES).all(|(slot, office)| is_slot(slot, office)) {
        return Err(wrong("packet-altered", "signatures"));
    }
    let content = packet.written_without(&SEALS);
    let told = |name: &str| packet.get("digest").and_then(|digest| digest.get(name)).and_then(Plain::as_text).unwrap_or("");
    let is_two = matches!(packet.get("digest"), Some(Plain::Record(parts)) if parts.len() == 2);
    if !is_two || told("sha256") != sha256(content.as_bytes()) || told("sm3") != sm3(content.as_bytes()) {
        return Err(wrong("packet-altered", "digest"));
    }
    if !packet.get("link").and_then(Plain::as_text).is_some_and(is_digest) {
        return Err(wrong("packet-altered", "link"));
    }
    Ok(packet)
}

/// An empty slot, or an algorithm and a value in hexadecimal digits.
fn is_slot(slot: &Plain, office: &str) -> bool {
    let Plain::Record(parts) = slot else { return false };
    let hexadecimal = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let is_filled = match (slot.get("algorithm"), slot.get("value")) {
        (Some(Plain::Null), Some(Plain::Null)) => true,
        (Some(Plain::Text(algorithm)), Some(Plain::Text(value))) => {
            ["SM2", "Ed25519", "RSA"].contains(&algorithm.as_str()) && (64..=2048).contains(&value.len()) && hexadecimal(value)
        }
        _ => false,
    };
    parts.len() == 3 && is_filled && slot.get("by").and_then(Plain::as_text) == Some(office)
}

fn digest_of(packet: &Plain) -> String {
    packet.get("digest").and_then(|digest| digest.get("sha256")).and_then(Plain::as_text).unwrap_or("").to_owned()
}

/// Part by part, what differs between two lists of answers.
fn differences(before: &[Plain], now: &[Plain]) -> Vec<Difference> {
    let key = |entry: &Plain| {
        let text = |name: &str| entry.get(name).and_then(Plain::as_text).map(str::to_owned);
        (text("benefit").unwrap_or_default(), text("member"))
    };
    let mut found = Vec::new();
    for own in ordered(before.iter().chain(now).map(key)) {
        let of = |list: &[Plain]| list.iter().find(|entry| key(entry) == own).map(parts).unwrap_or_default();
        let (before, now) = (of(before), of(now));
        for name in ordered(before.iter().chain(&now).map(|(name, _)| name)) {
            let of = |list: &[(String, String)]| list.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
            let (packet, now) = (of(&before), of(&now));
            if packet != now {
                found.push(Difference { benefit: own.0.clone(), member: own.1.clone(), part: name.clone(), packet, now });
            }
        }
    }
    found
}

/// The parts of an answer by name, each condition for itself.
fn parts(entry: &Plain) -> Vec<(String, String)> {
    let Plain::Record(parts) = entry else { return Vec::new() };
    let mut found: Vec<(String, String)> =
        parts.iter().filter(|(name, _)| *name != "reasons").map(|(name, value)| (name.clone(), value.written())).listed();
    for reason in entry.get("reasons").map(Plain::items).unwrap_or_default() {
        let code = reason.get("code").and_then(Plain::as_text).unwrap_or("");
        found.push((format!("reasons/{code}"), reason.written()));
    }
    found
}
