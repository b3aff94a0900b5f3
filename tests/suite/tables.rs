//! The published tables: every document known and used, every day of every table decided, every mark where it belongs.
//!
//! That a row's document exists and that no two rows start together is checked when the tables load.

use std::collections::BTreeSet;

use huisuan_core::area::AreaCode;
use huisuan_core::check::{NEWSPAPERS, leads_to};
use huisuan_core::date::Date;
use huisuan_core::household::dictionary::{Names as _, Settlement};
use huisuan_core::source::Grade;
use huisuan_core::tables::{AsOf, CellValue, Condition, Start, Table, Tables};
use serde_json::{Value, json};

use crate::sources::own_below;
use crate::support::{assert_none, engine, evaluate, read_json, root, scenarios, table_files};

fn tables() -> &'static Tables {
    engine().tables()
}

fn all_tables() -> impl Iterator<Item = &'static Table> {
    tables().all()
}

/// What a person would look a row up by.
fn place(table: &Table, number: usize) -> String {
    format!("{} row {}", table.file, number + 1)
}

/// The rows that `is_wrong`, by their place.
fn rows_that(is_wrong: impl Fn(&Table, usize) -> bool) -> Vec<String> {
    let rows = all_tables().flat_map(|table| (0..table.rows.len()).map(move |number| (table, number)));
    rows.filter(|(table, number)| is_wrong(table, *number)).map(|(table, number)| place(table, number)).collect()
}

#[test]
fn every_document_has_a_title_and_is_used() {
    let cited: BTreeSet<&str> = all_tables().flat_map(|table| &table.rows).map(|row| row.clause.document.as_str()).collect();
    let core: String = own_below("core/src/", &[".rs"]).map(|source| source.text.as_str()).collect();
    let mut wrong = Vec::new();
    for (id, document) in &tables().documents {
        if document.title.trim().is_empty() {
            wrong.push(format!("{id} has no title"));
        }
        // A clause names the id; the sources of a benefit name the number.
        let in_core = core.contains(&format!("\"{id}\"")) || document.number.as_ref().is_some_and(|number| core.contains(number.as_str()));
        if !cited.contains(id.as_str()) && !in_core {
            wrong.push(format!("{id} is used by no row, no clause and no benefit's sources"));
        }
    }
    assert_none("documents", &wrong);
}

#[test]
fn every_newspaper_that_a_link_may_lead_to_has_one() {
    let links: Vec<&str> = tables().documents.values().filter_map(|document| document.link.as_deref()).collect();
    let unused = NEWSPAPERS.iter().filter(|site| !links.iter().any(|link| leads_to(link, site)));
    assert_none("newspapers that no document links to", &unused.map(|site| (*site).to_owned()).collect::<Vec<_>>());
}

#[test]
fn the_made_up_document_stands_behind_made_up_numbers_and_no_others() {
    let wrong = rows_that(|table, number| (table.rows[number].clause.document == "synthetic-example") != table.area.is_synthetic());
    assert_none("rows", &wrong);
}

#[test]
fn rows_are_newest_first() {
    let wrong = rows_that(|table, number| number > 0 && table.rows[number - 1].from < table.rows[number].from);
    assert_none("rows below older ones", &wrong);
}

#[test]
fn what_was_read_second_hand_is_marked_unconfirmed_and_nothing_else() {
    let wrong = rows_that(|table, number| {
        let row = &table.rows[number];
        row.unconfirmed != matches!(row.grade, Grade::AStar | Grade::A3)
    });
    assert_none("rows", &wrong);
}

#[test]
fn every_table_lies_in_the_folder_of_its_area_under_the_name_of_its_parameter() {
    for table in all_tables() {
        let folder = if table.area == AreaCode::NATION { "national".to_owned() } else { table.area.to_string() };
        assert_eq!(table.file, format!("{folder}/{}.json", table.parameter));
    }
    let known = |folder: &str| folder == "national" || AreaCode::parse(folder).is_some_and(|code| tables().areas.get(code).is_some());
    let folders = table_files().into_iter().filter_map(|(name, _)| name.split_once('/').map(|(folder, _)| folder.to_owned()));
    assert_none("folders of no area", &folders.filter(|folder| !known(folder)).collect::<Vec<_>>());
}

#[test]
fn the_old_code_of_jimo_is_read_as_the_new_one() {
    let [old, new] = ["370282", "370215"].map(|code| AreaCode::parse(code).expect("a code"));
    assert_eq!(tables().areas.resolve(old), Some(new));
}

/// Areas whose formula differs from that of their parent: they have tables, or a zone names them.
fn areas_with_tables() -> BTreeSet<AreaCode> {
    let zones = tables().zones.iter().flat_map(|zone| &zone.members).map(|(area, ..)| *area);
    all_tables().map(|table| table.area).chain(zones).collect()
}

#[test]
fn formulas_can_be_built_around_every_day_on_which_something_changes() {
    let mut built = 0;
    for area in areas_with_tables() {
        for day in tables().change_days(area) {
            for day in [day.previous_day(), Some(day), day.next_day()].into_iter().flatten() {
                engine().formula(area, AsOf::day(day)).unwrap_or_else(|error| panic!("{area} on {day}: {error}"));
                built += 1;
            }
        }
    }
    assert!(built > 300, "only {built} formulas");
}

/// The first day on which some row of a table may be in force.
fn first_possible_day(table: &Table) -> Date {
    table.rows.iter().map(|row| row.from.not_before).min().expect("a table has rows")
}

#[test]
fn before_its_first_row_a_table_answers_nothing() {
    let mut wrong = Vec::new();
    for table in all_tables() {
        let Some(day) = first_possible_day(table).previous_day() else { continue };
        let below = areas_with_tables().into_iter().filter(|area| area.is_within(table.area));
        for area in below {
            let found = tables().find(&table.parameter, area, AsOf::day(day));
            if found.perhaps.iter().chain(&found.certain).any(|answer| answer.table.area == table.area) {
                wrong.push(format!("{} answers for {area} on {day}", table.file));
            }
        }
    }
    assert_none("tables before they have begun", &wrong);
}

/// The scenarios' households of this area, moved to another day.
fn households_in(area: AreaCode, day: Date) -> Vec<Value> {
    let codes = |household: &Value| -> Vec<AreaCode> {
        let members = household["members"].as_array().into_iter().flatten();
        let registered = members.filter_map(|member| member["registeredArea"].as_array()).flatten();
        let bills = household["bills"].as_array().into_iter().flatten();
        registered.chain(bills).filter_map(|row| AreaCode::parse(row["area"].as_str()?)).collect()
    };
    let here = |code: AreaCode| tables().areas.resolve(code).is_some_and(|code| code.is_within(area));
    let households = scenarios().iter().map(|scenario| &scenario.json["household"]);
    let mut found: Vec<Value> = households.filter(|household| codes(household).into_iter().any(here)).cloned().collect();
    for household in &mut found {
        let bills = household.get_mut("bills").and_then(Value::as_array_mut);
        bills.into_iter().flatten().for_each(|bill| bill["date"] = json!(day.to_string()));
    }
    found
}

#[test]
fn nothing_rests_on_a_table_before_its_first_row() {
    let mut decided = 0;
    let mut wrong = Vec::new();
    for table in all_tables().filter(|table| table.rows.iter().any(|row| matches!(row.value, CellValue::Money(_)))) {
        let Some(day) = first_possible_day(table).previous_day() else { continue };
        for household in households_in(table.area, day) {
            let result = evaluate(engine(), &household, &day.to_string());
            let entries = result["benefits"].as_array().into_iter().flatten();
            let cells = entries.filter_map(|entry| entry["cells"].as_array()).flatten();
            decided += 1;
            wrong.extend(
                cells
                    .filter(|cell| cell["parameter"] == table.parameter && cell["area"] == table.area.to_string())
                    .map(|cell| format!("{} on {day}: {cell}", table.file)),
            );
        }
    }
    assert!(decided > 100, "only {decided} households decided");
    assert_none("answers from rows that have not begun", &wrong);
}

/// One person without income or property, of whom everything else is known too.
/// The age of the person without income, in years that no standard for minors counts.
const GROWN_UP: i64 = 40;

fn person_without_income(area: AreaCode, side: Settlement) -> Value {
    json!({
        "schemaVersion": 1,
        "standing": [],
        "assessments": [{ "test": "assets-within-limit", "holds": true }, { "test": "borderline-assets-within-limit", "holds": true }],
        "land": { "noOther": true },
        "expenses": [],
        "members": [{
            "id": "a", "relation": "self", "birthDate": "1980-03-10", "livesWithHousehold": { "value": true },
            "registeredArea": [{ "area": area.to_string() }], "registeredSettlement": side.name(), "usualSettlement": side.name(),
            "usualResidence": [{ "area": area.to_string() }], "incomes": [], "transfersPaid": [], "disabilities": [],
            "employment": { "status": "unemployed", "refusedOn": [] }, "receiving": { "noOther": true }, "groups": { "noOther": true }
        }]
    })
}

/// When the rows of the minimum living standard begin that may concern an area and a side, in its own table or one above.
fn standards(area: AreaCode, side: Settlement) -> Vec<Start> {
    let concerns = |condition: &Condition| match condition {
        Condition::Settlement(own) => *own == side,
        Condition::Zone(ids) => {
            let zones = tables().zones.iter().filter(|zone| ids.contains(&zone.id));
            zones.flat_map(|zone| &zone.members).any(|(member, ..)| *member == area)
        }
        Condition::AgeYears(span) => span.at_least.is_none_or(|least| least <= GROWN_UP) && span.below.is_none_or(|below| GROWN_UP < below),
        other => panic!("a minimum living standard depends on {other:?}"),
    };
    let chain: Vec<AreaCode> = tables().areas.chain(area).collect();
    let levels = all_tables().filter(|table| table.parameter == "minimum-living-standard" && chain.contains(&table.area));
    let rows = levels.flat_map(|table| &table.rows).filter(|row| row.when.iter().all(concerns));
    rows.filter(|row| row.value != CellValue::Unknown).map(|row| row.from).collect()
}

#[test]
fn a_minimum_living_standard_pays_nothing_the_day_before_it_may_begin_and_pays_on_the_day_it_must_have_begun() {
    let allowance = |household: &Value, day: Date| {
        let result = evaluate(engine(), household, &day.to_string());
        let entries = result["benefits"].as_array().unwrap_or_else(|| panic!("{result}"));
        entries.iter().find(|entry| entry["benefit"] == "minimum-living-allowance").cloned().expect("an entry")
    };
    let mut decided = 0;
    let mut wrong = Vec::new();
    for (area, side) in areas_with_tables().into_iter().flat_map(|area| Settlement::ALL.iter().map(move |side| (area, *side))) {
        let starts = standards(area, side);
        let Some(may) = starts.iter().map(|from| from.not_before).min() else { continue };
        let Some(must) = starts.iter().map(|from| from.not_after).min() else { continue };
        let household = person_without_income(area, side);
        decided += 1;
        // A first day of which nothing is known has no day before it.
        let day_before = may.previous_day().filter(|day| day.to_string().as_str() > "1990-01-01");
        let before = day_before.map(|day| allowance(&household, day));
        if let Some(before) = before
            && (before["outcome"] != "noTable" || before["amount"]["max"] != Value::Null || before["amount"]["min"] != "0.00")
        {
            wrong.push(format!("{area} {side:?} before {may}: {} {}", before["outcome"], before["amount"]));
        }
        let between = (may < must && day_before.is_some()).then(|| allowance(&household, may));
        if let Some(between) = between
            && between["outcome"] != "noTable"
        {
            wrong.push(format!("{area} {side:?} on {may}, when it may not have begun: {}", between["outcome"]));
        }
        let on = allowance(&household, must);
        let lacks_another =
            on["missing"].as_array().is_some_and(|all| all.iter().any(|cell| cell["parameter"] != "minimum-living-standard"));
        let pays = on["outcome"] == "eligible" && matches!(on["amount"]["kind"].as_str(), Some("exact" | "atLeast"));
        if !pays && !lacks_another {
            wrong.push(format!("{area} {side:?} on {must}: {} {}", on["outcome"], on["amount"]));
        }
    }
    assert!(decided > 20, "only {decided} areas and sides have a standard");
    assert_none("first days", &wrong);
}

#[test]
fn every_area_says_where_it_lies() {
    let register = read_json(&root().join("policy-tables/areas.json"));
    for area in register["areas"].as_array().expect("a list of areas") {
        let code = AreaCode::parse(area["code"].as_str().unwrap_or("")).unwrap_or_else(|| panic!("{area}"));
        assert_eq!(tables().areas.chain(code).last(), Some(AreaCode::NATION), "{area}");
        assert!(area["name"].as_str().is_some_and(|name| !name.is_empty()), "{area}");
    }
}
