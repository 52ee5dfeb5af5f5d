-- The server's signed word on how far the audit log was at a moment: per firm, and without a firm
-- for the whole log.
create table checkpoint (
    id integer primary key,
    firm blob references firm,
    position integer not null,
    at integer not null,
    json text not null
) strict;
create index checkpoint_of_firm on checkpoint (firm, id);
