//! Mails: the text of each occasion, and how mails are sent. Apart from reminders and
//! digests, which are due by the clock, nothing here decides that a mail is
//! due; and no mail is sent inside a transaction.

pub mod carrier;
mod compose;
mod delivery;
pub mod digest;
mod kind;
pub mod mailbox;
mod message;
mod notice;
mod nudge;
mod occasion;
mod passage;
pub mod reminder;
mod sample;
pub mod sign;
mod source;
mod template;
mod timing;

pub use compose::Composer;
pub use delivery::{Delivery, DeliveryError};
pub use kind::{Audience, KINDS, Kind};
pub use message::{MessageError, is_address, without_secrets};
pub use notice::{Notice, Security};
pub use nudge::{Nudge, nudge};
pub use passage::{Fault, Flaw, shown_name};
pub use source::{Misprint, Source};
pub use timing::{FARTHEST, MOST_STEPS, Schedule};
