//! The server's own signature: over evidence packs and over checkpoints of the
//! audit log. The key is made at the first start and stays in the data folder;
//! others compare its public half.

use crate::{clock::random, vault::Vault};
use p256::ecdsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer, Verifier},
};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

/// The reasons why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("{file}: {cause}")]
    File { file: PathBuf, cause: std::io::Error },
    #[error("{0} is no key: 32 bytes are expected")]
    Malformed(PathBuf),
}

/// Signs (ECDSA over P-256 with SHA-256, RFC 6979).
#[derive(Clone)]
pub struct Seal(SigningKey);

impl Seal {
    /// Opens the key of a data folder, and makes one if there is none.
    pub fn open(data: &Path) -> Result<Self, SealError> {
        let file = data.join("seal.key");
        let at = |cause| SealError::File { file: file.clone(), cause };
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key = random::<32>();
                write_private(&file, &key).map_err(at)?;
                key.to_vec()
            }
            Err(error) => return Err(at(error)),
        };
        SigningKey::from_slice(&bytes).map(Self).map_err(|_| SealError::Malformed(file.clone()))
    }

    /// Returns a key for one test or one process.
    pub fn of(bytes: &[u8; 32]) -> Option<Self> {
        SigningKey::from_slice(bytes).ok().map(Self)
    }

    /// Returns 64 bytes: r and s, of whose two forms the smaller one is used.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let signature: Signature = self.0.sign(message);
        signature.normalize_s().to_bytes().to_vec()
    }

    /// Returns the vault for secrets that the server has to read later.
    pub fn vault(&self) -> Vault {
        Vault::of(&self.0.to_bytes())
    }

    /// Returns the public half: a compressed point (SEC 1) in 66 hexadecimal digits.
    pub fn public(&self) -> String {
        hex(self.0.verifying_key().to_sec1_point(true).as_bytes())
    }
}

/// Returns true if `signature` was made over `message` by the key with the public half `public`.
pub fn fits(public: &str, message: &[u8], signature: &[u8]) -> bool {
    let Some(point) = of_hex(public) else { return false };
    let (Ok(key), Ok(signature)) = (VerifyingKey::from_sec1_bytes(&point), Signature::from_slice(signature)) else {
        return false;
    };
    // Only one of the two forms of a signature is accepted, so that no byte can vary.
    signature.normalize_s() == signature && key.verify(message, &signature).is_ok()
}

/// Writes bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads what [`hex`] wrote, and nothing else.
pub fn of_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// Writes a file that only this user can read, and waits until it is on the disk.
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
        let first = Seal::open(folder.path()).unwrap();
        let again = Seal::open(folder.path()).unwrap();
        assert_eq!(first.public(), again.public());
        assert!(fits(&first.public(), b"words", &again.sign(b"words")));
        assert!(!fits(&first.public(), b"other words", &first.sign(b"words")));
        std::fs::write(folder.path().join("seal.key"), b"short").unwrap();
        assert!(matches!(Seal::open(folder.path()), Err(SealError::Malformed(_))));
    }

    #[test]
    fn hexadecimal_digits_have_one_form() {
        assert_eq!(of_hex("00ff1a"), Some(vec![0, 255, 26]));
        for text in ["0", "0G", "FF", "é"] {
            assert_eq!(of_hex(text), None, "{text}");
        }
    }
}
