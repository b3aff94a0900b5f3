//! Benefits on a bill that are only tables: meal discounts, vouchers for care services, subsidies for home adaptation.
//!
//! # What it pays
//! Whatever the row says that fits the person and the bill: yuan, a share of the bill with a cap, a price to pay; never more
//! than there is to pay.
//!
//! # Who qualifies
//! Older people (老年人, 60 and over) in one of the rows of the table of the place where the service is given, whom no row
//! of its exclusions names.
//!
//! # How much
//! The row's value, within its limits: so many bills for one meal, a day, a week; so many yuan a day, a month by one row, in
//! all; and in a month by all rows together. Limits are used up in the order in which the bills are given. A discount that
//! comes after another takes what that one leaves for the bill. A voucher is for what long-term care insurance leaves.
//!
//! # What this file does not cover
//! Vouchers that cover only a part of a service list; providers' own price lists.
//!
//! # Sources
//! 老年人权益保障法 art. 2 (who is an older person); the documents named in each row.

use super::{Draft, OLDER_PERSON_AGE, clause, exclusions};
use crate::formula::{Cell, Expr, Gives, NodeId, TableNote, Unit};
use crate::household::dictionary::{BillCategory, fact, row, unit};
use crate::money::Yuan as Money;
use crate::slot::{Flags, Slot};
use crate::source::Clause;
use crate::tables::beside::{Limit, NO_LIMIT};
use crate::tables::rules::Word;
use crate::tables::subject::{OfBill, OfHousehold, OfMember};
use crate::tables::{CellValue, Group, LocalBenefit, PAYERS};

/// What a discount takes off each bill, for a discount that comes after it.
pub type Discount<'b> = (String, Yuan<'b>);

type Yuan<'b> = Expr<'b, unit::Yuan, row::Bill>;
type Truth<'b> = Expr<'b, unit::Truth, row::Bill>;

/// Writes one; `discounts` are those written before it.
pub fn write<'b>(member: &OfMember<'_, 'b>, benefit: &LocalBenefit, discounts: &mut Vec<Discount<'b>>) {
    let (rules, id) = (member.rules, benefit.id.as_str());
    let member = &OfMember { age_rule: rules.age_rule(id), ..*member };
    let builder = rules.builder;
    let mut draft = Draft::<row::Bill>::new(rules, id, benefit.gives, benefit.per).by(benefit.basis);
    let price = builder.fact(fact::BILL_PRICE);
    let first = benefit.after.as_ref().and_then(|after| discounts.iter().find(|(known, _)| known == after));
    let left = match (first, benefit.gives) {
        (Some((_, taken_off)), _) => (price - *taken_off).at_least_zero(),
        (None, Gives::Voucher) => (price - builder.fact(fact::BILL_INSURANCE)).at_least_zero(),
        (None, _) => price,
    };
    let bill = OfBill { member, amount: left, least_held_against: price };
    conditions(&mut draft, &bill, benefit);
    let bill = if first.is_some() { with_least_bill(&mut draft, bill, benefit) } else { bill };
    let term = rules.yuan(id, &bill);
    let for_delivered = benefit.beside_price && rules.is_for_delivered(id);
    let fits = if for_delivered { term.fits.and(builder.fact(fact::BILL_DELIVERED)) } else { term.fits };
    draft.requires("age-and-group-in-table", fits, rules.clause(id));
    let full = if benefit.beside_price { term.value } else { term.value.or_less(left) };
    let here = builder.fact(fact::BILL_AREA).within(rules.area);
    let granted = draft.computed().and(here);
    let granted = within_counts(&mut draft, &bill, id, granted);
    within_day(&mut draft, &bill, id, full);
    let amount = builder.choose(granted, full, builder.nothing());
    let amount = within_total(member, &format!("{id}-total-cap"), within_yuan(&bill, id, amount));
    payers(&mut draft, &bill, id, term.value, amount);
    let [listed, taken_off, to_pay] = match benefit.bills.as_slice() {
        [BillCategory::Meal] => ["meal-price", "meal-discount", "meal-to-pay"],
        _ => ["bill-price", "bill-discount", "bill-to-pay"],
    };
    draft.step(listed, price, Unit::Yuan);
    draft.step(taken_off, amount, Unit::Yuan);
    if !benefit.beside_price {
        draft.step(to_pay, left - amount, Unit::Yuan);
        discounts.push((id.to_owned(), amount));
    }
    draft.pays(amount);
    draft.finish(None);
}

/// What is asked of the person and the bill before any table of amounts is read.
fn conditions<'b>(draft: &mut Draft<'b, row::Bill>, bill: &OfBill<'_, 'b>, benefit: &LocalBenefit) {
    let (rules, id) = (bill.member.rules, benefit.id.as_str());
    let builder = rules.builder;
    let category = match benefit.bills.as_slice() {
        [BillCategory::Meal] => "is-a-meal",
        _ => "bill-category-fits",
    };
    draft.requires(category, builder.fact(fact::BILL_CATEGORY).is_one_of(&benefit.bills), rules.clause(id));
    draft.requires("listed-provider", builder.fact(fact::BILL_LISTED), rules.clause(id));
    let (age, least) = (bill.age(), builder.count(benefit.age_from.unwrap_or(OLDER_PERSON_AGE)));
    draft.requires("of-age", age.at_least(least), clause("elderly-rights-act", "2"));
    draft.measured(age, least, Unit::Years);
    exclusions(rules, bill, &format!("{id}-exclusions"), draft);
    if let Some((issued, law)) = voucher_issued(bill.member, id) {
        draft.requires("voucher-issued-by-month", issued, law);
    }
}

/// A first voucher comes in the month of approval if enough of its workdays are left, else in the month after; where a text
/// says how many.
fn voucher_issued<'b>(member: &OfMember<'_, 'b>, id: &str) -> Option<(Truth<'b>, Option<Clause>)> {
    let rules = member.rules;
    let builder = rules.builder;
    let parameter = format!("{id}-start-workdays");
    rules.tables.find(&parameter, rules.area, rules.as_of).certain.ok()?;
    let approved = builder.fact(fact::DECIDED_ON).lift::<row::Bill>();
    let month = builder.fact(fact::BILL_DATE).month();
    let needed = rules.count(&parameter, &OfHousehold(member)).value.lift();
    let in_time = |needed| approved.at_most(month.last_with_workdays(needed));
    // Whether the day of approval is one of those left is written nowhere.
    let open = rules.missing::<unit::Yuan, row::Bill>(&parameter, "unknown", rules.area, None).fits;
    let issued = in_time(needed).or(in_time(needed - builder.count(1)).and(open));
    Some((issued, rules.clause(&parameter)))
}

/// Whether a least bill is held against the list price or against what an earlier discount leaves: as the table says, else
/// both readings stand beside each other.
fn with_least_bill<'r, 'b>(draft: &mut Draft<'b, row::Bill>, bill: OfBill<'r, 'b>, benefit: &LocalBenefit) -> OfBill<'r, 'b> {
    let (rules, id) = (bill.member.rules, benefit.id.as_str());
    let (list_price, left) = (bill.least_held_against, bill.amount);
    let parameter = format!("{id}-least-bill");
    match rules.word::<row::Bill>(&parameter).0 {
        Word::Known("after-discount") => OfBill { least_held_against: left, ..bill },
        Word::Known(_) => bill,
        Word::Unknown => {
            for (code, held_against) in [("least-bill-list-price", list_price), ("least-bill-after-discount", left)] {
                let reading = rules.yuan(id, &OfBill { least_held_against: held_against, ..bill });
                let granted = draft.computed().and(reading.fits);
                let amount = rules.builder.choose(granted, reading.value.or_less(left), rules.builder.nothing());
                if let Some(law) = rules.clause(id) {
                    draft.alternative(code, amount, law);
                }
            }
            let slot = Slot::maybe(Flags::CHOICE);
            let cell = Cell { slot, parameter, area: rules.area, note: TableNote::Missing("unknown", None) };
            let by_list_price = rules.builder.truth_cell(cell);
            OfBill { least_held_against: rules.builder.choose(by_list_price, list_price, left), ..bill }
        }
    }
}

/// Not more bills than the row allows for one meal, a day, a week; a bill that comes too late is told so.
fn within_counts<'b>(draft: &mut Draft<'b, row::Bill>, bill: &OfBill<'_, 'b>, id: &str, granted: Truth<'b>) -> Truth<'b> {
    let rules = bill.member.rules;
    let builder = rules.builder;
    let (person, date) = (builder.fact(fact::BILL_MEMBER).id(), builder.fact(fact::BILL_DATE));
    let meal = builder.fact(fact::BILL_MEAL).id();
    let limits: [(Limit, &str, &[NodeId]); 3] = [
        (Limit::PerMeal, "within-bills-per-meal", &[person, date.id(), meal]),
        (Limit::PerDay, "within-bills-per-day", &[person, date.id()]),
        (Limit::PerWeek, "within-bills-per-week", &[person, date.week().id()]),
    ];
    let mut granted = granted;
    for (limit, code, alike) in limits {
        let Some(most) = rules.limit::<unit::Count, _>(id, bill, limit) else { continue };
        let earlier = builder.retyped::<_, unit::Count, _>(granted).before(alike);
        let within = earlier.below(most);
        draft.requires(code, within, rules.clause(id));
        granted = granted.and(within);
    }
    granted
}

/// What a day's bills come to together, where the row allows one of them or so many yuan: no amount goes beyond it.
fn within_day<'b>(draft: &mut Draft<'b, row::Bill>, bill: &OfBill<'_, 'b>, id: &str, full: Yuan<'b>) {
    let rules = bill.member.rules;
    let builder = rules.builder;
    let mut most = builder.yuan(Money::from_fen(NO_LIMIT));
    if let Some(bills) = rules.limit::<unit::Count, _>(id, bill, Limit::PerDay) {
        most = builder.choose(bills.at_most(builder.count(1)), full, most);
    }
    if let Some(yuan) = rules.limit(id, bill, Limit::YuanPerDay) {
        most = most.or_less(yuan);
    }
    draft.has_in_a_day(most);
}

/// Not more yuan than the row allows a day, a month, in all.
fn within_yuan<'b>(bill: &OfBill<'_, 'b>, id: &str, amount: Yuan<'b>) -> Yuan<'b> {
    let rules = bill.member.rules;
    let builder = rules.builder;
    let (person, date) = (builder.fact(fact::BILL_MEMBER).id(), builder.fact(fact::BILL_DATE));
    let limits: [(Limit, &[NodeId]); 3] = [
        (Limit::YuanPerDay, &[person, date.id()]),
        (Limit::YuanPerMonth, &[person, date.month().id(), rules.which(id, bill).id()]),
        (Limit::YuanInAll, &[person]),
    ];
    let mut amount = amount;
    for (limit, alike) in limits {
        if let Some(most) = rules.limit::<unit::Yuan, _>(id, bill, limit) {
            amount = amount.or_less((most - amount.before(alike)).at_least_zero());
        }
    }
    amount
}

/// Not more than all rows together may come to in a month. Where that is not known, it still is not less than one bill's own
/// cap, so that the first bill of a month is not touched by it.
fn within_total<'b>(member: &OfMember<'_, 'b>, parameter: &str, amount: Yuan<'b>) -> Yuan<'b> {
    let rules = member.rules;
    let builder = rules.builder;
    let Ok(answer) = rules.tables.find(parameter, rules.area, rules.as_of).certain else { return amount };
    let is_unknown = |group: &Group<'_>| answer.table.rows.get(group.row).is_some_and(|row| row.value == CellValue::Unknown);
    let cap = rules.yuan(parameter, &OfHousehold(member)).value.lift::<row::Bill>();
    let alike = [builder.fact(fact::BILL_MEMBER).id(), builder.fact(fact::BILL_DATE).month().id()];
    let earlier = amount.before(&alike);
    let capped = amount.or_less((cap - earlier).at_least_zero());
    if answer.groups.iter().any(is_unknown) { builder.choose(earlier.equals(builder.nothing()), amount, capped) } else { capped }
}

/// Who pays which part: as the row says where the whole of it is paid. What the operator gets is not part of it.
fn payers<'b>(draft: &mut Draft<'b, row::Bill>, bill: &OfBill<'_, 'b>, id: &str, whole: Yuan<'b>, amount: Yuan<'b>) {
    let rules = bill.member.rules;
    let builder = rules.builder;
    for payer in PAYERS {
        let Some(part) = rules.payer(id, bill, payer) else { continue };
        let unshared = rules.missing(&format!("{id}-shares"), "unknown", rules.area, None).value;
        let nothing = builder.nothing();
        let is_nothing = amount.equals(nothing);
        draft.paid_by(payer, builder.select(&[(is_nothing, nothing), (amount.equals(whole), part)], unshared));
    }
}
