//! Tests of a document request: each item shows its state and what can be done.

use crate::season::*;
use app::{screen::DocumentsPage, view::View};
use dioxus::prelude::*;
use documents::dossier::DossierYear;
use model::{id::AttachmentId, record::*, section::Section};
use std::collections::BTreeMap;

/// Returns a year in which three documents are asked for and the first has come.
fn asked() -> (DossierYear, AttachmentId) {
    let mut year = year();
    let mut item = RequestItem::of("Jaaropgave");
    (item.year, item.example) = (Some(2025), "Van uw werkgever".to_owned());
    year.tasks[2].task.kind = TaskKind::DocumentRequest(vec![item, RequestItem::of("WOZ"), RequestItem::of("Nota")]);
    let id = attach(&mut year, 9, "jaaropgave.pdf", None, true);
    (year.attachments[0].attachment.task, year.attachments[0].attachment.item) = (Some(task(3)), Some(0));
    (year, id)
}

fn page(view: View) -> String {
    html(
        |view: View| {
            rsx! {
                DocumentsPage { view, task: task(3), refused: BTreeMap::new(), on_act: |_| {} }
            }
        },
        view,
    )
}

fn intake(outcome: ReviewOutcome, remark: &str) -> Option<Intake> {
    Some(Intake { outcome, remark: remark.to_owned(), by: "Sanne de Wit".to_owned(), at: NOW })
}

#[test]
fn each_item_says_what_is_asked_and_where_it_stands() {
    let (mut year, _) = asked();
    let key = ItemKey { task: task(3), item: 2 };
    let reply = Reply::DontHave("Bank is failliet".to_owned());
    year.item_replies.insert(key, ItemReply { reply, by: person(MARIEKE), at: NOW });
    let unsent = [(Section::ItemReplies, key.to_string())];
    let page = page(offline(view(year), &unsent));
    assert!(page.contains("Nog 1 document"), "{page}");
    assert!(page.contains("Over 2025") && page.contains("Van uw werkgever"));
    assert!(page.contains("Ontvangen door Wilgenhof Belastingadvies"));
    assert!(page.contains("Reden: Bank is failliet") && page.contains("Toch sturen: Nota"));
    assert_eq!(page.matches("Op dit apparaat").count(), 1, "only the reply has not left");
    assert!(page.contains("Heb ik niet: WOZ") && !page.contains("Heb ik niet: Jaaropgave"));
}

#[test]
fn what_was_sent_back_says_why_and_asks_for_another() {
    let (mut year, _) = asked();
    year.attachments[0].intake = intake(ReviewOutcome::SentBack, "Pagina 2 ontbreekt");
    let page = page(view(year));
    assert!(page.contains("Teruggestuurd: Pagina 2 ontbreekt") && page.contains("Stuur opnieuw"));
    assert!(page.contains("Stuur een ander document in plaats van jaaropgave.pdf"));
    assert!(page.contains("Nog 3 documenten"));
}

#[test]
fn what_was_taken_in_can_be_replaced_and_not_taken_back() {
    let (mut year, _) = asked();
    assert!(page(view(year.clone())).contains("Trek jaaropgave.pdf in"));
    year.attachments[0].intake = intake(ReviewOutcome::Accepted, "");
    let page = page(view(year));
    assert!(page.contains("Verwerkt door Wilgenhof Belastingadvies"));
    assert!(!page.contains("Trek jaaropgave.pdf in") && page.contains("in plaats van jaaropgave.pdf"));
}

#[test]
fn a_document_of_the_partner_is_not_said_to_have_arrived_before_it_has() {
    let (mut year, id) = asked();
    (year.attachments[0].receipt, year.attachments[0].attachment.by) = (None, person(THOMAS));
    let mut view = view(year);
    view.uploads = std::rc::Rc::new(BTreeMap::from([(id, app::client::UploadState::Received)]));
    let page = page(view);
    assert!(page.contains("Onderweg vanaf het toestel van Thomas") && !page.contains("Ontvangen door"), "{page}");
}
