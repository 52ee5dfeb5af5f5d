-- Until then approvals of this person wait for the firm: the login was recovered.
alter table person add column approvals_held_until integer;
