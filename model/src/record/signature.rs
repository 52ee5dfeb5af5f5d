//! The signature of an approval: by a passkey, or by a key of the device that a
//! passkey certified beforehand.

use super::{Base64, Finding, Role, Subject, written::ClientWritten};
use crate::{approval::Nonce, hash::ContentHash, id::*, time::Timestamp};
use serde::{Deserialize, Serialize};

/// The answer of a passkey (Web Authentication Level 3, section 7.2). It is stored
/// unchanged, so that it can be checked at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// The identifier of the passkey.
    pub credential: Base64,
    /// The bytes of `authenticatorData`.
    pub authenticator_data: Base64,
    /// The bytes of `clientDataJSON`.
    pub client_data: Base64,
    /// The signature over authenticator data and the SHA-256 of the client data.
    pub signature: Base64,
}

/// The signature of a [`super::Approval`], over [`crate::approval::challenge`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signature {
    /// A signature by a passkey, for which the device verified the person.
    #[serde(rename = "assertion")]
    Passkey(Assertion),
    /// A signature by the device's own key.
    #[serde(rename = "device_key")]
    DeviceKey(DeviceSignature),
}

/// The strength of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Signed by a passkey.
    #[default]
    Passkey,
    /// Signed by the device's own key.
    DeviceKey,
}

impl Signature {
    /// Returns the strength of the signature.
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

/// A signature by a device key: ECDSA over P-256 with SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceSignature {
    /// The BLAKE3 hash of the public key's bytes.
    pub key: ContentHash,
    /// The signature, 64 bytes: r and s.
    pub signature: Base64,
}

/// A passkey's statement that a key of a device signs for a person. The server stores
/// it; it is in every evidence pack of an approval by that key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceCertificate {
    /// The person for whom the key signs.
    pub person: PersonId,
    /// The public key: 65 bytes, an uncompressed point (SEC 1, section 2.3.3).
    pub key: Base64,
    /// The nonce that the server made for this certificate alone.
    pub nonce: Nonce,
    /// The passkey's signature over [`crate::approval::certificate_challenge`].
    pub assertion: Assertion,
}

/// A passkey's confirmation of an approval that a device key signed, over the
/// same challenge. Keyed by [`CountersignatureId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Countersignature {
    /// The approval that is confirmed.
    pub approval: ApprovalId,
    /// The person who confirmed it.
    pub by: PersonId,
    /// The moment of the confirmation, by the clock of the device.
    pub at: Timestamp,
    /// The passkey's signature over [`crate::approval::challenge`].
    pub assertion: Assertion,
}

impl ClientWritten for Countersignature {
    type Key = CountersignatureId;
    const HAS_ROOM: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, _key: &CountersignatureId) -> Vec<Subject> {
        vec![Subject::OwnApproval(self.approval)]
    }

    fn is_allowed(role: Role) -> bool {
        role == Role::Approver
    }
}

/// The server's finding when it checked a countersignature. Keyed by
/// [`CountersignatureId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CounterVerdict {
    /// The moment at which it was received.
    pub at: Timestamp,
    /// The finding. One that would await a ruling does not count, and the person can confirm a second time.
    pub finding: Finding,
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Approval, Base64},
        *,
    };
    use crate::approval::SignedRevision;

    fn approval(signature: Signature) -> Approval {
        let (revision, by) = (RevisionId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let signed = vec![SignedRevision {
            revision,
            content: ContentHash([4; 32]),
            statement: ContentHash([5; 32]),
            nonce: Nonce([6; 32]),
        }];
        Approval { revision, by, at: Timestamp(3), signed, signature }
    }

    /// Approvals stay in the logs of firms for years, so their form must not change.
    #[test]
    fn an_approval_by_a_passkey_has_the_form_it_always_had() {
        let part = || Base64(vec![0]);
        let assertion =
            Assertion { credential: part(), authenticator_data: part(), client_data: part(), signature: part() };
        let json = serde_json::to_string(&approval(assertion.into())).unwrap();
        assert_eq!(
            json,
            "{\"revision\":\"01010101-0101-0101-0101-010101010101\",\"by\":\"02020202-0202-0202-0202-020202020202\",\
             \"at\":3,\"signed\":[{\"revision\":\"01010101-0101-0101-0101-010101010101\",\
             \"content\":\"0404040404040404040404040404040404040404040404040404040404040404\",\
             \"statement\":\"0505050505050505050505050505050505050505050505050505050505050505\",\
             \"nonce\":\"0606060606060606060606060606060606060606060606060606060606060606\"}],\"assertion\":{\"credential\":\"AA\",\"authenticator_data\":\"AA\",\"client_data\":\"AA\",\
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
