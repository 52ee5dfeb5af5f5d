//! The facts that the server's verdict on a record depends on.

use accounts::signing_key::{KnownDeviceKey, KnownKey};
use documents::dossier::{DossierYear, GivenRevision};
use model::{
    approval::{RelyingParty, SignedRevision, challenge},
    hash::ContentHash,
    id::*,
    record::PerPerson,
    time::{TaxYear, Timestamp},
};
use proof::approval::InvalidSignature;
use std::collections::BTreeMap;
use storage::db::PersonRow;

/// The keys by which a person's signatures are checked.
#[derive(Default)]
pub struct Keys {
    /// The passkeys by credential id.
    pub passkeys: BTreeMap<Vec<u8>, KnownKey>,
    /// The certified keys of devices by their hash.
    pub device_keys: BTreeMap<ContentHash, KnownDeviceKey>,
}

/// The facts that a reaction depends on.
pub struct Facts<'f> {
    /// The year before the records.
    pub view: &'f DossierYear,
    pub person: &'f PersonRow,
    pub tax_year: TaxYear,
    pub now: Timestamp,
    pub relying_party: &'f RelyingParty,
    pub keys: &'f Keys,
    /// The moment until which approvals of this person await a ruling.
    pub ruling_needed_until: Option<Timestamp>,
}

impl Facts<'_> {
    /// Returns true if approvals of this person await a ruling now.
    pub fn needs_ruling(&self) -> bool {
        self.ruling_needed_until.is_some_and(|until| self.now < until)
    }

    /// Returns the challenge of a list in which `given` is approved. All of the list has to be what the person was asked,
    /// as the firm's own document has it: the bytes, the statements and the nonces.
    pub fn challenge(&self, given: &GivenRevision, signed: &[SignedRevision]) -> Result<[u8; 32], InvalidSignature> {
        let asked = |one: &SignedRevision| self.view.revision(one.revision)?.to_sign(self.person.id);
        let is_known = signed.iter().all(|one| asked(one).as_ref() == Some(one));
        let is_in_it = signed.iter().any(|one| one.revision == given.id);
        if is_known && is_in_it { Ok(challenge(self.person.id, signed)) } else { Err(InvalidSignature::List) }
    }

    /// Logs that a signature of the person for a revision is invalid.
    pub fn warn(&self, revision: RevisionId, flaw: InvalidSignature) {
        let key = PerPerson { revision, person: self.person.id };
        tracing::warn!(%flaw, %key, "a signature does not hold");
    }
}
