//! The firm's record that it takes something back that went to the wrong client or was wrong.

use crate::{id::*, time::Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

/// Something of the firm that can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecallTarget {
    /// A revision of a tax return.
    Revision(RevisionId),
    /// A document that was added to the archive.
    Delivery(DeliveryId),
    /// A message of the firm.
    Message(MessageId),
    /// A checklist.
    Checklist(ChecklistId),
    /// A request for documents.
    Request(TaskId),
}

impl RecallTarget {
    /// Returns the word of its kind.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Revision(_) => "revision",
            Self::Delivery(_) => "delivery",
            Self::Message(_) => "message",
            Self::Checklist(_) => "checklist",
            Self::Request(_) => "request",
        }
    }

    /// Returns the target of a kind with an id, if there is such a kind.
    pub fn of(word: &str, id: &str) -> Option<Self> {
        Some(match word {
            "revision" => Self::Revision(id.parse().ok()?),
            "delivery" => Self::Delivery(id.parse().ok()?),
            "message" => Self::Message(id.parse().ok()?),
            "checklist" => Self::Checklist(id.parse().ok()?),
            "request" => Self::Request(id.parse().ok()?),
            _ => return None,
        })
    }
}

impl fmt::Display for RecallTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id: &dyn fmt::Display = match self {
            Self::Revision(id) => id,
            Self::Delivery(id) => id,
            Self::Message(id) => id,
            Self::Checklist(id) => id,
            Self::Request(id) => id,
        };
        write!(f, "{}/{id}", self.word())
    }
}

impl FromStr for RecallTarget {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let (word, id) = text.split_once('/').ok_or(NotAnId)?;
        Self::of(word, id).ok_or(NotAnId)
    }
}

impl Serialize for RecallTarget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecallTarget {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// The recall of something of the firm: it is not given out any more, and no approval of it counts. Keyed by
/// [`RecallTarget`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// The reason, which the client reads.
    #[serde(deserialize_with = "crate::text::lines")]
    pub reason: String,
    /// The full name of the advisor.
    #[serde(deserialize_with = "crate::text::line")]
    pub by: String,
    /// The moment of the recall.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_written_in_one_form() {
        let id = [7; 16];
        for target in [
            RecallTarget::Revision(RevisionId::from_bytes(id)),
            RecallTarget::Delivery(DeliveryId::from_bytes(id)),
            RecallTarget::Message(MessageId::from_bytes(id)),
            RecallTarget::Checklist(ChecklistId::from_bytes(id)),
            RecallTarget::Request(TaskId::from_bytes(id)),
        ] {
            let text = target.to_string();
            assert_eq!(text.parse(), Ok(target));
            assert_eq!(serde_json::to_string(&target).unwrap(), format!("\"{text}\""));
            assert!(text.to_uppercase().parse::<RecallTarget>().is_err());
        }
        for wrong in ["", "revision", "revision/", "answer/07070707-0707-0707-0707-070707070707", "/x"] {
            assert!(wrong.parse::<RecallTarget>().is_err(), "{wrong}");
        }
    }
}
