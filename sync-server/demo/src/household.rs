//! The people of a household and the content of their tax return.

use model::time::TaxYear;
use storage::db::{Client, PersonRow};

/// The tax year of the demo.
pub(super) const YEAR: TaxYear = TaxYear(2025);

/// A household with its people.
pub(super) struct Household {
    pub client: Client,
    pub people: Vec<PersonRow>,
}

/// A tax return of a household.
pub(super) struct TaxReturn<'r> {
    /// The amount that each person receives (positive) or pays (negative), in euros.
    pub outcomes: &'r [i64],
    /// The name, this year's and last year's amount, in euros.
    pub figures: &'r [(&'r str, i64, i64)],
    /// The number of days from today to the last day.
    pub due_in: i64,
}
