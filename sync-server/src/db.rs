//! The database: SQLite with one writer and many readers. All SQL stands in
//! this module and below it; nothing here knows of HTTP or mail.
//!
//! Writes run one after the other on their own thread and share a commit
//! (group commit); a write answers only after its commit is on the disk.

mod account;
mod advisor;
mod attachment;
mod bulk;
mod checkpoint;
mod client;
mod console;
mod device_key;
mod document;
mod event;
mod firm;
mod import;
mod keyring;
mod known;
mod mail;
mod mail_server;
mod mail_text;
mod migrations;
mod outbox;
mod outgoing;
mod person;
mod phase;
mod portal;
mod season;
mod table;
mod template;
mod value;

pub use account::*;
pub use advisor::*;
pub use attachment::*;
pub use bulk::*;
pub use client::*;
pub use console::*;
pub use device_key::*;
pub use document::*;
pub use event::*;
pub use firm::*;
pub use import::*;
pub use keyring::*;
pub use known::*;
pub use mail::*;
pub use mail_server::*;
pub use mail_text::*;
pub use outbox::*;
pub use outgoing::*;
pub use person::*;
pub use phase::*;
pub use portal::*;
pub use season::*;
pub use table::*;
pub use template::*;

use migrations::{COUNTED, MIGRATIONS, Migration};
use rusqlite::{Connection, OpenFlags};
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, mpsc},
};

/// What can go wrong in the database. The public never sees it.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// SQLite refused.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// What stands in a row is not what was written there.
    #[error("database holds a malformed {0}")]
    Malformed(&'static str),
    /// A row is missing that another row names.
    #[error("database lacks the {0}")]
    Missing(&'static str),
    /// A value has no form in which it can be stored.
    #[error("a {0} cannot be written down")]
    Unwritable(&'static str),
    /// A log went on since it was read: what was to be appended does not follow its end.
    #[error("a log went on since it was read")]
    HeadMoved,
    /// An Automerge actor is another device's.
    #[error("an actor belongs to another device")]
    ActorTaken,
    /// What the write was made for failed, for a reason outside the database.
    #[error("a write was given up: {0}")]
    GivenUp(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The changes of this write could not be made durable.
    #[error("database could not commit: {0}")]
    NotCommitted(String),
    /// The writer is gone: the process ends.
    #[error("database is closed")]
    Closed,
    /// A write panicked; nothing of it was kept.
    #[error("a write panicked: {0}")]
    Panicked(String),
}

impl DbError {
    /// Gives a write up for a reason outside the database.
    pub fn given_up(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::GivenUp(reason.into())
    }
}

/// Reading access within one consistent view.
pub struct Query<'c>(pub(in crate::db) &'c Connection);

/// Writing access within one transaction.
pub struct Tx<'c>(Query<'c>);

impl<'c> std::ops::Deref for Tx<'c> {
    type Target = Query<'c>;
    fn deref(&self) -> &Query<'c> {
        &self.0
    }
}

/// Called after the commit, with whether it succeeded.
type Completion = Box<dyn FnOnce(Result<(), String>) + Send>;
type Job = Box<dyn FnOnce(&Connection) -> Completion + Send>;

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    writer: mpsc::Sender<Job>,
    readers: Arc<Readers>,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

/// Writes that may share one commit.
const GROUP: usize = 256;

impl Db {
    /// Opens the database file at `path`, makes it where it is absent and
    /// brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, DbError> {
        let mut connection = Connection::open(path)?;
        configure(&connection)?;
        migrate(&mut connection, MIGRATIONS)?;
        let (writer, jobs) = mpsc::channel::<Job>();
        std::thread::Builder::new()
            .name("db-writer".into())
            .spawn(move || write_groups(&connection, &jobs))
            .map_err(|e| DbError::NotCommitted(e.to_string()))?;
        Ok(Self { writer, readers: Arc::new(Readers { path: path.to_owned(), idle: Mutex::default() }) })
    }

    /// Runs `change` in a transaction and waits until it is durable. Blocks:
    /// from async code use [`Db::write`].
    pub fn write_blocking<T, E>(&self, change: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = mpsc::sync_channel(1);
        self.submit(change, move |result| answer.send(result).is_ok())?;
        answered.recv().unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    /// Runs `change` in a transaction and waits until it is durable.
    pub async fn write<T, E>(&self, change: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = tokio::sync::oneshot::channel();
        self.submit(change, move |result| answer.send(result).is_ok())?;
        answered.await.unwrap_or_else(|_| Err(DbError::Closed.into()))
    }

    fn submit<T, E>(
        &self,
        change: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
        answer: impl FnOnce(Result<T, E>) -> bool + Send + 'static,
    ) -> Result<(), E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let job: Job = Box::new(move |connection| {
            let result = in_savepoint(connection, change);
            Box::new(move |committed| {
                let result = match committed {
                    Ok(()) => result,
                    Err(why) => result.and_then(|_| Err(DbError::NotCommitted(why).into())),
                };
                if !answer(result) {
                    tracing::debug!("nobody waited for a write");
                }
            })
        });
        self.writer.send(job).map_err(|_| DbError::Closed.into())
    }

    /// Reads within one consistent view. Blocks shortly: queries are indexed.
    pub fn read<T, E: From<DbError>>(&self, query: impl FnOnce(&Query<'_>) -> Result<T, E>) -> Result<T, E> {
        let connection = self.readers.take()?;
        let result = connection
            .execute_batch("begin")
            .map_err(|e| DbError::from(e).into())
            .and_then(|()| query(&Query(&connection)));
        match connection.execute_batch("commit") {
            Ok(()) => self.readers.put_back(connection),
            Err(error) => tracing::warn!(%error, "a reading connection is given up"),
        }
        result
    }
}

impl Readers {
    fn take(&self) -> Result<Connection, DbError> {
        if let Some(connection) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() {
            return Ok(connection);
        }
        let connection = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(connection)
    }

    fn put_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }
}

fn configure(connection: &Connection) -> Result<(), DbError> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn migrate(connection: &mut Connection, migrations: &[Migration]) -> Result<(), DbError> {
    connection.execute_batch("create table if not exists migration (name text primary key) strict, without rowid")?;
    let counted: usize = connection.query_row("select * from pragma_user_version", [], |row| row.get(0))?;
    for (name, sql) in migrations {
        let noted =
            connection.query_row("select exists (select 1 from migration where name = ?)", [name], |r| r.get(0))?;
        if noted {
            continue;
        }
        let transaction = connection.transaction()?;
        if !COUNTED.iter().take(counted).any(|counted| counted == name) {
            transaction.execute_batch(sql)?;
        }
        transaction.execute("insert into migration (name) values (?)", [name])?;
        transaction.commit()?;
    }
    Ok(())
}

fn write_groups(connection: &Connection, jobs: &mpsc::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        let began = connection.execute_batch("begin immediate");
        let mut completions = Vec::new();
        if began.is_ok() {
            completions.push(first(connection));
            while completions.len() < GROUP
                && let Ok(job) = jobs.try_recv()
            {
                completions.push(job(connection));
            }
        }
        let committed = began.and_then(|()| connection.execute_batch("commit"));
        if let Err(error) = &committed {
            tracing::error!(%error, "a group of writes was not committed");
            if !connection.is_autocommit()
                && let Err(error) = connection.execute_batch("rollback")
            {
                tracing::error!(%error, "roll-back failed");
            }
        }
        for complete in completions {
            complete(committed.as_ref().copied().map_err(ToString::to_string));
        }
    }
}

fn in_savepoint<T, E: From<DbError>>(
    connection: &Connection,
    change: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    connection.execute_batch("savepoint one").map_err(DbError::from)?;
    let result = catch_unwind(AssertUnwindSafe(|| change(&Tx(Query(connection)))))
        .unwrap_or_else(|panic| Err(DbError::Panicked(words_of(panic.as_ref())).into()));
    let end = if result.is_ok() { "release one" } else { "rollback to one; release one" };
    connection.execute_batch(end).map_err(DbError::from)?;
    result
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(db: &Db, key: &'static str) -> Option<String> {
        db.read(|q| q.setting(key)).unwrap()
    }

    #[test]
    fn a_write_is_there_for_the_next_reader_and_after_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("akkoord.db");
        let db = Db::open(&path).unwrap();
        db.write_blocking(|tx| tx.set_setting("a", "1")).unwrap();
        assert_eq!(setting(&db, "a").as_deref(), Some("1"));
        drop(db);
        assert_eq!(setting(&Db::open(&path).unwrap(), "a").as_deref(), Some("1"));
    }

    #[test]
    fn a_write_that_fails_or_panics_leaves_nothing_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        let failed: Result<(), DbError> = db.write_blocking(|tx| {
            tx.set_setting("a", "1")?;
            Err(DbError::given_up("on purpose"))
        });
        assert!(failed.is_err());
        let panicked: Result<(), DbError> = db.write_blocking(|tx| {
            tx.set_setting("b", "1")?;
            panic!("on purpose")
        });
        assert!(matches!(panicked, Err(DbError::Panicked(_))));
        db.write_blocking(|tx| tx.set_setting("c", "1")).unwrap();
        assert_eq!((setting(&db, "a"), setting(&db, "b")), (None, None));
        assert_eq!(setting(&db, "c").as_deref(), Some("1"));
    }

    #[test]
    fn many_writers_at_once_all_get_their_answer() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        let writers: Vec<_> = (0..40)
            .map(|n: i32| {
                let db = db.clone();
                std::thread::spawn(move || db.write_blocking(move |tx| tx.set_setting(&n.to_string(), "x")))
            })
            .collect();
        assert!(writers.into_iter().all(|w| w.join().unwrap().is_ok()));
        assert!((0..40).all(|n: i32| db.read(|q| q.setting(&n.to_string())).unwrap().is_some()));
    }

    #[test]
    fn a_folder_from_before_names_goes_on_and_one_may_come_in_between() {
        let folder = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(folder.path().join("akkoord.db")).unwrap();
        // As the server left it that counted.
        for name in COUNTED {
            let (_, sql) = MIGRATIONS.iter().find(|(other, _)| *other == name).unwrap();
            connection.execute_batch(sql).unwrap();
        }
        connection.pragma_update(None, "user_version", COUNTED.len()).unwrap();
        migrate(&mut connection, MIGRATIONS).unwrap();
        connection.execute_batch("select source from mail_text").unwrap();
        let mut more = MIGRATIONS.to_vec();
        more.insert(3, ("0055_between", "create table between_two (x)"));
        more.push(("9999_last", "create table last_one (x)"));
        for _ in 0..2 {
            migrate(&mut connection, &more).unwrap();
            connection.execute_batch("select * from between_two, last_one").unwrap();
        }
    }

    #[test]
    fn every_file_of_the_schema_is_applied_in_the_order_of_names() {
        let mut files: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations"))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        assert_eq!(files, MIGRATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
}
