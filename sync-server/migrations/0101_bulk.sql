-- Deeds for many clients at once, and what the table of clients can be narrowed to.

create table bulk (
    id blob primary key,
    firm blob not null references firm,
    advisor blob not null references advisor,
    deed text not null check (deed in ('invite', 'checklist', 'remind', 'documents')),
    tax_year integer not null,
    wish text not null default '{}',    -- JSON: what exactly
    state text not null check (state in ('draft', 'running', 'done')),
    created_at integer not null,
    finished_at integer
) strict;
create index bulk_of_firm on bulk (firm, created_at);
create index bulk_running on bulk (created_at) where state = 'running';

create table bulk_item (
    bulk blob not null references bulk,
    number integer not null,
    client blob not null references client,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped')),
    reason text not null default '',
    primary key (bulk, number)
) strict, without rowid;

-- A client that left, and one whose people may not get in for now.
alter table client add column archived_at integer;
alter table client add column blocked_at integer;
-- All that counting clients needs, in the order in which their standings lie.
create index client_active on client (firm, id, entry, invited_until) where archived_at is null;
create index client_by_number on client (firm, length(number), number);
create index client_of_advisor on client (advisor);
create index client_tagged on client_tag (tag, client);

-- Of open tasks: how many there are, and the last day of the first one (YYYY-MM-DD). The ids
-- of the checklists that were set out, with spaces around them.
alter table standing add column open_tasks integer not null default 0;
alter table standing add column due text;
alter table standing add column checklists text not null default '';
