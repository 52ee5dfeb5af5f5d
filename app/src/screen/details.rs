//! Gegevens: who somebody is, this device, the language, and logging out.

use crate::{
    app::{use_client, use_desk, use_views},
    client::{ApiError, Identity, Status},
    component::{
        field::FieldError,
        frame::{Notice, Tab, TabFrame},
        lock::LockSettings,
        sheet::Sheet,
    },
    route::Route,
    text,
    view::{Desk, View},
};
use dioxus::prelude::*;
use model::language::Language;
use ui::part::{Icon, Tone};

/// The screen at `/gegevens`.
#[component]
pub fn Details() -> Element {
    let client = use_client();
    let views = use_views();
    let mut leaving = use_signal(|| false);
    let mut problem = use_signal(|| None::<String>);
    let (Some(desk), Status::SignedIn(identity)) = (use_desk(), client.status()) else { return VNode::empty() };
    let text = text::Details(desk.language);
    let log_out = {
        let client = client.clone();
        move |()| {
            let client = client.clone();
            spawn(async move {
                let left = crate::shell::see_through(async move { client.log_out().await }).await;
                match left.unwrap_or(Err(ApiError::Failed)) {
                    Ok(()) => {
                        navigator().replace(Route::Login {});
                    }
                    Err(ApiError::Offline) => problem.set(Some(text.log_out_offline().to_owned())),
                    Err(_) => problem.set(Some(text.log_out_failed().to_owned())),
                }
            });
        }
    };
    let (choosing, locking, idle_limit) = (client.clone(), client.clone(), client.idle_limit());
    rsx! {
        TabFrame { desk: desk.clone(), tab: Tab::Details, title: text.title().to_owned(),
            DetailsPage {
                desk: desk.clone(),
                identity,
                views,
                leaving: leaving(),
                problem: problem.read().clone(),
                on_language: move |language| client.set_language(language),
                on_leaving: move |now| {
                    problem.set(None);
                    leaving.set(now);
                },
                on_log_out: log_out,
            }
            LockSettings {
                language: desk.language,
                chosen: idle_limit,
                on_choose: move |limit| choosing.set_idle_limit(limit),
                on_lock: move |()| {
                    let client = locking.clone();
                    spawn(async move {
                        // A store that fails now stays open, and locks at the next look.
                        client.lock().await.unwrap_or_default();
                    });
                },
            }
        }
    }
}

/// The page of the screen.
#[component]
pub fn DetailsPage(
    desk: Desk,
    identity: Identity,
    views: Vec<View>,
    #[props(default)] leaving: bool,
    #[props(default)] problem: Option<String>,
    on_language: EventHandler<Language>,
    on_leaving: EventHandler<bool>,
    on_log_out: EventHandler<()>,
) -> Element {
    let text = text::Details(desk.language);
    let person = identity.memberships.first();
    let mut rows = vec![(text.name(), desk.name.clone()), (text.user_name(), identity.user_name.clone())];
    if let Some(person) = person {
        rows.push((text.mail(), person.email.clone()));
    }
    let firms: Vec<_> = identity.memberships.iter().map(|m| m.firm_name.as_str()).collect();
    rows.push((text.firm(), firms.join(", ")));
    let others: Vec<_> = views.first().map(others).unwrap_or_default();
    if !others.is_empty() {
        rows.push((text.others(), others.join(", ")));
    }
    rsx! {
        div { class: "page__head",
            h1 { {text.title()} }
            p { class: "lead", {text.lead()} }
        }
        section { class: "section", aria_labelledby: "persoonlijk",
            div { class: "section__head", h2 { id: "persoonlijk", {text.about()} } }
            ul { class: "card rows",
                for (label , value) in rows {
                    li { key: "{label}", class: "row",
                        div {
                            p { class: "row__label", {label} }
                            p { class: "row__value", "{value}" }
                        }
                    }
                }
            }
            p { class: "small muted", {text.change()} }
        }
        LanguageChoice { language: desk.language, on_language }
        Device { desk: desk.clone(), on_leaving }
        if identity.is_advisor {
            // Made by the server, so an ordinary link and no screen of the app.
            a { class: "btn btn--block", href: "/kantoor",
                Icon { name: "layout-dashboard" }
                " "
                {text.to_console()}
            }
        }
        if leaving {
            LogOut { desk, problem, on_leaving, on_log_out }
        }
    }
}

fn others(view: &View) -> Vec<String> {
    view.year.people.iter().filter(|(id, _)| view.me != Some(**id)).map(|(_, p)| p.name.clone()).collect()
}

#[component]
fn LanguageChoice(language: Language, on_language: EventHandler<Language>) -> Element {
    let text = text::Details(language);
    rsx! {
        fieldset { class: "section field",
            legend { {text.language()} }
            div { class: "seg",
                for (which , word) in [(Language::Nl, text.dutch()), (Language::En, text.english())] {
                    label { key: "{word}", lang: which.tag(),
                        input {
                            r#type: "radio",
                            name: "taal",
                            checked: which == language,
                            onchange: move |_| on_language.call(which),
                        }
                        {word}
                    }
                }
            }
        }
    }
}

#[component]
fn Device(desk: Desk, on_leaving: EventHandler<bool>) -> Element {
    let text = text::Details(desk.language);
    rsx! {
        section { class: "section", aria_labelledby: "apparaten",
            div { class: "section__head", h2 { id: "apparaten", {text.devices()} } }
            div { class: "card",
                ul { class: "items",
                    li { class: "item",
                        span { class: "item__icon item__icon--plain", Icon { name: "smartphone" } }
                        span { class: "item__body",
                            span { class: "item__title", {text.this_device()} }
                            span { class: "item__sub",
                                {if desk.unsent == 0 { text.all_received().to_owned() } else { text.unsent(desk.unsent) }}
                            }
                        }
                        ui::part::Status { tone: Tone::Ok, icon: "check", {text.active()} }
                    }
                    li { class: "item",
                        span { class: "item__icon item__icon--plain", Icon { name: "key-round" } }
                        span { class: "item__body",
                            span { class: "item__title", "Passkey" }
                            span { class: "item__sub", {text.passkey_body()} }
                        }
                    }
                }
            }
            p { class: "small muted", {text.lost()} }
            button { class: "btn btn--block", r#type: "button", onclick: move |_| on_leaving.call(true), {text.log_out()} }
        }
    }
}

#[component]
fn LogOut(
    desk: Desk,
    problem: Option<String>,
    on_leaving: EventHandler<bool>,
    on_log_out: EventHandler<()>,
) -> Element {
    let text = text::Details(desk.language);
    rsx! {
        Sheet { id: "uitloggen", labelled_by: "uit", on_close: move |()| on_leaving.call(false),
            div { class: "stack-s",
                h2 { id: "uit", {text.log_out_title()} }
                p { class: "muted", {text.log_out_body()} }
            }
            if desk.unsent > 0 {
                Notice { tone: Tone::Wait, icon: "hourglass",
                    strong { {text.unsent_title(desk.unsent)} }
                    p { {text.unsent_body()} }
                }
            }
            if let Some(message) = problem {
                FieldError { id: "uitloggen", message }
            }
            button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_leaving.call(false), {text.stay()} }
            button { class: "btn btn--block", r#type: "button", onclick: move |_| on_log_out.call(()), {text.log_out()} }
        }
    }
}
