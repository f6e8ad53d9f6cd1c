-- Makes the tables, or adopts those of the service that Kriya replaces: see docs/operations.md.

-- What exists already is no news.
set local client_min_messages = warning;

do $$
begin
    if current_setting('server_encoding') <> 'UTF8' then
        raise exception 'This database is not in UTF-8. Give Kriya one that is.';
    end if;
    if to_regclass('users') is not null and not exists (
        select from pg_attribute
        where attrelid = to_regclass('users') and attname = 'phone_number' and not attisdropped
    ) then
        raise exception 'This database has a table "users" of another program. Give Kriya a database of its own.';
    end if;
end
$$;

create table if not exists users (
    id uuid constraint users_pkey primary key,
    phone_number varchar(20) not null,
    first_name varchar(100) not null,
    last_name varchar(100),
    email varchar(255),
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create unique index if not exists ix_users_phone_number on users (phone_number);

-- Numbers that the replaced service let in and that nobody can log in with, to be counted without reading the whole table.
create index ix_users_phone_number_odd on users (phone_number) where phone_number !~ '^\+[1-9][0-9]{9,14}$';

create table if not exists tokens (
    id uuid constraint tokens_pkey primary key,
    user_id uuid not null constraint tokens_user_id_fkey references users (id),
    token bytea not null,
    is_active boolean not null,
    expires_at timestamptz not null,
    created_at timestamptz not null
);

create unique index if not exists ix_tokens_token on tokens (token);

-- Times without a zone are UTC, and a token's clear text becomes its hash. Changing a type writes the table anew, so that no clear
-- text is left in its pages.
do $$
declare
    changes record;
begin
    for changes in
        select table_name, string_agg(
            case when column_name = 'token' then 'alter token type bytea using sha256(convert_to(token, ''UTF8''))'
            else format('alter %1$I type timestamptz using %1$I at time zone ''UTC''', column_name) end, ', ') as actions
        from information_schema.columns
        where table_schema = current_schema() and (
            table_name in ('users', 'tokens') and column_name in ('created_at', 'updated_at', 'expires_at')
                and data_type = 'timestamp without time zone'
            or table_name = 'tokens' and column_name = 'token' and data_type <> 'bytea')
        group by table_name
    loop
        execute format('alter table %I %s', changes.table_name, changes.actions);
    end loop;
end
$$;

alter table tokens rename token to token_hash;
alter table tokens add constraint tokens_token_hash_check check (octet_length(token_hash) = 32);
alter index ix_tokens_token rename to ix_tokens_token_hash;
create index ix_tokens_user_id on tokens (user_id);
create index ix_tokens_expires_at on tokens (expires_at);
