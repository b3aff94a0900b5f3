//! House rules as tests: who may import what, which words stay out, how long things get, and which versions we use.
//!
//! Each rule reads our own files as text. What is right in one place only is named here with its reason.

use std::collections::BTreeSet;

use crate::sources::{Source, code, own, own_below, own_file, words};
use crate::support::{assert_none, root};

/// The arrows of the core that point up: the days on which national law changes its logic.
const UPWARD: &[(&str, &str)] = &[("core/src/tables/lookup.rs", "benefits")];

/// Files of the core that are one module and import one another.
const ONE_MODULE: &[&str] = &["engine", "decide", "entry", "combination", "range"];

/// What several benefits share and that is no benefit of its own.
const HELPERS: &[&str] = &["children", "disability"];

/// The headings every benefit opens with.
const HEADINGS: [&str; 5] = ["What it pays", "Who qualifies", "How much", "What this file does not cover", "Sources"];

/// Each package's folder and the packages of ours that it may depend on.
const PACKAGES: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("wasm", &["huisuan-core"]),
    ("workbench", &["huisuan-core"]),
    ("cli", &["huisuan-core", "huisuan-workbench"]),
    ("tests", &["huisuan-core"]),
    ("tests/fuzz", &["huisuan-tests"]),
    ("xtask", &[]),
];

/// What only the packages for browsers may depend on.
const WEB: &[&str] = &["wasm-bindgen", "js-sys", "web-sys", "serde-wasm-bindgen"];

/// The field's words in pinyin: an identifier is the standard English word; comments may give the gloss.
const PINYIN: &[&str] = &[
    "dibao", "wubao", "tekun", "hukou", "jiuzhu", "butie", "canji", "canlian", "gaoling", "shebao", "yibao", "minzheng", "jiedao", "shequ",
    "zhucan", "diji", "bianyuan", "shenfen", "laonian", "guer",
];

/// Lines of a file at most; a longer one holds a second idea that can stand by itself.
const LINES: usize = 700;

/// Characters of a line of Rust at most, as `rustfmt.toml` has it; rustfmt leaves texts and macros alone.
const WIDTH: usize = 140;

/// Where a path begins that a document names in backticks.
const FOLDERS: [&str; 10] =
    ["core/", "cli/", "tests/", "policy-tables/", "wasm/", "js-demo/", "workbench/", "schema/", "messages/", "xtask/"];

/// The parts of the table of varieties in `ARCHITECTURE.md`, and how many each has.
const VARIETIES: [(&str, usize); 3] = [("Social assistance", 30), ("Disability subsidies", 13), ("Older people and meals", 12)];

/// The modules of the core in the order of the map in `ARCHITECTURE.md`: its first column, line by line.
fn map() -> Vec<&'static str> {
    let table = own_file("core/ARCHITECTURE.md").split("\n## Map\n").nth(1).expect("a section called Map");
    let rows = table.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).take_while(|line| line.starts_with('|'));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(module_of).collect()
}

/// `benefits` for `benefits.rs`, `benefits/` and `benefits/disability.rs`.
fn module_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The files of the core with their module; `lib.rs` holds nothing but the public names.
fn core_files() -> impl Iterator<Item = (&'static Source, &'static str)> {
    let files = own_below("core/src/", &[".rs"]).map(|source| (source, module_of(source.path.trim_start_matches("core/src/"))));
    files.filter(|(_, module)| *module != "lib")
}

/// The modules that some code names by `crate::`.
fn imports(code: &str) -> BTreeSet<&str> {
    let paths = code.split("crate::").skip(1);
    paths.map(|path| path.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")).collect()
}

#[test]
fn the_map_of_the_core_names_every_module_once() {
    let map = map();
    let modules: BTreeSet<&str> = core_files().map(|(_, module)| module).collect();
    assert_eq!(map.iter().copied().collect::<BTreeSet<_>>(), modules);
    assert_eq!(map.len(), modules.len(), "a module stands on the map twice: {map:?}");
}

#[test]
fn a_file_of_the_core_imports_only_what_stands_above_it_on_the_map() {
    let map = map();
    let place = |module: &str| map.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for (source, own) in core_files() {
        for module in imports(&code(&source.text)) {
            let is_above = place(module).is_some_and(|at| at < place(own).expect("every module is on the map"));
            let is_own = module == own || ONE_MODULE.contains(&module) && ONE_MODULE.contains(&own);
            if !is_above && !is_own && !UPWARD.contains(&(source.path.as_str(), module)) {
                wrong.push(format!("{} imports `crate::{module}`", source.path));
            }
        }
    }
    assert_none("imports that point up the map of core/ARCHITECTURE.md", &wrong);
}

/// What a text names in backticks.
fn spans(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether a path is there: a file or a folder, and after `::` a function in that file.
fn is_there(path: &str) -> bool {
    match path.split_once("::") {
        Some((file, function)) => own_file(file).contains(&format!("fn {function}(")),
        None => root().join(path).exists(),
    }
}

#[test]
fn every_path_that_the_architecture_names_exists() {
    let named = spans(own_file("core/ARCHITECTURE.md")).filter(|span| FOLDERS.iter().any(|folder| span.starts_with(folder)));
    let whole: Vec<&str> = named.filter(|span| !span.ends_with('*') && !span.contains(['{', '…'])).collect();
    let wrong: Vec<String> = whole.iter().filter(|path| !is_there(path)).map(ToString::to_string).collect();
    assert!(whole.len() > 200, "only {} paths", whole.len());
    assert_none("paths in core/ARCHITECTURE.md that lead nowhere", &wrong);
}

#[test]
fn every_variety_of_local_rules_says_how_it_is_written_and_what_shows_it() {
    let section = own_file("core/ARCHITECTURE.md").split("\n## Varieties of local rules\n").nth(1).expect("a section of varieties");
    let section = section.split("\n## ").next().unwrap_or(section);
    for (part, count) in VARIETIES {
        let table = section.split(&format!("\n### {part}\n")).nth(1).unwrap_or_else(|| panic!("no part called {part}"));
        let table = table.split("\n### ").next().unwrap_or(table);
        let rows: Vec<Vec<&str>> = table.lines().filter(|line| line.starts_with('|')).skip(2).map(cells).collect();
        let numbers: Vec<&str> = rows.iter().map(|row| row[0]).collect();
        assert_eq!(numbers, (1..=count).map(|number| number.to_string()).collect::<Vec<_>>(), "{part}");
        let short = rows.iter().filter(|row| row.len() != 4 || row.iter().any(|cell| cell.is_empty()));
        assert_none("rows without a name, a form or a test", &short.map(|row| format!("{part} {}", row[0])).collect::<Vec<_>>());
    }
}

/// The cells of a row of a Markdown table.
fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// Whether some code imports a neighbour: in a `use`, or by a path.
fn names_module(code: &str, module: &str) -> bool {
    let mut uses = code.split("use ").skip(1).filter_map(|after| after.split(';').next());
    uses.any(|one| words(one).any(|word| word == module)) || words(code).any(|word| word == module) && code.contains(&format!("{module}::"))
}

#[test]
fn a_benefit_imports_no_other_benefit() {
    let benefits: Vec<(&str, &Source)> = own_below("core/src/benefits/", &[".rs"])
        .filter_map(|source| Some((source.path.rsplit('/').next()?.trim_end_matches(".rs"), source)))
        .collect();
    let mut wrong = Vec::new();
    for (own, source) in &benefits {
        let code = code(&source.text);
        let others = benefits.iter().map(|(other, _)| *other).filter(|other| other != own && !HELPERS.contains(other));
        wrong.extend(others.filter(|other| names_module(&code, other)).map(|other| format!("{} imports `{other}`", source.path)));
    }
    assert!(benefits.len() > HELPERS.len());
    assert_none("imports from one benefit to another", &wrong);
}

#[test]
fn every_benefit_opens_with_the_same_headings() {
    let mut wrong = Vec::new();
    for source in own_below("core/src/benefits/", &[".rs"]) {
        let is_helper = HELPERS.iter().any(|helper| source.path.ends_with(&format!("/{helper}.rs")));
        let opening = source.text.lines().take_while(|line| line.starts_with("//!"));
        let headings: Vec<&str> = opening.filter_map(|line| line.strip_prefix("//! # ")).collect();
        if !is_helper && headings != HEADINGS {
            wrong.push(format!("{} has {headings:?}", source.path));
        }
    }
    assert_none("benefits without the headings", &wrong);
}

/// The dependencies of a manifest, of every kind: name, and what follows it.
fn dependencies(manifest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut is_inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_inside = line.trim_end_matches(']').ends_with("dependencies");
            assert!(is_inside || !line.contains("dependencies"), "one line for each dependency, instead of {line}");
        } else if let Some((name, rest)) = line.split_once(['=', '.'])
            && is_inside
            && !line.starts_with('#')
        {
            found.push((name.trim(), rest));
        }
    }
    found
}

#[test]
fn a_package_depends_only_on_what_it_may() {
    let mut wrong = Vec::new();
    for source in own_below("", &["/Cargo.toml"]) {
        let folder = source.path.trim_end_matches("/Cargo.toml");
        let (_, may) = PACKAGES.iter().find(|(known, _)| *known == folder).unwrap_or_else(|| panic!("which packages may {folder} use?"));
        for (name, _) in dependencies(&source.text) {
            let is_allowed = if name.starts_with("huisuan") {
                may.contains(&name)
            } else {
                matches!(folder, "wasm" | "workbench") || !WEB.contains(&name)
            };
            if !is_allowed {
                wrong.push(format!("{} depends on {name}", source.path));
            }
        }
    }
    assert_none("dependencies that may not be", &wrong);
}

#[test]
fn every_version_is_pinned() {
    let mut wrong = Vec::new();
    for source in own_below("", &["Cargo.toml"]) {
        for (name, rest) in dependencies(&source.text) {
            if !["workspace = true", "path = \"", "\"="].iter().any(|pin| rest.contains(pin)) {
                wrong.push(format!("{}: {name}", source.path));
            }
        }
    }
    assert!(dependencies(own_file("Cargo.toml")).len() > 5);
    assert_none("versions that are not pinned with `=`", &wrong);
}

#[test]
fn no_file_says_from_which_host_packages_come() {
    let hosts = [concat!("crates", ".io"), concat!("npmjs", ".org"), concat!("pypi", ".org"), concat!("debian", ".org")];
    let written = own().iter().filter(|source| !is_lock(&source.path));
    let mut wrong: Vec<String> = written.flat_map(|source| mentions(source, &hosts)).collect();
    wrong.extend(own_below("", &["package-lock.json"]).flat_map(|source| mentions(source, &["\"resolved\""])));
    assert_none("package hosts; which one to use is for each machine to say", &wrong);
}

fn is_lock(path: &str) -> bool {
    path.ends_with("Cargo.lock") || path.ends_with("package-lock.json")
}

/// Each line that holds one of these texts.
fn mentions(source: &Source, texts: &[&str]) -> Vec<String> {
    let lines = source.text.lines().zip(1..);
    let found = lines.filter_map(|(line, number)| {
        let text = texts.iter().find(|text| line.contains(**text))?;
        Some(format!("{}:{number}: {text}", source.path))
    });
    found.collect()
}

/// Each identifier of a Rust file for which `is_wrong` holds.
fn identifiers(source: &Source, is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let code = code(&source.text);
    words(&code).filter(|word| is_wrong(word)).map(|word| format!("{}: {word}", source.path)).collect()
}

#[test]
fn only_one_file_of_the_core_touches_the_decimal_library() {
    let others = own_below("core/src/", &[".rs"]).filter(|source| source.path != "core/src/money.rs");
    assert_none("decimals outside money.rs", &others.flat_map(|source| mentions(source, &["rust_decimal"])).collect::<Vec<_>>());
}

#[test]
fn there_are_no_floats_in_what_decides_and_no_unsafe_code_anywhere() {
    let decides = ["core/", "cli/", "wasm/"].into_iter().flat_map(|folder| own_below(folder, &[".rs"]));
    // Who implements serde's trait must name them, to refuse them.
    let (is_float, is_refusal) = (
        |word: &str| matches!(word, "f32" | "f64"),
        |line: &str| line.trim_start().starts_with("fn serialize_f") && line.contains("(self, _: f"),
    );
    let without_refusals = |source: &Source| Source {
        path: source.path.clone(),
        text: source.text.lines().filter(|line| !is_refusal(line)).collect::<Vec<_>>().join("\n"),
    };
    let mut wrong: Vec<String> = decides.flat_map(|source| identifiers(&without_refusals(source), is_float)).collect();
    wrong.extend(own_below("", &[".rs"]).flat_map(|source| identifiers(source, |word| word == "unsafe")));
    assert_none("floats and unsafe code", &wrong);
}

#[test]
fn identifiers_are_english() {
    let is_pinyin = |word: &str| PINYIN.iter().any(|pinyin| word.to_lowercase().contains(pinyin));
    let wrong: Vec<String> = own_below("", &[".rs"]).flat_map(|source| identifiers(source, is_pinyin)).collect();
    assert_none("identifiers in pinyin", &wrong);
}

#[test]
fn nothing_is_put_off_and_no_file_knows_one_machine() {
    let put_off = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("to", "do!"), concat!("unimpl", "emented!")];
    let machine = [concat!("/wo", "rk/"), concat!("/ho", "me/"), concat!("/ro", "ot/")];
    let texts: Vec<&str> = put_off.into_iter().chain(machine).collect();
    let written = own().iter().filter(|source| !is_lock(&source.path));
    assert_none("work put off and paths of one machine", &written.flat_map(|source| mentions(source, &texts)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_too_long_and_no_line_of_rust_too_wide() {
    let mut wrong = Vec::new();
    for source in own_below("", &[".rs", ".js", ".mjs", ".css", ".html", ".md"]) {
        let lines = source.text.lines().count();
        if lines > LINES {
            wrong.push(format!("{}: {lines} lines", source.path));
        }
        let wide = source.text.lines().zip(1..).filter(|(line, _)| source.path.ends_with(".rs") && line.chars().count() > WIDTH);
        wrong.extend(wide.map(|(_, number)| format!("{}:{number} is wider than {WIDTH}", source.path)));
    }
    assert_none("files and lines that are too long", &wrong);
}
