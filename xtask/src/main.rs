//! Set-up and chores: `cargo xtask demo | test | build | bench | generate`.
//!
//! Everything that Rust, Node and apt do not bring is installed when it is first needed; see `tools.rs`.

mod bench;
mod demo;
mod generate;
mod package;
mod packs;
mod serve;
mod shell;
mod suites;
mod tools;

use shell::Outcome;
use std::env;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--check] [--port N]   build everything and serve the demo on this machine
                                        --check: load it in a headless browser instead, fail on any console error
cargo xtask test [--thorough]           every suite, native to browser; --thorough adds the heavy campaigns
cargo xtask build                       the npm package, in wasm/npm/dist, and the packs, in target/packs
cargo xtask bench                       speeds and sizes
cargo xtask audit-tables                how many slips in a table are noticed, of those that change a decision
cargo xtask generate                    what is made from something else: schema/*.json from the Rust types, the package's
                                        TypeScript types from those, the coverage in the READMEs from the tables
";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("xtask: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    match words {
        ["demo", options @ ..] => demo::run(options),
        ["test"] => suites::run(false),
        ["test", "--thorough"] => suites::run(true),
        ["build"] => package::build_all(),
        ["bench"] => bench::run(),
        ["audit-tables"] => shell::run("cargo", &["run", "--quiet", "--release", "--package", "huisuan-tests", "--example", "audit"]),
        ["generate"] => generate::run(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("do not know `{}`\n{HELP}", other.join(" ")).into()),
    }
}
