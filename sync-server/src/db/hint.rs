//! Hints for SQLite, which otherwise plans some statements badly: it does not
//! know how the rows of one firm lie among those of others. All are empty for
//! PostgreSQL, or the plain word beside it.

/// Reads events of people by their own index.
pub const EVENT_OF_PEOPLE: &str = "indexed by event_of_people";
/// Reads events of a firm in the order of their moments.
pub const EVENT_OF_FIRM: &str = "indexed by event_of_firm";
/// Counts the clients that were not put aside from the index alone.
pub const CLIENT_ACTIVE: &str = "indexed by client_active";
/// Counts failed mails that nobody has seen from their own index.
pub const OUTBOX_UNSEEN: &str = "indexed by outbox_unseen";
/// Joins tables in the order in which they are named.
pub const IN_THIS_ORDER: &str = "cross join";

/// Every hint, and what stands there for PostgreSQL.
#[cfg(debug_assertions)]
pub const IN_POSTGRES: [(&str, &str); 5] =
    [(EVENT_OF_PEOPLE, ""), (EVENT_OF_FIRM, ""), (CLIENT_ACTIVE, ""), (OUTBOX_UNSEEN, ""), (IN_THIS_ORDER, "join")];
