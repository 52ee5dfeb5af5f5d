//! What a client does appears on a page that is open: the page is told that
//! the year grew, and asks for itself again. It works without, by a reload.

use super::dossier::{YearPath, load, position};
use crate::{
    auth::{InConsole, SignedIn, session},
    error::ServerError,
    hub::Subscription,
    state::State,
};
use axum::{
    extract::{Path, Query},
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use model::{id::ClientId, time::TaxYear};
use serde::Deserialize;
use std::{convert::Infallible, time::Duration};

/// How often a quiet line is used, and the login looked at.
const QUIET: Duration = Duration::from_secs(25);

/// What the page shows already.
#[derive(Debug, Deserialize)]
pub struct Known {
    /// Place in the log of the year.
    #[serde(rename = "na", default)]
    after: u64,
}

/// A page that listens.
struct Listener {
    state: State,
    signed_in: SignedIn,
    client: ClientId,
    tax_year: TaxYear,
    subscription: Subscription,
    known: u64,
}

/// `GET …/nieuws?na=…`: server-sent events, `changed` with the new place in the
/// log as id. A line that broke off goes on from the id it saw last.
pub async fn follow(
    axum::extract::State(state): axum::extract::State<State>,
    InConsole(advisor): InConsole,
    signed_in: SignedIn,
    Path((number, year)): YearPath,
    Query(known): Query<Known>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let (client, tax_year, subscription) = (loaded.client.id, loaded.tax_year, Subscription::default());
    state.dossiers.hub().subscribe(&subscription, client);
    state.dossiers.hub().subscribe_account(&subscription, signed_in.account);
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let known = last.unwrap_or(known.after);
    let listener = Listener { state, signed_in, client, tax_year, subscription, known };
    let news = stream::unfold(listener, |mut listener| async move {
        let seen = listener.next().await?;
        // An event without data is none to a browser.
        let place = seen.to_string();
        Some((Ok(Event::default().event("changed").id(&place).data(&place)), listener))
    });
    Ok(Sse::new(news).keep_alive(KeepAlive::new().interval(QUIET)))
}

impl Listener {
    /// Waits until the year grew; `None` when the login ended.
    async fn next(&mut self) -> Option<u64> {
        loop {
            if !session::is_live(&self.state.db, &self.signed_in.session, self.state.clock.now()).ok()? {
                return None;
            }
            let now = self.state.db.read(|q| position(q, self.client, self.tax_year)).ok()?;
            if now != self.known {
                self.known = now;
                return Some(now);
            }
            // However it ends: by news, by doubt or by time, both are looked at again.
            drop(tokio::time::timeout(QUIET, self.subscription.grown()).await);
        }
    }
}
