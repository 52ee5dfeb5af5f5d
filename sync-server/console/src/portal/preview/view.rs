//! A preview of the client's app for the firm, with made-up data. Whatever the firm can set up
//! carries `data-part`, so that the script of the page around it can change it
//! while it is typed.

use super::text::Sample;
use crate::portal::view::logo_src;
use dioxus::prelude::*;
use model::{accent::Accent, language::Language, time::TaxYear};
use storage::db::{Firm, Portal};
use ui::{
    format,
    part::{Icon, PasskeyIntro, Status, Tone},
    welcome::WelcomeText,
};

/// The data from which a preview is made.
pub struct PreviewData<'s> {
    pub language: Language,
    pub firm: &'s Firm,
    pub portal: &'s Portal,
    /// The given name of an advisor.
    pub advisor: &'s str,
    pub year: TaxYear,
}

fn document(at: &PreviewData<'_>, class: &str, content: Element) -> String {
    let accent = Accent::or_own(&at.firm.accent).text();
    let (digits, lang, title) = (accent.trim_start_matches('#'), at.language.tag(), Sample(at.language).overview());
    let body = dioxus_ssr::render_element(content);
    format!(
        r##"<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="/app.css">
<link rel="stylesheet" id="brand" href="/api/accents/{digits}">
</head>
<body class="{class}">{body}</body>
</html>
"##
    )
}

fn firm_name(at: &PreviewData<'_>) -> Element {
    rsx! {
        span { "data-part": "name", {at.firm.name.as_str()} }
    }
}

/// Renders the overview: what waits for a person.
pub fn overview(at: &PreviewData<'_>) -> String {
    let (t, year) = (Sample(at.language), at.year.0);
    let tabs = [("house", t.overview()), ("camera", t.send()), ("archive", t.archive()), ("user-round", t.details())];
    let items = [
        ("list-checks", t.checklist(year), t.checklist_sub().to_owned(), true),
        ("file-up", t.request().to_owned(), t.request_sub(year), false),
    ];
    let content = rsx! {
        header { class: "topbar",
            p { class: "firm",
                img { class: "firm__logo", src: logo_src(at.portal.logo), alt: "", "data-part": "logo" }
                " "
                {firm_name(at)}
            }
            nav { class: "tabs", aria_label: t.menu(),
                ul {
                    for (place , (icon , word)) in tabs.into_iter().enumerate() {
                        li {
                            a { aria_current: if place == 0 { "page" },
                                Icon { name: icon }
                                " "
                                span { {word} }
                            }
                        }
                    }
                }
            }
            p { class: "sync",
                Icon { name: "cloud-check" }
                " "
                {t.kept()}
            }
            span { class: "avatar", aria_hidden: "true", "MJ" }
        }
        main { class: "page page--home",
            div { class: "page__head",
                h1 { {t.greeting()} }
                p { class: "lead", {t.things()} }
            }
            div { class: "cols",
                div { class: "cols__col",
                    section { class: "section area-tasks", aria_labelledby: "te-doen",
                        div { class: "section__head sr-phone", h2 { id: "te-doen", {t.to_do()} } }
                        article { class: "card task",
                            div { class: "task__meta",
                                Status { tone: Tone::Accent, icon: "signature", {t.asked()} }
                                span { class: "tiny muted", {t.due()} }
                            }
                            h3 { class: "task__title", {t.task(year)} }
                            p { {t.ready(at.advisor)} }
                            a { class: "btn btn--primary btn--block", {t.see()} }
                        }
                        div { class: "card",
                            ul { class: "items",
                                for (icon , title , sub , has_bar) in items {
                                    li {
                                        span { class: "item",
                                            span { class: "item__icon", Icon { name: icon } }
                                            span { class: "item__body",
                                                span { class: "item__title", "{title}" }
                                                span { class: "item__sub", "{sub}" }
                                                if has_bar {
                                                    progress { class: "bar", value: "14", max: "22", aria_label: "{sub}" }
                                                }
                                            }
                                            span { class: "item__end", Icon { name: "chevron-right" } }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                div { class: "cols__col",
                    section { class: "section area-send", aria_labelledby: "zelf-sturen",
                        div { class: "section__head", h2 { id: "zelf-sturen", {t.yourself()} } }
                        div { class: "tiles",
                            a { class: "tile",
                                Icon { name: "scan-line" }
                                " "
                                {t.scan()}
                            }
                            a { class: "tile",
                                Icon { name: "file-plus" }
                                " "
                                {t.choose()}
                            }
                        }
                    }
                }
            }
        }
    };
    document(at, "app", content)
}

/// Renders the first screen of somebody who was invited.
pub fn welcome(at: &PreviewData<'_>) -> String {
    let (t, welcome) = (Sample(at.language), WelcomeText(at.language));
    let own = at.portal.welcome.get(at.language);
    let field = if at.language == Language::Nl { "welcome_nl" } else { "welcome_en" };
    // The firm's name gets an element of its own within the sentence, so that script can change it.
    let title = welcome.title("\u{0}");
    let (before, after) = title.split_once('\u{0}').unwrap_or((&title, ""));
    let help = welcome.help("\u{0}");
    let (help, rest) = help.split_once('\u{0}').unwrap_or((&help, ""));
    let content = rsx! {
        main { class: "page",
            div { class: "welcome",
                img { class: "welcome__logo", src: logo_src(at.portal.logo), alt: "", width: "80", height: "80", "data-part": "logo" }
                h1 {
                    "{before}"
                    {firm_name(at)}
                    "{after}"
                }
                p { class: "lead", "data-part": field, "data-plain": welcome.lead(),
                    {if own.is_empty() { welcome.lead() } else { own }}
                }
            }
            div { class: "card card--pad",
                p { class: "small muted", {t.mail()} }
                p { strong { "marieke@voorbeeld.example" } }
            }
            PasskeyIntro { title: welcome.passkey_title(), body: welcome.passkey_body() }
            div { class: "stack-s push",
                a { class: "btn btn--primary btn--block",
                    Icon { name: "key-round" }
                    " "
                    {welcome.make()}
                }
                p { class: "tiny muted center",
                    "{help}"
                    {firm_name(at)}
                    "{rest} "
                    a { href: format::tel(&at.firm.phone), tabindex: "-1", "data-part": "phone", {at.firm.phone.as_str()} }
                }
            }
        }
    };
    document(at, "app bare", content)
}
