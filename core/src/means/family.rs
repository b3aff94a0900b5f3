//! Who is family (共同生活的家庭成员): whom the law counts, whom it leaves out, and on which ground.
//!
//! The spouse, children under age and grown children who cannot live on their own are family by law; anybody else is if
//! there is a legal duty of support and they live together. Who lives with the household is not in prison, has not
//! gone missing and has not joined a monastery, so those questions are for people who live elsewhere; what is told of
//! somebody all the same goes before that, and the result remarks on it.
//!
//! # Sources
//! 最低生活保障审核确认办法 (民发〔2021〕57号) art. 7; before 2021-07-01 民发〔2012〕220号 art. 5, which named parents too.

use super::Rules;
use crate::date::AgeRule;
use crate::formula::Expr;
use crate::household::dictionary::{MaritalStatus, Relation, SchoolStage, WorkAbility, fact, row, unit};
use crate::order::Listed as _;
use crate::source::Clause;
use crate::tables::rules::Word;
use crate::tables::subject::{OfHousehold, OfMember};

/// From this age on a child is grown (成年).
const GROWN: i64 = 18;

/// Up to bachelor's level (本科及以下): a master's or doctoral student is not a child who cannot live on their own.
const UP_TO_BACHELOR: &[SchoolStage] = &[
    SchoolStage::Kindergarten,
    SchoolStage::Compulsory,
    SchoolStage::SeniorHigh,
    SchoolStage::Vocational,
    SchoolStage::JuniorCollege,
    SchoolStage::Bachelor,
];

/// Why somebody counts or does not.
#[derive(Clone)]
pub struct Ground<'b> {
    /// Stable code, such as `is-spouse`.
    pub code: &'static str,
    /// Whether it holds.
    pub holds: Expr<'b, unit::Truth, row::Member>,
    /// The clause.
    pub clause: Clause,
}

/// The family: who counts, and all grounds for and against.
pub struct Family<'b> {
    /// Counts as a member.
    pub counted: Expr<'b, unit::Truth, row::Member>,
    /// Every ground, those for counting first.
    pub grounds: Vec<Ground<'b>>,
}

impl<'b> Family<'b> {
    /// The family of the rules' area and day.
    pub fn new(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Self {
        let builder = rules.builder;
        let by_law = by_law(rules, member);
        let left_out = left_out(rules, member);
        let all = |grounds: &[Ground<'b>]| builder.any(&grounds.iter().map(|ground| ground.holds).listed());
        let related = all(&by_law);
        let counted = related.and(all(&left_out).not());
        let nobody = Ground { code: "no-ground-to-count", holds: related.not(), clause: clause(rules) };
        Self { counted, grounds: by_law.into_iter().chain(left_out).chain([nobody]).listed() }
    }
}

/// Whether the rules of 2021 are in force on the day.
fn since_2021(rules: &Rules<'_>) -> bool {
    rules.as_of.is_since("2021-07-01")
}

fn clause(rules: &Rules<'_>) -> Clause {
    if since_2021(rules) { Clause::new("mca-2021-57", "7") } else { Clause::new("mca-2012-220", "5") }
}

/// The grounds on which somebody counts.
fn by_law<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Vec<Ground<'b>> {
    let builder = rules.builder;
    let relation = builder.fact(fact::RELATION);
    let child = relation.is(Relation::Child);
    let minor = member.age().below(builder.count(GROWN));
    let studies = builder.fact(fact::SCHOOL_FULL_TIME).and(builder.fact(fact::SCHOOL_STAGE).is_one_of(UP_TO_BACHELOR));
    let unable = builder.fact(fact::WORK_ABILITY).is(WorkAbility::Unable);
    // Children and parents always owe one another support; of others it depends, so it is asked.
    let duty = relation.is_one_of(&[Relation::Child, Relation::Parent]).or(builder.fact(fact::SUPPORT_DUTY));
    let together = builder.fact(fact::LIVES_WITH);
    let distant = relation.is_one_of(&[Relation::Oneself, Relation::Spouse]).not();
    let ground = |code, holds| Ground { code, holds, clause: clause(rules) };
    let mut grounds = vec![
        ground("is-applicant", relation.is(Relation::Oneself)),
        ground("is-spouse", relation.is(Relation::Spouse)),
        ground("is-minor-child", child.and(minor)),
        ground("lives-with-duty-of-support", builder.all(&[distant, together, duty])),
        ground("is-child-in-school", builder.all(&[child, minor.not(), studies])),
        ground("is-child-unable-to-work", builder.all(&[child, minor.not(), unable])),
    ];
    if !since_2021(rules) {
        grounds.push(ground("is-parent", relation.is(Relation::Parent)));
    }
    grounds
}

/// What keeps a member from being there. Whoever lives with the household, or applies for it, is not asked for it; what is
/// told of them all the same counts.
pub struct Absent<'b> {
    /// Has died.
    pub died: Expr<'b, unit::Truth, row::Member>,
    /// Serves a sentence (服刑).
    pub in_prison: Expr<'b, unit::Truth, row::Member>,
    /// Is in compulsory rehabilitation (强制隔离戒毒).
    pub in_rehabilitation: Expr<'b, unit::Truth, row::Member>,
    /// Has been declared missing (宣告失踪).
    pub missing: Expr<'b, unit::Truth, row::Member>,
}

/// Who is absent on the day.
pub fn absent<'b>(rules: &Rules<'b>) -> Absent<'b> {
    let (builder, today) = (rules.builder, rules.builder.today());
    let away = away(rules);
    let begun = |day| {
        let begun = builder.fact(day).at_most(today);
        begun.told_where(away)
    };
    let not_over = |day| today.below(builder.fact(day));
    Absent {
        died: begun(fact::DIED_ON),
        in_prison: begun(fact::IMPRISONED_FROM).and(not_over(fact::IMPRISONED_UNTIL)),
        in_rehabilitation: begun(fact::REHAB_FROM).and(not_over(fact::REHAB_UNTIL)),
        missing: begun(fact::DECLARED_MISSING),
    }
}

/// Lives elsewhere. Whoever applies is of the family they apply for, and is not asked where they live.
pub fn away<'b>(rules: &Rules<'b>) -> Expr<'b, unit::Truth, row::Member> {
    let builder = rules.builder;
    builder.fact(fact::RELATION).is(Relation::Oneself).not().and(builder.fact(fact::LIVES_WITH).not())
}

/// The grounds on which somebody who would count is left out.
fn left_out<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Vec<Ground<'b>> {
    let builder = rules.builder;
    let today = builder.today();
    let (away, absent) = (away(rules), absent(rules));
    let clergy_since = builder.fact(fact::CLERGY_SINCE);
    let years = rules.count::<row::Household>("clergy-years", &OfHousehold(member)).value;
    // The years first: who has never been clergy is no clergy however many years it takes.
    let long_enough = clergy_since.at_most(today).and(clergy_since.age_on(today, Some(AgeRule::Birthday)).at_least(years.lift()));
    let ground = |code, holds| Ground { code, holds, clause: clause(rules) };
    let mut grounds = vec![
        ground("is-in-prison", absent.in_prison),
        ground("is-in-compulsory-rehabilitation", absent.in_rehabilitation),
        ground("is-declared-missing", absent.missing),
        ground("is-clergy", away.and(long_enough)),
        ground("has-died", absent.died),
    ];
    // Who applies for themself and is one of those a place computes apart is a household with spouse and children alone.
    let apart = rules.each_row("separate-household-persons", member);
    if !apart.is_empty() {
        let applicant = builder.any(&apart.iter().map(|row| row.holds).listed()).of_applicant().lift();
        let own = builder.fact(fact::RELATION).is_one_of(&[Relation::Oneself, Relation::Spouse, Relation::Child]);
        let clause = rules.clause("separate-household-persons").unwrap_or_else(|| clause(rules));
        grounds.push(Ground { code: "is-of-another-household", holds: own.not().and(applicant), clause });
    }
    // What a province adds stands in its tables.
    if let (Word::Known("not-counted"), known) = rules.word::<row::Member>("unmarried-soldiers") {
        let soldier = builder.fact(fact::ACTIVE_SOLDIER).and(builder.fact(fact::MARITAL_STATUS).is(MaritalStatus::Single));
        let clause = rules.clause("unmarried-soldiers").unwrap_or_else(|| clause(rules));
        grounds.push(Ground { code: "is-unmarried-soldier", holds: builder.all(&[known, away, soldier]), clause });
    }
    if let (Word::Known("local-or-close-family"), known) = rules.word::<row::Member>("member-registration") {
        let close = builder.fact(fact::RELATION).is_one_of(&[Relation::Oneself, Relation::Spouse, Relation::Child]);
        let here = member.registered_in(province(rules));
        let clause = rules.clause("member-registration").unwrap_or_else(|| clause(rules));
        grounds.push(Ground { code: "is-registered-elsewhere", holds: builder.all(&[known, close.not(), here.not()]), clause });
    }
    grounds
}

/// Members who are counted and for whom the minimum living allowance is paid; in some places nothing is for those whom
/// something else supports.
pub fn paid_for<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>, family: &Family<'b>) -> Expr<'b, unit::Truth, row::Member> {
    let unpaid: Vec<_> = rules.each_row("minimum-living-allowance-unpaid-members", member).iter().map(|row| row.holds).listed();
    if unpaid.is_empty() { family.counted } else { family.counted.and(rules.builder.any(&unpaid).not()) }
}

/// The province of the rules' area.
fn province(rules: &Rules<'_>) -> crate::area::AreaCode {
    let mut chain = rules.tables.areas.chain(rules.area);
    let mut last = rules.area;
    for area in chain.by_ref().filter(|area| *area != crate::area::AreaCode::NATION) {
        last = area;
    }
    last
}
