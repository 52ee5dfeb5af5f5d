//! The mail server of a firm, the key that signs its mails, and when they are sent.

use super::{DbError, Query, Tx, column::values};
use model::{
    id::*,
    time::{Date, Timestamp},
};

/// A firm's own mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    /// The word `starttls`, `tls` or `none`.
    pub security: String,
    /// The user name; empty if there is no login.
    pub user: String,
    /// The password, encrypted by the vault.
    pub password: Option<Vec<u8>>,
    /// The sender of all mails; empty for the firm's own address.
    pub from: String,
    pub changed_at: Timestamp,
}

/// The key with which a firm's mails are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailKey {
    pub domain: String,
    pub selector: String,
    /// The kind of the key and the public key, as they are published in DNS.
    pub public: String,
    /// The private key, encrypted by the vault.
    pub secret: Vec<u8>,
    /// True if mails are signed with it.
    pub used: bool,
    pub changed_at: Timestamp,
}

impl Query<'_> {
    /// Returns the mail server that a firm set up.
    pub fn mail_server(&self, firm: FirmId) -> Result<Option<MailServer>, DbError> {
        let row = self.optional(
            "select host, port, security, user_name, password, from_address, changed_at
             from mail_server where firm = ?1",
            values![firm],
            |row| {
                Ok(MailServer {
                    host: row.get("host")?,
                    port: row.get("port")?,
                    security: row.get("security")?,
                    user: row.get("user_name")?,
                    password: row.get("password")?,
                    from: row.get("from_address")?,
                    changed_at: row.get("changed_at")?,
                })
            },
        )?;
        Ok(row)
    }

    /// Returns the key that a firm made.
    pub fn mail_key(&self, firm: FirmId) -> Result<Option<MailKey>, DbError> {
        let row = self.optional(
            "select domain, selector, public, secret, used, changed_at from mail_key where firm = ?1",
            values![firm],
            |row| {
                Ok(MailKey {
                    domain: row.get("domain")?,
                    selector: row.get("selector")?,
                    public: row.get("public")?,
                    secret: row.get("secret")?,
                    used: row.get("used")?,
                    changed_at: row.get("changed_at")?,
                })
            },
        )?;
        Ok(row)
    }

    /// Returns the settings of when a firm's mails are sent, as JSON; None if the firm never set them.
    pub fn mail_schedule(&self, firm: FirmId) -> Result<Option<String>, DbError> {
        self.optional("select schedule from mail_schedule where firm = ?1", values![firm], |row| row.get(0))
    }
}

impl Tx<'_> {
    /// Sets the mail server of a firm; without one the common one is used.
    pub fn set_mail_server(&self, firm: FirmId, server: Option<&MailServer>) -> Result<(), DbError> {
        let Some(s) = server else {
            self.run("delete from mail_server where firm = ?1", values![firm])?;
            return Ok(());
        };
        self.run(
            "insert into mail_server (firm, host, port, security, user_name, password, from_address, changed_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             on conflict (firm) do update set host = excluded.host, port = excluded.port,
             security = excluded.security,
                 user_name = excluded.user_name, password = excluded.password, from_address = excluded.from_address,
                 changed_at = excluded.changed_at",
            values![firm, s.host, s.port, s.security, s.user, s.password, s.from, s.changed_at],
        )?;
        Ok(())
    }

    /// Stores a firm's key, or deletes it.
    pub fn set_mail_key(&self, firm: FirmId, key: Option<&MailKey>) -> Result<(), DbError> {
        let Some(k) = key else {
            self.run("delete from mail_key where firm = ?1", values![firm])?;
            return Ok(());
        };
        self.run(
            "insert into mail_key (firm, domain, selector, public, secret, used, changed_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (firm) do update set domain = excluded.domain, selector = excluded.selector,
             public = excluded.public,
                 secret = excluded.secret, used = excluded.used, changed_at = excluded.changed_at",
            values![firm, k.domain, k.selector, k.public, k.secret, k.used, k.changed_at],
        )?;
        Ok(())
    }

    /// Sets when a firm's mails are sent. Reminders of what was due on `since` or later are
    /// checked anew.
    pub fn set_mail_schedule(&self, firm: FirmId, schedule: &str, since: Date, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "insert into mail_schedule (firm, schedule, changed_at)
             values (?1, ?2, ?3)
             on conflict (firm) do update set schedule = excluded.schedule, changed_at = excluded.changed_at",
            values![firm, schedule, at],
        )?;
        // A check costs little: it finds the next step, or that there is none.
        self.run(
            "update reminder set finished = false, check_on = done_through
             where due >= ?1 and person in (select id from person where firm = ?2)",
            values![since, firm],
        )?;
        Ok(())
    }
}
