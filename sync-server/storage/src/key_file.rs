//! The server's own secret, which is a file in the data folder that is made at the
//! first start. The seal, whose public half others compare, and the vault are derived from it. Another secret can
//! take its place; the file then also says which seals came before.

use crate::{
    clock::random,
    db::{Db, DbError},
    vault::Vault,
};
use model::time::Timestamp;
use proof::seal::{Seal, Succession};
use std::{
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

/// The setting in the database that names the seal whose vault closed what is in it, once there was more than one.
pub const IN_FORCE: &str = "seal";

/// The reasons why the secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("{file}: {cause}")]
    File { file: PathBuf, cause: io::Error },
    #[error("{0} is no key: 32 bytes are expected, and the seals before it")]
    Malformed(PathBuf),
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The seal and the vault that belong to a secret.
#[derive(Clone)]
pub struct KeyFile {
    pub seal: Seal,
    /// The vault for secrets that the server has to read later.
    pub vault: Vault,
}

fn present(data: &Path) -> PathBuf {
    data.join("seal.key")
}

fn next(data: &Path) -> PathBuf {
    data.join("seal.key.next")
}

impl KeyFile {
    /// Opens the secret of a data folder with this database, and makes one if there is none. A change of the secret
    /// that was interrupted is finished if the database took part in it, and otherwise forgotten.
    pub fn open(data: &Path, db: &Db) -> Result<Self, KeyFileError> {
        if next(data).exists() {
            let prepared = Self::read(&next(data));
            let in_force = db.read::<_, DbError>(|q| q.setting(IN_FORCE))?;
            match prepared {
                Ok(prepared) if in_force == Some(prepared.seal.public()) => Self::put_in_place(data)?,
                _ => std::fs::remove_file(next(data)).map_err(|cause| at(next(data), cause))?,
            }
        }
        match Self::read(&present(data)) {
            Err(KeyFileError::File { cause, .. }) if cause.kind() == ErrorKind::NotFound => {
                write_private(&present(data), &random::<32>()).map_err(|cause| at(present(data), cause))?;
                Self::read(&present(data))
            }
            read => read,
        }
    }

    /// Writes a new secret beside the present one, and returns what belongs to it.
    pub fn prepare_next(&self, data: &Path, now: Timestamp) -> Result<Self, KeyFileError> {
        let secret = random::<32>();
        let seal = Seal::of(&secret).ok_or_else(|| KeyFileError::Malformed(next(data)))?;
        let mut successions = self.seal.lineage().successions;
        successions.push(Succession::make(&self.seal, &seal, now));
        let history = serde_json::to_vec(&successions).map_err(|_| KeyFileError::Malformed(next(data)))?;
        write_private(&next(data), &[&secret[..], &history].concat()).map_err(|cause| at(next(data), cause))?;
        Ok(Self { seal: seal.after(successions), vault: Vault::of(&secret) })
    }

    /// Puts the new secret in the place of the old one, which is gone then.
    pub fn put_in_place(data: &Path) -> Result<(), KeyFileError> {
        let renamed = std::fs::rename(next(data), present(data));
        // On systems that cannot open folders the rename is as durable as it gets.
        renamed
            .and_then(|()| std::fs::File::open(data).map_or(Ok(()), |folder| folder.sync_all()))
            .map_err(|cause| at(present(data), cause))
    }

    fn read(file: &Path) -> Result<Self, KeyFileError> {
        let bytes = std::fs::read(file).map_err(|cause| at(file.to_owned(), cause))?;
        let malformed = || KeyFileError::Malformed(file.to_owned());
        let (secret, history) = bytes.split_first_chunk::<32>().ok_or_else(malformed)?;
        let successions = match history {
            [] => Vec::new(),
            history => serde_json::from_slice(history).map_err(|_| malformed())?,
        };
        let seal = Seal::of(secret).ok_or_else(malformed)?;
        Ok(Self { seal: seal.after(successions), vault: Vault::of(secret) })
    }
}

fn at(file: PathBuf, cause: io::Error) -> KeyFileError {
    KeyFileError::File { file, cause }
}

/// Writes a file that only this user can read, and flushes it to the disk.
fn write_private(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Db) {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&folder.path().join("akkoord.db")).unwrap();
        (folder, db)
    }

    #[test]
    fn the_key_is_made_once_and_stays() {
        let (folder, db) = folder();
        let first = KeyFile::open(folder.path(), &db).unwrap();
        let again = KeyFile::open(folder.path(), &db).unwrap();
        assert_eq!(first.seal.public(), again.seal.public());
        let closed = first.vault.close("place", "secret").unwrap();
        assert_eq!(again.vault.open("place", &closed).as_deref(), Some("secret"));
        std::fs::write(folder.path().join("seal.key"), b"short").unwrap();
        assert!(matches!(KeyFile::open(folder.path(), &db), Err(KeyFileError::Malformed(_))));
    }

    #[test]
    fn a_change_that_stops_half_way_is_finished_or_forgotten_as_the_database_says() {
        let (folder, db) = folder();
        let first = KeyFile::open(folder.path(), &db).unwrap();
        first.prepare_next(folder.path(), Timestamp(1)).unwrap();
        let same = KeyFile::open(folder.path(), &db).unwrap();
        assert_eq!(same.seal.public(), first.seal.public(), "the database took no part");
        assert!(!folder.path().join("seal.key.next").exists());

        let second = first.prepare_next(folder.path(), Timestamp(2)).unwrap();
        let public = second.seal.public();
        db.write_blocking(move |tx| tx.set_setting(IN_FORCE, &public)).unwrap();
        let now = KeyFile::open(folder.path(), &db).unwrap();
        assert_eq!(now.seal.lineage(), second.seal.lineage());
        assert!(now.seal.lineage().has(&first.seal.public()) && !first.seal.lineage().has(&now.seal.public()));
        assert!(!folder.path().join("seal.key.next").exists());
    }
}
