//! The words that the form for a tax return sends, which the form and its reader share.

use model::{record::Taxpayer, tax_return::ReturnKind};

/// The number of rows for key figures.
pub const FIGURE_ROWS: usize = 6;

/// The choice of the form for the returns of two fiscal partners who file together.
pub const TOGETHER: &str = "together";
/// The choice of the form for the client as a company.
pub const COMPANY: &str = "company";
/// The choice of the form for a person who is not asked.
pub const NOT_ASKED: &str = "no";
/// The choice of the form for a return that a standing consent covers.
pub const BY_CONSENT: &str = "standing_consent";
/// The choices of the form for periods whose days are typed.
pub const BOOK_YEAR: &str = "book_year";
pub const DAY: &str = "day";

/// The field of the form for a standing consent that says that it was sent.
pub const CONSENT: &str = "consent";

/// Returns the name of the field that says whether a standing consent is for a kind.
pub fn kind_field(kind: ReturnKind) -> String {
    format!("for_{}", kind.word())
}

/// Returns the part of a field's name that says whose it is.
pub fn place_of(taxpayer: Taxpayer) -> String {
    match taxpayer {
        Taxpayer::Person(person) => person.to_string(),
        Taxpayer::Company => COMPANY.to_owned(),
    }
}
