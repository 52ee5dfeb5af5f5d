//! Checkpoints of the audit log.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{hash::ContentHash, id::FirmId};
use proof::audit::{Checkpoint, Reach};

fn checkpoint(row: &Row<'_>) -> Result<(i64, Checkpoint), DbError> {
    let read = Checkpoint::read(&row.get::<String>("json")?).map_err(|_| DbError::Malformed("checkpoint"))?;
    Ok((row.get("id")?, read))
}

impl Query<'_> {
    /// Returns how far the log is, and for a firm also how many events belong to it.
    pub fn audit_reach(&self, firm: Option<FirmId>) -> Result<Reach, DbError> {
        let last = self.optional("select id, hash from event order by id desc limit 1", values![], |row| {
            Ok((row.get::<u64>(0)?, row.get(1)?))
        })?;
        let (position, head) = last.unwrap_or((0, [0; 32]));
        let count = |firm: FirmId| -> Result<_, DbError> {
            let own = self.one("select count(*) from event where firm = ?1", values![firm], |row| row.get(0))?;
            Ok((firm, own))
        };
        let of_firm = firm.map(count).transpose()?;
        Ok(Reach { position, head: ContentHash(head), of_firm })
    }

    /// Returns the newest checkpoint of a firm, or of the whole log.
    pub fn last_checkpoint(&self, firm: Option<FirmId>) -> Result<Option<Checkpoint>, DbError> {
        Ok(self.checkpoints(firm, 1)?.pop().map(|(_, newest)| newest))
    }

    /// Returns checkpoints of a firm, or of the whole log, newest first.
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

    /// Returns all checkpoints, oldest first.
    pub fn all_checkpoints(&self) -> Result<Vec<Checkpoint>, DbError> {
        self.many("select id, json from checkpoint order by id", values![], |row| Ok(checkpoint(row)?.1))
    }
}

impl Tx<'_> {
    /// Adds a checkpoint.
    pub fn add_checkpoint(&self, c: &Checkpoint) -> Result<(), DbError> {
        let json = c.text().ok_or(DbError::Unwritable("checkpoint"))?;
        let position = i64::try_from(c.position).map_err(|_| DbError::Unwritable("checkpoint"))?;
        self.run(
            "insert into checkpoint (firm, position, at, json) values (?1, ?2, ?3, ?4)",
            values![c.firm, position, c.at, json],
        )?;
        Ok(())
    }
}
