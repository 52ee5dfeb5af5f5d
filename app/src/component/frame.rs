//! The frame around a screen: a top bar with tabs, or the bar of a task.

use crate::{
    address::Address,
    client::{Connection, Saving, Waiting},
    component::switcher::Switcher,
    platform::{install, network, page, window},
    text::Frame,
    view::Workspace,
};
use dioxus::prelude::*;
use model::hash::ContentHash;
use ui::{
    part::{Icon, Tone, initials},
    text::Language,
};

/// Shows a link to a screen. It stays a link even without a script.
#[component]
pub fn ScreenLink(
    to: Address,
    #[props(default)] class: String,
    #[props(default)] label: Option<String>,
    #[props(default)] current: bool,
    children: Element,
) -> Element {
    let target = to.clone();
    rsx! {
        a {
            class: "{class}",
            href: "{to}",
            aria_label: label,
            aria_current: if current { "page" },
            onclick: move |event| {
                // With a modifier key the browser opens a tab or a window itself.
                if event.modifiers().is_empty() {
                    event.prevent_default();
                    let (navigator, target) = (navigator(), target.clone());
                    // The link may be gone by then, because its page changes meanwhile.
                    dioxus::core::spawn_forever(async move {
                        page::painted().await;
                        navigator.push(target);
                    });
                }
            },
            {children}
        }
    }
}

/// Shows a message in the page.
#[component]
pub fn Notice(tone: Tone, icon: &'static str, #[props(default)] class: String, children: Element) -> Element {
    rsx! {
        div { class: "notice notice--{tone.name()} {class}", role: "status",
            Icon { name: icon }
            {children}
        }
    }
}

/// Shows whether the person's work is saved and sent.
#[component]
pub fn Sync(workspace: Workspace, #[props(default)] all: bool) -> Element {
    let text = Frame(workspace.language);
    let (off, icon, word) = match (workspace.saving, workspace.connection) {
        (Saving::Failed, _) => (true, "triangle-alert", text.not_saved()),
        (Saving::Saving, _) => (false, "cloud-upload", text.saving()),
        (_, Connection::Offline) => (true, "cloud-off", text.offline()),
        (_, Connection::SignInNeeded) => (true, "lock", text.sign_in()),
        (_, Connection::UpdateNeeded) => (true, "rotate-cw", text.update()),
        (_, Connection::Connected) if workspace.waiting.is_some() => (true, "hourglass", text.waits()),
        (_, Connection::Connected) if workspace.unsent > 0 => (false, "cloud-upload", text.sending()),
        _ if all => (false, "cloud-check", text.all_saved()),
        _ => (false, "cloud-check", text.saved()),
    };
    rsx! {
        p { class: if off { "sync sync--off" } else { "sync" }, role: "status",
            Icon { name: icon }
            " {word}"
        }
    }
}

/// Shows a notice if work cannot leave the device or cannot be saved on it.
#[component]
pub fn StorageNotice(workspace: Workspace) -> Element {
    let text = Frame(workspace.language);
    match (workspace.saving, workspace.connection) {
        (Saving::Failed, _) => {}
        (_, Connection::SignInNeeded) => {
            return rsx! {
                Notice { tone: Tone::Wait, icon: "lock", class: "area-top",
                    strong { {text.sign_in_title()} }
                    p { {text.sign_in_body()} }
                    p {
                        a { href: window::login_path(), {text.sign_in()} }
                    }
                }
            };
        }
        (_, Connection::UpdateNeeded) => {
            return rsx! {
                Notice { tone: Tone::Wait, icon: "rotate-cw", class: "area-top",
                    strong { {text.update_title()} }
                    p { {text.update_body()} }
                    button { class: "btn btn--s", r#type: "button", onclick: move |_| install::update(), {text.update()} }
                }
            };
        }
        _ => {
            return rsx! {
                WaitingNotice { workspace }
            };
        }
    }
    rsx! {
        div { class: "notice notice--bad area-top", role: "alert",
            Icon { name: "triangle-alert" }
            strong { {text.storage_title()} }
            p { {text.storage_body()} }
        }
    }
}

/// Shows why something waits on this device although the server answers, and that its clock is wrong.
#[component]
fn WaitingNotice(workspace: Workspace) -> Element {
    let text = Frame(workspace.language);
    let (title, body) = match workspace.waiting {
        Some(Waiting::Day) => (text.day_title(), text.day_body()),
        Some(Waiting::Year) => (text.year_title(), text.year_body()),
        Some(Waiting::Unreadable) => (text.unreadable_title(), text.unreadable_body()),
        None if workspace.is_clock_wrong => (text.clock_title(), text.clock_body()),
        None => return VNode::empty(),
    };
    let again = move |_| {
        window::forget_crashes();
        window::reload();
    };
    rsx! {
        Notice { tone: Tone::Wait, icon: "hourglass", class: "area-top",
            strong { "{title}" }
            p { "{body}" }
            if workspace.waiting == Some(Waiting::Unreadable) {
                button { class: "btn btn--s", r#type: "button", onclick: again, {text.reload()} }
            }
        }
    }
}

/// Entries of the main menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The overview, *Overzicht*.
    Overview,
    /// Sending documents, *Sturen*.
    Send,
    /// The archive, *Archief*.
    Archive,
    /// Personal details, *Gegevens*.
    Details,
}

/// Shows the frame of a screen of the main menu.
#[component]
pub fn TabFrame(
    workspace: Workspace,
    tab: Tab,
    title: String,
    #[props(default)] class: String,
    children: Element,
) -> Element {
    let text = Frame(workspace.language);
    use_page_name(title, workspace.firm.clone(), workspace.language);
    let tabs = [
        (Tab::Overview, Address::overview(), "house", text.overview()),
        (Tab::Send, Address::send(), "camera", text.send()),
        (Tab::Archive, Address::archive(), "archive", text.archive()),
        (Tab::Details, Address::details(), "user-round", text.details()),
    ];
    rsx! {
        div { class: "app",
            a { class: "skip", href: "#inhoud", {text.skip()} }
            header { class: "topbar",
                ScreenLink { to: Address::overview(), class: "firm",
                    FirmName {
                        name: if workspace.has_dossier() { workspace.firm.clone() } else { "Akkoord".to_owned() },
                        logo: workspace.logo,
                    }
                }
                Switcher { workspace: workspace.clone() }
                nav { class: "tabs", aria_label: text.menu(),
                    ul {
                        for (which , to , icon , word) in tabs {
                            li { key: "{icon}",
                                ScreenLink { to, current: which == tab,
                                    Icon { name: icon }
                                    " "
                                    span { {word} }
                                }
                            }
                        }
                    }
                }
                Sync { workspace: workspace.clone(), all: true }
                ScreenLink { to: Address::details(), class: "avatar",
                    span { aria_hidden: "true", {initials(&workspace.name)} }
                    span { class: "sr", "{text.my_details()} {workspace.name}" }
                }
            }
            main { class: "page {class}", id: "inhoud",
                StorageNotice { workspace: workspace.clone() }
                {children}
            }
        }
    }
}

/// Shows the firm's logo, or Akkoord's if the firm has none or it cannot be loaded now.
#[component]
pub fn FirmLogo(logo: Option<ContentHash>, class: &'static str) -> Element {
    let mut missing = use_signal(|| None::<ContentHash>);
    let src = match logo.filter(|logo| missing() != Some(*logo)) {
        Some(logo) => network::url(&format!("/api/logos/{logo}")),
        None => network::url("/icons/akkoord.svg"),
    };
    rsx! {
        img { class, src, alt: "", width: "80", height: "80", onerror: move |_| missing.set(logo) }
    }
}

#[component]
fn FirmName(name: String, logo: Option<ContentHash>) -> Element {
    let (first, rest) = name.split_once(' ').unwrap_or((&name, ""));
    rsx! {
        FirmLogo { logo, class: "firm__logo" }
        " "
        span {
            "{first}"
            if !rest.is_empty() {
                br { class: "firm__br" }
                " {rest}"
            }
        }
    }
}

/// Shows the frame of a task's screen: back on the left, the state on the right, the next step at the bottom.
#[component]
pub fn FlowFrame(
    workspace: Workspace,
    title: String,
    back: Address,
    back_label: &'static str,
    #[props(default)] class: String,
    #[props(default)] actions: Option<Element>,
    #[props(default)] above: Option<Element>,
    children: Element,
) -> Element {
    let text = Frame(workspace.language);
    use_page_name(title.clone(), workspace.firm.clone(), workspace.language);
    rsx! {
        div { class: "app flow",
            a { class: "skip", href: "#inhoud", {text.skip()} }
            header { class: "flowbar",
                ScreenLink { to: back, class: "back",
                    Icon { name: "chevron-left" }
                    " {back_label}"
                }
                p { class: "flowbar__title", "{title}" }
                Sync { workspace: workspace.clone() }
            }
            main { class: "page {class}", id: "inhoud",
                StorageNotice { workspace: workspace.clone() }
                {children}
            }
            if let Some(actions) = actions {
                footer { class: "actionbar",
                    div { class: "actionbar__in", {actions} }
                }
            }
            {above}
        }
    }
}

/// Sets the window's title to the screen's name.
pub fn use_page_name(title: String, firm: String, language: Language) {
    use_effect(use_reactive!(|title, firm, language| {
        let name = if firm.is_empty() { title } else { format!("{title} · {firm}") };
        page::set_page(&name, language.tag());
    }));
}
