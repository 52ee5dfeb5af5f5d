//! The answers to a checklist, by section: each with who gave it and when.
//! Where two people answered differently both answers are shown.

use crate::{
    dossier::text::{Dossier, Judging},
    part::{address, reading, year::view::YearView},
};
use dioxus::prelude::*;
use documents::dossier::{DossierYear, GivenAttachment};
use model::{
    checklist::{AnswerKey, AnswerValue, AskedQuestion, Question, QuestionKind, QuestionState, Section},
    id::*,
    language::Language,
    record::{Answer, Checklist, Review, ReviewOutcome},
};
use ui::{
    answer::in_words,
    part::{Avatar, Icon, Status, Tone},
};

/// A question as it is asked in one place of the checklist, with its answers there.
pub struct QuestionPlace<'y> {
    pub label: String,
    pub key: AnswerKey,
    pub whose: Option<&'y str>,
    pub question: &'y Question,
    pub answers: &'y [Answer],
    pub state: QuestionState,
    pub documents: Vec<&'y GivenAttachment>,
    pub rows: usize,
    /// The answer that was given to this question for the year before.
    pub last_year: Option<&'y AnswerValue>,
    pub review: Option<&'y Review>,
}

/// Returns, by section and in the order of asking, the places that are asked at present.
pub fn places<'y>(
    year: &'y DossierYear,
    language: Language,
    id: ChecklistId,
    checklist: &'y Checklist,
) -> Vec<(&'y Section, Vec<QuestionPlace<'y>>)> {
    let people = year.approvers();
    let of_section = |section: &'y Section| {
        let mut places = Vec::new();
        for asked in checklist.template.asked(section, id, &people, &year.answers) {
            collect(year, language, &asked, None, &mut places);
        }
        (section, places)
    };
    checklist.template.sections.iter().map(of_section).collect()
}

/// Renders all sections of a checklist.
pub fn show(year_view: &YearView<'_>, id: ChecklistId, checklist: &Checklist) -> Element {
    let language = year_view.time_format.language;
    let t = Judging(language);
    let base = format!("{}/checklist/{id}", year_view.base);
    rsx! {
        div { class: "card card--pad answers-card",
            for (section , places) in places(year_view.year, language, id, checklist) {
                table { class: "answers",
                    caption { {section.title.get(language)} }
                    tbody {
                        for place in places.iter() {
                            {row(year_view, &base, place)}
                        }
                    }
                }
                if year_view.may_change && places.iter().any(|p| p.is_to_judge()) {
                    form { class: "no-print", method: "post", action: "{base}/beoordelen",
                        input { r#type: "hidden", name: "section", value: "{section.id}" }
                        input { r#type: "hidden", name: "outcome", value: "accepted" }
                        button { class: "btn btn--quiet btn--s", r#type: "submit",
                            Icon { name: "check" }
                            " "
                            {t.accept_section(section.title.get(language))}
                        }
                    }
                }
            }
        }
        {take_out(year_view, &base)}
        {reopen(year_view, id, &base)}
    }
}

fn take_out(year_view: &YearView<'_>, base: &str) -> Element {
    let t = Judging(year_view.time_format.language);
    rsx! {
        p { class: "cluster small no-print",
            span { class: "muted", {t.take_out()} }
            for (form , word) in [("pdf", "PDF"), ("csv", "CSV"), ("json", "JSON")] {
                a { href: "{base}/antwoorden/{form}", "{word}" }
                " "
            }
        }
    }
}

fn reopen(year_view: &YearView<'_>, id: ChecklistId, base: &str) -> Element {
    let t = Judging(year_view.time_format.language);
    let handed_in = year_view.year.hand_ins.contains_key(&id);
    let reopening = year_view.year.reopenings.get(&id).filter(|_| !handed_in);
    rsx! {
        if let Some(reopening) = reopening {
            p { class: "small muted",
                {t.reopened(&reopening.by, &year_view.time_format.short(reopening.at))}
                if !reopening.remark.is_empty() {
                    ": “{reopening.remark}”"
                }
            }
        }
        if handed_in && year_view.may_change {
            details { class: "no-print",
                summary { class: "small", {t.reopen()} }
                form { class: "stack-s", method: "post", action: "{base}/heropenen",
                    div { class: "field",
                        label { r#for: "heropen-{id}", {t.reopen_remark()} }
                        textarea { class: "textarea", id: "heropen-{id}", name: "remark", rows: "2", maxlength: "1000" }
                    }
                    button { class: "btn btn--s", r#type: "submit", {t.reopen()} }
                }
            }
        }
    }
}

fn collect<'y>(
    year: &'y DossierYear,
    language: Language,
    asked: &AskedQuestion<'y>,
    row: Option<usize>,
    into: &mut Vec<QuestionPlace<'y>>,
) {
    let text = asked.question.text.get(language);
    let documents = year
        .attachments
        .iter()
        .filter(|a| a.withdrawal.is_none() && a.attachment.answers.as_ref() == Some(&asked.key))
        .collect();
    into.push(QuestionPlace {
        label: row.map_or_else(|| text.to_owned(), |n| format!("{}: {text}", Dossier(language).row(n))),
        whose: asked.key.person.map(|p| year.given_name(p)),
        question: asked.question,
        answers: year.answers.at(&asked.key),
        state: asked.state,
        documents,
        rows: asked.rows.len(),
        last_year: year.answers.last_year.get(&asked.key),
        review: year.answers.review(&asked.key),
        key: asked.key.clone(),
    });
    for (n, (_, columns)) in asked.rows.iter().enumerate() {
        for column in columns {
            collect(year, language, column, Some(n + 1), into);
        }
    }
    for followup in &asked.followups {
        collect(year, language, followup, row, into);
    }
}

impl QuestionPlace<'_> {
    /// Returns true if an answer or document was given here that no advisor has reviewed.
    pub fn is_to_judge(&self) -> bool {
        matches!(self.state, QuestionState::Answered | QuestionState::Malformed)
            && self.review.is_none()
            && !(self.answers.is_empty() && self.documents.is_empty())
    }
}

fn row(year_view: &YearView<'_>, base: &str, place: &QuestionPlace<'_>) -> Element {
    let language = year_view.time_format.language;
    let t = Dossier(language);
    let differing = place.state == QuestionState::Differing;
    let nothing = place.answers.is_empty() && place.documents.is_empty();
    let judgeable = year_view.may_change && !nothing && !differing;
    let value = |v: &AnswerValue| in_words(v, place.question, language);
    // Last year's answer gets a line only if it differs from this year's.
    let before = place.last_year.filter(|v| place.answers.first().is_none_or(|a| a.value != **v)).map(value);
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
                    {document_link(year_view, document)}
                }
                if place.question.kind == QuestionKind::Rows && place.rows > 0 {
                    span { class: "muted", "{place.rows}" }
                } else if differing {
                    for answer in place.answers {
                        {differing_answer(year_view, place.question, answer)}
                    }
                } else if let [answer] = place.answers {
                    {one_answer(year_view, place.question, answer)}
                } else if nothing && place.question.kind == QuestionKind::Upload {
                    Status { tone: Tone::Wait, icon: "hourglass", {t.not_sent()} }
                } else if nothing {
                    span { class: "muted", "–" }
                }
                if let Some(before) = before.filter(|b| !b.is_empty()) {
                    br {}
                    span { class: "small muted", {Judging(language).last_year(&before)} }
                }
                {judgement(year_view, place)}
                if judgeable {
                    {judge_form(year_view, base, place)}
                }
            }
            td { {state(language, place)} }
        }
    }
}

fn state(language: Language, place: &QuestionPlace<'_>) -> Element {
    let (t, judging) = (Dossier(language), Judging(language));
    let accepted = place.review.is_some_and(|r| r.outcome == ReviewOutcome::Accepted);
    match place.state {
        QuestionState::Differing => rsx! {
            Status { tone: Tone::Bad, icon: "circle-alert", {t.differing()} }
        },
        QuestionState::SentBack => rsx! {
            Status { tone: Tone::Wait, icon: "message-circle", {judging.back()} }
        },
        QuestionState::Malformed => rsx! {
            Status { tone: Tone::Bad, icon: "circle-alert", {judging.malformed()} }
        },
        QuestionState::Prefilled => rsx! {
            span { class: "muted", {judging.prefilled()} }
        },
        QuestionState::Answered if accepted => rsx! {
            Status { tone: Tone::Ok, icon: "check", {judging.accept()} }
        },
        QuestionState::Answered => VNode::empty(),
        QuestionState::Open => rsx! {
            span { class: "muted", {t.open()} }
        },
    }
}

fn judgement(year_view: &YearView<'_>, place: &QuestionPlace<'_>) -> Element {
    let Some(review) = place.review else { return VNode::empty() };
    let t = Judging(year_view.time_format.language);
    let when = year_view.time_format.short(review.at);
    let words = match review.outcome {
        ReviewOutcome::Accepted => t.accepted(&review.by, &when),
        ReviewOutcome::SentBack => t.sent_back(&review.by, &when),
    };
    rsx! {
        br {}
        span { class: "small muted",
            "{words}"
            if !review.remark.is_empty() {
                ": “{review.remark}”"
            }
        }
    }
}

fn judge_form(year_view: &YearView<'_>, base: &str, place: &QuestionPlace<'_>) -> Element {
    let t = Judging(year_view.time_format.language);
    rsx! {
        details { class: "no-print",
            summary { class: "small",
                span { aria_hidden: "true", {t.judge()} }
                span { class: "sr", {t.judge_what(&place.label)} }
            }
            form { class: "stack-s", method: "post", action: "{base}/beoordelen",
                input { r#type: "hidden", name: "key", value: "{place.key}" }
                textarea {
                    class: "textarea",
                    name: "remark",
                    rows: "2",
                    maxlength: "1000",
                    aria_label: t.remark(),
                    placeholder: t.remark(),
                }
                div { class: "cluster",
                    button { class: "btn btn--s", r#type: "submit", name: "outcome", value: "accepted", {t.accept()} }
                    button { class: "btn btn--s", r#type: "submit", name: "outcome", value: "sent_back", {t.send_back()} }
                }
            }
        }
    }
}

fn document_link(year_view: &YearView<'_>, document: &GivenAttachment) -> Element {
    let t = Dossier(year_view.time_format.language);
    let name = &document.attachment.name;
    rsx! {
        if let Some(receipt) = &document.receipt {
            a {
                href: address::shown_file(year_view.client, &document.attachment.hash),
                target: "_blank",
                rel: "noopener",
                "data-reads": reading::of(&receipt.media_type),
                "{name}"
            }
        } else {
            "{name} "
            span { class: "muted", {t.on_the_way()} }
        }
        br {}
    }
}

fn one_answer(year_view: &YearView<'_>, question: &Question, answer: &Answer) -> Element {
    let name = year_view.year.people.get(&answer.by).map_or("?", |p| &p.name).to_owned();
    let given_name = year_view.year.given_name(answer.by);
    let at = year_view.time_format.short(answer.at);
    rsx! {
        {in_words(&answer.value, question, year_view.time_format.language)}
        br {}
        span { class: "byline",
            Avatar { name }
            " {given_name}, {at}"
        }
    }
}

fn differing_answer(year_view: &YearView<'_>, question: &Question, answer: &Answer) -> Element {
    let given_name = year_view.year.given_name(answer.by);
    let at = year_view.time_format.short(answer.at);
    rsx! {
        {in_words(&answer.value, question, year_view.time_format.language)}
        " "
        span { class: "muted", "({given_name}, {at})" }
        br {}
    }
}

/// Renders how many questions of the checklist are answered and whether it was handed in.
pub fn progress(year_view: &YearView<'_>, id: ChecklistId) -> Element {
    let t = Dossier(year_view.time_format.language);
    let progress = year_view.year.progress(id);
    rsx! {
        p { class: "small muted",
            {t.answered_of(progress.answered, progress.asked)}
            if let Some(hand_in) = year_view.year.hand_ins.get(&id) {
                " "
                span { class: "status status--ok",
                    Icon { name: "check" }
                    " "
                    {t.handed_in()}
                    " "
                    {year_view.time_format.short(hand_in.at)}
                }
            }
        }
    }
}
