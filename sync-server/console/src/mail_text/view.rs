//! The editor of mail texts: the list of mails, the text of one, and a preview of it.

use super::text::MailEditor;
use crate::part::{
    field::{Field, whole},
    form::Form,
    frame::{Frame, Menu},
    mails::{MailTab, tabs, text::mail_kind},
};
use dioxus::prelude::*;
use mail::{Audience, MailProperties, shown_name};
use model::{language::Language, mail::MailKind, time::Timestamp};
use storage::db::{Mail, MailText};
use ui::part::Icon;

const FORM: &str = "mailtekst";
/// The name of the HTML frame that shows the preview.
const FRAME: &str = "voorbeeld";

/// The contents of the page.
pub struct MailTextPage {
    pub frame: Frame,
    pub kind: &'static MailProperties,
    pub language: Language,
    /// The versions of the text, newest first.
    pub versions: Vec<MailText>,
    /// The mails, each in one language, for which the firm has a text of its own.
    pub own: Vec<(MailKind, Language)>,
    pub may_save: bool,
    pub form: Form,
    pub saved: bool,
    pub test_sent: bool,
    /// True if somebody else saved the text since this page was loaded.
    pub conflict: bool,
    /// The moment of the older version that the fields show, if they show one.
    pub old: Option<Timestamp>,
}

/// A mail as the preview shows it.
pub struct Preview<'p> {
    pub mail: &'p Mail,
    /// A sentence above the mail.
    pub remark: Option<&'p str>,
}

/// Returns the address of the editor of a mail.
fn href(kind: &MailProperties, language: Language) -> String {
    format!("/kantoor/sjablonen/{}/{}", kind.id.word(), language.tag())
}

pub fn page(at: &MailTextPage) -> String {
    let t = MailEditor(at.frame.language());
    at.frame.page(
        Menu::Mails,
        t.title(),
        rsx! {
            div { class: "head",
                h1 { {t.title()} }
                if at.may_save {
                    button { class: "btn", r#type: "submit", form: FORM, name: "action", value: "test",
                        Icon { name: "send" }
                        " "
                        {t.send_test()}
                    }
                    button { class: "btn btn--primary", r#type: "submit", form: FORM, name: "action", value: "save", {t.save()} }
                }
            }
            {tabs(&at.frame, MailTab::Texts)}
            div { class: "panes panes--3",
                nav { class: "flush", aria_label: t.title(), tabindex: "0",
                    {group(at, t.to_clients(), |kind| kind.audience == Audience::Person)}
                    {group(at, t.to_firm(), |kind| kind.audience != Audience::Person)}
                }
                div {
                    {editor(at)}
                    {versions(at)}
                }
                {preview_pane(at)}
            }
        },
    )
}

fn group(at: &MailTextPage, title: &'static str, belongs: impl Fn(&MailProperties) -> bool) -> Element {
    let reader = at.frame.language();
    let t = MailEditor(reader);
    let kinds = MailProperties::all().filter(|kind| belongs(kind)).map(|kind| {
        let own = at.own.iter().any(|(own, _)| *own == kind.id);
        (mail_kind(kind.id, reader), href(kind, at.language), kind.id == at.kind.id, own)
    });
    rsx! {
        h2 { class: "tiny muted group", {title} }
        ul { class: "lines",
            for (name , href , current , own) in kinds {
                li {
                    a { class: "is-link grow", href, aria_current: if current { "page" }, {name} }
                    if own {
                        span { class: "status", {t.changed()} }
                    }
                }
            }
        }
    }
}

fn notices(at: &MailTextPage) -> Element {
    let t = MailEditor(at.frame.language());
    let newest = at.versions.first().filter(|_| at.conflict);
    let good =
        if at.saved { Some(t.saved().to_owned()) } else { at.test_sent.then(|| t.test_sent(&at.frame.advisor.email)) };
    rsx! {
        if let Some(good) = good {
            div { class: "notice notice--ok", role: "status",
                Icon { name: "check" }
                strong { "{good}" }
            }
        }
        if !at.form.is_sound() {
            div { class: "notice notice--bad", role: "alert",
                Icon { name: "triangle-alert" }
                strong { {t.mistakes()} }
            }
        }
        if let Some(newest) = newest {
            div { class: "notice notice--bad", role: "alert",
                Icon { name: "triangle-alert" }
                strong { {t.conflict(&newest.by, &at.frame.time_format.short(newest.at))} }
                p { {t.conflict_lead()} }
                p {
                    a { href: "{href(at.kind, at.language)}?versie={newest.id}", target: "_blank", {t.theirs()} }
                }
            }
        }
        if let Some(old) = at.old {
            div { class: "notice", role: "status",
                Icon { name: "undo-2" }
                strong { {t.old_version(&at.frame.time_format.short(old))} }
            }
        }
        if !at.may_save {
            div { class: "notice",
                Icon { name: "lock" }
                p { {t.only_administrators()} }
            }
        }
    }
}

fn editor(at: &MailTextPage) -> Element {
    let reader = at.frame.language();
    let t = MailEditor(reader);
    let here = href(at.kind, at.language);
    let f = |name, label| Field::text(FORM, name, label);
    let languages = [(Language::Nl, "Nederlands"), (Language::En, "English")]
        .map(|(language, name)| (href(at.kind, language), language.tag(), name, language == at.language));
    rsx! {
        div { class: "between",
            h2 { {mail_kind(at.kind.id, reader)} }
            nav { class: "seg", aria_label: t.language(),
                for (href , tag , name , current) in languages {
                    a { href, lang: tag, aria_current: if current { "true" }, {name} }
                }
            }
        }
        {notices(at)}
        form { id: FORM, method: "post", action: "{here}", novalidate: true, class: "stack", "data-mail": "",
            {whole(&at.form)}
            input { r#type: "hidden", name: "seen", value: at.form.value("seen") }
            {f("subject", t.subject()).show(&at.form)}
            {f("preview", t.preview_line()).hint(t.optional()).show(&at.form)}
            {f("status", t.status()).hint(t.optional()).show(&at.form)}
            {f("heading", t.heading()).show(&at.form)}
            {f("body", t.body()).show_lines(&at.form, 18)}
            p { class: "hint", {t.body_hint()} " " {t.optional_hint()} " " {t.fixed()} }
            {f("button", t.button()).show(&at.form)}
            {variables(at)}
            if at.may_save {
                p { class: "cluster",
                    button { class: "btn btn--primary", r#type: "submit", name: "action", value: "save", {t.save()} }
                    button { class: "btn btn--quiet", r#type: "submit", name: "action", value: "reset",
                        Icon { name: "undo-2" }
                        " "
                        {t.reset()}
                    }
                }
            }
        }
    }
}

/// Lists the variables as text. Script turns them into buttons that insert them into the field.
fn variables(at: &MailTextPage) -> Element {
    let t = MailEditor(at.frame.language());
    let names = at.kind.names.iter().map(|name| {
        let shown = shown_name(name, at.language);
        (shown, t.insert(shown))
    });
    rsx! {
        div { class: "field",
            span { class: "label", {t.variables()} }
            p { class: "hint", {t.variables_hint()} }
            p { class: "vars",
                for (name , insert) in names {
                    span { class: "var", "data-variable": name, "data-label": insert, "{{{name}}}" }
                }
            }
        }
    }
}

fn versions(at: &MailTextPage) -> Element {
    let t = MailEditor(at.frame.language());
    let here = href(at.kind, at.language);
    let lines = at.versions.iter().enumerate().map(|(place, text)| {
        let who = t.version(&text.by, &at.frame.time_format.short(text.at));
        (format!("{here}?versie={}", text.id), who, text.source.is_none(), place == 0)
    });
    rsx! {
        section { class: "section", aria_labelledby: "versies",
            div { class: "section__head", h2 { id: "versies", {t.versions()} } }
            if at.versions.is_empty() {
                p { class: "muted", {t.no_versions()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for (href , who , standard , now) in lines {
                            li {
                                span { class: "grow",
                                    "{who}"
                                    if standard {
                                        span { class: "muted", " ({t.version_standard()})" }
                                    }
                                }
                                if now {
                                    span { class: "status status--ok", {t.version_now()} }
                                } else {
                                    a { class: "btn btn--s", href, {t.open_version()} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn preview_pane(at: &MailTextPage) -> Element {
    let reader = at.frame.language();
    let t = MailEditor(reader);
    let number = at.form.value("client");
    let address = format!("{}/voorbeeld", href(at.kind, at.language));
    let title = t.preview_of(mail_kind(at.kind.id, reader));
    let version = at.old.and_then(|old| at.versions.iter().find(|text| text.at == old));
    let shown = version.map_or_else(|| address.clone(), |text| format!("{address}?versie={}", text.id));
    rsx! {
        aside { class: "well", aria_label: t.preview(),
            div { class: "between between--end",
                div { class: "field",
                    label { r#for: "voorbeeldklant", {t.preview_client()} }
                    input { class: "input", id: "voorbeeldklant", name: "client", form: FORM, value: number, autocomplete: "off", inputmode: "numeric" }
                }
                if at.may_save {
                    button { class: "btn", r#type: "submit", form: FORM, formaction: "{address}", formtarget: FRAME, "data-preview": "",
                        Icon { name: "eye" }
                        " "
                        {t.show_preview()}
                    }
                }
            }
            div { class: "mailbox",
                iframe { class: "mailbox__frame", name: FRAME, title, src: "{shown}", "sandbox": "" }
            }
        }
    }
}

/// Renders an HTML document of its own: the mail with its head above it and its text below.
pub fn preview(reader: Language, shown: Preview<'_>) -> String {
    let t = MailEditor(reader);
    let mail = shown.mail;
    let above = dioxus_ssr::render_element(rsx! {
        div { style: HEAD,
            if let Some(remark) = shown.remark {
                p { style: "margin:0 0 8px;color:#8a1c1c;", {remark} }
            }
            {t.from(&mail.from_name)}
            br {}
            b { "{mail.subject}" }
        }
    });
    let below = dioxus_ssr::render_element(rsx! {
        details { style: HEAD,
            summary { style: "min-height:24px;cursor:pointer;", {t.as_text()} }
            pre { style: "white-space:pre-wrap;overflow-wrap:anywhere;font:13px/1.5 ui-monospace,monospace;", "{mail.body_text}" }
        }
    });
    // A link in the preview must not navigate the frame away, so it opens a new window.
    let html = mail.body_html.replacen("<head>", "<head>\n  <base target=\"_blank\">", 1);
    let body = html.find("<body").and_then(|at| html[at..].find('>').map(|end| at + end + 1));
    match (body, html.rfind("</body>")) {
        (Some(start), Some(end)) if start <= end => {
            format!("{}{above}{}{below}{}", &html[..start], &html[start..end], &html[end..])
        }
        _ => html,
    }
}

const HEAD: &str = "margin:0;padding:12px 16px;background:#ffffff;color:#353b47;font:14px/20px system-ui,sans-serif;border-bottom:1px solid #e1e4e9;";

/// Renders a sentence that says why there is no preview.
pub fn no_preview(reader: Language, sentence: &str) -> String {
    let body = dioxus_ssr::render_element(rsx! {
        p { style: HEAD, role: "alert", "{sentence}" }
    });
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head><body style=\"margin:0;background:#ffffff;\">{body}</body></html>\n",
        reader.tag(),
        MailEditor(reader).preview()
    )
}
