//! What building and testing needs: each tool is installed when it is missing and left alone when it is there.

use crate::shell::{Outcome, cargo_tools, node_tools, output, root, run};
use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;

const WASM_PACK: &str = "0.15.1";
const NODE_MAJOR: u32 = 20;

/// The parts of Rust itself: the browser's target, the formatter and the lints.
pub(crate) fn rust() -> Outcome {
    let Some(targets) = output("rustup", &["target", "list", "--installed"])? else {
        return Err("rustup is missing: it adds Rust's browser target (see README.md)".into());
    };
    if !targets.lines().any(|target| target.trim() == "wasm32-unknown-unknown") {
        run("rustup", &["target", "add", "wasm32-unknown-unknown"])?;
    }
    let components = output("rustup", &["component", "list", "--installed"])?.unwrap_or_default();
    for component in ["rustfmt", "clippy"] {
        if !components.lines().any(|installed| installed.starts_with(component)) {
            run("rustup", &["component", "add", component])?;
        }
    }
    Ok(())
}

/// Installs a tool beside other work. Whoever needs it asks for it all the same: they wait until it is there, and if it could
/// not be installed they try again and say why.
pub(crate) fn beside(install: fn() -> Outcome) {
    thread::spawn(move || drop(install()));
}

/// wasm-bindgen's command line at exactly the version in `Cargo.lock`, and wasm-pack.
pub(crate) fn wasm() -> Outcome {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock();
    rust()?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &locked_version("wasm-bindgen")?)?;
    cargo_tool("wasm-pack", "wasm-pack", WASM_PACK)
}

/// The npm packages in `xtask/node`, exactly as locked.
pub(crate) fn node() -> Outcome {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock();
    let version = output("node", &["--version"])?.unwrap_or_default();
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR) {
        return Err(format!("Node {NODE_MAJOR} or newer is needed, found `{}`", version.trim()).into());
    }
    let folder = node_tools();
    let lock = fs::read_to_string(folder.join("package-lock.json"))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read_to_string(&installed).is_ok_and(|found| found == lock) {
        return Ok(());
    }
    println!("xtask: installing the npm packages of xtask/node");
    run("npm", &["ci", "--prefix", "xtask/node", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"])?;
    Ok(fs::write(installed, lock)?)
}

/// A browser and a Chinese typeface, from Debian's packages.
pub(crate) fn browser() -> Outcome {
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock();
    let mut missing = Vec::new();
    if !chromium().is_file() {
        missing.push("chromium");
    }
    if !installed("fonts-noto-cjk")? {
        missing.push("fonts-noto-cjk");
    }
    if missing.is_empty() {
        return Ok(());
    }
    println!("xtask: installing {}", missing.join(" and "));
    apt(&["update", "--quiet=2"])?;
    let mut words = vec!["install", "--yes", "--quiet=2", "--no-install-recommends"];
    words.extend(missing);
    apt(&words)
}

/// The browser's program: `HUISUAN_CHROMIUM`, or where Debian puts it.
pub(crate) fn chromium() -> PathBuf {
    env::var_os("HUISUAN_CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from)
}

fn installed(package: &str) -> Outcome<bool> {
    let status = output("dpkg-query", &["--show", "--showformat=${db:Status-Status}", package])?;
    Ok(status.is_some_and(|status| status == "installed"))
}

fn apt(words: &[&str]) -> Outcome {
    let root_user = output("id", &["-u"])?.is_some_and(|id| id.trim() == "0");
    let mut all = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    all.extend(words);
    if root_user { run("env", all.get(1..).unwrap_or_default()) } else { run("sudo", &all) }
}

fn cargo_tool(program: &str, package: &str, version: &str) -> Outcome {
    let ours = cargo_tools().join("bin").join(program);
    if has_version(&ours, version)? {
        return Ok(());
    }
    let shared = cargo_home().join("bin").join(program);
    if has_version(&shared, version)? {
        fs::create_dir_all(cargo_tools().join("bin"))?;
        fs::copy(shared, ours)?;
        return Ok(());
    }
    let exact = format!("{package}@{version}");
    println!("xtask: installing {exact}, a minute or two");
    let folder = cargo_tools();
    let folder = folder.to_str().ok_or("the repository's path is not UTF-8")?;
    // Compiling a tool takes far longer than it ever runs: unoptimized, it is there in half the time.
    let quickly = ["--quiet", "--debug", "--config", "profile.dev.debug=false"];
    let words = [&["install", "--root", folder, "--force", "--bin", program, &exact], &quickly[..]].concat();
    run("cargo", &[&words[..], &["--locked"]].concat()).or_else(|trouble| {
        // A mirror may lag behind the versions that a package was locked with. The tool's own version stays exact.
        eprintln!("xtask: {exact} as it was locked: {trouble}; once more with the newest dependencies there are");
        run("cargo", &words)
    })
}

fn has_version(program: &std::path::Path, version: &str) -> Outcome<bool> {
    let Some(program) = program.to_str() else {
        return Ok(false);
    };
    let printed = output(program, &["--version"])?.unwrap_or_default();
    Ok(printed.split_whitespace().any(|word| word == version))
}

pub(crate) fn cargo_home() -> PathBuf {
    env::var_os("CARGO_HOME").map_or_else(|| env::home_dir().unwrap_or_default().join(".cargo"), PathBuf::from)
}

/// The version of `package` in `Cargo.lock`.
fn locked_version(package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")).and_then(|line| line.strip_suffix('"'));
    Ok(version.ok_or_else(|| format!("no `{package}` in Cargo.lock"))?.to_owned())
}
