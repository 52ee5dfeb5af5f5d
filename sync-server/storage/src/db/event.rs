//! The audit log: who did what when. Append-only; each row's hash covers the
//! row before it in its chain, so a row that is changed, dropped or moved is detected.

use super::{
    DbError, Query, Tx,
    column::{ToColumn, values},
};
use model::{
    event::Event,
    hash::ContentHash,
    id::*,
    time::{TaxYear, Timestamp},
};
use proof::audit::{Chain, Log, Reach, Row, hash_of};

/// The person, advisor or program that did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A person of a client.
    Person(PersonId),
    /// An advisor of the firm.
    Advisor(AdvisorId),
    /// The server by itself.
    Server,
}

/// An event of a firm that is to be logged.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    pub firm: FirmId,
    pub client: Option<ClientId>,
    pub tax_year: Option<TaxYear>,
    pub at: Timestamp,
    pub actor: Actor,
    pub event: Event,
}

/// An event as it is read back.
#[derive(Debug, Clone, PartialEq)]
pub struct PastEvent {
    pub id: i64,
    pub at: Timestamp,
    pub actor: Actor,
    pub event: Event,
}

pub(super) fn past_event(row: &super::sqlite::Row<'_>) -> Result<PastEvent, DbError> {
    let actor = match (row.get("person")?, row.get("advisor")?) {
        (Some(person), _) => Actor::Person(person),
        (None, Some(advisor)) => Actor::Advisor(advisor),
        (None, None) => Actor::Server,
    };
    let event = Event::read(&row.get::<String>("kind")?, &row.get::<String>("detail")?);
    Ok(PastEvent { id: row.get("id")?, at: row.get("at")?, actor, event })
}

impl Query<'_> {
    /// Returns the id of the newest event of a firm; 0 before the first.
    pub fn last_event(&self, firm: FirmId) -> Result<u64, DbError> {
        Ok(self
            .optional("select id from event where firm = ?1 order by at desc, id desc limit 1", values![firm], |row| {
                row.get(0)
            })?
            .unwrap_or(0))
    }

    /// Returns true if the same was logged, by the same, at `since` or later.
    pub fn was_logged_since(&self, new: &NewEvent, since: Timestamp) -> Result<bool, DbError> {
        let past: Vec<PastEvent> = self.many(
            "select id, at, person, advisor, kind, detail from event
             where firm = ?1 and kind = ?2 and tax_year = ?3 and client = ?4 and at >= ?5",
            values![new.firm, new.event.word(), new.tax_year, new.client, since],
            past_event,
        )?;
        Ok(past.iter().any(|past| past.actor == new.actor && past.event == new.event))
    }

    /// Returns the events of a client's year and of its people, newest first.
    pub fn events(&self, client: ClientId, tax_year: TaxYear, limit: u32) -> Result<Vec<PastEvent>, DbError> {
        self.many(
            "select id, at, person, advisor, kind, detail from event
             where client = ?1 and (tax_year = ?2 or tax_year is null) order by id desc limit ?3",
            values![client, tax_year, limit],
            past_event,
        )
    }
}

/// Returns the condition that selects the chain of a firm, or without one that of the installation. The
/// firm, if there is one, is the value of the statement.
fn of_chain(firm: Option<FirmId>) -> &'static str {
    if firm.is_some() { "firm = ?1" } else { "firm is null" }
}

impl Query<'_> {
    /// Returns how far the chain of a firm is, or without one that of the installation.
    pub fn audit_reach(&self, firm: Option<FirmId>) -> Result<Reach, DbError> {
        let values: Vec<_> = firm.iter().map(ToColumn::to_column).collect();
        let sql = format!("select number, hash from event where {} order by number desc limit 1", of_chain(firm));
        let last = self.optional(&sql, &values, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (events, head) = last.unwrap_or((0, ContentHash([0; 32])));
        Ok(Reach { firm, events, head })
    }

    /// Returns the chain of a firm, or without one that of the installation.
    pub fn audit_chain(&self, firm: Option<FirmId>) -> Result<Chain, DbError> {
        let values: Vec<_> = firm.iter().map(ToColumn::to_column).collect();
        let sql = format!(
            "select firm, number, client, tax_year, at, person, advisor, kind, detail, hash from event
             where {} order by number",
            of_chain(firm)
        );
        let rows = self.many(&sql, &values, |row| {
            Ok(Row {
                firm: row.get("firm")?,
                number: row.get("number")?,
                client: row.get("client")?,
                tax_year: row.get("tax_year")?,
                at: row.get("at")?,
                person: row.get("person")?,
                advisor: row.get("advisor")?,
                kind: row.get("kind")?,
                detail: row.get("detail")?,
                hash: row.get("hash")?,
            })
        })?;
        Ok(Chain { firm, rows })
    }

    /// Returns the whole log: the chain of the installation and one of each firm, oldest first.
    pub fn audit_log(&self) -> Result<Log, DbError> {
        let firms = self.firms()?.into_iter().map(|firm| Some(firm.id));
        let chains = [None].into_iter().chain(firms).map(|firm| self.audit_chain(firm));
        Ok(Log::Whole(chains.collect::<Result<_, _>>()?))
    }
}

impl Tx<'_> {
    /// Appends an event to the chain of its firm.
    pub fn log(&self, new: &NewEvent) -> Result<(), DbError> {
        let (person, advisor) = match new.actor {
            Actor::Person(person) => (Some(person), None),
            Actor::Advisor(advisor) => (None, Some(advisor)),
            Actor::Server => (None, None),
        };
        let NewEvent { firm, client, tax_year, at, .. } = *new;
        self.append(Row { client, tax_year, person, advisor, ..row(Some(firm), at, &new.event) })
    }

    /// Appends an event of the server to the chain of the installation.
    pub(super) fn log_for_installation(&self, at: Timestamp, event: &Event) -> Result<(), DbError> {
        self.append(row(None, at, event))
    }

    /// Appends an event to its chain, where it gets its number and hash.
    fn append(&self, mut row: Row) -> Result<(), DbError> {
        let last = self.audit_reach(row.firm)?;
        row.number = last.events + 1;
        row.hash = ContentHash(hash_of(&last.head.0, &row));
        self.run(
            "insert into event (firm, number, client, tax_year, at, person, advisor, kind, detail, hash)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            values![
                row.firm,
                row.number,
                row.client,
                row.tax_year,
                row.at,
                row.person,
                row.advisor,
                row.kind,
                row.detail,
                row.hash
            ],
        )?;
        Ok(())
    }
}

/// Returns an event that has no place in a chain yet.
fn row(firm: Option<FirmId>, at: Timestamp, event: &Event) -> Row {
    Row {
        firm,
        number: 0,
        client: None,
        tax_year: None,
        at,
        person: None,
        advisor: None,
        kind: event.word().to_owned(),
        detail: event.detail(),
        hash: ContentHash([0; 32]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{Db, sample::firm};

    const A: FirmId = FirmId::from_bytes([1; 16]);
    const B: FirmId = FirmId::from_bytes([2; 16]);

    /// Adds two firms and logs events of `firms`, one after the other.
    fn logged(folder: &tempfile::TempDir, firms: &[FirmId]) -> Db {
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        let firms = firms.to_vec();
        db.write_blocking::<_, DbError>(move |tx| {
            tx.add_firm(&firm(A), Timestamp(1))?;
            tx.add_firm(&firm(B), Timestamp(2))?;
            for firm in firms {
                let (actor, event) = (Actor::Server, Event::FirmChanged {});
                tx.log(&NewEvent { firm, client: None, tax_year: None, at: Timestamp(3), actor, event })?;
            }
            Ok(())
        })
        .unwrap();
        db
    }

    #[test]
    fn each_chain_counts_from_one_and_the_installation_notes_the_firms() {
        let folder = tempfile::tempdir().unwrap();
        let db = logged(&folder, &[A, B, A, B, B]);
        let log = db.read::<_, DbError>(|q| q.audit_log()).unwrap();
        log.verify().unwrap();
        let lengths: Vec<_> = log.chains().iter().map(|chain| (chain.firm, chain.rows.len())).collect();
        assert_eq!(lengths, [(None, 2), (Some(A), 2), (Some(B), 3)]);
        let kinds: Vec<_> = log.chains()[0].rows.iter().map(|row| row.kind.as_str()).collect();
        assert_eq!(kinds, ["firm_added", "firm_added"]);
    }

    #[test]
    fn the_chain_of_a_firm_is_the_same_whatever_another_firm_does() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (alone, beside) = (logged(&folder, &[B, B]), logged(&other, &[A, B, A, A, B, A]));
        let chain = |db: &Db| db.read::<_, DbError>(|q| q.audit_chain(Some(B))).unwrap();
        assert_eq!(chain(&alone), chain(&beside));
    }

    #[test]
    fn the_end_of_a_chain_is_found_without_reading_other_chains() {
        let folder = tempfile::tempdir().unwrap();
        let db = logged(&folder, &[]);
        for firm in [Some(A), None] {
            let sql = format!(
                "explain query plan select number, hash from event where {} order by number desc limit 1",
                of_chain(firm)
            );
            let values: Vec<_> = firm.iter().map(ToColumn::to_column).collect();
            let plan = db.read::<Vec<String>, DbError>(|q| q.many(&sql, &values, |row| row.get("detail"))).unwrap();
            assert!(plan.len() == 1 && plan[0].contains("INDEX event_number (firm=?)"), "{plan:?}");
        }
    }

    #[test]
    fn no_number_comes_twice_in_a_chain() {
        let folder = tempfile::tempdir().unwrap();
        let db = logged(&folder, &[A, B]);
        for chain in ["firm is null", "firm is not null"] {
            let sql = format!(
                "insert into event (firm, number, at, kind, detail, hash)
                 select firm, number, at, kind, detail, hash from event where {chain}"
            );
            let again = db.write_blocking::<usize, DbError>(move |tx| tx.run(&sql, values![]));
            assert!(again.is_err_and(|error| error.to_string().contains("UNIQUE")), "{chain}");
        }
    }
}
