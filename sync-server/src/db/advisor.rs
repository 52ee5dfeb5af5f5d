//! The firm's own people: who works in the console, in which role, and who
//! may no longer get in.

use super::{Advisor, AdvisorRole, DbError, InvitationRow, Query, Tx, account, firm, value::Col};
use model::{id::*, time::Timestamp};
use rusqlite::{OptionalExtension, params};

/// Somebody of the firm, as colleagues see them.
#[derive(Debug, Clone, PartialEq)]
pub struct Colleague {
    pub advisor: Advisor,
    pub blocked_at: Option<Timestamp>,
    /// Clients that they are responsible for.
    pub clients: u64,
}

impl Query<'_> {
    /// Everybody of a firm, by name.
    pub fn colleagues(&self, firm: FirmId) -> Result<Vec<Colleague>, DbError> {
        let advisors = self.advisors(firm)?;
        advisors.into_iter().map(|advisor| self.as_colleague(advisor)).collect()
    }

    /// Somebody of `firm`.
    pub fn colleague(&self, firm: FirmId, id: AdvisorId) -> Result<Option<Colleague>, DbError> {
        let advisor = self.advisor(id)?.filter(|advisor| advisor.firm == firm);
        advisor.map(|advisor| self.as_colleague(advisor)).transpose()
    }

    fn as_colleague(&self, advisor: Advisor) -> Result<Colleague, DbError> {
        let mut statement = self.0.prepare_cached(
            "select blocked_at, (select count(*) from client c where c.advisor = a.id) from advisor a where a.id = ?",
        )?;
        let (blocked_at, clients) = statement
            .query_row([Col(advisor.id)], |row| Ok((row.get::<_, Option<Col<_>>>(0)?.map(|c| c.0), row.get(1)?)))?;
        Ok(Colleague { advisor, blocked_at, clients })
    }

    /// Those of a firm who may get in, by name: who can be given work.
    pub fn working_advisors(&self, firm: FirmId) -> Result<Vec<Advisor>, DbError> {
        let mut statement =
            self.0.prepare_cached(&format!("{} where firm = ? and blocked_at is null order by name", firm::ADVISOR))?;
        Ok(statement.query_map([Col(firm)], firm::advisor)?.collect::<Result<_, _>>()?)
    }

    /// Whether somebody of the firm may no longer get in.
    pub fn is_advisor_blocked(&self, id: AdvisorId) -> Result<bool, DbError> {
        let mut statement = self.0.prepare_cached("select 1 from advisor where id = ? and blocked_at is not null")?;
        Ok(statement.exists([Col(id)])?)
    }

    /// Whether a firm has an administrator who can log in, beside `other`.
    pub fn has_administrator_beside(&self, firm: FirmId, other: AdvisorId) -> Result<bool, DbError> {
        let mut statement = self.0.prepare_cached(
            "select 1 from advisor where firm = ? and id <> ? and role = 'administrator' and account is not null
             and blocked_at is null",
        )?;
        Ok(statement.exists(params![Col(firm), Col(other)])?)
    }

    /// The newest invitation of somebody of the firm.
    pub fn last_invitation_of_advisor(&self, advisor: AdvisorId) -> Result<Option<InvitationRow>, DbError> {
        let mut statement = self.0.prepare_cached(&format!(
            "{} where advisor = ? order by created_at desc, rowid desc limit 1",
            account::INVITATION
        ))?;
        Ok(statement.query_row([Col(advisor)], account::invitation).optional()?)
    }

    /// The clients that somebody is responsible for.
    pub fn clients_of_advisor(&self, advisor: AdvisorId) -> Result<Vec<ClientId>, DbError> {
        let mut statement = self.0.prepare_cached("select id from client where advisor = ?")?;
        let rows = statement.query_map([Col(advisor)], |row| Ok(row.get::<_, Col<_>>(0)?.0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// What somebody may do in the console.
    pub fn set_advisor_role(&self, advisor: AdvisorId, role: AdvisorRole) -> Result<(), DbError> {
        self.0.0.execute("update advisor set role = ? where id = ?", params![role.word(), Col(advisor)])?;
        Ok(())
    }

    /// How somebody is called and reached.
    pub fn set_advisor_known(&self, a: &Advisor) -> Result<(), DbError> {
        self.0.0.execute(
            "update advisor set name = ?, given_name = ?, email = ?, hours = ? where id = ? and firm = ?",
            params![a.name, a.given_name, a.email, a.hours, Col(a.id), Col(a.firm)],
        )?;
        Ok(())
    }

    /// Lets somebody of the firm in no more, from a moment on, or again.
    pub fn set_advisor_blocked(&self, advisor: AdvisorId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.0.0.execute("update advisor set blocked_at = ? where id = ?", params![at.map(Col), Col(advisor)])?;
        Ok(())
    }

    /// Makes somebody else of the firm responsible for all clients of `from`,
    /// and lets them hear what `from` was not told of yet.
    pub fn hand_over_clients(&self, firm: FirmId, from: AdvisorId, to: AdvisorId) -> Result<(), DbError> {
        self.0.0.execute(
            "update digest_item set advisor = ? where advisor = ? and mail is null",
            params![Col(to), Col(from)],
        )?;
        self.0.0.execute(
            "update client set advisor = ? where firm = ? and advisor = ?",
            params![Col(to), Col(firm), Col(from)],
        )?;
        Ok(())
    }
}
