//! The command line of Huisuan: check tables, decide households, write packs.
fn main() {}
