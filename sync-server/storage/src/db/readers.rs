//! The connections that read: a limited number, because each of them has files open, and because more of them than
//! the machine has hands only slow each other down.

use super::{error::DbError, sqlite::Connection};
use std::{
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// The largest number of connections that read.
const MOST: usize = 32;
/// The wait after which a connection more is opened all the same: one read may wait for another within it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The connections that read.
pub(super) struct Readers {
    path: PathBuf,
    connections: Mutex<Connections>,
    freed: Condvar,
}

#[derive(Default)]
struct Connections {
    idle: Vec<Connection>,
    /// The number of all connections, idle or not.
    open: usize,
}

/// A connection that somebody reads with. Whoever is done puts it back; otherwise it is closed.
pub(super) struct Reader<'r> {
    readers: &'r Readers,
    connection: Connection,
    place: Place<'r>,
}

/// One of the connections that there may be.
struct Place<'r>(&'r Readers);

impl Readers {
    pub fn of(path: &Path) -> Self {
        Self { path: path.to_owned(), connections: Mutex::default(), freed: Condvar::new() }
    }

    /// Returns a connection, when there is one.
    pub fn take(&self) -> Result<Reader<'_>, DbError> {
        let mut connections = self.connections();
        while connections.idle.is_empty() && connections.open >= MOST {
            let (waited, timeout) =
                self.freed.wait_timeout(connections, PATIENCE).unwrap_or_else(PoisonError::into_inner);
            connections = waited;
            if timeout.timed_out() {
                break;
            }
        }
        if let Some(connection) = connections.idle.pop() {
            return Ok(Reader { readers: self, connection, place: Place(self) });
        }
        connections.open += 1;
        drop(connections);
        let place = Place(self);
        Ok(Reader { readers: self, connection: Connection::open_to_read(&self.path)?, place })
    }

    fn connections(&self) -> MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reader<'_> {
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Lets others read with the connection.
    pub fn put_back(self) {
        let mut connections = self.readers.connections();
        if connections.open > MOST {
            // The place is given back after the lock.
            drop(connections);
            return;
        }
        connections.idle.push(self.connection);
        drop(connections);
        self.readers.freed.notify_one();
        std::mem::forget(self.place);
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.connections().open -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Db;
    use std::sync::mpsc;

    #[test]
    fn many_that_read_share_a_few_connections_and_one_within_another_does_not_hang() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("akkoord.db");
        drop(Db::open(&path).unwrap());
        let readers = Readers::of(&path);
        let held: Vec<_> = (0..MOST).map(|_| readers.take().unwrap()).collect();
        std::thread::scope(|scope| {
            let (said, heard) = mpsc::channel();
            for _ in 0..2 {
                let (said, readers) = (said.clone(), &readers);
                scope.spawn(move || {
                    readers.take().unwrap().put_back();
                    said.send(()).unwrap();
                });
            }
            assert!(heard.try_recv().is_err());
            let mut held = held.into_iter();
            held.next().unwrap().put_back();
            drop(held.next());
            assert!(heard.recv().is_ok() && heard.recv().is_ok());
            let left: Vec<_> = held.collect();
            assert!(readers.connections().open <= MOST);
            let inner: Vec<_> = (left.len()..=MOST).map(|_| readers.take().unwrap()).collect();
            assert_eq!(readers.connections().open, MOST + 1, "who waits for long gets one more");
            inner.into_iter().chain(left).for_each(Reader::put_back);
            let connections = readers.connections();
            assert_eq!(connections.open, connections.idle.len());
        });
    }
}
