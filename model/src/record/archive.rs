//! The firm's records about the archive.

use super::DeliveredFile;
use crate::{
    id::*,
    money::Cents,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};

/// A document that the firm added to the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The kind of document.
    pub kind: DeliveryKind,
    /// The title, which is shown as its name.
    #[serde(deserialize_with = "crate::text::line")]
    pub title: String,
    /// The file.
    pub file: DeliveredFile,
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment at which it was added.
    pub at: Timestamp,
}

/// The kinds of document in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// The tax return as it was filed.
    FiledReturn(TaxReturnId),
    /// An assessment of the tax authority, and how to pay it.
    Assessment(Assessment),
    /// A letter or another document.
    Letter,
}

/// A decision of the tax authority (aanslag).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The person whom it is about.
    pub person: PersonId,
    /// The amount, which is received (positive) or to be paid (negative).
    pub amount: Cents,
    /// The last day to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The account of the tax authority.
    #[serde(default, deserialize_with = "crate::text::line", skip_serializing_if = "String::is_empty")]
    pub iban: String,
    /// The payment reference (betalingskenmerk), 16 digits.
    #[serde(default, deserialize_with = "crate::text::line", skip_serializing_if = "String::is_empty")]
    pub reference: String,
}
