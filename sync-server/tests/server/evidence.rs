//! Tests of evidence packs: what one proves, who gets it, and that no byte of it can vary.

use accounts::bucket::Kind;
use axum::http::StatusCode;
use dossiers::evidence::{Material, collect, make};
use model::{event::EventKind, id::*, record::*};
use proof::{
    audit,
    evidence::{PackFault, RecordKind, verify, zip},
    seal::Seal,
};
use storage::db::DbError;
use testkit::{
    consent::assert_every_byte_counts,
    console_page::{ConsolePage, PAGE, YEAR},
    harness::Browser,
};

/// Returns a household in which Marieke approved, and her browser.
async fn approved() -> (ConsolePage, Browser, RevisionId, ApprovalId) {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let revision = console.set_out_revision("1").await;
    let approval = console.approve(&mut hers, &marieke, revision).await;
    (console, hers, revision, approval)
}

async fn pack(console: &mut ConsolePage, approval: ApprovalId) -> Vec<u8> {
    let answer = console.browser.get(&format!("{PAGE}/akkoord/bewijs/{approval}.zip")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/zip");
    answer.body
}

#[tokio::test]
async fn a_pack_holds() {
    let (mut console, _, revision, approval) = approved().await;
    let pack = pack(&mut console, approval).await;
    let proven = verify(&pack).unwrap();
    assert!(proven.counts);
    assert_eq!((proven.manifest.approval, proven.manifest.revision), (approval, revision));
    assert_eq!(proven.manifest.seal, console.app.state.seal.public());
    assert_eq!(proven.verdict.finding, Finding::Verified);
    let names: Vec<_> = zip::read(&pack).unwrap().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names.first().unwrap(), "manifest.json");
    assert!(names.iter().any(|n| n == "bewijs.nl.pdf") && names.iter().any(|n| n == "evidence.en.pdf"));
}

#[tokio::test]
async fn who_approved_gets_the_pack_and_nobody_else_of_the_household_or_beyond() {
    let (mut console, mut hers, _, approval) = approved().await;
    let path = format!("/api/clients/{}/years/{YEAR}/evidence/{approval}", console.home.client.id);
    let answer = hers.get(&path).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(verify(&answer.body).unwrap().counts);
    let mut his = console.app.person_browser(&console.home.people[1]).await;
    assert_eq!(his.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!console.app.browser().get(&path).await.status.is_success(), "nobody is signed in");
    let other = console.app.household("Zuid");
    let mut advisor = console.app.advisor_browser(&other.advisor).await;
    assert!(!advisor.get(&path).await.status.is_success());
    assert!(!advisor.get(&format!("{PAGE}/akkoord/bewijs/{approval}.zip")).await.status.is_success());
    pack(&mut console, approval).await;
    let client = console.home.client.id;
    let events = console.app.state.db.read::<_, DbError>(|q| q.events(client, YEAR, 50)).unwrap();
    assert_eq!(
        events.iter().filter(|e| e.event.kind() == Some(EventKind::EvidenceRead)).count(),
        2,
        "each reading is in the log"
    );
}

#[tokio::test]
async fn a_pack_that_is_fetched_again_and_again_is_in_the_log_once_an_hour_and_is_given_so_often_and_no_more() {
    let (console, mut hers, _, approval) = approved().await;
    let client = console.home.client.id;
    let path = format!("/api/clients/{client}/years/{YEAR}/evidence/{approval}");
    let read = || {
        let events = console.app.state.db.read::<_, DbError>(|q| q.events(client, YEAR, 500)).unwrap();
        events.iter().filter(|e| e.event.kind() == Some(EventKind::EvidenceRead)).count()
    };
    for _ in 0..3 {
        assert_eq!(hers.get(&path).await.status, StatusCode::OK);
    }
    assert_eq!(read(), 1);
    let (account, now) = (hers.me().await.unwrap().account, console.app.now());
    console.app.state.accounts.buckets.spend(account, Kind::Pack, 40, now).unwrap();
    assert_eq!(hers.get(&path).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(hers.get("/api/me").await.status, StatusCode::OK, "what else she does goes on");
    console.app.pass_seconds(3601);
    assert_eq!((hers.get(&path).await.status, read()), (StatusCode::OK, 2));
}

/// Turns one bit of every byte, cuts at every place, and moves or doubles parts.
#[tokio::test]
async fn no_byte_of_a_pack_can_change() {
    let (mut console, _, _, approval) = approved().await;
    let pack = pack(&mut console, approval).await;
    assert_every_byte_counts(&pack);
    for at in (0..pack.len()).step_by(97) {
        assert_eq!(verify(&pack[..at]).err(), Some(PackFault::Zip), "cut at {at}");
    }
    let parts = zip::read(&pack).unwrap();
    for at in 0..parts.len() {
        let mut less = parts.clone();
        less.remove(at);
        let mut doubled = parts.clone();
        doubled.push(parts[at]);
        let mut moved = parts.clone();
        moved.rotate_left(at);
        let variants = [Some(less), Some(doubled), (at > 0).then_some(moved)];
        for variant in variants.into_iter().flatten() {
            assert!(verify(&zip::write(variant).unwrap()).is_err(), "{}", parts[at].0);
        }
    }
}

/// What came after is evidence too, so packs in their other forms are tested. There is none of an approval on
/// paper; those by a device's key are tested with its other attacks.
#[tokio::test]
async fn no_byte_of_what_came_after_can_change_either() {
    // This approval is withdrawn, and then replaced.
    let (mut console, mut hers, _, approval) = approved().await;
    let by = console.home.people[0].id;
    let withdrawal = ApprovalWithdrawal { by, at: console.app.now(), reason: "Ik mis iets".into() };
    console.write(&mut hers, &approval, &withdrawal).await;
    console.set_out_revision("2").await;
    let taken_back = pack(&mut console, approval).await;
    // This approval awaits a ruling, is accepted by the firm, and filed.
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let mut hers = console.app.person_browser(&marieke).await;
    let mut his = console.app.person_browser(&thomas).await;
    let revision = console.set_out_revision("1").await;
    console.require_ruling_of(marieke.id);
    let approval = console.approve(&mut hers, &marieke, revision).await;
    console.approve(&mut his, &thomas, revision).await;
    let (advisor, client, dossiers) =
        (console.home.advisor.clone(), console.home.client.id, console.app.state.dossiers.clone());
    dossiers.rule(&advisor, client, YEAR, approval, true, "Gebeld".into()).unwrap();
    dossiers.file_revision(&advisor, client, YEAR, revision, "").unwrap();
    let filed = pack(&mut console, approval).await;
    for (pack, parts) in [(&taken_back, ["withdrawal", "void"]), (&filed, ["ruling", "filing"])] {
        let names: Vec<_> = zip::read(pack).unwrap().iter().map(|(name, _)| (*name).to_owned()).collect();
        for part in parts {
            assert!(names.contains(&format!("records/{part}.json")), "{part}: {names:?}");
        }
        assert_every_byte_counts(pack);
    }
}

/// A forger with a key of their own seals what they like, but the contents must
/// still fit each other.
#[tokio::test]
async fn a_pack_that_somebody_sealed_anew_does_not_hold_when_its_parts_contradict_each_other() {
    let (console, _, _, approval) = approved().await;
    let state = &console.app.state;
    let party = state.dossiers.relying_party().clone();
    let honest = collect(&state.dossiers, console.home.client.id, YEAR, approval, None).unwrap();
    let forger = Seal::of(&[7; 32]).unwrap();
    let fault = |change: &dyn Fn(&mut Material)| {
        let mut material = honest.clone();
        change(&mut material);
        verify(&make(&material, &party, &forger).unwrap()).err()
    };
    assert_eq!(fault(&|_| ()), None, "only the key of the seal tells");
    assert_eq!(fault(&|m| m.pdf.push(b' ')), Some(PackFault::Document));
    assert_eq!(fault(&|m| m.request.statement.push('!')), Some(PackFault::Statement));
    let bend = |m: &mut Material| {
        if let Signature::Passkey(assertion) = &mut m.approval.signature {
            assertion.signature.0[9] ^= 1;
        }
    };
    assert_eq!(fault(&bend), Some(PackFault::Material));
    assert_eq!(
        fault(&|m| m.records[3].1 = m.records[3].1.replace("verified", "outdated")),
        Some(PackFault::Change(RecordKind::Verdict))
    );
    assert_eq!(fault(&|m| m.records[0].2[40] ^= 1), Some(PackFault::Change(RecordKind::Revision)));
    assert_eq!(fault(&|m| m.records.swap_remove(2).0.seq = 1), Some(PackFault::Record(RecordKind::Approval)));
    let other = model::id::PersonId::from_bytes([1; 16]);
    assert!(fault(&|m| m.person.id = other).is_some());
    let mut elsewhere = party.clone();
    elsewhere.origin = "https://elders.example".into();
    let forged = make(&honest, &elsewhere, &forger).unwrap();
    assert!(matches!(verify(&forged).err(), Some(PackFault::Signature(_))));
}

#[tokio::test]
async fn a_pack_shows_that_the_approval_was_taken_back_and_is_void() {
    let (mut console, mut hers, _, approval) = approved().await;
    let by = console.home.people[0].id;
    let withdrawal = ApprovalWithdrawal { by, at: console.app.now(), reason: "Ik mis iets".into() };
    console.write(&mut hers, &approval, &withdrawal).await;
    console.set_out_revision("2").await;
    let proven = verify(&pack(&mut console, approval).await).unwrap();
    assert!(proven.void && proven.withdrawal.is_some());
}

#[tokio::test]
async fn the_audit_log_of_a_household_holds_and_its_export_too() {
    let (console, ..) = approved().await;
    let log = console.app.state.db.read::<_, DbError>(|q| q.audit_log()).unwrap();
    log.verify().unwrap();
    let chains: Vec<_> = log.chains().iter().map(audit::Chain::reach).collect();
    assert!(chains[1].events > 3);
    let export = audit::export(&log, &[], console.app.now(), &console.app.state.seal).unwrap();
    assert_eq!(audit::verify(&export).unwrap().end.chains, chains);
}
