//! The sections of the two documents of a tax year: the records in each section,
//! their keys, and the party that writes them.

use crate::{
    checklist::AnswerKey,
    id::*,
    record::{self, ItemKey, PerPerson},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{fmt::Display, str::FromStr};

/// The party that writes a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Party {
    /// The firm, through the server.
    Firm,
    /// The client's people, on their devices.
    Client,
}

macro_rules! sections {
    ($($party:ident { $($section:ident = $name:literal: $record:ident by $key:ty,)* })*) => {
        /// A map of records of one type. The order is part of the protocol:
        /// new ones are added at the end of their party, never in between.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Section {$($(
            #[doc = concat!("Records of type [`record::", stringify!($record), "`].")]
            $section,
        )*)*}

        impl Section {
            /// All sections.
            pub const ALL: &[Section] = &[$($(Section::$section,)*)*];

            /// Returns the key of the section's map in the document.
            pub fn name(self) -> &'static str {
                match self { $($(Section::$section => $name,)*)* }
            }

            /// Returns the party that writes it.
            pub fn party(self) -> Party {
                match self { $($(Section::$section => Party::$party,)*)* }
            }
        }

        $($(impl Record for record::$record {
            const SECTION: Section = Section::$section;
            type Key = $key;
        })*)*
    };
}

impl Section {
    /// Returns true if the client's people may overwrite a record of this section; all
    /// others are written once.
    pub fn is_rewritten(self) -> bool {
        matches!(self, Self::Answers | Self::ItemReplies | Self::Readings | Self::Preferences)
    }
}

/// A type of record: its section and the type of its keys.
pub trait Record: Serialize + DeserializeOwned + Clone {
    /// The section that contains records of this type.
    const SECTION: Section;
    /// The type of their keys.
    type Key: Display + FromStr + Ord;
}

sections! {
    Client {
        Answers = "answers": Answer by AnswerKey,
        Attachments = "attachments": Attachment by AttachmentId,
        Withdrawals = "withdrawals": Withdrawal by AttachmentId,
        HandIns = "hand_ins": HandIn by HandInId,
        Approvals = "approvals": Approval by ApprovalId,
        Declines = "declines": Decline by DeclineId,
        Messages = "messages": Message by MessageId,
        Openings = "openings": Opening by PerPerson,
        ItemReplies = "item_replies": ItemReply by ItemKey,
        Readings = "readings": Reading by PersonId,
        Preferences = "preferences": Preferences by PersonId,
        Proposals = "proposals": ChangeProposal by ProposalId,
        ProposalWithdrawals = "proposal_withdrawals": ProposalWithdrawal by ProposalId,
        ApprovalWithdrawals = "approval_withdrawals": ApprovalWithdrawal by ApprovalId,
        Countersignatures = "countersignatures": Countersignature by CountersignatureId,
    }
    Firm {
        Cover = "cover": Cover by String,
        People = "people": Person by PersonId,
        Checklists = "checklists": Checklist by ChecklistId,
        Tasks = "tasks": Task by TaskId,
        Closings = "closings": Closing by TaskId,
        Revisions = "revisions": Revision by RevisionId,
        Requests = "requests": ApprovalRequest by PerPerson,
        Voids = "voids": Void by RevisionId,
        Filings = "filings": Filing by RevisionId,
        Receipts = "receipts": Receipt by AttachmentId,
        Verdicts = "verdicts": Verdict by ApprovalId,
        FirmMessages = "firm_messages": FirmMessage by MessageId,
        FirmReadings = "firm_readings": FirmReading by String,
        Reviews = "reviews": Review by AnswerKey,
        Intakes = "intakes": Intake by AttachmentId,
        Reopenings = "reopenings": Reopening by HandInId,
        Deliveries = "deliveries": Delivery by DeliveryId,
        Details = "details": PersonalDetails by PersonId,
        ProposalReplies = "proposal_replies": ProposalReply by ProposalId,
        Rulings = "rulings": Ruling by ApprovalId,
        PaperApprovals = "paper_approvals": PaperApproval by PerPerson,
        CounterVerdicts = "counter_verdicts": CounterVerdict by CountersignatureId,
    }
}

/// A record that is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// The section of the record.
    pub section: Section,
    /// The key of the record.
    pub key: String,
    /// The JSON of the record.
    pub value: String,
}

impl Write {
    /// Returns a write of `record` under `key`.
    pub fn of<R: Record>(key: &R::Key, record: &R) -> Self {
        Self { section: R::SECTION, key: key.to_string(), value: record_json(record) }
    }
}

/// Returns the canonical JSON of a record.
pub fn record_json<R: Record>(record: &R) -> String {
    // The record types have no maps with keys that are no text and no failing
    // serialisers, so this cannot fail; an empty text would be refused.
    serde_json::to_string(record).unwrap_or_default()
}
