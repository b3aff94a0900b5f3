//! The bill of meals: what is paid for a meal or for a week of them, and by whom.

use huisuan_core::meal_bill::{MealBill, Share, Shares};
use huisuan_core::{Question, money::Yuan};
use serde_json::Value;

use crate::support::{engine, scenarios};

/// The meals of a scenario, looked at on no particular day.
fn bill(file: &str) -> MealBill {
    let scenario = scenarios().iter().find(|scenario| scenario.file == file).expect("the scenario exists");
    engine().meal_bill(&scenario.json["household"].to_string(), Question::default()).expect("its household can be read")
}

fn told(shares: &[Share]) -> Vec<(Option<&'static str>, &str, String)> {
    let amount = |share: &Share| share.amount.value.map_or_else(|| "open".to_owned(), |yuan| yuan.to_string());
    shares.iter().map(|share| (share.payer, &*share.benefit, amount(share))).collect()
}

fn pays(shares: &Shares) -> String {
    shares.pays.value.map_or_else(|| format!("{} to {}", shares.pays.min, shares.pays.max.unwrap_or(Yuan::ZERO)), |yuan| yuan.to_string())
}

#[test]
fn a_week_of_dinners_is_added_up_with_everyone_who_pays() {
    let bill = bill("synthetic/of-seven-dinners-in-a-week-five-are-cheaper.json");
    assert_eq!(bill.meals.len(), 7);
    let [sum] = bill.people.as_slice() else { panic!("one person eats") };
    // 7 × 12 = 84; five times 5 off: 59. Of each 5 the city pays 3 and the street 2; the operator gets 3 beside.
    assert_eq!((sum.meals, pays(&sum.shares)), (7, "59.00".to_owned()));
    let rest = vec![(Some("city"), "meal-discount", "15.00".to_owned()), (Some("street"), "meal-discount", "10.00".to_owned())];
    assert_eq!(told(&sum.shares.rest), rest);
    assert_eq!(told(&sum.shares.beside), [(Some("operator"), "meal-discount", "15.00".to_owned())]);
}

#[test]
fn a_discount_and_then_a_subsidy_are_two_parts_of_the_rest() {
    // 20 less 15 percent is 17, less 3 is 14.
    let bill = bill("310107/in-putuo-an-82-year-old-has-15-percent-and-3-yuan-off-lunch.json");
    let meal = &bill.meals[0];
    assert_eq!(pays(&meal.shares), "14.00");
    let rest = [(None, "meal-first-discount", "3.00".to_owned()), (Some("district"), "meal-discount", "3.00".to_owned())];
    assert_eq!(told(&meal.shares.rest), rest);
}

#[test]
fn what_the_text_leaves_open_leaves_the_bill_open() {
    // 16 less 15 percent is 13.60; whether 3 more come off is not written.
    let bill = bill("310107/in-putuo-whether-13-60-after-the-discount-is-enough-for-the-subsidy-is-not-written.json");
    assert_eq!(pays(&bill.meals[0].shares), "10.60 to 13.60");
}

#[test]
fn a_limit_of_the_day_counts_once_however_many_of_its_meals_are_open() {
    // 5 yuan a day, for lunch at 18 and dinner at 15: whether the canteen takes part is not known, so that 0 to 5 of 33 come off, and
    // not 0 to 10. With a third meal at 15 it is still 5, and another 5 on the next day.
    let file = "synthetic/a-subsidy-of-5-yuan-a-day-is-given-once-for-two-meals.json";
    let scenario = scenarios().iter().find(|scenario| scenario.file == file).expect("the scenario exists");
    let mut household = scenario.json["household"].clone();
    for bill in household["bills"].as_array_mut().expect("it has bills") {
        bill["listedProvider"] = Value::Null;
    }
    let asked = |household: &Value| engine().meal_bill(&household.to_string(), Question::default()).expect("its household can be read");
    let two = asked(&household);
    assert_eq!(pays(&two.meals[0].shares), "13.00 to 18.00");
    assert_eq!(pays(&two.meals[1].shares), "10.00 to 15.00");
    assert_eq!(pays(&two.people[0].shares), "28.00 to 33.00");
    let rest: Vec<_> = two.people[0].shares.rest.iter().map(|share| (share.amount.min.fen(), share.amount.max.map(Yuan::fen))).collect();
    assert_eq!(rest, [(0, Some(500))]);
    let bills = household["bills"].as_array_mut().expect("it has bills");
    let again = bills[1].clone();
    bills.push(again.clone());
    let mut next_day = again;
    next_day["date"] = "2025-03-13".into();
    bills.push(next_day);
    // 18 + 15 + 15 + 15 = 63, less at most 5 and 5.
    assert_eq!(pays(&asked(&household).people[0].shares), "53.00 to 63.00");
}

#[test]
fn bringing_a_meal_is_paid_beside_its_price() {
    let bill = bill("370203/in-shibei-bringing-a-meal-over-1-5-kilometres-to-someone-of-severe-disability-is-worth-4-yuan.json");
    let meal = &bill.meals[0];
    assert_eq!(pays(&meal.shares), "16.00");
    assert_eq!(told(&meal.shares.beside), [(Some("city"), "meal-delivery-discount", "4.00".to_owned())]);
}

#[test]
fn whoever_pays_what_it_always_makes_the_price() {
    let with_meals = |scenario: &&huisuan_tests::scenarios::Scenario| {
        let bills = scenario.json["household"]["bills"].as_array().map_or(&[] as &[Value], Vec::as_slice);
        bills.iter().any(|bill| bill["category"] == "meal")
    };
    let mut checked = 0;
    for scenario in scenarios().iter().filter(with_meals) {
        let bill = bill(&scenario.file);
        for shares in bill.meals.iter().map(|meal| &meal.shares).chain(bill.people.iter().map(|sum| &sum.shares)) {
            let fen = |yuan: Option<Yuan>| yuan.map(Yuan::fen);
            let rest: Option<i64> = shares.rest.iter().map(|share| fen(share.amount.value)).sum();
            if let (Some(price), Some(pays), Some(rest)) = (fen(shares.list_price.value), fen(shares.pays.value), rest) {
                assert_eq!(pays + rest, price, "{}", scenario.file);
                checked += 1;
            }
            assert!(shares.pays.min >= Yuan::ZERO && shares.pays.max <= shares.list_price.max, "{}", scenario.file);
        }
    }
    assert!(checked > 40, "only {checked} meals");
}
