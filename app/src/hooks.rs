//! What screens ask: the client, and the years as they are now. A component that
//! asks is drawn again when the answer changes.

use crate::{
    client::{Client, Status, YearKey},
    platform::{install, page},
    schedule,
    view::{Desk, View},
};
use dioxus::prelude::*;
use model::{hash::ContentHash, id::TaskId};
use std::{collections::BTreeSet, rc::Rc};

/// Rises with every visible change of the client.
#[derive(Clone, Copy, PartialEq)]
pub struct Changes(pub Signal<u64>);

/// The client of this app.
pub fn use_client() -> Client {
    use_context::<Client>()
}

/// The client, read again after every change.
pub fn use_current() -> Client {
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

/// Files that another app shared come to this screen, as if chosen here.
pub fn use_shared_files() {
    use_effect(|| {
        spawn(async {
            page::next_frame().await;
            install::deliver_shared().await;
        });
    });
}
