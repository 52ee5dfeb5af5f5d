//! What changes about a person after it was added: name, mail address,
//! language, and what they want to be mailed of.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{id::PersonId, language::Language, time::TaxYear};

/// What a person wants of the portal. The server's one place to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailPreferences {
    /// Of screens and mails.
    pub language: Language,
    /// Mails before and after a due date.
    pub reminders: bool,
    /// Mails when the firm writes a message.
    pub messages: bool,
}

/// What is to change about a person; what is absent stays.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonChange {
    pub person: PersonId,
    pub name: Option<String>,
    pub email: Option<String>,
    pub preferences: Option<MailPreferences>,
}

impl PersonChange {
    /// Nothing yet.
    pub fn of(person: PersonId) -> Self {
        Self { person, name: None, email: None, preferences: None }
    }
}

impl Query<'_> {
    /// What a person wants of the portal; `None` for nobody.
    pub fn preferences_of(&self, person: PersonId) -> Result<Option<MailPreferences>, DbError> {
        let read = |row: &Row<'_>| {
            Ok(MailPreferences { language: row.get(0)?, reminders: row.get(1)?, messages: row.get(2)? })
        };
        self.optional("select language, reminders, messages from person where id = ?1", values![person], read)
    }
}

impl Tx<'_> {
    /// From `tax_year` on a person is no longer in the dossier.
    pub fn set_person_until(&self, person: PersonId, tax_year: TaxYear) -> Result<(), DbError> {
        self.run("update person set until_year = ?1 where id = ?2", values![tax_year, person])?;
        Ok(())
    }

    /// Carries out a change.
    pub fn change_person(&self, change: &PersonChange) -> Result<(), DbError> {
        let wants = change.preferences;
        self.run(
            "update person set name = coalesce(?2, name), email = coalesce(?3, email),
             language = coalesce(?4, language),
             reminders = coalesce(?5, reminders), messages = coalesce(?6, messages) where id = ?1",
            values![
                change.person,
                change.name,
                change.email,
                wants.map(|w| w.language),
                wants.map(|w| w.reminders),
                wants.map(|w| w.messages)
            ],
        )?;
        if change.name.is_some() || change.email.is_some() { self.index_client_of(change.person) } else { Ok(()) }
    }
}
