//! The case packet (跨省通办案卷): what one office hands to another so that it can decide the same case again.
//!
//! It carries the least facts, no name and no identity number (a value that only the host can link to the person stands in
//! their place), the dates, the areas, the hashes of the tables, the outcome, and a digest over all of that. It is canonical
//! JSON: the same case is the same bytes on every machine, and a packet with one bit altered is refused. Signatures have their
//! place in it and are made and checked outside: the engine has no key and no clock.

mod canonical;
mod facts;
mod verify;

use canonical::Plain;
pub use verify::{Difference, Problem, Replay, Verification, VerifyAsk};

use serde::Serialize;

use crate::date::Date;
use crate::decision::{Decision, Entry};
use crate::engine::{Engine, Question};
use crate::error::FactError;
use crate::hash::{sha256, sm3};
use crate::household::dictionary::fact;
use crate::household::{Household, read};
use crate::json::{self, Json, Limits, Value};
use crate::order::{AppendAll as _, Listed as _};

/// The packet format this engine writes and reads.
pub const VERSION: i64 = 1;

/// What a packet calls itself.
const FORMAT: &str = "huisuan-packet";

/// The offices that may sign, in the order of their slots.
pub(crate) const OFFICES: [&str; 2] = ["accepting", "deciding"];

/// What a packet is to be made of beside the household.
#[derive(Clone, Debug, Default)]
pub struct PacketAsk {
    /// The day decided for, YYYY-MM-DD.
    pub date: String,
    /// The benefits applied for; those of `application.benefits` if there are none.
    pub benefits: Vec<String>,
    /// 64 hexadecimal digits that the host has made from the identity number with a key of its own (HMAC).
    pub link: String,
    /// For whom the packet is: an area code; the area that decides if absent.
    pub audience: Option<String>,
    /// Last day on which it may be taken up, YYYY-MM-DD.
    pub valid_until: String,
}

/// A packet, and what identifies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Packet {
    /// Its id: the SHA-256 of its content.
    pub id: String,
    /// The SM3 of its content.
    pub sm3: String,
    /// The packet itself: canonical JSON.
    pub packet: String,
}

impl Engine {
    /// Makes a packet for the benefits that the applicant has applied for.
    ///
    /// # Errors
    /// Every mistake in the household or in what was asked.
    pub fn packet(&self, household: &str, ask: &PacketAsk) -> Result<Packet, Vec<FactError>> {
        let mut errors = mistakes(ask);
        let decided = self.evaluate(household, Question::on(&ask.date)).map_err(|found| errors.append_all(found)).ok();
        let facts = json::read(household, Limits::HOUSEHOLD).ok().as_ref().and_then(Plain::of);
        let read = read(household, &self.tables().areas).ok();
        let (Some(decided), Some(facts), Some(read), true) = (decided, facts, read, errors.is_empty()) else { return Err(errors) };
        let benefits = if ask.benefits.is_empty() { applied_for(&facts) } else { ask.benefits.clone() };
        let Some(applicant) = read.applicant() else {
            return Err(vec![FactError::new("packet-no-applicant", "application/applicantId", "nothing", "the member who applies")]);
        };
        let person = read.member_ids().get(applicant).map(ToString::to_string).unwrap_or_default();
        let chosen = chosen(&decided, &benefits, &person);
        errors.append_all(benefits.iter().filter(|id| !chosen.iter().any(|entry| *entry.benefit == ***id)).map(|id| unknown_benefit(id)));
        if benefits.is_empty() {
            errors.push(FactError::new("packet-no-benefits", "application/benefits", "nothing", "the benefits applied for"));
        }
        let office = chosen.first().and_then(|entry| entry.decided_by);
        if errors.is_empty() && (office.is_none() || chosen.iter().any(|entry| entry.decided_by != office)) {
            errors.push(FactError::new(
                "packet-no-office",
                "members",
                "no single office",
                "one office that decides all benefits applied for",
            ));
        }
        errors.append_all(missing_dates(&read));
        if !errors.is_empty() {
            return Err(errors);
        }
        let ids: Vec<String> = read.member_ids().iter().map(ToString::to_string).listed();
        let told = answers(&chosen);
        let same = |facts: &Plain| {
            let again = self.evaluate(&facts.written(), Question::on(&ask.date));
            again.is_ok_and(|again| answers(&self::chosen(&again, &benefits, &person)) == told)
        };
        let household = facts::without_names(&facts::least(&facts, applicant, same), &ids);
        let content = self.content(&household, ask, &benefits, &facts::letter(applicant))?;
        Ok(sealed(content))
    }

    /// Everything that the digest covers.
    fn content(&self, household: &Plain, ask: &PacketAsk, benefits: &[String], person: &str) -> Result<Plain, Vec<FactError>> {
        let decided = self.evaluate(&household.written(), Question::on(&ask.date))?;
        let chosen = chosen(&decided, benefits, person);
        let application = |name: &str| household.get("application").and_then(|application| application.get(name)).cloned();
        let office = chosen.first().and_then(|entry| entry.decided_by);
        let audience = ask.audience.clone().or_else(|| office.map(|office| office.to_string()));
        let date = |name| application(name).unwrap_or(Plain::Null);
        Ok(Plain::record([
            ("acceptedAt", application("acceptingArea").unwrap_or(Plain::Null)),
            ("audience", Plain::maybe(audience)),
            ("benefits", Plain::List(benefits.iter().map(Plain::text).listed())),
            ("dates", Plain::record([("applied", date("appliedOn")), ("complete", date("completeOn")), ("received", date("receivedOn"))])),
            ("decidedBy", Plain::maybe(office)),
            ("decidedFor", Plain::text(&ask.date)),
            ("engine", Plain::text(decided.engine)),
            ("format", Plain::text(FORMAT)),
            ("household", household.clone()),
            ("link", Plain::text(&ask.link)),
            ("outcome", Plain::List(chosen.iter().map(|entry| outcome(entry)).listed())),
            ("packs", packs(&decided)),
            ("person", Plain::text(person)),
            ("validUntil", Plain::text(&ask.valid_until)),
            ("version", Plain::Whole(VERSION)),
        ]))
    }
}

/// What is wrong with what was asked.
fn mistakes(ask: &PacketAsk) -> Vec<FactError> {
    let mut errors = Vec::new();
    if !is_digest(&ask.link) {
        errors.push(FactError::new(
            "packet-link",
            "link",
            &ask.link,
            "64 hexadecimal digits in small letters that the host made with its own key",
        ));
    }
    match Date::parse(&ask.valid_until) {
        Err(error) => errors.push(FactError::new(error.code(), "validUntil", &ask.valid_until, "a date such as 2026-08-14")),
        Ok(until) if Date::parse(&ask.date).is_ok_and(|date| until < date) => {
            errors.push(FactError::new("span-reversed", "validUntil", &ask.valid_until, &format!("{} or later", ask.date)));
        }
        Ok(_) => {}
    }
    if let Some(audience) = ask.audience.as_deref().filter(|text| crate::area::AreaCode::parse(text).is_none()) {
        errors.push(FactError::new("wrong-type", "audience", audience, "an area code of six digits"));
    }
    errors
}

fn unknown_benefit(id: &str) -> FactError {
    FactError::new("packet-unknown-benefit", "benefits", id, "a benefit that the engine decides for the applicant")
}

/// The day of the application and the day the papers were complete travel with every case.
fn missing_dates(household: &Household) -> Vec<FactError> {
    let days = [fact::APPLIED_ON.id, fact::COMPLETE_ON.id].into_iter();
    let missing = days.filter(|day| household.given_slot(*day, 0).and_then(crate::slot::Slot::value).is_none());
    missing.map(|day| FactError::new("packet-date-missing", &household.path(day, 0), "nothing", "a date such as 2026-05-14")).listed()
}

fn applied_for(facts: &Plain) -> Vec<String> {
    let benefits = facts.get("application").and_then(|application| application.get("benefits"));
    benefits.map(Plain::items).unwrap_or_default().iter().filter_map(Plain::as_text).map(str::to_owned).listed()
}

/// The entries of the benefits applied for: the person's own and the household's.
fn chosen<'d>(decision: &'d Decision, benefits: &[String], person: &str) -> Vec<&'d Entry> {
    let is_asked = |entry: &&Entry| entry.bill.is_none() && benefits.iter().any(|benefit| **benefit == *entry.benefit);
    decision.benefits.iter().filter(is_asked).filter(|entry| entry.member.as_deref().is_none_or(|member| member == person)).listed()
}

/// What may not change when a fact is taken out: every answer, and how every condition stands. Ids do not count.
fn answers(entries: &[&Entry]) -> Vec<Plain> {
    let without_person = |entry: &&Entry| {
        let mut told = outcome(entry);
        if let Plain::Record(parts) = &mut told {
            parts.remove("member");
        }
        told
    };
    entries.iter().map(without_person).listed()
}

/// An entry as a packet has it.
fn outcome(entry: &Entry) -> Plain {
    let amount = entry.amount.as_ref().map_or(Plain::Null, |amount| {
        Plain::record([
            ("kind", Plain::text(amount.kind)),
            ("max", Plain::maybe(amount.max)),
            ("min", Plain::text(amount.min)),
            ("per", Plain::text(amount.per)),
        ])
    });
    let reasons = entry.reasons.iter().map(|reason| {
        let clause = reason.clause.as_deref();
        Plain::record([
            ("article", Plain::maybe(clause.and_then(|clause| clause.article.as_ref()))),
            ("code", Plain::text(&reason.code)),
            ("document", Plain::maybe(clause.map(|clause| &clause.document))),
            ("holds", reason.holds.map_or(Plain::Null, Plain::Truth)),
        ])
    });
    Plain::record([
        ("amount", amount),
        ("area", Plain::maybe(entry.area)),
        ("benefit", Plain::text(&entry.benefit)),
        ("firstMonth", Plain::maybe(entry.first_month)),
        ("member", Plain::maybe(entry.member.as_ref())),
        ("outcome", Plain::text(entry.outcome.name())),
        ("paidBy", Plain::maybe(entry.paid_by)),
        ("qualifies", entry.qualifies.map_or(Plain::Null, Plain::Truth)),
        ("reasons", Plain::List(reasons.listed())),
        ("unconfirmed", Plain::Truth(entry.unconfirmed)),
    ])
}

fn packs(decision: &Decision) -> Plain {
    let packs = decision.packs.iter().map(|pack| {
        let layers =
            pack.layers.iter().map(|layer| Plain::record([("area", Plain::text(layer.area)), ("sha256", Plain::text(&layer.sha256))]));
        Plain::record([("area", Plain::text(pack.area)), ("layers", Plain::List(layers.listed()))])
    });
    Plain::List(packs.listed())
}

/// Adds the digests and the slots for signatures.
fn sealed(content: Plain) -> Packet {
    let written = content.written();
    let (id, sm3) = (sha256(written.as_bytes()), sm3(written.as_bytes()));
    let slot = |office: &&str| Plain::record([("algorithm", Plain::Null), ("by", Plain::text(office)), ("value", Plain::Null)]);
    let Plain::Record(mut parts) = content else { return Packet { id, sm3, packet: written } };
    parts.insert("digest".to_owned(), Plain::record([("sha256", Plain::text(&id)), ("sm3", Plain::text(&sm3))]));
    parts.insert("signatures".to_owned(), Plain::List(OFFICES.iter().map(slot).listed()));
    Packet { id, sm3, packet: Plain::Record(parts).written() }
}

/// 64 hexadecimal digits in small letters.
pub(crate) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Options given as JSON text: texts by name, and lists of texts. What is there and is neither is refused: an option that is
/// passed over may be a check that is not made.
pub(crate) struct Options<'j> {
    json: Json<'j>,
}

impl<'j> Options<'j> {
    pub fn read(text: &'j str, texts: &[&str], lists: &[&str]) -> Result<Self, Vec<FactError>> {
        let json = json::read(text, Limits::HOUSEHOLD).map_err(|errors| {
            let wrong = errors.iter().map(|error| FactError::new(error.code, &error.path, &error.got, "JSON"));
            wrong.listed()
        })?;
        let known = [texts, lists].concat().join(", ");
        let mut wrong = Vec::new();
        for (name, value) in json.entries() {
            let is_list = lists.contains(&&**name);
            if !is_list && !texts.contains(&&**name) {
                wrong.push(FactError::new("unknown-field", name, name, &known));
            } else if is_list && !(matches!(value.value, Value::List(_)) && value.items().iter().all(|item| item.text().is_some())) {
                wrong.push(FactError::new("wrong-type", name, &value.shown(), "a list of texts"));
            } else if !is_list && value.text().is_none() {
                wrong.push(FactError::new("wrong-type", name, &value.shown(), "text"));
            }
        }
        if wrong.is_empty() { Ok(Self { json }) } else { Err(wrong) }
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.json.get(name).and_then(Json::text).map(str::to_owned)
    }

    pub fn texts(&self, name: &str) -> Vec<String> {
        let items = self.json.get(name).map(Json::items).unwrap_or_default();
        items.iter().filter_map(Json::text).map(str::to_owned).listed()
    }
}

impl PacketAsk {
    /// From JSON: `{ date, link, validUntil, benefits?, audience? }`.
    ///
    /// # Errors
    /// What is wrong with the JSON.
    pub fn read(text: &str) -> Result<Self, Vec<FactError>> {
        let options = Options::read(text, &["date", "link", "audience", "validUntil"], &["benefits"])?;
        let text = |name: &str| options.text(name).unwrap_or_default();
        Ok(Self {
            date: text("date"),
            benefits: options.texts("benefits"),
            link: text("link"),
            audience: options.text("audience"),
            valid_until: text("validUntil"),
        })
    }
}
