-- A code that was sent to a phone, and what was given with it. Neither the code nor the secret that the client holds is kept: the one
-- is derived from the other, whose hash is here.
create table challenges (
    id uuid constraint challenges_pkey primary key,
    secret_hash bytea not null constraint challenges_secret_hash_check check (octet_length(secret_hash) = 32),
    key_id integer not null,
    phone_number varchar(20) not null,
    first_name varchar(100),
    last_name varchar(100),
    email varchar(255),
    attempts integer not null,
    sends integer not null,
    resend_key bytea,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    resend_at timestamptz not null,
    ended_at timestamptz
);

create unique index ix_challenges_secret_hash on challenges (secret_hash);
create index ix_challenges_phone_number on challenges (phone_number) where ended_at is null;
create index ix_challenges_expires_at on challenges (expires_at);
