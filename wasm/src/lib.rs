//! Browser skin.
