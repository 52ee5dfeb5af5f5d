-- What a person wants to be mailed of, as their own record in the dossier says.
alter table person add column reminders integer not null default 1 check (reminders in (0, 1));
alter table person add column messages integer not null default 1 check (messages in (0, 1));
