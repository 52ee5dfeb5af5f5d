//! How an amount is paid to the tax authority: a code for the bank's app, and each detail to copy.

use crate::{platform::window, text::PaymentText};
use dioxus::prelude::*;
use model::{
    check_digit::show_iban,
    language::Language,
    money::Cents,
    payment::{TAX_AUTHORITY, show_reference, transfer_code},
};
use qrcodegen::{QrCode, QrCodeEcc};
use ui::part::Icon;

/// Shows the code and the details of a payment; without a reference only the details that are known.
#[component]
pub fn PaymentDetails(language: Language, amount: Cents, iban: String, reference: String) -> Element {
    let text = PaymentText(language);
    let mut said = use_signal(String::new);
    let code = transfer_code(amount, &iban, &reference);
    let amount = amount.abs().plain();
    let shown_reference = show_reference(&reference);
    let mut details = vec![
        (text.to(), TAX_AUTHORITY.to_owned(), TAX_AUTHORITY.to_owned()),
        (text.amount(), format!("€ {amount}"), amount.clone()),
        (text.iban(), show_iban(&iban), iban),
    ];
    if !reference.is_empty() {
        details.push((text.reference(), shown_reference.clone(), reference));
    }
    rsx! {
        div { class: "stack-s",
            if let Some(code) = code {
                p { class: "small muted", {text.pay_lead()} }
                {qr(&code, &text.code(&amount, &shown_reference))}
            }
            dl { class: "stack-s",
                for (what , shown , plain) in details {
                    div { key: "{what}", class: "cluster",
                        dt { class: "small muted", {what} }
                        dd { class: "cluster",
                            span { class: "num", "{shown}" }
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
            }
            p { class: "small", role: "status", "{said}" }
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
