//! The phases of a tax return, as the table of returns names them.

/// The phases of a tax return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReturnPhase {
    /// Somebody declined it, or both approved and declined.
    Declined,
    /// It waits for an approval.
    ToApprove,
    /// Everybody approved whose approval is needed, so it can be filed.
    ToFile,
    /// Nobody is asked to approve it, and it was not filed.
    ForInformation,
    /// It was filed.
    Filed,
}

impl ReturnPhase {
    /// All phases, in the order in which they need the firm.
    pub const ALL: [Self; 5] = [Self::Declined, Self::ToApprove, Self::ToFile, Self::ForInformation, Self::Filed];

    /// Returns the word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::ToApprove => "to_approve",
            Self::ToFile => "to_file",
            Self::ForInformation => "for_information",
            Self::Filed => "filed",
        }
    }

    /// Reads a word of [`ReturnPhase::word`].
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.word() == word)
    }
}
