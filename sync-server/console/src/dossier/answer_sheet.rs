//! The answers of a checklist as a file: PDF for keeping, CSV and JSON for other software.

use super::{
    text::Judging,
    view::answers::{QuestionPlace, places},
};
use crate::{
    part::{csv, time_format::TimeFormat, year::load},
    state::Console,
};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use documents::dossier::DossierYear;
use model::{
    checklist::{QuestionKind, QuestionState, Section},
    id::ChecklistId,
    language::Language,
    record::Checklist,
    time::Timestamp,
};
use paper::{Report, ReportPart, report};
use serde_json::{Value, json};
use storage::db::{Client, DbError};
use ui::answer::in_words;

/// Handles `GET …/checklist/{checklist}/antwoorden/{pdf|csv|json}`.
pub async fn download(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year, checklist, form)): Path<(String, i16, String, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let id: ChecklistId = checklist.parse().map_err(|_| Refusal::NotFound)?;
    let set_out = loaded.year.checklists.get(&id).ok_or(Refusal::NotFound)?;
    let time_format = TimeFormat { now: state.clock.now(), language: advisor.language };
    let sheet = Sheet { client: &loaded.client, year: &loaded.year, time_format, id, checklist: set_out };
    let (bytes, media_type) = match form.as_str() {
        "csv" => (sheet.for_spreadsheets()?, "text/csv; charset=utf-8"),
        "json" => {
            let facts = json!({
                "format": "akkoord-answers-1",
                "client_number": loaded.client.number,
                "client": loaded.client.name,
                "tax_year": loaded.tax_year,
                "template": { "id": set_out.template.id, "version": set_out.template.version },
                "answers": as_json(&loaded.year, time_format, &sheet.sections()),
            });
            (facts.to_string().into_bytes(), "application/json")
        }
        "pdf" => {
            let firm = state.db.read(|q| q.firm(advisor.firm))?.ok_or(DbError::Missing("firm of an advisor"))?;
            (sheet.on_paper(firm.name), "application/pdf")
        }
        _ => return Err(Refusal::NotFound.into()),
    };
    let mut response = ([(header::CONTENT_TYPE, media_type)], bytes).into_response();
    let name: String = loaded.client.number.chars().filter(char::is_ascii_alphanumeric).collect();
    let disposition = format!("attachment; filename=\"antwoorden-{name}-{year}.{form}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// The answers to one checklist, as they are written down.
pub struct Sheet<'y> {
    pub client: &'y Client,
    pub year: &'y DossierYear,
    pub time_format: TimeFormat,
    pub id: ChecklistId,
    pub checklist: &'y Checklist,
}

impl<'y> Sheet<'y> {
    fn sections(&self) -> Vec<(&'y Section, Vec<QuestionPlace<'y>>)> {
        places(self.year, self.time_format.language, self.id, self.checklist)
    }

    /// Returns the answers as a file for a spreadsheet.
    pub fn for_spreadsheets(&self) -> Result<Vec<u8>, ServerError> {
        csv::contents(table(self.year, self.time_format, &self.sections()))
    }

    /// Returns the answers as a PDF of the firm with this name.
    pub fn on_paper(&self, firm: String) -> Vec<u8> {
        let (client, time_format) = (self.client, self.time_format);
        let title = self.checklist.template.title.get(time_format.language);
        report(&Report {
            language: time_format.language,
            firm,
            title: title.to_owned(),
            subtitle: format!("{} ({}), {}", client.name, client.number, time_format.long(time_format.now)),
            foot: format!("{} {}", client.number, title),
            parts: parts(self.year, time_format, &self.sections()),
        })
    }
}

/// Returns in words all answers and documents that were given in one place.
fn answer(year: &DossierYear, language: Language, place: &QuestionPlace<'_>) -> String {
    let t = Judging(language);
    let mut said = Vec::new();
    if place.question.kind == QuestionKind::Rows && place.rows > 0 {
        said.push(t.rows(place.rows));
    }
    let several = place.answers.len() > 1;
    for answer in place.answers {
        let words = in_words(&answer.value, place.question, language);
        said.push(if several { format!("{words} ({})", year.given_name(answer.by)) } else { words });
    }
    if !place.documents.is_empty() {
        let names: Vec<_> = place.documents.iter().map(|d| d.attachment.name.as_str()).collect();
        said.push(t.documents(&names.join(", ")));
    }
    said.retain(|words| !words.is_empty());
    said.join(" / ")
}

fn state(language: Language, state: QuestionState) -> &'static str {
    let t = Judging(language);
    match state {
        QuestionState::Open => t.open(),
        QuestionState::Prefilled => t.prefilled(),
        QuestionState::Answered => t.answered(),
        QuestionState::Malformed => t.malformed(),
        QuestionState::Differing => t.differing(),
        QuestionState::SentBack => t.back(),
    }
}

/// Returns who gave the newest answer or document of a place, and when.
fn given(place: &QuestionPlace<'_>) -> Option<(model::id::PersonId, Timestamp)> {
    let answers = place.answers.iter().map(|a| (a.at, a.by));
    let documents = place.documents.iter().map(|d| (d.attachment.at, d.attachment.by));
    answers.chain(documents).max().map(|(at, by)| (by, at))
}

fn parts(
    year: &DossierYear,
    time_format: TimeFormat,
    sections: &[(&Section, Vec<QuestionPlace<'_>>)],
) -> Vec<ReportPart> {
    let language = time_format.language;
    let mut parts = Vec::new();
    for (section, places) in sections.iter().filter(|(_, places)| !places.is_empty()) {
        parts.push(ReportPart::Heading(section.title.get(language).to_owned()));
        for place in places {
            let whose = place.whose.map(|w| format!(" ({w})")).unwrap_or_default();
            let mut said = answer(year, language, place);
            if said.is_empty() {
                state(language, place.state).clone_into(&mut said);
            }
            if let Some((by, at)) = given(place) {
                said = format!("{said} · {}, {}", year.given_name(by), time_format.short(at));
            }
            if let Some(review) = place.review.filter(|r| !r.remark.is_empty()) {
                said = format!("{said} · {}: {}", review.by, review.remark);
            }
            parts.push(ReportPart::Fact(format!("{}{whose}", place.label), said));
        }
    }
    parts
}

/// Returns the rows of the CSV file, the headings first.
fn table(
    year: &DossierYear,
    time_format: TimeFormat,
    sections: &[(&Section, Vec<QuestionPlace<'_>>)],
) -> Vec<Vec<String>> {
    let language = time_format.language;
    let t = Judging(language);
    let head =
        [t.section(), t.question(), t.person(), t.answer(), t.by(), t.at(), t.state(), t.before(), t.remark_column()];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for (section, places) in sections {
        for place in places {
            let (by, at) = given(place)
                .map_or_else(Default::default, |(by, at)| (year.given_name(by).to_owned(), time_format.exact(at)));
            let before = place.last_year.map(|v| in_words(v, place.question, language)).unwrap_or_default();
            rows.push(vec![
                section.title.get(language).to_owned(),
                place.label.clone(),
                place.whose.unwrap_or_default().to_owned(),
                answer(year, language, place),
                by,
                at,
                state(language, place.state).to_owned(),
                before,
                place.review.map(|r| r.remark.clone()).unwrap_or_default(),
            ]);
        }
    }
    rows
}

fn as_json(year: &DossierYear, time_format: TimeFormat, sections: &[(&Section, Vec<QuestionPlace<'_>>)]) -> Vec<Value> {
    let mut out = Vec::new();
    for (section, places) in sections {
        for place in places {
            let answers: Vec<_> = place
                .answers
                .iter()
                .map(|a| json!({ "value": a.value, "by": year.people.get(&a.by).map(|p| &p.name), "at": a.at }))
                .collect();
            let documents: Vec<_> = place
                .documents
                .iter()
                .map(|d| json!({ "name": d.attachment.name, "blake3": d.attachment.hash, "at": d.attachment.at }))
                .collect();
            out.push(json!({
                "section": section.id,
                "question": place.question.id,
                "text": place.label,
                "person": place.whose,
                "row": place.key.row,
                "state": state(time_format.language, place.state),
                "answers": answers,
                "documents": documents,
                "last_year": place.last_year,
                "review": place.review,
            }));
        }
    }
    out
}
