//! The words a fact may choose from: each list once, as it stands in JSON and as a type.

/// Names a fact may choose from.
pub trait Names: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];
    /// The names as they stand in JSON; the position is the bit in a slot.
    const NAMES: &'static [&'static str];
    /// The position of this name.
    fn position(self) -> u32;
    /// Its bit in a slot.
    fn bit(self) -> i64 {
        1_i64.checked_shl(self.position()).unwrap_or(0)
    }
    /// The name.
    fn name(self) -> &'static str;
    /// The one of this name.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.name() == name)
    }
}

macro_rules! names {
    ($($(#[$about:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? })*) => { $(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is the name beside it")]
        pub enum $name { $($variant),* }
        impl Names for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];
            const NAMES: &'static [&'static str] = &[$($text),*];
            #[expect(clippy::as_conversions, reason = "the discriminant of a fieldless enum")]
            fn position(self) -> u32 { self as u32 }
            fn name(self) -> &'static str { match self { $(Self::$variant => $text),* } }
        }
    )* };
}

names! {
    /// How a member is related to the applicant.
    Relation {
        Oneself = "self", Spouse = "spouse", Child = "child", Parent = "parent", Grandchild = "grandchild", Grandparent = "grandparent",
        Sibling = "sibling", Other = "other",
    }
    /// What an office has decided about the household or a member.
    Status {
        DestituteSupport = "destitute-support", MinimumLivingAllowance = "minimum-living-allowance",
        BorderlineHousehold = "borderline-household", EssentialExpenseHardship = "essential-expense-hardship", LowIncome = "low-income",
        CoveredIndividually = "covered-individually", Nothing = "none",
    }
    /// Town or village side of the household registration (城镇、农村).
    Settlement { Urban = "urban", Rural = "rural" }
    /// Kind of disability (残疾类别), GB/T 26341-2010; several kinds are several entries.
    DisabilityKind {
        Vision = "vision", Hearing = "hearing", Speech = "speech", Limb = "limb", Intellectual = "intellectual", Mental = "mental",
    }
    /// State of the disability certificate (残疾人证).
    CardState {
        Valid = "valid", Expired = "expired", Frozen = "frozen", Cancelled = "cancelled", Reissuing = "reissuing", Nothing = "none",
    }
    /// Kind of income.
    IncomeKind {
        Wages = "wages", Business = "business", Property = "property", Pension = "pension", ResidentPension = "resident-pension",
        Maintenance = "maintenance", UnemploymentBenefit = "unemployment-benefit", SurvivorsBenefit = "survivors-benefit",
        Compensation = "compensation", Gift = "gift", Other = "other", SocialAssistance = "social-assistance",
        DisabilitySubsidy = "disability-subsidy", PreferentialPension = "preferential-pension",
        FamilyPlanningAward = "family-planning-award", Scholarship = "scholarship", CourageAward = "courage-award",
        AdvancedAgeAllowance = "advanced-age-allowance", ChildAllowance = "child-allowance",
    }
    /// Kind of payment a member makes.
    TransferKind { Tax = "tax", SocialInsurance = "social-insurance", Maintenance = "maintenance", Other = "other" }
    /// Kind of necessary expense (刚性支出).
    ExpenseKind {
        Medical = "medical", Education = "education", Rehabilitation = "rehabilitation", Disaster = "disaster", Living = "living",
        Housing = "housing", Other = "other",
    }
    /// A test whose local limit may be unknown and whose result can be stated.
    Test {
        AssetsWithinLimit = "assets-within-limit", BorderlineAssetsWithinLimit = "borderline-assets-within-limit",
        HardshipAssetsWithinLimit = "hardship-assets-within-limit",
        LowIncomeAssetsWithinLimit = "low-income-assets-within-limit", DestituteAssetsWithinLimit = "destitute-assets-within-limit",
        ExpenditureTest = "expenditure-test",
    }
    /// What a member may already be drawing.
    Benefit {
        MinimumLivingAllowance = "minimum-living-allowance", DestituteSupport = "destitute-support",
        DisabilityLivingSubsidy = "disability-living-subsidy", DisabilityNursingSubsidy = "disability-nursing-subsidy",
        WorkInjuryNursing = "work-injury-nursing", OrphanAllowance = "orphan-allowance",
        UnattendedChildAllowance = "unattended-child-allowance", KeyDifficultyChildAllowance = "key-difficulty-child-allowance",
        RetiredCadreNursing = "retired-cadre-nursing", InstitutionalCareSubsidy = "institutional-care-subsidy",
        WelfareLivingSubsidy = "welfare-living-subsidy", WelfareNursingSubsidy = "welfare-nursing-subsidy",
        ElderlyNursingSubsidy = "elderly-nursing-subsidy", ElderlyNursingAllowance = "elderly-nursing-allowance",
        ElderlyServiceAllowance = "elderly-service-allowance", ElderlyHardshipAllowance = "elderly-hardship-allowance",
        AdvancedAgeAllowance = "advanced-age-allowance", LongTermCareInsurance = "long-term-care-insurance",
        ServiceConsumptionVoucher = "service-consumption-voucher", UnemploymentBenefit = "unemployment-benefit",
    }
    /// State of a benefit a member draws.
    PaymentState { Paying = "paying", Stopped = "stopped", Nothing = "none" }
    /// Ability level (老年人能力等级) of GB/T 42195-2022, in words.
    AbilityLevel { Intact = "intact", Mild = "mild", Moderate = "moderate", Severe = "severe", Complete = "complete" }
    /// The scale an ability level was measured on.
    AbilityScale { GbT42195 = "gbt-42195-2022", MzT039 = "mzt-039-2013", Local = "local" }
    /// Service injury certificate (残疾军人证、伤残人民警察证).
    ServiceInjuryKind { Soldier = "soldier", Police = "police", Nothing = "none" }
    /// Which meal.
    Meal { Breakfast = "breakfast", Lunch = "lunch", Dinner = "dinner" }
    /// What a bill is for.
    BillCategory {
        Meal = "meal", HomeService = "home-service", DayCare = "day-care", Institution = "institution", Respite = "respite",
        HomeAdaptation = "home-adaptation",
    }
    /// What kind of day a meal is eaten on.
    DayKind { Workday = "workday", Weekend = "weekend", StatutoryHoliday = "statutory-holiday" }
    /// Level of the ability to work (劳动能力).
    WorkAbility { Full = "full", Partial = "partial", Unable = "unable" }
    /// Whether and how a member works.
    EmploymentStatus {
        Employed = "employed", SelfEmployed = "self-employed", Unemployed = "unemployed", Retired = "retired", Student = "student",
        NotOfWorkingAge = "not-of-working-age",
    }
    /// Stage of schooling.
    SchoolStage {
        Kindergarten = "kindergarten", Compulsory = "compulsory", SeniorHigh = "senior-high", Vocational = "vocational",
        JuniorCollege = "junior-college", Bachelor = "bachelor", Master = "master", Doctor = "doctor", Nothing = "none",
    }
    /// Where a member is cared for.
    CarePlace { Home = "home", Institution = "institution", ChildWelfareInstitution = "child-welfare-institution", Hospital = "hospital" }
    /// How far a member manages one of the six daily activities.
    DailyActivity { Able = "able", Unable = "unable" }
    /// Sex.
    Sex { Female = "female", Male = "male" }
    /// Marital status.
    MaritalStatus { Single = "single", Married = "married", Divorced = "divorced", Widowed = "widowed" }
    /// What has happened to a parent.
    ParentState {
        Present = "present", Died = "died", Missing = "missing", LostContact = "lost-contact", SeverelyDisabled = "severely-disabled",
        SeriouslyIll = "seriously-ill", Imprisoned = "imprisoned", CompulsoryRehab = "compulsory-rehab",
        LibertyRestricted = "liberty-restricted", GuardianshipRevoked = "guardianship-revoked", Deported = "deported",
    }
    /// Channel of an application.
    Channel { Window = "window", Online = "online", Agent = "agent" }
    /// What an emergency was.
    IncidentKind {
        Fire = "fire", TrafficAccident = "traffic-accident", SuddenIllness = "sudden-illness", NaturalDisaster = "natural-disaster",
        Other = "other",
    }
    /// State of a legally obliged supporter.
    ObligorState {
        Present = "present", Missing = "missing", Imprisoned = "imprisoned", WithoutCapacity = "without-capacity", Died = "died",
    }
    /// What a dwelling is used for.
    DwellingUse { Home = "home", Rented = "rented-out", Empty = "empty", Business = "business" }
    /// What a vehicle is used for.
    VehiclePurpose { Treatment = "treatment", Rehabilitation = "rehabilitation", Livelihood = "livelihood", Private = "private" }
    /// Why an asset does not count.
    ExemptReason { Assistance = "assistance", HouseSale = "house-sale", Compensation = "compensation", Other = "other" }
    /// Kind of a business a member owns.
    BusinessKind { SoleTrader = "sole-trader", Company = "company", Cooperative = "cooperative", Other = "other" }
    /// A group of the `groups` map.
    Group {
        FamilyPlanningSpecial = "familyPlanningSpecial", PreferentialTreatment = "preferentialTreatment", LivesAlone = "livesAlone",
        PublicEmployee = "publicEmployee", RetiredCadre = "retiredCadre", PovertyAlleviated = "povertyAlleviated",
    }
    /// A service of the `services` map.
    Service {
        ResidentialCare = "residentialCare", HomeCareBed = "homeCareBed", PooledCare = "pooledCare", UpgradeProject = "upgradeProject",
    }
    /// An illness of the `illness` map.
    Illness { Serious = "serious", Rare = "rare", ChronicOnMedication = "chronicOnMedication" }
    /// Ability to look after oneself (生活自理能力), from the six daily activities.
    SelfCare { Full = "full", Partial = "partial", Unable = "unable" }
    /// Local class of a standing (低保一类、二类 …), the neediest first.
    StandingClass { First = "first", Second = "second", Third = "third", Fourth = "fourth", Other = "other" }
    /// Day of the week.
    Weekday {
        Monday = "monday", Tuesday = "tuesday", Wednesday = "wednesday", Thursday = "thursday", Friday = "friday",
        Saturday = "saturday", Sunday = "sunday",
    }
}
