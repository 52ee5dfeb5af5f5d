//! Server-sent events for open pages: they tell a page that the year grew, or that something happened
//! at the firm, and the page then loads itself again. Without this a reload
//! by hand does the same.

use crate::{
    part::year::{YearPath, load, position},
    state::Console,
};
use accounts::{
    InConsole, SignedIn,
    error::{Refusal, ServerError},
    session,
    share::Share,
};
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::sse::{Event, KeepAlive, KeepAliveStream, Sse},
};
use dossiers::hub::Subscription;
use futures_util::{Stream, stream};
use model::{
    id::{AccountId, ClientId, FirmId},
    time::TaxYear,
};
use serde::Deserialize;
use std::{convert::Infallible, pin::Pin, time::Duration};
use storage::db::{self, DbError};

/// The interval after which an idle connection is used and the login is checked.
const QUIET: Duration = Duration::from_secs(25);

/// The shortest interval between two messages to a page about the whole firm, because at
/// a large firm something happens all the time.
const CALM: Duration = Duration::from_secs(3);

/// The largest number of pages of one login that listen at the same time; others hear of news when they are loaded.
const LISTENING: usize = 32;

/// The parameters of the address: the state that the page shows already.
#[derive(Debug, Deserialize)]
pub struct Known {
    /// The position in the log of the year, or of the firm.
    #[serde(rename = "na", default)]
    after: u64,
}

/// The subject of a page.
enum PageSubject {
    Year(ClientId, TaxYear),
    Firm(FirmId),
}

impl PageSubject {
    fn position(&self, q: &db::Query<'_>) -> Result<u64, DbError> {
        match self {
            Self::Year(client, tax_year) => position(q, *client, *tax_year),
            Self::Firm(firm) => q.last_event(*firm),
        }
    }
}

/// A page that listens for changes.
struct Listener {
    state: Console,
    signed_in: SignedIn,
    about: PageSubject,
    subscription: Subscription,
    known: u64,
    /// The time to wait after a message before the next one is sent.
    calm: Duration,
    told: bool,
    _share: Share<AccountId>,
}

type News = Sse<KeepAliveStream<Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>>>>;

/// Handles `GET …/nieuws?na=…`: server-sent events named `changed`, with the new position in the
/// log as id. A connection that is opened again continues from the last id it saw.
pub async fn follow(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    signed_in: SignedIn,
    Path((number, year)): YearPath,
    Query(known): Query<Known>,
    headers: HeaderMap,
) -> Result<News, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let subscription = Subscription::default();
    state.dossiers.hub().subscribe(&subscription, loaded.client.id);
    let about = PageSubject::Year(loaded.client.id, loaded.tax_year);
    news(state, signed_in, about, subscription, &known, &headers)
}

/// Handles `GET /kantoor/nieuws?na=…`: the same as [`follow`] for everything that happens at the firm.
pub async fn follow_firm(
    State(state): State<Console>,
    InConsole(advisor): InConsole,
    signed_in: SignedIn,
    Query(known): Query<Known>,
    headers: HeaderMap,
) -> Result<News, ServerError> {
    let subscription = Subscription::default();
    state.dossiers.hub().subscribe_firm(&subscription, advisor.firm);
    news(state, signed_in, PageSubject::Firm(advisor.firm), subscription, &known, &headers)
}

fn news(
    state: Console,
    signed_in: SignedIn,
    about: PageSubject,
    subscription: Subscription,
    known: &Known,
    headers: &HeaderMap,
) -> Result<News, ServerError> {
    let share = state.accounts.news.take(signed_in.account, LISTENING).ok_or(Refusal::TooManyRequests)?;
    state.dossiers.hub().subscribe_account(&subscription, signed_in.account);
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let known = last.unwrap_or(known.after);
    let calm = if matches!(about, PageSubject::Firm(_)) { CALM } else { Duration::ZERO };
    let listener = Listener { state, signed_in, about, subscription, known, calm, told: false, _share: share };
    let news = stream::unfold(listener, |mut listener| async move {
        let seen = listener.next().await?;
        // Browsers ignore an event without data.
        let place = seen.to_string();
        Some((Ok(Event::default().event("changed").id(&place).data(&place)), listener))
    });
    let news: Pin<Box<dyn Stream<Item = _> + Send>> = Box::pin(news);
    Ok(Sse::new(news).keep_alive(KeepAlive::new().interval(QUIET)))
}

impl Listener {
    /// Returns true if the session is still valid and the login still belongs to an advisor.
    fn may_hear(&self) -> Result<bool, DbError> {
        let is_of_firm = |q: &db::Query<'_>| Ok::<_, DbError>(q.advisor_of_account(self.signed_in.account)?.is_some());
        Ok(session::is_live(&self.state.db, &self.signed_in.session, self.state.clock.now())?
            && self.state.db.read(is_of_firm)?)
    }

    /// Waits until something is new. Returns `None` when the login ended.
    async fn next(&mut self) -> Option<u64> {
        if std::mem::replace(&mut self.told, true) {
            tokio::time::sleep(self.calm).await;
        }
        loop {
            if !self.may_hear().ok()? {
                return None;
            }
            let now = self.state.db.read(|q| self.about.position(q)).ok()?;
            if now != self.known {
                self.known = now;
                return Some(now);
            }
            // Whatever ended the wait, news, a questioned login or the timeout, the log and the login are both checked.
            drop(tokio::time::timeout(QUIET, self.subscription.grown()).await);
        }
    }
}
