//! The page about a firm's mail server and the key that signs its mails.

use super::text::MailServer as Text;
use crate::part::{
    field::Field,
    form::Form,
    frame::{Frame, Menu, title},
    mails::{MailTab, tabs},
};
use dioxus::prelude::*;
use storage::db::{MailKey, MailServer};
use ui::part::Icon;

const FORM: &str = "mailserver";
/// The kinds of key, with the names that mail people know them by.
const ALGORITHMS: [(&str, &str); 2] = [("ed25519", "Ed25519"), ("rsa", "RSA, 2048 bits")];

/// The result of the last action on this page.
pub enum Outcome {
    Saved,
    /// The mail server accepted the test mail. The text is the server's answer.
    Good(String),
    /// The mail server did not accept the test mail. The text says why.
    Bad(String),
    /// There was no encrypted conversation, for whatever reason.
    NotReached,
    /// The mail server did not accept the test mail, and its answer is not shown, since it was not encrypted.
    Refused,
    /// There were too many tests.
    TooMany,
}

/// The contents of the page.
pub struct MailServerPage {
    pub frame: Frame,
    pub form: Form,
    pub outcome: Option<Outcome>,
    /// The address that the firm's mails are sent from.
    pub sender: String,
    pub server: Option<MailServer>,
    pub key: Option<MailKey>,
    /// The name and the text of the DNS record for the key.
    pub record: Option<(String, String)>,
    /// True if browsers run on this machine, so that no connection has to be encrypted.
    pub local: bool,
}

pub fn page(at: &MailServerPage) -> String {
    let t = Text(at.frame.language());
    at.frame.page(
        Menu::Mails,
        t.title(),
        rsx! {
            {title(t.title(), t.lead())}
            {tabs(&at.frame, MailTab::Server)}
            div { class: "panes panes--2",
                div {
                    {outcome(at)}
                    {server(at)}
                }
                div { {signature(at)} }
            }
        },
    )
}

fn outcome(at: &MailServerPage) -> Element {
    let t = Text(at.frame.language());
    rsx! {
        match &at.outcome {
            None => rsx! {},
            Some(Outcome::Saved) => rsx! {
                div { class: "notice notice--ok", role: "status",
                    Icon { name: "check" }
                    strong { {t.saved()} }
                }
            },
            Some(Outcome::Good(words)) => rsx! {
                div { class: "notice notice--ok", role: "status",
                    Icon { name: "check" }
                    strong { {t.test_good()} }
                    if !words.is_empty() {
                        p { class: "code", "{words}" }
                    }
                }
            },
            Some(Outcome::Bad(words)) => rsx! {
                div { class: "notice notice--bad", role: "alert",
                    Icon { name: "triangle-alert" }
                    strong { {t.test_bad()} }
                    p { class: "code", "{words}" }
                }
            },
            Some(Outcome::NotReached) => failed(t.not_reached()),
            Some(Outcome::Refused) => failed(t.test_refused()),
            Some(Outcome::TooMany) => failed(t.too_many()),
        }
    }
}

fn failed(sentence: &'static str) -> Element {
    rsx! {
        div { class: "notice notice--bad", role: "alert",
            Icon { name: "triangle-alert" }
            strong { {sentence} }
        }
    }
}

fn server(at: &MailServerPage) -> Element {
    let t = Text(at.frame.language());
    let f = |name, label| Field::text(FORM, name, label);
    let now = at.server.as_ref().map_or_else(|| t.common().to_owned(), |server| t.by(&server.host));
    let mut security = vec![("starttls", t.starttls()), ("tls", t.tls())];
    if at.local {
        security.push(("none", t.plain()));
    }
    let kept = at.server.as_ref().is_some_and(|server| server.password.is_some());
    let password = f("password", t.password()).kind("password").autocomplete("new-password");
    let password = if kept { password.hint(t.password_kept()) } else { password };
    rsx! {
        section { class: "section", aria_labelledby: "eigen-server",
            div { class: "section__head", h2 { id: "eigen-server", {t.own_server()} } }
            p { class: "muted", "{now}" }
            form { class: "stack", id: FORM, method: "post", action: "/kantoor/mailserver", novalidate: true,
                {f("host", t.host()).hint(t.host_hint()).show(&at.form)}
                div { class: "two",
                    {f("port", t.port()).show(&at.form)}
                    {f("security", t.security()).show_choice(&at.form, &security)}
                }
                div { class: "two",
                    {f("user", t.user()).show(&at.form)}
                    {password.show(&at.form)}
                }
                {f("from", t.from()).hint(t.from_hint()).show(&at.form)}
                p { class: "cluster",
                    button { class: "btn btn--primary", r#type: "submit", name: "action", value: "save", {t.save()} }
                    button { class: "btn", r#type: "submit", name: "action", value: "test",
                        Icon { name: "send" }
                        " "
                        {t.test()}
                    }
                    if at.server.is_some() {
                        button { class: "btn btn--quiet", r#type: "submit", name: "action", value: "remove", {t.remove()} }
                    }
                }
            }
        }
    }
}

fn signature(at: &MailServerPage) -> Element {
    let t = Text(at.frame.language());
    let host = at.sender.rsplit_once('@').map_or("", |(_, host)| host).to_owned();
    let mut form = Form::proposing([("domain", at.key.as_ref().map_or(host.as_str(), |key| key.domain.as_str()))]);
    if let Some(error) = at.form.error("domain") {
        form.set("domain", at.form.value("domain"));
        form.refuse("domain", error);
    }
    let make = if at.key.is_some() { t.make_again() } else { t.make() };
    let other = at.key.as_ref().is_some_and(|key| !key.domain.eq_ignore_ascii_case(&host));
    rsx! {
        section { class: "section", id: "handtekening", aria_labelledby: "handtekening-titel",
            div { class: "section__head", h2 { id: "handtekening-titel", {t.signature()} } }
            p { class: "muted", {t.signature_lead()} }
            if let (Some(key), Some((name, text))) = (&at.key, &at.record) {
                {record(t, key, name, text)}
                if other {
                    div { class: "notice notice--wait",
                        Icon { name: "triangle-alert" }
                        p { {t.other_domain(&at.sender)} }
                    }
                }
            }
            form { class: "stack", method: "post", action: "/kantoor/mailserver/sleutel", novalidate: true,
                {Field::text("sleutel", "domain", t.domain()).show(&form)}
                {Field::text("sleutel", "algorithm", t.algorithm()).hint(t.algorithm_hint()).show_choice(&form, &ALGORITHMS)}
                p { button { class: "btn", r#type: "submit", name: "action", value: "make", {make} } }
            }
        }
    }
}

fn record(t: Text, key: &MailKey, name: &str, text: &str) -> Element {
    let (action, label) = if key.used { ("off", t.switch_off()) } else { ("on", t.switch_on()) };
    rsx! {
        p { class: "muted", {t.dns()} }
        div { class: "field",
            label { r#for: "record-naam", {t.record_name()} }
            input { class: "input code", id: "record-naam", readonly: true, value: "{name}" }
        }
        div { class: "field",
            label { r#for: "record-waarde", {t.record_text()} }
            textarea { class: "textarea code", id: "record-waarde", readonly: true, rows: "6", "{text}" }
        }
        form { class: "between", method: "post", action: "/kantoor/mailserver/sleutel",
            if key.used {
                p { class: "status status--ok", {t.is_on(&key.domain)} }
            } else {
                p { class: "muted", {t.is_off()} }
            }
            button { class: "btn", r#type: "submit", name: "action", value: action, {label} }
        }
    }
}
