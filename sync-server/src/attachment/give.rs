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
use dossiers::{Dossiers, work::Share};
use model::{attachment::MediaType, hash::ContentHash, id::ClientId};
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

async fn find(
    dossiers: &Dossiers,
    signed_in: &SignedIn,
    (client, hash): (String, String),
) -> Result<FileRow, ServerError> {
    let client: ClientId = client.parse().map_err(|_| Refusal::NotFound)?;
    let hash: ContentHash = hash.parse().map_err(|_| Refusal::NotFound)?;
    may_read(dossiers, signed_in, client, hash).await?;
    Ok(dossiers.db().read(|q| q.file(client, hash))?.ok_or(Refusal::NotFound)?)
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

async fn may_read(
    dossiers: &Dossiers,
    signed_in: &SignedIn,
    client: ClientId,
    hash: ContentHash,
) -> Result<(), ServerError> {
    let advisor = dossiers.db().read(|q| q.advisor_of_account(signed_in.account))?;
    if let Some(advisor) = advisor
        && dossiers.db().read(|q| q.client(advisor.firm, client))?.is_some()
    {
        return Ok(());
    }
    let person = access::of_client(dossiers.db(), signed_in, client)?;
    let (work, dossiers) = (dossiers.work(), dossiers.clone());
    let may_read = work.run(Share::Files, move || dossiers.may_read(&person, &hash));
    if may_read.await?? { Ok(()) } else { Err(Refusal::NotFound.into()) }
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
