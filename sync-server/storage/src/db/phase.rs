//! The phases of a client's year as the console names them: the five stages, and the steps
//! between them.

use super::{Access, YearStage, YearStatus};

/// A phase of a client's year, by which the table of clients can be filtered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Nobody was invited.
    NotInvited,
    /// Somebody was invited, and nobody has registered.
    Invited,
    /// Somebody registered, and nothing was asked yet.
    Registered,
    /// A checklist is being filled in.
    Checklist,
    /// The checklist was handed in, so the tax return has to be made.
    ToDraft,
    /// A tax return waits for approval.
    ToApprove,
    /// Everybody approved.
    Approved,
}

impl Phase {
    /// All phases, in the order of the season.
    pub const ALL: [Self; 7] = [
        Self::NotInvited,
        Self::Invited,
        Self::Registered,
        Self::Checklist,
        Self::ToDraft,
        Self::ToApprove,
        Self::Approved,
    ];

    /// Returns the phase of a year, given the access of its people.
    pub fn of(status: Option<&YearStatus>, access: &[Access]) -> Self {
        match status.map(|s| (s.stage, s.approvals_asked)) {
            Some((YearStage::Approved, _)) => Self::Approved,
            Some((YearStage::Draft, 1..)) => Self::ToApprove,
            Some((YearStage::Draft, 0)) => Self::ToDraft,
            Some((YearStage::Checklist, _)) => Self::Checklist,
            _ if access.contains(&Access::Registered) => Self::Registered,
            _ if access.iter().any(|a| *a != Access::NotInvited) => Self::Invited,
            _ => Self::NotInvited,
        }
    }

    /// Returns the number of the phase in queries: its place in the season, from 0.
    pub(super) fn number(self) -> u8 {
        self as u8
    }

    pub(super) fn from_number(number: u8) -> Self {
        Self::ALL.get(usize::from(number)).copied().unwrap_or(Self::NotInvited)
    }

    /// Returns the expression for that number in a query over a year status `s` and a client `c`.
    pub(super) fn expression() -> String {
        let (approved, draft, checklist) =
            (YearStage::Approved as u8, YearStage::Draft as u8, YearStage::Checklist as u8);
        format!(
            "(case when s.stage = {approved} then {} when s.stage = {draft} and s.approvals_asked > 0 then {}
             when s.stage = {draft} then {} when s.stage = {checklist} then {} else c.entry end)",
            Self::Approved.number(),
            Self::ToApprove.number(),
            Self::ToDraft.number(),
            Self::Checklist.number(),
        )
    }
}

/// The things in a client's year that can wait for the advisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attention {
    /// A person declined the tax return.
    Declined,
    /// An approval came in that does not count.
    NotAccepted,
    /// Everybody approved, and the return was not filed.
    ReadyToFile,
    /// A message of the client was not read or not answered.
    Question,
    /// A change of details was reported.
    Proposal,
    /// Two answers to one question differ.
    Differing,
    /// The checklist was handed in.
    HandedIn,
}

impl Attention {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 7] = [
        Self::Declined,
        Self::NotAccepted,
        Self::ReadyToFile,
        Self::Question,
        Self::Proposal,
        Self::Differing,
        Self::HandedIn,
    ];

    /// Returns the word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::NotAccepted => "not_accepted",
            Self::ReadyToFile => "ready_to_file",
            Self::Question => "question",
            Self::Proposal => "proposal",
            Self::Differing => "differing",
            Self::HandedIn => "handed_in",
        }
    }

    /// Returns the thing that a stored word means; `None` for the empty word.
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|attention| attention.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        id::ClientId,
        time::{TaxYear, Timestamp},
    };

    fn status(stage: YearStage, approvals_asked: u32) -> YearStatus {
        YearStatus {
            client: ClientId::from_bytes([1; 16]),
            tax_year: TaxYear(2025),
            stage,
            answered: 0,
            asked: 0,
            approvals_given: 0,
            approvals_asked,
            attention: None,
            updated_at: Timestamp(0),
            open_tasks: 0,
            due: None,
            checklists: Vec::new(),
        }
    }

    #[test]
    fn a_phase_follows_from_the_year_status_and_from_who_is_in() {
        let invited = Access::Invited(Timestamp(0));
        let cases = [
            (None, vec![], Phase::NotInvited),
            (Some(status(YearStage::Invited, 0)), vec![Access::NotInvited; 2], Phase::NotInvited),
            (Some(status(YearStage::Invited, 0)), vec![invited, Access::NotInvited], Phase::Invited),
            (Some(status(YearStage::Invited, 0)), vec![invited, Access::Registered], Phase::Registered),
            (Some(status(YearStage::Checklist, 0)), vec![invited], Phase::Checklist),
            (Some(status(YearStage::Draft, 0)), vec![Access::Registered], Phase::ToDraft),
            (Some(status(YearStage::Draft, 2)), vec![Access::Registered], Phase::ToApprove),
            (Some(status(YearStage::Approved, 2)), vec![Access::Registered], Phase::Approved),
        ];
        for (status, access, expected) in cases {
            assert_eq!(Phase::of(status.as_ref(), &access), expected);
        }
    }

    #[test]
    fn what_is_stored_reads_back() {
        assert!(Phase::ALL.iter().all(|p| Phase::from_number(p.number()) == *p));
        assert!(Attention::ALL.iter().all(|a| Attention::of(a.word()) == Some(*a)));
        assert_eq!(Attention::of(""), None);
    }
}
