//! The connection of one device: accepts messages and returns messages. Does not know
//! sockets, so a test can lose, delay and repeat messages.

pub mod socket;
mod sockets;

use documents::{
    protocol::{self, CHANGES_PER_FRAME, Capabilities, DocumentInfo, MAX_FRAME, ToDevice, ToServer},
    replay::Reason,
};
use dossiers::{Dossiers, Pusher, hub::Subscription, work::Turn};
use model::id::DocumentId;
pub use sockets::Sockets;
use std::collections::{BTreeMap, BTreeSet};
use storage::db::DbError;

/// The largest snapshot that is sent in one piece, in bytes. The log of a larger year is sent instead, message by
/// message.
const LARGEST_SNAPSHOT: usize = MAX_FRAME;

/// The reasons why the server ends a connection.
#[derive(Debug, thiserror::Error)]
pub enum Closed {
    #[error("the message is too large")]
    TooLarge,
    #[error("not a message")]
    Malformed,
    #[error("messages before the greeting")]
    NotGreeted,
    #[error("the login or the device is no longer valid")]
    SignedOut,
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Returns true if the session behind a connection is still valid.
pub type IsLive = Box<dyn Fn() -> Result<bool, DbError> + Send>;

/// The server's end of a connection. Its methods block for a short time.
pub struct Connection {
    dossiers: Dossiers,
    pusher: Pusher,
    is_live: IsLive,
    /// The last number that was sent of each document; `None` before the greeting.
    sent: Option<BTreeMap<DocumentId, u64>>,
    /// The documents that were announced to the device; `None` if none were since the greeting.
    announced: Option<BTreeSet<DocumentId>>,
}

impl Connection {
    /// Opens a connection for a device whose session was checked. It is checked once more with
    /// `is_live` before anything goes in or out.
    pub fn new(dossiers: Dossiers, pusher: Pusher, is_live: IsLive) -> Self {
        Self { dossiers, pusher, is_live, sent: None, announced: None }
    }

    fn check_live(&self) -> Result<(), Closed> {
        if (self.is_live)()? { Ok(()) } else { Err(Closed::SignedOut) }
    }

    /// Reads a message of the device.
    pub fn read(frame: &[u8]) -> Result<ToServer, Closed> {
        if frame.len() > MAX_FRAME {
            return Err(Closed::TooLarge);
        }
        protocol::decode(frame).map_err(|_| Closed::Malformed)
    }

    /// Returns who sends on this connection.
    pub fn pusher(&self) -> Pusher {
        self.pusher
    }

    /// Waits for the turn at what a message is about.
    pub async fn turn(dossiers: &Dossiers, pusher: &Pusher, message: &ToServer) -> Option<Turn> {
        match message {
            ToServer::Push { document, .. } => dossiers.turn(pusher, *document).await,
            ToServer::Hello { .. } | ToServer::AskClock => Some(Turn::default()),
        }
    }

    /// Accepts one message. Returns what answers it at once; [`Connection::next_message`] has the rest.
    pub fn receive(&mut self, message: ToServer) -> Result<Vec<ToDevice>, Closed> {
        self.check_live()?;
        match message {
            ToServer::Hello { version, documents, app_version } => {
                if version != protocol::VERSION {
                    tracing::info!(version, %app_version, "a device speaks another version");
                    return Ok(vec![ToDevice::TooOld]);
                }
                self.sent = Some(documents.into_iter().collect());
                self.announced = None;
                Ok(vec![ToDevice::Welcome(Capabilities::of_this_release())])
            }
            ToServer::AskClock => Ok(vec![ToDevice::Clock(self.dossiers.clock().now())]),
            ToServer::Push { document, batch, changes } => {
                if self.sent.is_none() {
                    return Err(Closed::NotGreeted);
                }
                let Err(refusal) = self.dossiers.push(&self.pusher, document, &changes) else { return Ok(Vec::new()) };
                tracing::info!(%document, reason = %refusal.reason, "a push is refused");
                if refusal.reason == Reason::UnknownDocument && self.documents()?.is_empty() {
                    return Err(Closed::SignedOut);
                }
                let index = u32::try_from(refusal.index).unwrap_or(u32::MAX);
                Ok(vec![ToDevice::Refused { document, batch, index, reason: refusal.reason }])
            }
        }
    }

    /// Returns the next message that the device lacks of what the log has, so that one at a time is in memory; `None`
    /// if there is nothing.
    pub fn next_message(&mut self) -> Result<Option<ToDevice>, Closed> {
        self.check_live()?;
        let documents = self.documents()?;
        let Some(sent) = &mut self.sent else { return Ok(None) };
        let visible: BTreeSet<_> = documents.iter().map(|(info, _)| info.document).collect();
        // This is sent even if there are no documents, because the device waits for an answer.
        if self.announced.as_ref() != Some(&visible) {
            self.announced = Some(visible);
            return Ok(Some(ToDevice::Documents(documents.into_iter().map(|(info, _)| info).collect())));
        }
        for (DocumentInfo { document, .. }, head_seq) in documents {
            let from = sent.entry(document).or_insert(0);
            if *from > head_seq {
                // The device knows more than the log has, so the log was restored from an older copy.
                tracing::info!(%document, device = *from, log = head_seq, "a device says that it is ahead of the log");
                *from = 0;
            }
            if *from == head_seq {
                continue;
            }
            let message = self.dossiers.db().read::<_, DbError>(|q| {
                if *from == 0
                    && let Some((seq, bytes)) = q.snapshot_up_to(document, LARGEST_SNAPSHOT)?
                {
                    *from = seq;
                    return Ok(ToDevice::Snapshot { document, seq, bytes });
                }
                let changes = q.changes_after(document, *from, CHANGES_PER_FRAME)?;
                let from_seq = *from + 1;
                *from += changes.len() as u64;
                Ok(ToDevice::Changes { document, from_seq, changes })
            })?;
            return Ok(Some(message));
        }
        Ok(None)
    }

    /// Subscribes to all clients of this login.
    pub fn subscribe(&self, subscription: &Subscription) -> Result<(), DbError> {
        self.dossiers.hub().subscribe_account(subscription, self.pusher.account);
        for person in self.dossiers.people_of(&self.pusher)? {
            self.dossiers.hub().subscribe(subscription, person.client);
        }
        Ok(())
    }

    fn documents(&self) -> Result<Vec<(DocumentInfo, u64)>, DbError> {
        self.dossiers.db().read(|q| {
            let mut documents = Vec::new();
            for person in q.people_of_account(self.pusher.account)? {
                let rows = q.documents_of_client(person.client)?.into_iter();
                let rows = rows.filter(|row| person.is_in(row.info.tax_year));
                documents.extend(rows.map(|row| (row.info, row.head_seq)));
            }
            Ok(documents)
        })
    }
}
