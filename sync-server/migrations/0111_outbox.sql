-- A mail that somebody of the firm sent again, and a failure that somebody has seen.
alter table outbox add column asked_again_at integer;
alter table outbox add column seen_at integer;
create index outbox_not_sent on outbox (firm, id) where sent_at is null and failed_at is null;
