//! As what a person approves a tax return.

use crate::language::Language;
use serde::{Deserialize, Serialize};

/// As what a person approves a tax return (hoedanigheid). It is part of the statement that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capacity {
    /// The taxpayer, for the own return.
    Taxpayer,
    /// A fiscal partner, for the own return and the division of shared items between the partners.
    Partner,
    /// A director of a company.
    Director,
    /// A legal representative: a bewindvoerder, curator or guardian, who acts for the taxpayer by law.
    LegalRepresentative,
    /// An heir of a taxpayer who died.
    Heir,
    /// The executor of an estate.
    Executor,
}

impl Capacity {
    /// All capacities, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Taxpayer, Self::Partner, Self::Director, Self::LegalRepresentative, Self::Heir, Self::Executor];

    /// Returns the word with which it is stored and sent in forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Taxpayer => "taxpayer",
            Self::Partner => "partner",
            Self::Director => "director",
            Self::LegalRepresentative => "legal_representative",
            Self::Heir => "heir",
            Self::Executor => "executor",
        }
    }

    /// Reads a word of [`Capacity::word`].
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|capacity| capacity.word() == word)
    }

    /// Returns its name, as it stands after *as* in a sentence.
    pub fn name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Taxpayer, Language::Nl) => "belastingplichtige",
            (Self::Taxpayer, Language::En) => "taxpayer",
            (Self::Partner, Language::Nl) => "fiscaal partner",
            (Self::Partner, Language::En) => "fiscal partner",
            (Self::Director, Language::Nl) => "bestuurder",
            (Self::Director, Language::En) => "director",
            (Self::LegalRepresentative, Language::Nl) => "wettelijk vertegenwoordiger",
            (Self::LegalRepresentative, Language::En) => "legal representative",
            (Self::Heir, Language::Nl) => "erfgenaam",
            (Self::Heir, Language::En) => "heir",
            (Self::Executor, Language::Nl) => "executeur",
            (Self::Executor, Language::En) => "executor",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capacity_is_stored_under_the_word_of_its_form() {
        for capacity in Capacity::ALL {
            assert_eq!(serde_json::to_string(&capacity).unwrap(), format!("\"{}\"", capacity.word()));
            assert_eq!(Capacity::of(capacity.word()), Some(capacity));
        }
        assert_eq!(Capacity::of("boss"), None);
    }
}
