//! Reads rows of text from the bytes of a file. Reports what is wrong with a file
//! as a whole; what is wrong with a row is checked where the rows are known.

use model::text::Shape;
use serde::{Deserialize, Serialize};

/// The maximum size of a file in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// The maximum number of rows of a file.
pub const MOST_ROWS: usize = 50_000;
/// The maximum number of columns of a file.
const MOST_COLUMNS: usize = 60;
/// The maximum number of characters of a cell. A longer one is a quote that nobody closed.
const LONGEST_CELL: usize = 1000;

/// The maximum number of cells of a row, of which those without a heading mean nothing.
pub const MOST_CELLS: usize = 200;
/// The maximum number of bytes of a line: far more than so many cells need.
const LONGEST_LINE: usize = 256 * 1024;
/// The number of rows that are packed together.
const PACKED: usize = 2000;

/// A row with its line in the file, from 1.
pub type Row = (u32, Vec<String>);

/// A file that was read. Its rows are packed: as texts of their own, those of the largest file would take twenty times
/// the memory of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub headings: Vec<String>,
    packs: Vec<Vec<u8>>,
}

impl Table {
    /// Returns the rows, some at a time. Empty rows are left out.
    pub fn rows(self) -> impl Iterator<Item = Vec<Row>> {
        self.packs.into_iter().map(|pack| postcard::from_bytes(&pack).unwrap_or_default())
    }
}

fn pack(rows: &mut Vec<Row>) -> Result<Vec<u8>, Unreadable> {
    let pack = postcard::to_stdvec(rows).map_err(|_| Unreadable::Binary)?;
    rows.clear();
    Ok(pack)
}

/// The reasons why a file is refused. Nothing of it was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Unreadable {
    #[error("no file, or nothing in it")]
    Empty,
    #[error("beyond {LARGEST} bytes")]
    TooLarge,
    #[error("a workbook, not a text")]
    Workbook,
    #[error("not a text")]
    Binary,
    #[error("beyond {MOST_ROWS} rows")]
    TooManyRows,
    #[error("beyond {MOST_COLUMNS} columns")]
    TooManyColumns,
    #[error("beyond {MOST_CELLS} cells in line {0}")]
    TooManyCells(u32),
    #[error("a cell without end in line {0}")]
    EndlessCell(u32),
    #[error("the first line holds no headings")]
    NoHeadings,
    #[error("headings without rows")]
    NoRows,
}

/// The characters of the bytes 0x80 to 0x9F in Windows-1252; the others are as in Unicode.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Decodes the text of a file: UTF-8, with or without a byte order mark, or else
/// Windows-1252, in which every byte is a character.
pub fn text_of(bytes: &[u8]) -> Result<String, Unreadable> {
    match bytes {
        [] => return Err(Unreadable::Empty),
        // These are the first bytes of a ZIP, and of the older format of Excel.
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(Unreadable::Workbook),
        _ if bytes.len() > LARGEST => return Err(Unreadable::TooLarge),
        _ => {}
    }
    if bytes.iter().any(|b| *b < b' ' && !b"\t\r\n".contains(b)) {
        return Err(Unreadable::Binary);
    }
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text: String = match str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => body
            .iter()
            .map(|b| match b {
                0x80..=0x9f => WINDOWS_1252[usize::from(b - 0x80)],
                other => char::from(*other),
            })
            .collect(),
    };
    // All lines have to end in the same way, including the last one, because they are counted.
    Ok(text.replace("\r\n", "\n").replace('\r', "\n").trim_end_matches('\n').to_owned() + "\n")
}

/// Returns the delimiter: the candidate that occurs most often in the first line.
fn delimiter(first_line: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b';', 0), (b',', 0), (b'\t', 0)];
    for c in first_line.chars() {
        quoted ^= c == '"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| !quoted && char::from(*sign) == c) {
            *count += 1;
        }
    }
    // If counts are equal the first one is taken, because Dutch spreadsheets write semicolons.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b';', |(sign, _)| *sign)
}

/// Returns the first line that is too long, from 1. The reader would note where each of its cells ends.
fn too_long(text: &str) -> Option<u32> {
    let line = text.lines().position(|line| line.len() > LONGEST_LINE)?;
    u32::try_from(line + 1).ok()
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    let text = text_of(bytes)?;
    if let Some(line) = too_long(&text) {
        return Err(Unreadable::TooManyCells(line));
    }
    // A first line like this is Excel's own way to name the delimiter.
    let (sign, skipped, text) = match text.split_once('\n') {
        Some((first, rest)) if first.trim_end().len() == 5 && first.starts_with("sep=") => {
            (first.as_bytes()[4], 1, rest)
        }
        _ => (delimiter(text.lines().next().unwrap_or_default()), 0, text.as_str()),
    };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(sign).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut headings = None;
    let (mut packs, mut rows, mut count) = (Vec::new(), Vec::new(), 0);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| Unreadable::Binary)? {
        // The reader is at the line after the record; a quoted cell may have line ends inside.
        let inside: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        let line = (reader.position().line() + skipped).saturating_sub(1 + inside as u64);
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        if record.len() > MOST_CELLS {
            return Err(Unreadable::TooManyCells(line));
        }
        let cells: Vec<String> = record.iter().map(|cell| Shape::Text.clean(cell).trim().to_owned()).collect();
        if cells.iter().any(|cell| cell.chars().count() > LONGEST_CELL) {
            // A quoted cell was not closed: the line in which it starts is what helps to find it.
            let begin = record.position().map_or(line, |at| u32::try_from(at.line() + skipped).unwrap_or(u32::MAX));
            return Err(Unreadable::EndlessCell(begin));
        }
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if headings.is_none() {
            headings = Some(cells);
        } else if count == MOST_ROWS {
            return Err(Unreadable::TooManyRows);
        } else {
            count += 1;
            rows.push((line, cells));
            if rows.len() == PACKED {
                packs.push(pack(&mut rows)?);
            }
        }
    }
    let headings = headings.ok_or(Unreadable::Empty)?;
    if headings.len() > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    // If the first line contains a mail address, the file has no headings.
    if headings.iter().any(|h| h.contains('@')) {
        return Err(Unreadable::NoHeadings);
    }
    if count == 0 {
        return Err(Unreadable::NoRows);
    }
    packs.push(pack(&mut rows)?);
    Ok(Table { headings, packs })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &[&[&str]]) {
        let table = read(bytes).unwrap();
        let headings = table.headings.clone();
        let all: Vec<_> = std::iter::once(headings).chain(table.rows().flatten().map(|(_, cells)| cells)).collect();
        assert_eq!(
            all,
            expected.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect::<Vec<Vec<_>>>()
        );
    }

    #[test]
    fn a_file_is_read_as_spreadsheets_write_it() {
        check("nr;naam\r\n1;Łukasz\r\n".as_bytes(), &[&["nr", "naam"], &["1", "Łukasz"]]);
        check(
            "\u{feff}nr,naam\n1,\"Jansen, \"\"de\"\" Kuiper\"\n".as_bytes(),
            &[&["nr", "naam"], &["1", "Jansen, \"de\" Kuiper"]],
        );
        check(b"nr;naam\r\n1;Zo\xeb \x80 \x91x\x92\r\n", &[&["nr", "naam"], &["1", "Zoë € ‘x’"]]);
        check(b"nr\tnaam\n1\tPiet\n", &[&["nr", "naam"], &["1", "Piet"]]);
        check(b"sep=,\r\nnr,naam;x\r\n1,a;b\r\n", &[&["nr", "naam;x"], &["1", "a;b"]]);
        check(b"\"a;b\",c\n1,2\n", &[&["a;b", "c"], &["1", "2"]]);
        check(b"nr;naam\n;;\n\n1\n2;b;c\n", &[&["nr", "naam"], &["1"], &["2", "b", "c"]]);
    }

    #[test]
    fn a_row_knows_its_line_also_after_a_cell_of_two_lines() {
        let table = read(b"nr;naam\n1;\"a\nb\"\n\n2;c\n").unwrap();
        assert_eq!(table.rows().flatten().map(|(line, _)| line).collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn a_file_of_many_rows_has_all_of_them() {
        let many: String = (0..PACKED * 2 + 1).map(|n| format!("{n};a\n")).collect();
        let rows: Vec<_> = read(format!("nr;naam\n{many}").as_bytes()).unwrap().rows().flatten().collect();
        assert_eq!(rows.len(), PACKED * 2 + 1);
        assert_eq!(rows[PACKED * 2].1, [(PACKED * 2).to_string(), "a".to_owned()]);
    }

    #[test]
    fn what_is_no_file_of_rows_is_said_so() {
        let endless = format!("nr;naam\n1;\"{}\n", "x;y\n".repeat(400));
        let many = format!("nr;naam\n{}", "1;a\n".repeat(MOST_ROWS + 1));
        let wide = format!("{}\n1\n", "a;".repeat(61));
        let row = format!("nr;naam\n1;a\n{}\n", "2;".repeat(MOST_CELLS));
        let line = format!("nr;naam\n1;a\n{}\n", ";".repeat(5_000_000));
        let cases: [(&[u8], Unreadable); 12] = [
            (b"", Unreadable::Empty),
            (b"\n;\n", Unreadable::Empty),
            (b"PK\x03\x04rest", Unreadable::Workbook),
            (b"nr;naam\n1;\0\n", Unreadable::Binary),
            (&vec![b'a'; LARGEST + 1], Unreadable::TooLarge),
            (endless.as_bytes(), Unreadable::EndlessCell(2)),
            (many.as_bytes(), Unreadable::TooManyRows),
            (wide.as_bytes(), Unreadable::TooManyColumns),
            (row.as_bytes(), Unreadable::TooManyCells(3)),
            (line.as_bytes(), Unreadable::TooManyCells(3)),
            (b"1;a@b.nl\n2;c@d.nl\n", Unreadable::NoHeadings),
            (b"nr;naam\n", Unreadable::NoRows),
        ];
        for (bytes, expected) in cases {
            assert_eq!(read(bytes), Err(expected));
        }
    }
}
