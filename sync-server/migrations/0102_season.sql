-- What the dashboard and the report of a season count.
create index event_of_kind on event (firm, kind, tax_year, client, at);
create index standing_due on standing (tax_year, due) where due is not null;
create index standing_waiting on standing (tax_year, attention) where attention <> '';
