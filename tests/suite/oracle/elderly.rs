//! Age allowances, care allowances, vouchers and meals computed a second time, in whole fen, straight from the texts.
//!
//! Nothing of the engine is used but its answer: ages are counted here, limits are used up here, and the rows are written
//! out as the notices have them. Where a notice leaves something open the two ends are computed.

use std::collections::BTreeMap;

use huisuan_core::{Detail, Question};
use serde_json::{Value, json};

use crate::support::{engine, is_thorough};

/// A civil date as numbers.
type Day = (i64, i64, i64);

/// What is expected of one entry.
enum Answer {
    /// Not eligible.
    No,
    /// Eligible, with this amount in fen.
    Fen(i64),
    /// At least so many fen.
    AtLeast(i64),
    /// Not settled; the ends that the texts allow, 0 for not eligible.
    Open(i64, i64),
    /// Eligible for certain, for one amount or for the other.
    OneOf(i64, i64),
}

/// A household, the day, and what each benefit comes to; the number is that of the bill.
struct Case {
    household: Value,
    day: Day,
    expected: Vec<(&'static str, Option<usize>, Answer)>,
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, most: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap() % most
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(i64::try_from(of.len()).unwrap())).unwrap()]
    }

    fn day(&mut self, from: i64, years: i64) -> Day {
        (from + self.below(years), 1 + self.below(12), 1 + self.below(28))
    }
}

fn text((year, month, day): Day) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn yuan(fen: i64) -> String {
    format!("{}.{:02}", fen / 100, fen % 100)
}

/// Days since some day, by the usual count of leap years.
fn number((year, month, day): Day) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day
}

/// 0 for Monday.
fn weekday(day: Day) -> i64 {
    // 2024-01-01 was a Monday.
    (number(day) - number((2024, 1, 1))).rem_euclid(7)
}

fn week(day: Day) -> i64 {
    (number(day) - number((2024, 1, 1))).div_euclid(7)
}

/// Completed years counted from the month of the birthday, or so many months later.
fn age_by_month(birth: Day, day: Day, later: i64) -> i64 {
    (12 * (day.0 - birth.0) + day.1 - birth.1 - later).div_euclid(12)
}

/// The least and the most that a place might count: from the month after the birthday, and from January.
fn ages(birth: Day, day: Day) -> (i64, i64) {
    (age_by_month(birth, day, 1), day.0 - birth.0)
}

fn birthday_age(birth: Day, day: Day) -> i64 {
    day.0 - birth.0 - i64::from((day.1, day.2) < (birth.1, birth.2))
}

/// A birth date that lies near one of these ages on the day.
fn born_near(dice: &mut Dice, day: Day, years: &[i64]) -> Day {
    let years = dice.one(years);
    let months = 12 * (day.0 - years) + day.1 - 1 + dice.below(29) - 14;
    (months.div_euclid(12), months.rem_euclid(12) + 1, 1 + dice.below(28))
}

/// Of this age whichever way it is counted: born in January, looked at later.
fn born_in_january(day: Day, age: i64) -> Day {
    (day.0 - age, 1, 10)
}

struct Person {
    area: &'static str,
    registered: &'static str,
    birth: Day,
    standing: &'static str,
    facts: Value,
}

impl Person {
    fn of(area: &'static str, birth: Day, standing: &'static str) -> Self {
        Self { area, registered: area, birth, standing, facts: json!({}) }
    }

    fn household(&self, day: Day, decided: Day, bills: &[Value]) -> Value {
        let mut member = json!({ "id": "a", "relation": "self", "birthDate": text(self.birth), "sex": "female",
            "livesWithHousehold": { "value": true }, "registeredArea": [{ "area": self.registered }], "registeredSettlement": "urban",
            "usualResidence": [{ "area": self.area }],
            "incomes": [{ "kind": "pension", "gross": "4000.00", "costs": "0.00", "months": 1 }], "transfersPaid": [],
            "disabilities": [], "disabilityCard": { "state": "none" }, "serviceInjuryCard": { "kind": "none" },
            "longTermCareNeed": { "needed": false }, "employment": { "status": "retired", "refusedOn": [] },
            "receiving": { "noOther": true }, "groups": { "noOther": true }, "services": { "noOther": true },
            "maritalStatus": "widowed",
            "ability": { "scale": "gbt-42195-2022", "level": "intact", "coma": false, "diagnosis": false, "riskEvents30Days": 0 } });
        for (name, value) in self.facts.as_object().unwrap() {
            member[name] = value.clone();
        }
        json!({ "schemaVersion": 1,
            "application": { "appliedOn": text(decided), "decidedOn": text(decided), "verificationConsent": true },
            "standing": [{ "status": self.standing, "area": self.registered, "from": "2005-01-01" }],
            "assessments": [{ "test": "assets-within-limit", "holds": true }, { "test": "borderline-assets-within-limit", "holds": true }],
            "land": { "noOther": true }, "expenses": [], "bills": bills, "members": [member],
            "_": text(day) })
    }
}

fn case(person: &Person, day: Day, decided: Day, bills: &[Value], expected: Vec<(&'static str, Option<usize>, Answer)>) -> Case {
    let mut household = person.household(day, decided, bills);
    household.as_object_mut().unwrap().remove("_");
    Case { household, day, expected }
}

fn meal(area: &str, day: Day, fen: i64, which: &str) -> Value {
    json!({ "category": "meal", "member": "a", "meal": which, "date": text(day), "listPrice": yuan(fen), "area": area,
        "listedProvider": true, "delivered": false })
}

fn service(area: &str, day: Day, fen: i64, insured: i64, category: &str) -> Value {
    json!({ "category": category, "member": "a", "date": text(day), "listPrice": yuan(fen), "insurancePaid": yuan(insured), "area": area,
        "listedProvider": true })
}

/// The amount of the highest band whose age is reached.
fn band(age: i64, bands: &[(i64, i64)]) -> i64 {
    bands.iter().rev().find(|(least, _)| age >= *least).map_or(0, |(_, yuan)| yuan * 100)
}

/// One number, or the two ends.
fn either(a: i64, b: i64) -> Answer {
    match (a, b) {
        (0, 0) => Answer::No,
        _ if a == b => Answer::Fen(a),
        _ => Answer::Open(a.min(b), a.max(b)),
    }
}

/// What the bands give at the least and at the most age: who has reached one either way is covered either way.
fn banded(a: i64, b: i64) -> Answer {
    if a != b && a.min(b) > 0 { Answer::OneOf(a.min(b), a.max(b)) } else { either(a, b) }
}

const SHANGHAI: [(i64, i64); 5] = [(65, 75), (70, 150), (80, 180), (90, 350), (100, 600)];
const SHAANXI: [(i64, i64); 4] = [(70, 50), (80, 100), (90, 200), (100, 300)];
const GUANGZHOU: [(i64, i64); 4] = [(70, 30), (80, 100), (90, 200), (100, 300)];
const BEIJING: [(i64, i64); 3] = [(80, 100), (90, 500), (100, 800)];

fn shanghai(dice: &mut Dice) -> Case {
    let day = dice.day(2017, 9);
    let birth = born_near(dice, day, &[65, 70, 80, 90, 100]);
    let (least, most) = ages(birth, day);
    let answer = banded(band(least, &SHANGHAI), band(most, &SHANGHAI));
    case(&Person::of("310101", birth, "none"), day, day, &[], vec![("advanced-age-allowance", None, answer)])
}

fn by_month_of_birthday(dice: &mut Dice) -> Case {
    let (area, bands, day) = dice.one(&[("610402", SHAANXI, 2013), ("440106", GUANGZHOU, 2024)]);
    let day = dice.day(day, 3);
    let birth = born_near(dice, day, &[70, 80, 90, 100]);
    let fen = band(age_by_month(birth, day, 0), &bands);
    case(&Person::of(area, birth, "none"), day, day, &[], vec![("advanced-age-allowance", None, either(fen, fen))])
}

fn beijing(dice: &mut Dice) -> Case {
    let day = dice.day(2020, 6);
    let birth = born_near(dice, day, &[60, 80, 90, 100]);
    let (standing, bereaved) = (dice.one(&["none", "minimum-living-allowance", "low-income"]), dice.below(2) == 0);
    let (kind, grade) = (dice.one(&["vision", "hearing", "speech", "limb", "intellectual", "mental"]), dice.below(5));
    let level = dice.one(&["intact", "mild", "moderate", "severe"]);
    let mut person = Person::of("110105", birth, standing);
    person.facts["groups"] = json!({ "familyPlanningSpecial": bereaved, "noOther": true });
    person.facts["ability"] =
        json!({ "scale": "gbt-42195-2022", "level": level, "coma": false, "diagnosis": false, "riskEvents30Days": 0 });
    if grade > 0 {
        person.facts["disabilities"] = json!([{ "kind": kind, "grade": grade }]);
        person.facts["disabilityCard"] = json!({ "state": "valid" });
    }
    let service = match standing {
        "minimum-living-allowance" => 300,
        "low-income" => 200,
        _ if bereaved => 100,
        _ => 0,
    };
    let of_disability = match (kind, grade) {
        ("vision" | "limb" | "intellectual" | "mental", 1) => 600,
        ("vision" | "limb", 2) | ("intellectual" | "mental", 2 | 3) => 400,
        ("hearing" | "speech", 1 | 2) => 200,
        _ => 0,
    };
    let nursing = of_disability.max(if level == "severe" { 600 } else { 0 });
    let (least, most) = ages(birth, day);
    let from_60 = |age: i64, yuan: i64| if age >= 60 { yuan * 100 } else { 0 };
    case(
        &person,
        day,
        day,
        &[],
        vec![
            ("advanced-age-allowance", None, banded(band(least, &BEIJING), band(most, &BEIJING))),
            ("elderly-service-allowance", None, either(from_60(least, service), from_60(most, service))),
            ("elderly-nursing-allowance", None, either(from_60(least, nursing), from_60(most, nursing))),
        ],
    )
}

fn shandong(dice: &mut Dice) -> Case {
    let qingdao = dice.below(2) == 0;
    let day = dice.day(2019, 5);
    let birth = born_near(dice, day, &[60, 80, 90, 100]);
    let standing = dice.one(&["none", "minimum-living-allowance", "destitute-support", "borderline-household"]);
    let level = dice.one(&["intact", "mild", "moderate", "severe"]);
    let mut person = Person::of(if qingdao { "370203" } else { "370983" }, birth, standing);
    person.facts["ability"] = json!({ "scale": "mzt-039-2013", "level": level, "coma": false, "diagnosis": false, "riskEvents30Days": 0 });
    let bands = if qingdao { [(60, 80), (80, 120), (90, 220), (100, 0)] } else { [(60, 80), (80, 100), (90, 200), (100, 0)] };
    let poor = standing == "minimum-living-allowance" || qingdao && standing == "destitute-support";
    let hardship = |age: i64| if poor { band(age, &bands) } else { 0 };
    let in_need = matches!(level, "moderate" | "severe");
    let nursing = |age: i64| if poor && in_need && (60..100).contains(&age) { 8_000 } else { 0 };
    let (least, most) = ages(birth, day);
    let mut expected = vec![("elderly-hardship-allowance", None, banded(hardship(least), hardship(most)))];
    if !qingdao {
        expected.push(("elderly-nursing-allowance", None, either(nursing(least), nursing(most))));
    }
    if least >= 100 {
        expected.push(("centenarian-allowance", None, Answer::AtLeast(30_000)));
    }
    case(&person, day, day, &[], expected)
}

/// Two weeks with a holiday in them: the days off of autumn 2023, and the weekends that were worked.
const OFF_2023: [Day; 8] =
    [(2023, 9, 29), (2023, 9, 30), (2023, 10, 1), (2023, 10, 2), (2023, 10, 3), (2023, 10, 4), (2023, 10, 5), (2023, 10, 6)];
const WORKED_2023: [Day; 2] = [(2023, 10, 7), (2023, 10, 8)];

fn is_workday_2023(day: Day) -> bool {
    !OFF_2023.contains(&day) && (weekday(day) < 5 || WORKED_2023.contains(&day))
}

fn shinan(dice: &mut Dice) -> Case {
    let day = (2023, 10, 8);
    let age = dice.one(&[59, 60, 63, 69, 70, 75, 90]);
    let standing = dice.one(&["none", "minimum-living-allowance", "destitute-support"]);
    let mut person = Person::of("370202", born_in_january(day, age), standing);
    person.registered = dice.one(&["370202", "370203"]);
    let (mut bills, mut expected, mut had) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..1 + usize::try_from(dice.below(6)).unwrap() {
        let on = if dice.below(2) == 0 { (2023, 9, 25 + dice.below(6)) } else { (2023, 10, 1 + dice.below(10)) };
        let (which, fen) = (dice.one(&["breakfast", "lunch", "lunch", "dinner"]), 250 + 50 * dice.below(60));
        let yuan = match (which, standing) {
            _ if person.registered != "370202" || age < 60 => 0,
            ("lunch", "minimum-living-allowance" | "destitute-support") => 14,
            // By the standard of the city, which is for a person and a day.
            ("lunch", _) if age >= 70 && is_workday_2023(on) && !had.contains(&on) => 3,
            _ => 0,
        };
        if yuan > 0 {
            had.push(on);
        }
        bills.push(meal("370202", on, fen, which));
        let off = (yuan * 100).min(fen);
        expected.push(("meal-discount", Some(at), either(off, off)));
    }
    case(&person, day, day, &bills, expected)
}

fn guangzhou_meals(dice: &mut Dice) -> Case {
    let day = (2025, 6, 20);
    let age = dice.one(&[59, 60, 75]);
    let mut person = Person::of("440106", born_in_january(day, age), "none");
    person.registered = dice.one(&["440106", "440106", "310101"]);
    let (mut bills, mut expected, mut had) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..1 + usize::try_from(dice.below(8)).unwrap() {
        let on = (2025, 6, 16 + dice.below(4));
        let (which, fen) = (dice.one(&["breakfast", "lunch", "dinner"]), 400 + 4 * dice.below(500));
        let fits = age >= 60 && person.registered == "440106" && which != "breakfast" && !had.contains(&(on, which));
        had.push((on, which));
        let off = if fits { (fen / 4).min(300) } else { 0 };
        bills.push(meal("440106", on, fen, which));
        expected.push(("meal-discount", Some(at), either(off, off)));
    }
    case(&person, day, day, &bills, expected)
}

fn shenzhen_meals(dice: &mut Dice) -> Case {
    let day = (2025, 6, 20);
    let age = dice.one(&[59, 62, 69, 70, 85, 99, 100]);
    let standing = dice.one(&["none", "minimum-living-allowance", "destitute-support", "borderline-household"]);
    let bereaved = dice.below(4) == 0;
    let mut person = Person::of("440304", born_in_january(day, age), standing);
    person.facts["groups"] = json!({ "familyPlanningSpecial": bereaved, "noOther": true });
    let (mut bills, mut expected) = (Vec::new(), Vec::new());
    for at in 0..1 + usize::try_from(dice.below(5)).unwrap() {
        // No holiday from 9 to 20 June 2025; the 14th and 15th are a weekend.
        let on = (2025, 6, 9 + dice.below(12));
        let (which, fen) = (dice.one(&["lunch", "lunch", "dinner"]), 300 + 100 * dice.below(25));
        let yuan = match age {
            _ if which != "lunch" || weekday(on) > 4 || age < 60 => 0,
            _ if standing != "none" || bereaved || age >= 100 => 15,
            70.. => 5,
            _ => 0,
        };
        let off = (yuan * 100).min(fen);
        bills.push(meal("440304", on, fen, which));
        expected.push(("meal-discount", Some(at), either(off, off)));
    }
    case(&person, day, day, &bills, expected)
}

/// A tenth or 15 percent off, then a subsidy once a day; which price must reach 8 or 15 is not written.
fn putuo(dice: &mut Dice) -> Case {
    let day = (2026, 3, 20);
    let age = dice.one(&[59, 60, 79, 80, 90]);
    let standing = dice.one(&["none", "minimum-living-allowance"]);
    let mut person = Person::of("310107", born_in_january(day, age), standing);
    person.registered = dice.one(&["310107", "310107", "340100"]);
    let (mut bills, mut expected) = (Vec::new(), Vec::new());
    for at in 0..1 + dice.below(4) {
        let fen = 600 + 20 * dice.below(70);
        let first = match age {
            80.. => fen * 15 / 100,
            60.. => fen / 10,
            _ => 0,
        };
        let subsidy = |price: i64| {
            let poor = if standing == "minimum-living-allowance" && price >= 800 { 500 } else { 0 };
            let old = if price < 1_500 {
                0
            } else if age >= 80 {
                300
            } else {
                200
            };
            if person.registered == "310107" && age >= 60 { poor.max(old).min(fen - first) } else { 0 }
        };
        bills.push(meal("310107", (2026, 3, 9 + at), fen, "lunch"));
        let at = Some(usize::try_from(at).unwrap());
        expected.push(("meal-first-discount", at, either(first, first)));
        expected.push(("meal-discount", at, either(subsidy(fen), subsidy(fen - first))));
    }
    case(&person, day, day, &bills, expected)
}

/// The level of a total score: 0 intact to 4 complete.
fn level(score: i64, coma: bool, diagnosed: bool, falls: i64) -> (i64, i64) {
    let worse = match score {
        90.. => 0,
        66.. => 1,
        46.. => 2,
        30.. => 3,
        _ => 4,
    };
    let reasons = i64::from(diagnosed) + i64::from(falls >= 2);
    if coma { (4, 4) } else { ((worse + reasons.min(1)).min(4), (worse + reasons).min(4)) }
}

fn scored(dice: &mut Dice) -> (Value, (i64, i64)) {
    let score = dice.one(&[0, 29, 30, 45, 46, 65, 66, 89, 90]);
    let (coma, diagnosed, falls) = (dice.below(8) == 0, dice.below(3) == 0, dice.below(4));
    let told = json!({ "scale": "gbt-42195-2022", "score": score, "coma": coma, "diagnosis": diagnosed, "riskEvents30Days": falls });
    (told, level(score, coma, diagnosed, falls))
}

fn nursing_by_score(dice: &mut Dice) -> Case {
    let day = dice.day(2025, 2);
    let birth = born_near(dice, day, &[60, 80]);
    let (ability, (least, most)) = scored(dice);
    let mut person = Person::of("990101", birth, "none");
    person.facts["ability"] = ability;
    let amount = |level: i64| match level {
        _ if birthday_age(birth, day) < 60 => 0,
        3.. => 60_000,
        2 => 30_000,
        _ => 0,
    };
    case(&person, day, day, &[], vec![("elderly-nursing-allowance", None, either(amount(least), amount(most)))])
}

fn guangdong_vouchers(dice: &mut Dice) -> Case {
    let day = (2026, 6, 20);
    let (ability, (least, most)) = scored(dice);
    let standing = dice.one(&["none", "none", "minimum-living-allowance", "destitute-support"]);
    let mut person = Person::of("440106", born_in_january(day, dice.one(&[59, 60, 80])), standing);
    person.facts["ability"] = ability;
    person.registered = dice.one(&["440106", "310101"]);
    let age = day.0 - person.birth.0;
    let mut used: BTreeMap<(i64, bool), i64> = BTreeMap::new();
    let (mut bills, mut expected) = (Vec::new(), Vec::new());
    for at in 0..1 + usize::try_from(dice.below(5)).unwrap() {
        let on = (2026, 4 + dice.below(2), 1 + dice.below(28));
        let category = dice.one(&["home-service", "day-care", "institution", "respite"]);
        let (fen, insured) = (10 * dice.below(30_000), 10 * dice.below(5_000));
        let at_home = category == "home-service";
        bills.push(service("440106", on, fen, insured, category));
        let own = (fen - insured).max(0);
        let share = if at_home { own / 2 } else { own * 4 / 10 };
        let mut amount = |qualifies: bool| {
            if !qualifies || age < 60 || standing == "destitute-support" {
                return None;
            }
            let of_kind = used.get(&(on.1, at_home)).copied().unwrap_or(0);
            let all: i64 = [true, false].iter().filter_map(|kind| used.get(&(on.1, *kind))).sum();
            let off = share.min((80_000 - of_kind).max(0)).min((80_000 - all).max(0));
            *used.entry((on.1, at_home)).or_default() += off;
            Some(off)
        };
        // Moderate or worse either way, or not either way; with two reasons to change a score of 90 once or twice, either.
        let answer = match amount(most >= 2) {
            None => Answer::No,
            Some(_) if least < 2 => Answer::Open(0, share.min(80_000)),
            Some(off) => Answer::Fen(off),
        };
        expected.push(("service-consumption-voucher", Some(at), answer));
    }
    case(&person, day, (2026, 1, 5), &bills, expected)
}

/// Workdays after a day until the end of August 2025, which has no holiday.
fn workdays_left_in_august(day: i64) -> i64 {
    i64::try_from((day + 1..=31).filter(|later| weekday((2025, 8, *later)) < 5).count()).unwrap()
}

fn shandong_vouchers(dice: &mut Dice) -> Case {
    let day = (2025, 9, 25);
    let area = dice.one(&["370203", "370702"]);
    let mut person = Person::of(area, born_in_january(day, 75), "none");
    person.facts["ability"] =
        json!({ "scale": "gbt-42195-2022", "level": "severe", "coma": false, "diagnosis": false, "riskEvents30Days": 0 });
    person.registered = dice.one(&[area, "310101"]);
    let decided = (2025, 8, 1 + dice.below(31));
    let category = dice.one(&["home-service", "institution"]);
    let (mut bills, mut expected) = (Vec::new(), Vec::new());
    for (at, month) in [8, 9].into_iter().enumerate() {
        let (fen, insured) = (10 * dice.below(40_000), 10 * dice.below(10_000));
        bills.push(service(area, (2025, month, 10 + dice.below(15)), fen, insured, category));
        let own = (fen - insured).max(0);
        let off = match (category, area) {
            ("home-service", "370203") => (own / 2).min(50_000),
            ("home-service", _) => (own * 4 / 10).min(50_000),
            _ => (own * 4 / 10).min(80_000),
        };
        let left = workdays_left_in_august(decided.2);
        expected.push((
            "service-consumption-voucher",
            Some(at),
            match month {
                9 => Answer::Fen(off),
                _ if left >= 5 => Answer::Fen(off),
                _ if left < 4 => Answer::No,
                _ => Answer::Open(0, off),
            },
        ));
    }
    case(&person, day, decided, &bills, expected)
}

/// Made-up area: 5 yuan off a dinner from Monday to Saturday, once a day and five times a week.
fn dinners(dice: &mut Dice) -> Case {
    let day = (2025, 3, 23);
    let age = dice.one(&[59, 60, 81]);
    let mut person = Person::of("990100", born_in_january(day, age), "none");
    person.registered = dice.one(&["990100", "990100", "310101"]);
    let (mut bills, mut expected) = (Vec::new(), Vec::new());
    let (mut days, mut weeks): (Vec<Day>, Vec<i64>) = (Vec::new(), Vec::new());
    for at in 0..1 + usize::try_from(dice.below(14)).unwrap() {
        let on = (2025, 3, 10 + dice.below(14));
        let fen = 300 + 50 * dice.below(40);
        let fits = age >= 60 && person.registered == "990100" && weekday(on) < 6;
        let in_week = weeks.iter().filter(|known| **known == week(on)).count();
        let counts = fits && !days.contains(&on) && in_week < 5;
        if fits && !days.contains(&on) {
            days.push(on);
            weeks.push(week(on));
        }
        bills.push(meal("990100", on, fen, "dinner"));
        expected.push(("meal-discount", Some(at), if counts { Answer::Fen(fen.min(500)) } else { Answer::No }));
    }
    case(&person, day, day, &bills, expected)
}

type Draw = fn(&mut Dice) -> Case;

const STRATA: &[(&str, Draw)] = &[
    ("Shanghai", shanghai),
    ("Shaanxi and Guangzhou", by_month_of_birthday),
    ("Beijing", beijing),
    ("Shandong and Qingdao", shandong),
    ("meals of Shinan", shinan),
    ("meals of Guangzhou", guangzhou_meals),
    ("meals of Shenzhen", shenzhen_meals),
    ("meals of Putuo", putuo),
    ("levels from scores", nursing_by_score),
    ("vouchers of Guangdong", guangdong_vouchers),
    ("vouchers of Shandong", shandong_vouchers),
    ("dinners of the made-up area", dinners),
];

/// What the engine's entry lacks of the answer, in words.
fn difference(answer: &Answer, entry: &Value) -> Option<String> {
    let fen = |name: &str| {
        let text = entry.pointer(&format!("/amount/{name}"))?.as_str()?;
        text.replace('.', "").parse::<i64>().ok()
    };
    let outcome = entry["outcome"].as_str().unwrap_or("");
    let fits = match answer {
        Answer::No => outcome == "ineligible",
        Answer::Fen(amount) => outcome == "eligible" && fen("value") == Some(*amount),
        Answer::AtLeast(amount) => {
            outcome == "eligible" && fen("min") == Some(*amount) && entry.pointer("/amount/kind") == Some(&json!("atLeast"))
        }
        Answer::Open(least, most) => {
            let certain = entry["qualifies"] == json!(true);
            let (low, high) = (if certain { fen("min") } else { Some(0) }, fen("max").unwrap_or(i64::MAX));
            matches!(outcome, "noTable" | "undetermined" | "discretionary") && low.is_some_and(|low| low <= *least) && *most <= high
        }
        Answer::OneOf(least, most) => {
            let ends = (fen("min"), fen("max"));
            outcome == "noTable" && entry["qualifies"] == json!(true) && ends == (Some(*least), Some(*most))
        }
    };
    let wanted = match answer {
        Answer::No => "not eligible".to_owned(),
        Answer::Fen(amount) => yuan(*amount),
        Answer::AtLeast(amount) => format!("at least {}", yuan(*amount)),
        Answer::OneOf(least, most) => format!("for certain {} or {}", yuan(*least), yuan(*most)),
        Answer::Open(least, most) => format!("open from {} to {}", yuan(*least), yuan(*most)),
    };
    (!fits).then(|| format!("{outcome} {} instead of {wanted}", entry["amount"]))
}

#[test]
fn older_people_get_what_a_second_computation_from_the_texts_gives() {
    let rounds = if is_thorough() { 200_000 } else { 5_000 };
    let mut dice = Dice(0x5DEE_CE66);
    let mut wrong = Vec::new();
    for round in 0..rounds {
        let (name, draw) = STRATA[round % STRATA.len()];
        let Case { household, day, expected } = draw(&mut dice);
        let on = text(day);
        let question = Question { detail: Detail::default(), ..Question::on(&on) };
        let decision = engine().evaluate(&household.to_string(), question).expect("a household of the oracle can be read");
        let decision = serde_json::to_value(&decision).expect("a decision is JSON");
        for (benefit, bill, answer) in &expected {
            let path = bill.map(|bill| json!(format!("bills/{bill}")));
            let entries = decision["benefits"].as_array().unwrap();
            let entry =
                entries.iter().find(|entry| entry["benefit"] == *benefit && path.as_ref().is_none_or(|path| entry["bill"] == *path));
            let found = entry.map_or_else(|| Some("no entry".to_owned()), |entry| difference(answer, entry));
            if let Some(found) = found {
                wrong.push(format!("{name}: {benefit} {bill:?} on {}: {found}\n    {household}", text(day)));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences in {rounds} households:\n{}", wrong.len(), wrong[..wrong.len().min(6)].join("\n"));
}
