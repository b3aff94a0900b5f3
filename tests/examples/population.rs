//! Prints made-up households, one in each line, as `huisuan decide` and `huisuan compare` read them:
//! `cargo run --release -p huisuan-tests --example population -- [how many] [first]`.

use std::io::{self, BufWriter, Write};

use huisuan_tests::population::Population;
use huisuan_tests::published::engine;

fn main() -> io::Result<()> {
    let number = |at: usize, default: u64| std::env::args().nth(at).and_then(|word| word.parse().ok()).unwrap_or(default);
    let (count, first) = (number(1, 5000), number(2, 0));
    let population = Population::new(engine().tables());
    let mut out = BufWriter::new(io::stdout().lock());
    for number in first..first.saturating_add(count) {
        writeln!(out, "{}", population.case(number).line())?;
    }
    out.flush()
}
