//! The root of the app. It gives all screens one client, and redraws them when that client changes.

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

/// Least number of milliseconds between two redraws. A change is saved, sent and received within one blink, and
/// redrawing for each step would only delay the next press.
const BETWEEN_MS: u32 = 100;

/// Provides [`Changes`]. The client calls back from outside of this runtime, so each notification goes through a
/// channel to a task inside.
fn use_changes(client: &Client) {
    let mut changes = use_context_provider(|| Changes(Signal::new(0))).0;
    let client = client.clone();
    use_hook(|| {
        let (sender, mut notices) = unbounded::<()>();
        client.subscribe(move || {
            // Sending fails only if the app has been closed, and then nobody needs it.
            drop(sender.unbounded_send(()));
        });
        spawn(async move {
            // Until the device has been read there is nothing on the screen that could be pressed.
            let mut open = false;
            while notices.next().await.is_some() {
                if open {
                    page::painted().await;
                }
                open = client.status() != Status::Starting;
                while let Ok(()) = notices.try_recv() {}
                changes += 1;
                if open {
                    tasks::sleep(BETWEEN_MS).await;
                }
            }
        });
    });
}
