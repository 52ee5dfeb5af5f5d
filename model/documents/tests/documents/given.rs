//! A revision that two partners are asked to approve, and what they say about it.

use documents::dossier::{Consent, GivenRevision};
use model::{approval::Nonce, hash::ContentHash, id::*, record::*, tax_return::Capacity, time::Timestamp};
use std::collections::BTreeMap;

pub(crate) const MARIEKE: PersonId = PersonId::from_bytes([1; 16]);
pub(crate) const THOMAS: PersonId = PersonId::from_bytes([2; 16]);
pub(crate) const REVISION: RevisionId = RevisionId::from_bytes([3; 16]);
pub(crate) const RETURN: TaxReturnId = TaxReturnId::from_bytes([4; 16]);

pub(crate) fn file() -> DeliveredFile {
    DeliveredFile { name: "aangifte.pdf".into(), size: 1, hash: ContentHash::of(b"1"), pages: 1 }
}

fn consent() -> Consent {
    Consent::asked(ApprovalRequest {
        nonce: Nonce([3; 32]),
        capacity: Capacity::Partner,
        signer: String::new(),
        statement: String::new(),
        after: Vec::new(),
        at: Timestamp(1),
    })
}

/// Returns a revision that both partners are asked to approve.
pub(crate) fn revision() -> GivenRevision {
    let revision = Revision {
        tax_returns: vec![RETURN],
        number: 1,
        file: file(),
        results: Vec::new(),
        figures: Vec::new(),
        basis: Basis::Approval,
        scope: None,
        enough: Enough::All,
        corrects: None,
        by: "Sanne de Wit".into(),
        at: Timestamp(1),
    };
    let consents = BTreeMap::from([(MARIEKE, consent()), (THOMAS, consent())]);
    GivenRevision {
        id: REVISION,
        revision,
        tax_returns: Vec::new(),
        void: None,
        recall: None,
        covered_until: None,
        filings: BTreeMap::new(),
        consents,
    }
}

/// Returns the consent of this person.
pub(crate) fn of(given: &mut GivenRevision, person: PersonId) -> &mut Consent {
    given.consents.get_mut(&person).unwrap()
}

/// Adds an approval of this person, with the server's finding if it was checked.
pub(crate) fn approve(given: &mut GivenRevision, person: PersonId, at: u8, finding: Option<Finding>) -> ApprovalId {
    let id = ApprovalId::from_bytes([at; 16]);
    let bytes = || Base64(vec![1]);
    let signature =
        Assertion { credential: bytes(), authenticator_data: bytes(), client_data: bytes(), signature: bytes() };
    let at = Timestamp(i64::from(at));
    let signed = given.to_sign(person).into_iter().collect();
    let approval = Approval { revision: REVISION, by: person, at, signed, signature: Signature::Passkey(signature) };
    let verdict = finding.map(|finding| Verdict { at, finding });
    of(given, person).approvals.push((id, approval, verdict));
    id
}

/// Adds a refusal of this person.
pub(crate) fn decline(given: &mut GivenRevision, person: PersonId, at: u8) {
    let decline = Decline { revision: REVISION, by: person, at: Timestamp(i64::from(at)), reason: "Het bedrag".into() };
    of(given, person).declines.push((DeclineId::from_bytes([at; 16]), decline));
}
