//! The tasks of a client's year: the state of each, and the forms for new ones.

use crate::{
    dossier::{
        request::view as request,
        text::{Dossier, Judging},
    },
    part::{
        field::{Field, whole},
        form::Form,
        frame::Frame,
        recalled,
        year::view::ClientYear,
    },
};
use dioxus::prelude::*;
use documents::dossier::{GivenTask, TaskState};
use model::{
    checklist::Template,
    id::{ChecklistId, PersonId},
    record::{RecallTarget, Role, TaskKind},
};
use ui::part::{Icon, Status, Tone};

/// Renders the tasks, newest first.
pub fn list(frame: &Frame, at: &ClientYear<'_>) -> Element {
    let t = Dossier(frame.language());
    rsx! {
        section { class: "section", id: "taken", aria_labelledby: "taken-titel",
            div { class: "section__head", h2 { id: "taken-titel", {t.tasks()} } }
            if at.year.tasks.is_empty() {
                p { class: "muted", {t.no_tasks()} }
            } else {
                div { class: "card",
                    ul { class: "lines",
                        for task in &at.year.tasks {
                            {task_line(frame, at, task)}
                        }
                    }
                }
            }
        }
    }
}

fn task_line(frame: &Frame, at: &ClientYear<'_>, task: &GivenTask) -> Element {
    let language = frame.language();
    let t = Dossier(language);
    let icon = match task.task.kind {
        TaskKind::Checklist(_) => "list-checks",
        TaskKind::Approval(_) => "signature",
        TaskKind::DocumentRequest(_) => "file-up",
        TaskKind::Payment(_) => "landmark",
    };
    let (tone, state_icon, words) = task_state(at, task, t);
    let title = task.task.title.get(language);
    let due = task.task.due.map(|d| t.due(&ui::format::date_day(d, language)));
    let target = match task.task.kind {
        TaskKind::Checklist(id) => Some(RecallTarget::Checklist(id)),
        TaskKind::DocumentRequest(_) => Some(RecallTarget::Request(task.id)),
        TaskKind::Approval(_) | TaskKind::Payment(_) => None,
    };
    let closable =
        task.closing.is_none() && matches!(task.task.kind, TaskKind::DocumentRequest(_) | TaskKind::Payment(_));
    rsx! {
        li {
            Icon { name: icon }
            " "
            span { class: "grow",
                "{title}"
                if let Some(due) = due {
                    " "
                    span { class: "small muted", "{due}" }
                }
                {request::items(at, task, t)}
            }
            if let Some(target) = target {
                {recalled::mark(frame.time_format, at.year, &at.href(), frame.may_change(), target, title)}
            }
            Status { tone, icon: state_icon, "{words}" }
            if frame.may_change() && closable {
                form { method: "post", action: "{at.href()}/taken/{task.id}/sluiten",
                    button { class: "btn btn--s", r#type: "submit", {t.close()} }
                }
            }
        }
    }
}

fn task_state(at: &ClientYear<'_>, task: &GivenTask, t: Dossier) -> (Tone, &'static str, String) {
    let year = at.year;
    if let Some(closing) = &task.closing {
        let words = if closing.withdrawn { t.withdrawn() } else { t.closed() };
        return (Tone::Ok, "check", words.to_owned());
    }
    match &task.task.kind {
        TaskKind::Checklist(id) if year.hand_ins.contains_key(id) => (Tone::Ok, "check", t.handed_in().to_owned()),
        TaskKind::Checklist(id) => {
            let progress = year.progress(*id);
            (Tone::Wait, "hourglass", format!("{}/{}", progress.answered, progress.asked))
        }
        TaskKind::Approval(_) => {
            let asked: Vec<PersonId> =
                year.people.iter().filter(|(_, p)| p.role == Role::Approver).map(|(id, _)| *id).collect();
            let open: Vec<_> = asked
                .into_iter()
                .filter(|p| year.task_state(task, *p) != TaskState::Done)
                .map(|p| year.given_name(p))
                .collect();
            match open.as_slice() {
                [] => (Tone::Ok, "check", t.everybody_approved().to_owned()),
                open => (Tone::Wait, "hourglass", t.not_yet(&open.join(", "))),
            }
        }
        TaskKind::DocumentRequest(_) => request::state(at, task, t),
        TaskKind::Payment(_) => match year.payment_reports.get(&task.id).filter(|report| report.is_paid) {
            Some(report) => (Tone::Ok, "check", t.paid(year.given_name(report.by))),
            None => (Tone::Wait, "hourglass", t.not_paid().to_owned()),
        },
    }
}

/// Renders the form that assigns a checklist, and nothing if all of them are assigned.
pub fn checklist_form(frame: &Frame, at: &ClientYear<'_>, templates: &[Template], form: &Form) -> Element {
    let language = frame.language();
    let t = Dossier(language);
    let judging = Judging(language);
    let stands = |id: &ChecklistId| !at.year.is_recalled_checklist(*id);
    let is_set_out =
        |template: &&Template| at.year.checklists.iter().any(|(id, c)| c.template.id == template.id && stands(id));
    let left: Vec<_> =
        templates.iter().filter(|x| !is_set_out(x)).map(|x| (x.id.as_str(), x.title.get(language))).collect();
    let base = at.href();
    rsx! {
        if templates.is_empty() {
            p { class: "muted", {t.no_template(at.tax_year.0)} }
        } else if !left.is_empty() {
            div { class: "stack-s",
                h3 { {t.set_out_checklist()} }
                form { class: "stack-s", method: "post", action: "{base}/checklist", novalidate: true,
                    {whole(form)}
                    div { class: "two",
                        {Field::text("checklist", "template", t.checklist()).show_choice(form, &left)}
                        {Field::text("checklist", "due", t.due_field()).kind("date").hint(t.due_hint()).show(form)}
                    }
                    {Field::text("checklist", "prefill", judging.prefill()).show_choice(
                        form,
                        &[("yes", judging.prefill_yes()), ("no", judging.prefill_no())],
                    )}
                    div { class: "cluster",
                        button { class: "btn btn--primary", r#type: "submit",
                            Icon { name: "send" }
                            " "
                            {t.set_out_button()}
                        }
                    }
                }
            }
        }
    }
}
