//! The table of clients. Filters, search, order and page are written in the address.

use super::{
    page::season,
    view::{
        choice::{self, Choice, News},
        clients::{self as view, ClientLine, Table},
    },
};
use crate::parts::Console;
use accounts::{InConsole, error::ServerError};
use axum::{
    extract::{Query, State},
    response::Html,
};
use model::{id::FirmId, time::TaxYear};
use serde::Deserialize;
use storage::db::{DbError, Kept, Phase, PhaseCount, TableChoice, TableRow};

/// The number of clients on one page.
const PAGE: usize = 50;

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
pub fn table_choice(firm: FirmId, choice: &Choice, time_format: super::time_format::TimeFormat) -> TableChoice {
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

/// Handles `GET /kantoor/klanten`.
pub async fn show(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    Query(asked): Query<ClientsQuery>,
) -> Result<Html<String>, ServerError> {
    let firm = advisor.firm;
    let frame = super::page::frame(&state, advisor)?;
    let current = season(frame.time_format);
    let mut choice = asked.choice(current);
    let wanted = table_choice(firm, &choice, frame.time_format);
    let (phases, found, pages, rows, advisors, tags) = state.db.read(|q| {
        let phases = q.count_phases(&wanted)?;
        let found = sum(&phases, |p| {
            (!choice.attention_only || p.attention) && choice.phase.is_none_or(|phase| phase == p.phase)
        });
        let pages = found.div_ceil(PAGE).max(1);
        choice.page = choice.page.min(pages);
        let rows = q.table(&wanted, (choice.page - 1) * PAGE, PAGE)?;
        Ok::<_, DbError>((phases, found, pages, rows, q.advisors(firm)?, q.tags_of_firm(firm)?))
    })?;
    let counts = std::iter::once(None).chain(Phase::ALL.into_iter().map(Some));
    let year = choice.year;
    let table = Table {
        years: [TaxYear(current.0 - 1), current]
            .into_iter()
            .chain((year.0 < current.0 - 1 || year > current).then_some(year))
            .collect(),
        counts: counts.map(|p| (p, sum(&phases, |c| p.is_none_or(|p| p == c.phase)))).collect(),
        attention: sum(&phases, |p| p.attention),
        found,
        pages,
        lines: rows.into_iter().map(line).collect(),
        advisors: advisors.into_iter().map(|a| (a.id, a.name)).collect(),
        tags,
        choice,
    };
    Ok(Html(view::page(&frame, &table)))
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
