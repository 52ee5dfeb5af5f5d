//! Clients and their people.

use super::{Attention, DbError, Query, Tx, value::Col};
use model::{
    id::*,
    language::Language,
    record::Role,
    time::{Date, TaxYear, Timestamp},
};
use rusqlite::{OptionalExtension, Row, params};

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
    /// Whether the person is in this dossier's `tax_year`.
    pub fn is_in(&self, tax_year: TaxYear) -> bool {
        self.until.is_none_or(|until| tax_year < until)
    }
}

/// Where a client's year stands, for tables and figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub client: ClientId,
    pub tax_year: TaxYear,
    pub stage: Stage,
    pub answered: u32,
    pub asked: u32,
    pub approvals_given: u32,
    pub approvals_asked: u32,
    pub attention: Option<Attention>,
    pub updated_at: Timestamp,
    pub open_tasks: u32,
    /// The last day of the open task that is due first.
    pub due: Option<Date>,
    /// Ids of the templates of the checklists that were set out.
    pub checklists: Vec<String>,
}

/// The five stages of a client's year, as the console shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Invited,
    Registered,
    Checklist,
    Draft,
    Approved,
}

impl Stage {
    pub const ALL: [Stage; 5] = [Stage::Invited, Stage::Registered, Stage::Checklist, Stage::Draft, Stage::Approved];

    fn from_number(number: i64) -> Self {
        usize::try_from(number).ok().and_then(|n| Self::ALL.get(n).copied()).unwrap_or(Stage::Invited)
    }
}

const CLIENT: &str = "select id, firm, number, name, advisor from client";
/// Whoever belongs to a blocked client is blocked too.
pub(super) const PERSON: &str = "select id, firm, client, account, name, given_name, email, language, role,
    blocked_at is not null or exists (select 1 from client c where c.id = person.client and c.blocked_at is not null),
    until_year from person";
const STANDING: &str = "select client, tax_year, stage, answered, asked, approvals_given, approvals_asked, attention, updated_at, open_tasks, due, checklists from standing";
/// The columns that [`standing_at`] reads, of a standing called `s`.
pub(super) const STANDING_COLUMNS: &str = "s.client, s.tax_year, s.stage, s.answered, s.asked, s.approvals_given, s.approvals_asked, s.attention, s.updated_at, s.open_tasks, s.due, s.checklists";

fn client(row: &Row<'_>) -> rusqlite::Result<Client> {
    Ok(Client {
        id: row.get::<_, Col<_>>(0)?.0,
        firm: row.get::<_, Col<_>>(1)?.0,
        number: row.get(2)?,
        name: row.get(3)?,
        advisor: row.get::<_, Col<_>>(4)?.0,
    })
}

pub(super) fn person(row: &Row<'_>) -> rusqlite::Result<PersonRow> {
    Ok(PersonRow {
        id: row.get::<_, Col<_>>(0)?.0,
        firm: row.get::<_, Col<_>>(1)?.0,
        client: row.get::<_, Col<_>>(2)?.0,
        account: row.get::<_, Option<Col<_>>>(3)?.map(|c| c.0),
        name: row.get(4)?,
        given_name: row.get(5)?,
        email: row.get(6)?,
        language: row.get::<_, Col<_>>(7)?.0,
        role: row.get::<_, Col<_>>(8)?.0,
        blocked: row.get(9)?,
        until: row.get::<_, Option<i16>>(10)?.map(TaxYear),
    })
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    standing_at(row, 0)
}

/// A standing whose columns begin at number `at`.
pub(super) fn standing_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Standing> {
    Ok(Standing {
        client: row.get::<_, Col<_>>(at)?.0,
        tax_year: TaxYear(row.get(at + 1)?),
        stage: Stage::from_number(row.get(at + 2)?),
        answered: row.get(at + 3)?,
        asked: row.get(at + 4)?,
        approvals_given: row.get(at + 5)?,
        approvals_asked: row.get(at + 6)?,
        attention: Attention::of(row.get_ref(at + 7)?.as_str()?),
        updated_at: row.get::<_, Col<_>>(at + 8)?.0,
        open_tasks: row.get(at + 9)?,
        due: row.get::<_, Option<String>>(at + 10)?.and_then(|day| day.parse().ok()),
        checklists: ids_at(row, at + 11)?,
    })
}

/// Identifiers that are stored as a JSON array; nothing stands for none.
pub(super) fn ids_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<String>> {
    Ok(serde_json::from_str(row.get_ref(at)?.as_str()?).unwrap_or_default())
}

impl Query<'_> {
    /// A client of `firm` by its id.
    pub fn client(&self, firm: FirmId, id: ClientId) -> Result<Option<Client>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{CLIENT} where firm = ? and id = ?"))?;
        Ok(statement.query_row(params![Col(firm), Col(id)], client).optional()?)
    }

    /// A client of `firm` by the firm's number.
    pub fn client_by_number(&self, firm: FirmId, number: &str) -> Result<Option<Client>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{CLIENT} where firm = ? and number = ?"))?;
        Ok(statement.query_row(params![Col(firm), number], client).optional()?)
    }

    /// The client that a firm added last.
    pub fn newest_client(&self, firm: FirmId) -> Result<Option<Client>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{CLIENT} where firm = ? order by rowid desc limit 1"))?;
        Ok(statement.query_row([Col(firm)], client).optional()?)
    }

    /// The clients of a firm, by name.
    pub fn clients(&self, firm: FirmId) -> Result<Vec<Client>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{CLIENT} where firm = ? order by name collate nocase, number"))?;
        Ok(statement.query_map([Col(firm)], client)?.collect::<Result<_, _>>()?)
    }

    /// A person by id, whatever the firm: for those who hold an own session.
    pub fn person(&self, id: PersonId) -> Result<Option<PersonRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{PERSON} where id = ?"))?;
        Ok(statement.query_row([Col(id)], person).optional()?)
    }

    /// The people of a client, in the order in which they were added.
    pub fn people(&self, client: ClientId) -> Result<Vec<PersonRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{PERSON} where client = ? order by created_at, rowid"))?;
        Ok(statement.query_map([Col(client)], person)?.collect::<Result<_, _>>()?)
    }

    /// The people who log in with `account`: one per client.
    pub fn people_of_account(&self, account: AccountId) -> Result<Vec<PersonRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{PERSON} where account = ? order by created_at, rowid"))?;
        let people: Vec<PersonRow> = statement.query_map([Col(account)], person)?.collect::<Result<_, _>>()?;
        Ok(people.into_iter().filter(|p| !p.blocked).collect())
    }

    /// Whether `account` is that of people who are all blocked.
    pub fn is_shut_out(&self, account: AccountId) -> Result<bool, DbError> {
        let mut statement = self.0.prepare_cached("select 1 from person where account = ?")?;
        Ok(statement.exists([Col(account)])? && self.people_of_account(account)?.is_empty())
    }

    /// How a client's year stands.
    pub fn standing(&self, client: ClientId, tax_year: TaxYear) -> Result<Option<Standing>, DbError> {
        let mut statement = self.0.prepare_cached(&format!("{STANDING} where client = ? and tax_year = ?"))?;
        Ok(statement.query_row(params![Col(client), tax_year.0], standing).optional()?)
    }
}

/// What a client is to the firm at present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientState {
    /// When the client was put aside.
    pub archived_at: Option<Timestamp>,
    /// Since when its people may not get in.
    pub blocked_at: Option<Timestamp>,
}

impl Query<'_> {
    /// Whether a client was put aside or blocked.
    pub fn client_state(&self, client: ClientId) -> Result<ClientState, DbError> {
        let mut statement = self.0.prepare_cached("select archived_at, blocked_at from client where id = ?")?;
        let moment = |row: &Row<'_>, n| Ok::<_, rusqlite::Error>(row.get::<_, Option<Col<_>>>(n)?.map(|c| c.0));
        Ok(statement.query_row([Col(client)], |row| {
            Ok(ClientState { archived_at: moment(row, 0)?, blocked_at: moment(row, 1)? })
        })?)
    }

    /// Until when approvals of a person wait for the firm, since the login was
    /// recovered.
    pub fn approvals_held_until(&self, person: PersonId) -> Result<Option<Timestamp>, DbError> {
        let mut statement = self.0.prepare_cached("select approvals_held_until from person where id = ?")?;
        let until: Option<Option<Col<Timestamp>>> = statement.query_row([Col(person)], |row| row.get(0)).optional()?;
        Ok(until.flatten().map(|at| at.0))
    }
}

impl Tx<'_> {
    /// Lets approvals of a person wait for the firm until `until`.
    pub fn hold_approvals(&self, person: PersonId, until: Timestamp) -> Result<(), DbError> {
        let mut statement = self.0.0.prepare_cached("update person set approvals_held_until = ? where id = ?")?;
        statement.execute(params![Col(until), Col(person)])?;
        Ok(())
    }

    /// Adds a client.
    pub fn add_client(&self, c: &Client, at: Timestamp) -> Result<(), DbError> {
        let mut statement = self.0.0.prepare_cached(
            "insert into client (id, firm, number, name, advisor, created_at) values (?, ?, ?, ?, ?, ?)",
        )?;
        statement.execute(params![Col(c.id), Col(c.firm), c.number, c.name, Col(c.advisor), Col(at)])?;
        Ok(())
    }

    /// Lets the people of a client in no more, or again.
    pub fn set_client_blocked(&self, client: ClientId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.0.0.execute("update client set blocked_at = ? where id = ?", params![at.map(Col), Col(client)])?;
        Ok(())
    }

    /// Puts a client aside that left, or takes it back.
    pub fn set_client_archived(&self, client: ClientId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.0.0.execute("update client set archived_at = ? where id = ?", params![at.map(Col), Col(client)])?;
        Ok(())
    }

    /// Adds a person to a client.
    pub fn add_person(&self, p: &PersonRow, at: Timestamp) -> Result<(), DbError> {
        let mut statement = self.0.0.prepare_cached(
            "insert into person (id, firm, client, account, name, given_name, email, language, role, created_at)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        statement.execute(params![
            Col(p.id),
            Col(p.firm),
            Col(p.client),
            p.account.map(Col),
            p.name,
            p.given_name,
            p.email,
            Col(p.language),
            Col(p.role),
            Col(at)
        ])?;
        Ok(())
    }

    /// Lets `account` log in as the person.
    pub fn set_person_account(&self, person: PersonId, account: AccountId) -> Result<(), DbError> {
        self.0.0.execute("update person set account = ? where id = ?", params![Col(account), Col(person)])?;
        Ok(())
    }

    /// Keeps where a year stands.
    pub fn set_standing(&self, s: &Standing) -> Result<(), DbError> {
        self.0.0.execute(
            "insert or replace into standing
             (client, tax_year, stage, answered, asked, approvals_given, approvals_asked, attention, updated_at,
              open_tasks, due, checklists, sums)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            params![
                Col(s.client),
                s.tax_year.0,
                s.stage as i64,
                s.answered,
                s.asked,
                s.approvals_given,
                s.approvals_asked,
                s.attention.map_or("", Attention::word),
                Col(s.updated_at),
                s.open_tasks,
                s.due.map(|day| day.to_string()),
                serde_json::to_string(&s.checklists).unwrap_or_default()
            ],
        )?;
        Ok(())
    }
}
