//! Records the statements that tests run in the form for PostgreSQL:
//! `cargo xtask test` lets PostgreSQL prepare each of them afterwards. Only in debug
//! builds, and only if the test command names a folder.

use super::hint;
use std::{
    collections::HashSet,
    fs::{self, File},
    io::Write,
    path::PathBuf,
    sync::{LazyLock, Mutex, PoisonError},
};

/// The variable that names the folder, in which each process writes a file of its own.
const FOLDER: &str = "AKKOORD_STATEMENTS";

/// Words of statements that differ in another database, each with
/// the file that contains it.
const NAMED_PLACES: [(&str, &str); 3] =
    [("client_search", "search.rs"), ("sqlite_schema", "migrate.rs"), ("explain query plan", "event.rs")];

struct Notes {
    known: HashSet<String>,
    file: File,
}

/// Records a statement, once per process.
pub fn note(sql: &str) {
    static NOTES: LazyLock<Option<Mutex<Notes>>> = LazyLock::new(|| {
        let folder = PathBuf::from(std::env::var_os(FOLDER)?);
        fs::create_dir_all(&folder).ok()?;
        let name = format!("{}.json", std::process::id());
        let file = File::options().create(true).append(true).open(folder.join(name)).ok()?;
        Some(Mutex::new(Notes { known: HashSet::new(), file }))
    });
    let Some(notes) = &*NOTES else { return };
    let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
    if notes.known.contains(sql) || NAMED_PLACES.iter().any(|(word, _)| sql.contains(word)) {
        return;
    }
    notes.known.insert(sql.to_owned());
    // A test may kill the process at any moment, so the line is written as a whole.
    let line = format!("{}\n", serde_json::Value::from(for_postgres(sql)));
    if let Err(error) = notes.file.write_all(line.as_bytes()) {
        tracing::warn!(%error, "a statement could not be noted");
    }
}

/// Returns the statement without SQLite's hints, on one line, with PostgreSQL's placeholders.
fn for_postgres(sql: &str) -> String {
    let plain = hint::IN_POSTGRES.iter().fold(sql.to_owned(), |sql, (hint, word)| sql.replace(hint, word));
    plain.split_whitespace().collect::<Vec<_>>().join(" ").replace('?', "$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_loses_its_hints_and_has_the_placeholders_of_postgres() {
        let sql = format!("select 1 from a {}\n {} b where x = ?1", hint::EVENT_OF_FIRM, hint::IN_THIS_ORDER);
        assert_eq!(for_postgres(&sql), "select 1 from a join b where x = $1");
    }
}
