//! The dossiers: both documents of each client's year, in memory, and
//! the one way in which they change. A change, what the server adds to it,
//! its mails and its events commit together or not at all.

mod actions;
mod checklist;
mod consent;
mod delivery;
mod details;
mod error;
mod files;
mod filing;
mod filled;
mod follow;
mod messages;
mod payment;
mod push;
mod reaction;
mod recall;
mod tax_return;
pub mod template;
mod today;
mod wanted_return;
mod warm;
mod year_status;

pub use actions::keep_order;
pub use consent::NewPaper;
pub use delivery::NewDelivery;
pub use error::ActionError;
pub use files::AnnouncedFile;
pub use messages::NewMessage;
pub use push::Pusher;
pub use tax_return::{Asks, NewRevision, proposed_capacity};
pub use wanted_return::{WantedReturn, Which};

use crate::{hub::Hub, work};
use documents::{
    document::Document,
    dossier::{DossierYear, TaskState},
    protocol::DocumentInfo,
    replay::Budgets,
};
use inspect::Inspector;
use mail::{Composer, Notice};
use model::{
    approval::RelyingParty,
    event::Event,
    id::*,
    section::{Party, Write},
    time::TaxYear,
};
use std::{collections::BTreeSet, sync::Arc};
use storage::{
    apart::caught,
    attachment::Store,
    clock::{Clock, random},
    db::{Actor, Db, DbError, Firm, NewChange, NewEvent, PersonRow, Tx, Work, WorkItem},
    vault::Vault,
};
use today::Today;
use warm::{SERVER_ACTOR, Warm, Year, by_server, readable};

/// The number of changes in a log after which a snapshot is made.
const SNAPSHOT_EVERY: u64 = 200;

/// All dossiers. It is cheap to clone. Everything here blocks for a short time, so
/// async code has to call it on a thread that may block.
#[derive(Clone)]
pub struct Dossiers(Arc<Inner>);

struct Inner {
    db: Db,
    clock: Clock,
    composer: Arc<Composer>,
    relying_party: RelyingParty,
    files: Store,
    inspector: Inspector,
    vault: Vault,
    hub: Hub,
    warm: Warm,
    work: work::Work,
    budgets: Budgets,
    /// What each person wrote today.
    today: Today,
}

/// The records to be written to the firm's document, with their mails and events.
#[derive(Debug, Default)]
struct Plan {
    writes: Vec<Write>,
    notices: Vec<Notice>,
    events: Vec<Event>,
}

/// A further change that is made in the same transaction.
type InSameTransaction = Box<dyn FnOnce(&Tx<'_>) -> Result<(), DbError> + Send>;

/// Accepted changes of the client's document, with the document that results.
struct ClientAdvance {
    changes: Vec<NewChange>,
    document: Document,
}

impl Dossiers {
    /// Opens the dossiers in the database, without any year in memory yet.
    pub fn new(
        db: Db,
        clock: Clock,
        composer: Arc<Composer>,
        relying_party: RelyingParty,
        files: (Store, Inspector, Vault),
    ) -> Self {
        Self::with_budgets(db, clock, composer, relying_party, files, Budgets::default())
    }

    /// Does the same as [`Dossiers::new`], with other budgets than the usual ones.
    pub fn with_budgets(
        db: Db,
        clock: Clock,
        composer: Arc<Composer>,
        relying_party: RelyingParty,
        (files, inspector, vault): (Store, Inspector, Vault),
        budgets: Budgets,
    ) -> Self {
        let (hub, warm, work, today) = (Hub::default(), Warm::default(), work::Work::default(), Today::default());
        Self(Arc::new(Inner {
            db,
            clock,
            composer,
            relying_party,
            files,
            inspector,
            vault,
            hub,
            warm,
            work,
            budgets,
            today,
        }))
    }

    /// Returns the hub that tells subscribers when a client's documents grew.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// Returns the shares of the threads that may block.
    pub fn work(&self) -> &work::Work {
        &self.0.work
    }

    /// Returns the site that the passkeys of this server belong to.
    pub fn relying_party(&self) -> &RelyingParty {
        &self.0.relying_party
    }

    /// Returns the database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Returns the clock by which changes are dated.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Returns what writes the mails that go with a change.
    pub fn composer(&self) -> &Arc<Composer> {
        &self.0.composer
    }

    /// Returns the store of the files that records name.
    pub fn files(&self) -> &Store {
        &self.0.files
    }

    /// Returns what looks into files before they are stored.
    pub fn inspector(&self) -> &Inspector {
        &self.0.inspector
    }

    /// Returns the vault that closes the numbers of taxpayers.
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// Returns the number of open tasks of a person, over all years.
    pub fn open_tasks(&self, person: &PersonRow) -> Result<u32, ActionError> {
        let documents = self.0.db.read(|q| q.documents_of_client(person.client))?;
        let years: BTreeSet<_> = documents.iter().map(|d| d.info.tax_year).filter(|year| person.is_in(*year)).collect();
        let mut open = 0;
        for tax_year in years {
            // A year that cannot be read hides no task of the others.
            let Ok(year) = caught(|| self.read(person.client, tax_year)) else { continue };
            open += year.tasks.iter().filter(|task| year.task_state(task, person.id) == TaskState::Open).count();
        }
        Ok(u32::try_from(open).unwrap_or(u32::MAX))
    }

    /// Returns a year as it is now.
    pub fn read(&self, client: ClientId, tax_year: TaxYear) -> Result<Arc<DossierYear>, ActionError> {
        Ok(self.read_with_position(client, tax_year)?.0)
    }

    /// Returns a year as it is now, and the number of changes in the logs of both its documents.
    pub fn read_with_position(
        &self,
        client: ClientId,
        tax_year: TaxYear,
    ) -> Result<(Arc<DossierYear>, u64), ActionError> {
        Ok(self.year(client, tax_year)?.shown())
    }

    /// Calculates the status of a year once more, for tables that show more than was stored
    /// so far. The moment of the last activity stays the same.
    pub fn renew_year_status(&self, client: ClientId, tax_year: TaxYear) -> Result<(), ActionError> {
        let year = self.year(client, tax_year)?;
        let mut year = year.lock();
        let (seen, firm, info, now) = (year.view(), year.firm.row.firm, year.firm.row.info, self.0.clock.now());
        self.0.db.write_blocking(move |tx| {
            let active = tx.year_status(client, tax_year)?.map_or(now, |before| before.updated_at);
            tx.set_returns(firm, client, tax_year, &year_status::returns(&seen))?;
            tx.set_year_status(&year_status::of(&seen, &tx.people(client)?, &info, active))
        })?;
        Ok(())
    }

    fn year(&self, client: ClientId, tax_year: TaxYear) -> Result<Arc<warm::Shared>, ActionError> {
        let load = || Year::load(&self.0.db, self.0.clock.now(), client, tax_year);
        self.0.warm.get((client, tax_year), load)?.ok_or(ActionError::NoSuchYear)
    }

    /// Creates both documents of a year if they are absent.
    fn create(&self, firm: &Firm, client: ClientId, tax_year: TaxYear) -> Result<(), ActionError> {
        if !self.0.db.read(|q| q.documents_of_year(client, tax_year))?.is_empty() {
            return Ok(());
        }
        let (firm, now) = (firm.id, self.0.clock.now());
        let mut first = Vec::new();
        for party in [Party::Firm, Party::Client] {
            let info = DocumentInfo { document: DocumentId::from_random(random()), client, tax_year, party };
            let (_, raw) = Document::blank(party)?;
            let (actor, writes) = ([0; 16], Vec::new());
            first.push((info, NewChange { hash: raw.hash, actor, device: None, bytes: raw.bytes, writes }));
        }
        self.0.db.write_blocking(move |tx| {
            // If two requests do this at once, the second finds what the first created.
            if tx.documents_of_year(client, tax_year)?.is_empty() {
                for (info, change) in first {
                    tx.add_document(firm, &info)?;
                    tx.append_changes(info.document, 0, &[change], now)?;
                }
            }
            Ok::<_, DbError>(())
        })?;
        Ok(())
    }

    /// Commits a plan, and with it the client's accepted changes. On failure
    /// the documents in memory stay as they were.
    fn commit(
        &self,
        year: &mut Year,
        advance: Option<ClientAdvance>,
        plan: Plan,
        actor: Actor,
        in_same_transaction: Option<InSameTransaction>,
    ) -> Result<(), ActionError> {
        let now = self.0.clock.now();
        let mut firm = year.firm.document.clone();
        let firm_change = if plan.writes.is_empty() { None } else { firm.write(&SERVER_ACTOR, now, &plan.writes)? };
        let firm_changes: Vec<_> = firm_change.map(|raw| by_server(raw, plan.writes)).into_iter().collect();
        let (client_changes, client) = match advance {
            Some(advance) => (advance.changes, advance.document),
            None => (Vec::new(), year.client.document.clone()),
        };
        let before = year.view();
        let view = Arc::new(before.read_again(Some(&firm), Some(&client)));
        let returns = Some(year_status::returns(&view)).filter(|returns| *returns != year_status::returns(&before));
        let (firm_row, client_row) = (year.firm.row, year.client.row);
        let size = |changes: &[NewChange]| changes.iter().map(|change| change.bytes.len()).sum::<usize>();
        let (firm_bytes, client_bytes) = (size(&firm_changes), size(&client_changes));
        let (composer, seen) = (self.0.composer.clone(), view.clone());
        let (firm_seq, client_seq) = self.0.db.write_blocking(move |tx| {
            let client_seq = tx.append_changes(client_row.info.document, client_row.head_seq, &client_changes, now)?;
            let firm_seq = tx.append_changes(firm_row.info.document, firm_row.head_seq, &firm_changes, now)?;
            let (firm, info) = (firm_row.firm, firm_row.info);
            for (number, notice) in plan.notices.iter().enumerate() {
                // What somebody gave or approved is kept, also when nobody can be told about it by mail.
                if let Err(error) = tx.apart(|tx| composer.queue(tx, notice, now)) {
                    tracing::error!(%error, client = %info.client, "a mail about a change cannot be made");
                    let name = format_args!("{}/{}/{number}", info.document, now.0);
                    let item = WorkItem::of_client(Work::Notice, info.client, name);
                    tx.set_back(&item, &error.to_string(), false, now)?;
                }
            }
            for event in plan.events {
                let (client, tax_year) = (Some(info.client), Some(info.tax_year));
                tx.log(&NewEvent { firm, client, tax_year, at: now, actor, event })?;
            }
            tx.set_year_status(&year_status::of(&seen, &tx.people(info.client)?, &info, now))?;
            if let Some(returns) = returns {
                tx.set_returns(firm, info.client, info.tax_year, &returns)?;
            }
            if let Some(in_same_transaction) = in_same_transaction {
                in_same_transaction(tx)?;
            }
            Ok::<_, DbError>((firm_seq, client_seq))
        })?;
        year.firm.advance(firm, firm_seq, firm_bytes);
        year.client.advance(client, client_seq, client_bytes);
        year.set_view(view);
        year.weigh();
        self.snapshot_where_due(year);
        self.0.hub.notify(client_row.firm, client_row.info.client);
        Ok(())
    }

    /// Stores a snapshot of a log that has grown. It is decoded as a test before it is
    /// stored; without a snapshot the log still has everything.
    fn snapshot_where_due(&self, year: &mut Year) {
        for replica in [&mut year.firm, &mut year.client] {
            if replica.row.head_seq < replica.snapshot_seq + SNAPSHOT_EVERY {
                continue;
            }
            let (id, seq, bytes) = (replica.row.info.document, replica.row.head_seq, replica.document.save());
            let sound = readable(|| Document::load(&bytes)).is_ok_and(|d| d.heads() == replica.document.heads());
            if !sound {
                tracing::error!(document = %id, "a snapshot does not read back and is not kept");
                continue;
            }
            match self.0.db.write_blocking(move |tx| tx.set_snapshot(id, seq, &bytes)) {
                Ok(()) => replica.snapshot_seq = seq,
                Err(error) => tracing::warn!(%error, document = %id, "a snapshot is not kept"),
            }
        }
    }
}

/// Returns `None` instead of a year that cannot be read, so that the other years go on. That it cannot be is in the log.
fn if_readable<T>(read: Result<T, ActionError>) -> Result<Option<T>, ActionError> {
    match read {
        Err(ActionError::Unreadable) => Ok(None),
        read => read.map(Some),
    }
}
