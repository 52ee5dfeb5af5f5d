-- Identifiers are 16-byte blobs, hashes 32-byte blobs, moments milliseconds since 1970 (UTC), days
-- YYYY-MM-DD, flags 0 or 1. `seq` counts rows in the order in which they were added.
-- The same tables and columns stand in migrations/postgres. Migrations are only ever added, never edited.

-- Firms and the people who work there.

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
    user_name text not null,
    email text not null,
    created_at integer not null
) strict;
create unique index account_by_user_name on account (lower(user_name));

create table advisor (
    id blob primary key,
    firm blob not null references firm (id),
    account blob references account (id),
    name text not null,
    given_name text not null,
    email text not null,
    hours text not null default '',
    role text not null check (role in ('administrator', 'advisor', 'reader')),
    language text not null default 'nl',
    created_at integer not null,
    blocked_at integer              -- since when they may no longer get in; what they did stays theirs
) strict;

-- How a firm shows itself to its clients, beside its name and its colour.
create table portal (
    firm blob primary key references firm (id),
    welcome_nl text not null default '',
    welcome_en text not null default '',
    logo_hash blob,                 -- names the picture in its address
    logo_png blob,                  -- as the server drew it anew
    check ((logo_hash is null) = (logo_png is null))
) strict;
create index portal_of_logo on portal (logo_hash) where logo_hash is not null;

-- Checklists that a firm changed: each version whole, as JSON. Version 0 is what an advisor is working on.
create table checklist_template (
    firm blob not null references firm (id),
    id text not null,
    version integer not null,
    tax_year integer not null,
    at integer not null,
    by_name text not null,
    json text not null,
    primary key (firm, id, version)
) strict, without rowid;

create table setting (
    key text primary key,
    value text not null
) strict, without rowid;

-- Clients and their people.

create table client (
    seq integer primary key,
    id blob not null unique,
    firm blob not null references firm (id),
    number text not null,
    name text not null,
    advisor blob not null references advisor (id),
    created_at integer not null,
    -- How far the client's people are with getting in: 0 nobody invited, 1 somebody invited, 2 somebody registered.
    entry integer not null default 0,
    -- When the first invitation ends that is the newest one of somebody not registered.
    invited_until integer,
    archived_at integer,            -- since when the client is put aside
    blocked_at integer,             -- since when its people may not get in
    unique (firm, number)
) strict;
create index client_by_name on client (firm, lower(name), number);
create index client_by_number on client (firm, length(number), number);
create index client_of_advisor on client (advisor);
-- Holds everything that counting clients needs, in the order of the table year_status. SQLite wants the column of the condition, too.
create index client_active on client (firm, id, entry, invited_until, advisor, archived_at) where archived_at is null;

create table client_tag (
    client blob not null references client (id),
    tag text not null,
    primary key (client, tag)
) strict, without rowid;
create index client_tagged on client_tag (tag, client);

create table person (
    seq integer primary key,
    id blob not null unique,
    firm blob not null references firm (id),
    client blob not null references client (id),
    account blob references account (id),
    name text not null,
    given_name text not null,
    email text not null,
    language text not null,
    role text not null check (role in ('approver', 'filler', 'reader')),
    blocked_at integer,
    created_at integer not null,
    -- What a person wants to be mailed of, as their own record in the dossier says.
    reminders integer not null default 1 check (reminders in (0, 1)),
    messages integer not null default 1 check (messages in (0, 1)),
    -- Until then approvals of this person wait for the firm: the login was recovered.
    approvals_await_ruling_until integer,
    -- A household that came apart: from this tax year on the person is no longer in this dossier.
    until_year integer
) strict;
create index person_of_client on person (client);
create index person_of_account on person (account);

-- What the firm knew of a person before a year was open to keep it in.
create table person_detail (
    person blob not null references person (id),
    field text not null,
    value text not null,
    primary key (person, field)
) strict, without rowid;

-- The numbers by which the tax authority knows a taxpayer, except the BSN, which is a detail of a person.
create table tax_number (
    client blob not null references client (id),
    taxpayer text not null,         -- the id of a person; '' for the client as a company
    kind text not null,
    closed blob not null,         -- sealed: the key is no part of the database
    primary key (client, taxpayer, kind)
) strict, without rowid;

-- Number, names and mail addresses of a client in one text: found by any part of it, with accents or without.
create table searchable (
    id integer primary key,
    client blob not null unique references client (id),
    text text not null
) strict;
create virtual table client_search using fts5(text, content='searchable', content_rowid='id', tokenize='trigram remove_diacritics 1');
create trigger searchable_added after insert on searchable begin
    insert into client_search (rowid, text) values (new.id, new.text);
end;
create trigger searchable_changed after update on searchable begin
    insert into client_search (client_search, rowid, text) values ('delete', old.id, old.text);
    insert into client_search (rowid, text) values (new.id, new.text);
end;

-- Logins: invitations, passkeys, devices and their keys, sessions.

-- Exactly one of person and advisor.
create table invitation (
    seq integer primary key,
    token_hash blob not null unique,
    firm blob not null references firm (id),
    person blob references person (id),
    advisor blob references advisor (id),
    created_at integer not null,
    expires_at integer not null,
    opened_at integer,
    used_at integer,
    voided_at integer,
    withdrawn_at integer,           -- when the firm took it back
    code_hash blob,                 -- of the token and a spoken code that it asks for
    code_tries integer not null default 0,
    renews integer not null default 0 check (renews in (0, 1)), -- a login that is there
    new_email text,                 -- another mail address that was named
    mail_code_hash blob,            -- of the token and a code that was mailed there
    mail_code_at integer,            -- when the newest one was mailed
    mail_codes_sent integer not null default 0, -- in all
    mail_code_tries integer not null default 0,
    check ((person is null) <> (advisor is null))
) strict;
create index invitation_of_person on invitation (person, seq);
create index invitation_of_advisor on invitation (advisor) where advisor is not null;

create table passkey (
    seq integer primary key,
    credential blob not null unique,
    account blob not null references account (id),
    passkey text not null,          -- JSON of webauthn-rs
    name text not null,
    created_at integer not null,
    last_used_at integer,
    revoked_at integer
) strict;
create index passkey_of_account on passkey (account);

create table device (
    seq integer primary key,
    id blob not null unique,
    account blob not null references account (id),
    name text not null,
    created_at integer not null,
    last_seen_at integer not null,
    revoked_at integer
) strict;

-- Keys of devices that a passkey certified for signing approvals without a network.
create table device_key (
    key blob primary key,           -- BLAKE3 of the public key
    account blob not null references account (id),
    person blob not null references person (id),
    device blob not null references device (id),
    passkey blob not null references passkey (credential),
    certificate text not null,      -- JSON: public key, nonce, the passkey's assertion
    certified_at integer not null,
    revoked_at integer
) strict, without rowid;
create index device_key_of_account on device_key (account);

create table session (
    token_hash blob primary key,
    account blob not null references account (id),
    device blob not null references device (id),
    created_at integer not null,
    last_used_at integer not null,
    expires_at integer not null,
    proven_at integer not null,      -- when a passkey was last shown
    console_used_at integer not null -- when it was last used in the console
) strict;

-- The one-time link `this was not me` of a mail about a passkey, a device or a device's key.
create table alarm (
    token_hash blob primary key,
    account blob not null references account (id),
    passkey blob references passkey (credential),
    device blob references device (id),
    device_key blob references device_key (key),
    expires_at integer not null,
    used_at integer
) strict;

-- Dossiers: documents, files, and where each year stands.

create table document (
    id blob primary key,
    firm blob not null references firm (id),
    client blob not null references client (id),
    tax_year integer not null,
    party text not null check (party in ('firm', 'client')),
    head_seq integer not null,
    unique (client, tax_year, party)
) strict;

-- The log of accepted changes: the truth. All else about documents can be rebuilt from it.
create table change (
    document blob not null references document (id),
    seq integer not null,
    hash blob not null,
    actor blob not null,
    device blob,
    received_at integer not null,
    bytes blob not null,
    primary key (document, seq),
    unique (document, hash)
) strict, without rowid;

-- The first change in which each record was written, by the hash of its section, key and content. Can be
-- rebuilt from the log.
create table record_change (
    document blob not null references document (id),
    record blob not null,
    seq integer not null,
    primary key (document, record)
) strict, without rowid;

create table snapshot (
    document blob primary key references document (id),
    upto_seq integer not null,
    bytes blob not null
) strict;

-- The device that an Automerge actor belongs to; the first to use it.
create table actor (
    actor blob primary key,
    device blob not null references device (id)
) strict, without rowid;

-- Where each year stands, as read from the documents; for tables and figures.
create table year_status (
    client blob not null references client (id),
    tax_year integer not null,
    stage integer not null,         -- 0 invited .. 4 approved, as in the console
    answered integer not null,
    asked integer not null,
    approvals_given integer not null,
    approvals_asked integer not null,
    attention text not null default '', -- what waits for the advisor, '' for nothing
    updated_at integer not null,
    open_tasks integer not null default 0,
    due text,                       -- the last day of the open task that is due first
    checklists text not null default '', -- ids of those that were set out, with spaces around them
    sums integer not null default 0, -- by which sums this was made; those made by older ones are read anew
    primary key (client, tax_year)
) strict, without rowid;
create index year_status_due on year_status (tax_year, due) where due is not null;
create index year_status_waiting on year_status (tax_year, attention) where attention <> '';
create index year_status_old on year_status (sums) where sums < 1;

-- The returns that are set out, as read from the documents; for the table of returns.
create table tax_return (
    id blob primary key,
    firm blob not null references firm (id),
    client blob not null references client (id),
    tax_year integer not null,
    kind text not null,
    period text not null,
    record text not null,           -- JSON
    phase text not null,
    approvals_given integer not null,
    approvals_asked integer not null,
    due text                        -- the first day that counts for it, if it was not filed
) strict, without rowid;
create index tax_return_of_client on tax_return (client, tax_year);
create index tax_return_due on tax_return (firm, tax_year, due);
create index tax_return_kind on tax_return (firm, tax_year, kind, period);

-- Files whose bytes are in the attachment store. Per client: never shared across dossiers.
create table file (
    client blob not null references client (id),
    hash blob not null,
    size integer not null,
    media_type text not null,
    pages integer not null,
    view text not null, -- whole, copy or download: how browsers may show it
    stored_at integer not null,
    primary key (client, hash)
) strict, without rowid;

create index file_size on file (client, size);
-- When people of a client were given a file, so that the firm can say who has one that it takes back.
create table file_reading (
    client blob not null references client (id),
    hash blob not null,
    person blob not null references person (id),
    first_at integer not null,
    last_at integer not null,
    primary key (client, hash, person)
) strict, without rowid;

-- Files that were refused, so that nobody looks into them again. The oldest go when there are many.
create table refused_file (
    hash blob not null,
    work text not null,
    reason text not null, -- JSON
    at integer not null,
    primary key (hash, work)
) strict, without rowid;

create index refused_file_at on refused_file (at);

-- Uploads under way (tus). The bytes so far are in the attachment store's folder of parts.
create table upload (
    id blob primary key,
    client blob not null references client (id),
    tax_year integer not null,
    person blob not null references person (id),
    attachment blob not null,
    hash blob not null,
    size integer not null,
    expires_at integer not null,
    finished_at integer,
    unique (person, attachment)
) strict;

-- Who did what when: a chain of each firm, and without a firm that of the installation. Each row's
-- hash covers the row before it in its chain.
create table event (
    id integer primary key, -- in the order of all chains
    firm blob references firm (id),
    number integer not null, -- in its chain, from 1
    client blob references client (id),
    tax_year integer,
    at integer not null,
    person blob references person (id),
    advisor blob references advisor (id),
    kind text not null,
    detail text not null,           -- JSON, no names of people or files, no amounts
    hash blob not null
) strict;
create unique index event_number on event (firm, number);
-- Rows without a firm are all different for the index above.
create unique index event_number_of_installation on event (number) where firm is null;
create index event_of_client on event (client, tax_year, id);
create index event_of_firm on event (firm, at);
create index event_of_kind on event (firm, kind, tax_year, client, at);
-- What people did, apart from what the firm did: the dashboard looks for it among all events.
create index event_of_people on event (firm, at, kind, client) where person is not null and client is not null;

-- The server's signed statements of how far a chain was at a moment: that of a firm, or without one that
-- of the installation.
create table checkpoint (
    id integer primary key,
    firm blob references firm (id),
    at integer not null,
    json text not null
) strict;
create index checkpoint_of_firm on checkpoint (firm, id);

-- Mails: what waits, what was sent, and what firms and advisors set up about them.

create table outbox (
    id integer primary key,
    firm blob not null references firm (id),
    message_id text not null unique,
    kind text not null,
    client blob references client (id),
    tax_year integer,
    person blob references person (id),
    advisor blob references advisor (id),
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
    last_error text not null default '',
    rank integer not null default 1, -- 0 access, 1 urgent, 2 what waits for a better moment
    times integer not null default 1, -- how often happened what it tells
    items text not null default '[]', -- JSON: what it names, so that two that wait for one person become one
    about blob,                -- the revision about which it says something that may be undone
    asked_again_at integer,         -- when somebody of the firm sent it again
    seen_at integer                 -- when somebody of the firm saw that it failed
) strict;
create index outbox_waiting on outbox (next_attempt_at) where sent_at is null and failed_at is null;
create index outbox_of_client on outbox (client, tax_year);
create index outbox_of_firm on outbox (firm, id);
create index outbox_of_person on outbox (person, created_at);
create index outbox_not_sent on outbox (firm, id) where sent_at is null and failed_at is null;
create index outbox_failed on outbox (firm) where failed_at is not null;
-- Failed mails that nobody has seen, as they are counted on every page.
create index outbox_unseen on outbox (firm, id) where failed_at is not null and seen_at is null;

-- How an advisor wants to be told of one kind of mail; absent means in the digest.
create table mail_choice (
    advisor blob not null references advisor (id),
    kind text not null,
    choice text not null check (choice in ('at_once', 'digest', 'never')),
    primary key (advisor, kind)
) strict, without rowid;

-- What the next digest of an advisor names; `mail` is the one that named it.
create table digest_item (
    id integer primary key,
    advisor blob not null references advisor (id),
    client blob not null references client (id),
    person blob not null references person (id),
    tax_year integer not null,
    kind text not null,
    at integer not null,
    mail integer references outbox (id)
) strict;
create index digest_waiting on digest_item (advisor) where mail is null;

-- A last day on which something is due from a person. Steps up to `done_through` are over.
create table reminder (
    person blob not null references person (id),
    client blob not null references client (id),
    tax_year integer not null,
    due text not null,
    check_on text not null,         -- the first day on which there may be something to say
    done_through text not null,
    finished integer not null default 0 check (finished in (0, 1)),
    primary key (person, tax_year, due)
) strict, without rowid;
create index reminder_waiting on reminder (check_on) where not finished;

-- What a firm wrote of its mails: every version, of which the newest counts.
create table mail_text (
    id integer primary key,
    firm blob not null references firm (id),
    kind text not null,
    language text not null,
    source text,                    -- null: Akkoord's own again
    advisor blob not null references advisor (id),
    at integer not null
) strict;
create index mail_text_of_kind on mail_text (firm, kind, language, id);

-- The mail server of a firm; without one its mails go by the server's own.
create table mail_server (
    firm blob primary key references firm (id),
    host text not null,
    port integer not null,
    security text not null check (security in ('starttls', 'tls', 'none')),
    user_name text not null,        -- '' for no login
    password blob,                  -- sealed: the key is no part of the database
    from_address text not null,     -- '' for the one of the firm
    changed_at integer not null
) strict, without rowid;

-- The key with which a firm's mails are signed (DKIM).
create table mail_key (
    firm blob primary key references firm (id),
    domain text not null,
    selector text not null,
    public text not null,           -- base64 of the public key, as DNS has it
    secret blob not null,           -- sealed
    used integer not null check (used in (0, 1)), -- mails are signed with it
    changed_at integer not null
) strict, without rowid;

-- When a firm's mails leave and remind, as JSON; absent for the default.
create table mail_schedule (
    firm blob primary key references firm (id),
    schedule text not null,
    changed_at integer not null
) strict, without rowid;

-- Imports of clients from a file of a spreadsheet, row by row.

create table import (
    id blob primary key,
    firm blob not null references firm (id),
    advisor blob not null references advisor (id),
    file_name text not null,
    headings text not null,         -- JSON: the names of the columns
    columns text not null,          -- JSON: what each column is, null for none
    state text not null check (state in ('columns', 'check', 'running', 'done')),
    created_at integer not null,
    finished_at integer
) strict;
create index import_of_firm on import (firm, created_at);
create index import_running on import (created_at) where state = 'running';

create table import_row (
    import blob not null references import (id) on delete cascade,
    line integer not null,          -- in the file, from 1
    cells text not null,            -- JSON; emptied when it is done
    verdict text not null default '' check (verdict in ('', 'new', 'exists', 'same', 'double', 'wrong')),
    problems text not null default '[]', -- JSON
    taken integer not null default 1 check (taken in (0, 1)), -- chosen by the advisor
    state text not null default 'waiting' check (state in ('waiting', 'written', 'done')),
    client blob references client (id),
    primary key (import, line)
) strict, without rowid;
create index import_row_by_verdict on import_row (import, verdict, line);
create index import_row_waiting on import_row (import, line) where state <> 'done';
create index import_row_of_client on import_row (client) where client is not null;

-- What a column of a heading was the last time, per firm.
create table import_column (
    firm blob not null references firm (id),
    heading text not null,          -- small letters and digits only
    field text not null,            -- '' for none
    primary key (firm, heading)
) strict, without rowid;

-- Deeds for many clients at once.

create table bulk (
    id blob primary key,
    firm blob not null references firm (id),
    advisor blob not null references advisor (id),
    action text not null check (action in ('invite', 'checklist', 'remind', 'documents')),
    tax_year integer not null,
    wish text not null default '{}', -- JSON: what exactly
    state text not null check (state in ('draft', 'running', 'done')),
    created_at integer not null,
    finished_at integer
) strict;
create index bulk_of_firm on bulk (firm, created_at);
create index bulk_running on bulk (created_at) where state = 'running';

create table bulk_item (
    bulk blob not null references bulk (id),
    number integer not null,
    client blob not null references client (id),
    state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped')),
    reason text not null default '',
    primary key (bulk, number)
) strict, without rowid;

-- Work that failed and is tried again later, apart from all other work of its kind. A firm's own stands in its console.
create table setback (
    work text not null,             -- the kind of work
    item text not null,             -- which one of its kind
    firm blob references firm (id), -- absent: it is the installation's
    client blob references client (id),
    failures integer not null,
    failed_at integer not null,
    next_at integer,                -- absent: it is not tried again
    error text not null,            -- for who runs the server
    primary key (work, item)
) strict, without rowid;
create index setback_of_firm on setback (firm) where firm is not null;
