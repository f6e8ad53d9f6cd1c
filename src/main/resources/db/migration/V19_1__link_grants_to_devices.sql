-- As of tokens.
alter table grants add column device_id uuid;
