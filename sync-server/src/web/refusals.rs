//! Writes refused requests into the process log: what was asked, by whom and from where. Of a flood only
//! a part is written, so that nobody fills the disk with it.

use accounts::{
    Accounts,
    caller::{self, Caller},
    error::Refusal,
};
use axum::{
    extract::{MatchedPath, Request, State},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use model::time::Timestamp;
use std::sync::{Mutex, PoisonError};

/// The number of refusals that are written within a minute.
const LINES_A_MINUTE: u32 = 300;
/// The number of characters of an address that no route has.
const LONGEST_PATH: usize = 80;

/// The lines of the present minute, and those that were left out.
static WRITTEN: Mutex<(i64, u32, u32)> = Mutex::new((0, 0, 0));

/// Writes a refusal into the process log.
pub async fn log_refusals(State(accounts): State<Accounts>, mut request: Request, next: Next) -> Response {
    let caller = Caller::default();
    request.extensions_mut().insert(caller.clone());
    let from = caller::address(request.extensions(), request.headers(), accounts.trusted_proxies);
    let method = request.method().clone();
    let path: String = match request.extensions().get::<MatchedPath>() {
        Some(route) => route.as_str().to_owned(),
        None => request.uri().path().chars().take(LONGEST_PATH).collect(),
    };
    let response = next.run(request).await;
    if let Some(refusal) = response.extensions().get::<Refusal>().copied()
        && is_written(refusal)
        && has_room(accounts.clock.now())
    {
        let account = caller.account().map(|account| account.to_string());
        tracing::info!(status = refusal.status().as_u16(), %refusal, %method, ?path, ?account, %from, "refused");
    }
    response
}

/// Returns true for what says something about whoever asks. That somebody is not logged in does not, nor that a form
/// was filled in badly.
fn is_written(refusal: Refusal) -> bool {
    let status = refusal.status();
    status != StatusCode::UNAUTHORIZED && status != StatusCode::CONFLICT && refusal != Refusal::TextMissing
        || refusal == Refusal::PasskeyUnknown
}

/// Counts a line. Returns false if the minute has had enough of them.
fn has_room(now: Timestamp) -> bool {
    let minute = now.0.div_euclid(60_000);
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    if written.0 != minute {
        if written.2 > 0 {
            tracing::warn!(count = written.2, "refusals were too many to write down");
        }
        *written = (minute, 0, 0);
    }
    let has_room = written.1 < LINES_A_MINUTE;
    if has_room {
        written.1 += 1;
    } else {
        written.2 = written.2.saturating_add(1);
    }
    has_room
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_leaves_so_many_lines_and_the_next_minute_has_room_again() {
        let at = Timestamp(60_000 * 1_000_000);
        let lines = (0..10_000).filter(|_| has_room(at)).count();
        assert_eq!(lines, LINES_A_MINUTE as usize);
        assert!(has_room(at.plus_seconds(60)));
    }

    #[test]
    fn what_says_something_about_whoever_asks_is_written() {
        for refusal in [
            Refusal::NotAllowed,
            Refusal::NotFound,
            Refusal::TooManyRequests,
            Refusal::OriginRefused,
            Refusal::WrongType,
            Refusal::FileBroken,
            Refusal::TooLarge,
            Refusal::PasskeyUnknown,
            Refusal::CodeWrong,
        ] {
            assert!(is_written(refusal), "{refusal}");
        }
        for refusal in [Refusal::NotSignedIn, Refusal::TextMissing, Refusal::UserNameTaken] {
            assert!(!is_written(refusal), "{refusal}");
        }
    }
}
