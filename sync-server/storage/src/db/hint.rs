//! Hints for SQLite, which otherwise plans some statements badly, because it does
//! not know the distribution of one firm's rows among those of others. For PostgreSQL all are empty
//! or the plain word.

/// Makes SQLite read events of people by their own index.
pub const EVENT_OF_PEOPLE: &str = "indexed by event_of_people";
/// Makes SQLite read events of a firm in the order of their moments.
pub const EVENT_OF_FIRM: &str = "indexed by event_of_firm";
/// Makes SQLite count the clients that are not archived from the index alone.
pub const CLIENT_ACTIVE: &str = "indexed by client_active";
/// Makes SQLite count failed mails that nobody has seen from their own index.
pub const OUTBOX_UNSEEN: &str = "indexed by outbox_unseen";
/// Makes SQLite join tables in the order in which they are named.
pub const IN_THIS_ORDER: &str = "cross join";

/// All hints, each with the word that PostgreSQL gets instead.
#[cfg(debug_assertions)]
pub const IN_POSTGRES: [(&str, &str); 5] =
    [(EVENT_OF_PEOPLE, ""), (EVENT_OF_FIRM, ""), (CLIENT_ACTIVE, ""), (OUTBOX_UNSEEN, ""), (IN_THIS_ORDER, "join")];
