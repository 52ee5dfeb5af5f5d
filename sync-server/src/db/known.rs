//! Clients as the firm knows them as a whole: their people, what is known of
//! each besides, and their tags.

use super::{Client, DbError, PersonRow, Query, Tx, client, value::Col};
use model::{id::*, language::Language};
use rusqlite::params;
use std::collections::{BTreeMap, HashMap};

/// A person with what the firm knows besides; by the field's word.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPerson {
    pub row: PersonRow,
    pub details: BTreeMap<String, String>,
}

/// A client with its people and tags.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownClient {
    pub client: Client,
    pub people: Vec<KnownPerson>,
    pub tags: Vec<String>,
}

impl Query<'_> {
    /// All clients of a firm with their people and tags.
    pub fn known_clients(&self, firm: FirmId) -> Result<Vec<KnownClient>, DbError> {
        let clients = self.clients(firm)?;
        let (mut people, mut tags) = (HashMap::<_, Vec<_>>::new(), HashMap::<ClientId, Vec<_>>::new());
        let mut details = HashMap::<PersonId, BTreeMap<_, _>>::new();
        let mut statement = self.0.prepare_cached(
            "select d.person, d.field, d.value from person p join person_detail d on d.person = p.id where p.firm = ?",
        )?;
        let mut rows = statement.query([Col(firm)])?;
        while let Some(row) = rows.next()? {
            let person = row.get::<_, Col<_>>(0)?.0;
            details.entry(person).or_default().insert(row.get(1)?, row.get(2)?);
        }
        let sql = format!("{} where firm = ? order by created_at, rowid", client::PERSON);
        let mut statement = self.0.prepare_cached(&sql)?;
        for row in statement.query_map([Col(firm)], client::person)? {
            let row = row?;
            let details = details.remove(&row.id).unwrap_or_default();
            people.entry(row.client).or_default().push(KnownPerson { row, details });
        }
        let mut statement = self.0.prepare_cached(
            "select t.client, t.tag from client c join client_tag t on t.client = c.id where c.firm = ? order by t.tag",
        )?;
        let mut rows = statement.query([Col(firm)])?;
        while let Some(row) = rows.next()? {
            tags.entry(row.get::<_, Col<_>>(0)?.0).or_default().push(row.get(1)?);
        }
        let known = |client: Client| KnownClient {
            people: people.remove(&client.id).unwrap_or_default(),
            tags: tags.remove(&client.id).unwrap_or_default(),
            client,
        };
        Ok(clients.into_iter().map(known).collect())
    }

    /// A client of `firm` by its number, with its people and tags.
    pub fn known_client(&self, firm: FirmId, number: &str) -> Result<Option<KnownClient>, DbError> {
        let Some(client) = self.client_by_number(firm, number)? else { return Ok(None) };
        let people = self.people(client.id)?.into_iter();
        let people = people.map(|row| Ok(KnownPerson { details: self.person_details(row.id)?, row }));
        let people = people.collect::<Result<_, DbError>>()?;
        Ok(Some(KnownClient { people, tags: self.tags(client.id)?, client }))
    }

    /// What the firm knows of a person besides, by the field's word.
    pub fn person_details(&self, person: PersonId) -> Result<BTreeMap<String, String>, DbError> {
        let mut statement = self.0.prepare_cached("select field, value from person_detail where person = ?")?;
        let rows = statement.query_map([Col(person)], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The tags of a client.
    pub fn tags(&self, client: ClientId) -> Result<Vec<String>, DbError> {
        let mut statement = self.0.prepare_cached("select tag from client_tag where client = ? order by tag")?;
        Ok(statement.query_map([Col(client)], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Keeps something that the firm knows of a person, until and beside a year
    /// to keep it in; empty: it is not known any more.
    pub fn set_person_detail(&self, person: PersonId, field: &str, value: &str) -> Result<(), DbError> {
        if value.is_empty() {
            let mut forget = self.0.0.prepare_cached("delete from person_detail where person = ? and field = ?")?;
            forget.execute(params![Col(person), field])?;
            return Ok(());
        }
        let mut statement =
            self.0.0.prepare_cached("insert or replace into person_detail (person, field, value) values (?, ?, ?)")?;
        statement.execute(params![Col(person), field, value])?;
        Ok(())
    }

    /// Gives a client exactly these tags.
    pub fn set_tags(&self, client: ClientId, tags: &[String]) -> Result<(), DbError> {
        self.0.0.prepare_cached("delete from client_tag where client = ?")?.execute([Col(client)])?;
        let mut statement = self.0.0.prepare_cached("insert or ignore into client_tag (client, tag) values (?, ?)")?;
        for tag in tags {
            statement.execute(params![Col(client), tag])?;
        }
        Ok(())
    }

    /// Changes a client's number, name and advisor.
    pub fn change_client(&self, c: &Client) -> Result<(), DbError> {
        self.0.0.execute(
            "update client set number = ?, name = ?, advisor = ? where id = ? and firm = ?",
            params![c.number, c.name, Col(c.advisor), Col(c.id), Col(c.firm)],
        )?;
        Ok(())
    }

    /// Changes how the firm greets and writes to a person.
    pub fn set_person_called(&self, person: PersonId, given_name: &str, language: Language) -> Result<(), DbError> {
        self.0.0.execute(
            "update person set given_name = ?, language = ? where id = ?",
            params![given_name, Col(language), Col(person)],
        )?;
        Ok(())
    }
}
