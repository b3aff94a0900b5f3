//! How benefits of one person go together (政策衔接): which exclude each other, which make up for what others lack.

use super::{CellValue, Table, Tables};
use crate::area::AreaCode;
use crate::household::dictionary::{Benefit, Names, Status};
use crate::json::Json;
use crate::order::Listed as _;

/// How the benefits of a relation go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// One of them may be drawn: the higher; of equal ones the one decided here, then the first named (择高).
    ChooseHigher,
    /// One of them may be drawn, and the person says which (择一).
    ChooseOne,
    /// They may not be drawn together.
    NotTogether,
    /// Whoever gets the first does not get the others.
    Replaces,
    /// The first is paid only as far as the others fall short of it (补差).
    TopsUp,
    /// The first in full and nothing of the second, or the second and what it lacks to the first.
    FullOrTopUp,
    /// They may all be drawn (叠加).
    Stacks,
    /// The first is income for the others.
    Income,
    /// The first is no income for the others.
    NoIncome,
}

/// Names of the kinds in tables and results.
pub const KINDS: &[(&str, RelationKind)] = &[
    ("choose-higher", RelationKind::ChooseHigher),
    ("choose-one", RelationKind::ChooseOne),
    ("not-together", RelationKind::NotTogether),
    ("replaces", RelationKind::Replaces),
    ("tops-up", RelationKind::TopsUp),
    ("full-or-top-up", RelationKind::FullOrTopUp),
    ("stacks", RelationKind::Stacks),
    ("income", RelationKind::Income),
    ("no-income", RelationKind::NoIncome),
];

impl RelationKind {
    /// As tables and results name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether it says what may be drawn together; the others only say what is counted.
    #[must_use]
    pub fn binds(self) -> bool {
        !matches!(self, Self::Income | Self::NoIncome)
    }
}

/// What a row of `benefit-relations` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// How they go together.
    pub kind: RelationKind,
    /// The benefits, in the order that matters for the kind.
    pub of: Vec<String>,
}

/// Benefits that relations may name beside those of `benefits.json` and those a person may draw.
const OTHERS: &[&str] =
    &["temporary-assistance", "borderline-child-allowance", "category-supplement", "essential-expense-hardship-cash", "exit-grace-period"];

/// Most benefits of one relation.
const MOST: usize = 12;

/// `{ "relation": "choose-higher", "of": ["disability-nursing-subsidy", "elderly-nursing-allowance"] }`.
pub(super) fn read(json: &Json<'_>) -> Option<Relation> {
    let only = json.entries().iter().all(|(name, _)| matches!(&**name, "relation" | "of"));
    let kind = json.get("relation")?.text().and_then(|name| KINDS.iter().find(|(known, _)| *known == name))?.1;
    let of: Option<Vec<String>> = json.get("of")?.items().iter().map(|item| item.text().map(str::to_owned)).collect();
    let of = of.filter(|of| (2..=MOST).contains(&of.len()) && of.iter().all(|one| of.iter().filter(|other| *other == one).count() == 1))?;
    let enough = kind != RelationKind::FullOrTopUp || of.len() == 2;
    (only && enough).then_some(Relation { kind, of })
}

/// Whether a relation may name this benefit.
pub(super) fn is_benefit(tables: &Tables, name: &str) -> bool {
    Benefit::NAMES.contains(&name)
        || Status::NAMES.contains(&name)
        || OTHERS.contains(&name)
        || tables.benefits.iter().any(|benefit| benefit.id == name)
}

/// A benefit and one that must be settled before it.
type Edge<'t> = (&'t str, &'t str, &'t Table, usize);

/// Relations that would need a benefit to be settled before itself: each as its table, its row and the benefits concerned.
///
/// One benefit may depend on another in one direction only. Where the law itself goes in a circle, `full-or-top-up`
/// declares the two ways out as options.
pub(super) fn circles(tables: &Tables) -> Vec<(&Table, usize, String)> {
    let all: Vec<Edge<'_>> = tables.all().flat_map(edges).listed();
    let mut found = Vec::new();
    for (dependent, on, table, row) in &all {
        // Only what is in force for the same people can meet: the tables on the way from one of the two areas.
        let meets = |other: AreaCode| table.area.is_within(other) || other.is_within(table.area);
        if leads(&all, on, dependent, &meets) {
            found.push((*table, *row, format!("{dependent}, {on}")));
        }
    }
    found.dedup_by(|a, b| a.0.file == b.0.file && a.1 == b.1);
    found
}

fn edges(table: &Table) -> Vec<Edge<'_>> {
    let mut found = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        let CellValue::Relation(Relation { kind, of }) = &row.value else { continue };
        let Some((first, others)) = of.split_first() else { continue };
        for other in others {
            match kind {
                RelationKind::Replaces | RelationKind::Income => found.push((other.as_str(), first.as_str(), table, number)),
                RelationKind::TopsUp => found.push((first.as_str(), other.as_str(), table, number)),
                _ => {}
            }
        }
    }
    found
}

/// Whether `from` depends, over whatever many steps, on `to`.
fn leads(all: &[Edge<'_>], from: &str, to: &str, meets: &dyn Fn(AreaCode) -> bool) -> bool {
    let mut seen: Vec<&str> = vec![from];
    let mut next = 0;
    while let Some(here) = seen.get(next).copied() {
        if here == to {
            return true;
        }
        for (dependent, on, table, _) in all {
            if *dependent == here && meets(table.area) && !seen.contains(on) {
                seen.push(on);
            }
        }
        next = next.saturating_add(1);
    }
    false
}
