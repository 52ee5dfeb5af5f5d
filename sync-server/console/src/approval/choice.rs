//! The words that the form for a tax return sends, which the form and its reader share.

use model::record::Taxpayer;

/// The number of rows for key figures.
pub const FIGURE_ROWS: usize = 6;

/// The choice of the form for the returns of two fiscal partners who file together.
pub const TOGETHER: &str = "together";
/// The choice of the form for the client as a company.
pub const COMPANY: &str = "company";
/// The choice of the form for a person who is not asked.
pub const NOT_ASKED: &str = "no";
/// The choices of the form for periods whose days are typed.
pub const BOOK_YEAR: &str = "book_year";
pub const DAY: &str = "day";

/// Returns the part of a field's name that says whose it is.
pub fn place_of(taxpayer: Taxpayer) -> String {
    match taxpayer {
        Taxpayer::Person(person) => person.to_string(),
        Taxpayer::Company => COMPANY.to_owned(),
    }
}
