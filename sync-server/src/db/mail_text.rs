//! What a firm wrote of its mails.

use super::{DbError, Query, Tx, mail::word, value::Col};
use model::{id::*, language::Language, mail::MailKind, time::Timestamp};
use rusqlite::{OptionalExtension, Row, params};

/// A version of a mail's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    /// Grows with each version.
    pub id: i64,
    /// As [`crate::mail::Source`] stores it; nothing for Akkoord's own.
    pub source: Option<String>,
    /// Who saved it.
    pub by: String,
    pub at: Timestamp,
}

const TEXT: &str = "select t.id, t.source, a.name, t.at from mail_text t join advisor a on a.id = t.advisor
     where t.firm = ? and t.kind = ? and t.language = ?";

fn text(row: &Row<'_>) -> rusqlite::Result<MailText> {
    Ok(MailText { id: row.get(0)?, source: row.get(1)?, by: row.get(2)?, at: row.get::<_, Col<_>>(3)?.0 })
}

impl Query<'_> {
    /// The version that counts; nothing when the firm never wrote one.
    pub fn mail_text(&self, firm: FirmId, kind: MailKind, language: Language) -> Result<Option<MailText>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{TEXT} order by t.id desc limit 1"))?;
        Ok(statement.query_row(params![Col(firm), kind.word(), Col(language)], text).optional()?)
    }

    /// The versions, newest first.
    pub fn mail_texts(
        &self,
        firm: FirmId,
        kind: MailKind,
        language: Language,
        limit: u32,
    ) -> Result<Vec<MailText>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{TEXT} order by t.id desc limit ?"))?;
        Ok(statement
            .query_map(params![Col(firm), kind.word(), Col(language), limit], text)?
            .collect::<Result<_, _>>()?)
    }

    /// The kinds and languages in which a firm has a text of its own.
    pub fn own_mail_texts(&self, firm: FirmId) -> Result<Vec<(MailKind, Language)>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select kind, language from mail_text where id in
                 (select max(id) from mail_text where firm = ? group by kind, language) and source is not null",
        )?;
        let rows =
            statement.query_map([Col(firm)], |row| Ok((word(row, 0, MailKind::of)?, row.get::<_, Col<_>>(1)?.0)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Adds a version, which counts from now on.
    pub fn add_mail_text(
        &self,
        (firm, kind, language): (FirmId, MailKind, Language),
        source: Option<&str>,
        by: AdvisorId,
        at: Timestamp,
    ) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into mail_text (firm, kind, language, source, advisor, at) values (?, ?, ?, ?, ?, ?)",
            params![Col(firm), kind.word(), Col(language), source, Col(by), Col(at)],
        )?;
        Ok(())
    }
}
