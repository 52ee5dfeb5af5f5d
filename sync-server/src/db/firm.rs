//! Firms, their advisors, and the server's own settings.

use super::{DbError, Query, Tx, value::Col};
use model::{id::*, language::Language, time::Timestamp};
use rusqlite::{OptionalExtension, Row, params};

/// A practice with what it set up.
#[derive(Debug, Clone, PartialEq)]
pub struct Firm {
    pub id: FirmId,
    pub slug: String,
    pub name: String,
    pub phone: String,
    pub sender_name: String,
    pub sender_address: String,
    pub accent: String,
    pub statement_nl: String,
    pub statement_en: String,
}

/// What somebody may do in the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdvisorRole {
    /// Everything, also settings and advisors.
    Administrator,
    /// Works with clients.
    Advisor,
    /// Sees, changes nothing.
    Reader,
}

impl AdvisorRole {
    /// As it stands in a form and in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Advisor => "advisor",
            Self::Reader => "reader",
        }
    }

    /// Of a word; nothing for any other.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Administrator, Self::Advisor, Self::Reader].into_iter().find(|role| role.word() == word)
    }
}

/// Who works in the console.
#[derive(Debug, Clone, PartialEq)]
pub struct Advisor {
    pub id: AdvisorId,
    pub firm: FirmId,
    pub account: Option<AccountId>,
    pub name: String,
    pub given_name: String,
    pub email: String,
    pub hours: String,
    pub role: AdvisorRole,
    pub language: Language,
}

const FIRM: &str =
    "select id, slug, name, phone, sender_name, sender_address, accent, statement_nl, statement_en from firm";
pub(super) const ADVISOR: &str =
    "select id, firm, account, name, given_name, email, hours, role, language from advisor";

fn firm(row: &Row<'_>) -> rusqlite::Result<Firm> {
    Ok(Firm {
        id: row.get::<_, Col<_>>(0)?.0,
        slug: row.get(1)?,
        name: row.get(2)?,
        phone: row.get(3)?,
        sender_name: row.get(4)?,
        sender_address: row.get(5)?,
        accent: row.get(6)?,
        statement_nl: row.get(7)?,
        statement_en: row.get(8)?,
    })
}

pub(super) fn advisor(row: &Row<'_>) -> rusqlite::Result<Advisor> {
    let role = AdvisorRole::of(row.get_ref(7)?.as_str()?).unwrap_or(AdvisorRole::Reader);
    Ok(Advisor {
        id: row.get::<_, Col<_>>(0)?.0,
        firm: row.get::<_, Col<_>>(1)?.0,
        account: row.get::<_, Option<Col<_>>>(2)?.map(|c| c.0),
        name: row.get(3)?,
        given_name: row.get(4)?,
        email: row.get(5)?,
        hours: row.get(6)?,
        role,
        language: row.get::<_, Col<_>>(8)?.0,
    })
}

impl Query<'_> {
    /// A server-wide setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>, DbError> {
        let mut statement = self.0.prepare_cached("select value from setting where key = ?")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// A firm by its id.
    pub fn firm(&self, id: FirmId) -> Result<Option<Firm>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{FIRM} where id = ?"))?;
        Ok(statement.query_row([Col(id)], firm).optional()?)
    }

    /// All firms, oldest first.
    pub fn firms(&self) -> Result<Vec<Firm>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{FIRM} order by created_at, id"))?;
        Ok(statement.query_map([], firm)?.collect::<Result<_, _>>()?)
    }

    /// An advisor by id.
    pub fn advisor(&self, id: AdvisorId) -> Result<Option<Advisor>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{ADVISOR} where id = ?"))?;
        Ok(statement.query_row([Col(id)], advisor).optional()?)
    }

    /// The advisor who logs in with `account`, while they may get in.
    pub fn advisor_of_account(&self, account: AccountId) -> Result<Option<Advisor>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{ADVISOR} where account = ? and blocked_at is null"))?;
        Ok(statement.query_row([Col(account)], advisor).optional()?)
    }

    /// The advisors of a firm, by name.
    pub fn advisors(&self, firm: FirmId) -> Result<Vec<Advisor>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{ADVISOR} where firm = ? order by name"))?;
        Ok(statement.query_map([Col(firm)], advisor)?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Sets a server-wide setting.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), DbError> {
        self.0.0.execute("insert or replace into setting (key, value) values (?, ?)", [key, value])?;
        Ok(())
    }

    /// Forgets a server-wide setting.
    pub fn remove_setting(&self, key: &str) -> Result<(), DbError> {
        self.0.0.execute("delete from setting where key = ?", [key])?;
        Ok(())
    }

    /// Adds a firm.
    pub fn add_firm(&self, f: &Firm, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into firm (id, slug, name, phone, sender_name, sender_address, accent, statement_nl, statement_en, created_at)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                Col(f.id), f.slug, f.name, f.phone, f.sender_name, f.sender_address, f.accent, f.statement_nl, f.statement_en, Col(at)
            ],
        )?;
        Ok(())
    }

    /// Changes what a firm set up.
    pub fn set_firm(&self, f: &Firm) -> Result<(), DbError> {
        self.0.0.execute(
            "update firm set name = ?, phone = ?, sender_name = ?, sender_address = ?, accent = ?, statement_nl = ?, statement_en = ?
             where id = ?",
            params![f.name, f.phone, f.sender_name, f.sender_address, f.accent, f.statement_nl, f.statement_en, Col(f.id)],
        )?;
        Ok(())
    }

    /// Adds an advisor.
    pub fn add_advisor(&self, a: &Advisor, at: Timestamp) -> Result<(), DbError> {
        self.0.0.execute(
            "insert into advisor (id, firm, account, name, given_name, email, hours, role, language, created_at)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                Col(a.id),
                Col(a.firm),
                a.account.map(Col),
                a.name,
                a.given_name,
                a.email,
                a.hours,
                a.role.word(),
                Col(a.language),
                Col(at)
            ],
        )?;
        Ok(())
    }

    /// The language of the console and of mails for an advisor.
    pub fn set_advisor_language(&self, advisor: AdvisorId, language: Language) -> Result<(), DbError> {
        self.0.0.execute("update advisor set language = ? where id = ?", params![Col(language), Col(advisor)])?;
        Ok(())
    }

    /// Lets `account` log in as the advisor.
    pub fn set_advisor_account(&self, advisor: AdvisorId, account: AccountId) -> Result<(), DbError> {
        self.0.0.execute("update advisor set account = ? where id = ?", params![Col(account), Col(advisor)])?;
        Ok(())
    }
}
