//! Mails waiting to be sent, and sent ones.
