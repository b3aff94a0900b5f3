//! The npm package: the engine for browsers, its glue, and the JavaScript face, put together in `wasm/npm/dist`.

use crate::shell::{Outcome, command, finish, output, root, run, target};
use crate::{packs, tools};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

/// What wasm-bindgen writes between the parts that we keep and the loader that we do not.
const LOADER: &str = "\nasync function __wbg_load(";

/// What the engine is compiled for.
const TRIPLE: &str = "wasm32-unknown-unknown";

/// The finished package.
pub(crate) fn dist() -> PathBuf {
    root().join("wasm/npm/dist")
}

/// The workbench's module, and what its page reads beside it.
pub(crate) fn workbench() -> PathBuf {
    target().join("workbench-data")
}

/// Builds the package, the packs and the workbench's module, and prints what a page downloads.
pub(crate) fn build_all() -> Outcome {
    tools::beside(tools::node);
    tools::wasm()?;
    tools::node()?;
    // The engine is made smaller as one piece, on one processor; the other has time for the workbench.
    let beside = thread::spawn(|| build_workbench().map_err(|trouble| trouble.to_string()));
    let engine = build().and_then(|()| packs::build());
    beside.join().map_err(|_panic| "the workbench's build broke off")??;
    engine?;
    run("node", &["xtask/node/sizes.mjs"])
}

fn build() -> Outcome {
    let made = target().join("wasm-pack");
    wasm_pack("wasm", "wasm", "policy", &made)?;
    assemble(&made)
}

/// A module of its own: citizens never download it, so it may be large.
fn build_workbench() -> Outcome {
    wasm_pack("workbench", "workbench", "workbench", &workbench())?;
    run("node", &["xtask/node/workbench-data.mjs"])?;
    let people = command("cargo", &["run", "--quiet", "--package", "huisuan-tests", "--example", "population", "--", "5000"])?.output()?;
    Ok(fs::write(workbench().join("people.ndjson"), people.stdout)?)
}

/// For cargo: whoever downloads the module need not learn where it was made, and all who make it make the same.
fn without_paths() -> Outcome<String> {
    let sysroot = output("rustc", &["--print", "sysroot"])?.ok_or("`rustc --print sysroot` failed")?;
    let crates = tools::cargo_home().join("registry/src");
    let flags = [
        format!("--remap-path-prefix={}=crates", crates.display()),
        format!("--remap-path-prefix={}/lib/rustlib/src/rust=rust", sysroot.trim()),
    ];
    Ok(format!("target.{TRIPLE}.rustflags={flags:?}"))
}

fn wasm_pack(package: &str, profile: &str, name: &str, made: &Path) -> Outcome {
    let out = made.to_str().ok_or("the repository's path is not UTF-8")?;
    let without_paths = without_paths()?;
    run(
        "wasm-pack",
        &[
            "--log-level",
            "warn",
            "build",
            package,
            "--mode",
            "no-install",
            "--target",
            "web",
            "--profile",
            profile,
            "--no-pack",
            "--no-typescript",
            "--out-name",
            name,
            "--out-dir",
            out,
            "--",
            "--config",
            &without_paths,
        ],
    )
}

fn assemble(made: &Path) -> Outcome {
    fs::write(made.join("glue.js"), factory(&fs::read_to_string(made.join("policy.js"))?)?)?;
    let dist = dist();
    let (Some(from), Some(to)) = (made.to_str(), dist.to_str()) else {
        return Err("the repository's path is not UTF-8".into());
    };
    run("node", &["xtask/node/bundle.mjs", from, to])
}

/// Builds the engine once more, from a copy in another folder with nothing left over, and fails unless the bytes are the same.
pub(crate) fn same_elsewhere() -> Outcome {
    let copy = target().join("elsewhere");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    let prefix = format!("{}/", copy.to_str().ok_or("the repository's path is not UTF-8")?);
    run("git", &["checkout-index", "--all", "--prefix", &prefix])?;
    let without_paths = without_paths()?;
    let words = ["build", "--quiet", "--profile", "wasm", "--target", TRIPLE, "--package", "huisuan-wasm", "--config", &without_paths];
    finish(command("cargo", &words)?.current_dir(&copy).env("CARGO_TARGET_DIR", copy.join("target")))?;
    let built = Path::new(TRIPLE).join("wasm/huisuan_wasm.wasm");
    let same = fs::read(target().join(&built))? == fs::read(copy.join("target").join(&built))?;
    fs::remove_dir_all(&copy)?;
    if same { Ok(()) } else { Err("the same sources in another folder gave other bytes".into()) }
}

/// Turns wasm-bindgen's module, which knows a single instance for good, into a function that makes one after another.
///
/// A trap leaves an instance unsound, so each one gets glue of its own; nothing is shared but the compiled module.
fn factory(module: &str) -> Outcome<String> {
    let module = format!("\n{module}");
    let (kept, _loader) = module.split_once(LOADER).ok_or("wasm-bindgen's glue has no loader where we expect it")?;
    let body = kept.replace("\nexport class ", "\nclass ");
    if body.contains("\nexport ")
        || body.contains("\nimport ")
        || body.contains("import.meta")
        || !body.contains("function __wbg_finalize_init(")
    {
        return Err("wasm-bindgen's glue is not of the shape we know".into());
    }
    Ok(format!(
        "// Made by wasm-bindgen, wrapped by `cargo xtask build`.\n\nexport function glue() {{\n{body}\n  return {{\n    \
         imports: __wbg_get_imports(),\n    start(instance) {{\n      __wbg_finalize_init(instance);\n      return WasmEngine;\n    \
         }},\n  }};\n}}\n"
    ))
}

#[cfg(test)]
mod tests {
    use crate::shell::root;
    use std::fs;

    /// The lints a manifest states in the sections that start with `heading`, without comments.
    fn lints(manifest: &str, heading: &str) -> Vec<String> {
        let text = fs::read_to_string(root().join(manifest)).unwrap();
        let mut inside = false;
        let mut found = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                inside = line.starts_with(heading);
            } else if inside {
                found.push(line.to_owned());
            }
        }
        found
    }

    #[test]
    fn the_browser_packages_keep_the_workspace_lints_but_for_the_unsafe_code_of_their_macro() {
        let mut workspace = lints("Cargo.toml", "[workspace.lints.");
        let forbidden = workspace.iter_mut().find(|line| line.starts_with("unsafe_code")).unwrap();
        assert_eq!(forbidden, "unsafe_code = \"forbid\"");
        *forbidden = "unsafe_code = \"deny\"".to_owned();
        for manifest in ["wasm/Cargo.toml", "workbench/Cargo.toml"] {
            assert_eq!(lints(manifest, "[lints."), workspace, "{manifest}");
        }
    }
}
