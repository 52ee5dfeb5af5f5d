//! What changes about a login after it was made: names, renewals, the codes of
//! invitations, alarms, and how long approvals are held.

use super::{DbError, DeviceRow, KeysOf, Query, Tx, value::Col};
use model::{hash::ContentHash, id::*, record::Role, time::Timestamp};
use rusqlite::{OptionalExtension, params};

/// What else an invitation asks for or says, beside its link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvitationMore {
    /// Of the token and the spoken code together: alone it cannot be guessed.
    pub code_hash: Option<[u8; 32]>,
    /// Wrong codes so far.
    pub code_tries: u32,
    /// Whether it renews the passkey of a login that is there.
    pub renews: bool,
    /// When the firm took it back.
    pub withdrawn_at: Option<Timestamp>,
    /// The mail address that was named instead of the invited one.
    pub new_email: Option<String>,
    /// Of the token and the mailed code together.
    pub mail_code_hash: Option<[u8; 32]>,
    /// Wrong mailed codes so far.
    pub mail_code_tries: u32,
}

/// Which invitations are taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invitations<'i> {
    /// The one with this hash of its token.
    Link(&'i [u8; 32]),
    /// All of a person.
    Of(PersonId),
    /// All of somebody of the firm.
    OfAdvisor(AdvisorId),
}

/// The one-time link by which somebody says: this was not me. It names what is
/// taken out of use then; nothing, where the mail was about a removal.
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
    /// The rest of an invitation.
    pub fn invitation_more(&self, token_hash: &[u8; 32]) -> Result<InvitationMore, DbError> {
        let mut statement = self.0.prepare_cached(
            "select code_hash, code_tries, renews, withdrawn_at, new_email, mail_code_hash, mail_code_tries
             from invitation where token_hash = ?",
        )?;
        let more = statement.query_row([token_hash], |row| {
            Ok(InvitationMore {
                code_hash: row.get(0)?,
                code_tries: row.get(1)?,
                renews: row.get(2)?,
                withdrawn_at: row.get::<_, Option<Col<_>>>(3)?.map(|c| c.0),
                new_email: row.get(4)?,
                mail_code_hash: row.get(5)?,
                mail_code_tries: row.get(6)?,
            })
        });
        Ok(more.optional()?.unwrap_or_default())
    }

    /// The devices of an account that are in use, the latest first.
    pub fn devices(&self, account: AccountId) -> Result<Vec<DeviceRow>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select id, name, created_at, last_seen_at from device
             where account = ? and revoked_at is null order by last_seen_at desc, rowid desc",
        )?;
        let rows = statement.query_map([Col(account)], |row| {
            Ok(DeviceRow {
                id: row.get::<_, Col<_>>(0)?.0,
                account,
                name: row.get(1)?,
                created_at: row.get::<_, Col<_>>(2)?.0,
                last_seen_at: row.get::<_, Col<_>>(3)?.0,
                revoked_at: None,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// An alarm by the hash of its token.
    pub fn alarm(&self, token_hash: &[u8; 32]) -> Result<Option<AlarmRow>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select account, passkey, device, expires_at, used_at, device_key from alarm where token_hash = ?",
        )?;
        let alarm = statement.query_row([token_hash], |row| {
            Ok(AlarmRow {
                account: row.get::<_, Col<_>>(0)?.0,
                passkey: row.get(1)?,
                device: row.get::<_, Option<Col<_>>>(2)?.map(|c| c.0),
                expires_at: row.get::<_, Col<_>>(3)?.0,
                used_at: row.get::<_, Option<Col<_>>>(4)?.map(|c| c.0),
                device_key: row.get::<_, Option<_>>(5)?.map(ContentHash),
            })
        });
        Ok(alarm.optional()?)
    }
}

impl Tx<'_> {
    /// Lets an invitation ask for a code, and renew a login.
    pub fn set_invitation_asks(
        &self,
        token_hash: &[u8; 32],
        code_hash: Option<[u8; 32]>,
        renews: bool,
    ) -> Result<(), DbError> {
        self.0.0.execute(
            "update invitation set code_hash = ?, renews = ? where token_hash = ?",
            params![code_hash, renews, token_hash],
        )?;
        Ok(())
    }

    /// Takes back invitations that were not used. Whether there was one.
    pub fn withdraw_invitations(&self, which: Invitations<'_>, at: Timestamp) -> Result<bool, DbError> {
        let (column, id): (_, &[u8]) = match &which {
            Invitations::Link(token_hash) => ("token_hash", *token_hash),
            Invitations::Of(person) => ("person", person.as_bytes()),
            Invitations::OfAdvisor(advisor) => ("advisor", advisor.as_bytes()),
        };
        let rows = self.0.0.execute(
            &format!(
                "update invitation set voided_at = ?1, withdrawn_at = ?1
                 where {column} = ?2 and used_at is null and voided_at is null"
            ),
            params![Col(at), id],
        )?;
        Ok(rows > 0)
    }

    /// Counts a wrong spoken code.
    pub fn count_wrong_code(&self, token_hash: &[u8; 32]) -> Result<(), DbError> {
        self.0.0.execute("update invitation set code_tries = code_tries + 1 where token_hash = ?", [token_hash])?;
        Ok(())
    }

    /// Keeps another mail address and the code that was sent there.
    pub fn set_invitation_mail(&self, token_hash: &[u8; 32], email: &str, code_hash: &[u8; 32]) -> Result<(), DbError> {
        self.0.0.execute(
            "update invitation set new_email = ?, mail_code_hash = ?, mail_code_tries = 0 where token_hash = ?",
            params![email, code_hash, token_hash],
        )?;
        Ok(())
    }

    /// Counts a wrong mailed code.
    pub fn count_wrong_mail_code(&self, token_hash: &[u8; 32]) -> Result<(), DbError> {
        self.0.0.execute(
            "update invitation set mail_code_tries = mail_code_tries + 1 where token_hash = ?",
            [token_hash],
        )?;
        Ok(())
    }

    /// Writes to a person at another address from now on.
    pub fn set_person_email(&self, person: PersonId, email: &str) -> Result<(), DbError> {
        self.0.0.execute("update person set email = ? where id = ?", params![email, Col(person)])?;
        Ok(())
    }

    /// Lets a person do more or less in the app.
    pub fn set_person_role(&self, person: PersonId, role: Role) -> Result<(), DbError> {
        self.0.0.execute("update person set role = ? where id = ?", params![Col(role), Col(person)])?;
        Ok(())
    }

    /// Gives a client another number of the firm's.
    pub fn set_client_number(&self, client: ClientId, number: &str) -> Result<(), DbError> {
        self.0.0.execute("update client set number = ? where id = ?", params![number, Col(client)])?;
        Ok(())
    }

    /// Takes access from a person, or gives it back.
    pub fn set_person_blocked(&self, person: PersonId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.0.0.execute("update person set blocked_at = ? where id = ?", params![at.map(Col), Col(person)])?;
        Ok(())
    }

    /// Calls a passkey otherwise. Whether the account has it.
    pub fn rename_passkey(&self, account: AccountId, credential: &[u8], name: &str) -> Result<bool, DbError> {
        let rows = self.0.0.execute(
            "update passkey set name = ? where credential = ? and account = ? and revoked_at is null",
            params![name, credential, Col(account)],
        )?;
        Ok(rows == 1)
    }

    /// Calls a device otherwise. Whether the account has it.
    pub fn rename_device(&self, account: AccountId, device: DeviceId, name: &str) -> Result<bool, DbError> {
        let rows = self.0.0.execute(
            "update device set name = ? where id = ? and account = ? and revoked_at is null",
            params![name, Col(device), Col(account)],
        )?;
        Ok(rows == 1)
    }

    /// Takes all passkeys, devices and device keys of an account out of use.
    pub fn revoke_everything(&self, account: AccountId, at: Timestamp) -> Result<(), DbError> {
        for sql in [
            "update passkey set revoked_at = ?1 where account = ?2 and revoked_at is null",
            "update device set revoked_at = ?1 where account = ?2 and revoked_at is null",
        ] {
            self.0.0.execute(sql, params![Col(at), Col(account)])?;
        }
        self.revoke_device_keys(KeysOf::Account(account), at)?;
        self.end_sessions(account)
    }

    /// Ends all sessions of an account.
    pub fn end_sessions(&self, account: AccountId) -> Result<(), DbError> {
        self.0.0.execute("delete from session where account = ?", [Col(account)])?;
        Ok(())
    }

    /// Adds an alarm.
    pub fn add_alarm(&self, token_hash: &[u8; 32], a: &AlarmRow) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into alarm (token_hash, account, passkey, device, device_key, expires_at) values (?, ?, ?, ?, ?, ?)",
            params![
                token_hash,
                Col(a.account),
                a.passkey,
                a.device.map(Col),
                a.device_key.map(|key| key.0),
                Col(a.expires_at)
            ],
        )?;
        Ok(())
    }

    /// Uses an alarm up.
    pub fn use_alarm(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute("update alarm set used_at = ? where token_hash = ?", params![Col(at), token_hash])?;
        Ok(())
    }
}
