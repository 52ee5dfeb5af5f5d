//! The table of clients: filters and search stand in the address.

use super::{
    phase::Phase,
    season,
    view::clients::{self as view, Choice, ClientLine, Table},
};
use crate::{
    auth::InConsole,
    db::{Access, Client, DbError, Standing},
    error::ServerError,
    state::State,
};
use axum::{extract::Query, response::Html};
use model::{
    id::{ClientId, FirmId},
    time::{TaxYear, Timestamp},
};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// Clients on one page.
const PAGE: usize = 50;

/// The choice, as it stands in the address. What is no choice counts as none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    jaar: Option<String>,
    fase: Option<String>,
    q: Option<String>,
    aandacht: Option<String>,
    pagina: Option<String>,
}

/// `GET /kantoor/klanten`.
pub async fn show(
    axum::extract::State(state): axum::extract::State<State>,
    InConsole(advisor): InConsole,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, ServerError> {
    let firm = advisor.firm;
    let frame = super::frame(&state, advisor)?;
    let current = season(frame.moments);
    let year = asked.jaar.and_then(|j| j.parse().ok()).map_or(current, TaxYear);
    let mut choice = Choice {
        year,
        phase: asked.fase.as_deref().and_then(Phase::from_word),
        query: asked.q.unwrap_or_default().trim().chars().take(100).collect(),
        attention_only: asked.aandacht.is_some(),
        page: asked.pagina.and_then(|p| p.parse().ok()).unwrap_or(1).max(1),
    };
    let (lines, by_email) = state.db.read(|q| {
        let by_email = if choice.query.contains('@') { q.clients_by_email(firm, &choice.query)? } else { Vec::new() };
        Ok::<_, DbError>((lines(q, firm, year, frame.moments.now)?, by_email))
    })?;
    let attention = lines.iter().filter(|(_, l)| needs_attention(l)).count();
    let counts = std::iter::once(None).chain(Phase::ALL.into_iter().map(Some));
    let counts = counts.map(|p| (p, lines.iter().filter(|(_, l)| p.is_none_or(|p| l.phase == p)).count())).collect();
    let by_email: HashSet<ClientId> = by_email.into_iter().collect();
    let found: Vec<_> =
        lines.into_iter().filter(|(id, line)| fits(&choice, line, by_email.contains(id))).map(|(_, l)| l).collect();
    let pages = found.len().div_ceil(PAGE).max(1);
    choice.page = choice.page.min(pages);
    let table = Table {
        years: [TaxYear(current.0 - 1), current]
            .into_iter()
            .chain((year.0 < current.0 - 1 || year > current).then_some(year))
            .collect(),
        counts,
        attention,
        found: found.len(),
        pages,
        lines: found.into_iter().skip((choice.page - 1) * PAGE).take(PAGE).collect(),
        choice,
    };
    Ok(Html(view::page(&frame, &table)))
}

fn needs_attention(line: &ClientLine) -> bool {
    line.standing.as_ref().is_some_and(|s| !s.attention.is_empty()) || line.expired
}

fn fits(choice: &Choice, line: &ClientLine, by_email: bool) -> bool {
    let query = choice.query.to_lowercase();
    let named = line.name.to_lowercase().contains(&query) || line.number.to_lowercase().contains(&query);
    choice.phase.is_none_or(|p| p == line.phase)
        && (!choice.attention_only || needs_attention(line))
        && (query.is_empty() || named || by_email)
}

/// Every client of a firm with where the year stands.
pub fn lines(
    q: &crate::db::Query<'_>,
    firm: FirmId,
    year: TaxYear,
    now: Timestamp,
) -> Result<Vec<(ClientId, ClientLine)>, DbError> {
    let mut access: HashMap<ClientId, Vec<Access>> = HashMap::new();
    for (client, _, one) in q.access_of_people(firm, None, now)? {
        access.entry(client).or_default().push(one);
    }
    let mut standings: HashMap<ClientId, Standing> =
        q.standings(firm, year)?.into_iter().map(|s| (s.client, s)).collect();
    let line = |client: Client| {
        let access = access.get(&client.id).map_or(&[][..], Vec::as_slice);
        let standing = standings.remove(&client.id);
        let line = ClientLine {
            phase: Phase::of(standing.as_ref(), access),
            expired: access.iter().any(|a| matches!(a, Access::Expired(_))),
            number: client.number,
            name: client.name,
            standing,
        };
        (client.id, line)
    };
    Ok(q.clients(firm)?.into_iter().map(line).collect())
}
