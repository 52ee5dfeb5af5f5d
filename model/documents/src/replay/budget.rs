//! How much may be written: into the client's document of a year, and by one person on one day. What a person says about
//! a tax return, and what takes something back, always has room ([`model::section::Section::has_room`]).

use super::reason::Reason;

/// The budgets of a document and of a person's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budgets {
    /// The number of records that are ever written into a document, those written over included.
    pub records: usize,
    /// The bytes of all changes of a document.
    pub bytes: usize,
    /// The number of records that a person writes on one day, in all years together.
    pub records_per_day: usize,
}

impl Default for Budgets {
    fn default() -> Self {
        Self { records: 20_000, bytes: 8 * 1024 * 1024, records_per_day: 2_000 }
    }
}

/// What is left of the budgets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// The number of records that the document still takes.
    pub records: usize,
    /// The bytes that the document still takes.
    pub bytes: usize,
    /// The number of records that the person may still write today.
    pub today: usize,
}

impl Budgets {
    /// Returns what is left if so much was written before.
    pub fn left(&self, records: usize, bytes: usize, today: usize) -> Room {
        Room {
            records: self.records.saturating_sub(records),
            bytes: self.bytes.saturating_sub(bytes),
            today: self.records_per_day.saturating_sub(today),
        }
    }
}

impl Room {
    /// Takes room for a change with so many records that count. A change with none has room in any case.
    pub(super) fn take(&mut self, counted: usize, bytes: usize) -> Result<(), Reason> {
        if counted == 0 {
            return Ok(());
        }
        if counted > self.records || bytes > self.bytes {
            return Err(Reason::DocumentFull);
        }
        if counted > self.today {
            return Err(Reason::DailyBudget);
        }
        self.records -= counted;
        self.bytes -= bytes;
        self.today -= counted;
        Ok(())
    }
}
