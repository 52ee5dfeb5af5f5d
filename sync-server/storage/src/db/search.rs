//! The search for clients by any part of their number, names and addresses.
//! Databases differ in this: SQLite has an index of three-letter pieces beside the
//! table `searchable` (FTS5), PostgreSQL one on the table itself (pg_trgm),
//! for which the statement would say `text ilike`.

use super::{DbError, Tx, column::values};
use model::id::{ClientId, PersonId};

/// The tables from which the clients that a search finds are read, as `c`. The search
/// finds few rows, so it comes first, and the clients after it.
pub const FOUND_CLIENTS: &str =
    "client_search f cross join searchable x on x.id = f.rowid cross join client c on c.id = x.client";

/// The condition that the words of placeholder 4 are found.
pub const MATCHES_4: &str = "client_search match ?4";

/// The length of the shortest text that the search index can find.
pub const SHORTEST: usize = 3;

/// Returns each word in quotes, so that typed text is never an expression of the index.
pub fn wanted_words(text: &str) -> String {
    let quoted = |words: &str| format!("\"{}\"", words.replace('"', "\"\""));
    let words = text.split_whitespace().filter(|w| w.chars().count() >= SHORTEST);
    let words: Vec<_> = words.map(quoted).collect();
    if words.is_empty() { quoted(text) } else { words.join(" ") }
}

impl Tx<'_> {
    /// Updates the search index with the present names of a client and its people.
    pub(super) fn index_client(&self, client: ClientId) -> Result<(), DbError> {
        self.run(
            "insert into searchable (client, text)
                 select c.id, c.number || ' ' || c.name || coalesce(
                     (select string_agg(' ' || p.name || ' ' || p.email, '') from person p where p.client = c.id), '')
                 from client c where c.id = ?1
             on conflict (client) do update set text = excluded.text",
            values![client],
        )?;
        Ok(())
    }

    /// Does the same as [`Tx::index_client`] for the client of a person.
    pub(super) fn index_client_of(&self, person: PersonId) -> Result<(), DbError> {
        let client = self.optional("select client from person where id = ?1", values![person], |row| row.get(0))?;
        client.map_or(Ok(()), |client| self.index_client(client))
    }
}
