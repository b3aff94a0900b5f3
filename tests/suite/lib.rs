//! Placeholder so that the suites form a package.
