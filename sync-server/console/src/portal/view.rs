//! The page on which a firm sets up how it presents itself: its name, its looks, and the text that
//! is signed. Beside the form it previews the portal as clients will see it.

use super::text::Portal;
use crate::part::{
    field::{Field, whole},
    firm_tabs::{FirmTab, tabs},
    form::Form,
    frame::{Frame, Menu},
    storage_use::{self, StorageUse},
};
use dioxus::prelude::*;
use model::{
    accent::{Accent, Shades},
    hash::ContentHash,
    language::Language,
};
use ui::part::{Icon, Status, Tone};

const FORM: &str = "portaal";

/// The contents of the page.
pub struct PortalPage<'p> {
    pub frame: &'p Frame,
    pub form: &'p Form,
    pub logo: Option<ContentHash>,
    /// What the firm’s files take.
    pub files: StorageUse,
    /// True right after saving.
    pub saved: bool,
    pub may_save: bool,
    /// True if somebody else saved since this page was loaded.
    pub conflict: bool,
}

pub fn page(at: &PortalPage<'_>) -> String {
    let (form, t) = (at.form, Portal(at.frame.language()));
    let f = |name, label| Field::text(FORM, name, label);
    at.frame.page(
        Menu::Portal,
        t.title(),
        rsx! {
            div { class: "head",
                div {
                    h1 { {t.title()} }
                    p { class: "muted", {t.lead()} }
                }
                if at.may_save {
                    span { id: "niet-opgeslagen", role: "status",
                        // Script shows this when something was changed and is not saved yet.
                        span { hidden: true,
                            Status { tone: Tone::Wait, icon: "pencil", {t.unsaved()} }
                        }
                    }
                    button { class: "btn", r#type: "reset", form: FORM, hidden: true, {t.undo()} }
                    button { class: "btn btn--primary", r#type: "submit", form: FORM, {t.save()} }
                }
            }
            {tabs(at.frame, FirmTab::Looks)}
            div { class: "panes panes--main",
                form { id: FORM, method: "post", action: "/kantoor/portaal", enctype: "multipart/form-data", novalidate: true, "data-portal": "",
                    {notices(at, t)}
                    {whole(form)}
                    input { r#type: "hidden", name: "seen", value: form.value("seen") }
                    fieldset { class: "section",
                        legend { class: "section__head", h2 { {t.firm()} } }
                        div { class: "two",
                            {f("name", t.name()).show(form)}
                            {f("phone", t.phone()).kind("tel").show(form)}
                        }
                        {f("welcome_nl", t.welcome_nl()).hint(t.welcome_hint()).show_lines(form, 2)}
                        {f("welcome_en", t.welcome_en()).hint(t.welcome_hint()).show_lines(form, 2)}
                    }
                    {logo(at, t)}
                    {accent(at, t)}
                    fieldset { class: "section",
                        legend { class: "section__head", h2 { {t.mails()} } }
                        div { class: "two",
                            {f("sender_name", t.sender_name()).show(form)}
                            {f("sender_address", t.sender_address()).kind("email").show(form)}
                        }
                    }
                    fieldset { class: "section",
                        legend { class: "section__head", h2 { {t.statements()} } }
                        p { class: "muted", {t.statements_lead()} }
                        {f("statement_nl", t.statement_nl()).show_lines(form, 4)}
                        {f("statement_en", t.statement_en()).show_lines(form, 4)}
                    }
                }
                {previews(t)}
                {storage_use::section(at.frame.language(), at.files)}
            }
        },
    )
}

fn notices(at: &PortalPage<'_>, t: Portal) -> Element {
    rsx! {
        if at.saved {
            div { class: "notice notice--ok", role: "status",
                Icon { name: "check" }
                strong { {t.saved()} }
            }
        }
        if at.conflict {
            div { class: "notice notice--bad", role: "alert",
                Icon { name: "triangle-alert" }
                strong { {t.conflict()} }
                p { {t.conflict_lead()} }
                p {
                    a { href: "/kantoor/portaal", target: "_blank", {t.conflict_look()} }
                }
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

/// Returns the address of a firm's logo, or that of Akkoord's if the firm has none.
pub fn logo_src(logo: Option<ContentHash>) -> String {
    logo.map_or_else(|| "/icons/akkoord.svg".to_owned(), |hash| format!("/api/logos/{hash}"))
}

fn logo(at: &PortalPage<'_>, t: Portal) -> Element {
    let src = logo_src(at.logo);
    let file = Field::text(FORM, "file", t.logo_file()).hint(t.logo_hint());
    rsx! {
        fieldset { class: "section",
            legend { class: "section__head", h2 { {t.logo()} } }
            div { class: "logo-row",
                span { class: "logo-tile",
                    img { src: "{src}", alt: t.logo_light(), width: "56", height: "56", "data-part": "logo" }
                }
                span { class: "logo-tile logo-tile--dark",
                    img { class: "firm__logo", src: "{src}", alt: t.logo_dark(), width: "56", height: "56", "data-part": "logo" }
                }
                div { class: "stack-s grow",
                    if at.logo.is_none() {
                        p { {t.logo_none()} }
                    }
                    if at.may_save {
                        {file.show_file(at.form, "image/png,image/jpeg,image/webp")}
                        if at.logo.is_some() {
                            label { class: "cluster small",
                                input { class: "check", r#type: "checkbox", name: "logo_remove", value: "yes", checked: at.form.value("logo_remove") == "yes" }
                                " "
                                {t.logo_remove()}
                            }
                        }
                    }
                    p { class: "small muted", {t.logo_note()} }
                }
            }
        }
    }
}

/// Returns the name and value of colours that suit most firms.
fn swatches(t: Portal) -> [(&'static str, &'static str); 6] {
    [
        ("#2546a8", t.ink()),
        ("#0f5b66", t.petrol()),
        ("#1b6b3a", t.forest()),
        ("#7a2e5d", t.plum()),
        ("#b3391f", t.brick()),
        ("#f2b705", t.sunny()),
    ]
}

fn accent(at: &PortalPage<'_>, t: Portal) -> Element {
    let chosen = at.form.value("accent").to_owned();
    let swatches =
        swatches(t).map(|(colour, name)| (colour, Accent::or_own(colour).light().on, name, colour == chosen));
    rsx! {
        fieldset { class: "section",
            legend { class: "section__head", h2 { {t.accent()} } }
            div { class: "two",
                div { class: "stack-s",
                    div { class: "swatches", role: "radiogroup", aria_label: t.accent(),
                        for (colour , on , name , is_chosen) in swatches {
                            label { class: "swatch", title: name,
                                // The colour is an SVG because inline styles are not allowed here.
                                svg { class: "swatch__colour", width: "44", height: "44", view_box: "0 0 44 44", "aria-hidden": "true",
                                    rect { width: "44", height: "44", rx: "12", fill: colour }
                                    path { class: "swatch__mark", d: "M14 22.5l5.5 5.5L30.5 17", fill: "none", stroke: "{on}", stroke_width: "3", stroke_linecap: "round", stroke_linejoin: "round" }
                                }
                                input { r#type: "radio", name: "swatch", value: colour, checked: is_chosen, aria_label: name }
                            }
                        }
                    }
                    div { class: "between between--end",
                        {Field::text(FORM, "accent", t.accent_field()).hint(t.accent_hint()).show(at.form)}
                        // The browser's own colour picker, which script shows and whose value it copies into the field.
                        input { class: "picker", r#type: "color", hidden: true, aria_label: t.accent_picker(), value: "{chosen}", "data-picker": "" }
                    }
                }
                div { class: "notice notice--ok",
                    Icon { name: "check" }
                    strong { {t.accent_note()} }
                    p { class: "muted", {t.accent_lead()} }
                }
            }
            {proof(t, at.frame.language(), Accent::or_own(&chosen))}
        }
    }
}

/// Renders the colour as a button and as text, with the contrast of each.
fn proof(t: Portal, language: Language, accent: Accent) -> Element {
    let (light, dark) = (accent.light(), accent.dark());
    let [in_light, in_dark] = accent.contrasts();
    let ratio = |ratio: f64| {
        let ratio = format!("{ratio:.1}");
        if language == Language::Nl { ratio.replace('.', ",") } else { ratio }
    };
    let Shades { fill, on, strong, .. } = light;
    let samples = [
        (fill, on, t.sample_button(), t.proof_button(&ratio(in_light.on_fill))),
        ("#ffffff".to_owned(), strong, t.sample_link(), t.proof_light(&ratio(in_light.as_text))),
        ("#191c22".to_owned(), dark.strong, t.sample_link(), t.proof_dark(&ratio(in_dark.as_text))),
    ];
    rsx! {
        div { class: "proof", id: "kleurproef", role: "group", aria_label: t.proof(),
            for (ground , ink , words , ratio) in samples {
                div {
                    svg { width: "100%", height: "44", role: "img", "aria-label": words,
                        rect { width: "100%", height: "44", rx: "8", fill: "{ground}", stroke: "#8a93a3", stroke_width: "1" }
                        text { x: "50%", y: "28", text_anchor: "middle", fill: "{ink}", font_weight: "600", {words} }
                    }
                    p { class: "small muted num", "{ratio}" }
                }
            }
        }
    }
}

/// Renders a phone and a mail in the firm's looks. Choosing which one is visible, and whether it is
/// light or dark, needs no script.
fn previews(t: Portal) -> Element {
    let screens = [("overzicht", t.preview_overview()), ("welkom", t.preview_welcome()), ("mail", t.preview_mail())];
    rsx! {
        aside { class: "well previews", aria_label: t.preview(),
            div { class: "between",
                div { class: "seg", role: "radiogroup", aria_label: t.preview_screen(),
                    for (at , (screen , name)) in screens.into_iter().enumerate() {
                        label {
                            input { r#type: "radio", name: "scherm", value: screen, id: "toon-{screen}", checked: at == 0 }
                            {name}
                        }
                    }
                }
                div { class: "seg", role: "radiogroup", aria_label: t.preview_scheme(),
                    label {
                        input { r#type: "radio", name: "weergave", value: "licht", aria_label: t.light(), checked: true }
                        Icon { name: "sun" }
                    }
                    label {
                        input { r#type: "radio", name: "weergave", value: "donker", id: "toon-donker", aria_label: t.dark() }
                        Icon { name: "moon" }
                    }
                }
            }
            for (screen , name) in screens {
                div { class: "phone__frame", "data-screen": screen,
                    div {
                        iframe { class: "phone", src: "/kantoor/portaal/voorbeeld/{screen}", title: t.preview_of(name), tabindex: "-1", "data-shows": screen }
                    }
                }
            }
            p { class: "small muted center", {t.preview_note()} }
            // Script removes this sentence, because with script the preview follows what is typed.
            p { class: "small muted center", "data-saved-only": "", {t.preview_saved()} }
        }
    }
}
