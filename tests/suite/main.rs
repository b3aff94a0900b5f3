//! Suites that look at the whole of Huisuan; the `mod` lines are the table of contents.

mod support;

mod scenarios;
