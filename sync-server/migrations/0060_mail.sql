-- What advisors choose about mails, and what is remembered to send each once.

-- Mails that wait for a better moment are not urgent; `items` is what they name (JSON),
-- so that two that wait for one person become one.
alter table outbox add column urgent integer not null default 1;
alter table outbox add column items text not null default '[]';
create index outbox_of_firm on outbox (firm, id);
create index outbox_of_person on outbox (person, created_at);

-- How an advisor wants to be told of one kind of mail; absent means in the digest.
create table mail_choice (
    advisor blob not null references advisor,
    kind text not null,
    choice text not null check (choice in ('at_once', 'digest', 'never')),
    primary key (advisor, kind)
) strict, without rowid;

-- What the next digest of an advisor names; `mail` is the one that named it.
create table digest_item (
    id integer primary key,
    advisor blob not null references advisor,
    client blob not null references client,
    person blob not null references person,
    tax_year integer not null,
    kind text not null,
    at integer not null,
    mail integer references outbox
) strict;
create index digest_waiting on digest_item (advisor) where mail is null;

-- A last day on which something is due from a person. Steps up to `done_through` are over.
create table reminder (
    person blob not null references person,
    client blob not null references client,
    tax_year integer not null,
    due text not null,              -- YYYY-MM-DD
    check_on text not null,         -- the first day on which there may be something to say
    done_through text not null,
    finished integer not null default 0,
    primary key (person, tax_year, due)
) strict, without rowid;
create index reminder_waiting on reminder (check_on) where finished = 0;
