//! Reads off a household's values what of its entries is drawn together, what that leaves out and costs, and adds up.
//!
//! The sets to choose among were written when the formula was built (`combine`); here the one with the most certain cash
//! is found by looking at each once. Members of one household may be decided by different areas, so totals are added up
//! here and not in a formula.

use std::sync::Arc;

use crate::area::AreaCode;
use crate::decision::{AdjustedEntry, Apart, ChoiceAmong, Combination, DrawnTogether, Outcome, RelationUsed, Total, Totals};
use crate::entry::{Made, fen};
use crate::formula::{Adjusted, Formula, Gives, Knot, NodeId, Per};
use crate::household::Frame;
use crate::money::Yuan;
use crate::order::sort_by_number;
use crate::reading::reasons::parts;
use crate::reading::value::Values;
use crate::slot::{INFINITE, Slot};

/// Months over which benefits are compared.
const MONTHS: i64 = 12;

/// What was read of all areas.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    choices: Vec<ChoiceAmong>,
    adjusted: Vec<AdjustedEntry>,
    groups: Vec<Group>,
    /// Entries of which only so much over twelve months is left.
    left: Vec<(usize, Slot)>,
}

/// The entries of a choice: in which sets they are.
#[derive(Debug)]
struct Group {
    /// All entries that are in one of the sets.
    entries: Vec<usize>,
    /// For each set that may be the best: its entries, the one that is kept first.
    sets: Vec<Vec<usize>>,
    /// Something drawn already, of which we do not know how much, may take their place altogether.
    may_lose: bool,
}

/// One area's values and whom they concern.
pub(crate) struct Reading<'r> {
    pub values: &'r Values,
    pub formula: &'r Formula,
    pub area: AreaCode,
    /// Members registered there.
    pub members: &'r [usize],
    /// Whether it decides for the household.
    pub is_home: bool,
    /// Ids of all members.
    pub ids: &'r [Arc<str>],
    /// Benefits the household says it chose.
    pub chosen: &'r [&'static str],
}

/// A party as it stands in one household.
struct Player<'k> {
    benefit: &'k Arc<str>,
    is_drawn: bool,
    /// Fen over twelve months; nothing where no number is known.
    cash: Slot,
    entry: Option<usize>,
    /// No number is known, or it is not certain how much is drawn.
    is_open: bool,
}

/// A set of players, as bits, with its cash.
#[derive(Clone, Copy)]
struct Set {
    kept: u32,
    cash: Slot,
}

impl Reading<'_> {
    fn cash(&self, node: NodeId, row: usize) -> Slot {
        fen(self.values.get(node, row), parts(self.formula.sort(node)))
    }

    /// Reads all relations of this area into `gathered` and marks the entries concerned.
    pub fn gather(&self, found: &mut [Made], gathered: &mut Gathered) {
        for adjusted in &self.formula.combined.adjusted {
            match adjusted.frame {
                Frame::Household if self.is_home => self.adjust(adjusted, 0, None, found, gathered),
                Frame::Member => {
                    for member in self.members {
                        self.adjust(adjusted, *member, self.ids.get(*member), found, gathered);
                    }
                }
                _ => {}
            }
        }
        for knot in &self.formula.combined.knots {
            for member in self.members {
                if let Some(id) = self.ids.get(*member) {
                    self.choose(knot, *member, id, found, gathered);
                }
            }
        }
    }

    fn entry(&self, found: &[Made], benefit: &str, member: Option<&Arc<str>>) -> Option<usize> {
        found.iter().position(|made| {
            let entry = &made.entry;
            &*entry.benefit == benefit && entry.member.as_ref() == member && entry.bill.is_none() && entry.area == Some(self.area)
        })
    }

    fn adjust(&self, adjusted: &Adjusted, row: usize, member: Option<&Arc<str>>, found: &mut [Made], gathered: &mut Gathered) {
        let (before, after) = (self.cash(adjusted.before, row), self.cash(adjusted.after, row));
        let gets = self.values.get(adjusted.gets, row);
        let Some(at) = self.entry(found, &adjusted.benefit, member) else { return };
        let Some(made) = found.get_mut(at) else { return };
        let is_replaced = gets.is_no() && made.entry.qualifies != Some(false);
        if made.entry.qualifies == Some(false) || (before == after && !is_replaced) {
            return;
        }
        made.entry.combined = Some(if is_replaced { "replaced" } else { "reduced" });
        gathered.left.retain(|(entry, _)| *entry != at);
        gathered.left.push((at, after));
        gathered.adjusted.push(AdjustedEntry {
            benefit: Arc::clone(&adjusted.benefit),
            member: member.cloned(),
            relation: adjusted.relation,
            by: adjusted.by.clone(),
            cash: total(after, Vec::new()),
            clause: Arc::clone(&adjusted.clause),
        });
    }

    fn choose(&self, knot: &Knot, row: usize, member: &Arc<str>, found: &mut [Made], gathered: &mut Gathered) {
        let players: Vec<Player<'_>> = knot
            .parties
            .iter()
            .map(|party| {
                let entry = if party.is_drawn { None } else { self.entry(found, &party.benefit, Some(member)) };
                let without_number = entry.and_then(|at| found.get(at)).is_some_and(|made| made.entry.outcome == Outcome::NoTable);
                let cash = self.cash(party.cash, row);
                let unknown = without_number || (party.is_drawn && !cash.is_settled());
                let cash = if without_number { Slot::exact(0) } else { cash };
                Player { benefit: &party.benefit, is_drawn: party.is_drawn, cash, entry, is_open: unknown }
            })
            .collect();
        let plays = |number: usize| {
            let gets = knot.parties.get(number).map(|party| self.values.get(party.gets, row));
            players.get(number).zip(gets).is_some_and(|(player, gets)| if player.is_drawn { gets.is_yes() } else { !gets.is_no() })
        };
        let live = (0..players.len()).filter(|number| plays(*number)).fold(0_u32, with);
        let decided_here = players.iter().enumerate().any(|(number, player)| has(live, number) && !player.is_drawn);
        let Some((mut sets, more_worlds)) = self.sets(knot, row, &players, live).filter(|_| decided_here) else { return };
        if sets.iter().all(|set| set.kept == live) {
            return;
        }
        let may_lose = players.iter().enumerate().any(|(number, player)| player.is_drawn && !has(live, number) && player.cash.hi > 0);
        // The most certain cash first; of equal ones the order in which the law names them stays.
        sort_by_number(&mut sets, |set| set.cash.lo.saturating_neg());
        let best = sets.first().map_or(0, |set| set.cash.lo);
        let chosen = |set: &Set| {
            players
                .iter()
                .enumerate()
                .any(|(number, player)| has(set.kept, number) && self.chosen.iter().any(|name| **name == **player.benefit))
        };
        let is_chosen = sets.iter().position(chosen);
        if let Some(at) = is_chosen {
            let set = sets.remove(at);
            sets.insert(0, set);
        }
        let is_left = knot.bonds.iter().any(|bond| matches!(bond.relation, "choose-one" | "full-or-top-up") && bond_plays(&bond.of, live));
        let settled_by = match (is_chosen, is_left) {
            (Some(_), _) => "person",
            (None, true) => "left-to-person",
            (None, false) => "law",
        };
        let names = |kept: u32, drawn: Option<bool>| -> Vec<Arc<str>> {
            let of = players
                .iter()
                .enumerate()
                .filter(|(number, player)| has(kept, *number) && drawn.is_none_or(|drawn| player.is_drawn == drawn));
            of.map(|(_, player)| Arc::clone(player.benefit)).collect()
        };
        let options: Vec<DrawnTogether> = sets
            .iter()
            .map(|set| DrawnTogether {
                kept: names(set.kept, None),
                dropped: names(live & !set.kept, None),
                drawn_already: names(set.kept, Some(true)),
                cash: total(set.cash, Vec::new()),
                costs: Yuan::from_fen(best.saturating_sub(set.cash.lo)),
            })
            .collect();
        let first = sets.first().map_or(0, |set| set.kept);
        let lowest = sets.first().map_or(0, |set| set.cash.lo);
        let beatable = sets.iter().skip(1).any(|set| set.cash.hi > lowest) && is_chosen.is_none();
        let is_open = more_worlds || beatable || players.iter().enumerate().any(|(number, player)| has(live, number) && player.is_open);
        let entries = |kept: u32| -> Vec<usize> {
            players.iter().enumerate().filter(|(number, _)| has(kept, *number)).filter_map(|(_, player)| player.entry).collect()
        };
        for at in entries(live & !first) {
            if let Some(made) = found.get_mut(at) {
                made.entry.combined = Some("dropped");
            }
        }
        let bonds = knot.bonds.iter().filter(|bond| bond_plays(&bond.of, live) && !self.values.get(bond.holds, row).is_no());
        let relations = bonds.map(|bond| RelationUsed {
            relation: bond.relation,
            of: bond
                .of
                .iter()
                .filter(|at| has(live, **at))
                .filter_map(|at| players.get(*at))
                .map(|player| Arc::clone(player.benefit))
                .collect(),
            clause: Arc::clone(&bond.clause),
        });
        gathered.choices.push(ChoiceAmong {
            member: Arc::clone(member),
            area: self.area,
            relations: relations.collect(),
            options,
            settled_by,
            open: is_open,
        });
        let may_be_best = |set: &&Set| is_chosen.is_none() || set.kept == first;
        let sets = sets.iter().filter(may_be_best).map(|set| entries(set.kept)).collect();
        gathered.groups.push(Group { entries: entries(live), sets, may_lose });
    }

    /// The sets of live players under the bars that hold; of bars that may hold, those that leave the least certain cash.
    fn sets(&self, knot: &Knot, row: usize, players: &[Player<'_>], live: u32) -> Option<(Vec<Set>, bool)> {
        let mut worlds: Vec<(NodeId, Vec<Set>)> = Vec::new();
        for option in knot.options.iter().filter(|option| !self.values.get(option.when, row).is_no()) {
            let kept = option.kept & live;
            let of = players.iter().enumerate().filter(|(number, _)| has(kept, *number));
            let cash = of.fold(Slot::exact(0), |sum, (_, player)| plus(sum, player.cash));
            match worlds.iter_mut().find(|(when, _)| *when == option.when) {
                Some((_, sets)) => sets.push(Set { kept, cash }),
                None => worlds.push((option.when, vec![Set { kept, cash }])),
            }
        }
        let several = worlds.len() > 1;
        let most = |sets: &[Set]| sets.iter().map(|set| set.cash.lo).max().unwrap_or(0);
        let (_, sets) = worlds.into_iter().min_by_key(|(_, sets)| most(sets))?;
        // Without those who do not play, some sets are the same or part of another.
        let mut largest: Vec<Set> = Vec::new();
        for set in sets {
            if !largest.iter().any(|other| set.kept & !other.kept == 0) {
                largest.retain(|other| other.kept & !set.kept != 0);
                largest.push(set);
            }
        }
        Some((largest, several))
    }
}

impl Gathered {
    /// What is drawn together.
    pub fn combination(&mut self) -> Combination {
        Combination { months: MONTHS, choices: std::mem::take(&mut self.choices), adjusted: std::mem::take(&mut self.adjusted) }
    }

    /// Adds up what is certain, each kind of gift and each period for itself.
    pub fn totals(&self, found: &[Made]) -> Totals {
        let of = |gives: Gives, per: Per| self.total(found, gives, &|own| (own == per).then_some(1));
        let mut apart = Vec::new();
        for gives in [Gives::Cash, Gives::Voucher, Gives::Discount, Gives::InKind, Gives::Hours] {
            for per in [Per::Month, Per::Quarter, Per::Year, Per::Once, Per::Day, Per::Meal] {
                let has_own = matches!((gives, per), (Gives::Cash, Per::Month) | (Gives::Discount, Per::Meal));
                let total = of(gives, per);
                if !has_own && (total.min != Yuan::from_fen(0) || total.max != Some(Yuan::from_fen(0))) {
                    apart.push(Apart { gives: gives.name(), per: per.name(), total });
                }
            }
        }
        Totals {
            cash_per_month: of(Gives::Cash, Per::Month),
            cash_over_twelve_months: self.total(found, Gives::Cash, &times),
            meals: of(Gives::Discount, Per::Meal),
            apart,
        }
    }

    /// The sum of what is given for periods that `times` counts, each so often.
    fn total(&self, found: &[Made], gives: Gives, times: &dyn Fn(Per) -> Option<i64>) -> Total {
        let mut left_out: Vec<Arc<str>> = Vec::new();
        let mut amount = |at: usize| -> Slot {
            let Some(made) = found.get(at).filter(|made| made.gives == gives) else { return Slot::exact(0) };
            let counted = made.amounts.iter().filter_map(|(per, slot)| Some((times(*per)?, *slot)));
            if made.entry.outcome == Outcome::NoTable {
                if made.amounts.iter().any(|(per, _)| times(*per).is_some()) && !left_out.contains(&made.entry.benefit) {
                    left_out.push(Arc::clone(&made.entry.benefit));
                }
                return Slot::exact(0);
            }
            match self.left.iter().find(|(entry, _)| *entry == at) {
                // What is left is known for all periods together, and belongs to the main one.
                Some((_, left)) => made
                    .amounts
                    .first()
                    .and_then(|(per, _)| Some((times(*per)?, self::times(*per)?)))
                    .map_or(Slot::exact(0), |(wanted, all)| share(*left, wanted, all)),
                None => counted.fold(Slot::exact(0), |sum, (times, slot)| plus(sum, scaled(slot, times))),
            }
        };
        let mut sum = Slot::exact(0);
        for at in 0..found.len() {
            let slot = amount(at);
            if !self.groups.iter().any(|group| group.entries.contains(&at)) {
                sum = plus(sum, slot);
            }
        }
        for group in &self.groups {
            let sets: Vec<Slot> = group.sets.iter().map(|set| set.iter().fold(Slot::exact(0), |sum, at| plus(sum, amount(*at)))).collect();
            let kept = sets.first().copied().unwrap_or(Slot::exact(0));
            let most = sets.iter().map(|set| set.hi).max().unwrap_or(0);
            let least = if group.may_lose { 0 } else { kept.lo };
            sum = plus(sum, Slot::between(least, most, kept.flags));
        }
        total(sum, left_out)
    }
}

/// How often an amount is paid in the months over which benefits are compared.
fn times(per: Per) -> Option<i64> {
    match per {
        Per::Month => Some(MONTHS),
        Per::Quarter => Some(4),
        Per::Year | Per::Once => Some(1),
        Per::Day | Per::Meal => None,
    }
}

fn total(slot: Slot, left_out: Vec<Arc<str>>) -> Total {
    let kind = match slot.hi {
        most if most == slot.lo => "exact",
        INFINITE => "atLeast",
        _ => "between",
    };
    Total { kind, min: Yuan::from_fen(slot.lo), max: (slot.hi != INFINITE).then(|| Yuan::from_fen(slot.hi)), left_out }
}

fn plus(a: Slot, b: Slot) -> Slot {
    let most = if a.hi == INFINITE || b.hi == INFINITE { INFINITE } else { a.hi.saturating_add(b.hi) };
    Slot::between(a.lo.saturating_add(b.lo), most, a.flags | b.flags)
}

fn scaled(slot: Slot, times: i64) -> Slot {
    let most = if slot.hi == INFINITE { INFINITE } else { slot.hi.saturating_mul(times) };
    Slot::between(slot.lo.saturating_mul(times), most, slot.flags)
}

/// `wanted` parts of `all`, to the fen on either side.
fn share(slot: Slot, wanted: i64, all: i64) -> Slot {
    let part = |value: i64, more: i64| value.saturating_mul(wanted).saturating_add(more).checked_div(all).unwrap_or(value);
    let most = if slot.hi == INFINITE { INFINITE } else { part(slot.hi, all.saturating_sub(1)) };
    Slot::between(part(slot.lo, 0), most, slot.flags)
}

/// Whether two parties or more of a relation play.
fn bond_plays(of: &[usize], live: u32) -> bool {
    of.iter().filter(|at| has(live, **at)).count() >= 2
}

fn has(set: u32, at: usize) -> bool {
    u32::try_from(at).ok().and_then(|at| set.checked_shr(at)).is_some_and(|rest| rest & 1 == 1)
}

fn with(set: u32, at: usize) -> u32 {
    u32::try_from(at).ok().and_then(|at| 1_u32.checked_shl(at)).map_or(set, |bit| set | bit)
}
