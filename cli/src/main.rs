//! The command line of Huisuan: check tables, decide households, write packs. Only the core decides.

mod check;
mod failure;
mod files;
mod messages;
mod pack;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;
use crate::messages::{Catalogue, Language};

/// Huisuan (惠算): who qualifies for which benefit, how much, and why
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true)]
struct Arguments {
    /// Language of sentences
    #[arg(long, global = true, value_enum, default_value_t)]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a folder of tables and name every mistake (检查政策表)
    Check(check::Check),
    /// Write the packs that portals download (打包)
    Pack(pack::Pack),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let words = Catalogue::new(arguments.lang);
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match &arguments.command {
        Command::Check(check) => check::run(check, &words, &mut out),
        Command::Pack(pack) => pack::run(pack, &mut out),
    };
    done.and_then(|code| out.flush().map(|()| code).map_err(Failure::from)).unwrap_or_else(|failure| failure.tell(&words))
}
