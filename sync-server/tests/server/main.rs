//! The server's tests, in one program, so that it is linked once. What they share is the crate `testkit`.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]

mod apart;
mod attachment;
mod attachment_upload;
mod attack;
mod attack_approval;
mod attack_ceremony;
mod attack_consent;
mod attack_device_key;
mod attack_invitation;
mod attack_limits;
mod attack_mail;
mod attack_mail_server;
mod attack_quota;
mod attack_session;
mod attack_text;
mod audit_log;
mod auth;
mod auth_process;
mod auth_session;
mod auth_setup;
mod auth_web;
mod bombs;
mod console;
mod console_advisors;
mod console_approval;
mod console_archive;
mod console_bulk;
mod console_checklist;
mod console_client;
mod console_contact;
mod console_demo;
mod console_documents;
mod console_import;
mod console_live;
mod console_mail;
mod console_outgoing;
mod console_portal;
mod console_proposed;
mod console_returns;
mod console_template;
mod data_folder;
mod durability;
mod entrance;
mod evidence;
mod filing;
mod household;
mod inspect;
mod isolation;
mod lines;
mod mail;
mod mail_clock;
mod mail_outbox;
mod mail_python;
mod payment;
mod people;
mod people_invited;
mod process_log;
mod rate;
mod routes;
mod snapshot;
mod tax_numbers;
mod tax_returns;

/// The server's own program, for the tests that start it as a process.
const PROGRAM: &str = env!("CARGO_BIN_EXE_sync-server");
