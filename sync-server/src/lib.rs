//! Akkoord's server: sync, attachments, accounts, the advisor's console and
//! the mails.

pub mod access;
pub mod attachment;
pub mod auth;
pub mod clock;
pub mod config;
pub mod console;
pub mod db;
pub mod error;
pub mod mail;
pub mod outbox;
pub mod router;
pub mod service;
pub mod state;
pub mod web;
