//! Serves files to the people of the client and to the client's firm.
//! Everybody else learns nothing, not even that there is a file.

use accounts::{
    SignedIn, access,
    error::{Refusal, ServerError},
};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use dossiers::{ActionError, Dossiers, work::Share};
use model::{
    attachment::MediaType,
    hash::ContentHash,
    id::{ClientId, PersonId},
};
use storage::db::{FileRow, FileView};
use tower_http::services::ServeFile;

/// The policy of a file: it may use no script, no style and no address of its own. The
/// last two entries let Chromium's PDF viewer work, inside our pages only.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
);

/// Handles `GET /api/clients/{client}/files/{hash}`, including ranges: the file as it was sent. A browser shows it only
/// if it may; in any other case it is saved.
pub async fn file(
    State(dossiers): State<Dossiers>,
    signed_in: SignedIn,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Result<Response, ServerError> {
    let row = find(&dossiers, &signed_in, path).await?;
    let path = dossiers.files().path(row.client, row.hash);
    if !tokio::fs::try_exists(&path).await? {
        tracing::error!(client = %row.client, hash = %row.hash, "a file is in the table and not in the store");
        return Err(Refusal::NotFound.into());
    }
    give(&path, &row, row.view == FileView::Whole, request).await
}

/// Handles `GET /api/clients/{client}/files/{hash}/shown`: what a browser may show of the file, or else the file as it
/// was sent, to be saved.
pub async fn shown(
    state: State<Dossiers>,
    signed_in: SignedIn,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Result<Response, ServerError> {
    let row = find(&state, &signed_in, path.clone()).await?;
    let copy = state.files().copy_path(row.client, row.hash);
    if row.view == FileView::Copy && tokio::fs::try_exists(&copy).await? {
        return give(&copy, &row, true, request).await;
    }
    file(state, signed_in, Path(path), request).await
}

/// The number of seconds within which a file that a person is given is recorded once.
const NOTED_ONCE: i64 = 60;

async fn find(
    dossiers: &Dossiers,
    signed_in: &SignedIn,
    (client, hash): (String, String),
) -> Result<FileRow, ServerError> {
    let client: ClientId = client.parse().map_err(|_| Refusal::NotFound)?;
    let hash: ContentHash = hash.parse().map_err(|_| Refusal::NotFound)?;
    let person = may_read(dossiers, signed_in, client, hash).await?;
    let row = dossiers.db().read(|q| q.file(client, hash))?.ok_or(Refusal::NotFound)?;
    if let Some(person) = person {
        note(dossiers, client, hash, person).await?;
    }
    Ok(row)
}

/// Records that a person is given a file, at most once a minute.
async fn note(dossiers: &Dossiers, client: ClientId, hash: ContentHash, person: PersonId) -> Result<(), ServerError> {
    let at = dossiers.clock().now();
    let since = at.plus_seconds(-NOTED_ONCE);
    if !dossiers.db().read(|q| q.was_given_since(client, hash, person, since))? {
        dossiers.db().write(move |tx| tx.file_given(client, hash, person, at)).await?;
    }
    Ok(())
}

async fn give(
    path: &std::path::Path,
    row: &FileRow,
    is_shown: bool,
    request: Request,
) -> Result<Response, ServerError> {
    let kind = MediaType::of_mime(&row.media_type).ok_or(Refusal::NotFound)?;
    let mut response = bytes(path, request).await;
    let how = if is_shown && kind.shows_in_browsers() { "inline" } else { "attachment" };
    let name = row.hash.to_string();
    let name = name.get(..12).unwrap_or_default();
    let disposition = format!("{how}; filename=\"{name}.{}\"", kind.extension());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.mime()));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::try_from(disposition).map_err(ServerError::inner)?);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// Returns the person of the client who asks; `None` is somebody of the firm, who may see what was taken back, too.
async fn may_read(
    dossiers: &Dossiers,
    signed_in: &SignedIn,
    client: ClientId,
    hash: ContentHash,
) -> Result<Option<PersonId>, ServerError> {
    let advisor = dossiers.db().read(|q| q.advisor_of_account(signed_in.account))?;
    if let Some(advisor) = advisor
        && dossiers.db().read(|q| q.client(advisor.firm, client))?.is_some()
    {
        return Ok(None);
    }
    let person = access::of_client(dossiers.db(), signed_in, client)?;
    let (work, dossiers, id) = (dossiers.work(), dossiers.clone(), person.id);
    let look = move || {
        let is_recalled = dossiers.is_recalled_file(client, &hash)?;
        Ok::<_, ActionError>((is_recalled, dossiers.may_read(&person, &hash)?))
    };
    match work.run(Share::Files, look).await?? {
        (true, _) => Err(Refusal::Recalled.into()),
        (false, true) => Ok(Some(id)),
        (false, false) => Err(Refusal::NotFound.into()),
    }
}

async fn bytes(path: &std::path::Path, request: Request) -> Response {
    // Only the range header is passed on: a file never changes, so dates mean nothing.
    let mut plain = Request::new(Body::empty());
    *plain.method_mut() = request.method().clone();
    let ranges: HeaderMap = request
        .headers()
        .iter()
        .filter(|(name, _)| *name == header::RANGE)
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect();
    *plain.headers_mut() = ranges;
    match ServeFile::new(path).try_call(plain).await {
        Ok(response) => response.map(Body::new),
        Err(error) => ServerError::from(error).into_response(),
    }
}
