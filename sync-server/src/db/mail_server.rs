//! By which mail server a firm's mails go, signed with what, and when.

use super::{DbError, Query, Tx, value::Col};
use model::{
    id::*,
    time::{Date, Timestamp},
};
use rusqlite::{OptionalExtension, params};

/// A firm's own mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    /// `starttls`, `tls` or `none`.
    pub security: String,
    /// Empty for no login.
    pub user: String,
    /// Closed in the vault.
    pub password: Option<Vec<u8>>,
    /// Sender of all mails; empty for the one of the firm.
    pub from: String,
    pub changed_at: Timestamp,
}

/// The key with which a firm's mails are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailKey {
    pub domain: String,
    pub selector: String,
    /// As DNS has it.
    pub public: String,
    /// Closed in the vault.
    pub secret: Vec<u8>,
    /// Mails are signed with it.
    pub used: bool,
    pub changed_at: Timestamp,
}

impl Query<'_> {
    /// The mail server that a firm set up.
    pub fn mail_server(&self, firm: FirmId) -> Result<Option<MailServer>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select host, port, security, user_name, password, from_address, changed_at from mail_server where firm = ?",
        )?;
        let row = statement.query_row([Col(firm)], |row| {
            Ok(MailServer {
                host: row.get(0)?,
                port: row.get(1)?,
                security: row.get(2)?,
                user: row.get(3)?,
                password: row.get(4)?,
                from: row.get(5)?,
                changed_at: row.get::<_, Col<_>>(6)?.0,
            })
        });
        Ok(row.optional()?)
    }

    /// The key that a firm made.
    pub fn mail_key(&self, firm: FirmId) -> Result<Option<MailKey>, DbError> {
        let mut statement = self
            .0
            .prepare_cached("select domain, selector, public, secret, used, changed_at from mail_key where firm = ?")?;
        let row = statement.query_row([Col(firm)], |row| {
            Ok(MailKey {
                domain: row.get(0)?,
                selector: row.get(1)?,
                public: row.get(2)?,
                secret: row.get(3)?,
                used: row.get(4)?,
                changed_at: row.get::<_, Col<_>>(5)?.0,
            })
        });
        Ok(row.optional()?)
    }

    /// When a firm's mails leave, as JSON; nothing where it never set that.
    pub fn mail_schedule(&self, firm: FirmId) -> Result<Option<String>, DbError> {
        let mut statement = self.0.prepare_cached("select schedule from mail_schedule where firm = ?")?;
        Ok(statement.query_row([Col(firm)], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// From now on a firm's mails go by this server; with none by the common one.
    pub fn set_mail_server(&self, firm: FirmId, server: Option<&MailServer>) -> Result<(), DbError> {
        let Some(s) = server else {
            self.0.0.execute("delete from mail_server where firm = ?", [Col(firm)])?;
            return Ok(());
        };
        self.0.0.execute(
            "insert or replace into mail_server (firm, host, port, security, user_name, password, from_address, changed_at)
             values (?, ?, ?, ?, ?, ?, ?, ?)",
            params![Col(firm), s.host, s.port, s.security, s.user, s.password, s.from, Col(s.changed_at)],
        )?;
        Ok(())
    }

    /// Keeps a firm's key, or forgets it.
    pub fn set_mail_key(&self, firm: FirmId, key: Option<&MailKey>) -> Result<(), DbError> {
        let Some(k) = key else {
            self.0.0.execute("delete from mail_key where firm = ?", [Col(firm)])?;
            return Ok(());
        };
        self.0.0.execute(
            "insert or replace into mail_key (firm, domain, selector, public, secret, used, changed_at)
             values (?, ?, ?, ?, ?, ?, ?)",
            params![Col(firm), k.domain, k.selector, k.public, k.secret, k.used, Col(k.changed_at)],
        )?;
        Ok(())
    }

    /// From now on a firm's mails leave so; what is still to be reminded of is
    /// looked at anew, of what was due on `since` or later.
    pub fn set_mail_schedule(&self, firm: FirmId, schedule: &str, since: Date, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "insert or replace into mail_schedule (firm, schedule, changed_at) values (?, ?, ?)",
            params![Col(firm), schedule, Col(at)],
        )?;
        // A look costs little: it finds the next step, or that there is none.
        self.0.0.execute(
            "update reminder set finished = 0, check_on = done_through
             where due >= ? and person in (select id from person where firm = ?)",
            params![since.to_string(), Col(firm)],
        )?;
        Ok(())
    }
}
