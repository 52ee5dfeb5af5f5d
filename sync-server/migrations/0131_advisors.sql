-- Who of the firm may no longer get in; what they did stays theirs.
alter table advisor add column blocked_at integer;
create index invitation_of_advisor on invitation (advisor) where advisor is not null;
