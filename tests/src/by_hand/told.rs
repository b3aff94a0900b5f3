//! Facts for the limit, from a household's JSON in which all of them are told.

use serde_json::Value;

use super::{Bill, Card, Day, Drawn, Home, Income, Member, NEVER, Number, Numbers, Relation, Status};
use crate::published::{read_json, root};

/// Kinds of income that art. 13 counts.
const COUNTED: [&str; 11] = [
    "wages",
    "business",
    "property",
    "pension",
    "resident-pension",
    "maintenance",
    "unemployment-benefit",
    "survivors-benefit",
    "compensation",
    "gift",
    "other",
];

const UP_TO_BACHELOR: [&str; 6] = ["kindergarten", "compulsory", "senior-high", "vocational", "junior-college", "bachelor"];

/// The first day there is, of what has always been so.
const ALWAYS: Day = (0, 1, 1);

impl<N: Number> Home<N> {
    /// The facts of this household on a day.
    #[must_use]
    pub fn told(household: &Value, today: &str) -> Self {
        let members = list(&household["members"]);
        let number = |id: &Value| members.iter().position(|member| member["id"] == *id);
        let assessed = |test: &str| list(&household["assessments"]).iter().find(|own| own["test"] == test)?["holds"].as_bool();
        Self {
            today: read(today),
            members: members.iter().map(member).collect(),
            standing: list(&household["standing"]).iter().map(|own| standing(own, number(&own["member"]))).collect(),
            assets: assessed("assets-within-limit"),
            borderline_assets: assessed("borderline-assets-within-limit"),
            savings: money(&household["assets"]["financial"]),
            consents: household["application"]["verificationConsent"] != false,
            bills: list(&household["bills"]).iter().map(|own| bill(own, number(&own["member"]).expect("a member"))).collect(),
        }
    }
}

impl<N: Number> Numbers<N> {
    /// The numbers of the district in March 2026, with the published days off.
    #[must_use]
    pub fn published() -> Self {
        let years = read_json(&root().join("policy-tables/national/calendar.json"));
        let days = |name: &str| {
            let mut all: Vec<Day> = list(&years["years"]).iter().flat_map(|year| list(&year[name]).iter().map(day)).collect();
            all.sort_unstable();
            all
        };
        Self::of_march_2026(days("holidays"), days("workingWeekends"))
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn read(text: &str) -> Day {
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().expect("a number")).collect();
    (parts[0], parts[1], parts[2])
}

/// A day, or never.
fn day(value: &Value) -> Day {
    value.as_str().filter(|text| *text != "none").map_or(NEVER, read)
}

fn period(value: &Value) -> (Day, Day) {
    (if value["from"].is_null() { ALWAYS } else { day(&value["from"]) }, day(&value["until"]))
}

fn money<N: Number>(value: &Value) -> N {
    N::of_fen(value.as_str().map_or(0, |text| text.replace('.', "").parse().expect("an amount")))
}

fn area(value: &Value) -> u32 {
    value.as_str().and_then(|code| code.parse().ok()).expect("an area")
}

fn stays(value: &Value) -> Vec<(u32, Day, Day)> {
    list(value).iter().map(|own| (area(&own["area"]), period(own).0, period(own).1)).collect()
}

fn member<N: Number>(told: &Value) -> Member<N> {
    let word = |value: &Value, wanted: &[&str]| value.as_str().is_some_and(|own| wanted.contains(&own));
    let card = &told["disabilityCard"];
    let prison = &told["imprisoned"];
    Member {
        relation: match told["relation"].as_str() {
            Some("self") => Relation::Oneself,
            Some("spouse") => Relation::Spouse,
            Some("child") => Relation::Child,
            Some("parent") => Relation::Parent,
            _ => Relation::Other,
        },
        birth: day(&told["birthDate"]),
        lives_with: told["livesWithHousehold"]["value"] == true,
        support_duty: told["supportDuty"] == true,
        in_school: told["schooling"]["fullTime"] == true && word(&told["schooling"]["stage"], &UP_TO_BACHELOR),
        unable: told["workAbility"] == "unable",
        jobless: told["employment"]["status"] == "unemployed",
        refusals: list(&told["employment"]["refusedOn"]).iter().map(day).collect(),
        registered: stays(&told["registeredArea"]),
        lives_in: stays(&told["usualResidence"]),
        urban: told["registeredSettlement"] == "urban",
        incomes: list(&told["incomes"])
            .iter()
            .map(|own| Income {
                counts: word(&own["kind"], &COUNTED),
                gross: money(&own["gross"]),
                costs: money(&own["costs"]),
                months: own["months"].as_i64().expect("a number of months"),
            })
            .collect(),
        paid: list(&told["transfersPaid"]).iter().map(|own| (own["kind"] != "other", money(&own["amount"]))).collect(),
        disabilities: list(&told["disabilities"])
            .iter()
            .map(|own| (word(&own["kind"], &["vision", "limb"]), own["grade"].as_i64().expect("a grade")))
            .collect(),
        card: match card["state"].as_str() {
            Some("valid" | "reissuing") => Card::InHand,
            Some("expired") => Card::Expired,
            _ => Card::None,
        },
        card_issued: card["issuedOn"].as_str().map_or(ALWAYS, read),
        card_expires: day(&card["expiresOn"]),
        died: day(&told["diedOn"]),
        imprisoned: (day(&prison["from"]), day(&prison["until"])),
        judged: if prison["judgmentOn"].is_null() { day(&prison["from"]) } else { day(&prison["judgmentOn"]) },
        rehabilitation: (day(&told["compulsoryRehab"]["from"]), day(&told["compulsoryRehab"]["until"])),
        missing: day(&told["declaredMissingOn"]),
        clergy: day(&told["clergySince"]),
        service_injury: told["serviceInjuryCard"]["grade"].as_i64().unwrap_or(0),
        in_child_welfare: told["carePlace"]["kind"] == "child-welfare-institution",
        draws: draws(&told["receiving"]),
        ability: ability(&told["ability"]),
        lives_alone: told["groups"]["livesAlone"] == true,
        family_planning_special: told["groups"]["familyPlanningSpecial"] == true,
    }
}

fn draws(receiving: &Value) -> Vec<Drawn> {
    let is_paying = |name: &str| receiving[name]["state"] == "paying";
    let all = [
        (Drawn::Orphan, is_paying("orphan-allowance")),
        (Drawn::UnattendedInFull, is_paying("unattended-child-allowance") && receiving["unattended-child-allowance"]["full"] == true),
        (Drawn::WorkInjuryNursing, is_paying("work-injury-nursing")),
        (Drawn::InstitutionalCare, is_paying("institutional-care-subsidy")),
    ];
    all.into_iter().filter(|(_, draws)| *draws).map(|(what, _)| what).collect()
}

/// The level, or what a score of GB/T 42195-2022 gives: worse by one for a diagnosis or for falls, and for both by one or two.
fn ability(told: &Value) -> (i64, i64) {
    const LEVELS: [&str; 5] = ["intact", "mild", "moderate", "severe", "complete"];
    if let Some(level) = LEVELS.iter().position(|level| told["level"] == *level) {
        let level = i64::try_from(level).expect("a small number");
        return (level, level);
    }
    let score = told["score"].as_i64().expect("a level or a score");
    let band = i64::try_from([90, 66, 46, 30].iter().filter(|least| score < **least).count()).expect("a small number");
    let reasons = i64::from(told["diagnosis"] == true) + i64::from(told["riskEvents30Days"].as_i64() >= Some(2));
    if told["coma"] == true { (4, 4) } else { ((band + reasons.min(1)).min(4), (band + reasons).min(4)) }
}

fn standing(told: &Value, member: Option<usize>) -> (Status, Day, Day) {
    let status = match told["status"].as_str() {
        Some("destitute-support") => Status::Destitute(member.expect("whose it is")),
        Some("minimum-living-allowance") => Status::Allowance,
        Some("borderline-household") => Status::Borderline,
        Some("essential-expense-hardship") => Status::Hardship,
        Some("low-income") => Status::LowIncome,
        _ => Status::Nothing,
    };
    (status, period(told).0, period(told).1)
}

fn bill<N: Number>(told: &Value, eater: usize) -> Bill<N> {
    Bill {
        eater,
        is_meal: told["category"] == "meal",
        breakfast: told["meal"] == "breakfast",
        lunch: told["meal"] == "lunch",
        on: day(&told["date"]),
        area: area(&told["area"]),
        price: money(&told["listPrice"]),
        listed: told["listedProvider"] == true,
    }
}
