//! The contents of a pack.

use model::{
    approval::RelyingParty,
    hash::ContentHash,
    id::*,
    record::Level,
    time::{TaxYear, Timestamp},
};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

/// Returns the format of a manifest. The second one came with device keys.
pub fn format(level: Level) -> &'static str {
    match level {
        Level::Passkey => "akkoord-evidence-1",
        Level::DeviceKey => "akkoord-evidence-2",
    }
}

/// The bytes that are signed before the manifest, so that this seal can never be one over something else.
pub const SEALED: &[u8] = b"Akkoord 2026-11-24 evidence pack v1\n";

/// The index of a pack: what it is about, where its records are in the log,
/// and the hashes of all other parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub format: String,
    pub made_at: Timestamp,
    pub firm: String,
    pub client_number: String,
    pub tax_year: TaxYear,
    pub person: Signer,
    pub approval: ApprovalId,
    pub revision: RevisionId,
    /// The level of the approval's signature.
    #[serde(default, skip_serializing_if = "is_passkey")]
    pub level: Level,
    /// The passkey's confirmation, if a device key signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersignature: Option<CountersignatureId>,
    /// The site that the passkey belongs to.
    pub relying_party: RelyingParty,
    pub log: Vec<Link>,
    pub parts: Vec<PackFile>,
    /// The public key of the seal.
    pub seal: String,
}

fn is_passkey(level: &Level) -> bool {
    *level == Level::Passkey
}

/// The person who signed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    pub id: PersonId,
    pub name: String,
}

/// A record, and the change in the log that wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub kind: RecordKind,
    pub key: String,
    pub document: DocumentId,
    /// The number of the change, counted from 1.
    pub seq: u64,
    /// The SHA-256 hash of the change's content, which is its name in Automerge.
    pub change: ContentHash,
    pub received_at: Timestamp,
}

/// The kinds of record in a pack, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    Revision,
    Request,
    Approval,
    Verdict,
    Ruling,
    Withdrawal,
    Void,
    Filing,
    Countersignature,
    CounterVerdict,
    TaxReturn,
    /// The return of the fiscal partner, if both are filed together.
    PartnerReturn,
    PartnerFiling,
}

impl RecordKind {
    /// The kinds of a return and of its filing, for each return of a revision.
    pub const OF_RETURNS: [(Self, Self); 2] =
        [(Self::TaxReturn, Self::Filing), (Self::PartnerReturn, Self::PartnerFiling)];

    /// Returns the name of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revision => "revision",
            Self::Request => "request",
            Self::Approval => "approval",
            Self::Verdict => "verdict",
            Self::Ruling => "ruling",
            Self::Withdrawal => "withdrawal",
            Self::Void => "void",
            Self::Filing => "filing",
            Self::Countersignature => "countersignature",
            Self::CounterVerdict => "counter_verdict",
            Self::TaxReturn => "tax_return",
            Self::PartnerReturn => "partner_return",
            Self::PartnerFiling => "partner_filing",
        }
    }
}

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackFile {
    pub name: String,
    pub size: u64,
    pub blake3: ContentHash,
    /// The SHA-256 hash, which is written like a BLAKE3 hash: 64 hexadecimal digits.
    pub sha256: ContentHash,
}

impl PackFile {
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), size: bytes.len() as u64, blake3: ContentHash::of(bytes), sha256: sha256(bytes) }
    }
}

/// Returns the SHA-256 hash of bytes, which is written like a BLAKE3 hash.
pub(super) fn sha256(bytes: &[u8]) -> ContentHash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    ContentHash(hash)
}

/// Returns the names of the parts between the statement and the records.
pub fn signature_parts(level: Level, countersigned: bool) -> Vec<&'static str> {
    let mut names = match level {
        Level::Passkey => vec![
            "signature/authenticator-data.bin",
            "signature/client-data.json",
            "signature/signature.bin",
            "signature/public-key.jwk.json",
        ],
        Level::DeviceKey => {
            vec!["signature/signature.bin", "certificate/certificate.json", "certificate/public-key.jwk.json"]
        }
    };
    if countersigned {
        names.push("countersignature/public-key.jwk.json");
    }
    names
}
