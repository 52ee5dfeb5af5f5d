//! Routes: which screen an address shows, and who may see it. This module knows no screen's content. The address of a
//! task that no longer exists leads to a page that says so, never to an error.

use crate::{
    client::{Client, Saving, Status},
    hooks::use_current,
    platform::{install, page, window},
    screen::{
        Approve, ApproveTogether, Archive, ArchiveYear, Details, Documents, ElsewhereOpen, Locked, Messages, NoStore,
        NotFound, Overview, Payment, Proof, Questions, Review, Send,
    },
};
use dioxus::prelude::*;
use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;
use model::id::TaskId;

/// Every address of the app.
#[derive(Routable, Debug, Clone, PartialEq)]
#[rustfmt::skip]
pub enum Route {
    #[layout(Gate)]
    #[route("/")]
    Overview {},
    #[route("/taken/:task/checklist/nalezen")]
    Review { task: TaskId },
    #[route("/taken/:task/checklist/:section")]
    Questions { task: TaskId, section: String },
    #[route("/taken/:task/documenten")]
    Documents { task: TaskId },
    #[route("/taken/:task/betalen")]
    Payment { task: TaskId },
    #[route("/taken/:task/akkoord")]
    Approve { task: TaskId },
    #[route("/akkoord/:year")]
    ApproveTogether { year: i16 },
    #[route("/taken/:task/bewijs")]
    Proof { task: TaskId },
    #[route("/sturen?:taak&:vraag&:stuk")]
    Send { taak: String, vraag: String, stuk: String },
    #[route("/archief")]
    Archive {},
    #[route("/berichten?:taak&:vraag")]
    Messages { taak: String, vraag: String },
    #[route("/archief/:year")]
    ArchiveYear { year: i16 },
    #[route("/gegevens")]
    Details {},
    #[route("/:..path")]
    NotFound { path: Vec<String> },
}

/// Shows a screen to those who may see it. Otherwise shows why it cannot be seen.
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
        // The page painted before the app stays until the device has been read, or until the login page replaces it.
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

/// Has a newer version of the app take over, but only on a screen where nothing is being typed and once all that was
/// typed is saved. It may be ready before the app is, or at any later moment. The callback comes from outside of this
/// runtime, as in [`use_changes`].
fn use_update(client: &Client, calm: bool) {
    let mut ready = use_signal(install::update_is_ready);
    use_hook(|| {
        let (sender, mut notices) = unbounded::<()>();
        install::on_update(move || {
            // Sending fails only if the app has been closed, and then nobody needs it.
            drop(sender.unbounded_send(()));
        });
        spawn(async move {
            while notices.next().await.is_some() {
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

/// Shows the firm's colour and logo, and stores them for the page that is painted before the app runs next time.
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

/// Shows on the icon of an installed app how many tasks are open.
fn use_badge(client: &Client) {
    let open: usize = client.years().into_iter().map(|key| client.open_tasks(key)).sum();
    let open = u32::try_from(open).unwrap_or(u32::MAX);
    use_effect(use_reactive!(|open| install::set_badge(open)));
}

/// Moves the focus to the heading after every change of page, once the heading exists.
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
