//! The page on which an advisor chooses when mails are sent: the advisor's own and the firm's.

use super::text::MailTiming;
use crate::part::{
    field::Field,
    form::Form,
    frame::{Frame, Menu},
    mails::{MailTab, tabs, text::mail_kind},
};
use dioxus::prelude::*;
use model::mail::DigestKind;
use storage::db::{AdvisorRole, MailChoice};
use ui::part::Icon;

pub fn page(frame: &Frame, choices: &[(DigestKind, MailChoice)], form: &Form, saved: bool) -> String {
    let t = MailTiming(frame.language());
    frame.page(
        Menu::Mails,
        t.title(),
        rsx! {
            div { class: "head", h1 { {t.title()} } }
            {tabs(frame, MailTab::Timing)}
            div { class: "panes panes--2",
                div {
                    if saved {
                        div { class: "notice notice--ok", role: "status",
                            Icon { name: "check" }
                            strong { {t.saved()} }
                        }
                    }
                    {mine(frame, choices)}
                }
                div { {firm(frame, form)} }
            }
        },
    )
}

fn mine(frame: &Frame, choices: &[(DigestKind, MailChoice)]) -> Element {
    let t = MailTiming(frame.language());
    let language = Form::proposing([("language", frame.language().tag())]);
    let options = [(MailChoice::AtOnce, t.at_once()), (MailChoice::Digest, t.digest()), (MailChoice::Never, t.never())];
    rsx! {
        section { class: "section", aria_labelledby: "mijn-mails",
            div { class: "section__head", h2 { id: "mijn-mails", {t.mine()} } }
            p { class: "muted", {t.mine_lead()} }
            form { class: "stack", method: "post", action: "/kantoor/mailtijden/mijn",
                for (kind , choice) in choices {
                    fieldset { class: "between", disabled: !frame.may_change(),
                        legend { class: "label", {mail_kind(kind.mail(), frame.language())} }
                        div { class: "seg",
                            for (option , name) in options {
                                label {
                                    input { r#type: "radio", name: kind.word(), value: option.word(), checked: option == *choice }
                                    {name}
                                }
                            }
                        }
                    }
                }
                if frame.may_change() {
                    {Field::text("mijn", "language", t.language()).show_choice(&language, &[("nl", "Nederlands"), ("en", "English")])}
                    p { button { class: "btn btn--primary", r#type: "submit", {t.save()} } }
                }
            }
        }
    }
}

fn firm(frame: &Frame, form: &Form) -> Element {
    let t = MailTiming(frame.language());
    let may_save = frame.advisor.role == AdvisorRole::Administrator;
    let f = |name, label| Field::text("kantoor", name, label);
    rsx! {
        section { class: "section", aria_labelledby: "kantoor-mails",
            div { class: "section__head", h2 { id: "kantoor-mails", {t.firm()} } }
            p { class: "muted", {t.firm_lead()} }
            if !may_save {
                div { class: "notice",
                    Icon { name: "lock" }
                    p { {t.only_administrators()} }
                }
            }
            form { class: "stack", method: "post", action: "/kantoor/mailtijden/kantoor", novalidate: true,
                fieldset { class: "stack", disabled: !may_save,
                    legend { h3 { {t.reminders()} } }
                    p { class: "hint", {t.reminders_lead()} }
                    {f("approval", t.approval()).show(form)}
                    {f("checklist", t.checklist()).show(form)}
                    {f("documents", t.documents()).show(form)}
                    {f("payment", t.payment()).show(form)}
                }
                fieldset { class: "stack", disabled: !may_save,
                    legend { h3 { {t.hours()} } }
                    div { class: "two",
                        {f("quiet_from", t.quiet_from()).hint(t.hour_hint()).show(form)}
                        {f("quiet_until", t.quiet_until()).hint(t.hour_hint()).show(form)}
                    }
                    {f("digest_at", t.digest_at()).hint(t.hour_hint()).show(form)}
                }
                if may_save {
                    p { button { class: "btn btn--primary", r#type: "submit", {t.save()} } }
                }
            }
        }
    }
}
