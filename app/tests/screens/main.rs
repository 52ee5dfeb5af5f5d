//! Tests of screens rendered to HTML, by what people read and hear. Nothing here knows a browser, a server or a store.

#![expect(clippy::unwrap_used, reason = "a made-up season that is wrong fails the test")]

mod access;
mod addresses;
mod approval;
mod approval_state;
mod archive;
mod checklist;
mod contact;
mod documents;
mod overview;
mod payment;
mod season;
mod sending;
mod signing;
mod together;
