//! Tests of reading, approving and declining a tax return, and of the proof.

use crate::season::*;
use app::{
    screen::{ApprovePage, ApproveStep, ProofPage},
    view::View,
};
use dioxus::prelude::*;
use model::{
    id::{DeclineId, RevisionId},
    money::Cents,
    record::{Decline, Finding, Void},
    section::Section,
};

#[derive(Clone)]
struct Approving {
    view: View,
    step: ApproveStep,
    problem: Option<String>,
}

fn page(approving: Approving) -> String {
    html(
        |a: Approving| {
            rsx! {
                ApprovePage {
                    view: a.view,
                    task: task(1),
                    step: a.step,
                    problem: a.problem,
                    on_step: |_| {},
                    on_sign: |_| {},
                    on_shown: |()| {},
                    on_decline: |_| {},
                }
            }
        },
        approving,
    )
}

fn approving(view: View) -> String {
    page(Approving { view, step: ApproveStep::Reading, problem: None })
}

/// Renders the proof of a return that was answered.
pub fn proof(view: View) -> String {
    html(
        |view: View| {
            rsx! {
                ProofPage { view, task: task(1), on_withdrawing: |_| {}, on_withdraw: |_| {} }
            }
        },
        view,
    )
}

#[test]
fn the_figures_stand_before_the_document() {
    let shown = approving(view(year()));
    assert!(shown.contains("Samen terug te ontvangen"), "{shown}");
    assert!(shown.contains("€ 1.284"));
    assert!(shown.contains("U, Marieke") && shown.contains("€ 1.842 terug"));
    assert!(shown.contains("Thomas") && shown.contains("€ 558 te betalen"));
    assert!(shown.contains("PDF, 14 pagina’s, versie 2"));
    assert!(shown.contains("48.210") && shown.contains("46.020"));
    assert!(shown.contains("Geef akkoord") && shown.contains("Er klopt iets niet"));
    assert!(!shown.contains("<dialog"));
}

#[test]
fn what_was_not_on_the_screen_cannot_be_signed() {
    const BLOCKED: &str = "aria-disabled=\"true\" aria-describedby=\"eerst-lezen\"";
    let unread = approving(view(year()));
    assert!(unread.contains(BLOCKED) && unread.contains("Lees eerst de aangifte."), "{unread}");
    let signing = Approving { view: view(year()), step: ApproveStep::Signing, problem: None };
    assert!(!page(signing).contains("Ik ga akkoord"));
    let known = approving(view(read(year())));
    assert!(!known.contains(BLOCKED) && !known.contains("Lees eerst de aangifte."), "{known}");
}

#[test]
fn a_person_signs_the_statement_for_oneself() {
    let signing = Approving { view: view(read(year())), step: ApproveStep::Signing, problem: None };
    let shown = page(signing.clone());
    assert!(shown.contains("Ik heb de aangifte bekeken."), "{shown}");
    assert!(shown.contains("U tekent voor uzelf. Thomas tekent zelf"));
    assert!(shown.contains("Ik ga akkoord"));
    let away = page(Approving { view: offline(view(read(year())), &[]), ..signing.clone() });
    assert!(away.contains("Uw akkoord wordt op dit apparaat ondertekend"), "{away}");
    let cancelled = page(Approving { problem: Some("U heeft nog niet getekend.".to_owned()), ..signing });
    assert!(cancelled.contains("role=\"alert\"") && cancelled.contains("U heeft nog niet getekend."));
}

#[test]
fn an_approval_of_a_replaced_revision_no_longer_counts() {
    let mut season = year();
    let mut old = revision(1);
    approve(&mut old, MARIEKE, 3, Some(Finding::Verified));
    old.void = Some(Void { at: NOW, replaced_by: RevisionId::from_bytes([2; 16]) });
    season.revisions.push(old);
    let shown = approving(view(season.clone()));
    assert!(shown.contains("Sanne heeft een nieuwe versie klaargezet. Uw akkoord gold voor versie 1."), "{shown}");
    assert!(shown.contains("Geef akkoord"));
    let shown = proof(view(season));
    assert!(shown.contains("Uw akkoord geldt niet meer"), "{shown}");
    assert!(!shown.contains("Dank u wel"));
}

#[test]
fn what_differs_from_the_version_before_and_from_last_year_is_said_figure_by_figure() {
    let same = approving(view(year()));
    assert!(same.contains("+2.190") && !same.contains("versie 1"), "only last year is beside a first one: {same}");
    let mut season = year();
    let mut old = revision(1);
    old.revision.figures[0].this_year = Cents(4_900_000);
    old.revision.figures[1].label = "Zorgkosten".to_owned();
    old.revision.results[1].amount = Cents(-60_000);
    old.void = Some(Void { at: NOW, replaced_by: RevisionId::from_bytes([2; 16]) });
    season.revisions.push(old);
    let shown = approving(view(season));
    for said in [
        "versie 1: 49.000 (-790)",
        "niet in versie 1",
        "Zorgkosten",
        "versie 1: 420 (weggelaten)",
        "versie 1: € 600 te betalen",
    ] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
    assert!(!shown.contains("versie 1: € 1.842"), "what is the same is not said twice");
}

#[test]
fn what_the_server_cannot_accept_is_said_with_the_way_out() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 0, Some(Finding::UnknownPasskey));
    let shown = approving(view(season.clone()));
    assert!(shown.contains("De passkey waarmee u tekende hoort niet (meer) bij u."), "{shown}");
    assert!(shown.contains("Geef opnieuw akkoord"));
    assert!(!proof(view(season)).contains("Dank u wel"));
}

#[test]
fn a_decline_is_shown_with_its_reason_and_can_be_changed() {
    let mut season = year();
    let decline = Decline {
        revision: season.revisions[0].id,
        by: person(MARIEKE),
        at: NOW,
        reason: "Een bedrag klopt niet: de giften waren hoger.".to_owned(),
    };
    let consent = season.revisions[0].consents.get_mut(&person(MARIEKE)).unwrap();
    consent.declines.push((DeclineId::from_bytes([1; 16]), decline));
    let shown = approving(view(season));
    assert!(shown.contains("de giften waren hoger"), "{shown}");
    assert!(shown.contains("Geef toch akkoord") && !shown.contains("Er klopt iets niet"));
    let filled = shown.split("btn--primary").nth(1).unwrap();
    assert!(filled.contains("Naar overzicht") && !filled.contains("akkoord</button>"), "{shown}");
}

#[test]
fn received_is_said_only_when_the_firm_has_it() {
    let mut season = year();
    let id = approve(&mut season.revisions[0], MARIEKE, 0, None);
    let unsent = [(Section::Approvals, id.to_string())];
    let shown = proof(offline(view(season.clone()), &unsent));
    assert!(shown.contains("<h1>Ondertekend op dit apparaat</h1>"), "{shown}");
    assert!(shown.contains("Wacht op verbinding") && shown.contains("Nog niet ontvangen"));
    assert!(!shown.contains("Dank u wel"));

    let shown = proof(view(season.clone()));
    assert!(shown.contains("Dank u wel, Marieke") && shown.contains("Wordt gecontroleerd"), "{shown}");

    season.revisions[0].consents.get_mut(&person(MARIEKE)).unwrap().approvals.clear();
    approve(&mut season.revisions[0], MARIEKE, 0, Some(Finding::Verified));
    approve(&mut season.revisions[0], THOMAS, 0, Some(Finding::Verified));
    file(&mut season.revisions[0]);
    let shown = proof(view(season));
    assert!(shown.contains("Gecontroleerd: de ondertekening klopt"), "{shown}");
    assert!(shown.contains("Thomas heeft akkoord gegeven"));
    assert!(shown.contains("Verstuurd naar Belastingdienst"));
    assert!(!shown.contains("Nog niet ontvangen"));
}

#[test]
fn before_there_is_a_return_nothing_can_be_signed() {
    let mut season = year();
    season.revisions.clear();
    let shown = page(Approving { view: view(season.clone()), step: ApproveStep::Signing, problem: None });
    assert!(shown.contains("Nog niet klaar"), "{shown}");
    assert!(!shown.contains("Ik ga akkoord"));
    assert!(proof(view(season)).contains("U heeft nog geen akkoord gegeven"));
}
