//! Mail addresses: the one type by which they come in, wherever somebody types one.

use std::fmt;

/// An address to which a mail can be sent: a dot-atom (RFC 5322, section 3.2.3), an at sign and a DNS name. What the
/// standard allows besides (quoted local parts, literal addresses such as `a@[127.0.0.1]`) is refused, and so is a
/// leading hyphen, which a mail program could take for an option.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MailAddress(String);

/// The longest local part, DNS name, label of a DNS name and address (RFC 5321, section 4.5.3.1; RFC 1035).
const LONGEST_LOCAL: usize = 64;
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;
const LONGEST: usize = 254;

impl MailAddress {
    /// Reads an address, without space around it. Returns `None` if it is none.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let is_local = local.len() <= LONGEST_LOCAL
            && !local.starts_with('-')
            && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_of_atom));
        (text.len() <= LONGEST && is_local && is_dns_name(domain)).then(|| Self(text.to_owned()))
    }

    /// Returns the address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<MailAddress> for String {
    fn from(address: MailAddress) -> Self {
        address.0
    }
}

/// Letters of other alphabets are allowed as well (RFC 6531).
fn is_of_atom(c: char) -> bool {
    c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c)
}

/// Returns true for a name of at least two labels, of which the last is no number, so that it is no IP address.
pub fn is_dns_name(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.len() <= LONGEST_NAME
        && name.contains('.')
        && name.split('.').all(is_label)
        && !last.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_dot_atom_and_a_dns_name() {
        let long = format!("{}@b.nl", "a".repeat(64));
        for good in ["a@b.nl", "marieke.jansen+ib@voorbeeld.example", "o'neill@b-c.nl", "zoë@café.fr", &long] {
            assert_eq!(MailAddress::read(good).map(String::from).as_deref(), Some(good));
        }
        assert_eq!(MailAddress::read(" a@b.nl ").map(String::from).as_deref(), Some("a@b.nl"));
        let (long, name) = (format!("a{long}"), format!("a@{}.nl", "b.".repeat(130)));
        for bad in [
            "",
            "a",
            "a@",
            "@b.nl",
            "a@b",
            "a@localhost",
            "a b@c.nl",
            "a@b..nl",
            "a.@b.nl",
            ".a@b.nl",
            "a..b@c.nl",
            "a@b.nl, c@d.nl",
            "A <a@b.nl>",
            "a@b.nl\r\nBcc: c@d.nl",
            "a@b.nl\u{202e}",
            "a\u{ffff}@b.nl",
            "\"a b\"@x.nl",
            "\"a\"@x.nl",
            "a@[127.0.0.1]",
            "a@[IPv6:::1]",
            "a@127.0.0.1",
            "-oQ@x.nl",
            "a@-x.nl",
            "a@x-.nl",
            "a@b@c.nl",
            &long,
            &name,
        ] {
            assert_eq!(MailAddress::read(bad), None, "{bad}");
        }
    }
}
