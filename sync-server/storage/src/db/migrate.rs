//! Updates a database's schema. Each step has a name and is applied
//! once. If a database has a step that this program does not know, a newer
//! release used it: it is refused, and nothing is written to it.

use super::{
    column::values,
    error::DbError,
    sqlite::{Connection, Query, Tx},
};

/// A step of the schema: the name of its file, and its SQL.
pub type Migration = (&'static str, &'static str);

/// The steps in the order in which they are applied.
pub const MIGRATIONS: &[Migration] = &[("0001_start", include_str!("../../migrations/sqlite/0001_start.sql"))];

/// Fails if the database has a step that is not among `migrations`.
pub fn refuse_newer(connection: &Connection, migrations: &[Migration]) -> Result<(), DbError> {
    let query = Query(connection);
    if !query.exists("select 1 from sqlite_schema where name = 'migration'", values![])? {
        return Ok(());
    }
    let applied: Vec<String> = query.many("select name from migration order by name", values![], |row| row.get(0))?;
    let unknown = applied.into_iter().find(|applied| migrations.iter().all(|(name, _)| name != applied));
    unknown.map_or(Ok(()), |name| Err(DbError::Newer(name)))
}

/// Applies the steps that are missing.
pub fn migrate(connection: &Connection, migrations: &[Migration]) -> Result<(), DbError> {
    connection.batch("create table if not exists migration (name text primary key) strict, without rowid")?;
    for (name, sql) in migrations {
        connection.batch("begin immediate")?;
        let tx = Tx(Query(connection));
        // Another process may have applied it in the meantime.
        if !tx.exists("select 1 from migration where name = ?1", values![name])? {
            connection.batch(sql)?;
            tx.run("insert into migration (name) values (?1)", values![name])?;
        }
        connection.batch("commit")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeMap, path::Path};

    /// Returns each column of a schema by its table and name, with its type and whether it must be there.
    fn columns(sql: &str) -> BTreeMap<(String, String), (String, bool)> {
        let mut columns = BTreeMap::new();
        let mut table = None;
        for line in sql.lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            let (table, column) = match (words.as_slice(), &table) {
                (["create", "table", name, ..], _) => {
                    table = Some((*name).to_owned());
                    continue;
                }
                (["alter", "table", name, "add", "column", column @ ..], _) => ((*name).to_owned(), column),
                (column, Some(table)) if !line.starts_with(')') => (table.clone(), column),
                _ => {
                    table = None;
                    continue;
                }
            };
            let [name, kind, ..] = column else { continue };
            if !["--", "primary", "unique", "check"].iter().any(|word| name.starts_with(word)) {
                let kind = kind.trim_end_matches([',', ';']).to_owned();
                let required = line.contains("not null") || line.contains("primary key");
                columns.insert((table, (*name).to_owned()), (kind, required));
            }
        }
        columns
    }

    #[test]
    fn both_databases_have_the_same_tables_and_columns() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/postgres");
        let postgres = |name: &str| std::fs::read_to_string(folder.join(name).with_extension("sql")).unwrap();
        let postgres: String = MIGRATIONS.iter().map(|(name, _)| postgres(name)).collect();
        let sqlite: String = MIGRATIONS.iter().map(|(_, sql)| *sql).collect();
        let (sqlite, postgres) = (columns(&sqlite), columns(&postgres));
        assert!(sqlite.len() > 200, "only {} columns were read", sqlite.len());
        assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
        for (column, (kind, required)) in &sqlite {
            let (as_postgres, also_required) = &postgres[column];
            let same: &[&str] = match kind.as_str() {
                "blob" => &["bytea"],
                "integer" => &["bigint", "boolean"],
                other => &[other],
            };
            assert!(same.contains(&as_postgres.as_str()), "{column:?} is {kind} and {as_postgres}");
            assert_eq!(required, also_required, "{column:?}");
        }
    }

    #[test]
    fn a_column_that_a_later_step_adds_is_one_of_its_table() {
        let steps = "create table firm (\n    name text not null\n) strict;\nalter table firm add column city text;\n";
        let of = |name: &str| ("firm".to_owned(), name.to_owned());
        let expected = [(of("name"), ("text".to_owned(), true)), (of("city"), ("text".to_owned(), false))];
        assert_eq!(columns(steps), expected.into());
    }
}
