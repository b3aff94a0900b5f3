//! A small static server for this machine alone: files below a few folders, nothing else.

use crate::package;
use crate::packs;
use crate::shell::{Outcome, root};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// What the demo may do in a browser: run its own scripts and the engine, and ask only this server.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                   manifest-src 'self'";
const REQUEST_BYTES: u64 = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves the demo in the background and says where; port 0 takes any free one.
pub(crate) fn start(port: u16) -> Outcome<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|trouble| format!("port {port}: {trouble}"))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || {
                // A browser that hangs up early is no trouble of ours.
                let _hung_up = answer(stream);
            });
        }
    });
    Ok(address)
}

/// First part of a path → the folder it stands for; everything else is below `js-demo`.
fn folder(first: &str) -> Option<PathBuf> {
    match first {
        "pkg" => Some(package::dist()),
        "packs" => Some(packs::folder()),
        "messages" => Some(root().join("messages")),
        "workbench-data" => Some(package::workbench()),
        _ => None,
    }
}

fn answer(stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut request = BufReader::new((&stream).take(REQUEST_BYTES));
    let mut line = String::new();
    request.read_line(&mut line)?;
    let mut header = String::new();
    while request.read_line(&mut header)? > 0 && header.trim() != "" {
        header.clear();
    }
    let mut words = line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method != "GET" && method != "HEAD" {
        return respond(&stream, "405 Method Not Allowed", "text/plain; charset=utf-8", b"only GET and HEAD\n", true);
    }
    let with_body = method == "GET";
    match locate(target) {
        Some(Found::File(path)) => match fs::read(&path) {
            Ok(bytes) => respond(&stream, "200 OK", media_type(&path), &bytes, with_body),
            Err(_) => respond(&stream, "404 Not Found", "text/plain; charset=utf-8", b"not here\n", with_body),
        },
        Some(Found::Elsewhere(path)) => {
            let location = format!("302 Found\r\nLocation: {path}");
            respond(&stream, &location, "text/plain; charset=utf-8", b"", with_body)
        }
        None => respond(&stream, "404 Not Found", "text/plain; charset=utf-8", b"not here\n", with_body),
    }
}

#[derive(Debug, PartialEq)]
enum Found {
    File(PathBuf),
    /// Another path: relative links need the slash at a folder's end, and the way in is the citizen page.
    Elsewhere(String),
}

/// The file a request's target names. Only plain names, and nothing outside the folder once links are followed.
fn locate(target: &str) -> Option<Found> {
    let (path, _) = target.split_once(['?', '#']).unwrap_or((target, ""));
    let mut names: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    let wants_folder = names.last() == Some(&"");
    names.retain(|name| !name.is_empty());
    if names.is_empty() {
        return Some(Found::Elsewhere("/citizen/".to_owned()));
    }
    if !names.iter().all(|name| is_plain(name)) {
        return None;
    }
    let (base, rest) = match names.split_first() {
        Some((first, rest)) if folder(first).is_some() => (folder(first)?, rest),
        _ => (root().join("js-demo"), &names[..]),
    };
    let base = base.canonicalize().ok()?;
    let mut wanted = rest.iter().fold(base.clone(), |folder, name| folder.join(name));
    if wanted.is_dir() {
        if !wants_folder {
            return Some(Found::Elsewhere(format!("/{}/", names.join("/"))));
        }
        wanted = wanted.join("index.html");
    }
    let file = wanted.canonicalize().ok()?;
    (file.starts_with(&base) && file.is_file()).then_some(Found::File(file))
}

/// Our file names need no percent signs; whatever else could climb, hide or confuse is not a name.
fn is_plain(name: &str) -> bool {
    !name.starts_with('.') && name.chars().all(|character| character.is_ascii_alphanumeric() || "-_.".contains(character))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ndjson" => "application/x-ndjson; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    }
}

fn respond(mut stream: &TcpStream, status: &str, media_type: &str, body: &[u8], with_body: bool) -> std::io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nContent-Security-Policy: {CSP}\r\n\
         X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if with_body {
        stream.write_all(body)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::{Found, locate};

    #[test]
    fn no_path_leads_out_of_the_served_folders() {
        for target in [
            "/../Cargo.toml",
            "/..%2fCargo.toml",
            "/%2e%2e/Cargo.toml",
            "/pkg/../../Cargo.toml",
            "/.git/config",
            "/pkg/..\\..\\Cargo.toml",
            "//etc/passwd",
            "http://x/",
            "",
            "/\0",
            "/packs/../../../etc/passwd",
            "/messages/..",
            "*",
        ] {
            assert_eq!(locate(target), None, "{target:?}");
        }
    }

    #[test]
    fn a_folder_without_its_slash_is_sent_on() {
        assert_eq!(locate("/messages"), Some(Found::Elsewhere("/messages/".to_owned())));
    }
}
