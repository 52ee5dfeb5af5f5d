//! Mails: what is written on which occasion, and how it leaves. Nothing here
//! decides that a mail is due but reminders and digests, which are due by the
//! clock; and no mail is sent inside a transaction.

mod colour;
mod compose;
mod delivery;
pub mod digest;
mod kind;
pub mod mailbox;
mod message;
mod notice;
mod occasion;
mod passage;
pub mod reminder;
mod template;
mod timing;

pub use compose::Composer;
pub use delivery::{Delivery, DeliveryError};
pub use message::{MessageError, is_address};
pub use notice::{Notice, Security};
