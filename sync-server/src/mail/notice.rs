//! The occasions on which a mail is sent.

use model::{
    id::*,
    language::Bilingual,
    time::{Date, TaxYear},
};

/// Something that somebody is told of by mail. Who gets it and in which
/// language follows from it.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// To a person: come in.
    Invitation { person: PersonId, token: String },
    /// To somebody of the firm: come in.
    AdvisorInvitation { advisor: AdvisorId, token: String },
    /// To somebody of the firm: something about how they get in.
    AdvisorSecurity { advisor: AdvisorId, what: Security },
    /// To an administrator: a colleague says that something was not them.
    ColleagueAlarm { administrator: AdvisorId, colleague: String },
    /// To a person: something is asked.
    Task { person: PersonId, tax_year: TaxYear, title: Bilingual, due: Option<Date> },
    /// To a person: a tax return is ready to be read and approved. `number`
    /// above 1: it replaces an earlier one, and so does what was said of that.
    Revision { person: PersonId, tax_year: TaxYear, number: u32, due: Option<Date> },
    /// To a person: the firm wrote.
    FirmMessage { person: PersonId, tax_year: TaxYear },
    /// To a person: the firm took over or answered a change they reported.
    ProposalAnswered { person: PersonId, tax_year: TaxYear },
    /// To a person, at the old and at the new address: the address changed.
    AddressChanged { person: PersonId, tax_year: TaxYear, to: String },
    /// To a person: a document cannot be used and is to be sent again.
    DocumentSentBack { person: PersonId, tax_year: TaxYear },
    /// To a person: the firm sent back an answer with a remark.
    SentBack { person: PersonId, tax_year: TaxYear },
    /// To a person: a checklist that was handed in is open again.
    Reopened { person: PersonId, tax_year: TaxYear },
    /// To a person: the firm put a document into the archive.
    Delivered { person: PersonId, tax_year: TaxYear },
    /// To a person: something about how they get in.
    Security { person: PersonId, what: Security },
    /// To the advisor: a person says that something was not them.
    AlarmRaised { person: PersonId },
    /// To the advisor: a document came in.
    DocumentReceived { person: PersonId, tax_year: TaxYear },
    /// To the advisor: a checklist was handed in.
    HandedIn { person: PersonId, tax_year: TaxYear },
    /// To the advisor: a tax return was approved.
    Approved { person: PersonId, tax_year: TaxYear, number: u32 },
    /// To the advisor: an approval came in that could not be accepted.
    ApprovalNotAccepted { person: PersonId, tax_year: TaxYear },
    /// To the advisor: somebody does not agree.
    Declined { person: PersonId, tax_year: TaxYear, number: u32 },
    /// To the advisor: a person reports a change in personal details.
    ChangeProposed { person: PersonId, tax_year: TaxYear },
    /// To the advisor: a person wrote.
    MessageReceived { person: PersonId, tax_year: TaxYear },
}

impl Notice {
    /// Where it goes when not to the person's present address.
    pub(super) fn own_address(&self) -> Option<&str> {
        match self {
            Self::AddressChanged { to, .. } | Self::Security { what: Security::MailCode { to, .. }, .. } => Some(to),
            Self::Security { what: Security::MailChanged { from }, .. } => Some(from),
            _ => None,
        }
    }

    /// Whose person it is about; nobody's when it is for somebody of the firm.
    pub(super) fn person(&self) -> Option<PersonId> {
        match self {
            Self::AdvisorInvitation { .. } | Self::AdvisorSecurity { .. } | Self::ColleagueAlarm { .. } => None,
            Self::Invitation { person, .. }
            | Self::Task { person, .. }
            | Self::Revision { person, .. }
            | Self::FirmMessage { person, .. }
            | Self::ProposalAnswered { person, .. }
            | Self::DocumentSentBack { person, .. }
            | Self::SentBack { person, .. }
            | Self::Reopened { person, .. }
            | Self::Delivered { person, .. }
            | Self::Security { person, .. }
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

/// What happened to somebody's way in.
#[derive(Debug, Clone, PartialEq)]
pub enum Security {
    /// A passkey was made. `alarm` is the secret of *this was not me*.
    PasskeyAdded { alarm: String },
    /// A login on a device that was not known.
    DeviceAdded { device: String, alarm: String },
    /// A key of a device may sign from now on.
    DeviceKeyAdded { device: String, alarm: String },
    /// A passkey or a device was taken out of use.
    Removed { device: String, alarm: String },
    /// The firm lets somebody in anew who lost every passkey.
    Renewed,
    /// A code, to an address that is not confirmed yet.
    MailCode { to: String, code: String },
    /// To the address that was left.
    MailChanged { from: String },
}
