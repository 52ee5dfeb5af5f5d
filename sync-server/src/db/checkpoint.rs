//! Checkpoints of the audit log.

use super::{DbError, Query, Tx, value::Col};
use model::{hash::ContentHash, id::FirmId};
use proof::audit::{Checkpoint, Reach};
use rusqlite::{OptionalExtension, Row, params};

fn checkpoint(row: &Row<'_>) -> rusqlite::Result<Result<(i64, Checkpoint), DbError>> {
    let (id, json): (_, String) = (row.get(0)?, row.get(1)?);
    Ok(Checkpoint::read(&json).map(|c| (id, c)).map_err(|_| DbError::Malformed("checkpoint")))
}

impl Query<'_> {
    /// How far the log is; for a firm also how many events are its.
    pub fn audit_reach(&self, firm: Option<FirmId>) -> Result<Reach, DbError> {
        let mut last = self.0.prepare_cached("select id, hash from event order by id desc limit 1")?;
        let last: Option<(i64, [u8; 32])> = last.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let (position, head) = last.unwrap_or((0, [0; 32]));
        let count = |firm: FirmId| -> Result<_, DbError> {
            let mut own = self.0.prepare_cached("select count(*) from event where firm = ?")?;
            let own: i64 = own.query_row([Col(firm)], |row| row.get(0))?;
            Ok((firm, own.unsigned_abs()))
        };
        let of_firm = firm.map(count).transpose()?;
        Ok(Reach { position: position.unsigned_abs(), head: ContentHash(head), of_firm })
    }

    /// The newest checkpoint of a firm, or of the whole log.
    pub fn last_checkpoint(&self, firm: Option<FirmId>) -> Result<Option<Checkpoint>, DbError> {
        Ok(self.checkpoints(firm, 1)?.pop().map(|(_, newest)| newest))
    }

    /// Checkpoints of a firm, or of the whole log, newest first.
    pub fn checkpoints(&self, firm: Option<FirmId>, limit: u32) -> Result<Vec<(i64, Checkpoint)>, DbError> {
        let mut statement =
            self.0.prepare_cached("select id, json from checkpoint where firm is ? order by id desc limit ?")?;
        let rows: Result<Result<_, DbError>, _> =
            statement.query_map(params![firm.map(Col), limit], checkpoint)?.collect();
        rows?
    }

    /// One checkpoint of a firm.
    pub fn checkpoint(&self, firm: FirmId, id: i64) -> Result<Option<Checkpoint>, DbError> {
        let mut statement = self.0.prepare_cached("select id, json from checkpoint where firm = ? and id = ?")?;
        let found = statement.query_row(params![Col(firm), id], checkpoint).optional()?.transpose()?;
        Ok(found.map(|(_, c)| c))
    }

    /// All checkpoints, oldest first.
    pub fn all_checkpoints(&self) -> Result<Vec<Checkpoint>, DbError> {
        let mut statement = self.0.prepare_cached("select id, json from checkpoint order by id")?;
        let rows: Result<Result<Vec<_>, DbError>, _> = statement.query_map([], checkpoint)?.collect();
        Ok(rows??.into_iter().map(|(_, c)| c).collect())
    }
}

impl Tx<'_> {
    /// Keeps a checkpoint.
    pub fn add_checkpoint(&self, c: &Checkpoint) -> Result<(), DbError> {
        let json = c.text().ok_or(DbError::Unwritable("checkpoint"))?;
        let position = i64::try_from(c.position).map_err(|_| DbError::Unwritable("checkpoint"))?;
        self.0.0.execute(
            "insert into checkpoint (firm, position, at, json) values (?, ?, ?, ?)",
            params![c.firm.map(Col), position, Col(c.at), json],
        )?;
        Ok(())
    }
}
