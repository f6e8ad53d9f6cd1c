-- Tells every replica, in the transaction that makes the change, of a token that may be kept in memory and is not what it was. One
-- that is past its expiry by more than any clock is wrong is kept nowhere; that spares the clean-up.

create function kriya_tell_token() returns trigger language plpgsql as $$
begin
    perform pg_notify('kriya_changes', 't' || encode(old.token_hash, 'hex'));
    return null;
end
$$;

create function kriya_tell_all() returns trigger language plpgsql as $$
begin
    perform pg_notify('kriya_changes', '*');
    return null;
end
$$;

create trigger tokens_tell after update or delete on tokens
    for each row when (old.is_active and old.expires_at > now() - interval '5 minutes')
    execute function kriya_tell_token();

create trigger tokens_tell_all after truncate on tokens
    for each statement execute function kriya_tell_all();
