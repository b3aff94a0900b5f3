//! The least that an office must be told: facts are taken out one by one as long as every answer and every reason stays as it is.
//!
//! A fact that is taken out reads as *not told*, which is true of the packet; nothing is replaced by anything. A list, or a map
//! closed by `noOther`, goes as a whole or stays as a whole: without one of its rows it would say something false.

use super::canonical::Plain;
use crate::order::{Listed as _, gathered};

/// What the offices need whatever the answer rests on: the dates, the certificate, where the person is registered.
const ALWAYS: &[&str] = &[
    "schemaVersion",
    "application/appliedOn",
    "application/completeOn",
    "application/receivedOn",
    "application/acceptingArea",
    "application/applicantId",
];
const ALWAYS_OF_APPLICANT: &[&str] = &["disabilities", "disabilityCard", "registeredArea", "relation"];
/// Never in a packet: free text, in which a name could stand.
const NEVER: &[&str] = &["application/agentRelation", "application/benefits"];

/// The household with only what keeps `same` true.
pub(super) fn least(household: &Plain, applicant: usize, same: impl Fn(&Plain) -> bool) -> Plain {
    let mut rest = household.clone();
    for path in NEVER {
        take(&mut rest, &steps(path));
    }
    let mut open = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let Some(place) = rest.at_mut(&path) else { continue };
        let below: Vec<String> = match place {
            Plain::Record(entries) => entries.keys().cloned().listed(),
            Plain::List(items) if path == ["members"] => (0..items.len()).map(|position| position.to_string()).listed(),
            _ => Vec::new(),
        };
        for step in below {
            let mut inner = path.clone();
            inner.push(step);
            if is_kept(&inner, applicant) {
                continue;
            }
            let mut without = rest.clone();
            let may_go = !holds_kept(&inner, applicant) && take(&mut without, &inner);
            if may_go && same(&without) {
                rest = without;
            } else if rest.at_mut(&inner).is_none_or(|place| place.get("noOther").is_none()) {
                open.push(inner);
            }
        }
    }
    rest
}

/// Member ids become letters, whatever they were, and who stated an assessment is left out: no name is in a packet.
pub(super) fn without_names(household: &Plain, ids: &[String]) -> Plain {
    let mut renamed = rename(household, ids);
    if let Some(Plain::List(assessments)) = renamed.at_mut(&steps("assessments")) {
        for assessment in assessments {
            take(assessment, &steps("by"));
        }
    }
    if let Some(Plain::Record(choices)) = renamed.at_mut(&steps("choices")) {
        choices.retain(|group, _| group.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    }
    renamed
}

/// The letter of a member: `a` to `p`.
pub(super) fn letter(position: usize) -> String {
    let letter = u32::try_from(position).ok().and_then(|position| char::from_u32(u32::from('a').saturating_add(position)));
    letter.unwrap_or('z').to_string()
}

/// The places that name a member of the household.
const PERSONS: &[&str] = &["id", "member", "forMember", "applicantId", "memberId", "parentIds"];

fn rename(value: &Plain, ids: &[String]) -> Plain {
    match value {
        Plain::Record(entries) => {
            let entries = entries.iter().map(|(name, value)| {
                let renamed = if PERSONS.contains(&name.as_str()) { person(value, ids) } else { rename(value, ids) };
                (name.clone(), renamed)
            });
            Plain::Record(gathered(entries))
        }
        Plain::List(items) => Plain::List(items.iter().map(|item| rename(item, ids)).listed()),
        other => other.clone(),
    }
}

fn person(value: &Plain, ids: &[String]) -> Plain {
    match value {
        Plain::Text(id) => ids.iter().position(|own| own == id).map_or(Plain::Null, |position| Plain::Text(letter(position))),
        Plain::List(items) => Plain::List(items.iter().map(|item| person(item, ids)).listed()),
        other => other.clone(),
    }
}

fn steps(path: &str) -> Vec<String> {
    path.split('/').map(str::to_owned).listed()
}

/// Takes the end of a path out of its record; a list is never shortened.
fn take(household: &mut Plain, path: &[String]) -> bool {
    let Some((last, way)) = path.split_last() else { return false };
    match household.at_mut(way) {
        Some(Plain::Record(entries)) => entries.remove(last).is_some(),
        _ => false,
    }
}

fn kept_paths(applicant: usize) -> impl Iterator<Item = Vec<String>> {
    let own = ALWAYS_OF_APPLICANT.iter().map(move |part| steps(&format!("members/{applicant}/{part}")));
    ALWAYS.iter().map(|path| steps(path)).chain(own)
}

/// Stays whatever else goes; so does every member, with its id.
fn is_kept(path: &[String], applicant: usize) -> bool {
    let is_id = matches!(path, [members, _, id] if members == "members" && id == "id");
    is_id || kept_paths(applicant).any(|kept| path.starts_with(&kept))
}

/// Something below stays.
fn holds_kept(path: &[String], applicant: usize) -> bool {
    let is_member = matches!(path, [members, ..] if members == "members") && path.len() <= 2;
    is_member || kept_paths(applicant).any(|kept| kept.starts_with(path))
}
