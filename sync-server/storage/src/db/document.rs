//! The log of accepted changes, its snapshots, and the device of each actor.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use documents::protocol::DocumentInfo;
use model::{
    id::*,
    section::Party,
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

    /// Returns the newest snapshot of a document: the last number in it, and its bytes.
    pub fn snapshot(&self, id: DocumentId) -> Result<Option<(u64, Vec<u8>)>, DbError> {
        self.optional("select upto_seq, bytes from snapshot where document = ?1", values![id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Returns the first change of a document for which `is` returns true.
    pub fn find_change(&self, id: DocumentId, is: impl Fn(&[u8]) -> bool) -> Result<Option<LoggedChange>, DbError> {
        let mut found = None;
        self.each(
            "select seq, hash, received_at, bytes from change where document = ?1 order by seq",
            values![id],
            |row| {
                let bytes: Vec<u8> = row.get("bytes")?;
                if !is(&bytes) {
                    return Ok(ControlFlow::Continue(()));
                }
                let (seq, hash, received_at) = (row.get("seq")?, row.get("hash")?, row.get("received_at")?);
                found = Some(LoggedChange { seq, hash, received_at, bytes });
                Ok(ControlFlow::Break(()))
            },
        )?;
        Ok(found)
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
