//! The connection of one device: accepts messages and returns messages. Does not know
//! sockets, so a test can lose, delay and repeat messages.

pub mod socket;

use documents::{
    protocol::{self, CHANGES_PER_FRAME, Capabilities, DocumentInfo, MAX_FRAME, ToDevice, ToServer},
    replay::Reason,
};
use dossiers::{Dossiers, Pusher, hub::Subscription};
use model::id::DocumentId;
use std::collections::{BTreeMap, BTreeSet};
use storage::db::DbError;

/// The maximum number of messages from one reading of the log; the rest follows.
const FRAMES_AT_ONCE: usize = 64;

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

    /// Accepts one message. Returns the messages that answer it.
    pub fn receive(&mut self, frame: &[u8]) -> Result<Vec<ToDevice>, Closed> {
        if frame.len() > MAX_FRAME {
            return Err(Closed::TooLarge);
        }
        self.check_live()?;
        match protocol::decode(frame).map_err(|_| Closed::Malformed)? {
            ToServer::Hello { version, documents, app_version } => {
                if version != protocol::VERSION {
                    tracing::info!(version, app_version, "a device speaks another version");
                    return Ok(vec![ToDevice::TooOld]);
                }
                self.sent = Some(documents.into_iter().collect());
                self.announced = None;
                let mut answer = vec![ToDevice::Welcome(Capabilities::of_this_release())];
                answer.extend(self.pump()?);
                Ok(answer)
            }
            ToServer::Push { document, batch, changes } => {
                if self.sent.is_none() {
                    return Err(Closed::NotGreeted);
                }
                let mut answer = Vec::new();
                if let Err(refusal) = self.dossiers.push(&self.pusher, document, &changes) {
                    tracing::info!(%document, reason = %refusal.reason, "a push is refused");
                    let index = u32::try_from(refusal.index).unwrap_or(u32::MAX);
                    answer.push(ToDevice::Refused { document, batch, index, reason: refusal.reason });
                    if refusal.reason == Reason::UnknownDocument && self.documents()?.is_empty() {
                        return Err(Closed::SignedOut);
                    }
                }
                answer.extend(self.pump()?);
                Ok(answer)
            }
        }
    }

    /// Returns what the log has in addition to what was sent; empty if there is nothing.
    pub fn pump(&mut self) -> Result<Vec<ToDevice>, Closed> {
        self.check_live()?;
        let documents = self.documents()?;
        let Some(sent) = &mut self.sent else { return Ok(Vec::new()) };
        let mut messages = Vec::new();
        let visible: BTreeSet<_> = documents.iter().map(|(info, _)| info.document).collect();
        // This is sent even if there are no documents, because the device waits for an answer.
        if self.announced.as_ref() != Some(&visible) {
            messages.push(ToDevice::Documents(documents.iter().map(|(info, _)| *info).collect()));
            self.announced = Some(visible);
        }
        for (DocumentInfo { document, .. }, head_seq) in documents {
            let from = sent.entry(document).or_insert(0);
            if *from > head_seq {
                // The device knows more than the log has, so the log was restored from an older copy.
                tracing::error!(%document, device = *from, log = head_seq, "a device is ahead of the log");
                *from = 0;
            }
            self.dossiers.db().read(|q| {
                if *from == 0
                    && let Some((seq, bytes)) = q.snapshot(document)?
                {
                    messages.push(ToDevice::Snapshot { document, seq, bytes });
                    *from = seq;
                }
                while *from < head_seq && messages.len() < FRAMES_AT_ONCE {
                    let changes = q.changes_after(document, *from, CHANGES_PER_FRAME)?;
                    let from_seq = *from + 1;
                    *from += changes.len() as u64;
                    messages.push(ToDevice::Changes { document, from_seq, changes });
                }
                Ok::<_, DbError>(())
            })?;
        }
        Ok(messages)
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
