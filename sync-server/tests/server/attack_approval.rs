//! Tests of false approvals: each gets the finding that fits, the
//! return does not count as approved, and an honest approval still does.

use documents::{
    dossier::ConsentState,
    replay::{ProposedChange, Reason},
};
use dossiers::NewRevision;
use model::{
    approval::{SignedRevision, challenge},
    hash::ContentHash,
    id::*,
    record::*,
    section::Write,
    tax_return::ReturnKind,
};
use storage::{clock::random, db::DbError};
use testkit::{
    attacker::Siege,
    consent::{approval, asked, finding, nearly_asked, open, reason, scene, send, state},
    console_page::{ConsolePage, PAGE, YEAR, pdf},
    harness::{ORIGIN, SoftAuthenticator},
};

#[tokio::test]
async fn a_signature_that_was_bent_anywhere_is_invalid_and_a_good_one_still_counts() {
    let (mut siege, revision) = scene().await;
    let me = siege.person.id;
    let bytes = asked(&siege.console, me, revision);
    let good = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let bend = |change: fn(&mut Assertion)| {
        let mut bent = good.clone();
        change(&mut bent);
        bent
    };
    let bent = [
        bend(|a| a.signature.0[10] ^= 1),
        bend(|a| a.signature.0.clear()),
        bend(|a| a.authenticator_data.0[32] &= !0x04),
        bend(|a| a.authenticator_data.0[32] &= !0x01),
        bend(|a| a.authenticator_data.0[0] ^= 1),
        bend(|a| a.authenticator_data.0.truncate(20)),
        bend(|a| a.authenticator_data.0.clear()),
        bend(|a| a.client_data.0 = b"{}".to_vec()),
        bend(|a| a.client_data.0.push(b' ')),
        bend(|a| a.client_data.0 = replaced(&a.client_data.0, "webauthn.get", "webauthn.create")),
        bend(|a| a.client_data.0 = replaced(&a.client_data.0, "8080", "8081")),
    ];
    for (number, assertion) in bent.into_iter().enumerate() {
        assert_eq!(send(&siege, revision, assertion), Finding::Invalid, "variant {number}");
        assert_eq!(state(&siege.console, me, revision), ConsentState::NotAccepted(Finding::Invalid));
    }
    siege.console.app.pass_seconds(1);
    assert_eq!(send(&siege, revision, good), Finding::Verified);
    assert_eq!(state(&siege.console, me, revision), ConsentState::Approved);
}

/// Each line is a way in which an approval can be wrong, with the server's finding and the reason
/// in the log. Everything that was signed for something else has one reason, because the server knows only
/// that it is not what this person was asked.
#[tokio::test]
async fn each_wrong_approval_is_refused_with_its_own_reason() {
    let (mut siege, first) = scene().await;
    let me = siege.person.id;
    let thomas = siege.console.home.people[1].clone();
    let mut other = siege.console.app.person_browser(&thomas).await;
    let year = siege.console.year();
    let given = year.revision(first).unwrap();
    let mine = given.to_sign(me).unwrap();
    let bytes = asked(&siege.console, me, first);
    let phone = &mut siege.browser.authenticator;
    let good = phone.sign(ORIGIN, &bytes).await;
    let bent = |change: fn(&mut Assertion)| {
        let mut bent = good.clone();
        change(&mut bent);
        bent
    };
    let other_document = challenge(me, &[SignedRevision { content: ContentHash([0; 32]), ..mine }]);
    let other_person = challenge(thomas.id, &[mine]);
    let other_statement = challenge(me, &[SignedRevision { statement: ContentHash::of(b"Niet."), ..mine }]);
    let wrong = [
        ("another document", phone.sign(ORIGIN, &other_document).await, Finding::Invalid, "challenge"),
        ("another person", phone.sign(ORIGIN, &other_person).await, Finding::Invalid, "challenge"),
        ("another statement", phone.sign(ORIGIN, &other_statement).await, Finding::Invalid, "challenge"),
        ("another origin", phone.sign("http://localhost:9999", &bytes).await, Finding::Invalid, "origin"),
        (
            "an origin that was tampered with",
            bent(|a| a.client_data.0 = replaced(&a.client_data.0, ":8080", ".evil")),
            Finding::Invalid,
            "origin",
        ),
        ("another relying party", bent(|a| a.authenticator_data.0[0] ^= 1), Finding::Invalid, "relying_party"),
        ("nobody verified", bent(|a| a.authenticator_data.0[32] &= !0x04), Finding::Invalid, "not_verified"),
        ("nobody present", bent(|a| a.authenticator_data.0[32] &= !0x01), Finding::Invalid, "not_present"),
        (
            "the making of a passkey",
            bent(|a| a.client_data.0 = replaced(&a.client_data.0, "webauthn.get", "webauthn.create")),
            Finding::Invalid,
            "type",
        ),
        ("a bent signature", bent(|a| a.signature.0[10] ^= 1), Finding::Invalid, "signature"),
        (
            "another's passkey",
            other.authenticator.sign(ORIGIN, &bytes).await,
            Finding::UnknownPasskey,
            "unknown_passkey",
        ),
    ];
    let told = [
        ("challenge", "Versie 1: ondertekend voor iets anders"),
        ("origin", "Versie 1: ondertekend op een andere website"),
        ("not_verified", "Versie 1: zonder controle van vinger, gezicht of pincode"),
        ("signature", "Versie 1: de handtekening past niet"),
    ];
    for (what, assertion, found, word) in wrong {
        assert_eq!(send(&siege, first, assertion), found, "{what}");
        assert_eq!(reason(&siege), word, "{what}");
        if let Some((_, words)) = told.iter().find(|(flaw, _)| *flaw == word) {
            assert!(
                siege.console.page(&format!("{PAGE}/akkoord")).await.contains(words),
                "the firm reads why: {words}"
            );
        }
        siege.console.app.pass_seconds(1);
    }
    assert_eq!(send(&siege, first, good.clone()), Finding::Verified);
    assert_eq!(send(&siege, first, good.clone()), Finding::NotAsked, "a replay");
    assert_eq!(reason(&siege), "not_asked");
    let second = siege.console.set_out_revision("versie 2").await;
    siege.console.app.pass_seconds(1);
    let late = other.authenticator.sign(ORIGIN, &asked(&siege.console, thomas.id, first)).await;
    assert_eq!(send(&siege, second, good), Finding::Invalid, "signed for the old revision");
    let mut early = Siege::of(siege.console, other, thomas.clone()).await;
    assert_eq!(send(&early, first, late), Finding::Outdated, "the old revision");
    assert_eq!(reason(&early), "outdated");
    open(&early, second);
    let bytes = asked(&early.console, thomas.id, second);
    let assertion = early.browser.authenticator.sign(ORIGIN, &bytes).await;
    let (credential, now) = (assertion.credential.0.clone(), early.now());
    early.console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.revoke_passkey(&credential, now)).unwrap();
    assert_eq!(send(&early, second, assertion), Finding::AwaitsRuling, "a passkey that was revoked");
    assert_eq!(reason(&early), "approval_awaits_ruling");
}

/// The right passkey really signed this, but for something else.
#[tokio::test]
async fn what_was_signed_for_something_else_is_invalid_here() {
    let (mut siege, revision) = scene().await;
    let me = siege.person.id;
    let thomas = siege.console.home.people[1].id;
    for (what, bytes) in nearly_asked(&siege, revision) {
        let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
        assert_eq!(send(&siege, revision, assertion), Finding::Invalid, "{what}");
    }
    let bytes = asked(&siege.console, me, revision);
    for origin in ["http://localhost:9999", "https://localhost:8080"] {
        let assertion = siege.browser.authenticator.sign(origin, &bytes).await;
        assert_eq!(send(&siege, revision, assertion), Finding::Invalid, "{origin}");
    }
    assert_eq!(siege.console.year().revision(revision).unwrap().consents[&thomas].state(), ConsentState::Asked);
}

#[tokio::test]
async fn nobody_approves_with_somebody_elses_passkey_or_in_somebody_elses_name() {
    let (mut siege, revision) = scene().await;
    let thomas = siege.console.home.people[1].clone();
    let mut other = siege.console.app.person_browser(&thomas).await;
    // Thomas' phone is within reach: his passkey signs what Marieke is asked.
    let bytes = asked(&siege.console, siege.person.id, revision);
    let by_his_passkey = other.authenticator.sign(ORIGIN, &bytes).await;
    assert_eq!(send(&siege, revision, by_his_passkey.clone()), Finding::UnknownPasskey);
    // The same signature has her credential's name on it.
    let hers = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let renamed = Assertion { credential: hers.credential.clone(), ..by_his_passkey };
    assert_eq!(send(&siege, revision, renamed), Finding::Invalid);
    // In his name from her session it is nobody's approval.
    let (id, mine) = approval(&siege, revision, hers);
    let forged = siege.change(vec![Write::of(&id, &Approval { by: thomas.id, ..mine })]);
    siege.assert_refused(&[forged], Reason::WrongAuthor);
    // This is a passkey that the server never saw.
    let mut stranger = SoftAuthenticator::new();
    let options = serde_json::json!({ "publicKey": {
        "rp": { "id": "localhost", "name": "x" }, "challenge": Base64(vec![1; 32]),
        "user": { "id": Base64(vec![1; 16]), "name": "x", "displayName": "x" },
        "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
    }});
    stranger.create(ORIGIN, &options).await;
    assert_eq!(send(&siege, revision, stranger.sign(ORIGIN, &bytes).await), Finding::UnknownPasskey);
    for person in [siege.person.id, thomas.id] {
        assert_ne!(state(&siege.console, person, revision), ConsentState::Approved);
    }
}

/// An approval that arrives after the passkey was revoked does not count by
/// itself, even if it was signed before: the server cannot know when it was
/// signed. The firm asks the person and decides.
#[tokio::test]
async fn an_approval_by_a_passkey_that_was_revoked_meanwhile_awaits_a_ruling() {
    let (mut siege, revision) = scene().await;
    let bytes = asked(&siege.console, siege.person.id, revision);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let (credential, now) = (assertion.credential.0.clone(), siege.now());
    siege.console.app.state.db.write_blocking::<_, DbError>(move |tx| tx.revoke_passkey(&credential, now)).unwrap();
    assert_eq!(send(&siege, revision, assertion), Finding::AwaitsRuling);
    assert_eq!(state(&siege.console, siege.person.id, revision), ConsentState::Signed);
}

#[tokio::test]
async fn an_approval_counts_once_and_for_its_own_revision() {
    let (mut siege, first) = scene().await;
    let me = siege.person.id;
    let bytes = asked(&siege.console, me, first);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let second = siege.console.set_out_revision("versie 2").await;
    // The signature for the first says nothing about the second.
    assert_eq!(send(&siege, second, assertion.clone()), Finding::Invalid);
    assert_eq!(send(&siege, first, assertion), Finding::Outdated);
    assert_ne!(state(&siege.console, me, second), ConsentState::Approved);
    // Nobody was asked about a revision that does not exist.
    let bytes = asked(&siege.console, me, second);
    let good = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let (id, nowhere) = approval(&siege, RevisionId::from_random(random()), good.clone());
    assert_eq!(siege.write(&id, &nowhere), Err(Reason::UnknownSubject));
    assert_ne!(state(&siege.console, me, second), ConsentState::Approved);
    // A second approval is not asked for, and the first one still counts.
    siege.console.app.pass_seconds(1);
    assert_eq!(send(&siege, second, good.clone()), Finding::NotOpened, "it was on no screen of hers");
    open(&siege, second);
    assert_eq!(send(&siege, second, good.clone()), Finding::Verified);
    let counts = siege.console.year().revision(second).unwrap().consents[&me].approval().unwrap().0;
    assert_eq!(send(&siege, second, good), Finding::NotAsked);
    assert_eq!(siege.console.year().revision(second).unwrap().consents[&me].approval().unwrap().0, counts);
}

#[tokio::test]
async fn one_batch_approves_one_revision_once_but_two_revisions_each() {
    let (mut siege, first) = scene().await;
    let me = siege.person.id;
    let other = siege.console.year().revision(first).unwrap().revision.clone();
    let file = DeliveredFile { hash: ContentHash::of(&pdf("va")), ..other.file };
    let mut new = NewRevision::of_household(&siege.console.year(), YEAR, file);
    new.returns.truncate(1);
    new.returns[0].kind = ReturnKind::ProvisionalAssessment;
    let ConsolePage { app, home, .. } = &siege.console;
    let second = app.state.dossiers.set_out_revision(&home.advisor, home.client.id, YEAR, new).unwrap();
    let mut approvals = Vec::new();
    for revision in [first, second, first] {
        let bytes = asked(&siege.console, me, revision);
        let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
        approvals.push(approval(&siege, revision, assertion));
    }
    // They were read and signed on a train, one after the other, and sent at once.
    let (_, mut replica) = siege.document();
    let actor = random();
    let (by, at) = (me, siege.now());
    let opening = Write::of(&PerPerson { revision: second, person: me }, &Opening { by, at });
    let writes = std::iter::once(opening).chain(approvals.iter().map(|(id, a)| Write::of(id, a)));
    let batch: Vec<_> =
        writes.map(|write| ProposedChange::make(&mut replica, actor, at, vec![write]).unwrap().unwrap().0).collect();
    assert_eq!(siege.push(&batch), Ok(()));
    let found: Vec<_> = approvals.iter().map(|(id, _)| finding(&siege.console, *id).unwrap()).collect();
    assert_eq!(found, [Finding::Verified, Finding::Verified, Finding::NotAsked]);
    let after = siege.kept();
    assert_eq!(siege.push(&batch), Ok(()), "sent again");
    assert_eq!(siege.kept(), after, "nothing is judged twice");
}

/// One change that writes an approval and overwrites it at once would leave
/// a verdict about something that does not exist.
#[tokio::test]
async fn an_approval_is_not_overwritten_within_its_own_change() {
    let (mut siege, revision) = scene().await;
    let bytes = asked(&siege.console, siege.person.id, revision);
    let good = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let (id, honest) = approval(&siege, revision, good);
    let mut empty = honest.clone();
    let Signature::Passkey(assertion) = &mut empty.signature else { panic!("signed otherwise") };
    assertion.signature = Base64(Vec::new());
    for pair in [[&honest, &empty], [&empty, &honest]] {
        let writes = pair.map(|a| Write::of(&id, a)).to_vec();
        siege.assert_refused(&[siege.change(writes)], Reason::WrittenOnce);
    }
    assert_eq!(siege.write(&id, &honest), Ok(()));
    assert_eq!(finding(&siege.console, id), Some(Finding::Verified));
    siege.assert_refused(&[siege.change(vec![Write::of(&id, &empty)])], Reason::WrittenOnce);
}

#[tokio::test]
async fn a_refusal_counts_also_after_an_approval_and_the_signature_is_used_up() {
    let (mut siege, revision) = scene().await;
    let (me, at) = (siege.person.id, siege.now());
    let decline = Decline { revision, by: me, at, reason: "De WOZ klopt niet".into() };
    assert_eq!(siege.write(&DeclineId::from_random(random()), &decline), Ok(()));
    assert_eq!(state(&siege.console, me, revision), ConsentState::Declined);
    siege.console.app.pass_seconds(60);
    let bytes = asked(&siege.console, me, revision);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let old = assertion.clone();
    assert_eq!(send(&siege, revision, assertion), Finding::Verified);
    assert_eq!(state(&siege.console, me, revision), ConsentState::Approved);
    siege.console.app.pass_seconds(60);
    let decline = Decline { at: siege.now(), ..decline };
    assert_eq!(siege.write(&DeclineId::from_random(random()), &decline), Ok(()));
    assert_eq!(state(&siege.console, me, revision), ConsentState::Declined, "what is newer counts");
    let year = siege.console.year();
    let consent = &year.revision(revision).unwrap().consents[&me];
    assert_eq!(consent.refusal_beside_approval(), Some(&decline), "and the firm sees both");
    // Whoever holds the session has the old signature, and cannot approve with it once more.
    siege.console.app.pass_seconds(60);
    assert_eq!(send(&siege, revision, old), Finding::NotAsked);
    assert_eq!(state(&siege.console, me, revision), ConsentState::Declined);
}

/// The bits themselves are wrong, under a signature that fits: the phone did not check
/// who uses it.
#[tokio::test]
async fn a_phone_that_did_not_verify_the_person_does_not_approve() {
    let (mut siege, revision) = scene().await;
    let bytes = asked(&siege.console, siege.person.id, revision);
    let credential = siege.browser.authenticator.sign(ORIGIN, &bytes).await.credential;
    siege.browser.authenticator.verifies = false;
    let options = serde_json::json!({ "publicKey": {
        "challenge": Base64(bytes.to_vec()), "rpId": "localhost", "userVerification": "discouraged",
        "allowCredentials": [{ "type": "public-key", "id": credential }],
    }});
    let answer = siege.browser.authenticator.get(ORIGIN, &options).await;
    let part = |name: &str| serde_json::from_value::<Base64>(answer["response"][name].clone()).unwrap();
    let assertion = Assertion {
        credential,
        authenticator_data: part("authenticatorData"),
        client_data: part("clientDataJSON"),
        signature: part("signature"),
    };
    assert_eq!(assertion.authenticator_data.0[32] & 0x04, 0, "the test's own premise");
    assert_eq!(send(&siege, revision, assertion), Finding::Invalid);
}

fn replaced(json: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(json.to_vec()).unwrap();
    assert!(text.contains(from), "{text}");
    text.replace(from, to).into_bytes()
}
