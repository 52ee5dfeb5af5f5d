//! The facts that the server's verdict on a record depends on.

use accounts::signing_key::{KnownDeviceKey, KnownKey};
use documents::dossier::{Consent, DossierYear, GivenRevision};
use model::{
    approval::{RelyingParty, challenge},
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

    /// Returns the challenge that the person was asked to sign.
    pub fn challenge(&self, given: &GivenRevision, consent: &Consent) -> [u8; 32] {
        challenge(self.person.id, &consent.request.nonce, &given.revision.file.hash, &consent.request.statement)
    }

    /// Logs that a signature of the person for a revision is invalid.
    pub fn warn(&self, revision: RevisionId, flaw: InvalidSignature) {
        let key = PerPerson { revision, person: self.person.id };
        tracing::warn!(%flaw, %key, "a signature does not hold");
    }
}
