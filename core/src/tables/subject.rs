//! For whom a table is read: the one place where a dimension of a table meets the facts it reads.

use super::condition::{Condition, IncomeTest, Span, YuanSpan};
use super::rules::{Rules, Word};
use crate::ability;
use crate::area::AreaCode;
use crate::date::AgeRule;
use crate::formula::{Builder, Expr, Scalar};
use crate::household::dictionary::{
    AbilityScale, Benefit, DailyActivity, Group, Illness, PaymentState, SelfCare, Service, ServiceInjuryKind, Settlement, Status,
};
use crate::household::dictionary::{Fact, Row, fact, row, unit};
use crate::money::Yuan;
use crate::order::{AppendAll as _, Listed as _};

/// For whom a table is read.
pub trait Subject<'b, R: Row> {
    /// Whether a row's condition holds.
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, R>;
    /// The bill, where a value can be a share of it.
    fn bill(&self) -> Option<Expr<'b, unit::Yuan, R>> {
        None
    }
}

/// The household category of each member (家庭类别): one condition for each status.
#[derive(Clone, Copy)]
pub struct Categories<'b> {
    /// 特困人员
    pub destitute_support: Expr<'b, unit::Truth, row::Member>,
    /// 低保
    pub minimum_living_allowance: Expr<'b, unit::Truth, row::Member>,
    /// 低保边缘
    pub borderline_household: Expr<'b, unit::Truth, row::Member>,
    /// 刚性支出困难
    pub essential_expense_hardship: Expr<'b, unit::Truth, row::Member>,
    /// 低收入
    pub low_income: Expr<'b, unit::Truth, row::Member>,
    /// 单人保
    pub covered_individually: Expr<'b, unit::Truth, row::Member>,
}

/// Income a month, for conditions that hold it against a share of a standard.
#[derive(Clone, Copy)]
pub struct Incomes<'b> {
    /// Of each member.
    pub own: Expr<'b, unit::Monthly, row::Member>,
    /// Of the household.
    pub household: Expr<'b, unit::Monthly, row::Household>,
    /// Members counted.
    pub members: Expr<'b, unit::Count, row::Household>,
}

/// Reads a table for each member.
pub struct OfMember<'r, 'b> {
    /// The rules.
    pub rules: &'r Rules<'b>,
    /// Household categories; `None` while they are being worked out.
    pub categories: Option<Categories<'b>>,
    /// Incomes; `None` while they are being worked out.
    pub incomes: Option<Incomes<'b>>,
    /// How ages are counted; `None` where no text was read.
    pub age_rule: Option<AgeRule>,
}

impl<'b> OfMember<'_, 'b> {
    /// Completed years on the day of the decision.
    #[must_use]
    pub fn age(&self) -> Expr<'b, unit::Count, row::Member> {
        let builder = self.rules.builder;
        builder.fact(fact::BIRTH_DATE).age_on(builder.today(), self.age_rule)
    }

    /// The grade of the most severe disability; 9 if there is none.
    #[must_use]
    pub fn worst_grade(&self) -> Expr<'b, unit::Count, row::Member> {
        self.rules.builder.fact(fact::DISABILITY_GRADE).least(9)
    }

    /// How many of the six daily activities the person cannot do alone.
    ///
    /// # Source
    /// 特困人员认定办法 art. 21, 22.
    fn activities_failed(&self) -> Expr<'b, unit::Count, row::Member> {
        let builder = self.rules.builder;
        let six = [fact::EATING, fact::DRESSING, fact::GETTING_UP, fact::TOILET, fact::WALKING_INDOORS, fact::BATHING];
        let failed = six.map(|activity| builder.retyped(builder.fact(activity).is(DailyActivity::Unable)));
        failed.into_iter().fold(builder.count(0), |sum, one| sum + one)
    }

    /// The ability to look after oneself (生活自理能力): none failed, one to three, four to six.
    ///
    /// # Source
    /// 特困人员认定办法 art. 22.
    #[must_use]
    pub fn self_care(&self, level: SelfCare) -> Expr<'b, unit::Truth, row::Member> {
        let failed = self.activities_failed();
        match level {
            SelfCare::Full => failed.is_among(&[0]),
            SelfCare::Partial => failed.is_among(&[1, 2, 3]),
            SelfCare::Unable => failed.is_among(&[4, 5, 6]),
        }
    }

    fn category(&self, status: Status) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let Some(categories) = self.categories else { return builder.always(false) };
        match status {
            Status::DestituteSupport => categories.destitute_support,
            Status::MinimumLivingAllowance => categories.minimum_living_allowance,
            Status::BorderlineHousehold => categories.borderline_household,
            Status::EssentialExpenseHardship => categories.essential_expense_hardship,
            Status::LowIncome => categories.low_income,
            Status::CoveredIndividually => categories.covered_individually,
            Status::Nothing => builder.always(false),
        }
    }

    /// Whether a benefit of the `receiving` map is being paid.
    #[must_use]
    pub fn is_paying(&self) -> Expr<'b, unit::Truth, row::Receiving> {
        self.rules.builder.fact(fact::RECEIVING_STATE).is(PaymentState::Paying)
    }

    /// Whether the member draws a benefit; `in_full` asks whether in full.
    #[must_use]
    pub fn draws(&self, benefit: Benefit, in_full: bool) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let paying = self.is_paying();
        let row = if in_full { paying.and(builder.fact(fact::RECEIVING_FULL)) } else { paying };
        row.entry(fact::RECEIVING_KEY, benefit, builder.always(false))
    }

    fn group(&self, group: Group) -> Expr<'b, unit::Truth, row::Member> {
        self.rules.builder.fact(match group {
            Group::FamilyPlanningSpecial => fact::FAMILY_PLANNING_SPECIAL,
            Group::PreferentialTreatment => fact::PREFERENTIAL_TREATMENT,
            Group::LivesAlone => fact::LIVES_ALONE,
            Group::PublicEmployee => fact::PUBLIC_EMPLOYEE,
            Group::RetiredCadre => fact::RETIRED_CADRE,
            Group::PovertyAlleviated => fact::POVERTY_ALLEVIATED,
        })
    }

    fn standing_class(&self, classes: &[crate::household::dictionary::StandingClass]) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let today = builder.today();
        let in_force = builder.fact(fact::STANDING_FROM).at_most(today).and(today.below(builder.fact(fact::STANDING_UNTIL)));
        in_force.and(builder.fact(fact::STANDING_CLASS).is_one_of(classes)).any_row().lift()
    }

    /// Two members or more with a disability (一户多残).
    fn several_disabled_members(&self) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let disabled = builder.always::<row::Disability>(true).count_rows().at_least(builder.count(1));
        disabled.count_rows().at_least(builder.count(2)).lift()
    }

    /// A parent of 60 or more is in the household (依老养残).
    fn older_carer(&self) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        self.age().at(builder.fact(fact::PARENT_ID)).at_least(builder.count(60)).any_row()
    }

    fn income(&self, test: &IncomeTest) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let Some(incomes) = self.incomes else {
            return self.rules.missing::<unit::Yuan, row::Member>(&test.of, "unknown", self.rules.area, None).fits;
        };
        let limit = self.rules.amount::<unit::Monthly, _>(&test.of, self).value * builder.rate(test.ratio);
        let (income, limit) =
            if test.own { (incomes.own, limit) } else { (incomes.household.lift(), limit * incomes.members.lift::<row::Member>()) };
        let within = if test.strictly { income.below(limit) } else { income.at_most(limit) };
        if test.above { within.not() } else { within }
    }

    fn lives_in(&self, area: AreaCode) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let today = builder.today();
        let current = builder.fact(fact::RESIDENCE_FROM).at_most(today).and(today.below(builder.fact(fact::RESIDENCE_UNTIL)));
        current.and(builder.fact(fact::RESIDENCE_AREA).within(area)).any_row()
    }

    /// Registered in an area (户籍所在地).
    #[must_use]
    pub fn registered_in(&self, area: AreaCode) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let today = builder.today();
        let current = builder.fact(fact::REGISTERED_FROM).at_most(today).and(today.below(builder.fact(fact::REGISTERED_UNTIL)));
        current.and(builder.fact(fact::REGISTERED_AREA).within(area)).any_row()
    }

    /// May apply in an area: registered there, or holding its residence permit where such applications are taken.
    ///
    /// # Source
    /// 最低生活保障审核确认办法 (民发〔2021〕57号) art. 5.
    #[must_use]
    pub fn may_apply_in(&self, area: AreaCode) -> Expr<'b, unit::Truth, row::Member> {
        let registered = self.registered_in(area);
        match self.rules.word("residence-permit-application") {
            (Word::Known("accepted"), known) => registered.or(self.permit_in(area).and(known)),
            (Word::Known(_), _) => registered,
            // Who does not say to hold a permit is not asked for one: what is not known is only whether it would do.
            (Word::Unknown, open) => registered.or(self.permit_in(area).told_or(self.rules.builder.always(false)).and(open)),
        }
    }

    fn permit_in(&self, area: AreaCode) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        builder.fact(fact::PERMIT_FROM).at_most(builder.today()).and(builder.fact(fact::PERMIT_AREA).within(area))
    }

    /// On the town or village side, by what the place goes by: household registration, where the person lives, or land.
    fn settlement(&self, side: Settlement) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let registered = builder.fact(fact::REGISTERED_SETTLEMENT).is(side);
        if !self.rules.is_set("settlement-side") {
            return registered;
        }
        match self.rules.word("settlement-side") {
            (Word::Known("residence"), known) => builder.choose(known, builder.fact(fact::LIVES_SETTLEMENT).is(side), registered),
            (Word::Known("land"), known) => builder.choose(known, self.settlement_by_land(side), registered),
            _ => registered,
        }
    }

    /// On the town or village side that land gives: contracted land or a share in the collective's income means village,
    /// relocation to a town means town, else the household registration decides.
    ///
    /// # Source
    /// 特困人员认定办法 art. 19.
    #[must_use]
    pub fn settlement_by_land(&self, side: Settlement) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let relocated = builder.fact(fact::LAND_RELOCATED).lift();
        let with_land = builder.fact(fact::LAND_CONTRACTED).or(builder.fact(fact::LAND_COLLECTIVE_SHARE)).lift();
        let registered = builder.fact(fact::REGISTERED_SETTLEMENT).is(Settlement::Rural);
        let village = builder.select(&[(relocated, builder.always(false)), (with_land, builder.always(true))], registered);
        if side == Settlement::Rural { village } else { village.not() }
    }

    /// What a table cannot ask of this subject; the loader refuses such a row.
    fn out_of_place<R: Row>(&self) -> Expr<'b, unit::Truth, R> {
        self.rules.missing::<unit::Yuan, R>("condition", "unknown", self.rules.area, None).fits
    }
}

impl<'b> Subject<'b, row::Member> for OfMember<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Member> {
        let builder = self.rules.builder;
        let as_said = |yes: bool, fact: Expr<'b, unit::Truth, row::Member>| if yes { fact } else { fact.not() };
        match condition {
            Condition::Zone(_) => builder.always(true),
            Condition::Settlement(side) => self.settlement(*side),
            Condition::Category(statuses) => {
                let each: Vec<_> = statuses.iter().map(|status| self.category(*status)).listed();
                builder.any(&each)
            }
            Condition::StandingClass(classes) => self.standing_class(classes),
            Condition::AgeYears(span) => within_span(self.rules, self.age(), *span),
            Condition::Sex(sex) => builder.fact(fact::SEX).is(*sex),
            Condition::DisabilityGrade(grades) => self.worst_grade().is_among(grades),
            Condition::Disability(items) => {
                let one = |(kinds, grades): &(Vec<_>, Vec<i64>)| {
                    let kind = builder.fact(fact::DISABILITY_KIND).is_one_of(kinds);
                    kind.and(builder.fact(fact::DISABILITY_GRADE).is_among(grades)).any_row()
                };
                let each: Vec<_> = items.iter().map(one).listed();
                builder.any(&each)
            }
            Condition::SeveralDisabilities => {
                let rows = builder.always::<row::Disability>(true).count_rows();
                rows.at_least(builder.count(2))
            }
            Condition::AbilityLevel(levels, scales) => {
                let each_counts = self.rules.says("ability-level-changes", "each-counts");
                ability::level_is(builder, levels, scales, each_counts)
            }
            Condition::LocalLevel(levels) => {
                let is_local = builder.fact(fact::ABILITY_SCALE).is(AbilityScale::Local);
                is_local.and(builder.fact(fact::ABILITY_LOCAL_LEVEL).is_among(levels))
            }
            Condition::GraceMonth(span) => within_span(self.rules, months_of_grace(builder), *span).lift(),
            Condition::SelfCare(levels) => {
                let each: Vec<_> = levels.iter().map(|level| self.self_care(*level)).listed();
                builder.any(&each)
            }
            Condition::CareNeeded(yes) => as_said(*yes, builder.fact(fact::CARE_NEEDED)),
            Condition::CarePlace(places) => builder.fact(fact::CARE_PLACE).is_one_of(places),
            Condition::CarePlaceApproved(yes) => as_said(*yes, builder.fact(fact::CARE_PLACE_APPROVED)),
            Condition::Group(group, yes) => as_said(*yes, self.group(*group)),
            Condition::Service(service, yes) => as_said(*yes, builder.fact(service_fact(*service))),
            Condition::Dementia(yes) => as_said(*yes, builder.fact(fact::ABILITY_DIAGNOSIS)),
            Condition::Illness(illnesses) => {
                let each: Vec<_> = illnesses.iter().map(|illness| builder.fact(illness_fact(*illness))).listed();
                builder.any(&each)
            }
            Condition::NoFixedIncome(yes) => as_said(*yes, builder.fact(fact::NO_FIXED_INCOME)),
            Condition::Employment(statuses) => builder.fact(fact::EMPLOYMENT_STATUS).is_one_of(statuses),
            Condition::FullTimeStudent(yes) => as_said(*yes, builder.fact(fact::SCHOOL_FULL_TIME)),
            Condition::SeveralDisabledMembers => self.several_disabled_members(),
            Condition::OlderCarer => self.older_carer(),
            Condition::Income(test) => self.income(test),
            Condition::RegisteredIn(area) => self.registered_in(*area),
            Condition::LivesIn(area) => self.lives_in(*area),
            Condition::PermitIn(area) => self.permit_in(*area),
            Condition::Receiving(benefit) => self.draws(*benefit, false),
            Condition::ReceivingInFull(benefit) => self.draws(*benefit, true),
            Condition::ServiceInjury(grades) => {
                let holds_card = builder.fact(fact::SERVICE_INJURY_KIND).is(ServiceInjuryKind::Nothing).not();
                holds_card.and(builder.fact(fact::SERVICE_INJURY_GRADE).is_among(grades))
            }
            Condition::Meal(_)
            | Condition::DayKind(_)
            | Condition::Weekday(_)
            | Condition::BillCategory(_)
            | Condition::BillFrom(..)
            | Condition::Delivered(_)
            | Condition::DistanceKm(_)
            | Condition::StayDays(_)
            | Condition::Incident(_)
            | Condition::SelfPaid(_)
            | Condition::IncomeKind(_)
            | Condition::ExpenseKind(_) => self.out_of_place(),
        }
    }
}

/// Which month of the grace period the day is in: the first is the month after the decision.
pub(crate) fn months_of_grace<'b>(builder: &'b Builder) -> Expr<'b, unit::Count, row::Household> {
    // The months are counted from the decision, so it has to be told; today would stand for any other day.
    builder.retyped(builder.today::<row::Household>().month() - builder.fact(fact::DECIDED_ON).month())
}

fn service_fact(service: Service) -> Fact<unit::Truth, row::Member> {
    match service {
        Service::ResidentialCare => fact::RESIDENTIAL_CARE,
        Service::HomeCareBed => fact::HOME_CARE_BED,
        Service::PooledCare => fact::POOLED_CARE,
        Service::UpgradeProject => fact::UPGRADE_PROJECT,
    }
}

fn illness_fact(illness: Illness) -> Fact<unit::Truth, row::Member> {
    match illness {
        Illness::Serious => fact::SERIOUS_ILLNESS,
        Illness::Rare => fact::RARE_ILLNESS,
        Illness::ChronicOnMedication => fact::CHRONIC_ILLNESS,
    }
}

fn within_span<'b, R: Row>(rules: &Rules<'b>, number: Expr<'b, unit::Count, R>, span: Span) -> Expr<'b, unit::Truth, R> {
    let mut parts = Vec::new();
    parts.append_all(span.at_least.map(|least| number.at_least(rules.builder.count(least))));
    parts.append_all(span.below.map(|below| number.below(rules.builder.count(below))));
    rules.builder.all(&parts)
}

/// Whether an amount lies between two limits.
pub(crate) fn within_yuan<'b, U: Scalar, R: Row>(rules: &Rules<'b>, amount: Expr<'b, U, R>, span: YuanSpan) -> Expr<'b, unit::Truth, R> {
    let limit = |yuan: Yuan| rules.builder.yuan::<U, R>(yuan);
    let mut parts = Vec::new();
    parts.append_all(span.from.map(|(from, included)| if included { amount.at_least(limit(from)) } else { limit(from).below(amount) }));
    parts.append_all(span.to.map(|(to, included)| if included { amount.at_most(limit(to)) } else { amount.below(limit(to)) }));
    rules.builder.all(&parts)
}

/// Reads a table for the household: by its applicant, and by what happened to the household.
pub struct OfHousehold<'r, 'b>(pub &'r OfMember<'r, 'b>);

impl<'b> Subject<'b, row::Household> for OfHousehold<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Household> {
        let builder = self.0.rules.builder;
        match condition {
            Condition::Incident(kinds) => builder.fact(fact::INCIDENT_KIND).is_one_of(kinds),
            Condition::SelfPaid(span) => within_yuan(self.0.rules, builder.fact(fact::INCIDENT_SELF_PAID), *span),
            Condition::ExpenseKind(kinds) => builder.fact(fact::EXPENSE_KIND).is_one_of(kinds).any_row(),
            person => self.0.holds(person).of_applicant(),
        }
    }

    /// A share is taken of what had to be paid oneself.
    fn bill(&self) -> Option<Expr<'b, unit::Yuan, row::Household>> {
        Some(self.0.rules.builder.fact(fact::INCIDENT_SELF_PAID))
    }
}

/// Reads a table for each member, who is on the town or village side that the household is on.
pub struct OfHouseholdSide<'r, 'b>(pub &'r OfMember<'r, 'b>);

impl<'b> Subject<'b, row::Member> for OfHouseholdSide<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Member> {
        match condition {
            Condition::Settlement(_) => self.0.holds(condition).of_applicant().lift(),
            person => self.0.holds(person),
        }
    }
}

/// Reads a table for each bill: by the bill itself and the member it is for.
pub struct OfBill<'r, 'b> {
    /// The members.
    pub member: &'r OfMember<'r, 'b>,
    /// What a share is taken of: the list price, or what is left to pay after insurance.
    pub amount: Expr<'b, unit::Yuan, row::Bill>,
    /// What a least bill is held against: the list price, or what an earlier discount leaves of it.
    pub least_held_against: Expr<'b, unit::Yuan, row::Bill>,
}

impl<'b> OfBill<'_, 'b> {
    /// Completed years of the person on the day of the bill.
    #[must_use]
    pub fn age(&self) -> Expr<'b, unit::Count, row::Bill> {
        let builder = self.member.rules.builder;
        let birth = builder.fact(fact::BIRTH_DATE).at(builder.fact(fact::BILL_MEMBER));
        birth.age_on(builder.fact(fact::BILL_DATE), self.member.age_rule)
    }
}

impl<'b> Subject<'b, row::Bill> for OfBill<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Bill> {
        let rules = self.member.rules;
        let builder = rules.builder;
        match condition {
            Condition::Meal(meals) => builder.fact(fact::BILL_MEAL).is_one_of(meals),
            // On the day of the bill, so that earlier bills are held against the age of their own day.
            Condition::AgeYears(span) => within_span(rules, self.age(), *span),
            Condition::DayKind(kinds) => builder.fact(fact::BILL_DATE).day_kind().is_one_of(kinds),
            Condition::Weekday(days) => builder.fact(fact::BILL_DATE).weekday().is_one_of(days),
            Condition::BillCategory(categories) => builder.fact(fact::BILL_CATEGORY).is_one_of(categories),
            Condition::BillFrom(yuan, above) => {
                let span = YuanSpan { from: Some((*yuan, !above)), to: None };
                within_yuan(rules, self.least_held_against, span)
            }
            Condition::Delivered(yes) => {
                let delivered = builder.fact(fact::BILL_DELIVERED);
                if *yes { delivered } else { delivered.not() }
            }
            Condition::DistanceKm(span) => within_span(rules, builder.fact(fact::BILL_DISTANCE), *span),
            Condition::StayDays(span) => within_span(rules, builder.fact(fact::BILL_STAY), *span),
            person => self.member.holds(person).at(builder.fact(fact::BILL_MEMBER)),
        }
    }

    fn bill(&self) -> Option<Expr<'b, unit::Yuan, row::Bill>> {
        Some(self.amount)
    }
}

/// Reads a table for each income of each member.
pub struct OfIncome<'r, 'b>(pub &'r OfMember<'r, 'b>);

impl<'b> Subject<'b, row::Income> for OfIncome<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Income> {
        match condition {
            Condition::IncomeKind(kinds) => self.0.rules.builder.fact(fact::INCOME_KIND).is_one_of(kinds),
            person => self.0.holds(person).lift(),
        }
    }
}

/// Reads a table for each member, about income of the kinds its rows name.
pub struct OfMemberWithIncome<'r, 'b>(pub &'r OfMember<'r, 'b>);

impl<'b> Subject<'b, row::Member> for OfMemberWithIncome<'_, 'b> {
    fn holds(&self, condition: &Condition) -> Expr<'b, unit::Truth, row::Member> {
        match condition {
            Condition::IncomeKind(_) => self.0.rules.builder.always(true),
            person => self.0.holds(person),
        }
    }
}
