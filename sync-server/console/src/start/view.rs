//! The pages for a person who is not logged in: first start, invitation and login. The script
//! that passkeys need is `console.js`; its sentences come from
//! here, as data attributes.

use super::text::{Alarm, Start};
use crate::part::{
    bare::{self, outcome},
    field::Field,
    form::Form,
};
use dioxus::prelude::*;
use model::language::Language;
use ui::{
    part::{Icon, PasskeyIntro},
    welcome::WelcomeText,
};

fn welcome(title: &str, lead: &str) -> Element {
    welcome_of(title, lead, "")
}

/// Renders the head of such a page. `of_firm` is the title to use once the firm is known, with `#` for its name.
fn welcome_of(title: &str, lead: &str, of_firm: &str) -> Element {
    rsx! {
        div { class: "welcome", "data-title": of_firm,
            img { class: "welcome__logo", src: "/icons/akkoord.svg", alt: "", width: 80, height: 80 }
            h1 { "{title}" }
            p { class: "lead", "{lead}" }
        }
    }
}

/// Renders the first start, at which the firm and its administrator are created.
pub fn begin(language: Language) -> String {
    let t = Start(language);
    let empty = Form::default();
    let f = |name, label| Field::text("begin", name, label);
    bare::page(
        language,
        t.begin_title(),
        rsx! {
            {welcome(t.begin_title(), t.begin_lead())}
            {outcome(language)}
            form { class: "stack-l", id: "begin", novalidate: true,
                fieldset { class: "section",
                    legend { class: "section__head", h2 { {t.firm()} } }
                    {f("firm_name", t.firm_name()).autocomplete("organization").show(&empty)}
                    {f("firm_phone", t.firm_phone()).kind("tel").autocomplete("tel").show(&empty)}
                    {f("sender_address", t.sender_address()).kind("email").hint(t.sender_hint()).show(&empty)}
                }
                fieldset { class: "section",
                    legend { class: "section__head", h2 { {t.you()} } }
                    {f("name", t.name()).autocomplete("name").show(&empty)}
                    {f("given_name", t.given_name()).autocomplete("given-name").hint(t.given_name_hint()).show(&empty)}
                    {f("email", t.email()).kind("email").autocomplete("email").show(&empty)}
                    {f("user_name", t.user_name()).autocomplete("username").hint(t.user_name_hint()).show(&empty)}
                }
                PasskeyIntro { title: t.passkey_title(), body: t.passkey_lead() }
                button { class: "btn btn--primary btn--block", r#type: "submit",
                    Icon { name: "key-round" }
                    " "
                    {t.make_passkey()}
                }
            }
        },
    )
}

/// Renders the page behind the link of an advisor's invitation.
pub fn invited(language: Language) -> String {
    let t = Start(language);
    let empty = Form::default();
    let f = |name, label| Field::text("welkom", name, label);
    bare::page(
        language,
        t.welcome_title(),
        rsx! {
            {welcome_of(t.welcome_title(), t.welcome_lead(), &WelcomeText(language).title("#"))}
            {outcome(language)}
            div { id: "nieuwe-link", class: "notice notice--ok", role: "status", tabindex: "-1", hidden: true,
                Icon { name: "mail" }
                strong { {t.link_sent()} }
            }
            form { class: "stack-s", id: "opnieuw", hidden: true, "data-done": "nieuwe-link", "data-by-phone": t.link_by_phone(),
                button { class: "btn btn--primary btn--block", r#type: "submit", {t.link_again()} }
            }
            form { class: "stack", id: "welkom", novalidate: true,
                div { "data-only": "code", hidden: true,
                    {f("code", t.code()).autocomplete("one-time-code").hint(t.code_hint()).show(&empty)}
                }
                div { class: "stack", "data-only": "new",
                    {f("email", t.email()).kind("email").autocomplete("email").show(&empty)}
                    {f("user_name", t.user_name()).autocomplete("username").hint(t.user_name_hint()).show(&empty)}
                }
                PasskeyIntro { title: t.passkey_title(), body: t.passkey_lead() }
                button { class: "btn btn--primary btn--block", r#type: "submit",
                    Icon { name: "key-round" }
                    " "
                    {t.make_passkey()}
                }
                div { "data-only": "join",
                    button { class: "btn btn--block", r#type: "submit", value: "join", {t.join()} }
                }
            }
        },
    )
}

/// Renders the login, for which no name has to be typed.
pub fn login(language: Language) -> String {
    let t = Start(language);
    bare::page(
        language,
        t.login_title(),
        rsx! {
            {welcome(t.login_title(), t.login_lead())}
            {outcome(language)}
            form { class: "stack-s", id: "inloggen",
                button { class: "btn btn--primary btn--block", r#type: "submit",
                    Icon { name: "fingerprint-pattern" }
                    " "
                    {t.login()}
                }
                p { class: "small muted center", {t.login_hint()} }
            }
            ul { class: "push links",
                li { class: "small muted", {t.for_clients()} }
                li {
                    a { class: "textlink", href: "/",
                        Icon { name: "smartphone" }
                        " "
                        {t.open_app()}
                    }
                }
            }
        },
    )
}

/// Renders the page behind the link *this was not me* in a mail.
pub fn alarm(language: Language) -> String {
    let t = Alarm(language);
    bare::page(
        language,
        t.title(),
        rsx! {
            {welcome(t.title(), t.lead())}
            {outcome(language)}
            div { id: "gedaan", class: "notice notice--ok", role: "status", tabindex: "-1", hidden: true,
                Icon { name: "shield-check" }
                strong { {t.done()} }
            }
            form { class: "stack-s", id: "alarm", "data-done": "gedaan",
                button { class: "btn btn--primary btn--block", r#type: "submit",
                    Icon { name: "shield-check" }
                    " "
                    {t.button()}
                }
                p { class: "small muted center", {t.was_me()} }
            }
        },
    )
}
