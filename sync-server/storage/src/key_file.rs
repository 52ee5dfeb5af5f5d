//! The server's own secret, which is a file in the data folder that is made at the
//! first start. The seal, whose public half others compare, and the vault are derived from it.

use crate::{clock::random, vault::Vault};
use proof::seal::Seal;
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// The reasons why the secret cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("{file}: {cause}")]
    File { file: PathBuf, cause: std::io::Error },
    #[error("{0} is no key: 32 bytes are expected")]
    Malformed(PathBuf),
}

/// The seal and the vault that belong to a secret.
#[derive(Clone)]
pub struct KeyFile {
    pub seal: Seal,
    /// The vault for secrets that the server has to read later.
    pub vault: Vault,
}

impl KeyFile {
    /// Opens the secret of a data folder, and makes one if there is none.
    pub fn open(data: &Path) -> Result<Self, KeyFileError> {
        let file = data.join("seal.key");
        let at = |cause| KeyFileError::File { file: file.clone(), cause };
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = random::<32>();
                write_private(&file, &key).map_err(at)?;
                key.to_vec()
            }
            Err(error) => return Err(at(error)),
        };
        let secret = bytes.as_slice().try_into().ok();
        let seal = secret.and_then(Seal::of).ok_or_else(|| KeyFileError::Malformed(file.clone()))?;
        Ok(Self { seal, vault: Vault::of(&bytes) })
    }
}

/// Writes a file that only this user can read, and flushes it to the disk.
fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
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

    #[test]
    fn the_key_is_made_once_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let first = KeyFile::open(folder.path()).unwrap();
        let again = KeyFile::open(folder.path()).unwrap();
        assert_eq!(first.seal.public(), again.seal.public());
        let closed = first.vault.close("place", "secret").unwrap();
        assert_eq!(again.vault.open("place", &closed).as_deref(), Some("secret"));
        std::fs::write(folder.path().join("seal.key"), b"short").unwrap();
        assert!(matches!(KeyFile::open(folder.path()), Err(KeyFileError::Malformed(_))));
    }
}
