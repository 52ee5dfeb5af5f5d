//! The log of accepted changes, its snapshots, and who an actor belongs to.

use super::{DbError, Query, Tx, value::Col};
use documents::protocol::DocumentInfo;
use model::{
    id::*,
    section::Party,
    time::{TaxYear, Timestamp},
};
use rusqlite::{OptionalExtension, Row, params};

/// A document with how far its log is.
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
    /// The device it came from; `None` for the server itself.
    pub device: Option<DeviceId>,
    pub bytes: Vec<u8>,
}

/// A change as it stands in a log.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedChange {
    pub seq: u64,
    pub hash: [u8; 32],
    pub received_at: Timestamp,
    pub bytes: Vec<u8>,
}

const DOCUMENT: &str = "select id, client, tax_year, party, firm, head_seq from document";

fn document(row: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    let party = if row.get_ref(3)?.as_str()? == "firm" { Party::Firm } else { Party::Client };
    Ok(DocumentRow {
        info: DocumentInfo {
            document: row.get::<_, Col<_>>(0)?.0,
            client: row.get::<_, Col<_>>(1)?.0,
            tax_year: TaxYear(row.get(2)?),
            party,
        },
        firm: row.get::<_, Col<_>>(4)?.0,
        head_seq: row.get(5)?,
    })
}

impl Query<'_> {
    /// A document by its id.
    pub fn document(&self, id: DocumentId) -> Result<Option<DocumentRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{DOCUMENT} where id = ?"))?;
        Ok(statement.query_row([Col(id)], document).optional()?)
    }

    /// The documents of a client's year: none or both.
    pub fn documents_of_year(&self, client: ClientId, tax_year: TaxYear) -> Result<Vec<DocumentRow>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{DOCUMENT} where client = ? and tax_year = ? order by party"))?;
        Ok(statement.query_map(params![Col(client), tax_year.0], document)?.collect::<Result<_, _>>()?)
    }

    /// All documents of a client, newest year first.
    pub fn documents_of_client(&self, client: ClientId) -> Result<Vec<DocumentRow>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{DOCUMENT} where client = ? order by tax_year desc, party"))?;
        Ok(statement.query_map([Col(client)], document)?.collect::<Result<_, _>>()?)
    }

    /// Raw changes of a document with numbers above `after`, in order, as many
    /// as fit into `bytes` but at least one.
    pub fn changes_after(&self, id: DocumentId, after: u64, bytes: usize) -> Result<Vec<Vec<u8>>, DbError> {
        let mut statement =
            self.0.prepare_cached("select bytes from change where document = ? and seq > ? order by seq")?;
        let mut rows = statement.query(params![Col(id), after])?;
        let (mut changes, mut size) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let change: Vec<u8> = row.get(0)?;
            size += change.len();
            if size > bytes && !changes.is_empty() {
                break;
            }
            changes.push(change);
        }
        Ok(changes)
    }

    /// The newest snapshot of a document: the last number in it, and its bytes.
    pub fn snapshot(&self, id: DocumentId) -> Result<Option<(u64, Vec<u8>)>, DbError> {
        let mut statement = self.0.prepare_cached("select upto_seq, bytes from snapshot where document = ?")?;
        Ok(statement.query_row([Col(id)], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// The first change of a document that `is` takes.
    pub fn find_change(&self, id: DocumentId, is: impl Fn(&[u8]) -> bool) -> Result<Option<LoggedChange>, DbError> {
        let mut statement = self
            .0
            .prepare_cached("select seq, hash, received_at, bytes from change where document = ? order by seq")?;
        let mut rows = statement.query([Col(id)])?;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(3)?.as_blob().map_err(|_| DbError::Malformed("change"))?;
            if is(bytes) {
                let (seq, hash, Col(received_at)) = (row.get(0)?, row.get(1)?, row.get(2)?);
                return Ok(Some(LoggedChange { seq, hash, received_at, bytes: bytes.to_vec() }));
            }
        }
        Ok(None)
    }
}

impl Tx<'_> {
    /// Adds a document without changes.
    pub fn add_document(&self, firm: FirmId, info: &DocumentInfo) -> Result<(), DbError> {
        let party = match info.party {
            Party::Firm => "firm",
            Party::Client => "client",
        };
        self.0.0.execute(
            "insert into document (id, firm, client, tax_year, party, head_seq) values (?, ?, ?, ?, ?, 0)",
            params![Col(info.document), Col(firm), Col(info.client), info.tax_year.0, party],
        )?;
        Ok(())
    }

    /// Appends changes to a log that ends at `head_seq`. Fails when it does not.
    pub fn append_changes(
        &self,
        id: DocumentId,
        head_seq: u64,
        changes: &[NewChange],
        at: Timestamp,
    ) -> Result<u64, DbError> {
        let new_head = head_seq + changes.len() as u64;
        let mut insert = self.0.0.prepare_cached(
            "insert into change (document, seq, hash, actor, device, received_at, bytes) values (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (seq, change) in (head_seq + 1..).zip(changes) {
            insert.execute(params![
                Col(id),
                seq,
                change.hash,
                change.actor,
                change.device.map(Col),
                Col(at),
                change.bytes
            ])?;
        }
        let mut advance = self.0.0.prepare_cached("update document set head_seq = ? where id = ? and head_seq = ?")?;
        match advance.execute(params![new_head, Col(id), head_seq])? {
            1 => Ok(new_head),
            _ => Err(DbError::HeadMoved),
        }
    }

    /// Keeps a snapshot in place of an older one.
    pub fn set_snapshot(&self, id: DocumentId, upto_seq: u64, bytes: &[u8]) -> Result<(), DbError> {
        self.0.0.execute(
            "insert or replace into snapshot (document, upto_seq, bytes) values (?, ?, ?)",
            params![Col(id), upto_seq, bytes],
        )?;
        Ok(())
    }

    /// Makes `actor` this device's, if it is nobody's. Fails with
    /// [`DbError::ActorTaken`] if it is another device's.
    pub fn claim_actor(&self, actor: &[u8; 16], device: DeviceId) -> Result<(), DbError> {
        self.0.0.execute("insert or ignore into actor (actor, device) values (?, ?)", params![actor, Col(device)])?;
        let mut statement = self.0.0.prepare_cached("select device from actor where actor = ?")?;
        let owner = statement.query_row([actor], |row| row.get::<_, Col<DeviceId>>(0))?.0;
        if owner == device { Ok(()) } else { Err(DbError::ActorTaken) }
    }
}
