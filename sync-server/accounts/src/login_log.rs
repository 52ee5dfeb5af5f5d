//! Logins, refused logins and logouts in the audit log of each firm that a login belongs to: who, on which device
//! and from which network. They stand in no timeline of a client, because they are about the login alone.

use super::{caller::Network, parts::Accounts};
use model::{
    event::Event,
    id::{AccountId, DeviceId},
    time::Timestamp,
};
use storage::db::{Actor, DbError, NewEvent, Tx};

/// Writes that somebody logged in.
pub(super) fn logged_in(
    tx: &Tx<'_>,
    account: AccountId,
    device: DeviceId,
    from: Network,
    now: Timestamp,
) -> Result<(), DbError> {
    log(tx, account, false, &Event::LoggedIn { account, device, network: from.0 }, now)
}

/// Writes that somebody logged out.
pub(super) fn logged_out(tx: &Tx<'_>, account: AccountId, device: DeviceId, now: Timestamp) -> Result<(), DbError> {
    log(tx, account, false, &Event::LoggedOut { account, device }, now)
}

/// Writes that a login was refused, later and on its own, so that the answer takes no longer for a login that is known.
pub(super) fn refused(accounts: &Accounts, account: AccountId, from: Network) {
    let now = accounts.clock.now();
    let db = accounts.db.clone();
    let is_known = db.read::<_, DbError>(|q| Ok(q.account(account)?.is_some()));
    if !matches!(is_known, Ok(true)) || accounts.refused_logins.check(account, now).is_err() {
        return;
    }
    tokio::spawn(async move {
        let event = Event::LoginRefused { account, network: from.0 };
        let written = db.write::<_, DbError>(move |tx| log(tx, account, true, &event, now)).await;
        if let Err(error) = written {
            tracing::error!(%error, "a refused login is not in the audit log");
        }
    });
}

/// Logs an event once for each firm of an account. Who is refused may be anybody, so that is no deed of the account.
fn log(tx: &Tx<'_>, account: AccountId, by_anybody: bool, event: &Event, now: Timestamp) -> Result<(), DbError> {
    let people = tx.people_of_account(account)?.into_iter().map(|person| (person.firm, Actor::Person(person.id)));
    let advisor = tx.advisor_of_account(account)?.map(|advisor| (advisor.firm, Actor::Advisor(advisor.id)));
    let mut written = Vec::new();
    for (firm, actor) in advisor.into_iter().chain(people) {
        if written.contains(&firm) {
            continue;
        }
        written.push(firm);
        let actor = if by_anybody { Actor::Server } else { actor };
        tx.log(&NewEvent { firm, client: None, tax_year: None, at: now, actor, event: event.clone() })?;
    }
    Ok(())
}
