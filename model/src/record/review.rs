//! The records about the firm's review of what a client gave.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The advisor's review of one answer. Keyed by [`AnswerKey`](crate::checklist::AnswerKey); it is
/// overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// The decision: accepted or sent back.
    pub outcome: ReviewOutcome,
    /// A remark by the advisor.
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment of the review.
    pub at: Timestamp,
    /// The moment at which the reviewed answer or document was given, by the clock of
    /// its device. A different answer is not reviewed yet, whatever the clocks say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Timestamp>,
}

/// The advisor's decision about something that the client gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// The firm accepted it.
    Accepted,
    /// The client has to look at it once more.
    SentBack,
}

/// The advisor's decision about a document. Keyed by [`AttachmentId`](crate::id::AttachmentId); it is
/// overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// The decision: accepted or sent back.
    pub outcome: ReviewOutcome,
    /// A remark by the advisor.
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment of the decision.
    pub at: Timestamp,
}

/// The reopening of a checklist after it was handed in. Keyed by [`HandInId`](crate::id::HandInId).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// The moment of the reopening.
    pub at: Timestamp,
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The reason of the reopening.
    #[serde(default, deserialize_with = "crate::text::lines", skip_serializing_if = "String::is_empty")]
    pub remark: String,
}
