//! Registration from the link in a mail. The secret of the link stays behind
//! the `#` and leaves this device only to be redeemed.

use crate::{
    app::{Fragment, use_client},
    client::{ApiError, Invitation},
    component::{
        field::FieldError,
        frame::{Go, Notice, use_page_name},
    },
    route::Route,
    shell::{
        self,
        passkey::{self, PasskeyError},
    },
    text::{self, Passkey, said},
};
use dioxus::prelude::*;
use ui::{
    format,
    part::{Icon, Tone},
    text::Language,
};

/// How far a registration is.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The invitation is being fetched.
    Looking,
    /// It is there.
    Invited(Invitation),
    /// There is nothing to register with.
    Stopped(ApiError),
    /// The address has no secret in it.
    NoLink,
}

/// What stands in the way, and at which field.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// The user name.
    UserName(String),
    /// The mail address.
    Mail(String),
    /// Neither.
    Other(String),
}

/// The screen at `/welkom#token`.
#[component]
pub fn Welcome() -> Element {
    let client = use_client();
    let token = use_context::<Fragment>().0;
    use_hook(shell::reload_on_new_fragment);
    // Back in the address, so that loading the page again does not lose it.
    let address = token.clone();
    use_effect(move || {
        if let Some(fragment) = &address {
            shell::set_fragment(fragment);
        }
    });
    let mut step = use_signal(|| if token.is_some() { Step::Looking } else { Step::NoLink });
    let mut problem = use_signal(|| None::<Problem>);
    let mut busy = use_signal(|| false);
    let language = match &*step.read() {
        Step::Invited(invitation) => invitation.language,
        _ => client.language(),
    };
    let look = {
        let (client, token) = (client.clone(), token.clone());
        use_callback(move |()| {
            let (client, Some(token)) = (client.clone(), token.clone()) else { return };
            step.set(Step::Looking);
            spawn(async move {
                match client.invitation(&token).await {
                    Ok(invitation) => {
                        shell::set_root_property("--accent", &invitation.accent);
                        step.set(Step::Invited(invitation));
                    }
                    Err(error) => step.set(Step::Stopped(error)),
                }
            });
        })
    };
    use_effect(move || look.call(()));
    let register = move |(user_name, email): (String, String)| {
        let (client, Some(token)) = (client.clone(), token.clone()) else { return };
        let wrong = wrong_field(&user_name, &email, language);
        problem.set(wrong.clone());
        if busy() || wrong.is_some() {
            return;
        }
        busy.set(true);
        spawn(async move {
            let outcome: Result<(), Stop> = async {
                let begun = client.start_registration(&token, &user_name, &email).await?;
                let credential = passkey::create(begun.options).await?;
                client.finish_registration(begun.ceremony, credential).await?;
                Ok(())
            }
            .await;
            busy.set(false);
            match outcome {
                // The address with the secret is not kept in the history.
                Ok(()) => {
                    navigator().replace(Route::Overview {});
                }
                Err(Stop::Api(ApiError::Refused(why))) if why.error.starts_with("invitation") => {
                    step.set(Step::Stopped(ApiError::Refused(why)));
                }
                Err(stop) => problem.set(Some(explain(stop, language))),
            }
        });
    };
    rsx! {
        WelcomePage {
            language,
            step: step.read().clone(),
            problem: problem.read().clone(),
            busy: busy(),
            on_retry: look,
            on_register: register,
        }
    }
}

enum Stop {
    Api(ApiError),
    Passkey(PasskeyError),
}

impl From<ApiError> for Stop {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

impl From<PasskeyError> for Stop {
    fn from(error: PasskeyError) -> Self {
        Self::Passkey(error)
    }
}

/// What is wrong with the fields as far as this device can tell.
fn wrong_field(user_name: &str, email: &str, language: Language) -> Option<Problem> {
    let text = text::Welcome(language);
    let allowed = |c: char| c.is_alphanumeric() || ".-_".contains(c);
    let name = user_name.trim();
    if !(3..=40).contains(&name.chars().count()) || !name.chars().all(allowed) {
        return Some(Problem::UserName(text.user_name_short().to_owned()));
    }
    let parts = email.trim().split_once('@');
    let good = parts.is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains('@')
    });
    (!good || email.trim().contains(char::is_whitespace)).then(|| Problem::Mail(text.mail_wrong().to_owned()))
}

fn explain(stop: Stop, language: Language) -> Problem {
    let (text, keys) = (text::Welcome(language), Passkey(language));
    match stop {
        Stop::Passkey(PasskeyError::Cancelled) => Problem::Other(keys.cancelled_create().to_owned()),
        Stop::Passkey(PasskeyError::Unsupported) => Problem::Other(keys.unsupported().to_owned()),
        Stop::Passkey(PasskeyError::Failed) => Problem::Other(keys.failed().to_owned()),
        Stop::Api(ApiError::Offline) => Problem::Other(text.offline_now().to_owned()),
        Stop::Api(ApiError::Failed) => Problem::Other(text.failed().to_owned()),
        Stop::Api(ApiError::Refused(why)) => match why.error.as_str() {
            "user_name_taken" | "user_name_malformed" => Problem::UserName(said(&why, language)),
            "mail_differs" | "mail_malformed" => Problem::Mail(said(&why, language)),
            _ => Problem::Other(said(&why, language)),
        },
    }
}

/// The page of the screen.
#[component]
pub fn WelcomePage(
    language: Language,
    step: Step,
    problem: Option<Problem>,
    busy: bool,
    on_retry: EventHandler<()>,
    on_register: EventHandler<(String, String)>,
) -> Element {
    let text = text::Welcome(language);
    let firm = match &step {
        Step::Invited(invitation) => invitation.firm_name.clone(),
        _ => String::new(),
    };
    use_page_name(text.title_plain().to_owned(), firm, language);
    rsx! {
        div { class: "app bare",
            main { class: "page", id: "inhoud",
                {match step {
                    Step::Looking => rsx! {
                        div { class: "welcome push",
                            h1 { {text.title_plain()} }
                            p { class: "lead", role: "status", {text.checking()} }
                        }
                    },
                    Step::Invited(invitation) => rsx! {
                        Form { language, invitation, problem, busy, on_register }
                    },
                    Step::Stopped(ApiError::Offline) => rsx! {
                        Stopped {
                            title: text.offline_title().to_owned(),
                            body: text.offline_body().to_owned(),
                            button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_retry.call(()), {text.retry()} }
                        }
                    },
                    Step::Stopped(ApiError::Refused(why)) => {
                        let used = why.error == "invitation_used";
                        let title = match why.error.as_str() {
                            "invitation_used" => text.used_title(),
                            "invitation_expired" | "invitation_voided" => text.expired_title(),
                            "invitation_unknown" => text.unknown_title(),
                            _ => text.title_plain(),
                        };
                        rsx! {
                            Stopped { title: title.to_owned(), body: said(&why, language),
                                if used {
                                    Go { to: Route::Login {}, class: "btn btn--primary btn--block", {text.to_login()} }
                                } else {
                                    button { class: "btn btn--block", r#type: "button", onclick: move |_| on_retry.call(()), {text.retry()} }
                                }
                            }
                        }
                    }
                    Step::Stopped(ApiError::Failed) => rsx! {
                        Stopped { title: text.title_plain().to_owned(), body: text.failed().to_owned(),
                            button { class: "btn btn--primary btn--block", r#type: "button", onclick: move |_| on_retry.call(()), {text.retry()} }
                        }
                    },
                    Step::NoLink => rsx! {
                        Stopped { title: text.unknown_title().to_owned(), body: text.unknown_body().to_owned(),
                            Go { to: Route::Login {}, class: "btn btn--block", {text.to_login()} }
                        }
                    },
                }}
            }
        }
    }
}

#[component]
fn Stopped(title: String, body: String, children: Element) -> Element {
    rsx! {
        div { class: "stack push", role: "alert",
            h1 { "{title}" }
            p { class: "lead", "{body}" }
        }
        {children}
    }
}

#[component]
fn Form(
    language: Language,
    invitation: Invitation,
    problem: Option<Problem>,
    busy: bool,
    on_register: EventHandler<(String, String)>,
) -> Element {
    let text = text::Welcome(language);
    let mut user_name = use_signal(String::new);
    let mut email = use_signal(|| invitation.email.clone());
    let (mut name_wrong, mut mail_wrong, mut other) = (None, None, None);
    match problem.clone() {
        Some(Problem::UserName(words)) => name_wrong = Some(words),
        Some(Problem::Mail(words)) => mail_wrong = Some(words),
        Some(Problem::Other(words)) => other = Some(words),
        None => {}
    }
    use_effect(use_reactive!(|problem| match problem {
        Some(Problem::UserName(_)) => shell::focus("gebruikersnaam"),
        Some(Problem::Mail(_)) => shell::focus("mail"),
        Some(Problem::Other(_)) | None => {}
    }));
    rsx! {
        div { class: "welcome",
            img { class: "welcome__logo", src: "/icons/akkoord.svg", alt: "", width: "80", height: "80" }
            h1 { {text.title(&invitation.firm_name)} }
            p { class: "lead", {text.lead()} }
        }
        if invitation.tasks > 0 {
            Notice { tone: Tone::Info, icon: "bell", strong { {text.waits(invitation.tasks as usize)} } }
        }
        form {
            class: "stack",
            id: "registreren",
            novalidate: true,
            onsubmit: move |event| {
                event.prevent_default();
                on_register.call((user_name.peek().clone(), email.peek().clone()));
            },
            Input {
                id: "gebruikersnaam",
                label: text.user_name(),
                hint: text.user_name_hint(),
                kind: "text",
                autocomplete: "username",
                value: user_name.read().clone(),
                wrong: name_wrong,
                on_input: move |value| user_name.set(value),
            }
            Input {
                id: "mail",
                label: text.mail(),
                hint: text.mail_hint(),
                kind: "email",
                autocomplete: "email",
                value: email.read().clone(),
                wrong: mail_wrong,
                on_input: move |value| email.set(value),
            }
        }
        section { class: "passkey", aria_labelledby: "pk",
            span { class: "passkey__icons", aria_hidden: "true",
                Icon { name: "scan-face" }
                Icon { name: "fingerprint-pattern" }
            }
            div { class: "stack-s",
                h2 { id: "pk", {text.passkey_title()} }
                p { class: "small muted", {text.passkey_body()} }
            }
        }
        div { class: "stack-s push",
            if let Some(message) = other {
                FieldError { id: "registreren", message }
            }
            button {
                class: "btn btn--primary btn--block",
                r#type: "submit",
                form: "registreren",
                aria_disabled: if busy { "true" },
                Icon { name: "key-round" }
                " "
                {if busy { text.busy() } else { text.make() }}
            }
            p { class: "tiny muted center",
                {text.takes()}
                " "
                {text.help(&invitation.firm_name)}
                " "
                a { href: format::tel(&invitation.firm_phone), "{invitation.firm_phone}" }
            }
        }
    }
}

#[component]
fn Input(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    value: String,
    wrong: Option<String>,
    on_input: EventHandler<String>,
) -> Element {
    let invalid = wrong.is_some();
    rsx! {
        div { class: "field",
            label { r#for: id, {label} }
            input {
                class: "input",
                id,
                r#type: kind,
                autocomplete,
                autocapitalize: "none",
                spellcheck: "false",
                aria_invalid: if invalid { "true" },
                aria_describedby: if invalid { "{id}-fout" } else { "{id}-hint" },
                value: "{value}",
                oninput: move |event| on_input.call(event.value()),
            }
            if let Some(message) = wrong {
                FieldError { id, message }
            } else {
                p { class: "hint", id: "{id}-hint", {hint} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_checked_before_a_passkey_is_asked_for() {
        let cases = [
            ("marieke", "marieke@voorbeeld.nl", None),
            ("ma", "marieke@voorbeeld.nl", Some("name")),
            ("ma rie", "marieke@voorbeeld.nl", Some("name")),
            ("marieke", "marieke", Some("mail")),
            ("marieke", "marieke@", Some("mail")),
            ("marieke", "marieke@voorbeeld.", Some("mail")),
            ("marieke", "a b@voorbeeld.nl", Some("mail")),
        ];
        for (name, mail, expected) in cases {
            let found = wrong_field(name, mail, Language::Nl).map(|p| match p {
                Problem::UserName(_) => "name",
                Problem::Mail(_) => "mail",
                Problem::Other(_) => "other",
            });
            assert_eq!(found, expected, "{name} {mail}");
        }
    }
}
