//! Screen with one section of a checklist.

use crate::{
    address::Address,
    component::{
        conflict::ConflictSheet,
        frame::{FlowFrame, Notice, ScreenLink},
        message::MessageSheet,
        opening::OpenedFile,
        question::{
            edit::{Edit, QuestionForm, label},
            question_card,
        },
        sheet::Sheet,
        thread::{Thread, name},
    },
    hooks::{use_client, use_view_of},
    platform::page,
    schedule,
    screen::{
        messages::{ThreadForms, use_thread_forms},
        not_found::NotFoundPage,
        send::{attach_all, photograph},
    },
    text::{self, Frame},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::Subject;
use model::{
    checklist::{AnswerKey, AnswerValue, AskedQuestion, Question, Section},
    id::{ChecklistId, TaskId},
    record::TaskKind,
};
use std::collections::BTreeMap;
use ui::part::{Icon, Tone};

/// Shows the screen at `/taken/:task/checklist/:section`.
#[component]
pub fn Questions(task: TaskId, section: String) -> Element {
    let client = use_client();
    let view = use_view_of(task);
    let mut choosing = use_signal(|| None::<AnswerKey>);
    let mut writing = use_signal(|| false);
    let mut talking = use_signal(|| None::<AnswerKey>);
    let forms = use_thread_forms();
    let mut refused = use_signal(BTreeMap::<AnswerKey, String>::new);
    let found = view.and_then(|view| {
        let checklist = checklist_of(&view, task)?;
        let known = view.year.checklists.get(&checklist)?.template.sections.iter().any(|s| s.id == section);
        known.then_some((view, checklist))
    });
    let Some((view, checklist)) = found else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let key = view.key;
    let edit = {
        let (client, view) = (client.clone(), view.clone());
        move |edit| match edit {
            Edit::Answer(answer_key, value) if value.is_typed() => client.answer_typed(key, answer_key, value),
            // The browser shows a choice by itself. Typed text does not wait: its field is told that it is saved.
            Edit::Answer(answer_key, value) => {
                let client = client.clone();
                schedule::when_painted(move || client.answer(key, answer_key, value));
            }
            Edit::AddRow(question) => {
                client.add_row(key, question);
            }
            Edit::Confirm(answers) => client.confirm(key, answers),
            Edit::RemoveRow(row) => client.remove_row(key, row),
            Edit::Withdraw(attachment) => client.withdraw(key, attachment),
            Edit::Choose(answer_key) => choosing.set(Some(answer_key)),
            Edit::Ask(answer_key) => talking.set(Some(answer_key)),
            Edit::Photos(answer_key, files) => {
                let (client, view) = (client.clone(), view.clone());
                spawn(async move {
                    let then = Address::send_answer(&answer_key);
                    if let Some(why) = photograph(client, view, files, then).await {
                        refused.write().insert(answer_key, why);
                    }
                });
            }
            Edit::Files(answer_key, files) => {
                let (client, view) = (client.clone(), view.clone());
                spawn(async move {
                    let outcome = attach_all(client, view, files, Some(answer_key.clone()), None).await;
                    let why: Vec<_> = outcome.refused.into_iter().map(|(_, why)| why).collect();
                    if why.is_empty() {
                        refused.write().remove(&answer_key);
                    } else {
                        refused.write().insert(answer_key, why.join(" "));
                    }
                });
            }
        }
    };
    let advisor = view.advisor_name().to_owned();
    let language = view.language();
    let answering = client.clone();
    rsx! {
        QuestionsPage {
            key: "{section}",
            view: view.clone(),
            task,
            checklist,
            section,
            choosing: choosing.read().clone(),
            refused: refused.read().clone(),
            on_edit: edit,
            on_ask: move |()| writing.set(true),
            on_choice: move |choice: Option<(AnswerKey, AnswerValue)>| {
                if let Some((answer_key, value)) = choice {
                    answering.answer(key, answer_key, value);
                }
                choosing.set(None);
            },
        }
        if let Some(answer_key) = talking.read().clone() {
            TalkSheet { view: view.clone(), answer_key, forms, on_close: move |()| talking.set(None) }
        }
        if writing() {
            MessageSheet {
                language,
                advisor,
                on_close: move |()| writing.set(false),
                on_send: move |body| {
                    client.write_message(key, body, Some(task));
                    writing.set(false);
                },
            }
        }
    }
}

/// Shows what was written about one answer, and a field to write more.
#[component]
fn TalkSheet(view: View, answer_key: AnswerKey, forms: ThreadForms, on_close: EventHandler<()>) -> Element {
    let language = view.language();
    let subject = Subject { about: None, answer: Some(answer_key) };
    let title = view.year.subject_title(&subject, language).unwrap_or_default();
    let thread = (view.key, subject);
    let form = forms.of(std::slice::from_ref(&thread)).remove(&name(&thread)).unwrap_or_default();
    rsx! {
        Sheet { id: "gesprek", labelled_by: "gesprek-titel", on_close,
            div { class: "between",
                h2 { id: "gesprek-titel", "{title}" }
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    aria_label: Frame(language).close(),
                    onclick: move |_| on_close.call(()),
                    Icon { name: "x" }
                }
            }
            Thread { view, thread, form, in_dialog: true, on_action: forms.on_action, on_open: forms.on_open }
            OpenedFile { opening: forms.opening, language }
        }
    }
}

/// Returns the checklist that a task asks to fill in.
pub fn checklist_of(view: &View, task: TaskId) -> Option<ChecklistId> {
    match view.year.task(task)?.task.kind {
        TaskKind::Checklist(checklist) => Some(checklist),
        _ => None,
    }
}

/// Shows the page of one section. The section exists.
#[component]
pub fn QuestionsPage(
    view: View,
    task: TaskId,
    checklist: ChecklistId,
    section: String,
    #[props(default)] choosing: Option<AnswerKey>,
    #[props(default)] refused: BTreeMap<AnswerKey, String>,
    on_edit: EventHandler<Edit>,
    on_ask: EventHandler<()>,
    on_choice: EventHandler<Option<(AnswerKey, AnswerValue)>>,
) -> Element {
    let language = view.language();
    let (text, frame) = (text::Questions(language), Frame(language));
    let Some(set_out) = view.year.checklists.get(&checklist).cloned() else { return VNode::empty() };
    let template = &set_out.template;
    let Some(at) = template.sections.iter().position(|s| s.id == section) else { return VNode::empty() };
    let here = &template.sections[at];
    let asked = template.asked(here, checklist, &view.year.approvers(), &view.year.answers);
    let form = QuestionForm { view: view.clone(), edit: on_edit, refused };
    let to = |i: usize| template.sections.get(i).map(|s| Address::questions(task, &s.id));
    let next = to(at + 1).unwrap_or(Address::review(task));
    let last = at + 1 == template.sections.len();
    let previous = at.checked_sub(1).and_then(to);
    let title = template.title.get(language).to_owned();
    let actions = rsx! {
        if let Some(previous) = previous {
            ScreenLink { to: previous, class: "btn btn--icon", label: text.previous().to_owned(), Icon { name: "arrow-left" } }
        }
        ScreenLink { to: next, class: "btn btn--primary",
            {if last { text.check() } else { text.next() }}
            " "
            Icon { name: "arrow-right" }
        }
    };
    let chosen = choosing.and_then(|answer_key| {
        let (question, label) = find(&view, checklist, here, &answer_key)?;
        Some((answer_key, question, label))
    });
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title,
            back: Address::overview(),
            back_label: frame.back(),
            actions,
            above: chosen
                .map(|(answer_key, question, label)| rsx! {
                    ConflictSheet {
                        view: view.clone(),
                        answer_key: answer_key.clone(),
                        question,
                        label,
                        on_answer: move |value| on_choice.call(Some((answer_key.clone(), value))),
                        on_close: move |()| on_choice.call(None),
                    }
                }),
            Steps { view: view.clone(), checklist, at }
            div { class: "page__head",
                h1 { {here.title.get(language)} }
                if !here.lead.get(language).is_empty() {
                    p { class: "lead", {here.lead.get(language)} }
                }
            }
            if !view.may_fill_in() {
                p { class: "small muted", {text.read_only()} }
            }
            Reopened { view: view.clone(), checklist }
            {unchanged(&form, &asked)}
            for one in &asked {
                {question_card(&form, one)}
            }
            if asked.is_empty() {
                p { {text.nothing_asked()} }
            }
            if view.may_fill_in() {
                div { class: "between",
                    button { class: "btn btn--quiet btn--s", r#type: "button", onclick: move |_| on_ask.call(()),
                        Icon { name: "message-circle" }
                        " "
                        {text.ask()}
                    }
                }
            }
        }
    }
}

/// Shows that the firm opened the checklist again, and why, until it is handed in again.
#[component]
pub fn Reopened(view: View, checklist: ChecklistId) -> Element {
    let text = text::Questions(view.language());
    let open = !view.year.hand_ins.contains_key(&checklist);
    let Some(reopening) = view.year.reopenings.get(&checklist).filter(|_| open) else { return VNode::empty() };
    rsx! {
        Notice { tone: Tone::Wait, icon: "message-circle",
            strong { {text.reopened(&reopening.by)} }
            if !reopening.remark.is_empty() {
                p { "{reopening.remark}" }
            }
            p { class: "small muted", {view.moment(reopening.at)} }
        }
    }
}

/// Asks whether anything changed since last year, and confirms all answers at once.
fn unchanged(form: &QuestionForm, asked: &[AskedQuestion<'_>]) -> Element {
    let proposals: Vec<_> = asked.iter().flat_map(|one| one.proposals(&form.view.year.answers)).collect();
    if proposals.is_empty() || !form.view.may_fill_in() {
        return VNode::empty();
    }
    let text = text::Questions(form.view.language());
    let edit = form.edit;
    rsx! {
        section { class: "card card--pad stack-s", aria_labelledby: "vorig-jaar",
            h2 { id: "vorig-jaar", {text.changed_title()} }
            p { class: "muted", {text.changed_body()} }
            div { class: "cluster",
                button {
                    class: "btn",
                    r#type: "button",
                    onclick: move |_| edit.call(Edit::Confirm(proposals.clone())),
                    Icon { name: "check" }
                    " "
                    {text.nothing_changed()}
                }
            }
        }
    }
}

/// Returns the question of a section that a key names, with its name.
fn find(view: &View, checklist: ChecklistId, section: &Section, answer_key: &AnswerKey) -> Option<(Question, String)> {
    let mut found = None;
    let template = &view.year.checklists.get(&checklist)?.template;
    for asked in template.asked(section, checklist, &view.year.approvers(), &view.year.answers) {
        asked.each(&mut |one| {
            if one.key == *answer_key {
                found = Some((one.question.clone(), label(view, one)));
            }
        });
    }
    found
}

/// Shows how far the checklist is, section by section.
#[component]
fn Steps(view: View, checklist: ChecklistId, at: usize) -> Element {
    let text = text::Questions(view.language());
    let Some(set_out) = view.year.checklists.get(&checklist).cloned() else { return VNode::empty() };
    let template = &set_out.template;
    let people = view.year.approvers();
    let of_section = |s: &Section| template.progress_of(s, checklist, &people, &view.year.answers);
    let whole = view.year.progress(checklist);
    let here = of_section(&template.sections[at]);
    let part = (here.answered * 100).checked_div(here.asked).unwrap_or(100);
    use_effect(use_reactive!(|part| page::set_property("stap-nu", "--part", &format!("{part}%"))));
    let title = template.sections[at].title.get(view.language());
    let count = template.sections.len();
    let class = |i: usize, s: &Section| match of_section(s) {
        _ if i == at => "is-now",
        p if p.open() == 0 => "is-done",
        _ => "",
    };
    let label = format!("{}. {}", text.step(title, at + 1, count), text.answered(whole.answered, whole.asked));
    rsx! {
        div { class: "steps", role: "group", aria_label: label,
            ol { aria_hidden: "true",
                for (i , section) in template.sections.iter().enumerate() {
                    li { key: "{section.id}", class: class(i, section), id: if i == at { "stap-nu" } }
                }
            }
            p { class: "between tiny muted",
                span {
                    b { "{title}" }
                    {text.step_part(at + 1, count)}
                }
                " "
                span { {if whole.open() == 0 { text.none_left().to_owned() } else { text.left(whole.open()) }} }
            }
        }
    }
}
