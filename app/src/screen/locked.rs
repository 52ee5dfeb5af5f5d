//! Screen of a locked device. It knows nothing of the person, because that is locked too.

use crate::{
    client::{Client, Holder},
    component::passkey::Doorway,
    hooks::use_client,
    platform::{PasskeyError, passkey, window},
    text::{Lock, Passkey},
};
use dioxus::prelude::*;
use ui::text::Language;

/// Shows the screen that replaces every other until the passkey was used.
#[component]
pub fn Locked(holder: Holder) -> Element {
    let client = use_client();
    let language = client.language();
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let open = move |()| {
        if busy() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let (client, holder) = (client.clone(), holder.clone());
        spawn(async move {
            let outcome = unlock(&client, &holder, language).await;
            busy.set(false);
            problem.set(outcome.err());
        });
    };
    rsx! {
        LockedPage { language, problem: problem.read().clone(), busy: busy(), on_unlock: open }
    }
}

async fn unlock(client: &Client, holder: &Holder, language: Language) -> Result<(), String> {
    let text = Lock(language);
    let words = |error| match error {
        PasskeyError::Cancelled => text.cancelled(),
        PasskeyError::Unsupported => Passkey(language).unsupported(),
        PasskeyError::Failed => Passkey(language).failed(),
    };
    let secret = passkey::unlock(&holder.rp_id, &holder.passkeys).await.map_err(|e| words(e).to_owned())?;
    match client.unlock(secret).await {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(text.does_not_fit().to_owned()),
    }
}

/// Shows the page of the screen.
#[component]
pub fn LockedPage(
    language: Language,
    #[props(default)] problem: Option<String>,
    #[props(default)] busy: bool,
    on_unlock: EventHandler<()>,
) -> Element {
    let text = Lock(language);
    rsx! {
        Doorway {
            language,
            title: text.title(),
            lead: text.lead(),
            at: "slot",
            problem,
            label: text.button(),
            busy_label: text.busy(),
            busy,
            on_press: on_unlock,
            div { class: "push",
                a { class: "btn btn--quiet btn--block", href: window::login_path(), {text.log_in()} }
            }
        }
    }
}
