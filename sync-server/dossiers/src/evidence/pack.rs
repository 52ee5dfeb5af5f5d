//! How a pack is put together from its material.

use super::{material::Material, page};
use model::{approval::RelyingParty, language::Language, record::Signature};
use proof::{
    approval::PublicKey,
    evidence::{Manifest, PackFile, SEALED, format, signature_parts, zip},
    seal::Seal,
};

/// The reasons why a pack cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    #[error("the device's key has no certificate")]
    Certificate,
    #[error("the pack would be too large")]
    TooLarge,
    #[error("a part cannot be written")]
    Json,
}

/// Makes the pack: a ZIP in its one canonical form.
pub fn make(material: &Material, relying_party: &RelyingParty, seal: &Seal) -> Result<Vec<u8>, PackError> {
    let level = material.approval.signature.level();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("return.pdf".into(), material.pdf.clone()),
        ("statement.txt".into(), material.request.statement.clone().into_bytes()),
    ];
    let names = signature_parts(level, material.countersigned.is_some()).into_iter().map(str::to_owned);
    files.extend(names.zip(signature_bytes(material)?));
    for (link, json, _) in &material.records {
        files.push((format!("records/{}.json", link.kind.name()), json.clone().into_bytes()));
    }
    for (link, _, change) in &material.records {
        files.push((format!("changes/{}.bin", link.kind.name()), change.clone()));
    }
    files.push(("bewijs.nl.pdf".into(), page::page(material, seal, Language::Nl)));
    files.push(("evidence.en.pdf".into(), page::page(material, seal, Language::En)));
    let manifest = Manifest {
        format: format(level).to_owned(),
        made_at: material.made_at,
        firm: material.firm.clone(),
        client_number: material.client_number.clone(),
        tax_year: material.tax_year,
        person: material.person.clone(),
        approval: material.approval_id,
        revision: material.approval.revision,
        level,
        countersignature: material.countersigned.as_ref().map(|c| c.id),
        relying_party: relying_party.clone(),
        log: material.records.iter().map(|(link, ..)| link.clone()).collect(),
        parts: files.iter().map(|(name, bytes)| PackFile::of(name, bytes)).collect(),
        seal: seal.public(),
    };
    let manifest = serde_json::to_vec_pretty(&manifest).map_err(|_| PackError::Json)?;
    let sealed = seal.sign(&[SEALED, &manifest].concat());
    let first = [("manifest.json", manifest.as_slice()), ("manifest.sig", sealed.as_slice())];
    let rest = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
    zip::write(first.into_iter().chain(rest)).ok_or(PackError::TooLarge)
}

/// Returns the contents of the parts that [`signature_parts`] names, in its order.
fn signature_bytes(material: &Material) -> Result<Vec<Vec<u8>>, PackError> {
    let jwk = |key: &PublicKey| key.to_jwk().ok_or(PackError::Json);
    let mut parts = match (&material.approval.signature, &material.certificate) {
        (Signature::Passkey(assertion), _) => {
            let parts = [&assertion.authenticator_data, &assertion.client_data, &assertion.signature];
            parts.map(|part| part.0.clone()).to_vec()
        }
        (Signature::DeviceKey(given), Some(certificate)) => {
            vec![given.signature.0.clone(), serde_json::to_vec(certificate).map_err(|_| PackError::Json)?]
        }
        (Signature::DeviceKey(_), None) => return Err(PackError::Certificate),
    };
    parts.push(jwk(&material.key)?);
    if let Some(countersigned) = &material.countersigned {
        parts.push(jwk(&countersigned.key)?);
    }
    Ok(parts)
}
