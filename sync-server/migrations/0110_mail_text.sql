-- What a firm wrote of its mails: every version, of which the newest counts.
create table mail_text (
    id integer primary key,
    firm blob not null references firm,
    kind text not null,
    language text not null,
    source text,                    -- null: Akkoord's own again
    advisor blob not null references advisor,
    at integer not null
) strict;
create index mail_text_of_kind on mail_text (firm, kind, language, id);
