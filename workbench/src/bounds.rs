//! What a workbook may cost: looked at before anything reads it for what it says.
//!
//! A workbook is a zip file. A few kilobytes can unpack to gigabytes, and a sheet of a few megabytes can name a cell in its
//! last row and column. Here each part is unpacked once, no further than the bound, and its cells are counted.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::BookError;

/// Bytes of the file as it is.
pub const PACKED: usize = 8 << 20;
/// Bytes of all parts unpacked.
pub const INFLATED: u64 = 48 << 20;
/// Parts of a workbook.
pub const PARTS: usize = 400;
/// How many times its size a part of more than [`RATIO_FROM`] bytes may unpack to. Sheets come to 20 or so.
pub const RATIO: u64 = 150;
/// Below this no part can do harm.
pub const RATIO_FROM: u64 = 1 << 20;
/// Cells of all sheets.
pub const CELLS: usize = 300_000;
/// Rows of a sheet.
pub const ROWS: u32 = 50_000;
/// Columns of a sheet.
pub const COLUMNS: u32 = 500;
/// Sheets of a workbook.
pub const SHEETS: usize = 300;

/// The beginning of a file in Microsoft's older compound format: `.xls`, `.et`, and any workbook with a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

/// Whether these bytes are a zip file, as an `.xlsx` is.
#[must_use]
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK")
}

/// Looks at every part of a workbook.
///
/// # Errors
/// `old-format`, `not-a-workbook`, or which bound it goes beyond.
pub fn check(bytes: &[u8]) -> Result<(), BookError> {
    if bytes.starts_with(COMPOUND) {
        return Err(BookError::file("old-format", "", ".xlsx"));
    }
    if bytes.len() > PACKED {
        return Err(BookError::file("too-large", &megabytes(bytes.len()), &megabytes(PACKED)));
    }
    let broken = |error: zip::result::ZipError| BookError::file("not-a-workbook", &error.to_string(), ".xlsx");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > PARTS {
        return Err(BookError::file("too-many-parts", &archive.len().to_string(), &PARTS.to_string()));
    }
    // First what the file says of itself, which costs nothing; then what is really in it.
    let mut stated: u64 = 0;
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).map_err(broken)?;
        stated = stated.saturating_add(part.size());
        let is_dense = part.size() > RATIO_FROM && part.size() > part.compressed_size().saturating_mul(RATIO);
        if stated > INFLATED || is_dense {
            return Err(BookError::file("unpacks-too-large", &megabytes(usize::try_from(stated).unwrap_or(usize::MAX)), &limit()));
        }
    }
    let mut left = INFLATED;
    let mut cells: usize = 0;
    for number in 0..archive.len() {
        let part = archive.by_index(number).map_err(broken)?;
        let (packed, is_sheet) = (part.compressed_size(), part.name().is_ok_and(|name| name.contains("worksheets/")));
        let mut content = Vec::new();
        let allowed = left.min(packed.saturating_mul(RATIO).max(RATIO_FROM));
        part.take(allowed.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|error| BookError::file("not-a-workbook", &error.to_string(), ".xlsx"))?;
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        if size > allowed {
            return Err(BookError::file("unpacks-too-large", &megabytes(content.len()), &limit()));
        }
        left = left.saturating_sub(size);
        if is_sheet {
            cells = cells.saturating_add(cells_in(&content));
        }
        if cells > CELLS {
            return Err(BookError::file("too-many-cells", &cells.to_string(), &CELLS.to_string()));
        }
    }
    Ok(())
}

fn limit() -> String {
    megabytes(usize::try_from(INFLATED).unwrap_or(usize::MAX))
}

fn megabytes(bytes: usize) -> String {
    format!("{} MB", bytes.div_euclid(1 << 20).max(1))
}

/// How many cells a sheet names: `<c r="A1">`, `<c/>`, with or without a prefix.
fn cells_in(xml: &[u8]) -> usize {
    xml.windows(3).filter(|window| matches!(window, [b'<' | b':', b'c', b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n'])).count()
}
