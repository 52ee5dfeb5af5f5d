//! The frame around every page: the document, the side menu, the stage of a
//! client's year.

use crate::{
    console::{
        moments::Moments,
        phase::{Phase, Pip},
        text::{Importing, Shell, Stages},
    },
    db::{Advisor, AdvisorRole, Standing},
};
use dioxus::prelude::*;
use model::{hash::ContentHash, language::Language, time::TaxYear};
use ui::part::{Icon, Tone, initials};

/// Where a page stands in the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// `/kantoor`.
    Dashboard,
    /// `/kantoor/klanten` and below.
    Clients,
    /// `/kantoor/vragenlijsten` and below.
    Templates,
    /// `/kantoor/sjablonen` and below.
    Mails,
    /// `/kantoor/importeren`.
    Import,
    /// `/kantoor/portaal`.
    Portal,
}

/// What every page shows.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who looks.
    pub advisor: Advisor,
    /// Name of the firm.
    pub firm: String,
    /// Its logo.
    pub logo: Option<ContentHash>,
    /// How many clients the firm has.
    pub clients: usize,
    /// The present.
    pub moments: Moments,
}

impl Frame {
    /// Of the advisor.
    pub fn language(&self) -> Language {
        self.advisor.language
    }

    /// Whether the advisor may change anything.
    pub fn may_change(&self) -> bool {
        self.advisor.role != AdvisorRole::Reader
    }

    /// A whole page of the console.
    pub fn page(&self, menu: Menu, title: &str, content: Element) -> String {
        let t = Shell(self.language());
        let updated = self.moments.time_of_day(self.moments.now);
        let clients = self.clients;
        document(
            self.language(),
            title,
            "console",
            rsx! {
                a { class: "skip", href: "#inhoud", {t.skip()} }
                header { class: "side",
                    a { class: "side__brand", href: "/kantoor",
                        img { src: "/icons/akkoord.svg", alt: "", width: 28, height: 28 }
                        " Akkoord"
                    }
                    a { class: "side__search", href: "/kantoor/klanten#zoek", "data-search": "",
                        Icon { name: "search" }
                        " "
                        {t.search()}
                    }
                    nav { aria_label: t.menu(),
                        ul { class: "side__nav",
                            {entry("/kantoor", "layout-dashboard", t.dashboard(), menu == Menu::Dashboard, None)}
                            {entry("/kantoor/klanten", "users", t.clients(), menu == Menu::Clients, Some(clients))}
                            {entry("/kantoor/vragenlijsten", "list-checks", t.templates(), menu == Menu::Templates, None)}
                            {entry("/kantoor/sjablonen", "mail", t.mails(), menu == Menu::Mails, None)}
                            if self.may_change() {
                                {entry("/kantoor/importeren", "user-plus", Importing(self.language()).menu(), menu == Menu::Import, None)}
                            }
                            {entry("/kantoor/portaal", "palette", t.portal(), menu == Menu::Portal, None)}
                        }
                    }
                    div { class: "side__foot",
                        p { class: "side__sync", id: "bijgewerkt", role: "status",
                            Icon { name: "cloud-check" }
                            " "
                            {t.updated(&updated)}
                        }
                        p { class: "side__me",
                            {small_avatar(&self.advisor.name)}
                            " "
                            span {
                                {self.advisor.name.as_str()}
                                br {}
                                span { class: "tiny muted",
                                    if let Some(logo) = self.logo {
                                        img { class: "side__logo", src: "/api/logos/{logo}", alt: "", width: "16", height: "16" }
                                        " "
                                    }
                                    {self.firm.as_str()}
                                }
                            }
                        }
                        form { method: "post", action: "/kantoor/uitloggen",
                            button { class: "btn btn--quiet btn--s", r#type: "submit", {t.log_out()} }
                        }
                    }
                }
                main { class: "work", id: "inhoud",
                    {content}
                }
                {super::search::dialog(self.language())}
            },
        )
    }
}

/// The initials of a person, small; the name stands beside it.
pub fn small_avatar(name: &str) -> Element {
    rsx! {
        span { class: "avatar avatar--s", aria_hidden: "true", {initials(name)} }
    }
}

fn entry(href: &'static str, icon: &'static str, label: &'static str, current: bool, count: Option<usize>) -> Element {
    rsx! {
        li {
            a { href, aria_current: if current { "page" },
                Icon { name: icon }
                " "
                span { {label} }
                if let Some(count) = count {
                    span { class: "count", "{count}" }
                }
            }
        }
    }
}

/// A whole HTML document. The content may not hold inline script or style.
pub fn document(language: Language, title: &str, class: &'static str, content: Element) -> String {
    let title = escape(title);
    let lang = language.tag();
    let body = dioxus_ssr::render_element(content);
    format!(
        r##"<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>{title} · Akkoord</title>
<link rel="icon" href="/icons/akkoord.svg" type="image/svg+xml">
<link rel="stylesheet" href="/app.css">
<link rel="stylesheet" href="/console.css">
<script type="module" src="/console.js"></script>
</head>
<body class="{class}">{body}</body>
</html>
"##
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The choice between tax years, as links.
pub fn years(language: Language, years: &[TaxYear], current: TaxYear, href: impl Fn(TaxYear) -> String) -> Element {
    let links: Vec<_> = years.iter().map(|y| (*y, href(*y), *y == current)).collect();
    rsx! {
        if links.len() > 1 {
            nav { class: "seg", aria_label: Shell(language).tax_year(),
                for (year , href , is_current) in links {
                    a { href, aria_current: if is_current { "true" }, "{year}" }
                }
            }
        }
    }
}

/// The head of a page that offers nothing there: its title and what it is for.
pub fn title(title: &str, lead: &str) -> Element {
    rsx! {
        div { class: "head",
            div {
                h1 { {title} }
                p { class: "muted", {lead} }
            }
        }
    }
}

/// The head of a page below another one: the way back, and what it is about.
pub fn head(back: &str, words: &str, title: &str) -> Element {
    rsx! {
        div { class: "head",
            div {
                p { class: "cluster small",
                    a { class: "crumb", href: back,
                        Icon { name: "chevron-left" }
                        " "
                        {words}
                    }
                }
                h1 { {title} }
            }
        }
    }
}

/// Where the page hears of news; shown when it could not take over all of them
/// by itself.
pub fn live(language: Language, address: &str) -> Element {
    rsx! {
        p { class: "notice small", role: "status", hidden: true, "data-live": address,
            Icon { name: "info" }
            " "
            a { href: "", {Shell(language).something_new()} }
        }
    }
}

/// The five marks of a stage and its name.
pub fn stage(language: Language, phase: Phase, standing: Option<&Standing>) -> Element {
    let part = standing
        .filter(|_| phase == Phase::ToApprove)
        .map(|s| Stages(language).part(s.approvals_given, s.approvals_asked));
    rsx! {
        span { class: "stage",
            span { class: "stage__pips", aria_hidden: "true",
                for pip in phase.pips() {
                    i { class: match pip { Pip::Open => "", Pip::Now => "is-now", Pip::Done => "is-done", Pip::Complete => "is-ok" } }
                }
            }
            {phase_name(language, phase)}
            if let Some(part) = part {
                " "
                span { class: "muted", "{part}" }
            }
        }
    }
}

/// What a phase is called.
pub fn phase_name(language: Language, phase: Phase) -> &'static str {
    let t = Stages(language);
    match phase {
        Phase::NotInvited => t.not_invited(),
        Phase::Invited => t.invited(),
        Phase::Registered => t.registered(),
        Phase::Checklist => t.checklist(),
        Phase::ToDraft => t.to_draft(),
        Phase::ToApprove => t.to_approve(),
        Phase::Approved => t.approved(),
    }
}

/// How what waits for the advisor is shown: tone, icon, words.
pub fn attention(language: Language, word: &str) -> Option<(Tone, &'static str, &'static str)> {
    let t = Stages(language);
    match word {
        "declined" => Some((Tone::Bad, "message-circle-question-mark", t.attention_declined())),
        "not_accepted" => Some((Tone::Bad, "triangle-alert", t.attention_not_accepted())),
        "ready_to_file" => Some((Tone::Ok, "badge-check", t.attention_ready_to_file())),
        "question" => Some((Tone::Info, "message-circle", t.attention_question())),
        "proposal" => Some((Tone::Info, "pencil", t.attention_proposal())),
        "differing" => Some((Tone::Wait, "circle-alert", t.attention_differing())),
        "handed_in" => Some((Tone::Accent, "list-checks", t.attention_handed_in())),
        _ => None,
    }
}

/// How far a checklist is, as a bar with its count.
pub fn meter(language: Language, answered: u32, asked: u32) -> Element {
    let label = Stages(language).questions(answered, asked);
    rsx! {
        span { class: "meter",
            progress { class: "bar", value: "{answered}", max: "{asked}", aria_label: label }
            "{answered}/{asked}"
        }
    }
}
