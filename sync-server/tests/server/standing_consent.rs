//! Tests of standing consents through the whole server: asked in the console, signed by the client, used for returns,
//! withdrawn.

use dossiers::{ActionError, Asks, NewRevision, WantedReturn, evidence};
use model::{
    event::Event,
    id::*,
    record::*,
    tax_return::{Capacity, ReturnKind},
};
use proof::{evidence::verify, seal::Seal};
use storage::db::DbError;
use testkit::{
    console_page::{ConsolePage, PAGE, YEAR, assert_redirect, pdf},
    harness::Browser,
};

const ASK: &str = "/akkoord/vaste-toestemming";

/// Asks for Marieke's consent for VAT returns of 2025, and returns its revision.
async fn ask(console: &mut ConsolePage) -> RevisionId {
    console.app.pass_seconds(1);
    let whose = console.home.people[0].id.to_string();
    let fields = [("taxpayer", whose.as_str()), ("for_ob", "yes"), ("consent_until", "2026-12-31")];
    let answer = console.browser.submit(&format!("{PAGE}{ASK}"), &fields).await;
    assert_redirect(&answer, &format!("{PAGE}/akkoord"));
    console.year().revisions[0].id
}

async fn signed(console: &mut ConsolePage) -> (RevisionId, ApprovalId, Browser) {
    let marieke = console.home.people[0].clone();
    let consent = ask(console).await;
    let mut hers = console.app.person_browser(&marieke).await;
    let approval = console.approve(&mut hers, &marieke, consent).await;
    (consent, approval, hers)
}

fn vat(console: &ConsolePage, period: &str) -> NewRevision {
    let marieke = console.home.people[0].id;
    let wanted = WantedReturn::of(Taxpayer::Person(marieke), ReturnKind::Ob, period.parse().unwrap());
    let (year, file) = (console.year(), console.year().revisions[0].revision.file.clone());
    NewRevision {
        returns: vec![wanted],
        approvers: vec![(marieke, Capacity::Taxpayer)],
        asks: Asks::ReadingByStandingConsent,
        ..NewRevision::of_household(&year, YEAR, file)
    }
}

fn set_out(console: &ConsolePage, new: NewRevision) -> Result<RevisionId, ActionError> {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.set_out_revision(&home.advisor, home.client.id, YEAR, new)
}

fn file(console: &ConsolePage, revision: RevisionId, reason: &str) -> Result<(), ActionError> {
    let (dossiers, home) = (&console.app.state.dossiers, &console.home);
    dossiers.file_revision(&home.advisor, home.client.id, YEAR, revision, reason)
}

#[tokio::test]
async fn a_return_is_filed_by_a_standing_consent_and_never_called_approved() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let (consent, approval, _) = signed(&mut console).await;
    let given = console.year().revision(consent).unwrap().clone();
    assert_eq!(given.consents.keys().collect::<Vec<_>>(), [&marieke.id], "a person consents for the own returns alone");
    let statement = &given.consents[&marieke.id].request.statement;
    for words in [
        "Vaste toestemming, 2025, van Marieke",
        "Tot en met 31 december 2026",
        "ingediend: aangifte omzetbelasting.",
        "als belastingplichtige",
    ] {
        assert!(statement.contains(words), "{statement}");
    }
    let fields =
        [("kind", "ob"), ("taxpayer", &marieke.id.to_string()), ("period", "2025-Q1"), ("turns", "standing_consent")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = console.upload_to(&format!("{PAGE}/akkoord"), &fields, Some(&pdf("ob"))).await;
    assert_redirect(&answer, &format!("{PAGE}/akkoord"));
    let vat = console.year().current_revisions().into_iter().find(|r| r.id != consent).unwrap().id;
    let readers: Vec<_> = console.year().revision(vat).unwrap().consents.keys().copied().collect();
    assert_eq!(readers, [marieke.id], "those who gave the consent read it");
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Op grond van vaste toestemming, tot en met 31 december 2026"), "{page}");
    file(&console, vat, "").unwrap();
    let given = console.year().revision(vat).unwrap().clone();
    assert!(given.is_filed_by_consent() && !given.is_approved() && given.filings.values().all(|f| f.reason.is_empty()));
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("Verstuurd op grond van vaste toestemming"), "{page}");
    let mails = console.app.mails_of("filed");
    assert!(!mails.is_empty());
    for mail in mails {
        let text = &mail.mail.body_text;
        assert!(text.contains("op grond van uw vaste toestemming") && !text.contains("akkoord"), "{text}");
    }
    let client = console.home.client.id;
    let events = console.app.state.db.read::<_, DbError>(|q| q.events(client, YEAR, 50)).unwrap();
    assert!(events.iter().any(|past| past.event == Event::RevisionFiled { revision: vat, unapproved: false }));
    // The consent itself is evidence, and is never filed.
    let dossiers = &console.app.state.dossiers;
    let material = evidence::collect(dossiers, client, YEAR, approval, None).unwrap();
    let seal = Seal::of(&[7; 32]).unwrap();
    let pack = evidence::make(&material, dossiers.relying_party(), &seal).unwrap();
    let proven = verify(&pack).unwrap();
    assert!(proven.counts && proven.revision.scope == given_scope(&console, consent));
    assert!(matches!(file(&console, consent, "toch"), Err(ActionError::NoSuchRevision)));
}

fn given_scope(console: &ConsolePage, consent: RevisionId) -> Option<ConsentScope> {
    console.year().revision(consent).and_then(|given| given.revision.scope.clone())
}

#[tokio::test]
async fn what_no_consent_covers_is_not_set_out_by_one() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let consent = ask(&mut console).await;
    let refused = |new| matches!(set_out(&console, new), Err(ActionError::NoStandingConsent));
    assert!(refused(vat(&console, "2025-Q1")), "nobody has signed it yet");
    let mut hers = console.app.person_browser(&marieke).await;
    console.approve(&mut hers, &marieke, consent).await;
    let with = |change: fn(&mut WantedReturn)| {
        let mut new = vat(&console, "2025-Q1");
        new.returns.iter_mut().for_each(change);
        new
    };
    let refused = |new| matches!(set_out(&console, new), Err(ActionError::NoStandingConsent));
    assert!(refused(with(|wanted| wanted.kind = ReturnKind::Icp)), "another kind");
    assert!(refused(with(|wanted| wanted.taxpayer = Taxpayer::Company)), "another taxpayer");
    let mut of_thomas = vat(&console, "2025-Q1");
    of_thomas.returns[0].taxpayer = Taxpayer::Person(thomas.id);
    assert!(refused(of_thomas), "the partner's");
    let bare = with(|wanted| (wanted.kind, wanted.period) = (ReturnKind::StandingConsent, "2025".parse().unwrap()));
    let bare = NewRevision { asks: Asks::Approval, ..bare };
    assert!(matches!(set_out(&console, bare), Err(ActionError::NoReturn)), "a consent without a scope");
    let scoped = NewRevision { scope: given_scope(&console, consent), ..vat(&console, "2025-Q1") };
    assert!(matches!(set_out(&console, scoped), Err(ActionError::NoReturn)), "a return with a scope");
    assert!(set_out(&console, vat(&console, "2025-Q1")).is_ok());
}

#[tokio::test]
async fn a_consent_that_ended_needs_a_reason_again() {
    let mut console = ConsolePage::new().await;
    let marieke = console.home.people[0].clone();
    let (_, approval, mut hers) = signed(&mut console).await;
    let first = set_out(&console, vat(&console, "2025-Q1")).unwrap();
    let second = set_out(&console, vat(&console, "2025-Q2")).unwrap();
    file(&console, first, "").unwrap();
    let withdrawal =
        ApprovalWithdrawal { by: marieke.id, at: console.app.now(), reason: "Ik wil het zelf zien".into() };
    console.write(&mut hers, &approval, &withdrawal).await;
    assert!(matches!(file(&console, second, ""), Err(ActionError::NotApproved)));
    assert!(matches!(set_out(&console, vat(&console, "2025-Q3")), Err(ActionError::NoStandingConsent)));
    let page = console.page(&format!("{PAGE}/akkoord")).await;
    assert!(page.contains("geldt niet meer: zij is ingetrokken"), "{page}");
    assert!(console.year().revision(first).unwrap().is_filed_by_consent(), "what was filed stays as it was");
    // A new consent takes the place of the one before, and returns are set out by it.
    let again = ask(&mut console).await;
    assert_eq!(console.year().revision(again).unwrap().revision.number, 2);
    console.approve(&mut hers, &marieke, again).await;
    let second = set_out(&console, vat(&console, "2025-Q2")).unwrap();
    console.app.pass_seconds(400 * 24 * 60 * 60);
    assert!(matches!(file(&console, second, ""), Err(ActionError::NotApproved)), "its last day is over");
    file(&console, second, "De termijn liep af").unwrap();
    assert!(!console.year().revision(second).unwrap().is_filed_by_consent());
}

#[tokio::test]
async fn a_return_that_needs_approval_again_is_another_task() {
    let mut console = ConsolePage::new().await;
    let (_, approval, mut hers) = signed(&mut console).await;
    let marieke = console.home.people[0].clone();
    let first = set_out(&console, vat(&console, "2025-Q1")).unwrap();
    let of = console.year().revision(first).unwrap().revision.tax_returns[0];
    let open = |console: &ConsolePage| -> Vec<String> {
        let year = console.year();
        let of_return = year.tasks.iter().filter(|t| t.closing.is_none() && t.task.kind == TaskKind::Approval(of));
        of_return.map(|t| t.task.title.nl.clone()).collect()
    };
    assert_eq!(open(&console), ["Aangifte OB 1e kwartaal 2025 lezen"]);
    let withdrawal = ApprovalWithdrawal { by: marieke.id, at: console.app.now(), reason: "Nee".into() };
    console.write(&mut hers, &approval, &withdrawal).await;
    set_out(&console, NewRevision { asks: Asks::Approval, ..vat(&console, "2025-Q1") }).unwrap();
    assert_eq!(open(&console), ["Aangifte OB 1e kwartaal 2025 controleren en akkoord geven"]);
}

#[tokio::test]
async fn nobody_consents_for_a_partner_nor_on_paper() {
    let mut console = ConsolePage::new().await;
    let [marieke, thomas] = console.home.people.clone();
    let (whose, hers) = (marieke.id.to_string(), format!("as_{}", marieke.id));
    let others = format!("as_{}", thomas.id);
    let fields = |other| {
        [("taxpayer", whose.as_str()), ("for_ob", "yes"), ("consent_until", "2026-12-31"), (hers.as_str(), "no"), other]
    };
    let address = format!("{PAGE}{ASK}");
    for capacity in ["", "partner", "director"] {
        let answer = console.browser.submit(&address, &fields((others.as_str(), capacity))).await;
        assert!(
            answer.status == 400 && answer.text().contains("Alleen deze persoon zelf"),
            "{capacity}: {}",
            answer.text()
        );
    }
    let answer = console.browser.submit(&address, &fields((others.as_str(), "legal_representative"))).await;
    assert_redirect(&answer, &format!("{PAGE}/akkoord"));
    let consent = console.year().revisions[0].clone();
    assert_eq!(consent.consents.keys().collect::<Vec<_>>(), [&thomas.id]);
    let path = format!("{PAGE}/akkoord/{}/papier/{}", consent.id, thomas.id);
    let scan = [("signed_on".to_owned(), "2026-03-01".to_owned())];
    assert_eq!(console.upload_to(&path, &scan, Some(&pdf("scan"))).await.status, 404);
    assert!(!console.year().revisions[0].is_approved());
}

#[tokio::test]
async fn the_form_says_what_is_missing() {
    let mut console = ConsolePage::new().await;
    let whose = console.home.people[0].id.to_string();
    let (none, far) = ("Kies ten minste één soort.", "Kies een dag die nog komt");
    for (fields, sentence) in [
        (vec![("taxpayer", whose.as_str()), ("consent_until", "2026-12-31")], none),
        (vec![("taxpayer", &whose), ("for_ib", "yes"), ("consent_until", "2026-12-31")], none),
        (vec![("taxpayer", &whose), ("for_ob", "yes"), ("consent_until", "2020-01-01")], far),
        (vec![("taxpayer", &whose), ("for_ob", "yes"), ("consent_until", "2030-01-01")], far),
        (vec![("taxpayer", &whose), ("for_ob", "yes"), ("consent_until", "morgen")], far),
        (vec![("taxpayer", "together"), ("for_ob", "yes"), ("consent_until", "2026-12-31")], "Kies van wie"),
        (vec![("for_ob", "yes"), ("consent_until", "2026-12-31")], "Kies van wie"),
    ] {
        let answer = console.browser.submit(&format!("{PAGE}{ASK}"), &fields).await;
        assert!(answer.status == 400 && answer.text().contains(sentence), "{fields:?}: {}", answer.text());
    }
    assert!(console.year().revisions.is_empty());
}
