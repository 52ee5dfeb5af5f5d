//! The log of accepted changes, its snapshots, and the device of each actor.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use documents::protocol::DocumentInfo;
use model::{
    hash::ContentHash,
    id::*,
    section::{Party, Write},
    time::{TaxYear, Timestamp},
};
use std::ops::ControlFlow;

/// A document, with the end of its log.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentRow {
    pub info: DocumentInfo,
    pub firm: FirmId,
    pub head_seq: u64,
}

/// A change to be appended to a log.
#[derive(Debug, Clone)]
pub struct NewChange {
    pub hash: [u8; 32],
    pub actor: [u8; 16],
    /// The device that it came from; `None` for the server itself.
    pub device: Option<DeviceId>,
    pub bytes: Vec<u8>,
    /// The records that it wrote.
    pub writes: Vec<Write>,
}

/// A change as it is stored in a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedChange {
    pub seq: u64,
    pub hash: [u8; 32],
    pub received_at: Timestamp,
    pub bytes: Vec<u8>,
}

const DOCUMENT: &str = "select id, client, tax_year, party, firm, head_seq from document";

fn document(row: &Row<'_>) -> Result<DocumentRow, DbError> {
    let party = if row.get::<String>("party")? == "firm" { Party::Firm } else { Party::Client };
    Ok(DocumentRow {
        info: DocumentInfo {
            document: row.get("id")?,
            client: row.get("client")?,
            tax_year: row.get("tax_year")?,
            party,
        },
        firm: row.get("firm")?,
        head_seq: row.get("head_seq")?,
    })
}

/// Returns the hash by which the change that wrote a record is found. No section or key has a line break.
fn record_hash(write: &Write) -> ContentHash {
    ContentHash::of([write.section.name(), &write.key, &write.value].join("\n").as_bytes())
}

impl Query<'_> {
    /// Returns a document by its id.
    pub fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, DbError> {
        self.optional(&format!("{DOCUMENT} where id = ?1"), values![id], document)
    }

    /// Returns the documents of a client's year: none or both.
    pub fn documents_of_year(&self, client: ClientId, tax_year: TaxYear) -> Result<Vec<DocumentRow>, DbError> {
        self.many(
            &format!("{DOCUMENT} where client = ?1 and tax_year = ?2 order by party"),
            values![client, tax_year],
            document,
        )
    }

    /// Returns all documents of a client, newest year first.
    pub fn documents_of_client(&self, client: ClientId) -> Result<Vec<DocumentRow>, DbError> {
        self.many(&format!("{DOCUMENT} where client = ?1 order by tax_year desc, party"), values![client], document)
    }

    /// Returns raw changes of a document with numbers above `after`, in order, as many
    /// as fit into `bytes` but at least one.
    pub fn changes_after(&self, id: DocumentId, after: u64, bytes: usize) -> Result<Vec<Vec<u8>>, DbError> {
        let (mut changes, mut size) = (Vec::new(), 0);
        self.each(
            "select bytes from change where document = ?1 and seq > ?2 order by seq",
            values![id, after],
            |row| {
                let change: Vec<u8> = row.get(0)?;
                size += change.len();
                if size > bytes && !changes.is_empty() {
                    return Ok(ControlFlow::Break(()));
                }
                changes.push(change);
                Ok(ControlFlow::Continue(()))
            },
        )?;
        Ok(changes)
    }

    /// Returns the bytes of all changes of a document.
    pub fn bytes_of_changes(&self, id: DocumentId) -> Result<usize, DbError> {
        let sum: u64 = self.one(
            "select coalesce(sum(length(bytes)), 0) as total from change where document = ?1",
            values![id],
            |row| row.get("total"),
        )?;
        Ok(usize::try_from(sum).unwrap_or(usize::MAX))
    }

    /// Returns the newest snapshot of a document: the last number in it, and its bytes.
    pub fn snapshot(&self, id: DocumentId) -> Result<Option<(u64, Vec<u8>)>, DbError> {
        self.optional("select upto_seq, bytes from snapshot where document = ?1", values![id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Returns the newest snapshot of a document if it has at most `most` bytes.
    pub fn snapshot_up_to(&self, id: DocumentId, most: usize) -> Result<Option<(u64, Vec<u8>)>, DbError> {
        self.optional(
            "select upto_seq, bytes from snapshot where document = ?1 and length(bytes) <= ?2",
            values![id, most as u64],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Returns the first change of a document that wrote a record with this content.
    pub fn change_that_wrote(&self, id: DocumentId, write: &Write) -> Result<Option<LoggedChange>, DbError> {
        self.optional(
            "select c.seq, c.hash, c.received_at, c.bytes
             from record_change r join change c on c.document = r.document and c.seq = r.seq
             where r.document = ?1 and r.record = ?2",
            values![id, record_hash(write)],
            |row| {
                Ok(LoggedChange {
                    seq: row.get("seq")?,
                    hash: row.get("hash")?,
                    received_at: row.get("received_at")?,
                    bytes: row.get("bytes")?,
                })
            },
        )
    }
}

impl Tx<'_> {
    /// Adds a document without changes.
    pub fn add_document(&self, firm: FirmId, info: &DocumentInfo) -> Result<(), DbError> {
        let party = match info.party {
            Party::Firm => "firm",
            Party::Client => "client",
        };
        self.run(
            "insert into document (id, firm, client, tax_year, party, head_seq) values (?1, ?2, ?3, ?4, ?5, 0)",
            values![info.document, firm, info.client, info.tax_year, party],
        )?;
        Ok(())
    }

    /// Appends changes to a log that ends at `head_seq`. Fails if it ends elsewhere.
    pub fn append_changes(
        &self,
        id: DocumentId,
        head_seq: u64,
        changes: &[NewChange],
        at: Timestamp,
    ) -> Result<u64, DbError> {
        let new_head = head_seq + changes.len() as u64;
        for (seq, change) in (head_seq + 1..).zip(changes) {
            self.run(
                "insert into change (document, seq, hash, actor, device, received_at, bytes)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                values![id, seq, change.hash, change.actor, change.device, at, change.bytes],
            )?;
            for write in &change.writes {
                self.run(
                    "insert into record_change (document, record, seq) values (?1, ?2, ?3) on conflict do nothing",
                    values![id, record_hash(write), seq],
                )?;
            }
        }
        match self.run(
            "update document set head_seq = ?1 where id = ?2
                 and head_seq = ?3",
            values![new_head, id, head_seq],
        )? {
            1 => Ok(new_head),
            _ => Err(DbError::HeadMoved),
        }
    }

    /// Stores a snapshot in place of an older one.
    pub fn set_snapshot(&self, id: DocumentId, upto_seq: u64, bytes: &[u8]) -> Result<(), DbError> {
        self.run(
            "insert into snapshot (document, upto_seq, bytes) values (?1, ?2, ?3)
             on conflict (document) do update set upto_seq = excluded.upto_seq, bytes = excluded.bytes",
            values![id, upto_seq, bytes],
        )?;
        Ok(())
    }

    /// Assigns `actor` to this device if it belongs to none. Fails with
    /// [`DbError::ActorTaken`] if it belongs to another device.
    pub fn claim_actor(&self, actor: &[u8; 16], device: DeviceId) -> Result<(), DbError> {
        self.run("insert into actor (actor, device) values (?1, ?2) on conflict do nothing", values![actor, device])?;
        let owner: DeviceId =
            self.one("select device from actor where actor = ?1", values![actor], |row| row.get(0))?;
        if owner == device { Ok(()) } else { Err(DbError::ActorTaken) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Db, sample};
    use model::section::Section;

    const FIRM: FirmId = FirmId::from_bytes([1; 16]);
    const ADVISOR: AdvisorId = AdvisorId::from_bytes([2; 16]);
    const CLIENT: ClientId = ClientId::from_bytes([3; 16]);

    #[test]
    fn the_first_change_that_wrote_a_record_is_found_by_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        let write = |key: &str, value: &str| Write { section: Section::Answers, key: key.into(), value: value.into() };
        let change = |number: u8, writes: &[Write]| NewChange {
            hash: [number; 32],
            actor: [0; 16],
            device: None,
            bytes: vec![number],
            writes: writes.to_vec(),
        };
        let (one, other) = (DocumentId::from_bytes([4; 16]), DocumentId::from_bytes([5; 16]));
        let changes = [
            change(1, &[write("a", "yes"), write("b", "no")]),
            change(2, &[write("a", "no")]),
            change(3, &[write("a", "yes")]),
        ];
        db.write_blocking::<_, DbError>(move |tx| {
            tx.add_firm(&sample::firm(FIRM), Timestamp(1))?;
            tx.add_advisor(&sample::advisor(ADVISOR, FIRM), Timestamp(1))?;
            tx.add_client(&sample::client(CLIENT, FIRM, ADVISOR), Timestamp(1))?;
            for (document, tax_year) in [(one, TaxYear(2025)), (other, TaxYear(2026))] {
                tx.add_document(FIRM, &DocumentInfo { document, client: CLIENT, tax_year, party: Party::Firm })?;
            }
            tx.append_changes(one, 0, &changes, Timestamp(7))
        })
        .unwrap();
        let found = |document, key: &str, value: &str| {
            let found = db.read(|q| q.change_that_wrote(document, &write(key, value))).unwrap();
            found.map(|change| (change.seq, change.hash[0], change.bytes[0]))
        };
        assert_eq!(found(one, "a", "yes"), Some((1, 1, 1)), "and not the one that wrote it again");
        assert_eq!(found(one, "a", "no"), Some((2, 2, 2)));
        assert_eq!(found(one, "b", "no"), Some((1, 1, 1)));
        assert_eq!(found(one, "b", "yes"), None);
        assert_eq!(found(other, "a", "yes"), None);
    }
}
