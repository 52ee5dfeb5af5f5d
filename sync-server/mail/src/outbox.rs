//! Sends the mails that wait in the outbox. A mail leaves at least once, and twice only
//! if the process dies between the mail server's answer and our commit; its
//! Message-ID is then the same. The database is never locked while a mail server is asked.
//!
//! Nothing here makes a mail. One that cannot be read or sent delays no other, and the mails of one firm none of
//! another.

use crate::{
    Delivery, DeliveryError, Schedule,
    transport::{MailTransport, MailTransports, Reach},
    without_secrets,
};
use futures_util::FutureExt;
use model::id::FirmId;
use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};
use storage::{
    apart::{self, apart},
    clock::Clock,
    db::{Db, DbError, OutboxRow, Tx, Work, WorkItem, next_attempt},
};
use tokio::sync::{Mutex, Notify};

/// The number of mails that are read at once.
const BATCH: u32 = 50;
/// The time after which a mail that could not be sent is given up, in seconds.
const GIVE_UP_AFTER: i64 = 5 * 24 * 3600;
/// The longest time between two rounds, because the machine's clock may be set.
const ROUND: Duration = Duration::from_secs(60);

/// The outbox of a running server.
pub struct Outbox {
    db: Db,
    clock: Clock,
    transports: MailTransports,
    queued: Arc<Notify>,
    /// A lock, so that two rounds never run at the same time.
    round: Mutex<()>,
}

/// The result of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    /// Everything that was due was tried.
    Done,
    /// A mail server does not answer, so the rest of its mails wait.
    Unreachable,
}

/// The result of a round for one firm.
struct Sent {
    round: Round,
    /// True if the firm has a mail server of its own.
    own: bool,
}

impl Outbox {
    /// Returns an outbox. `queued` is notified whenever a mail was queued.
    pub fn new(db: Db, clock: Clock, delivery: Delivery, queued: Arc<Notify>) -> Self {
        Self { transports: MailTransports::new(db.clone(), delivery), db, clock, queued, round: Mutex::default() }
    }

    /// Allows firms to have mail servers of their own.
    pub fn with_own_servers(self, reach: Reach) -> Self {
        Self { transports: self.transports.reaching(reach), ..self }
    }

    /// Sends mails until the process ends.
    pub async fn run(&self) {
        loop {
            let pause = match apart::round("outbox", self.round()).await {
                Some(Ok(Round::Done)) => self.until_next_due(),
                Some(Ok(Round::Unreachable)) | None => ROUND,
                Some(Err(error)) => {
                    tracing::error!(%error, "the outbox could not be read or written");
                    ROUND
                }
            };
            // A notification and a timeout are both reasons to look for mails, and looking costs little.
            if tokio::time::timeout(pause, self.queued.notified()).await.is_ok() {
                tracing::trace!("a mail was queued");
            }
        }
    }

    fn until_next_due(&self) -> Duration {
        let next = self.db.read(|q| q.next_mail_due()).unwrap_or_else(|error: DbError| {
            tracing::error!(%error, "the outbox could not be read");
            None
        });
        let now = self.clock.now();
        let pause = next.map(|at| Duration::from_millis(u64::try_from(at.0 - now.0).unwrap_or(0)));
        // The pause is at least a second, so that neither a clock nor a failure makes this loop spin.
        pause.map_or(ROUND, |p| p.clamp(Duration::from_secs(1), ROUND))
    }

    /// Tries everything that is due, once. Called by tests and by [`Outbox::run`].
    pub async fn send_due(&self) -> Result<(), DbError> {
        self.round().await.map(|_| ())
    }

    async fn round(&self) -> Result<Round, DbError> {
        let _only = self.round.lock().await;
        // A mail is notified before its commit. An empty transaction runs after that commit.
        self.db.write(|_| Ok::<_, DbError>(())).await?;

        let (mut common_is_silent, mut one_is_silent) = (false, false);
        let now = self.clock.now();
        for firm in self.db.read(|q| q.firms_with_due_mails(now))? {
            let item = WorkItem::of_firm(Work::Outbox, firm, firm);
            match apart(&self.db, now, item, self.send_for(firm, common_is_silent)).await {
                Some(Sent { round: Round::Unreachable, own }) => {
                    one_is_silent = true;
                    common_is_silent |= !own;
                }
                Some(Sent { round: Round::Done, .. }) => {}
                // Its mails stay due, so the next round comes by the clock.
                None => one_is_silent = true,
            }
        }
        Ok(if one_is_silent { Round::Unreachable } else { Round::Done })
    }

    /// Tries what is due for one firm, by its own mail server or the common one.
    async fn send_for(&self, firm: FirmId, common_is_silent: bool) -> Result<Sent, DbError> {
        let transport = match self.transports.of(firm)? {
            Ok(transport) => transport,
            Err(error) => {
                self.postpone_all(firm, &error).await?;
                return Ok(Sent { round: Round::Done, own: true });
            }
        };
        // The common server is not asked once more after it was silent; a firm's own delays no other firm.
        if !transport.own && common_is_silent {
            return Ok(Sent { round: Round::Done, own: false });
        }
        let sent = self.send_of(firm, &transport).await;
        transport.delivery.hang_up().await;
        Ok(Sent { round: sent?, own: transport.own })
    }

    /// Tries what is due for one firm.
    async fn send_of(&self, firm: FirmId, transport: &MailTransport) -> Result<Round, DbError> {
        let a_minute = self.db.read(|q| Schedule::of(q, firm))?.a_minute;
        loop {
            let now = self.clock.now();
            // A firm's mails beyond its limit for this minute wait for the next minute.
            let sent = self.db.read(|q| q.mails_sent_since(firm, now.plus_seconds(-60)))?;
            let due = self.db.read(|q| q.due_mails(firm, now, BATCH.min(a_minute.saturating_sub(sent))))?;
            if due.is_empty() {
                return Ok(Round::Done);
            }
            for id in due {
                let outcome = AssertUnwindSafe(self.attempt(id, transport)).catch_unwind().await;
                match outcome.unwrap_or_else(|panic| Err(DbError::of_panic(panic.as_ref()))) {
                    Ok(Round::Unreachable) => return Ok(Round::Unreachable),
                    Ok(Round::Done) => {}
                    Err(error) => {
                        tracing::error!(%error, mail = id, "a mail cannot be read or written and is tried again later");
                        self.postpone(id, error.to_string()).await?;
                    }
                }
            }
        }
    }

    /// Lets a mail wait for longer than the last time.
    async fn postpone(&self, id: i64, words: String) -> Result<(), DbError> {
        let now = self.clock.now();
        self.db.write(move |tx| tx.mail_postponed(id, next_attempt(now, tx.mail_attempts(id)?), &words)).await
    }

    /// Postpones all mails of a firm whose mail server cannot even be asked.
    async fn postpone_all(&self, firm: FirmId, error: &DeliveryError) -> Result<(), DbError> {
        for id in self.db.read(|q| q.due_mails(firm, self.clock.now(), BATCH))? {
            self.postpone(id, error.to_string()).await?;
        }
        Ok(())
    }

    async fn attempt(&self, id: i64, transport: &MailTransport) -> Result<Round, DbError> {
        let row: OutboxRow = self.db.read(|q| q.mail(id))?.ok_or(DbError::Missing("mail that is due"))?;
        let outcome = transport.delivery.deliver(&row, transport.signer.as_deref()).await;
        let now = self.clock.now();
        let Err(error) = outcome else {
            // The recipient has the link now, so its secret is removed from what is stored.
            let left = transport.delivery.leaves();
            let clean = left.then(|| [&row.mail.body_text, &row.mail.body_html].map(|b| without_secrets(b)));
            let sent = move |tx: &Tx<'_>| {
                tx.mail_sent(id, now)?;
                clean.map_or(Ok(()), |[text, html]| tx.rewrite_mail_body(id, &text, &html))
            };
            self.db.write(sent).await?;
            tracing::info!(mail = id, kind = row.mail.kind.word(), "sent");
            return Ok(Round::Done);
        };
        let words = error.to_string();
        let for_good =
            matches!(error, DeliveryError::Refused(_) | DeliveryError::UnquotedRefused | DeliveryError::Message(_));
        if for_good || now >= row.asked_again_at.unwrap_or(row.created_at).plus_seconds(GIVE_UP_AFTER) {
            // The log leaves out what the server said, because that repeats the address. It is in the row.
            tracing::warn!(mail = id, kind = row.mail.kind.word(), "a mail could not be sent and is given up");
            self.db.write(move |tx| tx.mail_failed(id, now, &words)).await?;
        } else {
            tracing::warn!(
                mail = id,
                kind = row.mail.kind.word(),
                attempts = row.attempts + 1,
                "a mail is tried again later"
            );
            self.postpone(id, words).await?;
        }
        Ok(match error {
            DeliveryError::NotReached
            | DeliveryError::Egress(_)
            | DeliveryError::Unreachable(_)
            | DeliveryError::Folder(_) => Round::Unreachable,
            DeliveryError::Later(_)
            | DeliveryError::UnquotedLater
            | DeliveryError::Refused(_)
            | DeliveryError::UnquotedRefused
            | DeliveryError::Message(_) => Round::Done,
        })
    }
}
