-- Invitations that ask for a spoken code, that renew a login (recovery), that were withdrawn, or in
-- which another mail address was named.
alter table invitation add column code_hash blob;
alter table invitation add column code_tries integer not null default 0;
alter table invitation add column renews integer not null default 0;
alter table invitation add column withdrawn_at integer;
alter table invitation add column new_email text;
alter table invitation add column mail_code_hash blob;
alter table invitation add column mail_code_tries integer not null default 0;

-- The one-time link `this was not me` of a mail about a passkey or a device.
create table alarm (
    token_hash blob primary key,
    account blob not null references account,
    passkey blob references passkey,
    device blob references device,
    expires_at integer not null,
    used_at integer
) strict;
