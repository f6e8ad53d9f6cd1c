-- As with tokens. What nobody is shown may change without a word.

create function kriya_tell_user() returns trigger language plpgsql as $$
begin
    perform pg_notify('kriya_changes', 'u' || old.id);
    return null;
end
$$;

create trigger users_tell after update on users
    for each row when (
        (old.id, old.phone_number, old.first_name, old.last_name, old.email, old.created_at)
        is distinct from
        (new.id, new.phone_number, new.first_name, new.last_name, new.email, new.created_at))
    execute function kriya_tell_user();

create trigger users_tell_deleted after delete on users
    for each row execute function kriya_tell_user();

create trigger users_tell_all after truncate on users
    for each statement execute function kriya_tell_all();
