//! The technical evidence of one approval: everything that somebody needs to
//! check it again without this server, beside the PDF itself.

use super::dossier::load;
use crate::{
    auth::InConsole,
    db::DbError,
    error::{Refusal, ServerError},
    state::State,
};
use axum::{
    Json,
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    approval,
    dossier::{Consent, DossierYear, GivenRevision},
    hash::ContentHash,
    id::*,
    record::{Approval, Verdict},
};
use serde_json::{Value, json};

/// One approval among all revisions of a year.
struct Found<'y> {
    given: &'y GivenRevision,
    person: PersonId,
    consent: &'y Consent,
    approval: &'y Approval,
    verdict: Option<&'y Verdict>,
}

fn find(year: &DossierYear, id: ApprovalId) -> Option<Found<'_>> {
    year.revisions.iter().find_map(|given| {
        given.consents.iter().find_map(|(person, consent)| {
            let (_, approval, verdict) = consent.approvals.iter().find(|(known, ..)| *known == id)?;
            Some(Found { given, person: *person, consent, approval, verdict: verdict.as_ref() })
        })
    })
}

/// `GET …/akkoord/bewijs/{approval}.json`.
pub async fn download(
    axum::extract::State(state): axum::extract::State<State>,
    InConsole(advisor): InConsole,
    Path((number, year, file)): Path<(String, i16, String)>,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let id = file.strip_suffix(".json").and_then(|id| id.parse::<ApprovalId>().ok()).ok_or(Refusal::NotFound)?;
    let found = find(&loaded.year, id).ok_or(Refusal::NotFound)?;
    let credential = &found.approval.assertion.credential.0;
    let passkey = state.db.read(|q| q.passkey(credential))?;
    let key = passkey.as_ref().map(|p| public_key(&p.passkey)).transpose()?;
    let firm = state.db.read(|q| q.firm(advisor.firm))?.ok_or(DbError::Malformed("advisor: the firm is missing"))?;
    let mut evidence = evidence(&loaded.year, id, &found);
    if let Value::Object(fields) = &mut evidence {
        fields.insert("firm".to_owned(), json!(firm.name));
        fields.insert(
            "relying_party".to_owned(),
            json!({ "id": state.config.origin.rp_id(), "origin": state.config.origin.as_str() }),
        );
        fields.insert("public_key".to_owned(), key.unwrap_or(Value::Null));
    }
    let mut response = Json(evidence).into_response();
    let disposition = format!("attachment; filename=\"akkoord-{id}.json\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// The public key as the passkey's record holds it (COSE, RFC 9052).
fn public_key(passkey: &str) -> Result<Value, ServerError> {
    let record: Value = serde_json::from_str(passkey).map_err(ServerError::inner)?;
    Ok(record.pointer("/cred/cred").cloned().unwrap_or(Value::Null))
}

fn evidence(year: &DossierYear, id: ApprovalId, found: &Found<'_>) -> Value {
    let Found { given, person, consent, approval, verdict } = found;
    let request = &consent.request;
    let revision = &given.revision;
    let challenge = approval::challenge(*person, &request.nonce, &revision.file.hash, &request.statement);
    json!({
        "format": "akkoord-evidence-1",
        "approval": id,
        "person": { "id": person, "name": year.people.get(person).map(|p| &p.name) },
        "client_number": year.cover.as_ref().map(|c| &c.client_number),
        "tax_year": year.cover.as_ref().map(|c| c.tax_year),
        "revision": {
            "id": given.id,
            "kind": revision.kind,
            "number": revision.number,
            "set_out_at": revision.at,
            "set_out_by": revision.by,
            "file": { "name": revision.file.name, "size": revision.file.size, "blake3": revision.file.hash },
            "outcome_cents": revision.outcomes.get(person),
            "voided": given.void,
        },
        "challenge": {
            "context": approval::CONTEXT,
            "construction": "BLAKE3 derive_key(context) over person, nonce, blake3 of the file, statement (UTF-8); each preceded by its length in bytes as a little-endian 64-bit number",
            "person_hex": hex(person.as_bytes()),
            "nonce_hex": ContentHash(request.nonce.0),
            "file_blake3_hex": revision.file.hash,
            "statement": request.statement,
            "asked_at": request.at,
            "result_base64url": URL_SAFE_NO_PAD.encode(challenge),
        },
        "assertion": approval.assertion,
        "signed_at": approval.at,
        "received": verdict.map(|v| json!({ "at": v.at, "finding": v.finding })),
        "times": "milliseconds since 1970-01-01T00:00:00Z; signed_at by the clock of the device, received.at by the clock of the server",
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
