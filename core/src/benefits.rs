//! The list of benefits. Adding one is one file in this folder and one line in [`build`].

mod borderline_child_allowance;
mod borderline_household;
mod category_supplement;
mod children;
mod covered_individually;
mod destitute_support;
mod disability;
mod disability_living_subsidy;
mod disability_nursing_subsidy;
mod essential_expense_hardship;
mod exit_grace_period;
mod key_difficulty_child_allowance;
mod local;
mod local_bill;
mod low_income_household;
mod minimum_living_allowance;
mod orphan_allowance;
mod temporary_assistance;
mod unattended_child_allowance;

use std::sync::Arc;

pub use crate::tables::parameters::NATIONAL;

use crate::area::AreaCode;
use crate::combine;
use crate::date::AgeRule;
use crate::endings::is_still_paid;
use crate::formula::{
    Alternative, Basis, Builder, Expr, Formula, Gives, Measure, Outline, PaperToBring, People, Per, PersonGround, Requirement, Scalar,
    Step, Unit,
};
use crate::household::Frame;
use crate::household::dictionary::{Row, fact, row, unit};
use crate::means::{Family, Ground, Means};
use crate::order::Listed as _;
use crate::source::Clause;
use crate::standing::{self, Found};
use crate::tables::rules::{OwnRow, Rules};
use crate::tables::subject::{Categories, OfMember, Subject};
use crate::tables::{AsOf, LocalBenefit, Material, Tables};

/// Days on which national law changes its logic, so that a formula never spans one.
pub const LAW_CHANGES: &[&str] = &[ANYWHERE_SINCE, "2021-07-01", "2022-10-20", "2025-01-01", "2026-01-29", "2026-07-01"];

/// From this day on any window in the country takes the application for a disability subsidy (跨省通办, 民办发〔2021〕2号).
pub const ANYWHERE_SINCE: &str = "2021-04-22";

/// Who is an older person (老年人): 60 years or over.
const OLDER_PERSON_AGE: i64 = 60;

/// The formula of the `wanted` benefits for one area on one day, from what was known on another.
///
/// # Errors
/// `arithmetic-limit`: the tables multiply beyond what stays exact.
pub fn build(tables: &Tables, area: AreaCode, as_of: AsOf, wanted: &dyn Fn(&str) -> bool) -> Result<Formula, &'static str> {
    let builder = Builder::default();
    {
        let rules = Rules::new(&builder, tables, area, as_of);
        let age_rule = Some(AgeRule::Birthday);
        let member = OfMember { rules: &rules, categories: None, incomes: None, age_rule };
        let means = Means::new(&rules, &member);
        let together = minimum_living_allowance::is_rounded_with_supplements(&rules);
        let supplements = together.then(|| category_supplement::of_household(&rules, &on_allowance(&member, &means))).flatten();
        let allowance = minimum_living_allowance::write(&rules, &member, &means, supplements);
        let borderline = borderline_household::write(&rules, &member, &means, allowance);
        let hardship = essential_expense_hardship::write(&rules, &member, &means, (allowance, borderline));
        exit_grace_period::write(&rules, &member, &means, borderline_household::line(&rules, &member, &means), allowance);
        let low_income = low_income_household::write(&rules, &member, &means, allowance);
        let found = Found { counted: means.family.counted, allowance, borderline, hardship, low_income };
        let categories = standing::categories(&rules, &found);
        let member = OfMember { rules: &rules, categories: Some(categories), incomes: Some(means.incomes()), age_rule };
        let covered = covered_individually::write(&rules, &member, &means);
        let categories = Categories { covered_individually: categories.covered_individually.or(covered), ..categories };
        let member = OfMember { categories: Some(categories), ..member };
        category_supplement::write(&rules, &member);
        let destitute = destitute_support::write(&rules, &member, &means);
        let parents = children::parents(&rules);
        let orphan = orphan_allowance::write(&rules, &member, &means, &parents, destitute);
        let unattended = unattended_child_allowance::write(&rules, &member, &means, &parents, destitute);
        let otherwise = key_difficulty_child_allowance::Otherwise { allowance: orphan.or(unattended), destitute };
        let key_difficulty = key_difficulty_child_allowance::write(&rules, &member, &means, &parents, &otherwise);
        borderline_child_allowance::write(&rules, &member, otherwise.allowance.or(key_difficulty));
        disability_living_subsidy::write(&rules, &member);
        disability_nursing_subsidy::write(&rules, &member);
        temporary_assistance::write(&rules, &member, &means);
        let mut discounts = Vec::new();
        for benefit in tables.benefits.iter().filter(|benefit| is_to_be_told(&rules, benefit)) {
            if benefit.bills.is_empty() {
                local::write(&member, benefit);
            } else {
                local_bill::write(&member, benefit, &mut discounts);
            }
        }
        builder.keep(wanted);
        combine::write(&rules, &member, &means);
    }
    builder.finish()
}

/// The members of a household that draws the minimum living allowance, for what is worked out together with it.
fn on_allowance<'r, 'b>(member: &OfMember<'r, 'b>, means: &Means<'b>) -> OfMember<'r, 'b> {
    let nobody = member.rules.builder.always(false);
    let categories = Categories {
        destitute_support: nobody,
        minimum_living_allowance: means.family.counted,
        borderline_household: nobody,
        essential_expense_hardship: nobody,
        low_income: nobody,
        covered_individually: nobody,
    };
    OfMember { categories: Some(categories), incomes: Some(means.incomes()), ..*member }
}

/// Whether there is something to say about a benefit: some exist only where a table names them.
fn is_to_be_told(rules: &Rules<'_>, benefit: &LocalBenefit) -> bool {
    !benefit.only_where_listed || !rules.tables.find_all(&benefit.id, rules.area, rules.as_of).is_empty()
}

/// Each exclusion of a table as a condition of its own, so that the one that bites is named; rows with one reason are one
/// condition, by the clause of the nearest.
pub(crate) fn exclusions<'b, R: Row>(rules: &Rules<'b>, subject: &dyn Subject<'b, R>, parameter: &str, draft: &mut Draft<'b, R>) {
    let rows = rules.each_row(parameter, subject);
    for (position, row) in rows.iter().enumerate() {
        let same = |other: &&OwnRow<'b, R>| other.code == row.code;
        if !rows.iter().take(position).any(|other| same(&other)) {
            let holds: Vec<_> = rows.iter().filter(same).map(|row| row.holds).listed();
            draft.requires(&format!("not-excluded-{}", row.code), rules.builder.any(&holds).not(), Some(row.clause.clone()));
        }
    }
}

/// A benefit being written.
pub(crate) struct Draft<'b, R> {
    builder: &'b Builder,
    materials: &'b [Material],
    outline: Outline,
    conditions: Vec<Expr<'b, unit::Truth, R>>,
}

impl<'b, R: Row> Draft<'b, R> {
    /// A benefit decided by the area of household registration.
    pub fn new(rules: &Rules<'b>, benefit: &str, gives: Gives, per: Per) -> Self {
        let never = rules.builder.always::<R>(false).id();
        let decided_at = rules.decided_at(benefit);
        Self {
            builder: rules.builder,
            materials: &rules.tables.materials,
            outline: Outline {
                benefit: benefit.into(),
                local_name: rules.local_name(benefit),
                decided_at,
                decided_within: rules.decided_within(benefit, decided_at),
                papers: Arc::default(),
                frame: R::FRAME,
                gives,
                per,
                basis: Basis::RegisteredArea,
                requirements: Vec::new(),
                qualifies: never,
                stated: None,
                computed: never,
                amount: None,
                extras: Vec::new(),
                payers: Vec::new(),
                day_most: None,
                first_month: None,
                review_month: None,
                people: None,
                alternatives: Vec::new(),
                steps: Vec::new(),
            },
            conditions: Vec::new(),
        }
    }

    /// Decided by another of the person's areas.
    pub fn by(mut self, basis: Basis) -> Self {
        self.outline.basis = basis;
        self
    }

    /// A condition.
    pub fn requires(&mut self, code: &str, condition: Expr<'b, unit::Truth, R>, clause: Option<Clause>) {
        self.conditions.push(condition);
        self.remarks(code, condition, clause);
    }

    /// A condition that goes without saying where it holds, and that nobody is asked about.
    pub fn requires_tacitly(&mut self, code: &str, condition: Expr<'b, unit::Truth, R>, clause: Option<Clause>) {
        self.requires(code, condition, clause);
        if let Some(last) = self.outline.requirements.last_mut() {
            last.is_tacit = true;
        }
    }

    /// What follows from the conditions to come: where it certainly fails, none of them is looked at. Nobody is asked for its sake.
    pub fn implies(&mut self, consequence: Expr<'b, unit::Truth, R>) {
        self.conditions.push(consequence.told_or(self.builder.always(true)));
    }

    /// Something that is told with the reasons and decides nothing about who qualifies.
    pub fn remarks(&mut self, code: &str, holds: Expr<'b, unit::Truth, R>, clause: Option<Clause>) {
        let (code, clause) = (code.into(), clause.map(Arc::new));
        self.outline.requirements.push(Requirement { code, node: holds.id(), clause, measure: None, is_tacit: false });
    }

    /// What the last condition compares, so that its distance can be told.
    pub fn measured<U: Scalar>(&mut self, measured: Expr<'b, U, R>, limit: Expr<'b, U, R>, unit: Unit) {
        if let Some(last) = self.outline.requirements.last_mut() {
            last.measure = Some(Measure { measured: measured.id(), limit: limit.id(), unit });
        }
    }

    /// A named intermediate value.
    pub fn step<U>(&mut self, code: &'static str, value: Expr<'b, U, R>, unit: Unit) {
        self.outline.steps.push(Step { code, node: value.id(), unit });
    }

    /// The amount.
    pub fn pays<U: Scalar>(&mut self, amount: Expr<'b, U, R>) {
        self.outline.amount = Some(amount.id());
    }

    /// An amount besides, paid for something else: once a year, say.
    pub fn pays_besides<U: Scalar>(&mut self, per: Per, amount: Expr<'b, U, R>) {
        self.outline.extras.push((per, amount.id()));
    }

    /// What one of those who share the amount pays of it.
    pub fn paid_by<U: Scalar>(&mut self, payer: &'static str, amount: Expr<'b, U, R>) {
        self.outline.payers.push((payer, amount.id()));
    }

    /// The most that a person has of it in a day, where earlier bills of the day do not have more.
    pub fn has_in_a_day<U: Scalar>(&mut self, most: Expr<'b, U, R>) {
        self.outline.day_most = Some(most.id());
    }

    /// The first month paid.
    pub fn starts(&mut self, month: Expr<'b, unit::MonthUnit, R>) {
        self.outline.first_month = Some(month.id());
    }

    /// The month of the next review.
    pub fn reviewed(&mut self, month: Expr<'b, unit::MonthUnit, R>) {
        self.outline.review_month = Some(month.id());
    }

    /// Who counts as family, who of them is paid for, and why.
    pub fn concerns(&mut self, family: &Family<'b>, paid: Expr<'b, unit::Truth, row::Member>) {
        let ground =
            |ground: &Ground<'b>| PersonGround { code: ground.code, node: ground.holds.id(), clause: Arc::new(ground.clause.clone()) };
        let grounds = family.grounds.iter().map(ground).listed();
        self.outline.people = Some(People { counted: family.counted.id(), paid: paid.id(), grounds });
    }

    /// A reading the text leaves open.
    pub fn alternative<U: Scalar>(&mut self, code: &'static str, amount: Expr<'b, U, R>, clause: Clause) {
        self.outline.alternatives.push(Alternative { code, amount: amount.id(), clause });
    }

    /// All conditions together.
    pub fn computed(&self) -> Expr<'b, unit::Truth, R> {
        self.builder.all(&self.conditions)
    }

    /// Done; qualifies who meets all conditions, or whom an office has already recognised.
    pub fn finish(mut self, stated: Option<Expr<'b, unit::Truth, R>>) -> Expr<'b, unit::Truth, R> {
        if R::FRAME == Frame::Member {
            self.requires_tacitly("is-alive", self.builder.expr(alive(self.builder).id()), None);
        }
        let computed = self.computed();
        let qualifies = stated.map_or(computed, |stated| stated.or(computed));
        self.outline.computed = computed.id();
        self.outline.qualifies = qualifies.id();
        self.outline.stated = stated.map(Expr::id);
        self.outline.papers = papers(&self.outline.requirements, self.materials).into();
        self.builder.outline(self.outline);
        qualifies
    }
}

/// Whether a member lives, or died in the month of the day; who has died is told of, not asked.
fn alive(builder: &Builder) -> Expr<'_, unit::Truth, row::Member> {
    let this_month = builder.today::<row::Member>().month();
    is_still_paid(this_month, builder.fact(fact::DIED_ON).month()).told_or(builder.always(true))
}

/// The papers that show what conditions ask, each once.
fn papers(requirements: &[Requirement], materials: &[Material]) -> Vec<PaperToBring> {
    let mut found: Vec<PaperToBring> = Vec::new();
    for requirement in requirements {
        for material in materials.iter().filter(|material| material.reason == requirement.code) {
            for paper in &material.papers {
                let shown = Arc::clone(&requirement.code);
                match found.iter_mut().find(|known| known.paper == *paper) {
                    Some(known) => {
                        known.checked_online &= material.checked_online;
                        known.shows.push(shown);
                    }
                    None => found.push(PaperToBring {
                        paper: Arc::clone(paper),
                        shows: vec![shown],
                        checked_online: material.checked_online,
                        clause: Arc::new(material.clause.clone()),
                    }),
                }
            }
        }
    }
    found
}

/// A clause of a document; an empty article means the document as a whole.
pub(crate) fn clause(document: &str, article: &str) -> Option<Clause> {
    Some(Clause::new(document, article))
}

/// An article of the rules of 2021 on recognising who is in hardship (民发〔2021〕57号), or what stood before them.
pub(crate) fn recognition(rules: &Rules<'_>, article: &str, before: Option<Clause>) -> Option<Clause> {
    if since(rules, "2021-07-01") { clause("mca-2021-57", article) } else { before }
}

/// Whether a law's change is in force on the rules' day.
pub(crate) fn since(rules: &Rules<'_>, day: &str) -> bool {
    rules.as_of.is_since(day)
}
