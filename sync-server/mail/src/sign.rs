//! Signs mails with a firm's own key (DKIM, RFC 6376), by which a recipient can check
//! that the firm's domain sent it. The public key has to be published in DNS by hand. Keys are of Ed25519
//! (RFC 8463); RSA is for firms whose recipients read nothing else.

use lettre::{
    Message,
    message::{
        dkim::{DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey},
        header::HeaderName,
    },
};
use model::{id::FirmId, time::Timestamp};
use ring::signature::{Ed25519KeyPair, KeyPair};
use rsa::{
    RsaPrivateKey,
    pkcs1::{EncodeRsaPrivateKey, LineEnding},
    pkcs8::EncodePublicKey,
    rand_core::{self, CryptoRng, RngCore},
};
use storage::{
    clock::random,
    db::{MailKey, OutboxRow},
    vault::Vault,
};

const BITS: usize = 2048;
/// The headers that are signed. All our mails have them, and a change of one breaks the signature.
/// The library cannot sign Content-Type, because it belongs to the body.
const SIGNED: [&str; 6] = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"];

/// An error while a key was made or used.
#[derive(Debug, thiserror::Error)]
#[error("the key of signatures: {0}")]
pub struct KeyError(String);

/// Signs the mails of one firm.
pub struct Signer {
    domain: String,
    config: DkimConfig,
}

/// Adapts the system's randomness to the interface that the library asks for.
struct System;

impl RngCore for System {
    fn next_u32(&mut self) -> u32 {
        u32::from_le_bytes(random())
    }

    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(random())
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(32) {
            part.copy_from_slice(&random::<32>()[..part.len()]);
        }
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(bytes);
        Ok(())
    }
}

impl CryptoRng for System {}

/// The kinds of key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// Short keys, and nothing in the time that signing takes.
    #[default]
    Ed25519,
    /// 2,048 bits. Every recipient reads it.
    Rsa,
}

impl Algorithm {
    /// Returns the word for it in DNS.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::Rsa => "rsa",
        }
    }

    /// Returns the algorithm with this word, or None.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Ed25519, Self::Rsa].into_iter().find(|algorithm| algorithm.word() == word)
    }

    /// Returns the algorithm of a key that was stored.
    fn of_key(key: &MailKey) -> Self {
        let start = format!("k={}; ", Self::Rsa.word());
        if key.public.starts_with(&start) { Self::Rsa } else { Self::Ed25519 }
    }

    /// Makes a key. Returns its public and its secret half as texts.
    fn make(self) -> Result<(String, String), KeyError> {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let wrong = |error: &dyn std::fmt::Display| KeyError(error.to_string());
        match self {
            Self::Ed25519 => {
                let secret = random::<32>();
                let pair = Ed25519KeyPair::from_seed_unchecked(&secret).map_err(|e| wrong(&e))?;
                Ok((STANDARD.encode(pair.public_key()), STANDARD.encode(secret)))
            }
            Self::Rsa => {
                let secret = RsaPrivateKey::new(&mut System, BITS).map_err(|e| wrong(&e))?;
                let public = secret.to_public_key().to_public_key_der().map_err(|e| wrong(&e))?;
                let pem = secret.to_pkcs1_pem(LineEnding::LF).map_err(|e| wrong(&e))?;
                Ok((STANDARD.encode(public.as_bytes()), pem.to_string()))
            }
        }
    }
}

/// Returns the context to which a firm's encrypted key is bound.
pub(super) fn place(firm: FirmId) -> String {
    format!("mail key {firm}")
}

/// Makes a key for a domain. This takes a moment and must not run on a thread that answers requests.
pub fn make_key(
    vault: &Vault,
    firm: FirmId,
    domain: &str,
    algorithm: Algorithm,
    at: Timestamp,
) -> Result<MailKey, KeyError> {
    let (public, secret) = algorithm.make()?;
    let [number] = random::<1>();
    Ok(MailKey {
        domain: domain.to_owned(),
        // A new key has a new name, so that both keys can be in DNS for a while.
        selector: format!("akkoord{}{number:02x}", at.0 / 86_400_000),
        public: format!("k={}; p={public}", algorithm.word()),
        secret: vault.close(&place(firm), &secret).ok_or_else(|| KeyError("cannot be closed".to_owned()))?,
        used: false,
        changed_at: at,
    })
}

/// Returns the name and the text of the record for DNS.
pub fn dns_record(key: &MailKey) -> (String, String) {
    (format!("{}._domainkey.{}", key.selector, key.domain), format!("v=DKIM1; {}", key.public))
}

impl Signer {
    /// Decrypts a firm's key.
    pub fn open(vault: &Vault, firm: FirmId, key: &MailKey) -> Result<Self, KeyError> {
        let secret = vault.open(&place(firm), &key.secret).ok_or_else(|| KeyError("cannot be opened".to_owned()))?;
        let algorithm = match Algorithm::of_key(key) {
            Algorithm::Ed25519 => DkimSigningAlgorithm::Ed25519,
            Algorithm::Rsa => DkimSigningAlgorithm::Rsa,
        };
        let secret = DkimSigningKey::new(&secret, algorithm).map_err(|error| KeyError(error.to_string()))?;
        let relaxed = || DkimCanonicalizationType::Relaxed;
        let config = DkimConfig::new(
            key.selector.clone(),
            key.domain.clone(),
            secret,
            SIGNED.map(HeaderName::new_from_ascii_str).to_vec(),
            DkimCanonicalization { header: relaxed(), body: relaxed() },
        );
        Ok(Self { domain: key.domain.clone(), config })
    }

    /// Signs a mail if it comes from the key's domain. Any other signature would be ignored.
    pub(super) fn sign(&self, row: &OutboxRow, from: Option<&str>, message: &mut Message) {
        let sender = from.unwrap_or(&row.mail.from_address);
        let host = sender.rsplit_once('@').map_or("", |(_, host)| host);
        if host.eq_ignore_ascii_case(&self.domain) {
            message.sign(&self.config);
        }
    }
}
