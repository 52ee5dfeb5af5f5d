//! Accounts, passkeys, devices, sessions and invitations.

use super::{DbError, KeysOf, Query, Tx, column::values, sqlite::Row};
use model::{id::*, time::Timestamp};

/// A login.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub user_name: String,
    pub email: String,
}

/// The person or advisor that an invitation is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invitee {
    Person(PersonId),
    Advisor(AdvisorId),
}

/// An invitation. Of its token only the hash is stored.
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
    /// The identifier, which the authenticator chose.
    pub credential: Vec<u8>,
    pub account: AccountId,
    /// The JSON of the passkey library: public key, counter, flags.
    pub passkey: String,
    /// The name: the device on which it was made, or what its owner calls it.
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

/// A session. Of its token only the hash is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRow {
    pub token_hash: [u8; 32],
    pub account: AccountId,
    pub device: DeviceId,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub expires_at: Timestamp,
    /// The moment at which a passkey of its owner was last shown.
    pub proven_at: Timestamp,
    /// The moment at which it was last used in the console.
    pub console_used_at: Timestamp,
}

pub(super) const INVITATION: &str =
    "select token_hash, firm, person, advisor, created_at, expires_at, opened_at, used_at, voided_at from invitation";
const PASSKEY: &str = "select credential, account, passkey, name, created_at, last_used_at, revoked_at from passkey";

fn account(row: &Row<'_>) -> Result<Account, DbError> {
    Ok(Account { id: row.get(0)?, user_name: row.get(1)?, email: row.get(2)? })
}

pub(super) fn invitation(row: &Row<'_>) -> Result<InvitationRow, DbError> {
    let invitee = match row.get("person")? {
        Some(person) => Invitee::Person(person),
        None => Invitee::Advisor(row.get("advisor")?),
    };
    Ok(InvitationRow {
        token_hash: row.get("token_hash")?,
        firm: row.get("firm")?,
        invitee,
        created_at: row.get("created_at")?,
        expires_at: row.get("expires_at")?,
        opened_at: row.get("opened_at")?,
        used_at: row.get("used_at")?,
        voided_at: row.get("voided_at")?,
    })
}

fn passkey(row: &Row<'_>) -> Result<PasskeyRow, DbError> {
    Ok(PasskeyRow {
        credential: row.get("credential")?,
        account: row.get("account")?,
        passkey: row.get("passkey")?,
        name: row.get("name")?,
        created_at: row.get("created_at")?,
        last_used_at: row.get("last_used_at")?,
        revoked_at: row.get("revoked_at")?,
    })
}

impl Query<'_> {
    /// Returns an account by its id.
    pub fn account(&self, id: AccountId) -> Result<Option<Account>, DbError> {
        self.optional("select id, user_name, email from account where id = ?1", values![id], account)
    }

    /// Returns true if somebody has this user name, in capitals or not.
    pub fn user_name_is_taken(&self, user_name: &str) -> Result<bool, DbError> {
        self.exists("select 1 from account where lower(user_name) = lower(?1)", values![user_name])
    }

    /// Returns true if an advisor of any firm can log in to the console.
    pub fn an_advisor_can_log_in(&self) -> Result<bool, DbError> {
        self.exists("select 1 from advisor where account is not null limit 1", values![])
    }

    /// Returns an invitation by the hash of its token.
    pub fn invitation(&self, token_hash: &[u8; 32]) -> Result<Option<InvitationRow>, DbError> {
        self.optional(&format!("{INVITATION} where token_hash = ?1"), values![token_hash], invitation)
    }

    /// Returns the newest invitation of a person.
    pub fn last_invitation(&self, person: PersonId) -> Result<Option<InvitationRow>, DbError> {
        self.optional(
            &format!("{INVITATION} where person = ?1 order by created_at desc, seq desc limit 1"),
            values![person],
            invitation,
        )
    }

    /// Returns the number of invitations of a person or an advisor since a moment.
    pub fn invitations_since(&self, invitee: Invitee, since: Timestamp) -> Result<u32, DbError> {
        let (column, id): (_, &[u8]) = match &invitee {
            Invitee::Person(person) => ("person", person.as_bytes()),
            Invitee::Advisor(advisor) => ("advisor", advisor.as_bytes()),
        };
        self.one(
            &format!("select count(*) from invitation where {column} = ?1 and created_at > ?2"),
            values![id, since],
            |row| row.get(0),
        )
    }

    /// Returns a passkey by its identifier, revoked or not.
    pub fn passkey(&self, credential: &[u8]) -> Result<Option<PasskeyRow>, DbError> {
        self.optional(&format!("{PASSKEY} where credential = ?1"), values![credential], passkey)
    }

    /// Returns the passkeys of an account, oldest first, including revoked ones.
    pub fn passkeys(&self, account: AccountId) -> Result<Vec<PasskeyRow>, DbError> {
        self.many(&format!("{PASSKEY} where account = ?1 order by created_at, seq"), values![account], passkey)
    }

    /// Returns a device by its id.
    pub fn device(&self, id: DeviceId) -> Result<Option<DeviceRow>, DbError> {
        let device = |row: &Row<'_>| {
            Ok(DeviceRow {
                id: row.get("id")?,
                account: row.get("account")?,
                name: row.get("name")?,
                created_at: row.get("created_at")?,
                last_seen_at: row.get("last_seen_at")?,
                revoked_at: row.get("revoked_at")?,
            })
        };
        self.optional(
            "select id, account, name, created_at, last_seen_at, revoked_at from device where id = ?1",
            values![id],
            device,
        )
    }

    /// Returns a session by the hash of its token, unless its device is revoked.
    pub fn session(&self, token_hash: &[u8; 32]) -> Result<Option<SessionRow>, DbError> {
        let session = |row: &Row<'_>| {
            Ok(SessionRow {
                token_hash: row.get("token_hash")?,
                account: row.get("account")?,
                device: row.get("device")?,
                created_at: row.get("created_at")?,
                last_used_at: row.get("last_used_at")?,
                expires_at: row.get("expires_at")?,
                proven_at: row.get("proven_at")?,
                console_used_at: row.get("console_used_at")?,
            })
        };
        self.optional(
            "select token_hash, s.account, device, s.created_at, last_used_at, expires_at, proven_at, console_used_at
             from session s join device d on d.id = s.device where token_hash = ?1 and d.revoked_at is null",
            values![token_hash],
            session,
        )
    }
}

impl Tx<'_> {
    /// Adds an account.
    pub fn add_account(&self, a: &Account, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "insert into account (id, user_name, email, created_at) values (?1, ?2, ?3, ?4)",
            values![a.id, a.user_name, a.email, at],
        )?;
        Ok(())
    }

    /// Adds an invitation and voids the earlier ones of the same person or advisor that
    /// were not used.
    pub fn add_invitation(&self, i: &InvitationRow) -> Result<(), DbError> {
        let (person, advisor) = match i.invitee {
            Invitee::Person(person) => (Some(person), None),
            Invitee::Advisor(advisor) => (None, Some(advisor)),
        };
        self.run(
            "update invitation set voided_at = ?1
             where (person = ?2 or advisor = ?3) and used_at is null and voided_at is null",
            values![i.created_at, person, advisor],
        )?;
        self.run(
            "insert into invitation (token_hash, firm, person, advisor, created_at, expires_at)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            values![i.token_hash, i.firm, person, advisor, i.created_at, i.expires_at],
        )?;
        person.map_or(Ok(()), |person| self.renew_entry(person))
    }

    /// Stores the moment at which an invitation was first opened.
    pub fn open_invitation(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
        self.run(
            "update invitation set opened_at = ?1 where token_hash = ?2 and opened_at is null",
            values![at, token_hash],
        )?;
        Ok(())
    }

    /// Uses an invitation up. Returns false if it expired, was voided or was used before.
    pub fn use_invitation(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<bool, DbError> {
        let used = self.run(
            "update invitation set used_at = ?1, opened_at = coalesce(opened_at, ?1)
             where token_hash = ?2 and used_at is null and voided_at is null and expires_at > ?1",
            values![at, token_hash],
        )?;
        Ok(used == 1)
    }

    /// Adds a passkey.
    pub fn add_passkey(&self, p: &PasskeyRow) -> Result<(), DbError> {
        self.run(
            "insert into passkey (credential, account, passkey, name, created_at) values (?1, ?2, ?3, ?4, ?5)",
            values![p.credential, p.account, p.passkey, p.name, p.created_at],
        )?;
        Ok(())
    }

    /// Stores what changed about a passkey when it was used.
    pub fn set_passkey_used(&self, credential: &[u8], passkey: &str, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "update passkey set passkey = ?1, last_used_at = ?2 where credential = ?3",
            values![passkey, at, credential],
        )?;
        Ok(())
    }

    /// Revokes a passkey.
    pub fn revoke_passkey(&self, credential: &[u8], at: Timestamp) -> Result<(), DbError> {
        self.run(
            "update passkey set revoked_at = ?1 where credential = ?2 and revoked_at is null",
            values![at, credential],
        )?;
        self.revoke_device_keys(KeysOf::Passkey(credential), at)
    }

    /// Adds a device.
    pub fn add_device(&self, d: &DeviceRow) -> Result<(), DbError> {
        self.run(
            "insert into device (id, account, name, created_at, last_seen_at) values (?1, ?2, ?3, ?4, ?5)",
            values![d.id, d.account, d.name, d.created_at, d.last_seen_at],
        )?;
        Ok(())
    }

    /// Revokes a device, and ends its sessions.
    pub fn revoke_device(&self, device: DeviceId, at: Timestamp) -> Result<(), DbError> {
        self.run("update device set revoked_at = ?1 where id = ?2 and revoked_at is null", values![at, device])?;
        self.run("delete from session where device = ?1", values![device])?;
        self.revoke_device_keys(KeysOf::Device(device), at)
    }

    /// Adds a session.
    pub fn add_session(&self, s: &SessionRow) -> Result<(), DbError> {
        self.run(
            "insert into session (token_hash, account, device, created_at, last_used_at, expires_at, proven_at,
             console_used_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            values![
                s.token_hash,
                s.account,
                s.device,
                s.created_at,
                s.last_used_at,
                s.expires_at,
                s.proven_at,
                s.console_used_at
            ],
        )?;
        Ok(())
    }

    /// Stores the moment at which a session and its device were used.
    pub fn touch_session(&self, token_hash: &[u8; 32], device: DeviceId, at: Timestamp) -> Result<(), DbError> {
        self.run("update session set last_used_at = ?1 where token_hash = ?2", values![at, token_hash])?;
        self.run("update device set last_seen_at = ?1 where id = ?2", values![at, device])?;
        Ok(())
    }

    /// Stores the moment at which a session was used in the console.
    pub fn touch_console(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
        self.run("update session set console_used_at = ?1 where token_hash = ?2", values![at, token_hash])?;
        Ok(())
    }

    /// Stores the moment at which a passkey of its owner was shown in a session.
    pub fn prove_session(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
        self.run("update session set proven_at = ?1 where token_hash = ?2", values![at, token_hash])?;
        Ok(())
    }

    /// Ends all sessions of an account but one, and but the `most` that were used last.
    pub fn end_sessions_beside(&self, account: AccountId, own: &[u8; 32], most: u32) -> Result<(), DbError> {
        self.run(
            "delete from session where account = ?1 and token_hash <> ?2 and token_hash not in (select token_hash
             from session where account = ?1 order by last_used_at desc, created_at desc, token_hash limit ?3)",
            values![account, own, most],
        )?;
        Ok(())
    }

    /// Ends a session.
    pub fn remove_session(&self, token_hash: &[u8; 32]) -> Result<(), DbError> {
        self.run("delete from session where token_hash = ?1", values![token_hash])?;
        Ok(())
    }

    /// Deletes sessions that can no longer be used.
    pub fn sweep_sessions(&self, at: Timestamp, idle_since: Timestamp) -> Result<(), DbError> {
        self.run("delete from session where expires_at <= ?1 or last_used_at <= ?2", values![at, idle_since])?;
        Ok(())
    }
}
