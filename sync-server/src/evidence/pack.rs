//! The contents of a pack, and how it is put together.

use super::{page, zip};
use crate::{approval::PublicKey, seal::Seal};
use model::{
    approval::RelyingParty,
    hash::ContentHash,
    id::*,
    language::Language,
    record::*,
    time::{TaxYear, Timestamp},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

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
    pub relying_party: Party,
    pub log: Vec<Link>,
    pub parts: Vec<Part>,
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

/// The site that the passkey belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub id: String,
    pub origin: String,
}

/// A record, and the change in the log that wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub kind: Kind,
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
pub enum Kind {
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
}

impl Kind {
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
        }
    }
}

/// A file of the pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub name: String,
    pub size: u64,
    pub blake3: ContentHash,
    /// The SHA-256 hash, which is written like a BLAKE3 hash: 64 hexadecimal digits.
    pub sha256: ContentHash,
}

impl Part {
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            size: bytes.len() as u64,
            blake3: ContentHash::of(bytes),
            sha256: ContentHash(Sha256::digest(bytes).into()),
        }
    }
}

/// Everything from which a pack is made.
#[derive(Debug, Clone)]
pub struct Material {
    pub firm: String,
    pub client_number: String,
    pub tax_year: TaxYear,
    pub person: Signer,
    pub approval_id: ApprovalId,
    pub revision: Revision,
    pub request: ApprovalRequest,
    pub approval: Approval,
    pub verdict: Verdict,
    /// Each record as JSON with its place in the log, and the bytes of its change; in order.
    pub records: Vec<(Link, String, Vec<u8>)>,
    pub pdf: Vec<u8>,
    /// The passkey that signed, or that certified the device's key.
    pub key: PublicKey,
    /// The certificate, if a device's key signed.
    pub certificate: Option<DeviceCertificate>,
    pub countersigned: Option<Countersigned>,
    pub made_at: Timestamp,
}

/// The passkey's confirmation of an approval by a device key.
#[derive(Debug, Clone)]
pub struct Countersigned {
    pub id: CountersignatureId,
    pub at: Timestamp,
    /// The passkey that signed it.
    pub key: PublicKey,
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

/// The reasons why a pack cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    #[error("the passkey is of a kind that has no JSON Web Key here")]
    Key,
    #[error("the device's key has no certificate")]
    Certificate,
    #[error("the pack would be too large")]
    TooLarge,
    #[error("a part cannot be written")]
    Json,
}

/// Makes the pack: a ZIP in its one canonical form.
pub fn make(material: &Material, relying_party: &RelyingParty, seal: &Seal) -> Result<Vec<u8>, PackError> {
    let level = material.approval.signature.level();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("return.pdf".into(), material.pdf.clone()),
        ("statement.txt".into(), material.request.statement.clone().into_bytes()),
    ];
    let names = signature_parts(level, material.countersigned.is_some()).into_iter().map(str::to_owned);
    files.extend(names.zip(signature_bytes(material)?));
    for (link, json, _) in &material.records {
        files.push((format!("records/{}.json", link.kind.name()), json.clone().into_bytes()));
    }
    for (link, _, change) in &material.records {
        files.push((format!("changes/{}.bin", link.kind.name()), change.clone()));
    }
    files.push(("bewijs.nl.pdf".into(), page::page(material, seal, Language::Nl)));
    files.push(("evidence.en.pdf".into(), page::page(material, seal, Language::En)));
    let manifest = Manifest {
        format: format(level).to_owned(),
        made_at: material.made_at,
        firm: material.firm.clone(),
        client_number: material.client_number.clone(),
        tax_year: material.tax_year,
        person: material.person.clone(),
        approval: material.approval_id,
        revision: material.approval.revision,
        level,
        countersignature: material.countersigned.as_ref().map(|c| c.id),
        relying_party: Party { id: relying_party.id.clone(), origin: relying_party.origin.clone() },
        log: material.records.iter().map(|(link, ..)| link.clone()).collect(),
        parts: files.iter().map(|(name, bytes)| Part::of(name, bytes)).collect(),
        seal: seal.public(),
    };
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(|_| PackError::Json)?;
    let sealed = seal.sign(&[SEALED, &manifest].concat());
    let first = [("manifest.json", manifest.as_slice()), ("manifest.sig", sealed.as_slice())];
    let rest = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    zip::write(first.into_iter().chain(rest)).ok_or(PackError::TooLarge)
}

/// Returns the contents of the parts that [`signature_parts`] names, in its order.
fn signature_bytes(material: &Material) -> Result<Vec<Vec<u8>>, PackError> {
    let jwk = |key: &PublicKey| serde_json::to_vec(&key.to_jwk().ok_or(PackError::Key)?).map_err(|_| PackError::Json);
    let mut parts = match (&material.approval.signature, &material.certificate) {
        (Signature::Passkey(assertion), _) => {
            let parts = [&assertion.authenticator_data, &assertion.client_data, &assertion.signature];
            parts.map(|part| part.0.clone()).to_vec()
        }
        (Signature::DeviceKey(given), Some(certificate)) => {
            vec![given.signature.0.clone(), serde_json::to_vec(certificate).map_err(|_| PackError::Json)?]
        }
        (Signature::DeviceKey(_), None) => return Err(PackError::Certificate),
    };
    parts.push(jwk(&material.key)?);
    if let Some(countersigned) = &material.countersigned {
        parts.push(jwk(&countersigned.key)?);
    }
    Ok(parts)
}
