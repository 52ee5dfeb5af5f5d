//! Imports of clients: the file's rows, what was judged of each and how far
//! carrying them out is.

use super::{DbError, Query, Tx, value::Col};
use model::{id::*, time::Timestamp};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::HashMap;

/// Names an import.
pub type ImportId = [u8; 16];

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// The advisor says what each column is.
    Columns,
    /// The advisor looks at what is wrong.
    Check,
    /// It is being carried out.
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

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A new client.
    New,
    /// Changes a client that is there.
    Exists,
    /// A client that is there, as it is.
    Same,
    /// New, with a mail address that somebody else has.
    Double,
    /// Cannot be taken.
    Wrong,
}

impl Verdict {
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

/// A file of clients.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    pub id: ImportId,
    pub firm: FirmId,
    pub advisor: AdvisorId,
    pub file_name: String,
    pub headings: Vec<String>,
    /// Word of the field of each column; `None` for a column that is left out.
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
    pub verdict: Option<Verdict>,
    /// JSON.
    pub problems: String,
    pub taken: bool,
    /// Written, but what follows from it is not.
    pub written: bool,
    pub client: Option<ClientId>,
}

/// How many rows there are of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowCount {
    pub verdict: Option<Verdict>,
    pub taken: bool,
    pub done: bool,
    pub rows: usize,
}

/// Which rows are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    All,
    /// What an advisor looks at: all but new and unchanged clients.
    Attention,
    /// What cannot be taken or was left out.
    LeftOut,
}

impl Rows {
    fn condition(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Attention => " and verdict in ('exists', 'double', 'wrong')",
            Self::LeftOut => " and (verdict = 'wrong' or (taken = 0 and verdict in ('exists', 'double')))",
        }
    }
}

const IMPORT: &str =
    "select id, firm, advisor, file_name, headings, columns, state, created_at, finished_at from import";
const ROW: &str = "select line, cells, verdict, problems, taken, state, client from import_row";

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e)))
}

fn import(row: &Row<'_>) -> rusqlite::Result<Import> {
    let word: String = row.get(6)?;
    let state = ImportState::ALL.into_iter().find(|(_, w)| *w == word).map_or(ImportState::Check, |(s, _)| s);
    Ok(Import {
        id: row.get(0)?,
        firm: row.get::<_, Col<_>>(1)?.0,
        advisor: row.get::<_, Col<_>>(2)?.0,
        file_name: row.get(3)?,
        headings: json(row, 4)?,
        columns: json(row, 5)?,
        state,
        created_at: row.get::<_, Col<_>>(7)?.0,
        finished_at: row.get::<_, Option<Col<_>>>(8)?.map(|c| c.0),
    })
}

fn import_row(row: &Row<'_>) -> rusqlite::Result<ImportRow> {
    Ok(ImportRow {
        line: row.get(0)?,
        cells: json(row, 1)?,
        verdict: Verdict::of(row.get_ref(2)?.as_str()?),
        problems: row.get(3)?,
        taken: row.get(4)?,
        written: row.get_ref(5)?.as_str()? == "written",
        client: row.get::<_, Option<Col<_>>>(6)?.map(|c| c.0),
    })
}

impl Query<'_> {
    /// An import of `firm`.
    pub fn import(&self, firm: FirmId, id: &ImportId) -> Result<Option<Import>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{IMPORT} where firm = ? and id = ?"))?;
        Ok(statement.query_row(params![Col(firm), id], import).optional()?)
    }

    /// The newest imports of a firm.
    pub fn imports(&self, firm: FirmId, limit: u32) -> Result<Vec<Import>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{IMPORT} where firm = ? order by created_at desc limit ?"))?;
        Ok(statement.query_map(params![Col(firm), limit], import)?.collect::<Result<_, _>>()?)
    }

    /// Imports that are being carried out, of any firm: for the server's own work.
    pub fn running_imports(&self) -> Result<Vec<Import>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{IMPORT} where state = 'running' order by created_at"))?;
        Ok(statement.query_map([], import)?.collect::<Result<_, _>>()?)
    }

    /// Rows of an import in the order of the file, from number `skip` on.
    pub fn import_rows(
        &self,
        id: &ImportId,
        which: Rows,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<ImportRow>, DbError> {
        let sql = format!("{ROW} where import = ?{} order by line limit ? offset ?", which.condition());
        let mut statement = self.0.prepare_cached(&sql)?;
        Ok(statement.query_map(params![id, limit, skip], import_row)?.collect::<Result<_, _>>()?)
    }

    /// One row of an import.
    pub fn import_row(&self, id: &ImportId, line: u32) -> Result<Option<ImportRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{ROW} where import = ? and line = ?"))?;
        Ok(statement.query_row(params![id, line], import_row).optional()?)
    }

    /// Rows that are still to be carried out, in the order of the file.
    pub fn import_rows_to_do(&self, id: &ImportId, limit: usize) -> Result<Vec<ImportRow>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{ROW} where import = ? and state <> 'done' order by line limit ?"))?;
        Ok(statement.query_map(params![id, limit], import_row)?.collect::<Result<_, _>>()?)
    }

    /// How many rows there are of each kind.
    pub fn count_import_rows(&self, id: &ImportId) -> Result<Vec<RowCount>, DbError> {
        let mut statement = self.0.prepare_cached(
            "select verdict, taken, state = 'done', count(*) from import_row where import = ? group by 1, 2, 3",
        )?;
        let rows = statement.query_map([id], |row| {
            let verdict = Verdict::of(row.get_ref(0)?.as_str()?);
            Ok(RowCount { verdict, taken: row.get(1)?, done: row.get(2)?, rows: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Clients that an import added or changed.
    pub fn clients_of_import(&self, id: &ImportId) -> Result<Vec<ClientId>, DbError> {
        let mut statement = self
            .0
            .prepare_cached("select client from import_row where import = ? and client is not null order by line")?;
        let rows = statement.query_map([id], |row| Ok(row.get::<_, Col<_>>(0)?.0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the columns of earlier files were: word of the field by heading.
    pub fn remembered_columns(&self, firm: FirmId) -> Result<HashMap<String, String>, DbError> {
        let mut statement = self.0.prepare_cached("select heading, field from import_column where firm = ?")?;
        let rows = statement.query_map([Col(firm)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Adds an import without rows.
    pub fn add_import(&self, i: &Import) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into import (id, firm, advisor, file_name, headings, columns, state, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                i.id, Col(i.firm), Col(i.advisor), i.file_name, written(&i.headings)?, written(&i.columns)?, i.state.word(), Col(i.created_at)
            ],
        )?;
        Ok(())
    }

    /// Adds rows to an import.
    pub fn add_import_rows(&self, id: &ImportId, rows: &[(u32, Vec<String>)]) -> Result<(), DbError> {
        let mut statement = self.0.0.prepare_cached("insert into import_row (import, line, cells) values (?, ?, ?)")?;
        for (line, cells) in rows {
            statement.execute(params![id, line, written(cells)?])?;
        }
        Ok(())
    }

    /// Forgets an import with its rows; what it carried out stays.
    pub fn remove_import(&self, id: &ImportId) -> Result<(), DbError> {
        self.0.0.execute("delete from import_row where import = ?", [id])?;
        self.0.0.execute("delete from import where id = ?", [id])?;
        Ok(())
    }

    /// Keeps what the columns are, for this import and for the next one.
    pub fn set_import_columns(&self, i: &Import, plain: &[String]) -> Result<(), DbError> {
        self.0.0.execute(
            "update import set columns = ?, state = ? where id = ? and state in ('columns', 'check')",
            params![written(&i.columns)?, i.state.word(), i.id],
        )?;
        let mut remember =
            self.0.0.prepare_cached("insert or replace into import_column (firm, heading, field) values (?, ?, ?)")?;
        for (heading, field) in plain.iter().zip(&i.columns).filter(|(heading, _)| !heading.is_empty()) {
            remember.execute(params![Col(i.firm), heading, field.as_deref().unwrap_or_default()])?;
        }
        Ok(())
    }

    /// Keeps what was judged of rows: verdict and problems. A row of another
    /// verdict than before is taken again, or left out where it needs a word.
    pub fn judge_rows(&self, id: &ImportId, judged: &[(u32, Verdict, String)]) -> Result<(), DbError> {
        let mut statement = self.0.0.prepare_cached(
            "update import_row set taken = case when verdict = ?1 then taken else ?1 <> 'double' end,
             verdict = ?1, problems = ?2 where import = ?3 and line = ?4 and (verdict <> ?1 or problems <> ?2)",
        )?;
        for (line, verdict, problems) in judged {
            statement.execute(params![verdict.word(), problems, id, line])?;
        }
        Ok(())
    }

    /// Keeps what the advisor typed into a row.
    pub fn set_row_cells(&self, id: &ImportId, line: u32, cells: &[String]) -> Result<(), DbError> {
        self.0.0.execute(
            "update import_row set cells = ? where import = ? and line = ? and state = 'waiting'",
            params![written(&cells)?, id, line],
        )?;
        Ok(())
    }

    /// Keeps whether the advisor wants a row.
    pub fn set_row_taken(&self, id: &ImportId, line: u32, taken: bool) -> Result<(), DbError> {
        self.0.0.execute("update import_row set taken = ? where import = ? and line = ?", params![taken, id, line])?;
        Ok(())
    }

    /// Begins to carry an import out. Whether this was the word that counts.
    pub fn start_import(&self, id: &ImportId) -> Result<bool, DbError> {
        let rows = self.0.0.execute("update import set state = 'running' where id = ? and state = 'check'", [id])?;
        Ok(rows == 1)
    }

    /// Forgets rows of imports from before a moment: a file holds more than the
    /// firm needs to keep.
    pub fn sweep_imports(&self, before: Timestamp) -> Result<(), DbError> {
        let old = "select id from import where created_at < ? and state <> 'running'";
        self.0.0.execute(&format!("delete from import_row where import in ({old})"), [Col(before)])?;
        self.0.0.execute("delete from import where created_at < ? and state in ('columns', 'check')", [Col(before)])?;
        Ok(())
    }

    /// A row was carried out, or left out: then there is no client. With
    /// `follows`, something is still to be done about it.
    pub fn row_done(&self, id: &ImportId, line: u32, client: Option<ClientId>, follows: bool) -> Result<(), DbError> {
        let state = if follows { "written" } else { "done" };
        let mut statement = self.0.0.prepare_cached(
            "update import_row set state = ?, client = ?, cells = case when ?2 is null then cells else '[]' end
             where import = ? and line = ?",
        )?;
        statement.execute(params![state, client.map(Col), id, line])?;
        Ok(())
    }

    /// All rows were carried out.
    pub fn finish_import(&self, id: &ImportId, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute("update import set state = 'done', finished_at = ? where id = ?", params![Col(at), id])?;
        Ok(())
    }
}

fn written<T: serde::Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|_| DbError::Unwritable("row of a file"))
}
