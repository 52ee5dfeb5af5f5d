//! Numbers that contain a check of their own: the account number (IBAN) and the citizen
//! service number (BSN). A number that passes is well formed; only
//! the bank or the tax authority knows if it exists.

/// The length of an IBAN in each country of the single euro payments area (ISO 13616,
/// IBAN registry). For other countries only the check digits are checked.
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GI", 23),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IS", 26),
    ("IT", 27),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MT", 31),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("VA", 22),
];

/// Returns true if `text` is an IBAN, with or without spaces: the right length for its
/// country and check digits that fit (ISO 7064, MOD 97-10).
pub fn is_iban(text: &str) -> bool {
    let iban = compact_iban(text);
    let bytes = iban.as_bytes();
    let (Some(country), Some(check), Some(account)) = (iban.get(..2), iban.get(2..4), iban.get(4..)) else {
        return false;
    };
    let shape = country.bytes().all(|b| b.is_ascii_uppercase())
        && check.bytes().all(|b| b.is_ascii_digit())
        && account.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let length = match LENGTHS.iter().find(|(known, _)| *known == country) {
        Some((_, length)) => bytes.len() == *length,
        None => (15..=34).contains(&bytes.len()),
    };
    let dutch = country != "NL" || (account.bytes().take(4).all(|b| b.is_ascii_uppercase()) && only_digits(account, 4));
    shape && length && dutch && remainder_97(account.bytes().chain(country.bytes()).chain(check.bytes())) == 1
}

/// Returns the remainder of the digits modulo 97. Letters count from A = 10.
pub(crate) fn remainder_97(characters: impl Iterator<Item = u8>) -> u32 {
    characters.fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        _ => (rest * 100 + u32::from(byte.wrapping_sub(b'A')) + 10) % 97,
    })
}

pub(crate) fn only_digits(text: &str, from: usize) -> bool {
    text.bytes().skip(from).all(|b| b.is_ascii_digit())
}

/// Returns an IBAN as it is stored: capitals, no spaces.
pub fn compact_iban(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// Returns an IBAN as people read it: in groups of four.
pub fn show_iban(text: &str) -> String {
    let iban: Vec<_> = compact_iban(text).chars().collect();
    let groups: Vec<String> = iban.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// Returns true if `text` is a citizen service number: nine digits, apart from dots and
/// spaces, that pass the eleven test (elfproef).
pub fn is_bsn(text: &str) -> bool {
    let bsn = compact_bsn(text);
    if bsn.len() != 9 || !only_digits(&bsn, 0) || bsn == "000000000" {
        return false;
    }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let sum: i32 = bsn.bytes().zip(weights).map(|(digit, weight)| i32::from(digit - b'0') * weight).sum();
    sum % 11 == 0
}

/// Returns a citizen service number as it is stored: digits only.
pub fn compact_bsn(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_passes_only_with_its_own_check_digits_and_length() {
        let good = [
            "NL91ABNA0417164300",
            "nl91 abna 0417 1643 00",
            "NL20INGB0001234567",
            "DE89370400440532013000",
            "BE68539007547034",
            "GB29NWBK60161331926819",
            "FR1420041010050500013M02606",
            "MT84MALT011000012345MTLCAST001S",
        ];
        for iban in good {
            assert!(is_iban(iban), "{iban}");
        }
        let bad = [
            "",
            "NL",
            "NL91ABNA0417164301",
            "NL19ABNA0417164300",
            "NL91ABNA041716430",
            "NL91ABNA04171643000",
            "NL91-ABNA-0417-1643-00",
            "91NLABNA0417164300",
            "NL91ÄBNA0417164300",
            "€€€€€€€€€€€€€€€€€€",
            "BE685390075470345",
        ];
        for iban in bad {
            assert!(!is_iban(iban), "{iban}");
        }
    }

    #[test]
    fn two_digits_that_changed_places_are_always_noticed() {
        let iban = "NL91ABNA0417164300";
        for at in 8..17 {
            let mut swapped = iban.as_bytes().to_vec();
            swapped.swap(at, at + 1);
            let swapped = String::from_utf8(swapped).unwrap();
            assert_eq!(is_iban(&swapped), swapped == iban, "{swapped}");
        }
    }

    #[test]
    fn a_citizen_service_number_passes_only_the_eleven_test() {
        for bsn in ["111222333", "123456782", "1112.22.333", "111 222 333"] {
            assert!(is_bsn(bsn), "{bsn}");
        }
        for bsn in ["", "000000000", "111222334", "12345678", "1234567820", "11122233a", "١١١٢٢٢٣٣٣", "-11222333"]
        {
            assert!(!is_bsn(bsn), "{bsn}");
        }
    }

    #[test]
    fn numbers_are_shown_as_people_read_them() {
        assert_eq!(show_iban("nl91abna0417164300"), "NL91 ABNA 0417 1643 00");
        assert_eq!(compact_bsn(" 1112.22.333"), "111222333");
    }
}
