//! The kinds of mail: whom each is for, what its text can name, and whether it may
//! wait. This file has only data and functions that look it up.

use model::language::Language;

/// The recipients for whom a mail can be, which decides the frame around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// A person of a client.
    Person,
    /// The advisor of a client.
    Advisor,
    /// An advisor or a new colleague, about their own access or a colleague's.
    Newcomer,
}

/// A kind of mail.
#[derive(Debug)]
pub struct Kind {
    /// The name in snake case, which is also the name of its texts in assets/mail.
    pub name: &'static str,
    pub audience: Audience,
    /// True if it leaves at once, even at night and after another mail of the same day.
    pub urgent: bool,
    /// True if the advisor can choose: at once, in the digest or never.
    pub choosable: bool,
    /// The values that its text can name.
    pub names: &'static [&'static str],
    nl: &'static str,
    en: &'static str,
}

impl Kind {
    /// Returns the kind with this name.
    pub fn of(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// Returns its standard text.
    pub fn source(&self, language: Language) -> &'static str {
        match language {
            Language::Nl => self.nl,
            Language::En => self.en,
        }
    }
}

const GREETED: &[&str] = &["given_name", "advisor", "firm", "phone", "moment"];
const OF_YEAR: &[&str] = &["given_name", "advisor", "firm", "phone", "moment", "year"];
const LISTED: &[&str] = &["given_name", "advisor", "firm", "phone", "moment", "title", "count"];
const TO_ADVISOR: &[&str] = &["given_name", "firm", "moment", "person", "client", "client_number", "year"];
const NUMBERED: &[&str] = &["given_name", "firm", "moment", "person", "client", "client_number", "year", "number"];

macro_rules! kind {
    ($name:literal, $audience:ident, $names:expr $(, $flag:ident)*) => {
        Kind {
            $($flag: true,)*
            name: $name,
            audience: Audience::$audience,
            names: $names,
            nl: include_str!(concat!("../../../assets/mail/", $name, ".nl.txt")),
            en: include_str!(concat!("../../../assets/mail/", $name, ".en.txt")),
            ..NOTHING
        }
    };
}

const NOTHING: Kind =
    Kind { name: "", audience: Audience::Person, urgent: false, choosable: false, names: &[], nl: "", en: "" };

/// All kinds, in the order in which the console shows them.
#[expect(clippy::needless_update, reason = "a kind that has every flag leaves nothing out")]
pub const KINDS: &[Kind] = &[
    kind!("invitation", Person, &["given_name", "advisor", "firm", "phone", "moment", "expires"], urgent),
    kind!("invitation_code", Person, &["given_name", "advisor", "firm", "phone", "moment", "expires"], urgent),
    kind!("new_access", Person, &["given_name", "advisor", "firm", "phone", "moment", "expires"], urgent),
    kind!("task", Person, &["given_name", "advisor", "firm", "phone", "moment", "year", "title", "due"]),
    kind!("revision", Person, &["given_name", "advisor", "firm", "phone", "moment", "year", "number", "due"]),
    kind!(
        "revision_again",
        Person,
        &["given_name", "advisor", "firm", "phone", "moment", "year", "number", "due"],
        urgent
    ),
    kind!("several", Person, LISTED),
    kind!("reminder", Person, LISTED),
    kind!("firm_message", Person, OF_YEAR),
    kind!("sent_back", Person, OF_YEAR),
    kind!("document_sent_back", Person, OF_YEAR),
    kind!("proposal_answered", Person, OF_YEAR),
    kind!("reopened", Person, OF_YEAR),
    kind!("delivered", Person, OF_YEAR),
    kind!("passkey_added", Person, GREETED, urgent),
    kind!("device_added", Person, &["given_name", "advisor", "firm", "phone", "moment", "device"], urgent),
    kind!("device_key_added", Person, &["given_name", "advisor", "firm", "phone", "moment", "device"], urgent),
    kind!("address_changed", Person, GREETED, urgent),
    kind!("access_removed", Person, &["given_name", "advisor", "firm", "phone", "moment", "device"], urgent),
    kind!("access_renewed", Person, GREETED, urgent),
    kind!("mail_code", Person, &["given_name", "advisor", "firm", "phone", "moment", "code"], urgent),
    kind!("mail_changed", Person, GREETED, urgent),
    kind!("document_received", Advisor, TO_ADVISOR, urgent, choosable),
    kind!("handed_in", Advisor, TO_ADVISOR, urgent, choosable),
    kind!("approved", Advisor, NUMBERED, urgent, choosable),
    kind!("declined", Advisor, NUMBERED, urgent, choosable),
    kind!("change_proposed", Advisor, TO_ADVISOR, urgent, choosable),
    kind!("message_received", Advisor, TO_ADVISOR, urgent, choosable),
    kind!("approval_not_accepted", Advisor, TO_ADVISOR, urgent),
    kind!("alarm_raised", Advisor, &["given_name", "firm", "moment", "person", "client", "client_number"], urgent),
    kind!("digest", Advisor, &["given_name", "firm", "moment", "count"]),
    kind!("advisor_invitation", Newcomer, &["given_name", "firm", "moment", "expires"], urgent),
    kind!("advisor_new_access", Newcomer, &["given_name", "firm", "moment", "expires"], urgent),
    kind!("advisor_access_renewed", Newcomer, &["given_name", "firm", "moment"], urgent),
    kind!("advisor_passkey_added", Newcomer, &["given_name", "firm", "moment"], urgent),
    kind!("advisor_device_added", Newcomer, &["given_name", "firm", "moment", "device"], urgent),
    kind!("advisor_device_key_added", Newcomer, &["given_name", "firm", "moment", "device"], urgent),
    kind!("advisor_access_removed", Newcomer, &["given_name", "firm", "moment", "device"], urgent),
    kind!("advisor_alarm_raised", Newcomer, &["given_name", "firm", "moment", "person"], urgent),
];
