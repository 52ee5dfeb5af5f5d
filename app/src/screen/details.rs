//! *Gegevens*: personal details, this device, the language, and logging out.

use super::{
    devices::Devices,
    signing::{Ready, account_of},
};
use crate::{
    client::{ApiError, Client, Identity, NewProposal, Status},
    component::{
        detail_rows::{DetailRows, Staged},
        field::FieldError,
        frame::{Notice, Tab, TabFrame},
        installed::RoomOnDevice,
        life_event::{LifeEventSheet, LifeEvents},
        lock::LockSettings,
        proposals::{Reported, StagedChanges},
        quarantine::{QuarantineSection, WaitingSection},
        sheet::Sheet,
    },
    hooks::{use_client, use_views, use_workspace},
    platform::{Room, install, network, window},
    schedule, text,
    view::{View, Workspace},
};
use dioxus::prelude::*;
use model::{
    id::*,
    language::Language,
    record::{Circumstance, DetailChange, DetailField, Role},
};
use std::collections::BTreeMap;
use ui::part::{Icon, Tone};

/// Changes of each person's details that are not sent yet.
pub type StagedOf = BTreeMap<PersonId, BTreeMap<DetailField, Staged>>;

/// An action of a person on the details.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Changes a detail, without sending it yet.
    Stage(PersonId, DetailField, Staged),
    /// Undoes a change that is not sent.
    Undo(PersonId, DetailField),
    /// Sends a person's changes to the firm.
    Send(PersonId),
    /// Reports an event to the firm.
    Report(NewProposal),
    /// Withdraws a report from the firm.
    TakeBack(ProposalId),
}

fn draft_of(view: &View, person: PersonId) -> String {
    format!("gegevens-{}-{person}", view.key.client)
}

fn staged_of(client: &Client, view: &View) -> StagedOf {
    let read = |person: &PersonId| serde_json::from_str(&client.draft(&draft_of(view, *person))).unwrap_or_default();
    view.year.people.keys().map(|person| (*person, read(person))).collect()
}

fn carry_out(client: &Client, view: &View, change: Change) {
    let mut staged = staged_of(client, view);
    // A map of texts always has a JSON form.
    let keep = |person: PersonId, of: &BTreeMap<DetailField, Staged>| {
        let json = if of.is_empty() { String::new() } else { serde_json::to_string(of).unwrap_or_default() };
        client.set_draft(&draft_of(view, person), &json);
    };
    match change {
        Change::Stage(person, field, new) => {
            let of = staged.entry(person).or_default();
            of.insert(field, new);
            keep(person, of);
        }
        Change::Undo(person, field) => {
            let of = staged.entry(person).or_default();
            of.remove(&field);
            keep(person, of);
        }
        Change::Send(person) => {
            let of = staged.remove(&person).unwrap_or_default();
            let changes = of.into_iter().map(|(field, s)| DetailChange { field, old: s.old, new: s.new }).collect();
            let circumstance = Circumstance::Details;
            let new = NewProposal { person, circumstance, effective: None, changes, remark: String::new() };
            client.propose(view.key, new);
            client.set_draft(&draft_of(view, person), "");
        }
        Change::Report(new) => client.propose(view.key, new),
        Change::TakeBack(id) => client.withdraw_proposal(view.key, id),
    }
}

/// Shows the screen at `/gegevens`.
#[component]
pub fn Details() -> Element {
    let client = use_client();
    let views = use_views();
    let mut leaving = use_signal(|| false);
    let mut problem = use_signal(|| None::<String>);
    let mut room = use_signal(|| None::<Room>);
    use_future(move || async move { room.set(install::room().await) });
    let (Some(workspace), Status::SignedIn(identity)) = (use_workspace(), client.status()) else {
        return VNode::empty();
    };
    let text = text::Details(workspace.language);
    let log_out = {
        let client = client.clone();
        move |()| {
            let client = client.clone();
            spawn(async move {
                let left = schedule::run_to_end(async move {
                    let account = account_of(&client);
                    client.log_out().await?;
                    // The session is over, so the server would not accept what this device's keys sign.
                    if let Some(account) = account {
                        client.forget_device_keys(account).await.unwrap_or_default();
                    }
                    Ok(())
                });
                let left = left.await;
                match left.unwrap_or(Err(ApiError::Failed)) {
                    Ok(()) => window::go(&window::login_path()),
                    Err(_) => problem.set(Some(text.log_out_failed().to_owned())),
                }
            });
        }
    };
    let (choosing, locking, idle_limit) = (client.clone(), client.clone(), client.idle_limit());
    let first = views.first().cloned();
    let signer = first.as_ref().filter(|view| view.role() == Some(Role::Approver)).and_then(|view| view.me);
    let staged = first.as_ref().map(|view| staged_of(&client, view)).unwrap_or_default();
    let wants = client.preferences();
    let changer = client.clone();
    rsx! {
        TabFrame { workspace: workspace.clone(), tab: Tab::Details, title: text.title().to_owned(),
            DetailsPage {
                workspace: workspace.clone(),
                identity,
                views,
                staged,
                wants,
                keyring: rsx! {
                    Devices { language: workspace.language }
                    if let Some(person) = signer {
                        Ready { language: workspace.language, person }
                    }
                },
                leaving: leaving(),
                problem: problem.read().clone(),
                on_change: move |change| {
                    if let Some(view) = &first {
                        carry_out(&changer, view, change);
                    }
                },
                on_wants: move |(language, reminders, messages)| {
                    client.set_language(language);
                    client.set_preferences(language, reminders, messages);
                },
                on_leaving: move |now| {
                    problem.set(None);
                    leaving.set(now);
                },
                on_log_out: log_out,
            }
            QuarantineSection { language: workspace.language }
            WaitingSection { workspace: workspace.clone() }
            if let Some(known) = room() {
                RoomOnDevice {
                    language: workspace.language,
                    room: known,
                    on_keep: move |()| {
                        spawn(async move {
                            install::keep_room().await;
                            room.set(install::room().await);
                        });
                    },
                }
            }
            LockSettings {
                language: workspace.language,
                chosen: idle_limit,
                on_choose: move |limit| choosing.set_idle_limit(limit),
                on_lock: move |()| {
                    let client = locking.clone();
                    spawn(async move {
                        // If the store fails now it stays open, and the next check locks it.
                        client.lock().await.unwrap_or_default();
                    });
                },
            }
        }
    }
}

/// Shows the page of the screen.
#[component]
pub fn DetailsPage(
    workspace: Workspace,
    identity: Identity,
    views: Vec<View>,
    #[props(default)] staged: StagedOf,
    #[props(default = (true, true))] wants: (bool, bool),
    #[props(default)] leaving: bool,
    #[props(default)] problem: Option<String>,
    on_change: EventHandler<Change>,
    on_wants: EventHandler<(Language, bool, bool)>,
    /// Section with passkeys and devices, which asks the server for them.
    #[props(default = VNode::empty())]
    keyring: Element,
    on_leaving: EventHandler<bool>,
    on_log_out: EventHandler<()>,
) -> Element {
    let (text, report) = (text::Details(workspace.language), text::Report(workspace.language));
    let language = workspace.language;
    let mut happened = use_signal(|| None::<Circumstance>);
    let first = views.first().cloned();
    let mut people: Vec<_> = first.iter().flat_map(|v| v.year.people.keys().copied()).collect();
    people.sort_by_key(|person| first.as_ref().is_some_and(|v| v.me != Some(*person)));
    rsx! {
        div { class: "page__head",
            h1 { {text.title()} }
            p { class: "lead", {report.lead()} }
        }
        if let Some(view) = first {
            for person in people.clone() {
                StagedChanges {
                    key: "{person}",
                    view: view.clone(),
                    person,
                    staged: staged.get(&person).cloned().unwrap_or_default(),
                    on_undo: move |field| on_change.call(Change::Undo(person, field)),
                    on_send: move |()| on_change.call(Change::Send(person)),
                }
            }
            for person in people {
                DetailRows {
                    key: "{person}",
                    view: view.clone(),
                    person,
                    on_stage: move |(field, new)| on_change.call(Change::Stage(person, field, new)),
                }
            }
            if view.may_fill_in() {
                LifeEvents { view: view.clone(), on_choose: move |what| happened.set(Some(what)) }
            }
            Reported { view: view.clone(), on_take_back: move |id| on_change.call(Change::TakeBack(id)) }
            if let Some(what) = happened() {
                LifeEventSheet {
                    view,
                    what,
                    on_close: move |()| happened.set(None),
                    on_send: move |new| {
                        on_change.call(Change::Report(new));
                        happened.set(None);
                    },
                }
            }
        }
        section { class: "section", aria_labelledby: "login",
            div { class: "section__head", h2 { id: "login", {text.user_name()} } }
            ul { class: "card rows",
                li { class: "row",
                    div {
                        p { class: "row__label", {text.user_name()} }
                        p { class: "row__value", "{identity.user_name}" }
                    }
                }
            }
        }
        LanguageChoice { language: workspace.language, on_language: move |language| on_wants.call((language, wants.0, wants.1)) }
        fieldset { class: "section field",
            legend { {report.mails()} }
            div { class: "choices",
                label { class: "choice",
                    input {
                        class: "check",
                        r#type: "checkbox",
                        checked: wants.0,
                        onchange: move |event: FormEvent| on_wants.call((language, event.checked(), wants.1)),
                    }
                    " "
                    {report.mail_reminders()}
                }
                label { class: "choice",
                    input {
                        class: "check",
                        r#type: "checkbox",
                        checked: wants.1,
                        onchange: move |event: FormEvent| on_wants.call((language, wants.0, event.checked())),
                    }
                    " "
                    {report.mail_messages()}
                }
            }
        }
        {keyring}
        Device { workspace: workspace.clone(), on_leaving }
        if identity.is_advisor {
            // The server makes this page, so the link is an ordinary one and not to a screen of the app.
            a { class: "btn btn--block", href: network::url("/kantoor"),
                Icon { name: "layout-dashboard" }
                " "
                {text.to_console()}
            }
        }
        if leaving {
            LogOut { workspace, problem, on_leaving, on_log_out }
        }
    }
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
fn Device(workspace: Workspace, on_leaving: EventHandler<bool>) -> Element {
    let text = text::Details(workspace.language);
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
                                {if workspace.unsent == 0 { text.all_received().to_owned() } else { text.unsent(workspace.unsent) }}
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
    workspace: Workspace,
    problem: Option<String>,
    on_leaving: EventHandler<bool>,
    on_log_out: EventHandler<()>,
) -> Element {
    let text = text::Details(workspace.language);
    rsx! {
        Sheet { id: "uitloggen", labelled_by: "uit", on_close: move |()| on_leaving.call(false),
            div { class: "stack-s",
                h2 { id: "uit", {text.log_out_title()} }
                p { class: "muted", {text.log_out_body()} }
            }
            if workspace.unsent > 0 {
                Notice { tone: Tone::Wait, icon: "hourglass",
                    strong { {text.unsent_title(workspace.unsent)} }
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
