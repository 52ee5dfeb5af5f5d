-- Checklists that a firm changed: each version whole, as JSON. Version 0 is what an advisor is working on.
create table checklist_template (
  firm blob not null references firm (id),
  id text not null,
  version integer not null,
  tax_year integer not null,
  at integer not null,
  by_name text not null,
  json text not null,
  primary key (firm, id, version)
) strict, without rowid;
