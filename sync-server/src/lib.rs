//! Akkoord's server: sync, attachments, accounts, the advisor's console and
//! the mails.

pub mod attachment;
pub mod clock;
pub mod db;
pub mod mail;
