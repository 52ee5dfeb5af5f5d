//! What a firm sets up: who it is, how it shows, what is signed.

use super::{
    audit_log,
    field::{Field, whole},
    frame::{Frame, Menu},
};
use crate::{
    console::{
        form::Form,
        text::{AuditLog, Portal},
    },
    mail::Colours,
};
use dioxus::prelude::*;
use model::language::Language;
use ui::part::Icon;

const FORM: &str = "portaal";

/// The page; `saved` right after saving.
pub fn page(frame: &Frame, form: &Form, saved: bool, may_save: bool) -> String {
    let (t, log) = (Portal(frame.language()), AuditLog(frame.language()));
    let f = |name, label| Field::text(FORM, name, label);
    frame.page(
        Menu::Portal,
        t.title(),
        rsx! {
                div { class: "head",
                    div {
                        h1 { {t.title()} }
                        p { class: "muted", {t.lead()} }
                    }
                    if may_save {
                        button { class: "btn btn--primary", r#type: "submit", form: FORM, {t.save()} }
                    }
                }
                form { class: "panes panes--main", id: FORM, method: "post", action: "/kantoor/portaal", novalidate: true,
                    div {
                        if saved {
                            div { class: "notice notice--ok", role: "status",
                                Icon { name: "check" }
                                strong { {t.saved()} }
                            }
                        }
                        if !may_save {
                            div { class: "notice",
                                Icon { name: "lock" }
                                p { {t.only_administrators()} }
                            }
                        }
                        {whole(form)}
                        fieldset { class: "section",
                            legend { class: "section__head", h2 { {t.firm()} } }
                            div { class: "two",
                                {f("name", t.name()).show(form)}
                                {f("phone", t.phone()).kind("tel").show(form)}
                            }
                        }
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
                    aside { class: "well", aria_labelledby: "accent",
                        section { class: "section",
                            div { class: "section__head", h2 { id: "accent", {t.accent()} } }
                            {f("accent", t.accent_field()).kind("color").show(form)}
                            {proof(t, frame.language(), form.value("accent"))}
                            div { class: "notice notice--ok",
                                Icon { name: "check" }
                                strong { {t.accent_note()} }
                                p { class: "muted", {t.accent_lead()} }
                            }
                        }
                        if may_save {
                            section { class: "section stack-s",
                                div { class: "section__head", h2 { {log.title()} } }
                                p { class: "muted", {log.lead()} }
                                a { class: "btn btn--s", href: audit_log::PATH, {log.open()} }
                            }
                        }
                    }
                }
        },
    )
}

/// The saved colour as a button and as text, with how far each stands out.
/// Drawn, not styled: inline styles are not allowed here.
fn proof(t: Portal, language: Language, accent: &str) -> Element {
    let colours = Colours::of(accent);
    let [on_accent, light, dark] = colours.contrasts().map(|ratio| {
        let ratio = format!("{ratio:.1}");
        if language == Language::Nl { ratio.replace('.', ",") } else { ratio }
    });
    let samples = [
        (colours.accent.as_str(), colours.on_accent.as_str(), t.sample_button(), t.proof_button(&on_accent)),
        ("#ffffff", colours.light.as_str(), t.sample_link(), t.proof_light(&light)),
        ("#191c22", colours.dark.as_str(), t.sample_link(), t.proof_dark(&dark)),
    ];
    rsx! {
        div { class: "stack-s", role: "group", aria_label: t.proof(),
            for (ground , ink , words , ratio) in samples {
                div {
                    svg { width: "100%", height: "44", role: "img", "aria-label": words,
                        rect { width: "100%", height: "44", rx: "8", fill: ground, stroke: "#8a93a3", stroke_width: "1" }
                        text { x: "50%", y: "28", text_anchor: "middle", fill: ink, font_weight: "600", {words} }
                    }
                    p { class: "small muted num", "{ratio}" }
                }
            }
        }
    }
}
