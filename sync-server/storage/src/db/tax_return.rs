//! The tax returns of all clients of a firm, for the table of returns. It follows the documents, as the table of year
//! statuses does.

use super::{
    DbError, Query, ReturnPhase, Tx, Whose,
    column::{ToColumn, Value, values},
    hint::IN_THIS_ORDER,
    sqlite::Row,
};
use model::{
    id::*,
    record::TaxReturn,
    tax_return::{Period, ReturnKind},
    time::{Date, TaxYear},
};

/// A tax return as the table shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnStatus {
    pub id: TaxReturnId,
    pub tax_return: TaxReturn,
    pub phase: ReturnPhase,
    pub approvals_given: u32,
    pub approvals_asked: u32,
    /// The first day that counts for it, if it was not filed: the client's last day, or that of the tax authority.
    pub due: Option<Date>,
}

/// A row of the table: a return, and the client it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnRow {
    pub client_number: String,
    pub client_name: String,
    pub tax_year: TaxYear,
    pub status: ReturnStatus,
}

/// Selects returns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReturnChoice {
    pub whose: Whose,
    pub tax_year: TaxYear,
    pub kind: Option<ReturnKind>,
    pub period: Option<Period>,
    pub phase: Option<ReturnPhase>,
}

/// The condition for the returns of a choice; a phase counts only in `rows`.
const CHOSEN: &str = "r.firm = ?1 and r.tax_year = ?3 and (c.advisor = ?2 or ?2 is null)
    and (r.kind = ?4 or ?4 is null) and (r.period = ?5 or ?5 is null) and c.archived_at is null";

impl ReturnChoice {
    fn values(&self) -> [Value<'static>; 5] {
        [
            self.whose.firm.to_column().into_owned(),
            self.whose.advisor.to_column().into_owned(),
            self.tax_year.to_column().into_owned(),
            self.kind.to_column().into_owned(),
            self.period.to_column().into_owned(),
        ]
    }
}

fn return_row(row: &Row<'_>) -> Result<ReturnRow, DbError> {
    Ok(ReturnRow {
        client_number: row.get("client_number")?,
        client_name: row.get("client_name")?,
        tax_year: row.get("tax_year")?,
        status: ReturnStatus {
            id: row.get("id")?,
            tax_return: serde_json::from_str(&row.get::<String>("record")?)
                .map_err(|_| DbError::Malformed("tax return"))?,
            phase: row.get("phase")?,
            approvals_given: row.get("approvals_given")?,
            approvals_asked: row.get("approvals_asked")?,
            due: row.get("due")?,
        },
    })
}

impl Query<'_> {
    /// Counts the returns of a choice by phase, whatever phase is chosen.
    pub fn count_returns(&self, choice: &ReturnChoice) -> Result<Vec<(ReturnPhase, usize)>, DbError> {
        self.many(
            &format!(
                "select r.phase, count(*) from tax_return r {IN_THIS_ORDER} client c on c.id = r.client
                 where {CHOSEN} group by r.phase"
            ),
            &choice.values(),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Returns the returns of a choice, those that are due first in front.
    pub fn returns(&self, choice: &ReturnChoice, skip: usize, limit: usize) -> Result<Vec<ReturnRow>, DbError> {
        let mut values = choice.values().to_vec();
        values.extend([
            choice.phase.to_column().into_owned(),
            limit.to_column().into_owned(),
            skip.to_column().into_owned(),
        ]);
        self.many(
            &format!(
                "select r.*, c.number as client_number, c.name as client_name
                 from tax_return r {IN_THIS_ORDER} client c on c.id = r.client
                 where {CHOSEN} and (r.phase = ?6 or ?6 is null)
                 order by r.due nulls last, c.name, r.period, r.id limit ?7 offset ?8"
            ),
            &values,
            return_row,
        )
    }

    /// Returns the kinds and periods of which a firm has returns in a tax year.
    pub fn kinds_of_returns(&self, firm: FirmId, tax_year: TaxYear) -> Result<Vec<(ReturnKind, Period)>, DbError> {
        self.many(
            "select distinct kind, period from tax_return where firm = ?1 and tax_year = ?2",
            values![firm, tax_year],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }
}

impl Tx<'_> {
    /// Stores the returns of a client's year in place of those that were known.
    pub fn set_returns(
        &self,
        firm: FirmId,
        client: ClientId,
        tax_year: TaxYear,
        returns: &[ReturnStatus],
    ) -> Result<(), DbError> {
        self.run("delete from tax_return where client = ?1 and tax_year = ?2", values![client, tax_year])?;
        for r in returns {
            self.run(
                "insert into tax_return
                 (id, firm, client, tax_year, kind, period, record, phase, approvals_given, approvals_asked, due)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                values![
                    r.id,
                    firm,
                    client,
                    tax_year,
                    r.tax_return.kind,
                    r.tax_return.period,
                    serde_json::to_string(&r.tax_return).map_err(|_| DbError::Unwritable("tax return"))?,
                    r.phase,
                    r.approvals_given,
                    r.approvals_asked,
                    r.due
                ],
            )?;
        }
        Ok(())
    }
}
