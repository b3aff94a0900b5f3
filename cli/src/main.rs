//! The command line of Huisuan: check tables, decide households, write packs. Only the core decides.

mod check;
mod compare;
mod coverage;
mod decide;
mod failure;
mod files;
mod input;
mod meal_bill;
mod messages;
mod output;
mod pack;
mod packet;
mod readings;
mod schedule;
mod schema;
mod show;
mod tables;
mod text;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::failure::Failure;
use crate::messages::{Catalogue, Language};

const EXIT_CODES: &str = "Exit codes:
  0  done, nothing wrong
  1  done, and something is wrong with a household (decide) or a table (check)
  2  not done: wrong arguments, or tables, packs or files that cannot be used";

const DECIDE_EXAMPLES: &str = "Examples:
  huisuan decide --date 2024-04-15 --format text household.json
  huisuan decide --date 2024-04-15 < households.ndjson > results.ndjson
  huisuan decide --date 2024-04-15 --pack packs/370683.json --steps --pretty household.json

Each line of NDJSON is a household or { \"date\": \"2024-04-15\", \"household\": { … } }, whose date goes before --date.
A bad line is named on standard error and becomes { \"line\": 3, \"errors\": [ … ] } in the output; the rest goes on.
`huisuan schema household` describes a household.

Exit codes: 0 all decided, 1 a household was bad, 2 wrong arguments or tables that cannot be used";

const MEAL_BILL_EXAMPLES: &str = "Examples:
  huisuan meal-bill --format text household.json
  huisuan meal-bill --pack packs/370202.json household.json

The household's `bills` of the category meal are the meals: one, or all of a week.

Exit codes: 0 done, 1 a household was bad, 2 wrong arguments or tables that cannot be used";

const CHECK_EXAMPLES: &str = "Examples:
  huisuan check
  huisuan check policy-tables --format json --lang en

Exit codes: 0 nothing wrong, 1 mistakes found, 2 no tables to check";

const SWEEP_EXAMPLES: &str = "Examples:
  huisuan sweep --date 2024-04-15 --along members/0/incomes/0/gross --from 0.00 --until 5000.00 household.json
  huisuan sweep --date 2024-04-15 --along date --from 2024-04-15 --until 2030-01-01 household.json";

const CONTRAST_EXAMPLES: &str = "Examples:
  huisuan contrast --date 2024-04-15 one.json other.json
  huisuan contrast --date 2023-04-15 --to 2024-04-15 household.json";

const REPLAY_EXAMPLES: &str = "Example:
  huisuan decide --date 2024-04-15 --pack 370683.json household.json > result.json
  huisuan replay --pack 370683.json result.json household.json

Exit codes: 0 identical, 1 something differs or the household is bad, 2 not done";

const COMPARE_EXAMPLES: &str = "Examples:
  huisuan compare policy-tables draft households.ndjson --date 2026-01-15
  huisuan compare policy-tables draft households.ndjson --format csv > differences.csv
  huisuan compare policy-tables draft

For every benefit that comes out differently it names the fewest changes of the tables that are needed for it: taken
back, the old answer comes back.

Exit codes: 0 done, 1 a household was bad, 2 wrong arguments or tables that cannot be used";

const TABLES_EXAMPLES: &str = "Examples:
  huisuan tables export 370200 --out sheets
  huisuan tables export 370683/minimum-living-standard
  huisuan tables import 370683-minimum-living-standard.csv && huisuan check
  huisuan tables format

A sheet holds the head, one field in each line, an empty line, the names of the columns, and one line for each row.
What comes back from a spreadsheet unchanged is the same file, byte for byte.";

const COVERAGE_EXAMPLES: &str = "Examples:
  huisuan coverage --area 370200
  huisuan coverage --parameter advanced-age-allowance --format csv
  huisuan coverage --format summary";

const SCHEDULE_EXAMPLES: &str = "Examples:
  huisuan schedule --from 2024-01 --to 2024-12 household.json
  huisuan schedule --from 2024-07 --to 2024-10 --date 2024-09-30 --format json household.json

Each month of each benefit: what is due, and why it begins, changes or stops. With --date, notices made public after
that day are left aside.

Exit codes: 0 done, 1 the household was bad, 2 wrong arguments or tables that cannot be used";

const TIMELINE_EXAMPLES: &str = "Examples:
  huisuan timeline --from 2026-01 --to 2035-12 household.json

The days on which something changes by itself: a birthday, a row that ends, a certificate that lapses.

Exit codes: 0 done, 1 the household was bad, 2 wrong arguments or tables that cannot be used";

const PACK_EXAMPLES: &str = "Examples:
  huisuan pack --area 370683 --out 370683.json
  huisuan pack --all --out packs

The same tables always give the same bytes. `index.json` lists every place and the pack to load for it; places
without tables share 000000.json, the nation's pack.";

const PACKET_EXAMPLES: &str = "Examples:
  huisuan packet make --date 2026-05-14 --valid-until 2026-08-14 --link $LINK --out case.json household.json
  huisuan packet verify --at 2026-05-19 --audience 500103 case.json
  huisuan packet verify --at 2026-05-19 --audience 500103 --pack old/500000.json case.json
  huisuan packet verify --at 2026-05-19 --audience 500103 --current case.json
  huisuan packet show case.json

A packet holds no name and no identity number. Any altered byte is noticed. It is decided again with the very tables it
was decided with; with --current, with those that are loaded, and every difference is told.

Exit codes: 0 done or accepted, 1 the household or the packet was refused, 2 wrong arguments or tables that cannot be used";

const SHOW_EXAMPLES: &str = "Example:
  huisuan show minimum-living-standard --area 370683 --date 2024-04-15

Rows that hold on the day are marked *, rows whose first day is not known exactly and that may hold are marked ?.";

const SCHEMA_EXAMPLES: &str = "Examples:
  huisuan schema household > household.schema.json
  huisuan schema --all schema";

/// Huisuan (惠算): who qualifies for which benefit, how much, and why
#[derive(Debug, Parser)]
#[command(name = "huisuan", version, arg_required_else_help = true, after_help = EXIT_CODES)]
struct Arguments {
    /// Language of sentences
    #[arg(long, global = true, value_enum, default_value_t)]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Decide households, one or many (计算)
    #[command(after_help = DECIDE_EXAMPLES)]
    Decide(decide::Decide),
    /// What the meals among a household's bills cost the people, and who pays the rest (助餐账单)
    #[command(after_help = MEAL_BILL_EXAMPLES)]
    MealBill(meal_bill::MealBillOf),
    /// Check a folder of tables and name every mistake (检查政策表)
    #[command(after_help = CHECK_EXAMPLES)]
    Check(check::Check),
    /// Follow every answer along one fact or along days, with all breakpoints (逐点变化)
    #[command(after_help = SWEEP_EXAMPLES)]
    Sweep(readings::Sweep),
    /// Say how far each person is from what they do not get (还差多少)
    Distances(readings::Distances),
    /// Say why two households, or two days, are answered differently (为何不同)
    #[command(after_help = CONTRAST_EXAMPLES)]
    Contrast(readings::Contrast),
    /// Decide again what was decided, and name every difference (复算)
    #[command(after_help = REPLAY_EXAMPLES)]
    Replay(readings::Replay),
    /// Decide the same households under two sets of tables and say who gets something else (比较)
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(compare::Compare),
    /// Say month by month what is due, and what is paid when (逐月应发)
    #[command(after_help = SCHEDULE_EXAMPLES)]
    Schedule(schedule::Span),
    /// List the days on which something changes by itself (时间线)
    #[command(after_help = TIMELINE_EXAMPLES)]
    Timeline(schedule::Span),
    /// Show from when to when each number is known, where, and how surely (覆盖情况)
    #[command(after_help = COVERAGE_EXAMPLES)]
    Coverage(coverage::Coverage),
    /// Show the rows of a parameter and where they come from (查一个数)
    #[command(after_help = SHOW_EXAMPLES)]
    Show(show::Show),
    /// Tables as CSV and back, and files as they should stand (表格互转)
    #[command(after_help = TABLES_EXAMPLES)]
    Tables(tables::Tables),
    /// Write the packs that portals download (打包)
    #[command(after_help = PACK_EXAMPLES)]
    Pack(pack::Pack),
    /// Hand a case from one office to another: make, check, show (案卷)
    #[command(after_help = PACKET_EXAMPLES)]
    Packet(packet::Packet),
    /// Print the JSON Schemas of households, results and mistakes (数据格式)
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema(schema::Schema),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let words = Catalogue::new(arguments.lang);
    let mut out = BufWriter::new(io::stdout().lock());
    let done = match &arguments.command {
        Command::Decide(decide) => decide::run(decide, &words, &mut out),
        Command::MealBill(meals) => meal_bill::run(meals, &words, &mut out),
        Command::Check(check) => check::run(check, &words, &mut out),
        Command::Sweep(sweep) => readings::sweep(sweep, &words, &mut out),
        Command::Distances(distances) => readings::distances(distances, &words, &mut out),
        Command::Contrast(contrast) => readings::contrast(contrast, &words, &mut out),
        Command::Replay(replay) => readings::replay(replay, &words, &mut out),
        Command::Compare(compare) => compare::run(compare, &words, &mut out),
        Command::Schedule(span) => schedule::schedule(span, &words, &mut out),
        Command::Timeline(span) => schedule::timeline(span, &words, &mut out),
        Command::Coverage(coverage) => coverage::run(coverage, &words, &mut out),
        Command::Show(show) => show::run(show, &words, &mut out),
        Command::Tables(tables) => tables::run(tables, &words, &mut out),
        Command::Pack(pack) => pack::run(pack, &words, &mut out),
        Command::Packet(packet) => packet::run(packet, &words, &mut out),
        Command::Schema(schema) => schema::run(schema, &mut out),
    };
    done.and_then(|code| out.flush().map(|()| code).map_err(Failure::from)).unwrap_or_else(|failure| failure.tell(&words))
}
