//! The one thread that writes. It has the function of a lock that keeps two writes of
//! a firm apart: with another database there would be one per firm.

use super::{
    error::DbError,
    sqlite::{Connection, Query, Tx},
};
use std::sync::mpsc;

/// The number of writes that may share one commit.
const GROUP: usize = 256;

/// The reason why a transaction did not begin or was not committed, for each of those who wait for it.
#[derive(Debug, Clone)]
pub(super) enum NotCommitted {
    DiskFull,
    Otherwise(String),
}

impl From<&DbError> for NotCommitted {
    fn from(error: &DbError) -> Self {
        match error {
            DbError::DiskFull => Self::DiskFull,
            other => Self::Otherwise(other.to_string()),
        }
    }
}

impl From<NotCommitted> for DbError {
    fn from(why: NotCommitted) -> Self {
        match why {
            NotCommitted::DiskFull => Self::DiskFull,
            NotCommitted::Otherwise(words) => Self::NotCommitted(words),
        }
    }
}

/// A function to be called after the commit, with its result.
type Completion = Box<dyn FnOnce(Result<(), NotCommitted>) + Send>;

/// A write, which gets the connection in a transaction, or the reason why none was started.
pub(super) type Job = Box<dyn FnOnce(Result<&Connection, NotCommitted>) -> Completion + Send>;

/// Starts the thread. It ends when nobody can send it jobs any more.
pub(super) fn start(connection: Connection) -> Result<mpsc::Sender<Job>, DbError> {
    let (writer, jobs) = mpsc::channel();
    std::thread::Builder::new().name("db-writer".into()).spawn(move || write_groups(&connection, &jobs))?;
    Ok(writer)
}

/// Makes a job of a change; `answer` is called once, after the commit.
pub(super) fn job<T, E>(
    change: impl FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    answer: impl FnOnce(Result<T, E>) -> bool + Send + 'static,
) -> Job
where
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    Box::new(move |begun| {
        let result = match begun {
            Ok(connection) => Tx(Query(connection)).apart(change),
            Err(why) => Err(DbError::from(why).into()),
        };
        Box::new(move |committed| {
            let result = match committed {
                Ok(()) => result,
                Err(why) => result.and_then(|_| Err(DbError::from(why).into())),
            };
            if !answer(result) {
                tracing::debug!("nobody waited for a write");
            }
        })
    })
}

fn write_groups(connection: &Connection, jobs: &mpsc::Receiver<Job>) {
    while let Ok(first) = jobs.recv() {
        if let Err(error) = connection.batch("begin immediate") {
            tracing::error!(%error, "a write could not begin");
            first(Err((&error).into()))(Ok(()));
            continue;
        }
        let mut completions = vec![first(Ok(connection))];
        // A full disk may have ended the transaction; what comes then waits for the next.
        while completions.len() < GROUP
            && connection.in_transaction()
            && let Ok(job) = jobs.try_recv()
        {
            completions.push(job(Ok(connection)));
        }
        let committed = connection.batch("commit");
        if let Err(error) = &committed {
            tracing::error!(%error, "a group of writes was not committed");
            if connection.in_transaction()
                && let Err(error) = connection.batch("rollback")
            {
                tracing::error!(%error, "roll-back failed");
            }
        }
        for complete in completions {
            complete(committed.as_ref().copied().map_err(NotCommitted::from));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asked_for_a_write_that_cannot_begin_hears_that_it_was_not_committed() {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(&folder.path().join("akkoord.db")).unwrap();
        // No second transaction starts within this one.
        connection.batch("begin").unwrap();
        let writer = start(connection).unwrap();
        let (answer, answered) = mpsc::channel::<Result<(), DbError>>();
        writer.send(job(|_| Ok(()), move |result| answer.send(result).is_ok())).unwrap();
        let heard = answered.recv().unwrap();
        assert!(matches!(&heard, Err(DbError::NotCommitted(why)) if why.contains("transaction")), "{heard:?}");
    }
}
