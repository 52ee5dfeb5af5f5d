//! Tasks that the person is asked to do, with the most urgent on top.

use crate::{
    address::Address,
    component::{approval_state::short, frame::ScreenLink, together::how_many},
    text::{ApprovalStateText, Home, Together},
    view::View,
};
use dioxus::prelude::*;
use documents::dossier::{ApprovalState, GivenRevision, GivenTask};
use model::{checklist::Progress, id::ChecklistId, record::TaskKind, tax_return::Noun};
use ui::{
    format,
    part::{Icon, Status, Tone},
};

/// The number of returns that a line names.
const NAMED: usize = 3;

/// A task in the year it belongs to.
#[derive(Clone, PartialEq)]
pub struct Due {
    /// Year of the task.
    pub view: View,
    /// The task itself.
    pub task: GivenTask,
    /// All tasks of this line, if several small returns are read and approved together.
    pub together: Vec<GivenTask>,
}

impl Due {
    /// Returns the name of the line.
    fn title(&self) -> String {
        let language = self.view.language();
        if self.together.is_empty() {
            return self.task.task.title.get(language).to_owned();
        }
        let all: Vec<_> = self.together.iter().filter_map(|task| self.view.revision_of(task.id)).collect();
        Together(language).to_approve(&how_many(&self.view, all))
    }

    /// Returns the names of the returns that are approved together. Of many, the first are named.
    fn names(&self) -> String {
        let all = self.together.iter().filter_map(|task| self.view.revision_of(task.id));
        let all: Vec<_> = all.map(|given| given.title(self.view.language())).collect();
        match all.split_at_checked(NAMED) {
            Some((named, rest)) if rest.len() > 1 => {
                format!("{} {}", named.join(", "), Together(self.view.language()).and_more(rest.len()))
            }
            _ => all.join(", "),
        }
    }

    /// Returns the address of the screen on which it is done.
    fn to(&self) -> Address {
        if self.together.is_empty() {
            return route_of(&self.view, &self.task);
        }
        Address::approve_together(self.view.key.tax_year)
    }
}

/// Returns the open tasks of all years, the most urgent first.
pub fn due(views: &[View]) -> Vec<Due> {
    let mut due: Vec<_> = views
        .iter()
        .flat_map(|view| {
            let together = view.to_approve_together();
            let first = together.first().map(|task| task.id);
            let is_apart = |task: &GivenTask| Some(task.id) == first || together.iter().all(|t| t.id != task.id);
            let lines: Vec<_> = view.open_tasks().into_iter().filter(is_apart).collect();
            lines.into_iter().map(move |task| Due {
                view: view.clone(),
                together: if Some(task.id) == first { together.clone() } else { Vec::new() },
                task,
            })
        })
        .collect();
    // The sort is stable, so the order within a year stays.
    due.sort_by_key(|d| !matches!(d.task.task.kind, TaskKind::Approval(_)));
    due
}

/// Returns the address of the screen on which a task is done.
pub fn route_of(view: &View, task: &GivenTask) -> Address {
    match &task.task.kind {
        TaskKind::Approval(_) => Address::approve(task.id),
        TaskKind::DocumentRequest(_) => Address::documents(task.id),
        TaskKind::Payment(_) => Address::payment(task.id),
        TaskKind::Checklist(checklist) => match first_open(view, *checklist) {
            Some(section) => Address::questions(task.id, &section),
            None => Address::review(task.id),
        },
    }
}

/// Returns the first section with something to do.
pub fn first_open(view: &View, checklist: ChecklistId) -> Option<String> {
    let template = &view.year.checklists.get(&checklist)?.template;
    let people = view.year.approvers();
    let open =
        |s: &&model::checklist::Section| template.progress_of(s, checklist, &people, &view.year.answers).open() > 0;
    template.sections.iter().find(open).map(|s| s.id.clone())
}

fn icon(kind: &TaskKind) -> &'static str {
    match kind {
        TaskKind::Approval(_) => "signature",
        TaskKind::Checklist(_) => "list-checks",
        TaskKind::DocumentRequest(_) => "file-up",
        TaskKind::Payment(_) => "landmark",
    }
}

/// Shows the section with all open tasks.
#[component]
pub fn Tasks(due: Vec<Due>) -> Element {
    let Some(first) = due.first() else { return VNode::empty() };
    let home = Home(first.view.language());
    // Without a network the list of unsent work comes first, and no task is emphasised.
    let card = (!first.view.workspace.is_offline()).then(|| first.clone());
    let rest = if card.is_some() { due[1..].to_vec() } else { due.clone() };
    let head = if card.is_some() { "section__head sr-phone" } else { "section__head" };
    rsx! {
        section { class: "section area-tasks", aria_labelledby: "te-doen",
            div { class: head,
                h2 { id: "te-doen", {home.to_do()} }
            }
            if let Some(first) = card {
                TaskCard { due: first }
            }
            if !rest.is_empty() {
                div { class: "card",
                    ul { class: "items",
                        for one in rest {
                            li { key: "{one.task.id}", TaskItem { due: one } }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn TaskCard(due: Due) -> Element {
    let (title, to, names) = (due.title(), due.to(), due.names());
    let Due { view, task, .. } = due;
    let home = Home(view.language());
    let asked_by = &task.task.asked_by;
    let state = view.revision_of(task.id).map(|given| given.approval_state(view.me));
    let again = view.revision_of(task.id).is_some_and(|given| view.replaced(given).is_some());
    let text = ApprovalStateText(view.language());
    let together = Together(view.language());
    let noun = view.revision_of(task.id).map_or(Noun::Return, GivenRevision::noun);
    let yours = noun.yours(view.language());
    let see_return = || home.see_return(&yours);
    let (word, sentence, button) = match &task.task.kind {
        _ if !names.is_empty() => (home.approval_asked(), together.lead().to_owned(), together.start().to_owned()),
        TaskKind::Approval(_) => match state {
            Some(ApprovalState::ForInformation(_)) => {
                (text.information_title(), text.information_body().to_owned(), see_return())
            }
            Some(ApprovalState::ByStandingConsent(_)) => {
                (text.by_consent_title(), text.information_body().to_owned(), see_return())
            }
            Some(ApprovalState::ConsentOver) => {
                (text.consent_over_title(), text.consent_over_body(asked_by), see_return())
            }
            Some(ApprovalState::Refused(_)) => {
                (text.refused_short(), text.refused_way().to_owned(), text.refused_again().to_owned())
            }
            _ if noun == Noun::Consent => {
                (home.approval_asked(), home.consent_ready(asked_by), home.see_consent().to_owned())
            }
            _ if again => (home.approve_again(), home.return_new(asked_by), see_return()),
            _ => (home.approval_asked(), home.return_ready(asked_by, &yours), see_return()),
        },
        TaskKind::Checklist(id) => {
            let has_begun = view.year.progress(*id).answered > 0;
            let button = if has_begun { home.go_on_checklist() } else { home.start_checklist() };
            (home.checklist_asked(), home.checklist_ready(asked_by), button.to_owned())
        }
        TaskKind::DocumentRequest(_) => {
            (home.documents_asked(), home.documents_ready(asked_by), home.send_documents().to_owned())
        }
        TaskKind::Payment(_) => (home.payment_asked(), home.payment_ready(asked_by), home.see_payment().to_owned()),
    };
    rsx! {
        article { class: "card task",
            div { class: "task__meta",
                Status { tone: Tone::Accent, icon: icon(&task.task.kind), {word} }
                if let Some(when) = due_words(&view, &task) {
                    span { class: "tiny muted", "{when}" }
                }
            }
            h3 { class: "task__title", "{title}" }
            if !names.is_empty() {
                p { class: "small muted", "{names}" }
            }
            p { "{sentence}" }
            {details(&view, &task)}
            ScreenLink { to, class: "btn btn--primary btn--block", {button} }
        }
    }
}

#[component]
fn TaskItem(due: Due) -> Element {
    let (title, to, names) = (due.title(), due.to(), due.names());
    let Due { view, task, .. } = due;
    let home = Home(view.language());
    let state = view.revision_of(task.id).map(|given| given.approval_state(view.me));
    let sub = match &task.task.kind {
        _ if !names.is_empty() => names,
        TaskKind::Approval(_)
            if matches!(
                state,
                Some(
                    ApprovalState::Refused(_) | ApprovalState::ForInformation(_) | ApprovalState::ByStandingConsent(_)
                )
            ) =>
        {
            state.map(|state| short(&view, state)).unwrap_or_default()
        }
        TaskKind::Approval(_) if view.workspace.is_offline() => home.also_offline().to_owned(),
        TaskKind::Approval(_) => due_words(&view, &task).unwrap_or_else(|| home.approval_asked().to_owned()),
        TaskKind::Checklist(id) => checklist_words(&home, view.year.progress(*id)),
        TaskKind::Payment(_) => due_words(&view, &task).unwrap_or_else(|| home.payment_asked().to_owned()),
        TaskKind::DocumentRequest(items) => items.iter().map(|i| i.title.as_str()).collect::<Vec<_>>().join(", "),
    };
    rsx! {
        ScreenLink { to, class: "item",
            span { class: "item__icon", Icon { name: icon(&task.task.kind) } }
            span { class: "item__body",
                span { class: "item__title", "{title}" }
                span { class: "item__sub", "{sub}" }
                {bar(&view, &task)}
            }
            span { class: "item__end", Icon { name: "chevron-right" } }
        }
    }
}

/// Shows below the card's sentence how far the task is, or which documents it asks for.
fn details(view: &View, task: &GivenTask) -> Element {
    match &task.task.kind {
        TaskKind::Checklist(id) => rsx! {
            p { {checklist_words(&Home(view.language()), view.year.progress(*id))} }
            {bar(view, task)}
        },
        TaskKind::DocumentRequest(_) => {
            let icon = |answered| if answered { "file-check" } else { "file-text" };
            let items = view.year.items(task);
            rsx! {
                ul { class: "stack-s",
                    for item in items {
                        li { key: "{item.key}", class: "small",
                            Icon { name: icon(item.is_answered()) }
                            " {item.item.title}"
                        }
                    }
                }
            }
        }
        TaskKind::Approval(_) | TaskKind::Payment(_) => VNode::empty(),
    }
}

fn checklist_words(home: &Home, progress: Progress) -> String {
    match progress {
        Progress { differing, .. } if differing > 0 => home.two_answers().to_owned(),
        p if p.open() == 0 => home.all_answered().to_owned(),
        p => home.questions_left(p.open(), p.asked),
    }
}

fn bar(view: &View, task: &GivenTask) -> Element {
    let TaskKind::Checklist(id) = &task.task.kind else { return VNode::empty() };
    let progress = view.year.progress(*id);
    let label = Home(view.language()).questions_done(progress.answered, progress.asked);
    rsx! {
        progress { class: "bar", value: "{progress.answered}", max: "{progress.asked.max(1)}", aria_label: label }
    }
}

fn due_words(view: &View, task: &GivenTask) -> Option<String> {
    let (home, due) = (Home(view.language()), task.task.due?);
    let words = format::date_day(due, view.language());
    let today = view.now.at_offset(view.offset).date();
    Some(if due < today { home.was_due(&words) } else { home.by(&words) })
}
