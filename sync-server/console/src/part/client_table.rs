//! The table of clients as it is chosen in an address and read from the database.

use super::{
    choice::{self, Choice, News},
    time_format::TimeFormat,
};
use model::{id::FirmId, time::TaxYear};
use serde::Deserialize;
use storage::db::{Kept, Phase, PhaseCount, TableChoice, TableRow, YearStatus};

/// A row of the table: a client, and the state of its year.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientLine {
    pub number: String,
    pub name: String,
    pub phase: Phase,
    pub status: Option<YearStatus>,
    /// True if the invitation of one of its people expired unused.
    pub expired: bool,
    /// True if the firm archived the client.
    pub archived: bool,
    /// True if the client's people are not allowed to log in.
    pub blocked: bool,
}

/// The parameters of the address. A value that means nothing counts as absent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ClientsQuery {
    jaar: Option<String>,
    fase: Option<String>,
    q: Option<String>,
    aandacht: Option<String>,
    op: Option<String>,
    pagina: Option<String>,
    toon: Option<String>,
    adviseur: Option<String>,
    label: Option<String>,
    telaat: Option<String>,
    nieuw: Option<String>,
    mail: Option<String>,
    versturen: Option<String>,
}

/// Cleans a text from the address: at most 100 characters, without control characters and space around it.
pub fn line_of(text: Option<String>) -> String {
    text.unwrap_or_default().trim().chars().take(100).filter(|c| !c.is_control()).collect()
}

impl ClientsQuery {
    /// Returns the choice that the parameters mean; `current` is the year if they name none.
    pub fn choice(self, current: TaxYear) -> Choice {
        let (order, descending) = self.op.as_deref().map_or_else(Default::default, choice::order_of);
        Choice {
            phase: self.fase.as_deref().and_then(choice::phase_of),
            query: line_of(self.q),
            attention_only: self.aandacht.is_some(),
            kept: self.toon.as_deref().map_or(Kept::Present, choice::kept_of),
            advisor: self.adviseur.and_then(|id| id.parse().ok()),
            tag: Some(line_of(self.label)).filter(|tag| !tag.is_empty()),
            overdue: self.telaat.is_some(),
            news: self.nieuw.as_deref().and_then(News::of),
            mail_failed: self.mail.is_some(),
            to_file: self.versturen.is_some(),
            order,
            descending,
            page: self.pagina.and_then(|p| p.parse().ok()).unwrap_or(1).max(1),
            ..Choice::of_year(self.jaar.and_then(|j| j.parse().ok()).map_or(current, TaxYear))
        }
    }
}

/// Returns the choice as the database understands it.
pub fn table_choice(firm: FirmId, choice: &Choice, time_format: TimeFormat) -> TableChoice {
    TableChoice {
        firm,
        tax_year: choice.year,
        phase: choice.phase,
        attention_only: choice.attention_only,
        text: choice.query.clone(),
        order: choice.order,
        descending: choice.descending,
        now: time_format.now,
        kept: choice.kept,
        advisor: choice.advisor,
        tag: choice.tag.clone(),
        due_before: choice.overdue.then(|| time_format.today()),
        happened: choice.news.map(|news| (time_format.start_of_day(1), news.kinds())),
        mail_failed: choice.mail_failed,
        to_file: choice.to_file,
    }
}

/// Returns the number of clients in the phases that fit.
pub fn sum(phases: &[PhaseCount], fits: impl Fn(&PhaseCount) -> bool) -> usize {
    phases.iter().filter(|p| fits(p)).map(|p| p.clients).sum()
}

/// Returns a row of the database as a line of the table.
pub fn line(row: TableRow) -> ClientLine {
    ClientLine {
        phase: row.phase,
        expired: row.expired,
        archived: row.archived,
        blocked: row.blocked,
        number: row.client.number,
        name: row.client.name,
        status: row.status,
    }
}
