//! Whom a row concerns: the closed registry of dimensions, and how each is written in a table.

use super::values::{rate_of, yuan_of};
use crate::area::AreaCode;
use crate::household::dictionary::{
    AbilityLevel, AbilityScale, Benefit, BillCategory, CarePlace, DayKind, DisabilityKind, EmploymentStatus, ExpenseKind, Group, Illness,
    IncidentKind, IncomeKind, Meal, Names, SelfCare, Service, Settlement, Sex, StandingClass, Status, Weekday,
};
use crate::json::{Json, Value};
use crate::money::{Rate, Yuan};
use crate::order::AppendAll as _;

/// One condition of a row; all conditions of a row must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Town or village side.
    Settlement(Settlement),
    /// The area belongs to one of these zones; settled when the formula is built.
    Zone(Vec<String>),
    /// The household's category.
    Category(Vec<Status>),
    /// The local class of the household's standing (低保一类 …).
    StandingClass(Vec<StandingClass>),
    /// Completed years.
    AgeYears(Span),
    /// Sex.
    Sex(Sex),
    /// Grade of the most severe disability.
    DisabilityGrade(Vec<i64>),
    /// A disability of one of these kinds and grades.
    Disability(Vec<(Vec<DisabilityKind>, Vec<i64>)>),
    /// Two kinds of disability or more (多重残疾).
    SeveralDisabilities,
    /// Assessed ability level, on one of these scales if any are named.
    AbilityLevel(Vec<AbilityLevel>, Vec<AbilityScale>),
    /// Assessed level on the local scale, as that scale numbers it.
    LocalLevel(Vec<i64>),
    /// Which month of the grace period it is, the first being 1.
    GraceMonth(Span),
    /// Ability to look after oneself, from the six daily activities.
    SelfCare(Vec<SelfCare>),
    /// Needs care for six months or longer.
    CareNeeded(bool),
    /// Where the person is cared for.
    CarePlace(Vec<CarePlace>),
    /// That place is approved for this care.
    CarePlaceApproved(bool),
    /// Belongs, or does not belong, to a group.
    Group(Group, bool),
    /// Uses, or does not use, a service.
    Service(Service, bool),
    /// Dementia or another mental disorder has been diagnosed by a psychiatrist.
    Dementia(bool),
    /// Has one of these illnesses.
    Illness(Vec<Illness>),
    /// Has no fixed income.
    NoFixedIncome(bool),
    /// How the person works.
    Employment(Vec<EmploymentStatus>),
    /// In full-time schooling.
    FullTimeStudent(bool),
    /// Two members or more with a disability (一户多残).
    SeveralDisabledMembers,
    /// Looked after by a parent of 60 or more (依老养残).
    OlderCarer,
    /// Income held against a share of another number.
    Income(IncomeTest),
    /// Registered in this area.
    RegisteredIn(AreaCode),
    /// Lives in this area.
    LivesIn(AreaCode),
    /// Holds a residence permit of this area.
    PermitIn(AreaCode),
    /// Draws this.
    Receiving(Benefit),
    /// Draws this in full.
    ReceivingInFull(Benefit),
    /// Certificate of a disabled soldier or police officer, of one of these grades.
    ServiceInjury(Vec<i64>),
    /// Which meal.
    Meal(Vec<Meal>),
    /// Which kind of day.
    DayKind(Vec<DayKind>),
    /// Which day of the week.
    Weekday(Vec<Weekday>),
    /// What the bill is for.
    BillCategory(Vec<BillCategory>),
    /// The bill's list price: at least (or, if so marked, more than) this.
    BillFrom(Yuan, bool),
    /// Delivered to the home.
    Delivered(bool),
    /// Over how many kilometres.
    DistanceKm(Span),
    /// Days of stay.
    StayDays(Span),
    /// What happened.
    Incident(Vec<IncidentKind>),
    /// What had to be paid oneself, or was lost: at least and below, in yuan.
    SelfPaid(YuanSpan),
    /// Kind of income, in tables about income.
    IncomeKind(Vec<IncomeKind>),
    /// Kind of expense, in tables about expenses.
    ExpenseKind(Vec<ExpenseKind>),
}

/// From (included) and to (not included).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// At least.
    pub at_least: Option<i64>,
    /// Below.
    pub below: Option<i64>,
}

/// From and to in yuan; each end says whether it is included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YuanSpan {
    /// More than this, or at least this if so marked.
    pub from: Option<(Yuan, bool)>,
    /// Less than this, or at most this if so marked.
    pub to: Option<(Yuan, bool)>,
}

/// Income a month held against a share of another parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomeTest {
    /// The person's own income, or the household's for each member.
    pub own: bool,
    /// The share.
    pub ratio: Rate,
    /// Of which parameter.
    pub of: String,
    /// Strictly below, or at most.
    pub strictly: bool,
    /// The test must fail instead: the income is higher.
    pub above: bool,
}

/// What is read of a condition beside its own text.
pub(super) struct Around<'a> {
    /// The table's area, which `area-of-table` stands for.
    pub area: AreaCode,
    /// Whether a zone is known.
    pub is_zone: &'a dyn Fn(&str) -> bool,
}

/// Every dimension with an example, for error messages and the documentation.
pub const DIMENSIONS: &[(&str, &str)] = &[
    ("settlement", "\"urban\""),
    ("zone", "\"qingdao-seven-districts\""),
    ("category", "[\"minimum-living-allowance\"]"),
    ("standingClass", "[\"first\", \"second\"]"),
    ("ageYears", "{ \"atLeast\": 80, \"below\": 90 }"),
    ("sex", "\"female\""),
    ("disabilityGrade", "[1, 2]"),
    ("disability", "[{ \"kinds\": [\"limb\"], \"grades\": [1] }]"),
    ("severalDisabilities", "true"),
    ("abilityLevel", "[\"severe\"]"),
    ("abilityScale", "[\"mzt-039-2013\"], beside abilityLevel"),
    ("localLevel", "[2, 3]"),
    ("graceMonth", "{ \"atLeast\": 4, \"below\": 7 }"),
    ("selfCare", "[\"unable\"]"),
    ("careNeeded", "true"),
    ("carePlace", "[\"institution\"]"),
    ("carePlaceApproved", "true"),
    ("group", "{ \"livesAlone\": true }"),
    ("service", "{ \"homeCareBed\": true }"),
    ("dementia", "true"),
    ("illness", "[\"serious\"]"),
    ("noFixedIncome", "true"),
    ("employment", "[\"unemployed\"]"),
    ("fullTimeStudent", "true"),
    ("severalDisabledMembers", "true"),
    ("olderCarer", "true"),
    ("income", "{ \"of\": \"minimum-living-standard\", \"ratio\": \"1.5\", \"measure\": \"own\", \"operator\": \"at-most\" }"),
    ("registeredIn", "\"area-of-table\""),
    ("livesIn", "\"area-of-table\""),
    ("permitIn", "\"area-of-table\""),
    ("receiving", "\"retired-cadre-nursing\""),
    ("receivingInFull", "\"orphan-allowance\""),
    ("serviceInjury", "{ \"grades\": [1, 2, 3, 4] }"),
    ("meal", "[\"lunch\"]"),
    ("dayKind", "[\"workday\"]"),
    ("weekday", "[\"saturday\"]"),
    ("billCategory", "[\"home-service\"]"),
    ("billFrom", "\"15.00\", or { \"above\": \"5.00\" }"),
    ("delivered", "true"),
    ("distanceKm", "{ \"below\": 2 }"),
    ("stayDays", "{ \"atLeast\": 30 }"),
    ("incident", "[\"fire\"]"),
    ("selfPaid", "{ \"above\": \"20000.00\" }"),
    ("incomeKind", "[\"wages\"]"),
    ("expenseKind", "[\"medical\"]"),
];

/// Reads the conditions of a row; `refuse` is told the name of each that cannot be read.
pub(super) fn read(json: &Json<'_>, around: &Around<'_>, refuse: &mut dyn FnMut(&str, &Json<'_>)) -> Vec<Condition> {
    let mut found = Vec::new();
    for (name, given) in json.entries() {
        let beside = json.get("abilityScale").filter(|_| name == "abilityLevel");
        match (&**name, several(name, given)) {
            ("abilityScale", _) if json.get("abilityLevel").is_some() => {}
            (_, Some(several)) => found.append_all(several),
            _ => match one(name, given, beside, around) {
                Some(condition) => found.push(condition),
                None => refuse(name, given),
            },
        }
    }
    found
}

/// A dimension that stands for several conditions.
fn several(name: &str, json: &Json<'_>) -> Option<Vec<Condition>> {
    let each = json.entries().iter().map(|(key, value)| match (name, &value.value) {
        ("group", Value::Bool(yes)) => Some(Condition::Group(Names::named(key)?, *yes)),
        ("service", Value::Bool(yes)) => Some(Condition::Service(Names::named(key)?, *yes)),
        _ => None,
    });
    each.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty())
}

fn one(name: &str, json: &Json<'_>, beside: Option<&Json<'_>>, around: &Around<'_>) -> Option<Condition> {
    let here = || (json.text() == Some("area-of-table")).then_some(around.area);
    Some(match name {
        "settlement" => Condition::Settlement(single(json)?),
        "zone" => {
            let ids = words(json)?;
            ids.iter().all(|id| (around.is_zone)(id)).then_some(Condition::Zone(ids))?
        }
        "category" => Condition::Category(choices(json)?),
        "standingClass" => Condition::StandingClass(choices(json)?),
        "ageYears" => Condition::AgeYears(span(json)?),
        "sex" => Condition::Sex(single(json)?),
        "disabilityGrade" => Condition::DisabilityGrade(integers(json)?),
        "disability" => Condition::Disability(disabilities(json)?),
        "localLevel" => Condition::LocalLevel(integers(json)?),
        "graceMonth" => Condition::GraceMonth(span(json)?),
        "severalDisabilities" => yes(json).then_some(Condition::SeveralDisabilities)?,
        "abilityLevel" => Condition::AbilityLevel(choices(json)?, beside.map_or(Some(Vec::new()), choices)?),
        "selfCare" => Condition::SelfCare(choices(json)?),
        "careNeeded" => Condition::CareNeeded(truth(json)?),
        "carePlace" => Condition::CarePlace(choices(json)?),
        "carePlaceApproved" => Condition::CarePlaceApproved(truth(json)?),
        "dementia" => Condition::Dementia(truth(json)?),
        "illness" => Condition::Illness(choices(json)?),
        "noFixedIncome" => Condition::NoFixedIncome(truth(json)?),
        "employment" => Condition::Employment(choices(json)?),
        "fullTimeStudent" => Condition::FullTimeStudent(truth(json)?),
        "severalDisabledMembers" => yes(json).then_some(Condition::SeveralDisabledMembers)?,
        "olderCarer" => yes(json).then_some(Condition::OlderCarer)?,
        "income" => Condition::Income(income(json)?),
        "registeredIn" => Condition::RegisteredIn(here()?),
        "livesIn" => Condition::LivesIn(here()?),
        "permitIn" => Condition::PermitIn(here()?),
        "receiving" => Condition::Receiving(single(json)?),
        "receivingInFull" => Condition::ReceivingInFull(single(json)?),
        "serviceInjury" => Condition::ServiceInjury(integers(json.get("grades")?)?),
        "meal" => Condition::Meal(choices(json)?),
        "dayKind" => Condition::DayKind(choices(json)?),
        "weekday" => Condition::Weekday(choices(json)?),
        "billCategory" => Condition::BillCategory(choices(json)?),
        "billFrom" => match json.get("above") {
            Some(above) => Condition::BillFrom(yuan_of(above)?, true),
            None => Condition::BillFrom(yuan_of(json)?, false),
        },
        "delivered" => Condition::Delivered(truth(json)?),
        "distanceKm" => Condition::DistanceKm(span(json)?),
        "stayDays" => Condition::StayDays(span(json)?),
        "incident" => Condition::Incident(choices(json)?),
        "selfPaid" => Condition::SelfPaid(yuan_span(json)?),
        "incomeKind" => Condition::IncomeKind(choices(json)?),
        "expenseKind" => Condition::ExpenseKind(choices(json)?),
        _ => return None,
    })
}

fn yes(json: &Json<'_>) -> bool {
    truth(json) == Some(true)
}

fn truth(json: &Json<'_>) -> Option<bool> {
    if let Value::Bool(yes) = json.value { Some(yes) } else { None }
}

fn single<C: Names>(json: &Json<'_>) -> Option<C> {
    match choices(json)?.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// One text or a list of texts.
pub(super) fn words(json: &Json<'_>) -> Option<Vec<String>> {
    if let Some(text) = json.text() {
        return Some(vec![text.to_owned()]);
    }
    let all: Option<Vec<String>> = json.items().iter().map(|item| item.text().map(str::to_owned)).collect();
    all.filter(|all| !all.is_empty())
}

pub(super) fn choices<C: Names>(json: &Json<'_>) -> Option<Vec<C>> {
    words(json)?.iter().map(|word| C::named(word)).collect()
}

fn integers(json: &Json<'_>) -> Option<Vec<i64>> {
    let all: Option<Vec<i64>> = json.items().iter().map(Json::integer).collect();
    all.filter(|all| !all.is_empty())
}

/// Only these names, each at most once.
fn only(json: &Json<'_>, names: &[&str]) -> bool {
    !json.entries().is_empty() && json.entries().iter().all(|(name, _)| names.contains(&name.as_ref()))
}

fn span(json: &Json<'_>) -> Option<Span> {
    let limit = |name: &str| json.get(name).map_or(Some(None), |value| value.integer().map(Some));
    let span = Span { at_least: limit("atLeast")?, below: limit("below")? };
    let sensible = span.at_least.unwrap_or(i64::MIN) < span.below.unwrap_or(i64::MAX);
    (only(json, &["atLeast", "below"]) && sensible).then_some(span)
}

fn yuan_span(json: &Json<'_>) -> Option<YuanSpan> {
    let end = |included: &str, excluded: &str| match (json.get(included), json.get(excluded)) {
        (Some(value), None) => yuan_of(value).map(|yuan| Some((yuan, true))),
        (None, Some(value)) => yuan_of(value).map(|yuan| Some((yuan, false))),
        (None, None) => Some(None),
        _ => None,
    };
    let span = YuanSpan { from: end("atLeast", "above")?, to: end("atMost", "below")? };
    only(json, &["atLeast", "above", "atMost", "below"]).then_some(span)
}

fn disabilities(json: &Json<'_>) -> Option<Vec<(Vec<DisabilityKind>, Vec<i64>)>> {
    let items: Option<Vec<_>> =
        json.items().iter().map(|item| Some((choices(item.get("kinds")?)?, integers(item.get("grades")?)?))).collect();
    items.filter(|items| !items.is_empty())
}

fn income(json: &Json<'_>) -> Option<IncomeTest> {
    let (strictly, above) = match json.get("operator")?.text()? {
        "below" => (true, false),
        "at-most" => (false, false),
        "at-least" => (true, true),
        "above" => (false, true),
        _ => return None,
    };
    let own = match json.get("measure")?.text()? {
        "own" => true,
        "household" => false,
        _ => return None,
    };
    let of = json.get("of")?.text()?.to_owned();
    only(json, &["of", "ratio", "measure", "operator"]).then_some(IncomeTest {
        own,
        ratio: rate_of(json.get("ratio")?)?,
        of,
        strictly,
        above,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{self, Limits};

    fn read_one(text: &str) -> Result<Vec<Condition>, Vec<String>> {
        let json = json::read(text, Limits::TABLES).unwrap();
        let mut refused = Vec::new();
        let area = AreaCode::parse("990100").unwrap();
        let around = Around { area, is_zone: &|id| id == "qingdao-seven-districts" };
        let found = read(&json, &around, &mut |name, _| refused.push(name.to_owned()));
        if refused.is_empty() { Ok(found) } else { Err(refused) }
    }

    #[test]
    fn every_dimension_can_be_written_as_its_example_shows() {
        for (name, example) in DIMENSIONS {
            let text = match *name {
                "abilityScale" => "{ \"abilityLevel\": [\"severe\"], \"abilityScale\": [\"mzt-039-2013\"] }".to_owned(),
                _ => format!("{{ \"{name}\": {} }}", example.split(", or ").next().unwrap()),
            };
            assert_eq!(read_one(&text).map(|found| found.len()), Ok(1), "{text}");
        }
    }

    #[test]
    fn what_a_dimension_cannot_have_is_refused_by_name() {
        for (text, name) in [
            ("{ \"ageYears\": { \"atLeast\": 90, \"below\": 80 } }", "ageYears"),
            ("{ \"ageYears\": { \"from\": 80 } }", "ageYears"),
            ("{ \"settlement\": [\"urban\", \"rural\"] }", "settlement"),
            ("{ \"group\": { \"livesOnTheMoon\": true } }", "group"),
            ("{ \"zone\": \"nowhere\" }", "zone"),
            ("{ \"abilityScale\": [\"mzt-039-2013\"] }", "abilityScale"),
            (
                "{ \"income\": { \"of\": \"minimum-living-standard\", \"ratio\": 1.5, \"measure\": \"own\", \"operator\": \"below\" } }",
                "income",
            ),
            ("{ \"hairColour\": \"red\" }", "hairColour"),
        ] {
            assert_eq!(read_one(text), Err(vec![name.to_owned()]), "{text}");
        }
    }
}
