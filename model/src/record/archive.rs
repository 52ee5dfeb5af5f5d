//! What the firm puts into the archive.

use super::DeliveredFile;
use crate::{
    id::*,
    money::Cents,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};

/// A document that the firm puts into the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// What it is.
    pub kind: DeliveryKind,
    /// Shown as its name.
    pub title: String,
    /// The file.
    pub file: DeliveredFile,
    /// The advisor, by full name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What a document of the archive is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// The tax return as it was filed.
    FiledReturn(TaxReturnId),
    /// What the tax authority decided, and how to pay it.
    Assessment(Assessment),
    /// A letter or another document.
    Letter,
}

/// A decision of the tax authority (aanslag).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Whose.
    pub person: PersonId,
    /// Received (positive) or to pay (negative).
    pub amount: Cents,
    /// Last day to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// Account of the tax authority.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub iban: String,
    /// Payment reference (betalingskenmerk), 16 digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
}
