//! Changes to a person after it was added: name, mail address,
//! language, and preferences about mails.

use super::{DbError, Query, Tx, column::values, sqlite::Row};
use model::{id::PersonId, language::Language, time::TaxYear};

/// A person's preferences about the portal. The server reads them nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailPreferences {
    /// The language of screens and mails.
    pub language: Language,
    /// True if the person wants mails before and after a due date.
    pub reminders: bool,
    /// True if the person wants mails when the firm writes a message.
    pub messages: bool,
}

/// The changes to a person; what is absent stays the same.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonChange {
    pub person: PersonId,
    pub name: Option<String>,
    pub email: Option<String>,
    pub preferences: Option<MailPreferences>,
}

impl PersonChange {
    /// Returns a change of nothing.
    pub fn of(person: PersonId) -> Self {
        Self { person, name: None, email: None, preferences: None }
    }
}

impl Query<'_> {
    /// Returns a person's preferences about the portal; `None` if there is no such person.
    pub fn preferences_of(&self, person: PersonId) -> Result<Option<MailPreferences>, DbError> {
        let read = |row: &Row<'_>| {
            Ok(MailPreferences { language: row.get(0)?, reminders: row.get(1)?, messages: row.get(2)? })
        };
        self.optional("select language, reminders, messages from person where id = ?1", values![person], read)
    }
}

impl Tx<'_> {
    /// Removes a person from the dossier from `tax_year` on.
    pub fn set_person_until(&self, person: PersonId, tax_year: TaxYear) -> Result<(), DbError> {
        self.run("update person set until_year = ?1 where id = ?2", values![tax_year, person])?;
        Ok(())
    }

    /// Changes a person.
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
