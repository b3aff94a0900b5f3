//! The dictionary of facts: every field of the household JSON, its shape and its limits, written once.
//!
//! The reader, the JSON Schema, the formulas and the list of open questions all use this one table.
//! Names are decided; add a line when the law asks for more.

use std::marker::PhantomData;

pub use super::names::*;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Yuan with two decimals, as a text; counted in fen.
    Money,
    /// A whole number within limits.
    Count {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// Yes or no.
    Truth,
    /// A civil date.
    Day,
    /// A civil date, or `none`: it has never happened.
    DayOrNone,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// An administrative area.
    Place,
    /// Free text, never read by a formula.
    Text,
    /// The id of a member of this household.
    Person,
}

impl Kind {
    /// Whether it is a day, or a day or none.
    #[must_use]
    pub const fn is_day(self) -> bool {
        matches!(self, Self::Day | Self::DayOrNone)
    }
}

/// Largest amount of money a fact may state, in fen: 999,999,999.99 yuan.
pub const MONEY_MAX: i64 = 99_999_999_999;

/// The lists of the household; a row of one belongs to a row of its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "each is the list of its name in FRAMES")]
pub enum Frame {
    Household,
    Member,
    Income,
    Transfer,
    Disability,
    Registered,
    Residence,
    Receiving,
    Refusal,
    Parent,
    ParentId,
    Standing,
    Assessment,
    Dwelling,
    Vehicle,
    Business,
    ExemptAsset,
    LargeOutgoing,
    Expense,
    Bill,
    Obligor,
    ObligorDisability,
    Choice,
    AppliedBenefit,
    ParentDisability,
}

/// Where a list stands in the household, what it belongs to and how long it may be.
#[derive(Clone, Copy, Debug)]
pub struct FrameInfo {
    /// The list.
    pub frame: Frame,
    /// The list it belongs to.
    pub parent: Frame,
    /// Path from the top; `[]` marks a list, `*` a map whose keys become the field `key`.
    pub path: &'static str,
    /// Rows at most for one row of the parent.
    pub most: usize,
}

const fn frame(frame: Frame, parent: Frame, path: &'static str, most: usize) -> FrameInfo {
    FrameInfo { frame, parent, path, most }
}

const HOUSEHOLD: FrameInfo = frame(Frame::Household, Frame::Household, "", 1);

/// All lists, in the order of [`Frame`].
pub const FRAMES: [FrameInfo; 25] = [
    HOUSEHOLD,
    frame(Frame::Member, Frame::Household, "members[]", 16),
    frame(Frame::Income, Frame::Member, "members[].incomes[]", 12),
    frame(Frame::Transfer, Frame::Member, "members[].transfersPaid[]", 8),
    frame(Frame::Disability, Frame::Member, "members[].disabilities[]", 7),
    frame(Frame::Registered, Frame::Member, "members[].registeredArea[]", 8),
    frame(Frame::Residence, Frame::Member, "members[].usualResidence[]", 8),
    frame(Frame::Receiving, Frame::Member, "members[].receiving.*", 40),
    frame(Frame::Refusal, Frame::Member, "members[].employment.refusedOn[]", 12),
    frame(Frame::Parent, Frame::Member, "members[].parents[]", 4),
    frame(Frame::ParentId, Frame::Member, "members[].parentIds[]", 4),
    frame(Frame::Standing, Frame::Household, "standing[]", 24),
    frame(Frame::Assessment, Frame::Household, "assessments[]", 24),
    frame(Frame::Dwelling, Frame::Household, "dwellings[]", 12),
    frame(Frame::Vehicle, Frame::Household, "assets.vehicles[]", 12),
    frame(Frame::Business, Frame::Household, "assets.businesses[]", 12),
    frame(Frame::ExemptAsset, Frame::Household, "assets.exempt[]", 12),
    frame(Frame::LargeOutgoing, Frame::Household, "assets.largeOutgoings[]", 24),
    frame(Frame::Expense, Frame::Household, "expenses[]", 48),
    frame(Frame::Bill, Frame::Household, "bills[]", 64),
    frame(Frame::Obligor, Frame::Household, "obligors[]", 16),
    frame(Frame::ObligorDisability, Frame::Obligor, "obligors[].disabilities[]", 7),
    frame(Frame::Choice, Frame::Household, "choices.*", 12),
    frame(Frame::AppliedBenefit, Frame::Household, "application.benefits[]", 24),
    frame(Frame::ParentDisability, Frame::Parent, "members[].parents[].disabilities[]", 7),
];

impl Frame {
    /// Its entry in [`FRAMES`].
    #[must_use]
    pub fn info(self) -> &'static FrameInfo {
        FRAMES.get(self.index()).unwrap_or(&HOUSEHOLD)
    }

    /// Its place in [`FRAMES`].
    #[must_use]
    #[expect(clippy::as_conversions, reason = "the discriminant of a fieldless enum")]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// A field: its list, its path within a row of that list, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The list it is in.
    pub frame: Frame,
    /// Path within the row, such as `disabilityCard.state`; empty if the row is the value itself.
    pub path: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
}

const NO_FIELD: Field = Field { frame: Frame::Household, path: "", kind: Kind::Text, about: "" };

/// Position of a field in [`FIELDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(pub u16);

impl FieldId {
    /// The field.
    #[must_use]
    pub fn field(self) -> &'static Field {
        FIELDS.get(usize::from(self.0)).unwrap_or(&NO_FIELD)
    }

    /// The row of it that holds for a row: a fact of the household has but one.
    #[must_use]
    pub fn row_for(self, row: usize) -> usize {
        if self.field().frame == Frame::Household { 0 } else { row }
    }
}

/// Marks what an expression or a field holds.
pub mod unit {
    use std::marker::PhantomData;

    /// Yuan, once or for a stated period.
    pub struct Yuan;
    /// Yuan per month.
    pub struct Monthly;
    /// A whole number.
    pub struct Count;
    /// A ratio.
    pub struct Rate;
    /// Yes or no.
    pub struct Truth;
    /// A civil date.
    pub struct Day;
    /// A calendar month.
    pub struct MonthUnit;
    /// An administrative area.
    pub struct Place;
    /// A member of the household.
    pub struct Person;
    /// Text, never computed with.
    pub struct Text;
    /// One of the names of `C`.
    pub struct Named<C>(PhantomData<C>);
}

/// A list as a type, so that rows of different lists do not mix.
pub trait Row {
    /// The list.
    const FRAME: Frame;
}

/// Types that stand for the lists, one for each [`Frame`].
pub mod row {
    use super::{Frame, Row};
    macro_rules! rows {
        ($($name:ident),*) => { $(
            #[doc = concat!("A row of `Frame::", stringify!($name), "`.")]
            #[derive(Clone, Copy)]
            pub struct $name;
            impl Row for $name { const FRAME: Frame = Frame::$name; }
        )* };
    }
    rows!(
        Household,
        Member,
        Income,
        Transfer,
        Disability,
        Registered,
        Residence,
        Receiving,
        Refusal,
        Parent,
        ParentId,
        Standing,
        Assessment,
        Dwelling,
        Vehicle,
        Business,
        ExemptAsset,
        LargeOutgoing,
        Expense,
        Bill,
        Obligor,
        ObligorDisability,
        Choice,
        AppliedBenefit,
        ParentDisability
    );
}

/// A field together with what it holds (`U`) and the list it is in (`R`).
pub struct Fact<U, R> {
    /// Its position in [`FIELDS`].
    pub id: FieldId,
    types: PhantomData<(U, R)>,
}

impl<U, R> Clone for Fact<U, R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U, R> Copy for Fact<U, R> {}

macro_rules! kind {
    (money) => {
        Kind::Money
    };
    (truth) => {
        Kind::Truth
    };
    (day) => {
        Kind::Day
    };
    (day or none) => {
        Kind::DayOrNone
    };
    (place) => {
        Kind::Place
    };
    (text) => {
        Kind::Text
    };
    (person) => {
        Kind::Person
    };
    (count $min:literal $max:literal) => {
        Kind::Count { min: $min, max: $max }
    };
    (name $names:ident) => {
        Kind::Choice(<$names as Names>::NAMES)
    };
}
macro_rules! unit {
    (money) => { unit::Yuan };
    (truth) => { unit::Truth };
    (day) => { unit::Day };
    (day or none) => { unit::Day };
    (place) => { unit::Place };
    (text) => { unit::Text };
    (person) => { unit::Person };
    (count $min:literal $max:literal) => { unit::Count };
    (name $names:ident) => { unit::Named<$names> };
}
macro_rules! facts {
    ($($row:ident { $($name:ident $path:literal [$($kind:tt)+] $about:literal;)* })*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "counts the fields; never seen outside this macro")]
        #[repr(u16)]
        enum Position { $($($name,)*)* }
        /// Every field as a typed handle; what each means stands beside it in [`FIELDS`].
        pub mod fact {
            use super::*;
            $($(
                #[doc = $about]
                pub const $name: Fact<unit!($($kind)+), row::$row> = Fact { id: FieldId(Position::$name as u16), types: PhantomData };
            )*)*
        }
        /// Every field of the household JSON.
        pub const FIELDS: &[Field] = &[
            $($(Field { frame: Frame::$row, path: $path, kind: kind!($($kind)+), about: $about },)*)*
        ];
    };
}

facts! {
    Household {
        SCHEMA_VERSION "schemaVersion" [count 1 1] "version of this format";
        APPLIED_ON "application.appliedOn" [day] "day the application was handed in";
        COMPLETE_ON "application.completeOn" [day] "day the papers were complete";
        RECEIVED_ON "application.receivedOn" [day] "day the deciding office received the case";
        DECIDED_ON "application.decidedOn" [day] "day of the decision";
        ACCEPTING_AREA "application.acceptingArea" [place] "area of the window that took the application";
        CHANNEL "application.channel" [name Channel] "how it was handed in";
        AGENT_RELATION "application.agentRelation" [text] "who applies on behalf of the applicant";
        APPLICANT_ID "application.applicantId" [person] "the member who applies, if not the one whose relation is self";
        VERIFICATION_CONSENT "application.verificationConsent" [truth] "consent to having income and property checked";
        LAND_CONTRACTED "land.contracted" [truth] "has contracted farm land";
        LAND_COLLECTIVE_SHARE "land.collectiveShare" [truth] "has a share in the village collective's income";
        LAND_RELOCATED "land.relocatedToTown" [truth] "was relocated to a town";
        LAND_NO_OTHER "land.noOther" [truth] "nothing else of this map applies";
        FINANCIAL_ASSETS "assets.financial" [money] "savings, securities, insurance and other money of all members, yuan";
        INCIDENT_KIND "incident.kind" [name IncidentKind] "what happened";
        INCIDENT_AREA "incident.area" [place] "where it happened";
        INCIDENT_DATE "incident.date" [day] "when it happened";
        INCIDENT_LOSS "incident.loss" [money] "what was lost, yuan";
        INCIDENT_SELF_PAID "incident.selfPaid" [money] "what had to be paid oneself, yuan";
        INCIDENT_GRANTS "incident.grantsThisYear" [count 0 99] "grants already received this year";
        INCIDENT_GRANTED "incident.grantedThisYear" [money] "what they came to, yuan";
    }
    Member {
        MEMBER_ID "id" [text] "short name for this person within this household; not a real name or number";
        RELATION "relation" [name Relation] "relation to the applicant";
        BIRTH_DATE "birthDate" [day] "date of birth";
        SEX "sex" [name Sex] "sex";
        MARITAL_STATUS "maritalStatus" [name MaritalStatus] "marital status";
        DIED_ON "diedOn" [day or none] "date of death";
        LIVES_WITH "livesWithHousehold.value" [truth] "lives together with the household";
        LIVES_WITH_SINCE "livesWithHousehold.since" [day] "since when";
        SUPPORT_DUTY "supportDuty" [truth] "by law owes support to another member, or is owed it";
        REGISTERED_SETTLEMENT "registeredSettlement" [name Settlement] "town or village household registration";
        LIVES_SETTLEMENT "usualSettlement" [name Settlement] "usually lives in a town or in a village";
        PERMIT_AREA "residencePermit.area" [place] "area of the residence permit";
        PERMIT_FROM "residencePermit.from" [day] "since when";
        INSURED_AREA "insuredHere.area" [place] "where social insurance is paid";
        INSURED_MONTHS "insuredHere.months" [count 0 600] "for how many months";
        CARD_STATE "disabilityCard.state" [name CardState] "state of the disability certificate";
        CARD_ISSUED "disabilityCard.issuedOn" [day] "issued on";
        CARD_EXPIRES "disabilityCard.expiresOn" [day] "last day of validity";
        CARD_PREVIOUS_EXPIRED "disabilityCard.previousExpiredOn" [day] "last day of the previous certificate";
        SERVICE_INJURY_KIND "serviceInjuryCard.kind" [name ServiceInjuryKind] "certificate of a disabled soldier or police officer";
        SERVICE_INJURY_GRADE "serviceInjuryCard.grade" [count 1 10] "its grade";
        CARE_NEEDED "longTermCareNeed.needed" [truth] "needs care for six months or longer";
        CARE_SINCE "longTermCareNeed.since" [day] "since when";
        EATING "selfCare.eating" [name DailyActivity] "eats without help";
        DRESSING "selfCare.dressing" [name DailyActivity] "dresses without help";
        GETTING_UP "selfCare.gettingUp" [name DailyActivity] "gets in and out of bed without help";
        TOILET "selfCare.toilet" [name DailyActivity] "uses the toilet without help";
        WALKING_INDOORS "selfCare.walkingIndoors" [name DailyActivity] "walks indoors without help";
        BATHING "selfCare.bathing" [name DailyActivity] "bathes without help";
        ABILITY_SCALE "ability.scale" [name AbilityScale] "scale of the ability assessment";
        ABILITY_SCORE "ability.score" [count 0 100] "total score";
        ABILITY_LEVEL "ability.level" [name AbilityLevel] "level found";
        ABILITY_LOCAL_LEVEL "ability.localLevel" [count 0 9] "level found on a local scale, as that scale numbers it";
        ABILITY_ASSESSED "ability.assessedOn" [day] "assessed on";
        ABILITY_COMA "ability.coma" [truth] "in a coma";
        ABILITY_DIAGNOSIS "ability.diagnosis" [truth] "dementia or another mental disorder diagnosed by a psychiatrist";
        ABILITY_RISK_EVENTS "ability.riskEvents30Days" [count 0 99] "falls and other risk events in the last 30 days";
        CARE_PLACE "carePlace.kind" [name CarePlace] "where the person is cared for";
        CARE_PLACE_APPROVED "carePlace.approved" [truth] "the place is approved for this care";
        CARE_PLACE_SINCE "carePlace.since" [day] "since when";
        RESIDENTIAL_CARE "services.residentialCare" [truth] "uses paid residential care";
        HOME_CARE_BED "services.homeCareBed" [truth] "has a home-care bed";
        POOLED_CARE "services.pooledCare" [truth] "draws the pooled-care support for disabled older people in hardship";
        UPGRADE_PROJECT "services.upgradeProject" [truth] "takes part in the home-care upgrade project";
        SERVICES_NO_OTHER "services.noOther" [truth] "nothing else of this map applies";
        SERIOUS_ILLNESS "illness.serious" [truth] "has a locally recognised serious illness";
        RARE_ILLNESS "illness.rare" [truth] "has a rare illness";
        CHRONIC_ILLNESS "illness.chronicOnMedication" [truth] "has a chronic illness on long medication";
        ILLNESS_NO_OTHER "illness.noOther" [truth] "nothing else of this map applies";
        WORK_ABILITY "workAbility" [name WorkAbility] "ability to work";
        EMPLOYMENT_STATUS "employment.status" [name EmploymentStatus] "work";
        EMPLOYMENT_SINCE "employment.since" [day] "since when";
        NO_FIXED_INCOME "noFixedIncome" [truth] "has no fixed income";
        SCHOOL_STAGE "schooling.stage" [name SchoolStage] "stage of schooling";
        SCHOOL_FULL_TIME "schooling.fullTime" [truth] "full-time";
        SCHOOL_AREA "schooling.area" [place] "where the school is";
        SCHOOL_PUBLIC "schooling.publicSchool" [truth] "public school";
        RECEIVING_NO_OTHER "receiving.noOther" [truth] "draws nothing else of this map";
        CLERGY_SINCE "clergySince" [day or none] "lives as clergy in a religious site since";
        IMPRISONED_FROM "imprisoned.from" [day or none] "in prison from";
        IMPRISONED_UNTIL "imprisoned.until" [day] "until";
        IMPRISONED_JUDGMENT "imprisoned.judgmentOn" [day] "judgment in force on";
        REHAB_FROM "compulsoryRehab.from" [day or none] "in compulsory drug rehabilitation from";
        REHAB_UNTIL "compulsoryRehab.until" [day] "until";
        DECLARED_MISSING "declaredMissingOn" [day or none] "declared missing by a court on";
        ACTIVE_SOLDIER "activeSoldier" [truth] "is a soldier in active service";
        FAMILY_PLANNING_SPECIAL "groups.familyPlanningSpecial" [truth] "one-child family whose child died or is disabled";
        PREFERENTIAL_TREATMENT "groups.preferentialTreatment" [truth] "draws preferential treatment for veterans and their families";
        LIVES_ALONE "groups.livesAlone" [truth] "lives alone";
        PUBLIC_EMPLOYEE "groups.publicEmployee" [truth] "is paid from public funds";
        RETIRED_CADRE "groups.retiredCadre" [truth] "is a retired veteran cadre";
        POVERTY_ALLEVIATED "groups.povertyAlleviated" [truth] "was lifted out of registered poverty";
        GROUPS_NO_OTHER "groups.noOther" [truth] "belongs to no other group of this map";
    }
    Income {
        INCOME_KIND "kind" [name IncomeKind] "kind of income";
        INCOME_GROSS "gross" [money] "what came in over the months stated, yuan, before costs";
        INCOME_COSTS "costs" [money] "what had to be spent to earn it over the same months, yuan";
        INCOME_MONTHS "months" [count 1 12] "over how many months";
        INCOME_STARTED "startedOn" [day] "first day of this income";
        INCOME_BASIC_PART "centralBasicPart" [money] "part of a resident pension that is the centrally fixed basic pension, yuan";
    }
    Transfer {
        TRANSFER_KIND "kind" [name TransferKind] "what for";
        TRANSFER_AMOUNT "amount" [money] "yuan per month";
    }
    Disability {
        DISABILITY_KIND "kind" [name DisabilityKind] "kind";
        DISABILITY_GRADE "grade" [count 1 4] "grade, 1 is the most severe";
    }
    Registered {
        REGISTERED_AREA "area" [place] "area of household registration";
        REGISTERED_FROM "from" [day] "from";
        REGISTERED_UNTIL "until" [day] "until (not included)";
    }
    Residence {
        RESIDENCE_AREA "area" [place] "area of usual residence";
        RESIDENCE_FROM "from" [day] "from";
        RESIDENCE_UNTIL "until" [day] "until (not included)";
    }
    Receiving {
        RECEIVING_KEY "key" [name Benefit] "what is drawn";
        RECEIVING_STATE "state" [name PaymentState] "whether it is being paid";
        RECEIVING_MONTHLY "monthly" [money] "yuan per month";
        RECEIVING_MEMBERS "members" [count 1 16] "paid for how many members";
        RECEIVING_FULL "full" [truth] "in full, not as a top-up";
        RECEIVING_FROM "from" [day] "from";
    }
    Refusal {
        REFUSED_ON "" [day] "day on which a suitable job was refused";
    }
    Parent {
        PARENT_MEMBER "memberId" [person] "the parent, if a member of this household";
        PARENT_STATE "state" [name ParentState] "what has happened to this parent";
        PARENT_SINCE "since" [day] "since when";
        PARENT_UNTIL "until" [day] "until when, where a term was set (until, not included)";
    }
    ParentDisability {
        PARENT_DISABILITY_KIND "kind" [name DisabilityKind] "kind";
        PARENT_DISABILITY_GRADE "grade" [count 1 4] "grade";
    }
    ParentId {
        PARENT_ID "" [person] "a parent who is a member of this household";
    }
    Standing {
        STANDING_STATUS "status" [name Status] "what was decided";
        STANDING_MEMBER "member" [person] "for whom, where it concerns one member";
        STANDING_CLASS "class" [name StandingClass] "local class, the neediest first";
        STANDING_AREA "area" [place] "by the office of which area";
        STANDING_FROM "from" [day] "from";
        STANDING_UNTIL "until" [day] "until (not included)";
    }
    Assessment {
        ASSESSMENT_TEST "test" [name Test] "which test";
        ASSESSMENT_MEMBER "member" [person] "for whom, where it concerns one member";
        ASSESSMENT_HOLDS "holds" [truth] "whether it is passed";
        ASSESSMENT_BY "by" [text] "who found so";
        ASSESSMENT_ON "on" [day] "on which day";
    }
    Dwelling {
        DWELLING_USE "use" [name DwellingUse] "use";
        DWELLING_FLOOR "floorArea" [count 0 9999] "floor area in square metres";
        DWELLING_LEGAL "legal" [truth] "legally owned or rented";
        DWELLING_SINCE "since" [day] "since when";
    }
    Vehicle {
        VEHICLE_PURPOSE "purpose" [name VehiclePurpose] "what it is used for";
        VEHICLE_VALUE "value" [money] "value, yuan";
    }
    Business {
        BUSINESS_KIND "kind" [name BusinessKind] "kind";
        BUSINESS_CAPITAL "capital" [money] "capital, yuan";
    }
    ExemptAsset {
        EXEMPT_REASON "reason" [name ExemptReason] "why it does not count";
        EXEMPT_AMOUNT "amount" [money] "yuan";
        EXEMPT_ON "on" [day] "since when";
    }
    LargeOutgoing {
        OUTGOING_AMOUNT "amount" [money] "yuan";
        OUTGOING_ON "on" [day] "when";
    }
    Expense {
        EXPENSE_KIND "kind" [name ExpenseKind] "what for";
        EXPENSE_MEMBER "member" [person] "for whom";
        EXPENSE_MONTH "month" [day] "a day in the month it was paid; absent for the total of the last twelve months";
        EXPENSE_GROSS "gross" [money] "the whole bill, yuan";
        EXPENSE_INSURANCE "insurancePaid" [money] "what insurance paid, yuan";
        EXPENSE_ASSISTANCE "assistancePaid" [money] "what assistance paid, yuan";
    }
    Bill {
        BILL_CATEGORY "category" [name BillCategory] "what for";
        BILL_MEMBER "member" [person] "for whom";
        BILL_MEAL "meal" [name Meal] "which meal";
        BILL_DATE "date" [day] "on which day";
        BILL_PRICE "listPrice" [money] "list price, yuan";
        BILL_AREA "area" [place] "where";
        BILL_LISTED "listedProvider" [truth] "at a provider that takes part";
        BILL_INSURANCE "insurancePaid" [money] "what insurance paid, yuan";
        BILL_DELIVERED "delivered" [truth] "delivered to the home";
        BILL_DISTANCE "distanceKm" [count 0 99] "over how many kilometres, rounded up";
        BILL_STAY "stayDays" [count 0 366] "days of stay";
    }
    Obligor {
        OBLIGOR_FOR "forMember" [person] "whom this person must support";
        OBLIGOR_RELATION "relation" [name Relation] "relation to that member";
        OBLIGOR_BIRTH "birthDate" [day] "date of birth";
        OBLIGOR_INCOME "monthlyIncome" [money] "yuan per month";
        OBLIGOR_ASSETS "assetsWithinLimit" [truth] "property within the limit";
        OBLIGOR_STANDING "standing" [name Status] "what an office has decided about this person";
        OBLIGOR_STATE "state" [name ObligorState] "present, missing …";
        OBLIGOR_CONSENT "consent" [truth] "consents to being checked";
    }
    ObligorDisability {
        OBLIGOR_DISABILITY_KIND "kind" [name DisabilityKind] "kind";
        OBLIGOR_DISABILITY_GRADE "grade" [count 1 4] "grade";
    }
    Choice {
        CHOICE_GROUP "key" [text] "group of benefits of which one may be drawn";
        CHOICE_BENEFIT "" [name Benefit] "the one chosen";
    }
    AppliedBenefit {
        APPLIED_BENEFIT "" [text] "a benefit applied for";
    }
}

/// Maps of yes and no in which `noOther: true` makes every absent key a no.
pub const CLOSED_BY_NO_OTHER: &[(Frame, &str, FieldId)] = &[
    (Frame::Household, "land.", fact::LAND_NO_OTHER.id),
    (Frame::Member, "services.", fact::SERVICES_NO_OTHER.id),
    (Frame::Member, "illness.", fact::ILLNESS_NO_OTHER.id),
    (Frame::Member, "groups.", fact::GROUPS_NO_OTHER.id),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_stand_in_the_order_of_their_numbers_and_after_their_parents() {
        for (at, info) in FRAMES.iter().enumerate() {
            assert_eq!(info.frame.index(), at);
            assert!(at == 0 || info.path.starts_with(info.parent.info().path), "{}", info.path);
        }
    }

    #[test]
    fn no_two_fields_share_a_path() {
        let mut paths: Vec<_> = FIELDS.iter().map(|field| (field.frame, field.path)).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), FIELDS.len());
    }
}
