//! The form of a registration: who somebody is going to be here, and the passkey.

use super::page::{Problem, Typed};
use crate::{
    client::Invitation,
    component::{
        field::FieldError,
        frame::{FirmLogo, Notice},
    },
    platform::page,
    text,
};
use dioxus::prelude::*;
use ui::{
    door::Door,
    format,
    part::{Icon, PasskeyIntro, Tone},
    text::Language,
};

#[component]
pub fn Form(
    language: Language,
    invitation: Invitation,
    problem: Option<Problem>,
    busy: bool,
    mail_code: bool,
    on_wrong_person: EventHandler<()>,
    on_join: EventHandler<String>,
    on_register: EventHandler<Typed>,
) -> Element {
    let (text, door) = (text::Welcome(language), Door(language));
    let mut code = use_signal(String::new);
    let mut mailed = use_signal(String::new);
    let renews = invitation.user_name.clone();
    let mut user_name = use_signal(String::new);
    let mut email = use_signal(|| invitation.email.clone());
    let (mut name_wrong, mut mail_wrong, mut code_wrong, mut other) = (None, None, None, None);
    match problem.clone() {
        Some(Problem::UserName(words)) => name_wrong = Some(words),
        Some(Problem::Mail(words)) => mail_wrong = Some(words),
        Some(Problem::Code(words)) => code_wrong = Some(words),
        Some(Problem::Other(words)) => other = Some(words),
        None => {}
    }
    use_effect(use_reactive!(|problem| match problem {
        Some(Problem::UserName(_)) => page::focus("gebruikersnaam"),
        Some(Problem::Mail(_)) => page::focus("mail"),
        Some(Problem::Code(_)) => page::focus(if mail_code { "mailcode" } else { "code" }),
        Some(Problem::Other(_)) | None => {}
    }));
    // The field for the code comes up below what was filled in already.
    use_effect(use_reactive!(|mail_code| if mail_code {
        page::focus("mailcode");
    }));
    rsx! {
        div { class: "welcome",
            FirmLogo { logo: invitation.logo, class: "welcome__logo" }
            h1 { {door.title(&invitation.firm_name)} }
            p { class: "lead",
                if invitation.welcome.is_empty() {
                    {door.lead()}
                } else {
                    "{invitation.welcome}"
                }
            }
        }
        if invitation.tasks > 0 {
            Notice { tone: Tone::Info, icon: "bell", strong { {text.waits(invitation.tasks as usize)} } }
        }
        form {
            class: "stack",
            id: "registreren",
            novalidate: true,
            onsubmit: move |event| {
                event.prevent_default();
                on_register.call(Typed {
                    user_name: user_name.peek().clone(),
                    email: email.peek().clone(),
                    code: code.peek().clone(),
                    mail_code: mailed.peek().clone(),
                });
            },
            if invitation.needs_code {
                Input {
                    id: "code",
                    label: text.code(),
                    hint: text.code_hint(),
                    kind: "text",
                    autocomplete: "one-time-code",
                    value: code.read().clone(),
                    wrong: if mail_code { None } else { code_wrong.clone() },
                    on_input: move |value| code.set(value),
                }
            }
            if let Some(name) = renews.clone() {
                Notice { tone: Tone::Info, icon: "key-round",
                    strong { {text.renews(&name)} }
                    p { {text.renews_body()} }
                }
            } else {
            Input {
                id: "gebruikersnaam",
                label: text.user_name(),
                hint: text.user_name_hint(),
                kind: "text",
                autocomplete: "username",
                value: user_name.read().clone(),
                wrong: name_wrong,
                on_input: move |value| user_name.set(value),
            }
            Input {
                id: "mail",
                label: text.mail(),
                hint: text.mail_hint(),
                kind: "email",
                autocomplete: "email",
                value: email.read().clone(),
                wrong: mail_wrong,
                on_input: move |value| email.set(value),
            }
            if mail_code {
                Input {
                    id: "mailcode",
                    label: text.mail_code(),
                    hint: text.mail_code_hint(),
                    kind: "text",
                    autocomplete: "one-time-code",
                    value: mailed.read().clone(),
                    wrong: code_wrong.clone(),
                    on_input: move |value| mailed.set(value),
                }
            }
            }
        }
        PasskeyIntro { title: door.passkey_title(), body: door.passkey_body() }
        div { class: "stack-s push stick",
            if let Some(message) = other {
                FieldError { id: "registreren", message }
            }
            button {
                class: "btn btn--primary btn--block",
                r#type: "submit",
                form: "registreren",
                aria_disabled: if busy { "true" },
                Icon { name: "key-round" }
                " "
                {if busy { text.busy() } else { door.make() }}
            }
            if renews.is_none() {
                button {
                    class: "btn btn--block",
                    r#type: "button",
                    aria_disabled: if busy { "true" },
                    onclick: move |_| on_join.call(code.peek().clone()),
                    {text.join()}
                }
            }
            button { class: "btn btn--quiet btn--block", r#type: "button", onclick: move |_| on_wrong_person.call(()),
                {text.wrong_person(&invitation.given_name)}
            }
            p { class: "tiny muted center",
                {text.takes()}
                " "
                {door.help(&invitation.firm_name)}
                " "
                a { href: format::tel(&invitation.firm_phone), "{invitation.firm_phone}" }
            }
        }
    }
}

#[component]
fn Input(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    wrong: Option<String>,
    on_input: EventHandler<String>,
) -> Element {
    let invalid = wrong.is_some();
    rsx! {
        div { class: "field",
            label { r#for: id, {label} }
            input {
                class: "input",
                id,
                r#type: kind,
                autocomplete,
                autocapitalize: "none",
                spellcheck: "false",
                aria_invalid: if invalid { "true" },
                aria_describedby: if invalid { "{id}-fout" } else { "{id}-hint" },
                value: "{value}",
                oninput: move |event| on_input.call(event.value()),
            }
            if let Some(message) = wrong {
                FieldError { id, message }
            } else {
                p { class: "hint", id: "{id}-hint", {hint} }
            }
        }
    }
}
