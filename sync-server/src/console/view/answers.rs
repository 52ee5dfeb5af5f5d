//! The answers to a checklist, by section: each with who gave it and when.
//! Where two people answered differently both answers stand there.

use crate::console::{moments::Moments, text::Dossier};
use dioxus::prelude::*;
use model::{
    checklist::{AnswerValue, Asked, Kind, Question, Standing},
    dossier::{DossierYear, GivenAttachment},
    id::*,
    record::{Answer, Checklist},
};
use ui::part::{Avatar, Icon, Status, Tone};

/// What the answers are shown with.
pub struct Sheet<'y> {
    pub year: &'y DossierYear,
    pub client: ClientId,
    pub moments: Moments,
}

/// One place of the checklist, in the order of asking.
struct Place<'y> {
    label: String,
    whose: Option<&'y str>,
    question: &'y Question,
    answers: &'y [Answer],
    standing: Standing,
    documents: Vec<&'y GivenAttachment>,
    rows: usize,
}

/// All sections of a checklist.
pub fn show(sheet: &Sheet<'_>, id: ChecklistId, checklist: &Checklist) -> Element {
    let language = sheet.moments.language;
    let people = sheet.year.approvers();
    let sections: Vec<_> = checklist
        .template
        .sections
        .iter()
        .map(|section| {
            let mut places = Vec::new();
            for asked in section.asked(id, &people, &sheet.year.answers) {
                collect(sheet, &asked, None, &mut places);
            }
            (section.title.get(language), places)
        })
        .collect();
    rsx! {
        div { class: "card card--pad answers-card",
            for (title , places) in sections {
                table { class: "answers",
                    caption { "{title}" }
                    tbody {
                        for place in places {
                            {row(sheet, &place)}
                        }
                    }
                }
            }
        }
    }
}

fn collect<'y>(sheet: &Sheet<'y>, asked: &Asked<'y>, row: Option<usize>, into: &mut Vec<Place<'y>>) {
    let year = sheet.year;
    let t = Dossier(sheet.moments.language);
    let text = asked.question.text.get(sheet.moments.language);
    let documents = year
        .attachments
        .iter()
        .filter(|a| a.withdrawal.is_none() && a.attachment.answers.as_ref() == Some(&asked.key))
        .collect();
    into.push(Place {
        label: row.map_or_else(|| text.to_owned(), |n| format!("{}: {text}", t.row(n))),
        whose: asked.key.person.map(|p| year.given_name(p)),
        question: asked.question,
        answers: year.answers.at(&asked.key),
        standing: year.answers.standing(&asked.key),
        documents,
        rows: asked.rows.len(),
    });
    for (n, (_, columns)) in asked.rows.iter().enumerate() {
        for column in columns {
            collect(sheet, column, Some(n + 1), into);
        }
    }
    for followup in &asked.followups {
        collect(sheet, followup, row, into);
    }
}

fn row(sheet: &Sheet<'_>, place: &Place<'_>) -> Element {
    let t = Dossier(sheet.moments.language);
    let differing = place.standing == Standing::Differing;
    let nothing = place.answers.is_empty() && place.documents.is_empty();
    rsx! {
        tr {
            th { scope: "row",
                "{place.label}"
                if let Some(whose) = place.whose {
                    " "
                    span { class: "muted", "({whose})" }
                }
            }
            td {
                for document in &place.documents {
                    {document_link(sheet, document)}
                }
                if place.question.kind == Kind::Rows && place.rows > 0 {
                    span { class: "muted", "{place.rows}" }
                } else if differing {
                    for answer in place.answers {
                        {differing_answer(sheet, place.question, answer)}
                    }
                } else if let [answer] = place.answers {
                    {one_answer(sheet, place.question, answer)}
                } else if nothing && place.question.kind == Kind::Upload {
                    Status { tone: Tone::Wait, icon: "hourglass", {t.not_sent()} }
                } else if nothing {
                    span { class: "muted", "–" }
                }
            }
            td {
                if differing {
                    Status { tone: Tone::Bad, icon: "circle-alert", {t.differing()} }
                } else if nothing && place.rows == 0 {
                    span { class: "muted", {t.open()} }
                }
            }
        }
    }
}

fn document_link(sheet: &Sheet<'_>, document: &GivenAttachment) -> Element {
    let t = Dossier(sheet.moments.language);
    let name = &document.attachment.name;
    rsx! {
        if document.receipt.is_some() {
            a { href: file_href(sheet.client, document), target: "_blank", rel: "noopener", "{name}" }
        } else {
            "{name} "
            span { class: "muted", {t.on_the_way()} }
        }
        br {}
    }
}

/// Address of a document's bytes.
pub fn file_href(client: ClientId, document: &GivenAttachment) -> String {
    format!("/api/clients/{client}/files/{}", document.attachment.hash)
}

fn one_answer(sheet: &Sheet<'_>, question: &Question, answer: &Answer) -> Element {
    let name = sheet.year.people.get(&answer.by).map_or("?", |p| &p.name).to_owned();
    let given_name = sheet.year.given_name(answer.by);
    let at = sheet.moments.short(answer.at);
    rsx! {
        {value_text(sheet, question, &answer.value)}
        br {}
        span { class: "byline",
            Avatar { name }
            " {given_name}, {at}"
        }
    }
}

fn differing_answer(sheet: &Sheet<'_>, question: &Question, answer: &Answer) -> Element {
    let given_name = sheet.year.given_name(answer.by);
    let at = sheet.moments.short(answer.at);
    rsx! {
        {value_text(sheet, question, &answer.value)}
        " "
        span { class: "muted", "({given_name}, {at})" }
        br {}
    }
}

fn value_text(sheet: &Sheet<'_>, question: &Question, value: &AnswerValue) -> String {
    let language = sheet.moments.language;
    let t = Dossier(language);
    match value {
        AnswerValue::Yes => t.yes().to_owned(),
        AnswerValue::No => t.no().to_owned(),
        AnswerValue::Unknown => t.unknown().to_owned(),
        AnswerValue::NotApplicable => t.not_applicable().to_owned(),
        AnswerValue::DontHave(reason) => t.dont_have(reason),
        AnswerValue::Amount(cents) => ui::format::amount(*cents),
        AnswerValue::Date(date) => ui::format::date_long(*date, language),
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Choice(id) => question
            .options
            .iter()
            .find(|o| o.id == *id)
            .map_or_else(|| id.clone(), |o| o.text.get(language).to_owned()),
        AnswerValue::Row(_) => String::new(),
    }
}

/// How far the checklist is, beside its title.
pub fn progress(sheet: &Sheet<'_>, id: ChecklistId) -> Element {
    let t = Dossier(sheet.moments.language);
    let progress = sheet.year.progress(id);
    rsx! {
        p { class: "small muted",
            {t.answered_of(progress.answered, progress.asked)}
            if let Some(hand_in) = sheet.year.hand_ins.get(&id) {
                " "
                span { class: "status status--ok",
                    Icon { name: "check" }
                    " "
                    {t.handed_in()}
                    " "
                    {sheet.moments.short(hand_in.at)}
                }
            }
        }
    }
}
