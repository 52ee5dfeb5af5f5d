//! The domain of Akkoord: what a tax advisor and a client do together, the
//! documents they share, and the rules by which a change is accepted.
//!
//! Pure: no I/O, no clock, no randomness. A caller that needs one of these passes
//! the result in.
#![warn(missing_docs)]

pub mod accent;
pub mod api;
pub mod approval;
pub mod attachment;
pub mod check_digit;
pub mod checklist;
pub mod details;
pub mod event;
pub mod hash;
pub mod id;
pub mod language;
pub mod mail;
pub mod mail_address;
pub mod money;
pub mod payment;
pub mod record;
pub mod section;
pub mod tax_number;
pub mod tax_return;
pub mod text;
pub mod time;
