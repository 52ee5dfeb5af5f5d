//! The audit log outside the database: its export, sealed by the server, and
//! the check of one. Does no I/O.
//!
//! An export is JSON lines: the format, each event, and an end that names the
//! number of events, the head of the chain and the hash of all lines before
//! it. A file that was cut has no end; one that was changed has another hash.

use crate::seal::{self, Seal, hex, of_hex};
use model::{
    hash::ContentHash,
    id::*,
    language::Language,
    time::{TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};

/// BLAKE3 key-derivation context of the chain.
const CONTEXT: &str = "Akkoord 2026-11-23 audit chain v1";
/// The first line of an export.
const FORMAT: &str = "{\"format\":\"akkoord-audit-1\"}\n";
/// Signed with the end.
const SEALED: &str = "Akkoord 2026-11-25 audit export v1\n";

/// One event of the log as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Counted from 1, without gaps.
    pub id: i64,
    pub firm: FirmId,
    pub client: Option<ClientId>,
    pub tax_year: Option<TaxYear>,
    pub at: Timestamp,
    pub person: Option<PersonId>,
    pub advisor: Option<AdvisorId>,
    pub kind: String,
    /// JSON, as the text that it is.
    pub detail: String,
    pub hash: ContentHash,
}

/// The last line of an export.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    pub rows: u64,
    /// Hash of the newest event.
    pub head: ContentHash,
    /// BLAKE3 of all lines before this one.
    pub lines: ContentHash,
    pub at: Timestamp,
    /// The public key that the export is sealed with.
    pub seal: String,
    pub signature: String,
}

/// Where a log does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("this is no export of the audit log")]
    Format,
    #[error("the end is missing or was changed: the file was cut, or its seal does not fit")]
    End,
    #[error("the lines are not those that were sealed")]
    Lines,
    #[error("event {0} is unreadable, missing or out of order")]
    Row(i64),
    #[error("event {0} or one before it was changed")]
    Chain(i64),
}

impl Fault {
    /// In words.
    pub fn sentence(self, language: Language) -> String {
        match (language, self) {
            (Language::En, fault) => fault.to_string(),
            (Language::Nl, Self::Format) => "dit is geen export van het auditlog".to_owned(),
            (Language::Nl, Self::End) => {
                "het einde ontbreekt of is veranderd: het bestand is afgekapt, of het zegel past niet".to_owned()
            }
            (Language::Nl, Self::Lines) => "de regels zijn niet die welke zijn verzegeld".to_owned(),
            (Language::Nl, Self::Row(id)) => {
                format!("gebeurtenis {id} is onleesbaar, ontbreekt of staat niet op haar plaats")
            }
            (Language::Nl, Self::Chain(id)) => format!("gebeurtenis {id} of een eerdere is veranderd"),
        }
    }
}

/// The hash of an event: over the event before it and all that it says.
pub fn hash_of(previous: &[u8; 32], row: &Row) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    let fields: [&[u8]; 10] = [
        previous,
        &row.id.to_le_bytes(),
        row.firm.as_bytes(),
        row.client.as_ref().map_or(&[], |c| c.as_bytes()),
        &row.tax_year.map_or(0, |y| y.0).to_le_bytes(),
        &row.at.0.to_le_bytes(),
        row.person.as_ref().map_or(&[], |p| p.as_bytes()),
        row.advisor.as_ref().map_or(&[], |a| a.as_bytes()),
        row.kind.as_bytes(),
        row.detail.as_bytes(),
    ];
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    *hasher.finalize().as_bytes()
}

/// Checks the chain; gives its head.
pub fn verify_rows(rows: &[Row]) -> Result<ContentHash, Fault> {
    let mut head = [0; 32];
    for (expected, row) in (1..).zip(rows) {
        if row.id != expected {
            return Err(Fault::Row(expected));
        }
        head = hash_of(&head, row);
        if head != row.hash.0 {
            return Err(Fault::Chain(expected));
        }
    }
    Ok(ContentHash(head))
}

/// The whole log as JSON lines. `None` if it cannot be written.
pub fn export(rows: &[Row], at: Timestamp, seal: &Seal) -> Option<String> {
    let mut lines = FORMAT.to_owned();
    for row in rows {
        lines += &serde_json::to_string(row).ok()?;
        lines.push('\n');
    }
    let head = rows.last().map_or(ContentHash([0; 32]), |row| row.hash);
    let mut end = End {
        rows: rows.len() as u64,
        head,
        lines: ContentHash::of(lines.as_bytes()),
        at,
        seal: seal.public(),
        signature: String::new(),
    };
    end.signature = hex(&seal.sign(&signed(&end)?));
    lines += &serde_json::to_string(&end).ok()?;
    lines.push('\n');
    Some(lines)
}

/// The bytes under an end's signature: the end without it.
fn signed(end: &End) -> Option<Vec<u8>> {
    let unsigned = End { signature: String::new(), ..end.clone() };
    Some([SEALED.as_bytes(), &serde_json::to_vec(&unsigned).ok()?].concat())
}

/// Checks an export; gives its end.
pub fn verify(export: &str) -> Result<End, Fault> {
    let body = export.strip_suffix('\n').ok_or(Fault::End)?;
    let start = body.rfind('\n').ok_or(Fault::Format)? + 1;
    let (lines, last) = body.split_at(start);
    let end: End = serde_json::from_str(last).map_err(|_| Fault::End)?;
    let signature = of_hex(&end.signature).ok_or(Fault::End)?;
    let is_sealed = serde_json::to_string(&end).is_ok_and(|again| again == last)
        && signed(&end).is_some_and(|bytes| seal::fits(&end.seal, &bytes, &signature));
    if !is_sealed {
        return Err(Fault::End);
    }
    let events = lines.strip_prefix(FORMAT).ok_or(Fault::Format)?;
    if ContentHash::of(lines.as_bytes()) != end.lines {
        return Err(Fault::Lines);
    }
    let rows = (1..).zip(events.lines()).map(|(n, line)| serde_json::from_str(line).map_err(|_| Fault::Row(n)));
    let rows: Vec<Row> = rows.collect::<Result<_, _>>()?;
    if verify_rows(&rows)? != end.head || rows.len() as u64 != end.rows {
        return Err(Fault::Lines);
    }
    Ok(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: i64) -> Vec<Row> {
        let mut previous = [0; 32];
        let row = |id: i64| Row {
            id,
            firm: FirmId::from_bytes([1; 16]),
            client: (id % 2 == 0).then(|| ClientId::from_bytes([2; 16])),
            tax_year: (id % 3 == 0).then_some(TaxYear(2025)),
            at: Timestamp(1_000 * id),
            person: (id % 2 == 0).then(|| PersonId::from_bytes([3; 16])),
            advisor: (id % 2 == 1).then(|| AdvisorId::from_bytes([4; 16])),
            kind: "logged_in".into(),
            detail: format!("{{\"count\":{id}}}"),
            hash: ContentHash([0; 32]),
        };
        let chained = |mut row: Row| {
            previous = hash_of(&previous, &row);
            row.hash = ContentHash(previous);
            row
        };
        (1..=count).map(row).map(chained).collect()
    }

    fn seal() -> Seal {
        Seal::of(&[5; 32]).unwrap()
    }

    #[test]
    fn no_byte_of_an_export_can_change_and_no_line_can_go_move_or_come_twice() {
        let whole = export(&rows(7), Timestamp(9), &seal()).unwrap();
        assert_eq!(verify(&whole).unwrap().rows, 7);
        for at in 0..whole.len() {
            let mut bytes = whole.clone().into_bytes();
            bytes[at] ^= 1;
            let other = String::from_utf8(bytes).unwrap();
            assert!(verify(&other).is_err(), "byte {at}");
            assert!(verify(&whole[..at]).is_err(), "cut at {at}");
        }
        let lines: Vec<_> = whole.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let (mut less, mut twice) = (lines.clone(), lines.clone());
            less.remove(at);
            twice.insert(at, lines[at]);
            assert!(verify(&less.concat()).is_err() && verify(&twice.concat()).is_err(), "line {at}");
            if at > 0 {
                let mut moved = lines.clone();
                moved.swap(at, at - 1);
                assert!(verify(&moved.concat()).is_err(), "line {at}");
            }
        }
    }

    /// Who can seal anew is still held by the chain.
    #[test]
    fn a_row_that_was_changed_dropped_or_moved_shows_in_the_chain_too() {
        let good = rows(7);
        assert_eq!(verify_rows(&good), Ok(good[6].hash));
        let changes: [fn(&mut Row); 7] = [
            |r| r.at.0 += 1,
            |r| r.kind.push('x'),
            |r| r.detail = "{}".into(),
            |r| r.firm = FirmId::from_bytes([9; 16]),
            |r| r.client = None,
            |r| r.person = None,
            |r| r.hash.0[0] ^= 1,
        ];
        for change in changes {
            let mut other = good.clone();
            change(&mut other[3]);
            assert_eq!(verify_rows(&other), Err(Fault::Chain(4)));
        }
        let mut dropped = good.clone();
        dropped.remove(2);
        assert_eq!(verify_rows(&dropped), Err(Fault::Row(3)));
        let mut moved = good.clone();
        moved.swap(1, 2);
        assert_eq!(verify_rows(&moved), Err(Fault::Row(2)));
    }
}
