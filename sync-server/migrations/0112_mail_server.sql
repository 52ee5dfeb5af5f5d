-- The mail server of a firm; without one its mails go by the server's own.
create table mail_server (
    firm blob primary key references firm,
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
    firm blob primary key references firm,
    domain text not null,
    selector text not null,
    public text not null,           -- base64 of the public key, as DNS has it
    secret blob not null,           -- sealed
    used integer not null,          -- mails are signed with it
    changed_at integer not null
) strict, without rowid;

-- When a firm's mails leave and remind, as JSON; absent for the default.
create table mail_schedule (
    firm blob primary key references firm,
    schedule text not null,
    changed_at integer not null
) strict, without rowid;
