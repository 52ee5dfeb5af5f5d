-- What the table of clients is read from, so that it is as quick with 20,000 clients as with ten.

-- How far the client's people are with getting in: 0 nobody invited, 1 somebody invited, 2 somebody
-- registered. And when the first invitation ends that was the newest one of somebody not registered.
alter table client add column entry integer not null default 0;
alter table client add column invited_until integer;

create index client_by_name on client (firm, name collate nocase, number);
create index event_of_firm on event (firm, at);
create index outbox_failed on outbox (firm) where failed_at is not null;

create trigger entry_of_invitation after insert on invitation when new.person is not null begin
    update client set entry = max(entry, 1) where id = (select client from person where id = new.person);
    update client set invited_until = (
        select min(ends) from (
            select max(i.expires_at) as ends from person p join invitation i on i.person = p.id
            where p.client = client.id and p.account is null group by p.id))
    where id = (select client from person where id = new.person);
end;

create trigger entry_of_account after update of account on person when new.account is not null begin
    update client set entry = 2, invited_until = (
        select min(ends) from (
            select max(i.expires_at) as ends from person p join invitation i on i.person = p.id
            where p.client = new.client and p.account is null group by p.id))
    where id = new.client;
end;

create trigger entry_of_person after insert on person when new.account is not null begin
    update client set entry = 2 where id = new.client;
end;

update client set entry = case
    when exists (select 1 from person p where p.client = client.id and p.account is not null) then 2
    when exists (select 1 from person p join invitation i on i.person = p.id where p.client = client.id) then 1
    else 0 end,
    invited_until = (select min(ends) from (
        select max(i.expires_at) as ends from person p join invitation i on i.person = p.id
        where p.client = client.id and p.account is null group by p.id));

-- Number, names and mail addresses of a client in one text: found by any part of it, with accents or without.
create table searchable (
    id integer primary key,
    client blob not null unique references client,
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

insert into searchable (client, text)
    select c.id, c.number || ' ' || c.name || coalesce(
        (select group_concat(' ' || p.name || ' ' || p.email, '') from person p where p.client = c.id), '')
    from client c;

create trigger searchable_client after insert on client begin
    insert into searchable (client, text) values (new.id, new.number || ' ' || new.name);
end;
create trigger searchable_client_changed after update of number, name on client begin
    update searchable set text = new.number || ' ' || new.name || coalesce(
        (select group_concat(' ' || p.name || ' ' || p.email, '') from person p where p.client = new.id), '')
    where client = new.id;
end;
create trigger searchable_person after insert on person begin
    update searchable set text = text || ' ' || new.name || ' ' || new.email where client = new.client;
end;
create trigger searchable_person_changed after update of name, email on person begin
    update searchable set text = (select c.number || ' ' || c.name from client c where c.id = new.client) || coalesce(
        (select group_concat(' ' || p.name || ' ' || p.email, '') from person p where p.client = new.client), '')
    where client = new.client;
end;
