//! Accounts, passkeys, devices, sessions and invitations.

use super::{DbError, KeysOf, Query, Tx, value::Col};
use model::{id::*, time::Timestamp};
use rusqlite::{OptionalExtension, Row, params};

/// A login.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub user_name: String,
    pub email: String,
}

/// Who an invitation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invitee {
    Person(PersonId),
    Advisor(AdvisorId),
}

/// An invitation without its token: only the token's hash is known.
#[derive(Debug, Clone, PartialEq)]
pub struct InvitationRow {
    pub token_hash: [u8; 32],
    pub firm: FirmId,
    pub invitee: Invitee,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub opened_at: Option<Timestamp>,
    pub used_at: Option<Timestamp>,
    pub voided_at: Option<Timestamp>,
}

/// A passkey of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct PasskeyRow {
    /// Its identifier, as the authenticator chose it.
    pub credential: Vec<u8>,
    pub account: AccountId,
    /// JSON of the passkey library: public key, counter, flags.
    pub passkey: String,
    /// Where it was made.
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// A browser or computer that an account logged in on.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceRow {
    pub id: DeviceId,
    pub account: AccountId,
    pub name: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
}

/// A session without its token: only the token's hash is known.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    pub token_hash: [u8; 32],
    pub account: AccountId,
    pub device: DeviceId,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
}

pub(super) const INVITATION: &str =
    "select token_hash, firm, person, advisor, created_at, expires_at, opened_at, used_at, voided_at from invitation";
const PASSKEY: &str = "select credential, account, passkey, name, created_at, last_used_at, revoked_at from passkey";

fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    Ok(Account { id: row.get::<_, Col<_>>(0)?.0, user_name: row.get(1)?, email: row.get(2)? })
}

fn moment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    Ok(row.get::<_, Option<Col<_>>>(column)?.map(|c| c.0))
}

pub(super) fn invitation(row: &Row<'_>) -> rusqlite::Result<InvitationRow> {
    let invitee = match row.get::<_, Option<Col<_>>>(2)? {
        Some(person) => Invitee::Person(person.0),
        None => Invitee::Advisor(row.get::<_, Col<_>>(3)?.0),
    };
    Ok(InvitationRow {
        token_hash: row.get(0)?,
        firm: row.get::<_, Col<_>>(1)?.0,
        invitee,
        created_at: row.get::<_, Col<_>>(4)?.0,
        expires_at: row.get::<_, Col<_>>(5)?.0,
        opened_at: moment(row, 6)?,
        used_at: moment(row, 7)?,
        voided_at: moment(row, 8)?,
    })
}

fn passkey(row: &Row<'_>) -> rusqlite::Result<PasskeyRow> {
    Ok(PasskeyRow {
        credential: row.get(0)?,
        account: row.get::<_, Col<_>>(1)?.0,
        passkey: row.get(2)?,
        name: row.get(3)?,
        created_at: row.get::<_, Col<_>>(4)?.0,
        last_used_at: moment(row, 5)?,
        revoked_at: moment(row, 6)?,
    })
}

impl Query<'_> {
    /// An account by id.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>, DbError> {
        let mut statement = self.0.prepare_cached("select id, user_name, email from account where id = ?")?;
        Ok(statement.query_row([Col(id)], account).optional()?)
    }

    /// Whether somebody has this user name, in capitals or not.
    pub fn user_name_is_taken(&self, user_name: &str) -> Result<bool, DbError> {
        let mut statement = self.0.prepare_cached("select 1 from account where user_name = ?")?;
        Ok(statement.exists([user_name])?)
    }

    /// Whether anybody of any firm can log in to the console.
    pub fn an_advisor_can_log_in(&self) -> Result<bool, DbError> {
        let mut statement = self.0.prepare_cached("select 1 from advisor where account is not null limit 1")?;
        Ok(statement.exists([])?)
    }

    /// An invitation by the hash of its token.
    pub fn invitation(&self, token_hash: &[u8; 32]) -> Result<Option<InvitationRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{INVITATION} where token_hash = ?"))?;
        Ok(statement.query_row([token_hash], invitation).optional()?)
    }

    /// The newest invitation of a person.
    pub fn last_invitation(&self, person: PersonId) -> Result<Option<InvitationRow>, DbError> {
        let mut statement = self
            .0
            .prepare_cached(&format!("{INVITATION} where person = ? order by created_at desc, rowid desc limit 1"))?;
        Ok(statement.query_row([Col(person)], invitation).optional()?)
    }

    /// A passkey by its identifier, revoked or not.
    pub fn passkey(&self, credential: &[u8]) -> Result<Option<PasskeyRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{PASSKEY} where credential = ?"))?;
        Ok(statement.query_row([credential], passkey).optional()?)
    }

    /// The passkeys of an account, oldest first, revoked ones too.
    pub fn passkeys(&self, account: AccountId) -> Result<Vec<PasskeyRow>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{PASSKEY} where account = ? order by created_at, rowid"))?;
        Ok(statement.query_map([Col(account)], passkey)?.collect::<Result<_, _>>()?)
    }

    /// A device by id.
    pub fn device(&self, id: DeviceId) -> Result<Option<DeviceRow>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select id, account, name, created_at, last_seen_at, revoked_at from device where id = ?",
        )?;
        let device = |row: &Row<'_>| {
            Ok(DeviceRow {
                id: row.get::<_, Col<_>>(0)?.0,
                account: row.get::<_, Col<_>>(1)?.0,
                name: row.get(2)?,
                created_at: row.get::<_, Col<_>>(3)?.0,
                last_seen_at: row.get::<_, Col<_>>(4)?.0,
                revoked_at: moment(row, 5)?,
            })
        };
        Ok(statement.query_row([Col(id)], device).optional()?)
    }

    /// A session by the hash of its token, unless its device is revoked.
    pub fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select token_hash, s.account, device, s.created_at, last_used_at, expires_at
             from session s join device d on d.id = s.device where token_hash = ? and d.revoked_at is null",
        )?;
        let session = |row: &Row<'_>| {
            Ok(SessionRow {
                token_hash: row.get(0)?,
                account: row.get::<_, Col<_>>(1)?.0,
                device: row.get::<_, Col<_>>(2)?.0,
                created_at: row.get::<_, Col<_>>(3)?.0,
                last_used_at: row.get::<_, Col<_>>(4)?.0,
                expires_at: row.get::<_, Col<_>>(5)?.0,
            })
        };
        Ok(statement.query_row([token_hash], session).optional()?)
    }
}

impl Tx<'_> {
    /// Adds an account.
    pub fn add_account(&self, a: &Account, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into account (id, user_name, email, created_at) values (?, ?, ?, ?)",
            params![Col(a.id), a.user_name, a.email, Col(at)],
        )?;
        Ok(())
    }

    /// Adds an invitation and voids the earlier ones of the same invitee that
    /// were not used.
    pub fn add_invitation(&self, i: &InvitationRow) -> Result<(), DbError> {
        let (person, advisor) = match i.invitee {
            Invitee::Person(person) => (Some(Col(person)), None),
            Invitee::Advisor(advisor) => (None, Some(Col(advisor))),
        };
        self.0.0.execute(
            "update invitation set voided_at = ?1
             where (person = ?2 or advisor = ?3) and used_at is null and voided_at is null",
            params![Col(i.created_at), person, advisor],
        )?;
        self.0.0.execute(
            "insert into invitation (token_hash, firm, person, advisor, created_at, expires_at) values (?, ?, ?, ?, ?, ?)",
            params![i.token_hash, Col(i.firm), person, advisor, Col(i.created_at), Col(i.expires_at)],
        )?;
        Ok(())
    }

    /// Keeps when an invitation was opened first.
    pub fn open_invitation(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "update invitation set opened_at = ? where token_hash = ? and opened_at is null",
            params![Col(at), token_hash],
        )?;
        Ok(())
    }

    /// Uses an invitation up. Whether this was the use that counts.
    pub fn use_invitation(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<bool, DbError> {
        let used = self.0.0.execute(
            "update invitation set used_at = ?1, opened_at = coalesce(opened_at, ?1)
             where token_hash = ?2 and used_at is null and voided_at is null and expires_at > ?1",
            params![Col(at), token_hash],
        )?;
        Ok(used == 1)
    }

    /// Adds a passkey.
    pub fn add_passkey(&self, p: &PasskeyRow) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into passkey (credential, account, passkey, name, created_at) values (?, ?, ?, ?, ?)",
            params![p.credential, Col(p.account), p.passkey, p.name, Col(p.created_at)],
        )?;
        Ok(())
    }

    /// Keeps what using a passkey changed about it.
    pub fn set_passkey_used(&self, credential: &[u8], passkey: &str, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "update passkey set passkey = ?, last_used_at = ? where credential = ?",
            params![passkey, Col(at), credential],
        )?;
        Ok(())
    }

    /// Takes a passkey out of use.
    pub fn revoke_passkey(&self, credential: &[u8], at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "update passkey set revoked_at = ? where credential = ? and revoked_at is null",
            params![Col(at), credential],
        )?;
        self.revoke_device_keys(KeysOf::Passkey(credential), at)
    }

    /// Adds a device.
    pub fn add_device(&self, d: &DeviceRow) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into device (id, account, name, created_at, last_seen_at) values (?, ?, ?, ?, ?)",
            params![Col(d.id), Col(d.account), d.name, Col(d.created_at), Col(d.last_seen_at)],
        )?;
        Ok(())
    }

    /// Takes a device out of use, and ends its sessions.
    pub fn revoke_device(&self, device: DeviceId, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "update device set revoked_at = ? where id = ? and revoked_at is null",
            params![Col(at), Col(device)],
        )?;
        self.0.0.execute("delete from session where device = ?", [Col(device)])?;
        self.revoke_device_keys(KeysOf::Device(device), at)
    }

    /// Adds a session.
    pub fn add_session(&self, s: &SessionRow) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into session (token_hash, account, device, created_at, last_used_at, expires_at) values (?, ?, ?, ?, ?, ?)",
            params![
                s.token_hash,
                Col(s.account),
                Col(s.device),
                Col(s.created_at),
                Col(s.last_used_at),
                Col(s.expires_at)
            ],
        )?;
        Ok(())
    }

    /// Keeps that a session and its device are in use.
    pub fn touch_session(&self, token_hash: &[u8; 32], device: DeviceId, at: Timestamp) -> Result<(), DbError> {
        self.0
            .0
            .prepare_cached("update session set last_used_at = ? where token_hash = ?")?
            .execute(params![Col(at), token_hash])?;
        self.0
            .0
            .prepare_cached("update device set last_seen_at = ? where id = ?")?
            .execute(params![Col(at), Col(device)])?;
        Ok(())
    }

    /// Ends a session.
    pub fn remove_session(&self, token_hash: &[u8; 32]) -> Result<(), DbError> {
        self.0.0.execute("delete from session where token_hash = ?", [token_hash])?;
        Ok(())
    }

    /// Forgets sessions that can no longer be used.
    pub fn sweep_sessions(&self, at: Timestamp, idle_since: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "delete from session where expires_at <= ? or last_used_at <= ?",
            params![Col(at), Col(idle_since)],
        )?;
        Ok(())
    }
}
