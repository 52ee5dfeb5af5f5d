//! Akkoord's server: sync, attachments, accounts, the advisor's console and
//! the mails.

pub mod access;
pub mod approval;
pub mod attachment;
pub mod audit;
pub mod auth;
pub mod clock;
pub mod config;
pub mod console;
pub mod db;
pub mod demo;
pub mod dossiers;
pub mod error;
pub mod evidence;
pub mod hub;
pub mod mail;
pub mod outbox;
pub mod paper;
pub mod router;
pub mod seal;
pub mod service;
pub mod state;
pub mod sync;
pub mod vault;
pub mod web;
