//! The checklists of a firm, in versions.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{
    id::FirmId,
    time::{TaxYear, Timestamp},
};

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

fn version(row: &Row<'_>) -> Result<TemplateVersion, DbError> {
    Ok(TemplateVersion {
        id: row.get("id")?,
        version: row.get("version")?,
        tax_year: row.get("tax_year")?,
        at: row.get("at")?,
        by_name: row.get("by_name")?,
        json: row.get("json")?,
    })
}

impl Query<'_> {
    /// The newest version of each checklist that a firm made its own, drafts
    /// left out.
    pub fn own_templates(&self, firm: FirmId) -> Result<Vec<TemplateVersion>, DbError> {
        self.many(
            &format!(
                "{COLUMNS} t where firm = ?1 and version > 0 and version =
                (select max(version) from checklist_template where firm = ?1 and id = t.id)
                order by tax_year desc, id"
            ),
            values![firm],
            version,
        )
    }

    /// One version of a checklist.
    pub fn template_version(&self, firm: FirmId, id: &str, number: u32) -> Result<Option<TemplateVersion>, DbError> {
        self.optional(
            &format!("{COLUMNS} where firm = ?1 and id = ?2 and version = ?3"),
            values![firm, id, number],
            version,
        )
    }

    /// All versions of a checklist, the newest first, drafts left out.
    pub fn template_versions(&self, firm: FirmId, id: &str) -> Result<Vec<TemplateVersion>, DbError> {
        self.many(
            &format!("{COLUMNS} where firm = ?1 and id = ?2 and version > 0 order by version desc"),
            values![firm, id],
            version,
        )
    }
}

impl Tx<'_> {
    /// Keeps a version; a draft in place of the one before.
    pub fn keep_template(&self, firm: FirmId, t: &TemplateVersion) -> Result<(), DbError> {
        self.run(
            "insert into checklist_template (firm, id, version, tax_year, at, by_name, json) values (?1,
             ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (firm, id, version) do update set
                 tax_year = excluded.tax_year, at = excluded.at, by_name = excluded.by_name, json = excluded.json
                 where checklist_template.version = 0",
            values![firm, t.id, t.version, t.tax_year, t.at, t.by_name, t.json],
        )?;
        Ok(())
    }

    /// Throws a draft away.
    pub fn drop_draft(&self, firm: FirmId, id: &str) -> Result<(), DbError> {
        self.run("delete from checklist_template where firm = ?1 and id = ?2 and version = 0", values![firm, id])?;
        Ok(())
    }
}
