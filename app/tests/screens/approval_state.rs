//! Tests of every state of an approval: why it is so, and what comes next. They cover the screens of the return and of
//! the proof, and the overview.

use crate::season::*;
use app::{
    screen::{ApprovePage, ApproveStep, OverviewPage, ProofPage},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{Consent, DossierYear, GivenMessage, Recalled, Sender};
use model::{hash::ContentHash, id::*, record::*, section::Section, time::Date};

fn return_page(view: View) -> String {
    html(
        |view: View| {
            rsx! {
                ApprovePage {
                    view,
                    task: task(1),
                    step: ApproveStep::Reading,
                    on_step: |_| {},
                    on_sign: |_| {},
                    on_shown: |()| {},
                    on_decline: |_| {},
                }
            }
        },
        view,
    )
}

fn proof_page(view: View, withdrawing: bool) -> String {
    html(
        |(view, withdrawing): (View, bool)| {
            rsx! {
                ProofPage { view, task: task(1), withdrawing, on_withdrawing: |_| {}, on_withdraw: |_| {} }
            }
        },
        (view, withdrawing),
    )
}

fn overview(view: View) -> String {
    html(
        |view: View| {
            rsx! {
                OverviewPage {
                    workspace: view.workspace.clone(),
                    views: vec![view.clone()],
                    on_withdraw: |_| {},
                    on_pause: |_| {},
                    on_files: |_| {},
                    on_message: |()| {},
                    on_retry: |()| {},
                }
            }
        },
        view,
    )
}

/// Renders all three screens, which must not contradict each other.
fn screens(season: &DossierYear) -> [String; 3] {
    let look = || view(season.clone());
    [return_page(look()), proof_page(look(), false), overview(look())]
}

fn mine(season: &mut DossierYear) -> &mut Consent {
    season.revisions[0].consents.get_mut(&person(MARIEKE)).unwrap()
}

fn says(shown: &str, words: &[&str]) {
    for word in words {
        assert!(shown.contains(word), "{word} is missing in {shown}");
    }
}

fn says_not(shown: &str, words: &[&str]) {
    for word in words {
        assert!(!shown.contains(word), "{word} stands in {shown}");
    }
}

const SIGN: &str = ">Geef akkoord<";

#[test]
fn an_approval_that_awaits_a_ruling_says_why_and_that_nothing_is_to_be_done() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::AwaitsRuling));
    let [to_approve, proof, home] = screens(&season);
    for shown in [&to_approve, &proof] {
        says(
            shown,
            &["Uw akkoord wacht op Wilgenhof Belastingadvies", "uw toegang net vernieuwd", "U hoeft niets te doen."],
        );
        says_not(shown, &[SIGN, "Dank u wel", "Gecontroleerd"]);
    }
    says(&home, &["Loopt nog", "Sanne gaat na of u het was"]);
    says_not(&home, &["Bekijk uw aangifte"]);
}

#[test]
fn an_approval_that_the_firm_refused_after_a_ruling_shows_the_remark_and_can_be_given_again() {
    let mut season = year();
    let id = approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::AwaitsRuling));
    let ruling = Ruling { accepted: false, by: "Sanne de Wit".to_owned(), at: NOW, remark: "Niet bereikt.".to_owned() };
    mine(&mut season).rulings.insert(id, ruling);
    let [to_approve, proof, home] = screens(&season);
    for shown in [&to_approve, &proof] {
        says(
            shown,
            &["Uw akkoord is niet aangenomen", "Sanne de Wit schreef: “Niet bereikt.”", "Geef opnieuw akkoord"],
        );
    }
    says(&home, &["Uw akkoord is niet aangenomen", "Geef opnieuw akkoord"]);
}

#[test]
fn what_was_taken_back_is_said_and_nothing_of_it_is_left() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::Verified));
    let target = RecallTarget::Revision(season.revisions[0].id);
    let recall = Recall { reason: "Van een andere klant".into(), by: "Sanne de Wit".into(), at: NOW };
    let title = Some(model::language::Bilingual::new("Aangifte IB 2025", "IB return 2025"));
    let (files, approvals) = (vec![season.revisions[0].revision.file.hash], Vec::new());
    season.revisions[0].recall = Some(recall.clone());
    season.recalled.push(Recalled { target, recall, title, files, approvals });
    let [to_approve, _, home] = screens(&season.without_recalled());
    for shown in [&to_approve, &home] {
        says(shown, &["Teruggehaald", "Teruggehaald door Sanne de Wit,", "Van een andere klant"]);
        says_not(shown, &[SIGN, "Lees de aangifte"]);
    }
}

#[test]
fn who_signed_sees_that_another_refused_until_it_is_filed() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::Verified));
    let revision = season.revisions[0].id;
    let reason = "De verdeling klopt niet".to_owned();
    let decline = Decline { revision, by: person(THOMAS), at: NOW, reason };
    let his = season.revisions[0].consents.get_mut(&person(THOMAS)).unwrap();
    his.declines.push((DeclineId::from_bytes([9; 16]), decline));
    let [to_approve, _, home] = screens(&season);
    for shown in [&to_approve, &home] {
        says(shown, &["Thomas is niet akkoord"]);
        says_not(shown, &["De verdeling klopt niet"]);
    }
    says(&to_approve, &["Uw eigen akkoord blijft staan."]);
    // Who did not sign sees nothing of it there.
    season.revisions[0].consents.get_mut(&person(MARIEKE)).unwrap().approvals.clear();
    let [to_approve, ..] = screens(&season);
    says_not(&to_approve, &["Thomas is niet akkoord"]);
}

#[test]
fn who_comes_later_reads_and_waits() {
    let mut season = year();
    mine(&mut season).request.after = vec![person(THOMAS)];
    let [to_approve, _, home] = screens(&season);
    says(
        &to_approve,
        &["Eerst geeft Thomas akkoord", "U krijgt een mail als u aan de beurt bent.", "Lees de aangifte"],
    );
    says_not(&to_approve, &[SIGN, "Er klopt iets niet"]);
    says(&home, &["Loopt nog", "Eerst geeft Thomas akkoord"]);
    says_not(&home, &["Uw akkoord gevraagd"]);

    approve(&mut season.revisions[0], THOMAS, 0, Some(Finding::Verified));
    let [to_approve, _, home] = screens(&season);
    says(&to_approve, &[SIGN]);
    says(&home, &["Uw akkoord gevraagd"]);
}

#[test]
fn who_signed_too_early_hears_that_it_does_not_count() {
    let mut season = year();
    mine(&mut season).request.after = vec![person(THOMAS)];
    approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::NotYet));
    let [to_approve, proof, _] = screens(&season);
    for shown in [&to_approve, &proof] {
        says(shown, &["U tekende voordat Thomas akkoord gaf."]);
        says_not(shown, &[SIGN, "Geef opnieuw akkoord", "Dank u wel"]);
    }
    approve(&mut season.revisions[0], THOMAS, 0, Some(Finding::Verified));
    says(&return_page(view(season)), &["Geef opnieuw akkoord"]);
}

#[test]
fn an_approval_on_paper_is_marked_as_such_and_asks_nothing_more() {
    let mut season = year();
    let file = DeliveredFile { name: "scan.pdf".to_owned(), size: 9, hash: ContentHash::of(&[9]), pages: 1 };
    let signed_on = jiff::civil::date(2026, 3, 3);
    mine(&mut season).paper = Some(PaperApproval { file, signed_on, by: "Sanne de Wit".to_owned(), at: NOW });
    let [to_approve, proof, home] = screens(&season);
    for shown in [&to_approve, &proof] {
        says(
            shown,
            &["U gaf akkoord op papier", "Getekend op 3 maart 2026. Sanne de Wit heeft uw handtekening vastgelegd."],
        );
        says_not(shown, &[SIGN, "Trek uw akkoord in"]);
    }
    says(&proof, &["Pen en papier", "Bekijk wat u tekende"]);
    says_not(&proof, &["Download het bewijspakket"]);
    says(&home, &["Wacht op akkoord van Thomas"]);
}

#[test]
fn a_return_for_information_is_read_and_not_approved() {
    let mut season = year();
    season.revisions[0].revision.basis = Basis::Information;
    let [to_approve, proof, home] = screens(&season);
    says(&to_approve, &["Ter informatie", "Akkoord geven is niet nodig.", "Lees de aangifte"]);
    says(&to_approve, &["<h1>Ter informatie: uw aangifte</h1>"]);
    says_not(&to_approve, &[SIGN, "Er klopt iets niet", "Klopt uw aangifte?"]);
    says(&return_page(english(view(season.clone()))), &["<h1>For your information: your tax return</h1>"]);
    says(&proof, &["Geen akkoord nodig"]);
    says(&home, &["Ter informatie", "Lees uw aangifte"]);
    says_not(&home, &["Uw akkoord gevraagd"]);

    mine(&mut season).opened = Some(NOW);
    let [to_approve, _, home] = screens(&season);
    says(&to_approve, &["U las het op 12 maart 2026."]);
    says(&home, &["Geen akkoord nodig"]);
    says_not(&home, &["Bekijk uw aangifte"]);
}

#[test]
fn a_return_under_a_standing_consent_is_read_and_never_called_approved() {
    let mut season = year();
    season.revisions[0].revision.basis = Basis::StandingConsent(RevisionId::from_bytes([9; 16]));
    season.revisions[0].covered_until = Some(Date::constant(2027, 3, 31));
    let [to_approve, proof, home] = screens(&season);
    says(&to_approve, &["Op grond van uw vaste toestemming", "tot en met 31 maart 2027", "Lees de aangifte"]);
    says_not(&to_approve, &[SIGN, "Er klopt iets niet", "Klopt uw aangifte?"]);
    says(&proof, &["Geen akkoord nodig"]);
    says(&home, &["Op grond van uw vaste toestemming", "Bekijk uw aangifte"]);
    says_not(&home, &["Uw akkoord gevraagd", "akkoord gegeven"]);

    season.revisions[0].covered_until = None;
    let [to_approve, ..] = screens(&season);
    says(&to_approve, &["Uw vaste toestemming geldt hier niet meer", "vraagt u om akkoord"]);
    says_not(&to_approve, &[SIGN, "Op grond van uw vaste toestemming"]);
}

#[test]
fn an_approval_can_be_taken_back_until_the_return_is_filed() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::Verified));
    says(&proof_page(view(season.clone()), false), &["Trek uw akkoord in", "totdat de aangifte is verstuurd"]);
    let sheet = proof_page(view(season.clone()), true);
    says(&sheet, &["Akkoord intrekken?", "Waarom?", "Mijn akkoord blijft staan", "Wat u tekende blijft bewaard"]);
    file(&mut season.revisions[0]);
    let filed = proof_page(view(season), true);
    says_not(&filed, &["Trek uw akkoord in", "Akkoord intrekken?"]);
}

#[test]
fn a_withdrawn_approval_says_where_it_is_and_cannot_be_given_again() {
    let mut season = year();
    let id = approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::Verified));
    let reason = "Er mist een bankrekening.".to_owned();
    mine(&mut season).withdrawals.insert(id, ApprovalWithdrawal { by: person(MARIEKE), at: NOW, reason });
    let [to_approve, proof, home] = screens(&season);
    for shown in [&to_approve, &proof] {
        says(shown, &["U heeft uw akkoord ingetrokken", "Er mist een bankrekening.", "Vraag Sanne dan"]);
        says_not(shown, &[SIGN, "Trek uw akkoord in", "Dank u wel"]);
    }
    says(&proof, &["Sanne kijkt ernaar</strong>", "Download het bewijspakket"]);
    says(&home, &["Loopt nog", "U heeft uw akkoord ingetrokken"]);

    let unsent = [(Section::ApprovalWithdrawals, id.to_string())];
    let away = offline(view(season.clone()), &unsent);
    let proof = proof_page(away.clone(), false);
    says(&proof, &["Akkoord ingetrokken", "Wacht op verbinding"]);
    says_not(&proof, &["Sanne kijkt ernaar</strong>"]);
    says(&overview(away), &["Akkoord ingetrokken", "Bewaard op dit apparaat"]);

    file(&mut season.revisions[0]);
    says(&return_page(view(season)), &["Het was al verstuurd"]);
}

#[test]
fn what_the_other_did_out_of_the_ordinary_is_said_too() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::Verified));
    let id = approve(&mut season.revisions[0], THOMAS, 1, Some(Finding::AwaitsRuling));
    says(&proof_page(view(season.clone()), false), &["Thomas heeft getekend. Sanne gaat dat na."]);
    let consent = season.revisions[0].consents.get_mut(&person(THOMAS)).unwrap();
    let withdrawal = ApprovalWithdrawal { by: person(THOMAS), at: NOW, reason: "Toch niet.".to_owned() };
    consent.withdrawals.insert(id, withdrawal);
    says(&proof_page(view(season), false), &["Thomas heeft het akkoord ingetrokken"]);
}

#[test]
fn a_question_instead_of_an_answer_is_shown_until_it_is_answered() {
    let mut season = year();
    let message = |n: u8, from: Sender| GivenMessage {
        id: MessageId::from_bytes([n; 16]),
        from,
        at: NOW,
        body: "Waarom is dit bedrag hoger?".to_owned(),
        about: Some(task(1)),
        answer: None,
        attachments: Vec::new(),
        files: Vec::new(),
    };
    season.messages.push(message(1, Sender::Person(person(MARIEKE))));
    let shown = return_page(view(season.clone()));
    says(&shown, &["U heeft een vraag gesteld", "Sanne antwoordt bij Berichten", SIGN]);
    season.messages.push(message(2, Sender::Advisor("Sanne de Wit".to_owned())));
    let shown = return_page(view(season));
    says(&shown, &["Sanne heeft op uw vraag geantwoord", SIGN]);
    says_not(&shown, &["U heeft een vraag gesteld"]);
}

#[test]
fn every_state_is_said_in_english_too() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 1, Some(Finding::AwaitsRuling));
    let shown = proof_page(english(view(season)), true);
    says(&shown, &["Your approval waits for Wilgenhof Belastingadvies", "Withdraw your approval?"]);
    says_not(&shown, &["akkoord wacht", "Trek uw"]);
}
