//! Draws what concerns the household as a whole: the application, what offices have decided, property, bills.

use huisuan_core::area::AreaCode;
use huisuan_core::date::Date;
use huisuan_core::household::dictionary::{
    BillCategory, BusinessKind, Channel, ExemptReason, ExpenseKind, IncidentKind, Names, ObligorState, Status, VehiclePurpose,
};
use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::people::{Person, back, disability_of_another, monthly, text, yuan};
use super::{Place, object};

pub(super) fn of(place: &Place, home: AreaCode, people: &[Person], date: Date, dice: &mut Dice) -> Map<String, Value> {
    object([
        ("schemaVersion", json!(1)),
        ("application", application(home, people, date, dice)),
        ("assessments", assessments(date, dice)),
        ("choices", choices(dice)),
        ("standing", standing(people, home, date, dice)),
        ("land", land(dice)),
        ("dwellings", dwellings(date, dice)),
        ("assets", assets(place, people, date, dice)),
        ("expenses", expenses(place, people, date, dice)),
        ("incident", incident(place, date, dice)),
        ("bills", bills(place, people, date, dice)),
        ("obligors", obligors(place, people, date, dice)),
    ])
}

fn application(home: AreaCode, people: &[Person], date: Date, dice: &mut Dice) -> Value {
    let applied = back(date, dice.number(0, 70));
    let decided = back(date, dice.number(0, 20)).max(applied);
    let mut all = object([
        ("appliedOn", text(applied)),
        ("completeOn", text(applied)),
        ("receivedOn", text(applied)),
        ("decidedOn", text(decided)),
        ("acceptingArea", json!(home.to_string())),
        ("channel", json!(dice.one_of(Channel::ALL).name())),
        ("benefits", applied_for(dice)),
        ("applicantId", json!(people[0].id)),
        ("verificationConsent", json!(!dice.percent(4))),
    ]);
    if people[0].age < 16 {
        all.insert("agentRelation".to_owned(), json!("guardian"));
    }
    Value::Object(all)
}

/// What the person chose where only one may be drawn.
fn choices(dice: &mut Dice) -> Value {
    match dice.number(0_u32, 19) {
        0 => json!({ "living": "disability-living-subsidy" }),
        1 => json!({ "nursing": "disability-nursing-subsidy" }),
        _ => json!({}),
    }
}

fn applied_for(dice: &mut Dice) -> Value {
    if dice.percent(50) {
        json!([])
    } else {
        json!([dice.one_of(&["minimum-living-allowance", "disability-living-subsidy", "disability-nursing-subsidy"])])
    }
}

fn assessments(date: Date, dice: &mut Dice) -> Value {
    const TESTS: [&str; 5] = [
        "assets-within-limit",
        "borderline-assets-within-limit",
        "hardship-assets-within-limit",
        "destitute-assets-within-limit",
        "expenditure-test",
    ];
    let mut all = Vec::new();
    for test in TESTS {
        if dice.percent(70) {
            let mut one = object([("test", json!(test)), ("holds", json!(dice.percent(85)))]);
            if dice.percent(5) {
                one.insert("member".to_owned(), json!("a"));
            }
            if dice.percent(10) {
                one.insert("by".to_owned(), json!("street office"));
                one.insert("on".to_owned(), text(back(date, 30)));
            }
            all.push(Value::Object(one));
        }
    }
    Value::Array(all)
}

fn standing(people: &[Person], area: AreaCode, date: Date, dice: &mut Dice) -> Value {
    if !dice.percent(45) {
        return json!([]);
    }
    let status = if dice.percent(60) { Status::MinimumLivingAllowance } else { dice.one_of(Status::ALL) };
    let mut one =
        object([("status", json!(status.name())), ("area", json!(area.to_string())), ("from", text(back(date, dice.number(0, 900))))]);
    if matches!(status, Status::DestituteSupport | Status::CoveredIndividually) {
        one.insert("member".to_owned(), json!(people[dice.below(people.len())].id));
    }
    if status == Status::MinimumLivingAllowance && dice.percent(50) {
        one.insert("class".to_owned(), json!(dice.one_of(&["first", "second", "third"])));
    }
    if dice.percent(15) {
        one.insert("until".to_owned(), text(Date::from_days(date.days() + dice.number(-60, 300)).unwrap_or(date)));
        one.insert("from".to_owned(), text(back(date, 1000)));
    }
    json!([one])
}

fn land(dice: &mut Dice) -> Value {
    let mut all = object([("noOther", json!(true))]);
    for name in ["contracted", "collectiveShare", "relocatedToTown"] {
        if dice.percent(25) {
            all.insert(name.to_owned(), json!(true));
        }
    }
    Value::Object(all)
}

fn dwellings(date: Date, dice: &mut Dice) -> Value {
    let uses = ["home", "home", "rented-out", "empty", "business"];
    let count = dice.weighted(&[(2, 0_usize), (10, 1), (2, 2)]);
    let dwelling = |at: usize| {
        let used = if at == 0 { "home" } else { dice.one_of(&uses) };
        let (area, since) = (dice.number(20_i64, 160), back(date, dice.number(200, 6000)));
        json!({ "use": used, "floorArea": area, "legal": !dice.percent(5), "since": text(since) })
    };
    (0..count).map(dwelling).collect()
}

fn assets(place: &Place, people: &[Person], date: Date, dice: &mut Dice) -> Value {
    let heads = i64::try_from(people.len()).unwrap_or(1);
    // Around so many months' standards, where property limits lie.
    let months = dice.one_of(&[0_i64, 1, 6, 12, 24, 48, 48, 72, 96]);
    let base = place.limits.first().copied().unwrap_or(60_000);
    let financial = (base * heads * months + dice.one_of(&[-1, 0, 1, 500_000])).clamp(0, 9_000_000_000);
    let vehicles: Value = if dice.percent(8) {
        json!([{ "purpose": dice.one_of(VehiclePurpose::ALL).name(), "value": yuan(dice.number(100_000_i64, 9_000_000)) }])
    } else {
        json!([])
    };
    let businesses: Value = if dice.percent(4) {
        json!([{ "kind": dice.one_of(BusinessKind::ALL).name(), "capital": yuan(dice.number(0_i64, 20_000_000)) }])
    } else {
        json!([])
    };
    let exempt: Value = if dice.percent(5) {
        let reason = dice.one_of(ExemptReason::ALL).name();
        json!([{ "reason": reason, "amount": yuan(dice.number(0_i64, 3_000_000)), "on": text(back(date, 100)) }])
    } else {
        json!([])
    };
    let outgoings: Value = if dice.percent(4) {
        json!([{ "amount": yuan(dice.number(500_000_i64, 9_000_000)), "on": text(back(date, 60)) }])
    } else {
        json!([])
    };
    json!({ "financial": yuan(financial), "vehicles": vehicles, "businesses": businesses, "exempt": exempt, "largeOutgoings": outgoings })
}

fn expenses(place: &Place, people: &[Person], date: Date, dice: &mut Dice) -> Value {
    let count = dice.weighted(&[(6, 0_usize), (3, 1), (2, 2)]);
    let one = |dice: &mut Dice| {
        let gross = monthly(place, dice) * dice.one_of(&[1_i64, 6, 12, 24]);
        let insurance = if dice.percent(60) { gross / 2 } else { 0 };
        let assistance = if dice.percent(20) { (gross - insurance) / 3 } else { 0 };
        let kind = dice.weighted(&[
            (6, ExpenseKind::Medical),
            (3, ExpenseKind::Education),
            (1, ExpenseKind::Rehabilitation),
            (1, ExpenseKind::Disaster),
            (1, ExpenseKind::Living),
            (1, ExpenseKind::Housing),
        ]);
        let mut all = object([
            ("kind", json!(kind.name())),
            ("member", json!(people[dice.below(people.len())].id)),
            ("gross", yuan(gross.min(50_000_000))),
            ("insurancePaid", yuan(insurance.min(20_000_000))),
            ("assistancePaid", yuan(assistance.min(5_000_000))),
        ]);
        if dice.percent(30) {
            all.insert("month".to_owned(), text(back(date, dice.number(0, 500))));
        }
        Value::Object(all)
    };
    (0..count).map(|_| one(dice)).collect()
}

fn incident(place: &Place, date: Date, dice: &mut Dice) -> Value {
    if !dice.percent(15) {
        return Value::Null;
    }
    let mut all = json!({
        "kind": dice.one_of(IncidentKind::ALL).name(),
        "area": place.area.to_string(),
        "date": text(back(date, dice.number(0, 200))),
        "loss": yuan(dice.number(0_i64, 6_000_000)),
        "selfPaid": yuan(dice.number(0_i64, 6_000_000)),
        "grantsThisYear": dice.weighted(&[(8, 0_i64), (2, 1), (1, 2)]),
    });
    all["grantedThisYear"] = yuan(all["grantsThisYear"].as_i64().unwrap_or(0) * 150_000);
    all
}

fn bills(place: &Place, people: &[Person], date: Date, dice: &mut Dice) -> Value {
    let Some(eater) = people.iter().find(|one| one.age >= 60).filter(|_| dice.percent(45)) else { return json!([]) };
    let count = dice.weighted(&[(6, 1_usize), (3, 2), (1, 5)]);
    (0..count).map(|_| bill(place, eater, date, dice)).collect()
}

fn bill(place: &Place, eater: &Person, date: Date, dice: &mut Dice) -> Value {
    let category = if dice.percent(70) { BillCategory::Meal } else { dice.one_of(BillCategory::ALL) };
    let is_meal = category == BillCategory::Meal;
    let price = dice.one_of(&[500_i64, 1_000, 1_200, 1_500, 1_650, 2_000, 2_001]) * if is_meal { 1 } else { 100 };
    json!({
        "category": category.name(),
        "member": eater.id,
        "meal": dice.weighted(&[(1, "breakfast"), (6, "lunch"), (3, "dinner")]),
        "date": text(back(date, dice.number(0, 10))),
        "listPrice": yuan(price),
        "area": place.area.to_string(),
        "listedProvider": !dice.percent(8),
        "insurancePaid": yuan(if is_meal { 0 } else { price / 4 }),
        "delivered": dice.percent(30),
        "distanceKm": dice.number(0_i64, 6),
        "stayDays": dice.one_of(&[0_i64, 3, 14, 15, 29, 30, 60]),
    })
}

fn obligors(place: &Place, people: &[Person], date: Date, dice: &mut Dice) -> Value {
    let mut all = Vec::new();
    for one in people.iter().filter(|one| one.age >= 60) {
        for _ in 0..dice.weighted(&[(4, 0_usize), (3, 1), (1, 2)]) {
            all.push(obligor(place, one, date, dice));
        }
    }
    Value::Array(all)
}

fn obligor(place: &Place, one: &Person, date: Date, dice: &mut Dice) -> Value {
    let statuses =
        [(6, Status::Nothing), (1, Status::MinimumLivingAllowance), (1, Status::DestituteSupport), (1, Status::BorderlineHousehold)];
    let states = [(8, ObligorState::Present), (1, ObligorState::Missing), (1, ObligorState::Imprisoned), (1, ObligorState::Died)];
    json!({
        "forMember": one.id,
        "relation": dice.one_of(&["child", "child", "spouse", "grandchild"]),
        "birthDate": text(back(date, dice.number(18, 70) * 365 + dice.number(0, 364))),
        "monthlyIncome": yuan(monthly(place, dice)),
        "assetsWithinLimit": dice.percent(80),
        "disabilities": disability_of_another(dice),
        "standing": dice.weighted(&statuses).name(),
        "state": dice.weighted(&states).name(),
        "consent": !dice.percent(10),
    })
}
