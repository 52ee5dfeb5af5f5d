//! Tests of signing with the device's own key: it is offered only where it is needed, and never called more than it
//! is.

use crate::{approval::proof, season::*};
use app::{
    component::signing::{ConfirmNotice, ReadySection},
    screen::{ApprovePage, ApproveStep},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::Consent;
use model::{hash::ContentHash, id::CountersignatureId, language::Language, record::*};

const SECOND: &str = "Onderteken met dit apparaat";

#[derive(Clone)]
struct Sheet {
    view: View,
    by_device: bool,
    problem: Option<String>,
    busy: bool,
}

fn sheet(sheet: Sheet) -> String {
    html(
        |s: Sheet| {
            rsx! {
                ApprovePage {
                    view: s.view,
                    task: task(1),
                    step: ApproveStep::Signing,
                    problem: s.problem,
                    busy: s.busy,
                    by_device: s.by_device,
                    on_step: |_| {},
                    on_sign: |_| {},
                    on_shown: |()| {},
                    on_decline: |_| {},
                }
            }
        },
        sheet,
    )
}

#[test]
fn the_device_signs_only_where_it_may_and_the_passkey_cannot() {
    let cancelled = Some("U heeft nog niet getekend.".to_owned());
    let away = offline(view(read(year())), &[]);
    let cases = [
        (view(read(year())), true, None, false, "online the passkey is the only way"),
        (view(read(year())), true, cancelled.clone(), true, "the passkey failed"),
        (away.clone(), true, None, true, "without a network it may fail"),
        (view(read(year())), false, cancelled, false, "no key was made ready"),
        (away, false, None, false, "no key was made ready, and no network"),
    ];
    for (view, by_device, problem, offered, why) in cases {
        let shown = sheet(Sheet { view, by_device, problem, busy: false });
        assert_eq!(shown.contains(SECOND), offered, "{why}: {shown}");
        assert!(shown.contains("Ik ga akkoord"), "the passkey stays first: {why}");
        assert_eq!(shown.contains("U bevestigt het later met uw passkey."), offered, "{why}");
    }
}

#[test]
fn while_one_way_is_busy_neither_is_offered_again() {
    let view = offline(view(read(year())), &[]);
    let shown = sheet(Sheet { view, by_device: true, problem: None, busy: true });
    assert!(shown.contains("Ondertekenen…"), "{shown}");
    assert_eq!(shown.matches("aria-disabled=\"true\"").count(), 2, "both buttons: {shown}");
}

fn ready(is_ready: bool, problem: Option<&str>, busy: bool, language: Language) -> String {
    html(
        |(is_ready, problem, busy, language): (bool, Option<String>, bool, Language)| {
            rsx! {
                ReadySection { language, is_ready, problem, busy, on_prepare: |()| {} }
            }
        },
        (is_ready, problem.map(str::to_owned), busy, language),
    )
}

#[test]
fn making_the_device_ready_says_what_for_and_then_that_it_is() {
    let shown = ready(false, None, false, Language::Nl);
    assert!(shown.contains(r#"aria-labelledby="klaarmaken""#) && shown.contains("Maak dit apparaat klaar"), "{shown}");
    assert!(shown.contains("Soms werkt een passkey niet zonder internet."));
    let busy = ready(false, None, true, Language::Nl);
    assert!(busy.contains("Klaarmaken…") && busy.contains("aria-disabled"), "{busy}");
    let failed = ready(false, Some("U heeft nog niet getekend."), false, Language::Nl);
    assert!(failed.contains("role=\"alert\"") && failed.contains("U heeft nog niet getekend."), "{failed}");
    let done = ready(true, None, false, Language::Nl);
    assert!(done.contains("role=\"status\"") && done.contains("Dit apparaat kan voor u tekenen"), "{done}");
    assert!(!done.contains("<button"), "it is done once: {done}");
    let english = ready(true, None, false, Language::En);
    assert!(english.contains("This device can sign for you") && !english.contains("apparaat"), "{english}");
}

#[test]
fn what_the_device_signed_asks_for_the_passkey_by_the_name_of_the_return() {
    let notice = |problem: Option<String>| {
        html(
            |problem: Option<String>| {
                rsx! {
                    ConfirmNotice {
                        language: Language::Nl,
                        name: "Aangifte IB 2025",
                        problem,
                        busy: false,
                        on_confirm: |()| {},
                    }
                }
            },
            problem,
        )
    };
    let shown = notice(None);
    assert!(shown.contains("U tekende Aangifte IB 2025 met dit apparaat, zonder passkey."), "{shown}");
    assert!(shown.contains("Bevestig met passkey") && !shown.contains("role=\"alert\""));
    assert!(notice(Some("U heeft nog niet getekend.".to_owned())).contains("role=\"alert\""));
}

/// Turns the approval of the first revision into one by the device's key, found valid.
fn signed_by_device(consent: &mut Consent) {
    let signature = DeviceSignature { key: ContentHash([4; 32]), signature: Base64(vec![5; 64]) };
    consent.approvals[0].1.signature = Signature::DeviceKey(signature);
}

#[test]
fn the_proof_says_with_what_was_signed_and_whether_the_passkey_confirmed_it() {
    let mut season = year();
    let id = approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::Verified));
    assert!(proof(view(season.clone())).contains("<dd>Passkey</dd>"), "{}", proof(view(season.clone())));

    let mine = |season: &mut documents::dossier::DossierYear, change: &dyn Fn(&mut Consent)| {
        change(season.revisions[0].consents.get_mut(&person(MARIEKE)).unwrap());
    };
    mine(&mut season, &signed_by_device);
    assert_eq!(view(season.clone()).to_countersign().len(), 1, "the passkey is asked for");
    let shown = proof(view(season.clone()));
    assert!(shown.contains("Dit apparaat, nog niet bevestigd met passkey"), "{shown}");

    let confirm = |finding: Finding| {
        move |consent: &mut Consent| {
            let assertion = Assertion {
                credential: Base64(vec![1]),
                authenticator_data: Base64(vec![1]),
                client_data: Base64(vec![1]),
                signature: Base64(vec![1]),
            };
            let given = Countersignature { approval: id, by: person(MARIEKE), at: NOW, assertion };
            let verdict = Some(CounterVerdict { at: NOW, finding });
            consent.countersignatures.push((CountersignatureId::from_bytes([1; 16]), given, verdict));
        }
    };
    mine(&mut season, &confirm(Finding::Invalid));
    let shown = proof(view(season.clone()));
    assert!(shown.contains("nog niet bevestigd met passkey"), "one that does not hold confirms nothing: {shown}");
    mine(&mut season, &confirm(Finding::Verified));
    assert!(proof(view(season.clone())).contains("Dit apparaat, bevestigd met passkey"));
    assert!(view(season).to_countersign().is_empty());
}
