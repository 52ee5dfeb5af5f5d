//! Hooks that give screens the client and the present state of the years. A component that uses one is drawn again
//! when the result changes.

use crate::{
    client::{Client, Status, YearKey},
    platform::{install, page},
    schedule,
    view::{View, Workspace},
};
use dioxus::prelude::*;
use model::{hash::ContentHash, id::TaskId};
use std::{collections::BTreeSet, rc::Rc};

/// Counter that rises with every visible change of the client.
#[derive(Clone, Copy, PartialEq)]
pub struct Changes(pub Signal<u64>);

/// Returns the client of this app.
pub fn use_client() -> Client {
    use_context::<Client>()
}

/// Returns the client, and draws the component again after every change.
pub fn use_current() -> Client {
    let changes = use_context::<Changes>().0;
    // Reading the signal is what subscribes this component.
    let _: u64 = changes();
    use_context::<Client>()
}

/// Returns what every screen's frame shows, or `None` if nobody is signed in.
pub fn use_workspace() -> Option<Workspace> {
    let client = use_current();
    match client.status() {
        Status::SignedIn(identity) => Some(Workspace::of(&client, &identity)),
        _ => None,
    }
}

/// Returns all years of the dossier that is shown, the newest first.
pub fn use_views() -> Vec<View> {
    let client = use_current();
    let Some(workspace) = use_workspace() else { return Vec::new() };
    let chosen = client.membership().map(|m| m.client);
    let years = client.years().into_iter().filter(|key| Some(key.client) == chosen);
    years.map(|key| View::of(&client, key, workspace.clone())).collect()
}

/// Returns the files that are on this device, or `None` until the device has been read.
pub fn use_files_here() -> Option<Rc<BTreeSet<ContentHash>>> {
    let changes = use_context::<Changes>().0;
    let client = use_context::<Client>();
    let mut here = use_signal(|| None);
    use_effect(move || {
        let _: u64 = changes();
        let client = client.clone();
        spawn(async move {
            let found = schedule::run_to_end(async move { client.files_here().await }).await.map(Rc::new);
            if *here.peek() != found {
                here.set(found);
            }
        });
    });
    here()
}

/// Returns the year that the task `task` belongs to.
pub fn use_view_of(task: TaskId) -> Option<View> {
    let client = use_current();
    let workspace = use_workspace()?;
    let has = |key: &YearKey| client.year(*key).task(task).is_some();
    client.years().into_iter().find(has).map(|key| View::of(&client, key, workspace))
}

/// Brings files that another app shared to this screen, as if they were chosen here.
pub fn use_shared_files() {
    use_effect(|| {
        spawn(async {
            page::next_frame().await;
            install::deliver_shared().await;
        });
    });
}
