//! The changes in personal details that the client's people report.

use super::{
    MAX_ITEMS, Subject,
    written::{ClientWritten, has_control, is_line, is_short},
};
use crate::{
    id::*,
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};

/// A change in somebody's circumstances that the client reports to the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeProposal {
    /// The person who reported it.
    pub by: PersonId,
    /// The moment at which it was reported, by the clock of the device.
    pub at: Timestamp,
    /// The person whose details change.
    pub person: PersonId,
    /// The event that caused the change.
    pub circumstance: Circumstance,
    /// The day from which it applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// The details that change, each with its old and new value.
    pub changes: Vec<DetailChange>,
    /// A remark by the person.
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

impl ClientWritten for ChangeProposal {
    type Key = ProposalId;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, _key: &ProposalId) -> Vec<Subject> {
        vec![Subject::Person(self.person)]
    }

    fn is_sound(&self, _key: &ProposalId) -> bool {
        (!self.changes.is_empty() || self.circumstance != Circumstance::Details)
            && self.changes.len() <= MAX_ITEMS
            && is_short(&self.remark)
            && !has_control(&self.remark)
            && self.changes.iter().all(|c| is_line(&c.old) && c.field.read(&c.new).is_ok_and(|n| n == c.new))
    }
}

/// The withdrawal of a change proposal before the firm accepted it. Keyed
/// by [`ProposalId`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposalWithdrawal {
    /// The person who withdrew it.
    pub by: PersonId,
    /// The moment at which it was withdrawn, by the clock of the device.
    pub at: Timestamp,
}

impl ClientWritten for ProposalWithdrawal {
    type Key = ProposalId;
    const HAS_ROOM: bool = true;

    fn author(&self) -> PersonId {
        self.by
    }

    fn moments(&mut self) -> Vec<&mut Timestamp> {
        vec![&mut self.at]
    }

    fn subjects(&self, key: &ProposalId) -> Vec<Subject> {
        vec![Subject::OwnProposal(*key)]
    }
}

/// The events in somebody's life that change their details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Circumstance {
    /// No event: only the details themselves changed.
    Details,
    /// Marriage or registered partnership.
    Marriage,
    /// Living together.
    Cohabitation,
    /// Divorce or the end of living together.
    Divorce,
    /// Another home address.
    Move,
    /// A child was born.
    Birth,
    /// Somebody died.
    Death,
    /// Another job, or the loss of a job.
    Job,
    /// A house was bought or sold.
    House,
    /// Something else.
    Other,
}

/// A detail of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DetailField {
    /// Full name.
    Name,
    /// Street and house number.
    Street,
    /// Postal code.
    PostalCode,
    /// Place.
    City,
    /// Country.
    Country,
    /// Telephone number.
    Phone,
    /// Mail address.
    Email,
    /// The account number for refunds.
    Iban,
    /// The citizen service number, which is shown masked.
    Bsn,
    /// The civil status, in words.
    CivilStatus,
}

/// A detail with its old and its new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DetailChange {
    /// The detail that changes.
    pub field: DetailField,
    /// The value that the person saw.
    #[serde(deserialize_with = "crate::text::line")]
    pub old: String,
    /// The value that it is to have.
    #[serde(deserialize_with = "crate::text::line")]
    pub new: String,
}
