//! Login with a passkey, without typing a name.

use crate::{
    app::use_client,
    client::{ApiError, Client, Status},
    component::passkey::Doorway,
    platform::{PasskeyError, page, passkey, window},
    route::Route,
    text::{self, Passkey, said},
};
use dioxus::prelude::*;
use ui::text::Language;

/// Milliseconds after which a challenge is replaced: sooner than the server
/// forgets it.
const CHALLENGE_HOLDS: u32 = 4 * 60 * 1000;

/// The screen at `/inloggen`.
#[component]
pub fn Login() -> Element {
    let client = use_client();
    let language = client.language();
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let mut offers = use_signal(|| false);
    let waiting = client.clone();
    use_future(move || {
        let client = waiting.clone();
        async move {
            if !passkey::can_offer().await {
                return;
            }
            // The field is there before the browser looks for it.
            offers.set(true);
            page::next_frame().await;
            if let Some(outcome) = choose(&client, language, busy).await {
                busy.set(false);
                follow(outcome, &client, problem);
            }
        }
    });
    use_drop(passkey::stop_offering);
    let log_in = move |()| {
        let client = client.clone();
        if busy() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let after = client.clone();
        spawn(async move {
            let outcome: Result<(), String> = async {
                let offline = |error| api_problem(error, language);
                let begun = client.start_login().await.map_err(offline)?;
                let (credential, secret) =
                    passkey::get(begun.options).await.map_err(|e| passkey_problem(e, language))?;
                client.finish_login(begun.ceremony, credential, secret).await.map_err(offline)
            }
            .await;
            busy.set(false);
            follow(outcome, &after, problem);
        });
    };
    rsx! {
        LoginPage { language, problem: problem.read().clone(), busy: busy(), offers: offers(), on_login: log_in }
    }
}

fn follow(outcome: Result<(), String>, client: &Client, mut problem: Signal<Option<String>>) {
    match outcome {
        // Who only advises has nothing to do here.
        Ok(()) if works_in_console_only(client) => window::go("/kantoor"),
        Ok(()) => {
            navigator().replace(Route::Overview {});
        }
        Err(words) => problem.set(Some(words)),
    }
}

/// Logs in with the passkey that somebody chooses in the field. Nothing where
/// that cannot be or was given up: the button is still there.
async fn choose(client: &Client, language: Language, mut busy: Signal<bool>) -> Option<Result<(), String>> {
    loop {
        let begun = client.start_login().await.ok()?;
        let Some((credential, secret)) = passkey::offer(begun.options, CHALLENGE_HOLDS).await.ok()? else { continue };
        busy.set(true);
        let finished = client.finish_login(begun.ceremony, credential, secret).await;
        return Some(finished.map_err(|error| api_problem(error, language)));
    }
}

fn works_in_console_only(client: &Client) -> bool {
    matches!(client.status(), Status::SignedIn(identity) if identity.is_advisor && identity.memberships.is_empty())
}

fn api_problem(error: ApiError, language: Language) -> String {
    match error {
        ApiError::Offline => text::Login(language).offline().to_owned(),
        ApiError::Refused(why) => said(&why, language),
        ApiError::Failed => text::Welcome(language).failed().to_owned(),
    }
}

fn passkey_problem(error: PasskeyError, language: Language) -> String {
    let text = Passkey(language);
    match error {
        PasskeyError::Cancelled => text.cancelled_login(),
        PasskeyError::Unsupported => text.unsupported(),
        PasskeyError::Failed => text.failed(),
    }
    .to_owned()
}

/// The page of the screen.
#[component]
pub fn LoginPage(
    language: Language,
    problem: Option<String>,
    busy: bool,
    #[props(default)] offers: bool,
    on_login: EventHandler<()>,
) -> Element {
    let text = text::Login(language);
    rsx! {
        Doorway {
            language,
            title: text.title(),
            lead: text.lead(),
            at: "inloggen",
            problem,
            label: text.button(),
            busy_label: text.busy(),
            busy,
            on_press: on_login,
            beside: rsx! {
                p { class: "small muted center", {text.with()} }
                if offers {
                    div { class: "field",
                        label { r#for: "passkey", {text.choose()} }
                        input {
                            class: "input",
                            id: "passkey",
                            r#type: "text",
                            autocomplete: "username webauthn",
                            autocapitalize: "none",
                            spellcheck: "false",
                            aria_describedby: "passkey-hint",
                        }
                        p { class: "hint", id: "passkey-hint", {text.choose_hint()} }
                    }
                }
            },
            ul { class: "push links links--apart",
                li { class: "small muted", {text.first_time()} }
                li { class: "small muted", {text.help()} }
                li { class: "tiny muted", {text.offline_hint()} }
            }
        }
    }
}
