//! The checklists of a firm, in versions.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{
    id::FirmId,
    time::{TaxYear, Timestamp},
};

/// The number of the version that an advisor is working on.
pub const DRAFT: u32 = 0;

/// A version of a firm's checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateVersion {
    /// The id of the template, such as `ib-2025`.
    pub id: String,
    /// The number of the version, counted upwards, or [`DRAFT`].
    pub version: u32,
    pub tax_year: TaxYear,
    /// The moment at which it was saved; `by_name` is who saved it.
    pub at: Timestamp,
    pub by_name: String,
    /// The JSON of a [`model::checklist::Template`].
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
    /// Returns the newest version of each checklist that a firm made its own, without
    /// drafts.
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

    /// Returns a version of a checklist.
    pub fn template_version(&self, firm: FirmId, id: &str, number: u32) -> Result<Option<TemplateVersion>, DbError> {
        self.optional(
            &format!("{COLUMNS} where firm = ?1 and id = ?2 and version = ?3"),
            values![firm, id, number],
            version,
        )
    }

    /// Returns all versions of a checklist, the newest first, without drafts.
    pub fn template_versions(&self, firm: FirmId, id: &str) -> Result<Vec<TemplateVersion>, DbError> {
        self.many(
            &format!("{COLUMNS} where firm = ?1 and id = ?2 and version > 0 order by version desc"),
            values![firm, id],
            version,
        )
    }
}

impl Tx<'_> {
    /// Stores a version; a draft replaces the one before.
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

    /// Deletes a draft.
    pub fn drop_draft(&self, firm: FirmId, id: &str) -> Result<(), DbError> {
        self.run("delete from checklist_template where firm = ?1 and id = ?2 and version = 0", values![firm, id])?;
        Ok(())
    }
}
