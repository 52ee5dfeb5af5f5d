//! Checkpoints of the audit log.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::id::FirmId;
use proof::audit::Checkpoint;

fn checkpoint(row: &Row<'_>) -> Result<(i64, Checkpoint), DbError> {
    let read = Checkpoint::read(&row.get::<String>("json")?).map_err(|_| DbError::Malformed("checkpoint"))?;
    Ok((row.get("id")?, read))
}

impl Query<'_> {
    /// Returns the newest checkpoint of a firm, or without one of the installation.
    pub fn last_checkpoint(&self, firm: Option<FirmId>) -> Result<Option<Checkpoint>, DbError> {
        Ok(self.checkpoints(firm, 1)?.pop().map(|(_, newest)| newest))
    }

    /// Returns checkpoints of a firm, or without one of the installation, newest first.
    pub fn checkpoints(&self, firm: Option<FirmId>, limit: u32) -> Result<Vec<(i64, Checkpoint)>, DbError> {
        self.many(
            "select id, json from checkpoint where firm is not distinct from ?1 order by id desc limit ?2",
            values![firm, limit],
            checkpoint,
        )
    }

    /// Returns a checkpoint of a firm.
    pub fn checkpoint(&self, firm: FirmId, id: i64) -> Result<Option<Checkpoint>, DbError> {
        let sql = "select id, json from checkpoint where firm = ?1 and id = ?2";
        Ok(self.optional(sql, values![firm, id], checkpoint)?.map(|(_, found)| found))
    }

    /// Returns the checkpoints of all chains, oldest first.
    pub fn all_checkpoints(&self) -> Result<Vec<Checkpoint>, DbError> {
        self.many("select id, json from checkpoint order by id", values![], |row| Ok(checkpoint(row)?.1))
    }
}

impl Tx<'_> {
    /// Adds a checkpoint.
    pub fn add_checkpoint(&self, c: &Checkpoint) -> Result<(), DbError> {
        let json = c.text().ok_or(DbError::Unwritable("checkpoint"))?;
        let sql = "insert into checkpoint (firm, at, json) values (?1, ?2, ?3)";
        self.run(sql, values![c.reach.firm, c.at, json])?;
        Ok(())
    }
}
