//! The statement of one person as a page to be signed with a pen, for people without a login.

use super::text::{Consent, StatementPaper as Text};
use crate::{part::year::load, state::Console};
use accounts::{
    InConsole,
    error::{Refusal, ServerError},
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};
use documents::dossier::GivenRevision;
use model::{id::*, language::Language, record::Basis};
use paper::{Report, ReportPart, report};
use storage::db::DbError;

/// Handles `GET …/akkoord/{revision}/verklaring/{person}`.
pub async fn print(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Path((number, year, revision, person)): Path<(String, i16, String, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let revision: RevisionId = revision.parse().map_err(|_| Refusal::NotFound)?;
    let person: PersonId = person.parse().map_err(|_| Refusal::NotFound)?;
    let is_asked = |given: &&GivenRevision| {
        given.is_current() && given.revision.basis == Basis::Approval && given.revision.scope.is_none()
    };
    let given = loaded.year.revision(revision).filter(is_asked).ok_or(Refusal::NotFound)?;
    let request = &given.consents.get(&person).ok_or(Refusal::NotFound)?.request;
    let language = loaded.year.people.get(&person).map_or(Language::Nl, |known| known.language);
    let firm = state.db.read(|q| q.firm(advisor.firm))?.ok_or(DbError::Missing("firm of an advisor"))?;
    let t = Text(language);
    let fact = |name: &str, value: &str| ReportPart::Fact(name.to_owned(), value.to_owned());
    let file = &given.revision.file;
    let title = Consent(language).title(&given.title(language), given.revision.number);
    let bytes = report(&Report {
        language,
        title: t.title().to_owned(),
        subtitle: title.clone(),
        foot: format!("{} · {title}", loaded.client.number),
        parts: vec![
            ReportPart::Passage(t.lead(&firm.name)),
            ReportPart::Heading(t.statement().to_owned()),
            ReportPart::Passage(request.statement.clone()),
            ReportPart::Heading(t.sign().to_owned()),
            fact(t.name(), &request.signer),
            fact(t.date(), BLANK),
            fact("", ""),
            fact(t.signature(), BLANK),
            ReportPart::Heading(t.document().to_owned()),
            fact(t.file(), &format!("{} ({} bytes)", file.name, file.size)),
            ReportPart::Code("BLAKE3".to_owned(), file.hash.to_string()),
        ],
        firm: firm.name,
    });
    let disposition = "inline; filename=\"verklaring.pdf\"";
    Ok(([(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// A line to be filled in.
const BLANK: &str = ". . . . . . . . . . . . . . . . . . . . . . . . . . . . . .";
