//! What the table of clients is narrowed to and how it is ordered, as it
//! stands in its address.

use crate::{
    console::phase::Phase,
    db::{Kept, TableOrder},
};
use model::{id::AdvisorId, time::TaxYear};

/// What happened since yesterday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    Approval,
    Checklist,
    Document,
    Message,
}

impl News {
    /// In the order of the dashboard.
    pub const ALL: [Self; 4] = [Self::Approval, Self::Checklist, Self::Document, Self::Message];

    /// The word in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "akkoord",
            Self::Checklist => "checklist",
            Self::Document => "document",
            Self::Message => "bericht",
        }
    }

    /// The news of a word in an address.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|news| news.word() == word)
    }

    /// The kinds of event that it is.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Approval => &["approval_verified"],
            Self::Checklist => &["checklist_handed_in"],
            Self::Document => &["attachment_received"],
            Self::Message => &["message_received", "revision_declined"],
        }
    }
}

/// What is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub year: TaxYear,
    pub phase: Option<Phase>,
    pub query: String,
    pub attention_only: bool,
    pub kept: Kept,
    pub advisor: Option<AdvisorId>,
    pub tag: Option<String>,
    /// Only those with something that should have been done.
    pub overdue: bool,
    pub news: Option<News>,
    /// Only those to whom a mail was given up.
    pub mail_failed: bool,
    /// Only those whose return can be filed.
    pub to_file: bool,
    pub order: TableOrder,
    pub descending: bool,
    pub page: usize,
}

/// The words of the orders in an address; with a dash in front, downwards.
const ORDERS: [(TableOrder, &str); 4] = [
    (TableOrder::Name, "naam"),
    (TableOrder::Number, "nummer"),
    (TableOrder::Place, "fase"),
    (TableOrder::Active, "actief"),
];

/// The words of what clients are to the firm.
pub const KEPT: [(Kept, &str); 3] = [(Kept::Present, ""), (Kept::Archived, "archief"), (Kept::Blocked, "geblokkeerd")];

/// The order that a word in an address asks for.
pub fn order_of(word: &str) -> (TableOrder, bool) {
    let (word, descending) = word.strip_prefix('-').map_or((word, false), |rest| (rest, true));
    ORDERS.into_iter().find(|(_, w)| *w == word).map_or_else(Default::default, |(order, _)| (order, descending))
}

/// The clients that a word in an address asks for.
pub fn kept_of(word: &str) -> Kept {
    KEPT.into_iter().find(|(_, w)| *w == word).map_or(Kept::Present, |(kept, _)| kept)
}

impl Choice {
    /// All clients of a year, by name.
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

    /// The address of this choice.
    pub fn href(&self) -> String {
        format!("/kantoor/klanten?{}", self.parameters())
    }

    /// The address of this choice as a file for a spreadsheet.
    pub fn csv_href(&self) -> String {
        format!("/kantoor/klanten/klanten.csv?{}", self.first_page().parameters())
    }

    /// Whether it is narrowed to more than a year, a phase and clients that are present.
    pub fn is_narrowed(&self) -> bool {
        self.attention_only || !self.query.is_empty() || self.has_more()
    }

    /// Whether one of the rarer filters is set.
    pub fn has_more(&self) -> bool {
        self.kept != Kept::Present
            || self.advisor.is_some()
            || self.tag.is_some()
            || self.overdue
            || self.news.is_some()
            || self.mail_failed
            || self.to_file
    }

    /// With the year and the phase alone.
    pub fn widened(&self) -> Self {
        Self { phase: self.phase, order: self.order, descending: self.descending, ..Self::of_year(self.year) }
    }

    /// Names and values in the address.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("jaar", self.year.to_string())];
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        let yes = |set: bool| set.then(|| "ja".to_owned());
        add("fase", self.phase.map(|phase| phase.word().to_owned()));
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

    /// As it stands behind the question mark.
    pub fn parameters(&self) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs()).finish()
    }

    pub(super) fn first_page(&self) -> Self {
        Self { page: 1, ..self.clone() }
    }
}
