//! The kinds of mail that the server writes.

use serde::{Deserialize, Serialize};

/// Makes an enum of which each variant is stored as a word.
macro_rules! words {
    ($(#[$doc:meta])+ $enum:ident { $($(#[$variant_doc:meta])+ $name:ident = $word:literal,)+ }) => {
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $enum {
            $($(#[$variant_doc])+ #[serde(rename = $word)] $name,)+
        }

        impl $enum {
            /// All of them, in the order in which the console shows them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Returns the word that is stored.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// Returns the variant that a stored word means.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.word() == word)
            }
        }
    };
}

words! {
    /// A kind of mail. The word also names its texts under assets/mail. A kind is never removed:
    /// mails of it stay in the outbox.
    MailKind {
        /// Invites a person.
        Invitation = "invitation",
        /// Invites a person, who also needs a code that the advisor tells.
        InvitationCode = "invitation_code",
        /// Asks a person who lost every passkey to make a new one.
        NewAccess = "new_access",
        /// Tells a person about a new task.
        Task = "task",
        /// Tells a person that a tax return is ready.
        Revision = "revision",
        /// Tells a person that a tax return replaces an earlier one.
        RevisionAgain = "revision_again",
        /// Tells a person several things in one mail.
        Several = "several",
        /// Reminds a person of what is open.
        Reminder = "reminder",
        /// Tells a person that the firm wrote a message.
        FirmMessage = "firm_message",
        /// Tells a person that an answer was sent back.
        SentBack = "sent_back",
        /// Tells a person that a document was sent back.
        DocumentSentBack = "document_sent_back",
        /// Tells a person that the firm accepted or answered a reported change.
        ProposalAnswered = "proposal_answered",
        /// Tells a person that a checklist was reopened.
        Reopened = "reopened",
        /// Tells a person that a document is in the archive.
        Delivered = "delivered",
        /// Tells a person that the firm took something back.
        Recalled = "recalled",
        /// Tells a person who approved a tax return that somebody else does not agree with it.
        OtherDeclined = "other_declined",
        /// Tells a person that a tax return was sent to the tax authority.
        Filed = "filed",
        /// Tells a person that a tax return was not sent to the tax authority, after a mail said that it was.
        FilingUndone = "filing_undone",
        /// Tells a person that a passkey was made.
        PasskeyAdded = "passkey_added",
        /// Tells a person about a login on a new device.
        DeviceAdded = "device_added",
        /// Tells a person that a device may sign.
        DeviceKeyAdded = "device_key_added",
        /// Tells a person, at the old and at the new address, that the firm changed the address.
        AddressChanged = "address_changed",
        /// Tells a person that a passkey or a device was removed.
        AccessRemoved = "access_removed",
        /// Tells a person that the firm renewed their access.
        AccessRenewed = "access_renewed",
        /// Sends the code that confirms a new address of a login.
        MailCode = "mail_code",
        /// Tells the old address of a login that it was replaced.
        MailChanged = "mail_changed",
        /// Tells a person that the firm changed what they can do, or let them in again.
        WayInChanged = "way_in_changed",
        /// Tells the advisor that a document came in.
        DocumentReceived = "document_received",
        /// Tells the advisor that a checklist was handed in.
        HandedIn = "handed_in",
        /// Tells the advisor that a tax return was approved.
        Approved = "approved",
        /// Tells the advisor that a person declined a tax return.
        Declined = "declined",
        /// Tells the advisor that a person reported a change of details.
        ChangeProposed = "change_proposed",
        /// Tells the advisor that a person wrote a message.
        MessageReceived = "message_received",
        /// Tells the advisor that an approval does not count.
        ApprovalNotAccepted = "approval_not_accepted",
        /// Tells the advisor that a person reported *this was not me*.
        AlarmRaised = "alarm_raised",
        /// Tells the advisor what came in since the last digest.
        Digest = "digest",
        /// Invites an advisor.
        AdvisorInvitation = "advisor_invitation",
        /// Asks an advisor who lost every passkey to make a new one.
        AdvisorNewAccess = "advisor_new_access",
        /// Tells an advisor that their access was renewed.
        AdvisorAccessRenewed = "advisor_access_renewed",
        /// Tells an advisor that a passkey was made.
        AdvisorPasskeyAdded = "advisor_passkey_added",
        /// Tells an advisor about a login on a new device.
        AdvisorDeviceAdded = "advisor_device_added",
        /// Tells an advisor that a device may sign.
        AdvisorDeviceKeyAdded = "advisor_device_key_added",
        /// Tells an advisor that a passkey or a device was removed.
        AdvisorAccessRemoved = "advisor_access_removed",
        /// Tells an administrator that a colleague reported *this was not me*.
        AdvisorAlarmRaised = "advisor_alarm_raised",
        /// Tells administrators, and the colleague whom it is about, what changed about who gets in.
        AdvisorWayInChanged = "advisor_way_in_changed",
        /// Tests a text or a mail server for an advisor.
        Test = "test",
    }
}

words! {
    /// The kinds of news from clients, of which each advisor chooses how to be told.
    DigestKind {
        /// A document came in.
        DocumentReceived = "document_received",
        /// A checklist was handed in.
        HandedIn = "handed_in",
        /// A tax return was approved.
        Approved = "approved",
        /// Somebody does not agree with a tax return.
        Declined = "declined",
        /// A change of details was reported.
        ChangeProposed = "change_proposed",
        /// A message came in.
        MessageReceived = "message_received",
    }
}

/// The order in which the mails of a firm leave. All but the last leave at once, even at night and after another mail
/// of the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailRank {
    /// Mails about who gets in, without which somebody waits or does not learn of a danger.
    Access,
    /// Mails that somebody waits for.
    Urgent,
    /// Mails that can wait for the morning.
    Other,
}

impl MailRank {
    const ALL: [Self; 3] = [Self::Access, Self::Urgent, Self::Other];

    /// Returns the number that is stored, which is in order.
    pub const fn number(self) -> i64 {
        match self {
            Self::Access => 0,
            Self::Urgent => 1,
            Self::Other => 2,
        }
    }

    /// Returns the rank that a stored number means.
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|rank| rank.number() == number)
    }
}

impl DigestKind {
    /// Returns the mail that tells about it at once.
    pub fn mail(self) -> MailKind {
        match self {
            Self::DocumentReceived => MailKind::DocumentReceived,
            Self::HandedIn => MailKind::HandedIn,
            Self::Approved => MailKind::Approved,
            Self::Declined => MailKind::Declined,
            Self::ChangeProposed => MailKind::ChangeProposed,
            Self::MessageReceived => MailKind::MessageReceived,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_word_means_what_was_stored() {
        assert!(MailKind::ALL.iter().all(|kind| MailKind::of(kind.word()) == Some(*kind)));
        assert!(DigestKind::ALL.iter().all(|kind| kind.mail().word() == kind.word()));
    }
}
