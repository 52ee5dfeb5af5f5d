//! Work that failed: how often, and until when it rests. It is in the database, so that a restart does not
//! begin anew with the shortest pause.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{id::*, time::Timestamp};

/// The pause after the first failure in seconds; it doubles with each further one.
const FIRST_PAUSE: i64 = 60;
/// The longest pause, in seconds.
const LONGEST_PAUSE: i64 = 6 * 3600;
/// The maximum number of characters of an error that are kept.
const LONGEST_ERROR: usize = 500;

/// Returns the moment of the next attempt: one minute after the first, then two, four, … six hours.
pub fn next_attempt(now: Timestamp, attempts_before: u32) -> Timestamp {
    let pause = FIRST_PAUSE.checked_shl(attempts_before.min(32)).unwrap_or(LONGEST_PAUSE);
    now.plus_seconds(pause.min(LONGEST_PAUSE))
}

/// The kinds of work of which one item can fail while all others go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// Sending the mails of a firm.
    Outbox,
    /// Writing the digest of an advisor.
    Digest,
    /// Reminding a person of what is due on a day.
    Reminder,
    /// Writing a mail about a change in a dossier. The change is kept without it.
    Notice,
    /// Importing clients from a file.
    Import,
    /// Doing something for many clients.
    Bulk,
    /// Letting a client's years follow what changed beside them, such as a name.
    Years,
    /// Sealing how far a chain of the audit log is.
    Checkpoint,
}

impl Work {
    const ALL: [(Self, &'static str); 8] = [
        (Self::Outbox, "outbox"),
        (Self::Digest, "digest"),
        (Self::Reminder, "reminder"),
        (Self::Notice, "notice"),
        (Self::Import, "import"),
        (Self::Bulk, "bulk"),
        (Self::Years, "years"),
        (Self::Checkpoint, "checkpoint"),
    ];

    /// Returns the word for it in the database and the log.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(work, _)| *work == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Result<Self, DbError> {
        let found = Self::ALL.into_iter().find(|(_, w)| *w == word);
        found.map(|(work, _)| work).ok_or(DbError::Malformed("kind of work"))
    }
}

/// One piece of work among others of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    pub work: Work,
    /// What it is called among those of its kind, such as an id.
    pub name: String,
    /// The firm that can mend it; `None` for who runs the server, or if it is the client's firm.
    pub firm: Option<FirmId>,
    pub client: Option<ClientId>,
}

impl WorkItem {
    /// Returns work for a firm.
    pub fn of_firm(work: Work, firm: FirmId, name: impl ToString) -> Self {
        Self { work, name: name.to_string(), firm: Some(firm), client: None }
    }

    /// Returns work about a client of a firm.
    pub fn of_client(work: Work, client: ClientId, name: impl ToString) -> Self {
        Self { work, name: name.to_string(), firm: None, client: Some(client) }
    }

    /// Returns work for the installation.
    pub fn of_installation(work: Work) -> Self {
        Self { work, name: String::new(), firm: None, client: None }
    }
}

/// Work that failed and has not succeeded since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setback {
    pub item: WorkItem,
    pub failures: u32,
    pub failed_at: Timestamp,
    /// The moment of the next attempt; `None` if there is none.
    pub next_at: Option<Timestamp>,
    pub error: String,
}

const SETBACK: &str = "select work, item, firm, client, failures, failed_at, next_at, error from setback";

fn setback(row: &Row<'_>) -> Result<Setback, DbError> {
    Ok(Setback {
        item: WorkItem {
            work: Work::of(&row.get::<String>("work")?)?,
            name: row.get("item")?,
            firm: row.get("firm")?,
            client: row.get("client")?,
        },
        failures: row.get("failures")?,
        failed_at: row.get("failed_at")?,
        next_at: row.get("next_at")?,
        error: row.get("error")?,
    })
}

impl Query<'_> {
    /// Returns how an item failed, or `None` if it did not.
    pub fn setback(&self, item: &WorkItem) -> Result<Option<Setback>, DbError> {
        let sql = format!("{SETBACK} where work = ?1 and item = ?2");
        self.optional(&sql, values![item.work.word(), item.name], setback)
    }

    /// Returns what failed for a firm, the newest first.
    pub fn setbacks_of(&self, firm: FirmId, limit: usize) -> Result<Vec<Setback>, DbError> {
        self.readable(
            &format!("{SETBACK} where firm = ?1 order by failed_at desc limit ?2"),
            values![firm, limit],
            setback,
        )
    }

    /// Returns the failed work of a kind that is to be tried again at `now`.
    pub fn setbacks_due(&self, work: Work, now: Timestamp, limit: usize) -> Result<Vec<Setback>, DbError> {
        let sql = format!("{SETBACK} where work = ?1 and next_at <= ?2 order by next_at limit ?3");
        self.readable(&sql, values![work.word(), now, limit], setback)
    }
}

impl Tx<'_> {
    /// Records that an item failed. With `again` it is tried after a pause that grows with each failure.
    pub fn set_back(&self, item: &WorkItem, error: &str, again: bool, now: Timestamp) -> Result<(), DbError> {
        let before = self.setback(item)?.map_or(0, |known| known.failures);
        let next = again.then(|| next_attempt(now, before));
        let error: String = error.chars().take(LONGEST_ERROR).collect();
        self.run(
            "insert into setback (work, item, firm, client, failures, failed_at, next_at, error)
             values (?1, ?2, coalesce(?3, (select firm from client where id = ?4)), ?4, ?5, ?6, ?7, ?8)
             on conflict (work, item) do update set failures = excluded.failures, failed_at = excluded.failed_at,
                 next_at = excluded.next_at, error = excluded.error",
            values![item.work.word(), item.name, item.firm, item.client, before.saturating_add(1), now, next, error],
        )?;
        Ok(())
    }

    /// Forgets that an item failed, because it has succeeded.
    pub fn forget_setback(&self, item: &WorkItem) -> Result<(), DbError> {
        self.run("delete from setback where work = ?1 and item = ?2", values![item.work.word(), item.name])?;
        Ok(())
    }

    /// Forgets what failed before a moment and did not fail since.
    pub fn sweep_setbacks(&self, before: Timestamp) -> Result<(), DbError> {
        self.run("delete from setback where failed_at < ?1", values![before])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_six_hours() {
        let pauses: Vec<_> = (0..12).map(|n| (next_attempt(Timestamp(0), n).0) / 60_000).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
        assert_eq!(next_attempt(Timestamp(0), u32::MAX).0 / 60_000, 360);
    }

    #[test]
    fn every_kind_of_work_is_read_by_its_word() {
        for (work, word) in Work::ALL {
            assert_eq!((work.word(), Work::of(word).unwrap()), (word, work));
        }
        assert!(Work::of("").is_err());
    }
}
