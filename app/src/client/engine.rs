//! The state machine of the client: what is on this device, what the server reported, and what still has to be sent.
//! It does no I/O and reads no clock. The same calls with the same random numbers always have the same effect.
//!
//! Its driver saves the store's batches in order, sends the outgoing messages in order, and passes in what arrives.

mod reading;

pub use reading::Waiting;

use super::replica::{Replica, Stored};
use crate::platform::{StoreWrite, keys};
use documents::{
    document::DocumentError,
    dossier::DossierYear,
    protocol::{self, Capabilities, DocumentInfo, ToDevice, ToServer},
    replay::Reason,
};
use model::{
    api::Identity,
    id::*,
    section::{Party, Write},
    time::{TaxYear, Timestamp},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Release of the app.
const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Key of one client's tax year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearKey {
    /// Client that the year belongs to.
    pub client: ClientId,
    /// Tax year.
    pub tax_year: TaxYear,
}

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// Hashes of a document's newest changes. Two documents with equal heads show the same.
type Heads = Vec<[u8; 32]>;

/// Years as they were last read, with the heads of both documents at that time.
type Views = BTreeMap<YearKey, (Rc<DossierYear>, [Heads; 2])>;

/// Source of 16 random bytes.
pub type Random = Box<dyn FnMut() -> [u8; 16]>;

/// Reason why something could not be written on this device.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Nobody is signed in, or the login does not belong to this client.
    #[error("this year is not on this device")]
    NoSuchYear,
    /// The document does not accept the record.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

/// Clock of the server.
#[derive(Debug, Clone, Copy)]
struct ServerClock {
    /// Milliseconds by which the clock of this device is behind it.
    behind: i64,
    /// Moment that it showed.
    now: Timestamp,
}

/// State machine of the client, described at the head of this file.
pub struct Engine {
    random: Random,
    identity: Option<Identity>,
    replicas: BTreeMap<DocumentId, Replica>,
    views: RefCell<Views>,
    /// Documents that the server last listed on this connection.
    announced: BTreeSet<DocumentId>,
    /// True if that list lacks a document it had before, or has one that this login is not known to have. The server
    /// is then asked again who is signed in.
    is_identity_stale: bool,
    /// True once the server has answered the greeting.
    greeted: bool,
    /// Kinds of records that the server takes, as it said on this connection.
    capabilities: Option<Capabilities>,
    /// Clock of the server, as it said last.
    clock: Option<ServerClock>,
    connected: bool,
    too_old: bool,
    outgoing: Vec<ToServer>,
    batches: Vec<Vec<StoreWrite>>,
}

impl Engine {
    /// Makes the engine of a device on which nobody is signed in.
    pub fn new(random: Random) -> Self {
        Self {
            random,
            identity: None,
            replicas: BTreeMap::new(),
            views: RefCell::default(),
            announced: BTreeSet::new(),
            is_identity_stale: false,
            greeted: false,
            capabilities: None,
            clock: None,
            connected: false,
            too_old: false,
            outgoing: Vec::new(),
            batches: Vec::new(),
        }
    }

    /// Restores what the store holds of `identity`'s account: all keys below [`keys::account`], in order. Without
    /// `reading` no document is read, because reading them ended the app before; what was not sent stays as it is.
    pub fn open(&mut self, identity: Identity, stored: Vec<(String, Vec<u8>)>, reading: bool) {
        // A connection that is still open belongs to an earlier login.
        self.disconnected();
        let account = identity.account;
        let prefix = keys::account(account);
        let mut infos = BTreeMap::new();
        let mut parts: BTreeMap<DocumentId, Stored> = BTreeMap::new();
        for (key, bytes) in stored {
            let mut words = key.strip_prefix(&prefix).unwrap_or_default().split('/');
            let (Some(kind), Some(Ok(document))) = (words.next(), words.next().map(str::parse::<DocumentId>)) else {
                continue;
            };
            let part = parts.entry(document).or_default();
            match kind {
                "document" => {
                    if let Ok(info) = postcard::from_bytes::<DocumentInfo>(&bytes) {
                        infos.insert(document, info);
                    }
                }
                "snapshot" => part.snapshot = postcard::from_bytes(&bytes).ok(),
                "log" => part.log.push(bytes),
                "outbox" => part.outbox.extend(postcard::from_bytes(&bytes)),
                _ => {}
            }
        }
        self.replicas = infos
            .into_iter()
            .map(|(id, info)| (id, Replica::load(account, info, parts.remove(&id).unwrap_or_default(), reading)))
            .collect();
        self.views.get_mut().clear();
        self.identity = Some(identity);
    }

    /// Forgets who is signed in. The store keeps its contents, but batches that were not taken yet are dropped, so the
    /// caller has to save them first.
    pub fn close(&mut self) {
        self.identity = None;
        self.replicas.clear();
        self.views.get_mut().clear();
        self.batches.clear();
        self.disconnected();
    }

    /// Returns who is signed in.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// Replaces what is known of the login by what the server reported.
    pub fn set_identity(&mut self, identity: Identity) {
        self.identity = Some(identity);
    }

    /// Returns true if the server listed something that does not fit what is known of the login, since the last call.
    pub fn take_stale_identity(&mut self) -> bool {
        std::mem::take(&mut self.is_identity_stale)
    }

    /// Returns the years on this device that no longer belong to this login, as the server said: a household was
    /// split.
    pub fn ended_years(&self) -> BTreeSet<YearKey> {
        let years = self.replicas.values().map(|r| YearKey { client: r.info.client, tax_year: r.info.tax_year });
        years.filter(|year| self.has_ended(*year)).collect()
    }

    fn has_ended(&self, year: YearKey) -> bool {
        let memberships = self.identity.iter().flat_map(|i| &i.memberships);
        memberships.into_iter().any(|m| m.client == year.client && !m.is_in(year.tax_year))
    }

    /// Removes those years from this device. What was written in them and never sent goes into quarantine.
    pub fn leave_ended_years(&mut self) {
        for year in self.ended_years() {
            let of_year = |r: &Replica| (r.info.client, r.info.tax_year) == (year.client, year.tax_year);
            let (gone, stay): (BTreeMap<_, _>, _) =
                std::mem::take(&mut self.replicas).into_iter().partition(|(_, r)| of_year(r));
            self.replicas = stay;
            self.views.get_mut().remove(&year);
            let batch = gone.into_values().flat_map(Replica::leave).collect();
            self.save(batch);
        }
    }

    /// Greets the server on a new connection.
    pub fn connected(&mut self) {
        self.connected = true;
        self.greet();
    }

    /// Resets what belongs to a connection, which is gone.
    pub fn disconnected(&mut self) {
        self.connected = false;
        self.greeted = false;
        self.capabilities = None;
        self.is_identity_stale = false;
        self.announced.clear();
        self.outgoing.clear();
        self.replicas.values_mut().for_each(Replica::disconnected);
    }

    /// Returns true while the open connection belongs to the present login.
    pub fn is_connected(&self) -> bool {
        self.connected
    }

    /// Returns true if the server has answered the greeting on this connection.
    pub fn is_greeted(&self) -> bool {
        self.greeted
    }

    /// Greets the server. Changes under way are offered again after its answer, because they may be among the messages
    /// dropped here, and the server ignores what it has already.
    fn greet(&mut self) {
        self.greeted = false;
        self.outgoing.clear();
        self.replicas.values_mut().for_each(Replica::disconnected);
        let documents = self.replicas.iter().map(|(id, replica)| (*id, replica.seq)).collect();
        self.outgoing.push(ToServer::Hello { version: protocol::VERSION, app_version: APP_VERSION.into(), documents });
    }

    /// Handles a message of the server, which arrived at `at` by the clock of this device. One that cannot be read is
    /// answered with a new greeting, which brings both sides together.
    pub fn receive(&mut self, frame: &[u8], at: Timestamp) {
        let Ok(message) = protocol::decode::<ToDevice>(frame) else { return self.greet() };
        if !self.connected {
            return;
        }
        match message {
            ToDevice::Documents(documents) => self.announced(documents),
            ToDevice::Snapshot { document, seq, bytes } => {
                if let Some(replica) = self.readable(document) {
                    let taken = replica.replace(seq, &bytes);
                    self.took(document, Some(taken));
                }
            }
            ToDevice::Changes { document, from_seq, changes } => {
                if let Some(replica) = self.readable(document) {
                    let taken = replica.confirm(from_seq, &changes);
                    self.took(document, taken);
                }
            }
            ToDevice::Refused { document, batch, index, reason } => self.refused(document, batch, index, reason),
            ToDevice::TooOld => self.too_old = true,
            ToDevice::Welcome(capabilities) => {
                self.outgoing.extend(capabilities.has_clock().then_some(ToServer::AskClock));
                self.capabilities = Some(capabilities);
            }
            ToDevice::Clock(now) => self.set_clock(now, at),
        }
        self.push();
    }

    /// Returns a document that the server may say something about. An unknown one brings a new greeting; one that
    /// cannot be read on this device is left alone.
    fn readable(&mut self, document: DocumentId) -> Option<&mut Replica> {
        if !self.replicas.contains_key(&document) {
            self.greet();
        }
        self.replicas.get_mut(&document).filter(|replica| !replica.is_unreadable())
    }

    fn set_clock(&mut self, now: Timestamp, at: Timestamp) {
        let day = |moment: Timestamp| moment.0.div_euclid(DAY);
        if self.clock.is_some_and(|before| day(before.now) != day(now)) {
            // A new day has a new budget, and a year that was full may have been given more room.
            self.replicas.values_mut().for_each(|replica| replica.used_up = None);
        }
        self.clock = Some(ServerClock { behind: now.0.saturating_sub(at.0), now });
    }

    fn announced(&mut self, documents: Vec<DocumentInfo>) {
        let Some(identity) = &self.identity else { return };
        let account = identity.account;
        let is_known = |info: &DocumentInfo| {
            identity.memberships.iter().any(|m| m.client == info.client && m.is_in(info.tax_year))
        };
        self.greeted = true;
        let there = documents.iter().map(|info| info.document).collect();
        self.is_identity_stale |= !self.announced.is_subset(&there) || !documents.iter().all(is_known);
        self.announced = there;
        let mut batch = Vec::new();
        for info in documents {
            let replica = self.replicas.entry(info.document).or_insert_with(|| {
                batch.push(StoreWrite::put(keys::document(account, info.document), &info));
                Replica::load(account, info, Stored::default(), true)
            });
            replica.closed = false;
        }
        self.save(batch);
    }

    fn took(&mut self, document: DocumentId, taken: Option<Result<Vec<StoreWrite>, DocumentError>>) {
        match taken {
            Some(Ok(batch)) => self.save(batch),
            // If a message does not fit the device's copy, the copy is damaged. All of it is fetched again, and the
            // outbox stays.
            Some(Err(_)) => {
                if let (Some(replica), Some(account)) =
                    (self.replicas.get_mut(&document), self.identity.as_ref().map(|i| i.account))
                {
                    let is_worth_it = replica.failed();
                    let batch = replica.start_over(account);
                    self.save(batch);
                    if !is_worth_it {
                        return;
                    }
                }
                self.greet();
            }
            None => self.greet(),
        }
    }

    fn refused(&mut self, document: DocumentId, batch: u64, index: u32, reason: Reason) {
        let Some(replica) = self.replicas.get_mut(&document).filter(|r| r.batch == batch) else { return };
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        let mended = replica.refused(index, reason, &mut self.random);
        self.took(document, Some(mended));
    }

    /// Offers the changes in the outbox, unless some are under way already.
    fn push(&mut self) {
        let Some(capabilities) = self.capabilities.as_ref().filter(|_| self.greeted && !self.too_old) else { return };
        for (document, replica) in &mut self.replicas {
            // Changes that cannot be rebuilt stay as they are.
            let corrected = self.clock.map(|clock| replica.correct_moments(clock.behind, clock.now, &mut self.random));
            let Ok(mut batch) = corrected.unwrap_or_else(|| Ok(Vec::new())) else { continue };
            let Ok(moved) = replica.move_unsupported_last(capabilities, &mut self.random) else { continue };
            batch.extend(moved);
            self.batches.extend((!batch.is_empty()).then_some(batch));
            if let Some(changes) = replica.next_push(capabilities) {
                self.outgoing.push(ToServer::Push { document: *document, batch: replica.batch, changes });
            }
        }
    }

    /// Writes records of the client's people on this device.
    pub fn write(&mut self, year: YearKey, writes: Vec<Write>, at: Timestamp) -> Result<(), WriteError> {
        let id = self.document_of(year, Party::Client).ok_or(WriteError::NoSuchYear)?;
        let replica = self.replicas.get_mut(&id).filter(|r| r.is_ready()).ok_or(WriteError::NoSuchYear)?;
        let batch = replica.write(writes, at, &mut self.random)?;
        self.save(batch);
        self.push();
        Ok(())
    }

    /// Queues `batch` for saving on the device, after all earlier batches.
    pub fn save(&mut self, batch: Vec<StoreWrite>) {
        if !batch.is_empty() {
            self.batches.push(batch);
        }
    }

    /// Folds the logs into snapshots for a quick next start. Called when the connection is quiet.
    pub fn fold_logs(&mut self) {
        let folded = self.replicas.values_mut().flat_map(Replica::fold_log).collect();
        self.save(folded);
    }

    /// Takes the messages that have to be sent, in order.
    pub fn take_outgoing(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.outgoing).iter().map(protocol::encode).collect()
    }

    /// Takes the batches that have to be saved, in order.
    pub fn take_batches(&mut self) -> Vec<Vec<StoreWrite>> {
        std::mem::take(&mut self.batches)
    }

    /// Returns true if there are batches to take.
    pub fn has_batches(&self) -> bool {
        !self.batches.is_empty()
    }
}
