//! Imports of clients: the file's rows, the verdict on each, and how far the import
//! is.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{id::*, time::Timestamp};
use std::collections::HashMap;

/// The progress of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// The advisor says what each column contains.
    Columns,
    /// The advisor looks at what is wrong.
    Check,
    /// The rows are being carried out.
    Running,
    Done,
}

impl ImportState {
    const ALL: [(Self, &'static str); 4] =
        [(Self::Columns, "columns"), (Self::Check, "check"), (Self::Running, "running"), (Self::Done, "done")];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, word)| word)
    }
}

/// The ways in which an import deals with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportVerdict {
    /// It adds a client.
    New,
    /// It changes a client that exists.
    Exists,
    /// It changes nothing, because the client exists with the same data.
    Same,
    /// It adds a client, although somebody else has the same mail address.
    Double,
    /// It cannot import the row.
    Wrong,
}

impl ImportVerdict {
    const ALL: [(Self, &'static str); 5] = [
        (Self::New, "new"),
        (Self::Exists, "exists"),
        (Self::Same, "same"),
        (Self::Double, "double"),
        (Self::Wrong, "wrong"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(verdict, _)| *verdict == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, w)| *w == word).map(|(verdict, _)| verdict)
    }
}

/// An import of a file of clients.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    pub id: ImportId,
    pub firm: FirmId,
    pub advisor: AdvisorId,
    pub file_name: String,
    pub headings: Vec<String>,
    /// The word of the field of each column; `None` for a column that is left out.
    pub columns: Vec<Option<String>>,
    pub state: ImportState,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

/// A row of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportRow {
    pub line: u32,
    pub cells: Vec<String>,
    pub verdict: Option<ImportVerdict>,
    /// The problems as JSON.
    pub problems: String,
    pub taken: bool,
    /// True if the row is written, but what follows from it is not.
    pub written: bool,
    pub client: Option<ClientId>,
}

/// The number of rows of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    pub verdict: Option<ImportVerdict>,
    pub taken: bool,
    pub done: bool,
    pub rows: usize,
}

/// Selects rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    All,
    /// The rows that an advisor looks at: all but new and unchanged clients.
    Attention,
    /// The rows that cannot be imported or were left out.
    LeftOut,
}

impl Rows {
    fn condition(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Attention => " and verdict in ('exists', 'double', 'wrong')",
            Self::LeftOut => " and (verdict = 'wrong' or (not taken and verdict in ('exists', 'double')))",
        }
    }
}

const IMPORT: &str =
    "select id, firm, advisor, file_name, headings, columns, state, created_at, finished_at from import";
const ROW: &str = "select line, cells, verdict, problems, taken, state, client from import_row";

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &'static str) -> Result<T, DbError> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(|_| DbError::Malformed(column))
}

fn import(row: &Row<'_>) -> Result<Import, DbError> {
    let word: String = row.get("state")?;
    let state = ImportState::ALL.into_iter().find(|(_, w)| *w == word).map_or(ImportState::Check, |(s, _)| s);
    Ok(Import {
        id: row.get("id")?,
        firm: row.get("firm")?,
        advisor: row.get("advisor")?,
        file_name: row.get("file_name")?,
        headings: json(row, "headings")?,
        columns: json(row, "columns")?,
        state,
        created_at: row.get("created_at")?,
        finished_at: row.get("finished_at")?,
    })
}

fn import_row(row: &Row<'_>) -> Result<ImportRow, DbError> {
    Ok(ImportRow {
        line: row.get("line")?,
        cells: json(row, "cells")?,
        verdict: ImportVerdict::of(&row.get::<String>("verdict")?),
        problems: row.get("problems")?,
        taken: row.get("taken")?,
        written: row.get::<String>("state")? == "written",
        client: row.get("client")?,
    })
}

impl Query<'_> {
    /// Returns an import of `firm`.
    pub fn import(&self, firm: FirmId, id: ImportId) -> Result<Option<Import>, DbError> {
        self.optional(&format!("{IMPORT} where firm = ?1 and id = ?2"), values![firm, id], import)
    }

    /// Returns the newest imports of a firm.
    pub fn imports(&self, firm: FirmId, limit: u32) -> Result<Vec<Import>, DbError> {
        self.many(
            &format!(
                "{IMPORT} where firm = ?1
             order by created_at desc limit ?2"
            ),
            values![firm, limit],
            import,
        )
    }

    /// Returns the imports that are being carried out, of any firm, for the server's own work.
    pub fn running_imports(&self) -> Result<Vec<Import>, DbError> {
        self.readable(&format!("{IMPORT} where state = 'running' order by created_at"), values![], import)
    }

    /// Returns rows of an import in the order of the file, from number `skip` on.
    pub fn import_rows(&self, id: ImportId, which: Rows, skip: usize, limit: usize) -> Result<Vec<ImportRow>, DbError> {
        let sql = format!("{ROW} where import = ?1{} order by line limit ?2 offset ?3", which.condition());
        self.many(&sql, values![id, limit, skip], import_row)
    }

    /// Returns one row of an import.
    pub fn import_row(&self, id: ImportId, line: u32) -> Result<Option<ImportRow>, DbError> {
        self.optional(&format!("{ROW} where import = ?1 and line = ?2"), values![id, line], import_row)
    }

    /// Returns the rows that still have to be carried out, in the order of the file.
    pub fn import_rows_to_do(&self, id: ImportId, limit: usize) -> Result<Vec<ImportRow>, DbError> {
        self.many(
            &format!("{ROW} where import = ?1 and state <> 'done' order by line limit ?2"),
            values![id, limit],
            import_row,
        )
    }

    /// Counts the rows of each kind.
    pub fn count_import_rows(&self, id: ImportId) -> Result<Vec<RowCount>, DbError> {
        self.many(
            "select verdict, taken, state = 'done', count(*) from import_row where import = ?1 group by 1, 2, 3",
            values![id],
            |row| {
                let verdict = ImportVerdict::of(&row.get::<String>("verdict")?);
                Ok(RowCount { verdict, taken: row.get("taken")?, done: row.get(2)?, rows: row.get(3)? })
            },
        )
    }

    /// Returns the clients that an import added or changed.
    pub fn clients_of_import(&self, id: ImportId) -> Result<Vec<ClientId>, DbError> {
        self.many(
            "select client from import_row where import = ?1 and client is not null order by line",
            values![id],
            |row| row.get(0),
        )
    }

    /// Returns the fields of the columns of earlier files: the word of the field by heading.
    pub fn remembered_columns(&self, firm: FirmId) -> Result<HashMap<String, String>, DbError> {
        self.many("select heading, field from import_column where firm = ?1", values![firm], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }
}

impl Tx<'_> {
    /// Adds an import without rows.
    pub fn add_import(&self, i: &Import) -> Result<(), DbError> {
        self.run(
            "insert into import (id, firm, advisor, file_name, headings, columns, state, created_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            values![
                i.id,
                i.firm,
                i.advisor,
                i.file_name,
                written(&i.headings)?,
                written(&i.columns)?,
                i.state.word(),
                i.created_at
            ],
        )?;
        Ok(())
    }

    /// Adds rows to an import.
    pub fn add_import_rows(&self, id: ImportId, rows: &[(u32, Vec<String>)]) -> Result<(), DbError> {
        for (line, cells) in rows {
            self.run(
                "insert into import_row (import, line, cells) values (?1, ?2, ?3)",
                values![id, line, written(cells)?],
            )?;
        }
        Ok(())
    }

    /// Deletes an import with its rows. The clients stay.
    pub fn remove_import(&self, id: ImportId) -> Result<(), DbError> {
        self.run("delete from import_row where import = ?1", values![id])?;
        self.run("delete from import where id = ?1", values![id])?;
        Ok(())
    }

    /// Stores the meaning of the columns, for this import and for the next one.
    pub fn set_import_columns(&self, i: &Import, plain: &[String]) -> Result<(), DbError> {
        self.run(
            "update import set columns = ?1, state = ?2 where id = ?3 and state in ('columns', 'check')",
            values![written(&i.columns)?, i.state.word(), i.id],
        )?;
        for (heading, field) in plain.iter().zip(&i.columns).filter(|(heading, _)| !heading.is_empty()) {
            self.run(
                "insert into import_column (firm, heading, field) values (?1, ?2, ?3)
                 on conflict (firm, heading) do update set field = excluded.field",
                values![i.firm, heading, field.as_deref().unwrap_or_default()],
            )?;
        }
        Ok(())
    }

    /// Stores verdict and problems of rows. A row whose verdict changed is included
    /// anew, unless an advisor has to decide about it.
    pub fn judge_rows(&self, id: ImportId, judged: &[(u32, ImportVerdict, String)]) -> Result<(), DbError> {
        for (line, verdict, problems) in judged {
            self.run(
                "update import_row set taken = case when verdict = ?1 then taken else ?1 <> 'double' end,
             verdict = ?1, problems = ?2 where import = ?3 and line = ?4 and (verdict <> ?1 or problems <> ?2)",
                values![verdict.word(), problems, id, line],
            )?;
        }
        Ok(())
    }

    /// Stores what the advisor typed into a row.
    pub fn set_row_cells(&self, id: ImportId, line: u32, cells: &[String]) -> Result<(), DbError> {
        self.run(
            "update import_row set cells = ?1 where import = ?2 and line = ?3 and state = 'waiting'",
            values![written(&cells)?, id, line],
        )?;
        Ok(())
    }

    /// Stores whether the advisor includes a row.
    pub fn set_row_taken(&self, id: ImportId, line: u32, taken: bool) -> Result<(), DbError> {
        self.run("update import_row set taken = ?1 where import = ?2 and line = ?3", values![taken, id, line])?;
        Ok(())
    }

    /// Marks an import as started. Returns false if somebody else started it first.
    pub fn start_import(&self, id: ImportId) -> Result<bool, DbError> {
        let rows = self.run("update import set state = 'running' where id = ?1 and state = 'check'", values![id])?;
        Ok(rows == 1)
    }

    /// Deletes rows of imports from before a moment, because a file contains more than the
    /// firm has to store.
    pub fn sweep_imports(&self, before: Timestamp) -> Result<(), DbError> {
        let old = "select id from import where created_at < ?1 and state <> 'running'";
        self.run(&format!("delete from import_row where import in ({old})"), values![before])?;
        self.run("delete from import where created_at < ?1 and state in ('columns', 'check')", values![before])?;
        Ok(())
    }

    /// Marks a row as carried out, or as left out if there is no client. With
    /// `follows`, something still has to be done about it.
    pub fn row_done(&self, id: ImportId, line: u32, client: Option<ClientId>, follows: bool) -> Result<(), DbError> {
        let state = if follows { "written" } else { "done" };
        self.run(
            "update import_row set state = ?1, client = ?2, cells = case when ?5 then '[]' else cells end
             where import = ?3 and line = ?4",
            values![state, client, id, line, client.is_some()],
        )?;
        Ok(())
    }

    /// Records that all rows were carried out.
    pub fn finish_import(&self, id: ImportId, at: Timestamp) -> Result<(), DbError> {
        self.run("update import set state = 'done', finished_at = ?1 where id = ?2", values![at, id])?;
        Ok(())
    }
}

fn written<T: serde::Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|_| DbError::Unwritable("row of a file"))
}
