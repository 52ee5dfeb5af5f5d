//! Passkeys and devices of the login: their names and last use, adding and removing. It asks the server when somebody
//! wants to see them, and stores nothing.

use crate::{
    client::{ApiError, Client},
    component::{field::FieldError, passkey::PasskeyButton},
    hooks::use_client,
    platform::{PasskeyError, passkey},
    text::{Devices as Text, Passkey, said},
};
use dioxus::prelude::*;
use model::{
    api::{FinishCeremony, Keyring, OnDevice, OnPasskey},
    id::DeviceId,
    record::Base64,
    time::Timestamp,
};
use ui::{format, part::Icon, text::Language};

/// A line of the list.
#[derive(Debug, Clone, PartialEq)]
enum Which {
    Passkey(Base64),
    Device(DeviceId),
}

/// A request of the person about the list.
#[derive(Debug, Clone, PartialEq)]
enum Wish {
    Show,
    Add,
    Rename(Which, String),
    Remove(Which),
    EndSessions,
}

/// Shows the section of *Mijn gegevens* about passkeys and devices.
#[component]
pub fn Devices(language: Language) -> Element {
    let client = use_client();
    let mut keyring = use_signal(|| None::<Keyring>);
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let (now, offset) = (client.now(), client.utc_offset_minutes());
    let carry_out = use_callback(move |wish: Wish| {
        let client = client.clone();
        if busy() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn(async move {
            match fulfil(&client, wish, language).await {
                Ok(now) => keyring.set(Some(now)),
                Err(words) => problem.set(Some(words)),
            }
            busy.set(false);
        });
    });
    rsx! {
        DeviceList { language, keyring: keyring(), problem: problem(), busy: busy(), now, offset, on_wish: carry_out }
    }
}

async fn fulfil(client: &Client, wish: Wish, language: Language) -> Result<Keyring, String> {
    let api = |error| words(error, language);
    match carry_out(client, &wish, language).await {
        // The login was long ago, so the server wants the passkey once more before it carries this out.
        Err(Stop::Api(ApiError::Refused(why))) if why.error == "prove_again" => {
            let begun = client.start_login().await.map_err(api)?;
            let (credential, secret) = passkey::get(begun.options).await.map_err(|e| cancelled(e, language))?;
            client.finish_login(begun.ceremony, credential, secret).await.map_err(api)?;
            carry_out(client, &wish, language).await.map_err(|stop| stop.words(language))
        }
        other => other.map_err(|stop| stop.words(language)),
    }
}

enum Stop {
    Api(ApiError),
    Passkey(PasskeyError),
}

impl Stop {
    fn words(self, language: Language) -> String {
        match self {
            Self::Api(error) => words(error, language),
            Self::Passkey(error) => cancelled(error, language),
        }
    }
}

async fn carry_out(client: &Client, wish: &Wish, _: Language) -> Result<Keyring, Stop> {
    match wish.clone() {
        Wish::Show => client.keyring().await,
        Wish::Add => {
            let begun = client.start_passkey().await.map_err(Stop::Api)?;
            let (credential, _) = passkey::create(begun.options).await.map_err(Stop::Passkey)?;
            let end = FinishCeremony { ceremony: begun.ceremony, credential };
            client.change_keyring("passkeys/finish", &end).await
        }
        Wish::Rename(Which::Passkey(id), name) => {
            client.change_keyring("passkeys/rename", &OnPasskey { id, name }).await
        }
        Wish::Rename(Which::Device(id), name) => client.change_keyring("devices/rename", &OnDevice { id, name }).await,
        Wish::Remove(Which::Passkey(id)) => {
            client.change_keyring("passkeys/revoke", &OnPasskey { id, name: String::new() }).await
        }
        Wish::Remove(Which::Device(id)) => {
            client.change_keyring("devices/revoke", &OnDevice { id, name: String::new() }).await
        }
        Wish::EndSessions => client.change_keyring("sessions/end", &serde_json::json!({})).await,
    }
    .map_err(Stop::Api)
}

fn words(error: ApiError, language: Language) -> String {
    match error {
        ApiError::Offline => Text(language).offline().to_owned(),
        ApiError::Refused(why) => said(&why, language),
        ApiError::Failed => Passkey(language).not_done().to_owned(),
    }
}

fn cancelled(error: PasskeyError, language: Language) -> String {
    let text = Passkey(language);
    match error {
        PasskeyError::Cancelled => text.cancelled_create(),
        PasskeyError::Unsupported => text.unsupported(),
        PasskeyError::Failed => text.failed(),
    }
    .to_owned()
}

#[component]
fn DeviceList(
    language: Language,
    keyring: Option<Keyring>,
    problem: Option<String>,
    busy: bool,
    now: Timestamp,
    offset: i32,
    on_wish: EventHandler<Wish>,
) -> Element {
    let text = Text(language);
    let used = move |at: Option<Timestamp>| match at {
        Some(at) => text.last_used(&format::moment(at, now, offset, language)),
        None => text.never_used().to_owned(),
    };
    let lines = keyring.as_ref().map(|ring| {
        let passkeys = ring.passkeys.iter().map(|p| {
            (Which::Passkey(p.id.clone()), "key-round", p.name.clone(), used(p.last_used_at), ring.passkeys.len() > 1)
        });
        let devices = ring.devices.iter().map(|d| {
            let mut when = if d.is_this { text.this_one().to_owned() } else { used(Some(d.last_seen_at)) };
            if d.signs_since.is_some() {
                when = format!("{when} · {}", text.signs());
            }
            (Which::Device(d.id), "smartphone", d.name.clone(), when, !d.is_this)
        });
        passkeys.chain(devices).collect::<Vec<_>>()
    });
    rsx! {
        section { class: "section", id: "passkeys", aria_labelledby: "passkeys-titel", aria_busy: if busy { "true" },
            div { class: "section__head", h2 { id: "passkeys-titel", {text.section()} } }
            if let Some(lines) = lines {
                ul { class: "card rows",
                    for (which , icon , name , when , removable) in lines {
                        Line { key: "{which:?}", language, which, icon, name, when, removable, on_wish }
                    }
                }
                if keyring.is_some_and(|ring| ring.passkeys.len() == 1) {
                    p { class: "small muted", {text.second()} }
                }
                PasskeyButton {
                    label: text.add(),
                    busy,
                    class: "btn btn--block",
                    icon: "key-round",
                    on_press: move |()| on_wish.call(Wish::Add),
                }
                PasskeyButton {
                    label: text.end_sessions(),
                    busy,
                    class: "btn btn--block",
                    icon: "log-out",
                    on_press: move |()| on_wish.call(Wish::EndSessions),
                }
                p { class: "small muted", {text.end_sessions_hint()} }
            } else {
                PasskeyButton {
                    label: text.show(),
                    busy,
                    class: "btn btn--block",
                    on_press: move |()| on_wish.call(Wish::Show),
                }
            }
            if let Some(message) = problem {
                FieldError { id: "passkeys", message }
            }
        }
    }
}

#[component]
fn Line(
    language: Language,
    which: Which,
    icon: &'static str,
    name: String,
    when: String,
    removable: bool,
    on_wish: EventHandler<Wish>,
) -> Element {
    let text = Text(language);
    let mut naming = use_signal(|| None::<String>);
    let mut leaving = use_signal(|| false);
    let about = match &which {
        Which::Passkey(_) => text.sure_passkey(),
        Which::Device(_) => text.sure_device(),
    };
    let (renamed, removed) = (which.clone(), which);
    let typed = naming();
    rsx! {
        li { class: "row",
            div { class: "stack-s grow",
                p { class: "row__label", Icon { name: icon } " {when}" }
                if let Some(now) = typed {
                    label { class: "field",
                        span { class: "label", {text.name()} }
                        input { class: "input", value: "{now}", maxlength: "60", oninput: move |event| naming.set(Some(event.value())) }
                    }
                } else {
                    p { class: "row__value", "{name}" }
                }
                if leaving() {
                    p { strong { {text.sure(&name)} } " " {about} }
                }
                div { class: "cluster",
                    if naming().is_some() {
                        button {
                            class: "btn btn--s btn--primary",
                            r#type: "button",
                            onclick: move |_| {
                                if let Some(name) = naming.take() {
                                    on_wish.call(Wish::Rename(renamed.clone(), name));
                                }
                            },
                            {text.keep()}
                        }
                    } else if leaving() {
                        button { class: "btn btn--s", r#type: "button", onclick: move |_| leaving.set(false), {text.stay()} }
                        button {
                            class: "btn btn--s btn--bad",
                            r#type: "button",
                            onclick: move |_| {
                                leaving.set(false);
                                on_wish.call(Wish::Remove(removed.clone()));
                            },
                            {text.remove()}
                            span { class: "sr", " {name}" }
                        }
                    } else {
                        button {
                            class: "btn btn--s",
                            r#type: "button",
                            onclick: {
                                let name = name.clone();
                                move |_| naming.set(Some(name.clone()))
                            },
                            {text.rename()}
                            span { class: "sr", " {name}" }
                        }
                        if removable {
                            button { class: "btn btn--s", r#type: "button", onclick: move |_| leaving.set(true), {text.remove()}
                                span { class: "sr", " {name}" }
                            }
                        }
                    }
                }
            }
        }
    }
}
