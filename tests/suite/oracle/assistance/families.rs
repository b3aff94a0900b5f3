//! Families drawn at random, many with an income on a limit or a fen beside it, and as the household that says the same.

use serde_json::{Value, json};

use super::{Alone, Family, Income, Person, Place};

/// A small generator of numbers, the same on every machine.
pub struct Dice(pub u64);

impl Dice {
    pub fn number(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    pub fn in_hundred(&mut self, times: u64) -> bool {
        self.number(100) < times
    }

    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.number(all.len() as u64)).unwrap()]
    }

    fn fen(&mut self, most: u64) -> i128 {
        i128::from(self.number(most))
    }
}

fn person(dice: &mut Dice, relation: &'static str, place: &Place, standard: i128) -> Person {
    let age = match relation {
        "child" => i64::try_from(dice.number(32)).unwrap(),
        "parent" => 55 + i64::try_from(dice.number(35)).unwrap(),
        _ => 18 + i64::try_from(dice.number(72)).unwrap(),
    };
    let lives = relation == "self" || dice.in_hundred(88);
    let stage = match age {
        6..15 => "compulsory",
        15..18 => "senior-high",
        18..23 if dice.in_hundred(50) => "bachelor",
        23..32 if dice.in_hundred(20) => "master",
        _ => "none",
    };
    let work = match age {
        ..16 => "student",
        _ if stage != "none" => "student",
        16..60 => dice.of(&["employed", "unemployed", "self-employed", "employed", "unemployed"]),
        _ => dice.of(&["retired", "retired", "employed"]),
    };
    let mut incomes = Vec::new();
    let late = place.year() >= 2027;
    for _ in 0..dice.number(3) {
        if age < 16 {
            break;
        }
        let mut kind =
            dice.of(&["wages", "wages", "business", "pension", "resident-pension", "gift", "social-assistance", "advanced-age-allowance"]);
        if kind == "advanced-age-allowance" && place.area == "370683" {
            kind = "scholarship";
        }
        let months = match kind {
            "business" if late => 12,
            "wages" | "pension" | "resident-pension" if late => 3,
            "gift" => 12,
            _ => dice.of(&[1, 1, 3, 6, 12]),
        };
        // Many lie on a limit, a fen beside it, or near it.
        let near = [standard, standard * 3 / 2, standard * 2, standard * 3, 200_000];
        let monthly = if dice.in_hundred(45) { dice.of(&near) + dice.fen(3) - 1 } else { dice.fen(400_000) };
        let costs = if kind == "business" || dice.in_hundred(10) { dice.fen(50_000) } else { 0 };
        let gross = monthly * months + costs;
        incomes.push(Income {
            kind,
            gross: Some(gross),
            costs,
            basic: gross.min(14_300),
            months,
            age: i64::try_from(3 + dice.number(14)).unwrap(),
        });
    }
    let disability =
        dice.in_hundred(25).then(|| (dice.of(&["limb", "vision", "mental", "intellectual"]), i64::try_from(1 + dice.number(4)).unwrap()));
    let paid = if dice.in_hundred(15) {
        vec![(dice.of(&["tax", "social-insurance", "maintenance", "other"]), dice.fen(60_000))]
    } else {
        Vec::new()
    };
    Person {
        relation,
        age,
        lives,
        away: if lives { "none" } else { dice.of(&["none", "prison", "rehabilitation", "missing", "clergy", "died"]) },
        stage,
        ability: if age < 16 { "unable" } else { dice.of(&["full", "partial", "unable"]) },
        work,
        disability,
        ill: dice.in_hundred(15),
        chronic: dice.in_hundred(10),
        refusals: if work == "unemployed" && dice.in_hundred(65) { 3 } else { usize::try_from(dice.number(3)).unwrap() },
        incomes,
        paid,
    }
}

pub fn family(dice: &mut Dice, place: &Place) -> Family {
    let town = dice.in_hundred(50);
    let standard = place.standard.unwrap_or([1000, 1000])[usize::from(!town)] * 100;
    let mut relations = vec!["self"];
    if dice.in_hundred(55) {
        relations.push("spouse");
    }
    for _ in 0..dice.number(3) {
        relations.push(dice.of(&["child", "child", "parent", "sibling"]));
    }
    let mut people: Vec<Person> = relations.into_iter().map(|relation| person(dice, relation, place, standard)).collect();
    // A grown child who cannot work, in a household that does well: nobody is drawn so often enough.
    if dice.in_hundred(18) {
        let mut child = person(dice, "child", place, standard);
        child = Person {
            age: 30,
            lives: true,
            away: "none",
            stage: "none",
            ability: "unable",
            work: "unemployed",
            incomes: Vec::new(),
            ..child
        };
        child.disability = Some(("limb", 1));
        people.push(child);
        let months = if place.year() >= 2027 { 3 } else { 1 };
        people[0].incomes = vec![Income { kind: "pension", gross: Some(standard * 20 * months), costs: 0, basic: 0, months, age: 30 }];
    }
    let mut within = [dice.in_hundred(85), dice.in_hundred(90), dice.in_hundred(90)];
    // A borderline household with somebody seriously ill, where no text says how much that person has alone.
    if place.alone == Alone::NotWritten && place.standard.is_some() && dice.in_hundred(50) {
        for one in &mut people {
            (one.incomes, one.paid, one.ill) = (Vec::new(), Vec::new(), true);
        }
        let counted = people.iter().filter(|one| one.counts()).count() as i128;
        people[0].incomes =
            vec![Income { kind: "pension", gross: Some(standard * counted * 6 / 5), costs: 0, basic: 0, months: 1, age: 30 }];
        within = [true; 3];
    }
    let mut bills = Vec::new();
    for _ in 0..dice.number(3) {
        let gross = dice.fen(6_000_000);
        let kind = dice.of(&["medical", "education", "rehabilitation", "housing", "medical"]);
        // Whole fen a month, so that a twelfth is whole too.
        bills.push((kind, usize::try_from(dice.number(people.len() as u64)).unwrap(), gross, gross / 4, dice.fen(10_000)));
    }
    Family {
        town,
        within,
        people,
        bills,
        outgoing: dice.in_hundred(15).then_some(9_000_000),
        drew: dice.in_hundred(85).then(|| dice.fen(250_000)),
        decided: i64::try_from(dice.number(14)).unwrap(),
        consents: dice.in_hundred(96),
    }
}

fn yuan(fen: i128) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

fn day(months_ago: i64, place: &Place) -> String {
    let month = place.month() - 1 - months_ago;
    format!("{}-{:02}-01", month / 12, month % 12 + 1)
}

pub fn as_json(family: &Family, place: &Place) -> Value {
    let tests = ["assets-within-limit", "borderline-assets-within-limit", "hardship-assets-within-limit"];
    let assessments: Vec<Value> = tests.iter().zip(family.within).map(|(test, holds)| json!({ "test": test, "holds": holds })).collect();
    let expenses: Vec<Value> = family
        .bills
        .iter()
        .map(|(kind, at, gross, insurance, assistance)| {
            let (gross, insurance, assistance) = (yuan(*gross), yuan(*insurance), yuan(*assistance));
            json!({ "kind": kind, "member": format!("p{at}"), "gross": gross, "insurancePaid": insurance, "assistancePaid": assistance })
        })
        .collect();
    let outgoings: Vec<Value> = family.outgoing.iter().map(|fen| json!({ "amount": yuan(*fen), "on": day(1, place) })).collect();
    let members: Vec<Value> = family.people.iter().enumerate().map(|(at, one)| member(family, place, at, one)).collect();
    json!({
        "schemaVersion": 1,
        "application": {
            "appliedOn": day(family.decided, place), "decidedOn": day(family.decided, place), "verificationConsent": family.consents
        },
        "standing": [], "assessments": assessments, "expenses": expenses, "members": members,
        "assets": { "financial": "0.00", "largeOutgoings": outgoings },
    })
}

fn member(family: &Family, place: &Place, at: usize, one: &Person) -> Value {
    let incomes: Vec<Value> = one
        .incomes
        .iter()
        .map(|income| {
            let mut json = json!({
                "kind": income.kind, "costs": yuan(income.costs), "months": u64::try_from(income.months).unwrap(),
                "centralBasicPart": yuan(income.basic), "startedOn": day(income.age, place),
            });
            if let Some(gross) = income.gross {
                json["gross"] = json!(yuan(gross));
            }
            json
        })
        .collect();
    let since = |reason: &str| if one.away == reason { "2015-05-05" } else { "none" };
    let disabilities: Vec<Value> = one.disability.iter().map(|(kind, grade)| json!({ "kind": kind, "grade": grade })).collect();
    let mut receiving = json!({ "noOther": true });
    if let (0, Some(before)) = (at, family.drew) {
        receiving["minimum-living-allowance"] = json!({ "state": "paying", "monthly": yuan(before) });
    }
    let refused: Vec<String> = (0..one.refusals).map(|number| format!("2023-0{}-10", number + 1)).collect();
    let paid: Vec<Value> = one.paid.iter().map(|(kind, fen)| json!({ "kind": kind, "amount": yuan(*fen) })).collect();
    json!({
        "id": format!("p{at}"), "relation": one.relation, "birthDate": format!("{}-01-01", place.year() - one.age), "sex": "female",
        "livesWithHousehold": { "value": one.lives }, "supportDuty": true, "maritalStatus": "married", "activeSoldier": false,
        "registeredArea": [{ "area": place.area }], "registeredSettlement": if family.town { "urban" } else { "rural" },
        "usualResidence": [{ "area": place.area }], "disabilities": disabilities, "noFixedIncome": false,
        "illness": { "serious": one.ill, "chronicOnMedication": one.chronic, "noOther": true },
        "schooling": { "stage": one.stage, "fullTime": one.stage != "none" }, "workAbility": one.ability,
        "employment": { "status": one.work, "refusedOn": refused }, "incomes": incomes, "transfersPaid": paid,
        "receiving": receiving, "groups": { "noOther": true }, "clergySince": since("clergy"), "declaredMissingOn": since("missing"),
        "diedOn": since("died"), "imprisoned": { "from": since("prison") }, "compulsoryRehab": { "from": since("rehabilitation") },
    })
}
