//! Documents in memory: a limited number of years, of which the least recently
//! used one is dropped first. Others are loaded from the log.

use documents::{document::Document, dossier::DossierYear};
use model::{
    id::ClientId,
    section::Party,
    time::{TaxYear, Timestamp},
};
use parking_lot::{FairMutex, FairMutexGuard, RwLock};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use storage::db::{Db, DbError, DocumentRow, NewChange};

/// The Automerge actor under which the server writes firm documents. There is one
/// writer, so one actor is enough.
pub(super) const SERVER_ACTOR: [u8; 16] = *b"akkoord:firm:doc";

/// The number of years in memory, 0.2 to 0.7 MB each.
const CAPACITY: usize = 512;

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
}

impl LoadedDocument {
    fn load(db: &Db, row: DocumentRow) -> Result<Self, DbError> {
        let id = row.info.document;
        let malformed = |_| DbError::Malformed("document");
        db.read(|q| {
            let (snapshot_seq, mut document) = match q.snapshot(id)? {
                Some((seq, bytes)) => (seq, Document::load(&bytes).map_err(malformed)?),
                None => (0, Document::empty()),
            };
            let changes = q.changes_after(id, snapshot_seq, usize::MAX)?;
            document.apply(changes.iter().map(Vec::as_slice)).map_err(malformed)?;
            let head_seq = snapshot_seq + changes.len() as u64;
            Ok(Self { row: DocumentRow { head_seq, ..row }, document, snapshot_seq })
        })
    }

    /// Adds what documents of this release have in addition, as a change in the log.
    fn upgrade(&mut self, db: &Db, now: Timestamp) -> Result<(), DbError> {
        let mut document = self.document.clone();
        let upgraded = document.upgrade(self.row.info.party, &SERVER_ACTOR, now);
        let Some(raw) = upgraded.map_err(|_| DbError::Malformed("document"))? else { return Ok(()) };
        let (id, head_seq) = (self.row.info.document, self.row.head_seq);
        let (actor, writes) = (SERVER_ACTOR, Vec::new());
        let change = NewChange { hash: raw.hash, actor, device: None, bytes: raw.bytes, writes };
        let seq = db.write_blocking(move |tx| tx.append_changes(id, head_seq, &[change], now))?;
        self.advance(document, seq);
        Ok(())
    }

    pub fn advance(&mut self, document: Document, head_seq: u64) {
        self.document = document;
        self.row.head_seq = head_seq;
    }
}

/// A client's year: its two documents, and the view of them.
pub(super) struct Year {
    pub firm: LoadedDocument,
    pub client: LoadedDocument,
    shown: Arc<RwLock<Option<Shown>>>,
}

impl Year {
    /// Loads a year from the log. Returns `None` if it was never opened.
    pub fn load(db: &Db, now: Timestamp, client: ClientId, tax_year: TaxYear) -> Result<Option<Self>, DbError> {
        let rows = db.read(|q| q.documents_of_year(client, tax_year))?;
        let of = |party| rows.iter().find(|r| r.info.party == party).copied();
        let (Some(firm), Some(client)) = (of(Party::Firm), of(Party::Client)) else { return Ok(None) };
        let (firm, client) = (LoadedDocument::load(db, firm)?, LoadedDocument::load(db, client)?);
        let mut year = Self { firm, client, shown: Arc::default() };
        year.firm.upgrade(db, now)?;
        year.client.upgrade(db, now)?;
        Ok(Some(year))
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
    years: HashMap<YearKey, (u64, Arc<Shared>)>,
    uses: u64,
}

impl Warm {
    /// Returns a year, and loads it if it is not in memory. It is loaded without the
    /// lock; if two requests load it at once, the first copy is used.
    pub fn get(
        &self,
        key: YearKey,
        load: impl FnOnce() -> Result<Option<Year>, DbError>,
    ) -> Result<Option<Arc<Shared>>, DbError> {
        if let Some(year) = self.cache().take(key) {
            return Ok(Some(year));
        }
        let Some(year) = load()? else { return Ok(None) };
        let mut cache = self.cache();
        if let Some(year) = cache.take(key) {
            return Ok(Some(year));
        }
        cache.make_room();
        let year = Arc::new(Shared::of(year));
        let use_number = cache.next_use();
        cache.years.insert(key, (use_number, year.clone()));
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
        let (last_use, year) = self.years.get_mut(&key)?;
        *last_use = use_number;
        Some(year.clone())
    }

    /// Drops the least recently used year. A year in use stays, because two copies of one year would
    /// disagree about the end of its log.
    fn make_room(&mut self) {
        if self.years.len() < CAPACITY {
            return;
        }
        let unused = self.years.iter().filter(|(_, (_, year))| Arc::strong_count(year) == 1);
        if let Some(oldest) = unused.min_by_key(|(_, (last_use, _))| *last_use).map(|(key, _)| *key) {
            self.years.remove(&oldest);
        }
    }
}
