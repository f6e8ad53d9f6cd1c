-- What the owner of a number is told with the next message: when it happened, by an HMAC of the number, and when they were last told.
-- A notice that was told is null again.
create table notices (
    key bytea constraint notices_pkey primary key constraint notices_key_check check (octet_length(key) = 32),
    released_at timestamptz,
    new_device_at timestamptz,
    wrong_codes_at timestamptz,
    -- Wrong codes in a row, of all challenges.
    wrong_codes integer not null default 0,
    told_at timestamptz,
    expires_at timestamptz not null
);

create index ix_notices_expires_at on notices (expires_at);

-- What was told with a message of the challenge, which the page also shows to known devices.
alter table challenges add column notice varchar(20);
