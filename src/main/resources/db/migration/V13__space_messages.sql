-- When the last messages to a number were sent, the newest first, so that they are some time apart.
create table cooldowns (
    key varchar(100) constraint cooldowns_pkey primary key,
    sent_at timestamptz[] not null,
    expires_at timestamptz not null
);

create index ix_cooldowns_expires_at on cooldowns (expires_at);

-- When a challenge was verified itself. One that only has ended_at was ended by the proof of another one.
alter table challenges add column verified_at timestamptz;
