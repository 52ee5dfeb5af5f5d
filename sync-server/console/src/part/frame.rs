//! The frame around every page: the HTML document and the side menu.

mod search_dialog;
pub mod text;

use super::{reading, time_format::TimeFormat};
use dioxus::prelude::*;
use model::{hash::ContentHash, language::Language, time::TaxYear};
use storage::db::{Advisor, AdvisorRole};
use text::Shell;
use ui::{
    html::escape,
    part::{Icon, initials},
};

/// The entries of the menu, of which a page marks one as current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// The page `/kantoor`.
    Dashboard,
    /// The page `/kantoor/klanten` and the pages below it.
    Clients,
    /// The page `/kantoor/aangiften`.
    Returns,
    /// The page `/kantoor/vragenlijsten` and the pages below it.
    Templates,
    /// The page `/kantoor/sjablonen` and the pages below it.
    Mails,
    /// The page `/kantoor/importeren`.
    Import,
    /// The page `/kantoor/portaal`.
    Portal,
}

/// Everything that every page shows or needs to know.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The advisor who looks at the page.
    pub advisor: Advisor,
    /// The name of the firm.
    pub firm: String,
    /// The hash of the firm's logo, if it has one.
    pub logo: Option<ContentHash>,
    /// The number of clients that the firm has.
    pub clients: usize,
    /// The present moment, with the language in which moments are written.
    pub time_format: TimeFormat,
}

impl Frame {
    /// Returns the language of the advisor.
    pub fn language(&self) -> Language {
        self.advisor.language
    }

    /// Returns true if the advisor's role allows changes.
    pub fn may_change(&self) -> bool {
        self.advisor.role != AdvisorRole::Reader
    }

    /// Renders a whole page of the console around `content`.
    pub fn page(&self, menu: Menu, title: &str, content: Element) -> String {
        let t = Shell(self.language());
        let updated = self.time_format.time_of_day(self.time_format.now);
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
                            {entry("/kantoor/aangiften", "file-check", t.returns(), menu == Menu::Returns, None)}
                            {entry("/kantoor/vragenlijsten", "list-checks", t.templates(), menu == Menu::Templates, None)}
                            {entry("/kantoor/sjablonen", "mail", t.mails(), menu == Menu::Mails, None)}
                            if self.may_change() {
                                {entry("/kantoor/importeren", "user-plus", t.import(), menu == Menu::Import, None)}
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
                            button {
                                class: "btn btn--quiet btn--s",
                                r#type: "submit",
                                formaction: "/kantoor/overal-uitloggen",
                                {t.log_out_everywhere()}
                            }
                        }
                    }
                }
                main { class: "work", id: "inhoud",
                    {content}
                }
                {search_dialog::dialog(self.language())}
                {reading::dialog(self.language())}
            },
        )
    }
}

/// Renders the initials of a person as a small picture; the name has to be written beside it.
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

/// Renders a whole HTML document. The content must not contain inline script or style.
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

/// Renders the choice between tax years as links.
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

/// Renders the head of a page: its title and a sentence about its purpose.
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

/// Renders the head of a page below another one: the way back, and its title.
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

/// Renders the notice that something has changed, with the address of the stream of news.
/// Script shows it if the page could not take over all changes by itself.
pub fn live(language: Language, address: &str) -> Element {
    rsx! {
        p { class: "notice small", role: "status", hidden: true, "data-live": address,
            Icon { name: "info" }
            " "
            a { href: "", {Shell(language).something_new()} }
        }
    }
}
