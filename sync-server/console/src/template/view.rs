//! The editor of checklists: one part as a form, and the list of all parts beside it.

pub mod editor;
mod question;

use super::text::Templates as Text;
use crate::part::{
    field::whole,
    frame::{Frame, Menu, title},
    time_format::TimeFormat,
};
use dioxus::prelude::*;
use editor::{FORM, TemplatePage};
use model::{
    checklist::{Question, QuestionKind, Template},
    language::Language,
};
use question::{both, preview, question_fields};
use storage::db::TemplateVersion;
use ui::part::Icon;

/// Renders the list of all checklists of a firm.
pub fn list(frame: &Frame, all: &[Template], own: &[TemplateVersion]) -> String {
    let (t, language) = (Text(frame.language()), frame.language());
    let state = |id: &str| match own.iter().find(|o| o.id == id) {
        Some(o) => t.own(o.version, &o.by_name, &frame.time_format.short(o.at)),
        None => t.built_in().to_owned(),
    };
    frame.page(
        Menu::Templates,
        t.title(),
        rsx! {
            {title(t.title(), t.lead())}
            div { class: "panes",
                div {
                    nav { class: "lines card", aria_label: t.title(),
                        for template in all {
                            a { class: "line", href: "/kantoor/vragenlijsten/{template.id}",
                                span { class: "grow",
                                    {template.title.get(language)}
                                    br {}
                                    span { class: "tiny muted", {state(&template.id)} }
                                }
                                span { class: "muted num", {t.questions(count(template))} }
                                Icon { name: "chevron-right" }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn count(template: &Template) -> usize {
    let mut count = 0;
    template.each(&mut |_| count += 1);
    count
}

/// Renders the editor of one checklist.
pub fn page(frame: &Frame, page: &TemplatePage<'_>) -> String {
    let (t, language) = (Text(frame.language()), frame.language());
    let template = &page.working.template;
    let base = format!("/kantoor/vragenlijsten/{}", template.id);
    let title = template.title.get(language);
    let may_change = frame.may_change();
    frame.page(
        Menu::Templates,
        title,
        rsx! {
            div { class: "head",
                div {
                    p { class: "small",
                        a { class: "crumb", href: "/kantoor/vragenlijsten",
                            Icon { name: "chevron-left" }
                            " "
                            {t.title()}
                        }
                    }
                    h1 { "{title}" }
                }
                if may_change {
                    {steps(page, &base, t)}
                }
            }
            div { class: "panes panes--main",
                div { class: "stack",
                    {told(page, t, frame.time_format)}
                    {part(page, &base, language, may_change)}
                    {versions(page, &base, t, frame.time_format, may_change)}
                }
                nav { class: "well outline", aria_label: t.outline(),
                    {outline(page, &base, language)}
                }
            }
        },
    )
}

fn told(page: &TemplatePage<'_>, t: Text, time_format: TimeFormat) -> Element {
    let done = match page.done {
        Some("gepubliceerd") => Some(t.published()),
        Some(_) => Some(t.kept()),
        None => None,
    };
    rsx! {
        if let Some(done) = done {
            div { class: "notice notice--ok", role: "status",
                Icon { name: "check" }
                strong { {done} }
            }
        } else if let Some(draft) = &page.working.draft {
            div { class: "notice",
                Icon { name: "pencil" }
                p { {t.draft(&draft.by_name, &time_format.short(draft.at))} }
            }
        }
    }
}

/// Renders the buttons of actions on the checklist as a whole.
fn steps(page: &TemplatePage<'_>, base: &str, t: Text) -> Element {
    let has_draft = page.working.draft.is_some();
    rsx! {
        form { class: "cluster", method: "post", action: "{base}",
            input { r#type: "hidden", name: "mark", value: "{page.working.mark}" }
            if has_draft {
                button { class: "btn btn--quiet", name: "action", value: "discard", {t.discard()} }
                button { class: "btn btn--primary", name: "action", value: "publish", {t.publish()} }
            } else {
                button { class: "btn", name: "action", value: "next_year", {t.next_year(page.working.template.year + 1)} }
            }
        }
    }
}

fn outline(page: &TemplatePage<'_>, base: &str, language: Language) -> Element {
    let t = Text(language);
    let current = |id: &str| (page.part == id && page.new.is_empty()).then_some("page");
    rsx! {
        ul {
            li {
                a { href: "{base}#deel", aria_current: current(""), {t.whole()} }
            }
            for section in &page.working.template.sections {
                li {
                    a { href: "{base}?deel={section.id}#deel", aria_current: current(&section.id),
                        strong { {section.title.get(language)} }
                    }
                    {branch(&section.questions, page, base, language)}
                }
            }
            li {
                a { href: "{base}?nieuw=onderdeel#deel", aria_current: (page.new == "onderdeel").then_some("page"),
                    Icon { name: "plus" }
                    " "
                    {t.add_section()}
                }
            }
        }
    }
}

fn branch(questions: &[Question], page: &TemplatePage<'_>, base: &str, language: Language) -> Element {
    rsx! {
        if !questions.is_empty() {
            ul {
                for question in questions {
                    li {
                        a {
                            href: "{base}?deel={question.id}#deel",
                            aria_current: (page.part == question.id && page.new.is_empty()).then_some("page"),
                            {question.text.get(language)}
                        }
                        {branch(&question.columns, page, base, language)}
                        {branch(&question.followups, page, base, language)}
                    }
                }
            }
        }
    }
}

/// Renders the part that is open as a form.
fn part(page: &TemplatePage<'_>, base: &str, language: Language, may_change: bool) -> Element {
    let t = Text(language);
    let template = &page.working.template;
    let path = template.path(page.part);
    let question = path.last().copied();
    let is_question = !matches!(page.new, "" | "onderdeel") || (page.new.is_empty() && question.is_some());
    let is_section = page.new == "onderdeel" || (!is_question && !page.part.is_empty());
    let title = match () {
        () if !matches!(page.new, "" | "onderdeel") => t.new_question(),
        () if is_question => t.question(),
        () if page.new == "onderdeel" => t.add_section(),
        () if is_section => t.section(),
        () => t.whole(),
    };
    let is_whole = !is_question && !is_section;
    rsx! {
        form { class: "section stack", id: FORM, method: "post", action: "{base}", novalidate: true,
            h2 { {title} }
            {whole(page.form)}
            input { r#type: "hidden", name: "mark", value: "{page.working.mark}" }
            input { r#type: "hidden", name: "part", value: "{page.part}" }
            input { r#type: "hidden", name: "new", value: "{page.new}" }
            fieldset { class: "stack", disabled: !may_change,
                {both("text", title, None, page.form, t)}
                if is_section {
                    {both("lead", t.lead_field(), Some(t.optional()), page.form, t)}
                }
                if is_question {
                    {question_fields(page, question, language)}
                }
            }
            if may_change {
                div { class: "cluster",
                    button { class: "btn btn--primary", name: "action", value: "save", {t.save()} }
                    if page.new.is_empty() && !is_whole {
                        button { class: "btn btn--s", name: "action", value: "up", {t.up()} }
                        button { class: "btn btn--s", name: "action", value: "down", {t.down()} }
                        button { class: "btn btn--s btn--bad", name: "action", value: "remove", {t.remove()} }
                    }
                }
                {additions(page, base, question, is_section, t)}
            }
            if let (true, Some(question)) = (page.new.is_empty(), question) {
                {preview(question, language)}
            }
        }
    }
}

/// Renders links to the forms for new questions.
fn additions(page: &TemplatePage<'_>, base: &str, question: Option<&Question>, is_section: bool, t: Text) -> Element {
    let id = page.part;
    let below = question.and_then(|q| match q.kind {
        QuestionKind::Rows => Some(t.add_column()),
        QuestionKind::YesNo | QuestionKind::Choice => Some(t.add_followup()),
        _ => None,
    });
    rsx! {
        if page.new.is_empty() {
            p { class: "cluster small",
                if question.is_some() {
                    a { href: "{base}?deel={id}&nieuw=na#deel", {t.add_question()} }
                }
                if let Some(below) = below {
                    a { href: "{base}?deel={id}&nieuw=onder#deel", {below} }
                }
                if is_section {
                    a { href: "{base}?deel={id}&nieuw=eind#deel", {t.add_question()} }
                }
            }
        }
    }
}

fn versions(page: &TemplatePage<'_>, base: &str, t: Text, time_format: TimeFormat, may_change: bool) -> Element {
    let versions = &page.working.versions;
    rsx! {
        if !versions.is_empty() {
            section { class: "section", aria_labelledby: "versies",
                div { class: "section__head", h2 { id: "versies", {t.versions()} } }
                ul { class: "lines card",
                    for version in versions {
                        li {
                            span { class: "grow", {t.own(version.version, &version.by_name, &time_format.short(version.at))} }
                            if may_change {
                                form { method: "post", action: "{base}",
                                    input { r#type: "hidden", name: "mark", value: "{page.working.mark}" }
                                    input { r#type: "hidden", name: "version", value: "{version.version}" }
                                    button { class: "btn btn--s", name: "action", value: "restore", {t.restore()} }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
