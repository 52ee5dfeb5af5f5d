//! Tests of Sturen: the pages before they are sent, their description, and their state afterwards.

use crate::season::*;
use app::{
    address::Address,
    client::{Form, QueuedFile, UploadState},
    component::{description::Description, queued_pages::QueuedPreview},
    screen::{Purpose, SendFeedback, SendPage},
    view::View,
};
use dioxus::prelude::*;
use model::{hash::ContentHash, record::DocumentKind};
use std::{collections::BTreeMap, rc::Rc};

#[derive(Clone, PartialEq)]
struct Sending {
    view: View,
    purpose: Purpose,
    queued: Vec<QueuedPreview>,
    description: Description,
    feedback: SendFeedback,
}

fn start() -> Sending {
    let (purpose, description, feedback) = (Purpose::default(), Description::default(), SendFeedback::default());
    Sending { view: view(year()), purpose, queued: Vec::new(), description, feedback }
}

fn page(sending: Sending) -> String {
    html(
        |s: Sending| {
            rsx! {
                SendPage {
                    view: s.view,
                    purpose: s.purpose,
                    back: Address::overview(),
                    queued: s.queued,
                    years: vec!["2025".to_owned(), "2024".to_owned()],
                    description: s.description,
                    feedback: s.feedback,
                    on_action: |_| {},
                }
            }
        },
        sending,
    )
}

fn shown(n: u8, form: Form) -> QueuedPreview {
    let ending = if matches!(form, Form::File(_)) { "pdf" } else { "jpg" };
    let file = QueuedFile { hash: ContentHash([n; 32]), name: format!("foto-{n}.{ending}"), size: 2_000_000, form };
    QueuedPreview { file, picture: Some(format!("blob:{n}")) }
}

fn photo(n: u8) -> QueuedPreview {
    shown(n, Form::Page { blurred: false })
}

#[test]
fn what_is_asked_for_stands_beside_the_buttons() {
    let purpose = Purpose { task: Some(task(3)), ..Purpose::default() };
    let page = page(Sending { purpose, ..start() });
    assert!(page.contains("Sanne vraagt om:"), "{page}");
    assert!(page.contains("Jaaropgave Gemeente Utrecht, over 2025"));
    assert!(page.contains("accept=\"application/pdf,image/jpeg,image/png\""));
    assert!(page.contains("capture=\"environment\""));
    assert!(!page.contains("Verstuur 1"), "nothing to send yet");
}

#[test]
fn photographs_are_pages_of_one_document() {
    let feedback = SendFeedback { at: 1, ..SendFeedback::default() };
    let three = Sending { queued: vec![photo(1), photo(2), photo(3)], feedback, ..start() };
    let page_of_three = page(three.clone());
    assert!(page_of_three.contains("Verstuur 3 pagina’s"), "{page_of_three}");
    assert!(page_of_three.contains("2 van 3") && page_of_three.contains("alt=\"Pagina 2, van foto-2.jpg\""));
    assert!(page_of_three.contains("aria-label=\"Pagina 2 bewerken\""));
    assert!(page_of_three.contains("worden samen één document"));
    assert!(!page_of_three.contains("aria-disabled"), "a page in the middle can go both ways");
    assert!(!page_of_three.contains("lijkt onscherp"));
    let offline = Sending { view: offline(view(year()), &[]), ..three.clone() };
    assert!(page(offline).contains("Zet 3 pagina’s klaar"));
    let mixed = vec![photo(1), photo(2), shown(3, Form::File("application/pdf".to_owned()))];
    let mixed = page(Sending { queued: mixed, ..three });
    assert!(mixed.contains("Verstuur 2 documenten") && mixed.contains("Verwijder foto-3.pdf"), "{mixed}");
}

#[test]
fn the_first_page_cannot_be_earlier_and_the_only_one_not_later() {
    let one = page(Sending { queued: vec![photo(1)], ..start() });
    assert!(one.contains("Verstuur 1 document"), "{one}");
    assert_eq!(one.matches("aria-disabled=\"true\"").count(), 2, "Eerder and Later");
}

#[test]
fn a_page_out_of_focus_says_which_and_what_to_do() {
    let queued = vec![photo(1), shown(2, Form::Page { blurred: true })];
    let page = page(Sending { queued, ..start() });
    assert!(page.contains("Pagina 2 lijkt onscherp") && page.contains("houd uw toestel stil"), "{page}");
    assert!(!page.contains("Pagina 1 lijkt"));
}

#[test]
fn another_year_is_asked_for_in_digits() {
    let description = Description {
        kind: Some(DocumentKind::PropertyValue),
        other: Some("vorig".to_owned()),
        ..Description::default()
    };
    assert!(description.lacks_year());
    let feedback = SendFeedback { wrong_year: true, ..SendFeedback::default() };
    let page = page(Sending { queued: vec![photo(1)], description, feedback, ..start() });
    assert!(page.contains("Welk jaar?") && page.contains("aria-invalid=\"true\""), "{page}");
    assert!(page.contains("zoals 2023") && page.contains("WOZ-beschikking"));
    assert_eq!(Description { other: Some(" 2023 ".to_owned()), ..Description::default() }.other_year(), Some(2023));
    assert_eq!(Description::default().other_year(), None);
}

#[test]
fn what_was_not_taken_is_said_and_what_was_taken_too() {
    let feedback =
        SendFeedback { refused: vec!["brief.docx kan niet.".to_owned()], accepted: 1, ..SendFeedback::default() };
    let page = page(Sending { feedback, ..start() });
    assert!(page.contains("brief.docx kan niet.") && page.contains("role=\"alert\""), "{page}");
    assert!(page.contains("1 document is bewaard en wordt verstuurd.") && page.contains("Naar overzicht"));
}

#[test]
fn an_upload_can_wait_and_go_on() {
    let mut season = year();
    let (waits, rests) = (attach(&mut season, 40, "a.pdf", None, false), attach(&mut season, 41, "b.pdf", None, false));
    attach(&mut season, 42, "c.pdf", None, true);
    let mut view = view(season);
    let states = [(waits, UploadState::Sending { sent: 1, total: 4 }), (rests, UploadState::Paused)];
    view.uploads = Rc::new(BTreeMap::from(states));
    let page = page(Sending { view, ..start() });
    assert!(page.contains("Pauzeer versturen van a.pdf") && page.contains("Wordt verstuurd, 25%"), "{page}");
    assert!(page.contains("Ga verder met versturen van b.pdf") && page.contains("Gepauzeerd"));
    assert!(!page.contains("versturen van c.pdf"), "it has arrived");
}
