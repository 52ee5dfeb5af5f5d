//! Screen of a document request: each item with its state, ways to send a document, and ways to say why none comes.

use crate::{
    address::Address,
    client::{Client, YearKey},
    component::{
        frame::{FlowFrame, Notice, ScreenLink},
        item::{Act, RequestedItem},
    },
    hooks::{use_client, use_view_of},
    screen::{
        not_found::NotFoundPage,
        send::{Purpose, attach_for, photograph},
    },
    text::{Frame, Request},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::TaskState;
use model::{
    id::TaskId,
    record::{ItemKey, TaskKind},
};
use std::collections::BTreeMap;
use ui::part::Tone;

/// Shows the screen at `/taken/:task/documenten`.
#[component]
pub fn Documents(task: TaskId) -> Element {
    let client = use_client();
    let view = use_view_of(task);
    let refused = use_signal(BTreeMap::<ItemKey, String>::new);
    let known = |v: &View| v.year.task(task).is_some_and(|t| matches!(t.task.kind, TaskKind::DocumentRequest(_)));
    let Some(view) = view.filter(known) else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let act = {
        let view = view.clone();
        move |(key, act): (ItemKey, Act)| carry_out(&client, &view, refused, key, act)
    };
    rsx! {
        DocumentsPage { view, task, refused: refused.read().clone(), on_act: act }
    }
}

fn carry_out(client: &Client, view: &View, mut refused: Signal<BTreeMap<ItemKey, String>>, key: ItemKey, act: Act) {
    refused.write().remove(&key);
    let year: YearKey = view.key;
    match act {
        Act::Reply(reply) => client.reply_item(year, key, reply),
        Act::Withdraw(id) => client.withdraw(year, id),
        Act::Photos(files) => {
            let (client, view) = (client.clone(), view.clone());
            spawn(async move {
                if let Some(why) = photograph(client, view, files, Address::send_item(key)).await {
                    refused.write().insert(key, why);
                }
            });
        }
        Act::Files { files, replaces } => {
            let (client, view) = (client.clone(), view.clone());
            let purpose = Purpose { task: Some(key.task), item: Some(key.item), replaces, ..Purpose::default() };
            spawn(async move {
                let outcome = attach_for(client, view, files, purpose).await;
                let why: Vec<_> = outcome.refused.into_iter().map(|(_, why)| why).collect();
                if !why.is_empty() {
                    refused.write().insert(key, why.join(" "));
                }
            });
        }
    }
}

/// Shows the page of the screen.
#[component]
pub fn DocumentsPage(
    view: View,
    task: TaskId,
    #[props(default)] refused: BTreeMap<ItemKey, String>,
    on_act: EventHandler<(ItemKey, Act)>,
) -> Element {
    let language = view.language();
    let (text, frame) = (Request(language), Frame(language));
    let Some(given) = view.year.task(task).cloned() else { return VNode::empty() };
    let title = given.task.title.get(language).to_owned();
    let items: Vec<_> = view.year.items(&given).into_iter().map(|i| (i.key, i.is_answered())).collect();
    let left = items.iter().filter(|(_, answered)| !answered).count();
    let over = given.closing.is_some() || view.state(&given) == TaskState::Done;
    let changeable = view.may_fill_in() && given.closing.is_none();
    let actions = (left == 0).then(|| {
        rsx! {
            ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
        }
    });
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title: title.clone(),
            back: Address::overview(),
            back_label: frame.back(),
            actions,
            div { class: "page__head",
                h1 { "{title}" }
                if left > 0 && !over {
                    p { class: "lead", {text.lead(&given.task.asked_by)} }
                }
            }
            div { role: "status",
                if over {
                    Notice { tone: Tone::Ok, icon: "circle-check", strong { {text.over()} } }
                } else if left == 0 {
                    Notice { tone: Tone::Ok, icon: "circle-check", strong { {text.done()} } }
                } else {
                    p { class: "small muted", {text.left(left)} }
                }
            }
            for (key , _) in items {
                RequestedItem {
                    key: "{key}",
                    view: view.clone(),
                    item: key,
                    changeable,
                    refused: refused.get(&key).cloned(),
                    on_act: move |act| on_act.call((key, act)),
                }
            }
        }
    }
}
