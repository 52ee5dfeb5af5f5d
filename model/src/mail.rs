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
            /// All, in the order in which the console shows them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word that is stored.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// What a stored word means.
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
        /// To a person: come in.
        Invitation = "invitation",
        /// To a person: come in, with a code that is told apart.
        InvitationCode = "invitation_code",
        /// To a person who lost every passkey: make a new one.
        NewAccess = "new_access",
        /// To a person: something is asked.
        Task = "task",
        /// To a person: a tax return is ready.
        Revision = "revision",
        /// To a person: a tax return replaces an earlier one.
        RevisionAgain = "revision_again",
        /// To a person: several things in one mail.
        Several = "several",
        /// To a person: what is open.
        Reminder = "reminder",
        /// To a person: the firm wrote.
        FirmMessage = "firm_message",
        /// To a person: an answer was sent back.
        SentBack = "sent_back",
        /// To a person: a document was sent back.
        DocumentSentBack = "document_sent_back",
        /// To a person: the firm took over or answered a reported change.
        ProposalAnswered = "proposal_answered",
        /// To a person: a checklist is open again.
        Reopened = "reopened",
        /// To a person: a document is in the archive.
        Delivered = "delivered",
        /// To a person: a passkey was made.
        PasskeyAdded = "passkey_added",
        /// To a person: a login on a new device.
        DeviceAdded = "device_added",
        /// To a person: a device may sign.
        DeviceKeyAdded = "device_key_added",
        /// To a person, at the old and at the new address: the firm changed the address.
        AddressChanged = "address_changed",
        /// To a person: a passkey or a device was removed.
        AccessRemoved = "access_removed",
        /// To a person: the firm gave access again.
        AccessRenewed = "access_renewed",
        /// To a new address of a login: the code that confirms it.
        MailCode = "mail_code",
        /// To the old address of a login: it was left.
        MailChanged = "mail_changed",
        /// To the advisor: a document came in.
        DocumentReceived = "document_received",
        /// To the advisor: a checklist was handed in.
        HandedIn = "handed_in",
        /// To the advisor: a tax return was approved.
        Approved = "approved",
        /// To the advisor: somebody does not agree.
        Declined = "declined",
        /// To the advisor: a person reports a change of details.
        ChangeProposed = "change_proposed",
        /// To the advisor: a person wrote.
        MessageReceived = "message_received",
        /// To the advisor: an approval does not count.
        ApprovalNotAccepted = "approval_not_accepted",
        /// To the advisor: a person says that something was not them.
        AlarmRaised = "alarm_raised",
        /// To the advisor: what came in since the last one.
        Digest = "digest",
        /// To somebody of the firm: come in.
        AdvisorInvitation = "advisor_invitation",
        /// To somebody of the firm who lost every passkey: make a new one.
        AdvisorNewAccess = "advisor_new_access",
        /// To somebody of the firm: access was given again.
        AdvisorAccessRenewed = "advisor_access_renewed",
        /// To somebody of the firm: a passkey was made.
        AdvisorPasskeyAdded = "advisor_passkey_added",
        /// To somebody of the firm: a login on a new device.
        AdvisorDeviceAdded = "advisor_device_added",
        /// To somebody of the firm: a device may sign.
        AdvisorDeviceKeyAdded = "advisor_device_key_added",
        /// To somebody of the firm: a passkey or a device was removed.
        AdvisorAccessRemoved = "advisor_access_removed",
        /// To an administrator: a colleague says that something was not them.
        AdvisorAlarmRaised = "advisor_alarm_raised",
        /// To an advisor who tries a text or a mail server out.
        Test = "test",
    }
}

words! {
    /// What comes in from a client, of which each advisor chooses how to be told.
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

impl DigestKind {
    /// The mail that tells of it at once.
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
