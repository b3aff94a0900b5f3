//! Countable income (家庭可支配收入): each kind net of what it cost, less what the texts leave out.
//!
//! # Sources
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 13; local rules in the tables.

use super::{Family, Rules, TEN_MILLION_YUAN};
use crate::formula::Expr;
use crate::household::dictionary::{IncomeKind, MONEY_MAX, Status, TransferKind, fact, row, unit};
use crate::money::{Rate, Yuan};
use crate::order::Listed as _;
use crate::tables::CellValue;
use crate::tables::rules::Word;
use crate::tables::subject::{Incomes, OfIncome, OfMember, OfMemberWithIncome};

/// Income kinds that art. 13 counts.
const COUNTED: &[IncomeKind] = &[
    IncomeKind::Wages,
    IncomeKind::Business,
    IncomeKind::Property,
    IncomeKind::Pension,
    IncomeKind::ResidentPension,
    IncomeKind::Maintenance,
    IncomeKind::UnemploymentBenefit,
    IncomeKind::SurvivorsBenefit,
    IncomeKind::Compensation,
    IncomeKind::Gift,
    IncomeKind::Other,
];

/// Kinds that art. 13 leaves to the cities: it names neither side.
const LEFT_TO_CITIES: &[IncomeKind] = &[IncomeKind::AdvancedAgeAllowance];

/// What a member pays that comes off income: taxes, social insurance, maintenance for others.
const COMES_OFF: &[TransferKind] = &[TransferKind::Tax, TransferKind::SocialInsurance, TransferKind::Maintenance];

/// Countable income of each member a month: each income spread over its months, without what is left out.
pub fn received<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Monthly, row::Member> {
    let counted = counted(rules, member);
    let before = counted.sum();
    let left_out = [new_wages(rules, member, counted, before), work_expenses(rules, member, counted, before)];
    match left_out {
        [None, None] => before,
        // Neither takes more than the wages themselves.
        parts => parts.into_iter().flatten().fold(before, |rest, part| rest - part).at_least_zero(),
    }
}

/// Countable income of all counted members a month, less what they pay to others; never below zero.
pub fn of_family<'b>(
    rules: &Rules<'b>,
    family: &Family<'b>,
    received: Expr<'b, unit::Monthly, row::Member>,
) -> Expr<'b, unit::Monthly, row::Household> {
    let builder = rules.builder;
    let most = builder.yuan(Yuan::from_fen(TEN_MILLION_YUAN));
    let amount: Expr<'b, unit::Monthly, row::Transfer> = builder.retyped(builder.fact(fact::TRANSFER_AMOUNT).or_less(most));
    let comes_off = builder.fact(fact::TRANSFER_KIND).is_one_of(COMES_OFF);
    let paid = builder.choose(comes_off, amount, builder.nothing()).sum();
    let of_counted = |value| builder.choose(family.counted, value, builder.nothing()).sum();
    let income = (of_counted(received) - of_counted(paid)).at_least_zero();
    match super::expenses::deductible(rules, family) {
        Some(expenses) => (income - expenses).at_least_zero(),
        None => income,
    }
}

/// What counts of each income a month.
fn counted<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Monthly, row::Income> {
    let builder = rules.builder;
    let kind = builder.fact(fact::INCOME_KIND);
    let monthly = if leaves_out_a_part(rules) {
        monthly(rules, member).or_less(builder.yuan(Yuan::from_fen(TEN_MILLION_YUAN)))
    } else {
        monthly(rules, member)
    };
    // Kinds that a table names follow the table, the others the law itself.
    let named = rules.income_kinds_named("income-disregard");
    let others = |kinds: &[IncomeKind]| kinds.iter().copied().filter(|kind| !named.contains(kind)).listed();
    let local = rules.missing::<unit::Yuan, row::Income>("income-disregard", "unknown", rules.area, None).fits;
    let by_law = kind.is_one_of(&others(COUNTED)).or(kind.is_one_of(&others(LEFT_TO_CITIES)).and(local));
    let nothing = builder.nothing();
    let otherwise = builder.choose(by_law, monthly, nothing);
    if named.is_empty() {
        return otherwise;
    }
    let share = share_left_out(rules, member, monthly);
    builder.choose(kind.is_one_of(&named), share, otherwise)
}

/// Whether a table leaves out a part of some income, and not all of it or nothing.
fn leaves_out_a_part(rules: &Rules<'_>) -> bool {
    !rules.rates_named("income-disregard").is_empty()
}

fn is(value: &CellValue, share: &str) -> bool {
    matches!(value, CellValue::Rate(rate) if Rate::parse(share).as_ref() == Ok(rate))
}

/// What counts of an income of which a table leaves out a share: mostly all or nothing.
fn share_left_out<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    monthly: Expr<'b, unit::Monthly, row::Income>,
) -> Expr<'b, unit::Monthly, row::Income> {
    let builder = rules.builder;
    let income = OfIncome(member);
    let whole = rules.tells("income-disregard", &income, &|value| matches!(value, CellValue::Rate(_)).then(|| is(value, "1")));
    let mut cases = vec![(whole, builder.nothing())];
    for share in rules.rates_named("income-disregard") {
        let of_share = rules.tells("income-disregard", &income, &|value| match value {
            CellValue::Rate(own) => Some(*own == share),
            _ => None,
        });
        cases.push((of_share, (monthly - monthly * builder.rate(share)).at_least_zero()));
    }
    builder.select(&cases, monthly)
}

/// Each income a month, net of its costs and of the centrally fixed basic pension while that is left out.
fn monthly<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Expr<'b, unit::Monthly, row::Income> {
    let builder = rules.builder;
    let net = builder.fact(fact::INCOME_GROSS) - builder.fact(fact::INCOME_COSTS);
    let basic = builder.fact(fact::INCOME_BASIC_PART);
    let left_out = match rules.word::<row::Income>("basic-pension-disregard") {
        (Word::Known("disregarded"), is_so) | (Word::Unknown, is_so) => Some(is_so),
        (Word::Known(_), _) => None,
    };
    let net = left_out.map_or(net, |is_so| {
        let pension = builder.fact(fact::INCOME_KIND).is(IncomeKind::ResidentPension);
        builder.choose(pension, net - builder.choose(is_so, basic, builder.nothing()), net)
    });
    over_its_window(rules, member, net.at_least_zero())
}

/// An amount spread over the months that the place averages over (在规定期限内); as told where no text says how many.
///
/// Income that began less than that ago is spread over all of these months. An amount told for other months does not
/// say what came in during them: it has to be told again.
fn over_its_window<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    net: Expr<'b, unit::Yuan, row::Income>,
) -> Expr<'b, unit::Monthly, row::Income> {
    const WINDOW: &str = "income-window-months";
    let builder = rules.builder;
    let told = builder.fact(fact::INCOME_MONTHS);
    let as_told = net.per_month(told);
    if !rules.has_value(WINDOW, |value| matches!(value, CellValue::Count(1..=12))) {
        return as_told;
    }
    let income = OfIncome(member);
    let named = rules.income_kinds_named(WINDOW);
    let of_kind = if named.is_empty() { builder.always(true) } else { builder.fact(fact::INCOME_KIND).is_one_of(&named) };
    let set = rules.tells(WINDOW, &income, &|value| Some(matches!(value, CellValue::Count(_))));
    let window = rules.count(WINDOW, &income).value;
    let age = months_since_start(rules);
    let is_new = builder.all(&[told.below(window), age.below(window), age.at_most(told)]);
    let again = builder.unasked::<row::Income>().lift::<row::Income>();
    let anything = builder.choose(again, builder.yuan(Yuan::from_fen(MONEY_MAX)), builder.nothing());
    let cases = [(of_kind.and(set).not(), as_told), (told.equals(window), as_told), (is_new, net.per_month(window))];
    builder.select(&cases, anything)
}

/// Months that no rule reaches back.
const LONG_AGO: i64 = 9_999;

/// The first month there is, January 1900, which stands for one that was not told.
const FIRST_MONTH: i64 = 1900 * 12;

/// For how many calendar months an income has been coming in.
fn months_since_start<'b>(rules: &Rules<'b>) -> Expr<'b, unit::Count, row::Income> {
    let builder = rules.builder;
    builder.retyped(builder.today::<row::Income>().month() - builder.fact(fact::INCOME_STARTED).month())
}

/// For how many calendar months the household has been recognised as drawing the allowance (自认定为低保之月起).
fn months_since_recognition<'b>(rules: &Rules<'b>) -> Expr<'b, unit::Count, row::Income> {
    let builder = rules.builder;
    let never = builder.retyped(builder.count::<row::Standing>(LONG_AGO));
    let is_allowance = builder.fact(fact::STANDING_STATUS).is(Status::MinimumLivingAllowance);
    let from = builder.fact(fact::STANDING_FROM).month();
    let months = builder.retyped(builder.today::<row::Standing>().month() - from);
    // Who does not say since when was recognised at some time: nobody knows for how many months.
    let told = builder.retyped::<_, unit::Count, _>(from).at_most(builder.count(FIRST_MONTH)).not();
    let recently = builder.unasked::<row::Standing>().lift();
    let months = builder.choose(told, months, builder.choose(recently, builder.count(0), never));
    let shortest: Expr<'b, unit::Count, row::Household> = builder.choose(is_allowance, months, never).least(LONG_AGO);
    shortest.lift()
}

/// The part of the wages a rule on work concerns that it leaves out of a member's income; nothing where no row of it fits.
fn part_of_wages<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    parameter: &str,
    concerned: Expr<'b, unit::Truth, row::Income>,
    (counted, before): (Expr<'b, unit::Monthly, row::Income>, Expr<'b, unit::Monthly, row::Member>),
) -> Expr<'b, unit::Monthly, row::Member> {
    let builder = rules.builder;
    let wages = builder.choose(concerned, counted, builder.nothing()).sum();
    // The rule asks for income as it is before the rule.
    let family = builder.always::<row::Member>(true).count_rows();
    let incomes = Incomes { own: before, household: before.sum(), members: family };
    let worker = OfMember { incomes: Some(incomes), ..*member };
    let amount = rules.amount::<unit::Monthly, _>(parameter, &OfMemberWithIncome(&worker));
    builder.choose(amount.fits, amount.value.or_less(wages), builder.nothing())
}

/// Wages of a new job that do not count for some months, up to an amount (就业收入豁免).
fn new_wages<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    counted: Expr<'b, unit::Monthly, row::Income>,
    before: Expr<'b, unit::Monthly, row::Member>,
) -> Option<Expr<'b, unit::Monthly, row::Member>> {
    const RULE: &str = "new-employment-disregard";
    let builder = rules.builder;
    if !rules.is_set(RULE) {
        return None;
    }
    let months = rules.count("new-employment-disregard-months", &OfIncome(member)).value;
    // Some texts give only the least and the most.
    let months = match rules.is_set("new-employment-disregard-months-most") {
        true => months.or_less(rules.count("new-employment-disregard-months-most", &OfIncome(member)).value),
        false => months,
    };
    let age = match rules.word::<row::Income>("new-employment-disregard-event") {
        (Word::Known("recognition"), known) => builder.choose(known, months_since_recognition(rules), months_since_start(rules)),
        _ => months_since_start(rules),
    };
    let recent = builder.fact(fact::INCOME_KIND).is_one_of(&rules.income_kinds_named(RULE)).and(age.below(months));
    Some(part_of_wages(rules, member, RULE, recent, (counted, before)))
}

/// What working costs a member, as a fixed amount off wages (就业成本扣减).
fn work_expenses<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    counted: Expr<'b, unit::Monthly, row::Income>,
    before: Expr<'b, unit::Monthly, row::Member>,
) -> Option<Expr<'b, unit::Monthly, row::Member>> {
    const RULE: &str = "work-expense-deduction";
    if !rules.is_set(RULE) {
        return None;
    }
    let of_work = rules.builder.fact(fact::INCOME_KIND).is_one_of(&rules.income_kinds_named(RULE));
    Some(part_of_wages(rules, member, RULE, of_work, (counted, before)))
}
