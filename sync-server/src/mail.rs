//! Mails: what is written on which occasion, and how it leaves. Nothing here
//! decides that a mail is due, and no mail is sent inside a transaction.

mod compose;
mod notice;

pub use compose::Composer;
pub use notice::Notice;
