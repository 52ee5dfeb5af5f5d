//! Documents in memory: years up to a number of bytes, of which the least recently
//! used one is dropped first. Others are loaded from the log.

use super::ActionError;
use documents::{
    document::{Document, DocumentError, RawChange},
    dossier::DossierYear,
};
use model::{
    id::ClientId,
    section::{Party, Write},
    time::{TaxYear, Timestamp},
};
use parking_lot::{FairMutex, FairMutexGuard, RwLock};
use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};
use storage::db::{Db, DbError, DocumentRow, NewChange};

/// The Automerge actor under which the server writes firm documents. There is one
/// writer, so one actor is enough.
pub(super) const SERVER_ACTOR: [u8; 16] = *b"akkoord:firm:doc";

/// The bytes of the years in memory. A year that was never in memory is read in some tens of milliseconds.
const CAPACITY: usize = 192 * 1024 * 1024;

/// The bytes in memory of a year without records, of each record beside its own bytes, and of each byte of a change:
/// in the document, in the view, and as a part of what both need to be found.
const YEAR_BYTES: usize = 256 * 1024;
const RECORD_BYTES: usize = 2 * 1024;
const BYTES_PER_BYTE: usize = 3;

/// A year in memory. Who changes it waits for who came before; who reads it waits for nobody.
pub(super) struct Shared {
    year: FairMutex<Year>,
    shown: Arc<RwLock<Option<Shown>>>,
}

/// A year as it is read, with the number of changes in it.
pub(super) type Shown = (Arc<DossierYear>, u64);

impl Shared {
    fn of(year: Year) -> Self {
        let shown = year.shown.clone();
        Self { year: FairMutex::new(year), shown }
    }

    /// Waits for the right to change the year.
    pub fn lock(&self) -> FairMutexGuard<'_, Year> {
        self.year.lock()
    }

    /// Returns the year as it was last committed.
    pub fn shown(&self) -> Shown {
        let shown = self.shown.read().clone();
        shown.unwrap_or_else(|| self.lock().shown())
    }
}

type YearKey = (ClientId, TaxYear);

/// A document of a client's year, with the end of its log.
pub(super) struct LoadedDocument {
    pub row: DocumentRow,
    pub document: Document,
    pub snapshot_seq: u64,
    /// The bytes of all changes.
    pub bytes: usize,
}

impl LoadedDocument {
    fn load(db: &Db, row: DocumentRow) -> Result<Self, ActionError> {
        let id = row.info.document;
        let (snapshot, changes, bytes) = db.read(|q| {
            let snapshot = q.snapshot(id)?;
            let after = snapshot.as_ref().map_or(0, |(seq, _)| *seq);
            Ok::<_, DbError>((snapshot, q.changes_after(id, after, usize::MAX)?, q.bytes_of_changes(id)?))
        })?;
        let snapshot_seq = snapshot.as_ref().map_or(0, |(seq, _)| *seq);
        let document = readable(|| {
            let mut document = match &snapshot {
                Some((_, bytes)) => Document::load(bytes)?,
                None => Document::empty(),
            };
            document.apply(changes.iter().map(Vec::as_slice))?;
            Ok(document)
        })?;
        let head_seq = snapshot_seq + changes.len() as u64;
        Ok(Self { row: DocumentRow { head_seq, ..row }, document, snapshot_seq, bytes })
    }

    /// Adds what documents of this release have in addition, and merges what a release before left side by side, as
    /// changes in the log.
    fn upgrade(&mut self, db: &Db, now: Timestamp) -> Result<(), ActionError> {
        let party = self.row.info.party;
        let (document, changes) = readable(|| {
            let mut document = self.document.clone();
            let merged = document.merge_heads(&SERVER_ACTOR, now);
            let upgraded = document.upgrade(party, &SERVER_ACTOR, now)?;
            Ok((document, merged.into_iter().chain(upgraded).collect::<Vec<_>>()))
        })?;
        if changes.is_empty() {
            return Ok(());
        }
        let (id, head_seq) = (self.row.info.document, self.row.head_seq);
        let changes: Vec<_> = changes.into_iter().map(|raw| by_server(raw, Vec::new())).collect();
        let bytes = changes.iter().map(|change| change.bytes.len()).sum();
        let seq = db.write_blocking(move |tx| tx.append_changes(id, head_seq, &changes, now))?;
        self.advance(document, seq, bytes);
        Ok(())
    }

    /// Takes the document as it is after further changes, which have so many bytes.
    pub fn advance(&mut self, document: Document, head_seq: u64, bytes: usize) {
        self.document = document;
        self.row.head_seq = head_seq;
        self.bytes += bytes;
    }

    fn weight(&self) -> usize {
        self.document.written() * RECORD_BYTES + self.bytes * BYTES_PER_BYTE
    }
}

/// Returns a change that the server made as it is stored.
pub(super) fn by_server(raw: RawChange, writes: Vec<Write>) -> NewChange {
    NewChange { hash: raw.hash, actor: SERVER_ACTOR, device: None, bytes: raw.bytes, writes }
}

/// Runs what reads bytes of a log. The library can give up in the middle; then the year cannot be read, and nothing
/// else is touched by it.
pub(super) fn readable<T>(read: impl FnOnce() -> Result<T, DocumentError>) -> Result<T, ActionError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(error)) => {
            tracing::error!(%error, "a year cannot be read");
            Err(ActionError::Unreadable)
        }
        Err(_) => {
            tracing::error!("the reading of a year panicked");
            Err(ActionError::Unreadable)
        }
    }
}

/// A client's year: its two documents, and the view of them.
pub(super) struct Year {
    pub firm: LoadedDocument,
    pub client: LoadedDocument,
    shown: Arc<RwLock<Option<Shown>>>,
    /// What the year weighs in memory, for the cache, which must not wait for a year in use.
    weight: Arc<AtomicUsize>,
}

impl Year {
    /// Loads a year from the log. Returns `None` if it was never opened.
    pub fn load(db: &Db, now: Timestamp, client: ClientId, tax_year: TaxYear) -> Result<Option<Self>, ActionError> {
        let rows = db.read(|q| q.documents_of_year(client, tax_year))?;
        let of = |party| rows.iter().find(|r| r.info.party == party).copied();
        let (Some(firm), Some(client)) = (of(Party::Firm), of(Party::Client)) else { return Ok(None) };
        let (firm, client) = (LoadedDocument::load(db, firm)?, LoadedDocument::load(db, client)?);
        let mut year = Self { firm, client, shown: Arc::default(), weight: Arc::default() };
        year.firm.upgrade(db, now)?;
        year.client.upgrade(db, now)?;
        year.weigh();
        Ok(Some(year))
    }

    /// Weighs the year anew, after its documents grew.
    pub fn weigh(&self) {
        self.weight.store(YEAR_BYTES + self.firm.weight() + self.client.weight(), Ordering::Relaxed);
    }

    pub fn view(&mut self) -> Arc<DossierYear> {
        self.shown().0
    }

    fn shown(&mut self) -> Shown {
        if let Some(shown) = self.shown.read().clone() {
            return shown;
        }
        let view = DossierYear::read(Some(&self.firm.document), Some(&self.client.document));
        self.set_view(Arc::new(view))
    }

    /// Shows the documents as they are now to everybody.
    pub fn set_view(&mut self, view: Arc<DossierYear>) -> Shown {
        let shown = (view, self.firm.row.head_seq + self.client.row.head_seq);
        *self.shown.write() = Some(shown.clone());
        shown
    }
}

/// The years in memory.
#[derive(Default)]
pub(super) struct Warm(Mutex<LruCache>);

#[derive(Default)]
struct LruCache {
    years: HashMap<YearKey, Entry>,
    uses: u64,
}

struct Entry {
    last_use: u64,
    weight: Arc<AtomicUsize>,
    year: Arc<Shared>,
}

impl Warm {
    /// Returns a year, and loads it if it is not in memory. It is loaded without the
    /// lock; if two requests load it at once, the first copy is used.
    pub fn get(
        &self,
        key: YearKey,
        load: impl FnOnce() -> Result<Option<Year>, ActionError>,
    ) -> Result<Option<Arc<Shared>>, ActionError> {
        if let Some(year) = self.cache().take(key) {
            return Ok(Some(year));
        }
        let Some(year) = load()? else { return Ok(None) };
        let mut cache = self.cache();
        if let Some(year) = cache.take(key) {
            return Ok(Some(year));
        }
        let (weight, last_use) = (year.weight.clone(), cache.next_use());
        cache.make_room(weight.load(Ordering::Relaxed), CAPACITY);
        let year = Arc::new(Shared::of(year));
        cache.years.insert(key, Entry { last_use, weight, year: year.clone() });
        Ok(Some(year))
    }

    fn cache(&self) -> std::sync::MutexGuard<'_, LruCache> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LruCache {
    fn next_use(&mut self) -> u64 {
        self.uses += 1;
        self.uses
    }

    fn take(&mut self, key: YearKey) -> Option<Arc<Shared>> {
        let use_number = self.next_use();
        let entry = self.years.get_mut(&key)?;
        entry.last_use = use_number;
        Some(entry.year.clone())
    }

    /// Drops the least recently used years until one of this weight has room. A year in use stays, because two copies
    /// of one year would disagree about the end of its log.
    fn make_room(&mut self, weight: usize, capacity: usize) {
        let mut total: usize = self.years.values().map(|entry| entry.weight.load(Ordering::Relaxed)).sum();
        while total + weight > capacity {
            let unused = self.years.iter().filter(|(_, entry)| Arc::strong_count(&entry.year) == 1);
            let Some(oldest) = unused.min_by_key(|(_, entry)| entry.last_use).map(|(key, _)| *key) else { return };
            let dropped = self.years.remove(&oldest).map_or(0, |entry| entry.weight.load(Ordering::Relaxed));
            total = total.saturating_sub(dropped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::document::DocumentError;

    #[test]
    fn a_library_that_gives_up_takes_one_year_and_nothing_else() {
        let panics = readable::<()>(|| panic!("an overflow in the library"));
        assert!(matches!(panics, Err(ActionError::Unreadable)));
        let damaged = readable::<()>(|| Err(DocumentError::UnknownRecord));
        assert!(matches!(damaged, Err(ActionError::Unreadable)));
        assert!(readable(|| Ok(())).is_ok());
    }

    fn year(weight: usize) -> Year {
        let of = |party| {
            let (document, _) = Document::blank(party).unwrap();
            let info = documents::protocol::DocumentInfo {
                document: model::id::DocumentId::from_bytes([1; 16]),
                client: ClientId::from_bytes([1; 16]),
                tax_year: TaxYear(2025),
                party,
            };
            let row = DocumentRow { info, firm: model::id::FirmId::from_bytes([1; 16]), head_seq: 1 };
            LoadedDocument { row, document, snapshot_seq: 0, bytes: 0 }
        };
        let (firm, client) = (of(Party::Firm), of(Party::Client));
        Year { firm, client, shown: Arc::default(), weight: Arc::new(AtomicUsize::new(weight)) }
    }

    #[test]
    fn years_in_memory_are_bounded_by_their_bytes_and_those_in_use_stay() {
        let warm = Warm::default();
        let key = |n: u8| (ClientId::from_bytes([n; 16]), TaxYear(2025));
        let in_use = warm.get(key(0), || Ok(Some(year(CAPACITY)))).unwrap();
        warm.get(key(1), || Ok(Some(year(1)))).unwrap();
        assert!(warm.cache().years.contains_key(&key(0)), "in use, it stays even if it is too large");
        drop(in_use);
        warm.get(key(2), || Ok(Some(year(1)))).unwrap();
        let stays = |n: u8| warm.cache().years.contains_key(&key(n));
        assert!(stays(1) && stays(2));
        assert!(!stays(0), "one large year goes before many small ones");
    }
}
