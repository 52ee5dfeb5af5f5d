//! Registration from the link in a mail. The secret of the link stays behind
//! the `#` and leaves this device only to be redeemed.

mod form;
mod page;

use crate::{
    app::{Fragment, use_client},
    client::ApiError,
    platform::{self, PasskeyError, Place, passkey, window},
    route::Route,
    text::{self, Passkey, said},
};
use dioxus::prelude::*;
use model::api::{Join, StartRegistration};
pub use page::{Problem, Step, Typed, WelcomePage};
use ui::text::Language;

/// The screen at `/welkom#token`.
#[component]
pub fn Welcome() -> Element {
    let client = use_client();
    let token = use_context::<Fragment>().0;
    use_hook(window::reload_on_new_fragment);
    // Back in the address, so that loading the page again does not lose it.
    let address = token.clone();
    use_effect(move || {
        if let Some(fragment) = &address {
            window::set_fragment(fragment);
        }
    });
    let mut step = use_signal(|| if token.is_some() { Step::Looking } else { Step::NoLink });
    let mut problem = use_signal(|| None::<Problem>);
    let mut busy = use_signal(|| false);
    let mut mail_code = use_signal(|| false);
    let mut sent = use_signal(|| None::<bool>);
    let mut place = use_signal(window::place);
    let mut copied = use_signal(|| false);
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
                        platform::page::set_accent(&invitation.accent);
                        step.set(Step::Invited(invitation));
                    }
                    Err(error) => step.set(Step::Stopped(error)),
                }
            });
        })
    };
    use_effect(move || look.call(()));
    let new_link = {
        let (client, token) = (client.clone(), token.clone());
        move |()| {
            let (client, Some(token)) = (client.clone(), token.clone()) else { return };
            spawn(async move {
                match client.ask_new_link(&token).await {
                    Ok(was_sent) => sent.set(Some(was_sent)),
                    Err(error) => step.set(Step::Stopped(error)),
                }
            });
        }
    };
    let wrong_person = {
        let (client, token) = (client.clone(), token.clone());
        move |()| {
            let (client, Some(token)) = (client.clone(), token.clone()) else { return };
            spawn(async move {
                match client.refuse_invitation(&token).await {
                    Ok(()) => step.set(Step::SomebodyElse),
                    Err(error) => step.set(Step::Stopped(error)),
                }
            });
        }
    };
    let join = {
        let (client, token) = (client.clone(), token.clone());
        move |code: String| {
            let (client, Some(token)) = (client.clone(), token.clone()) else { return };
            if busy() {
                return;
            }
            busy.set(true);
            problem.set(None);
            spawn(async move {
                let outcome: Result<(), Stop> = async {
                    let begun = client.start_login().await?;
                    let (credential, secret) = passkey::get(begun.options).await?;
                    let join = Join { token, code, ceremony: begun.ceremony, credential };
                    Ok(client.join(&join, secret).await?)
                }
                .await;
                busy.set(false);
                match outcome {
                    Ok(()) => {
                        navigator().replace(Route::Overview {});
                    }
                    Err(stop) => problem.set(Some(explain(stop, language))),
                }
            });
        }
    };
    let register = move |typed: Typed| {
        let (client, Some(token)) = (client.clone(), token.clone()) else { return };
        let Typed { user_name, email, code, mail_code: given } = typed;
        // Who gets a new passkey keeps name and address.
        let renews = matches!(&*step.peek(), Step::Invited(invitation) if invitation.user_name.is_some());
        let wrong = if renews { None } else { wrong_field(&user_name, &email, language) };
        problem.set(wrong.clone());
        if busy() || wrong.is_some() {
            return;
        }
        busy.set(true);
        spawn(async move {
            let outcome: Result<(), Stop> = async {
                let start =
                    StartRegistration { code, mail_code: given, ..StartRegistration::of(&token, &user_name, &email) };
                let begun = match client.start_registration(&start).await {
                    Err(ApiError::Refused(why)) if why.error == "mail_differs" => {
                        // Another address: it is confirmed by a code that is mailed there.
                        client.confirm_mail(&token, &email).await?;
                        mail_code.set(true);
                        return Err(Stop::MailCode);
                    }
                    begun => begun?,
                };
                let (credential, secret) = passkey::create(begun.options).await?;
                client.finish_registration(begun.ceremony, credential, secret).await?;
                Ok(())
            }
            .await;
            busy.set(false);
            match outcome {
                // The address with the secret is not kept in the history.
                Ok(()) => {
                    navigator().replace(Route::Overview {});
                }
                Err(Stop::MailCode) => {}
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
            mail_code: mail_code(),
            sent: sent(),
            place: place(),
            copied: copied(),
            on_copy: move |()| {
                spawn(async move {
                    let address = window::address();
                    copied.set(window::copy(&address).await);
                });
            },
            on_anyway: move |()| place.set(Place::Browser),
            on_new_link: new_link,
            on_wrong_person: wrong_person,
            on_join: join,
            on_retry: look,
            on_register: register,
        }
    }
}

enum Stop {
    /// A code is on its way to another mail address.
    MailCode,
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
        Stop::MailCode => Problem::Other(text.mail_code_sent().to_owned()),
        Stop::Passkey(PasskeyError::Cancelled) => Problem::Other(keys.cancelled_create().to_owned()),
        Stop::Passkey(PasskeyError::Unsupported) => Problem::Other(keys.unsupported().to_owned()),
        Stop::Passkey(PasskeyError::Failed) => Problem::Other(keys.failed().to_owned()),
        Stop::Api(ApiError::Offline) => Problem::Other(text.offline_now().to_owned()),
        Stop::Api(ApiError::Failed) => Problem::Other(text.failed().to_owned()),
        Stop::Api(ApiError::Refused(why)) => match why.error.as_str() {
            "user_name_taken" | "user_name_malformed" => Problem::UserName(said(&why, language)),
            "code_wrong" => Problem::Code(said(&why, language)),
            "mail_differs" | "mail_malformed" => Problem::Mail(said(&why, language)),
            _ => Problem::Other(said(&why, language)),
        },
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
                Problem::Code(_) => "code",
                Problem::Other(_) => "other",
            });
            assert_eq!(found, expected, "{name} {mail}");
        }
    }
}
