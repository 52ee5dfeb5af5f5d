-- Imports of clients from a file of a spreadsheet, row by row.

create table import (
    id blob primary key,
    firm blob not null references firm,
    advisor blob not null references advisor,
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
    import blob not null references import on delete cascade,
    line integer not null,          -- in the file, from 1
    cells text not null,            -- JSON; emptied when it is done
    verdict text not null default '' check (verdict in ('', 'new', 'exists', 'same', 'double', 'wrong')),
    problems text not null default '[]', -- JSON
    taken integer not null default 1,    -- chosen by the advisor
    state text not null default 'waiting' check (state in ('waiting', 'written', 'done')),
    client blob references client,
    primary key (import, line)
) strict, without rowid;
create index import_row_by_verdict on import_row (import, verdict, line);
create index import_row_waiting on import_row (import, line) where state <> 'done';
create index import_row_of_client on import_row (client) where client is not null;

-- What a column of a heading was the last time, per firm.
create table import_column (
    firm blob not null references firm,
    heading text not null,          -- small letters and digits only
    field text not null,            -- '' for none
    primary key (firm, heading)
) strict, without rowid;

-- What the firm knew of a person before a year was open to keep it in.
create table person_detail (
    person blob not null references person,
    field text not null,
    value text not null,
    primary key (person, field)
) strict, without rowid;

create table client_tag (
    client blob not null references client,
    tag text not null,
    primary key (client, tag)
) strict, without rowid;
