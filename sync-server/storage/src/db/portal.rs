//! The looks of a firm's portal: its logo, and the sentence with
//! which it welcomes clients.

use super::{DbError, Query, Tx, column::values};
use model::{hash::ContentHash, id::FirmId, language::Bilingual};

/// A firm's settings of its portal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portal {
    /// The firm's sentence of welcome; empty in a language for Akkoord's own.
    pub welcome: Bilingual,
    /// The hash of the logo, which is its name in its address.
    pub logo: Option<ContentHash>,
}

impl Query<'_> {
    /// Returns a firm's settings; all of them empty if it never set any.
    pub fn portal(&self, firm: FirmId) -> Result<Portal, DbError> {
        let row = self.optional(
            "select welcome_nl, welcome_en, logo_hash from portal where firm = ?1",
            values![firm],
            |row| Ok(Portal { welcome: Bilingual { nl: row.get(0)?, en: row.get(1)? }, logo: row.get(2)? }),
        )?;
        Ok(row.unwrap_or_default())
    }

    /// Returns the logo with this hash, as a PNG. Everybody who knows the hash may see it, because it
    /// is shown on pages for people without a login.
    pub fn logo(&self, hash: ContentHash) -> Result<Option<Vec<u8>>, DbError> {
        self.optional("select logo_png from portal where logo_hash = ?1 limit 1", values![hash], |row| row.get(0))
    }
}

impl Tx<'_> {
    /// Sets the sentence with which a firm welcomes its clients.
    pub fn set_welcome(&self, firm: FirmId, welcome: &Bilingual) -> Result<(), DbError> {
        self.run(
            "insert into portal (firm, welcome_nl, welcome_en) values (?1, ?2, ?3)
             on conflict (firm) do update set welcome_nl = excluded.welcome_nl, welcome_en = excluded.welcome_en",
            values![firm, welcome.nl, welcome.en],
        )?;
        Ok(())
    }

    /// Sets a firm's logo, a PNG, or removes it.
    pub fn set_logo(&self, firm: FirmId, png: Option<&[u8]>) -> Result<(), DbError> {
        self.run(
            "insert into portal (firm, logo_hash, logo_png) values (?1, ?2, ?3)
             on conflict (firm) do update set logo_hash = excluded.logo_hash, logo_png = excluded.logo_png",
            values![firm, png.map(ContentHash::of), png],
        )?;
        Ok(())
    }
}
