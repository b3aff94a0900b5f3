//! Growing older never costs an older person money, unless a table says why.
//!
//! In every area with tables for older people, for people of several kinds: what all elderly benefits together pay a
//! month at one age is not less than at the age before.

use huisuan_core::area::AreaCode;
use huisuan_core::decision::{Entry, Outcome};
use huisuan_core::{Detail, Question};
use serde_json::json;

use crate::support::engine;

/// What older people are paid in money, month by month.
const ELDERLY: [&str; 5] = [
    "advanced-age-allowance",
    "centenarian-allowance",
    "elderly-hardship-allowance",
    "elderly-service-allowance",
    "elderly-nursing-allowance",
];

/// Days on which most tables are in force.
const DAYS: [&str; 3] = ["2019-11-15", "2023-11-15", "2026-11-15"];

/// A person of one kind and age, born in January, so that every way to count ages gives the same.
fn household(area: AreaCode, day: &str, age: i64, standing: &str, level: &str) -> String {
    let year: i64 = day.split('-').next().unwrap_or_default().parse().expect("a day begins with its year");
    let member = json!({ "id": "a", "relation": "self", "birthDate": format!("{}-01-10", year - age), "sex": "female",
        "livesWithHousehold": { "value": true }, "registeredArea": [{ "area": area.to_string() }], "registeredSettlement": "urban",
        "usualResidence": [{ "area": area.to_string() }], "incomes": [], "transfersPaid": [], "disabilities": [],
        "disabilityCard": { "state": "none" }, "serviceInjuryCard": { "kind": "none" }, "longTermCareNeed": { "needed": false },
        "employment": { "status": "retired", "refusedOn": [] }, "noFixedIncome": true, "receiving": { "noOther": true },
        "groups": { "noOther": true }, "services": { "noOther": true }, "maritalStatus": "widowed",
        "ability": { "scale": "mzt-039-2013", "level": level, "coma": false, "diagnosis": false, "riskEvents30Days": 0 } });
    json!({ "schemaVersion": 1, "application": { "appliedOn": day, "decidedOn": day, "verificationConsent": true },
        "standing": [{ "status": standing, "area": area.to_string(), "from": "2005-01-01" }],
        "assessments": [{ "test": "assets-within-limit", "holds": true }], "land": { "noOther": true }, "expenses": [], "bills": [],
        "members": [member] })
    .to_string()
}

/// What the elderly benefits pay for certain a month, in fen; `None` where one of them is not known.
fn monthly(area: AreaCode, day: &str, age: i64, standing: &str, level: &str) -> Option<i64> {
    let question = Question { detail: Detail::default(), ..Question::on(day) };
    let decision = engine().evaluate(&household(area, day, age, standing, level), question).expect("the household can be read");
    let own = decision.benefits.iter().filter(|entry| ELDERLY.contains(&&*entry.benefit));
    own.map(fen).sum()
}

fn fen(entry: &Entry) -> Option<i64> {
    match (entry.outcome, &entry.amount) {
        (Outcome::Ineligible, _) => Some(0),
        // What is paid for a year counts for its months.
        (Outcome::Eligible, Some(amount)) => Some(if amount.per == "year" { amount.min.fen() / 12 } else { amount.min.fen() }),
        _ => None,
    }
}

#[test]
fn no_elderly_benefit_falls_on_a_birthday_unless_its_table_says_so() {
    let tables = engine().tables();
    let mut areas: Vec<AreaCode> =
        tables.all().filter(|table| ELDERLY.contains(&table.parameter.as_str())).map(|table| table.area).collect();
    areas.sort_unstable();
    areas.dedup();
    assert!(areas.len() > 20, "only {} areas have tables for older people", areas.len());
    let mut wrong = Vec::new();
    for area in areas.into_iter().filter(|area| *area != AreaCode::NATION) {
        let on_the_way: Vec<AreaCode> = engine().tables().areas.chain(area).collect();
        let is_accepted = ELDERLY
            .iter()
            .flat_map(|name| on_the_way.iter().filter_map(|level| tables.table(name, *level)))
            .any(|table| table.accepts.iter().any(|(code, _)| code == "falls-with-need" || code == "gap-in-rows"));
        if is_accepted {
            continue;
        }
        for day in DAYS {
            for standing in ["none", "minimum-living-allowance", "destitute-support", "low-income"] {
                for level in ["intact", "severe"] {
                    let mut before: Option<i64> = None;
                    for age in [59, 60, 64, 65, 69, 70, 74, 75, 79, 80, 84, 85, 89, 90, 94, 95, 99, 100, 101] {
                        let now = monthly(area, day, age, standing, level);
                        if let (Some(was), Some(is)) = (before, now)
                            && is < was
                        {
                            wrong.push(format!("{area} on {day}, {standing}, {level}: {was} fen before {age}, {is} from {age} on"));
                        }
                        before = now;
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} falls:\n{}", wrong.len(), wrong.join("\n"));
}
