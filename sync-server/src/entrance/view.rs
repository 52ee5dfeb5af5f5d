//! The markup of the pages before the app: pure functions from a firm and a language to HTML. Everything that can
//! become visible is in the page from the start, most of it hidden; `assets/entrance.js` shows what applies.

use super::{
    host::Host,
    text::{Elsewhere, Login, Welcome},
};
use dioxus::prelude::*;
use model::language::Language;
use ui::{
    format,
    html::escape,
    part::{Icon, PasskeyIntro},
    welcome::WelcomeText,
};

/// Renders the page behind the link of an invitation.
pub fn welcome(language: Language, host: Option<&Host>) -> String {
    let t = Welcome(language);
    let welcome = WelcomeText(language);
    let (title, lead) = match host {
        Some(host) if host.welcome.is_empty() => (welcome.title(&host.firm.name), welcome.lead().to_owned()),
        Some(host) => (welcome.title(&host.firm.name), host.welcome.clone()),
        None => (t.title_plain().to_owned(), welcome.lead().to_owned()),
    };
    document(
        language,
        host,
        t.title_plain(),
        rsx! {
            main {
                class: "page",
                id: "inhoud",
                "data-page": "welcome",
                "data-waits": t.waits(),
                "data-waits-many": t.waits_many(),
                "data-user-name-short": t.user_name_short(),
                "data-mail-wrong": t.mail_wrong(),
                "data-mail-code-sent": t.mail_code_sent(),
                "data-offline": t.offline_now(),
                "data-failed": t.failed(),
                "data-cancelled": t.cancelled(),
                "data-unsupported": t.unsupported(),
                "data-passkey-failed": t.passkey_failed(),
                "data-title": "{welcome.title(\"#\")}",
                "data-renews": "{t.renews(\"#\")}",
                "data-wrong-person": "{t.wrong_person(\"#\")}",
                div { class: "welcome", "data-state": "checking invited",
                    {logo(host)}
                    h1 { id: "titel", "{title}" }
                    p { class: "lead", id: "welkom", "{lead}" }
                }
                p { class: "muted center", role: "status", "data-state": "checking", {t.checking()} }
                {without_script(language)}
                {invited(language, host)}
                {elsewhere(language, host)}
                {stopped_states(language)}
            }
        },
    )
}

/// Renders the fields, all of them filled in already, and the button.
fn invited(language: Language, host: Option<&Host>) -> Element {
    let (t, welcome) = (Welcome(language), WelcomeText(language));
    rsx! {
        div { class: "contents", "data-state": "invited", hidden: true,
            div { class: "notice notice--info", id: "wacht", hidden: true,
                Icon { name: "bell" }
                strong {}
            }
            form { class: "stack", id: "registreren", novalidate: true,
                {field("code", "text", "one-time-code", t.code(), t.code_hint(), true)}
                div { class: "notice notice--info", id: "vernieuwt", hidden: true,
                    Icon { name: "key-round" }
                    strong {}
                    p { {t.renews_body()} }
                }
                {field("gebruikersnaam", "text", "username", t.user_name(), t.user_name_hint(), false)}
                {field("mail", "email", "email", t.mail(), t.mail_hint(), false)}
                {field("mailcode", "text", "one-time-code", t.mail_code(), t.mail_code_hint(), true)}
            }
            PasskeyIntro { title: welcome.passkey_title(), body: welcome.passkey_body() }
            div { class: "push stick",
                {problem("registreren")}
                button { class: "btn btn--primary btn--block", r#type: "submit", form: "registreren", id: "maak", "data-busy": t.busy(),
                    Icon { name: "key-round" }
                    " "
                    span { {welcome.make()} }
                }
            }
            div { class: "stack-s",
                button { class: "btn btn--block", r#type: "button", id: "meedoen", {t.join()} }
                button { class: "btn btn--quiet btn--block", r#type: "button", id: "niet-ik" }
                p { class: "tiny muted center",
                    {t.takes()}
                    {help(language, host)}
                }
            }
        }
    }
}

/// Renders how to continue from a window in which a passkey cannot be made. Opening the link here does not use it up.
fn elsewhere(language: Language, host: Option<&Host>) -> Element {
    let t = Elsewhere(language);
    rsx! {
        div { class: "contents", "data-state": "elsewhere", hidden: true,
            div { class: "welcome",
                {logo(host)}
                h1 { "data-firm-title": "",
                    {host.map_or_else(|| Welcome(language).title_plain().to_owned(), |host| WelcomeText(language).title(&host.firm.name))}
                }
                p { class: "lead", "data-place": "ios inside", {t.inside()} }
                p { class: "lead", "data-place": "without", {t.without()} }
            }
            ol { class: "card card--pad stack-s numbered",
                li { {t.copy_it()} }
                li { "data-place": "ios", {t.safari()} }
                li { "data-place": "inside", {t.chrome()} }
                li { "data-place": "without", {t.newer()} }
                li { {t.paste_it()} }
            }
            div { class: "notice notice--info",
                Icon { name: "link" }
                p { {t.unspent()} }
            }
            div { class: "push stick",
                button { class: "btn btn--primary btn--block", r#type: "button", id: "kopieer", "data-copied": t.copied(),
                    Icon { name: "link" }
                    " "
                    span { {t.copy()} }
                }
            }
            div { class: "stack-s",
                p { class: "sr", role: "status", id: "gekopieerd" }
                button { class: "btn btn--quiet btn--block", r#type: "button", id: "toch-hier", "data-place": "ios inside", {t.anyway()} }
                p { class: "tiny muted center", {help(language, host)} }
            }
        }
    }
}

/// Renders why nobody can register with this link, and how to continue.
fn stopped_states(language: Language) -> Element {
    let t = Welcome(language);
    let to_login = rsx! {
        a { class: "btn btn--primary btn--block", href: "/inloggen", "data-login": "", {t.to_login()} }
    };
    let new_link = || {
        rsx! {
            button { class: "btn btn--primary btn--block", r#type: "button", "data-action": "new-link", {t.new_link()} }
        }
    };
    let retry = || {
        rsx! {
            button { class: "btn btn--block", r#type: "button", "data-action": "retry", {t.retry()} }
        }
    };
    rsx! {
        {stopped("used", t.used_title(), "", to_login.clone())}
        {stopped("expired", t.expired_title(), "", new_link())}
        {stopped("voided", t.voided_title(), "", new_link())}
        {stopped("withdrawn", t.withdrawn_title(), "", retry())}
        {stopped("unknown", t.unknown_title(), t.unknown_body(), to_login)}
        {stopped("refused", t.title_plain(), t.failed(), retry())}
        {stopped("offline", t.offline_title(), t.offline_body(), retry())}
        {stopped("somebody-else", t.somebody_else_title(), t.somebody_else_body(), VNode::empty())}
        div { class: "notice notice--ok", role: "status", "data-state": "link-sent", hidden: true,
            Icon { name: "mail" }
            strong { {t.new_link_sent()} }
        }
        div { class: "notice notice--wait", role: "status", "data-state": "link-by-phone", hidden: true,
            Icon { name: "phone" }
            strong { {t.new_link_by_phone()} }
        }
    }
}

/// Renders a page without a further step; the server's own sentence replaces the one in it, if there is one.
fn stopped(state: &'static str, title: &'static str, body: &'static str, next: Element) -> Element {
    rsx! {
        div { class: "contents", "data-state": state, hidden: true,
            div { class: "stack push", role: "alert",
                h1 { {title} }
                p { class: "lead", "data-sentence": "", {body} }
            }
            {next}
        }
    }
}

/// Renders the login, for which no name has to be typed.
pub fn login(language: Language, host: Option<&Host>) -> String {
    let (t, w) = (Login(language), Welcome(language));
    let lead = host.map_or_else(|| t.lead().to_owned(), |host| t.lead_at(&host.firm.name));
    document(
        language,
        host,
        t.title(),
        rsx! {
            main {
                class: "page",
                id: "inhoud",
                "data-page": "login",
                "data-cancelled": t.cancelled(),
                "data-unsupported": w.unsupported(),
                "data-passkey-failed": w.passkey_failed(),
                "data-offline": t.offline(),
                "data-failed": w.failed(),
                "data-mail-wrong": w.mail_wrong(),
                "data-waits": t.waits(),
                "data-waits-many": t.waits_many(),
                div { class: "welcome push",
                    {logo(host)}
                    h1 { {t.title()} }
                    p { class: "lead", "{lead}" }
                }
                div { class: "notice notice--wait", id: "wacht", role: "status", hidden: true,
                    Icon { name: "cloud-upload" }
                    strong {}
                }
                div { class: "notice notice--info", id: "al-open", hidden: true,
                    Icon { name: "smartphone" }
                    strong { {t.is_open()} }
                    p {
                        a { href: "/", {t.open()} }
                    }
                }
                {without_script(language)}
                div { class: "stack-s",
                    {problem("inloggen")}
                    button { class: "btn btn--primary btn--block", r#type: "button", id: "log-in", "data-busy": t.busy(),
                        Icon { name: "fingerprint-pattern" }
                        " "
                        span { {t.button()} }
                    }
                    p { class: "small muted center", {t.with()} }
                    div { id: "kiezen", hidden: true,
                        {field("passkey", "text", "username webauthn", t.choose(), t.choose_hint(), false)}
                    }
                }
                {new_link(language, host)}
                ul { class: "push links links--apart",
                    li { class: "small muted", {t.first_time()} }
                    if let Some(host) = host {
                        li { class: "small muted",
                            {WelcomeText(language).help(&host.firm.name)}
                            " "
                            {phone(&host.firm.phone)}
                        }
                    } else {
                        li { class: "small muted", {t.help()} }
                    }
                    li { class: "tiny muted", {t.offline_hint()} }
                }
            }
        },
    )
}

/// Renders the form that asks for a new link to the address that the firm knows; only if the firm is known.
fn new_link(language: Language, host: Option<&Host>) -> Element {
    let t = Login(language);
    let Some(host) = host else { return VNode::empty() };
    rsx! {
        details { id: "nieuwe-link",
            summary {
                Icon { name: "chevron-right" }
                " "
                {t.new_link()}
            }
            form { class: "stack-s", id: "link", novalidate: true, "data-firm": "{host.firm.slug}",
                {field("linkmail", "email", "email", t.new_link_mail(), t.new_link_hint(), false)}
                button { class: "btn btn--block", r#type: "submit", {t.new_link_send()} }
            }
            div { class: "notice notice--ok", role: "status", tabindex: "-1", id: "link-onderweg", hidden: true,
                Icon { name: "mail" }
                strong { {t.new_link_sent()} }
                p { {t.new_link_lost()} }
            }
        }
    }
}

fn field(
    id: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    label: &'static str,
    hint: &'static str,
    hidden: bool,
) -> Element {
    rsx! {
        div { class: "field", hidden: if hidden { true },
            label { r#for: id, {label} }
            input {
                class: "input",
                id,
                r#type: kind,
                autocomplete,
                autocapitalize: "none",
                spellcheck: "false",
                inputmode: if autocomplete == "one-time-code" { "numeric" },
                aria_describedby: "{id}-hint",
            }
            p { class: "hint", id: "{id}-hint", {hint} }
        }
    }
}

/// Renders the place for what went wrong if it concerns no field.
fn problem(at: &'static str) -> Element {
    rsx! {
        div { id: "melding", "data-at": at }
    }
}

fn without_script(language: Language) -> Element {
    rsx! {
        noscript {
            div { class: "notice notice--bad",
                Icon { name: "triangle-alert" }
                strong { {Welcome(language).needs_script()} }
            }
        }
    }
}

fn logo(host: Option<&Host>) -> Element {
    let src = host
        .and_then(|host| host.logo)
        .map_or_else(|| "/icons/akkoord.svg".to_owned(), |logo| format!("/api/logos/{logo}"));
    rsx! {
        img { class: "welcome__logo", src: "{src}", alt: "", width: "80", height: "80" }
    }
}

fn phone(number: &str) -> Element {
    rsx! {
        a { class: "nowrap", href: format::tel(number), "{number}" }
    }
}

fn help(language: Language, host: Option<&Host>) -> Element {
    let Some(host) = host else { return VNode::empty() };
    rsx! {
        " "
        {WelcomeText(language).help(&host.firm.name)}
        " "
        {phone(&host.firm.phone)}
    }
}

/// Renders the whole document, which has no inline script and no inline style.
fn document(language: Language, host: Option<&Host>, title: &str, page: Element) -> String {
    let t = Welcome(language);
    let body = dioxus_ssr::render_element(rsx! {
        div { id: "shell", "data-entrance": "",
            a { class: "skip", href: "#inhoud", {t.skip()} }
            div { class: "app bare", {page} }
        }
        div { id: "main" }
    });
    let of_firm = host.map(|host| format!(" · {}", host.firm.name)).unwrap_or_default();
    let title = escape(&format!("{title}{of_firm}"));
    let brand = match host.and_then(|host| host.firm.accent.strip_prefix('#')) {
        Some(digits) => format!("<link rel=\"stylesheet\" id=\"brand\" href=\"/api/accents/{digits}\">"),
        None => "<link rel=\"stylesheet\" id=\"brand\">".to_owned(),
    };
    let login = host.map_or_else(|| "/inloggen".to_owned(), |host| host.firm.login_path(language));
    let (lang, description) = (language.tag(), t.description());
    format!(
        r##"<!doctype html>
<html lang="{lang}" data-login="{login}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>{title}</title>
<meta name="description" content="{description}">
<meta name="theme-color" content="#f4f5f7" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0f1115" media="(prefers-color-scheme: dark)">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<link rel="stylesheet" href="/app.css">
{brand}
<link rel="modulepreload" href="/passkey.js">
<script type="module" src="/entrance.js"></script>
<link rel="manifest" href="/manifest.webmanifest">
<link rel="icon" href="/icons/akkoord.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icons/apple-touch-icon.png">
</head>
<body class="app">{body}</body>
</html>
"##
    )
}
