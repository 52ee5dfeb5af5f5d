//! Everything that the firm knows of its clients: their people with their details,
//! and their tags.

use super::{Client, DbError, PersonRow, Query, Tx, client, column::values};
use model::{id::*, language::Language};
use std::collections::{BTreeMap, HashMap};

/// A person with their details, by the field's word.
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
    /// Returns all clients of a firm with their people and tags.
    pub fn known_clients(&self, firm: FirmId) -> Result<Vec<KnownClient>, DbError> {
        let clients = self.clients(firm)?;
        let (mut people, mut tags) = (HashMap::<_, Vec<_>>::new(), HashMap::<ClientId, Vec<_>>::new());
        let mut details = HashMap::<PersonId, BTreeMap<_, _>>::new();
        let known = self.many::<_, Vec<_>>(
            "select d.person, d.field, d.value from person p join person_detail d on d.person = p.id
                 where p.firm = ?1",
            values![firm],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        for (person, field, value) in known {
            details.entry(person).or_default().insert(field, value);
        }
        let sql = format!("{} where firm = ?1 order by created_at, seq", client::PERSON);
        for row in self.many::<_, Vec<_>>(&sql, values![firm], client::person)? {
            let details = details.remove(&row.id).unwrap_or_default();
            people.entry(row.client).or_default().push(KnownPerson { row, details });
        }
        let tagged = self.many::<_, Vec<_>>(
            "select t.client, t.tag from client c join client_tag t on t.client = c.id where c.firm = ?1
                 order by t.tag",
            values![firm],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        for (client, tag) in tagged {
            tags.entry(client).or_default().push(tag);
        }
        let known = |client: Client| KnownClient {
            people: people.remove(&client.id).unwrap_or_default(),
            tags: tags.remove(&client.id).unwrap_or_default(),
            client,
        };
        Ok(clients.into_iter().map(known).collect())
    }

    /// Returns a client of `firm` by its number, with its people and tags.
    pub fn known_client(&self, firm: FirmId, number: &str) -> Result<Option<KnownClient>, DbError> {
        let Some(client) = self.client_by_number(firm, number)? else { return Ok(None) };
        let people = self.people(client.id)?.into_iter();
        let people = people.map(|row| Ok(KnownPerson { details: self.person_details(row.id)?, row }));
        let people = people.collect::<Result<_, DbError>>()?;
        Ok(Some(KnownClient { people, tags: self.tags(client.id)?, client }))
    }

    /// Returns the details of a person, by the field's word.
    pub fn person_details(&self, person: PersonId) -> Result<BTreeMap<String, String>, DbError> {
        self.many("select field, value from person_detail where person = ?1", values![person], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Returns the tags of a client.
    pub fn tags(&self, client: ClientId) -> Result<Vec<String>, DbError> {
        self.many("select tag from client_tag where client = ?1 order by tag", values![client], |row| row.get(0))
    }
}

impl Tx<'_> {
    /// Stores a detail of a person, so that it is known even while no tax year is open that could contain
    /// it. An empty value deletes it.
    pub fn set_person_detail(&self, person: PersonId, field: &str, value: &str) -> Result<(), DbError> {
        if value.is_empty() {
            self.run("delete from person_detail where person = ?1 and field = ?2", values![person, field])?;
            return Ok(());
        }
        self.run(
            "insert into person_detail (person, field, value) values (?1, ?2, ?3)
             on conflict (person, field) do update set value = excluded.value",
            values![person, field, value],
        )?;
        Ok(())
    }

    /// Replaces the tags of a client.
    pub fn set_tags(&self, client: ClientId, tags: &[String]) -> Result<(), DbError> {
        self.run("delete from client_tag where client = ?1", values![client])?;
        for tag in tags {
            self.run(
                "insert into client_tag (client, tag) values (?1, ?2) on conflict do nothing",
                values![client, tag],
            )?;
        }
        Ok(())
    }

    /// Changes a client's number, name and advisor.
    pub fn change_client(&self, c: &Client) -> Result<(), DbError> {
        self.run(
            "update client set number = ?1, name = ?2, advisor = ?3 where id = ?4 and firm = ?5",
            values![c.number, c.name, c.advisor, c.id, c.firm],
        )?;
        self.index_client(c.id)
    }

    /// Changes the given name and the language of a person.
    pub fn set_person_called(&self, person: PersonId, given_name: &str, language: Language) -> Result<(), DbError> {
        self.run(
            "update person set given_name = ?1, language = ?2 where id = ?3",
            values![given_name, language, person],
        )?;
        Ok(())
    }
}
