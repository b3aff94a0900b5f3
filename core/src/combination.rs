//! Reads off a household's values what of its entries is drawn together, what that leaves out and costs, and adds up.
//!
//! The sets to choose among were written when the formula was built (`combine`); here the one with the most certain cash
//! is found by looking at each once. Members of one household may be decided by different areas, so totals are added up
//! here and not in a formula.

use std::sync::Arc;

use crate::area::AreaCode;
use crate::decide::{Nowhere, Place, Sink, Whole};
use crate::decision::{AdjustedEntry, Apart, ChoiceAmong, Combination, DrawnTogether, Outcome, RelationUsed, Total, Totals};
use crate::entry::{Answer, fen};
use crate::formula::{Adjusted, Formula, Gives, Knot, MONTHS_COMPARED, NodeId, Per, has, with};
use crate::household::dictionary::{Benefit, Names, fact};
use crate::household::{Frame, Household};
use crate::money::Yuan;
use crate::order::{Listed as _, sort_by_number};
use crate::reading::interval;
use crate::reading::reasons::parts;
use crate::reading::value::Values;
use crate::slot::{Flags, INFINITE, Slot};

/// About as many entries as a family has.
pub(crate) const USUAL_ENTRIES: usize = 64;

/// A benefit for one row of its list, as far as drawing it together with others goes.
#[derive(Debug)]
pub(crate) struct Drawn {
    benefit: Arc<str>,
    /// The member it is for; `None` for what is for the household.
    member: Option<usize>,
    is_bill: bool,
    area: Option<AreaCode>,
    gives: Gives,
    outcome: Outcome,
    qualifies: Option<bool>,
    /// What it can come to, in fen, the main amount first.
    amounts: Vec<(Per, Slot)>,
    /// How much is left of it over the months compared, if not all.
    left: Option<Slot>,
    /// It is one of a group, which is added up as a whole.
    is_grouped: bool,
    /// What becomes of it in the combination, if anything.
    pub combined: Option<&'static str>,
}

/// All benefits of a household, gathered one by one, and what of them is drawn together.
#[derive(Debug, Default)]
pub(crate) struct Together {
    /// Ids of all members.
    ids: Vec<Arc<str>>,
    /// Benefits the household says it chose.
    chosen: Vec<&'static str>,
    /// The benefits, in the order in which they were decided.
    pub drawn: Vec<Drawn>,
    choices: Vec<ChoiceAmong>,
    adjusted: Vec<AdjustedEntry>,
    groups: Vec<Group>,
    /// Whether something is drawn already that may take the place of a benefit: the nodes that say so, their row, the benefit.
    unasked: Vec<(NodeId, usize, Arc<str>)>,
}

/// The entries of a choice: in which sets they are.
#[derive(Debug)]
struct Group {
    /// All entries that are in one of the sets.
    entries: Vec<usize>,
    /// For each way in which the bars may hold: the entries of each set that may be the best.
    worlds: Vec<Vec<Vec<usize>>>,
    /// Something drawn already competes: which set is the best is not for its entries alone to say.
    with_drawn: bool,
    /// Something drawn already, of which we do not know how much, may take their place altogether.
    may_lose: bool,
}

/// One area's values and whom they concern.
struct Reading<'r> {
    values: &'r Values,
    formula: &'r Formula,
    place: &'r Whole<'r>,
}

/// A party as it stands in one household.
struct Player<'k> {
    benefit: &'k Arc<str>,
    is_drawn: bool,
    /// It is not known whether the person gets it.
    is_undecided: bool,
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
    /// What of the cash is drawn already, at least, in fen.
    drawn: i64,
}

impl Reading<'_> {
    fn cash(&self, node: NodeId, row: usize) -> Slot {
        fen(self.values.get(node, row), parts(self.formula.sort(node)))
    }

    fn find(&self, drawn: &[Drawn], benefit: &str, member: Option<usize>) -> Option<usize> {
        // What is the household's is the one member's too; no benefit is both.
        let is_theirs = |own: &Drawn| own.member.is_none() || own.member == member;
        let fits = |own: &Drawn| &*own.benefit == benefit && is_theirs(own) && !own.is_bill && own.area == Some(self.place.area);
        drawn.iter().position(fits)
    }

    /// The sets of live players for each way in which the bars may hold, that with the least certain cash first.
    fn worlds(&self, knot: &Knot, row: usize, players: &[Player<'_>], live: u32) -> Vec<Vec<Set>> {
        let mut worlds: Vec<(NodeId, Vec<Set>)> = Vec::new();
        for option in knot.options.iter().filter(|option| !self.values.get(option.when, row).is_no()) {
            let kept = option.kept & live;
            let of = players.iter().enumerate().filter(|(number, _)| has(kept, *number));
            let add = |sum: Slot, player: &Player<'_>| interval::add(sum, player.cash);
            let cash = of.clone().fold(Slot::exact(0), |sum, (_, player)| add(sum, player));
            let drawn = of.filter(|(_, player)| player.is_drawn).fold(Slot::exact(0), |sum, (_, player)| add(sum, player)).lo;
            let set = Set { kept, cash, drawn };
            match worlds.iter_mut().find(|(when, _)| *when == option.when) {
                Some((_, sets)) => sets.push(set),
                None => worlds.push((option.when, vec![set])),
            }
        }
        let mut worlds: Vec<Vec<Set>> = worlds.into_iter().map(|(_, sets)| in_order(largest(sets))).listed();
        let least = (0..worlds.len()).min_by_key(|at| worlds.get(*at).map(|sets| most_certain(sets)));
        if let Some(least) = least {
            worlds.swap(0, least);
        }
        worlds
    }
}

/// The sets that are not part of another: without those who do not play, some are.
fn largest(sets: Vec<Set>) -> Vec<Set> {
    let mut found: Vec<Set> = Vec::new();
    for set in sets {
        if !found.iter().any(|other| set.kept & !other.kept == 0) {
            found.retain(|other| other.kept & !set.kept != 0);
            found.push(set);
        }
    }
    found
}

/// The sets in the order in which equal ones are preferred: with less of what is drawn already, then with those who play and are
/// named first. Parties that do not play have no say in it.
fn in_order(mut sets: Vec<Set>) -> Vec<Set> {
    sort_by_number(&mut sets, |set| i64::from(set.kept.reverse_bits()).saturating_neg());
    sort_by_number(&mut sets, |set| set.drawn);
    sets
}

/// The most certain cash of any of the sets.
fn most_certain(sets: &[Set]) -> i64 {
    sets.iter().map(|set| set.cash.lo).max().unwrap_or(0)
}

impl Sink for Together {
    fn decided(&mut self, values: &Values, place: &Place<'_>) {
        let Place { formula, outline, row, area, .. } = *place;
        let answer = Answer::read(values, place);
        let besides = outline.extras.iter().map(|(per, node)| (*per, Some(fen(values.get(*node, row), parts(formula.sort(*node))))));
        let amounts = [(outline.per, answer.amount)].into_iter().chain(besides);
        self.drawn.push(Drawn {
            benefit: Arc::clone(&outline.benefit),
            member: (outline.frame == Frame::Member).then_some(row),
            is_bill: outline.frame == Frame::Bill,
            area: Some(area),
            gives: outline.gives,
            outcome: answer.outcome,
            qualifies: answer.qualifies.known_truth(),
            amounts: amounts.map(|(per, amount)| (per, Answer { amount, ..answer }.range())).listed(),
            left: None,
            is_grouped: false,
            combined: None,
        });
    }

    /// It can be anything.
    fn without_area(&mut self, place: &Nowhere<'_>, _needs: &[String]) {
        self.drawn.push(Drawn {
            benefit: place.benefit.into(),
            member: place.member,
            is_bill: place.bill.is_some(),
            area: None,
            gives: place.gives,
            outcome: Outcome::Undetermined,
            qualifies: None,
            amounts: vec![(place.per, Slot::between(0, INFINITE, Flags::FACT))],
            left: None,
            is_grouped: false,
            combined: None,
        });
    }

    /// Reads the relations of the area and marks the benefits concerned.
    fn combined(&mut self, values: &Values, formula: &Formula, place: &Whole<'_>) {
        let reading = Reading { values, formula, place };
        for adjusted in &formula.combined.adjusted {
            match adjusted.frame {
                Frame::Household if place.is_home => self.adjust(&reading, adjusted, 0, None),
                Frame::Member => place.members.iter().for_each(|member| self.adjust(&reading, adjusted, *member, Some(*member))),
                _ => {}
            }
        }
        for knot in &formula.combined.knots {
            place.members.iter().for_each(|member| self.choose(&reading, knot, *member));
        }
    }

    fn used(&mut self, _area: AreaCode, _formula: &Arc<Formula>) {}
}

impl Drawn {
    /// What it brings of what is asked for; nothing where no number is known.
    fn amount(&self, gives: Gives, times: &dyn Fn(Per) -> Option<i64>) -> Slot {
        if self.gives != gives || self.outcome == Outcome::NoTable {
            return Slot::exact(0);
        }
        match self.left {
            // What is left is known for all periods together, and belongs to the main one.
            Some(left) => {
                let main = self.amounts.first().and_then(|(per, _)| Some((times(*per)?, per.times_compared()?)));
                main.map_or(Slot::exact(0), |(wanted, all)| share(left, wanted, all))
            }
            None => {
                let counted = self.amounts.iter().filter_map(|(per, slot)| Some((times(*per)?, *slot)));
                counted.fold(Slot::exact(0), |sum, (times, slot)| interval::add(sum, scaled(slot, times)))
            }
        }
    }
}

impl Together {
    pub fn new(household: &Household) -> Self {
        let drawn = Vec::with_capacity(USUAL_ENTRIES);
        Self { ids: household.member_ids().to_vec(), chosen: chosen(household), drawn, ..Self::default() }
    }

    fn adjust(&mut self, reading: &Reading<'_>, adjusted: &Adjusted, row: usize, member: Option<usize>) {
        let (before, after) = (reading.cash(adjusted.before, row), reading.cash(adjusted.after, row));
        let is_replaced = reading.values.get(adjusted.gets, row).is_no();
        if before == after && !is_replaced {
            return;
        }
        let Some(at) = reading.find(&self.drawn, &adjusted.benefit, member) else { return };
        let Some(own) = self.drawn.get_mut(at).filter(|own| own.qualifies != Some(false)) else { return };
        own.combined = Some(if is_replaced { "replaced" } else { "reduced" });
        own.left = Some(after);
        self.adjusted.push(AdjustedEntry {
            benefit: Arc::clone(&adjusted.benefit),
            member: member.and_then(|member| self.ids.get(member).cloned()),
            relation: adjusted.relation,
            by: adjusted.by.clone(),
            cash: total(after, Vec::new()),
            clause: Arc::clone(&adjusted.clause),
        });
    }

    fn choose(&mut self, reading: &Reading<'_>, knot: &Knot, row: usize) {
        let (mut live, mut unasked, mut decided) = (0_u32, 0_u32, false);
        for (number, party) in knot.parties.iter().enumerate() {
            let gets = reading.values.get(party.gets, row);
            if gets.is_yes() || (!party.is_drawn && !gets.is_no()) {
                live = with(live, number);
                decided |= !party.is_drawn;
            } else if !gets.is_no() {
                unasked = with(unasked, number);
            }
        }
        // One alone has no rival, and of those drawn already none is decided here.
        if !decided || (live | unasked).count_ones() < 2 {
            return;
        }
        let Some(member) = self.ids.get(row).cloned() else { return };
        let players: Vec<Player<'_>> = knot
            .parties
            .iter()
            .map(|party| {
                let entry = if party.is_drawn { None } else { reading.find(&self.drawn, &party.benefit, Some(row)) };
                let without_number = entry.and_then(|at| self.drawn.get(at)).is_some_and(|own| own.outcome == Outcome::NoTable);
                let cash = reading.cash(party.cash, row);
                let unknown = without_number || (party.is_drawn && !cash.is_settled());
                let cash = if without_number { Slot::exact(0) } else { cash };
                let is_undecided = reading.values.get(party.gets, row).known_truth().is_none();
                Player { benefit: &party.benefit, is_drawn: party.is_drawn, is_undecided, cash, entry, is_open: unknown }
            })
            .listed();
        let worlds_of = |of: u32| reading.worlds(knot, row, &players, of);
        let worlds = worlds_of(live);
        let Some(mut sets) = worlds.first().cloned() else { return };
        let is_choice = sets.iter().any(|set| set.kept != live);
        let leaves = |set: &Set| live & !set.kept != 0;
        let may_lose = unasked != 0 && (is_choice || worlds_of(live | unasked).iter().flatten().any(leaves));
        if !is_choice && !may_lose {
            return;
        }
        // The most certain cash first; of equal ones the order stays.
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
        let names = |kept: u32, counts: &dyn Fn(&Player<'_>) -> bool| -> Vec<Arc<str>> {
            let of = players.iter().enumerate().filter(|(number, player)| has(kept, *number) && counts(player));
            of.map(|(_, player)| Arc::clone(player.benefit)).listed()
        };
        if may_lose {
            for benefit in names(live, &|player| !player.is_drawn) {
                for (number, rival) in knot.parties.iter().enumerate() {
                    if has(unasked, number) {
                        self.unasked.push((rival.gets, row, Arc::clone(&benefit)));
                        self.unasked.push((rival.cash, row, Arc::clone(&benefit)));
                    }
                }
            }
        }
        let options: Vec<DrawnTogether> = sets
            .iter()
            .map(|set| DrawnTogether {
                kept: names(set.kept, &|_| true),
                dropped: names(live & !set.kept, &|_| true),
                drawn_already: names(set.kept, &|player| player.is_drawn),
                undecided: names(set.kept, &|player| player.is_undecided),
                cash: total(set.cash, Vec::new()),
                costs: Yuan::from_fen(best.saturating_sub(set.cash.lo)),
            })
            .listed();
        let first = sets.first().map_or(0, |set| set.kept);
        let lowest = sets.first().map_or(0, |set| set.cash.lo);
        let beatable = sets.iter().skip(1).any(|set| set.cash.hi > lowest) && is_chosen.is_none();
        let is_open =
            worlds.len() > 1 || beatable || players.iter().enumerate().any(|(number, player)| has(live, number) && player.is_open);
        let entries = |kept: u32| -> Vec<usize> {
            players.iter().enumerate().filter(|(number, _)| has(kept, *number)).filter_map(|(_, player)| player.entry).listed()
        };
        for at in entries(live & !first) {
            if let Some(own) = self.drawn.get_mut(at) {
                own.combined = Some("dropped");
            }
        }
        let bonds = knot.bonds.iter().filter(|bond| bond_plays(&bond.of, live) && !reading.values.get(bond.holds, row).is_no());
        let relations = bonds.map(|bond| RelationUsed {
            relation: bond.relation,
            of: bond
                .of
                .iter()
                .filter(|at| has(live, **at))
                .filter_map(|at| players.get(*at))
                .map(|player| Arc::clone(player.benefit))
                .listed(),
            clause: Arc::clone(&bond.clause),
        });
        if is_choice {
            self.choices.push(ChoiceAmong {
                member,
                area: reading.place.area,
                relations: relations.listed(),
                options,
                settled_by,
                open: is_open,
            });
        }
        let with_drawn = players.iter().enumerate().any(|(number, player)| player.is_drawn && has(live, number));
        let of_world = |sets: &Vec<Set>| -> Vec<Vec<usize>> {
            let has_chosen = sets.iter().any(chosen);
            // Of equal ones the first is kept.
            let is_beaten = |at: usize, set: &Set| {
                let by = |(other, own): (usize, &Set)| own.cash.lo > set.cash.hi || (own.cash.lo == set.cash.hi && other < at);
                sets.iter().enumerate().any(by)
            };
            let may_be_best = |(at, set): &(usize, &Set)| if has_chosen { chosen(set) } else { !is_beaten(*at, set) };
            sets.iter().enumerate().filter(may_be_best).map(|(_, set)| entries(set.kept)).listed()
        };
        let group = Group { entries: entries(live), worlds: worlds.iter().map(of_world).listed(), with_drawn, may_lose };
        for at in &group.entries {
            if let Some(own) = self.drawn.get_mut(*at) {
                own.is_grouped = true;
            }
        }
        self.groups.push(group);
    }

    /// What keeps it open whether what was told since the last time is added up: nodes, their rows and the benefits.
    pub fn unasked(&mut self) -> Vec<(NodeId, usize, Arc<str>)> {
        std::mem::take(&mut self.unasked)
    }

    /// What is drawn together.
    pub fn combination(&mut self) -> Combination {
        Combination { months: MONTHS_COMPARED, choices: std::mem::take(&mut self.choices), adjusted: std::mem::take(&mut self.adjusted) }
    }

    /// Adds up what is certain, each kind of gift and each period for itself.
    pub fn totals(&self) -> Totals {
        let of = |gives: Gives, per: Per| self.total(gives, &|own| (own == per).then_some(1));
        let mut occur: Vec<(Gives, Per)> = Vec::new();
        for own in &self.drawn {
            for (per, _) in &own.amounts {
                if !occur.contains(&(own.gives, *per)) {
                    occur.push((own.gives, *per));
                }
            }
        }
        let mut apart = Vec::new();
        for gives in [Gives::Cash, Gives::Voucher, Gives::Discount, Gives::InKind, Gives::Hours] {
            for per in [Per::Month, Per::Quarter, Per::Year, Per::Once, Per::Day, Per::Meal] {
                let has_own = matches!((gives, per), (Gives::Cash, Per::Month) | (Gives::Discount, Per::Meal));
                if has_own || !occur.contains(&(gives, per)) {
                    continue;
                }
                let total = of(gives, per);
                if total.min != Yuan::from_fen(0) || total.max != Some(Yuan::from_fen(0)) {
                    apart.push(Apart { gives: gives.name(), per: per.name(), total });
                }
            }
        }
        Totals {
            cash_per_month: of(Gives::Cash, Per::Month),
            cash_over_twelve_months: self.total(Gives::Cash, &Per::times_compared),
            meals: of(Gives::Discount, Per::Meal),
            apart,
        }
    }

    /// The sum of what is given for periods that `times` counts, each so often.
    fn total(&self, gives: Gives, times: &dyn Fn(Per) -> Option<i64>) -> Total {
        let (sum, left_out) = self.sum(gives, times);
        total(sum, left_out)
    }

    /// The cash of every month, in fen.
    pub fn cash_per_month(&self) -> Slot {
        self.sum(Gives::Cash, &|per| (per == Per::Month).then_some(1)).0
    }

    /// Whether no benefit takes the place of another or leaves only a part of it: all are simply added up.
    pub fn is_simple(&self) -> bool {
        self.groups.is_empty() && self.drawn.iter().all(|own| own.area.is_some() && own.left.is_none())
    }

    /// The sum, and what it leaves out because no number is known.
    fn sum(&self, gives: Gives, times: &dyn Fn(Per) -> Option<i64>) -> (Slot, Vec<Arc<str>>) {
        let amount = |at: usize| self.drawn.get(at).map_or(Slot::exact(0), |own| own.amount(gives, times));
        let alone = self.drawn.iter().filter(|own| !own.is_grouped);
        let mut sum = alone.fold(Slot::exact(0), |sum, own| interval::add(sum, own.amount(gives, times)));
        for group in &self.groups {
            let flags = group.entries.iter().fold(Flags::NONE, |flags, at| flags | amount(*at).flags);
            // Where what is asked for is the same share of all amounts, no set that could bring less than another is kept.
            let compares = !group.with_drawn && self.is_even(&group.entries, times);
            let mut reach: Option<Slot> = None;
            for world in &group.worlds {
                let sets = || world.iter().map(|set| set.iter().fold(Slot::exact(0), |sum, at| interval::add(sum, amount(*at))));
                let least = if compares { sets().map(|set| set.lo).max() } else { sets().map(|set| set.lo).min() };
                let own = Slot::between(least.unwrap_or(0), sets().map(|set| set.hi).max().unwrap_or(0), flags);
                reach = Some(reach.map_or(own, |reach| reach.hull(own)));
            }
            let reach = reach.unwrap_or(Slot::exact(0));
            sum = interval::add(sum, if group.may_lose { Slot::between(0, reach.hi, flags) } else { reach });
        }
        let without_number = |own: &&Drawn| {
            own.gives == gives && own.outcome == Outcome::NoTable && own.amounts.iter().any(|(per, _)| times(*per).is_some())
        };
        let mut left_out: Vec<Arc<str>> = Vec::new();
        for own in self.drawn.iter().filter(without_number) {
            if !left_out.contains(&own.benefit) {
                left_out.push(Arc::clone(&own.benefit));
            }
        }
        (sum, left_out)
    }

    /// Whether what is asked for is the same share of whatever these benefits bring over twelve months.
    fn is_even(&self, entries: &[usize], times: &dyn Fn(Per) -> Option<i64>) -> bool {
        let periods = entries.iter().filter_map(|at| self.drawn.get(*at)).flat_map(|own| &own.amounts);
        let mut shares = periods.map(|(per, _)| (times(*per).unwrap_or(0), per.times_compared().unwrap_or(0)));
        let Some((wanted, all)) = shares.next() else { return true };
        shares.all(|(other, of)| wanted.saturating_mul(of) == other.saturating_mul(all))
    }
}

/// Benefits the household says it chose where the law lets it choose.
fn chosen(household: &Household) -> Vec<&'static str> {
    let rows = 0..household.rows(Frame::Choice);
    let choices = rows.filter_map(|row| household.slot(fact::CHOICE_BENEFIT.id, row).value());
    let name = |bits: i64| Benefit::ALL.iter().find(|benefit| benefit.bit() == bits).map(|benefit| benefit.name());
    choices.filter_map(name).listed()
}

fn total(slot: Slot, left_out: Vec<Arc<str>>) -> Total {
    Total::between(Yuan::from_fen(slot.lo), (slot.hi != INFINITE).then(|| Yuan::from_fen(slot.hi)), left_out)
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
