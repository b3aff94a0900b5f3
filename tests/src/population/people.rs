//! Draws the people of a household and all that a benefit may ask about them.

use huisuan_core::area::AreaCode;
use huisuan_core::date::Date;
use huisuan_core::household::dictionary::{AbilityLevel, Benefit, DisabilityKind, IncomeKind, Names, ParentState, Relation, TransferKind};
use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::{Place, Population, affairs, object};

/// How a household is made up: each person's relation and the span of ages.
type Family = &'static [(Relation, i32, i32)];

const FAMILIES: &[(u32, Family)] = &[
    (14, &[(Relation::Oneself, 60, 104)]),
    (10, &[(Relation::Oneself, 58, 95), (Relation::Spouse, 55, 95)]),
    (10, &[(Relation::Oneself, 22, 59)]),
    (10, &[(Relation::Oneself, 22, 59), (Relation::Spouse, 22, 59)]),
    (14, &[(Relation::Oneself, 25, 50), (Relation::Spouse, 25, 50), (Relation::Child, 0, 22)]),
    (12, &[(Relation::Oneself, 28, 50), (Relation::Spouse, 28, 50), (Relation::Child, 6, 24), (Relation::Child, 0, 16)]),
    (8, &[(Relation::Oneself, 25, 55), (Relation::Child, 0, 24)]),
    (8, &[(Relation::Oneself, 30, 55), (Relation::Spouse, 30, 55), (Relation::Child, 3, 24), (Relation::Parent, 60, 100)]),
    (6, &[(Relation::Oneself, 40, 62), (Relation::Parent, 66, 101)]),
    (4, &[(Relation::Oneself, 58, 80), (Relation::Grandchild, 0, 19)]),
    (4, &[(Relation::Oneself, 0, 19)]),
];

/// One person while being drawn.
pub(super) struct Person {
    pub id: String,
    relation: Relation,
    birth: Date,
    pub age: i32,
    disabilities: Vec<(DisabilityKind, i64)>,
}

pub(super) fn household(population: &Population, place: &Place, date: Date, dice: &mut Dice) -> Map<String, Value> {
    let family = dice.weighted(FAMILIES);
    let people: Vec<Person> = family.iter().enumerate().map(|(at, member)| person(at, *member, date, dice)).collect();
    let mut home = place.area;
    if dice.percent(8) {
        home = population.elsewhere(dice);
    }
    let members: Vec<Value> = people.iter().map(|one| member(population, place, home, one, &people, date, dice)).collect();
    let mut top = affairs::of(place, home, &people, date, dice);
    top.insert("members".to_owned(), Value::Array(members));
    top
}

pub(super) fn text(date: Date) -> Value {
    json!(date.to_string())
}

pub(super) fn back(date: Date, days: i32) -> Date {
    Date::from_days(date.days() - days).unwrap_or(date)
}

/// A day at most so many days ago, not before somebody's birth.
fn since(date: Date, birth: Date, most: i32, dice: &mut Dice) -> Date {
    back(date, dice.number(0, most)).max(birth)
}

pub(super) fn yuan(fen: i64) -> Value {
    json!(format!("{}.{:02}", fen / 100, fen % 100))
}

/// A monthly amount, often on a limit or a fen beside it.
pub(super) fn monthly(place: &Place, dice: &mut Dice) -> i64 {
    match dice.number(0_u32, 9) {
        0..=3 if !place.limits.is_empty() => {
            let limit = place.limits[dice.below(place.limits.len())];
            let times = dice.one_of(&[1, 1, 1, 2, 3]);
            (limit * times + dice.one_of(&[-1, 0, 0, 1, -10_000, 10_000])).max(0)
        }
        4 => 0,
        5..=7 => dice.number(0_i64, 300) * 1_000,
        _ => dice.number(0_i64, 900_000),
    }
}

fn person(at: usize, (relation, youngest, oldest): (Relation, i32, i32), date: Date, dice: &mut Dice) -> Person {
    let age = dice.number(youngest, oldest);
    let (year, month, day) = date.ymd();
    // Now and then the birthday is the day itself or the next one, or lies in the same month.
    let birth = match dice.number(0_u32, 9) {
        0 => Date::from_ymd(year - age, month, day),
        1 => Date::from_ymd(year - age, month, day).and_then(Date::next_day),
        2 => Date::from_ymd(year - age, month, 15),
        _ => Date::from_ymd(year - age, 1, 1).and_then(|first| Date::from_days(first.days() + dice.number(0, 364))),
    };
    let birth = birth.unwrap_or(date).min(date);
    let disabled = if age >= 60 || dice.percent(15) { dice.percent(55) } else { dice.percent(20) };
    let mut disabilities = Vec::new();
    if disabled {
        disabilities.push((dice.one_of(DisabilityKind::ALL), dice.number(1_i64, 4)));
        if dice.percent(20) {
            let other = (dice.one_of(DisabilityKind::ALL), dice.number(1_i64, 4));
            if other.0 != disabilities[0].0 {
                disabilities.push(other);
            }
        }
    }
    let id = char::from(b'a' + u8::try_from(at).unwrap_or(0)).to_string();
    Person { id, relation, birth, age: year - birth.ymd().0, disabilities }
}

fn disabilities(all: &[(DisabilityKind, i64)]) -> Value {
    all.iter().map(|(kind, grade)| json!({ "kind": kind.name(), "grade": grade })).collect()
}

fn member(population: &Population, place: &Place, home: AreaCode, one: &Person, people: &[Person], date: Date, dice: &mut Dice) -> Value {
    let own = if dice.percent(4) { population.elsewhere(dice) } else { home };
    let adult = one.age >= 18;
    let working_age = (16..60).contains(&one.age);
    let lives = if one.age % 7 == 0 { "rural" } else { "urban" };
    let mut all = object([
        ("id", json!(one.id)),
        ("relation", json!(one.relation.name())),
        ("birthDate", text(one.birth)),
        ("sex", json!(dice.one_of(&["female", "male"]))),
        ("maritalStatus", json!(if one.age < 20 { "single" } else { dice.one_of(&["single", "married", "divorced", "widowed"]) })),
        ("livesWithHousehold", json!({ "value": !dice.percent(5), "since": text(since(date, one.birth, 3000, dice)) })),
        ("supportDuty", json!(true)),
        ("registeredArea", json!([{ "area": own.to_string() }])),
        ("usualSettlement", json!(lives)),
        ("registeredSettlement", json!(dice.one_of(&["urban", "rural"]))),
        ("usualResidence", json!([{ "area": if dice.percent(15) { place.area } else { own }.to_string() }])),
        ("insuredHere", json!({ "area": own.to_string(), "months": dice.number(0_i64, 240) })),
        ("disabilities", disabilities(&one.disabilities)),
        ("disabilityCard", card(one, date, dice)),
        ("longTermCareNeed", care_needed(one, date, dice)),
        ("selfCare", self_care(one, dice)),
        ("carePlace", care_place(one, date, dice)),
        ("services", services(one, dice)),
        ("illness", illness(dice)),
        ("workAbility", json!(dice.weighted(&[(5, "full"), (2, "partial"), (2, "unable")]))),
        ("employment", employment(one, working_age, date, dice)),
        ("schooling", schooling(one, own, dice)),
        ("incomes", incomes(place, one, date, dice)),
        ("transfersPaid", transfers(adult, dice)),
        ("receiving", receiving(place, one, date, dice)),
        ("groups", groups(one, people.len(), dice)),
        ("noFixedIncome", json!(dice.percent(40))),
    ]);
    all.insert("serviceInjuryCard".to_owned(), service_injury(adult, dice));
    if one.age >= 60 {
        all.insert("ability".to_owned(), ability(date, dice));
    }
    if dice.percent(6) {
        all.insert(
            "residencePermit".to_owned(),
            json!({ "area": place.area.to_string(), "from": text(since(date, one.birth, 4000, dice)) }),
        );
    }
    if one.age < 18 {
        all.insert("parents".to_owned(), parents(one, people, date, dice));
    }
    all.insert("parentIds".to_owned(), parent_ids(one, people));
    absences(&mut all, one, date, dice);
    Value::Object(all)
}

fn card(one: &Person, date: Date, dice: &mut Dice) -> Value {
    if one.disabilities.is_empty() {
        return json!({ "state": "none" });
    }
    let issued = since(date, one.birth, 3600, dice);
    let state = dice.weighted(&[(16, "valid"), (2, "expired"), (1, "frozen"), (1, "cancelled"), (1, "reissuing")]);
    let mut card = object([("state", json!(state)), ("issuedOn", text(issued))]);
    let (from, span) = if state == "valid" { (date, 3600) } else { (back(date, 400), 399) };
    card.insert("expiresOn".to_owned(), text(Date::from_days(from.days() + dice.number(0, span)).unwrap_or(date)));
    if state == "reissuing" {
        card.insert("previousExpiredOn".to_owned(), text(back(date, dice.number(1, 200))));
    }
    Value::Object(card)
}

fn care_needed(one: &Person, date: Date, dice: &mut Dice) -> Value {
    if !one.disabilities.is_empty() && dice.percent(60) {
        json!({ "needed": true, "since": text(since(date, one.birth, 400, dice)) })
    } else {
        json!({ "needed": false })
    }
}

fn self_care(one: &Person, dice: &mut Dice) -> Value {
    const ITEMS: [&str; 6] = ["eating", "dressing", "gettingUp", "toilet", "walkingIndoors", "bathing"];
    let frail = one.age >= 75 || one.disabilities.iter().any(|(_, grade)| *grade <= 2);
    let share = if frail { dice.one_of(&[0, 10, 40, 90]) } else { dice.one_of(&[0, 0, 0, 0, 20]) };
    ITEMS
        .into_iter()
        .map(|item| (item.to_owned(), json!(if dice.percent(share) { "unable" } else { "able" })))
        .collect::<Map<_, _>>()
        .into()
}

fn care_place(one: &Person, date: Date, dice: &mut Dice) -> Value {
    let kind = match one.age {
        0..18 => dice.weighted(&[(30, "home"), (1, "child-welfare-institution"), (1, "hospital")]),
        18..60 => dice.weighted(&[(30, "home"), (1, "institution"), (1, "hospital")]),
        _ => dice.weighted(&[(10, "home"), (3, "institution"), (1, "hospital")]),
    };
    json!({ "kind": kind, "approved": dice.percent(80), "since": text(since(date, one.birth, 900, dice)) })
}

fn services(one: &Person, dice: &mut Dice) -> Value {
    let mut all = object([("noOther", json!(true))]);
    for name in ["residentialCare", "homeCareBed", "pooledCare", "upgradeProject"] {
        if one.age >= 60 && dice.percent(8) {
            all.insert(name.to_owned(), json!(true));
        }
    }
    Value::Object(all)
}

fn illness(dice: &mut Dice) -> Value {
    let mut all = object([("noOther", json!(true))]);
    for (name, share) in [("serious", 10), ("rare", 3), ("chronicOnMedication", 12)] {
        if dice.percent(share) {
            all.insert(name.to_owned(), json!(true));
        }
    }
    Value::Object(all)
}

fn employment(one: &Person, working_age: bool, date: Date, dice: &mut Dice) -> Value {
    let status = match one.age {
        0..16 => "not-of-working-age",
        16..24 => dice.one_of(&["student", "student", "employed", "unemployed"]),
        24..60 => dice.one_of(&["employed", "employed", "self-employed", "unemployed"]),
        _ => dice.one_of(&["retired", "retired", "not-of-working-age", "self-employed"]),
    };
    let refused: Vec<Value> = match dice.number(0_u32, 19) {
        0 if working_age => (1..=3).map(|time| text(back(date, time * 30))).collect(),
        1 if working_age => vec![text(back(date, 30))],
        _ => Vec::new(),
    };
    json!({ "status": status, "since": text(since(date, one.birth, 700, dice)), "refusedOn": refused })
}

fn schooling(one: &Person, area: AreaCode, dice: &mut Dice) -> Value {
    let stage = match one.age {
        3..6 => "kindergarten",
        6..15 => "compulsory",
        15..18 => dice.one_of(&["compulsory", "senior-high", "vocational", "none"]),
        18..23 => dice.one_of(&["junior-college", "bachelor", "bachelor", "vocational", "none"]),
        23..30 => dice.one_of(&["none", "none", "none", "bachelor", "master", "doctor"]),
        _ => "none",
    };
    if stage == "none" {
        return json!({ "stage": "none", "fullTime": false });
    }
    json!({ "stage": stage, "fullTime": !dice.percent(10), "area": area.to_string(), "publicSchool": !dice.percent(15) })
}

fn incomes(place: &Place, one: &Person, date: Date, dice: &mut Dice) -> Value {
    if one.age < 16 {
        return if dice.percent(4) {
            json!([{ "kind": "maintenance", "gross": yuan(monthly(place, dice)), "costs": "0.00", "months": 1 }])
        } else {
            json!([])
        };
    }
    let usual: &[IncomeKind] = if one.age >= 60 {
        &[IncomeKind::Pension, IncomeKind::ResidentPension, IncomeKind::ResidentPension, IncomeKind::AdvancedAgeAllowance]
    } else {
        &[IncomeKind::Wages, IncomeKind::Wages, IncomeKind::Business, IncomeKind::UnemploymentBenefit]
    };
    let count = dice.weighted(&[(3, 0), (6, 1), (2, 2)]);
    let mut all = Vec::new();
    for _ in 0..count {
        let kind = if dice.percent(75) { dice.one_of(usual) } else { dice.one_of(IncomeKind::ALL) };
        let months = dice.one_of(&[1_i64, 1, 1, 3, 6, 12, 12]);
        let gross = monthly(place, dice) * months;
        let mut income = object([
            ("kind", json!(kind.name())),
            ("gross", yuan(gross)),
            ("costs", yuan(if dice.percent(25) { gross / dice.number(2_i64, 9) } else { 0 })),
            ("months", json!(months)),
            ("startedOn", text(since(date, one.birth, 900, dice))),
        ]);
        if kind == IncomeKind::ResidentPension {
            income.insert("centralBasicPart".to_owned(), yuan(gross.min(14_300 * months)));
        }
        all.push(Value::Object(income));
    }
    Value::Array(all)
}

fn transfers(adult: bool, dice: &mut Dice) -> Value {
    if !adult || !dice.percent(15) {
        return json!([]);
    }
    json!([{ "kind": dice.one_of(TransferKind::ALL).name(), "amount": yuan(dice.number(0_i64, 60_000)) }])
}

fn receiving(place: &Place, one: &Person, date: Date, dice: &mut Dice) -> Value {
    let mut all = object([("noOther", json!(true))]);
    for benefit in Benefit::ALL {
        if dice.percent(2) {
            let state = dice.weighted(&[(8, "paying"), (1, "stopped"), (1, "none")]);
            let drawn = json!({ "state": state, "monthly": yuan(monthly(place, dice)), "members": 1, "full": dice.percent(50),
                                "from": text(since(date, one.birth, 900, dice)) });
            all.insert(benefit.name().to_owned(), drawn);
        }
    }
    Value::Object(all)
}

fn groups(one: &Person, size: usize, dice: &mut Dice) -> Value {
    let mut all = object([("noOther", json!(true))]);
    for name in ["familyPlanningSpecial", "preferentialTreatment", "publicEmployee", "retiredCadre", "povertyAlleviated"] {
        if one.age >= 18 && dice.percent(5) {
            all.insert(name.to_owned(), json!(true));
        }
    }
    if size == 1 && dice.percent(80) {
        all.insert("livesAlone".to_owned(), json!(true));
    }
    Value::Object(all)
}

fn service_injury(adult: bool, dice: &mut Dice) -> Value {
    if adult && dice.percent(3) {
        json!({ "kind": dice.one_of(&["soldier", "police"]), "grade": dice.number(1_i64, 10) })
    } else {
        json!({ "kind": "none" })
    }
}

fn ability(date: Date, dice: &mut Dice) -> Value {
    let scale = dice.weighted(&[(7, "gbt-42195-2022"), (2, "mzt-039-2013"), (1, "local")]);
    let mut all = object([("scale", json!(scale)), ("assessedOn", text(back(date, dice.number(0, 900))))]);
    if scale == "gbt-42195-2022" {
        let edges = [0_i64, 1, 29, 30, 45, 46, 53, 54, 55, 65, 66, 71, 72, 88, 89, 90];
        let score = if dice.percent(50) { dice.one_of(&edges) } else { dice.number(0_i64, 90) };
        all.insert("score".to_owned(), json!(score));
        all.insert("coma".to_owned(), json!(dice.percent(2)));
        all.insert("diagnosis".to_owned(), json!(dice.percent(8)));
        all.insert("riskEvents30Days".to_owned(), json!(dice.weighted(&[(20, 0_i64), (2, 1), (1, 2)])));
    }
    let level = dice.one_of(AbilityLevel::ALL);
    all.insert("level".to_owned(), json!(level.name()));
    if scale == "local" {
        all.insert("localLevel".to_owned(), json!(level.position() + 1));
    }
    Value::Object(all)
}

fn parents(one: &Person, people: &[Person], date: Date, dice: &mut Dice) -> Value {
    let present = parent_list(one, people);
    let missing = 2_usize.saturating_sub(present.len());
    let mut all: Vec<Value> = Vec::new();
    for parent in present {
        all.push(json!({ "memberId": parent.id, "state": if dice.percent(85) { "present" } else { dice.one_of(ParentState::ALL).name() },
                         "since": text(since(date, one.birth, 1500, dice)), "disabilities": disabilities(&parent.disabilities) }));
    }
    for _ in 0..missing {
        let state = dice.one_of(ParentState::ALL);
        let since = text(since(date, one.birth, 1500, dice));
        let of = if state == ParentState::SeverelyDisabled { disability_of_another(dice) } else { json!([]) };
        let mut parent = object([("state", json!(state.name())), ("since", since), ("disabilities", of)]);
        if state == ParentState::Imprisoned {
            parent.insert("until".to_owned(), text(Date::from_days(date.days() + dice.number(1, 900)).unwrap_or(date)));
        }
        all.push(Value::Object(parent));
    }
    Value::Array(all)
}

/// The members who are a person's parents, as far as the relations say so.
fn parent_list<'p>(one: &Person, people: &'p [Person]) -> Vec<&'p Person> {
    let of = |relations: &[Relation]| people.iter().filter(|other| relations.contains(&other.relation)).collect();
    match one.relation {
        Relation::Child => of(&[Relation::Oneself, Relation::Spouse]),
        Relation::Oneself => of(&[Relation::Parent]),
        Relation::Grandchild => of(&[Relation::Child]),
        _ => Vec::new(),
    }
}

fn parent_ids(one: &Person, people: &[Person]) -> Value {
    parent_list(one, people).into_iter().map(|parent| json!(parent.id)).collect()
}

/// Prison, clergy and the like: seldom, and long enough or not.
fn absences(all: &mut Map<String, Value>, one: &Person, date: Date, dice: &mut Dice) {
    if one.age < 18 {
        return;
    }
    match dice.number(0_u32, 59) {
        0 => {
            let from = since(date, one.birth, 900, dice);
            let until = Date::from_days(from.days() + dice.number(60, 2000)).unwrap_or(date);
            all.insert("imprisoned".to_owned(), json!({ "from": text(from), "until": text(until), "judgmentOn": text(from) }));
        }
        1 => {
            let from = since(date, one.birth, 700, dice);
            let until = Date::from_days(from.days() + 730).unwrap_or(date);
            all.insert("compulsoryRehab".to_owned(), json!({ "from": text(from), "until": text(until) }));
        }
        2 => {
            all.insert("clergySince".to_owned(), text(since(date, one.birth, 1500, dice)));
        }
        3 => {
            all.insert("declaredMissingOn".to_owned(), text(since(date, one.birth, 1500, dice)));
        }
        4 => {
            all.insert("activeSoldier".to_owned(), json!(true));
        }
        5 => {
            all.insert("diedOn".to_owned(), text(since(date, one.birth, 200, dice)));
        }
        _ => {}
    }
}

pub(super) fn disability_of_another(dice: &mut Dice) -> Value {
    if dice.percent(40) { json!([{ "kind": dice.one_of(DisabilityKind::ALL).name(), "grade": dice.number(1_i64, 4) }]) } else { json!([]) }
}
