//! What an approver signs: a challenge that binds a person and a list of revisions, each with a single-use
//! nonce, the exact bytes of the document and the statement that was shown. One signature is over one revision or over
//! several that were read one after the other.
//!
//! The device computes it to ask the passkey; the server computes it once more
//! from its own record. The bytes are specified here and nowhere else.

use crate::{
    hash::ContentHash,
    id::{PersonId, RevisionId},
};
use serde::{Deserialize, Serialize};

/// The BLAKE3 key-derivation context (BLAKE3 specification, section 2.3), by which hashes
/// made for another purpose never fit.
pub const CONTEXT: &str = "Akkoord 2026-11-30 approval challenge v2";

/// The BLAKE3 key-derivation context of a device key's certificate.
pub const CERTIFICATE_CONTEXT: &str = "Akkoord 2026-11-25 device key certificate v1";

/// The site that passkeys belong to, and with them the device keys that they certify.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelyingParty {
    /// The host name.
    pub id: String,
    /// The origin as browsers write it: scheme, host and port.
    pub origin: String,
}

/// The reasons why a signature is invalid. In JSON it is a word in snake case, which the audit log contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum InvalidSignature {
    /// The client data are malformed.
    #[error("client data are malformed")]
    ClientData,
    /// The signature was not made by `navigator.credentials.get`.
    #[error("not made by navigator.credentials.get")]
    Type,
    /// The signature is over another challenge.
    #[error("another challenge")]
    Challenge,
    /// The signature was made on another origin.
    #[error("another origin")]
    Origin,
    /// The signature was made inside a frame of another site.
    #[error("made inside a frame of another site")]
    CrossOrigin,
    /// The authenticator data are malformed.
    #[error("authenticator data are malformed")]
    AuthenticatorData,
    /// The signature was made for another relying party.
    #[error("another relying party")]
    RelyingParty,
    /// No person was present.
    #[error("no person was present")]
    NotPresent,
    /// The person was not verified.
    #[error("the person was not verified")]
    NotVerified,
    /// The backup flags contradict each other.
    #[error("backup flags contradict each other")]
    BackupFlags,
    /// The signature does not fit.
    #[error("the signature does not fit")]
    Signature,
    /// The list that was signed does not have this revision, or has something that the person was not asked.
    #[error("the signed list is not what the person was asked")]
    List,
}

/// A single-use random value, made by the server: one per approver and revision,
/// or one per certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Nonce(pub [u8; 32]);

impl Serialize for Nonce {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ContentHash(self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Nonce {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ContentHash::deserialize(deserializer).map(|h| Nonce(h.0))
    }
}

/// One revision in the list that a person signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedRevision {
    /// The revision.
    pub revision: RevisionId,
    /// The hash of its exact bytes.
    pub content: ContentHash,
    /// The hash of the statement that was shown, in UTF-8.
    pub statement: ContentHash,
    /// The nonce of the request.
    pub nonce: Nonce,
}

impl SignedRevision {
    /// Returns what is signed of a revision.
    pub fn of(revision: RevisionId, content: ContentHash, statement: &str, nonce: Nonce) -> Self {
        Self { revision, content, statement: ContentHash::of(statement.as_bytes()), nonce }
    }

    fn fields(&self) -> [&[u8]; 4] {
        [self.revision.as_bytes(), &self.content.0, &self.statement.0, &self.nonce.0]
    }
}

/// Returns the challenge: BLAKE3 derive-key over the person and, for each revision in the order of the list, its id,
/// the hashes of its bytes and of its statement, and its nonce. Each field is preceded by its length in bytes as a
/// little-endian 64-bit number.
pub fn challenge(person: PersonId, signed: &[SignedRevision]) -> [u8; 32] {
    let mut fields: Vec<&[u8]> = vec![person.as_bytes()];
    fields.extend(signed.iter().flat_map(SignedRevision::fields));
    derive(CONTEXT, &fields)
}

/// Returns the challenge that a passkey signs to certify a device's key: person, public key and
/// nonce, in the same form.
pub fn certificate_challenge(person: PersonId, key: &[u8], nonce: &Nonce) -> [u8; 32] {
    derive(CERTIFICATE_CONTEXT, &[person.as_bytes(), key, &nonce.0])
}

fn derive(context: &str, fields: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(context);
    for field in fields {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(n: u8, statement: &str) -> SignedRevision {
        SignedRevision::of(RevisionId::from_bytes([n; 16]), ContentHash([3; 32]), statement, Nonce([n; 32]))
    }

    #[test]
    fn every_part_of_what_is_approved_changes_the_challenge() {
        let person = PersonId::from_bytes([1; 16]);
        let one = signed(2, "Ik ga akkoord");
        let base = challenge(person, &[one]);
        let others = [
            challenge(PersonId::from_bytes([9; 16]), &[one]),
            challenge(person, &[SignedRevision { revision: RevisionId::from_bytes([9; 16]), ..one }]),
            challenge(person, &[SignedRevision { nonce: Nonce([9; 32]), ..one }]),
            challenge(person, &[SignedRevision { content: ContentHash([9; 32]), ..one }]),
            challenge(person, &[signed(2, "Ik ga akkoord.")]),
            challenge(person, &[one, one]),
            challenge(person, &[]),
        ];
        assert!(others.iter().all(|o| *o != base));
    }

    #[test]
    fn every_revision_of_a_list_and_their_order_change_the_challenge() {
        let person = PersonId::from_bytes([1; 16]);
        let [a, b, c] = [2, 3, 4].map(|n| signed(n, "Ik ga akkoord"));
        let other = signed(4, "Niet");
        let lists: [&[SignedRevision]; 8] =
            [&[a, b, c], &[a, c, b], &[c, b, a], &[a, b], &[b, c], &[a, b, c, c], &[a, b, other], &[]];
        let challenges: std::collections::BTreeSet<_> = lists.iter().map(|list| challenge(person, list)).collect();
        assert_eq!(challenges.len(), lists.len());
    }

    #[test]
    fn the_bytes_of_the_challenge_never_change() {
        let person = PersonId::from_bytes([1; 16]);
        let c = challenge(person, &[signed(2, "Ik ga akkoord"), signed(4, "Ik ook")]);
        assert_eq!(ContentHash(c).to_string(), "308eec0380d281b6f75819439c91b09ddefb2a8d40c6ba7e8a28aca52f87f133");
    }

    #[test]
    fn a_certificate_is_for_one_person_one_key_and_one_nonce() {
        let person = PersonId::from_bytes([1; 16]);
        let base = certificate_challenge(person, &[4; 65], &Nonce([2; 32]));
        let others = [
            certificate_challenge(PersonId::from_bytes([9; 16]), &[4; 65], &Nonce([2; 32])),
            certificate_challenge(person, &[9; 65], &Nonce([2; 32])),
            certificate_challenge(person, &[4; 65], &Nonce([9; 32])),
        ];
        assert!(others.iter().all(|o| *o != base));
    }
}
