//! The heart of the client: what is on this device, what the server said, and
//! what is still to be sent. No I/O, no clock; the same calls with the same
//! random numbers always do the same.
//!
//! Whoever drives it keeps the store's batches in their order, sends the
//! outgoing messages in theirs, and hands in what arrives.

use super::replica::{Replica, Stored};
use crate::platform::{StoreWrite, keys};
use documents::{
    document::{Document, DocumentError},
    dossier::DossierYear,
    protocol::{self, Capabilities, DocumentInfo, ToDevice, ToServer},
    replay::Reason,
};
use model::{
    api::Identity,
    id::*,
    section::{Party, Section, Write},
    time::{TaxYear, Timestamp},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// Release of the app.
const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// One client's tax year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearKey {
    /// Whose.
    pub client: ClientId,
    /// Which.
    pub tax_year: TaxYear,
}

/// The newest changes of a document: two that have the same show the same.
type Heads = Vec<[u8; 32]>;

/// Years as they were last read, with what of both documents was known then.
type Views = BTreeMap<YearKey, (Rc<DossierYear>, [Heads; 2])>;

/// Where 16 random bytes come from.
pub type Random = Box<dyn FnMut() -> [u8; 16]>;

/// Why something could not be written on this device.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Nobody is signed in, or not for this client.
    #[error("this year is not on this device")]
    NoSuchYear,
    /// The document does not take it.
    #[error(transparent)]
    Document(#[from] DocumentError),
}

/// See the module's text.
pub struct Engine {
    random: Random,
    identity: Option<Identity>,
    replicas: BTreeMap<DocumentId, Replica>,
    views: RefCell<Views>,
    /// What the server last said that there is, on this line.
    announced: BTreeSet<DocumentId>,
    /// That is less than before, or more than this login is known to have: who
    /// this is is to be asked again.
    doubted: bool,
    /// The server's answer to the greeting has come.
    greeted: bool,
    /// What the server takes, by its own word on this line.
    capabilities: Option<Capabilities>,
    connected: bool,
    too_old: bool,
    outgoing: Vec<ToServer>,
    batches: Vec<Vec<StoreWrite>>,
}

impl Engine {
    /// For a device on which nobody is signed in.
    pub fn new(random: Random) -> Self {
        Self {
            random,
            identity: None,
            replicas: BTreeMap::new(),
            views: RefCell::default(),
            announced: BTreeSet::new(),
            doubted: false,
            greeted: false,
            capabilities: None,
            connected: false,
            too_old: false,
            outgoing: Vec::new(),
            batches: Vec::new(),
        }
    }

    /// Takes up what the store holds of `identity`'s account: all keys below
    /// [`keys::account`], in order.
    pub fn open(&mut self, identity: Identity, stored: Vec<(String, Vec<u8>)>) {
        // A line that still stands belongs to an earlier login.
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
            .map(|(id, info)| (id, Replica::load(account, info, parts.remove(&id).unwrap_or_default())))
            .collect();
        self.views.get_mut().clear();
        self.identity = Some(identity);
    }

    /// Forgets who is signed in. What is in the store stays there; batches that
    /// were not taken yet are dropped, so they are to be kept before.
    pub fn close(&mut self) {
        self.identity = None;
        self.replicas.clear();
        self.views.get_mut().clear();
        self.batches.clear();
        self.disconnected();
    }

    /// Who is signed in.
    pub fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }

    /// Takes what the server newly says of the login.
    pub fn set_identity(&mut self, identity: Identity) {
        self.identity = Some(identity);
    }

    /// Whether the server showed what does not fit what is known of the login,
    /// since this was last asked.
    pub fn take_doubt(&mut self) -> bool {
        std::mem::take(&mut self.doubted)
    }

    /// The years on this device that are not this login's any more, by the
    /// server's own word: a household came apart.
    pub fn ended_years(&self) -> BTreeSet<YearKey> {
        let years = self.replicas.values().map(|r| YearKey { client: r.info.client, tax_year: r.info.tax_year });
        years.filter(|year| self.has_ended(*year)).collect()
    }

    fn has_ended(&self, year: YearKey) -> bool {
        let memberships = self.identity.iter().flat_map(|i| &i.memberships);
        memberships.into_iter().any(|m| m.client == year.client && !m.is_in(year.tax_year))
    }

    /// Takes those years off this device. What was written in them and never
    /// sent is set aside.
    pub fn leave_ended_years(&mut self) {
        for year in self.ended_years() {
            let of_year = |r: &Replica| (r.info.client, r.info.tax_year) == (year.client, year.tax_year);
            let (gone, stay): (BTreeMap<_, _>, _) =
                std::mem::take(&mut self.replicas).into_iter().partition(|(_, r)| of_year(r));
            self.replicas = stay;
            self.views.get_mut().remove(&year);
            let batch = gone.into_values().flat_map(Replica::leave).collect();
            self.keep(batch);
        }
    }

    /// The connection stands: greets the server.
    pub fn connected(&mut self) {
        self.connected = true;
        self.greet();
    }

    /// The connection is gone.
    pub fn disconnected(&mut self) {
        self.connected = false;
        self.greeted = false;
        self.capabilities = None;
        self.doubted = false;
        self.announced.clear();
        self.outgoing.clear();
        self.replicas.values_mut().for_each(Replica::disconnected);
    }

    /// Whether the line that was opened still is this login's.
    pub fn is_connected(&self) -> bool {
        self.connected
    }

    /// Whether the server has answered the greeting on this connection.
    pub fn is_greeted(&self) -> bool {
        self.greeted
    }

    /// Whether the server does not speak with this release any more.
    pub fn is_too_old(&self) -> bool {
        self.too_old
    }

    /// What was under way is offered again after the answer: it may be among
    /// the messages that are dropped here, and a repeat does nothing.
    fn greet(&mut self) {
        self.greeted = false;
        self.outgoing.clear();
        self.replicas.values_mut().for_each(Replica::disconnected);
        let documents = self.replicas.iter().map(|(id, replica)| (*id, replica.seq)).collect();
        self.outgoing.push(ToServer::Hello {
            version: protocol::VERSION,
            app_version: APP_VERSION.to_owned(),
            documents,
        });
    }

    /// Takes a message of the server. One that makes no sense is passed over:
    /// greeting again brings both sides together.
    pub fn receive(&mut self, frame: &[u8]) {
        let Ok(message) = protocol::decode::<ToDevice>(frame) else { return self.greet() };
        if !self.connected {
            return;
        }
        match message {
            ToDevice::Documents(documents) => self.announced(documents),
            ToDevice::Snapshot { document, seq, bytes } => {
                let taken = self.replicas.get_mut(&document).map(|replica| replica.replace(seq, &bytes));
                self.took(document, taken);
            }
            ToDevice::Changes { document, from_seq, changes } => {
                let taken = self.replicas.get_mut(&document).and_then(|replica| replica.confirm(from_seq, &changes));
                self.took(document, taken);
            }
            ToDevice::Refused { document, batch, index, reason } => self.refused(document, batch, index, reason),
            ToDevice::TooOld => self.too_old = true,
            ToDevice::Welcome(capabilities) => self.capabilities = Some(capabilities),
        }
        self.push();
    }

    fn announced(&mut self, documents: Vec<DocumentInfo>) {
        let Some(identity) = &self.identity else { return };
        let account = identity.account;
        let is_known = |info: &DocumentInfo| {
            identity.memberships.iter().any(|m| m.client == info.client && m.is_in(info.tax_year))
        };
        self.greeted = true;
        let there = documents.iter().map(|info| info.document).collect();
        self.doubted |= !self.announced.is_subset(&there) || !documents.iter().all(is_known);
        self.announced = there;
        let mut batch = Vec::new();
        for info in documents {
            let replica = self.replicas.entry(info.document).or_insert_with(|| {
                batch.push(StoreWrite::put(keys::document(account, info.document), &info));
                Replica::load(account, info, Stored::default())
            });
            replica.closed = false;
        }
        self.keep(batch);
    }

    fn took(&mut self, document: DocumentId, taken: Option<Result<Vec<StoreWrite>, DocumentError>>) {
        match taken {
            Some(Ok(batch)) => self.keep(batch),
            // What the server sends fits what is here, or this device's copy is
            // damaged; then all of it is fetched anew. The outbox stays.
            Some(Err(_)) => {
                if let (Some(replica), Some(account)) =
                    (self.replicas.get_mut(&document), self.identity.as_ref().map(|i| i.account))
                {
                    let batch = replica.start_over(account);
                    self.keep(batch);
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

    /// Offers what waits, where nothing is under way.
    fn push(&mut self) {
        let Some(capabilities) = self.capabilities.as_ref().filter(|_| self.greeted && !self.too_old) else { return };
        for (document, replica) in &mut self.replicas {
            // Changes that cannot be made anew stay as they are.
            let Ok(batch) = replica.put_last_what_waits(capabilities, &mut self.random) else { continue };
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
        self.keep(batch);
        self.push();
        Ok(())
    }

    /// Keeps `batch` on the device, after all that was kept before.
    pub fn keep(&mut self, batch: Vec<StoreWrite>) {
        if !batch.is_empty() {
            self.batches.push(batch);
        }
    }

    /// Nothing has come for some time: a good moment to make the next start quick.
    pub fn settle(&mut self) {
        let folded = self.replicas.values_mut().flat_map(Replica::fold_log).collect();
        self.keep(folded);
    }

    /// Messages to be sent, in order.
    pub fn take_outgoing(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.outgoing).iter().map(protocol::encode).collect()
    }

    /// Batches to be kept, in order.
    pub fn take_batches(&mut self) -> Vec<Vec<StoreWrite>> {
        std::mem::take(&mut self.batches)
    }

    /// Whether batches wait to be taken.
    pub fn has_batches(&self) -> bool {
        !self.batches.is_empty()
    }

    /// The years on this device, newest first.
    pub fn years(&self) -> Vec<YearKey> {
        let ready = self.replicas.values().filter(|r| r.is_ready());
        let years: BTreeSet<_> = ready.map(|r| YearKey { client: r.info.client, tax_year: r.info.tax_year }).collect();
        let mut years: Vec<_> = years.into_iter().collect();
        years.sort_by_key(|year| (std::cmp::Reverse(year.tax_year), year.client));
        years
    }

    /// A year as it stands on this device.
    pub fn year(&self, key: YearKey) -> Rc<DossierYear> {
        let mut views = self.views.borrow_mut();
        let documents = [Party::Firm, Party::Client].map(|party| self.document(key, party));
        let now = documents.map(|document| document.map(Document::heads).unwrap_or_default());
        let (year, seen) = views.entry(key).or_default();
        if *seen != now {
            let [firm, client] = documents;
            *year = Rc::new(year.read_again(firm, client));
            *seen = now;
        }
        year.clone()
    }

    /// Section and key of each record of a year that the server's log does not have yet.
    pub fn held(&self, year: YearKey) -> BTreeSet<(Section, String)> {
        let replica = self.document_of(year, Party::Client).and_then(|id| self.replicas.get(&id));
        replica.into_iter().flat_map(Replica::held).collect()
    }

    /// Number of changes that the server's log does not have yet.
    pub fn unsent(&self) -> usize {
        self.replicas.values().map(Replica::unsent).sum()
    }

    /// A document as it is shown.
    pub fn document(&self, year: YearKey, party: Party) -> Option<&Document> {
        Some(&self.replicas.get(&self.document_of(year, party)?)?.view)
    }

    fn document_of(&self, year: YearKey, party: Party) -> Option<DocumentId> {
        let is =
            |info: &DocumentInfo| info.client == year.client && info.tax_year == year.tax_year && info.party == party;
        self.replicas.values().map(|r| r.info).find(is).map(|info| info.document)
    }
}
