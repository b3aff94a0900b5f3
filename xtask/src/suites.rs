//! `cargo xtask test`: every suite in order, each timed, the first failure ends the run.

use crate::shell::{self, Outcome, command, root};
use crate::{package, serve, tools};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

/// How many tests a suite ran. A chore such as formatting counts as one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    passed: u32,
    failed: u32,
}

const DONE: Count = Count { passed: 1, failed: 0 };

type Suite = (&'static str, fn() -> Outcome<Count>);

const SUITES: [Suite; 6] = [
    ("format", || chore("cargo", &["fmt", "--all", "--check"])),
    ("lints", || chore("cargo", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
    ("native", || counted(command("cargo", &["test", "--workspace", "--no-fail-fast"])?)),
    ("package", || package::build_all().map(|()| DONE)),
    ("node", || counted(node_tests("tests/browser/node")?)),
    ("page", page),
];

const THOROUGH: [Suite; 3] = [("thorough", campaigns), ("traps", traps), ("same bytes", || package::same_elsewhere().map(|()| DONE))];

fn campaigns() -> Outcome<Count> {
    let mut campaigns = command("cargo", &["test", "--release", "--package", "huisuan-tests", "--", "--include-ignored"])?;
    campaigns.env("HUISUAN_THOROUGH", "1").env("PROPTEST_CASES", "20000");
    counted(campaigns)
}

/// Ten thousand forced traps, and ten million questions in one memory.
fn traps() -> Outcome<Count> {
    let mut traps = command("node", &["--test", "--test-reporter=spec", "tests/browser/node/recovery.test.mjs"])?;
    traps.env("HUISUAN_THOROUGH", "1");
    counted(traps)
}

pub(crate) fn run(thorough: bool) -> Outcome {
    let begun = Instant::now();
    let mut table: Vec<(&str, Duration, Count)> = Vec::new();
    tools::rust()?;
    // Compiling our own code leaves much of a processor free.
    for install in [tools::wasm, tools::node, tools::browser] {
        tools::beside(install);
    }
    for (name, suite) in SUITES.into_iter().chain(thorough.then_some(THOROUGH).into_iter().flatten()) {
        println!("\n== {name} ==");
        let started = Instant::now();
        let count = suite().unwrap_or_else(|trouble| {
            eprintln!("xtask: {name}: {trouble}");
            Count { passed: 0, failed: 1 }
        });
        table.push((name, started.elapsed(), count));
        if count.failed > 0 {
            break;
        }
    }
    println!("\n{:<12}{:>10}{:>10}{:>10}", "suite", "seconds", "passed", "failed");
    let mut total = Count::default();
    for (name, time, count) in table {
        println!("{name:<12}{:>10.1}{:>10}{:>10}", time.as_secs_f64(), count.passed, count.failed);
        total = total.and(count);
    }
    println!("{:<12}{:>10.1}\n", "together", begun.elapsed().as_secs_f64());
    println!("{} passed, {} failed", total.passed, total.failed);
    // The table has said what failed; after the closing line there is nothing to add.
    if total.failed > 0 { std::process::exit(1) } else { Ok(()) }
}

/// The demo in a headless browser: what is timed by itself, then the rest.
fn page() -> Outcome<Count> {
    tools::browser()?;
    let address = serve::start(0)?;
    let on_the_page = |folder| {
        let mut tests = node_tests(folder)?;
        tests.env("HUISUAN_URL", format!("http://{address}/")).env("HUISUAN_CHROMIUM", tools::chromium());
        counted(tests)
    };
    Ok(on_the_page("tests/browser/alone")?.and(on_the_page("tests/browser/page")?))
}

/// Node's own runner over the `*.test.mjs` in a folder, each file in a process of its own, on both processors.
fn node_tests(folder: &str) -> Outcome<Command> {
    let mut tests = command("node", &["--test", "--test-concurrency=2", "--test-reporter=spec"])?;
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root().join(folder))? {
        files.push(entry?.path());
    }
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    // Backwards: the longest stand late in the alphabet, and should not begin last.
    files.sort();
    files.reverse();
    tests.args(files);
    Ok(tests)
}

fn chore(program: &str, words: &[&str]) -> Outcome<Count> {
    shell::run(program, words).map(|()| DONE)
}

/// Runs a test runner, lets its output through and adds up what its closing lines say.
fn counted(mut runner: Command) -> Outcome<Count> {
    let mut total = Count::default();
    let status = shell::heard(&mut runner, |output| {
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("{line}");
            total = total.and(closing(&line));
        }
        Ok(())
    });
    let good = status?.success();
    if total == Count::default() {
        return Err("no test was run".into());
    }
    // A runner that dies has failed, whatever it had counted until then.
    if !good && total.failed == 0 {
        total.failed = 1;
    }
    Ok(total)
}

/// What a line of cargo's or Node's closing summary adds; most lines add nothing.
fn closing(line: &str) -> Count {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| word.parse().unwrap_or_default();
    match words[..] {
        ["test", "result:", _, passed, "passed;", failed, "failed;", ..] => Count { passed: number(passed), failed: number(failed) },
        ["ℹ", "pass", passed] => Count { passed: number(passed), failed: 0 },
        ["ℹ", "fail" | "cancelled", failed] => Count { passed: 0, failed: number(failed) },
        _ => Count::default(),
    }
}

impl Count {
    fn and(self, other: Self) -> Self {
        Self { passed: self.passed.saturating_add(other.passed), failed: self.failed.saturating_add(other.failed) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, closing};

    #[test]
    fn the_closing_lines_of_both_runners_are_read() {
        let cargo = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(closing(cargo), Count { passed: 12, failed: 3 });
        assert_eq!(closing("ℹ pass 7"), Count { passed: 7, failed: 0 });
        assert_eq!(closing("ℹ fail 2"), Count { passed: 0, failed: 2 });
        assert_eq!(closing("ℹ tests 9"), Count::default());
    }
}
