//! The firm's records about the archive.

use super::{DeliveredFile, ResultOf};
use crate::{
    id::*,
    money::Cents,
    time::{Date, Timestamp},
};
use jiff::ToSpan;
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

/// The result of a return that an assessment decides on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decides {
    /// The return.
    pub tax_return: TaxReturnId,
    /// Which of its results.
    pub of: ResultOf,
}

/// A decision of the tax authority (aanslag).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// The person whom it is about.
    pub person: PersonId,
    /// The amount, which is received (positive) or to be paid (negative).
    pub amount: Cents,
    /// The return that it decides on, if that was filed here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decides: Option<Decides>,
    /// The date that it bears (dagtekening).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<Date>,
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

/// The days within which an objection can be made, counted from the date of an assessment (Algemene wet
/// bestuursrecht, art. 6:7; Algemene wet inzake rijksbelastingen, art. 22j).
const DAYS_TO_OBJECT: i64 = 42;

impl Assessment {
    /// Returns the last day to object, if the date of the assessment is known.
    pub fn objection_until(&self) -> Option<Date> {
        self.dated.map(|day| day.saturating_add(DAYS_TO_OBJECT.days()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_to_object_is_six_weeks_from_the_date_of_the_assessment() {
        let day = |text: &str| -> Date { text.parse().unwrap() };
        for (dated, until) in [("2026-06-05", "2026-07-17"), ("2026-12-31", "2027-02-11"), ("2028-01-20", "2028-03-02")]
        {
            let assessment = Assessment {
                person: PersonId::from_bytes([1; 16]),
                amount: Cents(0),
                decides: None,
                dated: Some(day(dated)),
                due: None,
                iban: String::new(),
                reference: String::new(),
            };
            assert_eq!(assessment.objection_until(), Some(day(until)), "{dated}");
        }
    }
}
