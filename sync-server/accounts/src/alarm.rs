//! *This was not me*: the one-time link in a mail about a passkey, a device or
//! its key. Using it revokes that, ends the sessions, makes approvals await a ruling for a
//! day and tells the advisor. It needs no login, because somebody who lost the phone has none.

use super::{
    json_body::JsonBody,
    parts::{Accounts, Change},
    rate::RateKey,
    session::new_token,
};
use crate::error::{Refusal, ServerError};
use axum::{Json, extract::State};
use mail::{Composer, Notice, Security};
use model::{
    api::InvitationQuery,
    event::Event,
    hash::{ContentHash, hash_of},
    id::*,
    time::Timestamp,
};
use storage::db::{Actor, Advisor, AdvisorRole, AlarmRow, DbError, KeysOf, NewEvent, PersonRow, Tx};

const DAY: i64 = 24 * 3600;
/// The time for which the link works, in seconds: as long as somebody may need to read a mail.
const VALID: i64 = 30 * DAY;
/// The time for which approvals await a ruling after access was renewed or an alarm was raised.
pub const HOLD: i64 = DAY;

/// The number of devices, passkeys and keys that one login can get in a day: each is told by mail, at once and before
/// other mails, so that they must not become a flood.
const NEW_A_DAY: u32 = 30;

/// The subject of a mail with an alarm. Devices have their names.
pub(super) enum AlarmSubject {
    /// A new passkey.
    Passkey(Vec<u8>),
    /// A new device.
    Device(DeviceId, String),
    /// A key of a device that was certified and may sign from now on.
    DeviceKey(ContentHash, String),
    /// The name of a passkey or device that was revoked.
    Removed(String),
}

/// Writes to the people of an account, and to the advisor, about a change of access. Each mail has
/// a link of its own to say that it was not them. Refuses what is new beyond [`NEW_A_DAY`].
pub(super) fn tell(
    tx: &Tx<'_>,
    composer: &Composer,
    account: AccountId,
    about: &AlarmSubject,
    now: Timestamp,
) -> Result<(), ServerError> {
    let is_new = !matches!(about, AlarmSubject::Removed(_));
    if is_new && tx.ways_in_since(account, now.plus_seconds(-DAY))? > NEW_A_DAY {
        return Err(Refusal::WaysInSpent.into());
    }
    let link = |tx: &Tx<'_>| {
        let token = new_token();
        let alarm = token.clone();
        let mut row = AlarmRow {
            account,
            passkey: None,
            device: None,
            device_key: None,
            expires_at: now.plus_seconds(VALID),
            used_at: None,
        };
        let what = match about {
            AlarmSubject::Passkey(id) => {
                row.passkey = Some(id.clone());
                Security::PasskeyAdded { alarm }
            }
            AlarmSubject::Device(id, name) => {
                row.device = Some(*id);
                Security::DeviceAdded { device: name.clone(), alarm }
            }
            AlarmSubject::DeviceKey(key, name) => {
                row.device_key = Some(*key);
                Security::DeviceKeyAdded { device: name.clone(), alarm }
            }
            AlarmSubject::Removed(name) => Security::Removed { device: name.clone(), alarm },
        };
        tx.add_alarm(&hash_of(&token), &row)?;
        Ok::<_, DbError>(what)
    };
    for person in told(tx, account)? {
        composer.queue(tx, &Notice::Security { person: person.id, what: link(tx)? }, now)?;
    }
    if let Some(advisor) = tx.advisor_of_account(account)? {
        composer.queue(tx, &Notice::AdvisorSecurity { advisor: advisor.id, what: link(tx)? }, now)?;
    }
    Ok(())
}

/// Returns the people of an account, one per mail address, so that somebody who is in two dossiers
/// gets one mail.
fn told(tx: &Tx<'_>, account: AccountId) -> Result<Vec<PersonRow>, DbError> {
    let mut people = tx.people_of_account(account)?;
    let mut seen = std::collections::HashSet::new();
    people.retain(|p| seen.insert(p.email.to_lowercase()));
    Ok(people)
}

/// Logs for each client of an account that something about the access changed.
pub(super) fn log(tx: &Tx<'_>, account: AccountId, event: &Event, now: Timestamp) -> Result<(), DbError> {
    for person in tx.people_of_account(account)? {
        tx.log(&NewEvent {
            firm: person.firm,
            client: Some(person.client),
            tax_year: None,
            at: now,
            actor: Actor::Person(person.id),
            event: event.clone(),
        })?;
    }
    if let Some(advisor) = tx.advisor_of_account(account)? {
        tx.log(&NewEvent {
            firm: advisor.firm,
            client: None,
            tax_year: None,
            at: now,
            actor: Actor::Advisor(advisor.id),
            event: event.clone(),
        })?;
    }
    Ok(())
}

/// Handles `POST /api/alarm`.
pub async fn raise(
    State(accounts): State<Accounts>,
    JsonBody(query): JsonBody<InvitationQuery>,
) -> Result<Json<serde_json::Value>, ServerError> {
    let (token_hash, now) = (hash_of(&query.token), accounts.clock.now());
    accounts.rate_limit.check(RateKey::Token(token_hash), now)?;
    let composer = accounts.composer.clone();
    let account = accounts
        .db
        .write(move |tx| {
            let alarm = tx.alarm(&token_hash)?.filter(|a| a.used_at.is_none() && now < a.expires_at);
            let alarm = alarm.ok_or(Refusal::AlarmOver)?;
            tx.use_alarm(&token_hash, now)?;
            if let Some(passkey) = &alarm.passkey {
                tx.revoke_passkey(passkey, now)?;
            }
            if let Some(device) = alarm.device {
                tx.revoke_device(device, now)?;
            }
            if let Some(key) = &alarm.device_key {
                tx.revoke_device_keys(KeysOf::Key(key), now)?;
            }
            // All sessions end, so that whoever else is logged in has to show a passkey that is not revoked.
            tx.end_sessions(alarm.account)?;
            log(tx, alarm.account, &Event::AlarmRaised { account: alarm.account }, now)?;
            for person in tx.people_of_account(alarm.account)? {
                tx.require_ruling_of_approvals(person.id, now.plus_seconds(HOLD))?;
                composer.queue(tx, &Notice::AlarmRaised { person: person.id }, now)?;
            }
            if let Some(advisor) = tx.advisor_of_account(alarm.account)? {
                tell_administrators(tx, &composer, &advisor, now)?;
            }
            Ok::<_, ServerError>(alarm.account)
        })
        .await?;
    accounts.tell(Change::Recheck(account)).await;
    Ok(Json(serde_json::json!({})))
}

/// Tells the administrators of the firm that an advisor raised an alarm.
fn tell_administrators(tx: &Tx<'_>, composer: &Composer, advisor: &Advisor, now: Timestamp) -> Result<(), DbError> {
    let of_firm = tx.working_advisors(advisor.firm)?.into_iter();
    for administrator in of_firm.filter(|a| a.role == AdvisorRole::Administrator) {
        let notice = Notice::ColleagueAlarm { administrator: administrator.id, colleague: advisor.name.clone() };
        composer.queue(tx, &notice, now)?;
    }
    Ok(())
}
