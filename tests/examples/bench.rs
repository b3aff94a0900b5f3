//! Time of one decision, and of the same rules written by hand as the limit.
use std::time::Instant;
use huisuan_core::{date::Date, household, tables, Detail, Engine, Scratch};
fn main() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    fn walk(dir: &std::path::Path, base: &std::path::Path, files: &mut Vec<(String, String)>) {
        for e in std::fs::read_dir(dir).unwrap() { let p = e.unwrap().path(); if p.is_dir() { walk(&p, base, files) } else if p.extension().is_some_and(|e| e == "json") { files.push((p.strip_prefix(base).unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&p).unwrap())) } }
    }
    let dir = root.join("policy-tables"); walk(&dir, &dir, &mut files);
    let t = Instant::now();
    let tables = tables::load(files.iter().map(|(a, b)| (a.as_str(), b.as_str()))).unwrap();
    println!("load {:?}", t.elapsed());
    let engine = Engine::new(tables);
    let text: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(root.join("tests/bench/household.json")).unwrap()).unwrap();
    let hh = text["household"].to_string();
    let day = Date::parse(text["date"].as_str().unwrap()).unwrap();
    let h = household::read(&hh, &engine.tables().areas).unwrap();
    let t = Instant::now();
    let f = engine.formula(huisuan_core::area::AreaCode::parse("990101").unwrap(), day).unwrap();
    println!("build {:?} nodes {}", t.elapsed(), f.len());
    let mut scratch = Scratch::default();
    let world = huisuan_core::reading::value::World { household: &h, areas: &engine.tables().areas, calendar: &engine.tables().calendar, today: day };
    let mut values = huisuan_core::reading::value::Values::default();
    let n = 100_000;
    for _ in 0..1000 { values.read(&f, world); }
    let t = Instant::now();
    for _ in 0..n { values.read(&f, world); }
    println!("values only {} ns, places {}", t.elapsed().as_nanos() / n, values.len());
    let mut found = Vec::new();
    for _ in 0..1000 { engine.outcomes(&mut scratch, &h, day, &mut found).unwrap(); }
    let t = Instant::now();
    for _ in 0..n { engine.outcomes(&mut scratch, &h, day, &mut found).unwrap(); }
    println!("outcomes only {} ns", t.elapsed().as_nanos() / n);
    for (name, detail) in [("decide", Detail { steps: false, cells: false }), ("steps", Detail { steps: true, cells: false }), ("steps+cells", Detail { steps: true, cells: true })] {
        for _ in 0..1000 { engine.decide(&mut scratch, &h, day, detail).unwrap(); }
        let t = Instant::now();
        for _ in 0..n/10 { std::hint::black_box(engine.decide(&mut scratch, &h, day, detail).unwrap()); }
        println!("{name} {} ns", t.elapsed().as_nanos() / (n/10));
    }
    let t = Instant::now();
    for _ in 0..n/10 { std::hint::black_box(engine.evaluate(&hh, text["date"].as_str().unwrap(), Detail::default()).unwrap()); }
    println!("evaluate from text {} ns", t.elapsed().as_nanos() / (n/10));
    println!("{}", serde_json::to_string_pretty(&engine.evaluate(&hh, text["date"].as_str().unwrap(), Detail { steps: true, cells: false }).unwrap()).unwrap().lines().filter(|l| l.contains("\"outcome\"") || l.contains("\"benefit\"") || l.contains("\"value\"")).collect::<Vec<_>>().join("\n"));
}
