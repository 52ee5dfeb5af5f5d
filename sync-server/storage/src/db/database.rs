//! The database as others see it. Writes run one after the other on their own thread and share a
//! commit (group commit); a write answers only after its commit is on the disk.

use super::{
    error::DbError,
    migrate::{self, MIGRATIONS, Migration},
    readers::Readers,
    sqlite::{Connection, Query, Tx},
    writer,
};
use std::{
    path::Path,
    sync::{Arc, mpsc},
};
use tokio::runtime::{Handle, RuntimeFlavor};

/// The database. It is cheap to clone.
#[derive(Clone)]
pub struct Db {
    writer: mpsc::Sender<writer::Job>,
    readers: Arc<Readers>,
    /// True while a test plays a full disk.
    #[cfg(debug_assertions)]
    full: Arc<std::sync::atomic::AtomicBool>,
}

impl Db {
    /// Opens the database file at `path`, creates it if it is absent and
    /// updates its schema.
    ///
    /// A file that a newer release used is refused with [`DbError::Newer`] and
    /// is not changed.
    pub fn open(path: &Path) -> Result<Self, DbError> {
        Self::open_with(path, MIGRATIONS)
    }

    fn open_with(path: &Path, migrations: &[Migration]) -> Result<Self, DbError> {
        if path.exists() {
            migrate::refuse_newer(&Connection::open_untouched(path)?, migrations)?;
        }
        let connection = Connection::open(path)?;
        migrate::migrate(&connection, migrations)?;
        let writer = writer::start(connection)?;
        Ok(Self {
            writer,
            readers: Arc::new(Readers::of(path)),
            #[cfg(debug_assertions)]
            full: Arc::default(),
        })
    }

    /// Refuses every write from now on as on a full disk, or takes them again. For tests.
    #[cfg(debug_assertions)]
    pub fn play_full_disk(&self, is_full: bool) {
        self.full.store(is_full, std::sync::atomic::Ordering::SeqCst);
    }

    /// Runs `change` in a transaction and waits until it is durable. Blocks, so
    /// async code has to use [`Db::write`].
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
        #[cfg(debug_assertions)]
        if self.full.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(DbError::DiskFull.into());
        }
        let job = writer::job(change, answer);
        self.writer.send(job).map_err(|_| DbError::Closed.into())
    }

    /// Reads within one consistent view. Other tasks of the runtime do not wait
    /// for it: they go on on another thread.
    pub fn read<T, E: From<DbError>>(&self, query: impl FnOnce(&Query<'_>) -> Result<T, E>) -> Result<T, E> {
        let runtime = Handle::try_current().map(|runtime| runtime.runtime_flavor());
        // A runtime of one thread, as tests have it, has no other thread to go on on.
        if matches!(runtime, Ok(RuntimeFlavor::MultiThread)) {
            tokio::task::block_in_place(|| self.read_here(query))
        } else {
            self.read_here(query)
        }
    }

    fn read_here<T, E: From<DbError>>(&self, query: impl FnOnce(&Query<'_>) -> Result<T, E>) -> Result<T, E> {
        let reader = self.readers.take()?;
        let connection = reader.connection();
        let result = connection.batch("begin").map_err(E::from).and_then(|()| query(&Query(connection)));
        match connection.batch("commit") {
            Ok(()) => reader.put_back(),
            Err(error) => tracing::warn!(%error, "a reading connection is given up"),
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::document::Document;

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
    fn a_full_disk_is_told_to_each_who_waits_and_nothing_of_the_write_stays() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        db.write_blocking(|tx| tx.set_setting("a", "1")).unwrap();
        db.write_blocking(|tx| tx.0.0.batch("pragma max_page_count = 1")).unwrap();
        let large = "x".repeat(1_000_000);
        let full = db.write_blocking(move |tx| {
            tx.set_setting("b", "1")?;
            tx.set_setting("c", &large)
        });
        assert!(matches!(full, Err(DbError::DiskFull)), "{full:?}");
        assert_eq!((setting(&db, "a").as_deref(), setting(&db, "b")), (Some("1"), None));
        db.write_blocking(|tx| tx.0.0.batch("pragma max_page_count = 4294967294")).unwrap();
        db.write_blocking(|tx| tx.set_setting("b", "1")).unwrap();
        assert_eq!(setting(&db, "b").as_deref(), Some("1"));
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
    fn other_tasks_go_on_while_one_reads() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        let (passed, pass) = mpsc::channel();
        let reading = runtime.spawn(async move {
            tokio::spawn(async move { passed.send(()) });
            // Ends only if the other task is not kept waiting by this one.
            db.read::<_, DbError>(|_| Ok(pass.recv_timeout(std::time::Duration::from_secs(20)).is_ok()))
        });
        assert!(runtime.block_on(reading).unwrap().unwrap());
    }

    #[test]
    fn a_step_that_is_added_is_applied_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("akkoord.db");
        drop(Db::open(&path).unwrap());
        let more = [MIGRATIONS, &[("9999_trial", "create table trial (x integer) strict")]].concat();
        for _ in 0..2 {
            let db = Db::open_with(&path, &more).unwrap();
            db.write_blocking(|tx| tx.0.0.batch("insert into trial (x) values (1)")).unwrap();
        }
    }

    /// Opens a copy of the data folder of this release, which the server's tests made, with a further step.
    #[test]
    fn a_folder_in_use_is_read_as_before_after_a_step_that_changes_its_tables() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("akkoord.db");
        std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data-folder/akkoord.db"), &path).unwrap();
        let contents = |db: &Db| {
            db.read::<_, DbError>(|q| {
                let firm = q.firms()?.remove(0);
                let client = q.client_by_number(firm.id, "10417")?.unwrap();
                let mut documents = Vec::new();
                for row in q.documents_of_client(client.id)? {
                    documents.push((row, q.changes_after(row.info.document, 0, usize::MAX)?));
                }
                Ok((firm, client, documents, q.audit_log()?, q.all_checkpoints()?))
            })
            .unwrap()
        };
        let before = contents(&Db::open_with(&path, MIGRATIONS).unwrap());
        let step = "alter table change add column size integer;
                    update change set size = length(bytes);
                    alter table event add column note text not null default '';
                    create table trial (firm blob not null references firm (id)) strict;
                    insert into trial select id from firm";
        let db = Db::open_with(&path, &[MIGRATIONS, &[("9999_trial", step)]].concat()).unwrap();
        let after = contents(&db);
        assert_eq!(before, after);
        let (.., documents, log, checkpoints) = after;
        log.verify().unwrap();
        assert!(!checkpoints.is_empty() && checkpoints.iter().all(|point| point.fits(&log) == Ok(())));
        assert_eq!(documents.len(), 2);
        for (row, changes) in documents {
            let mut document = Document::empty();
            document.apply(changes.iter().map(Vec::as_slice)).unwrap();
            assert!(!document.heads().is_empty(), "{:?} reads", row.info.party);
        }
        db.write_blocking(|tx| tx.0.0.batch("insert into trial (firm) select id from firm")).unwrap();
    }

    #[test]
    fn a_file_that_a_newer_release_used_is_refused_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("akkoord.db");
        let newer = [MIGRATIONS, &[("9999_trial", "create table trial (x integer) strict")]].concat();
        drop(Db::open_with(&path, &newer).unwrap());
        // The writing thread closes the file by itself; the log of writes is gone when it has.
        while folder.path().join("akkoord.db-wal").exists() {
            std::thread::yield_now();
        }
        let files = || {
            let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
            files.map(|file| (file.clone(), std::fs::read(file).unwrap())).collect::<std::collections::BTreeMap<_, _>>()
        };
        let before = files();
        let refused = Db::open(&path).err().unwrap();
        assert!(matches!(&refused, DbError::Newer(step) if step == "9999_trial"), "{refused}");
        assert_eq!(files(), before);
    }

    #[test]
    fn every_file_of_the_schema_is_applied_in_the_order_of_names_and_there_for_both_databases() {
        for database in ["sqlite", "postgres"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
            let mut files: Vec<_> = std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
                .collect();
            files.sort();
            assert_eq!(files, MIGRATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    }
}
