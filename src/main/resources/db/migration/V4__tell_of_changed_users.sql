-- As with tokens. What nobody is shown may change without a word.

create function kriya_tell_users() returns trigger language plpgsql as $$
declare
    ids uuid[];
begin
    if tg_op = 'TRUNCATE' then
        perform pg_notify('kriya_changes', '*');
        return null;
    end if;
    if tg_op = 'DELETE' then
        select array_agg(id) into ids from (select id from old_rows limit 1001) few;
    else
        select array_agg(id) into ids from (
            select id, phone_number, first_name, last_name, email, created_at from old_rows
            except
            select id, phone_number, first_name, last_name, email, created_at from new_rows
            limit 1001) few;
    end if;
    if cardinality(ids) > 1000 then
        perform pg_notify('kriya_changes', '*');
    else
        perform pg_notify('kriya_changes', 'u' || id) from unnest(ids) id;
    end if;
    return null;
end
$$;

create trigger users_tell_update after update on users referencing old table as old_rows new table as new_rows
    for each statement execute function kriya_tell_users();

create trigger users_tell_delete after delete on users referencing old table as old_rows
    for each statement execute function kriya_tell_users();

create trigger users_tell_truncate after truncate on users
    for each statement execute function kriya_tell_users();

alter table users enable always trigger users_tell_update;
alter table users enable always trigger users_tell_delete;
alter table users enable always trigger users_tell_truncate;
