//! Accounts, passkeys, devices, sessions and invitations.
