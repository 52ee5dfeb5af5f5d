//! Documents that the firm put into the archive. An assessment that is to be paid comes with a code for the bank's
//! app, and with each detail to copy.

use crate::{
    client::WantedFile,
    component::offline_files::{Choice, Here, OfflineFileButton, Whereabouts},
    platform::window,
    text::Delivered as Text,
    view::View,
};
use dioxus::prelude::*;
use model::{
    check_digit::show_iban,
    money::Cents,
    payment::{TAX_AUTHORITY, show_reference, transfer_code},
    record::{Assessment, Delivery, DeliveryKind},
};
use qrcodegen::{QrCode, QrCodeEcc};
use ui::{format, part::Icon};

/// Shows one document of the firm.
#[component]
pub fn Delivered(
    view: View,
    delivery: Delivery,
    here: Here,
    on_open: EventHandler<WantedFile>,
    on_choice: EventHandler<Choice>,
) -> Element {
    let language = view.language();
    let text = Text(language);
    let title = delivery.title.clone();
    let file = WantedFile::pdf_of_firm(view.key.client, delivery.file.hash, title.clone());
    let (icon, sub) = match &delivery.kind {
        DeliveryKind::FiledReturn(_) => ("file-check", text.filed_return().to_owned()),
        DeliveryKind::Letter => ("mail", text.letter().to_owned()),
        DeliveryKind::Assessment(assessment) => ("landmark", outcome(&view, assessment)),
    };
    let day = view.day(delivery.at);
    rsx! {
        li { class: "item",
            span { class: "item__icon item__icon--plain", Icon { name: icon } }
            span { class: "item__body",
                span { class: "item__title", "{title}" }
                span { class: "item__sub", "{sub}" }
                span { class: "item__sub", "{day}" }
                Whereabouts { language, here: here.clone(), hash: delivery.file.hash, size: delivery.file.size }
            }
            span { class: "item__end",
                OfflineFileButton { language, here, hash: delivery.file.hash, name: title.clone(), on_choice }
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    aria_label: text.open(&title),
                    onclick: move |_| on_open.call(file.clone()),
                    Icon { name: "eye" }
                }
            }
        }
        if let DeliveryKind::Assessment(assessment) = delivery.kind.clone() {
            if let Some(code) = transfer_code(&assessment) {
                li { class: "item",
                    Payment { view, assessment, code }
                }
            }
        }
    }
}

/// Returns the kind of a document of the firm, in words to search by.
pub fn kind(kind: &DeliveryKind, language: ui::text::Language) -> &'static str {
    let text = Text(language);
    match kind {
        DeliveryKind::FiledReturn(_) => text.filed_return(),
        DeliveryKind::Letter => text.letter(),
        DeliveryKind::Assessment(_) => text.assessment(),
    }
}

fn outcome(view: &View, assessment: &Assessment) -> String {
    let text = Text(view.language());
    let amount = Cents(assessment.amount.0.saturating_abs()).plain();
    let mut words = if assessment.amount.0 < 0 { text.to_pay(&amount) } else { text.returned(&amount) };
    if let Some(due) = assessment.due.filter(|_| assessment.amount.0 < 0) {
        words = format!("{words} {}", text.due(&format::date_long(due, view.language())));
    }
    if view.me == Some(assessment.person) {
        words
    } else {
        format!("{words}, {}", text.of(view.year.given_name(assessment.person)))
    }
}

/// Shows how an assessment is paid.
#[component]
fn Payment(view: View, assessment: Assessment, code: String) -> Element {
    let text = Text(view.language());
    let mut said = use_signal(String::new);
    let amount = Cents(assessment.amount.0.saturating_abs()).plain();
    let reference = show_reference(&assessment.reference);
    let details = [
        (text.to(), TAX_AUTHORITY.to_owned(), TAX_AUTHORITY.to_owned()),
        (text.amount(), format!("€ {amount}"), amount.clone()),
        (text.iban(), show_iban(&assessment.iban), assessment.iban.clone()),
        (text.reference(), reference.clone(), assessment.reference.clone()),
    ];
    rsx! {
        details { class: "grow",
            summary {
                Icon { name: "chevron-right" }
                " "
                {text.pay()}
            }
            div { class: "stack-s",
                p { class: "small muted", {text.pay_lead()} }
                {qr(&code, &text.code(&amount, &reference))}
                dl { class: "stack-s",
                    for (what , shown , plain) in details {
                        div { key: "{what}", class: "cluster",
                            dt { class: "small muted", {what} }
                            dd { class: "num", "{shown}" }
                            button {
                                class: "btn btn--quiet btn--s",
                                r#type: "button",
                                aria_label: text.copy(what),
                                onclick: move |_| {
                                    let plain = plain.clone();
                                    async move {
                                        let done = window::copy(&plain).await;
                                        said.set(if done { text.copied(what) } else { text.not_copied().to_owned() });
                                    }
                                },
                                Icon { name: "file-plus" }
                            }
                        }
                    }
                }
                p { class: "small", role: "status", "{said}" }
            }
        }
    }
}

/// Draws a QR code as a picture that is sharp at any size. It has level M, as EPC069-12 asks. Draws nothing if the
/// text does not fit.
pub fn qr(content: &str, label: &str) -> Element {
    let Ok(code) = QrCode::encode_text(content, QrCodeEcc::Medium) else { return VNode::empty() };
    // A white border of four modules surrounds the code (ISO/IEC 18004).
    let size = code.size() + 8;
    let dark = |(x, y): &(i32, i32)| code.get_module(*x, *y);
    let modules = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(dark);
    let path: String = modules.map(|(x, y)| format!("M{},{}h1v1h-1z", x + 4, y + 4)).collect();
    rsx! {
        svg {
            class: "qr",
            view_box: "0 0 {size} {size}",
            role: "img",
            "aria-label": "{label}",
            rect { width: "{size}", height: "{size}", fill: "#fff" }
            path { d: "{path}", fill: "#000", shape_rendering: "crispEdges" }
        }
    }
}
