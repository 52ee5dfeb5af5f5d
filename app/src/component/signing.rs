//! Signing if the passkey does not work: the second way, the passkey's confirmation afterwards, and preparing the
//! device beforehand.

use crate::{
    component::{field::FieldError, frame::Notice, passkey::PasskeyButton},
    text::{Approve, Signing as Text},
    view::View,
};
use dioxus::prelude::*;
use ui::{
    part::{Icon, Tone},
    text::Language,
};

/// With what a person signs on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningWay {
    /// With the passkey.
    Passkey,
    /// With the device's own key.
    DeviceKey,
}

/// Shows the button below statements that signs them, and the second way where the first one failed or there is no
/// network. `by_device` is true if this device may sign instead.
#[component]
pub fn Sign(
    view: View,
    problem: Option<String>,
    busy: bool,
    by_device: bool,
    on_sign: EventHandler<SigningWay>,
) -> Element {
    let (text, signing) = (Approve(view.language()), Text(view.language()));
    let is_offline = view.workspace.is_offline();
    let second = by_device && (problem.is_some() || is_offline);
    rsx! {
        if let Some(message) = problem {
            FieldError { id: "tekenen", message }
        }
        PasskeyButton {
            label: text.agree(),
            busy_label: text.signing(),
            busy,
            icon: "fingerprint-pattern",
            on_press: move |()| on_sign.call(SigningWay::Passkey),
        }
        if second {
            div { class: "stack-s",
                p { class: "small muted", {signing.second_note()} }
                PasskeyButton {
                    label: signing.second(),
                    busy,
                    class: "btn btn--block",
                    icon: "smartphone",
                    on_press: move |()| on_sign.call(SigningWay::DeviceKey),
                }
            }
        }
        p { class: "tiny muted center", {if is_offline { text.confirm_offline() } else { text.confirm() }} }
    }
}

/// Shows that an approval which this device signed waits for the passkey.
#[component]
pub fn ConfirmNotice(
    language: Language,
    name: String,
    problem: Option<String>,
    busy: bool,
    on_confirm: EventHandler<()>,
) -> Element {
    let text = Text(language);
    rsx! {
        Notice { tone: Tone::Wait, icon: "fingerprint-pattern", class: "area-top",
            strong { {text.confirm_title()} }
            p { {text.confirm_body(&name)} }
            if let Some(message) = problem {
                FieldError { id: "bevestigen", message }
            }
            PasskeyButton {
                label: text.confirm(),
                busy_label: text.confirming(),
                busy,
                class: "btn btn--s btn--primary",
                on_press: on_confirm,
            }
        }
    }
}

/// Shows the section of *Mijn gegevens* in which this device is prepared for signing.
#[component]
pub fn ReadySection(
    language: Language,
    is_ready: bool,
    problem: Option<String>,
    busy: bool,
    on_prepare: EventHandler<()>,
) -> Element {
    let text = Text(language);
    rsx! {
        section { class: "section", aria_labelledby: "klaarmaken",
            div { class: "section__head", h2 { id: "klaarmaken", {text.ready_title()} } }
            div { class: "card card--pad stack-s",
                if is_ready {
                    p { role: "status", Icon { name: "circle-check" } " " {text.is_ready()} }
                } else {
                    p { {text.ready_body()} }
                    PasskeyButton {
                        label: text.ready(),
                        busy_label: text.preparing(),
                        busy,
                        class: "btn btn--block",
                        on_press: on_prepare,
                    }
                }
                if let Some(message) = problem {
                    FieldError { id: "klaarmaken", message }
                }
            }
        }
    }
}
