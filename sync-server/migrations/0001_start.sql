-- Identifiers are 16-byte blobs, hashes 32-byte blobs, moments milliseconds since 1970 (UTC).
-- Migrations are only ever added, never edited.

create table firm (
    id blob primary key,
    slug text not null unique,
    name text not null,
    phone text not null,
    sender_name text not null,      -- name that mails come from
    sender_address text not null,   -- address that mails come from
    accent text not null,           -- #rrggbb
    statement_nl text not null,     -- what an approver agrees to
    statement_en text not null,
    created_at integer not null
) strict;

create table account (
    id blob primary key,
    user_name text not null unique collate nocase,
    email text not null,
    created_at integer not null
) strict;

create table advisor (
    id blob primary key,
    firm blob not null references firm,
    account blob references account,
    name text not null,
    given_name text not null,
    email text not null,
    hours text not null default '',
    role text not null check (role in ('administrator', 'advisor', 'reader')),
    language text not null default 'nl',
    created_at integer not null
) strict;

create table client (
    id blob primary key,
    firm blob not null references firm,
    number text not null,
    name text not null,
    advisor blob not null references advisor,
    created_at integer not null,
    unique (firm, number)
) strict;

create table person (
    id blob primary key,
    firm blob not null references firm,
    client blob not null references client,
    account blob references account,
    name text not null,
    given_name text not null,
    email text not null,
    language text not null,
    role text not null check (role in ('approver', 'filler', 'reader')),
    blocked_at integer,
    created_at integer not null
) strict;
create index person_of_client on person (client);
create index person_of_account on person (account);

-- Exactly one of person and advisor.
create table invitation (
    token_hash blob primary key,
    firm blob not null references firm,
    person blob references person,
    advisor blob references advisor,
    created_at integer not null,
    expires_at integer not null,
    opened_at integer,
    used_at integer,
    voided_at integer,
    check ((person is null) <> (advisor is null))
) strict;
create index invitation_of_person on invitation (person);

create table passkey (
    credential blob primary key,
    account blob not null references account,
    passkey text not null,          -- JSON of webauthn-rs
    name text not null,
    created_at integer not null,
    last_used_at integer,
    revoked_at integer
) strict;
create index passkey_of_account on passkey (account);

create table device (
    id blob primary key,
    account blob not null references account,
    name text not null,
    created_at integer not null,
    last_seen_at integer not null,
    revoked_at integer
) strict;

create table session (
    token_hash blob primary key,
    account blob not null references account,
    device blob not null references device,
    created_at integer not null,
    last_used_at integer not null,
    expires_at integer not null
) strict;

create table document (
    id blob primary key,
    firm blob not null references firm,
    client blob not null references client,
    tax_year integer not null,
    party text not null check (party in ('firm', 'client')),
    head_seq integer not null,
    unique (client, tax_year, party)
) strict;

-- The log of accepted changes: the truth. All else about documents can be rebuilt from it.
create table change (
    document blob not null references document,
    seq integer not null,
    hash blob not null,
    actor blob not null,
    device blob,
    received_at integer not null,
    bytes blob not null,
    primary key (document, seq),
    unique (document, hash)
) strict, without rowid;

create table snapshot (
    document blob primary key references document,
    upto_seq integer not null,
    bytes blob not null
) strict;

-- The device that an Automerge actor belongs to; the first to use it.
create table actor (
    actor blob primary key,
    device blob not null references device
) strict, without rowid;

-- Where each year stands, as read from the documents; for tables and figures.
create table standing (
    client blob not null references client,
    tax_year integer not null,
    stage integer not null,         -- 0 invited .. 4 approved, as in the console
    answered integer not null,
    asked integer not null,
    approvals_given integer not null,
    approvals_asked integer not null,
    attention text not null default '', -- what waits for the advisor, '' for nothing
    updated_at integer not null,
    primary key (client, tax_year)
) strict, without rowid;

-- Files whose bytes are in the attachment store. Per client: never shared across dossiers.
create table file (
    client blob not null references client,
    hash blob not null,
    size integer not null,
    media_type text not null,
    stored_at integer not null,
    primary key (client, hash)
) strict, without rowid;

-- Uploads under way (tus). The bytes so far are in the attachment store's folder of parts.
create table upload (
    id blob primary key,
    client blob not null references client,
    tax_year integer not null,
    person blob not null references person,
    attachment blob not null,
    hash blob not null,
    size integer not null,
    expires_at integer not null,
    finished_at integer,
    unique (person, attachment)
) strict;

create table outbox (
    id integer primary key,
    firm blob not null references firm,
    message_id text not null unique,
    kind text not null,
    client blob references client,
    tax_year integer,
    person blob references person,
    advisor blob references advisor,
    from_name text not null,
    from_address text not null,
    reply_to text not null default '',
    to_address text not null,
    subject text not null,
    body_text text not null,
    body_html text not null,
    created_at integer not null,
    next_attempt_at integer not null,
    attempts integer not null default 0,
    sent_at integer,
    failed_at integer,
    last_error text not null default ''
) strict;
create index outbox_waiting on outbox (next_attempt_at) where sent_at is null and failed_at is null;
create index outbox_of_client on outbox (client, tax_year);

-- Who did what when. Each row's hash covers the row before it.
create table event (
    id integer primary key,
    firm blob not null references firm,
    client blob references client,
    tax_year integer,
    at integer not null,
    person blob references person,
    advisor blob references advisor,
    kind text not null,
    detail text not null,           -- JSON, no names of people or files, no amounts
    hash blob not null
) strict;
create index event_of_client on event (client, tax_year, id);

create table setting (
    key text primary key,
    value text not null
) strict, without rowid;
