//! The limit that the bench holds the engine's time against decides the same rules: of households drawn around the one of the
//! bench, with every fact told, both say the same.

use huisuan_core::{Engine, Question};
use huisuan_tests::by_hand::{BENEFITS, Home, Number, Numbers, decide};
use huisuan_tests::population::Dice;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::support::{assert_none, engine, is_thorough, read_json, root};

/// What a fact of a member may be instead, beside what the household of the bench says.
fn of_member(name: &str) -> Vec<Value> {
    let stay = |area: &str, from: &str, until: &str| json!([{ "area": area, "from": from, "until": until }]);
    let stays = |elsewhere: &str| {
        vec![
            stay("990101", "2010-01-01", "2099-01-01"),
            stay(elsewhere, "2010-01-01", "2099-01-01"),
            stay("990101", "2026-03-18", "2099-01-01"),
            stay("990101", "2026-03-19", "2099-01-01"),
            stay("990101", "2010-01-01", "2026-03-18"),
            json!([{ "area": elsewhere, "from": "2001-01-01", "until": "2020-05-01" }, { "area": "990101", "from": "2020-05-01" }]),
        ]
    };
    let income =
        |kind: &str, gross: &str, costs: &str, months: i64| json!({ "kind": kind, "gross": gross, "costs": costs, "months": months });
    match name {
        "relation" => vec![json!("spouse"), json!("child"), json!("parent"), json!("sibling"), json!("grandparent")],
        "birthDate" => [
            "2012-09-01",
            "2010-03-18",
            "2010-03-19",
            "2008-03-18",
            "2008-03-19",
            "1966-03-18",
            "1966-03-19",
            "1960-01-05",
            "1956-03-18",
            "1956-03-19",
            "1951-03-31",
            "1951-04-01",
            "1946-03-18",
            "1941-03-20",
            "1940-11-02",
            "1936-03-19",
            "1926-03-18",
            "1926-03-19",
        ]
        .map(|day| json!(day))
        .to_vec(),
        "livesWithHousehold" => vec![json!({ "value": true }), json!({ "value": false })],
        "supportDuty" | "activeSoldier" => vec![json!(true), json!(false)],
        "schooling" => vec![
            json!({ "fullTime": false, "stage": "none" }),
            json!({ "fullTime": true, "stage": "bachelor" }),
            json!({ "fullTime": true, "stage": "master" }),
            json!({ "fullTime": false, "stage": "bachelor" }),
        ],
        "workAbility" => vec![json!("full"), json!("partial"), json!("unable")],
        "employment" => vec![
            json!({ "status": "unemployed", "refusedOn": ["2025-01-02", "2025-06-03", "2026-03-18"] }),
            json!({ "status": "unemployed", "refusedOn": ["2025-01-02", "2025-06-03", "2026-03-19"] }),
            json!({ "status": "retired", "refusedOn": ["2025-01-02", "2025-06-03", "2025-07-01", "2025-08-01"] }),
        ],
        "registeredArea" => stays("370683"),
        "usualResidence" => stays("990102"),
        "registeredSettlement" => vec![json!("urban"), json!("rural")],
        "incomes" => vec![
            json!([]),
            json!([income("wages", "1100.00", "0.00", 1), income("gift", "10000.00", "0.00", 12)]),
            json!([income("wages", "4400.00", "150.10", 1)]),
            json!([income("pension", "3300.00", "0.00", 1), income("advanced-age-allowance", "900.00", "0.00", 1)]),
            json!([income("business", "29000.00", "40000.00", 7), income("scholarship", "9000.00", "0.00", 3)]),
            json!([income("resident-pension", "2110.05", "0.00", 9), income("child-allowance", "500.00", "0.00", 1)]),
        ],
        "transfersPaid" => vec![
            json!([]),
            json!([{ "kind": "tax", "amount": "90.01" }, { "kind": "maintenance", "amount": "800.00" }]),
            json!([{ "kind": "other", "amount": "2000.00" }]),
        ],
        "disabilities" => vec![
            json!([]),
            json!([{ "kind": "hearing", "grade": 1 }]),
            json!([{ "kind": "vision", "grade": 2 }, { "kind": "mental", "grade": 3 }]),
            json!([{ "kind": "limb", "grade": 3 }, { "kind": "speech", "grade": 2 }]),
            json!([{ "kind": "limb", "grade": 4 }]),
        ],
        "disabilityCard" => vec![
            json!({ "state": "valid", "issuedOn": "2026-03-18", "expiresOn": "2036-03-17" }),
            json!({ "state": "valid", "issuedOn": "2026-03-19", "expiresOn": "2036-03-18" }),
            json!({ "state": "reissuing", "issuedOn": "2016-03-19", "expiresOn": "2026-03-01" }),
            json!({ "state": "expired", "issuedOn": "2016-02-19", "expiresOn": "2026-02-28" }),
            json!({ "state": "expired", "issuedOn": "2016-03-02", "expiresOn": "2026-03-01" }),
            json!({ "state": "frozen", "issuedOn": "2016-03-02", "expiresOn": "2030-03-01" }),
            json!({ "state": "none" }),
        ],
        "diedOn" => vec![json!("none"), json!("2026-03-18"), json!("2026-03-01"), json!("2026-02-28"), json!("2026-03-19")],
        "declaredMissingOn" => vec![json!("none"), json!("2026-03-18"), json!("2026-03-19")],
        "clergySince" => vec![json!("none"), json!("2025-03-18"), json!("2025-03-19")],
        "compulsoryRehab" => vec![
            json!({ "from": "none" }),
            json!({ "from": "2025-03-18", "until": "2026-03-18" }),
            json!({ "from": "2026-03-18", "until": "2028-03-18" }),
        ],
        "imprisoned" => vec![
            json!({ "from": "none" }),
            json!({ "from": "2026-03-18", "judgmentOn": "2026-03-18", "until": "2030-01-01" }),
            json!({ "from": "2025-11-05", "judgmentOn": "2025-10-05", "until": "2026-03-18" }),
            json!({ "from": "2026-03-05", "judgmentOn": "2026-02-28", "until": "2026-03-19" }),
            json!({ "from": "2025-11-05", "judgmentOn": "2026-03-02", "until": "2030-01-01" }),
        ],
        "serviceInjuryCard" => {
            vec![json!({ "kind": "none" }), json!({ "kind": "soldier", "grade": 4 }), json!({ "kind": "police", "grade": 5 })]
        }
        "carePlace" => vec![json!({ "kind": "home" }), json!({ "kind": "child-welfare-institution" })],
        "receiving" => {
            let draws = |what: &str, full: bool| json!({ what: { "state": "paying", "monthly": "100.00", "full": full }, "noOther": true });
            vec![
                json!({ "noOther": true }),
                draws("orphan-allowance", true),
                draws("unattended-child-allowance", true),
                draws("unattended-child-allowance", false),
                draws("work-injury-nursing", true),
                draws("institutional-care-subsidy", true),
                json!({ "orphan-allowance": { "state": "stopped" }, "noOther": true }),
            ]
        }
        "ability" => {
            let scale = "gbt-42195-2022";
            let scored = |score: i64, coma: bool, diagnosis: bool, falls: i64| {
                let reasons = (coma, diagnosis, falls);
                json!({ "scale": scale, "score": score, "coma": reasons.0, "diagnosis": reasons.1, "riskEvents30Days": reasons.2 })
            };
            let level = |level: &str| json!({ "scale": scale, "level": level });
            vec![
                level("intact"),
                level("mild"),
                level("moderate"),
                level("severe"),
                level("complete"),
                scored(90, false, true, 2),
                scored(66, false, false, 3),
                scored(65, false, false, 1),
                scored(50, false, true, 1),
                scored(89, false, true, 4),
                scored(80, true, false, 0),
                scored(30, false, false, 0),
            ]
        }
        "groups" => vec![
            json!({ "noOther": true }),
            json!({ "livesAlone": true, "noOther": true }),
            json!({ "familyPlanningSpecial": true, "noOther": true }),
        ],
        _ => panic!("no values for {name}"),
    }
}

/// What a fact of the household may be instead.
fn of_household(name: &str) -> Vec<Value> {
    let standing = |status: &str, from: &str, until: &str| json!({ "status": status, "from": from, "until": until });
    let of_d = |from: &str| json!({ "status": "destitute-support", "member": "d", "from": from, "until": "2030-01-01" });
    let bill = |meal: &str, date: &str, price: &str, area: &str, listed: bool| {
        json!({ "category": "meal", "member": "d", "meal": meal, "date": date, "listPrice": price, "area": area, "listedProvider": listed,
            "delivered": false })
    };
    match name {
        "standing" => vec![
            json!([]),
            json!([standing("minimum-living-allowance", "2025-01-01", "2027-01-01")]),
            json!([standing("minimum-living-allowance", "2025-01-01", "2026-03-18")]),
            json!([standing("borderline-household", "2026-03-18", "2027-01-01")]),
            json!([standing("low-income", "2025-03-18", "2027-01-01")]),
            json!([standing("none", "2025-03-18", "2027-01-01")]),
            json!([of_d("2020-01-01")]),
            json!([of_d("2026-03-19"), standing("borderline-household", "2026-03-18", "2027-01-01")]),
        ],
        "assessments" => vec![
            json!([]),
            json!([{ "test": "assets-within-limit", "holds": false }, { "test": "borderline-assets-within-limit", "holds": true }]),
            json!([{ "test": "assets-within-limit", "holds": false }, { "test": "borderline-assets-within-limit", "holds": false }]),
        ],
        "assets" => {
            ["0.00", "39600.00", "118800.00", "158400.00", "158400.01", "300000.00"].map(|yuan| json!({ "financial": yuan })).to_vec()
        }
        "application" => vec![json!({ "appliedOn": "2026-03-02", "decidedOn": "2026-03-18", "verificationConsent": false })],
        "bills" => vec![
            json!([]),
            json!([bill("lunch", "2026-03-17", "2.50", "990101", true), bill("dinner", "2026-03-17", "25.00", "990101", true)]),
            json!([bill("lunch", "2026-02-14", "18.00", "990101", true), bill("lunch", "2026-02-16", "18.00", "990101", true)]),
            json!([bill("breakfast", "2026-03-01", "1.00", "990101", true), bill("breakfast", "2026-03-01", "6.20", "990101", false)]),
            json!([
                bill("dinner", "2026-03-14", "5.00", "990101", true),
                bill("dinner", "2026-03-14", "5.20", "990101", true),
                bill("lunch", "2026-03-14", "30.00", "990101", true)
            ]),
        ],
        _ => panic!("no values for {name}"),
    }
}

const OF_MEMBER: [&str; 25] = [
    "relation",
    "birthDate",
    "livesWithHousehold",
    "supportDuty",
    "schooling",
    "workAbility",
    "employment",
    "registeredArea",
    "usualResidence",
    "registeredSettlement",
    "incomes",
    "transfersPaid",
    "disabilities",
    "disabilityCard",
    "diedOn",
    "declaredMissingOn",
    "clergySince",
    "compulsoryRehab",
    "imprisoned",
    "serviceInjuryCard",
    "carePlace",
    "receiving",
    "ability",
    "groups",
    "activeSoldier",
];
const OF_HOUSEHOLD: [&str; 5] = ["standing", "assessments", "assets", "application", "bills"];

/// The household of the bench with every fact told that another household of the district is asked for.
fn complete() -> (Value, String) {
    let case = read_json(&root().join("tests/bench/household.json"));
    let mut household = case["household"].clone();
    for member in household["members"].as_array_mut().expect("members") {
        for name in OF_MEMBER.iter().filter(|name| **name != "relation") {
            if member[name].is_null() {
                member[name] = of_member(name).remove(0);
            }
        }
        member["maritalStatus"] = json!("married");
    }
    (household, case["date"].as_str().expect("a date").to_owned())
}

/// Amounts in fen as the engine has them, in the order of the limit; nothing where it leaves one open.
fn by_engine(engine: &Engine, household: &Value, date: &str) -> Vec<Option<i64>> {
    let decision = engine.evaluate(&household.to_string(), Question::on(date)).unwrap_or_else(|errors| panic!("{errors:?} in {household}"));
    let result = serde_json::to_value(decision).expect("JSON");
    let entries = result["benefits"].as_array().expect("entries");
    let amount = |benefit: &str, key: &str, of: Value| {
        let own = |entry: &&Value| entry["benefit"] == benefit && entry[key] == of;
        let entry = entries.iter().find(own).unwrap_or_else(|| panic!("no {benefit} of {of} in {household}"));
        match (entry["outcome"].as_str(), &entry["amount"]["value"]) {
            // For another district to decide.
            _ if entry["area"] != "990101" => Some(0),
            (Some("eligible"), Value::String(yuan)) => Some(yuan.replace('.', "").parse().expect("an amount")),
            (Some("ineligible"), _) => Some(0),
            _ => None,
        }
    };
    let mut all = vec![amount(BENEFITS[0], "member", Value::Null)];
    for member in household["members"].as_array().expect("members") {
        all.extend(BENEFITS[1..7].iter().map(|benefit| amount(benefit, "member", member["id"].clone())));
    }
    let bills = household["bills"].as_array().expect("bills").len();
    all.extend((0..bills).map(|bill| amount(BENEFITS[7], "bill", json!(format!("bills/{bill}")))));
    all
}

fn in_fen<N: Number>(household: &Value, date: &str) -> Vec<Option<i64>> {
    let mut paid = Vec::new();
    decide::<N>(&Home::told(household, date), &Numbers::published(), &mut paid);
    paid.into_iter().map(|amount| amount.map(N::fen)).collect()
}

#[test]
fn the_limit_of_the_bench_decides_what_the_engine_decides() {
    let (base, date) = complete();
    let decider = Engine::new(engine().tables().clone()).only(&BENEFITS).expect("benefits there are");
    let mut wrong = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for number in 0..if is_thorough() { 100_000_u64 } else { 1_000 } {
        let mut dice = Dice::new(number);
        let mut household = base.clone();
        for _ in 0..dice.number(0_i64, 12) {
            if dice.percent(25) {
                let name = dice.one_of(&OF_HOUSEHOLD);
                let all = of_household(name);
                household[name] = all[dice.below(all.len())].clone();
                continue;
            }
            let (name, who) = (dice.one_of(&OF_MEMBER), dice.below(4));
            let all = of_member(name);
            // Which district decides is not among the rules: the applicant is of this one.
            if who > 0 || !["relation", "registeredArea", "usualResidence"].contains(&name) {
                household["members"][who][name] = all[dice.below(all.len())].clone();
            }
        }
        let (fen, decimal) = (in_fen::<i64>(&household, &date), in_fen::<Decimal>(&household, &date));
        let engine = by_engine(&decider, &household, &date);
        if fen != engine || decimal != engine {
            let all = (0..engine.len()).map(|at| (at, engine[at], fen[at], decimal[at]));
            let differ: Vec<_> = all.filter(|(_, engine, fen, decimal)| engine != fen || engine != decimal).collect();
            wrong.push(format!("{differ:?} by the engine and by hand: {household}"));
        }
        for (at, amount) in engine.iter().enumerate() {
            // The household's own, six for each of four people, then the meals.
            let which = if (1..=24).contains(&at) { (at - 1) % 6 + 1 } else { at.min(7) };
            seen.insert((which, amount.map(|fen| fen > 0)));
        }
        if wrong.len() > 4 {
            break;
        }
    }
    assert_none("rules of the bench", &wrong);
    assert!(seen.len() >= 20, "too little is decided: {seen:?}");
}
