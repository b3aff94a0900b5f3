//! Living allowance for children in key difficulty (重点困境儿童基本生活费): a category of some provinces, Shandong among them.
//!
//! # What it pays
//! A monthly amount below that of an orphan; where a place says so, only what other assistance lacks to it.
//!
//! # Who qualifies
//! Minors in one of the circumstances the place lists: both parents severely disabled, seriously ill, in prison or in
//! compulsory rehabilitation; one dead or missing and the other in such a state; one dead or missing and the other too
//! poor; or the severely disabled or seriously ill child of a poor family. Who counts as orphan or as unattended has the
//! higher allowance of those instead.
//!
//! # How much
//! The area's row, less what the child already has, where the place tops up.
//!
//! # What this file does not cover
//! When a parent is too poor, which families count as poor beside those on the minimum living allowance, and how long an
//! illness needs treatment: no text that was read says, so the office decides. How it goes with destitute support.
//!
//! # Sources
//! 青民事〔2018〕43号 and 烟民〔2018〕85号 (in force 2019-01-01) in `key-difficulty-child-circumstances`; local notices.

use super::children::{Parents, minor_of_the_area, standard_and_lacking};
use super::{Draft, clause};
use crate::formula::{Expr, Gives, Per};
use crate::household::dictionary::{fact, row, unit};
use crate::means::Means;
use crate::tables::rules::{OwnRow, Rules, Word};
use crate::tables::subject::OfMember;

type Holds<'b> = Expr<'b, unit::Truth, row::Member>;

const AMOUNT: &str = "key-difficulty-child-allowance";
const CIRCUMSTANCES: &str = "key-difficulty-child-circumstances";

/// Who has something else, by their facts.
pub struct Otherwise<'b> {
    /// Counts as an orphan or as unattended.
    pub allowance: Holds<'b>,
    /// Has destitute support.
    pub destitute: Holds<'b>,
}

/// Writes it where a place has it; returns who qualifies.
pub fn write<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    means: &Means<'b>,
    parents: &Parents<'b>,
    otherwise: &Otherwise<'b>,
) -> Holds<'b> {
    let builder = rules.builder;
    if !rules.is_set(AMOUNT) {
        return builder.always(false);
    }
    let rows = rules.each_row(CIRCUMSTANCES, member);
    let law = rows.first().map(|row| row.clause.clone()).or_else(|| rules.clause(AMOUNT));
    let mut draft = Draft::<row::Member>::new(rules, AMOUNT, Gives::Cash, Per::Month);
    minor_of_the_area(rules, member, &mut draft, &law);
    let circumstances = circumstances(rules, member, parents, &rows, &mut draft);
    draft.requires("in-key-difficulty", circumstances, law.clone());
    draft.requires("no-higher-child-allowance", otherwise.allowance.not(), law.clone());
    let open = rules.missing::<unit::Yuan, _>("key-difficulty-child-with-destitute-support", "unknown", rules.area, None).fits;
    // Where no text says which circumstances count, whether the child is destitute settles nothing and is not asked.
    let not_destitute = if rows.is_empty() { open } else { otherwise.destitute.not().or(open) };
    draft.requires("not-in-destitute-support", not_destitute, clause("destitute-recognition-2021", "9"));

    let (standard, lacking) = standard_and_lacking(rules, member, means, &mut draft, AMOUNT);
    draft.pays(match rules.word("key-difficulty-child-allowance-form") {
        (Word::Known("top-up") | Word::Unknown, tops_up) => builder.choose(tops_up, lacking, standard),
        (Word::Known(_), in_full) => builder.choose(in_full, standard, lacking),
    });
    draft.finish(None)
}

/// Whether the child is in one of the circumstances the place lists; each is told.
fn circumstances<'b>(
    rules: &Rules<'b>,
    member: &OfMember<'_, 'b>,
    parents: &Parents<'b>,
    rows: &[OwnRow<'b, row::Member>],
    draft: &mut Draft<'b, row::Member>,
) -> Holds<'b> {
    let builder = rules.builder;
    if rows.is_empty() {
        return rules.missing::<unit::Yuan, _>(CIRCUMSTANCES, "no-table", rules.area, None).fits;
    }
    let one_lost = builder.all(&[parents.both_told, parents.one_lost, parents.all_lost.not()]);
    let known = [
        ("both-parents-unable", parents.both_told.and(parents.all_unable)),
        ("one-parent-lost-other-unable", one_lost.and(parents.all_lost_or_unable)),
        ("one-parent-lost-other-poor", one_lost.and(builder.left_to_office())),
        ("poor-family-ill-child", ill(rules).and(poor_family(rules, member))),
    ];
    let mut all = Vec::new();
    for row in rows {
        let found = known.iter().find(|(word, _)| *word == row.word);
        let Some((word, holds)) = found.map(|(word, holds)| (*word, holds.and(row.holds))) else { continue };
        draft.remarks(word, holds, Some(row.clause.clone()));
        all.push(holds);
    }
    builder.any(&all)
}

/// On the minimum living allowance for certain; of other families in hardship no text says whether they are poor.
fn poor_family<'b>(rules: &Rules<'b>, member: &OfMember<'_, 'b>) -> Holds<'b> {
    let Some(own) = member.categories else { return rules.builder.left_to_office() };
    let perhaps = rules.builder.any(&[own.borderline_household, own.essential_expense_hardship, own.low_income]);
    own.minimum_living_allowance.or(perhaps.and(rules.builder.left_to_office()))
}

/// A severe disability of grade 1 or 2, or a serious or rare illness of which the office sees whether it needs long treatment.
fn ill<'b>(rules: &Rules<'b>) -> Holds<'b> {
    let builder = rules.builder;
    let severe = builder.fact(fact::DISABILITY_GRADE).is_among(&[1, 2]).any_row();
    let illness = builder.fact(fact::SERIOUS_ILLNESS).or(builder.fact(fact::RARE_ILLNESS));
    severe.or(illness.and(builder.left_to_office()))
}
