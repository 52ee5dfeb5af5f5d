//! How a firm shows itself to its clients: its logo, and the sentence with
//! which it welcomes them.

use super::{DbError, Query, Tx, value::Col};
use model::{hash::ContentHash, id::FirmId, language::Bilingual};
use rusqlite::{OptionalExtension, params};

/// What a firm set up of its portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portal {
    /// Empty in a language: Akkoord's own sentence.
    pub welcome: Bilingual,
    /// Names the logo in its address.
    pub logo: Option<ContentHash>,
}

impl Query<'_> {
    /// What a firm set up; nothing of all when it never did.
    pub fn portal(&self, firm: FirmId) -> Result<Portal, DbError> {
        let mut statement =
            self.0.prepare_cached("select welcome_nl, welcome_en, logo_hash from portal where firm = ?")?;
        let row = statement.query_row([Col(firm)], |row| {
            Ok(Portal {
                welcome: Bilingual { nl: row.get(0)?, en: row.get(1)? },
                logo: row.get::<_, Option<Col<_>>>(2)?.map(|c| c.0),
            })
        });
        Ok(row.optional()?.unwrap_or_default())
    }

    /// The logo with this name, as a PNG. Who has its name may see it: it
    /// stands on pages for people without a login.
    pub fn logo(&self, hash: ContentHash) -> Result<Option<Vec<u8>>, DbError> {
        let mut statement = self.0.prepare_cached("select logo_png from portal where logo_hash = ? limit 1")?;
        Ok(statement.query_row([Col(hash)], |row| row.get(0)).optional()?)
    }
}

impl Tx<'_> {
    /// Sets the sentence with which a firm welcomes its clients.
    pub fn set_welcome(&self, firm: FirmId, welcome: &Bilingual) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into portal (firm, welcome_nl, welcome_en) values (?, ?, ?)
             on conflict do update set welcome_nl = excluded.welcome_nl, welcome_en = excluded.welcome_en",
            params![Col(firm), welcome.nl, welcome.en],
        )?;
        Ok(())
    }

    /// Sets a firm's logo, a PNG, or takes it away.
    pub fn set_logo(&self, firm: FirmId, png: Option<&[u8]>) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into portal (firm, logo_hash, logo_png) values (?, ?, ?)
             on conflict do update set logo_hash = excluded.logo_hash, logo_png = excluded.logo_png",
            params![Col(firm), png.map(|png| Col(ContentHash::of(png))), png],
        )?;
        Ok(())
    }
}
