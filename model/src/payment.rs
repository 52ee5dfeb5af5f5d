//! Paying an assessment: the check digit of a payment reference, and the QR code
//! for a bank's app.

use crate::{
    check_digit::{compact_iban, is_iban},
    money::Cents,
    record::Assessment,
};

/// The name of the account to which assessments of income tax are paid.
pub const TAX_AUTHORITY: &str = "Belastingdienst";

/// Returns a payment reference as it is stored: digits only.
pub fn compact_reference(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect()
}

/// Returns a payment reference as people read it: in groups of four.
pub fn show_reference(text: &str) -> String {
    let digits: Vec<char> = compact_reference(text).chars().collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Returns true if `text` is a payment reference (betalingskenmerk) of 16 digits, the
/// first of which checks the others: weights 2, 4, 8, 5, 10, 9, 7, 3, 6, 1
/// from the right, modulo 11 (the test of the Dutch giro forms).
pub fn is_reference(text: &str) -> bool {
    let reference = compact_reference(text);
    if reference.len() != 16 || !reference.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let digits: Vec<u32> = reference.bytes().map(|b| u32::from(b - b'0')).collect();
    let weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1].into_iter().cycle();
    let sum: u32 = digits[1..].iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        check => check,
    };
    digits[0] == check
}

/// Returns the text of a QR code for a SEPA credit transfer (EPC069-12, version 002):
/// one field per line, the reference in the structured remittance field.
/// Returns `None` if there is nothing to pay or not everything is known.
pub fn transfer_code(assessment: &Assessment) -> Option<String> {
    let Cents(amount) = assessment.amount;
    let due = amount.checked_neg().filter(|due| (1..=99_999_999_999).contains(due))?;
    if !is_iban(&assessment.iban) || !is_reference(&assessment.reference) {
        return None;
    }
    let (iban, reference) = (compact_iban(&assessment.iban), compact_reference(&assessment.reference));
    let (euros, cents) = (due / 100, due % 100);
    Some(format!("BCD\n002\n1\nSCT\n\n{TAX_AUTHORITY}\n{iban}\nEUR{euros}.{cents:02}\n\n{reference}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PersonId;

    fn assessment(cents: i64) -> Assessment {
        Assessment {
            person: PersonId::from_bytes([1; 16]),
            amount: Cents(cents),
            due: None,
            iban: "NL86 INGB 0002 4455 88".to_owned(),
            reference: "5600 0000 0000 0013".to_owned(),
        }
    }

    #[test]
    fn the_first_digit_of_a_reference_checks_the_others() {
        // The check is 1 × 4 + 3 × 2 = 10, and 11 − 10 = 1.
        assert!(is_reference("1000 0000 0000 0013"));
        assert!(is_reference("0000000000000000"), "a remainder of nothing is a zero");
        // The check is 5 × 2 = 10, then 11 − 10 = 1; and 6 × 2 = 12, remainder 1, where 10 counts as 1.
        assert!(is_reference("1000000000000005") && is_reference("1000000000000006"));
        for wrong in
            ["2000000000000013", "1000000000000031", "100000000000013", "10000000000000130", "1000 0000 0000 00A3", ""]
        {
            assert!(!is_reference(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_code_has_the_fields_of_the_guideline_in_their_order() {
        let mut pay = assessment(-55_805);
        pay.reference = "1000 0000 0000 0013".to_owned();
        let expected = "BCD\n002\n1\nSCT\n\nBelastingdienst\nNL86INGB0002445588\nEUR558.05\n\n1000000000000013";
        assert_eq!(transfer_code(&pay).as_deref(), Some(expected));
    }

    #[test]
    fn there_is_no_code_where_nothing_is_to_be_paid_or_something_is_wrong() {
        assert_eq!(transfer_code(&assessment(96_200)), None, "money back");
        assert_eq!(transfer_code(&assessment(-1)), None, "the reference is wrong");
        let mut other = assessment(-1);
        (other.reference, other.iban) = ("1000000000000013".to_owned(), "NL86INGB0002445589".to_owned());
        assert_eq!(transfer_code(&other), None, "the account is wrong");
        other.iban.clear();
        assert_eq!(transfer_code(&other), None);
        let most = Assessment { amount: Cents(i64::MIN), ..assessment(0) };
        assert_eq!(transfer_code(&most), None);
    }
}
