//! What a taxpayer pays without an assessment, and what the client says about it.

use super::{Subject, written::ClientWritten};
use crate::{id::*, money::Cents, time::Timestamp};
use serde::{Deserialize, Serialize};

/// What is to be paid to the tax authority, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The return that was filed.
    pub tax_return: TaxReturnId,
    /// The amount, which is negative because it is paid.
    pub amount: Cents,
    /// The account of the tax authority.
    #[serde(deserialize_with = "crate::text::line")]
    pub iban: String,
    /// The payment reference (betalingskenmerk), 16 digits; empty if it is not known.
    #[serde(default, deserialize_with = "crate::text::line", skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// True if the reference was computed from the number of the taxpayer and was on no paper.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_computed: bool,
}

/// What a person says about a payment. Keyed by the [`TaskId`] of the payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentReport {
    /// True if it was paid, false if somebody takes that back.
    pub is_paid: bool,
    /// The person who says so.
    pub by: PersonId,
    /// The moment at which it was said, by the clock of the device.
    pub at: Timestamp,
}

impl ClientWritten for PaymentReport {
    type Key = TaskId;
    const REWRITTEN: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, key: &TaskId) -> Vec<Subject> {
        vec![Subject::Payment(*key)]
    }
}
