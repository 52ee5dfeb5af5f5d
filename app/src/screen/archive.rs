//! *Archief*: what is finished, per tax year. It can be searched, cached offline and exported.

mod export;
mod year;

use crate::{
    client::{Client, YearKey},
    component::{
        frame::{Tab, TabFrame},
        offline_files::{Choice, Here},
    },
    hooks::{use_client, use_files_here, use_views, use_workspace},
    platform::{install, page},
    schedule, text,
    view::{View, Workspace},
};
use dioxus::prelude::*;
use export::ExportCard;
use ui::{part::Icon, text::Language};
use year::{Year, matches};

/// Shows the screen at `/archief`.
#[component]
pub fn Archive() -> Element {
    rsx! {
        Shelves {}
    }
}

/// Shows the screen at `/archief/:year`, which mails link to.
#[component]
pub fn ArchiveYear(year: i16) -> Element {
    rsx! {
        Shelves { year }
    }
}

#[component]
fn Shelves(year: Option<i16>) -> Element {
    let client = use_client();
    let views = use_views();
    let here = Here(use_files_here());
    let mut room = use_signal(|| None::<(u64, u64)>);
    use_effect(use_reactive!(|here| {
        // The files on this device have changed, and so has the free space.
        let _: Here = here;
        spawn(async move { room.set(install::room().await.map(|r| (r.used as u64, r.quota as u64))) });
    }));
    let Some(workspace) = use_workspace() else { return VNode::empty() };
    let title = text::Archive(workspace.language).title().to_owned();
    let offline_years = views.iter().map(|v| v.key).filter(|key| client.is_offline_year(*key)).collect::<Vec<_>>();
    rsx! {
        TabFrame { workspace: workspace.clone(), tab: Tab::Archive, title,
            ArchivePage {
                workspace,
                views: views.clone(),
                year,
                here,
                offline_years,
                room: room(),
                on_choice: move |(key, choice)| choose(&client, key, choice),
            }
            if !views.is_empty() {
                ExportCard { views }
            }
        }
    }
}

fn choose(client: &Client, key: YearKey, choice: Choice) {
    let client = client.clone();
    spawn(async move {
        let work = async move {
            match choice {
                Choice::Year(offline) => client.set_offline_year(key, offline).await,
                Choice::File(hash, false) => client.evict(vec![hash]).await,
                // If the download fails, the screen still shows that the file is not here.
                Choice::File(hash, true) => drop(client.file(key.client, hash).await),
            }
        };
        schedule::run_to_end(work).await.unwrap_or_default();
    });
}

/// Shows the page of the screen. It shows the newest year if `year` is not on the device.
#[component]
pub fn ArchivePage(
    workspace: Workspace,
    views: Vec<View>,
    year: Option<i16>,
    #[props(default)] here: Here,
    #[props(default)] offline_years: Vec<YearKey>,
    #[props(default)] room: Option<(u64, u64)>,
    #[props(default)] looking_for: String,
    #[props(default)] on_choice: EventHandler<(YearKey, Choice)>,
) -> Element {
    let text = text::Archive(workspace.language);
    let wanted = year.and_then(|year| views.iter().position(|v| v.key.tax_year.0 == year));
    let mut chosen = use_signal(|| wanted.unwrap_or(0));
    let mut query = use_signal(|| looking_for);
    let words: Vec<String> = query.read().to_lowercase().split_whitespace().map(str::to_owned).collect();
    let shown: Vec<_> = if words.is_empty() {
        views.get(chosen()).or(views.first()).cloned().into_iter().collect()
    } else {
        views.iter().filter(|v| matches(v, &words) > 0).cloned().collect()
    };
    let found: usize = shown.iter().map(|v| matches(v, &words)).sum();
    rsx! {
        div { class: "page__head",
            h1 { {text.title()} }
            p { class: "lead", {text.lead()} }
        }
        if !views.is_empty() {
            SearchField {
                language: workspace.language,
                query: query.read().clone(),
                found: (!words.is_empty()).then_some(found),
                on_query: move |typed| query.set(typed),
            }
        }
        if views.len() > 1 && words.is_empty() {
            fieldset {
                legend { class: "sr", {text.choose_year()} }
                div { class: "seg",
                    for (i , one) in views.iter().enumerate() {
                        label { key: "{one.key:?}",
                            input {
                                r#type: "radio",
                                name: "jaar",
                                checked: i == chosen(),
                                onchange: move |_| chosen.set(i),
                            }
                            {one.tax_year()}
                        }
                    }
                }
            }
        }
        for view in shown {
            Year {
                key: "{view.key:?}",
                here: here.clone(),
                offline: offline_years.contains(&view.key),
                room,
                words: words.clone(),
                on_choice: {
                    let key = view.key;
                    move |choice| on_choice.call((key, choice))
                },
                view,
            }
        }
        if views.is_empty() {
            p { class: "muted", {text.empty()} }
        }
    }
}

#[component]
fn SearchField(language: Language, query: String, found: Option<usize>, on_query: EventHandler<String>) -> Element {
    let text = text::Search(language);
    rsx! {
        div { class: "field", role: "search",
            label { r#for: "zoek", {text.label()} }
            div { class: "cluster nowrap-row",
                input {
                    class: "input",
                    id: "zoek",
                    r#type: "search",
                    autocomplete: "off",
                    placeholder: text.hint(),
                    value: "{query}",
                    oninput: move |event| on_query.call(event.value()),
                }
                if !query.is_empty() {
                    button {
                        class: "btn btn--icon",
                        r#type: "button",
                        aria_label: text.clear(),
                        onclick: move |_| {
                            on_query.call(String::new());
                            page::focus("zoek");
                        },
                        Icon { name: "x" }
                    }
                }
            }
            p { class: "small muted", role: "status",
                match found {
                    Some(0) => text.none(query.trim()),
                    Some(n) => text.found(n),
                    None => String::new(),
                }
            }
        }
    }
}
