//! Tests of approvals by a key of the device: what it may sign, who may certify it, and
//! the passkey's confirmation. Each attack gets the finding that fits.

use documents::{
    dossier::{Consent, ConsentState},
    replay::Reason,
};
use dossiers::evidence::{Material, collect, make};
use model::{
    api::Keyring,
    approval::{Nonce, certificate_challenge},
    id::*,
    record::*,
};
use proof::{
    evidence::{PackFault, RecordKind, text, verify},
    seal::Seal,
};
use storage::{clock::random, db::DbError};
use testkit::{
    attacker::Siege,
    consent::{approve, asked, assert_every_byte_counts, finding, nearly_asked, open, send},
    console_page::PAGE,
    device_key::SoftDeviceKey,
    harness::ORIGIN,
};

fn stand(siege: &Siege, revision: RevisionId) -> Consent {
    siege.console.year().revision(revision).unwrap().consents[&siege.person.id].clone()
}

async fn scene() -> (Siege, RevisionId, SoftDeviceKey) {
    let (mut siege, revision) = testkit::consent::scene().await;
    let person = siege.person.id;
    let key = siege.browser.certified_key(person).await;
    (siege, revision, key)
}

/// Sends a confirmation and returns the server's finding.
fn confirm(siege: &Siege, revision: RevisionId, approval: ApprovalId, assertion: Assertion) -> Option<Finding> {
    let id = CountersignatureId::from_random(random());
    let given = Countersignature { approval, by: siege.person.id, at: siege.now(), assertion };
    assert_eq!(siege.write(&id, &given), Ok(()));
    let consent = stand(siege, revision);
    let found = consent.countersignatures.iter().find(|(known, ..)| *known == id)?;
    found.2.as_ref().map(|v| v.finding)
}

#[tokio::test]
async fn a_certified_key_approves_and_the_passkey_confirms_it_once() {
    let (mut siege, revision, key) = scene().await;
    let me = siege.person.id;
    let bytes = asked(&siege.console, me, revision);
    let id = approve(&siege, revision, key.sign(&bytes));
    assert_eq!(finding(&siege.console, id), Some(Finding::Verified));
    assert_eq!(stand(&siege, revision).state(), ConsentState::Approved);
    assert_eq!(stand(&siege, revision).to_countersign(), Some(id), "the device is to ask for it");
    let page = siege.console.page(&format!("{PAGE}/akkoord")).await;
    for expected in ["Sleutel van het apparaat", "Nog niet. Het apparaat vraagt erom."] {
        assert!(page.contains(expected), "{expected}");
    }
    siege.console.app.pass_seconds(60);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    assert_eq!(confirm(&siege, revision, id, assertion.clone()), Some(Finding::Verified));
    assert_eq!(stand(&siege, revision).to_countersign(), None);
    assert_eq!(confirm(&siege, revision, id, assertion), Some(Finding::NotAsked), "once is enough");
    let page = siege.console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Bevestigd met passkey") && !page.contains("Het apparaat vraagt erom"), "{page}");
    let firm = siege.console.home.firm.id;
    let events = siege.console.app.state.db.read::<_, DbError>(|q| q.audit_chain(Some(firm))).unwrap().rows;
    let verified = events.iter().find(|e| e.kind == "approval_verified").unwrap();
    assert!(verified.detail.contains("device_key"), "{}", verified.detail);
    assert!(events.iter().any(|e| e.kind == "approval_countersigned"));
}

#[tokio::test]
async fn what_the_key_signed_for_something_else_or_badly_is_invalid() {
    let (siege, revision, key) = scene().await;
    let me = siege.person.id;
    let year = siege.console.year();
    let nonce = year.revision(revision).unwrap().consents[&me].request.nonce;
    let mut challenges = nearly_asked(&siege, revision);
    challenges.push(("a certificate", certificate_challenge(me, &key.public().0, &nonce)));
    for (what, bytes) in challenges {
        assert_eq!(send(&siege, revision, key.sign(&bytes)), Finding::Invalid, "{what}");
    }
    let good = key.sign(&asked(&siege.console, me, revision));
    let bend = |change: fn(&mut Vec<u8>)| {
        let Signature::DeviceKey(mut signature) = good.clone() else { panic!("a passkey") };
        change(&mut signature.signature.0);
        Signature::DeviceKey(signature)
    };
    let bent: [fn(&mut Vec<u8>); 4] = [|s| s[5] ^= 1, |s| s[40] ^= 1, Vec::clear, |s| s.push(0)];
    for change in bent {
        assert_eq!(send(&siege, revision, bend(change)), Finding::Invalid);
    }
    assert_eq!(send(&siege, revision, good), Finding::Verified);
}

#[tokio::test]
async fn an_approval_by_a_key_counts_once_and_for_its_own_revision() {
    let (mut siege, first, key) = scene().await;
    let me = siege.person.id;
    let for_first = key.sign(&asked(&siege.console, me, first));
    let second = siege.console.set_out_revision("versie 2").await;
    assert_eq!(send(&siege, second, for_first.clone()), Finding::Invalid);
    assert_eq!(send(&siege, first, for_first), Finding::Outdated);
    let good = key.sign(&asked(&siege.console, me, second));
    siege.console.app.pass_seconds(1);
    assert_eq!(send(&siege, second, good.clone()), Finding::NotOpened);
    open(&siege, second);
    assert_eq!(send(&siege, second, good.clone()), Finding::Verified);
    assert_eq!(send(&siege, second, good), Finding::NotAsked, "a replay");
}

#[tokio::test]
async fn a_key_that_no_passkey_of_this_person_certified_does_not_approve() {
    let (siege, revision, _) = scene().await;
    let bytes = asked(&siege.console, siege.person.id, revision);
    let stranger = SoftDeviceKey::new();
    assert_eq!(send(&siege, revision, stranger.sign(&bytes)), Finding::UnknownDeviceKey);
    // Thomas' key is certified for Thomas.
    let thomas = siege.console.home.people[1].clone();
    let mut his = siege.console.app.person_browser(&thomas).await;
    let his_key = his.certified_key(thomas.id).await;
    assert_eq!(send(&siege, revision, his_key.sign(&bytes)), Finding::UnknownDeviceKey);
    assert_ne!(stand(&siege, revision).state(), ConsentState::Approved);
}

/// A test for each way in which a key is revoked: with the device, with the passkey, with everything at
/// a recovery, and by a newer key of the same device.
#[tokio::test]
async fn what_a_key_signed_that_was_revoked_before_it_came_in_awaits_a_ruling() {
    for way in ["device", "passkey", "recovery", "newer key"] {
        let (mut siege, revision, key) = scene().await;
        let signature = key.sign(&asked(&siege.console, siege.person.id, revision));
        let (account, device, now) = (siege.pusher.account, siege.pusher.device, siege.now());
        let db = siege.console.app.state.db.clone();
        let passkey = db.read::<_, DbError>(|q| q.passkeys(account)).unwrap()[0].credential.clone();
        match way {
            "device" => db.write_blocking::<_, DbError>(move |tx| tx.revoke_device(device, now)).unwrap(),
            "passkey" => db.write_blocking::<_, DbError>(move |tx| tx.revoke_passkey(&passkey, now)).unwrap(),
            "recovery" => db.write_blocking::<_, DbError>(move |tx| tx.revoke_everything(account, now)).unwrap(),
            _ => {
                siege.browser.certified_key(siege.person.id).await;
            }
        }
        let known = db.read::<_, DbError>(|q| q.device_key(&key.hash())).unwrap().unwrap();
        assert!(known.revoked_at.is_some(), "{way}");
        assert_eq!(send(&siege, revision, signature), Finding::AwaitsRuling, "{way}");
        assert_eq!(stand(&siege, revision).state(), ConsentState::Signed, "{way}: the firm decides");
    }
}

#[tokio::test]
async fn a_certificate_is_made_by_a_live_passkey_for_its_own_person_key_and_nonce() {
    let mut siege = Siege::new().await;
    let me = siege.person.id;
    let thomas = siege.console.home.people[1].clone();
    let mut his = siege.console.app.person_browser(&thomas).await;
    let browser = &mut siege.browser;
    // No ceremony starts for somebody else.
    assert_eq!(browser.certificate_nonce(thomas.id).await, Err("not_found".into()));
    let key = SoftDeviceKey::new();
    // The server never gave this nonce.
    let made_up = key.certificate(&mut browser.authenticator, me, Nonce([1; 32])).await;
    assert_eq!(browser.hand_in_certificate(&made_up).await, Err("ceremony_unknown".into()));
    // This nonce was given to somebody else.
    let nonce = his.certificate_nonce(thomas.id).await.unwrap();
    let borrowed = key.certificate(&mut browser.authenticator, me, nonce).await;
    assert_eq!(browser.hand_in_certificate(&borrowed).await, Err("ceremony_unknown".into()));
    // His passkey certifies her key.
    let nonce = browser.certificate_nonce(me).await.unwrap();
    let foreign = key.certificate(&mut his.authenticator, me, nonce).await;
    assert_eq!(browser.hand_in_certificate(&foreign).await, Err("passkey_unknown".into()));
    // The passkey signed another key, another person, another nonce, or for another page.
    let other = SoftDeviceKey::new();
    let signed = [
        (certificate_challenge(me, &other.public().0, &nonce), ORIGIN),
        (certificate_challenge(thomas.id, &key.public().0, &nonce), ORIGIN),
        (certificate_challenge(me, &key.public().0, &Nonce([2; 32])), ORIGIN),
        (certificate_challenge(me, &key.public().0, &nonce), "http://localhost:9999"),
    ];
    for (number, (mut bytes, origin)) in signed.into_iter().enumerate() {
        let nonce = browser.certificate_nonce(me).await.unwrap();
        if origin != ORIGIN {
            bytes = certificate_challenge(me, &key.public().0, &nonce);
        }
        let assertion = browser.authenticator.sign(origin, &bytes).await;
        let certificate = DeviceCertificate { person: me, key: key.public(), nonce, assertion };
        assert_eq!(browser.hand_in_certificate(&certificate).await, Err("passkey_refused".into()), "{number}");
    }
    // These bytes are no point of the curve, or one in another form.
    for bytes in [vec![4; 65], key.public().0[..33].to_vec(), Vec::new()] {
        let nonce = browser.certificate_nonce(me).await.unwrap();
        let assertion = browser.authenticator.sign(ORIGIN, &certificate_challenge(me, &bytes, &nonce)).await;
        let certificate = DeviceCertificate { person: me, key: Base64(bytes), nonce, assertion };
        assert_eq!(browser.hand_in_certificate(&certificate).await, Err("malformed".into()));
    }
    // A good certificate is accepted once; its nonce is used up, for another key too.
    let nonce = browser.certificate_nonce(me).await.unwrap();
    let good = key.certificate(&mut browser.authenticator, me, nonce).await;
    assert!(browser.hand_in_certificate(&good).await.is_ok());
    assert_eq!(browser.hand_in_certificate(&good).await, Err("ceremony_unknown".into()));
    let again = other.certificate(&mut browser.authenticator, me, nonce).await;
    assert_eq!(browser.hand_in_certificate(&again).await, Err("ceremony_unknown".into()));
    // A nonce expires.
    let nonce = browser.certificate_nonce(me).await.unwrap();
    let late = other.certificate(&mut browser.authenticator, me, nonce).await;
    siege.console.app.pass_seconds(301);
    assert_eq!(siege.browser.hand_in_certificate(&late).await, Err("ceremony_unknown".into()));
    let ring: Keyring = siege.browser.get("/api/keyring").await.json();
    assert!(ring.devices.iter().all(|d| d.signs_since.is_some() == d.is_this), "shown among the devices");
}

/// This covers the mail about a certified key, and the button in it.
#[tokio::test]
async fn a_certified_key_is_told_by_mail_and_this_was_not_me_ends_it() {
    let (mut siege, revision, key) = scene().await;
    let me = siege.person.id;
    let signature = key.sign(&asked(&siege.console, me, revision));
    let mail = siege.console.app.mails_of("device_key_added").remove(0).mail;
    assert_eq!(mail.to_address, siege.person.email);
    let link = mail.body_text.lines().find(|l| l.contains("/dit-was-ik-niet#")).unwrap();
    let token = link.split_once('#').unwrap().1.to_owned();
    assert!(siege.browser.me().await.is_ok());
    let answer = siege.browser.post("/api/alarm", &serde_json::json!({ "token": token })).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    let known = siege.console.app.state.db.read::<_, DbError>(|q| q.device_key(&key.hash())).unwrap().unwrap();
    assert!(known.revoked_at.is_some(), "the key is over");
    assert_eq!(siege.browser.me().await, Err("not_signed_in".into()), "everybody logs in anew");
    assert!(siege.browser.log_in().await.is_ok(), "the passkey stays");
    assert_eq!(send(&siege, revision, signature), Finding::AwaitsRuling, "what it signed waits for the firm");
}

#[tokio::test]
async fn a_passkey_that_was_revoked_certifies_nothing() {
    let mut siege = Siege::new().await;
    let (me, account, now) = (siege.person.id, siege.pusher.account, siege.now());
    let key = SoftDeviceKey::new();
    let nonce = siege.browser.certificate_nonce(me).await.unwrap();
    let certificate = key.certificate(&mut siege.browser.authenticator, me, nonce).await;
    let db = &siege.console.app.state.db;
    let passkey = db.read::<_, DbError>(|q| q.passkeys(account)).unwrap()[0].credential.clone();
    db.write_blocking::<_, DbError>(move |tx| tx.revoke_passkey(&passkey, now)).unwrap();
    assert_eq!(siege.browser.hand_in_certificate(&certificate).await, Err("passkey_unknown".into()));
}

#[tokio::test]
async fn a_confirmation_is_the_persons_own_passkey_over_the_same() {
    let (mut siege, revision, key) = scene().await;
    let me = siege.person.id;
    let thomas = siege.console.home.people[1].clone();
    let mut his = siege.console.app.person_browser(&thomas).await;
    let bytes = asked(&siege.console, me, revision);
    let id = approve(&siege, revision, key.sign(&bytes));
    let nowhere = ApprovalId::from_random(random());
    let good = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let of_nothing = Countersignature { approval: nowhere, by: me, at: siege.now(), assertion: good.clone() };
    let refused = siege.write(&CountersignatureId::from_random(random()), &of_nothing);
    assert_eq!(refused, Err(Reason::UnknownSubject), "nobody confirms what is not there");
    let foreign = his.authenticator.sign(ORIGIN, &bytes).await;
    assert_eq!(confirm(&siege, revision, id, foreign), Some(Finding::UnknownPasskey));
    let other = siege.browser.authenticator.sign(ORIGIN, &asked(&siege.console, thomas.id, revision)).await;
    assert_eq!(confirm(&siege, revision, id, other), Some(Finding::Invalid));
    let mine = Countersignature { approval: id, by: thomas.id, at: siege.now(), assertion: good.clone() };
    assert_eq!(siege.write(&CountersignatureId::from_random(random()), &mine), Err(Reason::WrongAuthor));
    assert_eq!(stand(&siege, revision).to_countersign(), Some(id), "none of these is one");
    // Nobody can confirm during a recovery.
    let until = siege.now().plus_seconds(60);
    let db = siege.console.app.state.db.clone();
    db.write_blocking::<_, DbError>(move |tx| tx.require_ruling_of_approvals(me, until)).unwrap();
    assert_eq!(confirm(&siege, revision, id, good.clone()), Some(Finding::AwaitsRuling));
    siege.console.app.pass_seconds(61);
    assert_eq!(confirm(&siege, revision, id, good), Some(Finding::Verified));
}

#[tokio::test]
async fn an_approval_by_passkey_needs_no_confirmation() {
    let (mut siege, revision, _) = scene().await;
    let bytes = asked(&siege.console, siege.person.id, revision);
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    let id = approve(&siege, revision, assertion.clone());
    assert_eq!(stand(&siege, revision).to_countersign(), None);
    assert_eq!(confirm(&siege, revision, id, assertion), Some(Finding::NotAsked));
}

async fn pack(siege: &mut Siege, approval: ApprovalId) -> Vec<u8> {
    siege.console.browser.get(&format!("{PAGE}/akkoord/bewijs/{approval}.zip")).await.body
}

#[tokio::test]
async fn the_evidence_says_the_level_and_holds_the_certificate_and_the_confirmation() {
    let (mut siege, revision, key) = scene().await;
    let bytes = asked(&siege.console, siege.person.id, revision);
    let id = approve(&siege, revision, key.sign(&bytes));
    let alone = pack(&mut siege, id).await;
    let outcome = verify(&alone);
    let proven = outcome.as_ref().unwrap();
    assert!(proven.counts && proven.countersignature.is_none());
    assert_eq!(proven.manifest.level, Level::DeviceKey);
    let words = text::lines(&outcome, model::language::Language::Nl).join("\n");
    for expected in
        ["Sleutel van het apparaat, gewaarmerkt", "Bevestigd met een passkey: Nog niet", "ontgrendelde apparaat"]
    {
        assert!(words.contains(expected), "{expected}: {words}");
    }
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    assert_eq!(confirm(&siege, revision, id, assertion), Some(Finding::Verified));
    let confirmed = pack(&mut siege, id).await;
    let outcome = verify(&confirmed);
    assert!(outcome.as_ref().unwrap().countersignature.is_some());
    let words = text::lines(&outcome, model::language::Language::Nl).join("\n");
    assert!(words.contains("Daarna heeft een passkey") && !words.contains("ontgrendelde apparaat"), "{words}");
    [alone, confirmed].iter().for_each(|pack| assert_every_byte_counts(pack));
}

/// A forger has a seal of their own, but the parts must still belong together.
#[tokio::test]
async fn a_pack_with_another_certificate_or_confirmation_does_not_hold() {
    let (mut siege, revision, key) = scene().await;
    let me = siege.person.id;
    let bytes = asked(&siege.console, me, revision);
    let id = approve(&siege, revision, key.sign(&bytes));
    let assertion = siege.browser.authenticator.sign(ORIGIN, &bytes).await;
    assert_eq!(confirm(&siege, revision, id, assertion), Some(Finding::Verified));
    let state = &siege.console.app.state;
    let party = state.dossiers.relying_party().clone();
    let honest = collect(&state.dossiers, siege.console.home.client.id, testkit::console_page::YEAR, id, None).unwrap();
    let forger = Seal::of(&[7; 32]).unwrap();
    let fault = |change: &dyn Fn(&mut Material)| {
        let mut material = honest.clone();
        change(&mut material);
        verify(&make(&material, &party, &forger).unwrap()).err()
    };
    let other = SoftDeviceKey::new();
    let nonce = Nonce([1; 32]);
    let of_other = other.certificate(&mut siege.browser.authenticator, me, nonce).await;
    let own = honest.certificate.clone().unwrap();
    let thomas = siege.console.home.people[1].id;
    assert_eq!(fault(&|_| ()), None, "only the key of the seal tells");
    assert_eq!(fault(&|m| m.certificate = Some(of_other.clone())), Some(PackFault::Certificate), "of another key");
    let changes: [fn(&mut DeviceCertificate); 3] =
        [|c| c.nonce.0[0] ^= 1, |c| c.assertion.signature.0[9] ^= 1, |c| c.key.0[9] ^= 1];
    for change in changes {
        let mut certificate = own.clone();
        change(&mut certificate);
        assert_eq!(fault(&|m| m.certificate = Some(certificate.clone())), Some(PackFault::Certificate));
    }
    let of_thomas = DeviceCertificate { person: thomas, ..own };
    assert_eq!(fault(&|m| m.certificate = Some(of_thomas.clone())), Some(PackFault::Certificate), "for another person");
    let unconfirmed = fault(&|m| {
        m.countersigned = None;
    });
    assert!(unconfirmed.is_some(), "a confirmation without its key");
    let dropped = fault(&|m| m.records.retain(|(link, ..)| link.kind != RecordKind::CounterVerdict));
    assert_eq!(dropped, Some(PackFault::Record(RecordKind::Countersignature)));
}
