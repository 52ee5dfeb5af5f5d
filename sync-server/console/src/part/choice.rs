//! The filters and the order of the table of clients, as they are written in its address.

use model::{event::EventKind, id::AdvisorId, time::TaxYear};
use storage::db::{Kept, Phase, TableOrder};

/// The kinds of event that the dashboard reports since yesterday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    Approval,
    Checklist,
    Document,
    Message,
}

impl News {
    /// All kinds, in the order in which the dashboard shows them.
    pub const ALL: [Self; 4] = [Self::Approval, Self::Checklist, Self::Document, Self::Message];

    /// Returns the word for it in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "akkoord",
            Self::Checklist => "checklist",
            Self::Document => "document",
            Self::Message => "bericht",
        }
    }

    /// Returns the kind of news that a word in an address means.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.word() == word)
    }

    /// Returns the kinds of event that count as this news.
    pub fn kinds(self) -> &'static [EventKind] {
        match self {
            Self::Approval => &[EventKind::ApprovalVerified],
            Self::Checklist => &[EventKind::ChecklistHandedIn],
            Self::Document => &[EventKind::AttachmentReceived],
            Self::Message => &[EventKind::MessageReceived, EventKind::RevisionDeclined],
        }
    }
}

/// The filters and the order that somebody chose for the table of clients.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub year: TaxYear,
    pub phase: Option<Phase>,
    pub query: String,
    pub attention_only: bool,
    pub kept: Kept,
    pub advisor: Option<AdvisorId>,
    pub tag: Option<String>,
    /// True if only clients with something overdue are listed.
    pub overdue: bool,
    pub news: Option<News>,
    /// True if only clients are listed to whom a mail could not be delivered.
    pub mail_failed: bool,
    /// True if only clients are listed whose tax return can be filed.
    pub to_file: bool,
    pub order: TableOrder,
    pub descending: bool,
    pub page: usize,
}

/// The word for each phase in an address.
const PHASES: [(Phase, &str); 7] = [
    (Phase::NotInvited, "niet-uitgenodigd"),
    (Phase::Invited, "uitgenodigd"),
    (Phase::Registered, "geregistreerd"),
    (Phase::Checklist, "checklist"),
    (Phase::ToDraft, "concept"),
    (Phase::ToApprove, "wacht-op-akkoord"),
    (Phase::Approved, "akkoord"),
];

/// Returns the phase that a word in an address means.
pub fn phase_of(word: &str) -> Option<Phase> {
    PHASES.into_iter().find(|(_, w)| *w == word).map(|(phase, _)| phase)
}

/// The word for each order in an address; a dash before the word means descending.
const ORDERS: [(TableOrder, &str); 4] = [
    (TableOrder::Name, "naam"),
    (TableOrder::Number, "nummer"),
    (TableOrder::Phase, "fase"),
    (TableOrder::Active, "actief"),
];

/// The word in an address for each choice between present, archived and blocked clients.
pub const KEPT: [(Kept, &str); 3] = [(Kept::Present, ""), (Kept::Archived, "archief"), (Kept::Blocked, "geblokkeerd")];

/// Returns the order that a word in an address asks for, and true if it is descending.
pub fn order_of(word: &str) -> (TableOrder, bool) {
    let (word, descending) = word.strip_prefix('-').map_or((word, false), |rest| (rest, true));
    ORDERS.into_iter().find(|(_, w)| *w == word).map_or_else(Default::default, |(order, _)| (order, descending))
}

/// Returns which clients a word in an address asks for: present, archived or blocked.
pub fn kept_of(word: &str) -> Kept {
    KEPT.into_iter().find(|(_, w)| *w == word).map_or(Kept::Present, |(kept, _)| kept)
}

impl Choice {
    /// Returns the choice of all clients of a year, by name.
    pub fn of_year(year: TaxYear) -> Self {
        Self {
            year,
            phase: None,
            query: String::new(),
            attention_only: false,
            kept: Kept::Present,
            advisor: None,
            tag: None,
            overdue: false,
            news: None,
            mail_failed: false,
            to_file: false,
            order: TableOrder::Name,
            descending: false,
            page: 1,
        }
    }

    /// Returns the address of this choice.
    pub fn href(&self) -> String {
        format!("/kantoor/klanten?{}", self.parameters())
    }

    /// Returns the address at which this choice is exported as a file for a spreadsheet.
    pub fn csv_href(&self) -> String {
        format!("/kantoor/klanten/klanten.csv?{}", self.first_page().parameters())
    }

    /// Returns true if there are more filters than a year, a phase and clients that are present.
    pub fn is_narrowed(&self) -> bool {
        self.attention_only || !self.query.is_empty() || self.has_more()
    }

    /// Returns true if one of the rarer filters is set.
    pub fn has_more(&self) -> bool {
        self.kept != Kept::Present
            || self.advisor.is_some()
            || self.tag.is_some()
            || self.overdue
            || self.news.is_some()
            || self.mail_failed
            || self.to_file
    }

    /// Returns the same choice without any filter but the year and the phase.
    pub fn widened(&self) -> Self {
        Self { phase: self.phase, order: self.order, descending: self.descending, ..Self::of_year(self.year) }
    }

    /// Returns the names and values that the address is made of.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("jaar", self.year.to_string())];
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        let yes = |set: bool| set.then(|| "ja".to_owned());
        add("fase", PHASES.into_iter().find(|(phase, _)| Some(*phase) == self.phase).map(|(_, word)| word.to_owned()));
        add("q", Some(self.query.clone()).filter(|q| !q.is_empty()));
        add("aandacht", yes(self.attention_only));
        let kept = KEPT.into_iter().find(|(kept, _)| *kept == self.kept).map(|(_, word)| word.to_owned());
        add("toon", kept.filter(|word| !word.is_empty()));
        add("adviseur", self.advisor.map(|id| id.to_string()));
        add("label", self.tag.clone());
        add("telaat", yes(self.overdue));
        add("nieuw", self.news.map(|news| news.word().to_owned()));
        add("versturen", yes(self.to_file));
        add("mail", self.mail_failed.then(|| "mislukt".to_owned()));
        let word = ORDERS.into_iter().find(|(order, _)| *order == self.order).map_or("", |(_, word)| word);
        let usual = self.order == TableOrder::Name && !self.descending;
        add("op", (!usual).then(|| format!("{}{word}", if self.descending { "-" } else { "" })));
        add("pagina", (self.page > 1).then(|| self.page.to_string()));
        pairs
    }

    /// Returns the part of the address after the question mark.
    pub fn parameters(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    pub fn first_page(&self) -> Self {
        Self { page: 1, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_has_a_word_in_an_address() {
        assert!(Phase::ALL.iter().all(|phase| PHASES.iter().any(|(p, w)| p == phase && phase_of(w) == Some(*phase))));
    }
}
