//! The root of the app: one client for all screens, and the news of it.

use crate::{
    client::{Client, Status},
    hooks::Changes,
    platform::{network, page, storage, tasks, window},
    route::Route,
};
use dioxus::prelude::*;
use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;

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
