-- A browser or a client in which a person has logged in. Its secret is not kept, only the hash. Several accounts may know one.
create table devices (
    id uuid constraint devices_pkey primary key,
    secret_hash bytea not null constraint devices_secret_hash_check check (octet_length(secret_hash) = 32),
    user_id uuid not null constraint devices_user_id_fkey references users (id) on delete cascade,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null
);

create unique index ix_devices_secret_hash_user_id on devices (secret_hash, user_id);
create index ix_devices_user_id on devices (user_id);
create index ix_devices_expires_at on devices (expires_at);
