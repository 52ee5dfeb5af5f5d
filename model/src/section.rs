//! The sections of the two documents of a tax year: the records in each section,
//! their keys, and the party that writes them.
//!
//! A new type of record is described where it is defined, by its fields and by what
//! [`ClientWritten`] says of it, and has one line in the list below.

use crate::{
    checklist::AnswerKey,
    id::*,
    record::{self, ClientWritten, PerPerson, PerReturn, RecallTarget, Role, Subject},
    time::Timestamp,
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

/// A type of record: its section and the type of its keys.
pub trait Record: Serialize + DeserializeOwned + Clone {
    /// The section that contains records of this type.
    const SECTION: Section;
    /// The type of their keys.
    type Key: Display + FromStr + Ord;
}

macro_rules! sections {
    (
        Client { $($client:ident = $client_name:literal: $written:ident,)* }
        Firm { $($firm:ident = $firm_name:literal: $record:ident by $key:ty,)* }
    ) => {
        /// A map of records of one type. The order is part of the protocol:
        /// new ones are added at the end of their party, never in between.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Section {
            $(
                #[doc = concat!("Records of type [`record::", stringify!($written), "`].")]
                $client,
            )*
            $(
                #[doc = concat!("Records of type [`record::", stringify!($record), "`].")]
                $firm,
            )*
        }

        impl Section {
            /// All sections.
            pub const ALL: &[Section] = &[$(Section::$client,)* $(Section::$firm,)*];

            /// Returns the key of the section's map in the document.
            pub fn name(self) -> &'static str {
                match self {
                    $(Section::$client => $client_name,)*
                    $(Section::$firm => $firm_name,)*
                }
            }

            /// Returns the party that writes it.
            pub fn party(self) -> Party {
                match self {
                    $(Section::$client => Party::Client,)*
                    $(Section::$firm => Party::Firm,)*
                }
            }

            /// Returns the revision of this section's records that this release writes at most.
            pub fn revision(self) -> u16 {
                match self {
                    $(Section::$client => <record::$written as ClientWritten>::REVISION,)*
                    $(Section::$firm => 1,)*
                }
            }

            /// Returns true if its records are taken even if a budget is used up.
            pub fn has_room(self) -> bool {
                match self {
                    $(Section::$client => <record::$written as ClientWritten>::HAS_ROOM,)*
                    $(Section::$firm => false,)*
                }
            }

            /// Reads all that a stored record of this section says; the error names what this release does not know.
            pub fn try_reading(self, record: &str) -> Result<(), serde_json::Error> {
                match self {
                    $(Section::$client => serde_json::from_str::<record::$written>(record).map(drop),)*
                    $(Section::$firm => serde_json::from_str::<record::$record>(record).map(drop),)*
                }
            }

            /// Returns true if the client's people may overwrite a record of this section.
            pub fn is_rewritten(self) -> bool {
                match self {
                    $(Section::$client => <record::$written as ClientWritten>::REWRITTEN,)*
                    $(Section::$firm => false,)*
                }
            }
        }

        $(impl Record for record::$written {
            const SECTION: Section = Section::$client;
            type Key = <record::$written as ClientWritten>::Key;
        })*
        $(impl Record for record::$record {
            const SECTION: Section = Section::$firm;
            type Key = $key;
        })*

        /// A record that the client's people write, under its key.
        #[derive(Debug, Clone, PartialEq)]
        #[expect(missing_docs, reason = "each variant is the record of its name under its key")]
        pub enum ClientRecord {
            $($written(<record::$written as ClientWritten>::Key, record::$written),)*
        }

        impl ClientRecord {
            /// Reads a record. Only its canonical form passes, so nothing can be
            /// smuggled in beside the known fields. `None` if it is none, or the firm's.
            pub fn read(write: &Write) -> Option<Self> {
                match write.section {
                    $(Section::$client => read_canonical(write).map(|(key, record)| Self::$written(key, record)),)*
                    $(Section::$firm => None,)*
                }
            }

            /// Returns the person whom the record names as its author.
            pub fn author(&self) -> PersonId {
                match self { $(Self::$written(_, record) => record.author(),)* }
            }

            /// Returns the moments in the record, all by the clock of the device.
            pub fn moments(&mut self) -> Vec<&mut Timestamp> {
                match self { $(Self::$written(_, record) => record.moments(),)* }
            }

            /// Returns the things that the record is about.
            pub fn subjects(&self) -> Vec<Subject> {
                match self { $(Self::$written(key, record) => record.subjects(key),)* }
            }

            /// Returns the record as it is written.
            pub fn to_write(&self) -> Write {
                match self { $(Self::$written(key, record) => Write::of(key, record),)* }
            }

            /// Returns the lowest revision of its section's records that has all that this record says.
            pub fn revision(&self) -> u16 {
                match self { $(Self::$written(_, record) => record.revision(),)* }
            }

            /// Returns true if somebody with this role may write it.
            pub fn is_allowed(&self, role: Role) -> bool {
                match self { $(Self::$written(..) => <record::$written as ClientWritten>::is_allowed(role),)* }
            }

            /// Returns true if the record makes sense and is not too large.
            pub fn is_sound(&self) -> bool {
                match self { $(Self::$written(key, record) => record.is_sound(key),)* }
            }
        }
    };
}

sections! {
    Client {
        Answers = "answers": Answer,
        Attachments = "attachments": Attachment,
        Withdrawals = "withdrawals": Withdrawal,
        HandIns = "hand_ins": HandIn,
        Approvals = "approvals": Approval,
        Declines = "declines": Decline,
        Messages = "messages": Message,
        Openings = "openings": Opening,
        ItemReplies = "item_replies": ItemReply,
        Readings = "readings": Reading,
        Preferences = "preferences": Preferences,
        Proposals = "proposals": ChangeProposal,
        ProposalWithdrawals = "proposal_withdrawals": ProposalWithdrawal,
        ApprovalWithdrawals = "approval_withdrawals": ApprovalWithdrawal,
        Countersignatures = "countersignatures": Countersignature,
        PaymentReports = "payment_reports": PaymentReport,
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
        Filings = "filings": Filing by PerReturn,
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
        TaxReturns = "tax_returns": TaxReturn by TaxReturnId,
        Recalls = "recalls": Recall by RecallTarget,
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

fn read_canonical<R: Record>(write: &Write) -> Option<(R::Key, R)> {
    let key: R::Key = write.key.parse().ok()?;
    let record: R = serde_json::from_str(&write.value).ok()?;
    (record_json(&record) == write.value && key.to_string() == write.key).then_some((key, record))
}
