//! What an approval is signed with: a passkey, or a key of the device that a
//! passkey certified beforehand.

use super::{Base64, Finding};
use crate::{approval::Nonce, hash::ContentHash, id::*, time::Timestamp};
use serde::{Deserialize, Serialize};

/// What a passkey signs (Web Authentication Level 3, section 7.2). Kept as it
/// came, so that it can be checked again at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assertion {
    /// Identifier of the passkey.
    pub credential: Base64,
    /// `authenticatorData`.
    pub authenticator_data: Base64,
    /// `clientDataJSON`.
    pub client_data: Base64,
    /// Over authenticator data and the SHA-256 of the client data.
    pub signature: Base64,
}

/// The signature of a [`super::Approval`], over [`crate::approval::challenge`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signature {
    /// By a passkey: the device verified the person there and then.
    #[serde(rename = "assertion")]
    Passkey(Assertion),
    /// By the device's own key.
    #[serde(rename = "device_key")]
    DeviceKey(DeviceSignature),
}

/// How strong a signature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// By a passkey.
    #[default]
    Passkey,
    /// By the device's own key.
    DeviceKey,
}

impl Signature {
    /// How strong it is.
    pub fn level(&self) -> Level {
        match self {
            Self::Passkey(_) => Level::Passkey,
            Self::DeviceKey(_) => Level::DeviceKey,
        }
    }
}

impl From<Assertion> for Signature {
    fn from(assertion: Assertion) -> Self {
        Self::Passkey(assertion)
    }
}

/// What a device key signs: ECDSA over P-256 with SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceSignature {
    /// BLAKE3 of the public key's bytes.
    pub key: ContentHash,
    /// 64 bytes: r and s.
    pub signature: Base64,
}

/// A passkey's word that a key of a device signs for a person. The server keeps
/// it; it is in every evidence pack of an approval by that key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceCertificate {
    /// For whom the key signs.
    pub person: PersonId,
    /// The public key: 65 bytes, an uncompressed point (SEC 1, section 2.3.3).
    pub key: Base64,
    /// Made by the server, for this certificate alone.
    pub nonce: Nonce,
    /// Over [`crate::approval::certificate_challenge`].
    pub assertion: Assertion,
}

/// A passkey's confirmation of an approval that a device key signed: over the
/// same challenge. Keyed by [`CountersignatureId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Countersignature {
    /// What is confirmed.
    pub approval: ApprovalId,
    /// By whom.
    pub by: PersonId,
    /// When, by the clock of the device.
    pub at: Timestamp,
    /// Over [`crate::approval::challenge`].
    pub assertion: Assertion,
}

/// What the server found when it checked a countersignature. Keyed by
/// [`CountersignatureId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterVerdict {
    /// When it was received.
    pub at: Timestamp,
    /// What was found. One that is held never counts: it can be given again.
    pub finding: Finding,
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Approval, Base64},
        *,
    };

    fn approval(signature: Signature) -> Approval {
        let (revision, by) = (RevisionId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        Approval { revision, by, at: Timestamp(3), signature }
    }

    /// Approvals are in the logs of firms for years: their form stays.
    #[test]
    fn an_approval_by_a_passkey_has_the_form_it_always_had() {
        let part = || Base64(vec![0]);
        let assertion =
            Assertion { credential: part(), authenticator_data: part(), client_data: part(), signature: part() };
        let json = serde_json::to_string(&approval(assertion.into())).unwrap();
        assert_eq!(
            json,
            "{\"revision\":\"01010101-0101-0101-0101-010101010101\",\"by\":\"02020202-0202-0202-0202-020202020202\",\
             \"at\":3,\"assertion\":{\"credential\":\"AA\",\"authenticator_data\":\"AA\",\"client_data\":\"AA\",\
             \"signature\":\"AA\"}}"
        );
        assert_eq!(serde_json::from_str::<Approval>(&json).unwrap().signature.level(), Level::Passkey);
    }

    #[test]
    fn an_approval_has_one_signature() {
        let signature = DeviceSignature { key: ContentHash([4; 32]), signature: Base64(vec![5; 64]) };
        let one = approval(Signature::DeviceKey(signature));
        let json = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Approval>(&json).unwrap(), one);
        let none = json.replace("device_key", "something_else");
        assert!(serde_json::from_str::<Approval>(&none).is_err());
    }
}
