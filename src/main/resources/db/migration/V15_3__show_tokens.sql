-- What a user recognizes a session by. The address is masked.
alter table tokens add column device varchar(100);
alter table tokens add column address varchar(50);
-- The hour of the last use.
alter table tokens add column last_used_at timestamptz;

-- As before, but the last use is no change.
create or replace function kriya_tell_tokens() returns trigger language plpgsql as $$
declare
    hashes bytea[];
begin
    if tg_op = 'TRUNCATE' then
        perform pg_notify('kriya_changes', '*');
        return null;
    end if;
    if tg_op = 'DELETE' then
        select array_agg(token_hash) into hashes from (
            select token_hash from old_rows
            where is_active and expires_at > now() - interval '5 minutes'
            limit 1001) few;
    else
        select array_agg(token_hash) into hashes from (
            select token_hash, id, user_id, is_active, expires_at from old_rows where is_active
            except
            select token_hash, id, user_id, is_active, expires_at from new_rows
            limit 1001) few;
    end if;
    if cardinality(hashes) > 1000 then
        perform pg_notify('kriya_changes', '*');
    else
        perform pg_notify('kriya_changes', 't' || encode(hash, 'hex')) from unnest(hashes) hash;
    end if;
    return null;
end
$$;

create or replace trigger tokens_tell_update after update on tokens
    referencing old table as old_rows new table as new_rows
    for each statement execute function kriya_tell_tokens();

alter table tokens enable always trigger tokens_tell_update;
