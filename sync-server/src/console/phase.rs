//! The phases of a client's year as the console names them: the five stages, and the steps
//! between them.

use crate::db::{Access, Stage, Standing};

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

/// The ways in which one of the five marks of a stage can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pip {
    Open,
    Now,
    Done,
    Complete,
}

impl Phase {
    /// All phases, in the order of the season.
    pub const ALL: [Phase; 7] = [
        Phase::NotInvited,
        Phase::Invited,
        Phase::Registered,
        Phase::Checklist,
        Phase::ToDraft,
        Phase::ToApprove,
        Phase::Approved,
    ];

    /// Returns the phase of a year, given the access of its people.
    pub fn of(standing: Option<&Standing>, access: &[Access]) -> Self {
        match standing.map(|s| (s.stage, s.approvals_asked)) {
            Some((Stage::Approved, _)) => Self::Approved,
            Some((Stage::Draft, 1..)) => Self::ToApprove,
            Some((Stage::Draft, 0)) => Self::ToDraft,
            Some((Stage::Checklist, _)) => Self::Checklist,
            _ if access.contains(&Access::Registered) => Self::Registered,
            _ if access.iter().any(|a| *a != Access::NotInvited) => Self::Invited,
            _ => Self::NotInvited,
        }
    }

    /// Returns the phase for the number by which the database counts it.
    pub fn at_place(place: u8) -> Self {
        Self::ALL.get(usize::from(place)).copied().unwrap_or(Self::NotInvited)
    }

    /// Returns the number of the phase in the season, from 0.
    pub fn place(self) -> u8 {
        self as u8
    }

    /// Returns the word for the phase in an address.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotInvited => "niet-uitgenodigd",
            Self::Invited => "uitgenodigd",
            Self::Registered => "geregistreerd",
            Self::Checklist => "checklist",
            Self::ToDraft => "concept",
            Self::ToApprove => "wacht-op-akkoord",
            Self::Approved => "akkoord",
        }
    }

    /// Returns the phase that a word in an address means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.word() == word)
    }

    /// Returns the five marks: invited, registered, checklist, draft and approval.
    pub fn pips(self) -> [Pip; 5] {
        let done = match self {
            Self::NotInvited => return [Pip::Open; 5],
            Self::Approved => return [Pip::Complete; 5],
            Self::Invited => 1,
            Self::Registered | Self::Checklist => 2,
            Self::ToDraft => 3,
            Self::ToApprove => 4,
        };
        std::array::from_fn(|i| match i.cmp(&done) {
            std::cmp::Ordering::Less => Pip::Done,
            std::cmp::Ordering::Equal => Pip::Now,
            std::cmp::Ordering::Greater => Pip::Open,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{
        id::ClientId,
        time::{TaxYear, Timestamp},
    };

    fn standing(stage: Stage, approvals_asked: u32) -> Standing {
        Standing {
            client: ClientId::from_bytes([1; 16]),
            tax_year: TaxYear(2025),
            stage,
            answered: 0,
            asked: 0,
            approvals_given: 0,
            approvals_asked,
            attention: String::new(),
            updated_at: Timestamp(0),
            open_tasks: 0,
            due: None,
            checklists: String::new(),
        }
    }

    #[test]
    fn a_phase_follows_from_the_standing_and_from_who_is_in() {
        let invited = Access::Invited(Timestamp(0));
        let cases = [
            (None, vec![], Phase::NotInvited),
            (Some(standing(Stage::Invited, 0)), vec![Access::NotInvited; 2], Phase::NotInvited),
            (Some(standing(Stage::Invited, 0)), vec![invited, Access::NotInvited], Phase::Invited),
            (Some(standing(Stage::Invited, 0)), vec![invited, Access::Registered], Phase::Registered),
            (Some(standing(Stage::Checklist, 0)), vec![invited], Phase::Checklist),
            (Some(standing(Stage::Draft, 0)), vec![Access::Registered], Phase::ToDraft),
            (Some(standing(Stage::Draft, 2)), vec![Access::Registered], Phase::ToApprove),
            (Some(standing(Stage::Approved, 2)), vec![Access::Registered], Phase::Approved),
        ];
        for (standing, access, expected) in cases {
            assert_eq!(Phase::of(standing.as_ref(), &access), expected);
        }
    }

    #[test]
    fn the_marks_fill_from_the_left() {
        assert_eq!(Phase::ToApprove.pips(), [Pip::Done, Pip::Done, Pip::Done, Pip::Done, Pip::Now]);
        assert!(Phase::ALL.iter().all(|p| Phase::from_word(p.word()) == Some(*p)));
        assert!(Phase::ALL.iter().all(|p| Phase::at_place(p.place()) == *p));
    }
}
