//! Tests of approvals of several returns with one signature: what is in the signed list counts, nothing else does, and
//! each approval can be checked alone.

use crate::tax_returns::bent;
use documents::{dossier::ConsentState, replay::Reason};
use dossiers::evidence;
use model::{
    approval::{InvalidSignature, SignedRevision, challenge},
    hash::ContentHash,
    id::*,
    record::*,
    section::Write,
};
use proof::{
    evidence::{PackFault, RecordKind, text, verify},
    seal::Seal,
};
use storage::clock::random;
use testkit::{
    attacker::Siege,
    consent::{finding, open, reason, state, to_sign},
    console_page::{ConsolePage, PAGE, YEAR, assert_redirect, pdf},
    harness::ORIGIN,
};

/// Sets out the VAT return of a quarter of 2025, and returns its revision.
async fn set_out(console: &mut ConsolePage, quarter: u8) -> RevisionId {
    let period = format!("2025-Q{quarter}");
    let fields = [("kind", "ob"), ("taxpayer", "company"), ("period", &period)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = console.upload(&fields, Some(&pdf(&period))).await;
    assert_redirect(&answer, &format!("{PAGE}/akkoord"));
    let year = console.year();
    year.current_revisions().into_iter().max_by_key(|given| (given.revision.at, given.id)).unwrap().id
}

/// Returns a client who is asked to approve the VAT returns of three quarters.
async fn scene() -> (Siege, [RevisionId; 3]) {
    let mut siege = Siege::new().await;
    let mut revisions = [RevisionId::from_bytes([0; 16]); 3];
    for (quarter, revision) in (1..).zip(&mut revisions) {
        *revision = set_out(&mut siege.console, quarter).await;
        open(&siege, *revision);
        siege.console.app.pass_seconds(1);
    }
    (siege, revisions)
}

/// Returns an approval for each of `revisions`, all with this list and signature.
fn approvals(
    siege: &Siege,
    revisions: &[RevisionId],
    signed: &[SignedRevision],
    signature: impl Into<Signature>,
) -> Vec<(ApprovalId, Approval)> {
    let (by, at, signature) = (siege.person.id, siege.now(), signature.into());
    let approval = |revision: &RevisionId| {
        let approval = Approval { revision: *revision, by, at, signed: signed.to_vec(), signature: signature.clone() };
        (ApprovalId::from_random(random()), approval)
    };
    revisions.iter().map(approval).collect()
}

/// Sends approvals in one change, as a device does.
fn push(siege: &Siege, approvals: &[(ApprovalId, Approval)]) -> Result<(), Reason> {
    siege.push(&[siege.change(approvals.iter().map(|(id, approval)| Write::of(id, approval)).collect())])
}

fn findings(siege: &Siege, approvals: &[(ApprovalId, Approval)]) -> Vec<Finding> {
    approvals.iter().map(|(id, _)| finding(&siege.console, *id).unwrap()).collect()
}

async fn sign(siege: &mut Siege, signed: &[SignedRevision]) -> Assertion {
    let bytes = challenge(siege.person.id, signed);
    siege.browser.authenticator.sign(ORIGIN, &bytes).await
}

#[tokio::test]
async fn one_signature_approves_a_list_and_each_approval_is_checked_alone() {
    let (mut siege, revisions) = scene().await;
    let me = siege.person.id;
    let signed = to_sign(&siege.console, me, &revisions);
    let assertion = sign(&mut siege, &signed).await;
    let before = siege.console.app.mails_of("approved").len();
    let given = approvals(&siege, &revisions, &signed, assertion);
    assert_eq!(push(&siege, &given), Ok(()));
    assert_eq!(findings(&siege, &given), [Finding::Verified; 3]);
    let mails = siege.console.app.mails_of("approved");
    assert_eq!(mails.len(), before + 1, "one mail for the whole list");
    for name in ["Aangifte OB 1e kwartaal 2025, versie 1", "2e kwartaal 2025, versie 1", "3e kwartaal 2025, versie 1"] {
        assert!(mails.iter().any(|mail| mail.mail.body_text.contains(name)), "{name}");
    }
    let (dossiers, client) = (&siege.console.app.state.dossiers, siege.console.home.client.id);
    let seal = Seal::of(&[7; 32]).unwrap();
    for (place, (id, _)) in (1..).zip(&given) {
        let material = evidence::collect(dossiers, client, YEAR, *id, None).unwrap();
        let pack = evidence::make(&material, dossiers.relying_party(), &seal).unwrap();
        let proven = verify(&pack);
        assert!(proven.as_ref().unwrap().counts);
        let told = text::lines(&proven, model::language::Language::Nl).join("\n");
        assert!(told.contains(&format!("Ondertekend in een lijst: {place} van 3")), "{told}");
        let fault = |from: String, to: String| {
            let material = bent(&material, RecordKind::Approval, &from, &to);
            verify(&evidence::make(&material, dossiers.relying_party(), &seal).unwrap()).err()
        };
        assert_eq!(fault("revision".into(), "revision".into()), None, "only the seal tells");
        for (nth, one) in (1..).zip(&signed) {
            let expected = match nth == place {
                true => PackFault::List,
                false => PackFault::Signature(InvalidSignature::Challenge),
            };
            let other = |hash: ContentHash| ContentHash(hash.0.map(|byte| !byte)).to_string();
            assert_eq!(fault(one.statement.to_string(), other(one.statement)), Some(expected), "{nth}");
            assert_eq!(fault(one.content.to_string(), other(one.content)), Some(expected), "{nth}");
        }
    }
    // Nothing is given twice.
    let again = sign(&mut siege, &signed).await;
    let twice = approvals(&siege, &revisions, &signed, again);
    assert_eq!(push(&siege, &twice), Ok(()));
    assert_eq!(findings(&siege, &twice), [Finding::NotAsked; 3]);
}

/// Each line is a list that is nearly the one that was signed.
#[tokio::test]
async fn a_list_that_was_changed_after_it_was_signed_approves_nothing() {
    let (mut siege, revisions) = scene().await;
    let me = siege.person.id;
    let [a, b, c] = to_sign(&siege.console, me, &revisions).try_into().unwrap();
    let partner = siege.console.home.people[1].id;
    let [foreign, ..]: [SignedRevision; 3] = to_sign(&siege.console, partner, &revisions).try_into().unwrap();
    let changed = |change: fn(&mut SignedRevision)| {
        let mut changed = b;
        change(&mut changed);
        changed
    };
    let signed_for = sign(&mut siege, &[a, b, c]).await;
    let shorter = sign(&mut siege, &[a, b]).await;
    let mut cases = vec![
        ("reordered", vec![b, a, c], signed_for.clone(), "challenge"),
        ("the end is missing", vec![a, b], signed_for.clone(), "challenge"),
        ("the beginning is missing", vec![b, c], signed_for.clone(), "challenge"),
        ("one alone", vec![b], signed_for.clone(), "challenge"),
        ("one that was not signed", vec![a, b, c], shorter, "challenge"),
    ];
    // These were truly signed by the right passkey, and are not what the person was asked.
    for (what, list) in [
        ("another statement", vec![a, changed(|s| s.statement = ContentHash([1; 32])), c]),
        ("another document", vec![a, changed(|s| s.content = ContentHash([1; 32])), c]),
        ("another nonce", vec![a, changed(|s| s.nonce.0[0] ^= 1), c]),
        ("another's statement beside the own", vec![foreign, b]),
    ] {
        let assertion = sign(&mut siege, &list).await;
        cases.push((what, list, assertion, "list"));
    }
    for (what, list, assertion, flaw) in cases {
        let given = approvals(&siege, &[b.revision], &list, assertion);
        assert_eq!(push(&siege, &given), Ok(()), "{what}");
        assert_eq!(findings(&siege, &given), [Finding::Invalid], "{what}");
        assert_eq!(reason(&siege), flaw, "{what}");
        siege.console.app.pass_seconds(1);
    }
    // These are no lists at all, and nothing of them is kept.
    let unknown = SignedRevision { revision: RevisionId::from_bytes([7; 16]), ..a };
    for (what, list, expected) in [
        ("without the revision itself", vec![a, c], Reason::Malformed),
        ("empty", vec![], Reason::Malformed),
        ("the same twice", vec![a, b, b], Reason::Malformed),
        ("the same with another nonce", vec![b, changed(|s| s.nonce.0[0] ^= 1)], Reason::Malformed),
        ("a revision that is not there", vec![unknown, b], Reason::UnknownSubject),
    ] {
        let assertion = sign(&mut siege, &list).await;
        let given = approvals(&siege, &[b.revision], &list, assertion);
        assert_eq!(push(&siege, &given), Err(expected), "{what}");
    }
    assert_ne!(state(&siege.console, me, b.revision), ConsentState::Approved);
    let given = approvals(&siege, &revisions, &[a, b, c], signed_for);
    assert_eq!(push(&siege, &given), Ok(()));
    assert_eq!(findings(&siege, &given), [Finding::Verified; 3], "and the honest list counts");
}

#[tokio::test]
async fn what_was_replaced_meanwhile_does_not_count_and_the_rest_of_the_list_does() {
    let (mut siege, revisions) = scene().await;
    let me = siege.person.id;
    let signed = to_sign(&siege.console, me, &revisions);
    let assertion = sign(&mut siege, &signed).await;
    siege.console.app.pass_seconds(1);
    let newer = set_out(&mut siege.console, 2).await;
    let alone = vec![signed[2]];
    let one = sign(&mut siege, &alone).await;
    let answered = approvals(&siege, &[revisions[2]], &alone, one);
    assert_eq!(push(&siege, &answered), Ok(()));
    let given = approvals(&siege, &revisions, &signed, assertion.clone());
    assert_eq!(push(&siege, &given), Ok(()));
    assert_eq!(findings(&siege, &given), [Finding::Verified, Finding::Outdated, Finding::NotAsked]);
    let states = [revisions[0], newer, revisions[2]].map(|revision| state(&siege.console, me, revision));
    assert_eq!(states, [ConsentState::Approved, ConsentState::Asked, ConsentState::Approved]);
    // The old list is no approval of the newer version.
    let moved = approvals(&siege, &[newer], &signed, assertion);
    assert_eq!(push(&siege, &moved), Err(Reason::Malformed));
}

#[tokio::test]
async fn a_list_that_the_devices_key_signed_is_confirmed_with_one_press() {
    let (mut siege, revisions) = scene().await;
    let me = siege.person.id;
    let key = siege.browser.certified_key(me).await;
    let signed = to_sign(&siege.console, me, &revisions);
    let given = approvals(&siege, &revisions, &signed, key.sign(&challenge(me, &signed)));
    assert_eq!(push(&siege, &given), Ok(()));
    assert_eq!(findings(&siege, &given), [Finding::Verified; 3]);
    let confirm = |siege: &Siege, assertion: Assertion| {
        let (by, at) = (siege.person.id, siege.now());
        let one = |(approval, _): &(ApprovalId, Approval)| {
            let confirmation = Countersignature { approval: *approval, by, at, assertion: assertion.clone() };
            Write::of(&CountersignatureId::from_random(random()), &confirmation)
        };
        siege.push(&[siege.change(given.iter().map(one).collect())])
    };
    let confirmed = |siege: &Siege| {
        let year = siege.console.year();
        revisions.map(|revision| year.revision(revision).unwrap().consents[&me].to_countersign().is_none())
    };
    let for_one = sign(&mut siege, &signed[..1]).await;
    assert_eq!(confirm(&siege, for_one), Ok(()));
    assert_eq!(confirmed(&siege), [false; 3], "a confirmation of one is none of the list");
    let for_all = sign(&mut siege, &signed).await;
    assert_eq!(confirm(&siege, for_all), Ok(()));
    assert_eq!(confirmed(&siege), [true; 3]);
}
