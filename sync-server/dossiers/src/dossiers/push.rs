//! Accepts what a device sends: access, replay, reaction, commit.

use super::{
    ActionError, ClientAdvance, Dossiers, reaction,
    warm::{SERVER_ACTOR, Year, by_server},
};
use crate::work::Turn;
use documents::replay::{Author, Premises, ProposedChange, Reason, RefusedChange, Room, replay};
use model::{id::*, section::Party, time::Timestamp};
use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};
use storage::db::{Actor, DbError, NewChange, PersonRow, Tx};

/// The sender of changes, known from the session and never from the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pusher {
    /// The login.
    pub account: AccountId,
    /// The device that the session belongs to.
    pub device: DeviceId,
}

impl Dossiers {
    /// Returns the people that the login is.
    pub fn people_of(&self, pusher: &Pusher) -> Result<Vec<PersonRow>, DbError> {
        self.0.db.read(|q| q.people_of_account(pusher.account))
    }

    /// Waits for the login's turn at the year of a document. Returns `None` if the login waits for too much already.
    /// For a document that is none of the login's there is no turn: it is refused without work.
    pub async fn turn(&self, pusher: &Pusher, document: DocumentId) -> Option<Turn> {
        match self.author_of(pusher, document) {
            Ok(of) => self.0.work.turn((of.client, of.tax_year), Some(pusher.account)).await,
            Err(_) => Some(Turn::default()),
        }
    }

    /// Accepts a batch of changes to one document, all of it or nothing.
    /// Returns after the commit.
    pub fn push(&self, pusher: &Pusher, document: DocumentId, batch: &[ProposedChange]) -> Result<(), RefusedChange> {
        let whole = |reason| RefusedChange { index: 0, reason };
        let person = self.author_of(pusher, document).map_err(whole)?;
        let failed = |error: ActionError| {
            tracing::error!(%error, %document, "a push failed");
            whole(Reason::ServerFailure)
        };
        let year = self.year(person.client, person.tax_year).map_err(failed)?;
        let mut year = year.lock();
        if year.client.row.info.document != document {
            return Err(whole(Reason::WrongParty));
        }
        if let Some(index) = batch.iter().position(|change| change.actor == SERVER_ACTOR) {
            return Err(RefusedChange { index, reason: Reason::WrongActor });
        }
        let author = Author { person: person.row.id, role: person.row.role };
        let (view, now) = (year.view(), self.0.clock.now());
        let room = self.room_of(&year, author.person, now);
        let replayed = catch_unwind(AssertUnwindSafe(|| {
            let premises = Premises { year: &view, now, room };
            let (mut replica, accepted) = replay(&year.client.document, batch, author, &premises)?;
            let merged = replica.merge_heads(&SERVER_ACTOR, now);
            Ok((replica, accepted, merged))
        }));
        let (replica, accepted, merged) = replayed.unwrap_or_else(|_| {
            tracing::error!(%document, "a replay panicked; nothing of it is kept");
            Err(whole(Reason::Malformed))
        })?;
        if accepted.is_empty() {
            return Ok(());
        }
        let records: Vec<_> = accepted.iter().flat_map(|a| a.records.iter().cloned()).collect();
        let plan = reaction::react(
            &reaction::Facts {
                view: &view,
                person: &person.row,
                tax_year: person.tax_year,
                now,
                relying_party: &self.0.relying_party,
                keys: &self.keys_for(&person.row, &records).map_err(|e| failed(e.into()))?,
                ruling_needed_until: self.ruling_needed_until(&person.row).map_err(|e| failed(e.into()))?,
            },
            &records,
        );
        let device = pusher.device;
        let actors: BTreeSet<_> = accepted.iter().map(|a| a.actor).collect();
        let counted = accepted.iter().map(|a| a.counted).sum();
        let of_device = accepted.into_iter().map(|a| {
            let proposed = batch.iter().find(|change| change.hash == a.hash);
            let writes = proposed.map(|change| change.writes.clone()).unwrap_or_default();
            NewChange { hash: a.hash, actor: a.actor, device: Some(device), bytes: a.bytes, writes }
        });
        let changes = of_device.chain(merged.map(|raw| by_server(raw, Vec::new()))).collect();
        let preferences = reaction::preferences(&records);
        let claim = Box::new(move |tx: &Tx<'_>| {
            preferences.iter().try_for_each(|change| tx.change_person(change))?;
            actors.iter().try_for_each(|actor| tx.claim_actor(actor, device))
        });
        let advance = ClientAdvance { changes, document: replica };
        match self.commit(&mut year, Some(advance), plan, Actor::Person(person.row.id), Some(claim)) {
            Ok(()) => {
                self.0.today.add(author.person, counted, now);
                Ok(())
            }
            Err(ActionError::Db(DbError::ActorTaken)) => Err(whole(Reason::WrongActor)),
            Err(error) => Err(failed(error)),
        }
    }

    /// Returns how much a person may still write into a year.
    fn room_of(&self, year: &Year, person: PersonId, now: Timestamp) -> Room {
        let client = &year.client;
        self.0.budgets.left(client.document.written(), client.bytes, self.0.today.written(person, now))
    }

    fn author_of(&self, pusher: &Pusher, document: DocumentId) -> Result<AuthorOf, Reason> {
        let found = self.0.db.read(|q| {
            let Some(row) = q.document(document)? else { return Ok(None) };
            let people = q.people_of_account(pusher.account)?;
            Ok::<_, DbError>(
                people
                    .into_iter()
                    .find(|p| p.client == row.info.client && p.is_in(row.info.tax_year))
                    .map(|p| (row, p)),
            )
        });
        let (row, person) = found.map_err(|_| Reason::ServerFailure)?.ok_or(Reason::UnknownDocument)?;
        if row.info.party != Party::Client {
            return Err(Reason::WrongParty);
        }
        Ok(AuthorOf { client: row.info.client, tax_year: row.info.tax_year, row: person })
    }
}

struct AuthorOf {
    client: ClientId,
    tax_year: model::time::TaxYear,
    row: PersonRow,
}
