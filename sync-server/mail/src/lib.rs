//! Mails: the text of each occasion, and how mails are sent. Apart from reminders and
//! digests, which are due by the clock, nothing here decides that a mail is
//! due; and no mail is sent inside a transaction.

mod check;
mod compose;
mod delivery;
pub mod digest;
mod error;
mod household;
mod kind;
mod message;
mod notice;
mod nudge;
mod occasion;
pub mod outbox;
mod passage;
mod rekey;
pub mod reminder;
mod sample;
mod server;
pub mod sign;
mod smtp;
mod source;
mod template;
mod timing;
pub mod transport;
mod unwritten;

pub use compose::Composer;
pub use delivery::Delivery;
pub use error::DeliveryError;
pub use kind::{Audience, MailProperties};
pub use message::{MessageError, without_secrets};
pub use notice::{FilingGround, Notice, Security};
pub use nudge::{Nudge, nudge};
pub use passage::{MailTextMistake, PlacedMistake, shown_name};
pub use rekey::rekey;
pub use smtp::{Smtp, SmtpSecurity};
pub use source::{Misprint, Source};
pub use template::address as link_as_text;
pub use timing::{FARTHEST, MOST_STEPS, Schedule, day_of, offset_at_office};
pub use unwritten::Unwritten;
