//! Approvals as a device sends them, honest or not, and the server's findings.

use crate::{
    attacker::Siege,
    console_page::{ConsolePage, YEAR},
};
use documents::dossier::{ConsentState, GivenRevision};
use model::{
    approval::{Nonce, SignedRevision, challenge},
    hash::ContentHash,
    id::*,
    record::*,
};
use proof::evidence::verify;
use storage::{clock::random, db::DbError};

/// Returns a household that is asked to approve, and one of its people.
pub async fn scene() -> (Siege, RevisionId) {
    let mut siege = Siege::new().await;
    let revision = siege.console.set_out_revision("versie 1").await;
    open(&siege, revision);
    (siege, revision)
}

/// Says that the person has read a revision.
pub fn open(siege: &Siege, revision: RevisionId) {
    let (by, at) = (siege.person.id, siege.now());
    assert_eq!(siege.write(&PerPerson { revision, person: by }, &Opening { by, at }), Ok(()));
}

/// Returns the challenge that `person` is asked to sign for a revision.
pub fn asked(console: &ConsolePage, person: PersonId, revision: RevisionId) -> [u8; 32] {
    challenge(person, &to_sign(console, person, &[revision]))
}

/// Returns the list that `person` signs for revisions, in their order.
pub fn to_sign(console: &ConsolePage, person: PersonId, revisions: &[RevisionId]) -> Vec<SignedRevision> {
    let year = console.year();
    revisions.iter().map(|revision| year.revision(*revision).unwrap().to_sign(person).unwrap()).collect()
}

/// Returns challenges that are nearly those that this person is asked to sign for a revision, with what is different.
pub fn nearly_asked(siege: &Siege, revision: RevisionId) -> Vec<(&'static str, [u8; 32])> {
    let (me, other) = (siege.person.id, siege.console.home.people[1].id);
    let year = siege.console.year();
    let given = year.revision(revision).unwrap();
    let (mine, nobodys) = (given.to_sign(me).unwrap(), ContentHash([0; 32]));
    let mut nonce = mine.nonce;
    nonce.0[0] ^= 1;
    vec![
        ("statement", challenge(me, &[SignedRevision { statement: nobodys, ..mine }])),
        ("document", challenge(me, &[SignedRevision { content: nobodys, ..mine }])),
        ("nonce", challenge(me, &[SignedRevision { nonce, ..mine }])),
        ("revision", challenge(me, &[SignedRevision { revision: RevisionId::from_bytes([0; 16]), ..mine }])),
        ("person", challenge(other, &[mine])),
        ("a longer list", challenge(me, &[mine, mine])),
        ("what the other is asked", asked(&siege.console, other, revision)),
        ("nothing", [0; 32]),
    ]
}

pub fn state(console: &ConsolePage, person: PersonId, revision: RevisionId) -> ConsentState {
    console.year().revision(revision).unwrap().consents[&person].state()
}

/// Returns the server's finding about an approval.
pub fn finding(console: &ConsolePage, approval: ApprovalId) -> Option<Finding> {
    let year = console.year();
    let consents = year.revisions.iter().flat_map(|r| r.consents.values());
    let mut approvals = consents.flat_map(|c| c.approvals.iter());
    approvals.find(|(id, ..)| *id == approval).and_then(|(.., verdict)| verdict.as_ref().map(|v| v.finding))
}

/// Returns an approval with this signature, and its id.
pub fn approval(siege: &Siege, revision: RevisionId, signature: impl Into<Signature>) -> (ApprovalId, Approval) {
    let (by, signature) = (siege.person.id, signature.into());
    // Who is not asked has nothing to sign, and says that it was what the other is asked.
    let year = siege.console.year();
    let asked = |given: &GivenRevision| given.to_sign(by).or_else(|| given.to_sign(*given.consents.keys().next()?));
    let nothing = SignedRevision::of(revision, ContentHash([0; 32]), "", Nonce([0; 32]));
    let signed = vec![year.revision(revision).and_then(asked).unwrap_or(nothing)];
    (ApprovalId::from_random(random()), Approval { revision, by, at: siege.now(), signed, signature })
}

/// Sends an approval with this signature and returns its id.
pub fn approve(siege: &Siege, revision: RevisionId, signature: impl Into<Signature>) -> ApprovalId {
    let (id, record) = approval(siege, revision, signature);
    assert_eq!(siege.write(&id, &record), Ok(()));
    id
}

/// Sends an approval with this signature and returns the server's finding.
pub fn send(siege: &Siege, revision: RevisionId, signature: impl Into<Signature>) -> Finding {
    let id = approve(siege, revision, signature);
    finding(&siege.console, id).unwrap()
}

/// Returns the reason in the log for the newest approval that was not accepted.
pub fn reason(siege: &Siege) -> String {
    let client = siege.console.home.client.id;
    let events = siege.console.app.state.db.read::<_, DbError>(|q| q.events(client, YEAR, 20)).unwrap();
    let newest = &events.iter().find(|e| e.event.word().starts_with("approval_")).unwrap().event;
    let facts: serde_json::Value = serde_json::from_str(&newest.detail()).unwrap();
    match facts["flaw"].as_str() {
        Some(flaw) => flaw.to_owned(),
        None => facts["finding"].as_str().unwrap_or(newest.word()).to_owned(),
    }
}

/// Asserts that the check of a pack finds a change of any byte.
#[track_caller]
pub fn assert_every_byte_counts(pack: &[u8]) {
    assert!(verify(pack).is_ok(), "the pack itself holds");
    let mut other = pack.to_vec();
    for at in 0..pack.len() {
        other[at] ^= 1 << (at % 8);
        assert!(verify(&other).is_err(), "byte {at} of {}", pack.len());
        other[at] = pack[at];
    }
    assert_eq!(other, pack);
}
