//! Uploads by the tus protocol, version 1.0.0, with creation, termination and
//! expiration (<https://tus.io/protocols/resumable-upload>). A thin layer
//! around the store; when an upload is complete, the dossier gets its receipt.

use accounts::{
    SignedIn, access,
    error::{Refusal, ServerError},
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use dossiers::{Dossiers, upload};
use model::{
    hash::ContentHash,
    id::*,
    record::Role,
    time::{TaxYear, Timestamp},
};
use std::str::FromStr;
use storage::{
    attachment::StoreError,
    clock::random,
    db::{PersonRow, UploadId, UploadRow},
};

const VERSION: &str = "1.0.0";
const EXTENSIONS: &str = "creation,termination,expiration";
/// The time after which an unfinished upload is deleted.
const SECONDS_VALID: i64 = 7 * 24 * 3600;

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const UPLOAD_METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const UPLOAD_EXPIRES: HeaderName = HeaderName::from_static("upload-expires");

/// Handles `OPTIONS`: tells what this server can do.
pub async fn options(State(dossiers): State<Dossiers>) -> Response {
    let headers = [
        (TUS_RESUMABLE, HeaderValue::from_static(VERSION)),
        (TUS_VERSION, HeaderValue::from_static(VERSION)),
        (TUS_EXTENSION, HeaderValue::from_static(EXTENSIONS)),
        (TUS_MAX_SIZE, HeaderValue::from(dossiers.files().largest())),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

/// Refuses `GET` on an upload, because only `HEAD` tells about it.
pub async fn no_get() -> Refusal {
    Refusal::NotFound
}

/// Handles `POST /api/clients/{client}/uploads`: starts an upload, or tells where to continue.
pub async fn create(
    State(dossiers): State<Dossiers>,
    signed_in: SignedIn,
    Path(client): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ServerError> {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    let client: ClientId = client.parse().map_err(|_| Refusal::NotFound)?;
    let person = access::of_client(dossiers.db(), &signed_in, client)?;
    if person.role == Role::Reader {
        return Err(Refusal::NotAllowed.into());
    }
    let size: u64 = number(&headers, &UPLOAD_LENGTH)?;
    let announced = Announced::of(&headers).ok_or(Refusal::Malformed)?;
    if !person.is_in(announced.tax_year) {
        return Err(Refusal::NotFound.into());
    }
    if size == 0 {
        return Err(StoreError::Empty.into());
    }
    if size > dossiers.files().largest() {
        return Err(StoreError::TooLarge { limit: dossiers.files().largest() }.into());
    }
    let wanted = announced.upload(client, person.id, size, dossiers.clock().now());
    let upload = upload::begin(&dossiers, &person, wanted).await?;
    let (upload, offset) = upload::proceed(&dossiers, upload, person).await?;
    Ok(created(&upload, offset))
}

fn created(upload: &UploadRow, offset: u64) -> Response {
    let mut response = answer(StatusCode::CREATED, upload, offset);
    if let Ok(location) = HeaderValue::try_from(format!("/api/uploads/{}", upload.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// Handles `HEAD /api/uploads/{upload}`: tells where to continue. An upload that has all its
/// bytes and no receipt, because the process died in between, gets the receipt now.
pub async fn offset(
    State(dossiers): State<Dossiers>,
    signed_in: SignedIn,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ServerError> {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    let (upload, person) = own_upload(&dossiers, &signed_in, &upload)?;
    let (upload, offset) = upload::proceed(&dossiers, upload, person).await?;
    let mut response = answer(StatusCode::OK, &upload, offset);
    response.headers_mut().insert(UPLOAD_LENGTH, HeaderValue::from(upload.size));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Handles `PATCH /api/uploads/{upload}`: receives more bytes.
pub async fn append(
    State(dossiers): State<Dossiers>,
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
    let (upload, person) = own_upload(&dossiers, &signed_in, &upload)?;
    let length = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > upload.size.saturating_sub(offset)) {
        return Err(StoreError::TooLarge { limit: upload.size }.into());
    }
    let (upload, offset) = upload::append(&dossiers, upload, person, offset, body.into_data_stream()).await?;
    Ok(answer(StatusCode::NO_CONTENT, &upload, offset))
}

/// Handles `DELETE /api/uploads/{upload}`: deletes an unfinished upload. A
/// file that was received stays, because it is part of the dossier.
pub async fn terminate(
    State(dossiers): State<Dossiers>,
    signed_in: SignedIn,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ServerError> {
    if let Some(refused) = other_version(&headers) {
        return Ok(refused);
    }
    let (upload, _) = own_upload(&dossiers, &signed_in, &upload)?;
    upload::forget(&dossiers, upload).await?;
    Ok((StatusCode::NO_CONTENT, [(TUS_RESUMABLE, VERSION)]).into_response())
}

/// Returns the upload if it belongs to a person of this login, or refuses.
fn own_upload(dossiers: &Dossiers, signed_in: &SignedIn, upload: &str) -> Result<(UploadRow, PersonRow), ServerError> {
    let id: UploadId = upload.parse().map_err(|_| Refusal::NotFound)?;
    let now = dossiers.clock().now();
    let row = dossiers.db().read(|q| q.upload(id))?.filter(|u| u.finished_at.is_some() || u.expires_at > now);
    let row = row.ok_or(Refusal::NotFound)?;
    let person = access::of_year(dossiers.db(), signed_in, row.client, row.tax_year)?;
    if person.id == row.person { Ok((row, person)) } else { Err(Refusal::NotFound.into()) }
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

/// Writes a moment such as `Wed, 25 Nov 2026 10:00:00 GMT` (RFC 9110, section 5.6.7).
fn http_date(at: Timestamp) -> String {
    at.at_offset(0).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Returns the answer for a client of another protocol version, which names ours.
fn other_version(headers: &HeaderMap) -> Option<Response> {
    let other = headers.get(TUS_RESUMABLE).is_some_and(|version| version != VERSION);
    other.then(|| (StatusCode::PRECONDITION_FAILED, [(TUS_VERSION, VERSION)]).into_response())
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Refusal> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).ok_or(Refusal::Malformed)
}

/// The contents of `Upload-Metadata`.
#[derive(Debug, Clone, Copy)]
struct Announced {
    attachment: AttachmentId,
    hash: ContentHash,
    tax_year: TaxYear,
}

impl Announced {
    fn upload(self, client: ClientId, person: PersonId, size: u64, now: Timestamp) -> UploadRow {
        UploadRow {
            id: UploadId(random()),
            client,
            tax_year: self.tax_year,
            person,
            attachment: self.attachment,
            hash: self.hash,
            size,
            expires_at: now.plus_seconds(SECONDS_VALID),
            finished_at: None,
        }
    }

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
