//! Firms, their advisors, and the server's own settings.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{event::Event, id::*, language::Language, time::Timestamp};

/// A firm, with its settings.
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

impl Firm {
    /// Returns the path of the page behind an invitation's link, with the secret after the `#`.
    pub fn welcome_path(&self, language: Language, token: &str) -> String {
        format!("/welkom/{}/{}#{token}", self.slug, language.tag())
    }

    /// Returns the path of the page at which the firm's clients log in.
    pub fn login_path(&self, language: Language) -> String {
        format!("/inloggen/{}/{}", self.slug, language.tag())
    }
}

/// The roles of an advisor in the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdvisorRole {
    /// May do everything, including settings and advisors.
    Administrator,
    /// May work with clients.
    Advisor,
    /// May see everything and change nothing.
    Reader,
}

impl AdvisorRole {
    /// Returns the word for it in forms and in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Advisor => "advisor",
            Self::Reader => "reader",
        }
    }

    /// Returns the role with this word, or None.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Administrator, Self::Advisor, Self::Reader].into_iter().find(|role| role.word() == word)
    }
}

/// Somebody who works in the console.
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

fn firm(row: &Row<'_>) -> Result<Firm, DbError> {
    Ok(Firm {
        id: row.get("id")?,
        slug: row.get("slug")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        sender_name: row.get("sender_name")?,
        sender_address: row.get("sender_address")?,
        accent: row.get("accent")?,
        statement_nl: row.get("statement_nl")?,
        statement_en: row.get("statement_en")?,
    })
}

pub(super) fn advisor(row: &Row<'_>) -> Result<Advisor, DbError> {
    let role = AdvisorRole::of(&row.get::<String>("role")?).unwrap_or(AdvisorRole::Reader);
    Ok(Advisor {
        id: row.get("id")?,
        firm: row.get("firm")?,
        account: row.get("account")?,
        name: row.get("name")?,
        given_name: row.get("given_name")?,
        email: row.get("email")?,
        hours: row.get("hours")?,
        role,
        language: row.get("language")?,
    })
}

impl Query<'_> {
    /// Returns a server-wide setting.
    pub fn setting(&self, key: &str) -> Result<Option<String>, DbError> {
        self.optional("select value from setting where key = ?1", values![key], |row| row.get(0))
    }

    /// Returns a firm by its id.
    pub fn firm(&self, id: FirmId) -> Result<Option<Firm>, DbError> {
        self.optional(&format!("{FIRM} where id = ?1"), values![id], firm)
    }

    /// Returns all firms, oldest first.
    pub fn firms(&self) -> Result<Vec<Firm>, DbError> {
        self.many(&format!("{FIRM} order by created_at, id"), values![], firm)
    }

    /// Returns an advisor by id.
    pub fn advisor(&self, id: AdvisorId) -> Result<Option<Advisor>, DbError> {
        self.optional(&format!("{ADVISOR} where id = ?1"), values![id], advisor)
    }

    /// Returns the advisor who is responsible for a client.
    pub fn responsible_advisor(&self, client: ClientId) -> Result<Option<Advisor>, DbError> {
        let of_client = "id = (select advisor from client where id = ?1)";
        self.optional(&format!("{ADVISOR} where {of_client}"), values![client], advisor)
    }

    /// Returns the advisor who logs in with `account`, unless they are blocked.
    pub fn advisor_of_account(&self, account: AccountId) -> Result<Option<Advisor>, DbError> {
        self.optional(&format!("{ADVISOR} where account = ?1 and blocked_at is null"), values![account], advisor)
    }

    /// Returns the advisors of a firm, by name.
    pub fn advisors(&self, firm: FirmId) -> Result<Vec<Advisor>, DbError> {
        self.many(&format!("{ADVISOR} where firm = ?1 order by name"), values![firm], advisor)
    }
}

impl Tx<'_> {
    /// Sets a server-wide setting.
    pub fn set_setting(&self, key: &str, value: &str) -> Result<(), DbError> {
        self.run(
            "insert into setting (key, value) values (?1, ?2) on conflict (key) do update set value = excluded.value",
            values![key, value],
        )?;
        Ok(())
    }

    /// Deletes a server-wide setting.
    pub fn remove_setting(&self, key: &str) -> Result<(), DbError> {
        self.run("delete from setting where key = ?1", values![key])?;
        Ok(())
    }

    /// Adds a firm, and logs it for the installation.
    pub fn add_firm(&self, f: &Firm, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "insert into firm (id, slug, name, phone, sender_name, sender_address, accent, statement_nl,
             statement_en, created_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            values![
                f.id,
                f.slug,
                f.name,
                f.phone,
                f.sender_name,
                f.sender_address,
                f.accent,
                f.statement_nl,
                f.statement_en,
                at
            ],
        )?;
        self.log_for_installation(at, &Event::FirmAdded { firm: f.id, name: f.name.clone() })
    }

    /// Changes the settings of a firm.
    pub fn set_firm(&self, f: &Firm) -> Result<(), DbError> {
        self.run(
            "update firm set name = ?1, phone = ?2, sender_name = ?3, sender_address = ?4, accent = ?5,
             statement_nl = ?6, statement_en = ?7
             where id = ?8",
            values![f.name, f.phone, f.sender_name, f.sender_address, f.accent, f.statement_nl, f.statement_en, f.id],
        )?;
        Ok(())
    }

    /// Adds an advisor.
    pub fn add_advisor(&self, a: &Advisor, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "insert into advisor (id, firm, account, name, given_name, email, hours, role, language, created_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            values![a.id, a.firm, a.account, a.name, a.given_name, a.email, a.hours, a.role.word(), a.language, at],
        )?;
        Ok(())
    }

    /// Sets the language of the console and of mails for an advisor.
    pub fn set_advisor_language(&self, advisor: AdvisorId, language: Language) -> Result<(), DbError> {
        self.run("update advisor set language = ?1 where id = ?2", values![language, advisor])?;
        Ok(())
    }

    /// Lets `account` log in as the advisor.
    pub fn set_advisor_account(&self, advisor: AdvisorId, account: AccountId) -> Result<(), DbError> {
        self.run("update advisor set account = ?1 where id = ?2", values![account, advisor])?;
        Ok(())
    }
}
