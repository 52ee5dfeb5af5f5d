-- What people did, apart from what the firm did: the dashboard looks for it among all events.
create index event_of_people on event (firm, at, kind, client) where person is not null and client is not null;
-- Failed mails that nobody has seen, as they are counted on every page.
create index outbox_unseen on outbox (firm, id) where failed_at is not null and seen_at is null;
