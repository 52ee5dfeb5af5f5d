//! Tests of Overzicht, Archief and Gegevens.

use crate::season::*;
use app::{
    client::{PublicError, UploadState},
    screen::{ArchivePage, DetailsPage, OverviewPage},
    view::View,
};
use dioxus::prelude::*;
use documents::document::UnknownRecord;
use model::{
    checklist::AnswerValue,
    record::{Closing, Finding, Role},
    section::Section,
};
use std::rc::Rc;

/// Renders Overzicht with one year.
pub fn overview(view: View) -> String {
    html(
        |view: View| {
            rsx! {
                OverviewPage {
                    workspace: view.workspace.clone(),
                    views: vec![view],
                    on_withdraw: |_| {},
                    on_pause: |_| {},
                    on_files: |_| {},
                    on_message: |_| {},
                    on_retry: |()| {},
                }
            }
        },
        view,
    )
}

#[test]
fn the_most_urgent_task_comes_first_as_a_card() {
    let page = overview(view(year()));
    assert!(page.contains("Goedemiddag, Marieke"), "{page}");
    assert!(page.contains("Er staan 3 dingen voor u klaar."));
    let card = page.find("card task").unwrap();
    let approval = page.find("Aangifte IB 2025 controleren").unwrap();
    let checklist = page.find("Checklist IB 2025 invullen").unwrap();
    assert!(card < approval && approval < checklist);
    assert!(page.contains(&format!("/taken/{}/akkoord", task(1))));
    assert!(page.contains("uiterlijk 1 april"));
}

#[test]
fn a_task_that_is_done_is_no_longer_asked() {
    let mut season = year();
    approve(&mut season.revisions[0], MARIEKE, 0, Some(Finding::Verified));
    season.tasks[1].closing = Some(Closing { at: NOW, withdrawn: false });
    season.tasks[2].closing = Some(Closing { at: NOW, withdrawn: true });
    let page = overview(view(season));
    assert!(page.contains("U bent helemaal bij. Sanne laat het weten als er iets is."), "{page}");
    assert!(page.contains("Wacht op akkoord van Thomas"));
}

#[test]
fn what_only_a_newer_app_can_show_is_said_to_be_there() {
    let mut season = year();
    assert!(!overview(view(season.clone())).contains("nieuwere versie"));
    season.unknown.push(UnknownRecord { section: None, key: "a".to_owned() });
    assert!(overview(view(season.clone())).contains("1 gegeven is alleen te zien met een nieuwere versie van de app."));
    season.unknown.push(UnknownRecord { section: Some(Section::Deliveries), key: "b".to_owned() });
    let page = overview(english(view(season)));
    assert!(page.contains("2 items can be seen only with a newer version of the app. They are kept."), "{page}");
}

#[test]
fn offline_is_no_error_and_says_what_waits() {
    let mut season = year();
    attach(&mut season, 40, "hypotheek.pdf", None, false);
    answer(&mut season, place("woz"), AnswerValue::Unknown, MARIEKE, 0);
    let unsent = [(Section::Answers, place("woz").to_string())];
    let page = overview(offline(view(season), &unsent));
    assert!(page.contains("U kunt gewoon verder"), "{page}");
    assert!(page.contains("Wacht op verbinding"));
    assert!(page.contains("1 antwoord in uw checklist"));
    assert!(page.contains("Bewaard op dit apparaat"));
    assert!(page.contains("Kan ook zonder internet"));
    assert!(!page.contains("Ontvangen door"), "nothing was received");
    assert!(!page.contains("role=\"alert\""), "offline is no error");
}

#[test]
fn each_file_says_where_it_is() {
    let mut season = year();
    let sending = attach(&mut season, 40, "hypotheek.pdf", None, false);
    let refused = attach(&mut season, 41, "kapot.pdf", None, false);
    attach(&mut season, 42, "woz.pdf", None, true);
    let mut shown = view(season);
    let why = PublicError {
        error: "file_broken".to_owned(),
        nl: "Deze pdf kan niet worden geopend.".to_owned(),
        en: "This PDF cannot be opened.".to_owned(),
    };
    let mut uploads = (*shown.uploads).clone();
    uploads.insert(sending, UploadState::Sending { sent: 64, total: 100 });
    uploads.insert(refused, UploadState::Refused(why));
    shown.uploads = Rc::new(uploads);
    let page = overview(shown.clone());
    assert!(page.contains("Wordt verstuurd, 64%"), "{page}");
    assert!(page.contains("hypotheek.pdf, 64 procent verstuurd"));
    assert!(page.contains("Deze pdf kan niet worden geopend."));
    assert!(page.contains("Ontvangen door Wilgenhof Belastingadvies, 14:02"));
    assert!(overview(english(shown)).contains("This PDF cannot be opened."));
}

#[test]
fn somebody_who_only_reads_is_not_asked_to_send() {
    let mut season = year();
    season.people.get_mut(&person(MARIEKE)).unwrap().role = Role::Reader;
    let page = overview(view(season));
    assert!(!page.contains("Zelf iets sturen"), "{page}");
    assert!(!page.contains("Stel een vraag"));
}

fn archive(views: Vec<View>) -> String {
    html(
        |views: Vec<View>| {
            rsx! {
                ArchivePage { workspace: workspace(), views, year: None }
            }
        },
        views,
    )
}

#[test]
fn the_archive_holds_only_what_is_finished() {
    let mut season = year();
    attach(&mut season, 40, "woz.pdf", None, true);
    let page = archive(vec![view(season.clone())]);
    assert!(page.contains("Hier komt uw aangifte als hij klaar is."), "{page}");
    assert!(page.contains("woz.pdf"));
    approve(&mut season.revisions[0], MARIEKE, 0, Some(Finding::Verified));
    let page = archive(vec![view(season)]);
    assert!(page.contains("Akkoord gegeven op 12 maart 2026"), "{page}");
    assert!(page.contains(&format!("/taken/{}/bewijs", task(1))));
    assert!(archive(Vec::new()).contains("Hier komt uw aangifte als hij klaar is."));
}

#[test]
fn logging_out_warns_of_unsent_work() {
    let page = |unsent: usize| {
        html(
            |unsent: usize| {
                let mut workspace = workspace();
                workspace.unsent = unsent;
                rsx! {
                    DetailsPage {
                        workspace,
                        identity: identity(),
                        views: vec![view(year())],
                        leaving: true,
                        on_change: |_| {},
                        on_wants: |_| {},
                        on_leaving: |_| {},
                        on_log_out: |()| {},
                    }
                }
            },
            unsent,
        )
    };
    let calm = page(0);
    assert!(calm.contains("Marieke Jansen") && calm.contains("Thomas Bakker"), "{calm}");
    assert!(!calm.contains("alleen op dit apparaat"));
    assert!(page(2).contains("2 dingen staan alleen op dit apparaat"));
}

#[test]
fn who_has_no_access_any_more_is_told_and_not_that_all_is_well() {
    let page = |unsent: usize| {
        let mut view = view(year());
        (view.workspace.firm, view.workspace.unsent) = (String::new(), unsent);
        overview(view)
    };
    let shown = page(0);
    assert!(shown.contains("U heeft nu geen toegang") && shown.contains("Bel uw adviseur."), "{shown}");
    assert!(
        !shown.contains("helemaal bij") && !shown.contains("niet verstuurd") && !shown.contains("Zelf iets sturen")
    );
    assert!(page(2).contains("2 dingen zijn niet verstuurd. Ze blijven op dit apparaat bewaard."));
}
