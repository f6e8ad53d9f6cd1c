-- What a person has let a client have: the code that the client is sent, and the access token that it gets for it. Of neither the
-- text is kept.
create table grants (
    id uuid constraint grants_pkey primary key,
    code_hash bytea not null constraint grants_code_hash_check check (octet_length(code_hash) = 32),
    user_id uuid not null constraint grants_user_id_fkey references users (id) on delete cascade,
    client_id varchar(255) not null,
    redirect_uri varchar(2000) not null,
    code_challenge varchar(43),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    token_hash bytea constraint grants_token_hash_check check (octet_length(token_hash) = 32),
    token_expires_at timestamptz,
    ended_at timestamptz
);

create unique index ix_grants_code_hash on grants (code_hash);
create unique index ix_grants_token_hash on grants (token_hash);
create index ix_grants_user_id on grants (user_id);
create index ix_grants_expires_at on grants (expires_at);
