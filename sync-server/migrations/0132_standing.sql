-- By which sums a standing was made. Those made by older ones lack what was added since, and are
-- read anew from their documents.
alter table standing add column sums integer not null default 0;
create index standing_old on standing (sums) where sums < 1;
