//! SHA-256 and SM3, as text.

use std::fmt::Write as _;

use sha2::Digest;

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&sha2::Sha256::digest(bytes))
}

/// SM3 (GB/T 32905-2016) in hexadecimal.
#[must_use]
pub fn sm3(bytes: &[u8]) -> String {
    hexadecimal(&sm3::Sm3::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sm3_gives_the_published_digests() {
        // GB/T 32905-2016, annex A: examples 1 and 2.
        assert_eq!(sm3(b"abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        let long = "abcd".repeat(16);
        assert_eq!(sm3(long.as_bytes()), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    }
}
