//! `cargo xtask generate`: what stands in the repository and is made from something else.

use crate::shell::{self, Outcome, command, root};
use crate::tools;
use std::fs;

/// Between these lines a README holds what `huisuan coverage --format summary` prints.
const COVERAGE: [&str; 2] = ["<!-- made by `cargo xtask generate` from policy-tables -->\n", "<!-- end -->"];

pub(crate) fn run() -> Outcome {
    tools::node()?;
    shell::run("cargo", &["run", "--quiet", "--package", "huisuan-cli", "--", "schema", "--all", "schema"])?;
    shell::run("node", &["xtask/node/types.mjs"])?;
    shell::run("node", &["xtask/node/codes.mjs"])?;
    for (file, language) in [("README.md", "en"), ("README.zh-CN.md", "zh-CN")] {
        coverage(file, language)?;
    }
    Ok(())
}

fn coverage(file: &str, language: &str) -> Outcome {
    let words = ["run", "--quiet", "--package", "huisuan-cli", "--", "--lang", language, "coverage", "--format", "summary"];
    let printed = command("cargo", &words)?.output()?;
    let table = String::from_utf8(printed.stdout)?;
    let path = root().join(file);
    let text = fs::read_to_string(&path)?;
    let [begin, end] = COVERAGE;
    let (before, rest) = text.split_once(begin).ok_or_else(|| format!("{file} has no place for the coverage"))?;
    let (_, after) = rest.split_once(end).ok_or_else(|| format!("{file} does not say where the coverage ends"))?;
    fs::write(&path, format!("{before}{begin}{table}{end}{after}"))?;
    Ok(())
}
