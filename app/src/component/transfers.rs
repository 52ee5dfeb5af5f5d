//! State of the client's own work: on this device, being sent, received. It says *received* only of what the firm's
//! server confirmed.

use crate::{
    client::UploadState,
    component::thumb::GivenThumb,
    text::{ApprovalStateText, Frame, Home, Request, Send, said},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{DocumentState, GivenAttachment};
use model::{id::AttachmentId, section::Section};
use ui::part::Icon;

/// Milliseconds for which a receipt stays in the list: a day.
const RECEIPT_STAYS_MS: i64 = 24 * 60 * 60 * 1000;

/// Returns the state of a file in words.
pub fn file_state(view: &View, given: &GivenAttachment) -> String {
    let frame = Frame(view.language());
    if given.withdrawal.is_some() {
        return Send(view.language()).withdrawn().to_owned();
    }
    match (view.year.document_state(given), &given.intake) {
        (DocumentState::Replaced, _) => return Request(view.language()).replaced().to_owned(),
        (DocumentState::TakenIn, Some(intake)) => {
            return Request(view.language()).taken_in(view.firm(), &view.moment(intake.at));
        }
        (DocumentState::SentBack, Some(intake)) => return Request(view.language()).sent_back(&intake.remark),
        _ => {}
    }
    if let Some(receipt) = &given.receipt {
        return frame.received_by(view.firm(), &view.moment(receipt.at));
    }
    match view.upload(given.id) {
        UploadState::Sending { sent, total } if !view.workspace.is_offline() => {
            frame.sending_part(percent(sent, total))
        }
        UploadState::Paused => frame.paused().to_owned(),
        UploadState::Waiting | UploadState::Sending { .. } => frame.on_device().to_owned(),
        UploadState::Held(why) | UploadState::Refused(why) => said(&why, view.language()),
        // All bytes have left this device, but only the firm's receipt proves that they arrived.
        UploadState::Received if Some(given.attachment.by) == view.me => Request(view.language()).sent(view.firm()),
        UploadState::Received => Request(view.language()).with_other(view.year.given_name(given.attachment.by)),
    }
}

fn percent(sent: u64, total: u64) -> u64 {
    sent.saturating_mul(100).checked_div(total).unwrap_or(0).min(100)
}

/// Shows how much of a file has been sent, while it is being sent.
pub fn upload_bar(view: &View, given: &GivenAttachment) -> Element {
    let UploadState::Sending { sent, total } = view.upload(given.id) else { return VNode::empty() };
    if given.receipt.is_some() {
        return VNode::empty();
    }
    let percent = percent(sent, total);
    let label = Home(view.language()).progress(&given.attachment.name, percent);
    rsx! {
        progress {
            class: if view.workspace.is_offline() { "bar bar--paused" } else { "bar" },
            value: "{percent}",
            max: "100",
            aria_label: label,
        }
    }
}

/// Shows the button that pauses or continues an upload, if the firm does not have the file yet.
#[component]
pub fn PauseButton(view: View, given: GivenAttachment, on_pause: EventHandler<(AttachmentId, bool)>) -> Element {
    let frame = Frame(view.language());
    let (name, id) = (&given.attachment.name, given.id);
    let (icon, label, pause) = match view.upload(id) {
        _ if given.receipt.is_some() || given.withdrawal.is_some() => return VNode::empty(),
        UploadState::Waiting | UploadState::Held(_) | UploadState::Sending { .. } => ("pause", frame.pause(name), true),
        UploadState::Paused => ("play", frame.resume(name), false),
        UploadState::Refused(_) | UploadState::Received => return VNode::empty(),
    };
    rsx! {
        button {
            class: "btn btn--quiet btn--s btn--icon",
            r#type: "button",
            aria_label: label,
            onclick: move |_| on_pause.call((id, pause)),
            Icon { name: icon }
        }
    }
}

/// Shows everything of this client that is not at the firm yet, and what arrived within a day. Shows nothing if there
/// is nothing to report.
#[component]
pub fn Transfers(
    views: Vec<View>,
    on_withdraw: EventHandler<(usize, AttachmentId)>,
    on_pause: EventHandler<(AttachmentId, bool)>,
) -> Element {
    let Some(first) = views.first() else { return VNode::empty() };
    let offline = first.workspace.is_offline();
    let home = Home(first.language());
    let files: Vec<_> = views
        .iter()
        .enumerate()
        .flat_map(|(i, v)| {
            v.year.attachments.iter().filter(|a| is_listed(v, a)).map(move |a| (i, v.clone(), a.clone()))
        })
        .collect();
    let records: Vec<_> = views.iter().flat_map(unsent_records).collect();
    let waiting = files.iter().filter(|(_, _, a)| a.receipt.is_none()).count() + records.len();
    if files.is_empty() && records.is_empty() {
        return VNode::empty();
    }
    let title = if offline { home.waits() } else { home.under_way() };
    rsx! {
        section { class: "section area-moving", aria_labelledby: "onderweg",
            div { class: "section__head",
                h2 { id: "onderweg", {title} }
                if offline && waiting > 0 {
                    " "
                    span { class: "count", aria_hidden: "true", "{waiting}" }
                }
            }
            div { class: "card", role: "status",
                ul { class: "items",
                    for (i , view , given) in files {
                        Transfer {
                            key: "{given.id}",
                            view,
                            given,
                            on_withdraw: move |id| on_withdraw.call((i, id)),
                            on_pause,
                        }
                    }
                    for (icon , title) in records {
                        li { key: "{title}", class: "item",
                            span { class: "item__icon item__icon--plain", Icon { name: icon } }
                            span { class: "item__body",
                                span { class: "item__title", "{title}" }
                                span { class: "item__sub", {Frame(first.language()).on_device()} }
                            }
                            span { class: "item__end", Icon { name: "hourglass" } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the icon of a file, by whether the firm has it.
pub fn file_icon(received: bool) -> &'static str {
    if received { "file-check" } else { "file-up" }
}

/// Returns true if the person who looks may withdraw a document, which ends once the firm has accepted it.
pub fn may_withdraw(view: &View, given: &GivenAttachment) -> bool {
    let state = view.year.document_state(given);
    let open = !matches!(state, DocumentState::Withdrawn | DocumentState::Replaced | DocumentState::TakenIn);
    open && Some(given.attachment.by) == view.me
}

fn is_listed(view: &View, given: &GivenAttachment) -> bool {
    let recent = |at: i64| view.now.0 - at < RECEIPT_STAYS_MS;
    match (view.year.document_state(given), &given.intake, &given.receipt) {
        (DocumentState::Withdrawn | DocumentState::Replaced, ..) => false,
        // A document that was sent back needs attention until another replaces it.
        (DocumentState::SentBack, ..) => true,
        (_, Some(intake), _) => recent(intake.at.0),
        (_, None, receipt) => receipt.as_ref().is_none_or(|r| recent(r.at.0)),
    }
}

fn unsent_records(view: &View) -> Vec<(&'static str, String)> {
    let home = Home(view.language());
    let mut records = Vec::new();
    let answers = view.count_unsent(Section::Answers);
    if answers > 0 {
        records.push(("list-checks", home.answers(answers)));
    }
    let kinds = [
        (Section::HandIns, "list-checks", home.handed_in()),
        (Section::Approvals, "signature", home.approval()),
        (Section::ApprovalWithdrawals, "signature", ApprovalStateText(view.language()).withdrawn_step()),
        (Section::Declines, "message-circle", home.decline()),
        (Section::Messages, "message-circle", home.message()),
        (Section::ItemReplies, "circle-question-mark", Request(view.language()).replies()),
        (Section::Proposals, "pencil", home.proposal()),
    ];
    let unsent = kinds.into_iter().filter(|(section, ..)| view.count_unsent(*section) > 0);
    records.extend(unsent.map(|(_, icon, title)| (icon, title.to_owned())));
    records
}

#[component]
fn Transfer(
    view: View,
    given: GivenAttachment,
    on_withdraw: EventHandler<AttachmentId>,
    on_pause: EventHandler<(AttachmentId, bool)>,
) -> Element {
    let received = given.receipt.is_some();
    let mine = Some(given.attachment.by) == view.me;
    let name = given.attachment.name.clone();
    rsx! {
        li { class: "item",
            GivenThumb {
                of: view.key.client,
                hash: given.attachment.hash,
                media_type: given.attachment.media_type.clone(),
                icon: file_icon(received),
            }
            span { class: "item__body",
                span { class: "item__title", "{name}" }
                span { class: "item__sub", {file_state(&view, &given)} }
                {upload_bar(&view, &given)}
            }
            if !received && mine {
                span { class: "item__end",
                    PauseButton { view: view.clone(), given: given.clone(), on_pause }
                    button {
                        class: "btn btn--quiet btn--s btn--icon",
                        r#type: "button",
                        aria_label: Home(view.language()).withdraw(&name),
                        onclick: move |_| on_withdraw.call(given.id),
                        Icon { name: "x" }
                    }
                }
            }
        }
    }
}
