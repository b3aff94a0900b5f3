//! The limit: the same rules for the same area and day, written by hand over plain structures in which every fact is
//! known; nothing is asked, explained or dated. Once in whole fen, once in `rust_decimal`.

use std::hint::black_box;

use rust_decimal::Decimal;

type Day = (i64, i64, i64);

/// Facts of one member, as the household states them.
pub struct Member<N> {
    pub birth: Day,
    pub registered: Vec<(u32, Day, Day)>,
    /// Counted, gross, costs, months.
    pub incomes: Vec<(bool, N, N, i64)>,
    pub transfers: Vec<N>,
    /// Kind and grade.
    pub disabilities: Vec<(u8, i64)>,
    pub card_valid: bool,
    pub service_injury: Option<i64>,
    pub needs_care: bool,
    pub able: bool,
    pub jobless: bool,
    pub refusals: Vec<Day>,
    /// What is drawn, whether it is being paid, whether in full.
    pub receiving: Vec<(u8, bool, bool)>,
    pub ability: u8,
    pub family_planning_special: bool,
}

/// Facts of the household.
pub struct Home<N> {
    pub today: Day,
    pub members: Vec<Member<N>>,
    /// Status, from, until.
    pub standing: Vec<(u8, Day, Day)>,
    /// Test and result.
    pub assessments: Vec<(u8, bool)>,
    pub savings: N,
    /// Who eats, which meal, when, where, price, at a listed place.
    pub meals: Vec<(usize, u8, Day, u32, N, bool)>,
    pub weekend: bool,
    pub holidays: Vec<Day>,
}

/// Numbers of the area on the day.
pub struct Numbers<N> {
    pub area: u32,
    pub city: u32,
    pub standard: N,
    pub asset_months: N,
    /// Bands of age: from, below, amount.
    pub age: Vec<(i64, i64, N)>,
    pub hardship: Vec<(i64, i64, N)>,
    pub living: [N; 5],
    pub nursing: [N; 3],
    pub service: [N; 3],
    pub nursing_allowance: [N; 3],
    pub lunch: [N; 2],
}

const DESTITUTE: u8 = 0;
const ALLOWANCE: u8 = 1;
const BORDERLINE: u8 = 2;
const EXCLUDE_BOTH: &[u8] = &[4, 8];
const EXCLUDE_LIVING: &[u8] = &[5, 7];

fn age(birth: Day, today: Day) -> i64 {
    today.0 - birth.0 - i64::from((today.1, today.2) < (birth.1, birth.2))
}

fn within(list: &[(u32, Day, Day)], today: Day, area: u32, city: u32) -> bool {
    list.iter().any(|(own, from, until)| *from <= today && today < *until && (*own == area || *own / 100 * 100 == city))
}

macro_rules! limit {
    ($name:ident, $number:ty, $zero:expr, $of:expr, $ceil:expr) => {
        /// Decides by hand: the allowance, six amounts for each member, the discounts.
        pub fn $name(home: &Home<$number>, numbers: &Numbers<$number>, paid: &mut Vec<$number>) {
            let of: fn(i64) -> $number = $of;
            let zero: $number = $zero;
            paid.clear();
            let today = home.today;
            let band = |bands: &[(i64, i64, $number)], years: i64| {
                bands.iter().find(|(from, below, _)| (*from..*below).contains(&years)).map_or(zero, |(.., amount)| *amount)
            };
            let stated = |status: u8| home.standing.iter().any(|(own, from, until)| *own == status && *from <= today && today < *until);
            let assessed = |test: u8| home.assessments.iter().find(|(own, _)| *own == test).map(|(_, holds)| *holds);
            let people = of(home.members.len() as i64);
            let mut income = zero;
            let mut refusing = 0;
            for member in &home.members {
                for (counted, gross, costs, months) in &member.incomes {
                    if *counted {
                        income += (*gross - *costs).max(zero) * of(27_720 / *months);
                    }
                }
                for out in &member.transfers {
                    income -= *out * of(27_720);
                }
                let years = age(member.birth, today);
                if member.refusals.len() >= 3 && member.jobless && member.able && (16..60).contains(&years) {
                    refusing += 1;
                }
            }
            let income = income.max(zero);
            let line = numbers.standard * people;
            let here = within(&home.members[0].registered, today, numbers.area, numbers.city);
            let assets = assessed(0).unwrap_or(home.savings <= line * numbers.asset_months);
            let poor = stated(ALLOWANCE) || (here && income < line * of(27_720) && assets && refusing == 0);
            let borderline_assets = assessed(1).unwrap_or(home.savings <= line * numbers.asset_months);
            let borderline = stated(BORDERLINE) || (!poor && here && income * of(2) < line * of(27_720) * of(3) && borderline_assets);
            paid.push(if poor { $ceil(line * of(27_720) - income) } else { zero });
            for member in &home.members {
                let here = within(&member.registered, today, numbers.area, numbers.city);
                let destitute = stated(DESTITUTE);
                let draws = |kinds: &[u8]| kinds.iter().any(|kind| member.receiving.iter().any(|(own, paying, _)| own == kind && *paying));
                let in_full = |kind: u8| member.receiving.iter().any(|(own, paying, full)| *own == kind && *paying && *full);
                let injured = member.service_injury.is_some_and(|grade| grade <= 4);
                let worst = member.disabilities.iter().map(|(_, grade)| *grade).min().unwrap_or(9);
                let entitled = here && worst <= 4 && member.card_valid && !destitute && !draws(EXCLUDE_BOTH) && !injured;
                let living = entitled && (poor || borderline) && !draws(EXCLUDE_LIVING) && !in_full(6);
                paid.push(if living { numbers.living[worst as usize] } else { zero });
                paid.push(if entitled && worst <= 2 && member.needs_care { numbers.nursing[worst as usize] } else { zero });
                let years = age(member.birth, today);
                let old = here && years >= 60;
                paid.push(if old { band(&numbers.age, years) } else { zero });
                paid.push(if old && (poor || destitute) { band(&numbers.hardship, years) } else { zero });
                let service = [poor, borderline, member.family_planning_special].iter().position(|fits| *fits);
                paid.push(service.filter(|_| old).map_or(zero, |class| numbers.service[class]));
                let severe = member.disabilities.iter().any(|(kind, grade)| matches!(kind, 0 | 3 | 4 | 5) && *grade == 1);
                let middle = member.disabilities.iter().any(|(kind, grade)| matches!(kind, 0 | 3) && *grade == 2);
                let nursing = if member.ability >= 3 || severe {
                    0
                } else if middle {
                    1
                } else {
                    2
                };
                paid.push(if old { numbers.nursing_allowance[nursing] } else { zero });
            }
            for (eater, meal, day, area, price, listed) in &home.meals {
                let member = &home.members[*eater];
                let years = age(member.birth, *day);
                let here = *area == numbers.area && within(&member.registered, *day, numbers.area, numbers.city);
                let workday = !home.weekend && home.holidays.binary_search(day).is_err();
                let discount = if !here || !*listed || *meal == 0 || years < 60 {
                    zero
                } else if poor || stated(DESTITUTE) {
                    numbers.lunch[1]
                } else if years >= 70 && workday {
                    numbers.lunch[0]
                } else {
                    zero
                };
                paid.push(discount.min(*price));
            }
        }
    };
}

fn ceil_fen(scaled: i64) -> i64 {
    let whole = 27_720 * 100;
    (scaled + whole - 1) / whole * 100
}

fn ceil_decimal(scaled: Decimal) -> Decimal {
    (scaled / Decimal::from(27_720)).ceil()
}

limit!(in_fen, i64, 0, |n| n, ceil_fen);
limit!(in_decimal, Decimal, Decimal::ZERO, Decimal::from, ceil_decimal);

/// The committed household and the numbers of its area; `of` makes money from fen, `months` a plain number.
pub fn home<N: Copy>(of: impl Fn(i64) -> N, months: N) -> (Home<N>, Numbers<N>) {
    const OPEN: Day = (9999, 1, 1);
    let member = |birth: Day, since: Day, incomes: Vec<(bool, N, N, i64)>, transfers: Vec<N>, disabilities: Vec<(u8, i64)>| Member {
        birth,
        registered: vec![(990_101, since, OPEN)],
        incomes,
        transfers,
        card_valid: !disabilities.is_empty(),
        needs_care: !disabilities.is_empty(),
        ability: if disabilities.is_empty() { 0 } else { 3 },
        disabilities,
        service_injury: None,
        able: true,
        jobless: false,
        refusals: Vec::new(),
        receiving: black_box(Vec::new()),
        family_planning_special: false,
    };
    let home = Home {
        today: (2026, 3, 18),
        members: vec![
            member((1980, 3, 10), (2010, 1, 1), vec![(true, of(180_000), of(15_000), 1)], vec![], vec![]),
            member((1982, 6, 20), (2010, 1, 1), vec![(true, of(420_000), of(90_000), 6)], vec![of(8_000)], vec![]),
            member((2012, 9, 1), (2012, 9, 1), vec![], vec![], vec![]),
            member((1943, 11, 30), (1990, 1, 1), vec![(true, of(21_000), of(0), 1)], vec![], vec![(3, 1), (0, 3)]),
        ],
        standing: black_box(Vec::new()),
        assessments: vec![(0, true), (1, true)],
        savings: of(1_800_000),
        meals: vec![(3, 1, (2026, 3, 18), 990_101, of(2_000), true)],
        weekend: false,
        holidays: (1..=300).map(|day| (2016 + day / 30, 1 + day % 12, 1 + day % 28)).collect(),
    };
    let numbers = Numbers {
        area: 990_101,
        city: 990_100,
        standard: of(110_000),
        asset_months: months,
        age: vec![(75, 85, of(15_000)), (85, 999, of(30_000))],
        hardship: vec![(60, 80, of(10_000)), (80, 90, of(15_000)), (90, 999, of(25_000))],
        living: [of(0), of(110_000), of(55_000), of(20_000), of(20_000)],
        nursing: [of(0), of(25_000), of(18_000)],
        service: [of(30_000), of(20_000), of(10_000)],
        nursing_allowance: [of(60_000), of(40_000), of(0)],
        lunch: [of(300), of(1_200)],
    };
    (home, numbers)
}
