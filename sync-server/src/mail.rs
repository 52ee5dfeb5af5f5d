//! Mails: what is written on which occasion, and how it leaves. Nothing here
//! decides that a mail is due, and no mail is sent inside a transaction.

mod colour;
mod compose;
mod delivery;
pub mod mailbox;
mod message;
mod notice;
mod template;

pub use compose::Composer;
pub use delivery::{Delivery, DeliveryError};
pub use message::{MessageError, is_address};
pub use notice::Notice;
