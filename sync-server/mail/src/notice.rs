//! The occasions on which a mail is sent.

use model::{
    id::*,
    language::Bilingual,
    mail_address::MailAddress,
    time::{Date, TaxYear},
};

/// On what ground a tax return was filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingGround {
    /// Those who were asked approved it, or nobody was asked.
    Approval,
    /// A standing consent covers it.
    StandingConsent,
    /// Not all who were asked had approved it.
    Unapproved,
}

/// Something about which somebody is told by mail. The recipient and the
/// language follow from it.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// Invites a person.
    Invitation { person: PersonId, token: String },
    /// Invites an advisor.
    AdvisorInvitation { advisor: AdvisorId, token: String },
    /// Tells an advisor about a change of their own access.
    AdvisorSecurity { advisor: AdvisorId, what: Security },
    /// Tells an administrator that a colleague reported *this was not me*.
    ColleagueAlarm { administrator: AdvisorId, colleague: String },
    /// Tells an administrator, or the colleague whom it is about, what changed about who gets in, and by whom. `to` is
    /// an address that the colleague had before.
    AdvisorWayIn { advisor: AdvisorId, to: Option<MailAddress>, by: String, what: Bilingual },
    /// Tells a person what the firm changed about how they get in.
    WayIn { person: PersonId, what: Bilingual },
    /// Tells a person about a new task.
    Task { person: PersonId, tax_year: TaxYear, title: Bilingual, due: Option<Date> },
    /// Tells a person that a tax return is ready to be read and approved. If `number` is
    /// above 1, it replaces an earlier revision and voids what was said about that.
    Revision { person: PersonId, tax_year: TaxYear, number: u32, due: Option<Date> },
    /// Tells a person that the firm wrote a message.
    FirmMessage { person: PersonId, tax_year: TaxYear },
    /// Tells a person that the firm accepted or answered a change that they reported.
    ProposalAnswered { person: PersonId, tax_year: TaxYear },
    /// Tells a person, at the old and at the new address, that the address changed.
    AddressChanged { person: PersonId, tax_year: TaxYear, to: MailAddress },
    /// Tells a person that a document cannot be used and has to be sent once more.
    DocumentSentBack { person: PersonId, tax_year: TaxYear },
    /// Tells a person that the firm sent back an answer with a remark.
    SentBack { person: PersonId, tax_year: TaxYear },
    /// Tells a person that a checklist that was handed in is open again.
    Reopened { person: PersonId, tax_year: TaxYear },
    /// Tells a person that the firm added a document to the archive.
    Delivered { person: PersonId, tax_year: TaxYear },
    /// Tells a person that the firm took something back.
    Recalled { person: PersonId, tax_year: TaxYear, document: Bilingual },
    /// Tells a person who approved a tax return that somebody else does not agree with it.
    OtherDeclined { person: PersonId, tax_year: TaxYear, document: Bilingual, who: String },
    /// Tells a person that a tax return was sent to the tax authority, and on what ground. It leaves after a while,
    /// within which it can be stopped.
    Filed { person: PersonId, tax_year: TaxYear, revision: RevisionId, document: Bilingual, ground: FilingGround },
    /// Tells a person that a tax return was not sent to the tax authority, after a mail said that it was.
    FilingUndone { person: PersonId, tax_year: TaxYear, document: Bilingual },
    /// Tells a person about a change of their access.
    Security { person: PersonId, what: Security },
    /// Tells the advisor that a person reported *this was not me*.
    AlarmRaised { person: PersonId },
    /// Tells the advisor that a document came in.
    DocumentReceived { person: PersonId, tax_year: TaxYear },
    /// Tells the advisor that a checklist was handed in.
    HandedIn { person: PersonId, tax_year: TaxYear },
    /// Tells the advisor what a person approved, with one signature or several that arrived together.
    Approved { person: PersonId, tax_year: TaxYear, title: Bilingual },
    /// Tells the advisor that an approval came in that could not be accepted.
    ApprovalNotAccepted { person: PersonId, tax_year: TaxYear },
    /// Tells the advisor that a person declined a tax return.
    Declined { person: PersonId, tax_year: TaxYear, title: Bilingual },
    /// Tells the advisor that a person reported a change of personal details.
    ChangeProposed { person: PersonId, tax_year: TaxYear },
    /// Tells the advisor that a person wrote a message.
    MessageReceived { person: PersonId, tax_year: TaxYear },
}

impl Notice {
    /// Returns the address to write to if it is not the person's present one.
    pub(super) fn own_address(&self) -> Option<&str> {
        match self {
            Self::AddressChanged { to, .. } | Self::Security { what: Security::MailCode { to, .. }, .. } => {
                Some(to.as_str())
            }
            Self::Security { what: Security::MailChanged { from }, .. } => Some(from),
            Self::AdvisorWayIn { to, .. } => to.as_ref().map(MailAddress::as_str),
            _ => None,
        }
    }

    /// Returns the person that it is about, or None if it is about an advisor.
    pub(super) fn person(&self) -> Option<PersonId> {
        match self {
            Self::AdvisorInvitation { .. }
            | Self::AdvisorSecurity { .. }
            | Self::ColleagueAlarm { .. }
            | Self::AdvisorWayIn { .. } => None,
            Self::Invitation { person, .. }
            | Self::Task { person, .. }
            | Self::Revision { person, .. }
            | Self::FirmMessage { person, .. }
            | Self::ProposalAnswered { person, .. }
            | Self::DocumentSentBack { person, .. }
            | Self::SentBack { person, .. }
            | Self::Reopened { person, .. }
            | Self::Delivered { person, .. }
            | Self::Recalled { person, .. }
            | Self::OtherDeclined { person, .. }
            | Self::Filed { person, .. }
            | Self::FilingUndone { person, .. }
            | Self::Security { person, .. }
            | Self::WayIn { person, .. }
            | Self::AlarmRaised { person }
            | Self::AddressChanged { person, .. }
            | Self::DocumentReceived { person, .. }
            | Self::HandedIn { person, .. }
            | Self::Approved { person, .. }
            | Self::ApprovalNotAccepted { person, .. }
            | Self::Declined { person, .. }
            | Self::ChangeProposed { person, .. }
            | Self::MessageReceived { person, .. } => Some(*person),
        }
    }
}

/// A change of somebody's access.
#[derive(Debug, Clone, PartialEq)]
pub enum Security {
    /// A passkey was made. `alarm` is the secret of the link *this was not me*.
    PasskeyAdded { alarm: String },
    /// Somebody logged in on a device that was not known.
    DeviceAdded { device: String, alarm: String },
    /// A key of a device was certified and may sign from now on.
    DeviceKeyAdded { device: String, alarm: String },
    /// A passkey or a device was revoked.
    Removed { device: String, alarm: String },
    /// The firm renewed the access of somebody who lost every passkey.
    Renewed,
    /// A code was asked for, which is sent to an address that is not confirmed yet.
    MailCode { to: MailAddress, code: String },
    /// The mail address was changed, which is announced to the old address.
    MailChanged { from: String },
}
