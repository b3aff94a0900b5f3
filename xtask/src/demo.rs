//! The demo: everything built, then served on this machine or tried in a headless browser.

use crate::shell::{Outcome, command, finish};
use crate::{package, serve, tools};
use std::thread;

const USUAL_PORT: u16 = 8080;

pub(crate) fn run(options: &[&str]) -> Outcome {
    let (check, port) = match options {
        [] => (false, None),
        ["--check"] => (true, None),
        ["--port", port] => (false, Some(port.parse::<u16>().map_err(|_| format!("`{port}` is not a port"))?)),
        ["--check", "--port", port] | ["--port", port, "--check"] => {
            (true, Some(port.parse::<u16>().map_err(|_| format!("`{port}` is not a port"))?))
        }
        other => return Err(format!("do not know `{}`", other.join(" ")).into()),
    };
    if check {
        tools::browser()?;
    }
    package::build_all()?;
    let address = match port {
        Some(port) => serve::start(port)?,
        None if check => serve::start(0)?,
        None => serve::start(USUAL_PORT).or_else(|_| serve::start(0))?,
    };
    if check {
        let mut page = command("node", &["tests/browser/check.mjs"])?;
        return finish(page.env("HUISUAN_URL", format!("http://{address}/")).env("HUISUAN_CHROMIUM", tools::chromium()));
    }
    println!("\nhttp://{address}/   (Ctrl+C ends it)");
    loop {
        thread::park();
    }
}
