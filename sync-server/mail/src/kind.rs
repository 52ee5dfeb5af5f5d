//! The kinds of mail: whom each is for, what its text can name, and whether it may
//! wait. This file has only data and functions that look it up.

use model::{
    language::Language,
    mail::{DigestKind, MailKind, MailRank},
};

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

/// The properties of a kind of mail.
#[derive(Debug)]
pub struct MailProperties {
    pub id: MailKind,
    pub audience: Audience,
    /// Its place among the mails that wait.
    pub rank: MailRank,
    /// True if the advisor can choose: at once, in the digest or never.
    pub choosable: Option<DigestKind>,
    /// The values that its text can name.
    pub names: &'static [&'static str],
    nl: &'static str,
    en: &'static str,
}

impl MailProperties {
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
const OF_RETURN: &[&str] = &["given_name", "advisor", "firm", "phone", "moment", "year", "document"];
const LISTED: &[&str] = &["given_name", "advisor", "firm", "phone", "moment", "title", "count"];
const TO_ADVISOR: &[&str] = &["given_name", "firm", "moment", "person", "client", "client_number", "year"];
const TITLED: &[&str] = &["given_name", "firm", "moment", "person", "client", "client_number", "year", "title"];

const NOTHING: MailProperties = MailProperties {
    id: MailKind::Test,
    audience: Audience::Newcomer,
    rank: MailRank::Access,
    choosable: None,
    names: &[],
    nl: "",
    en: "",
};

macro_rules! kind {
    ($name:literal, $id:ident, $audience:ident, $names:expr $(, $rank:ident)? $(, choosable $digest:expr)?) => {
        &MailProperties {
            id: MailKind::$id,
            audience: Audience::$audience,
            rank: kind!(@rank $($rank)?),
            choosable: kind!(@digest $($digest)?),
            names: $names,
            nl: include_str!(concat!("../../../assets/mail/", $name, ".nl.txt")),
            en: include_str!(concat!("../../../assets/mail/", $name, ".en.txt")),
        }
    };
    (@rank) => { MailRank::Other };
    (@rank urgent) => { MailRank::Urgent };
    (@rank access) => { MailRank::Access };
    (@digest) => { None };
    (@digest $digest:expr) => { Some($digest) };
}

impl MailProperties {
    /// Returns the properties of a kind of mail.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of mail, and nothing else")]
    pub fn of(kind: MailKind) -> &'static Self {
        match kind {
            MailKind::Invitation => kind!(
                "invitation",
                Invitation,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "expires"],
                access
            ),
            MailKind::InvitationCode => kind!(
                "invitation_code",
                InvitationCode,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "expires"],
                access
            ),
            MailKind::NewAccess => kind!(
                "new_access",
                NewAccess,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "expires"],
                access
            ),
            MailKind::Task => kind!(
                "task",
                Task,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "year", "title", "due"]
            ),
            MailKind::Revision => kind!(
                "revision",
                Revision,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "year", "number", "due"]
            ),
            MailKind::RevisionAgain => kind!(
                "revision_again",
                RevisionAgain,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "year", "number", "due"],
                urgent
            ),
            MailKind::Several => kind!("several", Several, Person, LISTED),
            MailKind::Reminder => kind!("reminder", Reminder, Person, LISTED),
            MailKind::FirmMessage => kind!("firm_message", FirmMessage, Person, OF_YEAR),
            MailKind::SentBack => kind!("sent_back", SentBack, Person, OF_YEAR),
            MailKind::DocumentSentBack => kind!("document_sent_back", DocumentSentBack, Person, OF_YEAR),
            MailKind::ProposalAnswered => kind!("proposal_answered", ProposalAnswered, Person, OF_YEAR),
            MailKind::Reopened => kind!("reopened", Reopened, Person, OF_YEAR),
            MailKind::Delivered => kind!("delivered", Delivered, Person, OF_YEAR),
            MailKind::Recalled => kind!("recalled", Recalled, Person, OF_RETURN, urgent),
            MailKind::OtherDeclined => kind!(
                "other_declined",
                OtherDeclined,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "year", "document", "person"],
                urgent
            ),
            MailKind::Filed => kind!(
                "filed",
                Filed,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "year", "document", "remark"],
                urgent
            ),
            MailKind::FilingUndone => kind!("filing_undone", FilingUndone, Person, OF_RETURN, urgent),
            MailKind::PasskeyAdded => kind!("passkey_added", PasskeyAdded, Person, GREETED, access),
            MailKind::DeviceAdded => kind!(
                "device_added",
                DeviceAdded,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "device"],
                access
            ),
            MailKind::DeviceKeyAdded => kind!(
                "device_key_added",
                DeviceKeyAdded,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "device"],
                access
            ),
            MailKind::AddressChanged => kind!("address_changed", AddressChanged, Person, GREETED, access),
            MailKind::AccessRemoved => kind!(
                "access_removed",
                AccessRemoved,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "device"],
                access
            ),
            MailKind::AccessRenewed => kind!("access_renewed", AccessRenewed, Person, GREETED, access),
            MailKind::MailCode => kind!(
                "mail_code",
                MailCode,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "code"],
                access
            ),
            MailKind::MailChanged => kind!("mail_changed", MailChanged, Person, GREETED, access),
            MailKind::WayInChanged => kind!(
                "way_in_changed",
                WayInChanged,
                Person,
                &["given_name", "advisor", "firm", "phone", "moment", "change"],
                access
            ),
            MailKind::DocumentReceived => {
                kind!("document_received", DocumentReceived, Advisor, TO_ADVISOR, urgent, choosable DigestKind::DocumentReceived)
            }
            MailKind::HandedIn => {
                kind!("handed_in", HandedIn, Advisor, TO_ADVISOR, urgent, choosable DigestKind::HandedIn)
            }
            MailKind::Approved => {
                kind!("approved", Approved, Advisor, TITLED, urgent, choosable DigestKind::Approved)
            }
            MailKind::Declined => {
                kind!("declined", Declined, Advisor, TITLED, urgent, choosable DigestKind::Declined)
            }
            MailKind::ChangeProposed => {
                kind!("change_proposed", ChangeProposed, Advisor, TO_ADVISOR, urgent, choosable DigestKind::ChangeProposed)
            }
            MailKind::MessageReceived => {
                kind!("message_received", MessageReceived, Advisor, TO_ADVISOR, urgent, choosable DigestKind::MessageReceived)
            }
            MailKind::ApprovalNotAccepted => {
                kind!("approval_not_accepted", ApprovalNotAccepted, Advisor, TO_ADVISOR, urgent)
            }
            MailKind::AlarmRaised => kind!(
                "alarm_raised",
                AlarmRaised,
                Advisor,
                &["given_name", "firm", "moment", "person", "client", "client_number"],
                access
            ),
            MailKind::Digest => kind!("digest", Digest, Advisor, &["given_name", "firm", "moment", "count"]),
            MailKind::AdvisorInvitation => kind!(
                "advisor_invitation",
                AdvisorInvitation,
                Newcomer,
                &["given_name", "firm", "moment", "expires"],
                access
            ),
            MailKind::AdvisorNewAccess => kind!(
                "advisor_new_access",
                AdvisorNewAccess,
                Newcomer,
                &["given_name", "firm", "moment", "expires"],
                access
            ),
            MailKind::AdvisorAccessRenewed => kind!(
                "advisor_access_renewed",
                AdvisorAccessRenewed,
                Newcomer,
                &["given_name", "firm", "moment"],
                access
            ),
            MailKind::AdvisorPasskeyAdded => {
                kind!("advisor_passkey_added", AdvisorPasskeyAdded, Newcomer, &["given_name", "firm", "moment"], access)
            }
            MailKind::AdvisorDeviceAdded => kind!(
                "advisor_device_added",
                AdvisorDeviceAdded,
                Newcomer,
                &["given_name", "firm", "moment", "device"],
                access
            ),
            MailKind::AdvisorDeviceKeyAdded => kind!(
                "advisor_device_key_added",
                AdvisorDeviceKeyAdded,
                Newcomer,
                &["given_name", "firm", "moment", "device"],
                access
            ),
            MailKind::AdvisorAccessRemoved => kind!(
                "advisor_access_removed",
                AdvisorAccessRemoved,
                Newcomer,
                &["given_name", "firm", "moment", "device"],
                access
            ),
            MailKind::AdvisorAlarmRaised => kind!(
                "advisor_alarm_raised",
                AdvisorAlarmRaised,
                Newcomer,
                &["given_name", "firm", "moment", "person"],
                access
            ),
            MailKind::AdvisorWayInChanged => kind!(
                "advisor_way_in_changed",
                AdvisorWayInChanged,
                Newcomer,
                &["given_name", "firm", "moment", "person", "change"],
                access
            ),
            // A test mail is written with the text of the kind that is tested.
            MailKind::Test => &NOTHING,
        }
    }

    /// Returns all kinds that have a text, in the order in which the console shows them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        MailKind::ALL.iter().filter(|kind| **kind != MailKind::Test).map(|kind| Self::of(*kind))
    }
}
