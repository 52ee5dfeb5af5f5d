//! The root of the app: one client for all screens, and the gate that decides
//! who sees what. Knows no screen by its content.

use crate::{
    client::{Client, Saving, Status, YearKey},
    platform::{install, network, page, storage, tasks, window},
    route::Route,
    schedule,
    screen::{ElsewhereOpen, Locked, NoStore},
    view::{Desk, View},
};
use dioxus::prelude::*;
use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;
use model::{hash::ContentHash, id::TaskId};
use std::{collections::BTreeSet, rc::Rc};

/// Rises with every visible change of the client.
#[derive(Clone, Copy, PartialEq)]
pub struct Changes(Signal<u64>);

/// The root component.
#[component]
pub fn App() -> Element {
    let start = || Client::start_soon(network::own_server(), storage::open(), window::take_arrival());
    let client = use_context_provider(start);
    use_changes(&client);
    use_hook(window::keep_typing_when_hidden);
    use_hook(|| {
        let client = client.clone();
        window::on_use(move || client.used());
    });
    rsx! {
        Router::<Route> {}
    }
}

/// That one change is being kept, is kept, is sent and has arrived is told within the same blink: it is not shown
/// each for itself, while the next finger is on its way.
const BETWEEN_MS: u32 = 100;

/// Provides [`Changes`]. The client calls back from outside of this runtime,
/// so the news travels through a channel to a task inside of it.
fn use_changes(client: &Client) {
    let mut changes = use_context_provider(|| Changes(Signal::new(0))).0;
    let client = client.clone();
    use_hook(|| {
        let (told, mut news) = unbounded::<()>();
        client.subscribe(move || {
            // Only a closed app stops listening.
            drop(told.unbounded_send(()));
        });
        spawn(async move {
            // Until the device was read there is nothing on the screen that could be pressed.
            let mut open = false;
            while news.next().await.is_some() {
                if open {
                    page::painted().await;
                }
                open = client.status() != Status::Starting;
                while let Ok(()) = news.try_recv() {}
                changes += 1;
                if open {
                    tasks::sleep(BETWEEN_MS).await;
                }
            }
        });
    });
}

/// The client of this app.
pub fn use_client() -> Client {
    use_context::<Client>()
}

/// The client, read again after every change.
fn use_current() -> Client {
    let changes = use_context::<Changes>().0;
    // The reading is what subscribes this component.
    let _: u64 = changes();
    use_context::<Client>()
}

/// The frame of every screen of somebody who is known.
pub fn use_desk() -> Option<Desk> {
    let client = use_current();
    match client.status() {
        Status::SignedIn(identity) => Some(Desk::of(&client, &identity)),
        _ => None,
    }
}

/// All years of the dossier that is looked at, the newest first.
pub fn use_views() -> Vec<View> {
    let client = use_current();
    let Some(desk) = use_desk() else { return Vec::new() };
    let chosen = client.membership().map(|m| m.client);
    let years = client.years().into_iter().filter(|key| Some(key.client) == chosen);
    years.map(|key| View::of(&client, key, desk.clone())).collect()
}

/// The files that are on this device; `None` until it was looked.
pub fn use_files_here() -> Option<Rc<BTreeSet<ContentHash>>> {
    let changes = use_context::<Changes>().0;
    let client = use_context::<Client>();
    let mut here = use_signal(|| None);
    use_effect(move || {
        let _: u64 = changes();
        let client = client.clone();
        spawn(async move {
            let found = schedule::see_through(async move { client.files_here().await }).await.map(Rc::new);
            if *here.peek() != found {
                here.set(found);
            }
        });
    });
    here()
}

/// The year that the task `task` is in.
pub fn use_view_of(task: TaskId) -> Option<View> {
    let client = use_current();
    let desk = use_desk()?;
    let has = |key: &YearKey| client.year(*key).task(task).is_some();
    client.years().into_iter().find(has).map(|key| View::of(&client, key, desk))
}

/// Lets a screen through when it may be seen, and says why when not.
#[component]
pub fn Gate() -> Element {
    let client = use_current();
    let route = use_route::<Route>();
    let language = client.language();
    let status = client.status();
    let away = status == Status::SignedOut;
    use_effect(use_reactive!(|away| {
        if away {
            window::go(&window::login_path());
        }
    }));
    use_page_change(route.clone());
    use_update(&client, route == Route::Overview {});
    use_brand(&client);
    use_badge(&client);
    match status {
        // The painted shell stays until the device was read, or until the login takes its place.
        Status::Starting | Status::SignedOut => VNode::empty(),
        Status::SignedIn(_) => rsx! {
            Outlet::<Route> {}
        },
        Status::Locked(holder) => rsx! {
            Locked { holder }
        },
        Status::ElsewhereOpen => rsx! {
            ElsewhereOpen { language }
        },
        Status::NoStore => rsx! {
            NoStore { language }
        },
    }
}

/// A newer version of the app takes over where nothing is being typed, and
/// only when all that was typed is kept. It may be ready before the app is, or
/// at any later moment; that news travels like that of [`use_changes`].
fn use_update(client: &Client, calm: bool) {
    let mut ready = use_signal(install::update_is_ready);
    use_hook(|| {
        let (told, mut news) = unbounded::<()>();
        install::on_update(move || {
            // Only a closed app stops listening.
            drop(told.unbounded_send(()));
        });
        spawn(async move {
            while news.next().await.is_some() {
                ready.set(true);
            }
        });
    });
    let is_ready = ready();
    let client = client.clone();
    use_effect(use_reactive!(|(calm, is_ready)| {
        if calm && is_ready && client.saving() == Saving::Saved {
            install::update();
        }
    }));
}

/// The firm's colour and logo, for this page and for the shell that is painted before
/// the app runs next time.
fn use_brand(client: &Client) {
    let brand = match client.status() {
        Status::SignedIn(_) => client.membership(),
        _ => None,
    };
    let language = client.language();
    use_effect(use_reactive!(|brand, language| {
        let Some(brand) = brand else { return };
        page::set_accent(&brand.accent);
        page::remember(&serde_json::json!({
            "firm": brand.firm_name,
            "accent": brand.accent,
            "logo": brand.logo,
            "language": language.tag(),
            "phone": brand.firm_phone,
            "login": brand.login_path,
        }));
    }));
}

/// On the icon of an installed app: how many tasks are open.
fn use_badge(client: &Client) {
    let open: usize = client.years().into_iter().map(|key| client.open_tasks(key)).sum();
    let open = u32::try_from(open).unwrap_or(u32::MAX);
    use_effect(use_reactive!(|open| install::set_badge(open)));
}

/// Files that another app shared come to this screen, as if chosen here.
pub fn use_shared_files() {
    use_effect(|| {
        spawn(async {
            page::next_frame().await;
            install::deliver_shared().await;
        });
    });
}

/// After every change of page: focus to its heading, once it is there.
fn use_page_change(route: Route) {
    let mut first = use_signal(|| true);
    use_effect(use_reactive!(|route| {
        let _: Route = route;
        if *first.peek() {
            first.set(false);
            return;
        }
        spawn(async {
            page::next_frame().await;
            page::focus_heading();
        });
    }));
}
