//! User names: which texts can be one, and which one is proposed to somebody who chooses none. People recognise a login
//! by it; the passkey says whose it is, so names that look alike give no access.

use storage::db::{DbError, Query};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const SHORTEST: usize = 3;
const LONGEST: usize = 40;

/// Returns the canonical form of a name: without space around it, and with accents joined to their letters.
pub fn normal(name: &str) -> String {
    name.trim().nfc().collect()
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || "._-".contains(c)
}

/// Returns true for 3 to 40 letters of any alphabet, digits, full stops, hyphens and underscores.
pub fn is_user_name(name: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&name.chars().count()) && name.chars().all(is_part)
}

/// Returns a free user name: the given name, or else the whole name, with a number if somebody else has it.
pub fn suggest(q: &Query<'_>, given_name: &str, name: &str) -> Result<String, DbError> {
    let base = proposal(given_name, name);
    if !q.user_name_is_taken(&base)? {
        return Ok(base);
    }
    for number in 2..100 {
        let numbered = format!("{base}-{number}");
        if !q.user_name_is_taken(&numbered)? {
            return Ok(numbered);
        }
    }
    // If all these names are taken, people choose one themselves.
    Ok(String::new())
}

fn proposal(given_name: &str, name: &str) -> String {
    let fit = |name: &str| {
        let plain: String = normal(name).to_lowercase().chars().map(|c| if is_part(c) { c } else { ' ' }).collect();
        let words: Vec<&str> = plain.split_whitespace().collect();
        // This leaves room for a number after it.
        words.join("-").chars().take(LONGEST - 3).collect::<String>()
    };
    [given_name, name].into_iter().map(fit).find(|fit| is_user_name(fit)).unwrap_or_else(|| "akkoord".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{is_user_name, normal, proposal};

    #[test]
    fn a_user_name_is_short_and_of_any_letters() {
        let check = |name: &str, expected| assert_eq!(is_user_name(&normal(name)), expected, "{name:?}");
        check("marieke", true);
        check("m.jansen-2_", true);
        check(&"a".repeat(40), true);
        check(&"a".repeat(41), false);
        check("ab", false);
        check("", false);
        check("marieke jansen", false);
        check("mariëke", true);
        check("marie\u{308}ke", true);
        check("Łukasz", true);
        check("Ελένη", true);
        check("محمد", true);
        check("m@rieke", false);
        check("mar\u{202e}ieke", false);
        check("mar\u{200b}ieke", false);
        check("mar\nieke", false);
    }

    #[test]
    fn an_accent_is_one_letter_however_it_was_typed() {
        assert_eq!(normal(" zoe\u{308} "), "zoë");
    }

    #[test]
    fn a_name_is_proposed_that_is_one() {
        let check = |given: &str, name: &str, expected: &str| {
            assert_eq!(proposal(given, name), expected);
            assert!(is_user_name(&proposal(given, name)));
        };
        check("Marieke", "Marieke Jansen", "marieke");
        check("Jan Willem", "Jan Willem de Wit", "jan-willem");
        check("Bo", "Bo Li", "bo-li");
        check("Łukasz", "Łukasz Nowak", "łukasz");
        check("D'Arcy", "D'Arcy O'Neill", "d-arcy");
        check("", "X", "akkoord");
        check(&"a".repeat(60), "", &"a".repeat(37));
    }
}
