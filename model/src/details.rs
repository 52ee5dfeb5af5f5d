//! The details that the firm knows of a person: the form in which each is stored, and
//! which of them a person may propose to change.

use crate::{check_digit, mail_address::MailAddress, record::DetailField, text::Shape};

/// The maximum number of characters of a detail.
pub const MAX_DETAIL: usize = 200;

/// The reasons why a text is not accepted as a detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DetailMistake {
    /// The detail must not be empty.
    #[error("must not be empty")]
    Empty,
    /// The text is longer than [`MAX_DETAIL`], or has characters that no line has.
    #[error("too long, or more than one line")]
    NotALine,
    /// The text is not a mail address.
    #[error("not a mail address")]
    NotAnAddress,
    /// The text is not a telephone number.
    #[error("not a telephone number")]
    NotAPhone,
    /// The text has the wrong length or check digits for an IBAN.
    #[error("not an IBAN")]
    NotAnIban,
    /// The text has the wrong length, or fails the eleven test.
    #[error("not a citizen service number")]
    NotABsn,
}

impl DetailField {
    /// All details, in the order in which they are shown.
    pub const ALL: [DetailField; 10] = [
        DetailField::Name,
        DetailField::Email,
        DetailField::Phone,
        DetailField::Street,
        DetailField::PostalCode,
        DetailField::City,
        DetailField::Country,
        DetailField::Iban,
        DetailField::Bsn,
        DetailField::CivilStatus,
    ];

    /// Returns the name of the detail in forms and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Street => "street",
            Self::PostalCode => "postal_code",
            Self::City => "city",
            Self::Country => "country",
            Self::Iban => "iban",
            Self::Bsn => "bsn",
            Self::CivilStatus => "civil_status",
        }
    }

    /// Returns a text in the form in which this detail is stored. The text may be empty if the
    /// detail may be unknown.
    pub fn read(self, text: &str) -> Result<String, DetailMistake> {
        let text = text.trim();
        if Shape::Line.check(text, MAX_DETAIL).is_err() {
            return Err(DetailMistake::NotALine);
        }
        match self {
            Self::Name | Self::Email if text.is_empty() => Err(DetailMistake::Empty),
            _ if text.is_empty() => Ok(String::new()),
            Self::Email => MailAddress::read(text).map(String::from).ok_or(DetailMistake::NotAnAddress),
            Self::Phone if !is_phone(text) => Err(DetailMistake::NotAPhone),
            Self::Iban if !check_digit::is_iban(text) => Err(DetailMistake::NotAnIban),
            Self::Iban => Ok(check_digit::compact_iban(text)),
            Self::Bsn if !check_digit::is_bsn(text) => Err(DetailMistake::NotABsn),
            Self::Bsn => Ok(check_digit::compact_bsn(text)),
            _ => Ok(text.to_owned()),
        }
    }

    /// Returns the detail as it is shown.
    pub fn show(self, kept: &str) -> String {
        match self {
            Self::Iban => check_digit::show_iban(kept),
            _ => kept.to_owned(),
        }
    }
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=15).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use DetailField::*;

    #[test]
    fn a_detail_is_kept_in_one_form_only() {
        let cases = [
            (Name, "  Marieke Jansen ", Ok("Marieke Jansen")),
            (Name, " ", Err(DetailMistake::Empty)),
            (Name, "Marieke\r\nBcc: x@y.nl", Err(DetailMistake::NotALine)),
            (Email, "marieke@voorbeeld.nl", Ok("marieke@voorbeeld.nl")),
            (Email, "marieke@voorbeeld", Err(DetailMistake::NotAnAddress)),
            (Email, "A <a@b.nl>", Err(DetailMistake::NotAnAddress)),
            (Email, "", Err(DetailMistake::Empty)),
            (Phone, "+31 6 1234 5678", Ok("+31 6 1234 5678")),
            (Phone, "bel mij", Err(DetailMistake::NotAPhone)),
            (Phone, "", Ok("")),
            (Iban, "nl91 abna 0417 1643 00", Ok("NL91ABNA0417164300")),
            (Iban, "NL92ABNA0417164300", Err(DetailMistake::NotAnIban)),
            (Bsn, "1112.22.333", Ok("111222333")),
            (Bsn, "111222334", Err(DetailMistake::NotABsn)),
        ];
        for (field, text, expected) in cases {
            assert_eq!(field.read(text), expected.map(str::to_owned), "{text}");
        }
        assert_eq!(City.read(&"a".repeat(201)), Err(DetailMistake::NotALine));
    }

    #[test]
    fn what_is_kept_reads_as_itself() {
        for field in DetailField::ALL {
            for text in ["NL91ABNA0417164300", "111222333", "a@b.nl", "06 12345678"] {
                if let Ok(kept) = field.read(text) {
                    assert_eq!(field.read(&kept), Ok(kept));
                }
            }
        }
    }
}
