//! How far somebody is in getting access.

pub mod text;
pub mod view;

use model::{id::AccountId, time::Timestamp};
use storage::db::{DbError, InvitationRow, Query};
use view::AccessState;

/// The time after which somebody who was not seen is called dormant, in seconds.
const DORMANT: i64 = 180 * 24 * 3600;

/// Returns how far somebody is in getting access.
pub fn access_state(
    q: &Query<'_>,
    (blocked, account): (bool, Option<AccountId>),
    last: Option<InvitationRow>,
    now: Timestamp,
) -> Result<AccessState, DbError> {
    if blocked {
        return Ok(AccessState::Blocked);
    }
    if let Some(account) = account {
        let seen = q.devices(account)?.first().map(|d| d.last_seen_at);
        return Ok(match seen {
            Some(at) if at.plus_seconds(DORMANT) <= now => AccessState::Dormant(at),
            _ => AccessState::Registered,
        });
    }
    let Some(last) = last else { return Ok(AccessState::NotInvited) };
    Ok(match (q.invitation_more(&last.token_hash)?.withdrawn_at, last.opened_at) {
        (Some(at), _) => AccessState::Withdrawn(at),
        (None, _) if last.expires_at <= now => AccessState::Expired(last.created_at),
        (None, Some(at)) => AccessState::Opened(at),
        (None, None) => AccessState::Invited(last.created_at),
    })
}
