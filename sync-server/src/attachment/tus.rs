//! Uploads by the tus protocol, version 1.0.0, with creation, termination and
//! expiration (<https://tus.io/protocols/resumable-upload>). A thin coat
//! around the store; when an upload is whole, the dossier gets its receipt.

use super::{Appended, StoreError};
use crate::{
    access,
    auth::SignedIn,
    clock::random,
    db::{FileRow, PersonRow, UploadId, UploadRow},
    dossiers::ActionError,
    error::{Refusal, ServerError},
    state::State,
};
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use model::{
    hash::ContentHash,
    id::*,
    record::{Receipt, Role},
    time::{TaxYear, Timestamp},
};
use std::str::FromStr;

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,termination,expiration";
/// An upload that is not finished within this is forgotten.
const SECONDS_VALID: i64 = 7 * 24 * 3600;

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");

type StateOf = axum::extract::State<State>;

/// `OPTIONS`: what this server can do.
pub async fn options(axum::extract::State(state): StateOf) -> Response {
    let headers = [
        (TUS_RESUMABLE, HeaderValue::from_static(VERSION)),
        (TUS_VERSION, HeaderValue::from_static(VERSION)),
        (TUS_EXTENSION, HeaderValue::from_static(EXTENSIONS)),
        (TUS_MAX_SIZE, HeaderValue::from(state.files.largest())),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// `GET` on an upload: it is asked about by `HEAD` only.
pub async fn no_get() -> Refusal {
    Refusal::NotFound
}

/// `POST /api/clients/{client}/uploads`: begins, or tells where to go on.
pub async fn create(
    axum::extract::State(state): StateOf,
    signed_in: SignedIn,
    Path(client): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ServerError> {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    let client: ClientId = client.parse().map_err(|_| Refusal::NotFound)?;
    let person = access::of_client(&state.db, &signed_in, client)?;
    if person.role == Role::Reader {
        return Err(Refusal::NotAllowed.into());
    }
    let size: u64 = number(&headers, &UPLOAD_LENGTH)?;
    let announced = Announced::of(&headers).ok_or(Refusal::Malformed)?;
    if size == 0 {
        return Err(StoreError::Empty.into());
    }
    if size > state.files.largest() {
        return Err(StoreError::TooLarge { limit: state.files.largest() }.into());
    }
    let Announced { attachment, hash, tax_year } = announced;
    if state.db.read(|q| q.documents_of_year(client, tax_year))?.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let now = state.clock.now();
    let (earlier, known) = state.db.read(|q| {
        Ok::<_, ServerError>((q.upload_of(person.id, attachment)?, q.file(client, hash)?.filter(|f| f.size == size)))
    })?;
    let same = earlier.filter(|u| {
        (u.client, u.tax_year, u.hash, u.size) == (client, tax_year, hash, size)
            && (u.finished_at.is_some() || u.expires_at > now)
    });
    let upload = match same {
        Some(upload) => upload,
        None => begin(&state, earlier, client, &person, announced, size, now).await?,
    };
    if upload.finished_at.is_none()
        && let Some(file) = known
    {
        // Never across clients: that would tell what others have.
        receive(&state, upload, &person, file).await?;
        state.files.forget(upload.id)?;
        return Ok(created(&upload, size));
    }
    let offset = offset_of(&state, &upload)?;
    Ok(created(&upload, offset))
}

async fn begin(
    state: &State,
    earlier: Option<UploadRow>,
    client: ClientId,
    person: &PersonRow,
    announced: Announced,
    size: u64,
    now: Timestamp,
) -> Result<UploadRow, ServerError> {
    if let Some(earlier) = earlier {
        state.files.forget(earlier.id)?;
    }
    let Announced { attachment, hash, tax_year } = announced;
    let row = UploadRow {
        id: UploadId(random()),
        client,
        tax_year,
        person: person.id,
        attachment,
        hash,
        size,
        expires_at: now.plus_seconds(SECONDS_VALID),
        finished_at: None,
    };
    state.db.write(move |tx| tx.add_upload(&row)).await?;
    Ok(row)
}

fn created(upload: &UploadRow, offset: u64) -> Response {
    let mut response = answer(StatusCode::CREATED, upload, offset);
    if let Ok(location) = HeaderValue::try_from(format!("/api/uploads/{}", upload.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// `HEAD /api/uploads/{upload}`: where to go on. An upload that has all its
/// bytes and no receipt, because the process died between, gets it now.
pub async fn offset(
    axum::extract::State(state): StateOf,
    signed_in: SignedIn,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ServerError> {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    let (upload, person) = own_upload(&state, &signed_in, &upload)?;
    let turn = state.files.turn(upload.id);
    let _held = turn.take().await;
    let upload = state.db.read(|q| q.upload(upload.id))?.ok_or(Refusal::NotFound)?;
    let offset = offset_of(&state, &upload)?;
    if offset == upload.size && upload.finished_at.is_none() {
        finish(&state, upload, &person).await?;
    }
    let mut response = answer(StatusCode::OK, &upload, offset);
    response.headers_mut().insert(UPLOAD_LENGTH, HeaderValue::from(upload.size));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `PATCH /api/uploads/{upload}`: more bytes.
pub async fn append(
    axum::extract::State(state): StateOf,
    signed_in: SignedIn,
    Path(upload): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ServerError> {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    if headers.get(header::CONTENT_TYPE).is_none_or(|value| value != "application/offset+octet-stream") {
        return Err(Refusal::WrongType.into());
    }
    let offset: u64 = number(&headers, &UPLOAD_OFFSET)?;
    let (upload, person) = own_upload(&state, &signed_in, &upload)?;
    let turn = state.files.turn(upload.id);
    let mut held = turn.take().await;
    let upload = state.db.read(|q| q.upload(upload.id))?.ok_or(Refusal::NotFound)?;
    let received = offset_of(&state, &upload)?;
    if received != offset {
        return Err(StoreError::WrongOffset { offset: received }.into());
    }
    if upload.finished_at.is_some() {
        return Ok(answer(StatusCode::NO_CONTENT, &upload, upload.size));
    }
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > upload.size - offset) {
        return Err(StoreError::TooLarge { limit: upload.size }.into());
    }
    let bytes = body.into_data_stream();
    let offset = match state.files.append(&mut held, upload.id, offset, upload.size, bytes).await? {
        Appended::All { offset } | Appended::Cut { offset } => offset,
    };
    if offset == upload.size {
        finish(&state, upload, &person).await?;
    }
    Ok(answer(StatusCode::NO_CONTENT, &upload, offset))
}

/// `DELETE /api/uploads/{upload}`: forgets an upload that is not finished. A
/// file that was received stays: it is part of the dossier.
pub async fn terminate(
    axum::extract::State(state): StateOf,
    signed_in: SignedIn,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ServerError> {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    let (upload, _) = own_upload(&state, &signed_in, &upload)?;
    let turn = state.files.turn(upload.id);
    let _held = turn.take().await;
    state.files.forget(upload.id)?;
    state.db.write(move |tx| tx.remove_upload(upload.id)).await?;
    Ok((StatusCode::NO_CONTENT, [(TUS_RESUMABLE, VERSION)]).into_response())
}

/// The upload, if it is one of this login's people.
fn own_upload(state: &State, signed_in: &SignedIn, upload: &str) -> Result<(UploadRow, PersonRow), ServerError> {
    let id: UploadId = upload.parse().map_err(|_| Refusal::NotFound)?;
    let now = state.clock.now();
    let row = state.db.read(|q| q.upload(id))?.filter(|u| u.finished_at.is_some() || u.expires_at > now);
    let row = row.ok_or(Refusal::NotFound)?;
    let person = access::of_client(&state.db, signed_in, row.client)?;
    if person.id == row.person { Ok((row, person)) } else { Err(Refusal::NotFound.into()) }
}

/// How much is there. A file that was placed without its receipt is whole.
fn offset_of(state: &State, upload: &UploadRow) -> Result<u64, ServerError> {
    let placed = || state.files.path(upload.client, upload.hash).is_file();
    match state.files.received(upload.id)? {
        _ if upload.finished_at.is_some() => Ok(upload.size),
        0 if placed() => Ok(upload.size),
        received => Ok(received),
    }
}

/// Checks the bytes, places them, and then lets the dossier know.
async fn finish(state: &State, upload: UploadRow, person: &PersonRow) -> Result<(), ServerError> {
    let files = state.files.clone();
    let (id, client, hash, size) = (upload.id, upload.client, upload.hash, upload.size);
    let placed = tokio::task::spawn_blocking(move || files.finish(id, client, hash, size)).await?;
    match placed {
        Ok(stored) => receive(state, upload, person, stored.row(client, state.clock.now())).await,
        Err(error @ (StoreError::DiskFull | StoreError::Disk(_) | StoreError::Db(_))) => Err(error.into()),
        Err(error) => {
            // What arrived cannot be kept, and sending the same again would not help.
            state.db.write(move |tx| tx.remove_upload(id)).await?;
            Err(error.into())
        }
    }
}

/// The receipt, the file's row and the end of the upload in one commit.
async fn receive(state: &State, upload: UploadRow, person: &PersonRow, file: FileRow) -> Result<(), ServerError> {
    let (dossiers, person, now) = (state.dossiers.clone(), person.clone(), state.clock.now());
    let receipt = Receipt { at: now, hash: file.hash, size: file.size, media_type: file.media_type.clone() };
    let received = tokio::task::spawn_blocking(move || {
        let also = Box::new(move |tx: &crate::db::Tx<'_>| {
            tx.add_file(&file)?;
            tx.finish_upload(upload.id, now)
        });
        dossiers.receive(&person, upload.tax_year, upload.attachment, receipt, also)
    });
    received.await?.map_err(|error| match error {
        ActionError::NoSuchYear => Refusal::NotFound.into(),
        ActionError::Db(error) => error.into(),
        error => ServerError::inner(error),
    })
}

fn answer(status: StatusCode, upload: &UploadRow, offset: u64) -> Response {
    let mut response = (status, [(TUS_RESUMABLE, VERSION)]).into_response();
    let headers = response.headers_mut();
    headers.insert(UPLOAD_OFFSET, HeaderValue::from(offset));
    if upload.finished_at.is_none()
        && offset < upload.size
        && let Ok(expires) = HeaderValue::try_from(http_date(upload.expires_at))
    {
        headers.insert(UPLOAD_EXPIRES, expires);
    }
    response
}

/// `Wed, 25 Nov 2026 10:00:00 GMT` (RFC 9110, section 5.6.7).
fn http_date(at: Timestamp) -> String {
    at.at_offset(0).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A client of another version is told ours.
fn other_version(headers: &HeaderMap) -> Option<Response> {
    let other = headers.get(TUS_RESUMABLE).is_some_and(|version| version != VERSION);
    other.then(|| (StatusCode::PRECONDITION_FAILED, [(TUS_VERSION, VERSION)]).into_response())
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Refusal> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).ok_or(Refusal::Malformed)
}

/// What `Upload-Metadata` says of an upload.
#[derive(Debug, Clone, Copy)]
struct Announced {
    attachment: AttachmentId,
    hash: ContentHash,
    tax_year: TaxYear,
}

impl Announced {
    fn of(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(UPLOAD_METADATA)?.to_str().ok()?;
        Some(Self {
            attachment: value(text, "attachment")?,
            hash: value(text, "hash")?,
            tax_year: TaxYear(value(text, "tax_year")?),
        })
    }
}

fn value<T: FromStr>(metadata: &str, key: &str) -> Option<T> {
    let mut pairs = metadata.split(',').filter_map(|pair| pair.trim().split_once(' '));
    let (_, encoded) = pairs.find(|(name, _)| *name == key)?;
    String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?.parse().ok()
}
