//! What a condition depends on, and the people who differ in nothing else: one axis for each.

use crate::area::AreaCode;
use crate::calendar::Calendar;
use crate::date::Date;
use crate::household::dictionary::{
    AbilityLevel, AbilityScale, Benefit, BillCategory, CarePlace, DayKind, DisabilityKind, EmploymentStatus, Group, Illness, IncidentKind,
    IncomeKind, Meal, Names, Service, Settlement, Sex, StandingClass, Status,
};
use crate::money::Yuan;
use crate::order::{AppendAll as _, Listed as _};
use crate::tables::Condition;
use crate::tables::condition::{IncomeTest, Span};

/// What conditions depend on: those of one axis look at the same facts, those of two axes at different ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Settlement,
    Standing,
    Age,
    Sex,
    Disabilities,
    Ability,
    GraceMonth,
    SelfCare,
    CareNeeded,
    CarePlace,
    Group(Group),
    Service(Service),
    Dementia,
    Illness,
    NoFixedIncome,
    Employment,
    Student,
    DisabledMembers,
    OlderCarer,
    Income(bool, String),
    Registered(AreaCode),
    Lives(AreaCode),
    Permit(AreaCode),
    Receiving(Benefit),
    ServiceInjury,
    Meal,
    Day,
    BillCategory,
    BillPrice,
    Delivered,
    Distance,
    Stay,
    Incident,
    SelfPaid,
    IncomeKind,
    ExpenseKind,
    Nothing,
}

/// In which part of a household facts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Member,
    Groups,
    Receiving,
    OtherMember,
    Household,
    Incident,
    Bill,
}

/// Someone on an axis: what to say of them, and the facts, each part as `"name": …`.
#[derive(Clone, Debug, Default)]
pub(super) struct Stand {
    /// The value, in words of the table.
    pub value: String,
    /// Where this stands on an axis that has an order: more need comes later.
    pub need: Option<i64>,
    /// The facts.
    pub facts: Vec<(Part, String)>,
    /// For incomes held against a share of a standard: thousandths of it, and on which side.
    pub share: Option<(i64, i64)>,
}

impl Axis {
    pub fn of(condition: &Condition) -> Self {
        match condition {
            Condition::Zone(_) => Self::Nothing,
            Condition::Settlement(_) => Self::Settlement,
            Condition::Category(_) | Condition::StandingClass(_) => Self::Standing,
            Condition::AgeYears(_) => Self::Age,
            Condition::Sex(_) => Self::Sex,
            Condition::DisabilityGrade(_) | Condition::Disability(_) | Condition::SeveralDisabilities => Self::Disabilities,
            Condition::AbilityLevel(..) | Condition::LocalLevel(_) => Self::Ability,
            Condition::GraceMonth(_) => Self::GraceMonth,
            Condition::SelfCare(_) => Self::SelfCare,
            Condition::CareNeeded(_) => Self::CareNeeded,
            Condition::CarePlace(_) | Condition::CarePlaceApproved(_) => Self::CarePlace,
            Condition::Group(group, _) => Self::Group(*group),
            Condition::Service(service, _) => Self::Service(*service),
            Condition::Dementia(_) => Self::Dementia,
            Condition::Illness(_) => Self::Illness,
            Condition::NoFixedIncome(_) => Self::NoFixedIncome,
            Condition::Employment(_) => Self::Employment,
            Condition::FullTimeStudent(_) => Self::Student,
            Condition::SeveralDisabledMembers => Self::DisabledMembers,
            Condition::OlderCarer => Self::OlderCarer,
            Condition::Income(test) => Self::Income(test.own, test.of.clone()),
            Condition::RegisteredIn(area) => Self::Registered(*area),
            Condition::LivesIn(area) => Self::Lives(*area),
            Condition::PermitIn(area) => Self::Permit(*area),
            Condition::Receiving(benefit) | Condition::ReceivingInFull(benefit) => Self::Receiving(*benefit),
            Condition::ServiceInjury(_) => Self::ServiceInjury,
            Condition::Meal(_) => Self::Meal,
            Condition::DayKind(_) | Condition::Weekday(_) => Self::Day,
            Condition::BillCategory(_) => Self::BillCategory,
            Condition::BillFrom(..) => Self::BillPrice,
            Condition::Delivered(_) => Self::Delivered,
            Condition::DistanceKm(_) => Self::Distance,
            Condition::StayDays(_) => Self::Stay,
            Condition::Incident(_) => Self::Incident,
            Condition::SelfPaid(_) => Self::SelfPaid,
            Condition::IncomeKind(_) => Self::IncomeKind,
            Condition::ExpenseKind(_) => Self::ExpenseKind,
        }
    }

    /// The dimension's name in a table.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Settlement => "settlement",
            Self::Standing => "category",
            Self::Age => "ageYears",
            Self::Sex => "sex",
            Self::Disabilities => "disability",
            Self::Ability => "abilityLevel",
            Self::GraceMonth => "graceMonth",
            Self::SelfCare => "selfCare",
            Self::CareNeeded => "careNeeded",
            Self::CarePlace => "carePlace",
            Self::Group(_) => "group",
            Self::Service(_) => "service",
            Self::Dementia => "dementia",
            Self::Illness => "illness",
            Self::NoFixedIncome => "noFixedIncome",
            Self::Employment => "employment",
            Self::Student => "fullTimeStudent",
            Self::DisabledMembers => "severalDisabledMembers",
            Self::OlderCarer => "olderCarer",
            Self::Income(..) => "income",
            Self::Registered(_) => "registeredIn",
            Self::Lives(_) => "livesIn",
            Self::Permit(_) => "permitIn",
            Self::Receiving(_) => "receiving",
            Self::ServiceInjury => "serviceInjury",
            Self::Meal => "meal",
            Self::Day => "dayKind",
            Self::BillCategory => "billCategory",
            Self::BillPrice => "billFrom",
            Self::Delivered => "delivered",
            Self::Distance => "distanceKm",
            Self::Stay => "stayDays",
            Self::Incident => "incident",
            Self::SelfPaid => "selfPaid",
            Self::IncomeKind => "incomeKind",
            Self::ExpenseKind => "expenseKind",
            Self::Nothing => "zone",
        }
    }

    /// Everybody these conditions could tell apart, and enough to see both sides of each limit.
    pub fn stands(&self, conditions: &[&Condition], day: Date, calendar: &Calendar) -> Vec<Stand> {
        match self {
            Self::Nothing | Self::ExpenseKind => vec![Stand::default()],
            Self::Settlement => named::<Settlement>("registeredSettlement"),
            Self::Standing => standings(),
            Self::Age => ages(conditions, day),
            Self::Sex => named::<Sex>("sex"),
            Self::Disabilities => disabilities(conditions),
            Self::Ability => abilities(conditions),
            Self::GraceMonth => grace_months(conditions, day),
            Self::SelfCare => self_cares(),
            Self::CareNeeded => yes_no(Part::Member, |yes| format!("\"longTermCareNeed\":{{\"needed\":{yes}}}")),
            Self::CarePlace => care_places(),
            Self::Group(group) => yes_no(Part::Groups, |yes| format!("\"{}\":{yes}", group.name())),
            Self::Service(service) => yes_no(Part::Member, |yes| format!("\"services\":{{\"{}\":{yes}}}", service.name())),
            Self::Dementia => yes_no(Part::Member, |yes| format!("\"ability\":{{\"diagnosis\":{yes}}}")),
            Self::Illness => illnesses(),
            Self::NoFixedIncome => yes_no(Part::Member, |yes| format!("\"noFixedIncome\":{yes}")),
            Self::Employment => each::<EmploymentStatus>(Part::Member, |name| format!("\"employment\":{{\"status\":\"{name}\"}}")),
            Self::Student => yes_no(Part::Member, |yes| format!("\"schooling\":{{\"fullTime\":{yes}}}")),
            Self::DisabledMembers => disabled_members(),
            Self::OlderCarer => carers(day),
            Self::Income(..) => shares(conditions),
            Self::Registered(area) => in_area(*area, |code| format!("\"registeredArea\":[{{\"area\":\"{code}\"}}]")),
            Self::Lives(area) => in_area(*area, |code| format!("\"usualResidence\":[{{\"area\":\"{code}\"}}]")),
            Self::Permit(area) => in_area(*area, |code| format!("\"residencePermit\":{{\"area\":\"{code}\",\"from\":\"1990-01-01\"}}")),
            Self::Receiving(benefit) => drawn(*benefit),
            Self::ServiceInjury => injuries(),
            Self::Meal => each::<Meal>(Part::Bill, |name| format!("\"meal\":\"{name}\"")),
            Self::Day => days(calendar),
            Self::BillCategory => each::<BillCategory>(Part::Bill, |name| format!("\"category\":\"{name}\"")),
            Self::BillPrice => prices(conditions),
            Self::Delivered => yes_no(Part::Bill, |yes| format!("\"delivered\":{yes}")),
            Self::Distance => numbers(conditions, "distanceKm", 99),
            Self::Stay => numbers(conditions, "stayDays", 366),
            Self::Incident => each::<IncidentKind>(Part::Incident, |name| format!("\"kind\":\"{name}\"")),
            Self::SelfPaid => self_paid(conditions),
            Self::IncomeKind => each::<IncomeKind>(Part::Member, |name| format!("\"incomes\":[{{\"kind\":\"{name}\"}}]")),
        }
    }
}

fn stand(value: &str, part: Part, facts: String) -> Stand {
    Stand { value: value.to_owned(), facts: vec![(part, facts)], ..Stand::default() }
}

fn each<C: Names>(part: Part, facts: impl Fn(&str) -> String) -> Vec<Stand> {
    C::NAMES.iter().map(|name| stand(name, part, facts(name))).listed()
}

fn named<C: Names>(fact: &str) -> Vec<Stand> {
    each::<C>(Part::Member, |name| format!("\"{fact}\":\"{name}\""))
}

fn yes_no(part: Part, facts: impl Fn(bool) -> String) -> Vec<Stand> {
    [true, false].map(|yes| stand(if yes { "true" } else { "false" }, part, facts(yes))).to_vec()
}

fn care_places() -> Vec<Stand> {
    let of = |approved: bool| {
        let said = if approved { " approved" } else { "" };
        CarePlace::NAMES.iter().map(move |name| {
            let facts = format!("\"carePlace\":{{\"kind\":\"{name}\",\"approved\":{approved}}}");
            stand(&format!("{name}{said}"), Part::Member, facts)
        })
    };
    of(false).chain(of(true)).listed()
}

fn standings() -> Vec<Stand> {
    let mut found = vec![stand("none", Part::Household, "\"standing\":[]".to_owned())];
    for status in Status::ALL.iter().filter(|status| !matches!(status, Status::CoveredIndividually | Status::Nothing)) {
        let who = if *status == Status::DestituteSupport { ",\"member\":\"a\"" } else { "" };
        let name = status.name();
        for class in StandingClass::NAMES {
            let facts = format!("\"standing\":[{{\"status\":\"{name}\",\"class\":\"{class}\"{who}}}]");
            found.push(stand(&format!("{name} {class}"), Part::Household, facts));
        }
    }
    found
}

fn ages(conditions: &[&Condition], day: Date) -> Vec<Stand> {
    let mut years: Vec<i64> = vec![30];
    for span in conditions.iter().filter_map(|condition| if let Condition::AgeYears(span) = condition { Some(span) } else { None }) {
        years.append_all(around(*span, 0, 115));
    }
    in_order(years)
        .into_iter()
        .filter_map(|age| {
            let birth = day.plus_years(i32::try_from(age).ok()?.checked_neg()?)?;
            Some(Stand { need: Some(age), ..stand(&age.to_string(), Part::Member, format!("\"birthDate\":\"{birth}\"")) })
        })
        .listed()
}

/// Both sides of each limit.
fn around(span: Span, least: i64, most: i64) -> Vec<i64> {
    let limits = span.at_least.into_iter().chain(span.below);
    let sides = limits.flat_map(|limit| [limit.saturating_sub(1), limit]);
    sides.filter(|number| (least..=most).contains(number)).listed()
}

fn in_order(mut numbers: Vec<i64>) -> Vec<i64> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn disabilities(conditions: &[&Condition]) -> Vec<Stand> {
    let with_pairs = conditions.iter().any(|condition| matches!(condition, Condition::SeveralDisabilities));
    // One kind is not more need than another.
    let in_order = conditions.iter().all(|condition| matches!(condition, Condition::DisabilityGrade(_)));
    let one = |kind: &str, grade: i64| format!("{{\"kind\":\"{kind}\",\"grade\":{grade}}}");
    let of = |value: &str, list: &str| stand(value, Part::Member, format!("\"disabilities\":[{list}]"));
    let mut found = vec![of("none", "")];
    let singles: Vec<(&str, i64)> = DisabilityKind::NAMES.iter().flat_map(|kind| (1..=4).map(move |grade| (*kind, grade))).listed();
    for (kind, grade) in &singles {
        let need = in_order.then(|| 4_i64.saturating_sub(*grade));
        found.push(Stand { need, ..of(&format!("{kind} {grade}"), &one(kind, *grade)) });
    }
    for (position, (kind, grade)) in singles.iter().enumerate().filter(|_| with_pairs) {
        for (other, other_grade) in singles.iter().skip(position).filter(|(other, _)| other != kind) {
            let list = format!("{},{}", one(kind, *grade), one(other, *other_grade));
            found.push(of(&format!("{kind} {grade}, {other} {other_grade}"), &list));
        }
    }
    found
}

fn abilities(conditions: &[&Condition]) -> Vec<Stand> {
    // A level of one scale is not more need than one of another.
    let in_order = conditions.iter().all(|condition| matches!(condition, Condition::AbilityLevel(_, scales) if scales.is_empty()));
    let mut found = Vec::new();
    if conditions.iter().any(|condition| matches!(condition, Condition::LocalLevel(_))) {
        // A local scale has its own numbers, and the national words say nothing on it.
        for number in 0..=9 {
            let facts = format!("\"ability\":{{\"scale\":\"local\",\"level\":\"intact\",\"localLevel\":{number}}}");
            found.push(stand(&format!("{number} local"), Part::Member, facts));
        }
    }
    for scale in AbilityScale::NAMES {
        for (position, level) in AbilityLevel::NAMES.iter().enumerate() {
            let facts = format!("\"ability\":{{\"scale\":\"{scale}\",\"level\":\"{level}\"}}");
            let need = i64::try_from(position).ok().filter(|_| in_order);
            found.push(Stand { need, ..stand(&format!("{level} {scale}"), Part::Member, facts) });
        }
    }
    found
}

/// A decision so many months before the day.
fn grace_months(conditions: &[&Condition], day: Date) -> Vec<Stand> {
    let spans = conditions.iter().filter_map(|condition| if let Condition::GraceMonth(span) = condition { Some(*span) } else { None });
    let months = in_order(spans.flat_map(|span| around(span, 1, 24)).listed());
    let stands = months.into_iter().filter_map(|number| {
        let decided = day.month().plus(i32::try_from(number).ok()?.checked_neg()?)?.first_day();
        Some(stand(&number.to_string(), Part::Household, format!("\"application\":{{\"decidedOn\":\"{decided}\"}}")))
    });
    stands.listed()
}

fn self_cares() -> Vec<Stand> {
    let activities = ["eating", "dressing", "gettingUp", "toilet", "walkingIndoors", "bathing"];
    let one = |name: &str, failed: usize| {
        let able = |position: usize| if position < failed { "unable" } else { "able" };
        let facts = activities.iter().enumerate().map(|(position, activity)| format!("\"{activity}\":\"{}\"", able(position)));
        let facts: Vec<String> = facts.listed();
        let need = i64::try_from(failed).ok();
        Stand { need, ..stand(name, Part::Member, format!("\"selfCare\":{{{}}}", facts.join(","))) }
    };
    vec![one("full", 0), one("partial", 2), one("unable", 5)]
}

fn illnesses() -> Vec<Stand> {
    let of = |ill: Option<&str>| {
        let facts: Vec<String> = Illness::NAMES.iter().map(|name| format!("\"{name}\":{}", ill == Some(name))).listed();
        stand(ill.unwrap_or("none"), Part::Member, format!("\"illness\":{{{}}}", facts.join(",")))
    };
    std::iter::once(None).chain(Illness::NAMES.iter().copied().map(Some)).map(of).listed()
}

/// Another member with a disability, besides one's own.
fn disabled_members() -> Vec<Stand> {
    let both = |value: &str, list: &str| Stand {
        facts: vec![(Part::OtherMember, format!("\"disabilities\":[{list}]")), (Part::Member, format!("\"disabilities\":[{list}]"))],
        value: value.to_owned(),
        ..Stand::default()
    };
    vec![both("true", "{\"kind\":\"limb\",\"grade\":1}"), both("false", "")]
}

/// A parent in the household, older or younger than 60.
fn carers(day: Date) -> Vec<Stand> {
    let of = |(value, age): (&str, i32)| {
        let birth = day.plus_years(age.checked_neg()?)?;
        let facts = vec![(Part::Member, "\"parentIds\":[\"b\"]".to_owned()), (Part::OtherMember, format!("\"birthDate\":\"{birth}\""))];
        Some(Stand { value: value.to_owned(), facts, ..Stand::default() })
    };
    [("true", 65), ("false", 50)].into_iter().filter_map(of).listed()
}

/// Below, at and above each share, in thousandths.
fn shares(conditions: &[&Condition]) -> Vec<Stand> {
    let mut limits: Vec<i64> = Vec::new();
    for test in conditions.iter().filter_map(|condition| if let Condition::Income(test) = condition { Some(test) } else { None }) {
        limits.push(thousandths(test));
    }
    let mut found = Vec::new();
    for limit in in_order(limits) {
        for (side, word) in [(-1, "below"), (0, "at"), (1, "above")] {
            let value = format!("{word} {}.{:03}", limit / 1_000, limit % 1_000);
            found.push(Stand { value, share: Some((limit, side)), ..Stand::default() });
        }
    }
    found
}

/// The share of an income test, in thousandths.
pub(super) fn thousandths(test: &IncomeTest) -> i64 {
    let scale = 3_u32.saturating_sub(test.ratio.scale().min(3));
    test.ratio.mantissa().saturating_mul(10_i64.saturating_pow(scale))
}

/// Whether the test holds for an income that lies there.
pub(super) fn share_holds(test: &IncomeTest, (limit, side): (i64, i64)) -> bool {
    let own = thousandths(test);
    let less = (limit, side) < (own, 0);
    let equal = (limit, side) == (own, 0);
    let within = less || (equal && !test.strictly);
    within != test.above
}

fn in_area(area: AreaCode, facts: impl Fn(&str) -> String) -> Vec<Stand> {
    let elsewhere = if area.to_string().starts_with("11") { "310000" } else { "110000" };
    let here = if area == AreaCode::NATION { "370215".to_owned() } else { area.to_string() };
    vec![stand("true", Part::Member, facts(&here)), stand("false", Part::Member, facts(elsewhere))]
}

fn drawn(benefit: Benefit) -> Vec<Stand> {
    let name = benefit.name();
    let paying = |full: bool| format!("\"{name}\":{{\"state\":\"paying\",\"full\":{full}}}");
    vec![
        stand(&format!("no {name}"), Part::Receiving, String::new()),
        stand(&format!("{name}, topped up"), Part::Receiving, paying(false)),
        stand(&format!("{name} in full"), Part::Receiving, paying(true)),
    ]
}

fn injuries() -> Vec<Stand> {
    let card = |facts: &str| format!("\"serviceInjuryCard\":{{{facts}}}");
    let graded = |grade: i64| stand(&grade.to_string(), Part::Member, card(&format!("\"kind\":\"soldier\",\"grade\":{grade}")));
    std::iter::once(stand("none", Part::Member, card("\"kind\":\"none\""))).chain((1..=10).map(graded)).listed()
}

/// Each day of a week without holidays, a holiday, and a weekend day that is worked, in a year whose calendar is known.
fn days(calendar: &Calendar) -> Vec<Stand> {
    let kind = |day: Date| calendar.kind(day).value();
    let mut found = Vec::new();
    let Some(year) = calendar.years.last() else { return found };
    let mut day = Date::from_ymd(*year, 1, 1);
    let mut seen: Vec<(Option<i64>, u32)> = Vec::new();
    while let Some(here) = day.filter(|here| here.ymd().0 == *year) {
        let place = (kind(here), here.weekday().from_monday());
        if !seen.contains(&place) {
            seen.push(place);
            let name = DayKind::ALL.iter().find(|known| Some(known.bit()) == place.0).map_or("", |known| known.name());
            found.push(stand(&format!("{name} {here}"), Part::Bill, format!("\"date\":\"{here}\"")));
        }
        day = here.next_day();
    }
    found
}

fn prices(conditions: &[&Condition]) -> Vec<Stand> {
    let mut fen = Vec::new();
    for condition in conditions {
        if let Condition::BillFrom(yuan, _) = condition {
            fen.push(yuan.fen());
        }
    }
    yuan_around(&fen, |yuan| (Part::Bill, format!("\"listPrice\":\"{yuan}\"")))
}

fn self_paid(conditions: &[&Condition]) -> Vec<Stand> {
    let mut fen = Vec::new();
    for condition in conditions {
        if let Condition::SelfPaid(span) = condition {
            fen.append_all(span.from.into_iter().chain(span.to).map(|(yuan, _)| yuan.fen()));
        }
    }
    yuan_around(&fen, |yuan| (Part::Incident, format!("\"selfPaid\":\"{yuan}\"")))
}

/// One fen below each limit, at it, and one above.
fn yuan_around(limits: &[i64], facts: impl Fn(Yuan) -> (Part, String)) -> Vec<Stand> {
    let around = limits.iter().flat_map(|fen| [fen.saturating_sub(1), *fen, fen.saturating_add(1)]);
    let fen = in_order(around.filter(|fen| *fen >= 0).listed());
    fen.into_iter()
        .map(Yuan::from_fen)
        .map(|yuan| {
            let (part, facts) = facts(yuan);
            stand(&yuan.to_string(), part, facts)
        })
        .listed()
}

fn numbers(conditions: &[&Condition], fact: &str, most: i64) -> Vec<Stand> {
    let spans = conditions.iter().filter_map(|condition| match condition {
        Condition::DistanceKm(span) | Condition::StayDays(span) => Some(*span),
        _ => None,
    });
    let found = in_order(spans.flat_map(|span| around(span, 0, most)).listed());
    found.into_iter().map(|number| stand(&number.to_string(), Part::Bill, format!("\"{fact}\":{number}"))).listed()
}
