#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| huisuan_tests::fuzzed::table(bytes));
