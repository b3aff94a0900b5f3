//! The limit: the rules of eight benefits for the made-up district 990101 in March 2026, written by hand over plain structures
//! in which every fact is told; nothing is asked, explained, dated or looked up in a table. In whole fen or in `rust_decimal`.
//!
//! The bench holds the engine's time against it, and a suite holds the answers of both against each other: a limit that left
//! out a rule would be none.

mod told;

use std::ops::{Add, Mul, Sub};

use rust_decimal::Decimal;

/// The benefits, as the engine names them.
pub const BENEFITS: [&str; 8] = [
    "minimum-living-allowance",
    "disability-living-subsidy",
    "disability-nursing-subsidy",
    "advanced-age-allowance",
    "elderly-hardship-allowance",
    "elderly-service-allowance",
    "elderly-nursing-allowance",
    "meal-discount",
];

/// Year, month and day.
pub type Day = (i64, i64, i64);

/// After every other day: of what has not happened, and of what is not over.
pub const NEVER: Day = (9999, 12, 31);

/// Parts of a month's money, so that a share of any number of months up to twelve is whole.
const PARTS: i64 = 27_720;

/// What the limit computes with.
pub trait Number: Copy + Ord + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + From<i64> {
    /// An amount.
    fn of_fen(fen: i64) -> Self;
    /// An amount in [`PARTS`], up to whole yuan.
    fn up_to_yuan(parts: Self) -> Self;
    /// So many hundredths of an amount.
    fn hundredths(self, count: i64) -> Self;
    /// The amount in fen.
    fn fen(self) -> i64;
}

impl Number for i64 {
    fn of_fen(fen: i64) -> Self {
        fen
    }

    fn up_to_yuan(parts: Self) -> Self {
        (parts + PARTS * 100 - 1) / (PARTS * 100) * 100
    }

    fn hundredths(self, count: i64) -> Self {
        self * count / 100
    }

    fn fen(self) -> i64 {
        self
    }
}

impl Number for Decimal {
    fn of_fen(fen: i64) -> Self {
        Self::new(fen, 2)
    }

    fn up_to_yuan(parts: Self) -> Self {
        (parts / Self::from(PARTS)).ceil()
    }

    fn hundredths(self, count: i64) -> Self {
        self * Self::new(count, 2)
    }

    fn fen(self) -> i64 {
        i64::try_from(self * Self::from(100)).expect("whole fen")
    }
}

/// How a member is related to the applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The applicant.
    Oneself,
    /// Spouse.
    Spouse,
    /// Child.
    Child,
    /// Parent.
    Parent,
    /// Anybody else.
    Other,
}

/// What a household is in by an office's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 特困人员, of one member.
    Destitute(usize),
    /// 低保
    Allowance,
    /// 低保边缘
    Borderline,
    /// 刚性支出困难
    Hardship,
    /// 低收入
    LowIncome,
    /// None of them.
    Nothing,
}

/// What a member draws that excludes something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// 孤儿基本生活费
    Orphan,
    /// 事实无人抚养儿童基本生活补贴, in full.
    UnattendedInFull,
    /// 工伤生活护理费
    WorkInjuryNursing,
    /// 机构养老护理补贴
    InstitutionalCare,
}

/// A certificate of disability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// Valid or being issued anew.
    InHand,
    /// Expired.
    Expired,
    /// None that counts.
    None,
}

/// An income over some months.
#[derive(Clone, Debug)]
pub struct Income<N> {
    /// Whether art. 13 counts its kind.
    pub counts: bool,
    /// What came in.
    pub gross: N,
    /// What it cost.
    pub costs: N,
    /// Over how many months.
    pub months: i64,
}

/// Facts of one member.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "most are the fact of their name")]
pub struct Member<N> {
    pub relation: Relation,
    pub birth: Day,
    pub lives_with: bool,
    pub support_duty: bool,
    /// Full time, up to bachelor's level.
    pub in_school: bool,
    pub unable: bool,
    pub jobless: bool,
    pub refusals: Vec<Day>,
    /// Area, from, until.
    pub registered: Vec<(u32, Day, Day)>,
    pub lives_in: Vec<(u32, Day, Day)>,
    pub urban: bool,
    pub incomes: Vec<Income<N>>,
    /// A month; whether it comes off income.
    pub paid: Vec<(bool, N)>,
    /// Whether it is one of vision or limb, and the grade.
    pub disabilities: Vec<(bool, i64)>,
    pub card: Card,
    pub card_issued: Day,
    pub card_expires: Day,
    pub died: Day,
    pub imprisoned: (Day, Day),
    pub judged: Day,
    pub rehabilitation: (Day, Day),
    pub missing: Day,
    pub clergy: Day,
    /// Grade; 0 for no certificate.
    pub service_injury: i64,
    pub in_child_welfare: bool,
    /// What is being paid.
    pub draws: Vec<Drawn>,
    /// Intact 0 to complete 4: the least and the most that an assessment may mean.
    pub ability: (i64, i64),
    pub lives_alone: bool,
    pub family_planning_special: bool,
}

/// A meal.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "most are the fact of their name")]
pub struct Bill<N> {
    pub eater: usize,
    /// Breakfast, lunch or dinner, and not something else.
    pub is_meal: bool,
    pub breakfast: bool,
    pub lunch: bool,
    pub on: Day,
    pub area: u32,
    pub price: N,
    pub listed: bool,
}

/// Facts of the household.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "most are the fact of their name")]
pub struct Home<N> {
    pub today: Day,
    pub members: Vec<Member<N>>,
    /// Status, from, until.
    pub standing: Vec<(Status, Day, Day)>,
    pub assets: Option<bool>,
    pub borderline_assets: Option<bool>,
    pub savings: N,
    pub consents: bool,
    pub bills: Vec<Bill<N>>,
}

/// Bands of age: from, below, amount.
type Bands<N> = Vec<(i64, i64, N)>;

/// Numbers of the area on the day.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "most are the fact of their name")]
pub struct Numbers<N> {
    pub area: u32,
    /// Of a person in town and in the village.
    pub standard: [N; 2],
    /// Limit of property, in months of the standard.
    pub asset_months: N,
    pub advanced_age: Bands<N>,
    pub hardship: Bands<N>,
    /// By grade; the first is that of the standard itself, the second of half of it.
    pub living: N,
    pub nursing: [N; 2],
    pub service: [N; 3],
    pub ability: [N; 2],
    pub disabled: N,
    /// Off a meal: of who is poor, of who is 70 on a workday, of who lives alone, off a breakfast.
    pub meal: [N; 4],
    /// Days off that are no weekend, and weekends that are worked, in order.
    pub holidays: Vec<Day>,
    pub worked: Vec<Day>,
}

impl<N: Number> Numbers<N> {
    /// As the tables of the district have them in March 2026; what is paid for grade 2 follows the standard.
    #[must_use]
    pub fn of_march_2026(holidays: Vec<Day>, worked: Vec<Day>) -> Self {
        let of = N::of_fen;
        Self {
            area: 990_101,
            standard: [of(110_000), of(90_000)],
            asset_months: N::from(36),
            advanced_age: vec![(75, 85, of(15_000)), (85, 999, of(30_000))],
            hardship: vec![(60, 80, of(10_000)), (80, 90, of(15_000)), (90, 100, of(25_000))],
            living: of(20_000),
            nursing: [of(25_000), of(18_000)],
            service: [of(30_000), of(20_000), of(10_000)],
            ability: [of(30_000), of(60_000)],
            disabled: of(40_000),
            meal: [of(1_200), of(300), of(500), of(100)],
            holidays,
            worked,
        }
    }
}

fn month((year, month, _): Day) -> i64 {
    year * 12 + month
}

fn birthday_age(birth: Day, today: Day) -> i64 {
    today.0 - birth.0 - i64::from((today.1, today.2) < (birth.1, birth.2))
}

/// 0 for Monday.
fn weekday((year, month, day): Day) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    // 2024-01-01 was a Monday, and this count gives it 738,946.
    (days - 738_946).rem_euclid(7)
}

/// From the first day up to, not including, the second.
fn lasts((from, until): (Day, Day), today: Day) -> bool {
    from <= today && today < until
}

fn within(list: &[(u32, Day, Day)], today: Day, is_meant: impl Fn(u32) -> bool) -> bool {
    list.iter().any(|(own, from, until)| is_meant(*own) && lasts((*from, *until), today))
}

fn band<N: Number>(bands: &[(i64, i64, N)], age: i64) -> N {
    bands.iter().find(|(from, below, _)| (*from..*below).contains(&age)).map_or(N::from(0), |(.., amount)| *amount)
}

/// What is so of the household as a whole on a day.
struct Found {
    today: Day,
    counted: u32,
    allowance: bool,
    borderline: bool,
    stated_allowance: bool,
    stated_borderline: bool,
    stated_low_income: bool,
    /// Something else than the one is stated.
    instead_of_allowance: bool,
    instead_of_borderline: bool,
}

/// What each benefit comes to: 0 where there is none, nothing where the texts leave it open. First the allowance, then six for
/// each member, then one for each bill.
pub fn decide<N: Number>(home: &Home<N>, numbers: &Numbers<N>, paid: &mut Vec<Option<N>>) {
    paid.clear();
    let (found, allowance) = household(home, numbers, home.today);
    paid.push(allowance);
    for (at, member) in home.members.iter().enumerate() {
        person(home, numbers, &found, (at, member), paid);
    }
    let first = paid.len();
    for (at, bill) in home.bills.iter().enumerate() {
        let earlier = paid.get(first..).unwrap_or_default();
        let off = match bill.on == home.today {
            true => meal(home, numbers, &found, (at, bill), earlier),
            // A meal is looked at on its own day.
            false => meal(home, numbers, &household(home, numbers, bill.on).0, (at, bill), earlier),
        };
        paid.push(off);
    }
}

/// N3 art. 7.
fn counts<N>(member: &Member<N>, today: Day) -> bool {
    let by_law = match member.relation {
        Relation::Oneself | Relation::Spouse => true,
        Relation::Child => member.lives_with || member.in_school || member.unable || birthday_age(member.birth, today) < 18,
        Relation::Parent => member.lives_with,
        Relation::Other => member.lives_with && member.support_duty,
    };
    let away = member.relation != Relation::Oneself && !member.lives_with;
    let is_held = lasts(member.imprisoned, today) || lasts(member.rehabilitation, today);
    let gone = member.died <= today || member.missing <= today || is_held;
    by_law && !gone && !(away && member.clergy <= today && birthday_age(member.clergy, today) >= 1)
}

/// N3 art. 5, 8, 13, 14, 23, 29, 34.
fn household<N: Number>(home: &Home<N>, numbers: &Numbers<N>, today: Day) -> (Found, Option<N>) {
    let (zero, parts) = (N::from(0), N::from(PARTS));
    let (mut counted, mut people, mut income, mut refusing) = (0_u32, 0_i64, zero, 0);
    for (at, member) in home.members.iter().enumerate().filter(|(_, member)| counts(member, today)) {
        counted |= 1 << at;
        people += 1;
        for own in member.incomes.iter().filter(|own| own.counts) {
            income = income + (own.gross - own.costs).max(zero) * N::from(PARTS / own.months);
        }
        for (_, out) in member.paid.iter().filter(|(comes_off, _)| *comes_off) {
            income = income - *out * parts;
        }
        let refusals = member.refusals.iter().filter(|on| **on <= today).count();
        let must_work = refusals >= 3 && member.jobless && !member.unable;
        if must_work && (16..60).contains(&birthday_age(member.birth, today)) {
            refusing += 1;
        }
    }
    let income = income.max(zero);
    let applicant = home.members.iter().find(|member| member.relation == Relation::Oneself);
    let standard = applicant.map_or(zero, |one| own_standard(one, numbers));
    let here = |own: u32| own == numbers.area;
    let may_apply = applicant.is_some_and(|one| within(&one.registered, today, here)) && home.consents;
    let line = standard * N::from(people);
    let line_in_parts = line * parts;
    let within_limit = || home.savings <= line * numbers.asset_months;
    let stated =
        |wanted: &[Status]| home.standing.iter().any(|(status, from, until)| wanted.contains(status) && lasts((*from, *until), today));
    let (stated_allowance, stated_borderline) = (stated(&[Status::Allowance]), stated(&[Status::Borderline]));
    let (stated_low_income, others) = (stated(&[Status::LowIncome]), stated(&[Status::Hardship, Status::Nothing]));
    let allowance = may_apply && income < line_in_parts && home.assets.unwrap_or_else(within_limit);
    let is_poor = allowance || stated_allowance;
    let below_borderline = || income * N::from(2) < line_in_parts * N::from(3);
    let borderline = may_apply && !is_poor && below_borderline() && home.borderline_assets.unwrap_or_else(within_limit);
    let amount = if is_poor { N::up_to_yuan((line_in_parts - income).max(zero)) } else { zero };
    let amount = (amount == zero || refusing == 0).then_some(amount);
    let found = Found {
        today,
        counted,
        allowance,
        borderline,
        stated_allowance,
        stated_borderline,
        stated_low_income,
        instead_of_allowance: stated_borderline || stated_low_income || others,
        instead_of_borderline: stated_allowance || stated_low_income || others,
    };
    (found, amount)
}

/// A member's categories.
struct Categories {
    destitute: bool,
    poor: bool,
    borderline: bool,
}

fn categories<N>(home: &Home<N>, found: &Found, at: usize) -> Categories {
    let destitute =
        home.standing.iter().any(|(status, from, until)| *status == Status::Destitute(at) && lasts((*from, *until), found.today));
    let counted = found.counted & (1 << at) != 0;
    let of = |stated: bool, computed: bool, other: bool| !destitute && (stated || computed && counted && !other);
    Categories {
        destitute,
        poor: of(found.stated_allowance, found.allowance, found.instead_of_allowance),
        borderline: of(found.stated_borderline, found.borderline, found.instead_of_borderline),
    }
}

fn own_standard<N: Number>(member: &Member<N>, numbers: &Numbers<N>) -> N {
    if member.urban { numbers.standard[0] } else { numbers.standard[1] }
}

fn person<N: Number>(home: &Home<N>, numbers: &Numbers<N>, found: &Found, (at, member): (usize, &Member<N>), paid: &mut Vec<Option<N>>) {
    let (today, zero) = (home.today, N::from(0));
    let categories = categories(home, found, at);
    let here = within(&member.registered, today, |own| own == numbers.area) && month(today) <= month(member.died);
    let age = birthday_age(member.birth, today);
    let (living, nursing) = disability(member, today, (here && !categories.destitute, age < 18));
    let worst = member.disabilities.iter().map(|(_, grade)| *grade).min();
    // Whether a sentence stops payment is not written for the district.
    let served = month(member.judged) < month(today) && today < member.imprisoned.1;
    let unless_served = |amount: N| (amount == zero || !served).then_some(amount);
    let standard = own_standard(member, numbers);
    let living = match worst.filter(|_| living && (categories.poor || categories.borderline)) {
        Some(1) => standard,
        Some(2) => N::up_to_yuan(standard.hundredths(50) * N::from(PARTS)),
        Some(_) => numbers.living,
        _ => zero,
    };
    let nursing = match worst.filter(|_| nursing) {
        Some(1) => numbers.nursing[0],
        Some(2) => numbers.nursing[1],
        _ => zero,
    };
    paid.push(unless_served(living));
    paid.push(unless_served(nursing));
    let old = here && age >= 60;
    // This one by the month of the birthday.
    let by_month = (month(today) - month(member.birth)).div_euclid(12);
    paid.push(Some(if here { band(&numbers.advanced_age, by_month) } else { zero }));
    paid.push(Some(if old && (categories.poor || categories.destitute) { band(&numbers.hardship, age) } else { zero }));
    let service = [categories.poor, categories.borderline || found.stated_low_income, member.family_planning_special];
    let service = service.iter().position(|fits| *fits).filter(|_| old);
    paid.push(Some(service.map_or(zero, |row| numbers.service[row])));
    let disabled = member.disabilities.iter().any(|(counts, grade)| *counts && *grade <= 2);
    let by_level = |level: i64| match level {
        3.. => numbers.ability[1],
        2 => numbers.ability[0],
        _ => zero,
    };
    let by_level = |level: i64| if disabled { by_level(level).max(numbers.disabled) } else { by_level(level) };
    let (least, most) = (by_level(member.ability.0), by_level(member.ability.1));
    paid.push(if old { (least == most).then_some(least) } else { Some(zero) });
}

/// Whether nothing but the category and the grade stands against the living and the nursing subsidy.
fn disability<N>(member: &Member<N>, today: Day, (fits, minor): (bool, bool)) -> (bool, bool) {
    let until = month(today) <= month(member.card_expires);
    let valid = match member.card {
        Card::InHand => until,
        Card::Expired => until && member.card_expires != NEVER,
        Card::None => false,
    };
    let draws = |wanted: &[Drawn]| member.draws.iter().any(|own| wanted.contains(own));
    let injured = (1..=4).contains(&member.service_injury);
    let both = fits && valid && member.card_issued <= today && !injured && !draws(&[Drawn::WorkInjuryNursing]);
    let excluded = minor && member.in_child_welfare || draws(&[Drawn::Orphan, Drawn::UnattendedInFull]);
    (both && !excluded, both && !draws(&[Drawn::InstitutionalCare]))
}

fn meal<N: Number>(home: &Home<N>, numbers: &Numbers<N>, found: &Found, (at, bill): (usize, &Bill<N>), earlier: &[Option<N>]) -> Option<N> {
    let zero = N::from(0);
    let eater = &home.members[bill.eater];
    if !bill.is_meal || !bill.listed || bill.area != numbers.area {
        return Some(zero);
    }
    // From which day an age counts is not written: from the month after the birthday, or from January.
    let ages = ((month(bill.on) - month(eater.birth) - 1).div_euclid(12), bill.on.0 - eater.birth.0);
    let categories = categories(home, found, bill.eater);
    let here = |own: u32| own == numbers.area;
    let registered = within(&eater.registered, bill.on, here);
    let lives_here = within(&eater.lives_in, bill.on, here);
    let workday = || match weekday(bill.on) {
        5.. => numbers.worked.binary_search(&bill.on).is_ok(),
        _ => numbers.holidays.binary_search(&bill.on).is_err(),
    };
    let off = |age: i64| {
        if age < 60 {
            return Some(zero);
        }
        if bill.breakfast {
            // The city takes its part off first.
            let in_city = within(&eater.lives_in, bill.on, |own| own / 100 == bill.area / 100);
            let first = if in_city { bill.price.hundredths(if age >= 80 { 15 } else { 10 }) } else { zero };
            return Some(if lives_here { numbers.meal[3].min(bill.price - first) } else { zero });
        }
        if registered && (categories.poor || categories.destitute) {
            return Some(numbers.meal[0].min(bill.price));
        }
        if lives_here && eater.lives_alone && bill.price > numbers.meal[2] {
            let mut left = numbers.meal[2];
            for (before, off) in home.bills.iter().zip(earlier).take(at) {
                if (before.eater, before.on) == (bill.eater, bill.on) {
                    left = left - (*off)?;
                }
            }
            return Some(left.max(zero));
        }
        Some(if registered && bill.lunch && age >= 70 && workday() { numbers.meal[1].min(bill.price) } else { zero })
    };
    let (least, most) = (off(ages.0)?, off(ages.1)?);
    (least == most).then_some(least)
}
