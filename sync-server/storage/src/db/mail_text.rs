//! The texts that a firm wrote for its mails.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{id::*, language::Language, mail::MailKind, time::Timestamp};

/// A version of a mail's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    /// The number of the version, which grows.
    pub id: i64,
    /// The text that a firm wrote, in the form of `mail::Source`; `None` for Akkoord's own.
    pub source: Option<String>,
    /// The name of the advisor who saved it.
    pub by: String,
    pub at: Timestamp,
}

const TEXT: &str = "select t.id, t.source, a.name, t.at from mail_text t join advisor a on a.id = t.advisor
     where t.firm = ?1 and t.kind = ?2 and t.language = ?3";

fn text(row: &Row<'_>) -> Result<MailText, DbError> {
    Ok(MailText { id: row.get("id")?, source: row.get("source")?, by: row.get("name")?, at: row.get("at")? })
}

impl Query<'_> {
    /// Returns the version in use; None if the firm never wrote one.
    pub fn mail_text(&self, firm: FirmId, kind: MailKind, language: Language) -> Result<Option<MailText>, DbError> {
        self.optional(&format!("{TEXT} order by t.id desc limit 1"), values![firm, kind, language], text)
    }

    /// Returns the versions, newest first.
    pub fn mail_texts(
        &self,
        firm: FirmId,
        kind: MailKind,
        language: Language,
        limit: u32,
    ) -> Result<Vec<MailText>, DbError> {
        self.many(&format!("{TEXT} order by t.id desc limit ?4"), values![firm, kind, language, limit], text)
    }

    /// Returns the kinds and languages in which a firm has a text of its own.
    pub fn own_mail_texts(&self, firm: FirmId) -> Result<Vec<(MailKind, Language)>, DbError> {
        self.many(
            "select kind, language from mail_text where id in
                 (select max(id) from mail_text where firm = ?1 group by kind, language) and source is not null",
            values![firm],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

impl Tx<'_> {
    /// Adds a version, which is used from now on.
    pub fn add_mail_text(
        &self,
        (firm, kind, language): (FirmId, MailKind, Language),
        source: Option<&str>,
        by: AdvisorId,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.run(
            "insert into mail_text (firm, kind, language, source, advisor, at) values (?1, ?2, ?3, ?4, ?5, ?6)",
            values![firm, kind, language, source, by, at],
        )?;
        Ok(())
    }
}
