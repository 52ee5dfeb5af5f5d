//! The firm that receives a client on these pages.

use model::{hash::ContentHash, language::Language};
use storage::db::{DbError, Firm, Query};

/// The firm whose page it is, as its clients see it.
pub struct Host {
    /// The firm itself.
    pub firm: Firm,
    /// Names the logo in its address.
    pub logo: Option<ContentHash>,
    /// The firm's own sentence of welcome in the language of the page; empty if there is none.
    pub welcome: String,
}

impl Host {
    /// Reads what the pages show of a firm.
    pub fn of(q: &Query<'_>, firm: Firm, language: Language) -> Result<Self, DbError> {
        let portal = q.portal(firm.id)?;
        Ok(Self { logo: portal.logo, welcome: portal.welcome.get(language).to_owned(), firm })
    }
}
