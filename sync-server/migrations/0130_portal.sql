-- How a firm shows itself to its clients, beside its name and its colour.
create table portal (
    firm blob primary key references firm,
    welcome_nl text not null default '',
    welcome_en text not null default '',
    logo_hash blob,                  -- names the picture in its address
    logo_png blob,                   -- as the server drew it anew
    check ((logo_hash is null) = (logo_png is null))
) strict;
create index portal_of_logo on portal (logo_hash) where logo_hash is not null;
