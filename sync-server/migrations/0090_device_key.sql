-- Keys of devices that a passkey certified for signing approvals without a network.
create table device_key (
    key blob primary key,           -- BLAKE3 of the public key
    account blob not null references account,
    person blob not null references person,
    device blob not null references device,
    passkey blob not null references passkey,
    certificate text not null,      -- JSON: public key, nonce, the passkey's assertion
    certified_at integer not null,
    revoked_at integer
) strict, without rowid;
create index device_key_of_account on device_key (account);
