//! Checks a pack, from its bytes alone.

use super::{
    manifest::{Manifest, PackFile, RecordKind, SEALED, format, sha256, signature_parts},
    zip,
};
use crate::{
    approval::{self, DeviceKey, InvalidSignature, PublicKey},
    seal,
};
use model::{
    approval::{SignedRevision, certificate_challenge, challenge},
    hash::ContentHash,
    id::TaxReturnId,
    language::Language,
    record::*,
    tax_return::Statement,
};
use serde::{Serialize, de::DeserializeOwned};

/// The contents of a pack that was checked and is intact.
#[derive(Debug, Clone, PartialEq)]
pub struct Proven {
    pub manifest: Manifest,
    pub revision: Revision,
    /// The returns that it is a revision of.
    pub returns: Vec<(TaxReturnId, TaxReturn)>,
    pub request: ApprovalRequest,
    pub approval: Approval,
    pub verdict: Verdict,
    pub ruling: Option<Ruling>,
    pub withdrawal: Option<ApprovalWithdrawal>,
    /// The passkey's confirmation of an approval by a device key.
    pub countersignature: Option<Countersignature>,
    /// True if a newer revision had come when the pack was made.
    pub void: bool,
    /// True if the signature is valid and the firm's server accepted it, or a person of the firm did.
    pub counts: bool,
}

/// The reasons why a pack is not intact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Language::En))]
pub enum PackFault {
    Zip,
    Manifest,
    Seal,
    Parts,
    Record(RecordKind),
    Change(RecordKind),
    Document,
    Statement,
    Material,
    Certificate,
    /// The list that was signed does not have this revision with these bytes and this statement.
    List,
    Signature(InvalidSignature),
}

impl PackFault {
    /// Returns the fault in words.
    pub fn sentence(self, language: Language) -> &'static str {
        let (nl, en) = match self {
            Self::Zip => ("het bestand is geen gaaf pakket", "the file is no intact pack"),
            Self::Manifest => ("de inhoudsopgave is onleesbaar of veranderd", "the manifest is unreadable or changed"),
            Self::Seal => ("het zegel past niet bij de inhoudsopgave", "the seal does not fit the manifest"),
            Self::Parts => ("een onderdeel ontbreekt of is veranderd", "a part is missing or changed"),
            Self::Record(_) => {
                ("een gegeven is onleesbaar of hoort hier niet", "a record is unreadable or does not belong here")
            }
            Self::Change(_) => (
                "een gegeven staat niet in het logboek waar dat wordt gezegd",
                "a record is not in the log where it is said to be",
            ),
            Self::Document => {
                ("de PDF is niet de aangifte waarvoor is getekend", "the PDF is not the return that was signed for")
            }
            Self::Statement => {
                ("de verklaring is niet die waarvoor is getekend", "the statement is not the one that was signed for")
            }
            Self::Material => ("de handtekening is niet die van het akkoord", "the signature is not the approval's"),
            Self::Certificate => (
                "de sleutel van het apparaat is niet door een passkey van deze persoon gewaarmerkt",
                "the device's key is not certified by a passkey of this person",
            ),
            Self::List => (
                "in de lijst waarvoor is getekend staat iets anders dan deze versie",
                "the list that was signed has something else than this revision",
            ),
            Self::Signature(_) => ("de handtekening past niet", "the signature does not fit"),
        };
        match language {
            Language::Nl => nl,
            Language::En => en,
        }
    }
}

/// Checks a pack. Returns its contents, or the first fault that was found.
pub fn verify(pack: &[u8]) -> Result<Proven, PackFault> {
    let parts = zip::read(pack).map_err(|_| PackFault::Zip)?;
    let [("manifest.json", manifest), ("manifest.sig", sealed), files @ ..] = parts.as_slice() else {
        return Err(PackFault::Zip);
    };
    let bytes = *manifest;
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|_| PackFault::Manifest)?;
    let canonical = serde_json::to_vec_pretty(&manifest).map_err(|_| PackFault::Manifest)?;
    if canonical != bytes || manifest.format != format(manifest.level) {
        return Err(PackFault::Manifest);
    }
    if !seal::fits(&manifest.seal, &[SEALED, bytes].concat(), sealed) {
        return Err(PackFault::Seal);
    }
    let found: Vec<_> = files.iter().map(|(name, bytes)| PackFile::of(name, bytes)).collect();
    if found != manifest.parts || !files.iter().map(|(name, _)| *name).eq(names(&manifest).iter().map(String::as_str)) {
        return Err(PackFault::Parts);
    }
    let file = |name: &str| files.iter().find(|(known, _)| *known == name).map_or(&[] as &[u8], |(_, bytes)| *bytes);
    let records = Records { manifest: &manifest, file: &file };
    let approval: Approval = records.read(RecordKind::Approval)?.ok_or(PackFault::Record(RecordKind::Approval))?;
    let revision: Revision = records.read(RecordKind::Revision)?.ok_or(PackFault::Record(RecordKind::Revision))?;
    let request: ApprovalRequest = records.read(RecordKind::Request)?.ok_or(PackFault::Record(RecordKind::Request))?;
    let verdict: Verdict = records.read(RecordKind::Verdict)?.ok_or(PackFault::Record(RecordKind::Verdict))?;
    let ruling: Option<Ruling> = records.read(RecordKind::Ruling)?;
    let withdrawal: Option<ApprovalWithdrawal> = records.read(RecordKind::Withdrawal)?;
    let void = records.read::<Void>(RecordKind::Void)?.is_some();
    let returns = records.returns(&revision)?;
    let is_its_own = approval.by == manifest.person.id && approval.revision == manifest.revision;
    if !is_its_own || approval.signature.level() != manifest.level {
        return Err(PackFault::Record(RecordKind::Approval));
    }
    let pdf = file("return.pdf");
    if ContentHash::of(pdf) != revision.file.hash || pdf.len() as u64 != revision.file.size {
        return Err(PackFault::Document);
    }
    if file("statement.txt") != request.statement.as_bytes() || !is_about(&request, &revision, &returns) {
        return Err(PackFault::Statement);
    }
    let asked = SignedRevision::of(manifest.revision, revision.file.hash, &request.statement, request.nonce);
    if !approval.signed.contains(&asked) {
        return Err(PackFault::List);
    }
    let asked = challenge(manifest.person.id, &approval.signed);
    let signatures = Signatures { manifest: &manifest, file: &file, asked };
    let signed = match &approval.signature {
        Signature::Passkey(assertion) => signatures.by_passkey(assertion)?,
        Signature::DeviceKey(given) => signatures.by_device_key(given)?,
    };
    let countersignature = signatures.countersigned(&records)?;
    let taken = match verdict.finding {
        Finding::Verified => true,
        Finding::AwaitsRuling => ruling.as_ref().is_some_and(|r| r.accepted),
        _ => false,
    };
    // A pack is not intact if the server accepted a signature that does not fit.
    if let (true, Err(flaw)) = (taken, signed) {
        return Err(PackFault::Signature(flaw));
    }
    Ok(Proven {
        manifest,
        revision,
        returns,
        request,
        approval,
        verdict,
        ruling,
        withdrawal,
        countersignature,
        void,
        counts: taken,
    })
}

/// Returns true if a statement names the returns, their results, and the person with the capacity.
fn is_about(request: &ApprovalRequest, revision: &Revision, returns: &[(TaxReturnId, TaxReturn)]) -> bool {
    let parts = Statement::parts(returns, &revision.results);
    let Some((_, first)) = returns.first() else { return false };
    let statement = Statement::of(first, &parts, request.capacity, &request.signer, "");
    let statement = statement.covering(revision.scope.as_ref());
    [Language::Nl, Language::En].iter().any(|language| request.statement.starts_with(&statement.facts(*language)))
}

/// Returns the exit code of a program that checked a pack: 0 if it is intact and the approval counts, 1 if it is not
/// intact, 2 if it is intact and the approval does not count.
pub fn exit_code(outcome: &Result<Proven, PackFault>) -> u8 {
    match outcome {
        Ok(proven) if proven.counts => 0,
        Ok(_) => 2,
        Err(_) => 1,
    }
}

/// Returns the names of all parts after the manifest and its seal, in order.
fn names(manifest: &Manifest) -> Vec<String> {
    let mut names = vec!["return.pdf".to_owned(), "statement.txt".to_owned()];
    let signatures = signature_parts(manifest.level, manifest.countersignature.is_some());
    names.extend(signatures.into_iter().map(str::to_owned));
    names.extend(manifest.log.iter().map(|link| format!("records/{}.json", link.kind.name())));
    names.extend(manifest.log.iter().map(|link| format!("changes/{}.bin", link.kind.name())));
    names.extend(["bewijs.nl.pdf", "evidence.en.pdf"].map(str::to_owned));
    names
}

/// Checks the signatures over what the person was asked.
struct Signatures<'s, F> {
    manifest: &'s Manifest,
    file: &'s F,
    asked: [u8; 32],
}

/// The result of checking a signature, or a fault if the parts do not belong together at all.
type Fits = Result<Result<(), InvalidSignature>, PackFault>;

impl<'f, F: Fn(&str) -> &'f [u8]> Signatures<'_, F> {
    fn key(&self, part: &str) -> Result<PublicKey, PackFault> {
        PublicKey::of_jwk((self.file)(part)).ok_or(PackFault::Material)
    }

    fn by_passkey(&self, assertion: &Assertion) -> Fits {
        if (self.file)("signature/authenticator-data.bin") != assertion.authenticator_data.0
            || (self.file)("signature/client-data.json") != assertion.client_data.0
            || (self.file)("signature/signature.bin") != assertion.signature.0
        {
            return Err(PackFault::Material);
        }
        let key = self.key("signature/public-key.jwk.json")?;
        Ok(approval::verify(&key, &self.manifest.relying_party, &self.asked, assertion))
    }

    /// Checks a device key's signature. The certificate must be valid, because it says whose key it is.
    fn by_device_key(&self, given: &DeviceSignature) -> Fits {
        if (self.file)("signature/signature.bin") != given.signature.0 {
            return Err(PackFault::Material);
        }
        let json = (self.file)("certificate/certificate.json");
        let certificate: DeviceCertificate = serde_json::from_slice(json).map_err(|_| PackFault::Certificate)?;
        let is_its_own = certificate.person == self.manifest.person.id
            && ContentHash::of(&certificate.key.0) == given.key
            && serde_json::to_vec(&certificate).ok().as_deref() == Some(json);
        let key = DeviceKey::of_bytes(&certificate.key.0).filter(|_| is_its_own).ok_or(PackFault::Certificate)?;
        let passkey = self.key("certificate/public-key.jwk.json")?;
        let expected = certificate_challenge(certificate.person, &certificate.key.0, &certificate.nonce);
        approval::verify(&passkey, &self.manifest.relying_party, &expected, &certificate.assertion)
            .map_err(|_| PackFault::Certificate)?;
        Ok(key.verify(&self.asked, &given.signature))
    }

    /// Checks the confirmation. A pack contains only one that was found good.
    fn countersigned(&self, records: &Records<'_, F>) -> Result<Option<Countersignature>, PackFault> {
        let (kind, manifest) = (RecordKind::Countersignature, self.manifest);
        let given: Option<Countersignature> = records.read(kind)?;
        let verdict: Option<CounterVerdict> = records.read(RecordKind::CounterVerdict)?;
        let (given, verdict) = match (given, verdict, manifest.countersignature) {
            (None, None, None) => return Ok(None),
            (Some(given), Some(verdict), Some(_)) => (given, verdict),
            _ => return Err(PackFault::Record(kind)),
        };
        let is_its_own = given.approval == manifest.approval && given.by == manifest.person.id;
        if !is_its_own || manifest.level != Level::DeviceKey || verdict.finding != Finding::Verified {
            return Err(PackFault::Record(kind));
        }
        let key = self.key("countersignature/public-key.jwk.json")?;
        approval::verify(&key, &self.manifest.relying_party, &self.asked, &given.assertion)
            .map_err(PackFault::Signature)?;
        Ok(Some(given))
    }
}

struct Records<'r, F> {
    manifest: &'r Manifest,
    file: &'r F,
}

impl<'f, F: Fn(&str) -> &'f [u8]> Records<'_, F> {
    /// Reads a record in its canonical form. Its change must have the hash that names it and
    /// contain the record. Returns `None` if the pack has no record of this kind.
    fn read<R: DeserializeOwned + Serialize>(&self, kind: RecordKind) -> Result<Option<R>, PackFault> {
        self.read_at(kind, &self.key(kind))
    }

    /// Does the same as [`Records::read`] for a record under a key that the manifest does not give.
    fn read_at<R: DeserializeOwned + Serialize>(&self, kind: RecordKind, key: &str) -> Result<Option<R>, PackFault> {
        let mut links = self.manifest.log.iter().filter(|link| link.kind == kind);
        let Some(link) = links.next() else { return Ok(None) };
        if links.next().is_some() || link.key != key {
            return Err(PackFault::Record(kind));
        }
        let json = (self.file)(&format!("records/{}.json", kind.name()));
        let record: R = serde_json::from_slice(json).map_err(|_| PackFault::Record(kind))?;
        if serde_json::to_vec(&record).ok().as_deref() != Some(json) {
            return Err(PackFault::Record(kind));
        }
        let change = (self.file)(&format!("changes/{}.bin", kind.name()));
        let holds = |text: &[u8]| change.windows(text.len()).any(|window| window == text);
        if name_of(change) != Some(link.change) || !holds(json) || !holds(link.key.as_bytes()) {
            return Err(PackFault::Change(kind));
        }
        Ok(Some(record))
    }

    /// Reads the returns of a revision, and checks what is there of their filings.
    fn returns(&self, revision: &Revision) -> Result<Vec<(TaxReturnId, TaxReturn)>, PackFault> {
        let mut returns = Vec::new();
        for (tax_return, (of_return, of_filing)) in revision.tax_returns.iter().zip(RecordKind::OF_RETURNS) {
            let record = self.read_at(of_return, &tax_return.to_string())?.ok_or(PackFault::Record(of_return))?;
            let key = PerReturn { revision: self.manifest.revision, tax_return: *tax_return };
            self.read_at::<Filing>(of_filing, &key.to_string())?;
            returns.push((*tax_return, record));
        }
        Ok(returns)
    }

    fn key(&self, kind: RecordKind) -> String {
        let manifest = self.manifest;
        match kind {
            RecordKind::Revision | RecordKind::Void => manifest.revision.to_string(),
            RecordKind::TaxReturn | RecordKind::PartnerReturn | RecordKind::Filing | RecordKind::PartnerFiling => {
                String::new()
            }
            RecordKind::Request => PerPerson { revision: manifest.revision, person: manifest.person.id }.to_string(),
            RecordKind::Approval | RecordKind::Verdict | RecordKind::Ruling | RecordKind::Withdrawal => {
                manifest.approval.to_string()
            }
            RecordKind::Countersignature | RecordKind::CounterVerdict => {
                manifest.countersignature.map(|id| id.to_string()).unwrap_or_default()
            }
        }
    }
}

/// Returns the hash of a change: SHA-256 of its chunk without magic and checksum, which has to
/// start with that checksum (Automerge binary format, chunk container).
fn name_of(change: &[u8]) -> Option<ContentHash> {
    let rest = change.strip_prefix(&[0x85, 0x6f, 0x4a, 0x83])?;
    let (checksum, content) = rest.split_at_checked(4)?;
    let name = sha256(content);
    name.0.starts_with(checksum).then_some(name)
}
