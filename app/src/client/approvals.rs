//! Commands for approvals: one signature is over a list of revisions, which may be a list of one.

use super::{Client, SigningRequest, YearKey};
use crate::platform::{clock, random};
use model::{
    approval::{SignedRevision, challenge},
    id::*,
    record::{Approval, Assertion, Countersignature, MAX_ITEMS, Signature},
    section::Write,
};

impl Client {
    /// Returns the list that the person at this device signs for revisions, in their order, or `None` if somebody else
    /// was asked for one of them. What is signed stays this list, whatever arrives meanwhile.
    pub fn to_sign(&self, year: YearKey, revisions: &[RevisionId]) -> Option<Vec<SignedRevision>> {
        let (person, dossier) = (self.me(year.client)?, self.year(year));
        if revisions.is_empty() || revisions.len() > MAX_ITEMS {
            return None;
        }
        revisions.iter().map(|revision| dossier.revision(*revision)?.to_sign(person)).collect()
    }

    /// Returns what the passkey has to sign for a list, or `None` if nobody is signed in.
    pub fn challenge(&self, year: YearKey, signed: &[SignedRevision]) -> Option<SigningRequest> {
        self.signing_request(challenge(self.me(year.client)?, signed))
    }

    /// Approves all revisions of a list with one signature of the passkey or of the device's key.
    pub fn approve(&self, year: YearKey, signed: &[SignedRevision], signature: impl Into<Signature>) {
        let Some(by) = self.me(year.client) else { return };
        let (at, signature) = (clock::now(), signature.into());
        let approval = |one: &SignedRevision| {
            let approval =
                Approval { revision: one.revision, by, at, signed: signed.to_vec(), signature: signature.clone() };
            Write::of(&ApprovalId::from_random(random::bytes()), &approval)
        };
        self.write_all(year, signed.iter().map(approval).collect(), at);
    }

    /// Confirms approvals that the device's key gave with one signature with one signature of the passkey.
    pub fn countersign(&self, year: YearKey, approvals: &[ApprovalId], assertion: &Assertion) {
        let Some(by) = self.me(year.client) else { return };
        let at = clock::now();
        let confirmation = |approval: &ApprovalId| {
            let given = Countersignature { approval: *approval, by, at, assertion: assertion.clone() };
            Write::of(&CountersignatureId::from_random(random::bytes()), &given)
        };
        self.write_all(year, approvals.iter().map(confirmation).collect(), at);
    }
}
