//! An engine for a few benefits answers about them just as the whole one does, and asks nothing for the sake of others.

use std::collections::BTreeMap;
use std::sync::Arc;

use huisuan_core::decision::Entry;
use huisuan_core::{Engine, Question, tables};

use huisuan_tests::published::table_files;

use crate::support::{engine, scenarios};

fn engine_for(benefits: &[&str]) -> Engine {
    let files = table_files();
    let loaded = tables::load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).expect("tables that load");
    Engine::new(loaded).only(benefits).expect("benefits there are")
}

#[test]
fn a_benefit_asked_about_alone_is_answered_as_among_all() {
    let all = engine().describe().benefits;
    let alone: BTreeMap<&str, Engine> = all.iter().map(|benefit| (benefit.as_str(), engine_for(&[benefit]))).collect();
    for scenario in scenarios() {
        let (household, date) = (scenario.json["household"].to_string(), scenario.json["date"].as_str().expect("a date"));
        // A scenario of what is refused says nothing here.
        let Ok(whole) = engine().evaluate(&household, Question::on(date)) else { continue };
        for (benefit, alone) in &alone {
            let told = |entry: &&Entry| &*entry.benefit == *benefit;
            let answer = alone.evaluate(&household, Question::on(date)).expect("the same household");
            // Beside others nobody applies for what one of them takes the place of, and nobody is asked for its sake.
            let is_replaced = whole.benefits.iter().filter(told).chain(&answer.benefits).any(Entry::is_replaced);
            let bare = |entry: &Entry| match is_replaced {
                true => Entry { combined: None, deadlines: Vec::new(), papers: Arc::default(), ..entry.clone() },
                false => Entry { combined: None, ..entry.clone() },
            };
            let before: Vec<Entry> = whole.benefits.iter().filter(told).map(bare).collect();
            let after: Vec<Entry> = answer.benefits.iter().map(bare).collect();
            assert_eq!(before, after, "{} {benefit}", scenario.file);
            let asked = |need: &str| is_replaced || whole.needs.iter().any(|known| *known.path == *need);
            assert!(answer.needs.iter().all(|need| asked(&need.path)), "{} {benefit}", scenario.file);
            assert!(answer.only.iter().map(|id| &**id).eq([*benefit]), "the answer says what it was about");
        }
    }
}

#[test]
fn a_benefit_that_does_not_exist_is_refused_with_the_nearest_name() {
    let files = table_files();
    let loaded = tables::load(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).expect("tables that load");
    let errors = Engine::new(loaded).only(&["meal-discount", "disabilty-living-subsidy", "nothing"]).expect_err("two of them do not exist");
    let told: Vec<_> = errors.iter().map(|error| (error.code, error.path.as_str(), error.suggest.as_deref())).collect();
    assert_eq!(told, [("unknown-benefit", "benefits/1", Some("disability-living-subsidy")), ("unknown-benefit", "benefits/2", None)]);
}
