//! Screen on which a person checks the answers and hands in the checklist. Open questions are listed and never prevent
//! it.

use crate::{
    address::Address,
    client::Connection,
    component::{
        frame::{FlowFrame, Notice, ScreenLink},
        question::edit::label,
        tasks::first_open,
        transfers::{file_icon, file_state},
    },
    hooks::{use_client, use_view_of},
    platform::page,
    screen::{
        not_found::NotFoundPage,
        questions::{Reopened, checklist_of},
    },
    text::{self, Frame},
    view::View,
};
use dioxus::prelude::*;
use model::{
    checklist::{AskedQuestion, QuestionKind, QuestionState, Section},
    id::{ChecklistId, TaskId},
    record::HandIn,
};
use ui::{
    answer::in_words,
    part::{Avatar, Icon, Pace, Status, Step, Tone, Trail},
};

/// Shows the screen at `/taken/:task/checklist/nalezen`.
#[component]
pub fn Review(task: TaskId) -> Element {
    let client = use_client();
    let view = use_view_of(task);
    let found = view.and_then(|view| Some((checklist_of(&view, task)?, view)));
    let Some((checklist, view)) = found.filter(|(c, v)| v.year.checklists.contains_key(c)) else {
        return rsx! {
            NotFoundPage { language: client.language() }
        };
    };
    let key = view.key;
    rsx! {
        ReviewPage {
            view,
            task,
            checklist,
            on_hand_in: move |()| {
                client.hand_in(key, checklist);
                page::focus_heading();
            },
        }
    }
}

/// Shows the page of the screen.
#[component]
pub fn ReviewPage(view: View, task: TaskId, checklist: ChecklistId, on_hand_in: EventHandler<()>) -> Element {
    let language = view.language();
    let (text, frame) = (text::Review(language), Frame(language));
    let Some(set_out) = view.year.checklists.get(&checklist).cloned() else { return VNode::empty() };
    let template = &set_out.template;
    let progress = view.year.progress(checklist);
    let hand_in = view.year.hand_ins.get(&checklist).cloned();
    let title = template.title.get(language).to_owned();
    let back = template.sections.last().map(|s| Address::questions(task, &s.id));
    let offline = view.workspace.is_offline();
    let may = view.may_fill_in();
    // Whoever only presses the filled button leaves nothing open.
    let still_open = first_open(&view, checklist).filter(|_| may && hand_in.is_none());
    let actions = match &hand_in {
        _ if still_open.is_some() => Some(rsx! {
            button { class: "btn", r#type: "button", onclick: move |_| on_hand_in.call(()), {text.hand_in_open(progress.open())} }
            if let Some(section) = still_open {
                ScreenLink { to: Address::questions(task, &section), class: "btn btn--primary", {text.go_on()} }
            }
        }),
        None if may => Some(rsx! {
            button { class: "btn btn--primary", r#type: "button", onclick: move |_| on_hand_in.call(()),
                Icon { name: "send" }
                " "
                {if offline { text.put_ready().to_owned() } else { text.hand_in(view.advisor_name()) }}
            }
        }),
        _ => Some(rsx! {
            ScreenLink { to: Address::overview(), class: "btn btn--primary", {frame.to_overview()} }
        }),
    };
    rsx! {
        FlowFrame {
            workspace: view.workspace.clone(),
            title,
            back: back.unwrap_or(Address::overview()),
            back_label: frame.back(),
            actions,
            div { class: "page__head",
                h1 { {text.title()} }
                if hand_in.is_none() {
                    p { class: "lead", {text.lead(view.advisor_name())} }
                }
            }
            if let Some(hand_in) = hand_in {
                HandedIn { view: view.clone(), hand_in }
            }
            Reopened { view: view.clone(), checklist }
            if progress.open() > 0 {
                Notice { tone: Tone::Wait, icon: "circle-alert",
                    strong { {text.open(progress.open())} }
                    if progress.differing > 0 {
                        p { {text.differing(progress.differing)} }
                    }
                    if progress.sent_back > 0 {
                        p { {text.sent_back_count(progress.sent_back)} }
                    }
                    p { {text.open_body(view.advisor_name())} }
                }
            }
            for section in &template.sections {
                {section_card(&view, task, checklist, section)}
            }
        }
    }
}

/// Shows that the checklist was handed in, and whether the firm has received that.
#[component]
fn HandedIn(view: View, hand_in: HandIn) -> Element {
    let text = text::Review(view.language());
    let unsent = view.is_hand_in_unsent(hand_in.checklist);
    let saved = Step::new(Pace::Done, text.step_saved()).at(view.moment(hand_in.at));
    let steps = match (unsent, view.workspace.connection) {
        (false, _) => vec![saved, Step::new(Pace::Done, text.step_received(view.firm()))],
        (true, Connection::Connected) => vec![
            saved,
            Step::new(Pace::Now, text.step_sending()),
            Step::new(Pace::Later, text.step_received(view.firm())),
        ],
        (true, _) => vec![
            saved,
            Step::new(Pace::Now, text.step_waits()),
            Step::new(Pace::Later, text.step_received(view.firm())),
        ],
    };
    let title = if Some(hand_in.by) == view.me {
        text.handed_in().to_owned()
    } else {
        text.handed_in_by(view.year.given_name(hand_in.by))
    };
    rsx! {
        div { class: "card card--pad stack", role: "status",
            h2 { "{title}" }
            Trail { steps }
            p { class: "small muted", {text.handed_in_body()} }
        }
    }
}

fn section_card(view: &View, task: TaskId, checklist: ChecklistId, section: &Section) -> Element {
    let text = text::Review(view.language());
    let people = view.year.approvers();
    let Some(set_out) = view.year.checklists.get(&checklist) else { return VNode::empty() };
    let asked = set_out.template.asked(section, checklist, &people, &view.year.answers);
    let (mut questions, mut documents) = (0, 0);
    for one in &asked {
        one.each(&mut |one| {
            let done = one.state == QuestionState::Answered;
            match one.question.kind {
                QuestionKind::Upload if !done => documents += 1,
                _ if !done => questions += 1,
                _ => {}
            }
        });
    }
    let route = Address::questions(task, &section.id);
    let id = format!("s-{}", section.id);
    let title = section.title.get(view.language());
    rsx! {
        section { key: "{section.id}", class: "card sect", aria_labelledby: "{id}",
            div { class: "sect__head",
                h2 { id: "{id}", "{title}" }
                if questions > 0 {
                    Status { tone: Tone::Wait, icon: "circle-alert", {text.questions(questions)} }
                } else if documents > 0 {
                    Status { tone: Tone::Wait, icon: "paperclip", {text.documents(documents)} }
                } else {
                    Status { tone: Tone::Ok, icon: "check", {text.ready()} }
                }
                ScreenLink { to: route.clone(), class: "btn btn--quiet btn--s",
                    {text.change()}
                    span { class: "sr", " {title}" }
                }
            }
            dl { class: "qa",
                for one in &asked {
                    {lines(view, one, &route)}
                }
            }
        }
    }
}

/// Shows a question with everything below it, one line each.
fn lines(view: &View, asked: &AskedQuestion<'_>, route: &Address) -> Element {
    let below = asked.followups.iter().chain(asked.rows.iter().flat_map(|(_, columns)| columns));
    rsx! {
        div { key: "{asked.key}",
            dt { {label(view, asked)} }
            dd { {answer(view, asked, route)} }
        }
        for one in below {
            {lines(view, one, route)}
        }
    }
}

fn answer(view: &View, asked: &AskedQuestion<'_>, route: &Address) -> Element {
    let text = text::Review(view.language());
    if asked.question.kind == QuestionKind::Upload && asked.state != QuestionState::SentBack {
        let here = |a: &&documents::dossier::GivenAttachment| {
            a.withdrawal.is_none() && a.attachment.answers.as_ref() == Some(&asked.key)
        };
        let given: Vec<_> = view.year.attachments.iter().filter(here).collect();
        if !given.is_empty() {
            return rsx! {
                for one in given {
                    span { key: "{one.id}",
                        Icon { name: file_icon(one.receipt.is_some()) }
                        " {one.attachment.name} "
                        span { class: "byline", {file_state(view, one)} }
                    }
                }
            };
        }
    }
    let open = match asked.question.kind {
        QuestionKind::Upload => text.add(),
        _ => text.fill_in(),
    };
    match (asked.state, view.year.answers.agreed(&asked.key)) {
        (QuestionState::SentBack, _) => rsx! {
            ScreenLink { to: route.clone(), {text.sent_back()} }
        },
        (QuestionState::Prefilled, _) => rsx! {
            ScreenLink { to: route.clone(), {text.to_confirm()} }
        },
        (QuestionState::Malformed, _) => rsx! {
            ScreenLink { to: route.clone(), {text.malformed()} }
        },
        (QuestionState::Differing, _) => rsx! {
            ScreenLink { to: route.clone(), {text.two_answers()} }
        },
        _ if !asked.rows.is_empty() => rsx! {
            {text.rows(asked.rows.len())}
        },
        (_, Some(given)) => rsx! {
            {in_words(&given.value, asked.question, view.language())}
            if Some(given.by) != view.me {
                " "
                span { class: "byline",
                    Avatar { name: view.year.people.get(&given.by).map(|p| p.name.clone()).unwrap_or_default() }
                    " "
                    {text::Questions(view.language()).by(view.year.given_name(given.by))}
                }
            }
        },
        (_, None) => rsx! {
            ScreenLink { to: route.clone(), "{open}" }
        },
    }
}
