//! The form of one question of a checklist.

use super::editor::{FORM, TemplatePage};
use crate::{
    part::{field::Field, form::Form},
    template::{
        part::{KEEP, KINDS, answers},
        text::Templates as Text,
    },
};
use dioxus::prelude::*;
use model::{
    checklist::{Question, QuestionKind, Template},
    language::Language,
};

/// Renders the fields for one text in both languages, side by side.
pub fn both(name: &str, label: &str, hint: Option<&str>, form: &Form, t: Text) -> Element {
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

/// Renders the fields of a question other than its text.
pub fn question_fields(page: &TemplatePage<'_>, question: Option<&Question>, language: Language) -> Element {
    let (t, form) = (Text(language), page.form);
    let is_new = !page.new.is_empty();
    let kinds: Vec<_> = KINDS.into_iter().map(|(kind, word)| (word, kind_name(kind, t))).collect();
    let template = &page.working.template;
    let path = template.path(page.part);
    // The question that this one is a follow-up of, if it is one.
    let above = match page.new {
        "onder" => question,
        "eind" => None,
        _ => path.iter().rev().nth(1).copied(),
    };
    let after: Vec<_> = above.map(answers).unwrap_or_default();
    let conditions = conditions(template, page.part, language);
    let conditions: Vec<_> = conditions.iter().map(|(word, shown)| (word.as_str(), shown.as_str())).collect();
    let is_choice = is_new || question.is_some_and(|q| q.kind == QuestionKind::Choice);
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

/// Returns the conditions to choose from: the answers to every other question
/// that offers a choice.
fn conditions(template: &Template, own: &str, language: Language) -> Vec<(String, String)> {
    let t = Text(language);
    let mut all = vec![(String::new(), t.always().to_owned())];
    let is_composite = |q: &&Question| q.when.is_some();
    if template.path(own).last().is_some_and(is_composite) {
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
        QuestionKind::Choice => question.options.iter().find(|o| o.id == word).map_or("", |o| o.text.get(language)),
        _ => match word {
            "yes" => t.yes(),
            "no" => t.no(),
            _ => t.unknown(),
        },
    }
}

fn kind_name(kind: QuestionKind, t: Text) -> &'static str {
    match kind {
        QuestionKind::YesNo => t.yes_no(),
        QuestionKind::Choice => t.choice(),
        QuestionKind::Amount => t.amount(),
        QuestionKind::Number => t.number(),
        QuestionKind::Date => t.date(),
        QuestionKind::Text => t.free_text(),
        QuestionKind::Upload => t.upload(),
        QuestionKind::Rows => t.rows(),
        QuestionKind::Iban => t.iban(),
        QuestionKind::Bsn => t.bsn(),
    }
}

/// Renders the question as a client sees it. The browser sends nothing of it.
pub fn preview(question: &Question, language: Language) -> Element {
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
