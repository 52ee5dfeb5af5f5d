//! The editor of checklists: one part as a form, and all parts beside it.

use super::{
    field::{Field, whole},
    frame::{Frame, Menu},
};
use crate::{
    console::{
        form::Form,
        moments::Moments,
        template::{
            Working,
            part::{KEEP, KINDS, answers},
        },
        text::Templates as Text,
    },
    db::TemplateVersion,
};
use dioxus::prelude::*;
use model::{
    checklist::{Kind, Question, Template},
    language::Language,
};
use ui::part::Icon;

const FORM: &str = "deel";

/// What the page shows.
pub struct Page<'p> {
    pub working: &'p Working,
    /// Id of the part that is open; empty for the checklist itself.
    pub part: &'p str,
    /// Where a new question goes; empty where none is added.
    pub new: &'p str,
    pub form: &'p Form,
    /// What was just done.
    pub done: Option<&'p str>,
}

/// All checklists of a firm.
pub fn list(frame: &Frame, all: &[Template], own: &[TemplateVersion]) -> String {
    let (t, language) = (Text(frame.language()), frame.language());
    let state = |id: &str| match own.iter().find(|o| o.id == id) {
        Some(o) => t.own(o.version, &o.by_name, &frame.moments.short(o.at)),
        None => t.built_in().to_owned(),
    };
    frame.page(
        Menu::Templates,
        t.title(),
        rsx! {
            div { class: "head",
                div {
                    h1 { {t.title()} }
                    p { class: "muted", {t.lead()} }
                }
            }
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
        },
    )
}

fn count(template: &Template) -> usize {
    let mut count = 0;
    template.each(&mut |_| count += 1);
    count
}

/// One checklist.
pub fn page(frame: &Frame, page: &Page<'_>) -> String {
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
                    {told(page, t, frame.moments)}
                    {part(page, &base, language, may_change)}
                    {versions(page, &base, t, frame.moments, may_change)}
                }
                nav { class: "well outline", aria_label: t.outline(),
                    {outline(page, &base, language)}
                }
            }
        },
    )
}

fn told(page: &Page<'_>, t: Text, moments: Moments) -> Element {
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
                p { {t.draft(&draft.by_name, &moments.short(draft.at))} }
            }
        }
    }
}

/// What is done with the checklist as a whole.
fn steps(page: &Page<'_>, base: &str, t: Text) -> Element {
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

fn outline(page: &Page<'_>, base: &str, language: Language) -> Element {
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

fn branch(questions: &[Question], page: &Page<'_>, base: &str, language: Language) -> Element {
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

/// The part that is open, as a form.
fn part(page: &Page<'_>, base: &str, language: Language, may_change: bool) -> Element {
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

/// Links to forms for new questions.
fn additions(page: &Page<'_>, base: &str, question: Option<&Question>, is_section: bool, t: Text) -> Element {
    let id = page.part;
    let below = question.and_then(|q| match q.kind {
        Kind::Rows => Some(t.add_column()),
        Kind::YesNo | Kind::Choice => Some(t.add_followup()),
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

/// One text in both languages, side by side.
fn both(name: &str, label: &str, hint: Option<&str>, form: &Form, t: Text) -> Element {
    let one = |tag: &str, label: String| {
        let name = format!("{name}_{tag}");
        let field = Field::text(FORM, &name, &label);
        match hint {
            Some(hint) => field.hint(hint).show_lines(form, 2),
            None => field.show_lines(form, 2),
        }
    };
    rsx! {
        div { class: "two",
            {one("nl", t.in_dutch(label))}
            {one("en", t.in_english(label))}
        }
    }
}

fn question_fields(page: &Page<'_>, question: Option<&Question>, language: Language) -> Element {
    let (t, form) = (Text(language), page.form);
    let is_new = !page.new.is_empty();
    let kinds: Vec<_> = KINDS.into_iter().map(|(kind, word)| (word, kind_name(kind, t))).collect();
    let template = &page.working.template;
    let path = template.path(page.part);
    // The question that this one is a follow-up of, where it is one.
    let above = match page.new {
        "onder" => question,
        "eind" => None,
        _ => path.iter().rev().nth(1).copied(),
    };
    let after: Vec<_> = above.map(answers).unwrap_or_default();
    let conditions = conditions(template, page.part, language);
    let conditions: Vec<_> = conditions.iter().map(|(word, shown)| (word.as_str(), shown.as_str())).collect();
    let is_choice = is_new || question.is_some_and(|q| q.kind == Kind::Choice);
    rsx! {
        if is_new {
            {Field::text(FORM, "kind", t.kind()).show_choice(form, &kinds)}
        } else if let Some(question) = question {
            p { class: "muted", {t.kind()} ": " {kind_name(question.kind, t)} }
        }
        if is_choice {
            {Field::text(FORM, "options", t.options()).hint(t.options_hint()).show_lines(form, 4)}
        }
        if let (false, Some(above)) = (after.is_empty(), above) {
            fieldset { class: "field",
                legend { {t.after()} }
                p { class: "muted", {above.text.get(language)} }
                for word in after {
                    {check(form, &format!("after_{word}"), answer_name(above, word, language))}
                }
            }
        }
        {Field::text(FORM, "when", t.when()).show_choice(form, &conditions)}
        {both("help", t.help(), Some(t.optional()), form, t)}
        {both("excluded", t.excluded(), Some(t.optional()), form, t)}
        {both("example", t.example(), Some(t.optional()), form, t)}
        {check_as(form, "per", "person", t.per_person())}
        {check(form, "fresh", t.fresh())}
    }
}

fn check(form: &Form, name: &str, label: &str) -> Element {
    check_as(form, name, "yes", label)
}

fn check_as(form: &Form, name: &str, value: &'static str, label: &str) -> Element {
    rsx! {
        label { class: "cluster",
            input { class: "check", r#type: "checkbox", name: "{name}", value, checked: form.value(name) == value }
            span { "{label}" }
        }
    }
}

/// What a condition can be chosen from: the answers of every other question
/// that has any to choose from.
fn conditions(template: &Template, own: &str, language: Language) -> Vec<(String, String)> {
    let t = Text(language);
    let mut all = vec![(String::new(), t.always().to_owned())];
    let is_composite = |q: &&Question| q.when.is_some();
    if template.path(own).last().is_some_and(|q| is_composite(q)) {
        all.push((KEEP.to_owned(), t.keep_condition().to_owned()));
    }
    template.each(&mut |question| {
        if question.id != own {
            for word in answers(question) {
                let shown = t.condition(question.text.get(language), answer_name(question, word, language));
                all.push((format!("{}={word}", question.id), shown));
            }
        }
    });
    all
}

fn answer_name<'q>(question: &'q Question, word: &str, language: Language) -> &'q str {
    let t = Text(language);
    match question.kind {
        Kind::Choice => question.options.iter().find(|o| o.id == word).map_or("", |o| o.text.get(language)),
        _ => match word {
            "yes" => t.yes(),
            "no" => t.no(),
            _ => t.unknown(),
        },
    }
}

fn kind_name(kind: Kind, t: Text) -> &'static str {
    match kind {
        Kind::YesNo => t.yes_no(),
        Kind::Choice => t.choice(),
        Kind::Amount => t.amount(),
        Kind::Number => t.number(),
        Kind::Date => t.date(),
        Kind::Text => t.free_text(),
        Kind::Upload => t.upload(),
        Kind::Rows => t.rows(),
        Kind::Iban => t.iban(),
        Kind::Bsn => t.bsn(),
    }
}

/// The question as a client sees it. Nothing of it is sent.
fn preview(question: &Question, language: Language) -> Element {
    let t = Text(language);
    rsx! {
        section { class: "card card--pad stack-s", aria_label: t.preview(),
            p { class: "tiny muted", {t.preview()} }
            p { strong { {question.text.get(language)} } }
            if let Some(help) = &question.help {
                p { class: "small muted", {help.get(language)} }
            }
            ul { class: "small",
                for word in answers(question) {
                    li { {answer_name(question, word, language)} }
                }
                for column in &question.columns {
                    li { {column.text.get(language)} }
                }
            }
            if let Some(excluded) = &question.excluded {
                p { class: "small muted", {t.excluded()} ": " {excluded.get(language)} }
            }
        }
    }
}

fn versions(page: &Page<'_>, base: &str, t: Text, moments: Moments, may_change: bool) -> Element {
    let versions = &page.working.versions;
    rsx! {
        if !versions.is_empty() {
            section { class: "section", aria_labelledby: "versies",
                div { class: "section__head", h2 { id: "versies", {t.versions()} } }
                ul { class: "lines card",
                    for version in versions {
                        li {
                            span { class: "grow", {t.own(version.version, &version.by_name, &moments.short(version.at))} }
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
