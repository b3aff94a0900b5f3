//! `huisuan packet make | verify | show`: cases handed from one office to another.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use huisuan_core::area::AreaCode;
use huisuan_core::decision::Crossing;
use huisuan_core::packet::{PacketAsk, VerifyAsk};
use huisuan_core::{Engine, FactError, Question};
use serde_json::Value;

use crate::decide::Sources;
use crate::failure::Failure;
use crate::files::AreaNames;
use crate::messages::Catalogue;
use crate::output::{json, pretty};
use crate::{input, text};

#[derive(Debug, Args)]
pub(crate) struct Packet {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a packet of a household (生成案卷)
    Make(Make),
    /// Check a packet and decide it again, an old case with its own old pack (核验案卷)
    Verify(Verify),
    /// Show what a packet holds (查看案卷)
    Show(Show),
}

#[derive(Debug, Args)]
struct Make {
    /// Day to decide for
    #[arg(long, value_name = "DAY")]
    date: String,
    /// Last day on which the packet may be taken up
    #[arg(long, value_name = "DAY")]
    valid_until: String,
    /// 64 hexadecimal digits made from the identity number with a key of your own (HMAC); the key never comes here
    #[arg(long, value_name = "HEX")]
    link: String,
    /// A benefit applied for; may be given several times [default: application.benefits of the household]
    #[arg(long, value_name = "ID")]
    benefit: Vec<String>,
    /// For whom it is: an area code [default: the area that decides]
    #[arg(long, value_name = "CODE")]
    audience: Option<String>,
    /// Where to write it [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    sources: Sources,
    /// The household, JSON; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Debug, Args)]
struct Verify {
    /// The day it is
    #[arg(long, value_name = "DAY")]
    at: String,
    /// Area code of the office that takes it up
    #[arg(long, value_name = "CODE")]
    audience: String,
    /// File with the ids of packets already taken up, one in each line
    #[arg(long, value_name = "FILE")]
    seen: Option<PathBuf>,
    /// An office that must have signed: accepting or deciding; may be given twice
    #[arg(long, value_name = "OFFICE", value_parser = ["accepting", "deciding"])]
    require_signature: Vec<String>,
    /// Decide again with the tables that are loaded, also where they are not those of the packet
    #[arg(long)]
    current: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    sources: Sources,
    /// The packet; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Debug, Args)]
struct Show {
    /// Print JSON, spread over lines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    sources: Sources,
    /// The packet; `-` reads standard input
    #[arg(default_value = "-")]
    file: PathBuf,
}

pub(crate) fn run(packet: &Packet, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    match &packet.command {
        Command::Make(make) => self::make(make, words, out),
        Command::Verify(verify) => self::verify(verify, words, out),
        Command::Show(show) => self::show(show, words, out),
    }
}

fn make(arguments: &Make, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--date", Some(&arguments.date))?;
    input::check_day("--valid-until", Some(&arguments.valid_until))?;
    let (engine, _) = arguments.sources.engine()?;
    let ask = PacketAsk {
        date: arguments.date.clone(),
        benefits: arguments.benefit.clone(),
        link: arguments.link.clone(),
        audience: arguments.audience.clone(),
        valid_until: arguments.valid_until.clone(),
    };
    match engine.packet(&input::household(&arguments.file)?, &ask) {
        Ok(packet) => {
            match &arguments.out {
                Some(file) => fs::write(file, &packet.packet).map_err(|error| Failure::Unwritable(file.clone(), error))?,
                None => writeln!(out, "{}", packet.packet)?,
            }
            input::tell(&words.say("packet.made", &[("id", &packet.id)]));
            Ok(ExitCode::SUCCESS)
        }
        Err(errors) => refuse(&errors, words),
    }
}

fn verify(arguments: &Verify, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    input::check_day("--at", Some(&arguments.at))?;
    let (engine, names) = arguments.sources.engine()?;
    let seen = arguments.seen.as_deref().map(input::whole).transpose()?.unwrap_or_default();
    let ask = VerifyAsk {
        at: arguments.at.clone(),
        audience: arguments.audience.clone(),
        seen: seen.lines().map(|line| line.trim().to_owned()).collect(),
        require_signatures: arguments.require_signature.clone(),
        with_current_tables: arguments.current,
    };
    let packet = input::whole(&arguments.file)?;
    let found = match engine.verify(&packet, &ask) {
        Ok(found) => found,
        Err(errors) => return refuse(&errors, words),
    };
    if arguments.json {
        json(&found, out)?;
    } else {
        for problem in &found.problems {
            writeln!(out, "{} [{}]", words.say(&format!("packet.problem.{}", problem.code), &[("part", &problem.part)]), problem.code)?;
        }
        if found.accepted {
            writeln!(out, "{}", words.say("packet.accepted", &[("id", found.id.as_deref().unwrap_or(""))]))?;
        }
        writeln!(out, "{}", words.say(&format!("packet.replay.{}", replay_name(found.replay)), &[]))?;
        for difference in &found.differences {
            let benefit = words.say(&format!("benefit.{}", difference.benefit), &[]);
            let kind = difference.part.split('/').next().unwrap_or_default();
            let part = words.say(&format!("packet.part.{kind}"), &[]);
            let told = |json: Option<&str>| told(kind, json, words);
            writeln!(out, "  {benefit} · {part}: {} → {}", told(difference.packet.as_deref()), told(difference.now.as_deref()))?;
        }
        if found.accepted {
            for line in text::crossing_lines(&crossings(&engine, &packet), engine.tables(), &names, words) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(if found.accepted { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Who accepted the case of a packet, who decides it and by when.
fn crossings(engine: &Engine, packet: &str) -> Vec<Crossing> {
    let Ok(packet) = serde_json::from_str::<Value>(packet) else { return Vec::new() };
    let (household, date) = (packet.get("household").unwrap_or(&Value::Null), shown(packet.get("decidedFor")));
    let benefits = packet.get("benefits").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let decided = engine.evaluate(&household.to_string(), Question::on(&date));
    let all = decided.map(|decision| decision.crossings).unwrap_or_default();
    all.into_iter().filter(|crossing| benefits.iter().any(|benefit| benefit.as_str() == Some(&*crossing.benefit))).collect()
}

/// One side of a difference: a part of an answer as the packet has it or as it comes out now.
fn told(kind: &str, json: Option<&str>, words: &Catalogue) -> String {
    let Some(value) = json.and_then(|json| serde_json::from_str::<Value>(json).ok()) else { return "–".to_owned() };
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    match (kind, &value) {
        (_, Value::Null) => words.say("packet.value.nothing", &[]),
        (_, Value::Bool(truth)) => words.say(&format!("packet.value.{truth}"), &[]),
        ("amount", _) => {
            let numbers = [("value", text("min")), ("min", text("min")), ("max", text("max"))];
            words.say(&format!("amount.{}.{}", text("kind"), text("per")), &numbers)
        }
        ("outcome", Value::String(outcome)) => words.say(&format!("answer.{outcome}"), &[]),
        ("reasons", _) => {
            let state = match value.get("holds").and_then(Value::as_bool) {
                Some(true) => "holds",
                Some(false) => "fails",
                None => "unknown",
            };
            words.condition(text("code"), state, &[])
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}

const fn replay_name(replay: huisuan_core::packet::Replay) -> &'static str {
    match replay {
        huisuan_core::packet::Replay::Identical => "identical",
        huisuan_core::packet::Replay::Different => "different",
        huisuan_core::packet::Replay::NotReplayed => "notReplayed",
    }
}

/// What a packet holds, for reading; nothing is checked. Places are named and working days counted by the tables, and
/// where there are none, and none were asked for, by their codes alone.
fn show(arguments: &Show, words: &Catalogue, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let text = input::whole(&arguments.file)?;
    let packet: Value = input::json(&arguments.file, &text)?;
    if arguments.json {
        pretty(&packet, out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (engine, names) = match arguments.sources.engine() {
        Ok((engine, names)) => (Some(engine), names),
        Err(failure) if arguments.sources.are_named() => return Err(failure),
        Err(_) => {
            input::tell(&words.say("cli.packet.no-tables", &[]));
            (None, AreaNames::default())
        }
    };
    let at = |pointer: &str| shown(packet.pointer(pointer));
    let place = |code: &str| AreaCode::parse(code).map_or_else(|| code.to_owned(), |area| text::place(area, &names, words));
    let office = |pointer: &str| place(&at(pointer));
    let list = |name: &str| packet.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let id = at("/digest/sha256");
    let mut say = |code: &str, numbers: &[(&str, &str)]| writeln!(out, "{}", words.say(code, numbers));
    say("cli.packet.case", &[("id", &id), ("date", &at("/decidedFor")), ("until", &at("/validUntil"))])?;
    say(
        "cli.packet.offices",
        &[("accepted", &office("/acceptedAt")), ("decided", &office("/decidedBy")), ("audience", &office("/audience"))],
    )?;
    let dates = [("applied", at("/dates/applied")), ("complete", at("/dates/complete")), ("received", at("/dates/received"))];
    say("cli.packet.dates", &dates.each_ref().map(|(name, day)| (*name, day.as_str())))?;
    for outcome in list("outcome") {
        let of = |name: &str| outcome.get(name).filter(|value| !value.is_null());
        let told = |name: &str| of(name).map(|value| told(name, Some(&value.to_string()), words));
        let from = of("firstMonth").map(|month| words.say("ui.first-month", &[("month", &shown(Some(month)))]));
        let answer: Vec<String> = [told("outcome"), told("amount"), from].into_iter().flatten().collect();
        let benefit = words.say(&format!("benefit.{}", shown(of("benefit"))), &[]);
        say("cli.packet.outcome", &[("benefit", &benefit), ("answer", &answer.join(&words.say("statement.comma", &[])))])?;
    }
    for line in engine.iter().flat_map(|engine| text::crossing_lines(&crossings(engine, &text), engine.tables(), &names, words)) {
        writeln!(out, "{line}")?;
    }
    let mut say = |code: &str, numbers: &[(&str, &str)]| writeln!(out, "{}", words.say(code, numbers));
    for layer in list("packs").iter().filter_map(|pack| pack.get("layers")?.as_array()).flatten() {
        say("cli.packet.pack", &[("area", &place(&shown(layer.get("area")))), ("hash", &shown(layer.get("sha256")))])?;
    }
    for slot in list("signatures") {
        let code = if slot.get("value").is_none_or(Value::is_null) { "cli.packet.signature.none" } else { "cli.packet.signature.some" };
        let office = words.say(&format!("cli.packet.office.{}", shown(slot.get("by"))), &[]);
        say(code, &[("office", &office), ("algorithm", &shown(slot.get("algorithm")))])?;
    }
    say("cli.packet.facts", &[])?;
    pretty(packet.get("household").unwrap_or(&Value::Null), out)?;
    Ok(ExitCode::SUCCESS)
}

fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        None | Some(Value::Null) => "–".to_owned(),
        Some(other) => other.to_string(),
    }
}

fn refuse(errors: &[FactError], words: &Catalogue) -> Result<ExitCode, Failure> {
    for error in errors {
        let is_too_early = error.path == "validUntil" && error.code == "span-reversed";
        input::tell(&if is_too_early { words.say("cli.packet.until-before", &[]) } else { text::error_line(error, words) });
    }
    Ok(ExitCode::FAILURE)
}
