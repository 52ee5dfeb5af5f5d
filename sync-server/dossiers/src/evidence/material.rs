//! The material of a pack.

use model::{
    id::*,
    record::*,
    time::{TaxYear, Timestamp},
};
use proof::{
    approval::PublicKey,
    evidence::{Link, Signer},
};

/// Everything from which a pack is made.
#[derive(Debug, Clone)]
pub struct Material {
    pub firm: String,
    pub client_number: String,
    pub tax_year: TaxYear,
    pub person: Signer,
    pub approval_id: ApprovalId,
    pub revision: Revision,
    /// The returns that it is a revision of.
    pub returns: Vec<(TaxReturnId, TaxReturn)>,
    pub request: ApprovalRequest,
    pub approval: Approval,
    pub verdict: Verdict,
    /// Each record as JSON with its place in the log, and the bytes of its change; in order.
    pub records: Vec<(Link, String, Vec<u8>)>,
    pub pdf: Vec<u8>,
    /// The passkey that signed, or that certified the device's key.
    pub key: PublicKey,
    /// The certificate, if a device's key signed.
    pub certificate: Option<DeviceCertificate>,
    pub countersigned: Option<Countersigned>,
    pub made_at: Timestamp,
}

/// The passkey's confirmation of an approval by a device key.
#[derive(Debug, Clone)]
pub struct Countersigned {
    pub id: CountersignatureId,
    pub at: Timestamp,
    /// The passkey that signed it.
    pub key: PublicKey,
}
