//! *Overzicht*: the open tasks, the work being sent, and the progress of the tax return.

use crate::{
    address::Address,
    client::Connection,
    component::{
        advisor::{AdvisorCard, Newest},
        approval_state::Running,
        drop_zone::DropZone,
        frame::{Notice, ScreenLink, Tab, TabFrame},
        installed::InstallCard,
        message::MessageSheet,
        recalled::RecalledList,
        season::Season,
        tasks::{Tasks, due},
        transfers::Transfers,
    },
    hooks::{use_client, use_views, use_workspace},
    platform::install,
    screen::{send::attach_all, signing::Confirmations},
    text::{Frame, Home},
    view::{View, Workspace},
};
use dioxus::{html::FileData, prelude::*};
use model::id::AttachmentId;
use ui::{
    part::{Icon, Tone},
    text::Language,
};

/// Shows the screen at `/`.
#[component]
pub fn Overview() -> Element {
    let client = use_client();
    let views = use_views();
    let mut writing = use_signal(|| false);
    let mut refused = use_signal(Vec::<String>::new);
    let mut offer = use_signal(install::install_offer);
    let Some(workspace) = use_workspace() else { return VNode::empty() };
    let (retry, pausing) = (client.clone(), client.clone());
    let unconfirmed = views.clone();
    let keys: Vec<_> = views.iter().map(|v| v.key).collect();
    let first = views.first().cloned();
    let given = views.iter().any(View::has_given);
    let withdraw = {
        let client = client.clone();
        move |(i, id): (usize, AttachmentId)| {
            if let Some(key) = keys.get(i) {
                client.withdraw(*key, id);
            }
        }
    };
    let give = {
        let (client, first) = (client.clone(), first.clone());
        move |files: Vec<FileData>| {
            let (client, Some(view)) = (client.clone(), first.clone()) else { return };
            spawn(async move {
                let outcome = attach_all(client, view, files, None, None).await;
                refused.set(outcome.refused.into_iter().map(|(_, why)| why).collect());
            });
        }
    };
    rsx! {
        TabFrame {
            workspace: workspace.clone(),
            tab: Tab::Overview,
            title: Frame(workspace.language).overview().to_owned(),
            class: "page--home",
            OverviewPage {
                workspace: workspace.clone(),
                views,
                refused: refused.read().clone(),
                on_withdraw: withdraw,
                on_pause: move |(id, pause)| pausing.pause_upload(id, pause),
                on_files: give,
                on_message: move |()| writing.set(true),
                on_retry: move |()| retry.try_now(),
                for view in unconfirmed {
                    Confirmations { key: "{view.key.tax_year}", view }
                }
            }
            if let (true, Some(kind)) = (given, offer()) {
                InstallCard {
                    language: workspace.language,
                    offer: kind,
                    on_install: move |()| {
                        install::install();
                        offer.set(None);
                    },
                    on_later: move |()| {
                        install::install_later();
                        offer.set(None);
                    },
                }
            }
            if let (true, Some(view)) = (writing(), first) {
                MessageSheet {
                    language: workspace.language,
                    advisor: view.advisor_name().to_owned(),
                    on_close: move |()| writing.set(false),
                    on_send: move |body| {
                        client.write_message(view.key, body, None);
                        writing.set(false);
                    },
                }
            }
        }
    }
}

/// Shows everything of the overview below its frame.
#[component]
pub fn OverviewPage(
    workspace: Workspace,
    views: Vec<View>,
    #[props(default)] refused: Vec<String>,
    on_withdraw: EventHandler<(usize, AttachmentId)>,
    on_pause: EventHandler<(AttachmentId, bool)>,
    on_files: EventHandler<Vec<FileData>>,
    on_message: EventHandler<()>,
    on_retry: EventHandler<()>,
    #[props(default)] children: Element,
) -> Element {
    if !workspace.has_dossier() {
        return rsx! {
            NoAccess { workspace }
        };
    }
    if views.is_empty() && workspace.connection == Connection::Connecting {
        return rsx! {
            FirstVisit { workspace }
        };
    }
    let (home, frame) = (Home(workspace.language), Frame(workspace.language));
    let first = views.first().cloned();
    let due = due(&views);
    let offline = workspace.is_offline();
    let unknown = views.iter().map(|view| view.year.unknown.len()).sum::<usize>();
    let moving = rsx! {
        Transfers { views: views.clone(), on_withdraw, on_pause }
    };
    rsx! {
        div { class: "page__head",
            h1 { {greeting(&workspace)} }
            p { class: "lead",
                {match (due.len(), &first) {
                    (0, Some(view)) => home.nothing(view.advisor_name()),
                    (0, None) => home.nothing_yet().to_owned(),
                    (n, _) => home.things(n),
                }}
            }
        }
        if workspace.is_stuck() {
            Notice { tone: Tone::Wait, icon: "cloud-upload", class: "area-top",
                p { {home.stuck()} }
                button { class: "btn btn--s", r#type: "button", onclick: move |_| on_retry.call(()), {home.retry()} }
            }
            {moving.clone()}
        } else if offline {
            Notice { tone: Tone::Plain, icon: "cloud-off", class: "notice--off area-top",
                strong { {frame.offline_title()} }
                p { class: "muted", {frame.offline_body()} }
            }
            {moving.clone()}
        }
        if unknown > 0 {
            Notice { tone: Tone::Wait, icon: "circle-alert", class: "area-top",
                p { {home.unknown(unknown)} }
            }
        }
        {children}
        div { class: "cols",
            div { class: "cols__col",
                Tasks { due }
                Running { views: views.clone() }
                RecalledList { views: views.clone(), most: 3 }
                for view in views.clone() {
                    Season { key: "{view.key.tax_year}", view }
                }
            }
            div { class: "cols__col",
                if first.as_ref().is_some_and(View::may_fill_in) {
                    SendSomething { language: workspace.language, refused, on_files }
                }
                if !offline {
                    {moving}
                }
                Newest { views: views.clone() }
                if let Some(view) = first {
                    AdvisorCard { view, on_message }
                }
            }
        }
    }
}

/// Shows that the login belongs to no dossier, because the firm withdrew access.
#[component]
fn NoAccess(workspace: Workspace) -> Element {
    let home = Home(workspace.language);
    rsx! {
        div { class: "page__head",
            h1 { {home.no_access()} }
            p { class: "lead", {home.no_access_body()} }
        }
        if workspace.unsent > 0 {
            Notice { tone: Tone::Wait, icon: "hourglass", strong { {home.no_access_unsent(workspace.unsent)} } }
        }
    }
}

/// Shows the page before anything of the dossier is on this device.
#[component]
fn FirstVisit(workspace: Workspace) -> Element {
    let home = Home(workspace.language);
    rsx! {
        div { class: "page__head",
            h1 { {greeting(&workspace)} }
            p { class: "lead skeleton", role: "status", {home.first_visit()} }
        }
        div { class: "card card--pad skeleton", aria_hidden: "true",
            p { class: "skeleton__line" }
            p { class: "skeleton__line" }
            p { class: "skeleton__line" }
        }
    }
}

fn greeting(workspace: &Workspace) -> String {
    let (home, name) = (Home(workspace.language), &workspace.given_name);
    match workspace.hour {
        5..12 => home.morning(name),
        12..18 => home.afternoon(name),
        _ => home.evening(name),
    }
}

#[component]
fn SendSomething(language: Language, refused: Vec<String>, on_files: EventHandler<Vec<FileData>>) -> Element {
    let home = Home(language);
    rsx! {
        section { class: "section area-send", aria_labelledby: "zelf-sturen",
            div { class: "section__head", h2 { id: "zelf-sturen", {home.yourself()} } }
            div { class: "tiles",
                ScreenLink { to: Address::send(), class: "tile",
                    Icon { name: "scan-line" }
                    " "
                    {home.scan()}
                }
                ScreenLink { to: Address::send(), class: "tile",
                    Icon { name: "file-plus" }
                    " "
                    {home.choose()}
                }
            }
            DropZone { language, on_files }
            for message in refused {
                p { key: "{message}", class: "error", role: "alert",
                    Icon { name: "circle-alert" }
                    " {message}"
                }
            }
        }
    }
}
