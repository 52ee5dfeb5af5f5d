//! Tax returns as a tax office knows them: one of a taxpayer, a kind and a period, and possibly a further one of the
//! same.

mod capacity;
mod kind;
mod period;
mod statement;

pub use capacity::Capacity;
pub use kind::{Noun, ReturnKind};
pub use period::{NotAPeriod, Period, PeriodKind};
pub use statement::{Part, Statement};
