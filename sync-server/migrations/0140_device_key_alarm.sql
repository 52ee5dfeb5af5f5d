-- *This was not me* about a key of a device that may sign.
alter table alarm add column device_key blob references device_key;
