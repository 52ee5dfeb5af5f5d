//! Collects the contents of a pack from the dossier, its log and the store.

use super::material::{Countersigned, Material};
use crate::dossiers::Dossiers;
use accounts::{
    error::{Refusal, ServerError},
    signing_key,
};
use documents::dossier::DossierYear;
use model::{hash::ContentHash, id::*, record::*, section::Write, time::TaxYear};
use proof::{
    approval::PublicKey,
    evidence::{Link, RecordKind, Signer},
};
use storage::db::DbError;

/// Collects the material of one approval. With `person`, only if that person gave it. Blocks.
pub fn collect(
    dossiers: &Dossiers,
    client: ClientId,
    tax_year: TaxYear,
    id: ApprovalId,
    person: Option<PersonId>,
) -> Result<Material, ServerError> {
    let year = dossiers.read(client, tax_year)?;
    let found = year.revisions.iter().find_map(|given| {
        given.consents.iter().find_map(|(by, consent)| {
            let (_, approval, verdict) = consent.approvals.iter().find(|(known, ..)| *known == id)?;
            Some((given, *by, consent, approval, verdict.as_ref()?))
        })
    });
    let (given, by, consent, approval, verdict) = found.ok_or(Refusal::NotFound)?;
    if person.is_some_and(|person| person != by) {
        return Err(Refusal::NotFound.into());
    }
    let (certificate, credential) = signed_with(dossiers, by, approval)?;
    let countersigned = consent.countersignature(id);
    let key = PerPerson { revision: given.id, person: by };
    let mut writes = vec![
        (RecordKind::Revision, Write::of(&given.id, &given.revision)),
        (RecordKind::Request, Write::of(&key, &consent.request)),
        (RecordKind::Approval, Write::of(&id, approval)),
        (RecordKind::Verdict, Write::of(&id, verdict)),
    ];
    writes.extend(consent.rulings.get(&id).map(|r| (RecordKind::Ruling, Write::of(&id, r))));
    writes.extend(consent.withdrawals.get(&id).map(|w| (RecordKind::Withdrawal, Write::of(&id, w))));
    writes.extend(given.void.as_ref().map(|v| (RecordKind::Void, Write::of(&given.id, v))));
    for ((id, tax_return), kinds) in given.tax_returns.iter().zip(RecordKind::OF_RETURNS) {
        writes.push((kinds.0, Write::of(id, tax_return)));
        let key = PerReturn { revision: given.id, tax_return: *id };
        writes.extend(given.filings.get(id).map(|filing| (kinds.1, Write::of(&key, filing))));
    }
    if let Some((id, given, Some(verdict))) = countersigned {
        writes.push((RecordKind::Countersignature, Write::of(id, given)));
        writes.push((RecordKind::CounterVerdict, Write::of(id, verdict)));
    }
    let records = writes.into_iter().map(|(kind, write)| link(dossiers, client, tax_year, kind, write));
    let records = records.collect::<Result<_, _>>()?;
    let (cover, name) = about(&year, by)?;
    Ok(Material {
        firm: cover.firm.name.clone(),
        client_number: cover.client_number.clone(),
        tax_year,
        person: Signer { id: by, name },
        approval_id: id,
        revision: given.revision.clone(),
        returns: given.tax_returns.clone(),
        request: consent.request.clone(),
        approval: approval.clone(),
        verdict: verdict.clone(),
        records,
        pdf: std::fs::read(dossiers.files().path(client, given.revision.file.hash))?,
        key: passkey(dossiers, &credential)?,
        certificate,
        countersigned: match countersigned {
            Some((id, given, _)) => {
                Some(Countersigned { id: *id, at: given.at, key: passkey(dossiers, &given.assertion.credential)? })
            }
            None => None,
        },
        made_at: dossiers.clock().now(),
    })
}

/// Returns the certificate if a device's key signed, and the passkey that signed or certified it.
fn signed_with(
    dossiers: &Dossiers,
    by: PersonId,
    approval: &Approval,
) -> Result<(Option<DeviceCertificate>, Base64), ServerError> {
    match &approval.signature {
        Signature::Passkey(assertion) => Ok((None, assertion.credential.clone())),
        Signature::DeviceKey(given) => {
            let known = dossiers.db().read(|q| q.device_key(&given.key))?.filter(|k| k.certificate.person == by);
            let certificate = known.ok_or(Refusal::NotFound)?.certificate;
            let credential = certificate.assertion.credential.clone();
            Ok((Some(certificate), credential))
        }
    }
}

fn passkey(dossiers: &Dossiers, credential: &Base64) -> Result<PublicKey, ServerError> {
    let stored = dossiers.db().read(|q| q.passkey(&credential.0))?.ok_or(Refusal::NotFound)?;
    Ok(signing_key::public_key(&stored.passkey)?)
}

fn about(year: &DossierYear, by: PersonId) -> Result<(&Cover, String), ServerError> {
    let cover = year.cover.as_ref().ok_or(Refusal::NotFound)?;
    Ok((cover, year.people.get(&by).map(|p| p.name.clone()).unwrap_or_default()))
}

/// Returns a record with its place in the log: the first change that wrote it.
fn link(
    dossiers: &Dossiers,
    client: ClientId,
    tax_year: TaxYear,
    kind: RecordKind,
    write: Write,
) -> Result<(Link, String, Vec<u8>), ServerError> {
    let party = write.section.party();
    let found = dossiers.db().read(|q| {
        let rows = q.documents_of_year(client, tax_year)?;
        let row = rows.iter().find(|r| r.info.party == party).ok_or(DbError::Missing("document of a year"))?;
        let change = q.change_that_wrote(row.info.document, &write)?;
        Ok::<_, DbError>(change.map(|c| (row.info.document, c)))
    })?;
    let (document, change) = found.ok_or(DbError::Missing("change with a record"))?;
    let link = Link {
        kind,
        key: write.key,
        document,
        seq: change.seq,
        change: ContentHash(change.hash),
        received_at: change.received_at,
    };
    Ok((link, write.value, change.bytes))
}
