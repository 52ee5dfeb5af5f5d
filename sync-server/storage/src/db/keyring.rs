//! Changes to a login after it was made: names, renewals, the codes of
//! invitations, alarms, and the time for which approvals await a ruling.

use super::{DbError, DeviceRow, KeysOf, Query, Tx, column::values};
use model::{hash::ContentHash, id::*, record::Role, time::Timestamp};

/// The properties of an invitation besides its link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvitationMore {
    /// The hash of the token and the spoken code together, so that the code alone cannot be guessed.
    pub code_hash: Option<[u8; 32]>,
    /// The number of wrong codes so far.
    pub code_tries: u32,
    /// True if it renews the passkey of an existing login.
    pub renews: bool,
    /// The moment at which the firm withdrew it.
    pub withdrawn_at: Option<Timestamp>,
    /// The mail address that the person named instead of the invited one.
    pub new_email: Option<String>,
    /// The hash of the token and the mailed code together.
    pub mail_code_hash: Option<[u8; 32]>,
    /// The moment at which the newest code was mailed.
    pub mail_code_at: Option<Timestamp>,
    /// The number of codes that were mailed so far.
    pub mail_codes_sent: u32,
    /// The number of wrong mailed codes so far, of all codes together.
    pub mail_code_tries: u32,
}

/// Selects the invitations that are withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invitations<'i> {
    /// The invitation with this hash of its token.
    Link(&'i [u8; 32]),
    /// All invitations of a person.
    Of(PersonId),
    /// All invitations of an advisor.
    OfAdvisor(AdvisorId),
}

/// The one-time link by which somebody reports: this was not me. It names what is
/// then revoked; nothing if the mail was about a removal.
#[derive(Debug, Clone, PartialEq)]
pub struct AlarmRow {
    pub account: AccountId,
    pub passkey: Option<Vec<u8>>,
    pub device: Option<DeviceId>,
    pub device_key: Option<ContentHash>,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

impl Query<'_> {
    /// Returns what belongs to an invitation besides its link.
    pub fn invitation_more(&self, token_hash: &[u8; 32]) -> Result<InvitationMore, DbError> {
        let more = self.optional(
            "select code_hash, code_tries, renews, withdrawn_at, new_email, mail_code_hash, mail_code_at,
             mail_codes_sent, mail_code_tries from invitation where token_hash = ?1",
            values![token_hash],
            |row| {
                Ok(InvitationMore {
                    code_hash: row.get("code_hash")?,
                    code_tries: row.get("code_tries")?,
                    renews: row.get("renews")?,
                    withdrawn_at: row.get("withdrawn_at")?,
                    new_email: row.get("new_email")?,
                    mail_code_hash: row.get("mail_code_hash")?,
                    mail_code_at: row.get("mail_code_at")?,
                    mail_codes_sent: row.get("mail_codes_sent")?,
                    mail_code_tries: row.get("mail_code_tries")?,
                })
            },
        )?;
        Ok(more.unwrap_or_default())
    }

    /// Returns the devices of an account that are in use, the latest first.
    pub fn devices(&self, account: AccountId) -> Result<Vec<DeviceRow>, DbError> {
        let mut devices = self.all_devices(account)?;
        devices.retain(|device| device.revoked_at.is_none());
        Ok(devices)
    }

    /// Returns the devices of an account, also those that were revoked, the latest first.
    pub fn all_devices(&self, account: AccountId) -> Result<Vec<DeviceRow>, DbError> {
        self.many(
            "select id, name, created_at, last_seen_at, revoked_at from device
             where account = ?1 order by last_seen_at desc, seq desc",
            values![account],
            |row| {
                Ok(DeviceRow {
                    id: row.get("id")?,
                    account,
                    name: row.get("name")?,
                    created_at: row.get("created_at")?,
                    last_seen_at: row.get("last_seen_at")?,
                    revoked_at: row.get("revoked_at")?,
                })
            },
        )
    }

    /// Returns the number of passkeys, devices and device keys that an account got since a moment, revoked or not.
    pub fn ways_in_since(&self, account: AccountId, since: Timestamp) -> Result<u32, DbError> {
        self.one(
            "select (select count(*) from passkey where account = ?1 and created_at > ?2)
             + (select count(*) from device where account = ?1 and created_at > ?2)
             + (select count(*) from device_key where account = ?1 and certified_at > ?2)",
            values![account, since],
            |row| row.get(0),
        )
    }

    /// Returns an alarm by the hash of its token.
    pub fn alarm(&self, token_hash: &[u8; 32]) -> Result<Option<AlarmRow>, DbError> {
        let alarm = self.optional(
            "select account, passkey, device, expires_at, used_at, device_key from alarm where token_hash = ?1",
            values![token_hash],
            |row| {
                Ok(AlarmRow {
                    account: row.get("account")?,
                    passkey: row.get("passkey")?,
                    device: row.get("device")?,
                    expires_at: row.get("expires_at")?,
                    used_at: row.get("used_at")?,
                    device_key: row.get("device_key")?,
                })
            },
        )?;
        Ok(alarm)
    }
}

impl Tx<'_> {
    /// Makes an invitation ask for a code, and sets whether it renews a login.
    pub fn set_invitation_asks(
        &self,
        token_hash: &[u8; 32],
        code_hash: Option<[u8; 32]>,
        renews: bool,
    ) -> Result<(), DbError> {
        self.run(
            "update invitation set code_hash = ?1, renews = ?2 where token_hash = ?3",
            values![code_hash, renews, token_hash],
        )?;
        Ok(())
    }

    /// Withdraws invitations that were not used. Returns false if there were none.
    pub fn withdraw_invitations(&self, which: Invitations<'_>, at: Timestamp) -> Result<bool, DbError> {
        let (column, id): (_, &[u8]) = match &which {
            Invitations::Link(token_hash) => ("token_hash", *token_hash),
            Invitations::Of(person) => ("person", person.as_bytes()),
            Invitations::OfAdvisor(advisor) => ("advisor", advisor.as_bytes()),
        };
        let rows = self.run(
            &format!(
                "update invitation set voided_at = ?1, withdrawn_at = ?1
                 where {column} = ?2 and used_at is null and voided_at is null"
            ),
            values![at, id],
        )?;
        Ok(rows > 0)
    }

    /// Counts a wrong spoken code.
    pub fn count_wrong_code(&self, token_hash: &[u8; 32]) -> Result<(), DbError> {
        self.run("update invitation set code_tries = code_tries + 1 where token_hash = ?1", values![token_hash])?;
        Ok(())
    }

    /// Stores another mail address and the hash of the code that is sent there, and counts the code.
    pub fn set_invitation_mail(
        &self,
        token_hash: &[u8; 32],
        email: &str,
        code_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.run(
            "update invitation set new_email = ?1, mail_code_hash = ?2, mail_code_at = ?3,
             mail_codes_sent = mail_codes_sent + 1 where token_hash = ?4",
            values![email, code_hash, at, token_hash],
        )?;
        Ok(())
    }

    /// Counts a wrong mailed code.
    pub fn count_wrong_mail_code(&self, token_hash: &[u8; 32]) -> Result<(), DbError> {
        self.run(
            "update invitation set mail_code_tries = mail_code_tries + 1 where token_hash = ?1",
            values![token_hash],
        )?;
        Ok(())
    }

    /// Changes the mail address of a person.
    pub fn set_person_email(&self, person: PersonId, email: &str) -> Result<(), DbError> {
        self.run("update person set email = ?1 where id = ?2", values![email, person])?;
        self.index_client_of(person)
    }

    /// Changes the role of a person.
    pub fn set_person_role(&self, person: PersonId, role: Role) -> Result<(), DbError> {
        self.run("update person set role = ?1 where id = ?2", values![role, person])?;
        Ok(())
    }

    /// Changes the firm's number of a client.
    pub fn set_client_number(&self, client: ClientId, number: &str) -> Result<(), DbError> {
        self.run("update client set number = ?1 where id = ?2", values![number, client])?;
        self.index_client(client)
    }

    /// Blocks or unblocks a person.
    pub fn set_person_blocked(&self, person: PersonId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.run("update person set blocked_at = ?1 where id = ?2", values![at, person])?;
        Ok(())
    }

    /// Renames a passkey. Returns false if the account has no such passkey.
    pub fn rename_passkey(&self, account: AccountId, credential: &[u8], name: &str) -> Result<bool, DbError> {
        let rows = self.run(
            "update passkey set name = ?1 where credential = ?2 and account = ?3 and revoked_at is null",
            values![name, credential, account],
        )?;
        Ok(rows == 1)
    }

    /// Renames a device. Returns false if the account has no such device.
    pub fn rename_device(&self, account: AccountId, device: DeviceId, name: &str) -> Result<bool, DbError> {
        let rows = self.run(
            "update device set name = ?1 where id = ?2 and account = ?3 and revoked_at is null",
            values![name, device, account],
        )?;
        Ok(rows == 1)
    }

    /// Revokes all passkeys, devices and device keys of an account.
    pub fn revoke_everything(&self, account: AccountId, at: Timestamp) -> Result<(), DbError> {
        for sql in [
            "update passkey set revoked_at = ?1 where account = ?2 and revoked_at is null",
            "update device set revoked_at = ?1 where account = ?2 and revoked_at is null",
        ] {
            self.run(sql, values![at, account])?;
        }
        self.revoke_device_keys(KeysOf::Account(account), at)?;
        self.end_sessions(account)
    }

    /// Ends all sessions of an account.
    pub fn end_sessions(&self, account: AccountId) -> Result<(), DbError> {
        self.run("delete from session where account = ?1", values![account])?;
        Ok(())
    }

    /// Adds an alarm.
    pub fn add_alarm(&self, token_hash: &[u8; 32], a: &AlarmRow) -> Result<(), DbError> {
        self.run(
            "insert into alarm (token_hash, account, passkey, device, device_key, expires_at)
             values (?1, ?2, ?3, ?4, ?5, ?6)",
            values![token_hash, a.account, a.passkey, a.device, a.device_key, a.expires_at],
        )?;
        Ok(())
    }

    /// Uses an alarm up.
    pub fn use_alarm(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
        self.run("update alarm set used_at = ?1 where token_hash = ?2", values![at, token_hash])?;
        Ok(())
    }
}
