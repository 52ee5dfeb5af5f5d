//! The number of rows of an import, by what is to be done about them.

use storage::db::{ImportVerdict, RowCount};

/// The number of rows of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub all: usize,
    pub new: usize,
    /// The number of rows whose client exists already or shares a mail address.
    pub look: usize,
    pub look_taken: usize,
    pub wrong: usize,
    pub same: usize,
    pub done: usize,
}

impl Tally {
    /// Returns the number of rows that an advisor has to look at.
    pub fn attention(&self) -> usize {
        self.look + self.wrong
    }

    /// Returns the number of rows that are imported.
    pub fn taken(&self) -> usize {
        self.new + self.look_taken
    }
}

/// Returns the number of rows in the counts that fit.
pub fn count(counts: &[RowCount], fits: impl Fn(&RowCount) -> bool) -> usize {
    counts.iter().filter(|c| fits(c)).map(|c| c.rows).sum()
}

/// Returns the number of rows of each kind.
pub fn tally(counts: &[RowCount]) -> Tally {
    let of = |verdict| count(counts, |c| c.verdict == Some(verdict));
    let taken = |c: &RowCount| c.taken && matches!(c.verdict, Some(ImportVerdict::Exists | ImportVerdict::Double));
    Tally {
        all: count(counts, |_| true),
        new: of(ImportVerdict::New),
        look: of(ImportVerdict::Exists) + of(ImportVerdict::Double),
        look_taken: count(counts, taken),
        wrong: of(ImportVerdict::Wrong),
        same: of(ImportVerdict::Same),
        done: count(counts, |c| c.done),
    }
}
