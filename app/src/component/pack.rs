//! The evidence pack of the person's own approval: downloaded once, cached on this device, and given to the person as
//! a file.

use crate::{client::ApiError, component::field::FieldError, platform::window, schedule, text::Proof, view::View};
use dioxus::prelude::*;
use documents::dossier::GivenRevision;
use model::id::ApprovalId;
use ui::part::Icon;

/// Shows the button for the pack, and whether the pack is on this device.
#[component]
pub fn PackButton(view: View, given: GivenRevision, approval: ApprovalId) -> Element {
    let text = Proof(view.language());
    let client = try_consume_context::<crate::client::Client>();
    let mut here = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let mut problem = use_signal(|| None::<&'static str>);
    let look = client.clone();
    use_effect(use_reactive!(|approval| {
        let Some(client) = look.clone() else { return };
        spawn(async move {
            let there = schedule::run_to_end(async move { client.has_evidence(approval).await }).await;
            here.set(there.unwrap_or(false));
        });
    }));
    let name = text.pack_file(&file_part(&given.title(view.language())), given.revision.number);
    let (year, stage) = (view.key, stage(&given, approval));
    let fetch = move |_| {
        let (Some(client), false) = (client.clone(), busy()) else { return };
        let name = name.clone();
        busy.set(true);
        problem.set(None);
        spawn(async move {
            let pack = schedule::run_to_end(async move { client.evidence(year, approval, stage).await }).await;
            match pack {
                Some(Ok(bytes)) => {
                    here.set(true);
                    window::save_bytes(&bytes, "application/zip", &name);
                }
                Some(Err(ApiError::Offline)) => problem.set(Some(text.pack_offline())),
                _ => problem.set(Some(text.pack_failed())),
            }
            busy.set(false);
        });
    };
    rsx! {
        div { class: "stack-s",
            button { class: "btn btn--s", r#type: "button", aria_disabled: if busy() { "true" }, onclick: fetch,
                Icon { name: "download" }
                " "
                {if busy() { text.pack_busy() } else if here() { text.pack_again() } else { text.pack() }}
            }
            if here() {
                p { class: "small muted", role: "status", {text.pack_here()} }
            }
            if let Some(message) = problem() {
                FieldError { id: "pakket", message }
            }
        }
    }
}

/// Returns a title as a part of a file's name.
fn file_part(title: &str) -> String {
    title.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-").replace("--", "-").trim_matches('-').to_owned()
}

/// Returns a number that changes with each fact about an approval. Each fact adds a record to the pack, so a pack of
/// another stage is downloaded again.
pub fn stage(given: &GivenRevision, approval: ApprovalId) -> u8 {
    let consent = given.consents.values().find(|c| c.approvals.iter().any(|(id, ..)| *id == approval));
    let facts = [
        consent.is_some_and(|c| c.rulings.contains_key(&approval)),
        consent.is_some_and(|c| c.withdrawals.contains_key(&approval)),
        given.void.is_some(),
        given.filed_at().is_some(),
    ];
    facts.iter().fold(1, |stage, fact| stage * 2 + u8::from(*fact))
}
