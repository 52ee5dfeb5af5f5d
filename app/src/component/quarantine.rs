//! Notice about changes in quarantine: the firm did not accept them, and they exist only on this device. The person
//! can save them as a file.

use crate::{
    client::Client, component::frame::Notice, platform::window, schedule, text::Quarantine as Text, view::Workspace,
};
use dioxus::prelude::*;
use ui::{
    part::{Icon, Tone},
    text::Language,
};

/// Shows the section of *Mijn gegevens* about changes in quarantine, if there are any.
#[component]
pub fn QuarantineSection(language: Language) -> Element {
    let client = use_context::<Client>();
    let mut count = use_signal(|| 0);
    let (look, save) = (client.clone(), client);
    use_future(move || {
        let client = look.clone();
        async move { count.set(schedule::run_to_end(async move { client.quarantined().await }).await.unwrap_or(0)) }
    });
    let save = move |()| {
        let client = save.clone();
        spawn(async move {
            if let Some(Some(bytes)) = schedule::run_to_end(async move { client.quarantine_as_file().await }).await {
                window::save_bytes(&bytes, "application/json", Text(language).file());
            }
        });
    };
    rsx! {
        QuarantineNotice { language, count: count(), on_save: save }
    }
}

/// Shows the notice itself, or nothing if `count` is zero.
#[component]
pub fn QuarantineNotice(language: Language, count: usize, on_save: EventHandler<()>) -> Element {
    let text = Text(language);
    if count == 0 {
        return VNode::empty();
    }
    rsx! {
        Notice { tone: Tone::Wait, icon: "hourglass",
            strong { {text.title(count)} }
            p { {text.body()} }
            button { class: "btn btn--s", r#type: "button", onclick: move |_| on_save.call(()),
                Icon { name: "download" }
                " "
                {text.save()}
            }
        }
    }
}

/// Shows the section of *Mijn gegevens* about changes that wait for a reason which may last, if there is one.
#[component]
pub fn WaitingSection(workspace: Workspace) -> Element {
    let client = use_context::<Client>();
    let language = workspace.language;
    let save = move |()| {
        let client = client.clone();
        spawn(async move {
            if let Some(Some(bytes)) = schedule::run_to_end(async move { client.unsent_as_file().await }).await {
                window::save_bytes(&bytes, "application/json", Text(language).unsent_file());
            }
        });
    };
    rsx! {
        WaitingNotice { workspace, on_save: save }
    }
}

/// Shows the notice itself, or nothing if everything goes its way.
#[component]
pub fn WaitingNotice(workspace: Workspace, on_save: EventHandler<()>) -> Element {
    let text = Text(workspace.language);
    if workspace.waiting.is_none() || workspace.unsent == 0 {
        return VNode::empty();
    }
    rsx! {
        Notice { tone: Tone::Wait, icon: "hourglass",
            strong { {text.unsent_title(workspace.unsent)} }
            p { {text.unsent_body()} }
            button { class: "btn btn--s", r#type: "button", onclick: move |_| on_save.call(()),
                Icon { name: "download" }
                " "
                {text.save()}
            }
        }
    }
}
