//! The checklists of a firm, in versions.

use super::{DbError, Query, Tx, value::Col};
use model::{
    id::FirmId,
    time::{TaxYear, Timestamp},
};
use rusqlite::{OptionalExtension, Row, params};

/// The version that an advisor is working on.
pub const DRAFT: u32 = 0;

/// One version of a firm's checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateVersion {
    /// Of the template, such as `ib-2025`.
    pub id: String,
    /// [`DRAFT`], or counted upwards.
    pub version: u32,
    pub tax_year: TaxYear,
    /// When it was saved, and by whom.
    pub at: Timestamp,
    pub by_name: String,
    /// Of a [`model::checklist::Template`].
    pub json: String,
}

const COLUMNS: &str = "select id, version, tax_year, at, by_name, json from checklist_template";

fn version(row: &Row<'_>) -> rusqlite::Result<TemplateVersion> {
    Ok(TemplateVersion {
        id: row.get(0)?,
        version: row.get(1)?,
        tax_year: TaxYear(row.get(2)?),
        at: row.get::<_, Col<_>>(3)?.0,
        by_name: row.get(4)?,
        json: row.get(5)?,
    })
}

impl Query<'_> {
    /// The newest version of each checklist that a firm made its own, drafts
    /// left out.
    pub fn own_templates(&self, firm: FirmId) -> Result<Vec<TemplateVersion>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "{COLUMNS} t where firm = ?1 and version > 0 and version =
                (select max(version) from checklist_template where firm = ?1 and id = t.id) order by tax_year desc, id"
        ))?;
        Ok(statement.query_map([Col(firm)], version)?.collect::<Result<_, _>>()?)
    }

    /// One version of a checklist.
    pub fn template_version(&self, firm: FirmId, id: &str, number: u32) -> Result<Option<TemplateVersion>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{COLUMNS} where firm = ? and id = ? and version = ?"))?;
        Ok(statement.query_row(params![Col(firm), id, number], version).optional()?)
    }

    /// All versions of a checklist, the newest first, drafts left out.
    pub fn template_versions(&self, firm: FirmId, id: &str) -> Result<Vec<TemplateVersion>, DbError> {
        let mut statement = self
            .0
            .prepare_cached(&format!("{COLUMNS} where firm = ? and id = ? and version > 0 order by version desc"))?;
        Ok(statement.query_map(params![Col(firm), id], version)?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps a version; a draft in place of the one before.
    pub fn keep_template(&self, firm: FirmId, t: &TemplateVersion) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into checklist_template (firm, id, version, tax_year, at, by_name, json) values (?, ?, ?, ?, ?, ?, ?)
             on conflict (firm, id, version) do update set
                 tax_year = excluded.tax_year, at = excluded.at, by_name = excluded.by_name, json = excluded.json
                 where version = 0",
            params![Col(firm), t.id, t.version, t.tax_year.0, Col(t.at), t.by_name, t.json],
        )?;
        Ok(())
    }

    /// Throws a draft away.
    pub fn drop_draft(&self, firm: FirmId, id: &str) -> Result<(), DbError> {
        self.0.0.execute(
            "delete from checklist_template where firm = ? and id = ? and version = 0",
            params![Col(firm), id],
        )?;
        Ok(())
    }
}
