//! The returns that somebody chose to see, as the choice is written in the address.

use model::{
    id::{AdvisorId, FirmId},
    tax_return::{Period, ReturnKind},
    time::TaxYear,
};
use serde::Deserialize;
use storage::db::{ReturnChoice, ReturnPhase, Whose};

/// The parameters of the address. A value that means nothing counts as absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReturnsQuery {
    jaar: Option<String>,
    soort: Option<String>,
    tijdvak: Option<String>,
    fase: Option<String>,
    adviseur: Option<String>,
    pagina: Option<String>,
}

/// The returns that somebody chose to see.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    pub year: TaxYear,
    pub kind: Option<ReturnKind>,
    pub period: Option<Period>,
    pub phase: Option<ReturnPhase>,
    pub advisor: Option<AdvisorId>,
    pub page: usize,
}

/// The word for each phase in an address.
const PHASES: [(ReturnPhase, &str); 5] = [
    (ReturnPhase::Declined, "niet-akkoord"),
    (ReturnPhase::ToApprove, "wacht-op-akkoord"),
    (ReturnPhase::ToFile, "klaar"),
    (ReturnPhase::ForInformation, "ter-informatie"),
    (ReturnPhase::Filed, "ingediend"),
];

impl ReturnsQuery {
    /// Returns the choice that the parameters mean; `current` is the year if they name none.
    pub fn choice(self, current: TaxYear) -> Choice {
        let phase = |word: &str| PHASES.into_iter().find(|(_, known)| *known == word).map(|(phase, _)| phase);
        Choice {
            year: self.jaar.and_then(|year| year.parse().ok()).map_or(current, TaxYear),
            kind: self.soort.as_deref().and_then(ReturnKind::of),
            period: self.tijdvak.and_then(|period| period.parse().ok()),
            phase: self.fase.as_deref().and_then(phase),
            advisor: self.adviseur.and_then(|id| id.parse().ok()),
            page: self.pagina.and_then(|page| page.parse().ok()).unwrap_or(1).max(1),
        }
    }
}

impl Choice {
    /// Returns the names and values that the address is made of.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let phase = PHASES.into_iter().find(|(phase, _)| Some(*phase) == self.phase).map(|(_, word)| word.to_owned());
        let pairs = [
            ("jaar", Some(self.year.to_string())),
            ("soort", self.kind.map(|kind| kind.word().to_owned())),
            ("tijdvak", self.period.map(|period| period.to_string())),
            ("fase", phase),
            ("adviseur", self.advisor.map(|id| id.to_string())),
            ("pagina", (self.page > 1).then(|| self.page.to_string())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Returns the address at which `path` shows this choice.
    pub fn href(&self, path: &str) -> String {
        let parameters = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish();
        format!("{path}?{parameters}")
    }

    pub fn first_page(self) -> Self {
        Self { page: 1, ..self }
    }

    /// Returns the choice as the database understands it.
    pub fn of_firm(&self, firm: FirmId) -> ReturnChoice {
        let whose = Whose { firm, advisor: self.advisor };
        ReturnChoice { whose, tax_year: self.year, kind: self.kind, period: self.period, phase: self.phase }
    }
}
