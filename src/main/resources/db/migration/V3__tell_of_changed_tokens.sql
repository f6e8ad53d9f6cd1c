-- Tells every replica, in the transaction that makes the change, of each token that may be kept in memory and is not what it was. A
-- deleted one that was past its expiry by more than any clock is wrong is kept nowhere; that spares the clean-up. Of very many at
-- once, one word says all.

create function kriya_tell_tokens() returns trigger language plpgsql as $$
declare
    hashes bytea[];
begin
    if tg_op = 'TRUNCATE' then
        perform pg_notify('kriya_changes', '*');
        return null;
    end if;
    select array_agg(token_hash) into hashes from (
        select token_hash from old_rows
        where is_active and (tg_op = 'UPDATE' or expires_at > now() - interval '5 minutes')
        limit 1001) few;
    if cardinality(hashes) > 1000 then
        perform pg_notify('kriya_changes', '*');
    else
        perform pg_notify('kriya_changes', 't' || encode(hash, 'hex')) from unnest(hashes) hash;
    end if;
    return null;
end
$$;

create trigger tokens_tell_update after update on tokens referencing old table as old_rows
    for each statement execute function kriya_tell_tokens();

create trigger tokens_tell_delete after delete on tokens referencing old table as old_rows
    for each statement execute function kriya_tell_tokens();

create trigger tokens_tell_truncate after truncate on tokens
    for each statement execute function kriya_tell_tokens();

-- In sessions that replicate or repair, too.
alter table tokens enable always trigger tokens_tell_update;
alter table tokens enable always trigger tokens_tell_delete;
alter table tokens enable always trigger tokens_tell_truncate;
