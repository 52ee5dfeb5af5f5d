//! Paying the tax authority: payment references (betalingskenmerken), and the QR code for a bank's app.

use crate::{
    check_digit::{compact_iban, is_iban},
    money::Cents,
    tax_number::{NumberKind, TaxNumber},
    tax_return::{Period, PeriodKind, ReturnKind},
    time::Date,
};
use jiff::ToSpan;

/// The name of the account to which taxes are paid.
pub const TAX_AUTHORITY: &str = "Belastingdienst";
/// The account of the tax authority for all taxes.
pub const TAX_AUTHORITY_IBAN: &str = "NL86INGB0002445588";

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
    digits[0] == check_digit(&digits[1..])
}

/// Returns the digit that stands in front of the others and checks them.
fn check_digit(digits: &[u32]) -> u32 {
    let weights = [2, 4, 8, 5, 10, 9, 7, 3, 6, 1].into_iter().cycle();
    let sum: u32 = digits.iter().rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        check => check,
    }
}

/// Returns the reference with which a return of VAT or wage tax is paid, computed from the taxpayer's number for that
/// tax (`999990020B01`, `999990147L01`): check digit, the first eight digits of the number, the tax, the last digit of
/// the year, the end of the number, the period, and a zero (ODB, *Specificatie Betalingskenmerk*). Returns `None` for
/// other kinds, and where the code of the period is not known for certain: four weeks after the ninth.
pub fn reference_of_return(number: &str, kind: ReturnKind, period: Period) -> Option<String> {
    let number = TaxNumber::read(number)?;
    let (tax, end) = match kind {
        ReturnKind::Ob => ('1', number.end(NumberKind::Vat)?),
        ReturnKind::Lh => ('6', number.end(NumberKind::WageTax)?),
        _ => return None,
    };
    let first = period.first();
    let code = match period.kind() {
        PeriodKind::Month => u32::try_from(first.month()).ok()?,
        PeriodKind::Quarter => 21 + u32::try_from(first.month() - 1).ok()?,
        PeriodKind::Year => 40,
        PeriodKind::FourWeeks => 70 + u32::try_from(first.day_of_year() / 28 + 1).ok().filter(|number| *number < 10)?,
        PeriodKind::BookYear | PeriodKind::Day => return None,
    };
    let fiscal = number.digits().get(..8)?;
    let behind = format!("{fiscal}{tax}{}{end:02}{code:02}0", first.year() % 10);
    let digits: Vec<u32> = behind.bytes().map(|b| u32::from(b - b'0')).collect();
    Some(format!("{}{behind}", check_digit(&digits)))
}

/// Returns the last day to pay what a return comes to, if the kind is paid on filing: a month after the period. For a
/// whole year of VAT it is 31 March, and of wage tax 31 January.
pub fn last_day_to_pay(kind: ReturnKind, period: Period) -> Option<Date> {
    if !kind.is_paid_on_filing() {
        return None;
    }
    let last = period.last();
    Some(match period.kind() {
        PeriodKind::Year if kind != ReturnKind::Lh => last.saturating_add(3.months()),
        PeriodKind::Month | PeriodKind::Quarter | PeriodKind::Year => last.saturating_add(1.day()).last_of_month(),
        PeriodKind::FourWeeks | PeriodKind::BookYear | PeriodKind::Day => last.saturating_add(1.month()),
    })
}

/// Returns the text of a QR code for a SEPA credit transfer (EPC069-12, version 002):
/// one field per line, the reference in the structured remittance field.
/// An amount that is paid is negative. Returns `None` if there is nothing to pay or not everything is known.
pub fn transfer_code(amount: Cents, iban: &str, reference: &str) -> Option<String> {
    let due = amount.0.checked_neg().filter(|due| (1..=99_999_999_999).contains(due))?;
    if !is_iban(iban) || !is_reference(reference) {
        return None;
    }
    let (iban, reference) = (compact_iban(iban), compact_reference(reference));
    let (euros, cents) = (due / 100, due % 100);
    Some(format!("BCD\n002\n1\nSCT\n\n{TAX_AUTHORITY}\n{iban}\nEUR{euros}.{cents:02}\n\n{reference}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const IBAN: &str = "NL86 INGB 0002 4455 88";

    #[test]
    fn the_first_digit_of_a_reference_checks_the_others() {
        // The check is 1 × 4 + 3 × 2 = 10, and 11 − 10 = 1.
        assert!(is_reference("1000 0000 0000 0013"));
        assert!(is_reference("0000000000000000"), "a remainder of nothing is a zero");
        // The check is 5 × 2 = 10, then 11 − 10 = 1; and 6 × 2 = 12, remainder 1, where 10 counts as 1.
        assert!(is_reference("1000000000000005") && is_reference("1000000000000006"));
        // The example of Betaalvereniging Nederland.
        assert!(is_reference("5000 0567 8901 2345") && !is_reference("5000056789012346"));
        for wrong in
            ["2000000000000013", "1000000000000031", "100000000000013", "10000000000000130", "1000 0000 0000 00A3", ""]
        {
            assert!(!is_reference(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_code_has_the_fields_of_the_guideline_in_their_order() {
        let expected = "BCD\n002\n1\nSCT\n\nBelastingdienst\nNL86INGB0002445588\nEUR558.05\n\n1000000000000013";
        assert_eq!(transfer_code(Cents(-55_805), IBAN, "1000 0000 0000 0013").as_deref(), Some(expected));
    }

    #[test]
    fn there_is_no_code_where_nothing_is_to_be_paid_or_something_is_wrong() {
        let (right, wrong) = ("1000000000000013", "5600 0000 0000 0013");
        for (amount, iban, reference, why) in [
            (96_200, IBAN, right, "money back"),
            (0, IBAN, right, "nothing"),
            (-1, IBAN, wrong, "the reference is wrong"),
            (-1, "NL86INGB0002445589", right, "the account is wrong"),
            (-1, "", right, "no account"),
            (i64::MIN, IBAN, right, "more than a code can say"),
        ] {
            assert_eq!(transfer_code(Cents(amount), iban, reference), None, "{why}");
        }
    }

    /// The first five are published by the tax authority's partners, with numbers that exist; the others follow the rule.
    #[test]
    fn the_reference_of_a_return_follows_from_its_number_and_period() {
        for (number, kind, period, reference) in [
            ("001041149B01", ReturnKind::Ob, "2023-Q2", "4001041141301240"),
            ("001041149B01", ReturnKind::Ob, "2012-08", "2001041141201080"),
            ("001041149B01", ReturnKind::Ob, "2022", "2001041141201400"),
            ("849613073L03", ReturnKind::Lh, "2020-03", "6849613076003030"),
            ("849613073L03", ReturnKind::Lh, "2018-W4", "6849613076803740"),
            ("999990020b01 ", ReturnKind::Ob, "2026-Q1", "1999990021601210"),
            ("999990147B01", ReturnKind::Ob, "2026-01", "3999990141601010"),
            ("999990147L01", ReturnKind::Lh, "2026-03", "4999990146601030"),
        ] {
            let computed = reference_of_return(number, kind, period.parse().unwrap());
            assert_eq!(computed.as_deref(), Some(reference), "{number} {period}");
            assert!(is_reference(reference));
        }
        for (number, kind, period) in [
            ("999990020B01", ReturnKind::Lh, "2026-03"),
            ("999990020B01", ReturnKind::SuppletieOb, "2026-Q1"),
            ("999990147L01", ReturnKind::Lh, "2026-W10"),
            ("99999014L01", ReturnKind::Lh, "2026-03"),
            ("99999014éL01", ReturnKind::Lh, "2026-03"),
            ("", ReturnKind::Ob, "2026-Q1"),
        ] {
            assert_eq!(reference_of_return(number, kind, period.parse().unwrap()), None, "{number} {period}");
        }
    }

    #[test]
    fn a_return_is_paid_within_a_month_after_its_period() {
        for (kind, period, day) in [
            (ReturnKind::Ob, "2026-Q1", Some("2026-04-30")),
            (ReturnKind::Ob, "2026-12", Some("2027-01-31")),
            (ReturnKind::Lh, "2026-01", Some("2026-02-28")),
            (ReturnKind::Lh, "2026-W1", Some("2026-02-28")),
            (ReturnKind::Ob, "2025", Some("2026-03-31")),
            (ReturnKind::Lh, "2025", Some("2026-01-31")),
            (ReturnKind::Dividend, "2026-03-12", Some("2026-04-12")),
            (ReturnKind::Vpb, "2025", None),
            (ReturnKind::Icp, "2026-Q1", None),
        ] {
            let due = last_day_to_pay(kind, period.parse().unwrap()).map(|day| day.to_string());
            assert_eq!(due.as_deref(), day, "{kind:?} {period}");
        }
    }
}
