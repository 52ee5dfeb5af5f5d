//! Akkoord's server: sync, attachments, accounts, the advisor's console and
//! the mails.

pub mod attachment;
pub mod config;
pub mod entrance;
pub mod line;
pub mod log;
mod ready;
pub mod router;
pub mod service;
pub mod state;
pub mod sync;
pub mod web;
