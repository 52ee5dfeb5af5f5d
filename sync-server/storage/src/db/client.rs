//! Clients and their people.

use super::{Attention, DbError, Query, Tx, column::values, sqlite::Row};
use model::{
    id::*,
    language::Language,
    record::Role,
    time::{Date, TaxYear, Timestamp},
};

/// A served household or company.
#[derive(Debug, Clone, PartialEq)]
pub struct Client {
    pub id: ClientId,
    pub firm: FirmId,
    pub number: String,
    pub name: String,
    pub advisor: AdvisorId,
}

/// A human of a client, as the firm knows them.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonRow {
    pub id: PersonId,
    pub firm: FirmId,
    pub client: ClientId,
    pub account: Option<AccountId>,
    pub name: String,
    pub given_name: String,
    pub email: String,
    pub language: Language,
    pub role: Role,
    pub blocked: bool,
    /// The first tax year in which the person is no longer in this dossier.
    pub until: Option<TaxYear>,
}

impl PersonRow {
    /// Returns true if the person is in this dossier's `tax_year`.
    pub fn is_in(&self, tax_year: TaxYear) -> bool {
        self.until.is_none_or(|until| tax_year < until)
    }
}

/// The status of a client's year, for tables and figures.
#[derive(Debug, Clone, PartialEq)]
pub struct YearStatus {
    pub client: ClientId,
    pub tax_year: TaxYear,
    pub stage: YearStage,
    pub answered: u32,
    pub asked: u32,
    pub approvals_given: u32,
    pub approvals_asked: u32,
    pub attention: Option<Attention>,
    pub updated_at: Timestamp,
    pub open_tasks: u32,
    /// The last day of the open task that is due first.
    pub due: Option<Date>,
    /// The ids of the templates of the year's checklists.
    pub checklists: Vec<String>,
}

/// The five stages of a client's year, as the console shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearStage {
    Invited,
    Registered,
    Checklist,
    Draft,
    Approved,
}

impl YearStage {
    pub const ALL: [YearStage; 5] =
        [YearStage::Invited, YearStage::Registered, YearStage::Checklist, YearStage::Draft, YearStage::Approved];

    fn from_number(number: i64) -> Self {
        usize::try_from(number).ok().and_then(|n| Self::ALL.get(n).copied()).unwrap_or(YearStage::Invited)
    }
}

const CLIENT: &str = "select id, firm, number, name, advisor from client";
/// The people of a blocked client are blocked too.
pub(super) const PERSON: &str = "select id, firm, client, account, name, given_name, email, language, role,
    blocked_at is not null or exists (select 1 from client c where c.id = person.client and c.blocked_at is not null)
        as is_blocked, until_year from person";
/// The columns that [`year_status`] reads, of a table called `s`.
pub(super) const YEAR_STATUS_COLUMNS: &str = "s.client, s.tax_year, s.stage, s.answered, s.asked,
     s.approvals_given, s.approvals_asked, s.attention, s.updated_at, s.open_tasks, s.due, s.checklists";

pub(super) fn client(row: &Row<'_>) -> Result<Client, DbError> {
    Ok(Client {
        id: row.get("id")?,
        firm: row.get("firm")?,
        number: row.get("number")?,
        name: row.get("name")?,
        advisor: row.get("advisor")?,
    })
}

pub(super) fn person(row: &Row<'_>) -> Result<PersonRow, DbError> {
    Ok(PersonRow {
        id: row.get("id")?,
        firm: row.get("firm")?,
        client: row.get("client")?,
        account: row.get("account")?,
        name: row.get("name")?,
        given_name: row.get("given_name")?,
        email: row.get("email")?,
        language: row.get("language")?,
        role: row.get("role")?,
        blocked: row.get("is_blocked")?,
        until: row.get("until_year")?,
    })
}

pub(super) fn year_status(row: &Row<'_>) -> Result<YearStatus, DbError> {
    Ok(YearStatus {
        client: row.get("client")?,
        tax_year: row.get("tax_year")?,
        stage: YearStage::from_number(row.get("stage")?),
        answered: row.get("answered")?,
        asked: row.get("asked")?,
        approvals_given: row.get("approvals_given")?,
        approvals_asked: row.get("approvals_asked")?,
        attention: Attention::of(&row.get::<String>("attention")?),
        updated_at: row.get("updated_at")?,
        open_tasks: row.get("open_tasks")?,
        due: row.get("due")?,
        checklists: ids(row, "checklists")?,
    })
}

/// Reads identifiers that are stored as a JSON array; an empty text means none.
pub(super) fn ids(row: &Row<'_>, column: &'static str) -> Result<Vec<String>, DbError> {
    Ok(serde_json::from_str(&row.get::<String>(column)?).unwrap_or_default())
}

impl Query<'_> {
    /// Returns a client of `firm` by its id.
    pub fn client(&self, firm: FirmId, id: ClientId) -> Result<Option<Client>, DbError> {
        self.optional(&format!("{CLIENT} where firm = ?1 and id = ?2"), values![firm, id], client)
    }

    /// Returns a client of `firm` by the firm's number.
    pub fn client_by_number(&self, firm: FirmId, number: &str) -> Result<Option<Client>, DbError> {
        self.optional(&format!("{CLIENT} where firm = ?1 and number = ?2"), values![firm, number], client)
    }

    /// Returns the client that a firm added last.
    pub fn newest_client(&self, firm: FirmId) -> Result<Option<Client>, DbError> {
        self.optional(&format!("{CLIENT} where firm = ?1 order by seq desc limit 1"), values![firm], client)
    }

    /// Returns the clients of a firm, by name.
    pub fn clients(&self, firm: FirmId) -> Result<Vec<Client>, DbError> {
        self.many(&format!("{CLIENT} where firm = ?1 order by lower(name), number"), values![firm], client)
    }

    /// Returns a person by id, of any firm, for requests with the person's own session.
    pub fn person(&self, id: PersonId) -> Result<Option<PersonRow>, DbError> {
        self.optional(&format!("{PERSON} where id = ?1"), values![id], person)
    }

    /// Returns the people of a client, in the order in which they were added.
    pub fn people(&self, client: ClientId) -> Result<Vec<PersonRow>, DbError> {
        self.many(&format!("{PERSON} where client = ?1 order by created_at, seq"), values![client], person)
    }

    /// Returns the people of a firm whom it mails at this address, in capitals or not.
    pub fn people_of_address(&self, firm: FirmId, email: &str) -> Result<Vec<PersonRow>, DbError> {
        let sql = format!("{PERSON} where firm = ?1 and lower(email) = lower(?2) order by created_at, seq");
        self.many(&sql, values![firm, email], person)
    }

    /// Returns the people who log in with `account`: one per client.
    pub fn people_of_account(&self, account: AccountId) -> Result<Vec<PersonRow>, DbError> {
        let people: Vec<PersonRow> =
            self.many(&format!("{PERSON} where account = ?1 order by created_at, seq"), values![account], person)?;
        Ok(people.into_iter().filter(|p| !p.blocked).collect())
    }

    /// Returns true if `account` belongs to people who are all blocked.
    pub fn is_shut_out(&self, account: AccountId) -> Result<bool, DbError> {
        Ok(self.exists("select 1 from person where account = ?1", values![account])?
            && self.people_of_account(account)?.is_empty())
    }

    /// Returns the status of a client's year.
    pub fn year_status(&self, client: ClientId, tax_year: TaxYear) -> Result<Option<YearStatus>, DbError> {
        self.optional(
            &format!(
                "select {YEAR_STATUS_COLUMNS} from year_status s where client = ?1
             and tax_year = ?2"
            ),
            values![client, tax_year],
            year_status,
        )
    }
}

/// The moments at which a client was archived and blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientState {
    /// The moment at which the client was archived.
    pub archived_at: Option<Timestamp>,
    /// The moment since which the client's people are blocked.
    pub blocked_at: Option<Timestamp>,
}

impl Query<'_> {
    /// Returns whether a client is archived or blocked.
    pub fn client_state(&self, client: ClientId) -> Result<ClientState, DbError> {
        self.one("select archived_at, blocked_at from client where id = ?1", values![client], |row| {
            Ok(ClientState { archived_at: row.get(0)?, blocked_at: row.get(1)? })
        })
    }

    /// Returns the moment until which approvals of a person await a ruling, because the access
    /// was renewed.
    pub fn approvals_need_ruling_until(&self, person: PersonId) -> Result<Option<Timestamp>, DbError> {
        let until = self.optional(
            "select approvals_await_ruling_until from person
                 where id = ?1",
            values![person],
            |row| row.get(0),
        )?;
        Ok(until.flatten())
    }
}

impl Tx<'_> {
    /// Makes approvals of a person await a ruling until `until`.
    pub fn require_ruling_of_approvals(&self, person: PersonId, until: Timestamp) -> Result<(), DbError> {
        self.run("update person set approvals_await_ruling_until = ?1 where id = ?2", values![until, person])?;
        Ok(())
    }

    /// Adds a client.
    pub fn add_client(&self, c: &Client, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "insert into client (id, firm, number, name, advisor, created_at) values (?1, ?2, ?3, ?4, ?5, ?6)",
            values![c.id, c.firm, c.number, c.name, c.advisor, at],
        )?;
        self.index_client(c.id)
    }

    /// Blocks or unblocks the people of a client.
    pub fn set_client_blocked(&self, client: ClientId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.run("update client set blocked_at = ?1 where id = ?2", values![at, client])?;
        Ok(())
    }

    /// Archives a client, or takes it out of the archive.
    pub fn set_client_archived(&self, client: ClientId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.run("update client set archived_at = ?1 where id = ?2", values![at, client])?;
        Ok(())
    }

    /// Adds a person to a client.
    pub fn add_person(&self, p: &PersonRow, at: Timestamp) -> Result<(), DbError> {
        self.run(
            "insert into person (id, firm, client, account, name, given_name, email, language, role, created_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            values![p.id, p.firm, p.client, p.account, p.name, p.given_name, p.email, p.language, p.role, at],
        )?;
        self.renew_entry(p.id)?;
        self.index_client(p.client)
    }

    /// Lets `account` log in as the person.
    pub fn set_person_account(&self, person: PersonId, account: AccountId) -> Result<(), DbError> {
        self.run("update person set account = ?1 where id = ?2", values![account, person])?;
        self.renew_entry(person)
    }

    /// Stores how far the people of a person's client are in getting access, and
    /// when the first of their invitations expires.
    pub(super) fn renew_entry(&self, person: PersonId) -> Result<(), DbError> {
        self.run(
            "update client set
                 entry = case
                     when exists (select 1 from person p where p.client = client.id and p.account is not null) then 2
                     when exists (select 1 from person p join invitation i on i.person = p.id
                         where p.client = client.id) then 1
                     else 0 end,
                 invited_until = (select min(ends) from (
                     select max(i.expires_at) as ends from person p join invitation i on i.person = p.id
                     where p.client = client.id and p.account is null group by p.id) as newest)
             where id = (select client from person where id = ?1)",
            values![person],
        )?;
        Ok(())
    }

    /// Stores the status of a year.
    pub fn set_year_status(&self, s: &YearStatus) -> Result<(), DbError> {
        self.run(
            "insert into year_status
             (client, tax_year, stage, answered, asked, approvals_given, approvals_asked, attention, updated_at,
              open_tasks, due, checklists, sums)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)
             on conflict (client, tax_year) do update set stage = excluded.stage, answered = excluded.answered,
             asked = excluded.asked,
                 approvals_given = excluded.approvals_given, approvals_asked = excluded.approvals_asked,
                 attention = excluded.attention,
                 updated_at = excluded.updated_at, open_tasks = excluded.open_tasks, due = excluded.due,
                 checklists = excluded.checklists, sums = excluded.sums",
            values![
                s.client,
                s.tax_year,
                s.stage as i64,
                s.answered,
                s.asked,
                s.approvals_given,
                s.approvals_asked,
                s.attention.map_or("", Attention::word),
                s.updated_at,
                s.open_tasks,
                s.due,
                serde_json::to_string(&s.checklists).unwrap_or_default()
            ],
        )?;
        Ok(())
    }
}
