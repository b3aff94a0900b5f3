//! Other programs: started from the repository's root with the project's own tools first on the path.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;

/// What a chore comes to; the error is a sentence for the person at the terminal.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Where cargo builds, and where everything else that can be made again is put.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Where `cargo install` puts the project's tools.
pub(crate) fn cargo_tools() -> PathBuf {
    root().join(".tools")
}

/// Where `npm ci` puts the project's tools.
pub(crate) fn node_tools() -> PathBuf {
    root().join("xtask/node")
}

/// `program`, ready to run from the root with nothing to read.
pub(crate) fn command(program: &str, words: &[&str]) -> Outcome<Command> {
    let mut path: Vec<PathBuf> = vec![cargo_tools().join("bin"), node_tools().join("node_modules/.bin")];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new(program);
    command.args(words).current_dir(root()).env("PATH", env::join_paths(path)?).stdin(Stdio::null());
    if program == "cargo" && !has_built_by_hand() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    Ok(command)
}

/// Whether cargo keeps what a next build can start from: that takes a fifth longer, and is for those who change the code. It is
/// settled once, for cargo builds anew what was built the other way.
fn has_built_by_hand() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let mut kept = fs::read_dir(target().join("debug/incremental")).into_iter().flatten().flatten();
        kept.any(|entry| entry.file_name().to_string_lossy().starts_with("huisuan_core"))
    })
}

/// Runs `program` to its end; its output goes where ours goes.
pub(crate) fn run(program: &str, words: &[&str]) -> Outcome {
    finish(&mut command(program, words)?)
}

/// Runs a prepared command to its end.
pub(crate) fn finish(command: &mut Command) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    let on_screen = io::stdout().is_terminal();
    let pass_on = |mut output| io::copy(&mut output, &mut io::stdout()).map(drop);
    let status = if on_screen { command.status() } else { heard(command, pass_on) };
    let status = status.map_err(|trouble| format!("cannot run `{program}`: {trouble}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{program}` failed ({status})").into()) }
}

/// Runs a command to its end; `hear` is given what it prints. No pipe of ours is shared with it: Node sets a pipe it writes
/// to not to wait, for all who hold it, and whoever else writes while it is full fails.
pub(crate) fn heard(command: &mut Command, hear: impl FnOnce(ChildStdout) -> io::Result<()>) -> io::Result<ExitStatus> {
    let troubles = if io::stderr().is_terminal() { Stdio::inherit() } else { Stdio::piped() };
    let mut child = command.stdout(Stdio::piped()).stderr(troubles).spawn()?;
    let passed_on = child.stderr.take().map(|mut troubles| thread::spawn(move || io::copy(&mut troubles, &mut io::stderr())));
    if let Some(output) = child.stdout.take() {
        hear(output)?;
    }
    // What it said last is said before we go on.
    passed_on.map(thread::JoinHandle::join);
    child.wait()
}

/// What `program` prints, or `None` if it is not there or fails.
pub(crate) fn output(program: &str, words: &[&str]) -> Outcome<Option<String>> {
    let found = command(program, words)?.stderr(Stdio::null()).output();
    Ok(found.ok().filter(|output| output.status.success()).map(|output| String::from_utf8_lossy(&output.stdout).into_owned()))
}
