//! The firm's advisors: who they are, their roles, and who is blocked.

use super::{Advisor, AdvisorRole, DbError, InvitationRow, Query, Tx, account, column::values, firm};
use model::{id::*, time::Timestamp};

/// An advisor, as the list of advisors shows one.
#[derive(Debug, Clone, PartialEq)]
pub struct Colleague {
    pub advisor: Advisor,
    pub blocked_at: Option<Timestamp>,
    /// The number of clients that the advisor is responsible for.
    pub clients: u64,
}

impl Query<'_> {
    /// Returns all advisors of a firm, by name.
    pub fn colleagues(&self, firm: FirmId) -> Result<Vec<Colleague>, DbError> {
        let advisors = self.advisors(firm)?;
        advisors.into_iter().map(|advisor| self.as_colleague(advisor)).collect()
    }

    /// Returns an advisor of `firm`.
    pub fn colleague(&self, firm: FirmId, id: AdvisorId) -> Result<Option<Colleague>, DbError> {
        let advisor = self.advisor(id)?.filter(|advisor| advisor.firm == firm);
        advisor.map(|advisor| self.as_colleague(advisor)).transpose()
    }

    fn as_colleague(&self, advisor: Advisor) -> Result<Colleague, DbError> {
        let (blocked_at, clients) = self.one(
            "select blocked_at, (select count(*) from client c where c.advisor = a.id) from advisor a
                 where a.id = ?1",
            values![advisor.id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(Colleague { advisor, blocked_at, clients })
    }

    /// Returns the advisors of a firm who are not blocked, by name: those who can be given work.
    pub fn working_advisors(&self, firm: FirmId) -> Result<Vec<Advisor>, DbError> {
        self.many(
            &format!("{} where firm = ?1 and blocked_at is null order by name", firm::ADVISOR),
            values![firm],
            firm::advisor,
        )
    }

    /// Returns true if the advisor is blocked.
    pub fn is_advisor_blocked(&self, id: AdvisorId) -> Result<bool, DbError> {
        self.exists("select 1 from advisor where id = ?1 and blocked_at is not null", values![id])
    }

    /// Returns true if a firm has an administrator who can log in, other than `other`.
    pub fn has_administrator_beside(&self, firm: FirmId, other: AdvisorId) -> Result<bool, DbError> {
        self.exists(
            "select 1 from advisor where firm = ?1 and id <> ?2 and role = 'administrator' and account is not null
             and blocked_at is null",
            values![firm, other],
        )
    }

    /// Returns the newest invitation of an advisor.
    pub fn last_invitation_of_advisor(&self, advisor: AdvisorId) -> Result<Option<InvitationRow>, DbError> {
        self.optional(
            &format!("{} where advisor = ?1 order by created_at desc, seq desc limit 1", account::INVITATION),
            values![advisor],
            account::invitation,
        )
    }

    /// Returns the clients that an advisor is responsible for.
    pub fn clients_of_advisor(&self, advisor: AdvisorId) -> Result<Vec<ClientId>, DbError> {
        self.many("select id from client where advisor = ?1", values![advisor], |row| row.get(0))
    }
}

impl Tx<'_> {
    /// Sets the role of an advisor.
    pub fn set_advisor_role(&self, advisor: AdvisorId, role: AdvisorRole) -> Result<(), DbError> {
        self.run("update advisor set role = ?1 where id = ?2", values![role.word(), advisor])?;
        Ok(())
    }

    /// Sets the names, mail address and hours of an advisor.
    pub fn set_advisor_known(&self, a: &Advisor) -> Result<(), DbError> {
        self.run(
            "update advisor set name = ?1, given_name = ?2, email = ?3, hours = ?4 where id = ?5 and firm = ?6",
            values![a.name, a.given_name, a.email, a.hours, a.id, a.firm],
        )?;
        Ok(())
    }

    /// Blocks an advisor from a moment on, or unblocks them.
    pub fn set_advisor_blocked(&self, advisor: AdvisorId, at: Option<Timestamp>) -> Result<(), DbError> {
        self.run("update advisor set blocked_at = ?1 where id = ?2", values![at, advisor])?;
        Ok(())
    }

    /// Makes another advisor of the firm responsible for all clients of `from`,
    /// and moves what waits for the digest of `from` to theirs.
    pub fn hand_over_clients(&self, firm: FirmId, from: AdvisorId, to: AdvisorId) -> Result<(), DbError> {
        self.run("update digest_item set advisor = ?1 where advisor = ?2 and mail is null", values![to, from])?;
        self.run("update client set advisor = ?1 where firm = ?2 and advisor = ?3", values![to, firm, from])?;
        Ok(())
    }
}
